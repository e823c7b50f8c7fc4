"""A team's random life with its register, step by step, for tests of what must hold whatever happens."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import Phase

from mhtracker.domain.pathway import DEFAULT_STAGES
from mhtracker.domain.records import (
    KIND_OF,
    KINDS,
    LegalAndStatus,
    MoveOnPlan,
    Note,
    Person,
    Placement,
    Provider,
    Record,
    Review,
    ReviewOutcome,
    Service,
    Setting,
    Stage,
    StatusKind,
    Target,
    Team,
    Worker,
    new_id,
)
from mhtracker.store import Store, Work
from tests.store.registers import AS_AT, AWKWARD

SURNAMES = ("Przykład", "Łoś-Testowy", "O’Example", "Şample", "ZZ", "van Specimen", "Ćwik", "példa", *AWKWARD[:5])
UNSHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)
"""A random life does not get simpler with a smaller seed, and trying to make it so takes minutes."""
UNRULY = {"two placements overlap", "a placement ends before it starts"}
"""What check may say of a random life: nobody looks after its stays."""
Snapshot = dict[tuple[str, str], Record]


def snapshot(store: Store) -> Snapshot:
    """Every record, its version left out: undo brings back what was recorded, not how often."""
    everything: list[Any] = [record for record_type in KINDS.values() for record in store.find(record_type)]
    return {(KIND_OF[type(record)], record.id): replace(record, version=0) for record in everything}


class Life:
    """Random operations, the same for the same seed. Dates fall within some years of `AS_AT`."""

    def __init__(self, seed: object) -> None:
        self.chance = random.Random(str(seed))
        self.people = 0
        self.steps: tuple[Callable[[Work], None], ...] = (
            self.somebody_comes,
            self.somebody_comes,
            self.somebody_moves,
            self.somebody_moves,
            self.a_plan_is_made,
            self.a_target_slips,
            self.a_review_is_booked_or_held,
            self.a_review_is_booked_or_held,
            self.a_status_is_set,
            self.a_note_is_written,
            self.somebody_is_edited,
            self.somebody_leaves,
            self.the_office_changes,
            self.something_is_taken_away,
            self.many_come_at_once,
        )

    def step(self, store: Store) -> str:
        """One random operation (which may change nothing); gives its label."""
        step = self.chance.choice(self.steps)
        label = step.__name__.replace("_", " ").capitalize()
        with store.operation(label) as work:
            step(work)
        return label

    def day(self, spread: int = 700) -> date:
        return AS_AT + timedelta(days=self.chance.randint(-spread, spread // 3))

    def maybe(self, value: Any) -> Any:
        return value if self.chance.random() < 0.6 else None

    def one(self, work: Work, record_type: type[Any]) -> Any:
        found = work.find(record_type)
        return self.chance.choice(sorted(found, key=lambda record: record.id)) if found else None

    def somebody_comes(self, work: Work) -> None:
        self.people += 1
        worker, service = self.one(work, Worker), self.one(work, Service)
        person = work.save(
            Person(
                new_id(),
                f"MHT-{len(work.find(Person)) + 1:05d}-{self.people}-{self.chance.randrange(10**9)}",
                self.chance.choice(SURNAMES),
                self.chance.choice(("Zofia", "Zoë", "ann", "Ångström", "")),
                born_on=self.maybe(self.day(20_000)),
                nhs_number=self.maybe("9999981801"),
                local_id=self.maybe(f"L-{self.people}"),
                locality=self.chance.choice(("North", "", "South")),
                worker_id=worker.id if worker else None,
            )
        )
        stage = self.chance.choice(DEFAULT_STAGES)
        work.save(self._stay(person, stage.id, self.day(), service))
        if self.chance.random() < 0.3:
            work.save(replace(person, known_as=self.chance.choice(SURNAMES)))

    def many_come_at_once(self, work: Work) -> None:
        people = [Person(new_id(), f"IMP-{self.chance.randrange(10**12)}", "Imported") for _ in range(5)]
        stays = [self._stay(person, "residential", self.day(), None) for person in people]
        work.add_many([*people, *stays])

    def _stay(self, person: Person, stage_id: str, start: date, service: Service | None) -> Placement:
        cost = self.maybe(self.chance.randrange(200_000))
        return Placement(
            new_id(), person.id, stage_id, start, self.maybe(start + timedelta(days=self.chance.randrange(500))),
            service.id if service else None, weekly_cost_pence=cost,
        )  # fmt: skip

    def somebody_moves(self, work: Work) -> None:
        last, service = self.one(work, Placement), self.one(work, Service)
        if last is None:
            return
        left_on = last.started_on + timedelta(days=self.chance.randrange(400))
        work.save(replace(last, ended_on=left_on, planned=True))
        stage = self.chance.choice(DEFAULT_STAGES)
        work.save(replace(self._stay(work.get(Person, last.person_id), stage.id, left_on, service), ended_on=None))

    def a_plan_is_made(self, work: Work) -> None:
        person = self.one(work, Person)
        if person is not None:
            plan = work.save(MoveOnPlan(new_id(), person.id, "independent", "A flat", self.maybe(self.day())))
            work.save(Target(new_id(), plan.id, person.id, self.day(), self.day()))

    def a_target_slips(self, work: Work) -> None:
        plan = self.one(work, MoveOnPlan)
        if plan is not None:
            work.save(Target(new_id(), plan.id, plan.person_id, self.day(), self.day(), "other", "Waiting"))
            if self.chance.random() < 0.3:
                work.save(replace(plan, ended_on=self.day(), end_reason="met"))

    def a_review_is_booked_or_held(self, work: Work) -> None:
        review, person = self.one(work, Review), self.one(work, Person)
        if review is not None and self.chance.random() < 0.5:
            held_on = self.day()
            work.save(replace(review, held_on=held_on, outcome=ReviewOutcome.CONTINUE, summary="Went well"))
        elif review is not None and self.chance.random() < 0.3:
            work.save(replace(review, abandoned_on=self.day(), abandon_reason="Ill"))
        elif person is not None:
            work.save(Review(new_id(), person.id, due_on=self.maybe(self.day()), booked_on=self.maybe(self.day())))

    def a_status_is_set(self, work: Work) -> None:
        person = self.one(work, Person)
        if person is not None:
            kind = self.chance.choice(list(StatusKind))
            ends = self.maybe(self.day())
            both = ("The Trust", "The council") if ends is not None else ("", "")
            work.save(
                LegalAndStatus(
                    new_id(), person.id, kind, "unknown", self.maybe(self.day()), ends,
                    ended_by_health=both[0], ended_by_council=both[1],
                )
            )  # fmt: skip

    def a_note_is_written(self, work: Work) -> None:
        person = self.one(work, Person)
        if person is not None:
            work.save(Note(new_id(), person.id, "visit", self.day(), self.chance.choice(AWKWARD), "Ann", work.now))

    def somebody_is_edited(self, work: Work) -> None:
        person, worker = self.one(work, Person), self.one(work, Worker)
        if person is not None:
            new = worker if self.chance.random() < 0.5 else work.save(Worker(new_id(), self.chance.choice(SURNAMES)))
            changed = replace(person, surname=self.chance.choice(SURNAMES), worker_id=new.id if new else None)
            work.save(changed)

    def somebody_leaves(self, work: Work) -> None:
        person = self.one(work, Person)
        if person is not None:
            field = self.chance.choice(("left_on", "died_on"))
            changes: dict[str, Any] = {field: self.maybe(self.day())}
            work.save(replace(person, **changes))

    def the_office_changes(self, work: Work) -> None:
        record_type: type[Any] = self.chance.choice((Team, Worker, Provider, Service, Setting, Stage))
        there = self.one(work, record_type)
        word = self.chance.choice(SURNAMES)
        if record_type is Setting:
            rules = work.find(Setting, id="review_rules")
            days = self.chance.choice(("42", "56", "70"))
            old = rules[0] if rules else Setting("review_rules", "{}")
            work.save(replace(old, value=f'{{"first_days": {days}}}'))
        elif record_type is Stage:
            work.save(replace(there, label=word))
        elif there is not None and self.chance.random() < 0.6:
            work.save(replace(there, name=word))
        elif record_type is Service:
            provider = self.one(work, Provider)
            work.save(Service(new_id(), word, provider.id if provider else None, "residential"))
        else:
            work.save(record_type(new_id(), word))

    def something_is_taken_away(self, work: Work) -> None:
        record_type = self.chance.choice((Placement, Target, Review, LegalAndStatus, Note))
        record = self.one(work, record_type)
        if record is not None:
            work.delete(record)
