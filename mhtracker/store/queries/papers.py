"""What the documents hold that are chosen for packs: read with a person, so that their pages can follow."""

from __future__ import annotations

from dataclasses import replace

from mhtracker.domain.errors import NotFound
from mhtracker.domain.summary import CaseSummary
from mhtracker.store.store import Store

MOST = 60_000_000
"""Bytes read for one person: a pack is made in memory, and names what it had to leave out."""


def with_papers(store: Store, summary: CaseSummary) -> CaseSummary:
    """A summary that prints its chosen documents too."""
    return replace(summary, papers=read_papers(store, summary))


def read_papers(store: Store, summary: CaseSummary) -> dict[str, bytes]:
    """The bytes of a person's chosen documents by SHA-256, oldest first, as far as they are not too many."""
    papers: dict[str, bytes] = {}
    left = MOST
    for document in reversed(summary.around.documents):
        if document.in_packs and document.size <= left:
            try:
                papers[document.sha256] = store.content(document.sha256)
            except NotFound:
                continue
            left -= document.size
    return papers
