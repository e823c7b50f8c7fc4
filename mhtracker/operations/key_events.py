"""The events of a person's story that are chosen for paper, in words of one's own."""

from __future__ import annotations

from datetime import date
from typing import Any

from mhtracker.domain.dates import write_date
from mhtracker.domain.errors import Invalid
from mhtracker.domain.records import KeyEvent, Person, new_id
from mhtracker.operations.drafting import changed, drafted
from mhtracker.store import Store
from mhtracker.store.journal import Work


def choose_event(
    store: Store, person_id: str, *, source_kind: str, source_id: str, happened_on: date, words: str
) -> KeyEvent:
    """Choose a line of the chronology for paper. One that is chosen already stays as it is."""
    with store.operation("Choose key event", person_id=person_id) as work:
        for known in work.find(KeyEvent, person_id=person_id, source_kind=source_kind, source_id=source_id):
            return known
        event = KeyEvent(new_id(), person_id, happened_on, words, source_kind, source_id)
        return work.save(_checked(store, work, event))


def add_event(store: Store, person_id: str, *, happened_on: date, words: str) -> KeyEvent:
    """Add an event that nothing else in the record tells. Raises Invalid."""
    with store.operation("Add key event", person_id=person_id) as work:
        return work.save(_checked(store, work, KeyEvent(new_id(), person_id, happened_on, words)))


def edit_event(store: Store, event_id: str, *, base: KeyEvent | None = None, **changes: Any) -> KeyEvent:
    """Say a chosen event in other words. Raises Invalid, Conflict."""
    found = store.get(KeyEvent, event_id)
    with store.operation("Change key event", person_id=found.person_id) as work:
        return work.save(_checked(store, work, changed(store, work.get(KeyEvent, event_id), changes, base)))


def drop_event(store: Store, event_id: str) -> KeyEvent:
    """Choose an event no longer; what it came from stays as it is."""
    found = store.get(KeyEvent, event_id)
    with store.operation("Drop key event", person_id=found.person_id) as work:
        work.delete(work.get(KeyEvent, event_id))
    return found


def _checked(store: Store, work: Work, event: KeyEvent) -> KeyEvent:
    person = work.get(Person, event.person_id)
    problems, mends = {}, {}
    if not event.words.strip():
        problems["words"] = "What happened is empty. Write it as it should stand on paper."
    if event.happened_on > work.today:
        problems["happened_on"] = f"Date {write_date(event.happened_on)} lies ahead. A key event has happened."
        mends["happened_on"] = (work.today,)
    if person.born_on is not None and event.happened_on < person.born_on:
        problems["happened_on"] = f"Date {write_date(event.happened_on)} is before birth. Look at the year."
    if problems:
        raise Invalid(problems, mends)
    return drafted(store, event)
