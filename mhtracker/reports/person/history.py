"""What has been: reviews, placements, statuses and notes, the lower part of a case summary."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from mhtracker import text
from mhtracker.domain.notes import corrections_of, is_finished, text_now
from mhtracker.domain.records import DueState
from mhtracker.domain.reviewing.due import ReviewLine, is_not_needed
from mhtracker.domain.summary import CaseSummary, Stay
from mhtracker.figures.palette import PAPER
from mhtracker.reports.paper import signs
from mhtracker.reports.paper.layout import CAPTION, ROOM, Cell, Column, Flow
from mhtracker.reports.paper.page_frame import label
from mhtracker.reports.person.review_words import review_facts
from mhtracker.reports.person.words import BLANK, pill_of, place_of, said, say_blank

RECENT_NOTES, RECENT_REVIEWS = 8, 6


def draw_reviews(flow: Flow, summary: CaseSummary) -> None:
    """The latest reviews and how many came before; the next one too when nothing is booked for it."""
    flow.heading("Reviews", keep=60)
    shown, earlier = summary.reviews[:RECENT_REVIEWS], summary.reviews[RECENT_REVIEWS:]
    latest = next((line for line in shown if line.review.held_on), None)
    rows = [_review_row(summary, line, "\n" if line is latest else " ") for line in shown]
    need = summary.review
    if need.due.due_on is not None and not any(line.due.state is not DueState.NONE for line in summary.reviews):
        sign, fill = signs.sign_of(need.due.state)
        words = text.due_words(need.due) if need.due.state is not DueState.IN_DATE else text.NOT_DUE_YET
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
        say_blank(flow)
        return
    flow.table(
        (Column("Review", 100), Column("Due", 66), Column("Held", 92), Column("Result and decisions", ROOM - 258)), rows
    )
    if earlier:
        flow.y -= 1
        flow.words(_earlier_words(earlier), size=CAPTION, fill=PAPER.text2)


def _earlier_words(earlier: Sequence[ReviewLine]) -> str:
    """`6 earlier reviews, 2018 to 2023, are in the full record`, as a sentence."""
    dated = (line.review.held_on or line.review.booked_on or line.due.due_on for line in earlier)
    years = sorted({day.year for day in dated if day is not None})
    when = f", {years[0]} to {years[-1]}," if len(years) > 1 else f", {years[0]}," if years else ""
    verb = "is" if len(earlier) == 1 else "are"
    return f"{text.count(len(earlier), 'earlier review')}{when} {verb} in the full record."


def _review_row(summary: CaseSummary, line: ReviewLine, between: str) -> tuple[Cell, ...]:
    """`between` stands between its facts: the latest review has a line for each, those before run on."""
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
        ]
        told = [f"{heading}: {words.rstrip('.')}." for heading, words in review_facts(summary, review)]
        return kind, due, held, said(between.join([" ".join(part for part in parts if part), *told]).strip())
    if review.abandoned_on and review.abandoned_on <= as_at:
        why = f": {review.abandon_reason}" if review.abandon_reason else ""
        if is_not_needed(review):
            return kind, Cell(""), Cell("Not needed"), Cell(f"Said {text.format_date(review.abandoned_on)}{why}")
        return kind, due, Cell("Not held"), Cell(f"Abandoned {text.format_date(review.abandoned_on)}{why}")
    sign, fill = signs.sign_of(line.due.state)
    words = text.NOT_DUE_YET if line.due.state is DueState.IN_DATE else text.due_words(line.due)
    if review.booked_on:
        parts = [f"{text.booking_words(review.booked_on, review.booked_time, as_at, year=True)}."]
        if line.due.state in (DueState.IN_DATE, DueState.NONE):
            sign, fill, words = signs.BOOKED, PAPER.info_text, "Booked" if review.booked_on >= as_at else "Was booked"
    state = Cell(lead=words, fill=fill, sign=sign) if words else BLANK
    return kind, due, state, said(" ".join([*parts, review.summary]).strip())


def draw_placements(flow: Flow, summary: CaseSummary) -> None:
    """Every stay and gap, newest first."""
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
        say_blank(flow)
        return
    columns = (
        Column("Placement", ROOM - 332),
        Column("From", 62),
        Column("To", 62),
        Column("Length", 82, right=True),
        Column("How it ended", 126),
    )
    flow.table(columns, rows[::-1])


def _stay_row(summary: CaseSummary, stay: Stay) -> tuple[Cell, ...]:
    placement = stay.placement
    lasts = placement.ended_on is None or placement.ended_on > summary.as_at
    place = place_of(stay)
    words = f"{', ' if place else ''}{place}" + (f". {placement.note}" if placement.note else "")
    planned = {True: "Planned", False: "Unplanned", None: ""}[placement.planned]
    reason = label(summary, "end_reason", placement.end_reason)
    went = label(summary, "destination", placement.destination)
    how = ". ".join(part for part in (planned, reason, f"To: {went}" if went else "") if part)
    return (
        Cell(words, lead=stay.stage.label, pill=pill_of(stay.stage)),
        Cell(text.format_date(placement.started_on)),
        Cell("now" if lasts else text.format_date(placement.ended_on)),
        Cell(text.format_duration(stay.days)),
        Cell("–") if lasts else said(how),
    )


def draw_notes(flow: Flow, summary: CaseSummary) -> None:
    """The latest notes in full, as corrected, and how many there are besides; nothing without any.

    Unfinished ones are not printed.
    """
    if not summary.notes:
        return
    finished = [note for note in summary.notes if is_finished(note)]
    shown = finished[:RECENT_NOTES]
    flow.heading("Latest note" if len(shown) == 1 else "Latest notes", keep=40)
    flow.y -= 3
    if not shown:
        flow.words(text.NOT_RECORDED, fill=PAPER.text3)
    for note in shown:
        author = f", {note.author}" if note.author else ""
        kind = label(summary, "note_kind", note.kind)
        lead = f"{text.format_date(note.noted_on, weekday=True)} "
        flow.need(26)
        put_right = corrections_of(note, summary.around.corrections)
        flow.words(f"{kind}{author}. {text_now(note, put_right)}", lead=lead)
        if put_right:
            day = text.format_date(put_right[-1].corrected_at.astimezone().date())
            words = f"Corrected {day}, {put_right[-1].author}: {put_right[-1].reason}"
            flow.words(words, size=CAPTION, fill=PAPER.text2)
        flow.y -= 4
    more, waiting = len(finished) - len(shown), len(summary.notes) - len(finished)
    if more > 0:
        words = f"{text.count(more, 'earlier note')} {'is' if more == 1 else 'are'} in the full record."
        flow.words(words, size=CAPTION, fill=PAPER.text2)
    if waiting:
        words = f"{text.count(waiting, 'note')} {'is' if waiting == 1 else 'are'} unfinished and not printed."
        flow.words(words, size=CAPTION, fill=PAPER.text2)
