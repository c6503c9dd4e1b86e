"""Migrations of the tables: one file per step in versions/, run by Alembic."""
