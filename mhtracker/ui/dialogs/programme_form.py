"""Setting up a programme, and changing its aim: whom to move on, how many, by when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mhtracker import text
from mhtracker.domain.errors import Invalid
from mhtracker.domain.records import Programme, ProgrammePerson, Stage
from mhtracker.operations.drafting import Consequence, Preview
from mhtracker.operations.programmes import change_aim, preview_programme, start_programme
from mhtracker.store import Store
from mhtracker.ui.context import Context
from mhtracker.ui.date_edit import DateEdit
from mhtracker.ui.dialogs.form_panel import FormPanel
from mhtracker.ui.editors import LineEdit
from mhtracker.ui.forms import Ask, Form
from mhtracker.ui.more_editors import CheckEdit, NumberEdit, RadioEdit

PERCENT, PEOPLE = "percent", "people"
STAGE = "stage:"


class ProgrammeForm(FormPanel):
    """Its baseline is counted as the form is filled in, so that one sees whom it will be for."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Set up a programme", primary="Set up", key="start_programme:")

    def read(self, store: Store) -> tuple[Stage, ...]:
        return tuple(stage for stage in store.stages() if not stage.retired and not stage.own_home)

    def make_form(self, data: tuple[Stage, ...]) -> Form:
        theme, today = self.theme, lambda: self.context.today
        stages = [
            Ask(f"{STAGE}{stage.id}", CheckEdit(theme, stage.label), label="Stages" if place == 0 else "", help="")
            for place, stage in enumerate(data)
        ]
        form = Form(
            theme,
            Ask("name", LineEdit(theme, longest=80), of=(Programme, "name")),
            *stages,
            Ask("baseline_on", DateEdit(theme, today), of=(Programme, "baseline_on")),
            *_asks_of_aim(self.context),
            name="Programme",
        )
        form.set_values({"way": PERCENT, f"{STAGE}residential": True})
        return form

    def preview(self, store: Store, values: Mapping[str, Any]) -> Preview | None:
        facts = _facts(values)
        if not facts["stage_ids"] or None in (facts["baseline_on"], facts["aim_on"], values.get("aim")):
            return None
        found, cohort = preview_programme(store, **facts)
        words = f"{text.count(cohort, 'person', 'people')} will be in its baseline."
        return Preview(found.problems, found.mends, found.cautions, (Consequence("plan", words),))

    def perform(self, store: Store, values: Mapping[str, Any]) -> tuple[Programme, int]:
        made = start_programme(store, **_facts(values))
        return made, len(store.find(ProgrammePerson, programme_id=made.id))

    def said(self, result: tuple[Programme, int]) -> str:
        made, cohort = result
        return f"Set up {made.name}, with {text.count(cohort, 'person', 'people')} in its baseline."


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

    def read(self, store: Store) -> Programme:
        return store.get(Programme, self._programme_id)

    def make_form(self, data: Programme) -> Form:
        why = Ask("reason", LineEdit(self.theme), label="Why", help="Reports show it.", required=True)
        form = Form(self.theme, *_asks_of_aim(self.context), why, name="Aim")
        by_percent = data.aim_people is None
        aim = round(data.aim_percent or 0) if by_percent else data.aim_people
        way = PERCENT if by_percent else PEOPLE
        form.set_values({"way": way, "aim": aim or None, "aim_on": data.aim_on, "plan": data.plan})
        return form

    def perform(self, store: Store, values: Mapping[str, Any]) -> Programme:
        facts = {name: value for name, value in _facts(values).items() if name in ("aim_percent", "aim_people", "plan")}
        if values.get("aim_on") is None:
            raise Invalid({"aim_on": "Aim date is empty. Write the day by which the aim is to be met."})
        return change_aim(
            store, self._programme_id, aim_on=values["aim_on"], reason=values.get("reason") or "", **facts
        )

    def said(self, result: Programme) -> str:
        return f"Changed the aim of {result.name}."


def _asks_of_aim(context: Context) -> list[Ask]:
    theme = context.theme
    ways = [(PERCENT, "A percentage of them"), (PEOPLE, "A number of people")]
    return [
        Ask("way", RadioEdit(theme, ways), label="Aim", help="", required=True),
        Ask("aim", NumberEdit(theme, least=1, most=100_000), label="How many", required=True),
        Ask("aim_on", DateEdit(theme, lambda: context.today), of=(Programme, "aim_on")),
        Ask(
            "plan",
            LineEdit(theme, placeholder="2027-03-31:25"),
            label="Steps",
            help="Percents by a day, parted by spaces. Empty: a straight line.",
        ),
    ]


def _facts(values: Mapping[str, Any]) -> dict[str, Any]:
    stages = [name.removeprefix(STAGE) for name, value in values.items() if name.startswith(STAGE) and value]
    by_percent, aim = values.get("way") != PEOPLE, values.get("aim")
    return {
        "name": values.get("name") or "",
        "baseline_on": values.get("baseline_on"),
        "stage_ids": stages,
        "aim_on": values.get("aim_on"),
        "aim_percent": float(aim) if by_percent and aim is not None else None,
        "aim_people": int(aim) if not by_percent and aim is not None else None,
        "plan": values.get("plan") or "",
    }
