"""Requests of telephony from the question on the telephone to the queue of Comercial (U-01 to U-09, U-31, U-34)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from models import clock
from models.boards import Card
from models.history import Event
from models.operators import Department
from models.people import Person
from models.services import ServiceItem
from models.telephony import QUESTION, PabxItem, UpgradeRequest, Use, register, telephones
from tests import cast, phones

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def bruno(staff):
    """Suporte."""
    return staff("bruno.reis")


@pytest.fixture
def rafael(staff):
    """Comercial."""
    return staff("rafael.teixeira")


@pytest.fixture
def ana(staff):
    """Financeiro."""
    return staff("ana.souza")


def new() -> str:
    return f"/clientes/{cast.sol().id}/pedidos-de-telefonia/novo"


def asks(visitor, **typed):
    """The form as it is drawn, filled in and posted."""
    return visitor.post(new(), {**visitor.get(new()).form(new()), **typed})


def requests(db) -> list[UpgradeRequest]:
    db.expire_all()
    return list(db.scalars(select(UpgradeRequest).order_by(UpgradeRequest.id)))


def spare() -> PabxItem:
    return next(row for row in phones.items(cast.sol()) if row.status == "free")


def contract(db) -> list[tuple[str, int]]:
    db.expire_all()
    of = select(ServiceItem).where(ServiceItem.service_id == telephones(cast.sol().id)[0].id)
    return [(row.name, row.amount_cents) for row in db.scalars(of.order_by(ServiceItem.id))]


def kept(db) -> tuple[int, int]:
    """How many events and cards there are."""
    return db.scalar(select(func.count()).select_from(Event)), db.scalar(select(func.count()).select_from(Card))


def in_triage(db, kind: str = "extension", login: str = "bruno.reis", **more) -> UpgradeRequest:
    with cast.by(login):
        row = phones.asked(cast.sol(), kind, **more)
    db.commit()
    return row


def check(row) -> str:
    return f"/planner/pedidos/{row.id}/conferencia"


def checks(visitor, row, **typed):
    path = check(row)
    return visitor.post(path, {**visitor.get(path).form(path), **typed})


def in_queue(db, kind: str = "extension", wanted: int = 2, login: str = "bruno.reis", **more) -> UpgradeRequest:
    row = in_triage(db, kind, login, **more)
    with cast.by("bruno.reis"):
        if kind != "line":
            phones.checked(row, wanted)
            row.forward()
    db.commit()
    return row


# ---- a request


@pytest.mark.feature("U-01")
@pytest.mark.postgresql
@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (
            "line",
            {"answer": "advertised", "intention_confirmed": "y", "line_number": "(37) 3221-1000", "donor": "Vivo"},
        ),
        ("extension", {"answer": "device"}),
        ("outbound_channel", {}),
        ("module", {"module": "Gravação"}),
    ],
)
def test_a_request_is_of_one_of_four_types(bruno, db, kind, typed):
    before = kept(db)
    for refused, sentence in (
        ({**typed, "kind": None}, "Escolha o tipo de upgrade."),
        ({**typed, "kind": "robot"}, "Escolha o tipo de upgrade."),
        ({**typed, "kind": [kind, "module" if kind != "module" else "extension"]}, "Um tipo por pedido."),
    ):
        answer = asks(bruno, note="Ligou hoje", **refused)
        assert answer.status == 422
        assert "kind" in answer.errors()
        assert sentence in answer.words
        assert answer.form(new())["note"] == "Ligou hoje"
    assert (requests(db), kept(db)) == ([], before)
    answer = asks(bruno, kind=kind, note="Ligou hoje", **typed)
    assert answer.status == 303
    [row] = requests(db)
    assert (row.kind, row.note, row.person_id) == (kind, "Ligou hoje", cast.sol().id)
    assert row.author_id == cast.operator("bruno.reis").id
    assert db.get(Department, row.author_department_id).name == "Suporte"
    assert clock.now() - row.created_at < timedelta(minutes=5)
    shown = bruno.get(f"/planner/pedidos/{row.id}").words
    assert "Bruno Reis, Suporte" in shown
    assert "Ligou hoje" in shown
    told = db.scalars(select(Event).where(Event.subject_type == "upgrade_request").order_by(Event.id)).first()
    assert (told.action, told.data["sector"]) == ("upgrade_request.registered", "Suporte")


def test_htmx_is_led_on_too(bruno, db):
    answer = bruno.post(new(), {"kind": "outbound_channel"}, htmx=True)
    assert (answer.status, answer.location) == (204, check(requests(db)[0]))


@pytest.mark.feature("U-02")
def test_the_question_word_for_word_sets_the_type(bruno, db):
    page = bruno.get(new())
    assert f"“{QUESTION}”" in page.words  # before any type was chosen
    assert "Vai ser divulgada" in page.words
    assert "É para computador ou telefone IP" in page.words
    for kind in ("line", "extension"):
        refused = asks(bruno, kind=kind, intention_confirmed="y")
        assert "answer" in refused.errors()
        assert "Faça a pergunta ao cliente" in refused.words
        assert QUESTION in refused.words
    assert requests(db) == []
    for answer, kind, other in (("advertised", "line", "extension"), ("device", "extension", "line")):
        for chosen in (other, None):
            drawn = asks(bruno, kind=chosen, answer=answer, redesenhar="1")  # the answer picks the type
            assert drawn.status == 200
            assert drawn.form(new())["kind"] == kind
            assert "Então é" in drawn.words
        more = {"intention_confirmed": "y"} if kind == "line" else {}
        assert asks(bruno, kind=other, answer=answer, **more).status == 303  # and without a script, too
    assert [row.kind for row in requests(db)] == ["line", "extension"]


def test_a_type_chosen_against_the_answer_asks_again(bruno):
    typed = {**bruno.get(new()).form(new()), "kind": "line", "answer": "device", "redesenhar": "1"}
    drawn = bruno.post(new(), typed, headers={"HX-Source": "input#kind-0"})
    assert (drawn.form(new())["kind"], drawn.form(new()).get("answer")) == ("line", None)
    drawn = bruno.post(new(), typed, headers={"HX-Source": "input#answer-1"})
    assert drawn.form(new())["kind"] == "extension"
    for kind in ("outbound_channel", "module"):
        drawn = bruno.post(new(), {**typed, "kind": kind}, headers={"HX-Source": "input#kind-2"})
        assert QUESTION not in drawn.words
        assert ("Qual módulo" in drawn.words) is (kind == "module")


@pytest.mark.feature("U-03")
def test_a_line_is_forwarded_with_the_intention_confirmed(bruno, db):
    refused = asks(bruno, kind="line", answer="advertised")
    assert refused.status == 422
    assert "Confirme com o cliente o que ele quer" in refused.words
    assert "intention_confirmed" in refused.errors()
    assert requests(db) == []
    assert asks(bruno, kind="line", answer="advertised", intention_confirmed="y").status == 303
    assert requests(db)[0].status == "negotiation"


@pytest.mark.feature("U-04")
@pytest.mark.parametrize("login", ["bruno.reis", "ana.souza", "rafael.teixeira"])
def test_a_line_goes_to_comercial_at_once(staff, db, login):
    visitor = staff(login)
    commercial = db.scalars(select(Department).where(Department.name == "Comercial")).one()
    support = db.scalars(select(Department).where(Department.name == "Suporte")).one()
    assert "Vai sempre para o Comercial" in visitor.get(new()).words
    assert not visitor.get(new()).tree.xpath("//*[@name='department_id']")
    forged = {"department_id": str(support.id)}
    assert asks(visitor, kind="line", answer="advertised", intention_confirmed="y", **forged).status == 303
    [row] = requests(db)
    assert (row.status, row.department_id) == ("negotiation", commercial.id)
    assert row.forwarded_by_id == cast.operator(login).id
    assert "Painel" in visitor.get(f"/planner/pedidos/{row.id}").words
    assert bool(row.refusal_to_triage())  # nobody looks for it in what the customer has


@pytest.mark.feature("U-05")
@pytest.mark.postgresql
def test_suporte_and_comercial_act_financeiro_registers_the_others_read(staff, bruno, rafael, ana, db):
    registered = asks(ana, kind="extension", answer="device")
    [row] = requests(db)
    assert registered.location == f"/planner/pedidos/{row.id}"
    assert "Registrado: espera Suporte ou Comercial" in ana.follow(registered).words
    assert (row.status, row.department_id) == ("triage", None)
    assert "Suporte ou Comercial fazem isto. O seu setor é Financeiro" in ana.get(check(row)).words
    assert (
        ana.post(check(row), {"wanted": "1", "uses_all": "y", "confirmed_with": "Eunice", "version": "1"}).status == 422
    )
    waits = bruno.get("/planner/pedidos?etapa=triagem")
    assert "Ana Souza Financeiro" in waits.words
    assert "espera Suporte ou Comercial" in waits.words
    for visitor in (bruno, rafael):
        assert visitor.get(check(row)).status == 200
    for login in ("silvia.maia", "davi.rocha"):
        reader = staff(login)
        assert reader.get(f"/planner/pedidos/{row.id}").status == 200
        for path in (new(), check(row)):
            assert "O seu setor é Supervisão: aqui você só consulta." in reader.get(path).words
        answer = reader.post(new(), {"kind": "outbound_channel"})
        assert (answer.status, "aqui você só consulta" in answer.words) == (422, True)
    joao = staff("joao.alcantara")
    assert joao.get(f"/clientes/{cast.sol().id}/pabx").status == 200
    shown = joao.get(f"/planner/pedidos/{row.id}")
    assert "Seu perfil só consulta a telefonia" in shown.words
    assert {joao.get(new()).status, joao.post(new(), {"kind": "module"}).status, joao.get(check(row)).status} == {403}
    assert len(requests(db)) == 1
    assert checks(rafael, row, wanted="1", uses_all="y", confirmed_with="Eunice").status == 303


# ---- what the customer has


@pytest.mark.feature("U-07")
@pytest.mark.postgresql
def test_nothing_is_forwarded_before_the_customer_was_asked(bruno, db):
    row, free = in_triage(db), spare()
    page = bruno.get(check(row))
    assert page.h1 == "1 ramal sobrando. Confirme com o cliente"
    assert "2001, Fornos" in page.words
    assert "2000, Recepção" not in page.words  # in use
    for typed, field, sentence in (
        ({"wanted": "1"}, "confirmed", "Há 1 ramal sem uso. Pergunte ao cliente e marque"),
        ({"wanted": "1", "uses_all": "y"}, "confirmed_with", "Escreva com quem você confirmou."),
        (
            {"wanted": "1", "uses_all": "y", "confirmed": str(free.id), "confirmed_with": "E"},
            "confirmed",
            "não os dois",
        ),
        ({"wanted": "1", "confirmed": "99999", "confirmed_with": "Eunice"}, "confirmed", "não está mais livre"),
        ({"wanted": "0", "uses_all": "y", "confirmed_with": "Eunice"}, "wanted", "de 1 a 500"),
        ({"wanted": "dois", "uses_all": "y", "confirmed_with": "Eunice"}, "wanted", "de 1 a 500"),
        ({"wanted": "501", "uses_all": "y", "confirmed_with": "Eunice"}, "wanted", "de 1 a 500"),
    ):
        refused = checks(bruno, row, **typed)
        assert refused.status == 422, typed
        assert sentence in refused.errors()[field], typed
        assert refused.form(check(row))["wanted"] == typed["wanted"]
    assert requests(db)[0].status == "triage"
    assert checks(bruno, row, wanted="2", uses_all="y", confirmed_with="Eunice Martins").status == 303
    [row] = requests(db)
    assert (row.status, row.to_sell, row.confirmed_with) == ("negotiation", 2, "Eunice Martins")
    assert spare().id == free.id  # it is not touched


@pytest.mark.feature("U-08")
@pytest.mark.postgresql
def test_enough_free_ones_are_used_and_nothing_is_sold(bruno, rafael, db):
    row, free = in_triage(db), spare()
    before, cards = contract(db), kept(db)[1]
    typed = {"wanted": "1", "confirmed": str(free.id), "confirmed_with": "Eunice Martins"}
    drawn = checks(bruno, row, **typed, redesenhar="1")
    offered = [button.get("value") for button in drawn.tree.xpath("//button[@name='acao']")]
    assert offered == ["usar"]
    assert "Usar ramal existente" in drawn.words
    assert "nada é vendido" in drawn.words
    for forged in ("pedir", "usar-e-pedir"):
        refused = checks(bruno, row, **typed, acao=forged)
        assert refused.status == 422
        assert "mudou a conta" in refused.words
    assert requests(db)[0].status == "triage"
    assert rafael.get(f"/planner/pedidos/{row.id}/lancamento").status == 422  # no sale is opened for it
    used = checks(bruno, row, **typed, acao="usar")
    path = f"/planner/pedidos/{row.id}/uso"
    assert used.location == path
    drawn = bruno.get(path).form(path)
    for wrong, field in (
        ({}, "procedure"),
        ({"procedure": "install"}, "device"),
        ({"procedure": "send_data"}, "sent_to"),
    ):
        refused = bruno.post(path, {**drawn, **{f"{name}-{free.id}": value for name, value in wrong.items()}})
        assert refused.status == 422
        assert f"{field}-{free.id}" in refused.errors()
        assert refused.form(path)[f"name-{free.id}"] == "Fornos"
    named = {f"procedure-{free.id}": "install", f"device-{free.id}": "Yealink T31", f"name-{free.id}": "Balcão"}
    assert bruno.post(path, {**drawn, **named}).status == 303
    [row] = requests(db)
    item = db.get(PabxItem, free.id)
    assert (item.status, item.device, item.name, item.sector) == ("in_use", "Yealink T31", "Balcão", "Produção")
    assert (row.status, row.status_words) == ("existing", "Usou o que já tinha")
    assert (contract(db), kept(db)[1]) == (before, cards)  # no card, no contract
    told = set(db.scalars(select(Event.action).where(Event.person_id == cast.sol().id)))
    assert {"pabx_item.used", "upgrade_request.used_existing", "upgrade_request.ended"} <= told
    again = bruno.post(path, {**drawn, **named})
    assert again.status == 422


@pytest.mark.feature("U-08")
def test_of_three_with_one_free_two_are_sold(bruno, db):
    row, free = in_triage(db), spare()
    typed = {"wanted": "3", "confirmed": str(free.id), "confirmed_with": "Eunice"}
    drawn = checks(bruno, row, **typed, redesenhar="1")
    assert [button.get("value") for button in drawn.tree.xpath("//button[@name='acao']")] == ["usar-e-pedir", "usar"]
    assert "Usar o 2001 e pedir 2 ao Comercial" in drawn.words
    assert "Só usar ramal existente" in drawn.words
    assert "Vender 3 não passa" in drawn.words
    assert "Fica para o Comercial vender 2" in drawn.words
    asked = checks(bruno, row, **typed, acao="usar-e-pedir")
    path = f"/planner/pedidos/{row.id}/uso"
    page = bruno.follow(asked)
    sent = {f"procedure-{free.id}": "send_data", f"sent_to-{free.id}": "Marta Lima"}
    assert bruno.post(path, {**page.form(path), **sent}, htmx=True).location == f"/planner/pedidos/{row.id}"
    [row] = requests(db)
    assert (row.status, row.used, row.to_sell) == ("negotiation", 1, 2)
    assert db.get(PabxItem, free.id).sent_to == "Marta Lima"


def test_only_what_there_is(bruno, db):
    """Só usar ramal existente: the customer wants no more than that."""
    row, free = in_triage(db), spare()
    typed = {"wanted": "3", "confirmed": str(free.id), "confirmed_with": "Eunice"}
    asked = checks(bruno, row, **typed, acao="usar")
    path = f"/planner/pedidos/{row.id}/uso"
    assert asked.location == path
    sent = {f"procedure-{free.id}": "install", f"device-{free.id}": "Yealink"}
    assert bruno.post(path, {**bruno.get(path).form(path), **sent}).status == 303
    assert requests(db)[0].status == "existing"


@pytest.mark.feature("U-09")
def test_with_none_free_it_goes_to_comercial(bruno, rafael, db):
    with cast.by("bruno.reis"):
        spare().put_to_use(Use("install", device="Yealink"))
    row = in_triage(db)
    page = bruno.get(check(row))
    assert page.h1 == "Nenhum ramal sobrando"
    assert [button.get("value") for button in page.tree.xpath("//button[@name='acao']")] == ["pedir"]
    assert checks(bruno, row, wanted="3", acao="pedir").status == 303
    [row] = requests(db)
    assert (row.status, row.status_words) == ("negotiation", "Em negociação")
    assert row.department_id == db.scalar(select(Department.id).where(Department.name == "Comercial"))
    queue = rafael.get("/planner/pedidos").words
    assert "1 espera o Comercial" in queue
    assert "3 ramais novos" in queue


@pytest.mark.feature("U-31")
@pytest.mark.postgresql
def test_a_free_channel_or_module_is_used_at_once_none_goes_to_comercial(bruno, db):
    cards = kept(db)[1]
    with cast.by("silvia.maia"):
        phone = telephones(cast.sol().id)[0]
        free = {
            "outbound_channel": register(phone, "outbound_channel").id,
            "module": register(phone, "module", name="Gravação").id,
        }
    db.commit()
    panel = bruno.get(f"/clientes/{cast.sol().id}/pabx")
    for id, counts in (
        ("extension", "2 contratados 1 em uso 1 livre"),
        ("outbound_channel", "3 contratados 2 em uso 1 livre"),
        ("module", "1 contratado 0 em uso 1 livre"),
    ):
        section = panel.tree.xpath(f"//section[@aria-labelledby='{id}']")[0]
        assert counts in " ".join(section.text_content().split())
    for kind, item in free.items():
        row = in_triage(db, kind)
        typed = {"wanted": "1", "confirmed": str(item), "confirmed_with": "Eunice"}
        answer = checks(bruno, row, **typed, acao="usar")
        assert answer.location == f"/planner/pedidos/{row.id}"  # nothing to install
        assert "Usou o que já tinha" in bruno.follow(answer).words
        assert db.get(PabxItem, item).status == "in_use"
        more = in_triage(db, kind)
        assert [way.get("value") for way in bruno.get(check(more)).tree.xpath("//button[@name='acao']")] == ["pedir"]
        assert checks(bruno, more, wanted="1", acao="pedir").status == 303
        db.expire_all()
        assert db.get(UpgradeRequest, more.id).status == "negotiation"
    assert kept(db)[1] == cards


def test_what_came_free_meanwhile_is_asked_for_again(bruno, rafael, db):
    row = in_queue(db)
    with cast.by("rafael.teixeira"):
        phones.agreed(row)
        first = next(item for item in phones.items(cast.sol()) if item.status == "in_use")
        first.free("A mesa saiu")
    db.commit()
    page = rafael.get(f"/planner/pedidos/{row.id}")
    assert "Ficou sem uso depois da conferência: 2000, Recepção" in page.words
    assert rafael.get(f"/planner/pedidos/{row.id}/lancamento").status == 422
    back = rafael.post(
        f"/planner/pedidos/{row.id}/conferir-de-novo", page.form(f"/planner/pedidos/{row.id}/conferir-de-novo")
    )
    assert back.location == check(row)
    assert requests(db)[0].status == "triage"
    assert rafael.post(f"/planner/pedidos/{row.id}/conferir-de-novo", {"seen": "1"}).status in (409, 422)


def test_a_second_check_asks_for_more_than_is_used(bruno, rafael, db):
    row, free = in_triage(db), spare()
    with cast.by("bruno.reis"):
        row.check(2, [free.id], "Eunice")
        row.use_existing({free.id: Use("install", device="Yealink")}, sell_the_rest=True)
    with cast.by("rafael.teixeira"):
        row.check_again()
    db.commit()
    assert "Este pedido já usa −1" in bruno.get(check(row)).words
    refused = checks(bruno, row, wanted="1")
    assert refused.status == 422
    assert "Este pedido já usa 1 ramal" in refused.errors()["wanted"]


# ---- the queue


@pytest.mark.feature("U-34")
@pytest.mark.postgresql
def test_the_queue_says_who_from_where_and_since_when(bruno, rafael, ana, db):
    with clock.set_to(clock.now() - timedelta(days=6)):
        line = in_queue(db, "line", login="ana.souza", line_number="3732211000", donor="Vivo")
    with clock.set_to(clock.now() - timedelta(days=3)):
        channel = in_queue(db, "outbound_channel", wanted=1)
    row = in_queue(db)
    page = rafael.get("/planner/pedidos")
    assert "3 esperam o Comercial" in page.words
    assert "2 há 2 dias ou mais" in page.words
    waits = [" ".join(tr.text_content().split()) for tr in page.tree.xpath("//tbody/tr")]
    assert "Ana Souza" in waits[0]
    assert "Financeiro" in waits[0]
    assert "6 dias" in waits[0]
    assert "(37) 3221-1000, da Vivo" in waits[0]
    assert "Bruno Reis" in waits[1]
    assert "3 dias" in waits[1]
    assert "agora" in waits[2]
    tones = page.tree.xpath("//tbody//span[contains(@class, 'status-')]/@class")
    assert tones == ["status status-bad", "status status-warn"]
    assert "Registrar acordo" not in bruno.get("/planner/pedidos").words
    # there is no end without an outcome
    agreement, refusal = (f"/planner/pedidos/{row.id}/{end}" for end in ("acordo", "nao-fechado"))
    beside = rafael.get(f"/planner/pedidos?pedido={row.id}")
    assert rafael.post(agreement, {**beside.form(agreement), "agreed_on": ""}).status == 422
    assert (
        rafael.post(f"/planner/pedidos/{row.id}/desistencia", {"reason": "Sumiu", "version": str(row.version)}).status
        == 422
    )
    beside = rafael.get(f"/planner/pedidos?pedido={row.id}&como=nao")
    empty = rafael.post(refusal, {**beside.form(refusal), "reason": " "})
    assert (empty.status, empty.errors()["reason"]) == (422, "Erro: Escreva por que não fechou.")
    assert {each.status for each in requests(db)} == {"negotiation"}
    assert ana.post(refusal, {"reason": "Caro", "version": str(row.version)}).status == 422  # not her step
    assert rafael.post(refusal, {**beside.form(refusal), "reason": "Achou caro"}).status == 303
    ended = rafael.get("/planner/pedidos?etapa=encerrados")
    assert "Não fechado" in ended.words
    assert "Achou caro" in ended.words
    retake = f"/planner/pedidos/{row.id}/retomada"
    assert rafael.post(retake, ended.form(retake)).status == 303
    db.expire_all()
    assert db.get(UpgradeRequest, row.id).status == "negotiation"
    # a line may end as a sale of its own
    sale = f"/planner/pedidos/{line.id}/venda"
    assert "Registre o acordo antes" in rafael.get(sale).words
    with cast.by("rafael.teixeira"):
        phones.agreed(line)
    db.commit()
    sold = rafael.post(sale, rafael.get(sale).form(sale))
    assert sold.status == 303
    assert sold.location.endswith("/endereco")
    db.expire_all()
    assert db.get(UpgradeRequest, line.id).status == "sold"
    assert "Só uma linha fecha como venda" in rafael.get(f"/planner/pedidos/{channel.id}/venda").words


def test_who_gives_up_in_triage_says_why_and_may_think_better_of_it(ana, db):
    row = in_triage(db, login="ana.souza")
    path = f"/planner/pedidos/{row.id}/desistencia"
    form = ana.get(path).form(path)
    assert ana.post(path, {**form, "reason": ""}).errors()["reason"] == "Erro: Escreva o motivo."
    assert ana.post(path, {**form, "reason": "Só queria o preço"}).status == 303
    page = ana.get(f"/planner/pedidos/{row.id}")
    assert "Só queria o preço" in page.words
    retake = f"/planner/pedidos/{row.id}/retomada"
    assert ana.post(retake, page.form(retake), htmx=True).status == 204
    assert requests(db)[0].status == "triage"
    assert ana.post(retake, page.form(retake)).status in (409, 422)


def test_the_ended_are_turned_page_by_page(rafael, db):
    with cast.by("rafael.teixeira"):
        for at in range(27):
            row = phones.asked(cast.sol(), "line")
            row.not_agreed(f"Motivo {at:02}.")
    db.commit()
    first = rafael.get("/planner/pedidos?etapa=encerrados")
    assert len(first.tree.xpath("//tbody/tr")) == 25
    following = first.tree.xpath("//a[@rel='next']/@href")[0]
    second = rafael.get(following)
    reasons = [page.words.count("Motivo ") for page in (first, second)]
    assert reasons == [25, 2]
    assert "Motivo 26." in first.words
    assert "Motivo 00." in second.words
    assert rafael.get("/planner/pedidos?etapa=nada&depois=x&pedido=abc").status == 200


def test_a_stranger_is_a_404(staff, db):
    row, item = in_queue(db), spare()
    celia = staff("celia.prado")
    for path in (
        f"/planner/pedidos/{row.id}",
        f"/planner/pedidos/{row.id}/acordo",
        f"/planner/pedidos/{row.id}/conferencia",
        f"/planner/pedidos/{row.id}/lancamento",
        f"/planner/pedidos?pedido={row.id}",
        f"/pabx/{item.id}/uso",
        f"/clientes/{cast.sol().id}/pabx",
        new(),
    ):
        answer = celia.get(path)
        assert answer.status == 404 or "?" in path, path
        assert "Padaria" not in answer.words
    assert celia.post(f"/planner/pedidos/{row.id}/acordo", {"agreed_with": "X", "version": "1"}).status == 404


@pytest.mark.parametrize("stage", ["negociacao", "triagem", "encerrados"])
def test_the_queue_asks_a_fixed_number_of_questions(rafael, db, count_queries, stage):
    def one_of_each() -> None:
        in_queue(db)
        in_triage(db, "module")
        with cast.by("rafael.teixeira"):
            phones.asked(cast.sol(), "line").not_agreed("Caro")
        db.commit()

    counted = []
    for _ in range(2):
        one_of_each()
        rafael.get(f"/planner/pedidos?etapa={stage}")
        with count_queries() as queries:
            rafael.get(f"/planner/pedidos?etapa={stage}")
        counted.append(len(queries))
    assert counted[0] == counted[1] <= 10, queries


# ---- of whom


def test_the_customer_is_searched_for_as_everywhere(bruno, db):
    path = "/planner/pedidos/novo"
    assert bruno.get(path).status == 200
    found = bruno.post(path, {"q": "padaria sol"}, htmx=True)
    assert found.tree.xpath(f"//a[@href='{new()}']")
    rita = bruno.post(path, {"q": cast.RITA})
    assert "Rita Aparecida Moreira" in rita.words
    assert "529.982.247-25" not in rita.page.select_one("table").get_text()
    assert "Ninguém com" in bruno.post(path, {"q": "zzz"}).words


def test_without_a_telephone_only_a_line_is_asked_for(bruno, rafael, db):
    ze = db.get(Person, cast.ze().id)
    path = f"/clientes/{ze.id}/pedidos-de-telefonia/novo"
    refused = bruno.post(path, {"kind": "extension", "answer": "device"})
    assert refused.status == 422
    assert "Este cliente não tem telefone contratado" in refused.words
    line = bruno.post(path, {"kind": "line", "answer": "advertised", "intention_confirmed": "y"})
    assert line.status == 303
    [row] = requests(db)
    with cast.by("rafael.teixeira"):
        phones.agreed(row)
    db.commit()
    assert "não tem contrato de telefone em vigor" in rafael.get(f"/planner/pedidos/{row.id}").words
    assert rafael.get(f"/planner/pedidos/{row.id}/lancamento").status == 422
