"""Find out how a text is written: UTF-8, UTF-16 or GBK; what is none of them is told by line."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

from app.catalog.importing.records import UnreadableFile
from app.platform.i18n import lazy_gettext as _

CHUNK = 64 * 1024
UTF_8_MARK = b"\xef\xbb\xbf"
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
MOST_BY_CHANCE = 8
"""So many characters of a Chinese text may look like UTF-8 before one does not."""

_CHINESE = re.compile(r"[一-鿿]{2}")


def encoding_of(stream: BinaryIO) -> str:
    """The name of the encoding, after the whole file was found to keep to it; UnreadableFile."""
    stream.seek(0)
    head = stream.read(CHUNK)
    if head.startswith(UTF_16_MARKS) or _is_unmarked_utf_16(head):
        return _utf_16(stream, head)
    if b"\x00" in head:
        raise UnreadableFile(_("This is not a text file."))
    broken = _first_break(stream, "utf-8")
    if broken is None:
        return "utf-8-sig"
    line, characters = broken
    might_be_gbk = not head.startswith(UTF_8_MARK) and characters <= MOST_BY_CHANCE
    if might_be_gbk and _first_break(stream, "gb18030") is None and _speaks_chinese(stream):
        return "gb18030"
    raise UnreadableFile(
        _("Line %(line)s is neither UTF-8 nor GBK. Please save as “CSV UTF-8”.", line=line)
    )


def _is_unmarked_utf_16(head: bytes) -> bool:
    """Whether every second byte of the first words is nothing."""
    sample = head[:64]
    return len(sample) >= len("ab") and (not any(sample[1::2]) or not any(sample[0::2]))


def _utf_16(stream: BinaryIO, head: bytes) -> str:
    encoding = "utf-16"
    if not head.startswith(UTF_16_MARKS):
        encoding = "utf-16-be" if head[0] == 0 else "utf-16-le"
    broken = _first_break(stream, encoding)
    if broken is not None:
        raise UnreadableFile(_("Line %(line)s is not UTF-16, as the file begins.", line=broken[0]))
    return encoding


def _first_break(stream: BinaryIO, encoding: str) -> tuple[int, int] | None:
    """(line, characters beyond ASCII before it) of the first byte that does not fit, if any."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line, characters = 1, 0
    for chunk, is_last in _chunks(stream):
        try:
            text = decoder.decode(chunk, is_last)
        except UnicodeDecodeError as error:
            # `error.object` begins with what the decoder had kept of the chunk before.
            before = error.object[: error.start].decode(encoding, "ignore")
            return line + before.count("\n"), characters + _beyond_ascii(before)
        line += text.count("\n")
        if characters <= MOST_BY_CHANCE:
            characters += _beyond_ascii(text)
    return None


def _speaks_chinese(stream: BinaryIO) -> bool:
    """GBK when the bytes make Chinese words somewhere; one lone character is chance."""
    decoder = codecs.getincrementaldecoder("gb18030")()
    return any(_CHINESE.search(decoder.decode(chunk, last)) for chunk, last in _chunks(stream))


def _chunks(stream: BinaryIO) -> Iterator[tuple[bytes, bool]]:
    stream.seek(0)
    while chunk := stream.read(CHUNK):
        yield chunk, False
    yield b"", True


def _beyond_ascii(text: str) -> int:
    return 0 if text.isascii() else sum(character > "\x7f" for character in text)
