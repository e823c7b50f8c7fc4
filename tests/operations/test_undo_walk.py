"""A team records by its forms at random and undoes any step by name: nothing comes of it that no form lets pass."""

import contextlib
import os
import random
import shutil
from dataclasses import fields
from datetime import date, timedelta
from typing import Any

import pytest

from mhtracker.domain.contradictions import Picture, contradictions
from mhtracker.domain.errors import Conflict, Invalid, Refused
from mhtracker.domain.records import (
    KINDS,
    CostLine,
    Hold,
    LegalAndStatus,
    MoveOnPlan,
    Person,
    Placement,
    Review,
    Service,
    StatusKind,
    Team,
    Unit,
    Waiting,
)
from mhtracker.domain.truths import TRUTHS
from mhtracker.operations import moves, people, reviews, statuses, targets
from mhtracker.operations.money import costs, funding
from mhtracker.operations.places import services, units, waiting
from mhtracker.store import FixedClock, Store, open_register
from mhtracker.store.check import check
from mhtracker.store.obstacles import obstacles
from mhtracker.store.queries.history import list_operations
from tests.operations.conftest import TODAY, WHO

STAGES = ("hospital", "residential", "enablement", "supported", "independent")
NUMBERS = ("9999981801", "9990905878", None)
SEEDS = tuple(int(each) for each in os.environ.get("MHTRACKER_UNDO_WALKS", "1 2 3 4 5 6 7 8").split())
"""Others by hand: MHTRACKER_UNDO_WALKS="100 101 102"."""


class Office:
    """Random steps, the same for the same seed. What a form refuses is not recorded, and that is as well."""

    def __init__(self, store: Store, seed: int) -> None:
        self.store, self.chance = store, random.Random(seed)
        self.flats = [units.add_unit(store, self.service(), name=name).id for name in ("Flat 1", "Flat 2")]
        for _ in range(2):
            people.add_person(store, surname="Wzór", stage_id="residential", started_on=date(2025, 3, 1))

    def service(self) -> str:
        return self.one(Service, name="Canal View").id

    def day(self, spread: int = 400) -> date:
        return TODAY - timedelta(days=self.chance.randrange(spread))

    def maybe(self, value: Any) -> Any:
        return value if self.chance.random() < 0.5 else None

    def one(self, record_type: type[Any], **equals: Any) -> Any:
        found = self.store.find(record_type, **equals)
        if not found:
            raise Refused("There is none.")
        return self.chance.choice(sorted(found, key=self.told))

    def told(self, record: Any) -> list[str]:
        """What a record says without its ids, which come by chance."""
        own = [str(getattr(record, field.name)) for field in fields(record) if not field.name.endswith("id")]
        return [self.store.get(Person, record.person_id).ref, *own] if getattr(record, "person_id", None) else own

    def somebody(self) -> str:
        return self.one(Person).id

    def step(self) -> None:
        steps = [name for name in dir(self) if name.startswith("do_")]
        with contextlib.suppress(Invalid, Refused):
            getattr(self, self.chance.choice(steps))()

    def do_add_stay(self) -> None:
        first = self.day()
        last = self.maybe(min(TODAY, first + timedelta(days=self.chance.randrange(200))))
        moves.start_placement(
            self.store, self.somebody(), stage_id=self.chance.choice(STAGES), started_on=first, ended_on=last
        )

    def do_end_stay(self) -> None:
        stay = self.one(Placement, ended_on=None)
        moves.edit_placement(self.store, stay.id, ended_on=max(self.day(), stay.started_on))

    def do_put_stay_right(self) -> None:
        stay = self.one(Placement)
        moves.edit_placement(self.store, stay.id, started_on=self.day(), ended_on=self.maybe(stay.ended_on))

    def do_move(self) -> None:
        day, flat = self.day(60), self.maybe(self.chance.choice(self.flats))
        where: dict[str, Any] = {"service_id": self.service(), "unit_id": flat} if flat else {}
        moves.record_move(
            self.store, self.somebody(), left_on=day, planned=True, reason_code="ready", started_on=day,
            stage_id="supported" if flat else self.chance.choice(STAGES), back_reason="relapse", **where,
        )  # fmt: skip

    def do_leave_flat(self) -> None:
        moves.edit_placement(self.store, self.one(Placement, unit_id=self.flats).id, unit_id=None)

    def do_remove_stay(self) -> None:
        moves.remove_placement(self.store, self.one(Placement).id, reason="Wrong person")

    def do_close(self) -> None:
        people.close_case(self.store, self.somebody(), left_on=TODAY, reason="other")

    def do_reopen(self) -> None:
        people.reopen_case(self.store, self.somebody(), never_left=self.chance.random() < 0.5)

    def do_number(self) -> None:
        people.edit_person(self.store, self.somebody(), nhs_number=self.chance.choice(NUMBERS))

    def do_start_plan(self) -> None:
        targets.start_plan(self.store, self.somebody(), aim_stage_id="independent", target_on=date(2027, 1, 1))

    def do_end_plan(self) -> None:
        targets.end_plan(self.store, self.one(MoveOnPlan, ended_on=None).id, reason_code="given_up")

    def do_book(self) -> None:
        reviews.book_review(self.store, self.somebody(), booked_on=date(2026, 7, 22))

    def do_abandon(self) -> None:
        reviews.abandon_review(self.store, self.one(Review, held_on=None, abandoned_on=None).id, reason="Ill")

    def do_wait(self) -> None:
        waiting.put_on_waiting_list(self.store, self.somebody(), stage_id="supported")

    def do_take_off(self) -> None:
        entry = self.one(Waiting, ended_on=None)
        waiting.take_off_waiting_list(self.store, entry.id, end_reason="withdrew")

    def do_offer(self) -> None:
        waiting.offer_place(self.store, self.one(Waiting, ended_on=None).id, service_id=self.service())

    def do_hold(self) -> None:
        units.hold_place(self.store, self.service(), unit_id=self.chance.choice(self.flats), person_id=self.somebody())

    def do_let_go(self) -> None:
        units.let_go(self.store, self.one(Hold, ended_on=None).id)

    def do_close_flat(self) -> None:
        flat = self.one(Unit)
        units.edit_unit(self.store, flat.id, closed_on=None if flat.closed_on else TODAY)

    def do_cost(self) -> None:
        costs.add_cost_line(
            self.store, self.somebody(), kind="support", rate_pence=30_000, what="Hours", started_on=self.day(),
            goes_along=self.chance.random() < 0.5,
        )  # fmt: skip

    def do_end_cost(self) -> None:
        line = self.one(CostLine, ended_on=None)
        costs.end_cost_line(self.store, line.id, ended_on=max(self.day(), line.started_on + timedelta(days=1)))

    def do_funding(self) -> None:
        funding.change_funding(self.store, self.somebody(), started_on=self.day(), health_percent=50.0)

    def do_status(self) -> None:
        facts: dict[str, Any] = {"expires_on": date(2026, 12, 1)}
        kind, code = self.chance.choice(((StatusKind.S117, "3"), (StatusKind.CTO, "cto")))
        more = facts if kind == StatusKind.CTO else {}
        statuses.set_status(self.store, self.somebody(), kind=kind, code=code, started_on=self.day(), **more)

    def do_end_status(self) -> None:
        agreed = {"end_reason": "Over", "ended_by_health": "N. Farzi", "ended_by_council": "A. Kalpit"}
        status = self.one(LegalAndStatus, ended_on=None)
        statuses.end_status(self.store, status.id, ended_on=max(self.day(), status.started_on), **agreed)

    def do_team(self) -> None:
        name = self.chance.choice(("North", "South", "West"))
        if self.chance.random() < 0.5:
            services.add_team(self.store, name=name)
        else:
            services.rename_team(self.store, self.one(Team).id, name=name)


def amiss(store: Store) -> set[Any]:
    """Everything in a register that contradicts itself."""
    everything = {(kind, each.id): each for kind, record_type in KINDS.items() for each in store.find(record_type)}
    return contradictions(Picture(everything, TODAY), TRUTHS)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_walk_of_steps_undone_by_name_brings_about_what_no_form_lets_pass(templates, tmp_path, seed):
    shutil.copy(templates / "case", tmp_path / "walk.mhtracker")
    with open_register(tmp_path / "walk.mhtracker", who=WHO, clock=FixedClock(TODAY)) as store:
        office = Office(store, seed)
        stood = amiss(store)
        for _ in range(60):
            if office.chance.random() < 0.65:
                office.step()
                # A form lets some things pass with a caution: these may come back.
                stood |= amiss(store)
                continue
            lines = [line for line in list_operations(store, limit=25) if not line.operation.final]
            line = office.chance.choice(lines)
            told, refused = obstacles(store, [line]), ""
            try:
                store.undo(line.operation.id)
            except (Conflict, Refused) as error:
                refused = str(error)
            if line.operation.undone_by is None:
                in_the_way = told.get(line.operation.id, "")
                assert bool(refused) == bool(in_the_way), "History told what would happen"
                assert refused.endswith(in_the_way)
            assert amiss(store) <= stood
        assert check(store).problems == ()
