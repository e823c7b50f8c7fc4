"""The Services page's lists: which columns stay where there is little room, and what they print, copy and save."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from python_calamine import CalamineWorkbook

from mhtracker.domain.places.voids import PlaceDays
from mhtracker.ui.services.grouped_table import Heading
from mhtracker.ui.services.saving import make_menu, save_provider_to, save_to
from mhtracker.ui.services.service_view import use_rows
from mhtracker.ui.services.tabs import CONTRACTS, RATES, SERVICES, TABS, VACANCIES, WAITING

ALWAYS = {
    SERVICES: {"service", "free", "contract"},
    VACANCIES: {"place", "from", "empty"},
    WAITING: {"name", "days", "for", "priority"},
    RATES: {"service", "agreed", "paid", "beyond"},
    CONTRACTS: {"provider", "name", "to"},
}


def columns_in_view(tab):
    header, view = tab.table.horizontalHeader(), tab.table.viewport()
    shown = [place for place in range(header.count()) if not header.isSectionHidden(place)]
    assert sum(header.sectionSize(place) for place in shown) <= view.width()
    assert tab.table.horizontalScrollBar().maximum() == 0
    return {tab.model.columns[place].key for place in shown}


def test_a_service_whose_places_were_all_out_of_use_says_so_and_no_share():
    assert use_rows(PlaceDays(open=61, out=61)) == [("Out of use", "All 61 days")]
    assert ("Lived in", "50% of the days not out of use") in use_rows(PlaceDays(open=61, out=1, lived=30, void=30))


def test_beside_the_panel_whole_columns_give_way_and_none_is_cut_off(page, go, window, settled):
    for scale, size in ((1.0, (1440, 900)), (1.0, (1100, 700)), (1.5, (1440, 900)), (2.0, (1100, 700))):
        window.context.theme.change(scale=scale)
        window.resize(*size)
        for key, always in ALWAYS.items():
            rows = page.tabs.of(key).listed
            tab = go(key, next(place for place, row in enumerate(rows) if not isinstance(row, Heading)))
            assert columns_in_view(tab) >= always, (scale, key)
        last = page.line.tabRect(page.line.count() - 1)
        assert page.line.width_of("Contracts", page.line.tabs()[-1][2]) <= last.width()
        assert last.right() <= page.line.width(), scale
        for pair in page.head.totals.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            assert pair.width() >= pair.sizeHint().width(), scale
            assert pair.geometry().right() <= page.head.totals.width(), scale


def test_a_name_column_shrinks_before_others_go_and_grows_into_what_is_left(page, window, settled):
    header = page.tab.table.horizontalHeader()
    window.resize(1440, 900)
    settled(window)
    assert header.sectionSize(0) == 216 * 3 // 2
    window.resize(1100, 700)
    page._open(SERVICES, False, page.tab.rows[0])
    settled(window)
    assert 176 <= header.sectionSize(0) < 216 * 3 // 2
    header.resizeSection(0, 250)
    window.resize(1440, 900)
    settled(window)
    assert header.sectionSize(0) == 250


def test_a_list_is_saved_as_it_stands_and_all_of_them_together(page, go, window, settled, qtbot, tmp_path):
    tab = go(WAITING)
    tab.choose("stage", ["supported"])
    path, everything = tmp_path / "waiting.xlsx", tmp_path / "all.xlsx"
    save_to(window.context, tab, path)
    qtbot.waitUntil(path.exists)
    save_to(window.context, None, everything)
    qtbot.waitUntil(everything.exists)
    settled(window)
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("Waiting list").to_python()
    assert [row[rows[0].index("Reference")] for row in rows[1:]] == [row.line.ref for row in tab.rows]
    assert isinstance(rows[1][rows[0].index("Since")], date)
    names = CalamineWorkbook.from_path(str(everything)).sheet_names
    assert names == ["Services", "Vacancies", "Waiting list", "Offers", "Rates", "Contracts", "Definitions"]
    meeting = tmp_path / "provider.xlsx"
    save_provider_to(window.context, page._data.contracts[0].contract.provider_id, meeting)
    qtbot.waitUntil(meeting.exists)
    settled(window)
    assert "Definitions" in CalamineWorkbook.from_path(str(meeting)).sheet_names
    words = [action.text() for action in make_menu(page, window.context, tab).actions()]
    assert words == ["Waiting list, as it stands here…", "All lists, a sheet for each…"]


def test_the_list_is_copied_as_shown_without_its_headings(page):
    page.tab.copy_all()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[0] == "Provider and service"
    assert len(lines) == 1 + len(page.tab.rows)


def test_each_list_and_a_providers_sheet_print(page, go, window, settled, qtbot):
    from mhtracker.ui.dialogs.pdf_preview import PdfPreview

    def preview():
        qtbot.waitUntil(lambda: bool(page.findChildren(PdfPreview)), timeout=20_000)
        for each in page.findChildren(PdfPreview):
            each.close()
            each.setParent(None)

    for key, _ in TABS:
        go(key)
        assert page.print_page()
        preview()
    page.print_provider(provider_id=page._data.contracts[0].contract.provider_id)
    preview()
