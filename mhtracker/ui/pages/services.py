"""Services: providers and their places, what is free and who fits it, who waits, what is paid, and the contracts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Slot
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout

from mhtracker import text
from mhtracker.operations.places.units import let_go
from mhtracker.store import Store
from mhtracker.store.queries.services import within_a_month
from mhtracker.store.queries.vacancies import VacancyFits, fill_vacancies, fits_for_vacancy
from mhtracker.ui.commands import Command
from mhtracker.ui.context import Context
from mhtracker.ui.pages.base import Page
from mhtracker.ui.services import words
from mhtracker.ui.services.fit_view import show_filling, show_vacancy
from mhtracker.ui.services.grouped_table import Heading
from mhtracker.ui.services.heading import Heading as PageHeading
from mhtracker.ui.services.list_tab import ListTab
from mhtracker.ui.services.money_views import (
    read_contract,
    read_provider,
    read_rate,
    show_contract,
    show_provider,
    show_rate,
)
from mhtracker.ui.services.panel import DetailPanel
from mhtracker.ui.services.reading import ServicesData, read_services_page
from mhtracker.ui.services.saving import make_menu, save_provider
from mhtracker.ui.services.service_view import read_service, show_service
from mhtracker.ui.services.tabs import TABS, Tabs
from mhtracker.ui.services.waiting_view import read_waiting, show_waiting
from mhtracker.ui.services.whom import WhomPanel
from mhtracker.ui.shots import Shot
from mhtracker.ui.widgets.buttons import Button, IconButton
from mhtracker.ui.widgets.labels import rule

SERVICES, VACANCIES, WAITING, RATES, CONTRACTS = (key for key, _ in TABS)


class ServicesPage(Page):
    """Each tab's columns, order and filters are remembered on this computer.

    The panel is about the row in hand: it follows the keyboard while it is open, and Enter goes into it.
    """

    key = "services"
    title = "Services"
    icon = "home-city-outline"
    kinds = frozenset(
        {"provider", "service", "unit", "hold", "waiting", "offer", "contract", "placement", "person", "plan", "target",
         "cost_line", "funding", "stage", "code"}
    )  # fmt: skip

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._data: ServicesData | None = None
        self._wanted: tuple[str, str] | None = None
        self._panel: DetailPanel | None = None
        self.tabs = Tabs(context, self._step)
        self._build()
        self._join()

    def _build(self) -> None:
        theme = self.context.theme
        self.add = Button(theme, "Add a service", self._on_add, icon="mdi6.plus")
        self.columns = IconButton(theme, "mdi6.view-week-outline", "Choose columns", self.choose_columns)
        self.copy = IconButton(theme, "mdi6.content-copy", "Copy for a spreadsheet", lambda: self.tab.copy_all())
        self.book = IconButton(theme, "mdi6.microsoft-excel", "Save as a workbook", self.save_workbook)
        self.head = PageHeading(theme, "Services", TABS, (self.columns, self.copy, self.book, self.add))
        self.line = self.head.line
        self._stack = QStackedWidget()
        self._stack.setAccessibleName("Services")
        for key, _ in TABS:
            self._stack.addWidget(self.tabs.of(key))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.head)
        outer.addWidget(rule())
        outer.addWidget(self._stack, 1)

    def _join(self) -> None:
        self.line.chosen.connect(self.show_tab)
        for key, _ in TABS:
            tab = self.tabs.of(key)
            tab.opened.connect(partial(self._open, key, True))
            tab.shown.connect(partial(self._open, key, False))
            tab.went_to.connect(partial(self._follow, key))
        self.context.commands.add(
            Command("columns", "Choose columns", self.choose_columns, icon="view-week-outline",
                    possible=self.isVisible),
            Command("copy_services", "Copy this list", lambda: self.tab.copy_all(), icon="content-copy",
                    possible=self.isVisible, also="spreadsheet excel"),
            Command("save_services", "Save the lists as a workbook", self.save_workbook, icon="microsoft-excel",
                    possible=self.isVisible, also="spreadsheet excel export"),
            Command("let_go", "Let a place go", self.let_go, listed=False, records=True),
            Command("print_provider", "Print a provider’s sheet", self.print_provider, listed=False),
            Command("save_provider", "Save a provider’s sheet as a workbook",
                    lambda provider_id: save_provider(self, self.context, provider_id), listed=False),
            owner=self,
        )  # fmt: skip

    @property
    def tab(self) -> ListTab:
        """The tab on show."""
        return self.tabs.of(self.line.key())

    # Asking and showing

    def query(self, store: Store, as_at: date) -> ServicesData:
        return read_services_page(store, as_at)

    def show_data(self, data: ServicesData) -> None:
        self._data = data
        self.tabs.show(data)
        self.head.show_counts(words.tab_counts(data))
        self.head.show_totals(words.total_parts(data.services) if data.services.lines else ())
        self.add.setEnabled(self._may_record)
        if self._wanted is not None:
            (key, row_id), self._wanted = self._wanted, None
            self.show_row(key, row_id)
        elif self._panel is not None:
            self._panel.ask_again()

    @property
    def _may_record(self) -> bool:
        return self.context.as_known is None and not self.context.register.read_only

    # Tabs

    def show_tab(self, key: str) -> None:
        """Show one of the lists."""
        self.line.set_key(key)
        self._stack.setCurrentWidget(self.tabs.of(key))
        self._say_step()
        if self._panel is not None:
            self._follow(key, self.tab.current())

    def _say_step(self) -> None:
        said = {WAITING: "Add to the list", CONTRACTS: "Add a contract"}
        self.add.set_words(said.get(self.line.key(), "Add a service"))
        self.head.fit()

    def _on_add(self) -> None:
        self._step({WAITING: "choose_to_wait", CONTRACTS: "contract"}.get(self.line.key(), "service"))

    def _step(self, command: str) -> None:
        """Run a step that an empty list offers, or the page's own button."""
        if command == "choose_to_wait":
            self.context.shell.side_panel(WhomPanel(self.context, self._on_chosen))
        elif command == "to_services":
            self.show_tab(SERVICES)
            self.tab.focus_first()
        elif command == "fill":
            self._show_filling(until=None)
        else:
            self.context.shell.run_command(command)

    def _on_chosen(self, person_id: str) -> None:
        self.context.shell.run_command("wait", person_id=person_id, back={"tab": WAITING, "row": person_id})

    # The panel

    def _open(self, key: str, into: bool, row: Any) -> None:
        """Show a row in the panel; `into` goes into it with the keyboard."""
        panel = self._panel or self._make_panel()
        panel.takes_keyboard = into
        self._show_in(panel, key, row)
        self.context.shell.side_panel(panel)
        if into:
            panel.wants_keyboard()

    def _make_panel(self) -> DetailPanel:
        panel = self._panel = DetailPanel(self.context)
        panel.show_fits.connect(self.show_fits)
        panel.show_row.connect(self.show_row)
        panel.put_away.connect(partial(self._on_put_away, panel))
        return panel

    def _on_put_away(self, panel: DetailPanel) -> None:
        if self._panel is panel:
            self._panel = None
            for key, _said in TABS:
                self.tabs.of(key).table.mark("")

    def _follow(self, key: str, row: Any) -> None:
        """The keyboard went to a row: an open panel shows it."""
        if self._panel is not None and self._panel.isVisible() and key == self.line.key() and row is not None:
            self._show_in(self._panel, key, row)

    def _show_in(self, panel: DetailPanel, key: str, row: Any) -> None:
        as_at = self.context.as_at
        tab = self.tabs.of(key)
        for each, _ in TABS:
            self.tabs.of(each).table.mark(tab.id_of(row) if each == key else "")
        if isinstance(row, Heading):
            provider = getattr(row.data, "provider", None)
            if provider is not None:
                panel.back = {"tab": SERVICES, "row": f"heading {provider.id}"}
                panel.ask(("provider", provider.id), read_provider, partial(show_provider, panel), as_at, provider.id)
            elif key == VACANCIES:
                self._show_filling(until=None)
            return
        readers: dict[str, tuple[Callable[..., Any], Callable[..., None], str]] = {
            SERVICES: (read_service, show_service, tab.id_of(row)),
            WAITING: (read_waiting, show_waiting, getattr(row, "person_id", "")),
            RATES: (read_rate, show_rate, tab.id_of(row)),
            CONTRACTS: (read_contract, show_contract, tab.id_of(row)),
        }
        if key == VACANCIES:
            self._ask_fits(panel, row.service.id, row.place.number)
            return
        read, show, which = readers[key]
        panel.back = {"tab": key, "row": tab.id_of(row)}
        panel.ask((key, which), read, partial(show, panel), as_at, which)

    def _ask_fits(self, panel: DetailPanel, service_id: str, number: int) -> None:
        def show(found: VacancyFits) -> None:
            show_vacancy(panel, found, self.tabs.seen.features_of)
            if self._data is not None and self._data.filled.places:
                show_filling(panel, self._data.filled, "If these were filled", self._filling_steps())

        about = (VACANCIES, f"{service_id} {number}")
        panel.back = {"tab": VACANCIES, "row": f"{service_id} {number}"}
        panel.ask(about, partial(fits_for_vacancy, number=number), show, self.context.as_at, service_id)

    def _filling_steps(self) -> list[tuple[str, Callable[[], object]]]:
        coming = len(self._data.coming) if self._data is not None else 0
        return [("Try it with next month’s vacancies", partial(self._show_filling, until=True))] if coming else []

    def _show_filling(self, *, until: bool | None) -> None:
        """What filling the free places would do, in the panel; with those free within a month too."""
        panel = self._panel or self._make_panel()
        panel.back = {"tab": VACANCIES}
        self.context.shell.side_panel(panel)
        last = within_a_month(self.context.as_at) if until else None

        def read(store: Store, as_at: date) -> Any:
            return fill_vacancies(store, as_at, until=last)

        def show(found: Any) -> None:
            when = f"until {text.format_date(last)}" if last else "free now"
            panel.begin("If these were filled", f"{text.count(found.places, 'place')} {when}")
            title = "With next month’s vacancies" if last else "The best fits together"
            other = ("Only those free now", partial(self._show_filling, until=None))
            show_filling(panel, found, title, [other] if last else self._filling_steps())

        panel.ask(("filling", str(last)), read, show, self.context.as_at)

    @Slot(str, int)
    def show_fits(self, service_id: str, number: int) -> None:
        """Who fits a place: its row among the vacancies, and the panel."""
        self.show_tab(VACANCIES)
        self.tab.go_to(f"{service_id} {number}")
        if self._panel is not None:
            focus = QApplication.focusWidget()
            self._panel.takes_keyboard = focus is not None and self._panel.isAncestorOf(focus)
            self._ask_fits(self._panel, service_id, number)

    def show_row(self, key: str, row_id: str) -> None:
        """Go to a row of a tab and show it."""
        self.show_tab(key)
        row = self.tab.row(row_id) or next((each for each in self.tab.listed if self.tab.id_of(each) == row_id), None)
        if row is not None:
            if row not in self.tab.listed:
                self.tab.clear_filters()
            self.tab.go_to(row_id)
            self._open(key, False, row)

    # For the shell

    def show_place(self, **args: Any) -> None:
        """`tab` names a tab, `row` a row by its id, shown in the panel; `chosen` narrows it, by filter."""
        tab, row, chosen = args.get("tab"), args.get("row"), args.get("chosen")
        if tab in dict(TABS):
            self.show_tab(tab)
            if chosen:
                self.tab.narrow(chosen)
            if row:
                self._wanted = (tab, row)
                self.refresh()

    def state(self) -> dict[str, Any]:
        current = self.tab.current()
        return {"tab": self.line.key(), "row": self.tab.id_of(current) if current is not None else ""}

    def restore(self, state: dict[str, Any]) -> None:
        if state.get("tab") in dict(TABS):
            self.show_tab(state["tab"])
            self.tab.go_to(state.get("row", ""))

    def current_person(self) -> str | None:
        row = self.tab.current() if self.line.key() == WAITING else None
        return row.person_id if row is not None else None

    def current_name(self) -> str:
        row = self.tab.current() if self.line.key() == WAITING else None
        line = row.line if row is not None else None
        return text.name_in_order(line.surname, line.given_names) if line is not None else ""

    def choose_columns(self) -> None:
        """Offer the columns of the list on show."""
        self.tab.choose_columns(self.columns)

    def focus_first(self) -> None:
        self.tab.focus_first()

    def focus_filter(self) -> bool:
        return self.tab.focus_filter()

    def print_page(self) -> bool:
        """Show the list as it will print."""
        from mhtracker.ui.services.printing import print_list

        if self._data is None:
            return False
        print_list(self, self.context, self.tab, dict(TABS)[self.line.key()])
        return True

    def save_workbook(self) -> None:
        """Offer to save the list on show, or all of them."""
        menu = make_menu(self, self.context, self.tab)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.book.mapToGlobal(QPoint(0, self.book.height() + 2)))
        menu.setActiveAction(menu.actions()[0])

    def let_go(self, hold_id: str) -> None:
        """Hold a place no longer. Undo holds it again."""
        self.context.jobs.do(let_go, hold_id, then=lambda _: self.context.shell.say("Let the place go.", can_undo=True))

    def print_provider(self, provider_id: str) -> None:
        """Show a provider’s sheet as it will print."""
        from mhtracker.ui.services.printing import print_provider

        print_provider(self, self.context, provider_id)


def _tab(key: str, place: int | None = None) -> Callable[[Any], object]:
    """Shows a tab, and one of its rows in the panel, for a picture."""

    def prepare(window: Any) -> None:
        page = window.navigator.current_page()
        page.show_tab(key)
        if place is not None:
            page.tab.table.go_to(place)
            page._open(key, False, page.tab.current())
        page.tab.focus_first()

    return prepare


SHOTS = (
    Shot("services", "services"),
    Shot("services-service", "services", prepare=_tab(SERVICES, 1)),
    Shot("services-vacancies", "services", prepare=_tab(VACANCIES, 3)),
    Shot("services-waiting", "services", prepare=_tab(WAITING, 0)),
    Shot("services-rates", "services", prepare=_tab(RATES, 2)),
    Shot("services-contracts", "services", prepare=_tab(CONTRACTS, 0)),
)
