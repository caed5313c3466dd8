"""Forms of presales: untrusted text in, a draft or sentences beside the fields out."""

from app.admin.presales.form.blank import blank
from app.admin.presales.form.campaign import CampaignForm, Sketch

__all__ = ["CampaignForm", "Sketch", "blank"]
