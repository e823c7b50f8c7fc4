"""What a stay does to places: whether somebody may live there, and the hold and the wait that end by moving in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from mhtracker import text
from mhtracker.domain.findings import Caution
from mhtracker.domain.pathway import by_id, reaches
from mhtracker.domain.places.naming import in_its_place
from mhtracker.domain.places.place_rules import check_stay_place, contract_ended_words
from mhtracker.domain.places.seating import hold_runs
from mhtracker.domain.records import Hold, Offer, Person, Placement, Service, Stage, Unit, Waiting
from mhtracker.operations.drafting import Consequence
from mhtracker.store import Store, Work
from mhtracker.store.queries.contracts import contract_ended


def with_place(store: Store, stay: Placement, before: Placement | None = None) -> Placement:
    """A stay with the place that its room names, if its service lists one; `before` is how it was."""
    units = store.find(Unit, service_id=stay.service_id) if stay.service_id is not None else []
    return in_its_place(stay, units, before)


def place_cautions(store: Store, stay: Placement) -> tuple[Caution, ...]:
    """Whether somebody may live in the place a stay names. Raises Invalid by the form's fields."""
    if stay.service_id is None and stay.unit_id is None:
        return ()
    at = {"service_id": stay.service_id or ""}
    service = store.peek(Service, stay.service_id) if stay.service_id is not None else None
    # A hospital stay keeps its place underneath and is none at the service.
    stays = [each for each in store.find(Placement, **at) if _counts(store, each)]
    holds = store.find(Hold, **at)
    kept_for = {hold.person_id for hold in holds if hold.person_id is not None}
    called = {each: text.plain_name(store.get(Person, each)) for each in kept_for}
    return check_stay_place(stay, service, store.find(Unit, **at), stays, holds, called).settle()


def contract_cautions(store: Store, arriving: Placement) -> tuple[Caution, ...]:
    """Whether the contract behind the service had ended before somebody moves in."""
    service = store.peek(Service, arriving.service_id) if arriving.service_id is not None else None
    ended = contract_ended(store, service, arriving.started_on) if service is not None else None
    return () if ended is None else (Caution("service_id", contract_ended_words(ended)),)


def take_place_anew(store: Store, work: Work, stay: Placement) -> None:
    """Within what adds a stay or changes where it is: as `take_place`, where the hold or the wait is no younger."""
    if stay.ended_on is None:
        take_place(store, work, stay, anew=True)


def take_place(store: Store, work: Work, arriving: Placement, *, anew: bool = False) -> None:
    """Within a move: holds for them at the service moved to end, so does the wait for it; an offer of it is accepted.

    `anew`: it may be an older stay that is only now recorded; what began after it goes on.
    """
    holds, waiting = _ended_by(store, arriving, anew=anew)
    for hold in holds:
        work.save(replace(hold, ended_on=max(arriving.started_on, hold.started_on)))
    if waiting is None:
        return
    entry, reason = waiting
    day = max(arriving.started_on, entry.since_on)
    for offer in work.find(Offer, waiting_id=entry.id, answer=None):
        answer = "accepted" if offer.service_id == arriving.service_id else "lapsed"
        work.save(replace(offer, answer=answer, answered_on=max(day, offer.offered_on)))
    work.save(replace(entry, ended_on=day, end_reason=reason))


def give_up_places(work: Work, person_id: str, on: date, *, died: bool) -> None:
    """Within the closing of a case: nothing is held for somebody who is gone, and they wait for nothing."""
    for hold in work.find(Hold, person_id=person_id, ended_on=None):
        work.save(replace(hold, ended_on=max(on, hold.started_on)))
    for offer in work.find(Offer, person_id=person_id, answer=None):
        work.save(replace(offer, answer="lapsed", answered_on=max(on, offer.offered_on)))
    for entry in work.find(Waiting, person_id=person_id, ended_on=None):
        work.save(replace(entry, ended_on=max(on, entry.since_on), end_reason="died" if died else "left"))


def consequences_of_taking(store: Store, arriving: Placement, *, anew: bool = False) -> list[Consequence]:
    """What moving in would do, in words: which place it takes, and what ends."""
    holds, waiting = _ended_by(store, arriving, anew=anew) if not anew or arriving.ended_on is None else ([], None)
    found = _taken(store, arriving)
    for hold in holds:
        unit = store.peek(Unit, hold.unit_id) if hold.unit_id is not None else None
        which = unit.name if unit is not None else "the place"
        found.append(Consequence("place", f"The hold of {which} ends"))
    return [*found, Consequence("place", "No longer on the waiting list")] if waiting is not None else found


def _taken(store: Store, stay: Placement) -> list[Consequence]:
    unit = store.peek(Unit, stay.unit_id) if stay.unit_id is not None else None
    service = store.peek(Service, stay.service_id) if stay.service_id is not None else None
    if unit is None or service is None:
        return []
    return [Consequence("place", f"Takes {unit.name} at {service.name}")]


def _ended_by(
    store: Store, arriving: Placement, *, anew: bool = False
) -> tuple[list[Hold], tuple[Waiting, str] | None]:
    """The holds that a stay ends, and the waiting list entry with why it ends; a hospital stay ends neither."""
    stages = by_id(store.stages())
    stage = stages.get(arriving.stage_id)
    if stage is None or stage.keeps_place:
        return [], None
    mine = store.find(Hold, person_id=arriving.person_id, ended_on=None)
    day = arriving.started_on if anew else date.max
    held = [hold for hold in mine if hold.service_id == arriving.service_id and hold.started_on <= day]
    entry = next(iter(store.find(Waiting, person_id=arriving.person_id, ended_on=None)), None)
    if entry is None or entry.since_on > day:
        return held, None
    runs = any(hold_runs(hold, arriving.started_on) for hold in held)
    reason = _why_over(entry, arriving, stage, stages.get(entry.stage_id or ""), kept_for_them=runs)
    return held, (entry, reason) if reason else None


def _why_over(entry: Waiting, arriving: Placement, stage: Stage, wanted: Stage | None, *, kept_for_them: bool) -> str:
    """Why a wait is over: they have what they waited for, or something that reaches as far; "" while it goes on."""
    if kept_for_them or entry.service_id == arriving.service_id is not None:
        return "housed"
    if wanted is None:
        return ""
    if stage.id == wanted.id:
        return "elsewhere" if entry.service_id is not None else "housed"
    return "elsewhere" if reaches(stage, wanted) else ""


def _counts(store: Store, stay: Placement) -> bool:
    """Whether a stay takes its place: one that lasts does not once the person has left or died."""
    if stay.ended_on is not None:
        return True
    person = store.peek(Person, stay.person_id)
    return person is not None and person.left_on is None and person.died_on is None
