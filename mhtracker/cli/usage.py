"""What is said when a command cannot be understood as typed: one plain line, and where to read what may be typed."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from typing import Any, NoReturn

from mhtracker.cli import streams


class WrongUsage(Exception):
    """The command cannot be understood as typed; its words say what may be typed."""


class Parser(argparse.ArgumentParser):
    """Says what is wrong as one line instead of printing usage and leaving."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_abbrev=False, formatter_class=argparse.RawDescriptionHelpFormatter, **options)

    def _print_message(self, message: str, file: Any = None) -> None:
        # Help and version go the way of every answer, so that a full disk is noticed.
        streams.say(message.rstrip("\n"))

    def error(self, message: str) -> NoReturn:
        words = _plain(message)
        end = "" if words.endswith(("?", ".")) else "."
        raise WrongUsage(f"{words[:1].upper()}{words[1:]}{end} `{self.prog} --help` shows what may be typed.")


def _plain(message: str) -> str:
    """Argparse's own words in ours; what a reader of values said stays as it is, after the option's name."""
    if found := re.fullmatch(r"the following arguments are required: (.+)", message):
        names = [name.split("/")[-1] for name in found[1].split(", ")]
        return f"{joined(names)} {'is' if len(names) == 1 else 'are'} missing"
    if found := re.fullmatch(r"argument (\S+): expected (?:one|at least one) argument", message):
        return f"{found[1]} is given without a value"
    if found := re.fullmatch(r"argument (\S+): (.+)", message, re.DOTALL):
        return f"{found[1]}: {found[2]}"
    return message


def joined(words: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    from mhtracker.text import join_words  # the words of the program are read in only once something is wrong

    return join_words(list(words))
