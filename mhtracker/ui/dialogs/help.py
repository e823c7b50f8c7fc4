"""Help: a short guide and the keys, in the side panel or, without a register, in a dialog; and what this is."""

from __future__ import annotations

import platform
from functools import partial

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from mhtracker import __version__
from mhtracker.ui.context import Context
from mhtracker.ui.dialogs.base import Dialog
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.buttons import LinkButton
from mhtracker.ui.widgets.down_scroll import DownScroll
from mhtracker.ui.widgets.key_hints import KeyCap
from mhtracker.ui.widgets.labels import Label
from mhtracker.ui.widgets.side_panel import SidePanel

PURPOSE = "Who is on the pathway, who is held up and on what, and who is ready to move on."
PROMISE = "Nothing you type leaves this computer unless you print it, save it or point MHTracker at your own server."

GUIDE: tuple[tuple[str, str], ...] = (
    ("Begin with Today", "It lists what is overdue, due today and due soon: reviews and move-on dates. Enter opens the "
     "person; Space does what the line offers."),
    ("Find anyone", "Ctrl+K, then a few letters of a name, or an NHS number. The same box goes to pages and runs "
     "commands."),
    ("Record a move, a review, a note", "M, R and N, on a person’s page or on a selected line. Only a review that was "
     "held clears “overdue”; a booking does not."),
    ("Change a move-on date", "T. Say why: the first date is kept for ever, and every change with its reason."),
    ("Nothing is final", "Ctrl+Z takes back the last change, also after a restart. History on a person’s page shows "
     "who changed what."),
    ("Nothing typed is lost", "Esc puts a form away and keeps it. Kept for later, in the header, lists them."),
    ("Look at another day", "“As at” in the header shows everything as it stood on a day, or as it was known by then."),
)  # fmt: skip

KEYS: tuple[tuple[str, str], ...] = (
    ("Ctrl+K", "find a person, page or command"),
    ("Ctrl+1  2  3  7", "Today, Caseload, Pathway, Packs"),
    ("Ctrl+,", "settings"),
    ("Alt+←  Alt+→", "back and forward"),
    ("F6", "next region of the window"),
    ("Ctrl+F", "filter the page"),
    ("Ctrl+Z  Ctrl+Y", "undo and redo"),
    ("Ctrl+P", "print"),
    ("Ctrl +  −  0", "text size"),
    ("Enter", "open"),
    ("Space", "select, or do what the line offers"),
    ("Ctrl+Enter", "record a form"),
    ("Esc", "put a form away, keeping it"),
    ("M  R  N  T", "move, review, note, target: outside fields"),
    ("Alt", "menu"),
    ("F1", "this help"),
)


def help_words(theme: Theme) -> QWidget:
    """The guide and the keys."""
    inside = QWidget()
    inside.setAccessibleName("Guide and keys")
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.px(4))
    for title, words in GUIDE:
        column.addWidget(Label(title, "strong", wrap=True))
        column.addWidget(Label(words, wrap=True))
        column.addSpacing(theme.px(6))
    column.addWidget(Label("Keys", "heading"))
    grid = QGridLayout()
    grid.setVerticalSpacing(theme.px(5))
    grid.setHorizontalSpacing(theme.px(12))
    grid.setColumnStretch(1, 1)
    for row, (key, words) in enumerate(KEYS):
        grid.addWidget(KeyCap(theme, key), row, 0, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(Label(words, tone="text2", wrap=True), row, 1)
    column.addLayout(grid)
    return inside


class HelpPanel(SidePanel):
    """Help beside the page."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.theme, "A short guide", primary="")
        self.add(
            LinkButton(context.theme, "Five-minute guide, with pictures", partial(context.shell.run_command, "guide"))
        )
        self.add(help_words(context.theme))
        self.add_stretch()

    def focus_first(self) -> None:
        """Esc closes it, so the keyboard belongs on its own close button."""
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)


def show_help(context: Context, parent: QWidget) -> Dialog:
    """Help in a dialog, where there is no page to stand beside."""
    dialog = Dialog(context.theme, "A short guide", parent=parent, width=560)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    scroll = DownScroll("Guide and keys")
    words = help_words(context.theme)
    words.setProperty("box", "page")
    scroll.setWidget(words)
    scroll.setMinimumHeight(context.theme.px(420))
    dialog.rest.addWidget(scroll)
    dialog.add_button("Close", dialog.accept, main=True)
    dialog.open()
    return dialog


def show_about(context: Context, parent: QWidget) -> Dialog:
    """Which version this is, on what, and what it promises."""
    dialog = Dialog(context.theme, f"MHTracker {__version__}", PURPOSE, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.add_words(PROMISE)
    dialog.add_words(f"Python {platform.python_version()}, Qt {qVersion()}, {platform.system()}", tone="text3")
    dialog.add_button("Close", dialog.accept, main=True)
    dialog.open()
    return dialog
