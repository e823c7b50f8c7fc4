"""The register's backups: where they go, which there are, and putting one back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QHBoxLayout

from mhtracker import settings
from mhtracker.domain.errors import UserError
from mhtracker.store.backup import check_backup
from mhtracker.store.backups import BackupFile, back_up_now, count_people, list_backups, usual_folder
from mhtracker.store.drafts import Draft, list_drafts
from mhtracker.text import format_number, format_when
from mhtracker.ui.backing_up import folder_of
from mhtracker.ui.context import Context
from mhtracker.ui.dialogs.plain import tell
from mhtracker.ui.office.part import WORDS_WIDE, Listed, Part
from mhtracker.ui.readings import is_server
from mhtracker.ui.table_cells import Column
from mhtracker.ui.widgets.banner import Banner
from mhtracker.ui.widgets.buttons import Button
from mhtracker.ui.widgets.labels import Label

if TYPE_CHECKING:
    from mhtracker.store import Store

SERVER = "A register on a server is backed up there, with pg_dump, by whoever looks after the server."


@dataclass(frozen=True, slots=True)
class Backups:
    """The folder, and the backups in it, newest first. None: the register is on a server."""

    folder: Path | None
    found: tuple[BackupFile, ...] = ()


class BackupsPart(Part):
    key = "backups"
    title = "Backups"
    words = (
        "A copy is made by itself at the first change of a day and when the register is closed, and checked before it "
        "counts. All of two days are kept, then one a day, one a week and one a month."
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        px = self.theme.px
        self._told: Banner | None = None
        self.place = Label("", wrap=True)
        self.place.setMaximumWidth(px(WORDS_WIDE))
        self.now = self.add_step("Back up now", self.on_back_up, "content-copy")
        self.other = self.add_step("Choose another folder", self.on_folder, "folder-open-outline")
        self.list = Listed(context, "Backups", self._columns(), lambda each: str(each.path), self.on_restore)
        self.restore = Button(self.theme, "Put the chosen backup back", self.on_chosen, icon="history")
        self.from_file = Button(self.theme, "Put back from another file", self.on_file)
        steps = QHBoxLayout()
        steps.setContentsMargins(3, 3, 3, 3)
        steps.setSpacing(px(8))
        steps.addWidget(self.restore)
        steps.addWidget(self.from_file)
        steps.addStretch(1)
        self.column.addWidget(self.place)
        self.column.addWidget(self.list, 1)
        self.column.addLayout(steps)

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("at", "Made", 220, lambda each: format_when(each.at, self.context.today), "strong"),
            Column("people", "People", 100, lambda each: people_words(each), "number"),
            Column("size", "Size", 110, lambda each: size_words(each.size), "number"),
            Column("file", "File", 420, lambda each: each.path.name, "quiet"),
        )

    def read(self, store: Store) -> Backups:
        if store.database.path is None:
            return Backups(None)
        folder = folder_of(self.context, store.address)
        found = list_backups(folder, store.database.path)
        return Backups(folder, tuple(replace(each, people=count_people(store, each.path)) for each in found))

    def show_data(self, data: Backups) -> None:
        server = data.folder is None
        self.place.setText(SERVER if server else f"They are kept in {data.folder}")
        for widget in (self.now, self.other, self.restore, self.from_file):
            widget.setVisible(not server)
        self.list.setVisible(not server)
        self.now.setEnabled(self.may_record)
        self.restore.setEnabled(self.may_record and bool(data.found))
        self.from_file.setEnabled(self.may_record)
        self.list.show_rows(data.found)

    # Making them

    def on_back_up(self) -> None:
        """Make a backup now."""
        folder = folder_of(self.context, self.context.register.address)
        self.context.jobs.do(make_backup, folder, then=self._on_made, failed=self._on_failed, label="Saving a backup")

    def _on_made(self, made: BackupFile) -> None:
        self._remembered.backup_trouble = ""
        self._tell("ok", f"Saved and checked “{made.path.name}”.", "")
        self._again()

    def on_folder(self) -> None:
        """Choose where the backups go from now on."""
        chosen = QFileDialog.getExistingDirectory(self, "Folder for backups", str(self._usual.parent))
        if not chosen:
            return
        self._remembered.backup_folder = "" if Path(chosen) == self._usual else chosen
        self._remembered.backup_trouble = ""
        settings.save_soon(self.context.computer)
        self.context.shell.run_command("backups_mended")
        self._again()

    @property
    def _remembered(self) -> settings.RegisterSettings:
        return self.context.computer.register(self.context.register.address)

    @property
    def _usual(self) -> Path:
        return usual_folder(Path(self.context.register.address).expanduser().resolve())

    # Putting one back

    def on_chosen(self) -> None:
        """Put the backup back that is chosen in the list."""
        chosen = self.list.table.current_row()
        if chosen is not None:
            self.on_restore(chosen)

    def on_file(self) -> None:
        """Put back a backup that was saved elsewhere."""
        name, _ = QFileDialog.getOpenFileName(
            self, "Put a backup back", str(self._usual.parent), "Registers (*.mhtracker)"
        )
        if name:
            self.context.jobs.ask(look_at, Path(name), then=self.on_restore, failed=self._on_failed)

    def on_restore(self, chosen: BackupFile) -> None:
        """Ask, and put it back."""
        if not self.may_record or is_server(self.context.register.address):
            return
        name = Path(self.context.register.address).name
        when, people = format_when(chosen.at, self.context.today), people_words(chosen)
        held = f", with {people} {'person' if people == '1' else 'people'}" if people else ""
        words = (
            f"The register will be as it was then{held}. What was recorded since is not in it. The present file is "
            f"moved aside, beside “{name}”, and nothing is deleted. Forms kept for later are taken along."
        )
        put = partial(self.context.jobs.ask, ready_to_restore, chosen.path, failed=self._on_failed)
        tell(
            self.theme, self.window(), words, title=f"Put the backup of {when} back?",
            choices=(("Put it back", lambda: put(then=partial(self._on_ready, chosen.path))),), close="Cancel",
        )  # fmt: skip

    def _on_ready(self, path: Path, kept: Sequence[Draft]) -> None:
        self.context.shell.run_command("restore", backup=path, drafts=tuple(kept))

    # Telling

    def _on_failed(self, error: UserError) -> None:
        self._tell("danger", "That did not work.", str(error))

    def _again(self) -> None:
        self.context.jobs.ask(self.read, then=self.show_data)

    def _tell(self, family: str, title: str, words: str) -> None:
        if self._told is not None:
            self.column.removeWidget(self._told)
            self._told.hide()
            self._told.deleteLater()
        self._told = Banner(self.theme, words, title=title, family=family, closable=True)
        self._told.setMaximumWidth(self.theme.px(WORDS_WIDE))
        self.column.insertWidget(2, self._told)


def size_words(size: int) -> str:
    """`1.4 MB`."""
    return f"{size / 1_000_000:,.1f} MB" if size >= 100_000 else f"{max(size // 1000, 1)} kB"


def people_words(each: BackupFile) -> str:
    """How many people a backup holds; "" where that could not be read."""
    return "" if each.people is None else format_number(each.people)


def make_backup(store: Store, folder: Path, progress: Any) -> BackupFile:
    """A verified copy in the folder for backups."""
    progress(0, 0, folder.name)
    return back_up_now(store, folder)


def look_at(store: Store, path: Path) -> BackupFile:
    """A backup from anywhere, checked."""
    from datetime import datetime

    check_backup(store, path)
    facts = path.stat()
    at = datetime.fromtimestamp(facts.st_mtime)  # noqa: DTZ006 – shown on the computer's own clock
    return BackupFile(path, at, facts.st_size, count_people(store, path))


def ready_to_restore(store: Store, path: Path) -> list[Draft]:
    """Check a backup before anything is touched. Gives what is kept for later, to be taken along."""
    check_backup(store, path)
    return list_drafts(store)
