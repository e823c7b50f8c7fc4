"""The states of the Progress page that are drawn to be looked at."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from mhtracker.domain.records import Programme
from mhtracker.store import Store
from mhtracker.ui.shots import DAY, Shot

BEFORE_ALL = date(2020, 1, 1)
"""By then nothing had been recorded of the register that is drawn."""


def _with_programme(store: Store) -> dict[str, Any]:
    from mhtracker.operations.programmes import start_programme

    if not store.find(Programme):
        start_programme(
            store, name="Move on half by March 2028", baseline_on=date(2025, 4, 1),
            stage_ids=["residential", "nursing"], aim_on=date(2028, 3, 31), aim_percent=50,
        )  # fmt: skip
    return {}


def _on_page(action: Callable[[Any], object]) -> Callable[[Any], None]:
    def run(window: Any) -> None:
        page = window.navigator.current_page()
        if page.key == "progress":
            action(page)

    return run


def _of_team(page: Any) -> None:
    if page._figures is not None:
        page.head.choose_team(page._figures.teams[0].id)


SHOTS = (
    Shot("progress-none", "progress", prepare=lambda window: window.look_at(DAY, BEFORE_ALL)),
    Shot("progress", "progress", find=_with_programme),
    Shot("progress-team", "progress", prepare=_on_page(_of_team)),
    Shot("progress-ribbons", "progress", prepare=_on_page(lambda page: page.flow.switch.click())),
    Shot("progress-lower", "progress", prepare=_on_page(lambda page: page._scroll.ensureWidgetVisible(page.doubts))),
    Shot("progress-what-if", "progress", prepare=_on_page(lambda page: page.plan.ask.click())),
    Shot("progress-left", "progress", prepare=_on_page(lambda page: page.lengths.left_asked.emit())),
    Shot("progress-stuck", "progress", prepare=_on_page(lambda page: page.stuck.all_asked.emit())),
)
