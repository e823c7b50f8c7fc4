"""Delayed days by whom they are put down to, or by whose case it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from mhtracker.analysis.facts import Facts
from mhtracker.domain.counting.delays import delayed_days
from mhtracker.domain.pathway import current_placement
from mhtracker.domain.records import Barrier

OWNERS = ("attributable", "worker", "team", "service")
"""Whose a delay can be: what it is put down to, the worker or team who hold the case, the service they wait at."""


@dataclass(frozen=True, slots=True)
class OwnedDelay:
    """Days held up, each day of a person once, and whose. `key` is a code or a record's id, "" for not recorded."""

    key: str
    people: tuple[str, ...]
    days: int


def delays_by(facts: Facts, from_on: date, owner: str) -> tuple[OwnedDelay, ...]:
    """From a day to the facts' day, both included; most days first."""
    from mhtracker.analysis.columns.held_up import owned_delays_of

    return owned_delays_of(facts.everybody, from_on, owner)


def count_delays_by(facts: Facts, from_on: date, owner: str) -> tuple[OwnedDelay, ...]:
    """What `delays_by` means, one person at a time."""
    until = facts.as_at + timedelta(days=1)
    days_of: dict[str, int] = {}
    people_of: dict[str, list[str]] = {}
    for person_id, barriers in sorted(facts.barriers.items()):
        for key, mine in _shared_out(facts, person_id, barriers, owner).items():
            days = delayed_days(mine, from_on, until).total
            if days:
                days_of[key] = days_of.get(key, 0) + days
                people_of.setdefault(key, []).append(person_id)
    found = (OwnedDelay(key, tuple(people_of[key]), days) for key, days in days_of.items())
    return tuple(sorted(found, key=lambda each: (-each.days, each.key)))


def _shared_out(facts: Facts, person_id: str, barriers: list[Barrier], owner: str) -> dict[str, list[Barrier]]:
    if owner == "attributable":
        by_code: dict[str, list[Barrier]] = {}
        for barrier in barriers:
            by_code.setdefault(barrier.attributable, []).append(barrier)
        return by_code
    each = facts.people[person_id]
    if owner == "service":
        stay = current_placement(each.placements, facts.as_at)
        return {(stay.service_id if stay is not None else None) or "": barriers}
    held_by = each.person.worker_id if owner == "worker" else each.person.team_id
    return {held_by or "": barriers}
