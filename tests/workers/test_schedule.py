"""The table of what is done again and again."""

from __future__ import annotations

import inspect
from importlib import import_module

import pytest

from workers.schedule import SCHEDULE, Every


@pytest.mark.parametrize("entry", SCHEDULE, ids=lambda entry: entry.verb)
def test_an_entry_names_a_function_that_needs_nothing(entry: Every) -> None:
    module, _, name = entry.verb.partition(":")

    function = getattr(import_module(module), name)

    inspect.signature(function).bind()
    assert entry.seconds >= 1


def test_no_verb_stands_twice() -> None:
    verbs = [entry.verb for entry in SCHEDULE]

    assert len(set(verbs)) == len(verbs)


def test_only_the_holder_of_the_lock_seals() -> None:
    [sealing] = [entry for entry in SCHEDULE if entry.verb.endswith("audit.commands:seal")]

    assert sealing.by == "scheduler"
