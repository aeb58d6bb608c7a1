"""Persons (PF and PJ), how to reach them and where they are."""

from models.people.address import Address
from models.people.contact import Contact
from models.people.listed import Origin, PersonGroup, PersonTag, Tag
from models.people.person import Person
from models.people.person_part import PersonPart
from models.people.subscriber_code import SubscriberCode
from models.people.subscriber_password import SubscriberPassword
from models.people.tax_id import cleaned, is_valid_cep, refusal_to_tax_id

__all__ = [
    "Address",
    "Contact",
    "Origin",
    "Person",
    "PersonGroup",
    "PersonPart",
    "PersonTag",
    "SubscriberCode",
    "SubscriberPassword",
    "Tag",
    "cleaned",
    "is_valid_cep",
    "refusal_to_tax_id",
]
