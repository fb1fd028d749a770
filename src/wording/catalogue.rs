//! The texts of each language: Fluent files, part of the program.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};

use super::Language;

/// The files of a language's folder; each room of the pipeline has one.
macro_rules! files {
    ($language:literal) => {
        &[
            ("answer", include_str!(concat!($language, "/answer.ftl"))),
            ("check", include_str!(concat!($language, "/check.ftl"))),
            ("pages", include_str!(concat!($language, "/pages.ftl"))),
            ("pack", include_str!(concat!($language, "/pack.ftl"))),
            ("plan", include_str!(concat!($language, "/plan.ftl"))),
            ("policy", include_str!(concat!($language, "/policy.ftl"))),
            ("price", include_str!(concat!($language, "/price.ftl"))),
            ("report", include_str!(concat!($language, "/report.ftl"))),
            ("size", include_str!(concat!($language, "/size.ftl"))),
            (
                "terminal",
                include_str!(concat!($language, "/terminal.ftl")),
            ),
            (
                "translate",
                include_str!(concat!($language, "/translate.ftl")),
            ),
        ]
    };
}

/// Name and text of each file of a language.
pub(super) fn files(language: Language) -> &'static [(&'static str, &'static str)] {
    match language {
        Language::English => files!("en"),
        Language::Japanese => files!("ja"),
    }
}

/// All entries of one language.
pub(super) struct Catalogue(FluentBundle<FluentResource>);

/// The catalogue of a language, read once.
pub(super) fn of(language: Language) -> &'static Catalogue {
    static ENGLISH: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::read(Language::English));
    static JAPANESE: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::read(Language::Japanese));
    match language {
        Language::English => &ENGLISH,
        Language::Japanese => &JAPANESE,
    }
}

impl Catalogue {
    /// What a file gets wrong is left out, as Fluent does; the tests let no file get anything wrong.
    fn read(language: Language) -> Self {
        let mut bundle = FluentBundle::new_concurrent(language.tag().parse().into_iter().collect());
        // The marks that isolate arguments of another writing direction would stand in CSV and in the terminal.
        bundle.set_use_isolating(false);
        for (_, text) in files(language) {
            let resource = match FluentResource::try_new((*text).to_owned()) {
                Ok(resource) | Err((resource, _)) => resource,
            };
            bundle.add_resource_overriding(resource);
        }
        Self(bundle)
    }

    /// Whether there is an entry `id`.
    pub(super) fn has(&self, id: &str) -> bool {
        self.0.has_message(id)
    }

    /// The entry `id`, if there is one.
    pub(super) fn format(&self, id: &str, arguments: &FluentArgs<'_>) -> Option<String> {
        let pattern = self.0.get_message(id)?.value()?;
        Some(
            self.0
                .format_pattern(pattern, Some(arguments), &mut Vec::new())
                .into_owned(),
        )
    }
}
