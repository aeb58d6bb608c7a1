"""After how long without a word something is not known any more: interims come every five minutes (decision 038)."""

from datetime import timedelta

INTERIM = timedelta(minutes=5)
QUIET_AFTER = timedelta(minutes=11)  # two were missed: what is shown says until when it was so
LOST_AFTER = timedelta(minutes=16)  # three: the session is over, unless its whole concentrator is silent
