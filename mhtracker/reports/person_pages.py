"""The pages of one person: what a case summary says, in the order a meeting reads it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from mhtracker import text
from mhtracker.domain.code_lists import SETTLED
from mhtracker.domain.records import DueState, LegalAndStatus, StatusKind, Target
from mhtracker.domain.summary import CaseSummary, MoveOn, ReviewLine, Stay
from mhtracker.figures.palette import PAPER
from mhtracker.figures.pathway_strip import draw_pathway_strip
from mhtracker.reports import signs
from mhtracker.reports.decision import draw_decision
from mhtracker.reports.page_frame import Printing, draw_person_frame, label
from mhtracker.reports.paper import (
    CAPTION,
    LEFT,
    RIGHT,
    ROOM,
    Cell,
    Column,
    Flow,
    Pill,
    draw_cell,
    wrapped,
)
from mhtracker.reports.pdf_file import PdfFile
from mhtracker.reports.sheet import Sheet

RECENT_NOTES = 8
BLANK = Cell(text.NOT_RECORDED, fill=PAPER.text3)


def write_person(pdf: PdfFile, summary: CaseSummary, printing: Printing, *, decision: bool) -> list[int]:
    """Writes one person's pages; gives the content number of each, for `Leaf`. Each begins on a new page."""
    sheets: list[Sheet] = []

    def new_page() -> tuple[Sheet, float]:
        sheet = pdf.sheet()
        sheets.append(sheet)
        return sheet, draw_person_frame(sheet, summary, printing)

    flow = Flow(new_page)
    _draw_strip(flow, summary)
    _draw_now(flow, summary)
    _draw_move_on(flow, summary)
    _draw_reviews(flow, summary)
    _draw_placements(flow, summary)
    _draw_statuses(flow, summary)
    _draw_notes(flow, summary)
    if decision:
        draw_decision(flow, summary)
    return [pdf.add(sheet) for sheet in sheets]


def said(words: str) -> Cell:
    """The words, or "Not recorded" where there are none."""
    return Cell(words) if words.strip() else BLANK


def _draw_strip(flow: Flow, summary: CaseSummary) -> None:
    picture = draw_pathway_strip(summary, PAPER, width=ROOM, text_size=CAPTION)
    flow.y -= picture.height + 7.0
    flow.sheet.picture(picture.drawing, LEFT, flow.y)
    flow.y += 6.0


def _draw_now(flow: Flow, summary: CaseSummary) -> None:
    middle, top, sheet = LEFT + ROOM * 0.49, flow.y, flow.sheet
    flow.heading("Now", right=middle, keep=110)
    if flow.sheet is not sheet:
        top = flow.y + 29.0
    flow.facts(_now(summary), left=LEFT, right=middle, label_room=78)
    lowest, start = flow.y, flow.sheet
    flow.y = top
    flow.heading("People and package", left=middle + 15, keep=0)
    flow.facts(_people(summary), left=middle + 15, right=RIGHT, label_room=80)
    if flow.sheet is start:
        flow.y = min(flow.y, lowest)


def _now(summary: CaseSummary) -> list[tuple[str, Cell]]:
    stay, need = summary.current, summary.review
    facts = [("Stage", BLANK), ("Lives at", BLANK)]
    if stay is not None:
        since = f" since {text.format_date(stay.placement.started_on)}"
        facts[0] = ("Stage", Cell(since, lead=stay.stage.label, pill=_pill(stay)))
        facts[1] = ("Lives at", said(_place(stay)))
    person = summary.person
    if person.left_on and person.left_on <= summary.as_at:
        why = label(summary, "leaving_reason", person.left_reason)
        words = f"{text.format_date(person.left_on)}{': ' if why else ''}{why}"
        facts.append(("Left pathway", Cell(words)))
    home, work, s117 = summary.accommodation, summary.employment, summary.s117
    settled = (" (settled)" if home.code in SETTLED else " (not settled)") if home and home.code != "unknown" else ""
    facts += [
        ("Accommodation", said(f"{_status_words(summary, home)}{settled}" if home else "")),
        ("Employment", said(_status_words(summary, work) if work else "")),
        ("Legal status", said(_after_care(s117) if s117 else "")),
        ("Next review", _due_cell(summary)),
        ("Last reviewed", said(text.format_date(need.last_held_on))),
    ]
    return facts


def _people(summary: CaseSummary) -> list[tuple[str, Cell]]:
    person, stay = summary.person, summary.current
    cost = stay.placement.weekly_cost_pence if stay else None
    package = Cell(" a week, gross", lead=text.format_pence(cost)) if cost is not None else BLANK
    return [
        ("Worker", said(summary.worker)),
        ("Team", said(summary.team)),
        ("Care coordinator", said(person.care_coordinator)),
        ("Service", said(stay.service.name if stay and stay.service else "")),
        ("Provider", said(stay.provider.name if stay and stay.provider else "")),
        ("Package", package),
        ("Locality", said(person.locality)),
        ("Ethnicity", said(label(summary, "ethnicity", person.ethnicity))),
    ]


def _due_cell(summary: CaseSummary) -> Cell:
    need = summary.review
    if need.due.state is DueState.NONE:
        return Cell("Not due" if summary.status != "on_pathway" else text.NOT_RECORDED, fill=PAPER.text3)
    sign, fill = signs.sign_of(need.due.state)
    due = text.due_words(need.due)
    lead = due if need.due.state is not DueState.IN_DATE else f"Due {due}"
    if need.never and need.due.state is DueState.OVERDUE:
        lead += ", never reviewed"
    when = "" if need.due.state is DueState.IN_DATE else f", due {text.format_date(need.due.due_on)}"
    booked = need.booked
    if booked and booked.booked_on:
        at = f", {booked.booked_time}" if booked.booked_time else ""
        when += f". Booked {text.format_date(booked.booked_on, weekday=True)}{at}"
    return Cell(when, lead=lead, fill=fill, sign=sign)


def _place(stay: Stay) -> str:
    parts = (
        stay.placement.address,
        stay.service.name if stay.service else "",
        stay.provider.name if stay.provider else "",
    )
    return ", ".join(part for part in parts if part)


def _pill(stay: Stay) -> Pill:
    return Pill(stay.stage.letter[:2], PAPER.stage(stay.stage))


_LIST_OF = {StatusKind.S117: "s117", StatusKind.ACCOMMODATION: "accommodation", StatusKind.EMPLOYMENT: "employment"}


def _status_words(summary: CaseSummary, status: LegalAndStatus) -> str:
    return label(summary, _LIST_OF[status.kind], status.code)


def _after_care(status: LegalAndStatus) -> str:
    since = f" since {text.format_date(status.started_on)}" if status.started_on else ""
    return f"s117 after-care{since}" + (f" (from s{status.code})" if status.code else "")


def _draw_move_on(flow: Flow, summary: CaseSummary) -> None:
    flow.heading("Move-on plan", keep=60)
    plan = summary.move_on
    if plan is None:
        flow.y -= 3
        flow.words(text.NOT_RECORDED, fill=PAPER.text3)
    else:
        _draw_plan_facts(flow, plan)
        if plan.slips and plan.original:
            _draw_slips(flow, summary, plan.original, plan.slips)
    if summary.past_plans:
        flow.need(50)
        flow.y -= 6
        columns = (Column("Earlier plan", 190), Column("Target", 80), Column("Ended", 80), Column("Why", ROOM - 350))
        flow.table(columns, [_past_plan(summary, past) for past in summary.past_plans])


def _past_plan(summary: CaseSummary, past: MoveOn) -> tuple[Cell, ...]:
    return (
        said(_aim(past)),
        said(text.format_date(past.current.target_on) if past.current else ""),
        said(text.format_date(past.plan.ended_on)),
        said(label(summary, "plan_end_reason", past.plan.end_reason)),
    )


def _aim(plan: MoveOn) -> str:
    return plan.plan.aim or (plan.aim_stage.label if plan.aim_stage else "")


def _draw_plan_facts(flow: Flow, plan: MoveOn) -> None:
    """The aim and its dates as four columns: a word above, the fact, a word below."""
    original, current = plan.original, plan.current
    aim_pill = Pill(plan.aim_stage.letter[:2], PAPER.stage(plan.aim_stage)) if plan.aim_stage else None
    aim_below = plan.aim_stage.label if plan.aim_stage and plan.plan.aim else ""
    overdue = plan.due.state is DueState.OVERDUE
    sign, fill = signs.sign_of(plan.due.state) if overdue else ("", PAPER.text)
    late = f"{text.due_words(plan.due)}" if overdue else ""
    set_on = f"set {text.format_date(current.set_on)}" if current else ""
    slipped = plan.slip_days != 0 and original is not None and current is not None
    length = text.slip_length(original.target_on, current.target_on) if slipped and original and current else ""
    how = "Slipped" if plan.slip_days >= 0 else "Brought forward"
    changes = f"in {text.count(len(plan.slips), 'change')}" if plan.slips else ""
    slip = Cell(lead=length, fill=PAPER.warn_text, sign=signs.SLIPPED) if slipped else Cell(text.slip_words(plan))
    columns = (
        ("Aim", Cell(lead=_aim(plan), pill=aim_pill) if _aim(plan) else BLANK, aim_below),
        (
            "Original target",
            Cell(lead=text.format_date(original.target_on)) if original else BLANK,
            f"set {text.format_date(original.set_on)}" if original else "",
        ),
        (
            "Current target",
            Cell(lead=text.format_date(current.target_on), fill=fill, sign=sign) if current else BLANK,
            late or set_on,
        ),
        (how, slip, changes if slipped else ""),
    )
    _draw_columns(flow, columns)


def _draw_columns(flow: Flow, columns: Iterable[tuple[str, Cell, str]]) -> None:
    columns = tuple(columns)
    wide = ROOM / len(columns)
    lines = [wrapped(cell.lead, cell.words, 9.5, wide - cell.indent - 8) for _, cell, _ in columns]
    tallest = max(len(block) for block in lines)
    flow.need(30 + tallest * 12.4)
    for number, ((above, cell, below), block) in enumerate(zip(columns, lines, strict=True)):
        x = LEFT + number * wide
        flow.sheet.text(x, flow.y - 12, above, size=CAPTION, fill=PAPER.text2)
        draw_cell(flow.sheet, x, flow.y - 25, cell, block)
        flow.sheet.text(x, flow.y - 24.5 - len(block) * 12.4, below, size=CAPTION, fill=PAPER.text2)
    flow.y -= 28 + tallest * 12.4


def _draw_slips(flow: Flow, summary: CaseSummary, original: Target, slips: tuple[Target, ...]) -> None:
    columns = (
        Column("Changed on", 72),
        Column("From", 72),
        Column("To", 72),
        Column("By", 76),
        Column("Why", ROOM - 392),
        Column("Set by", 100),
    )
    rows, before = [], original
    for target in slips:
        length = text.slip_length(before.target_on, target.target_on)
        sign = "+" if target.target_on >= before.target_on else text.MINUS
        why = label(summary, "slip_reason", target.reason_code)
        rows.append(
            (
                said(text.format_date(target.set_on)),
                Cell(text.format_date(before.target_on)),
                Cell(text.format_date(target.target_on)),
                Cell(f"{sign}{length}" if target.target_on != before.target_on else "Same day"),
                said(": ".join(part for part in (why, target.reason) if part)),
                said(target.set_by),
            )
        )
        before = target
    flow.table(columns, rows)


def _draw_reviews(flow: Flow, summary: CaseSummary) -> None:
    flow.heading("Reviews", keep=60)
    rows = [_review_row(summary, line) for line in summary.reviews]
    need = summary.review
    if need.due.due_on is not None and not any(line.due.state is not DueState.NONE for line in summary.reviews):
        sign, fill = signs.sign_of(need.due.state)
        words = text.due_words(need.due) if need.due.state is not DueState.IN_DATE else "In date"
        never = "No review has been held." if need.never else ""
        rows.insert(
            0,
            (
                Cell("Next review"),
                Cell(text.format_date(need.due.due_on)),
                Cell(lead=words, fill=fill, sign=sign),
                Cell(never),
            ),
        )
    if not rows:
        flow.y -= 3
        flow.words(text.NOT_RECORDED, fill=PAPER.text3)
        return
    flow.table(
        (Column("Review", 100), Column("Due", 66), Column("Held", 92), Column("Result and decisions", ROOM - 258)), rows
    )


def _review_row(summary: CaseSummary, line: ReviewLine) -> tuple[Cell, ...]:
    review, as_at = line.review, summary.as_at
    due = said(text.format_date(line.due.due_on))
    kind = said(label(summary, "review_kind", review.kind))
    parts = []
    if review.held_on and review.held_on <= as_at:
        held = Cell(text.format_date(review.held_on))
        outcome = label(summary, "review_outcome", review.outcome)
        parts = [
            f"{outcome}." if outcome else "",
            review.summary,
            f"Came: {review.attended}." if review.attended else "",
        ]
        return kind, due, held, said(" ".join(part for part in parts if part))
    if review.abandoned_on and review.abandoned_on <= as_at:
        why = f": {review.abandon_reason}" if review.abandon_reason else ""
        return kind, due, Cell("Not held"), Cell(f"Abandoned {text.format_date(review.abandoned_on)}{why}")
    sign, fill = signs.sign_of(line.due.state)
    words = "In date" if line.due.state is DueState.IN_DATE else text.due_words(line.due)
    if review.booked_on:
        at = f", {review.booked_time}" if review.booked_time else ""
        parts = [f"Booked {text.format_date(review.booked_on, weekday=True)}{at}."]
        if line.due.state in (DueState.IN_DATE, DueState.NONE):
            sign, fill, words = signs.BOOKED, PAPER.info_text, "Booked"
    state = Cell(lead=words, fill=fill, sign=sign) if words else BLANK
    return kind, due, state, said(" ".join([*parts, review.summary]).strip())


def _draw_placements(flow: Flow, summary: CaseSummary) -> None:
    flow.heading("Placements", keep=60)
    rows: list[tuple[Cell, ...]] = []
    ends: date | None = None
    for stay in summary.stays:
        placement = stay.placement
        if stay.gap_days > 0 and ends is not None:
            words = f"Gap: {placement.gap_reason}" if placement.gap_reason else "Gap, not explained"
            days = text.count(stay.gap_days, "day")
            from_on, to_on = text.format_date(ends), text.format_date(placement.started_on)
            rows.append((Cell(words, fill=PAPER.text2), Cell(from_on), Cell(to_on), Cell(days), Cell("–")))
        rows.append(_stay_row(summary, stay))
        end = placement.ended_on or summary.as_at
        ends = max(ends, end) if ends else end
    if not rows:
        flow.y -= 3
        flow.words(text.NOT_RECORDED, fill=PAPER.text3)
        return
    columns = (
        Column("Placement", ROOM - 334),
        Column("From", 64),
        Column("To", 64),
        Column("Length", 84, right=True),
        Column("How it ended", 122),
    )
    flow.table(columns, rows[::-1])


def _stay_row(summary: CaseSummary, stay: Stay) -> tuple[Cell, ...]:
    placement = stay.placement
    lasts = placement.ended_on is None or placement.ended_on > summary.as_at
    place = _place(stay)
    words = f"{', ' if place else ''}{place}" + (f". {placement.note}" if placement.note else "")
    planned = {True: "Planned", False: "Unplanned", None: ""}[placement.planned]
    reason = label(summary, "end_reason", placement.end_reason)
    went = label(summary, "destination", placement.destination)
    how = ". ".join(part for part in (planned, reason, f"To: {went}" if went else "") if part)
    return (
        Cell(words, lead=stay.stage.label, pill=_pill(stay)),
        Cell(text.format_date(placement.started_on)),
        Cell("now" if lasts else text.format_date(placement.ended_on)),
        Cell(text.format_duration(stay.days)),
        Cell("–") if lasts else said(how),
    )


def _draw_statuses(flow: Flow, summary: CaseSummary) -> None:
    if not summary.statuses:
        return
    flow.heading("Statuses over time", keep=50)
    names = {
        StatusKind.S117: "s117 after-care",
        StatusKind.ACCOMMODATION: "Accommodation",
        StatusKind.EMPLOYMENT: "Employment",
    }
    rows = [
        (
            Cell(names[status.kind]),
            said(_status_words(summary, status) + (f". {status.note}" if status.note else "")),
            said(text.format_date(status.started_on)),
            Cell(text.format_date(status.ended_on) or "now"),
        )
        for status in reversed(summary.statuses)
    ]
    flow.table((Column("Status", 100), Column("What it was", ROOM - 236), Column("From", 68), Column("To", 68)), rows)


def _draw_notes(flow: Flow, summary: CaseSummary) -> None:
    shown = summary.notes[:RECENT_NOTES]
    flow.heading("Latest note" if len(shown) == 1 else "Latest notes", keep=40)
    flow.y -= 3
    if not shown:
        flow.words(text.NOT_RECORDED, fill=PAPER.text3)
    for note in shown:
        author = f", {note.author}" if note.author else ""
        kind = label(summary, "note_kind", note.kind)
        lead = f"{text.format_date(note.noted_on, weekday=True)} "
        flow.need(26)
        flow.words(f"{kind}{author}. {note.text}", lead=lead)
        flow.y -= 4
    more = len(summary.notes) - len(shown)
    if more > 0:
        words = f"{text.count(more, 'earlier note')} {'is' if more == 1 else 'are'} in the full record."
        flow.words(words, size=CAPTION, fill=PAPER.text2)
