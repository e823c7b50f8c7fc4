"""Flow: who was in each stage, came, went and is there now; and the same as ribbons."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal

from mhtracker import text
from mhtracker.analysis.flow import Flow, StageFlow
from mhtracker.analysis.paths import DIED, LEFT, NEW, Ribbon, follow
from mhtracker.figures.ribbons import FlowFacts, RibbonFacts, draw_ribbons
from mhtracker.ui.context import Context
from mhtracker.ui.manager.bars import HalfBar, both_halves
from mhtracker.ui.manager.grids import Cell, FactGrid
from mhtracker.ui.manager.numbers import Figure
from mhtracker.ui.manager.reading import Figures
from mhtracker.ui.manager.telling import of_flow, of_ribbon
from mhtracker.ui.manager.veil import Veil
from mhtracker.ui.progress import Progress
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.buttons import LinkButton
from mhtracker.ui.widgets.card import Card
from mhtracker.ui.widgets.figure_view import FigureView, figure_palette
from mhtracker.ui.widgets.labels import Label
from mhtracker.ui.widgets.stage_pill import StagePill

ENDS = {NEW: "New to the pathway", LEFT: "Left the pathway", DIED: "Died"}


class FlowCard(Card):
    """`explain` with what a pressed number tells; `ribbons_asked` to see where each went."""

    explain = Signal(object)
    ribbons_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Flow", " ")
        self._grid = FactGrid(theme, "Flow between stages", down=10)
        self.switch = LinkButton(theme, "Show as ribbons", self.ribbons_asked.emit)
        self.add(self._grid)
        self.add(self.switch)

    def show_flow(self, data: Figures) -> None:
        flow = data.first.flow
        first, last = (text.format_date(day, year=False) for day in (flow.from_on, flow.to_on))
        self.set_caption(f"{first} to {last}")
        shown = [each for each in flow.stages if each.opening or each.came or each.went]
        most = max((max(len(each.came), len(each.went)) for each in shown), default=0)
        rows = [self._row(data, each, most) for each in shown if each.stage_id in data.stages]
        sums = {which: sum(len(getattr(each, which)) for each in flow.stages) for which in ("came", "went")}
        words = Label(f"{sums['went']:,} out, {sums['came']:,} in", "caption", "text2")
        everyone: list[Cell] = [Label("Everyone", "body", "text2")]
        everyone += [self._number(data, "opening", "Everyone", None), words]
        everyone.append(self._number(data, "closing", "Everyone", None))
        self._grid.show_rows([*rows, everyone], ("Stage", first, "out | in", last))

    def _row(self, data: Figures, each: StageFlow, most: int) -> list[Cell]:
        stage = data.stages[each.stage_id]
        halves = []
        for which, people, way in (("went", each.went, "out"), ("came", each.came, "in")):
            share = len(people) / most if most else 0.0
            name = f"{stage.label}: {len(people)} {way}"
            half = HalfBar(self._theme, name, stage.colour, share, came=which == "came")
            half.clicked.connect(partial(self._tell, data, which, stage.label, each))
            halves.append(half)
        pill = StagePill(self._theme, stage)
        number = partial(self._number, data)
        return [
            pill,
            number("opening", stage.label, each),
            both_halves(*halves),
            number("closing", stage.label, each),
        ]

    def _number(self, data: Figures, which: str, label: str, each: StageFlow | None) -> Figure:
        of = [each] if each is not None else data.first.flow.stages
        figure = Figure(self._theme, "strong")
        figure.show_number(text.format_number(sum(len(getattr(one, which)) for one in of)), f"{label}, {which}")
        figure.clicked.connect(partial(self._tell, data, which, label, each))
        return figure

    def _tell(self, data: Figures, which: str, label: str, each: StageFlow | None, _checked: bool = False) -> None:
        self.explain.emit(of_flow(data.first.flow, which, label, each))


class RibbonsCard(Card):
    """Where everybody was at the beginning of the period and where at its end; each ribbon opens its people."""

    explain = Signal(object)
    closed = Signal()
    HEIGHT, LEAST_WIDTH = 360, 420

    def __init__(self, context: Context) -> None:
        theme = context.theme
        super().__init__(theme, "Flow as ribbons", "each ribbon opens its people; ← and → go along them")
        self._context = context
        self._data: Figures | None = None
        self._wants_focus = False
        self._facts: FlowFacts | None = None
        self._ribbons: tuple[Ribbon, ...] = ()
        self.view = FigureView(theme, "Flow as ribbons", grows=False)
        self.view.resized.connect(self._draw)
        self.view.pressed.connect(self._on_pressed)
        self.add_action(LinkButton(theme, "Hide ribbons", self.closed.emit))
        self.add(self.view)
        self._veil = Veil(theme, self, self.HEIGHT)
        theme.changed.connect(self._draw_again)

    def show_waiting(self, words: str) -> None:
        """Until everybody has been followed, or where nothing could be counted."""
        self._data = None
        self._veil.lay(words)

    def show_flow(self, data: Figures) -> None:
        """Follow everybody, if the ribbons are to be seen; of very many that takes a while, and is done elsewhere."""
        self._data = data
        if not self.isHidden():
            self._context.jobs.work(
                _followed, data.first.flow, then=partial(self._show, data), label="Following everybody"
            )

    def _show(self, data: Figures, ribbons: tuple[Ribbon, ...]) -> None:
        if data is not self._data:
            return
        flow = data.first.flow
        self._ribbons = tuple(each for each in ribbons if {each.from_key, each.to_key} <= {*data.stages, *ENDS})
        facts = [RibbonFacts(each.from_key, each.to_key, len(each.people)) for each in self._ribbons]
        stages = {each.stage_id: data.stages[each.stage_id] for each in flow.stages if each.stage_id in data.stages}
        days = (text.format_date(day, year=False) for day in (flow.from_on, flow.to_on))
        self._facts = FlowFacts(facts, stages, ENDS, *days)
        self._veil.lift()
        self._draw(self.view.width())
        if self._wants_focus:
            self._wants_focus = False
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _draw_again(self) -> None:
        self._draw(self.view.width())

    def _draw(self, width: int) -> None:
        if self._facts is None or self.isHidden():
            return
        theme = self._theme
        wide = max(width, theme.px(self.LEAST_WIDTH))
        self.view.show_picture(
            draw_ribbons(self._facts, figure_palette(theme), width=wide, height=theme.px(self.HEIGHT),
                         text_size=theme.px(12))
        )  # fmt: skip

    def _on_pressed(self, _kind: str, key: str) -> None:
        from_key, _, to_key = key.partition(">")
        found = next((e for e in self._ribbons if (e.from_key, e.to_key) == (from_key, to_key)), None)
        if found is None or self._facts is None or self._data is None:
            return
        words = f"{self._facts.label(from_key)} to {text.first_lower(self._facts.label(to_key))}"
        if from_key == to_key:
            words = f"{self._facts.label(from_key)} throughout"
        self.explain.emit(of_ribbon(found, words, (self._data.from_on, self._data.as_at)))

    def focus_first(self) -> None:
        """Give the keyboard to the ribbons, once they are there."""
        self._wants_focus = True


def _followed(flow: Flow, progress: Progress) -> tuple[Ribbon, ...]:
    return follow(flow)
