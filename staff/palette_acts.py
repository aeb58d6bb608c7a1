"""Acts by name in the palette: 'receber rita' is the form that receives Rita's oldest open invoice (B-16).

A verb and a customer's name make a row for each act, with the form it opens. Where the form would refuse, the row says
why and opens nothing; without the permission it says which one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from flask import url_for

from models.desk.customers import ListedCustomer, words
from models.desk.standing import Standing, standing
from models.operators.permissions import PERMISSIONS
from models.people.person import searchable
from models.wording import brl, day
from web.doors import me


class Row(NamedTuple):
    """A row of the palette; without `href` its detail says why it opens nothing."""

    icon: str
    label: str
    detail: str
    href: str | None


class Verb(NamedTuple):
    title: str  # before the customer's name
    icon: str
    permission: str
    said: tuple[str, ...]  # what somebody types, without accents; the longest first
    rows: Callable[[ListedCustomer, Standing], Iterator[tuple[str, str | None]]]  # detail and where it leads


def _receive(person: ListedCustomer, now: Standing) -> Iterator[tuple[str, str | None]]:
    if now.invoice is None:
        yield "Não há fatura em aberto", None
    elif refusal := now.invoice.refusal_to_receive():
        yield refusal, None
    else:
        yield _about(now), url_for("staff.receipts.new", id=now.invoice.id)


def _reprint(person: ListedCustomer, now: Standing) -> Iterator[tuple[str, str | None]]:
    if now.invoice is None:
        yield "Não há fatura em aberto", None
    else:
        yield _about(now), url_for("staff.invoices.show", id=now.invoice.id)


def _trust(person: ListedCustomer, now: Standing) -> Iterator[tuple[str, str | None]]:
    """A row for each service that may be unlocked; else the reason of the first."""
    can = [service for service in now.services if service.refusal_to_trust() is None]
    for service in can:
        yield service.label, url_for("staff.trust_unlocks.new", id=service.id)
    if not can:
        yield now.services[0].refusal_to_trust() or "" if now.services else "Não há serviço em uso", None


def _ticket(person: ListedCustomer, now: Standing) -> Iterator[tuple[str, str | None]]:
    yield "Escolha de que serviço é", url_for("staff.tickets.of_person", id=person.id)


def _charge(person: ListedCustomer, now: Standing) -> Iterator[tuple[str, str | None]]:
    if now.services:
        yield "Uma cobrança avulsa", url_for("staff.charges.new", id=person.id)
    else:
        yield "Não há serviço em uso para cobrar", None


def _contract(person: ListedCustomer, now: Standing) -> Iterator[tuple[str, str | None]]:
    yield "Escolha qual, em Contratos", url_for("staff.paper.index", id=person.id)


def _carne(person: ListedCustomer, now: Standing) -> Iterator[tuple[str, str | None]]:
    """A row for each service that is charged by one."""
    can = [service for service in now.services if service.uses_carne]
    for service in can:
        yield service.label, url_for("staff.carnes.new", id=person.id, servico=service.id)
    if not can:
        yield "Nenhum serviço é cobrado em carnê", None


def _sell(person: ListedCustomer, now: Standing) -> Iterator[tuple[str, str | None]]:
    yield "No cadastro, em Adicionar Serviços", url_for("staff.customers.show", id=person.id)


def _about(now: Standing) -> str:
    invoice = now.invoice
    return f"Fatura {invoice.number} · {brl(invoice.open_cents)}, vence em {day(invoice.due_on)}" if invoice else ""


VERBS = (
    Verb("Receber de", "cash", "billing.receive", ("receber de", "receber"), _receive),
    Verb(
        "Desbloqueio em Confiança de",
        "heart-handshake",
        "services.unlock_in_trust",
        ("desbloqueio em confianca de", "desbloqueio em confianca", "desbloquear", "desbloqueio", "liberar"),
        _trust,
    ),
    Verb(
        "Novo Atendimento para",
        "ticket",
        "tickets.attend",
        (
            "abrir atendimento para",
            "abrir atendimento",
            "novo atendimento para",
            "novo atendimento",
            "atender",
            "abrir",
        ),
        _ticket,
    ),
    Verb(
        "2ª via de",
        "printer",
        "billing.read",
        ("2a via de", "2a via", "segunda via de", "segunda via", "2 via", "boleto de", "boleto"),
        _reprint,
    ),
    Verb(
        "Imprimir contrato de",
        "file-text",
        "contracts.read",
        ("imprimir contrato de", "imprimir contrato"),
        _contract,
    ),
    Verb("Gerar carnê para", "barcode", "billing.charge", ("gerar carne para", "gerar carne"), _carne),
    Verb("Cobrança para", "receipt", "billing.charge", ("cobrar de", "cobrar"), _charge),
    Verb(
        "Adicionar serviço a",
        "plus",
        "sales.sell",
        ("vender para", "vender", "adicionar servico a", "adicionar servico"),
        _sell,
    ),
)


def spoken(typed: str) -> tuple[Verb | None, str]:
    """The verb that was typed first, and what stands behind it as it was typed; none, and all of it."""
    text = typed.strip()
    asked = text.split()
    for verb in VERBS:
        for said in verb.said:
            count = len(said.split())
            if [searchable(word) for word in asked[:count]] == said.split():
                return verb, " ".join(asked[count:])
    return None, text


def rows_of(verbs: Sequence[Verb], people: Sequence[ListedCustomer]) -> list[Row]:
    """The acts for these customers, those of the first customer first, in two statements."""
    now = standing([person.id for person in people])
    found = []
    for person in people:
        for verb in verbs:
            label = f"{verb.title} {person.name}"
            if not me().may(verb.permission):
                found.append(Row(verb.icon, label, f"Pede a permissão “{PERMISSIONS[verb.permission]}”", None))
                continue
            found += [Row(verb.icon, label, detail, href) for detail, href in verb.rows(person, now[person.id])]
    return found


def of_here(person: ListedCustomer, typed: str) -> list[Row]:
    """What may be done now for the customer whose page is open, of that what has every word typed."""
    asked = words(typed)
    able = [verb for verb in VERBS if me().may(verb.permission)]
    rows = [row for row in rows_of(able, [person]) if row.href]
    return [row for row in rows if all(word in searchable(row.label) for word in asked)]
