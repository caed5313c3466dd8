"""The cast of the presale page's tests."""

from __future__ import annotations

import re

from sqlalchemy import update

from app.platform.db import db
from app.platform.transaction import transaction
from app.presale.models import Campaign


def page_of(client, campaign, query=""):
    return client.get(f"/pre/{campaign.slug}{query}")


def words(answer):
    """What stands on the page, without its markup."""
    text = re.sub(r"<script.*?</script>|<[^>]+>", " ", answer.text, flags=re.DOTALL)
    return " ".join(text.split())


def put(campaign, **values):
    with transaction():
        db.session.execute(update(Campaign).where(Campaign.id == campaign.id).values(**values))
