"""What happens to contract templates, as history says it."""

from models.history.action import Action

ACTIONS = {
    "contract_template.published": Action("publicou a revisão {revision} do modelo {name}", "config", icon="file-text"),
}
