"""The customer's own side: a request in plain words that is a ticket at once, and what they write in it (B-12)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import select

from models.base import db, lock
from models.files import Attachment, Incoming
from models.people import Person
from models.people.contact import digits
from models.refused import Refused, require
from models.scope import inside_ticket
from models.services import Service
from models.tickets.opening import sought
from models.wording import phone as phone_words
from models.wording import tidy_lines
from models.workflows import TOPICS, TicketKind

MOST_TEXT = 3000  # leaves room in the report for the answer and the telephone
MOST_PHOTOS = 3  # of one message
NOTHING_SAID = "Escreva o que está acontecendo."
NOTHING_WRITTEN = "Escreva a mensagem, ou escolha uma foto."
NEVER_BEGAN = "Este pedido não começou. Abra outro em Ajuda."

# One plain question by topic, with its answers; the others need none.
QUESTIONS: dict[str, tuple[str, dict[str, str]]] = {
    "no_internet": (
        "Já tirou o aparelho da tomada por 10 segundos?",
        {"later": "Ainda não, vou tentar agora", "done": "Já, e não voltou"},
    ),
    "slow": (
        "Quando acontece?",
        {"always": "O tempo todo", "sometimes": "Só em alguns horários", "far": "Só longe do aparelho"},
    ),
    "phone": (
        "O que não funciona?",
        {"all": "Nem faz nem recebe", "out": "Não faz ligação", "in": "Não recebe ligação", "bad": "Cai ou falha"},
    ),
}


class Asks:
    if TYPE_CHECKING:
        id: Any
        status: Any
        due_at: Any
        person_id: Any
        kind_id: Any
        topic: Any
        report: Any
        search_text: Any
        staged: Any
        previous_id: Any
        begin: Any
        say: Any
        open: Any

    @classmethod
    def ask(
        cls,
        person: Person,
        topic: str,
        text: str,
        service: Service | None = None,
        *,
        answer: str = "",
        phone: str = "",
        files: Sequence[Incoming] = (),
        previous: Any = None,
    ) -> Self:
        """A request of a customer: begun in the type of its topic, it waits for analysis in the first sector of that.

        What they wrote is its first public comment, their photos public files; `previous` is the finished request it
        goes on from. Raises Refused with the fields at fault.
        """
        text, phone = tidy_lines(text), digits(phone)
        errors = _errors(person, topic, text, answer, phone, files, previous)
        service = service or _only_service(person, topic, errors)
        if errors:
            raise Refused(errors=errors)
        row: Any = cls.open(person, service)  # type: ignore[call-arg]
        kind = TicketKind.for_topic(topic, row.company_id)
        row.kind_id, row.topic, row.staged = kind.id, topic, False
        row.previous_id = previous.id if previous else None
        row.report = "\n".join([text, *_facts(topic, answer, phone)])
        row.search_text = sought(text)  # by their words, not by ours
        row.begin(kind.first_process(), "awaiting_analysis")
        row.take_in(text, files)
        return row  # type: ignore[no-any-return]

    def refusal_to_reply(self) -> str | None:
        """Why its customer cannot write in it: a finished one still keeps what they say."""
        return NEVER_BEGAN if self.status == "draft" or self.due_at is None else None

    def reply(self, text: str, files: Sequence[Incoming] = ()) -> None:
        """What its customer writes: a public comment, public files; a finished ticket stays finished (B-12).

        All or nothing. Raises Refused with the fields at fault.
        """
        lock(self)
        require(self.refusal_to_reply())
        text = tidy_lines(text)
        if not text and not files:
            raise Refused(NOTHING_WRITTEN, field="body")
        if errors := _too_much(text, files):
            raise Refused(errors=errors)
        self.take_in(text, files)

    def take_in(self, text: str, files: Sequence[Incoming]) -> None:
        """Photos first, so that a message stands below what it is about."""
        with inside_ticket(self.id):
            for file in files:
                try:
                    Attachment.attach(self, file, "subscriber")  # type: ignore[arg-type]
                except Refused as no:
                    raise Refused(no.sentence, field="files") from no
        if text:
            self.say(text, "subscriber")


def _only_service(person: Person, topic: str, errors: dict[str, str]) -> Service | None:
    """Whoever has one service means that; of several they say which, where the topic is about one."""
    used = select(Service).where(Service.person_id == person.id, Service.status != "cancelled")
    services = db.session.scalars(used.limit(2)).all()
    if len(services) > 1 and topic in QUESTIONS:
        errors["service_id"] = "Escolha de qual serviço você fala."
    return services[0] if len(services) == 1 else None


def _errors(
    person: Person, topic: str, text: str, answer: str, phone: str, files: Sequence[Incoming], previous: Any
) -> dict[str, str]:
    errors = _too_much(text, files)
    if topic not in TOPICS:
        errors["topic"] = "Escolha o assunto na lista."
    elif topic in QUESTIONS and answer not in QUESTIONS[topic][1]:
        errors["answer"] = "Escolha uma das respostas."
    if not text:
        errors["body"] = NOTHING_SAID
    if phone and not re.fullmatch(r"[1-9][1-9]\d{8,9}", phone):
        errors["phone"] = "Escreva o telefone com DDD. Exemplo: (37) 98765-4321."
    if previous is not None and previous.person_id != person.id:
        errors["topic"] = "O pedido anterior é de outra pessoa. Abra um pedido novo em Ajuda."
    return errors


def _too_much(text: str, files: Sequence[Incoming]) -> dict[str, str]:
    errors = {}
    if len(text) > MOST_TEXT:
        errors["body"] = f"Escreva no máximo {MOST_TEXT} letras. Este texto tem {len(text)}."
    if len(files) > MOST_PHOTOS:
        errors["files"] = f"Mande até {MOST_PHOTOS} fotos de cada vez."
    return errors


def _facts(topic: str, answer: str, phone: str) -> list[str]:
    """What goes into the report beside their words."""
    question, answers = QUESTIONS.get(topic, ("", {}))
    facts = [f"{question} {answers[answer]}."] if answer in answers else []
    return facts + ([f"Telefone para falar: {phone_words(phone)}."] if phone else [])
