"""People: adding them, putting their facts right, who holds them, leaving and coming back."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from mhtracker import text
from mhtracker.domain import nhs, rules
from mhtracker.domain.dates import write_date
from mhtracker.domain.errors import Invalid
from mhtracker.domain.fields import FIELDS, field_label
from mhtracker.domain.findings import Caution
from mhtracker.domain.lists.code_lists import is_current
from mhtracker.domain.records import MoveOnPlan, Person, Placement, Review, Worker, new_id
from mhtracker.operations.closing import check_reopening
from mhtracker.operations.coordinators import follow_name
from mhtracker.operations.drafting import Preview, changed, drafted, none_if_empty, previewed, reason_of
from mhtracker.operations.merging.people import save_not_same
from mhtracker.operations.money.coming_back import comes_back
from mhtracker.operations.money.stay_costs import follow_case
from mhtracker.operations.move_drafts import draft_placement
from mhtracker.operations.places.place_taking import give_up_places
from mhtracker.operations.step_plans import drop_on_leaving
from mhtracker.store import Store, Work
from mhtracker.store.queries.refs import next_refs

_LEFT = "Left the pathway"
_MAY_BE_NONE = (
    "nhs_number",
    "local_id",
    "gender",
    "ethnicity",
    "worker_id",
    "team_id",
    "left_reason",
    "primary_support",
)


def add_person(
    store: Store,
    *,
    stage_id: str | None = None,
    service_id: str | None = None,
    started_on: date | None = None,
    not_same: Sequence[str] = (),
    **fields: Any,
) -> Person:
    """Add a person with the next free reference, and where they are now if a stage is given. Raises Invalid.

    `not_same` are the ids of people who look like them and were found to be others.
    """
    with store.operation("Add person") as work:
        person, _ = _drafted(store, _new(fields, next_refs(store)[0]))
        saved = work.save(person)
        if stage_id is not None:
            values = {"stage_id": stage_id, "service_id": service_id, "started_on": started_on}
            placement, _ = draft_placement(store, saved, [], values)
            work.save(placement)
        for other_id in not_same:
            save_not_same(work, saved.id, other_id)
        return saved


def preview_person(store: Store, person_id: str | None = None, **fields: Any) -> Preview:
    """What adding a person (no id) or changing one would say, such as that somebody has the same name."""

    def draft() -> tuple[Caution, ...]:
        person = _new(fields, "") if person_id is None else changed(store, store.get(Person, person_id), fields, None)
        return _drafted(store, person)[1]

    return previewed(draft)


def edit_person(store: Store, person_id: str, *, base: Person | None = None, **changes: Any) -> Person:
    """Change a person's facts. `base` is the person as the form showed them. Raises Invalid, Conflict."""
    with store.operation(_label(changes), person_id=person_id) as work:
        wanted = none_if_empty(changes, _MAY_BE_NONE)
        before = work.get(Person, person_id)
        person, _ = _drafted(store, changed(store, before, wanted, base))
        follow_name(work, before, person)
        follow_case(store, work, before, person)
        return work.save(person)


def close_case(store: Store, person_id: str, *, left_on: date, reason: str) -> Person:
    """The person leaves the pathway: open stays and the plan end that day, and open reviews are given up.

    They wait for nothing, nothing is held for them and nothing costs any more. Open steps of ready-made plans are
    dropped; other actions stay open. With the reason "died" it is the day of death.
    """
    with store.operation("Close case", person_id=person_id) as work:
        person = work.get(Person, person_id)
        if person.left_on is not None or person.died_on is not None:
            gone = write_date(person.left_on or person.died_on or left_on)
            raise Invalid({"left_on": f"This case was closed on {gone} already. Change that date instead."})
        died = reason == "died"
        closed = replace(person, left_on=left_on, left_reason=reason, died_on=left_on if died else person.died_on)
        closed, _ = _drafted(store, closed)
        _end_stays(store, work, closed, left_on, died=died)
        for plan in work.find(MoveOnPlan, person_id=person_id, ended_on=None):
            ended = max(left_on, plan.started_on or left_on)
            work.save(replace(plan, ended_on=ended, end_reason="left"))
        for review in work.find(Review, person_id=person_id, held_on=None, abandoned_on=None):
            work.save(replace(review, abandoned_on=left_on, abandon_reason=_LEFT))
        drop_on_leaving(work, person_id, left_on, "Died" if died else _LEFT)
        give_up_places(work, person_id, left_on, died=died)
        follow_case(store, work, person, closed)
        return work.save(closed)


def reopen_case(store: Store, person_id: str, *, reason: str = "", never_left: bool = False) -> Person:
    """The person comes back: their history stays, and who pays and costs that go along hold again.

    With `never_left` it was not so: a death is taken back too, and the stay, its costs and the move-on plan go on as
    before. What was changed since, or has something newer in its place, stays as it is.
    """
    with store.operation("Reopen case", person_id=person_id, reason=reason_of(reason)) as work:
        person = work.get(Person, person_id)
        check_reopening(person, never_left=never_left)
        for record in comes_back(store, person, never_left=never_left):
            work.save(record)
        died_on = None if never_left else person.died_on
        return work.save(replace(person, left_on=None, left_reason=None, died_on=died_on))


def reassign(store: Store, person_ids: Sequence[str], *, worker_id: str | None, team_id: str | None = None) -> int:
    """Give people to a worker, and to the team given or the worker's own. Returns how many changed hands."""
    worker = store.get(Worker, worker_id) if worker_id is not None else None
    if worker is not None and worker.left_on is not None and worker.left_on <= store.today:
        words = f"{worker.name} left on {write_date(worker.left_on)}. Choose somebody who holds cases now."
        raise Invalid({"worker_id": words})
    team_id = team_id or (worker.team_id if worker is not None else None)
    one = person_ids[0] if len(person_ids) == 1 else None
    count = 0
    with store.operation("Reassign" if one else f"Reassign {len(person_ids)}", person_id=one) as work:
        for person_id in person_ids:
            person = work.get(Person, person_id)
            given = replace(person, worker_id=worker_id, team_id=team_id or person.team_id)
            count += given != person
            work.save(given)
    return count


def _new(fields: dict[str, Any], ref: str) -> Person:
    unknown = fields.keys() - FIELDS[Person].keys()
    if unknown:
        raise TypeError(f"Person has no field {', '.join(sorted(unknown))}")
    values = {"surname": "", "ref": ref} | none_if_empty(fields, _MAY_BE_NONE)
    return Person(id=new_id(), **values)


def _drafted(store: Store, person: Person) -> tuple[Person, tuple[Caution, ...]]:
    person = drafted(store, person)
    others: dict[str, Person] = {}
    if person.nhs_number:
        with contextlib.suppress(Invalid):  # the rules say it, with everything else
            person = replace(person, nhs_number=nhs.normalise_nhs_number(person.nhs_number))
        others |= {other.id: other for other in store.find(Person, nhs_number=person.nhs_number)}
    if person.local_id:
        written = {person.local_id, person.local_id.upper(), person.local_id.lower()}
        others |= {other.id: other for other in store.find(Person, local_id=written)}
    if person.born_on:
        others |= {other.id: other for other in store.find(Person, born_on=person.born_on)}
    here = [other for other in others.values() if other.merged_into is None]
    return person, rules.check_person(person, store.today, others=here, demo=store.is_demo)


def _end_stays(store: Store, work: Work, person: Person, left_on: date, *, died: bool) -> None:
    stages = {stage.id: stage for stage in store.stages()}
    known = any(item.code == person.left_reason and is_current(item, left_on) for item in store.codes("end_reason"))
    for placement in work.find(Placement, person_id=person.id, ended_on=None):
        ended = replace(
            placement,
            ended_on=left_on,
            end_reason=placement.end_reason or (person.left_reason if known else None),
            destination=placement.destination or ("died" if died else None),
        )
        try:
            rules.check_placement(ended, [], stages=stages, person=person, today=store.today)
        except Invalid as invalid:
            raise Invalid({"left_on": str(invalid)}) from invalid
        work.save(ended)


def _label(changes: dict[str, Any]) -> str:
    """What the step is called in undo and history: the one field changed, or the person's details."""
    if len(changes) != 1:
        return "Change details"
    return f"Change {text.first_lower(field_label(Person, next(iter(changes))))}"
