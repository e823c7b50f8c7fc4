"""The places of a service: listed one by one, and held for somebody or out of use."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from mhtracker import text
from mhtracker.domain.errors import Invalid
from mhtracker.domain.records import Hold, Service, Unit
from mhtracker.operations.drafting import Preview
from mhtracker.operations.places.units import (
    add_unit,
    add_units,
    edit_hold,
    edit_unit,
    hold_place,
    preview_hold,
    preview_unit,
)
from mhtracker.store import Store
from mhtracker.store.queries.waiting import list_waiting
from mhtracker.ui.choice_edit import Choice, ChoiceEdit
from mhtracker.ui.context import Context
from mhtracker.ui.date_edit import DateEdit
from mhtracker.ui.dialogs.form_parts import code_choices
from mhtracker.ui.dialogs.service_form import Back, PlacesForm
from mhtracker.ui.editors import LineEdit
from mhtracker.ui.forms import Ask, Form, Part
from mhtracker.ui.more_editors import TextEdit
from mhtracker.ui.ticks_edit import TicksEdit

HOLD_DAYS = 14
OFFER, REPAIRS = "offer", "repairs"
MOST_AT_ONCE = 200
_RANGE = re.compile(r"(.*?)([0-9]{1,4}) ?(?:to|–|-) ?([0-9]{1,4})")


def place_names(typed: str) -> list[str]:
    """The places that are named: "Flat 5"; "Flat 1; Flat 2"; "Flat 1 to 8". Raises Invalid."""
    names: list[str] = []
    for part in (each.strip() for each in typed.split(";")):
        span = _RANGE.fullmatch(part)
        if span is None:
            names += [part] if part else []
            continue
        first, last = int(span[2]), int(span[3])
        if not 0 <= last - first < MOST_AT_ONCE:
            raise Invalid({"name": f"“{part}” runs from {first} to {last}. Write it like Flat 1 to 8."})
        names += [f"{span[1]}{number}" for number in range(first, last + 1)]
    return names


@dataclass(frozen=True, slots=True)
class PlaceFormFacts:
    service: Service
    unit: Unit | None
    features: tuple[Choice, ...]


class PlaceForm(PlacesForm):
    """Changes the place of `unit_id`, or adds one or several to a service."""

    def __init__(
        self, context: Context, *, service_id: str | None = None, unit_id: str | None = None, back: Back = None
    ) -> None:
        self._service_id, self._unit_id = service_id, unit_id
        title, primary = ("Change a place", "Save place") if unit_id else ("Add places", "Add places")
        args = {"service_id": service_id, "unit_id": unit_id}
        super().__init__(
            context,
            title,
            back=back,
            primary=primary,
            key=f"place::{unit_id or service_id or ''}",
            args={name: value for name, value in args.items() if value},
        )

    def read(self, store: Store) -> PlaceFormFacts:
        unit = store.get(Unit, self._unit_id) if self._unit_id else None
        service = store.get(Service, unit.service_id if unit is not None else self._service_id or "")
        return PlaceFormFacts(service, unit, tuple(code_choices(store, "feature")))

    def make_form(self, data: PlaceFormFacts) -> Form:
        theme, unit = self.theme, data.unit
        several = "Flat 5, or several at once: Flat 1 to 8." if unit is None else "What it is called there."
        since = (
            "Empty where it has long been there: until somebody is recorded in it, it counts as empty all that time."
        )
        dates = [Ask("opened_on", self._day(), of=(Unit, "opened_on"), help=since)]
        if unit is not None:
            dates.append(Ask("closed_on", self._day(), of=(Unit, "closed_on")))
        form = Form(
            theme,
            Part(data.service.name),
            Ask("name", LineEdit(theme, longest=200), of=(Unit, "name"), help=several),
            Ask("features", TicksEdit(theme, data.features), of=(Unit, "features"),
                help="What this place has besides what all places there have."),
            *dates,
            Ask("note", TextEdit(theme, lines=2), of=(Unit, "note")),
            name="Place",
        )  # fmt: skip
        self.base = unit
        if unit is not None:
            form.set_values({name: getattr(unit, name) for name in form.editors})
        return form

    def _day(self) -> DateEdit:
        return DateEdit(self.theme, lambda: self.context.today)

    def preview(self, store: Store, values: Mapping[str, Any]) -> Preview | None:
        names = place_names(values.get("name") or "") if values.get("name") else []
        if not names:
            return None
        return preview_unit(store, self.data.service.id, self._unit_id, **(_filled(values) | {"name": names[0]}))

    def perform(self, store: Store, values: Mapping[str, Any]) -> list[Unit]:
        given = _filled(values)
        if self._unit_id:
            return [edit_unit(store, self._unit_id, base=self.base, **given)]
        names, service_id = place_names(given["name"]), self.data.service.id
        if len(names) > 1:
            alike = {name: value for name, value in given.items() if name != "name"}
            return add_units(store, service_id, names=names, **alike)
        return [add_unit(store, service_id, **given)]

    def said(self, result: list[Unit]) -> str:
        if self._unit_id:
            return f"Changed {result[0].name}."
        return f"Added {result[0].name}." if len(result) == 1 else f"Added {text.count(len(result), 'place')}."


def _filled(values: Mapping[str, Any]) -> dict[str, Any]:
    words = ("name", "features", "note")
    return {name: value or "" if name in words else value for name, value in values.items()}


@dataclass(frozen=True, slots=True)
class HoldFormFacts:
    """What may be held, by service, and for whom."""

    hold: Hold | None
    services: tuple[Choice, ...]
    units: dict[str, tuple[Choice, ...]]
    waiting: tuple[Choice, ...]
    reasons: tuple[Choice, ...]


def read_hold_facts(store: Store, hold: Hold | None, keep: str = "") -> HoldFormFacts:
    """What the forms about a hold need; `keep` is somebody who may be chosen though they do not wait."""
    today = store.today
    services = [s for s in store.find(Service, order_by=("name",)) if s.in_area and s.hours_per_week is None]
    units: dict[str, list[Choice]] = {}
    for unit in store.find(Unit, order_by=("name",)):
        if unit.closed_on is None or unit.closed_on > today:
            units.setdefault(unit.service_id, []).append(Choice(unit.id, unit.name))
    waiting = list_waiting(store, today).lines
    names = {line.person_id: text.name_in_order(line.line.surname, line.line.given_names) for line in waiting}
    return HoldFormFacts(
        hold,
        tuple(Choice(s.id, s.name, also=s.locality) for s in services if s.closed_on is None or s.closed_on > today),
        {service_id: tuple(found) for service_id, found in units.items()},
        tuple(Choice(person_id, name) for person_id, name in names.items() if person_id != keep),
        tuple(code_choices(store, "hold_reason", hold.reason_code if hold is not None else None)),
    )


class HoldForm(PlacesForm):
    """Holds a place for somebody, or keeps one out of use, until a day."""

    chosen_once = ("service_id", "unit_id")
    NAMES = ("service_id", "unit_id", "person_id", "reason_code", "started_on", "until_on", "note")

    def __init__(
        self,
        context: Context,
        *,
        person_id: str | None = None,
        service_id: str | None = None,
        unit_id: str | None = None,
        back: Back = None,
    ) -> None:
        self._service_id, self._unit_id = service_id, unit_id
        self._had_somebody = False
        args = {"service_id": service_id, "unit_id": unit_id}
        super().__init__(
            context,
            "Hold a place",
            back=back,
            primary="Hold place",
            key=f"hold_place:{person_id or ''}:{unit_id or service_id or ''}",
            person_id=person_id,
            args={name: value for name, value in args.items() if value},
        )

    def read(self, store: Store) -> HoldFormFacts:
        return read_hold_facts(store, None, self.person_id or "")

    def make_form(self, data: HoldFormFacts) -> Form:
        form = hold_fields(self, data, with_person=self.person_id is None)
        today = self.context.today
        form.editors["service_id"].set_value(self._service_id)
        self._offer_units(form)
        form.set_values(
            {
                "unit_id": self._unit_id,
                "started_on": today,
                "until_on": today + timedelta(days=HOLD_DAYS),
                "reason_code": OFFER if self.person_id is not None else REPAIRS,
            }
        )
        return form

    def _offer_units(self, form: Form) -> None:
        try:
            service_id = form.editors["service_id"].value()
        except Invalid:
            service_id = None
        units = self.data.units.get(service_id or "", ()) if self.data is not None else ()
        editor: Any = form.editors["unit_id"]
        if units != getattr(editor, "offered", None):
            editor.offered = units
            editor.set_choices(units)
        form.set_shown("unit_id", bool(units))

    def on_edited(self) -> None:
        if self.form is not None:
            self._offer_units(self.form)
            self._suit_reason(self.form)

    def _suit_reason(self, form: Form) -> None:
        """Somebody chosen is a reason by itself; nobody is none."""
        if "person_id" not in form.editors:
            return
        somebody, reason = self._somebody(form), form.editors["reason_code"]
        unsuited = {OFFER: REPAIRS, REPAIRS: OFFER} if somebody != self._had_somebody else {}
        self._had_somebody = somebody
        if reason.value() in unsuited and (reason.value() == OFFER) != somebody:
            reason.set_value(unsuited[reason.value()])

    @staticmethod
    def _somebody(form: Form) -> bool:
        try:
            return form.editors["person_id"].value() is not None
        except Invalid:
            return False

    def preview(self, store: Store, values: Mapping[str, Any]) -> Preview | None:
        if not values.get("service_id") or values.get("started_on") is None:
            return None
        given = self._given(values)
        return preview_hold(store, given.pop("service_id"), **given)

    def _given(self, values: Mapping[str, Any]) -> dict[str, Any]:
        given = {name: values.get(name) for name in self.NAMES}
        given["person_id"] = self.person_id or given["person_id"]
        return given | {"note": given["note"] or "", "reason_code": given["reason_code"] or "offer"}

    def perform(self, store: Store, values: Mapping[str, Any]) -> tuple[Hold, str]:
        given = self._given(values)
        hold = hold_place(store, given.pop("service_id"), **given)
        return hold, hold_words(store, hold)

    def said(self, result: tuple[Hold, str]) -> str:
        hold, where = result
        until = f" until {text.format_date(hold.until_on)}" if hold.until_on is not None else ""
        return f"Held {where}{f' for {self.whole_name}' if self.person is not None else ''}{until}."


def hold_words(store: Store, hold: Hold) -> str:
    """What is held: `Canal View, Flat 5`."""
    service, unit = store.peek(Service, hold.service_id), store.peek(Unit, hold.unit_id) if hold.unit_id else None
    name = service.name if service is not None else "a place"
    return f"{name}, {unit.name}" if unit is not None else name


class EditHoldForm(PlacesForm):
    """Changes until when a place is held, or why."""

    NAMES = ("unit_id", "reason_code", "started_on", "until_on", "note")

    def __init__(self, context: Context, *, hold_id: str, back: Back = None) -> None:
        self._hold_id = hold_id
        super().__init__(
            context,
            "Change a hold",
            back=back,
            primary="Change hold",
            key=f"edit_hold::{hold_id}",
            args={"hold_id": hold_id},
        )

    def read(self, store: Store) -> HoldFormFacts:
        return read_hold_facts(store, store.get(Hold, self._hold_id))

    def make_form(self, data: HoldFormFacts) -> Form:
        hold = self.base = data.hold
        form = hold_fields(self, data, with_person=False)
        form.set_shown("service_id", False)
        if hold is not None:
            units: Any = form.editors["unit_id"]
            units.set_choices(data.units.get(hold.service_id, ()))
            form.set_shown("unit_id", bool(data.units.get(hold.service_id)))
            form.set_values({name: getattr(hold, name) for name in self.NAMES})
        return form

    def preview(self, store: Store, values: Mapping[str, Any]) -> Preview | None:
        if values.get("started_on") is None or self.base is None:
            return None
        return preview_hold(store, self.base.service_id, self._hold_id, **self._given(values))

    def _given(self, values: Mapping[str, Any]) -> dict[str, Any]:
        given = {name: values.get(name) for name in self.NAMES if name in values}
        return given | {"note": given.get("note") or "", "reason_code": given.get("reason_code") or "offer"}

    def perform(self, store: Store, values: Mapping[str, Any]) -> tuple[Hold, str]:
        hold = edit_hold(store, self._hold_id, base=self.base, **self._given(values))
        return hold, hold_words(store, hold)

    def said(self, result: tuple[Hold, str]) -> str:
        return f"Changed how {result[1]} is held."


def hold_fields(panel: PlacesForm, data: HoldFormFacts, *, with_person: bool) -> Form:
    """The fields of a hold."""
    theme = panel.theme
    whom = ChoiceEdit(theme, data.waiting, blank="Nobody: it is out of use")
    asked = [Ask("person_id", whom, label="For", help="Somebody on the waiting list.")] if with_person else []
    return Form(
        theme,
        Ask("service_id", ChoiceEdit(theme, data.services), of=(Hold, "service_id")),
        Ask("unit_id", ChoiceEdit(theme, blank="Any place there"), of=(Hold, "unit_id")),
        *asked,
        Ask("reason_code", ChoiceEdit(theme, data.reasons), of=(Hold, "reason_code"), required=True),
        Ask("started_on", DateEdit(theme, lambda: panel.context.today), of=(Hold, "started_on")),
        Ask("until_on", DateEdit(theme, lambda: panel.context.today), of=(Hold, "until_on"), help="Its last day."),
        Ask("note", TextEdit(theme, lines=2), of=(Hold, "note")),
        name="Hold",
    )
