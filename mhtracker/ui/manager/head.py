"""The head of Progress: the programme, the team and the period in view, and the monthly report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from mhtracker import settings, text
from mhtracker.operations.programmes import end_programme
from mhtracker.ui.context import Context
from mhtracker.ui.manager.papers import month_of, print_month, save_month
from mhtracker.ui.manager.reading import MONTH, PROGRAMME, QUARTER, YEAR, Asked, Figures
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.buttons import Button
from mhtracker.ui.widgets.chips import Chip
from mhtracker.ui.widgets.flow import AT_RIGHT, FlowLayout
from mhtracker.ui.widgets.labels import Label, button_words
from mhtracker.ui.widgets.segmented import Segmented

PERIODS = ((MONTH, "Month"), (QUARTER, "Quarter"), (YEAR, "Year to date"), (PROGRAMME, "Programme"))
ALL_TEAMS = "All teams"


class TeamChip(Chip):
    """“All teams”, or the one in view, which its × clears."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, ALL_TEAMS)

    def show_team(self, name: str) -> None:
        self._label = "Team" if name else ALL_TEAMS
        self.set_value(name)


class ProgressHead(QWidget):
    """`asked_for` with another question. Period and team are remembered for the register on this computer."""

    asked_for = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        theme = context.theme
        self._context = context
        self._figures: Figures | None = None
        kept = self._remembered
        period = kept.progress_period if kept.progress_period in dict(PERIODS) else YEAR
        self.asked = Asked(period, None, kept.progress_team or None)
        self.setAccessibleName("Programme, team and period")
        self.programme = Chip(theme, "Programme", clearable=False)
        self.programme.pressed_open.connect(self._open_programmes)
        self.team = TeamChip(theme)
        self.team.pressed_open.connect(self._open_teams)
        self.team.cleared.connect(lambda: self.choose_team(None))
        self.team.hide()
        self.period = Segmented(theme, "Period", list(PERIODS), period)
        self.period.chosen.connect(lambda key: self.ask(replace(self.asked, period=key)))
        self.paper = Button(theme, "Monthly report", self._open_papers, icon="mdi6.printer-outline")
        self.period.setProperty(AT_RIGHT, True)
        line = FlowLayout(self, across=theme.px(12), down=theme.px(6))
        for widget in (Label("Progress", "title"), self.programme, self.team, self.period, self.paper):
            line.addWidget(widget)

    @property
    def _remembered(self) -> settings.RegisterSettings:
        return self._context.computer.register(self._context.register.address)

    def ask(self, asked: Asked) -> None:
        """Look at something else."""
        self.asked = asked
        self.period.set_key(asked.period)
        kept = self._remembered
        if (kept.progress_period, kept.progress_team) != (asked.period, asked.team_id or ""):
            kept.progress_period, kept.progress_team = asked.period, asked.team_id or ""
            settings.save_soon(self._context.computer)
        self.asked_for.emit(asked)

    def choose_team(self, team_id: str | None) -> None:
        """Look at one team's people, or at everybody's (None)."""
        self.ask(replace(self.asked, team_id=team_id))

    def show_figures(self, data: Figures) -> None:
        """Name what is in view, which may be less than was asked for: a team may be gone."""
        self._figures, self.asked = data, data.asked
        self.programme.set_value(data.programme.name if data.programme is not None else "none")
        self.team.show_team(data.team_name)
        self.team.setVisible(bool(data.teams))

    # Menus

    def _open_programmes(self) -> None:
        data, run = self._figures, self._context.shell.run_command
        menu = self._menu("Programmes")
        for each in data.programmes if data is not None else ():
            ended = f", ended {text.format_date(each.ended_on)}" if each.ended_on else ""
            action = menu.addAction(button_words(f"{each.name}{ended}"))
            action.triggered.connect(partial(self._choose_programme, each.id))
        menu.addSeparator()
        menu.addAction("Set up a programme").triggered.connect(lambda: run("start_programme"))
        programme = data.programme if data is not None else None
        if programme is not None and programme.ended_on is None:
            menu.addAction("Change the aim").triggered.connect(lambda: run("change_aim", programme_id=programme.id))
            end = menu.addAction(button_words(f"End {programme.name}"))
            end.triggered.connect(lambda: self.end(programme.id))
        menu.popup(self.programme.mapToGlobal(self.programme.rect().bottomLeft()))

    def _choose_programme(self, programme_id: str, _checked: bool = False) -> None:
        self.ask(replace(self.asked, programme_id=programme_id))

    def end(self, programme_id: str) -> None:
        """End a programme."""
        say = self._context.shell.say
        self._context.jobs.do(end_programme, programme_id, then=lambda made: say(f"Ended {made.name}.", can_undo=True))

    def _open_teams(self) -> None:
        menu = self._menu("Teams")
        teams = [(each.id, each.name) for each in self._figures.teams] if self._figures is not None else []
        for team_id, name in [("", ALL_TEAMS), *teams]:
            action = menu.addAction(button_words(name))
            action.setCheckable(True)
            action.setChecked((self.asked.team_id or "") == team_id)
            action.triggered.connect(partial(self._chose_team, team_id))
        menu.popup(self.team.mapToGlobal(self.team.rect().bottomLeft()))

    def _chose_team(self, team_id: str, _checked: bool = False) -> None:
        self.choose_team(team_id or None)

    def _menu(self, name: str) -> QMenu:
        menu = QMenu(self)
        menu.setAccessibleName(name)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    # Paper

    def print_report(self) -> bool:
        """The monthly report of what is in view, as it will print. False while nothing is."""
        if self._figures is None:
            return False
        print_month(self, self._context, month_of(self._figures))
        return True

    def _open_papers(self) -> None:
        if self._figures is None:
            return
        # What is in view now, also where other figures come while the menu is open.
        month, published = month_of(self._figures), month_of(self._figures, publish=True)
        menu = self._menu("Monthly report")
        choices: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Print the report", self.print_report),
            ("Print for publication, small numbers hidden",
             lambda: print_month(self, self._context, published)),
            ("Save all tables as a spreadsheet", lambda: save_month(self, self._context, month)),
            ("Save for publication, small numbers hidden",
             lambda: save_month(self, self._context, published)),
        )  # fmt: skip
        for words, chosen in choices:
            menu.addAction(words).triggered.connect(lambda _=False, chosen=chosen: chosen())
        menu.popup(self.paper.mapToGlobal(self.paper.rect().bottomLeft()))
