//! How long a call may take and how often it is tried.

use std::time::Duration;

use aws_config::retry::RetryConfig;
use aws_config::timeout::TimeoutConfig;

use crate::policy::Collect;

/// The bounds of one call. The SDK alone bounds only the connecting, so that a server that accepts and
/// then says nothing would hold it for ever; here every stage has an end, and `operation` ends them all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetryPolicy {
    /// Until the connection stands, TLS included.
    pub connect: Duration,
    /// From the request sent to the first byte of the answer.
    pub read: Duration,
    /// One attempt, its body read to the end.
    pub attempt: Duration,
    /// All attempts and the pauses between them.
    pub operation: Duration,
    /// Until the credentials are found: SSO, a role to assume or a `credential_process` take their time.
    pub credentials: Duration,
    /// Attempts in all, the first included.
    pub attempts: u32,
    /// The pause before the second attempt; it doubles, with jitter.
    pub first_pause: Duration,
    /// The longest pause of our own choice. A service that asks for more gets at most five seconds more
    /// (the SDK's bound for `x-amz-retry-after`).
    pub longest_pause: Duration,
}

impl Default for RetryPolicy {
    /// For the doctor: a person waits. A region that never answers is left after three calls of 25 s. Four
    /// attempts, because Beanstalk's unpublished limit is shared with the account's own deployments and a
    /// busy second is common.
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            read: Duration::from_secs(10),
            attempt: Duration::from_secs(12),
            operation: Duration::from_secs(25),
            credentials: Duration::from_secs(20),
            attempts: 4,
            first_pause: Duration::from_millis(500),
            longest_pause: Duration::from_secs(5),
        }
    }
}

impl RetryPolicy {
    /// For a collection: nobody waits for a single call, and a lost one is a gap in the snapshot. An answer
    /// full of data points may take its time. The SDK counts the wait for a call's turn to its attempt, which
    /// is therefore bounded like the operation; what the attempt takes once it has left is bounded by
    /// the client under it (`wire`).
    #[must_use]
    pub fn of_collection(policy: &Collect) -> Self {
        let pause = Duration::from_secs_f64(policy.pause_seconds.get().min(60.0));
        Self {
            connect: Duration::from_secs(5),
            read: Duration::from_secs(30),
            attempt: Duration::from_secs(600),
            operation: Duration::from_secs(600),
            credentials: Duration::from_secs(60),
            attempts: policy.attempts,
            first_pause: pause,
            longest_pause: pause * 20,
        }
    }

    /// For the first contact: with nothing reachable, two attempts of five seconds each for either service, the second
    /// of which begins two seconds later, are 13 s in all.
    #[must_use]
    pub fn of_first_contact() -> Self {
        Self {
            connect: Duration::from_secs(5),
            read: Duration::from_secs(5),
            // Credentials are found inside the first attempt, and a person may have to touch a key for them.
            attempt: Duration::from_secs(75),
            operation: Duration::from_secs(90),
            attempts: 2,
            first_pause: Duration::from_millis(200),
            longest_pause: Duration::from_millis(500),
            ..Self::default()
        }
    }

    /// In the SDK's terms.
    #[must_use]
    pub fn timeouts(&self) -> TimeoutConfig {
        TimeoutConfig::builder()
            .connect_timeout(self.connect)
            .read_timeout(self.read)
            .operation_attempt_timeout(self.attempt)
            .operation_timeout(self.operation)
            .build()
    }

    /// In the SDK's terms: the standard mode with its jitter. Its quota is lifted where the clients are made.
    #[must_use]
    pub fn retries(&self) -> RetryConfig {
        RetryConfig::standard()
            .with_max_attempts(self.attempts)
            .with_initial_backoff(self.first_pause)
            .with_max_backoff(self.longest_pause)
    }
}
