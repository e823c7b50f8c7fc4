"""Reading .csv and .tsv files: their encoding, their separator, and quotes that never close."""

from __future__ import annotations

import codecs
import csv
import re
from dataclasses import dataclass
from io import StringIO

from mhtracker.domain.errors import Refused
from mhtracker.operations.importing.workbooks import MOST_BYTES, Cell

SEPARATORS = (",", ";", "\t", "|")
LONGEST_FIELD = 131_072
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MOJIBAKE = re.compile("â€[\x80-\xbf™œžŸ“”•–—˜š›\u20ac]?|Ã[\x80-\xbf©¨¡³º±¶¼¤«­]|Å[‚›ºšŸ¼¾¡\x81]|Ä[™…‡\x87\x99\x85]")


@dataclass(frozen=True, slots=True)
class TextTable:
    """A text file as a table. `sure` is False when the encoding is a likely guess that someone should look at.

    `nothing` counts the NUL characters that were taken out: a damaged file has them, and no list of people.
    """

    rows: list[list[Cell]]
    encoding: str
    separator: str
    sure: bool = True
    nothing: int = 0


def read_text_table(data: bytes, encoding: str | None = None, separator: str | None = None) -> TextTable:
    """Read a text file; `encoding` and `separator` override what it suggests itself.

    Raises Refused with the line that is at fault.
    """
    if len(data) > MOST_BYTES:
        raise Refused("This file is larger than 50 MB. A list of people is far smaller: is it the right file?")
    text, found, sure = _decoded(data, encoding)
    nothing = text.count("\0")
    text = text.replace("\0", "")
    suggested = _separator(text)
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        suggested, text = first.strip()[4], "\n" + rest
    separator = separator or suggested
    _check_quotes(text, separator)
    before = csv.field_size_limit(max(LONGEST_FIELD, len(text) + 1))
    try:
        rows: list[list[Cell]] = list(csv.reader(StringIO(text, newline=""), delimiter=separator))  # type: ignore[arg-type]
    finally:
        csv.field_size_limit(before)
    return TextTable(rows, found, separator, sure, nothing)


def has_mojibake(text: str) -> bool:
    """Whether letters were decoded the wrong way before the text came here, as in "â€™" for an apostrophe."""
    return not text.isascii() and _MOJIBAKE.search(text) is not None


def _decoded(data: bytes, encoding: str | None) -> tuple[str, str, bool]:
    if encoding is not None:
        try:
            return data.decode(encoding).removeprefix("\ufeff"), encoding, True
        except (LookupError, UnicodeError):
            words = f"This file cannot be read as {encoding}. Name another with --encoding, such as cp1252 or utf-8."
            raise Refused(words) from None
    for mark, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            try:
                return data.decode("utf-8-sig" if name == "utf-8" else name), name, True
            except UnicodeError:
                raise Refused(f"This file says it is {name}, and is not. Name its encoding with --encoding.") from None
    sample = data[:2000]
    for name, zeros in (("utf-16-le", sample[1::2].count(0)), ("utf-16-be", sample[::2].count(0))):
        if zeros > len(sample) * 0.3:
            try:
                return data.decode(name), name, True
            except UnicodeError:
                raise Refused("This file is neither text nor a spreadsheet that can be read.") from None
    try:
        return data.decode("utf-8"), "utf-8", True
    except UnicodeError:
        pass
    try:
        return data.decode("cp1252"), "cp1252", False
    except UnicodeError:
        return data.decode("iso-8859-1"), "iso-8859-1", False


def _separator(text: str) -> str:
    """The separator that cuts the first rows most evenly into the most columns."""
    lines = [line for line in text[:60_000].splitlines()[:80] if line.strip()]
    best, best_score = ",", 0.0
    for separator in SEPARATORS:
        rows = [len(row) for row in csv.reader(lines, delimiter=separator) if row] if lines else []
        widths = [width for width in rows if width > 1]
        if not widths:
            continue
        usual = max(set(widths), key=lambda width: (widths.count(width), width))
        score = widths.count(usual) / len(rows) + min(usual, 20) / 100
        if score > best_score:
            best, best_score = separator, score
    return best


def _check_quotes(text: str, separator: str) -> None:
    """Refuse a quote that never closes: it swallows every row below it."""
    if '"' not in text:
        return
    end_of_field = re.compile(f"[{re.escape(separator)}\r\n]")
    place, size = 0, len(text)
    while place < size:
        if text[place] == '"':
            opened, place = place, place + 1
            while True:
                place = text.find('"', place)
                if place < 0:
                    line = text.count("\n", 0, opened) + 1
                    raise Refused(f"A quotation mark opens in line {line} and never closes. Close it there.")
                if text[place + 1 : place + 2] != '"':
                    break
                place += 2
        match = end_of_field.search(text, place)
        if match is None:
            return
        place = match.end()
