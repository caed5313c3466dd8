"""What cannot be done with groups, links and lists."""

from __future__ import annotations

from app.platform.errors import Conflict
from app.platform.i18n import lazy_gettext


class NotShareable(Conflict):
    """The campaign is not published yet, or over."""

    code = "not_shareable"
    default_message = lazy_gettext("Only a presale that can still be joined is shared.")


class GroupArchived(Conflict):
    code = "group_archived"
    default_message = lazy_gettext("This group is archived. Take it back before you share in it.")


class ListClosed(Conflict):
    """The link has ended or its presale cannot be joined: an entry would lead nowhere."""

    code = "list_closed"
    default_message = lazy_gettext("Nobody can join by this link any more; no list is kept for it.")


class StillUnclear(Conflict):
    """A line that is to be kept names no variant or no quantity."""

    code = "list_unclear"
    default_message = lazy_gettext("Some lines are not clear yet. Mend them or leave them out.")


class GoalStands(Conflict):
    """People were told of it: it is neither replaced nor taken back."""

    code = "goal_stands"
    default_message = lazy_gettext("This link has a goal already; what people were told stands.")
