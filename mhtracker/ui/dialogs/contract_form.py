"""Contracts with providers: added, changed, extended by an option, ended early."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from mhtracker import text
from mhtracker.domain.errors import Invalid
from mhtracker.domain.places.contracts import last_day
from mhtracker.domain.records import Contract, Provider, Service
from mhtracker.operations.drafting import Preview
from mhtracker.operations.places.contracts import (
    add_contract,
    edit_contract,
    end_contract,
    extend_contract,
    preview_contract,
)
from mhtracker.store import Store
from mhtracker.ui.choice_edit import Choice, ChoiceEdit
from mhtracker.ui.context import Context
from mhtracker.ui.date_edit import DateEdit
from mhtracker.ui.dialogs.form_parts import code_choices
from mhtracker.ui.dialogs.service_form import Back, PlacesForm
from mhtracker.ui.editors import LineEdit, MoneyEdit
from mhtracker.ui.forms import Ask, Form, Part
from mhtracker.ui.more_editors import NumberEdit, TextEdit
from mhtracker.ui.ticks_edit import TicksEdit
from mhtracker.ui.widgets.labels import Label

USUAL_WARNING = 6


@dataclass(frozen=True, slots=True)
class ContractFormFacts:
    """The contract the form is about (None: a new one), the providers, and the services of each."""

    contract: Contract | None
    provider: str
    providers: tuple[Choice, ...]
    services: dict[str, tuple[Choice, ...]]
    frequencies: tuple[Choice, ...]
    renewed: Contract | None = None


def renewal(contract: Contract) -> dict[str, Any]:
    """What a contract in place of another takes over; until when it runs is for people to say."""
    same = ("name", "service_ids", "warn_months", "value_pence", "value_frequency", "lot")
    last = last_day(contract)
    started = last + timedelta(days=1) if last is not None else None
    return {name: getattr(contract, name) for name in same} | {"started_on": started}


def read_contract_facts(store: Store, contract: Contract | None) -> ContractFormFacts:
    """What the forms need. The council's own services need no contract."""
    providers = store.find(Provider, order_by=("name",))
    services: dict[str, list[Choice]] = {}
    for service in store.find(Service, order_by=("name",)):
        if service.provider_id is not None:
            services.setdefault(service.provider_id, []).append(Choice(service.id, service.name))
    named = {each.id: each.name for each in providers}
    return ContractFormFacts(
        contract,
        named.get(contract.provider_id, "") if contract is not None else "",
        tuple(Choice(each.id, each.name) for each in providers if not each.own),
        {provider_id: tuple(found) for provider_id, found in services.items()},
        tuple(code_choices(store, "frequency")),
    )


class ContractForm(PlacesForm):
    """Changes the contract of `contract_id`, or adds one, with the provider `provider_id` if that is given.

    `renews` is a contract in whose place the new one stands: filled in from it, beginning the day after.
    """

    chosen_once = ("provider_id",)

    def __init__(
        self,
        context: Context,
        *,
        contract_id: str | None = None,
        provider_id: str | None = None,
        renews: str | None = None,
        back: Back = None,
    ) -> None:
        self._contract_id, self._provider_id, self._renews = contract_id, provider_id, renews
        title, primary = ("Change a contract", "Save contract") if contract_id else ("Add a contract", "Add contract")
        if renews is not None:
            title = "Renew a contract"
        args = {"contract_id": contract_id, "provider_id": provider_id, "renews": renews}
        super().__init__(
            context,
            title,
            back=back,
            primary=primary,
            key=f"contract::{contract_id or renews or ''}",
            args={name: value for name, value in args.items() if value},
        )

    def read(self, store: Store) -> ContractFormFacts:
        facts = read_contract_facts(store, store.get(Contract, self._contract_id) if self._contract_id else None)
        return replace(facts, renewed=store.get(Contract, self._renews)) if self._renews else facts

    def make_form(self, data: ContractFormFacts) -> Form:
        theme, contract = self.theme, data.contract
        value = Ask("value_frequency", ChoiceEdit(theme, data.frequencies, width=124), label="for", help="")
        first = (
            Part(data.provider)
            if contract is not None
            else Ask("provider_id", ChoiceEdit(theme, data.providers), of=(Contract, "provider_id"))
        )
        ended = [Ask("ended_on", self._day(), of=(Contract, "ended_on"))] if contract is not None else []
        form = Form(
            theme,
            first,
            Ask("name", LineEdit(theme, longest=120), of=(Contract, "name")),
            Ask("service_ids", TicksEdit(theme, ()), of=(Contract, "service_ids"),
                help="None ticked covers all of the provider’s."),
            Ask("started_on", self._day(), of=(Contract, "started_on")),
            Ask("ends_on", self._day(), of=(Contract, "ends_on")),
            Ask("extendable_to", self._day(), of=(Contract, "extendable_to")),
            Ask("warn_months", NumberEdit(theme, most=60), of=(Contract, "warn_months"),
                help="How long before its end it is to be looked at."),
            Ask("value_pence", MoneyEdit(theme), of=(Contract, "value_pence"), beside=value),
            Ask("reference", LineEdit(theme, longest=80), of=(Contract, "reference")),
            Ask("lot", LineEdit(theme, longest=80), of=(Contract, "lot")),
            *ended,
            Ask("note", TextEdit(theme, lines=2), of=(Contract, "note")),
            name="Contract",
        )  # fmt: skip
        self.base = contract
        if contract is None:
            form.set_values(
                {"provider_id": self._provider_id, "warn_months": USUAL_WARNING, "value_frequency": "annually"}
            )
        if data.renewed is not None:
            form.set_values({"provider_id": data.renewed.provider_id})
        self._offer_services(form)
        if data.renewed is not None:
            form.set_values(renewal(data.renewed))
        if contract is not None:
            form.set_values({name: getattr(contract, name) for name in form.editors})
        form.mark_clean()
        return form

    def _day(self) -> DateEdit:
        return DateEdit(self.theme, lambda: self.context.today)

    def _offer_services(self, form: Form) -> None:
        """Tick among the services of the provider chosen."""
        provider_id = self.base.provider_id if self.base is not None else None
        if provider_id is None:
            try:
                provider_id = form.editors["provider_id"].value()
            except Invalid:
                provider_id = None
        services = self.data.services.get(provider_id or "", ()) if self.data is not None else ()
        ticks: Any = form.editors["service_ids"]
        if ticks.choices != services:
            ticks.set_choices(services)
        form.set_shown("service_ids", len(services) > 1)

    def on_edited(self) -> None:
        if self.form is not None:
            self._offer_services(self.form)

    def preview(self, store: Store, values: Mapping[str, Any]) -> Preview | None:
        if not values.get("name") or not (self._contract_id or values.get("provider_id")):
            return None
        return preview_contract(store, self._contract_id, **_filled(values))

    def perform(self, store: Store, values: Mapping[str, Any]) -> Contract:
        given = _filled(values)
        if self._contract_id:
            return edit_contract(store, self._contract_id, base=self.base, **given)
        return add_contract(store, given.pop("provider_id"), **given)

    def said(self, result: Contract) -> str:
        return f"{'Changed' if self._contract_id else 'Added'} the contract {result.name}."

    def after(self, result: Contract) -> None:
        if self._back is not None or self._contract_id is None:
            self.context.shell.open_page("services", tab="contracts", row=result.id)


def _filled(values: Mapping[str, Any]) -> dict[str, Any]:
    words = ("name", "reference", "lot", "note", "service_ids")
    found = dict(values) | {name: values.get(name) or "" for name in words}
    found["warn_months"] = USUAL_WARNING if found.get("warn_months") is None else found["warn_months"]
    return found | {"value_frequency": found.get("value_frequency") or "annually"}


class _AboutOne(PlacesForm):
    command, title, primary = "", "", ""

    def __init__(self, context: Context, *, contract_id: str, back: Back = None) -> None:
        self._contract_id = contract_id
        super().__init__(
            context,
            self.title,
            back=back,
            primary=self.primary,
            key=f"{self.command}::{contract_id}",
            args={"contract_id": contract_id},
        )

    def read(self, store: Store) -> ContractFormFacts:
        return read_contract_facts(store, store.get(Contract, self._contract_id))

    def stands_on(self, data: ContractFormFacts) -> Any:
        return data.contract

    def _head(self, data: ContractFormFacts) -> tuple[Part, Label]:
        contract = data.contract
        ends = text.format_date(contract.ends_on) if contract is not None and contract.ends_on else "no end"
        name = contract.name if contract is not None else ""
        return Part(f"{data.provider}: {name}"), Label(f"To {ends}, as things stand.", tone="text2", wrap=True)


class ExtendContractForm(_AboutOne):
    """Uses an option: the contract ends later."""

    command, title, primary = "extend_contract", "Extend a contract", "Extend contract"

    def make_form(self, data: ContractFormFacts) -> Form:
        most = data.contract.extendable_to if data.contract is not None else None
        said = f"At the latest {text.format_date(most)}." if most is not None else ""
        day = DateEdit(self.theme, lambda: self.context.today)
        form = Form(
            self.theme,
            *self._head(data),
            Ask("to", day, label="New last day", help=said, required=True),
            name="Extend a contract",
        )
        form.set_values({"to": most})
        return form

    def perform(self, store: Store, values: Mapping[str, Any]) -> Contract:
        return extend_contract(store, self._contract_id, to=values["to"])

    def said(self, result: Contract) -> str:
        return f"Extended {result.name} to {text.format_date(result.ends_on)}."


class EndContractForm(_AboutOne):
    """Ends a contract before its day."""

    command, title, primary = "end_contract", "End a contract early", "End contract"

    def make_form(self, data: ContractFormFacts) -> Form:
        day = DateEdit(self.theme, lambda: self.context.today)
        form = Form(
            self.theme,
            *self._head(data),
            Ask(
                "ended_on",
                day,
                of=(Contract, "ended_on"),
                required=True,
                help="Its last day. Notice may be given ahead.",
            ),
            name="End a contract early",
        )
        form.set_values({"ended_on": self.context.today})
        return form

    def perform(self, store: Store, values: Mapping[str, Any]) -> Contract:
        return end_contract(store, self._contract_id, ended_on=values["ended_on"])

    def said(self, result: Contract) -> str:
        return f"{result.name} ends on {text.format_date(result.ended_on)}."
