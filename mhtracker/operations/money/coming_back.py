"""What the end of a case ended, brought back when it is opened again, or when nobody left or died after all.

The journal says what it was before. It comes back as it was then, but not where it was changed since, and not where
something newer stands in its place.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar, cast

from mhtracker.domain import leaving
from mhtracker.domain.errors import UserError
from mhtracker.domain.money.weekly import Frequency
from mhtracker.domain.names import fold
from mhtracker.domain.records import CostLine, FundingSplit, MoveOnPlan, Person, Placement, Record
from mhtracker.operations.places.place_taking import place_cautions
from mhtracker.store import Store
from mhtracker.store.codec import from_image, image_values, to_image
from mhtracker.store.queries.history import HistoryQuery, OperationLine, find_operations

R = TypeVar("R", CostLine, FundingSplit, Placement, MoveOnPlan)
M = TypeVar("M", CostLine, FundingSplit)
_KINDS = {"placement": Placement, "plan": MoveOnPlan, "cost_line": CostLine, "funding": FundingSplit}
_MONEY = (CostLine, FundingSplit)


@dataclass(frozen=True, slots=True)
class Ended:
    """A record as it was before the case ended, and as the end left it; None where the end took it away."""

    before: Record
    after: Record | None


def gone_on(person: Person) -> date | None:
    """The day on which a case is over, by death or by leaving: who died later had left before."""
    if person.left_reason == "died":
        return person.died_on or person.left_on
    return leaving.gone_on(person)


def ended_with_case(store: Store, person: Person) -> list[Ended]:
    """What the end of a closed case ended or took away and nobody has touched since."""
    found: dict[tuple[str, str], Ended] = {}
    for each in reversed(_ending(store, person)):
        for change in each.changes:
            key = (change.kind, change.record)
            if change.kind not in _KINDS or (change.before is None and key not in found):
                continue
            after = _record(change.kind, change.record, change.after)
            before = found[key].before if key in found else _record(change.kind, change.record, change.before)
            if before is not None:
                found[key] = Ended(before, after)
    return [each for each in found.values() if _is_as_left(store, each)]


def _ending(store: Store, person: Person) -> list[OperationLine]:
    """The operations that set the day the case ended on, newest first, back to the one that ended it.

    A merge may give the day of the other record: what it settled is settled, and is no part of the end.
    """
    found = []
    for each in find_operations(store, HistoryQuery(person.id, kinds=("person",)), limit=None):
        own = next((change for change in each.changes if change.record == person.id and change.kind == "person"), None)
        if own is None or own.before is None:
            continue
        was, gone = _gone_in(own.record, own.before), _gone_in(own.record, own.after)
        if was == gone:
            continue
        if not _merges_into(each, person.id):
            found.append(each)
        if was is None:
            break
    return found


def _merges_into(operation: OperationLine, person_id: str) -> bool:
    return any(
        change.kind == "person" and change.after is not None and change.after.get("merged_into") == person_id
        for change in operation.changes
    )


def _gone_in(person_id: str, image: dict[str, object] | None) -> date | None:
    person = _record("person", person_id, image)
    return gone_on(person) if isinstance(person, Person) else None


def _record(kind: str, record_id: str, image: dict[str, object] | None) -> Record | None:
    return from_image(kind, record_id, json.dumps(image), version=0) if image is not None else None


def _is_as_left(store: Store, ended: Ended) -> bool:
    now = store.peek(type(ended.before), ended.before.id)
    if now is None or ended.after is None:
        return now is ended.after
    return image_values(to_image(now)) == image_values(to_image(ended.after))


def comes_back(store: Store, person: Person, *, never_left: bool) -> list[Record]:
    """What comes back once a case goes on; stays and the move-on plan only for somebody who `never_left`.

    A cost of a stay comes back as far as its stay does.
    """
    gone = gone_on(person)
    if gone is None:
        return []
    ended = ended_with_case(store, person)
    stays, plans = store.find(Placement, person_id=person.id), store.find(MoveOnPlan, person_id=person.id)
    stays_back: list[Placement] = []
    plans_back: list[MoveOnPlan] = []
    if never_left:
        ended_stays = [each.before for each in ended if isinstance(each.before, Placement)]
        stays_back = _with_versions([stay for stay in ended_stays if _may(store, stay, stays, gone)], stays)
        if all(plan.ended_on is not None for plan in plans):
            plans_back = _with_versions([e.before for e in ended if isinstance(e.before, MoveOnPlan)], plans)
    ends = {stay.id: stay.ended_on for stay in (*stays, *stays_back)}
    money = [each for each in ended if isinstance(each.before, _MONEY)]
    lines = store.find(CostLine, person_id=person.id)
    splits = store.find(FundingSplit, person_id=person.id)
    return [*stays_back, *plans_back, *_lines_back(money, lines, ends), *_splits_back(money, splits)]


def _may(store: Store, stay: Placement, stays: Iterable[Placement], gone: date) -> bool:
    """Whether nothing has come since in the place of a stay: no later stay, and nobody else in its room."""
    if any(each.started_on >= gone for each in stays if each.id != stay.id):
        return False
    try:
        place_cautions(store, stay)
    except UserError:
        return False
    return True


def _lines_back(money: Iterable[Ended], there: Sequence[CostLine], ends: dict[str, date | None]) -> list[CostLine]:
    fits: list[tuple[CostLine, CostLine | None]] = []
    for each in money:
        line = each.before
        if not isinstance(line, CostLine) or line.frequency == Frequency.ONE_OFF:
            continue
        after = cast("CostLine | None", each.after)
        last = min((day for day in (line.ended_on, ends.get(line.placement_id or "")) if day is not None), default=None)
        if last is None or last > line.started_on:
            fits.append((replace(line, ended_on=last), after))
    mine = {line.id for line, _ in fits}
    others = [line for line in there if line.id not in mine and line.frequency != Frequency.ONE_OFF]

    def is_free(line: CostLine, after: CostLine | None) -> bool:
        same = [each for each in others if each.kind == line.kind and fold(each.what) == fold(line.what)]
        return not any(_meets(each, line, after) for each in same)

    taken = {line.taper_id for line, after in fits if line.taper_id and not is_free(line, after)}
    free = [(line, after) for line, after in fits if line.taper_id not in taken or line.taper_id is None]
    return _with_versions([line for line, after in free if is_free(line, after) and line != after], there)


def _splits_back(money: Iterable[Ended], there: Sequence[FundingSplit]) -> list[FundingSplit]:
    fits = [(each.before, each.after) for each in money if isinstance(each.before, FundingSplit)]
    mine = {split.id for split, _ in fits}
    others = [split for split in there if split.id not in mine]
    free = [
        split
        for split, after in fits
        if split != after and not any(_meets(each, split, cast("FundingSplit | None", after)) for each in others)
    ]
    return _with_versions(free, there)


def _meets(other: M, back: M, after: M | None) -> bool:
    """Whether another holds on days that one would have again, beyond those that were left to it."""
    first = back.started_on if after is None else after.ended_on or back.started_on
    return other.started_on < (back.ended_on or date.max) and first < (other.ended_on or date.max)


def _with_versions(back: Iterable[R], there: Iterable[R]) -> list[R]:
    versions: dict[str, int] = {each.id: each.version for each in there}
    return [replace(each, version=versions.get(each.id, 0)) for each in back]
