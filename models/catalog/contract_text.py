"""The text of a contract template: plain paragraphs and placeholders, nothing that can be executed.

Staff edit it, so it is neither Jinja nor HTML: a sandboxed Jinja still lets `{{'a'*10**9}}` take the memory
and reads any attribute. The grammar is five rules:

    ## Title              starts a clause; print numbers it 1, 2, 3 and its paragraphs 1.1, 1.2, 1.3
    (blank line)          parts two paragraphs
    - item                an item of a list
    ! paragraph           printed with emphasis, as CDC art. 54 §4 asks of what limits the consumer's rights
    {{cliente.nome}}      a value; those of BLOCKS stand alone on a line and print a table or signatures
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

MISSING = "não informado"

BLOCKS: dict[str, str] = {
    "tabela.composicao": "Tabela com os itens do plano, seus valores e o total (sozinha na linha)",
    "tabela.primeira_fatura": "Tabela com a conta da primeira fatura, parcela por parcela (sozinha na linha)",
    "tabela.permanencia": "Quadro da permanência e do benefício, ou a frase de que não há (sozinho na linha)",
    "assinaturas": "Data, assinaturas da prestadora e do assinante, e duas testemunhas (sozinho na linha)",
}

PLACEHOLDERS: dict[str, str] = {
    "empresa.nome": "Nome fantasia da empresa que presta o serviço",
    "empresa.razao_social": "Razão social da empresa",
    "empresa.cnpj": "CNPJ da empresa",
    "empresa.endereco": "Endereço da empresa, em uma linha",
    "empresa.telefone": "Telefone de atendimento da empresa",
    "empresa.site": "Site da empresa",
    "contrato.numero": "Número do contrato",
    "contrato.data": "Data de emissão, por extenso",
    "contrato.modelo": "Nome do modelo de contrato",
    "contrato.revisao": "Revisão do modelo de contrato",
    "cliente.nome": "Nome ou razão social do assinante",
    "cliente.documento_tipo": "CPF ou CNPJ, conforme o assinante",
    "cliente.documento": "Número do CPF ou do CNPJ",
    "cliente.rg": "RG do assinante, se cadastrado",
    "cliente.nascimento": "Data de nascimento do assinante, se cadastrada",
    "cliente.telefone": "Telefone do assinante",
    "cliente.email": "E-mail do assinante",
    "cliente.endereco_cobranca": "Endereço de cobrança, em uma linha",
    "cliente.nome_fantasia": "Nome fantasia do assinante pessoa jurídica",
    "cliente.inscricao_estadual": "Inscrição estadual do assinante pessoa jurídica",
    "cliente.responsavel": "Quem assina pela pessoa jurídica",
    "oferta.codigo": "Código da oferta com que o plano foi vendido",
    "servico.plano": "Nome do plano contratado",
    "servico.tecnologia": "Tecnologia do acesso (fibra, rádio, cabo)",
    "servico.download": "Velocidade de recebimento, com a unidade",
    "servico.upload": "Velocidade de envio, com a unidade",
    "servico.mensalidade": "Valor da mensalidade, com R$",
    "servico.endereco_instalacao": "Endereço da instalação, em uma linha",
    "cobranca.forma": "Forma de cobrança (boleto, Pix, carnê)",
    "cobranca.dia": "Dia do vencimento",
    "cobranca.tipo": "Cobrança antecipada ou postecipada",
    "cobranca.carne": "Carnê: quantidade de parcelas, ou que não há",
    "cobranca.primeiro_vencimento": "Data do primeiro vencimento",
    "cobranca.primeira_fatura": "Valor total da primeira fatura, com R$",
    "cobranca.taxa_instalacao": "Taxa de instalação, com R$",
    "fidelidade.meses": "Prazo de permanência em meses; vazio quando não há",
    "fidelidade.dias": "Prazo de permanência em dias",
    "fidelidade.inicio": "Primeiro dia da permanência",
    "fidelidade.fim": "Último dia da permanência",
    "fidelidade.beneficio": "O benefício dado em troca da permanência, em palavras",
    "fidelidade.valor_beneficio": "Valor do benefício, com R$",
    **BLOCKS,
}

_PLACEHOLDER = re.compile(r"\{\{[ \t]*([^{}\n]*?)[ \t]*\}\}")
_STRAY = re.compile(r"\{\{[^\n]{0,30}|[^\s{}]{0,30}[ \t]*\}\}")
_BLOCK = re.compile(r"^\{\{[ \t]*(" + "|".join(map(re.escape, BLOCKS)) + r")[ \t]*\}\}$")
_OWN_LINE = re.compile(r"(?m)^[ \t]*(##[ \t]+\S.*|" + _BLOCK.pattern.strip("^$") + r")[ \t]*$")


@dataclass(frozen=True)
class Clause:
    kind: ClassVar[str] = "clause"
    title: str
    number: str = ""


@dataclass(frozen=True)
class Paragraph:
    kind: ClassVar[str] = "paragraph"
    text: str
    strong: bool = False
    number: str = ""


@dataclass(frozen=True)
class Items:
    kind: ClassVar[str] = "items"
    items: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table or the signatures: what it shows comes with the contract, not with the text."""

    kind: ClassVar[str] = "table"
    name: str


Block = Clause | Paragraph | Items | Table


def unknown_placeholders(body: str) -> list[str]:
    """What refuses the save, as it was written: unknown names, blocks inside a sentence, stray braces."""
    text = _lines(body)
    inline = _OWN_LINE.sub(_keep_titles, text)
    unknown = [found[0] for found in _PLACEHOLDER.finditer(inline) if not _is_value(found[1])]
    stray = [found[0].strip() for found in _STRAY.finditer(_PLACEHOLDER.sub(" ", inline))]
    return list(dict.fromkeys(unknown + stray))


def parse(body: str) -> list[Block]:
    """The blocks in their order, clauses and paragraphs numbered."""
    apart = _OWN_LINE.sub(r"\n\n\1\n\n", _lines(body))
    chunks = (chunk.strip() for chunk in re.split(r"\n[ \t]*\n", apart))
    return list(_numbered(block for chunk in chunks if chunk for block in _read(chunk)))


def fill(text: str, values: Mapping[str, str]) -> str:
    """Replace in one pass, so a value that looks like a placeholder stays what the person typed.

    The answer is text and not markup: the document template escapes it.
    """

    def value(found: re.Match[str]) -> str:
        return _printed(values.get(found[1])) if _is_value(found[1]) else found[0]

    return _PLACEHOLDER.sub(value, text)


def filled(block: Block, values: Mapping[str, str]) -> Block:
    match block:
        case Clause():
            return replace(block, title=fill(block.title, values))
        case Paragraph():
            return replace(block, text=fill(block.text, values))
        case Items():
            return replace(block, items=tuple(fill(item, values) for item in block.items))
        case Table():
            return block


def complete(values: Mapping[str, str]) -> dict[str, str]:
    """Every placeholder that stands for a value, the missing ones in words."""
    return {name: _printed(values.get(name)) for name in PLACEHOLDERS if name not in BLOCKS}


def _lines(body: str) -> str:
    return body.replace("\r\n", "\n").replace("\r", "\n")


def _keep_titles(own_line: re.Match[str]) -> str:
    return own_line[1] if own_line[1].startswith("##") else ""


def _is_value(name: str) -> bool:
    return name in PLACEHOLDERS and name not in BLOCKS


def _printed(value: str | None) -> str:
    return (value or "").strip() or MISSING


def _read(chunk: str) -> Iterator[Block]:
    if chunk.startswith("## "):
        yield Clause(chunk[3:].strip())
    elif name := _BLOCK.match(chunk):
        yield Table(name[1])
    else:
        yield from _prose(chunk)


def _prose(chunk: str) -> Iterator[Block]:
    """A paragraph, a list, or a paragraph that runs straight into its list."""
    lead, *items = re.split(r"(?m)^[ \t]*-[ \t]+", chunk)
    if text := _joined(lead):
        strong = text.startswith("! ")
        yield Paragraph(text.removeprefix("! "), strong)
    if items:
        yield Items(tuple(_joined(item) for item in items))


def _joined(lines: str) -> str:
    return " ".join(lines.split())


def _numbered(blocks: Iterator[Block]) -> Iterator[Block]:
    clause = paragraph = 0
    for block in blocks:
        match block:
            case Clause():
                clause, paragraph = clause + 1, 0
                yield replace(block, number=str(clause))
            case Paragraph() if clause:
                paragraph += 1
                yield replace(block, number=f"{clause}.{paragraph}")
            case _:
                yield block
