"""surveys and procedures

Revision ID: 0003
Revises: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "survey_tally",
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("block_id", sa.String(length=80), nullable=False),
        sa.Column("sealed_body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohort.id"], name=op.f("fk_survey_tally_cohort_id_cohort"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("cohort_id", "block_id", name=op.f("pk_survey_tally")),
    )
    op.create_table(
        "procedure_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("block_id", sa.String(length=80), nullable=False),
        sa.Column("scope", sa.String(length=40), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("step_started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paused_seconds_left", sa.Integer(), nullable=True),
        sa.Column("moderator_enrolment_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohort.id"], name=op.f("fk_procedure_run_cohort_id_cohort"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["moderator_enrolment_id"],
            ["enrolment.id"],
            name=op.f("fk_procedure_run_moderator_enrolment_id_enrolment"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_procedure_run")),
        sa.UniqueConstraint(
            "cohort_id", "block_id", "scope", name=op.f("uq_procedure_run_cohort_id_block_id_scope")
        ),
    )
    with op.batch_alter_table("procedure_run", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_procedure_run_moderator_enrolment_id"), ["moderator_enrolment_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("procedure_run", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_procedure_run_moderator_enrolment_id"))

    op.drop_table("procedure_run")
    op.drop_table("survey_tally")
