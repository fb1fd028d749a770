//! An app's way, step by step.

use super::dockerfile;
use crate::plan::{Derivation, LoadTestPlan, PlatformKind, Scheme, VariableSource};
use crate::render::apps::{App, image, secret_name};
use crate::render::report::markdown::{code, command, prose};

pub(super) fn text(app: &App<'_>) -> String {
    let environment = app.environment;
    let intents = app.intents();
    let turn = &app.manifests.turn;
    let mut lines = vec![
        format!("# {} moves", code(&environment.name)),
        String::new(),
        format!(
            "Application {}, {}, {}. Wave {}: {}.",
            code(&environment.application),
            environment.stage,
            prose(&environment.platform),
            app.wave(),
            prose(&turn.because)
        ),
        format!(
            "Its manifests: `{}`. Why each value is what it is: `eb2eks explain {} --options`.",
            app.folder(),
            app.name
        ),
        String::new(),
    ];
    blockers(app, &mut lines);
    lines.extend(["## 1. Image".to_owned(), String::new()]);
    image_steps(app, &mut lines);
    lines.extend([String::new(), "## 2. App".to_owned(), String::new()]);
    app_steps(app, &mut lines);
    lines.extend([String::new(), "## 3. Account".to_owned(), String::new()]);
    account_steps(app, &mut lines);
    lines.extend([
        String::new(),
        "## 4. Deploy and test".to_owned(),
        String::new(),
    ]);
    for cluster in app.manifests.clusters.keys() {
        lines.push(format!(
            "- [ ] `kubectl --context {cluster} apply -k {}/{cluster}`, with the image's tag as `newTag`; from then on the delivery does it",
            app.folder()
        ));
    }
    match environment.load_test() {
        Some(LoadTestPlan::Planned { .. }) => lines.push(format!("- [ ] Load test: `loadtest/{}` (see `loadtest/README.md`); feed the result to `eb2eks calibrate`", app.name)),
        Some(LoadTestPlan::LeftOut { reason }) => {
            lines.push(format!("- [ ] Load test: {reason}"));
        }
        None => {}
    }
    lines.push("- [ ] Kill a pod and drain a node under load: no request may fail".to_owned());
    lines.extend([String::new(), "## 5. Cut over".to_owned(), String::new()]);
    cut_over(app, &mut lines);
    lines.extend([String::new(), "## 6. Afterwards".to_owned(), String::new()]);
    super::ending::steps(app, &mut lines);
    if !intents.derivations.is_empty() {
        lines.extend([
            String::new(),
            "## Values and where they come from".to_owned(),
            String::new(),
            "| Field | Value | From |".to_owned(),
            "| --- | --- | --- |".to_owned(),
        ]);
        for Derivation { field, value, from } in &intents.derivations {
            lines.push(format!(
                "| {} | {} | {} |",
                prose(field),
                code(&value.to_string()),
                prose(from)
            ));
        }
    }
    lines.push(String::new());
    lines.join("\n")
}

fn blockers(app: &App<'_>, lines: &mut Vec<String>) {
    let blockers = &app.environment.translation.blockers;
    if blockers.is_empty() {
        lines.extend([
            "Nothing that its settings show has to be settled first.".to_owned(),
            String::new(),
        ]);
        return;
    }
    lines.extend(["## To settle first".to_owned(), String::new()]);
    for blocker in blockers {
        lines.push(format!(
            "- [ ] **{}** ({}, {}): {}. {}.",
            prose(&blocker.code),
            blocker.owner,
            blocker.effort,
            prose(&blocker.what),
            prose(capital(&blocker.remedy.to_string()))
        ));
    }
    lines.push(String::new());
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

fn image_steps(app: &App<'_>, lines: &mut Vec<String>) {
    let runtime = &app.intents().runtime;
    lines.push(format!(
        "- [ ] Repository {}, one for all environments of the application: `bootstrap/` makes it",
        code(&image(app))
    ));
    let hints = dockerfile::lines(runtime);
    if hints.is_empty() {
        lines.push("- [ ] It has its own Dockerfile: let it run as a user that is not root (`USER 10001`), then set `runAsNonRoot` in its Deployment".to_owned());
        if runtime.kind == PlatformKind::Ecs {
            lines.push("- [ ] Dockerrun.aws.json or docker-compose.yml: each container of it becomes one of the pod".to_owned());
        }
    } else {
        lines.extend([
            format!(
                "- [ ] A Dockerfile to begin with, for {}:",
                prose(format!("{} {}", runtime.kind, runtime.version).trim_end())
            ),
            String::new(),
            "```dockerfile".to_owned(),
        ]);
        lines.extend(hints);
        lines.extend(["```".to_owned(), String::new()]);
    }
    if app.is_windows() {
        lines.push("- [ ] The image's Windows version must be that of the nodes; IIS writes its logs to files: ServiceMonitor or LogMonitor brings them to stdout".to_owned());
    }
    lines.push(format!("- [ ] Built for `{}`", app.manifests.architecture));
    lines.push("- [ ] Read `.ebextensions`, `.platform/hooks`, `Procfile`, `Buildfile` and `cron.yaml` in the source bundle, which no API shows: packages and files go into the Dockerfile, `leader_only` commands into a Job, `cron.yaml` into CronJobs (`eb2eks new-app NAME --kind cron-job`)".to_owned());
}

fn app_steps(app: &App<'_>, lines: &mut Vec<String>) {
    let intents = app.intents();
    for (name, process) in &intents.processes {
        let health = process.health.path.as_ref().map_or_else(
            || "takes a connection".to_owned(),
            |path| {
                format!(
                    "answers {} with {}",
                    code(path),
                    prose(&process.health.success_codes)
                )
            },
        );
        lines.push(format!(
            "- [ ] Process {}: listens on port {} on all addresses, and {health} within {} s",
            code(name),
            process.port,
            process.health.timeout_seconds
        ));
    }
    let (wait, grace) = (intents.stop.pre_stop_seconds, intents.stop.grace_seconds);
    lines.push(format!(
        "- [ ] On SIGTERM it finishes what it began and ends: it has {} s, after {wait} s in which it serves on",
        grace - wait
    ));
    lines.push("- [ ] It writes nothing to its disk that must last, and logs to stdout".to_owned());
    if let Some(worker) = &intents.worker {
        lines.push(format!(
            "- [ ] The queue's daemon posts each message to {} as {} with at most {} at once; periodic tasks of `cron.yaml` become CronJobs",
            code(&worker.http_path),
            code(&worker.mime_type),
            worker.connections
        ));
        if app.manifests.sidecar.is_some() {
            super::queue_daemon::steps(app, worker, lines);
        }
        if worker.queue_url.is_none() {
            lines.push("- [ ] Its queue is not known: add the sidecar and the trigger once it has one of its own".to_owned());
        }
    }
    if intents.is_traced {
        lines.push(
            "- [ ] It is traced with X-Ray: point it at the OpenTelemetry collector of the cluster"
                .to_owned(),
        );
    }
}

fn account_steps(app: &App<'_>, lines: &mut Vec<String>) {
    let intents = app.intents();
    let names = |is_in: fn(&VariableSource) -> bool| {
        intents
            .variables
            .iter()
            .filter(|variable| is_in(&variable.source))
            .map(|variable| code(&variable.name))
            .collect::<Vec<_>>()
    };
    let secrets = names(|source| matches!(source, VariableSource::Secret));
    if !secrets.is_empty() {
        lines.push(format!(
            "- [ ] Secret {} in AWS Secrets Manager (`bootstrap/` makes it, without a value) gets a JSON object with the keys {}",
            command(&secret_name(app)),
            secrets.join(", ")
        ));
    }
    let settings = names(|source| matches!(source, VariableSource::Setting));
    if !settings.is_empty() {
        lines.push(format!(
            "- [ ] Fill in `base/config-map.yaml`: {}. The collector keeps no values of environment properties",
            settings.join(", ")
        ));
    }
    if !intents.unusable_variables.is_empty() {
        let names: Vec<String> = intents
            .unusable_variables
            .iter()
            .map(|name| code(name))
            .collect();
        lines.push(format!(
            "- [ ] No variable can be called {}: rename them",
            names.join(", ")
        ));
    }
    match &intents.instance_profile {
        Some(profile) if app.is_windows() => lines.push(format!(
            "- [ ] Role {} of the instance profile {}: `bash bootstrap/role-trusts.sh apply` once the clusters are there. Windows has no Pod Identity: the ServiceAccount names the role",
            command(&app.role_arn().unwrap_or_default()),
            code(profile)
        )),
        Some(profile) => lines.push(format!(
            "- [ ] Role {} of the instance profile {}: `bash bootstrap/role-trusts.sh apply`, then for each cluster `eksctl create podidentityassociation -f eksctl/pod-identities/CLUSTER/{}.yaml`, which touches this app alone",
            command(&app.role_arn().unwrap_or_default()),
            code(profile),
            app.name
        )),
        None => lines.push("- [ ] No instance profile was seen: its pods get no rights in AWS".to_owned()),
    }
    if let Some(entrance) = &intents.entrance {
        let certificates: Vec<&String> = entrance
            .listeners
            .iter()
            .flat_map(|listener| &listener.certificates)
            .collect();
        if certificates.iter().any(|arn| arn.contains(":iam:")) {
            lines.push(
                "- [ ] A certificate of IAM is in use: get one from ACM, which renews it"
                    .to_owned(),
            );
        }
        if !certificates.is_empty() {
            let hosts: Vec<String> = app
                .manifests
                .clusters
                .values()
                .filter_map(|manifest| manifest.host.as_deref())
                .map(command)
                .collect();
            lines.push(format!(
                "- [ ] A certificate that is valid for {}, beside today's: `bootstrap/` makes one for each cluster, for `[platform.certificates]` of the policy",
                hosts.join(" and ")
            ));
        }
    }
    lines.push("- [ ] Databases and caches admit the nodes' security group".to_owned());
    super::around::steps(app, lines);
}

/// The Ingress knows the app's names on the clusters only.
fn own_name() -> String {
    "- [ ] Where clients come by a name of their own: that name as a further `host` in each `CLUSTER/ingress.yaml`, with its certificate, since a load balancer that apps share answers 404 to names that it does not know".to_owned()
}

fn cut_over(app: &App<'_>, lines: &mut Vec<String>) {
    let intents = app.intents();
    match &intents.entrance {
        None if intents.worker.is_some() => {
            lines.push("- [ ] Let both read the queue, first one pod; watch the age of the oldest message and the dead letters".to_owned());
            lines.push("- [ ] Take the environment's instances down to its least, then to none. Way back: up again".to_owned());
        }
        Some(entrance) if entrance.scheme == Scheme::InternetFacing => {
            lines.push(format!(
                "- [ ] `delivery/cdn/{}`: weights to the clusters 5, 25, 50, 100 per cent, an hour each, at a quiet time first",
                app.name
            ));
            lines.push("- [ ] Way back at any time: `beanstalk` to 100, all others to 0; seconds, not a deployment".to_owned());
            lines.push(
                "- [ ] Without a CDN: weighted records in Route 53 with the same steps, and a TTL of 60 s from the day before. Clients then come by a name of their own".to_owned(),
            );
            lines.push(if entrance.hosts().next().is_some() {
                "- [ ] Its rules go by the host: the CDN hands the clients' name on, as today. Names that no rule names reach nothing".to_owned()
            } else {
                "- [ ] Behind the CDN the app sees its name on the cluster as `Host`: does it make links or redirects of it?".to_owned()
            });
            lines.push(own_name());
        }
        _ => {
            lines.push("- [ ] Weighted records in Route 53 from today's name to the app's names on the clusters: 5, 25, 50, 100 per cent; a TTL of 60 s from the day before".to_owned());
            lines.push(own_name());
            lines.push("- [ ] Way back at any time: the weights".to_owned());
        }
    }
    if let Some(address) = &intents.address {
        lines.push(format!(
            "- [ ] Who calls {} by that name? It goes with the environment",
            code(address)
        ));
    }
}
