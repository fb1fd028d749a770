//! A k6 script for each app that is called over HTTP, made from its own traffic.
//!
//! Comes in: the plan. Goes out: `loadtest/APP/script.js`, the same for every app, with the app's numbers in
//! `load.json` beside it, so that nothing that an app is called can act as a script. This room decides
//! nothing: rates, steps, thresholds and the expected pods are the plan's.

use std::collections::BTreeMap;

use serde_json::json;

use super::RenderError;
use super::apps::moving;
use crate::plan::{LoadTestPlan, Plan};

const SCRIPT: &str = include_str!("script.js");

/// All files under `loadtest/`.
///
/// # Errors
/// A number that JSON cannot hold.
pub(super) fn files(plan: &Plan) -> Result<BTreeMap<String, Vec<u8>>, RenderError> {
    let mut files = BTreeMap::new();
    let mut left_out = Vec::new();
    for app in moving(plan) {
        let test = match app.environment.load_test() {
            Some(LoadTestPlan::Planned { test }) => test,
            Some(LoadTestPlan::LeftOut { reason }) => {
                left_out.push(format!("- `{}`: {reason}\n", app.name));
                continue;
            }
            None => continue,
        };
        let entrance = app.intents().entrance.as_ref();
        let scheme = if entrance
            .is_some_and(|entrance| entrance.listeners.iter().any(|listener| listener.tls))
        {
            "https"
        } else {
            "http"
        };
        let host = app
            .manifests
            .clusters
            .values()
            .find_map(|manifest| manifest.host.as_deref())
            .unwrap_or("localhost");
        let path = app
            .intents()
            .main()
            .and_then(|process| process.health.path.as_deref())
            .unwrap_or("/");
        let load = json!({
            "app": app.name,
            "hours_utc": test.traffic.shape,
            "is_latency_known": test.is_slow_known,
            "is_shape_of_requests": test.traffic.is_counted,
            "latency_p95_seconds_today": test.traffic.latency_p95_seconds,
            "path": path,
            "peak_per_second": test.peak_per_second,
            "slow_ms": test.slow_ms,
            "steps": test.steps,
            "target": format!("{scheme}://{host}"),
        });
        let mut text = serde_json::to_string_pretty(&load)?;
        text.push('\n');
        files.insert(
            format!("loadtest/{}/load.json", app.name),
            text.into_bytes(),
        );
        files.insert(
            format!("loadtest/{}/script.js", app.name),
            SCRIPT.as_bytes().to_vec(),
        );
    }
    let mut readme = README.to_owned();
    if !left_out.is_empty() {
        readme.push_str("\nWithout a script here:\n\n");
        readme.extend(left_out);
    }
    files.insert("loadtest/README.md".to_owned(), readme.into_bytes());
    Ok(files)
}

const README: &str = "# Load tests

Requests and replicas are calculated from history. In the first such migration that was not enough: load-test every
app with real traffic before it carries any.

`APP/load.json` says what the plan expects:

- `peak_per_second`: requests a second at today's busiest, where a load balancer or Beanstalk counted them; `null` where
  nobody did. Then give `-e PEAK=...`.
- `hours_utc`: how busy each hour of the day is, as a share of the busiest, from requests (`is_shape_of_requests`), else
  from CPU. Test in the quietest.
- `steps`: per cent of the peak, and the pods that the autoscaler should reach on one cluster that carries it alone.
- `slow_ms`: twice today's 95th percentile where latency is known, else a second.

How to:

1. Deploy the app to one cluster and let the autoscaler settle. `kubectl get hpa -n NAMESPACE --watch` in a second window.
2. Run single steps, each with its own summary, against paths that people really call (health checks prove nothing):
   `k6 run -e STEP=100 -e PATHS=/,/search --summary-export step-100.json APP/script.js`
3. Compare the pods with `expected_pods`. More pods than expected: the app takes more CPU for a request than history says.
   Errors or slow answers while CPU is low: something else is short (threads, connections, the database).
4. Feed the summaries back: `eb2eks calibrate eb2eks-out step-50.json step-100.json step-125.json --app APP --pods PODS`
   prints an entry for the policy; plan again with it.
";
