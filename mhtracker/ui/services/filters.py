"""What a list of the Services page is narrowed to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

YES = "yes"


@dataclass(frozen=True, slots=True)
class ListFilter:
    """`values(row)` are the (value, words) that a row has; a row fits where it has one of those chosen.

    A filter with `holds` is only on or off.
    """

    key: str
    label: str
    values: Callable[[Any], Iterable[tuple[str, str]]] = lambda row: ()
    holds: Callable[[Any], bool] | None = None

    @property
    def is_switch(self) -> bool:
        return self.holds is not None

    def fits(self, row: Any, chosen: Sequence[str]) -> bool:
        """Whether a row is wanted."""
        if not chosen:
            return True
        if self.holds is not None:
            return self.holds(row)
        return any(value in chosen for value, _ in self.values(row))

    def choices(self, rows: Iterable[Any]) -> list[tuple[str, str, int]]:
        """What may be chosen among rows: value, words, how many."""
        found = Counter(pair for row in rows for pair in set(self.values(row)))
        return [(value, words, number) for (value, words), number in sorted(found.items(), key=lambda each: each[0][1])]

    def words(self, value: str, rows: Iterable[Any]) -> str:
        """A value in words, as any row has it."""
        return next((words for row in rows for each, words in self.values(row) if each == value), value)


class Filters:
    """The filters of one list and what is chosen in each, kept as `key=value`."""

    def __init__(self, filters: Sequence[ListFilter], kept: Iterable[str] = ()) -> None:
        self.all = tuple(filters)
        self._chosen: dict[str, list[str]] = {}
        for line in kept:
            key, _, value = line.partition("=")
            if any(each.key == key for each in self.all):
                self._chosen.setdefault(key, []).append(value)

    def of(self, key: str) -> ListFilter:
        """A filter by its key. Raises StopIteration for one that is not: that is a fault of ours."""
        return next(each for each in self.all if each.key == key)

    def chosen(self, key: str) -> list[str]:
        return list(self._chosen.get(key, ()))

    def choose(self, key: str, values: Sequence[str]) -> None:
        self._chosen[key] = list(values)

    def fits(self, row: Any, *, without: str = "") -> bool:
        """Whether a row is wanted by all of them, or by all but one."""
        return all(each.fits(row, self.chosen(each.key)) for each in self.all if each.key != without)

    def as_kept(self) -> list[str]:
        return [f"{key}={value}" for key, values in self._chosen.items() for value in values]
