"""Compares what two collections of the same estate found, but for the words of refusals.

usage: same_facts.py SNAPSHOT SNAPSHOT
"""

import json
import pathlib
import sys

one, other = (json.loads((pathlib.Path(folder) / "inventory.json").read_text()) for folder in sys.argv[1:3])
if one != other:
    sys.exit("the two inventories differ")
environments = one["environments"]
instances = sum(len(environment["instances"]) for environment in environments)
if not environments or not instances or not one["subnets"]:
    sys.exit("the inventory is empty")
series = [json.loads((pathlib.Path(folder) / "manifest.json").read_text())["scopes"][0]["coverage"]["series"] for folder in sys.argv[1:3]]
if series[0] != series[1]:
    sys.exit(f"the histories differ: {series}")
print(f"{len(environments)} environments, {instances} instances, series {series[0]}: the same with and without faults")
