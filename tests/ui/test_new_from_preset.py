"""A register begun as a published paper, through the window: all of the paper's arrangement is in it, and its programme
is offered once there are people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from mhtracker.domain.lists.starting_rules import DEFAULT_REVIEW_TYPES
from mhtracker.domain.presets import PRESET_NAMES
from mhtracker.domain.records import Contract, CostTableRow, Person, Programme, Provider, Service
from mhtracker.domain.reviewing.due import ReviewRules
from mhtracker.operations.people import add_person
from mhtracker.operations.presets.files import read_preset
from mhtracker.operations.presets.kept import read_paper, read_plan
from mhtracker.store import Store
from mhtracker.ui.dialogs.new_register import NewRegisterDialog
from mhtracker.ui.dialogs.preset_programme_form import PresetProgrammeForm
from mhtracker.ui.manager.plan_card import SET_UP
from mhtracker.ui.office.paper_panel import PaperPanel
from mhtracker.ui.office.register import RegisterPart
from mhtracker.ui.pages.progress import ProgressPage
from mhtracker.ui.theme import Theme
from mhtracker.ui.window import Window

Settled = Callable[[Window], None]


def begun(window: Window, theme: Theme, folder: Path, name: str, qtbot: QtBot, settled: Settled) -> NewRegisterDialog:
    """A register begun as a preset, by the dialogue."""
    dialog = NewRegisterDialog(theme, window.registers._make_new)
    qtbot.addWidget(dialog)
    dialog.file.setText(str(folder / name))
    dialog.pathway.setCurrentIndex(dialog.pathway.findData(name))
    dialog.on_without()
    qtbot.waitUntil(lambda: window.at_work, timeout=10_000)
    settled(window)
    return dialog


def asked(window: Window, qtbot: QtBot, query: Callable[[Store], object]) -> None:
    """Check something on the register's thread."""
    done: list[object] = []
    window.context.jobs.ask(query, then=done.append, urgent=True)
    qtbot.waitUntil(lambda: bool(done), timeout=10_000)


def words_in(panel: PaperPanel) -> str:
    return "\n".join(label.text() for label in panel.findChildren(QLabel))


@pytest.mark.parametrize("name", PRESET_NAMES)
def test_all_that_a_paper_arranges_is_in_a_register_begun_as_it(
    bare_window: Window, window_theme: Theme, tmp_path: Path, name: str, qtbot: QtBot, settled: Settled
) -> None:
    preset = read_preset(name)
    dialog = begun(bare_window, window_theme, tmp_path, name, qtbot, settled)
    assert preset.about in dialog.brings.text()
    assert f"{len(preset.stages)} stages, {len(preset.services)} services" in dialog.brings.text()

    def look(store: Store) -> bool:
        assert store.find(Person) == []
        stages = {stage.id: stage for stage in store.stages() if not stage.retired}
        assert {each.id: (each.label, each.level, each.kind, each.limit_days) for each in stages.values()} == {
            each.id: (each.label, each.level, each.kind, each.limit_days) for each in preset.stages
        }
        providers = {each.id: each.name for each in store.find(Provider)}
        services = {each.id: each for each in store.find(Service)}
        assert {
            (s.name, providers.get(s.provider_id or ""), s.stage_id, s.service_type, s.locality, s.lot, s.in_area,
             s.specialised, s.rate_pence) for s in services.values()
        } == {
            (s.name, s.provider_id, s.stage_id, s.service_type, s.locality, s.lot, s.in_area, s.specialised,
             s.rate_pence) for s in preset.services
        }  # fmt: skip
        assert tuple(store.setting("localities") or ()) == preset.localities
        assert {
            (c.name, providers[c.provider_id], c.started_on, c.ends_on, c.extendable_to, c.value_pence,
             frozenset(services[each].name for each in c.service_ids.split())) for c in store.find(Contract)
        } == {
            (c.name, c.provider_id, c.started_on, c.ends_on, c.extendable_to, c.value_pence, frozenset(covered))
            for c, covered in preset.contracts
        }  # fmt: skip
        rows = {(each.label, each.as_is_people, each.as_is_year_pence, each.to_be_people, each.to_be_year_pence)
                for each in store.find(CostTableRow)}  # fmt: skip
        assert rows == {
            (row.label, row.as_is_people, row.as_is_year_pence, row.to_be_people, row.to_be_year_pence)
            for _, told in preset.cost_tables for row in told
        }  # fmt: skip
        assert store.review_rules() == (preset.rules or ReviewRules())
        usual = {each.id for each in DEFAULT_REVIEW_TYPES}
        assert {each.id for each in store.review_types()} - usual == {each.id for each in preset.review_types}
        assert (read_paper(store), read_plan(store)) == (preset.paper, preset.programme)
        return True

    asked(bare_window, qtbot, look)
    bare_window.open_page("settings", part="register")
    settled(bare_window)
    (part,) = bare_window.findChildren(RegisterPart)
    assert part._paper.isVisible()
    part._paper.click()
    (panel,) = bare_window.findChildren(PaperPanel)
    said = words_in(panel)
    assert all(f"{each.name}: {each.value}" in said for each in preset.figures)
    assert all(each.title in said and each.disagrees in said for each in preset.tables)


def test_the_paper_s_programme_is_offered_on_progress_once_people_are_in_its_stages_and_started_as_filled_in(
    bare_window: Window, window_theme: Theme, tmp_path: Path, qtbot: QtBot, settled: Settled
) -> None:
    window = bare_window
    begun(window, window_theme, tmp_path, "moving-on", qtbot, settled)
    window.open_page("progress")
    settled(window)
    page = window.navigator.current_page()
    assert isinstance(page, ProgressPage)
    plan = read_preset("moving-on").programme
    assert plan is not None
    assert f"Its programme “{plan.name}” can be started once people are in its stages." in page._empty.words.text()

    def arrive(store: Store, number: int, stage_id: str) -> Person:
        return add_person(store, surname=f"Example{number}", stage_id=stage_id, started_on=date(2015, 3, 1))

    window.context.jobs.do(arrive, 0, "independent")
    qtbot.waitUntil(lambda: page._whole.currentIndex() == 0 and not page.waits_for, timeout=10_000)
    empty = page.plan._none
    assert empty.words.text().endswith("It can be started once people are in long-term residential.")
    assert empty.button is not None
    assert empty.button.text() == SET_UP
    for number in range(1, 13):
        window.context.jobs.do(arrive, number, "residential")
    qtbot.waitUntil(lambda: "12 people are in long-term residential now" in empty.words.text(), timeout=10_000)
    assert empty.words.text().endswith("now: 6 (50%) to move on by 31 Jan 2030.")
    assert empty.button.text() == "Start the preset’s programme"
    settled(window)
    empty.button.click()
    settled(window)
    (panel,) = window.findChildren(PresetProgrammeForm)
    assert panel._told is not None
    assert "from 14 Jul 2026 on" in panel._told.text()
    qtbot.waitUntil(lambda: panel.cohort.words.text().startswith("12 people"), timeout=10_000)
    panel.accepted.emit()
    settled(window)
    qtbot.waitUntil(lambda: page._figures is not None and page._figures.programme is not None, timeout=10_000)
    made = page._figures.programme
    assert isinstance(made, Programme)
    assert (made.name, made.stage_ids, made.aim_percent) == (plan.name, "residential", 50.0)
    assert (made.baseline_on, made.aim_on) == (date(2026, 7, 14), date(2030, 1, 31))
    window.run_command("start_programme")
    settled(window)
    another = next(each for each in window.findChildren(PresetProgrammeForm) if each.offered is None)
    assert another._told is None
