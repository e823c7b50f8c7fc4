"""Goes from place to place: makes pages when first shown, remembers how they looked, lights up the rail."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from mhtracker.domain.errors import NotFound
from mhtracker.ui.body import Body
from mhtracker.ui.commands import load
from mhtracker.ui.navigation import History, Place
from mhtracker.ui.pages import PageEntry, page_entry
from mhtracker.ui.panels import Panels

if TYPE_CHECKING:
    from mhtracker.ui.context import Context
    from mhtracker.ui.header import HeaderBar
    from mhtracker.ui.pages.base import Page
    from mhtracker.ui.rail import Rail


class Navigator:
    """The pages of one register and the way through them. `on_ready` is told when a page shows its data."""

    def __init__(
        self,
        context: Context,
        body: Body,
        rail: Rail,
        header: HeaderBar,
        pages: tuple[PageEntry, ...],
        on_ready: Callable[[], object],
    ) -> None:
        self.history = History()
        self.panels = Panels(body, self.focus_page)
        self._context, self._body, self._rail, self._header = context, body, rail, header
        self._there = {entry.key for entry in pages}
        self._on_ready = on_ready
        self._pages: dict[str, Page] = {}
        header.back.connect(self.go_back)
        header.forward.connect(self.go_forward)

    def go(self, place: Place) -> None:
        """Go to a place, remembering how this one looked."""
        if place.page not in self._there:
            raise NotFound(f"This version has no page “{place.page}”.")
        self._leave()
        self.history.go(place)
        self._show(place)

    def go_back(self) -> None:
        """Go to the place before."""
        self._step(self.history.back)

    def go_forward(self) -> None:
        """Go on to the place from which one came back."""
        self._step(self.history.forward)

    def _step(self, move: Callable[[], Place | None]) -> None:
        self._leave()
        place = move()
        if place is not None:
            self._show(place)

    def _leave(self) -> None:
        page = self.current_page()
        if page is not None:
            self.history.keep(page.state())

    def _show(self, place: Place) -> None:
        page, before = self._page(place.page), self.current_page()
        if self.panels.open and (before is not page or page.leaves_person(place.arg("person_id"))):
            self.panels.keep()  # a form never stands beside another person than its own
        page.show_place(**dict(place.args))
        page.come_back(place.state)
        self._body.stack.setCurrentWidget(page)
        entry = page_entry(place.page)
        self._rail.set_current(entry.under or entry.key)
        self._header.set_way(back=self.history.can_back, forward=self.history.can_forward)
        if not self.panels.open:  # else something is being typed
            self.focus_page()
        self._context.bus.went.emit(place)

    def _page(self, key: str) -> Page:
        if key not in self._pages:
            page: Page = load(page_entry(key).target)(self._context)
            page.ready.connect(self._on_ready)
            page.ready.connect(self.panels.page_settled)
            self._pages[key] = page
            self._body.stack.addWidget(page)
        return self._pages[key]

    def current_page(self) -> Page | None:
        """The page on show."""
        widget = self._body.stack.currentWidget()
        return next((page for page in self._pages.values() if page is widget), None)

    def current_person(self) -> str | None:
        """The person in hand on the page, by id."""
        page = self.current_page()
        return page.current_person() if page is not None else None

    def focus_page(self) -> None:
        """Give the keyboard to the page."""
        page = self.current_page()
        if page is not None:
            page.focus_first()

    def clear(self) -> None:
        """Forget every place and page: their register is closed."""
        self.panels.keep()
        self.history.clear()
        for page in self._pages.values():
            self._context.commands.forget(page)
            self._body.stack.removeWidget(page)
            page.hide()
            page.deleteLater()
        self._pages.clear()
