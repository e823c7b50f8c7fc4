"""What the manager's figures are counted from: everybody's records as they stood on a day, read when asked for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from mhtracker.domain.caseload import ON_PATHWAY, PersonFacts, status_on
from mhtracker.domain.counting.spells import Spell, build_spells
from mhtracker.domain.records import Barrier, Service, Stage
from mhtracker.domain.standing import person_on, placements_on, statuses_on
from mhtracker.store.lines import read_facts, read_rows
from mhtracker.store.store import Store

if TYPE_CHECKING:
    from mhtracker.analysis.columns.reading import Everybody
    from mhtracker.analysis.columns.spells import Spells


class Facts:
    """`people` by id as they stood on `as_at`; `spells` of each, oldest first; `on_pathway` are those on it.

    Each is made when it is first asked for: everybody's records take long to read. `columns` has the same as numbers;
    where it is given, what can be had from it is, and it has the same people: of one team, where `team_id` says so.
    """

    def __init__(self, store: Store, as_at: date, columns: Spells | None = None, team_id: str | None = None) -> None:
        self.as_at = as_at
        self.team_id = team_id
        self.columns = columns
        self.stages: Mapping[str, Stage] = {
            stage.id: stage for stage in sorted(store.find(Stage), key=lambda stage: stage.level)
        }
        self.store = store

    @cached_property
    def services(self) -> Mapping[str, Service]:
        return {service.id: service for service in self.store.find(Service)}

    @cached_property
    def everybody(self) -> Everybody:
        """The same people's stays, statuses and barriers as numbers."""
        if self.columns is not None:
            return self.columns.everybody
        from mhtracker.analysis.columns.reading import read_columns

        return read_columns(self.store, self.as_at, self.team_id)

    @cached_property
    def people(self) -> dict[str, PersonFacts]:
        """Everybody but those entered by mistake or merged away, by id."""
        return self._read[0]

    @cached_property
    def ids(self) -> frozenset[str]:
        """Of the same people."""
        if self.columns is not None:
            return frozenset(self.columns.everybody.ids.tolist())
        return frozenset(self.people)

    @cached_property
    def on_pathway(self) -> frozenset[str]:
        if self.columns is not None:
            everybody = self.columns.everybody
            return frozenset(everybody.ids[everybody.on_pathway].tolist())
        return self._read[1]

    @cached_property
    def spells(self) -> dict[str, list[Spell]]:
        if self.columns is not None:
            found: dict[str, list[Spell]] = {person_id: [] for person_id in self.columns.everybody.ids.tolist()}
            for spell in self.columns.told(self.columns.started > 0):
                found[spell.person_id].append(spell)
            return found
        return {
            person_id: build_spells(each.person, each.placements, self.stages, self.as_at)
            for person_id, each in self.people.items()
        }

    @cached_property
    def barriers(self) -> dict[str, list[Barrier]]:
        found: dict[str, list[Barrier]] = {}
        for barrier in read_rows(self.store, Barrier, "person_id", None):
            if barrier.person_id in self.ids and barrier.started_on <= self.as_at:
                found.setdefault(barrier.person_id, []).append(barrier)
        return found

    def all_spells(self) -> list[Spell]:
        """Everybody's, in no order."""
        return [spell for spells in self.spells.values() for spell in spells]

    @cached_property
    def _read(self) -> tuple[dict[str, PersonFacts], frozenset[str]]:
        people, on_pathway = {}, set()
        for person_id, each in sorted(read_facts(self.store, None).items()):
            if each.person.left_reason == "error":
                continue
            if self.team_id is not None and each.person.team_id != self.team_id:
                continue
            if status_on(each.person, each.placements, self.as_at) == ON_PATHWAY:
                on_pathway.add(person_id)
            each.person = person_on(each.person, self.as_at)
            each.placements = placements_on(each.placements, self.as_at)
            each.statuses = statuses_on(each.statuses, self.as_at)
            people[person_id] = each
        return people, frozenset(on_pathway)


def read_everybody(store: Store, as_at: date, team_id: str | None = None) -> Facts:
    """The facts of everybody, or of everybody of one team, one person at a time."""
    return Facts(store, as_at, team_id=team_id)


def read_spells(store: Store, as_at: date, team_id: str | None = None) -> Facts:
    """The same with everybody's spells from columns, which for very many people are there far sooner."""
    from mhtracker.analysis.columns.reading import read_columns
    from mhtracker.analysis.columns.spells import build_columns

    return Facts(store, as_at, build_columns(read_columns(store, as_at, team_id)), team_id)
