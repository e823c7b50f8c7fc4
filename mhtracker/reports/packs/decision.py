"""The part of a review pack that is filled in by hand at the meeting."""

from __future__ import annotations

from mhtracker import text
from mhtracker.domain.summary import CaseSummary
from mhtracker.figures.fonts import REGULAR, SEMIBOLD, shortened, text_width
from mhtracker.figures.palette import PAPER
from mhtracker.reports.paper.layout import BODY, LEFT, RIGHT, ROOM, Flow

_TALL = 150.0


def draw_decision(flow: Flow, summary: CaseSummary) -> None:
    """Boxes to tick, room for a new date and reasons, and lines to sign. Never parted from its heading."""
    flow.heading("Decision at this meeting", keep=_TALL)
    boxes = ["Plan unchanged", "Plan changed", "Target changed"]
    if summary.s117 is not None:
        boxes = ["s117 continues", "s117 modified", "s117 ends", *boxes]
    x, y = LEFT, flow.y - 17
    for words in boxes:
        flow.sheet.rect((x, y - 1.5, 9, 9), fill=None, edge=PAPER.text, width=0.7)
        flow.sheet.text(x + 14, y, words)
        x += 14 + text_width(words, REGULAR, BODY) + 16
    y -= 20
    flow.sheet.text(LEFT, y, "New target, next review and reasons", fill=PAPER.text2)
    for step in (5, 24, 43):
        flow.sheet.line((LEFT, y - step, RIGHT, y - step), stroke=PAPER.text3, width=0.5)
    y -= 86
    wide = (ROOM - 2 * 17) / 3
    signed = (("", text.plain_name(summary.person)), ("Worker", summary.worker), ("Manager", ""))
    for place, (role, name) in enumerate(signed):
        left = LEFT + place * (wide + 17)
        flow.sheet.line((left, y, left + wide, y), stroke=PAPER.text, width=0.7)
        lead = f"{role} " if role else ""
        flow.sheet.text(left, y - 12, lead, font=SEMIBOLD)
        start = left + text_width(lead, SEMIBOLD, BODY)
        flow.sheet.text(start, y - 12, shortened(name, REGULAR, BODY, wide - (start - left) - 64))
        flow.sheet.text(left + wide - 58, y - 12, "Date", fill=PAPER.text2)
    flow.y = y - 16
