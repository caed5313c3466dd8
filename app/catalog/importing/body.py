"""Descriptions written elsewhere, made harmless: text and structure stay, all else goes."""

from __future__ import annotations

import re
from html import escape, unescape

import nh3

TAGS = {
    *("p", "div", "br", "hr", "blockquote", "pre", "code"),
    *("h2", "h3", "h4", "h5", "h6"),
    *("ul", "ol", "li", "dl", "dt", "dd"),
    *("strong", "b", "em", "i", "u", "s", "sub", "sup", "a"),
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"),
}
ATTRIBUTES = {"a": {"href", "title"}, "th": {"colspan", "rowspan"}, "td": {"colspan", "rowspan"}}
GONE_WITH_CONTENT = {
    *("script", "style", "template", "noscript", "iframe", "object", "embed", "svg", "math"),
    *("form", "textarea", "select", "button", "audio", "video", "head", "title"),
}
_MARKUP = re.compile(r"<[a-zA-Z/!][^<>]*>|&[a-zA-Z#]\w*;")
_DEAD_LINK = re.compile(r'<a(?: title="[^"]*")? rel="[^"]*">(.*?)</a>', re.DOTALL)
_EMPTY = re.compile(r"<(p|div|h[2-6])>(?:\s|&nbsp;|\u00a0|<br>)*</\1>")
_BLOCK_END = re.compile(r"<br>|<hr>|</(?:p|div|h[2-6]|li|tr|dt|dd|blockquote|pre|caption)>")


def clean_body(text: str) -> str:
    """Harmless HTML; plain text becomes paragraphs.

    No style, class, id, data-, hx- or on… attribute stays. A page has one first heading of its own,
    so theirs becomes a second.
    """
    if not _MARKUP.search(text):
        return _paragraphs(text)
    demoted = re.sub(r"<(/?)h1\b", r"<\1h2", text, flags=re.IGNORECASE)
    clean = nh3.clean(
        demoted,
        tags=TAGS,
        attributes=ATTRIBUTES,
        clean_content_tags=GONE_WITH_CONTENT,
        url_schemes={"http", "https", "mailto"},
        url_relative="deny",
        link_rel="nofollow noopener noreferrer",
    )
    return _EMPTY.sub("", _DEAD_LINK.sub(r"\1", clean)).strip()


def plain_text(clean_html: str) -> str:
    """The words of a clean body, one line for each of its blocks."""
    broken = _BLOCK_END.sub("\n", re.sub(r"\s*\n\s*", " ", clean_html))
    words = unescape(nh3.clean(broken, tags=set()))
    return "\n".join(
        line for line in (" ".join(part.split()) for part in words.split("\n")) if line
    )


def _paragraphs(text: str) -> str:
    blocks = [block.strip() for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n"))]
    return "".join(
        f"<p>{escape(block, quote=False).replace(chr(10), '<br>')}</p>" for block in blocks if block
    )
