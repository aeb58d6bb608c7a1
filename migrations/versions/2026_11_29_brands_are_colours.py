"""the brand of a company is a colour

Revision ID: 0006
Revises: 0005
"""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

COLOUR = "brand like '#______' and ltrim(substr(brand, 2), '0123456789abcdefABCDEF') = ''"


def upgrade():
    op.execute(f"update company set brand = '#0b5f66' where not ({COLOUR})")
    with op.batch_alter_table("company") as table:
        table.create_check_constraint("brand", COLOUR)


def downgrade():
    with op.batch_alter_table("company") as table:
        table.drop_constraint(op.f("ck_company_brand"), type_="check")
