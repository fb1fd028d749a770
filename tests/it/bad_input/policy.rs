//! Policies that are wrong (exit code 2), or that no plan can follow (6); nothing is written.

use crate::fleet::Fleet;
use crate::program::Desk;

const USAGE: i32 = 2;
const NO_PLAN: i32 = 6;

#[track_caller]
fn assert_refused(code: i32, policy: &str, subjects: &[&str]) {
    let (desk, fleet) = (Desk::new(), Fleet::of(1));
    desk.plan_by(policy, fleet.path())
        .assert_refused(code, subjects);
    desk.assert_empty();
}

#[test]
fn unknown_keys_are_named_with_file_and_line() {
    assert_refused(
        USAGE,
        "[sizing]\n\ncpu_margni = 0.2\n",
        &["own.toml:3: ", "cpu_margni"],
    );
    assert_refused(USAGE, "[sizzing]\n", &["own.toml:1: ", "sizzing"]);
}

#[test]
fn text_that_is_no_toml() {
    assert_refused(USAGE, "[sizing]\ncpu_risk = = 1\n", &["own.toml:2: "]);
    assert_refused(USAGE, "\u{0}", &["own.toml:1: "]);
}

#[test]
fn values_out_of_range() {
    for (policy, key) in [
        ("[sizing]\ncpu_risk = 15\n", "sizing.cpu_risk"),
        ("[sizing]\ncpu_risk = nan\n", "sizing.cpu_risk"),
        (
            "[sizing]\nmemory_limit_risk = 0.0\n",
            "sizing.memory_limit_risk",
        ),
        (
            "[sizing]\nmin_history_days = inf\n",
            "sizing.min_history_days",
        ),
        (
            "[sizing]\nproduction_min_replicas = 0\n",
            "sizing.production_min_replicas",
        ),
        (
            "[sizing]\nproduction_min_replicas = 4294967295\n",
            "sizing.production_min_replicas",
        ),
        (
            "[sizing]\nstaging_min_replicas = 4294967295\n",
            "sizing.staging_min_replicas",
        ),
        ("[sizing]\nmax_split = 4294967295\n", "sizing.max_split"),
        (
            "[sizing]\ncpu_floor = \"18446744073709551615m\"\n",
            "sizing.cpu_floor",
        ),
        (
            "[sizing]\nmemory_floor = \"17179869183Gi\"\n",
            "sizing.memory_floor",
        ),
        ("[sizing]\ncpu_limit = \"1e300\"\n", "sizing.cpu_limit"),
        ("[nodes]\nrole_label = \"a b\"\n", "nodes.role_label"),
        (
            "[prices]\noverrides = { \"ap-northeast-1/ec2/c5.2xlarge\" = \"-1\" }\n",
            "prices.overrides",
        ),
        ("[nodes]\nvolume_gib = 4294967295\n", "nodes.volume_gib"),
        (
            "[topology]\nclusters = [\"eks-1\", \"EKS-1\"]\n",
            "topology.clusters",
        ),
        (
            "[sizing]\ncpu_step = \"0m\"\n",
            "sizing.cpu_step: at least 1m",
        ),
        (
            "[sizing]\nmemory_step = \"0Mi\"\n",
            "sizing.memory_step: a whole number of Mi",
        ),
        (
            "[sizing]\nmemory_step = \"1000Ki\"\n",
            "sizing.memory_step: a whole number of Mi",
        ),
        (
            "[sizing]\nmemory_step = \"1025Ki\"\n",
            "sizing.memory_step: a whole number of Mi",
        ),
    ] {
        assert_refused(USAGE, policy, &["own.toml:2: ", key]);
    }
}

#[test]
fn values_that_eksctl_or_ec2_would_refuse() {
    for (policy, message) in [
        (
            "[nodes]\nvolume_type = \"gp9\"\n",
            "nodes.volume_type: \"gp9\" cannot be a boot volume; allowed are gp2, gp3, io1, io2",
        ),
        (
            "[nodes]\nvolume_type = \"st1\"\n",
            "nodes.volume_type: \"st1\" cannot be",
        ),
        (
            "[nodes]\nvolume_type = \"GP3\"\n",
            "nodes.volume_type: \"GP3\" cannot be",
        ),
        (
            "[windows_nodes]\nami_family = \"Bottlerocket\"\n",
            "windows_nodes.ami_family: \"Bottlerocket\" is no Windows of eksctl; allowed are W",
        ),
        (
            "[nodes]\nsecurity_groups = [\"sg-0a1b\", \"default\"]\n",
            "nodes.security_groups: \"default\" is no id; an id is \"sg-\"",
        ),
        (
            "[nodes]\nsecurity_groups = [\"sg-0A1B\"]\n",
            "nodes.security_groups: \"sg-0A1B\" is no id",
        ),
        (
            "[nodes]\nssh_key_name = \"a\\nb\"\n",
            "nodes.ssh_key_name: at most 255",
        ),
    ] {
        assert_refused(USAGE, policy, &["own.toml:2: ", message]);
    }
    assert_refused(
        USAGE,
        &format!("[nodes]\nssh_key_name = \"{}\"\n", "k".repeat(256)),
        &["own.toml:2: ", "nodes.ssh_key_name: at most 255"],
    );
}

#[test]
fn entries_of_named_lists_that_cannot_be() {
    let good = "[[daemons]]\nname = \"mine\"\ncpu = \"1m\"\nmemory = \"1Mi\"\n";
    for (policy, subjects) in [
        (
            "[[daemons]]\nname = \"other\"\nmemory = \"1Mi\"\n",
            ["own.toml:5: ", "daemons[1]: the key \"cpu\" is missing"],
        ),
        (
            "[[daemons]]\nname = \"aws-node\"\ncpu = \"much\"\n",
            ["own.toml:7: ", "daemons[1].cpu: "],
        ),
        (
            "[[daemons]]\nname = \"kube-proxy\"\ncolour = 1\n",
            [
                "own.toml:7: ",
                "daemons[1].colour: there is no key \"colour\"",
            ],
        ),
        (
            "[[daemons]]\nname = \"mine\"\n",
            ["own.toml:5: ", "daemons[1]: two are called \"mine\""],
        ),
        (
            "[[daemons]]\ncpu = \"1m\"\n",
            ["own.toml:5: ", "daemons[1]: an entry needs a name"],
        ),
        (
            "[[daemons]]\nname = \"nobody\"\nremove = true\n",
            ["own.toml:7: ", "no default is called \"nobody\""],
        ),
        (
            "[[daemons]]\nname = \"aws-node\"\nremove = \"yes\"\n",
            [
                "own.toml:7: ",
                "daemons[1].remove: allowed are true and false",
            ],
        ),
        (
            "[[daemons]]\nname = \"aws-node\"\ncpu = \"1m\"\nremove = true\n",
            ["own.toml:8: ", "daemons[1].remove: goes with a name only"],
        ),
    ] {
        assert_refused(USAGE, &format!("{good}{policy}"), &subjects);
    }
    assert_refused(
        USAGE,
        "daemons = []\n",
        &["own.toml:1: ", "daemons: an empty list changes nothing"],
    );
}

#[test]
fn an_added_daemon_joins_the_others() {
    let (desk, fleet) = (Desk::new(), Fleet::of(1));
    let policy = "[[daemons]]\nname = \"mine\"\ncpu = \"1m\"\nmemory = \"1Mi\"\n\n[[daemons]]\nname = \"fluent-bit\"\nremove = true\n";
    desk.plan_by(policy, fleet.path()).assert_planned(0);
    let plan = desk.plan_json();
    let daemons = plan["inputs"]["policy"]["daemons"]
        .as_array()
        .expect("a list");
    let names: Vec<&str> = daemons
        .iter()
        .filter_map(|daemon| daemon["name"].as_str())
        .collect();
    assert_eq!(
        names,
        [
            "aws-node",
            "kube-proxy",
            "ebs-csi-node",
            "eks-pod-identity-agent",
            "metrics-agent",
            "mine"
        ]
    );
}

#[test]
fn lists_out_of_range() {
    let addon = |name: &str, replicas: &str| {
        format!(
            "[[addons]]\nname = \"{name}\"\nreplicas = {replicas}\ncpu = \"1m\"\nmemory = \"1Mi\"\n"
        )
    };
    assert_refused(
        USAGE,
        &addon("many", "4294967295"),
        &["own.toml:1: ", "addons", "many"],
    );
    assert_refused(
        USAGE,
        &format!("{}{}", addon("again", "1"), addon("again", "1")),
        &["own.toml:6: ", "addons", "again"],
    );
    let agent = "[[prices.host_agents]]\nname = \"agent\"\nusd_per_host_month = \"-15.00\"\n";
    assert_refused(
        USAGE,
        agent,
        &["own.toml:1: ", "prices.host_agents", "-15.00"],
    );
    let daemon = "[[daemons]]\nname = \"d\"\ncpu = \"9223372036854775807m\"\nmemory = \"1Mi\"\n";
    assert_refused(USAGE, daemon, &["own.toml:3: ", "daemons[0].cpu"]);
}

#[test]
fn node_types_that_cannot_be() {
    assert_refused(
        USAGE,
        "[nodes]\ninstance_type = \"c5.huge\"\n",
        &["c5.huge", "nodes.instance_type"],
    );
    assert_refused(
        USAGE,
        "[nodes]\ninstance_type = \"t3.nano\"\n",
        &["t3.nano", "nodes.instance_type"],
    );
}

#[test]
fn a_kubernetes_version_that_eks_does_not_offer() {
    assert_refused(
        USAGE,
        "[kubernetes]\nversion = \"1.99\"\n",
        &["\"1.99\"", "kubernetes.version", "1.35"],
    );
}

#[test]
fn an_add_on_larger_than_a_node_leaves_no_plan() {
    let policy =
        "[[addons]]\nname = \"colossus\"\nreplicas = 1\ncpu = \"9000m\"\nmemory = \"1Gi\"\n";
    assert_refused(
        NO_PLAN,
        policy,
        &["\"colossus\" needs 9000m CPU", "c5.2xlarge"],
    );
}

#[test]
fn a_limit_on_nodes_that_is_too_low_leaves_no_plan() {
    assert_refused(
        NO_PLAN,
        "[packing]\nmax_nodes_per_group = 1\n",
        &["workers", "more than 1 node "],
    );
}

#[test]
fn an_add_on_that_kubernetes_would_refuse() {
    let policy = "[[addons]]\nname = \"Big One\"\nreplicas = 1\ncpu = \"1m\"\nmemory = \"1Mi\"\n";
    assert_refused(USAGE, policy, &["\"Big One\" is no name in Kubernetes"]);
}

#[test]
fn a_policy_that_cannot_be_read() {
    let (desk, fleet) = (Desk::new(), Fleet::of(1));
    for file in [
        fleet.file("nowhere.toml"),
        fleet.path().to_owned(),
        fleet.file("metrics.parquet"),
    ] {
        let ending = desk.plan(fleet.path(), &["--policy", file.to_str().expect("UTF-8")]);
        ending.assert_refused(
            USAGE,
            &["cannot read the policy", file.to_str().expect("UTF-8")],
        );
    }
    desk.assert_empty();
}
