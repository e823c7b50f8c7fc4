"""Everything done to this checkout, one command each; `python3 tasks.py` lists them.

Needs nothing but Python. Each command first brings `.venv` up to the lock, so there is no set-up to remember.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
BUILD = HERE / "build"
LOG = BUILD / "set-up.log"
STAMP = VENV / "mhtracker-locks.json"
LOCKS = {kind: HERE / "requirements" / f"{kind}.txt" for kind in ("runtime", "dev")}
MINORS = (11, 12, 13)

# What Qt takes from a Linux system, and the Debian package that holds it: first what every use needs, printed
# pages included, then what a window needs on top.
QT_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libX11.so.6": "libx11-6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libzstd.so.1": "libzstd1",
}
WINDOW_LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libcups.so.2": "libcups2",
}
# Parts of Python that Debian keeps apart. Each line names the package, and fails without it.
VENV_MODULE = "import sys; print('python%d.%d-venv' % sys.version_info[:2]); import ensurepip, venv"
PYTHON_LIBRARY = (
    "import ctypes, sys; name = 'libpython%d.%d' % sys.version_info[:2]; print(name); ctypes.CDLL(name + '.so.1.0')"
)


class Stop(Exception):
    """Something a person has to do first; the words are all they are shown."""


def main(arguments: list[str]) -> int:
    """Run one command and give its exit code. No traceback reaches a person."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    name, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if name in ("", "help", "-h", "--help"):
        say(usage())
        return 0 if name else 2
    if name not in COMMANDS:
        say(f"There is no command {name!r}.\n\n{usage()}")
        return 2
    try:
        return COMMANDS[name](rest)
    except Stop as stop:
        say(str(stop))
        return 1
    except KeyboardInterrupt:
        say("Stopped.")
        return 130
    except OSError as error:
        say(f"That did not work: {error}.")
        return 1


def usage() -> str:
    """The commands with the first line of what each says of itself."""
    lines = [f"  {name:<10} {(command.__doc__ or '').splitlines()[0]}" for name, command in COMMANDS.items()]
    return "usage: python3 tasks.py COMMAND\n\n" + "\n".join(lines)


def say(words: str) -> None:
    """Print at once, also into a pipe, so that the order of lines is the order of events."""
    print(words, flush=True)


# What people type


def run(arguments: list[str]) -> int:
    """Open MHTracker on the demo register, or on the FILE given."""
    set_up("runtime", window=has_display())
    if not has_display():
        say("There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set): doing the job without a window.")
        return run_without_window(arguments)
    register = named_register(arguments) or str(demo_register())
    say(f"Opening {shown(register)}.")
    return in_venv("-m", "mhtracker", register, *arguments[1:])


def run_without_window(arguments: list[str]) -> int:
    """A caseload spreadsheet in, what is due on the screen, a review pack on paper: all by the command line."""
    folder = BUILD / "without-a-window"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    pack = folder / "review-pack.pdf"
    register = named_register(arguments)
    if not register:
        register = str(folder / "register.mhtracker")
        sheet = HERE / "resources" / "samples" / "caseload.xlsx"
        say(f"Making an empty register and importing {shown(sheet)}.")
        mhtracker("new", register)
        mhtracker("import", register, str(sheet))
    say("What is due:")
    mhtracker("due", register)
    say("Writing the review pack.")
    mhtracker("pack", register, "review", "-o", str(pack))
    say(f"The register is {shown(register)}, the review pack {shown(pack)}.")
    return 0


def test(arguments: list[str]) -> int:
    """Run the tests; what follows goes to pytest.

    Without arguments the whole suite runs on several cores. PostgreSQL is tested wherever its server programs are
    found; the installer only in `check`, because building it takes minutes.
    """
    set_up("dev")
    say("Running the tests.")
    return in_venv("-m", "pytest", *(arguments or in_parallel()))


def check(arguments: list[str]) -> int:
    """All that CI runs: lint, types, the installed folder, and the tests."""
    no_more(arguments)
    set_up("dev")
    faults = [name for name in ("lint", "types", "installer", "test") if COMMANDS[name]([]) != 0]
    if faults:
        say(f"Not in order: {', '.join(faults)}.")
    return 1 if faults else 0


def lint(arguments: list[str]) -> int:
    """Look for mistakes and for untidy layout, changing nothing."""
    no_more(arguments)
    set_up("dev")
    say("Looking for mistakes and untidy layout.")
    mistakes = in_venv("-m", "ruff", "check", ".")
    return in_venv("-m", "ruff", "format", "--check", ".") or mistakes


def types(arguments: list[str]) -> int:
    """Check every type; what follows goes to mypy."""
    set_up("dev")
    say("Checking types.")
    return in_venv("-m", "mypy", *arguments)


def fix(arguments: list[str]) -> int:
    """Tidy the layout and mend what can be mended safely, in the files given or everywhere."""
    set_up("dev")
    in_venv("-m", "ruff", "check", "--fix", *(arguments or ["."]))
    return in_venv("-m", "ruff", "format", *(arguments or ["."]))


def installer(arguments: list[str]) -> int:
    """Build the folder people install, start it and try it; what follows goes to pytest."""
    set_up("dev", building=True)
    say("Building the folder people install, and trying it.")
    return in_venv("-m", "pytest", "-m", "installer", *(arguments or ["tests/installer"]))


def build(arguments: list[str]) -> int:
    """Make dist/MHTracker, the folder people install."""
    no_more(arguments)
    set_up("dev", building=True)
    say("Building dist/MHTracker.")
    work = ["--distpath", str(HERE / "dist"), "--workpath", str(BUILD / "pyinstaller")]
    quiet = ["--noconfirm", "--log-level", "ERROR"]
    if in_venv("-m", "PyInstaller", *quiet, *work, "build_installer.spec") != 0:
        raise Stop("The folder could not be built.")
    say("The folder is dist/MHTracker.")
    return 0


def bench(arguments: list[str]) -> int:
    """Measure the figures that are promised; what follows goes to the benchmarks."""
    set_up("dev")
    return in_venv("-m", "benchmarks", *arguments)


def shots(arguments: list[str]) -> int:
    """Draw every page, light and dark, to PNG files in the folder given (build/shots)."""
    set_up("dev")
    extra = {} if has_display() else {"QT_QPA_PLATFORM": "offscreen"}
    return in_venv("-m", "mhtracker.ui.shots", *(arguments or [str(BUILD / "shots")]), extra=extra)


def lock(arguments: list[str]) -> int:
    """Remake requirements/ from pyproject.toml; --upgrade takes the newest of everything.

    One lock serves Linux, Windows and macOS and every Python we run on. Where packages come from is each
    machine's own matter, so no lock says it.
    """
    set_up("dev")
    options = ["--universal", "--generate-hashes", "--python-version", f"3.{MINORS[0]}", "--only-binary", ":all:"]
    options += ["--no-config", "--no-header", "--no-emit-index-url", "--no-emit-find-links", "--quiet", *arguments]
    runtime, dev = (str(path.relative_to(HERE)) for path in LOCKS.values())
    source = ["pip", "compile", "pyproject.toml", "--extra", "server", *options]
    failed = in_venv("-m", "uv", *source, "-o", runtime)
    failed = failed or in_venv("-m", "uv", *source, "--group", "dev", "-c", runtime, "-o", dev)
    say("The locks could not be made." if failed else "The locks are made; the next command installs what changed.")
    return failed


COMMANDS = {
    command.__name__: command for command in (run, test, check, lint, types, fix, installer, build, bench, shots, lock)
}


# Parts of the commands


def has_display() -> bool:
    """Whether a window can be shown. Windows and macOS always have a desktop to show it on."""
    return not sys.platform.startswith("linux") or any(os.environ.get(v) for v in ("DISPLAY", "WAYLAND_DISPLAY"))


def named_register(arguments: list[str]) -> str:
    """The FILE as typed, made whole because commands run in the checkout; servers and options stay as they are."""
    name = arguments[0] if arguments else ""
    return name if not name or "://" in name or name.startswith("-") else str(Path(name).resolve())


def demo_register() -> Path:
    """The demo register, made on first use. It is the person's to change; deleting it brings a new one."""
    register = BUILD / "demo.mhtracker"
    if not register.exists():
        say("Making a register of invented people.")
        BUILD.mkdir(exist_ok=True)
        mhtracker("demo", str(register))
    return register


def mhtracker(*arguments: str) -> None:
    """Run MHTracker's own command line. It says itself what went wrong."""
    if in_venv("-m", "mhtracker", *arguments) != 0:
        raise Stop("That step did not succeed, so the rest was left.")


def in_venv(*arguments: str, extra: dict[str, str] | None = None) -> int:
    """Run the checkout's own Python in the checkout and give its exit code."""
    return subprocess.call([str(venv_python()), *arguments], cwd=HERE, env={**os.environ, **(extra or {})})


def in_parallel() -> list[str]:
    """More than four workers spend longer starting than they save."""
    cores = min(os.cpu_count() or 1, 4)
    return ["-n", str(cores), "--dist", "worksteal"] if cores > 1 else []


def no_more(arguments: list[str]) -> None:
    """For commands that take nothing: better to say so than to ignore what was typed."""
    if arguments:
        raise Stop(f"This command takes nothing more: {' '.join(arguments)}")


def shown(path: str | Path) -> str:
    """A path as people find it from here."""
    path = Path(path)
    return str(path.relative_to(HERE)) if HERE in path.parents else str(path)


# Set-up


def set_up(kind: str, *, window: bool = False, building: bool = False) -> None:
    """Bring .venv up to the lock, and on Linux see to what comes from the system.

    `runtime` is what MHTracker needs, `dev` that and the tools. The second time it does nothing and takes no time.
    """
    python = [] if venv_python().exists() else suitable_python()
    if sys.platform.startswith("linux"):
        see_to_system(kind, new_with=python, window=window or building, building=building)
    if python:
        say("Making .venv, where MHTracker's packages live.")
        logged([*python, "-m", "venv", "--clear", str(VENV)], ".venv could not be made")
    if not is_installed(kind):
        install(kind)


def venv_python() -> Path:
    """The Python of the checkout's own environment, whether it is there yet or not."""
    return VENV / "Scripts" / "python.exe" if os.name == "nt" else VENV / "bin" / "python"


def suitable_python() -> list[str]:
    """This Python if MHTracker runs on it, else one found on this machine, the newest first.

    .venv is made with it, also in place of one whose Python has gone, after a system upgrade say.
    """
    if sys.version_info[0] == 3 and sys.version_info[1] in MINORS:
        return [sys.executable]
    for minor in reversed(MINORS):
        command = ["py", f"-3.{minor}"] if os.name == "nt" else [f"python3.{minor}"]
        try:
            if subprocess.call([*command, "-c", ""], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0:
                return command
        except OSError:
            continue
    raise Stop(
        f"MHTracker needs Python 3.{MINORS[0]} to 3.{MINORS[-1]}; this is Python {sys.version.split()[0]}. "
        f"Install one of those and type: python3.{MINORS[-1]} tasks.py {' '.join(sys.argv[1:])}"
    )


def is_installed(kind: str) -> bool:
    """Whether the lock was installed as it now stands. The tools' lock holds everything of MHTracker's own."""
    return digest(kind) == stamped().get(kind)


def stamped() -> dict[str, str]:
    """The digests of the locks that .venv holds; nothing where it was made some other way."""
    try:
        stamp: dict[str, str] = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp


def digest(kind: str) -> str:
    """What changes when a lock does, whichever line ends git gave it."""
    return hashlib.sha256(LOCKS[kind].read_text(encoding="utf-8").encode()).hexdigest()


def install(kind: str) -> None:
    """Install a lock into .venv. Every file's hash is checked, and nothing is compiled on this machine."""
    say("Installing the packages in requirements/ into .venv. The first time takes a few minutes.")
    python = str(venv_python())
    if subprocess.call([python, "-m", "pip", "--version"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) != 0:
        logged([python, "-m", "ensurepip"], "pip could not be put into .venv")
    STAMP.unlink(missing_ok=True)
    options = ["--require-hashes", "--only-binary=:all:", "--no-input", "--disable-pip-version-check"]
    command = [python, "-m", "pip", "install", *options, "--progress-bar", "off", "-r", str(LOCKS[kind])]
    logged(command, "The packages could not be installed")
    kinds = LOCKS if kind == "dev" else [kind]
    STAMP.write_text(json.dumps({name: digest(name) for name in kinds}), encoding="utf-8")


def see_to_system(kind: str, *, new_with: list[str], window: bool, building: bool) -> None:
    """Install what a Debian system lacks, all at once and before anything that takes long.

    `new_with` is the Python that .venv will be made with, if it has yet to be. On other Linux systems libraries are
    named without stopping, since Qt may find them all the same.
    """
    libraries = {**(QT_LIBRARIES if kind == "dev" or window else {}), **(WINDOW_LIBRARIES if window else {})}
    missing = [name for name in libraries if not can_load(name)]
    packages = lacking(new_with, VENV_MODULE) if new_with else []
    if building:
        packages += [] if shutil.which("objdump") else ["binutils"]
        packages += lacking(new_with or [str(venv_python())], PYTHON_LIBRARY)
    if shutil.which("apt-get"):
        packages += [libraries[name] for name in missing]
    elif missing:
        say(f"This system may lack libraries that the window needs: {', '.join(missing)}.")
    if packages:
        apt_install(packages)


def lacking(python: list[str], probe: str) -> list[str]:
    """The package that a probe names before it fails; nothing where it succeeds."""
    tried = subprocess.run([*python, "-c", probe], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    return [tried.stdout.strip()] if tried.returncode else []


def can_load(library: str) -> bool:
    """Asks the system's own loader, which knows every place a library may stand."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def apt_install(packages: list[str]) -> None:
    """Install Debian packages as root; otherwise say what to type."""
    names = sorted(set(packages))
    typed = shlex.join(["apt-get", "install", "-y", "--no-install-recommends", *names])
    if os.name == "nt" or not shutil.which("apt-get"):
        raise Stop(f"This system lacks {' '.join(names)}. Install that and run the same command again.")
    if os.geteuid() != 0:
        raise Stop(f"This system lacks a few packages. Type this, then run the same command again:\n  sudo {typed}")
    say(f"Installing what this system lacks: {' '.join(names)}.")
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    logged(["apt-get", "update"], "Debian's list of packages could not be read", quiet)
    logged(shlex.split(typed), "The packages could not be installed", quiet)


def logged(command: list[str], fault: str, extra: dict[str, str] | None = None) -> None:
    """Run a long-winded program with its words in a log; where it fails, its last error is worth repeating."""
    BUILD.mkdir(exist_ok=True)
    with LOG.open("ab") as log:
        log.write(f"\n$ {shlex.join(command)}\n".encode())
        log.flush()
        start = log.tell()
        env = {**os.environ, "PIP_USER": "0", **(extra or {})}
        failed = subprocess.call(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=HERE, env=env)
    if failed:
        with LOG.open("rb") as log:
            log.seek(start)
            lines = [line.strip() for line in log.read().decode(errors="replace").splitlines() if line.strip()]
        errors = [line for line in lines if line.upper().startswith(("ERROR", "E:"))] or lines or ["no reason given"]
        # Offline, pip ends by saying that there is no such package, which sends people looking in the wrong place.
        offline = any("connection broken" in line for line in lines)
        reason = "where packages come from cannot be reached; is this computer online?" if offline else errors[-1]
        raise Stop(f"{fault}: {reason}\nThe whole story is in {shown(LOG)}.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
