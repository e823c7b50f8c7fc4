"""The top of Today: the day, whose work it is, today's sheet, and a chip for each kind of thing due."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from mhtracker.text import format_date
from mhtracker.ui.context import Context
from mhtracker.ui.today.reading import EVERYONE, MINE, TEAM_IS, WORKER_IS, Desks, scopes
from mhtracker.ui.today.rows import ALWAYS, DUE_KINDS, EVERYTHING
from mhtracker.ui.widgets.buttons import Button, LinkButton
from mhtracker.ui.widgets.chips import Chip, ChipLine
from mhtracker.ui.widgets.labels import ElidedLabel, Label, button_words
from mhtracker.ui.widgets.segmented import Segmented

LONGEST = 22


class TodayHead(QWidget):
    """`scope` is whose work is shown and `kind` what of it. `scoped(scope)` and `narrowed(kind)` as they are chosen."""

    scoped = Signal(str)
    narrowed = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._theme = context, context.theme
        self.scope, self.kind = "", EVERYTHING
        self._desks = Desks()
        px = self._theme.px
        self.setAccessibleName("Today")
        self._day = Label("", "title")
        self._caption = ElidedLabel("", "body", "text2")
        self._scopes = QHBoxLayout()
        self._scopes.setSpacing(px(6))
        self.sheet = Button(
            self._theme, "Today’s sheet", icon="mdi6.printer-outline", tip="Print this list on paper (Ctrl+P)"
        )
        head = QHBoxLayout()
        head.setSpacing(px(12))
        head.addWidget(self._day, 0, Qt.AlignmentFlag.AlignBottom)
        head.addWidget(self._caption, 1, Qt.AlignmentFlag.AlignBottom)
        head.addLayout(self._scopes)
        head.addWidget(self.sheet)
        self.chips = ChipLine(self._theme, "What to show")
        self._chip_of: dict[str, Chip] = {}
        self._others: Button | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24) - 3, px(14), px(24) - 3, 0)
        column.setSpacing(px(6))
        head.setContentsMargins(3, 0, 3, 0)
        column.addLayout(head)
        column.addWidget(self.chips)
        self.show_counts(dict.fromkeys((EVERYTHING, *ALWAYS), 0))

    def say(self, day: str, caption: str) -> None:
        """The day, and how many people it is about."""
        self._day.setText(day)
        self._caption.setText(caption)

    # What

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """A chip for everything, for reviews and targets, and for whatever else is due; and the one chosen."""
        wanted = [EVERYTHING, *(kind for kind in DUE_KINDS if kind in counts)]
        wanted += [kind for kind in (self.kind,) if kind not in wanted]
        for kind in [kind for kind in self._chip_of if kind not in wanted]:
            self.chips.take(self._chip_of.pop(kind))
        for place, kind in enumerate(wanted):
            if kind not in self._chip_of:
                for later in wanted[place + 1 :]:
                    if later in self._chip_of:
                        self.chips.take(self._chip_of.pop(later))
                self._add_chip(kind)
            self._chip_of[kind].set_count(counts.get(kind, 0))

    def _add_chip(self, kind: str) -> None:
        words = "Everything" if kind == EVERYTHING else DUE_KINDS[kind].chip
        chip = Chip(self._theme, words, count=0, dropdown=False, clearable=False)
        chip.setCheckable(True)
        chip.setChecked(kind == self.kind)
        chip.clicked.connect(partial(self.choose_kind, kind))
        self.chips.add(chip)
        self._chip_of[kind] = chip

    def choose_kind(self, kind: str, *_: object) -> None:
        """Show everything, or one kind of thing due."""
        self.kind = kind
        for name, chip in self._chip_of.items():
            chip.setChecked(name == kind)
        self.narrowed.emit(kind)

    def knows_kind(self, kind: object) -> bool:
        return kind == EVERYTHING or kind in DUE_KINDS

    def focus_chips(self) -> None:
        """Give the keyboard to the chip in force."""
        self._chip_of[self.kind].setFocus(Qt.FocusReason.ShortcutFocusReason)

    # Whose

    def own_scopes(self) -> list[str]:
        """The scopes that need no name."""
        register = self._context.register
        return [key for key, _ in scopes(register.worker_id, register.team_id, register.team_name)]

    def may_show(self, scope: object) -> bool:
        """Whether a scope can be shown: one's own, or a worker's or team's by id."""
        return isinstance(scope, str) and (scope in self.own_scopes() or scope.startswith((WORKER_IS, TEAM_IS)))

    def show_desks(self, desks: Desks, whose: str) -> None:
        """Offer these workers and teams; `whose` is the name of the one on show, if it is one of them."""
        if desks != self._desks or (whose and self._others is not None and self._others.text() != button_words(whose)):
            self._desks = desks
            self.offer_scopes(whose)

    def offer_scopes(self, whose: str = "") -> None:
        """Offer whose work can be shown, the choice in force among them."""
        register = self._context.register
        offered = scopes(register.worker_id, register.team_id, register.team_name)
        if not self.may_show(self.scope):
            self.scope = offered[0][0]
        while (item := self._scopes.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        own = self.scope in dict(offered)
        if len(offered) > 1:
            if not own:
                offered = [*offered, (self.scope, _shortened(whose) or "Somebody else")]
            choice = Segmented(self._theme, "Whose", offered, self.scope)
            choice.chosen.connect(self.choose_scope)
            self._scopes.addWidget(choice)
        else:
            shell = self._context.shell
            words = "Say who you are, to see yours"
            self._scopes.addWidget(LinkButton(self._theme, words, partial(shell.open_page, "settings", part="you")))
            if not own:
                both = [*offered, (self.scope, _shortened(whose) or "Somebody else")]
                choice = Segmented(self._theme, "Whose", both, self.scope)
                choice.chosen.connect(self.choose_scope)
                self._scopes.addWidget(choice)
        self._others = None
        if self._desks.workers or self._desks.teams:
            self._others = Button(self._theme, "Others", self.show_others, kind="quiet", icon="mdi6.menu-down")
            self._others.setToolTip("Another worker’s or team’s work")
            self._scopes.addWidget(self._others)

    def choose_scope(self, scope: str) -> None:
        """Show one's own work, a worker's, a team's or everyone's."""
        if scope != self.scope:
            self.scope = scope
            self.scoped.emit(scope)

    def make_others_menu(self) -> QMenu:
        """The workers and teams whose work can be looked at."""
        menu = QMenu("Whose work", self)
        menu.setAccessibleName("Whose work")
        for start, title, desks in (
            (TEAM_IS, "Teams", self._desks.teams),
            (WORKER_IS, "Workers", self._desks.workers),
        ):
            if desks:
                menu.addSection(title)
            for key, name in desks:
                action = menu.addAction(button_words(name))
                action.setCheckable(True)
                action.setChecked(self.scope == start + key)
                action.triggered.connect(partial(self._on_other, start + key))
        return menu

    def show_others(self) -> None:
        """Offer them under the button."""
        menu = self.make_others_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        if self._others is not None:
            menu.popup(self._others.mapToGlobal(QPoint(0, self._others.height() + 2)))

    def _on_other(self, scope: str, *_: object) -> None:
        register = self._context.register
        if scope == f"{WORKER_IS}{register.worker_id}":
            scope = MINE
        self.choose_scope(scope if self.may_show(scope) else EVERYONE)


def day_words(context: Context) -> str:
    """`Tue 14 Jul 2026`."""
    return format_date(context.as_at, weekday=True)


def _shortened(name: str) -> str:
    return name if len(name) <= LONGEST else name[: LONGEST - 1].rstrip() + "…"
