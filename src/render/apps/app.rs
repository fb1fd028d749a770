//! One app that moves, with everything that the plan says of it.

use serde_json::{Value, json};

use crate::plan::{EnvironmentPlan, Intents, ManifestPlan, OperatingSystem, Plan, Process, Sizing};
use crate::render::inert;
use crate::render::site::Site;
use crate::units::KubernetesName;

/// An environment that moves.
#[derive(Debug, Clone, Copy)]
pub(in crate::render) struct App<'a> {
    pub(in crate::render) plan: &'a Plan,
    pub(in crate::render) environment: &'a EnvironmentPlan,
    pub(in crate::render) name: &'a KubernetesName,
    pub(in crate::render) sizing: &'a Sizing,
    pub(in crate::render) manifests: &'a ManifestPlan,
}

/// Those that move, in the order of the plan.
pub(in crate::render) fn moving(plan: &Plan) -> impl Iterator<Item = App<'_>> {
    plan.environments.iter().filter_map(move |environment| {
        let (name, sizing) = environment.planned()?;
        let manifests = environment.manifests()?;
        Some(App {
            plan,
            environment,
            name,
            sizing,
            manifests,
        })
    })
}

/// What stands where a value is not in the snapshot: nothing that a program takes for a setting.
pub(in crate::render) const FILL_IN: &str = "FILL-IN";

/// Characters of an original name that an annotation keeps; plan.json has it in full.
const LONGEST: usize = 200;

impl<'a> App<'a> {
    pub(in crate::render) fn folder(&self) -> String {
        format!("apps/{}/{}", self.manifests.namespace, self.name)
    }

    /// The wave of the move that it goes in; a dash for a new app, which goes when it is ready.
    pub(in crate::render) fn wave(&self) -> String {
        self.plan
            .wave_of(self.environment)
            .map_or_else(|| "-".to_owned(), |wave| wave.to_string())
    }

    pub(in crate::render) fn intents(&self) -> &'a Intents {
        &self.environment.translation.intents
    }

    /// The role that its pods have. Where nobody asked AWS which role the profile hands out, a name that AWS refuses:
    /// a guess might be another's. None where it has no profile.
    pub(in crate::render) fn role_arn(&self) -> Option<String> {
        self.intents().instance_profile.as_ref()?;
        let unknown = || Site::of(self.plan).global_arn("iam", &format!("role/{}", FILL_IN));
        Some(self.manifests.role_arn.clone().unwrap_or_else(unknown))
    }

    /// The git repository that `apps/` becomes.
    pub(in crate::render) fn apps_repository(&self) -> &'a str {
        match self.plan.inputs.policy.platform.apps_repository.as_str() {
            "" => FILL_IN,
            chosen => chosen,
        }
    }

    pub(in crate::render) const fn is_windows(&self) -> bool {
        matches!(self.environment.operating_system, OperatingSystem::Windows)
    }

    /// What selects its pods, for good: a Deployment's selector cannot be changed.
    pub(super) fn selector(&self) -> Value {
        json!({"app.kubernetes.io/name": self.name})
    }

    pub(super) fn labels(&self) -> Value {
        json!({
            "app.kubernetes.io/managed-by": "eb2eks",
            "app.kubernetes.io/name": self.name,
            "app.kubernetes.io/part-of": self.manifests.application,
            "eb2eks.io/stage": self.environment.stage.to_string().to_lowercase(),
        })
    }

    /// Name, namespace, labels, and where it comes from.
    pub(super) fn metadata(&self, name: &str) -> Value {
        let from = format!(
            "{} ({})",
            inert::name(&self.environment.name),
            inert::one_line(&self.environment.id)
        );
        json!({
            "name": name,
            "namespace": self.manifests.namespace,
            "labels": self.labels(),
            "annotations": {"eb2eks.io/environment": from.chars().take(LONGEST).collect::<String>()},
        })
    }

    /// The ports of its container with their names: letters, digits and hyphens, at most 15, no two alike. The main
    /// process's is `http`; two processes on one port are one port of the container.
    pub(super) fn ports(&self) -> Vec<(String, u16)> {
        let main = self
            .intents()
            .main()
            .map(|main| ("http".to_owned(), main.port));
        let others = self
            .intents()
            .processes
            .values()
            .map(|process| (format!("port-{}", process.port), process.port));
        let mut seen = std::collections::BTreeSet::new();
        main.into_iter()
            .chain(others)
            .filter(|(_, port)| seen.insert(*port))
            .collect()
    }

    /// The name of the container's port that a process listens on.
    pub(super) fn port_name(&self, process: &Process) -> String {
        let ports = self.ports();
        let found = ports.into_iter().find(|(_, port)| *port == process.port);
        found.map_or_else(|| "http".to_owned(), |(name, _)| name)
    }

    /// The Service of a process: each has its own, so that each is asked by its own check. No app's name has two
    /// hyphens in a row, so that no other app's Service is called so.
    pub(super) fn service_name(&self, process: &str) -> String {
        if process == self.intents().main_process {
            return self.name.to_string();
        }
        let index = self
            .intents()
            .processes
            .keys()
            .position(|known| known == process)
            .unwrap_or_default();
        let is_label = process.len() <= 20
            && process.starts_with(|c: char| c.is_ascii_lowercase())
            && process.ends_with(|c: char| c.is_ascii_alphanumeric())
            && process
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        let own = if is_label {
            process.to_owned()
        } else {
            format!("process-{index}")
        };
        self.beside(&own)
    }

    /// The name of a further object of the same app.
    pub(super) fn beside(&self, what: &str) -> String {
        let room = KubernetesName::MAX_LENGTH.saturating_sub(what.len() + 2);
        let stem: String = self.name.as_str().chars().take(room).collect();
        format!("{}--{what}", stem.trim_end_matches('-'))
    }
}

/// The registry of the apps' images: the policy's, else ECR of the clusters' account and region.
pub(in crate::render) fn registry(plan: &Plan) -> String {
    let chosen = &plan.inputs.policy.platform.registry;
    if !chosen.is_empty() {
        return chosen.clone();
    }
    let site = Site::of(plan);
    format!("{}.dkr.ecr.{}.amazonaws.com", site.account, site.region)
}

/// The image of the queue's daemon: the policy's, else one that somebody has to build first.
pub(in crate::render) fn queue_daemon(plan: &Plan) -> String {
    match plan.inputs.policy.platform.queue_daemon_image.as_str() {
        "" => format!("{}/sqsd:{}", registry(plan), FILL_IN),
        chosen => chosen.to_owned(),
    }
}

/// The app's image without a tag: one repository for each application, which all its environments run.
pub(in crate::render) fn image(app: &App<'_>) -> String {
    format!("{}/{}", registry(app.plan), app.manifests.application)
}
