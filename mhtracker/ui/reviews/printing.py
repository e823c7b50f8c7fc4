"""The reviews diary: the list as the screen shows it, by worker and week, made in the background."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from mhtracker import text
from mhtracker.store.queries.due import DueItem
from mhtracker.ui.context import Context
from mhtracker.ui.packs.plan import PackPlan
from mhtracker.ui.progress import Progress
from mhtracker.ui.reviews.columns import state_words, week_words
from mhtracker.ui.reviews.reading import planned_on
from mhtracker.ui.widgets.shapes import SHAPE_OF_DUE

if TYPE_CHECKING:
    from mhtracker.domain.records import Stage
    from mhtracker.reports.reviews_diary import Diary, DiaryLine
    from mhtracker.ui.packs.making import Made


def print_diary(parent: QWidget, context: Context, items: Sequence[DueItem], whose: str) -> None:
    """Make the diary of what is listed and show it as it will print."""

    def made(found: Made) -> None:
        from mhtracker.ui.dialogs.pdf_preview import PdfPreview

        PdfPreview(context, "Reviews diary", found, f"Reviews diary {context.as_at.isoformat()}.pdf", parent).open()

    facts = diary_facts(context, items, whose)
    who = context.register.worker_name or context.computer.who_name
    at = context.clock.now().astimezone().replace(tzinfo=None)
    context.jobs.work(make_diary, facts, who, at, then=made, label="Making the reviews diary")


def diary_facts(context: Context, items: Sequence[DueItem], whose: str) -> Diary:
    """What the diary says: each worker's weeks in order, what is overdue first."""
    from mhtracker.reports.reviews_diary import Diary, DiaryPart

    register, as_at = context.register, context.as_at
    stages = {stage.id: stage for stage in register.stages}
    parts: dict[tuple[str, str], list[DiaryLine]] = {}
    for item in sorted(items, key=lambda i: (i.line.worker == "", i.line.worker, planned_on(i, as_at))):
        key = (item.line.worker or "Nobody’s", week_words(item, as_at))
        parts.setdefault(key, []).append(_line(item, stages, as_at))
    printed = [DiaryPart(worker, week, lines) for (worker, week), lines in parts.items()]
    return Diary(as_at, whose or "Everyone", register.council, register.is_demo, printed, context.as_known)


def _line(item: DueItem, stages: Mapping[str, Stage], as_at: date) -> DiaryLine:
    from mhtracker.reports.reviews_diary import DiaryLine

    booked = text.booking_words(item.booked_on, item.booked_time, as_at, year=True) if item.booked_on else ""
    return DiaryLine(
        SHAPE_OF_DUE[item.state],
        state_words(item),
        text.name_in_order(item.line.surname, item.line.given_names),
        item.line.ref,
        stages.get(item.line.stage_id or ""),
        item.what,
        text.format_date(item.due_on),
        booked,
    )


def make_diary(facts: Diary, who: str, at: datetime, progress: Progress) -> Made:
    """The diary as a PDF."""
    from mhtracker.reports.reviews_diary import write_reviews_diary
    from mhtracker.ui.packs.making import Made

    out = io.BytesIO()
    pages = write_reviews_diary(facts, out, printed_by=who, printed_at=at)
    return Made(PackPlan(), out.getvalue(), pages)
