"""Records as they stood on a day, by their own dates: what happened after it has not happened yet.

Reading as at a day must not let later facts through: a stay that ended since was still running, with no reason why it
would end; a status that ended since still held.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from mhtracker.domain.caseload import begun_on
from mhtracker.domain.records import CostLine, FundingSplit, LegalAndStatus, MoveOnPlan, Person, Placement, Target


def person_on(person: Person, as_at: date) -> Person:
    """The person before a death or a leaving that came later."""
    if person.died_on is not None and person.died_on > as_at:
        person = replace(person, died_on=None)
    if person.left_on is not None and person.left_on > as_at:
        person = replace(person, left_on=None, left_reason=None)
    return person


def placements_on(placements: Iterable[Placement], as_at: date) -> list[Placement]:
    """The stays begun by a day; those that ended later are still running."""
    return [
        replace(each, ended_on=None, planned=None, end_reason=None, destination=None)
        if each.ended_on is not None and each.ended_on > as_at
        else each
        for each in placements
        if each.started_on <= as_at
    ]


def plans_on(plans: Iterable[MoveOnPlan], targets: Sequence[Target], as_at: date) -> list[MoveOnPlan]:
    """The move-on plans begun by a day; those that ended later are still in force."""
    return [
        replace(each, ended_on=None, end_reason=None) if each.ended_on is not None and each.ended_on > as_at else each
        for each in plans
        if begun_on(each, targets) <= as_at
    ]


def statuses_on(statuses: Iterable[LegalAndStatus], as_at: date) -> list[LegalAndStatus]:
    """The statuses begun by a day; those that ended later still hold."""
    return [
        replace(each, ended_on=None, end_reason="", ended_by_health="", ended_by_council="")
        if each.ended_on is not None and each.ended_on > as_at
        else each
        for each in statuses
        if each.started_on is None or each.started_on <= as_at
    ]


def costs_on(costs: Iterable[CostLine], as_at: date, today: date) -> list[CostLine]:
    """Costs as at a day. Seen from `today`, what lies ahead is a plan, such as a taper.

    Looking back, only what had begun by the day is there, and what ended later goes on.
    """
    if as_at >= today:
        return list(costs)
    return [replace(each, ended_on=_by(each.ended_on, as_at)) for each in costs if each.started_on <= as_at]


def splits_on(splits: Iterable[FundingSplit], as_at: date, today: date) -> list[FundingSplit]:
    """Who pays, in the same way; some of it was agreed after it began."""
    if as_at >= today:
        return list(splits)
    begun = [replace(each, ended_on=_by(each.ended_on, as_at)) for each in splits if each.started_on <= as_at]
    return [
        each if each.agreed_on is None or each.agreed_on <= as_at else replace(each, agreed_on=None, agreed_by="")
        for each in begun
    ]


def _by(day: date | None, as_at: date) -> date | None:
    return day if day is not None and day <= as_at else None
