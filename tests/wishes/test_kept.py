"""A wish list in a cookie says what was put into it and takes no harm from what was not."""

from __future__ import annotations

import pytest

from app.wishes.kept import MOST, Kept, is_mirror, read, written

LIST = (Kept(427, 128000), Kept(13, 9900))


def test_what_is_written_is_read_again():
    assert read(written(LIST, is_mirror=False)) == LIST
    assert read(written(LIST, is_mirror=True)) == LIST
    assert is_mirror(written(LIST, is_mirror=True))
    assert is_mirror(written((), is_mirror=True))
    assert read(written((), is_mirror=True)) == ()


@pytest.mark.parametrize(
    "text", ["", "x", "427", "427-", "-1", "４２７-1", "1234567890-1", "1-1-1", "427-1 ;", "\x00-1"]
)
def test_what_is_no_entry_is_left_out(text):
    assert read(text) == ()
    assert read(f"{text}.13-9900") == (Kept(13, 9900),)


def test_a_list_has_an_end():
    assert len(read(".".join(f"{number}-1" for number in range(1, 1000)))) == MOST
    longest = written([Kept(999_999_999 - n, 10**12 - 1) for n in range(MOST)], is_mirror=True)
    assert len(longest) < 3000
