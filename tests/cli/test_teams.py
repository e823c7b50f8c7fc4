"""`--team`: figures of one team's people, whose name is read as strictly as a worker's."""

from __future__ import annotations

from datetime import date

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from mhtracker.domain.records import Team
from mhtracker.store import FixedClock, open_register
from tests.cli.conftest import AS_AT

COMMANDS = {
    "progress": ["--as-at", AS_AT],
    "outcomes": ["--as-at", AS_AT],
    "quality": ["--as-at", AS_AT],
    "breakdown": ["--as-at", AS_AT],
    "forecast": ["--as-at", AS_AT],
}


@pytest.fixture
def teams(demo):
    with open_register(demo, who="Ann", clock=FixedClock(date(2026, 7, 14))) as store:
        return [team.name for team in store.find(Team, order_by=("name",))]


@pytest.mark.parametrize("command", COMMANDS)
def test_an_answer_says_its_team_in_words_and_in_json(run, demo, teams, command):
    everybody = run(command, demo, *COMMANDS[command], "--json").json
    of_team = run(command, demo, *COMMANDS[command], "--team", teams[0], "--json").json
    assert (everybody.pop("team"), of_team.pop("team")) == (None, teams[0])
    assert everybody != of_team
    assert teams[0] in run(command, demo, *COMMANDS[command], "--team", teams[0]).out
    assert teams[0] not in run(command, demo, *COMMANDS[command]).out


def test_the_teams_together_are_everybody(run, demo, teams):
    each = [run("breakdown", demo, "--as-at", AS_AT, "--team", name, "--json").json["total"] for name in teams]
    assert all(each)
    assert sum(each) == run("breakdown", demo, "--as-at", AS_AT, "--json").json["total"]
    listed = run("list", demo, "--filter", f"team={teams[0]}", "--as-at", AS_AT, "--json").json["count"]
    assert each[0] == listed
    assert run("quality", demo, "--as-at", AS_AT, "--team", teams[0], "--json").json["people"] == listed


def test_the_programme_of_a_team_s_progress_is_of_all_its_people_and_the_words_say_so(run, demo, teams):
    everybody = run("progress", demo, "--as-at", AS_AT, "--json").json
    of_team = run("progress", demo, "--as-at", AS_AT, "--team", teams[0], "--json").json
    assert of_team["programme"] == everybody["programme"] is not None
    assert of_team["money"]["weekly_net"] < everybody["money"]["weekly_net"]
    assert "told of all its people" in run("progress", demo, "--as-at", AS_AT, "--team", teams[0]).out


def test_a_team_s_forecast_has_its_people_and_the_same_share_of_the_aim(run, demo, teams):
    each = [run("forecast", demo, "--as-at", AS_AT, "--team", name, "--json").json for name in teams]
    everybody = run("forecast", demo, "--as-at", AS_AT, "--json").json
    assert sum(one["baseline"] for one in each) == everybody["baseline"]
    # A percentage of few people is rounded to whole ones, at most half a person off in each team.
    assert abs(sum(one["aim_people"] for one in each) - everybody["aim_people"]) <= (len(teams) + 1) / 2


def test_a_name_is_read_as_a_worker_s_is(run, demo, teams):
    def asked(name):
        return run("breakdown", demo, "--as-at", AS_AT, "--team", name, "--json")

    assert asked(teams[0].upper()).json["team"] == teams[0]
    slip = asked(teams[0][:-1] + "x")
    assert slip.code == 1
    assert f"There is no team “{teams[0][:-1]}x”." in slip.err
    assert f"Is it {teams[0]}" in slip.err
    unlike = asked("qqq")
    assert unlike.code == 1
    assert all(name in unlike.err for name in teams)
    assert asked("").code == 1


def test_a_part_of_a_name_that_several_teams_have_asks_for_the_id(run, demo, teams):
    clock = FixedClock(date(2026, 7, 14))
    with open_register(demo, who="Ann", clock=clock) as store, store.operation("Add teams") as work:
        work.add_many([Team("one", "Lower Ford north"), Team("two", "Lower Ford south")])
    ran = run("quality", demo, "--team", "lower ford")
    assert ran.code == 1
    assert "Lower Ford north (one), Lower Ford south (two)" in ran.err
    assert run("quality", demo, "--team", "two", "--json").json["team"] == "Lower Ford south"


def test_the_monthly_report_of_a_team_says_whose_it_is_and_has_no_services(run, demo, teams, tmp_path):
    paper, book = tmp_path / "month.pdf", tmp_path / "month.xlsx"
    made = run("pack", demo, "monthly", "--as-at", AS_AT, "--team", teams[0], "-o", paper, "--json").json
    assert made["team"] == teams[0]
    words = "".join(page.extract_text() for page in PdfReader(paper).pages)
    assert f"Team: {teams[0]}" in words
    assert "in this team since" in words
    run("pack", demo, "monthly", "--as-at", AS_AT, "--team", teams[0], "-o", book)
    found = CalamineWorkbook.from_path(book)
    assert "Services and places" not in found.sheet_names
    assert ["Team", teams[0]] in [row[:2] for row in found.get_sheet_by_name("Definitions").to_python()]
    assert run("pack", demo, "monthly", "--as-at", AS_AT, "-o", paper, "--json").json["team"] is None


def test_only_the_monthly_report_is_of_a_team(run, demo, teams, tmp_path):
    ran = run("pack", demo, "review", "--team", teams[0], "-o", tmp_path / "a.pdf")
    assert ran.code == 2
    assert "--filter team=NAME" in ran.err


@pytest.mark.parametrize(
    "words",
    [
        ("list", "DEMO"),
        ("export", "DEMO", "OUT.csv"),
        ("pack", "DEMO", "review", "-o", "OUT.pdf"),
        ("pack", "DEMO", "handover", "--to", "Ewa Fikcyjna", "-o", "OUT.pdf"),
        ("programme", "DEMO", "N", "--baseline", "1/4/2026", "--stages", "residential", "--aim", "5", "--by", "1/4/28"),
    ],
)
def test_a_name_that_nothing_has_is_refused_with_those_there_are_wherever_people_are_chosen(
    run, demo, teams, tmp_path, words
):
    named = {"DEMO": demo, "OUT.csv": tmp_path / "out.csv", "OUT.pdf": tmp_path / "out.pdf"}
    typed = [named.get(word, word) for word in words]
    said = run(*typed, "--filter", "team=Nobody")
    assert said.code == 1
    assert f"There is no team “Nobody”. There is {teams[0]}, {teams[1]} or {teams[2]}." in " ".join(said.err.split())
    assert list(tmp_path.glob("out.*")) == []
    near = run(*typed, "--filter", f"team={teams[0]}|recovery")
    assert f"There is no team “recovery”. Is it {teams[0]} or {teams[1]}?" in " ".join(near.err.split())


@pytest.mark.parametrize("column", ["worker", "service", "provider", "locality"])
def test_names_there_are_may_be_asked_for_in_small_letters_in_parts_and_as_none(run, demo, column):
    lines = run("list", demo, "--as-at", AS_AT, "--json").json["people"]
    name = next(line[column] for line in lines if line[column])
    count = sum(line[column] == name for line in lines)
    asked = ("list", demo, "--as-at", AS_AT, "--json", "--filter")
    assert run(*asked, f"{column}={name.lower()}").json["count"] == count
    assert run(*asked, f"{column}~{name[:4]}").json["count"] >= count
    assert run(*asked, f"{column}~nobody of this name").json["count"] == 0
    assert run(*asked, f"{column}=").json["count"] == sum(not line[column] for line in lines)
    refused = run(*asked, f"{column}!=nobody of this name")
    assert f"There is no {column} “nobody of this name”." in " ".join(refused.err.split())
