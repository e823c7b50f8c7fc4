"""Adding and changing a service or a provider, and closing a service."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from mhtracker import text
from mhtracker.domain.errors import Invalid
from mhtracker.domain.fields import field_label
from mhtracker.domain.records import Provider, Service, Stage
from mhtracker.operations.drafting import Preview
from mhtracker.operations.places.services import (
    add_provider,
    add_service,
    edit_provider,
    edit_service,
    preview_provider,
    preview_service,
)
from mhtracker.store import Store
from mhtracker.ui.choice_edit import Choice, ChoiceEdit, Typed
from mhtracker.ui.context import Context
from mhtracker.ui.date_edit import DateEdit
from mhtracker.ui.dialogs.form_panel import FormPanel
from mhtracker.ui.dialogs.form_parts import code_choices, stage_choices
from mhtracker.ui.editors import LineEdit, MoneyEdit, ParsedEdit
from mhtracker.ui.forms import Ask, Form, Part
from mhtracker.ui.more_editors import CheckEdit, NumberEdit, TextEdit
from mhtracker.ui.ticks_edit import TicksEdit
from mhtracker.ui.widgets.labels import Label

YES_NO = (Choice(True, "Yes"), Choice(False, "No"))
Back = Mapping[str, str] | None


class PlacesForm(FormPanel):
    """A form of the Services page: `back` is the tab and row to show again once it is recorded."""

    def __init__(self, context: Context, title: str, *, back: Back = None, **more: Any) -> None:
        super().__init__(context, title, **more)
        self._back = back

    def after(self, result: Any) -> None:
        if self._back is not None:
            self.context.shell.open_page("services", **self._back)


class HoursEdit(ParsedEdit):
    """Hours, also parts of one: 17.5. The value is a number, or None."""

    def __init__(self, theme: Any) -> None:
        super().__init__(theme, read_hours, lambda hours: f"{hours:g}", width=72)


def read_hours(typed: str) -> float:
    """The hours from "17.5" or "1,200". Raises Invalid({"": words})."""
    plain = typed.replace(",", "").removesuffix("h").strip()
    whole, _, part = plain.partition(".")
    if not plain.isascii() or not (whole or part) or not f"{whole}{part}".isdigit() or len(plain) > 9:
        raise Invalid({"": f"“{typed}” is not a number of hours. Write it like 17.5."})
    return float(plain)


@dataclass(frozen=True, slots=True)
class ServiceFormFacts:
    service: Service | None
    stages: tuple[Stage, ...]
    providers: tuple[Provider, ...]
    localities: tuple[str, ...]
    frequencies: tuple[Choice, ...]
    features: tuple[Choice, ...]
    types: tuple[Choice, ...]


class ServiceForm(PlacesForm):
    """Changes the service of `service_id`, or adds one, of the provider `provider_id` if that is given."""

    NAMES = (
        "name", "provider_id", "stage_id", "locality", "in_area", "capacity", "hours_per_week", "rate_pence",
        "rate_frequency", "features", "lot", "specialised", "cqc_id", "service_type", "opened_on", "closed_on", "note",
    )  # fmt: skip

    def __init__(
        self, context: Context, *, service_id: str | None = None, provider_id: str | None = None, back: Back = None
    ) -> None:
        self._service_id, self._provider_id = service_id, provider_id
        title, primary = ("Change a service", "Save service") if service_id else ("Add a service", "Add service")
        args = {"service_id": service_id, "provider_id": provider_id}
        super().__init__(
            context,
            title,
            back=back,
            primary=primary,
            key=f"service::{service_id or ''}",
            args={name: value for name, value in args.items() if value},
        )

    def read(self, store: Store) -> ServiceFormFacts:
        service = store.get(Service, self._service_id) if self._service_id else None
        return ServiceFormFacts(
            service,
            store.stages(),
            tuple(store.find(Provider, order_by=("name",))),
            tuple(sorted({each.locality for each in store.find(Service) if each.locality})),
            tuple(each for each in code_choices(store, "frequency") if each.value != "one_off"),
            tuple(code_choices(store, "feature")),
            tuple(code_choices(store, "service_type", service.service_type if service is not None else None)),
        )

    def make_form(self, data: ServiceFormFacts) -> Form:
        theme, service = self.theme, data.service
        rate = Ask("rate_frequency", ChoiceEdit(theme, data.frequencies, width=124), label="for", help="")
        closed = [Ask("closed_on", self._day(), of=(Service, "closed_on"))] if service is not None else []
        providers = [Choice(each.id, each.name) for each in data.providers]
        form = Form(
            theme,
            Ask("name", LineEdit(theme, longest=120), of=(Service, "name")),
            Ask("provider_id", ChoiceEdit(theme, providers, allow_new=service is None, blank="Nobody named"),
                of=(Service, "provider_id")),
            Ask("stage_id", ChoiceEdit(theme, stage_choices(data.stages, service.stage_id if service else None),
                                       blank="No one stage"), of=(Service, "stage_id")),
            Ask("locality", LineEdit(theme, longest=80), of=(Service, "locality"), help=_known(data.localities)),
            Ask("in_area", CheckEdit(theme, field_label(Service, "in_area")), label="", help=""),
            Part("Room and rate", ruled=True),
            Ask("capacity", NumberEdit(theme, most=2000), of=(Service, "capacity"),
                help="How many people it has room for. Places listed one by one are counted instead."),
            Ask("hours_per_week", HoursEdit(theme), of=(Service, "hours_per_week"),
                help="Only for support by the hour: what it can give."),
            Ask("rate_pence", MoneyEdit(theme), of=(Service, "rate_pence"), beside=rate),
            Ask("features", TicksEdit(theme, data.features), of=(Service, "features"), help=""),
            Part("For returns and contracts", ruled=True),
            Ask("lot", LineEdit(theme, longest=80), of=(Service, "lot")),
            Ask("specialised", ChoiceEdit(theme, YES_NO, blank="Not recorded"), of=(Service, "specialised")),
            Ask("cqc_id", LineEdit(theme, longest=20), of=(Service, "cqc_id")),
            Ask("service_type", ChoiceEdit(theme, data.types, blank="Not recorded"), of=(Service, "service_type")),
            Ask("opened_on", self._day(), of=(Service, "opened_on")),
            *closed,
            Ask("note", TextEdit(theme, lines=2), of=(Service, "note")),
            name="Service",
        )  # fmt: skip
        self.base = service
        if service is None:
            form.set_values({"in_area": True, "rate_frequency": "weekly", "provider_id": self._provider_id})
        else:
            form.set_values({name: getattr(service, name) for name in self.NAMES})
        return form

    def _day(self) -> DateEdit:
        return DateEdit(self.theme, lambda: self.context.today)

    def preview(self, store: Store, values: Mapping[str, Any]) -> Preview | None:
        if not values.get("name"):
            return None
        return preview_service(store, self._service_id, **_filled(values))

    def perform(self, store: Store, values: Mapping[str, Any]) -> Service:
        if self._service_id:
            return edit_service(store, self._service_id, base=self.base, **_filled(values))
        return add_service(store, **_filled(values))

    def said(self, result: Service) -> str:
        return f"{'Changed' if self._service_id else 'Added'} {result.name}."

    def after(self, result: Service) -> None:
        if self._back is not None or self._service_id is None:
            self.context.shell.open_page("services", tab="services", row=result.id)


def _known(localities: tuple[str, ...]) -> str:
    return f"So far: {', '.join(localities[:6])}." if localities else "The part of the area it is in."


def _filled(values: Mapping[str, Any]) -> dict[str, Any]:
    found = dict(values)
    provider = found.get("provider_id")
    if isinstance(provider, Typed):
        found |= {"provider_id": None, "provider": provider.words}
    words = ("name", "locality", "lot", "cqc_id", "note", "features")
    found |= {name: found.get(name) or "" for name in words}
    return found | {"rate_frequency": found.get("rate_frequency") or "weekly", "in_area": bool(found.get("in_area"))}


class CloseServiceForm(PlacesForm):
    """Says that a service is no longer there from a day."""

    def __init__(self, context: Context, *, service_id: str, back: Back = None) -> None:
        self._service_id = service_id
        super().__init__(
            context,
            "Close a service",
            back=back,
            primary="Close service",
            key=f"close_service::{service_id}",
            args={"service_id": service_id},
        )

    def read(self, store: Store) -> Service:
        return store.get(Service, self._service_id)

    def stands_on(self, data: Service) -> Any:
        return data

    def make_form(self, data: Service) -> Form:
        form = Form(
            self.theme,
            Part(data.name),
            Label("It stays in everybody’s past. Nobody can move in from the day it closes.", wrap=True),
            Ask(
                "closed_on", DateEdit(self.theme, lambda: self.context.today), of=(Service, "closed_on"), required=True
            ),
            Ask("note", TextEdit(self.theme, lines=2), of=(Service, "note")),
            name="Close a service",
        )
        form.set_values({"closed_on": self.context.today, "note": data.note})
        return form

    def preview(self, store: Store, values: Mapping[str, Any]) -> Preview | None:
        if values.get("closed_on") is None:
            return None
        return preview_service(store, self._service_id, closed_on=values["closed_on"])

    def perform(self, store: Store, values: Mapping[str, Any]) -> Service:
        closed_on: date = values["closed_on"]
        return edit_service(store, self._service_id, closed_on=closed_on, note=values.get("note") or "")

    def said(self, result: Service) -> str:
        return f"Closed {result.name} on {text.format_date(result.closed_on)}."


class ProviderForm(PlacesForm):
    """Changes the provider of `provider_id`, or adds one."""

    NAMES = ("name", "own", "contact", "phone", "email", "note")

    def __init__(self, context: Context, *, provider_id: str | None = None, back: Back = None) -> None:
        self._provider_id = provider_id
        title, primary = ("Change a provider", "Save provider") if provider_id else ("Add a provider", "Add provider")
        super().__init__(
            context,
            title,
            back=back,
            primary=primary,
            key=f"provider::{provider_id or ''}",
            args={"provider_id": provider_id} if provider_id else {},
        )

    def read(self, store: Store) -> Provider | None:
        return store.get(Provider, self._provider_id) if self._provider_id else None

    def make_form(self, data: Provider | None) -> Form:
        theme = self.theme
        form = Form(
            theme,
            Ask("name", LineEdit(theme, longest=120), of=(Provider, "name")),
            Ask("own", CheckEdit(theme, field_label(Provider, "own")), label="", help="Its services need no contract."),
            Ask("contact", LineEdit(theme), of=(Provider, "contact")),
            Ask("phone", LineEdit(theme, longest=60), of=(Provider, "phone")),
            Ask("email", LineEdit(theme, longest=120), of=(Provider, "email")),
            Ask("note", TextEdit(theme, lines=2), of=(Provider, "note")),
            name="Provider",
        )
        self.base = data
        if data is not None:
            form.set_values({name: getattr(data, name) for name in self.NAMES})
        return form

    def preview(self, store: Store, values: Mapping[str, Any]) -> Preview | None:
        return preview_provider(store, self._provider_id, **_worded(values)) if values.get("name") else None

    def perform(self, store: Store, values: Mapping[str, Any]) -> Provider:
        if self._provider_id:
            return edit_provider(store, self._provider_id, base=self.base, **_worded(values))
        return add_provider(store, **_worded(values))

    def said(self, result: Provider) -> str:
        return f"{'Changed' if self._provider_id else 'Added'} {result.name}."


def _worded(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: bool(value) if name == "own" else value or "" for name, value in values.items()}
