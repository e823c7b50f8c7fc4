"""`backup`, `restore` and `check`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from mhtracker import text
from mhtracker.cli import streams
from mhtracker.cli.session import CLOCK, answer, opened, shown_name, with_password, writing
from mhtracker.domain.errors import Damaged, Refused

if TYPE_CHECKING:
    from mhtracker.store.check import CheckResult, Problem


def backup(asked: argparse.Namespace) -> int:
    """`mhtracker backup`."""
    from mhtracker.store.backup import backup as make_backup

    with opened(asked) as store, writing(asked, asked.out) as out:
        made, last = make_backup(store, out), store.last_seq()
    facts = {"written": str(out), "operation": None, "operations": last, "bytes": made.stat().st_size}
    return answer(asked, facts, lambda: f"{out} is a verified copy of {shown_name(asked.file)}.")


def restore(asked: argparse.Namespace) -> int:
    """`mhtracker restore`."""
    from mhtracker.store.backup import restore as put_back

    if "://" in str(asked.file) or ":/" in str(asked.backup):
        raise Refused("A register on a server is restored there, by whoever looks after the server.")

    def use(password: str | None) -> Any:
        return put_back(asked.backup, asked.file, replace=asked.replace, moment=CLOCK.now(), password=password)

    aside = with_password(use, asked.backup.name)
    facts = {"written": str(asked.file), "operation": None, "moved_aside": str(aside) if aside else None}
    moved = f" The file that was there is now “{aside.name}”." if aside else ""
    return answer(asked, facts, lambda: f"{asked.backup.name} is back as {asked.file.name}.{moved}")


def check(asked: argparse.Namespace) -> int:
    """`mhtracker check`: the answer is given in any case, and a problem makes the exit code 1."""
    from mhtracker.analysis.columns.checking import CHECKED_TOO
    from mhtracker.store.check import check as check_register
    from mhtracker.store.check import rebuild_lists

    try:
        with opened(asked) as store:
            if asked.rebuild_lists:
                rebuild_lists(store)
            found = check_register(store, also=CHECKED_TOO)
    except Damaged as error:
        problem = {"what": str(error), "where": shown_name(asked.file), "how_to_mend": "Restore the latest backup."}
        nothing: dict[str, Any] = {"schema": None, "people": None, "operations": None, "head": None}
        answer(asked, {"ok": False, **nothing, "problems": [problem], "to_look_at": []}, lambda: "")
        raise
    facts = {
        "ok": found.ok,
        "schema": found.schema,
        "people": found.people,
        "operations": found.operations,
        "head": found.head,
        "problems": [_problem(each) for each in found.problems],
        "to_look_at": [_problem(each) for each in found.to_look_at],
    }
    answer(asked, facts, lambda: _told(found))
    if found.ok:
        return 0
    streams.settle()
    streams.complain(f"The check found {text.count(len(found.problems), 'problem')} in {shown_name(asked.file)}.")
    return 1


def _told(found: CheckResult) -> str:
    held = f"{text.count(found.people, 'person', 'people')}, {text.count(found.operations, 'operation')}"
    looked = ["", "To look at, though the register is in order:"] if found.ok else ["", "To look at besides:"]
    looked = [*looked, *map(_in_words, found.to_look_at)] if found.to_look_at else []
    if found.ok:
        return "\n".join((f"Everything is in order: {held}.", *looked))
    return "\n".join((*map(_in_words, found.problems), *looked, "", f"{held}."))


def _problem(each: Problem) -> dict[str, str]:
    return {"what": each.what, "where": each.where, "how_to_mend": each.how_to_mend}


def _in_words(each: Problem) -> str:
    return f"{each.what[:1].upper()}{each.what[1:]} ({each.where}).\n  {each.how_to_mend}"
