"""The rooms a sheet names that are places of a service: whoever lives there is recorded in that place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from mhtracker.domain.dates import write_date
from mhtracker.domain.pathway import overlap
from mhtracker.domain.places.naming import in_its_place
from mhtracker.domain.places.seating import hold_runs
from mhtracker.domain.records import Hold, Placement, Record, Service, Unit, Waiting
from mhtracker.operations.importing.person_drafts import Draft
from mhtracker.operations.importing.row_facts import Table
from mhtracker.operations.importing.sheets import Remark
from mhtracker.operations.importing.stays import Stay
from mhtracker.operations.places.place_taking import take_place_anew
from mhtracker.store import Store, Work


def name_places(store: Store, drafts: Sequence[Draft], known: Mapping[str, Sequence[Placement]], table: Table) -> None:
    """Give each stay that rows tell of the place its room names, where nobody else is recorded in it.

    `known` are the register's stays by person. What stands in the way is said in a remark on the row.
    """
    units: dict[str, list[Unit]] = {}
    for unit in store.find(Unit):
        units.setdefault(unit.service_id, []).append(unit)
    if not units:
        return
    as_will_be = {stay.placement.id: stay.placement for draft in drafts for stay in draft.chain.stays}
    living: dict[str, list[Placement]] = {}
    for stays in known.values():
        for each in stays:
            if each.unit_id is not None:
                living.setdefault(each.unit_id, []).append(as_will_be.get(each.id, each))
    holds = store.find(Hold, ended_on=None)
    names = {service.id: service.name for service in store.find(Service)}
    for draft in drafts:
        for stay in draft.chain.stays:
            if not stay.row or not stay.changed:
                continue
            here = units.get(stay.placement.service_id or "", [])
            words = _take(stay, here, living, holds, names.get(stay.placement.service_id or "", ""))
            if words:
                heading = table.heading("address") or None
                table.warnings.append(Remark(stay.row, heading, stay.placement.address, words))


def _take(
    stay: Stay, units: Sequence[Unit], living: dict[str, list[Placement]], holds: Iterable[Hold], service: str
) -> str:
    """Put a stay into the place its room names. Returns what speaks against it, "" for nothing."""
    found = in_its_place(stay.placement, units, stay.original)
    unit = next((each for each in units if each.id == found.unit_id), None)
    if unit is None or found.unit_id == stay.placement.unit_id:
        stay.placement = found
        return ""
    there = living.setdefault(unit.id, [])
    if any(each.person_id != found.person_id and overlap(each, found) is not None for each in there):
        stay.placement = replace(stay.placement, unit_id=None)
        return f"Somebody else is recorded in {unit.name} at {service} then. The room is kept as words only."
    stay.placement = found
    there.append(found)
    kept = [hold for hold in holds if hold.unit_id == unit.id and hold_runs(hold, found.started_on)]
    if found.ended_on is None and any(hold.person_id != found.person_id for hold in kept):
        until = next((hold.until_on for hold in kept if hold.until_on is not None), None)
        to = f" to {write_date(until)}" if until is not None else ""
        return f"{unit.name} at {service} is held for somebody else, or out of use{to}."
    return ""


def take_places(store: Store, work: Work, added: Iterable[Record]) -> None:
    """Within an import: who has come to live somewhere has nothing held there any longer, and does not wait for it."""
    concerned = {hold.person_id for hold in store.find(Hold, ended_on=None)}
    concerned |= {entry.person_id for entry in store.find(Waiting, ended_on=None)}
    for record in added:
        if isinstance(record, Placement) and record.person_id in concerned:
            take_place_anew(store, work, record)
