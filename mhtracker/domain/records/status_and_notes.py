"""Dated statuses, legal and others; and notes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from mhtracker.domain.records.base import Record


class StatusKind(StrEnum):
    """What a dated status says; `LegalAndStatus.code` is from the code list of the same name."""

    S117 = "s117"
    ACCOMMODATION = "accommodation"
    EMPLOYMENT = "employment"
    CTO = "cto"
    DOLS = "dols"
    COURT = "court"
    CAPACITY = "capacity"
    ADVOCACY = "advocacy"
    SAFEGUARDING = "safeguarding"


@dataclass(frozen=True, slots=True)
class LegalAndStatus(Record):
    """A dated status.

    `code` is from the code list of its kind's name: for s117 the section, for accommodation and employment CLD's
    words, for capacity the decision, for safeguarding how the enquiry stands. `expires_on` is when an order or
    authorisation runs out unless renewed. Ending s117 needs both bodies' names.
    """

    id: str
    person_id: str
    kind: StatusKind
    code: str
    started_on: date | None = None
    ended_on: date | None = None
    note: str = ""
    expires_on: date | None = None
    end_reason: str = ""
    ended_by_health: str = ""
    ended_by_council: str = ""
    decided_by: str = ""
    reference: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Note(Record):
    id: str
    person_id: str
    kind: str
    noted_on: date
    text: str
    author: str = ""
    finished_at: datetime | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class NoteCorrection(Record):
    """What replaces the words of a finished note; the first words stay. The latest correction holds."""

    id: str
    person_id: str
    note_id: str
    text: str
    reason: str
    corrected_at: datetime
    author: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class KeyEvent(Record):
    """A line of a person's story chosen for paper.

    `source_kind` and `source_id` name the record it speaks of ("" for an event that is only told here); `words` are
    the author's own.
    """

    id: str
    person_id: str
    happened_on: date
    words: str
    source_kind: str = ""
    source_id: str = ""
    version: int = 0
