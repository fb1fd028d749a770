//! The script that puts a plan on a cluster without machines, as the delivery would.

use std::fmt::Write;

use super::super::apps::moving;
use crate::plan::{ClusterPlan, Plan};

const HEAD: &str = r#"#!/bin/sh
# Puts the plan on a cluster without machines, wave by wave, to see where its scheduler places every pod:
#   sh rehearsal/CLUSTER/walk.sh CONTEXT [PAUSE]
# CONTEXT is that cluster's in kubectl's configuration; PAUSE the seconds after each wave (10). Definitions of the
# custom resources are there before (see docs/SIMULATE.md). Nobody scales here: each app gets the replicas that the
# plan has for normal times.
set -eu
context=${1:?"the context of a cluster without machines"}
pause=${2:-10}
cd "$(dirname "$0")/../.."
app() { # folder, namespace, name, replicas
  kubectl --context "$context" apply --server-side -k "$1"
  kubectl --context "$context" -n "$2" scale deployment "$3" --replicas "$4"
}
"#;

/// For `sh`; every name in it is a Kubernetes name.
pub(super) fn script(cluster: &ClusterPlan, plan: &Plan) -> String {
    let name = &cluster.name;
    let mut script = HEAD.replace("CLUSTER", name);
    for file in [
        format!("--server-side -f platform/{name}/objects/priority-classes/templates"),
        // With their status, which is kept of a new object alone.
        format!("-f rehearsal/{name}/nodes.yaml"),
        format!("--server-side -f rehearsal/{name}/stand-ins.yaml"),
        format!("--server-side -f apps/namespaces/{name}.yaml"),
    ] {
        let _ = writeln!(script, "kubectl --context \"$context\" apply {file}");
    }
    let mut apps: Vec<_> = moving(plan)
        .filter_map(|app| {
            let (_, sizing) = app.environment.planned()?;
            let replicas = sizing.replicas.clusters.get(name)?.normal;
            let wave = plan.wave_of(app.environment).unwrap_or(0);
            let folder = app.folder();
            let (namespace, app) = (&app.manifests.namespace, app.name);
            Some((
                wave,
                format!("app {folder}/{name} {namespace} {app} {replicas}"),
            ))
        })
        .collect();
    apps.sort();
    let mut last = None;
    for (wave, line) in apps {
        if last != Some(wave) {
            let _ = writeln!(script, "sleep \"$pause\"\necho 'wave {wave}'");
            last = Some(wave);
        }
        let _ = writeln!(script, "{line}");
    }
    let _ = writeln!(
        script,
        "sleep \"$pause\"\necho 'pods without a node:'\nkubectl --context \"$context\" get pods -A --field-selector spec.nodeName="
    );
    script
}
