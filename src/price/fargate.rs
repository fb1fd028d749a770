//! Tasks of ECS on Fargate.

use super::{BillLine, Category, Pricing, ThreePoint, Unit, UnitPrice};
use crate::catalog::OperatingSystem;
use crate::policy::HostAgent;
use crate::units::{Bytes, HOURS_PER_MONTH, Millicores, Quantity};
use crate::wording::{Text, text};

/// What a task is billed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FargateSize {
    /// Thousandths of a vCPU.
    pub cpu: u32,
    /// Memory of a task in MiB; Fargate has steps that depend on the CPU.
    pub memory: u32,
}

/// The tasks of an app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TasksToPrice {
    /// As bills call it.
    pub name: String,
    /// Windows costs its licence by the vCPU-hour.
    pub operating_system: OperatingSystem,
    /// CPU and memory of each of the tasks.
    pub size: FargateSize,
    /// How many run in normal times.
    pub count: u32,
    /// Hours of a month that the autoscaler would have added above them, by the history.
    pub hours_above: Quantity,
}

/// Thousandths of a vCPU, then the least, the most and the step of the memory in MiB, and whether Windows has it; a
/// quarter of a vCPU also comes with half a GiB. Source: Amazon ECS documentation, task CPU and memory on Fargate.
const SIZES: [(u32, u32, u32, u32, bool); 7] = [
    (250, 512, 2_048, 1_024, false),
    (500, 1_024, 4_096, 1_024, false),
    (1_000, 2_048, 8_192, 1_024, true),
    (2_000, 4_096, 16_384, 1_024, true),
    (4_000, 8_192, 30_720, 1_024, true),
    (8_000, 16_384, 61_440, 4_096, false),
    (16_000, 32_768, 122_880, 8_192, false),
];

/// The smallest size that holds both; none if Fargate has none so large.
#[must_use]
pub fn fargate_size(
    system: OperatingSystem,
    cpu: Millicores,
    memory: Bytes,
) -> Option<FargateSize> {
    let mib = memory.rounded_up_to(Bytes::from_mebibytes(1)).0 / (1 << 20);
    let wanted = u32::try_from(mib).ok()?;
    SIZES
        .iter()
        .filter(|(.., has_windows)| *has_windows || system == OperatingSystem::Linux)
        .find(|(vcpu, _, most, ..)| u64::from(*vcpu) >= cpu.0 && *most >= wanted)
        .map(|&(cpu, least, _, step, _)| FargateSize {
            cpu,
            memory: if wanted <= least {
                least
            } else {
                wanted.div_ceil(step) * step
            },
        })
}

/// Hours of vCPU, of memory, and of Windows' licence.
pub(super) fn fargate_lines(
    tasks: &[TasksToPrice],
    (cluster, region): (&str, &str),
    pricing: &Pricing<'_>,
) -> Vec<BillLine> {
    let mut lines: Vec<BillLine> = tasks
        .iter()
        .flat_map(|app| lines_of(app, region, pricing))
        .collect();
    // Vendors bill tasks by other rates than hosts, and nobody has stated those.
    if !tasks.is_empty() {
        let agent = |agent: &HostAgent| {
            let unknown = UnitPrice {
                usd: None,
                source: text!("source-agents-of-tasks"),
                doubt: 0,
            };
            let count = tasks.iter().map(|app| app.count).sum::<u32>();
            BillLine::new(
                Category::HostAgents,
                cluster,
                text!("item-host-agent", name = &agent.name),
                (Quantity::from(count), Unit::HostMonth),
                &unknown,
            )
        };
        lines.extend(pricing.policy.prices.host_agents.iter().map(agent));
    }
    lines
}

fn lines_of(app: &TasksToPrice, region: &str, pricing: &Pricing<'_>) -> Vec<BillLine> {
    let growth = pricing.growth_thousandths();
    let hours = |each: u32, whole: i64| -> ThreePoint<Quantity> {
        growth.map(|thousandths| {
            let normal = Quantity::from(app.count.saturating_mul(HOURS_PER_MONTH));
            let normal = normal.scaled(thousandths, 1_000);
            let all = normal
                .millionths()
                .saturating_add(app.hours_above.millionths());
            Quantity::from_millionths(all).scaled(i64::from(each), whole)
        })
    };
    let above = format!("{:.0}", app.hours_above.as_f64());
    let basis = text!("basis-tasks", tasks = app.count.to_string(), above = above);
    let line = |item: Text, quantity: ThreePoint<Quantity>, unit: Unit, key: &str| {
        let price = pricing.adjusted(pricing.book.of(region, key));
        BillLine::new(
            Category::Machines,
            &app.name,
            item,
            (quantity, unit),
            &price,
        )
        .because(basis.clone())
    };
    let FargateSize { cpu, memory } = app.size;
    let (vcpu_key, gb_key) = match app.operating_system {
        OperatingSystem::Linux => ("fargate-vcpu-hour", "fargate-gb-hour"),
        OperatingSystem::Windows => ("fargate-windows-vcpu-hour", "fargate-windows-gb-hour"),
    };
    let mut lines = vec![
        line(
            text!("item-fargate-vcpu"),
            hours(cpu, 1_000),
            Unit::VcpuHour,
            vcpu_key,
        ),
        line(
            text!("item-fargate-memory"),
            hours(memory, 1_024),
            Unit::GigabyteHour,
            gb_key,
        ),
    ];
    if app.operating_system == OperatingSystem::Windows {
        lines.push(line(
            text!("item-fargate-licence"),
            hours(cpu, 1_000),
            Unit::VcpuHour,
            "fargate-windows-licence-vcpu-hour",
        ));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_takes_the_smallest_size_that_holds_it() {
        let of = |system, cpu, mib| {
            fargate_size(system, Millicores(cpu), Bytes::from_mebibytes(mib))
                .map(|size| (size.cpu, size.memory))
        };
        let size = |cpu, mib| of(OperatingSystem::Linux, cpu, mib);
        let windows = |cpu, mib| of(OperatingSystem::Windows, cpu, mib);
        assert_eq!(size(100, 300), Some((250, 512)));
        assert_eq!(size(100, 600), Some((250, 1_024)));
        // Three GiB are more than a quarter of a vCPU may have.
        assert_eq!(size(100, 3_000), Some((500, 3_072)));
        assert_eq!(size(4_100, 17_000), Some((8_000, 20_480)));
        assert_eq!(size(16_001, 1), None);
        assert_eq!(size(1, 122_881), None);
        // Windows has one, two and four vCPUs and no others.
        assert_eq!(windows(100, 600), Some((1_000, 2_048)));
        assert_eq!(windows(3_000, 9_000), Some((4_000, 9_216)));
        assert_eq!(windows(4_001, 1), None);
    }
}
