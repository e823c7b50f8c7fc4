"""Duplicates and merging without a window."""

import pytest

from tests.cli.conftest import make_twice


@pytest.fixture
def twice(tmp_path):
    path = tmp_path / "twice.mhtracker"
    make_twice(path)
    return path


def test_duplicates_are_listed_with_score_and_reasons(run, twice):
    answer = run("duplicates", twice, "--json").json
    (pair,) = answer["pairs"]
    assert (answer["count"], pair["one"]["ref"], pair["other"]["ref"]) == (1, "MHT-00001", "MHT-00002")
    assert pair["score"] >= 50
    assert "Same birth date" in pair["reasons"]
    plain = run("duplicates", twice).out
    assert "MHT-00001 SZCZEPAŃSKI, Łukasz" in plain
    assert "1 pair, the likeliest first." in plain


def test_a_register_without_any_says_so(run, tmp_path):
    run("new", tmp_path / "new.mhtracker")
    ran = run("duplicates", tmp_path / "new.mhtracker")
    assert (ran.code, ran.out) == (0, "Nobody seems to be in this register twice.\n")


def test_a_dry_run_tells_field_by_field_and_writes_nothing(run, twice):
    answer = run("merge", twice, "MHT-00001", "M-20/7", "--choose", "locality=other", "--dry-run", "--json").json
    assert {each["field"]: each["side"] for each in answer["fields"]} == {
        "surname": "keep",
        "given_names": "keep",
        "local_id": "other",
        "locality": "other",
    }
    assert answer["goes_over"] == ["1 stay"]
    assert answer["operation"] is None
    assert len(answer["stays"]) == 1
    assert run("duplicates", twice, "--json").json["count"] == 1


def test_stays_that_cannot_both_hold_are_refused_until_they_are_settled(run, twice):
    refused = run("merge", twice, "MHT-00001", "MHT-00002")
    assert refused.code == 1
    assert "cannot both hold. Say whose stays are right with --stays." in refused.err
    refused = run("merge", twice, "MHT-00001", "MHT-00002", "--stays", "keep")
    assert (refused.code, refused.out) == (1, "")
    assert "--words" in refused.err


def test_merging_and_undoing(run, twice):
    words = ("--stays", "keep", "--words", "Typed from an old letter.")
    answer = run("merge", twice, "MHT-00001", "MHT-00002", *words, "--json").json
    assert (answer["kept"]["ref"], answer["merged"]["ref"]) == ("MHT-00001", "MHT-00002")
    for typed in ("MHT-00002", "M-20/7"):
        assert run("show", twice, typed, "--json").json["person"]["ref"] == "MHT-00001"
    assert run("list", twice, "--json").json["count"] == 1
    assert run("check", twice, "--json").json["ok"]
    run("undo", twice, answer["operation"])
    assert run("show", twice, "MHT-00002", "--json").json["person"]["name"] == "Shchepanski, Lukasz"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("MHT-00001", "MHT-00001"), "is the same record"),
        (("MHT-00001", "MHT-00009"), "Nobody in this register"),
        (("MHT-00001", "MHT-00002", "--choose", "ref=other"), "is not FIELD=keep or FIELD=other"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_line(run, twice, words, told):
    ran = run("merge", twice, *words)
    assert (ran.code, ran.out) == (1, "")
    assert told in ran.err
