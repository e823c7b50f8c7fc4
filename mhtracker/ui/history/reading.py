"""What history shows, read on the register's thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mhtracker.domain.records import Operation
from mhtracker.store import Store
from mhtracker.store.obstacles import obstacles
from mhtracker.store.queries.history import HistoryQuery, find_operations, read_operation, who_recorded
from mhtracker.store.queries.search import search_people
from mhtracker.store.telling.steps import MOST_READ, ChangeWords, StepWords, tell_changes, tell_steps
from mhtracker.store.telling.values import Names

AT_ONCE = 30


@dataclass(frozen=True, slots=True)
class StepShown:
    """A step, and why it cannot be undone: "" when nothing stands in the way."""

    words: StepWords
    obstacle: str


@dataclass(frozen=True, slots=True)
class HistoryRead:
    """Some steps, newest first; whether there are older ones; whom the query was narrowed to, by name."""

    steps: tuple[StepShown, ...]
    more: bool
    person: str = ""


KINDS_OFFERED: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Moves and stays", ("placement",)),
    ("Targets and plans", ("target", "plan")),
    ("Reviews", ("review", "attendance")),
    ("Notes", ("note", "correction", "key_event")),
    ("Statuses and legal orders", ("status",)),
    ("Readiness, barriers, actions", ("rating", "barrier", "action")),
    ("Goals and measures", ("goal", "goal_score", "measure")),
    ("People around, warnings", ("contact", "warning")),
    ("Documents", ("document",)),
    ("Details of people", ("person", "not_same")),
    ("Imports", ("imported_file", "put_aside", "import_word")),
    (
        "The office and its settings",
        ("stage", "code", "setting", "worker", "team", "service", "provider", "review_type", "step_template",
         "measure_tool", "view"),
    ),
)  # fmt: skip
"""What history can be narrowed to, in words, and the kinds of record each stands for."""


def read_history(store: Store, query: HistoryQuery, limit: int = AT_ONCE) -> HistoryRead:
    """The newest steps that a query asks for."""
    lines = find_operations(store, query, limit + 1, MOST_READ)
    names = Names(store)
    shown = lines[:limit]
    in_the_way = {} if store.read_only else obstacles(store, shown)
    steps = tuple(StepShown(words, in_the_way.get(words.id, "")) for words in tell_steps(store, shown, names))
    return HistoryRead(steps, len(lines) > limit, names.person(query.person_id))


def read_changes(store: Store, operation_id: str, person_id: str | None, most: int = 200) -> list[ChangeWords]:
    """Field by field what a step changed, of one person where one is given."""
    line = read_operation(store, operation_id, most)
    own = [change for change in line.changes if person_id is None or change.person_id == person_id]
    # Of somebody merged into this person every change is told: it is their history too.
    return tell_changes(Names(store), own or line.changes)


def read_who(store: Store) -> list[str]:
    """Everybody who recorded anything."""
    return who_recorded(store)


def read_people(store: Store, typed: str) -> Sequence[tuple[str, str]]:
    """People whose name or number was typed: (id, words to choose them by)."""
    from mhtracker.text import name_in_order

    found = search_people(store, typed)
    return [(each.person_id, f"{name_in_order(each.surname, each.given_names)} · {each.ref}") for each in found]


def undo_step(store: Store, operation_id: str) -> Operation:
    """Undo the operation named."""
    return store.undo(operation_id)
