"""The topics of Ajuda as its pages show them: address, what is meant, icon, and what the text is asked by."""

from __future__ import annotations

from typing import NamedTuple

from models.workflows import TOPICS


class Topic(NamedTuple):
    key: str
    slug: str
    meant: str
    icon: str
    asks: str = "Conte o que está acontecendo"

    @property
    def title(self) -> str:
        return TOPICS[self.key]


# A charge is contested from its invoice, where its amount stands.
SHOWN = (
    Topic("no_internet", "sem-internet", "nada abre em nenhum aparelho", "wifi-off", "O que você vê?"),
    Topic("slow", "lenta-ou-caindo", "abre, mas trava", "gauge", "O que você vê?"),
    Topic("phone", "telefone-fixo", "ramal, linha, chamada", "phone-call"),
    Topic("billing", "fatura-e-pagamento", "segunda via, vencimento, valor", "receipt", "O que você precisa?"),
    Topic("other", "outro-assunto", "mudança, plano, elogio", "message-circle", "O que você precisa?"),
)
BY_SLUG = {topic.slug: topic for topic in SHOWN}
SLUGS = {topic.key: topic.slug for topic in SHOWN}
