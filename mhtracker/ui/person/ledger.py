"""Sums under one another as in an account: amounts end at one line, a rule stands above what is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.labels import Label, rule

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LABEL, AMOUNT = 112, 84


@dataclass(frozen=True, slots=True)
class Sum:
    """One line: what it is, how much, and a word after it. `struck` is through the amount; `total` ends the account."""

    label: str
    amount: str
    note: str = ""
    struck: bool = False
    total: bool = False


class Ledger(QWidget):
    """Read out line by line; every amount can be copied."""

    def __init__(self, theme: Theme, name: str, sums: Sequence[Sum], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(7))
        grid.setColumnMinimumWidth(0, theme.px(LABEL))
        grid.setColumnMinimumWidth(1, theme.px(AMOUNT))
        grid.setColumnStretch(2, 1)
        line = 0
        for each in sums:
            if each.total:
                grid.addWidget(rule(), line, 0, 1, 2)
                line += 1
            role = "strong" if each.total else "body"
            grid.addWidget(Label(each.label, role, "" if each.total else "text2", wrap=True), line, 0)
            amount = Label(each.amount, role, "text2" if each.struck else "", selectable=True)
            said = "recorded" if each.struck else ""
            amount.setAccessibleName(" ".join(filter(None, (f"{each.label}: {each.amount}", said, each.note))))
            if each.struck:
                font = amount.font()
                font.setStrikeOut(True)
                amount.setFont(font)
            grid.addWidget(amount, line, 1, _RIGHT)
            if each.note:
                grid.addWidget(Label(each.note, wrap=True), line, 2)
            line += 1
