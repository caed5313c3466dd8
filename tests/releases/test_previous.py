"""N−1 is the last code that knows nothing of the present schema."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.releases import previous

AS_SOMEBODY = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """A first migration, a change, a second migration, a change: one commit each."""
    root = tmp_path / "shop"
    _git("init", "--quiet", str(root))
    for name in ("0001_first.py", "word", "0002_second.py", "word"):
        path = root / (name if name == "word" else f"{previous.VERSIONS}/{name}")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(path.read_text() + "more" if path.exists() else name)
        _git("-C", str(root), "add", "--all")
        _git("-C", str(root), *AS_SOMEBODY, "commit", "--quiet", "--message", name)
    return root


def test_it_is_the_commit_before_the_newest_migration(history: Path, tmp_path: Path) -> None:
    commit = previous.commit_before(root=history)

    old = previous.unpack(commit, tmp_path / "before", root=history)
    assert previous.heads(old) == {"0001_first"}
    assert (old / "word").read_text() == "word"
    assert previous.heads(history) == {"0001_first", "0002_second"}


def test_another_one_may_be_named_and_must_be_there(history: Path) -> None:
    head = previous.commit_before("HEAD", root=history)

    assert head != previous.commit_before(root=history)
    with pytest.raises(previous.NoPreviousError):
        previous.commit_before("no-such-release", root=history)


def _git(*words: str) -> None:
    subprocess.run(["git", *words], check=True, capture_output=True)
