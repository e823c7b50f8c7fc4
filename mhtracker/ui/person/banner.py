"""The banner of a person's page: who they are, where they are, and the main steps."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from mhtracker import text
from mhtracker.domain.caseload import DIED, LEFT, NOT_YET
from mhtracker.domain.legal.orders import status_held
from mhtracker.domain.records import StatusKind
from mhtracker.domain.summary import CaseSummary
from mhtracker.ui.person.warning_cards import warning_badges
from mhtracker.ui.person.words import charge_words
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.badge import Badge
from mhtracker.ui.widgets.buttons import Button, IconButton
from mhtracker.ui.widgets.card import clear_layout
from mhtracker.ui.widgets.flow import BETWEEN, FlowLayout
from mhtracker.ui.widgets.labels import ElidedLabel, IconLabel, Label, button_words
from mhtracker.ui.widgets.stage_pill import StagePill

BESIDE = 720
"""At 100%, the width from which the steps stand beside the name."""

Step = tuple[str, Callable[[], object]]


def _orders(summary: CaseSummary) -> list[str]:
    """The orders that hold besides s117, with their last day."""
    kinds = {StatusKind.CTO: "CTO", StatusKind.DOLS: "DoLS", StatusKind.COURT: "Court of Protection"}
    held = [(words, status_held(summary.statuses, kind, summary.as_at)) for kind, words in kinds.items()]
    return [
        f"{words} until {text.format_date(status.expires_on)}" if status.expires_on else words
        for words, status in held
        if status is not None
    ]


class PersonBanner(QFrame):
    """Name, birth, numbers and status at the left, steps at the right. `more` gives the lines of the further menu."""

    def __init__(self, theme: Theme, more: Callable[[], list[Step]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._more = theme, more
        self.setProperty("box", "surface")
        self.setAccessibleName("Person")
        self.name = ElidedLabel("", "title")
        self._about = FlowLayout(across=theme.px(14), down=theme.px(2))
        self._now = FlowLayout(across=theme.px(12), down=theme.px(4))
        self.add_note = Button(theme, "Add note", icon="mdi6.note-text-outline")
        self.case_summary = Button(theme, "Case summary", icon="mdi6.printer-outline")
        self.record_move = Button(theme, "Record move", kind="primary", icon="mdi6.arrow-right-bold")
        self.more = IconButton(theme, "mdi6.dots-horizontal", "More", self.show_menu)
        self._column = QVBoxLayout(self)
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.setSpacing(theme.px(8))
        who = QWidget()
        who.setAccessibleName("Who")
        self._who = FlowLayout(who, across=theme.px(14), down=theme.px(2))
        policy = who.sizePolicy()
        policy.setHeightForWidth(True)
        who.setSizePolicy(policy)
        self._who_box = who
        steps = QWidget()
        steps.setAccessibleName("Steps")
        row = QHBoxLayout(steps)
        row.setContentsMargins(3, 3, 3, 3)
        row.setSpacing(theme.px(10))
        for button in (self.add_note, self.case_summary, self.record_move, self.more):
            row.addWidget(button)
        row.addStretch(1)
        self._top.addWidget(who, 1)
        self._top.addWidget(steps, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(self._top)
        self._column.addLayout(self._now)
        theme.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        px = self._theme.px
        self._column.setContentsMargins(px(24), px(10), px(21), px(10))
        self._column.setSpacing(px(6))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where there is no room beside the name, the steps stand under it."""
        wide = self.width() / self._theme.scale
        beside = wide >= BESIDE
        direction = QBoxLayout.Direction
        self._top.setDirection(direction.LeftToRight if beside else direction.TopToBottom)

    def show_summary(self, summary: CaseSummary, *, may_record: bool) -> None:
        """Say who this is and where they are."""
        person = summary.person
        clear_layout(self._who)
        self.name = ElidedLabel(text.full_name(person), "title")
        self._who.addWidget(self.name)
        self._who.addWidget(Label(f"Born {text.format_born(person, summary.as_at)}", tone="text2"))
        gender = summary.labels.get(f"gender/{person.gender}", "") if person.gender else ""
        if gender:
            self._who.addWidget(Label(gender, tone="text2"))
        if person.nhs_number:
            self._who.addWidget(self._pair("NHS", text.format_nhs(person.nhs_number)))
        self._who.addWidget(Label(f"Ref {person.ref}", tone="text2", selectable=True))
        if person.known_as and person.known_as != person.given_names:
            self._who.addWidget(Label(f"Known as {person.known_as}", tone="text2"))
        self.setAccessibleName(f"{text.full_name(person)}, born {text.format_born(person, summary.as_at)}")
        self._show_now(summary)
        self._column.activate()
        open_case = summary.status not in (LEFT, DIED)
        self.add_note.setEnabled(may_record)
        self.record_move.setEnabled(may_record and open_case)
        self.record_move.set_words("Record move" if summary.current else "Add a stay")

    def _pair(self, label: str, value: str) -> QWidget:
        pair = QWidget()
        pair.setAccessibleName(f"{label} {value}")
        row = QHBoxLayout(pair)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._theme.px(5))
        row.addWidget(Label(label, tone="text2"))
        row.addWidget(Label(value, "strong", selectable=True))
        return pair

    def _show_now(self, summary: CaseSummary) -> None:
        clear_layout(self._now)
        for part in self._parts(summary):
            if self._now.count():
                bar = QFrame()
                bar.setProperty("box", "upright")
                bar.setProperty(BETWEEN, True)
                bar.setAccessibleName("Line")
                bar.setFixedHeight(self._theme.px(16))
                self._now.addWidget(bar)
            self._now.addWidget(part)

    def _parts(self, summary: CaseSummary) -> list[QWidget]:
        theme, person = self._theme, summary.person
        parts: list[QWidget] = []
        if summary.status == DIED:
            parts.append(Badge(theme, "none", f"Died {text.format_date(person.died_on)}"))
        elif summary.status == LEFT:
            reason = summary.labels.get(f"leaving_reason/{person.left_reason}", "")
            parts.append(Badge(theme, "none", f"Left {text.format_date(person.left_on)}"))
            if reason:
                parts.append(Label(reason))
        elif summary.status == NOT_YET:
            parts.append(Badge(theme, "none", "Not yet on the pathway"))
        elif summary.current is not None:
            parts.append(self._stay(summary))
        else:
            parts.append(Badge(theme, "none", "No stay recorded now"))
        if summary.s117 is not None:
            since = f" since {text.format_date(summary.s117.started_on)}" if summary.s117.started_on else ""
            parts.append(self._icon_pair("mdi6.gavel", f"s117 after-care{since}"))
        parts += [self._icon_pair("mdi6.gavel", words) for words in _orders(summary)]
        charged = charge_words(summary)
        if charged:
            parts.append(Badge(theme, "stuck", charged, family="warn"))
        parts += warning_badges(theme, summary)
        who = text.join_words([name for name in (summary.worker, summary.team) if name], ",").replace(" ,", ",")
        parts.append(self._worker(who or "Nobody yet"))
        return parts

    def _stay(self, summary: CaseSummary) -> QWidget:
        stay = summary.current
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._theme.px(4))
        if stay is not None:
            place = ", ".join(filter(None, (stay.service.name if stay.service else "", stay.placement.address)))
            row.addWidget(StagePill(self._theme, stay.stage, f"{stay.stage.label}," if place else None, role="strong"))
            if place:
                row.addWidget(ElidedLabel(place), 1)
            line.setAccessibleName(f"Now: {stay.stage.label} {place}".strip())
        return line

    def _icon_pair(self, icon: str, words: str) -> QWidget:
        line = QWidget()
        line.setAccessibleName(words)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._theme.px(6))
        row.addWidget(IconLabel(self._theme, icon, size=16))
        row.addWidget(Label(words))
        return line

    def _worker(self, who: str) -> QWidget:
        line = QWidget()
        line.setAccessibleName(f"Worker {who}")
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._theme.px(5))
        row.addWidget(Label("Worker", tone="text2"))
        row.addWidget(ElidedLabel(who), 1)
        return line

    def show_menu(self) -> None:
        """Offer the further steps."""
        menu = QMenu("More", self)
        menu.setAccessibleName("More")
        for words, act in self._more():
            if not words:
                menu.addSeparator()
                continue
            menu.addAction(button_words(words)).triggered.connect(lambda _=False, act=act: act())
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height() + 2)))
