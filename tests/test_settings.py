"""This computer's settings come back as they were, and never stop the program."""

import json
import os
from pathlib import Path

import pytest

from mhtracker import settings
from mhtracker.settings import ComputerSettings, load, save


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "config"


def test_without_a_file_everything_has_its_default(place):
    assert load(place) == ComputerSettings()
    assert not place.exists()


def test_everything_comes_back(place):
    kept = ComputerSettings(theme="dark", text_size=150, shortcuts_on=False, who_name="Ewa Fikcyjna")
    kept.opened("/r/a.mhtracker")
    kept.register("/r/a.mhtracker").worker_id = "w1"
    kept.register("/r/a.mhtracker").pinned_people.append("p1")
    kept.visited("/r/a.mhtracker", "p2")
    table = kept.table("caseload")
    table.columns, table.sort, table.widths = ["name", "stage"], [("review_due_on", True)], {"name": 200}
    table.views["Mine"] = ["stage=residential"]
    assert save(kept, place)
    assert load(place) == kept
    assert [path.name for path in place.iterdir()] == ["settings.json"]


def test_each_person_at_a_computer_has_seen_what_they_have_seen(place):
    kept = ComputerSettings(who_name="Ewa Fikcyjna")
    assert kept.last_looked("/r/a") == 0
    kept.mark_looked("/r/a", 41, "2026-07-14T10:41")
    kept.who_name = "Anjali Kalpit"
    assert kept.last_looked("/r/a") == 0
    kept.mark_looked("/r/a", 52, "2026-07-14T11:00")
    assert save(kept, place)
    again = load(place)
    assert again.last_looked("/r/a") == 52
    again.who_name = "Ewa Fikcyjna"
    assert (again.last_looked("/r/a"), again.last_looked("/r/b")) == (41, 0)


def test_a_mark_of_earlier_versions_still_holds():
    kept = ComputerSettings(who_name="Ewa Fikcyjna")
    kept.register("/r/a").last_looked_seq = 17
    assert kept.last_looked("/r/a") == 17


def test_recent_registers_and_people_are_few_and_newest_first():
    kept = ComputerSettings()
    for number in range(20):
        kept.opened(f"/r/{number}")
        kept.visited("/r/1", f"p{number}")
    kept.opened("/r/15")
    kept.visited("/r/1", "p15")
    assert kept.recent_registers[:3] == ["/r/15", "/r/19", "/r/18"]
    assert len(kept.recent_registers) == settings.RECENT_REGISTERS
    assert kept.register("/r/1").recent_people[:2] == ["p15", "p19"]
    assert len(kept.register("/r/1").recent_people) == settings.RECENT_PEOPLE


@pytest.mark.parametrize("damage", [b"", b"{", b"[1]", b"\xff\xfe\x00", b"null", b'"x"', b"[" * 100_000])
def test_a_damaged_file_is_put_aside_and_defaults_hold(place, damage):
    place.mkdir(parents=True)
    (place / "settings.json").write_bytes(damage)
    assert load(place) == ComputerSettings()
    assert (place / "settings.damaged-1.json").read_bytes() == damage
    (place / "settings.json").write_bytes(damage)
    load(place)
    assert (place / "settings.damaged-2.json").read_bytes() == damage


def test_values_of_the_wrong_shape_fall_back_one_by_one(place):
    place.mkdir(parents=True)
    odd = {
        "theme": "neon",
        "text_size": 5000,
        "shortcuts_on": "yes",
        "recent_registers": [1, 2],
        "who_name": "Ewa",
        "later_version": True,
        "tables": {"caseload": {"columns": ["name"], "sort": [["name", True, 3]], "widths": 4}},
        "registers": {"/r": {"worker_id": None, "last_looked_seq": 7}},
    }
    (place / "settings.json").write_text(json.dumps(odd), encoding="utf-8")
    kept = load(place)
    assert (kept.theme, kept.text_size, kept.shortcuts_on, kept.recent_registers) == ("system", 100, True, [])
    assert kept.who_name == "Ewa"
    assert kept.table("caseload").columns == ["name"]
    assert kept.table("caseload").sort == []
    assert kept.register("/r").last_looked_seq == 7


def test_a_place_that_cannot_be_written_is_no_error(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    assert not save(ComputerSettings(), blocked)
    assert not save(ComputerSettings(), blocked / "config")
    assert load(blocked / "config") == ComputerSettings()


def test_a_failed_save_leaves_the_old_file_and_no_rubbish(place, monkeypatch):
    save(ComputerSettings(theme="dark"), place)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert not save(ComputerSettings(theme="light"), place)
    assert load(place).theme == "dark"
    assert [path.name for path in place.iterdir()] == ["settings.json"]


def test_the_environment_may_name_the_folder(monkeypatch, place):
    monkeypatch.setenv("MHTRACKER_CONFIG", str(place))
    assert settings.folder() == place
    save(ComputerSettings(theme="contrast"))
    assert load().theme == "contrast"
    monkeypatch.delenv("MHTRACKER_CONFIG")
    assert settings.folder() != place


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("postgresql://ewa:secret@server/register", "postgresql://ewa@server/register"),
        ("postgresql+psycopg://ewa:s:e@server:5432/r", "postgresql+psycopg://ewa@server:5432/r"),
        ("postgresql://ewa@server/register", "postgresql://ewa@server/register"),
        ("C:\\Users\\a@b\\r.mhtracker", "C:\\Users\\a@b\\r.mhtracker"),
    ],
)
def test_a_password_is_never_remembered(address, kept):
    remembered = ComputerSettings()
    remembered.opened(address)
    remembered.visited(address, "p1")
    assert remembered.last_register == kept
    assert list(remembered.registers) == [kept]


def test_what_was_saved_last_stays_however_it_was_saved(tmp_path: Path) -> None:
    for size in (110, 125, 150):
        settings.save_soon(ComputerSettings(text_size=size), tmp_path)
    assert load(tmp_path).text_size == 150
    settings.save_soon(ComputerSettings(text_size=175), tmp_path)
    save(ComputerSettings(text_size=200), tmp_path)
    assert load(tmp_path).text_size == 200


def test_saving_soon_keeps_the_settings_as_they_were_then(tmp_path: Path) -> None:
    computer = ComputerSettings(text_size=125)
    settings.save_soon(computer, tmp_path)
    computer.text_size = 200
    assert load(tmp_path).text_size == 125
