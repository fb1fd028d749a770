//! The files that make a platform, as an engineer with an empty account would come to them: what one of them names,
//! another makes before.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use serde_json::{Value, json};

use crate::program::{Desk, files_below, planned_sample, sample};

/// An output folder with its plan.
pub(crate) struct Output {
    pub(crate) plan: Value,
    files: BTreeMap<String, Vec<u8>>,
}

/// The sample by the defaults, and by a policy that chooses every other tool.
pub(crate) fn both_policies() -> [&'static Output; 2] {
    static BOTH: OnceLock<[Output; 2]> = OnceLock::new();
    BOTH.get_or_init(|| {
        let by_default = Output {
            plan: planned_sample().json(),
            files: planned_sample().files.clone(),
        };
        let desk = Desk::new();
        let policy = "[platform]\ndelivery = \"argo-cd\"\nci = \"github-actions\"\nmonitoring = \"cloudwatch\"\nnode_autoscaler = \"karpenter\"\napps_repository = \"https://github.com/example/apps.git\"\ndelivery_role = \"arn:aws:iam::111122223333:role/argo\"\n[platform.team_roles]\n\"arn:aws:iam::111122223333:role/booking-team\" = [\"booking*\"]\n[platform.certificates]\neks-1 = \"arn:aws:acm:ap-northeast-1:111122223333:certificate/99999999-0000-0000-0000-000000000001\"\n";
        desk.plan_by(policy, &sample()).assert_planned(0);
        let files = files_below(&desk.out());
        let other = Output {
            plan: serde_json::from_slice(&files["plan.json"]).expect("JSON"),
            files,
        };
        [by_default, other]
    })
    .each_ref()
}

impl Output {
    pub(crate) fn text(&self, path: &str) -> &str {
        let bytes = self
            .files
            .get(path)
            .unwrap_or_else(|| panic!("there is no {path}"));
        std::str::from_utf8(bytes).expect("UTF-8")
    }

    pub(crate) fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    pub(crate) fn yaml(&self, path: &str) -> Value {
        serde_saphyr::from_str(self.text(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Every document of a file.
    pub(crate) fn all(&self, path: &str) -> Vec<Value> {
        self.text(path)
            .split("---\n")
            .filter(|document| !document.trim().is_empty())
            .map(|document| {
                serde_saphyr::from_str(document).unwrap_or_else(|error| panic!("{path}: {error}"))
            })
            .collect()
    }

    pub(crate) fn clusters(&self) -> Vec<String> {
        self.plan["clusters"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|cluster| cluster["name"].as_str().expect("a name").to_owned())
            .collect()
    }

    /// What was packed onto a cluster.
    pub(crate) fn packed(&self, cluster: &str) -> Vec<Value> {
        self.plan["clusters"]
            .as_array()
            .expect("a list")
            .iter()
            .find(|it| it["name"] == cluster)
            .expect("it is there")["workloads"]
            .as_array()
            .expect("a list")
            .clone()
    }

    pub(crate) fn releases(&self, cluster: &str) -> Vec<Value> {
        self.yaml(&format!("platform/{cluster}/helmfile.yaml"))["releases"]
            .as_array()
            .expect("a list")
            .clone()
    }

    /// Of a release of a chart.
    pub(crate) fn values(&self, cluster: &str, release: &Value) -> Value {
        match release["values"][0].as_str() {
            Some(path) => self.yaml(&format!("platform/{cluster}/{path}")),
            None => Value::Null,
        }
    }

    /// What CloudWatch's add-on is told, where it is chosen.
    pub(crate) fn cloudwatch(&self, cluster: &str) -> Option<Value> {
        let config = self.yaml(&format!("eksctl/{cluster}.yaml"));
        let addon = config["addons"]
            .as_array()?
            .iter()
            .find(|addon| addon["name"] == "amazon-cloudwatch-observability")?;
        serde_json::from_str(addon["configurationValues"].as_str()?).ok()
    }

    /// The objects of a release of objects.
    fn objects(&self, cluster: &str, release: &Value) -> Vec<Value> {
        let Some(chart) = release["chart"]
            .as_str()
            .and_then(|it| it.strip_prefix("./"))
        else {
            return Vec::new();
        };
        let folder = format!("platform/{cluster}/{chart}/");
        assert_eq!(
            self.yaml(&format!("{folder}Chart.yaml"))["name"],
            release["name"]
        );
        self.paths()
            .filter(|path| path.starts_with(&format!("{folder}templates/")))
            .flat_map(|path| self.all(path))
            .collect()
    }

    /// Every document of the apps' folders.
    pub(crate) fn of_apps(&self) -> Vec<(String, Value)> {
        self.paths()
            .filter(|path| path.starts_with("apps/") && path.ends_with(".yaml"))
            .flat_map(|path| {
                self.all(path)
                    .into_iter()
                    .map(|object| (path.to_owned(), object))
            })
            .collect()
    }

    /// Environments that move.
    fn moving(&self) -> Vec<Value> {
        self.plan["environments"]
            .as_array()
            .expect("a list")
            .iter()
            .filter(|it| it["outcome"]["status"] == "planned")
            .cloned()
            .collect()
    }
}

/// Every text in a document.
fn texts(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
        Value::Object(fields) => fields.values().for_each(|value| texts(value, found)),
        _ => {}
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("a text: {value}"))
}

/// `NAMESPACE/NAME`
fn place(release: &Value) -> String {
    format!("{}/{}", text(&release["namespace"]), text(&release["name"]))
}

#[test]
fn what_a_release_waits_for_is_made_by_one_that_it_needs() {
    for output in both_policies() {
        for cluster in output.clusters() {
            let releases = output.releases(&cluster);
            let by_place: BTreeMap<String, &Value> = releases
                .iter()
                .map(|release| (place(release), release))
                .collect();
            // All that must be there before, through every release between.
            let before = |release: &Value| {
                let mut before = BTreeSet::new();
                let mut next = vec![release];
                while let Some(release) = next.pop() {
                    for needed in release["needs"].as_array().into_iter().flatten() {
                        let needed = text(needed).to_owned();
                        let found = by_place
                            .get(&needed)
                            .unwrap_or_else(|| panic!("{} needs {needed}", place(release)));
                        if before.insert(needed) {
                            next.push(found);
                        }
                    }
                }
                before
            };
            let mut secrets: BTreeMap<(String, String), String> = BTreeMap::new();
            for release in &releases {
                assert!(!before(release).contains(&place(release)), "a circle");
                for object in output.objects(&cluster, release) {
                    let provider = match text(&object["apiVersion"]).split('/').next() {
                        Some("external-secrets.io") => Some("external-secrets/external-secrets"),
                        Some("karpenter.sh" | "karpenter.k8s.aws") => Some("kube-system/karpenter"),
                        _ => None,
                    };
                    if let Some(provider) = provider {
                        assert!(before(release).contains(provider), "{}", place(release));
                        assert_eq!(release["disableValidationOnInstall"], true);
                    }
                    if object["kind"] == "ExternalSecret" {
                        let key = (
                            text(&object["metadata"]["namespace"]).to_owned(),
                            text(&object["spec"]["target"]["name"]).to_owned(),
                        );
                        secrets.insert(key, place(release));
                    }
                }
            }
            for release in &releases {
                let values = output.values(&cluster, release);
                let existing = &values["datadog"]["apiKeyExistingSecret"];
                if let Some(secret) = existing.as_str() {
                    let key = (text(&release["namespace"]).to_owned(), secret.to_owned());
                    let maker = secrets
                        .get(&key)
                        .unwrap_or_else(|| panic!("nobody makes {secret}"));
                    assert!(before(release).contains(maker), "{}", place(release));
                }
                // The cluster agent's token and Service are of the other release.
                if values["existingClusterAgent"]["join"] == true {
                    assert!(before(release).contains("monitoring/datadog"));
                }
            }
        }
    }
}

#[test]
fn a_controller_that_is_down_keeps_no_other_service_from_being_made() {
    let values = both_policies()[0].yaml("platform/eks-1/values/aws-load-balancer-controller.yaml");
    assert_eq!(values["enableServiceMutatorWebhook"], false);
    for (path, object) in both_policies()[0].of_apps() {
        if object["kind"] == "Service" && object["spec"]["type"] == "LoadBalancer" {
            assert_eq!(
                object["spec"]["loadBalancerClass"], "service.k8s.aws/nlb",
                "{path}"
            );
        }
    }
}

#[test]
fn logs_are_searched_in_one_place_only() {
    let [datadog, cloudwatch] = both_policies();
    let outputs = |output: &Output| {
        output.yaml("platform/eks-1/values/fluent-bit.yaml")["config"]["outputs"]
            .as_str()
            .expect("a text")
            .to_owned()
    };
    assert!(!outputs(datadog).contains("cloudwatch"));
    for cluster in cloudwatch.clusters() {
        let told = cloudwatch.cloudwatch(&cluster).expect("it is chosen");
        let ours = cloudwatch.yaml(&format!("platform/{cluster}/values/fluent-bit.yaml"));
        let is_ours = text(&ours["config"]["outputs"]).contains("cloudwatch_logs");
        assert_ne!(
            told["containerLogs"]["enabled"] == true,
            is_ours,
            "{cluster}"
        );
    }
}

#[test]
fn a_group_of_machines_is_in_one_zone_and_all_of_them_are_what_was_planned() {
    for output in both_policies() {
        for cluster in output.plan["clusters"].as_array().expect("a list") {
            let config = output.yaml(&format!("eksctl/{}.yaml", text(&cluster["name"])));
            let managed = config["managedNodeGroups"].as_array().expect("a list");
            for group in cluster["node_groups"].as_array().expect("a list") {
                let name = text(&group["name"]);
                let parts: Vec<&Value> = managed
                    .iter()
                    .filter(|it| {
                        let zone = text(&it["availabilityZones"][0]);
                        it["name"] == format!("{name}-{zone}")
                    })
                    .collect();
                let sum = |key: &str| {
                    parts
                        .iter()
                        .map(|it| it[key].as_u64().expect("a size"))
                        .sum::<u64>()
                };
                let planned = |key: &str| group[key].as_u64().expect("a size");
                assert_eq!(sum("minSize"), planned("min_size"), "{name}");
                assert_eq!(
                    sum("desiredCapacity"),
                    planned("desired_capacity"),
                    "{name}"
                );
                // None is full while another may grow, and the autoscaler stops at the planned sum.
                assert!(sum("maxSize") >= planned("max_size"), "{name}");
                let zones: BTreeSet<&str> = parts
                    .iter()
                    .map(|it| text(&it["availabilityZones"][0]))
                    .collect();
                let subnets = config["vpc"]["subnets"]["private"]
                    .as_object()
                    .expect("subnets");
                assert_eq!(
                    zones,
                    subnets.keys().map(String::as_str).collect(),
                    "{name}"
                );
                // Each zone has as many as the placement puts there.
                for part in &parts {
                    let placed = group["normal"]["placement"]
                        .as_array()
                        .expect("a list")
                        .iter()
                        .filter(|node| node["zone"] == part["availabilityZones"][0])
                        .count();
                    assert_eq!(
                        part["desiredCapacity"].as_u64(),
                        Some(placed as u64),
                        "{part}"
                    );
                }
                for part in parts {
                    assert_eq!(part["disablePodIMDS"], true);
                    let update = &part["updateConfig"];
                    assert_ne!(
                        update["maxUnavailable"].is_null(),
                        update["maxUnavailablePercentage"].is_null(),
                        "eksctl takes one of them"
                    );
                }
            }
        }
    }
    let output = both_policies()[0];
    let values = output.yaml("platform/eks-1/values/cluster-autoscaler.yaml");
    let total: u64 = output.plan["clusters"][0]["node_groups"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|group| group["max_size"].as_u64().expect("a size"))
        .sum();
    assert_eq!(values["extraArgs"]["max-nodes-total"], total);
}

#[test]
fn the_autoscaler_waits_for_the_slowest_pod() {
    let output = both_policies()[0];
    for cluster in output.clusters() {
        let values = output.yaml(&format!(
            "platform/{cluster}/values/cluster-autoscaler.yaml"
        ));
        let waits = values["extraArgs"]["max-graceful-termination-sec"]
            .as_u64()
            .expect("a number");
        for (path, object) in output.of_apps() {
            let grace = &object["spec"]["template"]["spec"]["terminationGracePeriodSeconds"];
            if let Some(grace) = grace.as_u64() {
                assert!(waits >= grace, "{path}: {grace} s");
            }
        }
    }
}

#[test]
fn karpenter_finds_everything_that_it_is_told_of() {
    let output = both_policies()[1];
    let made: Value = serde_json::from_str(output.text("bootstrap/main.tf.json")).expect("JSON");
    let made = &made["resource"];
    let names = |kind: &str| -> BTreeSet<String> {
        made[kind]
            .as_object()
            .into_iter()
            .flat_map(|all| all.values())
            .map(|it| text(&it["name"]).to_owned())
            .collect()
    };
    for cluster in output.clusters() {
        let config = output.yaml(&format!("eksctl/{cluster}.yaml"));
        let values = output.yaml(&format!("platform/{cluster}/values/karpenter.yaml"));
        let queue = text(&values["settings"]["interruptionQueue"]);
        assert!(names("aws_sqs_queue").contains(queue), "{queue}");
        let associations = config["iam"]["podIdentityAssociations"]
            .as_array()
            .expect("a list");
        let rights = associations
            .iter()
            .find(|it| it["serviceAccountName"] == values["serviceAccount"]["name"])
            .expect("karpenter has rights of its own");
        assert_eq!(rights["namespace"], "kube-system");
        let document = rights["permissionPolicy"].to_string();
        assert!(
            document.len() <= 10_240,
            "an inline policy has so many characters at most"
        );
        assert!(document.contains(&format!(":{queue}\"")));
        assert!(
            !associations
                .iter()
                .any(|it| it["serviceAccountName"] == "cluster-autoscaler"),
            "one of the two"
        );
        let objects: Vec<Value> = output
            .releases(&cluster)
            .iter()
            .flat_map(|release| output.objects(&cluster, release))
            .collect();
        let classes: Vec<&Value> = objects
            .iter()
            .filter(|it| it["kind"] == "EC2NodeClass")
            .collect();
        let pools: Vec<&Value> = objects
            .iter()
            .filter(|it| it["kind"] == "NodePool")
            .collect();
        assert!(!pools.is_empty() && classes.len() == pools.len());
        for class in classes {
            let role = text(&class["spec"]["role"]);
            assert!(names("aws_iam_role").contains(role), "{role}");
            assert!(
                document.contains(&format!("role/{role}\"")),
                "it may hand the role on"
            );
            let entries = config["accessConfig"]["accessEntries"]
                .as_array()
                .expect("a list");
            assert!(
                entries.iter().any(|it| {
                    it["type"] == "EC2_LINUX"
                        && text(&it["principalARN"]).ends_with(&format!("role/{role}"))
                }),
                "its nodes may join"
            );
            assert_eq!(
                class["spec"]["blockDeviceMappings"][0]["ebs"]["volumeSize"],
                "100Gi"
            );
        }
        for pool in pools {
            assert!(
                pool["spec"]["limits"]["cpu"].is_string(),
                "it stops somewhere"
            );
        }
    }
}

#[test]
fn rights_are_for_what_the_plan_knows() {
    for output in both_policies() {
        for cluster in output.clusters() {
            let config = output.yaml(&format!("eksctl/{cluster}.yaml"));
            let associations = config["iam"]["podIdentityAssociations"]
                .as_array()
                .expect("a list");
            let resources = |account: &str| -> Vec<String> {
                let mut found = Vec::new();
                for it in associations
                    .iter()
                    .filter(|it| it["serviceAccountName"] == account)
                {
                    for statement in it["permissionPolicy"]["Statement"]
                        .as_array()
                        .expect("a list")
                    {
                        texts(&statement["Resource"], &mut found);
                    }
                }
                found
            };
            for account in ["external-secrets", "keda-operator", "fluent-bit"] {
                let all = resources(account);
                assert!(!all.is_empty(), "{account}");
                for arn in &all {
                    let name = arn.splitn(6, ':').nth(5).expect("an ARN");
                    assert!(
                        !name.starts_with('*') && name != "secret:*",
                        "{account}: {arn}"
                    );
                }
            }
            // Every secret that an ExternalSecret of this cluster reads is among them, and no other.
            let mut read: BTreeSet<String> = BTreeSet::new();
            for (path, object) in output.of_apps() {
                let is_here = output.paths().any(|other| {
                    other.starts_with(
                        &path.replace("base/external-secret.yaml", &format!("{cluster}/")),
                    )
                });
                if object["kind"] == "ExternalSecret" && is_here {
                    for data in object["spec"]["data"].as_array().expect("a list") {
                        read.insert(text(&data["remoteRef"]["key"]).to_owned());
                    }
                }
            }
            let allowed = resources("external-secrets");
            for secret in &read {
                assert!(
                    allowed
                        .iter()
                        .any(|arn| arn.ends_with(&format!(":secret:{secret}-??????"))),
                    "{secret}"
                );
            }
            let of_platform =
                usize::from(output.plan["inputs"]["policy"]["platform"]["monitoring"] == "datadog");
            assert_eq!(allowed.len(), read.len() + of_platform);
        }
    }
}

#[test]
fn a_store_of_secrets_is_open_to_the_namespaces_that_use_it() {
    for output in both_policies() {
        for cluster in output.clusters() {
            let stores: BTreeMap<String, Value> = output
                .releases(&cluster)
                .iter()
                .flat_map(|release| output.objects(&cluster, release))
                .filter(|object| object["kind"] == "ClusterSecretStore")
                .map(|object| (text(&object["metadata"]["name"]).to_owned(), object))
                .collect();
            for store in stores.values() {
                assert!(
                    !store["spec"]["conditions"][0]["namespaces"]
                        .as_array()
                        .expect("a list")
                        .is_empty()
                );
            }
            for (path, object) in output.of_apps() {
                if object["kind"] != "ExternalSecret" {
                    continue;
                }
                let folder = path.replace("base/external-secret.yaml", &format!("{cluster}/"));
                if !output.paths().any(|path| path.starts_with(&folder)) {
                    continue;
                }
                let store = &stores[text(&object["spec"]["secretStoreRef"]["name"])];
                let namespaces = store["spec"]["conditions"][0]["namespaces"]
                    .as_array()
                    .expect("a list");
                assert!(
                    namespaces.contains(&object["metadata"]["namespace"]),
                    "{path}"
                );
            }
        }
    }
}

#[test]
fn pods_get_their_readiness_gate_from_their_namespace_and_everything_is_in_one() {
    for output in both_policies() {
        for cluster in output.clusters() {
            let objects = output.all(&format!("apps/namespaces/{cluster}.yaml"));
            let namespaces: BTreeSet<&str> = objects
                .iter()
                .filter(|object| object["kind"] == "Namespace")
                .map(|object| {
                    assert_eq!(
                        object["metadata"]["labels"]["elbv2.k8s.aws/pod-readiness-gate-inject"],
                        "enabled"
                    );
                    text(&object["metadata"]["name"])
                })
                .collect();
            for environment in output.moving() {
                if environment["outcome"]["manifests"]["clusters"]
                    .get(&cluster)
                    .is_some()
                {
                    assert!(
                        namespaces
                            .contains(text(&environment["outcome"]["manifests"]["namespace"]))
                    );
                }
            }
            for kind in [
                "ResourceQuota",
                "LimitRange",
                "RoleBinding",
                "NetworkPolicy",
            ] {
                let having: BTreeSet<&str> = objects
                    .iter()
                    .filter(|object| object["kind"] == kind)
                    .map(|object| text(&object["metadata"]["namespace"]))
                    .collect();
                assert_eq!(having, namespaces, "{kind}");
            }
            let roles: BTreeSet<&str> = objects
                .iter()
                .filter(|object| object["kind"] == "ClusterRole")
                .map(|object| text(&object["metadata"]["name"]))
                .collect();
            for binding in objects
                .iter()
                .filter(|object| object["kind"] == "RoleBinding")
            {
                assert!(roles.contains(text(&binding["roleRef"]["name"])));
            }
            assert!(
                objects
                    .iter()
                    .filter(|object| object["kind"] == "ClusterRole")
                    .all(|role| { !role["rules"].to_string().contains("\"secrets\"") }),
                "nobody reads Secrets"
            );
        }
    }
}

#[test]
fn production_and_staging_share_no_namespace_and_quotas_hold_what_is_planned() {
    let output = both_policies()[0];
    let mut stages: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut most: BTreeMap<(String, String), u64> = BTreeMap::new();
    for environment in output.moving() {
        let namespace = text(&environment["outcome"]["manifests"]["namespace"]).to_owned();
        stages
            .entry(namespace.clone())
            .or_default()
            .insert(text(&environment["stage"]).to_owned());
        for (cluster, replicas) in environment["outcome"]["sizing"]["replicas"]["clusters"]
            .as_object()
            .expect("clusters")
        {
            let count = |key: &str| replicas[key].as_u64().expect("a number");
            *most
                .entry((cluster.clone(), namespace.clone()))
                .or_default() += count("failover") + count("surge");
        }
    }
    assert!(stages.len() > 2 && stages.values().all(|stages| stages.len() == 1));
    for ((cluster, namespace), pods) in most {
        let objects = output.all(&format!("apps/namespaces/{cluster}.yaml"));
        let quota = objects
            .iter()
            .find(|object| {
                object["kind"] == "ResourceQuota" && object["metadata"]["namespace"] == namespace
            })
            .expect("a quota");
        let allowed: u64 = text(&quota["spec"]["hard"]["pods"])
            .parse()
            .expect("a number");
        assert!(
            allowed >= pods && allowed <= 2 * pods,
            "{namespace}: {allowed} of {pods}"
        );
    }
}

#[test]
fn a_policy_shuts_out_no_balancer() {
    let output = both_policies()[0];
    let inventory: Value = serde_json::from_slice(
        &std::fs::read(sample().join("inventory.json")).expect("the fixture"),
    )
    .expect("JSON");
    let range = |subnet: &str| {
        inventory["subnets"]
            .as_array()
            .expect("a list")
            .iter()
            .find(|it| it["id"] == subnet)
            .map(|it| text(&it["cidr"]).to_owned())
            .expect("a known subnet")
    };
    let mut checked = 0;
    for (path, object) in output.of_apps() {
        if object["kind"] != "Ingress" {
            continue;
        }
        let cluster = path.rsplit('/').nth(1).expect("a folder");
        let policy = output
            .all(&format!("apps/namespaces/{cluster}.yaml"))
            .into_iter()
            .find(|it| {
                it["kind"] == "NetworkPolicy"
                    && it["metadata"]["namespace"] == object["metadata"]["namespace"]
            })
            .expect("a policy");
        let subnets = text(&object["metadata"]["annotations"]["alb.ingress.kubernetes.io/subnets"]);
        for subnet in subnets.split(',') {
            assert!(
                policy["spec"]["ingress"][0]["from"]
                    .as_array()
                    .expect("a list")
                    .contains(&json!({"ipBlock": {"cidr": range(subnet)}})),
                "{path}: {subnet}"
            );
            checked += 1;
        }
    }
    assert!(checked > 0);
}

#[test]
fn every_balancer_is_told_what_to_ask() {
    for (path, object) in both_policies()[0].of_apps() {
        if object["kind"] == "Ingress" {
            let annotations = &object["metadata"]["annotations"];
            for name in ["healthcheck-path", "success-codes"] {
                let told = &annotations[format!("alb.ingress.kubernetes.io/{name}")];
                assert!(told.is_string(), "{path}: {name} would be / and 200");
            }
        }
    }
}

#[test]
fn roles_are_those_that_aws_named_and_windows_has_them_its_own_way() {
    let output = both_policies()[0];
    let inventory: Value = serde_json::from_slice(
        &std::fs::read(sample().join("inventory.json")).expect("the fixture"),
    )
    .expect("JSON");
    let known: BTreeSet<&str> = inventory["instance_profiles"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|it| text(&it["role_arn"]))
        .collect();
    let windows: BTreeSet<String> = output
        .moving()
        .iter()
        .filter(|it| it["operating_system"] == "windows")
        .map(|it| text(&it["outcome"]["kubernetes_name"]).to_owned())
        .collect();
    let mut associated = BTreeSet::new();
    for path in output
        .paths()
        .filter(|path| path.starts_with("eksctl/pod-identities/"))
    {
        let config = output.yaml(path);
        let all = config["iam"]["podIdentityAssociations"]
            .as_array()
            .expect("a list");
        assert_eq!(all.len(), 1, "{path} touches one app");
        let account = text(&all[0]["serviceAccountName"]);
        assert!(path.ends_with(&format!("/{account}.yaml")));
        assert!(known.contains(text(&all[0]["roleARN"])), "{path}");
        associated.insert(account.to_owned());
    }
    assert!(!windows.is_empty() && windows.is_disjoint(&associated));
    assert_eq!(output.yaml("eksctl/eks-1.yaml")["iam"]["withOIDC"], true);
    for (path, object) in output.of_apps() {
        if object["kind"] == "ServiceAccount" {
            let role = &object["metadata"]["annotations"]["eks.amazonaws.com/role-arn"];
            let is_windows = windows.contains(text(&object["metadata"]["name"]));
            assert_eq!(
                role.as_str().is_some_and(|role| known.contains(role)),
                is_windows,
                "{path}"
            );
        }
    }
}

#[test]
fn a_worker_starts_after_its_app_and_ends_before_it() {
    let mut found = 0;
    for (path, object) in both_policies()[0].of_apps() {
        let pod = &object["spec"]["template"]["spec"];
        let daemon = pod["containers"]
            .as_array()
            .into_iter()
            .flatten()
            .find(|it| it["name"] == "sqsd");
        let Some(daemon) = daemon else { continue };
        found += 1;
        let app = &pod["initContainers"][0];
        assert_eq!(
            (&app["name"], &app["restartPolicy"]),
            (&json!("app"), &json!("Always")),
            "{path}"
        );
        assert!(app["startupProbe"].is_object(), "the daemon waits for it");
        assert_eq!(pod["containers"].as_array().map(Vec::len), Some(1));
        let variable = |name: &str| {
            daemon["env"]
                .as_array()
                .expect("a list")
                .iter()
                .find(|it| it["name"] == name)
                .map(|it| text(&it["value"]).to_owned())
                .unwrap_or_else(|| panic!("{path}: {name}"))
        };
        assert_eq!(variable("SQSD_QUEUE_MAX_MSGS"), "1");
        let slowest: u64 = variable("SQSD_HTTP_TIMEOUT").parse().expect("a number");
        assert!(
            pod["terminationGracePeriodSeconds"]
                .as_u64()
                .is_some_and(|grace| grace > slowest)
        );
    }
    assert!(found > 0);
}

#[test]
fn the_bootstrap_makes_what_other_files_take_for_granted() {
    for output in both_policies() {
        let made: Value =
            serde_json::from_str(output.text("bootstrap/main.tf.json")).expect("JSON");
        let names = |kind: &str, key: &str| -> BTreeSet<String> {
            made["resource"][kind]
                .as_object()
                .into_iter()
                .flat_map(|all| all.values())
                .map(|it| text(&it[key]).to_owned())
                .collect()
        };
        let (repositories, secrets) = (
            names("aws_ecr_repository", "name"),
            names("aws_secretsmanager_secret", "name"),
        );
        let host = "111122223333.dkr.ecr.ap-northeast-1.amazonaws.com/";
        for (path, object) in output.of_apps() {
            let pod = &object["spec"]["template"]["spec"];
            for list in ["containers", "initContainers"] {
                for container in pod[list].as_array().into_iter().flatten() {
                    let image = text(&container["image"])
                        .strip_prefix(host)
                        .expect("the registry");
                    let name = image.split(':').next().expect("a name");
                    assert!(repositories.contains(name), "{path}: {name}");
                }
            }
            if object["kind"] == "ExternalSecret" {
                for data in object["spec"]["data"].as_array().expect("a list") {
                    let key = text(&data["remoteRef"]["key"]);
                    assert!(
                        key.starts_with("arn:") || secrets.contains(key),
                        "{path}: {key}"
                    );
                }
            }
        }
        for cluster in output.clusters() {
            let bucket = &output.yaml(&format!("platform/{cluster}/values/fluent-bit.yaml"))["config"]
                ["outputs"];
            assert!(
                names("aws_s3_bucket", "bucket")
                    .iter()
                    .any(|name| text(bucket).contains(&format!("bucket {name}\n")))
            );
            // Whoever is let in by name exists: the roles of the policy, or one that is made here.
            let policy = output.plan["inputs"]["policy"]["platform"].to_string();
            let config = output.yaml(&format!("eksctl/{cluster}.yaml"));
            for entry in config["accessConfig"]["accessEntries"]
                .as_array()
                .expect("a list")
            {
                let arn = text(&entry["principalARN"]);
                let name = arn.rsplit('/').next().expect("a name");
                assert!(
                    names("aws_iam_role", "name").contains(name) || policy.contains(arn),
                    "{arn}"
                );
            }
            let domains = names("aws_acm_certificate", "domain_name");
            for (path, object) in output.of_apps() {
                if object["kind"] == "Ingress" && path.contains(&format!("/{cluster}/")) {
                    let host = text(
                        &object["spec"]["rules"]
                            .as_array()
                            .and_then(|all| all.last())
                            .expect("a rule")["host"],
                    );
                    let wild = format!("*.{}", host.split_once('.').expect("a domain").1);
                    assert!(domains.contains(&wild), "{path}: {host}");
                }
            }
        }
    }
}

#[test]
fn the_preflight_only_reads_and_asks_for_what_is_planned() {
    let output = both_policies()[0];
    let script = output.text("preflight.sh");
    let mut calls = 0;
    let words: Vec<&str> = script.split_whitespace().collect();
    for window in words.windows(3) {
        if window[0].ends_with("aws") && !window[0].contains('#') && !window[1].starts_with('-') {
            let services = [
                "sts",
                "service-quotas",
                "cloudwatch",
                "eks",
                "elbv2",
                "ec2",
                "iam",
                "route53",
            ];
            if services.contains(&window[1]) {
                calls += 1;
                assert!(
                    ["get-", "list-", "describe-"]
                        .iter()
                        .any(|verb| window[2].starts_with(verb)),
                    "{window:?}"
                );
            }
        }
    }
    assert!(calls > 10);
    for subnet in output.plan["addresses"].as_array().expect("a list") {
        assert!(script.contains(&format!("subnet '{}'", text(&subnet["subnet"]))));
    }
    let trusts = output.text("bootstrap/role-trusts.sh");
    assert!(trusts.contains("\"sts:AssumeRole\", \"sts:TagSession\""));
}

#[test]
fn the_platforms_ci_takes_one_cluster_at_a_time() {
    let [circleci, github] = both_policies();
    let workflow =
        circleci.yaml("platform/.circleci/config.yml")["workflows"]["platform"]["jobs"].clone();
    let job = |name: &str| {
        workflow
            .as_array()
            .expect("a list")
            .iter()
            .find_map(|it| it.get(name).cloned())
            .unwrap_or_else(|| panic!("{name}"))
    };
    assert_eq!(job("approve-eks-2")["type"], "approval");
    assert_eq!(job("approve-eks-2")["requires"], json!(["apply-eks-1"]));
    assert!(
        job("apply-eks-2")["requires"]
            .as_array()
            .expect("a list")
            .contains(&json!("approve-eks-2"))
    );
    let jobs = github.yaml("platform/.github/workflows/platform.yml")["jobs"].clone();
    assert!(
        jobs["apply-eks-2"]["needs"]
            .as_array()
            .expect("a list")
            .contains(&json!("apply-eks-1"))
    );
    assert_eq!(jobs["apply-eks-2"]["environment"], "eks-2");
}

/// Karpenter's own template says what it calls: every right of it is given, on the same resources under the same
/// conditions, and no other. `tests/karpenter/rights.csv` has them, one a line: of aws/karpenter-provider-aws,
/// `website/content/en/v1.14/getting-started/getting-started-with-karpenter/cloudformation.yaml` (commit 1d92708).
#[test]
fn karpenter_has_the_rights_of_its_own_template_and_no_others() {
    let output = both_policies()[1];
    let list = |value: &Value| -> Vec<String> {
        match value {
            Value::Array(all) => all.iter().map(|one| text(one).to_owned()).collect(),
            one => vec![text(one).to_owned()],
        }
    };
    let due: BTreeSet<&str> = include_str!("../karpenter/rights.csv")
        .lines()
        .skip(1)
        .collect();
    for cluster in output.clusters() {
        let version = output
            .releases(&cluster)
            .into_iter()
            .find(|release| release["name"] == "karpenter")
            .map(|release| text(&release["version"]).to_owned());
        assert!(
            version.as_deref().is_some_and(|it| it.starts_with("1.14.")),
            "{version:?}: read the template of that version again"
        );
        let config = output.yaml(&format!("eksctl/{cluster}.yaml"));
        let associations = config["iam"]["podIdentityAssociations"]
            .as_array()
            .expect("a list");
        let rights = associations
            .iter()
            .find(|it| it["serviceAccountName"] == "karpenter")
            .expect("karpenter");
        let mut given = BTreeSet::new();
        for statement in rights["permissionPolicy"]["Statement"]
            .as_array()
            .expect("a list")
        {
            let conditions: BTreeSet<String> = statement["Condition"]
                .as_object()
                .into_iter()
                .flatten()
                .flat_map(|(operator, keys)| {
                    let keys = keys.as_object().expect("keys");
                    keys.keys().map(move |key| format!("{operator} {key}"))
                })
                .collect();
            let conditions: Vec<String> = conditions.into_iter().collect();
            for action in list(&statement["Action"]) {
                for resource in list(&statement["Resource"]) {
                    let end = resource.splitn(6, ':').nth(5).unwrap_or(&resource);
                    let end = match end {
                        role if role.starts_with("role/KarpenterNodeRole-") => "role",
                        queue if action.starts_with("sqs:") && !queue.is_empty() => "queue",
                        end => end,
                    };
                    let line = format!("{action},{end},{}", conditions.join(";"));
                    given.insert(line.replace(&cluster, "CLUSTER"));
                }
            }
        }
        let given: BTreeSet<&str> = given.iter().map(String::as_str).collect();
        let differing: Vec<&&str> = given.symmetric_difference(&due).collect();
        assert!(differing.is_empty(), "{differing:#?}");
    }
}

/// Whoever may get in is asked for: nobody, and the plan warns; somebody, and each has an entry of the right kind.
#[test]
fn who_gets_in_is_asked_for_and_the_endpoint_is_a_choice() {
    let by_default = both_policies()[0];
    let notes = |plan: &Value, code: &str| -> usize {
        let notes = plan["notes"].as_array().expect("notes");
        notes.iter().filter(|note| note["code"] == code).count()
    };
    for code in ["nobody-administers", "nothing-deploys", "endpoint-open"] {
        assert_eq!(notes(&by_default.plan, code), 1, "{code}");
    }
    let role = |name: &str| format!("arn:aws:iam::111122223333:role/{name}");
    let policy = format!(
        "[platform]\nadmin_roles = [\"{}\"]\nci_role = \"{}\"\ndelivery_role = \"{}\"\n[platform.team_roles]\n\"{}\" = [\"search\"]\n[kubernetes]\nendpoint = \"private\"\nsupport = \"extended\"\n",
        role("admin"),
        role("ci"),
        role("spin"),
        role("search-team")
    );
    let desk = Desk::new();
    desk.plan_by(&policy, &sample()).assert_planned(0);
    let plan = desk.plan_json();
    for code in ["nobody-administers", "nothing-deploys", "endpoint-open"] {
        assert_eq!(notes(&plan, code), 0, "{code}");
    }
    let files = files_below(&desk.out());
    for cluster in ["eks-1", "eks-2"] {
        let config = std::str::from_utf8(&files[&format!("eksctl/{cluster}.yaml")]).expect("text");
        let config: Value = serde_saphyr::from_str(config).expect("YAML");
        assert_eq!(
            config["vpc"]["clusterEndpoints"],
            json!({"publicAccess": false, "privateAccess": true})
        );
        assert_eq!(config["upgradePolicy"]["supportType"], "EXTENDED");
        let entries = config["accessConfig"]["accessEntries"]
            .as_array()
            .expect("a list");
        let entry = |name: &str| {
            entries
                .iter()
                .find(|entry| entry["principalARN"] == role(name))
                .unwrap_or_else(|| panic!("{name} in {entries:#?}"))
        };
        for name in ["admin", "ci"] {
            assert!(
                text(&entry(name)["accessPolicies"][0]["policyARN"])
                    .ends_with("AmazonEKSClusterAdminPolicy"),
                "{name}"
            );
        }
        for name in ["spin", "search-team"] {
            assert!(
                !entry(name).to_string().contains("ClusterAdmin"),
                "{name} may not do everything"
            );
        }
    }
    // Narrowed instead: from there, and no advice any more.
    let desk = Desk::new();
    desk.plan_by(
        "[kubernetes]\npublic_access_cidrs = [\"203.0.113.0/24\"]\n",
        &sample(),
    )
    .assert_planned(0);
    assert_eq!(notes(&desk.plan_json(), "endpoint-open"), 0);
    let files = files_below(&desk.out());
    let config = String::from_utf8_lossy(&files["eksctl/eks-1.yaml"]).into_owned();
    assert!(config.contains("203.0.113.0/24"));
}

/// A version whose standard support ends during the move: EKS would upgrade by itself, or bill six times as much.
#[test]
fn an_upgrade_that_would_start_by_itself_during_the_move_is_told() {
    let noted = |support: &str, version: &str| -> Vec<String> {
        let desk = Desk::new();
        let policy = format!("[kubernetes]\nversion = \"{version}\"\nsupport = \"{support}\"\n");
        desk.plan_by(&policy, &sample()).assert_planned(0);
        let plan = desk.plan_json();
        let notes = plan["notes"].as_array().expect("notes");
        notes
            .iter()
            .filter(|note| note["code"] == "upgrade-during-move")
            .map(|note| note["message"].to_string())
            .collect()
    };
    let by_itself = noted("standard", UPGRADED);
    assert!(
        by_itself.len() == 1 && by_itself[0].contains(UPGRADED),
        "{by_itself:?}"
    );
    let dearer = noted("extended", UPGRADED);
    assert!(dearer.len() == 1 && dearer != by_itself, "{dearer:?}");
    assert!(noted("standard", LASTING).is_empty());
}

/// The sample is of 2026-11-15 and its move takes half a year: standard support of the one version ends in between,
/// that of the other after it.
const UPGRADED: &str = "1.34";
const LASTING: &str = "1.36";
