"""A choice from a list; with more than a dozen entries it can be filtered by typing.

A click anywhere in the field opens the list, whether it can be typed into or not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QIcon,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPixmap,
    QStandardItem,
    QStandardItemModel,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QComboBox, QCompleter, QLineEdit, QListView, QSizePolicy

from mhtracker.domain.errors import Invalid
from mhtracker.domain.names import fold
from mhtracker.domain.records import Stage
from mhtracker.ui.editors import Editor, clean
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.labels import plain_tooltip, restyle
from mhtracker.ui.widgets.stage_pill import BLOCK, paint_block

FILTERED_ABOVE = 12
LONG_ENTRY = 40
"""Letters; what is longer has a tooltip."""

WIDEST_LIST = 620
"""A list is as wide as its longest entry, up to this many pixels at 100%; a longer one is whole in its tooltip."""
_FOLDED = Qt.ItemDataRole.UserRole + 1
_NEW = Qt.ItemDataRole.UserRole + 2
"""On the line that adds what was typed: those words."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry: its value, its words, and the stage whose block stands before them, if one. `also` is found by too."""

    value: Any
    words: str
    stage: Stage | None = None
    also: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """Words that are not on the list, where new entries are welcome."""

    words: str


def stage_icon(theme: Theme, stage: Stage) -> QIcon:
    """A stage's letter block as an icon."""
    icon = QIcon()
    side = theme.px(BLOCK)
    for density in (1.0, 1.5, 2.0):
        pixmap = QPixmap(round(side * density), round(side * density))
        pixmap.setDevicePixelRatio(density)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        paint_block(painter, 0, side / 2, theme, stage.letter, stage.colour)
        painter.end()
        icon.addPixmap(pixmap)
        # Qt would tint a selected icon, and the stage's colour with it.
        icon.addPixmap(pixmap, QIcon.Mode.Selected)
    return icon


class _Combo(QComboBox):
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling a form past a field must not change it."""
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming by Tab marks everything, which would leave only the end of long words in sight."""
        super().focusInEvent(event)
        line = self.lineEdit()
        if line is not None and line.hasSelectedText() and line.selectedText() == line.text():
            _mark_all(line)


def _mark_all(line: QLineEdit) -> None:
    """Mark all words, the cursor before them: long ones show their beginning."""
    line.end(False)
    line.home(True)


class _Completer(QCompleter):
    """Finds words anywhere in an entry, without regard to accents and capitals."""

    def splitPath(self, path: str) -> list[str]:
        return [fold(path)]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        return str(index.data(_NEW) or index.data(Qt.ItemDataRole.DisplayRole))


class ChoiceEdit(Editor):
    """`value()` is a choice's value, None while nothing is chosen, or `Typed` where `allow_new`.

    `blank` adds an entry that means none of them, for fields that may stay empty. `adds` says what a new entry is
    ("service"): it has a line of its own in the list, and Enter or Tab takes the one entry left that begins as typed.
    """

    def __init__(
        self,
        theme: Theme,
        choices: Sequence[Choice] = (),
        *,
        placeholder: str = "Choose",
        blank: str = "",
        allow_new: bool = False,
        adds: str = "",
        width: int = 0,
    ) -> None:
        self.combo = _Combo()
        self._adds, self._as_new = adds, ""
        self._choices: tuple[Choice, ...] = ()
        self._placeholder, self._blank, self._allow_new = placeholder, blank, allow_new or bool(adds)
        super().__init__(theme, self.combo, width)
        self.combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.combo.setMinimumContentsLength(8)
        self.combo.setMaxVisibleItems(14)
        self.combo.setPlaceholderText(placeholder)
        # Its own list: the style sheet then reaches it, and rows are as high as other lists'.
        listed = QListView()
        listed.setAccessibleName("Choices")
        listed.installEventFilter(self)
        self.combo.setView(listed)
        self.combo.setModel(QStandardItemModel(self.combo))
        self.combo.currentIndexChanged.connect(self._on_index)
        self.combo.activated.connect(lambda _: self.settled.emit())
        theme.changed.connect(self._draw_icons)
        theme.changed.connect(self._widen_lists)
        self.set_choices(choices)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offer these instead; what was chosen stays chosen if it is among them."""
        try:
            before = self.value()
        except Invalid:
            before = None
        self._choices = (*((Choice(None, self._blank),) if self._blank else ()), *choices)
        self.combo.blockSignals(True)
        model = QStandardItemModel(self.combo)
        for choice in self._choices:
            item = QStandardItem(choice.words)
            item.setData(fold(f"{choice.words} {choice.also}"), _FOLDED)
            item.setToolTip(plain_tooltip(choice.words) if len(choice.words) > LONG_ENTRY else "")
            model.appendRow(item)
        self.combo.setModel(model)
        self.combo.setCurrentIndex(-1)
        self._set_filtered(len(choices) > FILTERED_ABOVE or self._allow_new)
        self._draw_icons()
        self._widen_lists()
        self.combo.blockSignals(False)
        self.set_value(before.words if isinstance(before, Typed) else before)

    def _set_filtered(self, on: bool) -> None:
        self.combo.setEditable(on)
        line = self.combo.lineEdit()
        if not on or line is None:
            return
        self.combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        line.setProperty("plain", "true")
        line.setPlaceholderText(self._placeholder)
        line.setAccessibleName(self.combo.accessibleName() or "Choose")
        completer = _Completer(self.combo.model(), self.combo)
        completer.setCompletionRole(_FOLDED)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        fitting = QListView()
        fitting.setProperty("popup", "true")
        fitting.setAccessibleName("Choices that fit")
        completer.setPopup(fitting)
        self.combo.setCompleter(completer)
        # The line puts the words chosen into itself after this, and its cursor behind them.
        completer.activated.connect(self._show_beginning, Qt.ConnectionType.QueuedConnection)
        line.textEdited.connect(self._on_typed)
        line.returnPressed.connect(self._on_return)
        line.installEventFilter(self)

    def _on_typed(self, typed: str) -> None:
        if self._adds:
            self._offer_new(clean(typed))
        self._on_edited()

    def _offer_new(self, typed: str) -> None:
        """A line at the end of the list that adds what was typed, where no entry is called so."""
        model, last = self.combo.model(), len(self._choices)
        model.removeRows(last, model.rowCount() - last)
        self._as_new = ""
        if typed and fold(typed) not in {fold(choice.words) for choice in self._choices}:
            item = QStandardItem(f"Add “{typed}” as a new {self._adds}")
            item.setData(fold(typed), _FOLDED)
            item.setData(typed, _NEW)
            if isinstance(model, QStandardItemModel):
                model.appendRow(item)

    def _on_return(self) -> None:
        completer = self.combo.completer()
        popup = completer.popup() if completer is not None else None
        if popup is None or not popup.isVisible() or not popup.currentIndex().isValid():
            self._take_only_one()  # else the entry marked is what is chosen

    def _take_only_one(self) -> None:
        """Take the one entry left by what was typed, if it begins so; not where the line that adds it was chosen."""
        typed = fold(self.combo.currentText()) if self.combo.isEditable() else ""
        if not self._adds or not typed or typed == fold(self._as_new) or self._place() >= 0:
            return
        left = [place for place, each in enumerate(self._choices) if typed in fold(f"{each.words} {each.also}")]
        if len(left) == 1 and fold(self._choices[left[0]].words).startswith(typed):
            self.combo.setCurrentIndex(left[0])

    def _on_left(self) -> None:
        self._take_only_one()
        super()._on_left()

    def _draw_icons(self) -> None:
        self.combo.setIconSize(self.theme.icon_size(BLOCK))
        for place, choice in enumerate(self._choices):
            if choice.stage is not None:
                self.combo.setItemIcon(place, stage_icon(self.theme, choice.stage))

    def _widen_lists(self) -> None:
        """The lists may be wider than the field, so that long entries are not cut."""
        px = self.theme.px
        metrics = QFontMetrics(self.theme.font())
        longest = max((metrics.horizontalAdvance(choice.words) for choice in self._choices), default=0)
        wide = min(longest + px(56), px(WIDEST_LIST))
        self.combo.view().setMinimumWidth(wide)
        completer = self.combo.completer() if self.combo.isEditable() else None
        if completer is not None and (popup := completer.popup()) is not None:
            popup.setMinimumWidth(wide)

    def open_list(self) -> None:
        """Show every entry, the chosen one marked. Where it can be typed into, typing then narrows them."""
        completer = self.combo.completer() if self.combo.isEditable() else None
        line = self.combo.lineEdit()
        if completer is None or line is None:
            self.combo.showPopup()
            return
        completer.setCompletionPrefix("")
        completer.complete()
        chosen, popup = completer.completionModel().index(self.combo.currentIndex(), 0), completer.popup()
        if popup is not None and chosen.isValid():
            popup.setCurrentIndex(chosen)
            popup.scrollTo(chosen)
        _mark_all(line)  # the first letter typed takes the place of what was chosen

    def set_name(self, name: str, about: str = "") -> None:
        super().set_name(name, about)
        if (line := self.combo.lineEdit()) is not None:
            line.setAccessibleName(name)

    def value(self) -> Any:
        place = self._place()
        if place >= 0:
            return self._choices[place].value
        typed = clean(self.combo.currentText()) if self.combo.isEditable() else ""
        if not typed:
            return None
        if self._allow_new:
            return Typed(typed)
        raise Invalid({"": f"“{typed}” is not on the list. Choose an entry that is."})

    def _place(self) -> int:
        if not self.combo.isEditable():
            return self.combo.currentIndex()
        typed = fold(self.combo.currentText())
        if not typed:
            return -1
        words = [fold(choice.words) for choice in self._choices]
        if typed in words:
            return words.index(typed)
        # A part that only one entry holds means that entry, unless it may be the name of a new one.
        fitting = [place for place, each in enumerate(words) if typed in each] if not self._allow_new else []
        return fitting[0] if len(fitting) == 1 else -1

    def set_value(self, value: Any) -> None:
        self.combo.blockSignals(True)
        words = value.words if isinstance(value, Typed) else value
        place = next((n for n, choice in enumerate(self._choices) if choice.value == value), -1)
        self.combo.setCurrentIndex(place)
        if place < 0 and self.combo.isEditable():
            self.combo.setEditText(str(words or "") if self._allow_new else "")
        self.combo.blockSignals(False)
        self._show_beginning()
        self._tell_whole()
        self.clear_problem()
        self._show_empty()

    def text_value(self) -> str:
        return self.combo.currentText()

    def restore_text(self, typed: str) -> None:
        place = next((n for n, choice in enumerate(self._choices) if choice.words == typed), -1)
        self.combo.blockSignals(True)
        self.combo.setCurrentIndex(place)
        if place < 0 and self.combo.isEditable():
            self.combo.setEditText(typed)
        self.combo.blockSignals(False)
        self._show_beginning()
        self._show_empty()

    def words_for(self, value: Any) -> str:
        return next((choice.words for choice in self._choices if choice.value == value), str(value))

    def _is_to_open(self, event: QEvent) -> bool:
        """A click opens the list. Words that were marked with the mouse stay marked, and nothing opens over them."""
        line, completer = self.combo.lineEdit(), self.combo.completer()
        left = isinstance(event, QMouseEvent) and event.button() == Qt.MouseButton.LeftButton
        if not left or line is None or completer is None or line.isReadOnly() or not self.combo.isEnabled():
            return False
        popup = completer.popup()
        return popup is not None and not popup.isVisible() and not line.hasSelectedText()

    def _show_beginning(self) -> None:
        if (line := self.combo.lineEdit()) is not None:
            line.home(False)

    def _tell_whole(self) -> None:
        words = self.combo.currentText()
        self.combo.setToolTip(plain_tooltip(words) if len(words) > LONG_ENTRY else "")

    def _on_index(self, place: int) -> None:
        if place >= len(self._choices):
            typed = str(self.combo.itemData(place, _NEW) or "")
            self.combo.blockSignals(True)
            self.combo.setCurrentIndex(-1)
            self.combo.setEditText(typed)
            self.combo.blockSignals(False)
            self._as_new = typed
        self._show_beginning()
        self._tell_whole()
        self._show_empty()
        self._on_edited()

    def _show_empty(self) -> None:
        empty = "true" if self.combo.currentIndex() < 0 and not self.combo.isEditable() else "false"
        if self.combo.property("empty") != empty:
            self.combo.setProperty("empty", empty)
            restyle(self.combo)

    def _leave_list(self, event: QKeyEvent) -> None:
        """Tab in the open list takes the entry marked and goes on, as Enter and then Tab would."""
        marked = self.combo.view().currentIndex()
        self.combo.hidePopup()
        if marked.isValid() and marked.row() != self.combo.currentIndex():
            self.combo.setCurrentIndex(marked.row())
            self.combo.activated.emit(marked.row())
        self.combo.setFocus()
        QApplication.sendEvent(self.combo, QKeyEvent(event.type(), event.key(), event.modifiers()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        line = self.combo.lineEdit()
        pressed = event if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress else None
        if pressed and watched is self.combo.view() and pressed.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._leave_list(pressed)
            return True
        if watched is line and event.type() == QEvent.Type.FocusOut:
            self._leave()
        elif watched is line and event.type() == QEvent.Type.MouseButtonRelease and self._is_to_open(event):
            self.open_list()
            return True
        return super().eventFilter(watched, event)
