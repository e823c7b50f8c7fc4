"""Filters by a date, a number or words: the ways of asking, what they make, and how they read on a chip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from mhtracker import text
from mhtracker.store.queries.caseload import COLUMNS, Filter

CHOICE, DATE, NUMBER, TEXT = "choice", "date", "number", "text"


@dataclass(frozen=True, slots=True)
class Way:
    """A way of asking: its key, its words, and how many values it takes."""

    key: str
    words: str
    values: int = 1


_EMPTY = (Way("empty", "Not recorded", 0), Way("there", "Recorded", 0))
WAYS: dict[str, tuple[Way, ...]] = {
    DATE: (
        Way("before", "Before"),
        Way("after", "After"),
        Way("between", "Between", 2),
        Way("is", "On"),
        *_EMPTY,
    ),
    NUMBER: (Way("least", "At least"), Way("most", "At most"), Way("between", "Between", 2), Way("is", "Exactly")),
    TEXT: (Way("with", "Contains"), Way("is", "Is"), *_EMPTY),
}
_OPS = {"before": "<", "after": ">", "least": ">=", "most": "<=", "is": "=", "with": "~"}


def make_filters(column: str, way: str, first: Any = None, last: Any = None) -> tuple[Filter, ...]:
    """The filters that a way of asking makes."""
    if way == "empty":
        return (Filter(column, "=", ""),)
    if way == "there":
        return (Filter(column, "!=", ""),)
    if way == "between":
        if first is not None and last is not None and last < first:
            first, last = last, first
        return (Filter(column, ">=", _typed(first)), Filter(column, "<=", _typed(last)))
    return (Filter(column, _OPS[way], _typed(first)),)


def read_condition(filters: Sequence[Filter]) -> tuple[str, str, str]:
    """The way of asking and its values as typed; ("", "", "") for none that is known."""
    if len(filters) == 2 and {each.op for each in filters} == {">=", "<="}:
        ends = {each.op: each.value for each in filters}
        return "between", ends[">="], ends["<="]
    if len(filters) != 1:
        return "", "", ""
    (each,) = filters
    if each.value == "":
        return ("empty" if each.op == "=" else "there" if each.op == "!=" else ""), "", ""
    way = next((way for way, op in _OPS.items() if op == each.op), "")
    return way, each.value, ""


def condition_words(filters: Sequence[Filter]) -> str:
    """How filters of one column read on its chip: `before 1 Jan 2026`, `1 Jan to 31 Mar 2026`, `not recorded`."""
    way, first, last = read_condition(filters)
    if way == "between":
        return f"{_said(filters[0], first)} to {_said(filters[0], last)}"
    if way in ("empty", "there"):
        return {"empty": "not recorded", "there": "recorded"}[way]
    return ", ".join(f"{_lead(each)} {_said(each, each.value)}".strip() for each in filters)


_LEADS = {"<": "below", ">": "above", "<=": "at most", ">=": "at least", "~": "with", "!=": "not"}
_LEADS_OF_DAYS = {"<": "before", ">": "after", "<=": "by", ">=": "from", "!=": "not"}


def _lead(each: Filter) -> str:
    return (_LEADS_OF_DAYS if _day(each.column, each.value) is not None else _LEADS).get(each.op, "")


def _said(each: Filter, value: str) -> str:
    day = _day(each.column, value)
    if day is not None:
        return text.format_date(day)
    return f"£{value}" if COLUMNS[each.column].kind == "pounds" else value


def _day(column: str, value: str) -> date | None:
    if COLUMNS[column].kind not in ("date", "state_or_date"):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _typed(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value if value is not None else "").strip()
