"""A small borough of invented people: two providers, three services, who waits, what is held, and the contracts."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from mhtracker.domain.records import (
    Action,
    Barrier,
    Contract,
    Hold,
    MoveOnPlan,
    Person,
    Placement,
    Provider,
    Record,
    Review,
    Service,
    Target,
    Unit,
    Waiting,
)
from mhtracker.store import FixedClock, Store, create_register

DAY = date(2026, 7, 14)
NAMES = (
    "Przykład",
    "Triail",
    "Enghraifft",
    "Namuna",
    "Tusaale",
    "Tusiye",
    "Drishtant",
    "Esempio",
    "Ejemplo",
    "Eksempel",
)


def person(number: int, **facts: Any) -> Person:
    """The person of a number, from 1."""
    return Person(f"p{number}", f"MHT-{number:05}", NAMES[number - 1], given_names="Test", **facts)


def stay(number: int, service: str | None, start: date, **facts: Any) -> Placement:
    """A stay of the person of a number; their second of a service has another id by its day."""
    stage = facts.pop("stage_id", "residential" if service == "beech" else "supported")
    return Placement(f"s{number}-{start}", f"p{number}", stage, start, service_id=service, **facts)


def office() -> list[Record]:
    """Providers, services, units and contracts."""
    canal = [Unit(f"c{n}", "canal", f"Flat {n}", "ground_floor" if n > 3 else "lift") for n in range(1, 6)]
    return [
        Provider("cp", "Canal Partnership", contact="Avery Muster", phone="01632 960 123"),
        Provider("lc", "Larkfield Care"),
        Provider("nc", "Northmoor Council", own=True),
        Service("canal", "Canal View", "cp", "supported", "Riverside", rate_pence=71200, features="staff_24_hour"),
        Service("mill", "Mill Street", "cp", "supported", "Northgate", capacity=2, rate_pence=64400),
        Service("beech", "Beech Lodge", "lc", "residential", "Northgate", capacity=2, rate_pence=114600),
        Service("home", "Home team", "nc", "floating", hours_per_week=140, rate_pence=1796, rate_frequency="hourly"),
        Service("far", "Meadow Grange", "lc", "residential", "Farshire", in_area=False),
        *canal,
        Contract("k1", "cp", "Supported living, lot 2", started_on=date(2023, 7, 1), ends_on=date(2026, 6, 30),
                 extendable_to=date(2028, 6, 30), reference="NC/2023/114", value_pence=48_000_000),
        Contract("k2", "lc", "Residential", ends_on=date(2026, 9, 30)),
    ]  # fmt: skip


def people() -> list[Record]:
    """Who lives where: three at Canal View, one at Mill Street, two at Beech Lodge, one out of the area, one away."""
    return [
        *(person(n, born_on=date(1980 + n, 1, 9), gender="female" if n % 2 else "male") for n in range(1, 11)),
        stay(1, "canal", date(2025, 1, 6), unit_id="c1", weekly_cost_pence=70000),
        stay(2, "canal", date(2024, 3, 4), unit_id="c2", weekly_cost_pence=73000),
        stay(3, "canal", date(2023, 3, 4), unit_id="c3", ended_on=date(2026, 5, 10), planned=True, end_reason="ready"),
        stay(3, None, date(2026, 5, 10), stage_id="independent"),
        stay(8, "canal", date(2026, 5, 30), unit_id="c3", weekly_cost_pence=71200),
        stay(4, "beech", date(2025, 2, 3), weekly_cost_pence=103000),
        stay(5, "beech", date(2024, 2, 5), weekly_cost_pence=99700),
        stay(6, None, date(2026, 5, 17), stage_id="hospital"),
        stay(7, "mill", date(2025, 9, 1), weekly_cost_pence=64400),
        stay(9, "far", date(2025, 9, 1), weekly_cost_pence=149800),
        stay(10, "mill", date(2025, 9, 1), weekly_cost_pence=66000),
        MoveOnPlan("plan", "p2", "independent", started_on=date(2026, 1, 5)),
        Target("target", "plan", "p2", date(2026, 8, 12), date(2026, 1, 5)),
        Barrier("b1", "p1", "04", date(2026, 6, 1)),
        Action("a1", "p1", "Ask the landlord about the lift", date(2026, 7, 1), owner="Canal Partnership",
               set_on=date(2026, 6, 1)),
        Review("r1", "p1", "planned", due_on=None, held_on=date(2026, 1, 12)),
    ]  # fmt: skip


def waits() -> list[Record]:
    """Who waits for what, and what is held."""
    needs: dict[str, Any] = {"localities": "Riverside", "features": "staff_24_hour ground_floor"}
    return [
        Waiting("w4", "p4", date(2026, 4, 9), "supported", own_wish=True, funding_agreed=True, **needs),
        Waiting("w5", "p5", date(2026, 6, 3), "supported", localities="Quayside", features="staff_24_hour",
                own_wish=True, funding_agreed=True),
        Waiting("w6", "p6", date(2026, 5, 17), "supported", own_wish=None, funding_agreed=False, priority="high",
                priority_reason="Bed needed", **needs),
        Waiting("w9", "p9", date(2026, 7, 1), "residential", needs_home=False),
        Hold("h4", "canal", date(2026, 7, 6), "c4", "p5", until_on=date(2026, 7, 20)),
    ]  # fmt: skip


def make_places(store: Store) -> None:
    """Put all of it into a register, in one operation."""
    with store.operation("Places at hand") as work:
        for record in (*office(), *people(), *waits()):
            work.save(record)


def place_register(path: Path) -> Path:
    """A register file of all of it."""
    with create_register(path, who="Ewa Fikcyjna", clock=FixedClock(DAY)) as store:
        make_places(store)
    return path
