"""Parameters in addresses of PostgreSQL: libpq's, and what hosts write for other programs.

The latter are translated (`ssl=true`), used by the store (`pgbouncer=true`) or left out (`connection_limit=1`).
"""

from __future__ import annotations

import difflib
import re
from typing import Final
from urllib.parse import unquote

from bot.errors import SettingsInvalid

__all__ = ["LIBPQ_PARAMETERS", "POOLER", "is_secret_parameter", "split_parameters", "translate_parameters"]

POOLER: Final = "pgbouncer"
"""Parameter by which an address says that a pooler answers at it; the store reads it, libpq doesn't know it."""

_SSL_MODES: Final = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")

_ON: Final = frozenset({"1", "on", "true", "yes", "t", "y"})
_OFF: Final = frozenset({"0", "off", "false", "no", "f", "n"})
"""Ways to write yes and no in the parameters of other programs."""

LIBPQ_PARAMETERS: Final = frozenset(
    {
        "application_name",
        "channel_binding",
        "client_encoding",
        "connect_timeout",
        "dbname",
        "fallback_application_name",
        "gssdelegation",
        "gssencmode",
        "gsslib",
        "host",
        "hostaddr",
        "keepalives",
        "keepalives_count",
        "keepalives_idle",
        "keepalives_interval",
        "krbsrvname",
        "load_balance_hosts",
        "max_protocol_version",
        "min_protocol_version",
        "oauth_client_id",
        "oauth_client_secret",
        "oauth_issuer",
        "oauth_scope",
        "options",
        "passfile",
        "password",
        "port",
        "replication",
        "require_auth",
        "requirepeer",
        "scram_client_key",
        "scram_server_key",
        "service",
        "servicefile",
        "ssl_max_protocol_version",
        "ssl_min_protocol_version",
        "sslcert",
        "sslcertmode",
        "sslcompression",
        "sslcrl",
        "sslcrldir",
        "sslkey",
        "sslkeylogfile",
        "sslmode",
        "sslnegotiation",
        "sslpassword",
        "sslrootcert",
        "sslsni",
        "target_session_attrs",
        "tcp_user_timeout",
        "user",
    }
)
"""Parameters of libpq 18, which passes them on or uses them itself; older ones refuse those that they don't know."""

_OF_OTHER_PROGRAMS: Final = frozenset(
    {
        "connection_limit",
        "max_idle_connection_lifetime",
        "pool_timeout",
        "pool_max_conns",
        "pool_min_conns",
        "prepared_statement_cache_size",
        "prepared_statement_name_func",
        "preparethreshold",
        "socket_timeout",
        "sslaccept",
        "statement_cache_size",
        "supa",
        "uselibpqcompat",
        "workaround",
    }
)
"""Parameters for the pools and drivers of other programs, which hosts add to the addresses that they show."""


def is_secret_parameter(name: str) -> bool:
    """Return whether the value of a parameter of libpq must not be shown."""
    return any(sign in name.lower() for sign in ("pass", "secret", "scram_"))


def split_parameters(query: str) -> list[tuple[str, str]]:
    """Return the parameters of an address, decoded as libpq does it: a plus sign is one."""
    pairs = (part.partition("=") for part in query.split("&"))
    return [(unquote(name), unquote(value)) for name, _, value in pairs if name]


def translate_parameters(given: list[tuple[str, str]]) -> dict[str, str]:
    """Return the parameters of an address as libpq has them. Raises SettingsInvalid."""
    parameters: dict[str, str] = {}
    for name, value in given:
        known = name.lower()
        if not value or known in _OF_OTHER_PROGRAMS:
            continue
        if known in ("ssl", "usessl"):
            parameters.setdefault("sslmode", _ssl_mode(value))
        elif known == "sslmode":
            parameters["sslmode"] = _ssl_mode(value)
        elif known == POOLER:
            if value.lower() in _ON:
                parameters[POOLER] = "true"
        elif known in ("schema", "currentschema", "search_path"):
            _refuse_schema(name, value)
        elif known == "client_encoding" or known in ("charset", "encoding"):
            continue  # texts are exchanged in UTF-8, whatever another program wants
        elif known in LIBPQ_PARAMETERS:
            parameters[known] = value
        else:
            raise SettingsInvalid(
                f"DATABASE_URL (store.url) has a parameter that PostgreSQL doesn't know: {_nearest_parameter(name)}"
            )
    return parameters


def _ssl_mode(value: str) -> str:
    lowered = value.lower()
    if lowered in _SSL_MODES:
        return lowered
    if lowered in _ON or lowered in ("required", "no-verify"):
        return "require"
    if lowered in _OFF or lowered == "disabled":
        return "disable"
    raise SettingsInvalid(f"DATABASE_URL (store.url): sslmode has to be one of {', '.join(_SSL_MODES)}")


def _refuse_schema(name: str, value: str) -> None:
    if value != "public":
        raise SettingsInvalid(
            f"DATABASE_URL (store.url) names a schema by the parameter {name}, which PostgreSQL doesn't know: remove it, and "
            "run ALTER ROLE … SET search_path = … for the role in it"
        )


def _nearest_parameter(name: str) -> str:
    if not re.fullmatch(r"[A-Za-z_]{1,40}", name):
        return "remove what follows the question mark, or write a question mark of the password as %3F"
    close = difflib.get_close_matches(name.lower(), sorted(LIBPQ_PARAMETERS), n=1)
    return f"{name}; did you mean {close[0]}?" if close else f"remove {name}"
