"""The pathway strip: one person's placements, move-on dates, reviews and after-care, drawn to scale."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mhtracker import text
from mhtracker.domain.records import StatusKind
from mhtracker.domain.summary import CaseSummary
from mhtracker.figures import strip_dates, strip_legal, strip_stays
from mhtracker.figures.palette import PAPER, Palette
from mhtracker.figures.picture import Ink, Mark, Picture
from mhtracker.figures.stage_heights import stage_heights
from mhtracker.figures.strip import Strip
from mhtracker.figures.time_axis import TimeAxis, around

LANES = ("Move-on date", "Placements", "Reviews", "Legal, events")
_NATURAL_LINES = 15.2


def natural_height(text_size: float) -> float:
    """The height a strip needs at a text size, in the same units; each sort of legal order takes a row more."""
    return text_size * _NATURAL_LINES


def _more_rows(summary: CaseSummary) -> int:
    """Rows of the legal lane besides the first."""
    return len(strip_legal.legal_rows(summary)) - 1


def draw_pathway_strip(
    summary: CaseSummary,
    palette: Palette = PAPER,
    *,
    width: float,
    height: float | None = None,
    text_size: float = 8.25,
) -> Picture:
    """The strip of one person as at the summary's day.

    `width`, `height` and `text_size` are in one unit, points on paper and pixels on screen. A height below
    `natural_height(text_size)` is raised to it; above it the bars grow.
    """
    height = max(height or 0, natural_height(text_size) + _more_rows(summary) * text_size * strip_legal.ROW)
    ink = Ink(palette, width, height, text_size)
    strip = _laid_out(summary, ink, width, height)
    _draw_ground(strip, height)
    strip_dates.draw_targets(strip)
    strip_dates.draw_forecast(strip)
    strip_stays.draw_stays(strip)
    strip_dates.draw_aim(strip)
    _draw_today(strip)
    strip_stays.name_gaps(strip)
    strip_dates.draw_reviews(strip)
    strip_legal.draw_legal(strip)
    marks = tuple(strip.marks)
    return Picture(ink.drawing, marks, _describe(summary, marks))


def _laid_out(summary: CaseSummary, ink: Ink, width: float, height: float) -> Strip:
    size = ink.size
    lane_words = max(ink.width_of(words) for words in LANES) + size * 1.5
    left = lane_words if width > lane_words * 4 else size * 0.5
    right = width - size * 0.2
    first, last = around(
        list(_days(summary)),
        summary.as_at,
        after_today=min(size * 16 / (right - left), 0.35),
        after_last=min(size * 13 / (right - left), 0.3),
    )
    axis = TimeAxis(first, last, left, right)
    years = size * 1.65
    legal = years + size * (1.05 + _more_rows(summary) * strip_legal.ROW)
    reviews = legal + size * 1.75
    base = reviews + size * 1.15
    flags = height - size * 1.1
    return Strip(
        summary=summary,
        ink=ink,
        axis=axis,
        heights=stage_heights(summary.stages),
        years=years,
        legal=legal,
        reviews=reviews,
        base=base,
        full=flags - base - size * 5.1,
        flags=flags,
    )


def _days(summary: CaseSummary) -> Iterator[date]:
    """Every day the axis should reach: what the register holds as true or planned, and how far a forecast goes."""
    for stay in summary.stays:
        yield stay.placement.started_on
    held = (line.review.held_on for line in summary.reviews)
    yield from (day for day in held if day and day <= summary.as_at)
    yield from (
        status.started_on for status in summary.statuses if status.kind is StatusKind.S117 and status.started_on
    )
    need = summary.review
    yield from (day for day in (need.due.due_on, need.booked.booked_on if need.booked else None) if day)
    if summary.move_on is not None:
        yield from (t.target_on for t in (summary.move_on.original, summary.move_on.current) if t)
        if summary.move_on.forecast.high is not None:
            yield summary.move_on.forecast.high


def _draw_ground(strip: Strip, height: float) -> None:
    ink, axis, palette = strip.ink, strip.axis, strip.ink.palette
    ink.rect(strip.today, strip.years, axis.right - strip.today, height - strip.years, fill=palette.sunken)
    words = today_words(strip.summary)
    wide = ink.width_of(words, bold=True)
    left = min(max(strip.today - wide / 2, 0), ink.width - wide)
    row = strip.years - ink.size * 1.15
    ink.label([(left, "start")], row, words, fill=palette.today, bold=True)
    for x, year in axis.ticks(ink.size):
        ink.line((x, strip.years, x, height), stroke=palette.line)
        if x + ink.width_of(year) < ink.width:
            ink.label([(x + ink.size * 0.25, "start")], row, year, fill=palette.text2)
    for y in (strip.base, strip.years):
        ink.line((axis.left, y, axis.right, y), stroke=palette.line2)
    if axis.left > ink.size:
        lanes = (strip.flags - ink.size * 0.3, strip.base + ink.size * 1.1, strip.reviews, strip.legal)
        for lane, y in zip(LANES, lanes, strict=True):
            ink.text(0, y - ink.size * 0.33, lane, fill=palette.text2)
            ink.take(0, y - ink.size * 0.5, ink.width_of(lane), y + ink.size * 0.5)


def today_words(summary: CaseSummary) -> str:
    """What to call the day spoken of: "Today", or its date when the facts were read on another."""
    if summary.read_at is None or summary.read_at.date() == summary.as_at:
        return "Today"
    return f"As at {text.format_date(summary.as_at)}"


def _draw_today(strip: Strip) -> None:
    top = strip.base + strip.full * 1.02
    width = strip.ink.hairline * 1.7
    strip.ink.line((strip.today, strip.years, strip.today, top), stroke=strip.ink.palette.today, width=width)


def _describe(summary: CaseSummary, marks: tuple[Mark, ...]) -> str:
    name = text.full_name(summary.person)
    lines = [f"Pathway of {name} as at {text.format_date(summary.as_at)}."]
    lines += [f"{mark.words}." for mark in marks]
    if not summary.stays:
        lines.append("No stay recorded.")
    return " ".join(lines)
