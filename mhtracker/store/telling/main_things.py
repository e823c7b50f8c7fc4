"""What an operation of many records did above all, said before the rest is counted.

A handover, a merge or an import is more than its first few changes: "12 people passed from Ewa to Tom Mockridge".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select

from mhtracker import text
from mhtracker.domain.records import Operation, Person
from mhtracker.store.codec import image_values
from mhtracker.store.queries.history import Change
from mhtracker.store.register import Register
from mhtracker.store.schema import changes, operations
from mhtracker.store.telling.sentences import noun, whole
from mhtracker.store.telling.values import Names

MOST_COUNTED = 20_000
"""Of a larger operation only how many records it has is told: counting it would hold up the page."""

_NAMED = 3
_KINDS_NAMED = 4
_MANY = {"person": "people", "status": "statuses", "line put off": "lines put off", "row put aside": "rows put aside",
         "place held": "places held", "who pays": "splits of who pays"}  # fmt: skip


def place_among(kind: str, told: Mapping[str, Any], was: Mapping[str, Any]) -> int:
    """How early a change is told among those of one person: 0 first; a move has 1, and what came with it 2."""
    came = {name for name, value in told.items() if value and was.get(name) != value}
    if kind == "status" and told.get("kind") == "s117" and "ended_on" in came:
        return 0
    if kind == "review":
        return 1 if came & {"held_on", "abandoned_on"} and was else 2
    if kind == "person":
        return 1 if came & {"left_on", "died_on", "merged_into"} or not was else 2
    return 1 if kind in ("programme", "contract", "offer") else 2


def main_words(names: Names, some: Iterable[Change]) -> str:
    """The sentence of a handover of several people or of a merge, from the changes of people; "" for anything else."""
    of_people = [change for change in some if change.kind == "person" and change.before is not None and change.after]
    pairs = [(each, whole("person", each.before), whole("person", each.after)) for each in of_people]
    for each, was, now in pairs:
        if now["merged_into"] and not was["merged_into"]:
            return _merged(names, each, now)
    passed = [(was, now) for _, was, now in pairs if was["worker_id"] != now["worker_id"]]
    if len(passed) < 2:
        return ""
    givers = _called(names, [was["worker_id"] for was, _ in passed])
    takers = _called(names, [now["worker_id"] for _, now in passed])
    people = text.count(len(passed), "person", "people")
    if not givers:
        return f"{people} given to {takers}"
    return f"{people} passed from {givers} to {takers}" if takers else f"{people} no longer with {givers}"


def _merged(names: Names, change: Change, now: Mapping[str, Any]) -> str:
    kept = names.store.peek(Person, str(now["merged_into"]))
    into = f"{text.full_name(kept)} ({kept.ref})" if kept is not None else names.person(str(now["merged_into"]))
    return f"{names.person(change.record)} ({now['ref']}) found to be the same person as {into}, and merged"


def _called(names: Names, worker_ids: Sequence[str | None]) -> str:
    """The workers of some ids, each once; "" when there are none."""
    found = [name for each in dict.fromkeys(worker_ids) if (name := names.of("worker", each))]
    if len(found) > _NAMED:
        found = [*found[: _NAMED - 1], f"{len(found) - _NAMED + 1} others"]
    return text.join_words(found)


def people_changes(store: Register, step: Operation) -> list[Change]:
    """The changes of people within a large operation: whom it was about."""
    query = _own(step, select(changes)).where(changes.c.kind == "person").limit(MOST_COUNTED)
    return [
        Change(each.kind, each.record_id, each.person_id, image_values(each.before), image_values(each.after))
        for each in store.database.connection.execute(query)
    ]


def counted_words(store: Register, step: Operation, but: Sequence[str] = ()) -> str:
    """`240 people, 412 stays and 380 reviews added; 12 people changed` of a large operation, some kinds left out."""
    done = (changes.c.before.is_(None), changes.c.after.is_(None))
    query = _own(step, select(changes.c.kind, *done, func.count())).group_by(changes.c.kind, *done)
    found: dict[str, list[tuple[int, str]]] = {"added": [], "changed": [], "taken away": []}
    for kind, came, went, number in store.database.connection.execute(query):
        if kind not in but:
            found["added" if came else "taken away" if went else "changed"].append((number, kind))
    return "; ".join(f"{_listed(some)} {done}" for done, some in found.items() if some)


def _own(step: Operation, query: Any) -> Any:
    own = changes.c.seq.between(operations.c.first_change, operations.c.last_change)
    return query.join(operations, own).where(operations.c.id == step.id)


def _listed(some: list[tuple[int, str]]) -> str:
    # People first, then what there is most of.
    some.sort(key=lambda each: (each[1] != "person", -each[0], each[1]))
    words = [text.count(number, noun_of_one(kind), many(kind)) for number, kind in some[:_KINDS_NAMED]]
    if len(some) > _KINDS_NAMED:
        words.append(text.count(sum(number for number, _ in some[_KINDS_NAMED:]), "other record"))
    return text.join_words(words)


def noun_of_one(kind: str) -> str:
    """`person`, `stay`: what one record of a kind is counted as."""
    return "person" if kind == "person" else "record of who came" if kind == "attendance" else noun(kind)


def many(kind: str) -> str:
    """`people`, `stays`, `people of a programme`."""
    head, joint, rest = noun_of_one(kind).partition(" of ")
    regular = f"{head[:-1]}ies" if head.endswith("y") and head[-2] not in "aeiou" else f"{head}s"
    return f"{_MANY.get(head, regular)}{joint}{rest}"
