"""Progress through the window: the figures are those of the command line, and each opens its people."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from mhtracker.analysis.programme import read_cohort
from mhtracker.analysis.progress import build_progress
from mhtracker.domain.errors import Unavailable
from mhtracker.domain.records import Programme
from mhtracker.operations.programmes import Counted, baseline, count_baseline, end_programme, start_programme
from mhtracker.store import Store
from mhtracker.ui.dialogs.pdf_preview import PdfPreview
from mhtracker.ui.dialogs.programme_form import COUNTING, NAMED, TO_COUNT, AimForm, ProgrammeForm
from mhtracker.ui.manager.explained import ExplainedPanel
from mhtracker.ui.manager.numbers import Figure
from mhtracker.ui.manager.papers import MonthAsked, month_of, print_share, save_month_to, save_share_to
from mhtracker.ui.manager.reading import MONTH, PROGRAMME, QUARTER, YEAR, Asked, first_day
from mhtracker.ui.manager.shares import share_of
from mhtracker.ui.pages.progress import ProgressPage
from mhtracker.ui.window import Window
from tests.ui.rest import come_to_rest

DAY = date(2026, 7, 14)
Settled = Callable[[Window], None]


def set_up(store: Store) -> Programme:
    return start_programme(
        store, name="Half", baseline_on=date(2025, 4, 1), stage_ids=["residential"], aim_on=date(2028, 3, 31),
        aim_percent=50,
    )  # fmt: skip


def asked(window: Window, qtbot: QtBot, function: Callable[..., Any], *args: Any) -> Any:
    found: list[Any] = []
    window.context.jobs.ask(function, *args, then=found.append)
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


@pytest.fixture
def page(window: Window, qtbot: QtBot, settled: Settled) -> ProgressPage:
    asked(window, qtbot, set_up)
    window.open_page("progress")
    settled(window)
    found = window.navigator.current_page()
    assert isinstance(found, ProgressPage)
    return found


def test_it_says_where_the_programme_stands(window, page, qtbot):
    found = asked(window, qtbot, build_progress, date(2026, 4, 1), DAY)
    moved, cohort = len(found.programme.now.moved), found.programme.cohort
    assert page.sentence.text().startswith(f"{moved} of {cohort} people have moved on")
    assert page.numbers["moved"].figure.text() == str(moved)
    assert page.numbers["reviews"].figure.text() == f"{found.reviews.in_date_share.percent:.0f}%"
    assert f"{moved} of {cohort} have moved on" in page.plan.view.accessibleDescription()
    come_to_rest(page)
    assert page.plan.view.picture.height == page.plan.view.height() > 340, "as high as the cards beside it"


def test_a_number_opens_its_definition_and_its_people(window, page, qtbot, settled):
    page.numbers["reviews"].figure.click()
    settled(window)
    (panel,) = window.findChildren(ExplainedPanel)
    buttons = {button.text(): button for button in panel.findChildren(QPushButton)}
    next(button for words, button in buttons.items() if words.endswith(": not counted")).click()
    settled(window)
    found = asked(window, qtbot, build_progress, date(2026, 4, 1), DAY)
    people = [b for b in panel.findChildren(QPushButton) if "," in b.text() and b.text() not in buttons]
    assert len(people) == min(60, len(found.reviews.overdue))
    people[0].click()
    settled(window)
    assert window.navigator.current_page().key == "person"


def test_another_period_counts_anew(window, page, settled):
    before = page.flow._caption.text()
    page.period.chosen.emit(MONTH)
    settled(window)
    assert page.asked.period == MONTH
    assert page.flow._caption.text() != before
    assert page.flow._caption.text() == "1 Jul to 14 Jul"


def end_all(store: Store) -> None:
    for programme in store.find(Programme, ended_on=None):
        end_programme(store, programme.id)


def test_a_programme_is_set_up_in_the_window(window, qtbot, settled):
    asked(window, qtbot, end_all)
    window.open_page("progress")
    settled(window)
    page = window.navigator.current_page()
    assert "No programme is set up" in page.sentence.text()
    assert page.plan._none.title.text() == "No programme is running"
    assert "ended on 14 Jul 2026. It can be chosen above." in page.plan._none.words.text()
    window.run_command("start_programme")
    settled(window)
    (panel,) = window.findChildren(ProgrammeForm)
    panel.form.set_values(
        {"name": "Half", "baseline_on": date(2025, 4, 1), "way": "percent", "aim": 50, "aim_on": date(2028, 3, 31),
         "plan": "", "stage:residential": True}
    )  # fmt: skip
    panel.accepted.emit()
    settled(window)
    (programme,) = asked(window, qtbot, lambda store: store.find(Programme, ended_on=None))
    assert (programme.stage_ids, programme.aim_percent) == ("residential", 50.0)
    qtbot.waitUntil(lambda: "have moved on" in page.sentence.text())


@pytest.mark.parametrize(
    ("period", "first"),
    [(MONTH, date(2026, 7, 1)), (QUARTER, date(2026, 7, 1)), (YEAR, date(2026, 4, 1)), (PROGRAMME, date(2025, 4, 1))],
)
def test_where_each_period_begins(period, first):
    assert first_day(Asked(period), DAY, date(2025, 4, 1)) == first


def test_without_a_programme_its_period_is_the_year():
    assert first_day(Asked(PROGRAMME), date(2026, 3, 31), None) == date(2025, 4, 1)


def test_the_monthly_report_is_shown_as_it_will_print(window, page, qtbot):
    assert page.print_page()
    qtbot.waitUntil(lambda: bool(window.findChildren(PdfPreview)))
    (preview,) = window.findChildren(PdfPreview)
    assert preview.accessibleName() == "Progress report"
    preview.close()


def test_all_tables_are_saved_as_a_workbook_and_for_publication_without_names(window, page, qtbot, tmp_path):
    for publish in (False, True):
        path = tmp_path / f"{publish}.xlsx"
        save_month_to(window.context, MonthAsked(date(2026, 4, 1), DAY, publish=publish), path)
        qtbot.waitUntil(path.exists)
        names = CalamineWorkbook.from_path(path).sheet_names
        assert ("Stuck" in names) is not publish
        assert names[-1] == "Definitions"


def test_a_number_s_people_are_saved_with_what_was_counted(window, page, qtbot, tmp_path):
    share = share_of("reviews", page._figures)
    path = tmp_path / "reviews.xlsx"
    save_share_to(window.context, share, path)
    qtbot.waitUntil(path.exists)
    book = CalamineWorkbook.from_path(path)
    counted, others, definitions = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
    assert len(counted) - 1 == share.numerator
    assert len(others) - 1 == share.denominator - share.numerator
    assert any(share.definition in str(cell) for row in definitions for cell in row)
    assert any(row[0] == "As at" for row in definitions)


def test_the_workbook_of_a_figure_of_a_period_names_the_period_and_its_days_come_to_the_figure(
    window, page, qtbot, tmp_path
):
    share, path = share_of("delays", page._figures), tmp_path / "delays.xlsx"
    save_share_to(window.context, share, path)
    qtbot.waitUntil(path.exists)
    book = CalamineWorkbook.from_path(path)
    counted, definitions = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
    assert ["Period", "1 Apr 2026 to 14 Jul 2026"] in [row[:2] for row in definitions]
    assert sum(row[counted[0].index("Days held up")] for row in counted[1:]) == page._figures.first.delays.days


def test_a_number_s_list_is_shown_as_it_will_print(window, page, qtbot):
    print_share(page, window.context, share_of("reviews", page._figures))
    qtbot.waitUntil(lambda: bool(window.findChildren(PdfPreview)))
    (preview,) = window.findChildren(PdfPreview)
    preview.close()


def test_the_aim_is_changed_from_the_page_and_the_new_version_is_in_view(window, page, qtbot, settled):
    former = page._figures.progress.programme.programme
    window.run_command("change_aim", programme_id=former.id)
    settled(window)
    (panel,) = window.findChildren(AimForm)
    assert panel.form.editors["aim"].value() == 50
    panel.form.set_values({"aim": 40, "reason": "Two services closed"})
    panel.accepted.emit()
    settled(window)
    qtbot.waitUntil(lambda: page._figures.progress.programme.programme.replaces == former.id)
    now = page._figures.progress.programme.programme
    assert (now.aim_percent, now.note) == (40.0, "Two services closed")
    assert former.id in {each.id for each in page._figures.programmes if each.ended_on}


def test_money_and_the_programme_come_later_and_the_newest_question_wins(window, page, qtbot, settled):
    gate, ended = threading.Event(), list[object]()
    page.ask_for(replace(page.asked, period=MONTH))
    window.context.jobs.ask(lambda _: gate.wait(20), then=ended.append)  # stands between the two questions
    try:
        qtbot.waitUntil(lambda: page.waits_for == {"rest"} and page.numbers["saving"].figure.text() == "…")
        qtbot.waitUntil(lambda: not any(veil.lies for veil in page.veils))
        assert page.flow._caption.text() == "1 Jul to 14 Jul"
        assert page.numbers["reviews"].figure.text().endswith("%")
        assert page.plan._veil.lies
        assert not page.money.findChildren(Figure)[-1].isEnabled()
        come_to_rest(page)
        places = [each.geometry() for each in (page.plan, page.money, page.flow, page.stuck)]
        page.ask_for(replace(page.asked, period=QUARTER))
    finally:
        gate.set()
    settled(window)
    qtbot.waitUntil(lambda: not page.waits_for)
    assert page._figures.asked.period == QUARTER
    assert page._figures.progress.from_on == date(2026, 7, 1)
    assert "have moved on" in page.sentence.text()
    assert not page.plan._veil.lies
    qtbot.waitUntil(lambda: not any(veil.lies for veil in page.veils))
    come_to_rest(page)
    assert [each.geometry() for each in (page.plan, page.money, page.flow, page.stuck)] == places


def test_what_cannot_be_counted_says_why_in_its_card(page):
    page._on_no_rest(Unavailable("The drive is gone."))
    assert page.plan._veil.words.text() == "The drive is gone."
    assert page.numbers["saving"].figure.text() == "–"
    assert not page.numbers["saving"].figure.isEnabled()
    assert "The drive is gone." in page.sentence.text()


def test_every_figure_can_be_of_one_team_and_the_choice_is_remembered(window, page, qtbot, settled):
    team = page._figures.teams[0]
    page.head.choose_team(team.id)
    settled(window)
    qtbot.waitUntil(lambda: not page.waits_for and page.team.text() == f"Team: {team.name}")
    found = asked(window, qtbot, build_progress, date(2026, 4, 1), DAY, None, team.id)
    everybody = asked(window, qtbot, build_progress, date(2026, 4, 1), DAY)
    assert page.numbers["reviews"].figure.text() == f"{found.reviews.in_date_share.percent:.0f}%"
    assert page._figures.progress.money.gross == found.money.gross < everybody.money.gross
    assert page.plan._caption.text().startswith("of all its people")
    page.numbers["reviews"].figure.click()
    (panel,) = window.findChildren(ExplainedPanel)
    assert panel._share.definition.endswith(f"Only people of {team.name}.")
    assert set(panel._share.of) < set(everybody.reviews.in_date_share.of)
    page.numbers["moved"].figure.click()
    panel = next(each for each in window.findChildren(ExplainedPanel) if each.isVisible())
    whole = page._figures.progress.programme
    assert panel._share.told_of == whole.cohort > panel._share.denominator, "the card is of the whole baseline too"
    assert str(whole.cohort) in [label.text() for label in panel.findChildren(QLabel)]
    assert panel._share.definition.endswith("Of all the programme’s people, not of the team alone.")
    assert month_of(page._figures).team_id == team.id
    assert window.context.computer.register(window.context.register.address).progress_team == team.id
    page.doubts._tell(page.doubts._found[0])
    everyone_of_team = {each for stage in found.flow.stages for each in stage.closing}
    assert set(page.doubts._found[0].people) <= everyone_of_team
    page.team.clear()
    settled(window)
    qtbot.waitUntil(lambda: not page.waits_for)
    assert page._figures.progress.money.gross == everybody.money.gross


def test_a_programme_is_narrowed_in_the_window_by_the_caseload_s_filters_and_its_people_are_kept(
    window, page, qtbot, settled
):
    day, rule = date(2025, 4, 1), "s117=yes; age>=40"
    people = asked(window, qtbot, count_baseline, ("residential",), day, rule)
    window.run_command("start_programme")
    settled(window)
    (panel,) = window.findChildren(ProgrammeForm)
    panel.form.set_values({"name": "Those on s117", "baseline_on": day, "aim": 50, "aim_on": date(2028, 3, 31)})
    bar = panel.form.editors["rule"].bar
    bar._open("s117")
    settled(window)
    qtbot.waitUntil(lambda: bar.menu.isVisible())
    counts = {action.text().partition("\t")[0]: action for action in bar.menu.actions()}
    counts["Yes"].trigger()
    bar._open("age")
    bar.popover.form.set_values({"way": "least", "first": 40})
    bar.popover.on_show()
    assert panel.form.editors["rule"].value() == rule
    said = f"{len(people.people)} of the {people.of} people in these stages on 1 Apr 2025. Today there would be "
    qtbot.waitUntil(lambda: panel.cohort.words.text() == f"{said}{people.today}.")
    panel.accepted.emit()
    settled(window)
    qtbot.waitUntil(lambda: page._figures is not None and page._figures.programme.name == "Those on s117")
    kept = asked(window, qtbot, lambda store: read_cohort(store, page._figures.programme))
    assert (page._figures.programme.rule, kept) == (rule, people.people)
    qtbot.waitUntil(lambda: page.plan._apart.text().startswith("Only s117: yes; Age: at least 40.\n"))
    window.run_command("change_aim", programme_id=page._figures.programme.id)
    settled(window)
    (changing,) = window.findChildren(AimForm)
    stay = f"Its people stay: {len(kept)} people counted on 1 Apr 2025 in residential"
    assert changing.stay.text().startswith(stay)
    assert "only s117: yes; Age: at least 40. For others, set up another programme." in changing.stay.text()


def test_an_aim_in_parts_of_a_percent_is_neither_rounded_nor_changed_by_its_form(window, page, qtbot, settled):
    former = page._figures.programme
    window.run_command("change_aim", programme_id=former.id)
    settled(window)
    (panel,) = window.findChildren(AimForm)
    panel.form.set_values({"aim": 33.3333333, "plan": "2026-12-31:12.5", "reason": "As the council resolved"})
    assert panel.form.editors["aim"].text_value() == "33.3333333"
    panel.accepted.emit()
    settled(window)
    qtbot.waitUntil(lambda: page._figures.programme.replaces == former.id)
    assert (page._figures.programme.aim_percent, page._figures.programme.plan) == (33.3333333, "2026-12-31:12.5")


def test_the_baseline_is_counted_as_the_form_is_filled_in_and_can_be_seen(window, page, qtbot, settled):
    window.run_command("start_programme")
    settled(window)
    (panel,) = window.findChildren(ProgrammeForm)
    assert panel.cohort.words.text() == TO_COUNT
    panel.form.set_values({"baseline_on": date(2025, 4, 1), "stage:residential": True})
    panel.on_edited()
    assert panel.cohort.words.text() == COUNTING
    people = asked(window, qtbot, baseline, ("residential",), date(2025, 4, 1))
    qtbot.waitUntil(lambda: panel.cohort.words.text().startswith(f"{len(people)} people were in these stages"))
    below = panel.form.editors["way"]
    places = set()
    for words in (TO_COUNT, COUNTING, panel.cohort.words.text()):
        panel.cohort.tell(words)
        panel.cohort.see.setVisible(words[0].isdigit())
        settled(window)
        places.add(below.mapTo(panel, below.rect().topLeft()).y())
    assert len(places) == 1, "nothing slides as the count comes"
    panel.cohort.show_people(Counted(people, len(people), 0), date(2025, 4, 1), DAY)
    panel.cohort.see.click()
    qtbot.waitUntil(panel.cohort.names.isVisible)
    shown = [each.text() for each in panel.cohort.names.findChildren(QLabel) if each.isVisible()]
    assert len([words for words in shown if words]) == min(NAMED, len(people))


def test_the_reviews_are_a_bar_of_four_parts_and_a_row_for_each_team_that_opens_its_people(window, page, settled):
    reviews = page._figures.first.reviews
    reviewed = len(reviews.overdue) - len(reviews.never)
    assert page.reviews.bar.accessibleName() == (
        f"{len(reviews.in_date)} not due yet, {len(reviews.due_soon)} due soon, {reviewed} overdue, "
        f"{len(reviews.never)} never reviewed"
    )
    shares = dict(page._figures.reviews_by_team)
    assert sum(share.denominator for share in shares.values()) == reviews.in_date_share.denominator
    assert sum(share.numerator for share in shares.values()) == reviews.in_date_share.numerator
    figures = {each.accessibleName(): each for each in page.reviews.teams.findChildren(Figure)}
    assert len(figures) == len(shares) > 1
    name, share = max(shares.items(), key=lambda each: each[1].denominator)
    figures[f"{name}, reviews in date: {share.percent:.0f}%"].click()
    settled(window)
    (panel,) = window.findChildren(ExplainedPanel)
    assert panel._share == share
    page.head.choose_team(page._figures.teams[0].id)
    settled(window)
    assert page._figures.reviews_by_team == ()
    assert page.reviews.teams.isHidden()
