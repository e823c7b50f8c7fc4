"""`progress`: every figure adds up, and the fixed keys are there."""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
from datetime import date, timedelta
from pathlib import Path

import pytest

from mhtracker.domain.counting.programmes import course_words
from mhtracker.domain.records import Person, new_id
from mhtracker.store import FixedClock, create_register
from tests.cli.conftest import AS_AT


def test_opening_and_in_less_out_is_closing_for_every_stage(run, demo):
    answer = run("progress", demo, "--from", "2025-07-15", "--as-at", AS_AT, "--json").json
    assert (answer["as_at"], answer["from"], answer["to"]) == (AS_AT, "2025-07-15", AS_AT)
    assert answer["stages"]
    for stage in answer["stages"]:
        assert stage["opening"] + stage["in"] - stage["out"] == stage["closing"]
    moves = answer["moves"]
    assert moves["onward"] > 0
    assert moves["planned"] + moves["unplanned"] <= moves["onward"] + moves["back"]


def test_closing_is_who_the_caseload_lists_in_each_stage(run, demo):
    answer = run("progress", demo, "--as-at", AS_AT, "--json").json
    for stage in answer["stages"]:
        listed = run("list", demo, "--filter", f"stage={stage['stage']}", "--as-at", AS_AT, "--json").json
        in_hospital_while_kept = stage["stage"] != "hospital"
        if in_hospital_while_kept:
            assert stage["closing"] >= listed["count"]
        else:
            assert stage["closing"] <= listed["count"]


def test_reviews_are_those_of_the_caseload(run, demo):
    reviews = run("progress", demo, "--as-at", AS_AT, "--json").json["reviews"]
    for state in ("overdue", "in_date"):
        listed = run("list", demo, "--filter", f"review={state}", "--as-at", AS_AT, "--json").json
        assert reviews[state] == listed["count"]
    assert reviews["never"] <= reviews["overdue"]
    kept = reviews["in_date"] + reviews["due_soon"]
    assert reviews["in_date_percent"] == round(100 * kept / (kept + reviews["overdue"]), 1)
    said = f"{reviews['in_date']} not due yet and {reviews['due_soon']} due soon, which is in date;"
    assert said in run("progress", demo, "--as-at", AS_AT).out


def test_the_financial_year_is_meant_unless_a_period_is_given(run, demo):
    assert run("progress", demo, "--as-at", "2026-03-31", "--json").json["from"] == "2025-04-01"
    assert run("progress", demo, "--as-at", "2026-04-01", "--json").json["from"] == "2026-04-01"


def test_a_period_that_ends_before_it_begins_is_refused(run, demo):
    ran = run("progress", demo, "--from", "2026-07-15", "--as-at", AS_AT)
    assert ran.code == 1
    assert "15 Jul 2026" in ran.err
    assert "--from" in ran.err


def test_days_that_are_still_to_come_are_not_counted(run, demo):
    for command, option in (("progress", "--to"), ("outcomes", "--from")):
        ran = run(command, demo, "--as-at", AS_AT, option, "2026-07-15")
        assert (ran.code, ran.out) == (1, "")
        assert f"{option} 15 Jul 2026 lies after 14 Jul 2026" in ran.err
        assert run(command, demo, "--as-at", AS_AT, option, AS_AT).code == 0
    assert run("progress", demo, "--to", "2099-01-01").code == 1


def test_settled_keeps_the_unknown_below_the_line(run, tmp_path):
    """100 people, 60 settled, 30 in care homes, 10 unknown: 60.0%."""
    rows = ["Surname,Forename,DOB,Placement type,Date moved in,Accommodation status"]
    for number in range(100):
        status = "Tenant: Private landlord" if number < 60 else "Registered care home" if number < 90 else "Unknown"
        name = "".join(chr(ord("A") + int(digit)) * 3 for digit in f"{number:02d}") + "SAMPLE"
        born = date(1965, 1, 1) + timedelta(days=131 * number)
        rows.append(f"{name},Ann,{born:%d/%m/%Y},Residential care,1/2/2020,{status}")
    sheet = tmp_path / "people.csv"
    sheet.write_text("\n".join(rows), "utf-8")
    register = tmp_path / "r.mhtracker"
    assert run("new", register).code == 0
    assert run("import", register, sheet, "--json").json["people_added"] == 100
    settled = run("progress", register, "--json").json["measures"]["settled"]
    assert (settled["numerator"], settled["denominator"], settled["percent"]) == (60, 100, 60.0)


def test_plain_text_tells_the_same_figures(run, demo):
    answer = run("progress", demo, "--as-at", AS_AT, "--json").json
    words = run("progress", demo, "--as-at", AS_AT).out
    assert "Progress, 1 Apr 2026 to 14 Jul 2026" in words
    assert f"{answer['reviews']['overdue']} overdue" in words
    assert f"{answer['moves']['onward']} onward" in words
    assert "Demo register" in words


def test_no_length_is_given_of_under_ten_stays_that_ended(run, demo):
    lengths = run("progress", demo, "--as-at", AS_AT, "--json").json["length_of_stay"]
    few = [each for each in lengths if each["people"] and each["completed"] < 10]
    assert few
    assert {(each["median_days"], each["upper_quartile_days"]) for each in few} == {(None, None)}
    assert any(each["median_days"] for each in lengths)
    assert run("progress", demo, "--as-at", AS_AT).out.count("under 10 have ended") == len(few)


def test_on_the_aim_s_day_as_many_were_planned_as_the_aim_has(run, demo):
    told = run("progress", demo, "--as-at", "2028-05-01", "--json").json["programme"]
    assert told["planned"] == told["aim_people"]
    words = run("progress", demo, "--as-at", "2028-05-01").out
    course = course_words(told["moved_on"], told["planned"])
    assert f"{told['planned']} were planned by now ({course}), {told['aim_people']} by" in words


@pytest.mark.parametrize("key", ["programme", "length_of_stay", "stuck", "delays", "measures", "money"])
def test_the_fixed_keys_are_there(run, demo, key):
    answer = json.loads(run("progress", demo, "--json").out)
    assert key in answer


def test_a_large_register_keeps_what_was_counted_from_and_answers_the_same_where_it_cannot(run, tmp_path):
    path = tmp_path / "large.mhtracker"
    with create_register(path, who="Ann", clock=FixedClock(date(2026, 7, 14))) as store:
        with store.operation("Import") as work:
            work.add_many([Person(new_id(), f"MHT-{number:05d}", "Invented") for number in range(2000)])
        last = store.last_seq()
    refusing = Path(shutil.copyfile(path, tmp_path / "refusing.mhtracker"))
    with contextlib.closing(sqlite3.connect(refusing)) as raw:
        raw.execute("CREATE TRIGGER refuse BEFORE INSERT ON kept_columns BEGIN SELECT RAISE(ABORT, 'no'); END")
    answers = [run("progress", each, "--as-at", AS_AT, "--json").json for each in (refusing, path, path)]
    assert answers[0] == answers[1] == answers[2]
    for each, kept in ((refusing, 0), (path, 1)):
        with contextlib.closing(sqlite3.connect(each)) as raw:
            assert raw.execute("SELECT count(*) FROM kept_columns").fetchone() == (kept,)
            assert raw.execute("SELECT max(seq) FROM operations").fetchone() == (last,)
