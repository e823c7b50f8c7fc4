"""Who waits for a place in the demo register, what was offered, what support costs and who pays for it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from mhtracker.domain.money.tapers import taper_steps
from mhtracker.domain.places.fitting import Asking
from mhtracker.domain.records import (
    CostLine,
    FundingSplit,
    LegalAndStatus,
    Offer,
    Person,
    Placement,
    Record,
    Service,
    StatusKind,
    Waiting,
)
from mhtracker.operations.demo import names
from mhtracker.operations.demo.past import Fact
from mhtracker.operations.demo.services import FAR_AWAY, HOME_TEAM, HOUR_PENCE

NewId = Callable[[], str]
WAITING = (("hospital", 4, True), ("residential", 12, True), ("enablement", 4, True), ("supported", 8, False))
"""Of 240 people: how many wait in each stage, and whether they need somewhere to live. 28, of whom 20 do."""

_WANTED = {"hospital": "supported", "residential": "supported", "enablement": "supported", "supported": "independent"}
_TRAPS = 3
"""So many people with a right to s117 after-care were charged; of the first nobody has noticed until now."""

_REFUSALS = (
    ("refused", "area", "Too far from the sister"),
    ("refused", "size", "Would have shared the kitchen with four"),
    ("refused", "rules", "No visitors after nine"),
    ("declined", "risk", "Fire set in 2021"),
    ("declined", "mix", ""),
    ("declined", "funding", "Panel met a week too late"),
    ("lapsed", "", ""),
)
_MOVING_COSTS = ("Furniture and deposit", "Removal and carpets", "White goods")


def who_waits(where: Sequence[str], people: int, chance: random.Random) -> set[int]:
    """The numbers of those on the waiting list, from each stage its share."""
    found: set[int] = set()
    for stage, of_240, _ in WAITING:
        there = [number for number, each in enumerate(where) if each == stage]
        found |= set(chance.sample(there, min(len(there), round(of_240 * people / 240))))
    return found


@dataclass(slots=True)
class Places:
    """What is told of everybody's places and money. `services` are by stage, `extra` those that only some come to."""

    services: dict[str, list[Service]]
    extra: dict[str, Service]
    as_at: date
    chance: random.Random
    ids: NewId
    waits: set[int] = field(default_factory=set)
    waiting_now: list[Asking] = field(default_factory=list)
    called: dict[str, str] = field(default_factory=dict)
    """By person: the name those who wait go by."""
    hours: int = 0
    living: dict[str, int] = field(default_factory=dict)
    """By service: how many live there now."""
    _charged: int = 0
    _far: int = 0
    _tapers: int = 0

    def lived(self, records: Sequence[Record]) -> list[Record]:
        """The same records, where some live far away, and most in homes of their own have the council's home team."""
        return [self._lived(each) if isinstance(each, Placement) else each for each in records]

    def _lived(self, stay: Placement) -> Placement:
        if stay.stage_id == "independent" and self.chance.random() < 0.7:
            return replace(stay, service_id=self.extra[HOME_TEAM].id)
        if stay.stage_id == "residential" and stay.ended_on is None and self._far < 4 and self.chance.random() < 0.06:
            self._far += 1
            return replace(stay, service_id=self.extra[FAR_AWAY].id)
        return stay

    def facts(self, number: int, records: Sequence[Record]) -> list[Fact]:
        """One person's further facts."""
        (person,) = (each for each in records if isinstance(each, Person))
        stays = [each for each in records if isinstance(each, Placement)]
        found = [*self._housed(person, stays)]
        if person.left_on is None:
            here = stays[-1].service_id or ""
            self.living[here] = self.living.get(here, 0) + 1
            if number in self.waits:
                found += self._waiting(person, stays[-1])
            free = any(isinstance(each, LegalAndStatus) and each.kind == StatusKind.S117 for each in records)
            found += [*self._who_pays(person, stays[-1], free=free), *self._costs(stays[-1])]
        return found

    # The waiting list

    def _waiting(self, person: Person, there: Placement) -> Iterator[Fact]:
        chance, stage = self.chance, there.stage_id
        longest = max(2, min((self.as_at - there.started_on).days - 10, 300))
        since = self.as_at - timedelta(days=chance.randint(1, longest))
        priority = chance.choices(("ordinary", "high", "urgent"), (70, 20, 10))[0]
        wanted = _WANTED[stage]
        feature = chance.choice(("", "", "staff_24_hour", "self_contained", "ground_floor", "step_free"))
        waiting = Waiting(
            self.ids(), person.id, since, wanted,
            localities="; ".join(sorted(chance.sample(names.LOCALITIES, chance.randint(0, 2)))),
            features=feature if wanted == "supported" else "", priority=priority,
            priority_reason=_why_first(stage) if priority != "ordinary" else "",
            needs_home={each: home for each, _, home in WAITING}[stage],
            own_wish=chance.choice((True, True, True, False, None)),
            funding_agreed=chance.choice((True, True, False, None)),
        )  # fmt: skip
        self.called[person.id] = person.known_as or person.given_names
        yield Fact(since, "Put on waiting list", [waiting], late=(0, 3), more=True)
        tried = []
        if wanted == "supported" and chance.random() < 0.5 and (self.as_at - since).days > 40:
            tried = list(self._refused(waiting))
        yield from tried
        offers = [each for fact in tried for each in fact.saved if isinstance(each, Offer)]
        nothing = tuple(each for each in offers if each.answer in ("refused", "declined"))
        self.waiting_now.append(Asking(waiting, person.gender, came_to_nothing=nothing))

    def _refused(self, waiting: Waiting) -> Iterator[Fact]:
        """A place that was offered and did not come to anything, or is still open."""
        chance = self.chance
        offered = waiting.since_on + timedelta(days=chance.randint(15, (self.as_at - waiting.since_on).days - 12))
        service = chance.choice(self.services["supported"])
        offer = Offer(self.ids(), waiting.person_id, waiting.id, service.id, offered)
        yield Fact(offered, f"Offer {service.name}", [offer], late=(0, 0), more=True)
        answer, code, why = chance.choice(_REFUSALS)
        day = offered + timedelta(days=chance.randint(2, 11))
        said = replace(offer, answer=answer, answered_on=day, reason_code=code or None, reason=why)
        if chance.random() < 0.8:
            words = {
                "refused": "refused by the person",
                "declined": "declined by the service",
                "lapsed": "no longer open",
            }
            yield Fact(day, f"Offer {words[answer]}", [said], late=(0, 0), more=True)

    def _housed(self, person: Person, stays: Sequence[Placement]) -> Iterator[Fact]:
        """Those who moved lately had waited for the place, and took it."""
        chance, there = self.chance, stays[-1]
        lately = 0 < (self.as_at - there.started_on).days < 250
        if there.stage_id != "supported" or len(stays) < 2 or not lately or there.service_id is None:
            return
        since = max(
            there.started_on - timedelta(days=chance.randint(30, 200)), stays[-2].started_on + timedelta(days=3)
        )
        offered = there.started_on - timedelta(days=chance.randint(12, 25))
        if since >= offered:
            return
        waiting = Waiting(self.ids(), person.id, since, "supported", own_wish=True, funding_agreed=True)
        offer = Offer(self.ids(), person.id, waiting.id, there.service_id, offered, there.unit_id)
        name = next((each.name for each in self.services["supported"] if each.id == there.service_id), "a place")
        taken = offered + timedelta(days=chance.randint(1, 6))
        yield Fact(since, "Put on waiting list", [waiting], late=(0, 3), more=True)
        yield Fact(offered, f"Offer {name}", [offer], late=(0, 0), more=True)
        accepted = replace(offer, answer="accepted", answered_on=taken)
        yield Fact(taken, "Offer accepted", [accepted], late=(0, 0), more=True)
        housed = replace(waiting, ended_on=there.started_on, end_reason="housed")
        yield Fact(there.started_on, "", [housed], joins=there.id)

    # Money

    def _who_pays(self, person: Person, there: Placement, *, free: bool) -> Iterator[Fact]:
        chance = self.chance
        if there.stage_id == "hospital" or chance.random() < 0.06:
            return
        health = chance.choices((0, 25, 50, 100), (45, 20, 28, 7) if free else (88, 8, 3, 1))[0]
        pays = 0 if free else 500 * chance.randint(0, 32 if there.stage_id == "residential" else 8)
        agreed = there.started_on - timedelta(days=chance.randint(0, 20))
        split = FundingSplit(
            self.ids(), person.id, there.started_on, 0 if health == 100 else pays, float(health) or None,
            agreed_on=agreed, agreed_by="Northmoor joint funding panel" if health else "",
        )  # fmt: skip
        noticed = self.as_at - timedelta(days=chance.randint(20, 200))
        if free and self._charged < _TRAPS and there.started_on < noticed - timedelta(days=60) and health < 100:
            self._charged += 1
            charged = replace(split, person_pence=4_250)
            yield Fact(there.started_on, "Change who pays", [charged], late=(0, 9), more=True)
            if self._charged == 1:
                self.ids()  # What follows has the ids it would have had.
                return
            words = "Charged by mistake until now although s117 holds; the money is to be paid back"
            put_right = replace(split, id=self.ids(), started_on=noticed, agreed_on=noticed, note=words)
            split = replace(charged, ended_on=noticed)
            yield Fact(noticed, "Change who pays", [split, put_right], late=(0, 0), more=True)
            return
        yield Fact(there.started_on, "Change who pays", [split], late=(0, 9), more=True)

    def _costs(self, there: Placement) -> Iterator[Fact]:
        chance, days = self.chance, (self.as_at - there.started_on).days
        if there.service_id == self.extra[HOME_TEAM].id and there.weekly_cost_pence:
            hours = round(there.weekly_cost_pence / HOUR_PENCE)
            self.hours += hours
            yield self._cost(there, "support", HOUR_PENCE, "hourly", float(hours), "Home team")
        if there.stage_id in ("supported", "independent") and 7 < days < 400 and chance.random() < 0.5:
            pence = chance.randint(60, 280) * 1_000
            yield self._cost(there, "transition", pence, "one_off", None, chance.choice(_MOVING_COSTS))
        if there.stage_id == "supported" and 7 < days < 260 and self._tapers < 8:
            self._tapers += 1
            yield self._taper(there)

    def _cost(self, there: Placement, kind: str, pence: int, frequency: str, units: float | None, what: str) -> Fact:
        stay = None if frequency == "one_off" else there.id
        line = CostLine(self.ids(), there.person_id, kind, pence, there.started_on, frequency, units, None, stay, what)
        label = "Add one-off cost: Cost of moving" if frequency == "one_off" else "Add cost: Support"
        return Fact(there.started_on, f"{label}: {what}", [line], late=(0, 9), more=True)

    def _taper(self, there: Placement) -> Fact:
        """The place itself, and support by the hour beside it that comes down in steps, some of them still ahead."""
        taper_id = self.ids()
        home = CostLine(
            self.ids(), there.person_id, "accommodation", there.weekly_cost_pence or 60_000, there.started_on,
            placement_id=there.id,
        )  # fmt: skip
        from_hours = float(self.chance.choice((21, 28, 35)))
        steps = [
            CostLine(
                self.ids(), there.person_id, "one_to_one", HOUR_PENCE, step.started_on, "hourly", step.units,
                step.ended_on, there.id, taper_id=taper_id,
            )
            for step in taper_steps(there.started_on, from_hours, 7.0, 4, self.chance.choice((6, 8, 10)))
        ]  # fmt: skip
        return Fact(there.started_on, "Plan a taper", [home, *steps], late=(0, 9), more=True)


def _why_first(stage: str) -> str:
    return "Ready for discharge" if stage == "hospital" else "Notice was given on the place they have"
