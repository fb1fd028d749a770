//! Pipelines, origins and the last step, as somebody would who runs them: what a stage names is there, one cluster
//! follows the other, the way back takes back what was done.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::platform_files::{Output, both_policies};

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("a text: {value}"))
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn documents(output: &Output, folder: &str, end: &str) -> Vec<(String, Value)> {
    output
        .paths()
        .filter(|path| path.starts_with(folder) && path.ends_with(end))
        .map(|path| {
            let document = if end == ".json" {
                serde_json::from_str(output.text(path)).expect("JSON")
            } else {
                output.yaml(path)
            };
            (path.to_owned(), document)
        })
        .collect()
}

/// Everything that comes before a stage.
fn before<'a>(id: &'a str, stages: &'a BTreeMap<&str, &Value>) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut next = vec![id];
    while let Some(id) = next.pop() {
        for needed in list(&stages[id]["requisiteStageRefIds"]) {
            let needed = text(needed);
            assert!(stages.contains_key(needed), "{id} waits for {needed}");
            if found.insert(needed) {
                next.push(needed);
            }
        }
    }
    found
}

#[test]
fn every_artifact_that_a_stage_names_is_expected_before_it() {
    let pipelines = documents(both_policies()[0], "delivery/spinnaker/", ".json");
    assert!(pipelines.len() > 10);
    for (path, pipeline) in pipelines {
        let stages: BTreeMap<&str, &Value> = list(&pipeline["stages"])
            .iter()
            .map(|stage| (text(&stage["refId"]), stage))
            .collect();
        let ids = |of: &Value| -> BTreeSet<String> {
            list(&of["expectedArtifacts"])
                .iter()
                .map(|artifact| text(&artifact["id"]).to_owned())
                .collect()
        };
        let from_the_start = ids(&pipeline);
        for (id, stage) in &stages {
            let mut there = from_the_start.clone();
            for earlier in before(id, &stages) {
                there.extend(ids(stages[earlier]));
            }
            let mut named: Vec<&str> = list(&stage["requiredArtifactIds"])
                .iter()
                .map(text)
                .collect();
            named.extend(stage["manifestArtifactId"].as_str());
            named.extend(stage["inputArtifact"]["id"].as_str());
            for name in named {
                assert!(there.contains(name), "{path}: {id} names {name}");
            }
        }
        for trigger in list(&pipeline["triggers"]) {
            for id in list(&trigger["expectedArtifactIds"]) {
                assert!(from_the_start.contains(text(id)), "{path}");
            }
        }
        for artifact in list(&pipeline["expectedArtifacts"]) {
            let brought = list(&pipeline["triggers"])
                .iter()
                .any(|trigger| list(&trigger["expectedArtifactIds"]).contains(&artifact["id"]));
            assert!(
                brought
                    || artifact["useDefaultArtifact"] == true
                        && artifact["defaultArtifact"]["reference"].is_string(),
                "{path}: nothing brings {}",
                artifact["id"]
            );
        }
    }
}

#[test]
fn one_cluster_follows_the_other_and_the_way_back_is_as_long() {
    let mut several = 0;
    for (path, pipeline) in documents(both_policies()[0], "delivery/spinnaker/", ".json") {
        let stages: BTreeMap<&str, &Value> = list(&pipeline["stages"])
            .iter()
            .map(|stage| (text(&stage["refId"]), stage))
            .collect();
        let of_kind = |kind: &str| -> Vec<&str> {
            list(&pipeline["stages"])
                .iter()
                .filter(|stage| stage["type"] == kind)
                .map(|stage| text(&stage["refId"]))
                .collect()
        };
        let deployments = of_kind("deployManifest");
        several += usize::from(deployments.len() > 1);
        for (index, deployment) in deployments.iter().enumerate() {
            let earlier = before(deployment, &stages);
            // All is baked before anything is deployed.
            assert!(
                of_kind("bakeManifest")
                    .iter()
                    .all(|bake| earlier.contains(bake)),
                "{path}"
            );
            for previous in &deployments[..index] {
                assert!(earlier.contains(previous), "{path}");
                let checked = of_kind("checkPreconditions").into_iter().any(|check| {
                    earlier.contains(check) && before(check, &stages).contains(previous)
                });
                assert!(
                    checked,
                    "{path}: the next begins only when {previous} is stable"
                );
            }
            // What goes wrong here is undone on every cluster so far, each only if this run changed it.
            let name = text(&stages[deployment]["name"]);
            let undone: BTreeSet<&str> = of_kind("undoRolloutManifest")
                .into_iter()
                .map(|undo| stages[undo])
                .filter(|undo| text(&undo["stageEnabled"]["expression"]).contains(&format!("#stage('{name}')['status']")))
                .map(|undo| {
                    let account = text(&undo["account"]);
                    assert!(
                        text(&undo["stageEnabled"]["expression"])
                            .contains(&format!("#stage('Deploy to {account}')['context'].containsKey('outputs.manifests')")),
                        "{path}"
                    );
                    account
                })
                .collect();
            let reached: BTreeSet<&str> = deployments[..=index]
                .iter()
                .map(|id| text(&stages[id]["account"]))
                .collect();
            assert_eq!(undone, reached, "{path}: after {deployment}");
        }
        for (id, stage) in &stages {
            let asks = stage["stageEnabled"]["expression"]
                .as_str()
                .unwrap_or_default();
            for named in asks
                .split("#stage('")
                .skip(1)
                .filter_map(|rest| rest.split('\'').next())
            {
                assert!(
                    before(id, &stages)
                        .iter()
                        .any(|earlier| stages[earlier]["name"] == named),
                    "{path}: {id} asks for {named:?}"
                );
            }
        }
        assert_eq!(
            pipeline["application"], stages[deployments[0]]["moniker"]["app"],
            "{path}"
        );
    }
    assert!(several > 0);
}

#[test]
fn argo_cd_goes_by_waves_and_syncs_nothing_by_itself() {
    let sets = documents(both_policies()[1], "delivery/argo-cd/", ".yaml");
    assert!(sets.len() > 10);
    for (path, set) in sets {
        assert_eq!(set["kind"], "ApplicationSet", "{path}");
        let clusters: Vec<&Value> = list(&set["spec"]["generators"][0]["list"]["elements"])
            .iter()
            .map(|element| &element["cluster"])
            .collect();
        let steps: Vec<&Value> = list(&set["spec"]["strategy"]["rollingSync"]["steps"])
            .iter()
            .map(|step| &step["matchExpressions"][0]["values"][0])
            .collect();
        assert_eq!(clusters, steps, "{path}: a step for each, in order");
        assert_eq!(set["spec"]["strategy"]["type"], "RollingSync");
        let template = &set["spec"]["template"];
        assert!(
            template["metadata"]["labels"]["cluster"].is_string(),
            "what the steps go by"
        );
        assert!(
            template["spec"].get("syncPolicy").is_none(),
            "{path}: it would not wait"
        );
        for cluster in clusters {
            let folder =
                text(&template["spec"]["source"]["path"]).replace("{{.cluster}}", text(cluster));
            assert!(
                both_policies()[1]
                    .paths()
                    .any(|path| path == format!("{folder}/kustomization.yaml")),
                "{path}: {folder}"
            );
        }
    }
}

#[test]
fn the_cdn_passes_everything_on_and_waits_as_long_as_today() {
    let output = both_policies()[0];
    let services = documents(output, "delivery/cdn/", ".json");
    assert!(!services.is_empty());
    for (path, root) in services {
        let service = &root["resource"]["fastly_service_vcl"]["app"];
        assert!(
            list(&service["request_setting"])
                .iter()
                .any(|setting| setting["action"] == "pass"
                    && setting.get("request_condition").is_none()),
            "{path}: what is not passed is kept for an hour by default"
        );
        let name = path.split('/').nth(2).expect("a name");
        let environment = list(&output.plan["environments"])
            .iter()
            .find(|it| it["outcome"]["kubernetes_name"] == name)
            .expect("it moves")
            .clone();
        let idle = environment["translation"]["intents"]["entrance"]["idle_seconds"]
            .as_u64()
            .expect("a number");
        let checks: BTreeSet<&str> = list(&service["healthcheck"])
            .iter()
            .map(|it| text(&it["name"]))
            .collect();
        for backend in list(&service["backend"]) {
            for key in ["first_byte_timeout", "between_bytes_timeout"] {
                assert!(
                    backend[key]
                        .as_u64()
                        .is_some_and(|wait| wait >= idle.min(600) * 1_000),
                    "{path}: {key}"
                );
            }
            if let Some(check) = backend["healthcheck"].as_str() {
                assert!(checks.contains(check), "{path}");
            }
        }
        for check in list(&service["healthcheck"]) {
            assert!(check["expected_response"].is_u64(), "{path}");
        }
    }
    let readme = output.text("delivery/README.md");
    for named in ["TLS:", "DNS:", "tls-subscription"] {
        assert!(readme.contains(named), "{named}");
    }
}

#[test]
fn the_last_step_deletes_nothing_that_is_in_use() {
    let output = both_policies()[0];
    for environment in list(&output.plan["environments"]) {
        if environment["outcome"]["status"] != "planned" {
            continue;
        }
        let name = text(&environment["outcome"]["kubernetes_name"]);
        let page = output.text(&format!("handover/{name}.md"));
        let last = page.split("## 6. Afterwards").nth(1).expect("the section");
        let place = |what: &str| last.find(what).unwrap_or_else(|| panic!("{name}: {what}"));
        if let Some(role) = environment["outcome"]["manifests"]["role_arn"].as_str() {
            assert!(last.contains(&format!("The role `{role}` stays")), "{name}");
            assert!(!last.contains("delete-role"), "{name}");
        }
        // What refers to something goes before it.
        assert!(
            place("Rules of other security groups") < place("Terminate"),
            "{name}"
        );
        assert!(place("DNS names") < place("Terminate"), "{name}");
        let group = list(&output.plan["ingress_groups"])
            .iter()
            .find(|group| group["name"] == environment["outcome"]["manifests"]["ingress_group"]);
        for kept in group
            .into_iter()
            .flat_map(|group| list(&group["security_groups"]))
        {
            assert!(
                last.contains(&format!("`{}`", text(kept))),
                "{name}: {kept} is on a balancer"
            );
        }
        // Per app: no command touches the identities of all.
        assert!(
            !page.contains("eksctl/pod-identities/CLUSTER.yaml"),
            "{name}"
        );
    }
}

#[test]
fn the_walk_names_what_there_is_in_order_each_step_with_its_check_and_its_way_back() {
    for output in both_policies() {
        let walk = output.text("README.md");
        let steps: Vec<&str> = walk.split("\n## ").skip(1).collect();
        assert!(steps.len() >= 10);
        for (number, step) in (1..).zip(&steps) {
            assert!(step.starts_with(&format!("{number}. ")), "{step}");
            assert_eq!(step.matches("```sh").count(), 3, "{step}");
            assert!(step.find("Check:") < step.find("Back:"), "{step}");
        }
        let place = |what: &str| walk.find(what).unwrap_or_else(|| panic!("{what}"));
        let order = [
            "bash preflight.sh",
            "terraform -chdir=bootstrap apply",
            "bootstrap/role-trusts.sh apply",
            "put-secret-value",
            "eksctl create cluster",
            "helmfile --file platform/eks-1",
            "apply -f apps/namespaces/eks-1.yaml",
            "apply -k apps/",
            "delivery/cdn/APP",
            "terminate-environment",
        ];
        assert!(order.windows(2).all(|pair| place(pair[0]) < place(pair[1])));
        for word in walk.split_whitespace() {
            let path = word.trim_matches(|c: char| "`,.;()".contains(c));
            let is_path = [
                "apps/",
                "bootstrap/",
                "eksctl/",
                "platform/",
                "handover/",
                "delivery/",
            ]
            .iter()
            .any(|top| path.starts_with(top));
            let is_pattern = ["APP", "CLUSTER", "NAMESPACE", "before"]
                .iter()
                .any(|part| path.contains(part));
            if is_path && !is_pattern && !path.ends_with('/') {
                assert!(
                    output.paths().any(|known| known == path),
                    "there is no {path}"
                );
            }
        }
    }
}

#[test]
fn nothing_in_the_walk_is_left_out_of_the_policys_other_choices() {
    let [spinnaker, argo] = both_policies();
    assert!(spinnaker.text("README.md").contains("spin pipeline save"));
    assert!(argo.text("README.md").contains("delivery/argo-cd/APP.yaml"));
    // What the second policy sets is asked for no more.
    let asks = |output: &Output, key: &str| output.text("README.md").contains(&format!("# {key}:"));
    assert!(asks(spinnaker, "platform.delivery_role") && !asks(argo, "platform.delivery_role"));
    let entries = argo.yaml("eksctl/eks-1.yaml")["accessConfig"]["accessEntries"].clone();
    let groups = |role: &str| {
        list(&entries)
            .iter()
            .find(|entry| text(&entry["principalARN"]).ends_with(role))
            .map(|entry| entry["kubernetesGroups"].clone())
    };
    assert_eq!(groups("role/argo"), Some(json!(["eb2eks:delivery"])));
    assert_eq!(
        groups("role/booking-team"),
        Some(json!([
            "eb2eks:team:booking",
            "eb2eks:team:booking-staging",
            "eb2eks:team:booking-worker"
        ]))
    );
    // Load balancers get the certificate of the policy beside today's.
    let ingress = argo.yaml("apps/booking/booking-prod/eks-1/ingress.yaml");
    assert!(
        text(&ingress["metadata"]["annotations"]["alb.ingress.kubernetes.io/certificate-arn"])
            .contains("certificate/99999999")
    );
}

/// A command that is cut, or whose quotes are broken, cannot be typed.
#[test]
fn every_command_of_a_hand_over_can_be_typed_as_it_stands() {
    let output = both_policies()[0];
    let mut commands = 0;
    for path in output
        .paths()
        .filter(|path| path.starts_with("handover/") && path.ends_with(".md"))
    {
        // Fences of blocks are of three.
        for line in output
            .text(path)
            .lines()
            .filter(|it| !it.starts_with("```"))
        {
            assert_eq!(line.matches('`').count() % 2, 0, "{path}: {line}");
            for span in line.split('`').skip(1).step_by(2) {
                if !["aws ", "kubectl ", "eksctl ", "bash ", "terraform "]
                    .iter()
                    .any(|start| span.starts_with(start))
                {
                    continue;
                }
                commands += 1;
                assert!(!span.contains('…'), "{path}: cut: {span}");
                for quote in ['"', '\''] {
                    assert_eq!(span.matches(quote).count() % 2, 0, "{path}: {span}");
                }
            }
        }
    }
    assert!(commands > 100, "{commands}");
}
