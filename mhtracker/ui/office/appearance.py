"""How the window looks on this computer."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout

from mhtracker.ui.context import Context
from mhtracker.ui.more_editors import CheckEdit
from mhtracker.ui.office.part import Part
from mhtracker.ui.shell_commands import SIZES, THEMES
from mhtracker.ui.widgets.labels import Label
from mhtracker.ui.widgets.segmented import Segmented


class AppearancePart(Part):
    key = "appearance"
    title = "Appearance"
    words = "Kept on this computer, not in the register."

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        theme, px, shell = self.theme, self.theme.px, context.shell
        self.colours = Segmented(theme, "Colours", THEMES, theme.choice)
        self.colours.chosen.connect(lambda name: shell.run_command(f"theme_{name}"))
        sizes = [(str(size), f"{size}%") for size in SIZES]
        self.sizes = Segmented(theme, "Text size", sizes, self._size())
        self.sizes.chosen.connect(lambda size: shell.run_command("set_size", percent=int(size)))
        self.letters = CheckEdit(theme, "Single letters act on the person in hand: M move, R review, N note, T target")
        self.letters.edited.connect(lambda: shell.run_command("set_letters", on=bool(self.letters.value())))
        grid = QGridLayout()
        grid.setVerticalSpacing(px(12))
        grid.setHorizontalSpacing(px(20))
        grid.setColumnStretch(1, 1)
        for row, (words, widget) in enumerate(
            (("Colours", self.colours), ("Text size", self.sizes), ("Keys", self.letters))
        ):
            grid.addWidget(Label(words, tone="text2"), row, 0)
            grid.addWidget(widget, row, 1)
        self.column.addLayout(grid)
        self.column.addStretch(1)
        theme.changed.connect(self._show)

    def _size(self) -> str:
        size = self.context.computer.text_size
        return str(min(SIZES, key=lambda each: abs(each - size)))

    def _show(self) -> None:
        self.colours.set_key(self.theme.choice)
        self.sizes.set_key(self._size())

    def show_data(self, data: object) -> None:
        self._show()
        self.letters.set_value(self.context.computer.shortcuts_on)
