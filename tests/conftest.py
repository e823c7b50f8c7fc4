"""What holds for every test: no display, nobody's own settings, no network, and reproducible chance."""

from __future__ import annotations

import ipaddress
import os
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from pytestqt.qtbot import QtBot

# Qt reads this when it is first imported, so before any fixture.
os.environ["QT_QPA_PLATFORM"] = os.environ.get("MHTRACKER_TEST_PLATFORM", "offscreen")

# A register goes to the disk for good at every step, and waits for it longer than for all the rest. Where the machine
# has a disk in memory with room enough, pytest's own folders stand there, unless somebody names another place.
IN_MEMORY = Path("/dev/shm")
if os.access(IN_MEMORY, os.W_OK) and shutil.disk_usage(IN_MEMORY).free > 2 * 1024**3:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(IN_MEMORY))

# Slow machines are no fault of the code. CI must not fail by chance over something nobody changed.
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("here"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


# A test that waits is told at once when what it waits for is there; only a failing one waits as long as this.
PATIENCE_MS = 20_000
for waiting in (QtBot.waitUntil, QtBot.waitSignal, QtBot.waitSignals):
    waiting.__kwdefaults__["timeout"] = PATIENCE_MS


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-goldens", action="store_true", help="take what is drawn and printed now as right")


@pytest.fixture
def update_goldens(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be rewritten; the difference is then for git to show."""
    return bool(request.config.getoption("--update-goldens"))


@pytest.fixture(autouse=True)
def nobody_s_own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings, recent files and logs go to a folder of this run, never to the person's who runs the tests."""
    home = tmp_path_factory.getbasetemp() / "home"
    home.mkdir(exist_ok=True)
    names = ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "APPDATA", "LOCALAPPDATA"]
    # macOS has no names for these folders, only places in the home.
    for name in [*names, "HOME"] if sys.platform == "darwin" else names:
        monkeypatch.setenv(name, str(home / name.lower()))


def refuse_network(event: str, arguments: tuple[Any, ...]) -> None:
    """MHTracker sends nothing anywhere, and its tests reach no further than this machine."""
    if event != "socket.connect" or not isinstance(arguments[1], tuple):
        return
    host = str(arguments[1][0])
    try:
        here = ipaddress.ip_address(host).is_loopback
    except ValueError:
        here = host == "localhost"
    if not here:
        raise AssertionError(f"something tried to reach {host}")


# An audit hook cannot be taken away again, which is what is wanted.
sys.addaudithook(refuse_network)
