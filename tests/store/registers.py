"""Registers for the store's tests: made once for each engine and copied, since making one takes longer than a test."""

from __future__ import annotations

import itertools
import random
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from psycopg import sql

from mhtracker.domain.records import (
    CodeItem,
    DatePrecision,
    Document,
    ImportedFile,
    ImportWord,
    LegalAndStatus,
    MoveOnPlan,
    Note,
    Person,
    Placement,
    Provider,
    PutAside,
    Record,
    Review,
    ReviewKind,
    ReviewOutcome,
    S117Decision,
    Service,
    Setting,
    Stage,
    StatusKind,
    SupportChange,
    Target,
    Team,
    Worker,
    new_id,
)
from mhtracker.store import Store, create_register, open_register
from tests.store.further_records import PAPER, further_records
from tests.store.servers import Address

AS_AT = date(2026, 7, 14)
PASSWORD = "Żółta łódź, 7 'mewek'"

AWKWARD = (
    "Zofia 🧑🏽‍🦽 Testowska",
    "שרה \u2067كريم\u2069",
    "Jose\u0301 e\u0301",
    'O\'Brien "Bob" \\ `x` ’',
    "'; DROP TABLE people; --",
    "100% ?1 :name %s %(x)s {y} \x1f",
    "None",
    "two\nlines\tand a tab\u2028",
    "<b>&amp;</b> <Zelenka>",
    " spaces around ",
    "ł" * 20_000,
)


class Hands:
    """A clock that a test sets. Each look at it is a moment later than the one before."""

    def __init__(self, day: date = AS_AT) -> None:
        self.day = day
        self._looks = itertools.count()

    def now(self) -> datetime:
        start = datetime(self.day.year, self.day.month, self.day.day, 9, 0, tzinfo=UTC)
        return start + timedelta(milliseconds=next(self._looks))

    def today(self) -> date:
        return self.day


Opener = Callable[..., Store]


class Register:
    """A register of a test: `open` it as often as needed, one after another. What was left open is closed for you."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self.clock = Hands()
        self._open: list[Store] = []

    @property
    def path(self) -> Path:
        return Path(self.address.where)

    def open(self, *, who: str = "Ann Example", **options: Any) -> Store:
        password = options.pop("password", self.address.password)
        clock = options.pop("clock", self.clock)
        store = open_register(self.address.where, who=who, clock=clock, password=password, **options)
        self._open.append(store)
        return store

    def close(self) -> None:
        for store in self._open:
            store.close()
        self._open.clear()


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """An empty register in a plain file and one in a protected file."""
    folder = tmp_path_factory.mktemp("templates")
    made = {}
    for engine, password in (("sqlite", None), ("sqlcipher", PASSWORD)):
        made[engine] = folder / f"{engine}.mhtracker"
        create_register(made[engine], who="Maker", clock=Hands(), password=password, council="Northmoor").close()
    return made


@pytest.fixture(scope="session")
def server_template(postgres_server: Any) -> str:
    """The address of an empty register on the server."""
    url: str = postgres_server.new_database()
    create_register(url, who="Maker", clock=Hands(), council="Northmoor").close()
    return url


@pytest.fixture(params=["sqlite", "sqlcipher", pytest.param("postgresql", marks=pytest.mark.postgres)])
def register(request: pytest.FixtureRequest, templates: dict[str, Path], tmp_path: Path) -> Iterator[Register]:
    """An empty register on every engine in turn."""
    if request.param == "postgresql":
        yield from _on_server(request)
        return
    path = tmp_path / "register.mhtracker"
    shutil.copyfile(templates[request.param], path)
    made = Register(Address(request.param, str(path), PASSWORD if request.param == "sqlcipher" else None))
    yield made
    made.close()


def _on_server(request: pytest.FixtureRequest) -> Iterator[Register]:
    server, template = request.getfixturevalue("postgres_server"), request.getfixturevalue("server_template")
    base, _, name = template.rpartition("/")
    copy = f"copy_{random.randrange(10**12)}"
    words = sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER mhtracker")
    server.administer(words.format(sql.Identifier(copy), sql.Identifier(name)))
    made = Register(Address("postgresql", f"{base}/{copy}"))
    yield made
    made.close()
    server.drop_database(f"{base}/{copy}")


@pytest.fixture
def file_register(templates: dict[str, Path], tmp_path: Path) -> Iterator[Register]:
    """An empty register in a plain file, for what is the same on every engine."""
    path = tmp_path / "register.mhtracker"
    shutil.copyfile(templates["sqlite"], path)
    made = Register(Address("sqlite", str(path)))
    yield made
    made.close()


@pytest.fixture
def store(file_register: Register) -> Store:
    return file_register.open()


def add(store: Store, *records: Record, label: str = "Add") -> list[Any]:
    """Record some records in one operation; gives them as saved."""
    with store.operation(label) as work:
        if any(isinstance(record, Document) for record in records):
            work.keep_content(PAPER)
        return [work.save(record) for record in records]


def a_person(ref: str = "MHT-00001", surname: str = "Przykład", **fields: Any) -> Person:
    return Person(new_id(), ref, surname, **fields)


def a_stay(person: Person, stage: str = "residential", start: date = date(2025, 1, 6), **fields: Any) -> Placement:
    return Placement(new_id(), person.id, stage, start, **fields)


def every_record(text: str) -> list[Record]:
    """One record of every type with every field filled, text everywhere, and one with only what it must have."""
    day, moment = date(2024, 2, 29), datetime(2026, 3, 29, 0, 30, 15, 250_000, tzinfo=UTC)
    team, provider = Team(new_id(), text), Provider(new_id(), text, True, text, text, text, text)
    worker = Worker(new_id(), text, team.id, text, day)
    stage = Stage(new_id(), text, "X", "nursing", 35, 400, keeps_place=True, own_home=True, retired=True, kind=text)
    service = Service(
        new_id(), text, provider.id, stage.id, text, 7, 2.5, 99, text, text, text, True, False, text, text, day, day,
        text,
    )  # fmt: skip
    person = Person(
        new_id(), f"T {text}"[:500], text, text, text, day, DatePrecision.MONTH, "9999981801", text, "male", text, text,
        worker.id, team.id, text, day, day, text, text, text,
    )  # fmt: skip
    plan = MoveOnPlan(new_id(), person.id, stage.id, text, day, day, text)
    bare_person = Person(new_id(), f"B {text}"[:500], text)
    bare_plan = MoveOnPlan(new_id(), bare_person.id, None)
    stay = Placement(
        new_id(), person.id, stage.id, day, date.max, service.id, text, False, text, text, text, -(2**31), 7, text,
        text, text,
    )  # fmt: skip
    review = Review(
        new_id(), person.id, ReviewKind.S117, day, day, "10:30", day, ReviewOutcome.CHANGE_BUDGET, text, text, day,
        text, text, text, text, text, text, text, S117Decision.MODIFY, text, text, text, SupportChange.UP, 7.5, 12,
        day,
    )  # fmt: skip
    note = Note(new_id(), person.id, text, day, text, text, moment)
    ids = {"person_id": person.id, "other_id": bare_person.id, "review_id": review.id, "note_id": note.id}
    ids |= {"plan_id": plan.id, "placement_id": stay.id, "worker_id": worker.id, "stage_id": stage.id}
    ids |= {"service_id": service.id, "provider_id": provider.id}
    return [
        team, provider, worker, stage, service, person,
        stay,
        plan,
        Target(new_id(), plan.id, person.id, day, date.min, text, text, text, 3),
        review,
        LegalAndStatus(
            new_id(), person.id, StatusKind.EMPLOYMENT, text, day, day, text, day, text, text, text, text, text
        ),
        note,
        CodeItem(f"list/{text}", text, text, text, 7, day, day),
        Setting(f"key {text}", text),
        ImportWord(f"field/{text}", text, text, text),
        PutAside(new_id(), text, text, 12, text, text, text, text, text, day, day, text),
        ImportedFile(new_id(), text, text, "ab" * 32, day, 99),
        Team(new_id(), ""), Provider(new_id(), ""), Worker(new_id(), ""),
        Stage(new_id(), "", "", "", 0), Service(new_id(), ""), bare_person,
        Placement(new_id(), bare_person.id, "hospital", day), bare_plan,
        Target(new_id(), bare_plan.id, bare_person.id, day, day), Review(new_id(), bare_person.id),
        LegalAndStatus(new_id(), bare_person.id, StatusKind.S117, ""), Note(new_id(), bare_person.id, "", day, ""),
        CodeItem(f"bare/{text}", "", "", ""), Setting(f"bare {text}", ""), ImportWord(f"bare/{text}", "", "", ""),
        PutAside(new_id(), "", "", 1, "", "", "", "", ""), ImportedFile(new_id(), "", "", "", day),
        *further_records(text, ids),
    ]  # fmt: skip
