"""One reading of text for every backend: what an index holds and what a shopper's words ask of it.

Index and query need not be cut alike. A document yields every Chinese character, every pair and the
dictionary's longer words; a query asks for the pairs of each word it is cut into. So 裙 and 复古裙
find 复古连衣裙, and an index written with the dictionary answers a process that runs without it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, Literal, Protocol, cast

from app.search.characters import simplified
from app.search.vocabulary import DECADE_DIGITS, DECADE_WORDS, FILLER, PART_OF

LONGEST_QUERY: Final = 120
LONGEST_TEXT: Final = 20_000
MOST_TERMS: Final = 12
LONGEST_TOKEN: Final = 64

Kind = Literal["word", "chinese", "number", "measure", "decade"]


@dataclass(frozen=True, slots=True)
class Term:
    """One thing asked for: a document has it when it holds all `tokens`, or `whole` (if given).

    `text` is how it was written, in lower case.
    """

    text: str
    kind: Kind
    tokens: tuple[str, ...]
    whole: str = ""


def tokens(text: str) -> list[str]:
    """Every token a document with this text may be found by, in order, repeats kept."""
    return [
        token[:LONGEST_TOKEN]
        for kind, match in _pieces(text, LONGEST_TEXT)
        for token in _document_tokens(kind, match)
    ]


def terms(text: str) -> tuple[Term, ...]:
    """What a shopper's words ask for: up to `MOST_TERMS` things in `LONGEST_QUERY` characters."""
    found: dict[Term, None] = {}
    for kind, match in _pieces(text, LONGEST_QUERY):
        for term in _query_terms(kind, match):
            found.setdefault(term)
            if len(found) == MOST_TERMS:
                return tuple(found)
    return tuple(found)


def words(text: str) -> list[str]:
    """The words as people write them, in lower case: what completions and corrections offer."""
    found = []
    for kind, match in _pieces(text, LONGEST_TEXT):
        if kind == "word" and match.group() not in FILLER:
            found.append(match.group())
        elif kind == "chinese":
            found += [word for word in _cut(match.group()) if len(word) > 1]
    return found


def chinese_words(text: str) -> list[list[str]]:
    """The words of each run of Chinese in a text, in order."""
    return [_cut(match.group()) for kind, match in _pieces(text, LONGEST_TEXT) if kind == "chinese"]


def load_dictionary() -> None:
    """Have at hand what is otherwise read when the first Chinese word is cut."""
    chinese_words("复古")


def decades(text: str) -> list[str]:
    """The decade tokens of the years named in a text: 1974 belongs to 1970s."""
    return [f"{year[:3]}0s" for year in _YEAR.findall(unicodedata.normalize("NFKC", text))]


def plain(text: str) -> str:
    """A value as filters and completions compare it: lower case, simplified, single spaces."""
    bare = unicodedata.normalize("NFKC", text).lower().replace("’", "'").replace("\x00", " ")
    bare = bare.encode("utf-8", "ignore").decode("utf-8")
    return " ".join(bare.translate(simplified()).split())


# Chinese characters, kana and hangul are written without spaces and are matched by pairs.
_UNSPACED: Final = (
    "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_LETTER: Final = rf"[^\W_{_UNSPACED}]"
_NUMBER: Final = r"[0-9]+(?:\.[0-9]+)?"
_UNIT: Final = rf"(?:\s*(?P<unit>cm|厘米|公分|inches|inch|in|英寸|\")(?!{_LETTER}))?"
_TENS: Final = r"(?:1[89]|20)?[0-9]0"
_CENTURY: Final = r"(?:(?:20|二十|上个?)世纪)?"
_DECADE: Final = rf"""
    (?<![0-9a-z.]){_CENTURY}
    (?:(?P<since>{_TENS})(?:年代|'?s)?\s*[-–—~至到/]\s*'?)?
    (?P<tens>{_TENS})\s*(?:年代|'?s(?!{_LETTER}))
  | {_CENTURY}(?P<hanzi>[二三四五六七八九]{{1,3}})[十零〇]年代
"""


def _part_pattern() -> str:
    """A part's name; one of a single character (长) only where none stands before it (成长)."""
    by_length = sorted(PART_OF, key=len, reverse=True)
    names = "|".join(re.escape(name) for name in by_length if len(name) > 1)
    characters = "".join(name for name in by_length if len(name) == 1)
    return rf"(?<!{_LETTER})(?:{names})|(?<![{_UNSPACED}])[{characters}]"


_MEASURE: Final = (
    rf"(?P<part>{_part_pattern()})\s*[:=约]?\s*(?P<size>{_NUMBER}){_UNIT}(?!{_LETTER})"
)
_ANY_NAMED_GROUP: Final = re.compile(r"\?P<[a-z]+>")
# A run of characters ends where a decade or a measurement begins: 复古七十年代, 净胸围104.
_STOP: Final = _ANY_NAMED_GROUP.sub("?:", f"{_DECADE}|{_MEASURE}")
_PIECE: Final = re.compile(
    rf"""
    (?P<decade>{_DECADE})
  | (?P<measure>{_MEASURE})
  | (?P<number>(?P<value>{_NUMBER})(?:\s*(?:cm|厘米|公分))?(?![-']?{_LETTER}))
  | (?P<word>{_LETTER}+(?:[-']{_LETTER}+)*)
  | (?P<chinese>(?:(?!{_STOP})[{_UNSPACED}])+)
    """,
    re.VERBOSE,
)
_KINDS: Final[tuple[Kind, ...]] = ("decade", "measure", "number", "word", "chinese")
_ONE_SPELLING: Final = str.maketrans("’‘‐‑", "''--")
_SIGN: Final = re.compile(r"[№#＃]")
# No. 0427 is its number, and made in Japan asks for Japan.
_UNSAID: Final = re.compile(r"(?:\bn(?:o\.?|°)|编号)\s*:?\s*(?=[0-9])|\bmade in\b")
_YEAR: Final = re.compile(r"(?<![0-9])(?:1[89]|20)[0-9]{2}(?![0-9])")
_RUNS: Final = re.compile(r"[0-9]+|[^0-9]+")
_CENTIMETRES_PER_INCH: Final = 2.54
_LONGEST_IN_INCHES: Final = 70


def _pieces(text: str, longest: int) -> Iterator[tuple[Kind, re.Match[str]]]:
    for match in _PIECE.finditer(_normalised(text, longest)):
        yield next(kind for kind in _KINDS if match.group(kind) is not None), match


def _normalised(text: str, longest: int) -> str:
    # NFKC may make a text eighteen times longer, so it is cut before and after.
    text = _SIGN.sub(" ", text[:longest])
    text = unicodedata.normalize("NFKC", text)[:longest].lower().translate(_ONE_SPELLING)
    text = text.translate(simplified())
    return _UNSAID.sub(" ", " ".join(text.split()))


def _document_tokens(kind: Kind, match: re.Match[str]) -> list[str]:
    match kind:
        case "decade":
            return _decade_tokens(match)
        case "measure":
            return [_measure_token(match), *tokens(match["part"]), _number_token(match["size"])]
        case "number":
            return [_number_token(match["value"])]
        case "word":
            return _word_tokens(match.group())
        case "chinese":
            return _chinese_tokens(match.group())


def _query_terms(kind: Kind, match: re.Match[str]) -> list[Term]:
    text = match.group()
    match kind:
        case "decade":
            return [Term(text, kind, (decade,)) for decade in _decade_tokens(match)]
        case "measure":
            return [Term(text, kind, (_measure_token(match),))]
        case "number":
            return [Term(text, kind, (_number_token(match["value"]),))]
        case "word":
            return [] if text in FILLER else [_word_term(text)]
        case "chinese":
            return [_chinese_term(word) for word in _cut(text) if word not in FILLER]


def _decade_tokens(match: re.Match[str]) -> list[str]:
    written = [digits for digits in (match["since"], match["tens"]) if digits]
    written += [f"{DECADE_DIGITS[character]}0" for character in match["hanzi"] or ""]
    return [_decade(digits) for digits in written]


def _decade(digits: str) -> str:
    if len(digits) == 4:  # noqa: PLR2004  (a year written out)
        return f"{digits}s"
    return f"20{digits}s" if digits in {"00", "10"} else f"19{digits}s"


def _measure_token(match: re.Match[str]) -> str:
    """`chest=104`: one token for 胸围 104, chest 104 cm and chest 41 in."""
    size = float(match["size"][:9])
    # "Chest 104 in wool" speaks of no inches: nothing to wear is that long.
    if (match["unit"] or "").startswith(("in", "英寸", '"')) and size <= _LONGEST_IN_INCHES:
        size *= _CENTIMETRES_PER_INCH
    return f"{PART_OF[match['part']]}={round(size)}"


def _number_token(digits: str) -> str:
    """0427 and 427 are one number, so are 104 and 104.0."""
    whole, _, fraction = digits.partition(".")
    fraction = fraction.rstrip("0")
    return (whole.lstrip("0") or "0") + (f".{fraction}" if fraction else "")


def _word_term(word: str) -> Term:
    parts = _word_parts(word)
    if len(parts) == 1:
        return Term(word, "word", (_stemmed(parts[0]),))
    return Term(word, "word", tuple(map(_stemmed, parts)), whole=_stemmed("".join(parts)))


def _word_tokens(word: str) -> list[str]:
    """M-65 is found as m65, m-65 and 65; m65 the same; T-shirts as t-shirt and tshirt."""
    if word in FILLER:
        return []
    parts = _word_parts(word)
    joined = "".join(parts)
    pieces = [run for part in parts for run in _RUNS.findall(part)]
    return list(dict.fromkeys(map(_stemmed, [*parts, *pieces, joined])))


def _word_parts(word: str) -> list[str]:
    """The parts around hyphens, without accents, apostrophes and the English genitive."""
    decomposed = unicodedata.normalize("NFD", word)
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    return [part.removesuffix("'s").replace("'", "") for part in bare.split("-")]


@lru_cache(maxsize=8192)
def _stemmed(word: str) -> str:
    from whoosh.lang.porter2 import stem

    if word in DECADE_WORDS:
        return DECADE_WORDS[word]
    if word.isdecimal() and word.isascii():
        return _number_token(word)
    return str(stem(word)) if word.isascii() and word.isalpha() else word


def _chinese_term(word: str) -> Term:
    return Term(word, "chinese", tuple(_pairs(word)), whole=word if len(word) > 2 else "")  # noqa: PLR2004


def _chinese_tokens(run: str) -> list[str]:
    longer = [word for word in _cut(run, overlapping=True) if len(word) > 2]  # noqa: PLR2004
    pairs = _pairs(run) if len(run) > 1 else []
    return [*(character for character in run if character not in FILLER), *pairs, *longer]


def _pairs(run: str) -> list[str]:
    return [run[start : start + 2] for start in range(len(run) - 1)] or [run]


def _cut(run: str, *, overlapping: bool = False) -> list[str]:
    """The words of an unspaced run; with `overlapping` also the words inside words.

    Without the dictionary every two characters count as a word: that finds more and ranks worse.
    """
    segmenter = _segmenter()
    if segmenter is None:
        return [run[start : start + 2] for start in range(0, len(run), 2)]
    return segmenter.cut_for_search(run) if overlapping else segmenter.cut(run)


class _Segmenter(Protocol):
    def cut(self, text: str) -> list[str]: ...
    def cut_for_search(self, text: str) -> list[str]: ...


@cache
def _segmenter() -> _Segmenter | None:
    # Loaded when first needed: the dictionary takes 30 MB and a tenth of a second. The shop's
    # processes load it before they part and share it; a command that cuts nothing does without.
    try:
        import rjieba
    except ImportError:
        return None
    return cast("_Segmenter", rjieba)
