"""Entering the Central with a CPF or CNPJ, by the rule of the provider (C-102, D-11): a try, and what it comes to.

A CPF is no secret, so guessing is slow. An unknown, a blocked and a former customer's document cost the same work and
get the same answer; what is asked after it depends on the installation alone.
See docs/decisions/010-entering-the-central.md.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from models.base import read_only
from models.entry.known import Known, proves, question_after, rules_in_use, send_code
from models.entry.outcome import Asked, Entered, Outcome, TooOften, Wrong
from models.entry.tries import EVERYWHERE, about, asked_after, enters_too_often, from_address, sends
from models.operators.throttle import Tries, count, forgive, spent
from models.scope import Actor, acting

log = logging.getLogger("enlace")

VISITOR = Actor("integration", None, "Visitante da Central")


@dataclass(frozen=True)
class Visitor:
    """A browser that wants to enter the Central, or that is inside by a document alone.

    `keep` is the commit of the door, which calls a verb with nothing of its own pending. A try is counted and kept
    before anything is verified, so that guesses side by side do not slip through and no row is held while a password
    is compared; so one try is several transactions.
    """

    address: str
    browser: str  # what a code is bound to: digest of a secret that no other browser has
    keep: Callable[[], None]

    def enter(self, document: str) -> Outcome:
        """By the document alone: in, on to the question, or neither."""
        here = from_address(self.address)
        if until := self._count(here):
            return TooOften(until)
        guarded = self._count(EVERYWHERE) is not None
        if guarded:
            log.warning("central entry by document alone is closed")
        counted = here + ([] if guarded else EVERYWHERE)
        with read_only(), acting(VISITOR, "portal"):
            rules = rules_in_use(guarded)
            known = Known.by_document(document)
        alone = known is not None and known.enters_alone(rules)
        question = question_after(document, rules)
        if question and not alone:
            if "cpf_only" not in rules:  # nobody enters alone: to be asked tells nothing, so nothing was tried
                self._forgive(counted)
            else:
                self._count(asked_after(document, self.address))
            return self.ask_for(document, question)
        often = self._too_often(document)
        if known is None or not alone or often:
            return Wrong()
        self._forgive(counted)
        return Entered(known)

    def ask_for(self, document: str, question: str, known: Known | None = None) -> Asked | TooOften:
        """On to a question; for the code one is mailed first, as if everybody had an e-mail.

        `known` is somebody inside; else whoever has the document is looked up, when the sending is counted.
        """
        if question == "code":
            if until := self._count(sends(document, self.address)):
                return TooOften(until)
            send_code(known or self._find(document), self.browser)
            self.keep()
        return Asked(question)

    def answer(self, document: str, question: str, answer: str) -> Entered | Wrong | TooOften:
        """In at level proved, or the question again. `answer` is as the record writes it, never empty."""
        tries = about(document, self.address)
        if until := self._count(tries):
            return TooOften(until)
        known = self._find(document)
        good = proves(known, question, answer, self.browser)
        often = self._too_often(document)
        if known is None or not good or often:
            return Wrong(question)
        asked = asked_after(document, self.address)
        left = asked + from_address(self.address) + EVERYWHERE if spent(asked) else []  # what `enter` left counted
        self._forgive(tries + left)
        return Entered(known, question)

    def confirm(self, known: Known, question: str, answer: str) -> Entered | Wrong | TooOften:
        """From a session opened by the document alone to level proved, or the question again."""
        tries = about(known.document, self.address)
        if until := self._count(tries):
            return TooOften(until)
        good = proves(known, question, answer, self.browser)
        self.keep()
        if not good:
            return Wrong(question)
        self._forgive(tries)
        return Entered(known, question)

    def _find(self, document: str) -> Known | None:
        with read_only(), acting(VISITOR, "portal"):
            return Known.by_document(document)

    def _too_often(self, document: str) -> bool:
        often = enters_too_often(document)
        self.keep()  # the try at a code, too
        return often

    def _count(self, tries: Tries) -> datetime | None:
        until = count(tries)
        self.keep()
        return until

    def _forgive(self, tries: Tries) -> None:
        forgive(tries)
        self.keep()
