"""`breakdown`: people counted two ways at once, as they are or made safe to publish."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from mhtracker.cli.of_team import heads_of, team_of
from mhtracker.cli.plain import table
from mhtracker.cli.session import answer, day_of, opened

if TYPE_CHECKING:
    from mhtracker.analysis.breakdown import Breakdown


def breakdown(asked: argparse.Namespace) -> int:
    """`mhtracker breakdown`."""
    from mhtracker.analysis.breakdown import count_people

    with opened(asked) as store:
        team = team_of(asked, store)
        team_id = team.id if team else None
        found = count_people(store, day_of(asked), asked.rows, asked.columns, ages=asked.ages, team_id=team_id)
        demo = store.is_demo

    # With no columns asked for there is one, and it says what the sums at the end of each row say.
    shown = () if asked.columns == "all" else found.columns

    def plain(cells: dict[str, dict[str, str]], rows: dict[str, str], columns: dict[str, str], total: str) -> str:
        told = [(row, *(cells[row][column] for column in shown), rows[row]) for row in found.rows]
        last = ("All", *(columns[column] for column in shown), total)
        words = table((asked.rows.capitalize(), *shown, "All"), [*told, last], right=range(1, len(last)))
        heads = [*heads_of(team, asked.as_known), *(["Demo register: invented people."] if demo else [])]
        return "\n\n".join((*heads, words))

    cells, rows, columns, total = found.published() if asked.publish else _as_they_are(found)
    facts = {
        "team": team.name if team else None,
        "rows": asked.rows,
        "columns": asked.columns,
        "published": asked.publish,
        "counts": [
            {"row": row, "column": column, "count": _number(cells[row][column])}
            for row in found.rows
            for column in found.columns
        ],
        "row_totals": [{"row": row, "count": _number(rows[row])} for row in found.rows],
        "column_totals": [{"column": column, "count": _number(columns[column])} for column in found.columns],
        "total": _number(total),
    }
    return answer(asked, facts, lambda: plain(cells, rows, columns, total))


def _as_they_are(found: Breakdown) -> tuple[dict[str, dict[str, str]], dict[str, str], dict[str, str], str]:
    cells = {row: {column: str(n) for column, n in line.items()} for row, line in found.counts.items()}
    rows = {row: str(found.row_total(row)) for row in found.rows}
    return cells, rows, {column: str(found.column_total(column)) for column in found.columns}, str(found.total)


def _number(words: str) -> int | str:
    return int(words) if words.isdigit() else words
