//! The parts of an explanation, in the order in which they are told.

use crate::plan::{
    BillKey, EnvironmentPlan, Improvement, MemoryOrigin, OperatingSystem, Outcome, Packing, Plan,
    Record, ReplayedHour, Sizing, WorstDay,
};
use crate::render::inert;
use crate::render::report::voice::Voice;
use crate::render::simulated::quantiles;
use crate::render::terminal::{columns, paragraph, table};
use crate::render::wording::counted;
use crate::units::{Bytes, KubernetesName};
use crate::wording::Language;
use crate::wording::dollars::dollars;

/// The terminal speaks English.
const VOICE: Voice = Voice::new(Language::English);

fn headed(heading: &str, content: &str, width: usize) -> String {
    if content.is_empty() {
        String::new()
    } else {
        format!("{}{content}", paragraph(heading, 0, width))
    }
}

fn row(cells: [&str; 2]) -> Vec<String> {
    cells.map(str::to_owned).to_vec()
}

/// Name, application, platform and stage of the environment.
pub(super) fn title(environment: &EnvironmentPlan, width: usize) -> String {
    let instances: Vec<_> = environment
        .instances_today
        .iter()
        .map(|(kind, count)| format!("{count} x {kind}"))
        .collect();
    let instances = if instances.is_empty() {
        "none running".to_owned()
    } else {
        instances.join(", ")
    };
    let mut text = paragraph(&inert::name(&environment.name), 0, width);
    text.push_str(&columns(
        vec![
            row(["Application", &environment.application]),
            row([
                "Environment",
                &format!(
                    "{}, {} tier, {}",
                    environment.id, environment.tier, environment.stage
                ),
            ]),
            row([
                "Account",
                &format!("{}, {}", environment.account, environment.region),
            ]),
            row([
                "Platform",
                &format!(
                    "{} ({})",
                    environment.platform, environment.operating_system
                ),
            ]),
            row(["Instances today", &instances]),
        ],
        2,
        width,
    ));
    text
}

/// What becomes of it.
pub(super) fn outcome(environment: &EnvironmentPlan, width: usize) -> String {
    let sentence = match &environment.outcome {
        Outcome::Planned {
            kubernetes_name,
            node_group,
            ..
        } => format!("It moves, as {kubernetes_name}, onto node group {node_group}."),
        Outcome::Excluded { reason } => format!("It stays on Elastic Beanstalk: {reason}."),
        Outcome::Unknown { reason } => {
            format!("It stays on Elastic Beanstalk, since too little is known: {reason}.")
        }
    };
    paragraph(&sentence, 0, width)
}

/// Requests and limits of its pods.
pub(super) fn requests(sizing: &Sizing, width: usize) -> String {
    let limit = sizing
        .limits
        .cpu_millicores
        .map_or_else(|| "none".to_owned(), |limit| limit.to_string());
    let content = columns(
        vec![
            row(["requests.cpu", &sizing.requests.cpu.to_string()]),
            row(["requests.memory", &sizing.requests.memory.to_string()]),
            row(["limits.cpu", &limit]),
            row(["limits.memory", &sizing.limits.memory_bytes.to_string()]),
        ],
        2,
        width,
    );
    headed("Each replica asks for", &content, width)
}

/// What the numbers rest on.
pub(super) fn evidence(sizing: &Sizing, width: usize) -> String {
    let evidence = &sizing.evidence;
    let (cpu, memory) = (&evidence.cpu, &evidence.memory);
    let samples = |present: u64, expected: u64, rejected: u64, sources: &[String]| {
        let rejected = if rejected > 0 {
            format!(", {rejected} of them rejected as impossible")
        } else {
            String::new()
        };
        let sources = if sources.is_empty() {
            String::new()
        } else {
            format!(", from {}", sources.join(", "))
        };
        format!("{present} of {expected} samples{rejected}{sources}")
    };
    let gibibytes = |bytes: Bytes| format!("{:.2} GiB", bytes.gibibytes());
    let peak = memory
        .peak
        .map_or_else(|| "never reported".to_owned(), gibibytes);
    let origin = match memory.origin {
        MemoryOrigin::Measured => "measured",
        MemoryOrigin::Assumed => "ASSUMED: bounded by the instance type, not a measurement",
    };
    let over = format!(
        "on {} of {} observed days; at most {:.1} % of days, if days are alike (95 % confidence)",
        cpu.days_over_request,
        cpu.days_observed,
        cpu.days_over_request_at_most * 100.0
    );
    let own_weeks = |record: Record| match record.weeks {
        0 => "no week of its own could be judged".to_owned(),
        weeks => format!(
            "this rule would have been too small in {} of {weeks} weeks of a replica",
            record.violated
        ),
    };
    let better = |with: &[Improvement]| match with {
        [] => String::new(),
        with => format!(
            "; better with {}",
            with.iter()
                .map(Improvement::to_string)
                .collect::<Vec<_>>()
                .join("; ")
        ),
    };
    let rhythm = &cpu.rhythm;
    let mut moves = format!(
        "quiet {}, usual {}, busy {} in all; rises by x {:.2} between samples",
        rhythm.quiet, rhythm.usual, rhythm.busy, rhythm.rise
    );
    if let Some(trend) = rhythm.trend_per_month {
        moves += &format!("; {:+.0} % a month", 100.0 * trend);
    }
    if let Some(peak) = rhythm.year_peak {
        moves += &format!("; the year's peak is x {peak:.2} of what was seen");
    }
    // Of a split instance each pod is a replica; what was measured is the instance.
    let of_whom = if sizing.replicas.pods_per_instance > 1 {
        "CPU of an instance"
    } else {
        "CPU of a replica"
    };
    let content = columns(
        vec![
            row([
                "History",
                &format!(
                    "{:.1} days; requests are made from the last {}",
                    evidence.days, evidence.fit_days
                ),
            ]),
            row([
                "CPU",
                &samples(
                    cpu.present_samples,
                    cpu.expected_samples,
                    cpu.rejected_samples,
                    &cpu.sources,
                ),
            ]),
            row([
                of_whom,
                &format!("mean {}, p99 {}, peak {}", cpu.mean, cpu.p99, cpu.peak),
            ]),
            row(["CPU of the app", &moves]),
            row(["Over its request", &over]),
            row(["Own weeks", &own_weeks(cpu.record)]),
            row([
                "CPU request",
                &format!(
                    "grade {}, range {} to {}{}",
                    cpu.grade,
                    cpu.range.0,
                    cpu.range.1,
                    better(&cpu.better_with)
                ),
            ]),
            row(["Memory", origin]),
            row([
                "",
                &samples(
                    memory.present_samples,
                    memory.expected_samples,
                    memory.rejected_samples,
                    &memory.sources,
                ),
            ]),
            row([
                "Memory peak",
                &format!(
                    "{peak}; the instance has {}",
                    gibibytes(memory.instance_memory)
                ),
            ]),
            row(["Own weeks", &own_weeks(memory.record)]),
            row([
                "Memory request",
                &format!(
                    "grade {}, range {} to {}{}",
                    memory.grade,
                    gibibytes(memory.range.0),
                    gibibytes(memory.range.1),
                    better(&memory.better_with)
                ),
            ]),
        ],
        2,
        width,
    );
    headed("Evidence", &content, width)
}

/// What to be careful about, with what to do.
pub(super) fn flags(sizing: &Sizing, width: usize) -> String {
    let rows = sizing
        .flags
        .iter()
        .map(|flag| row([&flag.label().to_string(), &flag.what_to_do().to_string()]))
        .collect::<Vec<_>>();
    if rows.is_empty() {
        String::new()
    } else {
        headed("Careful", &columns(rows, 2, width), width)
    }
}

/// What to put beside an app so that its memory is reported from now on; nothing where it is.
pub(super) fn agent(operating_system: OperatingSystem, sizing: &Sizing, width: usize) -> String {
    if sizing.evidence.memory.origin == MemoryOrigin::Measured {
        return String::new();
    }
    let before = "Then collect again after two weeks. The instance profile needs the managed policy CloudWatchAgentServerPolicy.";
    let content = match operating_system {
        OperatingSystem::Linux => {
            format!("  As .ebextensions/cwagent.config of the application:\n\n{AGENT}")
        }
        OperatingSystem::Windows => {
            let rule = "Install the CloudWatch agent with the counter \"Memory\", \"% Committed Bytes In Use\" and the dimension InstanceId.";
            paragraph(rule, 2, width)
        }
    };
    headed(
        "To measure its memory",
        &format!("{content}{}", paragraph(before, 2, width)),
        width,
    )
}

/// The dimensions are those that `collect` finds: by instance, and by group for those that are gone.
/// Source: the CloudWatch agent's reference of its configuration file; Beanstalk's `files` key.
pub(in crate::render) const AGENT: &str = r#"  files:
    "/opt/aws/amazon-cloudwatch-agent/etc/amazon-cloudwatch-agent.json":
      mode: "000644"
      content: |
        {"metrics": {
          "append_dimensions": {"InstanceId": "${aws:InstanceId}",
                                "AutoScalingGroupName": "${aws:AutoScalingGroupName}"},
          "metrics_collected": {"mem": {"measurement": ["mem_used_percent"],
                                        "metrics_collection_interval": 60}}}}
  packages:
    yum:
      amazon-cloudwatch-agent: []
  commands:
    start:
      cwd: /opt/aws/amazon-cloudwatch-agent
      command: >-
        bin/amazon-cloudwatch-agent-ctl -a append-config -m ec2 -s
        -c file:/opt/aws/amazon-cloudwatch-agent/etc/amazon-cloudwatch-agent.json
"#;

/// Every number, step by step.
pub(super) fn steps(sizing: &Sizing, width: usize) -> String {
    let mut text = String::new();
    for reason in &sizing.reasons {
        text.push_str(&paragraph(reason.number.code(), 2, width));
        let rows = reason.steps.iter().map(|step| {
            let policy = step
                .policy
                .as_ref()
                .map_or_else(String::new, |key| format!(" [{key}]"));
            vec![step.value.to_string(), format!("{}{policy}", step.rule)]
        });
        text.push_str(&columns(rows.collect(), 4, width));
    }
    headed(
        "How each number came about (in brackets: the policy key that it obeys)",
        &text,
        width,
    )
}

/// How many, and where.
pub(super) fn replicas(sizing: &Sizing, width: usize) -> String {
    let replicas = &sizing.replicas;
    let split = if replicas.pods_per_instance > 1 {
        format!(", each becoming {} pods", replicas.pods_per_instance)
    } else {
        String::new()
    };
    let mut text = paragraph(
        &format!(
            "{} today{split}; full load: {}.",
            counted(replicas.instances_today, "instance"),
            counted(replicas.full_load, "replica")
        ),
        2,
        width - 2,
    );
    let rows = replicas.clusters.iter().map(|(cluster, on)| {
        row([
            cluster,
            &format!(
                "{} normally, {} when it serves alone, {} more during a rollout",
                on.normal, on.failover, on.surge
            ),
        ])
    });
    let rows: Vec<_> = rows.collect();
    if !rows.is_empty() {
        text.push_str(&columns(rows, 2, width));
    }
    headed("Replicas", &text, width)
}

/// The nodes that the plan put it on, to prove that it fits; the scheduler will choose its own.
pub(super) fn placement(plan: &Plan, name: &KubernetesName, width: usize) -> String {
    let mut rows = Vec::new();
    for cluster in &plan.clusters {
        for group in &cluster.node_groups {
            for (when, packing) in [("normally", &group.normal), ("at most", &group.at_most)] {
                let nodes = nodes(packing, name.as_str());
                if !nodes.is_empty() {
                    rows.push(vec![cluster.name.clone(), when.to_owned(), nodes]);
                }
            }
        }
    }
    if rows.is_empty() {
        String::new()
    } else {
        headed(
            "Where the plan places it (a proof that it fits)",
            &columns(rows, 2, width),
            width,
        )
    }
}

/// Its pod beside a node, and what the scheduler makes of the node group that it is on.
pub(super) fn scheduler(plan: &Plan, name: &KubernetesName, width: usize) -> String {
    let mut rows = Vec::new();
    for cluster in &plan.clusters {
        for group in &cluster.node_groups {
            if nodes(&group.normal, name.as_str()).is_empty() {
                continue;
            }
            let realistic = &group.realistic;
            let largest = realistic
                .largest_pod
                .as_ref()
                .filter(|largest| largest.workload == name.as_str());
            let largest = largest.map_or_else(String::new, |pod| {
                format!(
                    "; its pod is the largest there, {} % of a node",
                    pod.percent_of_node
                )
            });
            let text = format!(
                "{} nodes at 50 / 95 / 99 % of {} simulated orders, {} are planned{largest}",
                quantiles(&realistic.grown),
                realistic.grown.orders,
                group.desired_capacity,
            );
            rows.push(vec![cluster.name.clone(), group.name.clone(), text]);
        }
    }
    if rows.is_empty() {
        String::new()
    } else {
        headed(
            "What the scheduler makes of its node group",
            &columns(rows, 2, width),
            width,
        )
    }
}

fn nodes(packing: &Packing, workload: &str) -> String {
    let on: Vec<_> = packing
        .placement
        .iter()
        .filter_map(|node| {
            // Wider than each of them: explain reads plans that no check has seen.
            let replicas: u64 = node
                .pods
                .iter()
                .filter(|pods| pods.workload == workload)
                .map(|pods| u64::from(pods.replicas))
                .sum();
            let count = if replicas > 1 {
                format!(" x {replicas}")
            } else {
                String::new()
            };
            (replicas > 0).then(|| format!("{}{count} ({})", node.node, node.zone))
        })
        .collect();
    on.join(", ")
}

/// What it costs today. What it costs after is shared with its neighbours and has no line of its own.
pub(super) fn money(plan: &Plan, environment: &EnvironmentPlan, width: usize) -> String {
    let lines = plan
        .bill(BillKey::TODAY)
        .into_iter()
        .flat_map(|bill| &bill.lines)
        .filter(|line| line.is_of(&environment.label));
    let rows: Vec<_> = lines
        .map(|line| {
            let quantity = format!("{} {}", line.quantity, line.unit);
            let price = line.unit_price.map_or_else(
                || "unknown price".to_owned(),
                |price| format!("at {}", dollars(price)),
            );
            vec![
                line.item.to_string(),
                quantity,
                price,
                line.amount.map_or_else(|| "unknown".to_owned(), dollars),
                line.source.to_string(),
            ]
        })
        .collect();
    if rows.is_empty() {
        return headed(
            "Cost today, a month",
            &paragraph("No line of today's bill names it.", 2, width),
            width,
        );
    }
    let mut text = columns(rows, 2, width);
    let namesakes = plan
        .environments
        .iter()
        .filter(|other| other.name == environment.name)
        .count();
    if namesakes > 1 {
        // Bill lines know the name only; see the plan's BillLine.
        text.push_str(&paragraph(
            &format!("These are the lines of all {namesakes} environments of that name."),
            2,
            width,
        ));
    }
    headed("Cost today, a month", &text, width)
}

/// What the replay did to it, and its worst day step by step.
pub(super) fn replay(plan: &Plan, name: &KubernetesName, width: usize) -> String {
    let Some(replay) = &plan.replay else {
        return String::new();
    };
    let row = |title: &str, run: &crate::plan::ReplayRun| {
        let app = run.apps.get(name.as_str())?;
        let text = format!(
            "starved {} of {} minutes, over its CPU request {}, waited {} pod-minutes, evicted {}, killed {}; {} to {} pods on a cluster",
            app.starved_app_minutes,
            app.app_minutes,
            app.over_cpu_request_app_minutes,
            app.pending_pod_minutes,
            app.evictions,
            app.kills,
            app.pods.0,
            app.pods.1
        );
        Some([title.to_owned(), text].to_vec())
    };
    let mut rows: Vec<Vec<String>> = row("days seen", &replay.seen).into_iter().collect();
    rows.extend(
        replay
            .unseen
            .as_ref()
            .and_then(|run| row("days not seen", run)),
    );
    let mut text = headed("Replayed:", &columns(rows, 2, width), width);
    if let Some(app) = replay.seen.apps.get(name.as_str()) {
        if let Some(at) = app.highest_at {
            let most = app.highest_cpu_percent_of_request;
            text.push_str(&paragraph(
                &format!(
                    "Most was asked of one of its pods at {}: {most} % of its CPU request.",
                    VOICE.moment(at)
                ),
                2,
                width,
            ));
        }
        if let Some(day) = &app.worst_day {
            text.push_str(&worst_day(day, width));
        }
        let told = app.worst.iter().chain(&app.happenings);
        for happening in told {
            let said = VOICE.say(&crate::render::report::replay::happened(happening, VOICE));
            text.push_str(&paragraph(&said, 2, width));
        }
    }
    text
}

/// Hour by hour: what was asked of it, who was there, and what went wrong.
fn worst_day(day: &WorstDay, width: usize) -> String {
    let heading = format!(
        "Its worst day in the replay, on {} from {}:",
        day.cluster,
        VOICE.moment(day.from)
    );
    let row = |hour: &ReplayedHour| {
        vec![
            format!("{:02}", hour.hour),
            format!("{}m", hour.asked_millicores),
            format!("{} / {}", hour.serving, hour.pods),
            format!("{}m", hour.pod_millicores),
            format!("{} MiB", hour.pod_mebibytes),
            hour.missing_millicore_minutes.to_string(),
            hour.evictions.to_string(),
            hour.kills.to_string(),
        ]
    };
    let header = [
        "Hour",
        "Asked",
        "Pods",
        "Busiest pod",
        "Largest pod",
        "Missing",
        "Evicted",
        "Killed",
    ];
    let rows = day.hours.iter().map(row).collect();
    let hours = table(&header, rows, &[1, 2, 3, 4, 5, 6, 7], width);
    let legend = "Pods: the fewest that served / the most that there were. Missing: millicore-minutes that were asked for and not delivered.";
    format!(
        "{}{hours}{}",
        paragraph(&heading, 2, width),
        paragraph(legend, 2, width)
    )
}
