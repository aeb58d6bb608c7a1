"""customers are found by parts of words and of telephones through an index; cities are listed through one

Revision ID: 0031
Revises: 0030
"""

import unicodedata
from collections import defaultdict

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
PART = sa.String(24).with_variant(sa.String(24, collation="C"), "postgresql")
BATCH = 1000  # persons
PERSON = sa.table("person", sa.column("id", BIG), sa.column("search_text"))
ADDRESS = sa.table("address", sa.column("person_id", BIG), sa.column("street"))
CONTACT = sa.table("contact", sa.column("person_id", BIG), sa.column("kind"), sa.column("value"))


def upgrade():
    parts = op.create_table(
        "person_part",
        sa.Column("part", PART, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_part_person_id")),
        sa.PrimaryKeyConstraint("part", "person_id", name=op.f("pk_person_part")),
        sqlite_with_rowid=False,
    )
    connection, last = op.get_bind(), 0
    while people := dict(connection.execute(_batch(PERSON.c.id, PERSON.c.search_text, last)).all()):
        until = max(people)
        found = {id: set(_endings(name.split())) for id, name in people.items()}
        for id, texts in _of(connection, ADDRESS.c.person_id, ADDRESS.c.street, last, until).items():
            found[id].update(_endings(_searchable(" ".join(texts)).split()))
        numbers = _of(connection, CONTACT.c.person_id, CONTACT.c.value, last, until, CONTACT.c.kind != "email")
        for id, texts in numbers.items():
            found[id].update(number[start:] for number in texts for start in range(len(number) - 3))
        rows = [{"person_id": id, "part": part} for id, kept in found.items() for part in kept]
        if rows:
            connection.execute(sa.insert(parts), rows)
        last = until
    op.create_index("ix_person_part_person_id_part", "person_part", ["person_id", "part"])
    op.create_index("ix_address_city", "address", ["city"])


def downgrade():
    op.drop_index("ix_address_city", "address")
    op.drop_table("person_part")


def _batch(id, text, last):
    return sa.select(id, text).where(id > last).order_by(id).limit(BATCH)


def _of(connection, id, text, last, until, *which):
    found = defaultdict(list)
    for whose, value in connection.execute(sa.select(id, text).where(id > last, id <= until, *which)):
        found[whose].append(value)
    return found


def _endings(words):
    for word in words:
        yield word[:24]
        yield from (word[start : start + 24] for start in range(1, len(word) - 2))


def _searchable(text):
    plain = unicodedata.normalize("NFKD", text.lower())
    return " ".join("".join(char for char in plain if not unicodedata.combining(char)).split())
