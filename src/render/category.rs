//! Bill lines by what they pay for, so that today and after stand side by side.
//!
//! Bill lines carry no category; it is read from the words of item and unit. A line that is not
//! recognised is `Other`, so that the rows always add up to the total.

use super::dollars::dollars;
use crate::plan::{Bill, BillLine, Plan};
use crate::units::Money;

/// What a bill line pays for, in the order in which it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Category {
    Machines,
    Volumes,
    LoadBalancers,
    ControlPlanes,
    HostAgents,
    Other,
}

impl Category {
    const ALL: [Self; 6] = [Self::Machines, Self::Volumes, Self::LoadBalancers, Self::ControlPlanes, Self::HostAgents, Self::Other];

    /// The category of a line.
    pub(super) fn of(line: &BillLine) -> Self {
        let item = line.item.to_lowercase();
        let unit = line.unit.to_lowercase();
        if item.contains("load balancer") || item.contains("load-balancer") {
            Self::LoadBalancers
        } else if item.contains("control plane") || item.contains("control-plane") || unit.starts_with("cluster") {
            Self::ControlPlanes
        } else if item.contains("volume") || unit == "gb-month" || unit == "gib-month" {
            Self::Volumes
        } else if unit.starts_with("instance") || unit.starts_with("node") {
            Self::Machines
        } else if unit.starts_with("host") || item.contains("agent") {
            Self::HostAgents
        } else {
            Self::Other
        }
    }

    /// A few words for a table.
    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::Machines => "Instances and nodes",
            Self::Volumes => "Volumes",
            Self::LoadBalancers => "Load balancers",
            Self::ControlPlanes => "Control planes",
            Self::HostAgents => "Agents billed per host",
            Self::Other => "Other",
        }
    }
}

/// The lines of one category in one bill.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Sum {
    /// Of the lines that have an amount.
    pub(super) amount: Money,
    /// How many lines there are.
    pub(super) lines: usize,
    /// How many of them have no amount.
    pub(super) unpriced: usize,
}

impl Sum {
    fn of(bill: Option<&Bill>, category: Category) -> Self {
        let mut sum = Self::default();
        for line in bill.into_iter().flat_map(|bill| &bill.lines).filter(|line| Category::of(line) == category) {
            sum.lines += 1;
            match line.amount {
                Some(amount) => sum.amount += amount,
                None => sum.unpriced += 1,
            }
        }
        sum
    }
}

impl Sum {
    /// The amount, and what is missing from it.
    pub(super) fn text(self) -> String {
        match self.unpriced {
            0 => dollars(self.amount),
            unpriced if unpriced == self.lines => format!("unknown ({unpriced} unpriced)"),
            unpriced => format!("{} + {unpriced} unpriced", dollars(self.amount)),
        }
    }
}

/// One category today and after.
#[derive(Debug, Clone, Copy)]
pub(super) struct CategoryRow {
    pub(super) category: Category,
    pub(super) today: Sum,
    pub(super) after: Sum,
}

impl CategoryRow {
    /// Today less after, where both are known.
    pub(super) fn saving(self) -> String {
        if self.today.unpriced + self.after.unpriced == 0 { dollars(self.today.amount - self.after.amount) } else { "unknown".to_owned() }
    }
}

/// Every category that has a line in either bill.
pub(super) fn rows(plan: &Plan) -> Vec<CategoryRow> {
    let (today, after) = (plan.bill("today"), plan.bill("after"));
    Category::ALL
        .into_iter()
        .map(|category| CategoryRow { category, today: Sum::of(today, category), after: Sum::of(after, category) })
        .filter(|row| row.today.lines + row.after.lines > 0)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::test_plan::hand_made;

    #[test]
    fn the_rows_add_up_to_the_totals() {
        let plan = hand_made();
        let rows = rows(&plan);
        assert_eq!(rows.iter().map(|row| row.today.amount).sum::<Money>(), plan.saving.today);
        assert_eq!(rows.iter().map(|row| row.after.amount).sum::<Money>(), plan.saving.after);
        let lines: usize = rows.iter().map(|row| row.today.lines + row.after.lines).sum();
        assert_eq!(lines, plan.bills.iter().map(|bill| bill.lines.len()).sum::<usize>());
    }

    #[test]
    fn every_kind_of_line_finds_its_row() {
        let plan = hand_made();
        assert!(rows(&plan).iter().all(|row| row.category != Category::Other), "the plan bills nothing unusual");
    }
}
