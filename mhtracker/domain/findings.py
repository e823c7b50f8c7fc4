"""What a rule finds: problems that refuse a record, cautions that do not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mhtracker.domain.errors import Invalid


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
