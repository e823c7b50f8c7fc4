"""Services with places, people who wait, contracts and rates, made through operations for invented people."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from mhtracker.domain.records import Person, Placement, Provider, Service, Waiting
from mhtracker.operations.places.contracts import add_contract
from mhtracker.operations.places.services import add_provider, edit_service
from mhtracker.operations.places.units import add_units, hold_place
from mhtracker.operations.places.waiting import put_on_waiting_list
from mhtracker.store import Store

DAY = date(2026, 7, 14)


def make_places(store: Store, *, waiting: int = 14) -> None:
    """Give the demo's services providers, places, rates and contracts, and put people on the waiting list."""
    known = {each.name: each.id for each in store.find(Provider)}
    providers = [known.get(name) or add_provider(store, name=name, contact="Mo Ansah", phone="07700 900123").id
                 for name in ("Larkfield Care", "Millrace Homes", "Wharf Support")]  # fmt: skip
    living: dict[str, list[Placement]] = {}
    for stay in store.find(Placement, ended_on=None):
        if stay.service_id and stay.started_on <= DAY:
            living.setdefault(stay.service_id, []).append(stay)
    services = [each for each in store.find(Service, order_by=("name",)) if living.get(each.id)]
    for place, service in enumerate(services):
        here = living[service.id]
        facts: dict[str, Any] = {
            "provider_id": providers[place % 3],
            "locality": ("Northgate", "Riverside", "Quayside")[place % 3],
        }
        edit_service(store, service.id, **facts, capacity=len(here) + 1 + place % 2, rate_pence=64_000 + 9_000 * place,
                     features="staff_day step_free" if place % 2 else "staff_24_hour")  # fmt: skip
    for place, service in enumerate(services[:2]):
        here = living[service.id]
        names = [f"Flat {number}" for number in range(1, len(here) + 3)]
        units = add_units(store, service.id, names=names, features="self_contained ground_floor" if place else "lift")
        with store.operation("Seat them") as work:
            for stay, unit in zip(here, units, strict=False):
                work.save(replace(work.get(Placement, stay.id), unit_id=unit.id))
        hold_place(store, service.id, unit_id=units[-1].id, reason_code="repairs", until_on=DAY + timedelta(days=20))
    ends = (date(2026, 6, 30), date(2026, 9, 30), date(2028, 3, 31))
    for provider_id, ends_on in zip(providers, ends, strict=True):
        add_contract(store, provider_id, name="Framework", started_on=date(2023, 4, 1), ends_on=ends_on,
                     extendable_to=date(2029, 3, 31), value_pence=41_200_000)  # fmt: skip
    _wait(store, services, waiting)


def _wait(store: Store, services: list[Service], number: int) -> None:
    lived = {stay.person_id: stay for stay in store.find(Placement, ended_on=None)}
    waits = {each.person_id for each in store.find(Waiting, ended_on=None)}
    people = [each for each in store.find(Person, order_by=("ref",)) if each.id in lived and each.left_on is None]
    people = [each for each in people if each.id not in waits]
    wanted = ("supported", "independent", "enablement")
    for place, person in enumerate(people[3 : 3 + number]):
        put_on_waiting_list(
            store, person.id, since_on=DAY - timedelta(days=11 * place + 3), stage_id=wanted[place % 3],
            localities=("", "Riverside", "Quayside; Northgate")[place % 3],
            priority=("ordinary", "high", "urgent")[place % 3],
            features="step_free" if place % 4 == 0 else "", own_wish=(True, None, False)[place % 3],
            funding_agreed=(None, True)[place % 2], priority_reason="His lease ends in August." if place % 3 else "",
        )  # fmt: skip
