"""Opening a spreadsheet file safely: what it really is, its sheets, and what the reader underneath would hide.

python-calamine reads .xlsx, .xls and .ods quickly and with true dates, but turns formula errors and formulas without a
stored value into blanks, and makes room for every cell up to a stray one in the last row. So the raw sheet is looked
through first.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property
from io import BytesIO
from itertools import pairwise
from typing import TypeVar
from xml.etree import ElementTree

import python_calamine as calamine

from mhtracker.domain.errors import Refused

T = TypeVar("T")
Cell = str | int | float | bool | date | datetime | time | timedelta

MOST_BYTES = 50_000_000
MOST_ENTRIES = 2_000
MOST_RATIO = 100
FAR_ROWS = 2_000
"""So many blank rows end a list: what stands below them is a stray cell."""

_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="(\d+)"[^>]*>')
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*?\br="(\d+)"')
_ERROR_CELL = re.compile(
    rb'<(?:\w+:)?c\b(?=[^>]*\bt="e")[^>]*?\br="([A-Z]+)(\d+)"[^>]*>.*?<(?:\w+:)?v>(.*?)</', re.DOTALL
)
_FORMULA_CELL = re.compile(
    rb'<(?:\w+:)?c\b(?![^>]*\bt="str")[^>]*?\br="([A-Z]+)(\d+)"[^>]*>\s*'
    rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)"
    rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_FAR_COLUMN = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="[A-Z]{3}\d+"[^>]*?(?:/>|>.*?</(?:\w+:)?c>)', re.DOTALL)
_ODS_FAR_ROWS = re.compile(
    rb'<table:table-row[^>]*number-rows-repeated="(?:[2-9]\d{3}|\d{5,})".*?(?=</table:table>)', re.DOTALL
)


class FileKind(StrEnum):
    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet's cells from its first row and column on: `rows[0]` is row 1.

    `faults` says, by (row number, column index), why a cell that looks blank is not. `merged` holds
    (first row, first column, last row, last column), rows and columns counted from 0.
    """

    name: str
    rows: list[list[Cell]]
    faults: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    hidden_rows: tuple[int, ...] = ()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    stray: str = ""


def kind_of(head: bytes) -> FileKind:
    """What a file is, by its first bytes and never by its name. Raises Refused for what is no spreadsheet."""
    if head.startswith(b"PK\x03\x04"):
        return FileKind.XLSX
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return FileKind.XLS
    start = head[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for mark, words in _OTHER_FILES:
        if start.startswith(mark):
            raise Refused(words)
    if b"\0" in head[:2000] and not _looks_utf16(head) and not _is_text_with_gaps(head[:2000]):
        raise Refused(f"This is not a spreadsheet. {_CHOOSE}")
    return FileKind.TEXT


def _is_text_with_gaps(head: bytes) -> bool:
    """Whether bytes are lines of text among which a few NULs stand, as damage or a poor export leaves them."""
    gaps = sum(byte < 32 and byte not in b"\t\r\n" for byte in head)
    return b"\n" in head and gaps * 10 <= len(head)


_CHOOSE = "Choose an .xlsx, .xls, .ods, .csv or .tsv file."
_WEB_PAGE = "This is a web page under a spreadsheet’s name. Open it in Excel, save it as .xlsx, and import that."
_DAMAGED = "This spreadsheet is damaged or of a kind that cannot be read. Save it again in Excel as .xlsx."
_OTHER_FILES = (
    (b"<html", _WEB_PAGE),
    (b"<!doctype", _WEB_PAGE),
    (b"<table", _WEB_PAGE),
    (b"<?xml", "This is XML, not a spreadsheet. Open it in Excel and save it as .xlsx, then import that."),
    (b"%pdf", "This is a PDF. Ask for the spreadsheet it was made from, and import that."),
    (b"{\\rtf", f"This is a letter, not a spreadsheet. {_CHOOSE}"),
    (b"sqlite format 3", "This is a database, not a spreadsheet. If it is a register, open it instead."),
    (b"mz", "This is a program, not a spreadsheet."),
    (b"\x7felf", "This is a program, not a spreadsheet."),
)


def _looks_utf16(head: bytes) -> bool:
    sample = head[:2000]
    zeros = sample[::2].count(0), sample[1::2].count(0)
    return head[:2] in (b"\xff\xfe", b"\xfe\xff") or max(zeros) > len(sample) * 0.3 > min(zeros)


class Workbook:
    """An opened .xlsx, .xls or .ods file. Raises Refused when it cannot be read safely, or at all."""

    def __init__(self, data: bytes) -> None:
        self.date_1904 = False
        self.unread_errors = 0
        self._entries: dict[str, bytes] = {}
        self._paths: dict[str, str] = {}
        if kind_of(data[:4096]) is FileKind.XLSX:
            self._entries = _unpacked(data)
            self.kind = self._kind_of_zip()
            if self.kind is FileKind.XLSX:
                self._read_parts()
            elif _ODS_FAR_ROWS.search(self._entries["content.xml"]):
                trimmed = _ODS_FAR_ROWS.sub(b"", self._entries["content.xml"])
                data = _packed(self._entries | {"content.xml": trimmed})
            self.unread_errors = self._entries.get("content.xml", b"").count(b'calcext:value-type="error"')
        else:
            self.kind = FileKind.XLS
            if "EncryptedPackage".encode("utf-16-le") in data:
                raise _protected()
        self._data = data
        self._book = _opened(data)

    @cached_property
    def visible(self) -> tuple[str, ...]:
        """The names of the sheets that can be seen, in order."""
        shown = calamine.SheetVisibleEnum.Visible
        return tuple(sheet.name for sheet in self._book.sheets_metadata if sheet.visible == shown and _is_table(sheet))

    @cached_property
    def hidden(self) -> tuple[str, ...]:
        """The names of the hidden ones."""
        return tuple(
            sheet.name for sheet in self._book.sheets_metadata if sheet.name not in self.visible and _is_table(sheet)
        )

    def grid(self, name: str) -> Grid:
        """One sheet's cells. Raises Refused when the sheet is damaged."""
        xml = self._entries.get(self._paths.get(name, ""), b"")
        trimmed, stray = _trimmed(xml) if xml else (xml, "")
        book = self._book
        if trimmed is not xml:
            book = _opened(_packed(self._entries | {self._paths[name]: trimmed}))
        sheet = _kindly(lambda: book.get_sheet_by_name(name))
        rows = _kindly(lambda: sheet.to_python(skip_empty_area=False))
        merged = _kindly(lambda: sheet.merged_cell_ranges) or []
        faults = _faults(trimmed) if trimmed else {}
        hidden = tuple(int(row) for row in _HIDDEN_ROW.findall(trimmed)) if b"hidden=" in trimmed else ()
        return Grid(name, rows, faults, hidden, tuple((*first, *last) for first, last in merged), stray)

    def _kind_of_zip(self) -> FileKind:
        if "[Content_Types].xml" in self._entries and any(name.startswith("xl/") for name in self._entries):
            return FileKind.XLSX
        kind = self._entries.get("mimetype", b"")
        if b"opendocument.spreadsheet" in kind and "content.xml" in self._entries:
            if b"encryption-data" in self._entries.get("META-INF/manifest.xml", b""):
                raise _protected()
            return FileKind.ODS
        raise Refused(f"This is a package of other files, not a spreadsheet. {_CHOOSE}")

    def _read_parts(self) -> None:
        """Where each sheet stands inside the package, and from which year its dates count."""
        try:
            book = ElementTree.fromstring(self._entries["xl/workbook.xml"])
            links = ElementTree.fromstring(self._entries["xl/_rels/workbook.xml.rels"])
        except (KeyError, ElementTree.ParseError):
            return
        target = {link.get("Id"): (link.get("Target") or "").removeprefix("/xl/") for link in links}
        for part in book.iter():
            tag = part.tag.rpartition("}")[2]
            if tag == "workbookPr":
                self.date_1904 = part.get("date1904") in ("1", "true")
            elif tag == "sheet":
                link = next((value for key, value in part.attrib.items() if key.endswith("}id")), None)
                self._paths[part.get("name") or ""] = f"xl/{target.get(link, '')}"


def _protected() -> Refused:
    return Refused("This workbook is protected by a password. Save a copy without it in Excel, and import that.")


def _is_table(sheet: calamine.SheetMetadata) -> bool:
    return sheet.typ == calamine.SheetTypeEnum.WorkSheet


def _kindly(step: Callable[[], T]) -> T:
    try:
        return step()
    except calamine.PasswordError:
        raise _protected() from None
    except (calamine.CalamineError, OSError, ValueError, OverflowError):
        raise Refused(_DAMAGED) from None


def _opened(data: bytes) -> calamine.CalamineWorkbook:
    return _kindly(lambda: calamine.CalamineWorkbook.from_filelike(BytesIO(data)))


def _unpacked(data: bytes) -> dict[str, bytes]:
    """Every part of the package, unpacked within bounds: the sizes it claims are not believed."""
    too_big = Refused("This file unpacks to far more than a list of people needs, so it was not opened.")
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            parts = package.infolist()
            if len(parts) > MOST_ENTRIES or sum(part.file_size for part in parts) > MOST_BYTES:
                raise too_big
            if any(part.flag_bits & 1 for part in parts):
                raise _protected()
            entries: dict[str, bytes] = {}
            left = MOST_BYTES
            for part in parts:
                with package.open(part) as opened:
                    entry = opened.read(left + 1)
                left -= len(entry)
                if left < 0 or len(entry) > max(1_000_000, MOST_RATIO * part.compress_size):
                    raise too_big
                entries[part.filename] = entry
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError):
        raise Refused(_DAMAGED) from None
    marked_up = (entry for name, entry in entries.items() if name.endswith((".xml", ".rels")))
    if any(b"<!DOCTYPE" in entry or b"<!ENTITY" in entry for entry in marked_up):
        raise Refused("This file holds instructions that no spreadsheet program writes, so it was not opened.")
    return entries


def _packed(entries: dict[str, bytes]) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        for name, entry in entries.items():
            package.writestr(name, entry)
    return packed.getvalue()


def _trimmed(xml: bytes) -> tuple[bytes, str]:
    """The sheet without cells far away from the rest, and words for what was left out ("" when nothing was)."""
    stray = ""
    rows = [(int(match[1]), match.start()) for match in _ROW.finditer(xml)] if b'r="' in xml else []
    for (above, _), (row, start) in pairwise(rows):
        if row - above > FAR_ROWS:
            end = xml.rfind(b"</", 0, xml.find(b"sheetData>", start))
            if b"<v" in xml[start:end]:
                stray = f"What stands in row {row}, far below the list, was left out."
            xml = xml[:start] + xml[end:]
            break
    if re.search(rb'<(?:\w+:)?c\b[^>]*?\br="[A-Z]{3}\d', xml):
        xml = _FAR_COLUMN.sub(b"", xml)
        stray = stray or "What stands far to the right of the list was left out."
    return xml, stray


def _faults(xml: bytes) -> dict[tuple[int, int], tuple[str, str]]:
    """What is shown and why it cannot be taken, by (row number, column index)."""
    found: dict[tuple[int, int], tuple[str, str]] = {}
    if b't="e"' in xml:
        for column, row, value in _ERROR_CELL.findall(xml):
            shown = value.decode("utf-8", "replace")
            found[int(row), _index(column)] = (shown, f"The formula here ends in an error, {shown}.")
    if b"<f" in xml or b":f>" in xml:
        for column, row in _FORMULA_CELL.findall(xml):
            words = "This formula was saved without its result. Open the sheet in Excel, save it, and import it again."
            found[int(row), _index(column)] = ("", words)
    return found


def _index(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
