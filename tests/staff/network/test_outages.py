"""Paradas: noted, changed, answered at once, ended, credited line by line; and who sees nothing of it (X-08, B-23)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from models import clock as time
from models.billing import Credit, CreditEntry, Invoice
from models.history import Event
from models.network import Connection, Outage, Place, RadiusSession
from models.operators import Role
from models.outages import OutageCredit, OutageReply, OutageTicket
from models.services import Suspension
from models.tickets import Comment, Ticket
from tests import cast
from tests.networked import concentrator
from tests.staff.attend.test_express_checks import again, offline, online, stage, tile

pytestmark = pytest.mark.postgresql
NEW = "/paradas/nova"
TOLD = "Caiu a energia do ponto. A equipe está no local."


@pytest.fixture
def bruno(staff):
    return staff("bruno.reis")


@pytest.fixture
def ana(staff):
    return staff("ana.souza")


@pytest.fixture
def connection(db) -> Connection:
    """Seu Zé's, online at BRAS-01."""
    row = Connection.of(cast.service(cast.ze()))
    row.applied("active")
    row.concentrator_id = concentrator().id
    online(row)
    db.commit()
    return row


def noting(place: str, **typed) -> dict[str, str]:
    since = time.local(time.now() - timedelta(minutes=20))
    values = {"place": place, "cause": "Falta de energia", "opened_on": f"{since:%Y-%m-%d}", "told": TOLD}
    return {**values, "opened_time": f"{since:%H:%M}", "credits": "yes", **typed}


def note(visitor, db, place: str | None = None, **typed) -> Outage:
    """The newest outage, noted through the page."""
    visitor.get(NEW)
    answer = visitor.post(NEW, noting(place or f"c:{concentrator().id}", **typed))
    assert answer.status == 303, answer.errors()
    return db.scalars(select(Outage).order_by(Outage.id.desc()).limit(1)).one()


def asks(of, report: str, kind: str = "Sem acesso à internet") -> Ticket:
    with cast.by("bruno.reis"):
        return cast.ticket(of, kind, report)


def closing(db, outage: Outage, **typed) -> dict[str, str]:
    back = time.local(time.now())
    how = {"tickets": "finish", "classification_id": str(cast.closing_classification().id)}
    return {"closed_on": f"{back:%Y-%m-%d}", "closed_time": f"{back:%H:%M}", **how, **typed}


def fields(db, outage: Outage) -> Outage:
    db.expire_all()
    return db.get(Outage, outage.id)


# ---- registered with code, opening time, cause, forecast, closing


@pytest.mark.feature("X-08")
def test_one_is_noted_changed_and_ended_and_the_tile_follows(bruno, db, connection):
    """Staff create, read, change and end it; the tile of the express query is red exactly while it is open (A-21)."""
    path = stage(bruno, db)
    assert not tile(bruno.get(path), "outage")[0]
    until = time.local(time.now() + timedelta(hours=3))
    forecast = {"forecast_on": f"{until:%Y-%m-%d}", "forecast_time": f"{until:%H:%M}"}
    outage = note(bruno, db, **forecast)
    page = bruno.get(f"/paradas/{outage.id}")
    assert page.h1 == f"Parada em {concentrator().name}"
    for words in (f"cód. {outage.code}", "Falta de energia", f"volta prevista hoje às {until:%H:%M}", TOLD):
        assert words in page.words or until.date() != time.today()
    red, says = tile(again(bruno, path), "outage")
    assert (red, f"cód. {outage.code}" in says) == (True, True)
    assert bruno.get(path).tree.xpath(f"//a[@href='/paradas/{outage.id}']"), "the tile leads to its page"

    edit = f"/paradas/{outage.id}/editar"
    form = bruno.get(edit).form(edit)
    later = time.local(time.now() + timedelta(hours=5))
    assert bruno.post(edit, {**form, "cause": "Gerador", "forecast_time": f"{later:%H:%M}"}).status in (303, 422)
    assert bruno.post(edit, {**bruno.get(edit).form(edit), "cause": "Transformador queimado"}).status == 303
    assert fields(db, outage).cause == "Transformador queimado"
    event = db.scalars(select(Event).where(Event.action == "outage.changed").order_by(Event.id.desc())).first()
    assert (event.data["before"]["cause"] != event.data["after"]["cause"], "causa" in event.data["changes"]) == (
        True,
        True,
    )

    shut = f"/paradas/{outage.id}/encerramento"
    assert bruno.get(shut).h1 == f"Encerrar a parada em {concentrator().name}?"
    assert bruno.post(shut, closing(db, outage)).status == 303
    assert fields(db, outage).closed_at is not None
    assert not tile(again(bruno, path), "outage")[0]
    row = bruno.get("/paradas?situacao=encerradas")
    assert "Encerrada" in row.words
    assert f"cód. {outage.code}" in row.words
    assert f"cód. {outage.code}" not in bruno.get("/paradas?situacao=abertas").words


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"place": ""}, "place"),
        ({"place": "c:999999"}, "place"),
        ({"place": "d:mg/nenhuma/nada"}, "place"),
        ({"place": "x"}, "place"),
        ({"cause": "  "}, "cause"),
        ({"cause": "x" * 201}, "cause"),
        ({"told": " \n "}, "told"),
        ({"told": "x" * 1001}, "told"),
        ({"opened_on": ""}, "opened_on"),
        ({"opened_on": "", "opened_time": ""}, "opened_on"),
        ({"opened_time": "25:00"}, "opened_time"),
        ({"opened_on": "2020-01-01"}, "opened_on"),
        ({"opened_on": "2030-01-01"}, "opened_on"),
        ({"forecast_on": "2020-01-01", "forecast_time": "10:00"}, "forecast_on"),
        ({"forecast_on": "2030-01-01", "forecast_time": "10:00"}, "forecast_on"),
        ({"forecast_on": "2030-01-01"}, "forecast_time"),
        ({"credits": ""}, "credits"),
    ],
)
def test_what_is_missing_or_wrong_is_said_beside_its_field(bruno, db, typed, field):
    bruno.get(NEW)
    answer = bruno.post(NEW, noting(**{"place": f"c:{concentrator().id}", **typed}))
    assert (answer.status, field in answer.errors() or field == "credits") == (422, True), answer.errors()
    assert db.scalar(select(func.count()).select_from(Outage)) == 0


def test_the_second_of_a_place_is_told_of_the_first(bruno, db):
    outage = note(bruno, db)
    answer = bruno.post(NEW, noting(f"c:{concentrator().id}"))
    assert answer.status == 409
    assert f"Já há uma parada aberta em {outage.name}, cód. {outage.code}" in answer.words


def test_two_at_once_and_one_is_told(staff, db, race):
    both = [staff("bruno.reis"), staff("silvia.maia")]
    for one in both:
        one.get(NEW)
    form = noting(f"c:{concentrator().id}")
    answers = race(2, lambda i: both[i].post(NEW, form))
    assert sorted(answer.status for answer in answers) == [303, 409]
    assert db.scalar(select(func.count()).select_from(Outage)) == 1


def test_a_district_is_one_however_it_is_written(bruno, db, connection):
    """'Boa  vista' of an address is Boa Vista: found in the list, touched, red in the express query."""
    address = cast.service(cast.ze()).address("installation")
    address.district, district, city, state = address.district.upper(), address.district, address.city, address.state
    db.commit()
    with cast.by("bruno.reis"):
        place = Place.within(district, city, state)
    path = stage(bruno, db)
    outage = note(bruno, db, place.key)
    assert (outage.concentrator_id, outage.place) == (None, place.key)
    assert "José Antônio Ferreira" in bruno.get(f"/paradas/{outage.id}/clientes").words
    red, says = tile(again(bruno, path), "outage")
    assert (red, outage.name in says) == (True, True)
    assert "para este bairro" in bruno.get(path).words


def test_noted_by_mistake_is_cancelled_with_a_reason(bruno, db, connection):
    ticket = asks(cast.ze(), "Sem internet.")
    outage = note(bruno, db)
    path = f"/paradas/{outage.id}/cancelamento"
    assert bruno.post(path, bruno.get(path).form(path)).errors() == {
        "reason": "Erro: Escreva o motivo. Exemplo: o concentrador só reiniciou."
    }
    assert bruno.post(path, {**bruno.get(path).form(path), "reason": "Só reiniciou"}).status == 303
    outage = fields(db, outage)
    assert (outage.cancelled, outage.is_open) == ("Só reiniciou", False)
    assert {row.state for row in db.scalars(select(OutageTicket).where(OutageTicket.ticket_id == ticket.id))} <= {"out"}
    assert "Notificada por engano" in bruno.get(f"/paradas/{outage.id}").words
    assert "não há o que descontar" in bruno.get(f"/paradas/{outage.id}/descontos").words


def test_the_page_before_noting_says_who_is_touched(bruno, db, connection):
    offline(db, connection)
    asks(cast.ze(), "Caiu tudo.")
    page = bruno.get(f"{NEW}?place=c:{concentrator().id}")
    assert "Sem sessão agora neste ponto" in page.words
    assert "Caiu tudo." in page.words, "it would join"
    assert "Sugerido pela queda das sessões" in page.words or "Nenhuma queda" in page.words
    piece = bruno.get(f"{NEW}?place=c:{concentrator().id}", htmx=True)
    assert 'hx-target="#noting"' in piece.html
    assert 'hx-target="#reach"' in piece.html


def test_of_another_company_it_does_not_exist(staff, bruno, db, connection):
    outage = note(bruno, db)
    role = db.get(Role, cast.operator("celia.prado").role_id)
    role.permissions = sorted({*role.permissions, "network.outages", "people.read", "billing.read"})
    db.commit()
    celia = staff("celia.prado")
    for path in ("", "/editar", "/encerramento", "/cancelamento", "/atendimentos", "/clientes", "/descontos"):
        assert celia.get(f"/paradas/{outage.id}{path}").status == 404, path
    assert f"cód. {outage.code}" not in celia.get("/paradas").words
    assert celia.post(f"/paradas/{outage.id}/respostas", {"body": "x", "visibility": "subscriber"}).status == 404
    assert celia.post(NEW, noting(f"c:{concentrator().id}")).status == 422, "nor its concentrator"


def test_a_shared_concentrator_is_each_companys_own(staff, bruno, db, connection):
    """Of one of TODAS a company notes its own outage, about its own customers; that of TODAS is for who sees all."""
    bras = concentrator()
    db.execute(update(type(bras)).where(type(bras).id == bras.id).values(company_id=0))
    db.commit()
    outage = note(bruno, db)
    assert outage.company_id == cast.vale_claro().id
    assert staff("celia.prado").get(f"/paradas/{outage.id}").status == 404
    silvia = staff("silvia.maia")
    silvia.get(NEW)
    assert silvia.post(NEW, noting(f"c:{bras.id}")).status == 409, "the same customers are in it already"
    shut = f"/paradas/{outage.id}/encerramento"
    assert bruno.post(shut, {**closing(db, outage), "version": "1"}).status == 303
    whole = note(silvia, db)
    assert whole.company_id == 0
    assert bruno.get(f"/paradas/{whole.id}").status == 200
    answer = bruno.post(f"/paradas/{whole.id}/respostas", {"body": "oi", "visibility": "internal"})
    assert answer.status == 422
    assert "de todas as empresas" in answer.words


# ---- B-23: who is touched, one answer for all, banner for them only, credit with its arithmetic


@pytest.mark.feature("B-23")
def test_an_outage_is_answered_once_and_credited_by_its_hours(bruno, ana, central, worker, db, clock, connection):
    """The check of B-23: touched counted; one answer reaches every ticket; the banner is theirs alone; the credit."""
    noon = time.local(time.now()).replace(hour=12, minute=0, second=0) - timedelta(days=1)
    with clock(f"{noon:%Y-%m-%d %H:%M}"):
        offline(db, connection)
        first = asks(cast.ze(), "A internet parou.").id
        outage = note(bruno, db, opened_on=f"{noon:%Y-%m-%d}", opened_time="12:00")
        page = bruno.get(f"/paradas/{outage.id}")
        assert "Clientes atingidos" in page.words
        assert db.get(Ticket, first).protocol in page.words
        second = asks(cast.ze(), "Nada abre.").id
        bill = asks(cast.ze(), "Quero a segunda via.", "Segunda via e vencimento").id
        worker.drain()
        inside = set(db.scalars(select(OutageTicket.ticket_id).where(OutageTicket.state == "in")))
        assert {first, second} <= inside
        assert bill not in inside

        sent = bruno.post(f"/paradas/{outage.id}/respostas", {"body": "Gerador ligado.", "visibility": "subscriber"})
        assert sent.status == 303
        worker.drain()
        db.expire_all()
        rows = select(Comment.ticket_id, Comment.visibility, Comment.author_name)
        said = db.execute(rows.where(Comment.body == "Gerador ligado.")).all()
        assert sorted(said) == sorted((id, "subscriber", "Bruno Reis") for id in inside)

        banner = central("ze").get("/central/")
        assert banner.h1 == "Sua internet está com falha na sua região"
        assert TOLD in banner.words
        assert "Gerador ligado." in banner.words
        away = central("rita").get("/central/")
        assert TOLD not in away.words, "elsewhere nothing is seen"
        assert f"Parada {outage.code}" not in away.words

    with clock(f"{noon:%Y-%m-%d} 15:30"):
        shut = f"/paradas/{outage.id}/encerramento"
        typed = closing(db, outage, closed_on=f"{noon:%Y-%m-%d}", closed_time="15:30", version="1")
        assert bruno.post(shut, typed).status == 303
        worker.drain()
        service = cast.service(cast.ze())
        row = db.scalars(select(OutageCredit).where(OutageCredit.service_id == service.id)).one()
        fee = service.price_cents
        cents = (2 * fee * 210 + 43200) // (2 * 43200)
        assert (row.minutes, row.days, row.fee_cents, row.amount_cents, row.status) == (210, 30, fee, cents, "proposed")
        listed = ana.get(f"/paradas/{outage.id}/descontos")
        assert "÷ 30 dias ÷ 24 h × 3 h 30 min" in listed.words
        assert row.sum.words.replace("\u00a0", " ") in listed.words.replace("\u00a0", " ")

        assert ana.post(f"/paradas/{outage.id}/descontos/confirmacao", {"desconto": str(row.id)}).status == 303
        db.expire_all()
        entry = db.scalars(select(CreditEntry).where(CreditEntry.kind == "outage")).one()
        assert entry.amount_cents == cents
        assert row.sum.words.replace("\u00a0", " ") in entry.reason.replace("\u00a0", " ")


def test_confirmed_it_is_a_line_of_the_next_invoice(ana, db, worker, clock, connection, bruno):
    """What was shown is what is taken off; more than the invoice holds is carried to the one after it."""
    from models.billing.run import bill

    row = _credited(bruno, db, clock, connection)
    ana.get(f"/paradas/{row.outage_id}/descontos")
    assert ana.post(f"/paradas/{row.outage_id}/descontos/confirmacao", {"todos": "1"}).status == 303
    before = db.scalar(select(func.max(Invoice.id)).where(Invoice.person_id == row.person_id)) or 0
    with cast.by("ana.souza"):
        bill([row.person_id], time.today() + timedelta(days=70))
    db.commit()
    newer = select(Invoice).where(Invoice.person_id == row.person_id, Invoice.id > before).order_by(Invoice.due_on)
    invoice = db.scalars(newer.limit(1)).one()
    assert invoice.credit_cents == row.amount_cents
    undo = f"/descontos-de-parada/{row.id}/reabertura"
    answer = ana.post(undo, {"reason": "Engano"})
    assert answer.status == 422
    assert "já entraram em uma fatura" in answer.words


def _credited(bruno, db, clock, connection) -> OutageCredit:
    """Seu Zé's, of two hours."""
    noon = time.local(time.now()).replace(hour=12, minute=0, second=0) - timedelta(days=1)
    with clock(f"{noon:%Y-%m-%d %H:%M}"):
        offline(db, connection)
        outage = note(bruno, db, opened_on=f"{noon:%Y-%m-%d}", opened_time="12:00")
    with clock(f"{noon:%Y-%m-%d} 14:00"):
        typed = closing(db, outage, closed_on=f"{noon:%Y-%m-%d}", closed_time="14:00", tickets="tell", version="1")
        assert bruno.post(f"/paradas/{outage.id}/encerramento", typed).status == 303
    mine = OutageCredit.service_id == cast.service(cast.ze()).id
    return db.scalars(select(OutageCredit).where(mine, OutageCredit.outage_id == outage.id)).one()


def test_confirmed_twice_at_once_it_is_given_once(staff, bruno, db, clock, race, connection):
    row = _credited(bruno, db, clock, connection)
    id, path = row.id, f"/paradas/{row.outage_id}/descontos"
    both = [staff("ana.souza"), staff("silvia.maia")]
    for one in both:
        one.get(path)
    answers = race(2, lambda i: both[i].post(f"{path}/confirmacao", {"desconto": str(id)}))
    assert [answer.status for answer in answers] == [303, 303]
    db.expire_all()
    assert db.scalar(select(func.count()).select_from(CreditEntry).where(CreditEntry.kind == "outage")) == 1
    assert db.get(OutageCredit, id).status == "confirmed"


def test_refused_undone_and_confirmed_after_all(ana, bruno, db, clock, connection):
    row = _credited(bruno, db, clock, connection)
    refuse, undo = (f"/descontos-de-parada/{row.id}/{slug}" for slug in ("recusa", "reabertura"))
    ana.get(refuse)
    assert ana.post(refuse, {"reason": ""}).errors()["reason"].endswith("não ficou sem serviço.")
    assert ana.post(refuse, {"reason": "Estava em viagem"}).status == 303
    assert ana.get(refuse).status == 422, "decided once"
    assert "Estava em viagem" in ana.get(f"/paradas/{row.outage_id}/descontos?situacao=refused").words
    assert ana.post(f"/paradas/{row.outage_id}/descontos").status == 303, "proposing again leaves it as it was decided"
    db.expire_all()
    assert db.get(OutageCredit, row.id).status == "refused"
    assert ana.post(undo, {"reason": "A lei não pergunta"}).status == 303
    assert ana.post(f"/paradas/{row.outage_id}/descontos/confirmacao", {"todos": "1"}).status == 303
    assert ana.post(undo, {"reason": "Cliente errado"}).status == 303
    db.expire_all()
    assert (db.get(OutageCredit, row.id).status, _balance(db, row)) == ("proposed", 0)
    kinds = list(db.scalars(select(CreditEntry.kind).order_by(CreditEntry.id)))
    assert kinds[-2:] == ["outage", "outage_off"]


def _balance(db, row) -> int:
    return db.scalar(select(Credit.balance_cents).where(Credit.person_id == row.person_id)) or 0


def test_support_sees_no_money_and_gives_none(bruno, staff, db, clock, connection):
    row = _credited(bruno, db, clock, connection)
    assert bruno.post(f"/paradas/{row.outage_id}/descontos/confirmacao", {"todos": "1"}).status == 403
    joao = staff("joao.alcantara")
    assert joao.get(f"/paradas/{row.outage_id}/descontos").status == 403
    assert "R$" not in joao.get(f"/paradas/{row.outage_id}").words
    assert joao.get(NEW).status == 403


def test_time_suspended_and_time_credited_before_are_left_out(bruno, db, clock, connection):
    """Two outages that overlap: their union counts, once; and not while the service was cut."""
    service = cast.service(cast.ze())
    noon = time.local(time.now()).replace(hour=12, minute=0, second=0) - timedelta(days=1)
    at = f"{noon:%Y-%m-%d}"
    with clock(f"{at} 12:00"):
        offline(db, connection)
        here = note(bruno, db, opened_on=at, opened_time="12:00")
        address = service.address("installation")
        with cast.by("bruno.reis"):
            key = Place.within(address.district, address.city, address.state).key
        district = note(bruno, db, key, opened_on=at, opened_time="11:00")
    cut = {"status": "suspended_for_debt", "reason": "débito", "company_id": service.company_id}
    begun, ended = (noon.replace(hour=hour, minute=minute) for hour, minute in ((12, 30), (13, 0)))
    db.add(Suspension(service_id=service.id, started_at=begun, ended_at=ended, **cut))
    db.commit()
    for outage, hour in ((here, 14), (district, 15)):
        with clock(f"{at} {hour}:00"):
            typed = closing(db, outage, closed_on=at, closed_time=f"{hour}:00", tickets="tell", version="1")
            assert bruno.post(f"/paradas/{outage.id}/encerramento", typed).status == 303
    rows = db.scalars(
        select(OutageCredit).where(OutageCredit.service_id == service.id).order_by(OutageCredit.begins_at)
    )
    spans = [(f"{time.local(row.begins_at):%H:%M}", f"{time.local(row.ends_at):%H:%M}", row.minutes) for row in rows]
    assert spans == [("11:00", "12:00", 60), ("12:00", "12:30", 30), ("13:00", "14:00", 60), ("14:00", "15:00", 60)]


def test_who_stayed_online_and_what_was_short_gives_nothing(bruno, db, clock, connection):
    noon = time.local(time.now()).replace(hour=12, minute=0, second=0) - timedelta(days=1)
    at = f"{noon:%Y-%m-%d}"
    db.execute(update(RadiusSession).values(started_at=noon - timedelta(hours=3)))
    db.commit()
    with clock(f"{at} 12:00"):
        outage = note(bruno, db, opened_on=at, opened_time="12:00")
    with clock(f"{at} 14:00"):
        typed = closing(db, outage, closed_on=at, closed_time="14:00", tickets="tell", version="1")
        assert bruno.post(f"/paradas/{outage.id}/encerramento", typed).status == 303
    mine = cast.service(cast.ze()).id
    assert mine not in set(db.scalars(select(OutageCredit.service_id))), "his session went on through it"
    short = note(bruno, db)
    with clock(f"{time.local(short.opened_at) + timedelta(minutes=29):%Y-%m-%d %H:%M}"):
        until = time.local(time.now())
        typed = closing(db, short, closed_on=f"{until:%Y-%m-%d}", closed_time=f"{until:%H:%M}", tickets="tell")
        assert bruno.post(f"/paradas/{short.id}/encerramento", {**typed, "version": "1"}).status == 303
    assert db.scalar(select(func.count()).where(OutageCredit.outage_id == short.id)) == 0


# ---- tickets: in, out, back, and the end


def test_one_is_taken_out_stays_out_and_is_put_back(bruno, db, worker, connection):
    ticket = asks(cast.ze(), "Sem internet.")
    protocol, id = ticket.protocol, ticket.id
    outage = note(bruno, db)
    path = f"/paradas/{outage.id}/atendimentos"
    bruno.get(path)
    out = f"/paradas/atendimentos/{db.scalar(select(OutageTicket.id).where(OutageTicket.ticket_id == id))}/remover"
    assert bruno.post(out).status == 303
    assert bruno.post(out).status == 409
    asks(cast.ze(), "Continua sem.")
    worker.drain()
    db.expire_all()
    states = dict(db.execute(select(OutageTicket.ticket_id, OutageTicket.state)).all())
    assert states.pop(id) == "out"
    assert set(states.values()) == {"in"}
    assert bruno.post(path, {"protocol": "202611.999999"}).errors()["protocol"].startswith("Erro: Nenhum atendimento")
    assert bruno.post(path, {"protocol": protocol}).status == 303
    assert bruno.post(path, {"protocol": protocol}).status == 409


def test_the_end_finishes_those_that_are_back_and_names_the_rest(bruno, db, worker, connection):
    """One has a pending order and stays, named; another was finished by hand meanwhile and is left out, named."""
    back, held, done = (asks(cast.ze(), words).id for words in ("Um.", "Dois.", "Três."))
    outage = note(bruno, db)
    db.get(Ticket, held).order_opened()
    db.commit()
    page = bruno.get(f"/paradas/{outage.id}/encerramento")
    assert db.get(Ticket, held).protocol in page.words
    assert bruno.post(f"/paradas/{outage.id}/encerramento", closing(db, outage)).status == 303
    with cast.by("bruno.reis"):
        mine = db.get(Ticket, done)
        mine.claim()
        mine.close(cast.closing_classification())
    db.commit()
    worker.drain()
    db.expire_all()
    assert db.get(Ticket, back).is_closed
    assert db.get(Ticket, back).rating_asked
    assert not db.get(Ticket, held).is_closed
    words = bruno.get(f"/paradas/{outage.id}").words
    assert "ordem de serviço pendente" in words
    assert "terminou antes da resposta" in words
    states = set(db.scalars(select(OutageTicket.state)))
    assert states == {"over"}


def test_who_is_still_down_is_not_finished(bruno, db, worker, connection):
    ticket = asks(cast.ze(), "Nada.").id
    outage = note(bruno, db)
    offline(db, connection)
    page = bruno.get(f"/paradas/{outage.id}/encerramento")
    assert "José Antônio Ferreira" in page.words
    assert bruno.post(f"/paradas/{outage.id}/encerramento", closing(db, outage)).status == 303
    worker.drain()
    db.expire_all()
    assert not db.get(Ticket, ticket).is_closed
    assert db.scalar(select(Comment.body).where(Comment.ticket_id == ticket)).startswith("A internet voltou às")


def test_an_answer_is_delivered_once_however_often_it_is_tried(bruno, db, worker, connection):
    ticket = asks(cast.ze(), "Nada.").id
    outage = note(bruno, db)
    form = {"body": "Estamos indo.", "visibility": "subscriber", "idem": "a" * 32}
    bruno.get(f"/paradas/{outage.id}")
    for _ in range(2):
        assert bruno.post(f"/paradas/{outage.id}/respostas", form).status == 303
    worker.drain()
    db.expire_all()
    reply = db.scalars(select(OutageReply)).one()
    reply.deliver()
    db.commit()
    assert db.scalar(select(func.count()).select_from(Comment).where(Comment.ticket_id == ticket)) == 1


def test_a_note_for_the_team_reaches_nobody_else(bruno, central, db, worker, connection):
    ticket = asks(cast.ze(), "Nada.").id
    outage = note(bruno, db)
    path = f"/paradas/{outage.id}/respostas"
    assert bruno.post(path, {"body": " ", "visibility": "internal"}).status == 422
    assert bruno.post(path, {"body": "oi", "visibility": "todos"}).status == 422
    assert bruno.post(path, {"body": "Fala em transformador.", "visibility": "internal"}).status == 303
    worker.drain()
    assert db.scalar(select(func.count()).select_from(Comment).where(Comment.ticket_id == ticket)) == 0
    assert "transformador" in bruno.get(f"/paradas/{outage.id}").words
    assert "transformador" not in central("ze").get("/central/").words


def test_closed_while_a_ticket_joins_none_is_left_unseen(staff, bruno, db, race, connection):
    """Either it is in when the outage ends, and answered; or it finds it ended, and is in none."""
    from models.outages import gather_ticket
    from tests.browsing import outside

    outage = note(bruno, db)
    ticket = asks(cast.ze(), "Nada.").id
    db.commit()
    outage_id, form = outage.id, {**closing(db, outage), "version": "1"}

    def join() -> None:
        with cast.by("bruno.reis"):
            gather_ticket(db.get(Ticket, ticket))
        db.commit()

    acts = (lambda: bruno.post(f"/paradas/{outage_id}/encerramento", form), lambda: outside(join))
    race(2, lambda i: acts[i]())
    db.expire_all()
    assert db.get(Outage, outage_id).closed_at is not None
    row = db.scalars(select(OutageTicket).where(OutageTicket.ticket_id == ticket)).first()
    replies = db.scalar(select(func.count()).select_from(OutageReply).where(OutageReply.ticket_id == ticket))
    assert (row.state if row else None, replies) in (("over", 1), (None, 0))


def test_the_page_asks_as_much_for_many(bruno, db, count_queries, connection, worker):
    outage = note(bruno, db)
    paths = [f"/paradas/{outage.id}{path}" for path in ("", "/atendimentos", "/clientes")]

    def asked() -> list[int]:
        found = []
        for path in paths:
            with count_queries() as queries:
                assert bruno.get(path).status == 200
            found.append(len(queries))
        return found

    few = asked()
    for number in range(6):
        asks(cast.ze(), f"Caiu {number}.")
    worker.drain()
    bruno.post(f"/paradas/{outage.id}/respostas", {"body": "Estamos indo.", "visibility": "subscriber"})
    worker.drain()
    assert asked() == few


def test_who_opens_a_ticket_is_told_before_typing(bruno, db, connection):
    outage = note(bruno, db)
    with cast.by("bruno.reis"):
        ticket = Ticket.open(cast.ze(), cast.service(cast.ze()))
    db.commit()
    assert f"Há uma parada aberta em {outage.name}" in bruno.get(f"/atendimentos/{ticket.id}/abertura").words


def test_menu_and_home_say_that_one_is_open(bruno, db):
    assert "parada aberta" not in bruno.get("/").words
    note(bruno, db)
    words = bruno.get("/").words
    assert "1 parada aberta" in words
