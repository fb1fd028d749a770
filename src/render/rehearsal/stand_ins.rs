//! What runs beside the apps, as pods that do nothing and ask for as much.

use serde_json::{Value, json};

use crate::plan::Policy;
use crate::units::Resources;

/// Where they live: the names are those of real ones, which may be there too.
const NAMESPACE: &str = "rehearsal";

/// Its namespace, a DaemonSet for each daemon, a Deployment for each add-on of the cluster.
pub(super) fn of(policy: &Policy) -> Vec<Value> {
    let namespace =
        json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": NAMESPACE}});
    let daemons = policy.daemons.iter().map(|daemon| {
        // Of those for Linux alone no pod comes to a Windows node.
        let node_selector = if daemon.windows {
            json!({})
        } else {
            json!({"kubernetes.io/os": "linux"})
        };
        let spec = json!({
            "nodeSelector": node_selector,
            "priorityClassName": "system-node-critical",
            "tolerations": [{"operator": "Exists"}],
        });
        object(
            "DaemonSet",
            &daemon.name,
            json!({}),
            spec,
            daemon.requests(),
        )
    });
    let addons = policy.addons.iter().map(|addon| {
        let spec = json!({
            "nodeSelector": {"kubernetes.io/os": "linux", "role": policy.nodes.role_label},
            "priorityClassName": "system-cluster-critical",
        });
        object(
            "Deployment",
            &addon.name,
            json!({"replicas": addon.replicas}),
            spec,
            addon.requests(),
        )
    });
    std::iter::once(namespace)
        .chain(daemons)
        .chain(addons)
        .collect()
}

fn object(kind: &str, name: &str, mut spec: Value, mut pod: Value, requests: Resources) -> Value {
    let labels = json!({"app.kubernetes.io/name": name, "app.kubernetes.io/part-of": NAMESPACE});
    pod["containers"] = json!([{
        "name": "stand-in",
        "image": "registry.k8s.io/pause:3.10",
        "resources": {"requests": {"cpu": requests.cpu.to_string(), "memory": requests.memory.0.to_string()}},
    }]);
    spec["selector"] = json!({"matchLabels": labels});
    spec["template"] = json!({"metadata": {"labels": labels}, "spec": pod});
    json!({
        "apiVersion": "apps/v1",
        "kind": kind,
        "metadata": {"name": name, "namespace": NAMESPACE, "labels": labels},
        "spec": spec,
    })
}
