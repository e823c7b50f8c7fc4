"""How an invented life came to be recorded: day by day, some days late, now and then wrongly and put right."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from mhtracker import text
from mhtracker.domain.records import (
    LegalAndStatus,
    MoveOnPlan,
    Note,
    Person,
    Placement,
    Record,
    Review,
    ReviewAttendance,
    Stage,
    Target,
    Worker,
)
from mhtracker.operations.demo.names import SLIP_REASONS
from mhtracker.operations.statuses import STATUS_NAMES
from mhtracker.store.past import PastAct

NewId = Callable[[], str]
MAKER = "MHTracker demo"
YEARS_KEPT = 4
"""How long before its day the demo register began to be kept."""


@dataclass(slots=True)
class Fact:
    """Something that happened on a day, and what recording it saves. `late` is how many days later it usually is.

    What `joins` the move to a stay, or a person's leaving (by id), was saved in the same step. Facts told on top of a
    life have their own chance (`more`), so that the rest of it is recorded on the same days with them as without.
    """

    day: date
    label: str
    saved: Sequence[Record]
    reason: str = ""
    late: tuple[int, int] = (0, 2)
    joins: str = ""
    more: bool = False


@dataclass(slots=True)
class Keeping:
    """What one register knows while its past is made up: its workers and stages, when it began and when it is now."""

    workers: dict[str, Worker]
    stages: dict[str, Stage]
    begun_on: date
    as_at: date
    chance: random.Random
    ids: NewId
    more: random.Random
    acts: list[PastAct] = field(default_factory=list)
    first: list[Record] = field(default_factory=list)

    def keep(self, records: Sequence[Record], further: Iterable[Fact]) -> None:
        """Take one person's life in: what was there when the register began, and the acts since."""
        facts = [*_Life(self, records).facts(), *further]
        facts.sort(key=lambda fact: fact.day)
        facts = _joined(facts)
        self.first += _folded(fact for fact in facts if fact.day <= self.begun_on)
        self._record([fact for fact in facts if fact.day > self.begun_on], records)

    def _record(self, facts: Sequence[Fact], records: Sequence[Record]) -> None:
        (person,) = (record for record in records if isinstance(record, Person))
        moments: dict[str, datetime] = {}
        limit = datetime.combine(self.as_at, time(8, 40), UTC)
        who = self._name(person.worker_id)
        for fact in facts:
            at = self._moment(fact)
            if at > limit:  # no later than the demo's own day, and not all in its first hour
                day = min(_working_day(fact.day), self.as_at)
                at = datetime.combine(day, time(8, self._chance(fact).randint(0, 39)), UTC)
            at = min(max([at, *_must_follow(fact, person.id, moments)]), limit)
            if isinstance(fact.saved[0], Person):
                who = self._name(fact.saved[0].worker_id)
            saved = [_stamped(record, at, who) for record in fact.saved]
            moments.update((record.id, at) for record in saved)
            act = PastAct(at, self._by(who, self._chance(fact)), fact.label, saved, person.id, fact.reason)
            self.acts.append(act)
            if isinstance(saved[0], Note) and not fact.more and self.chance.random() < 0.03:
                self._mistake(saved[0], at, who, limit)

    def _mistake(self, note: Note, at: datetime, who: str, limit: datetime) -> None:
        """The same note once more, by mistake, and taken back a few minutes later."""
        again = at + timedelta(minutes=1)
        if again >= limit:
            return
        twice = PastAct(again, who, "Add note", [replace(note, id=self.ids())], note.person_id)
        back = again + timedelta(minutes=self.chance.randint(1, 6))
        self.acts += [twice, PastAct(min(back, limit), who, "Undo: Add note", (), note.person_id, undoes=twice)]

    def _moment(self, fact: Fact) -> datetime:
        chance, (low, high) = self._chance(fact), fact.late
        late = chance.randint(low, high)
        if chance.random() < 0.05:
            late += chance.randint(12, 60)
        day = _working_day(fact.day + timedelta(days=late))
        return datetime.combine(day, time(chance.randint(9, 16), chance.randint(0, 59)), UTC)

    def _chance(self, fact: Fact) -> random.Random:
        return self.more if fact.more else self.chance

    def _name(self, worker_id: str | None) -> str:
        worker = self.workers.get(worker_id or "")
        return worker.name if worker is not None else MAKER

    def _by(self, who: str, chance: random.Random) -> str:
        """Mostly the person's own worker, now and then a colleague."""
        if chance.random() < 0.9:
            return who
        return chance.choice([worker.name for worker in self.workers.values()])


def _working_day(day: date) -> date:
    return day + timedelta(days=7 - day.weekday()) if day.weekday() > 4 else day


def _joined(facts: Sequence[Fact]) -> list[Fact]:
    """The facts, with what belongs to a move or to the closing of a case saved together with it."""
    moves = {fact.saved[-1].id: fact for fact in reversed(facts) if _is_move(fact)}
    moves |= {fact.saved[0].id: fact for fact in facts if fact.label == "Close case"}
    for fact in facts:
        if fact.joins:
            move = moves[fact.joins]
            move.saved = [*move.saved, *fact.saved]
    return [fact for fact in facts if not fact.joins]


def _is_move(fact: Fact) -> bool:
    return isinstance(fact.saved[-1], Placement) and fact.label.startswith("Move")


def _folded(facts: Iterable[Fact]) -> list[Record]:
    """The records of some facts, each as the last of them left it."""
    found: dict[str, Record] = {}
    for fact in facts:
        for record in fact.saved:
            found[record.id] = record
    return list(found.values())


def _must_follow(fact: Fact, person_id: str, moments: dict[str, datetime]) -> Iterable[datetime]:
    """The moments a fact cannot have been recorded before: what it changes or points to has to be there."""
    for record in fact.saved:
        for name in (each.name for each in fields(record)):
            if name == "id" or name.endswith("_id"):
                moment = moments.get(getattr(record, name) or "")
                if moment is not None:
                    yield moment + timedelta(minutes=1)
    if person_id in moments:
        yield moments[person_id] + timedelta(minutes=1)


def _stamped(record: Record, at: datetime, who: str) -> Record:
    """A note is finished when it is recorded."""
    if isinstance(record, Note):
        return replace(record, finished_at=at, author=record.author or who)
    return record


class _Life:
    """One person's records as facts, in the order of their days."""

    def __init__(self, keeping: Keeping, records: Sequence[Record]) -> None:
        self._keeping, self._chance = keeping, keeping.chance
        self._records = records
        (self._person,) = self._of(Person)
        self._stays: list[Placement] = self._of(Placement)
        self._arrived = self._stays[0].started_on
        self._left = self._person.left_on

    def _of(self, kind: Any) -> list[Any]:
        return [record for record in self._records if isinstance(record, kind)]

    def facts(self) -> list[Fact]:
        """Everything that was recorded of this life."""
        found = [*self._people(), *self._moves(), *self._plans(), *self._statuses(), *self._notes()]
        for review in self._of(Review):
            found += self._review(review)
        return found

    # Who it is

    def _people(self) -> list[Fact]:
        """The person as first recorded, put right since, passed from worker to worker, and leaving."""
        chance, person = self._chance, self._person
        steps: list[tuple[date, str, dict[str, Any]]] = []
        first: dict[str, Any] = {"left_on": None, "died_on": None, "left_reason": None}
        until = self._left or self._keeping.as_at
        if chance.random() < 0.06 and len(person.surname) > 4:
            place = chance.randint(1, len(person.surname) - 2)
            first["surname"] = person.surname[:place] + person.surname[place + 1 :]
            steps.append((self._some_day(until, 90), "Change surname", {"surname": person.surname}))
        if person.nhs_number and chance.random() < 0.1:
            first["nhs_number"] = None
            steps.append((self._some_day(until, 200), "Change NHS number", {"nhs_number": person.nhs_number}))
        others = [worker for worker in self._keeping.workers.values() if worker.id != person.worker_id]
        if others and chance.random() < 0.3:
            earlier = chance.choice(others)
            first |= {"worker_id": earlier.id, "team_id": earlier.team_id}
            given = {"worker_id": person.worker_id, "team_id": person.team_id}
            steps.append((self._some_day(until, 1200), "Reassign", given))
        now = replace(person, **first)
        facts = [Fact(self._arrived, "Add person", [now, _open(self._stays[0])], late=(0, 6))]
        for day, label, values in sorted(steps, key=lambda step: step[0]):
            now = replace(now, **values)
            facts.append(Fact(day, label, [now], late=(0, 0)))
        if self._left is not None:
            facts.append(self._leaving(now))
        return facts

    def _leaving(self, now: Person) -> Fact:
        person = self._person
        gone = replace(now, left_on=person.left_on, died_on=person.died_on, left_reason=person.left_reason)
        ended = [status for status in self._of(LegalAndStatus) if status.ended_on == self._left]
        day = self._left or self._keeping.as_at
        return Fact(day, "Close case", [gone, self._stays[-1], *ended], late=(1, 9))

    def _some_day(self, until: date, within: int) -> date:
        """A day since the register was begun and since the person came."""
        earliest = max(self._arrived, self._keeping.begun_on) + timedelta(days=8)
        last = max(earliest, min(until - timedelta(days=1), earliest + timedelta(days=within)))
        return earliest + timedelta(days=self._chance.randint(0, (last - earliest).days))

    # Where they lived and live

    def _moves(self) -> list[Fact]:
        facts = []
        for old, new in zip(self._stays, self._stays[1:], strict=False):
            label = f"Move to {text.first_lower(self._keeping.stages[new.stage_id].label)}"
            started = _open(new)
            until = new.ended_on or self._keeping.as_at
            if self._chance.random() < 0.07 and (until - new.started_on).days > 120:
                wrong = replace(started, started_on=new.started_on + timedelta(days=self._chance.randint(2, 12)))
                facts.append(Fact(new.started_on, label, [old, wrong], late=(13, 18)))
                found_on = new.started_on + timedelta(days=self._chance.randint(85, 110))
                facts.append(Fact(found_on, "Change stay", [started], late=(0, 0)))
            else:
                facts.append(Fact(new.started_on, label, [old, started], late=(0, 6)))
        return facts

    # Where they aim to

    def _plans(self) -> list[Fact]:
        targets: list[Target] = self._of(Target)
        facts = []
        for plan in self._of(MoveOnPlan):
            own = [target for target in targets if target.plan_id == plan.id]
            begun = max(plan.started_on or own[0].set_on, self._arrived)
            facts.append(Fact(begun, "Start move-on plan", [plan, own[0]]))
            for target in own[1:]:
                reason = self._chance.choice(SLIP_REASONS.get(target.reason_code or "", ("",)))
                facts.append(Fact(target.set_on, "Change target", [replace(target, reason=reason)], reason, (0, 1)))
        return facts

    # What held of them, what was written, what was looked at

    def _statuses(self) -> list[Fact]:
        facts = []
        for status in self._of(LegalAndStatus):
            day = max(status.started_on or self._arrived, self._arrived)
            ended = [each for each in self._of(LegalAndStatus) if each.kind == status.kind and each.ended_on == day]
            saved = [*ended, replace(status, ended_on=None)]
            facts.append(Fact(day, f"Set {STATUS_NAMES[status.kind]}", saved, late=(0, 12)))
        return facts

    def _notes(self) -> list[Fact]:
        return [Fact(note.noted_on, "Add note", [note], late=(0, 1)) for note in self._of(Note)]

    def _review(self, review: Review) -> list[Fact]:
        chance, as_at = self._chance, self._keeping.as_at
        asked = [each for each in self._of(ReviewAttendance) if each.review_id == review.id]
        if review.held_on is None:
            day = max(as_at - timedelta(days=chance.randint(1, 20)), self._arrived)
            return [Fact(day, "Book review", [review, *asked], late=(0, 0))]
        if chance.random() < 0.35:
            return [Fact(review.held_on, "Record review", [review, *asked], late=(0, 4))]
        at = chance.choice(("10:00", "10:30", "13:30", "14:00", "15:15"))
        coming = Review(review.id, review.person_id, review.kind, booked_on=review.held_on, booked_time=at)
        booked_on = max(review.held_on - timedelta(days=chance.randint(14, 50)), self._arrived)
        held = replace(review, booked_on=review.held_on, booked_time=at)
        facts = [Fact(booked_on, "Book review", [coming], late=(0, 0))]
        if chance.random() < 0.2 and (review.held_on - booked_on).days > 12:
            first = replace(coming, booked_on=review.held_on - timedelta(days=7))
            facts = [Fact(booked_on, "Book review", [first], late=(0, 0))]
            why = chance.choice(("The sister could not come that day", "The worker was ill", "Asked for a later day"))
            moved = replace(coming, rebook_reason=why)
            held = replace(held, rebook_reason=why)
            facts.append(Fact(review.held_on - timedelta(days=10), "Change booking", [moved], why, (0, 0)))
        return [*facts, Fact(review.held_on, "Hold review", [held, *asked], late=(0, 4))]


def _open(stay: Placement) -> Placement:
    """A stay as it was recorded when it began."""
    return replace(stay, ended_on=None, planned=None, end_reason=None, destination=None)
