//! Everything that is asked for each environment.

use std::collections::BTreeMap;

use super::super::call_error::{CallError, CallResult};
use super::super::outcome::Outcome;
use super::super::scope::Scope;
use super::activities::{self, PastInstance};
use super::balancers;
use super::environments::ListedEnvironment;
use super::groups::Group;
use super::region_facts::RegionFacts;
use super::resources::{self, Resources};
use super::settings::{self, Settings};
use super::tags;
use crate::snapshot::Listener;

/// The answers, or why there is none.
#[derive(Debug, Clone)]
pub(in crate::collect) struct EnvironmentFacts {
    pub(in crate::collect) listed: ListedEnvironment,
    pub(in crate::collect) resources: CallResult<Resources>,
    pub(super) settings: CallResult<Settings>,
    pub(in crate::collect) tags: CallResult<BTreeMap<String, String>>,
    /// Its groups, by Beanstalk's word or their own tags.
    pub(in crate::collect) groups: Vec<Group>,
    /// Of all its groups.
    pub(super) remembered: CallResult<Vec<PastInstance>>,
    /// By the ARN of the load balancer.
    pub(super) listeners: BTreeMap<String, Vec<Listener>>,
}

impl EnvironmentFacts {
    /// Whether the environment was gone when it was asked about.
    pub(in crate::collect) fn has_vanished(&self) -> bool {
        let is_gone = |refused: Option<&CallError>| {
            refused.is_some_and(|refused| refused.outcome == Outcome::Vanished)
        };
        is_gone(self.resources.as_ref().err())
            || is_gone(self.settings.as_ref().err())
            || is_gone(self.tags.as_ref().err())
    }

    /// Whether nothing that its history depends on could still come.
    pub(in crate::collect) fn is_answered(&self) -> bool {
        self.has_vanished()
            || (self.resources.is_ok() && self.tags.is_ok() && self.remembered.is_ok())
    }

    /// Whether everything that was asked about it was answered.
    pub(in crate::collect) fn is_whole(&self) -> bool {
        self.has_vanished() || (self.is_answered() && self.settings.is_ok())
    }

    /// What is left to say of one that was gone when it was asked about.
    fn gone(listed: ListedEnvironment, refused: &CallError) -> Self {
        let (resources, settings, tags) = (
            Err(refused.clone()),
            Err(refused.clone()),
            Err(refused.clone()),
        );
        Self {
            listed,
            resources,
            settings,
            tags,
            groups: Vec::new(),
            remembered: Err(refused.clone()),
            listeners: BTreeMap::new(),
        }
    }
}

/// Asks for one environment. Beanstalk's three answers come one after the other, at its pace; the others
/// beside them.
pub(in crate::collect) async fn environment_facts(
    scope: &Scope,
    region: &RegionFacts,
    listed: ListedEnvironment,
) -> EnvironmentFacts {
    let clients = &scope.clients;
    let name = &listed.name;
    let unit = |what: &str| format!("{what} of {name} ({})", listed.id);
    let id = Some(listed.id.as_str()).filter(|_| !listed.only_named);
    let resources = scope
        .unit(&unit("resources"), resources::read(clients, id, name))
        .await;
    if let Some(refused) = vanished(&resources) {
        return EnvironmentFacts::gone(listed, &refused);
    }
    let settings = scope
        .unit(
            &unit("settings"),
            settings::read(clients, &listed.application, name),
        )
        .await;
    if let Some(refused) = vanished(&settings) {
        return EnvironmentFacts::gone(listed, &refused);
    }
    let tags = match &listed.arn {
        Some(arn) => scope.unit(&unit("tags"), tags::read(clients, arn)).await,
        None => Ok(BTreeMap::new()),
    };
    if let Some(refused) = vanished(&tags) {
        return EnvironmentFacts::gone(listed, &refused);
    }
    let groups = groups_of(region, &listed, resources.as_ref().ok());
    let mut remembered = Ok(Vec::new());
    for group in &groups {
        let answered = scope
            .unit(
                &format!("scaling activities of {}", group.name),
                activities::read(clients, &group.name),
            )
            .await;
        match (&mut remembered, answered) {
            (Ok(all), Ok(more)) => all.extend(more),
            (Ok(_), Err(refused)) => remembered = Err(refused),
            (Err(_), _) => {}
        }
    }
    let mut listeners = BTreeMap::new();
    let arns = resources
        .iter()
        .flat_map(|resources| &resources.balancers)
        .filter(|name| name.starts_with("arn:"));
    for arn in arns {
        let found = scope
            .unit(
                &format!("listeners of {arn}"),
                balancers::listeners(clients, arn),
            )
            .await;
        listeners.insert(arn.clone(), found.unwrap_or_default());
    }
    EnvironmentFacts {
        listed,
        resources,
        settings,
        tags,
        groups,
        remembered,
        listeners,
    }
}

/// Nobody answers for an environment that has ended: there is no sense in asking on.
fn vanished<T>(answered: &CallResult<T>) -> Option<CallError> {
    answered
        .as_ref()
        .err()
        .filter(|refused| refused.outcome == Outcome::Vanished)
        .cloned()
}

/// By name from Beanstalk, or by the tags that Beanstalk put on them: the second is known even where the
/// first is denied.
fn groups_of(
    region: &RegionFacts,
    listed: &ListedEnvironment,
    resources: Option<&Resources>,
) -> Vec<Group> {
    let named = |group: &&Group| match resources {
        Some(resources) if !resources.groups.is_empty() => resources.groups.contains(&group.name),
        _ => {
            group.environment_id.as_deref() == Some(&listed.id)
                || group.environment_name.as_deref() == Some(&listed.name)
        }
    };
    region
        .groups
        .iter()
        .flatten()
        .filter(named)
        .cloned()
        .collect()
}
