"""Files that came in from people: what they may be, whose they are, and where their bytes lie (A-95 to A-98)."""

from models.files.attachment import MOST_FILES, VISIBILITIES, Attachment, Holder, Shown, attachment_of, shown
from models.files.content import KINDS, MOST_BYTES, Incoming, clean_name, incoming
from models.files.orphans import discard, orphans

__all__ = [
    "KINDS",
    "MOST_BYTES",
    "MOST_FILES",
    "VISIBILITIES",
    "Attachment",
    "Holder",
    "Incoming",
    "Shown",
    "attachment_of",
    "clean_name",
    "discard",
    "incoming",
    "orphans",
    "shown",
]
