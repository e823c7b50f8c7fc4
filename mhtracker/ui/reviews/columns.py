"""The columns of the Reviews page."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from mhtracker.domain.dates import week_start
from mhtracker.domain.records import DueState, Stage
from mhtracker.domain.reviewing.due import Due
from mhtracker.store.queries.due import DueItem
from mhtracker.text import booking_words, due_words, format_date, in_words, name_in_order
from mhtracker.ui.reviews.reading import planned_on
from mhtracker.ui.table_cells import BadgeFacts, Column, StageFacts
from mhtracker.ui.widgets.shapes import SHAPE_OF_DUE


def state_words(item: DueItem) -> str:
    """`23 days overdue`, `Due today`, `In 9 days`."""
    if item.state == DueState.IN_DATE:
        return in_words(-item.days)
    return due_words(Due(item.due_on, item.state, item.days))


def week_words(item: DueItem, as_at: date) -> str:
    """`Week of 13 Jul`; a dash for what stands in no week to come, since it is overdue and not booked."""
    planned = planned_on(item, as_at)
    if planned < as_at:
        return "–"
    return f"Week of {format_date(week_start(planned), year=False)}"


@dataclass(slots=True)
class Seen:
    """What the columns are read by: the day, and the stages of the register."""

    as_at: date
    stages: dict[str, Stage] = field(default_factory=dict)


def columns_for(seen: Seen) -> tuple[Column, ...]:
    """The columns, as `seen` says when they are drawn."""

    def badge(item: DueItem) -> BadgeFacts:
        quiet = item.state in (DueState.IN_DATE, DueState.DUE_SOON)
        return BadgeFacts(SHAPE_OF_DUE[item.state], state_words(item), quiet=quiet)

    def stage(item: DueItem) -> StageFacts:
        known = seen.stages.get(item.line.stage_id or "")
        return StageFacts(known.letter, known.colour, known.label) if known else StageFacts("", "other", "No placement")

    def booked(item: DueItem) -> str:
        return (
            booking_words(item.booked_on, item.booked_time, seen.as_at) if item.booked_on is not None else "Not booked"
        )

    return (
        Column("name", "Name", 180, lambda i: name_in_order(i.line.surname, i.line.given_names), "strong"),
        Column("state", "State", 156, state_words, "badge", value=badge),
        Column("what", "What", 176, lambda i: i.what),
        Column("due", "Due", 96, lambda i: format_date(i.due_on), "quiet"),
        Column("booked", "Booked", 168, booked),
        Column("week", "Week", 112, lambda i: week_words(i, seen.as_at), "quiet", gives=3),
        Column("worker", "Worker", 136, lambda i: i.line.worker or "Nobody", gives=1),
        Column("stage", "Stage", 138, lambda i: i.line.stage, "stage", value=stage, gives=2),
    )
