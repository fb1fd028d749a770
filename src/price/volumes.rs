//! Disks of the environments' instances.

use std::collections::BTreeMap;

use super::{BillLine, Category, EnvironmentToPrice, Pricing, ThreePoint, Unit};
use crate::beanstalk::ExtraVolume;
use crate::catalog::OperatingSystem;
use crate::snapshot::Volume;
use crate::units::Quantity;
use crate::wording::{Text, text};

/// Root volume of the platforms where nothing names another size.
/// Source: the AMIs' own sizes, Amazon Linux 8 GiB, Windows Server 30 GiB.
const DEFAULT_ROOT_GIB: [(OperatingSystem, u32); 2] =
    [(OperatingSystem::Linux, 8), (OperatingSystem::Windows, 30)];

/// What every gp3 volume has without extra charge. Source: Amazon EBS documentation, general purpose volumes.
const GP3_IOPS: u32 = 3_000;
const GP3_THROUGHPUT: u32 = 125;

/// Where volumes were seen, those, by type; else the root volume and the others as the settings ask for.
pub(super) fn volume_lines(
    billed: &EnvironmentToPrice<'_>,
    pricing: &Pricing<'_>,
) -> Vec<BillLine> {
    let mean = billed.instances_in_all(pricing);
    if !mean.is_some() {
        return Vec::new();
    }
    if billed.environment.volumes.is_empty() {
        by_settings(billed, mean, pricing)
    } else {
        as_seen(billed, mean, pricing)
    }
}

fn as_seen(
    billed: &EnvironmentToPrice<'_>,
    mean: ThreePoint<Quantity>,
    pricing: &Pricing<'_>,
) -> Vec<BillLine> {
    let environment = billed.environment;
    let running = i64::try_from(environment.running_instances().count()).unwrap_or(i64::MAX);
    // As many volumes as instances ran, each like those of today.
    let of_all = |total: u64| mean.scaled(i64::try_from(total).unwrap_or(i64::MAX), running);
    let count = u64::try_from(running).unwrap_or(0);
    let basis = text!(
        "basis-volumes-as-seen",
        running = count,
        basis = billed.usage.basis.clone()
    );
    let mut gib: BTreeMap<(&str, bool), u64> = BTreeMap::new();
    let (mut iops, mut throughput): (BTreeMap<&str, u64>, u64) = (BTreeMap::new(), 0);
    for Volume {
        kind,
        gib: size,
        iops: provisioned,
        throughput: fast,
        root,
        ..
    } in &environment.volumes
    {
        *gib.entry((kind, *root)).or_default() += u64::from(*size);
        match kind.as_str() {
            "gp3" => {
                *iops.entry(kind).or_default() +=
                    u64::from(provisioned.unwrap_or(0).saturating_sub(GP3_IOPS));
                throughput += u64::from(fast.unwrap_or(0).saturating_sub(GP3_THROUGHPUT));
            }
            // Every operation of these is provisioned.
            "io1" | "io2" => *iops.entry(kind).or_default() += u64::from(provisioned.unwrap_or(0)),
            _ => {}
        }
    }
    let line = |item: Text, total: u64, unit: Unit, key: String| {
        let price = pricing.adjusted(pricing.book.of(&environment.region, &key));
        BillLine::new(
            Category::Volumes,
            billed.label,
            item,
            (of_all(total), unit),
            &price,
        )
        .because(basis.clone())
    };
    let mut lines: Vec<BillLine> = Vec::new();
    for ((kind, root), total) in gib {
        let item = if root {
            text!("item-root-volume", kind = kind)
        } else {
            text!("item-extra-volume", kind = kind)
        };
        lines.push(line(
            item,
            total,
            Unit::GigabyteMonth,
            format!("volume-{kind}-gb-month"),
        ));
    }
    for (kind, total) in iops.into_iter().filter(|(_, total)| *total > 0) {
        lines.push(line(
            text!("item-volume-iops", kind = kind),
            total,
            Unit::IopsMonth,
            format!("volume-{kind}-iops-month"),
        ));
    }
    if throughput > 0 {
        let key = "volume-gp3-throughput-mibps-month".to_owned();
        lines.push(line(
            text!("item-volume-throughput", kind = "gp3"),
            throughput,
            Unit::ThroughputMonth,
            key,
        ));
    }
    lines
}

fn by_settings(
    billed: &EnvironmentToPrice<'_>,
    mean: ThreePoint<Quantity>,
    pricing: &Pricing<'_>,
) -> Vec<BillLine> {
    let environment = billed.environment;
    let policy = &pricing.policy.prices;
    let volumes = &billed.reading.volumes;
    let (volume_type, gib) = (volumes.root_kind.as_deref(), volumes.root_gib);
    let default = DEFAULT_ROOT_GIB
        .iter()
        .find(|(system, _)| *system == environment.operating_system())
        .map_or(0, |(_, gib)| *gib);
    let kind = volume_type.unwrap_or(&policy.default_root_volume_type);
    let mut price = pricing.adjusted(pricing.book.volume_gb_month(&environment.region, kind));
    if gib.is_none() {
        price = price.remarked(text!("source-size-assumed", gib = default.to_string()));
    }
    if volume_type.is_none() {
        price = price.remarked(text!("source-volume-type-assumed"));
    }
    let quantity = mean.scaled(i64::from(gib.unwrap_or(default)), 1);
    let item = text!("item-root-volume", kind = kind);
    let root = BillLine::new(
        Category::Volumes,
        billed.label,
        item,
        (quantity, Unit::GigabyteMonth),
        &price,
    );
    let mut lines = vec![root.because(billed.usage.basis.clone())];
    for (kind, gib) in extra_volumes(&volumes.extra) {
        let price = pricing.adjusted(pricing.book.volume_gb_month(&environment.region, &kind));
        let quantity = mean.scaled(i64::from(gib), 1);
        let item = text!("item-extra-volume", kind = kind);
        let line = BillLine::new(
            Category::Volumes,
            billed.label,
            item,
            (quantity, Unit::GigabyteMonth),
            &price,
        );
        lines.push(line.because(text!(
            "basis-volumes-as-set",
            basis = billed.usage.basis.clone()
        )));
    }
    lines
}

/// Of each type the GiB that an instance has; those from a snapshot without a size are unknown and left out.
fn extra_volumes(extra: &[ExtraVolume]) -> BTreeMap<String, u32> {
    let mut volumes: BTreeMap<String, u32> = BTreeMap::new();
    for volume in extra {
        if let Some(gib) = volume.gib {
            let total = volumes.entry(volume.kind.clone()).or_default();
            *total = total.saturating_add(gib);
        }
    }
    volumes
}
