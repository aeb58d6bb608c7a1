"""The texts that are mailed, from templates/messages: the first line is the subject, the rest the body."""

from __future__ import annotations

from typing import Any

from flask import current_app

from models.operators import Company
from models.operators.company import first_company
from models.people import Person
from models.scope import TODAS


def written(name: str, to: Person, company: Company, **values: Any) -> tuple[str, str]:
    """Subject and body for a person, signed by the company; one of TODAS is signed by the first."""
    text = current_app.jinja_env.get_template(f"messages/{name}.txt").render(
        to=to.called,
        company=first_company() if company.id == TODAS else company,
        central=f"{current_app.config['PUBLIC_URL']}/central" if current_app.config["PUBLIC_URL"] else "",
        **values,
    )
    subject, _, body = text.partition("\n")
    return subject.strip(), body.strip() + "\n"
