"""What is remembered of a macro is what it would show again, and nothing else."""

from __future__ import annotations

from flask import Flask, render_template_string
from markupsafe import Markup

from app.platform.i18n import speaking

ICON = "{{ ui.icon('bag', label=label) }}"


def test_the_same_is_shown_again_and_something_else_is_not(app: Flask) -> None:
    with app.test_request_context():
        first = render_template_string(ICON, label="Bag")

        assert render_template_string(ICON, label="Bag") == first
        assert render_template_string(ICON, label="Heart") == first.replace("Bag", "Heart")


def test_text_that_equals_markup_stays_text(app: Flask) -> None:
    with app.test_request_context():
        markup = render_template_string(ICON, label=Markup("<b>"))
        text = render_template_string(ICON, label="<b>")

    assert 'aria-label="<b>"' in markup
    assert 'aria-label="&lt;b&gt;"' in text


def test_each_language_has_its_own(app: Flask) -> None:
    button = "{{ ui.icon_button('bag', _('Bag')) }}"
    with app.test_request_context():
        said = {}
        for language in ("en", "zh-Hans"):
            with speaking(language):
                said[language] = render_template_string(button)

    assert said["en"] != said["zh-Hans"]
