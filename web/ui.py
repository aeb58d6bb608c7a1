"""`/ui`: every component in every state, light and dark. Only where the mode is not production."""

from __future__ import annotations

import re

from flask import Blueprint, Flask, render_template
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField, TextAreaField

from models import clock
from models.files import Attachment
from models.operators.versioned import Versioned
from models.wording import brl
from web import assets
from web.access import public
from web.assets import STATIC
from web.charts import Chart, Column, parts
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
        charts=_charts(),
        row_of_parts=parts([(31, "bar"), (9, "hollow")], of=54),
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


def _charts() -> list[Chart]:
    """Two series inside each other, around the line, all below it, parts and gaps, nothing."""
    received = [(39_100, 0), (310_000, 960_000), (4_080_098, 10_353_000), (1_850_000, 6_600_000), (0, 20_000)]
    money = [
        Column(f"0{day}/11", f"0{day}/11: vencia {brl(due)}, recebido {brl(paid)}", paid, due, "#", f"0{day}/11")
        for day, (paid, due) in enumerate(received, 1)
    ]
    moves = [
        Column(month, f"{month}: {came} entraram, {left} saíram", came, left, "", month)
        for month, came, left in [("dez", 61, 23), ("jan", 74, 41), ("fev", 70, 28), ("mar", 82, 26), ("abr", 0, 23)]
    ]
    hours = [
        Column("9 h", "9 h: 6 atendimentos", 6, word="9 h"),
        Column("10 h", "10 h: 14, o triplo de uma terça", 14, word="10 h", tone="strong", mark="14"),
        Column("11 h", "11 h: sem dados", None, word="11 h"),
        Column("12 h", "12 h: 3 vencidos", 3, word="12 h", tone="bad"),
        Column("13 h", "13 h: 5 até 13:31", 5, word="13 h", tone="part"),
        Column("14 h", "14 h: nenhum", 0, word="14 h"),
    ]
    left = [Column(each.name, f"{each.name}: {each.second} saíram", 0, each.second, "", each.name) for each in moves]
    none = [Column(each.name, f"{each.name}: nada", 0, 0, "", each.name) for each in moves]
    around: tuple[str, ...] = ("entraram, para cima", "saíram, para baixo")
    inside = ("recebido no dia", "vencia")
    return [
        Chart(
            "Recebido contra vencido", "R$ 62.791,98 de R$ 179.330,00 que venceram", money, inside, "inside", "cents"
        ),
        Chart("Entradas e saídas", "Em abril ninguém entrou", moves, around, "below"),
        Chart("Atendimentos por hora", "10 h: 14, o triplo de uma terça", hours, ("atendimentos",), height=96),
        Chart("Só saídas", "Ninguém entrou", left, around, "below", height=96),
        Chart("Sem nada", "Nada aconteceu nestes meses", none, around, "below", height=96),
    ]
