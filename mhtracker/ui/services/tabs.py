"""The five lists of the Services page, what each says while it is empty, and what stands beside its filters."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from mhtracker import text
from mhtracker.ui.context import Context
from mhtracker.ui.services import money_columns, vacancy_columns
from mhtracker.ui.services.columns import BY_PROVIDER, FILTERS, Seen, columns_for, grouped, orders_for, places_height
from mhtracker.ui.services.list_tab import ListTab
from mhtracker.ui.services.reading import ServicesData
from mhtracker.ui.services.squares import Legend
from mhtracker.ui.services.vacancy_columns import Words
from mhtracker.ui.widgets.buttons import LinkButton
from mhtracker.ui.widgets.empty_state import EmptyState

SERVICES, VACANCIES, WAITING, RATES, CONTRACTS = "services", "vacancies", "waiting", "rates", "contracts"
TABS = (
    (SERVICES, "Services"),
    (VACANCIES, "Vacancies"),
    (WAITING, "Waiting list"),
    (RATES, "Rates"),
    (CONTRACTS, "Contracts"),
)
EMPTY = {
    SERVICES: (
        "home-city-outline",
        "No services yet",
        "Services are where people live, or who supports them. Add one, and its places, rate and contract stand "
        "here. Services named in an import are added by themselves.",
        "Add a service",
        "service",
    ),
    VACANCIES: (
        "key-outline",
        "No place is free",
        "A place is free while nobody lives in it and it is not held. Say how many places each service has, or list "
        "them one by one, and free ones stand here with who fits them.",
        "Open the services",
        "to_services",
    ),
    WAITING: (
        "account-group-outline",
        "Nobody is waiting",
        "People who wait for a place or for support stand here, since when and for what. Put somebody on the list from "
        "their page, or with Ctrl+K.",
        "Choose somebody",
        "choose_to_wait",
    ),
    RATES: (
        "chart-timeline-variant",
        "No rates yet",
        "Once services have an agreed rate, or people a weekly cost, services of like stage stand here side by side.",
        "Add a service",
        "service",
    ),
    CONTRACTS: (
        "note-text-outline",
        "No contracts yet",
        "Contracts with providers stand here with their last days, and warn ahead of them.",
        "Add a contract",
        "contract",
    ),
}
"""By tab: icon, title, words, and the first step with its command."""


class Tabs:
    """Makes the lists and fills them. `step` runs a command, or a step of the page itself."""

    def __init__(self, context: Context, step: Callable[[str], object]) -> None:
        self._context, self._step = context, step
        self.seen = Words(context.as_at)
        self._day = Seen(context.as_at)
        self._data: ServicesData | None = None
        lists = (self._services(), self._vacancies(), self._waiting(), self._rates(), self._contracts())
        self._tabs: dict[str, ListTab] = {each.key: each for each in lists}
        for each in lists:
            each.changed.connect(partial(self._show_empty, each.key, each))

    def of(self, key: str) -> ListTab:
        return self._tabs[key]

    def _services(self) -> ListTab:
        def group(rows: object) -> list[object]:
            return grouped(rows, self._data.services.groups) if self._data is not None else []  # type: ignore[arg-type]

        tab = ListTab(
            self._context, SERVICES, "Services", columns_for(self._day), lambda line: line.service.id,
            orders=orders_for(self._day), filters=FILTERS, group=group, own_order=BY_PROVIDER,
            tall=("places", places_height),
        )  # fmt: skip
        tab.line.put(Legend(self._context.theme))
        return tab

    def _vacancies(self) -> ListTab:
        tab = ListTab(
            self._context, VACANCIES, "Vacancies", vacancy_columns.vacancy_columns(self.seen),
            vacancy_columns.vacancy_id, orders=vacancy_columns.vacancy_orders(self.seen),
            filters=vacancy_columns.VACANCY_FILTERS,
            group=lambda rows: vacancy_columns.in_two_parts(rows, self.seen.as_at), own_order="from",
        )  # fmt: skip
        self.fill = LinkButton(self._context.theme, "If these were filled", lambda: self._step("fill"))
        tab.line.put(self.fill)
        return tab

    def _waiting(self) -> ListTab:
        return ListTab(
            self._context, WAITING, "Waiting list", vacancy_columns.waiting_columns(self.seen),
            lambda line: line.person_id, orders=vacancy_columns.waiting_orders(self.seen),
            filters=vacancy_columns.WAITING_FILTERS, own_order="priority",
        )  # fmt: skip

    def _rates(self) -> ListTab:
        return ListTab(
            self._context, RATES, "Rates", money_columns.rate_columns(self._day), lambda line: line.service.id,
            orders=money_columns.rate_orders(), filters=money_columns.RATE_FILTERS, group=money_columns.by_stage,
            own_order="stage",
        )  # fmt: skip

    def _contracts(self) -> ListTab:
        return ListTab(
            self._context, CONTRACTS, "Contracts", money_columns.contract_columns(self._day),
            lambda line: line.contract.id, orders=money_columns.contract_orders(),
            filters=money_columns.CONTRACT_FILTERS, own_order="look",
        )  # fmt: skip

    def show(self, data: ServicesData) -> None:
        """Fill all of them."""
        self._data = data
        self.seen.as_at = self._day.as_at = data.as_at
        self.seen.features, self.seen.priorities = data.features, data.priorities
        rows = {
            SERVICES: data.services.lines,
            VACANCIES: (*data.vacancies, *data.coming),
            WAITING: data.waiting.lines,
            RATES: data.rates,
            CONTRACTS: data.contracts,
        }
        for key, tab in self._tabs.items():
            tab.show_rows(rows[key])
            tab.say(self._said(key, data))
        self.fill.setVisible(bool(data.vacancies))

    def _said(self, key: str, data: ServicesData) -> str:
        if key == WAITING and data.waiting.lines:
            waiting = data.waiting
            middle = f", half of them {text.count(waiting.median_days, 'day')} or longer" if waiting.median_days else ""
            return f"{waiting.need_home} need a home, {waiting.in_hospital} in hospital{middle}"
        if key == RATES and data.rates:
            marked = sum(len(line.beyond) for line in data.rates)
            return f"{text.count(marked, 'rate')} {'stands' if marked == 1 else 'stand'} out" if marked else ""
        if key == VACANCIES and data.vacancies:
            return data.filled.in_words.partition(" No one is")[0]
        return ""

    def _show_empty(self, key: str, tab: ListTab) -> None:
        if tab.listed:
            return
        theme = self._context.theme
        if tab.nothing_fits():
            empty = EmptyState(theme, "magnify", "None fits these filters", "Nothing here has all that is asked for.",
                               "List everything", lambda: self._again(key))  # fmt: skip
        else:
            icon, title, said, button, command = EMPTY[key]
            may_record = self._context.as_known is None and not self._context.register.read_only
            offered = button if may_record else ""
            empty = EmptyState(theme, icon, title, said, offered, lambda: self._step(command))
        tab.set_empty(empty)

    def _again(self, key: str) -> None:
        self._tabs[key].clear_filters()
