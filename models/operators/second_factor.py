"""The second factor of an operator: a code of six digits from an app on their phone (TOTP, RFC 6238), B-08.

A table of its own, so that nobody reads the secret by chance. See docs/decisions/019-second-factor.md.
"""

from __future__ import annotations

import hmac
import re
from datetime import datetime, timedelta

import pyotp
from sqlalchemy import CheckConstraint, ForeignKey, update
from sqlalchemy.orm import Mapped, mapped_column

from models import clock
from models.base import Base, changed, db, lock
from models.history import track
from models.operators.login_session import LoginSession
from models.operators.operator import Operator
from models.operators.recovery_code import RecoveryCode
from models.refused import Refused, Stale, require
from models.scope import who
from models.sealed import Sealed, SealedError, SealedText, seal
from models.wording import tidy

STEP = 30  # seconds a code stands in the app
WINDOW = 1  # steps a phone may be early or late
JUST_NOW = timedelta(minutes=5)  # two clicks on the same button
PENDING = timedelta(minutes=30)  # to read the QR code and type the first code
WRONG = "Este código não vale. Espere o próximo no aplicativo e escreva os 6 números, ou use um código de recuperação."
NO_KEY = "O Enlace não tem mais a chave que abre o seu segundo fator. Peça a quem administra que o zere."


class SecondFactor(Base):
    __tablename__ = "second_factor"

    operator_id: Mapped[int] = mapped_column(ForeignKey("operator.id"), primary_key=True)
    secret: Mapped[Sealed | None] = mapped_column(SealedText(400))  # in force
    confirmed_at: Mapped[datetime | None]
    last_step: Mapped[int] = mapped_column(default=0)  # of the last code accepted, in steps since 1970
    pending: Mapped[Sealed | None] = mapped_column(SealedText(400))  # shown, not yet confirmed by a code
    pending_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("(secret is null) = (confirmed_at is null)", name="secret"),
        CheckConstraint("(pending is null) = (pending_at is null)", name="pending"),
        CheckConstraint("last_step >= 0", name="last_step"),
    )

    @classmethod
    def of(cls, operator: Operator) -> SecondFactor | None:
        return db.session.get(cls, operator.id)

    @property
    def in_force(self) -> bool:
        return self.confirmed_at is not None

    @property
    def shown(self) -> str | None:
        """The secret that waits for its first code, as an app takes it; None when nothing waits."""
        waits = self.pending and self.pending_at and clock.now() < self.pending_at + PENDING
        return self.pending.open() if waits and self.pending else None


def begin(operator: Operator, typed: str = "") -> None:
    """Draw a new secret, which counts once it is confirmed. Whoever has a second factor shows it first.

    Raises Refused for a code that is not good.
    """
    row = _row(operator)
    if row.in_force:
        prove(operator, typed)
    row.pending, row.pending_at = seal(pyotp.random_base32()), clock.now()
    db.session.flush()


def confirm(operator: Operator, typed: str) -> list[str]:
    """Put the secret that was shown in force with its first code; the ten recovery codes, which are not kept.

    Every session of the operator ends. Raises Refused for a wrong code and when nothing waits.
    """
    row = _row(operator)
    secret, before = row.shown, row.in_force
    if secret is None or row.pending is None:
        if before and row.confirmed_at and clock.now() - row.confirmed_at < JUST_NOW:
            raise Refused(
                "A verificação já está ligada: outro clique chegou antes. Se os códigos de recuperação não apareceram, "
                "gere novos em Minha segurança."
            )
        raise Refused("O QR code venceu. Comece de novo para ver outro.")
    step = _step_of(secret, typed)
    if step is None:
        raise Refused(
            "Este código não confere. Espere o próximo no aplicativo e escreva os 6 números.", field="passcode"
        )
    taking = update(SecondFactor).where(SecondFactor.operator_id == operator.id, SecondFactor.pending == row.pending)
    values = {
        "secret": row.pending,
        "confirmed_at": clock.now(),
        "last_step": step,
        "pending": None,
        "pending_at": None,
    }
    if not changed(taking.values(values)):
        raise Stale("Outra aba já confirmou ou recomeçou. Abra a página de novo.")
    db.session.refresh(row)
    codes = RecoveryCode.give(operator.id)
    LoginSession.revoke_all("staff", operator.id)
    track("operator.factor_moved" if before else "operator.factor_enrolled", operator)
    return codes


def prove(operator: Operator, typed: str) -> None:
    """Take a code of the app, or a recovery code; neither is good a second time. Raises Refused for any other.

    The try must be counted, and committed, before: see staff/security/proving.py.
    """
    row = SecondFactor.of(operator)
    if row is None or row.secret is None:
        raise Refused("Você ainda não ligou a verificação em duas etapas. Ligue em Minha segurança.")
    if re.fullmatch(r"[0-9 ]*", typed):
        _take(row, typed)
    elif RecoveryCode.use(operator.id, typed):
        track("operator.recovery_used", operator, left=RecoveryCode.left(operator.id))
    else:
        raise Refused(WRONG, field="passcode")


def renew_codes(operator: Operator, typed: str) -> list[str]:
    """Ten new recovery codes; the old ones are worth nothing any more. Raises Refused for a code that is not good."""
    lock(operator)
    prove(operator, typed)
    track("operator.recovery_renewed", operator)
    return RecoveryCode.give(operator.id)


def turn_off(operator: Operator, typed: str, compulsory: bool) -> None:
    """Enter with the password alone again, until it is turned on anew. Every other session ends.

    Raises Refused where it is compulsory, and for a code that is not good.
    """
    row = _row(operator)
    require(refusal_to_turn_off(compulsory))
    prove(operator, typed)
    _clear(row)
    LoginSession.revoke_all("staff", operator.id, but=who().session_id)
    track("operator.factor_turned_off", operator)


def refusal_to_turn_off(compulsory: bool) -> str | None:
    """Why an operator may not do without; `compulsory` for their role in this installation."""
    return (
        "Seu perfil exige a verificação em duas etapas. Para usar outro celular, troque-o aqui." if compulsory else None
    )


def refusal_to_reset(operator: Operator, row: SecondFactor | None) -> str | None:
    """Why whoever acts may not take the second factor of an operator away."""
    actor = who().actor
    if actor.kind == "operator" and actor.id == operator.id:
        return "O seu próprio se troca em Minha segurança, com um código. Se perdeu tudo, peça a outro administrador."
    if row is None or not row.in_force:
        return f"{operator.name} não tem verificação em duas etapas: entra só com a senha."
    return operator.refusal_to_change()


def reset(operator: Operator, reason: str) -> None:
    """For who lost the phone and the recovery codes: the next time they enter with the password and enrol anew.

    Every session of the operator ends. Raises Refused for oneself, without a reason and where there is none. Its undo
    is to enrol again.
    """
    row = _row(operator)
    require(refusal_to_reset(operator, row))
    reason = tidy(reason)
    if not reason:
        raise Refused("Escreva o motivo: como soube que é mesmo a pessoa.", field="reason")
    _clear(row)
    LoginSession.revoke_all("staff", operator.id)
    track("operator.factor_reset", operator, name=operator.name, reason=reason)


def _row(operator: Operator) -> SecondFactor:
    """The row of an operator, held until the commit; the operator is its anchor."""
    lock(operator)
    row = SecondFactor.of(operator)
    if row is None:
        row = SecondFactor(operator_id=operator.id, last_step=0)
        db.session.add(row)
        db.session.flush()
    else:
        db.session.refresh(row)
    return row


def _clear(row: SecondFactor) -> None:
    row.secret, row.confirmed_at, row.pending, row.pending_at = None, None, None, None
    RecoveryCode.spend_all(row.operator_id)
    db.session.flush()


def _take(row: SecondFactor, typed: str) -> None:
    """One conditional UPDATE: a code that was accepted, or is older than one that was, is refused."""
    try:
        step = _step_of(row.secret.open(), typed) if row.secret else None
    except SealedError as error:
        raise Refused(NO_KEY) from error
    mine = (
        SecondFactor.operator_id == row.operator_id,
        SecondFactor.secret == row.secret,
        SecondFactor.last_step < (step or 0),
    )
    if step is None or not changed(update(SecondFactor).where(*mine).values(last_step=step)):
        raise Refused(WRONG, field="passcode")
    db.session.refresh(row)


def _step_of(secret: str, typed: str) -> int | None:
    """The step whose code was typed: the present one, or the one before or after it."""
    typed, now, app = typed.replace(" ", ""), int(clock.now().timestamp()) // STEP, pyotp.TOTP(secret)
    steps = range(now - WINDOW, now + WINDOW + 1)
    return next((step for step in steps if hmac.compare_digest(app.generate_otp(step), typed)), None)


def address_of(secret: str, login: str, issuer: str) -> str:
    """What the QR code says to the app: otpauth://totp/..."""
    return str(pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=issuer.replace(":", " ")))
