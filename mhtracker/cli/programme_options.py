"""What may be typed after `programme`: to set one up, change its aim, end it, list all, or show one month by month."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence

from mhtracker.cli.typed import names_a_register, typed_date
from mhtracker.cli.usage import WrongUsage


def _start(way: argparse.ArgumentParser) -> None:
    way.add_argument("name", metavar="NAME", help="what reports call it")
    way.add_argument(
        "--baseline", type=typed_date, required=True, metavar="DATE", help="whom it is for: that day's end"
    )
    way.add_argument("--stages", required=True, metavar="S", help="the stages to move on from: residential,nursing")
    way.add_argument(
        "--filter", action="append", default=[], metavar="F", help="only those with column=value then; may be repeated"
    )
    way.add_argument("--aim", required=True, metavar="N", help="how many: 50%% of them, or a number of people")
    way.add_argument("--by", type=typed_date, required=True, metavar="DATE", help="the day to reach it by")
    _steps(way)


def _from_preset(way: argparse.ArgumentParser) -> None:
    way.add_argument("--baseline", type=typed_date, metavar="DATE", help="whom it is for: that day's end; today's else")
    way.add_argument(
        "--by", type=typed_date, metavar="DATE", help="the day to reach it by; as far ahead as the paper's"
    )


def _change_aim(way: argparse.ArgumentParser) -> None:
    way.add_argument("name", metavar="NAME", help="which programme")
    way.add_argument("--aim", metavar="N", help="how many instead: 50%% of them, or a number of people")
    way.add_argument("--by", type=typed_date, metavar="DATE", help="the day to reach it by instead")
    _steps(way)
    way.add_argument("--straight", action="store_true", help="a straight line instead of the steps it had")
    way.add_argument("--reason", required=True, metavar="WORDS", help="why; history shows it")


def _end(way: argparse.ArgumentParser) -> None:
    way.add_argument("name", metavar="NAME", help="which programme")
    way.add_argument("--on", type=typed_date, metavar="DATE", help="the day it ended; today otherwise")


def _show(way: argparse.ArgumentParser) -> None:
    way.add_argument("name", metavar="NAME", help="which programme")
    _list(way)


def _list(way: argparse.ArgumentParser) -> None:
    way.add_argument("--as-at", type=typed_date, metavar="DATE", help="how they stood on a day; today otherwise")
    way.add_argument(
        "--as-known", type=typed_date, metavar="DATE", help="leave out what was recorded after this day's end"
    )


def _steps(way: argparse.ArgumentParser) -> None:
    way.add_argument(
        "--step", action="append", default=[], metavar="DATE:PERCENT", help="a step of a staged plan; may be repeated"
    )


Options = Callable[[argparse.ArgumentParser], None]
WAYS: dict[str, tuple[str, str, str, Options]] = {
    "start": ("Set one up. It may be left out: `programme FILE NAME` sets one up too.", "programmes", "start", _start),
    "from-preset": (
        "Start the programme of the paper that the register began as.",
        "programmes",
        "start_of_preset",
        _from_preset,
    ),
    "change-aim": ("Give one another aim, day or plan. The former is kept.", "programmes", "change", _change_aim),
    "end": ("End one. It stays to be looked at.", "programmes", "end", _end),
    "list": ("All of them, with how they stand and their versions.", "programmes_told", "list_programmes", _list),
    "show": ("One, month by month against its plan, with its people.", "programmes_told", "show", _show),
}
"""Each way: what it does, where it is, and its options."""


def add_programme(command: argparse.ArgumentParser, late: Callable[[str, str], object]) -> None:
    """The ways of `programme`; `late` gives the function of a module that is imported only once it runs."""
    ways = command.add_subparsers(metavar="WAY", parser_class=type(command), required=True, dest="way")
    for name, (words, module, function, options) in WAYS.items():
        way = ways.add_parser(name, help=words, description=words)
        way.add_argument("file", metavar="FILE", help="the register: a path, or a postgresql:// address")
        options(way)
        way.add_argument("--json", action="store_true", help="answer with one JSON document")
        way.add_argument("--who", metavar="NAME", help="who records; MHTRACKER_WHO or your login otherwise")
        way.set_defaults(run=late(module, function))


def with_way(argv: Sequence[str]) -> list[str]:
    """`programme FILE NAME …` as `programme start FILE NAME …`. Raises WrongUsage for what is neither way nor file."""
    if argv[:1] != ["programme"] or len(argv) == 1 or argv[1] in (*WAYS, "-h", "--help"):
        return list(argv)
    if not argv[1].startswith("-") and not names_a_register(argv[1]):
        words = f"There is no “{argv[1]}” of a programme, and no register of that name. There are {', '.join(WAYS)}."
        raise WrongUsage(f"{words} `mhtracker programme --help` shows what may be typed.")
    return ["programme", "start", *argv[1:]]
