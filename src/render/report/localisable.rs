//! What headings, cells and captions may be made of.

use crate::wording::{Language, Text};

/// Something that can be said in any language.
pub(in crate::render) trait Localisable {
    /// The text in that language.
    fn say(&self, language: Language) -> String;
}

impl Localisable for Text {
    fn say(&self, language: Language) -> String {
        language.say(self)
    }
}

/// Names, which are the same in every language.
impl Localisable for String {
    fn say(&self, _: Language) -> String {
        self.clone()
    }
}

impl Localisable for str {
    fn say(&self, _: Language) -> String {
        self.to_owned()
    }
}
