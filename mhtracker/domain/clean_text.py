"""Text made fit to keep: everything visible exactly as typed, and nothing that cannot be seen or kept."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import fields, replace
from typing import TypeVar

from mhtracker.domain.errors import Invalid
from mhtracker.domain.findings import Findings

TEXT_LIMIT = 1_000_000
"""The most characters one text may have."""

# Control characters except tab and line end, and the marks that force text to run the other way. Some would end the
# text early in SQLite or be refused by a spreadsheet; none can be seen.
_STRIPPED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]")
_HALF_CHARACTERS = re.compile("[\ud800-\udfff]")

R = TypeVar("R")


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
