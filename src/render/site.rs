//! Where the clusters stand, as AWS names it in ARNs and addresses.

use crate::plan::Plan;

/// Account, region and partition of the clusters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Site {
    /// Twelve digits; zeros where no environment moves and the policy names none.
    pub(super) account: String,
    pub(super) region: String,
}

impl Site {
    pub(super) fn of(plan: &Plan) -> Self {
        let region = plan
            .clusters
            .first()
            .map_or("", |cluster| cluster.region.as_str());
        let chosen = plan.inputs.policy.topology.account.as_str();
        let seen = plan
            .environments
            .iter()
            .find(|environment| environment.planned().is_some())
            .map_or("", |environment| environment.account.as_str());
        let is_account =
            |account: &&str| account.len() == 12 && account.bytes().all(|b| b.is_ascii_digit());
        Self {
            account: [chosen, seen]
                .into_iter()
                .find(is_account)
                .unwrap_or("000000000000")
                .to_owned(),
            region: if is_region(region) {
                region
            } else {
                "us-east-1"
            }
            .to_owned(),
        }
    }

    /// `arn:aws:SERVICE:REGION:ACCOUNT:RESOURCE`
    pub(super) fn arn(&self, service: &str, resource: &str) -> String {
        arn(service, &self.region, &self.account, resource)
    }

    /// The same of a service that has no regions.
    pub(super) fn global_arn(&self, service: &str, resource: &str) -> String {
        format!(
            "arn:{}:{service}::{}:{resource}",
            partition(&self.region),
            self.account
        )
    }

    /// `arn:aws:s3:::PATH`
    pub(super) fn bucket_arn(&self, path: &str) -> String {
        format!("arn:{}:s3:::{path}", partition(&self.region))
    }

    /// Of AWS itself: `arn:aws:iam::aws:policy/NAME`
    pub(super) fn managed_policy(&self, name: &str) -> String {
        format!("arn:{}:iam::aws:policy/{name}", partition(&self.region))
    }
}

/// An ARN in the region's partition.
pub(super) fn arn(service: &str, region: &str, account: &str, resource: &str) -> String {
    format!(
        "arn:{}:{service}:{region}:{account}:{resource}",
        partition(region)
    )
}

/// Source: AWS General Reference, "Amazon Resource Names": China and GovCloud have partitions of their own.
fn partition(region: &str) -> &'static str {
    if region.starts_with("cn-") {
        "aws-cn"
    } else if region.starts_with("us-gov-") {
        "aws-us-gov"
    } else {
        "aws"
    }
}

fn is_region(text: &str) -> bool {
    (1..=40).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// The ARN of a queue by its address: `https://sqs.REGION.amazonaws.com/ACCOUNT/NAME`. None of an address that is
/// not of that form.
pub(super) fn queue_arn(url: &str) -> Option<String> {
    let (host, path) = url.strip_prefix("https://")?.split_once('/')?;
    let region = host
        .strip_prefix("sqs.")?
        .split_once(".amazonaws.com")
        .map(|(region, _)| region)
        .filter(|region| is_region(region))?;
    let (account, name) = path.split_once('/')?;
    let is_name = |name: &str| {
        (1..=80).contains(&name.len())
            && name
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
    };
    (account.len() == 12 && account.bytes().all(|b| b.is_ascii_digit()) && is_name(name))
        .then(|| arn("sqs", region, account, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_queue_is_named_by_its_own_region_and_account() {
        assert_eq!(
            queue_arn("https://sqs.eu-west-1.amazonaws.com/444455556666/orders.fifo").as_deref(),
            Some("arn:aws:sqs:eu-west-1:444455556666:orders.fifo")
        );
        assert_eq!(
            queue_arn("https://sqs.cn-north-1.amazonaws.com.cn/444455556666/orders").as_deref(),
            Some("arn:aws-cn:sqs:cn-north-1:444455556666:orders")
        );
        for hostile in [
            "https://sqs.eu-west-1.amazonaws.com/*/orders",
            "https://sqs.eu-west-1.amazonaws.com/444455556666/*",
            "https://example.com/444455556666/orders",
            "http://sqs.eu-west-1.amazonaws.com/444455556666/orders",
        ] {
            assert_eq!(queue_arn(hostile), None, "{hostile}");
        }
    }
}
