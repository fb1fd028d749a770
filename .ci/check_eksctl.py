"""Validates ClusterConfigs: check_eksctl.py SCHEMA FILE…"""

import json
import re
import sys

import jsonschema
import yaml


def beyond_the_schema(path, config):
    """What eksctl checks in code (pkg/apis/eksctl.io/v1alpha5/validation.go) and EKS in its API."""
    groups = config.get("managedNodeGroups", [])
    names = [group["name"] for group in groups]
    assert len(set(names)) == len(names) and all(re.fullmatch("[a-zA-Z0-9-]{1,63}", name) for name in names), path
    assert re.fullmatch("[a-zA-Z][a-zA-Z0-9-]{0,99}", config["metadata"]["name"]), path
    addons = {addon["name"]: addon for addon in config.get("addons", [])}
    for addon in addons.values():
        json.loads(addon.get("configurationValues", "{}"))
    for name, value in json.loads(addons.get("vpc-cni", {}).get("configurationValues", "{}")).get("env", {}).items():
        # Texts all of them, as the add-on's own schema has it (aws eks describe-addon-configuration).
        assert name in {"ENABLE_PREFIX_DELEGATION", "MINIMUM_IP_TARGET", "WARM_IP_TARGET", "WARM_PREFIX_TARGET"} and isinstance(value, str), path
    associations = config.get("iam", {}).get("podIdentityAssociations", [])
    if groups:
        assert not associations or "eks-pod-identity-agent" in addons, f"{path}: identities need the agent"
    places = [(entry["namespace"], entry["serviceAccountName"]) for entry in associations]
    assert len(set(places)) == len(places), f"{path}: a service account has two identities"
    for entry in associations:
        rights = [key for key in ("roleARN", "permissionPolicy", "permissionPolicyARNs", "wellKnownPolicies") if key in entry]
        assert len(rights) == 1, f"{path}: {entry} has {rights}"
    for group in groups:
        assert 0 <= group["minSize"] <= group["desiredCapacity"] <= group["maxSize"], path
        assert not {"withShared", "withLocal"} & set(group.get("securityGroups", {})), path
        assert not ("instanceType" in group and "instanceTypes" in group), path
        update = group.get("updateConfig", {})
        assert ("maxUnavailable" in update) != ("maxUnavailablePercentage" in update), path
        if "maxUnavailable" in update:
            assert 1 <= update["maxUnavailable"] <= max(1, group["maxSize"]), path
        else:
            # EKS takes whole per cent, and none would never finish.
            assert 1 <= update["maxUnavailablePercentage"] <= 100, path
        assert not (group.get("disablePodIMDS") and group.get("iam", {}).get("withAddonPolicies")), path
        for key in group["labels"]:
            assert not key.endswith(("kubernetes.io", "k8s.io")), path
    if any(group["amiFamily"].startswith("Windows") for group in groups):
        assert any(not group["amiFamily"].startswith("Windows") for group in groups), f"{path}: CoreDNS needs Linux"
        assert json.loads(addons["vpc-cni"]["configurationValues"])["enableWindowsIpam"] == "true", path
    private = config.get("vpc", {}).get("subnets", {}).get("private")
    if private is not None:
        assert len(private) >= 2 and all(group["privateNetworking"] for group in groups), path


def main(schema_path, *paths):
    with open(schema_path, encoding="utf-8") as file:
        schema = json.load(file)
    validator = jsonschema.Draft7Validator(schema)
    for path in paths:
        with open(path, encoding="utf-8") as file:
            config = yaml.safe_load(file)
        errors = [f"{'/'.join(map(str, error.path))}: {error.message}" for error in validator.iter_errors(config)]
        assert not errors, f"{path}: {errors}"
        beyond_the_schema(path, config)
        groups, identities = len(config.get("managedNodeGroups", [])), len(config.get("iam", {}).get("podIdentityAssociations", []))
        print(f"{path.rsplit('/', 1)[-1]}: valid, {groups} node groups, {identities} pod identities")


if __name__ == "__main__":
    main(*sys.argv[1:])
