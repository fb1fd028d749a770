//! A policy file laid over the defaults, with errors that point at file and line.

use serde_path_to_error::Segment;
use toml::Value;
use toml::de::{DeTable, DeValue};

use super::Policy;
use super::contradiction::contradiction;
use super::named_lists;

/// The commented defaults, as `eb2eks policy` prints them.
pub const DEFAULTS: &str = include_str!("defaults.toml");

/// What is wrong with a policy file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {message}")]
pub struct PolicyError {
    /// The file's name as the user gave it.
    pub file: String,
    /// Where, from 1.
    pub line: usize,
    /// What, as a lowercase fragment.
    pub message: String,
}

/// The defaults alone.
///
/// # Errors
/// Never in a released binary: a unit test reads the shipped file.
pub fn defaults() -> Result<Policy, PolicyError> {
    read("defaults.toml", "")
}

/// `text` (the content of `file`) laid over the defaults. Tables merge key by key. `[[daemons]]` and
/// `[[addons]]` merge by `name`: an entry of a known name changes the keys that it names (`remove = true`
/// drops it), one of a new name is added. Any other list replaces the default list.
///
/// # Errors
/// The first thing wrong with it: bad TOML, a key that does not exist, a value of the wrong type or
/// out of range, or choices that contradict each other.
pub fn read(file: &str, text: &str) -> Result<Policy, PolicyError> {
    let fail = |offset: usize, message: String| PolicyError {
        file: file.to_owned(),
        line: 1 + text.bytes().take(offset).filter(|&byte| byte == b'\n').count(),
        message,
    };
    let document = DeTable::parse(text).map_err(|error| fail(error.span().map_or(0, |span| span.start), error.message().to_owned()))?;
    let fail_at = |path: &[String], message: &str| fail(offset_of(document.get_ref(), path), format!("{}: {message}", spelled(path)));
    let user = toml::from_str::<toml::Table>(text).map_err(|error| fail(0, error.message().to_owned()))?;
    let shipped = toml::from_str::<toml::Table>(DEFAULTS).map_err(|error| fail(0, error.message().to_owned()))?;

    let mut upper = user.clone();
    named_lists::merge(&mut upper, &shipped).map_err(|(path, message)| fail_at(&path, &message))?;
    let mut merged = Value::Table(shipped);
    overlay(&mut merged, Value::Table(upper));
    let policy: Policy = serde_path_to_error::deserialize(merged.clone()).map_err(|error| {
        let path = named_lists::as_the_user_wrote(keys_of(error.path()), &merged, &user);
        fail_at(&path, error.inner().message())
    })?;
    contradiction(&policy).map_or(Ok(policy), |(key, message)| {
        let path: Vec<String> = key.split('.').map(str::to_owned).collect();
        Err(fail_at(&named_lists::as_the_user_wrote(path, &merged, &user), &message))
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
    path.iter().fold(String::new(), |spelled, key| match key.parse::<usize>() {
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
    let Some((key, rest)) = path.split_first() else { return 0 };
    let Some((name, value)) = table.iter().find(|(name, _)| name.get_ref() == key) else { return 0 };
    match (value.get_ref(), rest) {
        (DeValue::Table(inner), [_, ..]) => offset_of(inner, rest).max(name.span().start),
        (DeValue::Array(entries), [place, rest @ ..]) => {
            let Some(entry) = place.parse().ok().and_then(|place: usize| entries.get(place)) else { return value.span().start };
            entry.get_ref().as_table().map_or(0, |inner| offset_of(inner, rest)).max(entry.span().start)
        }
        (DeValue::Array(_), []) => value.span().start,
        _ => name.span().start,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        read("eb2eks.toml", text).expect_err("must be refused").to_string()
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
        assert!(message.starts_with("eb2eks.toml:3: sizing.cpu_margni: unknown field `cpu_margni`"), "{message}");
        let message = error("\n[siezing]\n");
        assert!(message.starts_with("eb2eks.toml:2: siezing: unknown field"), "{message}");
        let message = error("[[daemons]]\nname = \"a\"\ncpu = \"10m\"\nmemory = \"1Mi\"\ncolour = 1\n");
        assert!(message.starts_with("eb2eks.toml:5: daemons[0].colour: unknown field"), "{message}");
    }

    #[test]
    fn values_of_the_wrong_kind_say_what_is_allowed() {
        let message = error("[sizing]\ncpu_risk = 15\n");
        assert_eq!(
            message,
            "eb2eks.toml:2: sizing.cpu_risk: 15 is out of range; allowed are risks from 0.005 to 0.5 (0.1 for one week in ten)"
        );
        let message = error("[sizing]\nmemory_floor = \"128MB\"\n");
        assert!(message.contains("eb2eks.toml:2: sizing.memory_floor: \"128MB\" is not a memory quantity"), "{message}");
        assert!(error("[sizing]\ncpu_limit = \"half\"\n").contains("allowed are \"none\" and a factor"));
        assert!(error("[topology]\nsurvive = [\"meteor\"]\n").contains("eb2eks.toml:2: topology.survive[0]: unknown variant `meteor`"));
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
        assert!(error(agent).contains("prices.host_agents: \"a\" costs -1.00; a price is not negative"));
        let addon = "[[addons]]\nname = \"dns\"\nreplicas = 1\ncpu = \"1m\"\nmemory = \"1Mi\"\n";
        assert!(error(&addon.repeat(2)).contains("eb2eks.toml:6: addons[1]: two are called \"dns\""));
        assert!(error(&addon.replace("dns", "D N S")).contains("addons: \"D N S\" is no name in Kubernetes"));
        assert!(error("[nodes]\nvolume_gib = 0\n").contains("nodes.volume_gib: from 1 to 65536"));
        assert!(error("[windows_nodes]\nvolume_gib = 65537\n").contains("windows_nodes.volume_gib: from 1 to 65536"));
    }

    #[test]
    fn node_groups_that_no_cluster_could_have_are_refused() {
        let group = |rest: &str| error(&format!("[[nodes.groups]]\nname = \"big\"\n{rest}"));
        assert!(group("instance_type = \"r5.xlarge\"\n").contains("says of no app that it belongs there"));
        assert!(group("instance_type = \"t2.large\"\napps = [\"a\"]\n").contains("a vCPU of t2.large does 0.85 of a c5's work"));
        assert!(group("instance_type = \"r5.xlarge\"\nmin_gib_per_core = 0\n").contains("above 0"));
        assert!(error("[[nodes.groups]]\nname = \"workers\"\ninstance_type = \"r5.xlarge\"\n").contains("the name of another group"));
        assert!(
            error("[[nodes.groups]]\nname = \"b b\"\ninstance_type = \"r5.xlarge\"\n").starts_with("eb2eks.toml:1: nodes.groups: \"b b\"")
        );
    }

    #[test]
    fn choices_that_contradict_each_other_are_refused() {
        assert!(error("[topology]\nclusters = [\"one\"]\nstaging_cluster = \"one\"\n").contains("a single cluster cannot survive"));
        assert!(error("[topology]\nstaging_cluster = \"eks-9\"\n").starts_with("eb2eks.toml:2: topology.staging_cluster"));
        assert!(error("[topology]\nclusters = [\"a b\", \"eks-1\"]\n").contains("letters, digits and hyphens"));
    }
}
