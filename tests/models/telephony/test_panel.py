"""Painel PABX: each item in use or free, counted once, coming and going with a reason (U-06, U-08, U-19, U-31)."""

from datetime import timedelta

import pytest

from models import clock as real
from models.refused import Refused, Stale
from models.telephony import Count, Use, count, include, register
from models.telephony.pabx_item import next_numbers
from tests import cast, phones
from tests.cast import by, joaquim, service, sol

INVISIBLE = " \u200b "
INSTALLED = Use("install", device="Yealink T31")
PHONE = "Telefone fixo 2 ramais"


@pytest.fixture
def free(db):
    return next(row for row in phones.items(sol()) if row.status == "free")


def telephone():
    return service(sol(), PHONE)


def test_the_plan_brings_what_it_includes(db):
    panel = phones.bought(joaquim())
    assert count(phones.items(joaquim())) == Count(2, 0, 0, 2, 0)
    assert count(phones.items(joaquim(), "outbound_channel")) == Count(2, 2, 0, 0, 0)
    assert [row.number for row in phones.items(joaquim())] == ["2000", "2001"]
    assert panel.person_id == joaquim().id


def test_no_telephone_brings_no_panel(db):
    internet = service(cast.ze())
    include(internet, 3, 3)
    assert phones.Pabx.of(internet.company_id, internet.person_id) is None


def test_put_to_use_and_freed(free):
    with by("bruno.reis"):
        free.put_to_use(INSTALLED, free.version)
        assert (free.status, free.device, free.sent_to, free.free_since) == ("in_use", "Yealink T31", "", None)
        with pytest.raises(Refused, match=r"Já está em uso: Yealink T31\."):
            free.put_to_use(INSTALLED)
        for reason in ("", INVISIBLE):
            with pytest.raises(Refused, match="Escreva o motivo") as no:
                free.free(reason)
            assert list(no.value.errors) == ["reason"]
        free.free("A mesa saiu.")
        assert (free.status, free.device, free.used_at, free.name) == ("free", "", None, "Fornos")
        with pytest.raises(Refused, match=r"Não está em uso: está livre\."):
            free.free("A mesa saiu.")
        free.put_to_use(Use("send_data", sent_to="Marta Lima"))
        assert (free.device, free.sent_to) == ("", "Marta Lima")
        with pytest.raises(Stale):
            free.free("A mesa saiu.", free.version - 1)
    assert phones.told(free)[-3:] == ["pabx_item.used", "pabx_item.freed", "pabx_item.used"]


@pytest.mark.parametrize("login", ["ana.souza", "silvia.maia"])
def test_support_and_comercial_use_the_others_read(free, login):
    used = phones.items(sol())[0]
    with by(login):
        for act in (
            lambda: free.put_to_use(INSTALLED),
            lambda: used.free("Saiu."),
            lambda: free.rename("Outro", "Outro"),
        ):
            with pytest.raises(Refused, match="Suporte ou Comercial fazem isto"):
                act()


def test_an_extension_without_a_name_gets_one_as_it_comes_into_use(db):
    phones.bought(joaquim())
    row = phones.items(joaquim())[0]
    with by("bruno.reis"):
        with pytest.raises(Refused) as no:
            row.put_to_use(Use())
        assert sorted(no.value.errors) == ["name", "procedure", "sector"]
        row.put_to_use(Use("install", device="T31", name="Sala", sector="Casa"))
    assert row.called == "2000, Sala"


def test_renamed(free):
    with by("bruno.reis"):
        with pytest.raises(Refused) as no:
            free.rename(INVISIBLE, "")
        assert sorted(no.value.errors) == ["name", "sector"]
        version = free.version
        free.rename("Fornos", "Produção")  # as it was
        assert free.version == version
        free.rename("Forno 2", "Produção")
        channel = phones.items(sol(), "outbound_channel")[0]
        with pytest.raises(Refused, match="Um canal de saída não tem nome"):
            channel.rename("Saída", "")
    assert phones.told(free)[-1] == "pabx_item.renamed"


def test_withdrawn_and_registered_again(free):
    with by("davi.rocha"):
        used = phones.items(sol())[0]
        with pytest.raises(Refused, match=r"Está em uso\. Marque como livre antes de retirar\."):
            used.withdraw("Saiu do contrato.")
        with pytest.raises(Refused, match="Escreva o motivo"):
            free.withdraw(INVISIBLE)
        free.withdraw("Saiu do contrato.")
        with pytest.raises(Refused, match="Já foi retirado"):
            free.withdraw("Saiu do contrato.")
    assert count(phones.items(sol())).contracted == 1
    with by("bruno.reis"):
        with pytest.raises(Refused, match="Registre de novo, se o contrato o inclui"):
            free.put_to_use(INSTALLED)
        with pytest.raises(Refused, match="fica como estava"):
            free.rename("Outro", "Outro")
        again = register(telephone(), "extension", free.number, "Balcão", "Vendas")
        assert again is free, "no number stands twice in a panel"
        assert (free.status, free.called) == ("free", "2001, Balcão")
        with pytest.raises(Refused, match=r"O número 2001 já está neste painel\."):
            register(telephone(), "extension", "2001", "Outro", "Vendas")
    assert phones.told(free)[-2:] == ["pabx_item.withdrawn", "pabx_item.registered"]
    assert count(phones.items(sol())).contracted == 2


@pytest.mark.parametrize("use", [INSTALLED, Use("install", "T31", "Eunice"), Use("send_data", "T31", "Eunice")])
def test_registered_in_use_as_it_was_used(db, use):
    """A device or a receiver: what the form holds of the other one is not kept."""
    row = register(telephone(), "extension", "2050", "Caixa", "Loja", use)
    install = use.procedure == "install"
    assert (row.device, row.sent_to) == (use.device if install else "", "" if install else use.sent_to)
    assert (row.status, row.procedure) == ("in_use", use.procedure)
    assert row.used_at
    assert phones.told(row) == ["pabx_item.registered", "pabx_item.used"]


def test_what_registering_asks(db):
    phone, internet = telephone(), service(sol())
    cases = (
        ((phone, "fax"), {"kind"}),
        ((internet, "outbound_channel"), {"service_id"}),
        ((phone, "extension", "", "Caixa", "Loja"), {"number"}),
        ((phone, "extension", "20x0", "Caixa", "Loja"), {"number"}),
        ((phone, "extension", "٢٠٥٠", "Caixa", "Loja"), {"number"}),
        ((phone, "extension", "1" * 21, "Caixa", "Loja"), {"number"}),
        ((phone, "extension", "2050"), {"name", "sector"}),
        ((phone, "module"), {"name"}),
        ((phone, "line", ""), {"number"}),
        ((phone, "extension", "2050", "Caixa", "Loja", Use("install")), {"device"}),
    )
    for typed, fields in cases:
        with pytest.raises(Refused) as no:
            register(*typed)
        assert set(no.value.errors) == fields


def test_numbers_go_on_after_the_highest_ever_given(db):
    panel = phones.panel(sol())
    assert next_numbers(panel, "extension", 2) == ["2002", "2003"]
    row = register(telephone(), "extension", "2100", "Caixa", "Loja")
    row.withdraw("Engano.")
    assert next_numbers(panel, "extension", 1) == ["2101"], "that of one that is gone is not given again"
    with pytest.raises(Refused, match="Um ramal tem no máximo"):
        register(telephone(), "extension", "5584332100", "Direto", "Loja")
    assert next_numbers(panel, "line", 1) == ["1"]


def test_counts_equal_the_rows(db, clock):
    with by("rafael.teixeira"):
        phones.used_up(sol())
        _, order = phones.launched(sol(), 2)
    with by("bruno.reis"):
        made = order.make()
        assert count(phones.items(sol())) == Count(2, 2, 0, 0, 2)
        made[0].put_to_use(INSTALLED)
        with pytest.raises(Refused, match="O contrato ainda não inclui este item"):
            made[0].free("Não quer mais.")
        with pytest.raises(Refused, match="É de um pedido em andamento"):
            made[1].withdraw("Não quer mais.")
        assert count(phones.items(sol())) == Count(2, 2, 0, 0, 2)
    with by("ana.souza"):
        order.adjust()
    assert count(phones.items(sol())) == Count(4, 3, 1, 0, 0)


def test_what_is_ordered_support_installs(db):
    """The step is support's; what stands free, Comercial hands out as well."""
    with by("rafael.teixeira"):
        phones.used_up(sol())
        _, order = phones.launched(sol(), 1)
    with by("bruno.reis"):
        (made,) = order.make()
    with by("rafael.teixeira"), pytest.raises(Refused, match="Só o Suporte cria e instala"):
        made.put_to_use(INSTALLED)
    with by("bruno.reis"):
        made.put_to_use(INSTALLED)


def test_use_words_say_how(free, clock):
    with clock(real.now() - timedelta(days=40)), by("bruno.reis"):
        free.put_to_use(Use("send_data", sent_to="Marta Lima"))
    assert free.use_words.startswith("dados enviados a Marta Lima, ")
