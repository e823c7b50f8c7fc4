"""A programme drawn against its plan: what has happened in steps, the plan straight, the forecast in its band."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from mhtracker import text
from mhtracker.figures.palette import PAPER, Palette
from mhtracker.figures.picture import Ink, Mark, Picture

Point = tuple[date, float]


@dataclass(frozen=True, slots=True)
class Trajectory:
    """People who have moved on, by day: `moved` so far, `plan` by the plan's corners.

    `forecast` is (day, middle, low, high). `cohort` and `aim` are people. `today` is the day spoken of.
    """

    cohort: int
    aim: int
    today: date
    moved: Sequence[Point]
    plan: Sequence[Point]
    forecast: Sequence[tuple[date, float, float, float]] = ()
    supposed: Sequence[Point] = ()
    supposed_name: str = ""
    """What would happen if something changed, and what that is."""
    today_name: str = "Today"
    old_pace: Sequence[Point] = ()
    """Where the pace of the year before the plan would have led."""

    @property
    def first(self) -> date:
        return self.plan[0][0]

    @property
    def last(self) -> date:
        return max(self.plan[-1][0], self.today)


def draw_trajectory(
    facts: Trajectory, palette: Palette = PAPER, *, width: float, height: float, text_size: float = 8.25
) -> Picture:
    """The axis starts at nothing and reaches what is largest. Lines are named beside their ends, without a legend."""
    ink = Ink(palette, width, height, text_size)
    frame = _Frame(facts, ink)
    frame.draw_axes()
    if facts.forecast:
        frame.draw_forecast()
    if facts.supposed:
        frame.draw_supposed()
    frame.draw_old_pace()
    frame.draw_line(facts.plan, palette.text, ink.hairline * 1.4)
    frame.draw_today()
    frame.draw_moved()
    frame.name_today()
    frame.draw_names()
    return Picture(ink.drawing, tuple(frame.marks()), _described(facts))


class _Frame:
    """Where days and people stand in the drawing."""

    def __init__(self, facts: Trajectory, ink: Ink) -> None:
        self.facts, self.ink = facts, ink
        tops = [facts.aim, *(n for _, n in facts.moved), *(high for *_, high in facts.forecast)]
        tops += [n for _, n in (*facts.supposed, *facts.old_pace)]
        self.top = _round_up(max(tops, default=1) or 1)
        self.left = ink.width_of(text.format_number(int(self.top))) + ink.size * 1.2
        self.right = ink.width - ink.width_of("Forecast 100 of 100") - ink.size
        self.bottom, self.upper = ink.size * 2.2, ink.height - ink.size

    def x(self, day: date) -> float:
        facts = self.facts
        days = max(1, (facts.last - facts.first).days)
        return self.left + (self.right - self.left) * (day - facts.first).days / days

    def y(self, people: float) -> float:
        return self.bottom + (self.upper - self.bottom) * people / self.top

    def draw_axes(self) -> None:
        ink, palette = self.ink, self.ink.palette
        for number in range(5):
            people = self.top * number / 4
            y = self.y(people)
            shade = palette.line2 if number == 0 else palette.line
            ink.line((self.left, y, self.right, y), stroke=shade)
            said = text.format_number(round(people))
            ink.text(self.left - ink.size * 0.6, y - ink.size * 0.35, said, fill=palette.text3, anchor="end")
        y = self.bottom - ink.size * 1.4
        for day in _ticks(self.facts.first, self.facts.last):
            x = self.x(day)
            ink.line((x, self.bottom, x, self.bottom - ink.size * 0.35), stroke=palette.line2)
            words = f"{day:%b} {day.year}"
            ink.label([(x, "middle"), (x, "start"), (x, "end")], y, words, fill=palette.text3)

    def draw_forecast(self) -> None:
        ink, palette = self.ink, self.ink.palette
        start = (self.facts.today, *(self.facts.moved[-1][1],) * 3)
        points = [start, *self.facts.forecast]
        outline = [value for day, _, _, high in points for value in (self.x(day), self.y(high))]
        outline += [value for day, _, low, _ in reversed(points) for value in (self.x(day), self.y(low))]
        ink.polygon(outline, fill=palette.band, edge=None)
        middle = [(day, n) for day, n, *_ in points]
        self.draw_line(middle, palette.info, ink.hairline * 2, (ink.size * 0.45, ink.size * 0.3))

    def draw_supposed(self) -> None:
        ink, start = self.ink, (self.facts.today, self.facts.moved[-1][1])
        dash = (ink.size * 0.9, ink.size * 0.35)
        self.draw_line([start, *self.facts.supposed], ink.palette.ok, ink.hairline * 2, dash)

    def draw_old_pace(self) -> None:
        ink = self.ink
        if self.facts.old_pace:
            dots = (ink.size * 0.12, ink.size * 0.3)
            self.draw_line(self.facts.old_pace, ink.palette.text2, ink.hairline * 1.6, dots)

    def draw_line(self, points: Sequence[Point], stroke: str, width: float, dash: Sequence[float] = ()) -> None:
        corners = [(self.x(day), self.y(n)) for day, n in points]
        lines = [(*one, *other) for one, other in pairwise(corners)]
        self.ink.path(lines, stroke=stroke, width=width, dash=dash)

    def draw_moved(self) -> None:
        """In steps: between two counts nothing is made up."""
        ink, lines = self.ink, []
        for (day, n), (later, more) in pairwise(self.facts.moved):
            lines.append((self.x(day), self.y(n), self.x(later), self.y(n)))
            lines.append((self.x(later), self.y(n), self.x(later), self.y(more)))
        ink.path(lines, stroke=ink.palette.info, width=ink.hairline * 2.6)
        day, n = self.facts.moved[-1]
        ink.circle(self.x(day), self.y(n), ink.size * 0.42, fill=ink.palette.info, edge=ink.palette.surface)

    def draw_today(self) -> None:
        """Under what has happened, whose last point stands on it."""
        x = self.x(self.facts.today)
        ends = (x, self.bottom, x, self.upper)
        self.ink.line(ends, stroke=self.ink.palette.today, width=self.ink.hairline * 1.4)

    def name_today(self) -> None:
        ink = self.ink
        x = self.x(self.facts.today)
        n = self.facts.moved[-1][1]
        words = f"{text.format_number(round(n))} moved on"
        places = [(x + ink.size * 0.7, "start"), (x - ink.size * 0.7, "end")]
        long = ink.size * 0.7 + ink.width_of(words, bold=True)
        # Towards the end of the plan the lines' names stand at the right: what has moved is then said at the left.
        beside = x + long <= self.right or x - long < self.left
        span = (x, x + long) if beside else (x - long, x)
        ink.label(places if beside else places[1:], self._clear(*span, self.y(n)), words,
                  fill=ink.palette.info_text, bold=True)  # fmt: skip
        name = self.facts.today_name
        wide = ink.size * 0.7 + ink.width_of(name, bold=True)
        foot = self.bottom + ink.size * 0.6
        sides = [place for place, end in zip(places, (x + wide, x - wide), strict=True) if self._is_clear(x, end)]
        if sides:
            ink.label(sides, foot, name, fill=ink.palette.today, bold=True)
        else:
            # At the foot the plan would go through it; before the forecast begins the top is free.
            ink.label(places[::-1], self.upper - ink.size * 0.6, name, fill=ink.palette.today, bold=True)

    def _is_clear(self, one: float, other: float) -> bool:
        """Whether the plan's line and the people moved leave the foot between two places alone."""
        over = self.bottom + self.ink.size * 1.8
        left, right = min(one, other), max(one, other)
        if left < self.left or right > self.ink.width:
            return False
        for points in (self.facts.plan, self.facts.moved, self.facts.old_pace):
            for (day, n), (later, more) in pairwise(points):
                x1, x2 = self.x(day), self.x(later)
                if x1 > right or x2 < left or x2 <= x1:
                    continue
                slope = (self.y(more) - self.y(n)) / (x2 - x1)
                lowest = min(self.y(n) + slope * (max(x1, min(x, x2)) - x1) for x in (left, right))
                if lowest < over:
                    return False
        return True

    def _clear(self, left: float, right: float, near: float) -> float:
        """Where words between two places stand nearest to a height on none of the lines, rather below it than above."""
        size = self.ink.size
        crossed = self._heights_between(left, right)
        first, last = near - size * 1.6, near + size * 0.9
        tried = [first - size * step / 4 for step in range(24)] + [last + size * step / 4 for step in range(24)]
        room = [y for y in tried if self.bottom + size * 2 < y < self.upper - size]
        free = (y for y in sorted(room, key=lambda y: max(first - y, y - last, 0.0)) if not any(
            low < y + size and high > y - size * 0.4 for low, high in crossed))  # fmt: skip
        return next(free, last)

    def _heights_between(self, left: float, right: float) -> list[tuple[float, float]]:
        """From where to where each piece of the lines goes up between two places; the forecast with all of its band."""
        facts = self.facts
        steps = [(later, n) for (_, n), (later, _) in pairwise(facts.moved)]
        moved = [point for pair in zip(steps, facts.moved[1:], strict=True) for point in pair]
        now = facts.moved[-1]
        lines = (facts.plan, facts.old_pace, [*facts.moved[:1], *moved], [now, *facts.supposed])
        spans = [[(day, n, n) for day, n in points] for points in lines]
        spans.append([(*now, now[1]), *((day, low, high) for day, _, low, high in facts.forecast)])
        found = []
        for points in spans:
            for (day, low, high), (later, least, most) in pairwise(points):
                x1, x2 = self.x(day), self.x(later)
                first, last = max(x1, left), min(x2, right)
                if first > last:
                    continue
                parts = [(x - x1) / (x2 - x1) for x in (first, last)] if x2 > x1 else [0.0, 1.0]
                ends = [
                    self.y(one + (other - one) * part) for part in parts for one, other in ((low, least), (high, most))
                ]
                found.append((min(ends), max(ends)))
        return found

    def draw_names(self) -> None:
        """At the right end, pushed apart where two lines end close together."""
        ink, palette = self.ink, self.ink.palette
        step = ink.size * 1.25
        blocks: list[tuple[float, list[str], str]] = [
            (self.y(self.facts.aim), [f"Plan {self.facts.aim}"], palette.text)
        ]
        if self.facts.forecast:
            _, middle, low, high = self.facts.forecast[-1]
            words = [f"Forecast {middle:.0f}", f"likely {low:.0f} to {high:.0f}"]
            blocks.append((self.y(middle), words, palette.info_text))
        if self.facts.old_pace:
            n = self.facts.old_pace[-1][1]
            blocks.append((self.y(n), [f"Old pace {n:.0f}"], palette.text2))
        if self.facts.supposed:
            n = self.facts.supposed[-1][1]
            blocks.append((self.y(n), self._wrapped(f"{self.facts.supposed_name}: {n:.0f}"), palette.ok_text))
        blocks.sort(key=lambda block: -block[0])
        above = self.upper + ink.size
        for place, (y, lines, fill) in enumerate(blocks):
            # What stands below must find room above the axis.
            least = self.bottom + step * (sum(len(block[1]) for block in blocks[place:]) - 1)
            y = min(max(y - ink.size * 0.35, least), above - step)
            for line in lines:
                bold = not line.startswith("likely")
                shade = fill if bold else palette.text2
                ink.text(self.right + ink.size * 0.7, y, line, fill=shade, bold=bold)
                above, y = y, y - step

    def _wrapped(self, words: str) -> list[str]:
        """In as many lines as fit beside the picture."""
        room = self.ink.width - self.right - self.ink.size * 0.8
        lines: list[str] = []
        for word in words.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.ink.width_of(longer, bold=True) <= room:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines

    def marks(self) -> list[Mark]:
        wide = self.ink.size
        found = []
        for day, n in self.facts.moved:
            words = f"{text.format_date(day)}: {text.count(round(n), 'person', 'people')} moved on"
            found.append(
                Mark(
                    self.x(day) - wide / 2,
                    self.bottom,
                    wide,
                    self.y(n) - self.bottom + wide,
                    words,
                    "month",
                    day.isoformat(),
                )
            )
        return found


def _round_up(people: float) -> float:
    """To four times a plain figure, so that every line of the axis is one: 4, 8, 20, 40, 60, 80, 100, 120, 200."""
    times = 1
    while True:
        for quarter in (1, 2, 5) if times == 1 else (1, 1.5, 2, 2.5, 3, 5):
            if people <= 4 * quarter * times:
                return 4 * quarter * times
        times *= 10


def _ticks(first: date, last: date) -> list[date]:
    """A handful of month beginnings, at even distances."""
    months = (last.year - first.year) * 12 + last.month - first.month
    every = next((n for n in (1, 2, 3, 6, 12, 24, 60) if months / n <= 7), 120)
    begin = first.year * 12 + first.month - 1
    days = (date(m // 12, m % 12 + 1, 1) for m in range(begin, begin + months + 1, every))
    return [max(day, first) for day in days if day <= last]


def _described(facts: Trajectory) -> str:
    day, moved = facts.moved[-1]
    words = f"{round(moved)} of {facts.cohort} have moved on by {text.format_date(day)}."
    words += f" The plan is {facts.aim} by {text.format_date(facts.plan[-1][0])}."
    if facts.forecast:
        end, middle, low, high = facts.forecast[-1]
        words += f" Forecast: {middle:.0f} by {text.format_date(end)}, likely {low:.0f} to {high:.0f}."
    if facts.old_pace:
        words += f" At the pace of the year before it would be {facts.old_pace[-1][1]:.0f}."
    if facts.supposed:
        words += f" {facts.supposed_name}: {facts.supposed[-1][1]:.0f}."
    return words
