"""What importing keeps: words met before, rows put aside, sheets once imported."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mhtracker.domain.records.base import Record


@dataclass(frozen=True, slots=True)
class ImportWord(Record):
    """A word met in a sheet, mapped once to one of ours. `id` is "field/folded word"."""

    id: str
    field_name: str
    word: str
    value: str
    version: int = 0


@dataclass(frozen=True, slots=True)
class PutAside(Record):
    """A spreadsheet row that could not be taken: kept with its reason until it is put right or left out.

    `cells` is JSON: their heading to the text as it stood; `mapping` JSON: their heading to our field.
    """

    id: str
    file: str
    sheet: str
    row: int
    column: str
    value: str
    reason: str
    cells: str
    mapping: str
    put_aside_on: date | None = None
    settled_on: date | None = None
    settled_how: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class ImportedFile(Record):
    """A sheet once imported, by content, so that the same one is recognised."""

    id: str
    file: str
    sheet: str
    sha256: str
    imported_on: date
    people_rows: int = 0
    version: int = 0
