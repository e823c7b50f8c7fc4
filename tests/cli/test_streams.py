"""The command as a process: consoles, pipes, a full disk, and what is imported."""

import errno
import io
import json
import os
import subprocess
import sys
from pathlib import Path

from mhtracker.cli import main

HOUSE = Path(__file__).parents[2]


def command(*words, **options):
    environment = {**os.environ, "PYTHONPATH": str(HOUSE), **options.pop("environment", {})}
    return [sys.executable, "-m", "mhtracker", *map(str, words)], {"env": environment, **options}


def call(*words, **options):
    line, options = command(*words, **options)
    return subprocess.run(line, capture_output=True, check=False, **options)


def test_a_console_that_lacks_letters_gets_an_answer_all_the_same(demo):
    for environment in ({"PYTHONIOENCODING": "cp1252"}, {"PYTHONIOENCODING": "ascii"}):
        plain = call("list", demo, "--filter", "status=all", environment=environment)
        assert (plain.returncode, plain.stderr) == (0, b"")
        told = call("list", demo, "--json", environment=environment)
        workers = {person["worker"] for person in json.loads(told.stdout)["people"]}
        assert "Radka Umělá" in workers
        wrong = call("show", demo, "Żółw", environment=environment)
        assert wrong.returncode == 1
        assert wrong.stderr.startswith(b"mhtracker: ")
        assert wrong.stderr.count(b"\n") == 1


def test_a_reader_who_has_seen_enough_is_no_error(demo):
    line, options = command("history", demo, "--json")
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(1)
        process.stdout.close()
        said = process.stderr.read()
        process.wait()
    assert said == b""
    assert process.returncode == 0


class FullDisk(io.StringIO):
    def flush(self):
        raise OSError(errno.ENOSPC, "No space left on device")


def test_an_answer_that_cannot_be_written_is_said(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdout", FullDisk())
    assert main(["--version"]) == 1
    assert capsys.readouterr().err == "mhtracker: The answer could not be written: No space left on device.\n"


def test_version_prints_name_and_version():
    from mhtracker import __version__

    ran = call("--version")
    assert (ran.returncode, ran.stdout.decode().strip()) == (0, f"MHTracker {__version__}")
    assert call("--help").returncode == 0
    assert call("list", "--help").returncode == 0


def test_reading_imports_neither_qt_nor_pandas_nor_printing(demo):
    words = (
        "import sys; from mhtracker.cli import main; code = main(sys.argv[1:]);"
        "heavy = {'PySide6', 'pandas', 'numpy', 'reportlab', 'xlsxwriter', 'alembic', 'holidays', 'python_calamine'};"
        "print(sorted(heavy & {name.split('.')[0] for name in sys.modules}), file=sys.stderr); sys.exit(code)"
    )
    for asked in (["list", demo], ["show", demo, "MHT-00001"], ["due", demo], ["history", demo], ["check", demo]):
        _, options = command()
        ran = subprocess.run(
            [sys.executable, "-c", words, *map(str, asked)], capture_output=True, check=False, **options
        )
        assert (ran.returncode, ran.stderr.decode().strip()) == (0, "[]"), asked


def test_the_window_opens_only_on_a_file_that_is_there(tmp_path):
    ran = call(tmp_path / "gone.mhtracker")
    assert (ran.returncode, ran.stdout) == (1, b"")
    assert ran.stderr.decode().startswith("mhtracker: There is no file “gone.mhtracker”")


def test_a_wrong_password_makes_sqlcipher_say_nothing_of_its_own(tmp_path):
    path = tmp_path / "locked.mhtracker"
    assert call("new", path, "--locked", environment={"MHTRACKER_PASSWORD": "right"}).returncode == 0
    ran = call("list", path, environment={"MHTRACKER_PASSWORD": "wrong"})
    assert (ran.returncode, ran.stderr.decode()) == (
        1,
        "mhtracker: The password for “locked.mhtracker” is not right.\n",
    )
