//! `eb2eks prices refresh`: the queries one after the other, and what came of each.

use std::collections::BTreeMap;
use std::path::PathBuf;

use aws_config::SdkConfig;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::super::accounts::{Account, accounts};
use super::super::call_error::{CallError, CallResult};
use super::super::clients::price_list;
use super::super::contact;
use super::super::outcome::Outcome;
use super::super::region::RegionName;
use super::super::retry_policy::RetryPolicy;
use super::super::run::{LONGEST_ATTEMPT, paces};
use super::super::wire::{Ledger, paced_http_client};
use super::ask::{Answer, ask};
use super::pick::{ListPrice, price};
use super::query::{Query, queries};
use super::refresh_error::RefreshError;
use super::refreshed_prices::{MissingPrice, RefreshedPrices};
use super::text::DryRefresh;
use crate::policy::Collect;

/// Where the price list is answered, whichever region is asked about.
/// Source: AWS General Reference, "AWS Price List service endpoints and quotas".
const ENDPOINTS: [&str; 3] = ["us-east-1", "eu-central-1", "ap-south-1"];

/// Read today's list prices of what a snapshot needs out of AWS's price list
#[derive(Debug, Clone, clap::Args)]
pub struct RefreshArgs {
    /// Folder with manifest.json, inventory.json and metrics.parquet
    pub snapshot: PathBuf,
    /// Price file to write, for `plan --prices`; an earlier one of this command is replaced
    #[arg(long, value_name = "FILE", required_unless_present = "dry_run")]
    pub out: Option<PathBuf>,
    /// Policy file: its node types, terms and the pace of its section "collect"
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// Profile of the shared AWS configuration
    #[arg(long, value_name = "PROFILE")]
    pub profile: Option<String>,
    /// Where to ask: us-east-1, eu-central-1 or ap-south-1; each of them knows the prices of all regions
    #[arg(long, value_name = "REGION", default_value = ENDPOINTS[0], value_parser = endpoint)]
    pub region: RegionName,
    /// Print the queries, and ask nothing
    #[arg(long)]
    pub dry_run: bool,
}

fn endpoint(text: &str) -> Result<RegionName, String> {
    let region: RegionName = text
        .parse()
        .map_err(|error: super::super::region::RegionNameError| error.to_string())?;
    if ENDPOINTS.contains(&region.as_str()) {
        Ok(region)
    } else {
        Err(format!(
            "the price list is answered in {}",
            ENDPOINTS.join(", ")
        ))
    }
}

/// What a run would ask, without a connection.
#[must_use]
pub fn dry_run(args: &RefreshArgs, keys: &[(String, String)], policy: &Collect) -> DryRefresh {
    let (queries, refused) = queries(keys);
    DryRefresh::new(&args.region, &queries, refused, policy)
}

/// Asks for `keys` (region and name in the price book, in their order). `progress` is told shares from 0 to 1.
///
/// # Errors
/// [`RefreshError`] where no price came of it at all. What single queries met stands in [`RefreshedPrices::missing`].
pub fn refresh(
    args: &RefreshArgs,
    keys: &[(String, String)],
    policy: &Collect,
    progress: &dyn Fn(f64),
) -> Result<RefreshedPrices, RefreshError> {
    if keys.is_empty() {
        return Err(RefreshError::NotNeeded);
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(RefreshError::EventLoop)?;
    let result = runtime.block_on(run(args, keys, policy, progress));
    // A name look-up that hangs in the system would otherwise be waited for.
    runtime.shutdown_background();
    result
}

async fn run(
    args: &RefreshArgs,
    keys: &[(String, String)],
    policy: &Collect,
    progress: &dyn Fn(f64),
) -> Result<RefreshedPrices, RefreshError> {
    let retry_policy = RetryPolicy::of_collection(policy);
    let ledger = Ledger::default();
    let regions = [args.region.clone()];
    let profiles: Vec<String> = args.profile.iter().cloned().collect();
    let account = accounts(&profiles, &[], &regions, &retry_policy).await?;
    let config_of = |account: &Account| -> SdkConfig {
        let http = paced_http_client(
            paces(policy),
            ledger.clone(),
            LONGEST_ATTEMPT,
            account.http.clone(),
        );
        account.config.to_builder().http_client(http).build()
    };
    let clients: Vec<aws_sdk_pricing::Client> = account
        .iter()
        .map(|account| price_list(&config_of(account), &args.region, &retry_policy))
        .collect();
    let quick: Vec<aws_sdk_pricing::Client> = account
        .iter()
        .map(|account| {
            price_list(
                &config_of(account),
                &args.region,
                &RetryPolicy::of_first_contact(),
            )
        })
        .collect();
    let (queries, refused) = queries(keys);
    let mut found = RefreshProgress {
        missing: refused
            .into_iter()
            .map(|(key, why)| MissingPrice { key, why })
            .collect(),
        ..RefreshProgress::default()
    };
    for (number, query) in queries.iter().enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "a share for people")]
        progress(number as f64 / queries.len() as f64);
        let answered = match (&found.blocked, clients.first()) {
            (None, Some(client)) => {
                // Where nobody is there, whoever started this should know within seconds.
                let first = match quick.first().filter(|_| number == 0) {
                    Some(quick) => Some(ask(quick, &args.region, &query.asking).await),
                    None => None,
                };
                match first {
                    Some(Err(refused)) if contact::is_silence(refused.outcome) => {
                        found.blocked = Some(refused.clone());
                        Err(refused)
                    }
                    Some(Err(refused)) if !refused.outcome.may_pass() => Err(refused),
                    Some(Ok(answer)) => Ok(answer),
                    _ => ask(client, &args.region, &query.asking).await,
                }
            }
            (Some(refused), _) => Err(CallError {
                outcome: Outcome::NotAttempted,
                message: refused.message.clone(),
            }),
            (None, None) => Err(CallError {
                outcome: Outcome::NotAttempted,
                message: "nobody to ask".to_owned(),
            }),
        };
        found.take(query, answered, &day(&ledger));
    }
    found.missing.sort();
    if found.prices.is_empty() {
        let first = found
            .first_refused
            .map(|refused| (refused.message, refused.outcome));
        let (message, outcome) = first.unwrap_or_else(|| {
            (
                found
                    .missing
                    .first()
                    .map_or_else(String::new, |one| one.why.clone()),
                Outcome::Ok,
            )
        });
        return Err(RefreshError::Nothing { message, outcome });
    }
    Ok(RefreshedPrices {
        prices: found.prices,
        missing: found.missing,
        day: day(&ledger),
        endpoint: args.region.clone(),
        queries: queries.len(),
        unreadable: found.unreadable,
        calls: ledger.tallies().into_values().next().unwrap_or_default(),
    })
}

/// By the service's clock: ours may be wrong.
fn day(ledger: &Ledger) -> String {
    #[expect(
        clippy::disallowed_methods,
        reason = "a price is read on a day; it is written down beside it"
    )]
    let here = Timestamp::now().as_second();
    let there =
        Timestamp::from_second(here + ledger.clock().unwrap_or(0)).unwrap_or(Timestamp::UNIX_EPOCH);
    there.to_zoned(TimeZone::UTC).date().to_string()
}

/// What has been found so far.
#[derive(Debug, Default)]
struct RefreshProgress {
    prices: BTreeMap<String, ListPrice>,
    missing: Vec<MissingPrice>,
    unreadable: usize,
    first_refused: Option<CallError>,
    /// Why no further query can succeed.
    blocked: Option<CallError>,
}

impl RefreshProgress {
    fn take(&mut self, query: &Query, answered: CallResult<Answer>, today: &str) {
        match answered {
            Ok(answer) => {
                self.unreadable += answer.unreadable;
                for pick in &query.picks {
                    match price(pick, &query.asking, &answer.offers, today) {
                        Ok(price) => drop(self.prices.insert(pick.key.clone(), price)),
                        Err(why) => self.missing.push(MissingPrice {
                            key: pick.key.clone(),
                            why: unless_unreadable(why, &answer),
                        }),
                    }
                }
            }
            Err(refused) => {
                let why = format!("{}: {}", refused.outcome, refused.message);
                self.missing
                    .extend(query.picks.iter().map(|pick| MissingPrice {
                        key: pick.key.clone(),
                        why: why.clone(),
                    }));
                if refused.outcome.stops() || refused.outcome.is_denied() {
                    // One permission and one set of credentials serve all queries.
                    self.blocked.get_or_insert_with(|| refused.clone());
                }
                self.first_refused.get_or_insert(refused);
            }
        }
    }
}

fn unless_unreadable(why: String, answer: &Answer) -> String {
    match answer.unreadable {
        0 => why,
        count => format!("{why}; {count} of the products that came cannot be read"),
    }
}
