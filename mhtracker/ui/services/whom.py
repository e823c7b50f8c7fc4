"""Whom to put on the waiting list, where nobody is in hand: found by name or number."""

from __future__ import annotations

from collections.abc import Callable

from mhtracker.ui.context import Context
from mhtracker.ui.packs.adding import AddField
from mhtracker.ui.widgets.labels import Label
from mhtracker.ui.widgets.side_panel import SidePanel


class WhomPanel(SidePanel):
    """`chosen(person_id)` is called with whoever is taken from those found."""

    def __init__(self, context: Context, chosen: Callable[[str], object]) -> None:
        super().__init__(context.theme, "Put somebody on the waiting list")
        self.kept.connect(lambda: context.shell.side_panel(None))
        self.add(Label("Who is it? Type a name, an NHS number or a reference.", tone="text2", wrap=True))
        self.field = AddField(context, self)
        self.field.setAccessibleName("Who is it")
        self.field.setPlaceholderText("Name or number")
        self.field.added.connect(chosen)
        self.add(self.field)
        self.add_stretch()

    def focus_first(self) -> None:
        """Begin to type at once."""
        self.field.setFocus()
