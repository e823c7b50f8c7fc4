"""Today's sheet: the list as the screen shows it, made in the background and shown as it will print."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from mhtracker.ui.context import Context
from mhtracker.ui.list_rows import ListRow, Section
from mhtracker.ui.packs.plan import PackPlan
from mhtracker.ui.progress import Progress
from mhtracker.ui.today.contracts import contract_row
from mhtracker.ui.today.reading import TodayData
from mhtracker.ui.today.rows import EVERYTHING, LATER, PUT_OFF, narrowed

if TYPE_CHECKING:
    from mhtracker.domain.caseload import CaseloadLine
    from mhtracker.domain.records import Stage
    from mhtracker.reports.today_sheet import SheetLine, TodaySheet
    from mhtracker.store.queries.contracts import ContractLine
    from mhtracker.ui.packs.making import Made


def print_today_sheet(
    parent: QWidget, context: Context, data: TodayData, sections: Sequence[Section], kind: str
) -> None:
    """Make the sheet of what is listed, without what lies later or is put off, and show it as it will print."""

    def made(found: Made) -> None:
        from mhtracker.ui.dialogs.pdf_preview import PdfPreview

        PdfPreview(context, "Today’s sheet", found, f"Today’s sheet {data.as_at.isoformat()}.pdf", parent).open()

    facts = sheet_facts(context, data, narrowed(sections, kind), data.contracts if kind == EVERYTHING else ())
    who = context.register.worker_name or context.computer.who_name
    at = context.clock.now().astimezone().replace(tzinfo=None)
    context.jobs.work(make_sheet, facts, who, at, then=made, label="Making today’s sheet")


def sheet_facts(
    context: Context, data: TodayData, sections: Sequence[Section], contracts: Sequence[ContractLine] = ()
) -> TodaySheet:
    """What the sheet says, in the words of the list; contracts to be looked at stand under what is due of people."""
    from mhtracker.reports.today_sheet import SheetPart, TodaySheet

    register = context.register
    stages = {stage.id: stage for stage in register.stages}
    parts = [
        SheetPart(section.title, section.caption, [_line(row, stages) for row in section.rows])
        for section in sections
        if section.key not in (LATER, PUT_OFF)
    ]
    if contracts:
        parts.append(SheetPart("Contracts", "oldest end first", [_contract(each, data.as_at) for each in contracts]))
    put_off = sum(len(section.rows) for section in sections if section.key == PUT_OFF)
    whose = data.whose or "Everyone on the pathway"
    return TodaySheet(data.as_at, whose, register.council, register.is_demo, parts, put_off, context.as_known)


def _line(row: ListRow, stages: Mapping[str, Stage]) -> SheetLine:
    from mhtracker.reports.today_sheet import SheetLine

    line: CaseloadLine = row.data.line
    stage = stages.get(line.stage_id or "")
    return SheetLine(row.badge.shape, row.badge.words, row.kind, row.name, line.ref, stage, row.text, row.when)


def _contract(line: ContractLine, as_at: date) -> SheetLine:
    from mhtracker.reports.today_sheet import SheetLine

    row = contract_row(line, as_at)
    reference = line.contract.reference
    return SheetLine(row.badge.shape, row.badge.words, row.kind, row.name, reference, None, row.text, row.when)


def make_sheet(facts: TodaySheet, who: str, at: datetime, progress: Progress) -> Made:
    """The sheet as a PDF."""
    from mhtracker.reports.today_sheet import write_today_sheet
    from mhtracker.ui.packs.making import Made

    out = io.BytesIO()
    pages = write_today_sheet(facts, out, printed_by=who, printed_at=at)
    return Made(PackPlan(), out.getvalue(), pages)
