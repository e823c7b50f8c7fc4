"""A drawing as SVG for the screen.

reportlab's own SVG clips with a rectangle that Qt paints black, and rounds colours to whole percents, which would
take away the contrasts that were measured. These are the only shapes our pictures use.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from reportlab.graphics.shapes import Circle, Drawing, Line, Path, Polygon, Rect, String

from mhtracker.figures import fonts
from mhtracker.figures.path_corners import corners_of

FAMILY = "Source Sans Pro"
"""One name alone: Qt takes a list for a single family that does not exist. Where it is missing Qt finds the nearest."""

_WEIGHTS = {fonts.REGULAR: 400, fonts.SEMIBOLD: 600}


def to_svg(drawing: Drawing, title: str = "") -> bytes:
    """The drawing as an SVG document in its own units."""
    tall = drawing.height
    size = f'width="{_n(drawing.width)}" height="{_n(tall)}" viewBox="0 0 {_n(drawing.width)} {_n(tall)}"'
    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family={quoteattr(FAMILY)}>']
    lines += [f"<title>{escape(fonts.printable(title))}</title>"] if title else []
    lines += [element for shape in drawing.contents for element in _elements(shape, tall)]
    return "\n".join([*lines, "</svg>\n"]).encode("utf-8", "replace")


def _elements(shape: Any, tall: float) -> Iterator[str]:
    match shape:
        case Rect():
            top = tall - shape.y - shape.height
            box = f'x="{_n(shape.x)}" y="{_n(top)}" width="{_n(shape.width)}" height="{_n(shape.height)}"'
            yield f"<rect {box}{_paint(shape)}/>"
        case Line():
            ends = f'x1="{_n(shape.x1)}" y1="{_n(tall - shape.y1)}" x2="{_n(shape.x2)}" y2="{_n(tall - shape.y2)}"'
            yield f"<line {ends}{_stroke(shape)}/>"
        case Polygon():
            pairs = zip(shape.points[::2], shape.points[1::2], strict=True)
            points = " ".join(f"{_n(x)},{_n(tall - y)}" for x, y in pairs)
            yield f'<polygon points="{points}"{_paint(shape)}/>'
        case Circle():
            yield f'<circle cx="{_n(shape.cx)}" cy="{_n(tall - shape.cy)}" r="{_n(shape.r)}"{_paint(shape)}/>'
        case Path():
            steps = " ".join(f"{'L' if drawn else 'M'}{_n(x)} {_n(tall - y)}" for drawn, x, y in corners_of(shape))
            yield f'<path d="{steps}"{_paint(shape)}/>'
        case String():
            weight = _WEIGHTS.get(shape.fontName, 400)
            font = f'font-size="{_n(shape.fontSize)}" font-weight="{weight}" fill="{_hex(shape.fillColor)}"'
            yield f'<text x="{_n(shape.x)}" y="{_n(tall - shape.y)}" {font}>{escape(shape.text)}</text>'
        case _:
            raise TypeError(f"no SVG for {type(shape).__name__}")


def _paint(shape: Any) -> str:
    return f' fill="{_hex(shape.fillColor)}"{_stroke(shape)}'


def _stroke(shape: Any) -> str:
    if shape.strokeColor is None or not shape.strokeWidth:
        return ""
    dash = getattr(shape, "strokeDashArray", None)
    dashes = f' stroke-dasharray="{" ".join(map(_n, dash))}"' if dash else ""
    return f' stroke="{_hex(shape.strokeColor)}" stroke-width="{_n(shape.strokeWidth)}"{dashes}'


def _hex(colour: Any) -> str:
    return f"#{int(colour.hexval()[2:], 16):06x}" if colour is not None else "none"


def _n(number: float) -> str:
    return f"{number:.3f}".rstrip("0").rstrip(".")
