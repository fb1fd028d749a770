//! The platform of an environment.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::catalog::OperatingSystem;
use crate::snapshot::Environment;
use crate::wording::{Text, text};

/// What an app is written for.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are Beanstalk's")]
pub enum PlatformKind {
    Docker,
    Ecs,
    Go,
    Python,
    Nodejs,
    Tomcat,
    Java,
    Php,
    Ruby,
    DotnetCore,
    Iis,
    #[default]
    Other,
}

impl PlatformKind {
    /// Its name.
    #[must_use]
    pub fn text(self) -> Text {
        match self {
            Self::Other => text!("platform-other"),
            named => Text::plain(named),
        }
    }
}

impl fmt::Display for PlatformKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Docker => "Docker",
            Self::Ecs => "ECS",
            Self::Go => "Go",
            Self::Python => "Python",
            Self::Nodejs => "Node.js",
            Self::Tomcat => "Tomcat",
            Self::Java => "Java",
            Self::Php => "PHP",
            Self::Ruby => "Ruby",
            Self::DotnetCore => ".NET",
            Self::Iis => "IIS",
            Self::Other => "other",
        })
    }
}

/// What an app is written for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Platform {
    /// The language or the engine.
    pub kind: PlatformKind,
    /// Its version, where the platform's name has one: `3.11`; of IIS the year of Windows.
    pub version: String,
}

/// `64bit Amazon Linux 2023 v4.7.1 running Python 3.11`; an ARN has `platform/Python 3.11 running on …`.
pub(super) fn of(environment: &Environment) -> Platform {
    let text = environment.platform.as_str();
    let running = match text.split_once("platform/") {
        Some((_, branch)) => branch,
        None => text
            .rsplit_once("running ")
            .map_or(text, |(_, running)| running),
    };
    let starts = |word: &str| running.starts_with(word);
    let kind = if environment.operating_system() == OperatingSystem::Windows || starts("IIS") {
        PlatformKind::Iis
    } else if starts("Docker") || starts("Multi-container Docker") {
        PlatformKind::Docker
    } else if starts("ECS") {
        PlatformKind::Ecs
    } else if starts("Go") {
        PlatformKind::Go
    } else if starts("Python") {
        PlatformKind::Python
    } else if starts("Node.js") {
        PlatformKind::Nodejs
    } else if starts("Tomcat") {
        PlatformKind::Tomcat
    } else if starts("Java") || starts("Corretto") {
        PlatformKind::Java
    } else if starts("PHP") {
        PlatformKind::Php
    } else if starts("Ruby") {
        PlatformKind::Ruby
    } else if starts(".NET") {
        PlatformKind::DotnetCore
    } else {
        PlatformKind::Other
    };
    // Of Windows the year of the system counts, of the others the version of the language.
    let words = if kind == PlatformKind::Iis {
        text
    } else {
        running
    };
    let is_version = |word: &&str| {
        word.len() <= 8
            && word.starts_with(|c: char| c.is_ascii_digit())
            && word.bytes().all(|b| b.is_ascii_digit() || b == b'.')
    };
    let found = words
        .split(' ')
        .find(|word| is_version(word) && !(kind == PlatformKind::Go && *word == "1"));
    Platform {
        kind,
        version: found.unwrap_or("").to_owned(),
    }
}
