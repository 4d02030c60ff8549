"""Each repetition against target, own best and tempo; of each set how it fades, and the sides compared."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; what was kept before does not know them."""
    for name in ("target_share", "best_share"):
        op.add_column("repetition", sa.Column(name, sa.Double()))
    for name in ("up_pace", "down_pace"):
        op.add_column("repetition", sa.Column(name, sa.Text()))
    for name in ("range_fade", "tempo_fade", "symmetry"):
        op.add_column("exercise_set", sa.Column(name, sa.Double()))
