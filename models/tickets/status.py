"""The states of a ticket, what may still change in each, and what keeps one from being finished (D-06)."""

from __future__ import annotations

STATUSES = {
    "draft": "Rascunho",
    "awaiting_analysis": "Aguardando Análise",
    "pending": "Pendente",
    "pending_work_order": "Pendente (Abertura de OS)",
    "closed": "Finalizado",
}
OPEN = ("awaiting_analysis", "pending", "pending_work_order")  # started and not finished: the deadline runs
# What the opening form offers: «Resolvido» saves what lists call Finalizado.
AT_OPENING = {
    "awaiting_analysis": "Aguardando Análise",
    "pending": "Pendente",
    "pending_work_order": "Pendente (Abertura de OS)",
    "closed": "Resolvido",
}
# Set from the floors above: each holds the ticket open, and says what lets it go.
GATES = {
    "supervision": "A supervisão precisa liberar este atendimento antes. Peça a ela que finalize o acompanhamento.",
    "delivery": "Há uma entrega do Planner pendente neste atendimento. Finalize o card antes.",
    "contest": "Há uma contestação de fatura sem resposta neste atendimento. Responda a ela antes de finalizar.",
}
