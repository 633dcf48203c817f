"""the living plan, people and register

Revision ID: 0007
Revises: 0006
"""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohort.id"], name=op.f("fk_calendar_link_cohort_id_cohort"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user_account.id"],
            name=op.f("fk_calendar_link_user_id_user_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_link")),
        sa.UniqueConstraint("token", name=op.f("uq_calendar_link_token")),
    )
    with op.batch_alter_table("calendar_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calendar_link_cohort_id"), ["cohort_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_calendar_link_user_id"), ["user_id"], unique=False)

    op.create_table(
        "attendance_evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("day_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=40), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=True),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uploaded_by", sa.String(length=200), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_by", sa.String(length=200), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["cohort_id"],
            ["cohort.id"],
            name=op.f("fk_attendance_evidence_cohort_id_cohort"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["day_id"],
            ["course_day.id"],
            name=op.f("fk_attendance_evidence_day_id_course_day"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"],
            ["user_account.id"],
            name=op.f("fk_attendance_evidence_uploaded_by_id_user_account"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_evidence")),
    )
    with op.batch_alter_table("attendance_evidence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attendance_evidence_cohort_id"), ["cohort_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attendance_evidence_day_id"), ["day_id"], unique=False)

    op.create_table(
        "plan_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("day_id", sa.Integer(), nullable=True),
        sa.Column("sentence", sa.String(length=1000), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("author", sa.String(length=200), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undoes_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["undoes_id"],
            ["plan_change.id"],
            name=op.f("fk_plan_change_undoes_id_plan_change"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["user_account.id"],
            name=op.f("fk_plan_change_author_id_user_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohort.id"], name=op.f("fk_plan_change_cohort_id_cohort"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["day_id"], ["course_day.id"], name=op.f("fk_plan_change_day_id_course_day"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_change")),
    )
    with op.batch_alter_table("plan_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_change_cohort_id"), ["cohort_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_change_day_id"), ["day_id"], unique=False)

    op.create_table(
        "waiting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("funder", sa.String(length=200), server_default="", nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("moves_from_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("form_key", sa.String(length=64), nullable=True),
        sa.Column("admitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("enrolment_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohort.id"], name=op.f("fk_waiting_cohort_id_cohort"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["enrolment.id"],
            name=op.f("fk_waiting_enrolment_id_enrolment"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["moves_from_id"],
            ["enrolment.id"],
            name=op.f("fk_waiting_moves_from_id_enrolment"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_waiting_user_id_user_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting")),
        sa.UniqueConstraint("form_key", name=op.f("uq_waiting_form_key")),
    )
    with op.batch_alter_table("waiting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_waiting_cohort_id"), ["cohort_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_waiting_enrolment_id"), ["enrolment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_waiting_moves_from_id"), ["moves_from_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_waiting_user_id"), ["user_id"], unique=False)

    op.create_table(
        "attendance_claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slot_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("scanned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("form_key", sa.String(length=64), nullable=True),
        sa.Column("enrolment_id", sa.Integer(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.String(length=200), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["enrolment.id"],
            name=op.f("fk_attendance_claim_enrolment_id_enrolment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["slot_id"],
            ["scheduled_slot.id"],
            name=op.f("fk_attendance_claim_slot_id_scheduled_slot"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_claim")),
        sa.UniqueConstraint("form_key", name=op.f("uq_attendance_claim_form_key")),
    )
    with op.batch_alter_table("attendance_claim", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attendance_claim_enrolment_id"), ["enrolment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attendance_claim_slot_id"), ["slot_id"], unique=False)

    op.create_table(
        "attendance_objection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("slot_id", sa.Integer(), nullable=False),
        sa.Column("sentence", sa.String(length=500), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("granted", sa.Boolean(), nullable=True),
        sa.Column("reason", sa.String(length=500), server_default="", nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.String(length=200), server_default="", nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["decided_by_id"],
            ["user_account.id"],
            name=op.f("fk_attendance_objection_decided_by_id_user_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["enrolment.id"],
            name=op.f("fk_attendance_objection_enrolment_id_enrolment"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["slot_id"],
            ["scheduled_slot.id"],
            name=op.f("fk_attendance_objection_slot_id_scheduled_slot"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_objection")),
        sa.UniqueConstraint(
            "enrolment_id", "slot_id", name=op.f("uq_attendance_objection_enrolment_id_slot_id")
        ),
    )
    with op.batch_alter_table("attendance_objection", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attendance_objection_slot_id"), ["slot_id"], unique=False)

    with op.batch_alter_table("attendance_mark", schema=None) as batch_op:
        batch_op.add_column(sa.Column("way", sa.String(length=20), server_default="list", nullable=False))
        batch_op.add_column(sa.Column("counts", sa.Boolean(), server_default=sa.true(), nullable=False))
        batch_op.add_column(sa.Column("operation", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("typed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("remark", sa.String(length=500), server_default="", nullable=False))
        batch_op.create_unique_constraint(batch_op.f("uq_attendance_mark_operation"), ["operation"])

    with op.batch_alter_table("cohort", schema=None) as batch_op:
        batch_op.add_column(sa.Column("seats", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("course_day", schema=None) as batch_op:
        batch_op.add_column(sa.Column("place", sa.String(length=200), server_default="", nullable=False))
        batch_op.add_column(sa.Column("version", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column("confirmed_by", sa.String(length=200), server_default="", nullable=False)
        )
        batch_op.create_index(batch_op.f("ix_course_day_date"), ["date"], unique=False)

    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("funder", sa.String(length=200), server_default="", nullable=False))
        batch_op.add_column(sa.Column("walk_in", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_enrolment_merged_into_id_enrolment"),
            "enrolment",
            ["merged_into_id"],
            ["id"],
            ondelete="SET NULL",
        )

    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.add_column(sa.Column("message_id", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("bounced_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("bounce", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f("ix_letter_message_id"), ["message_id"], unique=False)

    with op.batch_alter_table("scheduled_slot", schema=None) as batch_op:
        batch_op.add_column(sa.Column("planned_starts_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("planned_ends_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("unplanned", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("room", sa.String(length=200), server_default="", nullable=False))
        batch_op.add_column(sa.Column("person", sa.String(length=200), server_default="", nullable=False))
        batch_op.add_column(
            sa.Column("second_room", sa.String(length=200), server_default="", nullable=False)
        )
        batch_op.add_column(
            sa.Column("second_person", sa.String(length=200), server_default="", nullable=False)
        )
        batch_op.add_column(
            sa.Column("second_title", sa.String(length=200), server_default="", nullable=False)
        )
        batch_op.add_column(sa.Column("online", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("link", sa.String(length=500), server_default="", nullable=False))
        batch_op.add_column(sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("uid", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("sequence", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("user_account", schema=None) as batch_op:
        batch_op.add_column(sa.Column("entered_at", sa.DateTime(timezone=True), nullable=True))
    # Until now everybody joined by themselves, and so was inside from the first moment.
    op.execute("UPDATE user_account SET entered_at = created_at")

    _give_uids()
    with op.batch_alter_table("scheduled_slot", schema=None) as batch_op:
        batch_op.alter_column("uid", existing_type=sa.String(length=64), nullable=False)
        batch_op.create_unique_constraint(batch_op.f("uq_scheduled_slot_uid"), ["uid"])


def _give_uids() -> None:
    """Every slot gets the name calendars will know it by."""
    slot = sa.table("scheduled_slot", sa.column("id", sa.Integer), sa.column("uid", sa.String))
    connection = op.get_bind()
    for (slot_id,) in connection.execute(sa.select(slot.c.id)).all():
        connection.execute(slot.update().where(slot.c.id == slot_id).values(uid=uuid.uuid4().hex))


def downgrade() -> None:
    with op.batch_alter_table("user_account", schema=None) as batch_op:
        batch_op.drop_column("entered_at")

    with op.batch_alter_table("scheduled_slot", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_scheduled_slot_uid"), type_="unique")
        batch_op.drop_column("changed_at")
        batch_op.drop_column("sequence")
        batch_op.drop_column("uid")
        batch_op.drop_column("cancelled_at")
        batch_op.drop_column("link")
        batch_op.drop_column("online")
        batch_op.drop_column("second_title")
        batch_op.drop_column("second_person")
        batch_op.drop_column("second_room")
        batch_op.drop_column("person")
        batch_op.drop_column("room")
        batch_op.drop_column("unplanned")
        batch_op.drop_column("planned_ends_at")
        batch_op.drop_column("planned_starts_at")

    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_letter_message_id"))
        batch_op.drop_column("settled_at")
        batch_op.drop_column("bounce")
        batch_op.drop_column("bounced_at")
        batch_op.drop_column("message_id")

    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_enrolment_merged_into_id_enrolment"), type_="foreignkey")
        batch_op.drop_column("merged_into_id")
        batch_op.drop_column("walk_in")
        batch_op.drop_column("funder")

    with op.batch_alter_table("course_day", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_course_day_date"))
        batch_op.drop_column("confirmed_by")
        batch_op.drop_column("confirmed_at")
        batch_op.drop_column("version")
        batch_op.drop_column("place")

    with op.batch_alter_table("cohort", schema=None) as batch_op:
        batch_op.drop_column("cancelled_at")
        batch_op.drop_column("seats")

    with op.batch_alter_table("attendance_mark", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_attendance_mark_operation"), type_="unique")
        batch_op.drop_column("remark")
        batch_op.drop_column("typed_at")
        batch_op.drop_column("operation")
        batch_op.drop_column("counts")
        batch_op.drop_column("way")

    with op.batch_alter_table("attendance_objection", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attendance_objection_slot_id"))

    op.drop_table("attendance_objection")
    with op.batch_alter_table("attendance_claim", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attendance_claim_slot_id"))
        batch_op.drop_index(batch_op.f("ix_attendance_claim_enrolment_id"))

    op.drop_table("attendance_claim")
    with op.batch_alter_table("waiting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_waiting_user_id"))
        batch_op.drop_index(batch_op.f("ix_waiting_moves_from_id"))
        batch_op.drop_index(batch_op.f("ix_waiting_enrolment_id"))
        batch_op.drop_index(batch_op.f("ix_waiting_cohort_id"))

    op.drop_table("waiting")
    with op.batch_alter_table("plan_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_change_day_id"))
        batch_op.drop_index(batch_op.f("ix_plan_change_cohort_id"))

    op.drop_table("plan_change")
    with op.batch_alter_table("attendance_evidence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attendance_evidence_day_id"))
        batch_op.drop_index(batch_op.f("ix_attendance_evidence_cohort_id"))

    op.drop_table("attendance_evidence")
    with op.batch_alter_table("calendar_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_calendar_link_user_id"))
        batch_op.drop_index(batch_op.f("ix_calendar_link_cohort_id"))

    op.drop_table("calendar_link")
