"""Recording a move: what is left, where to, and what follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mhtracker import text
from mhtracker.domain.errors import Invalid
from mhtracker.domain.pathway import Direction, direction
from mhtracker.domain.records import Person, Placement, Service, Stage
from mhtracker.operations.drafting import Preview
from mhtracker.operations.move_drafts import READMISSION, situation_of
from mhtracker.operations.moves import preview_move, preview_placement, record_move, start_placement
from mhtracker.operations.places.services import add_service
from mhtracker.store import Store
from mhtracker.store.queries.rooms import Kept, Rooms, place_kept_for, read_rooms
from mhtracker.ui.choice_edit import Choice, ChoiceEdit, Typed
from mhtracker.ui.context import Context
from mhtracker.ui.date_edit import DateEdit
from mhtracker.ui.dialogs.form_panel import FormPanel
from mhtracker.ui.dialogs.form_parts import code_choices, service_choices, stage_choices, stage_line
from mhtracker.ui.dialogs.room_choice import kept_words, offer_rooms, place_ask
from mhtracker.ui.editors import LineEdit, MoneyEdit
from mhtracker.ui.forms import Ask, Form, Item, Part
from mhtracker.ui.more_editors import CheckEdit, RadioEdit, TextEdit
from mhtracker.ui.widgets.labels import Label

_LEAVING = ("left_on", "planned", "reason_code")


@dataclass(frozen=True, slots=True)
class Around:
    """Where the person is (None: nowhere yet), the places kept for them, and what may be chosen."""

    now: Placement | None
    now_in: Stage | None
    service: str
    stages: tuple[Stage, ...]
    services: tuple[Service, ...]
    reasons: tuple[Choice, ...]
    back_reasons: tuple[Choice, ...] = ()
    kept: tuple[tuple[str, str | None], ...] = ()
    waiting_there: Kept | None = None
    called: str = ""
    rooms: Rooms = field(default_factory=lambda: Rooms({}, {}))


class MoveForm(FormPanel):
    """Ends the present stay and starts the next; without a present stay it adds one. `stage_id` is chosen at once."""

    def __init__(self, context: Context, *, person_id: str, stage_id: str | None = None) -> None:
        self._stage_id = stage_id
        super().__init__(context, "Record a move", primary="Record move", key=f"move:{person_id}", person_id=person_id)

    def stands_on(self, data: Around) -> Any:
        return data.now or "nowhere yet"

    def read(self, store: Store) -> Around:
        try:
            there = situation_of(store, self.person_id or "")
            now: Placement | None = there.now
            kept = tuple((place.stage_id, place.service_id) for place in there.kept)
        except Invalid:
            now, kept = None, ()
        service = store.peek(Service, now.service_id) if now and now.service_id else None
        return Around(
            now=now,
            now_in=next((stage for stage in store.stages() if now and stage.id == now.stage_id), None),
            service=service.name if service else now.address if now else "",
            stages=store.stages(),
            services=tuple(store.find(Service)),
            reasons=tuple(code_choices(store, "end_reason")),
            back_reasons=tuple(code_choices(store, "back_reason")),
            kept=kept,
            waiting_there=place_kept_for(store, self.person_id or "", store.today),
            called=text.called(store.get(Person, self.person_id or "")),
            rooms=read_rooms(store, self.person_id or "", store.today),
        )

    def make_form(self, data: Around) -> Form:
        theme, today = self.theme, lambda: self.context.today
        self._services = data.services
        self._stage = ChoiceEdit(theme, stage_choices(data.stages))
        self._service = ChoiceEdit(
            theme, service_choices(data.services, None), adds="service", placeholder="Type a name"
        )
        self._left = DateEdit(theme, today)
        self._started = DateEdit(theme, today)
        leaving: tuple[Item, ...] = ()
        if data.now is not None and data.now_in is not None:
            leaving = (
                Part("Leaving", stage_line(theme, data.now_in, self._since(data))),
                Ask("left_on", self._left, of=(Placement, "ended_on"), help=""),
                Ask("planned", RadioEdit(theme, [(True, "Planned"), (False, "Unplanned")]), of=(Placement, "planned")),
                Ask("reason_code", ChoiceEdit(theme, data.reasons), of=(Placement, "end_reason")),
            )
        else:
            self.set_title("Add a stay")
            self._primary = "Add stay"
        kept = self._kept_for(data)
        told = (Label(kept_words(kept, data.called, self.context.today), wrap=True),) if kept is not None else ()
        form = Form(
            theme,
            *leaving,
            Part("Going to" if leaving else "Lives now", ruled=bool(leaving)),
            *told,
            Ask("stage_id", self._stage, of=(Placement, "stage_id")),
            Ask("keep_place", CheckEdit(theme, "The present place is kept"), label=""),
            Ask("back_reason", ChoiceEdit(theme, data.back_reasons), of=(Placement, "back_reason"), required=True),
            Ask("service_id", self._service, of=(Placement, "service_id"), help=""),
            place_ask(theme),
            Ask("address", LineEdit(theme), of=(Placement, "address")),
            Ask("started_on", self._started, of=(Placement, "started_on"), help=""),
            Ask("gap_reason", TextEdit(theme, lines=2), of=(Placement, "gap_reason")),
            Ask("weekly_cost_pence", MoneyEdit(theme), of=(Placement, "weekly_cost_pence")),
            Ask("weekly_charge_pence", MoneyEdit(theme), of=(Placement, "weekly_charge_pence")),
            Ask(
                "note",
                TextEdit(theme, lines=2, placeholder="What helped, what to watch (optional)"),
                help="",
                label="Note",
            ),
            Ask(
                "steps",
                CheckEdit(theme, "In-reach and six weeks after it"),
                label="Steps",
                help="Dated steps of the ready-made plan. Those whose day has passed are left out.",
            ),
            name="Record a move",
        )
        self._stage.edited.connect(lambda: self._on_stage())
        self._service.settled.connect(self._on_service)
        self._left.settled.connect(self._on_left)
        form.set_shown("keep_place", False)
        form.set_shown("gap_reason", False)
        form.set_shown("back_reason", False)
        form.set_shown("steps", bool(leaving))
        stage_id = self._stage_id or (kept.service.stage_id if kept is not None else None)
        if stage_id:
            self._stage.set_value(stage_id)
        if kept is not None:
            self._suggest(form, data, kept)
        else:
            offer_rooms(form, data.rooms, self.person_id or "", self.context.today)
        self._on_stage(form, data)
        return form

    def _kept_for(self, data: Around) -> Kept | None:
        """What is kept for them, unless the move was begun to another stage."""
        kept, now = data.waiting_there, data.now
        if kept is not None and now is not None and now.service_id == kept.service.id:
            kept = kept if kept.unit is not None and kept.unit.id != now.unit_id else None
        if kept is None or self._stage_id is None or kept.service.stage_id in (None, self._stage_id):
            return kept
        return None

    def _suggest(self, form: Form, data: Around, kept: Kept) -> None:
        """Fill in the place kept for them and what was agreed that a week there costs; all of it may be changed."""
        self._service.set_value(kept.service.id)
        self._service.set_help(kept.service.locality)
        offer_rooms(form, data.rooms, self.person_id or "", self.context.today)
        if kept.unit is not None:
            form.editors["unit_id"].set_value(kept.unit.id)
            offer_rooms(form, data.rooms, self.person_id or "", self.context.today)
        if kept.week_pence is not None:
            cost = form.editors["weekly_cost_pence"]
            cost.set_value(kept.week_pence)
            cost.set_help(f"The rate agreed for {kept.service.name}; change it where theirs differs.")

    def _since(self, data: Around) -> str:
        if data.now is None or data.now_in is None:
            return ""
        days = (self.context.today - data.now.started_on).days
        place = data.service or data.now_in.label
        return f"{place} since {text.format_date(data.now.started_on)}, {text.count(days, 'day')}"

    def _on_stage(self, form: Form | None = None, data: Around | None = None) -> None:
        """Offer the services of the stage first; a stage at home needs none. Onward moves have their steps ticked."""
        self._service.set_choices(service_choices(self._services, self._stage.value()))
        form, data = form or self.form, data or self.data
        stage = next((each for each in data.stages if each.id == self._stage.value()), None) if data else None
        if form is None or stage is None or data.now_in is None:
            return
        form.editors["steps"].set_value(direction(data.now_in, stage) == Direction.ONWARD)
        why = form.editors["back_reason"]
        if stage.keeps_place and why.is_empty():
            why.set_value(READMISSION)
        elif not stage.keeps_place and why.value() == READMISSION:
            why.set_value(None)  # the arrow keys came past hospital on their way here

    def _chosen_stage(self) -> Stage | None:
        return next((each for each in self.data.stages if each.id == self._stage.value()), None)

    def _goes_back(self, stage: Stage | None) -> bool:
        """Whether the move is one back; to a place kept meanwhile it is none."""
        if stage is None or self.data.now_in is None:
            return False
        there = (stage.id, self._service.value())
        return there not in self.data.kept and direction(self.data.now_in, stage) == Direction.BACK

    def _on_service(self) -> None:
        """A service serves one stage as a rule: where none is chosen yet, choose it."""
        value = self._service.value()
        service = next((each for each in self._services if each.id == value), None)
        if service is not None and service.stage_id and self._stage.value() is None:
            self._stage.set_value(service.stage_id)
            self._stage.edited.emit()
        words = f"“{value.words}” will be added as a service" if isinstance(value, Typed) else ""
        self._service.set_help(words or (service.locality if service else ""))

    def _on_left(self) -> None:
        """Most people move within the day: an empty start follows the day left."""
        if self._started.is_empty() and not self._left.is_empty() and not self._left.problem:
            self._started.set_value(self._left.value())
            self._started.edited.emit()

    def on_edited(self) -> None:
        form, data = self.form, self.data
        if form is None:
            return
        offer_rooms(form, data.rooms, self.person_id or "", self.context.today)
        if data.now is None:
            return
        stage = self._chosen_stage()
        form.set_shown("back_reason", self._goes_back(stage))
        may_keep = stage is not None and stage.keeps_place and not (data.now_in and data.now_in.keeps_place)
        form.set_shown("keep_place", may_keep)
        keeps = may_keep and bool(form.editors["keep_place"].value())
        for name in _LEAVING:
            form.set_shown(name, not keeps)
        values = self.values_so_far()
        left, started = values.get("left_on"), values.get("started_on")
        gap = left is not None and started is not None and started > left
        form.set_shown("gap_reason", gap or not form.editors["gap_reason"].is_empty())

    def _asked(self, values: Mapping[str, Any]) -> dict[str, Any]:
        asked = {name: value for name, value in values.items() if value is not None}
        asked.setdefault("stage_id", None)
        return asked

    def preview(self, store: Store, values: Mapping[str, Any]) -> Preview | None:
        asked = self._asked(values)
        if isinstance(asked.get("service_id"), Typed):
            asked.pop("service_id")
        person_id = self.person_id or ""
        if self.data.now is not None:
            return preview_move(store, person_id, **asked)
        if asked["stage_id"] is None or asked.get("started_on") is None:
            return None
        return preview_placement(store, person_id, None, **_as_stay(asked))

    def show_preview(self, preview: Preview) -> None:
        if self.form is not None and "gap_reason" in preview.problems:
            self.form.set_shown("gap_reason", True)
            self.form.editors["gap_reason"].set_help(preview.problems["gap_reason"])

    def perform(self, store: Store, values: Mapping[str, Any]) -> Placement:
        asked = self._asked(values)
        service = asked.get("service_id")
        person_id = self.person_id or ""
        if self.data.now is None:
            if isinstance(service, Typed):
                asked["service_id"] = add_service(store, name=service.words, stage_id=asked["stage_id"]).id
            return start_placement(store, person_id, **_as_stay(asked))
        if isinstance(service, Typed):
            # Checked before the service is added, so that a refused move leaves nothing behind.
            found = preview_move(store, person_id, **{k: v for k, v in asked.items() if k != "service_id"})
            if found.problems:
                raise Invalid(found.problems, found.mends)
            asked["service_id"] = add_service(store, name=service.words, stage_id=asked["stage_id"]).id
        return record_move(store, person_id, **asked)

    def said(self, result: Placement) -> str:
        stage = next((each for each in self.data.stages if each.id == result.stage_id), None)
        label = text.first_lower(stage.label) if stage else result.stage_id
        if self.data.now is None:
            return f"Added {self.whole_name}’s stay in {label}."
        if self.data.now.stage_id == result.stage_id:
            return f"Moved {self.whole_name} within {label}."
        return f"Moved {self.whole_name} to {label}."


def _as_stay(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that a stay by itself has."""
    return {
        name: value for name, value in values.items() if name not in (*_LEAVING, "keep_place", "back_reason", "steps")
    }
