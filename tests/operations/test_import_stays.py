"""Stays, reviews, targets and statuses: what a row does to a history, and what it may not do."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mhtracker.domain.records import LegalAndStatus, MoveOnPlan, Note, Person, Placement, Review, Service, Target, Team
from mhtracker.operations.importing.mends import MendKind, decide
from mhtracker.operations.importing.rehearsal import Outcome
from mhtracker.operations.importing.stays import START_NOT_KNOWN
from mhtracker.store import Store
from mhtracker.store.check import check
from tests.operations.sheets_at_hand import aside, imported, reasons, rehearsed, row_of, workbook

HEADINGS = ["Name", "DOB", "Type", "Home", "From", "To", "£pw"]
BORN = date(1980, 1, 1)


def sheet(tmp_path: Path, *rows: list[Any], headings: list[str] = HEADINGS, name: str = "a.xlsx") -> Path:
    return workbook(tmp_path / name, headings, *rows)


def stay(kind: str, home: str, begun: Any, ended: Any = None, cost: Any = None, who: str = "Apple, Ann") -> list[Any]:
    return [who, BORN, kind, home, begun, ended, cost]


def chain(store: Store) -> list[tuple[str, str, str, str]]:
    names = {service.id: service.name for service in store.find(Service)}
    stays = sorted(store.find(Placement), key=lambda stay: stay.started_on)
    return [(s.stage_id, names.get(s.service_id or "", ""), str(s.started_on), str(s.ended_on)) for s in stays]


RES = stay("Residential", "Elm House", date(2019, 1, 1), date(2020, 1, 1))
ENA = stay("Enablement", "Step House", date(2020, 1, 10), date(2020, 6, 1))
SUP = stay("Supported living", "Canal View", date(2020, 6, 1))


def test_several_rows_of_a_person_make_one_history_in_any_order(store: Store, tmp_path: Path) -> None:
    answer = imported(store, sheet(tmp_path, SUP, RES, ENA))
    assert (answer["rows"], answer["people_added"], answer["placements_added"]) == (3, 1, 3)
    assert [(kind, begun, ended) for kind, _, begun, ended in chain(store)] == [
        ("residential", "2019-01-01", "2020-01-01"),
        ("enablement", "2020-01-10", "2020-06-01"),
        ("supported", "2020-06-01", "None"),
    ]
    assert not check(store).problems


def test_a_stay_of_no_days_and_one_that_begins_as_another_ends_are_fine(store: Store, tmp_path: Path) -> None:
    day = date(2020, 1, 1)
    rows = [RES, stay("Enablement", "Step House", day, day), stay("Supported living", "Canal View", day)]
    assert imported(store, sheet(tmp_path, *rows))["placements_added"] == 3


def test_overlapping_stays_are_put_aside_with_the_mend(store: Store, tmp_path: Path) -> None:
    open_res = stay("Residential", "Elm House", date(2019, 1, 1))
    path = sheet(tmp_path, open_res, SUP)
    answer = imported(store, path)
    assert aside(answer) == [(3, "From")]
    assert "Overlaps the stay in Elm House (row 2), 1 Jan 2019 with no end." in reasons(answer, 3)
    store.undo()
    end_other = row_of(rehearsed(store, path), 3).problems[0].mends[0]
    assert end_other.label == "End Elm House on 1 Jun 2020"
    assert imported(store, path, decisions=[decide(3, end_other)])["quarantined"] == []
    assert [ended for *_, ended in chain(store)] == ["2020-06-01", "None"]


def test_a_hospital_stay_while_the_place_is_kept_is_allowed(store: Store, tmp_path: Path) -> None:
    rows = [
        stay("Residential", "Elm House", date(2019, 1, 1)),
        stay("Hospital", "Ward 3", date(2020, 1, 1), date(2020, 3, 1)),
    ]
    answer = imported(store, sheet(tmp_path, *rows))
    assert (answer["placements_added"], answer["quarantined"]) == (2, [])
    assert not check(store).problems


def test_without_a_column_of_ends_each_stay_ends_as_the_next_begins(store: Store, tmp_path: Path) -> None:
    rows = [[*SUP[:5]], [*RES[:5]]]
    answer = imported(store, sheet(tmp_path, *rows, headings=HEADINGS[:5]))
    assert [ended for *_, ended in chain(store)] == ["2020-06-01", "None"]
    assert "taken to end as this one begins" in reasons(answer, 2)


def test_an_end_before_its_start_is_put_aside_and_can_be_swapped(store: Store, tmp_path: Path) -> None:
    path = sheet(tmp_path, stay("Residential", "Elm House", date(2024, 4, 9), date(2024, 3, 3)))
    answer = imported(store, path)
    assert aside(answer) == [(2, "To")]
    assert "Left on 3 Mar 2024, before starting on 9 Apr 2024." in reasons(answer, 2)
    swap = row_of(rehearsed(store, path), 2).problems[0].mends[0]
    assert (swap.kind, swap.label) == (MendKind.SWAP, "Swap the dates")
    imported(store, path, decisions=[decide(2, swap)])
    assert chain(store) == [("residential", "Elm House", "2024-03-03", "2024-04-09")]


def test_a_stay_ahead_or_before_birth_is_put_aside(store: Store, tmp_path: Path) -> None:
    rows = [stay("Res", "Elm House", date(2026, 8, 1)), stay("Res", "Elm House", date(1979, 1, 1), who="Bean, Bob")]
    answer = imported(store, sheet(tmp_path, *rows))
    assert aside(answer) == [(2, "From"), (3, "DOB")]


def test_an_end_that_lies_ahead_leaves_the_stay_open(store: Store, tmp_path: Path) -> None:
    answer = imported(store, sheet(tmp_path, stay("Res", "Elm House", date(2020, 1, 1), date(2027, 1, 1))))
    assert [ended for *_, ended in chain(store)] == ["None"]
    assert "kept open" in reasons(answer, 2)


def test_a_stay_without_its_start_is_entered_from_today_and_says_so(store: Store, tmp_path: Path) -> None:
    path = sheet(tmp_path, stay("Res", "Elm House", None))
    answer = imported(store, path)
    assert chain(store) == [("residential", "Elm House", "2026-07-14", "None")]
    assert store.find(Placement)[0].note == START_NOT_KNOWN
    assert "No start is given" in reasons(answer, 2)
    assert rehearsed(store, path).rows[0].outcome is Outcome.SAME
    known = sheet(tmp_path, stay("Res", "Elm House", date(2019, 5, 1)), name="b.xlsx")
    assert imported(store, known)["people_updated"] == 1
    assert [(s.started_on, s.note) for s in store.find(Placement)] == [(date(2019, 5, 1), "")]


def test_a_stay_without_its_stage_takes_it_from_the_service_or_is_kept_as_a_note(store: Store, tmp_path: Path) -> None:
    rows = [stay("", "Own tenancy", date(2020, 1, 1)), stay("", "Some Place", date(2020, 1, 1), who="Bean, Bob")]
    answer = imported(store, sheet(tmp_path, *rows))
    assert answer["people_added"] == 2
    assert [kind for kind, *_ in chain(store)] == ["independent"]
    assert [note.text for note in store.find(Note)] == ["A stay from a sheet: Some Place, from 1 Jan 2020."]
    assert "kept as a note" in reasons(answer, 3)


def test_a_change_of_place_with_a_later_start_is_a_move(store: Store, tmp_path: Path) -> None:
    imported(store, sheet(tmp_path, stay("Supported living", "Mill Street", date(2024, 1, 8), cost=588)))
    path = sheet(tmp_path, stay("Supported living", "Harbour Court", date(2024, 4, 1), cost=600), name="b.xlsx")
    rehearsal = rehearsed(store, path)
    row = rehearsal.rows[0]
    assert row.outcome is Outcome.CHANGE
    told = [
        (change.column, rehearsal.tell(change, change.was), rehearsal.tell(change, change.becomes))
        for change in row.changes
    ]
    assert told == [("Home", "Mill Street", "Harbour Court"), ("From", "8 Jan 2024", "1 Apr 2024")]
    imported(store, path)
    assert [(home, ended) for _, home, _, ended in chain(store)] == [
        ("Mill Street", "2024-04-01"),
        ("Harbour Court", "None"),
    ]


def test_a_changed_cost_or_end_changes_the_stay(store: Store, tmp_path: Path) -> None:
    imported(store, sheet(tmp_path, stay("Res", "Elm House", date(2020, 1, 1), cost=1168)))
    path = sheet(tmp_path, stay("Res", "Elm House", date(2020, 1, 1), date(2026, 7, 1), 1204), name="b.xlsx")
    rehearsal = rehearsed(store, path)
    told = {
        change.column: (rehearsal.tell(change, change.was), rehearsal.tell(change, change.becomes))
        for change in rehearsal.rows[0].changes
    }
    assert told == {"£pw": ("£1,168.00", "£1,204.00"), "To": ("", "1 Jul 2026")}
    assert imported(store, path)["people_updated"] == 1


def test_a_corrected_start_of_the_same_stay_changes_it(store: Store, tmp_path: Path) -> None:
    imported(store, sheet(tmp_path, stay("Res", "Elm House", date(2020, 1, 1))))
    imported(store, sheet(tmp_path, stay("Res", "Elm House", date(2020, 2, 1)), name="b.xlsx"))
    assert chain(store) == [("residential", "Elm House", "2020-02-01", "None")]


def test_another_place_without_a_date_is_put_aside(store: Store, tmp_path: Path) -> None:
    imported(store, sheet(tmp_path, stay("Res", "Elm House", date(2020, 1, 1))))
    answer = imported(store, sheet(tmp_path, stay("Res", "Oak Lodge", None), name="b.xlsx"))
    assert aside(answer) == [(2, "From")]
    assert "no date says when they moved" in reasons(answer, 2)


def test_someone_who_left_or_died_no_longer_lives_there(store: Store, tmp_path: Path) -> None:
    rows = [
        ["Apple, Ann", "Res", date(2020, 1, 1), date(2026, 1, 5), None],
        ["Bean, Bob", "Res", date(2020, 1, 1), None, date(2025, 3, 1)],
    ]
    headings = ["Name", "Type", "Start", "Date of death", "Case closed"]
    imported(store, sheet(tmp_path, *rows, headings=headings))
    assert sorted(str(s.ended_on) for s in store.find(Placement)) == ["2025-03-01", "2026-01-05"]
    assert not check(store).problems


REVIEWS = ["Name", "DOB", "Type", "Start", "Last review", "Next review"]


@pytest.mark.parametrize(
    ("following", "due", "booked"),
    [
        (date(2026, 12, 1), date(2026, 12, 1), None),
        (date(2027, 1, 5), date(2027, 1, 5), None),
        (date(2027, 3, 1), None, date(2027, 3, 1)),
    ],
)
def test_a_next_review_later_than_the_rule_is_only_a_booking(
    store: Store, tmp_path: Path, following: date, due: date | None, booked: date | None
) -> None:
    row = ["Apple, Ann", BORN, "Res", date(2020, 1, 1), date(2026, 1, 5), following]
    answer = imported(store, sheet(tmp_path, row, headings=REVIEWS))
    assert answer["reviews_added"] == 2
    (planned,) = [review for review in store.find(Review) if review.held_on is None]
    assert (planned.due_on, planned.booked_on) == (due, booked)


def test_a_last_review_ahead_or_before_birth_is_put_aside_and_one_before_the_stay_is_not(
    store: Store, tmp_path: Path
) -> None:
    rows = [
        ["Apple, Ann", BORN, "Res", date(2020, 1, 1), date(2026, 7, 15), None],
        ["Bean, Bob", BORN, "Res", date(2020, 1, 1), date(1979, 7, 15), None],
        ["Corn, Cat", BORN, "Res", date(2020, 1, 1), date(2019, 7, 15), None],
    ]
    answer = imported(store, sheet(tmp_path, *rows, headings=REVIEWS))
    assert aside(answer) == [(2, "Last review"), (3, "Last review")]
    assert answer["people_added"] == 1


def test_a_review_held_as_booked_completes_the_booking(store: Store, tmp_path: Path) -> None:
    first = ["Apple, Ann", BORN, "Res", date(2020, 1, 1), date(2025, 1, 5), date(2025, 12, 20)]
    imported(store, sheet(tmp_path, first, headings=REVIEWS))
    second = ["Apple, Ann", BORN, "Res", date(2020, 1, 1), date(2025, 12, 20), date(2026, 12, 20)]
    imported(store, sheet(tmp_path, second, headings=REVIEWS, name="b.xlsx"))
    held = sorted(str(review.held_on) for review in store.find(Review))
    assert held == ["2025-01-05", "2025-12-20", "None"]


def test_a_moved_target_is_added_and_the_first_stays_the_original(store: Store, tmp_path: Path) -> None:
    headings = ["Name", "DOB", "Move on target", "Aim"]
    imported(store, sheet(tmp_path, ["Apple, Ann", BORN, date(2026, 9, 1), "Supported living"], headings=headings))
    imported(
        store,
        sheet(tmp_path, ["Apple, Ann", BORN, date(2026, 12, 1), "Supported living"], headings=headings, name="b.xlsx"),
    )
    (plan,) = store.find(MoveOnPlan)
    assert plan.aim_stage_id == "supported"
    targets = sorted(store.find(Target), key=lambda target: target.position)
    assert [str(target.target_on) for target in targets] == ["2026-09-01", "2026-12-01"]
    assert "b.xlsx" in targets[1].reason


def test_statuses_are_kept_and_after_care_is_never_ended_by_a_sheet(store: Store, tmp_path: Path) -> None:
    headings = ["Name", "DOB", "S117?", "Employment status"]
    imported(store, sheet(tmp_path, ["Apple, Ann", BORN, "Yes", "Unemployed"], headings=headings))
    answer = imported(
        store, sheet(tmp_path, ["Apple, Ann", BORN, "No", "Volunteering"], headings=headings, name="b.xlsx")
    )
    assert "An import does not end it" in reasons(answer, 2)
    held = {status.kind.value: status.code for status in store.find(LegalAndStatus) if status.ended_on is None}
    assert held == {"s117": "unknown", "employment": "voluntary"}
    imported(store, sheet(tmp_path, ["Apple, Ann", BORN, "s3", "Volunteering"], headings=headings, name="c.xlsx"))
    assert {status.code for status in store.find(LegalAndStatus) if status.kind == "s117"} == {"3"}


def test_notes_are_kept_once(store: Store, tmp_path: Path) -> None:
    headings = ["Name", "DOB", "Comments"]
    for name in ("a.xlsx", "b.xlsx"):
        imported(store, sheet(tmp_path, ["Apple, Ann", BORN, "Likes the garden."], headings=headings, name=name))
    assert [note.text for note in store.find(Note)] == ["Likes the garden."]


def test_the_worker_of_the_latest_stay_holds_the_case(store: Store, tmp_path: Path) -> None:
    headings = ["Name", "DOB", "Type", "From", "To", "Team"]
    rows = [
        ["Apple, Ann", BORN, "Supp living", date(2021, 1, 1), None, "South"],
        ["Apple, Ann", BORN, "Res", date(2019, 1, 1), date(2021, 1, 1), "North"],
    ]
    path = sheet(tmp_path, *rows, headings=headings)
    imported(store, path)
    names = {team.id: team.name for team in store.find(Team)}
    assert names[store.find(Person)[0].team_id or ""] == "South"
    assert {row.outcome for row in rehearsed(store, path).rows} == {Outcome.SAME}
