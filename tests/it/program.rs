//! The built program, run as a user runs it: arguments in; exit code, stdout and stderr out.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

/// The made-up fleet that comes with the project.
pub(crate) fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/sample")
}

/// What a terminal of whoever runs the tests may have set.
pub(crate) const OF_TERMINALS: [&str; 4] = ["COLUMNS", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"];

/// The program, to be given arguments.
pub(crate) fn eb2eks() -> Command {
    let mut command = assert_cmd::cargo::cargo_bin_cmd!();
    OF_TERMINALS.iter().for_each(|name| {
        command.env_remove(name);
    });
    command
}

/// What a text of plan.json says in English: an entry of the catalogue shows it, a plain value is itself.
pub(crate) fn english(text: &Value) -> &str {
    text["english"]
        .as_str()
        .or_else(|| text.as_str())
        .unwrap_or_default()
}

/// How a run ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Ending {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ending {
    pub(crate) fn of(command: &mut Command) -> Self {
        let output = command.output().expect("the program starts");
        Self {
            code: output.status.code().expect("it ends by itself"),
            stdout: String::from_utf8(output.stdout).expect("stdout is UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("stderr is UTF-8"),
        }
    }

    /// An error as users are promised it: this code, these subjects by name, a hint, nothing on stdout,
    /// and no word of a panic.
    #[track_caller]
    pub(crate) fn assert_refused(&self, code: i32, subjects: &[&str]) {
        assert_eq!(self.code, code, "{self:#?}");
        for subject in subjects {
            assert!(
                self.stderr.contains(subject),
                "{subject:?} in\n{}",
                self.stderr
            );
        }
        assert!(self.stderr.starts_with("eb2eks: "), "{}", self.stderr);
        assert!(
            self.stderr.lines().any(|line| line.starts_with("hint: ")),
            "a hint in\n{}",
            self.stderr
        );
        assert!(
            !self.stderr.contains("panicked") && !self.stderr.contains("RUST_BACKTRACE"),
            "{}",
            self.stderr
        );
        assert_eq!(self.stdout, "", "stdout is for results");
    }

    /// A run that wrote its plan: this code, and no word of trouble.
    #[track_caller]
    pub(crate) fn assert_planned(&self, code: i32) {
        assert_eq!(self.code, code, "{self:#?}");
        assert!(!self.stderr.contains("panicked"), "{}", self.stderr);
        assert!(
            self.stdout.starts_with("For cost alone: ") || self.stdout.starts_with("No answer: "),
            "{}",
            self.stdout
        );
    }
}

/// An empty folder in which runs leave what they leave.
pub(crate) struct Desk(TempDir);

impl Desk {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    /// Where plans go.
    pub(crate) fn out(&self) -> PathBuf {
        self.path().join("out")
    }

    /// `eb2eks plan SNAPSHOT --out out`, and more arguments.
    pub(crate) fn plan(&self, snapshot: &Path, more: &[&str]) -> Ending {
        Ending::of(
            eb2eks()
                .arg("plan")
                .arg(snapshot)
                .arg("--out")
                .arg(self.out())
                .args(more),
        )
    }

    /// The same with a policy of this text, called `own.toml`; the file is not in this folder.
    pub(crate) fn plan_by(&self, policy: &str, snapshot: &Path) -> Ending {
        let elsewhere = tempfile::tempdir().expect("a temporary folder");
        let file = elsewhere.path().join("own.toml");
        fs::write(&file, policy).expect("it can be written");
        self.plan(snapshot, &["--policy", file.to_str().expect("UTF-8")])
    }

    /// The plan that lies in `out`.
    pub(crate) fn plan_json(&self) -> Value {
        serde_json::from_slice(&fs::read(self.out().join("plan.json")).expect("a plan was written"))
            .expect("it is JSON")
    }

    /// Names of what lies in this folder, hidden ones too.
    pub(crate) fn entries(&self) -> Vec<String> {
        let entries = fs::read_dir(self.path()).expect("it is a folder");
        let mut names: Vec<String> = entries
            .map(|entry| {
                entry
                    .expect("an entry")
                    .file_name()
                    .to_string_lossy()
                    .into_owned()
            })
            .collect();
        names.sort();
        names
    }

    /// Neither an output folder nor half of one.
    #[track_caller]
    pub(crate) fn assert_empty(&self) {
        assert_eq!(self.entries(), [""; 0], "nothing is left behind");
    }
}

/// Every file below `folder`: path with `/` to bytes.
pub(crate) fn files_below(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let parts: Vec<_> = path
                    .strip_prefix(folder)
                    .expect("below it")
                    .iter()
                    .map(OsStr::to_string_lossy)
                    .collect();
                files.insert(parts.join("/"), fs::read(&path).expect("a file"));
            }
        }
    }
    files
}

/// What a run prints, as if it had been given the sample and its output folder by short names: commands to copy name
/// both, and every test has another folder.
pub(crate) fn without_places(text: &str, out: &Path) -> String {
    let named = |path: &Path| path.to_str().expect("UTF-8").to_owned();
    text.replace(&named(out), "out")
        .replace(&named(&sample()), "fixtures/sample")
}

/// The output folder of a run, as bytes, and how the run ended.
pub(crate) struct Planned {
    pub(crate) ending: Ending,
    pub(crate) files: BTreeMap<String, Vec<u8>>,
}

impl Planned {
    /// `eb2eks plan SNAPSHOT --out …`.
    pub(crate) fn from(snapshot: &Path) -> Self {
        let desk = Desk::new();
        let mut ending = desk.plan(snapshot, &[]);
        assert_eq!(desk.entries(), ["out"], "{ending:#?}");
        ending.stdout = without_places(&ending.stdout, &desk.out());
        Self {
            ending,
            files: files_below(&desk.out()),
        }
    }

    pub(crate) fn text(&self, file: &str) -> &str {
        std::str::from_utf8(&self.files[file]).expect("UTF-8")
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(self.text("plan.json")).expect("plan.json is JSON")
    }

    /// The rows of a CSV file by column.
    pub(crate) fn rows(&self, file: &str) -> Vec<BTreeMap<String, String>> {
        csv::Reader::from_reader(&self.files[file][..])
            .into_deserialize()
            .collect::<Result<_, _>>()
            .expect("the file is a table")
    }
}

/// The plan of the sample, made once for all tests.
pub(crate) fn planned_sample() -> &'static Planned {
    static PLANNED: OnceLock<Planned> = OnceLock::new();
    PLANNED.get_or_init(|| Planned::from(&sample()))
}
