//! A referee that knows the definition of a legal packing and nothing of the heuristics.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::catalog::OperatingSystem;
use crate::policy;
use crate::size::Stage;
use crate::units::{Bytes, Millicores, Resources};

fn node() -> NodeCapacity {
    let policy = policy::defaults().expect("the shipped policy");
    linux_node(&policy, "c5.2xlarge", "nodes.instance_type")
        .expect("c5.2xlarge")
        .0
}

fn zones(count: usize) -> Vec<String> {
    ["a", "c", "d"]
        .iter()
        .take(count)
        .map(|zone| format!("ap-northeast-1{zone}"))
        .collect()
}

fn workload(name: &str, cpu: u64, memory_mib: u64, replicas: u32, stage: Stage) -> Workload {
    Workload {
        name: name.to_owned(),
        kind: WorkloadKind::App,
        stage,
        requests: Resources {
            cpu: Millicores(cpu),
            memory: Bytes::from_mebibytes(memory_mib),
        },
        replicas,
        replicas_at_most: replicas * 2,
        surge: 0,
    }
}

fn pack_with(
    workloads: &[&Workload],
    zones: &[String],
    survival: Survival,
) -> Result<GroupPlan, GroupError> {
    pack_group(&GroupRequest {
        name: "workers",
        operating_system: OperatingSystem::Linux,
        instance_type: "c5.2xlarge",
        node: node(),
        zones,
        workloads,
        survival,
        max_nodes: 1000,
        simulated: SimulationSettings {
            percentile: 95,
            orders: 10,
            depth: Depth::All,
        },
        search_steps: 2_000,
    })
}

const NODE_LOSS: Survival = Survival {
    node: true,
    zone: false,
};

/// Nothing over capacity, every replica placed, replicas as even over nodes as their number allows.
fn assert_legal(packing: &Packing, workloads: &[Workload], count: impl Fn(&Workload) -> u32) {
    let by_name: BTreeMap<&str, &Workload> = workloads
        .iter()
        .map(|workload| (workload.name.as_str(), workload))
        .collect();
    let mut placed: BTreeMap<&str, u32> = BTreeMap::new();
    let nodes = u32::try_from(packing.placement.len()).expect("few nodes");
    for node_placement in &packing.placement {
        let (mut cpu, mut memory, mut pods) = (0, 0, 0);
        for on_node in &node_placement.pods {
            let workload = by_name[on_node.workload.as_str()];
            cpu += workload.requests.cpu.0 * u64::from(on_node.replicas);
            memory += workload.requests.memory.0 * u64::from(on_node.replicas);
            pods += on_node.replicas;
            *placed.entry(&workload.name).or_default() += on_node.replicas;
            assert!(
                on_node.replicas <= count(workload).div_ceil(nodes),
                "{} crowds {}",
                workload.name,
                node_placement.node
            );
        }
        assert!(
            cpu <= node().available.cpu.0
                && memory <= node().available.memory.0
                && pods <= node().available_pods
        );
    }
    for workload in workloads {
        assert_eq!(
            placed.get(workload.name.as_str()).copied().unwrap_or(0),
            count(workload),
            "{}",
            workload.name
        );
    }
}

#[test]
fn one_small_app_takes_two_nodes_to_survive_the_loss_of_one() {
    let app = workload("search", 500, 512, 2, Stage::Production);
    let plan = pack_with(&[&app], &zones(3), NODE_LOSS).expect("feasible");
    assert_eq!(
        (
            plan.normal.lower_bound.nodes,
            plan.normal.nodes_needed,
            plan.desired_capacity
        ),
        (1, 1, 2)
    );
    let spread: Vec<(&str, u32)> = plan
        .normal
        .placement
        .iter()
        .map(|node| (node.zone.as_str(), node.pods[0].replicas))
        .collect();
    assert_eq!(spread, [("ap-northeast-1a", 1), ("ap-northeast-1c", 1)]);
}

#[test]
fn staging_needs_no_headroom() {
    let app = workload("search", 500, 512, 2, Stage::Staging);
    let plan = pack_with(&[&app], &zones(3), NODE_LOSS).expect("feasible");
    assert_eq!(plan.desired_capacity, 1);
}

#[test]
fn surviving_a_zone_takes_more_nodes_than_surviving_a_node() {
    // Six apps of two replicas, each replica 40 % of a node: 12 of them need 6 nodes, two to a node.
    let apps: Vec<Workload> = (0..6)
        .map(|index| workload(&format!("app-{index}"), 3000, 1024, 2, Stage::Production))
        .collect();
    let apps: Vec<&Workload> = apps.iter().collect();
    let sizes = |survival| {
        pack_with(&apps, &zones(3), survival)
            .expect("feasible")
            .desired_capacity
    };
    assert_eq!(
        sizes(Survival {
            node: false,
            zone: false
        }),
        6
    );
    assert_eq!(sizes(NODE_LOSS), 7);
    // Without one of three zones, six nodes must remain: nine.
    assert_eq!(
        sizes(Survival {
            node: true,
            zone: true
        }),
        9
    );
}

#[test]
fn what_fits_no_empty_node_is_named() {
    let app = workload("search", 9000, 512, 2, Stage::Production);
    let error = pack_with(&[&app], &zones(3), NODE_LOSS).expect_err("infeasible");
    assert!(
        error.to_string().starts_with(
            "\"search\" needs 9000m CPU, 512Mi memory, but an empty c5.2xlarge offers 7470m CPU"
        ),
        "{error}"
    );
}

#[test]
fn the_guard_on_nodes_is_an_error_and_not_a_loop() {
    let app = workload("search", 7000, 512, 20, Stage::Production);
    let zones = zones(3);
    let request = GroupRequest {
        name: "workers",
        operating_system: OperatingSystem::Linux,
        instance_type: "c5.2xlarge",
        node: node(),
        zones: &zones,
        workloads: &[&app],
        survival: NODE_LOSS,
        max_nodes: 10,
        simulated: SimulationSettings {
            percentile: 95,
            orders: 10,
            depth: Depth::All,
        },
        search_steps: 2_000,
    };
    assert_eq!(
        pack_group(&request),
        Err(GroupError::TooManyNodes {
            group: "workers".to_owned(),
            max_nodes: 10,
            at_least: 20
        })
    );
}

fn workloads() -> impl Strategy<Value = Vec<Workload>> {
    let one = (50_u64..7400, 64_u64..13_000, 1_u32..8, any::<bool>());
    prop::collection::vec(one, 1..15).prop_map(|rows| {
        let row =
            |(index, (cpu, memory, replicas, is_production)): (usize, (u64, u64, u32, bool))| {
                let stage = if is_production {
                    Stage::Production
                } else {
                    Stage::Staging
                };
                workload(&format!("app-{index:03}"), cpu, memory, replicas, stage)
            };
        rows.into_iter().enumerate().map(row).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn packings_are_legal_and_bounded(apps in workloads(), zone_count in 1_usize..4) {
        let references: Vec<&Workload> = apps.iter().collect();
        let plan = pack_with(&references, &zones(zone_count), NODE_LOSS).expect("every app fits an empty node");
        assert_legal(&plan.normal, &apps, |workload| workload.replicas);
        assert_legal(&plan.at_most, &apps, |workload| workload.replicas_at_most);
        for packing in [&plan.normal, &plan.at_most] {
            prop_assert!(packing.lower_bound.nodes <= packing.nodes_needed);
            prop_assert!(packing.nodes_needed as usize <= packing.placement.len());
        }
        prop_assert_eq!(plan.normal.placement.len(), plan.desired_capacity as usize);
        prop_assert_eq!(plan.at_most.placement.len(), plan.max_size as usize);
        prop_assert!(plan.min_size <= plan.desired_capacity && plan.desired_capacity <= plan.max_size);
    }

    #[test]
    fn the_order_of_the_workloads_does_not_matter(apps in workloads(), seed in any::<u64>()) {
        let references: Vec<&Workload> = apps.iter().collect();
        let mut shuffled = references.clone();
        // A fixed permutation from the seed is shuffle enough.
        shuffled.sort_by_key(|workload| (workload.requests.cpu.0 ^ seed).wrapping_mul(0x9E37_79B9_7F4A_7C15));
        prop_assert_eq!(pack_with(&references, &zones(3), NODE_LOSS), pack_with(&shuffled, &zones(3), NODE_LOSS));
    }

    #[test]
    fn what_the_workloads_are_called_does_not_matter(apps in workloads(), seed in any::<u64>()) {
        let called = |name: &dyn Fn(usize) -> String| {
            let called: Vec<Workload> = apps.iter().enumerate().map(|(index, app)| Workload { name: name(index), ..app.clone() }).collect();
            let plan = pack_with(&called.iter().collect::<Vec<_>>(), &zones(3), NODE_LOSS).expect("feasible");
            (plan.desired_capacity, plan.max_size, plan.normal.nodes_needed, plan.normal.lower_bound.nodes, plan.realistic.grown, plan.realistic.situations)
        };
        let scrambled = |index: usize| format!("{:016x}", (index as u64 ^ seed).wrapping_mul(0x9E37_79B9_7F4A_7C15));
        prop_assert_eq!(called(&|index| format!("app-{index:03}")), called(&scrambled));
    }

    #[test]
    fn after_the_loss_of_any_node_the_rest_has_room_for_its_production_pods(apps in workloads()) {
        let references: Vec<&Workload> = apps.iter().collect();
        let plan = pack_with(&references, &zones(3), NODE_LOSS).expect("feasible");
        let by_name: BTreeMap<&str, &Workload> = apps.iter().map(|workload| (workload.name.as_str(), workload)).collect();
        let used = |placement: &NodePlacement| placement.pods.iter().map(|pods| by_name[pods.workload.as_str()].requests * pods.replicas).sum::<Resources>();
        for lost in &plan.normal.placement {
            let rest: Vec<Resources> = plan.normal.placement.iter().filter(|node| node.node != lost.node).map(|other| node().available.saturating_sub(used(other))).collect();
            let free: Resources = rest.iter().copied().sum();
            let displaced = lost.pods.iter().map(|pods| (by_name[pods.workload.as_str()], pods.replicas)).filter(|(workload, _)| workload.stage == Stage::Production);
            let mut needed = Resources::default();
            for (workload, replicas) in displaced {
                // Necessary conditions, from the definition alone.
                prop_assert!(rest.iter().any(|room| workload.requests.fits(*room)), "{} fits nowhere after the loss of {}", workload.name, lost.node);
                needed += workload.requests * replicas;
            }
            prop_assert!(needed.fits(free));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// What a bill is made of is the same whether or not all the rest is looked at.
    #[test]
    fn sizes_alone_are_those_of_a_plan(
        workloads in workloads(),
        zone in any::<bool>(),
    ) {
        let references: Vec<&Workload> = workloads.iter().collect();
        let zones = zones(3);
        let sizes = |depth| {
            let group = pack_group(&GroupRequest {
                name: "workers",
                operating_system: OperatingSystem::Linux,
                instance_type: "c5.2xlarge",
                node: node(),
                zones: &zones,
                workloads: &references,
                survival: Survival { node: true, zone },
                max_nodes: 1000,
                simulated: SimulationSettings { percentile: 95, orders: 10, depth },
                search_steps: if depth == Depth::All { 2_000 } else { 0 },
            });
            group.map(|group| (group.min_size, group.desired_capacity, group.max_size))
        };
        prop_assert_eq!(sizes(Depth::Sizes), sizes(Depth::All));
    }
}

#[test]
fn a_choice_is_compared_with_the_plan_by_as_many_orders() {
    let packing = policy::defaults().expect("the shipped policy").packing;
    assert_eq!(
        SimulationSettings {
            depth: Depth::All,
            ..SimulationSettings::in_short(&packing)
        },
        SimulationSettings::in_full(&packing)
    );
}
