"""The panel at the right, where things are recorded: the person on top, the steps at the foot."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.buttons import Button, IconButton
from mhtracker.ui.widgets.down_scroll import DownScroll
from mhtracker.ui.widgets.flow import FlowLayout
from mhtracker.ui.widgets.labels import ElidedLabel, Label, rule
from mhtracker.ui.widgets.shapes import ShapeMark

WIDTH = 460


class PersonLine(QWidget):
    """Who this is about: name in semibold, then facts as (label, value), the value of a labelled fact in semibold."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self, across=theme.px(8), down=theme.px(2))
        self.setAccessibleName("Person")

    def show_person(self, name: str, facts: Sequence[tuple[str, str]] = ()) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._flow.addWidget(ElidedLabel(name, "caption-strong"))
        for label, value in facts:
            pair = QWidget()
            pair.setAccessibleName(f"{label} {value}".strip())
            row = QHBoxLayout(pair)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(4)
            if label:
                row.addWidget(Label(label, "caption", "text2"))
            row.addWidget(Label(value, "caption-strong" if label else "caption", "" if label else "text2"))
            self._flow.addWidget(pair)
        self.setAccessibleName(" ".join([name, *(f"{label} {value}".strip() for label, value in facts)]))


class SidePanel(QFrame):
    """Title, person, a body that scrolls, and a foot with problems, draft time, "Keep for later" and the main step.

    Ctrl+Enter takes the main step (`accepted`); Esc, × and "Keep for later" close it keeping the draft (`kept`).
    `primary=""` makes a panel without a foot, for reading; it emits `kept` when closed all the same.
    """

    accepted = Signal()
    kept = Signal()

    def __init__(
        self,
        theme: Theme,
        title: str,
        *,
        person: str = "",
        facts: Sequence[tuple[str, str]] = (),
        primary: str = "",
        keep: str = "Keep for later",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("box", "side")
        self.setAccessibleName(f"{title}, {person}" if person else title)
        self._title = Label(title, "panel", wrap=True)
        self.person_line = PersonLine(theme)
        if person:
            self.person_line.show_person(person, facts)
        self.close_button = IconButton(theme, "mdi6.close", "Close", self.keep)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._make_top())
        outer.addWidget(rule())
        outer.addWidget(self._make_body(), 1)
        self._foot = self._make_foot(primary, keep)
        outer.addWidget(self._foot)
        self._foot.setVisible(bool(primary))
        self.person_line.setVisible(bool(person))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._on_accept)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.updateGeometry)
        self.setFocusProxy(self._scroll)

    def _make_top(self) -> QWidget:
        px = self._theme.px
        top = QWidget()
        top.setAccessibleName("Panel heading")
        row = QHBoxLayout(top)
        row.setContentsMargins(px(20), px(12), px(12), px(10))
        self._top_row = row
        words = self.heading = QVBoxLayout()
        words.setSpacing(px(4))
        words.addWidget(self._title)
        words.addWidget(self.person_line)
        row.addLayout(words, 1)
        row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        return top

    def _make_body(self) -> QWidget:
        px = self._theme.px
        inside = QWidget()
        inside.setProperty("box", "surface")
        inside.setAccessibleName("Panel")
        self._column = QVBoxLayout(inside)
        self._column.setSpacing(0)
        self.body = QVBoxLayout()
        self.body.setSpacing(px(10))
        self._column.addLayout(self.body)
        self._column.addStretch(1)
        self._scroll = DownScroll("Panel")
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inside)
        # The bar stands in the margin, and the fields where they would stand without it.
        self._column.setContentsMargins(px(20), px(12), max(px(20) - self._scroll.bar_width(), px(6)), px(16))
        return self._scroll

    def _make_foot(self, primary: str, keep: str) -> QWidget:
        px = self._theme.px
        foot = QFrame()
        foot.setProperty("box", "foot")
        foot.setAccessibleName("Panel steps")
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight, foot)
        row.setContentsMargins(px(20), px(9), px(20), px(9))
        row.setSpacing(px(8))
        words = QVBoxLayout()
        words.setSpacing(px(1))
        line = QHBoxLayout()
        line.setSpacing(px(6))
        self._problem_mark = ShapeMark(self._theme, "overdue", "To put right")
        self.problems = Label("", "strong", "danger")
        line.addWidget(self._problem_mark)
        line.addWidget(self.problems, 1)
        self.draft = Label("", "caption", "text3")
        words.addLayout(line)
        words.addWidget(self.draft)
        row.addLayout(words, 1)
        self.keep_button = Button(self._theme, keep, self.keep)
        self.primary_button = Button(self._theme, primary, self._on_accept, kind="primary", hint="Ctrl Enter")
        steps = QHBoxLayout()
        steps.setSpacing(px(8))
        steps.addStretch(1)
        steps.addWidget(self.keep_button)
        steps.addWidget(self.primary_button)
        row.addLayout(steps)
        self._foot_row = row
        self.set_problem_count(0)
        self._keep_room()
        return foot

    def _keep_room(self) -> None:
        """The steps stay where they are when something is found to put right, maybe under the mouse.

        Below the words they do so by themselves, and an empty line above them would only take room.
        """
        beside = self._foot_row.direction() is QBoxLayout.Direction.LeftToRight
        for each in (self._problem_mark, self.problems):
            policy = each.sizePolicy()
            policy.setRetainSizeWhenHidden(beside)
            each.setSizePolicy(policy)
        self.draft.setVisible(beside or bool(self.draft.text()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        buttons = self.keep_button.sizeHint().width() + self.primary_button.sizeHint().width()
        narrow = self.width() < buttons + self._theme.px(190)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if way is not self._foot_row.direction():
            self._foot_row.setDirection(way)
            self._keep_room()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(WIDTH), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(320), self._theme.px(200))

    @property
    def title(self) -> str:
        return self._title.text()

    def set_title(self, title: str) -> None:
        self._title.setText(title)
        self.setAccessibleName(title)

    def show_person(self, name: str, facts: Sequence[tuple[str, str]] = ()) -> None:
        self.person_line.setVisible(True)
        self.person_line.show_person(name, facts)
        self.setAccessibleName(f"{self.title}, {name}")

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Put `widget` under the others. With a stretch it takes the height that is left."""
        self.body.addWidget(widget, stretch)
        if stretch:
            self._column.setStretch(0, 1)
            self._column.setStretch(1, 0)
        self._put_steps_last(widget)

    def _put_steps_last(self, widget: QWidget) -> None:
        """Tab goes from the last field to the steps under it, though the fields were made after the steps."""
        last = widget
        following = widget.nextInFocusChain()
        while following is not None and following is not widget:
            if widget.isAncestorOf(following) and following.focusPolicy() is not Qt.FocusPolicy.NoFocus:
                last = following
            following = following.nextInFocusChain()
        if last.focusPolicy() is Qt.FocusPolicy.NoFocus:
            return
        for step in (self.keep_button, self.primary_button):
            QWidget.setTabOrder(last, step)
            last = step

    def add_stretch(self) -> None:
        self.body.addStretch(1)

    def set_primary(self, words: str, *, enabled: bool = True) -> None:
        self.primary_button.set_words(words)
        self.primary_button.setEnabled(enabled)
        self._foot.setVisible(bool(words))

    def set_problem_count(self, count: int) -> None:
        self.problems.setText("" if not count else f"{count} thing{'' if count == 1 else 's'} to put right")
        self.problems.setVisible(bool(count))
        self._problem_mark.setVisible(bool(count))

    def set_draft_words(self, words: str) -> None:
        """Say in the foot when the draft was kept: "Draft kept 10:41"."""
        self.draft.setText(words)
        self._keep_room()

    def set_busy(self, busy: bool) -> None:
        """While the step is being recorded it cannot be taken twice."""
        self.primary_button.setEnabled(not busy)

    def keep(self) -> None:
        self.kept.emit()

    def _on_accept(self) -> None:
        if self.primary_button.isEnabled() and self.primary_button.words():
            self.accepted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.keep()
        else:
            super().keyPressEvent(event)
