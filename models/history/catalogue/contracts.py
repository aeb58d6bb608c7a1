"""What happens to contracts, as history says it."""

from models.history.action import SUBSCRIBER, Action

ACTIONS = {
    "contract.issued": Action("emitiu o contrato {number}, modelo {template}", "contract", SUBSCRIBER, "file-text"),
    "contract.ladder_changed": Action(
        "mudou a régua de cobrança do contrato {number}: de {before} para {after}", "contract", icon="file-text"
    ),
    "contract.sla_changed": Action(
        "mudou a tabela de SLA do contrato {number}: de {before} para {after}", "contract", icon="file-text"
    ),
    "contract.printed": Action(
        "preparou a versão {edition} do contrato {number} para impressão", "contract", icon="printer", changes=False
    ),
    "contract.mailed": Action(
        "enviou o contrato {number} por e-mail", "contract", SUBSCRIBER, "send", more=("address",), changes=False
    ),
}
