//! The platform of an environment.

use std::fmt;
use std::sync::LazyLock;

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
    /// Its name as people write it; in other languages a word for what is none of them.
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

/// Names of platforms as solution stacks and platform ARNs begin with them, what they are, and the version that is
/// meant where the name has none (the first Python platform is 2.6). Sources: names of stacks as
/// `list-available-solution-stacks` answered in 2015 (AWS CLI reference, its example) and in 2021, and in the Release
/// Notes of 2020-08-07; the ARNs beside their stacks in aws/aws-elastic-beanstalk-cli,
/// `tests/unit/operations/test_solution_stack_ops.py` (commit b6fe1ab): those of Ruby name the server first, those of
/// images that AWS made `Preconfigured Docker`.
const TABLE: &str = include_str!("platforms.csv");

#[derive(Deserialize)]
struct Row {
    name: String,
    kind: PlatformKind,
    variant: String,
    version: String,
}

/// What an app is written for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Platform {
    /// The language or the engine.
    pub kind: PlatformKind,
    /// Its version, where the platform's name has one: `3.11`; of Java the release, of IIS the year of Windows.
    pub version: String,
    /// Of Tomcat the release of Java: `11`.
    pub java: Option<String>,
    /// Of Ruby whether Passenger serves it, not Puma.
    pub is_passenger: bool,
    /// Whether somebody built the platform: its ARN has an account.
    pub is_custom: bool,
}

/// `64bit Amazon Linux 2023 v4.7.1 running Python 3.11`, or an ARN:
/// `…:elasticbeanstalk:REGION::platform/Puma with Ruby 2.6 running on 64bit Amazon Linux/2.11.9`.
pub(super) fn of(environment: &Environment) -> Platform {
    let text = environment.platform.as_str();
    let (is_custom, running) = match text.split_once(":platform/") {
        Some((before, name)) => (!before.ends_with(':'), name),
        None => (
            false,
            text.rsplit_once("running ")
                .map_or(text, |(_, running)| running),
        ),
    };
    let running = running
        .split_once(" running on ")
        .map_or(running, |(name, _)| name)
        .trim();
    let row = row_of(running).filter(|_| !is_custom);
    let kind = if is_custom {
        PlatformKind::Other
    } else if environment.operating_system() == OperatingSystem::Windows {
        PlatformKind::Iis
    } else if running.ends_with("(Preconfigured - Docker)") {
        PlatformKind::Docker
    } else {
        row.map_or(PlatformKind::Other, |row| row.kind)
    };
    let after = |word: &str| {
        let mut words = running.split(' ').skip_while(move |one| *one != word);
        words.nth(1).filter(|next| is_version(next))
    };
    let java = after("Corretto").or_else(|| after("Java"));
    let version = match kind {
        // Of Windows the year of the system counts, of Java the release, of the others the first number.
        PlatformKind::Iis => text
            .split(|c: char| !c.is_ascii_digit())
            .find(|word| word.len() == 4 && word.starts_with("20")),
        PlatformKind::Java => java,
        PlatformKind::Go => running
            .split(' ')
            .find(|word| is_version(word) && *word != "1"),
        PlatformKind::Docker | PlatformKind::Ecs | PlatformKind::Other => None,
        _ => running.split(' ').find(|word| is_version(word)),
    };
    let meant = row.map_or("", |row| row.version.as_str());
    Platform {
        kind,
        version: version.unwrap_or(meant).to_owned(),
        java: java
            .filter(|_| kind == PlatformKind::Tomcat)
            .map(str::to_owned),
        is_passenger: kind == PlatformKind::Ruby
            && (row.is_some_and(|row| row.variant == "passenger")
                || running.contains("(Passenger")),
        is_custom,
    }
}

/// The row with the longest name that `running` begins with.
fn row_of(running: &str) -> Option<&'static Row> {
    static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
        csv::Reader::from_reader(TABLE.as_bytes())
            .into_deserialize()
            .filter_map(Result::ok)
            .collect()
    });
    ROWS.iter()
        .filter(|row| {
            running.strip_prefix(row.name.as_str()).is_some_and(|rest| {
                rest.is_empty() || rest.starts_with(|c: char| !c.is_ascii_alphabetic())
            })
        })
        .max_by_key(|row| row.name.len())
}

fn is_version(word: &str) -> bool {
    word.len() <= 8
        && word.starts_with(|c: char| c.is_ascii_digit())
        && word.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(platform: &str) -> Platform {
        of(&Environment {
            platform: platform.to_owned(),
            ..Environment::default()
        })
    }

    #[test]
    fn every_row_of_the_table_is_read() {
        for line in TABLE.lines().skip(1) {
            let name = line.split(',').next().unwrap_or_default();
            assert_eq!(row_of(name).map(|row| row.name.as_str()), Some(name));
        }
    }

    #[test]
    fn platforms_are_known_by_the_names_of_twelve_years() {
        use PlatformKind::*;
        let arn = "arn:aws:elasticbeanstalk:eu-west-1::platform/";
        for (platform, kind, version) in [
            (
                "64bit Amazon Linux 2018.03 v2.26.0 running Multi-container Docker 19.03.13-ce (Generic)",
                Ecs,
                "",
            ),
            ("64bit Amazon Linux 2 v3.2.1 running ECS", Ecs, ""),
            (
                "64bit Amazon Linux 2018.03 v2.16.0 running Docker 19.03.13-ce",
                Docker,
                "",
            ),
            (
                "64bit Debian jessie v2.16.0 running Go 1.4 (Preconfigured - Docker)",
                Docker,
                "",
            ),
            (
                "64bit Amazon Linux 2018.03 v4.17.1 running Node.js",
                Nodejs,
                "",
            ),
            (
                "64bit Amazon Linux 2023 v6.5.0 running Node.js 22",
                Nodejs,
                "22",
            ),
            (
                "64bit Amazon Linux 2018.03 v2.11.9 running Ruby 2.6 (Puma)",
                Ruby,
                "2.6",
            ),
            (
                "64bit Amazon Linux 2018.03 v2.11.9 running Ruby 2.6 (Passenger Standalone)",
                Ruby,
                "2.6",
            ),
            (
                "64bit Amazon Linux 2018.03 v2.11.9 running Java 8",
                Java,
                "8",
            ),
            (
                "64bit Amazon Linux 2 v3.4.1 running Corretto 11",
                Java,
                "11",
            ),
            (
                "64bit Amazon Linux 2023 v4.3.0 running Corretto 21",
                Java,
                "21",
            ),
            (
                "64bit Amazon Linux 2 v4.3.3 running Tomcat 8.5 Corretto 11",
                Tomcat,
                "8.5",
            ),
            (
                "64bit Amazon Linux 2023 v3.1.0 running .NET 8",
                DotnetCore,
                "8",
            ),
            (
                "64bit Amazon Linux 2 v2.5.0 running .NET Core",
                DotnetCore,
                "",
            ),
            (
                "64bit Windows Server Core 2016 v2.11.0 running IIS 10.0",
                Iis,
                "2016",
            ),
            (
                "64bit Windows Server 2012 R2 v2.11.0 running IIS 8.5",
                Iis,
                "2012",
            ),
            ("64bit Amazon Linux 2023 v4.2.0 running Go 1", Go, ""),
            (
                "64bit Amazon Linux 2018.03 v2.18.7 running Go 1.16",
                Go,
                "1.16",
            ),
            (
                "64bit Amazon Linux 2015.03 v2.0.0 running Python",
                Python,
                "2.6",
            ),
            (
                "64bit Amazon Linux 2015.03 v2.0.0 running PHP 5.6",
                Php,
                "5.6",
            ),
            (
                "64bit Amazon Linux 2018.03 v3.4.0 running Tomcat 7 Java 6",
                Tomcat,
                "7",
            ),
            (
                "32bit Amazon Linux 2014.03 v1.1.0 running Ruby 1.9.3",
                Ruby,
                "1.9.3",
            ),
            (
                "64bit Amazon Linux 2018.03 v2.6.33 running Packer 1.0.3",
                Other,
                "",
            ),
            (
                "64bit Amazon Linux 2018.03 v2.17.0 running GlassFish 5.0 Java 8 (Preconfigured - Docker)",
                Docker,
                "",
            ),
            ("64bit Windows Server 2012 running IIS 8", Iis, "2012"),
            (
                "64bit Windows Server 2008 R2 v1.2.0 running IIS 7.5",
                Iis,
                "2008",
            ),
            ("64bit Amazon Linux running something new", Other, ""),
        ] {
            let found = read(platform);
            assert_eq!(
                (found.kind, found.version.as_str()),
                (kind, version),
                "{platform}"
            );
        }
        for (name, kind, version) in [
            (
                "Puma with Ruby 2.6 running on 64bit Amazon Linux/2.11.9",
                Ruby,
                "2.6",
            ),
            (
                "Passenger with Ruby 2.5 running on 64bit Amazon Linux/2.11.9",
                Ruby,
                "2.5",
            ),
            (
                "Corretto 17 running on 64bit Amazon Linux 2023/4.1.0",
                Java,
                "17",
            ),
            (
                "Tomcat 10 with Corretto 17 running on 64bit Amazon Linux 2023/5.1.0",
                Tomcat,
                "10",
            ),
            (
                "IIS 10.0 running on 64bit Windows Server 2019/2.15.2",
                Iis,
                "2019",
            ),
            (
                "Multi-container Docker running on 64bit Amazon Linux/2.26.0",
                Ecs,
                "",
            ),
            (
                "Preconfigured Docker - GlassFish 4.0 with Java 7 running on 64bit Debian/2.8.0",
                Docker,
                "",
            ),
            (
                "Preconfigured Docker - Python 3.4 running on 64bit Debian/2.8.0",
                Docker,
                "",
            ),
            ("Elastic Beanstalk Packer Builder/2.4.0", Other, ""),
            ("Go 1 running on 64bit Amazon Linux/2.7.1", Go, ""),
            (
                "IIS 8 running on 64bit Windows Server 2012/0.1.0",
                Iis,
                "2012",
            ),
            (
                "Passenger with Ruby 1.9.3 running on 32bit Amazon Linux 2014.03/1.1.0",
                Ruby,
                "1.9.3",
            ),
            (
                "Tomcat 7 with Java 7 running on 32bit Amazon Linux 2014.03/1.1.0",
                Tomcat,
                "7",
            ),
        ] {
            let found = read(&format!("{arn}{name}"));
            assert_eq!(
                (found.kind, found.version.as_str()),
                (kind, version),
                "{name}"
            );
        }
    }

    #[test]
    fn variants_are_told_apart_and_a_platform_of_somebodys_own_is_no_guess() {
        assert!(read("64bit Amazon Linux v2 running Ruby 2.6 (Passenger Standalone)").is_passenger);
        assert!(read("32bit Amazon Linux 2014.09 v1.2.0 running Ruby 1.9.3").is_passenger);
        assert!(!read("64bit Amazon Linux v2 running Ruby 2.6 (Puma)").is_passenger);
        assert!(!read("64bit Amazon Linux 2 v3.1.0 running Ruby 2.7").is_passenger);
        let tomcat = read("64bit Amazon Linux 2018.03 v3.4.0 running Tomcat 8.5 Java 8");
        assert_eq!(tomcat.java.as_deref(), Some("8"));
        let own =
            read("arn:aws:elasticbeanstalk:eu-west-1:111122223333:platform/Python tools/1.0.0");
        assert!(own.is_custom && own.kind == PlatformKind::Other && own.version.is_empty());
    }
}
