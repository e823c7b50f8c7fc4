"""Today: what is overdue, due today and due soon, and what changed since one last looked."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from mhtracker import settings
from mhtracker.store.queries.due import DueItem
from mhtracker.text import count, format_date
from mhtracker.ui.commands import Command
from mhtracker.ui.context import Context
from mhtracker.ui.list_rows import ListRows, Section
from mhtracker.ui.pages.base import Page
from mhtracker.ui.shots import Shot
from mhtracker.ui.today.bars import StageBars, WeekBars
from mhtracker.ui.today.news import NewsList
from mhtracker.ui.today.reading import EVERYONE, MINE, TEAM, Question, TodayData, read_today, scopes
from mhtracker.ui.today.rows import EVERYTHING, KINDS, counts, narrowed, sections, step_of
from mhtracker.ui.widgets.buttons import LinkButton
from mhtracker.ui.widgets.chips import Chip, ChipLine
from mhtracker.ui.widgets.empty_state import EmptyState
from mhtracker.ui.widgets.key_hints import KeyHints
from mhtracker.ui.widgets.labels import ElidedLabel, Label, rule
from mhtracker.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from mhtracker.store import Store
    from mhtracker.ui.window import Window

COLUMN = 292
BESIDE = 1200
"""In a window narrower than this, at 100% text, the right column stands under the list."""

BESIDE_ON_PAGE = 960
"""And on a page narrower than this, as beside a panel."""

HINTS = (("↑ ↓", "move"), ("Enter", "open the person"), ("Space", "do the action"))


class TodayPage(Page):
    """`show_place(scope=…, kind=…)` chooses whose work and what of it."""

    key = "today"
    title = "Today"
    icon = "calendar-check-outline"
    kinds = frozenset(
        {"person", "placement", "plan", "target", "review", "stage", "service", "worker", "note", "setting"}
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._theme = context.theme
        self._scope = ""
        self._kind = EVERYTHING
        self._data: TodayData | None = None
        self._sections: list[Section] = []
        self._top = self._make_top()
        self.list = ListRows(self._theme, "What is due")
        self.list.opened.connect(self._on_opened)
        self.list.acted.connect(self._on_acted)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        words = "Reviews and move-on dates stand here when they are. People are added, or imported, in the caseload."
        self._nothing = EmptyState(
            self._theme, "calendar-check-outline", "Nothing is due", words, "Open the caseload", self._to_caseload
        )
        self._column = self._make_column()
        self._build()
        self.list.went_to.connect(self._on_went_to)
        context.commands.add(
            Command(
                "mark_seen", "Mark “since you last looked” as seen", self.on_seen, "check", possible=self.isVisible
            ),
            owner=self,
        )
        context.bus.register_changed.connect(self._on_register_changed)
        self._offer_scopes()

    # Building

    def _make_top(self) -> QWidget:
        px = self._theme.px
        top = QWidget()
        top.setAccessibleName("Today")
        self._day = Label("", "title")
        self._caption = ElidedLabel("", "body", "text2")
        self._scopes = QHBoxLayout()
        head = QHBoxLayout()
        head.setSpacing(px(12))
        head.addWidget(self._day, 0, Qt.AlignmentFlag.AlignBottom)
        head.addWidget(self._caption, 1, Qt.AlignmentFlag.AlignBottom)
        head.addLayout(self._scopes)
        self.chips = ChipLine(self._theme, "What to show")
        self._chip_of: dict[str, Chip] = {}
        for kind, words in KINDS:
            chip = Chip(self._theme, words, count=0, dropdown=False, clearable=False)
            chip.setCheckable(True)
            chip.setChecked(kind == self._kind)
            chip.clicked.connect(partial(self.on_kind, kind))
            self.chips.add(chip)
            self._chip_of[kind] = chip
        column = QVBoxLayout(top)
        column.setContentsMargins(px(24) - 3, px(14), px(24) - 3, 0)
        column.setSpacing(px(6))
        head.setContentsMargins(3, 0, 3, 0)
        column.addLayout(head)
        column.addWidget(self.chips)
        return top

    def _make_column(self) -> QFrame:
        px = self._theme.px
        column = QFrame()
        column.setProperty("box", "surface")
        column.setAccessibleName("Beside the list")
        self.news = NewsList(self.context, self.on_seen)
        self.weeks = WeekBars(self._theme)
        self._weeks_heading = Label("Reviews by week", "heading")
        self._unbooked = Label("", "caption", "text3", wrap=True)
        self.stages = StageBars(self._theme, self._on_stage)
        self._stages_heading = Label("", "heading")
        body = QVBoxLayout(column)
        body.setContentsMargins(0, 0, 0, px(12))
        body.setSpacing(0)
        body.addWidget(self.news)
        inside = QVBoxLayout()
        inside.setContentsMargins(px(14), px(12), px(14), 0)
        inside.setSpacing(px(6))
        inside.addWidget(self._weeks_heading)
        inside.addWidget(self.weeks)
        inside.addWidget(self._unbooked)
        inside.addWidget(rule())
        inside.addWidget(self._stages_heading)
        inside.addWidget(self.stages)
        body.addLayout(inside)
        body.addStretch(1)
        return column

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
        self._left.addStretch(1)
        self._left.addWidget(self._hints)
        self._scroll = _scroll_area(inside, "What is due")
        self._beside = _scroll_area(None, "Beside the list")
        main = QVBoxLayout()
        main.setSpacing(0)
        main.addWidget(self._top)
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
        if scope in self._keys() and scope != self._scope:
            self._scope = scope
            self._offer_scopes()
            self.refresh()
        if kind in self._chip_of and kind != self._kind:
            self.on_kind(kind)

    def query(self, store: Store, as_at: date) -> tuple[TodayData, list[Section]]:
        data = read_today(store, as_at, self._question())
        # Thousands of lines take a tenth of a second to word: not on the window's thread.
        return data, sections(data, store.stages(), may_record=not store.read_only)

    def _question(self) -> Question:
        context = self.context
        register = context.register
        kept = context.computer.register(register.address)
        # In the demo somebody else sat at this desk until now, so their changes are news.
        names = (context.computer.who_name, "" if register.is_demo else register.worker_name)
        return Question(
            scope=self._scope,
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
        self._day.setText(format_date(data.as_at, weekday=True))
        whose = {MINE: "on your caseload", TEAM: "with your team"}.get(data.scope, "on the pathway")
        self._caption.setText(f"{count(data.people, 'person', 'people')} {whose}")
        for kind, number in counts(data.items, data.as_at).items():
            if kind in self._chip_of:
                self._chip_of[kind].set_count(number)
        self._show_rows()
        self.news.setVisible(data.since is not None)
        if data.since is not None:
            self.news.show_since(data.since)
        self.weeks.show_weeks(data.weeks)
        self._weeks_heading.setText({MINE: "Your reviews, by week"}.get(data.scope, "Reviews by week"))
        self._unbooked.setText(f"and {data.unbooked:,} overdue, not booked" if data.unbooked else "")
        people = count(data.people, "person", "people")
        self._stages_heading.setText(f"Your {people}" if data.scope == MINE else people[:1].upper() + people[1:])
        self.stages.show_stages(data.stages)

    def _show_rows(self) -> None:
        if self._data is None:
            return
        found = narrowed(self._sections, self._kind)
        self.list.show_sections(found)
        self.list.setVisible(bool(found))
        self._nothing.setVisible(not found)
        self._hints.setVisible(bool(found))
        self._fit_list()

    def _fit_list(self) -> None:
        self.list.setFixedHeight(self.list.content_height() + 2)

    # Whose, and what

    def _keys(self) -> list[str]:
        register = self.context.register
        return [key for key, _ in scopes(register.worker_id, register.team_id, register.team_name)]

    def _offer_scopes(self) -> None:
        register = self.context.register
        offered = scopes(register.worker_id, register.team_id, register.team_name)
        if self._scope not in dict(offered):
            self._scope = offered[0][0]
        while (item := self._scopes.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        if len(offered) > 1:
            choice = Segmented(self._theme, "Whose", offered, self._scope)
            choice.chosen.connect(self.on_scope)
            self._scopes.addWidget(choice)
        else:
            shell = self.context.shell
            self._scopes.addWidget(
                LinkButton(
                    self._theme, "Say who you are, to see yours", partial(shell.open_page, "settings", part="you")
                )
            )

    def on_scope(self, scope: str) -> None:
        """Show one's own work, the team's or everyone's."""
        self._scope = scope
        self.refresh()

    def on_kind(self, kind: str, *_: object) -> None:
        """Show everything, reviews or targets."""
        self._kind = kind
        for name, chip in self._chip_of.items():
            chip.setChecked(name == kind)
        self._show_rows()

    def _to_caseload(self) -> None:
        self.context.shell.open_page("caseload")

    @Slot()
    def _on_register_changed(self) -> None:
        before = self._scope
        if before == EVERYONE and MINE in self._keys():
            self._scope = MINE
        self._offer_scopes()
        if before != self._scope and self.isVisible():
            self.refresh()
        elif before != self._scope:
            self.stale = True

    # What lines do

    def _on_opened(self, item: DueItem) -> None:
        tab = "reviews" if item.kind == "review" else "move-on"
        self.context.shell.open_person(item.person_id, tab=tab)

    def _on_acted(self, item: DueItem) -> None:
        command, _ = step_of(item, self.context.as_at)
        context = self.context
        if command == "open" or context.as_known is not None or context.register.read_only:
            self._on_opened(item)
        else:
            context.shell.run_command(command, person_id=item.person_id)

    def _on_went_to(self, item: DueItem) -> None:
        place, inside = self.list.visualRect(self.list.currentIndex()), self._scroll.widget()
        if inside is None:
            return
        middle = self.list.viewport().mapTo(inside, place.center())
        self._scroll.ensureVisible(middle.x(), middle.y(), 0, self._theme.px(60))

    def _on_stage(self, stage_id: str) -> None:
        filters = [f"stage={stage_id}"]
        register = self.context.register
        if self._scope == MINE:
            filters.append(f"worker={register.worker_name}")
        elif self._scope == TEAM:
            filters.append(f"team={register.team_name}")
        self.context.shell.open_page("caseload", filters=tuple(filters))

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
        return (line.known_as or line.given_names or line.surname) if line is not None else ""

    def state(self) -> dict[str, Any]:
        row = self.list.current_row()
        return {"row": row.key if row is not None else "", "top": self._scroll.verticalScrollBar().value()}

    def restore(self, state: dict[str, Any]) -> None:
        self.list.go_to(str(state.get("row", "")))
        self._scroll.verticalScrollBar().setValue(int(state.get("top", 0)))

    def focus_first(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_filter(self) -> bool:
        self._chip_of[self._kind].setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

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


def _scroll_area(inside: QWidget | None, name: str) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setAccessibleName(name)
    area.viewport().setAccessibleName(name)
    if inside is not None:
        area.setWidget(inside)
    return area
