"""The forms of a page as a browser sees them: controls, their values, and where each form goes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from flask import Response

from tests.hostile.browser import Text, Upload

TOKEN = "csrf_token"
VOID_TYPES = {"submit", "image", "reset", "button"}


@dataclass(frozen=True)
class Control:
    """A control that would be sent; `id` and `described_by` tie it to its label and its error."""

    name: str
    value: str
    kind: str
    id: str = ""
    described_by: str = ""
    invalid: bool = False
    sent: bool = True


@dataclass
class Form:
    method: str
    action: str
    controls: list[Control] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """Each control's name once, in order, without the token."""
        return list(dict.fromkeys(c.name for c in self.controls if c.name != TOKEN))

    @property
    def values(self) -> dict[str, str]:
        return {c.name: c.value for c in self.controls if c.sent}

    def filled(self, **typed: Text | Upload) -> list[tuple[str, Text | Upload]]:
        """What a browser sends when these are typed over what stands in the form."""
        return [*self._kept(set(typed)), *typed.items()]

    def without(self, name: str) -> list[tuple[str, Text | Upload]]:
        return list(self._kept({name}))

    def control(self, name: str) -> Control:
        return next(c for c in self.controls if c.name == name)

    def is_file(self, name: str) -> bool:
        return self.control(name).kind == "file"

    def _kept(self, apart_from: set[str]) -> Iterator[tuple[str, Text | Upload]]:
        for control in self.controls:
            if control.sent and control.kind != "file" and control.name not in apart_from:
                yield control.name, control.value


def forms_of(response: Response, page: str, action: str | None = None) -> list[Form]:
    """The forms of a page at path `page` that are posted, by default wherever they go."""
    if response.mimetype != "text/html":
        return []
    parser = _Parser(page)
    parser.feed(response.get_data(as_text=True))
    parser.close()
    posted = [form for form in parser.forms if form.method == "post"]
    return [form for form in posted if action is None or urlsplit(form.action).path == action]


def texts_by_id(response: Response) -> dict[str, str]:
    """The text inside every element that has an id."""
    parser = _Texts()
    parser.feed(response.get_data(as_text=True))
    return {key: " ".join(text.split()) for key, text in parser.texts.items()}


class _Parser(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._page = page
        self._by_id: dict[str, Form] = {}
        self._open: Form | None = None
        self._select: dict[str, str] | None = None
        self._chosen: str | None = None
        self._textarea: dict[str, str] | None = None
        self._written = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            action = urljoin(self._page, found.get("action", "") or self._page)
            self._open = Form(found.get("method", "get").lower(), action)
            self.forms.append(self._open)
            self._by_id[found.get("id", "")] = self._open
        elif tag == "select":
            self._select, self._chosen = found, None
        elif tag == "option" and self._select is not None:
            if self._chosen is None or "selected" in found:
                self._chosen = found.get("value", "")
        elif tag == "textarea":
            self._textarea, self._written = found, ""
        elif tag in {"input", "button"}:
            self._take(tag, found)

    def handle_data(self, data: str) -> None:
        if self._textarea is not None:
            self._written += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "select" and self._select is not None:
            self._keep(self._select, self._chosen or "", "select")
            self._select = None
        elif tag == "textarea" and self._textarea is not None:
            self._keep(self._textarea, self._written.removeprefix("\n"), "textarea")
            self._textarea = None

    def _take(self, tag: str, found: dict[str, str]) -> None:
        kind = found.get("type", "submit" if tag == "button" else "text")
        form = self._by_id.get(found["form"]) if "form" in found else self._open
        if "formaction" in found and form is not None:
            self._also_goes_to(found["formaction"], form)
        if kind in {"checkbox", "radio"}:
            value = found.get("value", "on")
            self._keep(found, value, kind, sent="checked" in found)
        else:
            # Of several buttons a browser sends one; the walk presses each in turn.
            self._keep(found, found.get("value", ""), kind, sent=kind not in VOID_TYPES)

    def _keep(self, found: dict[str, str], value: str, kind: str, *, sent: bool = True) -> None:
        form = self._by_id.get(found["form"]) if "form" in found else self._open
        if form is None or not found.get("name") or "disabled" in found:
            return
        form.controls.append(
            Control(
                found["name"], value, kind, found.get("id", ""), found.get("aria-describedby", ""),
                found.get("aria-invalid") == "true", sent,
            )
        )  # fmt: skip

    def _also_goes_to(self, action: str, form: Form) -> None:
        """A button may send the same controls elsewhere."""
        self.forms.append(Form("post", urljoin(self._page, action), form.controls))


class _Texts(HTMLParser):
    VOID = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "wbr"})
    DRAWN = frozenset({"path", "use", "circle", "rect", "line", "polyline", "polygon", "ellipse"})

    def __init__(self) -> None:
        super().__init__()
        self.texts: dict[str, str] = {}
        self._open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.VOID | self.DRAWN:
            return
        key = dict(attrs).get("id") or ""
        self._open.append((tag, key))
        if key:
            self.texts.setdefault(key, "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Empty: nothing stands inside."""

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place][0] == tag:
                del self._open[place:]
                return

    def handle_data(self, data: str) -> None:
        for _tag, key in self._open:
            if key:
                self.texts[key] += data
