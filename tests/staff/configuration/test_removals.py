"""A row that somebody removes while others still have its page: nobody meets another row, nobody a broken page."""

import pytest
from sqlalchemy import func, select

from models.catalog import BillingMethod, ChargeKind, ContractTemplate
from models.history import Event
from models.operators import Department, Role
from models.people import Origin, PersonGroup, Tag
from models.work_orders import WorkOrderKind

pytestmark = pytest.mark.postgresql

ROWS = {
    "etiquetas": (Tag, {}),
    "origens": (Origin, {}),
    "setores": (Department, {}),
    "grupos-de-clientes": (PersonGroup, {"priority": "1"}),
    "tipos-de-os": (WorkOrderKind, {"installation": "no", "delivery": "no", "minutes": "1h"}),
    "tipos-de-servico": (ChargeKind, {}),
    "formas-de-cobranca": (BillingMethod, {"company_id": "0", "means": "counter", "bank_account_id": ""}),
    "perfis": (Role, {"permissions": ["people.read"]}),
    "modelos-de-contrato": (ContractTemplate, {"company_id": "0", "loyalty_months": "0"}),
}


def added(visitor, db, slug, name):
    table, more = ROWS[slug]
    visitor.get(f"/configuracao/{slug}/adicionar")
    assert visitor.post(f"/configuracao/{slug}/adicionar", {"name": name, **more}).status == 303
    db.expire_all()
    return db.scalars(select(table.id).where(table.name == name)).one()


def removals(db, slug, id):
    table = ROWS[slug][0].__tablename__
    told = (Event.action == "catalog.removed", Event.subject_type == table, Event.subject_id == id)
    return db.scalar(select(func.count()).select_from(Event).where(*told))


@pytest.mark.parametrize("slug", ROWS)
def test_an_old_page_never_speaks_of_another_row(staff, db, slug):
    davi, other = staff("davi.rocha"), staff("davi.rocha")
    id = added(davi, db, slug, "Primeira")
    path = f"/configuracao/{slug}/{id}"
    old = davi.get(f"{path}/editar").form(f"{path}/editar")
    assert other.post(f"{path}/remover").status == 303
    newer = added(other, db, slug, "Segunda")
    assert newer > id
    assert davi.post(f"{path}/editar", {**old, "name": "Terceira"}).status == 404
    assert db.get(ROWS[slug][0], newer).name == "Segunda"


@pytest.mark.parametrize("act", ["remover", "inativacao", "editar"])
@pytest.mark.parametrize("slug", ROWS)
def test_removed_while_somebody_acts_on_it(staff, db, race, slug, act):
    visitors = [staff("davi.rocha") for _ in range(2)]
    for visitor in visitors:
        visitor.token()
    for time in range(3):
        id = added(visitors[0], db, slug, f"Linha {time}")
        path, form = f"/configuracao/{slug}/{id}", {"name": f"Linha {time}b", "version": "1", **ROWS[slug][1]}
        posts = [(f"{path}/remover", {}), (f"{path}/{act}", form)]
        answers = race(2, lambda i, posts=posts: visitors[i].post(*posts[i]))
        assert {answer.status for answer in answers} <= {303, 404, 409}
        assert removals(db, slug, id) == 1


def test_the_slower_one_reads_that_it_was_removed(staff, db, monkeypatch):
    """As on PostgreSQL, where the row may go between its loading and the verb."""
    from models.operators.catalogue_row import CatalogueRow

    davi = staff("davi.rocha")
    for verb in ("change", "retire", "restore", "remove"):
        id = added(davi, db, "etiquetas", f"Some {verb}")
        monkeypatch.setattr(Tag, verb, _gone_first(getattr(CatalogueRow, verb)), raising=False)
        noun = {"change": "editar", "retire": "inativacao", "restore": "reativacao", "remove": "remover"}[verb]
        for htmx in (False, True):
            answer = davi.post(
                f"/configuracao/etiquetas/{id}/{noun}", {"name": "Outra", "version": "1"}, htmx=htmx, faults=True
            )
            assert answer.status == 409
            assert "excluiu isto" in answer.words
        monkeypatch.undo()


def _gone_first(verb):
    from sqlalchemy import delete

    from models.base import changed

    def act(self, *args, **values):
        changed(delete(Tag).where(Tag.id == self.id))
        return verb(self, *args, **values)

    return act
