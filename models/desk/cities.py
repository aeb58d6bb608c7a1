"""The cities that a list may be narrowed to."""

from __future__ import annotations

from sqlalchemy import Select, func, select

from models.people import Address, Person


def seen_cities() -> Select[str]:
    """`city` of each city in which whoever looks sees a customer, once: of another's city they see no name.

    From one to the next in the index: a few steps, however many addresses there are.
    """
    first = select(func.min(Address.city).label("city")).cte("city", recursive=True)
    following = select(func.min(Address.city)).where(Address.city > first.c.city).correlate(first).scalar_subquery()
    city = first.union_all(select(following).select_from(first).where(first.c.city.is_not(None)))
    there = select(Address.id).join(Person, Person.id == Address.person_id).where(Address.city == city.c.city)
    return select(city.c.city).where(there.correlate(city).exists())
