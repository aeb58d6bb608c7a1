"""What happens to files, as history says it. A file of the team is told to the team alone."""

from models.history.action import SUBSCRIBER, Action

ACTIONS = {
    "attachment.added": Action("anexou {name}, só para a equipe", "record", icon="paperclip"),
    "attachment.shared": Action("anexou {name}", "record", SUBSCRIBER, "paperclip"),
    "attachment.described": Action("descreveu o anexo {name}: {after}", "record", icon="paperclip", more=("before",)),
    "attachment.rotated": Action("girou o anexo {name}", "record", icon="rotate-clockwise"),
    "attachment.removed": Action("excluiu o anexo {name}. Motivo: {reason}", "record", icon="trash"),
}
