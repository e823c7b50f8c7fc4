"""Support that comes down in steps: planning a taper, changing the rest of it, stopping it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mhtracker import text
from mhtracker.domain.money.costs import runs_on
from mhtracker.domain.money.tapers import steps_of
from mhtracker.domain.records import CostLine
from mhtracker.operations.drafting import Preview
from mhtracker.operations.money.tapers import TaperPlan, change_taper, plan_taper, preview_taper, stop_taper
from mhtracker.store import Store
from mhtracker.ui.choice_edit import ChoiceEdit
from mhtracker.ui.context import Context
from mhtracker.ui.date_edit import DateEdit
from mhtracker.ui.dialogs.cost_form import BESIDE, CostFacts, read_cost_facts, ways_of
from mhtracker.ui.dialogs.form_panel import FormPanel
from mhtracker.ui.editors import LineEdit, MoneyEdit
from mhtracker.ui.forms import Ask, Form
from mhtracker.ui.more_editors import NumberEdit, hours_edit

TaperFacts = tuple[CostFacts, list[CostLine]]


class TaperForm(FormPanel):
    """Plans a taper; with `taper_id` the rest of that one anew."""

    info_title = "The steps"

    def __init__(self, context: Context, *, person_id: str, taper_id: str = "") -> None:
        self._taper_id = taper_id
        words = ("Change the taper", "Change taper") if taper_id else ("Plan a taper", "Plan taper")
        super().__init__(
            context,
            words[0],
            primary=words[1],
            key=f"taper:{person_id}:{taper_id}" if taper_id else f"taper:{person_id}",
            person_id=person_id,
            args={"taper_id": taper_id} if taper_id else {},
        )

    def read(self, store: Store) -> TaperFacts:
        facts = read_cost_facts(store, self.person_id or "")
        return facts, steps_of(facts.lines, self._taper_id) if self._taper_id else []

    def stands_on(self, data: TaperFacts) -> Any:
        return tuple(data[1]) if self._taper_id else None

    def make_form(self, data: TaperFacts) -> Form:
        facts, steps = data
        theme, today = self.theme, lambda: self.context.today
        asks = [
            Ask("from_on", DateEdit(theme, today), label="From", help="The first day of these hours.", required=True),
            Ask("from_units", hours_edit(theme), label="Hours a week", help="As it begins.", required=True),
            Ask("to_units", hours_edit(theme), label="Down to", help="Hours a week; 0 for none.", required=True),
            Ask("steps", NumberEdit(theme, least=1, most=52), label="In so many steps", help="", required=True),
            Ask("every_weeks", NumberEdit(theme, least=1, most=104), label="Weeks between", help="", required=True),
            Ask("rate_pence", MoneyEdit(theme), label="An hour costs", help="", required=True),
        ]
        if not steps:
            asks += [
                Ask("kind", ChoiceEdit(theme, facts.kinds), of=(CostLine, "kind")),
                Ask("what", LineEdit(theme), of=(CostLine, "what")),
                Ask("way", ChoiceEdit(theme, ways_of(facts)), label="It comes", help="", required=True),
            ]
        form = Form(theme, *asks, name="Taper")
        fresh = {"kind": "support", "way": BESIDE, "from_on": self.context.today}
        form.set_values(self._as_it_stands(steps) if steps else fresh)
        return form

    def _as_it_stands(self, steps: list[CostLine]) -> dict[str, Any]:
        """The hours of today, and where the taper leads."""
        today = self.context.today
        now = next((line for line in steps if runs_on(line, today)), steps[0])
        last = steps[-1]
        later = [line for line in steps if line.started_on > now.started_on]
        weeks = (later[0].started_on - now.started_on).days // 7 if later else 4
        ends = last.ended_on is not None
        return {
            "from_on": max(today, now.started_on),
            "from_units": now.units,
            "to_units": 0.0 if ends else last.units,
            "steps": max(1, len(later) + ends),
            "every_weeks": max(1, weeks),
            "rate_pence": now.rate_pence,
        }

    def _plan(self, values: Mapping[str, Any]) -> TaperPlan:
        way = values.get("way") or BESIDE
        names = ("from_on", "from_units", "to_units", "steps", "every_weeks", "rate_pence")
        like = self.data[1][0] if self.data is not None and self.data[1] else None
        return TaperPlan(
            **{name: values.get(name) for name in names},
            kind=like.kind if like is not None else values.get("kind") or "support",
            what=like.what if like is not None else values.get("what") or "",
            instead_of="" if way == BESIDE else way,
        )

    def preview(self, store: Store, values: Mapping[str, Any]) -> Preview | None:
        plan = self._plan(values)
        if None in (plan.from_on, plan.from_units, plan.to_units, plan.steps, plan.every_weeks, plan.rate_pence):
            return None
        return preview_taper(store, self.person_id or "", plan, self._taper_id)

    def perform(self, store: Store, values: Mapping[str, Any]) -> tuple[CostLine, ...]:
        if self._taper_id:
            return change_taper(store, self._taper_id, self._plan(values))
        return plan_taper(store, self.person_id or "", self._plan(values))

    def said(self, result: tuple[CostLine, ...]) -> str:
        # The hours it begins with are no step down; what ends altogether comes down with its last line.
        steps = len(result) - (result[-1].ended_on is None)
        return f"Planned {text.count(steps, 'step')} for {self.called}."


class StopTaperForm(FormPanel):
    """The hours of a day go on; later steps go."""

    def __init__(self, context: Context, *, person_id: str, taper_id: str) -> None:
        self._taper_id = taper_id
        super().__init__(
            context,
            "Stop the taper",
            primary="Stop taper",
            key=f"stop_taper:{person_id}:{taper_id}",
            person_id=person_id,
            args={"taper_id": taper_id},
        )

    def read(self, store: Store) -> list[CostLine]:
        return steps_of(store.find(CostLine, taper_id=self._taper_id), self._taper_id)

    def stands_on(self, data: list[CostLine]) -> Any:
        return tuple(data)

    def make_form(self, data: list[CostLine]) -> Form:
        day = Ask(
            "from_on",
            DateEdit(self.theme, lambda: self.context.today),
            label="From",
            help="The hours of that day go on.",
            required=True,
        )
        form = Form(self.theme, day, name="Stop the taper")
        form.set_values({"from_on": self.context.today})
        return form

    def perform(self, store: Store, values: Mapping[str, Any]) -> CostLine:
        return stop_taper(store, self._taper_id, from_on=values.get("from_on"))

    def said(self, result: CostLine) -> str:
        return f"{self.called}’s support stays at {result.units or 0:g} hours a week."
