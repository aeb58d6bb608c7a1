"""The first sentence of a customer's page: what is so, until when, and what happens then (B-13).

One place says it, for every kind of customer; the template only draws. Without `money`, for whoever does not read it,
the same states are told without amounts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from models import clock
from models.desk.customer_money import Money, total
from models.desk.customer_news import Coming
from models.desk.customer_services import ServiceRow
from models.dunning.debt_notice import CHANNELS, Debt
from models.services import STATUSES
from models.wording import brl, counted, ended, named_invoices, near, short_day

FARTHEST = datetime.max.replace(tzinfo=UTC)  # an order without appointment comes after those that have one


@dataclass(frozen=True)
class Answer:
    """`first` is what is so, `then` what follows from it; `also`, what is so of the rest, a line each.

    `tone` as in components/status.html.
    """

    tone: str
    first: str
    then: list[str] = field(default_factory=list)
    also: list[str] = field(default_factory=list)


def answer(
    rows: Sequence[ServiceRow],
    money: Money | None = None,
    coming: Sequence[Coming] = (),
    *,
    may_sell: bool = False,
    company: str = "",
) -> Answer:
    """What is so with a customer. `rows` come with their debts; `coming` is money nobody has settled yet.

    `company`: the one whoever looks works in, for a customer of every company: what another has is not seen.
    """
    live = [row for row in rows if not row.cancelled]
    return _Answering(live, len(rows), money, coming, may_sell, f" na {company}" if company else "").answer()


@dataclass(frozen=True)
class _Answering:
    live: list[ServiceRow]
    contracted: int
    money: Money | None
    coming: Sequence[Coming]
    may_sell: bool
    here: str  # " na Serra Azul Net", where that has to be said

    def answer(self) -> Answer:
        said = [self._of(kind) for kind in ("stopped", "back", "reduced", "trust", "late", "waiting", "migrating")]
        parts = [part for part in said if part]
        if not parts:
            parts = [self._calm()]
        first, *others = parts
        money = [*self._visits(), *self._money()]
        if not others and len(money) < 2:
            return Answer(first.tone, first.first, [*first.then, *money])
        also = [*(" ".join([other.first, *other.then]) for other in others), *money]
        return Answer(first.tone, first.first, first.then, also)

    def _of(self, kind: str) -> Answer | None:
        rows = [row for row in self.live if _kind(row) == kind]
        if not rows:
            return None
        says = {
            "stopped": self._stopped,
            "back": self._back,
            "reduced": self._reduced,
            "trust": self._trust,
            "late": self._late,
            "waiting": self._waiting,
            "migrating": self._migrating,
        }
        return says[kind](rows)

    # ---- what each kind says; of one service alone, without its name

    def _stopped(self, rows: list[ServiceRow]) -> Answer:
        return self._cut(rows, "Suspenso", "suspensos", "por débito", "Volta", "Voltam")

    def _reduced(self, rows: list[ServiceRow]) -> Answer:
        found = self._cut(
            rows, "Velocidade reduzida", "com velocidade reduzida", "por débito", "Volta ao normal", "Voltam ao normal"
        )
        ahead = self._ahead(rows) if any(row.debts for row in rows) else []
        return Answer("warn", found.first, [*found.then, *ahead])

    def _cut(self, rows: list[ServiceRow], one: str, many: str, why: str, back: str, backs: str) -> Answer:
        days = [clock.local(row.suspended_at).date() for row in rows if row.suspended_at]
        since = f" desde {short_day(min(days))}" if days else ""
        debts = _debts([debt for row in rows for debt in row.debts])
        head = self._head(rows, f"{one} {why}", f"{many} {why}") + since
        if not debts or self.money is None:
            then = [_reason(row) for row in rows[:1] if len(rows) == 1 and row.suspension_reason and not debts]
            if not debts and self.money is not None:
                then.append("Nenhuma fatura em atraso segura o serviço: volta quando alguém habilitar.")
            return Answer("bad", f"{head}.", then)
        verb = back if len(rows) == 1 else backs
        alone = "sozinho" if len(rows) == 1 else "sozinhos"
        falls = "o pagamento cair" if len(debts) == 1 else "os pagamentos caírem"
        return Answer("bad", f"{head}: {self._owed(debts)}.", [f"{verb} {alone} quando {falls}."])

    def _back(self, rows: list[ServiceRow]) -> Answer:
        why = "o pagamento entrou" if all(row.paid_waits for row in rows) else "não há mais débito que segure"
        head = self._head(rows, f"Voltando: {why}", f"voltando: {why}")
        return Answer("ok", f"{head}.", ["Leva até 2 minutos."])

    def _trust(self, rows: list[ServiceRow]) -> Answer:
        until = min(row.trust_until for row in rows if row.trust_until)
        head = self._head(rows, "Liberado em confiança", "liberados em confiança")
        back = STATUSES[rows[0].falls_back or "suspended_for_debt"]
        debts = _debts([debt for row in rows for debt in row.debts])
        owed = f": {self._owed(debts)}" if debts and self.money else ""
        return Answer("warn", f"{head} até {near(until)}.", [f"Sem pagamento até lá, volta a {back}{owed}."])

    def _late(self, rows: list[ServiceRow]) -> Answer:
        debts = _debts([debt for row in rows for debt in row.debts])
        head = self._head(rows, "Em atraso, sem corte", "em atraso, sem corte")
        return Answer("warn", f"{head}: {self._owed(debts)}.", self._ahead(rows))

    def _ahead(self, rows: list[ServiceRow]) -> list[str]:
        """What the ladder did and will do with what is late and not suspended."""
        told = [debt for row in rows for debt in row.debts if debt.noticed_on]
        said = []
        if told:
            first = min(told, key=lambda debt: (debt.noticed_on or date.max, debt.number))
            said.append(f"Avisado em {short_day(first.noticed_on)} por {CHANNELS[first.channel or 'portal']}.")
        held = [row.held_until for row in rows if row.is_held and row.held_until]
        cuts = [row.cuts_on for row in rows if row.cuts_on and not row.is_held]
        if held:
            said.append(f"A régua está segurada até {short_day(min(held))}: até lá nada é cortado.")
        if cuts:
            said.append(f"Pode ser suspenso a partir de {short_day(min(cuts))}.")
        elif not told and not held:
            said.append("Ainda sem aviso, e sem aviso nada é cortado.")
        elif not held and all(row.ladder and not row.ladder.suspends for row in rows):
            said.append("A régua que ele segue não suspende.")
        return said

    def _waiting(self, rows: list[ServiceRow]) -> Answer:
        head = self._head(rows, "Aguardando instalação", "aguardando instalação")
        orders = [(row.order, row.technician) for row in rows if row.order]
        if not orders:
            return Answer("neu", f"{head}, sem ordem de serviço aberta.")
        order, technician = min(orders, key=lambda pair: pair[0].starts_at or FARTHEST)
        who = f", com {technician}" if technician else ""
        return Answer("neu", f"{head}: OS {order.number}, {order.when}{who}.")

    def _visits(self) -> list[str]:
        """Somebody comes, for another reason than the installation that is told of above."""
        rows = [row for row in self.live if row.order and row.service.status != "awaiting_installation"]
        orders = [(row.order, row.technician) for row in rows if row.order]
        orders.sort(key=lambda pair: pair[0].starts_at or FARTHEST)
        return [
            f"Visita {order.when}, com {technician}: OS {order.number}."
            if order.starts_at
            else f"OS {order.number} aberta, ainda sem agenda."
            for order, technician in orders
        ]

    def _migrating(self, rows: list[ServiceRow]) -> Answer:
        head = self._head(rows, "Aguardando migração", "aguardando migração")
        return Answer("neu", f"{head}.", ["Conclua a migração para o serviço voltar."])

    def _calm(self) -> Answer:
        if not self.contracted:
            sell = ["Adicione o primeiro serviço."] if self.may_sell else []
            return Answer("neu", ended(f"Nada contratado{self.here}"), sell)
        if not self.live:
            gone = counted(self.contracted, "serviço cancelado", "serviços cancelados")
            return Answer("neu", f"Nenhum serviço em uso{self.here}: {gone}.")
        on = "serviço habilitado" if len(self.live) == 1 else f"{len(self.live)} serviços habilitados"
        if self.money is None or self.money.late:  # late for what is in use no more
            return Answer("ok", f"{on[0].upper()}{on[1:]}.")
        return Answer("ok", f"Em dia{self.here}: {on}.")

    # ---- the money that no service above has told of

    def _money(self) -> list[str]:
        money = self.money
        if money is None:
            return []
        told = {debt.invoice_id for row in self.live for debt in row.debts}
        rest = [bill for bill in money.late if bill.invoice.id not in told]
        said = [f"Ainda deve {brl(total(rest))}, de {counted(len(rest), 'fatura')} em atraso."] if rest else []
        soon = [bill for bill in money.owed if not bill.late]
        if soon:
            until = min(bill.to_pay.due.payable_until for bill in soon)
            said.append(f"{brl(total(soon))} a pagar até {short_day(until)}, sem multa.")
        elif money.coming and not money.late:
            due = money.coming[0].invoice.due_on
            said.append(f"A próxima fatura vence em {short_day(due)}: {brl(total(money.coming))}.")
        elif not money.open and not money.contested and self.contracted:
            said.append(ended(f"Nenhuma fatura em aberto{self.here}"))
        for bill in money.contested:
            invoice = bill.invoice
            resting = invoice.contested_cents or (0 if bill.is_open else invoice.total_cents)
            what = f"{brl(resting)} da fatura {invoice.number}" if resting else f"Parte paga da fatura {invoice.number}"
            said.append(f"{what} em contestação: ninguém cobra até a resposta.")
        return [*said, *(row.words for row in self.coming)]

    # ---- words

    def _head(self, rows: list[ServiceRow], one: str, many: str) -> str:
        """Of the only service in use `one` alone; of one among several with its name; of several their number."""
        if len(self.live) == 1:
            return one
        if len(rows) == 1:
            row = rows[0]
            return f"{row.service.plan_name} ({row.address.street}, {row.address.number}) {one[0].lower()}{one[1:]}"
        if len(rows) == len(self.live):
            return f"Os {counted(len(rows), 'serviço')} {many}"
        return f"{len(rows)} de {counted(len(self.live), 'serviço')} {many}"

    def _owed(self, debts: list[Debt]) -> str:
        """'fatura de outubro, R$ 103,47 hoje'."""
        cost = {bill.invoice.id: bill.cents for bill in (self.money.bills if self.money else [])}
        named = named_invoices([debt.due_on for debt in debts])
        return f"{named}, {brl(sum(cost.get(debt.invoice_id, debt.open_cents) for debt in debts))} hoje"


def _kind(row: ServiceRow) -> str:
    if row.comes_back:
        return "back"
    if row.trust_until:
        return "trust"
    if row.service.status == "active":
        return "late" if row.debts else ""
    return {
        "suspended_for_debt": "stopped",
        "reduced": "reduced",
        "awaiting_installation": "waiting",
        "awaiting_migration": "migrating",
    }[row.service.status]


def _debts(debts: Sequence[Debt]) -> list[Debt]:
    """Each invoice once, though it may charge several services; the oldest first."""
    once = {debt.invoice_id: debt for debt in debts}
    return sorted(once.values(), key=lambda debt: (debt.due_on, debt.number))


def _reason(row: ServiceRow) -> str:
    return f"Motivo: {(row.suspension_reason or '').rstrip('.')}."
