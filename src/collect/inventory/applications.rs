//! Names of applications, and the platform branches of a region: DescribeApplications and
//! ListPlatformBranches.

use serde::{Deserialize, Serialize};

use super::super::call_error::{CallError, CallResult};
use super::super::clients::RegionClients;
use super::pages;

/// The names of all applications of a region.
pub(in crate::collect) async fn read(clients: &RegionClients) -> CallResult<Vec<String>> {
    let answer = clients
        .beanstalk
        .describe_applications()
        .send()
        .await
        .map_err(|error| CallError::of(&error, &clients.region))?;
    let applications = pages::listed("DescribeApplications", answer.applications)?;
    Ok(applications
        .into_iter()
        .filter_map(|application| application.application_name)
        .collect())
}

/// A platform branch and whether it is still kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::collect) struct Branch {
    pub(in crate::collect) name: String,
    /// `supported`, `deprecated`, `retired`, …
    pub(in crate::collect) state: String,
}

/// Every branch that Beanstalk knows in the region.
pub(in crate::collect) async fn branches(clients: &RegionClients) -> CallResult<Vec<Branch>> {
    pages::all("ListPlatformBranches", |token| async move {
        let answer = clients
            .beanstalk
            .list_platform_branches()
            .set_next_token(token)
            .send()
            .await;
        let answer = answer.map_err(|error| CallError::of(&error, &clients.region))?;
        let branch = |one: aws_sdk_elasticbeanstalk::types::PlatformBranchSummary| {
            Some(Branch {
                name: one.branch_name?,
                state: one.lifecycle_state.unwrap_or_default(),
            })
        };
        let branches = answer
            .platform_branch_summary_list
            .unwrap_or_default()
            .into_iter()
            .filter_map(branch)
            .collect();
        Ok((branches, answer.next_token))
    })
    .await
}
