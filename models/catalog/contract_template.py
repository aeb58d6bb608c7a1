"""A contract template: plain text with placeholders, in numbered revisions that are never changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import KEPT_IDS, Base, Cents, Id, db, lock
from models.catalog.contract_sections import refusal_to_sections
from models.catalog.contract_text import unknown_placeholders
from models.history import track
from models.operators.in_company import InCompany
from models.refused import Refused, require
from models.scope import who
from models.wording import tidy, visible

LONGEST_LOYALTY = 60  # months
Asked = Callable[["ContractTemplate", str], str | None]
_plans_say: list[Asked] = []


def asks_plans(refusal: Asked) -> Asked:
    """Have `refusal` asked why a text may not be published: what uses a template stands above it."""
    _plans_say.append(refusal)
    return refusal


Told = Callable[[int], None]
_plans_hear: list[Told] = []


def tells_plans(published: Told) -> Told:
    """Have `published` called with the id of a template whose term changed; the plans stand above it."""
    _plans_hear.append(published)
    return published


class ContractTemplate(InCompany, Base):
    __tablename__ = "contract_template"
    kind: ClassVar[str] = "o modelo de contrato"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(80), unique=True, info={"title": "nome"})
    loyalty_months: Mapped[int] = mapped_column(default=0, info={"title": "fidelidade"})
    benefit: Mapped[str] = mapped_column(String(120), default="", info={"title": "benefício"})
    benefit_cents: Mapped[Cents] = mapped_column(default=0, info={"title": "valor do benefício"})
    inactive_since: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint(f"loyalty_months between 0 and {LONGEST_LOYALTY}", name="loyalty_months"),
        CheckConstraint("benefit_cents >= 0", name="benefit_cents"),
        KEPT_IDS,
    )

    def errors(self, new: dict[str, Any]) -> dict[str, str]:
        """A loyalty term is given in exchange for something, so the two come together."""
        errors, months = super().errors(new), new.get("loyalty_months", 0)
        benefit, worth = tidy(new.get("benefit")), new.get("benefit_cents", 0)
        if not isinstance(months, int) or not 0 <= months <= LONGEST_LOYALTY:
            errors["loyalty_months"] = f"Escreva de 0 a {LONGEST_LOYALTY} meses. 0 é sem fidelidade."
        elif months and not benefit:
            errors["benefit"] = "Escreva o que o cliente ganha pela fidelidade. Exemplo: instalação sem taxa."
        if worth is None or worth < 0:
            errors["benefit_cents"] = "Escreva o valor do benefício, ou 0,00."
        return errors

    def change(self, version: int | None = None, **values: Any) -> None:
        """As any row of a catalogue; another loyalty term is another offer of the plans sold with it (B-18).

        Raises Refused when the newest text names what a plan then does not have (B-19).
        """
        lock(self)
        super().change(version, **values)
        db.session.flush()
        latest = self.latest()
        if latest and (refusal := self.refusal_to_leave_open(latest.body)):
            raise Refused(refusal, field="loyalty_months")
        for tell in _plans_hear:
            tell(self.id)

    def publish(self, body: str, version: int | None = None) -> ContractTemplateRevision:
        """Add the next revision; contracts already issued keep theirs.

        Raises Stale, Refused for an empty text, an unknown placeholder, a stretch that does not end, no change, or a
        value that a plan of this template does not have (decisions 001 and 037).
        """
        lock(self)  # a plan that is saved meanwhile asks for the text that is newest then
        require(self.refusal_to_change())
        self.require_version(version)
        body = visible(body.replace("\r\n", "\n")).strip() + "\n"
        if not body.strip():
            raise Refused("Escreva o texto do contrato.", field="body")
        unknown = unknown_placeholders(body)
        if unknown:
            raise Refused(
                f"O Enlace não conhece {', '.join(unknown)}. Use só os campos da lista ao lado.", field="body"
            )
        if refusal := refusal_to_sections(body) or self.refusal_to_leave_open(body):
            raise Refused(refusal, field="body")
        latest = self.latest()
        if latest and latest.body == body:
            raise Refused("O texto é igual ao da última revisão. Altere algo antes de publicar.", field="body")
        row = ContractTemplateRevision(
            template_id=self.id,
            number=(latest.number if latest else 0) + 1,
            body=body,
            created_at=clock.now(),
            author=who().actor.name,
        )
        db.session.add(row)
        self.take()
        track("contract_template.published", self, revision=row.number, name=self.name)
        return row

    def refusal_to_leave_open(self, body: str) -> str | None:
        """Why this text would leave a plan's contract with a value it does not have (B-19)."""
        return next(filter(None, (say(self, body) for say in _plans_say)), None)

    def latest(self) -> ContractTemplateRevision | None:
        mine = ContractTemplateRevision.template_id == self.id
        newest = select(func.max(ContractTemplateRevision.number)).where(mine).scalar_subquery()
        return db.session.scalars(
            select(ContractTemplateRevision).where(mine, ContractTemplateRevision.number == newest)
        ).first()

    def revisions(self) -> list[ContractTemplateRevision]:
        mine = select(ContractTemplateRevision).where(ContractTemplateRevision.template_id == self.id)
        return list(db.session.scalars(mine.order_by(ContractTemplateRevision.number.desc())))


class ContractTemplateRevision(Base):
    __tablename__ = "contract_template_revision"

    id: Mapped[Id]
    template_id: Mapped[int] = mapped_column(ForeignKey("contract_template.id"))
    number: Mapped[int]
    body: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    author: Mapped[str] = mapped_column(String(120))

    __table_args__ = (UniqueConstraint("template_id", "number"),)
