"""The guide inside the program: opened from the first page and from help, read without a network."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPushButton

from mhtracker import assets
from mhtracker.ui.dialogs.guide import FIRST, GuideWindow, show_guide

PAGES = sorted(path.name for path in assets.guide().glob("*.md"))


@pytest.fixture
def shown(window, settled):
    dialog = show_guide(window.context, window)
    settled(window)
    assert isinstance(dialog, GuideWindow)
    yield dialog
    dialog.close()


def page_shown(dialog):
    return dialog.pages.source().fileName()


def press(parent, words):
    next(each for each in parent.findChildren(QPushButton) if each.text() == words).click()


def open_guides(window):
    return [each for each in window.findChildren(GuideWindow) if each.isVisible()]


def test_the_first_page_of_the_program_opens_it(window, settled):
    window.registers.show_start()
    settled(window)
    press(window, "Five-minute guide")
    (dialog,) = open_guides(window)
    assert page_shown(dialog) == FIRST
    assert "Open the demo register" in dialog.pages.toPlainText()
    dialog.close()


def test_help_leads_to_it(window, settled):
    window.run_command("help")
    settled(window)
    press(window.body.panel, "Five-minute guide, with pictures")
    assert len(open_guides(window)) == 1
    open_guides(window)[0].close()


def test_the_window_can_be_worked_in_meanwhile(shown):
    assert not shown.isModal()


def test_links_go_to_the_other_pages_and_back(shown):
    shown.pages.on_link(QUrl("today.md"))
    assert page_shown(shown) == "today.md"
    shown.back.click()
    assert page_shown(shown) == FIRST


@pytest.mark.parametrize("link", ["https://example.org/", "file:///etc/hostname", "../cli.md", "missing.md"])
def test_a_link_out_of_the_guide_opens_nothing(shown, link):
    shown.pages.on_link(QUrl(link))
    assert page_shown(shown) == FIRST


@pytest.mark.parametrize("name", PAGES)
def test_every_page_shows_its_pictures_no_wider_than_itself(shown, name):
    shown.pages.open_page(name)
    wanted = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", (assets.guide() / name).read_text(encoding="utf-8"))
    cursor = QTextCursor(shown.pages.document())
    found = []
    while cursor.movePosition(QTextCursor.MoveOperation.NextCharacter):
        shape = cursor.charFormat()
        if shape.isImageFormat():
            found.append(shape.toImageFormat().name())
    assert list(dict.fromkeys(found)) == wanted
    assert all((assets.guide() / each).is_file() for each in found)
    assert shown.pages.document().idealWidth() <= shown.pages.viewport().width()


def test_where_it_is_not_packed_the_short_help_is_shown(window, settled, monkeypatch, tmp_path):
    monkeypatch.setattr(assets, "guide", lambda: tmp_path)
    dialog = show_guide(window.context, window)
    assert dialog.accessibleName() == "A short guide"
    dialog.close()
