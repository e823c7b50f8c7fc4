"""One person: who they are, their pathway drawn to scale, and tabs for what is recorded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from mhtracker import text
from mhtracker.domain.caseload import DIED, LEFT
from mhtracker.domain.errors import UserError
from mhtracker.domain.people_around import contact_holds
from mhtracker.domain.records import Changes
from mhtracker.domain.summary import CaseSummary
from mhtracker.figures.pathway_strip import draw_pathway_strip
from mhtracker.store import Store
from mhtracker.store.queries.person import build_case_summary
from mhtracker.ui.context import Context
from mhtracker.ui.pages.base import Page
from mhtracker.ui.person.banner import PersonBanner, Step
from mhtracker.ui.person.late_tabs import TABS, Late, LateTabs
from mhtracker.ui.person.parts import TAB_OF_KIND
from mhtracker.ui.person.printing import print_case_summary, save_case_summary
from mhtracker.ui.person.shots import SHOTS as SHOTS
from mhtracker.ui.widgets.empty_state import EmptyState
from mhtracker.ui.widgets.figure_view import FigureView, figure_palette
from mhtracker.ui.widgets.fitting_tabs import FittingTabs
from mhtracker.ui.widgets.labels import rule

STRIP_TEXT = 11.0
REDRAW_MS = 60
LEAST_FOR_TABS = 190


class PersonPage(Page):
    """`show_place` takes `person_id`, the `tab` to show and `at`, the id of a record there."""

    key = "person"
    title = "Person"
    icon = "account-outline"
    kinds = frozenset({"person"})
    summary_tab, move_on_tab, reviews_tab, goals_tab = Late("summary"), Late("move_on"), Late("reviews"), Late("goals")
    legal_tab, people_tab, notes_tab = Late("legal"), Late("people"), Late("notes")
    documents_tab, money_tab, history_tab = Late("documents"), Late("money"), Late("history")

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.person_id: str | None = None
        self._leads: tuple[str | None, str | None] = (None, None)
        self.summary: CaseSummary | None = None
        self._at: str | None = None
        self._wants_focus = False
        self._unfilled: set[str] = set()
        self.banner = PersonBanner(context.theme, self._more_steps)
        self.strip = FigureView(context.theme, "Pathway")
        self.tabs = FittingTabs(context.theme, "Parts of the record")
        hands: dict[str, tuple[Callable[..., Any], ...]] = {"summary": (self.show_tab,), "notes": (self._on_mark,)}
        self.stack = LateTabs(context, self.run, hands)
        self._redraw = QTimer(self, singleShot=True, interval=REDRAW_MS)
        self._build()
        self._join()

    def _build(self) -> None:
        self._top = QFrame()
        self._top.setProperty("box", "surface")
        self._top.setAccessibleName("Pathway")
        self._strip_box = QVBoxLayout(self._top)
        self._strip_box.addWidget(self.strip)
        self._tab_box = QWidget()
        self._tab_box.setAccessibleName("Tabs")
        self._tab_row = QHBoxLayout(self._tab_box)
        self._tab_row.addWidget(self.tabs, 1)
        self._strip_above = True
        column = self.column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.banner, rule(), self._top, rule(), self._tab_box):
            column.addWidget(widget)
        column.addWidget(self.stack, 1)
        self._missing = EmptyState(
            self.context.theme,
            "mdi6.account-outline",
            "This person cannot be shown",
            "They may have been taken out of the register, or not have been in it on the day looked at.",
            "Back to the caseload",
            lambda: self.context.shell.open_page("caseload"),
        )
        column.addWidget(self._missing, 1)
        self._parts = (self.banner, self._top, self._tab_box, self.stack)
        self._cover()
        self._measure()

    def _measure(self) -> None:
        px = self.context.theme.px
        self._strip_box.setContentsMargins(px(24), px(6), px(24), px(2))
        self._tab_row.setContentsMargins(px(12), 0, px(24), 0)

    def _join(self) -> None:
        self.banner.add_note.clicked.connect(lambda: self.run("note"))
        self.banner.record_move.clicked.connect(lambda: self.run("move"))
        self.banner.case_summary.clicked.connect(self.print_page)
        self.tabs.chosen.connect(self.show_tab)
        self.strip.pressed.connect(self._on_mark)
        self.strip.resized.connect(lambda _: self._redraw.start())
        self._redraw.timeout.connect(self._draw_strip)
        self.context.theme.changed.connect(self._on_theme)

    # Asking and showing

    def query(self, store: Store, as_at: date) -> CaseSummary | None:
        if self.person_id is None:
            return None
        summary = build_case_summary(store, self.person_id, as_at, read_at=store.clock.now().astimezone())
        self._leads = (self.person_id, summary.person.id)
        return summary

    def concerned(self, changes: Changes) -> bool:
        office = {"stage", "service", "worker", "team", "code", "setting", "measure_tool"}
        return self.person_id in changes.people or bool(changes.kinds & office)

    def show_data(self, data: CaseSummary | None) -> None:
        if self.person_id == self._leads[0]:
            self.person_id = self._leads[1]  # the record was merged into another's
        if data is None or data.person.id != self.person_id:
            return
        self.summary = data
        self._uncover()
        self.banner.show_summary(data, may_record=self._may_record)
        self._unfilled = set(TABS)
        self._fill(self.stack.key())
        self._draw_strip()
        self.tabs.set_tabs(
            [
                ("summary", "Summary", None),
                ("move_on", "Move-on", None),
                ("reviews", "Reviews", len(data.reviews)),
                ("goals", "Goals and measures", sum(each.ended_on is None for each in data.around.goals)),
                ("legal", "Legal and status", None),
                ("people", "People", sum(contact_holds(each, data.as_at) for each in data.around.contacts)),
                ("notes", "Notes and chronology", len(data.notes)),
                ("documents", "Documents", len(data.around.documents)),
                ("money", "Money", None),
                ("history", "History", None),
            ],
            self.stack.key(),
        )
        if self.tabs.key() == "history":
            self._ask_history()
        at, self._at = self._at, None
        if at:
            QTimer.singleShot(0, lambda: self._go_to(at))

    def _cover(self) -> None:
        """Show nobody until the person asked for is there: nothing may be pressed beside another's name."""
        self._missing.hide()
        for part in self._parts:
            part.hide()

    def _uncover(self) -> None:
        self._missing.hide()
        if self.banner.isHidden():
            for part in self._parts:
                part.show()
            if self._wants_focus:
                self.focus_first()

    def _on_failed(self, error: UserError) -> None:
        super()._on_failed(error)
        self._fill(self.tabs.key())
        if self.summary is None:
            self._missing.show()

    @property
    def _may_record(self) -> bool:
        return not (self.context.register.read_only or self.context.as_known)

    def _draw_strip(self) -> None:
        """The strip is drawn to the width there is, so that its words never shrink."""
        summary, theme = self.summary, self.context.theme
        width = self.strip.width()
        if summary is None or width < theme.px(120):
            return
        picture = draw_pathway_strip(
            summary, figure_palette(theme), width=float(width), text_size=STRIP_TEXT * theme.scale
        )
        self.strip.show_picture(picture)
        self.strip.setFixedHeight(round(picture.height))
        self._place_strip()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._redraw.start()

    def _place_strip(self) -> None:
        """The strip stands above the tabs, or scrolls with the summary where that would leave the tabs no room."""
        px = self.context.theme.px
        banner = self.banner.sizeHint().height()
        if self.banner.hasHeightForWidth():
            banner = self.banner.heightForWidth(self.width())
        left = self.height() - banner - self.strip.height() - px(50)
        above = left >= px(LEAST_FOR_TABS)
        if above == self._strip_above:
            return
        self._strip_above = above
        if above:
            self.column.insertWidget(2, self._top)
        else:
            self.summary_tab.slot.addWidget(self._top)
        self._top.show()

    @Slot()
    def _on_theme(self) -> None:
        self._measure()
        if self.summary is not None:
            self.show_data(self.summary)

    # Tabs

    @Slot(str)
    def show_tab(self, key: str, *, fill: bool = True) -> None:
        """Show a tab; without `fill` as it is, since what it shows is being asked for."""
        key = key if key in TABS else "summary"
        self.tabs.set_key(key)
        if fill:
            self._fill(key)
        self.stack.setCurrentWidget(self.stack.get(key))
        if key == "history":
            self._ask_history()

    def _fill(self, key: str) -> None:
        """A tab is filled when it is looked at: a long record would hold up a page that shows a part of it."""
        if self.summary is not None and key in self._unfilled:
            self._unfilled.discard(key)
            closed = self.summary.status in (LEFT, DIED)
            # A note or paper may still be added to a closed case; all else waits until it is opened again.
            may = self._may_record and (not closed or key in ("notes", "documents"))
            self.stack.get(key).show_summary(self.summary, may_record=may)

    def _ask_history(self) -> None:
        if self.person_id is not None:
            self.history_tab.ask(self.person_id, may_record=self._may_record)

    def _go_to(self, record_id: str) -> None:
        self.stack.current().go_to(record_id)

    @Slot(str, str)
    def _on_mark(self, kind: str, record_id: str) -> None:
        """Open what a mark of the strip stands for."""
        self.show_tab(TAB_OF_KIND.get(kind, "summary"))
        self._go_to(record_id)

    # Steps

    def run(self, command: str, **args: Any) -> None:
        """Start a form for this person."""
        if self.person_id is not None:
            self.context.shell.run_command(command, person_id=self.person_id, **args)

    def _more_steps(self) -> list[Step]:
        gone = self.summary is not None and self.summary.status in (LEFT, DIED)
        steps: list[Step] = [
            ("Save case summary as PDF", self._save_pdf),
            ("Add to a pack", lambda: self.context.shell.open_page("packs", person_ids=(self.person_id,))),
        ]
        if not self._may_record:
            return steps
        steps += [("", lambda: None), ("Edit details", lambda: self.run("edit_person"))]
        merge: Step = ("Merge with another person", lambda: self.run("merge"))
        if gone:
            return [*steps, ("Open the case again", self.reopen), merge]
        return [
            *steps,
            ("Reassign", lambda: self.context.shell.run_command("reassign", person_ids=(self.person_id,))),
            ("Record a review", lambda: self.run("review")),
            ("Book a review", lambda: self.run("book_review")),
            ("Change the move-on target", lambda: self.run("target")),
            ("Put on the waiting list", lambda: self.run("wait")),
            ("Set a status", lambda: self.run("status")),
            ("Raise a warning", lambda: self.run("warning")),
            ("", lambda: None),
            ("Close the case", lambda: self.run("close_case")),
            merge,
        ]

    def reopen(self) -> None:
        """The person comes back to the pathway, or never left it."""
        self.run("reopen_case")

    def _save_pdf(self) -> None:
        if self.summary is not None:
            save_case_summary(self, self.context, self.summary)

    # What the window asks

    def show_place(self, **args: Any) -> None:
        person_id = args.get("person_id")
        if person_id != self.person_id:
            self.person_id, self.summary = person_id, None
            self._cover()
            self.tabs.set_key("summary")
            self.show_tab("summary")
            self.stale = True
        self._at = args.get("at")
        if args.get("tab"):
            self.show_tab(str(args["tab"]).replace("-", "_"), fill=False)
        self.refresh()

    def state(self) -> dict[str, Any]:
        return {"tab": self.tabs.key(), "scroll": self.stack.current().verticalScrollBar().value()}

    def restore(self, state: dict[str, Any]) -> None:
        self.show_tab(str(state.get("tab", "summary")))
        self.stack.current().verticalScrollBar().setValue(int(state.get("scroll", 0)))

    def current_person(self) -> str | None:
        return self.person_id

    def current_name(self) -> str:
        return text.full_name(self.summary.person) if self.summary is not None else ""

    def leaves_person(self, person_id: str | None) -> bool:
        return person_id != self.person_id

    def heading(self) -> str:
        return text.full_name(self.summary.person) if self.summary is not None else self.title

    def focus_filter(self) -> bool:
        if self.stack.key() != "notes":
            return False
        self.notes_tab.filter.setFocus()
        return True

    def focus_first(self) -> None:
        self._wants_focus = self.banner.isHidden()
        if not self._wants_focus:
            self.tabs.setFocus()

    def print_page(self) -> bool:
        """Show the case summary as it will print."""
        if self.summary is None:
            return False
        if self.stack.key() == "notes" and self.notes_tab.print_story():
            return True
        print_case_summary(self, self.context, self.summary)
        return True
