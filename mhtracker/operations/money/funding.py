"""Who pays for a person's support: a new split ends the one before, and what was agreed earlier stays to be read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from mhtracker import text
from mhtracker.domain.dates import write_date
from mhtracker.domain.errors import Invalid
from mhtracker.domain.findings import Caution
from mhtracker.domain.money.cost_rules import check_split
from mhtracker.domain.money.costs import cost_on, gross_on
from mhtracker.domain.records import CostLine, FundingSplit, LegalAndStatus, Person, new_id
from mhtracker.operations.drafting import Consequence, Preview, changed, drafted, previewed, reason_of
from mhtracker.operations.money.cost_drafts import stay_on
from mhtracker.store import Store


def change_funding(store: Store, person_id: str, *, started_on: date | None, **fields: Any) -> FundingSplit:
    """Who pays from a day: ends the split that held and lasts until the next one, if one is planned. Raises Invalid."""
    with store.operation("Change who pays", person_id=person_id) as work:
        split, before, _ = _draft(store, person_id, started_on, fields)
        work.label = f"Change who pays from {text.format_date(split.started_on)}"
        if before is not None:
            work.save(before)
        return work.save(split)


def preview_funding(store: Store, person_id: str, *, started_on: date | None, **fields: Any) -> Preview:
    """What a new split would do: what is left for the council, and which split ends."""
    try:
        split, before, cautions = _draft(store, person_id, started_on, fields)
    except Invalid as invalid:
        return Preview(invalid.problems, invalid.mends)
    found = []
    lines, day = store.find(CostLine, person_id=person_id), split.started_on
    statuses = store.find(LegalAndStatus, person_id=person_id)
    cost = cost_on(stay_on(store, person_id, day), lines, [split], statuses, day)
    if cost is not None:
        shares = f"of {text.format_pence(cost.gross)} a week the council pays {text.format_pence(cost.net)}"
        found.append(Consequence("place", f"From {text.format_date(day)}, {shares}"))
    if before is not None:
        words = f"What has held since {text.format_date(before.started_on)} ends that day"
        found.append(Consequence("gap", words))
    return previewed(lambda: cautions, *found)


def edit_funding(store: Store, split_id: str, *, base: FundingSplit | None = None, **changes: Any) -> FundingSplit:
    """Put a split right that was written down wrongly. Raises Invalid, Conflict."""
    found = store.get(FundingSplit, split_id)
    with store.operation("Correct who pays", person_id=found.person_id) as work:
        split = drafted(store, changed(store, work.get(FundingSplit, split_id), changes, base))
        _check(store, split, store.find(FundingSplit, person_id=split.person_id))
        return work.save(split)


def preview_edit_funding(store: Store, split_id: str, **changes: Any) -> Preview:
    """What correcting a split would say."""

    def check() -> tuple[Caution, ...]:
        split = changed(store, store.get(FundingSplit, split_id), changes, None)
        return _check(store, split, store.find(FundingSplit, person_id=split.person_id))

    return previewed(check)


def remove_funding(store: Store, split_id: str, *, reason: str) -> None:
    """Take away a split that never held; the one before it holds on. Raises Invalid without a reason."""
    reason = reason_of(reason)
    if not reason:
        raise Invalid({"reason": "Reason is empty. Say why this is taken away."})
    found = store.get(FundingSplit, split_id)
    with store.operation("Take away who pays", person_id=found.person_id, reason=reason) as work:
        gone = work.get(FundingSplit, split_id)
        work.delete(gone)
        for before in work.find(FundingSplit, person_id=gone.person_id, ended_on=gone.started_on):
            work.save(replace(before, ended_on=gone.ended_on))


def _draft(
    store: Store, person_id: str, started_on: date | None, fields: dict[str, Any]
) -> tuple[FundingSplit, FundingSplit | None, tuple[Caution, ...]]:
    """The new split, the one it ends as it then is, and what is to be looked at again."""
    if started_on is None:
        raise Invalid({"started_on": "The first day is empty. Write the first day it holds."})
    values = {name: value for name, value in fields.items() if value is not None}
    splits = store.find(FundingSplit, person_id=person_id)
    if any(each.started_on == started_on for each in splits):
        words = f"Who pays from {write_date(started_on)} is recorded already. Correct that, or choose another day."
        raise Invalid({"started_on": words})
    later = min((each.started_on for each in splits if each.started_on > started_on), default=None)
    ended = values.pop("ended_on", None)
    until = min((day for day in (ended, later) if day is not None), default=None)
    split = drafted(store, FundingSplit(new_id(), person_id, started_on, **values, ended_on=until))
    now = next((s for s in splits if s.started_on < started_on and (s.ended_on or date.max) > started_on), None)
    before = replace(now, ended_on=started_on) if now is not None else None
    others = [before if before is not None and each.id == before.id else each for each in splits]
    return split, before, _check(store, split, others)


def _check(store: Store, split: FundingSplit, others: list[FundingSplit]) -> tuple[Caution, ...]:
    person_id, day = split.person_id, split.started_on
    return check_split(
        split,
        others,
        store.find(LegalAndStatus, person_id=person_id),
        person=store.get(Person, person_id),
        gross=gross_on(stay_on(store, person_id, day), store.find(CostLine, person_id=person_id), day),
        today=store.today,
    )
