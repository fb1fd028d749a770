//! The instances of an environment, as what they used of each resource.

use crate::policy::Policy;
use crate::size::grid::Grid;
use crate::size::memory;
use crate::size::subjects::{Machine, UnknownType, best_series, machines};
use crate::snapshot::{Environment, Metric, Series, Subject, Window};

use super::{Resource, Usage};

/// One instance, of today or of the past; a resource that it never reported is absent.
pub(in crate::size) struct InstanceUsage {
    pub(in crate::size) cpu: Option<Usage>,
    pub(in crate::size) memory: Option<Usage>,
}

impl InstanceUsage {
    /// Both resources in the order of [`Resource::ALL`].
    pub(in crate::size) fn each(&self) -> [(Resource, Option<&Usage>); 2] {
        [
            (Resource::Cpu, self.cpu.as_ref()),
            (Resource::Memory, self.memory.as_ref()),
        ]
    }
}

/// All instances of `environment` by id, in the units and on the grid of the plan. One by one, since a
/// year of a large environment is large.
pub(in crate::size) fn usages<'a>(
    environment: &'a Environment,
    series: &'a [Series],
    window: Window,
    policy: &Policy,
) -> Result<(Grid, impl Iterator<Item = InstanceUsage>), UnknownType> {
    let machines = machines(environment, policy)?;
    let grid = Grid::for_series(
        series
            .iter()
            .filter(|series| series.metric == Metric::CpuPercent),
        window,
    );
    let cpu = best_series(series, &Metric::CpuPercent, "average");
    let memory = memory::best_of_each(series);
    let usage_of = move |(id, machine): (&str, Machine<'_>)| {
        let subject = Subject::Instance(id.to_owned());
        InstanceUsage {
            cpu: cpu
                .get(&subject)
                .map(|pieces| cpu_of(&machine, pieces, &grid)),
            memory: memory
                .get(&subject)
                .map(|pieces| memory_of(&machine, pieces, &grid)),
        }
    };
    Ok((grid, machines.into_iter().map(usage_of)))
}

fn cpu_of(machine: &Machine<'_>, pieces: &[&Series], grid: &Grid) -> Usage {
    Usage::new(
        Resource::Cpu,
        grid.fill_all(pieces, false),
        grid.period_seconds,
        f64::from(machine.shape.vcpu),
    )
}

fn memory_of(machine: &Machine<'_>, pieces: &[&Series], grid: &Grid) -> Usage {
    Usage::new(
        Resource::Memory,
        grid.fill_all(pieces, true),
        grid.period_seconds,
        machine.shape.memory.as_f64(),
    )
}
