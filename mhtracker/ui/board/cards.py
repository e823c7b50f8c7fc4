"""A card of the board: what it says of a person, and how it is painted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from mhtracker import text
from mhtracker.domain.caseload import CaseloadLine
from mhtracker.domain.dates import age_on
from mhtracker.domain.fields import label_of
from mhtracker.domain.records import DueState, Stage
from mhtracker.domain.reviewing.due import Due
from mhtracker.ui.table_cells import BadgeFacts
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.badge import paint_badge
from mhtracker.ui.widgets.shapes import SHAPE_OF_DUE, paint_shape

PAD_ACROSS, PAD_DOWN = 11, 9
NAME, PLACE, STATE, MORE = 20, 19, 24, 19
"""The heights of a card's lines at 100%."""


@dataclass(frozen=True, slots=True)
class Card:
    """A person's card in words. `more` is a last line, after `more_shape` where it has one."""

    line: CaseloadLine
    name: str
    age: str
    place: str
    days: str
    state: BadgeFacts
    more: str = ""
    more_shape: str = ""

    def words(self) -> str:
        """The whole card, as it is read out."""
        stay = f"{self.days.removesuffix(' d')} days" if self.days else ""
        if self.days == "1 d":
            stay = "1 day"
        state = text.first_lower(self.state.words)
        held_up = "held up by " if self.more_shape == "stuck" else ""
        parts = [self.name, self.age, self.place, stay, state, f"{held_up}{text.first_lower(self.more)}"]
        return ", ".join(part for part in parts if part)


def make_card(
    line: CaseloadLine, stage: Stage | None, as_at: date, soon_days: int = 14, reasons: Mapping[str, str] | None = None
) -> Card:
    """The card of a caseload line, as at a day. `stage` is where the person is; `reasons` are the words of barriers.

    What holds the move up says more than by how much it slipped, and takes the last line.
    """
    days = line.days_in_stage(as_at)
    home = stage is not None and stage.own_home
    state, more, slipped = _states(line, as_at, soon_days, home=home, days=days or 0)
    shape = "slipped" if slipped else ""
    if line.barrier:
        others = f" and {line.barriers - 1} more" if line.barriers > 1 else ""
        more, shape = f"{(reasons or {}).get(line.barrier) or label_of('delay_reason', line.barrier)}{others}", "stuck"
    return Card(
        line=line,
        name=text.name_in_order(line.surname, line.given_names),
        age=str(age_on(line.born_on, as_at)) if line.born_on else "",
        place=line.service or line.address or ("Own home" if home else "Service not recorded"),
        days=f"{text.format_days(days)} d" if days is not None else "",
        state=state,
        more=more,
        more_shape=shape,
    )


def _states(line: CaseloadLine, as_at: date, soon_days: int, *, home: bool, days: int) -> tuple[BadgeFacts, str, bool]:
    """How the target stands, and what follows below it: a slip, or the date of a target that slipped."""
    target = line.target_due(as_at, soon_days)
    slip = ""
    if line.slip_days > 0 and line.target_original_on and line.target_on:
        slip = f"Slipped {text.slip_length(line.target_original_on, line.target_on)}"
    if target.state is DueState.NONE:
        if home and days > 0:
            return BadgeFacts("in_date", f"Settled {text.format_duration(days)}", quiet=True), "", False
        return BadgeFacts("none", "No target yet", quiet=True), "", False
    if target.state is DueState.IN_DATE and slip:
        return BadgeFacts("slipped", slip, quiet=True), _target_words(target, as_at), False
    overdue = target.state is DueState.OVERDUE
    state = BadgeFacts(SHAPE_OF_DUE[target.state], _target_words(target, as_at), quiet=not overdue)
    return state, slip, bool(slip)


def _target_words(target: Due, as_at: date) -> str:
    match target.state:
        case DueState.OVERDUE:
            return f"{text.count(target.days, 'day')} past target"
        case DueState.DUE_TODAY:
            return "Target today"
        case DueState.DUE_SOON:
            return f"Target {text.first_lower(text.in_words(-target.days))}"
        case _:
            return f"Target {text.format_day(target.due_on, as_at)}"


def card_height(theme: Theme, card: Card) -> int:
    """How high a card stands, in pixels."""
    lines = (NAME, PLACE, STATE, *((MORE,) if card.more else ()))
    return sum(map(theme.px, lines)) + 2 * theme.px(PAD_DOWN)


def paint_card(
    painter: QPainter,
    rect: QRectF,
    theme: Theme,
    card: Card,
    *,
    ghost: bool = False,
    pointed: bool = False,
    note: str | None = None,
) -> None:
    """Paint a card into `rect`.

    A `ghost` is what stays behind of a card that is being carried; `note` takes the state's place on the card in hand.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    body = rect.adjusted(0.5, 0.5, -0.5, -0.5)
    if note is not None:
        painter.setPen(QPen(theme.color("accent"), 1.5))
        painter.setBrush(theme.color("surface"))
    elif ghost:
        painter.setPen(QPen(theme.color("border"), 1, Qt.PenStyle.DashLine))
        painter.setBrush(theme.color("rail"))
    else:
        painter.setPen(QPen(theme.color("border" if pointed or theme.is_contrast else "line2"), 1))
        painter.setBrush(theme.color("hover" if pointed else "surface"))
    painter.drawRoundedRect(body, theme.px(5), theme.px(5))
    painter.restore()
    inner = rect.adjusted(theme.px(PAD_ACROSS), theme.px(PAD_DOWN), -theme.px(PAD_ACROSS), 0)
    top = _paint_pair(painter, theme, inner, inner.top(), (card.name, "strong"), (card.age, "caption"), NAME, ghost)
    top = _paint_pair(painter, theme, inner, top, (card.place, "body"), (card.days, "body"), PLACE, ghost)
    place = QRectF(inner.left(), top, inner.width(), theme.px(STATE))
    if note is not None:
        painter.setFont(theme.font("strong"))
        painter.setPen(theme.color("accent"))
        painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), note)
        return
    state = card.state
    paint_badge(painter, place, theme, state.shape, state.words, family=state.family, quiet=state.quiet)
    if card.more:
        _paint_more(painter, QRectF(inner.left(), place.bottom(), inner.width(), theme.px(MORE)), theme, card)


def _paint_pair(
    painter: QPainter,
    theme: Theme,
    inner: QRectF,
    top: float,
    left: tuple[str, str],
    right: tuple[str, str],
    height: int,
    ghost: bool,
) -> float:
    """Words at the left, elided, and a figure at the right; gives where the next line begins."""
    place = QRectF(inner.left(), top, inner.width(), theme.px(height))
    painter.setFont(theme.font(right[1]))
    painter.setPen(theme.color("text3" if right[1] == "caption" or ghost else "text"))
    wide = QFontMetricsF(painter.font()).horizontalAdvance(right[0])
    middle = Qt.AlignmentFlag.AlignVCenter
    painter.drawText(place, int(middle | Qt.AlignmentFlag.AlignRight), right[0])
    painter.setFont(theme.font(left[1]))
    painter.setPen(theme.color("text2" if ghost or left[1] == "body" else "text"))
    room = place.adjusted(0, 0, -(wide + theme.px(8) if right[0] else 0), 0)
    words = QFontMetricsF(painter.font()).elidedText(left[0], Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room.adjusted(0, 0, 2, 0), int(middle | Qt.AlignmentFlag.AlignLeft), words)
    return place.bottom()


def _paint_more(painter: QPainter, place: QRectF, theme: Theme, card: Card) -> None:
    if card.more_shape:
        side = theme.px(11)
        paint_shape(painter, QRectF(place.left(), place.center().y() - side / 2, side, side), card.more_shape, theme)
    painter.setFont(theme.font("caption"))
    painter.setPen(theme.color("text2"))
    room = place.adjusted(theme.px(17), 0, 0, 0)
    words = QFontMetricsF(painter.font()).elidedText(card.more, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room.adjusted(0, 0, 2, 0), int(Qt.AlignmentFlag.AlignVCenter), words)
