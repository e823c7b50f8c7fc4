"""`services`, `waiting`, `fits`, the provider's sheet, and contracts among what is due."""

from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from tests.cli.conftest import AS_AT
from tests.places_at_hand import place_register


@pytest.fixture
def places(tmp_path):
    return place_register(tmp_path / "places.mhtracker")


def test_services_tell_places_by_what_they_are(run, places):
    told = run("services", places, "--as-at", AS_AT, "--json").json
    assert [told[key] for key in ("places", "taken", "leaving", "held", "free")] == [9, 6, 1, 1, 1]
    canal = next(each for each in told["services"] if each["service"] == "Canal View")
    assert [unit["state"] for unit in canal["units"]] == ["taken", "taken", "leaving", "held", "free"]
    assert (canal["weekly_rate"], canal["weekly_median"], canal["contract"]["state"]) == (712.0, 712.0, "ended")
    assert canal["units"][3]["held_for"] == "MHT-00005"
    assert (canal["specialised"], canal["cqc_id"], canal["lot"]) == (None, None, None)
    plain = run("services", places, "--as-at", AS_AT).out
    assert "9 places, 1 free, 1 held, 1 more free within a month" in plain
    assert "own staff" in plain


def test_services_are_told_as_they_stood_on_a_day(run, places):
    told = run("services", places, "--as-at", "2026-05-20", "--json").json
    canal = next(each for each in told["services"] if each["service"] == "Canal View")
    assert (canal["taken"], canal["held"], canal["free"]) == (2, 0, 3)
    assert canal["contract"]["state"] == "ending"


def test_the_waiting_list_leads_with_the_urgent_and_keeps_what_is_not_known_apart(run, places):
    told = run("waiting", places, "--as-at", AS_AT, "--json").json
    assert [each["ref"] for each in told["waiting"]] == ["MHT-00006", "MHT-00004", "MHT-00005", "MHT-00009"]
    assert (told["people"], told["need_home"], told["in_hospital"]) == (4, 3, 1)
    assert told["waiting"][0]["own_wish"] is None
    assert "4 people waiting, 3 need a home, 1 in hospital" in run("waiting", places, "--as-at", AS_AT).out
    assert "1 person waiting, 1 needs a home, 0 in hospital" in run("waiting", places, "--as-at", "2026-05-15").out


def test_the_lists_are_written_as_a_workbook_with_true_dates(run, places, tmp_path):
    out = tmp_path / "lists.xlsx"
    told = run("services", places, "--as-at", AS_AT, "--xlsx", out, "--json").json
    assert told["tables"] == {"services": 5, "vacancies": 2, "waiting": 4, "offers": 0, "rates": 5, "contracts": 2}
    book = CalamineWorkbook.from_path(str(out))
    assert book.sheet_names[-1] == "Definitions"
    assert book.get_sheet_by_name("Definitions").to_python()[1][:2] == ["As at", "14 Jul 2026"]
    rows = book.get_sheet_by_name("Contracts").to_python()
    assert rows[1][rows[0].index("To")] == date(2026, 6, 30)
    assert run("waiting", places, "--as-at", AS_AT, "--xlsx", out).out.startswith(f"{out}: Waiting list 4 and Offers 0")
    assert "with .xlsx at its end" in run("waiting", places, "--xlsx", tmp_path / "lists.pdf").err


def test_fits_say_who_fits_a_place_and_why(run, places):
    told = run("fits", places, "--service", "canal", "--as-at", AS_AT, "--json").json
    urgent, best = told["fits"][:2]
    assert (urgent["ref"], urgent["fits"]) == ("MHT-00006", 4)
    assert (told["unit"], best["ref"], best["fits"], best["of"], best["weekly_saving"]) == (
        "Flat 5",
        "MHT-00004",
        6,
        6,
        318.0,
    )
    assert (
        "saves the council £318 a week"
        in run("fits", places, "--service", "Canal View", "--unit", "Flat 5", "--as-at", AS_AT).out
    )


def test_fits_of_a_person_and_of_all_places_at_once(run, places):
    told = run("fits", places, "MHT-00004", "--as-at", AS_AT, "--json").json
    assert [each["unit"] for each in told["fits"]] == ["Flat 5"]
    told = run("fits", places, "--until", "2026-09-01", "--as-at", AS_AT, "--json").json
    assert [each["ref"] for each in told["pairs"]] == ["MHT-00006"]
    assert "No one is counted twice" in run("fits", places, "--as-at", AS_AT).out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--unit", "Flat 5"], "--service"),
        (["MHT-00004", "--service", "canal"], "not both"),
        (["--service", "Nowhere"], "no service"),
        (["MHT-00001"], "waiting list"),
        (["--service", "canal", "--unit", "Flat 1"], "free"),
    ],
)
def test_what_cannot_be_answered_is_said_in_a_line(run, places, words, says):
    ran = run("fits", places, *words, "--as-at", AS_AT)
    assert (ran.code, ran.out) == (1, "")
    assert says in ran.err


def test_contracts_are_among_what_is_due_but_no_one_worker_s(run, places):
    told = run("due", places, "--as-at", AS_AT, "--json").json
    contracts = [each for each in told["items"] if each["kind"] == "contract"]
    assert [(each["name"], each["state"], each["days"]) for each in contracts] == [
        ("Canal Partnership", "overdue", 14),
        ("Larkfield Care", "due_soon", -78),
    ]
    assert "Contract ends: Residential" in run("due", places, "--as-at", AS_AT).out


def test_a_provider_s_sheet_is_written(run, places, tmp_path):
    out = tmp_path / "sheet.pdf"
    told = run("pack", places, "provider", "--provider", "canal", "-o", out, "--as-at", AS_AT, "--json").json
    assert (told["pages"], told["people"]) == (2, 5)
    assert out.read_bytes().startswith(b"%PDF")
    book = tmp_path / "sheet.xlsx"
    told = run("pack", places, "provider", "--provider", "canal", "-o", book, "--as-at", AS_AT, "--json").json
    assert (told["pages"], told["people"]) == (None, 5)
    assert CalamineWorkbook.from_path(book).sheet_names[-1] == "Definitions"
    ran = run("pack", places, "provider", "--provider", "canal", "-o", tmp_path / "sheet.csv")
    assert ".pdf or .xlsx at its end" in ran.err
    ran = run("pack", places, "provider", "--provider", "canal", "-o", book, "--from", "2026-08-01", "--as-at", AS_AT)
    assert "begins on 1 Aug 2026, after it ends on 14 Jul 2026" in ran.err
    ran = run("pack", places, "provider", "-o", tmp_path / "none.pdf")
    assert "--provider" in ran.err
    assert not (tmp_path / "none.pdf").exists()
