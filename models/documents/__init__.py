"""What was printed: values, bytes and their hash."""

from models.documents.document import Document
from models.documents.printing import printed, shown

__all__ = ["Document", "printed", "shown"]
