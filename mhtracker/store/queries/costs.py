"""What a week costs in each stage on a day: read without the long figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mhtracker.domain.caseload import ON_PATHWAY, status_on
from mhtracker.domain.money.costs import cost_on
from mhtracker.domain.pathway import current_placement, kept_place
from mhtracker.domain.stage_kinds import is_hospital
from mhtracker.store.lines import read_facts
from mhtracker.store.store import Store


@dataclass(frozen=True, slots=True)
class StageNow:
    """The people of one stage whose cost is known, and net pence a week of all of them; `unknown` are the others.

    Who is on an NHS ward costs the council nothing where no cost is recorded, but for a place kept meanwhile,
    in whose stage they then are.
    """

    stage_id: str
    people: int
    weekly_net: int
    unknown: int

    @property
    def said(self) -> bool:
        """Whether anything is known: people none of whose cost is recorded do not cost nothing."""
        return bool(self.people or not self.unknown)


def read_stage_costs(store: Store, as_at: date) -> dict[str, StageNow]:
    """By stage id, every stage, also those nobody is in."""
    stages = {stage.id: stage for stage in store.stages()}
    found = {stage_id: [0, 0, 0] for stage_id in stages}
    for each in read_facts(store, None).values():
        if each.person.left_reason == "error" or status_on(each.person, each.placements, as_at) != ON_PATHWAY:
            continue
        now = current_placement(each.placements, as_at)
        if now is None:
            continue
        ward = is_hospital(stages[now.stage_id])
        kept = kept_place(each.placements, now, as_at) if ward else None
        cost = cost_on(now, each.costs, each.splits, each.statuses, as_at, ward=ward, kept=kept)
        of_stage = found[(kept or now).stage_id]
        if cost is None:
            of_stage[2] += 1
        else:
            of_stage[0] += 1
            of_stage[1] += cost.net
    return {stage_id: StageNow(stage_id, *numbers) for stage_id, numbers in found.items()}
