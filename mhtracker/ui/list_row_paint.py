"""What a line of grouped rows shows, and how it is painted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from mhtracker.ui.focus import paint_ring
from mhtracker.ui.icons import paint_icon
from mhtracker.ui.table_cells import BadgeFacts, StageFacts
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.badge import paint_badge
from mhtracker.ui.widgets.shapes import paint_shape
from mhtracker.ui.widgets.stage_pill import paint_block

_LEFT, _KIND_AT, _NAME_AT, _TEXT_AT = 14, 168, 288, 452
"""The badge has room for “1,205 days overdue”."""
_LEAST_TEXT = 140
_LEAST_FOR_DATE = 560


@dataclass(frozen=True, slots=True)
class ListRow:
    """One line: how it stands, what it is, whom it is about, what of it, when, and the one thing to do.

    `data` is what signals carry. `plain_action` shows the step as a link, for what is not due yet.
    """

    key: str
    badge: BadgeFacts
    kind: str
    icon: str
    stage: StageFacts | None
    name: str
    text: str
    when: str = ""
    action: str = ""
    plain_action: bool = False
    data: Any = None

    def words(self) -> str:
        """The whole line, as it is read out."""
        parts = [self.badge.words, self.kind, self.name, self.text, self.when]
        return ", ".join(part for part in parts if part) + (f". Space: {self.action}" if self.action else "")


@dataclass(frozen=True, slots=True)
class Section:
    """A group of lines. `total` is given when not all its rows are here; `closable` lets it be folded away."""

    key: str
    title: str
    rows: Sequence[ListRow]
    shape: str = ""
    caption: str = ""
    total: int | None = None
    closable: bool = False
    closed: bool = False

    @property
    def count(self) -> int:
        return len(self.rows) if self.total is None else self.total


def paint_section(painter: QPainter, rect: QRectF, theme: Theme, section: Section, closed: bool) -> None:
    """A heading: shape (or the arrow that opens it), title, how many, caption."""
    painter.fillRect(rect, theme.color("window"))
    left = rect.left() + theme.px(_LEFT)
    side = theme.px(18 if section.closable else 12)
    box = QRectF(left, rect.center().y() - side / 2, side, side)
    if section.closable:
        paint_icon(painter, box, "mdi6.chevron-right" if closed else "mdi6.chevron-down", theme.color("text2"))
    elif section.shape:
        paint_shape(painter, box, section.shape, theme)
    left += theme.px(20)
    for words, role, token in (
        (section.title, "heading", "text"),
        (f"{section.count:,}", "body", "text2"),
        (section.caption, "caption", "text3"),
    ):
        painter.setFont(theme.font(role))
        painter.setPen(theme.color(token))
        place = QRectF(left, rect.top(), rect.right() - left, rect.height())
        painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), words)
        left += QFontMetricsF(painter.font()).horizontalAdvance(words) + theme.px(8)
    painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), theme.color("line"))


def button_box(rect: QRectF, theme: Theme, action: str) -> QRectF:
    """Where a row's button stands: its target is 24 px high at least."""
    wide = QFontMetricsF(theme.font()).horizontalAdvance(action) + theme.px(20)
    high = theme.px(26)
    return QRectF(rect.right() - wide - theme.px(9), rect.center().y() - high / 2 - 0.5, wide, high)


def paint_row(painter: QPainter, rect: QRectF, theme: Theme, row: ListRow, *, current: bool, pointed: bool) -> None:
    """A line. The one with the keyboard is tinted, and the ring is round what Space does."""
    painter.save()
    painter.setClipRect(rect)
    painter.fillRect(rect, theme.color("selected" if current else "hover" if pointed else "surface"))
    painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), theme.color("line"))
    button = button_box(rect, theme, row.action) if row.action else QRectF(rect.right(), 0, 0, 0)
    end = button.left() - theme.px(12)
    if rect.width() >= theme.px(_LEAST_FOR_DATE):
        end = _paint_when(painter, rect, theme, row, end)
    place = QRectF(rect.left() + theme.px(_LEFT), rect.top(), theme.px(_KIND_AT - _LEFT - 8), rect.height() - 1)
    badge = row.badge
    paint_badge(painter, place, theme, badge.shape, badge.words, family=badge.family, quiet=badge.quiet)
    _paint_middle(painter, rect, theme, row, end)
    if row.action:
        _paint_button(painter, button, theme, row)
    painter.restore()
    if current and row.action:
        painter.save()
        painter.setClipRect(rect)
        reach = theme.px(3)
        paint_ring(painter, button.adjusted(-reach, -reach, reach, reach), theme, theme.px(5))
        painter.restore()
    elif current:
        paint_ring(painter, rect.adjusted(0, 0, 0, -1), theme)


def _paint_when(painter: QPainter, rect: QRectF, theme: Theme, row: ListRow, right: float) -> float:
    """The date, right-aligned before the buttons; gives where it begins."""
    right = min(right, rect.right() - theme.px(118))
    painter.setFont(theme.font())
    painter.setPen(theme.color("text2"))
    wide = QFontMetricsF(painter.font()).horizontalAdvance(row.when)
    place = QRectF(right - wide - 2, rect.top(), wide + 2, rect.height() - 1)
    painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), row.when)
    return place.left() - theme.px(12)


def _paint_middle(painter: QPainter, rect: QRectF, theme: Theme, row: ListRow, end: float) -> None:
    """Kind, person and text. Where there is little room the kind shows only its icon, and the text moves up."""
    tight = rect.width() < theme.px(_TEXT_AT + _LEAST_TEXT + 220)
    saved = theme.px(_NAME_AT - _KIND_AT - 30) if tight else 0
    middle = int(Qt.AlignmentFlag.AlignVCenter)
    kind = rect.left() + theme.px(_KIND_AT)
    side = theme.px(17)
    paint_icon(painter, QRectF(kind, rect.center().y() - side / 2, side, side), row.icon, theme.color("text2"))
    name = rect.left() + theme.px(_NAME_AT) - saved
    if not tight:
        painter.setFont(theme.font())
        painter.setPen(theme.color("text2"))
        painter.drawText(
            QRectF(kind + theme.px(22), rect.top(), name - kind - theme.px(26), rect.height() - 1), middle, row.kind
        )
    left = name
    if row.stage is not None:
        left = paint_block(painter, name, rect.center().y() - 0.5, theme, row.stage.letter, row.stage.colour)
    text_at = rect.left() + theme.px(_TEXT_AT) - saved
    painter.setPen(theme.color("text"))
    # With no room for the text, the name has it all: a row always says whom it is about.
    shows_text = end - text_at >= theme.px(60)
    name_end = text_at - theme.px(8) if shows_text else end
    for words, role, x, until in (
        (row.name, "strong", left, name_end),
        (row.text if shows_text else "", "body", text_at, end),
    ):
        painter.setFont(theme.font(role))
        fitted = QFontMetricsF(painter.font()).elidedText(words, Qt.TextElideMode.ElideRight, max(until - x, 0) + 1)
        painter.drawText(QRectF(x, rect.top(), max(until - x, 0) + 2, rect.height() - 1), middle, fitted)


def _paint_button(painter: QPainter, box: QRectF, theme: Theme, row: ListRow) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(theme.font())
    if row.plain_action:
        painter.setPen(theme.color("accent"))
    else:
        painter.setPen(QPen(theme.color("border"), 1))
        painter.setBrush(theme.color("surface"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), theme.px(4), theme.px(4))
        painter.setPen(theme.color("text"))
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), row.action)
