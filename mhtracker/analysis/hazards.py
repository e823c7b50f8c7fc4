"""How often people leave a stage in each way, by how long they have been there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from mhtracker.analysis.incidence import FEWEST
from mhtracker.domain.counting.spells import Exit, Spell

BANDS = (0, 91, 183, 365, 730, 1826)
"""Where bands of length of stay begin, in days, before thin ones are joined to their neighbours."""


@dataclass(frozen=True, slots=True)
class Band:
    """Stays between two lengths: days watched in all of them together, and how many left in each way."""

    from_days: int
    to_days: int | None
    watched_days: int
    left: dict[Exit, int]


@dataclass(frozen=True, slots=True)
class Hazards:
    """What was seen of one stage between two dates. `people` are those watched for at least a day."""

    stage_id: str
    from_on: date
    to_on: date
    people: int
    bands: tuple[Band, ...]

    @property
    def exits(self) -> int:
        """How many moved onward."""
        return sum(band.left.get(Exit.ONWARD, 0) for band in self.bands)

    @property
    def enough(self) -> bool:
        """Whether enough people moved onward to say anything."""
        return self.exits >= FEWEST


def seen(spells: Iterable[Spell], stage_ids: frozenset[str], from_on: date, to_on: date) -> Hazards:
    """Count time and exits of stays in some stages, between two dates only.

    A stay that began before `from_on` is watched from then on, at the length it had; what happened before it, and to
    those who had already gone, says nothing of the rate within. Bands with under `FEWEST` moves onward are joined.
    """
    bands = [
        Band(start, BANDS[place + 1] if place + 1 < len(BANDS) else None, 0, {}) for place, start in enumerate(BANDS)
    ]
    people = set()
    for spell in spells:
        if spell.stage_id not in stage_ids:
            continue
        begin = max(0, (from_on - spell.started_on).days)
        last = min(spell.ended_on or to_on, to_on)
        end = (last - spell.started_on).days
        if end <= begin:
            continue
        people.add(spell.person_id)
        ended = spell.ended_on is not None and spell.ended_on <= to_on
        _count(bands, begin, end, spell.exit if ended else None)
    return Hazards("+".join(sorted(stage_ids)), from_on, to_on, len(people), tuple(joined(bands)))


def _count(bands: list[Band], begin: int, end: int, way: Exit | None) -> None:
    for place, band in enumerate(bands):
        top = band.to_days if band.to_days is not None else end + 1
        days = min(end, top) - max(begin, band.from_days)
        if days <= 0:
            continue
        left = band.left
        if way is not None and band.from_days < end <= top:
            left = {**left, way: left.get(way, 0) + 1}
        bands[place] = replace(band, watched_days=band.watched_days + days, left=left)


def joined(bands: Sequence[Band]) -> list[Band]:
    """Neighbouring bands joined until each holds enough moves onward; the last one takes what is over."""
    joined: list[Band] = []
    for band in bands:
        thin = joined and joined[-1].left.get(Exit.ONWARD, 0) < FEWEST
        if thin:
            joined[-1] = _join(joined[-1], band)
        else:
            joined.append(band)
    if len(joined) > 1 and joined[-1].left.get(Exit.ONWARD, 0) < FEWEST:
        last = joined.pop()
        joined[-1] = _join(joined[-1], last)
    return joined


def _join(one: Band, other: Band) -> Band:
    left = {way: one.left.get(way, 0) + other.left.get(way, 0) for way in {*one.left, *other.left}}
    return Band(one.from_days, other.to_days, one.watched_days + other.watched_days, left)
