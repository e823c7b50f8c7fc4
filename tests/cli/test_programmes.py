"""`programme`: set up, given another aim, ended and listed, with what cannot be said in a line."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date

import pytest

from mhtracker.domain.counting.programmes import course_words
from mhtracker.domain.records import Placement, Programme, ProgrammePerson
from mhtracker.operations.people import add_person
from mhtracker.operations.programmes import start_programme
from mhtracker.store import FixedClock, create_register, open_register
from tests.cli.conftest import AS_AT
from tests.cli.test_docs import keys_of, part_of
from tests.cli.test_errors import lines_fit

HALF = ("Half", "--baseline", "1/4/2025", "--stages", "residential", "--aim", "50%", "--by", "31/3/2028")


@pytest.fixture
def half(run, demo):
    """A programme beside the demo's own, and the answer that set it up."""
    return run("programme", demo, *HALF, "--json").json


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A few people in residential care with a programme, for what is refused and writes nothing."""
    path = tmp_path_factory.mktemp("small") / "r.mhtracker"
    with create_register(path, who="Ann", clock=FixedClock(date(2025, 5, 1))) as store:
        for number in range(3):
            add_person(store, surname=f"Example{number}", stage_id="residential", started_on=date(2024, 1, number + 1))
        start_programme(
            store, name="Half", baseline_on=date(2025, 4, 1), stage_ids=["residential"], aim_on=date(2028, 3, 31),
            aim_percent=50,
        )  # fmt: skip
    return path


def listed(run, demo, name, *words):
    found = run("programme", "list", demo, *words, "--json").json["programmes"]
    return next(each for each in found if each["name"] == name)


def test_one_is_set_up_with_steps_typed_as_any_day_is_and_start_may_be_said(run, demo):
    ran = run(
        "programme", "start", demo, *HALF, "--step", "31/3/26:10", "--step", "2027-03-31:25%", "--json",
    )  # fmt: skip
    assert ran.json["steps"] == [{"by": "2026-03-31", "percent": 10.0}, {"by": "2027-03-31", "percent": 25.0}]
    assert ran.json["aim_people"] == -(-ran.json["baseline"] // 2)
    found = listed(run, demo, "Half", "--as-at", "2027-03-31")
    assert (found["expected_percent"], found["running"], found["aim_on"]) == (25.0, True, "2028-03-31")


def test_a_baseline_is_narrowed_by_filters_as_at_its_day_and_keeps_its_people(run, demo):
    day, words = "2025-04-01", ("--filter", "stage=residential", "--filter", "locality=Harbourside")
    there = {each["ref"] for each in run("list", demo, *words, "--as-at", day, "--json").json["people"]}
    made = run("programme", demo, *HALF, "--filter", "locality=Harbourside", "--json").json
    assert (made["baseline"], made["rule"]) == (len(there), "locality=Harbourside")
    told = run("programme", "show", demo, "Half", "--as-at", AS_AT, "--json").json
    assert {each["ref"] for each in told["people"]} == there
    assert "only locality=Harbourside" in run("programme", "list", demo).out
    run("programme", "change-aim", demo, "Half", "--aim", "1", "--reason", "Fewer")
    assert listed(run, demo, "Half")["rule"] == "locality=Harbourside"


def test_another_aim_is_a_version_of_its_own_and_one_undo_takes_it_back(run, demo, half):
    words = ("Half", "--aim", "20", "--step", "2027-03-31:5", "--reason", "Two services closed")
    changed = run("programme", "change-aim", demo, *words, "--json").json
    assert (changed["baseline"], changed["aim_people"], changed["aim_on"]) == (half["baseline"], 20, "2028-03-31")
    found = listed(run, demo, "Half")
    first, second = found["versions"]
    assert (first["aim_percent"], first["steps"], first["until"]) == (50.0, [], second["from"])
    assert (second["aim_people"], second["reason"], second["until"]) == (20, "Two services closed", None)
    plain = run("programme", "list", demo).out
    assert "20 people" in plain
    assert "(50%) by 31 Mar 2028, in a straight line. It changed because: Two services closed" in plain
    before = listed(run, demo, "Half", "--as-at", "2025-06-30")
    assert (before["aim_percent"], before["running"], len(before["versions"])) == (50.0, True, 1)
    assert (
        run("progress", demo, "--programme", "half", "--to", "2025-06-30", "--json").json["programme"]["aim_percent"]
        == 50
    )
    assert run("progress", demo, "--programme", "half", "--json").json["programme"]["aim_people"] == 20
    assert run("undo", demo, changed["operation"]).code == 0
    assert len(listed(run, demo, "Half")["versions"]) == 1


def test_what_is_not_given_stays_and_straight_takes_the_steps_away(run, demo):
    run("programme", demo, *HALF, "--step", "2027-03-31:25")
    changed = run(
        "programme", "change-aim", demo, "half", "--by", "31/3/2029", "--reason", "A year more", "--json"
    ).json
    assert (changed["aim_percent"], changed["aim_on"], len(changed["steps"])) == (50.0, "2029-03-31", 1)
    changed = run("programme", "change-aim", demo, "half", "--straight", "--reason", "Simpler", "--json").json
    assert (changed["aim_on"], changed["steps"]) == ("2029-03-31", [])
    assert len(listed(run, demo, "Half")["versions"]) == 3


def test_several_run_at_once_and_an_ended_one_stays_to_be_looked_at(run, demo, half):
    run("programme", demo, "Nursing too", *HALF[1:3], "--stages", "Residential,nursing", *HALF[5:])
    assert run("programme", "end", demo, "half", "--on", "30/6/2025", "--json").json["ended_on"] == "2025-06-30"
    found = {each["name"]: each for each in run("programme", "list", demo, "--json").json["programmes"]}
    assert {name for name, each in found.items() if each["running"]} == {*found} - {"Half"}
    assert found["Nursing too"]["baseline"] >= found["Half"]["baseline"] == half["baseline"]
    assert listed(run, demo, "Half", "--as-at", "2025-06-29")["running"]
    assert "Half, ended 30 Jun 2025" in run("programme", "list", demo).out
    assert run("progress", demo, "--programme", "Half", "--json").json["programme"]["baseline"] == half["baseline"]


def test_who_came_after_the_baseline_is_counted_apart(run, demo, half):
    found = listed(run, demo, "Half", "--as-at", AS_AT)
    with open_register(demo, who="Ann") as store:
        (programme,) = store.find(Programme, name="Half")
        its_people = {each.person_id for each in store.find(ProgrammePerson, programme_id=programme.id)}
        came = {
            stay.person_id
            for stay in store.find(Placement, stage_id="residential")
            if programme.baseline_on < stay.started_on <= date.fromisoformat(AS_AT)
        } - its_people
    assert found["entered_since"] == len(came) > 0
    assert found["entered_moved_on"] <= found["entered_since"]


def test_one_is_shown_month_by_month_against_its_steps_with_everybody_in_one_place(run, demo):
    run("programme", demo, *HALF, "--step", "31/3/26:10")
    told = run("programme", "show", demo, "half", "--as-at", AS_AT, "--json").json
    planned = {each["on"]: each["expected_percent"] for each in told["months"]}
    assert (planned["2026-03-31"], planned["2025-09-30"]) == (10.0, 5.0)
    assert planned["2026-04-30"] > 10.0 + 1.0, "from then on the line is steeper"
    assert [each["moved_on"] for each in told["months"]][-1] == told["moved_on"]
    for each in told["months"]:
        assert each["moved_on"] + each["waiting"] + each["gone"] == told["baseline"], each["on"]
    standing = [each["standing"] for each in told["people"]]
    assert (len(standing), standing.count("moved_on")) == (told["baseline"], told["moved_on"])
    assert len(told["entered"]) == told["entered_since"]
    assert not {each["ref"] for each in told["entered"]} & {each["ref"] for each in told["people"]}
    plain = run("programme", "show", demo, "half", "--as-at", AS_AT).out
    assert len(plain.partition("By ")[2].splitlines()) == len(told["months"]) + 1
    words = [course_words(each["moved_on"], each["planned"]) for each in told["months"]]
    assert any("ahead" in each for each in words), "where a minus would stand"
    rows = plain.partition("By ")[2].splitlines()[1:]
    assert all(course in row for course, row in zip(words, rows, strict=True))
    assert "a later one" in lines_fit(run("programme", "show", demo, "half", "--as-at", "2025-03-31"), 1)


def test_a_register_without_one_says_how_to_begin(run, tmp_path):
    run("new", tmp_path / "r.mhtracker")
    assert "sets one up" in run("programme", "list", tmp_path / "r.mhtracker").out
    assert run("programme", "list", tmp_path / "r.mhtracker", "--json").json["programmes"] == []


def written(path):
    """All that was ever recorded in a register."""
    with closing(sqlite3.connect(path)) as raw:
        return raw.execute("SELECT (SELECT count(*) FROM operations), (SELECT count(*) FROM changes)").fetchone()


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("programme", 2, "WAY"),
        ("programme DEMO Half --stages residential --aim 50% --by 31/3/2028", 2, "--baseline"),
        ("programme DEMO Half --baseline 31/2/2025 --stages residential --aim 50% --by 31/3/2028", 2, "28 days"),
        ("programme DEMO More --baseline 1/4/25 --stages moon --aim 50% --by 31/3/28", 1, "no stage called “moon”"),
        ("programme DEMO More --baseline 1/4/25 --stages residential --aim -5% --by 31/3/28", 1, "“-5%” is no aim"),
        ("programme DEMO More --baseline 1/4/25 --stages residential --aim nan% --by 31/3/28", 1, "“nan%” is no aim"),
        ("programme DEMO More --baseline 1/4/25 --stages residential --aim 2.5 --by 31/3/28", 1, "“2.5” is no aim"),
        ("programme DEMO More --baseline 1/4/25 --stages residential --aim 400 --by 31/3/28", 1, "400 people is"),
        ("programme DEMO Half --baseline 1/4/25 --stages residential --aim 50% --by 31/3/28", 1, "a programme called"),
        ("programme DEMO More --baseline 1/4/25 --stages residential --filter hue=red --aim 1 --by 1/4/28", 1, "hue"),
        ("programme DEMO More --baseline 1/4/25 --stages residential --filter age>99 --aim 5 --by 1/4/28", 1, "Nobody"),
        ("programme change-aim DEMO Half --aim 40%", 2, "--reason"),
        ("programme change-aim DEMO Half --reason Because", 1, "Nothing changes"),
        ("programme change-aim DEMO Half --aim 50% --reason Because", 1, "Nothing changes"),
        ("programme change-aim DEMO Moon --aim 40% --reason Because", 1, "no programme called “Moon”"),
        ("programme change-aim DEMO Half --step 2027-W13-3:10 --reason Because", 1, "2027-w13-3"),
        ("programme change-aim DEMO Half --step 2027-03-31 --reason Because", 1, "is no step"),
        ("programme change-aim DEMO Half --step 31/3/27:ten --reason Because", 1, "“31/3/27:ten” is no step"),
        ("programme change-aim DEMO Half --step 31/3/27:60 --reason Because", 1, "beyond the aim"),
        ("programme change-aim DEMO Half --step 31/3/27:10 --straight --reason Because", 1, "Leave one of them out"),
        ("programme change-aim DEMO Half --step 31/3/27:10 --step 31/3/27:20 --reason Because", 1, "the same day"),
        ("programme end DEMO Half --on 1/1/2025", 1, "before its baseline"),
        ("programme end DEMO Half --on tomorrow", 1, "has not come yet"),
        ("programme end DEMO Half --on 31/6/2026", 2, "30 days"),
        ("programme end DEMO Moon", 1, "no programme called “Moon”"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_in_a_line_and_nothing_is_written(run, small, words, code, said):
    before = written(small)
    typed = [str(small) if word == "DEMO" else word for word in words.split()]
    assert said.casefold() in lines_fit(run(*typed), code).casefold()
    assert written(small) == before


def test_an_ended_one_is_neither_changed_nor_ended_again(run, demo, half):
    run("programme", "end", demo, "Half")
    assert "has ended" in lines_fit(run("programme", "end", demo, "Half"), 1)
    assert "has ended" in lines_fit(run("programme", "change-aim", demo, "Half", "--aim", "3", "--reason", "x"), 1)


def test_fewer_than_ten_moves_are_refused_a_forecast_in_words(run, small):
    assert "Too few have moved on yet for a forecast." in run("progress", small, "--as-at", "2025-05-01").out
    assert run("progress", small, "--as-at", "2025-05-01", "--json").json["programme"]["forecast"] is None
    too_few = "Under ten have moved on in the years counted, too few to say."
    told = run("forecast", small, "--as-at", "2025-05-01", "--json").json
    assert (told["as_it_goes"], told["rate_a_year"], told["rate_needed"]) == (None, None, None)
    assert (told["why_not"], told["how"]) == (too_few, too_few)
    plain = run("forecast", small, "--as-at", "2025-05-01", "--rate", "25").out
    assert plain.count(too_few) == 1
    assert "would not be enough" not in plain
    assert "If it were" not in plain


def test_a_forecast_says_why_as_it_is_differs_from_as_it_goes_and_that_a_rate_is_no_share(run, demo, half):
    asked = ("forecast", demo, "--programme", "Half", "--as-at", AS_AT)
    told, plain = run(*asked, "--json").json, run(*asked, "--rate", "100").out
    assert plain.splitlines()[0] == "Half, by 31 Mar 2028"
    compared = f"The forecast of {told['as_it_goes']['moved_on']} above takes everybody alike"
    assert (compared in plain) == any(each["cleared"] for each in told["if_cleared"])
    assert f"{told['rate_a_year']} moves for every 100 people waiting, over a year" in plain
    assert "63 of 100 people waiting on a day have moved on a year later" in plain


def test_a_narrowed_one_says_whose_rates_its_forecast_takes(run, demo):
    run("programme", demo, *HALF, "--filter", "s117=yes")
    asked = ("forecast", demo, "--programme", "Half", "--as-at", AS_AT)
    told, plain = run(*asked, "--json").json, run(*asked).out
    in_progress = run("progress", demo, "--programme", "Half", "--as-at", AS_AT, "--json").json["programme"]["forecast"]
    words = {"own": "The rates are of the programme’s own people since", "everybody": "The rates are of everybody in"}
    assert told["rates_of"] == in_progress["rates_of"]
    assert words[told["rates_of"]] in " ".join(plain.split())
    assert words[told["rates_of"]] in told["how"]
    assert run("forecast", demo, "--as-at", AS_AT, "--json").json["rates_of"] == "everybody"


def test_after_the_day_of_the_aim_that_is_why_nothing_is_forecast(run, demo, half):
    asked = ("forecast", demo, "--programme", "Half", "--as-at", "2028-05-01")
    told, plain = run(*asked, "--json").json, run(*asked, "--rate", "25").out
    assert (told["as_it_goes"], told["rate_needed"]) == (None, None)
    assert "has passed" in told["why_not"]
    assert told["how"] == told["why_not"]
    assert {each["why_not"] for each in told["if_cleared"]} <= {told["why_not"]}
    assert plain.count(told["why_not"]) == 1
    assert "too few" not in plain.casefold()
    assert "would not be enough" not in plain


def test_every_key_of_each_way_is_documented(run, demo, half):
    answers = [
        half,
        run("programme", "change-aim", demo, "Half", "--aim", "40%", "--reason", "Why", "--json").json,
        run("programme", "list", demo, "--json").json,
        run("programme", "show", demo, "Half", "--json").json,
        run("programme", "end", demo, "Half", "--json").json,
    ]
    for answer in answers:
        for key in set(keys_of(answer)) - {"as_at", "as_known"}:
            assert f"`{key}`" in part_of("programme"), key
