//! The files beside the report: every app has them, and their numbers are the plan's.

use std::collections::BTreeMap;
use std::fs;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::program::{Desk, Ending, eb2eks, files_below, planned_sample};

const USAGE: i32 = 2;

fn yaml(path: &str) -> Value {
    serde_saphyr::from_str(planned_sample().text(path))
        .unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn moving() -> Vec<Value> {
    let plan = planned_sample().json();
    plan["environments"]
        .as_array()
        .expect("a list")
        .iter()
        .filter(|it| it["outcome"]["status"] == "planned")
        .cloned()
        .collect()
}

/// All that run as long as the pod does.
fn containers(pod: &Value) -> Vec<Value> {
    ["containers", "initContainers"]
        .into_iter()
        .flat_map(|list| pod[list].as_array().into_iter().flatten())
        .cloned()
        .collect()
}

fn folder(environment: &Value) -> String {
    let text = |value: &Value| value.as_str().expect("a name").to_owned();
    format!(
        "apps/{}/{}",
        text(&environment["outcome"]["manifests"]["namespace"]),
        text(&environment["outcome"]["kubernetes_name"])
    )
}

#[test]
fn every_app_has_its_files_and_its_row() {
    let files = &planned_sample().files;
    let rows = planned_sample().rows("apps/names.csv");
    assert_eq!(rows.len(), moving().len());
    for environment in moving() {
        let (folder, name) = (
            folder(&environment),
            environment["outcome"]["kubernetes_name"]
                .as_str()
                .expect("a name")
                .to_owned(),
        );
        let is_worker = environment["tier"] == "Worker";
        let mut expected = vec![
            format!("{folder}/base/deployment.yaml"),
            format!("{folder}/base/kustomization.yaml"),
            format!("{folder}/base/pod-disruption-budget.yaml"),
            format!("{folder}/base/service-account.yaml"),
            format!("delivery/spinnaker/{name}.json"),
            format!("handover/{name}.md"),
        ];
        for cluster in environment["outcome"]["manifests"]["clusters"]
            .as_object()
            .expect("clusters")
            .keys()
        {
            let scaler = if is_worker {
                "scaled-object"
            } else {
                "horizontal-pod-autoscaler"
            };
            expected.push(format!("{folder}/{cluster}/{scaler}.yaml"));
            expected.extend((!is_worker).then(|| format!("{folder}/{cluster}/ingress.yaml")));
        }
        expected.extend((!is_worker).then(|| format!("loadtest/{name}/load.json")));
        for path in expected {
            assert!(files.contains_key(&path), "{path}");
        }
        assert!(
            rows.iter()
                .any(|row| row["folder"] == folder && row["environment_id"] == environment["id"]),
            "{folder}"
        );
    }
}

#[test]
fn the_numbers_are_the_plans() {
    for environment in moving() {
        let folder = folder(&environment);
        let pod =
            yaml(&format!("{folder}/base/deployment.yaml"))["spec"]["template"]["spec"].clone();
        let sizing = &environment["outcome"]["sizing"];
        let mebibytes = |text: &Value| {
            text.as_str()
                .and_then(|text| text.strip_suffix("Mi")?.parse::<u64>().ok())
                .expect("mebibytes")
                * 1024
                * 1024
        };
        let millicores = |text: &Value| {
            text.as_str()
                .and_then(|text| text.strip_suffix('m')?.parse::<u64>().ok())
                .expect("millicores")
        };
        let containers = containers(&pod);
        let sum = |of: &dyn Fn(&Value) -> u64| containers.iter().map(of).sum::<u64>();
        // What the containers ask for is what the pod was packed with, sidecar and all.
        assert_eq!(
            sum(&|it| millicores(&it["resources"]["requests"]["cpu"])),
            sizing["requests"]["cpu_millicores"]
                .as_u64()
                .expect("a number"),
            "{folder}"
        );
        assert_eq!(
            sum(&|it| mebibytes(&it["resources"]["requests"]["memory"])),
            sizing["requests"]["memory_bytes"]
                .as_u64()
                .expect("a number"),
            "{folder}"
        );
        assert_eq!(
            sum(&|it| mebibytes(&it["resources"]["limits"]["memory"])),
            sizing["limits"]["memory_bytes"].as_u64().expect("a number"),
            "{folder}"
        );
        assert_eq!(
            pod["dnsConfig"]["options"],
            json!([{"name": "ndots", "value": "1"}])
        );
        let keys: Vec<&Value> = pod["topologySpreadConstraints"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|it| &it["topologyKey"])
            .collect();
        assert_eq!(
            keys,
            ["topology.kubernetes.io/zone", "kubernetes.io/hostname"]
        );
        for (cluster, manifest) in environment["outcome"]["manifests"]["clusters"]
            .as_object()
            .expect("clusters")
        {
            let packed = sizing["replicas"]["clusters"][cluster]["failover"]
                .as_u64()
                .expect("a number");
            assert!(
                manifest["max_replicas"]
                    .as_u64()
                    .is_some_and(|most| most <= packed),
                "{folder} on {cluster}"
            );
        }
    }
}

#[test]
fn pods_ask_for_the_storage_that_their_node_was_counted_with() {
    for environment in moving() {
        let folder = folder(&environment);
        let pod =
            yaml(&format!("{folder}/base/deployment.yaml"))["spec"]["template"]["spec"].clone();
        let containers = containers(&pod);
        let asked: Vec<&Value> = containers
            .iter()
            .filter_map(|it| it["resources"]["requests"].get("ephemeral-storage"))
            .collect();
        assert_eq!(
            asked,
            ["1024Mi"],
            "{folder}: nodes.pod_storage once for each pod"
        );
        // Nobody measured what an app writes: a limit would evict on a guess.
        assert!(
            containers
                .iter()
                .all(|it| it["resources"]["limits"].get("ephemeral-storage").is_none()),
            "{folder}"
        );
    }
}

#[test]
fn no_image_is_whatever_comes_last() {
    for (path, bytes) in &planned_sample().files {
        assert!(
            path == "plan.json" || !String::from_utf8_lossy(bytes).contains(":latest"),
            "{path}"
        );
    }
    let pod =
        yaml("apps/mail-worker/mail-worker-prod/base/deployment.yaml")["spec"]["template"]["spec"]
            .clone();
    assert_eq!(
        pod["containers"][0]["image"],
        "111122223333.dkr.ecr.ap-northeast-1.amazonaws.com/sqsd:FILL-IN"
    );
    assert!(
        planned_sample()
            .text("handover/mail-worker-prod.md")
            .contains("`platform.queue_daemon_image`")
    );
    let desk = Desk::new();
    desk.plan(
        &crate::program::sample(),
        &["--set", "platform.queue_daemon_image=x/sqsd:latest"],
    )
    .assert_refused(USAGE, &["not \"latest\""]);
}

#[test]
fn what_tolerates_every_taint_stays_off_windows() {
    let values = yaml("platform/eks-1/values/fluent-bit.yaml");
    assert_eq!(values["tolerations"], json!([{"operator": "Exists"}]));
    assert_eq!(values["nodeSelector"], json!({"kubernetes.io/os": "linux"}));
    assert!(
        planned_sample()
            .text("platform/README.md")
            .contains("Logs of Windows nodes")
    );
}

#[test]
fn ci_brings_the_aws_cli_that_its_image_does_not_have() {
    let jobs = yaml("platform/.circleci/config.yml")["jobs"].clone();
    let command = jobs["diff-eks-1"]["steps"][2]["run"]["command"]
        .as_str()
        .expect("a command")
        .to_owned();
    assert_eq!(
        command,
        "apk add --no-cache aws-cli && aws eks update-kubeconfig --name eks-1 --region ap-northeast-1"
    );
}

#[test]
fn the_chosen_way_of_taking_addresses_is_written_and_counted() {
    let cni = |file: &str| {
        let config: Value = serde_saphyr::from_str(file).expect("YAML");
        let addons = config["addons"].as_array().expect("a list").clone();
        let found = addons
            .into_iter()
            .find(|it| it["name"] == "vpc-cni")
            .expect("it is there");
        found["configurationValues"]
            .as_str()
            .map(|text| serde_json::from_str::<Value>(text).expect("JSON"))
    };
    assert_eq!(
        cni(planned_sample().text("eksctl/eks-1.yaml")),
        Some(json!({"enableNetworkPolicy": "true", "enableWindowsIpam": "true"}))
    );
    assert!(
        planned_sample()
            .text("report.md")
            .contains("by interfaces, its default (nodes.addresses)")
    );
    let desk = Desk::new();
    desk.plan(
        &crate::program::sample(),
        &["--set", "nodes.addresses=singly"],
    )
    .assert_planned(0);
    let text = |path: &str| fs::read_to_string(desk.out().join(path)).expect("it is there");
    assert_eq!(
        cni(&text("eksctl/eks-1.yaml")),
        Some(
            json!({"enableNetworkPolicy": "true", "enableWindowsIpam": "true", "env": {"MINIMUM_IP_TARGET": "20", "WARM_IP_TARGET": "5"}})
        )
    );
    assert!(text("report.md").contains("singly (nodes.addresses)"));
}

/// Names and values of Beanstalk's Cluster Mode as its guide has them: another namespace or name is refused there.
#[test]
fn cluster_mode_gets_settings_that_its_guide_knows() {
    let table = fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/schemas/cluster-mode.csv"
    ))
    .expect("the table");
    let rows: Vec<BTreeMap<String, String>> = csv::Reader::from_reader(table.as_bytes())
        .into_deserialize()
        .collect::<Result<_, _>>()
        .expect("a table");
    let known: BTreeMap<(&str, &str), &str> = rows
        .iter()
        .map(|row| {
            (
                (row["namespace"].as_str(), row["option"].as_str()),
                row["values"].as_str(),
            )
        })
        .collect();
    let fits = |value: &str, values: &str| match values.split_once("..") {
        _ if values == "JSON" => serde_json::from_str::<Value>(value)
            .is_ok_and(|value| value.is_object() || value.is_array()),
        Some((least, most)) => value.parse::<u32>().is_ok_and(|value| {
            (least.parse::<u32>().expect("a number")..=most.parse().expect("a number"))
                .contains(&value)
        }),
        None => jsonschema::is_valid(
            &json!({"type": "string", "pattern": format!("^(?:{values})$")}),
            &json!(value),
        ),
    };
    let (mut files, mut used) = (0, std::collections::BTreeSet::new());
    for (path, text) in planned_sample()
        .files
        .iter()
        .filter(|(path, _)| path.starts_with("cluster-mode/"))
    {
        files += 1;
        let settings: Vec<BTreeMap<String, String>> =
            serde_json::from_slice(text).expect("a list of settings");
        for setting in settings {
            let (namespace, name, value) = (
                &setting["Namespace"],
                &setting["OptionName"],
                &setting["Value"],
            );
            let values = known
                .get(&(namespace.as_str(), name.as_str()))
                .unwrap_or_else(|| panic!("{path}: {namespace} {name}"));
            assert!(
                fits(value, values),
                "{path}: {name} = {value} is not of {values}"
            );
            assert!(
                used.insert((path.clone(), namespace.clone(), name.clone())),
                "{path}: {name} twice"
            );
        }
    }
    assert!(files > 0 && !fits("0", "1..100") && !fits("no", "true|false") && !fits("{", "JSON"));
}

#[test]
fn clients_that_keep_their_name_are_known_at_the_entrance() {
    for environment in moving()
        .into_iter()
        .filter(|it| it["translation"]["intents"].get("entrance").is_some())
    {
        let name = environment["outcome"]["kubernetes_name"]
            .as_str()
            .expect("a name");
        assert!(
            planned_sample()
                .text(&format!("handover/{name}.md"))
                .contains("as a further `host`"),
            "{name}"
        );
    }
}

#[test]
fn pods_find_their_nodes() {
    let windows = moving()
        .into_iter()
        .find(|it| it["operating_system"] == "windows")
        .expect("the sample has Windows");
    let pod =
        yaml(&format!("{}/base/deployment.yaml", folder(&windows)))["spec"]["template"]["spec"]
            .clone();
    assert_eq!(pod["nodeSelector"]["kubernetes.io/os"], "windows");
    assert_eq!(
        pod["tolerations"],
        json!([{"key": "os", "operator": "Equal", "value": "windows", "effect": "NoSchedule"}])
    );
    assert!(
        pod.get("securityContext").is_none(),
        "fields of Linux are refused in a pod of Windows"
    );
}

#[test]
fn secrets_are_named_and_never_valued() {
    let map = yaml("apps/member/member-prod/base/config-map.yaml");
    let secret = yaml("apps/member/member-prod/base/external-secret.yaml");
    let keys: Vec<&String> = map["data"].as_object().expect("data").keys().collect();
    assert_eq!(
        keys,
        ["CACHE_ENDPOINT", "DATABASE_HOST", "DJANGO_SETTINGS_MODULE"]
    );
    assert!(
        map["data"]
            .as_object()
            .expect("data")
            .values()
            .all(|value| value == "FILL-IN")
    );
    let named: Vec<&Value> = secret["spec"]["data"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|it| &it["secretKey"])
        .collect();
    assert_eq!(named, ["DATABASE_PASSWORD", "DJANGO_SECRET_KEY"]);
}

#[test]
fn the_index_lists_every_file_with_its_fingerprint() {
    let files = &planned_sample().files;
    let index: BTreeMap<&str, &str> = planned_sample()
        .text("files.sha256")
        .lines()
        .map(|line| line.split_once("  ").expect("two columns"))
        .map(|(hash, path)| (path, hash))
        .collect();
    let paths: Vec<&str> = files
        .keys()
        .map(String::as_str)
        .filter(|path| *path != "files.sha256")
        .collect();
    assert_eq!(index.keys().copied().collect::<Vec<_>>(), paths);
    for (path, hash) in index {
        let digest: String = Sha256::digest(&files[path])
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(digest, hash, "{path}");
    }
}

#[test]
fn what_somebody_filled_in_is_not_replaced() {
    let desk = Desk::new();
    desk.plan(&crate::program::sample(), &[]).assert_planned(0);
    let map = desk
        .out()
        .join("apps/member/member-prod/base/config-map.yaml");
    let text = fs::read_to_string(&map)
        .expect("it is there")
        .replace("FILL-IN", "db.internal");
    fs::write(&map, &text).expect("it can be written");
    desk.plan(&crate::program::sample(), &[])
        .assert_refused(USAGE, &["config-map.yaml", "was changed since"]);
    assert_eq!(fs::read_to_string(&map).expect("it is there"), text);
}

fn new_app(desk: &Desk, arguments: &[&str]) -> Ending {
    let plan = desk.path().join("plan.json");
    fs::write(&plan, planned_sample().text("plan.json")).expect("it can be written");
    Ending::of(
        eb2eks()
            .arg("new-app")
            .args(arguments)
            .arg("--plan")
            .arg(plan)
            .arg("--out")
            .arg(desk.path().join("new")),
    )
}

#[test]
fn a_new_app_comes_from_the_same_templates() {
    let desk = Desk::new();
    assert_eq!(new_app(&desk, &["quote", "--like", "search-prod"]).code, 0);
    let files = files_below(&desk.path().join("new"));
    let deployment: Value =
        serde_saphyr::from_slice(&files["apps/quote/quote/base/deployment.yaml"]).expect("YAML");
    let pattern = yaml("apps/search/search-prod/base/deployment.yaml");
    assert_eq!(deployment["metadata"]["name"], "quote");
    assert_eq!(
        deployment["spec"]["template"]["spec"]["containers"][0]["resources"],
        pattern["spec"]["template"]["spec"]["containers"][0]["resources"]
    );
    let ingress: Value =
        serde_saphyr::from_slice(&files["apps/quote/quote/eks-1/ingress.yaml"]).expect("YAML");
    assert_eq!(
        ingress["spec"]["rules"][0]["host"],
        "quote.eks-1.example.com"
    );
    assert!(
        !files.contains_key("apps/quote/quote/base/config-map.yaml"),
        "its variables are its own"
    );
    assert!(
        files
            .values()
            .all(|bytes| !String::from_utf8_lossy(bytes).contains("search-prod.eks")),
        "nothing of the other is left"
    );
}

#[test]
fn a_batch_is_a_job_or_a_cron_job() {
    let (once, nightly) = (Desk::new(), Desk::new());
    assert_eq!(
        new_app(&once, &["import", "--like", "search-prod", "--kind", "job"]).code,
        0
    );
    let job: Value = serde_saphyr::from_slice(
        &files_below(&once.path().join("new"))["apps/import/import/base/job.yaml"],
    )
    .expect("YAML");
    assert_eq!(
        (
            &job["kind"],
            &job["spec"]["template"]["spec"]["restartPolicy"]
        ),
        (&json!("Job"), &json!("Never"))
    );
    assert_eq!(
        new_app(
            &nightly,
            &[
                "import",
                "--like",
                "search-prod",
                "--kind",
                "cron-job",
                "--schedule",
                "0 3 * * *"
            ]
        )
        .code,
        0
    );
    let cron: Value = serde_saphyr::from_slice(
        &files_below(&nightly.path().join("new"))["apps/import/import/base/cron-job.yaml"],
    )
    .expect("YAML");
    assert_eq!(
        (&cron["spec"]["schedule"], &cron["spec"]["timeZone"]),
        (&json!("0 3 * * *"), &json!("Etc/UTC"))
    );
}

#[test]
fn names_that_cannot_be_are_refused() {
    for (arguments, subject) in [
        (
            &["Quote", "--like", "search-prod"][..],
            "no name for Kubernetes",
        ),
        (
            &["../quote", "--like", "search-prod"],
            "no name for Kubernetes",
        ),
        (&["search-prod", "--like", "search-prod"], "taken"),
        (&["coredns", "--like", "search-prod"], "taken"),
        (&["quote", "--like", "nobody"], "nobody"),
        (
            &["quote", "--like", "search-prod", "--kind", "cron-job"],
            "needs its times",
        ),
        (
            &[
                "quote",
                "--like",
                "search-prod",
                "--kind",
                "cron-job",
                "--schedule",
                "soon",
            ],
            "no cron expression",
        ),
    ] {
        let desk = Desk::new();
        new_app(&desk, arguments).assert_refused(USAGE, &[subject]);
        assert!(!desk.path().join("new").exists());
    }
}

#[test]
fn explain_shows_each_setting() {
    let desk = Desk::new();
    let plan = desk.path().join("plan.json");
    fs::write(&plan, planned_sample().text("plan.json")).expect("it can be written");
    let ending = Ending::of(
        eb2eks()
            .args(["explain", "ranking-worker-prod", "--options", "--plan"])
            .arg(&plan),
    );
    assert_eq!((ending.code, ending.stderr.as_str()), (0, ""));
    for told in [
        "WorkerQueueURL",
        "DATABASE_PASSWORD",
        "beanstalk-queue",
        "terminationGracePeriodSeconds",
        "wave 5, phase 5",
    ] {
        assert!(ending.stdout.contains(told), "{told} in\n{}", ending.stdout);
    }
    assert!(
        ending
            .stdout
            .lines()
            .all(|line| line.chars().count() <= 100)
    );
}

#[test]
fn policies_choose_the_other_tools() {
    let desk = Desk::new();
    let policy = "[platform]\ndelivery = \"argo-cd\"\nci = \"github-actions\"\nmonitoring = \"cloudwatch\"\nnode_autoscaler = \"karpenter\"\ndns = \"autopath\"\nadmin_roles = [\"arn:aws:iam::111122223333:role/admin\"]\n";
    desk.plan_by(policy, &crate::program::sample())
        .assert_planned(0);
    let files = files_below(&desk.out());
    for path in [
        "delivery/argo-cd/search-prod.yaml",
        "platform/.github/workflows/platform.yml",
        "platform/eks-1/objects/karpenter-nodes/templates/karpenter-nodes.yaml",
        "platform/eks-1/values/karpenter.yaml",
    ] {
        assert!(files.contains_key(path), "{path}");
    }
    for path in [
        "platform/.circleci/config.yml",
        "platform/eks-1/values/datadog.yaml",
        "delivery/spinnaker/search-prod.json",
    ] {
        assert!(!files.contains_key(path), "{path}");
    }
    let cluster: Value = serde_saphyr::from_slice(&files["eksctl/eks-1.yaml"]).expect("YAML");
    assert_eq!(
        cluster["accessConfig"]["accessEntries"][0]["principalARN"],
        "arn:aws:iam::111122223333:role/admin"
    );
    assert!(
        cluster["addons"]
            .as_array()
            .expect("a list")
            .iter()
            .any(|addon| addon["name"] == "amazon-cloudwatch-observability")
    );
}
