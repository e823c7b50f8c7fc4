"""Those who may be the person being typed, or one another: found by what names sound like, birth dates and numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, bindparam, or_, select

from mhtracker.domain.likeness.keys import asked_keys, name_sounds, near_births, near_numbers
from mhtracker.domain.likeness.score import Facts, Likeness, compare, facts_of, is_near, may_be_slip
from mhtracker.domain.records import DatePrecision, NotSame, Person
from mhtracker.store.codec import from_rows
from mhtracker.store.derived import caseload, likeness_keys
from mhtracker.store.schema import RECORD_TABLES, people
from mhtracker.store.store import Store

_MOST_OF_A_KIND = 400
"""How many are looked at for one reason: 1 January, or a name that thousands bear, must not hold the typing up."""


SLICE = 100
"""How many people are compared with the rest in one go."""


@dataclass(frozen=True, slots=True)
class Likely:
    """Someone who may be the same person, with what tells them apart at a glance."""

    person: Person
    likeness: Likeness
    stage_id: str | None
    stage: str
    service: str
    worker: str
    status: str


def find_likely(
    store: Store,
    facts: Facts,
    *,
    limit: int = 5,
    but_not: Iterable[str] = (),
    settled_for: str | None = None,
    near: bool = False,
) -> list[Likely]:
    """Those in the register who may be this person, the likeliest first; nobody when nobody is alike.

    `but_not` leaves people out. `settled_for` is the id of the person whose facts these are, if they are in the
    register: they themselves and those decided to be somebody else are left out too. `near` lists
    also names that are near and too little by themselves (`likeness.is_near`).
    """
    left_out = set(but_not)
    if settled_for is not None:
        left_out |= {settled_for, *known_not_same(store, settled_for)}
    found = []
    for person in _candidates(store, facts):
        if person.id not in left_out:
            likeness = compare(facts, facts_of(person))
            if likeness.warns or (near and is_near(facts, facts_of(person), likeness)):
                found.append((likeness, person))
    found.sort(key=lambda each: (-each[0].score, each[1].surname, each[1].ref))
    return _with_lines(store, found[:limit])


def known_not_same(store: Store, person_id: str) -> set[str]:
    """Those whom somebody decided not to be this person."""
    pairs = RECORD_TABLES[NotSame]
    query = select(pairs.c.person_id, pairs.c.other_id).where(
        or_(pairs.c.person_id == person_id, pairs.c.other_id == person_id)
    )
    return {each for row in store.database.connection.execute(query) for each in row} - {person_id}


def _candidates(store: Store, facts: Facts) -> Iterator[Person]:
    store.make_ready("found_by")
    seen: set[str] = set()
    sounds = name_sounds(facts)
    for condition, by_name in _ways(facts):
        query = select(people).where(people.c.merged_into.is_(None), condition).limit(_MOST_OF_A_KIND)
        for person in from_rows(Person, store.database.connection.execute(query)):
            if person.id in seen:
                continue
            seen.add(person.id)
            # A birth date that is a slip away is shared by hundreds; without a like name it says nothing.
            if not by_name or sounds & name_sounds(facts_of(person)):
                yield person


def _ways(facts: Facts) -> Iterator[tuple[ColumnElement[bool], bool]]:
    """Each condition that may find them, and whether a name must be alike besides."""
    if numbers := near_numbers(facts.nhs_number):
        yield people.c.nhs_number.in_(numbers), False
    if facts.local_id:
        written = {facts.local_id, facts.local_id.upper(), facts.local_id.lower()}
        yield people.c.local_id.in_(sorted(written)), False
    if keys := asked_keys(facts):
        yield people.c.id.in_(_with_key(keys)), False
    if facts.born_on is not None and facts.born_precision is DatePrecision.DAY:
        yield people.c.born_on == facts.born_on, False
        yield people.c.born_on.in_(near_births(facts.born_on)), True


def _with_key(keys: Iterable[str]) -> Select[tuple[str]]:
    return select(likeness_keys.c.person_id).where(likeness_keys.c.key.in_(list(keys))).limit(_MOST_OF_A_KIND)


def _with_lines(store: Store, found: list[tuple[Likeness, Person]]) -> list[Likely]:
    columns = caseload.c
    query = select(
        columns.person_id, columns.stage_id, columns.stage, columns.service, columns.worker, columns.status
    ).where(columns.person_id.in_(bindparam("ids", expanding=True)))
    ids = [person.id for _, person in found]
    lines = {row[0]: row[1:] for row in store.database.connection.execute(query, {"ids": ids})} if ids else {}
    empty = (None, "", "", "", "")
    return [Likely(person, likeness, *lines.get(person.id, empty)) for likeness, person in found]


# Over the whole register


@dataclass(frozen=True, slots=True)
class LikelyPair:
    """Two in the register who may be one person. `one` has the earlier reference."""

    one: Person
    other: Person
    likeness: Likeness


Progress = Callable[[int, int, str], None]


def find_all_likely(store: Store, *, progress: Progress | None = None, limit: int | None = 500) -> list[LikelyPair]:
    """Every two people in the register who may be one, the likeliest first; not those decided to be two.

    `progress(done, total, words)` may raise Cancelled.
    """
    ids = ids_to_compare(store)
    found: list[LikelyPair] = []
    for start in range(0, len(ids), SLICE):
        if progress is not None:
            progress(start, len(ids), "Comparing people")
        found += find_likely_pairs(store, ids[start : start + SLICE])
    return in_order(found)[:limit]


def ids_to_compare(store: Store) -> list[str]:
    """Everybody by id, to be compared `SLICE` at a time: the register's thread is free for others in between."""
    query = select(people.c.id).where(people.c.merged_into.is_(None)).order_by(people.c.id)
    return list(store.database.connection.execute(query).scalars())


def in_order(pairs: Iterable[LikelyPair]) -> list[LikelyPair]:
    """The likeliest first."""
    return sorted(pairs, key=lambda pair: (-pair.likeness.score, pair.one.ref, pair.other.ref))


def find_likely_pairs(store: Store, ids: Sequence[str]) -> list[LikelyPair]:
    """The pairs of some people with anybody whose id is higher."""
    decided = RECORD_TABLES[NotSame]
    rows = store.database.connection.execute(select(decided.c.person_id, decided.c.other_id))
    met = {(min(row), max(row)) for row in rows}
    wanted = sorted({pair for pair in _pairs_to_compare(store, ids) if pair not in met})
    persons = {
        person.id: person for person in store.find(Person, id=sorted({each for pair in wanted for each in pair}))
    }
    facts = {person_id: facts_of(person) for person_id, person in persons.items()}
    sounds = {person_id: name_sounds(each) for person_id, each in facts.items()}
    found = []
    for pair in wanted:
        # Many share a birth date; those whose names share no sound are compared no further.
        if sounds[pair[0]] & sounds[pair[1]] or persons[pair[0]].local_id == persons[pair[1]].local_id:
            one, other = sorted(pair, key=lambda each: persons[each].ref)
            likeness = compare(facts[one], facts[other])
            if likeness.warns:
                found.append(LikelyPair(persons[one], persons[other], likeness))
    return found


def still_likely(store: Store, pairs: Iterable[LikelyPair]) -> list[LikelyPair]:
    """The pairs that are still to be settled, as both people are by now."""
    found = []
    for pair in pairs:
        one, other = store.peek(Person, pair.one.id), store.peek(Person, pair.other.id)
        if one is None or other is None or one.merged_into or other.merged_into:
            continue
        likeness = compare(facts_of(one), facts_of(other))
        if likeness.warns and other.id not in known_not_same(store, one.id):
            found.append(LikelyPair(one, other, likeness))
    return found


def _pairs_to_compare(store: Store, ids: Sequence[str]) -> Iterator[tuple[str, str]]:
    store.make_ready("found_by")
    mine, theirs = people.alias("mine"), people.alias("theirs")
    here = (mine.c.id.in_(bindparam("ids", expanding=True)), theirs.c.id > mine.c.id, theirs.c.merged_into.is_(None))
    for same in (mine.c.born_on == theirs.c.born_on, mine.c.local_id == theirs.c.local_id):
        query = select(mine.c.id, theirs.c.id).where(*here, same)
        yield from ((row[0], row[1]) for row in store.database.connection.execute(query, {"ids": list(ids)}))
    my_key, their_key = likeness_keys.alias("my_key"), likeness_keys.alias("their_key")
    alike = select(mine.c.id, theirs.c.id, mine.c.born_on, theirs.c.born_on).where(
        *here, my_key.c.person_id == mine.c.id, their_key.c.key == my_key.c.key, their_key.c.person_id == theirs.c.id
    )
    for row in store.database.connection.execute(alike, {"ids": list(ids)}):
        # However alike the names are, another birth date is another person.
        if row[2] is None or row[3] is None or may_be_slip(row[2], row[3]):
            yield row[0], row[1]
