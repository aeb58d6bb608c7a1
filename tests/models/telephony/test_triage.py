"""What a customer asks for, and what they have without use: nothing is sold that stands unused (U-01 to U-09, D-02)."""

import pytest

from models.operators import Department
from models.refused import Refused, Stale
from models.telephony import PabxItem, UpgradeRequest, Use, items_of, refusal_to_step, register
from tests import cast, phones
from tests.cast import by, joaquim, service, sol, ze

INVISIBLE = " \u200b "
INSTALLED = Use("install", device="Yealink T31")
PHONE = "Telefone fixo 2 ramais"


@pytest.fixture
def more(db):
    """`more(2)`: so many free extensions besides the one that Padaria Sol has."""

    def add(count: int) -> list[PabxItem]:
        with by("bruno.reis"):
            return [
                register(service(sol(), PHONE), "extension", f"30{at:02}", f"Mesa {at}", "Loja") for at in range(count)
            ]

    return add


@pytest.fixture
def request_(db):
    with by("bruno.reis"):
        return phones.asked(sol())


# ---- taking it


def test_of_exactly_one_type(db):
    with by("bruno.reis"):
        for kinds, sentence in (
            ([], "Escolha o tipo de upgrade"),
            (["fax"], "Escolha o tipo de upgrade"),
            (["module", "outbound_channel"], "Um tipo por pedido. Para dois tipos, faça dois pedidos."),
        ):
            with pytest.raises(Refused, match=sentence) as no:
                UpgradeRequest.register(sol(), kinds)
            assert list(no.value.errors) == ["kind"]


def test_the_answer_tells_a_line_from_an_extension(db):
    with by("bruno.reis"):
        for answer in ("", "both"):
            with pytest.raises(Refused, match="Faça a pergunta ao cliente") as no:
                UpgradeRequest.register(sol(), ["extension"], answer=answer)
            assert list(no.value.errors) == ["answer"]
        assert UpgradeRequest.register(sol(), ["line"], answer="device").kind == "extension"
        row = UpgradeRequest.register(sol(), ["extension"], answer="advertised", intention_confirmed=True)
        assert (row.kind, row.answer, row.wanted) == ("line", "advertised", 1)


@pytest.mark.parametrize("login", ["bruno.reis", "ana.souza", "rafael.teixeira"])
def test_a_line_goes_to_comercial_at_once(db, login):
    with by(login):
        with pytest.raises(Refused, match="Confirme com o cliente") as no:
            UpgradeRequest.register(sol(), ["line"], answer="advertised")
        assert list(no.value.errors) == ["intention_confirmed"]
        row = phones.asked(sol(), "line", line_number="(37) 3221-1000", donor="Oi")
        assert (row.status, row.department_id) == ("negotiation", cast.operator("rafael.teixeira").department_id)
        assert (row.line_number, row.donor) == ("3732211000", "Oi")
        assert row.forwarded_by_id == cast.operator(login).id
        assert phones.told(row) == ["upgrade_request.registered", "upgrade_request.forwarded"]


@pytest.mark.parametrize("number", ["123", "37 3221 100x", "٣٧٣٢٢١١٠٠٠", "1" * 12])
def test_a_line_number_is_a_telephone_number(db, number):
    with by("bruno.reis"), pytest.raises(Refused, match="Escreva o número com DDD") as no:
        phones.asked(sol(), "line", line_number=number)
    assert list(no.value.errors) == ["line_number"]


def test_a_module_says_which(db):
    for name in ("", INVISIBLE):
        with by("bruno.reis"), pytest.raises(Refused, match="Escreva qual módulo") as no:
            phones.asked(sol(), "module", module=name)
        assert list(no.value.errors) == ["module"]


def test_without_a_telephone_only_a_line(db):
    with by("bruno.reis"):
        with pytest.raises(Refused, match="não tem telefone contratado"):
            phones.asked(ze())
        assert phones.asked(ze(), "line").status == "negotiation"


def test_other_sectors_only_read(db):
    with by("silvia.maia"), pytest.raises(Refused, match=r"O seu setor é Supervisão: aqui você só consulta\."):
        phones.asked(sol())
    with pytest.raises(Refused, match=r"Aqui você só consulta\."):
        phones.asked(sol())  # a routine


def test_from_a_ticket_of_this_customer_only(db):
    with by("bruno.reis"):
        theirs = cast.ticket(ze(), "Sem acesso à internet", "Sem conexão desde cedo.")
        mine = cast.ticket(sol(), "Dúvida geral", "Quer um ramal.")
        for id in (theirs.id, 10**6):
            with pytest.raises(Refused, match="Este atendimento não é deste cliente"):
                phones.asked(sol(), ticket_id=id)
        assert phones.asked(sol(), ticket_id=mine.id).ticket_id == mine.id


def test_where_nobody_has_the_duty_it_says_so(db):
    """A sentence, also where a page only asks whether a button is drawn."""
    nobody = "Nenhum setor tem o papel «Vende e negocia (Comercial)». Peça a quem administra: Configuração, Setores."
    with by("davi.rocha"):
        db.get_one(Department, cast.operator("rafael.teixeira").department_id).change(duty=None)
    with by("bruno.reis"):
        assert refusal_to_step("sales") == nobody
        with pytest.raises(Refused) as no:
            phones.asked(sol(), "line")
        assert no.value.sentence == nobody
    with by("rafael.teixeira"):
        assert "Suporte ou Financeiro fazem isto" in (UpgradeRequest.refusal_to_register() or "")


# ---- the check


def test_the_check_comes_before_anything_is_sold(request_):
    with by("bruno.reis"):
        with pytest.raises(Refused, match="Antes, confira com o cliente"):
            request_.forward()
        with pytest.raises(Refused, match="Antes, confira com o cliente"):
            request_.use_existing({}, sell_the_rest=False)


@pytest.mark.parametrize("login", ["ana.souza", "silvia.maia"])
def test_finance_registers_but_does_not_triage(db, login):
    with by("ana.souza"):
        row = phones.asked(sol())
    assert (row.status, row.department_id) == ("triage", None)
    with by(login):
        for act in (lambda: phones.checked(row, 1), row.forward, lambda: row.use_existing({}, True)):
            with pytest.raises(Refused, match="Suporte ou Comercial fazem isto"):
                act()


def test_what_the_check_asks(request_):
    spare = request_.free_ones()[0].id
    with by("bruno.reis"):
        for wanted in (None, 0, -1, 501, "3"):
            with pytest.raises(Refused) as no:
                request_.check(wanted, [spare], "Eunice")
            assert no.value.errors == {"wanted": "Escreva quantos o cliente quer, de 1 a 500."}
        cases = (
            ([], "Eunice", False, {"confirmed": "Há 1 ramal sem uso"}),
            ([spare], "Eunice", True, {"confirmed": "não os dois"}),
            ([spare], INVISIBLE, False, {"confirmed_with": "Escreva com quem você confirmou"}),
            ([10**6], "Eunice", False, {"confirmed": "não está mais livre"}),
        )
        for confirmed, whom, uses_all, errors in cases:
            with pytest.raises(Refused) as no:
                request_.check(2, confirmed, whom, uses_all)
            assert {field: errors[field] in said for field, said in no.value.errors.items()} == dict.fromkeys(
                errors, True
            )
        request_.check(2, [spare], "Eunice Martins", version=request_.version)
        with pytest.raises(Stale):
            request_.check(2, [spare], "Eunice", version=request_.version - 1)
    assert phones.told(request_) == ["upgrade_request.registered", "upgrade_request.checked"]


def test_another_customers_extension_is_not_confirmed(request_):
    phones.bought(joaquim())
    theirs = next(row for row in phones.items(joaquim()) if row.status == "free")
    with by("bruno.reis"), pytest.raises(Refused, match="não está mais livre"):
        request_.check(2, [theirs.id], "Eunice")


@pytest.mark.parametrize("status", ["in_use", "withdrawn"])
def test_only_a_free_one_is_confirmed(request_, status):
    spare = request_.free_ones()[0]
    with by("bruno.reis"):
        spare.put_to_use(INSTALLED) if status == "in_use" else spare.withdraw("Saiu do contrato.")
        with pytest.raises(Refused, match="não está mais livre"):
            request_.check(2, [spare.id], "Eunice")


# ---- D-02: wanted, free and confirmed, sold


@pytest.mark.parametrize(
    ("wanted", "confirmed", "sold"), [(3, 1, 2), (3, 0, 3), (2, 2, 0), (1, 2, 0), (1, 1, 0), (5, 3, 2)]
)
def test_only_what_is_missing_is_sold(more, request_, wanted, confirmed, sold):
    more(2)
    free = request_.free_ones()
    spare = free[:confirmed]
    with by("bruno.reis"):
        request_.check(wanted, [row.id for row in spare], "Eunice", uses_all=not spare)
        if not spare:
            request_.forward()
            assert (request_.status, request_.to_sell) == ("negotiation", sold)
            return
        enough = len(spare) >= wanted
        with pytest.raises(Refused, match="O que sobra basta" if enough else "Use antes o que o cliente confirmou"):
            request_.forward()
        used = spare[:wanted]
        with pytest.raises(Refused, match="O que está sem uso mudou"):
            request_.use_existing({row.id: INSTALLED for row in used[1:]}, sell_the_rest=True)
        request_.use_existing({row.id: INSTALLED for row in used}, sell_the_rest=True)
    assert request_.status == ("existing" if enough else "negotiation")
    assert (request_.used, request_.to_sell) == (len(used), sold)
    assert [row.status for row in used] == ["in_use"] * len(used)
    assert phones.told(request_)[2] == "upgrade_request.used_existing"


def test_what_is_missing_may_be_left(request_):
    spare = request_.free_ones()[0]
    with by("bruno.reis"):
        request_.check(3, [spare.id], "Eunice")
        request_.use_existing({spare.id: INSTALLED}, sell_the_rest=False)
        assert request_.status == "existing"
        with pytest.raises(Refused, match="A conferência deste pedido já terminou"):
            request_.use_existing({spare.id: INSTALLED}, sell_the_rest=False)


def test_how_it_is_used_is_said_for_each(request_):
    spare = request_.free_ones()[0]
    with by("bruno.reis"):
        request_.check(1, [spare.id], "Eunice")
        for use, field in ((Use(), "procedure"), (Use("install"), "device"), (Use("send_data", device="x"), "sent_to")):
            with pytest.raises(Refused) as no:
                request_.use_existing({spare.id: use}, sell_the_rest=False)
            assert list(no.value.errors) == [f"{field}-{spare.id}"]
        assert spare.status == "free"


def test_what_was_taken_meanwhile_is_not_used(request_):
    spare = request_.free_ones()[0]
    with by("bruno.reis"):
        request_.check(1, [spare.id], "Eunice")
        spare.put_to_use(INSTALLED)
        with pytest.raises(Refused, match="sem uso confirmado"):
            request_.use_existing({spare.id: INSTALLED}, sell_the_rest=False)


def test_looked_at_once_more_the_total_stays_above_what_is_used(more, request_):
    """`wanted` is the whole of the request, what was used of it included."""
    spare = [row.id for row in request_.free_ones()] + [row.id for row in more(1)]
    with by("bruno.reis"):
        request_.check(3, spare, "Eunice")
        request_.use_existing(dict.fromkeys(spare, INSTALLED), sell_the_rest=True)
    with by("rafael.teixeira"):
        request_.check_again()
        assert (request_.status, request_.department_id, request_.checked_at) == ("triage", None, None)
        for wanted in (1, 2):
            with pytest.raises(Refused, match="O cliente já usa 2 ramais deste pedido") as no:
                request_.check(wanted, [], "Eunice")
            assert list(no.value.errors) == ["wanted"]
        request_.check(4, [], "Eunice")
        request_.forward()
    assert request_.to_sell == 2


@pytest.mark.parametrize("kind", ["outbound_channel", "module"])
def test_channels_and_modules_follow_the_same_triage(db, kind):
    with by("bruno.reis"):
        row = register(service(sol(), PHONE), kind, name="Gravação" if kind == "module" else "")
        request = phones.asked(sol(), kind)
        assert request.free_ones() == [row]
        request.check(1, [row.id], "Eunice")
        with pytest.raises(Refused, match="O que sobra basta"):
            request.forward()
        request.use_existing({row.id: Use()}, sell_the_rest=True)
    assert (request.status, row.status, row.device) == ("existing", "in_use", "")


def test_another_module_does_not_serve(db):
    with by("bruno.reis"):
        register(service(sol(), PHONE), "module", name="URA")
        assert phones.asked(sol(), "module").free_ones() == []
        assert len(phones.asked(sol(), "module", module="ura").free_ones()) == 1


# ---- no sale


def test_given_up_and_taken_up_again(request_):
    with by("ana.souza"):
        for reason in ("", INVISIBLE):
            with pytest.raises(Refused, match="Escreva o motivo") as no:
                request_.give_up(reason)
            assert list(no.value.errors) == ["reason"]
        request_.give_up("Vai pensar.", request_.version)
        assert (request_.status, request_.end_reason) == ("given_up", "Vai pensar.")
        with pytest.raises(Refused, match="já passou da triagem"):
            request_.give_up("De novo.")
        request_.take_up_again()
        assert (request_.status, request_.ended_at, request_.end_reason) == ("triage", None, "")
        with pytest.raises(Refused, match="Só o que terminou sem pedido é retomado"):
            request_.take_up_again()
    assert phones.told(request_)[1:] == ["upgrade_request.ended", "upgrade_request.taken_up"]


def test_what_used_the_existing_is_not_taken_up_again(request_):
    spare = request_.free_ones()[0]
    with by("bruno.reis"):
        request_.check(1, [spare.id], "Eunice")
        request_.use_existing({spare.id: INSTALLED}, sell_the_rest=False)
        with pytest.raises(Refused, match="Abra um pedido novo"):
            request_.take_up_again()
    assert len(items_of(phones.panel(sol()).id, "extension")) == 2
