"""What changed since one last looked, read from the journal: by person, the newest first, one's own work left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from mhtracker.domain.names import fold
from mhtracker.domain.records import Operation, Service, Stage
from mhtracker.store import Store
from mhtracker.store.queries.caseload import lines_of
from mhtracker.store.queries.history import Change, OperationLine, list_operations
from mhtracker.text import format_day, name_in_order

AT_FIRST_DAYS = 7
MOST_OPERATIONS = 200
MOST_CHANGES = 12
ICONS = {
    "placement": "arrow-right-bold",
    "review": "calendar-check-outline",
    "target": "flag-outline",
    "plan": "flag-outline",
    "note": "note-text-outline",
    "status": "gavel",
    "person": "account-outline",
}


@dataclass(slots=True)
class PersonNews:
    """What changed for one person: (icon, words) lines, newest first, with who did the newest and when (local time)."""

    person_id: str
    name: str
    letter: str
    colour: str
    who: str
    at: datetime
    lines: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Since:
    """The news. `seq` is the newest operation: what to remember when all this was seen."""

    people: tuple[PersonNews, ...]
    changes: int
    seq: int
    seen_at: datetime | None


def read_since(
    store: Store, people: frozenset[str] | None, me: frozenset[str], seen_seq: int, seen_at: datetime | None
) -> Since:
    """News of `people` (None: everyone) after operation `seen_seq`; of the last seven days if nothing was seen yet."""
    own = {fold(name) for name in me}
    start = store.clock.now() - timedelta(days=AT_FIRST_DAYS)
    found: dict[str, PersonNews] = {}
    count = 0
    for line in list_operations(store, since_seq=seen_seq, limit=MOST_OPERATIONS, with_changes=MOST_CHANGES):
        operation = line.operation
        if fold(operation.who) in own or operation.undone_by or (not seen_seq and operation.at < start):
            continue
        count += _tell(store, found, line, people)
    news = _named(store, found)
    return Since(tuple(news), count, store.last_seq(), seen_at)


def _tell(store: Store, found: dict[str, PersonNews], line: OperationLine, people: frozenset[str] | None) -> int:
    told = 0
    concerned = dict.fromkeys(change.person_id for change in line.changes if change.person_id)
    for person_id in concerned:
        if people is not None and person_id not in people:
            continue
        words = _lines(store, line.operation, [change for change in line.changes if change.person_id == person_id])
        at = line.operation.at.astimezone()
        news = found.setdefault(person_id, PersonNews(person_id, "", "", "", line.operation.who, at))
        news.lines += [each for each in words if each not in news.lines]
        told += 1
    return told


def _named(store: Store, found: Mapping[str, PersonNews]) -> list[PersonNews]:
    stages: dict[str | None, Stage] = {stage.id: stage for stage in store.stages()}
    named = []
    for line in lines_of(store, list(found), store.today):
        news, stage = found[line.person_id], stages.get(line.stage_id)
        news.name = name_in_order(line.surname, line.given_names)
        news.letter, news.colour = (stage.letter, stage.colour) if stage is not None else ("–", "other")
        named.append(news)
    return named


def _lines(store: Store, operation: Operation, changes: list[Change]) -> list[tuple[str, str]]:
    """What happened in one operation, at most a line for each kind of record; the operation's own name for the rest."""
    said: dict[str, str] = {}
    for change in changes:
        words = _words(store, change)
        if words:
            said[change.kind] = words
    if not said:
        kind = changes[0].kind
        said[kind] = operation.label
    return [(ICONS.get(kind, "pencil-outline"), words) for kind, words in said.items()]


def _words(store: Store, change: Change) -> str:
    after = change.after or {}
    if change.after is None:
        return ""
    if change.kind == "placement":
        return _placement_words(store, change)
    if change.kind == "review":
        return _review_words(store, change)
    if change.kind == "target":
        return f"Target now {_day(store, after.get('target_on'))}"
    if change.kind == "note" and change.before is None:
        return f"{store.code_label('note_kind', after.get('kind'))} noted" if after.get("kind") else "Note added"
    if change.kind == "person" and change.before is not None and _differ(change, "worker_id"):
        return "Worker changed"
    return ""


def _placement_words(store: Store, change: Change) -> str:
    after = change.after or {}
    stage = next((each.label for each in store.stages() if each.id == after.get("stage_id")), "")
    service = store.peek(Service, str(after["service_id"])) if after.get("service_id") else None
    place = service.name if service is not None else stage.lower()
    if change.before is None:
        return f"Came to {place} {_day(store, after.get('started_on'))}"
    if _differ(change, "ended_on") and after.get("ended_on"):
        return f"Left {place} {_day(store, after.get('ended_on'))}"
    return ""


def _review_words(store: Store, change: Change) -> str:
    after = change.after or {}
    if after.get("held_on") and _differ(change, "held_on"):
        return f"Review held {_day(store, after['held_on'])}"
    if after.get("abandoned_on") and _differ(change, "abandoned_on"):
        return "Review not held"
    if after.get("booked_on") and (_differ(change, "booked_on") or _differ(change, "booked_time")):
        time = f", {after['booked_time']}" if after.get("booked_time") else ""
        return f"Review booked {_day(store, after['booked_on'])}{time}"
    return ""


def _differ(change: Change, name: str) -> bool:
    return (change.before or {}).get(name) != (change.after or {}).get(name)


def _day(store: Store, value: Any) -> str:
    return format_day(date.fromisoformat(value), store.today, weekday=True) if isinstance(value, str) else ""
