"""`show` and `due` of what is kept around a pathway: keys as fixed, as at a day, and each of them documented."""

from datetime import UTC, date, datetime

import pytest

from mhtracker.domain.records import (
    CareWarning,
    Contact,
    Document,
    Goal,
    GoalScore,
    KeyEvent,
    MeasureScore,
    MeasureTool,
)
from mhtracker.operations import actions, barriers, readiness, step_plans, targets
from mhtracker.operations.people import add_person
from mhtracker.operations.readiness import Rated
from mhtracker.store import FixedClock, create_register
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
