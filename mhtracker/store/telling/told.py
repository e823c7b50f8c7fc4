"""What a sentence about a recorded change is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from mhtracker import text
from mhtracker.domain.records import KINDS
from mhtracker.store.telling.values import Names, code_words, day_words, say_value, shortened

EXCERPT = 90
"""The most letters of somebody's own words in a sentence."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a sentence is made of: the names of this register, the values before and after ({} for no record)."""

    names: Names
    kind: str
    record_id: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]

    @property
    def added(self) -> bool:
        return not self.before

    @property
    def now(self) -> Mapping[str, Any]:
        """The values after, or the last there were."""
        return self.after or self.before

    def changed(self, name: str) -> bool:
        return bool(self.before.get(name) != self.after.get(name))

    def came(self, name: str) -> bool:
        """Whether this change gave the field a value, or another one."""
        return bool(self.after.get(name)) and self.changed(name)

    def day(self, name: str, *, weekday: bool = False) -> str:
        return day_words(self.now.get(name), weekday=weekday)

    def was_day(self, name: str, *, weekday: bool = False) -> str:
        return day_words(self.before.get(name), weekday=weekday)

    def says(self, name: str) -> str:
        """A field after the change, in words."""
        return say_value(self.names, KINDS[self.kind], name, self.now.get(name), dict(self.now))

    def said(self, name: str) -> str:
        """A field before the change, in words."""
        return say_value(self.names, KINDS[self.kind], name, self.before.get(name), dict(self.before))

    def code(self, list_name: str, name: str) -> str:
        """The words of a code, as they stand inside a sentence."""
        code = self.now.get(name)
        return text.first_lower(code_words(self.names.store, list_name, str(code))) if code else ""

    def because(self, *reasons: str) -> str:
        """`: no offer yet` for the first reason there is."""
        return next((f": {shortened(reason, EXCERPT)}" for reason in reasons if reason), "")


Say = Callable[[Told], str]
