"""Flow drawn as ribbons: where people were at the beginning of a period, and where at its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mhtracker import text
from mhtracker.domain.records import Stage
from mhtracker.figures.palette import PAPER, Palette
from mhtracker.figures.picture import Ink, Mark, Picture

KIND = "ribbon"
_STEPS = 28
_LEAST = 1.2


@dataclass(frozen=True, slots=True)
class RibbonFacts:
    """One ribbon: from where, to where, and how many. Keys are stage ids, or one of `ends`."""

    from_key: str
    to_key: str
    people: int


@dataclass(frozen=True, slots=True)
class FlowFacts:
    """What is drawn. `stages` by id; `ends` names the keys that are no stage; `left` and `right` say the two days."""

    ribbons: Sequence[RibbonFacts]
    stages: Mapping[str, Stage]
    ends: Mapping[str, str]
    left: str
    right: str

    def label(self, key: str) -> str:
        stage = self.stages.get(key)
        return stage.label if stage is not None else self.ends.get(key, key)


@dataclass(slots=True)
class _Node:
    key: str
    people: int
    top: float
    bottom: float
    used: float = 0.0


def draw_ribbons(
    facts: FlowFacts, palette: Palette = PAPER, *, width: float, height: float, text_size: float = 8.25
) -> Picture:
    """Stages stand in their order on both sides; a ribbon is as thick as it has people. A mark is "from>to"."""
    ink = Ink(palette, width, height, text_size)
    whole = max(1, sum(each.people for each in facts.ribbons))
    lefts, rights = _sides(facts, ink, whole)
    drawn: list[tuple[RibbonFacts, float, float, float, float]] = []
    for ribbon in facts.ribbons:
        one, other = lefts[ribbon.from_key], rights[ribbon.to_key]
        thick = (one.top - one.bottom) * ribbon.people / one.people
        thick_there = (other.top - other.bottom) * ribbon.people / other.people
        drawn.append((ribbon, one.top - one.used, thick, other.top - other.used, thick_there))
        one.used += thick
        other.used += thick_there
    left_x, right_x = _edges(facts, ink)
    # Those who stay lie under those who move.
    for each in sorted(drawn, key=lambda item: (item[0].from_key != item[0].to_key, -item[0].people)):
        _draw_ribbon(facts, ink, each, left_x, right_x)
    for node in lefts.values():
        _draw_node(facts, ink, node, left_x, left=True)
    for node in rights.values():
        _draw_node(facts, ink, node, right_x, left=False)
    y = ink.height - ink.size
    ink.text(left_x, y, facts.left, fill=palette.text2, bold=True, anchor="end")
    ink.text(right_x, y, facts.right, fill=palette.text2, bold=True)
    marks = [_mark(facts, ink, each, left_x, right_x) for each in drawn]
    return Picture(ink.drawing, tuple(marks), _described(facts))


def _sides(facts: FlowFacts, ink: Ink, whole: int) -> tuple[dict[str, _Node], dict[str, _Node]]:
    from_counts: dict[str, int] = {}
    to_counts: dict[str, int] = {}
    for ribbon in facts.ribbons:
        from_counts[ribbon.from_key] = from_counts.get(ribbon.from_key, 0) + ribbon.people
        to_counts[ribbon.to_key] = to_counts.get(ribbon.to_key, 0) + ribbon.people
    order = list(dict.fromkeys([*facts.ends, *facts.stages]))
    first = [key for key in order if key in facts.stages]
    rank = {key: place for place, key in enumerate(first)}
    # Whoever is new comes in above the first stage; whoever leaves goes out below the last.
    left_order = sorted(from_counts, key=lambda key: rank.get(key, -1))
    right_order = sorted(to_counts, key=lambda key: rank.get(key, len(first) + order.index(key)))
    return (
        _stack(left_order, from_counts, ink, whole),
        _stack(right_order, to_counts, ink, whole),
    )


def _stack(order: Sequence[str], counts: Mapping[str, int], ink: Ink, whole: int) -> dict[str, _Node]:
    top, bottom = ink.height - ink.size * 2.2, ink.size * 0.4
    least = ink.size * 1.5
    gap = ink.size * 0.7
    room = max(0.0, top - bottom - gap * (len(order) - 1))
    wanted = {key: max(least, room * counts[key] / whole) for key in order}
    over = sum(wanted.values()) - room
    if over > 0:
        tall = {key: size for key, size in wanted.items() if size > least}
        spare = sum(size - least for size in tall.values()) or 1.0
        wanted = {key: size - over * (size - least) / spare if key in tall else size for key, size in wanted.items()}
    nodes, y = {}, top
    for key in order:
        nodes[key] = _Node(key, counts[key], y, y - wanted[key])
        y -= wanted[key] + gap
    return nodes


def _edges(facts: FlowFacts, ink: Ink) -> tuple[float, float]:
    """Where the ribbons begin and end: the labels stand outside."""
    keys = {key for ribbon in facts.ribbons for key in (ribbon.from_key, ribbon.to_key)}
    widest = max((ink.width_of(facts.label(key)) for key in keys), default=0.0)
    room = min(widest + ink.width_of("1,000", bold=True) + ink.size * 1.6, ink.width * 0.3)
    return room, ink.width - room


def _shape(x1: float, top1: float, thick1: float, x2: float, top2: float, thick2: float) -> list[float]:
    """A ribbon's outline: it leaves and arrives level, and bends in between."""
    upper, lower = [], []
    for step in range(_STEPS + 1):
        t = step / _STEPS
        bend = t * t * (3 - 2 * t)
        x, y = x1 + (x2 - x1) * t, top1 + (top2 - top1) * bend
        upper += [x, y]
        lower.append((x, y - (thick1 + (thick2 - thick1) * t)))
    return [*upper, *(value for point in reversed(lower) for value in point)]


def _draw_ribbon(
    facts: FlowFacts, ink: Ink, drawn: tuple[RibbonFacts, float, float, float, float], left_x: float, right_x: float
) -> None:
    ribbon, top, thick, top_there, thick_there = drawn
    bar = ink.size * 0.7
    outline = _shape(left_x + bar, top, max(thick, _LEAST), right_x - bar, top_there, max(thick_there, _LEAST))
    if ribbon.from_key == ribbon.to_key:
        ink.polygon(outline, fill=ink.palette.sunken, edge=None)
        return
    ink.polygon(outline, fill=_colour(facts, ink, ribbon), edge=ink.palette.surface, width=ink.hairline * 0.6)


def _colour(facts: FlowFacts, ink: Ink, ribbon: RibbonFacts) -> str:
    one, other = facts.stages.get(ribbon.from_key), facts.stages.get(ribbon.to_key)
    if one is not None and other is not None:
        return ink.palette.info if other.level > one.level else ink.palette.warn
    return ink.palette.none


def _draw_node(facts: FlowFacts, ink: Ink, node: _Node, x: float, *, left: bool) -> None:
    stage = facts.stages.get(node.key)
    bar = ink.size * 0.7
    fill = ink.palette.stage(stage).fill if stage is not None else ink.palette.none
    edge = ink.palette.stage(stage).edge if stage is not None else ink.palette.text3
    ink.rect(x if left else x - bar, node.bottom, bar, node.top - node.bottom, fill=fill, edge=edge)
    y = (node.top + node.bottom) / 2 - ink.size * 0.35
    number = text.format_number(node.people)
    name_room = (x if left else ink.width - x) - ink.width_of(number, bold=True) - ink.size * 1.4
    name = ink.shortened(facts.label(node.key), name_room)
    if left:
        ink.text(x - ink.size * 0.6, y, number, fill=ink.palette.text, bold=True, anchor="end")
        beside = x - ink.size * 1.2 - ink.width_of(number, bold=True)
        ink.text(beside, y, name, fill=ink.palette.text2, anchor="end")
    else:
        ink.text(x + ink.size * 0.6, y, number, fill=ink.palette.text, bold=True)
        beside = x + ink.size * 1.2 + ink.width_of(number, bold=True)
        ink.text(beside, y, name, fill=ink.palette.text2)


def _mark(
    facts: FlowFacts, ink: Ink, drawn: tuple[RibbonFacts, float, float, float, float], left_x: float, right_x: float
) -> Mark:
    """Pointed at near its beginning, where ribbons lie one under the other."""
    ribbon, top, thick, _, _ = drawn
    tall = max(thick, ink.size * 0.5)
    middle = top - thick / 2
    words = f"{_way(facts, ribbon)}: {text.count(ribbon.people, 'person', 'people')}"
    wide = (right_x - left_x) * 0.3
    return Mark(left_x, middle - tall / 2, wide, tall, words, KIND, f"{ribbon.from_key}>{ribbon.to_key}")


def _way(facts: FlowFacts, ribbon: RibbonFacts) -> str:
    if ribbon.from_key == ribbon.to_key:
        return f"{facts.label(ribbon.from_key)} throughout"
    return f"{facts.label(ribbon.from_key)} to {text.first_lower(facts.label(ribbon.to_key))}"


def _described(facts: FlowFacts) -> str:
    moved = [each for each in facts.ribbons if each.from_key != each.to_key]
    stayed = sum(each.people for each in facts.ribbons if each.from_key == each.to_key)
    words = [f"{_way(facts, each)}: {each.people}" for each in sorted(moved, key=lambda each: -each.people)]
    return f"From {facts.left} to {facts.right}: {stayed} where they were. {'. '.join(words)}{'.' if words else ''}"
