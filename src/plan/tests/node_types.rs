//! The same fleet on other node types.

use super::{Estate, environment, noted};
use crate::plan::{BillKey, NodeTypeOutcome, NodeTypeRow, Plan};

const FEW: &str = "[nodes]\ncompare_sizes = [\"2xlarge\"]\ncompare_families = ";

fn row<'a>(plan: &'a Plan, name: &str) -> &'a NodeTypeRow {
    plan.node_types
        .iter()
        .find(|row| row.name() == name)
        .unwrap_or_else(|| panic!("no {name} in {:?}", plan.node_types))
}

fn nodes(row: &NodeTypeRow) -> u32 {
    match row.outcome {
        NodeTypeOutcome::Feasible { nodes, .. } => nodes,
        NodeTypeOutcome::Infeasible { .. } => 0,
    }
}

/// Twenty apps that want 2,048 MiB and 280m for each of two pods on each cluster (see by_hand.rs): memory fills c5.
fn estate() -> Estate {
    Estate::of(
        (0..20)
            .map(|number| environment(&format!("shop-{number:02}"), 2, "m5.large"))
            .collect(),
    )
}

#[test]
fn memory_is_cheaper_by_the_node_that_has_more_of_it() {
    let plan = estate().plan_under(&format!("{FEW}[\"c5\", \"r5\"]\n"));
    let (r5, c5) = (row(&plan, "r5.2xlarge"), row(&plan, "c5.2xlarge"));
    assert!(c5.is_planned && !r5.is_planned);
    // Two clusters of 40 pods: at most 6 fit a c5.2xlarge, more than 24 an r5.2xlarge.
    assert!(nodes(c5) >= 14 && nodes(r5) <= 8, "{c5:?} {r5:?}");
    assert_eq!(
        plan.node_types.first().map(NodeTypeRow::name),
        Some("r5.2xlarge".to_owned()),
        "cheapest first"
    );
    let note = noted(&plan, "cheaper-node-type");
    assert_eq!(note.len(), 1);
    assert!(
        note[0]
            .message
            .to_string()
            .starts_with("the same fleet on r5.2xlarge takes "),
        "{}",
        note[0].message
    );
}

#[test]
fn a_row_says_what_the_plan_on_that_type_says() {
    let compared = estate().plan_under(&format!("{FEW}[\"c5\", \"m5\"]\n"));
    let chosen = estate().plan_under(&format!("{FEW}[\"c5\"]\ninstance_type = \"m5.2xlarge\"\n"));
    let (in_table, itself) = (row(&compared, "m5.2xlarge"), row(&chosen, "m5.2xlarge"));
    assert_eq!(
        (nodes(in_table), in_table.per_month()),
        (nodes(itself), itself.per_month())
    );
    assert_eq!(
        in_table.per_month(),
        chosen.bill(BillKey::AFTER).map(|bill| bill.total)
    );
}

#[test]
fn faster_vcpus_are_more_of_the_plans() {
    // Pods of 1.6 cores: four on the 7.47 cores of a c5.2xlarge, five on a c7i's, 1.2 times as much.
    let mut estate = Estate::of(Vec::new());
    (0..20).for_each(|number| {
        estate.add(
            environment(&format!("busy-{number:02}"), 2, "c5.large"),
            80.0,
            5.0,
        )
    });
    let plan = estate.plan_under(&format!("{FEW}[\"c5\", \"c7i\"]\n"));
    assert!(
        nodes(row(&plan, "c7i.2xlarge")) < nodes(row(&plan, "c5.2xlarge")),
        "{:?}",
        plan.node_types
    );
}

#[test]
fn a_mix_is_shown_where_it_pays() {
    // 2 cores for each pod; a third needs next to no memory, the others up to 13 GiB. Not below 1 %: that would be
    // taken for a fraction.
    let mut estate = Estate::of(Vec::new());
    for number in 0..45_u8 {
        let memory = f32::from(number.saturating_sub(15)) * 1.345 + 1.2;
        estate.add(
            environment(&format!("app-{number:02}"), 2, "r5.xlarge"),
            80.0,
            memory,
        );
    }
    let plan = estate.plan_under(&format!("{FEW}[\"c5\", \"r5\"]\n"));
    let mix = row(&plan, "c5.2xlarge + r5.2xlarge");
    assert!(mix.min_gib_per_core.is_some());
    assert!(
        ["c5.2xlarge", "r5.2xlarge"]
            .iter()
            .all(|alone| mix.per_month() < row(&plan, alone).per_month()),
        "{:?}",
        plan.node_types
    );
    // Where all apps are alike there is nothing to part.
    assert!(
        estate_of_one_kind()
            .node_types
            .iter()
            .all(|row| row.instance_types.len() == 1)
    );
}

fn estate_of_one_kind() -> Plan {
    estate().plan_under(&format!("{FEW}[\"c5\", \"r5\"]\n"))
}

#[test]
fn what_cannot_be_says_why_and_stands_last() {
    // 90 % of 8 GiB is one pod on a c5.2xlarge, and more than four halves of a c5.large.
    let mut estate = Estate::of(Vec::new());
    estate.add(environment("shop", 2, "m5.large"), 20.0, 90.0);
    let compared = "[nodes]\ncompare_sizes = [\"large\"]\ncompare_families = [\"c5\"]\n[sizing]\nmax_split = 4\n";
    let plan = estate.plan_under(compared);
    let NodeTypeOutcome::Infeasible { reason } = &row(&plan, "c5.large").outcome else {
        panic!("{:?}", plan.node_types)
    };
    assert_eq!(
        *reason,
        "1 of the apps that move would fit none of its nodes"
    );
    let last = plan.node_types.last().expect("rows");
    assert_eq!(
        (plan.node_types.len(), last.name()),
        (2, "c5.large".to_owned())
    );
}

#[test]
fn graviton_is_marked() {
    let plan = estate().plan_under(&format!("{FEW}[\"c5\", \"c7g\"]\n"));
    assert!(
        row(&plan, "c7g.2xlarge").needs_other_images
            && !row(&plan, "c5.2xlarge").needs_other_images
    );
}
