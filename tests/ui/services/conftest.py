"""The Services page of a register whose services have places, people who wait, rates and contracts."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from mhtracker.store import open_register
from mhtracker.store.clock import FixedClock
from tests.ui.services.places_made import DAY, make_places


@pytest.fixture(scope="session")
def places_made(demo_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = Path(shutil.copy(demo_made, tmp_path_factory.mktemp("places") / "places.mhtracker"))
    store = open_register(str(path), who="Anjali Kalpit", clock=FixedClock(DAY))
    make_places(store)
    store.close()
    return path


@pytest.fixture
def demo_file(places_made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(places_made, tmp_path / "demo.mhtracker"))


@pytest.fixture
def page(window, settled):
    window.open_page("services")
    settled(window)
    return window.navigator.current_page()


@pytest.fixture
def go(page, window, settled):
    """Shows a tab, and a row of it in the panel."""

    def to(key, place=None):
        page.show_tab(key)
        if place is not None:
            page.tab.table.go_to(place)
            page._open(key, False, page.tab.current())
        settled(window)
        return page.tab

    return to
