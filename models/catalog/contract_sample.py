"""An invented subscriber, plan and invoice, so that a contract can be read before anybody has signed it."""

SAMPLE: dict[str, str] = {
    "contrato.numero": "1024",
    "contrato.data": "24 de novembro de 2026",
    "cliente.nome": "Maria Aparecida dos Santos",
    "cliente.documento_tipo": "CPF",
    "cliente.documento": "529.982.247-25",
    "cliente.rg": "MG-12.345.678",
    "cliente.nascimento": "22/05/1984",
    "cliente.telefone": "(37) 98765-4321",
    "cliente.email": "maria@exemplo.com.br",
    "cliente.endereco_cobranca": "Rua das Acácias, 120, Centro, Vale Claro/MG, CEP 35500-120",
    "cliente.nome_fantasia": "",
    "cliente.inscricao_estadual": "",
    "cliente.responsavel": "",
    "oferta.codigo": "VC2-1",
    "servico.plano": "Fibra 500 Mbps",
    "servico.tecnologia": "fibra",
    "servico.download": "500 Mbps",
    "servico.upload": "250 Mbps",
    "servico.mensalidade": "R$ 99,90",
    "servico.endereco_instalacao": "Rua das Acácias, 120, Centro, Vale Claro/MG, CEP 35500-120",
    "cobranca.forma": "Boleto com Pix",
    "cobranca.dia": "10",
    "cobranca.tipo": "antecipado",
    "cobranca.carne": "sem carnê",
    "cobranca.primeiro_vencimento": "10/12/2026",
    "cobranca.primeira_fatura": "R$ 153,18",
    "cobranca.taxa_instalacao": "sem taxa",
}
LOYALTY = {"fidelidade.inicio": "24/11/2026", "fidelidade.fim": "24/11/2027", "fidelidade.dias": "365"}
COMPOSITION = [("Internet (SCM)", 6990), ("Aplicativos (SVA)", 3000)]
FIRST_INVOICE = [
    ("16 dias de uso, 24/11/2026 a 09/12/2026", "R$ 99,90 × 16 ÷ 30", 5328),
    ("Mensalidade, 10/12/2026 a 09/01/2027", "", 9990),
]

NOT_EVERYBODY = frozenset(  # what is known of some customers only
    {
        "cliente.rg",
        "cliente.nascimento",
        "cliente.email",
        "cliente.nome_fantasia",
        "cliente.inscricao_estadual",
        "cliente.responsavel",
    }
)
NOT_IN_A_CARNE = frozenset({"cobranca.primeiro_vencimento", "cobranca.primeira_fatura"})  # its own slips say them
