"""More of what is recorded in the demo register: further kinds of review, events chosen for paper, lines put off."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from mhtracker.domain.dates import add_months, next_working_day
from mhtracker.domain.records import (
    Action,
    Document,
    KeyEvent,
    LegalAndStatus,
    Note,
    Person,
    Placement,
    Record,
    Review,
    ReviewKind,
    ReviewOutcome,
    S117Decision,
    Snooze,
    StatusKind,
    Worker,
)
from mhtracker.operations.demo import words
from mhtracker.operations.demo.papers import PAPERS
from mhtracker.operations.demo.past import Fact
from mhtracker.operations.demo.steps import Steps

NewId = Callable[[], str]
_LEVELS = {"hospital": 0, "residential": 1, "enablement": 2, "supported": 3, "independent": 4}
HEALTH, COUNCIL = "Dr Nasrin Farzi", "Rhys Ffug"


def with_reasons(records: Sequence[Record], chance: random.Random) -> list[Record]:
    """The same records, where moves back say why they went back, and after-care that ended says who ended it and why.

    After-care of somebody who died is not ended by a decision: it stays as it was.
    """
    found: list[Record] = []
    before: Placement | None = None
    died = any(isinstance(each, Person) and each.died_on is not None for each in records)
    for record in records:
        if isinstance(record, Placement):
            if before is not None and _LEVELS[record.stage_id] < _LEVELS[before.stage_id]:
                usual = chance.choice(("return", "step_up", "step_up"))
                record = replace(record, back_reason="readmission" if record.stage_id == "hospital" else usual)
            before = record
        elif isinstance(record, LegalAndStatus) and record.kind == StatusKind.S117 and record.ended_on is not None:
            why, by = "Left the pathway; no need for it any more", (HEALTH, COUNCIL)
            ended = replace(record, end_reason=why, ended_by_health=by[0], ended_by_council=by[1])
            record = replace(record, ended_on=None) if died else ended
        found.append(record)
    return found


@dataclass(slots=True)
class Doings:
    """One person's further facts. `around` are those that are known already."""

    records: Sequence[Record]
    around: Sequence[Fact]
    worker: Worker
    begun_on: date
    as_at: date
    chance: random.Random
    ids: NewId

    def facts(self) -> list[Fact]:
        (person,) = (each for each in self.records if isinstance(each, Person))
        found = list(Steps(self.records, self.worker, self.begun_on, self.as_at, self.chance, self.ids).facts())
        found += [*self._enablement_reviews(), *self._after_care_reviews(person), *self._unplanned(person)]
        found += [*self._key_events(person), *self._papers(person)]
        if person.left_on is None:
            found += [*self._abandoned(person), *self._put_off([*self.around, *found], person)]
        return found

    def _stays(self) -> list[Placement]:
        return [each for each in self.records if isinstance(each, Placement)]

    def _until(self, person: Person) -> date:
        return person.left_on or self.as_at

    # Reviews

    def _last_held(self) -> date | None:
        held = [each.held_on for each in self.records if isinstance(each, Review) and each.held_on is not None]
        return max(held, default=None)

    def _enablement_reviews(self) -> Iterator[Fact]:
        for stay in self._stays():
            if stay.stage_id != "enablement" or stay.started_on < self.begun_on:
                continue
            for days in (14, 28, 42):
                day = stay.started_on + timedelta(days=days + self.chance.randint(-2, 1))
                if day >= (stay.ended_on or self.as_at) or self.chance.random() < 0.15:
                    continue
                said = self.chance.choice(words.ENABLEMENT_SUMMARIES)
                yield self._held(stay.person_id, ReviewKind.ENABLEMENT, day, ReviewOutcome.CONTINUE, summary=said)

    def _held(self, person_id: str, kind: ReviewKind, day: date, outcome: ReviewOutcome, **more: object) -> Fact:
        values: dict[str, object] = {"method": self.chance.choice(("in_person", "in_person", "video", "phone")), **more}
        review = Review(self.ids(), person_id, kind, held_on=day, outcome=outcome, **values)  # type: ignore[arg-type]
        return Fact(day, "Record review", [review], late=(0, 3), more=True)

    def _after_care_reviews(self, person: Person) -> Iterator[Fact]:
        """Both bodies look at after-care together; now and then they end it."""
        statuses = [each for each in self.records if isinstance(each, LegalAndStatus) and each.ended_on is None]
        after_care = next((each for each in statuses if each.kind == StatusKind.S117), None)
        last, chance = self._last_held(), self.chance
        if after_care is None or last is None or chance.random() > 0.4:
            return
        came = max(after_care.started_on or last, self._stays()[0].started_on)
        both = {"s117_health_name": HEALTH, "s117_council_name": COUNCIL}
        if person.left_on is None and chance.random() < 0.1 and last > came and not self._under_an_order():
            day = min(next_working_day(last + timedelta(days=chance.randint(3, 12))), self.as_at)
            yield self._end_of_after_care(after_care, day, both)
        day = last - timedelta(days=chance.randint(60, 200))
        for _ in range(2):
            if day <= came:
                return
            modify = chance.random() < 0.2
            told = {"s117_decision": S117Decision.MODIFY if modify else S117Decision.CONTINUE,
                    "s117_reason": chance.choice(words.AFTER_CARE_REASONS[modify])}  # fmt: skip
            outcome = ReviewOutcome.CHANGE if modify else ReviewOutcome.CONTINUE
            yield self._held(person.id, ReviewKind.S117, day, outcome, **told, **both)
            day = add_months(day, -12)

    def _under_an_order(self) -> bool:
        """After-care cannot end while a community treatment order runs."""
        statuses = [each for fact in self.around for each in fact.saved if isinstance(each, LegalAndStatus)]
        return any(each.kind in (StatusKind.CTO, StatusKind.COURT) for each in statuses)

    def _end_of_after_care(self, after_care: LegalAndStatus, day: date, both: dict[str, str]) -> Fact:
        why = self.chance.choice(words.AFTER_CARE_ENDS)
        fact = self._held(
            after_care.person_id, ReviewKind.S117, day, ReviewOutcome.CONTINUE, s117_decision=S117Decision.END,
            s117_reason=why, **both,
        )  # fmt: skip
        ended = replace(after_care, ended_on=day, end_reason=why, ended_by_health=HEALTH, ended_by_council=COUNCIL)
        return replace(fact, label="Hold review and end s117 after-care", saved=[*fact.saved, ended], late=(0, 0))

    def _unplanned(self, person: Person) -> Iterator[Fact]:
        last, chance = self._last_held(), self.chance
        if last is None or chance.random() > 0.09:
            return
        day = last - timedelta(days=chance.randint(20, 150))
        if day <= self._stays()[0].started_on:
            return
        code, said = chance.choice(words.UNPLANNED)
        outcome = chance.choice((ReviewOutcome.CONTINUE, ReviewOutcome.CHANGE, ReviewOutcome.CHANGE_BUDGET))
        yield self._held(person.id, ReviewKind.UNPLANNED, day, outcome, reason_code=code, summary=said)

    def _abandoned(self, person: Person) -> Iterator[Fact]:
        chance = self.chance
        day = self.as_at - timedelta(days=chance.randint(3, 700))
        if chance.random() > 0.08 or day <= max(self._stays()[-1].started_on, self.begun_on) + timedelta(days=30):
            return
        booked = Review(
            self.ids(), person.id, booked_on=next_working_day(day), booked_time=chance.choice(("10:00", ""))
        )
        yield Fact(day - timedelta(days=chance.randint(10, 25)), "Book review", [booked], late=(0, 0), more=True)
        why = chance.choice(words.ABANDONED)
        given_up = replace(booked, abandoned_on=booked.booked_on, abandon_reason=why)
        yield Fact(booked.booked_on or day, "Abandon review", [given_up], why, (0, 0), more=True)

    # Paper

    def _key_events(self, person: Person) -> Iterator[Fact]:
        if self.chance.random() > 0.3:
            return
        stays = self._stays()[1:]
        for stay in self.chance.sample(stays, min(len(stays), 2)):
            told = words.KEY_MOVES.get(stay.stage_id)
            day = self._chosen_on(stay.started_on, person)
            if told is not None and day is not None:
                event = KeyEvent(self.ids(), person.id, stay.started_on, told, "placement", stay.id)
                yield Fact(day, "Choose key event", [event], late=(0, 0), more=True)
        happened = self._until(person) - timedelta(days=self.chance.randint(40, 900))
        day = self._chosen_on(happened, person)
        if day is not None and happened > self._stays()[0].started_on:
            event = KeyEvent(self.ids(), person.id, happened, self.chance.choice(words.KEY_EVENTS))
            yield Fact(day, "Add key event", [event], late=(0, 0), more=True)

    def _chosen_on(self, happened: date, person: Person) -> date | None:
        """Some day when a paper was got ready; None when there was none in time."""
        first = max(happened, self.begun_on) + timedelta(days=5)
        last = self._until(person) - timedelta(days=1)
        return first + timedelta(days=self.chance.randint(0, (last - first).days)) if first < last else None

    def _papers(self, person: Person) -> Iterator[Fact]:
        if self.chance.random() > 0.25:
            return
        paper = self.chance.choice(PAPERS)
        day = self._chosen_on(self._stays()[0].started_on, person)
        if day is None:
            return
        at = datetime.combine(day, time(14, 20), UTC)
        document = Document(
            self.ids(), person.id, paper.name, paper.media_type, len(paper.content()), paper.sha256(), at,
            self.worker.name, paper.about, day, in_packs=paper.about in ("care_plan", "tenancy"),
        )  # fmt: skip
        yield Fact(day, "Add document", [document], late=(0, 0), more=True)

    # Today

    def _put_off(self, facts: Sequence[Fact], person: Person) -> Iterator[Fact]:
        """An action that is late, put off until a day next week, with the reason."""
        if self.chance.random() > 0.15:
            return
        late = self._open_and_late(facts)
        if late is None:
            return
        until = next_working_day(self.as_at + timedelta(days=self.chance.randint(3, 14)))
        item = f"action:{late[0]}:{late[1].isoformat()}"
        why = self.chance.choice(words.PUT_OFF)
        day = max(late[1], self.as_at - timedelta(days=self.chance.randint(0, 4)))
        snooze = Snooze(self.ids(), person.id, item, until, why, day, self.worker.name)
        yield Fact(day, "Put off", [snooze], late=(0, 0), more=True)

    def _open_and_late(self, facts: Sequence[Fact]) -> tuple[str, date] | None:
        now: dict[str, Action] = {}
        for fact in sorted(facts, key=lambda fact: fact.day):
            now |= {each.id: each for each in fact.saved if isinstance(each, Action)}
        for action in now.values():
            if action.due_on is not None and action.due_on < self.as_at and not (action.done_on or action.dropped_on):
                return action.id, action.due_on
        return None


def note_of_a_pair(first: Person, second: Person, day: date, worker: Worker, ids: NewId) -> Fact:
    """Says that a record is there twice on purpose."""
    told = f"Perhaps the same person as {first.ref}. In this demo the two are there to be compared and merged."
    note = Note(ids(), second.id, "record", day, told, worker.name)
    return Fact(day, "Add note", [note], late=(0, 0), more=True)
