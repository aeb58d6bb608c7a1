"""Empresas: their data, their brand and their rules; TODAS has only rules (X-01, C-101)."""

from datetime import date

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from models.operators import Company
from models.refused import Refused
from tests import cast

PATH = "/configuracao/empresas"


def typed(**more):
    return {
        "name": "Lago Net",
        "legal_name": "Lago Net Ltda.",
        "cnpj": "11.222.333/0001-81",
        "phone": "0800 123 4567",
        "whatsapp": "(37) 99876-5432",
        "brand": "#8A2BE2",
        "due_days": "20; 5, 5",
        "proration_base": "calendar",
        "portal_entry": "cpf_only",
        "portal_trust_unlock": "y",
        "trust_max_days": "3",
        "zone": "America/Manaus",
        "fine_bp": "2,00",
        "interest_bp": "0,5",
        "late_from": "due_date",
        "issue_lead_days": "12",
        "carne_most": "36",
        "commission_bp": "30 %",
        "mails_invoices": "y",
        "bills_from": "01/12/2026",
        **more,
    }


def company(db, name="Lago Net"):
    return db.scalars(select(Company).where(Company.name == name).execution_options(populate_existing=True)).one()


def test_adds_and_edits(staff, db):
    davi = staff("davi.rocha")
    added = davi.post(f"{PATH}/adicionar", typed())
    assert "Empresa Lago Net adicionada" in davi.follow(added).words
    row = company(db)
    assert (row.cnpj, row.phone, row.brand, row.due_days) == ("11222333000181", "08001234567", "#8a2be2", "5,20")
    assert (row.zone, row.portal_trust_unlock, row.trust_max_days) == ("America/Manaus", True, 3)
    assert (row.fine_bp, row.interest_bp, row.late_from, row.commission_bp) == (200, 50, "due_date", 3000)
    assert (row.issue_lead_days, row.carne_most, row.bills_from) == (12, 36, date(2026, 12, 1))
    assert row.mails_invoices
    form = davi.get(f"{PATH}/{row.id}/editar").form(f"{PATH}/{row.id}/editar")
    assert (form["fine_bp"], form["interest_bp"], form["bills_from"]) == ("2,00", "0,50", "2026-12-01")
    assert (form["cnpj"], form["due_days"], form["portal_entry"]) == ("11.222.333/0001-81", "5, 20", "cpf_only")
    assert "A multa vai de 0" in davi.post(f"{PATH}/{row.id}/editar", {**form, "fine_bp": ""}).errors()["fine_bp"]
    for switch in ("portal_trust_unlock", "mails_invoices"):
        form.pop(switch)
    assert davi.post(f"{PATH}/{row.id}/editar", {**form, "portal_entry": "", "trust_max_days": ""}).status == 303
    row = company(db)
    assert (row.portal_entry, row.portal_trust_unlock, row.trust_max_days) == ("", False, None)
    assert not row.mails_invoices


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "Escreva o nome."),
        ({"name": "Serra Azul Net"}, "Este nome já existe."),
        ({"cnpj": "11.222.333/0001-82"}, "Este CNPJ não confere."),
        ({"cnpj": ""}, "Escreva o CNPJ da empresa."),
        ({"phone": "123"}, "Escreva o número com DDD"),
        ({"brand": "azul"}, "Escreva a cor como #0b5f66"),
        ({"due_days": "5, 32"}, "de 1 a 31"),
        ({"due_days": ""}, "de 1 a 31"),
        ({"proration_base": "31"}, "Escolha a base do pro-rata."),
        ({"portal_entry": "cpf_sms"}, "Escolha a entrada na Central."),
        ({"zone": "Europe/Lisbon"}, "Escolha o fuso horário."),
        ({"trust_max_days": "0"}, "de 1 a 365 dias"),
        ({"fine_bp": "2,01"}, "A multa vai de 0 a 2,00 % (Código de Defesa do Consumidor"),
        ({"fine_bp": "-1"}, "A multa vai de 0 a 2,00 %"),
        ({"fine_bp": "dois"}, "Escreva a porcentagem com até duas casas."),
        ({"interest_bp": "1,5"}, "Os juros de mora vão de 0 a 1,00 % ao mês (Código Civil"),
        ({"issue_lead_days": "4"}, "ao menos 5 dias antes do vencimento"),
        ({"carne_most": "61"}, "de 1 a 60 parcelas"),
        ({"commission_bp": "300,01"}, "de 0 a 300,00 %"),
        ({"late_from": "never"}, "desde quando o atraso conta"),
        ({"bills_from": "31/02/2026"}, "Escreva a data como"),
    ],
)
def test_says_what_is_wrong(staff, db, wrong, sentence):
    refused = staff("davi.rocha").post(f"{PATH}/adicionar", typed(**wrong))
    assert refused.status == 422
    assert sentence in refused.words
    assert db.scalars(select(Company).where(Company.name == "Lago Net")).first() is None


def test_a_brand_is_a_colour_in_the_verb_and_in_the_database(db):
    row = cast.vale_claro()
    with pytest.raises(Refused) as no:
        row.change(brand="#0b5f6g")
    assert no.value.errors == {"brand": "Escreva a cor como #0b5f66: # e seis letras ou números."}
    row.change(brand="#8A2be2")
    db.commit()
    for colour in ("azul", "#0b5f6", "0b5f66#", "##0b5f6", "#0b5f6g"):
        with pytest.raises(IntegrityError, match="ck_company_brand"):
            db.execute(update(Company).where(Company.id == row.id).values(brand=colour))
        db.rollback()


def test_todas_has_rules_and_stays(staff, db):
    davi, path = staff("davi.rocha"), f"{PATH}/todas/editar"
    form = davi.get(path).form(path)
    assert "name" not in form
    assert davi.post(path, {**form, "due_days": "7, 17", "name": "Nenhuma"}).status == 303
    assert company(db, "TODAS").due_days == "7,17"
    assert "de 1 a 31" in davi.post(path, {**davi.get(path).form(path), "due_days": "x"}).words
    row = company(db, "TODAS")
    with pytest.raises(Exception, match="não muda de nome"):
        row.change(name="Outra")
    for verb in (row.retire, row.remove):
        with pytest.raises(Exception, match="não sai de uso"):
            verb()


def test_colours_of_the_brand_as_a_fragment(staff):
    davi = staff("davi.rocha")
    drawn = davi.get(f"{PATH}/cor?brand=%23b8420e", htmx=True)
    assert drawn.page.select("rect[fill='#b8420e']")
    assert "Tema escuro" in drawn.words
    assert davi.get(f"{PATH}/cor?brand=%230b5f66", htmx=True).page.select("rect[fill='#0b5f66']")
    assert "A amostra aparece" in davi.get(f"{PATH}/cor?brand=%23b84", htmx=True).words


def test_in_use_stays_and_unused_goes(staff, db):
    davi, id = staff("davi.rocha"), cast.serra_azul().id
    assert "está em uso" in davi.post(f"{PATH}/{id}/remover").words
    davi.post(f"{PATH}/adicionar", typed())
    new = company(db).id
    assert davi.post(f"{PATH}/{new}/inativacao").status == 303
    assert davi.post(f"{PATH}/{new}/reativacao").status == 303
    assert davi.post(f"{PATH}/{new}/remover").status == 303


def test_one_company_does_not_reach_another(staff, db):
    davi = staff("davi.rocha", company="Serra Azul Net")
    listed = davi.get(PATH).words
    assert "Vale Claro Telecomunicações" not in listed
    assert davi.get(f"{PATH}/{cast.vale_claro().id}/editar").status == 404
    assert davi.get(f"{PATH}/todas/editar").status == 404
    refused = davi.post(f"{PATH}/adicionar", typed())
    assert "troque para TODAS" in refused.words


def test_only_who_administers(staff):
    for login in ("silvia.maia", "ana.souza", "bruno.reis"):
        visitor = staff(login)
        assert visitor.get(PATH).status == 403
        assert visitor.post(f"{PATH}/adicionar", typed()).status == 403
