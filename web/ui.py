"""`/ui`: every component in every state, light and dark. Only where the mode is not production."""

from __future__ import annotations

import re

from flask import Blueprint, Flask, render_template
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField, TextAreaField

from models import clock
from models.files import Attachment
from models.operators.versioned import Versioned
from web import assets
from web.access import public
from web.assets import STATIC
from web.differences import Conflict, Difference
from web.forms import Form, MoneyField, text
from web.uploads import Line, Tile

ui = Blueprint("ui", __name__)


class Sample(Form):
    name = text("Nome completo")
    cep = text("CEP", 10)
    document = text("CPF", 20)
    plan = SelectField("Plano", choices=[("300", "Fibra 300 Mbps"), ("500", "Fibra 500 Mbps")])
    billing = RadioField("Forma de cobrança", choices=[("monthly", "Mensal"), ("booklet", "Carnê")])
    payment = RadioField("Quando paga", choices=[("prepaid", "Antecipado"), ("postpaid", "Postecipado")])
    due_day = RadioField("Dia do vencimento", choices=[(day, day) for day in ("05", "10", "15", "20", "25")])
    amount = MoneyField("Taxa de instalação")
    channels = SelectMultipleField("Avisos", choices=[("whatsapp", "WhatsApp"), ("email", "E-mail"), ("sms", "SMS")])
    same_address = BooleanField("Endereço de cobrança é o mesmo")
    keep = BooleanField("Lembrar deste computador")
    notes = TextAreaField("Observações")


class Describing(Form):
    description = text("Descrição anexo", 200)


CHOSEN = {
    "name": "Maria Aparecida dos Santos Albuquerque",
    "cep": "35500-120",
    "document": "123.456.789-09",
    "plan": "500",
    "billing": "monthly",
    "payment": "prepaid",
    "due_day": "10",
    "amount": 15000,
    "channels": ["whatsapp"],
    "same_address": True,
}


def init_app(app: Flask) -> None:
    if app.config["MODE"] != "production":
        app.register_blueprint(ui)


@ui.get("/ui")
@public
def index() -> ResponseReturnValue:
    refused = Sample(prefix="refused-", data={**CHOSEN, "document": "123.456.789"})
    for field in refused:
        field.errors = ["Faltam 2 números. Confira com o cliente."]
    icons = re.findall(r'id="i-([a-z-]+)"', (STATIC / "icons.svg").read_text())
    typed = Difference("mobile", "Celular", "(37) 98888-1111", "(37) 98888-2222")
    who = "Sílvia Maia alterou o cadastro: celular, hoje às 14:20"
    conflict = Conflict(Versioned.stale, who, [typed], compares=True, version=2, href="/ui")
    return render_template(
        "ui/index.html",
        form=Sample(data=CHOSEN),
        refused=refused,
        icons=icons,
        conflict=conflict,
        tiles=_tiles(),
        describing=Describing(data={"description": "Antena antes de realinhar"}),
        lines=[
            Line("IMG_2214.jpg", "2,1 MB. Localização da foto removida"),
            Line("roteador.exe", "", "Este tipo de arquivo não entra: é um programa. Mande JPEG, PNG, WebP ou PDF."),
            Line("foto-vazia.jpg", "", "O arquivo está vazio (0 bytes). Confira no aparelho e envie de novo."),
        ],
    )


def _tiles() -> list[Tile]:
    """An image of the team, a photo of the customer, a PDF."""
    seen = {"size_bytes": 2_202_009, "created_at": clock.now(), "version": 1, "description": ""}
    image = seen | {"kind": "image/jpeg", "width": 3024, "height": 2016}
    picture = assets.asset("icon-512.png")
    return [
        Tile(Attachment(id=1, name="IMG_2214.jpg", visibility="internal", **image), "João Pedro", "#", picture),
        Tile(Attachment(id=2, name="luz.jpg", visibility="subscriber", **image), "Cliente, pela Central", "#", picture),
        Tile(
            Attachment(id=3, name="laudo-vistoria-2025.pdf", visibility="internal", kind="application/pdf", **seen),
            "Bruno Reis",
            "#",
            "",
        ),
    ]
