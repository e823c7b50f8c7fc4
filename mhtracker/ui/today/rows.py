"""Today's lines: what is due, in words, grouped into Overdue, Today, Soon and Later."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from mhtracker.domain.records import DueState, Stage
from mhtracker.domain.summary import Due
from mhtracker.store.queries.due import REVIEW, TARGET, DueItem
from mhtracker.text import count, due_words, format_date, format_day, in_words, name_in_order
from mhtracker.ui.list_rows import ListRow, Section
from mhtracker.ui.table_cells import BadgeFacts, StageFacts
from mhtracker.ui.today.reading import TodayData

EVERYTHING = "everything"
KINDS = ((EVERYTHING, "Everything"), (REVIEW, "Reviews"), (TARGET, "Targets"))
OVERDUE, TODAY, SOON, LATER = "overdue", "today", "soon", "later"
_WORDS = {REVIEW: ("Review", "clipboard-check-outline"), TARGET: ("Target", "flag-outline")}
MOVE_WITHIN_DAYS = 7
"""A target this near is likely to be met: the line offers to record the move."""


def group_of(item: DueItem, as_at: date) -> str:
    """Where an item stands. A review booked for the day itself belongs to Today, unless it is overdue already."""
    if item.state == DueState.OVERDUE:
        return OVERDUE
    if item.state == DueState.DUE_TODAY or item.booked_on == as_at:
        return TODAY
    return SOON if item.state == DueState.DUE_SOON else LATER


def counts(items: Iterable[DueItem], as_at: date) -> dict[str, int]:
    """How many of each kind are overdue, due today or soon: what the chips say."""
    found = dict.fromkeys((key for key, _ in KINDS), 0)
    for item in items:
        if group_of(item, as_at) != LATER:
            found[item.kind] = found.get(item.kind, 0) + 1
            found[EVERYTHING] += 1
    return found


def sections(data: TodayData, stages: Sequence[Stage], *, may_record: bool) -> list[Section]:
    """The four groups, empty ones left out. Without `may_record` no line offers a step."""
    by_stage = {stage.id: stage for stage in stages}
    groups: dict[str, list[DueItem]] = {OVERDUE: [], TODAY: [], SOON: [], LATER: []}
    for item in data.items:
        groups[group_of(item, data.as_at)].append(item)
    # A review booked for later in the day stands where its hour puts it.
    groups[TODAY].sort(
        key=lambda item: (item.line.review_booked_time if item.kind == REVIEW else "", item.line.name_key)
    )
    rows = {
        key: [make_row(item, key, data.as_at, by_stage, may_record) for item in items] for key, items in groups.items()
    }
    soon = f"the next {data.soon_days} days"
    if data.review_soon_days != data.soon_days:
        soon += f", yearly reviews the next {data.review_soon_days}"
    until = format_date(data.later_until) if data.later_until.year != data.as_at.year else f"{data.later_until:%B}"
    found = [
        Section(OVERDUE, "Overdue", rows[OVERDUE], "overdue", "oldest first"),
        Section(TODAY, "Today", rows[TODAY], "today"),
        Section(SOON, "Soon", rows[SOON], "soon", soon),
        Section(LATER, "Later", rows[LATER], caption=f"to the end of {until}", closable=True, closed=True),
    ]
    return [section for section in found if section.rows]


def narrowed(found: Iterable[Section], kind: str) -> list[Section]:
    """Sections with the lines of one kind only; those left without any go."""
    if kind == EVERYTHING:
        return list(found)
    kept = [replace(section, rows=[row for row in section.rows if row.data.kind == kind]) for section in found]
    return [section for section in kept if section.rows]


def make_row(item: DueItem, group: str, as_at: date, stages: dict[str, Stage], may_record: bool) -> ListRow:
    """One line, with the step it offers."""
    line = item.line
    kind, icon = _WORDS[item.kind]
    stage = stages.get(line.stage_id or "")
    _, step = step_of(item, as_at)
    return ListRow(
        key=f"{item.kind}:{item.person_id}",
        badge=badge_of(item, group, as_at),
        kind=kind,
        icon=icon,
        stage=StageFacts(stage.letter, stage.colour, stage.label) if stage is not None else None,
        name=name_in_order(line.surname, line.given_names),
        text=review_text(item, as_at) if item.kind == REVIEW else target_text(item, stages, as_at),
        when=format_day(item.due_on, as_at, weekday=True),
        action=step if may_record else "Open",
        plain_action=group in (SOON, LATER) or not may_record,
        data=item,
    )


def badge_of(item: DueItem, group: str, as_at: date) -> BadgeFacts:
    """The state, in words and shape: tinted where it says “act now”, quiet for what lies ahead."""
    if group == OVERDUE:
        return BadgeFacts("overdue", due_words(Due(item.due_on, item.state, item.days)))
    if group == TODAY:
        at = item.line.review_booked_time if item.kind == REVIEW and item.booked_on == as_at else ""
        return BadgeFacts("today", f"Today {at}" if at else "Due today" if item.due_on == as_at else "Booked today")
    words = in_words((item.due_on - as_at).days)
    if item.kind == REVIEW and item.booked_on is not None and item.booked_on >= as_at:
        return BadgeFacts("booked", words, quiet=True)
    if group == LATER:
        return BadgeFacts("in_date", words, quiet=True)
    return BadgeFacts("slipped" if item.kind == TARGET and item.line.slip_days > 0 else "soon", words, quiet=True)


def review_text(item: DueItem, as_at: date) -> str:
    """`First review of Willow House, 56 days in, not booked` or `Last held 21 Jun 2025, booked Wed 22 Jul`."""
    line = item.line
    if line.review_first:
        place = line.service or line.stage.lower()
        days = line.days_in_stage(as_at)
        words = f"First review of {place}" + (f", {count(days, 'day')} in" if days is not None else "")
    elif line.review_never:
        words = "None held yet"
    else:
        words = f"Last held {format_date(line.last_reviewed_on)}" if line.last_reviewed_on else "Review"
    if line.review_booked_on is None:
        return f"{words}, not booked"
    time = f" {line.review_booked_time}" if line.review_booked_time else ""
    return f"{words}, booked {format_day(line.review_booked_on, as_at, weekday=True)}{time}"


def target_text(item: DueItem, stages: dict[str, Stage], as_at: date) -> str:
    """`Aim: Independent, first set for 30 Jan 2026`."""
    line = item.line
    aim = stages.get(line.aim_stage_id or "")
    words = f"Aim: {aim.label}" if aim is not None else "Move on"
    if line.slips and line.target_original_on is not None and line.target_original_on != line.target_on:
        return f"{words}, first set for {format_day(line.target_original_on, as_at)}"
    return words


def step_of(item: DueItem, as_at: date) -> tuple[str, str]:
    """The command that a line offers, and its words."""
    if item.kind == TARGET:
        near = as_at <= item.due_on <= as_at + timedelta(days=MOVE_WITHIN_DAYS)
        return ("move", "Record move") if near else ("target", "Change target")
    if item.booked_on is None:
        return "book_review", "Book"
    if item.booked_on <= as_at or item.state == DueState.OVERDUE:
        return "review", "Record as held"
    return "open", "Open"
