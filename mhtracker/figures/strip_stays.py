"""The placements lane of the pathway strip: bars at their stages' heights, and hatched gaps."""

from __future__ import annotations

from datetime import date

from mhtracker import text
from mhtracker.domain.summary import Stay
from mhtracker.figures.stage_heights import LOWEST
from mhtracker.figures.strip import Strip

Span = tuple[float, float]


def draw_stays(strip: Strip) -> None:
    """Every stay and gap. Taller bars first, so that a hospital stay shows in front of the place kept meanwhile."""
    ink = strip.ink
    if not strip.summary.stays:
        ink.text(
            strip.axis.left + ink.size * 0.4, strip.base + ink.size * 0.6, "No stay recorded", fill=ink.palette.text3
        )
        return
    for _, start, end, _ in gaps(strip):
        _hatch(strip, strip.axis.x(start), strip.axis.x(end))
    drawn = sorted(strip.summary.stays, key=lambda s: (-_height(strip, s), s.placement.started_on, s.placement.id))
    spans = {stay.placement.id: _span(strip, stay) for stay in drawn}
    for stay in drawn:
        left, right = spans[stay.placement.id]
        colours, height = ink.palette.stage(stay.stage), _height(strip, stay) * strip.full
        ink.rect(left, strip.base, max(right - left, 0.001), height, fill=colours.fill, edge=colours.edge)
        ink.take(left, strip.base, right, strip.base + height)
    for place, stay in enumerate(drawn):
        left, right = spans[stay.placement.id]
        height = _height(strip, stay) * strip.full
        covers = [spans[other.placement.id] for other in drawn[place + 1 :]]
        _write_in(strip, stay, _widest_free((left, right), covers), height)
    for stay in strip.summary.stays:
        left, right = spans[stay.placement.id]
        box = (left, strip.base, right - left, _height(strip, stay) * strip.full)
        strip.mark(box, stay_words(stay, strip.summary.as_at), "placement", stay.placement.id)
    for words, start, end, record_id in gaps(strip):
        left, right = strip.axis.x(start), strip.axis.x(end)
        strip.mark((left, strip.base, right - left, strip.full * LOWEST), words, "gap", record_id)


def lasts(stay: Stay, as_at: date) -> bool:
    """Whether a stay had not ended by a day; an end that lies ahead has not happened."""
    return stay.placement.ended_on is None or stay.placement.ended_on > as_at


def stay_words(stay: Stay, as_at: date) -> str:
    """A stay in one line of words."""
    placement = stay.placement
    where = [stay.stage.label, stay.service.name if stay.service else placement.address]
    until = "to now" if lasts(stay, as_at) else f"to {text.format_date(placement.ended_on)}"
    return ", ".join(
        [
            *(part for part in where if part),
            f"{text.format_date(placement.started_on)} {until}",
            text.format_duration(stay.days),
        ]
    )


def gaps(strip: Strip) -> list[tuple[str, date, date, str]]:
    """(words, first day, last day, id of the stay after it) of each time without a stay, oldest first."""
    found = []
    last_end: date | None = None
    for stay in strip.summary.stays:
        start = stay.placement.started_on
        if stay.gap_days > 0 and last_end is not None and last_end < start:
            words = f"Gap {text.count(stay.gap_days, 'day')}"
            reason = stay.placement.gap_reason
            found.append((f"{words}, {reason}" if reason else words, last_end, start, stay.placement.id))
        end = _end(strip, stay)
        last_end = max(last_end, end) if last_end else end
    person = strip.summary.person
    until = min(day for day in (strip.summary.as_at, person.left_on, person.died_on) if day)
    if strip.summary.current is None and last_end is not None and last_end < until:
        days = (until - last_end).days
        found.append((f"No stay for {text.count(days, 'day')}", last_end, until, ""))
    return found


def name_gaps(strip: Strip) -> None:
    """A line of words over each gap, where there is room for it."""
    ink, row = strip.ink, strip.under_flags + strip.ink.size * 0.35
    for words, start, end, _ in gaps(strip):
        middle = (strip.axis.x(start) + strip.axis.x(end)) / 2
        pad = ink.size * 0.4
        for attempt in (ink.shortened(words, ink.size * 18), words.split(",")[0]):
            box = ink.label([(middle - pad, "end"), (middle + pad, "start")], row, attempt, fill=ink.palette.text2)
            if box is not None:
                top = row + ink.size * 0.75
                ink.line((middle, strip.base + strip.full * LOWEST, middle, top), stroke=ink.palette.text2)
                ink.take(middle - ink.hairline, row, middle + ink.hairline, top)
                break


def _height(strip: Strip, stay: Stay) -> float:
    return strip.heights.get(stay.stage.id, LOWEST)


def _span(strip: Strip, stay: Stay) -> Span:
    return strip.axis.x(stay.placement.started_on), strip.axis.x(_end(strip, stay))


def _end(strip: Strip, stay: Stay) -> date:
    return min(stay.placement.ended_on or strip.summary.as_at, strip.summary.as_at)


def _widest_free(span: Span, covers: list[Span]) -> Span:
    free, left = [], span[0]
    for start, end in sorted(c for c in covers if c[0] < span[1] and c[1] > span[0]):
        free.append((left, start))
        left = max(left, end)
    free.append((left, span[1]))
    return max(free, key=lambda part: part[1] - part[0])


def _write_in(strip: Strip, stay: Stay, room: Span, height: float) -> None:
    """Letter, stage, service and length as far as they fit; the letter above the bar when it is too narrow."""
    ink, size = strip.ink, strip.ink.size
    colours, letter = ink.palette.stage(stay.stage), stay.stage.letter[:2]
    left, right = room
    letter_wide = ink.width_of(letter, bold=True)
    if right - left < letter_wide + size * 0.12:
        above = strip.base + height + size * 0.25
        ink.label([((left + right) / 2, "middle")], above, letter, fill=ink.palette.text2, bold=True)
        return
    inside = right - left - size * 2.4
    lines = _fitting(strip, stay, inside, two=height > size * 2.5) if inside > size * 2 else None
    letter_x = left + size * 0.6 if lines else (left + right - letter_wide) / 2
    middle = strip.base + height / 2 - size * 0.34
    if lines is None:
        ink.text(letter_x, middle, letter, fill=colours.letter, bold=True)
        return
    name, rest, far = lines
    first = middle + size * 0.62 if rest and height > size * 2.5 else middle
    ink.text(letter_x, first, letter, fill=colours.letter, bold=True)
    x = left + size * 1.9
    ink.text(x, first, name, fill=colours.letter, bold=True)
    if rest and height > size * 2.5:
        ink.text(x, first - size * 1.28, rest, fill=colours.letter)
    elif rest:
        # Without the space in front: SVG drops it.
        ink.text(x + ink.width_of(name, bold=True) + ink.width_of(" "), first, f"· {rest}", fill=colours.letter)
    if far:
        ink.text(right - size * 0.7, first, far, fill=colours.letter, anchor="end")


def _fitting(strip: Strip, stay: Stay, room: float, *, two: bool) -> tuple[str, str, str] | None:
    """(stage, second part, what stands at the far end) that fit in the room; None when not even the stage does."""
    ink = strip.ink
    name = stay.stage.label
    if ink.width_of(name, bold=True) > room:
        first, _, second = name.partition(" ")
        fits = two and second and max(ink.width_of(first, bold=True), ink.width_of(second)) <= room
        return (first, second, "") if fits else None
    service = ink.shortened(stay.service.name if stay.service else stay.placement.address, ink.size * 16)
    long, short = text.format_duration(stay.days), text.format_duration(stay.days, short=True)
    if two:
        seconds = (f"{service} · {long}", f"{service} · {short}", service) if service else (long, short)
        rest = next((words for words in seconds if ink.width_of(words) <= room), "")
        return name, rest or ink.shortened(service, room), ""
    until = "now" if lasts(stay, strip.summary.as_at) else text.format_date(stay.placement.ended_on)
    dated = f"{text.format_date(stay.placement.started_on)} – {until} · {long}"
    spare = room - ink.width_of(name, bold=True) - (ink.width_of(f" · {service}") if service else 0)
    far = next((words for words in (dated, long, short) if ink.width_of(words) + ink.size * 2 <= spare), "")
    if spare >= 0:
        return name, service, far
    left_over = room - ink.width_of(name, bold=True) - ink.width_of(" · ")
    return name, ink.shortened(service, left_over) if left_over > ink.size * 4 else "", ""


def _hatch(strip: Strip, left: float, right: float) -> None:
    """Slanting lines over a gap, cut off at its edges here because SVG and PDF clip differently."""
    ink, low, high = strip.ink, strip.base, strip.base + strip.full * LOWEST
    tall, step = high - low, max(strip.ink.size * 0.35, (right - left) / 400)
    lines = []
    start = left - tall
    while start < right:
        x1, x2 = max(start, left), min(start + tall, right)
        if x2 > x1:
            lines.append((x1, low + (x1 - start), x2, low + (x2 - start)))
        start += step
    ink.path(lines, stroke=ink.palette.text2, width=ink.hairline * 0.8)
    ink.rect(left, low, max(right - left, 0.001), tall, fill=None, edge=ink.palette.line2)
