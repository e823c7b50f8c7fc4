"""The guide's worked example of each preset: its commands run as written, and answer what stands beside them."""

from __future__ import annotations

import math
import re
import shlex
from pathlib import Path

import pytest

from mhtracker.domain.money.weekly import compare_places
from mhtracker.domain.presets import PRESET_NAMES
from mhtracker.domain.records import CostTableRow
from mhtracker.operations.money.cost_tables import edit_row
from mhtracker.store import open_register
from mhtracker.text import format_pence

PAGE = (Path(__file__).parents[2] / "docs" / "guide" / "presets.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^### (.+?)\n(.+?)(?=^##)", PAGE.partition("## A worked example of each")[2], re.M | re.S)


def plain(words: str) -> str:
    """Without the spaces that columns are set with."""
    return re.sub(r"\s+", " ", words)


def commands_of(words: str) -> list[list[str]]:
    return [shlex.split(line)[1:] for line in words.splitlines() if line.startswith("mhtracker ")]


def answers_of(words: str) -> list[str]:
    """What the last column of the table says that the commands answer."""
    rows = [line.rstrip(" |").rpartition("|")[2] for line in words.splitlines() if line.startswith("| ")]
    return [said for row in rows for said in re.findall(r"`([^`]+)`", row)]


def test_there_is_an_example_of_every_preset():
    made = [command for _, words in EXAMPLES for command in commands_of(words) if command[0] == "demo"]
    assert tuple(command[-1] for command in made) == PRESET_NAMES


@pytest.mark.parametrize(("title", "words"), EXAMPLES, ids=[title.partition(":")[0] for title, _ in EXAMPLES])
def test_an_example_s_commands_answer_what_stands_beside_them(run, tmp_path, monkeypatch, title, words):
    monkeypatch.chdir(tmp_path)
    ran = [run(*command) for command in commands_of(words)]
    assert [each.code for each in ran] == [0] * len(ran)
    out = plain("\n".join(each.out for each in ran))
    said = answers_of(words)
    assert len(said) >= 4
    assert [each for each in said if plain(each) not in out] == []


def test_what_the_examples_say_is_typed_in_the_window_comes_to_what_they_say(run, tmp_path):
    found = compare_places(124_600, 129_548, for_weeks=156, then=25_000)
    assert found.payback is not None
    weeks = math.ceil(found.payback)
    run("demo", tmp_path / "r.mhtracker", "--preset", "moving-on")
    with open_register(tmp_path / "r.mhtracker", who="Ann") as store:
        (row,) = store.find(CostTableRow, label="Long-term residential care")
        year = edit_row(store, row.id, to_be_people=90).to_be_year_pence
    pounds = (found.a_week, found.altogether, year or 0)
    for said in (*map(format_pence, pounds), f"paid back in {weeks} weeks"):
        assert said in PAGE, said
