//! A Fastly service in front of an app's clusters and of what it runs on today.

use serde_json::{Value, json};

use crate::render::apps::{App, asked_over_http};
use crate::render::versions::version_of;

/// Plain HCL for people: what is chosen when it is applied.
pub(super) const VARIABLES: &str = include_str!("variables.tf");
/// A request that one origin could not answer is tried once more on another.
pub(super) const FAIL_OVER: &str = include_str!("fail_over.vcl");

/// `fastly_service_vcl`, as the provider fastly/fastly has it since version 2.
pub(super) fn service(app: &App<'_>) -> Value {
    // Fastly asks over HTTP and takes one status for well. Where a connection is what counts today, it would take
    // apps for ill that are not: then it asks nothing, and weights are moved by hand.
    let asked = app
        .intents()
        .main()
        .filter(|process| process.health.path.is_some() && !process.tcp)
        .map(asked_over_http);
    let entrance = app.intents().entrance.as_ref();
    let tls =
        entrance.is_some_and(|entrance| entrance.listeners.iter().any(|listener| listener.tls));
    let port = entrance
        .and_then(|entrance| {
            entrance
                .listeners
                .iter()
                .find(|listener| listener.tls == tls)
        })
        .map_or(80, |listener| listener.port);
    let mut origins: Vec<(String, String)> = app
        .manifests
        .clusters
        .iter()
        .filter_map(|(cluster, manifest)| Some((name_of(cluster), manifest.host.clone()?)))
        .collect();
    if let Some(address) = &app.intents().address {
        origins.push(("beanstalk".to_owned(), address.clone()));
    }
    // Not shorter than today's load balancer waits; Fastly itself gives up after ten minutes.
    let patience = entrance
        .map_or(60, |entrance| entrance.idle_seconds)
        .min(600)
        * 1_000;
    // Where rules go by the host, the client's name has to reach them, here as on today's load balancer.
    let is_by_host = entrance.is_some_and(|entrance| entrance.hosts().next().is_some());
    let backend = |(name, host): &(String, String)| {
        json!({
            "name": name,
            "address": host,
            "override_host": (!is_by_host).then_some(host),
            "port": port,
            "use_ssl": tls,
            "ssl_cert_hostname": if tls { Some(host) } else { None },
            "ssl_sni_hostname": if tls { Some(host) } else { None },
            // On the load balancers of today a certificate is for the clients' name, not for the origin's.
            "ssl_check_cert": tls && name != "beanstalk",
            "healthcheck": asked.as_ref().map(|_| name),
            "weight": format!("${{lookup(var.weights, \"{name}\", 0) > 0 ? lookup(var.weights, \"{name}\", 0) : 1}}"),
            "connect_timeout": 1_000,
            "first_byte_timeout": patience,
            "between_bytes_timeout": patience,
        })
    };
    let check = |(name, host): &(String, String), (path, codes): &(String, String)| {
        let well: u32 = codes
            .split([',', '-'])
            .next()
            .and_then(|code| code.parse().ok())
            .unwrap_or(200);
        json!({
            "expected_response": well,
            "name": name,
            "host": host,
            "path": path,
            "method": "GET",
            "check_interval": 15_000,
            "timeout": 5_000,
            "window": 5,
            "threshold": 3,
            "initial": 2,
        })
    };
    let names: Vec<&String> = origins.iter().map(|(name, _)| name).collect();
    json!({
        "terraform": {"required_providers": {"fastly": {"source": "fastly/fastly", "version": version_of("fastly/fastly")}}},
        "locals": {"origins": names, "used": "${[for origin in local.origins : origin if lookup(var.weights, origin, 0) > 0]}"},
        "resource": {"fastly_service_vcl": {"app": {
            "name": app.name,
            "domain": [{"name": "${var.domain}"}],
            "backend": origins.iter().map(backend).map(crate::render::yaml::without_empty).collect::<Vec<Value>>(),
            "healthcheck": asked.iter().flat_map(|asked| origins.iter().map(|origin| check(origin, asked))).collect::<Vec<Value>>(),
            // Nothing is cached that is not today: every request goes to an origin.
            "request_setting": [{"name": "pass everything", "action": "pass", "bypass_busy_wait": true}],
            "director": [{"name": "origins", "type": 1, "quorum": 1, "retries": 2, "backends": "${local.used}"}],
            "snippet": [{"name": "fail over", "type": "fetch", "priority": 100, "content": "${file(\"${path.module}/fail_over.vcl\")}"}],
            "force_destroy": false,
        }}},
    })
}

/// A backend's name in VCL: letters, digits and underscores.
fn name_of(cluster: &str) -> String {
    cluster.replace('-', "_").to_lowercase()
}
