"""`presets`, `new --preset`, `demo --preset` and `breakdown` from the command line."""

from __future__ import annotations

import pytest


def test_a_paper_s_demo_answers_with_its_people_and_their_breakdown(run, tmp_path):
    path = str(tmp_path / "step.mhtracker")
    ran = run("demo", path, "--preset", "step-down", "--json")
    assert ran.code == 0
    told = ran.json
    assert (told["people"], told["preset"], told["as_at"]) == (170, "step-down", "2020-11-11")
    ran = run("breakdown", path, "--rows", "stage", "--as-at", "2020-11-11", "--json")
    told = ran.json
    assert ran.code == 0
    assert {each["row"]: each["count"] for each in told["row_totals"]}["Floating support"] == 60
    assert told["total"] == 170
    ran = run("breakdown", path, "--rows", "worker", "--columns", "age", "--as-at", "2020-11-11", "--publish")
    assert ran.code == 0
    assert "*" in ran.out


def test_a_paper_s_demo_takes_no_other_number_of_people(run, tmp_path):
    ran = run("demo", str(tmp_path / "a.mhtracker"), "--preset", "framework", "--people", "10")
    assert ran.code == 1
    assert "holds the people of its paper: 696" in ran.err
    assert not (tmp_path / "a.mhtracker").exists()


def test_a_new_register_is_set_up_by_a_preset_or_refused_before_a_file_is_made(run, tmp_path):
    ran = run("new", str(tmp_path / "a.mhtracker"), "--preset", "localities")
    assert ran.code == 0
    assert "set up as Seven localities, with nobody in it" in ran.out
    ran = run("new", str(tmp_path / "b.mhtracker"), "--preset", "nowhere")
    assert ran.code == 1
    assert "There is no preset “nowhere”" in ran.err
    assert not (tmp_path / "b.mhtracker").exists()


def test_presets_lists_them_and_tells_one_with_its_paragraphs(run):
    ran = run("presets", "--json")
    assert ran.code == 0
    assert [each["name"] for each in ran.json["presets"]][:2] == ["moving-on", "recovery-fps"]
    ran = run("presets", "recovery-fps")
    assert ran.code == 0
    assert "the rows add to 222, 220 is printed" in ran.out
    assert "£1,295.48" in ran.out


@pytest.mark.parametrize("ages", ["old", "65,25", "0"])
def test_ages_that_make_no_bands_are_refused(run, tmp_path, ages):
    ran = run("breakdown", str(tmp_path / "a.mhtracker"), "--ages", ages)
    assert ran.code == 2
    assert ages in ran.err


def test_the_programme_of_a_preset_is_started_once_for_who_is_there_from_today(run, tmp_path):
    path, sheet = tmp_path / "ours.mhtracker", tmp_path / "people.csv"
    run("new", path, "--preset", "moving-on")
    ran = run("programme", "from-preset", path)
    assert ran.code == 1
    assert "Nobody was in these stages" in ran.err
    rows = "".join(f"Example{n},Ann,{n + 1}/2/1970,Long-term residential,1/3/2015\n" for n in range(12))
    sheet.write_text(f"Surname,Forename,DOB,Placement type,Placement start\n{rows}", "utf-8")
    assert run("import", path, sheet, "--json").json["people_added"] == 12
    told = run("programme", "from-preset", path, "--by", "2031-03-31", "--json").json
    assert (told["baseline"], told["aim_people"], told["aim_on"]) == (12, 6, "2031-03-31")
    assert told["name"] == "Moving On: half out of long-term residential care"
    ran = run("programme", "from-preset", path)
    assert ran.code == 1
    assert "has been started here already" in ran.err


def test_a_register_whose_paper_sets_no_programme_says_so(run, tmp_path):
    run("new", tmp_path / "a.mhtracker", "--preset", "step-down")
    ran = run("programme", "from-preset", tmp_path / "a.mhtracker")
    assert ran.code == 1
    assert "no preset whose paper sets a programme" in ran.err
