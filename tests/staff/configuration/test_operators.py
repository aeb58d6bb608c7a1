"""Operadores and Perfis: invited by a link, limited by a role, never locked out of the house (X-02)."""

import re

import pytest
from sqlalchemy import select

from models.operators import Operator, Role
from models.refused import Refused
from tests import cast

PATH, ROLES = "/configuracao/operadores", "/configuracao/perfis"
PASSWORD = "quatro cavalos amarelos na varanda"


def role(db, name):
    return db.scalars(select(Role).where(Role.name == name).execution_options(populate_existing=True)).one()


def typed(db, **more):
    return {
        "name": "Paula Lins",
        "login": "Paula.Lins",
        "email": "Paula@Exemplo.com",
        "role_id": str(role(db, "Atendimento").id),
        "department_id": str(cast.operator("bruno.reis").department_id),
        "companies": [str(cast.vale_claro().id)],
        "technician": "y",
        **more,
    }


def test_invitation_password_sign_in(staff, anonymous, db):
    davi = staff("davi.rocha")
    handed = davi.post(f"{PATH}/adicionar", typed(db))
    assert handed.status == 200
    link = re.search(r"/convite/[\w-]+", handed.page.find(id="link").text)[0]
    paula = db.scalars(select(Operator).where(Operator.login == "paula.lins")).one()
    assert (paula.email, paula.technician, paula.seller) == ("paula@exemplo.com", True, False)
    assert "Convite até" in davi.get(PATH).words
    assert link not in davi.get(f"{PATH}/{paula.id}/editar").html

    visitor = anonymous()
    visitor.get(link)
    assert visitor.post(link, {"password": PASSWORD, "again": PASSWORD}).status == 303
    assert "já foi usado ou venceu" in visitor.get(link).words
    assert visitor.post("/entrar", {"login": "paula.lins", "password": PASSWORD}).status == 303
    assert visitor.get("/").status == 200
    assert visitor.get(PATH).status == 403


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "Escreva o nome."),
        ({"login": "Ana Souza"}, "Use de 3 a 60 letras"),
        ({"login": "ANA.SOUZA"}, "Este usuário já existe."),
        ({"email": "paula"}, "Confira o e-mail."),
        ({"role_id": ""}, "Escolha o perfil."),
        ({"department_id": "999"}, "Escolha o setor."),
        ({"supervisor_id": "999"}, "Escolha o supervisor na lista."),
        ({"companies": []}, "Escolha ao menos uma empresa."),
    ],
)
def test_says_what_is_wrong(staff, db, wrong, sentence):
    refused = staff("davi.rocha").post(f"{PATH}/adicionar", typed(db, **wrong))
    assert refused.status == 422
    assert sentence in refused.words
    assert db.scalars(select(Operator).where(Operator.name == "Paula Lins")).first() is None


def test_two_operators_do_not_share_an_email(staff, db):
    davi = staff("davi.rocha")
    davi.post(f"{PATH}/adicionar", typed(db))
    refused = davi.post(f"{PATH}/adicionar", typed(db, login="paula.dois", email="PAULA@exemplo.com"))
    assert "Este e-mail já é de Paula Lins." in refused.words


@pytest.mark.postgresql
def test_a_new_role_ends_the_open_sessions(staff, db):
    davi, bruno = staff("davi.rocha"), staff("bruno.reis")
    id = cast.operator("bruno.reis").id
    form = davi.get(f"{PATH}/{id}/editar").form(f"{PATH}/{id}/editar")
    assert form["companies"] == [str(cast.vale_claro().id)]
    assert davi.post(f"{PATH}/{id}/editar", {**form, "email": "bruno@exemplo.com"}).status == 303
    assert bruno.get("/").status == 200
    form = davi.get(f"{PATH}/{id}/editar").form(f"{PATH}/{id}/editar")
    assert davi.post(f"{PATH}/{id}/editar", {**form, "role_id": str(role(db, "Comercial").id)}).status == 303
    assert bruno.get("/").location.startswith("/entrar")


@pytest.mark.postgresql
def test_everybody_answers_to_somebody_and_nobody_to_themselves(staff, db):
    davi, silvia, bruno = staff("davi.rocha"), cast.operator("silvia.maia"), cast.operator("bruno.reis")
    assert davi.post(f"{PATH}/adicionar", typed(db, supervisor_id=silvia.id)).status == 200
    assert "responde a Sílvia Maia" in davi.get(PATH).words

    def answers(who, to):
        path = f"{PATH}/{who.id}/editar"
        return davi.post(path, {**davi.get(path).form(path), "supervisor_id": to.id})

    assert answers(bruno, silvia).status == 303
    for who, to in ((silvia, bruno), (bruno, bruno)):
        assert "não pode responder a si" in answers(who, to).errors()["supervisor_id"]
    assert cast.operator("silvia.maia").supervisor_id is None


def test_other_companies_end_the_open_sessions(staff, db):
    davi, bruno = staff("davi.rocha"), staff("bruno.reis")
    id = cast.operator("bruno.reis").id
    form = davi.get(f"{PATH}/{id}/editar").form(f"{PATH}/{id}/editar")
    assert davi.post(f"{PATH}/{id}/editar", {**form, "companies": [str(cast.serra_azul().id)]}).status == 303
    assert bruno.get("/").location.startswith("/entrar")


def test_inactive_leaves_at_once_and_gets_no_invitation(staff, db):
    davi, bruno = staff("davi.rocha"), staff("bruno.reis")
    id = cast.operator("bruno.reis").id
    assert davi.post(f"{PATH}/{id}/inativacao").status == 303
    assert bruno.get("/").location.startswith("/entrar")
    assert "Reative antes de enviar um convite." in davi.post(f"{PATH}/{id}/convite").words
    assert davi.post(f"{PATH}/{id}/reativacao").status == 303
    assert "/convite/" in davi.post(f"{PATH}/{id}/convite").html
    assert davi.post(f"{PATH}/{id}/remover").status == 404


def test_nobody_inactivates_themselves(staff, db):
    davi, id = staff("davi.rocha"), cast.operator("davi.rocha").id
    assert "Você não pode inativar a si mesmo." in davi.get(f"{PATH}/{id}/editar").words
    refused = davi.post(f"{PATH}/{id}/inativacao")
    assert refused.status == 422
    assert "Você não pode inativar a si mesmo." in refused.words


def test_the_last_who_administers_keeps_the_role(staff, db):
    davi, id = staff("davi.rocha"), cast.operator("davi.rocha").id
    form = davi.get(f"{PATH}/{id}/editar").form(f"{PATH}/{id}/editar")
    refused = davi.post(f"{PATH}/{id}/editar", {**form, "role_id": str(role(db, "Supervisão").id)})
    assert "Davi Rocha é a única pessoa que administra o Enlace." in refused.words
    assert davi.get(PATH).status == 200


def test_the_last_in_todas_stays_in_todas_and_an_unopened_invitation_does_not_count(staff, db):
    davi, id = staff("davi.rocha"), cast.operator("davi.rocha").id
    path = f"{PATH}/{id}/editar"
    refused = davi.post(path, {**davi.get(path).form(path), "companies": [str(cast.vale_claro().id)]})
    assert "única pessoa que administra o Enlace em TODAS" in refused.words
    administers = str(role(db, "Administrador").id)
    for companies in ([str(cast.serra_azul().id)], ["0"]):
        login = f"paula{companies[0]}"
        invited = typed(db, role_id=administers, companies=companies, login=login, email="")
        assert davi.post(f"{PATH}/adicionar", invited).status == 200
        leaving = davi.post(path, {**davi.get(path).form(path), "role_id": str(role(db, "Comercial").id)})
        assert leaving.status == 422
    assert davi.get(PATH).status == 200


def test_one_company_administers_its_own(staff, db):
    davi = staff("davi.rocha", company="Serra Azul Net")
    listed = davi.get(PATH).words
    assert "Célia Prado" in listed
    assert "Bruno Reis" not in listed
    assert davi.get(f"{PATH}/{cast.operator('bruno.reis').id}/editar").status == 404
    everywhere = typed(db, companies=["0"])
    assert "troque para TODAS" in davi.post(f"{PATH}/adicionar", everywhere).words
    silvia = cast.operator("silvia.maia").id
    assert "troque para TODAS" in davi.post(f"{PATH}/{silvia}/inativacao").words
    assert "troque para TODAS" in davi.post(f"{ROLES}/{role(db, 'Técnico').id}/inativacao").words


def test_only_who_administers(staff, db):
    silvia = staff("silvia.maia")
    for path in (PATH, ROLES, f"{PATH}/adicionar", f"{ROLES}/adicionar"):
        assert silvia.get(path).status == 403
    for path in (f"{PATH}/adicionar", f"{PATH}/1/convite", f"{PATH}/1/inativacao", f"{ROLES}/1/editar"):
        assert silvia.post(path, typed(db)).status == 403


@pytest.mark.feature("X-02")
def test_matrix_and_a_role_that_changes(staff, db):
    davi, ana = staff("davi.rocha"), staff("ana.souza")
    matrix = davi.get(ROLES)
    assert len(matrix.page.select("table.matrix thead th")) == 7
    id = role(db, "Financeiro").id
    form = davi.get(f"{ROLES}/{id}/editar").form(f"{ROLES}/{id}/editar")
    assert "catalog.read" in form["permissions"]
    kept = [code for code in form["permissions"] if code != "catalog.read"]
    assert ana.get("/configuracao").status == 200
    assert davi.post(f"{ROLES}/{id}/editar", {**form, "permissions": kept}).status == 303
    assert ana.get("/configuracao").status == 403, "the next click already knows"


@pytest.mark.postgresql
def test_adds_a_role_and_refuses_unknown_permissions(staff, db):
    davi = staff("davi.rocha")
    assert davi.post(f"{ROLES}/adicionar", {"name": "Estágio", "permissions": ["people.read"]}).status == 303
    id = role(db, "Estágio").id
    assert (
        "Escolha permissões da lista."
        in davi.post(f"{ROLES}/{id}/editar", {"name": "Estágio", "permissions": ["people.delete"]}).words
    )
    assert davi.post(f"{ROLES}/{id}/inativacao").status == 303
    assert davi.post(f"{ROLES}/{id}/reativacao").status == 303
    assert davi.post(f"{ROLES}/{id}/remover").status == 303
    assert "está em uso" in davi.post(f"{ROLES}/{role(db, 'Comercial').id}/remover").words


def test_the_last_role_that_administers_keeps_it(staff, db):
    davi, admin = staff("davi.rocha"), role(db, "Administrador")
    form = davi.get(f"{ROLES}/{admin.id}/editar").form(f"{ROLES}/{admin.id}/editar")
    less = [code for code in form["permissions"] if code != "operators.admin"]
    refused = davi.post(f"{ROLES}/{admin.id}/editar", {**form, "permissions": less})
    assert refused.status == 422
    assert "Sem este perfil ninguém mais administra" in refused.words
    with pytest.raises(Refused, match="ninguém mais administra"):
        role(db, "Administrador").retire()
    db.rollback()
    other = role(db, "Supervisão")
    other.change(permissions=[*other.permissions, "operators.admin"])
    assert davi.post(f"{ROLES}/{admin.id}/editar", {**form, "permissions": less}).status == 303


def test_the_list_asks_the_same_of_one_operator_or_of_many(staff, db, count_queries):
    davi = staff("davi.rocha")
    with count_queries() as few:
        davi.get(PATH)
    for number in range(3):
        davi.post(f"{PATH}/adicionar", typed(db, login=f"paula.{number}", email=f"paula{number}@exemplo.com"))
    with count_queries() as many:
        assert "paula.2" in davi.get(PATH).html
    assert len(many) == len(few) <= 8


@pytest.mark.parametrize(("companies", "status"), [(["0"], 303), (["2"], 303), (["1", "2"], 303), (["999"], 422)])
def test_the_companies_change_with_their_event_or_are_refused(staff, db, companies, status):
    davi, path = staff("davi.rocha"), f"{PATH}/{cast.operator('bruno.reis').id}/editar"
    answer = davi.post(path, {**davi.get(path).form(path), "companies": companies})
    assert answer.status == status
    if status == 422:
        assert "Escolha empresas da lista." in answer.words
