//! Which column holds what.

use csv::StringRecord;

/// Positions in a row.
#[derive(Debug)]
pub(super) struct Columns {
    pub(super) time: usize,
    pub(super) environment: Option<usize>,
    pub(super) instance: Option<usize>,
    pub(super) cpu: Option<usize>,
    pub(super) memory: Option<usize>,
    pub(super) only: Vec<(usize, String)>,
}

const TIME: [&str; 6] = [
    "timestamp",
    "time",
    "date",
    "datetime",
    "clock",
    "collectedat",
];
const ENVIRONMENT: [&str; 5] = [
    "environment",
    "environmentname",
    "environmentid",
    "env",
    "elasticbeanstalkenvironmentname",
];
const INSTANCE: [&str; 4] = ["instance", "instanceid", "host", "hostname"];
const CPU: [&str; 5] = [
    "cpu",
    "cpupercent",
    "cpuutilization",
    "cpufraction",
    "cpucores",
];
const MEMORY: [&str; 5] = [
    "memory",
    "memorypercent",
    "mem",
    "memorybytes",
    "memoryfraction",
];

impl super::Options {
    pub(super) fn columns(&self, header: &StringRecord) -> Result<Columns, String> {
        let names = &self.columns;
        let required = |what: &str, given: &Option<String>, known: &[&str]| {
            find(header, what, given.as_deref(), known)?
                .ok_or_else(|| format!("no column holds the {what}; there are {}", listed(header)))
        };
        let time = required("time", &names.time, &TIME)?;
        let environment = find(
            header,
            "environment",
            names.environment.as_deref(),
            &ENVIRONMENT,
        )?;
        let instance = find(header, "instance", names.instance.as_deref(), &INSTANCE)?;
        if environment.is_none() && instance.is_none() {
            return Err(format!(
                "no column holds the environment or the instance; there are {}",
                listed(header)
            ));
        }
        let cpu = self
            .cpu
            .map(|_| required("cpu", &names.cpu, &CPU))
            .transpose()?;
        let memory = self
            .memory
            .map(|_| required("memory", &names.memory, &MEMORY))
            .transpose()?;
        let only = self.only.iter().map(|(name, text)| {
            let at = header.iter().position(|column| column.trim() == name);
            at.map(|at| (at, text.clone()))
                .ok_or_else(|| format!("there is no column {name:?}; there are {}", listed(header)))
        });
        Ok(Columns {
            time,
            environment,
            instance,
            cpu,
            memory,
            only: only.collect::<Result<_, _>>()?,
        })
    }
}

impl super::Options {
    /// What the name of a measured column, or a text that chooses its rows, says against the unit that was stated.
    pub(super) fn contradiction(&self, columns: &Columns, header: &StringRecord) -> Option<String> {
        let names = |at: Option<usize>| {
            at.and_then(|at| header.get(at))
                .into_iter()
                .chain(columns.only.iter().map(|(_, text)| text.as_str()))
        };
        let of_cpu = self
            .cpu
            .and_then(|unit| names(columns.cpu).find_map(|name| unit.contradicts(name)));
        of_cpu.or_else(|| {
            self.memory
                .and_then(|unit| names(columns.memory).find_map(|name| unit.contradicts(name)))
        })
    }
}

fn find(
    header: &StringRecord,
    what: &str,
    given: Option<&str>,
    known: &[&str],
) -> Result<Option<usize>, String> {
    let plain = |name: &str| {
        name.chars()
            .filter(char::is_ascii_alphanumeric)
            .collect::<String>()
            .to_ascii_lowercase()
    };
    let is_it = |name: &str| {
        given.map_or_else(
            || known.contains(&plain(name).as_str()),
            |given| name.trim() == given,
        )
    };
    if given == Some("") {
        return Ok(None);
    }
    let found: Vec<usize> = header
        .iter()
        .enumerate()
        .filter(|(_, name)| is_it(name))
        .map(|(at, _)| at)
        .collect();
    match (found.as_slice(), given) {
        ([], Some(given)) => Err(format!(
            "there is no column {given:?}; there are {}",
            listed(header)
        )),
        ([], None) => Ok(None),
        ([one], _) => Ok(Some(*one)),
        _ => Err(format!(
            "{} columns could be the {what}; there are {}",
            found.len(),
            listed(header)
        )),
    }
}

fn listed(header: &StringRecord) -> String {
    header
        .iter()
        .take(30)
        .map(|name| format!("{name:?}"))
        .collect::<Vec<_>>()
        .join(", ")
}
