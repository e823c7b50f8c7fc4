"""What a rule finds: problems that refuse a record, cautions that do not. And text made fit to keep."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

from mhtracker.domain.errors import Invalid

TEXT_LIMIT = 1_000_000
"""The most characters one text may have."""

# Control characters except tab and line end, and the marks that force text to run the other way. Some would end the
# text early in SQLite or be refused by a spreadsheet; none can be seen.
_STRIPPED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]")
_HALF_CHARACTERS = re.compile("[\ud800-\udfff]")

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Caution:
    """Something to look at again before recording; it stops nothing."""

    field: str
    words: str


class Findings:
    """Collects what rules find, so that a form can show everything at once."""

    def __init__(self) -> None:
        self.problems: dict[str, str] = {}
        self.mends: dict[str, tuple[Any, ...]] = {}
        self.cautions: list[Caution] = []

    def refuse(self, field: str, words: str, mends: tuple[Any, ...] = ()) -> None:
        """Note a problem; the first for a field stands, since later ones often follow from it."""
        if field not in self.problems:
            self.problems[field] = words
            if mends:
                self.mends[field] = mends

    def caution(self, field: str, words: str) -> None:
        self.cautions.append(Caution(field, words))

    def take(self, invalid: Invalid, field: str) -> None:
        """Note what a reader refused (`parse_date`, `normalise_nhs_number`) under the field it stood in."""
        self.refuse(field, str(invalid), invalid.mends.get("", ()))

    def add(self, other: Findings, names: dict[str, str] | None = None) -> None:
        """Add another's findings, with fields renamed as the form at hand calls them."""
        for field, words in other.problems.items():
            name = (names or {}).get(field, field)
            self.refuse(name, words, other.mends.get(field, ()))
        for found in other.cautions:
            self.caution((names or {}).get(found.field, found.field), found.words)

    def settle(self) -> tuple[Caution, ...]:
        """Raise Invalid with all problems, or give back the cautions."""
        if self.problems:
            raise Invalid(self.problems, self.mends)
        return tuple(self.cautions)


def clean_text(text: str) -> str:
    """The text without control characters and marks that turn its direction; line ends become plain ones.

    Everything visible is kept exactly. Raises Invalid({"": words}) for half characters, which no file can hold, and
    for more than a million characters.
    """
    if _HALF_CHARACTERS.search(text):
        raise Invalid({"": "This text holds half of a character and cannot be kept. Copy it again from where it came."})
    kept = _STRIPPED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(kept) > TEXT_LIMIT:
        length = f"{len(kept):,}"
        raise Invalid({"": f"This has {length} characters and the most is 1,000,000. Keep it as a document instead."})
    return kept


def clean_line(text: str) -> str:
    """`clean_text` for a field of one line: no line ends, no spaces around it."""
    return clean_text(text).replace("\n", " ").replace("\t", " ").strip()


def clean_record(record: R, long_texts: Iterable[str] = ("text", "note", "summary")) -> R:
    """A record with every text cleaned; only `long_texts` may have several lines. Raises Invalid by field."""
    findings, changed, several = Findings(), {}, frozenset(long_texts)
    for item in fields(record):  # type: ignore[arg-type]
        value = getattr(record, item.name)
        if type(value) is not str:
            continue
        try:
            cleaned = clean_text(value) if item.name in several else clean_line(value)
        except Invalid as invalid:
            findings.take(invalid, item.name)
            continue
        if cleaned != value:
            changed[item.name] = cleaned
    findings.settle()
    return replace(record, **changed) if changed else record  # type: ignore[type-var]
