"""The fonts of paper and pictures: Source Sans Pro, with DejaVu Sans for the letters it lacks.

No letter is ever lost: what neither font can draw stands as an empty upright box and can still be copied as typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path
from threading import Lock
from typing import Any

import font_source_sans_pro
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from mhtracker import assets
from mhtracker.figures.right_to_left import base_letters, has_right_to_left, visual_order

REGULAR = "SourceSansPro"
SEMIBOLD = "SourceSansPro-Semibold"
ITALIC = "SourceSansPro-It"
_FILES = {REGULAR: "SourceSansPro", SEMIBOLD: "SourceSansProSemibold", ITALIC: "SourceSansProIt"}
_FALLBACK_SUBSETS = 10_000
"""Subset numbers from here on are the fallback font's own, raised by this much."""
_EMPTY_BOX = 0x25AF
_lock = Lock()


def font_files() -> tuple[Path, ...]:
    """The font files, for a window that shows pictures in the same letters."""
    return tuple(Path(font_source_sans_pro.font_files_ttf[name]) for name in _FILES.values())


@lru_cache(maxsize=8192)
def printable(text: str) -> str:
    """Text as a page can carry it: accents composed; control, zero-width and direction characters left out.

    Line ends and tabs become spaces. A lone surrogate, which no file can hold, becomes "\ufffd".
    """
    if text.isascii() and text.isprintable():
        return text
    composed = unicodedata.normalize("NFC", text)
    return "".join(_printable_letter(letter) for letter in composed)


def _printable_letter(letter: str) -> str:
    if letter in "\n\r\t\v\f\u2028\u2029":
        return " "
    category = unicodedata.category(letter)
    if category == "Cs":
        return "\ufffd"
    return "" if category in ("Cc", "Cf") or "\ufe00" <= letter <= "\ufe0f" else letter


def text_width(text: str, font: str, size: float) -> float:
    """How wide a line of text is, in the units of `size`."""
    return _em_width(text, font) * size / 1000


@lru_cache(maxsize=16384)
def _em_width(text: str, font: str) -> float:
    return _font(font).thousandths(printable(text))


def shortened(text: str, font: str, size: float, room: float) -> str:
    """The text, or as much of its beginning as fits with "…"; "" when not even one letter does."""
    text = printable(text)
    if text_width(text, font, size) <= room:
        return text
    low, high = 0, min(len(text), int(room / size * 5) + 1)
    while low < high:
        middle = (low + high + 1) // 2
        if text_width(text[:middle].rstrip() + "…", font, size) <= room:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + "…" if low else ""


def register_fonts() -> None:
    """Makes the fonts known to reportlab; cheap when done before."""
    for name in _FILES:
        _font(name)


class PaperFont(TTFont):
    """A TrueType font that asks the fallback font for the letters it lacks, and turns right-to-left text round.

    reportlab draws every string through `splitString`, so headings, paragraphs and pictures are all served here.
    """

    def __init__(self, name: str, file: str | Path, fallback: FallbackFont) -> None:
        super().__init__(name, str(file))
        self._fallback = fallback

    def thousandths(self, text: str) -> float:
        """The width of the text at a size of 1,000."""
        return sum(font.plain_thousandths(run) if font else self._own(run) for font, run in self._runs(text))

    def _own(self, text: str) -> float:
        widths, default = self.face.charWidths, self.face.defaultWidth
        return float(sum(widths.get(ord(letter), default) for letter in text))

    def stringWidth(self, text: Any, size: float, encoding: str = "utf8") -> float:  # noqa: N802
        """As `TTFont`'s, counting fallback letters."""
        return _em_width(_as_text(text), self.fontName) * size / 1000

    def splitString(self, text: Any, doc: Any, encoding: str = "utf-8") -> list[tuple[int, bytes]]:  # noqa: N802
        """As `TTFont`'s, with pieces in the fallback font where this one lacks a letter."""
        text = printable(_as_text(text))
        if text.isascii():
            return list(super().splitString(text, doc, encoding))
        pieces: list[tuple[int, bytes]] = []
        for font, run in self._runs(text):
            if font is None:
                pieces += super().splitString(run, doc, encoding)
            else:
                pieces += [(_FALLBACK_SUBSETS + subset, piece) for subset, piece in font.splitString(run, doc)]
        return pieces

    def getSubsetInternalName(self, subset: int, doc: Any) -> str:  # noqa: N802
        """As `TTFont`'s."""
        if subset >= _FALLBACK_SUBSETS:
            return str(self._fallback.getSubsetInternalName(subset - _FALLBACK_SUBSETS, doc))
        return str(super().getSubsetInternalName(subset, doc))

    def _runs(self, text: str) -> Iterator[tuple[FallbackFont | None, str]]:
        if text.isascii():
            yield None, text
            return
        known = self.face.charToGlyph
        shown = visual_order(text) if has_right_to_left(text) else text
        for own, letters in groupby(shown, lambda letter: ord(letter) in known):
            run = "".join(letters)
            yield (None if own else self._fallback), run


class FallbackFont(TTFont):
    """DejaVu Sans, with an empty upright box for every letter that it lacks too."""

    def plain_thousandths(self, text: str) -> float:
        """The width at a size of 1,000."""
        self._box_the_unknown(text)
        return float(sum(self.face.charWidths[ord(letter)] for letter in text))

    def splitString(self, text: Any, doc: Any, encoding: str = "utf-8") -> list[tuple[int, bytes]]:  # noqa: N802
        """As `TTFont`'s."""
        self._box_the_unknown(text)
        return list(super().splitString(text, doc, encoding))

    def _box_the_unknown(self, text: str) -> None:
        face = self.face
        for code in map(ord, text):
            if code not in face.charToGlyph:
                face.charToGlyph[code] = face.charToGlyph[_EMPTY_BOX]
                face.charWidths[code] = face.charWidths[_EMPTY_BOX]
            elif code not in face.charWidths:
                face.charWidths[code] = face.defaultWidth

    def addObjects(self, doc: Any) -> None:  # noqa: N802
        """As `TTFont`'s, then mends what reportlab writes of letters that need two code units or are joined forms."""
        count = len(self.state[doc].subsets) if doc in self.state else 0
        super().addObjects(doc)
        for key, value in doc.idToObject.items():
            if count and key.startswith("toUnicodeCMap:") and self.face.name.decode() in key:
                value.content = re.sub(r"(?<=> )<([0-9A-F]{4,6})>", _as_code_units, value.content)


def _as_code_units(match: re.Match[str]) -> str:
    letters = base_letters(chr(int(match[1], 16)))
    return f"<{letters.encode('utf-16-be').hex().upper()}>"


def _as_text(text: Any) -> str:
    return text.decode("utf-8") if isinstance(text, bytes) else str(text)


@cache
def _font(name: str) -> PaperFont:
    with _lock:
        font = PaperFont(name, font_source_sans_pro.font_files_ttf[_FILES[name]], _fallback())
        pdfmetrics.registerFont(font)
        return font


@cache
def _fallback() -> FallbackFont:
    font = FallbackFont("DejaVuSans", str(assets.path("fonts", "DejaVuSans.ttf")))
    pdfmetrics.registerFont(font)
    return font
