from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pypdf
import pytest

PRINTED_AT = datetime(2026, 7, 14, 10, 41)  # noqa: DTZ001
GOLDENS = Path(__file__).parent / "goldens"


def pages_of(file: Path) -> list[str]:
    """The text layer, page by page."""
    return [page.extract_text() for page in pypdf.PdfReader(file).pages]


def flat(text: str) -> str:
    """Text without the spaces and line ends that wrapping adds or takes."""
    return re.sub(r"\s+", "", text)


@pytest.fixture
def golden(update_goldens: bool) -> Callable[[str, str], None]:
    """Compares with a golden file, or rewrites it with --update-goldens for git to show the difference."""

    def check(name: str, text: str) -> None:
        file = GOLDENS / name
        if update_goldens:
            GOLDENS.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8")
        assert text == file.read_text(encoding="utf-8")

    return check
