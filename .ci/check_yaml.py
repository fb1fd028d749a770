"""Reads YAML files with two parsers and compares both with what the program wrote: check_yaml.py TREES FOLDER

TREES is JSON: for each file of FOLDER the documents that its YAML was made from, written by a JSON writer that knows
nothing of YAML (src/render/written_trees.rs). PyYAML reads YAML 1.1, ruamel.yaml 1.2.
"""

import json
import pathlib
import sys

import ruamel.yaml
import yaml


def spelled(value):
    """One text for each value: true is not 1, and 1 is not 1.0; a date is an error."""
    return json.dumps(value, sort_keys=True, allow_nan=False)


def main(trees, folder):
    folder = pathlib.Path(folder)
    with open(trees, encoding="utf-8") as file:
        trees = json.load(file)
    found = {path.relative_to(folder).as_posix() for kind in ("*.yaml", "*.yml") for path in folder.rglob(kind)}
    assert found == set(trees), f"only one has {sorted(found ^ set(trees))}"
    readers = {
        "PyYAML (1.1)": lambda text: list(yaml.load_all(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))),
        "PyYAML in Python (1.1)": lambda text: list(yaml.safe_load_all(text)),
        "ruamel.yaml (1.2)": lambda text: list(ruamel.yaml.YAML(typ="safe", pure=True).load_all(text)),
    }
    documents = 0
    for path, written in trees.items():
        # Bytes as they are: a text file's line ends would be changed on the way.
        text = (folder / path).read_bytes().decode("utf-8")
        documents += len(written)
        for name, read in readers.items():
            got = read(text)
            assert len(got) == len(written), f"{path}: {name} reads {len(got)} documents of {len(written)}"
            for number, (one, other) in enumerate(zip(got, written)):
                assert spelled(one) == spelled(other), f"{path}, document {number}: {name} reads\n{one!r}\nwritten was\n{other!r}"
    print(f"{len(trees)} files with {documents} YAML documents are read as they were written, by {', '.join(readers)}")


if __name__ == "__main__":
    main(*sys.argv[1:])
