"""whom a letter is about

Revision ID: 0008
Revises: 0007
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

# Of the letters there are, those to an address that only one person has.
_GIVE_OWNERS = """
UPDATE letter SET
  user_id = (SELECT min(enrolment.user_id) FROM enrolment WHERE lower(enrolment.email) = lower(letter.recipient)),
  name = (SELECT min(enrolment.name) FROM enrolment WHERE lower(enrolment.email) = lower(letter.recipient))
WHERE (
  SELECT count(DISTINCT enrolment.user_id) FROM enrolment WHERE lower(enrolment.email) = lower(letter.recipient)
) = 1
"""


def upgrade() -> None:
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.add_column(sa.Column("user_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("name", sa.String(length=200), server_default="", nullable=False))
        batch_op.create_foreign_key(
            batch_op.f("fk_letter_user_id_user_account"),
            "user_account",
            ["user_id"],
            ["id"],
            ondelete="SET NULL",
        )
    op.execute(_GIVE_OWNERS)


def downgrade() -> None:
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_letter_user_id_user_account"), type_="foreignkey")
        batch_op.drop_column("name")
        batch_op.drop_column("user_id")
