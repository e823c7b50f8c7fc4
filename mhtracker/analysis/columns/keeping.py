"""Columns as bytes and back, to be kept in the register (`store.kept_columns`).

A line of JSON has the words and says what follows it: the arrays themselves, little-endian, each in the narrowest
whole numbers that hold it. Words that many people share stand there once, and a number for them in each row.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from mhtracker.analysis.columns.packed import as_column
from mhtracker.analysis.columns.shapes import Columns, Held, Statuses, Stays

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NAME = "register"
FORMAT = 1
"""Another where the columns, or what any of their numbers means, differ: what was kept before is then read anew."""

_OWN = ("ids", "refs")
"""The words that each has of their own."""

_TABLES: dict[str, type[Any]] = {"stays": Stays, "statuses": Statuses, "held": Held}
_END = b"\n"


def to_bytes(columns: Columns) -> bytes:
    """The columns as they are kept."""
    told: list[Any] = []
    parts: list[bytes] = []
    for name, value in _values(columns):
        if isinstance(value, tuple):
            told.append([name, "words", list(value)])
        elif name in _OWN:
            told.append([name, "own", value.tolist()])
        elif value.dtype == object:
            numbers, words = _numbered(value)
            parts.append(numbers.tobytes())
            told.append([name, numbers.dtype.str, len(numbers), words])
        else:
            narrow = _narrowest(value)
            parts.append(narrow.tobytes())
            told.append([name, narrow.dtype.str, len(narrow), value.dtype.newbyteorder("<").str])
    return b"".join((json.dumps(told, ensure_ascii=True).encode(), _END, *parts))


def from_bytes(body: bytes) -> Columns | None:
    """The columns of what `to_bytes` made; None where it made something else."""
    try:
        ends = body.index(_END)
        found = _read(json.loads(body[:ends]), body, ends + len(_END))
        return Columns(
            **{field.name: found[field.name] for field in fields(Columns) if field.name not in _TABLES},
            **{
                table: shape(**{each.name: found[f"{table}.{each.name}"] for each in fields(shape)})
                for table, shape in _TABLES.items()
            },
        )
    except (ValueError, TypeError, LookupError):
        return None


def _values(columns: Columns) -> Iterator[tuple[str, Any]]:
    for field in fields(columns):
        value = getattr(columns, field.name)
        if field.name not in _TABLES:
            yield field.name, value
            continue
        for each in fields(value):
            yield f"{field.name}.{each.name}", getattr(value, each.name)


def _read(told: list[Any], body: bytes, reached: int) -> dict[str, Any]:
    import numpy as np

    found: dict[str, Any] = {}
    for name, kind, length, *of in told:
        if kind == "words":
            found[name] = tuple(length)
            continue
        if kind == "own":
            found[name] = as_column(length)
            continue
        numbers = np.frombuffer(body, np.dtype(kind), length, reached)
        reached += numbers.nbytes
        (means,) = of
        found[name] = as_column(means)[numbers] if isinstance(means, list) else numbers.astype(np.dtype(means))
    if reached != len(body):
        raise ValueError("more than was told")
    return found


def _numbered(words: NDArray[np.object_]) -> tuple[NDArray[Any], list[Any]]:
    """Words of which there are few different ones as numbers, and the words these stand for."""
    import numpy as np

    places: dict[Any, int] = {}
    numbers = np.fromiter((places.setdefault(word, len(places)) for word in words), np.int64, len(words))
    return _narrowest(numbers), list(places)


def _narrowest(values: NDArray[Any]) -> NDArray[Any]:
    """The same numbers in as few bytes as hold all of them."""
    import numpy as np

    if values.dtype == bool or not len(values):
        return values
    low, high = int(values.min()), int(values.max())
    for kind in ("<i1", "<i2", "<i4"):
        if np.iinfo(kind).min <= low and high <= np.iinfo(kind).max:
            return values.astype(kind)
    return values.astype("<i8")
