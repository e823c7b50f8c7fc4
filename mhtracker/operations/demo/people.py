"""One invented person: how they came, where they stayed, what was reviewed, planned and noted."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate

from mhtracker.domain.dates import add_months
from mhtracker.domain.records import (
    DatePrecision,
    LegalAndStatus,
    MoveOnPlan,
    Note,
    Person,
    Placement,
    Record,
    Review,
    ReviewKind,
    ReviewOutcome,
    Service,
    StatusKind,
    Target,
    Worker,
)
from mhtracker.operations.demo import names

NewId = Callable[[], str]


@dataclass(frozen=True, slots=True)
class Invented:
    """Who to invent. `where` is a stage or "left"; `rich` people get several notes, others one."""

    number: int
    where: str
    surname: str
    given: str
    gender: str
    nhs_number: str
    as_at: date
    rich: bool


@dataclass(slots=True)
class _Stay:
    stage: str
    start: date
    end: date | None
    gap: str = ""


def invent_person(
    who: Invented,
    services: Mapping[str, Sequence[Service]],
    workers: Sequence[Worker],
    chance: random.Random,
    ids: NewId,
) -> list[Record]:
    """All records of one person, in an order in which they can be added."""
    stays = _stays(who, chance)
    left_on = stays[-1].end if who.where == "left" else None
    worker = workers[min(int(chance.random() * len(workers)), len(workers) - 1)]
    person = _person(who, stays, worker, left_on, chance, ids)
    records: list[Record] = [person]
    records += _placements(person.id, stays, services, chance, ids)
    records += _reviews(who, person.id, stays, left_on, chance, ids)
    records += _plan(who, person.id, stays, worker.name, chance, ids)
    records += _statuses(who, person.id, stays, left_on, chance, ids)
    records += _notes(who, person.id, stays, worker.name, left_on, chance, ids)
    return records


def _days(chance: random.Random, low: float, high: float) -> int:
    return int(low + chance.random() * (high - low))


def _person(
    who: Invented, stays: Sequence[_Stay], worker: Worker, left_on: date | None, chance: random.Random, ids: NewId
) -> Person:
    band = chance.choices(((18, 25), (25, 45), (45, 65), (65, 82)), (7, 38, 45, 10))[0]
    oldest = (stays[0].start - date(1930, 1, 1)).days
    age_days = max(_days(chance, band[0] * 365.25, band[1] * 365.25), (who.as_at - stays[0].start).days + 18 * 366)
    born_on = who.as_at - timedelta(days=min(age_days, oldest))
    precision = DatePrecision.DAY
    if who.number % 97 == 40:
        born_on = date(1972, 2, 29)
    elif who.number % 61 == 50:
        born_on, precision = born_on.replace(month=1, day=1), DatePrecision.YEAR
    died = left_on is not None and chance.random() < 0.15
    reason = "died" if died else chance.choice(("independent", "out_of_area", "other_team"))
    return Person(
        id=ids(),
        ref=f"MHT-{who.number + 1:05d}",
        surname=who.surname,
        given_names=who.given,
        known_as=who.given[:3] if who.number % 23 == 7 else "",
        born_on=born_on,
        born_precision=precision,
        nhs_number=None if who.number % 29 == 11 else who.nhs_number,
        local_id=f"M{200_000 + who.number}",
        gender=who.gender,
        ethnicity=chance.choices(_ETHNICITIES, cum_weights=_ETHNIC_WEIGHTS)[0],
        locality=chance.choice(names.LOCALITIES),
        worker_id=worker.id,
        team_id=worker.team_id,
        care_coordinator=chance.choice(names.COORDINATORS),
        died_on=left_on if died else None,
        left_on=left_on,
        left_reason=reason if left_on else None,
    )


_ETHNICITIES = ("white_british", "white_other", "white_irish", "asian_indian", "asian_pakistani", "black_african",
                "black_caribbean", "mixed_caribbean", "other_any", "not_stated")  # fmt: skip
_ETHNIC_WEIGHTS = tuple(accumulate((60, 8, 3, 5, 6, 6, 5, 3, 2, 2)))

_PATHS: dict[str, tuple[tuple[int, tuple[str, ...]], ...]] = {
    "hospital": ((6, ("hospital",)), (2, ("residential", "hospital")), (2, ("supported", "hospital"))),
    "residential": (
        (6, ("hospital", "residential")),
        (2, ("residential",)),
        (1, ("hospital", "residential", "supported", "residential")),
        (1, ("residential", "hospital", "residential")),
    ),
    "enablement": ((6, ("hospital", "residential", "enablement")), (4, ("hospital", "enablement"))),
    "supported": (
        (4, ("hospital", "residential", "enablement", "supported")),
        (3, ("hospital", "residential", "supported")),
        (1, ("hospital", "enablement", "supported")),
        (1, ("residential", "enablement", "supported", "hospital", "supported")),
        (1, ("supported",)),
    ),
    "independent": (
        (4, ("hospital", "residential", "enablement", "supported", "independent")),
        (3, ("residential", "enablement", "supported", "independent")),
        (2, ("hospital", "supported", "independent")),
        (1, ("hospital", "residential", "independent")),
    ),
}
"""The ways that lead to a stage, with how common each is; some skip a stage, some go back."""


def _stays(who: Invented, chance: random.Random) -> list[_Stay]:
    last = chance.choice(("independent", "supported", "residential")) if who.where == "left" else who.where
    weights, paths = zip(*_PATHS[last], strict=True)
    path = chance.choices(paths, weights)[0]
    end: date | None = None
    day = who.as_at
    if who.where == "left":
        end = day = who.as_at - timedelta(days=_days(chance, 20, 900))
    stays: list[_Stay] = []
    for place, stage in enumerate(reversed(path)):
        start = day - timedelta(days=_length(stage, place > 0, chance))
        stays.append(_Stay(stage, start, end))
        gap = chance.random() < 0.08
        day = end = start - timedelta(days=_days(chance, 2, 60) if gap else 0)
        if gap:
            stays[-1].gap = chance.choice(names.GAPS)
    stays[-1].gap = ""
    return list(reversed(stays))


def _length(stage: str, past: bool, chance: random.Random) -> int:
    """Days of a stay: residential lognormal about 7 years, supported about 14 months, enablement about 7 weeks."""
    if stage == "hospital":
        return _days(chance, 12, 120)
    if stage == "residential":
        years = 0.0
        while not 0.3 <= years <= 19:
            years = math.exp(chance.gauss(math.log(4 if past else 7), 0.75))
        return int(years * 365.25)
    if stage == "enablement":
        return int(min(max(chance.gauss(49, 20), 4), 110))
    if stage == "supported":
        return int(min(max(math.exp(chance.gauss(math.log(425), 0.6)), 20), 1_300))
    return _days(chance, 25, 900)


def _placements(
    person_id: str, stays: Sequence[_Stay], services: Mapping[str, Sequence[Service]], chance: random.Random, ids: NewId
) -> list[Placement]:
    placements = []
    for place, stay in enumerate(stays):
        following = stays[place + 1].stage if place + 1 < len(stays) else None
        back = following is not None and _LEVEL[following] < _LEVEL[stay.stage]
        planned = None if stay.end is None else not back and chance.random() < 0.85
        reason = None
        if stay.end is not None:
            reason = "admitted" if following == "hospital" else "more_support" if back else "moved_on"
            reason = "own_choice" if reason == "moved_on" and not planned else reason
            reason = "discharged" if stay.stage == "hospital" else reason
        service = chance.choice(services[stay.stage])
        placements.append(
            Placement(
                id=ids(),
                person_id=person_id,
                stage_id=stay.stage,
                started_on=stay.start,
                ended_on=stay.end,
                service_id=service.id,
                address=f"Flat {_days(chance, 1, 24)}" if stay.stage == "supported" else "",
                planned=planned,
                end_reason=reason,
                destination=_DESTINATIONS.get(following or "", "own_tenancy") if stay.end else None,
                gap_reason=stay.gap,
                weekly_cost_pence=_cost(stay, chance),
            )
        )
    return placements


_LEVEL = {"hospital": 0, "residential": 1, "enablement": 2, "supported": 3, "independent": 4}
_DESTINATIONS = {
    "hospital": "hospital",
    "residential": "residential",
    "enablement": "enablement",
    "supported": "supported",
}


def _cost(stay: _Stay, chance: random.Random) -> int | None:
    if stay.stage == "hospital":
        return None
    if stay.stage == "residential":
        return round(min(max(chance.gauss(1246, 250), 800), 2400) * 100)
    if stay.stage == "enablement":
        return 93_600
    if stay.stage == "supported":
        return 129_548 if chance.random() < 0.2 else round(_days(chance, 30_000, 70_000))
    return _days(chance, 2, 6) * 1_796


def _reviews(
    who: Invented, person_id: str, stays: Sequence[_Stay], left_on: date | None, chance: random.Random, ids: NewId
) -> list[Review]:
    start, until = stays[-1].start, left_on or who.as_at
    last = _last_held(start, until, chance)
    held: list[date] = []
    day = last
    while day is not None and day > stays[0].start + timedelta(days=40) and len(held) < (8 if who.rich else 2):
        held.append(day)
        day = add_months(day, -12) + timedelta(days=_days(chance, -20, 30))
    reviews = [
        Review(
            id=ids(),
            person_id=person_id,
            kind=ReviewKind.CARE_ACT,
            held_on=day,
            outcome=chance.choices(tuple(ReviewOutcome)[:3], (70, 22, 8))[0],
            summary=chance.choice(names.REVIEW_SUMMARIES) if who.rich else "",
        )
        for day in reversed(held)
    ]
    if left_on is None and chance.random() < 0.22:
        booked = who.as_at + timedelta(days=_days(chance, 1, 40))
        booked += timedelta(days=max(0, 0 if booked.weekday() < 5 else 7 - booked.weekday()))
        at = chance.choice(("10:00", "10:30", "14:00", "15:15", ""))
        reviews.append(Review(id=ids(), person_id=person_id, booked_on=booked, booked_time=at))
    return reviews


def _last_held(start: date, until: date, chance: random.Random) -> date | None:
    """When the last review was held, so that about 64% are in date, 12% due within 6 weeks and 24% overdue."""
    age = (until - start).days
    if age < 50 or (age < 300 and chance.random() < 0.3):
        return None if age < 50 or chance.random() < 0.4 else start + timedelta(days=min(_days(chance, 35, 56), age))
    fate = chance.random()
    if fate < 0.64:
        ago = _days(chance, 0, 365 - 43)
    elif fate < 0.76:
        ago = _days(chance, 365 - 42, 364)
    elif fate < 0.95:
        ago = _days(chance, 366, 600)
    else:
        ago = _days(chance, 731, 1100)
    if ago > age - 20:
        ago = _days(chance, 0, max(1, age - 20))
    return until - timedelta(days=ago)


_AIMS = {"hospital": "residential", "residential": "supported", "enablement": "supported", "supported": "independent"}
_WITH_PLAN = {"hospital": 0.7, "residential": 0.5, "enablement": 0.92, "supported": 0.7}
_SLIPS = (
    "no_offer",
    "no_vacancy",
    "funding",
    "not_ready",
    "unwell",
    "benefits",
    "adaptations",
    "capacity",
    "own_choice",
)


def _plan(
    who: Invented, person_id: str, stays: Sequence[_Stay], worker: str, chance: random.Random, ids: NewId
) -> list[Record]:
    stage, start = stays[-1].stage, stays[-1].start
    if who.where == "left" or chance.random() >= _WITH_PLAN.get(stage, 0):
        return []
    age = (who.as_at - start).days
    soon = stage in ("hospital", "enablement")
    begun = who.as_at - timedelta(days=_days(chance, 0, min(age, 80 if soon else 700) + 1))
    plan = MoveOnPlan(ids(), person_id, _AIMS[stage], "Own tenancy" if stage == "supported" else "", begun)
    target_on = begun + timedelta(days=_days(chance, 20, 90) if soon else _days(chance, 200, 800))
    records: list[Record] = [plan, Target(ids(), plan.id, person_id, target_on, begun, set_by=worker)]
    set_on = begun
    for position in range(1, 4):
        set_on += timedelta(days=_days(chance, 20, 240))
        if set_on > who.as_at or chance.random() < 0.45:
            break
        target_on = max(target_on, set_on) + timedelta(days=_days(chance, 14, 60) if soon else _days(chance, 25, 200))
        code = chance.choice(_SLIPS)
        records.append(Target(ids(), plan.id, person_id, target_on, set_on, code, "", worker, position))
    return records


HOMES = {
    "hospital": "hospital",
    "residential": "care_home",
    "enablement": "supported",
    "supported": "supported",
    "independent": "tenant_social",
}
_SECTIONS = (("3", 88), ("37", 8), ("47", 3), ("48", 1))


def _statuses(
    who: Invented, person_id: str, stays: Sequence[_Stay], left_on: date | None, chance: random.Random, ids: NewId
) -> list[LegalAndStatus]:
    found = []
    if chance.random() < 0.6:
        section = chance.choices([code for code, _ in _SECTIONS], [weight for _, weight in _SECTIONS])[0]
        first = stays[0]
        begun = first.end if first.stage == "hospital" and first.end else first.start
        found.append(LegalAndStatus(ids(), person_id, StatusKind.S117, section, begun, left_on))
    home = "unknown" if chance.random() < 0.03 else HOMES[stays[-1].stage]
    if home == "tenant_social" and chance.random() < 0.25:
        home = "tenant_private"
    found.append(LegalAndStatus(ids(), person_id, StatusKind.ACCOMMODATION, home, stays[-1].start))
    work = chance.choices(("not_seeking", "seeking", "voluntary", "paid_under_16", "paid_16_or_more", "unknown"),
                          (58, 14, 12, 7, 4, 5))[0]  # fmt: skip
    since = max(stays[0].start, (left_on or who.as_at) - timedelta(days=_days(chance, 10, 500)))
    found.append(LegalAndStatus(ids(), person_id, StatusKind.EMPLOYMENT, work, since))
    return found


def _notes(
    who: Invented,
    person_id: str,
    stays: Sequence[_Stay],
    worker: str,
    left_on: date | None,
    chance: random.Random,
    ids: NewId,
) -> list[Note]:
    until = left_on or who.as_at
    notes = []
    for _ in range(_days(chance, 2, 7) if who.rich else 1):
        age = (until - stays[0].start).days
        day = until - timedelta(days=_days(chance, 0, min(age, 240) + 1))
        kind, text = chance.choice(names.NOTES)
        written = datetime.combine(day, time(_days(chance, 9, 17), _days(chance, 0, 60)), UTC)
        notes.append(Note(ids(), person_id, kind, day, text, worker, written))
    return notes
