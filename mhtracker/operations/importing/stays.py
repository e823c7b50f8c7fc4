"""Fitting the stays a sheet states into a person's chain of placements.

The rules, for one row about someone whose placements are known:
- A stay that begins on the same day as a known one, in the same stage or at the same service, is that stay: what the
  row says otherwise of it is a change.
- Without a start date, a row that names the place where the person lives now speaks of that stay; one that names
  another place is put aside, since nobody knows when they moved.
- The same stage and service with another start corrects the start, when the register's stay still lasts.
- Another stage or service beginning after the present stay is a move: the register's stay ends that day.
- Anything else is a stay of its own. It may overlap no other, except a hospital stay while the place is kept.
Where a sheet has no column of end dates, each stay of a person ends as the next one begins.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from mhtracker.domain.dates import write_date
from mhtracker.domain.pathway import may_overlap, overlap
from mhtracker.domain.records import Placement, Stage, new_id
from mhtracker.operations.importing.mends import Mend, MendKind, use_row
from mhtracker.operations.importing.row_facts import Problem, RowFacts, Table

START_NOT_KNOWN = "The start is not known; it was entered as the day of the import."


@dataclass(slots=True, eq=False)
class Stay:
    """A placement as it will be. `original` is the register's record, if one; `row` the row that speaks of it."""

    placement: Placement
    original: Placement | None = None
    row: int = 0

    @property
    def changed(self) -> bool:
        return self.original is None or self.placement != self.original


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that a row changes: their heading, our field, what was and what becomes of it."""

    column: str
    field_name: str
    was: Any
    becomes: Any


@dataclass(slots=True)
class Fitted:
    """What a row does to the chain: a problem, or a stay that is new or not, with the changes and remarks."""

    problem: Problem | None = None
    stay: Stay | None = None
    new: bool = False
    changes: list[Change] = field(default_factory=list)
    remarks: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class Chain:
    """A person's stays while a sheet is fitted in. `ends_stated`: the sheet has a column of end dates."""

    person_id: str
    stays: list[Stay]
    stages: Mapping[str, Stage]
    names: Mapping[str, str]
    ends_stated: bool
    today: date

    @property
    def current(self) -> Stay | None:
        """The stay that lasts; the one begun last when a place is kept during a hospital stay."""
        lasting = [stay for stay in self.stays if stay.placement.ended_on is None]
        return max(lasting, key=lambda stay: stay.placement.started_on, default=None)

    def fit(self, facts: RowFacts, usual: str | None, table: Table) -> Fitted:
        """Fit one row in. `usual` is the stage its service is known for, for a new stay whose row names none."""
        stage = facts.stage
        if not facts.has_stay:
            return self._only_cost(facts, table)
        known = self._same_stay(facts, stage)
        if known is not None and known.row:
            return Fitted(_twice(facts, known, table))
        if known is not None:
            return self._changed(known, facts, stage, table)
        if facts.started_on is None and facts.ended_on is None and self.stays:
            return self._moved_without_date(facts, stage, table)
        return self._new_stay(facts, stage or usual, table)

    def _only_cost(self, facts: RowFacts, table: Table) -> Fitted:
        current = self.current
        if current is None or (facts.weekly_cost is None and facts.weekly_charge is None and facts.address is None):
            return Fitted()
        return self._changed(current, facts, None, table)

    def _same_stay(self, facts: RowFacts, stage: str | None) -> Stay | None:
        """The known stay that a row speaks of."""
        begun = facts.started_on
        if begun is None:
            current = self.current
            if current is None or not _same_place(current.placement, facts, stage):
                return None
            ended_before = facts.ended_on is not None and facts.ended_on < current.placement.started_on
            return None if ended_before else current
        together = [stay for stay in self.stays if stay.placement.started_on == begun]
        for stay in together:
            if _same_place(stay.placement, facts, stage, both=False):
                return stay
        lasted = len(together) == 1 and begun not in (together[0].placement.ended_on, facts.ended_on)
        if lasted and not self._is_kept(together[0].placement, stage):
            return together[0]
        current = self.current
        if current is None or current.original is None or current.row or facts.ended_on is not None:
            return None
        if not _same_place(current.placement, facts, stage):
            return None
        unknown_start = current.placement.note == START_NOT_KNOWN
        return current if unknown_start or self._fits(replace(current.placement, started_on=begun), current) else None

    def _is_kept(self, one: Placement, stage: str | None) -> bool:
        here, there = self.stages.get(one.stage_id), self.stages.get(stage or "")
        return bool(here and there and here.keeps_place != there.keeps_place)

    def _changed(self, stay: Stay, facts: RowFacts, stage: str | None, table: Table) -> Fitted:
        before = stay.placement
        wanted: dict[str, tuple[str, Any]] = {
            "stage_id": ("stage", stage),
            "service_id": ("service", facts.service),
            "started_on": ("started_on", facts.started_on),
            "ended_on": ("ended_on", facts.ended_on),
            "address": ("address", facts.address),
            "planned": ("planned", facts.planned),
            "end_reason": ("end_reason", facts.end_reason),
            "destination": ("destination", facts.destination),
            "weekly_cost_pence": ("weekly_cost", facts.weekly_cost),
            "weekly_charge_pence": ("weekly_charge", facts.weekly_charge),
        }
        values = {
            name: value for name, (_, value) in wanted.items() if value is not None and value != getattr(before, name)
        }
        if "started_on" in values and before.note == START_NOT_KNOWN:
            values["note"] = ""
        after = replace(before, **values)
        if after.ended_on is not None and after.ended_on < after.started_on:
            words = f"Left on {write_date(after.ended_on)}, before starting on {write_date(after.started_on)}."
            return Fitted(_problem(table, "ended_on", facts.ended_on, words))
        in_the_way = self._in_the_way(after, stay)
        if in_the_way is not None:
            return Fitted(self._overlapping(in_the_way, facts, table))
        stay.placement, stay.row = after, facts.number
        changes = [
            Change(table.heading(wanted[name][0]), name, getattr(before, name), value)
            for name, value in values.items()
            if name != "note"
        ]
        return Fitted(stay=stay, changes=changes)

    def _moved_without_date(self, facts: RowFacts, stage: str | None, table: Table) -> Fitted:
        current = self.current
        place = self._words(current.placement) if current is not None else "nowhere now"
        heading = table.heading("started_on") or table.heading("service", "stage")
        words = f"The register has {place}, and no date says when they moved here."
        mends = (
            Mend(MendKind.TYPE, "Type the date", heading),
            Mend(MendKind.BLANK, "Keep the register’s", table.heading("service", "stage")),
        )
        shown = self.names.get(facts.service or "") or self.names.get(stage or "") or ""
        return Fitted(Problem(heading, shown, words, mends if table.heading("started_on") else mends[1:]))

    def _new_stay(self, facts: RowFacts, stage: str | None, table: Table) -> Fitted:
        if stage is None:
            what = "its stage is" if facts.started_on else "its stage and start are"
            words = f"The stay is not entered: {what} missing. It is kept as a note."
            return Fitted(remarks=[(table.heading("stage", "service"), words)])
        if facts.started_on is None and facts.ended_on is not None:
            words = "The stay is not entered: its start is missing. It is kept as a note."
            return Fitted(remarks=[(table.heading("started_on", "ended_on"), words)])
        remarks: list[tuple[str, str]] = []
        if facts.stage is None and table.heading("stage"):
            words = f"No stage is given: {self.stages[stage].label}, as the service is."
            remarks.append((table.heading("stage"), words))
        if facts.started_on is None:
            words = f"No start is given: the stay is entered from today, {write_date(self.today)}, until it is known."
            remarks.append((table.heading("started_on", "stage", "service"), words))
        placement = Placement(
            new_id(),
            self.person_id,
            stage,
            facts.started_on or self.today,
            facts.ended_on,
            facts.service,
            facts.address or "",
            facts.planned if facts.planned is not None else _planned_by(facts.end_reason),
            facts.end_reason,
            facts.destination,
            weekly_cost_pence=facts.weekly_cost,
            weekly_charge_pence=facts.weekly_charge,
            note="" if facts.started_on else START_NOT_KNOWN,
        )
        ending: Stay | None = None
        while (other := self._in_the_way(placement, ending)) is not None:
            if ending is not None or not self._ends_here(other, placement):
                return Fitted(self._overlapping(other, facts, table))
            ending = other
        changes: list[Change] = []
        if ending is not None:
            before = ending.placement
            ending.placement = replace(before, ended_on=placement.started_on)
            if ending.original is not None:
                changes = [
                    Change(table.heading("stage"), "stage_id", before.stage_id, placement.stage_id),
                    Change(table.heading("service"), "service_id", before.service_id, placement.service_id),
                    Change(table.heading("started_on"), "started_on", before.started_on, placement.started_on),
                ]
                changes = [change for change in changes if change.was != change.becomes and change.column]
            else:
                words = f"The stay in row {ending.row} is taken to end as this one begins."
                remarks.append((table.heading("started_on"), words))
        stay = Stay(placement, None, facts.number)
        self.stays.append(stay)
        return Fitted(stay=stay, new=True, changes=changes, remarks=remarks)

    def _ends_here(self, other: Stay, placement: Placement) -> bool:
        """Whether a lasting stay ends because the new one begins later: a move."""
        if other.placement.ended_on is not None or other.placement.started_on >= placement.started_on:
            return False
        return not other.row or not self.ends_stated

    def _in_the_way(self, placement: Placement, leave_out: Stay | None) -> Stay | None:
        for stay in self.stays:
            if stay is leave_out or stay.placement.id == placement.id:
                continue
            if overlap(stay.placement, placement) and not may_overlap(stay.placement, placement, self.stages):
                return stay
        return None

    def _fits(self, placement: Placement, leave_out: Stay) -> bool:
        return self._in_the_way(placement, leave_out) is None

    def _overlapping(self, other: Stay, facts: RowFacts, table: Table) -> Problem:
        place = other.placement
        lasts = f"to {write_date(place.ended_on)}" if place.ended_on else "with no end"
        where = f" (row {other.row})" if other.row and other.original is None else ""
        words = f"Overlaps the stay in {self._words(place)}{where}, {write_date(place.started_on)} {lasts}."
        begun = facts.started_on
        mends = [
            Mend(MendKind.TYPE, "Type the start", table.heading("started_on")),
            Mend(MendKind.LEAVE_OUT, "Leave out"),
        ]
        if begun is not None and place.started_on < begun:
            label = f"End {self._words(place)} on {write_date(begun)}"
            mends.insert(0, Mend(MendKind.END_OTHER, label, table.heading("started_on"), begun.isoformat()))
        heading = table.heading("started_on", "stage", "service")
        return Problem(heading, write_date(begun) if begun else "", words, tuple(mends))

    def end_other(self, facts: RowFacts, day: date) -> None:
        """End the lasting stays that began before a day, as was decided for a row."""
        for stay in self.stays:
            begun, ended = stay.placement.started_on, stay.placement.ended_on
            if begun <= day and (ended is None or ended > day) and stay.row != facts.number:
                stay.placement = replace(stay.placement, ended_on=day)

    def _words(self, placement: Placement) -> str:
        return self.names.get(placement.service_id or "") or self.names.get(placement.stage_id, placement.stage_id)


def _same_place(placement: Placement, facts: RowFacts, stage: str | None, *, both: bool = True) -> bool:
    """Whether a row names the place of a stay, as far as it names one; not `both`: its stage or its service will do."""
    stage_fits = stage is None or stage == placement.stage_id
    service_fits = facts.service is None or placement.service_id is None or facts.service == placement.service_id
    if both:
        return stage_fits and service_fits
    return (
        (stage is not None and stage_fits)
        or (facts.service is not None and service_fits)
        or (stage is None is facts.service)
    )


def _planned_by(end_reason: str | None) -> bool | None:
    """A reason that says by itself whether the move was planned."""
    if end_reason in ("moved_on", "ready", "discharged", "transfer"):
        return True
    return False if end_reason in ("evicted", "abandoned", "notice", "admitted", "prison") else None


def _twice(facts: RowFacts, known: Stay, table: Table) -> Problem:
    words = f"In the sheet twice, rows {known.row} and {facts.number}, and they differ."
    heading = table.heading("surname", "name", "given_names")
    pair = (facts.number, known.row)
    uses = [Mend(MendKind.USE_ROW, f"Use {row}", heading, use_row(row, pair)) for row in pair]
    return Problem(heading, facts.surname, words, (*uses, Mend(MendKind.SOMEONE_ELSE, "Someone else", heading)))


def _problem(table: Table, name: str, value: date | None, words: str) -> Problem:
    heading = table.heading(name)
    mends = (Mend(MendKind.TYPE, "Type the date", heading), Mend(MendKind.BLANK, "Leave it blank", heading))
    return Problem(heading, write_date(value) if value else "", words, mends)
