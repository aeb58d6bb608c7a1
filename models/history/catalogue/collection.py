"""What happens to bank files, as history says it."""

from models.history.action import Action

ACTIONS = {
    "bank_file.made": Action("gerou a remessa {sequence} com {titles:boleto}", "config", icon="send"),
    "bank_file.set_aside": Action(
        "deixou sem baixa a linha {line} de um retorno, {amount_cents}. Motivo: {reason}", "config", icon="ban"
    ),
    "bank_file.settled": Action("processou o retorno {name}: {settled:pagamento}", "config", icon="download"),
}
