"""The staged form: who calls and about what, then Iniciar Atendimento (A-08 to A-18, A-34, A-38, A-40, A-41)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from models import clock
from models.base import db
from models.contracts import Contract, contract_of
from models.history import track
from models.operators import Company, Operator
from models.people import Person
from models.people.listed import priority_of
from models.refused import Refused, require
from models.scope import TODAS, who
from models.services import Service
from models.tickets.opening import LONGEST, sought
from models.wording import tidy_lines
from models.workflows import ContactOrigin, Process, TicketClassification
from models.workflows.chosen_row import hold
from models.workflows.notify_level import NO_LEVEL, NOTIFY_LEVELS

QUICK = "Este rascunho é do atendimento rápido. Continue nele por lá."
UNFINISHED = "Diga antes quem está chamando e por quê, na primeira etapa."
OUTDATED = "A empresa ou a origem do contato não vale mais. Confira a primeira etapa e avance de novo."
OF_CUSTOMER = ("service_id", "contract_id", "company_id")


class Identifies:
    if TYPE_CHECKING:
        __tablename__: str
        label: Any
        id: Any
        company_id: Any
        person_id: Any
        service_id: Any
        contract_id: Any
        contact_origin_id: Any
        status: Any
        report: Any
        refusal_to_go_on: Any
        staged: Any
        typed: Any
        sla_type: Any
        record: Any
        recount: Any
        take: Any
        notify_level: Any
        begin: Any
        say: Any
        require_version: Any
        require_held: Any

    def identify(self, answers: dict[str, Any], version: int | None = None) -> None:
        """The first stage, kept in the draft: service, contract, company, origin, technician, report.

        A service without contract brings its own (A-10). Raises Refused with the fields at fault, Stale.
        """
        self.require_version(version)
        require(self.refusal_to_stages())
        errors: dict[str, str] = {}
        service_id = self._of_mine(Service, answers.get("service_id"), "service_id", "uma conexão", errors)
        contract_id = self._of_mine(Contract, answers.get("contract_id"), "contract_id", "um contrato", errors)
        company_id = self._company(answers.get("company_id"), errors)
        if service_id and not errors:
            of_service = int(db.session.scalar(select(Service.company_id).where(Service.id == service_id)) or TODAS)
            if TODAS not in (of_service, company_id) and of_service != company_id:
                errors["company_id"] = "A conexão é de outra empresa. Escolha a empresa dela, ou outra conexão."
            contract_id = self._of_service(contract_id, service_id)
        origin = hold(ContactOrigin, answers.get("contact_origin_id"), company_id)
        technician_id = None
        if origin is None:
            errors["contact_origin_id"] = "Escolha a origem do contato."
        elif origin.asks_technician:
            technician_id = _operator(answers.get("technician_id"))
            if technician_id is None:
                errors["technician_id"] = "Escolha o técnico responsável."
        report = tidy_lines(answers.get("report"))
        if not report:
            errors["report"] = "Escreva o relato do cliente ou do técnico."
        elif len(report) > LONGEST:
            errors["report"] = f"Escreva no máximo {LONGEST} letras. Este texto tem {len(report)}."
        if errors or origin is None:
            raise Refused(errors=errors)
        self.take(
            None,
            service_id=service_id,
            contract_id=contract_id,
            company_id=company_id,
            contact_origin_id=origin.id,
            technician_id=technician_id,
            report=report,
            search_text=sought(report),
            typed={},
            saved_at=clock.now(),
        )

    def refusal_to_change_customer(self) -> str | None:
        """Why it cannot become another customer's: only while it is a draft in stages, of whoever began it."""
        of_service = "Este rascunho é de um serviço do cliente. Para outro cliente, abra outro atendimento."
        return self.refusal_to_go_on() or (None if self.staged else of_service)

    def change_customer(self, person: Person, version: int | None = None) -> None:
        """The draft is about somebody else, under the same protocol; what was said and typed stays to be typed (A-07).

        Connection and contract were of the customer before, so they go. Raises Refused, Stale.
        """
        self.require_version(version)
        require(self.refusal_to_change_customer())
        if person.id == self.person_id:
            return
        before, anew = self.person_id, self.unidentified(*OF_CUSTOMER)
        of_person = {"person_id": person.id, "company_id": person.company_id, "priority": priority_of(person.group_id)}
        self.take(None, **of_person, service_id=None, contract_id=None, **anew)
        said = {"before": f"cliente {before}", "after": person.label}
        self.record("ticket.customer_changed", **said)
        track("ticket.customer_changed", self, person_id=before, company_id=self.company_id, **said)

    def refusal_to_stages(self) -> str | None:
        """Why whoever acts cannot go on with it in stages; the quick form would lose what it asks for."""
        return self.refusal_to_go_on() or (None if self.staged else QUICK)

    def unidentified(self, *but: str) -> dict[str, Any]:
        """The columns of a draft whose first stage begins anew: what was said in it is typed, and not said yet."""
        said = {name: getattr(self, name) for name in ("report", "contact_origin_id", "technician_id")}
        typed = {name: str(value) for name, value in said.items() if value} | self.typed
        return {
            "typed": {name: value for name, value in typed.items() if name not in ("company_id", *but)},
            "contact_origin_id": None,
            "technician_id": None,
            "report": "",
            "search_text": sought(typed.get("report", "")),
            "saved_at": clock.now(),
        }

    def refusal_to_start(self) -> str | None:
        """Why the second stage does not open yet."""
        if refusal := self.refusal_to_stages():
            return refusal
        if not self.report or not self.contact_origin_id:
            return UNFINISHED
        return None if self._holds_still() else OUTDATED

    def _holds_still(self) -> bool:
        """Is the company the one that was to be said, and the origin in use there (A-11 to A-14)?"""
        of_person = self._of_person()
        if of_person not in (TODAS, self.company_id) or (self.company_id, locked_company(of_person)) == (TODAS, None):
            return False
        here = ContactOrigin.company_id.in_((TODAS, self.company_id))
        used = select(ContactOrigin.id).where(ContactOrigin.id == self.contact_origin_id, here)
        return db.session.scalar(used.where(ContactOrigin.inactive_since.is_(None))) is not None

    def start(
        self,
        process: Process | None,
        classification: TicketClassification | None,
        comment: str = "",
        visibility: str = "internal",
        version: int | None = None,
        notify_level: str | None = None,
    ) -> None:
        """Iniciar Atendimento: the clock runs, and whoever starts it holds it (A-34, A-38 to A-41).

        `notify_level`: how much its customer is told; None leaves it as it is.

        Raises Refused with the fields at fault, Stale. Twice: the second is refused.
        """
        self.require_version(version)
        if refusal := self.refusal_to_start():
            raise Refused(refusal)
        errors = {}
        process = hold(Process, process.id, self.company_id) if process else None
        chosen = hold(TicketClassification, classification.id, self.company_id) if classification else None
        if process is None or process.first_step() is None:
            errors["process_id"] = "Escolha um processo em uso, com subprocessos."
        if chosen is None or chosen.closing:
            errors["opening_classification_id"] = "Escolha uma classificação de abertura."
        if notify_level not in (None, *NOTIFY_LEVELS):
            errors["notify_level"] = NO_LEVEL
        if errors or process is None or chosen is None:
            raise Refused(errors=errors)
        self.notify_level = notify_level or self.notify_level
        self.begin(process, "pending")
        actor = who().actor
        held = {"assignee_id": actor.id, "held_since": clock.now()} if actor.kind == "operator" else {}
        self.take(None, opening_classification_id=chosen.id, typed={}, **held)
        if tidy_lines(comment):
            self.say(comment, visibility)

    def associate(self, contract_id: int | None, version: int | None = None) -> None:
        """Give it another contract, or none: the deadline is counted anew from the original start (D-15).

        Raises Refused for a contract of somebody else, Stale.
        """
        self.require_version(version)
        self.require_held()
        if contract_id == self.contract_id:
            return
        errors: dict[str, str] = {}
        found = self._of_mine(Contract, contract_id, "contract_id", "um contrato", errors)
        if errors:
            raise Refused(errors=errors)
        before, after = _number(self.contract_id), _number(found)
        self.take(None, contract_id=found)
        self.record("ticket.contract_changed", before=before, after=after)
        self.recount(f"contrato {after}")

    def _of_mine(self, kind: Any, id: Any, field: str, what: str, errors: dict[str, str]) -> int | None:
        """The id when it is of this customer; None without one."""
        if id is None:
            return None
        mine = select(kind.id).where(kind.id == id)
        if kind is Service:
            mine = mine.where(Service.person_id == self.person_id)
        else:
            mine = mine.join(Service, Service.id == Contract.service_id).where(Service.person_id == self.person_id)
        if isinstance(id, int) and (found := db.session.scalar(mine)):
            return int(found)
        errors[field] = f"Escolha {what} deste cliente, ou deixe em branco."
        return None

    def _of_service(self, contract_id: int | None, service_id: int) -> int | None:
        """The contract of a connection: the one chosen where it is of it, else its own (A-10)."""
        mine = select(Contract.id).where(Contract.id == contract_id, Contract.service_id == service_id)
        return db.session.scalar(mine) or contract_of(service_id)

    def _company(self, typed: Any, errors: dict[str, str]) -> int:
        """What the matrix says: only of somebody in TODAS, by somebody in TODAS, it is chosen (A-11 to A-14)."""
        of_person = self._of_person()
        if locked_company(of_person) is not None:
            return of_person
        company = db.session.get(Company, typed) if isinstance(typed, int) else None
        if company is None or company.id == TODAS or company.inactive_since:
            errors["company_id"] = "Escolha a empresa deste atendimento."
            return TODAS
        return company.id

    def _of_person(self) -> int:
        return int(db.session.scalar(select(Person.company_id).where(Person.id == self.person_id)) or TODAS)


def locked_company(of_person: int) -> int | None:
    """The company that is shown, that of the record; None when whoever acts has to say it (A-11 to A-14)."""
    return None if of_person == TODAS and who().company_id == TODAS else of_person


def _operator(id: Any) -> int | None:
    if not isinstance(id, int):
        return None
    return db.session.scalar(select(Operator.id).where(Operator.id == id, Operator.inactive_since.is_(None)))


def _number(contract_id: int | None) -> str:
    if contract_id is None:
        return "nenhum"
    every = {"every_company": "the contract a ticket had, whoever looks"}
    rows = select(Contract.number).where(Contract.id == contract_id)
    return str(db.session.scalar(rows, execution_options=every))
