//! Whose environments are collected: profiles, or roles assumed from one.

use std::borrow::Cow;
use std::time::SystemTime;

use aws_config::SdkConfig;
use aws_config::profile::load;
#[expect(
    deprecated,
    reason = "the new name is in a crate that nothing else here needs"
)]
use aws_config::profile::profile_file::ProfileFiles;
use aws_config::sts::AssumeRoleProvider;
use aws_sdk_ec2::config::SharedCredentialsProvider;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_types::os_shim_internal::{Env, Fs};

use super::clients::session;
use super::region::{RegionName, RegionNameError};
use super::retry_policy::RetryPolicy;
use super::wire::{BundleError, https};

/// One source of credentials and the regions to ask with it.
#[derive(Debug)]
pub(super) struct Account {
    /// The role, the profile, or `default`.
    pub(super) label: String,
    /// The profile whose login everything rests on, where it is a profile's.
    pub(super) login: Option<String>,
    /// What its requests are sent with.
    pub(super) http: SharedHttpClient,
    pub(super) config: SdkConfig,
    pub(super) regions: Vec<RegionName>,
}

/// Why there is nobody to ask.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AccountError {
    /// Neither named nor configured.
    #[error("no region to ask{}\nhint: --region ap-northeast-1, or set AWS_REGION, or a region in the profile", .profile.as_ref().map_or_else(String::new, |profile| format!(" with profile \"{}\"", profile.escape_debug())))]
    NoRegion {
        /// As it was named.
        profile: Option<String>,
    },
    /// The configured region is not a region's name.
    #[error("the configured region cannot be used: {0}")]
    Region(#[from] RegionNameError),
    /// What is trusted cannot be read.
    #[error(transparent)]
    Bundle(#[from] BundleError),
    /// Which profile assumes the roles would be a guess.
    #[error(
        "roles are assumed from one profile, and {0} are named\nhint: one --profile with several --role, or several --profile"
    )]
    SeveralProfiles(usize),
}

/// The accounts, each once, in the order in which they were named.
pub(super) async fn accounts(
    profiles: &[String],
    roles: &[String],
    regions: &[RegionName],
    retry_policy: &RetryPolicy,
) -> Result<Vec<Account>, AccountError> {
    if !roles.is_empty() && profiles.len() > 1 {
        return Err(AccountError::SeveralProfiles(profiles.len()));
    }
    let named: Vec<Option<&str>> = if profiles.is_empty() {
        vec![None]
    } else {
        once(profiles).into_iter().map(Some).collect()
    };
    let http = https()?;
    let mut accounts = Vec::new();
    for profile in named {
        let config = session(
            profile,
            regions.first(),
            &for_credentials(retry_policy),
            &http,
        )
        .await;
        let login = login(profile).await;
        let regions = match regions {
            [] => {
                let configured = config.region().ok_or_else(|| AccountError::NoRegion {
                    profile: profile.map(str::to_owned),
                })?;
                vec![configured.as_ref().parse()?]
            }
            _ => distinct(regions),
        };
        if roles.is_empty() {
            accounts.push(Account {
                label: profile.unwrap_or("default").to_owned(),
                login,
                http: http.clone(),
                config,
                regions,
            });
            continue;
        }
        for role in once(roles) {
            accounts.push(Account {
                label: role.to_owned(),
                login: login.clone(),
                http: http.clone(),
                config: assuming(role, &config).await,
                regions: regions.clone(),
            });
        }
    }
    Ok(accounts)
}

/// Credentials are fetched before the first answer: where nobody is there, that is known within seconds.
fn for_credentials(retry_policy: &RetryPolicy) -> RetryPolicy {
    RetryPolicy {
        credentials: retry_policy.credentials,
        ..RetryPolicy::of_first_contact()
    }
}

/// Profiles that one names as another's source before it is a circle.
const LONGEST_CHAIN: usize = 16;

/// The profile at the end of the chain of `source_profile`s that begins with `profile` or the environment's: whose
/// login ends when it ends.
#[expect(deprecated, reason = "as above")]
async fn login(profile: Option<&str>) -> Option<String> {
    if profile.is_none() && has_keys_in_environment() {
        return None;
    }
    let chosen = profile.map(|name| Cow::Owned(name.to_owned()));
    let profiles = load(&Fs::real(), &Env::real(), &ProfileFiles::default(), chosen)
        .await
        .ok()?;
    let mut name = profiles.selected_profile().to_owned();
    profiles.get_profile(&name)?;
    for _ in 0..LONGEST_CHAIN {
        let source = profiles.get_profile(&name)?.get("source_profile");
        match source.filter(|source| *source != name) {
            Some(source) => name = source.to_owned(),
            None => break,
        }
    }
    Some(name)
}

/// They come before any profile.
fn has_keys_in_environment() -> bool {
    std::env::var_os("AWS_ACCESS_KEY_ID").is_some_and(|key| !key.is_empty())
}

/// The same session in another role. Renewed by the SDK as long as the session itself is good.
async fn assuming(role: &str, session: &SdkConfig) -> SdkConfig {
    let provider = AssumeRoleProvider::builder(role)
        .session_name("eb2eks")
        .configure(session)
        .build()
        .await;
    session
        .to_builder()
        .credentials_provider(SharedCredentialsProvider::new(provider))
        .build()
}

fn once(names: &[String]) -> Vec<&str> {
    let mut seen: Vec<&str> = Vec::new();
    for name in names {
        if !seen.contains(&name.as_str()) {
            seen.push(name);
        }
    }
    seen
}

fn distinct(regions: &[RegionName]) -> Vec<RegionName> {
    let mut seen: Vec<RegionName> = Vec::new();
    for region in regions {
        if !seen.contains(region) {
            seen.push(region.clone());
        }
    }
    seen
}

/// When the credentials of `account` end, if they do and anybody knows. `None` also where they cannot be
/// loaded: the first call says why, in words that fit.
pub(super) async fn expiry(account: &Account) -> Option<SystemTime> {
    use aws_sdk_ec2::config::ProvideCredentials;
    account
        .config
        .credentials_provider()?
        .provide_credentials()
        .await
        .ok()?
        .expiry()
}
