"""tasks.py and the locks: set-up that needs no second try, in words anybody can follow."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import tasks

CHECKOUT = Path(tasks.__file__).parent
PINNED = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^]]*\])?==([^\s;]+)(?: ; ([^\\]+))? \\$", re.MULTILINE)


def pins(kind: str) -> dict[str, set[str]]:
    """Package to locked versions: more than one where systems or Pythons need different ones."""
    found: dict[str, set[str]] = {}
    for name, version, _marker in PINNED.findall(tasks.LOCKS[kind].read_text(encoding="utf-8")):
        found.setdefault(canonicalize_name(name), set()).add(version)
    return found


def wanted(kind: str) -> list[Requirement]:
    """What pyproject.toml asks for."""
    settings = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    words = settings["project"]["dependencies"] + settings["project"]["optional-dependencies"]["server"]
    if kind == "dev":
        words += settings["dependency-groups"]["dev"]
    return [Requirement(word) for word in words]


@pytest.fixture
def apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """tasks.py made to believe that its checkout is an empty folder."""
    for name in ("HERE", "VENV", "BUILD", "LOG", "STAMP"):
        monkeypatch.setattr(tasks, name, tmp_path / getattr(tasks, name).relative_to(CHECKOUT))
    locks = {kind: tmp_path / f"{kind}.txt" for kind in tasks.LOCKS}
    for kind, path in locks.items():
        path.write_text(f"# {kind}\n")
    monkeypatch.setattr(tasks, "LOCKS", locks)
    (tmp_path / ".venv").mkdir()
    return tmp_path


@pytest.mark.parametrize("kind", ["runtime", "dev"])
def test_the_lock_holds_what_the_project_asks_for(kind):
    locked = pins(kind)
    for requirement in wanted(kind):
        versions = locked.get(canonicalize_name(requirement.name), set())
        # pip passes by what another system alone needs, and so does the marker.
        assert versions, f"{requirement.name} is not locked: python3 tasks.py lock"
        assert all(requirement.specifier.contains(version, prereleases=True) for version in versions)


@pytest.mark.parametrize("kind", ["runtime", "dev"])
def test_everything_in_the_lock_has_a_hash(kind):
    entries = re.split(r"^(?=[A-Za-z0-9])", tasks.LOCKS[kind].read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert all("--hash=sha256:" in entry for entry in entries if entry.strip())


def test_the_tools_lock_holds_all_of_the_program_s_own():
    tools = pins("dev")
    assert all(versions <= tools[name] for name, versions in pins("runtime").items())


@pytest.mark.parametrize("typed", [[], ["dance"]])
def test_a_command_that_is_not_there_is_answered_with_those_that_are(typed):
    said = subprocess.run([sys.executable, CHECKOUT / "tasks.py", *typed], capture_output=True, text=True, check=False)
    assert said.returncode == 2
    assert all(f"  {name}" in said.stdout for name in tasks.COMMANDS)
    assert said.stderr == ""


def test_every_command_says_what_it_does():
    assert all(re.search(rf"^  {name} +\S.+\.$", tasks.usage(), re.MULTILINE) for name in tasks.COMMANDS)


def test_ci_runs_every_part_of_check_and_both_of_the_readme_s_commands():
    (parts,) = re.findall(r"^for part in (.*); do$", (CHECKOUT / ".ci" / "run").read_text(), re.MULTILINE)
    assert {"lint", "types", "installer", "test", "run"} <= set(parts.split())
    assert parts.split()[-1] == "test"


def test_too_old_a_python_is_told_in_a_sentence(monkeypatch, capsys):
    monkeypatch.setattr(tasks, "venv_python", lambda: Path("nowhere"))
    monkeypatch.setattr(tasks, "MINORS", (91, 92))
    assert tasks.main(["test"]) == 1
    said = capsys.readouterr().out
    assert said.startswith("MHTracker needs Python 3.91 to 3.92; this is Python 3.")
    assert "Traceback" not in said


def test_set_up_installs_once_and_again_only_when_the_lock_changes(apart, monkeypatch):
    monkeypatch.setattr(tasks, "venv_python", lambda: Path(sys.executable))
    monkeypatch.setattr(tasks, "see_to_system", lambda kind, **needs: None)
    monkeypatch.setattr(tasks, "logged", lambda command, fault: ran.append(command[-1]))
    ran: list[str] = []
    lock = apart / "dev.txt"
    tasks.set_up("dev")
    tasks.set_up("dev")
    tasks.set_up("runtime")
    assert ran == [str(lock)]
    lock.write_bytes(b"# dev\r\n")
    tasks.set_up("dev")
    assert ran == [str(lock)]
    lock.write_text("# newer\n")
    tasks.set_up("dev")
    assert ran == [str(lock)] * 2


def test_an_install_that_failed_is_tried_again(apart, monkeypatch):
    monkeypatch.setattr(tasks, "venv_python", lambda: Path(sys.executable))
    tasks.STAMP.write_text("{}")
    (apart / "runtime.txt").write_text("no such thing ==\n")
    with pytest.raises(tasks.Stop, match="could not be installed: ERROR"):
        tasks.set_up("runtime")
    assert not tasks.is_installed("runtime")
    assert "whole story" not in tasks.LOG.read_text()


def test_being_offline_is_called_so(apart):
    words = "WARNING: Retrying after connection broken by 'NewConnectionError'\nERROR: No matching distribution found"
    with pytest.raises(tasks.Stop, match=r"is this computer online\?"):
        tasks.logged([sys.executable, "-c", f"print({words!r}); raise SystemExit(1)"], "No packages")


def test_a_missing_library_is_named_with_what_to_type(monkeypatch):
    """As on Linux, the only system that lets its libraries be left out."""
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr(tasks, "can_load", lambda name: name != "libxcb-cursor.so.0")
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr("os.geteuid", lambda: 1000, raising=False)
    with pytest.raises(tasks.Stop, match=r"sudo apt-get install -y --no-install-recommends libxcb-cursor0$"):
        tasks.see_to_system("runtime", new_with=[], window=True, building=False)


def test_a_missing_library_is_installed_for_root(monkeypatch):
    monkeypatch.setattr("sys.platform", "linux")
    ran = []
    monkeypatch.setattr(tasks, "can_load", lambda name: name != "libGL.so.1")
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr("os.geteuid", lambda: 0, raising=False)
    monkeypatch.setattr(tasks, "logged", lambda command, fault, extra: ran.append(command))
    tasks.see_to_system("dev", new_with=[], window=False, building=False)
    assert [command[:2] for command in ran] == [["apt-get", "update"], ["apt-get", "install"]]
    assert ran[1][-1] == "libgl1"


def test_all_that_a_system_lacks_is_asked_for_at_once(monkeypatch):
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr(tasks, "can_load", lambda name: name != "libcups.so.2")
    monkeypatch.setattr(tasks, "VENV_MODULE", "print('python3.11-venv'); import not_there")
    monkeypatch.setattr("shutil.which", lambda name: None if name == "objdump" else f"/usr/bin/{name}")
    monkeypatch.setattr("os.geteuid", lambda: 1000, raising=False)
    with pytest.raises(tasks.Stop, match=r"recommends binutils libcups2( libpython3\.\d+)? python3\.11-venv$"):
        tasks.see_to_system("dev", new_with=[sys.executable], window=True, building=True)


@pytest.mark.parametrize(("name", "there"), [("DISPLAY", True), ("WAYLAND_DISPLAY", True), ("TERM", False)])
def test_a_display_is_known_by_its_name(monkeypatch, name, there):
    """As on Linux: other systems always have a desktop."""
    monkeypatch.setattr("sys.platform", "linux")
    for known in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(known, raising=False)
    monkeypatch.setenv(name, ":0")
    assert tasks.has_display() is there


def test_without_a_display_the_same_job_is_done_on_the_command_line(apart, monkeypatch, capsys):
    ran: list[tuple[str, ...]] = []
    monkeypatch.setattr(tasks, "set_up", lambda kind, window: None)
    monkeypatch.setattr(tasks, "has_display", lambda: False)
    monkeypatch.setattr(tasks, "mhtracker", lambda *arguments: ran.append(arguments))
    assert tasks.run([]) == 0
    register = str(apart / "build" / "without-a-window" / "register.mhtracker")
    assert [command[:2] for command in ran] == [(verb, register) for verb in ("new", "import", "due", "pack")]
    said = capsys.readouterr().out
    assert "no display" in said
    assert "review-pack.pdf" in said.splitlines()[-1]


def test_with_a_display_the_demo_register_is_made_once_and_opened(apart, monkeypatch):
    made, opened = [], []
    monkeypatch.setattr(tasks, "set_up", lambda kind, window: None)
    monkeypatch.setattr(tasks, "has_display", lambda: True)
    monkeypatch.setattr(tasks, "mhtracker", lambda verb, path: made.append(verb) or Path(path).touch())
    monkeypatch.setattr(tasks, "in_venv", lambda *arguments: opened.append(arguments) or 0)
    assert [tasks.run([]), tasks.run([])] == [0, 0]
    assert made == ["demo"]
    assert opened == [("-m", "mhtracker", str(apart / "build" / "demo.mhtracker"))] * 2


def test_a_register_is_found_from_where_it_was_typed(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert tasks.named_register(["mine.mhtracker"]) == str(tmp_path / "mine.mhtracker")
    assert tasks.named_register(["postgresql://team@server/register"]) == "postgresql://team@server/register"
    assert tasks.named_register([]) == ""
