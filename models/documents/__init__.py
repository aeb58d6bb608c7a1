"""What was printed: values, bytes and their hash."""

from models.documents.document import Document
from models.documents.printing import printed

__all__ = ["Document", "printed"]
