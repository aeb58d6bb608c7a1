"""files that people send hang on rows; their bytes lie in a folder, by their hash

Revision ID: 0019
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade():
    op.create_table(
        "attachment",
        sa.Column("id", BIG, nullable=False),
        sa.Column("subject_type", sa.String(40), nullable=False),
        sa.Column("subject_id", BIG, nullable=False),
        sa.Column("place", BIG, nullable=True),
        sa.Column("person_id", BIG, nullable=True),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("description", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("size_bytes", BIG, nullable=False),
        sa.Column("width", BIG, nullable=True),
        sa.Column("height", BIG, nullable=True),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("visibility", sa.String(20), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", BIG, nullable=True),
        sa.Column("deleted_at", MOMENT, nullable=True),
        sa.Column("deleted_by", BIG, nullable=True),
        sa.Column("company_id", BIG, nullable=False),
        sa.Column("version", BIG, nullable=False),
        sa.CheckConstraint("subject_type in ('ticket')", name=op.f("ck_attachment_subject_type")),
        sa.CheckConstraint(
            "kind in ('image/jpeg', 'image/png', 'image/webp', 'application/pdf')", name=op.f("ck_attachment_kind")
        ),
        sa.CheckConstraint("visibility in ('internal', 'subscriber')", name=op.f("ck_attachment_visibility")),
        sa.CheckConstraint("name <> '' and length(sha256) = 64", name=op.f("ck_attachment_name")),
        sa.CheckConstraint("size_bytes between 1 and 10485760", name=op.f("ck_attachment_size_bytes")),
        sa.CheckConstraint("(kind = 'application/pdf') = (width is null)", name=op.f("ck_attachment_image")),
        sa.CheckConstraint(
            "(width is null) = (height is null) and coalesce(width > 0 and height > 0 and"
            " width * height <= 40000000, true)",
            name=op.f("ck_attachment_pixels"),
        ),
        sa.CheckConstraint(
            "created_by is not null or visibility = 'subscriber'", name=op.f("ck_attachment_created_by")
        ),
        sa.CheckConstraint("(deleted_at is null) = (deleted_by is null)", name=op.f("ck_attachment_deleted")),
        sa.CheckConstraint("(deleted_at is null) = (place is not null)", name=op.f("ck_attachment_there")),
        sa.CheckConstraint("place between 1 and 20", name=op.f("ck_attachment_place")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_attachment_company_id")),
        sa.ForeignKeyConstraint(["created_by"], ["operator.id"], name=op.f("fk_attachment_created_by")),
        sa.ForeignKeyConstraint(["deleted_by"], ["operator.id"], name=op.f("fk_attachment_deleted_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sa.UniqueConstraint("subject_type", "subject_id", "place", name="uq_attachment_place"),
    )
    op.create_index("ix_attachment_sha256", "attachment", ["sha256"])


def downgrade():
    op.drop_table("attachment")
