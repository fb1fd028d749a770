//! Where the prices of the embedded book are from, in words: its tables have codes.

use crate::wording::{Text, text};

/// Of an instance's price, by its provenance; the names of lists are the same in every language.
pub(super) fn provenance(code: &str) -> Text {
    match code {
        "libcloud-3.9.1-2025-03-checked" => text!("book-checked-list"),
        "derived-family-ratio" => text!("book-derived"),
        list => Text::plain(list),
    }
}

/// Of a service's price, by its code; what stands after a colon is a name or a sum.
pub(super) fn service(code: &str) -> Text {
    let (kind, detail) = code.split_once(':').unwrap_or((code, ""));
    match kind {
        "price-list-usage" => text!("book-price-list-usage", usage = detail),
        "price-list-sku" => text!("book-price-list-sku", sku = detail),
        "price-list-gp3-iops" => text!("book-price-list-gp3-iops"),
        "price-list-gp3-throughput" => text!("book-price-list-gp3-throughput"),
        "elb-tokyo-page" => text!("book-elb-tokyo-page"),
        "cost-estimate" => text!("book-cost-estimate"),
        "public-bill" => text!("book-public-bill"),
        "public-bill-metrics" => text!("book-public-bill-metrics"),
        "logs-tokyo-article" => text!("book-logs-tokyo-article"),
        "logs-article" => text!("book-logs-article"),
        "infracost" if detail.is_empty() => text!("book-infracost"),
        "infracost" => text!("book-infracost-sum", sum = detail),
        "infracost-lcu" => text!("book-infracost-lcu", usd = detail),
        "infracost-metrics" => text!("book-infracost-metrics"),
        "ipv4-notice" => text!("book-ipv4-notice"),
        "extended-support-blog" => text!("book-extended-support-blog"),
        other => Text::plain(other),
    }
}
