//! Listeners and policies of classic load balancers.

use std::collections::BTreeMap;

use super::classic_policies::POLICY;
use super::listener::{DEFAULT, SetListener};
use super::options::Options;
use super::{InstancePort, Listener, Process, Protocol, Stickiness, network, values};

const LISTENER: &str = "aws:elb:listener:";

/// Those that are set and not switched off.
pub(super) fn listeners<'a>(options: &'a Options<'_>) -> impl Iterator<Item = SetListener> + 'a {
    // Without a port in its name the namespace is port 80.
    let plain = options
        .all(LISTENER.trim_end_matches(':'))
        .next()
        .and_then(|_| listener(80, LISTENER.trim_end_matches(':'), options));
    let by_port = options.parts(LISTENER).into_iter().filter_map(|part| {
        let port = values::port(part)?;
        listener(port, &format!("{LISTENER}{part}"), options)
    });
    by_port.chain(plain)
}

fn listener(port: u16, namespace: &str, options: &Options<'_>) -> Option<SetListener> {
    if options.flag(namespace, "ListenerEnabled") == Some(false) {
        return None;
    }
    let protocol = |name: &str| options.get(namespace, name).and_then(Protocol::of);
    let stated = protocol("ListenerProtocol");
    let own = stated.unwrap_or(Protocol::Http);
    // Where nothing else is set the instance is spoken to as the listener is, without TLS.
    let inner = protocol("InstanceProtocol").unwrap_or(if own.is_http() {
        Protocol::Http
    } else {
        Protocol::Tcp
    });
    let named = options
        .get(namespace, "PolicyNames")
        .into_iter()
        .flat_map(values::list)
        .map(str::to_owned)
        .collect();
    let policies = policies_of(port, named, options);
    let of_policies = |name: &str| {
        policies
            .iter()
            .find_map(|policy| options.get(&format!("{POLICY}{policy}"), name))
    };
    let listener = Listener {
        port,
        protocol: own,
        certificates: network::in_order(options.get(namespace, "SSLCertificateId"), "arn:"),
        tls_policy: of_policies("SSLReferencePolicy")
            .filter(|_| own.is_encrypted())
            .and_then(values::identifier),
        default_process: DEFAULT.to_owned(),
        rules: Vec::new(),
        instance_port: Some(InstancePort {
            port: options
                .get(namespace, "InstancePort")
                .and_then(values::port)
                .unwrap_or(80),
            protocol: inner,
        }),
        policies,
    };
    Some(SetListener {
        listener,
        protocol: stated,
    })
}

/// The policies that hold on a port: those that the listener names, and those that name the port.
fn policies_of(port: u16, mut named: Vec<String>, options: &Options<'_>) -> Vec<String> {
    for policy in options.parts(POLICY) {
        let ports = options.get(&format!("{POLICY}{policy}"), "LoadBalancerPorts");
        let is_named = ports
            .into_iter()
            .flat_map(values::list)
            .any(|text| text == ":all" || values::port(text) == Some(port));
        if is_named && !named.iter().any(|known| known == policy) {
            named.push(policy.to_owned());
        }
    }
    named
}

/// Gives each port of the instance that a classic listener sends to a process: the first listener's is `default`.
/// The one health check is for the port that it names; of other ports one can only ask for a connection.
pub(super) fn processes(
    mut by_name: BTreeMap<String, Process>,
    listeners: &mut [Listener],
    options: &Options<'_>,
) -> BTreeMap<String, Process> {
    let Some(template) = by_name.get(DEFAULT).cloned() else {
        return by_name;
    };
    let mut names: BTreeMap<InstancePort, String> = BTreeMap::new();
    for listener in listeners {
        let Some(instance_port) = listener.instance_port else {
            continue;
        };
        let is_first = names.is_empty();
        let name = names.entry(instance_port).or_insert_with(|| {
            if is_first {
                DEFAULT.to_owned()
            } else {
                format!("port-{}-{}", instance_port.port, instance_port.protocol)
            }
        });
        listener.default_process.clone_from(name);
        let mut process = template.clone();
        process.port = instance_port.port;
        process.protocol = instance_port.protocol;
        process.stickiness = stickiness(listener, options).or(process.stickiness);
        process.takes_proxy_protocol = takes_proxy_protocol(instance_port.port, options);
        by_name.insert(name.clone(), process);
    }
    let asked = template.health.port;
    let is_asked_somewhere = names.keys().any(|one| Some(one.port) == asked);
    for (one, name) in &names {
        let is_asked = Some(one.port) == asked || (!is_asked_somewhere && name == DEFAULT);
        if let Some(process) = by_name.get_mut(name).filter(|_| !is_asked) {
            process.health.check.path = None;
        }
    }
    by_name
}

fn takes_proxy_protocol(port: u16, options: &Options<'_>) -> bool {
    options.parts(POLICY).into_iter().any(|policy| {
        let namespace = format!("{POLICY}{policy}");
        options.is_on(&namespace, "ProxyProtocol")
            && options
                .get(&namespace, "InstancePorts")
                .into_iter()
                .flat_map(values::list)
                .any(|text| text == ":all" || values::port(text) == Some(port))
    })
}

/// What a policy of its own says of a listener.
fn stickiness(listener: &Listener, options: &Options<'_>) -> Option<Stickiness> {
    listener.policies.iter().find_map(|policy| {
        let namespace = format!("{POLICY}{policy}");
        let app_cookie = options
            .get(&namespace, "CookieName")
            .and_then(values::identifier);
        let is_on = options.is_on(&namespace, "Stickiness Policy");
        (is_on || app_cookie.is_some()).then(|| Stickiness {
            app_cookie,
            seconds: options
                .number(&namespace, "Stickiness Cookie Expiration", 1, 604_800)
                .unwrap_or(86_400),
        })
    })
}
