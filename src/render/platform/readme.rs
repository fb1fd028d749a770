//! What is in `platform/`, and in which order it is applied.

use crate::plan::{DnsCache, Monitoring, NodeAutoscaler, OperatingSystem, Plan};

pub(super) fn text(plan: &Plan) -> String {
    let platform = &plan.inputs.policy.platform;
    let clusters: Vec<&str> = plan
        .clusters
        .iter()
        .map(|cluster| cluster.name.as_str())
        .collect();
    let first = clusters.first().copied().unwrap_or("CLUSTER");
    let mut lines = vec![
        "# The platform".to_owned(),
        String::new(),
        "Make this folder a repository of its own. For each cluster, once `eksctl create cluster` has made it:".to_owned(),
        String::new(),
        format!("1. `helmfile --file {first}/helmfile.yaml apply` installs the charts, pinned in the file."),
        format!("2. `kubectl apply -f {first}/objects` adds priority classes and the store that secrets come from."),
        "3. Afterwards the CI does both: lint and diff on every branch, apply on `main`.".to_owned(),
        String::new(),
        "Requests in `values/` are the policy's `[[addons]]` and `[[daemons]]`: the nodes were packed with them. Change them there and plan again.".to_owned(),
        String::new(),
        "## Before the first apply".to_owned(),
        String::new(),
        format!("- A zone `{}` in Route 53 (`platform.domain`), which external-dns writes into.", platform.domain),
        "- The bucket that fluent-bit writes to (`values/fluent-bit.yaml`), with a lifecycle rule.".to_owned(),
    ];
    if plan
        .clusters
        .iter()
        .flat_map(|cluster| &cluster.node_groups)
        .any(|group| group.operating_system == OperatingSystem::Windows)
    {
        lines.push("- Logs of Windows nodes: the release of fluent-bit is for Linux nodes; a second one needs the Windows image and `nodeSelector`. The nodes have room for it.".to_owned());
    }
    match platform.monitoring {
        Monitoring::Datadog => lines.push("- A secret `datadog` with the key `api-key` in AWS Secrets Manager. Windows nodes need a second release with `targetSystem: windows`.".to_owned()),
        Monitoring::Cloudwatch => lines.push("- Nothing for CloudWatch: its agents are an add-on of EKS, in `eksctl/`.".to_owned()),
    }
    if platform.node_autoscaler == NodeAutoscaler::Karpenter {
        lines.push("- The roles and the queue of Karpenter, by its own CloudFormation template; the node groups of the plan carry Karpenter itself and the base load.".to_owned());
    }
    lines.extend([String::new(), "## Names".to_owned(), String::new()]);
    let dns = &plan.platform.dns;
    if dns.apps == 0 {
        lines.push("Every pod has `ndots: 1`. With `ndots: 5`, Kubernetes' default, a name outside the cluster is asked for five times, each for IPv4 and IPv6: ten queries instead of two. How many that would have been in all is not known, since no app's requests were counted.".to_owned());
    } else {
        lines.push(format!(
            "Every pod has `ndots: 1`. If each request looks one name up outside the cluster, the {} apps whose requests were counted ask {} times a second at their busiest; with `ndots: 5`, Kubernetes' default, it would be {}.",
            dns.apps, dns.queries_with_one_dot, dns.queries_with_five_dots
        ));
    }
    for (cluster, replicas) in &plan.platform.cluster_dns {
        let more = if replicas.most > replicas.least {
            format!(", up to {} as nodes are added", replicas.most)
        } else {
            String::new()
        };
        lines.push(format!(
            "CoreDNS on {cluster}: {} replicas{more}.",
            replicas.least
        ));
    }
    if platform.dns == DnsCache::Autopath {
        lines.push(
            "CoreDNS answers search domains by itself (`autopath`); watch its memory.".to_owned(),
        );
    }
    lines.push(String::new());
    lines.join("\n")
}
