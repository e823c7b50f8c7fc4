"""The shapes that stand before a state's words on paper, so that no state is told by colour alone."""

from __future__ import annotations

from mhtracker.domain.records import DueState
from mhtracker.figures.palette import PAPER
from mhtracker.reports.paper.sheet import Sheet

OVERDUE, TODAY, SOON, BOOKED, IN_DATE, NONE, SLIPPED, STUCK = (
    "overdue",
    "today",
    "soon",
    "booked",
    "in_date",
    "none",
    "slipped",
    "stuck",
)

_OF_STATE = {
    DueState.OVERDUE: (OVERDUE, PAPER.danger_text),
    DueState.DUE_TODAY: (TODAY, PAPER.warn_text),
    DueState.DUE_SOON: (SOON, PAPER.warn_text),
    DueState.IN_DATE: (IN_DATE, PAPER.ok_text),
    DueState.NONE: (NONE, PAPER.text2),
}


def sign_of(state: DueState) -> tuple[str, str]:
    """(shape, colour of its words) of a due state."""
    return _OF_STATE[state]


def draw_sign(sheet: Sheet, sign: str, x: float, y: float) -> None:
    """A sign about 8 points wide with its middle at a point."""
    if sign == OVERDUE:
        sheet.polygon([x, y + 4, x + 4.3, y - 3.6, x - 4.3, y - 3.6], fill=PAPER.danger)
        sheet.line((x, y + 1.5, x, y - 1.1), stroke=PAPER.surface, width=1.0)
        sheet.line((x, y - 2.0, x, y - 3.0), stroke=PAPER.surface, width=1.0)
    elif sign == TODAY:
        sheet.circle(x, y, 3.6, fill=PAPER.warn)
    elif sign == SOON:
        sheet.circle(x, y, 3.4, fill=None, edge=PAPER.warn, width=0.9)
        half = [(x, y - 3.4), (x - 2.4, y - 2.4), (x - 3.4, y), (x - 2.4, y + 2.4), (x, y + 3.4)]
        sheet.polygon([at for point in half for at in point], fill=PAPER.warn)
    elif sign == BOOKED:
        sheet.rect((x - 3.5, y - 3.5, 7, 7), fill=None, edge=PAPER.info, width=0.9)
        sheet.rect((x - 3.5, y + 1.4, 7, 2.1), fill=PAPER.info)
    elif sign == IN_DATE:
        sheet.line((x - 3.4, y - 0.2, x - 1.2, y - 2.6), stroke=PAPER.ok, width=1.3)
        sheet.line((x - 1.2, y - 2.6, x + 3.6, y + 3.0), stroke=PAPER.ok, width=1.3)
    elif sign == STUCK:
        for left in (x - 3.4, x + 0.8):
            sheet.rect((left, y - 3.6, 2.6, 7.2), fill=PAPER.danger)
    elif sign == SLIPPED:
        sheet.line((x - 3.8, y, x + 2, y), stroke=PAPER.warn, width=1.2)
        sheet.polygon([x + 4, y, x + 0.8, y + 2.4, x + 0.8, y - 2.4], fill=PAPER.warn)
    else:
        for angle in range(0, 8, 2):
            dx, dy = ((3.4, 0.0), (0.0, 3.4), (-3.4, 0.0), (0.0, -3.4))[angle // 2]
            sheet.circle(x + dx * 0.8, y + dy * 0.8, 0.8, fill=PAPER.none)
