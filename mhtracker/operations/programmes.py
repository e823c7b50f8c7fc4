"""Programmes: set up with the people of their baseline, given a new aim, ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from mhtracker.domain.caseload import ON_PATHWAY, status_on
from mhtracker.domain.counting.programmes import check_programme
from mhtracker.domain.dates import write_date
from mhtracker.domain.errors import Invalid
from mhtracker.domain.findings import Caution
from mhtracker.domain.pathway import current_placement
from mhtracker.domain.records import Programme, ProgrammePerson, Stage, new_id
from mhtracker.domain.standing import person_on, placements_on
from mhtracker.operations.programme_rules import read_rule
from mhtracker.store import Store
from mhtracker.store.lines import read_facts
from mhtracker.store.queries.caseload import CaseloadQuery, Filter, caseload_ids, count_caseload


@dataclass(frozen=True, slots=True)
class Counted:
    """A baseline as it would be: its `people`, `of` how many in these stages whom the rule narrows, and how many today.

    `today` is how many the same stages and rule have on the register's own day.
    """

    people: dict[str, str]
    of: int
    today: int


def count_baseline(store: Store, stage_ids: Sequence[str], day: date, rule: str = "") -> Counted:
    """What a programme set up so would be of. Raises Invalid."""
    filters = _filters(rule)
    everybody = baseline(store, stage_ids, day)
    wanted = _fitting(store, filters, day)
    people = {each: stage for each, stage in everybody.items() if wanted is None or each in wanted}
    there = CaseloadQuery((Filter("stage", "=", "|".join(stage_ids)), *filters))
    return Counted(people, len(everybody), count_caseload(store, there, store.today))


def baseline(store: Store, stage_ids: Sequence[str], day: date, rule: str = "") -> dict[str, str]:
    """Who was in one of some stages at the end of a day: person id to stage. The merged away are nobody.

    `rule` as in `Programme`. Raises Invalid.
    """
    wanted = _fitting(store, _filters(rule), day)
    found = {}
    for person_id, facts in read_facts(store, None).items():
        if facts.person.merged_into is not None or facts.person.left_reason == "error":
            continue
        if status_on(person_on(facts.person, day), facts.placements, day) != ON_PATHWAY:
            continue
        there = current_placement(placements_on(facts.placements, day), day)
        if there is not None and there.stage_id in stage_ids and (wanted is None or person_id in wanted):
            found[person_id] = there.stage_id
    return found


def _filters(rule: str) -> tuple[Filter, ...]:
    return read_rule(rule) if rule.strip() else ()


def _fitting(store: Store, filters: Sequence[Filter], day: date) -> frozenset[str] | None:
    """Whom the caseload lists on a day under a rule; None for no rule."""
    if not filters:
        return None
    try:
        return frozenset(caseload_ids(store, CaseloadQuery(tuple(filters)), day))
    except Invalid as problem:
        raise Invalid({"rule": str(problem)}) from problem


def start_programme(
    store: Store,
    *,
    name: str,
    baseline_on: date,
    stage_ids: Sequence[str],
    aim_on: date,
    aim_percent: float | None = None,
    aim_people: int | None = None,
    plan: str = "",
    rule: str = "",
    note: str = "",
) -> Programme:
    """Set up a programme and keep the people of its baseline, whatever is recorded of that day later.

    Raises Invalid. `plan` and `rule` as in `Programme`.
    """
    people = baseline(store, stage_ids, baseline_on, rule)
    with store.operation(f"Set up programme {name.strip()}") as work:
        programme = Programme(
            new_id(),
            name.strip(),
            baseline_on,
            aim_on,
            " ".join(stage_ids),
            aim_percent,
            aim_people,
            plan.strip(),
            work.today,
            note=note.strip(),
            rule=rule.strip(),
        )
        _check(store, programme, len(people), work.today)
        work.save(programme)
        work.add_many([ProgrammePerson(new_id(), each, programme.id, stage) for each, stage in sorted(people.items())])
        return programme


def change_aim(
    store: Store,
    programme_id: str,
    *,
    aim_on: date,
    aim_percent: float | None = None,
    aim_people: int | None = None,
    plan: str = "",
    reason: str,
) -> Programme:
    """Give a programme another aim, day or plan. The former version is kept, ended today; the people stay the same.

    Raises Invalid, also without a reason.
    """
    if not reason.strip():
        raise Invalid({"reason": "Reason is empty. Write why the aim changes; history shows it."})
    with store.operation("Change a programme’s aim", reason=reason.strip()) as work:
        former = work.get(Programme, programme_id)
        _still_runs(former)
        if (aim_on, aim_percent, aim_people, plan.strip()) == (
            former.aim_on, former.aim_percent, former.aim_people, former.plan,
        ):  # fmt: skip
            raise Invalid({"": "Nothing changes: this is the aim, the day and the plan it has."})
        changed = replace(
            former, id=new_id(), version=0, aim_on=aim_on, aim_percent=aim_percent, aim_people=aim_people,
            plan=plan.strip(), replaces=former.id, note=reason.strip(),
        )  # fmt: skip
        people = work.find(ProgrammePerson, programme_id=former.id)
        work.save(replace(former, ended_on=work.today))
        _check(store, changed, len(people), work.today)
        work.save(changed)
        work.add_many([replace(each, id=new_id(), version=0, programme_id=changed.id) for each in people])
        return changed


def end_programme(store: Store, programme_id: str, *, ended_on: date | None = None) -> Programme:
    """End a programme: it stays to be looked at. Raises Invalid when it has ended, or the day cannot be."""
    with store.operation("End programme") as work:
        programme = work.get(Programme, programme_id)
        _still_runs(programme)
        day = ended_on or work.today
        former = work.get(Programme, programme.replaces) if programme.replaces is not None else None
        words = ""
        if day > work.today:
            words = f"{write_date(day)} has not come yet. Write today or a day before."
        elif day < programme.baseline_on:
            began = write_date(programme.baseline_on)
            words = f"{write_date(day)} is before its baseline on {began}. Write a later day."
        elif former is not None and former.ended_on is not None and day < former.ended_on:
            words = f"{write_date(day)} is before its aim changed on {write_date(former.ended_on)}. Write a later day."
        if words:
            raise Invalid({"ended_on": words}, {"ended_on": (work.today,)})
        return work.save(replace(programme, ended_on=day))


def _still_runs(programme: Programme) -> None:
    if programme.ended_on is not None:
        raise Invalid({"": f"{programme.name} has ended. Set up another programme."})


def _check(store: Store, programme: Programme, cohort: int, today: date) -> tuple[Caution, ...]:
    known = [stage.id for stage in store.find(Stage)]
    others = [each for each in store.find(Programme) if each.id != programme.replaces]
    return check_programme(programme, others, known, cohort, today)
