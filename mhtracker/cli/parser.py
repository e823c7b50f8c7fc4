"""What may be typed: commands, their options, and what is wrong with the rest, in a line."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from mhtracker import __version__
from mhtracker.cli.of_team import OF_A_TEAM, add_team
from mhtracker.cli.programme_options import add_programme, with_way
from mhtracker.cli.typed import (
    names_a_register,
    one_of,
    typed_ages,
    typed_count,
    typed_date,
    typed_filter,
    typed_pack_kind,
    typed_rate,
    typed_seed,
    typed_sheet_path,
    typed_sort,
)
from mhtracker.cli.usage import Parser, WrongUsage, joined


def parse(argv: list[str]) -> argparse.Namespace:
    """The command asked for; its `run` takes it and gives the exit code. Raises WrongUsage."""
    if argv and argv[0] not in COMMANDS and not argv[0].startswith("-") and not names_a_register(argv[0]):
        raise WrongUsage(
            f"There is no command “{argv[0]}”, and no register of that name. There are {', '.join(COMMANDS)}."
        )
    parser = build_parser()
    if not argv or (argv[0] not in COMMANDS and not argv[0].startswith("-")):
        parser = build_window_parser()
        asked, rest = parser.parse_known_args(argv)
    else:
        asked, rest = parser.parse_known_args(_with_values_joined(with_way(argv)))
        if asked.command is None and not rest:
            parser.error("say which command")
        if asked.command is not None:
            parser.prog = " ".join(filter(None, ("mhtracker", asked.command, getattr(asked, "way", None))))
    if rest:
        parser.error(f"{joined([f'“{word}”' for word in rest])} cannot be typed there")
    return asked


_DATES_AND_WORDS = frozenset(
    "--as-at --as-known --until --from --to --rate --sort --filter --worker --baseline --by --on --aim --step".split()
)


def _with_values_joined(argv: Sequence[str]) -> list[str]:
    """`--until -3d` as `--until=-3d`: argparse would take the value for an option."""
    joined: list[str] = []
    words = iter(argv)
    for word in words:
        if word in _DATES_AND_WORDS:
            value = next(words, None)
            if value is None:
                joined.append(word)
            elif value.startswith("--"):
                joined += [word, value]
            else:
                joined.append(f"{word}={value}")
        else:
            joined.append(word)
    return joined


def build_window_parser() -> Parser:
    """`mhtracker [FILE]`."""
    parser = Parser(prog="mhtracker", description="Opens the window.")
    parser.add_argument("file", nargs="?", metavar="FILE", help="the register to open; the last one unless given")
    parser.set_defaults(run=_late("window", "open_window"))
    return parser


def build_parser() -> Parser:
    """All commands."""
    parser = Parser(
        prog="mhtracker",
        usage="mhtracker [FILE]\n       mhtracker COMMAND …",
        description="People through the recovery pathway. Without a command the window opens.",
        epilog="FILE is a register: a path, or a postgresql:// address. `mhtracker COMMAND --help` tells the rest.",
    )
    parser.add_argument("--version", action="version", version=f"MHTracker {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=Parser, prog="mhtracker")
    for name, (words, module, function, options) in COMMANDS.items():
        command = commands.add_parser(name, help=words, description=words)
        options(command)
        if name in OF_A_TEAM:
            add_team(command)
        command.add_argument("--json", action="store_true", help="answer with one JSON document")
        if name != "history":  # which asks for what somebody recorded
            command.add_argument(
                "--who", metavar="NAME", help="who records or prints; MHTRACKER_WHO or your login otherwise"
            )
        command.set_defaults(run=_late(module, function))
    return parser


def _late(module: str, function: str) -> Callable[[argparse.Namespace], int]:
    """The function of a command, its module imported only once the command runs."""

    def run(asked: argparse.Namespace) -> int:
        code: int = getattr(import_module(f"mhtracker.cli.{module}"), function)(asked)
        return code

    return run


def _file(command: Parser) -> None:
    command.add_argument("file", metavar="FILE", help="the register: a path, or a postgresql:// address")


def _dates(command: Parser) -> None:
    command.add_argument(
        "--as-at", type=typed_date, metavar="DATE", help="the day the answer speaks of; today otherwise"
    )
    command.add_argument(
        "--as-known", type=typed_date, metavar="DATE", help="leave out what was recorded after this day's end"
    )


def _reads(command: Parser) -> None:
    _file(command)
    _dates(command)


def _filters(command: Parser) -> None:
    command.add_argument(
        "--filter", type=typed_filter, action="append", default=[], metavar="F", dest="filters",
        help="column=value, column<value and so on; may be repeated",
    )  # fmt: skip
    command.add_argument("--sort", type=typed_sort, metavar="COLUMN", help="by a column; -COLUMN for the largest first")


def _new(command: Parser) -> None:
    _file(command)
    _preset(command)
    command.add_argument("--council", default="", metavar="NAME", help="the council's name, as it stands on paper")
    _locked(command)


def _preset(command: Parser) -> None:
    words = "the pathway to begin with: default, one of `mhtracker presets`, or a .toml file in their form"
    command.add_argument("--preset", metavar="NAME", help=words)


def _presets(command: Parser) -> None:
    command.add_argument("name", nargs="?", metavar="NAME", help="one preset, with the figures of its paper")


def _locked(command: Parser) -> None:
    words = "lock the register with a password, from MHTRACKER_PASSWORD or asked for"
    command.add_argument("--locked", action="store_true", help=words)


def _demo(command: Parser) -> None:
    _file(command)
    command.add_argument("--people", type=typed_count, metavar="N", help="how many; 240 otherwise")
    _preset(command)
    command.add_argument("--seed", type=typed_seed, default=1, metavar="S", help="the same seed makes the same people")
    command.add_argument("--as-at", type=typed_date, metavar="DATE", help="the day the demo plays on; today otherwise")
    _locked(command)


def _import(command: Parser) -> None:
    _file(command)
    command.add_argument("sheet_file", metavar="SHEET", help=".xlsx, .xls, .ods, .csv or .tsv")
    command.add_argument("--sheet", metavar="NAME", help="which sheet of the workbook")
    command.add_argument("--header-row", type=typed_count, metavar="N", help="the row of headings, counted from 1")
    command.add_argument("--encoding", metavar="NAME", help="how a text file is written, such as utf-8 or cp1252")
    command.add_argument("--mapping", metavar="M", help='a TOML file of "Their column" = "our_field"')
    command.add_argument("--dry-run", action="store_true", help="say what would happen and write nothing")
    command.add_argument(
        "--as-at", type=typed_date, metavar="DATE", help="the day the sheet is read on; today otherwise"
    )


VIEWS = ("everyone", "mine", "overdue", "due-soon", "slipping", "no-target", "no-plan", "stuck", "s117", "left")


def _list(command: Parser) -> None:
    _reads(command)
    command.add_argument("--view", metavar="NAME", help=f"{', '.join(VIEWS)}, or a view saved in the register")
    _filters(command)
    command.add_argument("--limit", type=typed_count, metavar="N", help="list at most so many")


def _show(command: Parser) -> None:
    command.add_argument("file", metavar="FILE", help="the register")
    command.add_argument("person", metavar="PERSON", help="a reference, an NHS number or a local id")
    _dates(command)


def _due(command: Parser) -> None:
    _reads(command)
    command.add_argument("--until", type=typed_date, metavar="DATE", help="everything that falls due by then")
    command.add_argument("--worker", metavar="W", help="a worker's name or id")


def _progress(command: Parser) -> None:
    _reads(command)
    command.add_argument(
        "--from", dest="first", type=typed_date, metavar="DATE", help="the first day; 1 April before the last otherwise"
    )
    command.add_argument("--to", dest="last", type=typed_date, metavar="DATE", help="the last day; --as-at otherwise")
    command.add_argument("--programme", metavar="NAME", help="which programme; the latest running one otherwise")


def _forecast(command: Parser) -> None:
    _reads(command)
    command.add_argument("--programme", metavar="NAME", help="which programme; the latest running one otherwise")
    command.add_argument(
        "--rate", type=typed_rate, metavar="N", help="if there were N moves for every 100 people waiting, over a year"
    )


def _outcomes(command: Parser) -> None:
    _reads(command)
    command.add_argument("--stage", default="residential", metavar="STAGE", help="which stage; residential otherwise")
    command.add_argument(
        "--from", dest="first", type=typed_date, metavar="DATE", help="watched from then on; five years back otherwise"
    )


COUNTED_BY = (
    "stage", "service", "provider", "team", "worker", "locality", "gender", "ethnicity", "age", "settled",
    "accommodation", "s117", "stay",
)  # fmt: skip
"""`analysis.breakdown.WAYS`, which the help need not read in; a test holds the two to be the same."""


def _breakdown(command: Parser) -> None:
    _reads(command)
    command.add_argument(
        "--rows", default="stage", metavar="WAY", help=f"what the rows are: {', '.join(COUNTED_BY)}; stage otherwise"
    )
    command.add_argument(
        "--columns", default="all", metavar="WAY", help="what the columns are, one of the same; one column otherwise"
    )
    command.add_argument(
        "--ages", type=typed_ages, default=(25, 45, 65), metavar="N,N", help="where age bands begin; 25,45,65 otherwise"
    )
    command.add_argument("--publish", action="store_true", help="hide small numbers, so that it may be published")


def _programme(command: Parser) -> None:
    add_programme(command, _late)


def _summary(command: Parser) -> None:
    _show(command)
    command.add_argument("-o", "--out", required=True, type=Path, metavar="OUT.pdf", help="the PDF to write")


def _pack(command: Parser) -> None:
    _file(command)
    command.add_argument("kind", type=typed_pack_kind, metavar="KIND", help="review, provider, monthly or handover")
    command.add_argument("--to", metavar="WORKER", help="handover: who takes over, by name or id")
    command.add_argument("--provider", metavar="NAME", help="provider: whose sheet, for the quarterly meeting")
    command.add_argument(
        "--from", dest="first", type=typed_date, metavar="DATE", help="the first day; a month or a quarter otherwise"
    )
    command.add_argument("--publish", action="store_true", help="a month for publication: small numbers hidden")
    _dates(command)
    _filters(command)
    words = "the PDF to write; monthly and provider: or .xlsx"
    command.add_argument("-o", "--out", required=True, type=Path, metavar="OUT", help=words)


def _export(command: Parser) -> None:
    _file(command)
    command.add_argument("out", type=typed_sheet_path, metavar="OUT", help="a path that ends in .xlsx or .csv")
    _dates(command)
    _filters(command)


def _history(command: Parser) -> None:
    _reads(command)
    command.add_argument("--person", metavar="P", help="only what concerned one person")
    command.add_argument(
        "--who", dest="by", metavar="NAME", help="only what somebody recorded; a part of the name will do"
    )
    command.add_argument("--from", dest="first", type=typed_date, metavar="DATE", help="recorded on this day or later")
    command.add_argument("--to", dest="last", type=typed_date, metavar="DATE", help="recorded on this day or earlier")
    command.add_argument("--limit", type=typed_count, metavar="N", help="list at most so many")
    command.set_defaults(who=None)


def _place_lists(command: Parser) -> None:
    _reads(command)
    command.add_argument("--xlsx", type=Path, metavar="OUT", help="write the lists as a workbook, with definitions")


def _fits(command: Parser) -> None:
    command.add_argument("file", metavar="FILE", help="the register")
    words = "who waits: a reference, an NHS number or a local id; without it all free places are filled at once"
    command.add_argument("person", nargs="?", metavar="PERSON", help=words)
    command.add_argument("--service", metavar="NAME", help="who fits the place that is free first at a service")
    command.add_argument("--unit", metavar="NAME", help="one place of that service")
    command.add_argument("--until", type=typed_date, metavar="DATE", help="also the places that will be free by then")
    _dates(command)


def _search(command: Parser) -> None:
    command.add_argument("file", metavar="FILE", help="the register")
    command.add_argument("words", nargs="+", metavar="WORDS", help="words, or how they begin; a note has to hold all")
    command.add_argument("--person", metavar="P", help="only one person's notes")
    command.add_argument("--limit", type=typed_count, metavar="N", help="list at most so many, 100 unless given")
    _dates(command)


def _duplicates(command: Parser) -> None:
    _file(command)
    command.add_argument("--limit", type=typed_count, metavar="N", help="list at most so many pairs")


def _merge(command: Parser) -> None:
    _file(command)
    command.add_argument("keep", metavar="KEEP", help="the person whose record stays: a reference or a number")
    command.add_argument("other", metavar="OTHER", help="the person whose record goes into it")
    command.add_argument(
        "--choose", action="append", default=[], metavar="FIELD=SIDE", dest="choices",
        help="keep or other, for a field in which they differ; may be repeated",
    )  # fmt: skip
    command.add_argument(
        "--stays", type=one_of("side", "keep", "other"), metavar="SIDE",
        help="keep or other: whose stays are right where both cannot hold",
    )  # fmt: skip
    command.add_argument("--words", default="", metavar="WORDS", help="how that is known")
    command.add_argument("--dry-run", action="store_true", help="say what would be kept and write nothing")


def _undo(command: Parser) -> None:
    _file(command)
    command.add_argument("operation", nargs="?", metavar="OPERATION", help="an id from history; the last otherwise")


def _backup(command: Parser) -> None:
    _file(command)
    command.add_argument("out", type=Path, metavar="OUT", help="where the copy goes; nothing may be there yet")


def _restore(command: Parser) -> None:
    command.add_argument("backup", type=Path, metavar="BACKUP", help="a backup, or any register file")
    command.add_argument("file", type=Path, metavar="FILE", help="the register to put it back as")
    command.add_argument("--replace", action="store_true", help="move a file that is there aside first")


def _check(command: Parser) -> None:
    _file(command)
    command.add_argument("--rebuild-lists", action="store_true", help="make the derived lists anew first")


COMMANDS: dict[str, tuple[str, str, str, Callable[[Parser], None]]] = {
    "new": ("Make an empty register.", "making", "new", _new),
    "demo": ("Make a register of invented people.", "making", "demo", _demo),
    "presets": ("Pathways to begin with, and the figures of their papers.", "presets", "presets", _presets),
    "import": ("Bring a spreadsheet in.", "importing", "import_sheet", _import),
    "list": ("The caseload.", "reading", "list_people", _list),
    "show": ("One person's case summary.", "showing", "show", _show),
    "due": ("Everything overdue and due.", "reading", "due", _due),
    "services": ("Services, their places and contracts.", "placing", "services", _place_lists),
    "waiting": ("Who waits for a place.", "placing", "waiting", _place_lists),
    "fits": ("Who fits which free place, and why.", "placing", "fits", _fits),
    "progress": ("The manager's figures between two days.", "progressing", "progress", _progress),
    "costs": ("What support costs a week, and tables of as is and to be.", "costing", "costs", _reads),
    "forecast": ("Where a programme leads, as it goes and if something changed.", "analysing", "forecast", _forecast),
    "outcomes": ("How people left a stage, by how long after.", "analysing", "outcomes", _outcomes),
    "quality": ("What is missing or doubtful, by the report it harms.", "analysing", "quality", _reads),
    "breakdown": ("People counted two ways at once.", "breakdowns", "breakdown", _breakdown),
    "programme": ("Programmes: whom to move on, how many, by when.", "programmes", "start", _programme),
    "summary": ("One person's case summary as a PDF.", "printing", "summary", _summary),
    "pack": ("A printed pack.", "printing", "pack", _pack),
    "export": ("The caseload as a spreadsheet.", "printing", "export", _export),
    "history": ("What was recorded, newest first.", "recorded", "history", _history),
    "search": ("Words in notes.", "searching", "search", _search),
    "duplicates": ("Every two people who may be one.", "duplicates", "duplicates", _duplicates),
    "merge": ("Merge two records of one person.", "duplicates", "merge", _merge),
    "undo": ("Undo the last operation, or the one named.", "recorded", "undo", _undo),
    "backup": ("Make a verified copy.", "keeping", "backup", _backup),
    "restore": ("Put a backup back.", "keeping", "restore", _restore),
    "check": ("Check the file, the audit chain, the rules and the rows.", "keeping", "check", _check),
}
"""Every command: what it does, where it is, and its options."""
