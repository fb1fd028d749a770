//! A list of machines: which instances belong to which environment, for estates that nobody could collect,
//! and under which host names another system knows them.

use std::collections::{BTreeMap, BTreeSet};
use std::io::BufRead;

use csv::StringRecord;

use super::ImportError;
use super::table::Table;
use crate::catalog::InstanceTypes;
use crate::snapshot::{AutoScalingGroup, Environment, EnvironmentKey, Instance, Inventory};

/// What a list of machines says.
#[derive(Debug, Clone, Default)]
pub struct Machines {
    /// Its environments, each with its instances.
    pub inventory: Inventory,
    /// Host names to instance ids.
    pub hosts: BTreeMap<String, String>,
}

/// Tags are columns, too: `tag:Stack`.
const TAG: &str = "tag:";

/// Where nobody says whose the machines are; twelve digits, as real ones have.
const NO_ACCOUNT: &str = "000000000000";

impl Machines {
    /// Reads the list, called `file` in messages. Columns: `environment`, `instance`, `type` and `region`;
    /// and, where known, `application`, `account`, `zone`, `platform` (`linux` or `windows`), `tier`, `host`
    /// and `tag:KEY`.
    ///
    /// # Errors
    /// A missing column, an empty cell that is needed, an unknown type or an instance that stands twice, by
    /// file and line.
    pub fn read(file: &str, input: impl BufRead) -> Result<Self, ImportError> {
        let wrong = |message: String| ImportError::Machines {
            file: file.to_owned(),
            message,
        };
        let mut table = Table::open(input, Some(b',')).map_err(wrong)?;
        let mut header = table.header().clone();
        header.trim();
        let columns = Columns::of(&header).map_err(wrong)?;
        let (mut environments, mut hosts) = (BTreeMap::new(), BTreeMap::new());
        let mut seen = BTreeSet::new();
        let mut row = StringRecord::new();
        while let Some(next) = table.next(&mut row) {
            let line = next.map_err(|bad| wrong(format!("line {}: {}", bad.line, bad.message)))?;
            row.trim();
            columns
                .add(&row, &mut environments, &mut hosts, &mut seen)
                .map_err(|message| wrong(format!("line {line}: {message}")))?;
        }
        if environments.is_empty() {
            return Err(wrong("there is no row".to_owned()));
        }
        let mut environments: Vec<Environment> = environments.into_values().collect();
        for one in &mut environments {
            let count = u32::try_from(one.instances.len()).unwrap_or(u32::MAX);
            one.auto_scaling_group = Some(AutoScalingGroup {
                name: one.name.clone(),
                min: count,
                max: count,
                desired: count,
            });
        }
        Ok(Self {
            inventory: Inventory {
                environments,
                ..Inventory::default()
            },
            hosts,
        })
    }
}

/// Positions in a row.
struct Columns {
    environment: usize,
    instance: usize,
    instance_type: usize,
    region: usize,
    others: BTreeMap<&'static str, usize>,
    tags: Vec<(String, usize)>,
}

/// Account, region and environment.
type EnvironmentName = (String, String, String);

impl Columns {
    fn of(header: &StringRecord) -> Result<Self, String> {
        let find = |name: &str| {
            header.iter().position(|column| {
                column
                    .trim_start_matches('\u{feff}')
                    .eq_ignore_ascii_case(name)
            })
        };
        let needed = |name: &str| find(name).ok_or_else(|| format!("there is no column {name:?}"));
        let optional = ["application", "account", "zone", "platform", "tier", "host"];
        Ok(Self {
            environment: needed("environment")?,
            instance: needed("instance")?,
            instance_type: needed("type")?,
            region: needed("region")?,
            others: optional
                .into_iter()
                .filter_map(|name| Some((name, find(name)?)))
                .collect(),
            tags: header
                .iter()
                .enumerate()
                .filter_map(|(at, name)| Some((name.strip_prefix(TAG)?.to_owned(), at)))
                .collect(),
        })
    }

    fn add(
        &self,
        row: &StringRecord,
        environments: &mut BTreeMap<EnvironmentName, Environment>,
        hosts: &mut BTreeMap<String, String>,
        seen: &mut BTreeSet<String>,
    ) -> Result<(), String> {
        let needed = |at: usize, what: &str| {
            row.get(at)
                .filter(|cell| !cell.is_empty())
                .ok_or_else(|| format!("no {what}"))
        };
        let other = |name: &str| {
            self.others
                .get(name)
                .and_then(|at| row.get(*at))
                .filter(|cell| !cell.is_empty())
        };
        let name = needed(self.environment, "environment")?;
        let (id, region) = (
            needed(self.instance, "instance")?,
            needed(self.region, "region")?,
        );
        let instance_type = needed(self.instance_type, "type")?;
        if InstanceTypes::embedded().get(instance_type).is_none() {
            return Err(format!(
                "{instance_type:?} is no instance type that is known"
            ));
        }
        if !seen.insert(id.to_owned()) {
            return Err(format!("instance {id:?} stands twice"));
        }
        if let Some(host) = other("host") {
            hosts.insert(host.to_owned(), id.to_owned());
        }
        let account = other("account").unwrap_or(NO_ACCOUNT);
        let platform = other("platform").unwrap_or("linux");
        let key = (account.to_owned(), region.to_owned(), name.to_owned());
        let environment = environments.entry(key).or_insert_with(|| Environment {
            account: account.to_owned(),
            region: region.to_owned(),
            application: other("application").unwrap_or(name).to_owned(),
            name: name.to_owned(),
            id: EnvironmentKey::substitute_id(account, region, name),
            tier: other("tier").unwrap_or("WebServer").to_owned(),
            platform: platform.to_owned(),
            status: "Ready".to_owned(),
            tags: self
                .tags
                .iter()
                .filter_map(|(key, at)| Some((key.clone(), row.get(*at)?.to_owned())))
                .collect(),
            ..Environment::default()
        });
        environment.instances.push(Instance {
            id: id.to_owned(),
            instance_type: instance_type.to_owned(),
            zone: other("zone").map(str::to_owned),
            platform: Some(platform.to_owned()),
            ..Instance::default()
        });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_one_environment_are_its_instances() {
        let text = "\u{feff}environment,instance,type,region,host,tag:Stack\nshop,i-1,t3.small,eu-west-1,10.0.0.1:9100,prod\nshop,i-2,t3.small,eu-west-1,,prod\n";
        let read = Machines::read("m.csv", text.as_bytes()).expect("a list");
        let [shop] = read.inventory.environments.as_slice() else {
            panic!("one environment")
        };
        assert_eq!(
            (
                shop.name.as_str(),
                shop.application.as_str(),
                shop.tags["Stack"].as_str()
            ),
            ("shop", "shop", "prod")
        );
        assert_eq!(
            shop.instances
                .iter()
                .map(|one| one.id.as_str())
                .collect::<Vec<_>>(),
            ["i-1", "i-2"]
        );
        assert_eq!(
            read.hosts,
            BTreeMap::from([("10.0.0.1:9100".to_owned(), "i-1".to_owned())])
        );
        assert_eq!(
            shop.auto_scaling_group.as_ref().map(|group| group.desired),
            Some(2)
        );
    }

    #[test]
    fn what_is_wrong_is_named_by_line() {
        let refused = |text: &str| {
            Machines::read("m.csv", text.as_bytes())
                .expect_err("refused")
                .to_string()
        };
        assert!(refused("environment,instance,type\n").contains("no column \"region\""));
        assert!(
            refused("environment,instance,type,region\nshop,i-1,t3.smalll,eu-west-1\n")
                .contains("line 2: \"t3.smalll\"")
        );
        assert!(
            refused("environment,instance,type,region\nshop,i-1,t3.small,eu-west-1\nx,i-1,t3.small,eu-west-1\n")
                .contains("line 3: instance \"i-1\" stands twice")
        );
        assert!(
            refused("environment,instance,type,region\n,i-1,t3.small,eu-west-1\n")
                .contains("line 2: no environment")
        );
        assert!(refused("environment,instance,type,region\n").contains("no row"));
    }
}
