"""Ready-made steps around a move: making them, moving them with it, dropping the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from mhtracker import text
from mhtracker.domain.errors import Invalid
from mhtracker.domain.move_on_rules import ENABLEMENT, IN_REACH
from mhtracker.domain.records import Action, MoveOnPlan, StepTemplate, Target, Team, Worker
from mhtracker.operations.step_plans import PHASES, drop_steps, make_steps, move_steps
from mhtracker.store import Store
from mhtracker.ui.choice_edit import Choice, ChoiceEdit, Typed
from mhtracker.ui.context import Context
from mhtracker.ui.date_edit import DateEdit
from mhtracker.ui.dialogs.form_panel import FormPanel
from mhtracker.ui.dialogs.form_parts import worker_choices
from mhtracker.ui.forms import Ask, Form
from mhtracker.ui.more_editors import CheckEdit, TextEdit
from mhtracker.ui.widgets.labels import Label


@dataclass(frozen=True, slots=True)
class StepFacts:
    """The plan's target, how many steps each phase has, the open steps, and who may own them."""

    target_on: date | None
    counts: Mapping[str, int]
    still: tuple[Action, ...]
    workers: tuple[Choice, ...]


def read_steps(store: Store, person_id: str) -> StepFacts:
    """What the forms need."""
    plan = next(iter(store.find(MoveOnPlan, person_id=person_id, ended_on=None)), None)
    targets = store.find(Target, order_by=("set_on", "position"), plan_id=plan.id) if plan else []
    templates = store.find(StepTemplate, retired=False)
    still = store.find(Action, order_by=("due_on",), person_id=person_id, done_on=None, dropped_on=None)
    return StepFacts(
        targets[-1].target_on if targets else None,
        {phase: sum(each.phase == phase for each in templates) for phase in PHASES},
        tuple(each for each in still if each.phase in PHASES),
        tuple(worker_choices(store.find(Worker), store.find(Team), store.today, None)),
    )


class _AroundMove(FormPanel):
    """A form about the steps of a person's move."""

    def read(self, store: Store) -> StepFacts:
        return read_steps(store, self.person_id or "")

    def stands_on(self, data: StepFacts) -> Any:
        return data.target_on, data.still


class StepsForm(_AroundMove):
    """Makes the dated steps of a move from the office's templates."""

    def __init__(self, context: Context, *, person_id: str) -> None:
        super().__init__(context, "Plan the steps", primary="Plan steps", key=f"steps:{person_id}", person_id=person_id)

    def make_form(self, data: StepFacts) -> Form:
        theme = self.theme
        before = CheckEdit(theme, f"In-reach before the move, {text.count(data.counts[IN_REACH], 'step')}")
        after = CheckEdit(theme, f"Six weeks of enablement after it, {text.count(data.counts[ENABLEMENT], 'step')}")
        owner = ChoiceEdit(theme, data.workers, allow_new=True, placeholder="A worker, or any name")
        form = Form(
            theme,
            Ask("move_on", DateEdit(theme, lambda: self.context.today, ahead=True), label="Day of the move",
                required=True, help="Planned or past. Steps whose day has passed are left out."),
            Ask("before", before, label="Steps", help=""),
            Ask("after", after, label="", help="Each step can be changed, put off or dropped afterwards."),
            Ask("owner", owner, of=(Action, "owner"), help="Who does them; empty for the person’s worker."),
            name="Plan the steps",
        )  # fmt: skip
        form.set_values({"move_on": data.target_on, "before": True, "after": True})
        return form

    def perform(self, store: Store, values: Mapping[str, Any]) -> list[Action]:
        phases = [phase for phase, name in ((IN_REACH, "before"), (ENABLEMENT, "after")) if values.get(name)]
        if not phases:
            raise Invalid({"before": "No steps are chosen. Tick those before the move, after it, or both."})
        owner = values.get("owner")
        who = {"owner": owner.words} if isinstance(owner, Typed) else {"worker_id": owner}
        return make_steps(store, self.person_id or "", move_on=values["move_on"], phases=phases, **who)

    def said(self, result: list[Action]) -> str:
        return f"Planned {text.count(len(result), 'step')} around {self.whole_name}’s move."


class MoveStepsForm(_AroundMove):
    """The move comes on another day: every open step goes along."""

    def __init__(self, context: Context, *, person_id: str) -> None:
        super().__init__(
            context, "Move the steps", primary="Move steps", key=f"move_steps:{person_id}", person_id=person_id
        )

    def make_form(self, data: StepFacts) -> Form:
        theme = self.theme
        day = DateEdit(theme, lambda: self.context.today, ahead=True)
        form = Form(
            theme,
            Label(_still_words(data), tone="text2", wrap=True),
            Ask("move_on", day, label="Day of the move", required=True, help="Steps keep their distance from it."),
            name="Move the steps",
        )
        form.set_values({"move_on": data.target_on})
        return form

    def perform(self, store: Store, values: Mapping[str, Any]) -> list[Action]:
        return move_steps(store, self.person_id or "", move_on=values["move_on"])

    def said(self, result: list[Action]) -> str:
        return f"Moved {text.count(len(result), 'step')} with {self.whole_name}’s move."


class DropStepsForm(_AroundMove):
    """The steps still open will not be done."""

    def __init__(self, context: Context, *, person_id: str) -> None:
        super().__init__(
            context, "Drop the rest of the steps", primary="Drop steps", key=f"drop_steps:{person_id}",
            person_id=person_id,
        )  # fmt: skip

    def make_form(self, data: StepFacts) -> Form:
        why = Ask("drop_reason", TextEdit(self.theme, lines=2), label="Reason", required=True)
        return Form(self.theme, Label(_still_words(data), tone="text2", wrap=True), why, name="Drop the rest")

    def perform(self, store: Store, values: Mapping[str, Any]) -> list[Action]:
        return drop_steps(store, self.person_id or "", reason=values["drop_reason"])

    def said(self, result: list[Action]) -> str:
        return f"Dropped {text.count(len(result), 'step')} of {self.whole_name}’s."


def _still_words(data: StepFacts) -> str:
    if not data.still:
        return "No step is open."
    last = text.format_date(data.still[-1].due_on)
    return f"{text.count(len(data.still), 'step')} {'is' if len(data.still) == 1 else 'are'} open, the last on {last}."
