"""What pages and forms are given when they are made, instead of a global application."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from mhtracker.ui.bus import Bus
from mhtracker.ui.commands import Commands
from mhtracker.ui.jobs import Jobs

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from mhtracker.domain.records import Stage
    from mhtracker.settings import ComputerSettings
    from mhtracker.store import Clock
    from mhtracker.ui.theme import Theme


class Shell(Protocol):
    """What a page may ask of the window around it."""

    def open_person(self, person_id: str, tab: str | None = None, at: str | None = None) -> None:
        """Show a person, at a tab and there at one record."""

    def open_page(self, key: str, **args: Any) -> None:
        """Show a page; `args` reach its `show_place`."""

    def run_command(self, key: str, **args: Any) -> None:
        """Run a command by its key: "move", "review", "book_review", "target", "note", "add_person" and others."""

    def side_panel(self, widget: QWidget | None) -> None:
        """Show a widget in the side panel, in the place of the one before; None closes it."""

    def say(self, words: str, can_undo: bool = False) -> None:
        """Say what happened, in the toast; with `can_undo` it offers to undo the last operation."""

    def look_at(self, day: date | None, known: date | None = None) -> None:
        """Look at another day (None: today), and at what was known by a day (None: now)."""


@dataclass(frozen=True, slots=True)
class RegisterFacts:
    """What is known of the open register without asking it; `stages` by level, retired ones included.

    `ended_badly` when the program that had it open before was not closed but stopped.
    `worker_…` is the worker who sits here; `worker_id` None when the register does not know them.
    """

    address: str = ""
    council: str = ""
    is_demo: bool = False
    read_only: bool = False
    ended_badly: bool = False
    stages: tuple[Stage, ...] = ()
    worker_id: str | None = None
    worker_name: str = ""
    worker_role: str = ""
    team_id: str | None = None
    team_name: str = ""

    @property
    def name(self) -> str:
        """What to call the register: the council, or the file's or database's own name."""
        return self.council or Path(self.address.rstrip("/").rpartition("/")[2] or self.address).stem

    def stage(self, stage_id: str | None) -> Stage | None:
        """A stage by its id; None for none or an unknown one."""
        return next((stage for stage in self.stages if stage.id == stage_id), None)


@dataclass
class Context:
    """Built once by `app.py` and handed to every page and form.

    `as_at` is the day being looked at (today unless the person chose another) and `as_known` the day by whose end
    something had to be recorded (None: now); both change, with `bus.as_at_changed`. `register` is replaced when
    another is opened, and its `worker_…` say who of the register's workers sits here, if that is known.
    """

    jobs: Jobs
    bus: Bus
    theme: Theme
    computer: ComputerSettings
    clock: Clock
    commands: Commands
    shell: Shell
    as_at: date
    as_known: date | None = None
    register: RegisterFacts = field(default_factory=RegisterFacts)
    wanted_draft: str = ""
    """The key of the draft that the form opened next takes up, instead of the newest of its kind."""

    @property
    def has_register(self) -> bool:
        return bool(self.register.address)

    @property
    def today(self) -> date:
        return self.clock.today()

    @property
    def looks_elsewhere(self) -> bool:
        """Whether the window looks at anything but today, as known now."""
        return self.as_known is not None or self.as_at != self.today
