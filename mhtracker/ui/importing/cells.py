"""What each cell of the rehearsal shows: the value as it would be recorded, what it was, or why it is put aside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from mhtracker.domain.records import DatePrecision
from mhtracker.operations.importing.cells import shown
from mhtracker.operations.importing.headings import OUR_FIELDS, Kind
from mhtracker.operations.importing.rehearsal import RowResult
from mhtracker.text import format_date, format_month, format_nhs, format_pence
from mhtracker.ui.importing.reading import Rehearsed, stated


@dataclass(frozen=True, slots=True)
class CellFacts:
    """One cell. `kind` is text, date (read from text), stage, blank, unread or aside; `was` what it would change from.

    `original` is what the sheet has; `about` why it is put aside or what should be known of it.
    """

    kind: str
    words: str
    was: str = ""
    changed: bool = False
    original: str = ""
    about: str = ""
    stage_id: str = ""

    @property
    def tooltip(self) -> str:
        """Everything that the cell itself has no room for."""
        told = [self.about] if self.about else []
        if self.original and self.original != self.words:
            told.append(f"In the sheet: {self.original}")
        return "\n".join(told)

    @property
    def spoken(self) -> str:
        """The cell for a screen reader."""
        if self.kind == "aside":
            return f"{self.words or 'blank'}, put aside: {self.about}"
        if self.changed:
            return f"{self.words or 'blank'}, was {self.was or 'blank'}"
        return self.words or "blank"


class CellReader:
    """Reads cells of a rehearsal as they come into view."""

    def __init__(self, rehearsed: Rehearsed) -> None:
        self._rehearsed = rehearsed
        self._found = rehearsed.rehearsal
        self.headings = [heading for heading in self._found.sheet.headings if heading]
        self._place = {heading: place for place, heading in enumerate(self._found.sheet.headings)}
        self.field_of: Mapping[str, str | None] = {match.heading: match.field_name for match in self._found.matches}

    def ordered(self) -> list[str]:
        """The headings as they stand in the table: the name first, the others in the sheet's order."""
        first = [heading for heading in self.headings if self.field_of.get(heading) in ("surname", "name")]
        return [*first, *(heading for heading in self.headings if heading not in first)]

    def original(self, row: RowResult, heading: str) -> str:
        """The cell as it stands in the sheet."""
        return shown(self._found.sheet.rows[row.facts.place].cells[self._place[heading]])

    def told(self, row: RowResult) -> str:
        """What a row does, a line for each thing: why it is put aside, what it changes, or why it is the same."""
        lines = [problem.reason for problem in row.problems]
        for change in row.changes:
            was, becomes = self._found.tell(change, change.was), self._found.tell(change, change.becomes)
            label = OUR_FIELDS[change.field_name].label if change.field_name in OUR_FIELDS else change.column
            lines.append(f"{label}: {becomes or 'blank'}, was {was or 'blank'}")
        return "\n".join([*lines, *([row.note] if row.note else [])])

    def cell(self, row: RowResult, heading: str) -> CellFacts:
        """One cell."""
        original = " ".join(self.original(row, heading).split())
        for problem in row.problems:
            if problem.column == heading:
                return CellFacts("aside", original or problem.value, original=original, about=problem.reason)
        name = self.field_of.get(heading)
        if name is None:
            return CellFacts("unread", original, original=original)
        about = self._rehearsed.remarks_at.get((row.number, heading), "")
        change = next((each for each in row.changes if each.column == heading), None)
        words, kind, stage_id = self._read(row, heading, name, original)
        if change is not None:
            was = self._found.tell(change, change.was)
            becomes = self._found.tell(change, change.becomes)
            if change.field_name == name or not words:
                words = becomes or words
            return CellFacts("stage" if stage_id else "text", words, was, True, original, about, stage_id)
        if not words:
            return CellFacts("unread" if original else "blank", original or "blank", original=original, about=about)
        return CellFacts(kind, words, original=original, about=about, stage_id=stage_id)

    def _read(self, row: RowResult, heading: str, name: str, original: str) -> tuple[str, str, str]:
        """A cell's words, its kind, and the id of its stage."""
        facts, our = row.facts, OUR_FIELDS[name]
        value = stated(facts, name)
        if name == "name":
            return row.name or original, "text", ""
        if value is None or value == "":
            return "", "text", ""
        if our.kind is Kind.BIRTH and isinstance(value, date):
            return _born(value, facts.born_precision), self._kind_of_date(row, heading), ""
        if our.kind is Kind.DATE and isinstance(value, date):
            return format_date(value), self._kind_of_date(row, heading), ""
        if our.kind is Kind.NHS:
            return format_nhs(str(value)), "text", ""
        if our.kind is Kind.MONEY:
            return format_pence(int(value)), "text", ""
        if our.kind is Kind.STAGE:
            return self._found.names.get(str(value), str(value)), "stage", str(value)
        if our.kind is Kind.PLACE:
            return self._found.names.get(str(value), original), "text", ""
        if our.kind is Kind.CODE:
            return self._found.table.words.label_of(our.code_list, str(value)), "text", ""
        if our.kind is Kind.PLANNED:
            return "Planned" if value else "Unplanned", "text", ""
        if our.kind is Kind.S117:
            return original or str(value), "text", ""
        return " ".join(str(value).split()), "text", ""

    def _kind_of_date(self, row: RowResult, heading: str) -> str:
        cell = self._found.sheet.rows[row.facts.place].cells[self._place[heading]]
        return "text" if isinstance(cell, date) else "date"


def _born(day: date, precision: DatePrecision) -> str:
    if precision is DatePrecision.YEAR:
        return str(day.year)
    return format_month(day) if precision is DatePrecision.MONTH else format_date(day)
