"""Costs follow the stays they are tied to: a stay that ends, or is put right, or never was takes its lines along.

Every way a stay changes comes through here: a move, a correction, an import, the closing of a case, a death.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from mhtracker import text
from mhtracker.domain.dates import write_date
from mhtracker.domain.findings import Caution
from mhtracker.domain.money.costs import gross_on, lines_on, split_on
from mhtracker.domain.money.weekly import Frequency
from mhtracker.domain.records import CostLine, FundingSplit, Person, Placement, Record, Stage, new_id
from mhtracker.operations.money.coming_back import comes_back, gone_on
from mhtracker.operations.money.cost_drafts import own_cost_line
from mhtracker.store import Store, Work

R = TypeVar("R", CostLine, FundingSplit)


def lines_after(lines: Iterable[CostLine], before: Placement, after: Placement) -> list[CostLine]:
    """A person's lines once a stay of theirs has changed from `before` to `after`.

    Its lines begin and end with it where they did, and otherwise none outlasts it. What was paid once stays.
    """
    found = []
    for line in lines:
        if line.placement_id != after.id or line.frequency == Frequency.ONE_OFF:
            found.append(line)
            continue
        begins = after.started_on if line.started_on == before.started_on else max(line.started_on, after.started_on)
        ends = after.ended_on if line.ended_on == before.ended_on else _earlier(line.ended_on, after.ended_on)
        if ends is None or begins < ends:
            found.append(_within(line, begins, ends))
    return found


def lines_arriving(lines: Sequence[CostLine], stay: Placement, stages: Mapping[str, Stage]) -> list[CostLine]:
    """The lines once a new stay begins: its own cost is one of them where others go along, or it would not count."""
    tied = any(line.placement_id == stay.id for line in lines)
    if tied or stay.weekly_cost_pence is None or gross_on(None, lines, stay.started_on) is None:
        return list(lines)
    return [*lines, own_cost_line(stay, dict(stages), stay.started_on, stay.ended_on)]


def splits_arriving(splits: Sequence[FundingSplit], stay: Placement) -> list[FundingSplit]:
    """Who pays once a new stay begins whose charge differs: for its days a split like the one that holds, with that.

    Where no split holds the stay's own charge counts, and none is begun.
    """
    charge, day, now = stay.weekly_charge_pence, stay.started_on, _split_changed(splits, stay)
    if now is None or charge is None:
        return list(splits)
    found = [each for each in splits if each.id != now.id]
    last = _earlier(now.ended_on, stay.ended_on)
    if now.started_on == day:
        found.append(replace(now, person_pence=charge, ended_on=last))
    else:
        found.append(replace(now, ended_on=day))
        found.append(replace(now, id=new_id(), started_on=day, ended_on=last, person_pence=charge, version=0))
    if last is not None and last < (now.ended_on or date.max):
        found.append(replace(now, id=new_id(), started_on=last, version=0))
    return found


def charge_words(splits: Sequence[FundingSplit], stay: Placement) -> str:
    """What `splits_arriving` changes, in words; "" for nothing."""
    now = _split_changed(splits, stay)
    if now is None:
        return ""
    last = _earlier(now.ended_on, stay.ended_on)
    until = f" until {write_date(last)}" if last is not None else ""
    since = f"Who pays changes from {write_date(stay.started_on)}{until}"
    return f"{since}: the person {text.format_pence(stay.weekly_charge_pence)} a week, the rest as before."


def _split_changed(splits: Sequence[FundingSplit], stay: Placement) -> FundingSplit | None:
    """The split that holds as a new stay begins, where the stay's charge differs and lasts for a day at least."""
    now, charge = split_on(splits, stay.started_on), stay.weekly_charge_pence
    if now is None or charge is None or charge == now.person_pence:
        return None
    return now if stay.ended_on is None or stay.ended_on > stay.started_on else None


def lines_of_stays(
    lines: Sequence[CostLine], stays: Iterable[tuple[Placement | None, Placement]], stages: Mapping[str, Stage]
) -> Sequence[CostLine]:
    """The lines once a sheet is taken in: of each stay how it was (None: it is new) and how it will be."""
    if lines:
        stays = list(stays)
        for before, after in stays:
            lines = lines_after(lines, before, after) if before is not None else lines
        for new in sorted((after for before, after in stays if before is None), key=lambda each: each.started_on):
            lines = lines_arriving(lines, new, stages)
    return lines


def follow_stay(work: Work, before: Placement, after: Placement) -> None:
    """Within the operation that changes a stay: its costs follow."""
    if (before.started_on, before.ended_on) != (after.started_on, after.ended_on):
        lines = work.find(CostLine, person_id=after.person_id)
        save_lines(work, lines, lines_after(lines, before, after))


def follow_arrivals(work: Work, added: Iterable[Record]) -> None:
    """Within an import: cost and charge of a new stay count beside what is recorded of somebody known already.

    The charge begins a split where splits say who pays; else it stands on the stay, where it counts. The stay keeps it
    either way, so that the same sheet taken in again changes nothing.
    """
    new = {record.id for record in added if isinstance(record, Person)}
    stays = [each for each in added if isinstance(each, Placement) and each.person_id not in new]
    stages = {stage.id: stage for stage in work.find(Stage)} if stays else {}
    for stay in sorted(stays, key=lambda each: each.started_on):
        was = work.find(CostLine, person_id=stay.person_id)
        save_lines(work, was, lines_of_stays(was, [(None, stay)], stages))
        follow_charge(work, stay)


def follow_charge(work: Work, arriving: Placement) -> None:
    """Within what begins a stay: what its form or sheet says that the person pays holds from its first day."""
    splits = work.find(FundingSplit, person_id=arriving.person_id)
    save_lines(work, splits, splits_arriving(splits, arriving))


def follow_removal(work: Work, stay: Placement) -> None:
    """Within the operation that takes away a stay: what it cost a week goes, and what was paid once is tied to none."""
    for line in work.find(CostLine, person_id=stay.person_id, placement_id=stay.id):
        if line.frequency == Frequency.ONE_OFF:
            work.save(replace(line, placement_id=None))
        else:
            work.delete(line)


def follow_case(store: Store, work: Work, before: Person, after: Person) -> None:
    """Within the operation that ends a case, by leaving or by death: nothing costs or is shared from that day on.

    Where the day is put right or taken back, what it had ended comes back first.
    """
    gone, was = gone_on(after), gone_on(before)
    if gone == was:
        return
    for record in comes_back(store, before, never_left=False):
        work.save(record)
    if gone is not None:
        lines = work.find(CostLine, person_id=after.id)
        save_lines(work, lines, _until(lines, gone))
        splits = work.find(FundingSplit, person_id=after.id)
        save_lines(work, splits, _until(splits, gone))


def own_money_cautions(
    before: Placement | None, after: Placement, lines: Sequence[CostLine], splits: Sequence[FundingSplit], today: date
) -> tuple[Caution, ...]:
    """Whether a stay's own cost or charge, as it is now written, does not count because lines or a split hold."""
    day = max(after.started_on, min(today, after.ended_on or today))
    found = []
    cost, charge = after.weekly_cost_pence, after.weekly_charge_pence
    if cost is not None and (before is None or before.weekly_cost_pence != cost) and lines_on(lines, day):
        words = "This does not count: lines of cost are recorded, and they do. Change the cost there."
        found.append(Caution("weekly_cost_pence", words))
    if charge is not None and (before is None or before.weekly_charge_pence != charge) and split_on(splits, day):
        words = "This does not count: who pays is recorded, and that does. Change who pays there."
        found.append(Caution("weekly_charge_pence", words))
    return tuple(found)


def save_lines(work: Work, was: Iterable[R], now: Iterable[R]) -> None:
    """Record what has become of lines or splits."""
    before, after = {each.id: each for each in was}, {each.id: each for each in now}
    for key, each in before.items():
        if key not in after:
            work.delete(each)
    for key, each in after.items():
        if each != before.get(key):
            work.save(each)


def _until(records: Iterable[R], gone: date) -> list[R]:
    """Without what was to begin later; what is to be paid once stays."""
    found = []
    for each in records:
        if getattr(each, "frequency", "") == Frequency.ONE_OFF:
            found.append(each)
        elif each.started_on < gone:
            found.append(replace(each, ended_on=_earlier(each.ended_on, gone)))
    return found


def _within(line: CostLine, begins: date, ends: date | None) -> CostLine:
    if (line.started_on, line.ended_on) == (begins, ends):
        return line
    return replace(line, started_on=begins, ended_on=ends)


def _earlier(one: date | None, other: date | None) -> date | None:
    return min((day for day in (one, other) if day is not None), default=None)
