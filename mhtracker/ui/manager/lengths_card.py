"""How long people stay in each stage, and how they left it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from mhtracker import text
from mhtracker.analysis.outcomes import MARKS, WORDS, Outcomes, stage_outcomes
from mhtracker.domain.counting.spells import Exit
from mhtracker.figures.incidence_chart import Curve, IncidenceFacts, after, draw_incidence
from mhtracker.figures.stay_boxes import Box, draw_boxes
from mhtracker.ui.context import Context
from mhtracker.ui.manager.reading import Figures, read_with_spells
from mhtracker.ui.manager.telling import of_stays
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.buttons import LinkButton
from mhtracker.ui.widgets.card import Card
from mhtracker.ui.widgets.figure_view import FigureView, figure_palette
from mhtracker.ui.widgets.labels import Label
from mhtracker.ui.widgets.side_panel import SidePanel

if TYPE_CHECKING:
    from mhtracker.analysis.facts import Facts
    from mhtracker.domain.records import Stage
    from mhtracker.ui.progress import Progress

LEAST_WIDTH = 220
KEY = (
    "The box is the middle half of stays, with the median; lines reach from 1 in 20 to 19 in 20. "
    "▾ marks the longest usual stay."
)
POINTED = "A point at the right: not known yet."


class LengthsCard(Card):
    """A box for each stage, whose people a press opens. `left_asked` to see how people left a stage."""

    explain = Signal(object)
    left_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Length of stay")
        self._boxes: list[Box] = []
        self._data: Figures | None = None
        self.view = FigureView(theme, "Length of stay by stage", grows=False)
        self.view.resized.connect(self._draw)
        self.view.pressed.connect(self._on_pressed)
        self.add(self.view)
        self._key = Label(KEY, "caption", "text3", wrap=True)
        self.add(self._key)
        self.add(LinkButton(theme, "How people left", self.left_asked.emit))
        theme.changed.connect(self._draw_again)

    def show_lengths(self, data: Figures) -> None:
        self._data = data
        self._boxes = [
            Box(data.stages[stage_id], found.days, len(found.of))
            for stage_id, found in data.ranges.items()
            if stage_id in data.stages
        ]
        open_ended = any(each.days[1] is not None and each.days[-1] is None for each in self._boxes)
        self._key.setText(f"{KEY} {POINTED}" if open_ended else KEY)
        self._draw(self.view.width())

    def _draw_again(self) -> None:
        self._draw(self.view.width())

    def _draw(self, width: int) -> None:
        if self._boxes:
            theme, wide = self._theme, max(width, self._theme.px(LEAST_WIDTH))
            picture = draw_boxes(self._boxes, figure_palette(theme), width=wide, text_size=theme.px(12))
            self.view.show_picture(picture)

    def _on_pressed(self, _kind: str, stage_id: str) -> None:
        if self._data is not None and stage_id in self._data.ranges:
            stage = self._data.stages[stage_id]
            self.explain.emit(of_stays(stage.label, self._data.ranges[stage_id], stage))


class LeftPanel(SidePanel):
    """How people left a stage, by how long after they came: the share of each way out with its interval."""

    def __init__(self, context: Context, stages: list[Stage], team_id: str | None = None, team: str = "") -> None:
        from mhtracker.ui.choice_edit import Choice, ChoiceEdit

        super().__init__(context.theme, "How people left")
        self._context, self._team = context, team
        self._facts: Facts | None = None
        self._found: Outcomes | None = None
        self.kept.connect(lambda: context.shell.side_panel(None))
        self.stage = ChoiceEdit(context.theme, [Choice(each.id, each.label) for each in stages])
        self.stage.setAccessibleName("Stage")
        self._labels = {each.id: each.label for each in stages}
        self.stage.set_value(stages[0].id)
        self.stage.edited.connect(self._count)
        self.view = FigureView(context.theme, "How people left", grows=False)
        self.view.resized.connect(self._on_resized)
        self.words = Label("Counting…", wrap=True)
        self.table = Label("", "caption", "text2", wrap=True)
        how = "Stays of the last five years, Aalen–Johansen: dying, going back and leaving are other ways out. "
        how += "The band is where the share lies in 19 of 20 such samples. Nothing is said of a way out under ten took."
        for each in (self.stage, self.words, self.view, self.table, Label(how, "caption", "text2", wrap=True)):
            self.add(each)
        context.theme.changed.connect(self._draw)
        context.jobs.ask(read_with_spells, context.as_at, team_id, then=self._on_facts, slot=("left", id(self)))

    def _on_facts(self, facts: Facts) -> None:
        self._facts = facts
        self._count()

    def _count(self) -> None:
        stage_id = self.stage.value()
        if self._facts is not None and stage_id in self._labels:
            self._context.jobs.work(_outcomes_of, self._facts, stage_id, then=self._show, label="Counting who left")

    def _show(self, found: Outcomes) -> None:
        self._found = found
        enough = [each for each in found.by_way.values() if each.enough]
        people = text.count(found.people, "person", "people")
        whose = f"{self._team}, " if self._team else ""
        told = f"{whose}{self._labels[found.stage_id]}: {people} watched since {text.format_date(found.from_on)}."
        few = [f"{WORDS[Exit(way)]}: {each.exits}" for way, each in found.by_way.items() if not each.enough]
        if few:
            told += f" Too few to say: {', '.join(few)}."
        self.words.setText(told if enough else f"{told} Under ten left in any one way, so no curve is drawn.")
        lines = []
        for day in found.marks():
            watched = text.format_number(found.at_risk(day))
            told_at = []
            for way, each in found.by_way.items():
                if each.enough:
                    share, low, high = found.at(Exit(way), day)
                    told_at.append(f"{WORDS[Exit(way)]} {share:.0%} ({low * 100:.0f} to {high * 100:.0f})")
            if told_at:
                lines.append(f"{after(day)}: {', '.join(told_at)}; {watched} still watched")
        self.table.setText("\n".join(lines))
        self.view.setVisible(bool(enough))
        self._draw()

    def _on_resized(self, _width: int) -> None:
        self._draw()

    def _draw(self) -> None:
        found = self._found
        if found is None:
            return
        enough = {way: each for way, each in found.by_way.items() if each.enough}
        if not enough:
            return
        theme = self._theme
        most = max(enough.values(), key=lambda each: each.exits)
        curves = [
            Curve(WORDS[Exit(way)].capitalize(), list(zip(e.days, e.share, e.low, e.high, strict=True)), e is most)
            for way, e in enough.items()
        ]
        days = found.marks()
        # What is soon over is drawn to its end.
        last = found.watched_to[-1] if days[-1] < MARKS[2] else days[-1]
        facts = IncidenceFacts(
            curves, last, [(day, found.at_risk(day)) for day in days[-3:]], self._labels[found.stage_id]
        )
        wide = max(self.view.width(), theme.px(380))
        self.view.show_picture(
            draw_incidence(facts, figure_palette(theme), width=wide, height=theme.px(280), text_size=theme.px(12))
        )


def _outcomes_of(facts: Facts, stage_id: str, progress: Progress) -> Outcomes:
    return stage_outcomes(facts, stage_id)
