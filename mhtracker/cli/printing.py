"""`summary`, `pack` and `export`: files to print and to hand on."""

from __future__ import annotations

import argparse

from mhtracker import text
from mhtracker.cli.reading import query_of
from mhtracker.cli.session import CLOCK, answer, day_of, opened, who_asks, writing
from mhtracker.domain.errors import Refused

_OF_ALL = {
    "monthly": "the monthly report, which is of everybody, or with --team of one team. Leave it out.",
    "provider": "a provider’s sheet, which is of everybody at its services. Leave it out.",
}
"""The packs whose people are not chosen, and what is said where they are."""

_OF_SOME = {
    "to": ("--to", ("handover",), "a handover, and says who takes over"),
    "provider": ("--provider", ("provider",), "a provider’s sheet, and says whose it is"),
    "first": ("--from", ("monthly", "provider"), "the monthly report and a provider’s sheet, which are of a time"),
}
"""Options of some packs: which they are for, and what is said where they are given with another."""


def summary(asked: argparse.Namespace) -> int:
    """`mhtracker summary`."""
    from mhtracker.reports.person.case_summary import write_case_summary
    from mhtracker.store.queries.papers import with_papers
    from mhtracker.store.queries.person import build_case_summary, find_person

    now = CLOCK.now().astimezone()
    with opened(asked) as store, writing(asked, asked.out, ".pdf") as out:
        person = find_person(store, asked.person)
        told = with_papers(store, build_case_summary(store, person.id, day_of(asked), read_at=now))
        pages = write_case_summary(told, out, printed_by=who_asks(asked), printed_at=now)
    facts = {"written": str(out), "operation": None, "pages": pages, "people": 1}
    return answer(asked, facts, lambda: f"{out}: {text.count(pages, 'page')}, {person.ref}.")


def pack(asked: argparse.Namespace) -> int:
    """`mhtracker pack FILE review`, `provider`, `monthly` or `handover`."""
    _refuse_what_is_not_for(asked)
    if asked.kind == "monthly":
        from mhtracker.cli.monthly import monthly

        return monthly(asked)
    if asked.kind == "provider":
        return _provider(asked)
    if asked.kind == "handover":
        return _handover(asked)
    from mhtracker.reports.packs.pack import write_review_pack
    from mhtracker.store.lines import read_names
    from mhtracker.store.queries.caseload import caseload_ids
    from mhtracker.store.queries.papers import with_papers
    from mhtracker.store.queries.person import build_case_summary

    now, as_at = CLOCK.now().astimezone(), day_of(asked)
    with opened(asked) as store, writing(asked, asked.out, ".pdf") as out:
        ids, names = caseload_ids(store, query_of(asked, store), as_at), read_names(store)
        summaries = (build_case_summary(store, each, as_at, names=names, read_at=now) for each in ids)
        told = (with_papers(store, each) for each in summaries)
        written = write_review_pack(
            told, out, title="Review pack", printed_by=who_asks(asked), printed_at=now, council=store.council,
            total=len(ids),
        )  # fmt: skip
    facts = {"written": str(out), "operation": None, "pages": written.pages, "people": len(ids)}
    people = text.count(len(ids), "person", "people")
    return answer(asked, facts, lambda: f"{out}: {text.count(written.pages, 'page')}, {people}.")


def _refuse_what_is_not_for(asked: argparse.Namespace) -> None:
    """Refuse an option that would make no difference to this kind of pack. Raises WrongUsage."""
    from mhtracker.cli.usage import WrongUsage

    if asked.publish and asked.kind != "monthly":
        raise WrongUsage("Only the monthly report can be published. Leave --publish out, or write the monthly report.")
    if asked.team is not None and asked.kind != "monthly":
        raise WrongUsage("--team is for the monthly report. For other packs choose people with --filter team=NAME.")
    if (asked.filters or asked.sort) and asked.kind in _OF_ALL:
        raise WrongUsage(f"{'--filter' if asked.filters else '--sort'} is not for {_OF_ALL[asked.kind]}")
    for name, (option, kinds, words) in _OF_SOME.items():
        if getattr(asked, name) is not None and asked.kind not in kinds:
            raise WrongUsage(f"{option} is for {words}. Leave it out.")


def _provider(asked: argparse.Namespace) -> int:
    """The sheet for the meeting with a provider as a PDF, or its tables as a workbook."""
    from mhtracker.cli.placing import find_provider
    from mhtracker.reports.manager.provider_sheet import ProviderPaper, write_provider_sheet
    from mhtracker.reports.paper.pdf_file import written_whole
    from mhtracker.store.queries.provider_quarter import read_provider_quarter

    if not asked.provider:
        raise Refused("Say with --provider whose sheet it is.")
    kind = asked.out.suffix.lower()
    if kind not in (".pdf", ".xlsx"):
        raise Refused(f"Name the file with .pdf or .xlsx at its end, not “{asked.out.name}”.")
    if asked.first is not None and asked.first > day_of(asked):
        begins, ends = (text.format_date(day) for day in (asked.first, day_of(asked)))
        raise Refused(f"The quarter begins on {begins}, after it ends on {ends}.")
    now, pages = CLOCK.now().astimezone(), None
    with opened(asked) as store, writing(asked, asked.out) as out:
        provider = find_provider(store, asked.provider)
        quarter = read_provider_quarter(store, provider.id, day_of(asked), from_on=asked.first)
        paper = ProviderPaper(quarter, store.council, store.is_demo, asked.as_known)
        if kind == ".xlsx":
            from mhtracker.reports.manager.provider_book import write_provider_book

            said = text.count(write_provider_book(paper, out, printed_by=who_asks(asked), printed_at=now), "table")
        else:
            with written_whole(out) as file:
                pages = write_provider_sheet(paper, file, printed_by=who_asks(asked), printed_at=now)
            said = text.count(pages, "page")
    facts = {"written": str(out), "operation": None, "pages": pages, "people": quarter.people}
    return answer(asked, facts, lambda: f"{out}: {said}, {provider.name}.")


def _handover(asked: argparse.Namespace) -> int:
    from mhtracker.cli.reading import find_worker
    from mhtracker.reports.packs.handover_sheet import Handover, write_handover_sheet
    from mhtracker.reports.paper.pdf_file import written_whole
    from mhtracker.store.queries.caseload import list_caseload
    from mhtracker.store.queries.person import build_case_summary

    if not asked.to:
        raise Refused("Say with --to which worker takes over.")
    now, as_at = CLOCK.now().astimezone(), day_of(asked)
    with opened(asked) as store, writing(asked, asked.out, ".pdf") as out:
        taker = find_worker(store, asked.to)
        lines = list_caseload(store, query_of(asked, store), as_at)
        if not lines:
            raise Refused("Nobody is meant. Say with --filter whose people are handed over, such as worker=NAME.")
        givers = dict.fromkeys(line.worker or "nobody" for line in lines)
        facts = Handover(text.join_words(list(givers)), taker.name, as_at, store.council)
        summaries = (build_case_summary(store, line.person_id, as_at, read_at=now) for line in lines)
        with written_whole(out) as file:
            written = write_handover_sheet(summaries, facts, file, printed_by=who_asks(asked), printed_at=now)
    told = {"written": str(out), "operation": None, "pages": written.pages, "people": len(lines)}
    people = text.count(len(lines), "person", "people")
    return answer(asked, told, lambda: f"{out}: {text.count(written.pages, 'page')}, {people}, to {taker.name}.")


def export(asked: argparse.Namespace) -> int:
    """`mhtracker export`."""
    from mhtracker.reports.caseload_export import write_caseload
    from mhtracker.store.queries.caseload import list_caseload

    now, as_at = CLOCK.now().astimezone(), day_of(asked)
    with opened(asked) as store, writing(asked, asked.out) as out:
        lines = list_caseload(store, query_of(asked, store), as_at)
        people = write_caseload(
            lines, out, as_at=as_at, printed_by=who_asks(asked), printed_at=now, council=store.council,
            demo=store.is_demo, labels=store.code_label, as_known=asked.as_known,
        )  # fmt: skip
    facts = {"written": str(out), "operation": None, "people": people}
    return answer(asked, facts, lambda: f"{out}: {text.count(people, 'person', 'people')}.")
