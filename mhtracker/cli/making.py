"""`new` and `demo`: registers made."""

from __future__ import annotations

import argparse

from mhtracker import text
from mhtracker.cli.session import CLOCK, answer, day_of, new_password, shown_name, who_asks


def new(asked: argparse.Namespace) -> int:
    """`mhtracker new`."""
    from mhtracker.store import create_register
    from mhtracker.store.queries.history import list_operations

    password = new_password(shown_name(asked.file)) if asked.locked else None
    made = create_register(asked.file, who=who_asks(asked), password=password, council=asked.council.strip())
    with made as store:
        operation = list_operations(store, limit=1, with_changes=0)[0].operation
    facts = {"written": str(asked.file), "operation": operation.id, "people": 0}
    return answer(asked, facts, lambda: f"{shown_name(asked.file)} is made and empty.")


def demo(asked: argparse.Namespace) -> int:
    """`mhtracker demo`."""
    from mhtracker.operations.demo import make_demo

    as_at = asked.as_at or CLOCK.today()
    password = new_password(shown_name(asked.file)) if asked.locked else None
    make_demo(asked.file, people=asked.people, seed=asked.seed, as_at=as_at, password=password).close()
    facts = {"written": str(asked.file), "operation": None, "people": asked.people, "seed": asked.seed}
    words = f"{shown_name(asked.file)} holds {text.count(asked.people, 'invented person', 'invented people')}"
    return answer(asked, facts, lambda: f"{words}, as at {text.format_date(day_of(asked))}.")
