"""Several entries of a list, each ticked or not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCheckBox, QWidget

from mhtracker.ui.choice_edit import Choice
from mhtracker.ui.editors import Editor
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.flow import FlowLayout
from mhtracker.ui.widgets.labels import button_words

BETWEEN = "; "


class _Boxes(QWidget):
    """Takes the keyboard to the first box."""

    def __init__(self) -> None:
        super().__init__()
        self.boxes: list[QCheckBox] = []

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self.boxes:
            self.boxes[0].setFocus(event.reason())


class TicksEdit(Editor):
    """The value is the ticked entries' own values joined by `between`, in the order of the list; "" for none."""

    def __init__(self, theme: Theme, choices: Sequence[Choice], *, between: str = " ") -> None:
        self._choices: tuple[Choice, ...] = ()
        self._between, self._name = between, "Choices"
        self._holder = _Boxes()
        self._flow_of_boxes = FlowLayout(self._holder, across=theme.px(14), down=theme.px(2))
        super().__init__(theme, self._holder)
        self.set_choices(choices)

    @property
    def choices(self) -> tuple[Choice, ...]:
        return self._choices

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offer these instead; those ticked stay ticked where they are among them."""
        ticked = str(self.value())
        for box in self._holder.boxes:
            self._flow_of_boxes.removeWidget(box)
            box.hide()
            box.deleteLater()
        self._holder.boxes, self._choices = [], tuple(choices)
        for choice in self._choices:
            box = QCheckBox(button_words(choice.words), self._holder)
            box.setMinimumHeight(self.theme.px(26))
            box.toggled.connect(lambda _: self._on_edited())
            box.installEventFilter(self)
            self._holder.boxes.append(box)
            self._flow_of_boxes.addWidget(box)
            box.show()
        self.set_value(ticked)
        self.set_name(self._name)

    def set_name(self, name: str, about: str = "") -> None:
        self._name = name
        super().set_name(name, about)
        for box, choice in zip(self._holder.boxes, self._choices, strict=True):
            box.setAccessibleName(f"{name}: {choice.words}")

    def value(self) -> Any:
        return self._between.join(
            str(choice.value) for box, choice in zip(self._holder.boxes, self._choices, strict=True) if box.isChecked()
        )

    def set_value(self, value: Any) -> None:
        wanted = {part.strip() for part in str(value or "").split(self._between.strip() or None)}
        self._tick([str(choice.value) in wanted for choice in self._choices])

    def text_value(self) -> str:
        ticked = zip(self._holder.boxes, self._choices, strict=True)
        return BETWEEN.join(choice.words for box, choice in ticked if box.isChecked())

    def restore_text(self, typed: str) -> None:
        wanted = {part.strip() for part in typed.split(BETWEEN.strip())}
        self._tick([choice.words in wanted for choice in self._choices])

    def _tick(self, ticks: Sequence[bool]) -> None:
        for box, on in zip(self._holder.boxes, ticks, strict=True):
            box.blockSignals(True)
            box.setChecked(on)
            box.blockSignals(False)
        self.clear_problem()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched in self._holder.boxes and event.type() == QEvent.Type.FocusOut:
            self.settled.emit()
        return super().eventFilter(watched, event)
