//! Rules of application load balancers' listeners: which hosts and paths go to which process.

use std::collections::BTreeMap;

use super::options::Options;
use super::{Process, process, values};

/// A rule that sends some hosts and paths to a process.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rule {
    /// From 1 to 50,000; the rule with the lowest number is tried first.
    pub priority: u32,
    /// Listeners name it so.
    pub name: String,
    /// Hosts that it is for; empty: all.
    pub hosts: Vec<String>,
    /// Paths that it is for; empty: all.
    pub paths: Vec<String>,
    /// Hosts and paths that are set and that cannot be kept.
    pub left_out: Vec<String>,
    /// Whether what is left is for no more than what is set: a rule whose hosts are all left out would be for all.
    pub can_be_kept: bool,
    /// The process that it leads to.
    pub process: String,
}

const RULE: &str = "aws:elbv2:listenerrule:";

/// All that are set, by priority.
pub(super) fn of(options: &Options<'_>, processes: &BTreeMap<String, Process>) -> Vec<Rule> {
    let mut rules: Vec<Rule> = options
        .parts(RULE)
        .into_iter()
        .map(|name| one(name, options, processes))
        .collect();
    rules.sort();
    rules
}

fn one(name: &str, options: &Options<'_>, processes: &BTreeMap<String, Process>) -> Rule {
    let namespace = format!("{RULE}{name}");
    let parts = |option: &str| {
        options
            .get(&namespace, option)
            .into_iter()
            .flat_map(values::list)
    };
    let (mut hosts, mut paths, mut left_out) = (Vec::new(), Vec::new(), Vec::new());
    for text in parts("HostHeaders") {
        // An Ingress knows a star as the first label alone.
        match values::host(&text.to_ascii_lowercase()) {
            Some(host) => hosts.push(host),
            None => left_out.push(text.to_owned()),
        }
    }
    for text in parts("PathPatterns") {
        match values::path(text) {
            Some(path) => paths.push(path),
            None => left_out.push(text.to_owned()),
        }
    }
    let is_left =
        |option: &str, left: &[String]| parts(option).next().is_none() || !left.is_empty();
    let can_be_kept = is_left("HostHeaders", &hosts)
        && is_left("PathPatterns", &paths)
        && !(hosts.is_empty() && paths.is_empty());
    Rule {
        can_be_kept,
        priority: options
            .number(&namespace, "Priority", 1, 50_000)
            .unwrap_or(1),
        name: name.to_owned(),
        hosts,
        paths,
        left_out,
        process: process::known(options.get(&namespace, "Process"), processes),
    }
}
