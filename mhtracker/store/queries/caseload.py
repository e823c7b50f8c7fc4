"""The caseload: filtered, sorted and cut into pages in SQL.

States are counted for the day asked. For another day than the one the lines were built for, the lines that the day
overtakes are built anew in a table beside (`lines_as_at`), so that every list can be read as at any day.
"""

from __future__ import annotations

import dataclasses
import operator
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast

from sqlalchemy import Column, ColumnElement, Select, Table, and_, case, false, func, or_, select, true

from mhtracker.domain.caseload import DIED, LEFT, ON_PATHWAY, CaseloadLine
from mhtracker.domain.dates import parse_date
from mhtracker.domain.errors import Invalid
from mhtracker.domain.names import fold
from mhtracker.domain.records import DatePrecision, DueState
from mhtracker.store.derived import caseload
from mhtracker.store.queries.as_at import lines_as_at
from mhtracker.store.queries.held_up import barrier_condition
from mhtracker.store.queries.search import people_with, typed_words
from mhtracker.store.queries.stuck import stuck_condition
from mhtracker.store.store import Store

OPERATORS = ("<=", ">=", "!=", "=", "<", ">", "~")


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition: a column's name, an operator of `OPERATORS` ("~" contains) and a value as typed.

    Several values joined by "|" mean any of them, for "=".
    """

    column: str
    op: str
    value: str


@dataclass(frozen=True, slots=True)
class CaseloadQuery:
    """What to list. `sort` holds (column, descending) pairs; `text` holds words that begin a name or number."""

    filters: tuple[Filter, ...] = ()
    sort: tuple[tuple[str, bool], ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """A column that can be filtered or sorted: its kind says how a value is read and compared."""

    kind: str
    column: str = ""


COLUMNS: dict[str, ColumnSpec] = {
    "ref": ColumnSpec("text"),
    "name": ColumnSpec("name", "name_key"),
    "nhs_number": ColumnSpec("text"),
    "local_id": ColumnSpec("text"),
    "born": ColumnSpec("date", "born_on"),
    "age": ColumnSpec("age", "born_on"),
    "gender": ColumnSpec("text"),
    "stage": ColumnSpec("stage", "stage_level"),
    "service": ColumnSpec("text"),
    "provider": ColumnSpec("text"),
    "since": ColumnSpec("date", "since_on"),
    "days": ColumnSpec("days", "since_on"),
    "worker": ColumnSpec("text"),
    "team": ColumnSpec("text"),
    "locality": ColumnSpec("text"),
    "s117": ColumnSpec("yes_no", "s117"),
    "accommodation": ColumnSpec("text"),
    "employment": ColumnSpec("text"),
    "target": ColumnSpec("state_or_date", "target_on"),
    "original_target": ColumnSpec("date", "target_original_on"),
    "slips": ColumnSpec("number", "slips"),
    "plan": ColumnSpec("is_there", "plan_id"),
    "stuck": ColumnSpec("stuck", "since_on"),
    "review": ColumnSpec("state_or_date", "review_due_on"),
    "last_review": ColumnSpec("date", "last_reviewed_on"),
    "booked": ColumnSpec("date", "review_booked_on"),
    "weekly_cost": ColumnSpec("pounds", "weekly_cost_pence"),
    "weekly_charge": ColumnSpec("pounds", "weekly_charge_pence"),
    "charge": ColumnSpec("yes_no", "charge"),
    "status": ColumnSpec("status"),
    "left": ColumnSpec("date", "left_on"),
    "barrier": ColumnSpec("barrier"),
    "barriers": ColumnSpec("number"),
}
"""Every column a filter or a sort may name, in the words of the caseload."""

_ALIASES = {
    "born_on": "born",
    "since_on": "since",
    "days_in_stage": "days",
    "target_on": "target",
    "target_state": "target",
    "target_original_on": "original_target",
    "review_due_on": "review",
    "review_state": "review",
    "last_reviewed_on": "last_review",
    "surname": "name",
    "person": "name",
    "left_on": "left",
}
_LINE_FIELDS = tuple(field.name for field in dataclasses.fields(CaseloadLine))
_PRECISION = _LINE_FIELDS.index("born_precision")
_PRECISIONS = {str(each): each for each in DatePrecision}


def column_spec(name: str) -> tuple[str, ColumnSpec]:
    """A column by its name or by the key `list --json` gives it. Raises Invalid naming the columns there are."""
    key = _ALIASES.get(name.strip().lower(), name.strip().lower())
    if key not in COLUMNS:
        raise Invalid({"": f"There is no column “{name}”. The columns are {', '.join(COLUMNS)}."})
    return key, COLUMNS[key]


def parse_filter(text: str) -> Filter:
    """A filter as typed: `stage=residential`, `review=overdue`, `target<2026-12-31`. Raises Invalid."""
    match = re.match(r"\s*([\w ]+?)\s*(<=|>=|!=|=|<|>|~)(.*)\Z", text, re.DOTALL)
    if match is None:
        raise Invalid({"": f"“{text}” is not a filter. Write column=value, for example stage=residential."})
    key, _ = column_spec(match[1].replace(" ", "_"))
    return Filter(key, match[2], match[3].strip())


def parse_sort(text: str) -> tuple[str, bool]:
    """A sort as typed: a column, with "-" before it for largest first."""
    key, _ = column_spec(text.removeprefix("-"))
    return key, text.startswith("-")


def count_caseload(store: Store, query: CaseloadQuery, as_at: date) -> int:
    """How many people match."""
    table = lines_as_at(store, as_at)
    where = caseload_where(store, table, query, as_at)
    return store.database.connection.execute(select(func.count()).select_from(table).where(where)).scalar_one()


def count_each(
    store: Store, queries: Sequence[CaseloadQuery], as_at: date, *, within: CaseloadQuery | None = None
) -> list[int]:
    """How many people match each query – of those who match `within`, if given – counted in one pass."""
    table = lines_as_at(store, as_at)
    sums = [func.sum(case((caseload_where(store, table, each, as_at), 1), else_=0)) for each in queries]
    counting = select(*sums).select_from(table)
    if within is not None:
        counting = counting.where(caseload_where(store, table, within, as_at))
    return [count or 0 for count in store.database.connection.execute(counting).one()]


def weekly_cost(store: Store, query: CaseloadQuery, as_at: date) -> int:
    """What the people who match cost in a week together, in pence; a cost that is not known counts as nothing."""
    table = lines_as_at(store, as_at)
    total = select(func.sum(table.c.weekly_cost_pence)).where(caseload_where(store, table, query, as_at))
    return store.database.connection.execute(total).scalar() or 0


def list_caseload(
    store: Store, query: CaseloadQuery, as_at: date, *, offset: int = 0, limit: int | None = None
) -> list[CaseloadLine]:
    """The lines that match, in order; by name where nothing else is asked."""
    if limit is not None:
        return lines_of(store, caseload_ids(store, query, as_at, offset=offset, limit=limit), as_at)
    table = lines_as_at(store, as_at)
    rows = _ordered(select(*(table.c[name] for name in _LINE_FIELDS)), table, query)
    rows = rows.where(caseload_where(store, table, query, as_at)).offset(offset or None)
    return [line_of(row) for row in store.database.connection.execute(rows)]


def caseload_ids(
    store: Store, query: CaseloadQuery, as_at: date, *, offset: int = 0, limit: int | None = None
) -> list[str]:
    """The ids of everyone who matches, or of one page of them, in order."""
    table = lines_as_at(store, as_at)
    rows = _ordered(select(table.c.person_id), table, query).where(caseload_where(store, table, query, as_at))
    return list(store.database.connection.execute(rows.offset(offset or None).limit(limit)).scalars())


def lines_of(store: Store, person_ids: Sequence[str], as_at: date) -> list[CaseloadLine]:
    """The lines of some people, in the order given; people unknown are left out."""
    table = lines_as_at(store, as_at)
    found: dict[str, CaseloadLine] = {}
    for start in range(0, len(person_ids), 500):
        some = table.c.person_id.in_(list(person_ids[start : start + 500]))
        rows = store.database.connection.execute(select(*(table.c[name] for name in _LINE_FIELDS)).where(some))
        found.update((line.person_id, line) for line in map(line_of, rows))
    return [found[person_id] for person_id in person_ids if person_id in found]


def values_in_use(store: Store, column: str, as_at: date) -> list[tuple[str, int]]:
    """The values a text column holds among people on the pathway, with how many have each, for filter menus."""
    _, spec = column_spec(column)
    table = lines_as_at(store, as_at)
    place = table.c.stage if spec.kind == "stage" else table.c[spec.column or column]
    order = func.min(table.c.stage_level) if spec.kind == "stage" else place
    query = select(place, func.count()).where(table.c.status == ON_PATHWAY).group_by(place).order_by(order)
    return [(value, count) for value, count in store.database.connection.execute(query) if value not in (None, "")]


def line_of(row: Any) -> CaseloadLine:
    """A line from a row in field order."""
    values = list(row)
    values[_PRECISION] = _PRECISIONS.get(values[_PRECISION]) or DatePrecision(values[_PRECISION])
    return CaseloadLine(*values)


def _ordered(query: Select[Any], table: Table, asked: CaseloadQuery) -> Select[Any]:
    for name, descending in asked.sort:
        key, spec = column_spec(name)
        place = table.c[spec.column or key]
        # More days and greater age mean an earlier date.
        down = descending != (spec.kind in ("days", "age"))
        # What is not known stands last either way round.
        query = query.order_by((place.desc() if down else place.asc()).nulls_last())
    return query.order_by(table.c.name_key, table.c.person_id)


def caseload_where(store: Store, table: Table, query: CaseloadQuery, as_at: date) -> ColumnElement[bool]:
    """The condition of a query over a table of lines. People who have left are meant only when `status` says so."""
    conditions = [_condition(store, table, each, as_at) for each in query.filters]
    words = typed_words(query.text)
    if words:
        store.make_ready("found_by")
    if not any(each.column == "status" for each in query.filters):
        # With words typed, few people are meant: found by their words, not by walking the index of everyone's status.
        status = func.coalesce(table.c.status, "") if words else table.c.status
        conditions.append(status == ON_PATHWAY)
    conditions += [table.c.person_id.in_(people_with(word)) for word in words]
    return and_(true(), *conditions)


def _condition(store: Store, table: Table, asked: Filter, as_at: date) -> ColumnElement[bool]:
    key, spec = column_spec(asked.column)
    place = table.c[spec.column or key]
    if asked.op == "=" and "|" in asked.value:
        return or_(*(_condition(store, table, Filter(key, "=", each), as_at) for each in asked.value.split("|")))
    if asked.op == "!=" and spec.kind != "number":
        return ~func.coalesce(_condition(store, table, Filter(key, "=", asked.value), as_at), false())
    value = asked.value.strip()
    named = value.lower().replace(" ", "_")
    if asked.op != "=" and (spec.kind in ("status", "stage", *_YES_OR_NO_KINDS) or named in tuple(DueState)):
        raise Invalid({"": f"{key} is compared with “=” or “!=” here, not “{asked.op}”."})
    if spec.kind == "barrier":
        return barrier_condition(store, table, asked.op, value)
    if spec.kind == "status":
        return _status(table, value)
    if spec.kind == "stage":
        return _stage(store, table, asked)
    if spec.kind == "state_or_date" and named in tuple(DueState):
        return state_condition(table, key, DueState(named), as_at, store.review_rules().soon_days)
    if key == "target" and value.lower().replace(" ", "_") in TARGET_COURSES:
        return _on_its_way(table, value.lower().replace(" ", "_"), as_at)
    if spec.kind in _YES_OR_NO_KINDS:
        if value.lower() not in _YES_OR_NO:
            raise Invalid({"": f"{key} is yes or no, not “{value}”."})
        return _yes_or_no(store, table, spec, as_at, wanted=_YES_OR_NO[value.lower()])
    if value == "" and asked.op == "=":
        return or_(place.is_(None), place == "") if spec.kind in ("text", "name") else place.is_(None)
    if spec.kind in ("text", "name"):
        return _text(store, place, asked, spec.kind == "name")
    return _compare(place, *_number_or_date(key, spec, asked, as_at))


_YES_OR_NO_KINDS = ("yes_no", "is_there", "stuck")


def _yes_or_no(store: Store, table: Table, spec: ColumnSpec, as_at: date, *, wanted: bool) -> ColumnElement[bool]:
    place = table.c[spec.column]
    if spec.kind == "yes_no":
        return place.is_(wanted)
    if spec.kind == "is_there":
        return place.is_not(None) if wanted else place.is_(None)
    stuck = stuck_condition(store, table, as_at)
    return stuck if wanted else ~stuck


_YES_OR_NO = {"yes": True, "y": True, "true": True, "1": True, "no": False, "n": False, "false": False, "0": False}


def state_condition(table: Table, key: str, state: DueState, as_at: date, soon_days: int = 14) -> ColumnElement[bool]:
    """`domain.reviewing.due.due_state` in SQL: a test keeps the two alike."""
    due_on = table.c.review_due_on if key == "review" else table.c.target_on
    soon_on = table.c.review_soon_on if key == "review" else None
    if state == DueState.NONE:
        return due_on.is_(None)
    if state == DueState.OVERDUE:
        return due_on < as_at
    if state == DueState.DUE_TODAY:
        return due_on == as_at
    ahead = due_on > as_at
    is_soon = soon_on <= as_at if soon_on is not None else due_on <= as_at + timedelta(days=soon_days)
    return and_(ahead, is_soon) if state == DueState.DUE_SOON else and_(ahead, ~is_soon)


TARGET_COURSES = ("slipped", "on_course")
"""What a target that has not passed may be, besides its state: later than it first was, or not."""


def _on_its_way(table: Table, course: str, as_at: date) -> ColumnElement[bool]:
    later = table.c.target_on > table.c.target_original_on
    return and_(table.c.target_on >= as_at, later if course == "slipped" else ~later)


def _status(table: Table, value: str) -> ColumnElement[bool]:
    wanted = value.lower().replace(" ", "_")
    if wanted == "all":
        return table.c.status.in_((ON_PATHWAY, LEFT, DIED))
    if wanted == "left":
        return table.c.status.in_((LEFT, DIED))
    if wanted in (ON_PATHWAY, DIED):
        return table.c.status == wanted
    raise Invalid({"": f"There is no status “{value}”. Say on_pathway, left, died or all."})


def _stage(store: Store, table: Table, asked: Filter) -> ColumnElement[bool]:
    if asked.value == "":
        return table.c.stage_id.is_(None)
    wanted = fold(asked.value)
    found = [stage for stage in store.stages() if wanted in (fold(stage.id), fold(stage.label))]
    if not found:
        known = ", ".join(stage.id for stage in store.stages())
        raise Invalid({"": f"There is no stage “{asked.value}”. The stages are {known}."})
    level = table.c.stage_level == found[0].level
    alone = sum(stage.level == found[0].level for stage in store.stages()) == 1
    # The level is what the index begins with; it says everything while no other stage shares it.
    return level if alone else and_(level, table.c.stage_id == found[0].id)


def _text(store: Store, place: Column[str], asked: Filter, folded: bool) -> ColumnElement[bool]:
    value = fold(asked.value) if folded else asked.value.lower()
    column = place if folded else func.lower(place)
    if asked.op == "~" or folded:
        return column.contains(value, autoescape=True)
    if asked.op == "=":
        # As typed, where that is there: the index knows it, and does not know what it would be in small letters.
        exactly = place == asked.value
        there = store.database.connection.execute(select(place).where(exactly).limit(1)).first()
        return exactly if there is not None else column == value
    return _compare(column, asked.op, value)


_MOST = {"days": 100_000, "age": 200}
_FLIPPED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "=": "="}


def _number_or_date(key: str, spec: ColumnSpec, asked: Filter, as_at: date) -> tuple[str, Any]:
    if spec.kind in ("date", "state_or_date"):
        try:
            return asked.op, parse_date(asked.value, as_at).value
        except Invalid as error:
            raise Invalid({"": f"{key}: {error}"}) from error
    try:
        number = float(asked.value.replace(",", "").removeprefix("£"))
    except ValueError as error:
        raise Invalid({"": f"{key} is compared with a number, not “{asked.value}”."}) from error
    # Written so that "nan" fails too; beyond these a database or a calendar ends.
    if not abs(number) <= _MOST.get(spec.kind, 1e9):
        raise Invalid({"": f"{key} is compared with a smaller number than {asked.value}."})
    if spec.kind == "days":
        return _FLIPPED[asked.op], as_at - timedelta(days=int(number))
    if spec.kind == "age":
        return _age_bound(asked.op, int(number), as_at)
    return asked.op, round(number * 100) if spec.kind == "pounds" else int(number)


def _age_bound(op: str, years: int, as_at: date) -> tuple[str, Any]:
    from mhtracker.domain.dates import add_months

    youngest, oldest = add_months(as_at, -12 * years), add_months(as_at, -12 * (years + 1))
    if op == "=":
        return "between", (oldest + timedelta(days=1), youngest)
    return {"<": (">", youngest), "<=": (">", oldest), ">": ("<=", oldest), ">=": ("<=", youngest)}[op]


def _compare(place: ColumnElement[Any], op: str, value: Any) -> ColumnElement[bool]:
    if op == "between":
        return cast("ColumnElement[bool]", place.between(*value))
    if op == "~":
        op = "="
    compare = getattr(operator, _COMPARERS[op])
    return cast("ColumnElement[bool]", compare(place, value))


_COMPARERS = {"=": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"}


assert set(_LINE_FIELDS) == set(caseload.c.keys())
