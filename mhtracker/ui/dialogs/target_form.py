"""Move-on plans: starting one, changing its date, changing its aim, ending it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mhtracker import text
from mhtracker.domain.records import MoveOnPlan, Placement, Stage, Target
from mhtracker.operations.drafting import Preview
from mhtracker.operations.targets import change_target, edit_plan, end_plan, preview_plan, preview_target, start_plan
from mhtracker.store import Store
from mhtracker.ui.choice_edit import Choice, ChoiceEdit
from mhtracker.ui.context import Context
from mhtracker.ui.date_edit import DateEdit
from mhtracker.ui.dialogs.form_panel import FormPanel
from mhtracker.ui.dialogs.form_parts import code_choices, stage_choices, stage_line
from mhtracker.ui.editors import LineEdit
from mhtracker.ui.forms import Ask, Form, Part
from mhtracker.ui.more_editors import TextEdit


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """The plan in force (None: none yet), its targets oldest first, and what may be chosen."""

    plan: MoveOnPlan | None
    targets: tuple[Target, ...]
    stages: tuple[Stage, ...]
    now_in: Stage | None
    slip_reasons: tuple[Choice, ...]
    end_reasons: tuple[Choice, ...]

    @property
    def aim(self) -> Stage | None:
        """The stage aimed at."""
        return next((stage for stage in self.stages if self.plan and stage.id == self.plan.aim_stage_id), None)


def read_plan(store: Store, person_id: str) -> PlanFacts:
    """What the forms of a plan need."""
    plan = next(iter(store.find(MoveOnPlan, person_id=person_id, ended_on=None)), None)
    targets = store.find(Target, order_by=("set_on", "position"), plan_id=plan.id) if plan else []
    running = store.find(Placement, order_by=("started_on",), person_id=person_id, ended_on=None)
    now_id = running[-1].stage_id if running else None
    return PlanFacts(
        plan,
        tuple(targets),
        store.stages(),
        next((stage for stage in store.stages() if stage.id == now_id), None),
        tuple(code_choices(store, "slip_reason")),
        tuple(code_choices(store, "plan_end_reason")),
    )


class TargetForm(FormPanel):
    """Changes the current target, giving the reason; without a plan it starts one."""

    def __init__(self, context: Context, *, person_id: str) -> None:
        super().__init__(
            context, "Change target", primary="Change target", key=f"target:{person_id}", person_id=person_id
        )

    def stands_on(self, data: PlanFacts) -> Any:
        return data.plan, data.targets

    def read(self, store: Store) -> PlanFacts:
        return read_plan(store, self.person_id or "")

    def make_form(self, data: PlanFacts) -> Form:
        theme, today = self.theme, lambda: self.context.today
        target = DateEdit(theme, today)
        if data.plan is None:
            self.set_title("Start a move-on plan")
            self._primary = "Start plan"
            higher = [s for s in data.stages if data.now_in is None or s.level > data.now_in.level]
            return Form(
                theme,
                Ask(
                    "aim_stage_id",
                    ChoiceEdit(theme, stage_choices(higher or data.stages)),
                    of=(MoveOnPlan, "aim_stage_id"),
                ),
                Ask("aim", LineEdit(theme), of=(MoveOnPlan, "aim"), help="How the person puts it, if they do."),
                Ask("target_on", target, of=(Target, "target_on"), required=False),
                name="Start a move-on plan",
            )
        first = not data.targets
        if first:
            self.set_title("Set target")
            self._primary = "Set target"
        aside = stage_line(theme, data.aim, self._now_words(data)) if data.aim else None
        form = Form(
            theme,
            Part("Aim", aside),
            Ask("target_on", target, of=(Target, "target_on"), label="New target"),
            Ask("reason_code", ChoiceEdit(theme, data.slip_reasons), of=(Target, "reason_code"), required=not first),
            Ask(
                "reason",
                TextEdit(theme, lines=3),
                of=(Target, "reason"),
                help="What stands in the way, in a line or two.",
            ),
            name="Change target",
        )
        for name in ("reason_code", "reason") if first else ():
            form.set_shown(name, False)
        return form

    def _now_words(self, data: PlanFacts) -> str:
        if data.aim is None or not data.targets:
            return data.aim.label if data.aim else ""
        now = text.format_date(data.targets[-1].target_on)
        return f"{data.aim.label} by {now}"

    def preview(self, store: Store, values: Mapping[str, Any]) -> Preview | None:
        if self.data.plan is not None:
            if values.get("target_on") is None:
                return None
            return preview_target(
                store,
                self.data.plan.id,
                target_on=values["target_on"],
                reason_code=values.get("reason_code") or "other",
                reason=values.get("reason") or "",
            )
        if values.get("aim_stage_id") is None:
            return None
        return preview_plan(
            store,
            self.person_id or "",
            aim_stage_id=values["aim_stage_id"],
            aim=values.get("aim") or "",
            target_on=values.get("target_on"),
        )

    def perform(self, store: Store, values: Mapping[str, Any]) -> Any:
        if self.data.plan is None:
            return start_plan(store, self.person_id or "", **values)
        return change_target(store, self.data.plan.id, **values)

    def said(self, result: Any) -> str:
        if isinstance(result, Target):
            return f"{self.called}’s target is now {text.format_date(result.target_on)}."
        return f"Started a move-on plan for {self.whole_name}."


class AimForm(FormPanel):
    """Changes what the plan aims at; its dates stay."""

    def __init__(self, context: Context, *, person_id: str) -> None:
        super().__init__(context, "Change aim", primary="Change aim", key=f"aim:{person_id}", person_id=person_id)

    def read(self, store: Store) -> PlanFacts:
        return read_plan(store, self.person_id or "")

    def make_form(self, data: PlanFacts) -> Form:
        self.base = data.plan
        keep = data.plan.aim_stage_id if data.plan else None
        form = Form(
            self.theme,
            Ask(
                "aim_stage_id",
                ChoiceEdit(self.theme, stage_choices(data.stages, keep)),
                of=(MoveOnPlan, "aim_stage_id"),
            ),
            Ask("aim", LineEdit(self.theme), of=(MoveOnPlan, "aim"), help="How the person puts it, if they do."),
            name="Change aim",
        )
        if data.plan is not None:
            form.set_values({"aim_stage_id": data.plan.aim_stage_id, "aim": data.plan.aim})
        return form

    def perform(self, store: Store, values: Mapping[str, Any]) -> MoveOnPlan:
        return edit_plan(store, self.data.plan.id, base=self.base, **values)

    def said(self, result: MoveOnPlan) -> str:
        return f"Changed what {self.whole_name} aims at."


class EndPlanForm(FormPanel):
    """Ends the plan in force, saying why; its dates stay in the history."""

    def __init__(self, context: Context, *, person_id: str) -> None:
        super().__init__(context, "End the plan", primary="End plan", key=f"end_plan:{person_id}", person_id=person_id)

    def stands_on(self, data: PlanFacts) -> Any:
        return data.plan, data.targets

    def read(self, store: Store) -> PlanFacts:
        return read_plan(store, self.person_id or "")

    def make_form(self, data: PlanFacts) -> Form:
        form = Form(
            self.theme,
            Ask("end_reason", ChoiceEdit(self.theme, data.end_reasons), of=(MoveOnPlan, "end_reason"), required=True),
            Ask(
                "ended_on", DateEdit(self.theme, lambda: self.context.today), of=(MoveOnPlan, "ended_on"), required=True
            ),
            name="End the plan",
        )
        form.set_values({"ended_on": self.context.today})
        return form

    def perform(self, store: Store, values: Mapping[str, Any]) -> MoveOnPlan:
        return end_plan(store, self.data.plan.id, reason_code=values["end_reason"], ended_on=values["ended_on"])

    def said(self, result: MoveOnPlan) -> str:
        return f"Ended {self.whole_name}’s move-on plan."
