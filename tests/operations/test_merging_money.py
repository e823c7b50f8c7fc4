"""Two records made one: a cost counts once, one split holds on a day; told before, and undone with the merge."""

from __future__ import annotations

from datetime import date
from typing import Any

from mhtracker.domain.records import CostLine, FundingSplit, Note, Person, Placement, new_id
from mhtracker.operations import moves, people
from mhtracker.operations.merging.drafts import preview_merge
from mhtracker.operations.merging.people import merge_people
from mhtracker.store import Store
from mhtracker.store.check import check

EARLY, LATE, LAST = date(2026, 1, 5), date(2026, 3, 2), date(2026, 5, 4)


def _two(store: Store) -> tuple[str, str]:
    keep, other = (people.add_person(store, surname="Gruszka", given_names=name).id for name in ("Marek", "Mark"))
    return keep, other


def _line(store: Store, person_id: str, pence: int, since: date, until: date | None = None, **more: Any) -> CostLine:
    with store.operation("Fill") as work:
        return work.save(CostLine(new_id(), person_id, "support", pence, since, ended_on=until, **more))


def _split(store: Store, person_id: str, pence: int, since: date, until: date | None = None) -> FundingSplit:
    with store.operation("Fill") as work:
        return work.save(FundingSplit(new_id(), person_id, since, pence, ended_on=until))


def _told(store: Store, keep: str, other: str) -> str:
    return " ".join(preview_merge(store, keep, other).cautions)


def _spans(
    store: Store, kind: type[CostLine] | type[FundingSplit], person_id: str
) -> list[tuple[int, date, date | None]]:
    found = store.find(kind, person_id=person_id, order_by=("started_on",))
    return [(getattr(each, "rate_pence", None) or getattr(each, "person_pence", 0), each.started_on, each.ended_on)
            for each in found]  # fmt: skip


def test_two_lines_that_say_the_same_become_one_and_it_is_said_before(store: Store) -> None:
    keep, other = _two(store)
    _line(store, keep, 900_00, LATE)
    _line(store, other, 900_00, EARLY, LAST, what="as recorded with the stay")
    assert "Two that say the same become one: the cost Support" in _told(store, keep, other)
    merge_people(store, keep, other)
    assert _spans(store, CostLine, keep) == [(900_00, EARLY, None)]
    store.undo()
    assert (len(store.find(CostLine, person_id=keep)), len(store.find(CostLine, person_id=other))) == (1, 1)


def test_of_two_amounts_for_the_same_the_later_takes_over_and_the_earlier_holds_again_after(store: Store) -> None:
    keep, other = _two(store)
    _line(store, keep, 900_00, EARLY)
    _line(store, other, 700_00, LATE, LAST)
    told = _told(store, keep, other)
    assert "£900.00 a week, from 5 Jan 2026 ends on 2 Mar 2026" in told
    merge_people(store, keep, other)
    assert _spans(store, CostLine, keep) == [(900_00, EARLY, LATE), (700_00, LATE, LAST), (900_00, LAST, None)]
    (note,) = store.find(Note, person_id=keep)
    assert "£700.00 a week" in note.text
    store.undo()
    assert _spans(store, CostLine, keep) == [(900_00, EARLY, None)]


def test_costs_for_different_things_stand_beside_each_other(store: Store) -> None:
    keep, other = _two(store)
    _line(store, keep, 900_00, EARLY)
    _line(store, other, 50_00, EARLY, what="mornings")
    merge_people(store, keep, other)
    assert len(store.find(CostLine, person_id=keep, ended_on=None)) == 2


def test_the_same_one_off_counts_once(store: Store) -> None:
    keep, other = _two(store)
    for person_id in (keep, other):
        _line(store, person_id, 150_00, LATE, frequency="one_off", what="Bed")
    assert "£150.00 on 2 Mar 2026" in _told(store, keep, other)
    merge_people(store, keep, other)
    assert len(store.find(CostLine, person_id=keep)) == 1


def test_one_split_holds_on_a_day(store: Store) -> None:
    keep, other = _two(store)
    _split(store, keep, 40_00, EARLY)
    _split(store, other, 60_00, LATE)
    assert "who pays from 2 Mar 2026 (£60.00 by the person) begins" in _told(store, keep, other)
    merge_people(store, keep, other)
    assert _spans(store, FundingSplit, keep) == [(40_00, EARLY, LATE), (60_00, LATE, None)]


def test_of_two_splits_from_one_day_that_of_the_record_kept_holds(store: Store) -> None:
    keep, other = _two(store)
    _split(store, keep, 40_00, EARLY, LATE)
    _split(store, other, 60_00, EARLY)
    merge_people(store, keep, other)
    assert _spans(store, FundingSplit, keep) == [(40_00, EARLY, LATE), (60_00, LATE, None)]


def test_a_cost_of_a_stay_that_is_left_out_belongs_to_the_one_that_is_kept(store: Store) -> None:
    keep, other = _two(store)
    with store.operation("Fill") as work:
        mine, theirs = (work.save(Placement(new_id(), each, "enablement", EARLY)) for each in (keep, other))
    line = _line(store, other, 900_00, EARLY, placement_id=theirs.id)
    merge_people(store, keep, other)
    assert store.get(CostLine, line.id).placement_id == mine.id


def test_a_case_that_a_merge_closed_is_opened_again_without_undoing_the_merge(store: Store) -> None:
    keep, other = _two(store)
    for each in (keep, other):
        _line(store, each, 900_00, EARLY)
        _split(store, each, 10_00, EARLY)
        moves.start_placement(store, each, stage_id="supported", started_on=EARLY)
    people.close_case(store, other, left_on=LATE, reason="independent")
    (open_still,) = store.find(Placement, person_id=keep)
    left = {"left_on": "other", "left_reason": "other"}
    merge_people(store, keep, other, choices=left, leave_out=[open_still.id], words="They had left")
    assert store.get(Person, keep).left_on == LATE
    before = [_spans(store, CostLine, keep), _spans(store, FundingSplit, keep), store.find(Placement)]
    people.reopen_case(store, keep, never_left=True)
    assert store.get(Person, keep).left_on is None
    assert [_spans(store, CostLine, keep), _spans(store, FundingSplit, keep), store.find(Placement)] == before
    assert check(store).ok
