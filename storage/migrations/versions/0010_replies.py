"""What applicants answer to their outcome, and what organisers do by a word in a reply."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "outcome_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("outcome_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_outcome_answers_case_id_cases")
        ),
        sa.ForeignKeyConstraint(
            ["outcome_id"],
            ["released_outcomes.id"],
            name=op.f("fk_outcome_answers_outcome_id_released_outcomes"),
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["messages.id"], name=op.f("fk_outcome_answers_message_id_messages")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome_answers")),
    )
    with op.batch_alter_table("outcome_answers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outcome_answers_case_id"), ["case_id"], unique=False)

    op.create_table(
        "organiser_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("question", sa.Integer(), nullable=True),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leaves_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_organiser_answers_case_id_cases")
        ),
        sa.ForeignKeyConstraint(
            ["question"], ["messages.id"], name=op.f("fk_organiser_answers_question_messages")
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["messages.id"], name=op.f("fk_organiser_answers_message_id_messages")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organiser_answers")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("organiser_answers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organiser_answers_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_organiser_answers_question"), ["question"], unique=False
        )

    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.add_column(sa.Column("actions", sa.Text(), nullable=False, server_default="[]"))

    with op.batch_alter_table("letters", schema=None) as batch_op:
        batch_op.add_column(sa.Column("tasks", sa.Text(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("spent_by", sa.Integer(), nullable=True))
