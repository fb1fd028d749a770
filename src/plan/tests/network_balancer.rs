//! A network load balancer asks as today's does, and asks nobody a question that he cannot answer.

use serde_json::Value;

use super::{Estate, environment, with_option};
use crate::render;
use crate::snapshot::Environment;
use crate::wording::Language;

const NLB: &str = "service.beta.kubernetes.io/aws-load-balancer";

fn network(name: &str, options: &[(&str, &str, &str)]) -> Environment {
    let mut made = environment(name, 2, "t3.small");
    made.load_balancers[0].kind = "network".to_owned();
    for (namespace, option, value) in options {
        made = with_option(made, namespace, option, value);
    }
    made
}

/// Its Service with the load balancer on the first cluster.
fn service(environment: Environment) -> Value {
    let name = environment.name.clone();
    let plan = Estate::of(vec![environment]).plan();
    let files = render::files(&plan, Language::English).expect("files");
    let path = format!("apps/{name}/{name}/eks-1/network-service.yaml");
    let text = std::str::from_utf8(files.get(&path).expect("a Service")).expect("UTF-8");
    serde_saphyr::from_str(text).expect("YAML")
}

fn told<'a>(service: &'a Value, what: &str) -> &'a str {
    service["metadata"]["annotations"][format!("{NLB}-{what}")]
        .as_str()
        .unwrap_or("")
}

const PROCESS: &str = "aws:elasticbeanstalk:environment:process:default";
const OTHER: &str = "aws:elasticbeanstalk:environment:process:metrics";

#[test]
fn a_connection_is_enough_where_it_is_today() {
    let bytes = service(network(
        "bytes",
        &[
            (PROCESS, "Protocol", "TCP"),
            (PROCESS, "Port", "6379"),
            ("aws:elbv2:listener:6379", "Protocol", "TCP"),
        ],
    ));
    assert_eq!(told(&bytes, "healthcheck-protocol"), "tcp");
    assert_eq!(told(&bytes, "healthcheck-path"), "");
    assert_eq!(told(&bytes, "healthcheck-port"), "", "each port itself");
}

#[test]
fn a_path_is_asked_with_its_codes_and_ends_of_tls_have_their_certificates() {
    let certificate = "arn:aws:acm:ap-northeast-1:111122223333:certificate/1";
    let asked = service(network(
        "asked",
        &[
            (PROCESS, "Protocol", "HTTP"),
            (PROCESS, "HealthCheckPath", "/up"),
            (PROCESS, "MatcherHTTPCode", "200-299"),
            ("aws:elbv2:listener:443", "Protocol", "TLS"),
            ("aws:elbv2:listener:443", "SSLCertificateArns", certificate),
        ],
    ));
    assert_eq!(told(&asked, "healthcheck-protocol"), "http");
    assert_eq!(told(&asked, "healthcheck-path"), "/up");
    assert_eq!(told(&asked, "healthcheck-success-codes"), "200-299");
    assert_eq!(told(&asked, "ssl-ports"), "443");
    assert_eq!(told(&asked, "ssl-cert"), certificate);
}

/// One Service has one check for all of its ports: a question over HTTP would take a port for ill that speaks none.
#[test]
fn all_ports_of_one_service_ask_the_process_that_the_check_is_of() {
    let two = service(network(
        "two",
        &[
            (PROCESS, "Port", "8080"),
            (PROCESS, "HealthCheckPath", "/up"),
            (OTHER, "Port", "9000"),
            (OTHER, "Protocol", "TCP"),
            ("aws:elbv2:listener:80", "Protocol", "TCP"),
            ("aws:elbv2:listener:9000", "Protocol", "TCP"),
            ("aws:elbv2:listener:9000", "DefaultProcess", "metrics"),
        ],
    ));
    assert_eq!(told(&two, "healthcheck-port"), "8080");
    let targets: Vec<(u64, &str)> = two["spec"]["ports"]
        .as_array()
        .expect("ports")
        .iter()
        .map(|port| {
            (
                port["port"].as_u64().expect("a port"),
                port["targetPort"].as_str().expect("a name"),
            )
        })
        .collect();
    assert_eq!(targets, [(80, "http"), (9000, "port-9000")]);
}
