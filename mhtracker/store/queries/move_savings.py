"""What moving somebody who waits into a free place would do to the council's weekly net cost, and the words for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from mhtracker import text
from mhtracker.domain.caseload import PersonFacts
from mhtracker.domain.money.costs import charge_on, cost_on
from mhtracker.domain.pathway import current_placement, kept_place
from mhtracker.domain.records import Stage
from mhtracker.domain.stage_kinds import is_hospital
from mhtracker.store.lines import read_facts, read_names
from mhtracker.store.store import Store


@dataclass(frozen=True, slots=True)
class MoveSavings:
    """The money of people who wait, on a day."""

    as_at: date
    people: Mapping[str, PersonFacts]
    stages: Mapping[str, Stage]

    def of(self, person_id: str, week_pence: int | None) -> int | None:
        """Old net cost less new, in pence a week; None where one of the two is not known.

        The charge and the NHS's share of the new place are taken to be as agreed for the present one.
        """
        each = self.people[person_id]
        now = current_placement(each.placements, self.as_at)
        if now is None or week_pence is None:
            return None
        ward = is_hospital(self.stages.get(now.stage_id))
        kept = kept_place(each.placements, now, self.as_at) if ward else None
        old = cost_on(now, each.costs, each.splits, each.statuses, self.as_at, ward=ward, kept=kept)
        charge = charge_on(now, (), self.as_at, kept=kept)
        there = replace(now, weekly_cost_pence=week_pence, weekly_charge_pence=charge)
        new = cost_on(there, (), each.splits, each.statuses, self.as_at)
        return old.net - new.net if old is not None and new is not None else None


def read_move_savings(store: Store, as_at: date, person_ids: Iterable[str]) -> MoveSavings:
    """Read them for some people."""
    return MoveSavings(as_at, read_facts(store, sorted(set(person_ids))), read_names(store).stages)


def saving_words(pence: int | None) -> str:
    """`saves the council £318 a week`, `costs the council £569 a week more`, `costs the same`, `cost not known`."""
    if pence is None:
        return "cost not known"
    if pence == 0:
        return "costs the same"
    amount = text.format_pence(abs(pence), whole=True)
    return f"saves the council {amount} a week" if pence > 0 else f"costs the council {amount} a week more"
