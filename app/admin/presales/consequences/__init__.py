"""What the choices of a presale lead to, in sentences, while it is being written."""

from app.admin.presales.consequences.told import Group, Said, told

__all__ = ["Group", "Said", "told"]
