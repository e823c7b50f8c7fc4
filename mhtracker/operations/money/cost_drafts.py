"""New lines of cost worked out before they are recorded: what they stand beside, what they take the place of.

A stay's own weekly cost holds until a line runs. The first line beside or instead of it therefore has that cost written
out as a line of its own, so that what was true before stays true.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from mhtracker.domain.errors import Invalid
from mhtracker.domain.findings import Caution
from mhtracker.domain.money.cost_rules import check_line
from mhtracker.domain.money.weekly import Frequency
from mhtracker.domain.pathway import by_id, current_placement, in_order
from mhtracker.domain.records import CostLine, Person, Placement, Stage, new_id
from mhtracker.operations.drafting import drafted
from mhtracker.store import Store, Work

ALL = "all"
"""New lines take the place of everything that runs and is planned; else of one line by its id, or of none."""

AS_RECORDED = "as recorded with the stay"


@dataclass(frozen=True, slots=True)
class CostDraft:
    """What is saved (lines changed, written out and new) and what goes, with its cautions. `new` are among `saves`."""

    new: tuple[CostLine, ...]
    saves: tuple[CostLine, ...]
    goes: tuple[CostLine, ...] = ()
    cautions: tuple[Caution, ...] = ()


def draft_costs(store: Store, person_id: str, new: Sequence[CostLine], instead_of: str = "") -> CostDraft:
    """Work out adding lines. Raises Invalid by the fields of a line, and "instead_of" for a line that is gone.

    A line tied to a stay ends with it. Lines that were to begin later go, where everything is replaced; where they have
    begun already, the new lines last until they do.
    """
    person, placements = store.get(Person, person_id), store.find(Placement, person_id=person_id)
    there = {line.id: line for line in store.find(CostLine, person_id=person_id)}
    weekly = [line for line in new if line.frequency != Frequency.ONE_OFF]
    kept, goes = dict(there), dict[str, CostLine]()
    if weekly:
        first = min(line.started_on for line in weekly)
        new = _within(new, placements, kept.values() if instead_of == ALL else (), first, store.today)
        stages = by_id(store.stages())
        for line in written_out(placements, list(kept.values()), stages, new, instead=instead_of == ALL):
            kept[line.id] = line
        for line in _replaced(list(kept.values()), instead_of, first):
            del kept[line.id]
            if line.started_on < first:
                kept[line.id] = replace(line, ended_on=first)
            elif line.started_on == first or line.started_on > store.today or line.taper_id:
                goes[line.id] = line
            else:
                kept[line.id] = line
    labels = {item.code: item.label for item in store.codes("cost_kind")}
    cautions: list[Caution] = []
    made = []
    for line in new:
        made.append(drafted(store, line))
        cautions += check_line(made[-1], [*kept.values(), *made[:-1]], person=person, known_kinds=labels)
    changed = [line for line in kept.values() if line != there.get(line.id)]
    gone = [line for line in goes.values() if line.id in there]
    found = dict.fromkeys((each.field, each.words) for each in cautions)
    return CostDraft(tuple(made), (*changed, *made), tuple(gone), tuple(Caution(*each) for each in found))


def save_costs(work: Work, draft: CostDraft) -> tuple[CostLine, ...]:
    """Record a draft within an operation; gives the new lines as saved."""
    for line in draft.goes:
        work.delete(line)
    new = {line.id for line in draft.new}
    return tuple(line for line in [work.save(each) for each in draft.saves] if line.id in new)


def stay_on(store: Store, person_id: str, day: date) -> Placement | None:
    """The stay on a day; for a day ahead the one that goes on."""
    return current_placement(store.find(Placement, person_id=person_id), day)


def own_cost_line(stay: Placement, stages: dict[str, Stage], from_on: date, to_on: date | None) -> CostLine:
    """A stay's own weekly cost as a line for some of its days."""
    home = stages[stay.stage_id].own_home
    return CostLine(
        new_id(),
        stay.person_id,
        "support" if home else "accommodation",
        stay.weekly_cost_pence or 0,
        from_on,
        ended_on=to_on,
        placement_id=stay.id,
        what=AS_RECORDED,
    )


def written_out(
    placements: Iterable[Placement],
    lines: Sequence[CostLine],
    stages: dict[str, Stage],
    new: Sequence[CostLine],
    *,
    instead: bool,
) -> list[CostLine]:
    """The stays' own costs as lines, for the stretches without a line that new weekly lines reach into.

    Where the new lines come `instead`, only the stretch that they interrupt, up to their first day.
    """
    spans = [(line.started_on, line.ended_on or date.max) for line in new if line.frequency != Frequency.ONE_OFF]
    if not spans:
        return []
    first = min(start for start, _ in spans)
    found = []
    for stay in in_order(placements):
        for start, end in _uncovered(stay, lines) if stay.weekly_cost_pence is not None else ():
            if instead:
                meets = start < first < (end or date.max)
                end = first
            else:
                meets = any(start < last and begun < (end or date.max) for begun, last in spans)
            if meets:
                found.append(own_cost_line(stay, stages, start, end))
    return found


def _uncovered(stay: Placement, lines: Iterable[CostLine]) -> list[tuple[date, date | None]]:
    """The stretches of a stay on which no weekly line runs, each with the day it ends (None: it goes on)."""
    last = stay.ended_on or date.max
    found: list[tuple[date, date | None]] = []
    day = stay.started_on
    for line in sorted((e for e in lines if e.frequency != Frequency.ONE_OFF), key=lambda e: e.started_on):
        if line.started_on >= last or (line.ended_on or date.max) <= day:
            continue
        if line.started_on > day:
            found.append((day, line.started_on))
        day = max(day, line.ended_on or date.max)
    if day < last:
        found.append((day, stay.ended_on))
    return found


def _within(
    new: Sequence[CostLine], placements: Iterable[Placement], lines: Iterable[CostLine], first: date, today: date
) -> list[CostLine]:
    """The new lines, ended where their stay ends, and where what has begun since takes their place."""
    ends = {stay.id: stay.ended_on for stay in placements}
    weekly = [line for line in lines if line.frequency != Frequency.ONE_OFF]
    since = min((e.started_on for e in weekly if first < e.started_on <= today and not e.taper_id), default=None)
    found = []
    for line in new:
        if line.frequency != Frequency.ONE_OFF:
            days = [day for day in (line.ended_on, ends.get(line.placement_id or ""), since) if day is not None]
            line = replace(line, ended_on=min(days, default=None))
        found.append(line)
    return found


def _replaced(lines: Sequence[CostLine], instead_of: str, first: date) -> list[CostLine]:
    """The weekly lines that new ones take the place of from a day: those that run on it, and the later ones."""
    weekly = [line for line in lines if line.frequency != Frequency.ONE_OFF and (line.ended_on or date.max) > first]
    if instead_of == ALL:
        return weekly
    if not instead_of:
        return []
    one = next((line for line in weekly if line.id == instead_of), None)
    if one is None:
        raise Invalid({"instead_of": "The cost it takes the place of has ended by then. Choose another."})
    return [line for line in weekly if line is one or (one.taper_id and line.taper_id == one.taper_id)]
