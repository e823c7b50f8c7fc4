"""The rule that narrows a programme's baseline, as it is kept: filters of the caseload parted by semicolons."""

from __future__ import annotations

from collections.abc import Iterable

from mhtracker.domain.errors import Invalid
from mhtracker.store.queries.caseload import Filter, parse_filter
from mhtracker.store.queries.views import typed_filters

_BETWEEN = ";"


def write_rule(filters: Iterable[Filter]) -> str:
    """A rule as a programme keeps it; "" for no filters."""
    return f"{_BETWEEN} ".join(typed_filters(filters))


def read_rule(rule: str) -> tuple[Filter, ...]:
    """The filters of a rule. Raises Invalid({"rule": words}).

    A semicolon parts two filters only where a filter follows it: a team may be called “North; evenings”.
    """
    found: list[Filter] = []
    parts = rule.split(_BETWEEN)
    for place, part in enumerate(parts):
        try:
            found.append(parse_filter(part))
        except Invalid as problem:
            if not part.strip() and place == len(parts) - 1:
                continue
            if not found:
                raise Invalid({"rule": str(problem)}) from problem
            found[-1] = _longer(found[-1], part)
    return tuple(found)


def _longer(one: Filter, part: str) -> Filter:
    return Filter(one.column, one.op, f"{one.value}{_BETWEEN}{part.rstrip()}")
