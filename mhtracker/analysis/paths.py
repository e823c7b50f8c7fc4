"""Where everybody went between the beginning and the end of a period, as the flow picture's ribbons have it."""

from __future__ import annotations

from dataclasses import dataclass

from mhtracker.analysis.flow import Flow
from mhtracker.domain.counting.spells import Exit

NEW, LEFT, DIED = "new", "left", "died"
"""Ends that are no stage: came to the pathway, left it, died."""


@dataclass(frozen=True, slots=True)
class Ribbon:
    """The people who were in `from_key` before the period began and in `to_key` at its end. Each stands in one."""

    from_key: str
    to_key: str
    people: tuple[str, ...]


def follow(flow: Flow) -> tuple[Ribbon, ...]:
    """Everybody who was on the pathway at any time in the period, by where they began and where they ended.

    Somebody who moved and came back within it stands where they began. In the order of the stages, `NEW` first and
    `LEFT` and `DIED` last.
    """
    order = [each.stage_id for each in flow.stages]
    began = {person: each.stage_id for each in flow.stages for person in each.opening}
    ended = {person: each.stage_id for each in flow.stages for person in each.closing}
    for spell in flow.ended:
        ended.setdefault(spell.person_id, DIED if spell.exit == Exit.DIED else LEFT)
    people: dict[tuple[str, str], list[str]] = {}
    for person in sorted({*began, *ended}):
        # Whose stay ended with nothing recorded after it has left, as far as is known.
        people.setdefault((began.get(person, NEW), ended.get(person, LEFT)), []).append(person)
    rank = {key: place for place, key in enumerate((NEW, *order, LEFT, DIED))}
    return tuple(
        Ribbon(first, last, tuple(found))
        for (first, last), found in sorted(people.items(), key=lambda item: (rank[item[0][0]], rank[item[0][1]]))
    )
