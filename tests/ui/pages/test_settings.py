"""The Settings page on the demo register: what it changes is recorded, or remembered on this computer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from mhtracker.domain.errors import Invalid
from mhtracker.domain.pathway import DEFAULT_STAGES
from mhtracker.domain.records import CodeItem, Stage, Worker
from mhtracker.operations.documents import largest_size
from mhtracker.settings import ComputerSettings
from mhtracker.store import Store
from mhtracker.ui.dialogs.form_panel import FormPanel
from mhtracker.ui.dialogs.stage_form import key_for, level_after
from mhtracker.ui.office.codes import CodesPart
from mhtracker.ui.office.register import RegisterPart
from mhtracker.ui.office.review_rules import ReviewRulesPart
from mhtracker.ui.office.stages import StagesPart
from mhtracker.ui.office.you import YouPart
from mhtracker.ui.pages.settings import PARTS, SettingsPage
from mhtracker.ui.window import Window

Settled = Callable[[Window], None]


@pytest.fixture
def go(window: Window, settled: Settled) -> Callable[[str], SettingsPage]:
    def to(part: str) -> SettingsPage:
        window.open_page("settings", part=part)
        settled(window)
        page = window.navigator.current_page()
        assert isinstance(page, SettingsPage)
        return page

    return to


def form(window: Window, qtbot: QtBot) -> FormPanel:
    panel = window.body.panel
    assert isinstance(panel, FormPanel)
    qtbot.waitUntil(lambda: panel.form is not None)
    return panel


def asked(window: Window, qtbot: QtBot, function: Callable[[Store], object]) -> object:
    found: list[object] = []
    window.context.jobs.ask(function, then=found.append)
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


@pytest.mark.parametrize("key", [part.key for part in PARTS])
def test_every_part_opens_and_is_named_in_the_line_of_parts(go: Callable[[str], SettingsPage], key: str) -> None:
    page = go(key)
    assert page.tabs.key() == key
    assert page.part.isVisible()


def test_back_goes_through_the_parts(go: Callable[[str], SettingsPage], window: Window, settled: Settled) -> None:
    go("you")
    page = go("stages")
    window.navigator.go_back()
    settled(window)
    assert page.part.key == "you"


def test_saying_who_one_is_shows_ones_own_people_and_signs_what_is_recorded(
    go: Callable[[str], SettingsPage], window: Window, computer: ComputerSettings, settled: Settled, qtbot: QtBot
) -> None:
    part = go("you").part
    assert isinstance(part, YouPart)
    workers = asked(window, qtbot, lambda store: store.find(Worker, order_by=("name",)))
    assert isinstance(workers, list)
    chosen = next(worker for worker in workers if worker.id != window.context.register.worker_id)
    part.worker.set_value(chosen.id)
    part.on_worker()
    settled(window)
    assert window.context.register.worker_name == chosen.name
    assert window.rail.user.text() == chosen.name
    assert computer.who_name == chosen.name
    assert asked(window, qtbot, lambda store: store.who) == chosen.name


def test_a_stage_is_renamed_everywhere_at_once_and_undo_brings_the_name_back(
    go: Callable[[str], SettingsPage], window: Window, settled: Settled, qtbot: QtBot
) -> None:
    page = go("stages")
    assert isinstance(page.part, StagesPart)
    window.run_command("stage", stage_id="enablement")
    panel = form(window, qtbot)
    assert panel.form is not None
    panel.form.editors["label"].set_value("Reablement")
    panel.record()
    settled(window)
    stage = window.context.register.stage("enablement")
    assert stage is not None
    assert stage.label == "Reablement"
    assert "Reablement" in [row.label for row in page.part.list._rows]
    window.happenings.undo()
    settled(window)
    stage = window.context.register.stage("enablement")
    assert stage is not None
    assert stage.label == "Enablement"


def test_a_new_stage_stands_after_the_one_chosen(window: Window, settled: Settled, qtbot: QtBot) -> None:
    window.run_command("stage")
    panel = form(window, qtbot)
    assert panel.form is not None
    values = {"label": "Crisis house", "letter": "C", "colour": "other", "after": "residential"}
    for name, value in values.items():
        panel.form.editors[name].set_value(value)
    panel.record()
    settled(window)
    assert window.body.panel is None
    order = [stage.id for stage in window.context.register.stages]
    assert order.index("crisis_house") == order.index("residential") + 1


def test_a_stage_keeps_its_level_where_it_stands_and_needs_room_elsewhere() -> None:
    hospital, nursing, residential, *_ = DEFAULT_STAGES
    others = [hospital, residential]
    assert level_after("hospital", others, nursing) == nursing.level
    assert hospital.level < level_after("hospital", others, None) < residential.level
    assert level_after("first", others, None) < hospital.level
    assert level_after("residential", others, None) > residential.level
    tight = [Stage("a", "A", "A", "other", 10), Stage("b", "B", "B", "other", 11)]
    with pytest.raises(Invalid):
        level_after("a", tight, None)


def test_a_stages_key_is_made_from_its_name_and_is_its_own() -> None:
    assert key_for("Supported living, 24 hours", DEFAULT_STAGES) == "supported_living_24_hours"
    assert key_for("Independent", DEFAULT_STAGES) == "independent_2"
    assert key_for("24 hours", DEFAULT_STAGES) == "stage_24_hours"


def test_an_entry_added_to_a_code_list_is_listed(
    go: Callable[[str], SettingsPage], window: Window, settled: Settled, qtbot: QtBot
) -> None:
    part = go("codes").part
    assert isinstance(part, CodesPart)
    part.which.set_value("note_kind")
    window.run_command("code", list_name="note_kind")
    panel = form(window, qtbot)
    assert panel.form is not None
    panel.form.editors["label"].set_value("Video call")
    panel.record()
    settled(window)
    assert [item.code for item in part.list._rows if item.label == "Video call"] == ["video_call"]
    saved = asked(window, qtbot, lambda store: store.find(CodeItem, list_name="note_kind", code="video_call"))
    assert saved


def test_review_rules_are_saved_with_a_caution_where_the_guidance_expects_less(
    go: Callable[[str], SettingsPage], settled: Settled, window: Window, qtbot: QtBot
) -> None:
    part = go("reviews").part
    assert isinstance(part, ReviewRulesPart)
    assert not part.save_button.isEnabled()
    part.form.editors["first_days"].set_value(84)
    part._on_edited()
    assert part.info.isVisible()
    part.on_save()
    settled(window)
    rules = asked(window, qtbot, lambda store: store.review_rules().first_days)
    assert rules == 84


def test_a_rule_out_of_range_is_refused_beside_its_field(go: Callable[[str], SettingsPage], settled: Settled,
                                                         window: Window) -> None:  # fmt: skip
    part = go("reviews").part
    assert isinstance(part, ReviewRulesPart)
    part.form.editors["first_days"].set_value(0)
    part.on_save()
    settled(window)
    assert part.form.problem_count() == 1


def test_a_backup_is_saved_where_one_says_and_the_check_finds_the_register_sound(
    go: Callable[[str], SettingsPage], window: Window, settled: Settled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = go("register").part
    assert isinstance(part, RegisterPart)
    copy = tmp_path / "copy.mhtracker"
    monkeypatch.setattr("mhtracker.ui.office.register.QFileDialog.getSaveFileName", lambda *_: (str(copy), ""))
    part.on_backup()
    settled(window)
    assert copy.exists()
    part.on_check()
    settled(window)
    assert part._told is not None
    assert part._told.title.text() == "The register is sound."


def test_the_largest_document_is_kept_in_the_register(
    go: Callable[[str], SettingsPage], window: Window, settled: Settled, qtbot: QtBot
) -> None:
    part = go("register").part
    assert isinstance(part, RegisterPart)
    assert part.largest.value() == 25
    for typed, kept in ((201, 25), (40, 40)):
        part.largest.set_value(typed)
        part.largest.settled.emit()
        settled(window)
        assert asked(window, qtbot, largest_size) == kept * 1_000_000
    assert part.council.value()


def test_letters_can_be_switched_off(go: Callable[[str], SettingsPage], window: Window, computer: ComputerSettings,
                                     settled: Settled) -> None:  # fmt: skip
    window.run_command("set_letters", on=False)
    assert not computer.shortcuts_on
    assert not any(shortcut.isEnabled() for shortcut in window.shell_commands.letters._shortcuts)
