//! The platform of an environment, and the image that takes its place.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::front;
use crate::beanstalk::{
    COMPOSER_OPTIONS, DOCUMENT_ROOT, EnvironmentReading, NODE_COMMAND, PhpSettings, Platform,
    PlatformKind, RuntimeSettings,
};
use crate::policy::Policy;

/// What the image must have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Runtime {
    /// What the environment's platform is.
    pub kind: PlatformKind,
    /// Its version, where the settings or the platform's name have one: `3.11`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub version: String,
    /// Where the app listens: the port of its main process.
    pub port: u16,
    /// Whether it speaks TLS there itself.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub tls: bool,
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
    /// Settings of php.ini by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub php_ini: BTreeMap<String, String>,
    /// Where below the app's folder PHP's documents are: `/public`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document_root: Option<String>,
    /// Options of `composer install`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub composer_options: Option<String>,
    /// Names of settings of the runtime that could not be taken over.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<String>,
}

impl Default for Runtime {
    fn default() -> Self {
        Self {
            kind: PlatformKind::Other,
            version: String::new(),
            port: 80,
            tls: false,
            base_image: String::new(),
            start: String::new(),
            non_root: false,
            read_only: false,
            java_options: None,
            php_ini: BTreeMap::new(),
            document_root: None,
            composer_options: None,
            left_out: Vec::new(),
        }
    }
}

impl Runtime {
    /// The same with the port of the main process, and whether it speaks TLS: what the image listens on is what the
    /// probe asks.
    pub(super) fn listening_on(mut self, main: Option<(u16, bool)>) -> Self {
        if let Some((port, tls)) = main {
            self.port = port;
            self.tls = tls;
        }
        if !self.start.is_empty() && self.kind == PlatformKind::Python {
            let tls = if self.tls {
                " --certfile /tls/tls.crt --keyfile /tls/tls.key"
            } else {
                ""
            };
            self.start = format!("gunicorn --bind :{}{tls} {}", self.port, self.start);
        }
        self
    }
}

pub(super) fn of(reading: &EnvironmentReading, policy: &Policy) -> Runtime {
    let Platform {
        kind,
        version,
        java,
        is_passenger,
        ..
    } = reading.platform.clone();
    let mut left_out = Vec::new();
    let version = match (kind, &reading.runtime.node.version) {
        (PlatformKind::Nodejs, Some(set)) => set.clone(),
        _ => version,
    };
    let (port, base_image) = image(kind, &version, java.as_deref(), policy);
    let start = start(kind, is_passenger, &reading.runtime, &mut left_out);
    let (php_ini, document_root, composer_options) = if kind == PlatformKind::Php {
        php(&reading.runtime.php, &mut left_out)
    } else {
        Default::default()
    };
    let is_java = matches!(kind, PlatformKind::Java | PlatformKind::Tomcat);
    let jvm = &reading.runtime.jvm;
    if is_java {
        left_out.extend(jvm.left_out.iter().cloned());
    }
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
        tls: false,
        base_image,
        start,
        non_root: is_ours,
        read_only: matches!(
            kind,
            PlatformKind::Go | PlatformKind::Python | PlatformKind::Nodejs | PlatformKind::Java
        ),
        java_options: (!jvm.flags.is_empty()).then(|| jvm.flags.join(" ")),
        php_ini,
        document_root,
        composer_options,
        left_out,
        version,
    }
}

/// Where apps listen behind the proxy (Developer Guide, "Reverse proxy configuration" and the platforms' pages), and
/// the image to build on.
fn image(kind: PlatformKind, version: &str, java: Option<&str>, policy: &Policy) -> (u16, String) {
    let or = |otherwise: &str| {
        if version.is_empty() {
            otherwise.to_owned()
        } else {
            version.to_owned()
        }
    };
    let public = |image: &str, tag: &str| format!("public.ecr.aws/docker/library/{image}:{tag}");
    match kind {
        PlatformKind::Docker | PlatformKind::Ecs | PlatformKind::Other => (80, String::new()),
        PlatformKind::Go => (5000, "gcr.io/distroless/static-debian12:nonroot".to_owned()),
        // Of Python 2.6 there is no image: 2.7 runs what was written for it.
        PlatformKind::Python => {
            let tag = or("3");
            let tag = if tag == "2.6" { "2.7" } else { &tag };
            (8000, public("python", &format!("{tag}-slim")))
        }
        PlatformKind::Nodejs => (8080, public("node", &format!("{}-slim", or("lts")))),
        PlatformKind::Tomcat => {
            let tag = or("11");
            let java = java_release(java, "21");
            // Tomcat 7 ended before Temurin began: its last images are built on Corretto, as Beanstalk's were.
            let on = if tag.starts_with('7') {
                format!("jdk{java}-corretto")
            } else {
                format!("jre{java}-temurin")
            };
            (8080, public("tomcat", &format!("{tag}-{on}")))
        }
        PlatformKind::Java => {
            let java = java_release(Some(version), "21");
            (5000, public("eclipse-temurin", &format!("{java}-jre")))
        }
        PlatformKind::Php => (80, public("php", &format!("{}-apache", or("8")))),
        PlatformKind::Ruby => (3000, public("ruby", &format!("{}-slim", or("3")))),
        // The tags of Microsoft's images have two numbers: `8.0`.
        PlatformKind::DotnetCore => {
            let tag = or("8.0");
            let tag = if tag.contains('.') {
                tag
            } else {
                format!("{tag}.0")
            };
            (5000, format!("mcr.microsoft.com/dotnet/aspnet:{tag}"))
        }
        // A container of Windows runs on nodes of its own version alone, whatever the environment has today.
        PlatformKind::Iis => {
            let nodes = windows_of_nodes(policy);
            let framework = if nodes == "2025" { "4.8.1" } else { "4.8" };
            let image = "mcr.microsoft.com/dotnet/framework/aspnet";
            (
                80,
                format!("{image}:{framework}-windowsservercore-ltsc{nodes}"),
            )
        }
    }
}

/// Of Java 7 and older nobody publishes images that are kept: the oldest that is.
fn java_release(named: Option<&str>, otherwise: &str) -> String {
    match named.and_then(|text| text.parse::<u32>().ok()) {
        Some(release) => release.max(8).to_string(),
        None => otherwise.to_owned(),
    }
}

/// The year in the AMI family of the policy's Windows nodes: `2022`.
pub(super) fn windows_of_nodes(policy: &Policy) -> String {
    policy
        .windows_nodes
        .ami_family
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(char::is_ascii_digit)
        .collect()
}

/// The command without what depends on the port; of Python what follows gunicorn's `--bind`.
fn start(
    kind: PlatformKind,
    is_passenger: bool,
    settings: &RuntimeSettings,
    left_out: &mut Vec<String>,
) -> String {
    match kind {
        PlatformKind::Python => {
            let python = &settings.python;
            format!(
                "--workers {} --threads {} {}",
                python.processes.unwrap_or(1),
                python.threads.unwrap_or(15),
                wsgi_module(python.wsgi_path.as_deref().unwrap_or("application"))
            )
        }
        PlatformKind::Nodejs => match &settings.node.command {
            Some(command) if is_plain(command) => command.clone(),
            Some(_) => {
                left_out.push(NODE_COMMAND.to_owned());
                "npm start".to_owned()
            }
            None => "npm start".to_owned(),
        },
        PlatformKind::Ruby if is_passenger => "bundle exec passenger start".to_owned(),
        _ => String::new(),
    }
}

/// Where Beanstalk unpacks an app: its paths begin with this, a container's do not.
const APP_FOLDERS: [&str; 3] = ["/opt/python/current/app/", "/var/app/current/", "./"];

/// `run.py` is `run:application`, `mysite/wsgi.py` is `mysite.wsgi:application`; `shop.wsgi:app` is as it should be.
/// Source: Developer Guide, "Python platform": a file on the older platforms, a module since Amazon Linux 2.
fn wsgi_module(path: &str) -> String {
    let (module, callable) = path.split_once(':').unwrap_or((path, "application"));
    let module = APP_FOLDERS
        .iter()
        .find_map(|folder| module.strip_prefix(folder))
        .unwrap_or(module)
        .trim_start_matches('/');
    let module = module.strip_suffix(".py").unwrap_or(module);
    format!("{}:{callable}", module.replace('/', "."))
}

/// What a Dockerfile, a shell and php.ini take as it stands.
fn is_plain(text: &str) -> bool {
    (1..=300).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b" -_./=,:@+%~".contains(&b))
}

type Php = (BTreeMap<String, String>, Option<String>, Option<String>);

fn php(settings: &PhpSettings, left_out: &mut Vec<String>) -> Php {
    let mut plain = |name: &str, value: &str| {
        let is_taken = is_plain(name) && is_plain(value);
        if !is_taken {
            left_out.push(front::shown(name));
        }
        is_taken
    };
    let mut own =
        |name: &str, value: &Option<String>| value.clone().filter(|value| plain(name, value));
    let composer = own(COMPOSER_OPTIONS, &settings.composer_options);
    let root = own(DOCUMENT_ROOT, &settings.document_root).filter(|root| root != "/");
    let ini = settings
        .ini
        .iter()
        .filter(|(name, value)| plain(name, value))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    (ini, root, composer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_the_older_platforms_become_modules() {
        for (set, module) in [
            ("application", "application:application"),
            ("application.py", "application:application"),
            ("run.py", "run:application"),
            ("mysite/wsgi.py", "mysite.wsgi:application"),
            (
                "/opt/python/current/app/shop/wsgi.py",
                "shop.wsgi:application",
            ),
            ("mysite.wsgi:application", "mysite.wsgi:application"),
            ("shop.wsgi:app", "shop.wsgi:app"),
        ] {
            assert_eq!(wsgi_module(set), module, "{set}");
        }
    }

    #[test]
    fn images_have_tags_that_exist() {
        let policy = crate::policy::defaults().expect("the shipped policy");
        let tag = |kind, version: &str, java: Option<&str>| {
            let (_, image) = image(kind, version, java, &policy);
            image.rsplit('/').next().unwrap_or_default().to_owned()
        };
        assert_eq!(tag(PlatformKind::DotnetCore, "8", None), "aspnet:8.0");
        assert_eq!(tag(PlatformKind::DotnetCore, "3.1", None), "aspnet:3.1");
        assert_eq!(
            tag(PlatformKind::Java, "17", None),
            "eclipse-temurin:17-jre"
        );
        assert_eq!(tag(PlatformKind::Java, "7", None), "eclipse-temurin:8-jre");
        assert_eq!(
            tag(PlatformKind::Tomcat, "8.5", Some("11")),
            "tomcat:8.5-jre11-temurin"
        );
        assert_eq!(
            tag(PlatformKind::Tomcat, "7", Some("6")),
            "tomcat:7-jdk8-corretto"
        );
        assert_eq!(tag(PlatformKind::Python, "2.6", None), "python:2.7-slim");
        assert_eq!(
            tag(PlatformKind::Nodejs, "12.14.0", None),
            "node:12.14.0-slim"
        );
        // The nodes' year, not the environment's.
        for own in ["2012", "2016", "2019"] {
            let image = tag(PlatformKind::Iis, own, None);
            assert!(
                image.ends_with(&format!("ltsc{}", windows_of_nodes(&policy))),
                "{image}"
            );
        }
    }
}
