"""Take a product file in: look first, then load batch by batch, and do it again at will.

Each batch is one transaction, so a run that was cut off is finished by running again. Pictures
are found before it begins; nothing talks to the network while something is locked.
"""

from app.catalog.commands.importing.incoming import Target
from app.catalog.commands.importing.loading import want_pictures
from app.catalog.commands.importing.report import Outcome, Report, Verb
from app.catalog.commands.importing.run import Import, fetch_missing

__all__ = ["Import", "Outcome", "Report", "Target", "Verb", "fetch_missing", "want_pictures"]
