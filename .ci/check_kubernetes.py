"""Validates the output of `eb2eks plan` with readers that the project did not write.

check_kubernetes.py FOLDER KUBERNETES_VERSION CUSTOM_RESOURCES

- Every object of Kubernetes' own kinds passes the strict schema of that version (kubernetes-validate, strict: no
  unknown field). Custom resources, for which it has no schema, are written to CUSTOM_RESOURCES, for
  check_custom_resources.mjs.
- Names are unique for each kind and namespace on each cluster; what an object names exists beside it.
- Every JSON file parses; HCL is read by python-hcl2.
"""

import json
import pathlib
import re
import sys
import warnings

import hcl2
import kubernetes_validate
import yaml

warnings.filterwarnings("ignore")


# The settings of KEDA's triggers are free text in its types; these are those that its documentation requires of each.
TRIGGERS = {
    "aws-sqs-queue": {"awsRegion", "identityOwner", "queueLength", "queueURL"},
    "cpu": {"value"},
    "cron": {"desiredReplicas", "end", "start", "timezone"},
}

CUSTOM_GROUPS = {"argoproj.io", "external-secrets.io", "karpenter.k8s.aws", "karpenter.sh", "keda.sh"}

# Files of tools that read YAML of their own.
OTHER_TOOLS = re.compile(r"(^|/)(Chart|kustomization|helmfile|config|platform)\.yaml$|/values/[^/]+\.yaml$|^eksctl/")


def documents(path):
    # That both YAML readers read what was written is check_yaml.py's to find.
    return [document for document in yaml.safe_load_all(path.read_text(encoding="utf-8")) if document is not None]


def check_object(place, thing, version):
    """Its kind; and whether it is a custom resource, which check_custom_resources.mjs judges."""
    kind = (thing["apiVersion"], thing["kind"])
    if kind[0].split("/")[0] in CUSTOM_GROUPS:
        for trigger in thing["spec"].get("triggers", []) if kind[1] == "ScaledObject" else []:
            assert set(trigger["metadata"]) == TRIGGERS[trigger["type"]], f"{place}: {trigger}"
        return kind, True
    used = kubernetes_validate.validate(thing, version, strict=True)
    assert used == version, f"{place}: validated against {used}"
    return kind, False


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
    # A worker's app is a sidecar of its queue daemon.
    [app] = [container for container in spec.get("initContainers", []) + spec["containers"] if container["name"] == "app"]
    ports = {port["name"] for port in app["ports"]}
    assert all(len(port) <= 15 for port in ports), place
    assert spec["terminationGracePeriodSeconds"] > app.get("lifecycle", {}).get("preStop", {}).get("sleep", {}).get("seconds", 0)
    assert "ephemeral-storage" in app["resources"]["requests"], f"{place}: nodes are packed with it"
    keys = {constraint["topologyKey"] for constraint in spec["topologySpreadConstraints"]}
    assert keys == {"topology.kubernetes.io/zone", "kubernetes.io/hostname"}, place
    for source in app.get("envFrom", []):
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


def main(folder, version, custom_resources):
    folder = pathlib.Path(folder)
    custom = []
    counts, by_folder, files = {}, {}, {"yaml": 0, "json": 0, "hcl": 0}
    for path in sorted(folder.rglob("*.yaml")) + sorted(folder.rglob("*.yml")):
        place = path.relative_to(folder).as_posix()
        files["yaml"] += 1
        found = documents(path)
        if OTHER_TOOLS.search(place) or place.startswith((".circleci", "platform/.")):
            continue
        for thing in found:
            kind, is_custom = check_object(place, thing, version)
            if is_custom:
                custom.append({"place": place, "object": thing})
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
    with open(custom_resources, "w", encoding="utf-8") as file:
        json.dump(custom, file)
    total = sum(counts.values())
    kinds = ", ".join(f"{count} {kind}" for (_, kind), count in sorted(counts.items(), key=lambda item: -item[1]))
    print(f"{total} objects, {total - len(custom)} of them Kubernetes' own and valid for {version}: {kinds}")
    print(", ".join(f"{count} {kind} files" for kind, count in files.items()) + " parse")


if __name__ == "__main__":
    main(*sys.argv[1:])
