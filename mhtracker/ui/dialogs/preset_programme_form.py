"""Setting up a programme where the register began as a preset: the form is filled in with the paper's to begin with."""

from __future__ import annotations

from mhtracker import text
from mhtracker.domain.presets import ProgrammePlan
from mhtracker.domain.records import Stage
from mhtracker.operations.presets.kept import offered_programme
from mhtracker.store import Store
from mhtracker.ui.dialogs.programme_form import PEOPLE, PERCENT, STAGE, ProgrammeForm
from mhtracker.ui.forms import Form
from mhtracker.ui.widgets.labels import Label


class PresetProgrammeForm(ProgrammeForm):
    """Like any other where nothing is offered. `offered` is what it was filled in with."""

    offered: ProgrammePlan | None = None
    _told: Label | None = None

    def read(self, store: Store) -> tuple[Stage, ...]:
        self.offered = offered_programme(store, store.today)
        return super().read(store)

    def make_form(self, data: tuple[Stage, ...]) -> Form:
        form, plan = super().make_form(data), self.offered
        if self._told is not None:
            # The form is made afresh: what it says above the fields is too.
            self._told.hide()
            self._told.deleteLater()
            self._told = None
        if plan is None:
            return form
        form.set_values(
            {
                "name": plan.name,
                **{f"{STAGE}{stage.id}": stage.id in plan.stage_ids for stage in data},
                "baseline_on": plan.baseline_on,
                "way": PERCENT if plan.aim_people is None else PEOPLE,
                "aim": plan.aim_percent if plan.aim_people is None else plan.aim_people,
                "aim_on": plan.aim_on,
                "plan": plan.plan,
            }
        )
        words = (
            "Filled in as the paper that this register began as has it, from "
            f"{text.format_date(plan.baseline_on)} on. Change whatever is different with you."
        )
        self._told = Label(words, "body", "text2", wrap=True)
        self.add(self._told)
        return form
