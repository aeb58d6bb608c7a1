"""The Planner of the demonstration: a card in every column and state, and requests in every stage before it."""

from __future__ import annotations

from models.base import db
from models.boards import BoardColumn, launch, write
from models.people import Person
from models.telephony import Use
from models.workflows import Procedure
from tests import phones
from tests.cast import by, days_ago, due_now, procedure, sell_phone, sol

# What each is called, and its CNPJ.
HOUSES = {
    "school": ("Colégio Monte Verde Ltda.", "11222333000181"),
    "parts": ("Auto Peças Lima & Filhos", "22333444000181"),
    "learning": ("Escola Saber e Crescer", "33444555000181"),
    "coop": ("Cooperativa de Laticínios do Vale", "44555666000181"),
    "condo": ("Condomínio Residencial Parque das Águas", "55666777000181"),
    "office": ("Contábil Norte Ltda.", "66777888000181"),
    "hospital": ("Hospital São José", "77888999000181"),
    "haulage": ("Transportadora Vale do Rio Pará S.A.", "88999000000181"),
    "pharmacy": ("Farmácia Central", "99000111000181"),
}


def cnpj(first: str) -> str:
    """With the two digits that make it valid."""
    base = first[:12]
    for weights in ((5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2), (6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)):
        rest = sum(int(digit) * weight for digit, weight in zip(base, weights, strict=True)) % 11
        base += str(0 if rest < 2 else 11 - rest)
    return base


def load() -> None:
    """Sell the telephones, take the requests and walk some of them on, each in its sector's name; and commit."""
    who = {key: _sold(name, cnpj(first), at) for at, (key, (name, first)) in enumerate(HOUSES.items())}
    _describe_columns()
    _under_way(who)
    _at_finance(who)
    _ended(who)
    _negotiated(who)
    due_now()
    db.session.commit()


def _sold(name: str, document: str, at: int) -> Person:
    with days_ago(240 - at, "10:00"):
        person = sell_phone(document, name, f"3798800{at:04}", due_day=(5, 10, 15)[at % 3])
    with days_ago(239 - at, "10:00"), by("bruno.reis"):
        phones.put_to_use(person, "Recepção", "Atendimento", "Yealink T31")
        phones.put_to_use(person, "Administração", "Administração", "Yealink T31")
    return person


def _describe_columns() -> None:
    row: Procedure = procedure()
    with by("davi.rocha"):
        for column in BoardColumn.in_use():
            column.change(column.version, procedure_id=row.id)


def _launch(person: Person, names: list[str], how: str = "install", cents: int = 2490) -> None:
    """A request of so many extensions, agreed and launched by Rafael."""
    with by("rafael.teixeira"):
        request = phones.checked(phones.asked(person), len(names))
        request.forward()
        phones.agreed(request, cents)
        launch(request, phones.terms(request, names, how=how))


def _of(person: Person, kind: str, **more: str) -> None:
    with by("rafael.teixeira"):
        phones.launched(person, 1, kind, **more)


def _under_way(who: dict[str, Person]) -> None:
    with days_ago(6, "11:20"):
        _launch(who["school"], ["Secretaria", "Portaria", "Cantina"], "send_data")
    with days_ago(3, "16:05"):
        with by("bruno.reis"):
            request = phones.asked(sol())
            spare = request.free_ones()[0]
            request.check(3, [spare.id], "Eunice Sol Martins")
            request.use_existing({spare.id: Use("install", device="Yealink T31")}, sell_the_rest=True)
        with by("rafael.teixeira"):
            phones.agreed(request)
            card, _ = launch(request, phones.terms(request, ["Balcão", "Escritório"]))
    with days_ago(2, "11:02"), by("bruno.reis"):
        made = card.orders("open")[0].make()
        made[0].put_to_use(Use("install", device="Yealink T31"))
        write(card, "Criados 2002 e 2003. O 2002 está no balcão; falta o do escritório, a mesa chega às 16 h.", None)
    with days_ago(0, "00:20"):
        _of(who["parts"], "outbound_channel")


def _at_finance(who: dict[str, Person]) -> None:
    for ago, key, act in (
        (1, "learning", lambda person: _of(person, "module")),
        (1, "coop", lambda person: _launch(person, ["Galpão 1", "Galpão 2", "Galpão 3", "Balança"])),
        (0, "condo", lambda person: _of(person, "line", line_number="3732213300", donor="Vivo")),
    ):
        with days_ago(ago, "00:10"):
            act(who[key])
        with days_ago(ago, "00:30"), by("bruno.reis"):
            phones.to_finance(phones.card(who[key]))
    with days_ago(0, "00:40"):
        _of(who["coop"], "module", module="URA")


def _ended(who: dict[str, Person]) -> None:
    with days_ago(4, "09:00"):
        _launch(who["office"], ["Fiscal", "Folha", "Sala 2"])
    with days_ago(3, "09:30"), by("bruno.reis"):
        phones.to_finance(phones.card(who["office"]))
    with days_ago(0, "00:50"), by("ana.souza"):
        phones.to_done(phones.card(who["office"]))


def _negotiated(who: dict[str, Person]) -> None:
    with days_ago(5, "15:00"), by("bruno.reis"):
        phones.asked(who["haulage"], "line", line_number="3732211000", donor="Vivo")
    with days_ago(1, "14:00"), by("bruno.reis"):
        many = phones.checked(phones.asked(who["hospital"], note="2 andares"), 12)
        many.forward()
    with days_ago(1, "10:00"), by("ana.souza"):
        phones.asked(who["pharmacy"], "outbound_channel")
    with days_ago(9, "10:00"), by("bruno.reis"):
        lost = phones.checked(phones.asked(who["pharmacy"]), 1)
        lost.forward()
    with days_ago(8, "10:00"), by("rafael.teixeira"):
        lost.not_agreed("Achou caro: vai usar o celular da loja.")
