//! Names that look like one that somebody typed.

/// Of `names`, those that differ from `asked` in at most a third of its letters: nearest first, then by
/// alphabet, each once. A swap of two neighbours counts as one difference (optimal string alignment).
#[must_use]
pub fn near_names<'a>(asked: &str, names: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let most = asked.chars().count().div_ceil(3);
    let mut near: Vec<(usize, &str)> = names
        .into_iter()
        .map(|name| (strsim::osa_distance(asked, name), name))
        .filter(|(differences, _)| *differences <= most)
        .collect();
    near.sort_unstable();
    near.dedup();
    near.into_iter().map(|(_, name)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_comes_first_and_strangers_do_not_come() {
        let names = ["instance_type", "volume_type", "groups", "instance_types"];
        assert_eq!(
            near_names("instance_typ", names),
            ["instance_type", "instance_types"]
        );
        assert_eq!(near_names("gruops", names), ["groups"]);
        assert!(near_names("colour", names).is_empty());
        assert!(near_names("", names).is_empty());
    }
}
