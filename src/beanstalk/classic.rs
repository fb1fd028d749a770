//! Listeners and policies of classic load balancers.

use super::listener::DEFAULT;
use super::options::Options;
use super::{InstancePort, Listener, Protocol, network, values};

const LISTENER: &str = "aws:elb:listener:";
pub(super) const POLICIES: &str = "aws:elb:policies";
const POLICY: &str = "aws:elb:policies:";

/// Those that are set and not switched off.
pub(super) fn listeners<'a>(options: &'a Options<'_>) -> impl Iterator<Item = Listener> + 'a {
    options
        .parts(LISTENER)
        .into_iter()
        .filter_map(|part| listener(part, options))
}

fn listener(part: &str, options: &Options<'_>) -> Option<Listener> {
    let namespace = format!("{LISTENER}{part}");
    let port = values::port(part)?;
    if options.flag(&namespace, "ListenerEnabled") == Some(false) {
        return None;
    }
    let protocol = |name: &str| options.get(&namespace, name).and_then(Protocol::of);
    let own = protocol("ListenerProtocol").unwrap_or(Protocol::Http);
    // Where nothing else is set the instance is spoken to as the listener is, without TLS.
    let inner = protocol("InstanceProtocol").unwrap_or(if own.is_http() {
        Protocol::Http
    } else {
        Protocol::Tcp
    });
    let policies = options
        .get(&namespace, "PolicyNames")
        .into_iter()
        .flat_map(values::list)
        .map(str::to_owned)
        .collect();
    Some(Listener {
        port,
        protocol: own,
        certificates: network::identifiers(options.get(&namespace, "SSLCertificateId"), "arn:"),
        tls_policy: None,
        default_process: DEFAULT.to_owned(),
        rules: Vec::new(),
        instance_port: options
            .get(&namespace, "InstancePort")
            .and_then(values::port)
            .map(|port| InstancePort {
                port,
                protocol: inner,
            }),
        policies,
    })
}

/// The first cookie of the app's own that a policy names.
pub(super) fn app_cookie(options: &Options<'_>) -> Option<String> {
    options
        .parts(POLICY)
        .into_iter()
        .filter_map(|policy| options.get(&format!("{POLICY}{policy}"), "CookieName"))
        .find_map(values::identifier)
}

/// Draining that is switched off is a delay of none.
pub(super) fn draining_seconds(options: &Options<'_>) -> Option<u32> {
    let is_on = options.flag(POLICIES, "ConnectionDrainingEnabled")?;
    let seconds = options.number(POLICIES, "ConnectionDrainingTimeout", 1, 3_600);
    Some(if is_on { seconds.unwrap_or(20) } else { 0 })
}
