"""From the call to «Tudo OK», and everything that would skip a step."""

import pytest

from models.boards import launch, make
from models.boards.card_move import last_move
from models.refused import Refused
from models.telephony import Use, count
from tests import phones
from tests.cast import by, sol


def test_three_extensions_with_one_free(db):
    with by("bruno.reis"):
        request = phones.asked(sol())
        spare = request.free_ones()
        assert [row.called for row in spare] == ["2001, Fornos"]
        request.check(3, [spare[0].id], "Eunice Martins")
        assert "Use antes" in (request.refusal_to_forward() or "")
        request.use_existing({spare[0].id: Use("install", device="Yealink T31")}, sell_the_rest=True)
        assert (request.status, request.to_sell) == ("negotiation", 2)
    with by("rafael.teixeira"):
        with pytest.raises(Refused, match="Registre o acordo"):
            launch(request, phones.terms(request))
        phones.agreed(request)
        card, order = launch(request, phones.terms(request, ["Balcão", "Escritório"]))
        assert order.words == "2 ramais: Balcão e Escritório. Instalar em telefone IP"
        with pytest.raises(Refused, match="vez do Suporte"):
            make(card, phones.column("finance").id, card.version, phones.noted(card))
    with by("bruno.reis"):
        with pytest.raises(Refused, match="Crie antes"):
            make(card, phones.column("finance").id, card.version, phones.noted(card))
        order.make()
        with pytest.raises(Refused, match="já foram criados"):
            order.make()
        with pytest.raises(Refused, match="Escreva o que o Suporte fez"):
            make(card, phones.column("finance").id, card.version)
        with pytest.raises(Refused, match="Passa antes pelo Financeiro"):
            make(card, phones.column("done").id, card.version, phones.noted(card))
        phones.to_finance(card)
        last = last_move(card)
        last.undo()
        assert card.board_column_id == phones.column("orders").id
        assert order.noted_at
        make(card, phones.column("finance").id, card.version)
    with by("ana.souza"):
        with pytest.raises(Refused, match="Ajuste antes o contrato"):
            make(card, phones.column("done").id, card.version, phones.noted(card))
        phones.to_done(card)
    assert order.status == "done"
    counted = count(phones.items(sol()))
    assert (counted.contracted, counted.in_use, counted.free, counted.on_order) == (4, 4, 0, 0)
    assert (order.before_cents, order.after_cents) == (4980, 9960)
