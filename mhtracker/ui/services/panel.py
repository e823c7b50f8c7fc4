"""The panel beside the Services page: what a row is about, read at leisure, with what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from mhtracker.domain.errors import UserError
from mhtracker.ui.context import Context
from mhtracker.ui.widgets.buttons import Button
from mhtracker.ui.widgets.card import clear_layout
from mhtracker.ui.widgets.flow import FlowLayout
from mhtracker.ui.widgets.labels import Label, rule
from mhtracker.ui.widgets.shapes import ShapeMark
from mhtracker.ui.widgets.side_panel import SidePanel

Step = tuple[str, Callable[[], object]]
SIDES = 16
"""Room at both sides of what stands in the panel."""


class DetailPanel(SidePanel):
    """Shows what `read` found under a key, and asks again when told to. It takes the keyboard only when asked to.

    The page keeps one such panel and shows another row in it as the keyboard goes along.
    """

    show_fits = Signal(str, int)
    """Asks for who fits a place: the service's id and the place's number."""

    put_away = Signal()
    show_row = Signal(str, str)
    """Asks for a row of a tab: the tab's key and the row's id."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.theme, "Services")
        self.context = context
        self.shows_all = False
        self._again: Callable[[], object] = lambda: None
        self.takes_keyboard = False
        self.about: tuple[str, str] = ("", "")
        self.back: dict[str, str] = {}
        px = context.theme.px
        self._top_row.setContentsMargins(px(SIDES), px(12), px(12), px(10))
        self._column.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self._caption = Label("", "caption", "text2", wrap=True)
        self.heading.addWidget(self._caption)
        self.kept.connect(lambda: context.shell.side_panel(None))

    def focus_first(self) -> None:
        """Stay with the table unless the panel was asked for by Enter."""
        if self.takes_keyboard:
            self.setFocus()

    def wants_keyboard(self) -> None:
        """Take the keyboard as soon as there is something to press."""
        self.takes_keyboard = True
        self.setFocus()

    def focus_steps(self) -> None:
        """Put the keyboard at the first thing that can be done here."""
        for child in self._scroll.findChildren(Button):
            if child.isVisibleTo(self) and child.isEnabled():
                child.setFocus(Qt.FocusReason.TabFocusReason)
                return
        self.close_button.setFocus(Qt.FocusReason.TabFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        """Once put away it is not shown again: the page makes another."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.put_away.emit()

    def ask(self, about: tuple[str, str], read: Callable[..., Any], show: Callable[[Any], None], *args: Any) -> None:
        """Read what the panel is to show; an older answer on its way is dropped."""
        same = about == self.about
        self.shows_all &= same
        self.about = about
        self._again = partial(self.ask, about, read, show, *args)
        top = self._scroll.verticalScrollBar().value() if same else 0

        def shown(found: Any) -> None:
            show(found)
            if self.takes_keyboard:
                self.takes_keyboard = False
                self.focus_steps()
            self._scroll.verticalScrollBar().setValue(top)

        self.context.jobs.ask(
            read, *args, then=shown, failed=self._gone, urgent=True, slot=("services panel", id(self))
        )

    def ask_again(self) -> None:
        """Read the same anew: something was recorded."""
        self._again()

    def show_all(self) -> None:
        """Show the rest of a long list, too."""
        self.shows_all = True
        self.ask_again()

    def _gone(self, _error: UserError) -> None:
        self.context.shell.side_panel(None)

    # Building

    @property
    def may_record(self) -> bool:
        return self.context.as_known is None and not self.context.register.read_only

    def begin(self, title: str, caption: str) -> None:
        """Empty the panel and give it its heading."""
        clear_layout(self.body)
        self.set_title(title)
        self._caption.setText(caption)
        self._caption.setVisible(bool(caption))
        self.setAccessibleName(f"{title}. {caption}" if caption else title)

    def add_warning(self, words: str, family: str = "danger", shape: str = "overdue") -> None:
        """A line that says what to look at first."""
        strip = QFrame()
        strip.setProperty("banner", family)
        strip.setProperty("strip", "true")
        strip.setAccessibleName(words)
        row = QHBoxLayout(strip)
        px = self.context.theme.px
        row.setContentsMargins(px(SIDES), px(7), px(SIDES), px(7))
        row.setSpacing(px(8))
        row.addWidget(ShapeMark(self.context.theme, shape, "Look at this"))
        row.addWidget(Label(words, tone=family, wrap=True), 1)
        self.add(strip)

    def section(self, title: str, caption: str = "", *beside: QWidget, ruled: bool = True) -> QVBoxLayout:
        """A part of the panel under a heading; gives the column to put things in."""
        px = self.context.theme.px
        part = QWidget()
        part.setAccessibleName(title or "Facts")
        column = QVBoxLayout(part)
        column.setContentsMargins(px(SIDES), px(9), px(SIDES), px(10))
        column.setSpacing(px(6))
        if title:
            head = QHBoxLayout()
            head.setSpacing(px(8))
            head.addWidget(Label(title, "strong"))
            head.addWidget(Label(caption, "caption", "text2", wrap=True), 1)
            for widget in beside:
                head.addWidget(widget)
            column.addLayout(head)
        if ruled:
            self.add(rule())
        self.add(part)
        return column

    def add_steps(self, steps: Sequence[Step], *, main: bool = False) -> None:
        """What can be done: buttons in lines, the first the main one if it is said so."""
        if not steps:
            return
        part = QWidget()
        part.setAccessibleName("Steps")
        px = self.context.theme.px
        flow = FlowLayout(part, across=px(8), down=px(8))
        flow.setContentsMargins(px(SIDES), px(9), px(SIDES), px(10))
        for place, (words, act) in enumerate(steps):
            kind = "primary" if main and place == 0 else "plain"
            flow.addWidget(Button(self.context.theme, words, act, kind=kind))
        self.add(part)

    def form(self, command: str, **args: Any) -> Callable[[], object]:
        """A step that opens a form, which comes back to what is shown here once it is recorded."""
        return partial(self.context.shell.run_command, command, back=self.back, **args)

    def run(self, command: str, **args: Any) -> Callable[[], object]:
        """A step that runs a command."""
        return partial(self.context.shell.run_command, command, **args)
