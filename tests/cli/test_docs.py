"""docs/cli.md names every command, option, answer key, filter column and import field."""

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from mhtracker.analysis.breakdown import WAYS
from mhtracker.cli.parser import COMMANDS, COUNTED_BY, VIEWS, build_parser
from mhtracker.cli.usage import Parser
from mhtracker.operations.importing.headings import OUR_FIELDS
from mhtracker.store.queries.caseload import COLUMNS
from tests.cli.conftest import AS_AT, make_twice
from tests.places_at_hand import place_register

PAGE = (Path(__file__).parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")


def part_of(command: str) -> str:
    """The section of a command."""
    found = re.search(rf"### `mhtracker {command} .*?(?=\n##|\Z)", PAGE, re.DOTALL)
    assert found, f"docs/cli.md has no section for {command}"
    return found[0]


def options_of(command: str) -> list[str]:
    parser = build_parser()
    (commands,) = (a for a in parser._actions if isinstance(a, argparse._SubParsersAction))
    return list(options_under(commands.choices[command]))


def options_under(parser: Parser) -> Iterator[str]:
    """The options of a command, and of the ways it has."""
    for action in parser._actions:
        yield from action.option_strings
        if isinstance(action, argparse._SubParsersAction):
            for way in action.choices.values():
                yield from options_under(way)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_option_is_documented(command):
    general = PAGE.partition("## Filters")[0]
    for option in options_of(command):
        where = general if option in ("-h", "--help", "--json", "--who") else part_of(command)
        assert f"`{option}" in where, f"{command} {option}"


def test_no_command_is_documented_that_is_not_there():
    assert set(re.findall(r"^### `mhtracker (\w+)", PAGE, re.MULTILINE)) == set(COMMANDS)


def test_the_help_names_every_way_people_are_counted_by():
    assert COUNTED_BY == WAYS


def test_every_filter_column_view_and_import_field_is_documented():
    for word in (*COLUMNS, *VIEWS, *OUR_FIELDS):
        assert f"`{word}`" in PAGE, word


def keys_of(value):
    if isinstance(value, dict):
        for key, inside in value.items():
            yield key
            # What a heading maps to, and before and after of a change, are data and not our words.
            if key not in ("mapping", "before", "after"):
                yield from keys_of(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from keys_of(inside)


def test_every_key_of_every_answer_is_documented(run, demo, tmp_path):
    sheet, twice = tmp_path / "people.csv", tmp_path / "twice.mhtracker"
    make_twice(twice)
    places = place_register(tmp_path / "places.mhtracker")
    sheet.write_text("Surname,Forename,DOB,Placement type\nÉxample,Zoë,31/02/1970,Residential\nOne,Two,,\n", "utf-8")
    asked = {
        "new": [tmp_path / "new.mhtracker"],
        "demo": [tmp_path / "other.mhtracker", "--people", 3],
        "presets": [],
        "forecast": [demo, "--as-at", AS_AT],
        "outcomes": [demo],
        "quality": [demo],
        "breakdown": [demo],
        "import": [demo, sheet],
        "list": [demo],
        "show": [demo, "MHT-00003", "--as-at", AS_AT],
        "due": [demo],
        "programme": [
            demo,
            "Half of them",
            "--baseline",
            "2025-04-01",
            "--stages",
            "residential",
            "--aim",
            "50%",
            "--by",
            "2028-03-31",
        ],
        "costs": [demo],
        "services": [places],
        "waiting": [places],
        "fits": [places, "--until", "2026-09-01"],
        "progress": [demo, "--as-at", AS_AT],
        "summary": [demo, "MHT-00003", "-o", tmp_path / "a.pdf"],
        "pack": [demo, "review", "--filter", "stage=hospital", "-o", tmp_path / "b.pdf"],
        "export": [demo, tmp_path / "c.csv"],
        "search": [demo, "visit"],
        "duplicates": [twice],
        "merge": [twice, "MHT-00001", "MHT-00002", "--dry-run"],
        "history": [demo, "--limit", 3],
        "undo": [demo],
        "backup": [demo, tmp_path / "d.mhtracker"],
        "restore": [tmp_path / "d.mhtracker", tmp_path / "e.mhtracker"],
        "check": [demo],
    }
    assert set(asked) == set(COMMANDS)
    for command, words in asked.items():
        answer = run(command, *words, "--json").json
        assert list(answer)[:2] == ["as_at", "as_known"]
        where = PAGE if command in ("summary", "pack", "export") else part_of(command)
        for key in set(keys_of(answer)) - {"as_at", "as_known"}:
            assert f"`{key}`" in where, f"{command}: {key}"
