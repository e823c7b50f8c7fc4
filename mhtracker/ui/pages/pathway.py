"""The pathway: a column per stage with a card per person, moved from one to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtWidgets import QMenu, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from mhtracker import settings, text
from mhtracker.store import Store
from mhtracker.store.queries.board import read_rooms
from mhtracker.ui.board.board import PathwayBoard
from mhtracker.ui.board.counts import STUCK, WAITING
from mhtracker.ui.board.heads import FlowButton, MonthLine
from mhtracker.ui.board.page_head import LineOf, PageHead
from mhtracker.ui.board.reading import FIRST, SORTS, STEP, Asked, BoardData, read_more, read_names, read_pathway
from mhtracker.ui.caseload.choice_menu import ChoiceMenu
from mhtracker.ui.caseload.filters import (
    KIND_OF_FILTER,
    Choice,
    as_typed,
    from_typed,
    label_of_filter,
    read_choices,
    values_of,
    with_values,
    words_of,
)
from mhtracker.ui.context import Context
from mhtracker.ui.pages.base import Page
from mhtracker.ui.person.parts import Scroll
from mhtracker.ui.shots import Shot
from mhtracker.ui.widgets.buttons import LinkButton
from mhtracker.ui.widgets.chips import Chip
from mhtracker.ui.widgets.empty_state import EmptyState
from mhtracker.ui.widgets.key_hints import KeyHints
from mhtracker.ui.widgets.labels import Label, button_words
from mhtracker.ui.widgets.segmented import Segmented

CHIPS = ("team", "worker", "stuck")
MOST_NAMES = 25
BOARD_AT_LEAST = 300
MOST_FOR_ROOMS = 20_000
"""With more people than this, reading who lives in which place would hold up what is asked meanwhile."""
KEYS = (
    ("← →", "change column"),
    ("↑ ↓", "change card"),
    ("Space", "take up, then ← → and Enter"),
    ("M", "move this person"),
    ("Enter", "open"),
)


class PathwayPage(Page):
    """Filters and order are remembered on this computer; how far a column was grown, until the register is closed."""

    key = "pathway"
    title = "Pathway"
    icon = "stairs-up"
    kinds = frozenset(
        {"person", "placement", "plan", "target", "review", "stage", "service", "worker", "team", "setting", "unit",
         "hold", "waiting"}
    )  # fmt: skip

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._kept = context.computer.table(self.key)
        kept = self._kept.sort[0][0] if self._kept.sort else ""
        filters = tuple(each for each in from_typed(self._kept.filters) if each.column in CHIPS)
        self.asked = Asked(filters, kept if kept in SORTS else "target")
        self._data: BoardData | None = None
        self._wants_focus = False
        self._build()
        self._join()
        self._show_chips()

    def _build(self) -> None:
        theme = self.context.theme
        self._people = Label("", "strong")
        self._stages = Label("", "body", "text2")
        self.chips = {
            column: Chip(theme, label_of_filter(column), dropdown=not KIND_OF_FILTER[column].switch) for column in CHIPS
        }
        self.sort = Segmented(
            theme, "Sort by", [("target", "Target"), ("days", "Days"), ("name", "Name")], self.asked.sort
        )
        self.unplaced = LinkButton(theme, "", self._show_unplaced)
        self.unplaced.hide()
        self.month = MonthLine(theme)
        self.board = PathwayBoard(theme)
        body = QWidget()
        body.setAccessibleName("Board and flows")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.month)
        column.addWidget(self.board, 1)
        self._body = body
        self._whole = QStackedWidget()
        self._whole.setAccessibleName("Pathway")
        self._whole.addWidget(body)
        self.hints = KeyHints(theme, KEYS)
        self.in_hand = Label("", "caption-strong", "accent", wrap=True)
        self._choices = self._make_choices()
        self.head = PageHead(theme, self._make_title(), self._choices)
        self._foot = QStackedWidget()
        self._foot.setAccessibleName("Keys")
        self._foot.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._foot.addWidget(self.hints)
        self._foot.addWidget(self.in_hand)
        self._scroll = Scroll("Pathway")
        self._column = QVBoxLayout(self._scroll.inside)
        self._column.addWidget(self.head)
        self._column.addWidget(self._whole, 1)
        self._column.addWidget(self._foot)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._scroll)
        theme.changed.connect(self._measure)
        self._measure()

    def _make_title(self) -> QWidget:
        people = LineOf(self.context.theme, "People", self._people, self._stages, space=4)
        return LineOf(self.context.theme, "Pathway", Label("Pathway", "title"), people, self.unplaced, space=10)

    def _make_choices(self) -> QWidget:
        sort_by = Label("Sort by", "body", "text2")
        return LineOf(self.context.theme, "Filters and order", *self.chips.values(), sort_by, self.sort)

    def _measure(self) -> None:
        px = self.context.theme.px
        self._column.setContentsMargins(px(24), px(12), px(24), px(8))
        self._column.setSpacing(px(8))
        # With very large text on a small screen the page scrolls rather than leave no room for a card.
        self.board.setMinimumHeight(px(BOARD_AT_LEAST))

    def _join(self) -> None:
        shell = self.context.shell
        for column, chip in self.chips.items():
            if switch := KIND_OF_FILTER[column].switch:
                chip.setCheckable(True)
                chip.clicked.connect(lambda on, column=column, only=switch: self._choose(column, (only,) if on else ()))
                continue
            chip.pressed_open.connect(partial(self._open_choices, column))
            chip.cleared.connect(partial(self._choose, column, ()))
        self.sort.chosen.connect(lambda key: self.ask_for(replace(self.asked, sort=key, shown={})))
        self.month.flow_pressed.connect(self._on_flow)
        self.board.opened.connect(lambda person_id: shell.open_person(person_id))
        self.board.move_asked.connect(self._on_move_asked)
        self.board.more_asked.connect(self.show_more)
        self.board.stage_pressed.connect(self._list_stage)
        self.board.count_pressed.connect(self._on_count)
        self.board.carrying.connect(self._on_carrying)

    # Asking

    def query(self, store: Store, as_at: date) -> BoardData:
        return read_pathway(store, self.asked, as_at)

    def show_data(self, data: BoardData) -> None:
        self._data = data
        if data.asked.filters != self.asked.filters:
            self.asked = replace(self.asked, filters=data.asked.filters)
            self._show_chips()
        board = data.board
        self._people.setText(text.format_number(board.people))
        people = "person" if board.people == 1 else "people"
        self._stages.setText(f"{people} in {text.count(len(board.columns), 'stage')}")
        self.unplaced.set_words(f"{text.count(board.unplaced, 'person has', 'people have')} no stay")
        self.unplaced.setVisible(board.unplaced > 0)
        register = self.context.register
        self.board.can_carry = not (register.read_only or self.context.as_known)
        self.month.show_flows(board, register.stages, self.context.today)
        self.board.show_board(data)
        slot = ("rooms", id(self))
        if board.people <= MOST_FOR_ROOMS:
            # The places take longer to read than the people: the board does not wait for them.
            filters, rooms = data.asked.filters, self.board.show_rooms
            self.context.jobs.ask(read_rooms, self.context.as_at, filters, then=rooms, slot=slot)
        else:
            # What was counted of fewer people, under a filter taken off since, is not true of these.
            self.context.jobs.forget(slot)
            self.board.show_rooms({})
        self.head.refit()
        self._show_empty(data)
        if self._wants_focus:
            self.focus_first()

    def ask_for(self, asked: Asked) -> None:
        """Show other people, or in another order, and remember it."""
        self.asked = asked
        self._show_chips()
        self._kept.filters = as_typed(asked.filters)
        self._kept.sort = [(asked.sort, False)]
        settings.save_soon(self.context.computer)
        self.refresh()

    @Slot(str)
    def show_more(self, stage_id: str) -> None:
        """Grow a column by a step."""
        column = self.board.column_of(stage_id)
        if column is None or not column.left_over:
            return
        there = len(column.list.cards())
        self.context.jobs.ask(
            read_more,
            column.stage,
            self.asked,
            self.context.as_at,
            there,
            STEP,
            then=partial(self._on_more, stage_id, there),
            urgent=True,
            slot=("more cards", id(self), stage_id),
        )

    def _on_more(self, stage_id: str, there: int, cards: Sequence[Any]) -> None:
        column = self.board.column_of(stage_id)
        if column is None or len(column.list.cards()) != there:
            return  # the board was read anew meanwhile
        had_focus = column.more.hasFocus()
        self.board.add_cards(stage_id, cards)
        self.asked = replace(self.asked, shown={**self.asked.shown, stage_id: max(there + len(cards), FIRST)})
        if had_focus:
            column.list.setFocus(Qt.FocusReason.OtherFocusReason)
            column.list.go_to_row(there)

    # Filters

    def _show_chips(self) -> None:
        for column, chip in self.chips.items():
            if chip.isCheckable():
                chip.setChecked(bool(values_of(self.asked.filters, column)))
                continue
            said = ", ".join(words_of(each) for each in self.asked.filters if each.column == column)
            chip.set_value(said)
        self.head.refit()

    def _open_choices(self, column: str) -> None:
        self.context.jobs.ask(
            read_choices,
            column,
            self.context.as_at,
            then=partial(self._show_choices, column),
            urgent=True,
            slot=("pathway menu", id(self)),
        )

    def _show_choices(self, column: str, choices: list[Choice]) -> None:
        chip = self.chips[column]
        menu = ChoiceMenu(KIND_OF_FILTER[column].label, choices, values_of(self.asked.filters, column), parent=self)
        menu.picked.connect(lambda values, _leave_out: self._choose(column, values))
        self._pop_up(menu, chip)

    def _choose(self, column: str, values: Sequence[str]) -> None:
        filters = with_values(self.asked.filters, column, values)
        self.ask_for(replace(self.asked, filters=filters, shown={}))

    def clear_filters(self) -> None:
        """Show everyone on the pathway."""
        self.ask_for(replace(self.asked, filters=(), shown={}))

    def _pop_up(self, menu: QMenu, under: QWidget) -> None:
        self.menu = menu
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(under.mapToGlobal(QPoint(0, under.height() + 2)))
        if first := next((action for action in menu.actions() if action.isEnabled()), None):
            menu.setActiveAction(first)

    # The month's flows

    @Slot(object)
    def _on_flow(self, button: FlowButton) -> None:
        people = button.flow.people[:MOST_NAMES]
        then = partial(self._show_names, button)
        self.context.jobs.ask(read_names, people, self.context.as_at, then=then, urgent=True)

    def _show_names(self, button: FlowButton, names: list[tuple[str, str, str]]) -> None:
        menu = QMenu(button.words(), self)
        menu.setAccessibleName(button.accessibleName())
        heading = menu.addAction(button_words(button.words()))
        heading.setEnabled(False)
        for person_id, name, place in names:
            action = menu.addAction(button_words(f"{name}\t{place}"))
            action.triggered.connect(partial(self.context.shell.open_person, person_id))
        more = len(button.flow.people) - len(names)
        if more > 0:
            menu.addAction(f"and {text.format_number(more)} more").setEnabled(False)
        self._pop_up(menu, button)

    # Moving

    @Slot(str, str)
    def _on_move_asked(self, person_id: str, stage_id: str) -> None:
        self.context.shell.run_command("move", person_id=person_id, stage_id=stage_id)

    @Slot(str)
    def _on_carrying(self, words: str) -> None:
        self.in_hand.setText(words)
        self._foot.setCurrentWidget(self.in_hand if words else self.hints)

    # Empty pages

    def _show_empty(self, data: BoardData) -> None:
        for widget in (self._choices, self._foot):  # filters and order, and what keys do with a card
            widget.setVisible(data.anybody)
        if (old := self._whole.widget(1)) is not None:
            self._whole.removeWidget(old)
            old.deleteLater()
        if data.board.people or data.board.flows:
            self._whole.setCurrentWidget(self._body)
            return
        empty = self._make_empty(data)
        self._whole.addWidget(empty)
        self._whole.setCurrentWidget(empty)

    def _make_empty(self, data: BoardData) -> EmptyState:
        theme, shell = self.context.theme, self.context.shell
        if data.anybody and self.asked.filters:
            words = "Nobody on the pathway is what the filters ask for."
            return EmptyState(theme, "mdi6.magnify", "Nobody matches", words, "Show everyone", self.clear_filters)
        if data.anybody:
            words = "Each person appears here in the stage of their present stay. No one has a stay on this day yet."
            return EmptyState(
                theme, "mdi6.stairs-up", "Nobody is in a stage", words, "Open the caseload", self._show_unplaced
            )
        words = "Each stage is a column here, with a card for each person in it. Add someone, or import a spreadsheet."
        return EmptyState(
            theme,
            "mdi6.stairs-up",
            "Nobody is on the pathway",
            words,
            "Add a person",
            lambda: shell.run_command("add_person"),
        )

    @Slot(str)
    def _list_stage(self, stage_id: str) -> None:
        filters = (f"stage={stage_id}", *as_typed(self.asked.filters))
        self.context.shell.open_page("caseload", filters=filters)

    @Slot(str, str)
    def _on_count(self, stage_id: str, what: str) -> None:
        """Open what a number under a head counts."""
        if what == STUCK:
            others = [each for each in self.asked.filters if each.column != STUCK]
            self.context.shell.open_page("caseload", filters=(f"stage={stage_id}", "stuck=yes", *as_typed(others)))
        else:
            whose = {name: values_of(self.asked.filters, name) for name in CHIPS[:2]} if what == WAITING else {}
            chosen = {"stage": [stage_id], **{name: values for name, values in whose.items() if values}}
            tab = "waiting" if what == WAITING else "services"
            self.context.shell.open_page("services", tab=tab, chosen=chosen)

    def _show_unplaced(self) -> None:
        typed = [*as_typed(self.asked.filters), "stage="]
        self.context.shell.open_page("caseload", filters=tuple(typed))

    # What the window asks

    def current_person(self) -> str | None:
        card = self.board.current_card()
        return card.line.person_id if card else None

    def current_name(self) -> str:
        card = self.board.current_card()
        return text.name_in_order(card.line.surname, card.line.given_names) if card else ""

    def state(self) -> dict[str, Any]:
        return self.board.state()

    def restore(self, state: dict[str, Any]) -> None:
        self.board.restore(state)

    def focus_filter(self) -> bool:
        self.chips[CHIPS[0]].setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def focus_first(self) -> None:
        self._wants_focus = self._data is None
        if self._data is None:
            self.setFocus()  # until there are cards
        else:
            self.board.focus_card()


def _carry(window: Any) -> None:
    page = window.navigator.current_page()
    column = page.board.column_of("enablement")
    column.list.go_to_row(1)
    column.list.setFocus()
    page.board.take_up(column.list)


SHOTS = (Shot("pathway", "pathway"), Shot("pathway-carried", "pathway", prepare=_carry))
