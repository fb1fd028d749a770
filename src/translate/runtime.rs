//! The platform of an environment, and the image that takes its place.

use serde::{Deserialize, Serialize};

use crate::beanstalk::{EnvironmentReading, Platform, PlatformKind, PythonSettings};

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

pub(super) fn of(reading: &EnvironmentReading) -> Runtime {
    let Platform { kind, version } = reading.platform.clone();
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
    let java = &reading.runtime.jvm.flags;
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
        start: start(kind, &reading.runtime.python),
        non_root: is_ours,
        read_only: matches!(
            kind,
            PlatformKind::Go | PlatformKind::Python | PlatformKind::Nodejs | PlatformKind::Java
        ),
        java_options: (!java.is_empty()).then(|| java.join(" ")),
        version,
    }
}

fn start(kind: PlatformKind, python: &PythonSettings) -> String {
    match kind {
        PlatformKind::Python => {
            let module = python.wsgi_path.as_deref().unwrap_or("application");
            let module = if module.contains(':') {
                module.to_owned()
            } else {
                format!("{module}:application")
            };
            format!(
                "gunicorn --bind :8000 --workers {} --threads {} {module}",
                python.processes.unwrap_or(1),
                python.threads.unwrap_or(15)
            )
        }
        PlatformKind::Nodejs => "npm start".to_owned(),
        _ => String::new(),
    }
}
