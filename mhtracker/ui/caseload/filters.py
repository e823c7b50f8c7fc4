"""What the caseload can be narrowed to: the filters a person chooses, in words, and the query they make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mhtracker import text
from mhtracker.domain.errors import Invalid, UserError
from mhtracker.domain.fields import label_of
from mhtracker.domain.lists.code_lists import CODE_LISTS
from mhtracker.operations.programme_rules import read_rule
from mhtracker.store import Store
from mhtracker.store.queries.caseload import (
    CaseloadQuery,
    Filter,
    count_caseload,
    count_each,
    values_in_use,
    weekly_cost,
)
from mhtracker.store.queries.views import View, built_in_views, read_filters, typed_filters
from mhtracker.ui.caseload.conditions import CHOICE, DATE, NUMBER, TEXT, condition_words


@dataclass(frozen=True, slots=True)
class FilterKind:
    """A filter that is offered. `values` are its fixed choices as (value, words); without them those in use are read.

    `usual` ones always have a chip; the others are behind "Add filter". `one` takes a single choice. `by` says how the
    column is asked about: by choosing, or by a date, a number or words; `dated` ones are chosen or asked by date.
    `switch` is the one value of a chip that is only on or off.
    """

    column: str
    label: str
    values: tuple[tuple[str, str], ...] = ()
    code_list: str = ""
    usual: bool = False
    one: bool = False
    by: str = CHOICE
    dated: bool = False
    switch: str = ""


_REVIEW = (
    ("overdue", "Overdue"),
    ("due_today", "Due today"),
    ("due_soon", "Due soon"),
    ("in_date", text.NOT_DUE_YET),
    ("none", "No review due"),
)
_TARGET = (("overdue", "Past"), ("slipped", "Slipped"), ("on_course", "On course"), ("none", "No target"))
_STATUS = (("on_pathway", "On the pathway"), ("left", "Left"), ("died", "Died"), ("all", "Everyone ever"))
_YES_NO = (("yes", "Yes"), ("no", "No"))

FILTERS: tuple[FilterKind, ...] = (
    FilterKind("stage", "Stage", usual=True),
    FilterKind("team", "Team", usual=True),
    FilterKind("worker", "Worker", usual=True),
    FilterKind("review", "Review", _REVIEW, usual=True, dated=True),
    FilterKind("s117", "s117", _YES_NO, usual=True, one=True),
    FilterKind("stuck", "Only stuck", _YES_NO, usual=True, one=True, switch="yes"),
    FilterKind("locality", "Locality", usual=True),
    FilterKind("target", "Move-on target", _TARGET, dated=True),
    FilterKind("plan", "Move-on plan", _YES_NO, one=True),
    FilterKind("barrier", "Open barrier", code_list="delay_reason"),
    FilterKind("service", "Service"),
    FilterKind("provider", "Provider"),
    FilterKind("name", "Name", by=TEXT),
    FilterKind("age", "Age", by=NUMBER),
    FilterKind("born", "Born", by=DATE),
    FilterKind("gender", "Gender", code_list="gender"),
    FilterKind("since", "Since", by=DATE),
    FilterKind("days", "Days in stage", by=NUMBER),
    FilterKind("original_target", "Original target", by=DATE),
    FilterKind("slips", "Target changes", by=NUMBER),
    FilterKind("last_review", "Last reviewed", by=DATE),
    FilterKind("booked", "Review booked", by=DATE),
    FilterKind("weekly_cost", "Cost a week", by=NUMBER),
    FilterKind("weekly_charge", "Person pays a week", by=NUMBER),
    FilterKind("accommodation", "Accommodation", code_list="accommodation"),
    FilterKind("employment", "Employment", code_list="employment"),
    FilterKind("ref", "Ref", by=TEXT),
    FilterKind("nhs_number", "NHS number", by=TEXT),
    FilterKind("local_id", "Local id", by=TEXT),
    FilterKind("status", "Status", _STATUS, one=True),
    FilterKind("left", "Left on", by=DATE),
)

KIND_OF_FILTER = {kind.column: kind for kind in FILTERS}


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that can be chosen, in words, and how many people have it."""

    value: str
    words: str
    count: int


def read_choices(store: Store, column: str, as_at: date) -> list[Choice]:
    """The choices of a filter with their counts among everyone on the pathway."""
    kind = KIND_OF_FILTER[column]
    if kind.values:
        return [
            Choice(value, words, count_caseload(store, CaseloadQuery((Filter(column, "=", value),)), as_at))
            for value, words in kind.values
        ]
    found = values_in_use(store, column, as_at)
    if kind.code_list:
        order = {item.code: item.position for item in store.codes(kind.code_list)}
        found.sort(key=lambda each: order.get(each[0], 999))
        return [Choice(value, store.code_label(kind.code_list, value), count) for value, count in found]
    return [Choice(value, value, count) for value, count in found]


def values_of(filters: Sequence[Filter], column: str) -> tuple[str, ...]:
    """The values a column is narrowed to, or that are left out; empty when it is neither."""
    ops = ("=", "!=")
    return next((tuple(each.value.split("|")) for each in filters if each.column == column and each.op in ops), ())


def leaves_out(filters: Sequence[Filter], column: str) -> bool:
    """Whether a column's chosen values are those to be left out."""
    return any(each.column == column and each.op == "!=" for each in filters)


def with_values(
    filters: Sequence[Filter], column: str, values: Sequence[str], *, leave_out: bool = False
) -> tuple[Filter, ...]:
    """The same filters with a column narrowed to these values, in its place; none takes the filter away."""
    made = (Filter(column, "!=" if leave_out else "=", "|".join(values)),) if values else ()
    return with_filters(filters, column, made)


def with_filters(filters: Sequence[Filter], column: str, made: Sequence[Filter]) -> tuple[Filter, ...]:
    """The same filters with those of a column in the place of what it was narrowed by before."""
    place = next((place for place, each in enumerate(filters) if each.column == column), len(filters))
    before = [each for each in filters[:place] if each.column != column]
    return (*before, *made, *(each for each in filters[place:] if each.column != column))


def column_words(filters: Sequence[Filter], column: str) -> str:
    """What a column is narrowed to, in words for its chip: both ends of a span in one."""
    mine = [each for each in filters if each.column == column]
    return condition_words(mine) if any(_is_condition(each) for each in mine) else ", ".join(map(words_of, mine))


def _is_condition(each: Filter) -> bool:
    kind = KIND_OF_FILTER.get(each.column)
    return each.op not in ("=", "!=") or each.value == "" or (kind is not None and kind.by != CHOICE)


def words_of(each: Filter) -> str:
    """A filter's values in words, short enough for a chip: one value, two, or `any of 3`."""
    kind = KIND_OF_FILTER.get(each.column)
    if _is_condition(each):
        return condition_words([each])
    values = each.value.split("|")
    if each.op == "!=":
        named = " or ".join(_value_words(kind, value) for value in values)
        return f"not {named}" if len(values) <= 2 else f"none of {len(values)}"
    if len(values) > 2:
        return f"any of {len(values)}"
    return ", ".join(_value_words(kind, value) for value in values)


def _value_words(kind: FilterKind | None, value: str) -> str:
    if kind is None:
        return value or "blank"
    if kind.code_list:
        return label_of(kind.code_list, value) if value in _codes(kind.code_list) else value
    words = dict(kind.values).get(value, value)
    return words.lower() if kind.values or kind.column == "stage" else words or "blank"


def _codes(list_name: str) -> frozenset[str]:
    return frozenset(item.code for item in CODE_LISTS.get(list_name, ()))


def label_of_filter(column: str) -> str:
    """What a filter is called; a column that no chip offers goes by its own name."""
    kind = KIND_OF_FILTER.get(column)
    return kind.label if kind else column.replace("_", " ").capitalize()


def rule_words(rule: str) -> str:
    """A rule as its chips say it: “Team: Recovery North; Age: at least 65”; as it is kept where it cannot be read."""
    try:
        filters = read_rule(rule) if rule else ()
    except Invalid:
        return rule
    columns = dict.fromkeys(each.column for each in filters)
    return "; ".join(f"{label_of_filter(each)}: {column_words(filters, each)}" for each in columns)


def as_typed(filters: Sequence[Filter]) -> list[str]:
    """Filters as the command line writes them, for this computer's settings."""
    return typed_filters(filters)


def from_typed(typed: Sequence[str]) -> tuple[Filter, ...]:
    """The filters again; one that this version does not know is left out."""
    return read_filters(typed)


OVERDUE = Filter("review", "=", "overdue")
SLIPPING = Filter("target", "=", "overdue|slipped")
SOON = Filter("review", "=", "due_soon")

__all__ = ["View", "built_in_views"]


def views_here(views: dict[str, list[str]]) -> tuple[View, ...]:
    """The views that this computer alone remembers, in the order of their saving."""
    return tuple(View(f"own:{name}", name, read_filters(typed), here=True) for name, typed in views.items())


@dataclass(frozen=True, slots=True)
class Tally:
    """How the people listed stand, for the line under the table."""

    total: int
    overdue: int = 0
    soon: int = 0
    slipping: int = 0
    weekly_pence: int = 0


def read_tally(store: Store, query: CaseloadQuery, as_at: date) -> Tally:
    """Count the people a query lists by how they stand."""
    standing = [CaseloadQuery((each, Filter("status", "=", "all"))) for each in (OVERDUE, SOON, SLIPPING)]
    overdue, soon, slipping = count_each(store, standing, as_at, within=query)
    return Tally(count_caseload(store, query, as_at), overdue, soon, slipping, weekly_cost(store, query, as_at))


def read_view_counts(store: Store, views: Sequence[View], as_at: date) -> dict[str, int]:
    """How many people each view lists; a view that can no longer be read has none."""
    try:
        counts = count_each(store, [CaseloadQuery(view.filters) for view in views], as_at)
    except UserError:
        return {view.key: _count_view(store, view, as_at) for view in views}
    return dict(zip((view.key for view in views), counts, strict=True))


def _count_view(store: Store, view: View, as_at: date) -> int:
    try:
        return count_caseload(store, CaseloadQuery(view.filters), as_at)
    except UserError:
        return 0


def sort_words(sort: Sequence[tuple[str, bool]]) -> str:
    """The order in words: "Sorted by review, most overdue first"."""
    if not sort:
        return "Sorted by name"
    column, down = sort[0]
    first, last = _ORDER_WORDS.get(column, ("A to Z", "Z to A"))
    label = _SORT_LABELS.get(column, label_of_filter(column).lower())
    return f"Sorted by {label}, {last if down else first}"


_SORT_LABELS = {
    "days": "days",
    "name": "name",
    "s117": "s117",
    "target": "move-on target",
    "ref": "ref",
    "nhs_number": "NHS number",
}
_DATES = ("earliest first", "latest first")
_ORDER_WORDS = {
    "age": ("youngest first", "oldest first"),
    "days": ("shortest stay first", "longest stay first"),
    "review": ("most overdue first", "furthest ahead first"),
    "stage": ("least independent first", "most independent first"),
    "s117": ("without first", "with first"),
    "slips": ("fewest first", "most first"),
    "charge": ("not charged first", "charged first"),
    **dict.fromkeys(("weekly_cost", "weekly_charge"), ("lowest first", "highest first")),
    **dict.fromkeys(("target", "born", "since", "original_target", "last_review", "booked", "left"), _DATES),
}


def shown_range(first: int, last: int, total: int) -> str:
    """`Rows 1–18` of what is in view; "" with nothing to show."""
    return f"Rows {text.format_number(first)}–{text.format_number(min(last, total))}" if total else ""
