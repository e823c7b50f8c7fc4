"""A demo register to ask, and a way to run commands as the shell does, within this process."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mhtracker.cli import main
from mhtracker.operations.demo.making import make_demo
from mhtracker.operations.people import add_person
from mhtracker.store import FixedClock, create_register

AS_AT = "2026-07-14"


@dataclass(frozen=True)
class Ran:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        assert self.code == 0, self.err
        assert self.err == ""
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run a command; gives its exit code and what it wrote."""
    monkeypatch.setenv("MHTRACKER_CONFIG", str(tmp_path / "config"))
    monkeypatch.delenv("MHTRACKER_PASSWORD", raising=False)

    def run_it(*words: object) -> Ran:
        code = main([str(word) for word in words])
        out, err = capsys.readouterr()
        return Ran(code, out, err)

    return run_it


def make_twice(path: Path) -> None:
    """A register of one person who is in it twice, in supported living on one record and in hospital on the other."""
    born = date(1974, 3, 12)
    with create_register(path, who="Ann", clock=FixedClock(date(2026, 7, 14))) as store:
        add_person(
            store, surname="Szczepański", given_names="Łukasz", born_on=born, locality="Harbourside",
            stage_id="supported", started_on=date(2026, 1, 5),
        )  # fmt: skip
        add_person(
            store, surname="Shchepanski", given_names="Lukasz", born_on=born, locality="Westing", local_id="M-20/7",
            stage_id="residential", started_on=date(2026, 2, 5),
        )  # fmt: skip


@pytest.fixture(scope="session")
def demo_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "demo.mhtracker"
    make_demo(path, people=80, seed=7, as_at=date(2026, 7, 14)).close()
    return path


@pytest.fixture
def demo(demo_once: Path, tmp_path: Path) -> Path:
    """A demo register of 80 people, this test's own."""
    path = tmp_path / "demo.mhtracker"
    shutil.copyfile(demo_once, path)
    return path
