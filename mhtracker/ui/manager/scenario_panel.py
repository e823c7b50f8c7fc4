"""What if: where a programme would lead if more moved on, or if what holds people up were cleared."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from mhtracker import text
from mhtracker.analysis.forecast import Forecast
from mhtracker.analysis.programme import ProgrammeProgress
from mhtracker.analysis.scenarios import (
    ANY,
    RATE,
    TOO_FEW,
    Cleared,
    Rate,
    compared_words,
    if_cleared,
    if_rate_were,
    rate_needed,
    rate_seen,
    share_in_a_year,
    why_no_forecast,
    why_no_rate,
)
from mhtracker.domain.errors import Invalid
from mhtracker.ui.context import Context
from mhtracker.ui.manager.grids import Cell, FactGrid
from mhtracker.ui.manager.reading import Figures, read_ground
from mhtracker.ui.more_editors import DecimalEdit
from mhtracker.ui.widgets.buttons import Button, LinkButton
from mhtracker.ui.widgets.labels import Label, rule
from mhtracker.ui.widgets.side_panel import SidePanel

if TYPE_CHECKING:
    from mhtracker.analysis.facts import Facts
    from mhtracker.ui.progress import Progress

WORKING = "Working it out…"
ASKED = "How many moves for every 100 people waiting, over a year?"
WRITE = "Write how many moves for every 100 people, more than 0 and up to 100, such as 31.2."


@dataclass(frozen=True, slots=True)
class Scenarios:
    """What the panel says before anything is typed; or why nothing can be foretold, or no rate would do."""

    seen: Rate
    needed: float | None
    cleared: list[Cleared]
    why_not: str = ""
    why_no_rate: str = ""


class ScenarioPanel(SidePanel):
    """`supposed(of, forecast, name)` for a line drawn beside a programme's forecast; None takes it away again.

    With a team in view it is worked out for the team's people of the baseline, and against their share of the aim:
    they alone are drawn for as long as the panel is open.
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
        self.rate = DecimalEdit(
            context.theme, most=100, sign="", wrong="is not a number. Write it like 31.2.", outside=WRITE
        )
        self.rate.setAccessibleName(ASKED)
        self.rate.line.returnPressed.connect(self._try)
        self.try_button = Button(context.theme, "Forecast", self._try)
        self.answer = Label("", "strong", wrap=True)
        self.cleared = FactGrid(context.theme, "If barriers were cleared", left=(0, 1))
        self.compared = Label("", "caption", "text2", wrap=True)
        self.why_not = Label("", "caption", "text2", wrap=True)
        how = "One thing is changed and the rest left as it was seen. Likely: 9 of 10 runs."
        for each in (
            self.seen, rule(), Label(ASKED, wrap=True), self.rate, self.try_button,
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
        self._draw_none()
        if told.why_not:
            self.seen.setText(words + told.why_not)
            return
        words += f"As seen, {told.seen.a_year:.1f} {RATE}. "
        whose = found.forecast.whose if found.forecast is not None else ""
        words += f"{whose} " if whose else ""
        enough = f"To reach {found.aim} there would have to be {told.needed or 0:.1f}."
        words += enough if told.needed is not None else f"To reach {found.aim}, {text.first_lower(told.why_no_rate)}"
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
        if self._found is None or self._found.forecast is None:
            return ""
        return compared_words(self._found.forecast, "of the team" if self._team else "on the page")

    def _try(self) -> None:
        if not self.try_button.isEnabled():
            return
        try:
            rate = self.rate.value()
        except Invalid as problem:
            self._refuse(next(iter(problem.problems.values())))
            return
        if not rate or self._facts is None or self._found is None:
            self._refuse(WRITE)
            return
        self.answer.setText(WORKING)
        self.answer.repaint()
        self._context.jobs.work(
            _if_rate, self._facts, self._found, rate, then=partial(self._answered, rate),
            label="Working out what if",
        )  # fmt: skip

    def _refuse(self, words: str) -> None:
        """Say why nothing is drawn. The line of a number tried before is not this one's."""
        self.answer.setText(words)
        self._draw_none()

    def _draw_none(self) -> None:
        self.supposed.emit(self._found if self._team else None, None, "")

    def _answered(self, rate: float, found: Forecast | None) -> None:
        if found is None:
            self._refuse(TOO_FEW)
            return
        if self._found is None:
            return
        day = text.format_date(self._found.programme.aim_on)
        words = (
            f"At that rate {100 * share_in_a_year(rate):.0f} of 100 people waiting on a day have moved on a year later."
        )
        self.answer.setText(
            f"{_range(found)} will have moved on by {day}. {words} The line is drawn beside the forecast."
        )
        self.supposed.emit(self._found, found, f"At {rate:g} for every 100")

    def _close(self) -> None:
        self.supposed.emit(None, None, "")
        self._context.shell.side_panel(None)


def _range(found: Forecast) -> str:
    last = found.last
    return f"{last.middle:.0f} (likely {last.low:.0f} to {last.high:.0f})"


def _count(facts: Facts, found: ProgrammeProgress, codes: list[str], progress: Progress) -> Scenarios:
    seen = rate_seen(facts, found)
    why = why_no_forecast(found, seen, facts.as_at)
    if why:
        return Scenarios(seen, None, [], why)
    needed = rate_needed(facts, found)
    cleared = if_cleared(facts, found, codes)
    return Scenarios(seen, needed, cleared, why_no_rate=why_no_rate(found, seen, needed, facts.as_at))


def _if_rate(facts: Facts, found: ProgrammeProgress, rate: float, progress: Progress) -> Forecast | None:
    return if_rate_were(facts, found, rate)
