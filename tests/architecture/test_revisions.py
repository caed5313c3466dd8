"""Migrations form one chain: two that follow the same one would leave a shop without either."""

from __future__ import annotations

import re
from pathlib import Path

VERSIONS = Path(__file__).parents[2] / "migrations" / "versions"
_NAMED = re.compile(r"^(down_revision|revision) = '?(\w+)'?$", re.MULTILINE)


def test_each_migration_follows_the_one_before_it():
    said = [dict(_NAMED.findall(path.read_text())) for path in sorted(VERSIONS.glob("0*.py"))]

    revisions = [each["revision"] for each in said]
    followed = [each["down_revision"] for each in said]

    assert followed == ["None", *revisions[:-1]]
    assert len(set(revisions)) == len(revisions)
