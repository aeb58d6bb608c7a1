"""The simple catalogues: what each is called, what is asked and what its list shows. One entry is one screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import url_for
from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from models.base import db
from models.catalog import BankAccount, BillingMethod, ChargeKind
from models.catalog.billing_method import MEANS
from models.network import VENDORS, AccessConcentrator
from models.operators import DUTIES, Department
from models.people import Origin, PersonGroup, Tag
from models.people.listed import PRIORITIES
from models.scope import who
from models.wording import duration
from models.work_orders import SECTIONS, Defect, FieldGroup, LocalHoliday, PrintProfile, WorkOrderKind, technicians_of
from models.work_orders.print_profile import MOST_FOOTER
from models.workflows import (
    SLA_TYPES,
    TOPICS,
    ContactOrigin,
    HoursProfile,
    Process,
    SlaTable,
    TicketClassification,
    TicketKind,
    minutes_of,
)
from models.workflows.chosen_row import ChosenRow
from staff.configuration.fields import Duration, company_choices, words
from staff.configuration.screen import Screen
from web.forms import Choice, Choices, DayField, Form, YesNo, lines, text


class Named(Form):
    name = text("Nome", 60)


class TagForm(Form):
    name = text("Nome", 30)


class GroupForm(Named):
    priority = Choice("Prioridade dos atendimentos", empty=None, default=0)


class KindForm(Named):
    installation = YesNo("É instalação", default=False, description="Encerrada, habilita o serviço que a espera.")
    delivery = YesNo("É implantação", default=False, description="Encerrada, é a entrega do que foi contratado.")
    minutes = Duration("Duração", default=60)


class ProfileForm(Named):
    work_order_kind_id = Choice("Tipo de OS")
    title = text("Título da folha", 80, default="Ordem de Serviço")
    shows_place = YesNo(SECTIONS["shows_place"], default=True)
    shows_visit = YesNo(SECTIONS["shows_visit"], default=True)
    shows_closing = YesNo(SECTIONS["shows_closing"], default=True)
    shows_materials = YesNo(SECTIONS["shows_materials"], default=True)
    shows_signature = YesNo(SECTIONS["shows_signature"], default=True)
    footer = lines("Rodapé", MOST_FOOTER)


class OfCompany(Named):
    company_id = Choice("Empresa", empty=None)


class FieldGroupForm(OfCompany):
    technicians = Choices("Técnicos")


class HolidayForm(OfCompany):
    day = DayField("Dia")
    yearly = YesNo("Todo ano", default=True, description="Sim, volta no mesmo dia. Não, vale só neste ano.")


class ClassificationForm(OfCompany):
    closing = YesNo("Encerramento", default=False, description="Sim, aparece ao finalizar. Não, aparece ao abrir.")


class ContactForm(OfCompany):
    asks_technician = YesNo("Através de um técnico", default=False, description="Pergunta qual técnico.")


class AttendKindForm(OfCompany):
    code = text("Código", 10, description="Como a equipe o conhece. Os zeros à esquerda ficam.")
    process_id = Choice("Processo", empty="Sem processo", description="Sem processo, o tipo fica fora de uso.")
    topic = Choice("Assunto na Central", empty="Nenhum", description="O pedido deste assunto vira este tipo.")


class SlaForm(OfCompany):
    preventive_minutes = Duration(SLA_TYPES["preventive"], default=72 * 60)
    emergency_minutes = Duration(SLA_TYPES["emergency"], default=4 * 60)
    corrective_minutes = Duration(SLA_TYPES["corrective"], default=24 * 60)
    doubt_minutes = Duration(SLA_TYPES["doubt"], default=8 * 60)
    activation_minutes = Duration(SLA_TYPES["activation"], default=48 * 60)
    other_minutes = Duration(SLA_TYPES["other"], default=24 * 60)
    hours_profile_id = Choice("Horário", empty="Dia e noite")


class DepartmentForm(Named):
    duty = Choice("Papel na telefonia", empty="Nenhum", description="O que o setor faz no Planner. Um setor por papel.")


class ConcentratorForm(OfCompany):
    vendor = words("Fabricante", VENDORS)
    address = text("Endereço IP", 15, description="O que ele diz ser seu nas contagens (NAS-IP-Address).")


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
        if "duty" in form:
            form.duty.offer(list(DUTIES.items()))
        if "topic" in form:
            form.topic.offer(list(TOPICS.items()))
        if "technicians" in form:
            form.technicians.offer(technician_choices(row))
        if "work_order_kind_id" in form:
            form.work_order_kind_id.offer(kind_choices(row))
        if "process_id" in form:
            form.process_id.offer(row_choices(Process, row and row.process_id))
        if "hours_profile_id" in form:
            form.hours_profile_id.offer(row_choices(HoursProfile, row and row.hours_profile_id))
        return form.edits(row) if row else form


def technician_choices(row: FieldGroup | None) -> list[tuple[int, str]]:
    """Those at work where whoever acts works, and those the group has."""
    return list({**(row.members() if row else {}), **technicians_of(who().company_id)}.items())


def kind_choices(row: PrintProfile | None) -> list[tuple[int, str]]:
    """The types of order in use, and the one the profile prints."""
    offered = or_(WorkOrderKind.inactive_since.is_(None), WorkOrderKind.id == (row and row.work_order_kind_id))
    rows = db.session.execute(select(WorkOrderKind.id, WorkOrderKind.name).where(offered).order_by(WorkOrderKind.name))
    return [(kind.id, kind.name) for kind in rows]


def account_choices(row: BillingMethod | None) -> list[tuple[int, str]]:
    """The accounts in use, and the one the method has; the bank stands beside the name, since a boleto needs one."""
    offered = or_(BankAccount.inactive_since.is_(None), BankAccount.id == (row.bank_account_id if row else None))
    rows = db.session.scalars(select(BankAccount).where(offered).order_by(BankAccount.name))
    return [(account.id, f"{account.name} · {account.bank_name}") for account in rows]


def _times(row: SlaTable) -> str:
    """'Preventiva 72h · Emergencial 4h · …', all six."""
    return " · ".join(f"{words} {duration(minutes_of(row, type))}" for type, words in SLA_TYPES.items())


def row_choices(table: type[ChosenRow], kept: int | None) -> list[tuple[int, str]]:
    """What of the workflow may be named; whoever works in TODAS names rows of every company."""
    return [(row.id, row.name) for row in table.offered(kept=kept)]


CATALOGUES = (
    Catalogue(
        slug="grupos-de-clientes",
        title="Grupo de Pessoas",
        about="O grupo de cada cliente no cadastro, que dá a prioridade dos atendimentos novos dele.",
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
        about="O que o técnico vai fazer, e quanto dura na agenda. Os de instalação aparecem na venda.",
        table=WorkOrderKind,
        add="Adicionar tipo de OS",
        form=KindForm,
        facts=(
            ("Dura", lambda row: duration(row.minutes)),
            ("Instalação", lambda row: "Sim" if row.installation else "Não"),
            ("Implantação", lambda row: "Sim" if row.delivery else "Não"),
        ),
        missing="Sem tipos, nenhuma ordem de serviço pode ser aberta.",
    ),
    Catalogue(
        slug="perfis-de-os",
        title="Perfil de O.S.",
        about="Como se imprime a ordem de cada tipo. Sem perfil, as ordens do tipo não se imprimem.",
        table=PrintProfile,
        add="Adicionar perfil de OS",
        form=ProfileForm,
        facts=(
            ("Tipo de OS", lambda row: row.work_order_kind.name),
            ("Título", lambda row: row.title),
            ("Mostra", lambda row: ", ".join(words for name, words in SECTIONS.items() if getattr(row, name)) or "—"),
        ),
        beside=(joinedload(PrintProfile.work_order_kind),),
        missing="Sem perfis, nenhuma ordem de serviço se imprime.",
    ),
    Catalogue(
        slug="defeitos",
        title="Cadastro de defeitos",
        about="O Defeito Associado que se escolhe ao abrir uma ordem pelo atendimento.",
        table=Defect,
        add="Adicionar defeito",
        missing="Sem defeitos, o atendimento não abre ordem de serviço.",
    ),
    Catalogue(
        slug="grupos-de-atendimento",
        title="Grupos de Atendimento",
        about="Os técnicos a quem uma ordem é dada de preferência: por bairro, por meio, por turno.",
        table=FieldGroup,
        add="Adicionar grupo",
        form=FieldGroupForm,
        facts=(("Técnicos", lambda row: ", ".join(sorted(one.name for one in row.people)) or "nenhum"),),
        beside=(selectinload(FieldGroup.people),),
        of_company=True,
        missing="Sem grupos, a ordem é oferecida a todos os técnicos.",
    ),
    Catalogue(
        slug="feriados-locais",
        title="Feriados locais",
        about="Os dias da cidade e do estado em que a agenda não propõe visita. Os nacionais ela já conhece.",
        table=LocalHoliday,
        add="Adicionar feriado",
        form=HolidayForm,
        facts=(("Dia", lambda row: f"{row.day:%d/%m}, todo ano" if row.yearly else f"{row.day:%d/%m/%Y}"),),
        of_company=True,
        missing="Sem feriados locais, a agenda fecha só nos nacionais.",
    ),
    Catalogue(
        slug="tabelas-de-sla",
        title="Tabelas de SLA",
        about="Quanto tempo tem cada um dos seis tipos de processo, e em que horas ele corre.",
        table=SlaTable,
        add="Adicionar tabela de SLA",
        form=SlaForm,
        facts=(
            ("Tempos", _times),
            ("Horário", lambda row: row.hours_profile.name if row.hours_profile else "Dia e noite"),
        ),
        beside=(joinedload(SlaTable.hours_profile),),
        of_company=True,
        missing="Sem tabela, nenhum atendimento tem prazo.",
    ),
    Catalogue(
        slug="tipos-de-atendimento",
        title="Tipos de atendimento",
        about="O que se escolhe no atendimento rápido. O processo do tipo dá o prazo e o primeiro subprocesso.",
        table=TicketKind,
        add="Adicionar tipo de atendimento",
        form=AttendKindForm,
        facts=(
            ("Código", lambda row: row.code),
            ("Processo", lambda row: row.process.name if row.process else "Sem processo"),
            ("Assunto na Central", lambda row: TOPICS.get(row.topic, "Nenhum")),
        ),
        beside=(joinedload(TicketKind.process),),
        of_company=True,
        missing="Sem tipos, nenhum atendimento rápido pode ser aberto.",
    ),
    Catalogue(
        slug="classificacoes",
        title="Classificações",
        about="De que trata o atendimento, ao abrir; e como terminou, ao finalizar.",
        table=TicketClassification,
        add="Adicionar classificação",
        form=ClassificationForm,
        facts=(("Encerramento", lambda row: "Sim" if row.closing else "Não"),),
        of_company=True,
        missing="Sem classificações, os relatórios não dizem de que tratam os atendimentos.",
    ),
    Catalogue(
        slug="origens-do-contato",
        title="Origens do contato",
        about="Por onde o cliente falou com o provedor: telefone, WhatsApp, um técnico.",
        table=ContactOrigin,
        add="Adicionar origem do contato",
        form=ContactForm,
        facts=(("Pede o técnico", lambda row: "Sim" if row.asks_technician else "Não"),),
        of_company=True,
        missing="Sem origens, ninguém fica sabendo por onde os clientes falam.",
    ),
    Catalogue(
        slug="concentradores",
        title="Concentradores",
        about="Os equipamentos por onde as conexões entram na rede, e que contam o que elas usam.",
        table=AccessConcentrator,
        add="Adicionar concentrador",
        form=ConcentratorForm,
        facts=(("Fabricante", lambda row: VENDORS[row.vendor]), ("Endereço IP", lambda row: row.address)),
        of_company=True,
        missing="Sem concentradores, ninguém sabe por onde cada cliente entra na rede.",
    ),
    Catalogue(
        slug="setores",
        title="Setores",
        about="Comercial, Suporte, Financeiro: por onde o atendimento passa e onde cada operador trabalha.",
        table=Department,
        add="Adicionar setor",
        form=DepartmentForm,
        facts=(("Papel na telefonia", lambda row: DUTIES.get(row.duty, "Nenhum")),),
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
