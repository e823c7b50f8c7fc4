"""`history` and `undo`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import UTC

from mhtracker import text
from mhtracker.cli import answers, plain
from mhtracker.cli.session import CLOCK, answer, day_of, opened
from mhtracker.domain.errors import Invalid, NotFound
from mhtracker.store import Store
from mhtracker.store.queries.history import HistoryQuery, find_operations, list_operations, names_like
from mhtracker.store.telling.steps import MOST_READ, StepWords, name_of_operation, step_words, tell_steps
from mhtracker.store.telling.values import shortened

LONGEST = 120
"""A longer sentence is cut in the table; `--json` has it whole."""


def history(asked: argparse.Namespace) -> int:
    """`mhtracker history`. As at an earlier day: what had been recorded by its end."""
    with opened(asked) as store:
        wanted = _wanted(store, asked)
        lines = find_operations(store, wanted, asked.limit, None if asked.json else MOST_READ)
        steps = tell_steps(store, lines)
    told = zip(lines, steps, strict=True)
    facts = {"operations": [answers.operation_line(line) | {"words": step_words(step)} for line, step in told]}
    return answer(asked, facts, lambda: _history(steps))


def _wanted(store: Store, asked: argparse.Namespace) -> HistoryQuery:
    person_id = None
    if asked.person is not None:
        from mhtracker.store.queries.person import find_person

        person_id = find_person(store, asked.person).id
    who = names_like(store, asked.by) if asked.by is not None else ()
    if asked.by is not None and not who:
        raise NotFound(f"Nobody called “{asked.by}” has recorded anything in this register.")
    as_at = day_of(asked)
    last = asked.last if asked.last is None or asked.last <= as_at else as_at
    if last is None and as_at < CLOCK.today():
        last = as_at
    if asked.first is not None and asked.last is not None and asked.first > asked.last:
        raise Invalid({"from": "--from lies after --to. Give the earlier day first."})
    return HistoryQuery(person_id, who=who, first=asked.first, last=last)


def _history(steps: Sequence[StepWords]) -> str:
    if not steps:
        return "Nothing has been recorded."
    rows = (
        (
            f"{step.at.astimezone():%Y-%m-%d %H:%M}",
            step.who,
            shortened(step_words(step), LONGEST) + (" (undone)" if step.undone else ""),
            text.format_number(step.count),
            step.reason,
            step.id,
        )
        for step in steps
    )
    return plain.table(("At", "Who", "What", "Changes", "Reason", "Operation"), rows, right=(3,))


def undo(asked: argparse.Namespace) -> int:
    """`mhtracker undo`."""
    with opened(asked) as store:
        undone = store.undo(asked.operation)
        (newest,) = list_operations(store, limit=1, with_changes=0)
        name = name_of_operation(store, undone)
    facts = {
        "written": str(asked.file),
        "operation": newest.operation.id,
        "undone": {"id": undone.id, "label": undone.label, "at": undone.at.astimezone(UTC).isoformat()},
        "changes": newest.count,
    }
    return answer(asked, facts, lambda: f"Undone: {name}. {text.count(newest.count, 'change')} taken back.")
