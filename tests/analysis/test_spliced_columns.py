"""Columns brought up to date are those read anew, whatever was recorded in between; and what others hold stays."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import fields, replace
from datetime import date, timedelta

import numpy as np
import pytest

from mhtracker.analysis.columns.anew import read_register
from mhtracker.analysis.columns.register import columns_of
from mhtracker.domain.errors import UserError
from mhtracker.domain.records import Barrier, LegalAndStatus, Person, Placement, Stage, StatusKind, new_id
from mhtracker.operations.merging.people import merge_people
from mhtracker.store.queries.columns import people_changed_since
from mhtracker.store.schema import RECORD_TABLES
from tests.store.life import Life
from tests.store.registers import AS_AT, a_person, a_stay, add

TABLES = ("stays", "statuses", "held")


def told(columns):
    """Everything that columns say: of each column its numbers and how wide they are."""
    parts = {"people": columns} | {name: getattr(columns, name) for name in TABLES}
    return {
        (part, field.name): value if isinstance(value, tuple) else (value.dtype, value.tolist())
        for part, table in parts.items()
        for field in fields(table)
        if field.name not in TABLES
        for value in (getattr(table, field.name),)
    }


class MoreLife(Life):
    """A random life with all that columns are read from, in which people are merged and entered by mistake."""

    def __init__(self, seed):
        super().__init__(seed)
        self.steps = (
            self.somebody_comes,
            self.somebody_comes,
            self.somebody_moves,
            self.many_come_at_once,
            self.somebody_leaves,
            self.a_status_is_set,
            self.a_status_is_set,
            self.something_is_taken_away,
            self.something_holds_somebody_up,
            self.something_holds_somebody_up,
            self.somebody_was_entered_by_mistake,
            self.somebody_goes_to_a_new_stage,
            self.somebody_stays_elsewhere_from_the_same_day,
            self.a_note_is_written,
            self.the_office_changes,
        )

    def begin(self, store):
        """What was there before anything that can be undone."""
        with store.operation("Begin", final=True) as work:
            for step in (self.somebody_comes, self.something_holds_somebody_up, self.a_status_is_set):
                for _ in range(12):
                    step(work)

    def something_holds_somebody_up(self, work):
        person = self.one(work, Person)
        if person is not None:
            codes, owners = ("housing", "funding", "family"), ("council", "provider", "")
            code, owner = self.chance.choice(codes), self.chance.choice(owners)
            work.save(Barrier(new_id(), person.id, code, self.day(), self.maybe(self.day()), "", owner))

    def somebody_was_entered_by_mistake(self, work):
        person = self.one(work, Person)
        if person is not None:
            wrong = person.left_reason == "error"
            left_on = None if wrong else AS_AT
            work.save(replace(person, left_on=left_on, left_reason=None if wrong else "error", born_on=self.day()))

    def somebody_goes_to_a_new_stage(self, work):
        person = self.one(work, Person)
        if person is not None:
            stage = work.save(Stage(new_id(), f"Stage {self.chance.random()}", "N", "nursing", 90))
            work.save(a_stay(person, stage.id, self.day(), end_reason=self.maybe("died")))

    def somebody_stays_elsewhere_from_the_same_day(self, work):
        stay = self.one(work, Placement)
        if stay is not None:
            work.save(replace(stay, id=new_id(), stage_id="hospital", version=0))

    def two_become_one(self, store):
        people = [each for each in store.find(Person) if each.merged_into is None]
        if len(people) > 1:
            keep, other = self.chance.sample(sorted(people, key=lambda each: each.id), 2)
            merge_people(store, keep.id, other.id, leave_out=())

    def do_something(self, store):
        ways = (self.step, self.two_become_one, lambda store: store.undo(), lambda store: store.redo())
        with suppress(UserError):
            self.chance.choices(ways, (10, 1, 2, 1))[0](store)


@pytest.mark.parametrize("seed", range(3))
def test_columns_brought_up_to_date_are_those_read_anew(file_register, seed):
    store, life = file_register.open(), MoreLife(seed)
    seen = []
    life.begin(store)
    for _ in range(30):
        for _ in range(life.chance.choice((1, 1, 1, 4))):
            life.do_something(store)
        columns = columns_of(store)
        assert told(columns) == told(read_register(store))
        seen.append((columns, told(columns)))
    for columns, said in seen:
        assert told(columns) == said
    assert min(len(getattr(columns, name).person) for columns, _ in seen for name in TABLES) > 0
    assert len(columns.ids) > 10


def test_columns_are_brought_up_to_date_on_every_engine(register):
    store, life = register.open(), MoreLife("engines")
    life.begin(store)
    for _ in range(8):
        life.do_something(store)
        assert told(columns_of(store)) == told(read_register(store))


def test_only_those_who_changed_are_read_again(file_register):
    store = file_register.open()
    people = [a_person(f"MHT-0000{number}") for number in range(3)]
    add(store, *people, *(a_stay(person) for person in people))
    columns_of(store)
    # A change that nobody recorded shows who is read again.
    table = RECORD_TABLES[Placement]
    store.database.connection.execute(table.update().values(weekly_cost_pence=77))
    add(store, Barrier(new_id(), people[1].id, "housing", AS_AT))
    columns = columns_of(store)
    changed = columns.stays.cost[np.flatnonzero(columns.ids[columns.stays.person] == people[1].id)]
    assert changed.tolist() == [77]
    assert (columns.stays.cost == 77).sum() == 1


def test_what_concerns_no_column_reads_nobody_again(file_register):
    store, life = file_register.open(), MoreLife("notes")
    with store.operation("Come") as work:
        life.many_come_at_once(work)
    columns = columns_of(store)
    with store.operation("Write a note") as work:
        life.a_note_is_written(work)
    assert columns_of(store) is columns


def test_when_very_many_changed_all_are_read_anew(file_register):
    store = file_register.open()
    people = [a_person(f"MHT-{number:05d}") for number in range(600)]
    add_many(store, people)
    before = store.last_seq()
    assert len(columns_of(store).ids) == 600
    add_many(store, [a_stay(person, start=AS_AT - timedelta(days=9)) for person in people])
    assert people_changed_since(store, before, ("placement",), 500) is None
    assert len(people_changed_since(store, before, ("placement",), 600)) == 600
    assert len(columns_of(store).stays.person) == 600


def test_whose_record_it_was_before_changed_too(file_register):
    store = file_register.open()
    one, other = a_person("MHT-00001"), a_person("MHT-00002")
    status = LegalAndStatus(new_id(), one.id, StatusKind.ACCOMMODATION, "owner", date(2025, 1, 6))
    status = add(store, one, other, status)[-1]
    columns_of(store)
    seq = store.last_seq()
    add(store, replace(status, person_id=other.id))
    assert people_changed_since(store, seq, ("status",), 500) == {one.id, other.id}
    assert told(columns_of(store)) == told(read_register(store))


def add_many(store, records):
    with store.operation("Add many") as work:
        work.add_many(records)
