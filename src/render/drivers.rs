//! What moves the answer, in words.

use crate::plan::Driver;
use crate::wording::{Text, text};

/// A few words for a table.
pub(super) fn driver(driver: Driver) -> Text {
    match driver {
        Driver::Sizing => text!("changes-by-sizing"),
        Driver::Growth => text!("changes-by-growth"),
        Driver::Prices => text!("changes-by-prices"),
        Driver::Traffic => text!("changes-by-traffic"),
        Driver::Logs => text!("changes-by-logs"),
        Driver::Nat => text!("changes-by-nat"),
        Driver::Spot => text!("changes-by-spot"),
        Driver::AutoMode => text!("changes-by-auto-mode"),
        Driver::Effort => text!("changes-by-effort"),
        Driver::Parallel => text!("changes-by-parallel"),
    }
}
