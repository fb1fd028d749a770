"""Reads ClusterConfigs with two YAML parsers and validates them: check_eksctl.py SCHEMA FILE…

PyYAML reads YAML 1.1, ruamel.yaml 1.2. Both must read the same, or tools would disagree about the file.
"""

import json
import sys

import jsonschema
import ruamel.yaml
import yaml


def main(schema_path, *paths):
    with open(schema_path, encoding="utf-8") as file:
        schema = json.load(file)
    validator = jsonschema.Draft7Validator(schema)
    for path in paths:
        with open(path, encoding="utf-8") as file:
            text = file.read()
        old = yaml.safe_load(text)
        new = ruamel.yaml.YAML(typ="safe", pure=True).load(text)
        assert old == new, f"{path}: YAML 1.1 and 1.2 readers disagree"
        errors = [f"{'/'.join(map(str, error.path))}: {error.message}" for error in validator.iter_errors(old)]
        assert not errors, f"{path}: {errors}"
        print(f"{path.rsplit('/', 1)[-1]}: valid, {len(old['managedNodeGroups'])} node groups")


if __name__ == "__main__":
    main(*sys.argv[1:])
