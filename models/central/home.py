"""The first page of the Central: is it on, what is owed, how does it come back. How the state of a service is said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from models.central.invoices import Booklet, OpenInvoice, laid_out, open_invoices
from models.central.outages import Told, told
from models.central.services import WeakView, services
from models.central.tickets import news
from models.central.visits import ComingVisit, coming_visits
from models.desk.blocked import Blocked, why_blocked
from models.desk.signs import Stop
from models.wording import counted, named_invoices

UNPAID = "em aberto"
NAMED = 3  # so many services are named in a sentence; the list below names all


class State(NamedTuple):
    """The state of the most troubled services as their subscriber reads it."""

    heading: str
    about: str  # which they are; empty when it is all of several
    reason: str  # empty when there is nothing to explain
    path: list[Stop]  # whole where it may be used, broken where it stopped


@dataclass(frozen=True)
class Home:
    """The most troubled service first, the first invoice to pay first."""

    services: list[WeakView]
    invoices: list[OpenInvoice]
    blocked: dict[int, Blocked]  # by service
    booklets: list[Booklet]
    others: int  # invoices besides the first one, without the later instalments of a carnê
    visits: tuple[ComingVisit, ...] = ()  # told at level proved alone
    news: int = 0  # of their requests; told at level proved alone
    outages: tuple[Told, ...] = ()  # that touch them: open, or over today

    @property
    def service(self) -> WeakView | None:
        return self.services[0] if self.services else None

    @property
    def invoice(self) -> OpenInvoice | None:
        return self.invoices[0] if self.invoices else None

    @property
    def outage(self) -> Told | None:
        """The open one that the page begins with; what is stopped for debt is told first, and it below."""
        down = next((told for told in self.outages if told.is_open), None)
        return down if self.service and not self.service.stopped else None

    @property
    def alike(self) -> list[WeakView]:
        """The services that are as the first one is: what is said of it is said of them."""
        return [row for row in self.services if self._kind(row) == self._kind(self.services[0])]

    def _kind(self, row: WeakView) -> tuple[object, ...]:
        why = self.blocked.get(row.id)
        returning = why is not None and why.returning
        return row.status, row.trust_until, row.coming and row.coming_words, returning, returning and why and why.paid

    @property
    def why_blocked(self) -> Blocked | None:
        """What stopped the first service."""
        return self.blocked.get(self.service.id) if self.service else None

    @property
    def returning(self) -> bool:
        """Nothing holds the service any more, and the worker is about to bring it back."""
        return bool(self.why_blocked and self.why_blocked.returning)

    @property
    def held(self) -> list[OpenInvoice]:
        """What brings the services back when it is paid; nothing when only a person does."""
        ids = {debt.invoice_id for row in self.alike if row.id in self.blocked for debt in self.blocked[row.id].holding}
        return [] if self.returning else [invoice for invoice in self.invoices if invoice.id in ids]

    @property
    def by_person(self) -> bool:
        """It is stopped, or only released in trust, and no payment brings it back."""
        down = self.service and (self.service.stopped or self.service.trust_until)
        return bool(down) and not self.held and not self.returning

    @property
    def why(self) -> str:
        """Which debt it is; empty when none is known, it is paid, or it is another for each of several services."""
        known = self.why_blocked if len(self.alike) == 1 else None
        return known.subscriber_text if known and known.debts else ""

    def state(self, provider: str) -> State | None:
        """That of the first service and of those like it; None without one. `provider`: its name, a stop of the way."""
        if self.service is None:
            return None
        waiting = [row for row in self.alike if row.id in self.blocked and not self.blocked[row.id].holding]
        why = self.why_blocked
        return _State(
            self.service, self.alike, self.services, self.held, len(waiting), why, self.returning, self.down, provider
        ).state()

    @property
    def down(self) -> bool:
        """An open outage touches the first service: whatever is paid or released, it works again when that is over."""
        return any(told.is_open and self.services[0].id in told.touches for told in self.outages)


def home(person_id: int, level: str) -> Home:
    """A fixed number of questions; those about the debt only when there may be one."""
    mine = services(person_id, level)
    stopped = [row.id for row in mine if row.suspended_on]
    blocked = why_blocked(stopped) if stopped else {}
    back = {id for id, why in blocked.items() if why.returning}
    mine.sort(key=lambda row: row.trouble + (2 if row.id in back else 0))  # what is on its way back troubles less
    invoices = open_invoices(person_id)
    parts = laid_out(invoices)
    others = len(parts.now) + len(parts.later) - 1
    down = tuple(told(person_id, lambda: mine, level))
    if level != "proved":
        return Home(mine, invoices, blocked, parts.booklets, others, outages=down)
    visits = tuple(coming_visits(person_id))
    return Home(mine, invoices, blocked, parts.booklets, others, visits, news(person_id), down)


@dataclass(frozen=True)
class _State:
    """What decides the words. `alike`, `held` and `returning`: those of Home."""

    service: WeakView
    alike: list[WeakView]
    services: list[WeakView]
    held: list[OpenInvoice]
    by_person: int  # how many of those alike no payment brings back
    why: Blocked | None
    returning: bool
    down: bool
    provider: str

    def state(self) -> State:
        return State(self._heading(), self._about(), self._reason(), self._path())

    def _heading(self) -> str:
        count, all_of_them = len(self.alike), len(self.services)
        if not self._counted:
            return f"{'Seu telefone' if self.service.is_phone else 'Sua internet'} está {self._doing()}"
        all_told = counted(all_of_them, "serviço")
        whose = f"Seus {all_told}" if count == all_of_them else f"{count} dos seus {all_told}"
        return f"{whose} {'está' if count == 1 else 'estão'} {self._doing()}"

    @property
    def _counted(self) -> bool:
        """Others are of its kind, or stand as badly: "sua internet" would say it of all."""
        of_its_kind = [row for row in self.services if row.is_phone == self.service.is_phone]
        return len(of_its_kind) > 1 or (len(self.alike) > 1 and self.service.trouble < 4)

    def _about(self) -> str:
        if len(self.alike) == len(self.services) > 1:
            return ""
        names = [row.label for row in self.alike]
        if len(names) == 1:
            return names[0]
        more = len(names) - NAMED
        return "; ".join([*names[:NAMED], f"e mais {more}"] if more > 0 else names)

    @property
    def _o(self) -> str:
        """The end of what is said of them."""
        if self._counted:
            return "o" if len(self.alike) == 1 else "os"
        return "o" if self.service.is_phone else "a"

    @property
    def _they(self) -> str:
        return {"o": "ele", "a": "ela", "os": "eles"}[self._o]

    @property
    def _back(self) -> str:
        return "voltam" if self._o == "os" else "volta"

    @property
    def _released(self) -> bool:
        return self.service.trust_until is not None and not self.service.stopped

    def _doing(self) -> str:
        service = self.service
        if self.returning and service.stopped:
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
        service, o = self.service, self._o
        if self.returning and self.why:
            why = "Recebemos o seu pagamento." if self.why.paid else f"Não há mais débito que {o} segure."
            later = f" {self._they.capitalize()} {self._back} quando o conserto na sua região terminar."
            return f"{why} Não precisa fazer mais nada.{later if self.down else ''}"
        if service.stopped and self.held:
            return self._owed()
        if self._released:
            coming = " Está voltando, em até 2 minutos." if service.coming else ""
            falls = service.falls_back
            if not self.held:
                return f"Depois disso, {falls}. Fale antes com a {self.provider}.{coming}"
            return f"Sem pagamento até lá, {falls}.{coming}"
        if service.coming:
            return "Leva até 2 minutos."
        days = [row.suspended_on for row in self.alike if row.suspended_on]
        since = f"{o} por débito desde {min(days):%d/%m}." if days else ""
        return {
            "suspended_for_debt": f"Suspens{since} Para voltar a usar, fale com a {self.provider}.",
            "reduced": f"Reduzid{since} Para voltar ao normal, fale com a {self.provider}.",
            "awaiting_installation": "Quando a equipe terminar de instalar, o serviço aparece ativo aqui.",
            "awaiting_migration": "A mudança está em andamento. Quando terminar, o serviço aparece ativo aqui.",
            "active": "",
        }[service.status]

    def _owed(self) -> str:
        """What to pay, and what comes back then: a promise for what it holds alone."""
        named = named_invoices([invoice.due_on for invoice in self.held])
        article = "a " if len(self.held) == 1 else "as " if named.startswith("faturas") else ""
        quick, count = all(invoice.pix_code for invoice in self.held), len(self.alike) - self.by_person
        who, comes = self._they, self._back
        if self.by_person:
            who, comes = f"{count} deles", "volta" if count == 1 else "voltam"
        by_itself = f"{comes} sozinh{'os' if comes == 'voltam' else self._o if self._o != 'os' else 'o'}"
        back = f"Com Pix, {who} {comes} em poucos minutos." if quick else f"Quando o pagamento cair, {by_itself}."
        if self.down:
            then = "Com Pix" if quick else "Quando o pagamento cair"
            back = f"{then}, o acesso é liberado; {who} {comes} quando o conserto na sua região terminar."
        others = f" Sobre os outros, fale com a {self.provider}." if self.by_person else ""
        return f"Falta pagar {article}{named}. {back}{others}"

    def _path(self) -> list[Stop]:
        service, several = self.service, len(self.alike) > 1
        end = "Serviços" if several else "Telefone" if service.is_phone else "Internet"
        o = "os" if several else "o" if service.is_phone else "a"
        house, later = Stop("Sua casa", "instalada", "ok"), Stop(end, "depois", "off")
        on = Stop(end, service.coming_words, "current") if service.coming else Stop(end, f"liberad{o}", "ok")
        debt = Stop("Pagamento", UNPAID, "stopped" if service.status == "suspended_for_debt" else "warn")
        if self.returning and self.why:
            debt = Stop("Pagamento", "recebido", "ok") if self.why.paid else Stop("Débito", "encerrado", "ok")
            return [house, debt, Stop(end, "voltando", "current") if service.stopped else on]
        if not self.held:
            debt = Stop(self.provider, "fale com a gente", debt.state)
        if self._released:
            return [house, debt, on]
        contract = Stop("Contrato", "feito", "ok")
        return {
            "suspended_for_debt": [house, debt, Stop(end, f"parad{o}", "off")],
            "reduced": [house, debt, Stop(end, f"mais lent{o}", "warn")],
            "awaiting_installation": [contract, Stop("Instalação", "a fazer", "current", False), later],
            "awaiting_migration": [house, Stop("Migração", "em andamento", "current", False), later],
            "active": [house, Stop(self.provider, "acesso liberado", "ok"), on],
        }[service.status]
