"""What cannot go on twice once two records are one is settled in the merge, told before it, and undone with it."""

from __future__ import annotations

from datetime import date, timedelta

from mhtracker.domain.records import Barrier, LegalAndStatus, MoveOnPlan, Review, StatusKind, new_id
from mhtracker.operations import people
from mhtracker.operations.merging.drafts import preview_merge
from mhtracker.operations.merging.people import merge_people
from mhtracker.store import Store
from tests.operations.conftest import TODAY

EARLY, LATE = date(2024, 3, 1), date(2025, 5, 1)
KINDS = (StatusKind.S117, StatusKind.EMPLOYMENT, StatusKind.ACCOMMODATION)


def _two(store: Store) -> tuple[str, str]:
    ids = [people.add_person(store, surname="Gruszka", given_names=name).id for name in ("Marek", "Mark")]
    with store.operation("Fill") as work:
        for number, (person_id, since) in enumerate(zip(ids, (EARLY, LATE), strict=True)):
            for kind in KINDS:
                code = store.codes(kind.value)[0].code
                work.save(LegalAndStatus(new_id(), person_id, kind, code, since))
            barrier = store.codes("delay_reason")[0].code
            work.save(Barrier(new_id(), person_id, barrier, since, note=f"Note {number}"))
            work.save(Review(new_id(), person_id, booked_on=TODAY + timedelta(days=7 + 7 * number)))
            work.save(MoveOnPlan(new_id(), person_id, "supported", started_on=since))
    return ids[0], ids[1]


def test_what_both_had_open_is_open_once(store: Store) -> None:
    keep, other = _two(store)
    told = " ".join(preview_merge(store, keep, other).cautions)
    for words in ("s117", "employment", "accommodation", "barriers", "booked", "older move-on plan"):
        assert words in told
    merge_people(store, keep, other)
    for kind in KINDS:
        early, late = sorted(
            store.find(LegalAndStatus, person_id=keep, kind=kind), key=lambda each: each.started_on or TODAY
        )
        assert (early.ended_on, late.ended_on) == (LATE, None)
    (barrier,) = store.find(Barrier, person_id=keep)
    assert (barrier.started_on, barrier.note) == (EARLY, "Note 0\nNote 1")
    first, second = sorted(store.find(Review, person_id=keep), key=lambda each: each.booked_on or TODAY)
    assert (first.abandoned_on, second.abandon_reason) == (None, "merged")
    (plan,) = store.find(MoveOnPlan, person_id=keep, ended_on=None)
    assert plan.started_on == LATE
    assert [each.end_reason for each in store.find(MoveOnPlan, person_id=keep) if each.ended_on] == ["changed"]


def test_undo_opens_everything_again(store: Store) -> None:
    keep, other = _two(store)
    merge_people(store, keep, other)
    store.undo()
    for person_id in (keep, other):
        assert len(store.find(LegalAndStatus, person_id=person_id, ended_on=None)) == len(KINDS)
        assert len(store.find(Barrier, person_id=person_id, ended_on=None)) == 1
        assert len(store.find(Review, person_id=person_id, abandoned_on=None)) == 1
        assert len(store.find(MoveOnPlan, person_id=person_id, ended_on=None)) == 1
