"""The demo register's ready-made steps: in-reach before moves, weeks of enablement after, checks that a home lasts."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from mhtracker.domain.dates import add_months
from mhtracker.domain.lists.starting_rules import DEFAULT_STEPS
from mhtracker.domain.move_on_rules import ENABLEMENT, HOME, IN_REACH, NOT_HOME, SUSTAINMENT
from mhtracker.domain.records import Action, MoveOnPlan, Person, Placement, Record, Target, Worker
from mhtracker.operations.demo.past import Fact
from mhtracker.text import count

NewId = Callable[[], str]
_AHEAD = timedelta(days=45)
_LEVELS = {"hospital": 0, "residential": 1, "enablement": 2, "supported": 3, "independent": 4}
_CHECKS = (6, 12)
_NO_MORE = "Covered at the reviews"


@dataclass(slots=True)
class Steps:
    """The steps around one person's moves since the register began, as they were planned, done and let go."""

    records: Sequence[Record]
    worker: Worker
    begun_on: date
    as_at: date
    chance: random.Random
    ids: NewId
    _person: Person = field(init=False)
    _until: date = field(init=False)

    def __post_init__(self) -> None:
        (person,) = (each for each in self.records if isinstance(each, Person))
        self._person, self._until = person, person.left_on or self.as_at

    def facts(self) -> Iterator[Fact]:
        """Every fact of them, not in order."""
        stays = [each for each in self.records if isinstance(each, Placement)]
        for old, new in itertools.pairwise(stays):
            if new.started_on <= self.begun_on + 2 * _AHEAD:
                continue
            then = next((each for each in stays if each.started_on >= new.started_on and each is not new), None)
            onward = _LEVELS.get(new.stage_id, 0) > max(1, _LEVELS.get(old.stage_id, 0))
            if onward and self.chance.random() < 0.7:
                yield from self._around_move(old, new, then)
            if new.stage_id == "independent":
                yield from self._checks(new, then)
        yield from self._ahead(stays[-1])

    def _planned(self, move_on: date, from_on: date) -> list[Action]:
        return [
            Action(
                self.ids(), self._person.id, each.what, move_on + timedelta(days=each.from_days),
                worker_id=self.worker.id, phase=each.phase, set_on=from_on, from_days=each.from_days,
            )
            for each in DEFAULT_STEPS
            if each.phase in (IN_REACH, ENABLEMENT) and move_on + timedelta(days=each.from_days) >= from_on
        ]  # fmt: skip

    def _around_move(self, old: Placement, new: Placement, then: Placement | None) -> Iterator[Fact]:
        """Planned before the move, gone along to it, done about their days; what is open later is let go."""
        move_on = new.started_on
        begun = max(move_on - _AHEAD, old.started_on + timedelta(days=2))
        planned = self._planned(move_on, begun)
        yield Fact(begun, f"Plan {count(len(planned), 'step')} around the move", planned, late=(0, 0), more=True)
        moved, left = [], []
        for step in planned:
            done_on = (step.due_on or move_on) + timedelta(days=self.chance.randint(-1, 4))
            before = done_on < move_on
            step = step if before else replace(step, placement_id=new.id)
            if not before:
                moved.append(step)
            gone = then is not None and done_on >= then.started_on
            if done_on <= self._until and not gone and self.chance.random() < 0.88:
                yield Fact(done_on, "Do action", [replace(step, done_on=done_on)], late=(0, 1), more=True)
            else:
                left.append(replace(step, placement_id=new.id))
        yield Fact(move_on, "", list({each.id: each for each in [*moved, *left]}.values()), joins=new.id)
        yield from self._let_go(left, new, then)

    def _let_go(self, left: list[Action], new: Placement, then: Placement | None) -> Iterator[Fact]:
        """What was never done: dropped by the next move, or said to be no longer needed."""
        over = new.started_on + timedelta(days=75)
        if left and over <= self._until and (then is None or over < then.started_on):
            dropped = [replace(each, dropped_on=over, drop_reason=_NO_MORE) for each in left]
            yield Fact(over, "Drop the rest of the steps", dropped, _NO_MORE, (0, 0), more=True)
        elif left and then is not None:
            onward = _LEVELS.get(then.stage_id, 0) > _LEVELS.get(new.stage_id, 0)
            why = "Moved on" if onward else "Left that place"
            gone = [replace(each, dropped_on=then.started_on, drop_reason=why) for each in left]
            yield Fact(then.started_on, "", gone, joins=then.id)
        elif left:
            yield from self._closed(left)

    def _closed(self, left: Sequence[Action]) -> Iterator[Fact]:
        """What was open when the case was closed."""
        if self._person.left_on is not None:
            why = "Died" if self._person.died_on is not None else "Left the pathway"
            gone = [replace(each, dropped_on=self._until, drop_reason=why) for each in left]
            yield Fact(self._until, "", gone, joins=self._person.id)

    def _checks(self, home: Placement, then: Placement | None) -> Iterator[Fact]:
        templates = [each for each in DEFAULT_STEPS if each.phase == SUSTAINMENT]
        checks = []
        for months, each in zip(_CHECKS, templates, strict=True):
            due_on = add_months(home.started_on, months)
            checks.append(
                Action(
                    self.ids(), home.person_id, each.what, due_on, phase=SUSTAINMENT, set_on=home.started_on,
                    placement_id=home.id, from_days=(due_on - home.started_on).days,
                )
            )  # fmt: skip
        yield Fact(home.started_on, "", checks, joins=home.id)
        until = home.ended_on or self._until
        for check in checks:
            done_on = (check.due_on or until) + timedelta(days=self.chance.randint(0, 12))
            if done_on <= until and self.chance.random() < 0.9:
                done = replace(check, done_on=done_on, outcome=HOME)
                yield Fact(done_on, "Do action", [done], late=(0, 1), more=True)
            elif then is not None and home.ended_on is not None:
                there = check.due_on is not None and check.due_on <= home.ended_on
                settled = replace(check, done_on=home.ended_on, outcome=HOME if there else NOT_HOME)
                yield Fact(then.started_on, "", [settled], joins=then.id)
            else:
                yield from self._closed([check])

    def _ahead(self, there: Placement) -> Iterator[Fact]:
        """Steps of a move that is still to come: its target is near."""
        plans = {each.id: each for each in self.records if isinstance(each, MoveOnPlan) and each.ended_on is None}
        last = max(
            (each for each in self.records if isinstance(each, Target) and each.plan_id in plans),
            key=lambda each: each.position, default=None,
        )  # fmt: skip
        if last is None or not timedelta(days=6) < last.target_on - self.as_at < 2 * _AHEAD:
            return
        begun = max(last.target_on - _AHEAD, last.set_on, there.started_on + timedelta(days=2))
        if begun > self.as_at or self.chance.random() < 0.35:
            return
        planned = [replace(each, plan_id=last.plan_id) for each in self._planned(last.target_on, begun)]
        yield Fact(begun, f"Plan {count(len(planned), 'step')} around the move", planned, late=(0, 0), more=True)
        for step in planned:
            if step.due_on is not None and step.due_on < self.as_at and self.chance.random() < 0.85:
                yield Fact(step.due_on, "Do action", [replace(step, done_on=step.due_on)], late=(0, 1), more=True)
