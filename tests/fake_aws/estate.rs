//! What the account holds: a made-up fleet of the project's generator, so that what went in can be
//! compared with what came out.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, Mutex};

use eb2eks::sample::{self, Recipe};
use eb2eks::snapshot::{Environment, Inventory, Metric, Series, Subject};
use rayon::prelude::*;

use super::Asked;
use super::history::Past;

/// Five minutes after the last sample.
pub(super) const CLOCK: &str = "date: Sun, 15 Nov 2026 00:05:00 GMT";

/// What kind of account it is.
#[derive(Debug, Clone)]
pub(crate) struct Setup {
    pub(crate) recipe: Recipe,
    /// Items on a page of a listing.
    pub(crate) page: usize,
    /// Data points on a page of GetMetricData; the service's own is 100,800.
    pub(crate) points: usize,
    /// Whether each listing begins with an empty page.
    pub(crate) empty_first: bool,
    /// Environments that Beanstalk does not show to this caller.
    pub(crate) hidden: Vec<String>,
    /// Whether every environment has settings that are not in force, listed before those that are.
    pub(crate) drafts: bool,
    /// Secrets to plant wherever somebody could have put one.
    pub(crate) canaries: Canaries,
}

/// Texts that must never be seen again.
#[derive(Debug, Clone, Default)]
pub(crate) struct Canaries(pub(crate) Vec<String>);

impl Setup {
    /// Pages of three, everything shown.
    pub(crate) fn new(environments: u32, days: u32) -> Self {
        let end = "2026-11-15T00:00:00Z".parse().expect("a time");
        Self {
            recipe: Recipe {
                environments,
                days,
                seed: 1,
                end,
            },
            page: 3,
            points: 100_800,
            empty_first: false,
            hidden: Vec::new(),
            drafts: false,
            canaries: Canaries::default(),
        }
    }
}

/// A fleet and where its names lead.
#[derive(Debug)]
pub(crate) struct Estate {
    pub(crate) setup: Setup,
    pub(crate) environments: Vec<Environment>,
    pub(crate) inventory: Inventory,
    /// Instance, group, load balancer or queue to the environment's place.
    places: BTreeMap<String, usize>,
    /// Whose memory an agent reports: of the group as a whole, and of which instances.
    pub(super) memory: Vec<Reported>,
    pasts: Mutex<VecDeque<(usize, Arc<Past>)>>,
}

/// What an environment's agents report.
#[derive(Debug, Default)]
pub(super) struct Reported {
    pub(super) group: bool,
    pub(super) instances: BTreeSet<String>,
}

impl Reported {
    fn of(series: &[Series]) -> Self {
        let mut reported = Self::default();
        for one in series
            .iter()
            .filter(|one| one.metric == Metric::MemoryPercent)
        {
            match &one.subject {
                Subject::Environment => reported.group = true,
                Subject::Instance(id) => drop(reported.instances.insert(id.clone())),
            }
        }
        reported
    }
}

/// Histories that are kept at once: those of the groups that a collection asks for, and some more.
const KEPT: usize = 48;

impl Estate {
    pub(crate) fn new(setup: Setup) -> Self {
        let recipe = setup.recipe.clone();
        let numbers = 0..recipe.environments;
        let made = |number| {
            let (environment, series) = sample::environment(&recipe, number);
            (environment, Reported::of(&series))
        };
        let (environments, memory): (Vec<Environment>, Vec<Reported>) =
            numbers.into_par_iter().map(made).unzip();
        let inventory = sample::fleet(&Recipe {
            environments: 1,
            days: 1,
            ..recipe.clone()
        })
        .inventory;
        let mut places = BTreeMap::new();
        for (place, one) in environments.iter().enumerate() {
            let names = one.instances.iter().map(|instance| instance.id.clone());
            let group = one
                .auto_scaling_group
                .iter()
                .map(|group| group.name.clone());
            let balancers = one
                .load_balancers
                .iter()
                .map(|balancer| balancer_dimension(&balancer.name));
            let targets = one.load_balancers.iter().map(|_| target_dimension(&one.id));
            for name in names
                .chain(group)
                .chain(balancers)
                .chain(targets)
                .chain(one.queues.clone())
            {
                places.entry(name).or_insert(place);
            }
        }
        Self {
            setup,
            environments,
            inventory,
            places,
            memory,
            pasts: Mutex::default(),
        }
    }

    /// Of the environment that has the instance, group, load balancer or queue of that name.
    pub(crate) fn past(&self, name: &str) -> Option<Arc<Past>> {
        let place = *self.places.get(name)?;
        let mut pasts = self.pasts.lock().expect("the histories");
        if let Some((_, past)) = pasts.iter().find(|(known, _)| *known == place) {
            return Some(Arc::clone(past));
        }
        let number = u32::try_from(place).expect("a number");
        let (environment, series) = sample::environment(&self.setup.recipe, number);
        let past = Arc::new(Past::new(&self.setup.recipe, &environment, &series));
        if pasts.len() == KEPT {
            pasts.pop_front();
        }
        pasts.push_back((place, Arc::clone(&past)));
        Some(past)
    }

    /// Whether Beanstalk admits that it exists.
    pub(super) fn is_shown(&self, one: &Environment) -> bool {
        !self.setup.hidden.contains(&one.name)
    }

    /// A page of `items`, and the token of the next.
    pub(super) fn page<'a, T>(
        &self,
        items: &'a [T],
        token: Option<&str>,
    ) -> (&'a [T], Option<String>) {
        let begin = match token {
            None if self.setup.empty_first => return (&[], Some("0".to_owned())),
            token => token.map_or(0, |token| token.parse().expect("a token of ours")),
        };
        let end = items.len().min(begin + self.setup.page);
        (
            &items[begin..end],
            (end < items.len()).then(|| end.to_string()),
        )
    }

    pub(super) fn answer(&self, asked: &Asked) -> Vec<u8> {
        if asked.action.starts_with("cloudwatch:") {
            super::history::answer(self, asked)
        } else {
            super::listings::answer(self, asked).into_bytes()
        }
    }
}

/// `app/name/id`
pub(crate) fn balancer_dimension(name: &str) -> String {
    format!("app/{name}/0123456789abcdef")
}

/// Each environment has a target group of its own.
pub(crate) fn target_dimension(environment: &str) -> String {
    format!("targetgroup/awseb-{environment}/0123456789abcdef")
}
