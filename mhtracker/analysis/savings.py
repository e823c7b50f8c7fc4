"""What moves have saved: the net cost of the stay left less what support came to since, day by day.

A saving goes on until the day looked at, or until somebody died or left: a transfer inside the new stage is no move and
changes only what is paid from its day. A move is measured against the stay it left, so where another follows, it goes
on at the cost that the next is measured against. The moves of one person then come together to the cost of the first
stay left less what was paid since, whichever way they went.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from mhtracker.analysis.flow import Move
from mhtracker.domain.caseload import PersonFacts
from mhtracker.domain.counting.spells import Exit, Spell, build_spells
from mhtracker.domain.money.costs import WeeklyCost, cost_on, one_offs
from mhtracker.domain.money.period_cost import cost_over, in_pence
from mhtracker.domain.pathway import kept_place
from mhtracker.domain.records import Placement, Stage
from mhtracker.domain.stage_kinds import is_hospital

BEFORE_DAYS = 90
"""How long before a move its one-off costs may fall due."""

MEANING = (
    "The net cost of the stay left, as on its last day, less what was paid since, day by day, from the move to the "
    "last day or until the person died or left. A transfer inside a stage is no move: the saving goes on. Where "
    "another move follows, each is measured against the stay it left, and the first goes on at what that stay cost: "
    "together they come to the first stay’s cost less what was paid since."
)
"""How the saving of a move is counted."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What one move has saved so far: old net cost less new net cost, a week at the move and altogether.

    `transition` is what was paid once around it; it stands beside the saving.
    """

    person_id: str
    a_week: int
    so_far: int
    transition: int = 0


@dataclass(frozen=True, slots=True)
class Savings:
    """What some moves have saved, onward and back apart, and who made those of which a cost is not known."""

    onward: tuple[Saved, ...]
    back: tuple[Saved, ...]
    onward_unknown: tuple[str, ...]
    back_unknown: tuple[str, ...]


def savings_of(moves: Sequence[Move], saved: Iterable[Saved | None]) -> Savings:
    """`saved` is of each move in its order, None where a cost is not known."""
    known: dict[bool, list[Saved]] = {True: [], False: []}
    unknown: dict[bool, list[str]] = {True: [], False: []}
    for move, each in zip(moves, saved, strict=True):
        back = move.way == Exit.BACK
        if each is None:
            unknown[back].append(move.person_id)
        else:
            known[back].append(each)
    return Savings(tuple(known[False]), tuple(known[True]), tuple(unknown[False]), tuple(unknown[True]))


def wards_among(stages: Mapping[str, Stage]) -> frozenset[str]:
    """The ids of the stages that are NHS wards."""
    return frozenset(key for key, stage in stages.items() if is_hospital(stage))


def saved_by(each: PersonFacts, move: Move, stages: Mapping[str, Stage], as_at: date) -> Saved | None:
    """What a move has saved; None where a cost before or after is not known."""
    spells = build_spells(each.person, each.placements, stages, as_at)
    for number, (spell, after) in enumerate(pairwise(spells)):
        between = (spell.stage_id, after.stage_id) == (move.from_stage_id, move.to_stage_id)
        if between and (spell.ended_on, after.started_on) == (move.left_on, move.moved_on):
            return _saved_after(each, spells[number:], wards_among(stages), as_at)
    return None


def last_saved(each: PersonFacts, stages: Mapping[str, Stage], as_at: date) -> tuple[date, Saved] | None:
    """The day of somebody's last move between stages and what it has saved; None for no move or a cost not known."""
    spells = build_spells(each.person, each.placements, stages, as_at)
    if len(spells) < 2:
        return None
    saved = _saved_after(each, spells[-2:], wards_among(stages), as_at)
    return (spells[-1].started_on, saved) if saved is not None else None


def _saved_after(each: PersonFacts, spells: Sequence[Spell], wards: Collection[str], as_at: date) -> Saved | None:
    """What the move from the first of some spells to the second has saved, the last being where the person is now."""
    there, later = spells[1], spells[2] if len(spells) > 2 else None
    moved_on = there.started_on
    old = _old(each, spells[0], moved_on, wards)
    came = [p for p in each.placements if p.stage_id == there.stage_id and p.started_on >= moved_on]
    after = min(came, key=_begun, default=None)
    new = _cost(each, after, after.started_on, wards) if after is not None else None
    if old is None or new is None:
        return None
    tomorrow = as_at + timedelta(days=1)
    end = min(spells[-1].ended_on or tomorrow, tomorrow)
    moved_again = later.started_on if later is not None else end
    until = moved_again - timedelta(days=1)
    spent = cost_over(each.placements, each.costs, each.splits, each.statuses, moved_on, until, wards=wards)
    days, paid = (moved_again - moved_on).days - spent.unknown, spent.net
    next_old = _old(each, there, moved_again, wards) if later is not None else None
    if next_old is not None:
        rest = (end - moved_again).days
        days, paid = days + rest, paid + next_old.net * rest
    so_far = in_pence(old.net * days) - in_pence(paid)
    once = [line for line in each.costs if line.kind == "transition"]
    transition = one_offs(once, moved_on - timedelta(days=BEFORE_DAYS), until) if once else 0
    return Saved(each.person.id, old.net - new.net, so_far, transition)


def _old(each: PersonFacts, spell: Spell, moved_on: date, wards: Collection[str]) -> WeeklyCost | None:
    """What the stay cost from which somebody moved, on its last day: the last begun in the stage by the move."""
    left = [p for p in each.placements if p.stage_id == spell.stage_id and p.started_on <= moved_on]
    before = max(left, key=_begun, default=None)
    if before is None:
        return None
    last = max(before.started_on, min(before.ended_on or moved_on, moved_on) - timedelta(days=1))
    return _cost(each, before, last, wards)


def _cost(each: PersonFacts, stay: Placement, day: date, wards: Collection[str]) -> WeeklyCost | None:
    ward = stay.stage_id in wards
    kept = kept_place(each.placements, stay, day) if ward else None
    return cost_on(stay, each.costs, each.splits, each.statuses, day, ward=ward, kept=kept)


def _begun(placement: Placement) -> tuple[date, str]:
    return placement.started_on, placement.id
