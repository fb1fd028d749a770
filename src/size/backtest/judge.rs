//! One environment: every instance, every fold, every rule.

use super::folds::Fold;
use super::rule::requests;
use super::tally::{Ledger, Tally};
use super::window::{Resource, Usage};
use crate::policy::Policy;
use crate::size::grid::Grid;
use crate::size::memory;
use crate::size::subjects::{Machine, best_series, machines};
use crate::snapshot::{Environment, Metric, Series, Subject, Window};

/// Tries the rules on the instances of `environment`, in the units and on the grid of the plan.
pub(super) fn environment(environment: &Environment, series: &[Series], window: Window, folds: &[Fold], policy: &Policy) -> Tally {
    let mut tally = Tally { environments: 1, ..Tally::default() };
    let Ok(machines) = machines(environment) else {
        tally.skip_unknown_types(environment.instances.len() * folds.len());
        return tally;
    };
    let grid = Grid::for_series(series.iter().filter(|series| series.metric == Metric::CpuPercent), window);
    let cpu = best_series(series, &Metric::CpuPercent, "average");
    let memory = memory::best_of_each(series);
    for (id, machine) in &machines {
        let subject = Subject::Instance((*id).to_owned());
        let was_judged = [
            instance(&mut tally.cpu, cpu.get(&subject).map(|pieces| cpu_of(machine, pieces, &grid)), &grid, folds, policy),
            instance(&mut tally.memory, memory.get(&subject).map(|pieces| memory_of(machine, pieces, &grid)), &grid, folds, policy),
        ];
        tally.instances_judged += u64::from(was_judged.contains(&true));
    }
    tally.environments_judged = u64::from(tally.instances_judged > 0);
    tally
}

/// Whether any window of it could be judged.
fn instance(ledger: &mut Ledger, usage: Option<Usage>, grid: &Grid, folds: &[Fold], policy: &Policy) -> bool {
    let Some(usage) = usage else {
        ledger.skipped.unreported += folds.len() as u64;
        return false;
    };
    let before = ledger.windows;
    for fold in folds {
        let (seen, judged) = fold.slots(grid);
        match usage.window(seen, judged) {
            Ok((training, judge)) => ledger.add(&requests(&training, policy), &judge),
            Err(skip) => ledger.skip(skip),
        }
    }
    ledger.windows > before
}

fn cpu_of(machine: &Machine<'_>, pieces: &[&Series], grid: &Grid) -> Usage {
    let capacity = f64::from(machine.shape.vcpu);
    Usage { resource: Resource::Cpu, percent: grid.fill_all(pieces, false), period_seconds: grid.period_seconds, capacity }
}

fn memory_of(machine: &Machine<'_>, pieces: &[&Series], grid: &Grid) -> Usage {
    let capacity = machine.shape.memory.as_f64();
    Usage { resource: Resource::Memory, percent: grid.fill_all(pieces, true), period_seconds: grid.period_seconds, capacity }
}
