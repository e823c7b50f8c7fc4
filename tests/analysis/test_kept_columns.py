"""Columns kept in the register: there when it is opened next, never wrong, and never in anybody's way."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta
from threading import Thread
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import literal, select

from mhtracker.analysis.columns.anew import read_register
from mhtracker.analysis.columns.checking import CHECKED_TOO
from mhtracker.analysis.columns.keeping import FORMAT, NAME, from_bytes, to_bytes
from mhtracker.analysis.columns.packed import as_column
from mhtracker.analysis.columns.register import KEPT_FOR, columns_of, keep_columns, read_ahead
from mhtracker.analysis.columns.shapes import EVER, UNKNOWN, Columns, Held, Statuses, Stays
from mhtracker.domain.records import Barrier, Placement, new_id
from mhtracker.store import known_by
from mhtracker.store.backup import backup
from mhtracker.store.check import check, rebuild_lists
from mhtracker.store.derived import kept_columns
from mhtracker.store.kept_columns import KeptColumns, keep, read_kept
from mhtracker.store.schema import RECORD_TABLES, operations
from tests.analysis.test_spliced_columns import MoreLife, add_many, told
from tests.store.registers import AS_AT, a_person, a_stay, add


def lived(register, seed, steps=4):
    """A register in which something has happened, its columns kept."""
    store, life = register.open(), MoreLife(seed)
    life.begin(store)
    for _ in range(steps):
        life.do_something(store)
    read_ahead(store, kept_from=1)
    return store, life


def kept_row(store):
    return store.database.connection.execute(select(kept_columns)).one_or_none()


def change_kept(store, **values):
    store.database.connection.execute(kept_columns.update().values(**values))
    store.forget()


def test_a_register_opened_again_counts_from_what_it_keeps_and_what_was_recorded_since(register):
    store, life = lived(register, "kept")
    for _ in range(4):
        life.do_something(store)
    register.close()
    store = register.open()
    assert kept_row(store).through_seq < store.last_seq()
    assert told(columns_of(store)) == told(read_register(store))
    # A change that nobody recorded shows what the columns are made from.
    store.database.connection.execute(RECORD_TABLES[Placement].update().values(weekly_cost_pence=77))
    store.forget()
    assert not (columns_of(store).stays.cost == 77).all()
    store.forget()
    store.database.connection.execute(kept_columns.delete())
    assert (columns_of(store).stays.cost == 77).all()


def test_columns_come_back_from_bytes_as_they_were(file_register):
    store, _ = lived(file_register, "bytes", 20)
    columns = columns_of(store)
    assert told(from_bytes(to_bytes(columns))) == told(columns)


WHOLE = st.integers(-5, 300) | st.sampled_from((EVER, UNKNOWN, 2**31 - 1, 2**40, -(2**63), 2**63 - 1))


@given(numbers=st.lists(WHOLE, max_size=40), often=st.integers(1, 90))
def test_any_numbers_come_back_from_bytes(numbers, often):
    cost = np.array(numbers * often, np.int64)
    none = np.zeros(0, np.int32)
    stays = Stays((), (), none, none, none, none, none, none == 1, none == 1, none, cost, cost[:1])
    empty = as_column(())
    statuses, held = Statuses((), none, none == 1, *[none] * 4), Held((), (), *[none] * 5)
    columns = Columns(empty, empty, none, empty, none, none, empty, empty, stays, statuses, held)
    assert told(from_bytes(to_bytes(columns))) == told(columns)


def test_what_very_many_share_is_kept_in_few_bytes(file_register):
    store, _ = lived(file_register, "few", 20)
    columns = columns_of(store)
    body = to_bytes(columns)
    times = 200
    stays: dict[str, Any] = {
        each.name: np.repeat(getattr(columns.stays, each.name), times)
        for each in fields(Stays)
        if not isinstance(getattr(columns.stays, each.name), tuple)
    }
    more = len(to_bytes(replace(columns, stays=replace(columns.stays, **stays)))) - len(body)
    # Whose it is, is told once for all of a person's stays, and each day there is, once: no row needs four bytes of it.
    assert more / (len(columns.stays.person) * (times - 1)) < 12


def test_words_with_any_letters_and_no_people_at_all_come_back_from_bytes(file_register):
    store = file_register.open()
    assert told(from_bytes(to_bytes(columns_of(store)))) == told(columns_of(store))
    odd = a_person("Ż\x1f\n\ud7ff 🧑🏽‍🦽\u2028", primary_support="\n", died_on=AS_AT)
    add(store, odd, a_stay(odd, weekly_cost_pence=2**40, end_reason="died"), a_person("MHT-2"))
    assert told(from_bytes(to_bytes(columns_of(store)))) == told(columns_of(store))


def test_what_is_kept_and_harmed_is_not_used_and_is_made_anew(file_register):
    store, _ = lived(file_register, "harmed")
    before, wanted = kept_row(store), told(read_register(store))
    for harm in (
        {"body": before.body[:-1]},
        {"body": b""},
        {"body": literal("text")},
        {"body": before.body[:200] + bytes([before.body[200] ^ 1]) + before.body[201:]},
        {"made": FORMAT + 1},
        {"chain": "0" * 64},
        {"through_seq": before.through_seq - 1},
        {"through_seq": before.through_seq + 99},
    ):
        change_kept(store, **harm)
        assert read_kept(store, NAME, FORMAT) is None, harm
        assert told(columns_of(store)) == wanted
        keep_columns(store, kept_from=1)
        assert kept_row(store) == before
    assert check_finds(store) == set()


@pytest.mark.parametrize(
    "body", [b"", b"[]\n", b"{}\n", b"[1]\n", b'[["ids", "<i4", 9, "<i4"]]\n', b"\xff\n", b"no end"]
)
def test_bytes_that_are_no_columns_are_none(body):
    assert from_bytes(body) is None


def test_few_people_are_not_kept(file_register):
    store = file_register.open()
    people = [a_person(f"MHT-{number:05d}") for number in range(30)]
    add_many(store, people)
    read_ahead(store)
    assert kept_row(store) is None
    read_ahead(store, kept_from=30)
    assert kept_row(store).through_seq == store.last_seq()


def test_what_is_kept_is_replaced_only_when_many_changed(file_register):
    store = file_register.open()
    people = [a_person(f"MHT-{number:05d}") for number in range(KEPT_FOR + 1)]
    add_many(store, people)
    read_ahead(store, kept_from=1)
    first = kept_row(store)
    add_many(store, [a_stay(person) for person in people[:KEPT_FOR]])
    read_ahead(store, kept_from=1)
    assert kept_row(store) == first
    add(store, a_stay(people[-1]))
    read_ahead(store, kept_from=1)
    assert kept_row(store).through_seq == store.last_seq()


def test_a_register_opened_to_read_and_one_being_written_keep_nothing(file_register):
    store, life = lived(file_register, "busy")
    store.database.connection.execute(kept_columns.delete())
    store.forget()
    with store.operation("Something") as work:
        life.somebody_comes(work)
        read_ahead(store, kept_from=1)
    assert kept_row(store) is None
    assert told(columns_of(store)) == told(read_register(store))
    file_register.close()
    store = file_register.open(read_only=True)
    read_ahead(store, kept_from=1)
    assert kept_row(store) is None


@pytest.mark.parametrize("register", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
def test_while_somebody_else_records_nothing_is_kept_and_nobody_waits(register):
    store, _ = lived(register, "two")
    store.database.connection.execute(kept_columns.delete())
    store.forget()
    columns_of(store)
    closing = Thread(target=keep_columns, args=(store,), kwargs={"kept_from": 1})
    with register.open(who="Bob Example").operation("A long import") as work:
        work.save(a_person("MHT-long"))
        closing.start()
        closing.join(10)
        assert not closing.is_alive()
    closing.join()
    assert kept_row(store) is None
    keep_columns(store, kept_from=1)
    assert kept_row(store) is not None
    assert told(columns_of(store)) == told(read_register(store))


@pytest.mark.parametrize("register", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
def test_closing_is_not_held_up_by_a_server_that_has_gone_away(register):
    store, _ = lived(register, "gone")
    before = kept_row(store)
    others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    register.open(who="Bob Example").database.connection.exec_driver_sql(f"SELECT pg_terminate_backend(pid) {others}")
    keep_columns(store, kept_from=1)
    assert kept_row(store) == before


def test_where_the_disk_refuses_nothing_is_kept_and_nothing_is_said(file_register):
    store, _ = lived(file_register, "full")
    store.database.connection.execute(kept_columns.delete())
    add_many(store, [a_person(f"FULL-{number:05d}") for number in range(300)])
    store.database.connection.exec_driver_sql("VACUUM")
    used = store.database.connection.exec_driver_sql("PRAGMA page_count").scalar()
    store.database.connection.exec_driver_sql(f"PRAGMA max_page_count={used}")
    read_ahead(store, kept_from=1)
    assert kept_row(store) is None
    store.database.connection.exec_driver_sql(f"PRAGMA max_page_count={10 * used}")
    add(store, a_person("MHT-after"))
    assert told(columns_of(store)) == told(read_register(store))


def test_a_register_as_it_was_known_does_not_count_from_what_is_kept_of_it_now(register):
    store = register.open()
    person = a_person()
    add(store, person, a_stay(person))
    register.clock.day = AS_AT + timedelta(days=3)
    add(store, a_stay(person, "hospital"))
    read_ahead(store, kept_from=1)
    with known_by(store, AS_AT) as copy:
        assert kept_row(copy) is None
        assert len(columns_of(copy).stays.person) == 1
    assert len(columns_of(store).stays.person) == 2


def test_a_backup_holds_what_is_kept_and_counts_from_it(file_register, tmp_path):
    store, _ = lived(file_register, "backup")
    said = told(columns_of(store))
    copy = backup(store, tmp_path / "copy.mhtracker")
    file_register.close()
    file_register.address = replace(file_register.address, where=str(copy))
    store = file_register.open(read_only=True)
    assert read_kept(store, NAME, FORMAT) is not None
    assert told(columns_of(store)) == said


def test_lists_made_anew_let_what_is_kept_go(file_register):
    store, _ = lived(file_register, "rebuilt")
    rebuild_lists(store)
    assert kept_row(store) is None


def check_finds(store):
    return {problem.what for problem in check(store, also=CHECKED_TOO).problems if "to count from" in problem.what}


def test_check_tells_of_what_is_kept_and_is_not_what_was_kept_but_not_of_what_is_only_behind(file_register):
    store, life = lived(file_register, "checked")
    for _ in range(4):
        life.do_something(store)
    assert check_finds(store) == set()
    row = kept_row(store)
    change_kept(store, body=row.body + b" ")
    assert check_finds(store) == {"what is kept to count from has changed"}
    change_kept(store, body=row.body, chain="0" * 64)
    assert check_finds(store) == {"what is kept to count from has changed"}
    change_kept(store, chain=row.chain)
    store.database.connection.execute(operations.update().values(digest="0" * 64))
    assert check_finds(store) == {"what is kept to count from goes up to an operation that is not there"}


def test_check_compares_what_is_kept_with_the_records(file_register):
    store, _ = lived(file_register, "compared")
    columns = columns_of(store)
    stays = replace(columns.stays, cost=columns.stays.cost + 1)
    store.database.connection.execute(kept_columns.delete())
    keep(store, NAME, FORMAT, KeptColumns(store.last_seq(), to_bytes(replace(columns, stays=stays))))
    store.forget()
    assert told(columns_of(store)) != told(columns)
    assert check_finds(store) == {"what is kept to count from is out of step"}
    rebuild_lists(store)
    assert told(columns_of(store)) == told(columns)
    assert check_finds(store) == set()


def test_nothing_kept_changes_what_the_operations_say(file_register):
    store, _ = lived(file_register, "chain")
    before = store.database.connection.execute(select(operations.c.digest)).scalars().all()
    add(store, a_person("MHT-new"), Barrier(new_id(), columns_of(store).ids[0], "housing", AS_AT))
    read_ahead(store, kept_from=1)
    assert store.database.connection.execute(select(operations.c.digest)).scalars().all()[:-1] == before
