"""Drawing on one page: text, lines, shapes and pictures as PDF operators."""

from __future__ import annotations

from typing import Any

from reportlab.graphics.shapes import Circle, Drawing, Line, Path, Polygon, Rect, String
from reportlab.pdfbase import pdfdoc, pdfmetrics

from mhtracker.figures import fonts
from mhtracker.figures.path_corners import corners_of

INK = "#1B2025"
_KEPT = 4096
# How far a Bézier curve's handles stand out to make a quarter of a circle.
_ROUND = 0.5522847498


class Glyphs:
    """Text as the font codes of one document. Keeps what comes back on every page: headings, labels, "Not recorded"."""

    def __init__(self, document: pdfdoc.PDFDocument) -> None:
        self._document = document
        self._kept: dict[tuple[str, str], tuple[tuple[bytes, bytes], ...]] = {}

    def pieces(self, text: str, font: str) -> tuple[tuple[bytes, bytes], ...]:
        """(font subset's name, escaped codes) of each run of the text."""
        found = self._kept.get((text, font))
        if found is None:
            maker: Any = pdfmetrics.getFont(font)
            found = tuple(
                (maker.getSubsetInternalName(subset, self._document).encode(), _escaped(codes))
                for subset, codes in maker.splitString(text, self._document)
            )
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            self._kept[(text, font)] = found
        return found


class Sheet:
    """What is drawn on a page, in points from its bottom left corner. Colours are "#RRGGBB"."""

    def __init__(self, glyphs: Glyphs) -> None:
        self._glyphs = glyphs
        self._out: list[bytes] = []
        self._fill = self._stroke = self._width = b""

    def code(self) -> bytes:
        return b"\n".join(self._out)

    def text(
        self, x: float, y: float, words: str, *, font: str = fonts.REGULAR, size: float = 9.5, fill: str = INK
    ) -> None:
        """One line with its baseline at `y`. Text from data is drawn as it is: nothing in it is markup."""
        if not words:
            return
        self._use_fill(fill)
        at = b"BT %b Td" % _point(x, y)
        shown = b" ".join(
            b"%b %b Tf (%b) Tj" % (name, _n(size), codes) for name, codes in self._glyphs.pieces(words, font)
        )
        self._out.append(b"%b %b ET" % (at, shown))

    def text_right(
        self, x: float, y: float, words: str, *, font: str = fonts.REGULAR, size: float = 9.5, fill: str = INK
    ) -> None:
        """One line that ends at `x`."""
        self.text(x - fonts.text_width(words, font, size), y, words, font=font, size=size, fill=fill)

    def line(
        self, ends: tuple[float, float, float, float], *, stroke: str, width: float = 0.6, dash: Any = None
    ) -> None:
        self._use_stroke(stroke, width)
        self._out.append(_dashed(b"%b m %b l S" % (_point(*ends[:2]), _point(*ends[2:])), dash))

    def rect(
        self, box: tuple[float, float, float, float], *, fill: str | None, edge: str | None = None, width: float = 0.6
    ) -> None:
        """`box` is x, y, width, height."""
        x, y, w, h = box
        self._paint(b"%b %b re" % (_point(x, y), _point(w, h)), fill, edge, width)

    def polygon(self, points: list[float], *, fill: str | None, edge: str | None = None, width: float = 0.6) -> None:
        pairs = [_point(x, y) for x, y in zip(points[::2], points[1::2], strict=True)]
        steps = b" ".join([b"%b m" % pairs[0], *(b"%b l" % pair for pair in pairs[1:]), b"h"])
        self._paint(steps, fill, edge, width)

    def circle(
        self, x: float, y: float, r: float, *, fill: str | None, edge: str | None = None, width: float = 0.6
    ) -> None:
        k = r * _ROUND
        corners = (
            (x + r, y + k, x + k, y + r, x, y + r),
            (x - k, y + r, x - r, y + k, x - r, y),
            (x - r, y - k, x - k, y - r, x, y - r),
            (x + k, y - r, x + r, y - k, x + r, y),
        )
        curves = b" ".join(b"%b c" % b" ".join(map(_n, corner)) for corner in corners)
        self._paint(b"%b m %b h" % (_point(x + r, y), curves), fill, edge, width)

    def place(self, name: str, scale: tuple[float, float], at: tuple[float, float]) -> None:
        """Something that `PdfFile.name_drawing` named, stretched and moved."""
        across, up = scale
        self._out.append(b"q %b 0 0 %b %b cm /%b Do Q" % (_fine(across), _fine(up), _point(*at), name.encode()))

    def picture(self, drawing: Drawing, x: float, y: float) -> None:
        """A drawing of `figures`, with its bottom left corner at a point."""
        for shape in drawing.contents:
            self._shape(shape, x, y)

    def _shape(self, shape: Any, x: float, y: float) -> None:
        if isinstance(shape, String):
            ink = _hex(shape.fillColor) or INK
            self.text(x + shape.x, y + shape.y, shape.text, font=shape.fontName, size=shape.fontSize, fill=ink)
            return
        edge, width = _hex(shape.strokeColor), shape.strokeWidth
        if isinstance(shape, Line):
            ends = (x + shape.x1, y + shape.y1, x + shape.x2, y + shape.y2)
            self.line(ends, stroke=edge or INK, width=width, dash=shape.strokeDashArray)
            return
        fill = _hex(shape.fillColor)
        if isinstance(shape, Rect):
            self.rect((x + shape.x, y + shape.y, shape.width, shape.height), fill=fill, edge=edge, width=width)
        elif isinstance(shape, Circle):
            self.circle(x + shape.cx, y + shape.cy, shape.r, fill=fill, edge=edge, width=width)
        elif isinstance(shape, Polygon):
            moved = [at + (y if number % 2 else x) for number, at in enumerate(shape.points)]
            self.polygon(moved, fill=fill, edge=edge, width=width)
        elif isinstance(shape, Path):
            corners = corners_of(shape)
            steps = (b"%b %b" % (_point(x + px, y + py), b"l" if drawn else b"m") for drawn, px, py in corners)
            self._paint(b" ".join(steps), fill, edge, width, shape.strokeDashArray)
        else:
            raise TypeError(f"no PDF for {type(shape).__name__}")

    def _paint(self, steps: bytes, fill: str | None, edge: str | None, width: float, dash: Any = None) -> None:
        if fill:
            self._use_fill(fill)
        if edge:
            self._use_stroke(edge, width)
        how = {(True, True): b"B", (True, False): b"f", (False, True): b"S"}.get((bool(fill), bool(edge)), b"n")
        self._out.append(_dashed(b"%b %b" % (steps, how), dash))

    def _use_fill(self, colour: str) -> None:
        code = _rgb(colour, b"rg")
        if code != self._fill:
            self._fill = code
            self._out.append(code)

    def _use_stroke(self, colour: str, width: float) -> None:
        code, wide = _rgb(colour, b"RG"), b"%b w" % _n(width)
        if code != self._stroke:
            self._stroke = code
            self._out.append(code)
        if wide != self._width:
            self._width = wide
            self._out.append(wide)


def _rgb(colour: str, operator: bytes) -> bytes:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return b" ".join([*(f"{part:.4g}".encode() for part in parts), operator])


def _hex(colour: Any) -> str | None:
    return f"#{int(colour.hexval()[2:], 16):06x}" if colour is not None else None


def _dashed(step: bytes, dash: Any) -> bytes:
    """A step drawn in dashes, if any are asked for, and what follows without."""
    return b"[%b] 0 d %b [] 0 d" % (b" ".join(map(_n, dash)), step) if dash else step


def _point(x: float, y: float) -> bytes:
    return b"%b %b" % (_n(x), _n(y))


def _n(number: float) -> bytes:
    return f"{number:.3f}".rstrip("0").rstrip(".").encode() or b"0"


def _fine(number: float) -> bytes:
    """A scale: three places would be a millimetre out across a page."""
    return f"{number:.6f}".encode()


def _escaped(codes: bytes) -> bytes:
    codes = codes.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return codes.replace(b"\r", b"\\r").replace(b"\n", b"\\n")
