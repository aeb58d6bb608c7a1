"""What can be permitted, one line per action, in named groups. Roles are sets of these; every staff view names one."""

GROUPS: dict[str, dict[str, str]] = {
    "Clientes e vendas": {
        "people.read": "Ver clientes",
        "people.read_cpf": "Ver CPF e CNPJ completos",
        "people.tag": "Pôr e tirar etiquetas de clientes",
        "people.change": "Cadastrar clientes no atendimento e alterar o cadastro",
        "people.correct": "Corrigir CPF, CNPJ e empresa de um cadastro",
        "sales.sell": "Adicionar clientes e serviços",
    },
    "Serviços e contratos": {
        "services.enable": "Habilitar serviços",
        "services.suspend": "Suspender e reduzir serviços",
        "services.unlock_in_trust": "Desbloquear em confiança",
        "contracts.read": "Ver e imprimir contratos",
        "contracts.issue": "Emitir contratos",
    },
    "Atendimento": {
        "tickets.read": "Ver atendimentos",
        "tickets.attend": "Abrir, resgatar, comentar, encaminhar e finalizar atendimentos",
        "tickets.reopen": "Reabrir atendimentos finalizados",
    },
    "Ordens de serviço": {
        "orders.read": "Ver e imprimir ordens de serviço",
        "orders.open": "Abrir e editar ordens de serviço",
        "orders.schedule": "Agendar ordens de serviço e cancelar agendamentos",
        "orders.close": "Encerrar ordens de serviço",
        "orders.reopen": "Cancelar e reabrir ordens de serviço, com motivo",
    },
    "Telefonia e Planner": {
        "telephony.read": "Ver o Painel PABX e o Planner",
        "telephony.work": "Registrar pedidos de telefonia, e anotar e mover cards na vez do setor",
        "telephony.register": "Registrar e retirar do Painel PABX o que o contrato já inclui",
        "planner.supervise": "Devolver cards e cancelar pedidos começados, com motivo",
        "planner.arrange": "Acrescentar colunas ao Planner",
    },
    "Rede": {
        "network.read": "Ver conexões, sessões e consumo",
        "network.change": "Alterar os dados de conexões",
        "network.outages": "Notificar, responder e encerrar paradas",
    },
    "Financeiro": {
        "billing.read": "Ver o financeiro dos clientes",
        "billing.charge": "Lançar cobranças, faturas e carnês",
        "billing.receive": "Receber no balcão",
        "billing.cash_desk": "Abrir, movimentar e fechar o próprio caixa",
        "billing.cash_supervise": "Ver e fechar caixas de outros operadores, e reabrir caixas",
        "billing.discount": "Dar descontos, até o valor inteiro",
        "billing.reverse": "Estornar recebimentos e devolver créditos",
        "billing.cancel": "Cancelar faturas e baixar sem receber",
        "billing.files": "Remessa, retorno e conciliação do banco",
        "dunning.hold": "Segurar a régua de cobrança",
        "reports.read": "Ver relatórios",
    },
    "Casa": {
        "history.read": "Ver Históricos",
        "procedures.read": "Ler procedimentos",
        "procedures.write": "Escrever procedimentos",
        "catalog.read": "Ver configurações",
        "catalog.edit": "Alterar catálogos",
        "catalog.edit_template": "Publicar modelos de contrato",
        "operators.admin": "Administrar empresas, operadores e perfis",
        "outbox.retry": "Ver e repetir tarefas paradas",
    },
}
PERMISSIONS: dict[str, str] = {code: words for group in GROUPS.values() for code, words in group.items()}

# What these permit changes nothing; seeing and printing are written down all the same.
READING = frozenset({code for code in PERMISSIONS if code.endswith(".read")} | {"people.read_cpf"})

# Who may do one of these enters with a second factor, where the installation demands it: of the roles below those of
# finance, supervision and administration (B-08).
DEMANDING = frozenset(
    {"operators.admin", "billing.receive", "billing.cash_desk", "billing.discount", "billing.cancel", "billing.files"}
)

_EVERYBODY = {"people.read", "tickets.read", "procedures.read", "telephony.read", "orders.read", "network.read"}
_ALL_READ = _EVERYBODY | {
    "contracts.read",
    "history.read",
    "billing.read",
    "tickets.attend",
    "telephony.work",
    "network.change",
}

# The six roles a new installation starts with.
STARTING_ROLES: dict[str, set[str]] = {
    "Atendimento": _ALL_READ
    | {
        "people.tag",
        "people.change",
        "services.unlock_in_trust",
        "orders.open",
        "orders.schedule",
        "orders.close",
        "network.outages",
    },
    "Técnico": _EVERYBODY | {"orders.close"},
    "Comercial": _ALL_READ
    | {
        "people.read_cpf",
        "people.tag",
        "people.change",
        "sales.sell",
        "orders.open",
        "services.unlock_in_trust",
        "contracts.issue",
        "catalog.read",
        "billing.charge",
        "reports.read",
    },
    "Financeiro": _ALL_READ
    | {
        "people.read_cpf",
        "people.tag",
        "people.change",
        "sales.sell",
        "contracts.issue",
        "catalog.read",
        "services.enable",
        "services.suspend",
        "services.unlock_in_trust",
        "billing.charge",
        "billing.receive",
        "billing.cash_desk",
        "billing.cancel",
        "billing.files",
        "dunning.hold",
        "reports.read",
    },
    "Supervisão": set(PERMISSIONS) - {"operators.admin", "planner.arrange"},
    "Administrador": set(PERMISSIONS),
}
