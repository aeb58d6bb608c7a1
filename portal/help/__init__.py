"""Ajuda: ask in plain words, talk with the team, rate what was done (B-12)."""

from portal.help import attachments, closed_tickets, news, ratings, replies, tickets
from web.navigation import Entry, lights

HELP = Entry("Ajuda", "message-circle", "portal.tickets.index")

help_pages = lights(
    HELP,
    tickets.tickets,
    closed_tickets.closed_tickets,
    replies.replies,
    news.news,
    ratings.ratings,
    attachments.attachments,
)
