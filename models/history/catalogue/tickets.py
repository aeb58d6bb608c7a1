"""What happens to tickets, as history says it."""

from models.history.action import SUBSCRIBER, Action

ACTIONS = {
    "ticket.opened": Action("abriu o atendimento {protocol}", "ticket", SUBSCRIBER, "lifebuoy"),
    "ticket.started": Action(
        "iniciou o atendimento em {process}, {step}. O prazo vence em {due_at}", "ticket", icon="player-play"
    ),
    "ticket.discarded": Action("descartou o rascunho. Motivo: {reason}", "ticket", icon="trash"),
    "ticket.claimed": Action("resgatou o atendimento", "ticket", icon="lifebuoy"),
    "ticket.taken_over": Action("resgatou o atendimento, que estava com {holder}", "ticket", icon="lifebuoy"),
    "ticket.forwarded": Action("encaminhou de {before} para {after}, {way}", "ticket", icon="arrow-forward-up"),
    "ticket.watched": Action("incluiu {watcher} para acompanhar", "ticket", icon="eye"),
    "ticket.unwatched": Action("tirou {watcher} de quem acompanha", "ticket", icon="eye-off"),
    "ticket.deadline_moved": Action(
        "mudou o prazo de {before_at} para {after_at}: {why}", "ticket", icon="calendar-event"
    ),
    "ticket.contract_changed": Action("mudou o contrato de {before} para {after}", "ticket", icon="file-text"),
    "ticket.customer_changed": Action("passou o atendimento de {before} para {after}", "ticket", icon="user"),
    "ticket.company_moved": Action(
        "levou o atendimento de {before} para {after}, com o cadastro do cliente", "ticket", icon="building-community"
    ),
    "ticket.paused": Action("pausou o prazo. Motivo: {reason}", "ticket", icon="player-pause"),
    "ticket.resumed": Action("retomou o prazo: de {before_at} para {after_at}", "ticket", icon="player-play"),
    "ticket.closed": Action("finalizou {result}. Classificação: {classification}", "ticket", SUBSCRIBER, "check"),
    "ticket.rated": Action("avaliou o atendimento com {stars} de 5", "ticket", SUBSCRIBER, "star", changes=False),
    "ticket.notify_level_changed": Action(
        "mudou a notificação ao cliente de {before} para {after}", "ticket", icon="bell"
    ),
    "ticket.reopened": Action("reabriu o atendimento. Motivo: {reason}", "ticket", icon="arrow-back-up"),
    "ticket.macro_ran": Action("executou a macro {macro}: {done} de {acts:ato}{stopped}", "ticket", icon="player-play"),
    "ticket.contest_told": Action(
        "avisou o cliente da resposta, com a conta dela", "ticket", icon="send", changes=False
    ),
    "comment.noted": Action("comentou para a equipe", "ticket", icon="eye-off", changes=False),
    "comment.sent": Action("comentou para o cliente", "ticket", SUBSCRIBER, "world", changes=False),
    "comment.replied": Action("escreveu", "ticket", SUBSCRIBER, "message-circle", changes=False),
    "comment.edited": Action("editou um comentário", "ticket", icon="pencil"),
}
