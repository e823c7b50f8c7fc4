"""The shell's own commands, their keys, and the menu.

Forms are commands too (`commands.FORMS`): opened in the side panel, for the person in hand.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from mhtracker import settings
from mhtracker.domain.presets import PRESET_NAMES
from mhtracker.ui.backing_up import BackingUp
from mhtracker.ui.body import Body
from mhtracker.ui.commands import FORMS, Command, FormCommand
from mhtracker.ui.context import Context
from mhtracker.ui.happenings import Happenings
from mhtracker.ui.header import HeaderBar
from mhtracker.ui.keys import AltAlone, Letters, Regions, bind
from mhtracker.ui.navigator import Navigator
from mhtracker.ui.pages import PageEntry
from mhtracker.ui.rail import Rail
from mhtracker.ui.registers import Registers

THEMES = (
    ("light", "Light"),
    ("dark", "Dark"),
    ("contrast", "High contrast"),
    ("system", "As the computer"),
)
SIZES = tuple(size for size in settings.TEXT_SIZES if size >= 100)
"""Smaller than 100% would fall below the smallest type that is still easy to read."""

MENU: tuple[tuple[str, ...], ...] = (
    ("start", "open", "new_register", "import", "connect", "demo"),
    ("undo", "redo", "history", "as_at", "print", "filter"),
    ("larger", "smaller", "usual_size"),
    ("theme_light", "theme_dark", "theme_contrast", "theme_system"),
    ("settings", "drafts"),
    ("help", "guide", "about", "quit"),
)


@dataclass(frozen=True, slots=True)
class Parts:
    """The window's parts that its commands act on. `at_work` is whether a register is open and on show."""

    header: HeaderBar
    rail: Rail
    body: Body
    navigator: Navigator
    registers: Registers
    happenings: Happenings
    backing_up: BackingUp
    regions: Regions
    alt_alone: AltAlone
    pages: Sequence[PageEntry]
    at_work: Callable[[], bool]
    find: Callable[[], None]


class ShellCommands(QObject):
    """Adds the commands, binds the keys, and shows the menu."""

    def __init__(self, context: Context, window: QWidget, parts: Parts) -> None:
        super().__init__(window)
        self._context, self._window, self._parts = context, window, parts
        commands = self._context.commands
        commands.add(*(self._form(form) for form in FORMS))
        commands.add(*self._own())
        commands.add(*(self._theme(name, words) for name, words in THEMES))
        commands.add(*(self._preset_demo(name) for name in PRESET_NAMES))
        for command in commands:
            for keys in filter(None, command.keys.split(" or ")):
                bind(window, keys, partial(self._run, command.key))
        self._bind_places()
        letters = [(command.letter, partial(self._run_letter, command.key)) for command in commands.lettered()]
        self.letters = Letters(window, letters, on=self._context.computer.shortcuts_on)
        header = parts.header
        header.as_at.connect(partial(self._run, "as_at"))
        header.print_page.connect(partial(self._run, "print"))
        header.help.connect(partial(self._run, "help"))
        header.menu.connect(self.show_menu)

    def _preset_demo(self, name: str) -> Command:
        words = f"Open the demo of a paper: {name.replace('-', ' ')}"
        opened = partial(self._parts.registers.open_preset_demo, name)
        return Command(f"demo_{name}", words, opened, "account-group-outline", also="preset example council")

    def _own(self) -> list[Command]:
        registers, happenings, at_work = self._parts.registers, self._parts.happenings, self._parts.at_work
        shell, navigator, regions = self._context.shell, self._parts.navigator, self._parts.regions
        return [
            Command("find", "Find", self._find, "magnify", "Ctrl+K", possible=at_work, listed=False),
            Command("undo", "Undo the last change", happenings.undo, "undo", "Ctrl+Z", possible=self._can_undo),
            Command("redo", "Redo what was undone", happenings.redo, "redo", "Ctrl+Y or Ctrl+Shift+Z",
                    possible=self._can_redo),
            Command("history", "History of the register", partial(shell.open_page, "history", person_id=None),
                    "history", possible=at_work, listed=False),
            Command("as_at", "Look at another day", self._as_at, "history", possible=at_work, also="as at date known"),
            Command("today", "Back to today", partial(shell.look_at, None), "calendar-today",
                    possible=lambda: at_work() and self._context.looks_elsewhere),
            Command("print", "Print", self._print, "printer-outline", "Ctrl+P", possible=at_work, also="pdf"),
            Command("filter", "Filter this page", self._filter, "magnify", "Ctrl+F", possible=at_work),
            Command("back", "Back", navigator.go_back, "arrow-left", "Alt+Left", possible=at_work, listed=False),
            Command("forward", "Forward", navigator.go_forward, "arrow-right", "Alt+Right", possible=at_work,
                    listed=False),
            Command("start", "Start page", registers.show_start, "school-outline", also="demo new begin"),
            Command("open", "Open a register", registers.choose_and_open, "folder-open-outline", "Ctrl+O", also="file"),
            Command("new_register", "Start a new register", registers.start_new, "database-plus-outline"),
            Command("import", "Import a spreadsheet", registers.import_sheet, "file-import-outline", also="excel csv"),
            Command("put_aside", "Rows put aside by an import", partial(shell.open_page, "import", part="put_aside"),
                    "clipboard-check-outline", possible=at_work, also="correct mend"),
            Command("connect", "Connect to a server", registers.connect_to_server, "server-network", also="postgresql"),
            Command("demo", "Open the demo register", registers.open_demo, "school-outline", also="invented"),
            Command("backups", "Backups, and putting one back", partial(shell.open_page, "settings", part="backups"),
                    "content-copy", possible=at_work, also="restore copy save"),
            Command("backups_mended", "Backups", self._parts.backing_up.mended, listed=False),
            Command("restore", "Put a backup back", registers.restore, listed=False),
            Command("drafts", "Kept for later", happenings.show_drafts, "note-text-outline", possible=at_work,
                    also="unfinished forms drafts"),
            Command("settings", "Settings", partial(shell.open_page, "settings"), "cog-outline", "Ctrl+,",
                    possible=at_work, listed=False),
            Command("larger", "Larger text", partial(self.step_size, 1), "plus", "Ctrl++ or Ctrl+=", also="size zoom"),
            Command("smaller", "Smaller text", partial(self.step_size, -1), "check", "Ctrl+-", also="size zoom"),
            Command("usual_size", "Usual text size", partial(self.set_size, 100), "check", "Ctrl+0", also="zoom 100"),
            Command("pin", "Pin or unpin", lambda person_id: happenings.pin(person_id), "bookmark-plus-outline",
                    for_person=True, possible=at_work, also="favourite keep rail"),
            Command("pin_people", "Pin people", lambda ids: happenings.pin(*ids), possible=at_work, listed=False),
            Command("set_size", "Text size", lambda percent: self.set_size(percent), listed=False),
            Command("set_letters", "Letters as keys", lambda on: self.set_letters(on), listed=False),
            Command("help", "Keys and a short guide", self._help, "help-circle-outline", "F1", also="help shortcuts"),
            Command("guide", "Five-minute guide", self._guide, "book-open-page-variant-outline", also="help manual"),
            Command("about", "About MHTracker", self._about, "help-circle-outline", also="version licence"),
            Command("next_region", "Next region", partial(regions.step, 1), keys="F6", listed=False),
            Command("last_region", "Region before", partial(regions.step, -1), keys="Shift+F6", listed=False),
            Command("quit", "Close MHTracker", self._window.close, "close", "Ctrl+Q"),
        ]  # fmt: skip

    def _form(self, form: FormCommand) -> Command:
        def run(**args: Any) -> None:
            self._context.shell.side_panel(form.build(self._context, **args))

        return Command(
            form.key, form.words, run, form.icon, letter=form.letter, for_person=form.for_person, records=True,
            listed=form.listed, possible=self._may_record, also=form.also,
        )  # fmt: skip

    def _theme(self, name: str, words: str) -> Command:
        return Command(
            f"theme_{name}",
            f"Colours: {words[:1].lower()}{words[1:]}",
            partial(self.set_theme, name),
            "check",
            also="theme colors",
        )

    def _bind_places(self) -> None:
        for entry in self._parts.pages:
            if entry.number:
                bind(self._window, f"Ctrl+{entry.number}", partial(self._go, entry.key))

    # When a command can be run

    def _may_record(self) -> bool:
        context = self._context
        return self._parts.at_work() and context.as_known is None and not context.register.read_only

    def _can_undo(self) -> bool:
        return self._may_record() and self._parts.happenings.can_undo

    def _can_redo(self) -> bool:
        return self._may_record() and self._parts.happenings.can_redo

    def _run(self, key: str) -> None:
        self._parts.alt_alone.spoilt()  # a shortcut's own key is never delivered to the window
        if self._context.commands.get(key).possible():
            self._context.shell.run_command(key)

    def _run_letter(self, key: str) -> None:
        if self._parts.body.panel is None:
            self._run(key)

    def _go(self, page: str) -> None:
        if self._parts.at_work():
            self._context.shell.open_page(page)

    # What they do

    def _find(self) -> None:
        self._parts.find()

    def _as_at(self) -> None:
        from mhtracker.ui.dialogs.as_at import AsAtPopover

        AsAtPopover(self._context, self._parts.header.as_at_button).show_below()

    def _print(self) -> None:
        page = self._parts.navigator.current_page()
        if page is not None and not page.print_page():
            if "packs" in self._parts.rail.items:
                self._context.shell.open_page("packs")
            else:
                self._context.shell.say("This page has nothing to print by itself.")

    def _filter(self) -> None:
        page = self._parts.navigator.current_page()
        if page is not None and not page.focus_filter():
            self._find()

    def _help(self) -> None:
        from mhtracker.ui.dialogs.help import HelpPanel, show_help

        if self._parts.at_work():
            self._context.shell.side_panel(HelpPanel(self._context))
        else:
            show_help(self._context, self._window)

    def _guide(self) -> None:
        from mhtracker.ui.dialogs.guide import show_guide

        show_guide(self._context, self._window)

    def _about(self) -> None:
        from mhtracker.ui.dialogs.help import show_about

        show_about(self._context, self._window)

    def step_size(self, by: int) -> None:
        """Text one step larger or smaller."""
        size = self._context.computer.text_size
        larger = [each for each in SIZES if each > size]
        smaller = [each for each in SIZES if each < size]
        if by > 0 and larger:
            self.set_size(larger[0])
        elif by < 0 and smaller:
            self.set_size(smaller[-1])

    def set_size(self, percent: int) -> None:
        """Text at so many per cent of its usual size, everywhere at once."""
        self._context.computer.text_size = percent
        self._context.theme.change(scale=percent / 100)
        settings.save_soon(self._context.computer)

    def set_letters(self, on: bool) -> None:
        """Whether single letters act on the person in hand."""
        self._context.computer.shortcuts_on = on
        self.letters.set_on(on)
        settings.save_soon(self._context.computer)

    def set_theme(self, name: str) -> None:
        """Light, dark, contrast, or as the computer is set."""
        self._context.computer.theme = name
        self._context.theme.change(name=name)
        settings.save_soon(self._context.computer)

    # The menu

    def show_menu(self) -> None:
        """The menu, under its button."""
        menu = self.make_menu()
        button = self._parts.header.menu_button
        anchor = button if button.isVisible() else self._window
        corner = anchor.mapToGlobal(QPoint(anchor.width(), anchor.height() if anchor is button else 0))
        menu.popup(corner - QPoint(menu.sizeHint().width(), 0))
        if menu.actions():
            menu.setActiveAction(menu.actions()[0])

    def make_menu(self) -> QMenu:
        """The menu as it is now."""
        menu = QMenu(self._window)
        menu.setAccessibleName("Menu")
        menu.aboutToHide.connect(menu.deleteLater)
        for group in MENU:
            if menu.actions():
                menu.addSeparator()
            for key in group:
                menu.addAction(self._action(menu, key))
        return menu

    def _action(self, menu: QMenu, key: str) -> QAction:
        command = self._context.commands.get(key)
        keys = command.keys.partition(" or ")[0]
        action = QAction(command.words.replace("&", "&&") + (f"\t{keys}" if keys else ""), menu)
        action.setEnabled(command.possible())
        name = key.removeprefix("theme_")
        if name != key:
            action.setCheckable(True)
            action.setChecked(name == self._context.theme.choice)
        action.triggered.connect(partial(self._run, key))
        return action
