"""What the pathway costs a week, and what moves have saved. Whole pence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mhtracker.analysis.facts import Facts
from mhtracker.analysis.flow import Flow, Move
from mhtracker.domain.money import net_pence, saving_pence
from mhtracker.domain.pathway import current_placement
from mhtracker.domain.records import Placement


@dataclass(frozen=True, slots=True)
class StageCost:
    """Weekly cost of the people in one stage whose cost is recorded."""

    stage_id: str
    people: tuple[str, ...]
    gross: int
    net: int


@dataclass(frozen=True, slots=True)
class Saved:
    """What one move has saved so far: old net cost less new net cost, a week and altogether."""

    person_id: str
    a_week: int
    so_far: int


@dataclass(frozen=True, slots=True)
class Money:
    """As at the day asked. `unknown` are people in a place whose cost is not recorded.

    `saved` are the moves in the period whose costs before and after are known, `not_counted` the others.
    """

    stages: tuple[StageCost, ...]
    unknown: tuple[str, ...]
    saved: tuple[Saved, ...]
    not_counted: tuple[str, ...]

    @property
    def gross(self) -> int:
        return sum(each.gross for each in self.stages)

    @property
    def net(self) -> int:
        return sum(each.net for each in self.stages)

    @property
    def saving(self) -> int:
        return sum(each.so_far for each in self.saved)


def count_money(facts: Facts, moved: Flow) -> Money:
    """Cost and saving. A move back counts too: what it costs is taken off."""
    costs: dict[str, tuple[list[str], int, int]] = {stage_id: ([], 0, 0) for stage_id in facts.stages}
    unknown = []
    for person_id in sorted(facts.on_pathway):
        now = current_placement(facts.people[person_id].placements, facts.as_at)
        if now is None:
            continue
        net = net_of(now)
        if net is None or now.weekly_cost_pence is None:
            unknown.append(person_id)
            continue
        people, gross, all_net = costs[now.stage_id]
        people.append(person_id)
        costs[now.stage_id] = (people, gross + now.weekly_cost_pence, all_net + net)
    saved, not_counted = [], []
    for move in moved.moves:
        found = _saved(facts, move)
        if found is None:
            not_counted.append(move.person_id)
        else:
            saved.append(found)
    stages = tuple(StageCost(stage_id, tuple(p), gross, net) for stage_id, (p, gross, net) in costs.items())
    return Money(stages, tuple(unknown), tuple(saved), tuple(not_counted))


def net_of(placement: Placement) -> int | None:
    """A placement's weekly net cost to the council; None where its cost is not recorded."""
    if placement.weekly_cost_pence is None:
        return None
    return net_pence(placement.weekly_cost_pence, person=placement.weekly_charge_pence or 0)


def _saved(facts: Facts, move: Move) -> Saved | None:
    placements = facts.people[move.person_id].placements
    before = _last(placements, move.from_stage_id, move)
    after = next((p for p in placements if p.stage_id == move.to_stage_id and p.started_on >= move.moved_on), None)
    old, new = (net_of(before) if before else None), (net_of(after) if after else None)
    if old is None or new is None or after is None:
        return None
    until = min(after.ended_on or facts.as_at, facts.as_at)
    return Saved(move.person_id, old - new, saving_pence(old, new, move.moved_on, until))


def _last(placements: Sequence[Placement], stage_id: str, move: Move) -> Placement | None:
    before = [p for p in placements if p.stage_id == stage_id and p.started_on <= move.moved_on]
    return max(before, key=lambda p: (p.started_on, p.id), default=None)
