"""Check finds damage of every kind: none of it stays silent."""

import random
import shutil
import sqlite3
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Boolean

from mhtracker.domain.errors import Cancelled, Refused, UserError
from mhtracker.domain.records import CostLine, FundingSplit, LegalAndStatus, Person, Placement, StatusKind, new_id
from mhtracker.store import open_register
from mhtracker.store.check import check, rebuild_lists
from mhtracker.store.columns import metadata
from mhtracker.store.kept_columns import KeptColumns, keep
from mhtracker.store.schema import SCHEMA
from tests.store.life import UNRULY, Life
from tests.store.registers import AS_AT, Hands, a_person, a_stay, add

# Nothing has to be kept to count from: what is not there is read from the records.
MAY_BE_MISSING = {"kept_columns"}
# Unfinished words are no part of the record, so nothing vouches for them.
UNCHECKED = {"drafts"}


@pytest.fixture(scope="module")
def lived(templates, tmp_path_factory):
    """A register file with rows in every table but drafts."""
    path = tmp_path_factory.mktemp("check") / "register.mhtracker"
    shutil.copyfile(templates["sqlite"], path)
    from tests.store.registers import every_record

    life = Life("damage")
    with open_register(path, who="Ann", clock=Hands()) as store:
        for _ in range(40):
            life.step(store)
        add(store, *every_record("Everything"))
        add(store, owed := a_person("Owed"), LegalAndStatus(new_id(), owed.id, StatusKind.S117, "3", date(2020, 1, 1)))
        store.undo()
        store.redo()
        assert keep(store, "register", 1, KeptColumns(store.last_seq(), b"numbers"))
        problems = check(store).problems
        # Made-up lives overlap; only that may be found before anything is damaged.
        assert {problem.what for problem in problems} <= UNRULY
    return path


def silent(path):
    """Whether check, or opening, finds nothing new."""
    try:
        with open_register(path, who="Ann", clock=Hands()) as store:
            found = {problem.what for problem in check(store).problems}
    except UserError:
        return False
    except (ValueError, LookupError, TypeError):
        # A value that is no date met by the refreshing of lines on opening: loud, if not polite.
        return False
    return found <= UNRULY


def other_value(value, chance, column):
    if value is None:
        return "x"
    if isinstance(column.type, Boolean):
        return 1 - value
    if isinstance(value, int):
        return value + (10**6 if column.primary_key else chance.choice((-1, 1)))
    text = str(value)
    place = chance.randrange(len(text)) if text else 0
    return text[:place] + ("x" if text[place : place + 1] != "x" else "y") + text[place + 1 :]


@pytest.mark.parametrize("table", sorted(set(metadata.tables) - UNCHECKED))
def test_a_flipped_value_in_any_column_of_any_table_is_found(lived, tmp_path, table):
    chance = random.Random(table)
    for column in metadata.tables[table].c:
        path = tmp_path / "damaged.mhtracker"
        shutil.copyfile(lived, path)
        raw = sqlite3.connect(path)
        (count,) = raw.execute(f"SELECT count(*) FROM {table}").fetchone()
        assert count, f"nothing in {table} to damage"
        keys = [c.name for c in metadata.tables[table].primary_key]
        row = raw.execute(
            f'SELECT {", ".join(keys)}, "{column.name}" FROM {table} LIMIT 1 OFFSET ?', [chance.randrange(count)]
        )
        *key, value = row.fetchone()
        where = " AND ".join(f"{name} = ?" for name in keys)
        with raw:
            raw.execute(
                f'UPDATE {table} SET "{column.name}" = ? WHERE {where}',
                [other_value(value, chance, column), *key],
            )
        raw.close()
        # A line that says it is out of date is made anew on opening, and then it is as it was.
        assert not silent(path) or contents(path) == contents(lived), f"{table}.{column.name}: {value!r}"


@pytest.mark.parametrize("table", sorted(set(metadata.tables) - UNCHECKED - MAY_BE_MISSING))
def test_a_row_taken_from_any_table_or_doubled_is_found(lived, tmp_path, table):
    path = tmp_path / "damaged.mhtracker"
    shutil.copyfile(lived, path)
    raw = sqlite3.connect(path)
    (count,) = raw.execute(f"SELECT count(*) FROM {table}").fetchone()
    keys = [c.name for c in metadata.tables[table].primary_key]
    offset = random.Random(table).randrange(count)
    row = raw.execute(f"SELECT {', '.join(keys)} FROM {table} LIMIT 1 OFFSET ?", [offset]).fetchone()
    with raw:
        raw.execute(f"DELETE FROM {table} WHERE {' AND '.join(f'{name} = ?' for name in keys)}", row)
    raw.close()
    assert not silent(path)


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM operations WHERE seq = (SELECT max(seq) FROM operations)",
        "DELETE FROM operations WHERE seq = 5",
        "DELETE FROM operations WHERE seq > 5",
        "UPDATE operations SET seq = -seq WHERE seq IN (5, 6); UPDATE operations SET seq = 11 + seq WHERE seq < 0",
        "UPDATE operations SET who = 'Somebody else' WHERE seq = 7",
        "UPDATE operations SET at_utc = '2020-01-01T00:00:00.000+00:00' WHERE seq = 7",
        "UPDATE operations SET person_id = '' WHERE person_id IS NULL AND seq = 7",
        "UPDATE operations SET final = 1 WHERE seq = 7",
        "DELETE FROM changes WHERE seq = (SELECT max(seq) FROM changes)",
        "DELETE FROM changes WHERE seq = 300",
        "UPDATE changes SET before = '' WHERE before IS NULL AND seq = 300",
        "UPDATE changes SET seq = -seq WHERE seq IN (300, 301); UPDATE changes SET seq = 601 + seq WHERE seq < 0",
        "INSERT INTO changes (seq, kind, record_id) SELECT max(seq) + 1, 'note', 'x' FROM changes",
        "INSERT INTO changes (seq, kind, record_id) VALUES (0, 'note', 'x')",
        "UPDATE register SET value = 'somebody'",
        "INSERT INTO register VALUES ('demo', 'no')",
        "INSERT INTO search_words SELECT 'planted', person_id FROM search_words LIMIT 1",
    ],
)  # fmt: skip
def test_a_journal_removed_edited_or_reordered_is_found(lived, tmp_path, sql):
    path = tmp_path / "damaged.mhtracker"
    shutil.copyfile(lived, path)
    raw = sqlite3.connect(path)
    before = raw.total_changes
    raw.executescript(sql)
    assert raw.total_changes > before
    raw.close()
    assert not silent(path)


def test_bits_flipped_anywhere_in_the_file_are_found_or_changed_nothing(lived, tmp_path):
    """A bit in free space or in an index's own order may change nothing; then every row is as it was."""
    whole = lived.read_bytes()
    chance = random.Random("bits")
    path = tmp_path / "damaged.mhtracker"
    for _ in range(60):
        data = bytearray(whole)
        place = chance.randrange(100, len(data))
        data[place] ^= 1 << chance.randrange(8)
        path.write_bytes(data)
        if silent(path):
            assert contents(path) == contents(lived), f"byte {place}"


def contents(path):
    raw = sqlite3.connect(path)
    told = {name: sorted(map(repr, raw.execute(f"SELECT * FROM {name}"))) for name in set(metadata.tables) - UNCHECKED}
    raw.close()
    return told


def test_what_breaks_the_rules_is_found_with_its_mend(register):
    store = register.open()
    one, two = a_person("MHT-00001", nhs_number="9999981802"), a_person("MHT-00002")
    add(store, one, two, a_stay(two, "residential"), a_stay(two, "supported"))
    found = {problem.what: problem for problem in check(store).problems}
    assert set(found) == {"an NHS number fails its check digit", "two placements overlap"}
    assert found["two placements overlap"].where.startswith("MHT-00002")
    assert all(problem.how_to_mend for problem in found.values())
    assert "Przykład" not in str(found)


def test_lists_out_of_step_are_made_anew(register):
    store = register.open()
    person = a_person()
    add(store, person, a_stay(person))
    for sql in ("UPDATE caseload SET surname = 'Other'", "DELETE FROM caseload", "DELETE FROM search_words"):
        store.database.connection.exec_driver_sql(sql)
        result = check(store)
        assert {"--rebuild-lists" in problem.how_to_mend for problem in result.problems} == {True}
        rebuild_lists(store)
        assert check(store).ok
    register.close()
    with pytest.raises(Refused, match="read only"):
        rebuild_lists(register.open(read_only=True))


def test_check_tells_what_it_checked_and_can_be_stopped(register):
    store = register.open()
    add(store, a_person())
    told = []
    result = check(store, lambda done, total, words: told.append((done, total, words)))
    assert (result.ok, result.people, result.operations, result.schema) == (True, 1, 2, SCHEMA)
    assert len(result.head) == 64
    assert [done for done, _, _ in told] == list(range(told[0][1]))

    def stop(*_):
        raise Cancelled

    with pytest.raises(Cancelled):
        check(store, stop)
    assert len(store.find(Person)) == 1


def test_a_register_opened_to_read_is_not_out_of_step_because_days_have_passed(file_register):
    store = file_register.open()
    person = a_person()
    add(store, person, a_stay(person, ended_on=AS_AT.replace(month=9)))
    file_register.close()
    file_register.clock.day = AS_AT.replace(year=2027)
    assert check(file_register.open(read_only=True)).problems == ()


def test_what_the_law_forbids_and_costs_nobody_can_reckon_are_found_with_their_mends(register):
    store = register.open()
    one, two, three = (a_person(f"MHT-0000{number}") for number in (1, 2, 3))
    s117, cto = StatusKind.S117, StatusKind.CTO
    add(store, one, two, three)
    ended: dict[str, Any] = {"ended_by_health": "Mo", "ended_by_council": "Jo", "end_reason": "Well"}
    add(
        store,
        LegalAndStatus("a", one.id, s117, "3", date(2020, 1, 1), date(2025, 6, 1), **ended),
        LegalAndStatus("b", one.id, cto, "cto", date(2025, 1, 1), date(2025, 9, 1)),
        LegalAndStatus("c", three.id, s117, "3", date(2019, 1, 1), date(2020, 1, 1)),
        LegalAndStatus("d", three.id, s117, "37", date(2020, 1, 1), date(2024, 1, 1), ended_by_health="Mo"),
        CostLine("f", three.id, "placement", 50_000, date(2026, 1, 1), frequency="often"),
        FundingSplit("g", three.id, date(2026, 1, 1), health_percent=50.0, health_pence=1_000),
    )
    problems = check(store).problems
    assert {(each.what, each.where) for each in problems} == {
        ("s117 after-care ended during a community treatment order", "MHT-00001, status a"),
        ("s117 after-care ended without both bodies", "MHT-00003, status d"),
        ("a cost is due at times nobody knows", "MHT-00003, cost f"),
        ("a funding split says both a share and an amount", "MHT-00003, funding g"),
    }
    assert all(each.how_to_mend for each in problems)


def test_a_charge_on_after_care_is_named_and_leaves_the_register_in_order(register):
    """A form lets it be recorded after asking to look again, so it does not come of harm to the file."""
    store = register.open()
    one, two = a_person("MHT-00001"), a_person("MHT-00002")
    add(store, one, two, a_stay(two, "residential", weekly_charge_pence=4_000))
    add(store, LegalAndStatus("e", two.id, StatusKind.S117, "3", date(2020, 1, 1)))
    add(store, FundingSplit("g", one.id, date(2026, 1, 1), 4_000))
    found = check(store)
    assert (found.ok, found.problems) == (True, ())
    (named,) = found.to_look_at
    assert named.what == "a charge although s117 after-care holds"
    assert named.where == f"MHT-00002, placement {store.find(Placement)[0].id}"
    assert "counts as nothing" in named.how_to_mend


def test_more_paid_than_the_support_costs_is_named_and_leaves_the_register_in_order(register):
    store = register.open()
    one = a_person("MHT-00001")
    add(store, one, a_stay(one, "residential", weekly_cost_pence=120_000))
    add(store, FundingSplit("g", one.id, date(2026, 1, 1), 9_500, 100))
    found = check(store)
    assert (found.ok, found.problems) == (True, ())
    assert [(each.what, each.where) for each in found.to_look_at] == [
        ("more is paid than the support costs", "MHT-00001, funding g")
    ]
