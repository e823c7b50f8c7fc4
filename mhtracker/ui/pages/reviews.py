"""Reviews: what is due when, by worker and week, with the load; booking, holding, and days proposed for many."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mhtracker.store.queries.due import DueItem
from mhtracker.text import count, format_date, name_in_order
from mhtracker.ui.choice_edit import Choice, ChoiceEdit
from mhtracker.ui.context import Context
from mhtracker.ui.pages.base import Page
from mhtracker.ui.reviews.columns import Seen, columns_for
from mhtracker.ui.reviews.reading import (
    EVERY,
    MAIN,
    STATES,
    ReviewsData,
    load_of,
    narrowed,
    of_week,
    read_reviews_page,
    row_id,
)
from mhtracker.ui.shots import Shot
from mhtracker.ui.tables import DataTable, TableModel
from mhtracker.ui.today.bars import WeekBars
from mhtracker.ui.widgets.buttons import Button
from mhtracker.ui.widgets.chips import Chip, ChipLine
from mhtracker.ui.widgets.empty_state import EmptyState
from mhtracker.ui.widgets.key_hints import KeyHints
from mhtracker.ui.widgets.labels import Label

if TYPE_CHECKING:
    from mhtracker.store import Store

HINTS = (("Enter", "open the person"), ("Space", "select"), ("R", "record"))
EVERYONE = "everyone"
NOTHING = "Reviews stand here when they fall due within eight weeks. People are added, or imported, in the caseload."


class ReviewsPage(Page):
    """`show_place(whose=…, state=…, week=…)` chooses whose ("worker:…", "team:…", "everyone") and which."""

    key = "reviews"
    title = "Reviews"
    icon = "clipboard-check-outline"
    kinds = frozenset(
        {"person", "placement", "review", "status", "note", "stage", "service", "worker", "team", "setting"}
        | {"review_type"}
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._theme = context.theme
        self._whose, self._of_kind, self._standing = "", EVERY, EVERY
        self._week: date | None = None
        self._data: ReviewsData | None = None
        self._shown: list[DueItem] = []
        self.whose = ChoiceEdit(self._theme, [Choice(EVERYONE, "Everyone")], width=230)
        self.whose.set_name("Whose reviews")
        self.whose.edited.connect(self._on_whose)
        self.chips = ChipLine(self._theme, "What to show")
        self._chips: dict[str, Chip] = {}
        self._seen = Seen(context.as_at)
        self.model = TableModel(columns_for(self._seen), self._count, self._fetch, row_id, checkable=True)
        self.table = DataTable(self._theme, self.model, "Reviews due")
        icon = "clipboard-check-outline"
        self._nothing = EmptyState(
            self._theme, icon, "No review is due", NOTHING, "Open the caseload", self._to_caseload
        )
        narrow = "No review or contact is of this kind, this state and this week."
        self._none_so = EmptyState(self._theme, icon, "None of these", narrow, "Show all", self.show_all)
        self.table.set_empty(self._none_so)
        self._none_so.hide()
        self.table.set_empty(self._nothing)
        self.load = WeekBars(self._theme, self.on_week)
        self._build()
        self._join()

    def _build(self) -> None:
        theme, px = self._theme, self._theme.px
        self._caption = Label("", tone="text2")
        self.propose = Button(theme, "Propose dates", self.on_propose, kind="primary", icon="mdi6.calendar-plus")
        self.book = Button(theme, "Book", self.on_book, icon="mdi6.calendar-today")
        self.hold = Button(theme, "Record as held", self.on_hold, icon="mdi6.clipboard-check-outline")
        self.paper = Button(theme, "Print the diary", self.print_page, icon="mdi6.printer-outline")
        head = QHBoxLayout()
        head.setSpacing(px(12))
        head.addWidget(Label("Reviews", "title"), 0, Qt.AlignmentFlag.AlignBottom)
        head.addWidget(self._caption, 1, Qt.AlignmentFlag.AlignBottom)
        head.addWidget(self.whose)
        steps = QHBoxLayout()
        steps.setSpacing(px(8))
        for button in (self.propose, self.book, self.hold, self.paper):
            steps.addWidget(button)
        steps.addStretch(1)
        self._selected = Label("", tone="text2")
        steps.addWidget(self._selected)
        top = QWidget()
        top.setAccessibleName("Reviews")
        column = QVBoxLayout(top)
        column.setContentsMargins(px(24), px(14), px(24), 0)
        column.setSpacing(px(8))
        column.addLayout(head)
        column.addWidget(self.chips)
        column.addWidget(self.load)
        column.addLayout(steps)
        foot = QHBoxLayout()
        foot.setContentsMargins(px(24), px(4), px(24), px(10))
        foot.addWidget(KeyHints(theme, HINTS), 1)
        body = QHBoxLayout()
        body.setContentsMargins(px(24), 0, px(24), 0)
        body.addWidget(self.table)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(px(8))
        outer.addWidget(top)
        outer.addLayout(body, 1)
        outer.addLayout(foot)

    def _join(self) -> None:
        self.table.opened.connect(self._on_opened)
        self.table.went_to.connect(lambda _: self._show_steps())
        self.model.ticked_changed.connect(lambda _: self._show_steps())

    # Asking and showing

    def show_place(self, **args: Any) -> None:
        if args.get("state") in dict(STATES):
            self._standing, self._of_kind, self._week = args["state"], EVERY, args.get("week")
        self._whose = args.get("whose") or self._whose
        self.refresh()

    def query(self, store: Store, as_at: date) -> ReviewsData:
        kind, _, which = self._of().partition(":")
        worker_id, team_id = (which if kind == name else None for name in ("worker", "team"))
        return read_reviews_page(store, as_at, worker_id, team_id)

    def _of(self) -> str:
        """Whose reviews are asked for: one's own until somebody else's are chosen."""
        worker_id = self.context.register.worker_id
        return self._whose or (f"worker:{worker_id}" if worker_id else EVERYONE)

    def show_data(self, data: ReviewsData) -> None:
        self._data = data
        self._show_whose(data)
        self._show_chips(data)
        self._show_rows()

    def _show_whose(self, data: ReviewsData) -> None:
        choices = [Choice(EVERYONE, "Everyone")]
        choices += [Choice(f"worker:{key}", name) for key, name in data.desks.workers]
        choices += [Choice(f"team:{key}", f"Team {name}") for key, name in data.desks.teams]
        self.whose.blockSignals(True)
        self.whose.set_choices(choices)
        self.whose.set_value(self._of())
        self.whose.blockSignals(False)

    def _show_chips(self, data: ReviewsData) -> None:
        if not self._chips:
            kinds = [(MAIN, "Main reviews")]
            kinds += [(t.id, t.label) for t in data.types if t.begins not in ("", "placement") and not t.retired]
            for group, entries in (("state", STATES), ("kind", kinds)):
                for key, words in entries:
                    self._chips[f"{group}:{key}"] = self._chip(group, key, words)
        for name, chip in self._chips.items():
            group, _, key = name.partition(":")
            chip.setChecked(key == (self._standing if group == "state" else self._of_kind))
            kind, state = (EVERY, key) if group == "state" else (key, EVERY)
            found = len(narrowed(of_week(data.items, self._week, data.as_at), kind, state, data.as_at))
            chip.set_count(found)
            chip.setVisible(group == "state" or found > 0 or chip.isChecked())

    def _chip(self, group: str, key: str, words: str) -> Chip:
        chip = Chip(self._theme, words, count=0, dropdown=False, clearable=False)
        chip.setCheckable(True)
        chip.clicked.connect(partial(self.on_chip, group, key))
        self.chips.add(chip)
        return chip

    def on_chip(self, group: str, key: str, *_: object) -> None:
        """Show one state, or one kind; pressed again, a kind shows them all."""
        if group == "state":
            self._standing = key
        else:
            self._of_kind = EVERY if self._of_kind == key else key
        if self._data is not None:
            self._show_chips(self._data)
            self._show_rows()

    def on_week(self, monday: date) -> None:
        """Show one week's reviews; pressed again, every week's."""
        self._week = None if self._week == monday else monday
        if self._data is not None:
            self._show_chips(self._data)
            self._show_rows()

    def show_all(self) -> None:
        """Show every kind, state and week."""
        self._of_kind, self._standing, self._week = EVERY, EVERY, None
        if self._data is not None:
            self._show_chips(self._data)
            self._show_rows()

    def _to_caseload(self) -> None:
        self.context.shell.open_page("caseload")

    def _show_rows(self) -> None:
        data = self._data
        if data is None:
            return
        in_weeks = narrowed(data.items, self._of_kind, self._standing, data.as_at)
        self._shown = of_week(in_weeks, self._week, data.as_at)
        empty, other = (self._none_so, self._nothing) if data.items else (self._nothing, self._none_so)
        other.hide()
        self.table.set_empty(empty)
        self._seen.as_at, self._seen.stages = data.as_at, {stage.id: stage for stage in data.stages}
        self.model.reload()
        late = len(narrowed(self._shown, EVERY, "overdue", data.as_at))
        of_week_words = f"in the week of {format_date(self._week, year=False)}" if self._week else "within eight weeks"
        overdue = f", {late} overdue" if late else ""
        self._caption.setText(f"{count(len(self._shown), 'review')} {of_week_words}{overdue}")
        self.load.show_weeks(load_of(in_weeks, data.as_at), self._week)
        self._show_steps()

    def _count(self, then: Any) -> None:
        then(len(self._shown))

    def _fetch(self, offset: int, limit: int, then: Any) -> None:
        then(self._shown[offset : offset + limit])

    # Steps

    @property
    def _may_record(self) -> bool:
        return self.context.as_known is None and not self.context.register.read_only

    def ticked(self) -> list[DueItem]:
        """The lines selected that are on show."""
        return [item for item in self._shown if row_id(item) in self.model.ticked]

    def _show_steps(self) -> None:
        current = self.table.current_row()
        here = current is not None
        ahead = current is not None and current.booked_on is not None and current.booked_on > self.context.as_at
        self.book.setEnabled(self._may_record and (here or bool(self.ticked())))
        self.hold.setEnabled(self._may_record and here and not ahead)
        self.hold.setToolTip("It is booked for a day ahead: it can be recorded from that day on." if ahead else "")
        self.propose.setEnabled(self._may_record and bool(self.to_propose()))
        chosen = len(self.ticked())
        self._selected.setText(f"{chosen} selected" if chosen else "")

    def to_propose(self) -> list[DueItem]:
        """What days are proposed for: the lines selected, else all on show not booked. Contacts are not booked."""
        as_at = self.context.as_at
        items = self.ticked() or narrowed(self._shown, EVERY, "to_book", as_at)
        return [item for item in items if item.need is None or not item.need.contact]

    def on_propose(self) -> None:
        """Propose a day for each, to be adjusted and booked in one step."""
        self._book_all(self.to_propose())

    def on_book(self) -> None:
        """Book the lines selected, or the one in hand."""
        item, chosen = self.table.current_row(), self.ticked()
        if len(chosen) > 1:
            self._book_all([each for each in chosen if each.need is None or not each.need.contact])
            return
        item = chosen[0] if chosen else item
        if item is None:
            return
        if item.need is not None and item.need.contact:
            self.context.shell.run_command("note", person_id=item.person_id)
        elif item.booked_on is not None:
            self.context.shell.run_command("rebook_review", person_id=item.person_id)
        else:
            kind = {"kind": item.need.kind} if item.need is not None else {}
            self.context.shell.run_command("book_review", person_id=item.person_id, **kind)

    def _book_all(self, items: Sequence[DueItem]) -> None:
        first: dict[str, DueItem] = {}
        for item in items:
            first.setdefault(item.person_id, item)
        kinds = {key: item.need.kind for key, item in first.items() if item.need is not None}
        limits = {key: item.due_on for key, item in first.items()}
        self.context.shell.run_command("book_reviews", person_ids=tuple(first), kinds=kinds, limits=limits)

    def on_hold(self) -> None:
        """Record the review in hand as held; a contact is recorded as a note."""
        item = self.table.current_row()
        if item is None:
            return
        if item.need is not None and item.need.contact:
            self.context.shell.run_command("note", person_id=item.person_id)
            return
        kind = {"kind": item.need.kind} if item.need is not None else {}
        self.context.shell.run_command("review", person_id=item.person_id, **kind)

    def _on_opened(self, item: DueItem) -> None:
        self.context.shell.open_person(item.person_id, tab="reviews")

    def _on_whose(self) -> None:
        chosen = self.whose.value()
        if isinstance(chosen, str) and chosen != self._of():
            self._whose = chosen
            self.refresh()

    # For the shell

    def current_person(self) -> str | None:
        item = self.table.current_row()
        return item.person_id if item is not None else None

    def current_name(self) -> str:
        item = self.table.current_row()
        line = item.line if item is not None else None
        return name_in_order(line.surname, line.given_names) if line is not None else ""

    def focus_first(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_filter(self) -> bool:
        self.whose.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def print_page(self) -> bool:
        """Show the diary as it will print."""
        if self._data is None:
            return False
        from mhtracker.ui.reviews.printing import print_diary

        print_diary(self, self.context, self._shown, self.whose.text_value())
        return True


SHOTS = (Shot("reviews", "reviews"),)
