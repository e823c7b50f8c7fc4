"""What moved between two dates: opening, in, out and closing of each stage, and the moves themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from mhtracker.domain.counting.spells import Exit, Spell
from mhtracker.domain.records import Stage


class Move(NamedTuple):
    """One person's move between stages. `way` is onward or back.

    It is made on the first day in the new stage, `moved_on`; the last night in the old one was before `left_on`.
    """

    person_id: str
    left_on: date
    moved_on: date
    from_stage_id: str
    to_stage_id: str
    way: Exit
    planned: bool | None


@dataclass(slots=True)
class StageFlow:
    """Who was in a stage at the end of the day before `from`, came, went, and was there at the end of `to`.

    Each is a list of person ids; `came` and `went` name a person once for each time.
    """

    stage_id: str
    opening: list[str] = field(default_factory=list)
    came: list[str] = field(default_factory=list)
    went: list[str] = field(default_factory=list)
    closing: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Flow:
    """Everything that moved from one day to another, both included. `ended` are those who died or left.

    A move is of the period in which somebody came to the new stage, also if they had left the old one before it.
    """

    from_on: date
    to_on: date
    stages: tuple[StageFlow, ...]
    moves: tuple[Move, ...]
    ended: tuple[Spell, ...]

    def count(self, way: Exit) -> int:
        """How many moves went one way."""
        return sum(1 for move in self.moves if move.way == way)

    @property
    def planned_share(self) -> tuple[int, int]:
        """Moves recorded as planned, of those of which it is recorded."""
        told = [move for move in self.moves if move.planned is not None]
        return sum(1 for move in told if move.planned), len(told)


def flow(spells: Iterable[Spell], stages: Mapping[str, Stage], from_on: date, to_on: date) -> Flow:
    """Count what moved. Somebody is in a stage at the end of a day when their spell began by then and had not ended.

    opening + came - went = closing for every stage. A spell that began and ended on one day came and went.
    """
    found = {stage_id: StageFlow(stage_id) for stage_id in stages}
    moves: list[Move] = []
    ended: list[Spell] = []
    before = from_on - timedelta(days=1)
    for spell in spells:
        of_stage = found[spell.stage_id]
        if there(spell, before):
            of_stage.opening.append(spell.person_id)
        if from_on <= spell.started_on <= to_on:
            of_stage.came.append(spell.person_id)
        if there(spell, to_on):
            of_stage.closing.append(spell.person_id)
        move = _move(spell)
        if move is not None and from_on <= move.moved_on <= to_on:
            moves.append(move)
        if spell.ended_on is None or not from_on <= spell.ended_on <= to_on:
            continue
        of_stage.went.append(spell.person_id)
        if spell.exit is not None and move is None:
            ended.append(spell)
    return Flow(from_on, to_on, tuple(found.values()), tuple(moves), tuple(ended))


def _move(spell: Spell) -> Move | None:
    moved_on, to_stage_id, way = spell.moved_on, spell.to_stage_id, spell.exit
    if spell.ended_on is None or moved_on is None or to_stage_id is None or way is None:
        return None
    return Move(spell.person_id, spell.ended_on, moved_on, spell.stage_id, to_stage_id, way, spell.planned)


def there(spell: Spell, day: date) -> bool:
    """Whether somebody is in the stage at the end of a day."""
    return spell.started_on <= day and (spell.ended_on is None or spell.ended_on > day)


def returns_within(
    spells_of_people: Iterable[Sequence[Spell]],
    stages: Mapping[str, Stage],
    as_at: date,
    days: int = 365,
    *,
    wards: Mapping[str, Iterable[date]],
) -> tuple[int, int]:
    """Moves onward after which somebody was back within some days, of those watched for that long.

    Back is in a stage lower than the one moved to, or in hospital, also when that was not the next stage or the place
    was kept: `wards` are the first days in hospital of each person.
    """
    came_back = watched = 0
    for spells in spells_of_people:
        for number, (spell, after) in enumerate(pairwise(spells), 2):
            moved_on = after.started_on
            if spell.exit != Exit.ONWARD or (as_at - moved_on).days < days:
                continue
            watched += 1
            lower = (
                each.started_on
                for each in spells[number:]
                if stages[each.stage_id].level < stages[after.stage_id].level
            )
            on_ward = (day for day in wards.get(spell.person_id, ()) if day > moved_on)
            came_back += any((day - moved_on).days <= days for day in (*lower, *on_ward))
    return came_back, watched
