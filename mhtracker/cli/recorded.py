"""`history` and `undo`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import UTC

from mhtracker import text
from mhtracker.cli import answers, plain
from mhtracker.cli.session import CLOCK, answer, day_of, opened
from mhtracker.store.queries.history import OperationLine, list_operations


def history(asked: argparse.Namespace) -> int:
    """`mhtracker history`. As at an earlier day: what had been recorded by its end."""
    with opened(asked) as store:
        person_id = None
        if asked.person is not None:
            from mhtracker.store.queries.person import find_person

            person_id = find_person(store, asked.person).id
        as_at = day_of(asked)
        back = as_at < CLOCK.today()
        limit = None if back else asked.limit
        lines = list_operations(store, person_id=person_id, limit=limit, with_changes=None if asked.json else 0)
        if back:
            lines = [line for line in lines if line.operation.at.astimezone().date() <= as_at][: asked.limit]
    facts = {"operations": [answers.operation_line(line) for line in lines]}
    return answer(asked, facts, lambda: _history(lines))


def _history(lines: Sequence[OperationLine]) -> str:
    if not lines:
        return "Nothing has been recorded."
    rows = (
        (
            f"{line.operation.at.astimezone():%Y-%m-%d %H:%M}",
            line.operation.who,
            line.operation.label + (" (undone)" if line.operation.undone_by else ""),
            text.format_number(line.count),
            line.operation.reason,
            line.operation.id,
        )
        for line in lines
    )
    return plain.table(("At", "Who", "What", "Changes", "Reason", "Operation"), rows, right=(3,))


def undo(asked: argparse.Namespace) -> int:
    """`mhtracker undo`."""
    with opened(asked) as store:
        undone = store.undo(asked.operation)
        (newest,) = list_operations(store, limit=1, with_changes=0)
    facts = {
        "written": str(asked.file),
        "operation": newest.operation.id,
        "undone": {"id": undone.id, "label": undone.label, "at": undone.at.astimezone(UTC).isoformat()},
        "changes": newest.count,
    }
    return answer(asked, facts, lambda: f"Undone: {undone.label}, {text.count(newest.count, 'change')} taken back.")
