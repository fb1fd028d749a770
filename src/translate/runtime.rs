//! The platform of an environment, and the image that takes its place.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::options_of::Options;
use super::values;
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

/// What the image must have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Runtime {
    /// The platform.
    pub kind: PlatformKind,
    /// Its version, where the platform's name has one: `3.11`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub version: String,
    /// Where its apps listen: behind Beanstalk's proxy, or where there is none, at the front.
    pub port: u16,
    /// An image to build on; empty: the app has its own Dockerfile.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub base_image: String,
    /// How it starts, as far as the settings say; empty: the app's own matter.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub start: String,
    /// Whether it is known to run as another user than root, once it is built on the base image.
    pub non_root: bool,
    /// Whether it is known to write nowhere but to /tmp.
    pub read_only: bool,
    /// Options of the Java machine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub java_options: Option<String>,
}

impl Default for Runtime {
    fn default() -> Self {
        Self {
            kind: PlatformKind::Other,
            version: String::new(),
            port: 80,
            base_image: String::new(),
            start: String::new(),
            non_root: false,
            read_only: false,
            java_options: None,
        }
    }
}

pub(super) fn of(environment: &Environment, options: &Options<'_>) -> Runtime {
    let (kind, version) = platform(environment);
    let or = |otherwise: &str| {
        if version.is_empty() {
            otherwise.to_owned()
        } else {
            version.clone()
        }
    };
    let public = |image: &str, tag: &str| format!("public.ecr.aws/docker/library/{image}:{tag}");
    // Where apps listen behind the proxy: Developer Guide, "Reverse proxy configuration" and the platforms' pages.
    let (port, base_image) = match kind {
        PlatformKind::Docker | PlatformKind::Ecs | PlatformKind::Other => (80, String::new()),
        PlatformKind::Go => (5000, "gcr.io/distroless/static-debian12:nonroot".to_owned()),
        PlatformKind::Python => (8000, public("python", &format!("{}-slim", or("3")))),
        PlatformKind::Nodejs => (8080, public("node", &format!("{}-slim", or("lts")))),
        PlatformKind::Tomcat => (
            8080,
            public("tomcat", &format!("{}-jre21-temurin", or("11"))),
        ),
        PlatformKind::Java => (
            5000,
            public("eclipse-temurin", &format!("{}-jre", or("21"))),
        ),
        PlatformKind::Php => (80, public("php", &format!("{}-apache", or("8")))),
        PlatformKind::Ruby => (3000, public("ruby", &format!("{}-slim", or("3")))),
        PlatformKind::DotnetCore => (
            5000,
            format!("mcr.microsoft.com/dotnet/aspnet:{}", or("8.0")),
        ),
        PlatformKind::Iis => (
            80,
            format!(
                "mcr.microsoft.com/dotnet/framework/aspnet:4.8-windowsservercore-ltsc{}",
                or("2022")
            ),
        ),
    };
    let is_ours = matches!(
        kind,
        PlatformKind::Go
            | PlatformKind::Python
            | PlatformKind::Nodejs
            | PlatformKind::Java
            | PlatformKind::Ruby
            | PlatformKind::DotnetCore
    );
    Runtime {
        kind,
        port,
        base_image,
        start: start(kind, options),
        non_root: is_ours,
        read_only: matches!(
            kind,
            PlatformKind::Go | PlatformKind::Python | PlatformKind::Nodejs | PlatformKind::Java
        ),
        java_options: java_options(options),
        version,
    }
}

/// `64bit Amazon Linux 2023 v4.7.1 running Python 3.11`; an ARN has `platform/Python 3.11 running on …`.
fn platform(environment: &Environment) -> (PlatformKind, String) {
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
    (kind, found.unwrap_or("").to_owned())
}

fn start(kind: PlatformKind, options: &Options<'_>) -> String {
    let python = |name: &str| options.get("aws:elasticbeanstalk:container:python", name);
    match kind {
        PlatformKind::Python => {
            let number = |name: &str, otherwise| {
                python(name)
                    .and_then(|text| values::number(text, 1, 1_000))
                    .unwrap_or(otherwise)
            };
            let module = python("WSGIPath")
                .and_then(values::identifier)
                .unwrap_or_else(|| "application".to_owned());
            let module = if module.contains(':') {
                module
            } else {
                format!("{module}:application")
            };
            format!(
                "gunicorn --bind :8000 --workers {} --threads {} {module}",
                number("NumProcesses", 1),
                number("NumThreads", 15)
            )
        }
        PlatformKind::Nodejs => "npm start".to_owned(),
        _ => String::new(),
    }
}

/// `-Xms512m -Xmx2048m` and the flags that were kept. Nothing else: a system property may hold a secret.
fn java_options(options: &Options<'_>) -> Option<String> {
    const JVM: &str = "aws:elasticbeanstalk:container:tomcat:jvmoptions";
    let size = |name: &str| {
        options
            .get(JVM, name)
            .and_then(heap)
            .map(|size| format!("-{name}{size}"))
    };
    let flags = options
        .get(JVM, "JVM Options")
        .unwrap_or("")
        .split_whitespace()
        .filter(|flag| flag.starts_with("-X") && flag.len() <= 80);
    let is_plain = |flag: &&str| {
        flag.bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b':' | b'=' | b'.' | b'+'))
    };
    let flags = flags.filter(is_plain).map(str::to_owned);
    let all: Vec<String> = size("Xms")
        .into_iter()
        .chain(size("Xmx"))
        .chain(flags)
        .collect();
    (!all.is_empty()).then(|| all.join(" "))
}

fn heap(text: &str) -> Option<&str> {
    let digits = text.trim_end_matches(|c: char| "kKmMgG".contains(c));
    (!digits.is_empty()
        && text.len() - digits.len() <= 1
        && digits.len() <= 9
        && digits.bytes().all(|b| b.is_ascii_digit()))
    .then_some(text)
}
