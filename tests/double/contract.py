"""Which parts of Discord's OpenAPI description does the double hold requests against?

`extract` cuts the bodies of the operations that the double serves out of the description, with all schemas that they
refer to, and drops the prose. The cut is kept in contract.json, so that tests run without the description;
test_double_contract.py says when the two differ. To renew it:

    python -m tests.double.contract path/to/discord-openapi.json

Source: Discord's "HTTP API (Preview)" description, version 10, MIT licence.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

__all__ = ["KEPT", "OPERATIONS", "extract"]

KEPT = Path(__file__).with_name("contract.json")

OPERATIONS = (
    "bulk_set_application_commands",
    "bulk_set_guild_application_commands",
    "create_application_command",
    "create_dm",
    "create_guild_application_command",
    "create_interaction_response",
    "create_message",
    "create_thread",
    "create_thread_from_message",
    "create_webhook",
    "execute_webhook",
    "update_application_command",
    "update_guild_application_command",
    "update_message",
    "update_original_webhook_message",
    "update_webhook",
    "update_webhook_by_token",
    "update_webhook_message",
)

_METHODS = {"get", "put", "post", "patch", "delete"}
_PROSE = {"description", "title", "x-discord-union", "contentEncoding", "deprecated"}


def extract(description: dict[str, Any]) -> dict[str, Any]:
    """The bodies of `OPERATIONS` and the schemas behind them, without prose: {"paths", "bodies", "schemas"}."""
    schemas: dict[str, Any] = description["components"]["schemas"]
    paths: dict[str, str] = {}
    bodies: dict[str, Any] = {}
    for path, verbs in description["paths"].items():
        for method, operation in verbs.items():
            if method not in _METHODS:
                continue
            paths[operation["operationId"]] = f"{method.upper()} {path}"
            if operation["operationId"] in OPERATIONS:
                bodies[operation["operationId"]] = _bare(
                    operation["requestBody"]["content"]["application/json"]["schema"]
                )
    found: set[str] = set()
    _collect(bodies, schemas, found)
    return {
        "paths": dict(sorted(paths.items())),
        "bodies": dict(sorted(bodies.items())),
        "schemas": {name: _bare(schemas[name]) for name in sorted(found)},
    }


def _collect(shape: Any, schemas: dict[str, Any], found: set[str]) -> None:
    if isinstance(shape, dict):
        if "$ref" in shape:
            name = shape["$ref"].rsplit("/", 1)[-1]
            if name not in found:
                found.add(name)
                _collect(schemas[name], schemas, found)
        for each in shape.values():
            _collect(each, schemas, found)
    elif isinstance(shape, list):
        for each in shape:
            _collect(each, schemas, found)


def _bare(shape: Any, *, names: bool = False) -> Any:
    # Under "properties" the keys are Discord's field names, and one of those may be called "title" or "description".
    if isinstance(shape, dict):
        return {
            key: _bare(value, names=key == "properties" and not names)
            for key, value in shape.items()
            if names or key not in _PROSE
        }
    return [_bare(each) for each in shape] if isinstance(shape, list) else shape


if __name__ == "__main__":
    cut = extract(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    KEPT.write_text(json.dumps(cut, separators=(",", ":"), sort_keys=True) + "\n", encoding="utf-8")
