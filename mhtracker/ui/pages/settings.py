"""Settings: who sits here, how the window looks, and what the office has agreed: stages, words, rules, workers."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from mhtracker.ui.context import Context
from mhtracker.ui.office.appearance import AppearancePart
from mhtracker.ui.office.backups import BackupsPart
from mhtracker.ui.office.codes import CodesPart
from mhtracker.ui.office.measures import MeasuresPart
from mhtracker.ui.office.part import Part
from mhtracker.ui.office.register import RegisterPart
from mhtracker.ui.office.review_rules import ReviewRulesPart
from mhtracker.ui.office.review_types import ReviewTypesPart
from mhtracker.ui.office.stages import StagesPart
from mhtracker.ui.office.workers import WorkersPart
from mhtracker.ui.office.you import YouPart
from mhtracker.ui.pages.base import Page
from mhtracker.ui.shots import Shot
from mhtracker.ui.widgets.down_scroll import DownScroll
from mhtracker.ui.widgets.labels import Label, rule
from mhtracker.ui.widgets.tab_line import TabLine

if TYPE_CHECKING:
    from mhtracker.store import Store

PARTS: tuple[type[Part], ...] = (
    YouPart,
    AppearancePart,
    StagesPart,
    CodesPart,
    ReviewRulesPart,
    ReviewTypesPart,
    MeasuresPart,
    WorkersPart,
    RegisterPart,
    BackupsPart,
)
SHOTS = tuple(Shot(f"settings-{part.key}", "settings", {"part": part.key}) for part in PARTS)


class SettingsPage(Page):
    """`show_place(part=…)` goes to one part, by its key."""

    key = "settings"
    title = "Settings"
    icon = "cog-outline"
    kinds = frozenset({"stage", "code", "setting", "worker", "team", "person", "measure_tool", "review_type"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        theme, px = context.theme, context.theme.px
        self.parts: dict[str, Part] = {}
        self.tabs = TabLine(theme, "Parts of Settings", [(part.key, part.title, None) for part in PARTS])
        self.tabs.chosen.connect(lambda key: context.shell.open_page("settings", part=key))
        self._stack = QStackedWidget()
        self._stack.setAccessibleName("Settings")
        top = QVBoxLayout()
        top.setContentsMargins(px(24), px(14), px(24), 0)
        top.setSpacing(px(6))
        top.addWidget(Label("Settings", "title"))
        top.addWidget(self.tabs)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(rule())
        column.addWidget(self._stack, 1)
        self._take(PARTS[0].key)

    def _take(self, key: str) -> None:
        if key not in self.parts:
            part = next(each for each in PARTS if each.key == key)(self.context)
            self.parts[key] = part
            self._stack.addWidget(_scrolling(part))
        self.part = self.parts[key]
        self._stack.setCurrentIndex(list(self.parts).index(key))
        self.tabs.set_key(key)

    def show_place(self, **args: Any) -> None:
        key = args.get("part") or self.part.key
        if key in {part.key for part in PARTS}:
            self._take(key)
        self.refresh()

    def query(self, store: Store, as_at: date) -> tuple[Part, Any]:
        return self.part, self.part.read(store)

    def show_data(self, data: tuple[Part, Any]) -> None:
        part, read = data
        part.show_data(read)

    @Slot()
    def focus_first(self) -> None:
        """The line of parts has the keyboard; Tab goes into the part."""
        self.tabs.setFocus(Qt.FocusReason.OtherFocusReason)


def _scrolling(part: Part) -> DownScroll:
    part.setProperty("box", "page")
    return DownScroll.around(part, part.title)
