"""What was known on an earlier day says so wherever it is told, and is asked for with the views there are now."""

import csv

import pytest
from python_calamine import CalamineWorkbook

from mhtracker.operations.views import save_view
from mhtracker.store import open_register
from mhtracker.store.queries.caseload import Filter
from tests.cli.conftest import AS_AT
from tests.reports.conftest import flat, pages_of

ASKED = ("--as-at", AS_AT, "--as-known", "2026-06-30")


def test_plain_list_and_due_say_by_which_day_it_was_known(run, demo):
    for command in ("list", "due"):
        assert run(command, demo, *ASKED).out.rstrip().partition(", as known on ")[2].startswith("30 Jun 2026.")
        assert "as known" not in run(command, demo, "--as-at", AS_AT).out


@pytest.mark.parametrize("command", ["progress", "forecast", "outcomes", "quality", "breakdown", "costs"])
def test_a_managers_answer_says_by_which_day_it_was_known(run, demo, command):
    assert "s known on 30 Jun 2026" in run(command, demo, *ASKED).out
    assert "known on" not in run(command, demo, "--as-at", AS_AT).out


@pytest.mark.parametrize("command", ["progress", "quality", "breakdown", "costs", "services", "waiting"])
def test_before_anything_was_recorded_an_answer_tells_of_nobody(run, demo, command):
    assert run(command, demo, "--as-at", AS_AT, "--as-known", "1990-01-01", "--json").code == 0


def test_a_saved_view_is_the_one_there_is_now(run, demo):
    with open_register(demo, who="Ann") as store:
        save_view(store, name="In hospital", filters=[Filter("stage", "=", "hospital")], owner="Ann")
    found = run("list", demo, "--who", "Ann", "--view", "In hospital", *ASKED, "--json").json
    assert found["people"]
    assert {person["stage"] for person in found["people"]} == {"hospital"}


def test_the_cover_and_the_contents_of_a_pack_say_so(run, demo, tmp_path):
    out = tmp_path / "pack.pdf"
    assert run("pack", demo, "review", "-o", out, "--filter", "stage=hospital", *ASKED).code == 0
    for page in pages_of(out)[:2]:
        assert flat("As known on 30 Jun 2026: what was recorded later is left out") in flat(page)


def test_an_export_says_so_on_every_line_and_in_its_definitions(run, demo, tmp_path):
    sheet, book = tmp_path / "known.csv", tmp_path / "known.xlsx"
    for out in (sheet, book):
        assert run("export", demo, out, *ASKED).code == 0
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        assert {row["As known on"] for row in csv.DictReader(file)} == {"2026-06-30"}
    facts = CalamineWorkbook.from_path(book).get_sheet_by_name("Definitions").to_python()
    assert ["As known on", "30 Jun 2026"] in [row[:2] for row in facts]
