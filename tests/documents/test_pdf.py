import copy
import io
import itertools
import json
import os
import re
import socket
from functools import lru_cache
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.documents.reading import pixels
from web import pdf
from web.documents import ContractData, contract_html, default_contract

LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
ASSETS = {"asset:logo": ("image/svg+xml", LOGO)}
HOME = "Av. Presidente Tancredo Neves, 1.480, casa 2, Jardim Alvorada, Vale Claro/MG, CEP 35500-120"

SAMPLE: ContractData = {
    "title": "Contrato de prestação de serviço de internet",
    "number": "3394",
    "template_name": "Fibra residencial, 12 meses",
    "revision": "7",
    "issued_on": "24 de novembro de 2026",
    "body": default_contract(),
    "kinds": ["internet", "fatura"],
    "company": {
        "name": "Vale Claro Telecom",
        "legal_name": "Vale Claro Telecomunicações Ltda.",
        "cnpj": "12.345.678/0001-95",
        "address": "Av. Sete de Setembro, 900, Centro, Vale Claro/MG",
        "phone": "0800 000 1234",
        "site": "valeclaro.example",
        "brand": "#0b5f66",
        "has_logo": True,
    },
    "values": {
        "oferta.codigo": "VC2-1",
        "cliente.nome": "Joaquim Bernardes de Oliveira Neto",
        "cliente.documento_tipo": "CPF",
        "cliente.documento": "123.456.789-09",
        "cliente.telefone": "(37) 99812-0456",
        "cliente.email": "joaquim.neto@example.com",
        "cliente.endereco_cobranca": HOME,
        "servico.plano": "Fibra 500 Mbps",
        "servico.tecnologia": "fibra óptica",
        "servico.download": "500 Mbps",
        "servico.upload": "250 Mbps",
        "servico.mensalidade": "R$ 99,90",
        "servico.endereco_instalacao": HOME,
        "cobranca.forma": "boleto com Pix",
        "cobranca.dia": "10",
        "cobranca.tipo": "Antecipado",
        "cobranca.carne": "não",
        "cobranca.primeiro_vencimento": "10/12/2026",
        "cobranca.primeira_fatura": "R$ 293,19",
        "cobranca.taxa_instalacao": "R$ 150,00",
        "fidelidade.meses": "12",
        "fidelidade.dias": "365",
        "fidelidade.inicio": "27/11/2026",
        "fidelidade.fim": "27/11/2027",
        "fidelidade.beneficio": "Desconto na instalação, de R$ 400,00 por R$ 150,00",
        "fidelidade.valor_beneficio": "R$ 250,00",
    },
    "composition": [
        ("Serviço de Comunicação Multimídia (SCM)", "R$ 69,90"),
        ("Serviço de Valor Adicionado (SVA)", "R$ 30,00"),
    ],
    "first_invoice": [
        ("Uso de 27/11 a 09/12/2026, 13 dias", "R$ 99,90 × 13 ÷ 30", "R$ 43,29"),
        ("Mensalidade de 10/12/2026 a 09/01/2027", "", "R$ 99,90"),
        ("Taxa de instalação", "", "R$ 150,00"),
    ],
}


def contract(**values: str) -> ContractData:
    data = copy.deepcopy(SAMPLE)
    data["values"] |= {name.replace("__", "."): value for name, value in values.items()}
    return data


def drawn(data: ContractData) -> bytes:
    return pdf.render(*contract_html(data), ASSETS)


@lru_cache(maxsize=4)
def pages(body: bytes) -> list[str]:
    """The words of each page, one space between them."""
    return [" ".join((page.extract_text() or "").split()) for page in PdfReader(io.BytesIO(body)).pages]


@pytest.fixture(scope="module")
def sample() -> bytes:
    return drawn(SAMPLE)


# ---- the contract


def test_about_six_pages_each_with_its_number(sample):
    found = pages(sample)
    assert 5 <= len(found) <= 7
    for number, page in enumerate(found, 1):
        assert f"página {number} de {len(found)}" in page
        assert "Central de atendimento da Anatel: 1331" in page


@pytest.mark.parametrize(
    "words",
    [
        "Joaquim Bernardes de Oliveira Neto",
        "123.456.789-09",
        HOME,
        "Vale Claro Telecomunicações Ltda.",
        "12.345.678/0001-95",
        "24 de novembro de 2026",
        "Fibra 500 Mbps",
        "R$ 99,90",
        "Serviço de Comunicação Multimídia (SCM) R$ 69,90",
        "Serviço de Valor Adicionado (SVA) R$ 30,00",
        "R$ 99,90 × 13 ÷ 30 R$ 43,29",
        "43,29 + 99,90 + 150,00",
        "Total, vence em 10/12/2026 R$ 293,19",
        "12 meses (365 dias)",
        "de 27/11/2026 a 27/11/2027",
        "valor do benefício × dias restantes ÷ dias do prazo",
        "multa de 2 %",
        "15 dias do aviso",
        "60 dias de suspensão",
        "Testemunha 2",
    ],
)
def test_the_paper_says(sample, words):
    assert words in " ".join(pages(sample))


def test_no_placeholder_and_nothing_missing_is_left(sample):
    text = " ".join(pages(sample))
    assert "{{" not in text
    assert "não informado" not in text


def test_the_signatures_never_stand_alone(sample):
    assert "Disposições gerais" in pages(sample)[-1] or re.search(r"\b17\.\d", pages(sample)[-1])


def test_witnesses_have_lines_to_write_on(sample):
    """Name, CPF and signature of each, at least 8 mm apart."""
    image = pixels(sample)[-1]
    at = [y for y in range(image.height) if _is_line(image, y)]
    lines = [y for y, before in zip(at, [0, *at], strict=False) if y - before > 2]
    last = [y * 25.4 / 200 for y in lines[-4:-1] if y]  # the last of all is the rule above the foot
    assert [round(below - above) >= 8 for above, below in itertools.pairwise(last)] == [True, True]


def _is_line(image, y) -> bool:
    """Whether a rule of the left witness runs here: 60 mm of ink."""
    left = round(25 * 200 / 25.4)
    return all(image.getpixel((x, y)) < 200 for x in range(left, left + 450, 5))


def test_the_same_contract_gives_the_same_bytes(sample):
    assert drawn(json.loads(json.dumps(SAMPLE))) == sample


def test_a_contract_without_a_minimum_term_says_so():
    page, _ = contract_html(contract(fidelidade__meses=""))
    assert "Este contrato não tem prazo de permanência." in page
    assert "27/11/2027" not in page


def test_two_addresses_are_two_fields():
    page, _ = contract_html(contract(cliente__endereco_cobranca="Rua B, 2"))
    assert re.findall("<dt>(Ender.*?)</dt>", page) == ["Endereço da instalação", "Endereço de cobrança"]
    assert "<dd>Rua B, 2</dd>" in page


def test_what_was_not_asked_leaves_no_field():
    page, _ = contract_html(SAMPLE)
    assert "<dt>RG</dt>" not in page
    assert "<dt>CPF</dt>" in page


def test_a_company_signs_by_a_person():
    page, _ = contract_html(contract(cliente__responsavel="Maria do Sol"))
    assert '<p class="role">por Maria do Sol</p>' in page


def test_without_a_logo_the_tile_shows_an_initial():
    data = contract()
    data["company"]["has_logo"] = False
    page, _ = contract_html(data)
    assert "asset:logo" not in page
    assert 'initial">V<' in page


def test_the_colour_of_the_company_and_nothing_else_enters_the_style():
    data = contract()
    data["company"]["brand"] = "#b8420e"
    assert "--brand: #b8420e" in contract_html(data)[1]
    data["company"]["brand"] = "red } @import 'file:///etc/passwd'; {"
    with pytest.raises(ValueError, match="colour"):
        contract_html(data)


@pytest.mark.parametrize("name", ["{{cliente.documento}}", "{{ 7*7 }}", "<script>alert(1)</script>", "<b>&amp;</b>"])
def test_a_name_is_printed_as_it_was_typed(name):
    data = contract(cliente__nome=name)
    assert name in " ".join(pages(drawn(data)))
    assert "<script" not in contract_html(data)[0]


def test_markup_in_the_text_of_the_template_is_text():
    data = contract()
    data["body"] = "## <img src=x>\n<b>forte</b> {{tabela.composicao}}"
    page, _ = contract_html(data)
    assert "<b>forte" not in page
    assert "&lt;img src=x&gt;" in page


@pytest.mark.parametrize("letters", ["WMQ", "WMQ "])
def test_a_name_of_a_thousand_letters_stays_on_the_paper(letters):
    name = (letters * 1000)[:999].strip()
    found = PdfReader(io.BytesIO(drawn(contract(cliente__nome=name))))
    text = "".join(found.pages[0].extract_text().split())
    assert name.replace(" ", "") in text
    assert max(len(run) for run in re.findall("[WMQ]+", found.pages[0].extract_text())) < 70
    assert len(found.pages) <= 11


# ---- the renderer

OUTSIDE = [
    "file:///etc/passwd",
    "http://127.0.0.1:9/x.png",
    "https://example.com/x.png",
    "asset:other",
    "data:text/css,x",
]
WAYS = {
    "image": '<img src="{}">',
    "style": '<link rel="stylesheet" href="{}">',
    "attachment": '<link rel="attachment" href="{}">',
    "attached link": '<a rel="attachment" href="{}">x</a>',
    "object": '<object data="{}"></object>',
    "embed": '<embed src="{}">',
    "background": "<style>body {{ background: url({}) }}</style>",
    "import": "<style>@import url({});</style>",
    "font": "<style>@font-face {{ font-family: x; src: url({}) }} p {{ font-family: x }}</style><p>x</p>",
}


@pytest.mark.parametrize("url", OUTSIDE)
@pytest.mark.parametrize("way", WAYS)
def test_nothing_outside_is_fetched(way, url):
    with pytest.raises(pdf.RenderFailed, match="recurso externo recusado"):
        pdf.render(WAYS[way].format(url), "", ASSETS)


@pytest.mark.parametrize("css", ["@import 'file:///etc/passwd';", "p { background: url(http://127.0.0.1:9/) }"])
def test_the_style_sheet_is_held_to_the_same(css):
    with pytest.raises(pdf.RenderFailed, match="recurso externo recusado"):
        pdf.render("<p>x</p>", ["p { color: red }", css], {})


def test_nobody_is_called():
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        url = f"http://127.0.0.1:{server.getsockname()[1]}/x.png"
        with pytest.raises(pdf.RenderFailed):
            pdf.render(f'<img src="{url}">', "", {})
        inside = f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{url}" width="9" height="9"/></svg>'
        pdf.render('<img src="asset:logo">', "", {"asset:logo": ("image/svg+xml", inside.encode())})
        with pytest.raises(BlockingIOError):
            server.accept()


def test_a_path_is_no_file():
    try:
        body = pdf.render('<img src="/etc/passwd"><a rel="attachment" href="/etc/passwd">x</a>', "", {})
    except pdf.RenderFailed:
        return
    assert not PdfReader(io.BytesIO(body)).attachments


def test_assets_and_small_pictures_are_drawn():
    body = pdf.render('<img src="asset:logo"><img src="data:image/svg+xml,%3Csvg/%3E"><p>olá</p>', "", ASSETS)
    assert "olá" in pages(body)[0]


def test_a_link_stays_a_link():
    body = pdf.render('<a href="https://www.gov.br/anatel">Anatel</a>', "", {})
    assert b"gov.br/anatel" in body or PdfReader(io.BytesIO(body)).pages[0]["/Annots"]


def test_too_slow_is_stopped_and_the_next_is_drawn(monkeypatch):
    monkeypatch.setattr(pdf, "SECONDS", 0.5)
    with pytest.raises(pdf.RenderFailed, match="tempo limite"):
        pdf.render("<table>" + "<tr><td>x<td>y" * 30_000, "", {})
    monkeypatch.undo()
    assert pages(pdf.render("<p>depois</p>", "", {})) == ["depois"]


def test_too_big_is_stopped_and_the_next_is_drawn(monkeypatch):
    monkeypatch.setattr(pdf, "MEMORY", 100 << 20)
    with pytest.raises(pdf.RenderFailed):
        pdf.render("<p>" + "palavra <b>x</b>" * 20_000, "", {})  # needs far more than earlier documents left free
    monkeypatch.undo()
    assert pages(pdf.render("<p>depois</p>", "", {})) == ["depois"]


def test_a_helper_that_died_is_replaced():
    pdf.warm()
    pdf._helper.process.kill()
    pdf._helper.process.wait()
    assert pages(pdf.render("<p>de novo</p>", "", {})) == ["de novo"]


def test_the_helper_inherits_no_secret(monkeypatch):
    pdf._helper.stop()
    monkeypatch.setenv("ENLACE_SECRET_KEY", "segredo")
    pdf.warm()
    assert b"segredo" not in Path(f"/proc/{pdf._helper.process.pid}/environ").read_bytes()


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")  # xdist has threads; the child only looks
def test_a_forked_process_starts_its_own_helper():
    pdf.warm()
    child = os.fork()
    if child == 0:
        os._exit(0 if pdf._helper.process is None else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert pages(pdf.render("<p>ainda aqui</p>", "", {})) == ["ainda aqui"]
