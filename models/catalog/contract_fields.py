"""What may be named in a contract template: values, tables, and the kinds of contract a stretch may be for.

The values a plan and a company give are made here, for the printed contract and for the question whether a plan would
leave one open (B-19).
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from typing import Any

from models.operators import Company
from models.wording import brl, listed, phone, tax_id

TECHNOLOGIES = {"fiber": "Fibra", "radio": "Rádio", "cable": "Cabo", "phone": "Telefone"}
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

CONDITIONS: dict[str, str] = {
    "internet": "O trecho sai em plano com internet",
    "telefonia": "O trecho sai em plano com telefone",
    "fatura": "O trecho sai quando a cobrança é por fatura mensal",
    "carne": "O trecho sai quando a cobrança é em carnê",
}


def kinds_of(technology: str, download_mbps: int, items: Iterable[str], uses_carne: bool) -> list[str]:
    """Which of CONDITIONS hold; `items` are the kinds of the composition (scm, stfc...)."""
    telephone = technology == "phone" or "stfc" in items
    internet = technology != "phone" or download_mbps > 0
    holds = {"internet": internet, "telefonia": telephone, "fatura": not uses_carne, "carne": uses_carne}
    return [name for name in CONDITIONS if holds[name]]


def title_of(kinds: Container[str]) -> str:
    """'Contrato de prestação de serviço de internet e telefonia'."""
    of = listed([kind for kind in ("internet", "telefonia") if kind in kinds])
    return f"Contrato de prestação de serviço de {of}"


def paper_values(paper: Mapping[str, Any]) -> dict[str, str]:
    """Every value a contract is printed with, by its name in the text; `paper` as models/papers makes it."""
    company = paper["company"]
    return {
        "empresa.nome": company["name"],
        "empresa.razao_social": company["legal_name"],
        "empresa.cnpj": company["cnpj"],
        "empresa.endereco": company["address"],
        "empresa.telefone": company["phone"],
        "empresa.site": company["site"],
        "contrato.numero": paper["number"],
        "contrato.data": paper["issued_on"],
        "contrato.modelo": paper["template_name"],
        "contrato.revisao": paper["revision"],
        **paper["values"],
    }


COMPANY_COLUMNS = {  # what a company is asked for the values of its own
    "empresa.nome": "name",
    "empresa.razao_social": "legal_name",
    "empresa.cnpj": "cnpj",
    "empresa.endereco": "address",
    "empresa.telefone": "phone",
    "empresa.site": "site",
}


def company_values(company: Company) -> dict[str, str]:
    """What a company says of itself in its contracts."""
    return {
        "empresa.nome": company.name,
        "empresa.razao_social": company.legal_name,
        "empresa.cnpj": tax_id(company.cnpj),
        "empresa.endereco": company.address,
        "empresa.telefone": phone(company.phone) if company.phone else "",
        "empresa.site": company.site,
    }


def plan_values(name: str, technology: str, download_mbps: int, upload_mbps: int, price_cents: int) -> dict[str, str]:
    """What a plan says of itself; a speed of 0 is none."""
    return {
        "servico.plano": name,
        "servico.tecnologia": TECHNOLOGIES[technology].lower(),
        "servico.download": f"{download_mbps} Mbps" if download_mbps else "",
        "servico.upload": f"{upload_mbps} Mbps" if upload_mbps else "",
        "servico.mensalidade": brl(price_cents),
    }
