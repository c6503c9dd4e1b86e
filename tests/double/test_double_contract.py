"""Does the double refuse what Discord's own OpenAPI description refuses?"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openapi_schema_validator import OAS31Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from tests.double import rest, shapes
from tests.double.contract import KEPT, OPERATIONS, extract
from tests.double.errors import Faultfinder

DESCRIPTION = Path(__file__).resolve().parents[3] / "shared" / "discord-openapi.json"
SCHEMAS: dict[str, Any] = shapes.contract()["schemas"]

Case = tuple[str, Any, Any]


def resolve(shape: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in shape:
        shape = SCHEMAS[shape["$ref"].rsplit("/", 1)[-1]]
    return shape


def options(shape: dict[str, Any]) -> list[dict[str, Any]]:
    return [each for each in shape.get("oneOf", shape.get("anyOf", ())) if each.get("type") != "null"]


def kind_of(shape: dict[str, Any]) -> str | None:
    kind = shape.get("type")
    return next(each for each in kind if each != "null") if isinstance(kind, list) else kind


def least(shape: dict[str, Any]) -> Any:
    """The smallest value that fits a shape."""
    shape = resolve(shape)
    if "enum" in shape:
        return shape["enum"][0]
    if inner := options(shape):
        return inner[0]["const"] if "const" in inner[0] else least(inner[0])
    match kind_of(shape):
        case "object":
            return {name: least(shape["properties"][name]) for name in shape.get("required", ())}
        case "array":
            return [least(shape["items"]) for _ in range(shape.get("minItems", 0))]
        case "string":
            return text_for(shape, shape.get("minLength", 0))
        case "boolean":
            return False
        case "integer" | "number":
            return max(0, shape.get("minimum", 0))
    return None


def text_for(shape: dict[str, Any], length: int) -> str:
    form = shape.get("format")
    if form == "snowflake":
        return "123456789012345678"
    if form == "uri":
        return "https://example.org/".ljust(length, "x")
    if form == "date-time":
        return "2026-03-01T08:00:00+00:00"
    return "x" * length


def cases(shape: dict[str, Any], where: str) -> Iterator[Case]:
    """For each bound in a shape, at any depth: where it is, a value at the bound, and one beyond it."""
    shape = resolve(shape)
    if "enum" in shape:
        yield where, shape["enum"][-1], max(shape["enum"]) + 10_000 if isinstance(shape["enum"][0], int) else "no such"
        return
    if inner := options(shape):
        if all("const" in each for each in inner):
            yield where, inner[-1]["const"], 10_000 if isinstance(inner[0]["const"], int) else "no such"
            return
        for each in inner:
            # Beside a second shape without a mark, what is too much for one may be right for the other.
            marked = len(inner) == 1 or "type" in resolve(each).get("properties", {})
            yield from ((at, good, bad if marked else None) for at, good, bad in cases(each, where))
        return
    kind = kind_of(shape)
    if kind == "object":
        base = least(shape)
        for name in shape.get("required", ()):
            yield f"{where}.{name}", base, {key: value for key, value in base.items() if key != name}
        for name, inside in shape.get("properties", {}).items():
            for at, good, bad in cases(inside, f"{where}.{name}"):
                yield at, base | {name: good}, None if bad is None else base | {name: bad}
    elif kind == "array":
        one = least(shape["items"])
        if "maxItems" in shape and not shape.get("uniqueItems"):
            most = shape["maxItems"]
            yield f"{where}[]", [one] * most, [one] * (most + 1)
        if shape.get("minItems"):
            yield f"{where}[]", [one] * shape["minItems"], [one] * (shape["minItems"] - 1)
        fill = [one] * max(0, shape.get("minItems", 0) - 1)
        for at, good, bad in cases(shape["items"], f"{where}[0]"):
            yield at, [good, *fill], None if bad is None else [bad, *fill]
    elif kind == "string" and "maxLength" in shape:
        yield where, text_for(shape, shape["maxLength"]), text_for(shape, shape["maxLength"] + 1)
        if shape.get("minLength"):
            yield where, text_for(shape, shape["minLength"]), "x" * (shape["minLength"] - 1)
    elif kind in ("integer", "number"):
        for bound, step in (("maximum", 1), ("minimum", -1)):
            if abs(shape.get(bound, 1 << 70)) < 1 << 53:
                yield where, shape[bound], shape[bound] + step


def all_cases() -> list[tuple[str, Any, Any]]:
    return [each for name in OPERATIONS for each in cases(shapes.contract()["bodies"][name], name)]


def verdict(operation: str, body: Any) -> Faultfinder:
    faults = Faultfinder()
    # The union of bodies that can't be told apart is not what is tested here.
    shapes._walk(shapes.contract()["bodies"][operation], body, (), faults)
    return faults


def test_the_kept_cut_is_what_the_description_says() -> None:
    if not DESCRIPTION.is_file():
        pytest.skip("no shared/discord-openapi.json beside the checkout: the kept cut can't be compared with it")
    description = json.loads(DESCRIPTION.read_text(encoding="utf-8"))
    assert extract(description) == json.loads(KEPT.read_text(encoding="utf-8")), "run python -m tests.double.contract"


def test_every_route_of_the_double_is_one_of_discords() -> None:
    def bare(route: str) -> str:
        return re.sub(r"\{[^}]*\}", "{}", route)

    known = {bare(each) for each in shapes.contract()["paths"].values()}
    assert {bare(each.template) for each in rest._ROUTES} <= known


def test_each_bound_of_the_description_is_kept_at_any_depth() -> None:
    checked = 0
    for where, good, bad in all_cases():
        operation = re.split(r"[.\[]", where)[0]
        assert not verdict(operation, good), (where, verdict(operation, good).found)
        if bad is not None:
            assert verdict(operation, bad), where
            checked += 1
    assert checked > 1000


@pytest.fixture(scope="module")
def validators() -> dict[str, OAS31Validator]:
    registry = Registry().with_resource(
        "urn:discord", Resource.from_contents({"components": {"schemas": SCHEMAS}}, default_specification=DRAFT202012)
    )
    renamed = json.loads(json.dumps(shapes.contract()["bodies"]).replace('"#/', '"urn:discord#/'))
    return {name: OAS31Validator(renamed[name], registry=registry) for name in OPERATIONS}


CASES = all_cases()


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(CASES), st.booleans())
def test_an_independent_validator_agrees(validators: dict[str, OAS31Validator], case: Case, beyond: bool) -> None:
    where, good, bad = case
    operation = re.split(r"[.\[]", where)[0]
    body = bad if beyond and bad is not None else good
    assert validators[operation].is_valid(body) == (not verdict(operation, body)), where
