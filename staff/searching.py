"""What both searches of the Painel do after a document found nobody."""

from __future__ import annotations

from models.base import db, may_write
from models.desk.document_searches import count_miss
from web.doors import me


def missed() -> None:
    """Count the miss in a transaction of its own: the search itself only read."""
    operator_id = me().id
    db.session.rollback()
    with may_write():
        count_miss(operator_id)
        db.session.commit()
