"""How much of its atendimento a customer is told by itself (A-39)."""

from __future__ import annotations

# In the words of the seed: "Nível de notificação em APP".
NOTIFY_LEVELS = {
    "none": "Nenhuma notificação",
    "ends": "Eventos de Início e Fim do atendimento",
    "all": "Todos os eventos do atendimento",
}
USUAL_LEVEL = "ends"  # of a company that has not chosen
NO_LEVEL = "Escolha o nível de notificação."
