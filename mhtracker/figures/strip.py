"""A pathway strip while it is drawn: what its lanes share."""

from __future__ import annotations

from dataclasses import dataclass, field

from mhtracker.domain.summary import CaseSummary
from mhtracker.figures.picture import Ink, Mark
from mhtracker.figures.time_axis import TimeAxis


@dataclass
class Strip:
    """What the lanes share while a strip is drawn: the heights are of baselines and centre lines, bottom up."""

    summary: CaseSummary
    ink: Ink
    axis: TimeAxis
    heights: dict[str, float]
    years: float
    legal: float
    reviews: float
    base: float
    full: float
    flags: float
    marks: list[Mark] = field(default_factory=list)

    @property
    def today(self) -> float:
        return self.axis.x(self.summary.as_at)

    @property
    def under_flags(self) -> float:
        """The row between bars and flags, where gaps are named."""
        return self.base + self.full + self.ink.size * 0.45

    def reason(self, code: str) -> str:
        """A barrier's reason in words."""
        return self.summary.labels.get(f"delay_reason/{code}", code)

    def mark(self, box: tuple[float, float, float, float], words: str, kind: str, record_id: str = "") -> None:
        """Notes what stands in a box (x, y, w, h), widened so that it can be pointed at."""
        x, y, w, h = box
        spare = max(0.0, self.ink.size * 0.6 - w)
        self.marks.append(Mark(x - spare / 2, y, w + spare, h, words, kind, record_id))
