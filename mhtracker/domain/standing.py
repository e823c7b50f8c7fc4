"""Records as they stood on a day, by their own dates: what happened after it has not happened yet.

Reading as at a day must not let later facts through: a stay that ended since was still running, with no reason why it
would end; a status that ended since still held.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from mhtracker.domain.caseload import begun_on
from mhtracker.domain.records import LegalAndStatus, MoveOnPlan, Person, Placement, Target


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
