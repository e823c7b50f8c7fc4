"""The program finds its own files wherever it runs from."""

import sys

from mhtracker import assets


def test_resources_are_found_in_the_checkout():
    assert assets.path("samples").is_dir()
    assert assets.path().name == "resources"


def test_the_built_program_finds_them_in_its_own_folder(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert assets.path("styles", "light.qss") == tmp_path / "resources" / "styles" / "light.qss"
    assert assets.guide() == tmp_path / "docs" / "guide"
