//! What clocks show where the apps run: people know their peaks by the hour of their region.

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use crate::plan::Plan;

/// The time zones of AWS's regions, by IANA's name. Source: the regions' cities in AWS's list of regions.
const ZONES: [(&str, &str); 38] = [
    ("af-south-1", "Africa/Johannesburg"),
    ("ap-east-1", "Asia/Hong_Kong"),
    ("ap-east-2", "Asia/Taipei"),
    ("ap-northeast-1", "Asia/Tokyo"),
    ("ap-northeast-2", "Asia/Seoul"),
    ("ap-northeast-3", "Asia/Tokyo"),
    ("ap-south-1", "Asia/Kolkata"),
    ("ap-south-2", "Asia/Kolkata"),
    ("ap-southeast-1", "Asia/Singapore"),
    ("ap-southeast-2", "Australia/Sydney"),
    ("ap-southeast-3", "Asia/Jakarta"),
    ("ap-southeast-4", "Australia/Melbourne"),
    ("ap-southeast-5", "Asia/Kuala_Lumpur"),
    ("ap-southeast-6", "Pacific/Auckland"),
    ("ap-southeast-7", "Asia/Bangkok"),
    ("ca-central-1", "America/Toronto"),
    ("ca-west-1", "America/Edmonton"),
    ("cn-north-1", "Asia/Shanghai"),
    ("cn-northwest-1", "Asia/Shanghai"),
    ("eu-central-1", "Europe/Berlin"),
    ("eu-central-2", "Europe/Zurich"),
    ("eu-north-1", "Europe/Stockholm"),
    ("eu-south-1", "Europe/Rome"),
    ("eu-south-2", "Europe/Madrid"),
    ("eu-west-1", "Europe/Dublin"),
    ("eu-west-2", "Europe/London"),
    ("eu-west-3", "Europe/Paris"),
    ("il-central-1", "Asia/Jerusalem"),
    ("me-central-1", "Asia/Dubai"),
    ("me-south-1", "Asia/Bahrain"),
    ("mx-central-1", "America/Mexico_City"),
    ("sa-east-1", "America/Sao_Paulo"),
    ("us-east-1", "America/New_York"),
    ("us-east-2", "America/New_York"),
    ("us-gov-east-1", "America/New_York"),
    ("us-gov-west-1", "America/Los_Angeles"),
    ("us-west-1", "America/Los_Angeles"),
    ("us-west-2", "America/Los_Angeles"),
];

/// The clock of a region; that of a region that nobody knows shows UTC.
#[derive(Debug, Clone)]
pub(super) struct RegionClock(TimeZone);

impl RegionClock {
    pub(super) fn of_region(region: &str) -> Self {
        let named = ZONES.iter().find(|(name, _)| *name == region);
        let zone = named.and_then(|(_, zone)| TimeZone::get(zone).ok());
        Self(zone.unwrap_or(TimeZone::UTC))
    }

    /// Of the region that the clusters are in; where there is none, of the region that was looked at first.
    pub(super) fn of(plan: &Plan) -> Self {
        let cluster = plan.clusters.first().map(|cluster| &cluster.region);
        let scope = plan.inputs.scopes.first().map(|scope| &scope.region);
        Self::of_region(cluster.or(scope).map_or("", String::as_str))
    }

    /// What it shows, and the short name of its zone at that time: `JST`, `EDT`.
    pub(super) fn at(&self, moment: Timestamp) -> (Zoned, String) {
        let name = self.name(moment);
        (moment.to_zoned(self.0.clone()), name)
    }

    /// The short name of its zone at that time.
    pub(super) fn name(&self, moment: Timestamp) -> String {
        self.0.to_offset_info(moment).abbreviation().to_owned()
    }

    /// By how many minutes it is ahead of UTC at that time.
    pub(super) fn minutes_ahead(&self, moment: Timestamp) -> i32 {
        self.0.to_offset(moment).seconds() / 60
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_region_has_a_clock_that_knows_its_summer() {
        for (region, name) in ZONES {
            assert!(TimeZone::get(name).is_ok(), "{region}: {name}");
        }
        let at = |region: &str, moment: &str| {
            RegionClock::of_region(region).minutes_ahead(moment.parse().expect("a moment"))
        };
        assert_eq!(
            [
                at("ap-northeast-1", "2026-07-01T00:00:00Z"),
                at("us-east-1", "2026-07-01T00:00:00Z"),
                at("us-east-1", "2026-12-01T00:00:00Z"),
                at("ap-south-1", "2026-12-01T00:00:00Z"),
                at("moon-1", "2026-12-01T00:00:00Z"),
            ],
            [540, -240, -300, 330, 0]
        );
    }
}
