"""Rates, contracts and providers in the panel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtWidgets import QHBoxLayout

from mhtracker import text
from mhtracker.domain.errors import NotFound
from mhtracker.domain.money.rates import LEAST_PEOPLE
from mhtracker.domain.places.contracts import ContractState
from mhtracker.domain.records import Provider
from mhtracker.store import Store
from mhtracker.store.queries.contracts import ContractLine, list_contracts
from mhtracker.store.queries.place_facts import read_place_facts
from mhtracker.store.queries.rates import HIGH, RateLine, list_rates
from mhtracker.store.queries.services import ServiceLine, service_lines
from mhtracker.ui.person.parts import FactRows
from mhtracker.ui.services import words
from mhtracker.ui.services.money_columns import (
    RULE,
    contract_facts,
    covers_words,
    over_words,
    pounds,
    range_words,
    standing_words,
    value_words,
)
from mhtracker.ui.services.name_link import NameLink
from mhtracker.ui.services.panel import DetailPanel, Step
from mhtracker.ui.widgets.badge import Badge
from mhtracker.ui.widgets.labels import ElidedLabel, Label

# Rates


def read_rate(store: Store, as_at: date, service_id: str) -> RateLine:
    """What is paid at a service. Raises NotFound where nothing is known of it."""
    found = next((each for each in list_rates(store, as_at) if each.service.id == service_id), None)
    if found is None:
        raise NotFound("Nothing is paid or agreed for this service now.")
    return found


def show_rate(panel: DetailPanel, line: RateLine) -> None:
    """Fill the panel with what is paid for each person of a service."""
    theme, unit = panel.context.theme, "an hour" if line.by_hour else "a week"
    stage = line.stage.label if line.stage is not None else ""
    panel.begin(line.service.name, ", ".join(filter(None, (stage, line.service.locality, f"paid {unit}"))))
    steps: list[Step] = [("Open the service", partial(panel.show_row.emit, "services", line.service.id))]
    if panel.may_record:
        steps.append(("Change the rate", panel.form("service", service_id=line.service.id)))
    panel.add_steps(steps)
    rows = FactRows(theme, "Rates", label_width=112)
    fences = line.fences
    usual = f"Too few to say: fewer than {LEAST_PEOPLE} people’s costs are known"
    if fences is not None:
        low, high = pounds(max(round(fences.lower), 0), line.by_hour), pounds(round(fences.upper), line.by_hour)
        usual = f"{low} to {high}, by {text.count(fences.of, 'person', 'people')} of this stage"
    rows.show_rows(
        [
            ("Agreed", pounds(line.agreed_pence, line.by_hour) or "No rate was agreed"),
            ("Paid, middle", pounds(line.middle_pence, line.by_hour) or "Not known"),
            ("From and to", range_words(line)),
            ("Against agreed", over_words(line).capitalize()),
            ("Usual", usual),
        ]
    )
    panel.section("Rates").addWidget(rows)
    _show_paid(panel, line)
    panel.section("How this is marked").addWidget(Label(RULE, "caption", "text2", wrap=True))


def _show_paid(panel: DetailPanel, line: RateLine) -> None:
    theme = panel.context.theme
    more = f", {text.count(line.not_known, 'cost')} not known" if line.not_known else ""
    column = panel.section("What is paid for whom", f"{text.count(len(line.paid), 'person', 'people')}{more}")
    for each in line.paid:
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        name = text.name_in_order(each.line.surname, each.line.given_names)
        row.addWidget(NameLink(theme, name, partial(panel.context.shell.open_person, each.line.person_id)))
        if each.hours is not None:
            row.addWidget(Label(f"{each.hours:g} hours a week", "caption", "text2"))
        row.addStretch(1)
        if each.beyond:
            row.addWidget(Badge(theme, "slipped", "high" if each.beyond == HIGH else "low", quiet=True))
        row.addWidget(Label(pounds(each.pence, line.by_hour)))
        column.addLayout(row)
    if not line.paid:
        column.addWidget(Label("Nobody’s cost is recorded.", tone="text2"))


# Contracts


def read_contract(store: Store, as_at: date, contract_id: str) -> ContractLine:
    """Read one. Raises NotFound for one that is gone."""
    found = next((each for each in list_contracts(store, as_at) if each.contract.id == contract_id), None)
    if found is None:
        raise NotFound("This contract is no longer in the register.")
    return found


def show_contract(panel: DetailPanel, line: ContractLine) -> None:
    """Fill the panel with a contract."""
    contract, as_at = line.contract, panel.context.as_at
    provider = line.provider.name if line.provider is not None else "No provider"
    panel.begin(f"{provider}: {contract.name}", covers_words(line))
    if line.wants_looking_at:
        ended = line.standing.state == "ended"
        said = words.contract_about(line.standing, as_at).replace(" Check before offering.", "")
        panel.add_warning(said, "danger" if ended else "warn", "overdue" if ended else "soon")
    if panel.may_record:
        panel.add_steps(_contract_steps(panel, line))
    rows = FactRows(panel.context.theme, "Contract", label_width=130)
    facts = contract_facts(line, as_at)
    standing = Badge(panel.context.theme, facts.shape, facts.words, quiet=facts.quiet) if facts is not None else None
    rows.show_rows(
        [
            ("How it stands", standing or standing_words(line, as_at)),
            ("From", text.format_date(contract.started_on) if contract.started_on else "Not recorded"),
            ("To", text.format_date(contract.ends_on) if contract.ends_on else "No end"),
            ("Ended early", text.format_date(contract.ended_on) if contract.ended_on else ""),
            ("Can be extended to", text.format_date(contract.extendable_to) if contract.extendable_to else ""),
            ("Warns ahead", text.count(contract.warn_months, "month")),
            ("Value", value_words(contract) or "Not recorded"),
            ("Reference", contract.reference),
            ("Lot", contract.lot),
            ("People there", text.format_number(line.people) if line.standing.state != ContractState.NOT_BEGUN else ""),
            ("Carried on by", line.followed_by.name if line.followed_by is not None else ""),
            ("Note", contract.note),
        ]
    )
    panel.section("Contract").addWidget(rows)
    column = panel.section("Services it covers", text.count(len(line.services), "service"))
    for service in line.services:
        row = QHBoxLayout()
        act = partial(panel.show_row.emit, "services", service.id)
        row.addWidget(NameLink(panel.context.theme, service.name, act))
        row.addWidget(ElidedLabel(service.locality, "caption", "text2"))
        row.addStretch(1)
        column.addLayout(row)


def _contract_steps(panel: DetailPanel, line: ContractLine) -> list[Step]:
    contract, state = line.contract, line.standing.state
    steps: list[Step] = []
    early = contract.ended_on is not None
    if not early and contract.extendable_to is not None and contract.extendable_to > (contract.ends_on or date.min):
        steps.append(("Extend", panel.form("extend_contract", contract_id=contract.id)))
    if line.standing.wants_looking_at and line.followed_by is None:
        steps.append(("Renew", panel.form("contract", renews=contract.id)))
    steps.append(("Edit", panel.form("contract", contract_id=contract.id)))
    if not early and state != ContractState.ENDED:
        steps.append(("End early", panel.form("end_contract", contract_id=contract.id)))
    if line.provider is not None:
        steps.append(("Print the sheet", panel.run("print_provider", provider_id=contract.provider_id)))
    return steps


# Providers


@dataclass(frozen=True, slots=True)
class ProviderFacts:
    """A provider with its services and contracts on a day."""

    provider: Provider
    lines: tuple[ServiceLine, ...]
    contracts: tuple[ContractLine, ...]


def read_provider(store: Store, as_at: date, provider_id: str) -> ProviderFacts:
    """Read it. Raises NotFound for one that is gone."""
    facts = read_place_facts(store, as_at)
    mine = [each for each in service_lines(facts) if each.service.provider_id == provider_id]
    contracts = [each for each in list_contracts(store, as_at) if each.contract.provider_id == provider_id]
    return ProviderFacts(store.get(Provider, provider_id), tuple(mine), tuple(contracts))


def show_provider(panel: DetailPanel, facts: ProviderFacts) -> None:
    """Fill the panel with a provider."""
    provider, theme, as_at = facts.provider, panel.context.theme, panel.context.as_at
    services = text.count(len(facts.lines), "service")
    panel.begin(provider.name, "Run by the council, " + services if provider.own else services)
    steps: list[Step] = []
    if panel.may_record:
        steps.append(("Add a service", panel.form("service", provider_id=provider.id)))
        if not provider.own:
            steps.append(("Add a contract", panel.form("contract", provider_id=provider.id)))
        steps.append(("Edit", panel.form("provider", provider_id=provider.id)))
    steps.append(("Print the sheet", panel.run("print_provider", provider_id=provider.id)))
    panel.add_steps([*steps, ("Save as a workbook…", panel.run("save_provider", provider_id=provider.id))])
    rows = FactRows(theme, "Whom to speak to", label_width=112)
    rows.show_rows(
        [
            ("Contact", provider.contact or "Not recorded"),
            ("Telephone", provider.phone),
            ("E-mail", provider.email),
            ("Note", provider.note),
        ]
    )
    panel.section("Whom to speak to").addWidget(rows)
    column = panel.section("Services", services)
    for line in facts.lines:
        row = QHBoxLayout()
        act = partial(panel.show_row.emit, "services", line.service.id)
        row.addWidget(NameLink(theme, line.service.name, act))
        row.addStretch(1)
        room = f"{text.count(line.count.total, 'place')}, " if line.count.total else ""
        row.addWidget(Label(f"{room}{words.free_words(line, as_at)}", "caption", "text2"))
        column.addLayout(row)
    if not provider.own:
        column = panel.section("Contracts", text.count(len(facts.contracts), "contract"))
        for each in facts.contracts:
            row = QHBoxLayout()
            act = partial(panel.show_row.emit, "contracts", each.contract.id)
            row.addWidget(NameLink(theme, each.contract.name, act))
            row.addStretch(1)
            row.addWidget(Label(standing_words(each, as_at), "caption", "text2"))
            column.addLayout(row)
