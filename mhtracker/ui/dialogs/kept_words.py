"""The words of a draft whose form cannot be opened any more: to read and to copy."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication

from mhtracker.store.drafts import Draft, drop_draft
from mhtracker.ui.context import Context
from mhtracker.ui.dialogs.conflict import homeless_words
from mhtracker.ui.more_editors import TextEdit
from mhtracker.ui.widgets.buttons import Button
from mhtracker.ui.widgets.flow import FlowLayout
from mhtracker.ui.widgets.labels import Label
from mhtracker.ui.widgets.side_panel import SidePanel


class KeptWords(SidePanel):
    """Shows what was typed, and why its form is not there."""

    def __init__(self, context: Context, draft: Draft, why: str) -> None:
        super().__init__(context.theme, draft.label, primary="")
        self._context, self._draft = context, draft
        theme = context.theme
        self.add(Label(why, "strong", wrap=True))
        self.add(Label("What was typed is still here. Copy it where it belongs now.", tone="text2", wrap=True))
        self.words = TextEdit(theme, lines=14)
        self.words.set_name("What was typed")
        self.words.area.setReadOnly(True)
        self.words.set_value(words_of(draft))
        self.add(self.words)
        steps = FlowLayout(across=theme.px(8), down=theme.px(6))
        steps.addWidget(Button(theme, "Copy the words", self.on_copy, icon="content-copy"))
        steps.addWidget(Button(theme, "Throw them away", self.on_throw))
        self.body.addLayout(steps)
        self.add_stretch()

    def on_copy(self) -> None:
        """Put the words on the clipboard."""
        QGuiApplication.clipboard().setText(words_of(self._draft))
        self._context.shell.say("Copied what was typed.")

    def on_throw(self) -> None:
        """Forget the draft."""
        self._context.jobs.keep(drop_draft, self._draft.key, then=lambda _: self._context.bus.drafts_changed.emit())
        self.kept.emit()


def words_of(draft: Draft) -> str:
    """All that was typed, each under the name of its field."""
    return homeless_words({name: typed for name, typed in draft.texts.items() if typed.strip()}, draft.labels)
