//! The parts of an explanation, in the order in which they are told.

use super::replayed::replay;
use crate::plan::{
    BillKey, EnvironmentPlan, Improvement, MemoryOrigin, OperatingSystem, Outcome, Packing, Plan,
    Record, Sizing,
};
use crate::render::inert;
use crate::render::page::Page;
use crate::render::simulated::quantiles;
use crate::units::{Bytes, KubernetesName};
use crate::wording::dollars::dollars;
use crate::wording::{Text, text};

/// What stands beside what it is called.
fn row(page: &Page, name: &Text, value: &Text) -> Vec<String> {
    vec![page.locale.say(name), page.locale.say(value)]
}

/// The explanation of a planned app, part by part; empty ones say nothing.
pub(super) fn of_planned(
    page: &Page,
    plan: &Plan,
    environment: &EnvironmentPlan,
    name: &KubernetesName,
    sizing: &Sizing,
) -> Vec<String> {
    vec![
        requests(page, sizing),
        evidence(page, sizing),
        flags(page, sizing),
        agent(page, environment.operating_system, sizing),
        steps(page, sizing),
        replicas(page, sizing),
        placement(page, plan, name),
        scheduler(page, plan, name),
        replay(page, plan, name),
    ]
}

/// Name, application, platform and stage of the environment.
pub(super) fn title(page: &Page, environment: &EnvironmentPlan) -> String {
    let instances = environment
        .instances_today
        .iter()
        .map(|(kind, count)| format!("{count} x {kind}"));
    let instances = if environment.instances_today.is_empty() {
        text!("explain-none-running")
    } else {
        Text::plain(page.locale.list(instances))
    };
    let is = text!(
        "explain-environment-is",
        id = &environment.id,
        tier = &environment.tier,
        stage = environment.stage.text()
    );
    let account = format!("{}, {}", environment.account, environment.region);
    let platform = format!(
        "{} ({})",
        environment.platform, environment.operating_system
    );
    let rows = vec![
        row(
            page,
            &text!("explain-application"),
            &Text::plain(&environment.application),
        ),
        row(page, &text!("explain-environment"), &is),
        row(page, &text!("explain-account"), &Text::plain(account)),
        row(page, &text!("explain-platform"), &Text::plain(platform)),
        row(page, &text!("explain-instances"), &instances),
    ];
    page.paragraph(&inert::name(&environment.name)) + &page.columns(rows, 2)
}

/// What becomes of it.
pub(super) fn outcome(page: &Page, environment: &EnvironmentPlan) -> String {
    page.say(&match &environment.outcome {
        Outcome::Planned {
            kubernetes_name,
            node_group,
            ..
        } => text!("explain-moves", name = kubernetes_name, group = node_group),
        Outcome::Excluded { reason } => text!("explain-stays", reason = reason.clone()),
        Outcome::Unknown { reason } => text!("explain-stays-unknown", reason = reason.clone()),
    })
}

/// Requests and limits of its pods.
fn requests(page: &Page, sizing: &Sizing) -> String {
    let limit = sizing
        .limits
        .cpu_millicores
        .map_or_else(|| text!("explain-no-limit"), Text::from);
    let plain = |name: &str, value: &Text| row(page, &Text::plain(name), value);
    let rows = vec![
        plain("requests.cpu", &sizing.requests.cpu.into()),
        plain("requests.memory", &sizing.requests.memory.into()),
        plain("limits.cpu", &limit),
        plain("limits.memory", &sizing.limits.memory_bytes.into()),
    ];
    page.headed(&text!("explain-requests"), &page.columns(rows, 2))
}

/// What the numbers rest on.
fn evidence(page: &Page, sizing: &Sizing) -> String {
    let evidence = &sizing.evidence;
    let (cpu, memory) = (&evidence.cpu, &evidence.memory);
    let origin = match memory.origin {
        MemoryOrigin::Measured => text!("explain-measured"),
        MemoryOrigin::Assumed => text!("explain-assumed"),
    };
    let over = text!(
        "explain-over-days",
        over = cpu.days_over_request,
        observed = cpu.days_observed,
        most = page.locale.percent(cpu.days_over_request_at_most, 1)
    );
    // Of a split instance each pod is a replica; what was measured is the instance.
    let of_whom = if sizing.replicas.pods_per_instance > 1 {
        text!("explain-cpu-of-instance")
    } else {
        text!("explain-cpu-of-replica")
    };
    let levels = text!(
        "explain-cpu-levels",
        mean = cpu.mean,
        p99 = cpu.p99,
        peak = cpu.peak
    );
    let history = text!(
        "explain-history-days",
        days = format!("{:.1}", evidence.days),
        fit = evidence.fit_days
    );
    let cpu_samples = samples(
        cpu.present_samples,
        cpu.expected_samples,
        cpu.rejected_samples,
        &cpu.sources,
    );
    let memory_samples = samples(
        memory.present_samples,
        memory.expected_samples,
        memory.rejected_samples,
        &memory.sources,
    );
    let peak = text!(
        "explain-memory-peak-is",
        peak = memory
            .peak
            .map_or_else(|| text!("explain-never-reported"), gibibytes),
        has = gibibytes(memory.instance_memory)
    );
    let graded = |grade: String, low: Text, high: Text, with: &[Improvement]| {
        let grade = text!("explain-grade", grade = grade, low = low, high = high);
        let better = (!with.is_empty()).then(|| {
            let with = with.iter().map(|one| page.locale.say(&one.text()));
            text!("explain-better-with", with = page.locale.clauses(with))
        });
        page.clauses([Some(grade), better])
    };
    let said = |name: Text, value: String| vec![page.locale.say(&name), value];
    let rows = vec![
        row(page, &text!("explain-history"), &history),
        row(page, &text!("explain-cpu"), &cpu_samples),
        row(page, &of_whom, &levels),
        said(text!("explain-cpu-of-app"), rhythm(page, sizing)),
        row(page, &text!("explain-over"), &over),
        row(page, &text!("explain-own-weeks"), &own_weeks(cpu.record)),
        said(
            text!("explain-cpu-request"),
            graded(
                cpu.grade.to_string(),
                cpu.range.0.into(),
                cpu.range.1.into(),
                &cpu.better_with,
            ),
        ),
        row(page, &text!("explain-memory"), &origin),
        row(page, &Text::default(), &memory_samples),
        row(page, &text!("explain-memory-peak"), &peak),
        row(page, &text!("explain-own-weeks"), &own_weeks(memory.record)),
        said(
            text!("explain-memory-request"),
            graded(
                memory.grade.to_string(),
                gibibytes(memory.range.0),
                gibibytes(memory.range.1),
                &memory.better_with,
            ),
        ),
    ];
    page.headed(&text!("explain-evidence"), &page.columns(rows, 2))
}

fn gibibytes(bytes: Bytes) -> Text {
    Text::plain(format!("{:.2} GiB", bytes.gibibytes()))
}

/// How many of the samples came, and where from.
fn samples(present: u64, expected: u64, rejected: u64, sources: &[String]) -> Text {
    let samples = text!(
        "explain-samples",
        present = present,
        expected = expected,
        rejected = rejected
    );
    if sources.is_empty() {
        return samples;
    }
    let sources: Vec<Text> = sources.iter().map(Text::plain).collect();
    text!("explain-samples-from", samples = samples, sources = sources)
}

fn own_weeks(record: Record) -> Text {
    match record.weeks {
        0 => text!("explain-no-own-week"),
        weeks => text!(
            "explain-own-weeks-judged",
            violated = record.violated,
            weeks = weeks
        ),
    }
}

/// How its CPU moves over a day, a month and the year.
fn rhythm(page: &Page, sizing: &Sizing) -> String {
    let rhythm = &sizing.evidence.cpu.rhythm;
    page.clauses([
        Some(text!(
            "explain-rhythm",
            quiet = rhythm.quiet,
            usual = rhythm.usual,
            busy = rhythm.busy,
            rise = format!("{:.2}", rhythm.rise)
        )),
        rhythm.trend_per_month.map(|trend| {
            let sign = if trend < 0.0 { "" } else { "+" };
            let change = format!("{sign}{}", page.locale.percent(trend, 0));
            text!("explain-trend", change = change)
        }),
        rhythm
            .year_peak
            .map(|peak| text!("explain-year-peak", peak = format!("{peak:.2}"))),
    ])
}

/// What to be careful about, with what to do.
fn flags(page: &Page, sizing: &Sizing) -> String {
    let rows: Vec<_> = sizing
        .flags
        .iter()
        .map(|flag| row(page, &flag.label(), &flag.what_to_do()))
        .collect();
    if rows.is_empty() {
        return String::new();
    }
    page.headed(&text!("explain-careful"), &page.columns(rows, 2))
}

/// What to put beside an app so that its memory is reported from now on; nothing where it is.
fn agent(page: &Page, operating_system: OperatingSystem, sizing: &Sizing) -> String {
    if sizing.evidence.memory.origin == MemoryOrigin::Measured {
        return String::new();
    }
    let how = match operating_system {
        OperatingSystem::Linux => {
            format!("{}\n{AGENT}", page.said(&text!("explain-agent-linux"), 2))
        }
        OperatingSystem::Windows => page.said(&text!("explain-agent-windows"), 2),
    };
    let after = page.said(&text!("explain-agent-after"), 2);
    page.headed(&text!("explain-agent"), &format!("{how}{after}"))
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
fn steps(page: &Page, sizing: &Sizing) -> String {
    let mut text = String::new();
    for reason in &sizing.reasons {
        text.push_str(&page.said(&Text::plain(reason.number.code()), 2));
        let rows = reason.steps.iter().map(|step| {
            let policy = step
                .policy
                .as_ref()
                .map_or_else(String::new, |key| format!(" [{key}]"));
            let rule = page.locale.say(&step.rule);
            vec![page.locale.say(&step.value), format!("{rule}{policy}")]
        });
        text.push_str(&page.columns(rows.collect(), 4));
    }
    page.headed(&text!("explain-steps"), &text)
}

/// How many, and where.
fn replicas(page: &Page, sizing: &Sizing) -> String {
    let replicas = &sizing.replicas;
    let today = text!(
        "explain-replicas-today",
        instances = replicas.instances_today,
        pods = replicas.pods_per_instance,
        replicas = replicas.full_load
    );
    let rows: Vec<_> = replicas
        .clusters
        .iter()
        .map(|(cluster, on)| {
            let on = text!(
                "explain-replicas-on",
                normal = on.normal,
                failover = on.failover,
                surge = on.surge
            );
            row(page, &Text::plain(cluster), &on)
        })
        .collect();
    let mut text = page.said(&today, 2);
    if !rows.is_empty() {
        text.push_str(&page.columns(rows, 2));
    }
    page.headed(&text!("explain-replicas"), &text)
}

/// The nodes that the plan put it on, to prove that it fits; the scheduler will choose its own.
fn placement(page: &Page, plan: &Plan, name: &KubernetesName) -> String {
    let mut rows = Vec::new();
    for cluster in &plan.clusters {
        for group in &cluster.node_groups {
            for (when, packing) in [
                (text!("explain-normally"), &group.normal),
                (text!("explain-at-most"), &group.at_most),
            ] {
                let nodes = nodes(packing, name.as_str());
                if !nodes.is_empty() {
                    let nodes = page.locale.list(nodes);
                    rows.push(vec![cluster.name.clone(), page.locale.say(&when), nodes]);
                }
            }
        }
    }
    if rows.is_empty() {
        return String::new();
    }
    page.headed(&text!("explain-placement"), &page.columns(rows, 2))
}

/// Its pod beside a node, and what the scheduler makes of the node group that it is on.
fn scheduler(page: &Page, plan: &Plan, name: &KubernetesName) -> String {
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
            let told = page.clauses([
                Some(text!(
                    "explain-scheduled",
                    nodes = quantiles(&realistic.grown),
                    orders = realistic.grown.orders,
                    planned = group.desired_capacity
                )),
                largest.map(|pod| {
                    text!(
                        "explain-largest-pod",
                        percent = pod.percent_of_node.to_string()
                    )
                }),
            ]);
            rows.push(vec![cluster.name.clone(), group.name.clone(), told]);
        }
    }
    if rows.is_empty() {
        return String::new();
    }
    page.headed(&text!("explain-scheduler"), &page.columns(rows, 2))
}

/// `workers-01 x 2 (apne1-az1)`
fn nodes(packing: &Packing, workload: &str) -> Vec<String> {
    packing
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
        .collect()
}

/// What it costs today. What it costs after is shared with its neighbours and has no line of its own.
pub(super) fn money(page: &Page, plan: &Plan, environment: &EnvironmentPlan) -> String {
    let title = text!("explain-cost-today");
    let lines = plan
        .bill(BillKey::TODAY)
        .into_iter()
        .flat_map(|bill| &bill.lines)
        .filter(|line| line.is_of(&environment.label));
    let rows: Vec<_> = lines
        .map(|line| {
            let quantity = format!("{} {}", line.quantity, page.locale.say(&line.unit.text()));
            let price = line.unit_price.map_or_else(
                || text!("explain-unknown-price"),
                |price| text!("explain-at-price", price = dollars(price)),
            );
            let amount = line
                .amount
                .map_or_else(|| text!("explain-unknown"), Text::from);
            vec![
                page.locale.say(&line.item),
                quantity,
                page.locale.say(&price),
                page.locale.say(&amount),
                page.locale.say(&line.source),
            ]
        })
        .collect();
    if rows.is_empty() {
        return page.headed(&title, &page.said(&text!("explain-no-line"), 2));
    }
    let mut text = page.columns(rows, 2);
    let namesakes = plan
        .environments
        .iter()
        .filter(|other| other.name == environment.name)
        .count();
    if namesakes > 1 {
        // Bill lines know the name only; see the plan's BillLine.
        text.push_str(&page.said(&text!("explain-namesakes", count = namesakes), 2));
    }
    page.headed(&title, &text)
}
