"""A register verifies itself: file, audit chain, rules, and rows against the changes that made them.

SQLite's own check misses damage to values; replaying the recorded changes does not.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.exc import DBAPIError

from mhtracker.domain.caseload import CaseloadLine, build_line
from mhtracker.domain.errors import Cancelled, Invalid, Refused, UserError
from mhtracker.domain.nhs import normalise_nhs_number
from mhtracker.domain.pathway import overlaps
from mhtracker.domain.places.place_faults import place_faults
from mhtracker.domain.records import KIND_OF, Unit
from mhtracker.domain.reviewing.due import Need
from mhtracker.domain.rule_faults import charges_for_what_is_free, cost_faults, legal_faults, pays_beyond_cost
from mhtracker.store.codec import from_rows, to_image
from mhtracker.store.contents import content_faults
from mhtracker.store.derived import caseload
from mhtracker.store.found_by import found_by_faults
from mhtracker.store.journal import digest
from mhtracker.store.kept_columns import kept_faults
from mhtracker.store.lines import read_facts, read_names, rebuild_all
from mhtracker.store.needs import need_of, needs, needs_of
from mhtracker.store.note_texts import note_faults
from mhtracker.store.opening import schema_of
from mhtracker.store.queries.caseload import line_of
from mhtracker.store.schema import RECORD_TABLES, changes, operations, people, register
from mhtracker.store.store import Store

LISTS_MADE_ANEW = "Run `mhtracker check FILE --rebuild-lists`: lists are made anew from the records."
_FACTS = ({"made_by": "mhtracker"}, {"made_by": "mhtracker", "demo": "invented people"})
_CHUNK = 5000
_SHOWN = 20
"""How many problems of one kind are listed one by one; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong: what, where (ids and references, never names), and how to mend it.

    With `may_be` the register is in order all the same: it may be recorded, and somebody should look at it.
    """

    what: str
    where: str
    how_to_mend: str
    may_be: bool = False


@dataclass(frozen=True, slots=True)
class CheckResult:
    schema: str
    people: int
    operations: int
    problems: tuple[Problem, ...]
    head: str
    """The last link of the audit chain: written down elsewhere, it proves that nothing was cut off."""
    to_look_at: tuple[Problem, ...] = ()
    """What may be, and leaves the register in order."""

    @property
    def ok(self) -> bool:
        return not self.problems


Progress = Callable[[int, int, str], None]
Step = tuple[str, Callable[[Store], Iterable[Problem]]]
"""What is checked, in words, and what finds the problems."""


def check(store: Store, progress: Progress | None = None, *, also: Iterable[Step] = ()) -> CheckResult:
    """Check everything, and what `also` has. `progress(done, total, words)` may raise Cancelled to stop."""
    steps: tuple[Step, ...] = (
        ("the file", _file_problems),
        ("the audit chain", _chain_problems),
        ("rows against the recorded changes", _replay_problems),
        ("the rules", _rule_problems),
        ("the lists", _line_problems),
        ("what documents hold", _content_problems),
        *also,
    )
    problems: list[Problem] = []
    for place, (words, step) in enumerate(steps):
        if progress is not None:
            progress(place, len(steps), f"Checking {words}")
        try:
            problems += _shortened(step(store))
        except Cancelled:
            raise
        except (DBAPIError, UserError, ValueError, TypeError, LookupError):
            # Damage can turn up as a value that is no date, no word we know or no JSON.
            mend = "Keep this file as it is, and restore the latest backup."
            problems.append(Problem(f"{words} could not be read", "the whole register", mend))
    return CheckResult(
        schema=schema_of(store.database) or "",
        people=_count(store, people),
        operations=_count(store, operations),
        problems=tuple(each for each in problems if not each.may_be),
        to_look_at=tuple(each for each in problems if each.may_be),
        head=store.database.connection.execute(
            select(operations.c.digest).order_by(operations.c.seq.desc()).limit(1)
        ).scalar()
        or "",
    )


def rebuild_lists(store: Store) -> None:
    """Make the derived tables anew from the records, as a problem's mend may say. Raises Refused when open to read."""
    if store.read_only:
        raise Refused("This register is open to be read only; its lists cannot be made anew.")
    store.database.begin()
    try:
        rebuild_all(store, store.today)
        store.database.commit()
    except BaseException:
        store.database.rollback()
        raise
    store.forget()


def _count(store: Store, table: Any) -> int:
    return store.database.connection.execute(select(func.count()).select_from(table)).scalar_one()


def _shortened(problems: Iterable[Problem]) -> list[Problem]:
    by_kind: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        by_kind[problem.what].append(problem)
    shown: list[Problem] = []
    for what, alike in by_kind.items():
        shown += alike[:_SHOWN]
        if len(alike) > _SHOWN:
            shown.append(Problem(what, f"and {len(alike) - _SHOWN} more", alike[0].how_to_mend, alike[0].may_be))
    return shown


def _file_problems(store: Store) -> Iterator[Problem]:
    if store.database.flavour != "sqlite":
        return
    mend = "Keep this file as it is, and restore the latest backup."
    for (words,) in store.database.connection.exec_driver_sql("PRAGMA integrity_check").all():
        if words != "ok":
            yield Problem("the file is damaged", str(words), mend)
    for row in store.database.connection.exec_driver_sql("PRAGMA foreign_key_check").all():
        yield Problem("a record points to one that is gone", f"table {row[0]}, row {row[1]}", mend)


def _chain_problems(store: Store) -> Iterator[Problem]:
    mend = "Somebody or something changed the journal outside MHTracker. Restore the latest backup that passes."
    newest = store.database.connection.execute(select(func.max(changes.c.seq))).scalar() or 0
    before, expected_seq, expected_change = "", 1, 1
    for row in store.database.connection.execute(select(operations).order_by(operations.c.seq)).all():
        where = f"operation {row.seq} ({row.id})"
        link = digest(before, dict(row._mapping), _changes_between(store, row.first_change, row.last_change, newest))
        if row.seq != expected_seq or row.first_change != expected_change:
            yield Problem("an operation is missing from the journal", where, mend)
        elif link != row.digest:
            yield Problem("the audit chain is broken", where, mend)
        before, expected_seq, expected_change = row.digest, row.seq + 1, row.last_change + 1
    oldest = store.database.connection.execute(select(func.min(changes.c.seq))).scalar()
    if newest >= expected_change or oldest not in (None, 1):
        yield Problem("changes without their operation", f"change {expected_change}", mend)


def _changes_between(store: Store, first: int, last: int, newest: int) -> Iterator[Any]:
    """What the chain links of some changes, a few thousand at a time: an import has very many."""
    columns = (changes.c.kind, changes.c.record_id, changes.c.person_id, changes.c.before, changes.c.after)
    for start in range(first, min(last, newest) + 1, _CHUNK):
        some = changes.c.seq.between(start, min(start + _CHUNK - 1, last))
        yield from store.database.connection.execute(select(*columns).where(some).order_by(changes.c.seq)).all()


def _replay_problems(store: Store) -> Iterator[Problem]:
    mend = "The row was changed outside MHTracker or by a damaged disk. Restore the latest backup that passes."
    for record_type, table in RECORD_TABLES.items():
        kind = KIND_OF[record_type]
        told = _told_of(store, kind)
        rows = store.database.connection.execute(select(table))
        for record in from_rows(record_type, rows):
            if told.pop(record.id, None) != (to_image(record), record.version):
                yield Problem(f"a {kind} differs from what was recorded", f"{kind} {record.id}", mend)
        for record_id, (after, _) in told.items():
            if after is not None:
                yield Problem(f"a recorded {kind} is missing", f"{kind} {record_id}", mend)
    if {row.key: row.value for row in store.database.connection.execute(select(register))} not in _FACTS:
        yield Problem("what the register says of itself was changed", "table register", mend)


def _told_of(store: Store, kind: str) -> dict[str, tuple[str | None, int]]:
    """The image and version of every record of a kind as the journal has them: a version counts saves since adding."""
    return {row[0]: (row[1], row[2]) for row in store.database.connection.execute(_told(), {"of": kind})}


@cache
def _told() -> Select[str, str | None, int]:
    of = bindparam("of", type_=changes.c.kind.type)
    added = (
        select(changes.c.record_id, func.max(changes.c.seq).label("seq"))
        .where(changes.c.kind == of, changes.c.before.is_(None))
        .group_by(changes.c.record_id)
        .subquery()
    )
    newest = (
        select(func.max(changes.c.seq).label("seq"), func.count().label("version"))
        .join(added, (added.c.record_id == changes.c.record_id) & (changes.c.seq >= added.c.seq))
        .where(changes.c.kind == of)
        .group_by(changes.c.record_id)
        .subquery()
    )
    return select(changes.c.record_id, changes.c.after, newest.c.version).join(newest, newest.c.seq == changes.c.seq)


def _rule_problems(store: Store) -> Iterator[Problem]:
    stages = {stage.id: stage for stage in store.stages()}
    everyone = read_facts(store, None)
    stays = (stay for facts in everyone.values() for stay in facts.placements if stay.unit_id is not None)
    for what, where, mend in place_faults({unit.id: unit for unit in store.find(Unit)}, stays):
        yield Problem(what, where, mend)
    for facts in everyone.values():
        ref = facts.person.ref
        for placement in facts.placements:
            if placement.ended_on is not None and placement.ended_on < placement.started_on:
                yield Problem(
                    "a placement ends before it starts", f"{ref}, placement {placement.id}", "Put the date right."
                )
        for one, other in overlaps(facts.placements, stages):
            where = f"{ref}, placements {one.id} and {other.id}"
            yield Problem("two placements overlap", where, "End the earlier one on the day the later began.")
        for target in facts.targets:
            if all(target.plan_id != plan.id for plan in facts.plans):
                yield Problem("a target belongs to somebody else's plan", f"{ref}, target {target.id}", "Undo it.")
        if facts.person.nhs_number is not None:
            try:
                normalise_nhs_number(facts.person.nhs_number)
            except Invalid:
                yield Problem("an NHS number fails its check digit", ref, "Type the number again.")
        for what, where, mend in (*legal_faults(facts), *cost_faults(facts)):
            yield Problem(what, f"{ref}, {where}", mend)
        for what, where, mend in (*charges_for_what_is_free(facts, store.today), *pays_beyond_cost(facts, store.today)):
            yield Problem(what, f"{ref}, {where}", mend, may_be=True)


def _line_problems(store: Store) -> Iterator[Problem]:
    """The caseload table against lines built afresh."""
    names = read_names(store)
    mend = LISTS_MADE_ANEW
    query = select(*(caseload.c[field.name] for field in dataclasses.fields(CaseloadLine)))
    kept = {line.person_id: line for line in map(line_of, store.database.connection.execute(query))}
    asked: dict[str, set[Need]] = defaultdict(set)
    for row in store.database.connection.execute(select(needs)).mappings():
        asked[row["person_id"]].add(need_of(dict(row)))
    for person_id, facts in read_facts(store, None).items():
        line = kept.pop(person_id, None)
        day = _day_of(line, store.today) if line is not None else store.today
        wanted = set(needs_of(store, [(facts, line)], names, day)) if line is not None else set()
        if wanted != asked.pop(person_id, set()):
            yield Problem("the reviews asked for are out of step", facts.person.ref, mend)
        if line is None or line != build_line(facts, names, day):
            yield Problem("a caseload line is out of step", facts.person.ref, mend)
    for line in kept.values():
        yield Problem("a caseload line without its person", line.ref, mend)
    for person_id in asked:
        yield Problem("reviews asked for somebody who is not there", f"person {person_id}", mend)
    for what, where in (*found_by_faults(store), *note_faults(store), *kept_faults(store)):
        yield Problem(what, where, mend)


def _content_problems(store: Store) -> Iterator[Problem]:
    mend = "Restore the latest backup that passes; its documents are whole."
    for what, where in content_faults(store):
        yield Problem(what, where, mend)


def _day_of(line: CaseloadLine, today: date) -> date:
    """A day on which a line is true of itself: today, unless a register opened to read was overtaken since."""
    return today if line.good_from <= today < line.good_until else line.good_from
