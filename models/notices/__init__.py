"""What is told to a subscriber, and the proof that it was."""

from models.notices.notice import NOTICE_STATUSES, Notice

__all__ = ["NOTICE_STATUSES", "Notice"]
