"""What cases that are alike have in common. Cases opened before have no marks until they change."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "case_marks",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_case_marks_case_id_cases")
        ),
        sa.PrimaryKeyConstraint("case_id", "mark", name=op.f("pk_case_marks")),
    )
    with op.batch_alter_table("case_marks", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_case_marks_mark_case_id"), ["mark", "case_id"], unique=False
        )
