//! What the plan says, in the reader's language.
//!
//! The plan never holds a sentence: it holds a [`Text`], which is an id of the catalogue with arguments.
//! There is one catalogue per language, in a folder of its own ([`Language`]); all have the same ids with the
//! same arguments, which the tests of this room check against each other and against the source. English is
//! what `Display` writes and what `plan.json` shows beside the id. A name, a number or a quantity is no
//! text: it is an argument, or a [`Text::Plain`], and is the same in every language.

mod catalogue;
pub(crate) mod dollars;
mod language;
mod phrase;
#[cfg(test)]
pub(crate) mod tests;

pub use language::Language;
pub use phrase::{Argument, Text};

/// A [`Text`] of the catalogue: `text!("samples-present", present = 3_u64, expected = 4_u64)`.
macro_rules! text {
    ($id:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::wording::Text::of($id)$(.with(stringify!($name), $value))*
    };
}
pub(crate) use text;
