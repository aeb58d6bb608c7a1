"""What an act asks before it is done: the question, what will happen, and how it is taken back."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import select

from models.base import db
from models.billing import Charge, Credit, Invoice, Payment
from models.billing.cash_desk import CashDesk, desk_of, refusal_to_give_back, to_give_back
from models.collection.reversal import refusal_to_reverse
from models.people import Person
from models.wording import brl, day


class Asked(NamedTuple):
    """A page that asks for one act. `here` names the act, `kind` and `icon` draw its button."""

    slug: str
    question: str
    here: str
    consequence: str
    kind: str
    icon: str


def asked(invoice: Invoice, slug: str) -> Asked:
    """An act of /faturas/<id>/<slug>: cancelamento, baixa, reabertura or retirada-do-credito."""
    name = db.session.scalar(select(Person.name).where(Person.id == invoice.person_id))
    number, rest = invoice.number, brl(invoice.open_cents)
    credit = " O crédito que ela usou volta ao cliente." if invoice.credit_cents else ""
    if slug == "cancelamento":
        what = f"Ninguém mais deve os {rest} nem o que ela cobrava: o faturamento não cobra de novo.{credit}"
        days = "Os dias de uso dela ficam em Dias sem cobrança, no Financeiro do cliente, até alguém decidir."
        never = f"{what} {days} Não se desfaz: de lá, cobre-os outra vez ou decida não cobrar."
        return Asked(slug, f"Cancelar a fatura {number} de {name}?", "Cancelar fatura", never, "danger-fill", "ban")
    if slug == "baixa":
        what = f"Ninguém mais deve os {rest}: a dívida é perdoada e o serviço deixa de ser suspenso por ela."
        back = f"{what} Reabrir a fatura desfaz."
        return Asked(
            slug, f"Baixar sem receber a fatura {number} de {name}?", "Baixar sem receber", back, "danger-fill", "ban"
        )
    if slug == "reabertura":
        owed = brl(invoice.total_cents - invoice.paid_cents)
        what = f"Voltam a faltar {owed}, vencidos em {day(invoice.due_on)}, com a multa e os juros de cada dia."
        again = f"{what} A régua olha o serviço de novo: o que a baixa liberou pode voltar a ser suspenso."
        return Asked(slug, f"Reabrir a fatura {number} de {name}?", "Reabrir fatura", again, "primary", "refresh")
    what = f"Os {brl(invoice.credit_cents)} voltam ao crédito do cliente, e a fatura passa a custar "
    what += f"{brl(invoice.total_cents + invoice.credit_cents)}, com outro boleto e outro Pix."
    return Asked(slug, f"Tirar o crédito da fatura {number} de {name}?", "Tirar o crédito", what, "primary", "refresh")


class Reversing(NamedTuple):
    """An estorno about to be made: of whom, for what, and each thing that will happen."""

    payment: Payment
    invoice: Invoice | None
    charge: Charge | None
    refusal: str | None
    will: list[str]
    desk_refusal: str | None  # why the money cannot leave the drawer now; it may later

    @property
    def question(self) -> str:
        payment = self.payment
        of = f"da fatura {self.invoice.number}" if self.invoice else "da cobrança avulsa"
        return f"Estornar {brl(payment.amount_cents)} {of}?"

    @property
    def facts(self) -> str:
        payment = self.payment
        return f"{payment.means_words}, pago em {day(payment.paid_on)}, registrado por {payment.received_by}."


def reversing(payment: Payment) -> Reversing:
    """What the estorno of a payment will do; three questions."""
    invoice = db.session.get_one(Invoice, payment.invoice_id) if payment.invoice_id else None
    charge = db.session.get_one(Charge, payment.charge_id) if payment.charge_id else None
    mine = select(Credit.balance_cents).where(
        Credit.person_id == payment.person_id, Credit.company_id == payment.company_id
    )
    balance = db.session.scalar(mine) or 0
    desk = to_give_back(payment)
    will = [*_will(payment, invoice, charge), *_leaves(payment, desk)]
    refusal = refusal_to_reverse(payment, invoice, balance)
    return Reversing(payment, invoice, charge, refusal, will, refusal_to_give_back(payment, desk))


def _leaves(payment: Payment, desk: CashDesk | None) -> list[str]:
    """Which cash desk it comes off."""
    standing = desk_of(payment)
    if desk and (standing is None or standing.id == desk.id):
        return [f"Sai do caixa {desk.id}, de {desk.operator_name}."]
    if desk and standing:
        return [f"O caixa {standing.id}, onde entrou, está fechado: sai do caixa {desk.id}, que você tem aberto."]
    if standing:
        return [f"O caixa {standing.id}, onde entrou, está fechado e você não tem outro aberto: sai fora de caixa."]
    return []


def _will(payment: Payment, invoice: Invoice | None, charge: Charge | None) -> list[str]:
    found = []
    if invoice and payment.principal_cents:
        owed = brl(invoice.total_cents - invoice.paid_cents + payment.principal_cents)
        found.append(
            f"A fatura {invoice.number} fica em aberto: faltam {owed}, com vencimento em {day(invoice.due_on)}."
        )
        if invoice.status == "paid":
            found.append("A régua olha o serviço de novo: o que este pagamento liberou volta a ficar como estava.")
    if charge:
        found.append(f"{charge.description} volta a ficar em aberto.")
    if payment.credit_cents:
        found.append(f"O crédito de {brl(payment.credit_cents)} que ele gerou é retirado.")
    if payment.means == "credit":
        found.append(f"Os {brl(payment.amount_cents)} voltam ao crédito do cliente.")
    if payment.bank_file_record_id:
        found.append("A linha do retorno volta à quarentena, para ser associada à fatura certa.")
    if payment.e2e_id:
        back = payment.returned_cents >= payment.amount_cents
        waits = "O Pix volta a esperar em Pix recebidos, para ser baixado na fatura certa."
        found.append("O banco já devolveu este Pix: não há o que baixar de novo." if back else waits)
    if payment.means == "counter":
        found.append("O dinheiro recebido no balcão se devolve, ou se recebe de novo na fatura certa.")
    return found
