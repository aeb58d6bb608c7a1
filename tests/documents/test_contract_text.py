import pytest

from models.catalog.contract_fields import BLOCKS, PLACEHOLDERS
from models.catalog.contract_text import (
    MISSING,
    Clause,
    Items,
    Paragraph,
    Table,
    complete,
    fill,
    filled,
    parse,
    unknown_placeholders,
)
from web.documents import default_contract

BODY = """Entre {{empresa.nome}} e {{cliente.nome}}.

## Preço
O preço é
{{servico.mensalidade}}.
{{tabela.composicao}}
! Depois de 15 dias, suspende.

## Deveres
Cabe ao assinante:
- pagar
- cuidar do
  equipamento

{{ assinaturas }}
"""


def test_blocks_in_their_order_with_numbers():
    assert parse(BODY) == [
        Paragraph("Entre {{empresa.nome}} e {{cliente.nome}}."),
        Clause("Preço", "1"),
        Paragraph("O preço é {{servico.mensalidade}}.", number="1.1"),
        Table("tabela.composicao"),
        Paragraph("Depois de 15 dias, suspende.", strong=True, number="1.2"),
        Clause("Deveres", "2"),
        Paragraph("Cabe ao assinante:", number="2.1"),
        Items(("pagar", "cuidar do equipamento")),
        Table("assinaturas"),
    ]


def test_a_browser_sends_crlf():
    assert parse(BODY.replace("\n", "\r\n")) == parse(BODY)


@pytest.mark.parametrize("body", ["", "\n \n", "\r\n"])
def test_nothing_makes_no_block(body):
    assert parse(body) == []


def test_what_is_almost_a_title_is_text():
    assert parse("##Preço\n\n# Um\n\n##") == [Paragraph("##Preço"), Paragraph("# Um"), Paragraph("##")]


def test_a_known_text_is_accepted():
    assert unknown_placeholders(BODY) == []
    assert unknown_placeholders(BODY.replace("\n", "\r\n")) == []


def test_the_default_text_is_accepted_and_whole():
    body = default_contract()
    assert unknown_placeholders(body) == []
    assert {block.name for block in parse(body) if isinstance(block, Table)} == set(BLOCKS)


@pytest.mark.parametrize(
    ("body", "reported"),
    [
        ("Olá {{cliente.nmoe}}.", ["{{cliente.nmoe}}"]),
        ("{{ 7*7 }}", ["{{ 7*7 }}"]),
        ("{{cliente.nome|upper}}", ["{{cliente.nome|upper}}"]),
        ("{{}}", ["{{}}"]),
        ("{{a.b}} e {{a.b}}", ["{{a.b}}"]),
        ("Olá {{cliente.nome e fim", ["{{cliente.nome e fim"]),
        ("Olá {{cliente.\nnome}}", ["{{cliente.", "nome}}"]),
        ("Olá cliente.nome}} e fim", ["cliente.nome}}"]),
        ("{{cliente.{{cliente.nome}}}}", ["{{cliente."]),
        ("A tabela {{tabela.composicao}} aqui", ["{{tabela.composicao}}"]),
        ("## Assinam {{assinaturas}}", ["{{assinaturas}}"]),
        ("- {{assinaturas}}", ["{{assinaturas}}"]),
    ],
)
def test_what_refuses_the_save(body, reported):
    assert [found[: len(want)] for found, want in zip(unknown_placeholders(body), reported, strict=True)] == reported


def test_one_brace_is_only_a_brace():
    assert unknown_placeholders("um { e um } e {x}") == []


def test_values_fill_with_or_without_spaces():
    values = {"cliente.nome": "Rita", "servico.plano": "Fibra"}
    assert fill("{{cliente.nome}} tem {{ servico.plano }}", values) == "Rita tem Fibra"


@pytest.mark.parametrize("value", ["", "  ", None])
def test_a_missing_value_is_said(value):
    values = {} if value is None else {"cliente.rg": value}
    assert fill("RG {{cliente.rg}}", values) == f"RG {MISSING}"


@pytest.mark.parametrize("value", ["{{cliente.nome}}", "{{cliente.documento}}", "{{ 7*7 }}", "<script>", r"\1 \g<0>"])
def test_a_value_is_never_read_again(value):
    assert fill("Eu, {{cliente.nome}}.", {"cliente.nome": value, "cliente.documento": "1"}) == f"Eu, {value}."


def test_a_name_we_do_not_know_is_left_as_written():
    assert fill("{{cliente.senha}}", {"cliente.senha": "segredo"}) == "{{cliente.senha}}"


def test_every_kind_of_block_is_filled():
    values = {"cliente.nome": "Rita"}
    body = "## De {{cliente.nome}}\n{{cliente.nome}}\n- {{cliente.nome}}\n\n{{assinaturas}}"
    assert [filled(block, values) for block in parse(body)] == [
        Clause("De Rita", "1"),
        Paragraph("Rita", number="1.1"),
        Items(("Rita",)),
        Table("assinaturas"),
    ]


def test_complete_names_every_value_and_no_block():
    whole = complete({"cliente.nome": "Rita", "cliente.senha": "x"})
    assert set(whole) == set(PLACEHOLDERS) - set(BLOCKS)
    assert (whole["cliente.nome"], whole["cliente.rg"]) == ("Rita", MISSING)


def test_long_runs_of_braces_are_quick():
    assert unknown_placeholders("{{" * 50_000)
    assert unknown_placeholders("}}" * 50_000)
    assert parse("- " * 50_000)
