"""`pack monthly`: the manager's month as a PDF, or as a workbook with definitions."""

from __future__ import annotations

import argparse

from mhtracker import text
from mhtracker.cli.of_team import team_of
from mhtracker.cli.session import CLOCK, answer, day_of, opened, who_asks, writing
from mhtracker.domain.errors import Refused


def monthly(asked: argparse.Namespace) -> int:
    """From the first of the month to the day spoken of, unless `--from` says otherwise."""
    from mhtracker.analysis.month import read_month
    from mhtracker.reports.manager.monthly_report import report_of, title_of, write_monthly_report
    from mhtracker.reports.manager.tables_workbook import BookFacts, write_tables
    from mhtracker.reports.paper.pdf_file import written_whole

    to_on = day_of(asked)
    from_on = asked.first or to_on.replace(day=1)
    if from_on > to_on:
        raise Refused(f"The month begins on {text.format_date(from_on)}, after it ends on {text.format_date(to_on)}.")
    kind = asked.out.suffix.lower()
    if kind not in (".pdf", ".xlsx"):
        raise Refused(f"Name the file with .pdf or .xlsx at its end, not “{asked.out.name}”.")
    now = CLOCK.now().astimezone()
    with opened(asked) as store, writing(asked, asked.out) as out:
        team = team_of(asked, store)
        month = read_month(store, from_on, to_on, team_id=team.id if team else None)
        paper = report_of(month, from_on, to_on, publish=asked.publish, as_known=asked.as_known)
        tables = paper.tables
        if kind == ".xlsx":
            head = (from_on, to_on, month.council, month.demo, asked.publish, asked.as_known, month.team)
            book = BookFacts(title_of(from_on, to_on), *head)
            write_tables(tables, book, out, printed_by=who_asks(asked), printed_at=now)
            said, pages = text.count(len(tables), "table"), None
        else:
            with written_whole(out) as file:
                pages = write_monthly_report(paper, file, printed_by=who_asks(asked), printed_at=now)
            said = text.count(pages, "page")
    facts = {
        "written": str(out),
        "operation": None,
        "team": team.name if team else None,
        "pages": pages,
        "tables": len(tables),
        "published": asked.publish,
    }
    return answer(asked, facts, lambda: f"{out}: {said}.")
