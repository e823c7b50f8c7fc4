"""Today's lines: what is due, in words, grouped into Overdue, Today, Soon and Later."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from mhtracker.domain.records import DueState, Snooze, Stage
from mhtracker.domain.reviewing.due import Due
from mhtracker.store.queries.due import CARER, LEGAL, REVIEW, TARGET, DueItem
from mhtracker.store.queries.snoozed import item_key
from mhtracker.text import count, due_words, format_date, format_day, in_words, name_in_order, short_worker
from mhtracker.ui.list_rows import ListRow, Section
from mhtracker.ui.table_cells import BadgeFacts, StageFacts
from mhtracker.ui.today.reading import TodayData

EVERYTHING = "everything"
OVERDUE, TODAY, SOON, LATER, PUT_OFF = "overdue", "today", "soon", "later", "put_off"
OPEN, TAKE_UP = "open", "take_up"


@dataclass(frozen=True, slots=True)
class DueKind:
    """A kind of thing due: what its chip and its lines say, where it stands on a person's page, what is done about it.

    `command` opens the form that does it; where this version has none, the line opens the person. `record` is what
    the command calls the record's id, where that is not the kind's own name.
    """

    chip: str
    words: str
    icon: str
    tab: str
    command: str = OPEN
    step: str = "Open"
    record: str = ""


DUE_KINDS: dict[str, DueKind] = {
    REVIEW: DueKind("Reviews", "Review", "clipboard-check-outline", "reviews"),
    TARGET: DueKind("Targets", "Target", "flag-outline", "move-on"),
    "action": DueKind("Actions", "Action", "checkbox-marked-outline", "move-on", "finish_action", "Mark done"),
    "follow_up": DueKind(
        "After discharge", "After discharge", "hospital-box-outline", "reviews", "review", "Record contact"
    ),
    CARER: DueKind(
        "Carers", "Carer", "account-heart-outline", "people", "edit_contact", "Record assessment", "contact_id"
    ),
    LEGAL: DueKind("Legal", "Legal", "gavel", "legal", "renew_status", "Renew", "status_id"),
    "warning": DueKind("Warnings", "Warning", "shield-alert-outline", "people", "check_warning", "Look again"),
}
_OTHER = DueKind("Other", "Due", "calendar-today", "summary")
ALWAYS = (REVIEW, TARGET)
"""The kinds that have a chip even when nothing of them is due."""
MOVE_WITHIN_DAYS = 7
"""A target this near is likely to be met: the line offers to record the move."""


def kind_of(item: DueItem) -> DueKind:
    """What is said of an item's kind; also of one that this page has no words for."""
    return DUE_KINDS.get(item.kind, _OTHER)


def group_of(item: DueItem, as_at: date) -> str:
    """Where an item stands. A review booked for the day itself belongs to Today, unless it is overdue already."""
    if item.state == DueState.OVERDUE:
        return OVERDUE
    if item.state == DueState.DUE_TODAY or item.booked_on == as_at:
        return TODAY
    return SOON if item.state == DueState.DUE_SOON else LATER


def counts(data: TodayData) -> dict[str, int]:
    """How many of each kind are overdue, due today or soon, and not put off: what the chips say."""
    found = dict.fromkeys((EVERYTHING, *ALWAYS), 0)
    for item in data.items:
        if group_of(item, data.as_at) != LATER and item_key(item) not in data.put_off:
            found[item.kind] = found.get(item.kind, 0) + 1
            found[EVERYTHING] += 1
    return found


def sections(data: TodayData, stages: Sequence[Stage], *, offers: Container[str]) -> list[Section]:
    """The groups, empty ones left out. A line offers the step of its kind where `offers` holds that command."""
    by_stage = {stage.id: stage for stage in stages}
    groups: dict[str, list[DueItem]] = {OVERDUE: [], TODAY: [], SOON: [], LATER: []}
    away: list[tuple[Snooze, DueItem]] = []
    for item in data.items:
        if (snooze := data.put_off.get(item_key(item))) is not None:
            away.append((snooze, item))
        else:
            groups[group_of(item, data.as_at)].append(item)
    # A review booked for later in the day stands where its hour puts it.
    groups[TODAY].sort(key=lambda item: (item.booked_time, item.line.name_key))
    rows = {key: [make_row(item, key, data.as_at, by_stage, offers) for item in items] for key, items in groups.items()}
    away.sort(key=lambda each: (each[0].until_on, each[1].due_on, each[1].line.name_key))
    rows[PUT_OFF] = [put_off_row(snooze, item, data.as_at, by_stage, offers) for snooze, item in away]
    soon = f"the next {data.soon_days} days"
    if data.review_soon_days != data.soon_days:
        soon += f", yearly reviews the next {data.review_soon_days}"
    until = format_date(data.later_until) if data.later_until.year != data.as_at.year else f"{data.later_until:%B}"
    found = [
        Section(OVERDUE, "Overdue", rows[OVERDUE], "overdue", "oldest first"),
        Section(TODAY, "Today", rows[TODAY], "today"),
        Section(SOON, "Soon", rows[SOON], "soon", soon),
        Section(LATER, "Later", rows[LATER], caption=f"to the end of {until}", closable=True, closed=True),
        Section(
            PUT_OFF,
            "Put off",
            rows[PUT_OFF],
            caption="each comes back on its day; nothing due has changed",
            closable=True,
            closed=True,
        ),
    ]
    return [section for section in found if section.rows]  # fmt: skip


def narrowed(found: Iterable[Section], kind: str) -> list[Section]:
    """Sections with the lines of one kind only; those left without any go."""
    if kind == EVERYTHING:
        return list(found)
    kept = [replace(section, rows=[row for row in section.rows if row.data.kind == kind]) for section in found]
    return [section for section in kept if section.rows]


def make_row(item: DueItem, group: str, as_at: date, stages: dict[str, Stage], offers: Container[str]) -> ListRow:
    """One line, with the step it offers."""
    line, kind = item.line, kind_of(item)
    stage = stages.get(line.stage_id or "")
    command, step = step_of(item, as_at)
    may = command in offers
    return ListRow(
        key=item_key(item),
        badge=badge_of(item, group, as_at),
        kind=kind.words,
        icon=kind.icon,
        stage=StageFacts(stage.letter, stage.colour, stage.label) if stage is not None else None,
        name=name_in_order(line.surname, line.given_names),
        text=text_of(item, stages, as_at),
        when=format_day(item.due_on, as_at, weekday=True),
        action=step if may else "Open",
        plain_action=group in (SOON, LATER) or not may,
        data=item,
    )


def put_off_row(
    snooze: Snooze, item: DueItem, as_at: date, stages: dict[str, Stage], offers: Container[str]
) -> ListRow:
    """A line that is put off: until when, by whom and why; how it stands is said as it is."""
    row = make_row(item, LATER, as_at, stages, offers)
    who = short_worker(snooze.put_off_by)
    why = f"{snooze.reason} ({who}, {format_day(snooze.put_off_on, as_at)})" if who else snooze.reason
    due = due_words(Due(item.due_on, item.state, item.days))
    shape = "overdue" if item.state == DueState.OVERDUE else "in_date"
    return replace(
        row,
        badge=BadgeFacts(shape, due, quiet=True),
        text=why,
        when=f"until {format_day(snooze.until_on, as_at, weekday=True)}",
        action="Take up" if TAKE_UP in offers else "Open",
        plain_action=True,
    )


def badge_of(item: DueItem, group: str, as_at: date) -> BadgeFacts:
    """The state, in words and shape: tinted where it says “act now”, quiet for what lies ahead."""
    if group == OVERDUE:
        return BadgeFacts("overdue", due_words(Due(item.due_on, item.state, item.days)))
    if group == TODAY:
        at = item.booked_time if item.booked_on == as_at else ""
        return BadgeFacts("today", f"Today {at}" if at else "Due today" if item.due_on == as_at else "Booked today")
    words = in_words((item.due_on - as_at).days)
    if item.kind == REVIEW and item.booked_on is not None and item.booked_on >= as_at:
        return BadgeFacts("booked", words, quiet=True)
    if group == LATER:
        return BadgeFacts("in_date", words, quiet=True)
    return BadgeFacts("slipped" if item.kind == TARGET and item.line.slip_days > 0 else "soon", words, quiet=True)


def text_of(item: DueItem, stages: dict[str, Stage], as_at: date) -> str:
    """What of it, after the kind and the name."""
    if item.kind == REVIEW:
        return review_text(item, as_at)
    return target_text(item, stages, as_at) if item.kind == TARGET else item.what


def review_text(item: DueItem, as_at: date) -> str:
    """`First review of Willow House, 56 days in, not booked` or `Last held 21 Jun 2025, booked Wed 22 Jul`."""
    line = item.line
    if item.need is not None:
        words = item.what
    elif line.review_first:
        place = line.service or line.stage.lower()
        days = line.days_in_stage(as_at)
        words = f"First review of {place}" + (f", {count(days, 'day')} in" if days is not None else "")
    elif line.review_never:
        words = "None held yet"
    else:
        words = f"Last held {format_date(line.last_reviewed_on)}" if line.last_reviewed_on else "Review"
    if item.need is None and item.what.endswith("with s117"):
        words += ", with s117"
    if item.booked_on is None:
        return f"{words}, not booked"
    time = f" {item.booked_time}" if item.booked_time else ""
    return f"{words}, booked {format_day(item.booked_on, as_at, weekday=True)}{time}"


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
    if item.kind != REVIEW:
        return kind_of(item).command, kind_of(item).step
    if item.booked_on is None:
        return "book_review", "Book"
    if item.booked_on <= as_at:
        return "review", "Record as held"
    if item.need is None and item.state in (DueState.OVERDUE, DueState.DUE_TODAY):
        return "rebook_review", "Change booking"
    return OPEN, "Open"


def arguments_of(item: DueItem, command: str) -> dict[str, Any]:
    """What a command is to be told of the item: whose it is, and which record where it is about one."""
    found: dict[str, Any] = {"person_id": item.person_id}
    if item.record_id:
        found[kind_of(item).record or f"{item.kind}_id"] = item.record_id
    if item.need is not None and command in ("review", "book_review"):
        found["kind"] = item.need.kind
    return found
