"""Putting a stay right that was written down wrongly: where it was, in which place, and its days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mhtracker import text
from mhtracker.domain.errors import NotFound
from mhtracker.domain.pathway import in_order
from mhtracker.domain.records import Placement, Service, Stage
from mhtracker.operations.drafting import Preview
from mhtracker.operations.moves import edit_placement, preview_placement
from mhtracker.store import Store
from mhtracker.store.queries.rooms import Rooms, read_rooms
from mhtracker.ui.choice_edit import Choice, ChoiceEdit
from mhtracker.ui.context import Context
from mhtracker.ui.date_edit import DateEdit
from mhtracker.ui.dialogs.form_panel import FormPanel
from mhtracker.ui.dialogs.form_parts import code_choices, service_choices, stage_choices
from mhtracker.ui.dialogs.room_choice import offer_rooms, place_ask
from mhtracker.ui.editors import LineEdit, MoneyEdit
from mhtracker.ui.forms import Ask, Form, Part
from mhtracker.ui.more_editors import RadioEdit, TextEdit
from mhtracker.ui.widgets.labels import Label

_WORDS = ("address", "gap_reason", "note")
_MAY_BE_EMPTY = ("service_id", "unit_id", "planned", "end_reason", "weekly_cost_pence", "weekly_charge_pence")


@dataclass(frozen=True, slots=True)
class StayFacts:
    """The stay, and what may be chosen instead."""

    stay: Placement
    stages: tuple[Stage, ...]
    services: tuple[Service, ...]
    reasons: tuple[Choice, ...]
    rooms: Rooms


class EditStayForm(FormPanel):
    """Puts a stay right. Without `placement_id` it is the one begun last."""

    def __init__(self, context: Context, *, person_id: str, placement_id: str | None = None) -> None:
        self._placement_id = placement_id
        super().__init__(
            context,
            "Correct a stay",
            primary="Save stay",
            key=":".join(filter(None, ("edit_stay", person_id, placement_id))),
            person_id=person_id,
            args={"placement_id": placement_id} if placement_id else {},
        )

    def read(self, store: Store) -> StayFacts:
        if self._placement_id is None:
            stays = in_order(store.find(Placement, person_id=self.person_id))
            if not stays:
                raise NotFound("No stay is recorded of this person. Record where they live first.")
            self._placement_id = stays[-1].id
        stay = store.get(Placement, self._placement_id)
        return StayFacts(
            stay,
            store.stages(),
            tuple(store.find(Service)),
            tuple(code_choices(store, "end_reason", stay.end_reason)),
            read_rooms(store, self.person_id or "", store.today),
        )

    def about(self, data: StayFacts) -> Mapping[str, Any]:
        return {"placement_id": data.stay.id}

    def make_form(self, data: StayFacts) -> Form:
        theme, stay = self.theme, data.stay
        self.base = stay
        services = service_choices(data.services, stay.stage_id)
        ended = stay.ended_on is not None
        leaving = (
            Ask("ended_on", self._day(), of=(Placement, "ended_on"), required=True),
            Ask("planned", RadioEdit(theme, [(True, "Planned"), (False, "Unplanned")]), of=(Placement, "planned")),
            Ask("end_reason", ChoiceEdit(theme, data.reasons, blank="Not recorded"), of=(Placement, "end_reason")),
        )
        form = Form(
            theme,
            Part("What was recorded", Label(f"Since {text.format_date(stay.started_on)}", "caption", "text2")),
            Ask("stage_id", ChoiceEdit(theme, stage_choices(data.stages, stay.stage_id)), of=(Placement, "stage_id")),
            Ask("service_id", ChoiceEdit(theme, services, blank="None"), of=(Placement, "service_id"), help=""),
            place_ask(theme),
            Ask("address", LineEdit(theme), of=(Placement, "address")),
            Ask("started_on", self._day(), of=(Placement, "started_on"), help=""),
            *(leaving if ended else ()),
            Ask("gap_reason", TextEdit(theme, lines=2), of=(Placement, "gap_reason")),
            Ask("weekly_cost_pence", MoneyEdit(theme), of=(Placement, "weekly_cost_pence")),
            Ask("weekly_charge_pence", MoneyEdit(theme), of=(Placement, "weekly_charge_pence")),
            Ask("note", TextEdit(theme, lines=2), of=(Placement, "note"), help=""),
            Label("For a move, record the move: this changes what the stay says from its first day on.",
                  "caption", "text2", wrap=True),
            name="Correct a stay",
        )  # fmt: skip
        form.editors["service_id"].set_value(stay.service_id)
        self._offer(form, data)
        form.set_values({name: getattr(stay, name) for name in form.editors})
        self._offer(form, data)
        return form

    def _day(self) -> DateEdit:
        return DateEdit(self.theme, lambda: self.context.today)

    def _offer(self, form: Form, data: StayFacts) -> None:
        offer_rooms(form, data.rooms, self.person_id or "", self.context.today)

    def on_edited(self) -> None:
        if self.form is not None:
            self._offer(self.form, self.data)
            gap = self.form.editors["gap_reason"]
            self.form.set_shown("gap_reason", not gap.is_empty() or bool(gap.problem))

    def show_preview(self, preview: Preview) -> None:
        if self.form is not None and "gap_reason" in preview.problems:
            self.form.set_shown("gap_reason", True)
            self.form.editors["gap_reason"].set_help(preview.problems["gap_reason"])

    def _given(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The changes: a place chosen gives the room its name, and a service without places takes the old one away."""
        given = {name: value or "" if name in _WORDS else value for name, value in values.items()}
        given["unit_id"] = given.get("unit_id")
        if given["unit_id"] is None:
            return given
        if given["unit_id"] != self.data.stay.unit_id:
            return given | {"address": ""}
        return {name: value for name, value in given.items() if name != "address"}

    def preview(self, store: Store, values: Mapping[str, Any]) -> Preview | None:
        shown = {name: value for name, value in values.items() if value is not None or name in _MAY_BE_EMPTY}
        if "started_on" not in shown or "stage_id" not in shown:
            return None
        return preview_placement(store, self.person_id or "", self.data.stay.id, **self._given(shown))

    def perform(self, store: Store, values: Mapping[str, Any]) -> Placement:
        return edit_placement(store, self.data.stay.id, base=self.base, **self._given(values))

    def said(self, result: Placement) -> str:
        return f"Put {self.whole_name}’s stay right."
