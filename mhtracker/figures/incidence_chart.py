"""How people left a stage, by how long after they came: a curve for each way out, with its interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from mhtracker.figures.palette import PAPER, Palette
from mhtracker.figures.picture import Ink, Mark, Picture

YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Curve:
    """One way out: (days, share, low, high), shares 0 to 1, each holding until the next. `main` has its band drawn."""

    name: str
    points: Sequence[tuple[float, float, float, float]]
    main: bool = False


@dataclass(frozen=True, slots=True)
class IncidenceFacts:
    """Curves up to `last_day`, and how many were still watched on some days."""

    curves: Sequence[Curve]
    last_day: float
    at_risk: Sequence[tuple[float, int]]
    stage: str


def draw_incidence(
    facts: IncidenceFacts, palette: Palette = PAPER, *, width: float, height: float, text_size: float = 8.25
) -> Picture:
    """Years along, percent up; the names stand at the curves' ends and the numbers still watched under the axis."""
    ink = Ink(palette, width, height, text_size)
    frame = _Frame(facts, ink)
    frame.draw_axes()
    for curve in sorted(facts.curves, key=lambda curve: not curve.main):
        frame.draw_curve(curve)
    frame.draw_names()
    return Picture(ink.drawing, tuple(frame.marks()), _described(facts))


class _Frame:
    """Where days and shares stand in the drawing."""

    def __init__(self, facts: IncidenceFacts, ink: Ink) -> None:
        self.facts, self.ink = facts, ink
        seen = [point for curve in facts.curves for point in curve.points if point[0] <= facts.last_day]
        highest = max((high for *_, high in seen), default=0.1)
        self.top = next(top for top in (0.1, 0.2, 0.4, 0.6, 0.8, 1.0) if highest <= top + 1e-9 or top == 1.0)
        self.left = ink.width_of("100%") + ink.size
        names = [f"{curve.name} 100%" for curve in facts.curves]
        self.right = ink.width - max((ink.width_of(name, bold=True) for name in names), default=0.0) - ink.size
        self.bottom, self.upper = ink.size * 3.6, ink.height - ink.size

    def x(self, day: float) -> float:
        return self.left + (self.right - self.left) * min(day, self.facts.last_day) / max(1.0, self.facts.last_day)

    def y(self, share: float) -> float:
        return self.bottom + (self.upper - self.bottom) * min(share, self.top) / self.top

    def draw_axes(self) -> None:
        ink, palette = self.ink, self.ink.palette
        for number in range(5):
            share = self.top * number / 4
            y = self.y(share)
            ink.line((self.left, y, self.right, y), stroke=palette.line2 if number == 0 else palette.line)
            ink.text(
                self.left - ink.size * 0.5, y - ink.size * 0.35, f"{100 * share:g}%", fill=palette.text3, anchor="end"
            )
        for day, people in self.facts.at_risk:
            x = self.x(day)
            ink.line((x, self.bottom, x, self.bottom - ink.size * 0.35), stroke=palette.line2)
            places = [(x, "middle"), (x, "end")]
            ink.label(places, self.bottom - ink.size * 1.4, after(day), fill=palette.text3)
            ink.label(places, self.bottom - ink.size * 2.7, f"{people} watched", fill=palette.text3)

    def draw_curve(self, curve: Curve) -> None:
        ink, palette = self.ink, self.ink.palette
        steps = [(0.0, 0.0, 0.0, 0.0), *(p for p in curve.points if p[0] <= self.facts.last_day)]
        steps.append((self.facts.last_day, *steps[-1][1:]))
        if curve.main:
            self._draw_band(steps)
        lines = []
        for (day, share, *_), (later, after, *_) in pairwise(steps):
            lines.append((self.x(day), self.y(share), self.x(later), self.y(share)))
            lines.append((self.x(later), self.y(share), self.x(later), self.y(after)))
        stroke, width = (palette.info, 2.4) if curve.main else (palette.text3, 1.4)
        ink.path(lines, stroke=stroke, width=ink.hairline * width)

    def _draw_band(self, steps: Sequence[tuple[float, float, float, float]]) -> None:
        outline: list[float] = []
        for (day, _, _, high), (later, *_) in pairwise(steps):
            outline += [self.x(day), self.y(high), self.x(later), self.y(high)]
        for (day, _, low, _), (later, *_) in reversed(list(pairwise(steps))):
            outline += [self.x(later), self.y(low), self.x(day), self.y(low)]
        self.ink.polygon(outline, fill=self.ink.palette.band, edge=None)

    def draw_names(self) -> None:
        """At the right end, pushed apart where two curves end close together."""
        ink, palette = self.ink, self.ink.palette
        ends = [(self.y(_last(curve, self.facts.last_day)[1]), curve) for curve in self.facts.curves]
        above = self.upper + ink.size
        for y, curve in sorted(ends, key=lambda end: -end[0]):
            y = min(y - ink.size * 0.35, above - ink.size * 1.3)
            share = 100 * _last(curve, self.facts.last_day)[1]
            fill = palette.info_text if curve.main else palette.text2
            ink.text(self.right + ink.size * 0.6, y, f"{curve.name} {share:.0f}%", fill=fill, bold=curve.main)
            above = y

    def marks(self) -> list[Mark]:
        found = []
        for day, people in self.facts.at_risk:
            told = [f"{curve.name} {_words(_last(curve, day))}" for curve in self.facts.curves]
            words = f"After {after(day)}: {', '.join(told)}; {people} still watched"
            wide = self.ink.size * 2
            found.append(
                Mark(self.x(day) - wide / 2, self.bottom, wide, self.upper - self.bottom, words, "after", f"{day:g}")
            )
        return found


def _last(curve: Curve, day: float) -> tuple[float, float, float, float]:
    before = [point for point in curve.points if point[0] <= day]
    return before[-1] if before else (0.0, 0.0, 0.0, 0.0)


def _words(point: tuple[float, float, float, float]) -> str:
    _, share, low, high = point
    if not share:
        return "none yet"
    return f"{100 * share:.0f}% ({100 * low:.0f} to {100 * high:.0f})"


def after(day: float) -> str:
    """How long after coming a day is, in few words."""
    if day < 60:
        return "1 day" if day == 1 else f"{day:g} days"
    if day < YEAR * 0.9:
        return f"{round(day / (YEAR / 12))} months"
    years = round(day / YEAR)
    return "1 year" if years == 1 else f"{years} years"


def _described(facts: IncidenceFacts) -> str:
    told = [f"{curve.name} {_words(_last(curve, facts.last_day))}" for curve in facts.curves]
    return f"{facts.stage}, {after(facts.last_day)} after coming: {', '.join(told)}."
