"""The care coordinator: one name among a person's own facts, and a history of contacts, kept in step.

Whichever of the two somebody changes, the other changes in the same operation. A name that came with a new person or a
sheet stands in the person's own fact alone, and joins the history when another follows.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from mhtracker.domain.names import fold
from mhtracker.domain.people_around import COORDINATOR
from mhtracker.domain.records import Contact, Person, new_id
from mhtracker.store import Work


def follow_name(work: Work, before: Person, after: Person) -> None:
    """Carry a changed name into the history: the coordinator before ends today, the one named begins.

    Where nobody was named before, since when the new one has been coordinator is not known.
    """
    was, now = before.care_coordinator, after.care_coordinator
    if fold(was) == fold(now):
        return
    end_coordinators(work, before, work.today)
    if now:
        work.save(Contact(new_id(), after.id, COORDINATOR, now, started_on=work.today if was else None))


def end_coordinators(work: Work, person: Person, day: date, *, keep: str = "") -> None:
    """End whoever coordinates now, on a day; one who stood only in the person's own fact joins the history."""
    still = [
        each for each in work.find(Contact, person_id=person.id, kind=COORDINATOR, ended_on=None) if each.id != keep
    ]
    for each in still:
        work.save(replace(each, ended_on=max(day, each.started_on or day)))
    named = person.care_coordinator
    known = work.find(Contact, person_id=person.id, kind=COORDINATOR)
    if named and not any(fold(each.name) == fold(named) for each in known):
        work.save(Contact(new_id(), person.id, COORDINATOR, named, ended_on=day))


def name_coordinator(work: Work, person_id: str, contact: Contact | None) -> None:
    """Name the coordinator among the person's own facts."""
    person = work.get(Person, person_id)
    name = contact.name if contact is not None else ""
    if person.care_coordinator != name:
        work.save(replace(person, care_coordinator=name))
