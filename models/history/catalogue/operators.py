"""What happens to operators and the catalogues, as history says it."""

from models.history.action import Action

ACTIONS = {
    "operator.changed": Action("alterou o operador {name}: {changes}", "config", icon="user", more=("before", "after")),
    "operator.factor_enrolled": Action("ligou a verificação em duas etapas", "access", icon="lock"),
    "operator.factor_moved": Action("passou a verificação em duas etapas para outro celular", "access", icon="lock"),
    "operator.factor_turned_off": Action("desligou a verificação em duas etapas", "access", icon="lock-open"),
    "operator.factor_reset": Action(
        "zerou a verificação em duas etapas de {name}. Motivo: {reason}", "access", icon="lock-open"
    ),
    "operator.recovery_used": Action(
        "usou um código de recuperação; restam {left}", "access", icon="lock-open", changes=False
    ),
    "operator.recovery_renewed": Action("gerou códigos de recuperação novos", "access", icon="lock"),
    "operator.invited": Action("convidou {name} para o painel", "config", icon="user", changes=False),
    "operator.password_set": Action("definiu a própria senha", "config", icon="lock", changes=False),
    "operator.signed_in": Action("entrou no painel", "access", icon="lock-open", changes=False),
    "operator.left": Action("saiu do painel", "access", icon="lock", changes=False),
    "operator.switched_company": Action(
        "passou a trabalhar em {company}", "access", icon="building-community", changes=False
    ),
    "catalog.created": Action("criou {kind} {name}", "config", icon="plus"),
    "catalog.changed": Action("alterou {kind} {name}: {changes}", "config", icon="settings", more=("before", "after")),
    "catalog.retired": Action("inativou {kind} {name}", "config", icon="ban"),
    "catalog.restored": Action("reativou {kind} {name}", "config", icon="check"),
    "catalog.removed": Action("excluiu {kind} {name}", "config", icon="x"),
}
