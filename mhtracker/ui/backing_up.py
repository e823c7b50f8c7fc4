"""Backups by themselves: at the first change of a day and when a register is let go; and the check after a crash.

What stands in the way of a backup is told until it is mended.
"""

from __future__ import annotations

import contextlib
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Slot

from mhtracker import settings
from mhtracker.domain.errors import Cancelled, Unavailable, UserError
from mhtracker.text import count
from mhtracker.ui.readings import is_server

if TYPE_CHECKING:
    from mhtracker.store import Store
    from mhtracker.store.backups import BackupFile
    from mhtracker.store.check import CheckResult
    from mhtracker.ui.context import Context
    from mhtracker.ui.notice_bar import NoticeBar

LOOK_EVERY_MS = 2_000
SMALL = 20_000_000
LARGE = 200_000_000
"""A register of more bytes is backed up only when it is closed: the copy would keep everything else waiting."""
SOON_MS = 20_000
"""So long after the first change of a day its backup is made: not while somebody is in the middle of it."""


class BackingUp(QObject):
    """Looks after the backups of the open register, and tells in `bar` what stands in their way."""

    def __init__(self, context: Context, parent: QObject, bar: NoticeBar) -> None:
        super().__init__(parent)
        self._context, self._bar = context, bar
        self._made_on: datetime | None = None
        self._changed_here = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SOON_MS)
        self._timer.timeout.connect(self._on_soon)
        self._to_look_over: list[str] = []
        self._looking = QTimer(self)
        self._looking.setInterval(LOOK_EVERY_MS)
        self._looking.timeout.connect(self._look_on)
        context.jobs.before_closing = self._at_close
        context.bus.recorded.connect(self._on_recorded)

    @property
    def applies(self) -> bool:
        """Whether the register that is open is one that is backed up here."""
        facts = self._context.register
        return self._context.has_register and not facts.read_only and not is_server(facts.address)

    @property
    def folder(self) -> Path:
        """Where the open register's backups go."""
        return folder_of(self._context, self._context.register.address)

    def start_again(self) -> None:
        """Another register is open: look whether its backups can be made, and check it where it was not closed."""
        from mhtracker.store.backups import trouble_with

        self._timer.stop()
        self._looking.stop()
        self._made_on = None
        self._changed_here = False
        self._bar.hide()
        if not self.applies:
            return
        register = Path(self._context.register.address)
        self._tell(trouble_with(self.folder, register) or self._remembered.backup_trouble)
        if self._context.register.ended_badly:
            self._context.jobs.ask(copy_to_check, self.folder, then=self._on_copy, failed=self._on_no_copy)
        else:
            self._context.jobs.ask(tables_to_look_over, then=self._on_tables)

    def _on_tables(self, names: list[str]) -> None:
        self._to_look_over = names
        if names:
            self._looking.start()

    def _look_on(self) -> None:
        """One table more, when nothing else is asked of the register."""
        if not self._to_look_over or not self.applies:
            self._looking.stop()
        elif self._context.jobs.idle and not self._context.jobs.reads_ahead:
            self._context.jobs.ask(look_over_table, self._to_look_over.pop(), then=lambda _: None)

    # Backups

    @Slot(object)
    def _on_recorded(self, _: object) -> None:
        today = self._context.today
        self._changed_here = True
        if self.applies and not self._timer.isActive() and (self._made_on is None or self._made_on.date() != today):
            self._timer.start()

    def _on_soon(self) -> None:
        try:
            size = Path(self._context.register.address).stat().st_size
        except OSError:
            size = 0  # gone with its folder, as a stick pulled out: making the backup says so in words
        if self.applies and size <= LARGE:
            self._context.jobs.keep(back_up, self.folder, then=self._on_made, failed=self._on_failed)

    def _on_made(self, made: BackupFile | None) -> None:
        self._made_on = made.at if made is not None else self._context.clock.now()
        self._set_trouble("")

    def _on_failed(self, error: UserError) -> None:
        self._set_trouble(str(error))

    def _at_close(self, store: Store) -> None:
        """On the register's thread. What goes wrong is told at the next start: the window may be gone already."""
        from mhtracker.store.backups import list_backups

        register = store.database.path
        if register is None or store.read_only:
            return
        if not self._changed_here and not list_backups(folder_of(self._context, store.address), register):
            return  # somebody only looked in
        remembered = self._context.computer.register(store.address)
        try:
            back_up(store, folder_of(self._context, store.address))
            remembered.backup_trouble = ""
        except UserError as error:
            remembered.backup_trouble = str(error)
        settings.save_soon(self._context.computer)

    @property
    def _remembered(self) -> settings.RegisterSettings:
        return self._context.computer.register(self._context.register.address)

    def _set_trouble(self, words: str) -> None:
        if self._remembered.backup_trouble != words:
            self._remembered.backup_trouble = words
            settings.save_soon(self._context.computer)
        self._tell(words)

    def _tell(self, words: str) -> None:
        self._bar.setVisible(bool(words))
        if words:
            self._bar.tell("No backup could be made.", words)

    def mended(self) -> None:
        """Another folder was chosen, or a backup was made by hand."""
        self._set_trouble("")

    # After a stop that was no closing

    def _on_copy(self, copy: Path | None) -> None:
        if copy is None:
            self._context.jobs.ask(check_small, then=self._on_checked_here)
        else:
            self._context.jobs.work(
                check_copy, copy, then=self._on_checked, failed=partial(_forget, copy),
                label="Checking the register, which was not closed last time",
            )  # fmt: skip

    def _on_checked_here(self, found: CheckResult | None) -> None:
        if found is not None:
            self._on_checked(found)

    def _on_no_copy(self, error: UserError) -> None:
        self._set_trouble(str(error))

    def _on_checked(self, found: CheckResult) -> None:
        if found.ok:
            held = f"{count(found.people, 'person', 'people')}, {count(found.operations, 'change')}"
            self._context.shell.say(f"The register was checked after the stop and is sound: {held}.")
            return
        from mhtracker.ui.dialogs.plain import tell

        first = found.problems[0]
        words = (
            f"The register has come to harm. {first.what.capitalize()}, {first.where}. "
            "Settings, Backups, lists the backups: put the latest back that is sound. Nothing is deleted by that."
        )
        parent: Any = self.parent()
        show = partial(self._context.shell.open_page, "settings", part="backups")
        tell(self._context.theme, parent, words, choices=(("Show the backups", show),))


def folder_of(context: Context, address: str) -> Path:
    """Where a register's backups go: the folder chosen on this computer, else one beside the register."""
    from mhtracker.store.backups import usual_folder

    chosen = context.computer.register(address).backup_folder
    return Path(chosen) if chosen else usual_folder(Path(address).expanduser().resolve())


def back_up(store: Store, folder: Path) -> BackupFile | None:
    """A backup, if one is due."""
    from mhtracker.store.backups import back_up_if_due

    return back_up_if_due(store, folder)


def tables_to_look_over(store: Store) -> list[str]:
    """The tables of a register that was too large to be looked over when it was opened."""
    from mhtracker.store import opening

    return opening.tables_to_look_over(store)


def look_over_table(store: Store, name: str) -> None:
    """Look one table over."""
    from mhtracker.store import opening

    opening.look_over_table(store, name)


def copy_to_check(store: Store, folder: Path) -> Path | None:
    """A copy to check while the register is worked in; None for one with a password, which a copy would ask for."""
    from mhtracker.store.backup import backup
    from mhtracker.store.backups import usual_folder

    register = store.database.path
    if register is None or store.database.locked:
        return None
    try:
        if folder == usual_folder(register):
            folder.mkdir(exist_ok=True)
    except OSError as error:
        raise Unavailable(f"The folder for backups, {folder}, cannot be made: {error.strerror or error}.") from error
    copy = folder / f"{register.stem} being checked{register.suffix}"
    with contextlib.suppress(OSError):
        copy.unlink(missing_ok=True)
    return backup(store, copy)


def check_small(store: Store) -> CheckResult | None:
    """The check where the register itself must be asked, as its password is not known any more; None if it is large."""
    from mhtracker.analysis.columns.checking import CHECKED_TOO
    from mhtracker.store.check import check

    path = store.database.path
    return check(store, also=CHECKED_TOO) if path is not None and path.stat().st_size < SMALL else None


def check_copy(copy: Path, progress: Any) -> CheckResult:
    """Check a copy from end to end, and take it away again."""
    from mhtracker.analysis.columns.checking import CHECKED_TOO
    from mhtracker.store import open_register
    from mhtracker.store.check import check

    try:
        with open_register(copy, who="", read_only=True) as store:
            return check(store, progress.step, also=CHECKED_TOO)
    finally:
        _forget(copy)


def _forget(copy: Path, error: UserError | None = None) -> None:
    with contextlib.suppress(OSError):
        copy.unlink(missing_ok=True)
    if error is not None and not isinstance(error, Cancelled):
        raise error
