//! The `.vbp` format of vector packing benchmarks: number of resources; capacities; number of item
//! types; for each its sizes and its demand. Numbers apart by any white space.

use super::problem::{ItemType, Problem, ProblemError};

/// Why a text is not an instance that can be solved.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VbpError {
    /// Something that is no whole number.
    #[error("line {line}: \"{word}\" is no whole number from 0 to 2^64 - 1")]
    NoNumber {
        /// Number of the line, from 1.
        line: usize,
        /// As it stands there, its beginning.
        word: String,
    },
    /// It ends too early.
    #[error("it ends where {what} should be")]
    TooShort {
        /// What the file ends without.
        what: &'static str,
    },
    /// The file goes on after its last item.
    #[error("line {line}: something follows after the last of {types} item types")]
    TooLong {
        /// Number of the line, from 1.
        line: usize,
        /// Types of items that its head states.
        types: u64,
    },
    /// More than can be counted.
    #[error("a demand of {0} is not supported")]
    Demand(u64),
    /// No resources at all.
    #[error("it has {0} resources; 1 to 64 are supported")]
    Resources(u64),
    /// The numbers make no problem.
    #[error(transparent)]
    Problem(#[from] ProblemError),
}

/// Reads an instance; its item types keep their order.
///
/// # Errors
/// When the text is not of the format, or an item fits no empty bin.
pub fn read_vbp(text: &str) -> Result<Problem, VbpError> {
    let mut words = text
        .lines()
        .enumerate()
        .flat_map(|(line, text)| text.split_whitespace().map(move |word| (line + 1, word)));
    let mut next = |what: &'static str| {
        let (line, word) = words.next().ok_or(VbpError::TooShort { what })?;
        word.parse::<u64>().map_err(|_| VbpError::NoNumber {
            line,
            word: word.chars().take(40).collect(),
        })
    };
    let resources = next("the number of resources")?;
    if !(1..=64).contains(&resources) {
        return Err(VbpError::Resources(resources));
    }
    let capacity = (0..resources)
        .map(|_| next("a capacity"))
        .collect::<Result<Vec<u64>, _>>()?;
    let types = next("the number of item types")?;
    let mut rows = Vec::new();
    for _ in 0..types {
        let sizes = (0..resources)
            .map(|_| next("a size"))
            .collect::<Result<Vec<u64>, _>>()?;
        let demand = next("a demand")?;
        rows.push(ItemType {
            sizes,
            demand: u32::try_from(demand).map_err(|_| VbpError::Demand(demand))?,
        });
    }
    if let Some((line, _)) = words.next() {
        return Err(VbpError::TooLong { line, types });
    }
    Ok(Problem::new(capacity, &rows)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instance_is_read() {
        let problem = read_vbp("2\n10 20\n2\n3 4 5\n10 20 1\n").expect("an instance");
        assert_eq!(
            (problem.capacity(), problem.types(), problem.items()),
            (&[10, 20][..], 2, 6)
        );
        assert_eq!(
            (problem.sizes(0), problem.demand(0), problem.most(0)),
            (&[3, 4][..], 5, 3)
        );
    }

    #[test]
    fn what_is_wrong_is_said() {
        let error = |text: &str| read_vbp(text).expect_err("no instance").to_string();
        assert_eq!(
            error("2\n10 x"),
            "line 2: \"x\" is no whole number from 0 to 2^64 - 1"
        );
        assert_eq!(
            error("2\n10 10\n1\n1 1"),
            "it ends where a demand should be"
        );
        assert_eq!(
            error("1\n10\n1\n1 1\n7"),
            "line 5: something follows after the last of 1 item types"
        );
        assert_eq!(error("0"), "it has 0 resources; 1 to 64 are supported");
        assert_eq!(
            error("1 10 1 1 5000000000"),
            "a demand of 5000000000 is not supported"
        );
        assert_eq!(
            error("2 10 10 2 1 1 1 3 11 1"),
            "an item of item type 2 needs 11 of resource 2, but an empty bin offers 10"
        );
        assert_eq!(
            error("1 10 1 1 20000000"),
            "more than 16777216 items are not supported"
        );
        assert_eq!(
            error("1 9000000000000000 1 1 1"),
            "capacities and sizes of more than 1125899906842624 are not supported"
        );
        // Of an item that nobody wants, which would fit no bin: found by the fuzzer.
        assert_eq!(
            error("1 14 2 10 31 3115011111111111110 0"),
            "capacities and sizes of more than 1125899906842624 are not supported"
        );
    }
}
