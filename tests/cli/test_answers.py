"""The answers: keys as fixed, numbers that agree with one another, and the two dates."""

import json
import shutil
from datetime import date, datetime, timedelta

import pytest

from mhtracker.domain.dates import age_on
from mhtracker.domain.records import Person, Placement, Review, new_id
from mhtracker.operations.people import add_person
from mhtracker.operations.views import save_view
from mhtracker.store import FixedClock, create_register, open_register
from mhtracker.store.queries.caseload import Filter
from tests.cli.conftest import AS_AT

LIST_KEYS = """ref nhs_number local_id name born_on age stage service since_on days_in_stage worker team locality s117
target_original_on target_on target_state review_due_on review_state last_reviewed_on weekly_cost""".split()
DUE_KEYS = "ref name kind what due_on state days worker".split()
STATES = {"overdue", "due_today", "due_soon", "in_date", "none"}


@pytest.fixture
def own(tmp_path):
    """A register of one person, whose story a test tells."""
    path = tmp_path / "own.mhtracker"
    store = create_register(path, who="Ann", clock=FixedClock(date(2026, 1, 5)))
    person = add_person(
        store, surname="Przykład", given_names="Marek", born_on=date(1981, 3, 23), nhs_number="9999981801",
        stage_id="residential", started_on=date(2026, 1, 5),
    )  # fmt: skip
    store.close()
    return path, person


def test_list_counts_all_that_match_and_lists_as_many_as_asked(run, demo):
    everyone = run("list", demo, "--as-at", AS_AT, "--json").json
    some = run("list", demo, "--as-at", AS_AT, "--limit", 5, "--json").json
    assert some["count"] == everyone["count"] == len(everyone["people"])
    assert some["people"] == everyone["people"][:5]
    for person in everyone["people"]:
        assert set(LIST_KEYS) <= set(person)
        assert {person["target_state"], person["review_state"]} <= STATES
        assert person["status"] == "on_pathway"
        assert person["days_in_stage"] == (date(2026, 7, 14) - date.fromisoformat(person["since_on"])).days
        assert person["age"] == age_on(date.fromisoformat(person["born_on"]), date(2026, 7, 14))


def test_those_who_left_need_to_be_asked_for_and_a_demo_makes_as_many_as_told(run, demo):
    everyone = run("list", demo, "--as-at", AS_AT, "--filter", "status=all", "--json").json
    left = run("list", demo, "--as-at", AS_AT, "--view", "left", "--json").json
    here = run("list", demo, "--as-at", AS_AT, "--json").json
    assert everyone["count"] == 80
    assert left["count"] == 80 - here["count"] > 0
    assert {person["stage"] for person in left["people"]} == {None}


def test_a_stage_may_be_asked_by_key_or_label_in_any_case(run, demo):
    counts = {
        run("list", demo, "--as-at", AS_AT, "--filter", f"stage={word}", "--json").json["count"]
        for word in ("supported", "Supported living", "SUPPORTED LIVING")
    }
    assert len(counts) == 1
    assert counts != {0}


def test_views_and_filters_agree_with_the_states_told(run, demo):
    everyone = run("list", demo, "--as-at", AS_AT, "--json").json["people"]
    for words, wanted in (
        (("--view", "overdue"), lambda p: p["review_state"] == "overdue"),
        (("--view", "due-soon"), lambda p: p["review_state"] in ("due_soon", "due_today")),
        (("--view", "no-target"), lambda p: p["target_state"] == "none"),
        (("--filter", "target=due_soon"), lambda p: p["target_state"] == "due_soon"),
        (("--filter", "s117=yes", "--filter", "age<40"), lambda p: p["s117"] and p["age"] < 40),
        (("--filter", "weekly_cost>1000"), lambda p: (p["weekly_cost"] or 0) > 1000),
        (("--filter", "stage=hospital|enablement"), lambda p: p["stage"] in ("hospital", "enablement")),
        (("--filter", "worker!=Ewa Fikcyjna"), lambda p: p["worker"] != "Ewa Fikcyjna"),
        (("--view", "mine", "--who", "Ewa Fikcyjna"), lambda p: p["worker"] == "Ewa Fikcyjna"),
    ):
        told = run("list", demo, "--as-at", AS_AT, *words, "--json").json["people"]
        assert told == [person for person in everyone if wanted(person)], words
        assert told, words


def test_a_saved_view_is_listed_by_its_name_with_its_order(run, demo, tmp_path):
    path = shutil.copy(demo, tmp_path / "views.mhtracker")
    with open_register(path, who="Ewa Fikcyjna") as store:
        filters = [Filter("stage", "=", "residential"), Filter("stuck", "=", "yes")]
        save_view(store, name="September panel", filters=filters, sort=[("days", True)])
    asked = ("list", path, "--as-at", AS_AT, "--json")
    by_name = run(*asked, "--view", "september panel", "--who", "Ewa Fikcyjna").json["people"]
    typed = run(*asked, "--filter", "stage=residential", "--filter", "stuck=yes", "--sort", "-days").json["people"]
    assert by_name == typed != []
    assert all(person["days_in_stage"] > 730 for person in typed)
    assert run(*asked, "--view", "no-plan").json["people"] == run(*asked, "--filter", "plan=no").json["people"] != []
    nobody = run(*asked, "--view", "September panel", "--who", "Somebody Else")
    assert nobody.code == 1
    assert "There is no view “September panel”" in nobody.err


def test_sorting_takes_a_minus_for_the_largest_first(run, demo):
    days = [p["days_in_stage"] for p in run("list", demo, "--as-at", AS_AT, "--sort", "-days", "--json").json["people"]]
    assert days == sorted(days, reverse=True)
    days = [p["days_in_stage"] for p in run("list", demo, "--as-at", AS_AT, "--sort", "days", "--json").json["people"]]
    assert days == sorted(days)


def test_due_agrees_with_list_and_until_widens_it(run, demo):
    people = {p["ref"]: p for p in run("list", demo, "--as-at", AS_AT, "--json").json["people"]}
    answer = run("due", demo, "--as-at", AS_AT, "--json").json
    assert answer["until"] is None
    day_of = {"review": "review_due_on", "target": "target_on"}
    listed = [item for item in answer["items"] if item["kind"] in day_of]
    own = [item for item in listed if item["due_on"] == people[item["ref"]][day_of[item["kind"]]]]
    told = {(item["ref"], item["kind"]): item for item in own}
    near = {"overdue", "due_today", "due_soon"}
    wanted = {(ref, "review") for ref, p in people.items() if p["review_state"] in near}
    wanted |= {(ref, "target") for ref, p in people.items() if p["target_state"] in near}
    assert set(told) == wanted
    for (ref, kind), item in told.items():
        assert set(DUE_KEYS) <= set(item)
        assert item["due_on"] == people[ref]["review_due_on" if kind == "review" else "target_on"]
        assert item["state"] == people[ref][f"{kind}_state"]
        assert item["days"] == (date(2026, 7, 14) - date.fromisoformat(item["due_on"])).days
    until = run("due", demo, "--as-at", AS_AT, "--until", "2026-12-31", "--json").json
    assert {item["due_on"] <= "2026-12-31" for item in until["items"]} == {True}
    assert len(until["items"]) > len(answer["items"])
    mine = run("due", demo, "--as-at", AS_AT, "--worker", "ewa fikcyjna", "--json").json["items"]
    assert mine == [item for item in answer["items"] if item["worker"] == "Ewa Fikcyjna"]


def test_show_tells_one_person_by_reference_nhs_number_or_local_id(run, own):
    path, person = own
    answers = [run("show", path, word, "--json").json for word in (person.ref, "999 998 1801", "9999981801", person.id)]
    assert all(answer == answers[0] for answer in answers)
    told = answers[0]["person"]
    assert (told["ref"], told["name"], told["nhs_number"]) == (person.ref, "Przykład, Marek", "9999981801")
    assert set(answers[0]) >= {"person", "placements", "move_on", "reviews", "goals", "measures", "notes", "contacts"}
    move_on = answers[0]["move_on"]
    assert set(move_on) >= {"aim_stage", "original_on", "current_on", "slips", "readiness", "barriers", "actions"}
    assert (move_on["original_on"], move_on["slips"]) == (None, [])


def test_the_first_review_is_told_before_anybody_booked_it(run, own):
    path, person = own
    due_on = date(2026, 1, 5) + timedelta(days=56)
    states = {"2026-01-05": "in_date", "2026-02-16": "due_soon", "2026-03-02": "due_today", "2026-03-03": "overdue"}
    for day, state in states.items():
        (review,) = run("show", path, person.ref, "--as-at", day, "--json").json["reviews"]
        assert (review["due_on"], review["state"]) == (due_on.isoformat(), state)
        assert (review["booked_on"], review["held_on"], review["kind"]) == (None, None, None)
    assert run("show", path, person.ref, "--as-at", "2025-12-31", "--json").json["reviews"] == []


def test_a_booking_stands_for_the_review_and_clears_nothing(run, own):
    path, person = own
    with open_register(path, who="Ann") as store, store.operation("Book") as work:
        work.save(Review(new_id(), person.id, booked_on=date(2026, 3, 20), booked_time="10:30"))
    (review,) = run("show", path, person.ref, "--as-at", "2026-03-10", "--json").json["reviews"]
    assert (review["booked_on"], review["booked_time"]) == ("2026-03-20", "10:30")
    assert (review["due_on"], review["state"], review["held_on"]) == ("2026-03-02", "overdue", None)
    (item,) = run("due", path, "--as-at", "2026-03-10", "--json").json["items"]
    assert (item["state"], item["days"], item["booked_on"]) == ("overdue", 8, "2026-03-20")


def test_what_happens_after_the_day_has_not_happened_yet(run, own):
    path, person = own
    with open_register(path, who="Ann") as store, store.operation("Move") as work:
        (stay,) = work.find(Placement, person_id=person.id)
        from dataclasses import replace

        work.save(replace(stay, ended_on=date(2026, 6, 1), planned=True, end_reason="moved"))
        work.save(Placement(new_id(), person.id, "supported", date(2026, 6, 1), weekly_cost_pence=68420))
    before = run("show", path, person.ref, "--as-at", "2026-05-31", "--json").json
    assert [(p["stage"], p["ended_on"], p["planned"], p["days"]) for p in before["placements"]] == [
        ("residential", None, None, 146)
    ]
    assert before["person"]["stage"] == "residential"
    after = run("show", path, person.ref, "--as-at", "2026-06-01", "--json").json
    assert [(p["stage"], p["ended_on"], p["planned"]) for p in after["placements"]] == [
        ("residential", "2026-06-01", True), ("supported", None, None)
    ]  # fmt: skip
    assert after["placements"][1]["weekly_cost"] == 684.2
    assert run("list", path, "--as-at", "2025-12-31", "--json").json["count"] == 0


def test_as_known_leaves_out_what_was_recorded_later(run, own):
    path, person = own
    with (
        open_register(path, who="Bob", clock=FixedClock(date(2026, 4, 1))) as store,
        store.operation("Put right") as work,
    ):
        from dataclasses import replace

        work.save(replace(store.get(Person, person.id), surname="Corrected"))
    asked = ("show", path, person.ref, "--as-at", "2026-05-01", "--json")
    assert run(*asked).json["person"]["surname"] == "Corrected"
    then = run(*asked, "--as-known", "2026-03-31").json
    assert (then["as_known"], then["person"]["surname"]) == ("2026-03-31", "Przykład")
    assert run(*asked, "--as-known", "2026-04-01").json["person"]["surname"] == "Corrected"
    history = run("history", path, "--as-known", "2026-03-31", "--json").json["operations"]
    assert "Put right" not in [operation["label"] for operation in history]
    assert run("list", path, "--as-known", "2026-01-04", "--json").json["count"] == 0


def test_history_is_told_in_sentences_by_who_recorded_it_and_when(run, demo):
    own = run("history", demo, "--who", "EWA", "--from", "2026-01-01", "--to", "2026-03-31", "--json").json[
        "operations"
    ]
    assert own
    assert {operation["who"] for operation in own} == {"Ewa Fikcyjna"}
    days = [datetime.fromisoformat(operation["at"]).astimezone().date() for operation in own]
    assert all(date(2026, 1, 1) <= day <= date(2026, 3, 31) for day in days), "days are those of the place"
    told = next(each["words"] for each in own if each["label"] == "Add note")
    assert " noted for " in told
    assert ", " in told.partition(":")[0]
    plain = run("history", demo, "--who", "ewa", "--from", "2026-01-01", "--to", "2026-03-31", "--limit", 5).out
    assert "Ewa Fikcyjna" in plain
    assert "Anjali Kalpit" not in plain
    nobody = run("history", demo, "--who", "nobody at all")
    assert (nobody.code, nobody.err) == (
        1,
        "mhtracker: Nobody called “nobody at all” has recorded anything in this register.\n",
    )
    turned = run("history", demo, "--from", "2026-03-31", "--to", "2026-01-01")
    assert turned.code == 1
    assert "--from lies after --to" in turned.err


def test_as_known_last_year_differs_from_as_at_last_year(run, demo):
    then = ("--as-at", "2025-07-14")
    now, known = (run("list", demo, *then, *more, "--json").json for more in ((), ("--as-known", "2025-07-14")))
    assert known["as_known"] == "2025-07-14"
    assert now["people"] != known["people"]
    assert abs(now["count"] - known["count"]) < 6


def test_undo_names_whom_it_concerned(run, own):
    path, person = own
    words = run("undo", path).out
    assert words.startswith("Undone: ")
    assert person.surname.upper() in words


def test_history_undo_and_redo_by_id(run, own):
    path, person = own
    newest = run("history", path, "--json").json["operations"][0]
    assert newest["label"] == "Add person"
    assert {change["kind"] for change in newest["changes"]} == {"person", "placement"}
    assert all(change["before"] is None for change in newest["changes"])
    undone = run("undo", path, "--json").json
    assert undone["undone"]["id"] == newest["id"]
    assert run("list", path, "--as-at", AS_AT, "--json").json["count"] == 0
    operations = run("history", path, "--json").json["operations"]
    assert (operations[0]["id"], operations[0]["undoes"]) == (undone["operation"], newest["id"])
    assert operations[1]["undone_by"] == undone["operation"]
    run("undo", path, undone["operation"], "--json")
    assert run("list", path, "--as-at", AS_AT, "--json").json["count"] == 1
    assert run("check", path, "--json").json["ok"]
    of_person = run("history", path, "--person", person.ref, "--json").json["operations"]
    assert [operation["label"] for operation in of_person] == ["Redo: Add person", "Undo: Add person", "Add person"]


def test_a_demo_is_the_same_for_the_same_seed(run, tmp_path):
    told = []
    for name, seed in (("a", 3), ("b", 3), ("c", 4)):
        path = tmp_path / f"{name}.mhtracker"
        made = run("demo", path, "--people", 12, "--seed", seed, "--as-at", AS_AT, "--json").json
        assert (made["written"], made["people"], made["operation"]) == (str(path), 12, None)
        told.append(run("list", path, "--as-at", AS_AT, "--filter", "status=all", "--json").json["people"])
    assert told[0] == told[1]
    assert told[0] != told[2]


def test_backup_and_restore_give_the_same_register(run, demo, tmp_path):
    copy, back = tmp_path / "copy.mhtracker", tmp_path / "back.mhtracker"
    assert run("backup", demo, copy, "--json").json["written"] == str(copy)
    assert run("backup", demo, copy).code == 1
    assert run("restore", copy, back, "--json").json["moved_aside"] is None
    everyone = ("--as-at", AS_AT, "--json")
    assert run("list", back, *everyone).json == run("list", demo, *everyone).json
    run("undo", back)
    assert run("restore", copy, back).code == 1
    aside = run("restore", copy, back, "--replace", "--json").json["moved_aside"]
    assert run("list", back, *everyone).json == run("list", demo, *everyone).json
    assert run("check", aside, "--json").json["ok"]


def test_a_failing_check_gives_its_answer_and_one_line_and_fails(run, demo):
    import sqlite3

    with sqlite3.connect(demo) as raw:
        raw.execute("UPDATE placements SET weekly_cost_pence = 1 WHERE id = (SELECT min(id) FROM placements)")
    raw.close()
    ran = run("check", demo, "--json")
    assert ran.code == 1
    answer = json.loads(ran.out)
    assert answer["ok"] is False
    assert any(problem["where"].startswith("placement ") for problem in answer["problems"])
    assert ran.err.startswith("mhtracker: The check found")
    assert ran.err.count("\n") == 1
    assert run("check", demo, "--rebuild-lists").code == 1


def test_a_file_too_damaged_to_open_still_gets_an_answer_from_check(run, demo):
    whole = demo.read_bytes()
    demo.write_bytes(whole[: len(whole) // 2 // 4096 * 4096])
    ran = run("check", demo, "--json")
    assert ran.code == 1
    assert json.loads(ran.out)["ok"] is False
    assert "damaged" in ran.err


def test_printed_files_are_written_and_told(run, demo, tmp_path):
    pdf = tmp_path / "s.pdf"
    answer = run("summary", demo, "MHT-00003", "-o", pdf, "--as-at", AS_AT, "--json").json
    assert pdf.read_bytes().startswith(b"%PDF")
    assert answer["pages"] >= 1
    pack = run(
        "pack", demo, "review", "--filter", "review=overdue", "-o", tmp_path / "p.pdf", "--json", "--as-at", AS_AT
    )
    overdue = run("list", demo, "--filter", "review=overdue", "--as-at", AS_AT, "--json").json["count"]
    assert pack.json["people"] == overdue
    for ending in ("xlsx", "csv"):
        out = tmp_path / f"e.{ending}"
        assert (
            run("export", demo, out, "--filter", "review=overdue", "--as-at", AS_AT, "--json").json["people"] == overdue
        )
        assert out.stat().st_size > 500


def test_plain_text_fits_its_columns_and_says_what_it_is(run, demo):
    told = run("list", demo, "--as-at", AS_AT)
    lines = told.out.splitlines()
    assert lines[0].split()[:3] == ["Ref", "Name", "Age"]
    assert lines[-1].endswith("as at 14 Jul 2026. Demo register: invented people.")
    place = lines[0].index("Stage")
    assert all(line[place - 1] == " " and line[place] != " " for line in lines[1:-2])
    shown = run("show", demo, "MHT-00003", "--as-at", AS_AT).out
    assert "MHT-00003\nAs at 14 Jul 2026." in shown
    for command in ("due", "history", "check"):
        assert run(command, demo).out.strip()


def test_reading_writes_nothing_into_a_register(run, demo, tmp_path):
    run("list", demo)  # brings lines that a date has overtaken up to date, once
    before = shutil.copyfile(demo, tmp_path / "before").read_bytes()
    for words in (("list", demo), ("show", demo, "MHT-00001"), ("due", demo), ("history", demo), ("check", demo)):
        assert run(*words).code == 0
        assert run(*words, *(("--as-at", "2026-01-01") if words[0] != "check" else ())).code == 0
    assert demo.read_bytes() == before
    assert [path.name for path in demo.parent.glob("demo*")] == ["demo.mhtracker"]
