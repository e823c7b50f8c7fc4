"""A picture for two surfaces: paper draws it as vectors, the screen shows its SVG; its marks say what is where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.graphics.shapes import Circle, Drawing, Line, Path, Polygon, Rect, String
from reportlab.lib.colors import Color

from mhtracker.figures import fonts
from mhtracker.figures.palette import Palette, colour
from mhtracker.figures.svg import to_svg


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that can be pointed at: its box in drawing coordinates (origin bottom left), what it says, whose it is.

    `kind` is a record kind ("placement", "target", "plan", "review", "status", "person") or "gap"; `record_id` is ""
    where no record stands behind it.
    """

    x: float
    y: float
    w: float
    h: float
    words: str
    kind: str
    record_id: str


@dataclass(frozen=True)
class Picture:
    """A drawing, its marks in reading order, and the same facts in words for those who cannot see it."""

    drawing: Drawing
    marks: tuple[Mark, ...]
    description: str

    @property
    def width(self) -> float:
        return float(self.drawing.width)

    @property
    def height(self) -> float:
        return float(self.drawing.height)

    def svg(self) -> bytes:
        """The picture for `QSvgRenderer`, in the fonts of `fonts.font_files()` or the nearest the system has."""
        return to_svg(self.drawing, self.description)

    def mark_at(self, x: float, y: float) -> Mark | None:
        """The mark under a point of the drawing; the one drawn last when several are."""
        inside = (m for m in reversed(self.marks) if m.x <= x <= m.x + m.w and m.y <= y <= m.y + m.h)
        return next(inside, None)


@dataclass(frozen=True, slots=True)
class Box:
    left: float
    bottom: float
    right: float
    top: float

    def meets(self, other: Box) -> bool:
        return (
            self.left < other.right and other.left < self.right and self.bottom < other.top and other.bottom < self.top
        )


class Ink:
    """Draws in one palette and remembers where words stand, so that none are laid over others."""

    def __init__(self, palette: Palette, width: float, height: float, text_size: float) -> None:
        self.palette = palette
        self.size = text_size
        self.hairline = text_size / 11
        self.drawing = Drawing(width, height)
        self.width, self.height = width, height
        self._taken: list[Box] = []

    def rect(self, x: float, y: float, w: float, h: float, *, fill: str | None, edge: str | None = None) -> None:
        self.drawing.add(Rect(x, y, w, h, **self._paint(fill, edge)))

    def line(
        self, points: tuple[float, float, float, float], *, stroke: str, width: float = 0, dash: Sequence[float] = ()
    ) -> None:
        style: Any = {"strokeDashArray": list(dash)} if dash else {}
        self.drawing.add(Line(*points, **style, strokeColor=colour(stroke), strokeWidth=width or self.hairline))

    def polygon(self, points: Sequence[float], *, fill: str | None, edge: str | None = None, width: float = 0) -> None:
        self.drawing.add(Polygon(list(points), **self._paint(fill, edge, width)))

    def _paint(self, fill: str | None, edge: str | None, width: float = 0) -> Any:
        stroke = (width or self.hairline) if edge else 0
        return {"fillColor": _ink(fill), "strokeColor": _ink(edge), "strokeWidth": stroke}

    def circle(
        self, x: float, y: float, radius: float, *, fill: str | None, edge: str | None, width: float = 0
    ) -> None:
        self.drawing.add(Circle(x, y, radius, **self._paint(fill, edge, width)))

    def path(
        self,
        lines: Sequence[tuple[float, float, float, float]],
        *,
        stroke: str,
        width: float = 0,
        dash: Sequence[float] = (),
    ) -> None:
        """Many short lines as one shape. Where one goes on from another, corners are whole and so are the dashes."""
        style: Any = {"strokeDashArray": list(dash)} if dash else {}
        path = Path(fillColor=None, strokeColor=colour(stroke), strokeWidth=width or self.hairline, **style)
        at: tuple[float, float] | None = None
        for x1, y1, x2, y2 in lines:
            if at != (x1, y1):
                path.moveTo(x1, y1)
            path.lineTo(x2, y2)
            at = (x2, y2)
        self.drawing.add(path)

    def text(
        self, x: float, y: float, words: str, *, fill: str, bold: bool = False, size: float = 0, anchor: str = "start"
    ) -> None:
        """Words with their baseline at `y`, whether or not others are there."""
        font, size = fonts.SEMIBOLD if bold else fonts.REGULAR, size or self.size
        words = fonts.printable(words)
        shift = {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
        if shift:
            x -= fonts.text_width(words, font, size) * shift
        self.drawing.add(String(x, y, words, fontName=font, fontSize=size, fillColor=colour(fill)))

    def width_of(self, words: str, *, bold: bool = False, size: float = 0) -> float:
        return fonts.text_width(words, fonts.SEMIBOLD if bold else fonts.REGULAR, size or self.size)

    def shortened(self, words: str, room: float, *, bold: bool = False) -> str:
        return fonts.shortened(words, fonts.SEMIBOLD if bold else fonts.REGULAR, self.size, room)

    def take(self, left: float, bottom: float, right: float, top: float) -> None:
        """Keeps later labels out of a box."""
        self._taken.append(Box(left, bottom, right, top))

    def label(
        self,
        places: Sequence[tuple[float, str]],
        y: float,
        words: str,
        *,
        fill: str,
        bold: bool = False,
        ground: str | None = None,
    ) -> Box | None:
        """Words at the first of the places (x, anchor) where they cover nothing and stay inside; None without one.

        With a `ground`, lines that were drawn before stop at the words.
        """
        wide = self.width_of(words, bold=bold)
        pad = self.size * 0.25
        for x, anchor in places:
            left = x - wide * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
            box = Box(left - pad, y - self.size * 0.22, left + wide + pad, y + self.size * 0.75)
            if left < 0 or left + wide > self.width or any(box.meets(other) for other in self._taken):
                continue
            self._taken.append(box)
            if ground is not None:
                self.rect(box.left, box.bottom, wide + 2 * pad, box.top - box.bottom, fill=ground)
            self.text(left, y, words, fill=fill, bold=bold)
            return box
        return None

    def flag(self, x: float, foot: float, top: float, *, solid: bool) -> None:
        """A flag whose pole stands on `foot`."""
        ink, size = self.palette.text, self.size
        self.line((x, foot, x, top), stroke=ink, width=self.hairline * 1.6)
        w, h = size * 1.15, size * 0.95
        cloth = [x, top, x + w, top, x + w * 0.7, top - h / 2, x + w, top - h, x, top - h]
        self.polygon(cloth, fill=ink if solid else self.palette.surface, edge=ink, width=self.hairline * 1.2)

    def diamond(self, x: float, y: float, *, fill: str | None, edge: str) -> None:
        r = self.size * 0.48
        width = self.hairline * (1.0 if fill == edge else 1.7)
        self.polygon([x, y + r, x + r, y, x, y - r, x - r, y], fill=fill, edge=edge, width=width)

    def triangle(self, x: float, y: float) -> None:
        """The sign of what is overdue."""
        r = self.size * 0.58
        self.polygon([x, y + r, x + r, y - r * 0.85, x - r, y - r * 0.85], fill=self.palette.danger, edge=None)
        bar = self.palette.surface
        self.line((x, y + r * 0.42, x, y - r * 0.2), stroke=bar, width=self.hairline * 1.5)
        self.line((x, y - r * 0.45, x, y - r * 0.65), stroke=bar, width=self.hairline * 1.5)


def _ink(value: str | None) -> Color | None:
    return colour(value) if value else None
