"""Support that comes down in steps: planned as dated lines of cost, changed and undone as one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from mhtracker import text
from mhtracker.domain.dates import write_date
from mhtracker.domain.errors import Invalid
from mhtracker.domain.money.cost_rules import check_taper
from mhtracker.domain.money.costs import line_weekly_pence, runs_on
from mhtracker.domain.money.tapers import steps_of, taper_steps
from mhtracker.domain.records import CostLine, new_id
from mhtracker.operations.drafting import Consequence, Preview, previewed
from mhtracker.operations.money.cost_drafts import CostDraft, draft_costs, save_costs, stay_on
from mhtracker.operations.money.costs import consequences
from mhtracker.store import Store


@dataclass(frozen=True, slots=True)
class TaperPlan:
    """How hours come down from a day: `from_units` a week, less in `steps` even steps, each `every_weeks` long.

    `instead_of` is what it takes the place of, as for any line of cost.
    """

    from_on: date | None
    from_units: float | None
    to_units: float | None
    steps: int | None
    every_weeks: int | None
    rate_pence: int | None
    kind: str = "support"
    what: str = ""
    instead_of: str = ""


def plan_taper(store: Store, person_id: str, plan: TaperPlan) -> tuple[CostLine, ...]:
    """Write the steps as dated lines, in one operation. Raises Invalid with the fields of the plan."""
    with store.operation("Plan a taper", person_id=person_id) as work:
        draft = _draft(store, person_id, plan, new_id())
        work.label = _label("Plan taper", plan)
        return save_costs(work, draft)


def preview_taper(store: Store, person_id: str, plan: TaperPlan, taper_id: str = "") -> Preview:
    """The steps in words, and what they take the place of."""
    try:
        draft = _draft(store, person_id, plan, taper_id or new_id(), again=bool(taper_id))
    except Invalid as invalid:
        return Preview(invalid.problems, invalid.mends)
    found = [
        Consequence("stage", f"{_hours(line)} from {text.format_date(line.started_on)}: {_week(line)} a week")
        for line in draft.new
    ]
    if draft.new[-1].ended_on is not None:
        found.append(Consequence("stage", f"Nothing more from {text.format_date(draft.new[-1].ended_on)}"))
    return previewed(lambda: draft.cautions, *found, *consequences(store, person_id, draft)[1:])


def change_taper(store: Store, taper_id: str, plan: TaperPlan) -> tuple[CostLine, ...]:
    """Plan the rest of a taper anew from a day: what ran before it stays, what was planned after it goes."""
    person_id = _lines(store, taper_id)[0].person_id
    with store.operation("Change the taper", person_id=person_id) as work:
        draft = _draft(store, person_id, plan, taper_id, again=True)
        work.label = _label("Change taper", plan)
        return save_costs(work, draft)


def stop_taper(store: Store, taper_id: str, *, from_on: date | None) -> CostLine:
    """No more steps from a day: the hours of that day go on. Raises Invalid where no step of it runs then."""
    lines = _lines(store, taper_id)
    with store.operation("Stop the taper", person_id=lines[0].person_id) as work:
        if from_on is None:
            raise Invalid({"from_on": "The first day is empty. Write the day from which the hours stay as they are."})
        now = next((line for line in lines if runs_on(line, from_on)), None)
        if now is None:
            raise Invalid({"from_on": f"No step of this taper runs on {write_date(from_on)}. Choose another day."})
        work.label = f"Stop the taper at {_hours(now)}"
        for line in lines:
            if line.started_on > from_on:
                work.delete(line)
        stay = stay_on(store, now.person_id, from_on)
        return work.save(replace(now, ended_on=stay.ended_on if stay is not None and now.placement_id else None))


def _lines(store: Store, taper_id: str) -> list[CostLine]:
    lines = steps_of(store.find(CostLine, taper_id=taper_id), taper_id)
    if not lines:
        raise Invalid({"": "This taper is no longer there. It was undone or replaced."})
    return lines


def _draft(store: Store, person_id: str, plan: TaperPlan, taper_id: str, *, again: bool = False) -> CostDraft:
    missing = {
        name: words
        for name, words in {
            "from_on": "The first day is empty. Write the first day of the hours it begins with.",
            "from_units": "Hours now are empty. Write how many hours a week it begins with.",
            "to_units": "The number of hours left is empty. Write how many hours a week are left; 0 for none.",
            "steps": "Steps are empty. Write in how many steps the hours come down.",
            "every_weeks": "Weeks are empty. Write how long each step lasts.",
            "rate_pence": "Rate is empty. Write what an hour costs.",
        }.items()
        if getattr(plan, name) is None
    }
    if missing:
        raise Invalid(missing)
    assert plan.from_on is not None and plan.from_units is not None and plan.to_units is not None  # noqa: PT018
    assert plan.steps is not None and plan.every_weeks is not None and plan.rate_pence is not None  # noqa: PT018
    check_taper(plan.from_on, plan.from_units, plan.to_units, plan.steps, plan.every_weeks)
    stay = stay_on(store, person_id, plan.from_on)
    steps = taper_steps(plan.from_on, plan.from_units, plan.to_units, plan.steps, plan.every_weeks)
    new = [
        CostLine(
            new_id() if again or number else taper_id,  # a taper goes by the id of its first line
            person_id,
            plan.kind,
            plan.rate_pence,
            step.started_on,
            "hourly",
            step.units,
            step.ended_on,
            stay.id if stay is not None else None,
            plan.what,
            taper_id,
        )
        for number, step in enumerate(steps)
    ]
    try:
        return draft_costs(store, person_id, new, _replaced(store, plan, taper_id) if again else plan.instead_of)
    except Invalid as invalid:
        names = {"units": "from_units", "started_on": "from_on"}
        raise Invalid({names.get(name, name): words for name, words in invalid.problems.items()}) from invalid


def _replaced(store: Store, plan: TaperPlan, taper_id: str) -> str:
    """The step that the new ones take the place of; all later ones of the taper go with it."""
    assert plan.from_on is not None, "checked as filled in"
    lines = _lines(store, taper_id)
    later = [line for line in lines if line.ended_on is None or line.ended_on > plan.from_on]
    if not later:
        raise Invalid({"from_on": f"The taper is over by {write_date(plan.from_on)}. Plan another instead."})
    return later[0].id


def _label(verb: str, plan: TaperPlan) -> str:
    return f"{verb} from {plan.from_units:g} to {plan.to_units:g} hours a week"


def _hours(line: CostLine) -> str:
    return f"{line.units or 0:g} {'hour' if line.units == 1 else 'hours'} a week"


def _week(line: CostLine) -> str:
    return text.format_pence(line_weekly_pence(line))
