"""Backups by themselves: verified before they count, thinned out by age, and never at the cost of a good one."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mhtracker.domain.errors import Refused, Unavailable
from mhtracker.domain.records import Person
from mhtracker.store import Store, create_register, open_register
from mhtracker.store.backup import check_backup, restore
from mhtracker.store.backups import (
    back_up_if_due,
    back_up_now,
    count_people,
    list_backups,
    trouble_with,
    usual_folder,
)
from mhtracker.store.drafts import save_draft
from mhtracker.store.rotation import APART, kept_of
from tests.store.registers import a_person

NOON = datetime(2026, 7, 14, 12, 0)  # noqa: DTZ001 – the computer's own clock


class Hands:
    """A clock whose hands are set by the test."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 7, 14, 9, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment

    def today(self) -> date:
        return self.moment.date()


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.fixture
def store(tmp_path: Path, clock: Hands):
    with create_register(tmp_path / "team.mhtracker", who="Ann", clock=clock) as store:
        yield store


def add_one(store: Store, number: int = 1) -> None:
    with store.operation("Add") as work:
        work.save(a_person(f"MHT-0000{number}"))


def there(store: Store) -> list[str]:
    folder = usual_folder(store.database.path)
    return [each.path.name for each in list_backups(folder, store.database.path)]


class TestRotation:
    def test_all_of_two_days_are_kept(self):
        moments = {NOON - timedelta(minutes=30 * n) for n in range(90)}
        assert {at for at in moments if NOON - at <= timedelta(days=2)} <= kept_of(moments, NOON)

    def test_a_year_of_daily_work_leaves_days_weeks_and_months(self):
        moments = {NOON - timedelta(hours=4 * n) for n in range(6 * 365)}
        kept = kept_of(moments, NOON)
        older = {at for at in kept if NOON - at > timedelta(days=2)}
        assert len({at.date() for at in older if NOON - at < timedelta(days=12)}) >= 9
        assert len({at.isocalendar()[:2] for at in kept}) >= 10
        assert len({(at.year, at.month) for at in kept}) == 9
        assert 30 < len(kept) < 45

    @given(st.sets(st.integers(0, 500_000), min_size=1, max_size=60))
    def test_the_newest_is_always_kept_and_nothing_is_invented(self, minutes):
        moments = {NOON - timedelta(minutes=each) for each in minutes}
        kept = kept_of(moments, NOON)
        assert max(moments) in kept
        assert kept <= moments


def test_the_first_change_is_backed_up_and_the_next_only_half_an_hour_later(store, clock):
    folder = usual_folder(store.database.path)
    assert back_up_if_due(store, folder) is not None
    clock.moment += timedelta(minutes=29)
    add_one(store)
    assert back_up_if_due(store, folder) is None
    clock.moment += timedelta(minutes=2)
    made = back_up_if_due(store, folder)
    assert made is not None
    assert made.at - list_backups(folder, store.database.path)[1].at >= APART
    assert count_people(store, made.path) == 1


def test_nothing_new_needs_no_backup_but_words_kept_for_later_do(store, clock):
    folder = usual_folder(store.database.path)
    back_up_if_due(store, folder)
    clock.moment += timedelta(days=1)
    assert back_up_if_due(store, folder) is None
    save_draft(store, "note:1", person_id=None, label="Note", texts={"text": "half a wor"})
    assert back_up_if_due(store, folder) is not None


def test_old_ones_go_only_when_a_new_one_has_passed_its_check(store, clock, monkeypatch):
    folder = usual_folder(store.database.path)
    for day in range(40):
        back_up_now(store, folder)
        clock.moment += timedelta(days=1)
        add_one(store, day)
    before = there(store)
    assert len(before) < 30
    monkeypatch.setattr("mhtracker.store.backup.verify", lambda *_: (_ for _ in ()).throw(Unavailable("bad copy")))
    with pytest.raises(Unavailable):
        back_up_now(store, folder)
    assert there(store) == before
    assert not list(folder.glob("*.tmp"))


def test_other_files_in_the_folder_are_left_alone(store, clock, tmp_path):
    folder = usual_folder(store.database.path)
    folder.mkdir()
    others = [
        "letter.txt",
        "team before 0002.mhtracker",
        "other backup 2020-01-01 120000.mhtracker",
        "team.mhtracker.9.tmp",
    ]
    for name in others:
        (folder / name).write_text("x")
    for _ in range(5):
        back_up_now(store, folder)
        clock.moment += timedelta(days=40)
        add_one(store, clock.moment.month)
    assert all((folder / name).exists() for name in others[:3])


def test_a_folder_that_is_not_there_or_closed_is_said(store, tmp_path):
    gone = tmp_path / "stick" / "backups"
    assert "is not there" in trouble_with(gone, store.database.path)
    with pytest.raises(Unavailable, match="is not there"):
        back_up_now(store, gone)
    assert trouble_with(usual_folder(store.database.path), store.database.path) == ""


def test_what_a_cut_off_backup_left_is_cleared_away(store, clock):
    import os

    folder = usual_folder(store.database.path)
    folder.mkdir()
    left = folder / "team backup 2026-07-01 120000.mhtracker.77.tmp"
    left.write_bytes(b"half")
    os.utime(left, (clock.moment.timestamp() - 7200,) * 2)
    back_up_now(store, folder)
    assert not left.exists()


def test_a_damaged_backup_is_found_before_anything_is_touched(store, clock):
    folder = usual_folder(store.database.path)
    for number in range(60):
        add_one(store, number)
    made = back_up_now(store, folder)
    check_backup(store, made.path)
    whole = bytearray(made.path.read_bytes())
    whole[len(whole) // 2 :] = bytes(len(whole) - len(whole) // 2)
    made.path.write_bytes(whole)
    with pytest.raises(Unavailable):
        check_backup(store, made.path)
    assert len(store.find(Person)) == 60


def test_the_open_register_is_no_backup_of_itself(store):
    with pytest.raises(Refused):
        check_backup(store, store.database.path)


def test_putting_back_moves_the_present_file_aside(store, clock, tmp_path):
    add_one(store)
    made = back_up_now(store, usual_folder(store.database.path))
    add_one(store, 2)
    target = store.database.path
    store.close()
    aside = restore(made.path, target, replace=True, moment=clock.now(), checked=True)
    with open_register(target, who="Ann", clock=clock) as back:
        assert len(back.find(Person)) == 1
    assert aside is not None
    with open_register(aside, who="Ann", clock=clock) as before:
        assert len(before.find(Person)) == 2


def test_a_stop_that_was_no_closing_is_known_at_the_next_opening(store, clock):
    import shutil

    path = store.database.path
    assert not store.ended_badly
    copy = path.with_name("copy.mhtracker")
    shutil.copy(path, copy)
    note = copy.with_name(copy.name + ".in-use")
    note.write_text("{}")
    with open_register(copy, who="Ann", clock=clock) as again:
        assert again.ended_badly
    with open_register(copy, who="Ann", clock=clock) as again:
        assert not again.ended_badly


def test_damage_is_found_at_opening(store, clock):
    from mhtracker.domain.errors import Damaged

    path = store.database.path
    for number in range(200):
        add_one(store, number)
    store.close()
    whole = bytearray(path.read_bytes())
    middle = len(whole) // 8192 * 4096
    whole[middle : middle + 8192] = b"\x5a" * 8192
    path.write_bytes(whole)
    with pytest.raises(Damaged, match="restore the latest backup"):
        open_register(path, who="Ann", clock=clock)


def test_a_very_large_register_is_looked_over_table_by_table(store, clock, monkeypatch):
    from mhtracker.domain.errors import Damaged
    from mhtracker.store import opening

    assert opening.tables_to_look_over(store) == []
    path = store.database.path
    for number in range(200):
        add_one(store, number)
    store.close()
    monkeypatch.setattr(opening, "LARGE", 1000)
    with open_register(path, who="Ann", clock=clock) as again:
        names = opening.tables_to_look_over(again)
        assert {"people", "changes", "operations", "drafts"} <= set(names)
        for name in names:
            opening.look_over_table(again, name)
        root = again.database.connection.exec_driver_sql("SELECT rootpage FROM sqlite_master WHERE name='changes'")
        page = root.scalar_one()
    whole = bytearray(path.read_bytes())
    whole[(page - 1) * 4096 : page * 4096] = b"\x5a" * 4096
    path.write_bytes(whole)
    with open_register(path, who="Ann", clock=clock) as again, pytest.raises(Damaged):
        opening.look_over_table(again, "changes")
