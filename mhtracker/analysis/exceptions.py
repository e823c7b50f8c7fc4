"""The exceptions of a month: who is past what, by the limit that was passed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mhtracker import text
from mhtracker.domain.caseload import CaseloadLine
from mhtracker.domain.records import DueState, ReviewType
from mhtracker.domain.reviewing.due import ReviewRules
from mhtracker.store.queries.caseload import CaseloadQuery, list_caseload
from mhtracker.store.queries.due import ACTION, CARER, FOLLOW_UP, LEGAL, REVIEW, TARGET, WARNING, DueItem, list_due
from mhtracker.store.store import Store


@dataclass(frozen=True, slots=True)
class Limit:
    """What can be passed: how it is called, and where it lies."""

    name: str
    rule: str


@dataclass(frozen=True, slots=True)
class PastLimit:
    """Somebody past a limit: what it was, when it fell due and how many days ago."""

    limit: Limit
    line: CaseloadLine
    what: str
    due_on: date
    days: int


def past_limits(
    store: Store, as_at: date, team_id: str | None = None, lines: Sequence[CaseloadLine] | None = None
) -> tuple[PastLimit, ...]:
    """Everybody past a limit on a day, by limit, the furthest past first; of one team, where it is given.

    Somebody past two limits, or twice past one, stands here twice. `lines` are everybody's on the pathway that day,
    where they have been read.
    """
    limits = _limits(store.review_rules(), store.review_types())
    found: dict[Limit, list[PastLimit]] = {limit: [] for limit in limits.values()}
    for item in list_due(store, as_at, team_id=team_id):
        limit = limits.get(_key_of(item))
        if item.state == DueState.OVERDUE and limit is not None:
            what = _slips(item.line.slips) if item.kind == TARGET else item.what
            found[limit].append(PastLimit(limit, item.line, what, item.due_on, item.days))
    lines = list_caseload(store, CaseloadQuery(), as_at) if lines is None else lines
    groups = [*_too_long(store, lines, as_at, team_id).values(), *found.values()]
    return tuple(each for group in groups for each in sorted(group, key=lambda each: (-each.days, each.line.name_key)))


def limits_of(store: Store) -> tuple[Limit, ...]:
    """Every limit that can be passed, in the order in which `past_limits` has them."""
    return (*_stage_limits(store).values(), *_limits(store.review_rules(), store.review_types()).values())


def _slips(number: int) -> str:
    often = {1: "once", 2: "twice"}.get(number, f"{number} times")
    return f"date changed {often}" if number else "as first set"


def _key_of(item: DueItem) -> str:
    """A review that a kind asks for beside the main one has a limit of its own: the figures of reviews leave it out."""
    return f"{REVIEW}/{item.need.kind}" if item.kind == REVIEW and item.need is not None else item.kind


def _limits(rules: ReviewRules, kinds: Iterable[ReviewType]) -> dict[str, Limit]:
    first, later = text.count(rules.first_days, "day"), text.count(rules.repeat_months, "month")
    beside = "asked for beside the main review, by the office’s rules"
    return {
        FOLLOW_UP: Limit("Contact after discharge", "by the office’s rules"),
        REVIEW: Limit("Main review", f"{first} after a stay began, then every {later}, or a day set before that"),
        **{f"{REVIEW}/{kind.id}": Limit(kind.label, beside) for kind in kinds},
        TARGET: Limit("Move-on target", "the date set with the person"),
        LEGAL: Limit("Order that ran out", "its last day, unless renewed"),
        CARER: Limit("Carer’s assessment", "the day it was to be done by"),
        ACTION: Limit("Action", "the day it was to be done by"),
        WARNING: Limit("Warning to look at again", "the day set with it"),
    }


def _too_long(
    store: Store, lines: Sequence[CaseloadLine], as_at: date, team_id: str | None
) -> dict[Limit, list[PastLimit]]:
    """Those longer in their stage than its longest usual stay, by stage."""
    limits = _stage_limits(store)
    days = {stage.id: stage.limit_days or 0 for stage in store.stages()}
    found: dict[Limit, list[PastLimit]] = {limit: [] for limit in limits.values()}
    for line in lines:
        limit = limits.get(line.stage_id or "")
        if limit is None or line.since_on is None or (team_id is not None and line.team_id != team_id):
            continue
        due_on = line.since_on + timedelta(days=days[line.stage_id or ""])
        if due_on < as_at:
            past = PastLimit(limit, line, line.service or line.address, due_on, (as_at - due_on).days)
            found[limit].append(past)
    return found


def _stage_limits(store: Store) -> dict[str, Limit]:
    return {
        stage.id: Limit(f"Longest usual stay: {stage.label}", text.count(stage.limit_days, "day"))
        for stage in store.stages()
        if stage.limit_days is not None
    }
