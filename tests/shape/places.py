"""Every address of the URL map, with rows of one company in its ids: what the walking tests visit."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any, NamedTuple

from sqlalchemy import select
from werkzeug.routing import AnyConverter

from models import clock
from models.base import db
from models.billing import Carne, CashDesk, Charge, Credit, Invoice, Receipt
from models.billing.issue import issue_alone
from models.boards import BoardColumn, Card, CardMove
from models.boards.card_move import first_move
from models.boards.card_note import keep
from models.catalog import BankAccount, BillingMethod, ChargeKind, ContractTemplate, DunningRule
from models.collection import BankFile, BankFileRecord, PixReceipt
from models.contracts import Contract
from models.desk.order_page import order_page
from models.desk.order_paper import print_order
from models.files import Attachment, incoming
from models.network import AccessConcentrator, Connection, Outage
from models.network import Place as Point
from models.operators import Company, Department, SavedView
from models.outages import OutageCredit, OutageTicket, put_in
from models.outbox import Effect, Left, LeftOut, enqueue, keep_left_out
from models.papers import contract_paper, print_carne, print_cash_desk, print_invoice, print_receipt
from models.people import Person
from models.pricing import Period
from models.sales import Sale
from models.sales.answers import (
    AddressAnswers,
    BillingAnswers,
    ContractAnswers,
    InstallationAnswers,
    PersonAnswers,
    PlanAnswers,
)
from models.scope import Actor, acting
from models.services import Service, UnchargedDays
from models.telephony import Pabx, PabxItem, UpgradeOrder, UpgradeRequest
from models.tickets import Ticket
from models.work_orders import Absence, LocalHoliday
from models.workflows import (
    SLA_TYPES,
    CannedAnswer,
    ContactOrigin,
    HoursProfile,
    Macro,
    Process,
    ProcessStep,
    SlaTable,
    SupportMaterial,
    TicketClassification,
    TicketKind,
)
from tests import asked, cast, field, pictures
from web.access import Access

LEAVES = ("staff.companies.create", "staff.sessions.destroy", "portal.sessions.destroy")  # they end the session
NUMBERS = ("id", "document_id", "number")
TEXTS = {
    "listing": ("atendimentos",),
    "assunto": ("outro-assunto", "sem-internet"),
    "slug": ("dados", "endereco", "plano", "contrato", "cobranca", "instalacao"),
    "outcome": ("suspensoes", "avisos", "fora", "propostas"),
    "report": ("dinheiro", "vendas", "comissoes", "recebido", "atraso", "cortes", "creditos"),
    "page": ("financeiro", "clientes"),
    "token": ("nao-existe",),
    "code": ("VC1-1",),
    "version": ("x",),
    "block": ("situacao-da-conexao", "trafego", "autenticacoes", "extrato", "situacao", "faturas", "ordens"),
    "name": ("icons.svg",),
    "colour": ("0b5f66",),
}

# company: (itself, a customer, who sells, a plan)
COMPANIES = {
    "Vale Claro Telecom": (cast.vale_claro, cast.rita, "rafael.teixeira", "Fibra 300 Mbps"),
    "Serra Azul Net": (cast.serra_azul, cast.mar_azul, "celia.prado", "Serra 400 Mbps"),
}
OTHER = dict(zip(COMPANIES, reversed(COMPANIES), strict=True))

# What nobody of the other company may read.
MARKERS = {
    "Vale Claro Telecom": ("Rita Aparecida", cast.RITA, "529.982.247-25", "37998120456", "99812-0456", "das Acácias"),
    "Serra Azul Net": ("Hotel Mar Azul", cast.MAR_AZUL, "30.551.824/0001-10", "37996601122", "99660-1122", "Mirante"),
}


class Place(NamedTuple):
    endpoint: str
    access: Access
    method: str
    path: str
    owned: bool  # the row in its address is of a company


def rows(company: str) -> dict[str, int]:
    """A row of this company below each address that holds one, made where the cast has none."""
    itself, person, seller, plan = COMPANIES[company]
    here, by, service = itself(), cast.operator(seller), cast.service(person())
    with acting(Actor("operator", by.id, by.name), "staff", here.id):
        template = ContractTemplate(name=f"Modelo da {company}", company_id=here.id)
        template.create()
        template.publish("## Objeto\n\n{{cliente.nome}}.")
        method = BillingMethod(name=f"Boleto da {company}", company_id=here.id, means="counter")
        method.create()
        ladder = DunningRule.like(here.id)
        ladder.name = f"Régua da {company}"
        ladder.create()
        contract = Contract.issue(service, template, clock.today())
        document = contract.print(contract_paper(contract), service.person_id)
        account = BankAccount(name=f"Conta da {company}", company_id=here.id, pix_key="caixa@provedor.example")
        account.create()
        charge, invoice = _charge(service), issue_alone(_charge(service))
        paper, carne = print_invoice(db.session.get_one(Invoice, invoice)), _carne(service)
        booklet = print_carne(carne)
        file, line, pix = of_the_bank(account)
        payment = db.session.get_one(Invoice, issue_alone(_charge(service))).settle(Receipt("pix", 6000, clock.today()))
        credit = Credit.of(payment.person_id, payment.company_id)
        given = credit.give_back(100, "cash", clock.today(), "Pediu")
        waived = _waived(service)
        desk = CashDesk.open(here, 10000)
        moved = desk.supply(1000, "Troco")
        report, receipt = print_cash_desk(desk), print_receipt(payment, "a4")
        whose = {"person_id": service.person_id, "company_id": service.company_id}
        left = Left("service", service.id, "Falta um valor.", **whose)
        keep_left_out("billing", [left])
        enqueue("apply_access", f"places-{service.id}", {"service_id": service.id})
        db.session.flush()
        task = db.session.scalars(select(Effect.id).where(Effect.key == f"apply_access:places-{service.id}")).one()
        left = db.session.scalars(select(LeftOut.id).where(LeftOut.row_id == service.id)).one()
        workflow = _workflow(here)
        ticket = cast.ticket(person(), "Sem acesso à internet", "Sem conexão.")
        ticket.claim()
        comment = ticket.comment("Conferir o sinal.", "internal")
        attached = ticket.attach(incoming("antena.jpg", BytesIO(pictures.photo())), "internal")
        request = asked.ask(person(), "other", "Quero mudar o nome da minha rede.")
        asked.reply(request, "Assim.", incoming("rede.jpg", BytesIO(pictures.photo())))
        shared = db.session.scalars(select(Attachment.id).where(Attachment.of(request))).one()
        SavedView.keep("atendimentos", f"Visão da {company}", "", shared=True)
        view = db.session.scalars(select(SavedView.id).where(SavedView.name == f"Visão da {company}")).one()
        order_row = field.order(person())
        begins = clock.now() + timedelta(days=30)
        away = Absence(operator_id=by.id, reason="other", starts_at=begins, ends_at=begins + timedelta(days=1))
        db.session.add(away)
        feast = LocalHoliday(name=f"Padroeira da {company}", company_id=here.id, day=clock.today())
        feast.create()
        order_photo = Attachment.attach(order_row, incoming("poste.jpg", BytesIO(pictures.photo())), "internal")
        visit = field.order(person())
        visit.technician_id = by.id  # of whoever walks, whether they go into the field or not
        visit_photo = Attachment.attach(visit, incoming("caixa.jpg", BytesIO(pictures.photo())), "internal")
        order_print = print_order(order_page(order_row))
        wanted, item = _telephony(service)
        order, card, move = _on_the_board(service, contract)
        concentrator = _concentrator(here)
        down = _outages(concentrator, ticket, service)
        sale = _sale(here.id, by.id, cast.plan(plan).id, template.id, method.id)
    return {
        "/clientes": service.person_id,
        "/tarefas": task,
        "/visoes": view,
        "/servicos": service.id,
        "/dias-sem-cobranca": waived.id,
        "/central/servicos": service.id,
        "/central/faturas": invoice,
        "/central/contratos": contract.id,
        "/central/ajuda/pedidos": request.id,
        "/central/ajuda/arquivos": shared,
        "/contratos": contract.id,
        "/atendimentos": ticket.id,
        "/ordens": order_row.id,
        "/ordens/fotos": order_photo.id,
        "/ordens/impressao": order_print.id,
        "/tecnico/ordens": visit.id,
        "/tecnico/fotos": visit_photo.id,
        "/comentarios": comment.id,
        "/anexos": attached.id,
        "/faturas": invoice,
        "/cobrancas": charge.id,
        "/pagamentos": payment.id,
        "/pagamentos/impressao": receipt.id,
        "/caixas": desk.id,
        "/caixas/movimentos": moved.id,
        "/caixas/impressao": report.id,
        "/creditos": credit.id,
        "/creditos/movimentos": given.id,
        "/arquivos-do-banco": file.id,
        "/arquivos-do-banco/linhas": line.id,
        "/pix-recebidos": pix.id,
        "/tarefas/de-fora": left,
        "/planner/pedidos": wanted.id,
        "/planner/lancamentos": order.id,
        "/planner/cards": card.id,
        "/planner/mudancas": move.id,
        "/pabx": item.id,
        "/vendas": sale.id,
        "/configuracao/contas-de-cobranca": account.id,
        "/configuracao/empresas": here.id,
        "/configuracao/padroes-do-atendimento": here.id,
        "/configuracao/padroes-da-agenda": here.id,
        "/configuracao/feriados-locais": feast.id,
        "/ordens-de-servico/ausencias": away.id,
        "/configuracao/padroes-da-venda": here.id,
        **workflow,
        "/configuracao/formas-de-cobranca": method.id,
        "/configuracao/modelos-de-contrato": template.id,
        "/configuracao/operadores": by.id,
        "/configuracao/planos": cast.plan(plan).id,
        "/configuracao/regua-de-cobranca": ladder.id,
        "/conexoes": Connection.of(service).id,
        "/configuracao/concentradores": concentrator.id,
        **down,
        "/contratos/impressao": document.id,
        "/faturas/impressao": paper.id,
        "/carnes": carne.id,
        "/carnes/impressao": booklet.id,
    }


def _concentrator(here: Company) -> AccessConcentrator:
    row = AccessConcentrator(
        name=f"BRAS da {here.name}", vendor="other", address=f"10.9.{here.id}.1", company_id=here.id
    )
    row.create()
    return row


def _outages(concentrator: AccessConcentrator, ticket: Ticket, service: Service) -> dict[str, int]:
    """An open one with a ticket, and a credit of one that is over."""
    outage = Outage.open(concentrator, "Sem energia")
    put_in(outage, ticket)
    inside = OutageTicket.of(outage, ticket)
    assert inside
    begins = clock.now() - timedelta(hours=30)
    over = Outage.open(Point.within(f"Bairro de {concentrator.name}", "Vale", "MG"), "Raio", since=begins)
    over.close(begins + timedelta(hours=2))
    whose = {"company_id": service.company_id, "service_id": service.id, "person_id": service.person_id}
    sums = {"fee_cents": 9990, "minutes": 120, "days": 30, "amount_cents": 28}
    credit = OutageCredit(outage_id=over.id, begins_at=begins, ends_at=over.closed_at, **whose, **sums)
    db.session.add(credit)
    db.session.flush()
    return {"/paradas": outage.id, "/paradas/atendimentos": inside.id, "/descontos-de-parada": credit.id}


def _workflow(here: Company) -> dict[str, int]:
    """A row of each list of the workflow, of this company."""
    own: dict[str, Any] = {"company_id": here.id}
    process = Process(name=f"Processo da {here.name}", sla_type="doubt", **own)
    process.create()
    kept = Process(name=f"Outro processo da {here.name}", sla_type="doubt", **own)
    kept.create()
    department = db.session.scalars(select(Department.id).order_by(Department.id).limit(1)).one()
    steps = [
        ProcessStep(process_id=of.id, name=name, department_id=department)
        for of, name in ((process, "Ouvir"), (process, "Responder"), (kept, "Ouvir"), (kept, "Responder"))
    ]
    for step in steps:
        step.create()
    material = SupportMaterial(step_id=steps[3].id, name="Roteiro", text="Ouça até o fim.")
    hours = HoursProfile(name=f"Horário da {here.name}", week={"0": [["08:00", "18:00"]]}, **own)
    times = dict.fromkeys((f"{type}_minutes" for type in SLA_TYPES), 60)
    table = SlaTable(name=f"SLA da {here.name}", **times, **own)
    kind = TicketKind(code=f"9{here.id}", name=f"Tipo da {here.name}", process_id=kept.id, **own)
    classification = TicketClassification(name=f"Classificação da {here.name}", **own)
    origin = ContactOrigin(name=f"Contato da {here.name}", **own)
    answer = CannedAnswer(name=f"Resposta da {here.name}", code=f"r{here.id}", text="{{empresa.nome}}", **own)
    for row in (material, hours, table, kind, classification, origin, answer):
        row.create()
    macro = Macro()
    macro.save([{"kind": "claim"}], name=f"Macro da {here.name}", **own)
    return {
        "/configuracao/processos": process.id,
        "/configuracao/subprocessos": steps[2].id,
        "/configuracao/materiais-de-apoio": material.id,
        "/configuracao/respostas-prontas": answer.id,
        "/configuracao/macros": macro.id,
        "/configuracao/horarios": hours.id,
        "/configuracao/tabelas-de-sla": table.id,
        "/configuracao/tipos-de-atendimento": kind.id,
        "/configuracao/classificacoes": classification.id,
        "/configuracao/origens-do-contato": origin.id,
    }


def _telephony(service: Service) -> tuple[UpgradeRequest, PabxItem]:
    """A line that is asked for, and a free extension of a panel."""
    person = db.session.get_one(Person, service.person_id)
    asked = UpgradeRequest.register(person, ["line"], answer="advertised", intention_confirmed=True)
    panel = Pabx.held(service.company_id, service.person_id)
    of: dict[str, Any] = {"company_id": panel.company_id, "pabx_id": panel.id, "service_id": service.id}
    item = PabxItem(**of, kind="extension", number="2000", name="Balcão", sector="Vendas", status="free")
    item.contracted_on, item.free_since, item.created_at = clock.today(), clock.now(), clock.now()
    db.session.add(item)
    db.session.flush()
    return asked, item


def _on_the_board(service: Service, contract: Contract) -> tuple[UpgradeOrder, Card, CardMove]:
    """A line that was ordered, and its card: of a service that is no telephone, so past the launch."""
    person, now = db.session.get_one(Person, service.person_id), clock.now()
    asked = UpgradeRequest.register(person, ["line"], answer="advertised", intention_confirmed=True)
    asked.agree("Quem atendeu", clock.today(), 1000)
    asked.end("launched")
    of = {"company_id": service.company_id, "person_id": service.person_id}
    panel = Pabx.held(**of)
    order = UpgradeOrder(
        **of,
        request_id=asked.id,
        pabx_id=panel.id,
        service_id=service.id,
        contract_id=contract.id,
        kind="line",
        line_number="3732210000",
        quantity=1,
        unit_cents=1000,
        starts_on=clock.today(),
        words="Linha nova",
        status="open",
        created_at=now,
        launched_by_id=asked.author_id,
        version=1,
    )
    column = BoardColumn.of("orders").id
    card = Card(**of, pabx_id=panel.id, board_column_id=column, entered_at=now, created_at=now, version=1)
    db.session.add_all((order, card))
    db.session.flush()
    return order, card, first_move(card, keep(card, column, "Pedido lançado.", order, None), None)


def _waived(service: Service) -> UnchargedDays:
    begins = service.starts_on
    return service.leave_uncharged(begins, begins, "Cortesia", lambda _: [Period(begins, begins)])


def _charge(service: Service) -> Charge:
    kind = db.session.scalars(select(ChargeKind).order_by(ChargeKind.id).limit(1)).one()
    usual = {"description": "Visita técnica", "amount_cents": 5000, "discount_cents": 0, "due_on": clock.today()}
    return Charge.add(service, kind, **usual)


def of_the_bank(account: BankAccount) -> tuple[BankFile, BankFileRecord, PixReceipt]:
    """A retorno with a title nobody knows, and a Pix of another amount."""
    own = {"company_id": account.company_id}
    told: dict[str, Any] = {
        "sha256": "0" * 64,
        "layout": "cnab240",
        "content": b"0",
        "titles": 1,
        "total_cents": 100,
        "brought_by": "Teste",
    }
    at = {"created_at": clock.now()}
    file = BankFile(**own, **told, **at, bank_account_id=account.id, direction="return", name="a.ret", status="read")
    pix = PixReceipt(**own, **at, e2e_id=f"E{account.id:031}", amount_cents=100, told_by="webhook", outcome="divergent")
    pix.happened_at = clock.now()
    db.session.add_all([file, pix])
    db.session.flush()
    line = {"line": 3, "nosso_numero": "1", "occurrence": "06", "meaning": "paid", "outcome": "quarantine"}
    record = BankFileRecord(**own, **line, bank_file_id=file.id, paid_cents=100, occurred_on=clock.today())
    db.session.add(record)
    db.session.flush()
    return file, record, pix


def _carne(service: Service) -> Carne:
    service.uses_carne, service.installation_fee_cents = True, 0
    return Carne.generate(service, clock.today(), clock.today() + timedelta(days=10), 2)


def _sale(company_id: int, seller_id: int, plan_id: int, template_id: int, method_id: int) -> Sale:
    """A sale that only waits for Salvar."""
    sale = Sale.start(
        PersonAnswers(
            kind="individual",
            document=cast.STRANGER,
            name="Aurora Lima Couto",
            mobile="37999990000",
            company_id=company_id,
        )
    )
    street = {"cep": "35500160", "street": "Rua Nova", "number": "1", "district": "Centro", "city": "Vale Claro"}
    for answers in (
        AddressAnswers(**street, state="MG", same_billing=True),
        PlanAnswers(plan_id=plan_id, seller_id=seller_id, sold_on=clock.today()),
        ContractAnswers([template_id]),
        BillingAnswers(
            billing_method_id=method_id, due_day=10, billing_type="prepaid", uses_carne=False, charge_fee=False
        ),
        InstallationAnswers(open_order=False),
    ):
        sale.answer(answers, sale.version)
    return sale


def places(app, rows: dict[str, int]) -> list[Place]:
    """Every address that can be asked for; what is of no company has the number 1."""
    with app.test_request_context():
        return [place for rule in app.url_map.iter_rules() for place in _places(app, rule, rows)]


def _places(app, rule, rows):
    words = {name: options(rule, name) for name in rule._converters if name not in NUMBERS}
    varied, first = next(iter(words), None), {name: among[0] for name, among in words.items()}
    for option in words[varied] if varied else ("",):
        path, owned = address(app, rule, first | ({varied: option} if varied else {}), rows)
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
            yield Place(rule.endpoint, app.view_functions[rule.endpoint].access, method, path, owned)


def address(app, rule, words: dict[str, str], rows: dict[str, int]) -> tuple[str, bool]:
    """The address of a rule with the row that belongs in it; whether that row is of a company."""
    values = words | {name: rows.get(name, 1) for name in rule.arguments if name in NUMBERS}
    path = app.url_for(rule.endpoint, **values)
    owner = next((row for row in rows if "id" in values and path.startswith(f"{row}/1")), None)
    if owner is None:
        return path, False
    own = {"id": rows[owner], "document_id": rows.get(f"{owner}/impressao", rows.get("document_id", 1))}
    return app.url_for(rule.endpoint, **{name: own.get(name, value) for name, value in values.items()}), True


def options(rule, name) -> list[str] | tuple[str, ...]:
    """What may stand for a word in the address of a rule."""
    converter = rule._converters[name]
    if isinstance(converter, AnyConverter):
        return sorted(converter.items)
    assert name in TEXTS, f"{rule.rule}: say in TEXTS of tests/shape/places.py what stands for <{name}>"
    return TEXTS[name]


def inside(places, kind):
    return [place for place in places if place.access.kind == kind and place.endpoint not in LEAVES]
