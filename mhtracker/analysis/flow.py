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
    """One person's move between stages. `way` is onward or back."""

    person_id: str
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
    """Everything that moved from one day to another, both included. `ended` are those who died or left."""

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
        if spell.ended_on is None or not from_on <= spell.ended_on <= to_on:
            continue
        of_stage.went.append(spell.person_id)
        if spell.exit in (Exit.ONWARD, Exit.BACK) and spell.to_stage_id is not None:
            moves.append(
                Move(spell.person_id, spell.ended_on, spell.stage_id, spell.to_stage_id, spell.exit, spell.planned)
            )
        elif spell.exit is not None:
            ended.append(spell)
    return Flow(from_on, to_on, tuple(found.values()), tuple(moves), tuple(ended))


def there(spell: Spell, day: date) -> bool:
    """Whether somebody is in the stage at the end of a day."""
    return spell.started_on <= day and (spell.ended_on is None or spell.ended_on > day)


def returns_within(spells_of_people: Iterable[Sequence[Spell]], as_at: date, days: int = 365) -> tuple[int, int]:
    """Moves onward that were followed by a move back within some days, of those watched for that long."""
    came_back = watched = 0
    for spells in spells_of_people:
        for spell, after in pairwise(spells):
            if spell.exit != Exit.ONWARD or (as_at - after.started_on).days < days:
                continue
            watched += 1
            came_back += after.exit == Exit.BACK and after.days(as_at) <= days
    return came_back, watched
