"""Pictures of a provider's sheet: the figures at its head, and how the places of each service were used."""

from __future__ import annotations

from collections.abc import Sequence

from mhtracker import text
from mhtracker.domain.places.units import Place, PlaceState
from mhtracker.domain.places.voids import PlaceDays
from mhtracker.figures.fonts import REGULAR, SEMIBOLD, shortened, text_width
from mhtracker.figures.palette import PAPER, StageColour
from mhtracker.reports.paper.layout import BODY, CAPTION, LEFT, RIGHT, ROOM, Flow, draw_pill
from mhtracker.reports.paper.sheet import Sheet
from mhtracker.reports.person.words import pill_of
from mhtracker.store.queries.provider_quarter import ServiceQuarter

_PLAIN = StageColour(PAPER.none, PAPER.surface, PAPER.text2)
_SQUARE, _GAP, _IN_ROW = 8.0, 2.0, 14
_NAME, _BAR, _SQUARES = 128.0, 118.0, _IN_ROW * (_SQUARE + _GAP)
_FIGURE_HIGH = 44.0


def draw_figures(flow: Flow, figures: Sequence[tuple[str, str, str]]) -> None:
    """Figures side by side: (figure, what it is, what lies behind it)."""
    flow.y -= 12
    flow.need(_FIGURE_HIGH)
    wide = ROOM / len(figures)
    for place, (figure, what, behind) in enumerate(figures):
        x = LEFT + place * wide
        if place:
            flow.sheet.line((x - 8, flow.y, x - 8, flow.y - _FIGURE_HIGH + 6), stroke=PAPER.line2)
        flow.sheet.text(x, flow.y - 15, figure, font=SEMIBOLD, size=17)
        flow.sheet.text(x, flow.y - 27, shortened(what, SEMIBOLD, BODY, wide - 14), font=SEMIBOLD)
        flow.sheet.text(x, flow.y - 38, shortened(behind, REGULAR, CAPTION, wide - 14), size=CAPTION, fill=PAPER.text2)
    flow.y -= _FIGURE_HIGH


def draw_use(flow: Flow, services: Sequence[ServiceQuarter]) -> None:
    """A row for each service: its places now, and a bar of how their days were used over the period."""
    pictured = any(each.line.places for each in services)
    _draw_head(flow, pictured)
    for each in services:
        rows = max(1, -(-len(each.line.places) // _IN_ROW))
        tall = max(27.0, 11.0 + rows * (_SQUARE + _GAP))
        if flow.need(tall):
            _draw_head(flow, pictured)
        _draw_row(flow.sheet, flow.y, each)
        flow.y -= tall
        flow.sheet.line((LEFT, flow.y, RIGHT, flow.y), stroke=PAPER.line2)
    if pictured:
        _draw_key(flow)


def _columns() -> tuple[float, float, float]:
    """Where the squares, the bar and the figures begin."""
    squares = LEFT + _NAME
    bar = squares + _SQUARES + 12
    return squares, bar, bar + _BAR


def _draw_head(flow: Flow, pictured: bool) -> None:
    """Columns of places only where a service has them (`pictured`)."""
    flow.y -= 14.6
    squares, bar, _ = _columns()
    heads = [(LEFT, "Service"), (squares, "Places now" if pictured else "In use")]
    for x, words in [*heads, *([(bar, "Days of places in the period")] if pictured else [])]:
        flow.sheet.text(x, flow.y, words, font=SEMIBOLD, size=CAPTION, fill=PAPER.text2)
    for x, words in ((RIGHT - 60, "Lived in"), (RIGHT, "Void days")) if pictured else ():
        flow.sheet.text_right(x, flow.y, words, font=SEMIBOLD, size=CAPTION, fill=PAPER.text2)
    flow.y -= 4.6
    flow.sheet.line((LEFT, flow.y, RIGHT, flow.y), stroke=PAPER.line2)


def _draw_row(sheet: Sheet, top: float, each: ServiceQuarter) -> None:
    line = each.line
    base = top - 12.0
    squares, bar, _ = _columns()
    indent = 0.0
    if line.stage is not None:
        draw_pill(sheet, LEFT, base, pill_of(line.stage))
        indent = 15.5
    room = _NAME - indent - 8
    sheet.text(LEFT + indent, base, shortened(line.service.name, SEMIBOLD, BODY, room), font=SEMIBOLD)
    where = shortened(line.service.locality, REGULAR, CAPTION, room)
    sheet.text(LEFT + indent, base - 10, where, size=CAPTION, fill=PAPER.text2)
    if line.hours is not None:
        words = f"{line.hours.planned:g} of {line.hours.capacity:g} hours a week planned"
        sheet.text(squares, base, words)
        return
    if not line.places:
        sheet.text(squares, base, f"{text.count(line.people, 'person', 'people')}, places not recorded")
        return
    colour = PAPER.stage(line.stage) if line.stage is not None else _PLAIN
    for number, place in enumerate(line.places):
        x = squares + number % _IN_ROW * (_SQUARE + _GAP)
        draw_square(sheet, x, base - 1 - number // _IN_ROW * (_SQUARE + _GAP), place, colour)
    _draw_bar(sheet, bar, base - 1.5, each.days, colour)
    lived = each.days.occupancy_percent
    sheet.text_right(RIGHT - 60, base, f"{lived:.1f}%" if lived is not None else "", font=SEMIBOLD)
    sheet.text_right(RIGHT, base, text.format_number(each.days.void))


def draw_square(sheet: Sheet, x: float, y: float, place: Place, colour: StageColour) -> None:
    """One place: filled when taken, half when soon left, hatched when held, crossed when out of use, else empty."""
    box = (x, y, _SQUARE, _SQUARE)
    far, up = x + _SQUARE, y + _SQUARE
    match place.state:
        case PlaceState.TAKEN:
            sheet.rect(box, fill=colour.fill, edge=colour.edge)
        case PlaceState.LEAVING:
            sheet.rect(box, fill=PAPER.surface, edge=colour.edge)
            sheet.polygon([x, y, x, up, far, y], fill=colour.fill, edge=colour.edge)
        case PlaceState.HELD:
            sheet.rect(box, fill=PAPER.surface, edge=PAPER.text2)
            for step in (3.0, 6.0):
                sheet.line((x, y + step, x + _SQUARE - step, up), stroke=PAPER.text2, width=0.5)
                sheet.line((x + step, y, far, y + _SQUARE - step), stroke=PAPER.text2, width=0.5)
        case PlaceState.OUT:
            sheet.rect(box, fill=PAPER.sunken, edge=PAPER.text3)
            sheet.line((x, y, far, up), stroke=PAPER.text3, width=0.6)
            sheet.line((x, up, far, y), stroke=PAPER.text3, width=0.6)
        case PlaceState.FREE:
            sheet.rect((x + 0.4, y + 0.4, _SQUARE - 0.8, _SQUARE - 0.8), fill=PAPER.surface, edge=PAPER.ok, width=1.3)


def _draw_bar(sheet: Sheet, x: float, y: float, days: PlaceDays, colour: StageColour) -> None:
    """The outline holds the days that could be used; those out of use stand beyond it."""
    if not days.open:
        return
    high, start = 9.0, x
    for part, fill in ((days.lived, colour.fill), (days.held, PAPER.band), (days.void, PAPER.surface)):
        wide = _BAR * part / days.open
        if wide:
            sheet.rect((start, y, wide, high), fill=fill)
        start += wide
    if days.out:
        sheet.rect((start, y, x + _BAR - start, high), fill=PAPER.line2)
    if days.usable:
        sheet.rect((x, y, start - x, high), fill=None, edge=PAPER.text2)


def _draw_key(flow: Flow) -> None:
    """What the squares and the bar's colours stand for."""
    flow.need(18)
    flow.y -= 13
    x = _key_words(flow.sheet, LEFT - _SQUARE - 3, flow.y, "Places:") - 5
    kinds = (
        (PlaceState.TAKEN, "lived in"),
        (PlaceState.LEAVING, "soon left"),
        (PlaceState.HELD, "held"),
        (PlaceState.OUT, "out of use"),
        (PlaceState.FREE, "free"),
    )
    for state, words in kinds:
        draw_square(flow.sheet, x, flow.y - 1, Place("", 0, state), _PLAIN)
        x = _key_words(flow.sheet, x, flow.y, words)
    x = _key_words(flow.sheet, x, flow.y, "Days:") - 5
    for fill, words in ((_PLAIN.fill, "lived in"), (PAPER.band, "held"), (PAPER.line2, "out of use"), ("", "void")):
        flow.sheet.rect((x, flow.y - 1, _SQUARE + 4, _SQUARE), fill=fill or PAPER.surface, edge=PAPER.text2)
        x = _key_words(flow.sheet, x + 4, flow.y, words)
    flow.y -= 3
    flow.words("Lived in: of the days on which places were open and not out of use.", size=CAPTION, fill=PAPER.text2)


def _key_words(sheet: Sheet, x: float, y: float, words: str) -> float:
    sheet.text(x + _SQUARE + 3, y, words, size=CAPTION, fill=PAPER.text2)
    return x + _SQUARE + 3 + text_width(words, REGULAR, CAPTION) + 11
