"""What the manager's figures are counted from: everybody's records as they stood on a day, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from mhtracker.analysis.spells import Spell, build_spells
from mhtracker.domain.caseload import ON_PATHWAY, PersonFacts, status_on
from mhtracker.domain.records import Barrier, Stage
from mhtracker.domain.standing import person_on, placements_on, statuses_on
from mhtracker.store.lines import read_facts
from mhtracker.store.store import Store


@dataclass(slots=True)
class Facts:
    """`people` by id as they stood on `as_at`; `spells` of each, oldest first; `on_pathway` are those on it."""

    as_at: date
    stages: Mapping[str, Stage]
    people: dict[str, PersonFacts] = field(default_factory=dict)
    spells: dict[str, list[Spell]] = field(default_factory=dict)
    on_pathway: frozenset[str] = frozenset()
    barriers: dict[str, list[Barrier]] = field(default_factory=dict)

    def all_spells(self) -> list[Spell]:
        """Everybody's, in no order."""
        return [spell for spells in self.spells.values() for spell in spells]


def read_everybody(store: Store, as_at: date) -> Facts:
    """The facts of everybody. Who was entered by mistake or merged away is left out."""
    facts = Facts(as_at, {stage.id: stage for stage in sorted(store.find(Stage), key=lambda s: s.level)})
    on_pathway = set()
    for person_id, each in read_facts(store, None).items():
        if each.person.merged_into is not None or each.person.left_reason == "error":
            continue
        if status_on(each.person, each.placements, as_at) == ON_PATHWAY:
            on_pathway.add(person_id)
        each.person = person_on(each.person, as_at)
        each.placements = placements_on(each.placements, as_at)
        each.statuses = statuses_on(each.statuses, as_at)
        facts.people[person_id] = each
        facts.spells[person_id] = build_spells(each.person, each.placements, facts.stages, as_at)
    facts.on_pathway = frozenset(on_pathway)
    for barrier in store.find(Barrier):
        if barrier.person_id in facts.people and barrier.started_on <= as_at:
            facts.barriers.setdefault(barrier.person_id, []).append(barrier)
    return facts
