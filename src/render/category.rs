//! Bill lines by what they pay for, so that today and after stand side by side.

use crate::plan::{Bill, BillKey, Category, Plan};
use crate::units::Money;
use crate::wording::dollars::dollars;
use crate::wording::{Text, text};

/// In the order in which they are shown.
const CATEGORIES: [Category; 10] = [
    Category::Machines,
    Category::Volumes,
    Category::LoadBalancers,
    Category::Addresses,
    Category::Nat,
    Category::ControlPlanes,
    Category::HostAgents,
    Category::Monitoring,
    Category::Extra,
    Category::Terms,
];

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
        for line in bill
            .into_iter()
            .flat_map(|bill| &bill.lines)
            .filter(|line| line.category == category)
        {
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
    pub(super) fn text(self) -> Text {
        match self.unpriced {
            0 => Text::Plain(dollars(self.amount)),
            unpriced if unpriced == self.lines => text!("all-unpriced", unpriced = unpriced),
            unpriced => text!(
                "some-unpriced",
                amount = dollars(self.amount),
                unpriced = unpriced
            ),
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
    /// What it is called; one whose lines have no price in part says so.
    pub(super) fn title(self) -> Text {
        match self.known_saving() {
            Some(_) => self.category.text(),
            None => text!("category-in-part", what = self.category.text()),
        }
    }

    /// Today less after, where both are known.
    pub(super) fn saving(self) -> Text {
        self.known_saving()
            .map_or_else(|| text!("unknown"), |saving| Text::Plain(dollars(saving)))
    }

    /// The same as a number.
    pub(super) fn known_saving(self) -> Option<Money> {
        (self.today.unpriced + self.after.unpriced == 0)
            .then(|| self.today.amount - self.after.amount)
    }
}

/// Every category that has a line in either bill.
pub(super) fn rows(plan: &Plan) -> Vec<CategoryRow> {
    rows_between(plan.bill(BillKey::TODAY), plan.bill(BillKey::AFTER))
}

/// The same of any two bills, the one that is left first.
pub(super) fn rows_between(today: Option<&Bill>, after: Option<&Bill>) -> Vec<CategoryRow> {
    CATEGORIES
        .into_iter()
        .map(|category| CategoryRow {
            category,
            today: Sum::of(today, category),
            after: Sum::of(after, category),
        })
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
        assert_eq!(
            rows.iter().map(|row| row.today.amount).sum::<Money>(),
            plan.saving.today
        );
        assert_eq!(
            rows.iter().map(|row| row.after.amount).sum::<Money>(),
            plan.saving.after
        );
        let lines: usize = rows
            .iter()
            .map(|row| row.today.lines + row.after.lines)
            .sum();
        assert_eq!(
            lines,
            plan.bills
                .iter()
                .map(|bill| bill.lines.len())
                .sum::<usize>()
        );
    }
}
