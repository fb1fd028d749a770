//! Permissions for the parts of the platform that call AWS, each by Pod Identity and nobody else's, bounded to what
//! the plan knows: its secrets, its bucket, its queues.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::config::PodIdentity;
use super::karpenter;
use crate::plan::{ClusterPlan, Monitoring, NodeAutoscaler, Plan};
use crate::render::apps::{App, existing_secrets, has_own_secret, moving, secret_name};
use crate::render::platform::log_bucket;
use crate::render::site::{Site, queue_arn};

/// Add-on in the policy, and eksctl's name for the permissions that it needs. Their charts use the
/// add-on's name for the service account, in `kube-system`.
const KNOWN: [(&str, &str); 3] = [
    ("cluster-autoscaler", "autoScaler"),
    ("aws-load-balancer-controller", "awsLoadBalancerController"),
    ("external-dns", "externalDNS"),
];

/// Characters of an inline policy of a role, blanks not counted. Source: IAM User Guide, "IAM and AWS STS quotas".
pub(super) const LONGEST_INLINE_POLICY: usize = 10_240;

/// One association for each add-on that runs, and for what helmfile installs.
pub(super) fn of(cluster: &ClusterPlan, plan: &Plan) -> Vec<PodIdentity> {
    let policy = &plan.inputs.policy;
    let known = KNOWN
        .iter()
        .filter(|(addon, _)| policy.installed_addon(addon).is_some());
    let mut identities: Vec<_> = known
        .map(|&(addon, permissions)| PodIdentity {
            namespace: "kube-system",
            service_account_name: addon,
            well_known_policies: BTreeMap::from([(permissions, true)]),
            permission_policy: None,
        })
        .collect();
    let site = Site::of(plan);
    let here: Vec<App<'_>> = moving(plan)
        .filter(|app| app.manifests.clusters.contains_key(&cluster.name))
        .collect();
    let own = |namespace, service_account_name, statements: Vec<Value>| {
        (!statements.is_empty()).then(|| PodIdentity {
            namespace,
            service_account_name,
            well_known_policies: BTreeMap::new(),
            permission_policy: Some(document(statements)),
        })
    };
    identities.extend(own(
        "external-secrets",
        "external-secrets",
        secrets(&here, &site, plan),
    ));
    identities.extend(own("keda", "keda-operator", queues(&here)));
    identities.extend(own("monitoring", "fluent-bit", logs(cluster, &site, plan)));
    if policy.platform.node_autoscaler == NodeAutoscaler::Karpenter {
        identities.extend(own(
            "kube-system",
            "karpenter",
            karpenter::statements(cluster, &site),
        ));
    }
    identities
}

fn document(statements: Vec<Value>) -> Value {
    json!({"Version": "2012-10-17", "Statement": statements})
}

fn allow(actions: &[&str], resources: impl IntoIterator<Item = String>) -> Option<Value> {
    let resources: BTreeSet<String> = resources.into_iter().collect();
    (!resources.is_empty())
        .then(|| json!({"Effect": "Allow", "Action": actions, "Resource": resources}))
}

/// Each of the lists of resources, the narrowest first, that a role's policy has room for.
fn narrowest(candidates: Vec<Vec<Value>>) -> Vec<Value> {
    let fits = |statements: &Vec<Value>| {
        document(statements.clone()).to_string().len() <= LONGEST_INLINE_POLICY
    };
    let last = candidates.last().cloned().unwrap_or_default();
    candidates.into_iter().find(fits).unwrap_or(last)
}

/// Secrets Manager adds six characters to the name of a secret.
const SUFFIX: &str = "-??????";

/// What apps take from Secrets Manager and the parameter store. A fleet whose names have no room in a policy gets
/// those of whole namespaces.
fn secrets(here: &[App<'_>], site: &Site, plan: &Plan) -> Vec<Value> {
    let of_platform = (plan.inputs.policy.platform.monitoring == Monitoring::Datadog)
        .then(|| site.arn("secretsmanager", &format!("secret:datadog{SUFFIX}")));
    let existing = |service: &str| -> Vec<String> {
        here.iter()
            .flat_map(existing_secrets)
            .filter(|arn| arn.split(':').nth(2) == Some(service))
            .map(str::to_owned)
            .collect()
    };
    let own = |app: &&App<'_>| has_own_secret(app);
    let by_app = here.iter().filter(own).map(|app| {
        site.arn(
            "secretsmanager",
            &format!("secret:{}{SUFFIX}", secret_name(app)),
        )
    });
    let by_namespace = here.iter().filter(own).map(|app| {
        site.arn(
            "secretsmanager",
            &format!("secret:{}/*", app.manifests.namespace),
        )
    });
    let statements = |names: Vec<String>| -> Vec<Value> {
        let names = names
            .into_iter()
            .chain(of_platform.clone())
            .chain(existing("secretsmanager"));
        [
            allow(
                &[
                    "secretsmanager:GetSecretValue",
                    "secretsmanager:DescribeSecret",
                ],
                names,
            ),
            allow(&["ssm:GetParameter", "ssm:GetParameters"], existing("ssm")),
        ]
        .into_iter()
        .flatten()
        .collect()
    };
    narrowest(vec![
        statements(by_app.collect()),
        statements(by_namespace.collect()),
    ])
}

/// The queues whose length KEDA reads; of a fleet whose names have no room in a policy those of the accounts and
/// regions that they are in.
fn queues(here: &[App<'_>]) -> Vec<Value> {
    const READ: [&str; 2] = ["sqs:GetQueueAttributes", "sqs:GetQueueUrl"];
    let arns: Vec<String> = here
        .iter()
        .filter_map(|app| app.intents().worker.as_ref()?.queue_url.as_deref())
        .filter_map(queue_arn)
        .collect();
    let whole = arns.iter().map(|arn| {
        let name = arn.rsplit(':').next().unwrap_or_default();
        format!("{}*", arn.strip_suffix(name).unwrap_or(arn))
    });
    let statements = |arns: Vec<String>| allow(&READ, arns).into_iter().collect();
    narrowest(vec![statements(arns.clone()), statements(whole.collect())])
}

/// The archive's prefix of this cluster, and its log groups where CloudWatch is searched.
fn logs(cluster: &ClusterPlan, site: &Site, plan: &Plan) -> Vec<Value> {
    let archive = format!("{}/{}/*", log_bucket(plan), cluster.name);
    let mut statements: Vec<Value> = allow(&["s3:PutObject"], [site.bucket_arn(&archive)])
        .into_iter()
        .collect();
    if plan.inputs.policy.platform.monitoring == Monitoring::Cloudwatch {
        let group = format!("log-group:/eks/{}/*", cluster.name);
        statements.extend(allow(
            &[
                "logs:CreateLogGroup",
                "logs:CreateLogStream",
                "logs:DescribeLogStreams",
                "logs:PutLogEvents",
                "logs:PutRetentionPolicy",
            ],
            [site.arn("logs", &group)],
        ));
    }
    statements
}
