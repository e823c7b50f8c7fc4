"""What is missing or doubtful in the register, ranked by the report it harms and by how many people it concerns."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

from mhtracker.analysis.facts import Facts
from mhtracker.domain.caseload import PersonFacts, plan_in_force, targets_of
from mhtracker.domain.legal.orders import is_charged_after_care, status_held
from mhtracker.domain.money.costs import charge_on, cost_on
from mhtracker.domain.pathway import current_placement, gaps
from mhtracker.domain.records import DatePrecision, Placement, StatusKind
from mhtracker.domain.stage_kinds import is_hospital

NATIONAL, OUTCOMES, MONEY, FLOW, REVIEWS = "national", "outcomes", "money", "flow", "reviews"

HARMS: tuple[tuple[str, str], ...] = (
    (NATIONAL, "The national return (Client Level Data)"),
    (OUTCOMES, "Outcome measures"),
    (MONEY, "Costs and savings"),
    (FLOW, "Flow, delays and the stuck list"),
    (REVIEWS, "Reviews and packs"),
)
"""The reports, in the order in which what harms them is put right first."""

RECENT_DAYS = 365
LONG_ENOUGH_DAYS = 56
"""Somebody has had a review by then."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing missing or doubtful, of whom, and how it is put right. `of` is how many it was looked for in."""

    key: str
    words: str
    harms: str
    mend: str
    people: tuple[str, ...]
    of: int


@dataclass(frozen=True, slots=True)
class _Look:
    """Somebody on the pathway as they are looked at."""

    facts: Facts
    each: PersonFacts
    stay: Placement | None


@dataclass(frozen=True, slots=True)
class _Question:
    key: str
    words: str
    harms: str
    mend: str
    doubtful: Callable[[_Look], bool]
    concerns: Callable[[_Look], bool] = lambda look: True


def find_doubts(facts: Facts) -> list[Doubt]:
    """Everything doubtful about the people on the pathway, worst first: by report, then by how many."""
    from mhtracker.analysis.columns.quality import doubts_of

    return doubts_of(facts.store, facts.everybody)


def count_doubts(facts: Facts) -> list[Doubt]:
    """What `find_doubts` means, one person at a time."""
    looks = []
    for person_id in sorted(facts.on_pathway):
        each = facts.people[person_id]
        looks.append(_Look(facts, each, current_placement(each.placements, facts.as_at)))
    found = []
    for question in QUESTIONS:
        asked = [look for look in looks if question.concerns(look)]
        people = tuple(look.each.person.id for look in asked if question.doubtful(look))
        if people:
            found.append(Doubt(question.key, question.words, question.harms, question.mend, people, len(asked)))
    return ranked(found)


def ranked(found: Iterable[Doubt]) -> list[Doubt]:
    """Worst first."""
    order = [key for key, _ in HARMS]
    return sorted(found, key=lambda doubt: (order.index(doubt.harms), -len(doubt.people), doubt.key))


def _status(look: _Look, kind: StatusKind) -> str:
    held = status_held(look.each.statuses, kind, look.facts.as_at)
    return held.code if held is not None else ""


def _old_status(look: _Look, kind: StatusKind) -> bool:
    held = status_held(look.each.statuses, kind, look.facts.as_at)
    if held is None or held.started_on is None:
        return False
    came = look.stay.started_on if look.stay is not None else None
    return came is not None and kind == StatusKind.ACCOMMODATION and held.started_on < came - timedelta(days=1)


def _cost_unknown(look: _Look) -> bool:
    """On an NHS ward there is nothing to record."""
    each, ward = look.each, look.stay is not None and is_hospital(look.facts.stages[look.stay.stage_id])
    return cost_on(look.stay, each.costs, each.splits, each.statuses, look.facts.as_at, ward=ward) is None


def _charged(look: _Look) -> bool:
    charge = charge_on(look.stay, look.each.splits, look.facts.as_at)
    return is_charged_after_care(charge, look.each.statuses, look.facts.as_at)


def _moves_untold(look: _Look) -> bool:
    since = look.facts.as_at - timedelta(days=RECENT_DAYS)
    return any(
        stay.ended_on is not None and stay.ended_on >= since and stay.planned is None for stay in look.each.placements
    )


def _gap_unexplained(look: _Look) -> bool:
    return any(not gap.after.gap_reason for gap in gaps(look.each.placements, look.facts.as_at))


def _waits_untold(look: _Look) -> bool:
    """Past the target with nothing recorded that holds the move up."""
    each, as_at = look.each, look.facts.as_at
    plan = plan_in_force(each.plans, each.targets, as_at)
    mine = targets_of(plan, each.targets, as_at) if plan is not None else []
    if not mine or mine[-1].target_on >= as_at:
        return False
    return not any(b.ended_on is None or b.ended_on > as_at for b in look.facts.barriers.get(each.person.id, ()))


def _without_plan(look: _Look) -> bool:
    return plan_in_force(look.each.plans, look.each.targets, look.facts.as_at) is None


def _should_move(look: _Look) -> bool:
    return look.stay is not None and not look.facts.stages[look.stay.stage_id].own_home


QUESTIONS: tuple[_Question, ...] = (
    _Question("nhs_number", "No NHS number", NATIONAL, "Write it on the person’s details.",
              lambda look: not look.each.person.nhs_number),
    _Question("born_on", "No exact birth date", NATIONAL, "Write the day on the person’s details.",
              lambda look: look.each.person.born_on is None or look.each.person.born_precision != DatePrecision.DAY),
    _Question("ethnicity", "Ethnicity not recorded", NATIONAL, "Ask, and write it on the person’s details.",
              lambda look: not look.each.person.ethnicity),
    _Question("gender", "Gender not recorded", NATIONAL, "Ask, and write it on the person’s details.",
              lambda look: not look.each.person.gender),
    _Question("primary_support", "No primary support reason", NATIONAL, "Choose it on the person’s details.",
              lambda look: not look.each.person.primary_support),
    _Question("service", "No service recorded", NATIONAL, "Choose the service on the present stay.",
              lambda look: look.stay is not None and look.stay.service_id is None, _should_move),
    _Question("accommodation", "Accommodation not recorded or unknown", OUTCOMES, "Record it under Legal and status.",
              lambda look: _status(look, StatusKind.ACCOMMODATION) in ("", "unknown")),
    _Question("accommodation_old", "Accommodation is from before the last move", OUTCOMES,
              "Look whether it still holds, and record it from the move on.",
              lambda look: _old_status(look, StatusKind.ACCOMMODATION)),
    _Question("employment", "Employment not recorded or unknown", OUTCOMES, "Record it under Legal and status.",
              lambda look: _status(look, StatusKind.EMPLOYMENT) in ("", "unknown")),
    _Question("planned", "Moves not recorded as planned or unplanned", OUTCOMES, "Correct the stay that ended.",
              _moves_untold),
    _Question("charge", "Charged although section 117 holds", MONEY, "End the charge, or the section if it is over.",
              _charged),
    _Question("cost", "Weekly cost not recorded", MONEY, "Write it on the person’s Money tab.", _cost_unknown),
    _Question("gap", "Gaps between stays not explained", FLOW, "Say on the later stay where the person was.",
              _gap_unexplained),
    _Question("no_plan", "No move-on plan", FLOW, "Start one: an aim and a date.", _without_plan, _should_move),
    _Question("no_barrier", "Past the target date, and nothing recorded that holds the move up", FLOW,
              "Record the barrier, or move the target with its reason.", _waits_untold),
    _Question("worker", "Nobody holds the case", REVIEWS, "Reassign it on the Caseload.",
              lambda look: look.each.person.worker_id is None),
    _Question("reviewed", "No review ever recorded", REVIEWS, "Record the last one held.",
              lambda look: not any(review.held_on for review in look.each.reviews),
              lambda look: look.stay is not None and (look.facts.as_at - look.stay.started_on).days > LONG_ENOUGH_DAYS),
)  # fmt: skip
