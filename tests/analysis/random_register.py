"""A register of people to whom anything may have happened on any day, for holding two ways of counting equal."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from mhtracker.domain.records import (
    Barrier,
    CostLine,
    DatePrecision,
    FundingSplit,
    LegalAndStatus,
    MoveOnPlan,
    Person,
    Placement,
    Provider,
    Record,
    Review,
    Service,
    StatusKind,
    Target,
    Team,
    Worker,
    new_id,
)
from mhtracker.store import FixedClock, create_register
from mhtracker.store.store import Store

TODAY = date(2026, 7, 14)
TEAMS, WORKERS, SERVICES = ("east", "west"), ("ann", "bob"), ("elm", "oak")
STAGES = ("hospital", "nursing", "residential", "enablement", "supported", "floating", "independent")


def make_random(path: Path, people: int, seed: int) -> Store:
    """The register, open."""
    chance = random.Random(seed)
    store = create_register(path, who="Ann", clock=FixedClock(TODAY))
    with store.operation("Add people") as work:
        work.add_many([Team(each, each.title()) for each in TEAMS])
        work.add_many([Worker(each, each.title(), "east") for each in WORKERS])
        work.add_many([Provider("p", "Invented Homes")])
        work.add_many([Service(each, each.title(), "p", "supported") for each in SERVICES])
        for number in range(people):
            work.add_many(list(_person(chance, number)))
    return store


def _person(chance: random.Random, number: int) -> Iterator[Record]:
    def day() -> date:
        # Few enough days that much falls on the same one.
        return TODAY + timedelta(days=10 * chance.randrange(-60, 8))

    def maybe() -> date | None:
        return day() if chance.random() < 0.5 else None

    def until(start: date) -> date | None:
        end = maybe()
        return max(start, end) if end is not None else None

    def one_of(*values: str) -> str | None:
        return chance.choice((None, *values))

    person = Person(
        f"person-{(number * 7919) % 1000:04}", f"MHT-{number}", f"Invented{chance.randrange(50)}",
        born_on=date(1940, 1, 1) + timedelta(days=chance.randrange(25_000)) if chance.random() < 0.8 else None,
        born_precision=chance.choice(list(DatePrecision)), nhs_number=one_of(f"999 {number:03} 0000"),
        gender=one_of("female", "male"), ethnicity=one_of("A", "B"), primary_support=one_of("mental_health"),
        worker_id=one_of(*WORKERS), team_id=one_of(*TEAMS),
        left_on=day() if chance.random() < 0.15 else None, died_on=day() if chance.random() < 0.1 else None,
    )  # fmt: skip
    yield person
    for _ in range(chance.randrange(6)):
        start = day()
        yield Placement(
            new_id(), person.id, chance.choice(STAGES), start, until(start), one_of(*SERVICES),
            planned=chance.choice((True, False, None)), gap_reason=chance.choice(("", "With family")),
            weekly_cost_pence=chance.choice((None, 40_000, 90_000)), weekly_charge_pence=chance.choice((None, 0, 500)),
        )  # fmt: skip
    for _ in range(chance.randrange(4)):
        start, owner = day(), chance.choice(("", "health", "care", "both"))
        code = chance.choice(("housing", "funding", "family"))
        yield Barrier(new_id(), person.id, code, start, until(start), attributable=owner)
    for _ in range(chance.randrange(6)):
        kind = chance.choice((StatusKind.ACCOMMODATION, StatusKind.EMPLOYMENT, StatusKind.S117))
        code = {"accommodation": "owner", "employment": "not_seeking", "s117": "s117"}[kind]
        code = chance.choice((code, "unknown")) if kind != StatusKind.S117 else code
        yield LegalAndStatus(new_id(), person.id, kind, code, maybe(), maybe(), expires_on=maybe())
    for _ in range(chance.randrange(3)):
        plan = MoveOnPlan(new_id(), person.id, one_of("supported", "independent"), "", maybe(), maybe())
        yield plan
        for position in range(chance.randrange(3)):
            yield Target(new_id(), plan.id, person.id, day(), day(), position=position)
    for _ in range(chance.randrange(3)):
        yield Review(new_id(), person.id, booked_on=maybe(), held_on=maybe())
    if chance.random() < 0.3:
        start = day()
        yield CostLine(new_id(), person.id, "support", 12_300, start, ended_on=until(start))
    if chance.random() < 0.4:
        start = day()
        yield FundingSplit(new_id(), person.id, start, chance.choice((0, 2_000)), ended_on=until(start))
