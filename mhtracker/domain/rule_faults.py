"""What the records of one person say that no form would have taken: asked of a whole register when it is checked.

An import of an older program's export, or a change made outside, brings them in.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mhtracker.domain.caseload import PersonFacts
from mhtracker.domain.legal.after_care import ended_by_detention, may_end_s117
from mhtracker.domain.legal.orders import is_charged_after_care
from mhtracker.domain.money.costs import beyond_cost, charge_on, gross_on, split_on
from mhtracker.domain.money.weekly import Frequency
from mhtracker.domain.pathway import current_placement
from mhtracker.domain.records import StatusKind

Fault = tuple[str, str, str]
"""What is wrong, in which record, and how it is mended."""

_FREQUENCIES = frozenset(each.value for each in Frequency)


def legal_faults(facts: PersonFacts) -> Iterator[Fault]:
    """After-care that ended when or how it may not."""
    for status in facts.statuses:
        ended_on = status.ended_on
        if status.kind != StatusKind.S117 or ended_on is None or ended_by_detention(status, facts.statuses):
            continue
        where = f"status {status.id}"
        if may_end_s117(facts.statuses, ended_on):
            mend = "Correct the day after-care ended, or the order’s own dates: it lasts as long as the order does."
            yield "s117 after-care ended during a community treatment order", where, mend
        if not (status.ended_by_health.strip() and status.ended_by_council.strip()):
            mend = "Correct the status: write who decided for the NHS and for the council, or take the end out."
            yield "s117 after-care ended without both bodies", where, mend


def charges_for_what_is_free(facts: PersonFacts, today: date) -> Iterator[Fault]:
    """A charge although s117 holds: it may be recorded and counts as nothing, but somebody has to look into it."""
    stay = current_placement(facts.placements, today)
    split = split_on(facts.splits, today)
    charge = charge_on(stay, facts.splits, today)
    if is_charged_after_care(charge, facts.statuses, today):
        where = f"funding {split.id}" if split is not None else f"placement {stay.id}" if stay is not None else ""
        mend = "Take the charge out, or say in a note what it is for. It counts as nothing: after-care is free."
        yield "a charge although s117 after-care holds", where, mend


def pays_beyond_cost(facts: PersonFacts, today: date) -> Iterator[Fault]:
    """A charge, alone or with the NHS's share, above what a week costs: what is above does not count."""
    stay, split = current_placement(facts.placements, today), split_on(facts.splits, today)
    gross = gross_on(stay, facts.costs, today)
    if stay is None or gross is None:
        return
    over = beyond_cost(split, gross) if split is not None else (stay.weekly_charge_pence or 0) - gross
    if over > 0:
        where = f"funding {split.id}" if split is not None else f"placement {stay.id}"
        mend = "Correct the amounts, or the cost if it has risen. What is above the cost does not count."
        yield "more is paid than the support costs", where, mend


def cost_faults(facts: PersonFacts) -> Iterator[Fault]:
    """Costs that cannot be reckoned, and splits that say two things at once."""
    for line in facts.costs:
        if line.frequency not in _FREQUENCIES:
            mend = "Put the cost right: choose how often it is due. Until then it counts as nothing."
            yield "a cost is due at times nobody knows", f"cost {line.id}", mend
    for split in facts.splits:
        if split.health_percent is not None and split.health_pence is not None:
            mend = "Put the funding right: the NHS pays a share or an amount, one of the two."
            yield "a funding split says both a share and an amount", f"funding {split.id}", mend
