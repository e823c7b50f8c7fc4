"""A real register with a small office in it, on the day of the pictures."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mhtracker.domain.presets import PRESET_NAMES
from mhtracker.domain.records import MoveOnPlan, Person, Placement, Service, Worker
from mhtracker.operations import moves, people, targets
from mhtracker.operations.places import services
from mhtracker.operations.presets.files import read_preset
from mhtracker.operations.presets.people import make_preset_demo
from mhtracker.store import FixedClock, Store, create_register, open_register

TODAY = date(2026, 7, 14)
WHO = "Ewa Fikcyjna"


@dataclass
class Case:
    """Ciarán Triail in enablement, with a plan for supported living; the people and places are invented."""

    store: Store
    person: Person
    stay: Placement
    plan_id: str
    canal_view: Service
    worker: Worker

    @property
    def id(self) -> str:
        return self.person.id

    def placements(self) -> list[Placement]:
        return self.store.find(Placement, order_by=("started_on",), person_id=self.id)


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty register and one with the case, made once: making one takes longer than most tests here."""
    folder = tmp_path_factory.mktemp("registers")
    for name in ("empty", "case"):
        with create_register(folder / name, who=WHO, clock=FixedClock(TODAY), demo=True) as store:
            if name == "case":
                make_case(store)
    return folder


@pytest.fixture(scope="session")
def registers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Store]]:
    """Each preset's demo register, made once: only to be read."""
    folder = tmp_path_factory.mktemp("presets")
    presets = [read_preset(name) for name in PRESET_NAMES]
    made = {preset.key: make_preset_demo(folder / f"{preset.key}.mhtracker", preset) for preset in presets}
    yield made
    for store in made.values():
        store.close()


@pytest.fixture
def store(templates: Path, tmp_path: Path) -> Iterator[Store]:
    shutil.copy(templates / "empty", tmp_path / "r.mhtracker")
    with open_register(tmp_path / "r.mhtracker", who=WHO, clock=FixedClock(TODAY)) as opened:
        yield opened


@pytest.fixture
def case(templates: Path, tmp_path: Path) -> Iterator[Case]:
    shutil.copy(templates / "case", tmp_path / "c.mhtracker")
    with open_register(tmp_path / "c.mhtracker", who=WHO, clock=FixedClock(TODAY)) as opened:
        (person,) = opened.find(Person)
        (stay,), (plan,) = opened.find(Placement), opened.find(MoveOnPlan)
        (canal_view,), (worker,) = opened.find(Service, name="Canal View"), opened.find(Worker)
        yield Case(opened, person, stay, plan.id, canal_view, worker)


def make_case(store: Store) -> None:
    team = services.add_team(store, name="Recovery North")
    worker = services.add_worker(store, name=WHO, team_id=team.id)
    house = services.add_service(store, name="Step House", provider="Tidewater Support", stage_id="enablement")
    services.add_service(store, name="Canal View", provider="Tidewater Support", stage_id="supported")
    born_on, since = date(1975, 11, 2), date(2026, 4, 20)
    named: dict[str, Any] = {"surname": "Triail", "given_names": "Ciarán", "nhs_number": "999 090 5878"}
    person = people.add_person(store, **named, born_on=born_on, worker_id=worker.id)
    moves.start_placement(
        store, person.id, stage_id="enablement", service_id=house.id, started_on=since, address="Room 3"
    )
    plan = targets.start_plan(store, person.id, aim_stage_id="supported", target_on=date(2026, 7, 13), started_on=since)
    targets.change_target(store, plan.id, target_on=date(2026, 7, 20), reason_code="no_vacancy")
