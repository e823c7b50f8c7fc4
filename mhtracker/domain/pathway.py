"""Stages, and how a person's placements chain together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from mhtracker.domain.records import Placement, Stage

AIM_NOT_KNOWN = "Aim not recorded"
"""The aim of a plan whose sheet gave a target and no aim; a plan must have one."""

DEFAULT_STAGES: tuple[Stage, ...] = (
    Stage("hospital", "Hospital", "H", "hospital", 10, keeps_place=True, kind="hospital"),
    Stage("nursing", "Nursing care", "N", "nursing", 20, optional=True, kind="nursing"),
    Stage("residential", "Residential", "R", "residential", 30, limit_days=730, kind="residential"),
    Stage("enablement", "Enablement", "E", "enablement", 40, limit_days=84, kind="enablement"),
    Stage("supported", "Supported living", "S", "supported", 50, limit_days=730, kind="supported"),
    Stage("visiting", "Visiting support", "V", "visiting", 60, limit_days=730, optional=True, kind="supported"),
    Stage("floating", "Floating support", "F", "floating", 70, own_home=True, optional=True, kind="supported"),
    Stage("independent", "Independent", "I", "independent", 80, own_home=True, kind="independent"),
)
"""What a new register starts with, by level: the usual five, and three that show once they are used.

Levels leave room for a council's own stages between."""


class Direction(StrEnum):
    """Which way a move goes. A change of service inside one stage is a transfer, not a move between stages."""

    ONWARD = "onward"
    BACK = "back"
    TRANSFER = "transfer"


@dataclass(frozen=True, slots=True)
class Gap:
    """Days with no placement between two. `from_on` is the day the earlier ended, `to_on` the day the next began."""

    before: Placement
    after: Placement
    from_on: date
    to_on: date

    @property
    def days(self) -> int:
        return (self.to_on - self.from_on).days


def holds_on(placement: Placement, day: date) -> bool:
    """Whether someone was there at the end of a day: from the first day until the day before they left."""
    return placement.started_on <= day and (placement.ended_on is None or day < placement.ended_on)


def current_placement(placements: Iterable[Placement], as_at: date) -> Placement | None:
    """Where the person was at the end of a day; the one begun last when a place is kept during a hospital stay."""
    held = (placement for placement in placements if holds_on(placement, as_at))
    return max(held, key=lambda placement: (placement.started_on, placement.id), default=None)


def kept_place(placements: Iterable[Placement], stay: Placement, day: date) -> Placement | None:
    """The place kept on a day while somebody is elsewhere, in a hospital stay; of several the one begun last."""
    return current_placement((p for p in placements if p.id != stay.id and p.stage_id != stay.stage_id), day)


def in_order(placements: Iterable[Placement]) -> list[Placement]:
    """Oldest first; of two begun on one day, the one that ended first (a stay of no days) leads."""
    return sorted(placements, key=lambda p: (p.started_on, p.ended_on or date.max, p.id))


def gaps(placements: Iterable[Placement], as_at: date) -> list[Gap]:
    """The stretches between placements begun by a day during which none held, oldest first."""
    found: list[Gap] = []
    last: Placement | None = None
    for placement in in_order(p for p in placements if p.started_on <= as_at):
        if last is not None and last.ended_on is not None and placement.started_on > last.ended_on:
            found.append(Gap(last, placement, last.ended_on, placement.started_on))
        if last is None or (placement.ended_on or date.max) >= (last.ended_on or date.max):
            last = placement
    return found


def overlap(one: Placement, other: Placement) -> tuple[date, date | None] | None:
    """The days both hold: (first, last) with None for no end; None when they do not overlap.

    The day one ends may be the day the other begins, and a stay of no days touches nothing at its edges.
    """
    first = max(one.started_on, other.started_on)
    ends = [p.ended_on for p in (one, other) if p.ended_on is not None]
    if ends and first >= min(ends):
        return None
    return first, min(ends) - timedelta(days=1) if ends else None


def may_overlap(one: Placement, other: Placement, stages: Mapping[str, Stage]) -> bool:
    """Whether one is a hospital stay begun while the other ran, so that the place is kept meanwhile."""

    def keeps(placement: Placement) -> bool:
        stage = stages.get(placement.stage_id)
        return stage is not None and stage.keeps_place

    if keeps(one) == keeps(other):
        return False
    ward, place = (one, other) if keeps(one) else (other, one)
    return ward.started_on >= place.started_on


def overlaps(placements: Iterable[Placement], stages: Mapping[str, Stage]) -> list[tuple[Placement, Placement]]:
    """The pairs that wrongly hold on the same days, each with the earlier first."""
    ordered = in_order(placements)
    return [
        (one, other)
        for n, one in enumerate(ordered)
        for other in ordered[n + 1 :]
        if overlap(one, other) and not may_overlap(one, other, stages)
    ]


def direction(from_stage: Stage, to_stage: Stage) -> Direction:
    """Onward is towards a higher level; stages of equal level are reached by transfer."""
    if from_stage.level == to_stage.level:
        return Direction.TRANSFER
    return Direction.ONWARD if to_stage.level > from_stage.level else Direction.BACK


def reaches(stage: Stage, aim: Stage) -> bool:
    """Whether living in a stage meets a plan that aims at another: as independent, or more."""
    return stage.level >= aim.level


def by_id(stages: Sequence[Stage]) -> dict[str, Stage]:
    """The stages by their keys."""
    return {stage.id: stage for stage in stages}
