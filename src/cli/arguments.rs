//! What can be typed.

use std::num::NonZeroU32;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::Timestamp;

/// Plans a company's move from AWS Elastic Beanstalk to Amazon EKS.
#[derive(Debug, Parser)]
#[command(
    name = "eb2eks",
    version,
    max_term_width = 100,
    after_help = "First look:\n  eb2eks plan fixtures/sample --out eb2eks-out\n  eb2eks explain search-prod\n\nExit codes: 0 complete, 2 usage or policy, 3 written but incomplete, 6 no plan possible, 7 bad input;\nall of them in docs/EXIT_CODES.md"
)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Size, pack and price a snapshot, offline; write the plan's files
    Plan(PlanArguments),
    /// Show every step from samples to the numbers of one app
    Explain(ExplainArguments),
    /// Try the plan's requests, and those of other tools, on weeks that they were not made from
    Backtest(BacktestArguments),
    /// Print the default policy, commented
    Policy,
    /// Make up a fleet, to try the tool without an AWS account
    Sample(SampleArguments),
    /// Try what collecting will need of AWS, with the cheapest read-only calls
    #[cfg(feature = "aws")]
    Doctor(crate::collect::DoctorArgs),
    /// Print the least-privilege IAM policy for collecting
    #[cfg(feature = "aws")]
    IamPolicy,
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
    /// What to print on stdout: a summary, or the whole plan
    #[arg(short, long, value_enum, default_value_t = OutputFormat::Table)]
    pub output: OutputFormat,
}

/// `eb2eks explain`
#[derive(Debug, Args)]
pub struct ExplainArguments {
    /// Name or id of an environment, or its name on the clusters
    pub app: String,
    /// Output folder of `eb2eks plan`, or its plan.json
    #[arg(long, value_name = "DIR", default_value = "eb2eks-out")]
    pub plan: PathBuf,
}

/// `eb2eks backtest`
#[derive(Debug, Args)]
pub struct BacktestArguments {
    /// Folder with manifest.json, inventory.json and metrics.parquet
    pub snapshot: PathBuf,
    /// Policy file; only the keys that differ from `eb2eks policy`
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// What to print on stdout: a table for people, or one JSON row for each policy and resource
    #[arg(short, long, value_enum, default_value_t = RowFormat::Table)]
    pub output: RowFormat,
    /// Days that requests are made from
    #[arg(long, value_name = "DAYS", default_value = "14")]
    pub train_days: NonZeroU32,
    /// Days right after them that judge the requests, and the step from one round to the next
    #[arg(long, value_name = "DAYS", default_value = "7")]
    pub test_days: NonZeroU32,
}

/// `eb2eks sample`
#[derive(Debug, Args)]
pub struct SampleArguments {
    /// Folder to write the snapshot into; must not exist or be empty
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// How many environments
    #[arg(long, default_value_t = 24, value_parser = clap::value_parser!(u32).range(1..))]
    pub environments: u32,
    /// How many days of history, at 5 minutes
    #[arg(long, default_value_t = 63, value_parser = clap::value_parser!(u32).range(1..))]
    pub days: u32,
    /// The same seed makes the same fleet
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Moment after the last sample, and the fleet's "today"
    #[arg(long, value_name = "TIME", default_value = "2026-11-15T00:00:00Z")]
    pub end: Timestamp,
}

/// What `-o` takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OutputFormat {
    /// A summary for people.
    Table,
    /// The plan, as in plan.json.
    Json,
    /// The plan, as YAML.
    Yaml,
}

/// What `-o` takes where the result is rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RowFormat {
    /// A table for people.
    Table,
    /// A list of rows.
    Json,
}
