"""A person's own goals, and measures by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mhtracker.domain.records.base import Record


@dataclass(frozen=True, slots=True)
class Goal(Record):
    """What a person wants, in their own words. `end_reason` is "met", "changed", "given_up" or another code."""

    id: str
    person_id: str
    words: str
    set_on: date
    aimed_for: date | None = None
    ended_on: date | None = None
    end_reason: str | None = None
    position: int = 0
    version: int = 0


@dataclass(frozen=True, slots=True)
class GoalScore(Record):
    """How far along a goal is, 0 (not begun) to 10 (reached), as the person sees it on a day."""

    id: str
    person_id: str
    goal_id: str
    score: int
    scored_on: date
    note: str = ""
    author: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class MeasureTool(Record):
    """A measure the office is licensed for: its name, the range of its total and which way is better. No items."""

    id: str
    name: str
    lowest: float
    highest: float
    higher_is_better: bool = True
    licence: str = ""
    repeat_months: int | None = None
    retired: bool = False
    version: int = 0


@dataclass(frozen=True, slots=True)
class MeasureScore(Record):
    """The total of a measure on a day."""

    id: str
    person_id: str
    tool_id: str
    total: float
    taken_on: date
    note: str = ""
    author: str = ""
    version: int = 0
