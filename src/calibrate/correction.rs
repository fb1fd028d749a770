//! What a load test makes of an app's replicas and requests.

use super::{Knee, Step};
use crate::size::Sizing;
use crate::units::{Bytes, Millicores};

/// What must be carried, and what carried the test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Peak {
    /// Requests a second at the busiest moment, of all pods.
    pub rate: f64,
    /// Pods that were tested.
    pub pods: u32,
}

/// The numbers that the load test asks for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Correction {
    /// Requests a second that one pod carries at the knee.
    pub rate_of_a_pod: f64,
    /// Pods that carry the peak at the autoscaler's target.
    pub replicas: u32,
    /// CPU of a pod at the knee; absent where the test did not measure CPU.
    pub cpu: Option<Millicores>,
    /// The most memory that the test saw in a pod; absent where it was not measured, or is less than what
    /// is requested already.
    pub memory: Option<Bytes>,
}

/// More replicas than anybody runs of one app: the peak or the test is not of this app.
const MOST_REPLICAS: f64 = 1_000.0;

/// The load test and the peak do not belong together.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error(
    "{peak:.1} requests a second would take over {MOST_REPLICAS:.0} pods that carry {rate_of_a_pod:.3} each; are both of this app?"
)]
pub struct TooManyReplicas {
    /// Requests a second at today's busiest.
    pub peak: f64,
    /// Requests a second that one pod carried at the knee.
    pub rate_of_a_pod: f64,
}

impl Correction {
    /// - replicas = ceil(peak / (rate of a pod x target)), at least two: at the peak each pod works at the
    ///   autoscaler's target of what it carries, so that a rise finds room.
    /// - CPU = that of the last good step, scaled to the knee: what a pod uses when it carries all that it can,
    ///   of which the autoscaler's target is a share.
    /// - memory = the highest of all steps, if that is over the request.
    ///
    /// # Errors
    /// When it would take more pods than anybody runs.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a number of pods up to a thousand"
    )]
    pub fn of(
        sizing: &Sizing,
        steps: &[Step],
        knee: &Knee,
        peak: Peak,
    ) -> Result<Self, TooManyReplicas> {
        let rate_of_a_pod = knee.rate / f64::from(peak.pods.max(1));
        let target = f64::from(sizing.autoscaling.target_percent.max(1)) / 100.0;
        let replicas = (peak.rate / (rate_of_a_pod * target) - 1e-9)
            .ceil()
            .max(2.0);
        if !replicas.is_finite() || replicas > MOST_REPLICAS {
            return Err(TooManyReplicas {
                peak: peak.rate,
                rate_of_a_pod,
            });
        }
        let to_the_knee = knee.rate / knee.last.rate;
        let cpu = knee.last.cpu_millicores.map(|millicores| {
            Millicores::from_cores_rounded_up(millicores / 1_000.0 * to_the_knee)
        });
        let seen = steps
            .iter()
            .filter_map(|step| step.memory_mib)
            .fold(0.0, f64::max);
        let seen = Bytes::from_f64_rounded_up(seen * 1_048_576.0);
        Ok(Self {
            rate_of_a_pod,
            replicas: replicas as u32,
            cpu,
            memory: (seen > sizing.requests.memory).then_some(seen),
        })
    }
}
