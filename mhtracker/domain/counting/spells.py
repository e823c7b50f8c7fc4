"""Unbroken times in one stage, and how they ended: what flow, lengths of stay and forecasts are counted from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from mhtracker.domain.leaving import gone_on
from mhtracker.domain.lists.code_lists import HOME_LOST, HOME_LOST_TO
from mhtracker.domain.records import Person, Placement, Stage


class Exit(StrEnum):
    """How a time in a stage ended. `ONWARD` and `BACK` go by the levels of the stages."""

    ONWARD = "onward"
    BACK = "back"
    DIED = "died"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Spell:
    """One person's unbroken time in one stage; a transfer inside it is no move.

    `ended_on` and `exit` are None while it lasts; `exit` also in a gap, until a next stay says where to. `to_stage_id`
    is where a move led, and `arrived_on` the first day there where days lay between. `planned` as recorded.
    `lost` is whether the stay of somebody who left the pathway ended in a way that says they lost the home.
    """

    person_id: str
    stage_id: str
    started_on: date
    ended_on: date | None = None
    exit: Exit | None = None
    to_stage_id: str | None = None
    planned: bool | None = None
    arrived_on: date | None = None
    lost: bool = False

    @property
    def moved_on(self) -> date | None:
        """The day of the move that ended it: the first day in the new stage. Until then it was none."""
        if self.to_stage_id is None:
            return None
        return self.arrived_on or self.ended_on

    def days(self, as_at: date) -> int:
        """Days to its end, or to the day asked while it lasts."""
        end = self.ended_on if self.ended_on is not None and self.ended_on <= as_at else as_at
        return max(0, (end - self.started_on).days)


def build_spells(
    person: Person, placements: Iterable[Placement], stages: Mapping[str, Stage], as_at: date
) -> list[Spell]:
    """The spells of one person as they stood on a day, oldest first.

    A hospital stay during which the place is kept interrupts nothing: the spell around it goes on. Stays of the same
    stage with at most a day between them are one spell.
    """
    runs = _runs([p for p in placements if p.started_on <= as_at], stages, as_at)
    gone = _gone_on(person, as_at)
    spells = []
    for place, run in enumerate(runs):
        later = runs[place + 1] if place + 1 < len(runs) else None
        spells.append(_spell(person, run, later, gone, stages, as_at))
    return spells


def _runs(placements: Sequence[Placement], stages: Mapping[str, Stage], as_at: date) -> list[list[Placement]]:
    """Stays in order, joined to one run where the stage goes on."""
    runs: list[list[Placement]] = []
    for stay in sorted(placements, key=lambda p: (p.started_on, p.ended_on or date.max, p.id)):
        last = runs[-1][-1] if runs else None
        end = _ended(last, as_at) if last is not None else None
        if last is not None and _is_inside(stay, last, stages, as_at):
            continue
        if last is not None and stay.stage_id == last.stage_id and (end is None or _joins(end, stay)):
            runs[-1].append(stay)
        else:
            runs.append([stay])
    return runs


def _joins(end: date, stay: Placement) -> bool:
    return stay.started_on <= end + timedelta(days=1)


def _is_inside(stay: Placement, around: Placement, stages: Mapping[str, Stage], as_at: date) -> bool:
    """Whether a hospital stay stands inside another that was kept meanwhile."""
    if not stages[stay.stage_id].keeps_place or stay.stage_id == around.stage_id:
        return False
    kept_until, back_on = _ended(around, as_at), _ended(stay, as_at)
    return kept_until is None or (back_on is not None and back_on <= kept_until)


def _ended(stay: Placement, as_at: date) -> date | None:
    return stay.ended_on if stay.ended_on is not None and stay.ended_on <= as_at else None


def _gone_on(person: Person, as_at: date) -> tuple[date, Exit] | None:
    gone = gone_on(person)
    if gone is None or gone > as_at:
        return None
    return gone, Exit.DIED if gone == person.died_on else Exit.LEFT


def _lost_home(stay: Placement) -> bool:
    return stay.end_reason in HOME_LOST or stay.destination in HOME_LOST_TO


def _spell(
    person: Person,
    run: Sequence[Placement],
    later: Sequence[Placement] | None,
    gone: tuple[date, Exit] | None,
    stages: Mapping[str, Stage],
    as_at: date,
) -> Spell:
    first, last = run[0], run[-1]
    if later is not None:
        levels = (stages[last.stage_id].level, stages[later[0].stage_id].level)
        way = Exit.ONWARD if levels[1] > levels[0] else Exit.BACK
        arrived_on = later[0].started_on
        ended_on = min(last.ended_on or arrived_on, arrived_on)
        return Spell(
            person.id, first.stage_id, first.started_on, ended_on, way, later[0].stage_id, last.planned,
            arrived_on if arrived_on != ended_on else None,
        )  # fmt: skip
    if gone is not None:
        ended_on = min(gone[0], last.ended_on or gone[0])
        ended_on = max(ended_on, first.started_on)
        lost = gone[1] == Exit.LEFT and _ended(last, as_at) is not None and _lost_home(last)
        return Spell(person.id, first.stage_id, first.started_on, ended_on, gone[1], lost=lost)
    if last.ended_on is not None and last.end_reason == "died":
        return Spell(person.id, first.stage_id, first.started_on, last.ended_on, Exit.DIED, None)
    # Between two places nobody is in a stage, as lists have it too; where to is not known yet.
    ended = _ended(last, as_at)
    return Spell(person.id, first.stage_id, first.started_on, ended, planned=last.planned if ended else None)
