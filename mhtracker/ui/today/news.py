"""“Since you last looked”: people with what changed for them, each to be opened."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from mhtracker.text import count, format_day, short_worker
from mhtracker.ui.context import Context
from mhtracker.ui.focus import OWN_RING, paint_ring
from mhtracker.ui.icons import paint_icon
from mhtracker.ui.theme import Theme
from mhtracker.ui.today.since import PersonNews, Since
from mhtracker.ui.widgets.buttons import LinkButton
from mhtracker.ui.widgets.card import clear_layout
from mhtracker.ui.widgets.labels import Label, plain_tooltip, rule
from mhtracker.ui.widgets.stage_pill import paint_block

MOST_SHOWN = 12
MOST_LINES = 4


class NewsOfPerson(QAbstractButton):
    """One person's news; pressing it opens them."""

    def __init__(self, theme: Theme, news: PersonNews, caption: str) -> None:
        super().__init__()
        self._theme, self._news, self._caption = theme, news, caption
        self._lines = news.lines[:MOST_LINES]
        if len(news.lines) > MOST_LINES:
            more = len(news.lines) - MOST_LINES + 1
            self._lines = [*news.lines[: MOST_LINES - 1], ("dots-horizontal", f"and {count(more, 'more change')}")]
        self.setText(news.name)
        self.setAccessibleName(f"{news.name}: " + ", ".join(words for _, words in news.lines))
        self.setAccessibleDescription(caption)
        self.setToolTip(plain_tooltip("; ".join(words for _, words in news.lines)))
        self.setProperty(OWN_RING, True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(240), self._theme.px(22 + 21 * len(self._lines) + 18 + 14))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        if self.underMouse():
            painter.fillRect(self.rect(), theme.color("hover"))
        left, top = px(14), float(px(7))
        room = self.width() - px(24)
        after = paint_block(painter, left, top + px(11), theme, self._news.letter, self._news.colour)
        self._line(painter, QRectF(after, top, room - after + left, px(22)), self._news.name, "strong", "text")
        top += px(22)
        for icon, words in self._lines:
            paint_icon(painter, QRectF(left + px(1), top + px(3), px(15), px(15)), icon, theme.color("text2"))
            self._line(painter, QRectF(after, top, room - after + left, px(21)), words, "body", "text")
            top += px(21)
        self._line(painter, QRectF(after, top, room - after + left, px(18)), self._caption, "caption", "text3")
        if self.hasFocus():
            paint_ring(painter, QRectF(self.rect()), theme)
        painter.end()

    def _line(self, painter: QPainter, rect: QRectF, words: str, role: str, token: str) -> None:
        painter.setFont(self._theme.font(role))
        painter.setPen(self._theme.color(token))
        fitted = QFontMetricsF(painter.font()).elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect.adjusted(0, 0, 4, 0), int(Qt.AlignmentFlag.AlignVCenter), fitted)


class NewsList(QWidget):
    """The heading, the people, and “Mark as seen”."""

    def __init__(self, context: Context, on_seen: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._theme = context, context.theme
        self.setAccessibleName("Since you last looked")
        px = self._theme.px
        self._caption = Label("", "caption", "text3")
        self.seen_button = LinkButton(self._theme, "Mark as seen", on_seen)
        head = QHBoxLayout()
        head.setContentsMargins(px(14), px(12), px(8), px(8))
        words = QVBoxLayout()
        words.setSpacing(px(2))
        words.addWidget(Label("Since you last looked", "heading"))
        words.addWidget(self._caption)
        head.addLayout(words, 1)
        head.addWidget(self.seen_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        self._people = QVBoxLayout()
        self._people.setSpacing(0)
        column.addLayout(self._people)

    def show_since(self, since: Since) -> None:
        """Show the news."""
        clear_layout(self._people)
        today = self._context.today
        start = "The last 7 days"
        if since.seen_at is not None:
            start = f"{format_day(since.seen_at.date(), today, weekday=True)}, {since.seen_at:%H:%M}"
        self._caption.setText(f"{start} · {count(since.changes, 'change')}")
        self.seen_button.setVisible(bool(since.changes))
        for news in since.people[:MOST_SHOWN]:
            caption = f"{short_worker(news.who)}, {format_day(news.at.date(), today, weekday=True)} {news.at:%H:%M}"
            line = NewsOfPerson(self._theme, news, caption)
            line.clicked.connect(partial(self._open, news.person_id))
            self._people.addWidget(rule())
            self._people.addWidget(line)
        rest = len(since.people) - MOST_SHOWN
        words = f"and {count(rest, 'more person', 'more people')}" if rest > 0 else ""
        if not since.people:
            words = "Nothing has changed yet."
        if words:
            label = Label(words, "caption", "text2")
            label.setContentsMargins(self._theme.px(14), self._theme.px(4), 0, self._theme.px(10))
            self._people.addWidget(label)
        self._people.addWidget(rule())

    def _open(self, person_id: str, *_: object) -> None:
        self._context.shell.open_person(person_id, tab="history")
