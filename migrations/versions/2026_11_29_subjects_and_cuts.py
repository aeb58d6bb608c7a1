"""a document names the row it prints, a cut the notice before it

Revision ID: 0007
Revises: 0006
"""

import re
from datetime import date, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

# Until now the title alone said it; what nobody's title says (there should be none) is a print of row 0.
SUBJECTS = """
update document set subject_type = kind, subject_id = coalesce(case kind
  when 'contract' then (select min(contract_id) from contract_print where document_id = document.id)
  when 'invoice' then (select id from invoice where 'Fatura ' || number = document.title)
  else (select id from carne where 'Carnê ' || id = document.title) end, 0)
"""
CUTS = """
select suspension.id, suspension.company_id, suspension.service_id, suspension.reason from suspension where by_ladder
"""
NOTICE = """
select debt_notice.id, debt_notice.noticed_on from debt_notice join invoice on invoice.id = debt_notice.invoice_id
where debt_notice.service_id = :service and invoice.number = :number
"""
REASON = re.compile(r"Fatura (\d{1,15}) de .*avisada em (\d\d)/(\d\d)/(\d{4}), (\d+) dias antes")


def upgrade():
    with op.batch_alter_table("document") as table:
        table.add_column(sa.Column("subject_type", sa.String(40), nullable=False, server_default=""))
        table.add_column(sa.Column("subject_id", BIG, nullable=False, server_default="0"))
    op.execute(SUBJECTS)
    with op.batch_alter_table("document") as table:
        table.alter_column("subject_type", server_default=None)
        table.alter_column("subject_id", server_default=None)
        table.create_index("ix_document_subject_type_subject_id", ["subject_type", "subject_id"])
    op.create_table(
        "cut",
        sa.Column("id", BIG, nullable=False),
        sa.Column("company_id", BIG, nullable=False),
        sa.Column("suspension_id", BIG, nullable=False),
        sa.Column("debt_notice_id", BIG, nullable=False),
        sa.Column("noticed_on", sa.Date(), nullable=False),
        sa.Column("cut_on", sa.Date(), nullable=False),
        sa.CheckConstraint("noticed_on <= cut_on", name=op.f("ck_cut_noticed_on")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_cut_company_id")),
        sa.ForeignKeyConstraint(["suspension_id"], ["suspension.id"], name=op.f("fk_cut_suspension_id")),
        sa.ForeignKeyConstraint(["debt_notice_id"], ["debt_notice.id"], name=op.f("fk_cut_debt_notice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cut")),
        sa.UniqueConstraint("suspension_id", name=op.f("uq_cut_suspension_id")),
    )
    op.create_index("ix_cut_debt_notice_id", "cut", ["debt_notice_id"])
    _cuts()
    with op.batch_alter_table("suspension") as table:
        table.drop_column("by_ladder")


def downgrade():
    with op.batch_alter_table("suspension") as table:
        table.add_column(sa.Column("by_ladder", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("update suspension set by_ladder = (1 = 1) where id in (select suspension_id from cut)")
    op.drop_table("cut")
    with op.batch_alter_table("document") as table:
        table.drop_index("ix_document_subject_type_subject_id")
        table.drop_column("subject_id")
        table.drop_column("subject_type")


def _cuts():
    """What the reason of a suspension said, for the last time read as data; without its notice it is a person's."""
    connection = op.get_bind()
    cut = sa.table("cut", *(sa.column(name) for name in ("company_id", "suspension_id", "debt_notice_id")),
                   sa.column("noticed_on", sa.Date), sa.column("cut_on", sa.Date))
    for row in connection.execute(sa.text(CUTS)).all():
        number, noticed_on, cut_on = _read(row.reason)
        values = {"service": row.service_id, "number": number}
        notice = connection.execute(sa.text(NOTICE), values).first() if number else None
        if notice:
            connection.execute(
                sa.insert(cut).values(
                    company_id=row.company_id,
                    suspension_id=row.id,
                    debt_notice_id=notice.id,
                    noticed_on=noticed_on,
                    cut_on=cut_on,
                )
            )


def _read(reason):
    """Invoice number, day of the notice, day of the cut; a reason that says something else has no number."""
    found = REASON.match(reason)
    try:
        noticed_on = date(int(found[4]), int(found[3]), int(found[2]))
        return int(found[1]), noticed_on, noticed_on + timedelta(days=int(found[5]))
    except (TypeError, ValueError, OverflowError):
        return None, None, None
