//! How the numbers were made, and what the words mean.

use super::block::{Block, Cell, Section, Table};
use super::locale::Locale;
use crate::wording::text;

const ROOM: usize = 3_500;

/// The method in steps; formulas and sources stand in docs/METHOD.md.
pub(super) fn method(locale: Locale) -> Section {
    let steps = [
        text!("method-sizing"),
        text!("method-memory"),
        text!("method-replicas"),
        text!("method-packing"),
        text!("method-prices"),
        text!("method-ranges"),
        text!("method-move"),
        text!("method-limits"),
    ];
    let title = locale.say(&text!("method-title"));
    Section::new("method", title, locale.line(&text!("finding-method")))
        .with(Block::List(
            steps.iter().map(|step| locale.line(step)).collect(),
        ))
        .with(Block::Paragraph(locale.line(&text!("method-more"))))
}

/// Terms of Kubernetes and of this plan, for those who decide.
pub(super) fn glossary(locale: Locale) -> Section {
    let terms = [
        (text!("term-request"), text!("term-request-means")),
        (text!("term-limit"), text!("term-limit-means")),
        (text!("term-replica"), text!("term-replica-means")),
        (text!("term-pod"), text!("term-pod-means")),
        (text!("term-node"), text!("term-node-means")),
        (text!("term-node-group"), text!("term-node-group-means")),
        (text!("term-cluster"), text!("term-cluster-means")),
        (text!("term-zone"), text!("term-zone-means")),
        (text!("term-addon"), text!("term-addon-means")),
        (text!("term-millicore"), text!("term-millicore-means")),
        (text!("term-percentile"), text!("term-percentile-means")),
        (text!("term-grade"), text!("term-grade-means")),
        (text!("term-list-price"), text!("term-list-price-means")),
        (text!("term-terms"), text!("term-terms-means")),
        (
            text!("term-double-running"),
            text!("term-double-running-means"),
        ),
        (text!("term-break-even"), text!("term-break-even-means")),
        (text!("term-blocker"), text!("term-blocker-means")),
        (text!("term-wave"), text!("term-wave-means")),
        (text!("term-headroom"), text!("term-headroom-means")),
        (text!("term-snapshot"), text!("term-snapshot-means")),
        (text!("term-policy"), text!("term-policy-means")),
        (text!("term-price-book"), text!("term-price-book-means")),
        (text!("term-surge"), text!("term-surge-means")),
        (text!("term-daemon"), text!("term-daemon-means")),
        (text!("term-scheduler"), text!("term-scheduler-means")),
        (text!("term-cluster-mode"), text!("term-cluster-mode-means")),
        (text!("term-graviton"), text!("term-graviton-means")),
        (text!("term-phase"), text!("term-phase-means")),
    ];
    let titles = [text!("term-column"), text!("meaning-column")].map(|title| locale.say(&title));
    let mut table = Table::new(
        "glossary-terms",
        locale.say(&text!("glossary-caption")),
        &titles,
        ROOM,
        "docs/METHOD.md",
    );
    for (term, meaning) in terms {
        table.row([
            Cell::words(locale.say(&term)),
            Cell::words(locale.say(&meaning)),
        ]);
    }
    let finding = text!("finding-glossary", count = table.rows.len());
    let title = locale.say(&text!("glossary-title"));
    Section::new("glossary", title, locale.line(&finding)).with(Block::Table(table))
}
