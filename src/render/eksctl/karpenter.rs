//! What Karpenter may do: start, tag and stop machines of this cluster and no others.
//!
//! Source: aws/karpenter-provider-aws v1.14, `website/content/en/docs/reference/cloudformation.md`, statement by
//! statement; names are those of `bootstrap/`.

use serde_json::{Value, json};

use crate::plan::ClusterPlan;
use crate::render::site::Site;

/// Its nodes' role, which the bootstrap makes. A role's name has at most 64 characters.
pub(in crate::render) fn node_role_name(cluster: &ClusterPlan) -> String {
    let stem: String = cluster.name.chars().take(46).collect();
    format!("KarpenterNodeRole-{stem}")
}

/// The queue of notices that a machine will be taken away; at most 80 characters.
pub(in crate::render) fn queue_name(cluster: &ClusterPlan) -> String {
    let stem: String = cluster.name.chars().take(68).collect();
    format!("karpenter-{stem}")
}

pub(super) fn statements(cluster: &ClusterPlan, site: &Site) -> Vec<Value> {
    let name = &cluster.name;
    let region = &site.region;
    let owned = format!("kubernetes.io/cluster/{name}");
    let ec2 = |kind: &str| site.arn("ec2", &format!("{kind}/*"));
    // Images, their snapshots and AWS's own parameters belong to nobody's account.
    let nobodys = |arn: String| arn.replace(&format!(":{}:", site.account), "::");
    let made = [
        "fleet",
        "instance",
        "volume",
        "network-interface",
        "launch-template",
        "spot-instances-request",
    ]
    .map(ec2);
    let requested = json!({
        "StringEquals": {format!("aws:RequestTag/{owned}"): "owned", "aws:RequestTag/eks:eks-cluster-name": name},
        "StringLike": {"aws:RequestTag/karpenter.sh/nodepool": "*"},
    });
    let carried = json!({
        "StringEquals": {format!("aws:ResourceTag/{owned}"): "owned"},
        "StringLike": {"aws:ResourceTag/karpenter.sh/nodepool": "*"},
    });
    let mut creating = requested.clone();
    creating["StringEquals"]["ec2:CreateAction"] =
        json!(["RunInstances", "CreateFleet", "CreateLaunchTemplate"]);
    let mut retagging = carried.clone();
    retagging["StringEqualsIfExists"] = json!({"aws:RequestTag/eks:eks-cluster-name": name});
    retagging["ForAllValues:StringEquals"] =
        json!({"aws:TagKeys": ["eks:eks-cluster-name", "karpenter.sh/nodeclaim", "Name"]});
    let role = site.global_arn("iam", &format!("role/{}", node_role_name(cluster)));
    let profiles = site.global_arn("iam", "instance-profile/*");
    // A profile that carries the cluster's tags, one that is given them, or both.
    let of_profile = |kinds: &[&str]| {
        let (mut equals, mut like) = (json!({}), json!({}));
        for kind in kinds {
            equals[format!("aws:{kind}/{owned}")] = json!("owned");
            equals[format!("aws:{kind}/topology.kubernetes.io/region")] = json!(region);
            if *kind == "RequestTag" {
                equals["aws:RequestTag/eks:eks-cluster-name"] = json!(name);
            }
            like[format!("aws:{kind}/karpenter.k8s.aws/ec2nodeclass")] = json!("*");
        }
        json!({"StringEquals": equals, "StringLike": like})
    };
    let allow = |actions: Value, resources: Value, condition: Value| {
        let mut statement = json!({"Effect": "Allow", "Action": actions, "Resource": resources});
        if !condition.is_null() {
            statement["Condition"] = condition;
        }
        statement
    };
    vec![
        allow(
            json!(["ec2:RunInstances", "ec2:CreateFleet"]),
            json!([
                nobodys(ec2("image")),
                nobodys(ec2("snapshot")),
                ec2("security-group"),
                ec2("subnet"),
                ec2("capacity-reservation"),
                ec2("placement-group")
            ]),
            Value::Null,
        ),
        allow(
            json!(["ec2:RunInstances", "ec2:CreateFleet"]),
            json!(ec2("launch-template")),
            carried.clone(),
        ),
        allow(
            json!([
                "ec2:RunInstances",
                "ec2:CreateFleet",
                "ec2:CreateLaunchTemplate"
            ]),
            json!(made),
            requested,
        ),
        allow(json!("ec2:CreateTags"), json!(made), creating),
        allow(json!("ec2:CreateTags"), json!(ec2("instance")), retagging),
        allow(
            json!(["ec2:TerminateInstances", "ec2:DeleteLaunchTemplate"]),
            json!([ec2("instance"), ec2("launch-template")]),
            carried,
        ),
        // Describing has no resources in IAM.
        allow(
            json!([
                "ec2:DescribeCapacityReservations",
                "ec2:DescribeImages",
                "ec2:DescribeInstances",
                "ec2:DescribeInstanceStatus",
                "ec2:DescribeInstanceTypeOfferings",
                "ec2:DescribeInstanceTypes",
                "ec2:DescribeLaunchTemplates",
                "ec2:DescribePlacementGroups",
                "ec2:DescribeSecurityGroups",
                "ec2:DescribeSpotPriceHistory",
                "ec2:DescribeSubnets"
            ]),
            json!("*"),
            json!({"StringEquals": {"aws:RequestedRegion": region}}),
        ),
        allow(json!("pricing:GetProducts"), json!("*"), Value::Null),
        allow(
            json!("ssm:GetParameter"),
            json!(nobodys(site.arn("ssm", "parameter/aws/service/*"))),
            Value::Null,
        ),
        allow(
            json!(["sqs:DeleteMessage", "sqs:GetQueueUrl", "sqs:ReceiveMessage"]),
            json!(site.arn("sqs", &queue_name(cluster))),
            Value::Null,
        ),
        allow(
            json!("iam:PassRole"),
            json!(role),
            json!({"StringEquals": {"iam:PassedToService": ["ec2.amazonaws.com", "ec2.amazonaws.com.cn"]}}),
        ),
        allow(
            json!("iam:CreateInstanceProfile"),
            json!(profiles),
            of_profile(&["RequestTag"]),
        ),
        allow(
            json!("iam:TagInstanceProfile"),
            json!(profiles),
            of_profile(&["RequestTag", "ResourceTag"]),
        ),
        allow(
            json!([
                "iam:AddRoleToInstanceProfile",
                "iam:RemoveRoleFromInstanceProfile",
                "iam:DeleteInstanceProfile"
            ]),
            json!(profiles),
            of_profile(&["ResourceTag"]),
        ),
        allow(
            json!("iam:GetInstanceProfile"),
            json!(profiles),
            Value::Null,
        ),
        allow(json!("iam:ListInstanceProfiles"), json!("*"), Value::Null),
        allow(
            json!("eks:DescribeCluster"),
            json!(site.arn("eks", &format!("cluster/{name}"))),
            Value::Null,
        ),
        allow(
            json!("arc-zonal-shift:GetManagedResource"),
            json!("*"),
            json!({"StringEquals": {"arc-zonal-shift:ResourceIdentifier": site.arn("eks", &format!("cluster/{name}"))}}),
        ),
    ]
}
