"""The cast: the provider everybody knows, of the tests and of `flask demo`.

`load()` fills a migrated, empty database through the verbs of models/, as an installation would. Afterwards the
functions below find each person by a natural key: `cast.rita()`, `cast.operator("ana.souza")`, `cast.service(rita())`.
They read, so somebody must be acting; fixture `db` sees to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import pyotp
from sqlalchemy import select, update
from sqlalchemy.orm import selectinload

from models import clock
from models.base import db
from models.catalog import BillingMethod, ContractTemplate, DunningRule, Plan
from models.contracts import Contract
from models.files import incoming
from models.operators import Company, Department, Operator, Role, SecondFactor
from models.operators import second_factor as factor
from models.operators.first_run import DEPARTMENTS
from models.operators.permissions import STARTING_ROLES
from models.outbox import Effect
from models.people import Origin, Person, PersonGroup, Tag
from models.sales import Sale
from models.sales.answers import (
    AddressAnswers,
    BillingAnswers,
    ContractAnswers,
    InstallationAnswers,
    PersonAnswers,
    PlanAnswers,
)
from models.sales.sale_defaults import SaleDefaults
from models.scope import TODAS, Actor, acting
from models.sealed import seal
from models.services import Service
from models.tickets import Destination, Ticket
from models.wording import tax_id
from models.work_orders import WorkOrderKind
from models.workflows import (
    AttendSettings,
    CannedAnswer,
    ContactOrigin,
    HoursProfile,
    Macro,
    Procedure,
    Process,
    ProcessStep,
    SlaTable,
    SupportMaterial,
    TicketClassification,
    TicketKind,
)
from tests import answers, asked, field, networked, phones, pictures, procedures
from web.documents import default_contract

PASSWORD = "girassol no quintal azul"
INSTALLER = Actor("job", None, "Instalação")

# login: (name, role, department, company or None for TODAS, what else is true of them)
OPERATORS: dict[str, tuple[str, str, str, str | None, dict[str, bool]]] = {
    "ana.souza": ("Ana Souza", "Financeiro", "Financeiro", "Vale Claro Telecom", {"seller": True}),
    "bruno.reis": ("Bruno Reis", "Atendimento", "Suporte", "Vale Claro Telecom", {}),
    "celia.prado": ("Célia Prado", "Comercial", "Comercial", "Serra Azul Net", {"seller": True}),
    "rafael.teixeira": ("Rafael Teixeira", "Comercial", "Comercial", "Vale Claro Telecom", {"seller": True}),
    "joao.alcantara": (
        "João Pedro de Alcântara",
        "Técnico",
        "Suporte",
        "Vale Claro Telecom",
        {"technician": True},
    ),
    "wagner.luis": ("Wagner Luís", "Técnico", "Suporte", "Vale Claro Telecom", {"technician": True}),
    "silvia.maia": ("Sílvia Maia", "Supervisão", "Supervisão", None, {}),
    "davi.rocha": ("Davi Rocha", "Administrador", "Supervisão", None, {}),
}

# Whose phone asks for a code in the demonstration, and what to type into an app of codes.
WITH_PHONE, PHONE_KEY = "wagner.luis", "ENLACEDEMONSTRACAOSEGUNDOFATORAA"

RITA, ZE, MARIA, JOAQUIM = "52998224725", "31820475662", "70411609394", "86032514790"
SOL, MAR_AZUL, COOPERATIVE = "21456789000160", "30551824000110", "44712065000135"
STRANGER = "15209738612"  # a valid CPF that nobody registered; the draft of a sale holds it too


# ---- who they are, for the tests


def operator(login: str) -> Operator:
    return db.session.scalars(select(Operator).where(Operator.login == login)).one()


def person(document: str) -> Person:
    return db.session.scalars(select(Person).where(Person.document == document)).one()


def rita() -> Person:
    """Dona Rita: one service, suspended for debt."""
    return person(RITA)


def ze() -> Person:
    """Seu Zé: all in order."""
    return person(ZE)


def maria() -> Person:
    """Her service is reduced (suspenso parcialmente)."""
    return person(MARIA)


def joaquim() -> Person:
    """Waits for the installation, whose order lies in the future."""
    return person(JOAQUIM)


def sol() -> Person:
    """Padaria Sol: a company with internet and telephone."""
    return person(SOL)


def mar_azul() -> Person:
    """Hotel Mar Azul: a customer of the other company."""
    return person(MAR_AZUL)


def cooperative() -> Person:
    """A customer in TODAS, whom operators of every company see."""
    return person(COOPERATIVE)


SUBSCRIBERS = {
    "rita": rita,
    "ze": ze,
    "maria": maria,
    "joaquim": joaquim,
    "sol": sol,
    "mar_azul": mar_azul,
    "cooperative": cooperative,
}


def service(of: Person, plan_name: str | None = None) -> Service:
    """The service of a person; of several, that of a plan or else the first."""
    mine = select(Service).where(Service.person_id == of.id).order_by(Service.id)
    if plan_name:
        mine = mine.where(Service.plan_name == plan_name)
    return db.session.scalars(mine.limit(1)).one()


def draft() -> Sale:
    """A sale that was left before the step Cobrança."""
    return db.session.scalars(select(Sale).where(Sale.status == "draft")).one()


def vale_claro() -> Company:
    return _named(Company, "Vale Claro Telecom")


def serra_azul() -> Company:
    return _named(Company, "Serra Azul Net")


def plan(name: str) -> Plan:
    return _named(Plan, name)


def template(name: str = "Fibra residencial, 12 meses") -> ContractTemplate:
    return _named(ContractTemplate, name)


def method(name: str) -> BillingMethod:
    return _named(BillingMethod, name)


def ladder(name: str = "Corporativa") -> DunningRule:
    """A ladder by name; Corporativa suspends 30 days after the notice, and Padaria Sol's internet follows it."""
    return _named(DunningRule, name)


def contract(of: Service) -> Contract:
    """The newest contract of a service."""
    mine = select(Contract).where(Contract.service_id == of.id).order_by(Contract.number.desc())
    return db.session.scalars(mine.limit(1)).one()


def order_kind(name: str = "Instalação") -> WorkOrderKind:
    return _named(WorkOrderKind, name)


def procedure(name: str = procedures.NAME) -> Procedure:
    return _named(Procedure, name)


def answer(code: str = "2via") -> CannedAnswer:
    """A canned answer by its code."""
    return db.session.scalars(select(CannedAnswer).where(CannedAnswer.code == code)).one()


def macro(name: str = answers.QUESTION) -> Macro:
    """A macro with its acts; that one answers a question and finishes."""
    return db.session.scalars(select(Macro).where(Macro.name == name).options(Macro.whole())).one()


def process(name: str = "Suporte técnico") -> Process:
    return _named(Process, name)


def ticket_kind(name: str = "Sem acesso à internet") -> TicketKind:
    return _named(TicketKind, name)


def contact_origin(name: str = "Telefone") -> ContactOrigin:
    return _named(ContactOrigin, name)


def opening_classification() -> TicketClassification:
    return _named(TicketClassification, "Sem acesso")


def closing_classification() -> TicketClassification:
    return ended("Resolvido")


def ended(name: str) -> TicketClassification:
    return _named(TicketClassification, name)


def _named(table: Any, name: str) -> Any:
    return db.session.scalars(select(table).where(table.name == name)).one()


# ---- the installation


def load() -> None:
    """Fill an empty, migrated database and commit. About a second: one password is hashed, once."""
    with acting(INSTALLER, "job"):
        _companies()
        _people_of_the_house()
        _lists()
        _workflows()
        _catalogue()
        networked.add_concentrators()
        _subscribers()
        networked.place()
        _tickets()
        _requests()
        answers.write()
        _told()
        _procedures()
        due_now()
        db.session.commit()


def due_now() -> None:
    """What days past left to be done is done by the worker that starts now."""
    now = clock.now()
    waiting = update(Effect).where(Effect.state == "ready")
    db.session.execute(waiting.values(created_at=now, due_at=now).execution_options(synchronize_session=False))


def picture() -> None:
    """Photographs on the tickets of Dona Maria and Dona Rita, and commit: for the demonstration."""
    mine = select(Ticket).where(Ticket.person_id == maria().id, Ticket.status == "pending")
    ticket = db.session.scalars(mine).one()
    with by("bruno.reis"):
        antenna = ticket.attach(incoming("IMG_2214.jpg", BytesIO(pictures.photo((1200, 800)))), "internal")
        ticket.describe(antenna, antenna.version, "Antena antes de realinhar")
    waits = select(Ticket).where(Ticket.person_id == rita().id, Ticket.topic == "no_internet")
    request = db.session.scalars(waits).one()
    asked.looked(request)
    with clock.set_to(clock.now() - timedelta(minutes=12)):
        asked.reply(request, "Está assim agora.", asked.router_photo())
    with clock.set_to(clock.now() - timedelta(minutes=4)), by("bruno.reis"):
        request.comment("Obrigado pela foto, Rita. É a luz da linha: ela apaga quando o serviço voltar.", "subscriber")
    db.session.commit()


def dearer() -> None:
    """The plan of Dona Maria costs more since three weeks: its first offer ended, and hers. For the demonstration."""
    with days_ago(21, "09:30"), by("davi.rocha"):
        row = plan("Rádio 20 Mbps")
        wanted = select(Plan).where(Plan.id == row.id).options(selectinload(Plan.items))
        row = db.session.scalars(wanted.execution_options(populate_existing=True)).one()
        row.compose(7490, [{"kind": "scm", "name": "Internet (SCM)", "amount_cents": 7490}])
    db.session.commit()


def second_factor() -> None:
    """Give an operator a phone whose key everybody knows, and commit: for the demonstration."""
    row = operator(WITH_PHONE)
    factor.begin(row)
    kept = SecondFactor.of(row)
    assert kept
    kept.pending = seal(PHONE_KEY)
    db.session.flush()
    factor.confirm(row, pyotp.TOTP(PHONE_KEY).at(int(clock.now().timestamp())))
    db.session.commit()


def _companies() -> None:
    everybody = db.session.get_one(Company, TODAS)
    everybody.portal_entry, everybody.portal_trust_unlock = "cpf_only", True
    Company(
        name="Vale Claro Telecom",
        legal_name="Vale Claro Telecomunicações Ltda.",
        cnpj="12345678000195",
        address="Av. Sete de Setembro, 900, Centro, Vale Claro/MG",
        phone="08000001234",
        whatsapp="3730001234",
        site="valeclaro.example",
        portal_entry="cpf_only",
        portal_trust_unlock=True,
    ).create()
    Company(
        name="Serra Azul Net",
        legal_name="Serra Azul Provedor de Internet Ltda.",
        cnpj="19876543000103",
        address="Rua da Estação, 45, Centro, Serra Azul/MG",
        phone="08000005678",
        whatsapp="3730005678",
        site="serraazul.example",
        brand="#b8420e",
    ).create()


def _people_of_the_house() -> None:
    for name, duty in DEPARTMENTS.items():
        Department(name=name, duty=duty).create()
    for name, permissions in STARTING_ROLES.items():
        Role(name=name, permissions=sorted(permissions)).create()
    password_hash = None
    for login, (name, role, department, company, more) in OPERATORS.items():
        row = Operator(
            login=login,
            name=name,
            role_id=_named(Role, role).id,
            department_id=_named(Department, department).id,
            **more,
        )
        row.invite([_named(Company, company).id if company else TODAS])
        if password_hash is None:
            row.set_password(PASSWORD)
            password_hash = row.password_hash
        row.password_hash, row.invite_hash, row.invite_until = password_hash, None, None
    db.session.flush()


def _lists() -> None:
    for name, priority in (("Residencial", 0), ("Empresarial", 1), ("Hospital", 2)):
        PersonGroup(name=name, priority=priority).create()
    for name in ("Indicação", "Instagram", "Loja", "Panfleto", "Site"):
        Origin(name=name).create()
    for name in ("Fidelidade", "VIP", "Cobrança sensível"):
        Tag(name=name).create()
    field.write()
    for name, means in (("Boleto mensal", "boleto"), ("Pix mensal", "pix"), ("Balcão", "counter")):
        BillingMethod(name=name, means=means, company_id=TODAS).create()
    usual = {**SaleDefaults.usual, "billing_method_id": method("Boleto mensal").id, "due_day": 10}
    SaleDefaults.own(TODAS).change(**usual)


def _workflows() -> None:
    """What an atendimento goes through: for all companies, and a table of business hours of Vale Claro."""
    processes = {
        "Suporte técnico": (
            "corrective",
            (("Suporte N1", "Suporte"), ("Suporte N2", "Suporte"), ("Campo", "Suporte"), ("Retorno", "Comercial")),
        ),
        "Rompimento": ("emergency", (("Campo", "Suporte"), ("Supervisão", "Supervisão"))),
        "Financeiro": ("other", (("Conferência", "Financeiro"), ("Retorno ao cliente", "Financeiro"))),
        "Dúvida": ("doubt", (("Primeiro contato", "Suporte"), ("Resposta do setor", "Comercial"))),
        "Ativação": ("activation", (("Agendamento", "Comercial"), ("Campo", "Suporte"))),
        "Revisão preventiva": ("preventive", (("Suporte N2", "Suporte"), ("Campo", "Suporte"))),
    }
    for name, (sla_type, steps) in processes.items():
        row = Process(name=name, sla_type=sla_type, company_id=TODAS)
        row.create()
        for step, department in steps:
            ProcessStep(process_id=row.id, name=step, department_id=_named(Department, department).id).create()
    first = process().first_step()
    assert first
    SupportMaterial(
        step_id=first.id,
        name="Antes de passar adiante",
        text="1. Peça ao cliente as luzes da ONU.\n2. Desligue e ligue na tomada, espere 2 minutos.\n"
        "3. Confira o sinal: abaixo de -27 dBm, passe ao Suporte N2.",
    ).create()
    SupportMaterial(step_id=first.id, name="Luzes da ONU", link="https://ajuda.valeclaro.example/luzes-da-onu").create()
    kinds = {
        "Sem acesso à internet": "Suporte técnico",
        "Lentidão": "Suporte técnico",
        "Fibra rompida": "Rompimento",
        "Segunda via e vencimento": "Financeiro",
        "Dúvida geral": "Dúvida",
        "Mudança de endereço": "Ativação",
        "Telefone sem linha": "Suporte técnico",
        "Contestação de cobrança": "Financeiro",
    }
    topics = {
        "Sem acesso à internet": "no_internet",
        "Lentidão": "slow",
        "Telefone sem linha": "phone",
        "Segunda via e vencimento": "billing",
        "Contestação de cobrança": "contest",
        "Dúvida geral": "other",
    }
    codes = ("001", "002", "003", "004", "005", "006", "020", "021")
    for code, (name, of) in zip(codes, kinds.items(), strict=True):
        own = {"process_id": process(of).id, "company_id": TODAS, "topic": topics.get(name)}
        TicketKind(code=code, name=name, **own).create()
    TicketKind(code="099", name="Reclamação do site", process_id=None, company_id=TODAS).create()
    _business_hours()
    settings = AttendSettings.own(TODAS)
    settings.change(
        settings.version,
        contact_origin_id=_named(ContactOrigin, "Telefone").id,
        opening_classification_id=_named(TicketClassification, "Sem acesso").id,
        closing_classification_id=_named(TicketClassification, "Resolvido").id,
    )


def _business_hours() -> None:
    here = vale_claro().id
    office = [["08:00", "12:00"], ["13:00", "18:00"]]
    week = {str(day): office for day in range(5)} | {"5": [["08:00", "12:00"]]}
    hours = HoursProfile(name="Comercial", week=week, holidays=True, company_id=here)
    hours.create()
    SlaTable(
        name="SLA empresarial",
        company_id=here,
        preventive_minutes=24 * 60,
        emergency_minutes=2 * 60,
        corrective_minutes=8 * 60,
        doubt_minutes=4 * 60,
        activation_minutes=24 * 60,
        other_minutes=9 * 60,
        hours_profile_id=hours.id,
    ).create()


def _catalogue() -> None:
    here, there = vale_claro().id, serra_azul().id
    loyal = ContractTemplate(
        name="Fibra residencial, 12 meses",
        company_id=here,
        loyalty_months=12,
        benefit="Instalação de R$ 400,00 por R$ 150,00",
        benefit_cents=25000,
    )
    free = ContractTemplate(name="Telefone, sem fidelidade", company_id=here)
    for row in (loyal, free):
        row.create()
        row.publish(default_contract())
    internet = "Internet (SCM)"
    _plan("Fibra 300 Mbps", here, "fiber", 300, loyal, ("scm", internet, 5990), ("sva", "Aplicativos (SVA)", 2000))
    _plan("Fibra 500 Mbps", here, "fiber", 500, loyal, ("scm", internet, 6990), ("sva", "Aplicativos (SVA)", 3000))
    _plan("Fibra 1 Gbps", here, "fiber", 1000, loyal, ("scm", internet, 10990), ("sva", "Aplicativos (SVA)", 4000))
    _plan("Rádio 20 Mbps", here, "radio", 20, None, ("scm", internet, 6990))
    landline = ("stfc", "Telefone fixo (STFC)", 4980)
    _plan("Telefone fixo 2 ramais", here, "phone", 0, free, landline, extensions=2, outbound_channels=2)
    corporate = DunningRule.like(here)
    corporate.name, corporate.suspend_days = "Corporativa", 30
    corporate.create()
    _plan("Serra 400 Mbps", there, "fiber", 400, None, ("scm", internet, 8990))


def _plan(
    name: str,
    company_id: int,
    technology: str,
    mbps: int,
    contract: ContractTemplate | None,
    *items: tuple[str, str, int],
    **brings: int,
) -> None:
    row = Plan(
        name=name,
        company_id=company_id,
        technology=technology,
        download_mbps=mbps,
        upload_mbps=mbps // 2,
        contract_template_id=contract.id if contract else None,
        **brings,
    )
    composition = [{"kind": kind, "name": item, "amount_cents": cents} for kind, item, cents in items]
    row.compose(sum(cents for _, _, cents in items), composition)
    with days_ago(500, "09:00"):  # before anybody bought it
        row.create()


# ---- the subscribers, each sold as a seller would


def _subscribers() -> None:
    _rita()
    _padaria_sol()
    _ze()
    _maria()
    _joaquim()
    _of_other_companies()
    _unfinished()


def _rita() -> None:
    with days_ago(410, "10:20"):
        _sell(
            "rafael.teixeira",
            _individual(RITA, "Rita Aparecida Moreira", "37998120456", date(1958, 5, 22), tags=("Fidelidade",)),
            _address("35500120", "Rua das Acácias", "120", "Centro"),
            "Fibra 500 Mbps",
            due_day=10,
            fee_cents=15000,
        )
    due = last_due(10, before=last_due(10))
    with days_ago(4, "08:05"), by("ana.souza"):
        service(rita()).suspend(f"Fatura vencida em {due:%d/%m/%Y} em aberto, aviso enviado há 15 dias")


def _padaria_sol() -> None:
    bakery = {
        **_record(SOL, "Padaria e Confeitaria Sol Ltda.", "37988730021", kind="organization"),
        "trade_name": "Padaria Sol",
        "contact_person": "Eunice Sol Martins",
        "phone": "3732214400",
        "email": "contato@padariasol.example",
        "group_id": _named(PersonGroup, "Empresarial").id,
        "tags": [_named(Tag, "VIP").id],
    }
    with days_ago(620, "15:40"):
        _sell(
            "rafael.teixeira",
            bakery,
            _address("35500110", "Rua do Comércio", "88", "Centro"),
            "Fibra 1 Gbps",
            due_day=5,
            method="Pix mensal",
        )
    with days_ago(600, "10:05"), by("ana.souza"):
        signed = contract(service(sol()))
        signed.change(signed.version, ladder().id, _named(SlaTable, "SLA empresarial").id)
    with days_ago(95, "09:30"), by("ana.souza"):
        sale = Sale.start_for(sol())
        known = sol().addresses()[0].id
        where = {"address_id": known, "same_billing": True}
        _answer(sale, where, _offer("Telefone fixo 2 ramais", "ana.souza"), {**_billing(5), "separate_invoice": True})
    with days_ago(94, "14:10"), by("bruno.reis"):
        phones.put_to_use(sol(), "Recepção", "Vendas", "Yealink T31")
        phones.name_free(sol(), "Fornos", "Produção")


def sell_phone(document: str, name: str, mobile: str, due_day: int = 10) -> Person:
    """A company of Vale Claro with a telephone of two extensions, as Rafael sells it."""
    where = _address("35500170", "Rua da Matriz", str(100 + due_day), "Centro")
    record = {**_record(document, name, mobile, kind="organization"), "tags": []}
    _sell("rafael.teixeira", record, where, "Telefone fixo 2 ramais", due_day=due_day)
    return person(document)


def sell_home(
    document: str,
    name: str,
    mobile: str,
    where: tuple[str, str, str],
    plan_name: str,
    due_day: int = 10,
    *,
    login: str = "rafael.teixeira",
    origin: str | None = None,
    method: str | None = None,
) -> Person:
    """Somebody of Vale Claro with a plan at home, `where` by street, number and district, as a seller sells it."""
    record = _individual(document, name, mobile, date(1979, 5, due_day))
    if origin:
        record["origin_id"] = _named(Origin, origin).id
    more = {"method": method} if method else {}
    _sell(login, record, _address("35500180", *where), plan_name, due_day=due_day, **more)
    return person(document)


def _ze() -> None:
    with days_ago(230, "11:15"):
        _sell(
            "ana.souza",
            _individual(ZE, "José Antônio Ferreira", "37991004567", date(1971, 1, 30)),
            _address("35500150", "Rua São José", "51", "Boa Vista"),
            "Fibra 300 Mbps",
            due_day=15,
        )


def _maria() -> None:
    with days_ago(150, "16:50"):
        _sell(
            "rafael.teixeira",
            _individual(
                MARIA,
                "Maria Aparecida dos Santos Albuquerque",
                "37997715520",
                date(1984, 11, 3),
                tags=("Cobrança sensível",),
            ),
            _address("35500140", "Rua dos Ipês", "1402", "Jardim Alvorada", "ap. 302, bloco B"),
            "Rádio 20 Mbps",
            due_day=20,
            billing_type="postpaid",
        )
    with days_ago(2, "08:05"), by("ana.souza"):
        service(maria()).suspend("Uma fatura em aberto há 8 dias", "reduced")


def _joaquim() -> None:
    order = {
        "open_order": True,
        "kind_id": _named(WorkOrderKind, "Instalação").id,
        "status": "scheduled",
        "technician_id": operator("wagner.luis").id,
        "start_on": clock.today() + timedelta(days=3),
        "start_time": time(8, 0),
        "description": "Instalar fibra e roteador. Entrada pelo portão lateral; ligar antes de chegar.",
    }
    with days_ago(1, "14:33"):
        _sell(
            "rafael.teixeira",
            _individual(
                JOAQUIM,
                "Joaquim Bernardes de Oliveira Neto",
                "37999120800",
                date(1990, 7, 14),
                email="joaquim.neto@exemplo.example",
            ),
            _address("35500130", "Av. Presidente Tancredo Neves", "1480", "Jardim Alvorada", "casa 2"),
            "Fibra 500 Mbps",
            due_day=10,
            fee_cents=15000,
            order=order,
        )


def _of_other_companies() -> None:
    with days_ago(300, "13:05"):
        hotel = {**_record(MAR_AZUL, "Hotel Mar Azul Ltda.", "37996601122", kind="organization")}
        hotel |= {"contact_person": "Célio Antunes", "company_id": serra_azul().id}
        town = {"city": "Serra Azul"}
        where = {**_address("35590000", "Rua do Mirante", "7", "Alto da Serra"), **town}
        _sell("celia.prado", hotel, where, "Serra 400 Mbps", due_day=15)
    with days_ago(75, "10:00"):
        farmers = _record(COOPERATIVE, "Cooperativa Rural do Vale e da Serra", "37995503344", kind="organization")
        farmers |= {"contact_person": "Ivone Leal", "company_id": TODAS}
        where = _address("35500170", "Av. das Indústrias", "2200", "Distrito Industrial")
        _sell("silvia.maia", farmers, where, "Fibra 1 Gbps", due_day=25)


def _unfinished() -> None:
    with clock.set_to(clock.now() - timedelta(minutes=40)), by("rafael.teixeira"):
        lead = _individual(STRANGER, "Sebastião Nogueira Prado", "37998765432", date(1966, 2, 9))
        sale = Sale.start(PersonAnswers(**lead))
        where = _address("35500160", "Rua Dona Mariquinha", "33", "Boa Vista")
        sale.answer(AddressAnswers(**where), sale.version)
        sale.answer(PlanAnswers(**_offer("Fibra 300 Mbps", "rafael.teixeira")), sale.version)


def _tickets() -> None:
    """A day at the support: one of each state, of Vale Claro."""
    with _hours_ago(50, "bruno.reis"):
        ticket(cooperative(), "Dúvida geral", "Quer saber se dá para ter dois pontos de rádio na sede.")
    with _hours_ago(30, "bruno.reis"):
        answers = {"status": "closed", "closing_note": "Trocou a senha pelo aplicativo, com a gente na linha."}
        ticket(joaquim(), "Dúvida geral", "Não lembra a senha do Wi-Fi.", **answers)
    with _hours_ago(5, "bruno.reis"):
        slow = ticket(ze(), "Lentidão", "Lentidão só no Wi-Fi do quarto dos fundos.")
        slow.claim()
        slow.comment("Mandei o passo a passo do repetidor.", "subscriber")
        slow.pause("O cliente vai testar à noite.")
    with _hours_ago(3, "bruno.reis"):
        down = ticket(
            maria(), "Sem acesso à internet", "Sem conexão desde ontem à noite.\nA luz do rádio está apagada."
        )
        down.claim()
        down.comment("Perda de 40 % dos pacotes desde 22:14. O POP está bem, os vizinhos estão online.", "internal")
        down.comment("Olá, Maria. Vamos testar o sinal da sua antena agora. Deixe ligada na tomada.", "subscriber")
        down.watch(operator("silvia.maia"))
    with _hours_ago(2, "ana.souza"):
        analysis = {"status": "awaiting_analysis", "destination": Destination(_named(Department, "Financeiro"))}
        ticket(rita(), "Segunda via e vencimento", "Quer a segunda via com outro vencimento.", **analysis)
    with _hours_ago(1, "bruno.reis"):
        ticket(sol(), "Fibra rompida", "Caminhão levou o cabo na esquina.", status="pending_work_order")
        started = Ticket.open(ze(), service(ze()))
        started.keep({"report": "Diz que o vídeo trava à noite, só na sala", "status": "awaiting_analysis"})


def _requests() -> None:
    """What Dona Rita asked in the Central: one under way with an answer she has not read, one to rate, one rated."""
    with days_ago(20, "09:12"):
        first = asked.ask(rita(), "slow", "Trava à noite, quando todos estão em casa.", answer="sometimes")
    with days_ago(20, "10:05"), by("bruno.reis"):
        _answered(first, "Bom dia, Rita. Mudei o canal do seu Wi-Fi daqui. Veja hoje à noite se melhorou.")
    with days_ago(19, "08:40"):
        asked.reply(first, "Melhorou muito, obrigada.")
    with days_ago(19, "09:00"), by("bruno.reis"):
        first.close(closing_classification(), None, ask_rating=True)
    with days_ago(19, "12:31"):
        asked.looked(first)
        asked.rated(first, 5, "Resolveu sem eu precisar sair de casa.")
    with days_ago(2, "15:20"):
        second = asked.ask(rita(), "billing", "Quero receber a fatura por e-mail também.")
    with days_ago(2, "16:02"), by("ana.souza"):
        done = "Pronto, Rita. A próxima fatura já vai também para o seu e-mail."
        second.claim()
        second.close(closing_classification(), None, done, "subscriber", ask_rating=True)
    asked.looked(second)
    with clock.set_to(clock.now() - timedelta(hours=3, minutes=10)):
        words = "A luz vermelha do aparelho está acesa desde ontem à noite."
        third = asked.ask(rita(), "no_internet", words, answer="done", phone="37991234567")
    with clock.set_to(clock.now() - timedelta(hours=2, minutes=49)), by("bruno.reis"):
        third.claim()
        third.comment("Está suspensa por débito; combinar com o Financeiro antes da visita.", "internal")
        third.comment("Olá, Rita. A luz vermelha é a da linha. Vamos testar o sinal daqui agora.", "subscriber")
    with clock.set_to(clock.now() - timedelta(hours=2, minutes=30)):
        asked.looked(third)
        asked.reply(third, "Estou em casa. O portão é o da esquerda, a campainha não toca.")
    with clock.set_to(clock.now() - timedelta(minutes=18)), by("bruno.reis"):
        third.comment("O sinal da fibra está bom. Assim que a fatura for paga, a internet volta sozinha.", "subscriber")


def _told() -> None:
    """What customers were to be mailed of their tickets in days past was mailed then."""
    mails = update(Effect).where(Effect.kind == "tell_ticket")
    db.session.flush()
    sent = {"state": "done", "lease_until": clock.now()}
    db.session.execute(mails.values(sent).execution_options(synchronize_session=False))


def _answered(row: Ticket, text: str) -> None:
    row.claim()
    row.comment(text, "subscriber")


def _procedures() -> None:
    """What a telephone upgrade asks of each sector, by two authors."""
    with days_ago(12, "10:46"), by("silvia.maia"):
        row = Procedure.begin(procedures.NAME, procedures.FIRST)
    with days_ago(3, "16:48"), by("davi.rocha"):
        row.write(procedures.SECOND, procedures.NOTE)


def ticket(of: Person, kind: str, report: str, **answers: Any) -> Ticket:
    """A ticket of a customer's service, saved by whoever acts; pending unless the answers say otherwise."""
    row = Ticket.open(of, service(of))
    row.save(ticket_kind(kind), {"status": "pending", "destination": None, "report": report, **answers})
    return row


@contextmanager
def _hours_ago(hours: int, login: str) -> Iterator[None]:
    with clock.set_to(clock.now() - timedelta(hours=hours)), by(login):
        yield


def _sell(
    login: str,
    record: dict[str, Any],
    where: dict[str, Any],
    plan_name: str,
    *,
    due_day: int,
    order: dict[str, Any] | None = None,
    **billing: Any,
) -> None:
    with by(login):
        seller = login if operator(login).seller else "rafael.teixeira"
        _answer(
            Sale.start(PersonAnswers(**record)), where, _offer(plan_name, seller), _billing(due_day, **billing), order
        )


def _answer(
    sale: Sale,
    where: dict[str, Any],
    what: dict[str, Any],
    billing: dict[str, Any],
    order: dict[str, Any] | None = None,
) -> None:
    sale.answer(AddressAnswers(**where), sale.version)
    sale.answer(PlanAnswers(**what), sale.version)
    sale.answer(sale.answers_of(ContractAnswers), sale.version)
    sale.answer(BillingAnswers(**billing), sale.version)
    sale.answer(InstallationAnswers(**(order or {"open_order": False})), sale.version)
    sale.complete(sale.version)


def _record(document: str, name: str, mobile: str, kind: str = "individual") -> dict[str, Any]:
    return {
        "kind": kind,
        "document": document,
        "name": name,
        "mobile": mobile,
        "company_id": vale_claro().id,
        "origin_id": _named(Origin, "Indicação").id,
    }


def _individual(
    document: str, name: str, mobile: str, born: date, tags: tuple[str, ...] = (), email: str = ""
) -> dict[str, Any]:
    return {
        **_record(document, name, mobile),
        "birth_date": born,
        "email": email,
        "group_id": _named(PersonGroup, "Residencial").id,
        "tags": [_named(Tag, tag).id for tag in tags],
    }


def _address(cep: str, street: str, number: str, district: str, complement: str = "") -> dict[str, Any]:
    return {
        "cep": cep,
        "street": street,
        "number": number,
        "complement": complement,
        "district": district,
        "city": "Vale Claro",
        "state": "MG",
        "same_billing": True,
    }


def _offer(plan_name: str, seller: str) -> dict[str, Any]:
    return {"plan_id": plan(plan_name).id, "seller_id": operator(seller).id, "sold_on": clock.today()}


def _billing(
    due_day: int, method: str = "Boleto mensal", billing_type: str = "prepaid", fee_cents: int = 0
) -> dict[str, Any]:
    return {
        "billing_method_id": _named(BillingMethod, method).id,
        "due_day": due_day,
        "billing_type": billing_type,
        "uses_carne": False,
        "charge_fee": bool(fee_cents),
        "installation_fee_cents": fee_cents,
        "installation_fee_text": "Taxa de instalação" if fee_cents else "",
    }


def last_due(due_day: int, before: date | None = None) -> date:
    """The latest such day of a month before a day, today unless another is given."""
    before = before or clock.today()
    this_month = before.replace(day=due_day)
    return this_month if this_month < before else (before.replace(day=1) - timedelta(days=1)).replace(day=due_day)


@contextmanager
def by(login: str) -> Iterator[None]:
    """In the name of an operator, in the company where they work."""
    row = operator(login)
    with acting(Actor("operator", row.id, row.name), "staff", row.companies()[0].id):
        yield


@contextmanager
def days_ago(ago: int, hour: str) -> Iterator[None]:
    """So many days ago, at a local hour."""
    moment = datetime.combine(clock.today() - timedelta(days=ago), time.fromisoformat(hour), ZoneInfo(clock.ZONE))
    with clock.set_to(moment):
        yield


if __name__ == "__main__":  # what bin/run prints
    print(f"\n  Demonstration logins, password “{PASSWORD}”:")
    for login, (name, role, _, company, _more) in OPERATORS.items():
        print(f"    {login:<18}{name}, {role}, {company or 'TODAS'}")
    print(f"  {WITH_PHONE} also types a code of an app with the key {PHONE_KEY}")
    print(f"  In the Central, CPF of Dona Rita: {tax_id(RITA)}\n")
