//! Where the prices of the embedded book are from, in words: its tables have codes.

use crate::wording::{Text, text};

/// Of an instance's price, by the mark behind it.
pub(super) fn instance(mark: Option<char>) -> Text {
    match mark {
        Some('k') => text!("book-instance-karpenter"),
        Some(_) => text!("book-instance-one"),
        None => text!("book-instance-two"),
    }
}

/// Of a service's price, by its code; what stands after a colon is a month.
pub(super) fn service(code: &str) -> Text {
    let (kind, month) = code.split_once(':').unwrap_or((code, ""));
    match kind {
        "list-two" => text!("book-list-two", month = month),
        "list-one" => text!("book-list-one", month = month),
        "list-old" => text!("book-list-old", month = month),
        "list-derived" => text!("book-list-derived"),
        "ipv4-notice" => text!("book-ipv4-notice"),
        "extended-support-blog" => text!("book-extended-support-blog"),
        other => Text::plain(other),
    }
}
