"""One person as an import would leave them: what each of their rows adds or changes, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from mhtracker.domain.dates import write_date
from mhtracker.domain.pathway import AIM_NOT_KNOWN
from mhtracker.domain.records import (
    LegalAndStatus,
    MoveOnPlan,
    Note,
    Person,
    Record,
    Review,
    StatusKind,
    Target,
    new_id,
)
from mhtracker.domain.reviewing.due import next_review_due
from mhtracker.operations.importing.cells import shown
from mhtracker.operations.importing.matching import name_key
from mhtracker.operations.importing.mends import Mend, MendKind, use_row
from mhtracker.operations.importing.office import Office, corrected, gone_words, person_of
from mhtracker.operations.importing.row_facts import Problem, RowFacts
from mhtracker.operations.importing.sheets import Remark
from mhtracker.operations.importing.stays import Chain, Change

_PERSON_FIELDS = (
    ("known_as", "known_as"),
    ("nhs_number", "nhs_number"),
    ("local_id", "local_id"),
    ("gender", "gender"),
    ("ethnicity", "ethnicity"),
    ("primary_support", "primary_support"),
    ("locality", "locality"),
    ("worker", "worker_id"),
    ("team", "team_id"),
    ("care_coordinator", "care_coordinator"),
    ("died_on", "died_on"),
    ("left_on", "left_on"),
    ("left_reason", "left_reason"),
)
"""What a row says of a person, and the field of the record."""

_MAY_VARY = frozenset({"worker_id", "team_id", "care_coordinator", "locality", "known_as"})
"""What may differ from row to row of one person, as on a history of placements: the latest stay's row counts."""

IN_SHEETS = (StatusKind.S117, StatusKind.ACCOMMODATION, StatusKind.EMPLOYMENT)
"""The statuses that sheets have columns for."""

_STATED_IN = {StatusKind.S117: ("s117", "s117_from")}
"""A day on which after-care began says that there is a right to it, too."""


@dataclass(slots=True)
class Done:
    """What a row did to its person."""

    problem: Problem | None = None
    new: bool = False
    changes: list[Change] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Draft:
    """A person with everything the import touches. `original` is None for someone new."""

    person: Person
    original: Person | None
    chain: Chain
    office: Office
    reviews: list[Review] = field(default_factory=list)
    plans: list[MoveOnPlan] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    statuses: list[LegalAndStatus] = field(default_factory=list)
    notes: set[str] = field(default_factory=set)
    added: list[Record] = field(default_factory=list)
    replaced: dict[str, Record] = field(default_factory=dict)
    rows: list[int] = field(default_factory=list)
    _taken: list[tuple[RowFacts, Done]] = field(default_factory=list)

    def take(self, facts: RowFacts, usual: str | None, *, last: bool = True, end_other: date | None = None) -> Done:
        """Take one row: all of it, or (with a problem) nothing of it. `last`: no later stay of the person follows."""
        problem = self._contradiction(facts)
        if problem is not None:
            return Done(problem)
        if end_other is not None:
            self.chain.end_other(facts, end_other)
        fitted = self.chain.fit(facts, usual, self.office.table)
        if fitted.problem is not None:
            return Done(fitted.problem)
        done = Done(None, self.original is None or fitted.new, fitted.changes)
        for heading, words in fitted.remarks:
            self._warn(facts, heading, "", words)
        if facts.has_stay and fitted.stay is None:
            self._note(self._stay_words(facts))
        self._take_person(facts, done, last)
        for heading, words in corrected(done.changes, moved=fitted.new):
            self._warn(facts, heading, "", words)
        if (gone := gone_words(facts, self.person, last=last)) is not None:
            self._warn(facts, self.office.table.heading(gone[0]), "", gone[1])
        if facts.last_reviewed_on is not None:
            self._hold(facts.last_reviewed_on, done)
        self._taken.append((facts, done))
        if facts.notes:
            self._note(facts.notes)
        self._end_with_case(facts)
        self.rows.append(facts.number)
        return done

    def _contradiction(self, facts: RowFacts) -> Problem | None:
        """A fact that no later row of the same person may state otherwise."""
        if not self.rows:
            return None
        table = self.office.table
        for name, mine in (("born_on", self.person.born_on), ("nhs_number", self.person.nhs_number)):
            said = getattr(facts, name)
            if said and mine and said != mine:
                value = write_date(said) if isinstance(said, date) else said
                words = f"Row {self.rows[0]} says otherwise of the same person. Which is right?"
                heading, pair = table.heading(name), (facts.number, self.rows[0])
                uses = [Mend(MendKind.USE_ROW, f"Use row {row}", heading, use_row(row, pair)) for row in pair]
                return Problem(heading, value, words, (*uses, Mend(MendKind.BLANK, "Leave it blank", heading)))
        return None

    def _take_person(self, facts: RowFacts, done: Done, last: bool) -> None:
        if self.original is None and not self.rows:
            self.person = person_of(facts, self.person.id, self.office)
            return
        values: dict[str, Any] = {}
        for name, field_name in _PERSON_FIELDS:
            said = getattr(facts, name)
            mine = getattr(self.person, field_name)
            if said is None or said == mine or (isinstance(said, str) and said.casefold() == (mine or "").casefold()):
                continue
            if getattr(self.person, field_name) and (not last if field_name in _MAY_VARY else self.rows):
                continue
            values[field_name] = said
        if facts.worker and not facts.team and not self.person.team_id:
            team = self.office.worker_teams.get(facts.worker)
            if team:
                values["team_id"] = team
        if self.original is not None and not self.rows:
            values |= self._renamed(facts)
        if facts.born_on is not None and (facts.born_on, facts.born_precision) != (
            self.person.born_on,
            self.person.born_precision,
        ):
            values |= {"born_on": facts.born_on, "born_precision": facts.born_precision}
        if not values:
            return
        if self.original is not None:
            named = {field_name: name for name, field_name in _PERSON_FIELDS}
            for field_name, value in values.items():
                was = getattr(self.person, field_name)
                if field_name != "born_precision" and was != value:
                    heading = self.office.table.heading(named.get(field_name, field_name), "name")
                    done.changes.append(Change(heading, field_name, was, value))
        self.person = replace(self.person, **values)

    def _renamed(self, facts: RowFacts) -> dict[str, str]:
        """A name written differently, unless only its case or its marks differ."""
        if name_key(facts.surname, facts.given_names) == name_key(self.person.surname, self.person.given_names):
            return {}
        if not facts.given_names and self.person.given_names:
            return {"surname": facts.surname} if facts.surname.casefold() != self.person.surname.casefold() else {}
        pairs = (("surname", facts.surname), ("given_names", facts.given_names))
        return {name: value for name, value in pairs if value and value != getattr(self.person, name)}

    def finish(self) -> None:
        """Take what a person has only one of (next review, target, statuses) from the latest stay's row that says it.

        Called once, after all rows.
        """
        for names, take in (
            (("review_due_on",), self._take_next_review),
            (("review_booked_on",), self._take_next_review),
            (("target_on", "target_original_on", "aim", "aim_stage"), self._take_target),
            *((_STATED_IN.get(kind, (kind.value,)), self._take_status) for kind in IN_SHEETS),
        ):
            for facts, done in reversed(self._taken):
                if any(getattr(facts, name) is not None for name in names):
                    take(names[0], facts, done)
                    break
        self._taken.clear()

    def _take_next_review(self, name: str, facts: RowFacts, done: Done) -> None:
        held = [review.held_on for review in self.reviews if review.held_on is not None]
        last = max(held, default=None)
        wanted: date = getattr(facts, name)
        if last is not None and wanted <= last:
            words = f"This is not after the last review, {write_date(last)}, and was left out."
            self._warn(facts, self.office.table.heading(name), write_date(wanted), words)
            return
        current = self.chain.current
        rule, _ = next_review_due(held, current.placement.started_on if current else None, self.office.rules)
        booking = name == "review_booked_on" or (rule is not None and wanted > rule)
        self._plan_review(name, wanted, booking, done)

    def _hold(self, day: date, done: Done) -> None:
        """Record a review as held, completing the open one that was meant for the day."""
        if any(review.held_on == day for review in self.reviews):
            return
        meant = next((r for r in self._open_reviews() if day in (r.booked_on, r.due_on)), None)
        if meant is not None:
            self._replace(meant, replace(meant, held_on=day), self.reviews)
        else:
            self._add(Review(new_id(), self.person.id, held_on=day), self.reviews)
        if self.original is not None:
            was = max((r.held_on for r in self.reviews if r.held_on and r.held_on != day), default=None)
            done.changes.append(Change(self.office.table.heading("last_reviewed_on"), "held_on", was, day))

    def _open_reviews(self) -> list[Review]:
        return [review for review in self.reviews if review.held_on is None and review.abandoned_on is None]

    def _plan_review(self, name: str, wanted: date, booking: bool, done: Done) -> None:
        """A next review: an earlier date than the rule's is when it falls due, a later one only a booking."""
        open_ones = self._open_reviews()
        if any(wanted in (review.due_on, review.booked_on) for review in open_ones):
            return
        field_name = "booked_on" if booking else "due_on"
        held = max((review.held_on for review in self.reviews if review.held_on), default=date.min)
        live = [r for r in open_ones if (getattr(r, field_name) or date.min) > held]
        before = max(live, key=lambda r: getattr(r, field_name) or date.min, default=None)
        was = getattr(before, field_name) if before is not None else None
        if before is not None:
            moved = replace(before, booked_on=wanted) if booking else replace(before, due_on=wanted)
            self._replace(before, moved, self.reviews)
        else:
            review = Review(new_id(), self.person.id)
            self._add(replace(review, booked_on=wanted) if booking else replace(review, due_on=wanted), self.reviews)
        if self.original is not None:
            done.changes.append(Change(self.office.table.heading(name), field_name, was, wanted))

    def _take_target(self, _: str, facts: RowFacts, done: Done) -> None:
        office = self.office
        plan = next((plan for plan in self.plans if plan.ended_on is None), None)
        if plan is None:
            aim = facts.aim or ""
            plan = MoveOnPlan(new_id(), self.person.id, facts.aim_stage, aim, office.today)
            self._add(plan, self.plans)
            if self.original is not None and (facts.aim or facts.aim_stage):
                heading = office.table.heading("aim", "aim_stage")
                done.changes.append(Change(heading, "aim", None, facts.aim or facts.aim_stage))
        else:
            plan = self._new_aim(plan, facts, done)
        for name in ("target_original_on", "target_on"):
            day = getattr(facts, name)
            if day is not None:
                self._set_target(plan, name, day, done)

    def _new_aim(self, plan: MoveOnPlan, facts: RowFacts, done: Done) -> MoveOnPlan:
        values: dict[str, Any] = {}
        if facts.aim_stage and facts.aim_stage != plan.aim_stage_id:
            values["aim_stage_id"] = facts.aim_stage
        if facts.aim and facts.aim != plan.aim:
            values["aim"] = facts.aim
        if not values:
            return plan
        if plan.aim == AIM_NOT_KNOWN:
            values.setdefault("aim", "")
        changed = replace(plan, **values)
        self._replace(plan, changed, self.plans)
        for name, value in values.items():
            heading = self.office.table.heading("aim_stage" if name == "aim_stage_id" else "aim", "aim_stage")
            done.changes.append(Change(heading, name, getattr(plan, name), value))
        return changed

    def _set_target(self, plan: MoveOnPlan, name: str, day: date, done: Done) -> None:
        mine = [target for target in self.targets if target.plan_id == plan.id]
        last = max(mine, key=lambda target: (target.set_on, target.position), default=None)
        if last is not None and (last.target_on == day or name == "target_original_on"):
            return
        office = self.office
        reason = f"From the sheet “{office.table.sheet.file}”" if last is not None else ""
        position = last.position + 1 if last is not None else 0
        target = Target(
            new_id(), plan.id, self.person.id, day, office.today, reason=reason, set_by=office.who, position=position
        )
        self._add(target, self.targets)
        if self.original is not None:
            was = last.target_on if last is not None else None
            done.changes.append(Change(office.table.heading(name), "target_on", was, day))

    def _take_status(self, name: str, facts: RowFacts, done: Done) -> None:
        kind, stated = StatusKind(name), getattr(facts, name)
        said = "unknown" if stated is None else str(stated)
        since = facts.s117_from if kind is StatusKind.S117 else None
        held = [s for s in self.statuses if s.kind == kind and s.ended_on is None]
        now = max(held, key=lambda status: status.started_on or date.min, default=None)
        if kind is StatusKind.S117 and said == "":
            if now is not None:
                words = "The register has s117 after-care. An import does not end it: end it on the person’s page."
                self._warn(facts, self.office.table.heading("s117"), "", words)
            return
        if now is None or (now.code != said and said != "unknown"):
            self._change_status(kind, said, now, done, since)
        elif since is not None and now.started_on is None:
            self._replace(now, replace(now, started_on=since), self.statuses)
            if self.original is not None:
                done.changes.append(Change(self.office.table.heading("s117_from"), "started_on", None, since))

    def _change_status(
        self, kind: StatusKind, said: str, now: LegalAndStatus | None, done: Done, since: date | None
    ) -> None:
        today = self.office.today
        if now is not None and now.code == "unknown":
            self._replace(now, replace(now, code=said, started_on=now.started_on or since), self.statuses)
        elif now is not None and kind is not StatusKind.S117:
            self._replace(now, replace(now, ended_on=today), self.statuses)
            self._add(LegalAndStatus(new_id(), self.person.id, kind, said, today), self.statuses)
        else:
            self._add(LegalAndStatus(new_id(), self.person.id, kind, said, since), self.statuses)
        if self.original is not None:
            heading = self.office.table.heading(kind.value, "s117_from")
            done.changes.append(Change(heading, kind.value, now.code if now else None, said))

    def _note(self, text: str) -> None:
        if text not in self.notes:
            self.notes.add(text)
            self.added.append(Note(new_id(), self.person.id, "record", self.office.today, text, self.office.who))

    def _stay_words(self, facts: RowFacts) -> str:
        """What a sheet says of a stay that cannot be entered, so that nothing is lost."""
        names = self.office.names
        parts = [names.get(facts.stage or "", ""), names.get(facts.service or "", ""), facts.address or ""]
        if facts.started_on:
            parts.append(f"from {write_date(facts.started_on)}")
        if facts.ended_on:
            parts.append(f"to {write_date(facts.ended_on)}")
        if facts.weekly_cost is not None:
            parts.append(f"£{facts.weekly_cost / 100:,.2f} a week")
        return "A stay from a sheet: " + ", ".join(filter(None, parts)) + "."

    def _end_with_case(self, facts: RowFacts) -> None:
        """Somebody who has left or died is no longer at their last place."""
        gone = facts.died_on or facts.left_on
        current = self.chain.current
        if gone is None or current is None or current.placement.started_on > gone:
            return
        reason = current.placement.end_reason or ("died" if facts.died_on else None)
        current.placement = replace(current.placement, ended_on=gone, end_reason=reason)

    def _add(self, record: Any, among: list[Any]) -> None:
        among.append(record)
        self.added.append(record)

    def _replace(self, before: Any, after: Any, among: list[Any]) -> None:
        """Put a changed record in the place of the one before, whether that is stored or only planned."""
        among[among.index(before)] = after
        if before in self.added:
            self.added[self.added.index(before)] = after
        else:
            self.replaced[after.id] = after

    def _warn(self, facts: RowFacts, heading: str, value: str, words: str) -> None:
        table = self.office.table
        if not value and heading in table.sheet.headings:
            value = shown(table.sheet.rows[facts.place].cells[table.sheet.headings.index(heading)])
        table.warnings.append(Remark(facts.number, heading or None, value, words))

    def new_records(self) -> list[Record]:
        """What is to be added, the person first when new."""
        stays = [stay.placement for stay in self.chain.stays if stay.original is None]
        first: list[Record] = [self.person] if self.original is None else []
        return [*first, *stays, *self.added]

    def changed_records(self) -> list[Record]:
        """What is to be saved over what the register has."""
        changed: list[Record] = [stay.placement for stay in self.chain.stays if stay.original and stay.changed]
        if self.original is not None and self.person != self.original:
            changed.insert(0, self.person)
        return [*changed, *self.replaced.values()]
