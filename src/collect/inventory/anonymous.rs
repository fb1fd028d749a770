//! A snapshot that can be handed to somebody else: the same estate under other names.
//!
//! Every name, id, address and text of somebody's own is replaced, the same one by the same word wherever
//! it stands; numbers, types, zones, dates and settings that AWS's documentation enumerates stay. Words
//! that tell production from staging stay, too, since the policy sorts by them. The new names count in the
//! order of the inventory, so that nothing of the old ones can be computed from them.

use std::collections::BTreeMap;

use crate::snapshot::{
    Environment, EnvironmentKey, InstanceProfile, Inventory, Manifest, OptionSetting, Series,
    Subject,
};

/// Says which stage a system is in, and nothing about whose it is.
const STAGE_WORDS: [&str; 14] = [
    "prod",
    "production",
    "prd",
    "live",
    "stg",
    "staging",
    "stage",
    "dev",
    "development",
    "test",
    "verification",
    "qa",
    "sandbox",
    "demo",
];

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

/// Options that are lists of ids: how many there are counts, in zones and addresses.
const LISTS: [&str; 4] = ["DBSubnets", "ELBSubnets", "SecurityGroups", "Subnets"];

/// Volumes beside the root: `/dev/sdj=:100:true:gp2,/dev/sdh=snap-51eef269`. Sizes and types count, in money.
const VOLUMES: &str = "BlockDeviceMappings";
const VOLUME_TYPES: [&str; 7] = ["gp2", "gp3", "io1", "io2", "sc1", "st1", "standard"];

/// What agents report under a namespace that somebody chose.
const AGENT_METRICS: [&str; 2] = ["mem_used_percent", "Memory % Committed Bytes In Use"];

/// A namespace that says nothing about whose it is.
fn is_public(namespace: &str) -> bool {
    namespace.starts_with("AWS/")
        || ["CWAgent", "System/Linux", "System/Windows"].contains(&namespace)
}

/// Replaces every name in both, and returns the replacements for the history.
pub(in crate::collect) fn anonymize(
    manifest: &mut Manifest,
    inventory: &mut Inventory,
) -> Pseudonyms {
    let mut names = Pseudonyms::default();
    // Named one by one, so that a new field does not compile until somebody says whose it is.
    let Inventory {
        environments,
        vpcs,
        subnets,
        security_groups,
        instance_types: _,
        platform_branches: _,
        invisible_environments,
        instance_profiles,
    } = inventory;
    for environment in environments {
        names.environment(environment);
    }
    for profile in instance_profiles {
        names.profile(profile);
    }
    for vpc in vpcs {
        names.account(&mut vpc.account);
        names.change(&mut vpc.id, "vpc-");
    }
    for subnet in subnets {
        names.account(&mut subnet.account);
        names.change(&mut subnet.vpc, "vpc-");
        names.change(&mut subnet.id, "subnet-");
    }
    for group in security_groups {
        names.account(&mut group.account);
        names.change(&mut group.id, "sg-");
        names.change(&mut group.name, "security-group-");
        group
            .vpc
            .iter_mut()
            .for_each(|vpc| names.change(vpc, "vpc-"));
    }
    for one in invisible_environments {
        names.account(&mut one.account);
        names.staged(&mut one.name, "env-");
        one.evidence = one
            .evidence
            .split(' ')
            .next()
            .unwrap_or_default()
            .to_owned();
    }
    // Every name first: the sentences below speak of them.
    let filtered = manifest
        .scopes
        .iter_mut()
        .flat_map(|scope| &mut scope.coverage)
        .flat_map(|coverage| &mut coverage.filtered);
    filtered.for_each(|name| names.staged(name, "env-"));
    for scope in &mut manifest.scopes {
        names.account(&mut scope.account);
        for gap in &mut scope.gaps {
            gap.what = names.in_text(&gap.what);
            // What a service said names accounts, roles and users.
            gap.why = gap.why.split(':').next().unwrap_or_default().to_owned();
        }
    }
    names
}

/// Old names and new ones.
#[derive(Debug, Default)]
pub(in crate::collect) struct Pseudonyms {
    new: BTreeMap<String, String>,
    counts: BTreeMap<&'static str, u64>,
}

impl Pseudonyms {
    /// The same series under the new names.
    pub(in crate::collect) fn rename(
        &mut self,
        key: &EnvironmentKey,
        mut series: Series,
    ) -> (EnvironmentKey, Series) {
        if let Subject::Instance(id) = &series.subject {
            series.subject = Subject::Instance(self.known(id));
        }
        series.source = self.source(&series.source);
        (
            EnvironmentKey {
                account: self.known(&key.account),
                region: key.region.clone(),
                id: self.known(&key.id),
            },
            series,
        )
    }

    /// The new name. What stands in no inventory, such as a target group, gets one of its own: two of them
    /// must not become one.
    fn known(&mut self, old: &str) -> String {
        let mut name = old.to_owned();
        self.change(&mut name, "hidden-");
        name
    }

    /// `NAMESPACE NAME Dimension=value …`; an agent's namespace is somebody's own, and a group's name may
    /// have spaces.
    fn source(&mut self, source: &str) -> String {
        let mut dimensions: Vec<(&str, String)> = Vec::new();
        let mut head: Vec<&str> = Vec::new();
        for word in source.split(' ') {
            match (word.split_once('='), dimensions.last_mut()) {
                (Some((dimension, value)), _) => dimensions.push((dimension, value.to_owned())),
                (None, Some((_, value))) => *value = format!("{value} {word}"),
                (None, None) => head.push(word),
            }
        }
        let head = head.join(" ");
        let own = AGENT_METRICS
            .iter()
            .find_map(|metric| Some((head.strip_suffix(metric)?.trim_end(), *metric)));
        let head = match own {
            Some((namespace, metric)) if !is_public(namespace) => {
                let mut namespace = namespace.to_owned();
                self.change(&mut namespace, "namespace-");
                format!("{namespace} {metric}")
            }
            _ => head,
        };
        let dimensions = dimensions
            .into_iter()
            .map(|(name, value)| format!(" {name}={}", self.known(&value)))
            .collect::<String>();
        head + &dimensions
    }

    fn environment(&mut self, environment: &mut Environment) {
        // As with the inventory: a new field must be decided on here.
        let Environment {
            account,
            region: _,
            application,
            name,
            id,
            tier: _,
            platform,
            status: _,
            health: _,
            cname,
            version_label,
            tags,
            auto_scaling_group,
            instances,
            load_balancers,
            queues,
            root_volume_gib: _,
            option_settings,
            draft_settings: _,
            volumes,
        } = environment;
        self.account(account);
        self.change(application, "app-");
        self.staged(name, "env-");
        self.change(id, "e-");
        if platform.starts_with("arn:") && !platform.contains("::platform/") {
            self.change(platform, "custom-platform-");
        }
        cname.iter_mut().for_each(|host| self.change(host, "host-"));
        version_label
            .iter_mut()
            .for_each(|label| self.change(label, "version-"));
        for (key, value) in tags {
            match key.as_str() {
                "elasticbeanstalk:environment-name" | "Name" => self.staged(value, "env-"),
                "elasticbeanstalk:environment-id" => self.change(value, "e-"),
                _ if is_stage(value) || value.is_empty() => {}
                _ => self.change(value, "tag-"),
            }
        }
        auto_scaling_group
            .iter_mut()
            .for_each(|group| self.change(&mut group.name, "group-"));
        for instance in instances {
            self.change(&mut instance.id, "i-");
            instance
                .security_groups
                .iter_mut()
                .for_each(|group| self.change(group, "sg-"));
        }
        volumes
            .iter_mut()
            .for_each(|volume| self.change(&mut volume.instance, "i-"));
        for balancer in load_balancers {
            self.change(&mut balancer.name, "balancer-");
            balancer
                .listeners
                .iter_mut()
                .flat_map(|listener| &mut listener.certificates)
                .for_each(|arn| self.change(arn, "certificate-"));
        }
        queues
            .iter_mut()
            .for_each(|queue| self.change(queue, "queue-"));
        option_settings
            .iter_mut()
            .for_each(|option| self.option(option));
    }

    /// The name is the one that an option of the environments says, in the same word.
    fn profile(&mut self, profile: &mut InstanceProfile) {
        let InstanceProfile {
            account,
            name,
            role_arn,
        } = profile;
        self.account(account);
        self.change(name, "text-");
        if let Some(arn) = role_arn {
            let mut role = arn.rsplit('/').next().unwrap_or_default().to_owned();
            self.change(&mut role, "role-");
            // The partition is public, and an ARN keeps its form for whoever reads it.
            let partition = arn.split(':').nth(1).unwrap_or("aws");
            *arn = format!("arn:{partition}:iam::{account}:role/{role}");
        }
    }

    fn option(&mut self, option: &mut OptionSetting) {
        if let Some(resource) = option
            .resource
            .as_mut()
            .filter(|resource| !resource.starts_with("AWSEB"))
        {
            self.change(resource, "resource-");
        }
        // The last part of some namespaces is somebody's own name for a process, a rule or a policy.
        let own = [
            "aws:elasticbeanstalk:environment:process:",
            "aws:elbv2:listenerrule:",
            "aws:elb:policies:",
        ];
        if let Some(prefix) = own
            .iter()
            .find(|prefix| option.namespace.starts_with(*prefix))
        {
            let mut name = option.namespace.split_off(prefix.len());
            if name != "default" {
                self.change(&mut name, "part-");
            }
            option.namespace.push_str(&name);
        }
        if option
            .namespace
            .starts_with("aws:elasticbeanstalk:application:environment")
            || option.namespace.ends_with(":customoption")
        {
            self.change(&mut option.name, "PROPERTY_");
        }
        match &mut option.value {
            Some(value) if LISTS.contains(&option.name.as_str()) => {
                let ids: Vec<String> = value.split(',').map(|id| self.listed(id.trim())).collect();
                *value = ids.join(",");
            }
            Some(value) if option.name == VOLUMES => {
                let parts: String = value
                    .split_inclusive([',', ':', '='])
                    .map(|part| self.volume_part(part))
                    .collect();
                *value = parts;
            }
            Some(value) if !is_plain(value) && !ENUMERATED.contains(&option.name.as_str()) => {
                self.change(value, "text-")
            }
            _ => {}
        }
    }

    /// One of a list of ids, or of names where those are allowed.
    fn listed(&mut self, id: &str) -> String {
        let mut id = id.to_owned();
        let prefix = ["subnet-", "sg-"]
            .into_iter()
            .find(|prefix| id.starts_with(prefix));
        self.change(&mut id, prefix.unwrap_or("text-"));
        id
    }

    /// With the sign that ends it: a device, a size or a type stay, and what else is there gets another name.
    fn volume_part(&mut self, part: &str) -> String {
        let word = part.trim_end_matches([',', ':', '=']);
        let (text, sign) = (word.trim(), &part[word.len()..]);
        let is_device =
            |rest: &str| rest.len() <= 8 && rest.chars().all(|c| c.is_ascii_alphanumeric());
        if is_plain(text)
            || VOLUME_TYPES.contains(&text)
            || text.strip_prefix("/dev/").is_some_and(is_device)
        {
            return part.to_owned();
        }
        let mut name = text.to_owned();
        self.change(
            &mut name,
            if text.starts_with("snap-") {
                "snap-"
            } else {
                "text-"
            },
        );
        name + sign
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
            let stage: String = name
                .split(|c: char| !c.is_ascii_alphanumeric())
                .filter(|word| is_stage(word))
                .map(|word| format!("-{word}"))
                .collect();
            let number = self.count(prefix);
            self.new
                .insert(name.clone(), format!("{prefix}{number:04}{stage}"));
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

    /// A sentence of ours with names in it.
    fn in_text(&mut self, text: &str) -> String {
        // Of whom it speaks stands after the word; what stands before it is ours.
        let (ours, theirs) = text.split_once(" of ").unwrap_or((text, ""));
        let mut words = Vec::new();
        for (word, is_ours) in ours
            .split(' ')
            .map(|word| (word, true))
            .chain(theirs.split(' ').map(|word| (word, false)))
        {
            let core = word.trim_matches(['(', ')', ',', ':']);
            words.push(match self.new.get(core) {
                Some(new) => word.replace(core, new),
                None if core.starts_with("arn:") => "an ARN".to_owned(),
                None if is_ours || core.is_empty() => word.to_owned(),
                None => word.replace(core, &self.known(core)),
            });
        }
        let ours = ours.split(' ').count();
        let said = words[..ours].join(" ");
        if theirs.is_empty() {
            said
        } else {
            format!("{said} of {}", words[ours..].join(" "))
        }
    }
}

/// Says nothing about whose it is.
fn is_plain(value: &str) -> bool {
    value.is_empty() || value.parse::<f64>().is_ok() || ["true", "false"].contains(&value)
}

fn is_stage(word: &str) -> bool {
    STAGE_WORDS.contains(&word.to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{self, Recipe};

    fn fleet() -> sample::Fleet {
        sample::fleet(&Recipe {
            environments: 24,
            days: 2,
            seed: 1,
            end: "2026-11-15T00:00:00Z".parse().expect("a time"),
        })
    }

    #[test]
    fn no_name_of_the_estate_is_left_and_the_numbers_are() {
        let fleet = fleet();
        let (mut manifest, mut inventory) = (fleet.manifest.clone(), fleet.inventory.clone());
        let mut names = anonymize(&mut manifest, &mut inventory);
        let mut text = serde_json::to_string(&(&manifest.scopes, &inventory)).expect("JSON");
        for (key, series) in &fleet.series {
            let (key, series) = names.rename(key, series.clone());
            text.push_str(&format!(
                " {key} {} {}",
                series.subject.text(),
                series.source
            ));
        }
        for old in &fleet.inventory.environments {
            let ids = old.instances.iter().map(|instance| instance.id.as_str());
            let balancers = old
                .load_balancers
                .iter()
                .map(|balancer| balancer.name.as_str());
            let group = old
                .auto_scaling_group
                .iter()
                .map(|group| group.name.as_str());
            let roles = fleet
                .inventory
                .instance_profiles
                .iter()
                .flat_map(|profile| [Some(profile.name.as_str()), profile.role_arn.as_deref()])
                .flatten();
            for name in [old.account.as_str(), old.name.as_str(), old.id.as_str()]
                .into_iter()
                .chain(ids)
                .chain(roles)
                .chain(balancers)
                .chain(group)
            {
                assert!(!text.contains(name), "{name} is still there");
            }
            assert!(
                !text.contains(&format!("\"{}\"", old.application)),
                "{} is still there",
                old.application
            );
        }
        for (old, new) in fleet
            .inventory
            .environments
            .iter()
            .zip(&inventory.environments)
        {
            let sizes = |one: &Environment| {
                (
                    one.instances.len(),
                    one.root_volume_gib,
                    one.option_settings.len(),
                    one.tier.clone(),
                )
            };
            assert_eq!(sizes(old), sizes(new));
            let is_staging = |one: &Environment| one.name.ends_with("-stg");
            assert_eq!(
                is_staging(old),
                is_staging(new),
                "{} became {}",
                old.name,
                new.name
            );
        }
    }

    #[test]
    fn a_list_of_ids_stays_as_long_and_names_what_the_inventory_names() {
        let mut fleet = fleet();
        let ids: Vec<String> = fleet
            .inventory
            .subnets
            .iter()
            .map(|subnet| subnet.id.clone())
            .collect();
        assert!(ids.len() > 1);
        let list = |name: &str| OptionSetting {
            namespace: "aws:ec2:vpc".to_owned(),
            name: name.to_owned(),
            resource: None,
            value: Some(ids.join(", ")),
            redacted: false,
        };
        fleet.inventory.environments[0].option_settings = vec![list("ELBSubnets"), list("Subnets")];
        anonymize(&mut fleet.manifest, &mut fleet.inventory);
        let new = fleet
            .inventory
            .subnets
            .iter()
            .map(|subnet| subnet.id.as_str())
            .collect::<Vec<_>>()
            .join(",");
        for option in &fleet.inventory.environments[0].option_settings {
            assert_eq!(
                option.value.as_deref(),
                Some(new.as_str()),
                "{}",
                option.name
            );
        }
        assert!(ids.iter().all(|old| !new.contains(old.as_str())));
    }

    #[test]
    fn volumes_keep_sizes_and_types_and_no_snapshot() {
        let mut option = OptionSetting {
            namespace: "aws:autoscaling:launchconfiguration".to_owned(),
            name: "BlockDeviceMappings".to_owned(),
            resource: None,
            value: Some(
                "/dev/sdj=:100:true:gp2, /dev/sdh=snap-51eef269,/dev/sdb=acme-data:40::io1:400"
                    .to_owned(),
            ),
            redacted: false,
        };
        Pseudonyms::default().option(&mut option);
        let new = "/dev/sdj=:100:true:gp2, /dev/sdh=snap-0001,/dev/sdb=text-0001:40::io1:400";
        assert_eq!(option.value.as_deref(), Some(new));
    }

    #[test]
    fn the_same_name_becomes_the_same_word_and_two_names_never_one() {
        let mut fleet = fleet();
        let mut names = anonymize(&mut fleet.manifest, &mut fleet.inventory);
        let new: std::collections::BTreeSet<&String> = names.new.values().collect();
        assert_eq!(new.len(), names.new.len());
        for (key, series) in fleet.series {
            let (key, renamed) = names.rename(&key, series);
            assert!(
                fleet
                    .inventory
                    .environments
                    .iter()
                    .any(|one| one.key() == key)
            );
            assert!(!renamed.subject.text().starts_with("hidden"));
        }
    }

    #[test]
    fn what_stands_in_no_inventory_is_hidden_and_told_apart() {
        let mut names = Pseudonyms::default();
        let targets = ["one", "two", "one"]
            .map(|name| names.source(&format!("AWS/ApplicationELB RequestCount LoadBalancer=app/shop/1 TargetGroup=targetgroup/{name}/2")));
        assert!(targets[0] != targets[1] && targets[0] == targets[2]);
        assert!(targets.iter().all(|source| {
            source.starts_with("AWS/ApplicationELB RequestCount LoadBalancer=hidden-")
        }));
        let own = names.source(
            "Acme Shop/Agent Memory % Committed Bytes In Use AutoScalingGroupName=acme web group",
        );
        assert_eq!(
            own,
            "namespace-0001 Memory % Committed Bytes In Use AutoScalingGroupName=hidden-0004"
        );
        assert_eq!(
            names.source("CWAgent mem_used_percent InstanceId=i-1"),
            "CWAgent mem_used_percent InstanceId=hidden-0005"
        );
        let gap = names.in_text("scaling activities of acme-old-group");
        assert!(gap.starts_with("scaling activities of hidden-"), "{gap}");
        assert_eq!(
            names.in_text("metrics that exist: mem_used_percent"),
            "metrics that exist: mem_used_percent"
        );
    }
}
