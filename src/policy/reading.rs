//! A policy file laid over the defaults, with errors that point at file and line.

use std::str::FromStr;

use serde_path_to_error::Segment;
use toml::Value;
use toml::de::{DeTable, DeValue};

use super::contradiction::contradiction;
use super::named_lists;
use super::syntax;
use super::{Policy, Replay};
use crate::units::plain_words;
use crate::units::{line_at, near_names};

/// The commented defaults, as `eb2eks policy` prints them.
pub const DEFAULTS: &str = include_str!("defaults.toml");

/// What is wrong with a policy file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {message}")]
pub struct PolicyError {
    /// The file's name as the user gave it and the line, or the setting of the command line.
    pub place: String,
    /// What, as a lowercase fragment.
    pub message: String,
}

/// A key of the policy that the command line sets: `sizing.cpu_risk=0.05`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// The names on the way to the value.
    path: Vec<String>,
    value: String,
    /// As it was typed.
    text: String,
}

impl FromStr for Setting {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (key, value) = text
            .split_once('=')
            .ok_or_else(|| "KEY=VALUE is expected, as in sizing.cpu_risk=0.05".to_owned())?;
        // The key is TOML's, so that names with dots can stand in quotes.
        let document = toml::from_str::<toml::Table>(&format!("{} = 0", key.trim()));
        let mut table =
            &document.map_err(|_| format!("\"{key}\" is no key; names with signs stand in quotes: prices.overrides.\"r/ec2/t\""))?;
        let mut path = Vec::new();
        while let Some((name, value)) = table.iter().next() {
            path.push(name.clone());
            match value {
                Value::Table(inner) => table = inner,
                _ => break,
            }
        }
        Ok(Self {
            path,
            value: value.trim().to_owned(),
            text: text.to_owned(),
        })
    }
}

impl Setting {
    /// `KEY=VALUE`, as it was typed.
    #[must_use]
    pub fn as_typed(&self) -> &str {
        &self.text
    }

    /// As TOML, if it is any; else, and where `as_text` asks for it, as a text without quotes.
    fn value(&self, as_text: bool) -> Value {
        let typed = toml::from_str::<toml::Table>(&format!("value = {}", self.value))
            .ok()
            .and_then(|mut table| table.remove("value"));
        typed
            .filter(|_| !as_text)
            .unwrap_or_else(|| Value::String(self.value.clone()))
    }

    /// A policy of this one value.
    fn table(&self, as_text: bool) -> Value {
        let inner = self.value(as_text);
        self.path.iter().rev().fold(inner, |value, name| {
            Value::Table(toml::Table::from_iter([(name.clone(), value)]))
        })
    }
}

/// The defaults alone.
///
/// # Errors
/// Never in a released binary: a unit test reads the shipped file.
pub fn defaults() -> Result<Policy, PolicyError> {
    read("defaults.toml", "")
}

/// The replay's rules with `settings` of the command line laid over them.
///
/// # Errors
/// As [`read_with`]; and when a setting is none of the replay's, which is then not the plan's any more.
pub fn replay_with(rules: &Replay, settings: &[Setting]) -> Result<Replay, PolicyError> {
    if let Some(other) = settings
        .iter()
        .find(|setting| setting.path.first().is_none_or(|first| first != "replay"))
    {
        return Err(PolicyError {
            place: format!("--set {}", other.text),
            message: "only keys of [replay] can be changed for a plan that was made; for the others make the plan again with --set".to_owned(),
        });
    }
    #[derive(serde::Serialize)]
    struct OnlyReplay<'a> {
        replay: &'a Replay,
    }
    let text = toml::to_string(&OnlyReplay { replay: rules }).map_err(|error| PolicyError {
        place: "the plan's policy".to_owned(),
        message: error.to_string(),
    })?;
    Ok(read_with("the plan's policy", &text, settings)?.replay)
}

/// `text` (the content of `file`) laid over the defaults. Tables merge key by key. `[[daemons]]` and
/// `[[addons]]` merge by `name`: an entry of a known name changes the keys that it names (`remove = true`
/// drops it), one of a new name is added. Any other list replaces the default list.
///
/// # Errors
/// The first thing wrong with it: bad TOML, a key that does not exist, a value of the wrong type or
/// out of range, or choices that contradict each other.
pub fn read(file: &str, text: &str) -> Result<Policy, PolicyError> {
    read_with(file, text, &[])
}

/// The same with `settings` of the command line laid over the file, typed as the file would have them: what is
/// no TOML is a text, and so is a number where the policy wants a text.
///
/// # Errors
/// As [`read`]; what a setting causes is told with it.
pub fn read_with(file: &str, text: &str, settings: &[Setting]) -> Result<Policy, PolicyError> {
    let fail = |offset: usize, message: String| PolicyError {
        place: format!("{file}:{}", line_at(text, offset)),
        message,
    };
    let document = DeTable::parse(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        fail(at, syntax::in_plain_words(error.message(), text, at))
    })?;
    let fail_at = |path: &[String], message: &str| {
        let mut words = plain_words::of_key(message, path);
        if words.starts_with("there is no key") && !words.ends_with('?') {
            words.push_str(&elsewhere(path));
        }
        let message = format!("{}: {words}", spelled(path));
        match responsible(settings, path, document.get_ref()) {
            Some(place) => PolicyError { place, message },
            None => fail(offset_of(document.get_ref(), path), message),
        }
    };
    let user =
        toml::from_str::<toml::Table>(text).map_err(|error| fail(0, error.message().to_owned()))?;
    let shipped = toml::from_str::<toml::Table>(DEFAULTS)
        .map_err(|error| fail(0, error.message().to_owned()))?;

    // Settings that turned out to be texts.
    let mut texts = vec![false; settings.len()];
    // What was said of them as numbers: if a text is wrong as well, the number was meant.
    let mut first: Option<PolicyError> = None;
    loop {
        let mut user = Value::Table(user.clone());
        for (setting, is_text) in settings.iter().zip(&texts) {
            overlay(&mut user, setting.table(*is_text));
        }
        let Value::Table(user) = user else {
            return Err(fail(0, "a policy is a table".to_owned()));
        };
        let mut upper = user.clone();
        named_lists::merge(&mut upper, &shipped)
            .map_err(|(path, message)| fail_at(&path, &message))?;
        let mut merged = Value::Table(shipped.clone());
        overlay(&mut merged, Value::Table(upper));
        let policy = match serde_path_to_error::deserialize::<_, Policy>(merged.clone()) {
            Ok(policy) => policy,
            Err(error) => {
                let path = named_lists::as_the_user_wrote(keys_of(error.path()), &merged, &user);
                let number = settings
                    .iter()
                    .zip(&mut texts)
                    .find(|(setting, is_text)| setting.path == path && !**is_text);
                match number.filter(|(setting, _)| {
                    matches!(
                        setting.value(false),
                        Value::Integer(_) | Value::Float(_) | Value::Datetime(_)
                    )
                }) {
                    Some((_, is_text)) => {
                        *is_text = true;
                        first.get_or_insert_with(|| fail_at(&path, error.inner().message()));
                        continue;
                    }
                    None => {
                        return Err(
                            first.unwrap_or_else(|| fail_at(&path, error.inner().message()))
                        );
                    }
                }
            }
        };
        return contradiction(&policy).map_or(Ok(policy), |(key, message)| {
            let path: Vec<String> = key.split('.').map(str::to_owned).collect();
            Err(fail_at(
                &named_lists::as_the_user_wrote(path, &merged, &user),
                &message,
            ))
        });
    }
}

/// The settings of the command line that a complaint about `path` is about, as they were typed: the last one that
/// is of this very key; else, where the file does not name the key, those of the same table, or all of them.
fn responsible(settings: &[Setting], path: &[String], file: &DeTable<'_>) -> Option<String> {
    let is_of = |setting: &&Setting| {
        !path.is_empty() && (path.starts_with(&setting.path) || setting.path.starts_with(path))
    };
    if let Some(setting) = settings.iter().rev().find(is_of) {
        return Some(format!("--set {}", setting.text));
    }
    if is_named(file, path) {
        return None;
    }
    let of_table: Vec<&Setting> = settings
        .iter()
        .filter(|setting| setting.path.first() == path.first())
        .collect();
    let typed = if of_table.is_empty() {
        settings.iter().collect()
    } else {
        of_table
    };
    let typed: Vec<String> = typed
        .iter()
        .map(|setting| format!("--set {}", setting.text))
        .collect();
    (!typed.is_empty()).then(|| typed.join(" "))
}

/// Where the policy has the key that somebody looked for at the end of `path`, or one that looks like it.
fn elsewhere(path: &[String]) -> String {
    let Some(asked) = path.last() else {
        return String::new();
    };
    let shipped = toml::from_str::<toml::Table>(DEFAULTS).unwrap_or_default();
    let all: Vec<(String, String)> = shipped
        .iter()
        .filter_map(|(table, inner)| Some((table, inner.as_table()?)))
        .flat_map(|(table, inner)| {
            inner
                .keys()
                .map(move |key| (key.clone(), format!("{table}.{key}")))
        })
        .collect();
    let near = near_names(asked, all.iter().map(|(key, _)| key.as_str()));
    let found: Vec<&str> = near
        .first()
        .into_iter()
        .flat_map(|nearest| all.iter().filter(move |(key, _)| key == nearest))
        .map(|(_, path)| path.as_str())
        .collect();
    if found.is_empty() {
        String::new()
    } else {
        format!("; did you mean {}?", found.join(" or "))
    }
}

/// Whether the file has the key at `path`, or the table that it would be in a list of.
fn is_named(file: &DeTable<'_>, path: &[String]) -> bool {
    let Some((key, rest)) = path.split_first() else {
        return true;
    };
    let value = file.iter().find(|(name, _)| name.get_ref() == key);
    value.is_some_and(|(_, value)| match value.get_ref() {
        DeValue::Table(inner) => is_named(inner, rest),
        _ => true,
    })
}

/// The keys on the way to a value, and the places in lists as numbers.
fn keys_of(path: &serde_path_to_error::Path) -> Vec<String> {
    let key = |segment: &Segment| match segment {
        Segment::Seq { index } => index.to_string(),
        other => other.to_string(),
    };
    path.iter().map(key).collect()
}

/// `daemons[0].cpu`
fn spelled(path: &[String]) -> String {
    path.iter()
        .fold(String::new(), |spelled, key| match key.parse::<usize>() {
            Ok(place) => format!("{spelled}[{place}]"),
            Err(_) if spelled.is_empty() => key.clone(),
            Err(_) => format!("{spelled}.{key}"),
        })
}

/// Lays `upper` over `lower`, table by table.
fn overlay(lower: &mut Value, upper: Value) {
    match (lower, upper) {
        (Value::Table(lower), Value::Table(upper)) => {
            for (key, value) in upper {
                match lower.get_mut(&key) {
                    Some(below) => overlay(below, value),
                    None => drop(lower.insert(key, value)),
                }
            }
        }
        (lower, upper) => *lower = upper,
    }
}

/// Where the deepest part of `path` that the user wrote begins.
fn offset_of(table: &DeTable<'_>, path: &[String]) -> usize {
    let Some((key, rest)) = path.split_first() else {
        return 0;
    };
    let Some((name, value)) = table.iter().find(|(name, _)| name.get_ref() == key) else {
        return 0;
    };
    match (value.get_ref(), rest) {
        (DeValue::Table(inner), [_, ..]) => offset_of(inner, rest).max(name.span().start),
        (DeValue::Array(entries), [place, rest @ ..]) => {
            let Some(entry) = place
                .parse()
                .ok()
                .and_then(|place: usize| entries.get(place))
            else {
                return value.span().start;
            };
            entry
                .get_ref()
                .as_table()
                .map_or(0, |inner| offset_of(inner, rest))
                .max(entry.span().start)
        }
        (DeValue::Array(_), []) => value.span().start,
        _ => name.span().start,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        read("eb2eks.toml", text)
            .expect_err("must be refused")
            .to_string()
    }

    #[test]
    fn the_shipped_defaults_are_a_policy() {
        let policy = defaults().expect("the shipped file is valid");
        assert_eq!(policy.nodes.instance_type, "c5.2xlarge");
        assert_eq!(policy.topology.clusters.len(), 2);
    }

    #[test]
    fn a_file_changes_what_it_names_and_nothing_else() {
        let policy = read("p.toml", "[sizing]\ncpu_risk = 0.05\n").expect("valid");
        let mut expected = defaults().expect("valid");
        assert_ne!(policy, expected);
        expected.sizing.cpu_risk = policy.sizing.cpu_risk;
        assert_eq!(policy, expected);
    }

    #[test]
    fn unknown_keys_are_errors_with_file_and_line() {
        let message = error("[sizing]\n\ncpu_margni = 0.5\n");
        assert!(
            message.starts_with(
                "eb2eks.toml:3: sizing.cpu_margni: there is no key \"cpu_margni\"; did you mean cpu_risk or "
            ),
            "{message}"
        );
        let message = error("\n[siezing]\n");
        assert!(
            message.starts_with(
                "eb2eks.toml:2: siezing: there is no key \"siezing\"; did you mean sizing?"
            ),
            "{message}"
        );
        assert!(
            error("[clusters]\ncount = 2\n").ends_with("did you mean topology.clusters?"),
            "a key of another table is named"
        );
        let message =
            error("[[daemons]]\nname = \"a\"\ncpu = \"10m\"\nmemory = \"1Mi\"\ncolour = 1\n");
        assert!(
            message.starts_with("eb2eks.toml:5: daemons[0].colour: there is no key \"colour\""),
            "{message}"
        );
    }

    #[test]
    fn values_of_the_wrong_kind_say_what_is_allowed() {
        let message = error("[sizing]\ncpu_risk = 15\n");
        assert_eq!(
            message,
            "eb2eks.toml:2: sizing.cpu_risk: 15 is out of range; allowed are risks from 0.005 to 0.5 (0.1 for one week in ten)"
        );
        let message = error("[sizing]\nmemory_floor = \"128MB\"\n");
        assert!(
            message
                .contains("eb2eks.toml:2: sizing.memory_floor: \"128MB\" is not a memory quantity"),
            "{message}"
        );
        assert!(
            error("[sizing]\ncpu_limit = \"half\"\n").contains("allowed are \"none\" and a factor")
        );
        assert!(
            error("[topology]\nsurvive = [\"meteor\"]\n")
                .contains("eb2eks.toml:2: topology.survive[0]: \"meteor\" is no choice here; allowed are node, zone, cluster")
        );
    }

    fn set(settings: &[&str]) -> Result<Policy, String> {
        let settings: Vec<Setting> = settings
            .iter()
            .map(|text| text.parse())
            .collect::<Result<_, _>>()?;
        read_with("eb2eks.toml", "[sizing]\ncpu_risk = 0.2\n", &settings)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn settings_of_the_command_line_win_and_are_typed_as_the_file_is() {
        let policy = set(&[
            "sizing.cpu_risk=0.05",
            "nodes.instance_type=m5.2xlarge",
            "topology.clusters=[\"eks-1\"]",
            "topology.survive=[\"node\"]",
            "migration.usd_per_day=800",
            "prices.overrides.\"r/ec2/m5.large\"=0.1",
            "prices.log_gb_per_instance_month.high=50",
            "sizing.cpu_limit=2",
        ])
        .expect("valid");
        assert_eq!(
            (
                policy.sizing.cpu_risk.get(),
                policy.nodes.instance_type.as_str()
            ),
            (0.05, "m5.2xlarge")
        );
        assert_eq!(policy.topology.clusters, ["eks-1"]);
        assert_eq!(policy.migration.usd_per_day.to_string(), "800.00");
        assert_eq!(
            policy.prices.overrides["r/ec2/m5.large"].to_string(),
            "0.10"
        );
    }

    #[test]
    fn a_wrong_setting_is_told_with_its_key() {
        let wrong = |setting: &str| set(&[setting]).expect_err("must be refused");
        assert!(
            wrong("sizing.cpu_risk=15")
                .starts_with("--set sizing.cpu_risk=15: sizing.cpu_risk: 15 is out of range")
        );
        assert!(
            wrong("sizing.cpu_rsk=0.1")
                .contains("--set sizing.cpu_rsk=0.1: sizing.cpu_rsk: there is no key \"cpu_rsk\"; did you mean cpu_risk?")
        );
        assert!(wrong("nodes.volume_gib=lots").contains(
            "nodes.volume_gib: a whole number, 0 or more is expected, not the text \"lots\""
        ));
        assert!(wrong("sizing.cpu_risk").contains("KEY=VALUE is expected"));
        assert!(wrong("migration.horizon_months=0").starts_with(
            "--set migration.horizon_months=0: migration.horizon_months: from 1 to 120"
        ));
    }

    #[test]
    fn a_contradiction_is_told_with_the_settings_that_caused_it() {
        let of = |file: &str, settings: &[&str]| {
            let settings: Vec<Setting> = settings
                .iter()
                .map(|text| text.parse().expect("a setting"))
                .collect();
            let error = read_with("eb2eks.toml", file, &settings).expect_err("must be refused");
            error.place
        };
        assert_eq!(
            of("", &["topology.clusters=[\"one\"]", "sizing.cpu_risk=0.2"]),
            "--set topology.clusters=[\"one\"]"
        );
        assert_eq!(
            of(
                "[topology]\nstaging_cluster = \"eks-9\"\n",
                &["sizing.cpu_risk=0.2"]
            ),
            "eb2eks.toml:2"
        );
    }

    #[test]
    fn bad_toml_is_named_with_its_line() {
        assert!(error("[sizing]\ncpu_risk = = 1\n").starts_with("eb2eks.toml:2: "));
    }

    #[test]
    fn numbers_that_no_bill_or_cluster_could_follow_are_refused() {
        assert!(
            error("[prices.overrides]\n\"r/ec2/t\" = \"-0.1\"\n")
                .contains("prices.overrides: \"r/ec2/t\" costs -0.10; a price is not negative")
        );
        let agent = "[[prices.host_agents]]\nname = \"a\"\nusd_per_host_month = \"-1\"\n";
        assert!(
            error(agent).contains("prices.host_agents: \"a\" costs -1.00; a price is not negative")
        );
        let addon = "[[addons]]\nname = \"dns\"\nreplicas = 1\ncpu = \"1m\"\nmemory = \"1Mi\"\n";
        assert!(
            error(&addon.repeat(2)).contains("eb2eks.toml:6: addons[1]: two are called \"dns\"")
        );
        assert!(
            error(&addon.replace("dns", "D N S"))
                .contains("addons: \"D N S\" is no name in Kubernetes")
        );
        assert!(error("[nodes]\nvolume_gib = 0\n").contains("nodes.volume_gib: from 1 to 65536"));
        assert!(
            error("[windows_nodes]\nvolume_gib = 65537\n")
                .contains("windows_nodes.volume_gib: from 1 to 65536")
        );
    }

    #[test]
    fn node_groups_that_no_cluster_could_have_are_refused() {
        let group = |rest: &str| error(&format!("[[nodes.groups]]\nname = \"big\"\n{rest}"));
        assert!(
            group("instance_type = \"r5.xlarge\"\n")
                .contains("says of no app that it belongs there")
        );
        assert!(
            group("instance_type = \"t2.large\"\napps = [\"a\"]\n")
                .contains("a vCPU of t2.large does 0.85 of a c5's work")
        );
        assert!(group("instance_type = \"r5.xlarge\"\nmin_gib_per_core = 0\n").contains("above 0"));
        assert!(
            error("[[nodes.groups]]\nname = \"workers\"\ninstance_type = \"r5.xlarge\"\n")
                .contains("the name of another group")
        );
        assert!(
            error("[[nodes.groups]]\nname = \"b b\"\ninstance_type = \"r5.xlarge\"\n")
                .starts_with("eb2eks.toml:1: nodes.groups: \"b b\"")
        );
    }

    #[test]
    fn choices_that_contradict_each_other_are_refused() {
        assert!(
            error("[topology]\nclusters = [\"one\"]\nstaging_cluster = \"one\"\n")
                .contains("a single cluster cannot survive")
        );
        assert!(
            error("[topology]\nstaging_cluster = \"eks-9\"\n")
                .starts_with("eb2eks.toml:2: topology.staging_cluster")
        );
        assert!(
            error("[topology]\nclusters = [\"a b\", \"eks-1\"]\n")
                .contains("letters, digits and hyphens")
        );
    }
}
