"""Goes from place to place: makes pages when first shown, remembers how they looked, lights up the rail."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from mhtracker.domain.errors import NotFound
from mhtracker.ui.body import Body
from mhtracker.ui.commands import load
from mhtracker.ui.navigation import History, Place
from mhtracker.ui.page_to_come import PageToCome
from mhtracker.ui.pages import PageEntry, page_entry
from mhtracker.ui.panels import Panels

if TYPE_CHECKING:
    from mhtracker.ui.context import Context
    from mhtracker.ui.header import HeaderBar
    from mhtracker.ui.pages.base import Page
    from mhtracker.ui.progress import Progress
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
        self._to_come = PageToCome(context.theme)
        self._loading: set[str] = set()
        body.stack.addWidget(self._to_come)
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
        entry = page_entry(place.page)
        if entry.slow and not self._is_loaded(entry):
            self._load(place, entry)
            return
        page, before = self._page(place.page), self.current_page()
        if self.panels.open and (before is not page or page.leaves_person(place.arg("person_id"))):
            self.panels.keep()  # a form never stands beside another person than its own
        page.show_place(**dict(place.args))
        page.come_back(place.state)
        # Somebody may have begun to type in the head of the window while the page was being loaded.
        elsewhere = self._body.stack.currentWidget() is self._to_come and not self._to_come.hasFocus()
        self._body.stack.setCurrentWidget(page)
        self._light_up(entry)
        if not (self.panels.open or elsewhere):  # else something is being typed
            self.focus_page()
        self._context.bus.went.emit(place)

    def _light_up(self, entry: PageEntry) -> None:
        self._rail.set_current(entry.under or entry.key)
        self._header.set_way(back=self.history.can_back, forward=self.history.can_forward)

    def _is_loaded(self, entry: PageEntry) -> bool:
        # While a module is being imported it stands among the others, and asking for it would wait for its end.
        return entry.key not in self._loading and _module_of(entry) in sys.modules

    def _load(self, place: Place, entry: PageEntry) -> None:
        """Show the title alone until the page can be made; the window answers meanwhile, and can go elsewhere."""
        if self.panels.open:
            self.panels.keep()
        self._to_come.name(entry.title)
        self._body.stack.setCurrentWidget(self._to_come)
        self._light_up(entry)
        self._to_come.setFocus()
        self._loading.add(entry.key)
        self._context.jobs.work(
            _import, _module_of(entry), then=partial(self._on_loaded, place), label=f"Opening {entry.title}"
        )

    def _on_loaded(self, place: Place, _: object) -> None:
        self._loading.discard(place.page)
        if self._awaits(place):
            self._page(place.page)
            # Made at one turn of the window and shown at another: both at once would hold it up.
            self._context.jobs.work(_turn_over, then=partial(self._on_made, place), label="Opening")

    def _on_made(self, place: Place, _: object) -> None:
        if self._awaits(place):
            self._show(place)

    def _awaits(self, place: Place) -> bool:
        return self.history.current == place and self._body.stack.currentWidget() is self._to_come

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


def _module_of(entry: PageEntry) -> str:
    return entry.target.partition(":")[0]


def _turn_over(progress: Progress) -> None:
    """Nothing: what follows comes at another turn, and until then the window is not at rest."""


def _import(module: str, progress: Progress) -> None:
    """With the fonts of pictures, which the first one to be drawn would else read on the window's own thread."""
    import_module(module)
    from mhtracker.figures.fonts import register_fonts

    register_fonts()
