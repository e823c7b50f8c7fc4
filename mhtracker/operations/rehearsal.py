"""Trying an import without writing: what each row would do, what is put aside and why, and whether it all adds up."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from mhtracker.domain.dates import write_date
from mhtracker.domain.records import (
    ImportedFile,
    LegalAndStatus,
    MoveOnPlan,
    Note,
    Person,
    Placement,
    Record,
    Review,
    Service,
    Target,
    Worker,
)
from mhtracker.operations.columns import ColumnMatch, match_columns
from mhtracker.operations.headings import OUR_FIELDS
from mhtracker.operations.matching import Known, People
from mhtracker.operations.mends import Decision, MendKind, dropped_rows
from mhtracker.operations.person_drafts import Draft, Office, draft_of_new, stays_of
from mhtracker.operations.row_checks import check_row
from mhtracker.operations.row_facts import STEP, Problem, Progress, RowFacts, Table, read_table, stages_of_services
from mhtracker.operations.sheets import Remark, Sheet
from mhtracker.operations.stays import Chain, Change
from mhtracker.operations.word_books import Words, settle_new_services
from mhtracker.store import Store
from mhtracker.text import format_pence

SHOWN_ALIKE = 3


R = TypeVar("R", Review, MoveOnPlan, Target, LegalAndStatus, Note)


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


@dataclass(slots=True)
class Rehearsal:
    """Everything an import would do. Nothing has been written. `seq` is the register's last operation it knows of."""

    sheet: Sheet
    matches: tuple[ColumnMatch, ...]
    mapping: dict[str, str]
    rows: list[RowResult]
    warnings: list[Remark]
    totals: Totals
    decisions: tuple[Decision, ...]
    given_mapping: dict[str, str | None]
    today: date
    seq: int
    drafts: list[Draft]
    table: Table
    imported_before: ImportedFile | None
    names: Mapping[str, str]

    @property
    def unmapped(self) -> list[str]:
        """Their headings that no field of ours takes."""
        return [match.heading for match in self.matches if match.field_name is None]

    @property
    def put_aside(self) -> list[RowResult]:
        return [row for row in self.rows if row.outcome is Outcome.ASIDE]

    def tell(self, change: Change, value: Any) -> str:
        """A value of a change as people read it: names and labels for ids and codes; "" for nothing."""
        if value is None or value == "":
            return ""
        if isinstance(value, date):
            return write_date(value)
        if isinstance(value, bool):
            return "Yes" if value else "No"
        if change.field_name == "weekly_cost_pence":
            return format_pence(value)
        code_list = OUR_FIELDS[change.field_name].code_list if change.field_name in OUR_FIELDS else ""
        words = self.table.words.label_of(code_list, value) if code_list else str(value)
        return self.names.get(str(value), words)

    def new_records(self) -> list[Record]:
        """Everything to be added, in an order in which it may be written; references are still empty."""
        used = _used_places(self.rows, self.table)
        places: list[Record] = []
        for name in ("team", "worker", "provider", "service"):
            if name in self.table.places:
                places += [place for place in self.table.places[name].made.values() if place.id in used]
        return places + [record for draft in self.drafts for record in draft.new_records()]

    def changed_records(self) -> list[Record]:
        """Everything to be saved over what is there."""
        return [record for draft in self.drafts for record in draft.changed_records()]


def rehearse(
    store: Store,
    sheet: Sheet,
    *,
    mapping: Mapping[str, str | None] | None = None,
    decisions: Sequence[Decision] = (),
    today: date | None = None,
    progress: Progress | None = None,
) -> Rehearsal:
    """What importing a sheet would do, with the corrections and choices made so far.

    `mapping` takes headings to our fields ("" or None: not read); what it leaves open is recognised. Raises Refused
    when no column holds names, or the mapping names what is not there.
    """
    with without_collecting():
        return _rehearsed(store, sheet, mapping, decisions, today or store.today, progress)


@contextmanager
def without_collecting() -> Iterator[None]:
    """Without Python's search for garbage: among a sheet's many records, all of which stay, it would search in vain."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _rehearsed(
    store: Store,
    sheet: Sheet,
    mapping: Mapping[str, str | None] | None,
    decisions: Sequence[Decision],
    today: date,
    progress: Progress | None,
) -> Rehearsal:
    words = Words(store)
    services = store.find(Service)
    matches = match_columns(sheet, words, today, mapping, [service.name for service in services])
    found = {match.field_name: match.heading for match in matches if match.field_name}
    table = read_table(store, sheet, found, words, decisions, today, progress)
    _settle_places(table)
    for facts in table.rows:
        check_row(facts, table, today)
    work = _Work(store, table, today, decisions, services)
    work.match(progress)
    work.load()
    work.take(progress)
    seen = store.find(ImportedFile, sha256=sheet.sha256)
    return Rehearsal(
        sheet=sheet,
        matches=matches,
        mapping={heading: name for name, heading in found.items()},
        rows=work.results,
        warnings=_gathered(sheet, table, work.results, seen),
        totals=work.totals(),
        decisions=tuple(decisions),
        given_mapping=dict(mapping or {}),
        today=today,
        seq=store.last_seq(),
        drafts=[draft for draft in work.drafts if draft.rows],
        table=table,
        imported_before=seen[0] if seen else None,
        names=work.office.names,
    )


def _settle_places(table: Table) -> None:
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


class _Work:
    """The steps of one rehearsal, with what they share."""

    def __init__(
        self, store: Store, table: Table, today: date, decisions: Sequence[Decision], services: Sequence[Service]
    ) -> None:
        self.store = store
        self.table = table
        self.today = today
        self.people = People.of(store.find(Person))
        self.people_before = len(self.people.by_sign)
        self.placements: dict[str, list[Placement]] = {}
        if self.people_before:
            for placement in store.find(Placement):
                self.placements.setdefault(placement.person_id, []).append(placement)
                if placement.ended_on is None:
                    self.people.services[placement.person_id] = placement.service_id
        self.stages = {stage.id: stage for stage in store.stages()}
        self.dropped = dropped_rows(decisions)
        who = (MendKind.SAME_PERSON, MendKind.SOMEONE_ELSE)
        self.who = {decision.row: decision for decision in decisions if decision.kind in who}
        self.ends = {d.row: date.fromisoformat(d.value) for d in decisions if d.kind is MendKind.END_OTHER}
        self.groups: dict[Known, list[RowFacts]] = {}
        self.drafts: list[Draft] = []
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
        return Office(
            table=self.table,
            stages=self.stages,
            names=names,
            rules=self.store.review_rules(),
            today=self.today,
            who=self.store.who,
            worker_teams={worker.id: worker.team_id for worker in self.store.find(Worker)},
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
            if draft.rows and known.person.version == 0:
                known.person = draft.person

    def _take_row(self, draft: Draft, facts: RowFacts, *, last: bool) -> None:
        result = self.result_of[facts.number]
        stage = facts.stage
        if stage is None and facts.service is not None and draft.original is None:
            stage = self.service_stage.get(facts.service)
            if stage is not None and "stage" in self.table.headings:
                words = f"No stage is given: {self.stages[stage].label}, as the service is."
                self.table.warnings.append(Remark(facts.number, self.table.heading("stage"), "", words))
        done = draft.take(facts, stage, last=last, end_other=self.ends.get(facts.number))
        if done.problem is not None:
            self._put_aside(result, [done.problem])
            return
        result.changes = done.changes
        if draft.original is None:
            result.outcome = Outcome.NEW
        elif done.new or done.changes:
            result.outcome = Outcome.CHANGE

    def totals(self) -> Totals:
        """Count everything that must add up."""
        rows, pence = Counter[Outcome](), Counter[Outcome]()
        for result in self.results:
            rows[result.outcome] += 1
            pence[result.outcome] += result.facts.weekly_cost or 0
        drafts = [draft for draft in self.drafts if draft.rows]
        changed = sum(bool(draft.original and (draft.changed_records() or draft.new_records())) for draft in drafts)
        new = sum(draft.original is None for draft in drafts)
        before = sum(self._cost_now(placements) for placements in self.placements.values())
        touched = sum(self._cost_now(self.placements.get(d.person.id, ())) for d in drafts if d.original)
        after = before - touched + sum(draft.weekly_cost for draft in drafts)
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

    def _cost_now(self, placements: Iterable[Placement]) -> int:
        lasting = [placement for placement in placements if placement.ended_on is None]
        current = max(lasting, key=lambda placement: placement.started_on, default=None)
        return (current.weekly_cost_pence or 0) if current is not None else 0


def _used_places(rows: Iterable[RowResult], table: Table) -> dict[str, int]:
    """The places and workers that imported rows name, with the first row of each."""
    used: dict[str, int] = {}
    for row in rows:
        if row.outcome in (Outcome.NEW, Outcome.CHANGE):
            for place in (row.facts.service, row.facts.provider, row.facts.worker, row.facts.team):
                if place is not None:
                    used.setdefault(place, row.number)
    for name in ("service", "worker"):
        for made in table.places[name].made.values() if name in table.places else ():
            behind = getattr(made, "provider_id", None) or getattr(made, "team_id", None)
            if made.id in used and behind is not None:
                used.setdefault(behind, used[made.id])
    return used


def _gathered(sheet: Sheet, table: Table, rows: Sequence[RowResult], seen: Sequence[ImportedFile]) -> list[Remark]:
    """All remarks: on the sheet, on new names, on single cells (many alike told once), on rows left out."""
    gathered = list(sheet.remarks)
    if seen:
        words = f"This sheet was imported on {write_date(seen[-1].imported_on)} already. Nothing is taken twice."
        gathered.append(Remark(None, None, sheet.file, words))
    if table.sheet_total is not None and "weekly_cost" in table.headings:
        total = sum(row.facts.weekly_cost or 0 for row in rows)
        if abs(total - table.sheet_total) > 1:
            words = f"The sheet’s own total is £{table.sheet_total / 100:,.2f}; its rows add up to £{total / 100:,.2f}."
            gathered.append(Remark(None, table.headings["weekly_cost"], "", words))
    used = _used_places(rows, table)
    for name, places in table.places.items():
        for made in places.made.values():
            if made.id in used:
                words = f"A new {places.noun}: the register had none of this name."
                gathered.append(Remark(used[made.id], table.heading(name), made.name, words))
    aside = {row.number for row in rows if row.outcome is Outcome.ASIDE}
    alike: dict[tuple[str | None, str], list[Remark]] = {}
    for remark in table.warnings:
        if remark.row not in aside:
            alike.setdefault((remark.column, remark.reason), []).append(remark)
    for remarks in alike.values():
        if len(remarks) <= SHOWN_ALIKE:
            gathered += remarks
        else:
            first = remarks[0]
            words = f"{first.reason} The same in {len(remarks) - 1} more rows."
            gathered.append(Remark(first.row, first.column, first.value, words))
    return gathered + table.skipped
