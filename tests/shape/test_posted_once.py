"""Every creating form of the URL map, taken from the page that draws it and posted again and again (B-04).

A new view called create joins by itself: its form is found on the pages of tests/shape/places.py and filled in with
what is plausible. Where that is not enough, BEFORE makes what the form needs and says on which page it stands.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from models import clock
from models.base import Base
from models.base import db as base
from models.billing import Carne, CashDesk, Charge, Invoice, Payment, Receipt
from models.billing.issue import Draft, NewCharge, issue, issue_alone
from models.boards import Card
from models.catalog import BankAccount, BillingMethod, ChargeKind, ContractTemplate
from models.collection.outgoing import make_outgoing
from models.files import incoming
from models.history import Event
from models.network import Outage, Place
from models.operators import Department, IdemKey, company_of
from models.outbox import Effect, RoutineRun
from models.people import Person, Tag
from models.services import Service
from models.telephony import UpgradeOrder, UpgradeRequest, Use, register, telephones
from models.tickets import Ticket
from models.work_orders import WorkOrder
from models.workflows import Macro
from staff.bank_files.outgoing import written
from tests import asked, bank, cast, field, networked, phones, pictures, planner
from tests.browsing import Answer, Visitor
from tests.shape.filling import Drawn, forms, of_page
from tests.shape.places import of_the_bank, rows
from web.once import LEFT_OUT, MAKES, MAKES_NOTHING, creating, new_key

TIMES = 10
HOME = {"staff": "davi.rocha", "portal": "rita"}
NOT_COUNTED = ("idem_key", "login_session", "throttle", "counter")

pytestmark = pytest.mark.slow


def mailable() -> int:
    """The contract of somebody who has an e-mail."""
    service = cast.service(cast.ze())
    person = base.session.get_one(Person, service.person_id)
    person.set_contacts({**person.contacts(), "email": "ze@exemplo.example"})
    return cast.contract(service).id


def invoice(service: Service | None = None) -> Invoice:
    return base.session.get_one(Invoice, issue_alone(charge(service)))


def charge(service: Service | None = None) -> Charge:
    kind = base.session.scalars(select(ChargeKind).order_by(ChargeKind.id).limit(1)).one()
    usual = {"description": "Visita técnica", "amount_cents": 5000, "discount_cents": 0}
    return Charge.add(service or cast.service(cast.ze()), kind, **usual, due_on=clock.today() + timedelta(days=5))


def with_boleto() -> tuple[BankAccount, Invoice]:
    """An invoice whose boleto the bank does not know yet."""
    account = BankAccount(name=f"Itaú {new_key()[:8]}", company_id=cast.vale_claro().id, bank="341", fields={})
    account.fields = {"agencia": "0057", "conta": "12345", "carteira": "109"}
    account.create()
    service = cast.service(cast.ze())
    base.session.get_one(BillingMethod, service.billing_method_id).bank_account_id = account.id
    return account, invoice(service)


def stopped_task() -> str:
    base.session.scalars(select(Effect).order_by(Effect.id).limit(1)).one().state = "dead"
    return "/tarefas"


def suspended() -> str:
    service = cast.service(cast.ze())
    if service.status == "active":
        service.suspend("conferência")
    return f"/servicos/{service.id}"


def failed_routine() -> str:
    at = clock.now()
    base.session.add(RoutineRun(name="retention", slot="1", started_at=at, finished_at=at, error="parou"))
    return "/tarefas"


def with_gap() -> str:
    """Days of a service whose invoice was cancelled: nobody charges them."""
    service = cast.service(cast.maria())
    before = base.session.scalar(select(func.count()).where(Charge.service_id == service.id, Charge.kind == "monthly"))
    begins = service.starts_on + timedelta(days=10 * (before or 0))
    use = (begins, begins + timedelta(days=9))
    monthly = NewCharge(service.id, "monthly", "Mensalidade", 5000, (("scm", "Internet", 5000),), use)
    of = {"company": company_of(service), "person_id": service.person_id, "method_id": service.billing_method_id}
    [id] = issue([Draft(**of, account=None, due_on=clock.today(), charges=(monthly,))])
    base.session.get_one(Invoice, id).cancel("para cobrar de outro jeito")
    return f"/servicos/{service.id}"


def waiting_line() -> str:
    """A line of a retorno in quarantine."""
    return f"/arquivos-do-banco/linhas/{of_the_bank(with_boleto()[0])[1].id}/sem-baixa"


def paid(cents: int, service: Service | None = None) -> Payment:
    return invoice(service).settle(Receipt("pix", cents, clock.today()))


def to_use_credit() -> str:
    """Something is left of a payment, and another invoice is owed."""
    paid(9000)
    return f"/faturas/{invoice().id}/credito"


def drawer(*, closed: bool = False, supplied: bool = False) -> str:
    """A cash desk of the administrator who posts; the page that undoes a movement of it."""
    with cast.by(HOME["staff"]):
        desk = CashDesk.mine(cast.vale_claro().id) or CashDesk.open(cast.vale_claro(), 10000)
        if supplied:
            return f"/caixas/movimentos/{desk.supply(1000, 'Troco').id}/remover"
        if closed:
            desk.close(desk.cash_cents, "", desk.version)
        return f"/caixas/{desk.id}"


def to_open() -> str:
    """Nothing of theirs is open."""
    drawer(closed=True)
    return "/caixas/abrir"


def to_join() -> str:
    """An invoice that falls due after the instalments of a carnê."""
    carne = base.session.scalars(select(Carne).order_by(Carne.id.desc()).limit(1)).one()
    last = max(each.due_on for each in carne.invoices())
    joining = charge(base.session.get_one(Service, carne.service_id))
    joining.due_on = last + timedelta(days=30)
    issue_alone(joining)
    return f"/carnes/{carne.id}/associar-faturas"


def unclaimed() -> int:
    with cast.by("bruno.reis"):
        return cast.ticket(cast.ze(), "Lentidão", "Lenta.").id


def attended(draft: bool = False, closed: bool = False) -> str:
    """A ticket of the administrator who posts: a draft, held by them, or finished."""
    with cast.by(HOME["staff"]):
        if draft:
            return f"/atendimentos/{Ticket.open(cast.ze(), cast.service(cast.ze())).id}"
        row = cast.ticket(cast.ze(), "Lentidão", "Lenta.")
        row.claim()
        if closed:
            row.close(cast.closing_classification(), None)
        return f"/atendimentos/{row.id}"


def ordered(scheduled: bool = False) -> str:
    """A work order of Seu Zé, of nobody or of João one of these days."""
    with cast.by(HOME["staff"]):
        row = field.order(cast.ze())
        if scheduled:
            free = clock.today() + timedelta(days=row.number)  # a day of its own
            row.schedule(free, time(10), cast.operator("joao.alcantara").id, row.version, confirmed=False)
        return f"/ordens/{row.id}"


def on_the_phone() -> str:
    """A visit of the administrator, who goes into the field for once."""
    cast.operator(HOME["staff"]).technician = True
    row = base.session.get_one(WorkOrder, int(ordered().rpartition("/")[2]))
    row.technician_id = cast.operator(HOME["staff"]).id
    return f"/tecnico/ordens/{row.id}"


def begun() -> str:
    """The order step of a draft of the quick form, whose first step is finished."""
    path = attended(draft=True)
    ticket = base.session.get_one(Ticket, int(path.rpartition("/")[2]))
    with cast.by(HOME["staff"]):
        said = {"kind_id": str(cast.ticket_kind().id), "status": "pending_work_order", "report": "Fibra partida."}
        ticket.keep({**said, "destination": "", "closing_note": ""})
    return f"{path}/abertura/ordem"


def noting() -> int:
    """A macro with one private comment."""
    row = Macro()
    act = {"kind": "comment", "visibility": "internal", "text": "Conferido."}
    row.save([act], name=f"Anotar {new_key()[:8]}", company_id=cast.vale_claro().id)
    return row.id


def staged(identified: bool = False) -> str:
    """A draft of the staged form, before or after its first stage."""
    with cast.by(HOME["staff"]):
        row = Ticket.open(cast.ze())
        if identified:
            row.identify({"contact_origin_id": cast.contact_origin().id, "report": "Liga mais tarde."})
        return f"/atendimentos/{row.id}"


def my_file() -> str:
    """A picture on a ticket of the administrator."""
    ticket = base.session.get_one(Ticket, int(attended().rpartition("/")[2]))
    with cast.by(HOME["staff"]):
        return f"/anexos/{ticket.attach(incoming('antena.jpg', BytesIO(pictures.photo())), 'internal').id}"


def my_comment() -> str:
    """The last comment of a ticket, by the administrator."""
    ticket = base.session.get_one(Ticket, int(attended().rpartition("/")[2]))
    with cast.by(HOME["staff"]):
        return f"/comentarios/{ticket.comment('Conferir o sinal.', 'internal').id}/editar"


def contested(kind: str = "") -> str:
    """A ticket of the administrator with a contest, answered so if said; its page of the answer."""
    with cast.by(HOME["staff"]):
        ticket = Ticket.contest(invoice(), 1000, "Cobrança errada.")
        ticket.claim()
        if kind:
            ticket.answer_contest(kind, "Conferido.")
        return f"/atendimentos/{ticket.id}/contestacao"


def in_comercial(*logins: str) -> None:
    """Whoever posts works where requests are taken, looked at and launched."""
    sales = Department.with_duty("sales")
    for login in logins or (HOME["staff"],):
        cast.operator(login).department_id = sales.id if sales else None


def requested(stage: str, kind: str = "module", *logins: str) -> str:
    """A request of telephony that has come so far: triage, negotiation, agreed or ended."""
    in_comercial(*logins)
    with cast.by("rafael.teixeira"):
        row = phones.asked(cast.sol(), kind)
        if stage != "triage" and kind != "line":
            phones.checked(row, 1)
            row.forward()
        if stage == "agreed":
            phones.agreed(row)
        elif stage == "ended":
            row.not_agreed("Achou caro")
    return f"/planner/pedidos/{row.id}"


def with_spare() -> str:
    """A request of an extension, of which the customer has one without use."""
    item = of_panel().rpartition("/")[2]
    page = requested("triage", "extension")
    with cast.by("rafael.teixeira"):
        row = base.session.get_one(UpgradeRequest, int(page.rpartition("/")[2]))
        row.check(1, [int(item)], "Eunice Martins")
    return page


def of_panel(in_use: bool = False) -> str:
    """An item of a panel, a new one each time."""
    in_comercial()
    with cast.by(HOME["staff"]):
        phone, number = telephones(cast.sol().id)[0], 3000 + len(phones.items(cast.sol()))
        use = Use("install", device="Yealink T31") if in_use else None
        return f"/pabx/{register(phone, 'extension', str(number), 'Mesa', 'Vendas', use).id}"


def boarded(duty: str, kind: str = "outbound_channel", at_finance: bool = False) -> UpgradeOrder:
    """An order of a customer of its own on the Planner; whoever posts works in the sector with this duty."""
    sector = Department.with_duty(duty)
    cast.operator(HOME["staff"]).department_id = sector.id if sector else None
    number = base.session.scalar(select(func.max(Person.id))) or 0
    customer = cast.sell_phone(planner.cnpj(f"{number:012}"), f"Loja {number}", f"379{number:08}")
    with cast.by("rafael.teixeira"):
        phones.used_up(customer)
        card, order = phones.launched(customer, 1, kind)
    if at_finance:
        with cast.by("bruno.reis"):
            phones.to_finance(card)
    return order


def launched(duty: str, page: str, **more: Any) -> str:
    """A page of such an order, or of its card."""
    order = boarded(duty, **more)
    if page.startswith("/"):
        return f"/planner/lancamentos/{order.id}{page}"
    card = base.session.scalars(select(Card.id).where(Card.pabx_id == order.pabx_id)).one()
    return f"/planner/cards/{card}{page.removeprefix('card')}"


def of_sol(page: str) -> str:
    in_comercial()
    return f"/clientes/{cast.sol().id}/{page}"


def to_rate() -> str:
    """A finished request of Dona Rita, whose rating was asked for."""
    row = asked.ask(cast.rita())
    with cast.by("bruno.reis"):
        row.claim()
        row.close(cast.closing_classification(), None, ask_rating=True)
    return f"/central/ajuda/pedidos/{row.id}"


# What must be there first; gives the page that draws the form.
def stopped(*, over: bool = False) -> Outage:
    """An outage of a place of its own, where no other is; one of BRAS-02 is `over`, nothing proposed."""
    with cast.by("davi.rocha"):
        since = clock.now() - timedelta(hours=2)
        here = (
            Place.at(networked.concentrator("BRAS-02, POP Jardim Alvorada"))
            if over
            else Place.within(f"Bairro {uuid4().hex[:8]}", "Vale", "MG")
        )
        row = Outage.open(here, "Sem energia", since=since)
        if over:
            row.close()
        return row


BEFORE: dict[str, Callable[[], str]] = {
    "portal.tickets.create": lambda: "/central/ajuda/outro-assunto",
    "portal.replies.create": lambda: f"/central/ajuda/pedidos/{asked.ask(cast.rita()).id}",
    "portal.ratings.create": to_rate,
    "staff.ticket_discards.create": lambda: f"{attended(draft=True)}/descarte",
    "staff.chosen_tickets.create": lambda: f"/atendimentos?aba=todos&ordem=-protocolo#{unclaimed()}",
    "staff.chosen_tags.create": lambda: "/clientes",
    "staff.chosen_invoices.create": lambda: invoice() and "/faturas",
    "staff.claims.create": lambda: f"/atendimentos/{unclaimed()}",
    "staff.new_customers.create": lambda: "/atendimentos/novo/cliente",
    "staff.ticket_customers.create": lambda: f"{staged()}/novo-cliente",
    "staff.comments.create": attended,
    "staff.attachments.create": lambda: f"{attended()}/anexos/adicionar",
    "staff.attachment_turns.create": my_file,
    "staff.attachment_removals.create": lambda: f"{my_file()}/remover",
    "staff.forwards.create": lambda: f"{attended()}/encaminhamento",
    "staff.contests.create": lambda: f"/faturas/{invoice().id}/contestacao",
    "staff.contest_answers.create": contested,
    "staff.contest_answers.destroy": lambda: f"{contested('granted')}/desfazer",
    "portal.contests.create": lambda: f"/central/faturas/{invoice(cast.service(cast.rita())).id}/contestacao",
    "staff.work_orders.create": lambda: f"/clientes/{cast.ze().id}/ordens-de-servico/adicionar",
    "staff.ticket_orders.create": lambda: f"{attended()}/ordens-de-servico/nova",
    "staff.opening_orders.update": begun,
    "staff.distributions.create": ordered,
    "staff.outages.create": lambda: "/paradas/nova",
    "staff.outage_answers.create": lambda: f"/paradas/{stopped().id}",
    "staff.outage_ends.create": lambda: f"/paradas/{stopped().id}/encerramento",
    "staff.outage_tickets.create": lambda: f"/paradas/{stopped().id}/atendimentos",
    "staff.outage_credits.create": lambda: f"/paradas/{stopped(over=True).id}/descontos",
    "staff.appointments.create": lambda: f"{ordered()}/agendamento",
    "staff.unschedulings.create": lambda: f"{ordered(scheduled=True)}/agendamento/cancelamento",
    "staff.order_closings.create": lambda: f"{ordered()}/encerramento",
    "staff.order_ends.create": lambda: f"{ordered()}/cancelamento",
    "staff.visit_steps.create": on_the_phone,
    "staff.visit_closings.create": lambda: f"{on_the_phone()}/encerramento",
    "staff.express_checks.create": lambda: f"{attended()}/consulta-expressa",
    "staff.pauses.create": lambda: f"{attended()}/pausa",
    "staff.ticket_closings.create": lambda: f"{attended()}/finalizacao",
    "staff.macro_runs.create": lambda: f"{attended()}/macros/execucao?macro={noting()}",
    "staff.reopenings.create": lambda: f"{attended(closed=True)}/reabertura",
    "staff.tasks.create": stopped_task,
    "staff.routine_repeats.create": failed_routine,
    "staff.gap_charges.create": lambda: f"{with_gap()}/cobranca-de-dias",
    "staff.uncharged_days.create": lambda: f"{with_gap()}/dias-sem-cobranca",
    "staff.cash_desks.create": to_open,
    "staff.cash_closings.create": lambda: f"{drawer()}/fechamento",
    "staff.cash_reopenings.create": lambda: f"{drawer(closed=True)}/reabertura",
    "staff.cash_movements.create": lambda: f"{drawer()}/suprimento",
    "staff.cash_movements.destroy": lambda: drawer(supplied=True),
    "staff.contract_mails.create": lambda: f"/contratos/{mailable()}",
    "staff.receipt_mails.create": lambda: f"/pagamentos/{paid(5000, cast.service(cast.sol())).id}",
    "staff.reversals.create": lambda: f"/pagamentos/{paid(5000).id}/estorno",
    "staff.credit_uses.create": to_use_credit,
    "staff.carne_invoices.create": to_join,
    "staff.suspensions.create": lambda: f"/servicos/{cast.service(cast.maria()).id}/suspensao",
    "staff.enablings.create": lambda: f"{suspended()}/habilitacao",
    "staff.trust_unlocks.create": lambda: f"{suspended()}/desbloqueio-em-confianca",
    "staff.charge_receipts.create": lambda: f"/cobrancas/{charge().id}/recebimento",
    "staff.charge_closings.create": lambda: f"/cobrancas/{charge().id}/cancelamento",
    "staff.receipts.create": lambda: f"/faturas/{invoice().id}/recebimento",
    "staff.closings.create": lambda: f"/faturas/{invoice().id}/baixa",
    "staff.outgoing.create": lambda: with_boleto() and "/arquivos-do-banco/remessa",
    "staff.set_asides.create": waiting_line,
    "staff.returns.create": lambda: with_boleto() and "/arquivos-do-banco/retorno",
    "staff.card_notes.create": lambda: launched("support", "card"),
    "staff.order_extensions.create": lambda: launched("support", "card", kind="extension"),
    "staff.contract_adjustments.create": lambda: launched("finance", "/ajuste", at_finance=True),
    "staff.order_cancellations.create": lambda: launched("sales", "/cancelamento"),
    "staff.pabx_items.create": lambda: of_sol("pabx/registrar"),
    "staff.pabx_uses.create": lambda: f"{of_panel()}/uso",
    "staff.pabx_frees.create": lambda: f"{of_panel(in_use=True)}/livre",
    "staff.pabx_withdrawals.create": lambda: f"{of_panel()}/retirada",
    "staff.upgrade_requests.create": lambda: of_sol("pedidos-de-telefonia/novo"),
    "staff.existing_uses.create": lambda: f"{with_spare()}/uso",
    "staff.disagreements.create": lambda: f"{requested('negotiation')}/nao-fechado",
    "staff.request_ends.create": lambda: f"{requested('triage')}/desistencia",
    "staff.request_retakes.create": lambda: requested("ended"),
    "staff.request_rechecks.create": lambda: requested("negotiation"),
    "staff.line_sales.create": lambda: f"{requested('agreed', 'line')}/venda",
    "staff.launches.create": lambda: f"{requested('agreed')}/lancamento",
    "staff.configuration.accounts.create": lambda: "/configuracao/contas-de-cobranca/adicionar?banco=pix",
    "staff.configuration.operators.create": lambda: "/configuracao/operadores/adicionar",
}


def another_template() -> int:
    row = ContractTemplate(name="Modelo para mais um contrato", company_id=cast.vale_claro().id)
    row.create()
    row.publish("## Objeto\n\n{{cliente.nome}}.")
    return row.id


def retorno() -> dict[str, Any]:
    """The newest account, and the answer of its bank to a remessa."""
    account = base.session.scalars(select(BankAccount).order_by(BankAccount.id.desc()).limit(1)).one()
    id, content = account.id, make_outgoing(account, written).content
    base.session.rollback()
    return {"account_id": str(id), "file": (bank.answer(content, clock.today(), lambda number: 0), "retorno.ret")}


def ticked() -> dict[str, Any]:
    """The newest ticket, to be rescued from the list."""
    row = base.session.scalars(select(Ticket).order_by(Ticket.id.desc()).limit(1)).one()
    return {"acao": "resgatar", "chosen": [f"{row.id}.{row.version}"]}


def ticked_customer() -> dict[str, Any]:
    """Seu Zé, who gets a tag from the list."""
    tag = base.session.scalars(select(Tag.id).where(Tag.name == "VIP")).one()
    return {"chosen": [f"{cast.ze().id}.{cast.ze().version}"], "tag": str(tag)}


def ticked_invoice() -> dict[str, Any]:
    """The newest invoice, to be mailed from the list."""
    row = base.session.scalars(select(Invoice).order_by(Invoice.id.desc()).limit(1)).one()
    person = base.session.get_one(Person, row.person_id)
    person.set_contacts({**person.contacts(), "email": "ze@exemplo.example"})
    return {"chosen": [f"{row.id}.{row.version}"]}


# What is typed where the plausible is not enough.
TYPED: dict[str, Callable[[], dict[str, Any]]] = {
    "staff.outages.create": lambda: {
        "place": f"c:{networked.concentrator().id}",
        "cause": "Sem energia",
        "forecast_on": "",
        "forecast_time": "",
        "credits": "yes",
    },
    "staff.outage_ends.create": lambda: {"tickets": "tell"},
    "staff.outage_tickets.create": lambda: {"protocol": cast.ticket(cast.ze(), "Lentidão", "Cai.").protocol},
    "portal.tickets.create": lambda: {"phone": "", "files": (pictures.photo(), "antena.jpg")},
    "portal.replies.create": lambda: {"files": (pictures.photo(), "antena.jpg")},
    "portal.ratings.create": lambda: {"stars": "4"},
    "staff.new_customers.create": lambda: {"document": "246.813.579-28"},
    "staff.ticket_customers.create": lambda: {"document": "135.792.468-28"},
    "staff.procedures.create": lambda: {"body": "# Antes de tudo\n\n- Ouvir o cliente."},
    "staff.charges.create": lambda: {"due_on": f"{clock.today() + timedelta(days=9)}"},
    "staff.bank_lines.update": lambda: {"number": str(invoice().number)},
    "staff.pix_receipts.update": lambda: {"number": str(invoice().number)},
    "staff.cash_desks.create": lambda: {"company_id": str(cast.vale_claro().id), "opening_cents": "100,00"},
    "staff.cash_closings.create": lambda: {"counted_cents": "0,00", "reason": "Contado."},
    "staff.carne_invoices.create": lambda: {"invoices": [str(base.session.scalar(select(func.max(Invoice.id))))]},
    "staff.returns.create": retorno,
    "staff.chosen_tickets.create": ticked,
    "staff.chosen_tags.create": ticked_customer,
    "staff.chosen_invoices.create": ticked_invoice,
    "staff.appointments.create": lambda: {
        "start_on": f"{clock.today() + timedelta(days=1)}",
        "start_time": "10:00",
        "technician_id": str(cast.operator("joao.alcantara").id),
        "confirmado": "1",
    },
    "staff.absences.create": lambda: {
        "technician_id": str(cast.operator("joao.alcantara").id),
        "reason": "course",
        "start_on": f"{clock.today() + timedelta(days=40)}",
        "end_on": f"{clock.today() + timedelta(days=41)}",
    },
    "staff.opening_orders.update": lambda: {
        "order_kind_id": str(cast.order_kind("Corretiva").id),
        "order_technician_id": str(cast.operator("joao.alcantara").id),
    },
    "staff.order_closings.create": lambda: {
        "technician_id": str(cast.operator("joao.alcantara").id),
        "rows-0-item": "Conector",
        "rows-0-quantity": "2",
        "files": (pictures.photo(), "antena.jpg"),
    },
    "staff.visit_steps.create": lambda: {"kind": "note", "text": "Vi o cabo.", "files": None},
    "staff.visit_closings.create": lambda: {"rows-0-item": "Conector", "rows-0-quantity": "2"},
    "staff.attachments.create": lambda: {"files": (pictures.photo(), "antena.jpg"), "visibility": "internal"},
    "staff.service_contracts.create": lambda: {"template_id": str(another_template())},
    "staff.upgrade_requests.create": lambda: {"kind": "outbound_channel"},
    "staff.card_notes.create": lambda: {"note": "Feito."},
    "staff.pabx_items.create": lambda: {"kind": "outbound_channel", "number": ""},
    "staff.configuration.companies.create": lambda: {"cnpj": "30.551.824/0001-10", "site": "serranova.example"},
    "staff.configuration.revisions.create": lambda: {"body": "## Objeto\n\nNovo texto para {{cliente.nome}}."},
}


def sent(values: dict[str, Any]) -> dict[str, Any]:
    """A file is read once a post."""
    return {
        name: (BytesIO(value[0]), value[1]) if isinstance(value, tuple) else value for name, value in values.items()
    }


def counts() -> dict[str, int]:
    with_all = {"every_company": "rows are counted over all companies"}
    tables = [table for table in Base.metadata.sorted_tables if table.name not in NOT_COUNTED]
    one = select(*(select(func.count()).select_from(table).scalar_subquery().label(table.name) for table in tables))
    return dict(base.session.execute(one, execution_options=with_all).one()._mapping)


def led(answer: Answer) -> tuple[int, str | None]:
    return answer.status, answer.location


def found(app: Any, drawn: dict[str, Drawn], endpoint: str, visitor: Visitor) -> Drawn:
    """The form as its page draws it now, filled in."""
    if endpoint in BEFORE:
        path = BEFORE[endpoint]()
        base.session.commit()
    else:
        assert endpoint in drawn, f"{endpoint}: no page draws its form; say in BEFORE what it needs"
        path = drawn[endpoint].page
    form = next((form for form in of_page(app, visitor, path) if form.endpoint == endpoint), None)
    assert form, f"{endpoint}: {path} does not draw its form"
    more = TYPED[endpoint]() if endpoint in TYPED else {}
    base.session.commit()
    return form._replace(values={**form.values, **more})


@pytest.mark.feature("B-04")
@pytest.mark.parametrize("door", ["staff", "portal"])
def test_ten_posts_of_a_form_make_one_thing(app, db, staff, central, race, door):
    """Ten at once, and once more afterwards: one row, one act in history, and all hear the same."""
    mine = rows("Vale Claro Telecom")
    browsers = [staff(HOME[door]) if door == "staff" else central(HOME[door], "proved") for _ in range(TIMES)]
    for browser in browsers:
        browser.token()
    drawn: dict[str, Drawn] = {}
    for form in forms(app, browsers[0], mine, door):
        drawn.setdefault(form.endpoint, form)
    faults = {}
    for endpoint in [name for name in creating(app) if name.startswith(f"{door}.")]:
        try:
            _post_again_and_again(app, db, race, browsers, found(app, drawn, endpoint, browsers[0]))
        except AssertionError as error:
            db.rollback()
            faults[endpoint] = str(error)
    assert not faults, "\n\n".join(f"{endpoint}: {fault}" for endpoint, fault in faults.items())


def _post_again_and_again(app, db, race, browsers, form):
    before, last = counts(), db.scalar(select(func.max(Event.id))) or 0
    values = {**form.values, "idem": new_key()}
    answers = race(TIMES, lambda i: browsers[i].post(form.action, sent(values)))
    crashed = [answer for answer in answers if not isinstance(answer, Answer)]
    assert not crashed, crashed
    answers.append(browsers[0].post(form.action, sent(values)))
    pages = [answer for answer in answers if answer.status == 200]
    assert len(pages) < 2, "more than one did it"  # a page that is shown once: the others go on from its list
    others = {led(answer) for answer in answers if answer.status != 200}
    refused = next((answer for answer in answers if answer.status not in (200, 303)), None)
    assert refused is None, (refused, refused.errors(), refused.words[-300:])
    assert len(others) == 1, others
    grown = {name: now - before[name] for name, now in counts().items() if now != before[name]}
    assert min((rows for name, rows in grown.items() if name != "event"), default=1) == 1, grown
    asked = set(db.scalars(select(Event.request_id).where(Event.id > last)))
    assert len(asked) <= 1, f"history tells of {len(asked)} acts"
    assert grown or asked, "nothing was done"
    kept = db.scalars(select(IdemKey).where(IdemKey.key == values["idem"])).one()
    assert kept.address == next(iter(others))[1]


def test_every_form_that_creates_carries_its_key(app, db, staff, central):
    mine = rows("Vale Claro Telecom")
    wrapped = set(creating(app))
    for door, visitor in (("staff", staff(HOME["staff"])), ("portal", central("rita", "proved"))):
        for form in forms(app, visitor, mine, door):
            page = visitor.get(form.page)
            drawn = page.tree.xpath("//form[@action=$action]//input[@name='idem']/@value", action=form.action)
            assert drawn or form.endpoint not in wrapped, f"{form.page}: {form.action}"
            assert len(set(drawn)) == len(drawn), f"{form.page}: two forms share a key"


def test_exceptions_are_views(app):
    """Whoever removes a view removes its line; whoever adds one called create is in by that."""
    for endpoint in {*MAKES, *MAKES_NOTHING}:
        assert endpoint in app.view_functions, endpoint
    named = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint.split(".")[0] in HOME and rule.endpoint.split(".")[-1].startswith("create")
    }
    public = {name for name in named if app.view_functions[name].access.kind == "public"}
    assert named - public - set(MAKES_NOTHING) <= set(creating(app))
    assert all(hasattr(app.view_functions[name], "__wrapped__") for name in creating(app))
    assert LEFT_OUT == ("csrf_token", "idem")
