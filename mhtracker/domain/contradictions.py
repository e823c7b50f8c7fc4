"""What records may not say side by side, each of them true alone: two stays on the same days, say.

Every form looks after it while it records. Undoing an earlier step by itself brings back what stood before that step,
beside what was recorded since, and no form has looked at the two together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any, NamedTuple, TypeVar, cast

from mhtracker.domain.records import KIND_OF, Record, Stage

R = TypeVar("R", bound=Record)
Key = tuple[str, str]
"""A record's kind and id."""


class Link(NamedTuple):
    """Which records a truth is asked of, and the field by which those that belong together are found (None: all).

    `pointing`: they belong to the record that the field points to, and are looked for only where that one comes back.
    With `going_on` those alone that have not ended: of a whole service or stage there may be very many.
    """

    record_type: type[Record]
    by: str | None
    pointing: bool = False
    going_on: bool = False


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What cannot be so, as a sentence without its full stop, and the records that say it together."""

    words: str
    records: frozenset[Key]


class Picture:
    """Records as they stand, or as they would, on a day."""

    def __init__(self, records: Mapping[Key, Record], today: date) -> None:
        self.records = dict(records)
        self.today = today
        self._by_type: dict[type[Record], dict[str, Any]] = defaultdict(dict)
        for record in self.records.values():
            self._by_type[type(record)][record.id] = record

    def all(self, record_type: type[R]) -> Iterable[R]:
        return self._by_type[record_type].values()

    def one(self, record_type: type[R], record_id: str | None) -> R | None:
        return cast("R | None", self._by_type[record_type].get(record_id or ""))

    @property
    def stages(self) -> Mapping[str, Stage]:
        return self._by_type[Stage]


Find = Callable[[Picture], Iterable[tuple[Record, ...]]]


@dataclass(frozen=True, slots=True)
class Truth:
    """What holds of the records together. `find` gives those that break it; `words` say how, as in a refusal."""

    words: str
    links: tuple[Link, ...]
    find: Find

    @property
    def types(self) -> frozenset[type[Record]]:
        return frozenset(link.record_type for link in self.links)


def contradictions(picture: Picture, truths: Iterable[Truth]) -> set[Contradiction]:
    """Every breach of some truths."""
    return {
        Contradiction(truth.words, frozenset((KIND_OF[type(each)], each.id) for each in broken))
        for truth in truths
        for broken in truth.find(picture)
    }


def _alike(picture: Picture, record_type: type[R], key: Callable[[R], Hashable]) -> Iterator[tuple[R, R]]:
    """Every two records with one key; those whose key is None are not looked at."""
    alike: dict[Hashable, list[R]] = defaultdict(list)
    for record in picture.all(record_type):
        if (known := key(record)) is not None:
            alike[known].append(record)
    for group in alike.values():
        yield from combinations(group, 2)


def only_one(record_type: type[R], by: str | None, key: Callable[[R], Hashable], words: str) -> Truth:
    """Of the records with one key there is one. A key of None is not looked at; `by` is the field they share."""

    def find(picture: Picture) -> Iterator[tuple[Record, ...]]:
        yield from _alike(picture, record_type, key)

    return Truth(words, (Link(record_type, by),), find)


def one_at_a_time(
    record_type: type[R],
    by: str,
    key: Callable[[R], Hashable],
    span: Callable[[R], tuple[date, date]],
    words: str,
    unless: Callable[[R, R], bool] = lambda one, other: False,
) -> Truth:
    """Of the records with one key no two hold on a day. `span` is a record's first day and the first without it."""

    def find(picture: Picture) -> Iterator[tuple[Record, ...]]:
        for one, other in _alike(picture, record_type, key):
            (begins, ends), (also_begins, also_ends) = span(one), span(other)
            if max(begins, also_begins) < min(ends, also_ends) and not unless(one, other):
                yield one, other

    return Truth(words, (Link(record_type, by),), find)


def fitting(
    record_type: type[R], to: type[Record], by: str, fits: Callable[[R, Any], bool], words: str, going_on: bool = False
) -> Truth:
    """Each record fits the one that its field `by` points to; with `going_on`, each that has not ended."""

    def find(picture: Picture) -> Iterator[tuple[Record, ...]]:
        for record in picture.all(record_type):
            pointed_to = picture.one(to, getattr(record, by))
            if pointed_to is not None and not fits(record, pointed_to):
                yield record, pointed_to

    return Truth(words, (Link(record_type, by, True, going_on), Link(to, "id")), find)
