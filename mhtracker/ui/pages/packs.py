"""Packs: choose people, see the pages as they will print, print or save them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from mhtracker import settings, text
from mhtracker.domain.errors import UserError
from mhtracker.domain.records import Changes
from mhtracker.store import Store
from mhtracker.store.queries.views import View, built_in_views, views_seen
from mhtracker.ui.caseload.filters import views_here
from mhtracker.ui.context import Context
from mhtracker.ui.packs.making import Made, PackMaker
from mhtracker.ui.packs.output import ask_and_print, ask_and_save, file_name
from mhtracker.ui.packs.panel import WIDTH, PackPanel
from mhtracker.ui.packs.plan import SUMMARIES, PackPlan, from_kept, kind_of, to_keep
from mhtracker.ui.packs.preview import PackPreview
from mhtracker.ui.packs.reading import PackPeople, read_by_name, read_people, read_view
from mhtracker.ui.pages.base import Page
from mhtracker.ui.shots import Shot
from mhtracker.ui.widgets.empty_state import EmptyState
from mhtracker.ui.widgets.labels import button_words, rule
from mhtracker.ui.widgets.segmented import Segmented

SOON_MS, LATER_MS, MANY = 300, 1500, 60
"""How long a change waits before the pages are made anew: longer where making them takes long."""
SIDE_BY_SIDE = WIDTH + 330
UNBOUNDED = (1 << 24) - 1
COMMON = frozenset({"stage", "service", "provider", "worker", "team", "code", "setting"})


class PacksPage(Page):
    """The pack being put together stays as it is while one goes to other pages, until the register is closed."""

    key = "packs"
    title = "Packs"
    icon = "book-open-page-variant-outline"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.plan = PackPlan()
        self.made: Made | None = None
        self._arrived: tuple[Any, ...] = ()
        self._due = True
        self.maker = PackMaker(context.jobs, self)
        self.panel = PackPanel(context, self)
        self.preview = PackPreview(context.theme)
        self.switch = Segmented(
            context.theme, "Show", [("panel", "People and options"), ("preview", "Preview")], "panel"
        )
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.make)
        self._build()
        self._join()
        self.panel.show_plan(self.plan, context.as_at)
        self._show_nothing_yet()

    def _build(self) -> None:
        self._switch_row = QHBoxLayout()
        self._switch_row.addWidget(self.switch)
        self._switch_row.addStretch(1)
        self._line = rule(upright=True)
        both = QHBoxLayout()
        both.setSpacing(0)
        both.addWidget(self.panel)
        both.addWidget(self._line)
        both.addWidget(self.preview, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._switch_row)
        column.addLayout(both, 1)
        self.context.theme.changed.connect(self._fit)
        self._fit()

    def _join(self) -> None:
        panel, maker = self.panel, self.maker
        panel.added.connect(lambda person_id: self.set_plan(self.plan.with_people([person_id])))
        panel.people.moved.connect(lambda person_id, to: self.set_plan(self.plan.moved(person_id, to)))
        panel.people.removed.connect(lambda person_id: self.set_plan(self.plan.without(person_id)))
        panel.people.went_to.connect(self.show_person_pages)
        panel.kind_chosen.connect(lambda kind: self.set_plan(replace(self.plan, kind=kind)))
        panel.title_typed.connect(lambda title: self.set_plan(replace(self.plan, title=title)))
        panel.day_typed.connect(self._on_day)
        panel.named.connect(self.keep)
        panel.by_name.clicked.connect(self._sort_by_name)
        panel.from_view.clicked.connect(self._offer_views)
        panel.clear.clicked.connect(lambda: self.set_plan(replace(self.plan, people=())))
        panel.saved.clicked.connect(self._offer_saved)
        panel.print.clicked.connect(self.print_page)
        panel.save_pdf.clicked.connect(self.save_pdf)
        maker.made.connect(self._on_made)
        maker.stopped.connect(self._on_stopped)
        maker.failed.connect(self._on_not_made)
        self.preview.page_changed.connect(self._on_page)
        self.switch.chosen.connect(lambda _: self._fit())

    # People and options

    def set_plan(self, plan: PackPlan) -> None:
        """Put another pack together; its pages are made in a moment."""
        if plan == self.plan:
            return
        people_changed = plan.people != self.plan.people or plan.as_at != self.plan.as_at
        self.plan = plan
        self.panel.show_plan(plan, self.context.as_at)
        self.make_soon()
        if people_changed:
            self.refresh()

    def query(self, store: Store, as_at: date) -> PackPeople:
        plan = self.plan
        return read_people(store, plan.people, plan.as_at or as_at)

    def show_data(self, data: PackPeople) -> None:
        self.panel.show_plan(self.plan, self.context.as_at)
        by_id = {person.person_id: person for person in data.people}
        people = [by_id[each] for each in self.plan.people if each in by_id]
        if data.missing:
            self.plan = replace(self.plan, people=tuple(person.person_id for person in people))
        self.panel.show_people(people, len(data.missing))
        if not people:
            self._show_nothing_yet()
        elif self._due:
            self.make_soon()
        self._show_pages()

    def _on_day(self, day: date | None) -> None:
        self.set_plan(replace(self.plan, as_at=None if day == self.context.as_at else day))

    def _sort_by_name(self) -> None:
        then = partial(self._on_sorted, self.plan.people)
        self.context.jobs.ask(read_by_name, self.plan.people, self.context.as_at, then=then, urgent=True)

    def _on_sorted(self, before: tuple[str, ...], people: Sequence[str]) -> None:
        if before == self.plan.people:
            self.set_plan(replace(self.plan, people=tuple(people)))

    # Making

    def make_soon(self) -> None:
        """Make the pages anew, once nothing more is changed for a moment."""
        self._due = True
        self.maker.forget()
        self._show_pages()
        if self.isVisible() and self.plan.people:
            self._timer.start(LATER_MS if len(self.plan.people) > MANY else SOON_MS)

    @Slot()
    def make(self) -> None:
        """Make the pages now."""
        self._timer.stop()
        if not self.plan.people:
            self._show_nothing_yet()
            return
        self._due = False
        self.maker.make(self.plan, self.context.as_at, self.context.register.worker_name)
        if not self.preview.shows_pages:
            self.preview.show_instead(
                EmptyState(self.context.theme, "mdi6.book-open-page-variant-outline", "Making the pack", "")
            )

    @Slot(object)
    def _on_made(self, made: Made) -> None:
        if made.plan != self.plan or not made.pages:
            return
        self.made = made
        self.preview.show_pdf(made.pdf)
        self._show_pages()
        self._on_page(self.preview.page())

    @Slot()
    def _on_stopped(self) -> None:
        self._due = True
        words = "Its pages were not made, because you stopped it."
        self.preview.show_instead(
            EmptyState(
                self.context.theme, "mdi6.book-open-page-variant-outline", "Stopped", words, "Make the pack", self.make
            )
        )
        self._show_pages()

    @Slot(object)
    def _on_not_made(self, error: UserError) -> None:
        self._on_stopped()
        self.context.jobs.failed.emit(error)

    @property
    def is_current(self) -> bool:
        """Whether the pages made are those of the pack as it is now."""
        return self.made is not None and self.made.plan == self.plan and not self._due

    def _show_pages(self) -> None:
        made = self.made if self.is_current else None
        self.panel.show_pages(made.pages if made else None)
        if made is not None:
            self.panel.people.show_pages({person: page + 1 for person, page in made.first_pages.items()})

    def _show_nothing_yet(self) -> None:
        self.made = None
        words = "Choose people at the left, and their pages appear here as they will print."
        self.preview.show_instead(
            EmptyState(self.context.theme, "mdi6.book-open-page-variant-outline", "Nobody is in this pack yet", words)
        )
        self._show_pages()

    # People and pages

    @Slot(str)
    def show_person_pages(self, person_id: str) -> None:
        """Go to a person's first page."""
        page = self.panel.people.page_of(person_id)
        if page is not None and self.is_current:
            self.preview.go_to_page(page - 1)

    @Slot(int)
    def _on_page(self, page: int) -> None:
        """Mark whose page is on show."""
        firsts = [
            (number, each) for each in self.plan.people if (number := self.panel.people.page_of(each)) is not None
        ]
        here = [each for number, each in firsts if number <= page + 1]
        if here and self.is_current:
            self.panel.people.mark(here[-1])

    # Views and packs kept

    def _offer_views(self) -> None:
        self.context.jobs.ask(views_seen, then=self._show_views, urgent=True)

    def _show_views(self, saved: Sequence[View]) -> None:
        kept = self.context.computer.table("caseload").views
        menu = QMenu("From a view", self)
        for view in (*built_in_views(self.context.register.worker_name), *saved, *views_here(kept)):
            menu.addAction(button_words(view.label)).triggered.connect(partial(self.add_view, view))
        self._pop_up(menu, self.panel.from_view)

    def add_view(self, view: View, *_: object) -> None:
        """Add everyone a view of the caseload lists, by name."""
        day = self.plan.as_at or self.context.as_at
        self.context.jobs.ask(read_view, view.filters, day, then=partial(self._on_view, view.label))

    def _on_view(self, label: str, people: Sequence[str]) -> None:
        before = len(self.plan.people)
        self.set_plan(self.plan.with_people(people))
        added = len(self.plan.people) - before
        self.context.shell.say(f"Added {text.count(added, 'person', 'people')} from “{label}”.")

    @property
    def _packs(self) -> dict[str, settings.PackSettings]:
        return self.context.computer.register(self.context.register.address).packs

    @Slot(str)
    def keep(self, name: str) -> None:
        """Keep this pack under a name on this computer: its people by their ids, and its options."""
        self._packs[name] = to_keep(self.plan)
        settings.save_soon(self.context.computer)
        self.context.shell.say(f"Saved this pack as “{name}”.")

    def _offer_saved(self) -> None:
        menu = QMenu("Saved packs", self)
        for name in self._packs:
            menu.addAction(button_words(name)).triggered.connect(partial(self.open_kept, name))
        if not self._packs:
            menu.addAction("No pack is saved for this register yet").setEnabled(False)
        else:
            menu.addSeparator()
            forget = menu.addMenu("Forget a saved pack")
            for name in self._packs:
                forget.addAction(button_words(name)).triggered.connect(partial(self.forget, name))
        self._pop_up(menu, self.panel.saved)

    def open_kept(self, name: str, *_: object) -> None:
        """Put together the pack that was kept under a name."""
        self.set_plan(from_kept(self._packs[name]))

    def forget(self, name: str, *_: object) -> None:
        """Keep the pack of that name no longer."""
        self._packs.pop(name, None)
        settings.save_soon(self.context.computer)

    def _pop_up(self, menu: QMenu, under: QWidget) -> None:
        self.menu = menu
        menu.setAccessibleName(menu.title())
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(under.mapToGlobal(QPoint(0, under.height() + 2)))
        if first := next((action for action in menu.actions() if action.isEnabled()), None):
            menu.setActiveAction(first)

    # Paper and files

    @property
    def document_name(self) -> str:
        """What the pack is called where others may read it: never by a person's name."""
        return "Case summaries" if self.plan.kind == SUMMARIES else kind_of(self.plan.kind).document

    def print_page(self) -> bool:
        if self.made is not None and self.is_current:
            self.dialog = ask_and_print(self.window(), self.context, self.made, self.document_name)
        return True

    def save_pdf(self) -> None:
        """Ask where to and save what is shown."""
        if self.made is not None and self.is_current:
            day = (self.plan.as_at or self.context.as_at).isoformat()
            ask_and_save(self, self.context, self.made, file_name(self.document_name, day))

    # What the window asks

    def show_place(self, **args: Any) -> None:
        """`person_ids` come into the pack; with `kind` "summaries" they alone, each with a summary of their own."""
        people = tuple(args.get("person_ids", ()))
        arrived = (people, args.get("kind", ""))
        if not people or (arrived == self._arrived and set(people) <= set(self.plan.people)):
            return  # come back to by Back or Forward: what was done with the pack since stays
        self._arrived = arrived
        if args.get("kind") == SUMMARIES:
            self.set_plan(PackPlan(SUMMARIES, tuple(dict.fromkeys(people))))
        else:
            self.set_plan(self.plan.with_people(people))

    def concerned(self, changes: Changes) -> bool:
        mine = bool(changes.people & set(self.plan.people) or changes.kinds & COMMON)
        self._due = self._due or mine
        return mine

    def _on_as_at_changed(self) -> None:
        self._due = True
        super()._on_as_at_changed()

    def focus_filter(self) -> bool:
        if self.switch.isVisible():
            self.switch.set_key("preview")
            self._fit()
        self.preview.find_field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.preview.find_field.selectAll()
        return True

    def focus_first(self) -> None:
        there = self.panel.people if self.plan.people else self.panel.add
        there.setFocus(Qt.FocusReason.OtherFocusReason)

    # Width

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Pack and pages side by side, or one of them where there is no room for both."""
        px = self.context.theme.px
        both = self.width() >= px(SIDE_BY_SIDE)
        self._switch_row.setContentsMargins(px(24), 0 if both else px(10), 0, 0 if both else px(4))
        self.switch.setVisible(not both)
        self.panel.setVisible(both or self.switch.key() == "panel")
        self.preview.setVisible(both or self.switch.key() == "preview")
        self._line.setVisible(both)
        self.panel.setMaximumWidth(px(WIDTH) if both else UNBOUNDED)
        self.panel.setMinimumWidth(px(WIDTH) if both else 0)


def _someone(store: Store, many: int) -> dict[str, Any]:
    return {"person_ids": tuple(read_view(store, (), store.today)[:many])}


def _wait(window: Any) -> None:
    page = window.navigator.current_page()
    page.make()


SHOTS = (
    Shot("packs-empty", "packs"),
    Shot("packs", "packs", find=lambda store: _someone(store, 30), prepare=_wait),
    Shot("packs-one", "packs", find=lambda store: {**_someone(store, 1), "kind": SUMMARIES}, prepare=_wait),
)
