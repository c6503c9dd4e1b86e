"""How did the tables come to be? One file per step in versions/, run by Alembic."""
