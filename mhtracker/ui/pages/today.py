"""Today: what is overdue, due today and due soon, and what changed since one last looked."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from mhtracker import settings
from mhtracker.operations.snoozing import take_up
from mhtracker.store.queries.due import DueItem
from mhtracker.store.queries.snoozed import item_key
from mhtracker.text import count, format_date, name_in_order
from mhtracker.ui.commands import Command
from mhtracker.ui.context import Context
from mhtracker.ui.list_rows import ListRows, Section
from mhtracker.ui.pages.base import Page
from mhtracker.ui.shots import Shot
from mhtracker.ui.today.beside import BesideColumn
from mhtracker.ui.today.contracts import ContractRows
from mhtracker.ui.today.head import TodayHead
from mhtracker.ui.today.reading import EVERYONE, MINE, TEAM, TEAM_IS, Question, TodayData, read_today
from mhtracker.ui.today.rows import EVERYTHING, TAKE_UP, arguments_of, counts, kind_of, narrowed, sections, step_of
from mhtracker.ui.today.sheet import print_today_sheet
from mhtracker.ui.widgets.down_scroll import DownScroll
from mhtracker.ui.widgets.empty_state import EmptyState
from mhtracker.ui.widgets.key_hints import KeyHints
from mhtracker.ui.widgets.labels import rule

if TYPE_CHECKING:
    from mhtracker.store import Store
    from mhtracker.ui.window import Window

COLUMN = 292
BESIDE = 1200
"""In a window narrower than this, at 100% text, the right column stands under the list."""

BESIDE_ON_PAGE = 960
"""And on a page narrower than this, as beside a panel."""

HINTS = (("↑ ↓", "move"), ("Enter", "open the person"), ("Space", "do the action"), ("P", "put off, with a reason"))


class TodayPage(Page):
    """`show_place(scope=…, kind=…)` chooses whose work and what of it; whose is remembered for the register."""

    key = "today"
    title = "Today"
    icon = "calendar-check-outline"
    kinds = frozenset(
        {"person", "placement", "plan", "target", "review", "stage", "service", "worker", "team", "note", "setting"}
        | {"snooze", "action", "warning", "barrier", "contact", "status", "document", "review_type"}
        | {"contract", "provider"}
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._theme = context.theme
        self._data: TodayData | None = None
        self._sections: list[Section] = []
        self.head = TodayHead(context)
        self.list = ListRows(self._theme, "What is due")
        self.list.opened.connect(self._on_opened)
        self.list.acted.connect(self._on_acted)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.contracts = ContractRows(context)
        words = "Reviews and move-on dates stand here when they are. People are added, or imported, in the caseload."
        self._nothing = EmptyState(
            self._theme, "calendar-check-outline", "Nothing is due", words, "Open the caseload", self._to_caseload
        )
        self._column = BesideColumn(context, self.on_seen, self._on_stage, self._on_week)
        self.news, self.stages = self._column.news, self._column.stages
        self._build()
        self.list.went_to.connect(self._on_went_to)
        self.head.narrowed.connect(lambda _: self._show_rows())
        self.head.scoped.connect(self._on_scoped)
        self.head.sheet.clicked.connect(self.print_page)
        context.commands.add(
            Command(
                "mark_seen", "Mark “since you last looked” as seen", self.on_seen, "check", possible=self.isVisible
            ),
            owner=self,
        )
        context.bus.register_changed.connect(self._on_register_changed)
        self.head.scope = context.computer.register(context.register.address).today_scope
        self.head.offer_scopes()

    # Building

    def _build(self) -> None:
        px = self._theme.px
        self._hints = KeyHints(self._theme, HINTS)
        inside = QWidget()
        inside.setProperty("box", "page")
        inside.setAccessibleName("What is due")
        self._left = QVBoxLayout(inside)
        self._left.setContentsMargins(px(24), 0, px(24), px(12))
        self._left.setSpacing(px(8))
        self._left.addWidget(self.list)
        self._left.addWidget(self._nothing)
        self._left.addWidget(self.contracts)
        self._left.addStretch(1)
        self._left.addWidget(self._hints)
        self._scroll = DownScroll.around(inside, "What is due")
        self._beside = DownScroll.around(None, "Beside the list")
        main = QVBoxLayout()
        main.setSpacing(0)
        main.addWidget(self.head)
        main.addWidget(self._scroll, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(main, 1)
        self._rule = rule(upright=True)
        row.addWidget(self._rule)
        row.addWidget(self._beside)
        self._theme.changed.connect(self._fit)
        self._fit()

    # What is asked and shown

    def show_place(self, **args: Any) -> None:
        scope, kind = args.get("scope"), args.get("kind")
        if scope is not None and self.head.may_show(scope) and scope != self.head.scope:
            self.head.scope = scope
            self.head.offer_scopes()
            self.refresh()
        if self.head.knows_kind(kind) and kind != self.head.kind:
            self.head.choose_kind(str(kind))

    def query(self, store: Store, as_at: date) -> tuple[TodayData, list[Section]]:
        data = read_today(store, as_at, self._question())
        # Thousands of lines take a tenth of a second to word: not on the window's thread.
        offers = () if store.read_only else {TAKE_UP, *(command.key for command in self.context.commands)}
        return data, sections(data, store.stages(), offers=offers)

    def _question(self) -> Question:
        context = self.context
        register = context.register
        kept = context.computer.register(register.address)
        # In the demo somebody else sat at this desk until now, so their changes are news.
        names = (context.computer.who_name, "" if register.is_demo else register.worker_name)
        return Question(
            scope=self.head.scope,
            worker_id=register.worker_id,
            team_id=register.team_id,
            me=frozenset(name for name in names if name),
            seen_seq=kept.last_looked_seq,
            seen_at=datetime.fromisoformat(kept.last_looked_at) if kept.last_looked_at else None,
            with_since=not context.looks_elsewhere,
        )

    def show_data(self, found: tuple[TodayData, list[Section]]) -> None:
        self._data, self._sections = found
        data = self._data
        whose = {MINE: "on your caseload", TEAM: "with your team", EVERYONE: "on the pathway"}.get(data.scope)
        whose = whose or (f"with {data.whose}" if data.whose else "on the pathway")
        caption = f"{count(data.people, 'person', 'people')} {whose}"
        self.head.say(format_date(data.as_at, weekday=True), caption)
        if data.desks is not None:
            self.head.show_desks(data.desks, data.whose)
        self.head.show_counts(counts(data))
        self._show_rows()
        self._column.show_data(data)

    def _show_rows(self) -> None:
        if self._data is None:
            return
        found = narrowed(self._sections, self.head.kind)
        self.list.show_sections(found)
        self.list.setVisible(bool(found))
        contracts = self._data.contracts if self.head.kind == EVERYTHING else ()
        self.contracts.show_contracts(contracts, self._data.as_at)
        self._nothing.setVisible(not found and not contracts)
        self._hints.setVisible(bool(found))
        self._fit_list()

    def _fit_list(self) -> None:
        self.list.setFixedHeight(self.list.content_height() + 2)
        self.contracts.fit()

    # Whose, and what

    def on_scope(self, scope: str) -> None:
        """Show one's own work, a worker's, a team's or everyone's."""
        self.head.choose_scope(scope)
        self.head.offer_scopes()

    def on_kind(self, kind: str) -> None:
        """Show everything, or one kind of thing due."""
        self.head.choose_kind(kind)

    def _on_scoped(self, scope: str) -> None:
        computer = self.context.computer
        computer.register(self.context.register.address).today_scope = scope
        settings.save_soon(computer)
        self.refresh()

    def _to_caseload(self) -> None:
        self.context.shell.open_page("caseload")

    @Slot()
    def _on_register_changed(self) -> None:
        before = self.head.scope
        kept = self.context.computer.register(self.context.register.address).today_scope
        if before == EVERYONE and not kept and MINE in self.head.own_scopes():
            self.head.scope = MINE
        self.head.offer_scopes(self._data.whose if self._data else "")
        if before != self.head.scope and self.isVisible():
            self.refresh()
        elif before != self.head.scope:
            self.stale = True

    # What lines do

    def _on_opened(self, item: DueItem) -> None:
        self.context.shell.open_person(item.person_id, tab=kind_of(item).tab)

    def _on_acted(self, item: DueItem) -> None:
        command, _ = step_of(item, self.context.as_at)
        context = self.context
        away = self._data.put_off.get(item_key(item)) if self._data else None
        known = command in {each.key for each in context.commands}
        if context.as_known is not None or context.register.read_only:
            self._on_opened(item)
        elif away is not None:
            context.jobs.do(take_up, away.id)
        elif known:
            context.shell.run_command(command, **arguments_of(item, command))
        else:
            self._on_opened(item)

    def _on_went_to(self, item: DueItem) -> None:
        place, inside = self.list.visualRect(self.list.currentIndex()), self._scroll.widget()
        if inside is None:
            return
        middle = self.list.viewport().mapTo(inside, place.center())
        self._scroll.ensureVisible(middle.x(), middle.y(), 0, self._theme.px(60))

    def _on_stage(self, stage_id: str) -> None:
        filters = [f"stage={stage_id}"]
        data = self._data
        if data is not None and data.whose:
            of_team = data.scope == TEAM or data.scope.startswith(TEAM_IS)
            filters.append(f"{'team' if of_team else 'worker'}={data.whose}")
        self.context.shell.open_page("caseload", filters=tuple(filters))

    def _on_week(self, monday: date | None) -> None:
        """The reviews of a week; of none, those that are overdue and not booked."""
        question = self._question()
        worker, team = question.of_worker, question.of_team
        whose = f"worker:{worker}" if worker else f"team:{team}" if team else EVERYONE
        state = "every" if monday is not None else "late_to_book"
        self.context.shell.open_page("reviews", whose=whose, week=monday, state=state)

    def on_seen(self) -> None:
        """Remember that everything changed so far was seen."""
        if self._data is None or self._data.since is None:
            return
        context = self.context
        kept = context.computer.register(context.register.address)
        kept.last_looked_seq = self._data.since.seq
        kept.last_looked_at = context.clock.now().astimezone().isoformat(timespec="minutes")
        settings.save_soon(context.computer)
        self.refresh()

    # For the shell

    def current_person(self) -> str | None:
        row = self.list.current_row()
        return row.data.person_id if row is not None else None

    def current_name(self) -> str:
        row = self.list.current_row()
        line = row.data.line if row is not None else None
        return name_in_order(line.surname, line.given_names) if line is not None else ""

    def state(self) -> dict[str, Any]:
        row = self.list.current_row()
        return {"row": row.key if row is not None else "", "top": self._scroll.verticalScrollBar().value()}

    def restore(self, state: dict[str, Any]) -> None:
        self.list.go_to(str(state.get("row", "")))
        self._scroll.verticalScrollBar().setValue(int(state.get("top", 0)))

    def focus_first(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_filter(self) -> bool:
        self.head.focus_chips()
        return True

    def print_page(self, *_: object) -> bool:
        """Today's sheet: the list as it stands, on paper."""
        if self._data is not None:
            print_today_sheet(self, self.context, self._data, self._sections, self.head.kind)
        return True

    def command_args(self, key: str) -> dict[str, Any]:
        row = self.list.current_row()
        return {"item": item_key(row.data)} if key == "put_off" and row is not None else {}

    # Room

    def _fit(self) -> None:
        px = self._theme.px
        scale = self._theme.scale
        beside = self.window().width() / scale >= BESIDE and self.width() / scale >= BESIDE_ON_PAGE
        self._beside.setVisible(beside)
        self._rule.setVisible(beside)
        if beside and self._beside.widget() is not self._column:
            self._left.removeWidget(self._column)
            self._beside.setWidget(self._column)
            self._column.show()
        elif not beside and self._left.indexOf(self._column) < 0:
            if self._beside.widget() is self._column:
                self._beside.takeWidget()
            self._left.insertWidget(self._left.count() - 2, self._column)
            self._column.show()
        self._beside.setFixedWidth(px(COLUMN))
        self._fit_list()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


def _show_team(window: Window) -> None:
    window.open_page("today", scope=TEAM)


SHOTS = (Shot("today", "today"), Shot("today-team", "today", prepare=_show_team))
