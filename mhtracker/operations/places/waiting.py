"""The waiting list: people put on it, what they wait for, places offered to them, and taken off again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from mhtracker import text
from mhtracker.domain.dates import write_date
from mhtracker.domain.errors import Invalid
from mhtracker.domain.findings import Caution
from mhtracker.domain.places.seating import hold_runs
from mhtracker.domain.places.units import PlaceState
from mhtracker.domain.places.waiting_rules import check_offer, check_waiting
from mhtracker.domain.records import Hold, Offer, Person, Service, Unit, Waiting, new_id
from mhtracker.operations.drafting import Consequence, Preview, changed, drafted, none_if_empty, previewed_record
from mhtracker.operations.places.units import check_held
from mhtracker.store import Store, Work
from mhtracker.store.queries.contracts import contract_ended
from mhtracker.store.queries.place_facts import read_place_facts

_MAY_BE_NONE = ("stage_id", "service_id", "unit_id", "end_reason", "answer", "reason_code")

KEPT_DAYS = 14
"""How long a place is held for somebody who accepted it, as of the hold's own form; it can be changed."""


def put_on_waiting_list(store: Store, person_id: str, *, since_on: date | None = None, **facts: Any) -> Waiting:
    """Put somebody on the waiting list. Undoable. Raises Invalid, also when they are on it already.

    `facts` are those of `Waiting`: a stage or one service is needed; `localities` are parted by "; ", `features` by
    spaces. Without `since_on` they wait since today.
    """
    with store.operation("Put on waiting list", person_id=person_id) as work:
        waiting = _new(store, person_id, {"since_on": since_on, **facts})
        _check(store, waiting)
        return work.save(waiting)


def edit_waiting(store: Store, waiting_id: str, *, base: Waiting | None = None, **changes: Any) -> Waiting:
    """Change what somebody waits for, or since when. Raises Invalid, Conflict."""
    found = store.get(Waiting, waiting_id)
    with store.operation("Change waiting list entry", person_id=found.person_id) as work:
        waiting = _edited(store, work.get(Waiting, waiting_id), changes, base)
        _check(store, waiting)
        return work.save(waiting)


def take_off_waiting_list(store: Store, waiting_id: str, *, end_reason: str, ended_on: date | None = None) -> Waiting:
    """Somebody no longer waits, and why. An offer not answered lapses with it. Raises Invalid."""
    found = store.get(Waiting, waiting_id)
    with store.operation("Take off waiting list", person_id=found.person_id) as work:
        waiting = work.get(Waiting, waiting_id)
        if waiting.ended_on is not None:
            raise Invalid({"": f"They are off the list since {write_date(waiting.ended_on)} already."})
        day = ended_on or work.today
        ended = drafted(store, replace(waiting, ended_on=day, end_reason=end_reason or None))
        _check(store, ended)
        for offer in work.find(Offer, waiting_id=waiting_id, answer=None):
            work.save(replace(offer, answer="lapsed", answered_on=max(day, offer.offered_on)))
        return work.save(ended)


def preview_waiting(store: Store, person_id: str, waiting_id: str | None = None, **fields: Any) -> Preview:
    """What putting somebody on the list (no id) or changing their entry would say."""
    return previewed_record(
        store.get(Waiting, waiting_id) if waiting_id is not None else None,
        lambda: _new(store, person_id, fields),
        lambda waiting: _edited(store, waiting, fields, None),
        partial(_check, store),
    )


def offer_place(
    store: Store, waiting_id: str, *, service_id: str, unit_id: str | None = None, offered_on: date | None = None
) -> Offer:
    """Offer a place to somebody who waits. It is not held by that: `hold_place` does. Raises Invalid."""
    waiting = store.get(Waiting, waiting_id)
    with store.operation("Offer place", person_id=waiting.person_id) as work:
        facts = {"service_id": service_id, "unit_id": unit_id, "offered_on": offered_on or work.today}
        offer = drafted(store, Offer(new_id(), waiting.person_id, waiting_id, **none_if_empty(facts, _MAY_BE_NONE)))
        _check_offer(store, offer)
        work.label = f"Offer {store.get(Service, service_id).name}"
        return work.save(offer)


def answer_offer(
    store: Store,
    offer_id: str,
    *,
    answer: str,
    answered_on: date | None = None,
    reason_code: str | None = None,
    reason: str = "",
) -> Offer:
    """Record the answer to an offer: "accepted", "refused", "declined" or "lapsed".

    Refused and declined need a reason of the list "refusal". Accepting moves nobody in, the move does; until then the
    place is held for them, if one is left to hold. Raises Invalid.
    """
    found = store.get(Offer, offer_id)
    with store.operation("Answer to an offer", person_id=found.person_id) as work:
        offer = work.get(Offer, offer_id)
        if offer.answer is not None:
            raise Invalid({"": "This offer is answered already. Change the answer instead."})
        given = {"answer": answer, "answered_on": answered_on or work.today, "reason_code": reason_code or None}
        answered = drafted(store, replace(offer, **none_if_empty(given, _MAY_BE_NONE), reason=reason))
        _check_offer(store, answered)
        work.label = f"Offer {store.code_label('offer_answer', answered.answer).lower()}"
        _keep_place(store, work, offer, answered)
        return work.save(answered)


def edit_offer(store: Store, offer_id: str, *, base: Offer | None = None, **changes: Any) -> Offer:
    """Put an offer or its answer right. Raises Invalid, Conflict."""
    found = store.get(Offer, offer_id)
    with store.operation("Change offer", person_id=found.person_id) as work:
        before = work.get(Offer, offer_id)
        offer = drafted(store, changed(store, before, none_if_empty(changes, _MAY_BE_NONE), base))
        _check_offer(store, offer)
        _keep_place(store, work, before, offer)
        return work.save(offer)


def preview_offer(store: Store, waiting_id: str, offer_id: str | None = None, **fields: Any) -> Preview:
    """What making an offer (no id), or answering or changing one, would say."""
    given = none_if_empty(fields, _MAY_BE_NONE)

    def new() -> Offer:
        if not given.get("service_id"):
            raise Invalid({"service_id": "Service is empty. Choose which place is offered."})
        waiting = store.get(Waiting, waiting_id)
        told = {**given, "offered_on": given.get("offered_on") or store.today}
        return drafted(store, Offer(new_id(), waiting.person_id, waiting_id, **told))

    before = store.get(Offer, offer_id) if offer_id is not None else None
    drawn: list[Offer] = []

    def checked(offer: Offer) -> tuple[Caution, ...]:
        drawn.append(offer)
        return _check_offer(store, offer)

    found = previewed_record(before, new, lambda offer: drafted(store, changed(store, offer, given, None)), checked)
    if before is None or not drawn or found.problems:
        return found
    return replace(found, consequences=_consequences(store, before, drawn[0]))


def _new(store: Store, person_id: str, facts: Mapping[str, Any]) -> Waiting:
    given = _cleaned(facts)
    given["since_on"] = given.get("since_on") or store.today
    return drafted(store, Waiting(new_id(), person_id, **given))


def _edited(store: Store, waiting: Waiting, changes: Mapping[str, Any], base: Waiting | None) -> Waiting:
    return drafted(store, changed(store, waiting, _cleaned(changes), base))


def _cleaned(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Lists of words once each, in the form they are kept in."""
    given = none_if_empty(facts, _MAY_BE_NONE)
    if "features" in given:
        given["features"] = " ".join(dict.fromkeys(given["features"].split()))
    if "localities" in given:
        names = [name.strip() for name in given["localities"].split(";")]
        given["localities"] = "; ".join(dict.fromkeys(name for name in names if name))
    return given


def _check(store: Store, waiting: Waiting) -> tuple[Caution, ...]:
    others = store.find(Waiting, person_id=waiting.person_id)
    return check_waiting(waiting, others, person=store.get(Person, waiting.person_id), today=store.today)


def _check_offer(store: Store, offer: Offer) -> tuple[Caution, ...]:
    waiting = store.get(Waiting, offer.waiting_id)
    others = store.find(Offer, waiting_id=offer.waiting_id)
    room = offer.answer is not None or _has_room(store, offer)
    ended = contract_ended(store, store.get(Service, offer.service_id), store.today) if offer.answer is None else None
    return check_offer(offer, waiting, others, today=store.today, room=room, contract_ended=ended)


def _keep_place(store: Store, work: Work, before: Offer, after: Offer) -> None:
    """Within an answer: a place accepted is held until the move; one accepted no longer is let go."""
    new, ending = _holds_by(store, before, after)
    if new is not None:
        work.save(new)
    for hold in ending:
        work.save(replace(hold, ended_on=max(work.today, hold.started_on)))


def _consequences(store: Store, before: Offer, after: Offer) -> tuple[Consequence, ...]:
    new, ending = _holds_by(store, before, after)
    if new is not None and new.until_on is not None:
        return (Consequence("place", f"Holds {_place(store, new)} until {text.format_date(new.until_on)}"),)
    if ending:
        return tuple(Consequence("place", f"The hold of {_place(store, hold)} ends") for hold in ending)
    if after.answer == "accepted" != before.answer and not _held_for(store, after):
        return (Consequence("place", "No place is left there to be held; record the move when they move in"),)
    return ()


def _place(store: Store, hold: Hold) -> str:
    unit = store.peek(Unit, hold.unit_id) if hold.unit_id is not None else None
    service = store.get(Service, hold.service_id).name
    return f"{service}, {unit.name}" if unit is not None else f"a place at {service}"


def _held_for(store: Store, offer: Offer) -> list[Hold]:
    """What is held for them where it was offered."""
    holds = store.find(Hold, person_id=offer.person_id, service_id=offer.service_id, ended_on=None)
    return [hold for hold in holds if hold_runs(hold, store.today)]


def _holds_by(store: Store, before: Offer, after: Offer) -> tuple[Hold | None, list[Hold]]:
    """The hold that an answer makes, and those that it ends."""
    was, now = before.answer == "accepted", after.answer == "accepted"
    mine = _held_for(store, after)
    if was and not now:
        return None, [hold for hold in mine if hold.reason_code == "offer" and hold.unit_id == after.unit_id]
    if not now or was or mine:
        return None, []
    service = store.peek(Service, after.service_id)
    if service is None or store.get(Waiting, after.waiting_id).ended_on is not None:
        return None, []
    hold = Hold(
        new_id(), after.service_id, store.today, after.unit_id, after.person_id,
        store.today + timedelta(days=KEPT_DAYS), held_by=store.who,
    )  # fmt: skip
    try:
        check_held(store, hold)
    except Invalid:
        return None, []  # The place went to somebody else meanwhile, or nothing says how many there are.
    return hold, []


def _has_room(store: Store, offer: Offer) -> bool:
    """Whether the place offered is free, soon left, or held for them; yes where nothing says how many there are."""
    service = store.get(Service, offer.service_id)
    facts = read_place_facts(store, store.today)
    places = facts.places(service).places
    if not places:
        return True
    wanted = [p for p in places if offer.unit_id is None or (p.unit is not None and p.unit.id == offer.unit_id)]
    mine = any(place.hold is not None and place.hold.person_id == offer.person_id for place in wanted)
    return mine or any(place.state in (PlaceState.FREE, PlaceState.LEAVING) for place in wanted)
