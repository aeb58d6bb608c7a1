"""Rotinas comerciais: the ten tasks of the commercial manual as one list, for anybody or for one customer (C-109)."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from models.operators import roles_with
from staff.customers.loading import load, page
from web.access import staff
from web.doors import me

commercial_tasks = Blueprint("commercial_tasks", __name__)


@dataclass(frozen=True)
class Task:
    title: str
    path: str  # where it stands in the menus, as the manual says it
    page: str = ""  # the page of a customer where it is done; empty while it cannot be done
    permission: str = ""
    of_customer: bool = True

    def href(self, id: int | None) -> str:
        """To the page itself, or to the list where the customer is chosen first."""
        if not self.of_customer:
            return url_for(self.page)
        return url_for(self.page, id=id) if id else url_for("staff.customers.index")


TASKS = (
    Task("Adicionar Cliente", "Cliente → Adicionar", "staff.sales.new", "sales.sell", of_customer=False),
    Task(
        "Adicionar novo Serviço para o Cliente",
        "Cliente → Ver → Adicionar Serviços",
        "staff.customers.show",
        "sales.sell",
    ),
    Task("Imprimir Contrato", "Cliente → Ver → Contratos → Abrir PDF Contrato", "staff.paper.index", "contracts.read"),
    Task("Gerar Carnê", "Cliente → Ver → Financeiro → Carnê Bancário", "staff.carnes.new", "billing.charge"),
    Task(
        "Gerar fatura de Instalação Avulsa",
        "Cliente → Ver → Financeiro → Cobrança",
        "staff.charges.new",
        "billing.charge",
    ),
    Task("Abrir Atendimento", "Cliente → Ver → Atendimentos", "staff.tickets.of_person", "tickets.attend"),
    Task("Abrir Ordem de Serviço", "Cliente → Ver → Ordens de Serviço"),
    Task("Migrar Serviço do Cliente", "Cliente → Ver → Serviços"),
    Task("Troca de Titularidade", "Cliente → Ver → Serviços"),
    Task(
        "Desbloqueio em Confiança",
        "Cliente → Ver → Serviços → Desbloqueio em Confiança",
        "staff.customers.show",
        "services.unlock_in_trust",
    ),
)


@commercial_tasks.get("/rotinas-comerciais")
@staff("people.read")
def index() -> ResponseReturnValue:
    return render_template("staff/commercial_tasks/index.html", tasks=TASKS, allowed=_allowed())


@commercial_tasks.get("/clientes/<int:id>/rotinas-comerciais")
@staff("people.read")
def show(id: int) -> ResponseReturnValue:
    load(id)
    return page("staff/commercial_tasks/show.html", id, "", tasks=TASKS, allowed=_allowed())


def _allowed() -> dict[str, list[str]]:
    """The roles that may do each task which whoever looks may not: whom to ask."""
    return roles_with({task.permission for task in TASKS if task.page and not me().may(task.permission)})
