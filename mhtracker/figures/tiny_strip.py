"""The strip in a table's cell: the facts that its painter needs, shared so that rows compare on one time axis."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from mhtracker.figures.time_axis import TimeAxis

YEARS_BACK = 6
YEARS_AHEAD = 1


@dataclass(frozen=True, slots=True)
class Span:
    """A stay between `left` and `right` (0 to 1 across the cell). `earlier` when it began before the axis does."""

    stage_id: str
    left: float
    right: float
    earlier: bool = False


@dataclass(frozen=True, slots=True)
class TinyStrip:
    """Stays oldest first, taller ones to be drawn first; where today is; where the move-on date is, if one shows."""

    spans: tuple[Span, ...]
    today: float
    target: float | None


def tiny_axis(as_at: date) -> TimeAxis:
    """The axis that all rows of a table share, from 0 to 1."""
    return TimeAxis(as_at - timedelta(days=YEARS_BACK * 365), as_at + timedelta(days=YEARS_AHEAD * 365), 0.0, 1.0)


@lru_cache(maxsize=4096)
def tiny_strip(strip: str, as_at: date, target_on: date | None) -> TinyStrip:
    """The spans of `CaseloadLine.strip` ("stage:start:end;…", end empty while it lasts) on the shared axis."""
    axis = tiny_axis(as_at)
    stays = [_read(part, as_at) for part in strip.split(";") if part]
    spans = tuple(_on_axis(axis, stays))
    shows = target_on is not None and axis.first <= target_on <= axis.last
    return TinyStrip(spans, axis.x(as_at), axis.x(target_on) if target_on and shows else None)


def in_drawing_order(spans: Iterable[Span], heights: Mapping[str, float]) -> list[Span]:
    """Taller bars first, so that a hospital stay shows in front of a place kept meanwhile."""
    return sorted(spans, key=lambda span: -heights.get(span.stage_id, 0.0))


def _read(part: str, as_at: date) -> tuple[str, date, date]:
    stage_id, start, end = part.rsplit(":", 2)
    return stage_id, date.fromisoformat(start), date.fromisoformat(end) if end else as_at


def _on_axis(axis: TimeAxis, stays: list[tuple[str, date, date]]) -> Iterable[Span]:
    for stage_id, start, end in stays:
        if end >= axis.first:
            yield Span(stage_id, axis.x(start), axis.x(end), earlier=start < axis.first)
