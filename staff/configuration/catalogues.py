"""The simple catalogues: what each is called, what is asked and what its list shows. One entry is one screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import url_for
from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from models.base import db
from models.catalog import BankAccount, BillingMethod, ChargeKind
from models.catalog.billing_method import MEANS
from models.operators import Department
from models.people import Origin, PersonGroup, Tag
from models.people.listed import PRIORITIES
from models.work_orders import WorkOrderKind
from staff.configuration.fields import company_choices, words
from staff.configuration.screen import Screen
from web.forms import Choice, Form, YesNo, text


class Named(Form):
    name = text("Nome", 60)


class TagForm(Form):
    name = text("Nome", 30)


class GroupForm(Named):
    priority = Choice("Prioridade dos atendimentos", empty=None, default=0)


class KindForm(Named):
    installation = YesNo("É instalação", default=False, description="Serve para instalar um serviço novo.")


class MethodForm(Named):
    company_id = Choice("Empresa", empty=None)
    means = words("Meio", MEANS)
    bank_account_id = Choice("Conta de cobrança", empty="Sem conta")


@dataclass(frozen=True, kw_only=True)
class Catalogue(Screen):
    room: str = "catalogues"
    form: type[Form] = Named
    facts: tuple[tuple[str, Callable[[Any], str]], ...] = ()  # the columns after the name
    beside: tuple[Any, ...] = ()  # what its facts read of other tables
    of_company: bool = False
    missing: str = ""  # what an empty list means for those who would choose from it

    def url(self, view: str = "index", **values: Any) -> str:
        return url_for(f"staff.configuration.{self.room}.{view}", slug=self.slug, **values)

    def asks(self, row: Any = None) -> Form:
        """The form, filled from the row or from what was posted."""
        form = self.form(obj=row)
        if "priority" in form:
            form.priority.offer(list(PRIORITIES.items()))
        if "company_id" in form:
            form.company_id.offer(company_choices(row))
        if "bank_account_id" in form:
            form.bank_account_id.offer(account_choices(row))
        return form.edits(row) if row else form


def account_choices(row: BillingMethod | None) -> list[tuple[int, str]]:
    """The accounts in use, and the one the method has; the bank stands beside the name, since a boleto needs one."""
    offered = or_(BankAccount.inactive_since.is_(None), BankAccount.id == (row.bank_account_id if row else None))
    rows = db.session.scalars(select(BankAccount).where(offered).order_by(BankAccount.name))
    return [(account.id, f"{account.name} · {account.bank_name}") for account in rows]


CATALOGUES = (
    Catalogue(
        slug="grupos-de-clientes",
        title="Grupos de clientes",
        about="Grupo de clientes no cadastro, Grupo de Pessoas no Workspace: a mesma lista, que dá a prioridade.",
        table=PersonGroup,
        add="Adicionar grupo",
        form=GroupForm,
        facts=(("Prioridade", lambda row: PRIORITIES[row.priority]),),
        missing="Sem grupo, os atendimentos de todos os clientes têm prioridade normal.",
    ),
    Catalogue(
        slug="origens",
        title="Origens",
        about="Por onde o cliente chegou, para saber qual forma de vender funciona.",
        table=Origin,
        add="Adicionar origem",
        missing="Sem origens, ninguém fica sabendo de onde vêm as vendas.",
    ),
    Catalogue(
        slug="etiquetas",
        title="Etiquetas",
        about="Palavras curtas no alto do cadastro, que a equipe vê antes de falar com o cliente.",
        table=Tag,
        add="Adicionar etiqueta",
        form=TagForm,
        missing="Sem etiquetas, o cadastro não destaca nada de um cliente.",
    ),
    Catalogue(
        slug="tipos-de-os",
        title="Tipos de OS",
        about="O que o técnico vai fazer. Os de instalação aparecem na venda.",
        table=WorkOrderKind,
        add="Adicionar tipo de OS",
        form=KindForm,
        facts=(("Instalação", lambda row: "Sim" if row.installation else "Não"),),
        missing="Sem tipos, nenhuma ordem de serviço pode ser aberta.",
    ),
    Catalogue(
        slug="setores",
        title="Setores",
        about="Comercial, Suporte, Financeiro: por onde o atendimento passa e onde cada operador trabalha.",
        table=Department,
        add="Adicionar setor",
        missing="Sem setores, nenhum operador pode ser convidado.",
    ),
    Catalogue(
        slug="formas-de-cobranca",
        title="Formas de cobrança",
        about="Por que meio o cliente paga. A venda oferece as da empresa dele e as de TODAS.",
        table=BillingMethod,
        add="Adicionar forma de cobrança",
        form=MethodForm,
        facts=(
            ("Meio", lambda row: MEANS[row.means]),
            ("Conta", lambda row: row.bank_account.name if row.bank_account else "Sem conta"),
        ),
        beside=(joinedload(BillingMethod.bank_account),),
        of_company=True,
        missing="Sem formas de cobrança, nenhuma venda passa da etapa Cobrança.",
    ),
    Catalogue(
        slug="tipos-de-servico",
        title="Tipos de serviço",
        about="O que se cobra à parte da mensalidade: instalação, visita, mudança de endereço.",
        table=ChargeKind,
        add="Adicionar tipo de serviço",
        missing="Sem tipos, nenhuma cobrança pode ser lançada.",
    ),
)
BY_SLUG = {catalogue.slug: catalogue for catalogue in CATALOGUES}
