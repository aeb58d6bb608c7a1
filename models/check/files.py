"""Attached files: their bytes are those that were kept, and no history is without the file it tells of."""

from __future__ import annotations

import hashlib

from sqlalchemy import select

from models.base import db
from models.check.question import findings
from models.files import Attachment, store
from models.history import Event

ATTACHED = ("attachment.added", "attachment.shared")


def attachments_keep_their_bytes() -> list[str]:
    """Reads every file a row names; about 500 MB a second."""
    rows = select(Attachment.id, Attachment.sha256, Attachment.size_bytes, Attachment.width)
    rows = rows.where(Attachment.deleted_at.is_(None)).execution_options(yield_per=200)
    faults = ((id, _fault(sha256, size, width is not None)) for id, sha256, size, width in db.session.execute(rows))
    return [f"anexo {id}: {fault}" for id, fault in faults if fault]


def attaching_is_told() -> list[str]:
    """Each file has the event of how it came (A-98)."""
    told = select(Event.id).where(
        Event.subject_type == "attachment", Event.subject_id == Attachment.id, Event.action.in_(ATTACHED)
    )
    return findings("anexo {id}: o histórico não diz quem o anexou", select(Attachment.id).where(~told.exists()))


def _fault(sha256: str, size: int, is_image: bool) -> str:
    try:
        with store.path_of(sha256).open("rb") as file:
            whole = hashlib.file_digest(file, "sha256").hexdigest() == sha256 and file.tell() == size
    except OSError:
        return "o arquivo não está na pasta de arquivos"
    if not whole:
        return "os bytes não são os que foram guardados"
    return "falta a miniatura" if is_image and not store.path_of(sha256, thumb=True).is_file() else ""


QUESTIONS = (attachments_keep_their_bytes, attaching_is_told)
