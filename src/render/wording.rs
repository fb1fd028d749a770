//! Numbers as words of a sentence.

/// `1 node`, `2 nodes`; only for words whose plural is an `s`.
pub(crate) fn counted<N: Into<u64>>(count: N, one: &str) -> String {
    let count = count.into();
    if count == 1 {
        format!("1 {one}")
    } else {
        format!("{count} {one}s")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_singular() {
        assert_eq!(
            [
                counted(0_u32, "day"),
                counted(1_u32, "day"),
                counted(2_u32, "day")
            ],
            ["0 days", "1 day", "2 days"]
        );
    }
}
