"""Records to rows and to the images the journal keeps, and back.

An image is the JSON of a record's fields that differ from their defaults, without id and version: short, and readable
by a later program that has added fields with defaults.
"""

from __future__ import annotations

import dataclasses
import json
import operator
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import repeat
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from sqlalchemy import Table

from mhtracker.domain.records import KIND_OF, KINDS, Record
from mhtracker.store.schema import RECORD_TABLES

R = TypeVar("R", bound=Record)
Image = str


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    default: Any
    plain: Callable[[Any], Any] | None
    """Turns a value other than None into what JSON and a bare driver take; None when it already is."""
    real: Callable[[Any], Any] | None
    """The way back."""
    is_truth: bool = False
    """Whether it is yes or no, which SQLite's own driver gives as 1 or 0."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How one record type is stored. The getters and places are worked out once: every write goes through them."""

    record_type: type[Record]
    kind: str
    table: Table
    fields: tuple[_Field, ...]
    columns: tuple[str, ...]
    person_field: str | None
    take: Callable[[Any], tuple[Any, ...]]
    to_plain: tuple[tuple[int, Callable[[Any], Any]], ...]
    told: tuple[tuple[str, Any], ...]
    """Name and default of each field that an image tells of: all but id and version, which stand first and last."""

    @property
    def defaults(self) -> dict[str, Any]:
        """What an image leaves out, as JSON has it."""
        return {name: default for name, default in self.told if default is not dataclasses.MISSING}


_WAYS: dict[type, tuple[Callable[[Any], Any], Callable[[Any], Any]]] = {
    date: (date.isoformat, date.fromisoformat),
    datetime: (datetime.isoformat, datetime.fromisoformat),
    # A whole number given for one with decimals is kept as what the database gives back, or undo would see a change.
    float: (float, float),
}


def _field(name: str, hint: Any, default: Any) -> _Field:
    bare = hint
    if get_origin(hint) in (Union, UnionType):
        bare = next(choice for choice in get_args(hint) if choice is not NoneType)
    if isinstance(bare, type) and issubclass(bare, StrEnum):
        return _Field(name, default, str, bare)
    plain, real = _WAYS.get(bare, (None, None))
    return _Field(name, default, plain, real, bare is bool)


_shapes: dict[type[Record], Shape] = {}


def shape_of(record_type: type[Record]) -> Shape:
    """The shape of a record type; worked out once."""
    if record_type not in _shapes:
        _shapes[record_type] = _shape(record_type)
    return _shapes[record_type]


def _shape(record_type: type[Record]) -> Shape:
    hints = get_type_hints(record_type)
    fields = tuple(_field(f.name, hints[f.name], f.default) for f in dataclasses.fields(record_type))
    columns = tuple(field.name for field in fields)
    kind = KIND_OF[record_type]
    return Shape(
        record_type,
        kind,
        RECORD_TABLES[record_type],
        fields,
        columns,
        "id" if kind == "person" else "person_id" if "person_id" in columns else None,
        operator.attrgetter(*columns),
        tuple((place, field.plain) for place, field in enumerate(fields) if field.plain is not None),
        tuple((field.name, field.default) for field in fields[1:-1]),
    )


def person_of(record: Record) -> str | None:
    """The person a record belongs to, if one."""
    name = shape_of(type(record)).person_field
    return cast("str | None", getattr(record, name)) if name else None


def to_values(record: Record) -> tuple[Any, ...]:
    """A record's fields in column order as a bare database driver takes them (dates as ISO text)."""
    shape = shape_of(type(record))
    values = list(shape.take(record))
    for place, plain in shape.to_plain:
        if values[place] is not None:
            values[place] = plain(values[place])
    return tuple(values)


def to_image(record: Record) -> Image:
    """The journal's image of a record."""
    return image_of(shape_of(type(record)), to_values(record))


def image_of(shape: Shape, values: Sequence[Any]) -> Image:
    """The image of a record from its bare values."""
    told = zip(shape.told, values[1:-1], strict=True)
    return _encode({name: value for (name, default), value in told if value != default})


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def image_values(image: Image | None) -> dict[str, Any] | None:
    """An image as JSON-ready values (dates as ISO text); None for no record."""
    return cast("dict[str, Any]", json.loads(image)) if image is not None else None


def from_image(kind: str, record_id: str, image: Image, version: int = 1) -> Record:
    """The record an image was taken of."""
    record_type = KINDS[kind]
    values = json.loads(image)
    known = {}
    for field in shape_of(record_type).fields:
        if field.name in values:
            value = values[field.name]
            known[field.name] = field.real(value) if field.real is not None and value is not None else value
    return record_type(**{**known, "id": record_id, "version": version})


def from_row(record_type: type[R], row: Sequence[Any]) -> R:
    """A record from a row in column order whose dates are dates (as SQLAlchemy gives them)."""
    values = []
    for field, value in zip(shape_of(record_type).fields, row, strict=True):
        convert = field.real if value is not None and isinstance(field.real, type) else None
        values.append(convert(value) if convert else value)
    return record_type(*values)


def from_rows(record_type: type[R], rows: Iterable[Sequence[Any]]) -> list[R]:
    """Records from rows; like `from_row`, with the look-ups done once."""
    enums = [
        (place, field.real)
        for place, field in enumerate(shape_of(record_type).fields)
        if isinstance(field.real, type) and issubclass(field.real, StrEnum)
    ]
    if not enums:
        return [record_type(*row) for row in rows]
    records = []
    for row in rows:
        values = list(row)
        for place, convert in enums:
            if values[place] is not None:
                values[place] = convert(values[place])
        records.append(record_type(*values))
    return records


class _Days(dict[str | None, date | None]):
    """Days by their ISO text: few days stand in very many rows."""

    def __missing__(self, key: str) -> date:
        self[key] = day = date.fromisoformat(key)
        return day


_days = _Days({None: None})


def from_bare_rows(record_type: type[R], rows: Sequence[Sequence[Any]], names: Sequence[str] | None = None) -> list[R]:
    """Records from rows as SQLite's own driver gives them, in column order. A column at a time: for very many.

    `names` are the columns that the rows have, in column order (None: all); the other fields keep their defaults.
    """
    if not rows:
        return []
    given = dict(zip(names or shape_of(record_type).columns, zip(*rows, strict=True), strict=True))
    columns: list[Iterable[Any]] = []
    for field in shape_of(record_type).fields:
        column = given.get(field.name)
        if column is None:
            columns.append(repeat(field.default))
        elif field.real == date.fromisoformat:
            columns.append(map(_days.__getitem__, column))
        elif field.real is not None or field.is_truth:
            real = field.real or bool
            known = {value: real(value) for value in set(column) if value is not None}
            columns.append(map(known.get, column))
        else:
            columns.append(column)
    return list(map(record_type, *columns))
