"""Every step can be read, reached and used: at twice the size, and with ten thousand rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mhtracker.operations.importing.rehearsal import Outcome
from mhtracker.ui.importing.reading import HowToRead
from mhtracker.ui.pages.import_people import CHOOSE, DONE, MATCH, REHEARSE, ImportPage
from mhtracker.ui.window import Window
from tests.ui.importing.conftest import HEADINGS
from tests.ui.test_every_page import check_names, check_plain_text, check_reach, check_room, check_targets

SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.mark.parametrize("name", ["mixed-dates.xlsx", "moving-on-team.xlsx", "placement-history.csv"])
@pytest.mark.parametrize(("width", "height", "scale"), [(1440, 900, 1.0), (1100, 700, 1.0), (1440, 900, 2.0)])
def test_every_step_is_named_reachable_and_has_room(
    window: Window, page: ImportPage, rest: Any, name: str, width: int, height: int, scale: float
) -> None:
    window.resize(width, height)
    window.context.theme.change(scale=scale)
    page.open_file(HowToRead(SAMPLES / name))
    rest(window)
    for step in (CHOOSE, MATCH, REHEARSE, DONE):
        assert page.stack.currentIndex() == step
        check_names(page)
        check_plain_text(page)
        check_targets(page)
        check_room(page)
        check_reach(window, page)
        page.foot.go_on_button.click()
        rest(window)
    window.open_page("import", part="put_aside")
    rest(window)
    for check in (check_names, check_plain_text, check_targets, check_room):
        check(page)
    check_reach(window, page)


def test_ten_thousand_rows_never_hold_up_the_window(
    window: Window, page: ImportPage, tmp_path: Path, rest: Any, qtbot: QtBot
) -> None:
    from time import thread_time

    rows = [f"NAME{n},Ann,{1 + n % 28}/{1 + n % 12}/19{50 + n % 49},,Residential care,Elm Court,2/4/2009,,10" for n in
            range(10_000)]  # fmt: skip
    rows[::50] = [row.replace("2/4/2009", f"31/2/{2000 + n % 20}") for n, row in enumerate(rows[::50])]
    path = tmp_path / "many.csv"
    path.write_text("\n".join([HEADINGS, *rows]), "utf-8")
    page.open_file(HowToRead(path))
    qtbot.waitUntil(lambda: page.work.file is not None, timeout=20_000)
    rest(window)
    page.foot.go_on_button.click()
    rest(window)
    page.foot.go_on_button.click()
    qtbot.waitUntil(lambda: page.stack.currentIndex() == REHEARSE, timeout=30_000)
    rest(window)
    began = thread_time()
    page.rehearse_step.show_rehearsed(page.work.rehearsal)
    page.rehearse_step.show_only(Outcome.ASIDE)
    page.rehearse_step.show_only(None)
    assert thread_time() - began < 0.5
    assert len(page.rehearse_step.panel.cards) <= 20


def test_tab_goes_down_the_rehearsal_as_it_is_read_and_leaves_it(
    window: Window, rehearse: Any, sheet: Any, rest: Any, qtbot: QtBot
) -> None:
    page = rehearse(sheet("new", "born", "swap"))
    step = page.rehearse_step
    card = step.panel.card_of(3)
    card.button("Type the date").click()
    rest(window)
    wanted = [
        step.chip_of[None],
        step.head.combos()["Surname"],
        step.head.combos()["DOB"],
        step.table,
        step.panel.tabs,
        card.button("Use 29 Feb 1960"),
        card.typing.use,
        step.panel.card_of(4).button("Swap the dates"),
        page.foot.go_on_button,
    ]
    step.chip_of[None].setFocus()
    passed: list[QWidget] = []
    for _ in range(60):
        focused = window.focusWidget()
        assert focused is not None
        if focused in passed:
            break
        passed.append(focused)
        window.focusNextPrevChild(True)
    places = [passed.index(widget) for widget in wanted]
    assert places == sorted(places)
    assert not page.isAncestorOf(passed[places[-1] + 1]), "Tab leaves the page at its end"
