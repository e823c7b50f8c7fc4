"""The start page: the demo register, a new one, or a spreadsheet; and how the window should look.

It fills the window. Keys 1 to 3 choose, as the arrow keys and Enter do.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from mhtracker.ui.dialogs.help import PROMISE, PURPOSE
from mhtracker.ui.focus import OWN_RING, paint_ring
from mhtracker.ui.icons import paint_icon
from mhtracker.ui.mark import Mark
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.buttons import LinkButton
from mhtracker.ui.widgets.down_scroll import DownScroll
from mhtracker.ui.widgets.flow import FlowLayout
from mhtracker.ui.widgets.key_hints import keycap_size, paint_keycap
from mhtracker.ui.widgets.labels import IconLabel, Label, rule
from mhtracker.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from mhtracker.ui.context import Context
    from mhtracker.ui.registers import Registers

CHOICES_WIDE = 680
WITH_SIDE = 1000
"""Below this width, at 100% text, the side with the mark gives way to the choices."""


class Choice(QAbstractButton):
    """A large button: icon, what it does, a sentence, its key."""

    def __init__(self, theme: Theme, icon: str, title: str, words: str, key: str) -> None:
        super().__init__()
        self._theme, self._icon, self._words, self._key = theme, icon, words, key
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(words)
        self.setProperty(OWN_RING, True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(CHOICES_WIDE), self.heightForWidth(self._theme.px(CHOICES_WIDE)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(320), self._theme.px(82))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(self._theme.px(82), round(self._words_height(width)) + self._theme.px(44))

    def _room(self, width: int) -> float:
        return width - self._theme.px(84) - self._theme.px(96)

    def _words_height(self, width: int) -> float:
        body = QFontMetricsF(self._theme.font("body"))
        room = QRectF(0, 0, self._room(width), 1000)
        text = body.boundingRect(room, int(Qt.TextFlag.TextWordWrap), self._words).height()
        return QFontMetricsF(self._theme.font("heading")).height() + text

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(px(3), px(3), -px(3), -px(3))
        lit = self.hasFocus() or self.isDown()
        ground = "selected" if lit else "hover" if self.underMouse() else "surface"
        painter.setPen(QPen(theme.color("border" if theme.is_contrast else "accent" if lit else "line"), 1))
        painter.setBrush(theme.color(ground))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), px(5), px(5))
        tile = QRectF(rect.left() + px(20), rect.center().y() - px(22), px(44), px(44))
        painter.setPen(QPen(theme.color("line"), 1))
        painter.setBrush(theme.color("surface"))
        painter.drawRoundedRect(tile.adjusted(0.5, 0.5, -0.5, -0.5), px(4), px(4))
        paint_icon(painter, tile.adjusted(px(10), px(10), -px(10), -px(10)), self._icon, theme.color("accent"))
        self._paint_words(painter, rect)
        arrow = QRectF(rect.right() - px(42), rect.center().y() - px(10), px(20), px(20))
        paint_icon(painter, arrow, "chevron-right", theme.color("text2"))
        cap = keycap_size(theme, self._key)
        left = arrow.left() - cap.width() - px(12)
        paint_keycap(
            painter, QRectF(left, rect.center().y() - cap.height() / 2, cap.width(), cap.height()), theme, self._key
        )
        if self.hasFocus():
            paint_ring(painter, QRectF(self.rect()), theme, px(6))
        painter.end()

    def _paint_words(self, painter: QPainter, rect: QRectF) -> None:
        theme = self._theme
        left, room = rect.left() + theme.px(84), self._room(self.width())
        top = rect.center().y() - self._words_height(self.width()) / 2
        painter.setFont(theme.font("heading"))
        painter.setPen(theme.color("text"))
        line = QFontMetricsF(painter.font()).height()
        painter.drawText(QRectF(left, top, room, line), self.text())
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("text2"))
        painter.drawText(QRectF(left, top + line, room, rect.height()), int(Qt.TextFlag.TextWordWrap), self._words)


class StartPage(QWidget):
    """Where one begins, and may come back to from the menu."""

    def __init__(self, context: Context, registers: Registers, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._theme, self._registers = context, context.theme, registers
        self.setProperty("box", "page")
        self.setAccessibleName("Start")
        self.choices: list[Choice] = []
        self.side = self._make_side()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.side, 3)
        row.addWidget(self._make_main(), 7)
        self._theme.changed.connect(self._fit)

    def _make_side(self) -> QWidget:
        theme, px = self._theme, self._theme.px
        side = QFrame()
        side.setProperty("box", "rail")
        side.setAccessibleName("MHTracker")
        column = QVBoxLayout(side)
        column.setContentsMargins(px(48), px(48), px(40), px(32))
        column.setSpacing(px(10))
        column.addStretch(3)
        column.addWidget(Mark(theme, 330, 133, letters=True))
        column.addSpacing(px(8))
        column.addWidget(Label("MHTracker", "title"))
        column.addWidget(Label(PURPOSE, tone="text2", wrap=True))
        column.addStretch(4)
        promise = QHBoxLayout()
        promise.setSpacing(px(10))
        promise.addWidget(IconLabel(theme, "shield-check-outline", token="ok.shape"), 0, Qt.AlignmentFlag.AlignTop)
        promise.addWidget(Label(PROMISE, tone="text2", wrap=True), 1)
        column.addLayout(promise)
        return side

    def _make_main(self) -> QWidget:
        px = self._theme.px
        inside = QWidget()
        inside.setProperty("box", "page")
        inside.setAccessibleName("Where to begin")
        column = QVBoxLayout(inside)
        column.setContentsMargins(px(24), px(24), px(24), px(24))
        column.setSpacing(px(6))
        column.addStretch(3)
        column.addWidget(Label("Where would you like to begin?", "title", wrap=True))
        self._way_back = LinkButton(
            self._theme, "Back to the open register", self._registers.back_to_work, icon="arrow-left"
        )
        column.addWidget(Label("You can come back to this page from the menu.", tone="text2", wrap=True))
        column.addWidget(self._way_back)
        column.addSpacing(px(6))
        for choice, act in self._choices():
            choice.clicked.connect(lambda _=False, act=act: act())
            self.choices.append(choice)
            column.addWidget(choice)
        column.addSpacing(px(8))
        column.addLayout(self._links())
        column.addStretch(4)
        column.addWidget(rule())
        column.addLayout(self._appearance())
        middle = QWidget()
        middle.setProperty("box", "page")
        middle.setAccessibleName("Where to begin")
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(inside, 20)
        row.addStretch(1)
        inside.setMaximumWidth(px(CHOICES_WIDE + 48))
        self._inside = inside
        return DownScroll.around(middle, "Where to begin")

    def _choices(self) -> list[tuple[Choice, Callable[[], object]]]:
        theme, registers = self._theme, self._registers
        return [
            (Choice(theme, "school-outline", "Open the demo register",
                    "240 invented people, ready to explore. Change anything: nothing there is real.", "1"),
             registers.open_demo),
            (Choice(theme, "database-plus-outline", "Start a new register",
                    "One file, on this computer or a shared folder, locked with a password if you wish.", "2"),
             registers.start_new),
            (Choice(theme, "file-import-outline", "Import a spreadsheet",
                    "See what would happen, row by row, before anything is saved. Excel, ODS, CSV.", "3"),
             registers.import_sheet),
        ]  # fmt: skip

    def _links(self) -> FlowLayout:
        theme, shell = self._theme, self._context.shell
        flow = FlowLayout(across=theme.px(16), down=theme.px(6))
        for words, icon, act in (
            ("Open a register", "folder-open-outline", self._registers.choose_and_open),
            ("Connect to a server", "server-network", self._registers.connect_to_server),
            ("Five-minute guide", "help-circle-outline", partial(shell.run_command, "guide")),
        ):
            flow.addWidget(LinkButton(theme, words, act, icon=icon))
        return flow

    def _appearance(self) -> FlowLayout:
        from mhtracker.ui.shell_commands import THEMES

        theme, shell = self._theme, self._context.shell
        sizes = [(str(size), f"{size}%") for size in (100, 125, 150, 200)]
        now = str(self._context.computer.text_size)
        self.sizes = Segmented(theme, "Text size", sizes, now if now in dict(sizes) else "100")
        self.sizes.chosen.connect(lambda size: shell.run_command("set_size", percent=int(size)))
        colours = list(THEMES)
        self.colours = Segmented(theme, "Colours", colours, theme.choice)
        self.colours.chosen.connect(lambda name: shell.run_command(f"theme_{name}"))
        flow = FlowLayout(across=theme.px(12), down=theme.px(8))
        for words, choice in (("Text size", self.sizes), ("Colours", self.colours)):
            pair = QWidget()
            pair.setAccessibleName(words)
            row = QHBoxLayout(pair)
            row.setContentsMargins(3, theme.px(6), theme.px(12), 3)
            row.setSpacing(theme.px(10))
            row.addWidget(Label(words, tone="text2"))
            row.addWidget(choice)
            flow.addWidget(pair)
        return flow

    def show_way_back(self, has_register: bool) -> None:
        """Whether a register is open to go back to."""
        self._way_back.setVisible(has_register)

    def _fit(self) -> None:
        self._inside.setMaximumWidth(self._theme.px(CHOICES_WIDE + 48))
        self.side.setVisible(self.width() / self._theme.scale >= WITH_SIDE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def setFocus(self, *_: object) -> None:
        """The first choice has the keyboard."""
        self.choices[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = event.key() - Qt.Key.Key_1
        if 0 <= place < len(self.choices) and not event.modifiers():
            self.choices[place].click()
        else:
            super().keyPressEvent(event)
