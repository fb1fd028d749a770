//! The way from an empty account to served apps: each step with its command, its check and its undo.
//!
//! Comes in: the plan. Goes out: `README.md` of the output folder. This room decides nothing: steps that a policy has
//! no use for are left out.

use std::collections::BTreeSet;

use crate::plan::{Delivery, Monitoring, Plan};
use crate::render::apps::{has_own_secret, moving, secret_name};
use crate::render::report::markdown::code;

/// One step: what is done, how, how one sees that it is done, and the way back.
struct Step {
    title: &'static str,
    why: String,
    commands: Vec<String>,
    check: Vec<String>,
    undo: Vec<String>,
}

pub(super) fn text(plan: &Plan) -> String {
    let mut lines = vec![
        "# From an empty account to served apps".to_owned(),
        String::new(),
        "In this order. Each step has its command, its check and its way back; nothing of today is changed before step 4, and clients notice nothing before step 10. Whoever walks it needs the AWS CLI with rights in the account of the clusters, `terraform`, `jq`, `eksctl`, `kubectl`, `helm` with helm-diff, and `helmfile`.".to_owned(),
        String::new(),
        "What each file is stands in `docs/OUTPUT.md` of eb2eks; why each number is what it is says `eb2eks explain`.".to_owned(),
        String::new(),
    ];
    for (number, step) in (1..).zip(steps(plan)) {
        lines.extend([
            format!("## {number}. {}", step.title),
            String::new(),
            step.why,
            String::new(),
        ]);
        for (name, commands) in [
            ("", step.commands),
            ("Check:", step.check),
            ("Back:", step.undo),
        ] {
            if !name.is_empty() {
                lines.extend([name.to_owned(), String::new()]);
            }
            lines.push("```sh".to_owned());
            lines.extend(commands);
            lines.extend(["```".to_owned(), String::new()]);
        }
    }
    lines.join("\n")
}

fn steps(plan: &Plan) -> Vec<Step> {
    let clusters: Vec<&str> = plan
        .clusters
        .iter()
        .map(|cluster| cluster.name.as_str())
        .collect();
    // The same for each cluster, in the policy's order.
    let each = |command: &str| -> Vec<String> {
        clusters
            .iter()
            .map(|cluster| command.replace("CLUSTER", cluster))
            .collect()
    };
    let backwards = |command: &str| -> Vec<String> { each(command).into_iter().rev().collect() };
    let region = plan
        .clusters
        .first()
        .map_or("", |cluster| cluster.region.as_str());
    vec![
        Step {
            title: "Is there room?",
            why: "Quotas, addresses, ways out of the subnets, roles and zones that the plan takes for granted. It only reads.".to_owned(),
            commands: vec!["bash preflight.sh".to_owned()],
            check: vec!["# every line begins with ok; a ? is for you to look at".to_owned()],
            undo: vec!["# nothing was changed".to_owned()],
        },
        policy(plan),
        bootstrap(plan),
        Step {
            title: "Roles",
            why: "The roles of today's instance profiles are taken over by the pods. They trust the clusters beside whom they trust today; what was before is kept in `bootstrap/role-trusts.before/`. Roles of Windows pods come when the clusters are there: run it again after step 6.".to_owned(),
            commands: vec!["bash bootstrap/role-trusts.sh show".to_owned(), "bash bootstrap/role-trusts.sh apply".to_owned()],
            check: vec!["bash bootstrap/role-trusts.sh show   # each trusts its clusters".to_owned()],
            undo: vec!["bash bootstrap/role-trusts.sh undo".to_owned()],
        },
        secrets(plan),
        Step {
            title: "Clusters",
            why: "About twenty minutes each. Read the head of each file first.".to_owned(),
            commands: each("eksctl create cluster -f eksctl/CLUSTER.yaml"),
            check: plan
                .clusters
                .iter()
                .map(|cluster| {
                    let nodes: u32 = cluster.node_groups.iter().map(|group| group.desired_capacity).sum();
                    format!("aws eks update-kubeconfig --name {0} --alias {0} --region {1} && kubectl --context {0} get nodes   # {nodes}, all Ready", cluster.name, cluster.region)
                })
                .collect(),
            undo: backwards("eksctl delete cluster -f eksctl/CLUSTER.yaml --wait   # after steps 8 and 7: balancers that are left would keep the network"),
        },
        Step {
            title: "Platform",
            why: "One cluster first. Releases wait for each other (`needs`); one that does not become ready goes back by itself.".to_owned(),
            commands: each("kubectl config use-context CLUSTER && helmfile --file platform/CLUSTER/helmfile.yaml apply"),
            check: each("helmfile --kube-context CLUSTER --file platform/CLUSTER/helmfile.yaml status && kubectl --context CLUSTER get clustersecretstores   # Valid, Ready"),
            undo: backwards("helmfile --kube-context CLUSTER --file platform/CLUSTER/helmfile.yaml destroy"),
        },
        Step {
            title: "Namespaces",
            why: "Before any pod: a pod that is made before its namespace has the label gets no readiness gate, and rollouts do not wait for load balancers.".to_owned(),
            commands: each("kubectl --context CLUSTER apply -f apps/namespaces/CLUSTER.yaml"),
            check: each("kubectl --context CLUSTER get namespaces -L elbv2.k8s.aws/pod-readiness-gate-inject"),
            undo: backwards("kubectl --context CLUSTER delete -f apps/namespaces/CLUSTER.yaml   # with everything in them"),
        },
        Step {
            title: "Apps, one after the other",
            why: format!("`handover/waves.md` says which and when, `handover/APP.md` what each needs first. For one app, here `APP` in its folder `apps/NAMESPACE/APP`, on each of its clusters ({}):", clusters.join(", ")),
            commands: vec![
                "eksctl create podidentityassociation -f eksctl/pod-identities/CLUSTER/APP.yaml   # not for Windows".to_owned(),
                "kubectl --context CLUSTER apply -k apps/NAMESPACE/APP/CLUSTER".to_owned(),
            ],
            check: vec![
                "kubectl --context CLUSTER -n NAMESPACE rollout status deployment/APP".to_owned(),
                "kubectl --context CLUSTER -n NAMESPACE get ingress,targetgroupbindings   # an address, and targets that are healthy".to_owned(),
            ],
            undo: vec![
                "kubectl --context CLUSTER delete -k apps/NAMESPACE/APP/CLUSTER".to_owned(),
                format!("eksctl delete podidentityassociation --cluster CLUSTER --region {region} --namespace NAMESPACE --service-account-name APP"),
            ],
        },
        Step {
            title: "Clients",
            why: "`delivery/README.md`, step by step: the service, its certificate, DNS, and then the weights. The first step that clients could notice, and the one with the fastest way back.".to_owned(),
            commands: vec!["terraform -chdir=delivery/cdn/APP apply -var domain=NAME -var 'weights={\"beanstalk\"=95,\"CLUSTER_\"=5}'   # CLUSTER_ with _ for -".to_owned()],
            check: vec!["curl -sS -o /dev/null -w '%{http_code}\\n' https://NAME/   # and error rates and latency for an hour, at each weight".to_owned()],
            undo: vec!["terraform -chdir=delivery/cdn/APP apply -var domain=NAME -var 'weights={\"beanstalk\"=100}'".to_owned()],
        },
        delivery(plan),
        Step {
            title: "The end of an environment",
            why: "A week after its clients have gone, by the last section of `handover/APP.md`: what the new balancers and pods still use stays.".to_owned(),
            commands: vec![format!("aws elasticbeanstalk terminate-environment --region {region} --environment-name ENVIRONMENT")],
            check: vec![format!("aws elasticbeanstalk describe-environments --region {region} --environment-names ENVIRONMENT --include-deleted --query 'Environments[0].Status'   # Terminated")],
            undo: vec![format!("aws elasticbeanstalk rebuild-environment --region {region} --environment-id ID   # for six weeks; what was only in it is gone")],
        },
    ]
}

/// What nobody but the company knows, and what the defaults leave open.
fn policy(plan: &Plan) -> Step {
    let platform = &plan.inputs.policy.platform;
    let mut open = Vec::new();
    let mut ask = |is_open: bool, key: &str, what: &str| {
        if is_open {
            open.push(format!("# {key}: {what}"));
        }
    };
    ask(
        platform.domain == "example.com",
        "platform.domain",
        "a zone of Route 53 that this account has",
    );
    ask(
        platform.admin_roles.is_empty(),
        "platform.admin_roles",
        "who administers the clusters, beside whoever creates them",
    );
    ask(
        platform.delivery_role.is_empty(),
        "platform.delivery_role",
        "what deploys the apps",
    );
    ask(
        platform.team_roles.is_empty(),
        "platform.team_roles",
        "which teams may look into which namespaces",
    );
    ask(
        platform.apps_repository.is_empty(),
        "platform.apps_repository",
        "the repository that apps/ becomes",
    );
    ask(
        platform.queue_daemon_image.is_empty()
            && moving(plan).any(|app| app.manifests.sidecar.is_some()),
        "platform.queue_daemon_image",
        "the image that handover/ of the workers describes",
    );
    ask(
        plan.inputs.policy.kubernetes.public_access_cidrs.is_empty(),
        "kubernetes.public_access_cidrs",
        "whence the control planes are reached, or endpoint = \"private\"",
    );
    ask(
        platform.web_acls.is_empty()
            && moving(plan).any(|app| app.manifests.ingress_group.is_some()),
        "platform.web_acls",
        "the web ACLs of WAF that today's load balancers have, where they have any",
    );
    let unknown: BTreeSet<&str> = moving(plan)
        .filter(|app| app.manifests.role_arn.is_none())
        .filter_map(|app| app.intents().instance_profile.as_deref())
        .collect();
    if !unknown.is_empty() {
        open.push(
            "# platform.profile_roles: the roles behind these instance profiles. This prints them:"
                .to_owned(),
        );
        let names: Vec<&str> = unknown.into_iter().collect();
        open.push(format!(
            "for profile in {}; do printf '\"%s\" = \"%s\"\\n' \"$profile\" \"$(aws iam get-instance-profile --instance-profile-name \"$profile\" --query 'InstanceProfile.Roles[0].Arn' --output text)\"; done",
            names.join(" ")
        ));
    }
    if open.is_empty() {
        open.push("# nothing is left open".to_owned());
    }
    open.push("eb2eks plan SNAPSHOT --policy eb2eks.toml --out .".to_owned());
    Step {
        title: "What is left open",
        why: "Keys of the policy that the defaults cannot know. Set them and plan again; the files change, nothing else does.".to_owned(),
        commands: open,
        check: vec![
            "sha256sum --quiet --check files.sha256".to_owned(),
            "grep -rl FILL-IN apps delivery eksctl   # what has no value yet: fill it in as handover/APP.md says".to_owned(),
        ],
        undo: vec!["git checkout .   # once the folder is in git".to_owned()],
    }
}

fn bootstrap(plan: &Plan) -> Step {
    let mut why = "Registries, the bucket of the logs, secrets without values, certificates for the apps' names on the clusters, the role of the platform's CI. Terraform shows first what it would make.".to_owned();
    if plan.inputs.policy.platform.certificates.is_empty() {
        why.push_str(" Put the ARNs that it prints into `[platform.certificates]` of the policy and plan again: load balancers take them from there.");
    }
    Step {
        title: "Bootstrap",
        why,
        commands: vec![
            "terraform -chdir=bootstrap init".to_owned(),
            "terraform -chdir=bootstrap apply".to_owned(),
        ],
        check: vec![
            "terraform -chdir=bootstrap plan -detailed-exitcode   # 0: all is there".to_owned(),
        ],
        undo: vec!["terraform -chdir=bootstrap destroy   # refuses what is not empty".to_owned()],
    }
}

fn secrets(plan: &Plan) -> Step {
    let mut names: Vec<String> = moving(plan)
        .filter(has_own_secret)
        .map(|app| secret_name(&app))
        .collect();
    let has_datadog = plan.inputs.policy.platform.monitoring == Monitoring::Datadog;
    let count = names.len();
    names.truncate(1);
    let mut commands = Vec::new();
    if has_datadog {
        commands.push("aws secretsmanager put-secret-value --secret-id datadog --secret-string file://datadog.json   # {\"api-key\": \"...\"}".to_owned());
    }
    if let Some(first) = names.first() {
        commands.push(format!("aws secretsmanager put-secret-value --secret-id {first} --secret-string file://values.json   # and so on: {count} apps, keys in handover/APP.md"));
    }
    if commands.is_empty() {
        commands.push("# no app has any".to_owned());
    }
    Step {
        title: "Values of secrets",
        why: "The collector keeps no values, and no file holds one. A pod does not start before its secret is there.".to_owned(),
        commands,
        check: vec!["aws secretsmanager list-secrets --query 'SecretList[?!not_null(SecretVersionsToStages)].Name'   # empty: each has a value".to_owned()],
        undo: vec!["aws secretsmanager update-secret-version-stage --secret-id NAME --version-stage AWSCURRENT --move-to-version-id BEFORE --remove-from-version-id NOW".to_owned()],
    }
}

fn delivery(plan: &Plan) -> Step {
    let (command, undo) = match plan.inputs.policy.platform.delivery {
        Delivery::Spinnaker => (
            "spin pipeline save --file delivery/spinnaker/APP.json",
            "spin pipeline delete --application APPLICATION --name APP",
        ),
        Delivery::ArgoCd => (
            "kubectl -n argocd apply -f delivery/argo-cd/APP.yaml",
            "kubectl -n argocd delete -f delivery/argo-cd/APP.yaml --cascade=orphan",
        ),
    };
    Step {
        title: "Delivery",
        why: format!(
            "From now on a pushed image deploys itself, one cluster after the other ({}). What it needs stands in `delivery/README.md`.",
            code("delivery/")
        ),
        commands: vec![command.to_owned()],
        check: vec!["# push an image; the first cluster gets it, then the next".to_owned()],
        undo: vec![undo.to_owned()],
    }
}
