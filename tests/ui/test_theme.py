"""The theme keeps the contrasts and sizes it promises, in all three themes and up to 200%."""

import re
from dataclasses import fields
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from mhtracker import assets
from mhtracker.ui import tokens
from mhtracker.ui.icons import has_icon, icon_path
from mhtracker.ui.theme import Theme
from mhtracker.ui.widgets.buttons import Button
from mhtracker.ui.widgets.figure_view import figure_palette
from mhtracker.ui.widgets.labels import Label

DESIGN_ICONS = """calendar-check-outline account-group-outline stairs-up clipboard-check-outline home-city-outline
chart-timeline-variant book-open-page-variant-outline cog-outline magnify arrow-left arrow-right undo redo history
printer-outline help-circle-outline menu plus close check pencil-outline menu-down chevron-right drag-vertical
dots-horizontal arrow-right-bold note-text-outline calendar-today calendar-plus account-switch-outline content-copy
microsoft-excel view-week-outline bookmark-plus-outline hospital-box-outline flag-outline flag-checkered
shield-alert-outline checkbox-marked-outline gavel lock-outline key-outline file-pdf-box fit-to-page-outline
school-outline database-plus-outline file-import-outline folder-open-outline server-network""".split()


def rings(page: QWidget) -> list[QWidget]:
    return [ring for ring in page.findChildren(QWidget, "focusRing") if ring.isVisible()]


def ratio(one: str, other: str) -> float:
    return round(tokens.contrast(one, other), 2)


@pytest.mark.parametrize("name", tokens.THEMES)
class TestContrast:
    def test_text_stands_out_from_every_ground(self, name):
        for token in ("text", "text2", "text3", "accent"):
            for ground in tokens.GROUNDS:
                found = ratio(tokens.colour(token, name), tokens.colour(ground, name))
                assert found >= 4.5, f"{token} on {ground}: {found}"

    def test_lines_of_controls_and_focus_stand_out_from_every_ground(self, name):
        for token in ("border", "focus", "accent", "today"):
            for ground in tokens.GROUNDS:
                found = ratio(tokens.colour(token, name), tokens.colour(ground, name))
                assert found >= 3.0, f"{token} on {ground}: {found}"

    def test_text_on_pressed_and_toasts_can_be_read(self, name):
        for text, ground in (
            ("on-accent", "accent"),
            ("on-accent", "pressed"),
            ("on-toast", "toast"),
            ("toast-link", "toast"),
        ):
            found = ratio(tokens.colour(text, name), tokens.colour(ground, name))
            assert found >= 4.5, f"{text} on {ground}: {found}"

    def test_a_status_can_be_read_on_its_tint_and_on_every_ground(self, name):
        for family in tokens.STATUSES:
            text, tint, shape = tokens.status(family, name)
            assert ratio(text, tint) >= 4.5, family
            for ground in (tint, *(tokens.colour(ground, name) for ground in tokens.GROUNDS)):
                assert ratio(text, ground) >= 4.5, f"{family} text on {ground}"
                assert ratio(shape, ground) >= 3.0, f"{family} shape on {ground}"

    def test_a_stages_letter_and_edge_can_be_seen(self, name):
        for key in tokens.STAGES:
            fill, letter, edge = tokens.stage(key, name)
            assert ratio(letter, fill) >= 4.5, key
            for ground in tokens.GROUNDS:
                assert ratio(edge, tokens.colour(ground, name)) >= 3.0, f"{key} on {ground}"

    def test_the_palette_qt_paints_with_can_be_read(self, name, qapp):
        palette = Theme(name).palette()
        role = QPalette.ColorRole
        for text, ground in (
            (role.WindowText, role.Window),
            (role.Text, role.Base),
            (role.Text, role.AlternateBase),
            (role.ButtonText, role.Button),
            (role.HighlightedText, role.Highlight),
            (role.PlaceholderText, role.Base),
            (role.ToolTipText, role.ToolTipBase),
            (role.Link, role.Window),
        ):
            found = ratio(palette.color(text).name(), palette.color(ground).name())
            assert found >= 4.5, f"{text} on {ground}: {found}"
        assert ratio(palette.color(role.Highlight).name(), palette.color(role.Base).name()) >= 3.0

    def test_screen_and_pictures_have_the_same_colours(self, name, qapp):
        palette = figure_palette(Theme(name))
        plain = [field.name for field in fields(palette) if field.name not in ("stages", "sunken")]
        for field in plain:
            family, _, part = field.partition("_")
            if family in tokens.STATUSES:
                wanted = getattr(tokens.status(family, name), part or "shape")
            else:
                wanted = tokens.colour(field, name)
            assert getattr(palette, field) == wanted, field
        for key, found in palette.stages.items():
            assert (found.fill, found.letter, found.edge) == tuple(tokens.stage(key, name)), key

    def test_the_marks_of_check_boxes_have_the_themes_colours(self, name):
        known = {value[tokens.THEMES.index(name)].lower() for value in tokens.COLOURS.values()}
        drawn = list(assets.path("icons", name).glob("*.svg"))
        assert {path.stem for path in drawn} == {"box", "box-checked", "box-some", "radio", "radio-checked", "down"}
        for path in drawn:
            for colour in re.findall(r"#[0-9A-Fa-f]{6}", path.read_text(encoding="utf-8")):
                assert colour.lower() in known, f"{path.name} has {colour}"

    def test_nothing_of_the_template_is_left_in_the_style_sheet(self, name, qapp):
        sheet = Theme(name, 1.5).style_sheet()
        assert "@" not in sheet
        assert not re.search(r"\d(dp|sp)\b", sheet)
        for path in re.findall(r'url\("([^"]+)"\)', sheet):
            assert Path(path).is_file(), path


def test_danger_and_warning_have_more_than_one_shape_each():
    from mhtracker.ui.widgets.shapes import FAMILY_OF

    assert len(set(FAMILY_OF)) == 10
    for family in ("danger", "warn"):
        assert len([shape for shape, of in FAMILY_OF.items() if of == family]) > 1


def test_stages_rise_with_independence():
    heights = [
        tokens.stage_height(key) for key in ("hospital", "residential", "enablement", "supported", "independent")
    ]
    assert heights == sorted(heights)
    assert len(set(heights)) == 5


def test_a_stage_of_a_new_colour_is_drawn_in_grey(qapp):
    assert Theme("light").stage("a colour nobody knows").fill == QColor(tokens.STAGES["other"][0][0])


def test_sizes_grow_to_200_percent_and_no_further(qapp):
    assert Theme("light", 2.0).px(28) == 56
    assert Theme("light", 9.0).scale == 2.0
    assert Theme("light", 0.2).scale == 1.0
    assert Theme("light", 2.0).font("body").pointSizeF() == 20


def test_no_text_is_smaller_than_9_points():
    assert min(points for points, _ in tokens.FONTS.values()) == 9


def test_changing_the_theme_re_styles_what_is_open(qtbot, theme, qapp):
    button = Button(theme, "Print", kind="quiet", icon="mdi6.printer-outline")
    label = Label("Page", "title")
    for widget in (button, label):
        qtbot.addWidget(widget)
        widget.show()
    before = button.icon().pixmap(18, 18).toImage()
    small = label.sizeHint().height()
    with qtbot.waitSignal(theme.changed):
        theme.change("dark", 2.0)
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor("#17191C")
    assert button.icon().pixmap(18, 18).toImage() != before
    assert label.sizeHint().height() > small * 1.7
    assert theme.choice == "dark"


def test_an_unknown_theme_is_refused(qapp):
    with pytest.raises(ValueError, match="pink"):
        Theme("pink")


def test_the_typeface_has_polish_and_irish_letters_and_is_not_the_bare_one(qapp):
    from PySide6.QtGui import QFontMetrics

    theme = Theme("light")
    assert QFontInfo(theme.font()).family() not in ("Sans Serif", "DejaVu Sans")
    metrics = QFontMetrics(theme.font())
    assert all(metrics.inFontUcs4(ord(letter)) for letter in "ŁżőřÁéÖ–’£≥")


def test_figures_are_as_wide_as_one_another(qapp):
    from PySide6.QtGui import QFontMetricsF

    metrics = QFontMetricsF(Theme("light").font())
    assert len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1


def test_every_icon_of_the_design_is_there_and_inside_its_square(qapp):
    for name in DESIGN_ICONS:
        assert has_icon(f"mdi6.{name}"), name
        box = icon_path(name).boundingRect()
        assert QRectF(-0.01, -0.01, 1.02, 1.02).contains(box), name


class TestFocus:
    def test_the_ring_shows_2_px_outside_a_button_with_1_px_clear(self, qtbot, theme):
        from PySide6.QtWidgets import QVBoxLayout, QWidget

        page = QWidget()
        qtbot.addWidget(page)
        column = QVBoxLayout(page)
        button = QPushButton("Record")
        column.addWidget(button)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        button.clearFocus()
        qtbot.waitUntil(lambda: not rings(page))
        without = page.grab().toImage()
        button.setFocus()
        qtbot.waitUntil(lambda: bool(rings(page)))
        image = page.grab().toImage()
        middle = button.geometry().center().y()
        left = button.geometry().left()
        focus = QColor(theme.hex("focus"))
        assert image.pixelColor(left - 2, middle) == focus
        assert image.pixelColor(left - 3, middle) == focus
        assert image.pixelColor(left - 1, middle) == without.pixelColor(left - 1, middle)
        assert without.pixelColor(left - 2, middle) != focus

    def test_the_ring_goes_when_its_control_goes(self, qtbot, theme):
        from PySide6.QtWidgets import QVBoxLayout, QWidget

        page = QWidget()
        qtbot.addWidget(page)
        column = QVBoxLayout(page)
        button, label = QPushButton("Record"), QLabel("Left")
        column.addWidget(button)
        column.addWidget(label)
        page.show()
        page.activateWindow()
        button.setFocus()
        qtbot.waitUntil(lambda: page.findChild(QWidget, "focusRing") is not None)
        button.setParent(None)
        button.deleteLater()
        QApplication.processEvents()
        qtbot.waitUntil(lambda: page.findChild(QWidget, "focusRing") is None)
