"""People around a person, warnings about them, and their documents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from mhtracker.domain.records.base import Record


@dataclass(frozen=True, slots=True)
class Contact(Record):
    """Somebody in a person's life or care, between two dates. `kind` is from the code list "contact_kind".

    For carers: whether they were offered an assessment, when one is due and was done, and whether the care they give
    may break down (`at_risk_on` is the day that was said). The care co-ordinator's history is the contacts of
    kind "care_coordinator".
    """

    id: str
    person_id: str
    kind: str
    name: str
    relation: str = ""
    organisation: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    started_on: date | None = None
    ended_on: date | None = None
    may_be_told: bool | None = None
    assessment_offered_on: date | None = None
    assessment_declined_on: date | None = None
    assessment_due_on: date | None = None
    assessment_done_on: date | None = None
    at_risk_on: date | None = None
    note: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class CareWarning(Record):
    """What anybody meeting a person must know first: who raised it and why, when to look at it again, when it ends."""

    id: str
    person_id: str
    kind: str
    words: str
    why: str
    raised_on: date
    raised_by: str = ""
    review_on: date | None = None
    checked_on: date | None = None
    expires_on: date | None = None
    ended_on: date | None = None
    end_reason: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Document(Record):
    """A file attached to a person. Its bytes stand once in the register under their `sha256`.

    `media_type` was found from the bytes, never from the name. `size` is in bytes. `about` is from the code list
    "document_kind"; `dated_on` the day the paper itself speaks of.
    """

    id: str
    person_id: str
    name: str
    media_type: str
    size: int
    sha256: str
    added_at: datetime
    added_by: str = ""
    about: str | None = None
    dated_on: date | None = None
    note: str = ""
    in_packs: bool = False
    version: int = 0
