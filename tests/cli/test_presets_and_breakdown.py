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
