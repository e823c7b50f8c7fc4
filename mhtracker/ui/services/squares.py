"""The places of a service as little squares: taken, leaving, held, free. Beside them the same stands in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from mhtracker import text
from mhtracker.domain.places.units import DRAWN, PlaceCount, PlaceState
from mhtracker.ui.services.words import STATES
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.labels import plain_tooltip

SIDE, GAP = 10, 3
A_GROUP = 5
MOST_LINES = 5
"""More lines than that are a bar in parts."""


NO_PLACES = PlaceCount()


@dataclass(frozen=True, slots=True)
class SquareFacts:
    """How many places a service has in each state, and the stage's colour. `hours` of `of_hours` where it has none."""

    colour: str
    count: PlaceCount = NO_PLACES
    hours: float | None = None
    of_hours: float | None = None

    @property
    def parts(self) -> tuple[tuple[PlaceState, int], ...]:
        found = self.count
        numbers = (found.taken, found.leaving, found.out, found.held, found.free)
        return tuple(zip(DRAWN, numbers, strict=True))


def squares_words(facts: SquareFacts) -> str:
    """`14 places: 12 taken, 1 held, 1 free`, for the tooltip and for being read out."""
    if facts.of_hours:
        return f"{facts.hours or 0:g} of {facts.of_hours:g} hours a week given"
    total, over = facts.count.total, facts.count.over
    more = f", {text.count(over, 'person', 'people')} without a place" if over else ""
    if not total:
        return f"No places listed{more}"
    parts = [f"{text.format_number(number)} {STATES[state]}" for state, number in facts.parts if number]
    return f"{text.count(total, 'place')}: {text.join_words(parts)}{more}"


def in_a_line(theme: Theme, width: float) -> int:
    """How many squares stand side by side: full groups, so that lines of different services are counted alike."""
    side, gap = theme.px(SIDE), theme.px(GAP)
    fitting = max(int((width + gap) // (side + gap)), 1)
    return fitting - fitting % A_GROUP if fitting > A_GROUP else fitting


def squares_height(theme: Theme, facts: SquareFacts, width: float) -> int:
    """How high a service's places stand where they have this width."""
    lines = -(-facts.count.total // in_a_line(theme, width)) if not facts.of_hours else 1
    lines = lines if 0 < lines <= MOST_LINES else 1
    return lines * theme.px(SIDE) + (lines - 1) * theme.px(GAP)


def paint_squares(painter: QPainter, rect: QRectF, theme: Theme, facts: SquareFacts) -> None:
    """Paint them into the left of `rect`, every one as large as any other; one bar in parts where they are too many."""
    if facts.of_hours:
        _paint_bar(painter, rect, theme, facts, [(PlaceState.TAKEN, facts.hours or 0)], facts.of_hours)
        return
    total = facts.count.total
    if not total:
        return
    side, step = theme.px(SIDE), theme.px(SIDE) + theme.px(GAP)
    across = in_a_line(theme, rect.width())
    high = squares_height(theme, facts, rect.width())
    if total > MOST_LINES * across or high > rect.height():
        _paint_bar(painter, rect, theme, facts, facts.parts, total)
        return
    left, top = round(rect.left()), round(rect.center().y() - high / 2)
    states = [state for state, number in facts.parts for _ in range(number)]
    for place, state in enumerate(states):
        box = QRectF(left + place % across * step, top + place // across * step, side, side)
        paint_square(painter, box, theme, state, facts.colour)


def paint_square(painter: QPainter, box: QRectF, theme: Theme, state: PlaceState, colour: str) -> None:
    """One place. They differ in shape and not only in colour: full, half, hatched, crossed, empty."""
    fill, _, edge = theme.stage(colour)
    inner = box.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.save()
    if state == PlaceState.TAKEN:
        painter.setPen(QPen(edge, 1))
        painter.setBrush(fill)
        painter.drawRect(inner)
    elif state == PlaceState.LEAVING:
        painter.setPen(QPen(edge, 1))
        painter.setBrush(theme.color("surface"))
        painter.drawRect(inner)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawPolygon(QPolygonF([inner.topLeft(), inner.bottomLeft(), inner.bottomRight()]))
    elif state == PlaceState.HELD:
        _hatch(painter, inner, theme)
    elif state == PlaceState.OUT:
        painter.setPen(QPen(theme.color("text2"), 1))
        painter.setBrush(theme.color("surface"))
        painter.drawRect(inner)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawLine(inner.topLeft(), inner.bottomRight())
        painter.drawLine(inner.bottomLeft(), inner.topRight())
    else:
        painter.setPen(QPen(theme.status("ok").shape, 2))
        painter.setBrush(theme.color("surface"))
        painter.drawRect(box.adjusted(1, 1, -1, -1))
    painter.restore()


def _hatch(painter: QPainter, inner: QRectF, theme: Theme) -> None:
    painter.setPen(QPen(theme.color("text2"), 1))
    painter.setBrush(theme.color("surface"))
    painter.drawRect(inner)
    painter.setClipRect(inner)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    step = max(inner.width() / 2.5, 3)
    at = inner.left() - inner.height() + step / 2
    while at < inner.right():
        painter.drawLine(QLineF(QPointF(at, inner.bottom()), QPointF(at + inner.height(), inner.top())))
        at += step


def _paint_bar(
    painter: QPainter,
    rect: QRectF,
    theme: Theme,
    facts: SquareFacts,
    parts: Sequence[tuple[PlaceState, float]],
    whole: float,
) -> None:
    """One bar from end to end, where squares would be too small or what is given is hours."""
    fill, _, edge = theme.stage(facts.colour)
    high = theme.px(SIDE)
    wide = min(rect.width(), 10.0 * theme.px(SIDE + GAP) - theme.px(GAP))
    bar = QRectF(rect.left() + 0.5, round(rect.center().y() - high / 2) + 0.5, wide - 1, high - 1)
    painter.save()
    painter.fillRect(bar, theme.color("surface"))
    left = bar.left()
    for state, number in parts:
        part = QRectF(left, bar.top(), min(bar.width() * number / whole, bar.right() - left), bar.height())
        if state in (PlaceState.TAKEN, PlaceState.LEAVING):
            painter.fillRect(part, fill)
        elif state in (PlaceState.HELD, PlaceState.OUT):
            painter.save()
            _hatch(painter, part, theme)
            painter.restore()
        left = part.right()
    painter.setPen(QPen(edge, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(bar)
    painter.restore()


class Square(QWidget):
    """One place by itself, beside words that say the same."""

    def __init__(self, theme: Theme, state: PlaceState, colour: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._state, self._colour = theme, state, colour
        self.setAccessibleName(STATES[state])
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return self._theme.icon_size(SIDE + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        side = self._theme.px(SIDE)
        box = QRectF((self.width() - side) // 2, (self.height() - side) // 2, side, side)
        paint_square(painter, box, self._theme, self._state, self._colour)
        painter.end()


class Squares(QWidget):
    """All places of a service, in as many lines as they need."""

    def __init__(self, theme: Theme, facts: SquareFacts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self.updateGeometry)
        self.show_places(facts)

    def show_places(self, facts: SquareFacts) -> None:
        self._facts = facts
        words = squares_words(facts)
        self.setAccessibleName(words)
        self.setToolTip(plain_tooltip(words))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        wide = self._theme.px(10 * (SIDE + GAP))
        return QSize(wide, self.heightForWidth(wide))

    def heightForWidth(self, width: int) -> int:
        return squares_height(self._theme, self._facts, width) + self._theme.px(GAP)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_squares(painter, QRectF(self.rect()), self._theme, self._facts)
        painter.end()


class Legend(QWidget):
    """What the squares mean, in one line."""

    def __init__(self, theme: Theme, colour: str = "supported", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._colour = theme, colour
        self.setAccessibleName(f"Squares: {', '.join(STATES[state] for state in ORDER)}")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        self.ensurePolished()
        metrics = self.fontMetrics()
        words = sum(metrics.horizontalAdvance(STATES[state]) for state in ORDER)
        return QSize(words + len(ORDER) * self._theme.px(SIDE + 6 + 10), self._theme.px(20))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("text2"))
        left, side = 0.0, float(theme.px(SIDE))
        for state in ORDER:
            paint_square(painter, QRectF(left, (self.height() - side) // 2, side, side), theme, state, self._colour)
            left += side + theme.px(6)
            wide = painter.fontMetrics().horizontalAdvance(STATES[state])
            painter.drawText(
                QRectF(left, 0, wide + 2, self.height()), int(Qt.AlignmentFlag.AlignVCenter), STATES[state]
            )
            left += wide + theme.px(10)
        painter.end()


ORDER = (PlaceState.TAKEN, PlaceState.LEAVING, PlaceState.HELD, PlaceState.FREE, PlaceState.OUT)
