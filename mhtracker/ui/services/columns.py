"""The columns of the list of services."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from mhtracker import text
from mhtracker.domain.places.contracts import ContractStanding, ContractState
from mhtracker.store.queries.services import ServiceGroup, ServiceLine
from mhtracker.ui.icons import paint_icon
from mhtracker.ui.services import words
from mhtracker.ui.services.filters import ListFilter
from mhtracker.ui.services.grouped_table import Heading
from mhtracker.ui.services.squares import SquareFacts, paint_squares, squares_height, squares_words
from mhtracker.ui.table_cells import BadgeFacts, Column
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.shapes import paint_shape
from mhtracker.ui.widgets.stage_pill import paint_block

OTHER = "other"
BY_PROVIDER = "provider"
_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


@dataclass(slots=True)
class Seen:
    """What the columns are read by: the day looked at."""

    as_at: date


def square_facts(line: ServiceLine) -> SquareFacts:
    """A service's places, to be drawn; those out of the area show only who lives there."""
    colour = line.stage.colour if line.stage is not None else OTHER
    if line.hours is not None:
        return SquareFacts(colour, hours=line.hours.planned, of_hours=line.hours.capacity)
    return SquareFacts(colour, line.count)


def contract_badge(standing: ContractStanding, as_at: date) -> BadgeFacts | None:
    """How a contract stands, where there is something to look at."""
    said = words.contract_words(standing, as_at)
    if standing.state == ContractState.ENDED:
        return BadgeFacts("overdue", said)
    if standing.state == ContractState.ENDING:
        return BadgeFacts("soon", said, quiet=True)
    if standing.state == ContractState.NONE:
        return BadgeFacts("none", said, quiet=True)
    return None


def paint_after(painter: QPainter, rect: QRectF, theme: Theme, name: str, more: str) -> None:
    """A name and, in quieter words after it, what tells it apart."""
    painter.setFont(theme.font("body"))
    painter.setPen(theme.color("text"))
    metrics = QFontMetricsF(painter.font())
    said = metrics.elidedText(name, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignLeft | _MIDDLE), said)
    left = rect.left() + metrics.horizontalAdvance(said) + theme.px(6)
    if more and left < rect.right() - theme.px(20):
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("text2"))
        rest = QRectF(left, rect.top(), rect.right() - left, rect.height())
        said = QFontMetricsF(painter.font()).elidedText(more, Qt.TextElideMode.ElideRight, rest.width())
        painter.drawText(rest, int(Qt.AlignmentFlag.AlignLeft | _MIDDLE), said)


def paint_service(painter: QPainter, rect: QRectF, theme: Theme, line: ServiceLine) -> None:
    """Its stage's letter, its name, and where it is."""
    letter, colour = (line.stage.letter, line.stage.colour) if line.stage is not None else ("", OTHER)
    left = paint_block(painter, rect.left() + theme.px(14), rect.center().y(), theme, letter, colour)
    room = QRectF(left, rect.top(), rect.right() - left, rect.height())
    paint_after(painter, room, theme, line.service.name, line.service.locality)


def _paint_places(painter: QPainter, rect: QRectF, theme: Theme, line: ServiceLine) -> None:
    if line.places or line.hours is not None:
        paint_squares(painter, rect, theme, square_facts(line))
        return
    painter.setFont(theme.font("caption"))
    painter.setPen(theme.color("text2"))
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignLeft | _MIDDLE), _people(line))


def places_height(theme: Theme, line: ServiceLine, width: float) -> int:
    """How high a service's places stand in a column of this width."""
    return squares_height(theme, square_facts(line), width) if line.places else 0


def _people(line: ServiceLine) -> str:
    return text.count(line.people, "person", "people") if line.people else "nobody"


def places_words(line: ServiceLine) -> str:
    """How many places are what; people where places are not counted."""
    if line.places or line.hours is not None:
        said = squares_words(square_facts(line))
        return f"{said}, {words.without_words(line.without_place)}" if line.without_place else said
    return _people(line)


def columns_for(seen: Seen) -> tuple[Column, ...]:
    """The columns, as at the day `seen` says when they are drawn."""

    def paint_free(painter: QPainter, rect: QRectF, theme: Theme, line: ServiceLine) -> None:
        said, left = words.free_words(line, seen.as_at), rect.left()
        free = words.is_free(line) and line.hours is None
        token = theme.status("ok").text if free else theme.color("text2")
        if free:
            side = theme.px(16)
            paint_icon(painter, QRectF(left, rect.center().y() - side / 2, side, side), "mdi6.key-outline", token)
            left += side + theme.px(5)
        painter.setFont(theme.font("body"))
        painter.setPen(token)
        room = QRectF(left, rect.top(), rect.right() - left, rect.height())
        said = QFontMetricsF(painter.font()).elidedText(said, Qt.TextElideMode.ElideRight, room.width() + 1)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | _MIDDLE), said)

    def contract(line: ServiceLine) -> str:
        return words.contract_words(line.contract, seen.as_at)

    return (
        Column("service", "Provider and service", 216, _name, sort=BY_PROVIDER, paint=paint_service, least=176,
               tooltip=lambda line: ", ".join(filter(None, (line.service.name, line.service.locality)))),
        Column("places", "Places", 209, places_words, paint=_paint_places, tooltip=places_words, sort="places",
               least=144, gives=1, copy=lambda line: str(line.count.total or "")),
        Column("free", "Free", 150, lambda line: words.free_words(line, seen.as_at), paint=paint_free, sort="free",
               least=132, tooltip=lambda line: words.free_about(line, seen.as_at)),
        Column("in_use", "In use", 60, _in_use, "number", sort="in_use", tooltip=_in_use_about, gives=3,
               about="Places lived in or held for somebody, of all that are not out of use."),
        Column("week", "A week", 78, words.week_words, "number", sort="week", paint=_paint_week, align="right", gives=2,
               tooltip=words.week_about, about="The agreed rate; where none is, the middle of what is paid."),
        Column("contract", "Contract to", 128, contract, "badge", sort="contract",
               value=lambda line: contract_badge(line.contract, seen.as_at),
               tooltip=lambda line: words.contract_about(line.contract, seen.as_at)),
        Column("stage", "Stage", 120, lambda line: line.stage.label if line.stage else "", shown=False, sort="stage"),
        Column("people", "People", 70, lambda line: text.format_number(line.people), "number", shown=False,
               sort="people"),
        Column("provider", "Provider", 150, _provider, shown=False),
        Column("empty", "Empty", 90, lambda line: text.format_days(_empty_days(line, seen.as_at)), "number",
               shown=False, sort="empty", about="How long the place free first has stood empty."),
        Column("lot", "Lot", 90, lambda line: line.service.lot, shown=False),
        Column("specialised", "Specialised", 90, _specialised, shown=False,
               about="Whether the service is specialised for mental health."),
        Column("area", "Area", 110, lambda line: "ours" if line.service.in_area else "outside ours", shown=False),
        Column("cqc", "CQC location", 110, lambda line: line.service.cqc_id, shown=False),
    )  # fmt: skip


def _specialised(line: ServiceLine) -> str:
    return {None: "", True: "yes", False: "no"}[line.service.specialised]


def _name(line: ServiceLine) -> str:
    return line.service.name


def _provider(line: ServiceLine) -> str:
    return line.provider.name if line.provider is not None else ""


def _in_use(line: ServiceLine) -> str:
    percent = line.in_use_percent
    return f"{percent}%" if percent is not None and line.service.in_area else ""


def _in_use_about(line: ServiceLine) -> str:
    lived = line.count.occupancy_percent
    return f"{lived}% lived in, {line.count.held} held" if lived is not None else ""


def _empty_days(line: ServiceLine, as_at: date) -> int | None:
    return line.next_free.empty_days(as_at) if line.next_free is not None else None


def _paint_week(painter: QPainter, rect: QRectF, theme: Theme, line: ServiceLine) -> None:
    said = words.week_words(line)
    painter.setFont(theme.font("body"))
    painter.setPen(theme.status("warn").text if line.dear else theme.color("text"))
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignRight | _MIDDLE), said)
    if line.dear:
        side = theme.px(11)
        left = rect.right() - QFontMetricsF(painter.font()).horizontalAdvance(said) - side - theme.px(5)
        paint_shape(painter, QRectF(left, rect.center().y() - side / 2, side, side), "slipped", theme)


def orders_for(seen: Seen) -> dict[str, Callable[[ServiceLine], Any]]:
    """What each column sorts by; None stands last."""
    return {
        "places": lambda line: line.count.total or None,
        "free": lambda line: (-line.count.free, _first(line)) if words.is_free(line) else None,
        "in_use": lambda line: line.in_use_percent if line.service.in_area else None,
        "week": lambda line: line.week_pence,
        "contract": lambda line: line.contract.last_on,
        "stage": lambda line: line.stage.level if line.stage is not None else None,
        "people": lambda line: line.people,
        "empty": lambda line: _empty_days(line, seen.as_at),
    }


def _first(line: ServiceLine) -> date:
    return (line.next_free.free_from if line.next_free is not None else None) or date.max


STEP_FREE = ("step_free", "ground_floor", "lift")


def has_step_free(line: ServiceLine) -> bool:
    """Whether the service, or any place of it, is reached without steps."""
    units = [place.unit.features for place in line.places if place.unit is not None]
    return any(set(STEP_FREE) & set(features.split()) for features in (line.service.features, *units))


FILTERS = (
    ListFilter("stage", "Stage", lambda line: ((line.stage.id, line.stage.label),) if line.stage else ()),
    ListFilter(
        "locality",
        "Locality",
        lambda line: ((line.service.locality, line.service.locality),) if line.service.locality else (),
    ),
    ListFilter("step_free", "Step-free", holds=has_step_free),
    ListFilter("vacancy", "With a vacancy", holds=words.is_free),
    ListFilter("kept", "Held", holds=lambda line: line.count.held > 0),
)


def grouped(lines: Sequence[ServiceLine], groups: Sequence[ServiceGroup]) -> list[Any]:
    """The lines under the headings of their groups; a group whose lines are all left out is left out."""
    kept = {line.service.id for line in lines}
    found: list[Any] = []
    for group in groups:
        mine = [line for line in group.lines if line.service.id in kept]
        if mine:
            key = group.provider.id if group.provider is not None else group.kind
            found += [Heading(key, *words.group_words(group), data=group), *mine]
    return found
