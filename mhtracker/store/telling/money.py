"""The sentences of costs and who pays them."""

from __future__ import annotations

import json
from typing import cast

from mhtracker import text
from mhtracker.domain.records import CostLine, CostTableRow, FundingSplit
from mhtracker.store.codec import from_image
from mhtracker.store.cost_words import line_name, rate_words, split_words
from mhtracker.store.telling.told import Say, Told


def _record(told: Told) -> object:
    values = {name: value for name, value in told.now.items() if name not in ("id", "version")}
    return from_image(told.kind, told.record_id, json.dumps(values))


def _cost_line(told: Told) -> str:
    line = cast(CostLine, _record(told))
    what = text.first_lower(line_name(line, told.says("kind")))
    if told.added:
        until = f" until {told.day('ended_on')}" if told.now.get("ended_on") else ""
        day = "on" if line.frequency == "one_off" else "from"
        return f"Costs {rate_words(line)} {day} {told.day('started_on')}{until}: {what}"
    if told.came("ended_on") and set(_changed(told)) <= {"ended_on", "version"}:
        return f"No longer costs {rate_words(line)} from {told.day('ended_on')}: {what}"
    return ""


def _funding(told: Told) -> str:
    if told.added:
        return f"From {told.day('started_on')} pays {split_words(cast(FundingSplit, _record(told)))}"
    if told.came("ended_on") and set(_changed(told)) <= {"ended_on", "version"}:
        return f"No longer from {told.day('ended_on')}: {split_words(cast(FundingSplit, _record(told)))}"
    return ""


def _cost_row(told: Told) -> str:
    if not told.added:
        return ""
    row = cast(CostTableRow, _record(told))
    cost = text.format_pence(row.as_is_year_pence, whole=True)
    line = f"Line “{row.label}” of the table" if row.label.strip() else "Line of the table"
    people = (
        text.count(row.as_is_people, "person", "people") if row.as_is_people is not None else "people not recorded,"
    )
    return f"{line}: {people} at {cost} a year now"


def _changed(told: Told) -> list[str]:
    return [name for name in {*told.before, *told.after} if told.changed(name)]


MONEY: dict[str, Say] = {"cost_line": _cost_line, "funding": _funding, "cost_row": _cost_row}
