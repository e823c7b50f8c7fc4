"""Packed columns (`store.queries.columns`) made into numbers without an object for each value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from mhtracker.store.queries.columns import APART, Packed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Days = NDArray[np.int32]
    Numbers = NDArray[np.int32]
    Words = NDArray[np.object_]

_DAY = len("2026-07-14")
_MARK = ord(APART)
_UNIX = 719163
"""The ordinal of 1 January 1970."""


def days_of(packed: Packed, name: str, none: int) -> Days:
    """The ordinals of a column of days; `none` where there is none."""
    import numpy as np

    if not packed.rows:
        return np.zeros(0, np.int32)
    digits = (_cells(packed, name)[:, :_DAY] - ord("0")).T.astype(np.int32)
    year = ((digits[0] * 10 + digits[1]) * 10 + digits[2]) * 10 + digits[3]
    months = (year - 1970) * 12 + digits[5] * 10 + digits[6] - 1
    first = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    found = first + (digits[8] * 10 + digits[9] - 1 + _UNIX)
    return np.where(year == 0, none, found).astype(np.int32)


def words_of(packed: Packed, name: str) -> list[str]:
    """The words of a column; "" where there is none."""
    return packed.columns[name].decode().split(APART) if packed.rows else []


def as_column(words: Sequence[Any]) -> Words:
    """Words, some of which may be None, as a column."""
    import numpy as np

    found = np.empty(len(words), object)
    found[:] = words
    return found


def places_of(packed: Packed, name: str, places: Mapping[str, int]) -> Numbers:
    """The place of each word in a table that has them all."""
    import numpy as np

    return np.fromiter(map(places.__getitem__, words_of(packed, name)), np.int32, packed.rows)


class _Met(dict[str, int]):
    """Numbers words as they are met."""

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self)
        return number


def codes_of(packed: Packed, name: str) -> tuple[Numbers, list[str]]:
    """The words of a column that holds few different ones: their places in the list of those, which is sorted."""
    import numpy as np

    met = _Met()
    numbers = np.fromiter(map(met.__getitem__, words_of(packed, name)), np.int32, packed.rows)
    names = sorted(met)
    places = {word: place for place, word in enumerate(names)}
    return np.array([places[word] for word in met] or [0], np.int32)[numbers], names


def used_only(places: Numbers, names: Sequence[str]) -> tuple[Numbers, tuple[str, ...]]:
    """Places in a list of words, and that list without the words that nothing stands for."""
    import numpy as np

    used = np.bincount(places, minlength=len(names)) > 0
    if used.all():
        return places, tuple(names)
    numbers = (np.cumsum(used) - 1).astype(np.int32)
    return numbers[places], tuple(name for name, is_used in zip(names, used.tolist(), strict=True) if is_used)


def digits_of(packed: Packed, name: str, none: int) -> Numbers:
    """A column of truths: 0 or 1, `none` where it is not told."""
    import numpy as np

    found = _cells(packed, name)[:, 0].astype(np.int32) - ord("0") if packed.rows else np.zeros(0, np.int32)
    return np.where((found == 0) | (found == 1), found, none).astype(np.int32)


def amounts_of(packed: Packed, name: str, none: int) -> NDArray[np.int64]:
    """A column of whole numbers; `none` where there is none."""
    import numpy as np

    words = packed.columns[name].split(APART.encode()) if packed.rows else []
    known = {word: int(word) if word else none for word in set(words)}
    return np.fromiter(map(known.__getitem__, words), np.int64, packed.rows)


class People:
    """Where somebody stands among the people looked at, by id: -1 for somebody who is not among them.

    Ids are long to compare, so the bytes of all are mixed to one number each; where two of the people come to the same
    number, or ids are not all of one length, their letters are compared after all.
    """

    def __init__(self, ids: Sequence[str]) -> None:
        import numpy as np

        self._places = {person_id: place for place, person_id in enumerate(ids)}
        self._width = len(ids[0]) if ids and all(len(each) == len(ids[0]) and each.isascii() for each in ids) else 0
        if not self._width:
            return
        cells = np.frombuffer("".join(ids).encode(), np.uint8).reshape(len(ids), self._width)
        mixed = _mixed(cells)
        self._order = np.argsort(mixed, kind="stable")
        self._sorted = mixed[self._order]
        if (self._sorted[1:] == self._sorted[:-1]).any():
            self._width = 0

    def find(self, packed: Packed, name: str) -> Numbers:
        """The places of the people in a column of their ids."""
        import numpy as np

        if not packed.rows:
            return np.zeros(0, np.int32)
        cells = _cells(packed, name, strict=False)
        if not self._width or cells is None or cells.shape[1] != self._width + 1:
            found = (self._places.get(each, -1) for each in words_of(packed, name))
            return np.fromiter(found, np.int32, packed.rows)
        mixed = _mixed(cells[:, : self._width])
        # Rows of one person often stand together: only the first of these is looked up.
        heads = np.flatnonzero(np.append(True, mixed[1:] != mixed[:-1]))
        wanted = mixed[heads]
        near = np.minimum(np.searchsorted(self._sorted, wanted), len(self._sorted) - 1)
        places = np.where(self._sorted[near] == wanted, self._order[near], -1).astype(np.int32)
        return np.repeat(places, np.diff(np.append(heads, packed.rows)))


def _cells(packed: Packed, name: str, *, strict: bool = True) -> Any:
    """A column whose values have all one length, as a table of bytes with the mark that ends each."""
    import numpy as np

    cells = np.frombuffer(packed.columns[name] + APART.encode(), np.uint8)
    width, rest = divmod(len(cells), packed.rows)
    table = None if rest else cells.reshape(packed.rows, width)
    if table is None or not (table[:, -1] == _MARK).all() or (table[:, :-1] == _MARK).any():
        if strict:
            raise ValueError(f"the values of {name} are not of one length")
        return None
    return table


def _mixed(cells: NDArray[np.uint8]) -> NDArray[np.uint64]:
    import numpy as np

    words = -(-cells.shape[1] // 8)
    padded = np.zeros((len(cells), words * 8), np.uint8)
    padded[:, : cells.shape[1]] = cells
    mixed = np.zeros(len(cells), np.uint64)
    for word in padded.view(np.uint64).T:
        mixed = (mixed ^ word) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
    return mixed
