"""Fitting the rows of a sheet into the register: who each is about, and what it does to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from mhtracker import text
from mhtracker.domain.money.costs import gross_on
from mhtracker.domain.records import (
    CostLine,
    FundingSplit,
    LegalAndStatus,
    MoveOnPlan,
    Note,
    Person,
    Placement,
    Review,
    Service,
    Target,
    Worker,
    new_id,
)
from mhtracker.operations.importing.matching import Known, People
from mhtracker.operations.importing.mends import Decision, MendKind, dropped_rows
from mhtracker.operations.importing.office import Office, person_of
from mhtracker.operations.importing.person_drafts import Done, Draft
from mhtracker.operations.importing.rooms import name_places
from mhtracker.operations.importing.row_facts import STEP, Problem, Progress, RowFacts, Table, stages_of_services
from mhtracker.operations.importing.sheets import Remark
from mhtracker.operations.importing.stays import Chain, Change, Stay
from mhtracker.operations.importing.word_books import settle_new_services
from mhtracker.operations.money.stay_costs import charge_words, lines_of_stays, own_money_cautions
from mhtracker.store import Store

R = TypeVar("R", Review, MoveOnPlan, Target, LegalAndStatus, Note, FundingSplit)


class Outcome(StrEnum):
    """What importing would do with a row."""

    NEW = "new"
    CHANGE = "change"
    SAME = "same"
    ASIDE = "aside"


@dataclass(slots=True)
class RowResult:
    """One row's outcome. `problems` stand only on a row put aside, the first being the one told on a command line.

    `person_id` is the person of the register, None for someone new; `note` says why a row is the same ("").
    """

    number: int
    facts: RowFacts
    outcome: Outcome
    problems: list[Problem] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    person_id: str | None = None
    note: str = ""

    @property
    def name(self) -> str:
        """The name as lists show it, "SURNAME, Given"."""
        return f"{self.facts.surname.upper()}, {self.facts.given_names}".strip(", ")


@dataclass(frozen=True, slots=True)
class Totals:
    """Whether it adds up: rows and pence a week by outcome, and the register before and after."""

    rows: Mapping[Outcome, int]
    pence: Mapping[Outcome, int]
    people_new: int
    people_changed: int
    people_same: int
    people_before: int
    pence_before: int
    pence_after: int
    sheet_rows: int
    sheet_pence: int
    stated_pence: int | None = None

    @property
    def people_after(self) -> int:
        return self.people_before + self.people_new

    @property
    def adds_up(self) -> bool:
        """Whether the parts make the sheet, and the sheet's own total (where it states one) agrees."""
        parts = sum(self.rows.values()) == self.sheet_rows and sum(self.pence.values()) == self.sheet_pence
        return parts and (self.stated_pence is None or abs(self.stated_pence - self.sheet_pence) < 2)


class Fitting:
    """The steps of one rehearsal, with what they share. `taken_before`: rows that an earlier import has taken."""

    def __init__(
        self,
        store: Store,
        table: Table,
        today: date,
        decisions: Sequence[Decision],
        services: Sequence[Service],
        taken_before: frozenset[int] = frozenset(),
    ) -> None:
        self.store = store
        self.table = table
        self.today = today
        self.taken_before = taken_before
        self.people = People.of(store.find(Person))
        self.people_before = len(self.people.by_sign)
        self.placements: dict[str, list[Placement]] = {}
        if self.people_before:
            for placement in store.find(Placement):
                self.placements.setdefault(placement.person_id, []).append(placement)
                if placement.ended_on is None:
                    self.people.services[placement.person_id] = placement.service_id
        self.splits: dict[str, list[FundingSplit]] = {}
        self.costs: dict[str, list[CostLine]] = {}
        for line in store.find(CostLine) if self.people_before else ():
            self.costs.setdefault(line.person_id, []).append(line)
        self.stages = {stage.id: stage for stage in store.stages()}
        self.dropped = dropped_rows(decisions)
        who = (MendKind.SAME_PERSON, MendKind.SOMEONE_ELSE)
        self.who = {decision.row: decision for decision in decisions if decision.kind in who}
        self.ends = {d.row: date.fromisoformat(d.value) for d in decisions if d.kind is MendKind.END_OTHER}
        self.groups: dict[Known, list[RowFacts]] = {}
        self.drafts: list[Draft] = []
        self._done: list[tuple[Draft, RowResult, Done]] = []
        self._draft_of: dict[Known, Draft] = {}
        self._new: dict[Known, Draft] = {}
        self.service_stage = self._stages_of_services(services)
        self.office = self._office(services)
        self.results = [RowResult(facts.number, facts, Outcome.SAME) for facts in table.rows]
        self.result_of = {result.number: result for result in self.results}

    def _stages_of_services(self, services: Sequence[Service]) -> dict[str, str]:
        """The stage that a service stands for where a row does not say: its own, or the one its name means."""
        made = self.table.places["service"].made.values() if "service" in self.table.places else ()
        found: dict[str, str] = {}
        for service in (*services, *made):
            stage = service.stage_id if isinstance(service, Service) else None
            stage = stage or self.table.words.stage_of(service.name)
            if stage:
                found[service.id] = stage
        return found

    def _office(self, services: Sequence[Service]) -> Office:
        made = [place for places in self.table.places.values() for place in places.made.values()]
        names = {stage.id: stage.label for stage in self.stages.values()}
        known = [place for places in self.table.places.values() for place in places.known.values()]
        names |= {place.id: place.name for place in (*services, *known, *made)}
        workers = [*self.store.find(Worker), *made]
        return Office(
            table=self.table,
            stages=self.stages,
            names=names,
            rules=self.store.review_rules(),
            today=self.today,
            who=self.store.who,
            worker_teams={worker.id: worker.team_id for worker in workers if isinstance(worker, Worker)},
            ends_stated="ended_on" in self.table.headings,
        )

    def match(self, progress: Progress | None) -> None:
        """Find out who each row is about."""
        first_alike: dict[tuple[object, ...], int] = {}
        total = len(self.results)
        for done, result in enumerate(self.results):
            if progress is not None and done % STEP == 0:
                progress.step(done, total, "Looking for people")
            facts = result.facts
            if result.number in self.dropped:
                result.note = "Left out, as decided."
                continue
            if result.number in self.taken_before:
                self._leave(result)
                continue
            cells = self.table.sheet.rows[facts.place].cells
            first = first_alike.setdefault(cells, result.number)
            if first != result.number:
                result.note = f"The same as row {first}: taken once."
                if self.result_of[first].outcome is Outcome.ASIDE:
                    self._put_aside(result, facts.problems or self.result_of[first].problems)
                else:
                    self.table.warnings.append(Remark(result.number, None, result.name, result.note))
                continue
            if facts.problems:
                self._put_aside(result, facts.problems)
                continue
            match = self.people.match(facts, self.table, self.who.get(result.number))
            if match.problem is not None:
                self._put_aside(result, [match.problem])
                continue
            known = match.known
            if known is None:
                draft = draft_of_new(facts, self.office)
                known = self.people.add(draft.person, result.number)
                self.people.services[draft.person.id] = facts.service
                self._new[known] = draft
            self.groups.setdefault(known, []).append(facts)
            result.person_id = known.person.id if known.person.version else None

    def _leave(self, result: RowResult) -> None:
        """A row that is done with: the same, whatever the register has come to hold since."""
        result.note = "Imported already."
        known = self.people.match(result.facts, self.table).known
        if known is not None and known.person.version:
            result.person_id = known.person.id
            self.groups.setdefault(known, []).append(result.facts)

    @staticmethod
    def _put_aside(result: RowResult, problems: Sequence[Problem]) -> None:
        result.outcome, result.problems, result.note = Outcome.ASIDE, list(problems), ""

    def load(self) -> None:
        """Read what the register has of the people whom rows are about."""
        ids = [known.person.id for known in self.groups if known.person.version]
        reviews = self._by_person(Review, ids)
        plans = self._by_person(MoveOnPlan, ids)
        targets = self._by_person(Target, ids)
        statuses = self._by_person(LegalAndStatus, ids)
        notes = self._by_person(Note, ids)
        self.splits = self._by_person(FundingSplit, ids)
        for known in self.groups:
            if not known.person.version:
                self._draft_of[known] = self._new[known]
                continue
            person, key = known.person, known.person.id
            stays = stays_of(self.placements.get(key, ()))
            chain = Chain(key, stays, self.stages, self.office.names, self.office.ends_stated, self.today)
            self._draft_of[known] = Draft(
                person, person, chain, self.office, reviews.get(key, []), plans.get(key, []), targets.get(key, []),
                statuses.get(key, []), {note.text for note in notes.get(key, ())},
            )  # fmt: skip
        self.drafts = list(self._draft_of.values())

    def _by_person(self, record_type: type[R], ids: Sequence[str]) -> dict[str, list[R]]:
        found: dict[str, list[R]] = {}
        for start in range(0, len(ids), 500):
            for record in self.store.find(record_type, person_id=ids[start : start + 500]):
                found.setdefault(record.person_id, []).append(record)
        return found

    def take(self, progress: Progress | None) -> None:
        """Fit every row into its person, oldest stay first."""
        total = len(self.groups)
        for done, (known, rows) in enumerate(self.groups.items()):
            if progress is not None and done % STEP == 0:
                progress.step(done, total, "Fitting in what the rows say")
            draft = self._draft_of[known]
            rows.sort(key=lambda facts: (facts.started_on or date.max, facts.number))
            for facts in rows:
                self._take_row(draft, facts, last=facts is rows[-1])
            draft.finish()
            if draft.rows and known.person.version == 0:
                known.person = draft.person
        name_places(self.store, [draft for draft in self.drafts if draft.rows], self.placements, self.table)
        for draft, result, row_done in self._done:
            result.changes = row_done.changes
            if draft.original is None:
                result.outcome = Outcome.NEW
            elif row_done.new or row_done.changes:
                result.outcome = Outcome.CHANGE

    def _take_row(self, draft: Draft, facts: RowFacts, *, last: bool) -> None:
        if facts.number in self.taken_before:
            draft.rows.append(facts.number)
            return
        result = self.result_of[facts.number]
        usual = self.service_stage.get(facts.service) if facts.service is not None else None
        done = draft.take(facts, usual, last=last, end_other=self.ends.get(facts.number))
        if done.problem is not None:
            self._put_aside(result, [done.problem])
            return
        self._done.append((draft, result, done))
        self._warn_of_lines(draft, facts)

    def _warn_of_lines(self, draft: Draft, facts: RowFacts) -> None:
        """A stay's own cost does not count where lines do, nor its charge where a split holds; a new stay’s do."""
        lines, splits = self.costs.get(draft.person.id, ()), self.splits.get(draft.person.id, ())
        for stay in draft.chain.stays if lines or splits else ():
            if stay.row != facts.number:
                continue
            left = lines_of_stays(lines, [(stay.original, stay.placement)], self.stages)
            for found in own_money_cautions(stay.original, stay.placement, left, splits, self.today):
                if stay.original is None:
                    continue  # its cost becomes a line, its charge a split of their own
                name = found.field.removesuffix("_pence")
                value = text.format_pence(getattr(stay.placement, found.field))
                self.table.warnings.append(Remark(facts.number, self.table.heading(name) or None, value, found.words))
            words = charge_words(splits, stay.placement) if stay.original is None else ""
            if words:
                value = text.format_pence(stay.placement.weekly_charge_pence)
                self.table.warnings.append(Remark(facts.number, self.table.heading("weekly_charge"), value, words))

    def totals(self) -> Totals:
        """Count everything that must add up."""
        rows, pence = Counter[Outcome](), Counter[Outcome]()
        for result in self.results:
            rows[result.outcome] += 1
            pence[result.outcome] += result.facts.weekly_cost or 0
        drafts = [draft for draft in self.drafts if draft.rows]
        changed = sum(bool(draft.original and (draft.changed_records() or draft.new_records())) for draft in drafts)
        new = sum(draft.original is None for draft in drafts)
        before = sum(self._cost_now(*each) for each in self.placements.items())
        touched = sum(self._cost_now(d.person.id, self.placements.get(d.person.id, ())) for d in drafts if d.original)
        after = before - touched + sum(self._cost_then(draft) for draft in drafts)
        return Totals(
            rows={outcome: rows[outcome] for outcome in Outcome},
            pence={outcome: pence[outcome] for outcome in Outcome},
            people_new=new,
            people_changed=changed,
            people_same=len(drafts) - new - changed,
            people_before=self.people_before,
            pence_before=before,
            pence_after=after,
            sheet_rows=len(self.results),
            sheet_pence=sum(pence.values()),
            stated_pence=self.table.sheet_total,
        )

    def _cost_now(self, person_id: str, placements: Iterable[Placement]) -> int:
        lasting = [placement for placement in placements if placement.ended_on is None]
        current = max(lasting, key=lambda placement: placement.started_on, default=None)
        lines = self.costs.get(person_id, ())
        return (gross_on(current, lines, self.today) or 0) if current is not None else 0

    def _cost_then(self, draft: Draft) -> int:
        """Pence a week once the rows are taken, with the lines as they follow."""
        current = draft.chain.current
        if current is None:
            return 0
        stays = [(stay.original, stay.placement) for stay in draft.chain.stays]
        lines = lines_of_stays(self.costs.get(draft.person.id, ()), stays, self.stages)
        return gross_on(current.placement, lines, self.today) or 0


def settle_places(table: Table) -> None:
    """What new services and workers are known for, from the rows that name them."""
    if "service" in table.places:
        settle_new_services(table.places["service"], stages_of_services(table.rows))
    if "service" in table.places and "provider" in table.places:
        _agreed(table, "service", "provider", "provider_id")
    if "worker" in table.places and "team" in table.places:
        _agreed(table, "worker", "team", "team_id")


def _agreed(table: Table, name: str, other: str, field_name: str) -> None:
    seen: dict[str, set[str]] = {}
    for facts in table.rows:
        mine, theirs = getattr(facts, name), getattr(facts, other)
        if mine and theirs:
            seen.setdefault(mine, set()).add(theirs)
    made = table.places[name].made
    for key, place in made.items():
        found = seen.get(place.id, set())
        if len(found) == 1:
            agreed: dict[str, Any] = {field_name: next(iter(found))}
            made[key] = replace(place, **agreed)


def draft_of_new(facts: RowFacts, office: Office) -> Draft:
    """A draft for someone new. The reference is given out at the end."""
    person = person_of(facts, new_id(), office)
    chain = Chain(person.id, [], office.stages, office.names, office.ends_stated, office.today)
    return Draft(person, None, chain, office)


def stays_of(placements: Iterable[Placement]) -> list[Stay]:
    """The register's placements as stays."""
    return [Stay(placement, placement) for placement in placements]
