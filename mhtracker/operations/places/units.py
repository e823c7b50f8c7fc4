"""The places of services: units added, changed and closed, and places held for somebody or out of use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from mhtracker import text
from mhtracker.domain.dates import write_date
from mhtracker.domain.errors import Invalid
from mhtracker.domain.findings import Caution
from mhtracker.domain.places.place_rules import check_hold, check_unit
from mhtracker.domain.records import Hold, Person, Placement, Service, Unit, new_id
from mhtracker.operations.drafting import Preview, changed, drafted, none_if_empty, previewed_record
from mhtracker.store import Store
from mhtracker.store.queries.contracts import contract_ended
from mhtracker.store.queries.place_facts import expected_leaving

_MAY_BE_NONE = ("unit_id", "person_id")


def add_unit(
    store: Store, service_id: str, *, name: str, features: str = "", opened_on: date | None = None, note: str = ""
) -> Unit:
    """List one place of a service: a flat, a room, a bed. `features` are codes parted by spaces. Raises Invalid."""
    with store.operation("Add place") as work:
        service = work.get(Service, service_id)
        unit = drafted(store, Unit(new_id(), service_id, name, _once(features), opened_on, note=note))
        _check_unit(store, unit)
        work.label = f"Add {unit.name} at {service.name}"
        return work.save(unit)


def add_units(
    store: Store,
    service_id: str,
    *,
    names: Sequence[str],
    features: str = "",
    opened_on: date | None = None,
    note: str = "",
) -> list[Unit]:
    """List several places of a service alike, in one operation. Raises Invalid, by "name" for the first amiss."""
    with store.operation("Add places") as work:
        service = work.get(Service, service_id)
        if not names:
            raise Invalid({"name": "No place is named. Write what each is called, such as Flat 1."})
        added: list[Unit] = []
        for name in names:
            unit = drafted(store, Unit(new_id(), service_id, name, _once(features), opened_on, note=note))
            check_unit(unit, [*work.find(Unit, service_id=service_id), *added], (), ())
            added.append(unit)
        work.label = f"Add {text.count(len(added), 'place')} at {service.name}"
        return [work.save(unit) for unit in added]


def edit_unit(store: Store, unit_id: str, *, base: Unit | None = None, **changes: Any) -> Unit:
    """Change what a place is called or has, or from which day it is closed. Raises Invalid, Conflict."""
    with store.operation("Change place") as work:
        unit = _edited_unit(store, work.get(Unit, unit_id), changes, base)
        _check_unit(store, unit)
        work.label = f"Change {unit.name}"
        return work.save(unit)


def preview_unit(store: Store, service_id: str, unit_id: str | None = None, **fields: Any) -> Preview:
    """What adding a place (no id) or changing one would say."""
    return previewed_record(
        store.get(Unit, unit_id) if unit_id is not None else None,
        lambda: drafted(store, Unit(new_id(), service_id, **{"name": "", **fields})),
        lambda unit: _edited_unit(store, unit, fields, None),
        partial(_check_unit, store),
    )


def hold_place(
    store: Store,
    service_id: str,
    *,
    unit_id: str | None = None,
    person_id: str | None = None,
    until_on: date | None = None,
    started_on: date | None = None,
    reason_code: str = "offer",
    note: str = "",
) -> Hold:
    """Keep a place for somebody, or out of use, until a day. Undoable. Raises Invalid.

    Without a unit any place of the service; without a person for no one (repairs, kept back by the provider).
    """
    given = locals() | {"started_on": started_on or store.today}
    facts = {name: given[name] for name in ("unit_id", "person_id", "until_on", "started_on", "reason_code", "note")}
    with store.operation("Hold place", person_id=person_id or None) as work:
        hold = _new_hold(store, service_id, facts)
        check_held(store, hold)
        work.label = _label_of_hold(store, hold)
        return work.save(hold)


def edit_hold(store: Store, hold_id: str, *, base: Hold | None = None, **changes: Any) -> Hold:
    """Change a hold: until when, which place, why. Raises Invalid, Conflict."""
    found = store.get(Hold, hold_id)
    with store.operation("Change hold", person_id=found.person_id) as work:
        hold = _edited_hold(store, work.get(Hold, hold_id), changes, base)
        check_held(store, hold)
        return work.save(hold)


def let_go(store: Store, hold_id: str, *, ended_on: date | None = None) -> Hold:
    """A place is held no longer. Raises Invalid when it was let go before."""
    found = store.get(Hold, hold_id)
    with store.operation("Let place go", person_id=found.person_id) as work:
        hold = work.get(Hold, hold_id)
        if hold.ended_on is not None:
            raise Invalid({"": f"This place was let go on {write_date(hold.ended_on)} already."})
        hold = replace(hold, ended_on=max(ended_on or work.today, hold.started_on))
        check_held(store, hold)
        return work.save(hold)


def preview_hold(store: Store, service_id: str, hold_id: str | None = None, **fields: Any) -> Preview:
    """What holding a place (no id) or changing a hold would say."""
    return previewed_record(
        store.get(Hold, hold_id) if hold_id is not None else None,
        lambda: _new_hold(store, service_id, fields),
        lambda hold: _edited_hold(store, hold, fields, None),
        partial(check_held, store),
    )


def _once(features: str) -> str:
    """Codes parted by single spaces, each once."""
    return " ".join(dict.fromkeys(features.split()))


def _edited_unit(store: Store, unit: Unit, changes: dict[str, Any], base: Unit | None) -> Unit:
    if "features" in changes:
        changes = {**changes, "features": _once(changes["features"])}
    return drafted(store, changed(store, unit, changes, base))


def _check_unit(store: Store, unit: Unit) -> tuple[Caution, ...]:
    others = store.find(Unit, service_id=unit.service_id)
    return check_unit(unit, others, store.find(Placement, unit_id=unit.id), store.find(Hold, unit_id=unit.id))


def _new_hold(store: Store, service_id: str, facts: dict[str, Any]) -> Hold:
    given = {"held_by": store.who, **none_if_empty(facts, _MAY_BE_NONE)}
    given["started_on"] = given.get("started_on") or store.today
    return drafted(store, Hold(new_id(), service_id, **given))


def _edited_hold(store: Store, hold: Hold, changes: dict[str, Any], base: Hold | None) -> Hold:
    return drafted(store, changed(store, hold, none_if_empty(changes, _MAY_BE_NONE), base))


def check_held(store: Store, hold: Hold) -> tuple[Caution, ...]:
    """Whether a place may be held so, new or changed. Raises Invalid."""
    units = store.find(Unit, service_id=hold.service_id)
    stays = store.find(Placement, service_id=hold.service_id)
    holds = store.find(Hold, service_id=hold.service_id)
    service = store.get(Service, hold.service_id)
    living = {stay.person_id for stay in stays if stay.ended_on is None}
    leaving = expected_leaving(store, store.today, living)
    ended = contract_ended(store, service, store.today)
    return check_hold(hold, service, units, stays, holds, today=store.today, leaving=leaving, contract_ended=ended)


def _label_of_hold(store: Store, hold: Hold) -> str:
    service = store.get(Service, hold.service_id)
    unit = store.get(Unit, hold.unit_id) if hold.unit_id is not None else None
    where = f"{service.name}, {unit.name}" if unit is not None else service.name
    if hold.person_id is None:
        return f"Keep a place out of use: {where}"
    return f"Hold {where} for {text.called(store.get(Person, hold.person_id))}"
