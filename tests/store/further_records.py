"""Records of the types in `further_tables.py`, filled by their fields' types."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Mapping
from datetime import UTC, date, datetime
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from mhtracker.domain.records import Record, new_id
from mhtracker.store.further_tables import FURTHER_TABLES

DAY = date(2024, 2, 29)
MOMENT = datetime(2026, 3, 29, 0, 30, 15, 250_000, tzinfo=UTC)
PAPER = b"What the documents of these records hold: invented words."
OWNERS = {"Goal": "goal_id", "MeasureTool": "tool_id", "Programme": "programme_id"}
"""The types that others point to, and the field that does."""


_POINTED_TO = {
    "Goal": "goal_id",
    "MeasureTool": "tool_id",
    "Programme": "programme_id",
    "Unit": "unit_id",
    "Waiting": "waiting_id",
    "CostTable": "table_id",
}


def further_records(text: str, ids: Mapping[str, str]) -> list[Record]:
    """One record of each further type with every field filled, and one with only what it must have.

    `ids` are the records that a field of that name may point to; those made here are added.
    """
    known = {**ids, "sha256": hashlib.sha256(PAPER).hexdigest()}
    made = []
    for record_type in FURTHER_TABLES:
        for full in (False, True):
            made.append(_fill(record_type, text, known, full))
        known[_POINTED_TO.get(record_type.__name__, "")] = made[-1].id
    return made


def _fill(record_type: type[Record], text: str, ids: Mapping[str, str], full: bool) -> Record:
    hints = get_type_hints(record_type)
    given: dict[str, Any] = {"id": new_id()}
    for field in dataclasses.fields(record_type):
        must = field.default is dataclasses.MISSING
        if field.name in ("id", "version") or not (must or full):
            continue
        given[field.name] = ids.get(field.name) or _value(hints[field.name], text if full else "")
    return record_type(**given)


def _value(hint: Any, text: str) -> Any:
    kind = hint
    if get_origin(hint) is UnionType:
        kind = next(choice for choice in get_args(hint) if choice is not NoneType)
    return {str: text, int: 7, float: 2.5, bool: True, date: DAY, datetime: MOMENT}[kind]
