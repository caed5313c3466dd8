"""The code of before: which commit that is, and a folder with it.

N−1 is the commit before the one that brought the newest migration, unless another is named: the
last code that knows nothing of the present schema. Its folder has no dependencies of its own; it
runs with those of the present release, which is said when they differ.
"""

from __future__ import annotations

import io
import subprocess
import tarfile
from pathlib import Path

from workers.launching import ROOT

VERSIONS = "migrations/versions"


class NoPreviousError(RuntimeError):
    """The history that would say is not here, as in a shallow clone."""


def commit_before(named: str = "", *, root: Path = ROOT) -> str:
    """Its whole name."""
    if named:
        return _git(root, "rev-parse", "--verify", f"{named}^{{commit}}")
    newest = _git(root, "log", "-1", "--format=%H", "--diff-filter=A", "--", f"{VERSIONS}/*.py")
    if not newest:
        raise NoPreviousError("no commit here added a migration (git fetch --unshallow)")
    return _git(root, "rev-parse", "--verify", f"{newest}^")


def unpack(commit: str, folder: Path, *, root: Path = ROOT) -> Path:
    """The tree of that commit in `folder`, without touching this one."""
    packed = subprocess.run(
        ["git", "archive", "--format=tar", commit], cwd=root, check=True, capture_output=True
    )
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
        archive.extractall(folder, filter="data")
    return folder


def differing_requirements(folder: Path) -> bool:
    """Whether it was written for other dependencies than those it will run with."""
    name = "requirements.txt"
    return (folder / name).read_bytes() != (ROOT / name).read_bytes()


def heads(folder: Path) -> set[str]:
    """The names of its migrations."""
    return {path.stem for path in (folder / VERSIONS).glob("[0-9]*.py")}


def _git(root: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=root, check=False, capture_output=True, text=True)
    if done.returncode != 0:
        raise NoPreviousError(done.stderr.strip())
    return done.stdout.strip()
