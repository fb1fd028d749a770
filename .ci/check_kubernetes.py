"""Validates the output of `eb2eks plan` with readers that the project did not write.

check_kubernetes.py FOLDER KUBERNETES_VERSION

- Every YAML file is read by PyYAML (YAML 1.1) and ruamel.yaml (1.2), which must agree.
- Every object of Kubernetes' own kinds passes the strict schema of that version (kubernetes-validate, strict: no
  unknown field). Custom resources, for which it has no schema, are held to the limited shapes below.
- Names are unique for each kind and namespace on each cluster; what an object names exists beside it.
- Every JSON file parses; HCL is read by python-hcl2.
"""

import json
import pathlib
import re
import sys
import warnings

import hcl2
import jsonschema
import kubernetes_validate
import ruamel.yaml
import yaml

warnings.filterwarnings("ignore")


def closed(required, **properties):
    return {"type": "object", "required": required, "properties": properties, "additionalProperties": False}


TEXT = {"type": "string"}
TEXTS = {"type": "object", "additionalProperties": TEXT}
COUNT = {"type": "integer", "minimum": 0}
NAME = {"type": "string", "pattern": "^[a-z]([-a-z0-9]*[a-z0-9])?$", "maxLength": 63}
METADATA = {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}}

# The fields that the project writes, as the CRDs of KEDA 2.16, external-secrets 1.1, Karpenter 1.1 and Argo CD 2.13
# have them. A limited check: a misspelt field fails, a wrong value of a right one may pass.
CUSTOM = {
    ("keda.sh/v1alpha1", "ScaledObject"): closed(
        ["scaleTargetRef", "triggers", "minReplicaCount", "maxReplicaCount"],
        advanced=closed(["horizontalPodAutoscalerConfig"], horizontalPodAutoscalerConfig=closed([], behavior={"type": "object"}, name=NAME)),
        maxReplicaCount=COUNT,
        minReplicaCount=COUNT,
        scaleTargetRef=closed(["name"], name=NAME),
        triggers={
            "type": "array",
            "minItems": 1,
            "items": closed(["type", "metadata"], type={"enum": ["aws-sqs-queue", "cpu", "cron"]}, metadata=TEXTS, metricType={"const": "Utilization"}),
        },
    ),
    ("external-secrets.io/v1", "ExternalSecret"): closed(
        ["secretStoreRef", "target", "data"],
        refreshInterval=TEXT,
        secretStoreRef=closed(["name", "kind"], name=NAME, kind={"const": "ClusterSecretStore"}),
        target=closed(["name"], name=NAME, creationPolicy={"const": "Owner"}),
        data={
            "type": "array",
            "minItems": 1,
            "items": closed(["secretKey", "remoteRef"], secretKey=TEXT, remoteRef=closed(["key"], key=TEXT, property=TEXT)),
        },
    ),
    ("external-secrets.io/v1", "ClusterSecretStore"): closed(
        ["provider"], provider=closed(["aws"], aws=closed(["service", "region"], service={"const": "SecretsManager"}, region=TEXT))
    ),
    ("karpenter.sh/v1", "NodePool"): closed(["template"], template={"type": "object"}, disruption={"type": "object"}, limits={"type": "object"}),
    ("karpenter.k8s.aws/v1", "EC2NodeClass"): {"type": "object", "required": ["amiSelectorTerms", "role", "subnetSelectorTerms", "securityGroupSelectorTerms"]},
    ("argoproj.io/v1alpha1", "Application"): closed(
        ["project", "source", "destination"], project=TEXT, source={"type": "object"}, destination={"type": "object"}, syncPolicy={"type": "object"}
    ),
}

# Files of tools that read YAML of their own.
OTHER_TOOLS = re.compile(r"(^|/)(kustomization|helmfile|config|platform)\.yaml$|/values/[^/]+\.yaml$|^eksctl/")


def documents(path):
    text = path.read_text(encoding="utf-8")
    old = list(yaml.safe_load_all(text))
    new = list(ruamel.yaml.YAML(typ="safe", pure=True).load_all(text))
    assert old == new, f"{path}: YAML 1.1 and 1.2 readers disagree"
    return [document for document in old if document is not None]


def check_object(place, thing, version):
    kind = (thing["apiVersion"], thing["kind"])
    if kind in CUSTOM:
        schema = closed(["apiVersion", "kind", "metadata", "spec"], apiVersion=TEXT, kind=TEXT, metadata=METADATA, spec=CUSTOM[kind])
        jsonschema.Draft7Validator(schema).validate(thing)
    else:
        used = kubernetes_validate.validate(thing, version, strict=True)
        assert used == version, f"{place}: validated against {used}"
    return kind


def check_references(place, things):
    """An app's folder: selectors select, autoscalers scale, ingresses lead somewhere."""
    by_kind = {}
    for thing in things:
        key = (thing["kind"], thing["metadata"]["name"])
        assert key not in by_kind, f"{place}: two of {key}"
        by_kind[key] = thing
    [deployment] = [thing for thing in things if thing["kind"] == "Deployment"]
    name, pod = deployment["metadata"]["name"], deployment["spec"]["template"]
    assert deployment["spec"]["selector"]["matchLabels"].items() <= pod["metadata"]["labels"].items(), place
    spec = pod["spec"]
    assert ("ServiceAccount", spec["serviceAccountName"]) in by_kind, place
    ports = {port["name"] for port in spec["containers"][0]["ports"]}
    assert all(len(port) <= 15 for port in ports), place
    assert spec["terminationGracePeriodSeconds"] > spec["containers"][0].get("lifecycle", {}).get("preStop", {}).get("sleep", {}).get("seconds", 0)
    keys = {constraint["topologyKey"] for constraint in spec["topologySpreadConstraints"]}
    assert keys == {"topology.kubernetes.io/zone", "kubernetes.io/hostname"}, place
    for source in spec["containers"][0].get("envFrom", []):
        for kind, field in (("ConfigMap", "configMapRef"), ("ExternalSecret", "secretRef")):
            assert field not in source or (kind, source[field]["name"]) in by_kind, f"{place}: {source}"
    for thing in things:
        if thing["kind"] in ("HorizontalPodAutoscaler", "ScaledObject"):
            assert thing["spec"]["scaleTargetRef"]["name"] == name, place
            least, most = (thing["spec"].get(a, thing["spec"].get(b)) for a, b in (("minReplicas", "minReplicaCount"), ("maxReplicas", "maxReplicaCount")))
            assert 1 <= least <= most, f"{place}: {least} to {most}"
        if thing["kind"] == "Service":
            assert all(port["targetPort"] in ports for port in thing["spec"]["ports"]), place
        if thing["kind"] == "Ingress":
            for rule in thing["spec"]["rules"]:
                for path in rule["http"]["paths"]:
                    service = by_kind[("Service", path["backend"]["service"]["name"])]
                    assert path["backend"]["service"]["port"]["name"] in {port["name"] for port in service["spec"]["ports"]}, place
            json.loads(thing["metadata"]["annotations"]["alb.ingress.kubernetes.io/listen-ports"])
    assert sum(thing["kind"] in ("HorizontalPodAutoscaler", "ScaledObject") for thing in things) == 1, place


def main(folder, version):
    folder = pathlib.Path(folder)
    counts, by_folder, files = {}, {}, {"yaml": 0, "json": 0, "hcl": 0}
    for path in sorted(folder.rglob("*.yaml")) + sorted(folder.rglob("*.yml")):
        place = path.relative_to(folder).as_posix()
        files["yaml"] += 1
        found = documents(path)
        if OTHER_TOOLS.search(place) or place.startswith((".circleci", "platform/.")):
            continue
        for thing in found:
            kind = check_object(place, thing, version)
            counts[kind] = counts.get(kind, 0) + 1
            by_folder.setdefault(path.parent, []).append(thing)
    for parent, things in by_folder.items():
        if parent.name != "base" and (parent.parent / "base") in by_folder:
            check_references(parent.relative_to(folder).as_posix(), by_folder[parent.parent / "base"] + things)
    for path in sorted(folder.rglob("*.json")):
        files["json"] += 1
        json.loads(path.read_text(encoding="utf-8"))
    for path in sorted(folder.rglob("*.tf")):
        files["hcl"] += 1
        with open(path, encoding="utf-8") as file:
            hcl2.load(file)
    total = sum(counts.values())
    kinds = ", ".join(f"{count} {kind}" for (_, kind), count in sorted(counts.items(), key=lambda item: -item[1]))
    print(f"{total} objects valid for Kubernetes {version}: {kinds}")
    print(", ".join(f"{count} {kind} files" for kind, count in files.items()) + " parse")


if __name__ == "__main__":
    main(*sys.argv[1:])
