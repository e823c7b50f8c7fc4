"""What a figure means: its definition, who was counted and who was left out and why, each person to be opened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from mhtracker import text
from mhtracker.analysis.explained import groups_of
from mhtracker.analysis.share import Share, when_words
from mhtracker.ui.context import Context
from mhtracker.ui.manager.grids import FactGrid
from mhtracker.ui.manager.papers import print_share, save_share
from mhtracker.ui.manager.reading import read_explained
from mhtracker.ui.widgets.buttons import Button, LinkButton
from mhtracker.ui.widgets.flow import FlowLayout
from mhtracker.ui.widgets.labels import Label, rule
from mhtracker.ui.widgets.side_panel import SidePanel

AT_ONCE = 60


class ExplainedPanel(SidePanel):
    """Beside the page. Names are asked for when a list is opened: a figure may count thousands."""

    def __init__(self, context: Context, title: str, share: Share, notes: Mapping[str, str] | None = None) -> None:
        super().__init__(context.theme, title)
        self._context, self._share, self._notes = context, share, notes or {}
        self.kept.connect(lambda: context.shell.side_panel(None))
        self.add(Label(share.definition, wrap=True))
        told = f"{when_words(share.period, context.as_at)}. Source: {share.source}."
        self.add(Label(told, "caption", "text2", wrap=True))
        counts = FactGrid(context.theme, "Counted and left out")
        left_out = [
            (f"of whom {text.first_lower(reason)}" if share.whole else reason, text.format_number(len(people)))
            for reason, people in share.left_out.items()
        ]
        counts.show_rows(
            [
                ("Counted", text.format_number(share.numerator)),
                ("Of", text.format_number(share.told_of)),
                *left_out,
            ]
        )
        self.add(counts)
        for name, people in groups_of(share):
            words = f"Show {text.count(len(people), 'person', 'people')}: {text.first_lower(name)}"
            self.add(Button(context.theme, words, partial(self._show, name, people)))
        keep = QWidget()
        keep.setAccessibleName("Print or save")
        line = FlowLayout(keep, across=context.theme.px(8), down=context.theme.px(6))
        line.addWidget(Button(context.theme, "Print the list", partial(print_share, self, context, share)))
        line.addWidget(Button(context.theme, "Save as a spreadsheet", partial(save_share, self, context, share)))
        self.add(keep)
        self.add(rule())
        self._title_of_list = Label("", "heading", wrap=True)
        self.add(self._title_of_list)
        self._list = FactGrid(context.theme, "People", left=(0, 1), stretch=1)
        self.add(self._list)

    def _show(self, name: str, people: Sequence[str]) -> None:
        more = len(people) > AT_ONCE
        title = f"{name}, {text.format_number(len(people))}"
        self._title_of_list.setText(f"{title}: {AT_ONCE} here, all in the printed list" if more else title)
        self._context.jobs.ask(
            read_explained, self._share, people, AT_ONCE,
            then=self._name, urgent=True, slot=("explained", id(self)),
        )  # fmt: skip

    def _name(self, found: tuple[dict[str, str], dict[str, str]]) -> None:
        names, told = found
        notes = {**self._notes, **told}
        # With words beside them people stand in the order of the figure, longest first; without, by name.
        ordered = list(names.items()) if notes else sorted(names.items(), key=lambda item: item[1])
        opened, theme = self._context.shell.open_person, self._context.theme
        rows = []
        for person_id, name in ordered:
            note = Label(notes.get(person_id, ""), "caption", "text2", wrap=True)
            rows.append((LinkButton(theme, name, partial(opened, person_id)), note))
        self._list.show_rows(rows)
