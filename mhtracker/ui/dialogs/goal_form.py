"""A person's own goals: setting, rewording, scoring and ending them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mhtracker import text
from mhtracker.domain.records import Goal, GoalScore
from mhtracker.operations.drafting import Consequence, Preview
from mhtracker.operations.goals import (
    correct_score,
    end_goal,
    preview_goal,
    preview_score,
    remove_score,
    reword_goal,
    score_goal,
    set_goal,
)
from mhtracker.store import Store
from mhtracker.ui.choice_edit import Choice, ChoiceEdit
from mhtracker.ui.context import Context
from mhtracker.ui.date_edit import DateEdit
from mhtracker.ui.dialogs.form_panel import FormPanel
from mhtracker.ui.dialogs.form_parts import code_choices
from mhtracker.ui.dialogs.status_form import given
from mhtracker.ui.editors import LineEdit
from mhtracker.ui.forms import Ask, Form
from mhtracker.ui.more_editors import CheckEdit, NumberEdit, TextEdit
from mhtracker.ui.person.parts import breakable
from mhtracker.ui.widgets.labels import Label

REPLACED = "changed"


@dataclass(frozen=True, slots=True)
class GoalFacts:
    """A goal with its latest score, and how goals may end."""

    goal: Goal
    latest: GoalScore | None
    endings: tuple[Choice, ...]


def read_goal(store: Store, goal_id: str) -> GoalFacts:
    """A goal as the forms need it."""
    scores = store.find(GoalScore, order_by=("scored_on", "id"), goal_id=goal_id)
    endings = tuple(choice for choice in code_choices(store, "goal_end") if choice.value != REPLACED)
    return GoalFacts(store.get(Goal, goal_id), scores[-1] if scores else None, endings)


class GoalForm(FormPanel):
    """Sets a goal."""

    def __init__(self, context: Context, *, person_id: str) -> None:
        super().__init__(context, "Set a goal", primary="Set goal", key=f"goal:{person_id}", person_id=person_id)

    def make_form(self, data: Any) -> Form:
        theme, today = self.theme, lambda: self.context.today
        form = Form(
            theme,
            Ask("words", TextEdit(theme, lines=3), of=(Goal, "words")),
            Ask("set_on", DateEdit(theme, today), of=(Goal, "set_on")),
            Ask("aimed_for", DateEdit(theme, today), of=(Goal, "aimed_for")),
            name="Goal",
        )
        form.set_values({"set_on": self.context.today})
        return form

    def preview(self, store: Store, values: Mapping[str, Any]) -> Preview | None:
        return preview_goal(store, self.person_id or "", **given(values)) if values.get("words") else None

    def perform(self, store: Store, values: Mapping[str, Any]) -> Goal:
        return set_goal(store, self.person_id or "", **given(values))

    def said(self, result: Goal) -> str:
        return f"Set a goal of {self.whole_name}."


class _OfGoal(FormPanel):
    """A form about one goal."""

    title_words, primary_words, command = "", "", ""

    def __init__(self, context: Context, *, person_id: str, goal_id: str) -> None:
        self._goal_id = goal_id
        super().__init__(
            context,
            self.title_words,
            primary=self.primary_words,
            key=f"{self.command}:{person_id}:{goal_id}",
            person_id=person_id,
            args={"goal_id": goal_id},
        )

    def stands_on(self, data: GoalFacts) -> Any:
        return data.goal, data.latest

    def read(self, store: Store) -> GoalFacts:
        return read_goal(store, self._goal_id)


def _words(data: GoalFacts) -> Label:
    """The goal's words above the fields."""
    return Label(breakable(f"“{data.goal.words}”"), "strong", wrap=True)


class RewordGoalForm(_OfGoal):
    """Other words for a goal: in place until it is scored, afterwards as a new goal."""

    title_words, primary_words, command = "Reword a goal", "Save the words", "reword_goal"

    def stands_on(self, data: GoalFacts) -> Any:
        return None

    def make_form(self, data: GoalFacts) -> Form:
        self.base = data.goal
        theme, today = self.theme, lambda: self.context.today
        form = Form(
            theme,
            Ask("words", TextEdit(theme, lines=3), of=(Goal, "words")),
            Ask("aimed_for", DateEdit(theme, today), of=(Goal, "aimed_for")),
            name="Goal",
        )
        form.set_values({"words": data.goal.words, "aimed_for": data.goal.aimed_for})
        return form

    def preview(self, store: Store, values: Mapping[str, Any]) -> Preview | None:
        data: GoalFacts = self.data
        if data.latest is None or not values.get("words") or values["words"].strip() == data.goal.words:
            return None
        words = "The goal ends today with its scores, and the new words begin as a goal of their own"
        return Preview(consequences=(Consequence("target", words),))

    def perform(self, store: Store, values: Mapping[str, Any]) -> Goal:
        return reword_goal(store, self._goal_id, words=values.get("words") or "", aimed_for=values.get("aimed_for"))

    def said(self, result: Goal) -> str:
        return f"Reworded a goal of {self.whole_name}."


class ScoreGoalForm(_OfGoal):
    """How far a goal is, as the person sees it."""

    title_words, primary_words, command = "Score a goal", "Record score", "score_goal"

    def make_form(self, data: GoalFacts) -> Form:
        theme, today = self.theme, lambda: self.context.today
        last = data.latest
        before = f"Last time {last.score}, on {text.format_date(last.scored_on)}." if last is not None else ""
        form = Form(
            theme,
            _words(data),
            Ask("score", NumberEdit(theme, least=0, most=10), of=(GoalScore, "score")),
            Ask("scored_on", DateEdit(theme, today), of=(GoalScore, "scored_on"), help=before),
            Ask("note", TextEdit(theme, lines=2), of=(GoalScore, "note"), help="What they say about it."),
            name="Score",
        )
        form.set_values({"scored_on": self.context.today})
        return form

    def preview(self, store: Store, values: Mapping[str, Any]) -> Preview | None:
        return preview_score(store, self._goal_id, **given(values)) if values.get("score") is not None else None

    def perform(self, store: Store, values: Mapping[str, Any]) -> GoalScore:
        return score_goal(store, self._goal_id, **given(values))

    def said(self, result: GoalScore) -> str:
        return f"Put {self.whole_name}’s goal at {result.score} of 10."


class EndGoalForm(_OfGoal):
    """A goal that was reached, or is no longer wanted."""

    title_words, primary_words, command = "End a goal", "End goal", "end_goal"

    def make_form(self, data: GoalFacts) -> Form:
        form = Form(
            self.theme,
            _words(data),
            Ask("reason_code", ChoiceEdit(self.theme, data.endings), of=(Goal, "end_reason"), required=True),
            Ask("ended_on", DateEdit(self.theme, lambda: self.context.today), of=(Goal, "ended_on"), required=True),
            name="End a goal",
        )
        form.set_values({"ended_on": self.context.today})
        return form

    def perform(self, store: Store, values: Mapping[str, Any]) -> Goal:
        return end_goal(store, self._goal_id, reason_code=values["reason_code"], ended_on=values["ended_on"])

    def said(self, result: Goal) -> str:
        return f"Ended a goal of {self.whole_name}."


class EditScoreForm(FormPanel):
    """Puts one score right, or takes it away."""

    def __init__(self, context: Context, *, person_id: str, score_id: str) -> None:
        self._score_id = score_id
        super().__init__(
            context,
            "Correct a score",
            primary="Save",
            key=f"edit_score:{person_id}:{score_id}",
            person_id=person_id,
            args={"score_id": score_id},
        )

    def read(self, store: Store) -> GoalScore:
        return store.get(GoalScore, self._score_id)

    def make_form(self, data: GoalScore) -> Form:
        theme, today = self.theme, lambda: self.context.today
        self.base = data
        self._never = CheckEdit(theme, "It was never given: take it away")
        form = Form(
            theme,
            Ask("score", NumberEdit(theme, least=0, most=10), of=(GoalScore, "score")),
            Ask("scored_on", DateEdit(theme, today), of=(GoalScore, "scored_on")),
            Ask("note", TextEdit(theme, lines=2), of=(GoalScore, "note")),
            Ask("never", self._never, label=""),
            Ask("reason", LineEdit(theme), label="Why", help="Stands in the history.", required=True),
            name="Score",
        )
        form.set_values({name: getattr(data, name) for name in ("score", "scored_on", "note")})
        form.set_shown("reason", False)
        self._never.edited.connect(lambda: form.set_shown("reason", bool(self._never.value())))
        return form

    def perform(self, store: Store, values: Mapping[str, Any]) -> GoalScore | None:
        if values.get("never"):
            remove_score(store, self._score_id, reason=values.get("reason") or "")
            return None
        facts = {"score": values["score"], "scored_on": values["scored_on"], "note": values.get("note") or ""}
        return correct_score(store, self._score_id, base=self.base, **facts)

    def said(self, result: GoalScore | None) -> str:
        return f"{'Corrected' if result else 'Took away'} a score of {self.whole_name}."
