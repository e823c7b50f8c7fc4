"""Opening, starting and leaving registers, with the dialogs that this takes."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QStandardPaths, QTimer
from PySide6.QtWidgets import QFileDialog, QWidget

from mhtracker import settings
from mhtracker.domain.errors import Damaged, PasswordNeeded, UserError
from mhtracker.text import format_when
from mhtracker.ui import readings
from mhtracker.ui.context import Context, RegisterFacts
from mhtracker.ui.dialogs.plain import tell
from mhtracker.ui.panels import Panels

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from mhtracker.store import Store
    from mhtracker.store.drafts import Draft
    from mhtracker.ui.dialogs.new_register import NewRegister
    from mhtracker.ui.progress import Progress

DEMO = "Northmoor demo.mhtracker"
SHEETS = "Spreadsheets (*.xlsx *.xls *.ods *.csv *.tsv)"


class Registers(QObject):
    """What the start page and the menu do with registers."""

    def __init__(
        self,
        context: Context,
        window: QWidget,
        *,
        panels: Panels,
        show_register: Callable[[RegisterFacts], None],
        show_start: Callable[[QWidget], None],
        show_work: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self._context, self._window, self._panels = context, window, panels
        self._show_register, self._show_start, self._show_work = show_register, show_start, show_work
        self._start: Any = None
        self._then_import = ""
        self._then_look_at: date | None = None
        self._then_say = ""
        self._then_keep: tuple[Draft, ...] = ()

    @property
    def who(self) -> str:
        """Who records: the name set for this computer, else who is signed in to it."""
        return self._context.computer.who_name or getpass.getuser()

    # Opening

    def open(self, address: str, password: str | None = None, *, read_only: bool = False) -> None:
        """Open a register and show it. What stands in the way is said in plain words, and the one before stays open."""
        opener = partial(
            _open, address, who=self.who, clock=self._context.clock, password=password, read_only=read_only
        )
        self._take(opener, partial(self._on_not_opened, address, password))

    def restore(self, backup: Path, drafts: Sequence[Draft] = ()) -> None:
        """Put a checked backup in the place of the open register, which is moved aside, and open it."""
        address = self._context.register.address
        target = Path(address).expanduser().resolve()
        moment = self._context.clock.now()
        put = partial(_restore, backup, target, moment)

        def left() -> None:
            self._context.jobs.work(put, then=restored, failed=failed, label="Putting the backup back")

        def restored(aside: Path | None) -> None:
            self._then_say = f"The backup is back. The file before is now “{aside.name}”." if aside else ""
            self._then_keep = tuple(drafts)
            self.open(address)

        def failed(error: UserError) -> None:
            self._tell(str(error))
            self.open(address)

        self._panels.keep()
        self._context.jobs.leave(then=left)

    def _take(self, opener: Any, failed: Any) -> None:
        jobs, computer = self._context.jobs, self._context.computer
        self._panels.keep()
        heard = partial(_heard, opener, self._context.bus.hear)

        def opened(_: object) -> None:
            jobs.ask(_facts, computer, then=self._on_opened)

        jobs.open(heard, then=opened, failed=failed)

    def _on_opened(self, facts: RegisterFacts) -> None:
        self._context.computer.opened(facts.address)
        settings.save_soon(self._context.computer)
        self._show_register(facts)
        for draft in self._then_keep:
            self._context.jobs.keep(_put_back, draft, then=lambda _: self._context.bus.drafts_changed.emit())
        if self._then_say:
            self._context.shell.say(self._then_say)
        self._then_say, self._then_keep = "", ()
        day, self._then_look_at = self._then_look_at, None
        if day is not None:
            self._context.shell.look_at(day)
        sheet, self._then_import = self._then_import, ""
        if sheet:  # once the first page is painted: two made in one go would hold the window up
            QTimer.singleShot(30, self, lambda: self._context.shell.open_page("import", file=sheet))

    def _on_not_opened(self, address: str, password: str | None, error: UserError) -> None:
        name = Path(address).name
        if not self._context.has_register:
            self.show_start()
        if isinstance(error, PasswordNeeded):
            self._ask_password(address, str(error) if password is not None else "")
        elif readings.is_server(address):
            self._ask_connect(settings.without_password(address), str(error))
        elif not Path(address).exists():
            words = f"“{name}” is not where it was. It may have been moved or renamed, or its drive is not connected."
            self._tell(words, ("Look for it", self.choose_and_open))
        elif isinstance(error, Damaged):
            self._tell_damaged(address, error)
        else:
            self._tell(str(error), ("Open another", self.choose_and_open))

    def _tell_damaged(self, address: str, error: Damaged) -> None:
        """A file that is not whole: the latest backup is offered, and the file kept as it is."""
        from mhtracker.store.backups import list_backups
        from mhtracker.ui.backing_up import folder_of

        target = Path(address).expanduser().resolve()
        found = list_backups(folder_of(self._context, address), target)
        if not found:
            self._tell(str(error), ("Open another", self.choose_and_open))
            return
        latest = found[0]
        when = format_when(latest.at, self._context.today)
        words = f"{error} The latest backup was made {when}; putting it back moves the damaged file aside."
        put = partial(_restore_closed, latest.path, target, self._context.clock.now())

        def restore() -> None:
            self._context.jobs.work(
                put, then=lambda _: self.open(address), failed=lambda wrong: self._tell(str(wrong)),
                label="Putting the backup back",
            )  # fmt: skip

        self._tell(words, (f"Put the backup of {when} back", restore), ("Open another", self.choose_and_open))

    def _tell(self, words: str, *choices: tuple[str, Any]) -> None:
        tell(self._context.theme, self._window, words, choices=choices)

    def _ask_password(self, address: str, problem: str) -> None:
        from mhtracker.ui.dialogs.password import PasswordDialog

        name = Path(address).name
        dialog = PasswordDialog(self._context.theme, name, partial(self.open, address), problem, self._window)
        dialog.open()

    def _ask_connect(self, known: str = "", problem: str = "") -> None:
        from mhtracker.ui.dialogs.connect import ConnectDialog

        ConnectDialog(self._context.theme, self.open, known, problem, self._window).open()

    # What the start page and the menu offer

    def choose_and_open(self) -> None:
        """Choose a register's file and open it."""
        name, _ = QFileDialog.getOpenFileName(
            self._window, "Open a register", self._folder(), "Registers (*.mhtracker);;All files (*)"
        )
        if name:
            self.open(name)

    def connect_to_server(self) -> None:
        """Ask for a server's address and open the register there."""
        self._ask_connect()

    def start_new(self) -> None:
        """Ask what a new register needs, make it and open it."""
        from mhtracker.ui.dialogs.new_register import NewRegisterDialog

        NewRegisterDialog(self._context.theme, self._make_new, self._window).open()

    def _make_new(self, new: NewRegister) -> None:
        how = {"who": self.who, "clock": self._context.clock, "council": new.council, "password": new.password}
        opener = partial(_create, new.path, new.preset, **how)
        self._take(opener, self._context.jobs.failed.emit)

    def import_sheet(self) -> None:
        """Import a spreadsheet: into the open register, on its page, or into one that is started first."""
        if self._context.has_register:
            self._show_work()
            self._context.shell.open_page("import")
            return
        name, _ = QFileDialog.getOpenFileName(self._window, "Import a spreadsheet", self._folder(), SHEETS)
        if name:
            self._then_import = name
            self.start_new()

    def open_demo(self) -> None:
        """Open the demo register, making it first where there is none yet."""
        path = settings.folder() / DEMO
        if path.exists():
            self.open(str(path))
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        self._context.jobs.work(
            _make_demo,
            path,
            self._context.today,
            then=lambda _: self.open(str(path)),
            label="Making the demo register",
        )

    def open_preset_demo(self, name: str) -> None:
        """Open a paper's demo register, as at the paper's day, making it first where there is none yet."""
        path = settings.folder() / f"Demo {name}.mhtracker"
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            self._open_on_its_day(path, name)
            return
        self._context.jobs.work(
            _make_preset_demo,
            path,
            name,
            then=lambda _: self._open_on_its_day(path, name),
            label="Making the demo register",
        )

    def _open_on_its_day(self, path: Path, name: str) -> None:
        from mhtracker.operations.presets.files import read_preset

        self._then_look_at = read_preset(name).as_at
        self.open(str(path))

    def show_start(self) -> None:
        """Show the start page."""
        from mhtracker.ui.pages.start import StartPage

        if self._start is None:
            self._start = StartPage(self._context, self)
        self._start.show_way_back(self._context.has_register)
        self._show_start(self._start)

    def back_to_work(self) -> None:
        """From the start page to the register that is open."""
        self._show_work()

    def _folder(self) -> str:
        last = self._context.computer.last_register
        if last and not readings.is_server(last) and Path(last).parent.is_dir():
            return str(Path(last).parent)
        return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)


def _open(address: str, **how: Any) -> Store:
    from mhtracker.analysis.quicker import help_counting
    from mhtracker.store import open_register

    return help_counting(open_register(address, **how))


def _create(path: Path, preset: str | None, **how: Any) -> Store:
    from mhtracker.operations.presets.files import read_preset
    from mhtracker.operations.presets.giving import apply_preset
    from mhtracker.store import create_register

    store = create_register(path, **how)
    if preset is not None:
        apply_preset(store, read_preset(preset))
    return store


def _restore(backup: Path, target: Path, moment: datetime, progress: Progress) -> Path | None:
    from mhtracker.store.backup import restore

    return restore(backup, target, replace=True, moment=moment, checked=True)


def _restore_closed(backup: Path, target: Path, moment: datetime, progress: Progress) -> Path | None:
    from mhtracker.domain.errors import PasswordNeeded
    from mhtracker.store.backup import restore

    try:
        return restore(backup, target, replace=True, moment=moment)
    except PasswordNeeded:
        return restore(backup, target, replace=True, moment=moment, checked=True)  # it was checked when it was made


def _put_back(store: Store, draft: Draft) -> None:
    from mhtracker.store.drafts import get_draft, put_back

    if get_draft(store, draft.key) is None:
        put_back(store, draft)


def _heard(opener: Any, listener: Any) -> Store:
    store: Store = opener()
    store.listeners.append(listener)
    return store


def _facts(store: Store, computer: settings.ComputerSettings) -> RegisterFacts:
    return readings.read_facts(store, computer.register(store.address).worker_id, computer.who_name)


def _make_demo(path: Path, today: Any, progress: Progress) -> None:
    from mhtracker.operations.demo.making import make_demo

    make_demo(path, as_at=today, progress=progress.step).close()


def _make_preset_demo(path: Path, name: str, progress: Progress) -> None:
    from mhtracker.operations.presets.files import read_preset
    from mhtracker.operations.presets.people import make_preset_demo

    make_preset_demo(path, read_preset(name)).close()
