"""iClass, a field tool outside: work orders are handed to it (A-83)."""

from integrations.iclass.client import IclassClient
from integrations.iclass.fake import FakeIclass
from integrations.iclass.order import FieldOrder, IclassRefused, IclassTrouble
from integrations.iclass.session import IclassAccess, Session, make

__all__ = [
    "FakeIclass",
    "FieldOrder",
    "IclassAccess",
    "IclassClient",
    "IclassRefused",
    "IclassTrouble",
    "Session",
    "make",
]
