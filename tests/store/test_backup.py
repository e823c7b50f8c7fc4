"""A backup is whole or not there, and restoring gives exactly it, whatever lies around."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from mhtracker.domain.errors import NotFound, PasswordNeeded, Refused, Unavailable
from mhtracker.store import open_register
from mhtracker.store.backup import backup, backup_beside, restore
from mhtracker.store.check import check
from tests.store.life import UNRULY, Life, snapshot
from tests.store.registers import Hands, a_person, add

MOMENT = datetime(2026, 7, 14, 9, 0, tzinfo=UTC)


@pytest.fixture
def lived(register):
    """A register file with some life in it."""
    if register.address.engine == "postgresql":
        with pytest.raises(Refused, match="pg_dump"):
            backup(register.open(), Path("copy.mhtracker"))
        return None
    store, life = register.open(), Life("backup")
    for _ in range(12):
        life.step(store)
    return register, store


def opened(path, password):
    return open_register(path, who="Ann", clock=Hands(), password=password)


def in_order(store):
    return {problem.what for problem in check(store).problems} <= UNRULY


def test_a_backup_is_the_register_and_a_locked_one_stays_locked(lived, tmp_path):
    if lived is None:
        return
    register, store = lived
    password = register.address.password
    out = backup(store, tmp_path / "copy of it.mhtracker")
    rows = snapshot(store)
    add(store, a_person("MHT-99999"))
    assert out.read_bytes().startswith(b"SQLite") == (password is None)
    with opened(out, password) as copy:
        assert snapshot(copy) == rows
        assert in_order(copy)
    if password:
        with pytest.raises(PasswordNeeded):
            opened(out, None)
    assert in_order(store)
    assert not list(tmp_path.glob("*.tmp"))


def test_a_backup_goes_nowhere_it_should_not(lived, tmp_path):
    if lived is None:
        return
    _, store = lived
    taken = tmp_path / "taken.mhtracker"
    taken.write_text("mine")
    with pytest.raises(Refused, match="exists already"):
        backup(store, taken)
    assert taken.read_text() == "mine"
    with pytest.raises(NotFound, match="no folder"):
        backup(store, tmp_path / "away" / "copy.mhtracker")
    assert in_order(store)


def test_a_backup_that_cannot_be_finished_leaves_nothing(lived, tmp_path, monkeypatch):
    if lived is None:
        return
    _, store = lived

    def fail(*_):
        raise Unavailable("The backup did not pass its check and has been thrown away.")

    before = sorted(tmp_path.iterdir())
    monkeypatch.setattr("mhtracker.store.backup.verify", fail)
    with pytest.raises(Unavailable):
        backup(store, tmp_path / "copy.mhtracker")
    assert sorted(tmp_path.iterdir()) == before


def test_a_backup_into_a_closed_folder_is_said_plainly(lived, tmp_path, monkeypatch):
    if lived is None:
        return
    _, store = lived
    # Root may write anywhere, so the partial file is pointed into a folder that is not there.
    monkeypatch.setattr("mhtracker.store.backup._partial", lambda path: tmp_path / "away" / "copy.tmp")
    with pytest.raises(Unavailable, match="could not be written"):
        backup(store, tmp_path / "copy.mhtracker")
    add(store, a_person("MHT-99999"))


def test_a_backup_beside_is_named_after_its_reason_and_moment(lived):
    if lived is None:
        return
    register, store = lived
    made = backup_beside(store, "before 0002")
    assert made.parent == register.path.parent
    assert made.name.startswith("register before 0002 2026-07-14")


def test_restoring_gives_exactly_the_backup_and_moves_what_was_there_aside(lived, tmp_path):
    if lived is None:
        return
    register, store = lived
    password = register.address.password
    out = backup(store, tmp_path / "copy.mhtracker")
    rows = snapshot(store)
    add(store, a_person("MHT-99999"))
    later = snapshot(store)
    with pytest.raises(Refused, match="open by Ann Example"):
        restore(out, register.path, replace=True, moment=MOMENT, password=password)
    register.close()
    with pytest.raises(Refused, match="--replace"):
        restore(out, register.path, moment=MOMENT, password=password)
    # What a killed program, or another journal mode, may have left beside the file.
    for suffix in ("-journal", "-wal", "-shm"):
        Path(f"{register.path}{suffix}").write_bytes(b"\xd9\xd5\x05\xf9 stale")
    asides = [
        restore(out, register.path, replace=True, moment=MOMENT, password=password),
        restore(out, register.path, replace=True, moment=MOMENT, password=password),
    ]
    assert len(set(asides)) == 2
    assert register.path.read_bytes() == out.read_bytes()
    assert not any(Path(f"{register.path}{suffix}").exists() for suffix in ("-journal", "-wal", "-shm"))
    with opened(register.path, password) as back:
        assert snapshot(back) == rows
        assert in_order(back)
    assert asides[0] is not None
    for suffix in ("-journal", "-wal", "-shm"):
        Path(f"{asides[0]}{suffix}").unlink()
    with opened(asides[0], password) as old:
        assert snapshot(old) == later


def test_a_damaged_backup_is_not_put_back(file_register, tmp_path):
    store = file_register.open()
    add(store, *(a_person(f"MHT-{n:05d}") for n in range(300)))
    out = backup(store, tmp_path / "copy.mhtracker")
    file_register.close()
    whole = out.read_bytes()
    before = file_register.path.read_bytes()
    for damaged in (whole[: len(whole) // 2], whole[:40_960] + bytes(4096) + whole[45_056:], b"words"):
        out.write_bytes(damaged)
        with pytest.raises(Unavailable):
            restore(out, file_register.path, replace=True, moment=MOMENT)
        assert file_register.path.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.mhtracker", "register.mhtracker"]
