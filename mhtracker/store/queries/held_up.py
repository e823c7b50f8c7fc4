"""Who is held up by what: a condition on the caseload’s lines."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Table

from mhtracker.domain.errors import Invalid
from mhtracker.domain.names import fold
from mhtracker.store.store import Store


def barrier_condition(store: Store, table: Table, op: str, value: str) -> ColumnElement[bool]:
    """The longest open barrier is of a reason, by its code or its words; empty: nothing holds the move up."""
    place: ColumnElement[Any] = table.c.barrier
    if op == "=" and value == "":
        return place == ""
    wanted = fold(value)
    codes = [
        item.code
        for item in store.codes("delay_reason")
        if (wanted in fold(item.label) if op == "~" else wanted in (fold(item.code), fold(item.label)))
    ]
    if op not in ("=", "~"):
        raise Invalid({"": f"barrier is compared with “=”, “!=” or “~”, not “{op}”."})
    if not codes and op == "=":
        raise Invalid({"": f"There is no barrier “{value}”. Write a reason’s code or words, or barrier~housing."})
    return place.in_(codes)
