//! A snapshot that can be handed to somebody else: the same estate under other names.
//!
//! Every name, id, address and text of somebody's own is replaced, the same one by the same word wherever
//! it stands; numbers, types, zones, dates and settings that AWS's documentation enumerates stay. Words
//! that tell production from staging stay, too, since the policy sorts by them. The new names count in the
//! order of the inventory, so that nothing of the old ones can be computed from them.

use std::collections::BTreeMap;

use crate::snapshot::{Environment, EnvironmentKey, Inventory, Manifest, OptionSetting, Series, Subject};

/// Says which stage a system is in, and nothing about whose it is.
const STAGE_WORDS: [&str; 14] =
    ["prod", "production", "prd", "live", "stg", "staging", "stage", "dev", "development", "test", "verification", "qa", "sandbox", "demo"];

/// Options whose values the documentation enumerates, or that hold nothing but sizes and times.
const ENUMERATED: [&str; 44] = [
    "Availability Zones",
    "BatchSizeType",
    "DBDeletionPolicy",
    "DBEngine",
    "DBEngineVersion",
    "DBInstanceClass",
    "DeploymentPolicy",
    "ELBScheme",
    "EnvironmentType",
    "EvaluationTime",
    "InstanceProtocol",
    "InstanceType",
    "InstanceTypeFamily",
    "InstanceTypes",
    "JVM Options",
    "LaunchType",
    "ListenerProtocol",
    "LoadBalancerHTTPSPort",
    "LoadBalancerPortProtocol",
    "LoadBalancerSSLPortProtocol",
    "LoadBalancerType",
    "MatcherHTTPCode",
    "MeasureName",
    "MimeType",
    "MonitoringInterval",
    "PauseTime",
    "PreferredStartTime",
    "Protocol",
    "ProxyServer",
    "Recurrence",
    "RollingUpdateType",
    "RootVolumeType",
    "SSLPolicy",
    "SpotAllocationStrategy",
    "StartTime",
    "EndTime",
    "Statistic",
    "StickinessType",
    "SupportedArchitectures",
    "SystemType",
    "Unit",
    "UpdateLevel",
    "XX:MaxPermSize",
    "memory_limit",
];

/// Replaces every name in both, and returns the replacements for the history.
pub(in crate::collect) fn anonymize(manifest: &mut Manifest, inventory: &mut Inventory) -> Names {
    let mut names = Names::default();
    inventory.environments.iter_mut().for_each(|environment| names.environment(environment));
    for vpc in &mut inventory.vpcs {
        names.account(&mut vpc.account);
        names.change(&mut vpc.id, "vpc-");
    }
    for subnet in &mut inventory.subnets {
        names.account(&mut subnet.account);
        names.change(&mut subnet.vpc, "vpc-");
        names.change(&mut subnet.id, "subnet-");
    }
    for group in &mut inventory.security_groups {
        names.account(&mut group.account);
        names.change(&mut group.id, "sg-");
        names.change(&mut group.name, "security-group-");
        group.vpc.iter_mut().for_each(|vpc| names.change(vpc, "vpc-"));
    }
    for one in &mut inventory.invisible_environments {
        names.account(&mut one.account);
        names.staged(&mut one.name, "env-");
        one.evidence = one.evidence.split(' ').next().unwrap_or_default().to_owned();
    }
    for scope in &mut manifest.scopes {
        names.account(&mut scope.account);
        for gap in &mut scope.gaps {
            gap.what = names.in_text(&gap.what);
            // What a service said names accounts, roles and users.
            gap.why = gap.why.split(':').next().unwrap_or_default().to_owned();
        }
        for name in scope.coverage.iter_mut().flat_map(|coverage| &mut coverage.filtered) {
            names.staged(name, "env-");
        }
    }
    names
}

/// Old names and new ones.
#[derive(Debug, Default)]
pub(in crate::collect) struct Names {
    new: BTreeMap<String, String>,
    counts: BTreeMap<&'static str, u64>,
}

impl Names {
    /// The same series under the new names.
    pub(in crate::collect) fn rename(&self, key: &EnvironmentKey, mut series: Series) -> (EnvironmentKey, Series) {
        let known = |old: &str| self.new.get(old).cloned().unwrap_or_else(|| "hidden".to_owned());
        if let Subject::Instance(id) = &series.subject {
            series.subject = Subject::Instance(known(id));
        }
        let mut words = series.source.split(' ').map(|word| match word.split_once('=') {
            Some((dimension, value)) => format!("{dimension}={}", known(value)),
            None => word.to_owned(),
        });
        series.source = words.by_ref().collect::<Vec<_>>().join(" ");
        (EnvironmentKey { account: known(&key.account), region: key.region.clone(), id: known(&key.id) }, series)
    }

    fn environment(&mut self, one: &mut Environment) {
        self.account(&mut one.account);
        self.change(&mut one.application, "app-");
        self.staged(&mut one.name, "env-");
        self.change(&mut one.id, "e-");
        if one.platform.starts_with("arn:") && !one.platform.contains("::platform/") {
            self.change(&mut one.platform, "custom-platform-");
        }
        one.cname.iter_mut().for_each(|name| self.change(name, "host-"));
        one.version_label.iter_mut().for_each(|label| self.change(label, "version-"));
        for (key, value) in &mut one.tags {
            match key.as_str() {
                "elasticbeanstalk:environment-name" | "Name" => self.staged(value, "env-"),
                "elasticbeanstalk:environment-id" => self.change(value, "e-"),
                _ if is_stage(value) || value.is_empty() => {}
                _ => self.change(value, "tag-"),
            }
        }
        one.auto_scaling_group.iter_mut().for_each(|group| self.change(&mut group.name, "group-"));
        for instance in &mut one.instances {
            self.change(&mut instance.id, "i-");
            instance.security_groups.iter_mut().for_each(|group| self.change(group, "sg-"));
        }
        one.volumes.iter_mut().for_each(|volume| self.change(&mut volume.instance, "i-"));
        for balancer in &mut one.load_balancers {
            self.change(&mut balancer.name, "balancer-");
            balancer.listeners.iter_mut().flat_map(|listener| &mut listener.certificates).for_each(|arn| self.change(arn, "certificate-"));
        }
        one.queues.iter_mut().for_each(|queue| self.change(queue, "queue-"));
        one.option_settings.iter_mut().for_each(|option| self.option(option));
    }

    fn option(&mut self, option: &mut OptionSetting) {
        if let Some(resource) = option.resource.as_mut().filter(|resource| !resource.starts_with("AWSEB")) {
            self.change(resource, "resource-");
        }
        // The last part of some namespaces is somebody's own name for a process, a rule or a policy.
        let own = ["aws:elasticbeanstalk:environment:process:", "aws:elbv2:listenerrule:", "aws:elb:policies:"];
        if let Some(prefix) = own.iter().find(|prefix| option.namespace.starts_with(*prefix)) {
            let mut name = option.namespace.split_off(prefix.len());
            if name != "default" {
                self.change(&mut name, "part-");
            }
            option.namespace.push_str(&name);
        }
        if option.namespace.starts_with("aws:elasticbeanstalk:application:environment") || option.namespace.ends_with(":customoption") {
            self.change(&mut option.name, "PROPERTY_");
        }
        let is_plain = |value: &str| value.is_empty() || value.parse::<f64>().is_ok() || ["true", "false"].contains(&value);
        match &mut option.value {
            Some(value) if !is_plain(value) && !ENUMERATED.contains(&option.name.as_str()) => {
                let parts: Vec<String> =
                    value.split(',').map(|part| self.new.get(part.trim()).cloned()).collect::<Option<_>>().unwrap_or_default();
                if parts.is_empty() { self.change(value, "text-") } else { *value = parts.join(",") }
            }
            _ => {}
        }
    }

    fn account(&mut self, account: &mut String) {
        if !self.new.contains_key(account.as_str()) {
            let number = self.count("account");
            self.new.insert(account.clone(), format!("{number:012}"));
        }
        account.clone_from(&self.new[account.as_str()]);
    }

    /// Keeps the words that tell the stage, at the end, where patterns look for them.
    fn staged(&mut self, name: &mut String, prefix: &'static str) {
        if !self.new.contains_key(name.as_str()) {
            let stage: String =
                name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| is_stage(word)).map(|word| format!("-{word}")).collect();
            let number = self.count(prefix);
            self.new.insert(name.clone(), format!("{prefix}{number:04}{stage}"));
        }
        name.clone_from(&self.new[name.as_str()]);
    }

    /// The same old name gets the same new one, whatever it is the name of.
    fn change(&mut self, name: &mut String, prefix: &'static str) {
        if name.is_empty() {
            return;
        }
        if !self.new.contains_key(name.as_str()) {
            let number = self.count(prefix);
            let new = match prefix {
                // As long as the real ones, for whoever checks.
                "e-" => format!("e-{number:010}"),
                "i-" | "sg-" | "vpc-" | "subnet-" => format!("{prefix}{number:017x}"),
                _ => format!("{prefix}{number:04}"),
            };
            self.new.insert(name.clone(), new);
        }
        name.clone_from(&self.new[name.as_str()]);
    }

    fn count(&mut self, prefix: &'static str) -> u64 {
        let count = self.counts.entry(prefix).or_default();
        *count += 1;
        *count
    }

    /// A sentence of ours with names in it; the longest first, since one may be a part of another.
    fn in_text(&self, text: &str) -> String {
        let mut old: Vec<(&String, &String)> = self.new.iter().filter(|(old, _)| old.len() > 2).collect();
        old.sort_by_key(|(old, _)| (std::cmp::Reverse(old.len()), *old));
        let words = text.split(' ').map(|word| {
            let core = word.trim_matches(['(', ')', ',', ':']);
            match old.iter().find(|(old, _)| old.as_str() == core) {
                Some((old, new)) => word.replace(old.as_str(), new),
                None if core.starts_with("arn:") => "an ARN".to_owned(),
                None => word.to_owned(),
            }
        });
        words.collect::<Vec<_>>().join(" ")
    }
}

fn is_stage(word: &str) -> bool {
    STAGE_WORDS.contains(&word.to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{self, Recipe};

    fn fleet() -> sample::Fleet {
        sample::fleet(&Recipe { environments: 24, days: 2, seed: 1, end: "2026-11-15T00:00:00Z".parse().expect("a time") })
    }

    #[test]
    fn no_name_of_the_estate_is_left_and_the_numbers_are() {
        let fleet = fleet();
        let (mut manifest, mut inventory) = (fleet.manifest.clone(), fleet.inventory.clone());
        let names = anonymize(&mut manifest, &mut inventory);
        let mut text = serde_json::to_string(&(&manifest.scopes, &inventory)).expect("JSON");
        for (key, series) in &fleet.series {
            let (key, series) = names.rename(key, series.clone());
            text.push_str(&format!(" {key} {} {}", series.subject.text(), series.source));
        }
        for old in &fleet.inventory.environments {
            let ids = old.instances.iter().map(|instance| instance.id.as_str());
            let balancers = old.load_balancers.iter().map(|balancer| balancer.name.as_str());
            let group = old.auto_scaling_group.iter().map(|group| group.name.as_str());
            for name in [old.account.as_str(), old.name.as_str(), old.id.as_str()].into_iter().chain(ids).chain(balancers).chain(group) {
                assert!(!text.contains(name), "{name} is still there");
            }
            assert!(!text.contains(&format!("\"{}\"", old.application)), "{} is still there", old.application);
        }
        for (old, new) in fleet.inventory.environments.iter().zip(&inventory.environments) {
            let sizes = |one: &Environment| (one.instances.len(), one.root_volume_gib, one.option_settings.len(), one.tier.clone());
            assert_eq!(sizes(old), sizes(new));
            let is_staging = |one: &Environment| one.name.ends_with("-stg");
            assert_eq!(is_staging(old), is_staging(new), "{} became {}", old.name, new.name);
        }
    }

    #[test]
    fn the_same_name_becomes_the_same_word_and_two_names_never_one() {
        let mut fleet = fleet();
        let names = anonymize(&mut fleet.manifest, &mut fleet.inventory);
        let new: std::collections::BTreeSet<&String> = names.new.values().collect();
        assert_eq!(new.len(), names.new.len());
        for (key, series) in fleet.series {
            let (key, renamed) = names.rename(&key, series);
            assert!(fleet.inventory.environments.iter().any(|one| one.key() == key));
            assert_ne!(renamed.subject.text(), "hidden");
        }
    }
}
