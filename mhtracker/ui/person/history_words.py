"""A person's operations in words: what was recorded, and field by field what changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from mhtracker import text
from mhtracker.domain.fields import FIELDS, field_label
from mhtracker.domain.records import KINDS, Record, Service, Stage, StatusKind, Team, Worker
from mhtracker.store import Store
from mhtracker.store.queries.history import Change, changed_fields, list_operations

NAMES = {
    "person": "Details",
    "placement": "Stay",
    "plan": "Move-on plan",
    "target": "Target",
    "review": "Review",
    "status": "Status",
    "note": "Note",
}
LEFT_OUT = frozenset({"id", "version", "person_id", "plan_id", "position", "finished_at", "born_precision", "author"})
LONGEST = 300
MOST_OPERATIONS = 200
MOST_CHANGES = 40


@dataclass(frozen=True, slots=True)
class FieldWords:
    """One field: what it was and what it became; "" where there was nothing."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangeWords:
    """One record: "Stay added", "Review changed", "Note taken away", and its fields."""

    title: str
    kind: str
    record_id: str
    fields: tuple[FieldWords, ...]


@dataclass(frozen=True, slots=True)
class OperationWords:
    """One step as the history shows it. `elsewhere` counts what it changed of other people."""

    id: str
    label: str
    who: str
    at: datetime
    reason: str
    changes: tuple[ChangeWords, ...]
    elsewhere: int
    undone: bool
    takes_back: bool
    final: bool = False


def read_history(store: Store, person_id: str, limit: int = MOST_OPERATIONS) -> list[OperationWords]:
    """A person's operations, newest first, in words."""
    say = _Words(store)
    found = []
    for line in list_operations(store, person_id=person_id, limit=limit, with_changes=MOST_CHANGES):
        step = line.operation
        found.append(
            OperationWords(
                step.id,
                step.label,
                step.who,
                step.at,
                step.reason,
                tuple(words for change in line.changes if (words := say.change(change)) is not None),
                max(0, line.count - len(line.changes)),
                step.undone_by is not None,
                step.undoes is not None,
                step.final,
            )
        )
    return found


class _Words:
    """Reads each name once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._names: dict[tuple[str, str], str] = {}

    def change(self, change: Change) -> ChangeWords | None:
        if change.kind not in NAMES:
            return None
        done = "added" if change.before is None else "taken away" if change.after is None else "changed"
        record_type = KINDS[change.kind]
        code_kind = str((change.after or change.before or {}).get("kind", ""))
        fields = tuple(
            FieldWords(
                field_label(record_type, name), *(self.value(record_type, name, v, code_kind) for v in (was, now))
            )
            for name, was, now in changed_fields(change)
            if name not in LEFT_OUT
        )
        return ChangeWords(f"{NAMES[change.kind]} {done}", change.kind, change.record, fields)

    def value(self, record_type: type[Record], name: str, value: Any, code_kind: str) -> str:
        """A value of an image as people read it."""
        if value is None or value == "":
            return ""
        if isinstance(value, bool):
            return "yes" if value else "no"
        if name.endswith("_on") and isinstance(value, str):
            return text.format_date(date.fromisoformat(value))
        if name.endswith("_pence"):
            return text.format_pence(int(value))
        if name == "nhs_number":
            return text.format_nhs(str(value))
        if (reader := self._reader(name)) is not None:
            return reader(str(value))
        told = FIELDS.get(record_type, {}).get(name)
        list_name = told.code_list if told else ""
        if record_type is KINDS["status"] and name == "code":
            list_name = code_kind
        if record_type is KINDS["status"] and name == "kind":
            return {StatusKind.S117: "s117 after-care"}.get(StatusKind(value), str(value).capitalize())
        words = self._store.code_label(list_name, str(value)) if list_name else str(value)
        return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"

    def _reader(self, name: str) -> Callable[[str], str] | None:
        record_type = _NAMED.get(name)
        if record_type is None:
            return None
        return lambda record_id: self._name(record_type, record_id)

    def _name(self, record_type: type[Record], record_id: str) -> str:
        key = (record_type.__name__, record_id)
        if key not in self._names:
            found = self._store.peek(record_type, record_id)
            self._names[key] = str(getattr(found, "name", getattr(found, "label", ""))) if found else "no longer there"
        return self._names[key]


_NAMED: dict[str, type[Record]] = {
    "stage_id": Stage,
    "aim_stage_id": Stage,
    "service_id": Service,
    "worker_id": Worker,
    "team_id": Team,
}
