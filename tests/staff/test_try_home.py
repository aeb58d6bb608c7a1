import pytest


@pytest.mark.parametrize("login", ["ana.souza", "bruno.reis", "rafael.teixeira", "silvia.maia", "joao.alcantara"])
def test_try(staff, billed, db, count_queries, login):
    who = staff(login)
    who.get("/")
    with count_queries() as q:
        p = who.get("/")
    print(login, p.status, len(q))
