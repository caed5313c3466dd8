"""What a browser would send: the fields of a form as they stand on a page."""

from __future__ import annotations

from html.parser import HTMLParser

Typed = dict[str, list[str]]


class _Fields(HTMLParser):
    """Collects the successful controls of one form, buttons left out."""

    def __init__(self, form_id: str) -> None:
        super().__init__()
        self.typed: Typed = {}
        self._form_id = form_id
        self._inside = False
        self._textarea: str | None = None
        self._select: str | None = None
        self._options: list[tuple[str, bool]] = []

    def handle_starttag(self, tag, attrs):
        facts = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = facts.get("id") == self._form_id
        if not self._inside:
            return
        name = facts.get("name", "")
        if tag == "input" and name:
            self._input(name, facts)
        elif tag == "textarea":
            self._textarea = name
            self.typed.setdefault(name, [""])
        elif tag == "select":
            self._select, self._options = name, []
        elif tag == "option" and self._select:
            self._options.append((facts.get("value", ""), "selected" in facts))

    def handle_endtag(self, tag):
        if tag == "form":
            self._inside = False
        elif tag == "textarea":
            self._textarea = None
        elif tag == "select" and self._select and self._options:
            chosen = [value for value, is_selected in self._options if is_selected]
            self.typed[self._select] = [chosen[0] if chosen else self._options[0][0]]
            self._select = None

    def handle_data(self, data):
        if self._textarea:
            self.typed[self._textarea] = [self.typed[self._textarea][0] + data.removeprefix("\n")]

    def _input(self, name, facts):
        kind = facts.get("type", "text")
        if kind == "file" or (kind in {"checkbox", "radio"} and "checked" not in facts):
            return
        self.typed.setdefault(name, []).append(facts.get("value", ""))


def form_on(html: str, form_id: str) -> Typed:
    """The fields of the form with this id, each with all its values."""
    reader = _Fields(form_id)
    reader.feed(html)
    assert reader.typed, f"there is no form {form_id}"
    return reader.typed
