"""What was printed: values, bytes and their hash."""

from models.documents.document import Document

__all__ = ["Document"]
