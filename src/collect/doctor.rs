//! `eb2eks doctor`: what is reachable, before a run depends on it.

use super::calls::Call;
use super::clients::{RegionClients, session};
use super::dry_run::{DryScope, dry_scope};
use super::filter::Filters;
use super::outcome::Outcome;
use super::probe::{Finding, ProbeContext, probe};
use super::region::{RegionName, RegionNameError};
use super::report::{DoctorReport, Probe, RegionReport};
use super::retry_policy::RetryPolicy;
use super::wire::{BundleError, https};
use crate::policy::Collect;

/// Try every permission that a collection needs, with the cheapest read-only call
#[derive(Debug, Clone, Default, clap::Args)]
pub struct DoctorArgs {
    /// Region to ask, as in ap-northeast-1; repeat it for several [default: the profile's]
    #[arg(long = "region", value_name = "REGION")]
    pub regions: Vec<RegionName>,
    /// Profile of the shared AWS configuration
    #[arg(long, value_name = "PROFILE")]
    pub profile: Option<String>,
}

/// Why there is no report at all.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DoctorError {
    /// Neither named nor configured.
    #[error(
        "no region to ask\nhint: --region ap-northeast-1, or set AWS_REGION, or a region in the profile"
    )]
    NoRegion,
    /// The configured region is not a region's name.
    #[error("the configured region cannot be used: {0}")]
    Region(#[from] RegionNameError),
    /// What is trusted cannot be read.
    #[error(transparent)]
    Bundle(#[from] BundleError),
    /// The system refused what an event loop needs.
    #[error("cannot start the event loop: {0}\nhint: too many open files?")]
    EventLoop(#[from] std::io::Error),
}

/// Asks AWS with the credentials and endpoints that the SDK's own chain finds, and estimates what a
/// collection would take where the two listings that it needs for that are answered.
///
/// # Errors
/// [`DoctorError`] where nothing could be asked. What a call met, missing credentials included, stands in
/// the report.
pub fn run(
    args: &DoctorArgs,
    policy: &Collect,
) -> Result<(DoctorReport, Vec<DryScope>), DoctorError> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let result = runtime.block_on(ask(args, policy, &RetryPolicy::default()));
    // A name look-up that hangs in the system would otherwise be waited for.
    runtime.shutdown_background();
    result
}

async fn ask(
    args: &DoctorArgs,
    policy: &Collect,
    retry_policy: &RetryPolicy,
) -> Result<(DoctorReport, Vec<DryScope>), DoctorError> {
    let config = session(
        args.profile.as_deref(),
        args.regions.first(),
        retry_policy,
        &https()?,
    )
    .await;
    let mut regions = args.regions.clone();
    if regions.is_empty() {
        regions.push(
            config
                .region()
                .ok_or(DoctorError::NoRegion)?
                .as_ref()
                .parse()?,
        );
    }
    let mut clients: Vec<RegionClients> = Vec::new();
    for region in regions {
        if clients.iter().all(|earlier| earlier.region != region) {
            clients.push(RegionClients::new(&config, region, retry_policy));
        }
    }
    let report = DoctorReport {
        profile: args.profile.clone(),
        ..doctor(&clients).await
    };
    let mut estimates = Vec::new();
    for (clients, region) in clients.iter().zip(&report.regions) {
        let answers = |call: Call| {
            region
                .probes
                .iter()
                .any(|probe| probe.call == call && probe.outcome.is_usable())
        };
        if answers(Call::DescribeEnvironments) && answers(Call::DescribeAutoScalingGroups) {
            estimates.push(
                dry_scope(region.region.as_str(), clients, &Filters::default(), policy).await,
            );
        }
    }
    Ok((report, estimates))
}

/// So many calls in a row without an answer, and the region is left: a person waits.
const MOST_SILENT: u32 = 3;

/// Tries every call in every region, one after the other, so that nobody else's quota suffers. Stops at
/// the first sign that the credentials are missing or no longer good; the rest is then "not attempted".
pub async fn doctor(clients: &[RegionClients]) -> DoctorReport {
    let mut stopped = false;
    let mut regions = Vec::with_capacity(clients.len());
    for clients in clients {
        let mut probes = Vec::new();
        let mut known_environment = None;
        let mut known = ProbeContext::default();
        let mut silent = 0;
        for call in Call::of_collection() {
            if stopped || silent >= MOST_SILENT {
                probes.push(Probe {
                    call,
                    outcome: Outcome::NotAttempted,
                    message: None,
                });
                continue;
            }
            let Finding {
                outcome,
                message,
                environment,
                known: learnt,
            } = probe(clients, call, &known).await;
            known.learn(learnt);
            stopped = outcome.stops();
            silent = if outcome == Outcome::TimedOut {
                silent + 1
            } else {
                0
            };
            known_environment = known_environment.or(environment);
            probes.push(Probe {
                call,
                outcome,
                message,
            });
        }
        if let Some(name) = known_environment {
            expose_silence(&mut probes, &name);
        }
        regions.push(RegionReport {
            region: clients.region.clone(),
            probes,
        });
    }
    DoctorReport {
        profile: None,
        regions,
    }
}

/// Beanstalk answers a caller without permission with silence. Where EC2 shows an instance of an
/// environment, an empty list of environments is a denial.
fn expose_silence(probes: &mut [Probe], environment: &str) {
    for probe in probes
        .iter_mut()
        .filter(|probe| probe.outcome == Outcome::Empty)
    {
        probe.outcome = Outcome::Denied;
        probe.message = Some(format!(
            "the answer was empty, but EC2 shows an instance of environment \"{environment}\""
        ));
    }
}
