"""The command line: the same operations, queries and reports as the window, as plain text or JSON."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from mhtracker.cli import streams
from mhtracker.domain.errors import UserError

USAGE, FAILED, DONE = 2, 1, 0


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Gives its exit code: 0 done, 1 failed with a line on standard error, 2 wrong usage."""
    streams.prepare()
    try:
        return _run(list(sys.argv[1:] if argv is None else argv))
    except streams.ReaderGone:
        # Whoever read our answer has seen enough (`| head -1`), which is no failure of the command.
        streams.let_go()
        return DONE


def _run(argv: list[str]) -> int:
    from mhtracker.cli.usage import WrongUsage

    try:
        return _do(argv)
    except WrongUsage as error:
        streams.complain(str(error))
        return USAGE
    except UserError as error:
        streams.complain(str(error))
        return FAILED
    except UnicodeEncodeError:
        streams.complain("Something typed holds bytes that are no letters. Type it again.")
        return FAILED
    except KeyboardInterrupt:
        streams.complain("Stopped. What was not finished has left no trace.")
        return FAILED
    except streams.ReaderGone:
        raise
    except Exception as error:  # noqa: BLE001 - the last net: no traceback may reach a person
        from mhtracker.cli.faults import say_fault

        streams.complain(say_fault(error))
        return FAILED


def _do(argv: list[str]) -> int:
    from mhtracker.cli.parser import parse

    try:
        asked = parse(argv)
        code: int = asked.run(asked)
    except SystemExit:
        # argparse leaves this way after --help and --version.
        code = DONE
    streams.settle()
    return code
