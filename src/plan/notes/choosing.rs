//! Why a plan loses, in dollars, and what to run next.

use crate::plan::{ClusterPlan, EnvironmentPlan, GroupPlan, Note, Plan};
use crate::units::{Money, Resources};
use crate::wording::{Text, text};

/// Levers that a sentence names.
const NAMED: usize = 4;

/// Of a plan that costs more than today, or does not pay for its move: what fills its nodes, what each change would
/// give, and the command that makes the recommended one.
pub(super) fn about_loss(plan: &Plan) -> Vec<Note> {
    let is_dearer = plan.saving.per_month.is_negative();
    let never_pays = plan.economics.move_.break_even_month.is_none();
    if !(is_dearer || never_pays) || plan.clusters.is_empty() {
        return Vec::new();
    }
    let choosing = &plan.economics.choosing;
    let groups: Vec<Text> = plan
        .clusters
        .iter()
        .flat_map(|cluster| {
            let groups = cluster.node_groups.iter();
            groups.map(move |group| binding(plan, cluster, group))
        })
        .collect();
    let levers: Vec<Text> = choosing
        .levers
        .iter()
        .take(NAMED)
        .map(|lever| {
            text!(
                "lever-saves",
                title = lever.title.clone(),
                saving = lever.saving
            )
        })
        .collect();
    let message = if levers.is_empty() {
        text!("note-why-no-saving-no-lever", groups = groups)
    } else {
        text!("note-why-no-saving", groups = groups, levers = levers)
    };
    let best = choosing.recommended();
    let hint = match best {
        Some(best) if !best.settings.is_empty() => text!(
            "note-why-no-saving-hint",
            title = best.title.clone(),
            monthly = best.monthly
        ),
        _ => text!("note-why-no-saving-nothing-better"),
    };
    let subject = text!("subject-fleet");
    let note = if is_dearer {
        Note::warning("why-no-saving", subject, message, hint)
    } else {
        Note::advice("why-no-saving", subject, message, hint)
    };
    vec![note]
}

/// What fills a group's nodes, and what they cost.
fn binding(plan: &Plan, cluster: &ClusterPlan, group: &GroupPlan) -> Text {
    let pods = plan
        .environments
        .iter()
        .filter(|plan| plan.node_group() == Some(group.name.as_str()))
        .filter_map(EnvironmentPlan::planned)
        .filter_map(|(_, sizing)| {
            let here = sizing.replicas.clusters.get(&cluster.name)?;
            Some(sizing.requests * here.normal)
        });
    let requested: Resources = pods.sum();
    let offered = group.node.available * group.desired_capacity;
    let (cpu, memory) = requested.millionths_of(offered);
    let of_nodes = plan
        .bill(crate::price::BillKey::AFTER)
        .into_iter()
        .flat_map(|bill| &bill.lines)
        .filter(|line| line.is_of(&cluster.name))
        .filter(|line| {
            line.machines.as_ref().is_some_and(|machines| {
                machines.instance_type == group.instance_type
                    && machines.operating_system == group.operating_system
            })
        });
    let cost: Money = of_nodes.filter_map(|line| line.amount).sum();
    text!(
        "group-is-filled",
        group = format!("{}/{}", cluster.name, group.name),
        nodes = group.desired_capacity.to_string(),
        cost = cost,
        rule = group.normal.lower_bound.rule.clone(),
        cpu = (cpu / 10_000).to_string(),
        memory = (memory / 10_000).to_string()
    )
}
