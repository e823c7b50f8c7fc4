"""What a week of somebody's support costs over time, in steps: gross, and what is left of it for the council."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from mhtracker import text
from mhtracker.domain.money.costs import WeeklyCost
from mhtracker.domain.money.period_cost import CostStep
from mhtracker.figures.palette import PAPER, Palette
from mhtracker.figures.picture import Ink, Mark, Picture
from mhtracker.figures.time_axis import TimeAxis


@dataclass(frozen=True, slots=True)
class CostCourse:
    """The steps between two days, oldest first; what lies after `today` is planned."""

    steps: Sequence[CostStep]
    first: date
    last: date
    today: date


def natural_height(text_size: float) -> float:
    """The height the chart needs at a text size, in the same units."""
    return text_size * 12


def draw_costs(course: CostCourse, palette: Palette = PAPER, *, width: float, text_size: float = 8.25) -> Picture:
    """The axis of money begins at nothing. Past solid, planned dashed; lines are named at their ends."""
    ink = Ink(palette, width, natural_height(text_size), text_size)
    known = [step.cost for step in course.steps if step.cost is not None]
    frame = _Frame(course, ink, _round_up(max((cost.gross for cost in known), default=1_00)))
    frame.draw_ground()
    split = any(cost.net != cost.gross for cost in known)
    if split:
        frame.draw_line(lambda cost: cost.gross, palette.text2, 1.3)
    frame.draw_line(lambda cost: cost.net, palette.info, 2.4)
    frame.draw_names(split=split)
    return Picture(ink.drawing, frame.marks(), describe(course))


class _Frame:
    """Where days and pence stand in the drawing."""

    def __init__(self, course: CostCourse, ink: Ink, top: int) -> None:
        self.course, self.ink, self.top = course, ink, top
        size = ink.size
        left = ink.width_of(text.format_pence(top, whole=True)) + size * 0.9
        right = ink.width - ink.width_of("Gross £10,000", bold=True) - size * 0.9
        self.axis = TimeAxis(course.first, course.last, left, right)
        self.foot, self.upper = size * 2.0, ink.height - size * 0.9
        self._spans = self._find_spans()

    def _find_spans(self) -> list[tuple[date, date, WeeklyCost | None]]:
        steps = self.course.steps
        ends = [step.day for step in steps[1:]] + [self.course.last]
        return [(step.day, end, step.cost) for step, end in zip(steps, ends, strict=True)]

    def y(self, pence: int) -> float:
        return self.foot + (self.upper - self.foot) * pence / self.top

    def draw_ground(self) -> None:
        ink, palette, size = self.ink, self.ink.palette, self.ink.size
        for quarter in (0, 1, 2):
            pence = self.top * quarter // 2
            y = self.y(pence)
            ink.line((self.axis.left, y, self.axis.right, y), stroke=palette.line2 if quarter == 0 else palette.line)
            words = text.format_pence(pence, whole=True)
            ink.text(self.axis.left - size * 0.5, y - size * 0.33, words, fill=palette.text3, anchor="end")
        today = self.axis.x(self.course.today)
        row = self.foot - size * 1.3
        if self.course.first < self.course.today < self.course.last:
            ink.line((today, self.foot, today, self.upper), stroke=palette.today, width=ink.hairline * 1.4)
            ink.label(
                [(today, "middle"), (today, "start"), (today, "end")], row, "Today", fill=palette.today, bold=True
            )
        for x, words in self.axis.ticks(size):
            ink.line((x, self.foot, x, self.foot - size * 0.3), stroke=palette.line2)
            ink.label([(x, "middle"), (x, "start"), (x, "end")], row, words, fill=palette.text3)

    def draw_line(self, value: Callable[[WeeklyCost], int], stroke: str, width: float) -> None:
        """In steps: between two changes nothing is made up. Unknown stretches are left open."""
        ink, last = self.ink, None
        for start, end, cost in self._spans:
            if cost is None:
                last = None
                continue
            y, thick = self.y(value(cost)), ink.hairline * width
            if last is not None and last != y:
                ink.line((self.axis.x(start), last, self.axis.x(start), y), stroke=stroke, width=thick)
            turn = min(max(self.course.today, start), end)
            if turn > start:
                ink.line((self.axis.x(start), y, self.axis.x(turn), y), stroke=stroke, width=thick)
            if end > turn:
                dash = (ink.size * 0.45, ink.size * 0.3)
                ink.line((self.axis.x(turn), y, self.axis.x(end), y), stroke=stroke, width=thick, dash=dash)
            last = y

    def draw_names(self, *, split: bool) -> None:
        """At the right end, pushed apart where two lines end close together."""
        ink, palette, size = self.ink, self.ink.palette, self.ink.size
        cost = self._spans[-1][2] if self._spans else None
        if cost is None:
            return
        names = [(self.y(cost.net), f"Net {text.format_pence(cost.net, whole=True)}", palette.info_text)]
        if split:
            names.insert(0, (self.y(cost.gross), f"Gross {text.format_pence(cost.gross, whole=True)}", palette.text2))
        above = self.upper + size
        for y, words, fill in names:
            y = min(y - size * 0.35, above - size * 1.25)
            ink.text(self.axis.right + size * 0.6, y, words, fill=fill, bold=True)
            above = y

    def marks(self) -> tuple[Mark, ...]:
        found = []
        for start, end, cost in self._spans:
            left, right = self.axis.x(start), self.axis.x(end)
            words = f"From {text.format_date(start)}: {cost_told(cost)}"
            found.append(Mark(left, self.foot, max(1.0, right - left), self.upper - self.foot, words, "cost_line", ""))
        return tuple(found)


def cost_told(cost: WeeklyCost | None) -> str:
    """A week's cost in words."""
    if cost is None:
        return "not recorded"
    gross = f"{text.format_pence(cost.gross)} a week"
    return gross if cost.net == cost.gross else f"{gross}, {text.format_pence(cost.net)} net"


def describe(course: CostCourse) -> str:
    """The same in words, for those who cannot see it."""
    said = "; ".join(f"{text.format_date(step.day)}: {cost_told(step.cost)}" for step in course.steps)
    until = text.format_date(course.last)
    return f"What a week costs, up to {until}. {said or 'Nothing is recorded'}."


def _round_up(pence: int) -> int:
    """To twice a plain figure of pounds."""
    pounds, times = max(1, -(-pence // 100)), 1
    while True:
        for half in (1, 2, 3, 4, 5, 7.5):
            if pounds <= 2 * half * times:
                return round(2 * half * times * 100)
        times *= 10
