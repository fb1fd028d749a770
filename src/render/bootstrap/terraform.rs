//! The Terraform root, in Terraform's JSON: names are data there, whatever they contain.
//!
//! Resources and arguments are those of hashicorp/aws, major version 6.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::ci_role::CI_ROLE;
use crate::plan::{Ci, ClusterPlan, Monitoring, NodeAutoscaler, Plan};
use crate::render::apps::{has_own_secret, image, moving, queue_daemon, secret_name};
use crate::render::eksctl::{node_role_name, queue_name};
use crate::render::platform::log_bucket;
use crate::render::site::Site;
use crate::render::versions::version_of;

/// Resources by type and name.
type Resources = BTreeMap<&'static str, Map<String, Value>>;

pub(super) fn root(plan: &Plan) -> Value {
    let site = Site::of(plan);
    let platform = &plan.inputs.policy.platform;
    let mut resources = Resources::new();
    let mut outputs = Map::new();
    let mut variables = Map::new();
    registries(plan, &site, &mut resources);
    archive(plan, &mut resources);
    secrets(plan, &mut resources);
    certificates(plan, &mut resources, &mut outputs);
    if platform.ci_role.is_empty() {
        ci(plan, &site, &mut resources, &mut variables);
    }
    if platform.node_autoscaler == NodeAutoscaler::Karpenter {
        for cluster in &plan.clusters {
            karpenter(cluster, &site, &mut resources);
        }
    }
    json!({
        "terraform": {
            "required_version": ">= 1.5",
            "required_providers": {"aws": {"source": "hashicorp/aws", "version": version_of("hashicorp/aws")}},
        },
        "provider": {"aws": {"region": site.region, "allowed_account_ids": [site.account]}},
        "data": {"aws_route53_zone": {"apps": {"name": platform.domain}}},
        "variable": variables,
        "resource": resources,
        "output": outputs,
    })
}

fn add(resources: &mut Resources, kind: &'static str, name: &str, content: Value) {
    resources
        .entry(kind)
        .or_default()
        .insert(name.to_owned(), content);
}

/// A name in Terraform: letters, digits, hyphens and underscores.
fn label(name: &str) -> String {
    let plain = |c: char| {
        if c.is_ascii_alphanumeric() || c == '-' {
            c
        } else {
            '_'
        }
    };
    format!("x_{}", name.chars().map(plain).collect::<String>())
}

/// One for each application, where images are in ECR of the clusters' account and region.
fn registries(plan: &Plan, site: &Site, resources: &mut Resources) {
    let host = format!("{}.dkr.ecr.{}.amazonaws.com/", site.account, site.region);
    let mut names: BTreeSet<String> = moving(plan)
        .filter_map(|app| image(&app).strip_prefix(&host).map(str::to_owned))
        .collect();
    if moving(plan).any(|app| app.manifests.sidecar.is_some()) {
        let daemon = queue_daemon(plan);
        let name = daemon
            .strip_prefix(&host)
            .and_then(|rest| rest.split(['@', ':']).next().map(str::to_owned));
        names.extend(name);
    }
    for name in names {
        add(
            resources,
            "aws_ecr_repository",
            &label(&name),
            json!({
                "name": name,
                // A tag stays what it is: what was tested is what is deployed, and what one goes back to.
                "image_tag_mutability": "IMMUTABLE",
                "image_scanning_configuration": [{"scan_on_push": true}],
            }),
        );
    }
}

fn archive(plan: &Plan, resources: &mut Resources) {
    const BUCKET: &str = "${aws_s3_bucket.logs.id}";
    add(
        resources,
        "aws_s3_bucket",
        "logs",
        json!({"bucket": log_bucket(plan)}),
    );
    add(
        resources,
        "aws_s3_bucket_public_access_block",
        "logs",
        json!({
            "bucket": BUCKET,
            "block_public_acls": true,
            "block_public_policy": true,
            "ignore_public_acls": true,
            "restrict_public_buckets": true,
        }),
    );
    add(
        resources,
        "aws_s3_bucket_lifecycle_configuration",
        "logs",
        json!({
            "bucket": BUCKET,
            // Nothing is deleted: how long logs must be kept, only the company knows.
            "rule": [{
                "id": "cheaper-with-age",
                "status": "Enabled",
                "filter": [{"prefix": ""}],
                "transition": [{"days": 30, "storage_class": "STANDARD_IA"}, {"days": 90, "storage_class": "GLACIER_IR"}],
            }],
        }),
    );
}

/// Names alone. Values go in by `aws secretsmanager put-secret-value`, and into no file.
fn secrets(plan: &Plan, resources: &mut Resources) {
    let of_apps = moving(plan)
        .filter(has_own_secret)
        .map(|app| secret_name(&app));
    let of_platform = (plan.inputs.policy.platform.monitoring == Monitoring::Datadog)
        .then(|| "datadog".to_owned());
    for name in of_apps.chain(of_platform) {
        add(
            resources,
            "aws_secretsmanager_secret",
            &label(&name),
            json!({"name": name}),
        );
    }
}

/// One for all apps' names on a cluster, proven by records in the zone that they are in.
fn certificates(plan: &Plan, resources: &mut Resources, outputs: &mut Map<String, Value>) {
    for cluster in &plan.clusters {
        let name = label(&cluster.name);
        let host = format!(
            "*.{}.{}",
            cluster.name.to_lowercase(),
            plan.inputs.policy.platform.domain
        );
        let certificate = format!("aws_acm_certificate.{name}");
        let proof = format!("one({certificate}.domain_validation_options)");
        add(
            resources,
            "aws_acm_certificate",
            &name,
            json!({"domain_name": host, "validation_method": "DNS", "lifecycle": [{"create_before_destroy": true}]}),
        );
        add(
            resources,
            "aws_route53_record",
            &name,
            json!({
                "zone_id": "${data.aws_route53_zone.apps.zone_id}",
                "name": format!("${{{proof}.resource_record_name}}"),
                "type": format!("${{{proof}.resource_record_type}}"),
                "records": [format!("${{{proof}.resource_record_value}}")],
                "ttl": 300,
            }),
        );
        add(
            resources,
            "aws_acm_certificate_validation",
            &name,
            json!({
                "certificate_arn": format!("${{{certificate}.arn}}"),
                "validation_record_fqdns": [format!("${{aws_route53_record.{name}.fqdn}}")],
            }),
        );
        outputs.insert(
            format!("certificate_{name}"),
            json!({
                "description": format!("For platform.certificates.{} of the policy.", cluster.name),
                "value": format!("${{aws_acm_certificate_validation.{name}.certificate_arn}}"),
            }),
        );
    }
}

/// A role that the CI's tokens of one project may take; on the clusters it is an administrator, in AWS it sees them.
fn ci(plan: &Plan, site: &Site, resources: &mut Resources, variables: &mut Map<String, Value>) {
    let text = |description: &str| json!({"type": "string", "description": description});
    let (issuer, audience, subject) = match plan.inputs.policy.platform.ci {
        Ci::GithubActions => {
            variables.insert(
                "ci_repository".to_owned(),
                text("The repository that platform/ becomes, as OWNER/NAME."),
            );
            (
                "token.actions.githubusercontent.com",
                "sts.amazonaws.com",
                "repo:${var.ci_repository}:*",
            )
        }
        Ci::Circleci => {
            variables.insert(
                "ci_organization".to_owned(),
                text("The id of the organization in CircleCI (a UUID)."),
            );
            variables.insert(
                "ci_project".to_owned(),
                text("The id in CircleCI of the project that platform/ becomes (a UUID)."),
            );
            (
                "oidc.circleci.com/org/${var.ci_organization}",
                "${var.ci_organization}",
                "org/${var.ci_organization}/project/${var.ci_project}/*",
            )
        }
    };
    add(
        resources,
        "aws_iam_openid_connect_provider",
        "ci",
        json!({"url": format!("https://{issuer}"), "client_id_list": [audience]}),
    );
    let trust = json!({
        "Version": "2012-10-17",
        "Statement": [{
            "Effect": "Allow",
            "Action": "sts:AssumeRoleWithWebIdentity",
            "Principal": {"Federated": "${aws_iam_openid_connect_provider.ci.arn}"},
            "Condition": {
                "StringEquals": {format!("{issuer}:aud"): audience},
                "StringLike": {format!("{issuer}:sub"): subject},
            },
        }],
    });
    add(
        resources,
        "aws_iam_role",
        "ci",
        json!({"name": CI_ROLE, "assume_role_policy": trust.to_string()}),
    );
    let clusters: Vec<String> = plan
        .clusters
        .iter()
        .map(|cluster| site.arn("eks", &format!("cluster/{}", cluster.name)))
        .collect();
    let sees = json!({
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Action": "eks:DescribeCluster", "Resource": clusters}],
    });
    add(
        resources,
        "aws_iam_role_policy",
        "ci",
        json!({"name": "sees-the-clusters", "role": "${aws_iam_role.ci.id}", "policy": sees.to_string()}),
    );
}

/// The role of its nodes, and the queue where EC2 tells of machines that it will take away.
fn karpenter(cluster: &ClusterPlan, site: &Site, resources: &mut Resources) {
    const NODE_POLICIES: [&str; 4] = [
        "AmazonEC2ContainerRegistryPullOnly",
        "AmazonEKSWorkerNodePolicy",
        "AmazonEKS_CNI_Policy",
        "AmazonSSMManagedInstanceCore",
    ];
    const EVENTS: [(&str, &str, &str); 5] = [
        ("health", "aws.health", "AWS Health Event"),
        (
            "interruption",
            "aws.ec2",
            "EC2 Spot Instance Interruption Warning",
        ),
        (
            "rebalance",
            "aws.ec2",
            "EC2 Instance Rebalance Recommendation",
        ),
        ("state", "aws.ec2", "EC2 Instance State-change Notification"),
        (
            "reservation",
            "aws.ec2",
            "EC2 Capacity Reservation Instance Interruption Warning",
        ),
    ];
    let name = label(&cluster.name);
    let trust = json!({
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "ec2.amazonaws.com"}}],
    });
    add(
        resources,
        "aws_iam_role",
        &name,
        json!({"name": node_role_name(cluster), "assume_role_policy": trust.to_string()}),
    );
    for policy in NODE_POLICIES {
        add(
            resources,
            "aws_iam_role_policy_attachment",
            &format!("{name}-{policy}"),
            json!({"role": format!("${{aws_iam_role.{name}.name}}"), "policy_arn": site.managed_policy(policy)}),
        );
    }
    let queue = format!("aws_sqs_queue.{name}");
    add(
        resources,
        "aws_sqs_queue",
        &name,
        json!({"name": queue_name(cluster), "message_retention_seconds": 300, "sqs_managed_sse_enabled": true}),
    );
    let sent_by_aws = json!({
        "Version": "2012-10-17",
        "Statement": [{
            "Effect": "Allow",
            "Action": "sqs:SendMessage",
            "Principal": {"Service": ["events.amazonaws.com", "sqs.amazonaws.com"]},
            "Resource": site.arn("sqs", &queue_name(cluster)),
        }],
    });
    add(
        resources,
        "aws_sqs_queue_policy",
        &name,
        json!({"queue_url": format!("${{{queue}.url}}"), "policy": sent_by_aws.to_string()}),
    );
    for (event, source, kind) in EVENTS {
        let rule = format!("{name}-{event}");
        let stem: String = cluster.name.chars().take(40).collect();
        add(
            resources,
            "aws_cloudwatch_event_rule",
            &rule,
            json!({
                "name": format!("karpenter-{stem}-{event}"),
                "event_pattern": json!({"source": [source], "detail-type": [kind]}).to_string(),
            }),
        );
        add(
            resources,
            "aws_cloudwatch_event_target",
            &rule,
            json!({"rule": format!("${{aws_cloudwatch_event_rule.{rule}.name}}"), "arn": format!("${{{queue}.arn}}")}),
        );
    }
}
