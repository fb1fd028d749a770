//! What the scheduler costs beside a packing, and what would change that.

use crate::plan::{
    BIG_PERCENT, Change, ClusterPlan, Event, GroupPlan, Note, Plan, Remedy, RemedyKind, Situation,
    Survive,
};
use crate::wording::{Text, text};

pub(super) fn about_scheduler(cluster: &ClusterPlan, plan: &Plan) -> Vec<Note> {
    cluster
        .node_groups
        .iter()
        .flat_map(|group| about_group(group, &format!("{}/{}", cluster.name, group.name), plan))
        .collect()
}

fn about_group(group: &GroupPlan, subject: &str, plan: &Plan) -> Vec<Note> {
    let percentile = plan.inputs.policy.packing.percentile;
    let realistic = &group.realistic;
    let mut notes: Vec<Note> = realistic
        .remedies
        .iter()
        .map(|remedy| about_remedy(remedy, group, subject, percentile))
        .collect();
    let (at_once, packed) = (realistic.at_once, group.normal.nodes_needed);
    if let Some(at_once) = at_once.filter(|at_once| *at_once > group.desired_capacity) {
        let message = text!(
            "note-scheduler-spreads",
            nodes = at_once,
            percentile = percentile.to_string(),
            planned = group.desired_capacity.to_string(),
            packed = packed.to_string()
        );
        notes.push(Note::advice(
            "scheduler-spreads",
            subject,
            message,
            text!("note-scheduler-spreads-hint"),
        ));
    }
    for loss in [Loss::Node, Loss::Zone] {
        let situation = realistic
            .situations
            .iter()
            .find(|situation| situation.event == loss.event());
        notes.extend(
            situation.and_then(|situation| about_loss(loss, situation, group, subject, plan)),
        );
    }
    notes
}

/// What may be lost beneath a cluster.
#[derive(Clone, Copy)]
enum Loss {
    Node,
    Zone,
}

impl Loss {
    const fn event(self) -> Event {
        match self {
            Self::Node => Event::NodeLost,
            Self::Zone => Event::ZoneLost,
        }
    }

    /// The policy's name of surviving it.
    const fn survive(self) -> Survive {
        match self {
            Self::Node => Survive::Node,
            Self::Zone => Survive::Zone,
        }
    }

    const fn code(self) -> &'static str {
        match self {
            Self::Node => "node-loss-waits",
            Self::Zone => "zone-loss-waits",
        }
    }
}

/// Pods that wait for new nodes after a loss, in more of the orders than the policy's percentile allows.
fn about_loss(
    loss: Loss,
    situation: &Situation,
    group: &GroupPlan,
    subject: &str,
    plan: &Plan,
) -> Option<Note> {
    let orders = situation.nodes.orders;
    let percentile = plan.inputs.policy.packing.percentile;
    if u64::from(situation.holds) * 100 >= u64::from(orders) * u64::from(percentile) {
        return None;
    }
    let is_promised = plan.inputs.policy.topology.survives(loss.survive());
    let (waiting, orders) = ((orders - situation.holds).to_string(), orders.to_string());
    let message = match (loss, is_promised) {
        (Loss::Node, false) => text!("note-node-loss-waits", waiting = waiting, orders = orders),
        (Loss::Node, true) => text!(
            "note-node-loss-waits-promised",
            waiting = waiting,
            orders = orders
        ),
        (Loss::Zone, false) => text!("note-zone-loss-waits", waiting = waiting, orders = orders),
        (Loss::Zone, true) => text!(
            "note-zone-loss-waits-promised",
            waiting = waiting,
            orders = orders
        ),
    };
    let hint = match group.realistic.without_waiting.filter(|_| is_promised) {
        Some(nodes) => text!("note-loss-waits-hint-nodes", nodes = nodes),
        None => text!("note-loss-waits-hint", loss = loss.survive().to_string()),
    };
    let note = if is_promised {
        Note::warning
    } else {
        Note::advice
    };
    Some(note(loss.code(), subject, message, hint))
}

fn about_remedy(remedy: &Remedy, group: &GroupPlan, subject: &str, percentile: u32) -> Note {
    let fewer = fewer_nodes(remedy, percentile);
    let (code, message, hint) = match remedy.kind {
        RemedyKind::BiggestFirst => (
            "big-apps-first",
            text!("note-big-apps-first", fewer = fewer),
            text!("note-big-apps-first-hint"),
        ),
        RemedyKind::OwnGroup => {
            let message = text!(
                "note-big-apps-apart",
                fewer = fewer,
                big = big_pods(remedy, group)
            );
            ("big-apps-apart", message, text!("note-big-apps-apart-hint"))
        }
        RemedyKind::SmallerPods => {
            let message = text!(
                "note-smaller-pods",
                fewer = fewer,
                percent = BIG_PERCENT.to_string(),
                big = big_pods(remedy, group)
            );
            ("smaller-pods", message, text!("note-smaller-pods-hint"))
        }
        RemedyKind::Descheduler => (
            "drain-emptiest",
            text!("note-drain-emptiest", fewer = fewer),
            text!("note-drain-emptiest-hint"),
        ),
    };
    Note::advice(code, subject, message, hint)
}

/// What a remedy saves as the apps move, and when all is deployed at once.
fn fewer_nodes(remedy: &Remedy, percentile: u32) -> Vec<Text> {
    let saves = |change: &&Change| change.saved() > 0;
    let grown = Some(&remedy.grown).filter(saves).map(|change| {
        let (saved, nodes) = (change.saved().to_string(), change.nodes.to_string());
        text!(
            "nodes-fewer",
            saved = saved,
            nodes = nodes,
            percentile = percentile.to_string()
        )
    });
    let at_once = remedy.at_once.as_ref().filter(saves).map(|change| {
        let (saved, nodes) = (change.saved().to_string(), change.nodes.to_string());
        text!("nodes-fewer-at-once", saved = saved, nodes = nodes)
    });
    grown.into_iter().chain(at_once).collect()
}

/// Which apps are meant by big ones.
fn big_pods(remedy: &Remedy, group: &GroupPlan) -> Text {
    let (apps, percent) = (remedy.workloads, BIG_PERCENT.to_string());
    match &group.realistic.largest_pod {
        None => text!("apps-of-big-pods", apps = apps, percent = percent),
        Some(largest) => {
            let (of, takes) = (&largest.workload, largest.percent_of_node.to_string());
            text!(
                "apps-of-big-pods-with-largest",
                apps = apps,
                percent = percent,
                of = of,
                takes = takes
            )
        }
    }
}
