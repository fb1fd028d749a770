//! Inside a room, files use each other in one direction: none uses, by way of others, a file that uses it.
//!
//! The front doors (`mod.rs`) are looked through: a name that one re-exports is the file's that defines it. What a front
//! door defines itself is its own, as with any file.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::rooms::{files_of, rooms, source, without_tests};

/// The names from the crate down to a module or to what it defines.
type Names = Vec<String>;

/// One file of a room.
struct File {
    is_front_door: bool,
    /// What it imports or re-exports: the name here, and where that comes from.
    imported: BTreeMap<String, Names>,
    /// All paths that it writes, from the crate down.
    paths: BTreeSet<Names>,
}

impl File {
    fn of(module: &[String], is_front_door: bool, text: &str) -> Self {
        let code = without_tests(text);
        let trees = code.match_indices("use ").filter(|(at, _)| {
            let line = code[..*at].lines().last().unwrap_or_default().trim();
            line.is_empty() || line.starts_with("pub")
        });
        let imported: BTreeMap<String, Names> = trees
            .filter_map(|(at, start)| code[at + start.len()..].split(';').next())
            .flat_map(leaves)
            .map(|(path, name)| (name, absolute(module, &path)))
            .collect();
        let words = code
            .split(|c: char| !c.is_alphanumeric() && c != '_' && c != ':')
            .filter(|word| word.contains("::"));
        let written = words.filter_map(|word| {
            let names: Names = word
                .split("::")
                .filter(|name| !name.is_empty())
                .map(str::to_owned)
                .collect();
            let first = names.first()?;
            match imported.get(first) {
                Some(from) => Some(from.iter().chain(&names[1..]).cloned().collect()),
                None => Some(absolute(module, &names)),
            }
        });
        let paths = written.chain(imported.values().cloned()).collect();
        Self {
            is_front_door,
            imported,
            paths,
        }
    }
}

/// `a::{b, c::{self, d as e}}` is `a::b`, `a::c` and `a::c::d`, each with its name here.
fn leaves(tree: &str) -> Vec<(Names, String)> {
    let tree = tree.trim();
    if let Some((before, list)) = tree.split_once('{') {
        let prefix: Names = before
            .split("::")
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
            .collect();
        let list = list.strip_suffix('}').unwrap_or(list);
        return branches(list)
            .into_iter()
            .flat_map(leaves)
            .map(|(path, name)| {
                let is_self = path == ["self"];
                let whole = prefix.iter().cloned();
                if is_self {
                    let name = prefix.last().cloned().unwrap_or_default();
                    (whole.collect(), name)
                } else {
                    (whole.chain(path).collect(), name)
                }
            })
            .collect();
    }
    let (path, alias) = match tree.split_once(" as ") {
        Some((path, alias)) => (path, Some(alias.trim().to_owned())),
        None => (tree, None),
    };
    let path: Names = path
        .split("::")
        .map(|name| name.trim().to_owned())
        .collect();
    let name = alias.or(path.last().cloned()).unwrap_or_default();
    vec![(path, name)]
}

/// The parts of a list that stand between commas of its own level.
fn branches(list: &str) -> Vec<&str> {
    let (mut found, mut depth, mut begin) = (Vec::new(), 0_u32, 0);
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                found.push(&list[begin..at]);
                begin = at + 1;
            }
            _ => {}
        }
    }
    found.push(&list[begin..]);
    found.retain(|part| !part.trim().is_empty());
    found
}

/// A path as it is written in a module, from the crate down.
fn absolute(module: &[String], path: &[String]) -> Names {
    let supers = path.iter().take_while(|name| *name == "super").count();
    let (base, rest) = match path.first().map(String::as_str) {
        Some("crate") => (&[][..], &path[1..]),
        Some("self") => (module, &path[1..]),
        Some("super") => (
            &module[..module.len().saturating_sub(supers)],
            &path[supers..],
        ),
        _ => (module, path),
    };
    base.iter().chain(rest).cloned().collect()
}

/// The file behind a path, through the front doors that re-export it.
fn defined_in(path: &[String], files: &BTreeMap<Names, File>, doors: usize) -> Option<Names> {
    let (module, file) = (1..=path.len())
        .rev()
        .find_map(|length| files.get_key_value(&path[..length]))?;
    let rest = &path[module.len()..];
    let name = rest.first();
    let through = name.and_then(|name| file.imported.get(name));
    let Some(from) = through.filter(|_| file.is_front_door) else {
        // A door that is named as a whole is its files': which of them, another path says.
        return (!file.is_front_door || name.is_some()).then(|| module.clone());
    };
    let further: Names = from.iter().chain(&rest[1..]).cloned().collect();
    (doors > 0 && further != path)
        .then(|| defined_in(&further, files, doors - 1))
        .flatten()
}

/// Front doors behind front doors: rooms are not nested deeper.
const MOST_DOORS: usize = 6;

/// Files with those that each uses.
fn uses(files: &BTreeMap<Names, File>) -> BTreeMap<Names, BTreeSet<Names>> {
    let used = |(module, file): (&Names, &File)| {
        let others = file
            .paths
            .iter()
            .filter_map(|path| defined_in(path, files, MOST_DOORS))
            .filter(|other| other != module)
            .collect();
        (module.clone(), others)
    };
    files.iter().map(used).collect()
}

/// A way from a file back to itself, the shortest first; none if there is no circle.
fn circle(uses: &BTreeMap<Names, BTreeSet<Names>>) -> Option<String> {
    let ways = uses.keys().filter_map(|start| {
        let mut before: BTreeMap<&Names, &Names> = BTreeMap::new();
        let mut next = vec![start];
        while !next.is_empty() && !before.contains_key(start) {
            let mut further = Vec::new();
            for file in next {
                for used in uses.get(file).into_iter().flatten() {
                    if !before.contains_key(used) {
                        before.insert(used, file);
                        further.push(used);
                    }
                }
            }
            next = further;
        }
        let mut way = vec![start.join("/")];
        let mut at = *before.get(start)?;
        while at != start {
            way.push(at.join("/"));
            at = before[at];
        }
        way.push(start.join("/"));
        way.reverse();
        Some(way)
    });
    ways.min_by_key(Vec::len).map(|way| way.join(" -> "))
}

/// `src/plan/mod.rs` is `plan`, `src/plan/build.rs` is `plan`, `build`.
fn module_of(path: &Path) -> Names {
    let below = path.strip_prefix(source()).expect("a file of the source");
    let below = if below.ends_with("mod.rs") {
        below.with_file_name("")
    } else {
        below.with_extension("")
    };
    let names = below.components().map(|name| name.as_os_str());
    names
        .map(|name| name.to_str().expect("a name is text").to_owned())
        .collect()
}

fn files_by_module<'a>(
    files: impl IntoIterator<Item = (&'a Path, &'a str)>,
) -> BTreeMap<Names, File> {
    files
        .into_iter()
        .map(|(path, text)| {
            let module = module_of(path);
            let file = File::of(&module, path.ends_with("mod.rs"), text);
            (module, file)
        })
        .collect()
}

#[test]
fn no_file_uses_one_that_uses_it() {
    let (mut found, mut looked_at) = (Vec::new(), 0);
    for room in rooms() {
        let texts = files_of(&source().join(room));
        let files = files_by_module(
            texts
                .iter()
                .map(|(path, text)| (path.as_path(), text.as_str())),
        );
        let uses = uses(&files);
        looked_at += uses.values().map(BTreeSet::len).sum::<usize>();
        found.extend(circle(&uses));
    }
    assert!(looked_at > 500, "uses were found: {looked_at}");
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// The circle of files of a made-up room.
fn circle_of(files: &[(&str, &str)]) -> Option<String> {
    let paths: Vec<_> = files
        .iter()
        .map(|(name, text)| (source().join(name), *text))
        .collect();
    let files = files_by_module(paths.iter().map(|(path, text)| (path.as_path(), *text)));
    circle(&uses(&files))
}

#[test]
fn a_circle_is_caught_however_it_is_written() {
    let back = ("plan/b.rs", "use super::a::A;");
    for there in [
        "use super::b::B;",
        "use super::{c, b::{self, B}};",
        "use crate::plan::b::B as Other;",
        "use super::B;",
        "use super::Renamed;",
        "use super::b;\nfn f() {\n    b::g();\n}",
        "fn f() {\n    super::b::g();\n}",
        "pub(super) use super::b::B;",
    ] {
        let door = (
            "plan/mod.rs",
            "mod a;\nmod b;\npub use b::{B, B as Renamed};",
        );
        assert_eq!(
            circle_of(&[door, ("plan/a.rs", there), back]).as_deref(),
            Some("plan/a -> plan/b -> plan/a"),
            "{there}"
        );
    }
    let own = "mod a;\npub struct Own;\nfn f() {\n    a::g();\n}";
    assert_eq!(
        circle_of(&[("plan/mod.rs", own), ("plan/a.rs", "use super::Own;")]).as_deref(),
        Some("plan -> plan/a -> plan"),
        "a front door that calls whom it gives a type"
    );
    let by_way_of = [
        ("plan/mod.rs", "pub use inner::Inner;"),
        ("plan/inner/mod.rs", "mod c;\npub use c::Inner;"),
        ("plan/a.rs", "use super::b::B;"),
        ("plan/b.rs", "use crate::plan::Inner;"),
        ("plan/inner/c.rs", "use super::super::a::A;"),
    ];
    assert_eq!(
        circle_of(&by_way_of).as_deref(),
        Some("plan/a -> plan/b -> plan/inner/c -> plan/a")
    );
}

#[test]
fn what_is_no_circle_passes() {
    let door = (
        "plan/mod.rs",
        "mod a;\nmod b;\npub use b::B;\npub struct Own;\nfn f() {\n    a::g();\n}",
    );
    for there in [
        "// use super::b::B;",
        "#[cfg(test)]\nmod tests {\n    use super::super::b::B;\n}",
        "use crate::price::b::B;",
        "use super::a::A;",
    ] {
        assert_eq!(
            circle_of(&[
                door,
                ("plan/a.rs", there),
                ("plan/b.rs", "use super::a::A;")
            ]),
            None,
            "{there}"
        );
    }
    let gives = ("plan/mod.rs", "mod a;\npub struct Own;");
    assert_eq!(circle_of(&[gives, ("plan/a.rs", "use super::Own;")]), None);
}
