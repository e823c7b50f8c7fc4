"""The lanes of the pathway strip that hold single dates: move-on flags and aim, and reviews."""

from __future__ import annotations

from datetime import date

from mhtracker import text
from mhtracker.domain.records import DueState, Target
from mhtracker.domain.reviewing.due import is_open
from mhtracker.domain.summary import CaseSummary
from mhtracker.figures.strip import Strip


def draw_targets(strip: Strip) -> None:
    """Flags on the original and the current move-on date, and how far the one slipped to the other."""
    plan, ink, size = strip.summary.move_on, strip.ink, strip.ink.size
    if plan is None or plan.current is None:
        _say_none(strip, strip.flags - size * 0.63, _without_date(strip.summary))
        return
    moved = plan.original is not None and plan.original.target_on != plan.current.target_on
    flags = [(plan.current, True)] + ([(plan.original, False)] if moved and plan.original else [])
    for target, solid in flags:
        x = strip.axis.x(target.target_on)
        ink.flag(x, strip.base, strip.flags + size * 0.1, solid=solid)
        ink.take(x, strip.flags - size * 0.9, x + size * 1.2, strip.flags + size * 0.2)
        ink.take(x - ink.hairline, strip.base + strip.full, x + ink.hairline, strip.flags)
    overdue = plan.due.state is DueState.OVERDUE
    words = f"{'Current' if moved else 'Move on'} {text.format_date(plan.current.target_on)}"
    late = text.due_words(plan.due) if overdue else ""
    before = bool(moved and plan.original and plan.current.target_on < plan.original.target_on)
    _name_flag(strip, plan.current, words, late, leftwards=before, bold=True)
    _mark_flag(strip, plan.current, f"{words}, {late}" if late else words)
    if moved and plan.original:
        first = f"Original {text.format_date(plan.original.target_on)}"
        _name_flag(strip, plan.original, first, "", leftwards=not before, bold=False)
        _mark_flag(strip, plan.original, first)
        _draw_slip(strip, plan.original, plan.current, text.slip_words(plan))


def _without_date(summary: CaseSummary) -> str:
    """Why no flag stands there; a plan that was met is not forgotten."""
    over = [each.plan for each in summary.past_plans if each.plan.ended_on is not None]
    last = max(over, key=lambda plan: (plan.ended_on or date.min, plan.id), default=None)
    if last is None or last.end_reason != "met" or summary.move_on is not None:
        return "No move-on date recorded"
    return f"No move-on date now; the last plan was met on {text.format_date(last.ended_on)}"


def _say_none(strip: Strip, row: float, words: str) -> None:
    """What a lane lacks, at its beginning; the lines of the years stop at the words."""
    ink, x = strip.ink, strip.axis.left + strip.ink.size * 0.4
    ends = x + ink.width_of(words) + ink.size * 0.25
    ground = ink.palette.surface if ends < strip.today else None
    ink.label([(x, "start")], row, words, fill=ink.palette.text3, ground=ground)


def draw_forecast(strip: Strip) -> None:
    """The band in which the move may really come, and a hollow flag with a dashed pole on its middle.

    Nothing where no forecast is possible, or where it says no more than the target does.
    """
    plan, ink, size = strip.summary.move_on, strip.ink, strip.ink.size
    if plan is None or plan.current is None:
        return
    forecast = plan.forecast
    if forecast.on is None or forecast.low is None or forecast.high is None or forecast.on <= plan.current.target_on:
        return
    left, x, right = (strip.axis.x(day) for day in (forecast.low, forecast.on, forecast.high))
    ink.rect(left, strip.base, max(right - left, size * 0.3), strip.full * 1.02, fill=ink.palette.band)
    top = strip.flags - size * 1.25
    dash = (size * 0.3, size * 0.22)
    ink.line((x, strip.base, x, top), stroke=ink.palette.text, width=ink.hairline * 1.4, dash=dash)
    w, h = size * 1.05, size * 0.85
    cloth = [x, top, x + w, top, x + w * 0.7, top - h / 2, x + w, top - h, x, top - h]
    ink.polygon(cloth, fill=ink.palette.surface, edge=ink.palette.text, width=ink.hairline * 1.1)
    ink.take(x - ink.hairline, top - h, x + w, top)
    words = f"Forecast {text.format_month(forecast.on)}"
    spread = text.forecast_words(forecast)
    for said in (f"{words} ({text.first_lower(spread)})", words):
        if ink.label([(x + size * 1.4, "start")], top - size * 0.75, said, fill=ink.palette.text2):
            break
    full = f"{words}: {text.first_lower(spread)}. {text.forecast_why(forecast, strip.reason(forecast.code))}"
    strip.mark((x, top - h, w, h), full.rstrip("."), "plan", plan.plan.id)


def _name_flag(strip: Strip, target: Target, words: str, late: str, *, leftwards: bool, bold: bool) -> None:
    ink, size = strip.ink, strip.ink.size
    x = strip.axis.x(target.target_on)
    places = [(x + size * 1.5, "start"), (x - size * 0.45, "end")]
    if leftwards:
        places.reverse()
    fill = ink.palette.danger_text if late else ink.palette.text if bold else ink.palette.text2
    for attempt in ([f"{words}, {late}"] if late else []) + [words]:
        for row in (strip.flags - size * 0.63, strip.flags - size * 1.95):
            if ink.label(places, row, attempt, fill=fill, bold=bold):
                return


def _mark_flag(strip: Strip, target: Target, words: str) -> None:
    x, size = strip.axis.x(target.target_on), strip.ink.size
    strip.mark((x, strip.flags - size * 0.9, size * 1.2, size * 1.1), words, "target", target.id)


def _draw_slip(strip: Strip, original: Target, current: Target, said: str) -> None:
    ink, size = strip.ink, strip.ink.size
    start, end = strip.axis.x(original.target_on), strip.axis.x(current.target_on)
    y, way = strip.flags - size * 1.95, 1 if end >= start else -1
    head = min(size * 0.6, abs(end - start))
    ink.line((start, y, end - way * head, y), stroke=ink.palette.warn, width=ink.hairline * 1.8)
    ink.polygon([end, y, end - way * head, y + size * 0.36, end - way * head, y - size * 0.36], fill=ink.palette.warn)
    left, right = min(start, end), max(start, end)
    ink.take(left, y - size * 0.36, right, y + size * 0.36)
    sign = "+" if end >= start else text.MINUS
    words, row = f"{sign}{text.slip_length(original.target_on, current.target_on)}", y - size * 0.33
    places = [(left - size * 0.45, "end"), (right + size * 0.45, "start")]
    if not ink.label(places, row, words, fill=ink.palette.warn_text, bold=True):
        ink.label([((left + right) / 2, "middle")], row - size, words, fill=ink.palette.warn_text, bold=True)
    strip.mark((left, y - size * 0.4, right - left, size * 0.8), said, "target", current.id)


def draw_aim(strip: Strip) -> None:
    """The stay that is planned, dashed, from the current target on (from today when that is past or not set)."""
    plan, ink, size = strip.summary.move_on, strip.ink, strip.ink.size
    if plan is None or not (plan.aim_stage or plan.plan.aim):
        return
    words = plan.plan.aim or (plan.aim_stage.label if plan.aim_stage else "")
    start = max(strip.axis.x(plan.current.target_on) if plan.current else 0, strip.today)
    right, x, pill = strip.axis.right, start + size * 0.8, size * 1.55
    middle = strip.base + strip.full * 0.4
    if plan.aim_stage is not None:
        colours = ink.palette.stage(plan.aim_stage)
        top = strip.base + strip.full * strip.heights.get(plan.aim_stage.id, 1.0)
        if abs(top - middle) < size * 0.9:
            # The dashed line would strike its own words through.
            middle = top - size * 0.9 if top - strip.base >= size * 1.7 else top + size * 0.9
        dash = (size * 0.4, size * 0.28)
        edge = colours.edge
        ink.line((start, top, right, top), stroke=edge, width=ink.hairline * 1.8, dash=dash)
        ink.line((start, strip.base, start, top), stroke=edge, width=ink.hairline * 1.8, dash=dash)
        if x + pill <= right:
            ink.rect(x, middle - pill / 2, pill, pill, fill=colours.fill, edge=edge)
            letter = plan.aim_stage.letter[:2]
            ink.text(x + pill / 2, middle - size * 0.34, letter, fill=colours.letter, bold=True, anchor="middle")
            x += pill + size * 0.5
    fitted = ink.shortened(words, right - x)
    if len(fitted) > 2 or fitted == words:
        ink.label([(x, "start")], middle - size * 0.34, fitted, fill=ink.palette.text)
    strip.mark((start, strip.base, right - start, strip.full), f"Aim: {words}", "plan", plan.plan.id)


def draw_reviews(strip: Strip) -> None:
    """Reviews held, booked and due; what is overdue says so in words."""
    ink, size, y = strip.ink, strip.ink.size, strip.reviews
    half = size * 0.48
    for line in reversed(strip.summary.reviews):
        review = line.review
        held = review.held_on is not None and review.held_on <= strip.summary.as_at
        day = review.held_on if held else review.booked_on if is_open(review, strip.summary.as_at) else None
        if day is None:
            continue
        x, at = strip.axis.x(day), f" at {review.booked_time}" if review.booked_time and not held else ""
        ink.diamond(x, y, fill=ink.palette.text if held else None, edge=ink.palette.text if held else ink.palette.info)
        ink.take(x - half, y - half, x + half, y + half)
        words = f"Review {'held' if held else 'booked for'} {text.format_date(day)}{at}"
        strip.mark((x - half, y - half, 2 * half, 2 * half), words, "review", review.id)
    _draw_need(strip)


def _draw_need(strip: Strip) -> None:
    ink, size, y, need = strip.ink, strip.ink.size, strip.reviews, strip.summary.review
    pad, row = size * 0.9, y - size * 0.33
    if need.due.due_on is None:
        if not strip.summary.reviews:
            _say_none(strip, row, "No review recorded")
        return
    x = strip.axis.x(need.due.due_on)
    overdue = need.due.state is DueState.OVERDUE
    due = text.due_words(need.due)
    said = due if overdue or need.due.state is not DueState.IN_DATE else f"Due {due}"
    if overdue:
        ink.triangle(x, y)
    else:
        ink.diamond(x, y, fill=None, edge=ink.palette.text)
    half = size * 0.6
    booked_on = need.booked.booked_on if need.booked else None
    booked = f" · booked {text.format_day(booked_on, strip.summary.as_at)}" if booked_on else ""
    never = ", never reviewed" if need.never and overdue else ""
    fill = ink.palette.danger_text if overdue else ink.palette.text2
    after = max(x, strip.today) if overdue else x
    beyond = max(after, strip.axis.x(booked_on)) if booked_on else after
    places = [(after + pad, "start"), (beyond + pad, "start"), (x - pad, "end")]
    for words in (said + never + booked, said + booked, said):
        if ink.label(places, row, words, fill=fill):
            break
    full = (
        f"Review due {text.format_date(need.due.due_on)}, {due}{never}"
        if overdue
        else f"Review due {text.format_date(need.due.due_on)}"
    )
    strip.mark((x - half, y - half, 2 * half, 2 * half), full, "review", need.booked.id if need.booked else "")
