"""How high each stage stands in every picture: higher is more independent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mhtracker.domain.records import Stage

KNOWN: Mapping[str, float] = {
    "hospital": 0.38,
    "residential": 0.50,
    "enablement": 0.66,
    "supported": 0.83,
    "independent": 1.0,
}
LOWEST, HIGHEST = 0.38, 1.0


def stage_heights(stages: Iterable[Stage]) -> dict[str, float]:
    """Each stage's height as a part of the full one, by stage id.

    The usual five keep their heights as long as a council leaves them in this order; every other stage stands between
    its neighbours by level. Heights never fall as levels rise.
    """
    ordered = sorted(stages, key=lambda stage: (stage.level, stage.id))
    anchors: list[tuple[int, float]] = []
    for place, stage in enumerate(ordered):
        height = KNOWN.get(stage.id)
        if height is not None and (not anchors or height > anchors[-1][1]):
            anchors.append((place, height))
    return {stage.id: _between(place, len(ordered), anchors) for place, stage in enumerate(ordered)}


def _between(place: int, count: int, anchors: list[tuple[int, float]]) -> float:
    below = max((a for a in anchors if a[0] <= place), default=(-1, LOWEST))
    above = min((a for a in anchors if a[0] >= place), default=(max(count - 1, place), HIGHEST))
    if above[0] == below[0]:
        return above[1]
    if below[0] == -1 and above[1] <= LOWEST:
        return LOWEST
    return below[1] + (above[1] - below[1]) * (place - below[0]) / (above[0] - below[0])
