//! The SDK's clients for one region: the seam between this program and the network.
//!
//! A test builds the same clients against a server of its own; everything behind the seam is real.

use aws_config::identity::IdentityCache;
use aws_config::profile::{ProfileFileCredentialsProvider, credentials};
use aws_config::provider_config::ProviderConfig;
use aws_config::{AppName, BehaviorVersion, Region, SdkConfig};
use aws_sdk_ec2::config::SharedCredentialsProvider;
use aws_sdk_ec2::config::retry::{RetryPartition, TokenBucket};
use aws_smithy_runtime_api::client::http::SharedHttpClient;

use super::region::RegionName;
use super::retry_policy::RetryPolicy;

/// Who answers in one region.
#[derive(Debug, Clone)]
pub struct RegionClients {
    pub(super) region: RegionName,
    pub(super) beanstalk: aws_sdk_elasticbeanstalk::Client,
    pub(super) cloudwatch: aws_sdk_cloudwatch::Client,
    pub(super) ec2: aws_sdk_ec2::Client,
    pub(super) auto_scaling: aws_sdk_autoscaling::Client,
    pub(super) load_balancing: aws_sdk_elasticloadbalancingv2::Client,
    pub(super) classic_load_balancing: aws_sdk_elasticloadbalancing::Client,
    pub(super) sts: aws_sdk_sts::Client,
}

/// A client whose retries cost nothing. The SDK's own quota is one for the whole process, and a handful of
/// calls that are throttled to their end would leave none for all others; the gates slow down instead.
macro_rules! client {
    ($service:ident, $config:ident) => {
        $service::Client::from_conf(
            $service::config::Builder::from(&$config)
                .retry_partition(without_quota())
                .build(),
        )
    };
}

/// Who answers for the price list in `region`, one of the few that do.
pub(super) fn price_list(
    config: &SdkConfig,
    region: &RegionName,
    retry_policy: &RetryPolicy,
) -> aws_sdk_pricing::Client {
    let config = patient(config, region, retry_policy);
    client!(aws_sdk_pricing, config)
}

fn patient(config: &SdkConfig, region: &RegionName, retry_policy: &RetryPolicy) -> SdkConfig {
    let region = Region::new(region.as_str().to_owned());
    config
        .to_builder()
        .region(region)
        .timeout_config(retry_policy.timeouts())
        .retry_config(retry_policy.retries())
        .build()
}

fn without_quota() -> RetryPartition {
    RetryPartition::custom("eb2eks")
        .token_bucket(TokenBucket::unlimited())
        .build()
}

impl RegionClients {
    /// Clients for `region` that are as patient as `retry_policy` says, whatever `config` said of that.
    /// Credentials and endpoints are those of `config`.
    #[must_use]
    pub fn new(config: &SdkConfig, region: RegionName, retry_policy: &RetryPolicy) -> Self {
        let config = patient(config, &region, retry_policy);
        Self {
            region,
            beanstalk: client!(aws_sdk_elasticbeanstalk, config),
            cloudwatch: client!(aws_sdk_cloudwatch, config),
            ec2: client!(aws_sdk_ec2, config),
            auto_scaling: client!(aws_sdk_autoscaling, config),
            load_balancing: client!(aws_sdk_elasticloadbalancingv2, config),
            classic_load_balancing: client!(aws_sdk_elasticloadbalancing, config),
            sts: client!(aws_sdk_sts, config),
        }
    }
}

/// What the SDK's own chain finds: environment, shared config, SSO, roles. One cache of credentials
/// serves all clients, so that they are loaded once. No endpoint is set here.
///
/// A profile that was named is the only source of credentials: in the SDK's chain the keys of the
/// environment come before it and the instance's role after it, so that a misspelt profile would ask
/// another account in silence.
pub(super) async fn session(
    profile: Option<&str>,
    region: Option<&RegionName>,
    retry_policy: &RetryPolicy,
    http: &SharedHttpClient,
) -> SdkConfig {
    let mut loader = aws_config::defaults(BehaviorVersion::v2026_01_12())
        .http_client(http.clone())
        .timeout_config(retry_policy.timeouts())
        .retry_config(retry_policy.retries())
        .identity_cache(
            IdentityCache::lazy()
                .load_timeout(retry_policy.credentials)
                .build(),
        );
    if let Some(region) = region {
        loader = loader.region(Region::new(region.as_str().to_owned()));
    }
    if let Some(profile) = profile {
        loader = loader.profile_name(profile);
    }
    // The name stands in the user agent, so that the account's owners find these calls in CloudTrail.
    if let Ok(name) = AppName::new("eb2eks") {
        loader = loader.app_name(name);
    }
    let config = loader.load().await;
    let Some(profile) = profile else {
        return config;
    };
    let provider = only_profile(profile, config.region().cloned(), retry_policy, http).build();
    config
        .into_builder()
        .credentials_provider(SharedCredentialsProvider::new(provider))
        .build()
}

/// `region` is where a role is assumed.
fn only_profile(
    profile: &str,
    region: Option<Region>,
    retry_policy: &RetryPolicy,
    http: &SharedHttpClient,
) -> credentials::Builder {
    let bounds = ProviderConfig::without_region()
        .with_region(region)
        .with_behavior_version(Some(BehaviorVersion::v2026_01_12()))
        .with_timeout_config(retry_policy.timeouts())
        .with_retry_config(retry_policy.retries())
        .with_http_client(http.clone());
    ProfileFileCredentialsProvider::builder()
        .configure(&bounds)
        .profile_name(profile)
}

#[cfg(test)]
mod tests {
    use super::*;
    #[expect(
        deprecated,
        reason = "the new name is in a crate that nothing else here needs"
    )]
    use aws_config::profile::profile_file::{ProfileFileKind, ProfileFiles};
    use aws_sdk_ec2::config::ProvideCredentials;

    #[expect(deprecated, reason = "as above")]
    fn key_of(profile: &str) -> Result<String, String> {
        let text = "[stage]\naws_access_key_id = of-stage\naws_secret_access_key = s\n[bare]\nregion = eu-west-1\n";
        let files = ProfileFiles::builder()
            .with_contents(ProfileFileKind::Credentials, text)
            .build();
        let provider = only_profile(
            profile,
            None,
            &RetryPolicy::default(),
            &super::super::wire::https().expect("the system's certificates"),
        )
        .profile_files(files)
        .build();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("an event loop");
        match runtime.block_on(provider.provide_credentials()) {
            Ok(credentials) => Ok(credentials.access_key_id().to_owned()),
            Err(error) => Err(format!("{error:?}")),
        }
    }

    #[test]
    fn a_named_profile_is_the_only_source() {
        assert_eq!(key_of("stage").as_deref(), Ok("of-stage"));
        assert!(key_of("satge").is_err_and(|said| said.contains("satge")));
        assert!(key_of("bare").is_err());
    }
}
