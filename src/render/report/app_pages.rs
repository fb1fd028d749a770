//! A page for each app that moves: what it used, what it asks for, why, and how far that can be trusted.

use super::block::{Block, Cell, Drawing, Line, NarrowLayout, Table};
use super::locale::Locale;
use crate::plan::{
    EnvironmentPlan, JudgedOption, MemoryOrigin, Plan, Reason, Record, Sizing, UsageHistory,
};
use crate::render::figure::{UsageFigure, WeekFigure, usage, week};
use crate::render::region_clock::RegionClock;
use crate::units::{Bytes, Millicores, Resources};
use crate::wording::{Text, text};

/// Not cut: this page is in HTML only.
const ROOM: usize = usize::MAX;
/// Rows of the table behind the figure of use over time.
const STRETCHES: usize = 8;

/// The page of one app.
#[derive(Debug)]
pub(in crate::render) struct AppPage {
    /// `app-search-prod`
    pub(in crate::render) id: String,
    pub(in crate::render) title: String,
    /// What a search finds it by, beside its name.
    pub(in crate::render) search: String,
    /// Drawings that stand side by side.
    pub(in crate::render) drawings: Vec<Drawing>,
    /// What follows the head of the page.
    pub(in crate::render) blocks: Vec<Block>,
    /// A sentence before all.
    pub(in crate::render) lead: Line,
    /// What it asks for, in a few words: for an index.
    pub(in crate::render) summary: Line,
}

/// Of every app that moves, in the order of the plan.
pub(in crate::render) fn pages(plan: &Plan, locale: Locale) -> Vec<AppPage> {
    let moving = plan
        .environments
        .iter()
        .filter_map(|environment| Some((environment, environment.planned()?.1)));
    moving
        .map(|(environment, sizing)| page(plan, environment, sizing, locale))
        .collect()
}

fn page(plan: &Plan, environment: &EnvironmentPlan, sizing: &Sizing, locale: Locale) -> AppPage {
    let pieces = sizing.replicas.pods_per_instance.max(1);
    let mut blocks = vec![Block::Table(numbers(sizing, locale))];
    let mut drawings = Vec::new();
    match environment.history.as_ref() {
        Some(history) => {
            drawings.extend(cpu_drawing(environment, sizing, history, pieces, locale));
            drawings.extend(memory_drawing(environment, sizing, history, pieces, locale));
            drawings.extend(week_drawing(environment, history, locale));
            blocks.push(Block::Table(stretches(history, pieces, locale)));
            blocks.extend(weekdays(environment, history, locale).map(Block::Table));
        }
        None => blocks.push(Block::Paragraph(locale.line(&text!("app-no-history")))),
    }
    if sizing.evidence.memory.origin == MemoryOrigin::Assumed {
        blocks.push(Block::Notice(locale.line(&text!(
            "app-memory-assumed",
            memory = sizing.requests.memory
        ))));
    }
    blocks.push(Block::Table(reasons(&sizing.reasons, locale)));
    blocks.extend(findings(plan, environment, locale));
    blocks.extend(blockers(environment, locale));
    blocks.extend(options(plan, environment, locale));
    let stage = locale.say(&environment.stage.text());
    AppPage {
        id: format!(
            "app-{}",
            environment.planned().map_or("", |(name, _)| name.as_str())
        ),
        title: environment.label.clone(),
        search: format!(
            "{} {} {stage} {}",
            environment.application, environment.platform, sizing.evidence.cpu.grade
        ),
        lead: lead(plan, environment, sizing, locale),
        summary: locale.line(&text!(
            "app-summary",
            stage = stage.as_str(),
            cpu = sizing.requests.cpu,
            memory = sizing.requests.memory,
            grade = evidence_grade(sizing)
        )),
        drawings,
        blocks,
    }
}

/// The worse of both.
fn evidence_grade(sizing: &Sizing) -> String {
    let evidence = &sizing.evidence;
    evidence.cpu.grade.max(evidence.memory.grade).to_string()
}

fn lead(plan: &Plan, environment: &EnvironmentPlan, sizing: &Sizing, locale: Locale) -> Line {
    let evidence = &sizing.evidence;
    let name = environment.planned().map_or("", |(name, _)| name.as_str());
    locale.line(&text!(
        "app-lead",
        application = environment.application.as_str(),
        stage = locale.say(&environment.stage.text()),
        name = name,
        wave = plan
            .wave_of(environment)
            .map_or_else(String::new, |wave| wave.to_string()),
        days = format!("{:.0}", evidence.days),
        cpu = evidence.cpu.grade.to_string(),
        memory = evidence.memory.grade.to_string()
    ))
}

/// Requests, limits, ranges, margins and how the rule did on its own weeks.
fn numbers(sizing: &Sizing, locale: Locale) -> Table {
    let titles = [
        text!("resource-column"),
        text!("request-column"),
        text!("limit-column"),
        text!("range-column"),
        text!("peak-column"),
        text!("own-weeks-column"),
        text!("grade-column"),
    ];
    let titles = titles.map(|title| locale.say(&title));
    let mut table = Table::new(
        "",
        locale.say(&text!("app-numbers-caption")),
        &titles,
        ROOM,
        "plan.json",
    );
    let (cpu, memory) = (&sizing.evidence.cpu, &sizing.evidence.memory);
    let limit = sizing
        .limits
        .cpu_millicores
        .map_or_else(|| locale.say(&text!("no-limit")), |limit| limit.to_string());
    table.row([
        Cell::words(locale.say(&text!("cpu"))),
        Cell::words(sizing.requests.cpu.to_string()),
        Cell::words(limit),
        Cell::words(locale.range(cpu.range.0, cpu.range.1)),
        Cell::words(of_a_pod(sizing).cpu.to_string()),
        Cell::words(locale.say(&weeks(cpu.record))),
        Cell::words(cpu.grade.to_string()),
    ]);
    table.row([
        Cell::words(locale.say(&text!("memory"))),
        Cell::words(sizing.requests.memory.to_string()),
        Cell::words(sizing.limits.memory_bytes.to_string()),
        Cell::words(locale.range(memory.range.0, memory.range.1)),
        Cell::words(memory.peak.map_or_else(
            || locale.say(&text!("never-reported")),
            |_| of_a_pod(sizing).memory.to_string(),
        )),
        Cell::words(locale.say(&weeks(memory.record))),
        Cell::words(memory.grade.to_string()),
    ]);
    let replicas = sizing.replicas.clusters.iter().map(|(cluster, on)| {
        locale.say(&text!(
            "replicas-on",
            cluster = cluster,
            normal = on.normal,
            failover = on.failover
        ))
    });
    table.row([
        Cell::words(locale.say(&text!("replicas"))),
        Cell::words(locale.list(replicas)),
        Cell::default(),
        Cell::words(locale.range(sizing.autoscaling.min, sizing.autoscaling.max)),
        Cell::default(),
        Cell::default(),
        Cell::default(),
    ]);
    table
}

/// The highest that a pod's share of an instance was seen at: a split instance's pods share what it used.
fn of_a_pod(sizing: &Sizing) -> Resources {
    let pods = u64::from(sizing.replicas.pods_per_instance.max(1));
    let evidence = &sizing.evidence;
    let memory = Bytes(evidence.memory.peak.unwrap_or_default().0.div_ceil(pods));
    Resources {
        cpu: Millicores(evidence.cpu.peak.0.div_ceil(pods)),
        memory: memory.rounded_up_to(Bytes::from_mebibytes(1)),
    }
}

fn weeks(record: Record) -> Text {
    match record.weeks {
        0 => text!("no-own-weeks"),
        weeks => text!("own-weeks", violated = record.violated, weeks = weeks),
    }
}

/// What one pod of so many to an instance used, in cores.
fn cores(ends: &[Option<(u32, u32)>], pieces: u32) -> Vec<Option<(f64, f64)>> {
    let cores = |millicores: u32| f64::from(millicores) / 1_000.0 / f64::from(pieces);
    ends.iter()
        .map(|ends| ends.map(|(low, high)| (cores(low), cores(high))))
        .collect()
}

fn gibibytes(ends: &[Option<(u32, u32)>], pieces: u32) -> Vec<Option<(f64, f64)>> {
    let gibibytes = |mebibytes: u32| f64::from(mebibytes) / 1_024.0 / f64::from(pieces);
    ends.iter()
        .map(|ends| ends.map(|(low, high)| (gibibytes(low), gibibytes(high))))
        .collect()
}

struct Lines {
    request: f64,
    limit: Option<f64>,
    has_today: f64,
}

fn cpu_drawing(
    environment: &EnvironmentPlan,
    sizing: &Sizing,
    history: &UsageHistory,
    pieces: u32,
    locale: Locale,
) -> Option<Drawing> {
    let lines = Lines {
        request: sizing.requests.cpu.cores(),
        limit: sizing.limits.cpu_millicores.map(Millicores::cores),
        has_today: f64::from(history.instance_millicores) / 1_000.0 / f64::from(pieces),
    };
    let ends = cores(&history.cpu_millicores, pieces);
    let title = text!(
        "usage-cpu-title",
        request = sizing.requests.cpu,
        peak = of_a_pod(sizing).cpu
    );
    over_time(
        environment,
        (&ends, &lines),
        history,
        (title, text!("cores")),
        "of-cpu",
        locale,
    )
}

fn memory_drawing(
    environment: &EnvironmentPlan,
    sizing: &Sizing,
    history: &UsageHistory,
    pieces: u32,
    locale: Locale,
) -> Option<Drawing> {
    let memory = &sizing.evidence.memory;
    memory.peak?;
    let lines = Lines {
        request: sizing.requests.memory.gibibytes(),
        limit: Some(sizing.limits.memory_bytes.gibibytes()),
        has_today: memory.instance_memory.gibibytes() / f64::from(pieces),
    };
    let ends = gibibytes(&history.memory_mebibytes, pieces);
    let title = text!(
        "usage-memory-title",
        request = sizing.requests.memory,
        peak = of_a_pod(sizing).memory
    );
    over_time(
        environment,
        (&ends, &lines),
        history,
        (title, text!("gibibytes")),
        "of-memory",
        locale,
    )
}

fn over_time(
    environment: &EnvironmentPlan,
    (ends, lines): (&[Option<(f64, f64)>], &Lines),
    history: &UsageHistory,
    (title, unit): (Text, Text),
    class: &'static str,
    locale: Locale,
) -> Option<Drawing> {
    if ends.iter().all(Option::is_none) {
        return None;
    }
    let above = ends
        .iter()
        .flatten()
        .filter(|(_, high)| *high > lines.request)
        .count();
    let says = locale.say(&text!(
        "usage-says",
        above = above,
        stretches = ends.iter().flatten().count(),
        hours = history.stretch_hours,
        unit = unit
    ));
    let amount = |value: f64| {
        if value >= 10.0 {
            format!("{value:.0}")
        } else {
            format!("{value:.2}")
        }
    };
    let (first, last) = (
        locale.day(history.start),
        locale.day(history.moment(ends.len())),
    );
    let shown = UsageFigure {
        ends,
        request: lines.request,
        limit: lines.limit,
        has_today: lines.has_today,
        request_label: &locale.say(&text!("request-label")),
        limit_label: &locale.say(&text!("limit-label")),
        today_label: &locale.say(&text!("instance-today-label")),
        days: (&first, &last),
        amount: &amount,
    };
    let name = environment.planned().map_or("", |(name, _)| name.as_str());
    Some(Drawing {
        id: format!("usage-{class}-{name}"),
        title: locale.say(&title),
        svg: usage(&says, &shown),
        says,
        narrow: NarrowLayout::Fits,
        resource: class,
    })
}

fn week_drawing(
    environment: &EnvironmentPlan,
    history: &UsageHistory,
    locale: Locale,
) -> Option<Drawing> {
    let local = LocalWeek::of(environment, history);
    let hours = local.turned(&history.week_millicores);
    let busiest = hours
        .iter()
        .enumerate()
        .filter_map(|(hour, ends)| Some((hour, (*ends)?.0)))
        .max_by_key(|(hour, mean)| (*mean, std::cmp::Reverse(*hour)))?;
    let days = locale.weekdays();
    let day = days.get(busiest.0 / 24).cloned().unwrap_or_default();
    let hour = local.hour(busiest.0);
    let says = locale.say(&text!(
        "week-says",
        day = day,
        hour = hour,
        cores = format!("{:.2}", f64::from(busiest.1) / 1_000.0),
        zone = local.zone.as_str()
    ));
    let hours = cores(&hours, 1);
    let amount = |value: f64| {
        if value >= 10.0 {
            format!("{value:.0}")
        } else {
            format!("{value:.2}")
        }
    };
    let name = environment.planned().map_or("", |(name, _)| name.as_str());
    Some(Drawing {
        id: format!("week-{name}"),
        title: locale.say(&text!("week-title")),
        svg: week(
            &says,
            &WeekFigure {
                hours: &hours,
                days,
                amount: &amount,
            },
        ),
        says,
        narrow: NarrowLayout::Fits,
        resource: "of-cpu",
    })
}

/// A week by the clock of the region that an environment is in.
struct LocalWeek {
    /// Abbreviation of the time zone: `JST`.
    zone: String,
    /// Whole hours ahead of UTC, from 0 to 167.
    hours: usize,
    /// Where hours of UTC begin on that clock: 0, or 30 in India.
    minute: usize,
}

impl LocalWeek {
    fn of(environment: &EnvironmentPlan, history: &UsageHistory) -> Self {
        const WEEK: i32 = 7 * 24 * 60;
        let clock = RegionClock::of_region(&environment.region);
        let ahead = clock.minutes_ahead(history.start).rem_euclid(WEEK);
        let whole = |minutes: i32| usize::try_from(minutes).unwrap_or(0);
        Self {
            zone: clock.name(history.start),
            hours: whole(ahead / 60),
            minute: whole(ahead % 60),
        }
    }

    /// From Monday 00:00 of that clock.
    fn turned(&self, week: &[Option<(u32, u32)>]) -> Vec<Option<(u32, u32)>> {
        let mut hours = week.to_vec();
        if hours.len() > self.hours {
            hours.rotate_right(self.hours);
        }
        hours
    }

    /// When an hour of the week begins: `09:00`.
    fn hour(&self, of_week: usize) -> String {
        format!("{:02}:{:02}", of_week % 24, self.minute)
    }
}

/// The table behind the figures over time: a few stretches with their ends.
fn stretches(history: &UsageHistory, pieces: u32, locale: Locale) -> Table {
    let titles = [
        text!("from-column"),
        text!("cpu-ends-column"),
        text!("memory-ends-column"),
    ]
    .map(|title| locale.say(&title));
    let mut table = Table::new(
        "",
        locale.say(&text!("app-usage-caption")),
        &titles,
        ROOM,
        "plan.json",
    );
    let (cpu, memory) = (
        cores(&history.cpu_millicores, pieces),
        gibibytes(&history.memory_mebibytes, pieces),
    );
    let step = cpu.len().div_ceil(STRETCHES).max(1);
    for place in (0..cpu.len()).step_by(step) {
        let both = |ends: &[Option<(f64, f64)>]| {
            let part = ends
                .get(place..ends.len().min(place + step))
                .unwrap_or_default();
            let known = || part.iter().flatten();
            if known().next().is_none() {
                return Cell::words(locale.say(&text!("no-sample")));
            }
            let low = known().map(|(low, _)| *low).fold(f64::INFINITY, f64::min);
            let high = known().map(|(_, high)| *high).fold(0.0, f64::max);
            Cell::number(
                locale.range(format_args!("{low:.2}"), format_args!("{high:.2}")),
                high,
            )
        };
        table.row([
            Cell::words(locale.day(history.moment(place))),
            both(&cpu),
            both(&memory),
        ]);
    }
    table
}

/// The table behind the figure of the week; nothing where no hour is known.
fn weekdays(
    environment: &EnvironmentPlan,
    history: &UsageHistory,
    locale: Locale,
) -> Option<Table> {
    let local = LocalWeek::of(environment, history);
    let hours = cores(&local.turned(&history.week_millicores), 1);
    hours.iter().flatten().next()?;
    let titles = [
        text!("day-column"),
        text!("mean-column"),
        text!("highest-column"),
        text!("busiest-hour-column"),
    ]
    .map(|title| locale.say(&title));
    let mut table = Table::new(
        "",
        locale.say(&text!("app-week-caption")),
        &titles,
        ROOM,
        "plan.json",
    );
    for (day, of_day) in locale.weekdays().into_iter().zip(hours.chunks(24)) {
        let known: Vec<(usize, (f64, f64))> = of_day
            .iter()
            .enumerate()
            .filter_map(|(hour, ends)| Some((hour, (*ends)?)))
            .collect();
        #[expect(clippy::cast_precision_loss, reason = "at most 24")]
        let mean = known.iter().map(|(_, (mean, _))| mean).sum::<f64>() / known.len().max(1) as f64;
        let highest = known.iter().map(|(_, (_, high))| *high).fold(0.0, f64::max);
        let busiest = known
            .iter()
            .max_by(|a, b| a.1.0.total_cmp(&b.1.0).then(b.0.cmp(&a.0)));
        table.row([
            Cell::words(day),
            Cell::number(format!("{mean:.2}"), mean),
            Cell::number(format!("{highest:.2}"), highest),
            Cell::words(busiest.map_or_else(String::new, |(hour, _)| local.hour(*hour))),
        ]);
    }
    Some(table)
}

fn reasons(reasons: &[Reason], locale: Locale) -> Table {
    let titles = [
        text!("number-column"),
        text!("value-column"),
        text!("because-column"),
        text!("obeys-column"),
    ]
    .map(|title| locale.say(&title));
    let mut table = Table::new(
        "",
        locale.say(&text!("app-reasons-caption")),
        &titles,
        ROOM,
        "plan.json",
    );
    for reason in reasons {
        for step in &reason.steps {
            table.row([
                Cell::words(locale.say(&reason.number.text())),
                Cell::words(locale.say(&step.value)),
                Cell::words(locale.say(&step.rule)),
                step.policy
                    .as_ref()
                    .map_or_else(Cell::default, |key| Cell::name(key.as_str())),
            ]);
        }
    }
    table
}

/// What is noted of this very app.
fn findings(plan: &Plan, environment: &EnvironmentPlan, locale: Locale) -> Vec<Block> {
    let notes: Vec<Line> = plan
        .notes
        .iter()
        .filter(|note| note.subject.to_string() == environment.label)
        .map(|note| {
            let words = locale.say(&text!(
                "finding-and-hint",
                finding = locale.say(&note.message),
                hint = locale.say(&note.hint)
            ));
            Line::default()
                .and_name(note.code.as_str())
                .and(" ")
                .and(words)
        })
        .collect();
    if notes.is_empty() {
        vec![Block::Paragraph(locale.line(&text!("app-no-finding")))]
    } else {
        vec![
            Block::Heading(locale.say(&text!("app-findings"))),
            Block::List(notes),
        ]
    }
}

fn blockers(environment: &EnvironmentPlan, locale: Locale) -> Vec<Block> {
    let blockers = &environment.translation.blockers;
    if blockers.is_empty() {
        return vec![Block::Paragraph(locale.line(&text!("app-no-blocker")))];
    }
    let line = |blocker: &crate::plan::Blocker| {
        Line::words(locale.say(&text!(
            "app-blocker",
            what = locale.say(&blocker.what),
            remedy = locale.say(&blocker.remedy),
            owner = blocker.owner.text(),
            effort = blocker.effort.text()
        )))
    };
    vec![
        Block::Heading(locale.say(&text!("app-blockers"))),
        Block::List(blockers.iter().map(line).collect()),
    ]
}

/// What became of each option that is set in it.
fn options(plan: &Plan, environment: &EnvironmentPlan, locale: Locale) -> Option<Block> {
    let titles = [
        text!("option-column"),
        text!("setting-column"),
        text!("verdict-column"),
        text!("target-column"),
        text!("remark-column"),
    ];
    let titles = titles.map(|title| locale.say(&title));
    let mut table = Table::new(
        "",
        locale.say(&text!("app-options-caption")),
        &titles,
        ROOM,
        "plan.json",
    );
    let settings = &environment.translation.settings;
    let judged = settings.set.iter().filter_map(|(place, value)| {
        Some((plan.options.get(usize::try_from(*place).ok()?)?, value))
    });
    for (option, value) in judged {
        table.row(option_row(option, value, locale));
    }
    (!table.rows.is_empty()).then_some(Block::Table(table))
}

fn option_row(option: &JudgedOption, value: &str, locale: Locale) -> [Cell; 5] {
    [
        Cell::name(format!("{} {}", option.namespace, option.name)),
        Cell::name(value),
        Cell::words(locale.say(&option.verdict.text())),
        said(option.target.as_ref(), locale),
        said(option.note.as_ref(), locale),
    ]
}

fn said(text: Option<&Text>, locale: Locale) -> Cell {
    text.map_or_else(Cell::default, |text| Cell::words(locale.say(text)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::test_plan::hand_made;

    #[test]
    fn a_pod_of_a_split_instance_is_shown_its_share() {
        let plan = hand_made();
        let mut sizing = plan
            .environments
            .iter()
            .find_map(EnvironmentPlan::planned)
            .expect("one moves")
            .1
            .clone();
        sizing.evidence.cpu.peak = Millicores(8_000);
        sizing.evidence.memory.peak = Some(Bytes::from_gibibytes(10));
        sizing.replicas.pods_per_instance = 5;
        assert_eq!(
            of_a_pod(&sizing),
            Resources {
                cpu: Millicores(1_600),
                memory: Bytes::from_gibibytes(2)
            }
        );
    }
}
