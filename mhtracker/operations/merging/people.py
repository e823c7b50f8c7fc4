"""Two records of one person made one, and two people who look alike told apart. Nothing is lost; all can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from mhtracker import text
from mhtracker.domain.clean_text import clean_text
from mhtracker.domain.errors import Invalid
from mhtracker.domain.records import CostLine, Note, NotSame, Person, Placement, new_id
from mhtracker.operations.merging.drafts import (
    Clash,
    check_clashes,
    check_merged,
    choices_for,
    clashes_of,
    merged_person,
    merging,
    moving_types,
    not_kept_words,
)
from mhtracker.operations.merging.settling import settle
from mhtracker.store import Store, Work


def merge_people(
    store: Store,
    keep_id: str,
    other_id: str,
    *,
    choices: Mapping[str, str] | None = None,
    leave_out: Iterable[str] = (),
    words: str = "",
) -> Person:
    """Merge one person's record into another's, as one operation. Raises Invalid, NotFound.

    `choices` says for a field whose value is kept, "keep" or "other"; without it the fuller, better-evidenced one.
    Of two stays that cannot both hold, one is in `leave_out` (its id), and `words` say why; those that agree in
    everything are settled of themselves. What is not kept in a field or a stay stands in a finished note.
    """
    keep, other = merging(store, keep_id, other_id)
    clashes = clashes_of(store, keep_id, other_id)
    left_out = set(leave_out) | {clash.other.id for clash in clashes if clash.same}
    check_clashes(clashes, left_out, words)
    left_out &= {stay.id for clash in clashes for stay in (clash.kept, clash.other)}
    merged = merged_person(keep, other, choices or {}, choices_for(store, keep, other))
    check_merged(store, merged)
    settled = settle(store, keep_id, other_id)
    with store.operation(f"Merge {other.ref} into {keep.ref}", person_id=keep_id) as work:
        told = not_kept_words(store, keep, other, merged, left_out, words)
        told = clean_text("\n".join([told, *(each.words for each in settled if each.words)]))
        for each in settled:
            if each.goes:
                work.delete(each.record)
            else:
                work.save(each.record)
        _tie_costs(work, clashes, left_out)
        for stay in work.find(Placement, person_id=[keep_id, other_id]):
            if stay.id in left_out:
                work.delete(stay)
        _bring_records(work, keep_id, other_id)
        _bring_decisions(work, keep_id, other_id)
        for before in work.find(Person, merged_into=other_id):
            work.save(replace(before, merged_into=keep_id))
        work.save(Note(new_id(), keep_id, "record", work.today, told, work.who, work.now))
        work.save(replace(other, merged_into=keep_id))
        return work.save(merged)


def _tie_costs(work: Work, clashes: Iterable[Clash], left_out: set[str]) -> None:
    """What was paid for a stay left out was paid for the one that it is in truth."""
    stays = {clash.kept.id: clash.other.id for clash in clashes} | {clash.other.id: clash.kept.id for clash in clashes}
    for line in work.find(CostLine, placement_id=left_out) if left_out else ():
        stay = stays.get(line.placement_id or "")
        work.save(replace(line, placement_id=stay if stay not in left_out else None))


def _bring_records(work: Work, keep_id: str, other_id: str) -> None:
    for record_type in moving_types():
        for record in work.find(record_type, person_id=other_id):
            belongs: dict[str, Any] = {"person_id": keep_id}
            work.save(replace(record, **belongs))


def _bring_decisions(work: Work, keep_id: str, other_id: str) -> None:
    """Who is not the same as the other is not the same as the one who stays."""
    settled = {_pair(each) for each in work.find(NotSame, person_id=keep_id)}
    settled |= {_pair(each) for each in work.find(NotSame, other_id=keep_id)}
    for decision in [*work.find(NotSame, person_id=other_id), *work.find(NotSame, other_id=other_id)]:
        third = decision.other_id if decision.person_id == other_id else decision.person_id
        if third == keep_id or frozenset((third, keep_id)) in settled:
            work.delete(decision)
        else:
            settled.add(frozenset((third, keep_id)))
            work.save(replace(decision, person_id=keep_id, other_id=third))


def _pair(decision: NotSame) -> frozenset[str]:
    return frozenset((decision.person_id, decision.other_id))


def mark_not_same(store: Store, person_id: str, other_id: str) -> NotSame:
    """Record that two who look alike are two people: they are not asked about again. Raises Invalid."""
    person, other = merging(store, person_id, other_id)
    for known in (*store.find(NotSame, person_id=person_id), *store.find(NotSame, other_id=person_id)):
        if _pair(known) == {person_id, other_id}:
            raise Invalid({"": f"{text.plain_name(person)} and {other.ref} were told apart already."})
    with store.operation(f"{person.ref} and {other.ref} are two people", person_id=person_id) as work:
        return save_not_same(work, person_id, other_id)


def save_not_same(work: Work, person_id: str, other_id: str) -> NotSame:
    """The decision itself, within an operation that records more."""
    return work.save(NotSame(new_id(), person_id, other_id, work.today, work.who))
