"""The demo register of a preset: invented people who make its paper's figures come out, to the last digit.

Counts, costs, hours and rates are the paper's; names, dates and everything else are invented, the same for one seed.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from mhtracker.domain.dates import add_months
from mhtracker.domain.errors import Invalid
from mhtracker.domain.presets import DemoGroup, Preset, ProgrammePlan, spread
from mhtracker.domain.records import (
    CostLine,
    FundingSplit,
    LegalAndStatus,
    Note,
    Person,
    Placement,
    Record,
    Review,
    ReviewKind,
    ReviewOutcome,
    Service,
    StatusKind,
    Team,
    Waiting,
    Worker,
    new_id,
)
from mhtracker.operations.demo import names
from mhtracker.operations.demo.making import Ids, nhs_numbers, shuffled_names
from mhtracker.operations.presets.giving import apply_preset
from mhtracker.operations.programmes import start_programme
from mhtracker.store import FixedClock, Store, create_register
from mhtracker.store.bulk import in_bulk

WEEKS = 52
"""The papers count a year as 52 weeks."""


def make_preset_demo(
    address: str | Path, preset: Preset, *, seed: int = 1, who: str = "MHTracker demo", password: str | None = None
) -> Store:
    """Make the preset's demo register as at its paper's day, and open it. Refuses a path that exists."""
    if not preset.people:
        raise Invalid({"preset": f"“{preset.label}” tells of no people, so there is no demo of it."})
    chance = random.Random(f"{preset.key} {seed}")
    start = datetime(preset.as_at.year, preset.as_at.month, preset.as_at.day, tzinfo=UTC)
    ids = Ids(chance, round(start.timestamp()) * 1000 - 40 * preset.people_count)
    clock = FixedClock(preset.as_at)
    store = create_register(
        address, who=who, clock=clock, password=password, council=preset.council, demo=True, ids=ids
    )
    try:
        apply_preset(store, preset, ids=ids)
        with in_bulk(store), store.operation("Make the demo register", final=True) as work:
            work.add_many(list(_Crowd(store, preset, chance, ids).records()))
        if preset.programme is not None:
            _programme(store, preset.programme)
    except BaseException:
        store.close()
        if not isinstance(address, str) or "://" not in address:
            Path(address).unlink(missing_ok=True)
        raise
    store.new_id = new_id
    return store


def _programme(store: Store, plan: ProgrammePlan) -> None:
    start_programme(
        store,
        name=plan.name,
        baseline_on=plan.baseline_on,
        stage_ids=plan.stage_ids,
        aim_on=plan.aim_on,
        aim_percent=plan.aim_percent,
        aim_people=plan.aim_people,
        plan=plan.plan,
    )


@dataclass(slots=True)
class _Known:
    """One invented person's part of the group's figures. Pence a week."""

    number: int
    group: DemoGroup
    place_in_group: int
    net: int | None
    before: int | None
    person: int
    health: int
    hours: float | None
    rate: int | None


class _Crowd:
    """All records of a preset's people, in an order in which they can be added."""

    def __init__(self, store: Store, preset: Preset, chance: random.Random, ids: Ids) -> None:
        self._preset, self._chance, self._ids, self._as_at = preset, chance, ids, preset.as_at
        self._services: Mapping[str, Service] = {service.name: service for service in store.find(Service)}
        self._localities: Sequence[str] = preset.localities or names.LOCALITIES
        self._homes = {stage.id for stage in preset.stages if stage.own_home}

    def records(self) -> Iterator[Record]:
        """Teams and workers first, then everybody."""
        count = self._preset.people_count
        teams = [Team(self._ids(), name) for name in names.TEAMS[:2]]
        workers = [
            Worker(self._ids(), name, teams[place % 2].id)
            for place, name in enumerate(names.WORKERS[: max(3, min(10, count // 40))])
        ]
        yield from teams
        yield from workers
        who = shuffled_names(count, self._chance)
        for known, name, nhs_number in zip(self._everybody(), who, nhs_numbers(), strict=False):
            yield from self._person(known, name, nhs_number, workers[known.number % len(workers)])

    def _everybody(self) -> Iterator[_Known]:
        number = 0
        for group in self._preset.people:
            shares = self._shares(group)
            nets = _weekly(group.net_year_pence, shares)
            before = spread((group.week_before_pence or 0) * group.count, shares)
            persons, healths = (
                _weekly(pence, self._shares(group)) for pence in (group.person_year_pence, group.health_year_pence)
            )
            hours, rates = self._hours(group), self._rates(group)
            for place in range(group.count):
                yield _Known(
                    number,
                    group,
                    place,
                    nets[place] if group.net_year_pence is not None else None,
                    before[place] if group.week_before_pence is not None else None,
                    persons[place],
                    healths[place],
                    hours[place],
                    rates[place],
                )
                number += 1

    def _shares(self, group: DemoGroup) -> list[float]:
        """What falls on each of them of what they all cost."""
        return [self._chance.uniform(0.6, 1.4) for _ in range(group.count)]

    def _hours(self, group: DemoGroup) -> list[float | None]:
        if group.hours_per_week is None:
            return [None] * group.count
        shares = [self._chance.uniform(0.5, 1.5) for _ in range(group.count)]
        return [quarters / 4 for quarters in spread(round(group.hours_per_week * 4), shares)]

    def _rates(self, group: DemoGroup) -> list[int | None]:
        """Evenly from the lowest to the highest, in any order: both are met."""
        if group.rates_pence is None:
            return [None] * group.count
        low, high = group.rates_pence
        rates: list[int | None] = [
            round(low + (high - low) * place / max(1, group.count - 1)) for place in range(group.count)
        ]
        self._chance.shuffle(rates)
        return rates

    def _person(self, known: _Known, name: tuple[str, str, str], nhs_number: str, worker: Worker) -> Iterator[Record]:
        group, surname, given, gender = known.group, *name
        born_on = self._birth(group.ages)
        began_on = self._began(group, born_on)
        service = self._services.get(group.service)
        person = Person(
            id=self._ids(),
            ref=f"MHT-{known.number + 1:05d}",
            surname=surname,
            given_names=given,
            born_on=born_on,
            nhs_number=nhs_number,
            local_id=f"P{300_000 + known.number}",
            gender=gender,
            locality=self._localities[known.number % len(self._localities)],
            worker_id=worker.id,
            team_id=worker.team_id,
            primary_support="mental_health",
        )
        yield person
        stay = Placement(self._ids(), person.id, group.stage_id, began_on, service_id=service.id if service else None)
        yield stay
        yield self._lives(person, group, began_on)
        yield from self._reviews(person, began_on)
        yield from self._costs(known, person, stay)
        if known.place_in_group < group.waiting:
            since = max(began_on, self._as_at - timedelta(days=self._chance.randrange(10, 300)))
            yield Waiting(self._ids(), person.id, since, "supported", needs_home=known.place_in_group < group.homes)
        yield Note(self._ids(), person.id, "other", began_on, "Invented for this demo.", worker.name)

    def _birth(self, ages: tuple[int, int]) -> date:
        """Of an age between the two, both included, on the paper's day."""
        age = self._chance.randint(*ages)
        return add_months(self._as_at, -12 * age) - timedelta(days=self._chance.randrange(1, 360))

    def _began(self, group: DemoGroup, born_on: date) -> date:
        """Nobody came as a child: a stay is as long as the group's, or since they were eighteen."""
        low, high = group.stays_years
        began_on = self._as_at - timedelta(days=round(365.25 * self._chance.uniform(low, high)))
        return max(began_on, min(add_months(born_on, 12 * 18), self._as_at - timedelta(days=7)))

    def _lives(self, person: Person, group: DemoGroup, since: date) -> Record:
        if group.stage_id in self._homes:
            code = self._chance.choice(("tenant_social", "tenant_social", "tenant_private", "owner", "family_settled"))
        else:
            code = _LIVES.get(group.stage_id, "supported")
        return LegalAndStatus(self._ids(), person.id, StatusKind.ACCOMMODATION, code, since)

    def _reviews(self, person: Person, began_on: date) -> Iterator[Record]:
        """Three in four were looked at within the year."""
        held_on = self._as_at - timedelta(days=self._chance.randrange(5, 480))
        if held_on > began_on + timedelta(days=20):
            yield Review(self._ids(), person.id, ReviewKind.CARE_ACT, held_on=held_on, outcome=ReviewOutcome.CONTINUE)

    def _costs(self, known: _Known, person: Person, stay: Placement) -> Iterator[Record]:
        kind = known.group.kind
        if known.hours is not None and known.rate is not None:
            yield CostLine(
                self._ids(), person.id, kind, known.rate, stay.started_on, "hourly", known.hours,
                placement_id=stay.id,
            )  # fmt: skip
        elif known.net is not None:
            gross = known.net + known.person + known.health
            since = max(known.group.since or stay.started_on, stay.started_on)
            if known.before is not None and since > stay.started_on:
                yield CostLine(
                    self._ids(), person.id, kind, known.before, stay.started_on, ended_on=since, placement_id=stay.id
                )
            yield CostLine(self._ids(), person.id, kind, gross, since, placement_id=stay.id)
        if known.person or known.health:
            yield FundingSplit(self._ids(), person.id, stay.started_on, known.person, health_pence=known.health or None)


def _weekly(year_pence: int | None, shares: Sequence[float]) -> list[int]:
    """Each one's pence a week, so that 52 weeks of all of them come to the year's to within a few pence."""
    return spread(round((year_pence or 0) / WEEKS), shares)


_LIVES = {
    "hospital": "hospital",
    "residential": "care_home",
    "short_residential": "care_home",
    "nursing": "nursing_home",
    "extra_care": "sheltered",
    "enablement": "supported",
}
