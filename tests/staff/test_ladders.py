"""Which ladder a service follows: that of its newest active contract that names one (A-120, A-22)."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from models.catalog import ContractTemplate, DunningRule
from models.contracts import Contract, ladder_of
from models.dunning.ladder import StepRow, steps
from models.history import Event
from models.scope import TODAS
from models.services import Service
from tests import cast
from tests.models.dunning.debts import owes
from tests.staff.selling import answer, save, walk
from web.history import sentence

pytestmark = pytest.mark.usefixtures("db")
ENSAIO = "/financeiro/regua/ensaio"


def ladder(name: str, days: int, company_id: int | None = None) -> DunningRule:
    """One that suspends so many days after the notice."""
    row = DunningRule.like(cast.vale_claro().id if company_id is None else company_id)
    row.name, row.suspend_days = name, days
    row.create()
    return row


def template(name: str) -> ContractTemplate:
    row = ContractTemplate(name=name, company_id=cast.vale_claro().id)
    row.create()
    row.publish("## Objeto\n\nTexto")
    return row


def sign(visitor, service, name: str, ladder_id: int | str = ""):
    """Adicionar contrato, of a template of its own."""
    path = f"/servicos/{service.id}/contratos/adicionar"
    typed = {"template_id": template(name).id, "dunning_rule_id": ladder_id}
    cast.db.session.commit()
    return visitor.post(path, {**visitor.get(path).form(path), **typed})


def name_ladder(visitor, contract, ladder_id: int | str):
    path = f"/contratos/{contract.id}/editar"
    return visitor.post(path, {**visitor.get(path).form(path), "dunning_rule_id": ladder_id})


def suspended(visitor, on: str) -> str:
    """Who the rehearsal of a day says is suspended."""
    sections = visitor.get(f"{ENSAIO}?dia={on}").page.select("main section")
    return " ".join(part.get_text(" ") for part in sections if "Serão suspensos" in part.get_text())


@pytest.mark.postgresql
def test_the_newest_active_contract_that_names_one_decides_in_the_ensaio_and_at_night(staff, db, worker, clock):
    ze = cast.service(cast.ze())
    early, late = ladder("Em 20 dias", 20), ladder("Em 30 dias", 30)
    owes(ze, date(2026, 12, 4), date(2026, 12, 8))
    db.commit()
    with clock("2026-12-20 10:00"):
        ana = staff("ana.souza")
        assert cast.ze().name in suspended(ana, "28/12/2026"), "without a name the default: 15 days"
        assert sign(ana, ze, "Um", early.id).status == 303
        assert sign(ana, ze, "Dois", late.id).status == 303
        assert sign(ana, ze, "Três").status == 303, "names none, so the one before it counts"
        assert cast.ze().name not in suspended(ana, "30/12/2026")
        shown = suspended(ana, "07/01/2027")
        assert cast.ze().name in shown
        assert "régua Em 30 dias" in shown
        assert "Em 30 dias" in ana.get(f"/servicos/{ze.id}/regua").words
        assert "régua Em 20 dias" in ana.get(f"/servicos/{ze.id}/contratos").words
        file = ana.post(f"{ENSAIO}/csv", {"dia": "2027-01-07"}).text
        assert "Em 30 dias" in file
    with clock("2026-12-29 09:00"):
        worker.routine("dunning")
        db.expire_all()
        assert ze.status == "active"
        second = db.scalars(select(Contract).where(Contract.dunning_rule_id == late.id)).one()
        second.status = "cancelled"  # the door to this comes with the cancellation of contracts
        db.commit()
        assert cast.ze().name in suspended(staff("ana.souza"), "29/12/2026")
        assert worker.routine("dunning") == 1
        db.expire_all()
        assert ze.status == "suspended_for_debt"
        why = staff("ana.souza").get(f"/servicos/{ze.id}/regua").words
        assert "A régua corta 20 dias depois do aviso" in why


@pytest.mark.postgresql
def test_one_question_for_one_service_and_for_all(staff, db, clock):
    """Each is asked alone and in the night of all: the same ladder."""
    with clock("2026-12-20 10:00"):
        ana, ze = staff("ana.souza"), cast.service(cast.ze())
        sign(ana, ze, "Um", ladder("De TODAS", 45, 0).id)
        for each in db.scalars(select(Service)):
            owes(each, date(2026, 12, 4))
        rows = map(StepRow._make, db.execute(steps(date(2026, 12, 20))))
        found = {row.service_id: row.ladder_id for row in rows}
        assert len(found) > 4
        for id, named in found.items():
            service = db.get_one(Service, id)
            usual = DunningRule.of(service.company_id)
            assert ladder_of(id).id == (named or usual.id)
        assert [db.get_one(Service, id).person_id for id, named in found.items() if named] == [
            cast.sol().id,
            cast.ze().id,
        ]


@pytest.mark.postgresql
def test_another_ladder_gives_a_service_back(staff, db, worker, clock):
    ze, slow = cast.service(cast.ze()), ladder("Em 60 dias", 60)
    owes(ze, date(2026, 12, 10), date(2026, 12, 14))
    db.commit()
    with clock("2026-12-29 09:00"):
        worker.routine("dunning")
        db.expire_all()
        assert ze.status == "suspended_for_debt"
        ana, contract = staff("ana.souza"), cast.contract(ze)
        listed = ana.get(f"/servicos/{ze.id}/contratos").page
        assert listed.select_one(f'a[href="/contratos/{contract.id}/editar"]')
        assert name_ladder(ana, contract, slow.id).status == 303
        assert "Voltam" not in ana.get(ENSAIO).words, "nobody paid"
        worker.drain()
        db.expire_all()
        assert ze.status == "active"
        told = [sentence(row) for row in db.scalars(select(Event).order_by(Event.id.desc()).limit(2))]
        assert told == [
            f"habilitou {ze.plan_name}. Motivo: O débito que resta ainda não chegou ao prazo da régua",
            f"mudou a régua de cobrança do contrato {contract.number}: de Padrão da empresa para Em 60 dias",
        ]
        assert "Em 60 dias" in ana.get(f"/clientes/{ze.person_id}/historicos").words
        assert name_ladder(ana, contract, "").status == 303
        assert worker.routine("dunning") == 1
        db.expire_all()
        assert ze.status == "suspended_for_debt"


@pytest.mark.postgresql
def test_what_may_not_be_named(staff, db):
    ana, ze = staff("ana.souza"), cast.service(cast.ze())
    foreign, gone = ladder("Da serra", 20, cast.serra_azul().id), ladder("Antiga", 20)
    gone.retire()
    db.commit()
    contract = cast.contract(ze)
    path = f"/contratos/{contract.id}/editar"
    for wrong in (foreign.id, gone.id, 999):
        refused = name_ladder(ana, contract, wrong)
        assert refused.status == 422
        assert "Escolha uma régua da lista" in refused.errors()["dunning_rule_id"]
        assert "Escolha uma régua da lista" in sign(ana, ze, f"Modelo {wrong}", wrong).errors()["dunning_rule_id"]
    assert {"Da serra", "Antiga"}.isdisjoint(option.get_text() for option in ana.get(path).page.select("option"))
    assert DunningRule.refusal_to_name(cast.ladder().id, TODAS), "a contract in TODAS is read in every company"
    assert staff("celia.prado").get(path).status == 404
    assert staff("bruno.reis").get(path).status == 403
    # Out of use it rules who has it, and stays in the form.
    assert name_ladder(ana, contract, cast.ladder().id).status == 303
    cast.ladder().retire()
    db.commit()
    assert name_ladder(ana, contract, cast.ladder().id).status == 303
    assert ladder_of(ze.id).name == "Corporativa"
    db.refresh(contract)
    contract.status = "cancelled"
    db.commit()
    assert "fica como terminou" in ana.get(path).words
    assert "fica como terminou" in ana.post(path, {"version": contract.version, "dunning_rule_id": ""}).words


def test_the_slower_one_is_told(staff, db):
    ana, davi, contract = staff("ana.souza"), staff("davi.rocha"), cast.contract(cast.service(cast.ze()))
    path = f"/contratos/{contract.id}/editar"
    both = [each.get(path).form(path) for each in (ana, davi)]
    assert ana.post(path, {**both[0], "dunning_rule_id": cast.ladder().id}).status == 303
    late = davi.post(path, {**both[1], "dunning_rule_id": DunningRule.of(0).id})
    assert late.status == 409
    assert "Ana Souza" in late.words


def test_a_sale_names_one_for_its_contracts(staff, db):
    ana, corporate = staff("ana.souza"), cast.ladder()
    foreign = ladder("Da serra", 20, cast.serra_azul().id)
    db.commit()
    sale = walk(ana, until="contrato")
    path = f"/vendas/{sale}/contrato"
    form = ana.get(path).form(path)
    offered = [option.get_text() for option in ana.get(path).page.select("#dunning_rule_id option")]
    assert offered == ["Padrão da empresa", "Corporativa", "Régua de cobrança"]
    assert "dunning_rule_id" in ana.post(path, {**form, "dunning_rule_id": foreign.id}).errors()
    alone = ana.post(path, {**form, "templates": [], "dunning_rule_id": corporate.id})
    assert "vem com um contrato" in alone.errors()["dunning_rule_id"]
    answer(ana, sale, "contrato", dunning_rule_id=corporate.id)
    held = staff("davi.rocha").post(f"/configuracao/regua-de-cobranca/{corporate.id}/inativacao")
    assert held.status == 303
    assert "Régua de cobrança" in ana.get(path).words
    staff("davi.rocha").post(f"/configuracao/regua-de-cobranca/{corporate.id}/reativacao")
    for step in ("cobranca", "instalacao"):
        answer(ana, sale, step)
    assert "Corporativa" in ana.get(f"/vendas/{sale}/conferir").words
    save(ana, sale)
    service = cast.service(cast.person(cast.STRANGER))
    assert cast.contract(service).dunning_rule_id == corporate.id
    assert ladder_of(service.id) == corporate
