//! What moves the answer, in words.

use crate::plan::Driver;

/// A few words for a table.
pub(super) const fn driver(driver: Driver) -> &'static str {
    match driver {
        Driver::Sizing => "Requests at the ends of their ranges",
        Driver::Growth => "Growth of a year, by the trends seen",
        Driver::Prices => "Old and second-hand prices",
        Driver::Traffic => "Connections and bytes of requests",
        Driver::Logs => "Logs to CloudWatch",
        Driver::Nat => "Traffic through NAT gateways",
        Driver::Spot => "Price of spot instances",
        Driver::AutoMode => "Fee of EKS Auto Mode",
        Driver::Effort => "People's days",
        Driver::Parallel => "How long both systems run",
    }
}
