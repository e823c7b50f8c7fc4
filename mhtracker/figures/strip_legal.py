"""The legal lane of the pathway strip: after-care and orders from and to, and the day somebody left or died."""

from __future__ import annotations

from mhtracker import text
from mhtracker.domain.legal.orders import holds, out_of_force_on, ran_out
from mhtracker.domain.records import LegalAndStatus, StatusKind
from mhtracker.domain.summary import CaseSummary
from mhtracker.figures.strip import Strip

ROW = 1.3
"""From one row of the lane to the next, in heights of the text."""

_WORDS = {
    StatusKind.S117: "s117 after-care",
    StatusKind.CTO: "CTO",
    StatusKind.DOLS: "DoLS",
    StatusKind.COURT: "Court of Protection",
}


def legal_rows(summary: CaseSummary) -> list[tuple[LegalAndStatus, ...]]:
    """What is drawn in each row of the lane, the uppermost first: after-care, then a row for each sort of order."""
    begun = [s for s in summary.statuses if s.started_on is None or s.started_on <= summary.as_at]
    rows = [tuple(status for status in begun if status.kind == kind) for kind in _WORDS]
    return [rows[0], *(row for row in rows[1:] if row)]


def draw_legal(strip: Strip) -> None:
    """Every bar with its word, and the day someone left or died."""
    ink, size = strip.ink, strip.ink.size
    shown = _draw_leaving(strip)
    for number, row in enumerate(legal_rows(strip.summary)):
        y = strip.legal - number * size * ROW
        # Words beside a bar wait until every bar stands, so that none is laid over them.
        beside = [places for status in row if (places := _draw_bar(strip, status, y))]
        for places in beside:
            ink.label(places, y - size * 0.33, _WORDS[row[0].kind], fill=ink.palette.text2)
        shown = shown or bool(row)
    if not shown:
        ink.label(
            [(strip.axis.left + size * 0.4, "start")],
            strip.legal - size * 0.33,
            "None recorded",
            fill=ink.palette.text3,
        )


def _draw_leaving(strip: Strip) -> bool:
    ink, size, y = strip.ink, strip.ink.size, strip.legal
    person, as_at, shown = strip.summary.person, strip.summary.as_at, False
    for day, word in ((person.left_on, "Left"), (person.died_on, "Died")):
        if day is None or day > as_at:
            continue
        x, r = strip.axis.x(day), size * 0.42
        words = f"{word} {text.format_date(day)}"
        ink.take(x - r, y - r, x + r, y + r)
        places = [(x + size * 0.8, "start"), (x - size * 0.8, "end")]
        ink.label(places, y - size * 0.33, words, fill=ink.palette.text)
        ink.circle(x, y, r, fill=ink.palette.surface, edge=ink.palette.text, width=ink.hairline * 1.6)
        strip.mark((x - r, y - r, 2 * r, 2 * r), words, "person", person.id)
        shown = True
    return shown


def _draw_bar(strip: Strip, status: LegalAndStatus, y: float) -> list[tuple[float, str]]:
    """Draw one bar with its word inside; where that has no room, give the places beside it."""
    ink, size, as_at = strip.ink, strip.ink.size, strip.summary.as_at
    live, over = holds(status, as_at), out_of_force_on(status)
    left = strip.axis.x(status.started_on) if status.started_on else strip.axis.left
    right = strip.axis.x(as_at if live or over is None else over)
    grey, thick = ink.palette.none, size * 0.3
    word, stub = _WORDS[status.kind], size * 1.1
    gap, beside = ink.width_of(word) + size, list[tuple[float, str]]()
    if right - left >= gap + stub + size * 1.5:
        pieces = [(left, left + stub), (left + stub + gap, right)]
        ink.label([(left + stub + size * 0.5, "start")], y - size * 0.33, word, fill=ink.palette.text2)
    else:
        pieces, beside = [(left, right)], [(right + size * 0.8, "start"), (left - size * 0.5, "end")]
    for start, end in pieces:
        ink.line((start, y, max(end, start + 0.01), y), stroke=grey, width=thick)
        ink.take(start, y - thick, end, y + thick)
    if live and status.expires_on is None:
        ink.polygon([right + size * 0.45, y, right, y + size * 0.35, right, y - size * 0.35], fill=grey)
    elif live and status.expires_on is not None:
        _draw_to_its_end(strip, status, right, y)
    strip.mark((left, y - size * 0.5, right - left, size), _said(strip, status), "status", status.id)
    return beside


def _draw_to_its_end(strip: Strip, status: LegalAndStatus, left: float, y: float) -> None:
    """What is still to run of an order, dashed to its last day."""
    ink, size = strip.ink, strip.ink.size
    if status.expires_on is None:
        return
    right = strip.axis.x(status.expires_on)
    if right > left:
        ink.line((left, y, right, y), stroke=ink.palette.none, width=size * 0.14, dash=(size * 0.3, size * 0.22))
    ink.line((right, y - size * 0.35, right, y + size * 0.35), stroke=ink.palette.none, width=size * 0.14)


def _said(strip: Strip, status: LegalAndStatus) -> str:
    """The bar in words, for pointing at and reading out."""
    word, as_at = _WORDS[status.kind], strip.summary.as_at
    since = f"since {text.format_date(status.started_on)}" if status.started_on else "since before records began"
    if holds(status, as_at):
        until = f", runs out {text.format_date(status.expires_on)}" if status.expires_on else ""
        return f"{word} {since}{until}"
    if ran_out(status, as_at):
        return f"{word} {since}, ran out {text.format_date(status.expires_on)}"
    return f"{word} {since} to {text.format_date(out_of_force_on(status))}"
