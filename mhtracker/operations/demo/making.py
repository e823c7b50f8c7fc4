"""The demo register: invented people in the proportions of real pathways, the same for the same seed and day.

Proportions: see `SHARES`; stays, moves and reviews follow the studies named in the user guide's chapter on the demo.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from mhtracker.domain.dates import add_months
from mhtracker.domain.errors import Invalid
from mhtracker.domain.nhs import check_digit
from mhtracker.domain.records import Person, Provider, Record, Service, Team, Worker, new_id, uuid_at
from mhtracker.operations.demo import names
from mhtracker.operations.demo import papers as demo_papers
from mhtracker.operations.demo.cost_table import cost_table_acts
from mhtracker.operations.demo.doings import Doings, note_of_a_pair, with_reasons
from mhtracker.operations.demo.further import Around, contents_of, enriched, measure_tools
from mhtracker.operations.demo.office import pair_of, programme_acts, repeated, view_acts
from mhtracker.operations.demo.past import MAKER, YEARS_KEPT, Keeping
from mhtracker.operations.demo.people import Invented, invent_person
from mhtracker.operations.demo.places import Places, who_waits
from mhtracker.operations.demo.recent import recent_facts
from mhtracker.operations.demo.services import FAR_AWAY, HOME_TEAM, Office, Seats
from mhtracker.store import FixedClock, Store, create_register
from mhtracker.store.bulk import in_bulk
from mhtracker.store.past import PastAct, in_order, record_past

SHARES = (("hospital", 5), ("residential", 40), ("enablement", 5), ("supported", 26), ("independent", 16), ("left", 8))
"""Where each hundred people are; "left" have left the pathway or died."""

MOST_PEOPLE = 100_000
_BATCH = 2_000
Progress = Callable[[int, int, str], None]


@dataclass(slots=True)
class Ids:
    """Record ids in order, the same for the same seed."""

    chance: random.Random
    milliseconds: int

    def __call__(self) -> str:
        self.milliseconds += 1
        return uuid_at(self.milliseconds, self.chance.randbytes(10))


def make_demo(
    address: str | Path,
    *,
    people: int = 240,
    seed: int = 1,
    as_at: date,
    who: str = "MHTracker demo",
    password: str | None = None,
    progress: Progress | None = None,
) -> Store:
    """Make a register of invented people and open it, as at a day. Refuses a path that exists.

    The same people, dates and ids come of the same `people`, `seed` and `as_at`. Raises Invalid for more than 100,000.
    """
    if not 1 <= people <= MOST_PEOPLE:
        raise Invalid({"people": f"A demo register holds 1 to {MOST_PEOPLE:,} people, not {people:,}."})
    chance = random.Random(f"{seed} {people} {as_at}")
    start = datetime(as_at.year, as_at.month, as_at.day, tzinfo=UTC)
    ids = Ids(chance, round(start.timestamp()) * 1000 - 20 * people)
    # A small one is recorded as if it had been kept through its years, so it begins before them.
    made_on = add_months(as_at, -12 * YEARS_KEPT) if people <= _BATCH else as_at
    clock, council = FixedClock(made_on), "Northmoor Council"
    store = create_register(address, who=who, clock=clock, password=password, council=council, demo=True, ids=ids)
    try:
        if people <= _BATCH:
            _keep(store, people, seed, as_at, chance, ids, progress)
        else:
            _fill(store, people, as_at, chance, ids, progress)
    except BaseException:
        store.close()
        if not isinstance(address, str) or "://" not in address:
            Path(address).unlink(missing_ok=True)
        raise
    store.new_id = new_id
    return store


def _keep(
    store: Store, people: int, seed: int, as_at: date, chance: random.Random, ids: Ids, progress: Progress | None
) -> None:
    """Invent everybody, and record their lives as they would have been, day by day.

    What is told of a life beside its pathway, and how it was recorded, has its own chance, and so have further doings,
    and places and money: the lives stay the same.
    """
    frame = _Frame.of(people, ids)
    told, more, placed = (random.Random(f"{what} {seed} {people} {as_at}") for what in ("told", "more", "places"))
    more_ids = Ids(told, ids.milliseconds + 10_000_000)
    others, of_places = Ids(more, ids.milliseconds + 30_000_000), Ids(placed, ids.milliseconds + 50_000_000)
    tools = measure_tools(more_ids)
    workers = {worker.id: worker for worker in frame.workers}
    stages = {stage.id: stage for stage in store.stages()}
    keeping = Keeping(workers, stages, store.today, as_at, told, more_ids, more)
    where, surnames = _places(people, chance), shuffled_names(people, chance)
    places = frame.with_extra(as_at, placed, of_places)
    places.waits = who_waits(where, people, placed)
    every = [each for each in frame.records if isinstance(each, Service)]
    seats = Seats({each.id: each for each in every}, add_months(store.today, -12), as_at, of_places)
    known: dict[int, Person] = {}
    for number, nhs_number in zip(range(people), nhs_numbers(), strict=False):
        invented = Invented(number, where[number], *surnames[number], nhs_number, as_at, rich=True)
        records = enriched(invent_person(invented, frame.services, frame.workers, chance, ids), as_at, told, more_ids)
        records = seats.seated(places.lived(with_reasons(records, more)))
        person = next(each for each in records if isinstance(each, Person))
        first = known.get(pair_of(number, people) or -1)
        if first is not None:
            person = repeated(person, first, number)
            records = [person if isinstance(each, Person) else each for each in records]
        known[number] = person
        worker = workers[person.worker_id or ""]
        around = Around(records, worker, tools, as_at, told, more_ids).facts()
        around += recent_facts(records, worker, as_at, told, more_ids)
        further = Doings(records, around, worker, store.today, as_at, more, others).facts()
        if first is not None:
            further.append(note_of_a_pair(first, person, as_at - timedelta(days=30), worker, others))
        keeping.keep(records, [*around, *further, *places.facts(number, records)])
        if progress is not None and number % 20 == 19:
            progress(number + 1, people, "Inventing people")
    providers = [each for each in frame.records if isinstance(each, Provider)]
    office = Office(every, providers, seats, store.today, as_at, placed, of_places, places.living, places.hours)
    rest = [each for each in frame.records if not isinstance(each, Service | Provider)]
    there = in_order([*rest, *office.records(), *tools, *keeping.first])
    begins = datetime.combine(store.today, time(9, 45), UTC)
    made = PastAct(begins, MAKER, "Make the demo register", there, final=True)
    keeping.acts += [*view_acts(frame.workers, as_at, others), *office.acts(places.waiting_now, places.called)]
    keeping.acts += programme_acts(sorted(keeping.acts, key=lambda act: act.at), there, as_at, others)
    labels = {stage.id: stage.label for stage in stages.values()}
    keeping.acts += cost_table_acts(keeping.acts, there, labels, as_at, others)
    store.clock, store.new_id = FixedClock(as_at), more_ids
    with in_bulk(store):
        acts = [made, *sorted(keeping.acts, key=lambda act: act.at)]
        saved = [record for act in acts for record in act.saved]
        record_past(store, acts, [*contents_of(saved), *demo_papers.contents_of(saved)])
    store.new_id = ids


def _fill(store: Store, people: int, as_at: date, chance: random.Random, ids: Ids, progress: Progress | None) -> None:
    frame = _Frame.of(people, ids)
    where = _places(people, chance)
    surnames = shuffled_names(people, chance)
    more = random.Random(f"more {people} {as_at}")
    with in_bulk(store), store.operation("Make the demo register", final=True) as work:
        work.add_many(frame.records)
        batch: list[Record] = []
        for number, nhs_number in zip(range(people), nhs_numbers(), strict=False):
            surname, given, gender = surnames[number]
            invented = Invented(number, where[number], surname, given, gender, nhs_number, as_at, people <= _BATCH)
            batch += with_reasons(invent_person(invented, frame.services, frame.workers, chance, ids), more)
            if number % _BATCH == _BATCH - 1 or number == people - 1:
                work.add_many(batch)
                batch = []
                if progress is not None:
                    progress(number + 1, people, "Inventing people")


def _places(people: int, chance: random.Random) -> list[str]:
    """Who is where: the exact shares, in random order."""
    places: list[str] = []
    for stage, share in SHARES:
        places += [stage] * round(people * share / 100)
    places = (places + ["residential"] * people)[:people]
    chance.shuffle(places)
    return places


def shuffled_names(people: int, chance: random.Random) -> list[tuple[str, str, str]]:
    """Distinct surname and given name for each, with the gender; double surnames once the single ones run out."""
    given = [(name, "male") for name in names.MALE] + [(name, "female") for name in names.FEMALE]
    weights = [64] * len(names.MALE) + [36] * len(names.FEMALE)
    taken: set[tuple[str, str]] = set()
    found: list[tuple[str, str, str]] = []
    while len(found) < people:
        first, gender = chance.choices(given, weights)[0]
        surname = chance.choice(names.SURNAMES)
        if (surname, first) in taken:
            surname = f"{surname}-{chance.choice(names.SURNAMES)}"
            if (surname, first) in taken:
                continue
        taken.add((surname, first))
        found.append((surname, first, gender))
    return found


@dataclass(frozen=True, slots=True)
class _Frame:
    """Teams, workers, providers and services of the demo."""

    records: list[Record]
    services: dict[str, list[Service]]
    workers: list[Worker]

    @staticmethod
    def of(people: int, ids: Ids) -> _Frame:
        teams = [Team(ids(), name) for name in names.TEAMS]
        workers = [
            Worker(ids(), name, teams[place % 3].id, "Team manager" if name == "Rhys Ffug" else "Social worker")
            for place, name in enumerate(_worker_names(people))
        ]
        providers: dict[str, Provider] = {}
        services: dict[str, list[Service]] = {}
        for stage, places in names.SERVICES.items():
            for name, provider in places:
                if provider and provider not in providers:
                    providers[provider] = Provider(ids(), provider)
                holder = providers[provider].id if provider else None
                locality = names.LOCALITIES[len(services) % len(names.LOCALITIES)] if provider else ""
                services.setdefault(stage, []).append(Service(ids(), name, holder, stage, locality))
        every = [service for some in services.values() for service in some]
        return _Frame([*teams, *workers, *providers.values(), *every], services, workers)

    def with_extra(self, as_at: date, chance: random.Random, ids: Ids) -> Places:
        """The places and money of these services, with two more: the council's own team, and a home far away."""
        council, far = Provider(ids(), "Northmoor Council", own=True), Provider(ids(), "Farshire Care")
        extra = (
            Service(ids(), HOME_TEAM, council.id, "independent"),
            Service(ids(), FAR_AWAY, far.id, "residential"),
        )
        self.records.extend((council, far, *extra))
        return Places(self.services, {each.name: each for each in extra}, as_at, chance, ids)


def _worker_names(people: int) -> Iterator[str]:
    """One worker for about 26 people; the ten named ones, then numbered."""
    count = max(1, min(people // 24, 2_000)) if people > 240 else min(10, max(1, people // 20))
    yield from names.WORKERS[:count]
    for number in range(len(names.WORKERS), count):
        yield f"{names.MALE[number % 50]} Demoworker {number}"


def nhs_numbers() -> Iterator[str]:
    """NHS numbers for invented people: all different, in the never issued 999 range, with right check digits."""
    step = 390_629  # shares no factor with a million, so every six digits come once
    for place in range(1_000_000):
        nine = f"999{(place * step + 17) % 1_000_000:06d}"
        digit = check_digit(nine)
        if digit is not None:
            yield f"{nine}{digit}"
