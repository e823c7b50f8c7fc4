"""What if: where a programme would lead if more moved on, or if what holds people up were cleared."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from mhtracker import text
from mhtracker.analysis.forecast import Forecast
from mhtracker.analysis.programme import ProgrammeProgress
from mhtracker.analysis.scenarios import ANY, Cleared, Rate, if_cleared, if_rate_were, rate_needed, rate_seen
from mhtracker.domain.errors import Invalid
from mhtracker.ui.context import Context
from mhtracker.ui.manager.grids import Cell, FactGrid
from mhtracker.ui.manager.reading import Figures, read_ground
from mhtracker.ui.more_editors import NumberEdit
from mhtracker.ui.widgets.buttons import Button, LinkButton
from mhtracker.ui.widgets.labels import Label, rule
from mhtracker.ui.widgets.side_panel import SidePanel

if TYPE_CHECKING:
    from mhtracker.analysis.facts import Facts
    from mhtracker.ui.progress import Progress

WORKING = "Working it out…"
RATE = "Of every 100 people waiting, how many move on in a year?"
TOO_FEW = "Under ten have moved on in the years counted, too few to say."


@dataclass(frozen=True, slots=True)
class Scenarios:
    """What the panel says before anything is typed."""

    seen: Rate
    needed: float | None
    cleared: list[Cleared]


class ScenarioPanel(SidePanel):
    """`supposed(of, forecast, name)` for a line drawn beside a programme's forecast; None takes it away again.

    With a team in view it is worked out for the team's people of the baseline, and against their share of the aim.
    """

    supposed = Signal(object, object, str)

    def __init__(self, context: Context, data: Figures) -> None:
        programme = data.programme
        super().__init__(context.theme, f"What if: {programme.name}" if programme is not None else "What if")
        self._context, self._labels, self._team = context, data.labels, data.team_name
        self._found = data.progress.programme if data.progress is not None else None
        self._facts: Facts | None = None
        self.kept.connect(self._close)
        self.seen = Label(WORKING, wrap=True)
        self.rate = NumberEdit(context.theme, least=1, most=100)
        self.rate.setAccessibleName(RATE)
        self.rate.line.returnPressed.connect(self._try)
        self.try_button = Button(context.theme, "Forecast", self._try)
        self.answer = Label("", "strong", wrap=True)
        self.cleared = FactGrid(context.theme, "If barriers were cleared", left=(0, 1))
        self.compared = Label("", "caption", "text2", wrap=True)
        self.why_not = Label("", "caption", "text2", wrap=True)
        how = "One thing is changed and the rest left as it was seen in the last three years. Likely: 9 of 10 runs."
        for each in (
            self.seen, rule(), Label(RATE, wrap=True), self.rate, self.try_button,
            self.answer, rule(), Label("If what holds people up were cleared", "heading", wrap=True), self.compared,
            self.cleared,
            self.why_not, Label(how, "caption", "text2", wrap=True),
        ):  # fmt: skip
            self.add(each)
        self.try_button.setEnabled(False)
        context.jobs.ask(read_ground, data, then=self._on_facts, slot=("scenarios", id(self)))

    def _on_facts(self, read: tuple[Facts, ProgrammeProgress]) -> None:
        self._facts, self._found = read
        self._context.jobs.work(
            _count, self._facts, self._found, list(self._labels), then=self._show, label="Working out what if"
        )

    def _show(self, told: Scenarios) -> None:
        found = self._found
        if found is None:
            return
        words = f"Of {self._team}: {found.cohort} of the baseline. " if self._team else ""
        if told.seen.moves < 10:
            self.seen.setText(words + TOO_FEW)
            return
        words += f"As seen, {told.seen.a_year:.1f} of every 100 people waiting moved on in a year. "
        aim = f"To reach {found.aim}, "
        words += aim + (
            f"{told.needed:.1f} of every 100 would have to."
            if told.needed is not None
            else "even 100 of every 100 would not be enough."
        )
        self.seen.setText(words)
        self.try_button.setEnabled(True)
        rows: list[list[Cell]] = []
        refused: dict[str, list[str]] = {}
        for each in told.cleared:
            name = "Any of these" if each.code == ANY else self._labels.get(each.code, each.code)
            if each.cleared is None or each.as_is is None:
                refused.setdefault(each.why_not or TOO_FEW, []).append(f"{name} ({len(each.held)})")
                continue
            drawn = "If every barrier were cleared" if each.code == ANY else f"{name} cleared"
            change = Label(f"{_range(each.as_is)} → {_range(each.cleared)}", wrap=True)
            draw = LinkButton(self._theme, "Draw", partial(self.supposed.emit, found, each.cleared, drawn))
            draw.setAccessibleName(f"Draw the line if cleared: {name}")
            rows.append([Label(f"{name}, {len(each.held)}", wrap=True), change, draw])
        self.cleared.show_rows(rows, ("Barrier, people", "As it is → cleared", ""))
        self.cleared.setVisible(bool(rows))
        self.compared.setText(self._compared() if rows else "")
        self.compared.setVisible(bool(rows))
        # One sentence names all that the same can be said of.
        lines = [f"{', '.join(names)}: {text.first_lower(why)}" for why, names in refused.items()]
        if not rows and not refused:
            lines = ["No barrier that is open holds up anybody who is waiting."]
        self.why_not.setText("\n".join(lines))

    def _compared(self) -> str:
        """Why “as it is” is not the forecast that stands on the page."""
        words = "“As it is” takes those held up to move on as rarely as was seen of people so held up, and the others "
        words += "as often as was seen of them."
        if self._found is None or self._found.forecast is None:
            return words
        middle = f"{self._found.forecast.last.middle:.0f}"
        where = "of the team" if self._team else "on the page"
        return f"{words} The forecast of {middle} {where} takes everybody alike, so the two differ."

    def _try(self) -> None:
        if not self.try_button.isEnabled():
            return
        try:
            rate = self.rate.value()
        except Invalid as problem:
            self.answer.setText(next(iter(problem.problems.values())))
            return
        if rate is None or self._facts is None or self._found is None:
            self.answer.setText("Write how many in a hundred, 1 to 100.")
            return
        self.answer.setText(WORKING)
        self.answer.repaint()
        self._context.jobs.work(
            _if_rate, self._facts, self._found, float(rate), then=partial(self._answered, int(rate)),
            label="Working out what if",
        )  # fmt: skip

    def _answered(self, rate: int, found: Forecast | None) -> None:
        if found is None:
            self.answer.setText(TOO_FEW)
            return
        if self._found is None:
            return
        day = text.format_date(self._found.programme.aim_on)
        self.answer.setText(f"{_range(found)} will have moved on by {day}. The line is drawn beside the forecast.")
        self.supposed.emit(self._found, found, f"If {rate} in 100 a year")

    def _close(self) -> None:
        self.supposed.emit(None, None, "")
        self._context.shell.side_panel(None)


def _range(found: Forecast) -> str:
    last = found.last
    return f"{last.middle:.0f} (likely {last.low:.0f} to {last.high:.0f})"


def _count(facts: Facts, found: ProgrammeProgress, codes: list[str], progress: Progress) -> Scenarios:
    seen = rate_seen(facts, found)
    if seen.moves < 10:
        return Scenarios(seen, None, [])
    return Scenarios(seen, rate_needed(facts, found), if_cleared(facts, found, codes))


def _if_rate(facts: Facts, found: ProgrammeProgress, rate: float, progress: Progress) -> Forecast | None:
    return if_rate_were(facts, found, rate)
