"""What is kept around an invented person's pathway: readiness, barriers, actions, goals, people, warnings, papers."""

from __future__ import annotations

import hashlib
import itertools
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from mhtracker.domain.dates import add_months
from mhtracker.domain.records import (
    Action,
    Barrier,
    CareWarning,
    Contact,
    Document,
    Goal,
    GoalScore,
    LegalAndStatus,
    MeasureScore,
    MeasureTool,
    MoveOnPlan,
    Note,
    NoteCorrection,
    Person,
    Placement,
    Rating,
    Record,
    Review,
    ReviewAttendance,
    S117Decision,
    StatusKind,
    Target,
    Worker,
)
from mhtracker.operations.demo import names, words
from mhtracker.operations.demo.past import Fact
from mhtracker.operations.demo.people import HOMES
from mhtracker.operations.statuses import STATUS_NAMES

NewId = Callable[[], str]


def contents_of(records: Iterable[Record]) -> list[bytes]:
    """What the documents among some records hold, each once."""
    named = {record.sha256 for record in records if isinstance(record, Document)}
    papers = [told.encode() for _, _, told in words.LETTERS]
    return [paper for paper in papers if hashlib.sha256(paper).hexdigest() in named]


def measure_tools(ids: NewId) -> list[MeasureTool]:
    """Two measures by invented names, with a total and a date."""
    return [
        MeasureTool(ids(), "Northmoor wellbeing scale", 0.0, 40.0, True, "Made for this demo", 6),
        MeasureTool(ids(), "Northmoor distress scale", 0.0, 30.0, False, "Made for this demo", 6),
    ]


def enriched(records: Sequence[Record], as_at: date, chance: random.Random, ids: NewId) -> list[Record]:
    """The same records, with what people say at reviews, who came, and where they lived before."""
    s117 = any(isinstance(each, LegalAndStatus) and each.kind == StatusKind.S117 for each in records)
    found: list[Record] = []
    for record in records:
        if isinstance(record, Person):
            record = replace(record, primary_support="mental_health" if chance.random() < 0.92 else "substances")
        if isinstance(record, LegalAndStatus):
            found += _before(record, records, chance, ids)
        if isinstance(record, Review) and record.held_on is not None and (as_at - record.held_on).days < 1000:
            record = _told(record, chance, s117=s117)
            found.append(record)
            found += _attendance(record, chance, ids)
        else:
            found.append(record)
    return found


def _before(status: LegalAndStatus, records: Sequence[Record], chance: random.Random, ids: NewId) -> list[Record]:
    """What held before a home or work status: homes follow the stays, most were not looking for work."""
    stays = [each for each in records if isinstance(each, Placement)]
    if status.kind == StatusKind.ACCOMMODATION:
        return [
            replace(status, id=ids(), code=HOMES[stay.stage_id], started_on=stay.started_on, ended_on=then.started_on)
            for stay, then in itertools.pairwise(stays)
            if stay.started_on < then.started_on
        ]
    came = stays[0].started_on
    if status.kind == StatusKind.EMPLOYMENT and status.started_on is not None and came < status.started_on:
        code = "not_seeking" if chance.random() < 0.85 else "seeking"
        return [replace(status, id=ids(), code=code, started_on=came, ended_on=status.started_on)]
    return []


def _told(review: Review, chance: random.Random, *, s117: bool) -> Review:
    return replace(
        review,
        method=chance.choice(("in_person", "in_person", "in_person", "video", "phone")),
        own_view=chance.choice(words.OWN_VIEWS) if chance.random() < 0.7 else "",
        works=chance.choice(words.WORKS) if chance.random() < 0.5 else "",
        does_not_work=chance.choice(words.DOES_NOT_WORK) if chance.random() < 0.5 else "",
        s117_decision=S117Decision.CONTINUE if s117 else None,
        s117_health_name="Dr Nasrin Farzi" if s117 else "",
        s117_council_name="Rhys Ffug" if s117 else "",
    )


def _attendance(review: Review, chance: random.Random, ids: NewId) -> list[Record]:
    asked = [("The person", None), (chance.choice(names.FEMALE), "keyworker"), (chance.choice(names.MALE), "family")]
    return [
        ReviewAttendance(
            ids(),
            review.person_id,
            review.id,
            name,
            role,
            chance.choice(("came", "came", "came", "apologies", "absent")),
        )
        for name, role in asked[: chance.randint(1, 3)]
    ]


@dataclass(slots=True)
class Around:
    """One person's further facts."""

    records: Sequence[Record]
    worker: Worker
    tools: Sequence[MeasureTool]
    as_at: date
    chance: random.Random
    ids: NewId
    _person_id: str = field(init=False)
    _until: date = field(init=False)
    _came: date = field(init=False)

    def facts(self) -> list[Fact]:
        """Everything recorded around their pathway since they came."""
        (person,) = self._of(Person)
        stays: list[Placement] = self._of(Placement)
        self._person_id = person.id
        self._until = person.left_on or self.as_at
        self._came = max(stays[0].started_on, self._until - timedelta(days=1300))
        found: list[Fact] = [*self._contacts(person), *self._legal(), *self._corrections()]
        if person.left_on is None:
            found += [*self._warnings(), *self._documents()]
            if stays[-1].stage_id in ("residential", "enablement", "supported"):
                found += self._ratings()
            found += [*self._goals(), *self._measures()]
        found += self._around_plan()
        return found

    def _of(self, kind: Any) -> list[Any]:
        return [record for record in self.records if isinstance(record, kind)]

    def _days(self, every: tuple[int, int], most: int, since: date | None = None) -> list[date]:
        """Some days, the first soon after `since`, none after the end."""
        day = max(since or self._came, self._came) + timedelta(days=self.chance.randint(5, 60))
        found: list[date] = []
        while day < self._until and len(found) < most:
            found.append(day)
            day += timedelta(days=self.chance.randint(*every))
        return found

    def _day_between(self, first: date, last: date) -> date:
        return first + timedelta(days=self.chance.randint(0, max(0, (last - first).days)))

    def _ratings(self) -> Iterable[Fact]:
        if self.chance.random() < 0.2:
            return
        domains = list(words.EVIDENCE)
        rated = {domain: self.chance.choice((0, 1, 1, 2)) for domain in domains}
        for day in self._days((120, 240), 4, self._until - timedelta(days=self.chance.randint(200, 900))):
            some = domains if self.chance.random() < 0.4 else self.chance.sample(domains, self.chance.randint(4, 9))
            saved = []
            for domain in some:
                rated[domain] = min(3, max(0, rated[domain] + self.chance.choice((-1, 0, 0, 1, 1))))
                evidence = words.EVIDENCE[domain][rated[domain]]
                saved.append(
                    Rating(self.ids(), self._person_id, domain, rated[domain], day, evidence, self.worker.name)
                )
            yield Fact(day, "Rate readiness", saved)

    def _around_plan(self) -> Iterable[Fact]:
        targets: list[Target] = self._of(Target)
        for plan in self._of(MoveOnPlan):
            begun = plan.started_on or self._came
            slips = [each for each in targets if each.plan_id == plan.id and each.reason_code]
            for slip in slips:
                yield from self._barrier(plan, slip.set_on, slip.reason_code or "")
            if not slips and self.chance.random() < 0.4:
                yield from self._barrier(plan, self._day_between(begun, self.as_at), "not_ready")
            for what in self.chance.sample(words.ACTIONS, self.chance.randint(1, 4)):
                yield from self._action(plan, self._day_between(begun, self.as_at), what)

    def _barrier(self, plan: MoveOnPlan, day: date, reason: str) -> Iterable[Fact]:
        code, whose, note = words.BARRIERS.get(reason, ("offer", "", ""))
        barrier = Barrier(self.ids(), self._person_id, code, day, None, note, whose, plan.id)
        yield Fact(day, "Add barrier", [barrier])
        ended_on = day + timedelta(days=self.chance.randint(20, 200))
        if ended_on < self.as_at and self.chance.random() < 0.7:
            yield Fact(ended_on, "End barrier", [replace(barrier, ended_on=ended_on)])

    def _action(self, plan: MoveOnPlan, day: date, what: str) -> Iterable[Fact]:
        due_on = day + timedelta(days=self.chance.randint(7, 60))
        mine = self.chance.random() < 0.8
        action = Action(
            self.ids(), self._person_id, what, due_on, self.worker.name if mine else "Keyworker",
            self.worker.id if mine else None, set_on=day, plan_id=plan.id,
        )  # fmt: skip
        yield Fact(day, "Add action", [action])
        done_on = due_on + timedelta(days=self.chance.randint(-6, 12))
        fate = self.chance.random()
        if done_on <= self.as_at and done_on >= day and fate < 0.8:
            yield Fact(done_on, "Do action", [replace(action, done_on=done_on)])
        elif done_on < self.as_at and fate < 0.9:
            why = "No longer needed"
            yield Fact(done_on, "Drop action", [replace(action, dropped_on=done_on, drop_reason=why)], why)

    def _goals(self) -> Iterable[Fact]:
        if self.chance.random() < 0.3:
            return
        for place, goal_words in enumerate(self.chance.sample(words.GOALS, self.chance.randint(1, 3))):
            set_on = self._day_between(self._came, self._until)
            goal = Goal(self.ids(), self._person_id, goal_words, set_on, add_months(set_on, 9), position=place)
            yield Fact(set_on, "Set goal", [goal])
            score = self.chance.randint(0, 4)
            for day in self._days((40, 120), 6, set_on):
                score = min(10, max(0, score + self.chance.randint(-1, 3)))
                note = self.chance.choice(words.SCORE_NOTES)
                yield Fact(
                    day,
                    "Score goal",
                    [GoalScore(self.ids(), self._person_id, goal.id, score, day, note, self.worker.name)],
                )

    def _measures(self) -> Iterable[Fact]:
        for tool in self.tools:
            total = self.chance.uniform(0.3, 0.6) * tool.highest
            if self.chance.random() < 0.45:
                continue
            for day in self._days((150, 230), 5, self._until - timedelta(days=self.chance.randint(200, 900))):
                total = min(tool.highest, max(tool.lowest, total + self.chance.uniform(-3, 4)))
                score = MeasureScore(
                    self.ids(), self._person_id, tool.id, float(round(total)), day, "", self.worker.name
                )
                yield Fact(day, f"Record {tool.name}", [score])

    def _contacts(self, person: Person) -> Iterable[Fact]:
        chance = self.chance
        gp = Contact(self.ids(), person.id, "gp", f"Dr {chance.choice(names.SURNAMES)}", organisation="Elmvale Surgery")
        found = [gp]
        if person.care_coordinator:
            found.append(
                Contact(self.ids(), person.id, "care_coordinator", person.care_coordinator, started_on=self._came)
            )
        if chance.random() < 0.6:
            kind, relation = chance.choice(words.RELATIONS)
            name = f"{chance.choice(names.FEMALE + names.MALE)} {person.surname}"
            told = chance.random() < 0.7
            near = Contact(self.ids(), person.id, kind, name, relation, phone="01632 960 123", may_be_told=told)
            if kind == "carer":
                offered = self._day_between(self._came, self._until)
                done = offered + timedelta(days=35)
                # One in six offered was left lying; the others were done within weeks, or will be.
                was_done = done <= self._until and len(name) % 6 != 0
                near = replace(near, assessment_offered_on=offered, assessment_done_on=done if was_done else None)
            found.append(near)
        for contact in found:
            yield Fact(self._day_between(self._came, min(self._until, self._came + timedelta(days=300))), "Add contact",
                       [contact])  # fmt: skip

    def _legal(self) -> Iterable[Fact]:
        chance = self.chance
        for kind, code, share, months in (
            (StatusKind.CTO, "cto", 0.06, 6),
            (StatusKind.DOLS, "standard", 0.05, 12),
            (StatusKind.CAPACITY, chance.choice(("has_move", "lacks_move", "lacks_money")), 0.15, 0),
            (StatusKind.ADVOCACY, chance.choice(("care_act", "imha", "declined")), 0.12, 0),
            (StatusKind.SAFEGUARDING, "enquiry", 0.05, 0),
        ):
            if chance.random() >= share:
                continue
            day = self._day_between(self._came, self._until)
            expires = add_months(day, months) if months else None
            ends = expires if expires is not None and expires < self.as_at else None
            if kind == StatusKind.SAFEGUARDING:
                ends = day + timedelta(days=60) if day + timedelta(days=60) < self.as_at else None
            status = LegalAndStatus(self.ids(), self._person_id, kind, code, day, None, expires_on=expires)
            yield Fact(day, f"Set {STATUS_NAMES[kind]}", [status], late=(0, 9))
            if ends is not None:
                yield Fact(ends, f"End {STATUS_NAMES[kind]}", [replace(status, ended_on=ends)], late=(0, 9))

    def _warnings(self) -> Iterable[Fact]:
        if self.chance.random() > 0.18:
            return
        kind, warning_words, why = self.chance.choice(words.WARNINGS)
        day = self._day_between(max(self._came, self._until - timedelta(days=700)), self._until)
        warning = CareWarning(
            self.ids(), self._person_id, kind, warning_words, why, day, self.worker.name, add_months(day, 6)
        )
        yield Fact(day, "Raise warning", [warning])
        checked = add_months(day, 6)
        if checked < self.as_at and self.chance.random() < 0.75:
            again = replace(warning, checked_on=checked, review_on=add_months(checked, 6))
            yield Fact(checked, "Look at warning again", [again])
            if add_months(checked, 6) < self.as_at:
                over = add_months(checked, 6)
                done = replace(again, ended_on=over, end_reason="Not seen for a year")
                yield Fact(over, "End warning", [done], "Not seen for a year")

    def _documents(self) -> Iterable[Fact]:
        if self.chance.random() > 0.35:
            return
        name, about, told = self.chance.choice(words.LETTERS)
        content = told.encode()
        day = self._day_between(self._came, self._until)
        at = datetime.combine(day, time(11, 5), UTC)
        document = Document(
            self.ids(), self._person_id, f"{name}.txt", "text/plain", len(content), hashlib.sha256(content).hexdigest(),
            at, self.worker.name, about, day,
        )  # fmt: skip
        yield Fact(day, "Add document", [document], late=(0, 0))

    def _corrections(self) -> Iterable[Fact]:
        for note in self._of(Note):
            if self.chance.random() < 0.04:
                day = note.noted_on + timedelta(days=2)
                if day < self.as_at:
                    at = datetime.combine(day, time(16, 30), UTC)
                    text = f"{note.text} (Put right.)"
                    why = self.chance.choice(words.CORRECTIONS)
                    put_right = NoteCorrection(self.ids(), note.person_id, note.id, text, why, at, self.worker.name)
                    yield Fact(day, "Correct note", [put_right], why, (0, 0))
