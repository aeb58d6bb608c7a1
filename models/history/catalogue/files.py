"""What happens to files, as history says it. A file of the team is told to the team alone.

Files hang on tickets, so what is told of them is for who sees tickets.
"""

from models.history.action import SUBSCRIBER, Action

ACTIONS = {
    "attachment.added": Action("anexou {name}, só para a equipe", "ticket", icon="paperclip"),
    "attachment.shared": Action("anexou {name}", "ticket", SUBSCRIBER, "paperclip"),
    "attachment.described": Action("descreveu o anexo {name}: {after}", "ticket", icon="paperclip", more=("before",)),
    "attachment.rotated": Action("girou o anexo {name}", "ticket", icon="rotate-clockwise"),
    "attachment.removed": Action("excluiu o anexo {name}. Motivo: {reason}", "ticket", icon="trash"),
}
