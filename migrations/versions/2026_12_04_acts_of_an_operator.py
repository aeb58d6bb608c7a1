"""the last acts of somebody are found quickly, for the customers the palette offers first

Revision ID: 0036
Revises: 0035
"""

from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

NAME = "ix_event_actor_kind_actor_id_id"


def upgrade() -> None:
    op.create_index(NAME, "event", ["actor_kind", "actor_id", "id"])


def downgrade() -> None:
    op.drop_index(NAME, table_name="event")
