"""Atendimentos: open, rescue, comment, forward, finish."""

from staff.attend import (
    attachment_removals,
    attachment_turns,
    attachments,
    claims,
    closings,
    comments,
    drafts,
    forwards,
    histories,
    identifications,
    materials,
    openings,
    pauses,
    presences,
    reopenings,
    starts,
    texts,
    ticket_contracts,
    ticket_discards,
    tickets,
    watchers,
)
from web.navigation import Entry, lights

TICKETS = Entry("Atendimentos", "ticket", "staff.tickets.index", "tickets.read")

attend = lights(
    TICKETS,
    tickets.tickets,
    openings.openings,
    identifications.identifications,
    starts.starts,
    ticket_contracts.ticket_contracts,
    drafts.drafts,
    ticket_discards.ticket_discards,
    claims.claims,
    comments.comments,
    texts.texts,
    presences.presences,
    forwards.forwards,
    watchers.watchers,
    pauses.pauses,
    closings.closings,
    reopenings.reopenings,
    histories.histories,
    materials.materials,
    attachments.attachments,
    attachment_turns.attachment_turns,
    attachment_removals.attachment_removals,
)
