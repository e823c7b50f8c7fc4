"""`show` and `due` of what is kept around a pathway: keys as fixed, as at a day, and each of them documented."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from mhtracker.domain.records import (
    CareWarning,
    Contact,
    Document,
    FundingSplit,
    Goal,
    GoalScore,
    KeyEvent,
    LegalAndStatus,
    MeasureScore,
    MeasureTool,
    Person,
    Placement,
    StatusKind,
)
from mhtracker.operations import actions, barriers, notes, readiness, step_plans, targets
from mhtracker.operations.people import add_person
from mhtracker.operations.readiness import Rated
from mhtracker.store import FixedClock, create_register, open_register
from tests.cli.test_docs import keys_of, part_of

TODAY = date(2026, 7, 14)


@pytest.fixture
def full(tmp_path):
    """A register of one person with one of everything around them."""
    path = tmp_path / "full.mhtracker"
    with create_register(path, who="Ewa Fikcyjna", clock=FixedClock(TODAY), demo=True) as store:
        person = add_person(
            store, surname="Przykład", given_names="Marek", stage_id="supported", started_on=date(2024, 8, 5)
        )
        targets.start_plan(store, person.id, aim_stage_id="independent", target_on=date(2026, 9, 30))
        for day, rating in ((date(2026, 2, 12), 1), (date(2026, 5, 11), 2)):
            readiness.rate(store, person.id, {"food": Rated(rating, f"Seen {rating}")}, rated_on=day)
        barriers.start_barrier(
            store, person.id, code="arrears", started_on=date(2026, 2, 2), ended_on=date(2026, 4, 30)
        )
        barriers.start_barrier(store, person.id, code="15", started_on=date(2026, 4, 20), note="Band B")
        asked = date(2026, 6, 26)
        actions.add_action(
            store, person.id, what="Ask about band B", due_on=date(2026, 7, 10), owner="Harbour Court", set_on=asked
        )
        done = actions.add_action(store, person.id, what="Bank account", set_on=asked)
        actions.finish_action(store, done.id, done_on=date(2026, 7, 1))
        step_plans.make_steps(store, person.id, move_on=date(2026, 9, 30), phases=["in_reach"])
        with store.operation("Around") as work:
            work.add_many(
                [
                    Goal("g", person.id, "Cook for myself", date(2026, 1, 1)),
                    GoalScore("gs", person.id, "g", 7, date(2026, 5, 11), "Four nights"),
                    MeasureTool("t", "ReQoL-10", 0, 40),
                    MeasureScore("m", person.id, "t", 22, date(2026, 5, 11)),
                    Contact("c", person.id, "carer", "Anna Przykład", "sister"),
                    CareWarning(
                        "w", person.id, "visit_in_twos", "Visit in twos", "Shouted", date(2026, 1, 14), review_on=TODAY
                    ),
                    Document(
                        "d", person.id, "Plan.pdf", "application/pdf", 9, "0" * 64, datetime(2026, 5, 1, tzinfo=UTC)
                    ),
                    KeyEvent("k", person.id, date(2026, 3, 1), "First night away"),
                ]
            )
    return path


def show(run, full, day="2026-07-14"):
    return run("show", full, "MHT-00001", "--as-at", day, "--json").json


def test_readiness_barriers_and_actions_stand_under_the_plan(run, full):
    move_on = show(run, full)["move_on"]
    (rating,) = move_on["readiness"]
    assert (rating["domain"], rating["rating"], rating["previous"], rating["rated_on"], rating["evidence"]) == (
        "food", 2, 1, "2026-05-11", "Seen 2",
    )  # fmt: skip
    assert [(b["code"], b["started_on"], b["ended_on"], b["days"]) for b in move_on["barriers"]] == [
        ("15", "2026-04-20", None, 85),
        ("arrears", "2026-02-02", "2026-04-30", 87),
    ]
    assert move_on["barriers"][0]["label"] == "Housing: social rented, via council list"
    assert [(d["code"], d["days"]) for d in move_on["delays"]] == [("arrears", 87), ("15", 85)]
    assert move_on["delayed_days"] == 162
    assert [(a["what"], a["owner"], a["due_on"], a["done_on"], a["state"]) for a in move_on["actions"]] == [
        ("Ask about band B", "Harbour Court", "2026-07-10", None, "overdue"),
        ("Bank account", None, None, "2026-07-01", "none"),
    ]
    assert {step["phase"] for step in move_on["steps"]} == {"in_reach"}
    assert move_on["forecast"] is None


def test_as_at_an_earlier_day_it_is_what_stood_then(run, full):
    move_on = show(run, full, "2026-06-30")["move_on"]
    assert {a["what"]: a["done_on"] for a in move_on["actions"]} == {"Ask about band B": None, "Bank account": None}
    assert show(run, full, "2026-03-01")["move_on"]["readiness"][0]["rating"] == 1
    assert [b["ended_on"] for b in show(run, full, "2026-03-01")["move_on"]["barriers"]] == [None]
    assert show(run, full, "2026-01-10")["warnings"] == []


def test_goals_measures_people_warnings_and_papers_have_their_keys(run, full):
    answer = show(run, full)
    assert answer["goals"][0]["words"] == "Cook for myself"
    assert answer["goals"][0]["scores"] == [{"score": 7, "scored_on": "2026-05-11", "note": "Four nights"}]
    (measure,) = answer["measures"]
    assert (measure["name"], measure["total"], measure["lowest"], measure["highest"]) == ("ReQoL-10", 22, 0, 40)
    assert (answer["contacts"][0]["name"], answer["contacts"][0]["label"]) == ("Anna Przykład", "Carer")
    assert answer["warnings"][0]["review_on"] == "2026-07-14"
    assert answer["documents"][0]["media_type"] == "application/pdf"
    assert answer["key_events"][0]["happened_on"] == "2026-03-01"


def test_every_key_of_a_full_answer_is_documented(run, full):
    page = part_of("show")
    for key in set(keys_of(show(run, full))) - {"as_at", "as_known"}:
        assert f"`{key}`" in page, key


def test_due_lists_actions_and_warnings_with_their_owners(run, full):
    items = run("due", full, "--as-at", "2026-07-14", "--json").json["items"]
    found = [(i["kind"], i["what"], i["days"], i["owner"]) for i in items if i["kind"] in ("action", "warning")]
    assert found == [("action", "Ask about band B", 4, "Harbour Court"), ("warning", "Visit in twos", 0, None)]


def test_plain_text_tells_the_same(run, full):
    told = run("show", full, "MHT-00001", "--as-at", "2026-07-14").out
    for words in ("2 mostly", "162 days held up in all", "Ask about band B", "7/10", "Visit in twos", "Anna Przykład"):
        assert words in told, words


def test_a_corrected_note_is_told_as_it_now_reads_with_its_first_words_beside_it(run, full):
    with open_register(full, who="Ewa Fikcyjna", clock=FixedClock(TODAY)) as store:
        person = store.find(Person)[0]
        note = notes.add_note(store, person.id, kind="visit", noted_on=date(2026, 7, 1), text="Seen on Monday")
        notes.correct_note(store, note.id, text="Seen on Tuesday", reason="Wrong day")
        notes.add_note(store, person.id, kind="call", noted_on=date(2026, 6, 1), text="Half a thought", finished=False)
    put_right, draft = show(run, full)["notes"]
    assert (put_right["text"], put_right["first_text"]) == ("Seen on Tuesday", "Seen on Monday")
    (correction,) = put_right["corrections"]
    assert (correction["text"], correction["reason"], correction["author"]) == (
        "Seen on Tuesday", "Wrong day", "Ewa Fikcyjna",
    )  # fmt: skip
    assert correction["corrected_at"].startswith("2026-07-14")
    assert put_right["finished_at"].startswith("2026-07-14")
    assert (draft["first_text"], draft["corrections"], draft["finished_at"]) == (None, [], None)
    told = run("show", full, "MHT-00001", "--as-at", "2026-07-14").out
    assert "Seen on Tuesday [Corrected 14 Jul 2026, Ewa Fikcyjna: Wrong day]" in told
    assert "Seen on Monday" not in told
    assert "[Unfinished] Half a thought" in told
    page = part_of("show")
    for key in (*put_right, *correction):
        assert f"`{key}`" in page, key
    before = show(run, full, "2026-07-13")["notes"][0]
    assert (before["text"], before["first_text"]) == ("Seen on Monday", None)


def test_a_charge_is_flagged_while_s117_holds_and_only_then(run, full):
    with open_register(full, who="Ewa Fikcyjna", clock=FixedClock(TODAY)) as store, store.operation("Charge") as work:
        (stay,) = store.find(Placement)
        work.save(replace(stay, weekly_charge_pence=4000))
        work.add_many([LegalAndStatus("s", stay.person_id, StatusKind.S117, "s3", date(2026, 3, 1))])
    assert show(run, full, "2026-02-28")["person"]["charge"] is False
    assert show(run, full)["person"]["charge"] is True
    asked = ("show", full, "MHT-00001", "--as-at")
    assert "£40.00 a week. s117 after-care is free to the person" in run(*asked, "2026-07-14").out
    before = run(*asked, "2026-02-28").out
    assert "£40.00 a week\n" in before
    assert "after-care is free" not in before


def test_the_charge_of_a_stay_is_what_is_recorded_also_where_it_is_more_than_the_cost(run, full):
    with open_register(full, who="Ewa Fikcyjna", clock=FixedClock(TODAY)) as store, store.operation("Charge") as work:
        (stay,) = store.find(Placement)
        work.save(replace(stay, weekly_cost_pence=3000))
        work.save(FundingSplit("f", stay.person_id, stay.started_on, 4000))
    (told,) = show(run, full)["placements"]
    assert (told["weekly_cost"], told["weekly_charge"]) == (30, 40)
