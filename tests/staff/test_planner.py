"""The Planner through its doors: whose turn, the note before the move, the contract, what nobody may skip."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from models import clock as clocks
from models.boards import Card, CardMove, CardNote
from models.services import Service
from models.telephony import PabxItem, UpgradeOrder, count
from tests import cast, phones
from tests.browsing import HTMX
from tests.cast import by


@pytest.fixture
def card(db):
    """Two extensions of Padaria Sol, Balcão and Escritório, just launched."""
    with by("rafael.teixeira"):
        row, _ = phones.launched(cast.sol(), 2, names=["Balcão", "Escritório"])
    db.commit()
    return row.id


@pytest.fixture
def channel(db):
    """An outgoing channel of Padaria Sol, just launched."""
    with by("rafael.teixeira"):
        row, _ = phones.launched(cast.sol(), 1, "outbound_channel")
    db.commit()
    return row.id


def order(db) -> UpgradeOrder:
    return db.scalars(select(UpgradeOrder).order_by(UpgradeOrder.id.desc())).first()


def where(db, id: int) -> str:
    db.expire_all()
    row = db.get(Card, id)
    return next(key for key in ("orders", "finance", "done") if phones.column(key).id == row.board_column_id)


def move(person, db, id: int, to: str, headers=None, **more):
    """Post the move as the board does, with what else is typed."""
    row = db.get(Card, id)
    typed = {"coluna": phones.column(to).id, "version": row.version, **more}
    return person.post(f"/planner/cards/{id}/mudancas", typed, headers=headers or {})


def rows(db) -> tuple[int, int]:
    return db.scalar(select(func.count(CardMove.id))), db.scalar(select(func.count(CardNote.id)))


@pytest.mark.feature("U-11", "U-12")
def test_three_columns_and_one_card_for_each_customer(staff, db, card):
    board = staff("bruno.reis").get("/planner")
    heads = [head.get_text() for head in board.page.select(".board-head h2")]
    assert heads == ["Pedidos e Alterações 1", "Financeiro 0", "Tudo OK 0"]
    assert len(board.page.select(".card")) == 1
    assert "2 ramais: Balcão e Escritório. Instalar em telefone IP" in board.words
    with by("rafael.teixeira"):
        again, second = phones.launched(cast.sol(), 1, "outbound_channel")
        assert (again.id, second.status) == (card, "open")
    db.commit()
    board = staff("bruno.reis").get("/planner")
    assert len(board.page.select(".card")) == 1
    assert "1 canal de saída adicional" in board.words


@pytest.mark.feature("U-13", "U-27")
def test_the_launched_card_is_supports_turn_and_says_how_long(staff, db, clock):
    with clock("2026-11-20 09:00"), by("rafael.teixeira"):
        phones.launched(cast.sol(), 1, "outbound_channel")
    db.commit()
    with clock("2026-11-26 10:00"):
        board = staff("bruno.reis").get("/planner")
        assert "sua vez, Suporte" in board.words
        assert board.page.select_one(".card .age").get_text() == "6 dias"
        assert "text-bad" in board.page.select_one(".card .age")["class"]
        assert "vez do Suporte" in staff("ana.souza").get("/planner").words
    with clock("2026-11-20 10:00"):
        row = phones.card(cast.sol())
        bruno, ana = staff("bruno.reis"), staff("ana.souza")
        sent = move(bruno, db, row.id, "finance", **{f"note-{order(db).id}": "Canal liberado."})
        assert sent.status == 303
        for person in (bruno, ana):  # nobody but Comercial's launch brings a card there
            refused = move(person, db, row.id, "orders", reason="quero de volta")
            assert refused.status == 422
            assert "Só a Supervisão devolve um card, com motivo." in refused.words
        assert where(db, row.id) == "finance"


@pytest.mark.feature("U-18", "U-19")
@pytest.mark.postgresql
def test_support_makes_the_extensions_once_and_marks_them(staff, db, card):
    bruno, ana = staff("bruno.reis"), staff("ana.souza")
    page = bruno.get(f"/planner/cards/{card}")
    assert "a criar" in page.words
    make = f"/planner/lancamentos/{order(db).id}/ramais"
    refused = ana.post(make, {"version": order(db).version})
    assert refused.status == 422
    assert "Só o Suporte cria e instala." in refused.words
    form = page.form(make)
    assert bruno.post(make, form).status == 303
    made = [(row.number, row.name, row.sector, row.status) for row in phones.items(cast.sol()) if row.order_id]
    assert made == [("2002", "Balcão", "Vendas", "ordered"), ("2003", "Escritório", "Vendas", "ordered")]
    again = bruno.post(make, {"version": order(db).version})
    assert again.status == 422
    assert "já foram criados no Painel PABX" in again.words
    assert db.scalar(select(func.count(PabxItem.id)).where(PabxItem.order_id.is_not(None))) == 2
    item = next(row for row in phones.items(cast.sol()) if row.number == "2002")
    page = bruno.get(f"/planner/cards/{card}")
    assert f"/pabx/{item.id}/uso" in page.html
    use = f"/pabx/{item.id}/uso"
    typed = {"procedure": "install", "device": "", "version": item.version}
    no = bruno.post(use, typed)
    assert (no.status, "Diga o aparelho" in no.words) == (422, True)
    assert bruno.post(use, {**typed, "device": "Yealink T31"}).location == f"/planner/cards/{card}"
    other = next(row for row in phones.items(cast.sol()) if row.number == "2003")
    sent = {"procedure": "send_data", "sent_to": "Marta Lima", "version": other.version}
    refused = bruno.post(f"/pabx/{other.id}/uso", sent)
    assert "O pedido diz «Instalar em telefone IP»." in refused.words
    with by("rafael.teixeira"):
        phones.launched_sending(cast.sol(), "Caixa")
    with by("bruno.reis"):
        order(db).make()
    db.commit()
    last = next(row for row in phones.items(cast.sol()) if row.name == "Caixa")
    sent["version"] = last.version
    assert bruno.post(f"/pabx/{last.id}/uso", sent).status == 303
    words = bruno.get(f"/planner/cards/{card}").words
    assert "2002, instalado" in words
    assert "2004, dados enviados" in words
    assert "a Marta Lima" in words


@pytest.mark.feature("U-20", "U-23")
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_without_a_note_of_this_stage_no_card_goes_on(staff, db, channel, headers):
    """By direct post, as a plain form and as the board: refused with an explanation, nothing written."""
    bruno, note = staff("bruno.reis"), f"note-{order(db).id}"
    before = rows(db)
    for typed in ({}, {note: ""}, {note: " \u200b\u2800 "}, {"note-999": "de outro pedido"}):
        refused = move(bruno, db, channel, "finance", headers, **typed)
        assert refused.status == 422
        assert "Escreva o que o Suporte fez. Depois o card passa para Financeiro." in refused.words
    too_long = move(bruno, db, channel, "finance", headers, **{note: "x" * 1001})
    assert too_long.status == 422
    assert "passa de 1000 letras" in too_long.words
    assert "x" * 1001 in too_long.html  # what was typed is not lost
    assert rows(db) == before
    assert where(db, channel) == "orders"
    assert too_long.page.select_one("[data-proposes] span").get_text() == "Ajuste técnico feito."
    assert move(bruno, db, channel, "finance", headers, **{note: "Canal liberado."}).status in (200, 303)
    assert where(db, channel) == "finance"


@pytest.mark.feature("U-20", "U-22")
def test_a_note_written_before_lets_it_go_and_one_of_another_stage_does_not(staff, db, channel):
    bruno, ana = staff("bruno.reis"), staff("ana.souza")
    page = bruno.get(f"/planner/cards/{channel}")
    assert "Nota do Suporte" in page.words
    assert bruno.post(f"/planner/cards/{channel}/notas", {"note": "Canal liberado na central."}).status == 303
    assert "Nota feita, pode ir ao Financeiro" in bruno.get("/planner").words
    assert move(bruno, db, channel, "finance").status == 303
    assert "Falta a nota do Financeiro" in ana.get("/planner").words
    adjust = f"/planner/lancamentos/{order(db).id}/ajuste"
    assert ana.post(adjust, {"version": order(db).version}).status == 303
    refused = move(ana, db, channel, "done")
    assert refused.status == 422
    assert "Escreva o que o Financeiro fez. Depois o card passa para Tudo OK." in refused.words
    remark = bruno.post(f"/planner/cards/{channel}/notas", {"note": "Do Suporte, não conta."})
    assert remark.status == 303
    assert move(ana, db, channel, "done").status == 422
    page = ana.get(f"/planner/cards/{channel}")
    assert page.page.select_one("[data-proposes] span").get_text() == "Contrato ajustado conforme upgrade."
    note = {f"note-{order(db).id}": "Contrato ajustado conforme upgrade."}
    assert move(ana, db, channel, "done", **note).status == 303
    assert where(db, channel) == "done"
    assert "Concluído" in ana.get("/planner").words


@pytest.mark.feature("U-21", "U-31")
@pytest.mark.postgresql
def test_finance_adjusts_contract_panel_and_next_invoice_at_once(staff, db, card):
    bruno, ana = staff("bruno.reis"), staff("ana.souza")
    with by("bruno.reis"):
        phones.to_finance(db.get(Card, card))
    db.commit()
    adjust = f"/planner/lancamentos/{order(db).id}/ajuste"
    assert move(ana, db, card, "done", **{f"note-{order(db).id}": "Pronto."}).status == 422  # not adjusted yet
    refused = bruno.post(adjust, {"version": order(db).version})
    assert (refused.status, "Só o Financeiro ajusta o contrato" in refused.words) == (422, True)
    before = count(phones.items(cast.sol()))
    assert (before.contracted, before.on_order) == (2, 2)
    review = ana.get(adjust)
    assert "R$ 49,80" in review.words
    assert "R$ 99,60" in review.words
    assert ana.post(adjust, review.form(adjust)).status == 303
    after = count(phones.items(cast.sol()))
    assert (after.contracted, after.on_order) == (4, 0)
    service = db.get(Service, order(db).service_id)
    assert service.price_cents == 9960
    assert [(item.name, item.quantity, item.amount_cents) for item in service.items()][-1] == (
        "Ramal adicional",
        2,
        4980,
    )
    page = ana.get(f"/planner/cards/{card}")
    assert "R$ 99,60" in page.words
    assert "Próxima fatura" in page.words
    assert (order(db).before_cents, order(db).after_cents) == (4980, 9960)
    twice = ana.post(adjust, {"version": order(db).version})
    assert (twice.status, "já foi ajustado" in twice.words) == (422, True)
    assert service.price_cents == 9960
    undo = f"{adjust}/desfazer"
    assert ana.post(undo, {"version": order(db).version, "reason": ""}).errors() == {
        "reason": "Erro: Escreva o motivo."
    }
    assert ana.post(undo, {"version": order(db).version, "reason": "Preço errado."}).status == 303
    db.expire_all()
    assert db.get(Service, order(db).service_id).price_cents == 4980
    assert count(phones.items(cast.sol())).contracted == 2


@pytest.mark.feature("U-25")
def test_only_in_the_order_of_responsibility(staff, db, channel):
    note = {f"note-{order(db).id}": "Feito."}
    for login in ("ana.souza", "rafael.teixeira", "silvia.maia", "davi.rocha"):
        refused = move(staff(login), db, channel, "finance", **note)
        assert refused.status == 422, login
        assert "Agora é a vez do Suporte." in refused.words
    assert move(staff("joao.alcantara"), db, channel, "finance", **note).status == 403
    skipped = move(staff("bruno.reis"), db, channel, "done", **note)
    assert (skipped.status, "Passa antes pelo Financeiro." in skipped.words) == (422, True)
    stranger = staff("celia.prado")
    assert stranger.get(f"/planner/cards/{channel}").status == 404
    assert move(stranger, db, channel, "finance", **note).status == 404
    forged = staff("bruno.reis").post(f"/planner/cards/{channel}/mudancas", {"coluna": 999, "version": 1, **note})
    assert (forged.status, "Esta coluna não está mais no quadro." in forged.words) == (422, True)
    assert where(db, channel) == "orders"
    assert move(staff("bruno.reis"), db, channel, "finance", **note).status == 303
    silvia = staff("silvia.maia")
    empty = move(silvia, db, channel, "orders", reason=" ")
    assert (empty.status, "Escreva por que o card volta" in empty.words) == (422, True)
    assert move(silvia, db, channel, "orders", reason="Faltou testar.").status == 303
    assert where(db, channel) == "orders"
    assert "Falta a nota do Suporte" in silvia.get("/planner").words  # what was noted before does not count again


@pytest.mark.feature("U-25")
def test_a_stage_does_its_work_in_its_turn(staff, db, card):
    """Not the contract before support is done, no extensions behind its back."""
    bruno, ana = staff("bruno.reis"), staff("ana.souza")
    path = f"/planner/lancamentos/{order(db).id}"
    with by("bruno.reis"):
        order(db).make()
    db.commit()
    early = ana.post(f"{path}/ajuste", {"version": order(db).version})
    assert (early.status, "O contrato é ajustado quando chegar ao Financeiro." in early.words) == (422, True)
    assert ana.get(f"{path}/ajuste").status == 422
    with by("rafael.teixeira"):
        _, later = phones.launched(cast.sol(), 1, names=["Caixa"])
        id = later.id
    db.commit()
    with by("bruno.reis"):
        first = db.get(UpgradeOrder, id)
        assert first.status == "open"
        phones.to_finance(db.get(Card, card))
    with by("rafael.teixeira"):
        _, queued = phones.launched(cast.sol(), 1, names=["Estoque"])
        id = queued.id
    db.commit()
    late = bruno.post(f"/planner/lancamentos/{id}/ramais", {"version": 1})
    assert (late.status, "Este pedido não está em andamento." in late.words) == (422, True)


@pytest.mark.feature("U-25")
def test_a_stale_move_is_a_409_with_the_card_as_it_is_now(staff, db, channel):
    bruno, note = staff("bruno.reis"), {f"note-{order(db).id}": "Feito."}
    old = db.get(Card, channel).version
    assert move(bruno, db, channel, "finance", **note).status == 303
    typed = {"coluna": phones.column("finance").id, "version": old, **note}
    for headers in ({}, HTMX):
        stale = bruno.post(f"/planner/cards/{channel}/mudancas", typed, headers=headers)
        assert stale.status == 409
        assert "Bruno Reis já moveu este card para Financeiro hoje" in stale.words
    assert f'id="card-{channel}"' in stale.html
    assert db.scalar(select(func.count(CardMove.id)).where(CardMove.card_id == channel)) == 2


@pytest.mark.feature("U-26")
def test_the_log_says_who_did_what_newest_first_and_stays(staff, db, channel):
    bruno = staff("bruno.reis")
    assert bruno.post(f"/planner/cards/{channel}/notas", {"note": "Canal liberado."}).status == 303
    move(bruno, db, channel, "finance")
    log = [
        " ".join(line.get_text(" ").split())
        for line in bruno.get(f"/planner/cards/{channel}").page.select(".timeline li")
    ]
    assert log[0].startswith("Bruno Reis moveu o card de Pedidos e Alterações para Financeiro")
    assert log[1].startswith("Bruno Reis anotou, Suporte: Canal liberado.")
    assert any("Rafael Teixeira" in line and "1 canal de saída" in line for line in log)
    for path in (f"/planner/cards/{channel}/notas/1/excluir", f"/planner/cards/{channel}/excluir"):
        assert bruno.post(path, {}).status == 404


@pytest.mark.feature("U-28", "U-33")
@pytest.mark.postgresql
def test_a_new_order_joins_waits_or_starts_again(staff, db, channel):
    bruno, ana = staff("bruno.reis"), staff("ana.souza")

    def another(kind="module", **more):
        with by("rafael.teixeira"):
            row, new = phones.launched(cast.sol(), 1, kind, **more)
        db.commit()
        return row.id, new.id

    same, second = another()
    assert same == channel
    first = db.scalars(select(UpgradeOrder.id).where(UpgradeOrder.id != second)).one()
    only_one = move(bruno, db, channel, "finance", **{f"note-{first}": "Canal liberado."})
    assert (only_one.status, "no pedido de 1 módulo Gravação" in only_one.words) == (422, True)
    both = {f"note-{first}": "Canal liberado.", f"note-{second}": "Gravação ligada."}
    assert move(bruno, db, channel, "finance", **both).status == 303
    _, third = another(module="URA")
    assert "1 pedido na fila: 1 módulo URA" in ana.get("/planner").words
    assert db.get(UpgradeOrder, third).status == "queued"
    for id in (first, second):
        version = db.get(UpgradeOrder, id).version
        assert ana.post(f"/planner/lancamentos/{id}/ajuste", {"version": version}).status == 303
    done = {f"note-{id}": "Contrato ajustado conforme upgrade." for id in (first, second)}
    assert move(ana, db, channel, "done", **done).status == 303
    assert where(db, channel) == "orders"  # what waited starts by itself
    db.expire_all()
    assert [db.get(UpgradeOrder, id).status for id in (first, second, third)] == ["done", "done", "open"]
    with by("bruno.reis"):
        phones.to_finance(db.get(Card, channel))
    with by("ana.souza"):
        phones.to_done(db.get(Card, channel))
    db.commit()
    assert where(db, channel) == "done"
    again, _ = another(module="Fila de espera")
    assert again == channel
    assert where(db, channel) == "orders"
    page = bruno.get(f"/planner/cards/{channel}").words
    assert "Outros pedidos 3" in page
    assert db.scalar(select(func.count(Card.id))) == 1


@pytest.mark.feature("U-29")
def test_moved_by_a_page_and_taken_back(staff, db, channel):
    bruno = staff("bruno.reis")
    page = bruno.get(f"/planner/cards/{channel}/mudancas/nova")
    assert [option["value"] for option in page.page.select("input[name=coluna]:not([disabled])")] == [
        str(phones.column("finance").id)
    ]
    assert "Passa antes pelo Financeiro." in page.words
    form = page.form(f"/planner/cards/{channel}/mudancas")
    sent = bruno.post(f"/planner/cards/{channel}/mudancas", {**form, f"note-{order(db).id}": "Canal liberado."})
    board = bruno.follow(sent)
    assert "Padaria e Confeitaria Sol Ltda. foi para Financeiro." in board.words
    undo = next(form["action"] for form in board.page.select("main form") if form["action"].endswith("/desfazer"))
    assert bruno.post(undo, {}).status == 303
    assert where(db, channel) == "orders"
    moves = db.scalars(select(CardMove).order_by(CardMove.version)).all()
    assert [bool(row.undoes_id) for row in moves] == [False, False, True]
    refused = bruno.post(undo, {})
    assert refused.status == 422
    assert staff("ana.souza").post(undo, {}).status == 422


def test_the_way_back_is_open_for_seconds(staff, db, channel, clock):
    bruno = staff("bruno.reis")
    move(bruno, db, channel, "finance", HTMX, **{f"note-{order(db).id}": "Feito."})
    last = db.scalars(select(CardMove).order_by(CardMove.id.desc())).first()
    late, id = clocks.local(last.moved_at) + timedelta(minutes=2), last.id
    with clock(f"{late:%Y-%m-%d %H:%M}"):
        refused = staff("bruno.reis").post(f"/planner/mudancas/{id}/desfazer", {}, headers=HTMX)
    assert refused.status == 422
    assert "Passou o tempo de desfazer" in refused.words
    assert where(db, channel) == "finance"


def test_search_my_turn_and_the_slow_ones(staff, db, channel):
    bruno, ana = staff("bruno.reis"), staff("ana.souza")
    assert len(bruno.get("/planner?q=padaria").page.select(".card")) == 1
    assert not bruno.get("/planner?q=ninguem").page.select(".card")
    assert len(bruno.get("/planner?mostrar=minha").page.select(".card")) == 1
    assert not ana.get("/planner?mostrar=minha").page.select(".card")
    assert not bruno.get("/planner?mostrar=parados").page.select(".card")
    assert not bruno.get("/planner?mostrar=nada&q=%25").page.select(".card")


def test_the_timer_hears_nothing_while_nothing_happened(staff, db, channel):
    bruno = staff("bruno.reis")
    timer = bruno.get("/planner").page.select_one("#board")["hx-get"]
    assert bruno.get(timer, headers=HTMX).status == 204
    with by("bruno.reis"):
        phones.to_finance(db.get(Card, channel))
    db.commit()
    news = bruno.get(timer, headers=HTMX)
    assert news.status == 200
    assert len(news.page.select("#board .card")) == 1


def test_an_order_is_taken_back_before_support_began_and_then_by_a_supervisor(staff, db, card):
    rafael, bruno, silvia = staff("rafael.teixeira"), staff("bruno.reis"), staff("silvia.maia")
    path = f"/planner/lancamentos/{order(db).id}/cancelamento"
    assert "Só o Comercial" in bruno.get(path).words
    with by("bruno.reis"):
        order(db).make()
    db.commit()
    refused = rafael.post(path, {"version": order(db).version, "reason": "Desistiu."})
    assert (refused.status, "O Suporte já começou" in refused.words) == (422, True)
    empty = silvia.post(path, {"version": order(db).version, "reason": ""})
    assert empty.errors() == {"reason": "Erro: Escreva o motivo."}
    assert silvia.post(path, {"version": order(db).version, "reason": "Desistiu."}).status == 303
    assert where(db, card) == "done"
    assert {row.status for row in phones.items(cast.sol()) if row.order_id} == {"withdrawn"}


@pytest.mark.postgresql
def test_where_an_adjustment_stays_the_card_says_why(staff, db, channel):
    with by("bruno.reis"):
        phones.to_finance(db.get(Card, channel))
    with by("ana.souza"):
        order(db).adjust()
    db.commit()
    path = f"/planner/cards/{channel}"
    ana = staff("ana.souza")
    undo = f"/planner/lancamentos/{order(db).id}/ajuste/desfazer"
    assert ana.get(path).tree.xpath(f"//a[@href='{undo}']")
    with by("rafael.teixeira"):
        gone = order(db).items()[0]
        gone.free("Engano.")
        gone.withdraw("Engano.")
    db.commit()
    page = ana.get(path)
    assert "O ajuste não se desfaz agora. O Painel PABX mudou depois do ajuste." in page.words
    assert not page.tree.xpath(f"//a[@href='{undo}']")
    assert ana.get(undo).status == 422
    assert "O ajuste não se desfaz agora" not in staff("bruno.reis").get(path).words, "it is finance's"


def test_a_card_in_a_column_out_of_use_does_not_close_the_board_to_the_others(staff, db, channel):
    """No verb leads there; should a row stand so all the same, the board goes on and `flask check` names it."""
    with by("davi.rocha"):
        gone = phones.own_column("Testes")
    db.get(Card, channel).board_column_id = gone.id
    gone.inactive_since = clocks.now()
    with by("rafael.teixeira"):
        phones.bought(cast.joaquim())
        other, _ = phones.launched(cast.joaquim(), 1, "module")
    db.commit()
    board = staff("bruno.reis").get("/planner")
    assert board.status == 200
    assert board.tree.xpath(f"//*[@id='card-{other.id}']")
    assert not board.tree.xpath(f"//*[@id='card-{channel}']")
