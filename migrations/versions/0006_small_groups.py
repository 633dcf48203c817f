"""small groups and their sheets

Revision ID: 0006
Revises: 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "work_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("station", sa.String(length=140), nullable=False),
        sa.Column("slot_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohort.id"], name=op.f("fk_work_group_cohort_id_cohort"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["slot_id"],
            ["scheduled_slot.id"],
            name=op.f("fk_work_group_slot_id_scheduled_slot"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_group")),
        sa.UniqueConstraint(
            "cohort_id", "station", "number", name=op.f("uq_work_group_cohort_id_station_number")
        ),
        sa.UniqueConstraint("cohort_id", "code", name=op.f("uq_work_group_cohort_id_code")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("work_group", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_work_group_slot_id"), ["slot_id"], unique=False)
    op.create_table(
        "group_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("block_id", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sealed_body", sa.LargeBinary(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["work_group.id"],
            name=op.f("fk_group_sheet_group_id_work_group"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_sheet")),
        sa.UniqueConstraint("group_id", "block_id", name=op.f("uq_group_sheet_group_id_block_id")),
    )
    op.create_table(
        "work_group_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("station", sa.String(length=140), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["enrolment.id"],
            name=op.f("fk_work_group_member_enrolment_id_enrolment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["work_group.id"],
            name=op.f("fk_work_group_member_group_id_work_group"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_group_member")),
        sa.UniqueConstraint(
            "enrolment_id", "station", name=op.f("uq_work_group_member_enrolment_id_station")
        ),
    )
    with op.batch_alter_table("work_group_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_work_group_member_group_id"), ["group_id"], unique=False)
    op.create_table(
        "group_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.String(length=64), nullable=True),
        sa.Column("base_version", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("sealed_body", sa.LargeBinary(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["sheet_id"],
            ["group_sheet.id"],
            name=op.f("fk_group_revision_sheet_id_group_sheet"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_revision")),
        sa.UniqueConstraint("sheet_id", "client_id", name=op.f("uq_group_revision_sheet_id_client_id")),
        sa.UniqueConstraint("sheet_id", "version", name=op.f("uq_group_revision_sheet_id_version")),
    )


def downgrade() -> None:
    op.drop_table("group_revision")
    op.drop_table("work_group_member")
    op.drop_table("group_sheet")
    op.drop_table("work_group")
