"""Runs the migrations on the database of this installation. Only migrations make the schema."""

from alembic import context
from flask import current_app

target = current_app.extensions["migrate"]


def foreign_keys(connection, on):
    """Batch operations of SQLite drop and make tables again, which foreign keys would refuse."""
    if connection.dialect.name == "sqlite":
        connection.connection.driver_connection.execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")


def run():
    with target.db.engine.connect() as connection:
        foreign_keys(connection, False)
        context.configure(connection=connection, target_metadata=target.db.metadata, **target.configure_args)
        with context.begin_transaction():
            context.run_migrations()
            if connection.dialect.name == "sqlite":
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
                if broken:
                    raise RuntimeError(f"foreign keys broken by a migration: {broken[:5]}")
        foreign_keys(connection, True)


run()
