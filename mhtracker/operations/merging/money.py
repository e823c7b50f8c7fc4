"""What of the costs of two records cannot both hold once they are one: a cost counts once, one split holds on a day."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from mhtracker import text
from mhtracker.domain.dates import write_date
from mhtracker.domain.money.weekly import Frequency
from mhtracker.domain.names import fold
from mhtracker.domain.records import CostLine, FundingSplit, Record, new_id
from mhtracker.operations.money.cost_drafts import AS_RECORDED
from mhtracker.store import Store
from mhtracker.store.cost_words import line_name, weekly_words

R = TypeVar("R", CostLine, FundingSplit)


@dataclass(frozen=True, slots=True)
class Settled:
    """One record as it will be, or one that is joined into another and goes, told in words."""

    record: Record
    words: str
    goes: bool = False


def settle_money(store: Store, keep_id: str, other_id: str) -> list[Settled]:
    """What merging joins, ends or gives up of both people's lines and splits. What goes is told with its amount."""
    alike: dict[tuple[str, str], list[CostLine]] = {}
    once: dict[tuple[object, ...], CostLine] = {}
    found: list[Settled] = []
    lines = store.find(CostLine, person_id=[keep_id, other_id])
    for line in sorted(lines, key=lambda each: (each.person_id != keep_id, each.started_on, each.id)):
        if line.frequency != Frequency.ONE_OFF:
            alike.setdefault((line.kind, _what(line)), []).append(line)
            continue
        first = once.setdefault((line.kind, _what(line), line.rate_pence, line.started_on), line)
        if first.person_id != line.person_id:
            due = f"{_line_name(store, line)}, {text.format_pence(line.rate_pence)} on {write_date(line.started_on)}"
            found.append(Settled(line, f"Two costs that say the same become one: {due}.", goes=True))
    for group in alike.values():
        found += _one_on_a_day(group, keep_id, _line_says, lambda line: _line_words(store, line))
    splits = store.find(FundingSplit, person_id=[keep_id, other_id])
    return [*found, *_one_on_a_day(splits, keep_id, _split_says, _split_words)]


def _one_on_a_day(
    records: Iterable[R], keep_id: str, says: Callable[[R], object], words: Callable[[R], str]
) -> list[Settled]:
    """Where two meet: those that say the same become one, else the later one takes over while it holds.

    Of two that begin together, the one of the record kept holds first.
    """
    waiting: list[R] = _in_order(records, keep_id)
    before = {each.id: each for each in waiting}
    kept: list[R] = []
    told: dict[str, str] = {}
    goes: list[Settled] = []
    while waiting:
        later = waiting.pop(0)
        last = kept[-1] if kept else None
        if last is None or _end(last) <= later.started_on:
            kept.append(later)
        elif says(last) == says(later):
            kept[-1] = replace(last, ended_on=_day(max(_end(last), _end(later))))
            goes.append(Settled(later, f"Two that say the same become one: {words(last)}.", goes=True))
        elif last.started_on == later.started_on and _end(later) <= _end(last):
            said = f"{words(later)} gives way to {words(last)}, which holds on the same days."
            goes.append(Settled(later, _sentence(said), goes=True))
        elif last.started_on == later.started_on:
            told[later.id] = f"{words(later)} holds from {write_date(_end(last))}, after {words(last)}."
            waiting.append(replace(later, started_on=_end(last)))
            waiting = _in_order(waiting, keep_id)
        else:
            kept[-1] = replace(last, ended_on=later.started_on)
            told[last.id] = f"{words(last)} ends on {write_date(later.started_on)}, where {words(later)} begins."
            kept.append(later)
            if _end(last) > _end(later):
                again = replace(last, id=new_id(), started_on=_end(later), version=0)
                told[again.id] = f"It holds again from {write_date(again.started_on)}."
                waiting.append(again)
                waiting = _in_order(waiting, keep_id)
    # One that was only ever planned here, and was joined into another, is no record yet.
    goes = [each for each in goes if each.record.id in before]
    goes = [replace(each, record=before[each.record.id]) for each in goes]
    changed: list[R] = [each for each in kept if each != before.get(each.id)]
    return [*goes, *(Settled(each, _sentence(told.get(each.id, ""))) for each in changed)]


def _in_order(records: Iterable[R], keep_id: str) -> list[R]:
    return sorted(records, key=lambda each: (each.started_on, each.person_id != keep_id, each.id))


def _end(record: CostLine | FundingSplit) -> date:
    return record.ended_on or date.max


def _day(end: date) -> date | None:
    return None if end == date.max else end


def _what(line: CostLine) -> str:
    return "" if line.what == AS_RECORDED else fold(line.what)


def _line_says(line: CostLine) -> tuple[object, ...]:
    return line.rate_pence, line.frequency, line.units


def _split_says(split: FundingSplit) -> tuple[object, ...]:
    return split.person_pence, split.health_pence, split.health_percent or 0


def _line_name(store: Store, line: CostLine) -> str:
    return line_name(line, store.code_label("cost_kind", line.kind))


def _line_words(store: Store, line: CostLine) -> str:
    return f"the cost {_line_name(store, line)}, {weekly_words(line)}, from {write_date(line.started_on)}"


def _split_words(split: FundingSplit) -> str:
    pays = [f"{text.format_pence(split.person_pence)} by the person"]
    if split.health_percent is not None:
        pays.append(f"{split.health_percent:g}% by the NHS")
    elif split.health_pence:
        pays.append(f"{text.format_pence(split.health_pence)} by the NHS")
    return f"who pays from {write_date(split.started_on)} ({', '.join(pays)})"


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
