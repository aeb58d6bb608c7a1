"""What happens to persons, as history says it."""

from models.history.action import Action

ACTIONS = {
    "person.created": Action("cadastrou o cliente", "record", icon="user", more=("sale",)),
    "person.details_changed": Action("alterou o cadastro: {changes}", "record", icon="id", more=("before", "after")),
    "person.document_corrected": Action(
        "corrigiu o documento do cadastro: de {before_document} para {after_document}. Motivo: {reason}",
        "record",
        icon="id",
        more=("before", "after"),
    ),
    "person.company_moved": Action(
        "mudou o cadastro de {before} para {after}. Motivo: {reason}", "record", icon="building-community"
    ),
    "person.document_read": Action("viu o documento completo", "access", icon="id", changes=False),
    "person.tags_changed": Action("mudou as etiquetas para: {tags}", "record", icon="tag"),
    "person.signed_in": Action("entrou na Central com o CPF ou CNPJ", "access", icon="lock-open", changes=False),
    "person.proved": Action("confirmou na Central quem é, com {means}", "access", icon="shield-check", changes=False),
    "person.password_set": Action("definiu a senha da Central", "access", icon="lock", changes=False),
    "person.password_removed": Action("removeu a senha da Central", "access", icon="lock-open", changes=False),
}
