"""What several forms offer: stages, services, workers and codes as choices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QWidget

from mhtracker.domain.lists.code_lists import is_current
from mhtracker.domain.records import Service, Stage, Team, Worker
from mhtracker.store import Store
from mhtracker.text import format_date
from mhtracker.ui.choice_edit import Choice
from mhtracker.ui.context import Context
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.banner import Banner
from mhtracker.ui.widgets.labels import ElidedLabel
from mhtracker.ui.widgets.stage_pill import StagePill


def looking_back(context: Context) -> Banner | None:
    """What a form says while the window looks at another day: nothing recorded goes to that day of itself."""
    if context.as_at == context.today:
        return None
    title = f"You are looking at {format_date(context.as_at)}."
    return Banner(context.theme, "This is recorded with today’s date unless you change it.", title=title, family="info")


def code_choices(store: Store, list_name: str, keep: str | None = None, day: date | None = None) -> list[Choice]:
    """The entries of a code list that may be chosen today, and `keep` though it may no longer be offered."""
    day = day or store.today
    return [
        Choice(item.code, item.label) for item in store.codes(list_name) if item.code == keep or is_current(item, day)
    ]


def stage_choices(stages: Iterable[Stage], keep: str | None = None) -> list[Choice]:
    """The stages offered, from the least to the most independent."""
    return [Choice(stage.id, stage.label, stage) for stage in stages if not stage.retired or stage.id == keep]


def service_choices(services: Sequence[Service], stage_id: str | None) -> list[Choice]:
    """Services by name, those of a stage first. A name that two share says its locality."""
    names = [service.name for service in services]

    def words(service: Service) -> str:
        same = names.count(service.name) > 1 and service.locality
        return f"{service.name}, {service.locality}" if same else service.name

    ordered = sorted(services, key=lambda s: (s.stage_id != stage_id, words(s).casefold()))
    return [Choice(service.id, words(service), also=service.locality) for service in ordered]


def worker_choices(workers: Sequence[Worker], teams: Sequence[Team], today: date, keep: str | None) -> list[Choice]:
    """Workers who hold cases today, with their teams to be found by."""
    names = {team.id: team.name for team in teams}
    here = [w for w in workers if w.left_on is None or w.left_on > today or w.id == keep]
    return [Choice(w.id, w.name, also=names.get(w.team_id or "", "")) for w in sorted(here, key=lambda w: w.name)]


def team_choices(teams: Sequence[Team]) -> list[Choice]:
    """Teams by name."""
    return [Choice(team.id, team.name) for team in sorted(teams, key=lambda team: team.name)]


def stage_line(theme: Theme, stage: Stage, words: str) -> QWidget:
    """A stage's block with words of their own, elided where they do not fit."""
    line = QWidget()
    line.setAccessibleName(f"{stage.label}: {words}")
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.px(7))
    row.addWidget(StagePill(theme, stage, ""))
    row.addWidget(ElidedLabel(words, "body", "text2"), 1)
    return line
