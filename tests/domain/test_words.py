"""What people read is plain: no blame, no codes, no shouting. Looks at every sentence in the source."""

import ast
import re
from pathlib import Path

import pytest

import mhtracker

ROOT = Path(mhtracker.__file__).parent
FOLDERS = ("domain", "operations")
FORBIDDEN = re.compile(
    r"\b(invalid|illegal|please|oops|sorry|fatal|null|patient|denied|quarantined?|exception|traceback)\b|!",
    re.IGNORECASE,
)


def sentences():
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
            inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
            for node in ast.walk(tree):
                if isinstance(node, ast.JoinedStr) and id(node) not in documentation:
                    words = "".join(str(p.value) if isinstance(p, ast.Constant) else "…" for p in node.values)
                elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
                    words = "" if id(node) in documentation else node.value
                else:
                    continue
                if words.count(" ") >= 2 and words.rstrip().endswith((".", "?")):
                    yield pytest.param(words, id=f"{path.stem}:{node.lineno}")


SENTENCES = list(sentences())


def test_there_are_sentences_to_look_at():
    assert len(SENTENCES) > 80


@pytest.mark.parametrize("words", SENTENCES)
def test_a_sentence_is_plain(words):
    assert not FORBIDDEN.search(words), words
    assert len(words) <= 170, "too long to stand beside a field"
    assert not re.search(r"\b[a-z]+_[a-z]+\b", re.sub(r"supported_24", "", words)), "a field's inner name"
