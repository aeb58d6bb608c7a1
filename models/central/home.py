"""The first page of the Central: is it on, what is owed, how does it come back. How the state of a service is said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from models.central.invoices import Booklet, OpenInvoice, laid_out, open_invoices
from models.central.services import WeakView, services
from models.central.tickets import news
from models.desk.blocked import Blocked, why_blocked
from models.desk.signs import Stop

UNPAID = "em aberto"


class State(NamedTuple):
    """The state of a service as its subscriber reads it."""

    heading: str
    reason: str  # empty when there is nothing to explain
    path: list[Stop]  # whole where it may be used, broken where it stopped


@dataclass(frozen=True)
class Home:
    """The most troubled service first, the first invoice to pay first."""

    services: list[WeakView]
    invoices: list[OpenInvoice]
    blocked: Blocked | None
    booklets: list[Booklet]
    others: int  # invoices besides the first one, without the later instalments of a carnê
    news: int = 0  # of their requests; told at level proved alone

    @property
    def service(self) -> WeakView | None:
        return self.services[0] if self.services else None

    @property
    def invoice(self) -> OpenInvoice | None:
        return self.invoices[0] if self.invoices else None

    @property
    def returning(self) -> bool:
        """Nothing holds the service any more, and the worker is about to bring it back."""
        return bool(self.service and self.service.stopped and self.blocked and self.blocked.returning)

    @property
    def owing(self) -> bool:
        """There is a debt, and no invoice here to pay it with."""
        return bool(self.service and (self.service.stopped or self.service.trust_until) and not self.invoice)

    @property
    def why(self) -> str:
        """Which debt it is; empty when none is known, or it is paid."""
        return self.blocked.subscriber_text if self.blocked and self.blocked.debts and not self.returning else ""

    def state(self, provider: str) -> State | None:
        """That of the first service; None without one. `provider`: its name, a stop of the way to the internet."""
        return (
            _State(self.service, self.invoice, self.returning, bool(self.blocked and self.blocked.paid)).state(provider)
            if self.service
            else None
        )


def home(person_id: int, level: str) -> Home:
    """A fixed number of questions; those about the debt only when there may be one."""
    mine = services(person_id, level)
    blocked = why_blocked(mine[0].id) if mine and mine[0].suspended_on else None
    invoices = open_invoices(person_id)
    parts = laid_out(invoices)
    others = len(parts.now) + len(parts.later) - 1
    return Home(mine, invoices, blocked, parts.booklets, others, news(person_id) if level == "proved" else 0)


@dataclass(frozen=True)
class _State:
    """What decides the words. `invoice`: the open one that was not paid, if any; `returning`: that of Home."""

    service: WeakView
    invoice: OpenInvoice | None
    returning: bool
    paid: bool  # by a payment

    def state(self, provider: str) -> State:
        subject = "Seu telefone" if self.service.is_phone else "Sua internet"
        return State(f"{subject} está {self._doing()}", self._reason(), self._path(provider))

    @property
    def _o(self) -> str:
        return "o" if self.service.is_phone else "a"

    @property
    def _released(self) -> bool:
        return self.service.trust_until is not None and not self.service.stopped

    def _doing(self) -> str:
        service = self.service
        if self.returning:
            return "voltando"
        if self._released:
            return f"liberad{self._o} em confiança até {service.trust_ends}"
        if service.coming:
            return service.coming_words
        return {
            "suspended_for_debt": f"suspens{self._o}",
            "reduced": "com velocidade reduzida",
            "awaiting_installation": "aguardando instalação",
            "awaiting_migration": "aguardando migração",
            "active": f"ativ{self._o}",
        }[service.status]

    def _reason(self) -> str:
        service, invoice, o = self.service, self.invoice, self._o
        if self.returning:
            why = "Recebemos o seu pagamento." if self.paid else f"Não há mais débito que {o} segure."
            return f"{why} Não precisa fazer mais nada."
        if service.stopped and invoice:
            quick = f"Com Pix, {'ele' if service.is_phone else 'ela'} volta em poucos minutos."
            later = f"Quando o pagamento cair, volta sozinh{o}."
            return f"Falta pagar a {invoice.title.lower()}. {quick if invoice.pix_code else later}"
        if self._released:
            coming = " Está voltando, em até 2 minutos." if service.coming else ""
            return f"Sem pagamento até lá, {service.falls_back}.{coming}"
        if service.coming:
            return "Leva até 2 minutos."
        since = f"por débito desde {service.since}."
        return {
            "suspended_for_debt": f"Suspens{o} {since} Para voltar a usar, acerte o débito com a gente.",
            "reduced": f"Reduzid{o} {since} Para voltar ao normal, acerte o débito com a gente.",
            "awaiting_installation": "Quando a equipe terminar de instalar, o serviço aparece ativo aqui.",
            "awaiting_migration": "A mudança está em andamento. Quando terminar, o serviço aparece ativo aqui.",
            "active": "",
        }[service.status]

    def _path(self, provider: str) -> list[Stop]:
        service, o, end = self.service, self._o, "Telefone" if self.service.is_phone else "Internet"
        house, later = Stop("Sua casa", "instalada", "ok"), Stop(end, "depois", "off")
        on = Stop(end, service.coming_words, "current") if service.coming else Stop(end, f"liberad{o}", "ok")
        if self.returning:
            debt = Stop("Pagamento", "recebido", "ok") if self.paid else Stop("Débito", "encerrado", "ok")
            return [house, debt, Stop(end, "voltando", "current")]
        if self._released:
            return [house, Stop("Pagamento", UNPAID, "warn"), on]
        contract = Stop("Contrato", "feito", "ok")
        return {
            "suspended_for_debt": [house, Stop("Pagamento", UNPAID, "stopped"), Stop(end, f"parad{o}", "off")],
            "reduced": [house, Stop("Pagamento", UNPAID, "warn"), Stop(end, f"mais lent{o}", "warn")],
            "awaiting_installation": [contract, Stop("Instalação", "a fazer", "current", False), later],
            "awaiting_migration": [house, Stop("Migração", "em andamento", "current", False), later],
            "active": [house, Stop(provider, "acesso liberado", "ok"), on],
        }[service.status]
