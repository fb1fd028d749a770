//! Whom the rows may name.

use std::collections::BTreeMap;

use crate::catalog::{InstanceType, InstanceTypes};
use crate::snapshot::{Environment, EnvironmentKey, Inventory, Subject};

/// The environments of an inventory by what rows call them.
#[derive(Debug)]
pub struct EnvironmentIndex<'a> {
    named: BTreeMap<&'a str, Vec<&'a Environment>>,
    instances: BTreeMap<&'a str, &'a Environment>,
    hosts: BTreeMap<String, String>,
}

/// Whose value a row holds.
#[derive(Debug, Clone)]
pub(super) struct Target {
    pub(super) key: EnvironmentKey,
    pub(super) subject: Subject,
    pub(super) machine: Option<&'static InstanceType>,
}

impl<'a> EnvironmentIndex<'a> {
    /// All live environments, by name and by id, and all their instances, past ones too.
    #[must_use]
    pub fn of(inventory: &'a Inventory) -> Self {
        let (mut named, mut instances) =
            (BTreeMap::<&str, Vec<&Environment>>::new(), BTreeMap::new());
        for environment in inventory
            .environments
            .iter()
            .filter(|environment| !environment.is_terminated())
        {
            named
                .entry(&environment.name)
                .or_default()
                .push(environment);
            named.entry(&environment.id).or_default().push(environment);
            instances.extend(
                environment
                    .instances
                    .iter()
                    .map(|instance| (instance.id.as_str(), environment)),
            );
        }
        Self {
            named,
            instances,
            hosts: BTreeMap::new(),
        }
    }

    /// The same, whose instances other systems know by host names.
    #[must_use]
    pub fn with_hosts(self, hosts: BTreeMap<String, String>) -> Self {
        Self { hosts, ..self }
    }

    /// Whom a row means that names an environment, an instance or both; otherwise why not.
    pub(super) fn resolve(
        &self,
        environment: &str,
        instance: &str,
    ) -> Result<Target, &'static str> {
        let named = match self.named.get(environment).map(Vec::as_slice) {
            _ if environment.is_empty() => None,
            None | Some([]) => return Err("no environment of that name or id is in the snapshot"),
            Some([one]) => Some(*one),
            Some(_) => return Err("several environments have that name: name it by its id"),
        };
        if instance.is_empty() {
            let environment = named.ok_or("the row names neither environment nor instance")?;
            return Ok(Target {
                key: environment.key(),
                subject: Subject::Environment,
                machine: largest(environment),
            });
        }
        let instance = self.hosts.get(instance).map_or(instance, String::as_str);
        let owner = *self
            .instances
            .get(instance)
            .ok_or("no instance of that id is in the snapshot")?;
        if named.is_some_and(|named| named.key() != owner.key()) {
            return Err("the instance belongs to another environment");
        }
        let known = owner.instances.iter().find(|known| known.id == instance);
        let machine = known.and_then(|known| InstanceTypes::embedded().get(&known.instance_type));
        Ok(Target {
            key: owner.key(),
            subject: Subject::Instance(instance.to_owned()),
            machine,
        })
    }
}

/// The machine that sizing takes a group's percentages of.
fn largest(environment: &Environment) -> Option<&'static InstanceType> {
    let types = environment
        .running_instances()
        .map(|instance| InstanceTypes::embedded().get(&instance.instance_type));
    types
        .collect::<Option<Vec<_>>>()?
        .into_iter()
        .max_by_key(|shape| (shape.memory, shape.vcpu))
}
