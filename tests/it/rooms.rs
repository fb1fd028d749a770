//! Rooms name only the rooms that `docs/ARCHITECTURE.md` allows them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The table of `docs/ARCHITECTURE.md`: each room and the rooms that it may name.
const ALLOWED: [(&str, &[&str]); 20] = [
    ("disk", &[]),
    ("units", &[]),
    ("wording", &["units"]),
    ("catalog", &["units"]),
    ("policy", &["units", "wording"]),
    ("snapshot", &["disk", "units", "catalog"]),
    ("beanstalk", &["units", "wording", "catalog", "snapshot"]),
    ("sample", &["units", "catalog", "snapshot"]),
    ("import", &["units", "catalog", "snapshot"]),
    (
        "size",
        &[
            "units",
            "wording",
            "catalog",
            "policy",
            "snapshot",
            "beanstalk",
        ],
    ),
    ("calibrate", &["units", "size"]),
    (
        "translate",
        &[
            "units",
            "wording",
            "catalog",
            "policy",
            "snapshot",
            "beanstalk",
        ],
    ),
    ("pack", &["units", "wording", "catalog", "policy", "size"]),
    (
        "replay",
        &[
            "units", "wording", "catalog", "policy", "snapshot", "size", "pack",
        ],
    ),
    (
        "price",
        &[
            "units",
            "wording",
            "catalog",
            "policy",
            "snapshot",
            "beanstalk",
        ],
    ),
    (
        "plan",
        &[
            "units",
            "wording",
            "catalog",
            "policy",
            "snapshot",
            "beanstalk",
            "size",
            "translate",
            "pack",
            "replay",
            "price",
        ],
    ),
    ("check", &["units", "wording", "plan"]),
    ("render", &["units", "wording", "plan"]),
    ("collect", &["disk", "units", "policy", "snapshot"]),
    (
        "cli",
        &[
            "disk",
            "units",
            "wording",
            "catalog",
            "policy",
            "snapshot",
            "beanstalk",
            "sample",
            "import",
            "size",
            "translate",
            "pack",
            "replay",
            "price",
            "plan",
            "check",
            "render",
            "calibrate",
            "collect",
        ],
    ),
];

/// The rooms by name.
pub(crate) fn rooms() -> impl Iterator<Item = &'static str> {
    ALLOWED.iter().map(|(room, _)| *room)
}

pub(crate) fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The rooms that a file names. `depth` is how many names its module has below the crate: `a/mod.rs`
/// has one, `a/b.rs` two; that many `super::` lead out of the room.
fn rooms_named(text: &str, depth: usize) -> BTreeSet<String> {
    let code = without_tests(text);
    let out_of_the_room = "super::".repeat(depth);
    let mut rooms = BTreeSet::new();
    for start in ["crate::", &out_of_the_room] {
        for (at, _) in code.match_indices(start) {
            let is_whole = !code[..at]
                .ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':' || c == '$');
            if is_whole {
                rooms.extend(first_names(&code[at + start.len()..]));
            }
        }
    }
    rooms
}

/// `plan::Plan…` names `plan`; `{plan, units::{Money, Bytes}}` names `plan` and `units`.
fn first_names(path: &str) -> Vec<String> {
    let name = |text: &str| {
        text.chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect::<String>()
    };
    let Some(list) = path.strip_prefix('{') else {
        return vec![name(path)];
    };
    let (mut names, mut depth, mut begins) = (Vec::new(), 0_i32, true);
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => begins = true,
            _ if begins && !c.is_whitespace() => {
                names.push(name(&list[at..]));
                begins = false;
            }
            _ => {}
        }
    }
    names
}

/// The text without comments and without what stands under `#[cfg(test)]`: tests may look anywhere.
/// The sources are formatted, so that an item ends where a line has its indentation and closes.
pub(crate) fn without_tests(text: &str) -> String {
    let mut kept = String::new();
    let mut lines = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    while let Some(line) = lines.next() {
        if line.trim() != "#[cfg(test)]" {
            kept.push_str(line);
            kept.push('\n');
            continue;
        }
        let indentation = &line[..line.len() - line.trim_start().len()];
        let (block, list) = (format!("{indentation}}}"), format!("{indentation}}};"));
        let is_last = |line: &str| {
            line == block
                || line == list
                || (line.ends_with(';') && !line[indentation.len()..].starts_with(' '))
        };
        while lines.next().is_some_and(|line| !is_last(line)) {}
    }
    kept
}

/// Files that are modules under `#[cfg(test)]`, and the folders of such modules.
fn test_modules(file: &Path, text: &str) -> Vec<PathBuf> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let names = lines
        .windows(2)
        .filter(|pair| pair[0] == "#[cfg(test)]")
        .filter_map(|pair| pair[1].strip_prefix("mod ")?.strip_suffix(';'));
    let folder = if file.ends_with("mod.rs") {
        file.with_file_name("")
    } else {
        file.with_extension("")
    };
    names
        .flat_map(|name| [folder.join(format!("{name}.rs")), folder.join(name)])
        .collect()
}

/// Every file of a room with what it says.
pub(crate) fn files_of(room: &Path) -> Vec<(PathBuf, String)> {
    let (mut files, mut folders, mut tests) = (Vec::new(), vec![room.to_owned()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("a source file");
                tests.extend(test_modules(&path, &text));
                files.push((path, text));
            }
        }
    }
    files.retain(|(path, _)| !tests.iter().any(|test| path.starts_with(test)));
    files
}

/// What is forbidden in a file of a room, as sentences.
fn breaches(room: &str, path: &Path, text: &str) -> Vec<String> {
    let below = path.strip_prefix(source()).expect("a file of the source");
    let depth = below.components().count() - usize::from(below.ends_with("mod.rs"));
    let allowed = ALLOWED
        .iter()
        .find(|(name, _)| *name == room)
        .map_or(&[][..], |(_, allowed)| allowed);
    let is_room = |name: &str| ALLOWED.iter().any(|(room, _)| *room == name);
    rooms_named(text, depth)
        .into_iter()
        .filter(|named| named != room && is_room(named) && !allowed.contains(&named.as_str()))
        .map(|named| {
            format!(
                "src/{} names the room \"{named}\"; \"{room}\" may name {allowed:?}",
                below.display()
            )
        })
        .collect()
}

#[test]
fn every_room_names_only_the_rooms_that_it_may() {
    let mut found = Vec::new();
    let mut files = 0;
    for (room, _) in ALLOWED {
        for (path, text) in files_of(&source().join(room)) {
            files += 1;
            found.extend(breaches(room, &path, &text));
        }
    }
    assert!(files > 100, "the sources were found: {files}");
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Rooms that fill or read settings by their names; everybody else asks the reading.
const KNOW_OPTIONS: [&str; 3] = ["beanstalk", "sample", "collect"];
/// The list of verdicts, which treats all settings alike.
const VERDICTS: &str = "translate/settings.rs";
/// The field that holds the settings stands here.
const FACTS: &str = "snapshot/inventory.rs";
/// What begins like a namespace and is none that an environment has: all of them alike, tags and conditions of IAM,
/// and settings of Cluster Mode, which are written.
const NO_NAMESPACES: [&str; 8] = [
    "\"aws:\"",
    "\"aws:eks:",
    "\"aws:{kind}/",
    "\"aws:RequestTag/",
    "\"aws:ResourceTag/",
    "\"aws:TagKeys\"",
    "\"aws:RequestedRegion\"",
    "\"aws:elasticbeanstalk:eks:",
];
/// An option's name, and numbers of a sizing's reasons.
const ALSO_A_NUMBER: &str = "memory_limit";

/// Names of all documented options. One that is put together from parts is not found.
fn names_of_options() -> BTreeSet<&'static str> {
    let tables = [
        include_str!("../../src/translate/documented_options.csv"),
        include_str!("../../src/translate/options.csv"),
    ];
    let rows = tables.into_iter().flat_map(str::lines);
    let names = rows.filter_map(|row| row.split(',').nth(1));
    names
        .filter(|name| ![ALSO_A_NUMBER, "*"].contains(name))
        .collect()
}

/// What a file says of settings by name that is not its matter.
fn options_read(room: &str, path: &Path, text: &str) -> Vec<String> {
    if KNOW_OPTIONS.contains(&room) {
        return Vec::new();
    }
    let below = path.strip_prefix(source()).expect("a file of the source");
    let code = without_tests(text);
    let mut found: Vec<&str> = Vec::new();
    if below != Path::new(FACTS) {
        found.extend(
            code.contains("option_settings")
                .then_some("option_settings"),
        );
    }
    if below != Path::new(VERDICTS) {
        found.extend(
            code.contains("recorded_settings")
                .then_some("recorded_settings"),
        );
    }
    let is_namespace = |at: usize| {
        !NO_NAMESPACES
            .iter()
            .any(|begin| code[at..].starts_with(begin))
    };
    let namespaces = code
        .match_indices("\"aws:")
        .filter(|(at, _)| is_namespace(*at));
    found.extend(namespaces.map(|(at, _)| code[at..].lines().next().unwrap_or_default()));
    // Names stand in the plan, too: without a namespace, a name alone finds one there.
    let names = names_of_options();
    found.extend(code.split('"').filter(|literal| names.contains(literal)));
    found
        .into_iter()
        .map(|word| format!("src/{}: {word}", below.display()))
        .collect()
}

#[test]
fn only_the_reading_of_beanstalk_reads_an_option_by_its_name() {
    let mut found = Vec::new();
    for (room, _) in ALLOWED {
        for (path, text) in files_of(&source().join(room)) {
            found.extend(options_read(room, &path, &text));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    let caught = |file: &str, text: &str| {
        let room = file.split('/').next().expect("a room");
        options_read(room, &source().join(file), text).len()
    };
    for text in [
        "environment.option_settings.iter()",
        "let Environment { option_settings: set, .. } = environment;",
        "const NETWORK: &str = \"aws:ec2:vpc\";",
        "let of_listeners = namespace.starts_with(\"aws:elbv2:\");",
        "beanstalk::recorded_settings(environment)",
        "plan.options.iter().find(|option| option.name == \"StreamLogs\")",
        "match name.as_str() {\n    \"document_root\" => root(value),\n}",
    ] {
        for file in [
            "price/today.rs",
            "check/bills.rs",
            "render/bills.rs",
            "import/slots.rs",
        ] {
            assert_eq!(caught(file, text), 1, "{file}: {text}");
        }
        assert_eq!(caught("beanstalk/reach.rs", text), 0, "{text}");
    }
    assert_eq!(caught(VERDICTS, "recorded_settings(environment)"), 0);
    for text in ["environment.option_settings", "setting.name == \"MinSize\""] {
        assert_eq!(caught(VERDICTS, text), 1, "{text}");
    }
    for text in [
        "\"aws:RequestTag/karpenter.sh/nodepool\"",
        "const BALANCER: &str = \"aws:elasticbeanstalk:eks:alb\";",
        "// The option \"StreamLogs\".",
    ] {
        assert_eq!(caught("render/cluster_mode.rs", text), 0, "{text}");
    }
    assert_eq!(
        caught("snapshot/folder.rs", "one.option_settings.iter()"),
        1,
        "the snapshot keeps settings and looks at none"
    );
}

#[test]
fn forbidden_lines_are_caught() {
    let caught =
        |room: &str, file: &str, text: &str| breaches(room, &source().join(file), text).len();
    assert_eq!(
        caught(
            "render",
            "render/bills.rs",
            "use crate::plan::Plan;\nuse crate::units::Money;\n"
        ),
        0
    );
    for forbidden in [
        "use crate::snapshot::Snapshot;",
        "use crate::{plan::Plan, snapshot::{Series, Snapshot}};",
        "use crate::{\n    plan::Plan,\n    pack,\n};",
        "fn f() {\n    let _ = crate::policy::defaults();\n}",
        "use super::super::size::Sizing;",
        "#[cfg(test)]\nmod tests {\n    use crate::pack::x;\n}\nuse crate::price::Bill;",
        "#[cfg(test)]\nmod test_plan;\nuse crate::price::Bill;",
        "#[cfg(feature = \"aws\")]\nuse crate::collect;",
        "pub use crate::catalog::OperatingSystem;",
    ] {
        assert_eq!(
            caught("render", "render/bills.rs", forbidden),
            1,
            "{forbidden}"
        );
    }
    assert_eq!(
        caught("check", "check/mod.rs", "use super::pack::Board;"),
        1,
        "the front door has one name less"
    );
    for allowed in [
        "// use crate::snapshot::Snapshot;",
        "/// See [`crate::snapshot`].",
        "use super::super::inert;",
        "#[cfg(test)]\nmod tests {\n    use crate::snapshot::Snapshot;\n}",
        "    #[cfg(test)]\n    fn f() {\n        crate::snapshot::f();\n    }",
    ] {
        assert_eq!(
            caught("render", "render/report/money.rs", allowed),
            0,
            "{allowed}"
        );
    }
}

#[test]
fn test_files_may_look_anywhere() {
    let render = files_of(&source().join("render"));
    assert!(
        render
            .iter()
            .any(|(path, _)| path.ends_with("render/inert.rs"))
    );
    assert!(
        !render
            .iter()
            .any(|(path, _)| path.ends_with("render/test_plan.rs")),
        "it stands under #[cfg(test)]"
    );
    assert!(!files_of(&source().join("check")).iter().any(|(path, _)| {
        path.components()
            .any(|part| part.as_os_str() == "mutations")
    }));
}

#[test]
fn the_table_of_the_document_is_the_one_that_is_enforced() {
    let document = include_str!("../../docs/ARCHITECTURE.md");
    let rows = document
        .lines()
        .filter_map(|line| line.strip_prefix("| `"))
        .map(|row| row.split(" | ").collect::<Vec<_>>());
    let mut documented: Vec<(String, BTreeSet<String>)> = Vec::new();
    for row in rows {
        let room = row[0].split('`').next().expect("a name").to_owned();
        let may = row[2].trim_end_matches(" |").trim();
        let above = || documented.iter().map(|(room, _)| room.clone());
        let allowed = match may {
            "nothing" => BTreeSet::new(),
            "everything" => above().collect(),
            _ => match may.strip_prefix("all of the above but ") {
                Some(but) => above().filter(|room| room != but).collect(),
                None => may.split(", ").map(str::to_owned).collect(),
            },
        };
        documented.push((room, allowed));
    }
    let enforced: Vec<_> = ALLOWED
        .iter()
        .map(|(room, allowed)| {
            (
                (*room).to_owned(),
                allowed.iter().map(|&room| room.to_owned()).collect(),
            )
        })
        .collect();
    assert_eq!(documented, enforced);

    let entries = fs::read_dir(source())
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path());
    let rooms: BTreeSet<String> = entries
        .filter(|path| path.is_dir())
        .map(|path| {
            path.file_name()
                .expect("a name")
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    assert_eq!(
        rooms,
        documented.into_iter().map(|(room, _)| room).collect(),
        "the folders of src/"
    );
}
