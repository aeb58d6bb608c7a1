"""What every start costs, and what it must not do: gunicorn makes the application once and forks it."""

import runpy
import threading

import pytest

from models.base import db
from models.operators import password
from web.settings import SettingsError, settings

FILES = ("ENLACE_PIX_SECRET_FILE", "ENLACE_PIX_CERTIFICATE", "ENLACE_PIX_PRIVATE_KEY")
PIX = {
    "ENLACE_PIX_URL": "https://pix.example/v2",
    "ENLACE_PIX_TOKEN_URL": "https://pix.example/oauth/token",
    "ENLACE_PIX_CLIENT_ID": "cliente",
    "ENLACE_PIX_KEY": "financeiro@provedor.example",
    **dict.fromkeys(FILES, __file__),
}


def test_making_the_application_opens_nothing_a_fork_would_share(make_app):
    threads = threading.active_count()
    app = make_app()
    with app.app_context():
        assert db.engine.pool.checkedin() == db.engine.pool.checkedout() == 0
    assert threading.active_count() == threads


def test_an_unknown_login_costs_the_same_work():
    hasher = runpy.run_path(password.__file__)["_hasher"]  # other tests run with a quicker one
    assert hasher.memory_cost >= 64 * 1024
    assert not hasher.check_needs_rehash(password.NOBODY)
    assert not password.matches(None, "girassol no quintal azul")


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ({"ENLACE_SECRET_KEY": "curto"}, "at least 32 characters"),
        ({"ENLACE_PUBLIC_URL": "http://painel.example"}, "https://"),
        ({"ENLACE_MAIL_SENDER": ""}, "ENLACE_MAIL_URL and ENLACE_MAIL_SENDER"),
        ({"ENLACE_MAIL_URL": "http://mail.example"}, "ENLACE_MAIL_URL must begin with smtp"),
        ({"ENLACE_MAIL_PASSWORD_FILE": "/dev/null/senha"}, "ENLACE_MAIL_PASSWORD_FILE cannot be read"),
        ({"ENLACE_PIX_URL": "https://pix.example/v2"}, "also needs ENLACE_PIX_TOKEN_URL, ENLACE_PIX_CLIENT_ID"),
        ({**PIX, "ENLACE_PIX_URL": "http://pix.example/v2"}, "ENLACE_PIX_URL must begin with https://"),
        ({**PIX, "ENLACE_PIX_CERTIFICATE": "/dev/null/pem"}, "ENLACE_PIX_CERTIFICATE cannot be read"),
        ({"ENLACE_PIX_WEBHOOK_TOKEN": "curto"}, "ENLACE_PIX_WEBHOOK_TOKEN has 32 to 100"),
        ({"ENLACE_INSTANCE": "/dev/null/enlace"}, "ENLACE_INSTANCE cannot be used"),
        ({"ENLACE_MODE": "homologacao"}, "one of demo, production, test"),
    ],
)
def test_what_production_lacks_is_said_in_a_sentence(monkeypatch, tmp_path, missing, said):
    whole = {
        "ENLACE_MODE": "production",
        "ENLACE_INSTANCE": str(tmp_path),
        "ENLACE_SECRET_KEY": "x" * 32,
        "ENLACE_PUBLIC_URL": "https://painel.example",
        "ENLACE_MAIL_URL": "smtp://central@mail.example",
        "ENLACE_MAIL_SENDER": "Meu Provedor <central@painel.example>",
    }
    for name, value in (whole | missing).items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=said):
        settings()
