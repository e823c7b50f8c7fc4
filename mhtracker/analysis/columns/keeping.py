"""Columns as bytes and back, to be kept in the register (`store.kept_columns`).

A line of JSON has the words and says what follows it, little-endian: whose rows these are as how many each has, truths
as bits, and of a column with few different values a number for each row and the values these stand for. So little is
left that a register of very many people has its columns nearly as soon as it is opened.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from mhtracker.analysis.columns.packed import as_column
from mhtracker.analysis.columns.shapes import Columns, Held, Statuses, Stays
from mhtracker.store.queries.columns import APART

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NAME = "register"
FORMAT = 3
"""Another where the columns, or what any of their numbers means, differ: what was kept before is then read anew."""

_OWN = ("ids", "refs")
"""The words that each has of their own."""

_TABLES: dict[str, type[Any]] = {"stays": Stays, "statuses": Statuses, "held": Held}
_END = b"\n"
_NEAR = 2**23
"""Numbers that lie within so many, as days do, are told apart by a mark at the place of each, without being sorted."""


def to_bytes(columns: Columns) -> bytes:
    """The columns as they are kept."""
    told: list[Any] = []
    parts: list[bytes] = []
    for name, value in _values(columns):
        kind, body = _packed(name, value)
        told.append([name, *kind])
        parts.append(body)
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


def _packed(name: str, value: Any) -> tuple[list[Any], bytes]:
    """How a column is kept and what `_read` has to know of it, and its bytes."""
    import numpy as np

    if isinstance(value, tuple):
        return ["words", list(value)], b""
    if name in _OWN:
        return _own(value.tolist())
    if value.dtype == object:
        numbers, words = _numbered(value)
        return ["of", *_shape(numbers), words], numbers.tobytes()
    if value.dtype == bool:
        return ["truths", len(value)], np.packbits(value).tobytes()
    if name.endswith(".person"):
        each = _narrowest(np.bincount(value))
        return ["each", *_shape(each)], each.tobytes()
    meant = value.dtype.newbyteorder("<").str
    few = _few(value)
    if few is not None:
        numbers, values = few
        return ["few", *_shape(numbers), *_shape(values), meant], numbers.tobytes() + values.tobytes()
    narrow = _narrowest(value)
    return ["numbers", *_shape(narrow), meant], narrow.tobytes()


def _own(words: list[Any]) -> tuple[list[Any], bytes]:
    """Words one after another; as JSON where they could not be told apart so."""
    text = APART.join(words)
    if words and text.isascii() and text.count(APART) == len(words) - 1:
        return ["text", len(text)], text.encode()
    return ["listed", words], b""


def _read(told: list[Any], body: bytes, reached: int) -> dict[str, Any]:
    import numpy as np

    def numbers(kind: str, length: int) -> NDArray[Any]:
        nonlocal reached
        found = np.frombuffer(body, np.dtype(kind), length, reached)
        reached += found.nbytes
        return found

    found: dict[str, Any] = {}
    for name, kept_as, *of in told:
        match kept_as, of:
            case "words", (words,):
                found[name] = tuple(words)
            case "listed", (words,):
                found[name] = as_column(words)
            case "text", (length,):
                text = numbers("u1", length).tobytes()
                found[name] = as_column(text.decode("ascii").split(APART))
            case "of", (kind, length, words):
                found[name] = as_column(words)[numbers(kind, length)]
            case "truths", (length,):
                found[name] = np.unpackbits(numbers("u1", -(-length // 8)), count=length).astype(bool)
            case "each", (kind, length):
                each = numbers(kind, length)
                found[name] = np.repeat(np.arange(len(each), dtype=np.int32), each)
            case "few", (kind, length, of_kind, of_length, meant):
                places = numbers(kind, length)
                found[name] = numbers(of_kind, of_length).astype(np.dtype(meant))[places]
            case "numbers", (kind, length, meant):
                found[name] = numbers(kind, length).astype(np.dtype(meant))
            case _:
                raise ValueError("kept in no way that there is")
    if reached != len(body):
        raise ValueError("more than was told")
    return found


def _shape(values: NDArray[Any]) -> tuple[str, int]:
    return values.dtype.str, len(values)


def _numbered(words: NDArray[np.object_]) -> tuple[NDArray[Any], list[Any]]:
    """Words of which there are few different ones as numbers, and the words these stand for."""
    import numpy as np

    places: dict[Any, int] = {}
    numbers = np.fromiter((places.setdefault(word, len(places)) for word in words), np.int64, len(words))
    return _narrowest(numbers), list(places)


def _few(values: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]] | None:
    """Numbers of which few differ as places among those; None where that saves nothing."""
    import numpy as np

    if not len(values):
        return None
    low = int(values.min())
    if int(values.max()) - low < _NEAR:
        apart = values - low
        met = np.zeros(int(apart.max()) + 1, bool)
        met[apart] = True
        different = np.flatnonzero(met) + low
        places = (np.cumsum(met, dtype=np.int32) - 1)[apart]
    else:
        different, places = np.unique(values, return_inverse=True)
    numbers, kept = _narrowest(places), _narrowest(different)
    return (numbers, kept) if numbers.nbytes + kept.nbytes < _narrowest(values).nbytes else None


def _narrowest(values: NDArray[Any]) -> NDArray[Any]:
    """The same numbers in as few bytes as hold all of them."""
    import numpy as np

    if not len(values):
        return values.astype("<i8")
    low, high = int(values.min()), int(values.max())
    for kind in ("<u1", "<i1", "<u2", "<i2", "<i4"):
        if np.iinfo(kind).min <= low and high <= np.iinfo(kind).max:
            return values.astype(kind)
    return values.astype("<i8")
