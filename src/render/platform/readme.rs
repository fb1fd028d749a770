//! What is in `platform/`, and in which order it is applied.

use crate::plan::{Ci, DnsCache, Monitoring, NodeAutoscaler, Plan};

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
        "Make this folder a repository of its own. What comes before and after it stands in the `README.md` above it.".to_owned(),
        String::new(),
        format!("- `helmfile --file {first}/helmfile.yaml apply` installs everything on a cluster: charts, pinned in the file, and `objects/` (priority classes, stores of secrets) as releases of their own, each when what it needs is there."),
        format!("- Afterwards the CI does it: lint and diff of all clusters on every branch; on `main` {first} is applied, and each further cluster once somebody has approved it."),
        "- Back: `git revert`, and the CI applies what was before. A release that fails goes back by itself (`atomic`).".to_owned(),
        String::new(),
        "Requests in `values/` are the policy's `[[addons]]` and `[[daemons]]`: the nodes were packed with them. Change them there and plan again.".to_owned(),
        String::new(),
    ];
    lines.push(match platform.ci {
        Ci::Circleci => "CircleCI: a context `aws` for the project (it may be empty: jobs with a context get a token), and whoever may press `approve`.".to_owned(),
        Ci::GithubActions => "GitHub: an environment for each cluster, with required reviewers for all but the first.".to_owned(),
    });
    let has_windows = plan.clusters.iter().any(super::cluster::has_windows);
    if has_windows {
        lines.push(match platform.monitoring {
            Monitoring::Datadog => "Logs of Windows nodes: Datadog's agent reads them (`datadog-windows`); the archive has those of Linux nodes alone.".to_owned(),
            Monitoring::Cloudwatch => {
                let days = plan.platform.log_days.map_or("DAYS".to_owned(), |days| days.to_string());
                format!("Logs of all nodes: CloudWatch's add-on ships them, since fluent-bit is for Linux nodes; it keeps them for good until a retention is set: `aws logs put-retention-policy --log-group-name /aws/containerinsights/CLUSTER/application --retention-in-days {days}`, which is what the bill counts with. The archive has those of Linux nodes alone.")
            }
        });
    }
    if platform.node_autoscaler == NodeAutoscaler::Karpenter {
        lines.push("Karpenter: `bootstrap/` makes its nodes' role and its queue, `eksctl/` its rights. The node groups of the plan carry Karpenter itself and the base load.".to_owned());
        if has_windows {
            lines.push("It adds Linux nodes only: Windows groups keep their planned size. Raise `minSize` by hand when a cluster has to carry everything.".to_owned());
        }
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
