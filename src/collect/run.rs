//! A collection from its first call to the finished snapshot.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use aws_config::SdkConfig;
use jiff::Timestamp;

use super::accounts::{Account, accounts, expiry};
use super::arguments::CollectArgs;
use super::call_error::CallError;
use super::clients::RegionClients;
use super::collect_error::CollectError;
use super::collection::{Collection, collect_scope};
use super::contact::{FirstContact, contact};
use super::control::{Control, Signal, Stop};
use super::filter::Filters;
use super::identity::{self, AccountMismatch};
use super::inventory::list_environments;
use super::journal::Journal;
use super::metrics::{Retention, Span, Spans};
use super::observer::{Observer, Progress, Stage};
use super::outcome::Outcome;
use super::region::RegionName;
use super::retry_policy::RetryPolicy;
use super::scope::Scope;
use super::selection::Selection;
use super::signals;
use super::summary::CollectionSummary;
use super::wire::{Ledger, Pace, Paces, paced_http_client};
use super::work_folder::{Settings, WorkFolder, WorkFolderError};
use super::writing;
use crate::policy::Collect;

/// Bounds one attempt from the moment that it leaves; a full answer of data points takes a second.
pub(super) const LONGEST_ATTEMPT: Duration = Duration::from_secs(60);

/// A clock that is further off than this is worth a word; the SDK corrects its signatures by itself.
const CLOCK_TOLERANCE_SECONDS: i64 = 120;

/// Why nobody is there, if nobody is, in any account and region.
fn nobody_there(contacts: &[FirstContact]) -> Option<CallError> {
    let all: Option<Vec<&CallError>> = contacts.iter().map(|one| one.unreached.as_ref()).collect();
    all?.first().map(|refused| CallError {
        // Whoever answers in AWS's place is not AWS.
        outcome: match refused.outcome {
            Outcome::Unparsable => Outcome::Unreachable,
            outcome => outcome,
        },
        message: refused.message.clone(),
    })
}

/// Collects what `args` name, continuing an earlier run into the same folder if there is one.
///
/// # Errors
/// [`CollectError`]. What single calls met is no error: it stands in the scopes and in the manifest.
pub fn collect(
    args: &CollectArgs,
    policy: &Collect,
    observer: Arc<dyn Observer>,
) -> Result<CollectionSummary, CollectError> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(CollectError::EventLoop)?;
    // One thread is enough for what the limits allow, and what stays on it need not be fit to travel.
    let result = tokio::task::LocalSet::new().block_on(&runtime, async {
        let control = Arc::new(Control::default());
        let listening =
            tokio::task::spawn_local(signals::listen(Arc::clone(&control), Arc::clone(&observer)));
        let result = run(args, policy, &control, &observer).await;
        listening.abort();
        result
    });
    // A name look-up that hangs in the system would otherwise be waited for.
    runtime.shutdown_background();
    result
}

async fn run(
    args: &CollectArgs,
    policy: &Collect,
    control: &Arc<Control>,
    observer: &Arc<dyn Observer>,
) -> Result<CollectionSummary, CollectError> {
    let retry_policy = RetryPolicy::of_collection(policy);
    let accounts = accounts(&args.profiles, &args.roles, &args.regions, &retry_policy).await?;
    let settings = settings(args, policy, &accounts);
    let out = args.out.clone().unwrap_or_default();
    let mut place = WorkFolder::open(&out, &settings)?;
    let ledger = Ledger::default();
    let scopes = scopes(&accounts, &place, policy, &retry_policy, &ledger, control)?;

    let folder = place.folder().to_owned();
    let other_account = |AccountMismatch {
                             scope,
                             begun,
                             today,
                         }| WorkFolderError::OtherAccount {
        label: scope,
        begun,
        today,
        folder: folder.clone(),
    };
    let contacts = futures_util::future::join_all(scopes.iter().map(contact)).await;
    if let Some(refused) = nobody_there(&contacts) {
        // Nothing was kept that a later run could use.
        if scopes.iter().all(|scope| scope.journal.is_empty()) {
            place.abandon()?;
        }
        return Err(refused.into());
    }
    let first = contacts.into_iter().map(|one| one.identity).collect();
    let identities = identity::of_all(&scopes, first)
        .await
        .map_err(other_account)?;
    let moment = moment(&scopes, &ledger).await;
    let now = place.now().unwrap_or_else(|| hour_of(moment));
    // Before anything is kept that depends on it; a run that ended before anybody answered kept nothing.
    if ledger.clock().is_some() || !control.is_stopped() {
        place.set_now(now)?;
    }
    if let Some(offset) = ledger
        .clock()
        .filter(|offset| offset.abs() > CLOCK_TOLERANCE_SECONDS)
    {
        observer.remark(&format!(
            "this machine's clock is {} seconds off by AWS's; AWS's counts",
            offset.abs()
        ));
    }
    warn_of_expiry(&accounts, observer).await;

    let selection = Selection {
        filters: settings.filters.clone(),
        spans: spans(&settings, now),
        retention: Retention { now: moment },
    };
    let mut running = Vec::new();
    let mut seen = BTreeSet::new();
    for (number, (scope, identity)) in scopes.into_iter().zip(identities).enumerate() {
        let account = identity.as_ref().ok().cloned();
        if account
            .as_ref()
            .is_some_and(|account| !seen.insert((account.clone(), scope.clients.region.clone())))
        {
            observer.remark(&format!(
                "{} is an account that was named before; left out",
                scope.name()
            ));
            continue;
        }
        let (selection, observer) = (selection.clone(), Arc::clone(observer));
        let folder = folder.join(format!("scope-{number}"));
        running.push(tokio::task::spawn_local(async move {
            collect_scope(Arc::new(scope), identity, &selection, folder, observer).await
        }));
    }
    let mut collections: Vec<Collection> = Vec::new();
    for task in running {
        match task.await {
            Ok(Ok(collection)) => collections.push(collection),
            Ok(Err(error)) => return Err(error.into()),
            Err(error) => return Err(CollectError::EventLoop(std::io::Error::other(error))),
        }
    }
    if control.is_stopped() {
        return Err(stopped(control, folder));
    }
    for filter in unmatched(&settings.filters, &collections) {
        observer.remark(&format!("the filter {filter} matched no environment"));
    }
    if let Err(error) = refuse_nothing(&collections) {
        // What is empty today may not be tomorrow: nothing of it may stay as an answer.
        place.abandon()?;
        return Err(error);
    }
    let writing_one = Progress {
        total: 1,
        ..Progress::default()
    };
    observer.stage("snapshot", Stage::Writing, writing_one);
    let may_continue = collections.iter().any(Collection::may_continue);
    let snapshot = place.snapshot()?;
    // Compressing a large history takes minutes, and the only thread has to hear a signal meanwhile.
    let writing =
        tokio::task::spawn_blocking(move || writing::write(&snapshot, &settings, now, collections));
    let scopes = tokio::select! {
        written = writing => written.map_err(|error| CollectError::EventLoop(std::io::Error::other(error)))??,
        () = control.stopped() => return Err(stopped(control, folder)),
    };
    place.publish(!may_continue)?;
    observer.stage("snapshot", Stage::Writing, writing_one.and(true));
    Ok(CollectionSummary {
        out,
        scopes,
        calls: ledger.tallies(),
        may_continue,
    })
}

fn stopped(control: &Control, folder: PathBuf) -> CollectError {
    // Nobody else takes it; an interrupt is what is left to say.
    let stop = control
        .take()
        .unwrap_or(Stop::Interrupted(Signal::Interrupt));
    CollectError::Stopped { stop, folder }
}

/// Seconds since 1970 by the service's clock, since ours may be wrong. Where the token service is out of
/// reach, the first listing tells; its answer is kept and not asked for twice.
async fn moment(scopes: &[Scope], ledger: &Ledger) -> i64 {
    for scope in scopes {
        if ledger.clock().is_some() {
            break;
        }
        drop(
            scope
                .unit("environments", list_environments(&scope.clients))
                .await,
        );
    }
    #[expect(
        clippy::disallowed_methods,
        reason = "a collection happens at a time; it is written down and never read again"
    )]
    let here = Timestamp::now().as_second();
    here + ledger.clock().unwrap_or(0)
}

fn settings(args: &CollectArgs, policy: &Collect, accounts: &[Account]) -> Settings {
    let of_account = |account: &Account| {
        let scope = |region: &RegionName| (account.label.clone(), region.as_str().to_owned());
        account.regions.iter().map(scope).collect::<Vec<_>>()
    };
    Settings {
        profiles: args.profiles.clone(),
        roles: args.roles.clone(),
        scopes: accounts.iter().flat_map(of_account).collect(),
        filters: Filters {
            include: args.include.clone(),
            exclude: args.exclude.clone(),
        },
        expect_environments: args.expect_environments,
        anonymize: args.anonymize,
        ..Settings::new(policy)
    }
}

fn scopes(
    accounts: &[Account],
    place: &WorkFolder,
    policy: &Collect,
    retry_policy: &RetryPolicy,
    ledger: &Ledger,
    control: &Arc<Control>,
) -> Result<Vec<Scope>, CollectError> {
    let mut scopes = Vec::new();
    for account in accounts {
        // One client, and with it one set of gates, for each account: limits are by account and region.
        let config: SdkConfig = account
            .config
            .to_builder()
            .http_client(paced_http_client(
                paces(policy),
                ledger.clone(),
                LONGEST_ATTEMPT,
                account.http.clone(),
            ))
            .build();
        for region in &account.regions {
            let path = place.scope(scopes.len())?.join("journal.jsonl");
            let journal =
                Journal::open(&path).map_err(|source| WorkFolderError::Disk { path, source })?;
            let clients = RegionClients::new(&config, region.clone(), retry_policy);
            let quick =
                RegionClients::new(&config, region.clone(), &RetryPolicy::of_first_contact());
            scopes.push(Scope::new(
                account,
                clients,
                quick,
                journal,
                Arc::clone(control),
            ));
        }
    }
    Ok(scopes)
}

/// Nothing may be saved up: after a pause the service would see a burst, and it counts second by second.
pub(super) fn paces(policy: &Collect) -> Paces {
    let calls = |per_second: crate::policy::Rate| Pace {
        per_second: per_second.get(),
        burst: 0.0,
    };
    Paces {
        beanstalk: calls(policy.beanstalk_per_second),
        metric_data: calls(policy.metric_data_per_second),
        points: calls(policy.data_points_per_second),
        list_metrics: calls(policy.list_metrics_per_second),
        other: calls(policy.other_per_second),
    }
}

/// The last whole hour, so that every grid ends with it.
fn hour_of(moment: i64) -> Timestamp {
    Timestamp::from_second(moment - moment.rem_euclid(3_600)).unwrap_or(Timestamp::UNIX_EPOCH)
}

fn spans(settings: &Settings, now: Timestamp) -> Spans {
    let back =
        |days: u32, period: u32| Span::back(now.as_second(), Retention::days(days, period), period);
    Spans {
        minutes: (settings.one_minute_days > 0).then(|| back(settings.one_minute_days, 60)),
        five_minutes: back(settings.five_minute_days, 300),
        hours: (settings.hourly_days > 0).then(|| back(settings.hourly_days, 3_600)),
    }
}

/// Credentials that end within the hour may end before the run does.
async fn warn_of_expiry(accounts: &[Account], observer: &Arc<dyn Observer>) {
    for account in accounts {
        #[expect(
            clippy::disallowed_methods,
            reason = "a warning about the next hour needs to know the time"
        )]
        let left = expiry(account)
            .await
            .and_then(|end| end.duration_since(SystemTime::now()).ok());
        if let Some(left) = left.filter(|left| *left < Duration::from_secs(3_600)) {
            let minutes = left.as_secs() / 60;
            observer.remark(&format!(
                "the credentials of {} end in {minutes} minutes; the run can be continued after a new login",
                account.label
            ));
        }
    }
}

fn refuse_nothing(collections: &[Collection]) -> Result<(), CollectError> {
    if collections
        .iter()
        .any(|collection| !collection.environments.is_empty())
    {
        return Ok(());
    }
    match collections
        .iter()
        .find_map(|collection| collection.unlisted.clone())
    {
        Some(refused) => Err(refused.into()),
        None => {
            let filtered: usize = collections
                .iter()
                .map(|collection| collection.coverage.filtered.len())
                .sum();
            let applications = collections.iter().map(Collection::applications).sum();
            Err(if filtered > 0 {
                CollectError::Filtered(filtered)
            } else {
                CollectError::Empty(applications)
            })
        }
    }
}

/// Filters on a name or an application that nothing fits: most likely misspelt.
fn unmatched(filters: &Filters, collections: &[Collection]) -> Vec<String> {
    let seen: Vec<(&str, &str)> = collections.iter().flat_map(Collection::seen).collect();
    let all = filters
        .include
        .iter()
        .chain(&filters.exclude)
        .filter(|filter| !filter.needs_tags());
    all.filter(|filter| {
        !seen
            .iter()
            .any(|(application, name)| filter.fits(application, name))
    })
    .map(ToString::to_string)
    .collect()
}
