"""The second list of Configuração, and the page around every screen of it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from flask import render_template, request
from sqlalchemy import Select, func, select

from models.base import db
from models.boards import BoardColumn
from models.catalog import BankAccount, ContractTemplate, DunningRule, Plan
from models.operators import Company, Operator, Role
from models.sales.sale_defaults import SaleDefaults
from models.scope import who
from models.work_orders import AgendaSettings
from models.workflows import (
    AttendSettings,
    CannedAnswer,
    HoursProfile,
    Macro,
    Process,
    ProcessStep,
    SupportMaterial,
)
from staff.configuration.catalogues import BY_SLUG
from staff.configuration.screen import Below, Screen
from web.doors import me
from web.links import address

ADMIN = "operators.admin"

PLANS = Screen(
    slug="planos",
    title="Planos",
    about="O que se vende: velocidade, preço e os itens que o compõem. Quem já contratou continua com o seu.",
    table=Plan,
    room="plans",
    add="Adicionar plano",
)
TEMPLATES = Screen(
    slug="modelos-de-contrato",
    title="Modelos de contrato",
    about="O texto de cada contrato, em revisões numeradas. O contrato emitido fica com a revisão dele.",
    table=ContractTemplate,
    room="templates",
    add="Adicionar modelo",
)
COMPANIES = Screen(
    slug="empresas",
    title="Empresas",
    about="Dados e marca de cada empresa, e as regras que ela segue na cobrança e na Central.",
    table=Company,
    room="companies",
    add="Adicionar empresa",
    permission=ADMIN,
    editing=ADMIN,
)
OPERATORS = Screen(
    slug="operadores",
    title="Operadores",
    about="As pessoas do provedor que entram aqui, com o perfil, o setor e as empresas de cada uma.",
    table=Operator,
    room="operators",
    add="Convidar operador",
    permission=ADMIN,
    editing=ADMIN,
)
ROLES = Screen(
    slug="perfis",
    title="Perfis e permissões",
    about="O que cada perfil pode fazer. A mudança vale no próximo clique de quem tem o perfil.",
    table=Role,
    room="roles",
    add="Adicionar perfil",
    permission=ADMIN,
    editing=ADMIN,
)
ACCOUNTS = Screen(
    slug="contas-de-cobranca",
    title="Contas de cobrança",
    about="Onde o dinheiro cai: a conta dos boletos e a chave Pix. Cada forma de cobrança usa uma.",
    table=BankAccount,
    room="accounts",
    add="Adicionar conta",
)
RULES = Screen(
    slug="regua-de-cobranca",
    title="Régua de cobrança",
    about="Quando o atraso vira aviso, suspensão e proposta de fim. O contrato que não diz a sua segue a padrão da "
    "empresa; a empresa sem padrão, a de TODAS.",
    table=DunningRule,
    room="dunning_rules",
    add="Adicionar régua",
)
PROCESSES = Screen(
    slug="processos",
    title="Processos",
    about="Por quais subprocessos o atendimento passa, na ordem da prioridade, e qual tempo de SLA ele tem.",
    table=Process,
    room="processes",
    add="Adicionar processo",
)
STEPS = Below(
    slug="subprocessos",
    title="Subprocessos",
    about="Uma parada do atendimento: o setor responsável e o material que o ajuda.",
    table=ProcessStep,
    room="process_steps",
    add="Adicionar subprocesso",
    owner="process_id",
    page="staff.configuration.processes.edit",
)
MATERIALS = Below(
    slug="materiais-de-apoio",
    title="Material de apoio",
    about="Um texto, um link, ou os dois: o que ajuda quem está com o atendimento neste subprocesso.",
    table=SupportMaterial,
    room="support_materials",
    add="Adicionar material",
    owner="step_id",
    page="staff.configuration.process_steps.edit",
)
ANSWERS = Screen(
    slug="respostas-prontas",
    title="Respostas prontas",
    about="Textos que a equipe insere no comentário digitando / e o código. Os campos são preenchidos na hora.",
    table=CannedAnswer,
    room="canned_answers",
    add="Adicionar resposta pronta",
)
MACROS = Screen(
    slug="macros",
    title="Macros",
    about="Uma lista de atos que um clique faz no atendimento, em ordem. O que uma regra recusa interrompe a macro.",
    table=Macro,
    room="macros",
    add="Adicionar macro",
)
HOURS = Screen(
    slug="horarios",
    title="Horários",
    about="As horas em que o prazo corre. A tabela de SLA que não tem horário conta dia e noite.",
    table=HoursProfile,
    room="hours",
    add="Adicionar horário",
)
BOARD_COLUMNS = Screen(
    slug="colunas-do-planner",
    title="Colunas do Planner",
    about="Por onde passa o card de um cliente, da esquerda para a direita, e de que setor é a vez em cada coluna.",
    table=BoardColumn,
    room="board_columns",
    add="Adicionar coluna",
    editing="planner.arrange",
)
SETTINGS = Screen(
    slug="padroes-do-atendimento",
    title="Padrões do atendimento",
    about="O que já vem escolhido no atendimento novo, e a tabela de SLA de quem não tem contrato.",
    table=Company,
    room="attend_settings",
    told=AttendSettings,
)

AGENDA = Screen(
    slug="padroes-da-agenda",
    title="Padrões da agenda",
    about="Em que horas as equipes visitam, e quanto tempo fica entre uma visita e outra. Feriados fecham o dia.",
    table=Company,
    room="agenda_settings",
    told=AgendaSettings,
)

SALE_DEFAULTS = Screen(
    slug="padroes-da-venda",
    title="Padrões da venda",
    about="O que já vem escolhido na venda nova. O contrato vem com o plano, e a conta com a forma de cobrança.",
    table=Company,
    room="sale_defaults",
    told=SaleDefaults,
)

GROUPS: tuple[tuple[str, tuple[Screen, ...]], ...] = (
    ("Empresa", (COMPANIES, OPERATORS, ROLES, BY_SLUG["setores"])),
    (
        "Workspace",
        (
            PROCESSES,
            ANSWERS,
            MACROS,
            BY_SLUG["tabelas-de-sla"],
            HOURS,
            BY_SLUG["tipos-de-atendimento"],
            BY_SLUG["classificacoes"],
            BY_SLUG["origens-do-contato"],
            SETTINGS,
            BY_SLUG["grupos-de-clientes"],
            BY_SLUG["tipos-de-os"],
            BY_SLUG["perfis-de-os"],
            BY_SLUG["defeitos"],
            BY_SLUG["grupos-de-atendimento"],
            AGENDA,
            BY_SLUG["feriados-locais"],
        ),
    ),
    ("Telefonia", (BOARD_COLUMNS,)),
    ("Rede", (BY_SLUG["concentradores"],)),
    ("Comercial", (PLANS, TEMPLATES, SALE_DEFAULTS, BY_SLUG["origens"], BY_SLUG["etiquetas"])),
    ("Financeiro", (ACCOUNTS, BY_SLUG["formas-de-cobranca"], BY_SLUG["tipos-de-servico"], RULES)),
)


def page(template: str, screen: Screen | None = None, here: str = "", **values: Any) -> str:
    """A page of Configuração, with its second list; `here` names what stands below the screen's list."""
    return render_template(
        f"staff/configuration/{template}", groups=_groups(screen), screen=screen, here=here, **values
    )


def _groups(current: Screen | None) -> list[dict[str, Any]]:
    counts = _counts()
    drawn = []
    for title, screens in GROUPS:
        items = [
            {
                "label": screen.title,
                "about": screen.about,
                "href": screen.url(),
                "count": counts[screen.slug],
                "current": screen is current,
            }
            for screen in screens
            if me().may(screen.permission)
        ]
        if items:
            drawn.append({"title": title, "items": items})
    return [*drawn, {"title": "Registro", "items": [_history(current)]}]


def _history(current: Screen | None) -> dict[str, Any]:
    here = current is None and request.endpoint == "staff.configuration.histories.index"
    about = "Quem mudou o quê na configuração, quando, e como era antes."
    href = address("staff.configuration.histories.index")
    return {"label": "Histórico", "about": about, "href": href, "count": None, "current": here}


def _counts() -> dict[str, int]:
    """How many rows are in use in each catalogue, in one query."""
    return dict(db.session.execute(_used(who().company_id)).one()._mapping)


@lru_cache(100)
def _used(_company_id: int) -> Select[Any]:
    """The same question for everybody who acts in a company."""
    screens = [screen for _, group in GROUPS for screen in group]
    used = [
        select(func.count(screen.table.id))
        .where(screen.table.inactive_since.is_(None), *screen.table.seen())
        .scalar_subquery()
        .label(screen.slug)
        for screen in screens
    ]
    return select(*used)
