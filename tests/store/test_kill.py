"""What was acknowledged is there, whatever becomes of the program or the disk."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from mhtracker.domain.errors import Unavailable
from mhtracker.store.check import check
from tests.store.life import UNRULY, snapshot
from tests.store.registers import a_person, add

HOUSE = Path(__file__).parents[2]
# A fork is there at once; a new process takes half a second to begin.
KILLS = 40 if hasattr(os, "fork") else 6


def kill_writers(register, notes, kills):
    subprocess.run(
        [sys.executable, str(Path(__file__).with_name("writer.py")), str(register), str(notes), str(kills), "kill"],
        env={**os.environ, "PYTHONPATH": str(HOUSE)},
        check=True,
        timeout=200,
    )


def test_no_acknowledged_operation_is_lost_however_often_the_program_is_killed(file_register, tmp_path):
    notes = tmp_path / "acknowledged"
    kill_writers(file_register.path, notes, KILLS)
    acknowledged = notes.read_text().split()
    assert len(acknowledged) >= KILLS
    store = file_register.open()
    recorded = {changed.operation_id for changed in store.changes_since(0)}
    assert set(acknowledged) <= recorded
    # A killed writer may have recorded one that it did not live to acknowledge; never more, and never half of one.
    assert len(recorded) - 1 - len(acknowledged) <= KILLS
    assert {problem.what for problem in check(store).problems} <= UNRULY


def test_a_journal_that_a_killed_writer_left_is_played_back_on_opening(file_register, tmp_path):
    store = file_register.open()
    add(store, a_person("MHT-00001", "Kept"))
    register = file_register.path.read_bytes()
    store.database.connection.exec_driver_sql("PRAGMA cache_size=1")
    store.database.begin()
    store.database.connection.exec_driver_sql("UPDATE people SET surname = 'Half'")
    store.database.connection.exec_driver_sql("UPDATE changes SET after = after || ' '")
    torn, journal = file_register.path.read_bytes(), Path(f"{file_register.path}-journal").read_bytes()
    store.database.rollback()
    file_register.close()
    assert torn != register
    assert journal
    file_register.path.write_bytes(torn)
    Path(f"{file_register.path}-journal").write_bytes(journal)
    with pytest.raises(Unavailable, match="was being written when its program stopped"):
        file_register.open(read_only=True)
    store = file_register.open()
    assert check(store).problems == ()


def people(number):
    return [a_person(f"MHT-{number:03d}{n:02d}", "Somebody " * 10) for n in range(8)]


def fits(store, number):
    try:
        add(store, *people(number))
    except Unavailable:
        return False
    return True


def test_a_full_disk_is_said_plainly_and_costs_nothing_recorded_before(register):
    if register.address.engine == "postgresql":
        return
    store = register.open()
    pages = store.database.connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    store.database.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 30}")
    fitted = 0
    while fits(store, fitted):
        fitted += 1
        assert fitted < 200
    kept = snapshot(store)
    for _ in range(5):
        with pytest.raises(Unavailable, match="disk is full"):
            add(store, *people(fitted))
        assert snapshot(store) == kept
    store.database.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages * 10}")
    add(store, a_person("MHT-99999"))
    assert check(store).problems == ()
    register.close()
    store = register.open()
    assert len(snapshot(store)) == len(kept) + 1
    assert check(store).problems == ()
