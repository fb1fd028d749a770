//! What a way asks of the company beside money.

use crate::catalog::{Architecture, InstanceTypes, OperatingSystem};
use crate::plan::Prerequisite;
use crate::plan::economics::Layout;

impl Prerequisite {
    /// Of a layout on EKS.
    pub(super) fn of_kubernetes(layout: &Layout) -> Vec<Self> {
        Self::of_containers(layout, Self::Kubernetes)
    }

    /// Of a layout on ECS.
    pub(super) fn of_ecs(layout: &Layout) -> Vec<Self> {
        Self::of_containers(layout, Self::Ecs)
    }

    fn of_containers(layout: &Layout, orchestrator: Self) -> Vec<Self> {
        let mut needed = vec![Self::ContainerImages];
        let moves = |system| {
            let mut plans = layout.environments.iter();
            plans.any(|plan| plan.planned().is_some() && plan.operating_system == system)
        };
        if moves(OperatingSystem::Windows) {
            needed.push(Self::WindowsImages);
        }
        let workers = InstanceTypes::embedded().get(&layout.policy.nodes.instance_type);
        if workers.is_some_and(|shape| shape.architecture == Architecture::Arm64) {
            needed.push(Self::Arm64Images);
        }
        needed.push(orchestrator);
        needed
    }
}
