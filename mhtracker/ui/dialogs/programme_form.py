"""Setting up a programme, and changing its aim: whom to move on, how many, by when."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mhtracker import text
from mhtracker.domain.counting.programmes import check_programme, stages_of
from mhtracker.domain.errors import Invalid, UserError
from mhtracker.domain.records import Programme, ProgrammePerson, Stage, new_id
from mhtracker.operations.drafting import Preview, previewed
from mhtracker.operations.programmes import Counted, change_aim, count_baseline, start_programme
from mhtracker.store import Store
from mhtracker.ui.caseload.filters import rule_words
from mhtracker.ui.context import Context
from mhtracker.ui.date_edit import DateEdit
from mhtracker.ui.dialogs.form_panel import FormPanel
from mhtracker.ui.dialogs.plan_edit import PlanEdit, read_percent, show_percent
from mhtracker.ui.dialogs.rule_edit import RuleEdit
from mhtracker.ui.editors import LineEdit, ParsedEdit
from mhtracker.ui.forms import Ask, Form
from mhtracker.ui.manager.grids import FactGrid
from mhtracker.ui.manager.reading import read_names
from mhtracker.ui.more_editors import CheckEdit, RadioEdit
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.buttons import LinkButton
from mhtracker.ui.widgets.labels import Label

PERCENT, PEOPLE = "percent", "people"
STAGE = "stage:"
FIELD_OF = {"aim_percent": "aim", "aim_people": "aim"}
NAMED = 40
LINES = 2
"""How many lines what a baseline holds may take, at most sizes of text."""
COUNTING = "Counting who was in these stages…"
TO_COUNT = "Choose stages and the baseline, and it says how many people these are."

Key = tuple[tuple[str, ...], date, str]
"""What a baseline is of: stages, a day, and the rule that narrows it."""


class ProgrammeForm(FormPanel):
    """Its baseline is counted as the form is filled in, so that one sees whom it will be for."""

    def __init__(self, context: Context) -> None:
        self._key: Key | None = None
        self._counted: tuple[Key, Counted] | None = None
        super().__init__(context, "Set up a programme", primary="Set up", key="start_programme:")

    def read(self, store: Store) -> tuple[Stage, ...]:
        return tuple(stage for stage in store.stages() if not stage.retired and not stage.own_home)

    def make_form(self, data: tuple[Stage, ...]) -> Form:
        theme, today = self.theme, lambda: self.context.today
        stages = [
            Ask(f"{STAGE}{stage.id}", CheckEdit(theme, stage.label), label="Stages" if place == 0 else "", help="")
            for place, stage in enumerate(data)
        ]
        self.cohort = Cohort(theme, self._name)
        baseline_on = DateEdit(theme, today)
        # What the choices count is what there was on the day of the baseline.
        rule = RuleEdit(self.context, lambda: _day_of(baseline_on) or self.context.today)
        form = Form(
            theme,
            Ask("name", LineEdit(theme, longest=80), of=(Programme, "name")),
            *stages,
            Ask("baseline_on", baseline_on, of=(Programme, "baseline_on")),
            Ask("rule", rule, label="Only those", help="Without a filter it is everybody in the stages."),
            self.cohort,
            *_asks_of_aim(self.context),
            name="Programme",
        )
        form.set_values({"way": PERCENT, f"{STAGE}residential": True})
        return form

    # Whom it will be for

    def on_edited(self) -> None:
        facts = _facts(self.values_so_far())
        stages, day = tuple(facts["stage_ids"]), facts["baseline_on"]
        key = (stages, day, facts["rule"]) if stages and day is not None and day <= self.context.today else None
        if key == self._key:
            return
        self._key = key
        slot = ("baseline", id(self))
        if key is None:
            self.context.jobs.forget(slot)
            self.cohort.tell(TO_COUNT)
            return
        self.cohort.tell(COUNTING)
        # Not urgent: of very many people it takes a while, and what is typed is kept and judged meanwhile.
        self.context.jobs.ask(
            count_baseline, *key, then=partial(self._on_counted, key), failed=self._on_not_counted, slot=slot
        )

    def _on_counted(self, key: Key, counted: Counted) -> None:
        self._counted = key, counted
        self.cohort.show_people(counted, key[1], self.context.today)
        self.ask_preview()

    def _on_not_counted(self, error: UserError) -> None:
        self._key = None
        self.cohort.tell(str(error))

    def _name(self, people: list[str], then: Callable[[dict[str, str]], None]) -> None:
        self.context.jobs.ask(read_names, people, then=then, urgent=True, slot=("baseline named", id(self)))

    def preview(self, store: Store, values: Mapping[str, Any]) -> Preview | None:
        facts, counted = _facts(values), self._counted
        if not facts["stage_ids"] or None in (facts["baseline_on"], facts["aim_on"], values.get("aim")):
            return None
        if counted is None or counted[0] != (tuple(facts["stage_ids"]), facts["baseline_on"], facts["rule"]):
            return None
        made = Programme(new_id(), **{**facts, "stage_ids": " ".join(facts["stage_ids"])})
        known, others = [stage.id for stage in store.find(Stage)], store.find(Programme)
        return _on_form(previewed(lambda: check_programme(made, others, known, len(counted[1].people), store.today)))

    def perform(self, store: Store, values: Mapping[str, Any]) -> tuple[Programme, int]:
        try:
            made = start_programme(store, **_facts(values))
        except Invalid as wrong:
            raise _in_form(wrong) from wrong
        return made, len(store.find(ProgrammePerson, programme_id=made.id))

    def said(self, result: tuple[Programme, int]) -> str:
        made, cohort = result
        return f"Set up {made.name}, with {text.count(cohort, 'person', 'people')} in its baseline."


class Cohort(QWidget):
    """How many people a baseline holds, and on demand who; `name` gives the names of some of them."""

    def __init__(self, theme: Theme, name: Callable[[list[str], Callable[[dict[str, str]], None]], None]) -> None:
        super().__init__()
        self.setAccessibleName("The baseline")
        self._name, self._people, self._words = name, list[str](), ""
        self.words = Label(TO_COUNT, "body", "text2", wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.see = LinkButton(theme, "Show them", self._see)
        # The fields below stay where they are while it counts: its lines and the link have their place from the start.
        keeps = self.see.sizePolicy()
        keeps.setRetainSizeWhenHidden(True)
        self.see.setSizePolicy(keeps)
        self.names = FactGrid(theme, "People of the baseline", left=(0, 1), stretch=1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.words, self.see, self.names):
            column.addWidget(widget)
        self.see.hide()
        self.names.hide()
        theme.changed.connect(self._keep_place)
        self._keep_place()

    def _keep_place(self) -> None:
        self.words.setMinimumHeight(LINES * self.words.fontMetrics().lineSpacing())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._keep_place()

    def tell(self, words: str) -> None:
        """Nobody to show, and why."""
        self._people = []
        self.words.setText(words)
        self.see.hide()
        self.names.hide()

    def show_people(self, counted: Counted, day: date, today: date) -> None:
        """These were in the stages on the day, of how many, and so many there would be today."""
        people = counted.people
        number, on = text.format_number(len(people)), text.format_date(day)
        if len(people) < counted.of:
            words = f"{number} of the {text.format_number(counted.of)} people in these stages on {on}."
        else:
            was = "was" if len(people) == 1 else "were"
            words = f"{text.count(len(people), 'person', 'people')} {was} in these stages on {on}."
        if day < today:
            words += f" Today there would be {text.format_number(counted.today)}."
        self.tell(words)
        self._people = sorted(people)
        self._words = "Show who" if len(people) <= NAMED else f"Show {NAMED} of them"
        self.see.setText(self._words)
        self.see.setVisible(bool(people))

    def _see(self) -> None:
        if self.names.isHidden():
            self._name(self._people[:NAMED], self._show_names)
        else:
            self.names.hide()
            self.see.setText(self._words)

    def _show_names(self, names: dict[str, str]) -> None:
        ordered = sorted(names.values(), key=str.casefold)
        half = (len(ordered) + 1) // 2
        beside = [*ordered[half:], ""] if len(ordered) % 2 else ordered[half:]
        self.names.show_rows(list(zip(ordered[:half], beside, strict=True)))
        self.names.setVisible(bool(self._people))
        self.see.setText("Hide them")


@dataclass(frozen=True, slots=True)
class Aimed:
    """A programme whose aim is to change, and whom it is for."""

    programme: Programme
    cohort: int
    stages: tuple[str, ...]

    def words(self) -> str:
        """That its people are kept, and what to do where others are meant."""
        programme = self.programme
        rule = f", only {rule_words(programme.rule)}" if programme.rule else ""
        stages = text.join_words([text.first_lower(each) for each in self.stages])
        people, on = text.count(self.cohort, "person", "people"), text.format_date(programme.baseline_on)
        return f"Its people stay: {people} counted on {on} in {stages}{rule}. For others, set up another programme."


class AimForm(FormPanel):
    """The former aim is kept as a version that ended; the people of the baseline stay the same."""

    def __init__(self, context: Context, *, programme_id: str) -> None:
        self._programme_id = programme_id
        super().__init__(
            context,
            "Change the aim",
            primary="Change aim",
            key=f"change_aim::{programme_id}",
            args={"programme_id": programme_id},
        )

    def read(self, store: Store) -> Aimed:
        programme = store.get(Programme, self._programme_id)
        cohort = len(store.find(ProgrammePerson, programme_id=programme.id))
        labels = {stage.id: stage.label for stage in store.stages()}
        return Aimed(programme, cohort, tuple(labels.get(each, each) for each in stages_of(programme)))

    def make_form(self, data: Aimed) -> Form:
        why = Ask("reason", LineEdit(self.theme), label="Why", help="History shows it.", required=True)
        self.stay = Label(data.words(), "body", "text2", wrap=True)
        form = Form(self.theme, self.stay, *_asks_of_aim(self.context), why, name="Aim")
        programme = data.programme
        by_percent = programme.aim_people is None
        aim = programme.aim_percent or None if by_percent else programme.aim_people
        way = PERCENT if by_percent else PEOPLE
        form.set_values({"way": way, "aim": aim, "aim_on": programme.aim_on, "plan": programme.plan})
        return form

    def perform(self, store: Store, values: Mapping[str, Any]) -> Programme:
        facts = {name: value for name, value in _facts(values).items() if name in ("aim_percent", "aim_people", "plan")}
        if values.get("aim_on") is None:
            raise Invalid({"aim_on": "Aim date is empty. Write the day by which the aim is to be met."})
        try:
            return change_aim(
                store, self._programme_id, aim_on=values["aim_on"], reason=values.get("reason") or "", **facts
            )
        except Invalid as wrong:
            raise _in_form(wrong) from wrong

    def said(self, result: Programme) -> str:
        return f"Changed the aim of {result.name}."


class AimEdit(ParsedEdit):
    """A percentage with whatever decimals it has, or whole people: as `by_percent` says."""

    def __init__(self, theme: Theme, by_percent: Callable[[], bool]) -> None:
        def read(typed: str) -> float | int:
            if by_percent():
                return read_percent(typed)
            plain = typed.replace(",", "").strip()
            if not (plain.isascii() and plain.isdigit()) or int(plain) < 1:
                raise Invalid({"": f"“{typed}” is no number of people. Write a whole number, 1 or more."})
            return int(plain)

        super().__init__(theme, read, lambda aim: show_percent(aim) if by_percent() else str(aim), width=96)


def _asks_of_aim(context: Context) -> list[Ask]:
    theme = context.theme
    way = RadioEdit(theme, [(PERCENT, "A percentage of them"), (PEOPLE, "A number of people")])
    aim = AimEdit(theme, lambda: way.value() != PEOPLE)
    by = DateEdit(theme, lambda: context.today)

    def in_words() -> str:
        try:
            many, day = aim.value(), by.value()
        except Invalid:
            return ""
        if many is None or day is None:
            return ""
        much = f"{show_percent(many)}%" if way.value() != PEOPLE else text.count(int(many), "person", "people")
        return f"{much} by {text.format_date(day)}"

    plan = PlanEdit(theme, lambda: context.today, in_words)
    for editor in (way, aim, by):
        editor.edited.connect(plan.show_sums)
    return [
        Ask("way", way, label="Aim", help="", required=True),
        Ask("aim", aim, label="How many", help="", required=True),
        Ask("aim_on", by, of=(Programme, "aim_on")),
        Ask("plan", plan, label="Steps", help=""),
    ]


def _day_of(editor: DateEdit) -> date | None:
    try:
        day: date | None = editor.value()
    except Invalid:
        return None
    return day


def _in_form(wrong: Invalid) -> Invalid:
    """What is wrong, beside the fields as the form has them."""
    return Invalid(
        {FIELD_OF.get(name, name): words for name, words in wrong.problems.items()},
        {FIELD_OF.get(name, name): mends for name, mends in wrong.mends.items()},
    )


def _on_form(preview: Preview) -> Preview:
    found = {FIELD_OF.get(name, name): words for name, words in preview.problems.items()}
    return Preview(found, preview.mends, preview.cautions, preview.consequences)


def _facts(values: Mapping[str, Any]) -> dict[str, Any]:
    stages = [name.removeprefix(STAGE) for name, value in values.items() if name.startswith(STAGE) and value]
    by_percent, aim = values.get("way") != PEOPLE, values.get("aim")
    return {
        "name": values.get("name") or "",
        "baseline_on": values.get("baseline_on"),
        "stage_ids": stages,
        "rule": values.get("rule") or "",
        "aim_on": values.get("aim_on"),
        "aim_percent": float(aim) if by_percent and aim is not None else None,
        "aim_people": int(aim) if not by_percent and aim is not None else None,
        "plan": values.get("plan") or "",
    }
