//! What can be typed.

use std::num::NonZeroU32;
use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use jiff::Timestamp;

use crate::import::{self, ColumnNames, CpuUnit, MemoryUnit, SlotSeconds, Statistic};
use crate::policy::Setting;
use crate::units::{positive_number, whole_number};
use crate::wording::Language;

/// Plans a company's move from AWS Elastic Beanstalk to Amazon EKS.
#[derive(Debug, Parser)]
#[command(
    name = "eb2eks",
    version,
    max_term_width = 100,
    after_help = "First look:
  eb2eks sample --out fleet
  eb2eks plan fleet --out eb2eks-out
  eb2eks explain search-prod

Exit codes: 0 complete, 2 usage or policy, 3 written but incomplete, 6 no plan possible,
7 bad input; all of them in docs/EXIT_CODES.md"
)]
pub struct Arguments {
    /// The command, with what it was given.
    #[command(subcommand)]
    pub command: Command,
}

/// Everything that the program does, one command each; `help.rs` groups them by purpose.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Size, pack and price a snapshot, offline; write the plan's files
    Plan(PlanArguments),
    /// Show every step from samples to the numbers of one app
    Explain(ExplainArguments),
    /// Put plans side by side: choices that differ, and what they change
    Compare(CompareArguments),
    /// Try the plan's requests, and other tools', on weeks that they had not seen
    Backtest(BacktestArguments),
    /// Correct an app's replicas and requests by the results of a load test
    Calibrate(CalibrateArguments),
    /// Write the reports of a plan again, in another language
    Report(ReportArguments),
    /// Make the manifests of a new app, shaped like one of the plan
    NewApp(NewAppArguments),
    /// Print the default policy, commented
    Policy,
    /// Print the JSON Schema of plan.json
    Schema,
    /// Generate shell completions
    Completions(CompletionsArguments),
    /// Print the manual page, or write those of all commands
    Man(ManArguments),
    /// Add CPU or memory from other monitoring systems (CSV) to a snapshot
    Import(Box<ImportArguments>),
    /// Make up a fleet, to try the tool without an AWS account
    Sample(SampleArguments),
    /// Pack instances of vector bin packing, and prove how few bins there could be
    Solve(SolveArguments),
    /// Check certificates of `solve` or of a plan, independently
    VerifyCertificate(VerifyCertificateArguments),
    /// Run a plan over a history again, with other assumptions
    Replay(ReplayArguments),
    /// Count the nodes that a workload takes under kube-scheduler
    Simulate(SimulateArguments),
    /// Read a Beanstalk estate into a snapshot, resumably
    #[cfg(feature = "aws")]
    Collect(crate::collect::CollectArgs),
    /// List prices for plan --prices
    #[cfg(feature = "aws")]
    Prices {
        /// What to do with them
        #[command(subcommand)]
        command: PricesCommand,
    },
    /// Check which of the calls that collecting needs are allowed
    #[cfg(feature = "aws")]
    Doctor(crate::collect::DoctorArgs),
    /// Print the least-privilege IAM policy for the AWS commands
    #[cfg(feature = "aws")]
    IamPolicy {
        /// Role that --role of collect will assume; repeat it for several
        #[arg(long = "role", value_name = "ARN")]
        roles: Vec<String>,
    },
    /// Read a Beanstalk estate into a snapshot, resumably
    #[cfg(not(feature = "aws"))]
    #[command(hide = true)]
    Collect(NotBuilt),
    /// List prices for plan --prices
    #[cfg(not(feature = "aws"))]
    #[command(hide = true)]
    Prices(NotBuilt),
    /// Check which of the calls that collecting needs are allowed
    #[cfg(not(feature = "aws"))]
    #[command(hide = true)]
    Doctor(NotBuilt),
    /// Print the least-privilege IAM policy for the AWS commands
    #[cfg(not(feature = "aws"))]
    #[command(hide = true)]
    IamPolicy(NotBuilt),
}

/// A command that talks to AWS, in a build that cannot: it takes anything, to say which build has it.
#[cfg(not(feature = "aws"))]
#[derive(Debug, Args)]
#[command(
    disable_help_flag = true,
    override_usage = "not in this build, which was made without what talks to AWS",
    after_help = "cargo install --path . installs a build that has this command."
)]
pub struct NotBuilt {
    /// Whatever was typed behind it, so that no option is refused before the build is
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, hide = true)]
    pub rest: Vec<std::ffi::OsString>,
}

/// `eb2eks prices`
#[cfg(feature = "aws")]
#[derive(Debug, Subcommand)]
pub enum PricesCommand {
    /// Read what a snapshot needs out of AWS's price list, for plan --prices
    Refresh(crate::collect::RefreshArgs),
}

/// The plan that files are made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum PlanToWrite {
    /// What the policy says
    AsAsked,
    /// The cheapest that was found and survives what the policy asks
    Recommended,
}

/// `eb2eks plan`
#[derive(Debug, Args)]
pub struct PlanArguments {
    /// Folder with manifest.json, inventory.json and metrics.parquet
    pub snapshot: PathBuf,
    /// Folder to write; a folder of an earlier plan is replaced as a whole, unless it holds anything else
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Policy file; only the keys that differ from `eb2eks policy`
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// Make the files for this plan: the one that was asked for, or the one that is recommended beside it
    #[arg(long, value_enum, default_value = "as-asked", value_name = "PLAN")]
    pub choose: PlanToWrite,
    /// Change one key of the policy, typed as in the file: --set nodes.instance_type=m5.2xlarge; repeat it for several
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub settings: Vec<Setting>,
    /// Prices that win over the price book and the policy: CSV with the columns key and usd, or JSON of the same keys
    #[arg(long, value_name = "FILE")]
    pub prices: Option<PathBuf>,
    /// What AWS charged, to reconcile today's bill with: a Cost and Usage export in FOCUS columns (CSV)
    #[arg(long, value_name = "FOCUS.csv")]
    pub bill: Option<PathBuf>,
    /// Language of report.html, report.xlsx and report.md, and of the summary
    #[arg(long = "lang", value_enum, default_value_t = Language::English, value_name = "LANGUAGE")]
    pub language: Language,
    /// What to print on stdout
    #[arg(long, value_enum, default_value_t = PlanContent::Plan, value_name = "CONTENT")]
    pub show: PlanContent,
    /// Format of what is printed on stdout
    #[arg(short, long, value_enum, default_value_t = RowFormat::Table, value_name = "FORMAT")]
    pub output: RowFormat,
}

/// `eb2eks report`
#[derive(Debug, Args)]
pub struct ReportArguments {
    /// Output folder of `eb2eks plan`, or its plan.json
    #[arg(value_name = "PLAN")]
    pub plan: PathBuf,
    /// Folder to write; a folder of earlier reports is replaced as a whole, unless it holds anything else
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Language of the reports
    #[arg(long = "lang", value_enum, default_value_t = Language::English, value_name = "LANGUAGE")]
    pub language: Language,
}

/// `eb2eks explain`
#[derive(Debug, Args)]
pub struct ExplainArguments {
    /// Name or id of an environment, or its name on the clusters
    pub app: String,
    /// Output folder of `eb2eks plan`, or its plan.json
    #[arg(long, value_name = "DIR", default_value = "eb2eks-out")]
    pub plan: PathBuf,
    /// Show what became of each of its option settings instead; JSON and YAML have both
    #[arg(long)]
    pub options: bool,
    /// Language of what is printed for people
    #[arg(long = "lang", value_enum, default_value_t = Language::English, value_name = "LANGUAGE")]
    pub language: Language,
    /// Format of what is printed on stdout
    #[arg(short, long, value_enum, default_value_t = DocumentFormat::Table, value_name = "FORMAT")]
    pub output: DocumentFormat,
}

/// `eb2eks compare`
#[derive(Debug, Args)]
pub struct CompareArguments {
    /// Output folders of `eb2eks plan`, or their plan.json; the first is what the others are compared with
    #[arg(required = true, num_args = 2.., value_name = "PLAN")]
    pub plans: Vec<PathBuf>,
    /// Language of what is printed for people
    #[arg(long = "lang", value_enum, default_value_t = Language::English, value_name = "LANGUAGE")]
    pub language: Language,
    /// Format of what is printed on stdout
    #[arg(short, long, value_enum, default_value_t = DocumentFormat::Table, value_name = "FORMAT")]
    pub output: DocumentFormat,
}

/// Formats of what is one document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DocumentFormat {
    /// For people
    Table,
    /// For machines, with decimal strings for money
    Json,
    /// The same, as YAML
    Yaml,
}

/// `eb2eks completions`
#[derive(Debug, Args)]
pub struct CompletionsArguments {
    /// Whose script: eb2eks completions bash > ~/.local/share/bash-completion/completions/eb2eks
    pub shell: Shell,
}

/// `eb2eks man`
#[derive(Debug, Args)]
pub struct ManArguments {
    /// Folder to write a page for each command into; must not exist or be empty
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

/// `eb2eks new-app`
#[derive(Debug, Args)]
pub struct NewAppArguments {
    /// Its name on the clusters: lower-case letters, digits and hyphens
    pub name: String,
    /// App of the plan that it is shaped like: ports, health check, load balancer, requests, replicas
    #[arg(long, value_name = "APP")]
    pub like: String,
    /// What the new app is: a service, or a job that runs once or at times
    #[arg(long, value_enum, default_value_t = NewAppShape::Service)]
    pub kind: NewAppShape,
    /// When a cron job runs: five fields, in UTC
    #[arg(long, value_name = "CRON")]
    pub schedule: Option<String>,
    /// Output folder of `eb2eks plan`, or its plan.json
    #[arg(long, value_name = "DIR", default_value = "eb2eks-out")]
    pub plan: PathBuf,
    /// Folder to write; must not exist or be empty
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
}

/// What a new app is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum NewAppShape {
    /// Runs all the time and answers requests
    Service,
    /// Runs once, to its end
    Job,
    /// Runs at the times of --schedule
    CronJob,
}

/// `eb2eks backtest`
#[derive(Debug, Args)]
pub struct BacktestArguments {
    /// Folder with manifest.json, inventory.json and metrics.parquet
    pub snapshot: PathBuf,
    /// Policy file; only the keys that differ from `eb2eks policy`
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// What to print on stdout
    #[arg(long, value_enum, default_value_t = BacktestContent::Rules, value_name = "CONTENT")]
    pub show: BacktestContent,
    /// Format of what is printed on stdout
    #[arg(short, long, value_enum, default_value_t = RowFormat::Table, value_name = "FORMAT")]
    pub output: RowFormat,
    /// Days that requests are made from [default: sizing.fit_days of the policy, 14]
    #[arg(long, value_name = "DAYS", value_parser = at_least_one::<NonZeroU32>, allow_negative_numbers = true)]
    pub train_days: Option<NonZeroU32>,
    /// Days right after them that judge the requests, and the step from one round to the next [default:
    /// sizing.judge_days of the policy, 7]
    #[arg(long, value_name = "DAYS", value_parser = at_least_one::<NonZeroU32>, allow_negative_numbers = true)]
    pub test_days: Option<NonZeroU32>,
}

/// `eb2eks calibrate`
#[derive(Debug, Args)]
pub struct CalibrateArguments {
    /// Output folder of `eb2eks plan`, or its plan.json
    pub plan: PathBuf,
    /// Results of one app at several loads: summaries of k6 (--summary-export), one for each load; or CSV with
    /// the columns rate and p95_ms, where known failed, cpu_millicores and memory_mib of a pod
    #[arg(required = true, value_name = "RESULT")]
    pub results: Vec<PathBuf>,
    /// Name or id of the environment, or its name on the clusters
    #[arg(long, value_name = "NAME")]
    pub app: String,
    /// Pods that carried the load test
    #[arg(long, value_name = "N", value_parser = at_least_one::<NonZeroU32>, allow_negative_numbers = true)]
    pub pods: NonZeroU32,
    /// Requests a second to carry; by default the busiest that the snapshot knows
    #[arg(long, value_name = "RATE", value_parser = positive_number, allow_negative_numbers = true)]
    pub peak_rate: Option<f64>,
    /// 95th percentile of the latency that counts as slow; by default twice that of the lightest load
    #[arg(long, value_name = "MILLISECONDS", value_parser = positive_number, allow_negative_numbers = true)]
    pub slow_ms: Option<f64>,
}

/// `eb2eks import`
#[derive(Debug, Args)]
pub struct ImportArguments {
    /// CSV files with a header: environment or instance, time, and CPU or memory or both
    #[arg(required = true, value_name = "CSV")]
    pub files: Vec<PathBuf>,
    /// Snapshot to complete; it is read and left as it is
    #[arg(long, value_name = "SNAPSHOT", required_unless_present = "machines")]
    pub into: Option<PathBuf>,
    /// CSV of machines to build a snapshot of, or to know host names by: environment, instance, type, region;
    /// where known host, application, account, zone, platform, tier, tag:KEY
    #[arg(long, value_name = "CSV")]
    pub machines: Option<PathBuf>,
    /// Folder to write the completed snapshot into; must not exist or be empty
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Where the values come from, such as "Datadog system.mem.pct_usable"
    #[arg(long, value_name = "TEXT")]
    pub source: String,
    /// Import CPU, counted in this unit
    #[arg(long, value_enum, value_name = "UNIT")]
    pub cpu_unit: Option<CpuUnit>,
    /// Import memory, counted in this unit
    #[arg(long, value_enum, value_name = "UNIT")]
    pub memory_unit: Option<MemoryUnit>,
    /// What each value is of the time that it stands for
    #[arg(long, value_enum, default_value_t = Statistic::Average)]
    pub statistic: Statistic,
    /// Column with the time
    #[arg(long, value_name = "NAME")]
    pub time_column: Option<String>,
    /// Column with an environment's name or id; "" for none
    #[arg(long, value_name = "NAME")]
    pub environment_column: Option<String>,
    /// Column with an instance's id; "" for none
    #[arg(long, value_name = "NAME")]
    pub instance_column: Option<String>,
    /// Column with CPU
    #[arg(long, value_name = "NAME")]
    pub cpu_column: Option<String>,
    /// Column with memory
    #[arg(long, value_name = "NAME")]
    pub memory_column: Option<String>,
    /// Take only rows whose column holds this text, as in metric=mem
    #[arg(long, value_name = "COLUMN=TEXT", value_parser = column_and_text)]
    pub only: Vec<(String, String)>,
    /// Time zone of times that say none: Asia/Tokyo, +09:00, UTC
    #[arg(long, value_name = "ZONE", value_parser = import::parse_time_zone)]
    pub time_zone: Option<jiff::tz::TimeZone>,
    /// Grid step; otherwise found in the data, five minutes at the finest
    #[arg(long, value_name = "SECONDS", allow_negative_numbers = true)]
    pub period: Option<SlotSeconds>,
    /// What parts the cells; otherwise found in the header
    #[arg(long, value_enum)]
    pub delimiter: Option<Delimiter>,
    /// Read 12,5 as twelve and a half
    #[arg(long)]
    pub decimal_comma: bool,
    /// Count rows that cannot be read and leave them out
    #[arg(long)]
    pub skip_bad_rows: bool,
}

impl ImportArguments {
    pub(super) fn options(&self) -> import::Options {
        import::Options {
            columns: ColumnNames {
                time: self.time_column.clone(),
                environment: self.environment_column.clone(),
                instance: self.instance_column.clone(),
                cpu: self.cpu_column.clone(),
                memory: self.memory_column.clone(),
            },
            cpu: self.cpu_unit,
            memory: self.memory_unit,
            statistic: self.statistic,
            source: self.source.clone(),
            time_zone: self.time_zone.clone(),
            period: self.period,
            delimiter: self.delimiter.map(|delimiter| match delimiter {
                Delimiter::Comma => b',',
                Delimiter::Semicolon => b';',
                Delimiter::Tab => b'\t',
            }),
            has_decimal_comma: self.decimal_comma,
            only: self.only.clone(),
            skips_bad_rows: self.skip_bad_rows,
        }
    }
}

fn column_and_text(text: &str) -> Result<(String, String), String> {
    let (column, text) = text
        .split_once('=')
        .ok_or_else(|| "COLUMN=TEXT is expected, as in metric=mem".to_owned())?;
    Ok((column.to_owned(), text.to_owned()))
}

/// What parts the cells of a CSV.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Delimiter {
    /// ,
    Comma,
    /// ;
    Semicolon,
    /// tabulator
    Tab,
}

/// `eb2eks sample`
#[derive(Debug, Args)]
pub struct SampleArguments {
    /// Folder to write the snapshot into; must not exist or be empty
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Environments to make up, of every kind that estates have
    #[arg(long, value_name = "N", default_value_t = 24, value_parser = at_least_one::<u32>, allow_negative_numbers = true)]
    pub environments: u32,
    /// How many days of history, at 5 minutes
    #[arg(long, value_name = "N", default_value_t = 63, value_parser = at_least_one::<u32>, allow_negative_numbers = true)]
    pub days: u32,
    /// The same seed makes the same fleet
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = at_least_nothing::<u64>, allow_negative_numbers = true)]
    pub seed: u64,
    /// Moment after the last sample, and the fleet's "today"
    #[arg(long, value_name = "TIME", default_value = "2026-11-15T00:00:00Z", value_parser = moment)]
    pub end: Timestamp,
}

/// `eb2eks solve`
#[derive(Debug, Args)]
pub struct SolveArguments {
    /// Instances: number of resources; capacities; number of item types; for each its sizes and its demand
    #[arg(required = true, value_name = "FILE.vbp")]
    pub files: Vec<PathBuf>,
    /// Longest time for each instance; one that is proven ends earlier
    #[arg(long, default_value_t = 10.0, value_name = "S", value_parser = positive_seconds, allow_negative_numbers = true)]
    pub seconds: f64,
    /// Folder for a certificate of each instance, made where it is missing
    #[arg(long, value_name = "DIR")]
    pub certificate: Option<PathBuf>,
    /// Format of what is printed on stdout
    #[arg(short, long, value_enum, default_value_t = RowFormat::Table, value_name = "FORMAT")]
    pub output: RowFormat,
}

/// `eb2eks verify-certificate`
#[derive(Debug, Args)]
pub struct VerifyCertificateArguments {
    /// Certificates, or folders of them
    #[arg(required = true, value_name = "CERTIFICATE")]
    pub certificates: Vec<PathBuf>,
    /// Folder with the instances: a certificate must be about the items of the file that it names
    #[arg(long, value_name = "DIR")]
    pub instances: Option<PathBuf>,
    /// Format of what is printed on stdout
    #[arg(short, long, value_enum, default_value_t = RowFormat::Table, value_name = "FORMAT")]
    pub output: RowFormat,
}

fn at_least_one<T: FromStr>(text: &str) -> Result<T, String> {
    whole_number(text, 1)
}

fn at_least_nothing<T: FromStr>(text: &str) -> Result<T, String> {
    whole_number(text, 0)
}

fn moment(text: &str) -> Result<Timestamp, String> {
    text.parse()
        .map_err(|_| "a moment is expected, such as 2026-11-15T00:00:00Z".to_owned())
}

fn positive_seconds(text: &str) -> Result<f64, String> {
    let seconds: f64 = text
        .parse()
        .map_err(|_| "a number of seconds is expected, such as 10 or 0.5".to_owned())?;
    if seconds > 0.0 && seconds <= MOST_SECONDS {
        Ok(seconds)
    } else {
        Err(format!(
            "more than 0 and at most {MOST_SECONDS} seconds are expected"
        ))
    }
}

/// A month: longer is a slip.
const MOST_SECONDS: f64 = 2_678_400.0;

/// `eb2eks replay`
#[derive(Debug, Args)]
pub struct ReplayArguments {
    /// Output folder of `eb2eks plan`, or its plan.json
    #[arg(value_name = "PLAN", default_value = "eb2eks-out")]
    pub plan: PathBuf,
    /// The snapshot that the plan was made from, or a later one of the same environments
    #[arg(long, value_name = "SNAPSHOT")]
    pub snapshot: PathBuf,
    /// Change an assumption: --set replay.pod_start_minutes=5; repeat it for several
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub settings: Vec<Setting>,
    /// Language of what is printed for people
    #[arg(long = "lang", value_enum, default_value_t = Language::English, value_name = "LANGUAGE")]
    pub language: Language,
    /// Format of what is printed on stdout
    #[arg(short, long, value_enum, default_value_t = DocumentFormat::Table, value_name = "FORMAT")]
    pub output: DocumentFormat,
}

/// `eb2eks simulate`
#[derive(Debug, Args)]
pub struct SimulateArguments {
    /// Workloads: a node, its daemons, apps with requests and replicas (docs/SIMULATE.md)
    #[arg(required = true, value_name = "WORKLOAD.json")]
    pub workloads: Vec<PathBuf>,
    /// Format of what is printed on stdout
    #[arg(short, long, value_enum, default_value_t = RowFormat::Table, value_name = "FORMAT")]
    pub output: RowFormat,
    /// Orders to simulate at each number of nodes
    #[arg(long, value_name = "N", default_value = "200", value_parser = at_least_one::<NonZeroU32>, allow_negative_numbers = true)]
    pub orders: NonZeroU32,
    /// Give up above so many nodes
    #[arg(long, value_name = "N", default_value = "5000", value_parser = at_least_one::<NonZeroU32>, allow_negative_numbers = true)]
    pub most_nodes: NonZeroU32,
}

/// What of the plan `plan` prints, whatever the format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PlanContent {
    /// The plan: its summary as a table, all of plan.json as JSON or YAML
    Plan,
    /// A row for each environment, as in requests.csv
    Requests,
}

/// Which rows `backtest` prints, whatever the format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum BacktestContent {
    /// A row for each rule and resource, on every instance
    Rules,
    /// The same on one replica of each environment, as the plan sizes it
    Replicas,
    /// How the plan's rule did, environment by environment
    Environments,
    /// The plan's rule and others packed onto nodes and replayed on three times replay.holdout_days that they had not
    /// seen
    Nodes,
    /// What the fleet's weeks needed, as the shipped prior has it for other fleets
    Scores,
}

/// Formats of what has rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RowFormat {
    /// For people
    Table,
    /// For machines, with decimal strings for money
    Json,
    /// The same, as YAML
    Yaml,
    /// A line for each row, under a header
    Csv,
}
