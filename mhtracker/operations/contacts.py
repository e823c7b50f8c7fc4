"""People around a person: carers, family, professionals; and the care coordinator, in step with the person's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from mhtracker.domain.dates import write_date
from mhtracker.domain.errors import Invalid
from mhtracker.domain.findings import Caution
from mhtracker.domain.names import fold
from mhtracker.domain.people_around import COORDINATOR, check_contact, coordinator_on
from mhtracker.domain.records import Contact, Person, new_id
from mhtracker.operations.coordinators import end_coordinators, name_coordinator
from mhtracker.operations.drafting import Preview, changed, drafted, previewed, reason_of
from mhtracker.store import Store, Work


def add_contact(store: Store, person_id: str, *, kind: str, name: str, **fields: Any) -> Contact:
    """Add somebody. A new care coordinator follows the one before, who ends that day. Raises Invalid."""
    with store.operation("Add contact", person_id=person_id) as work:
        contact, _ = _new(store, person_id, {"kind": kind, "name": name, **fields})
        if contact.kind == COORDINATOR and contact.ended_on is None:
            end_coordinators(work, work.get(Person, person_id), contact.started_on or work.today, keep=contact.id)
        saved = work.save(contact)
        if contact.kind == COORDINATOR:
            _keep_in_step(work, person_id)
        return saved


def preview_contact(store: Store, person_id: str, contact_id: str | None = None, **fields: Any) -> Preview:
    """What adding somebody (no id) or changing them would say."""

    def draft() -> tuple[Caution, ...]:
        if contact_id is None:
            return _new(store, person_id, fields)[1]
        return _check(store, drafted(store, changed(store, store.get(Contact, contact_id), fields, None)))

    return previewed(draft)


def edit_contact(store: Store, contact_id: str, *, base: Contact | None = None, **changes: Any) -> Contact:
    """Put somebody's facts right, or record a step of a carer's assessment. Raises Invalid, Conflict."""
    found = store.get(Contact, contact_id)
    with store.operation(_label(found, changes), person_id=found.person_id) as work:
        contact = drafted(store, changed(store, work.get(Contact, contact_id), changes, base))
        _check(store, contact)
        saved = work.save(contact)
        if COORDINATOR in (found.kind, contact.kind):
            _keep_in_step(work, contact.person_id, was=found)
        return saved


def end_contact(store: Store, contact_id: str, *, ended_on: date | None = None, note: str = "") -> Contact:
    """Say that somebody plays their part no longer. `note` is added to theirs. Raises Invalid."""
    found = store.get(Contact, contact_id)
    with store.operation("End contact", person_id=found.person_id) as work:
        contact = work.get(Contact, contact_id)
        if contact.ended_on is not None:
            raise Invalid({"ended_on": f"This ended on {write_date(contact.ended_on)} already."})
        words = "\n".join(filter(None, (contact.note, note)))
        ended = drafted(store, replace(contact, ended_on=ended_on or work.today, note=words))
        _check(store, ended)
        saved = work.save(ended)
        if ended.kind == COORDINATOR:
            _keep_in_step(work, ended.person_id)
        return saved


def remove_contact(store: Store, contact_id: str, *, reason: str) -> None:
    """Take away somebody who was written down by mistake. Raises Invalid without a reason."""
    reason = reason_of(reason)
    if not reason:
        raise Invalid({"reason": "Reason is empty. Say why they were written down by mistake."})
    found = store.get(Contact, contact_id)
    with store.operation("Take away contact", person_id=found.person_id, reason=reason) as work:
        work.delete(work.get(Contact, contact_id))
        if found.kind == COORDINATOR:
            _keep_in_step(work, found.person_id, was=found)


def _keep_in_step(work: Work, person_id: str, was: Contact | None = None) -> None:
    """The person's own fact names the coordinator of today. A name of which no contact tells is left as it is."""
    contacts = work.find(Contact, person_id=person_id, kind=COORDINATOR)
    now = coordinator_on(contacts, work.today)
    named = fold(work.get(Person, person_id).care_coordinator)
    if now is not None or any(fold(each.name) == named for each in (*contacts, *filter(None, [was]))):
        name_coordinator(work, person_id, now)


def _new(store: Store, person_id: str, fields: dict[str, Any]) -> tuple[Contact, tuple[Caution, ...]]:
    contact = drafted(store, Contact(id=new_id(), person_id=person_id, **fields))
    return contact, _check(store, contact)


def _check(store: Store, contact: Contact) -> tuple[Caution, ...]:
    person = store.get(Person, contact.person_id)
    others = store.find(Contact, person_id=contact.person_id)
    return check_contact(contact, others, person=person, today=store.today)


_STEPS = {
    "assessment_offered_on": "Offer carer’s assessment",
    "assessment_declined_on": "Carer’s assessment declined",
    "assessment_done_on": "Carer’s assessment done",
    "at_risk_on": "Care at risk",
}


def _label(contact: Contact, changes: dict[str, Any]) -> str:
    """What the step is called: the assessment's, where that alone came new."""
    new = [name for name, value in changes.items() if value != getattr(contact, name)]
    came = [name for name in new if name in _STEPS and changes[name] is not None]
    return _STEPS[came[-1]] if came and set(new) <= {*_STEPS, "assessment_due_on", "note"} else "Change contact"
