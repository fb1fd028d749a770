//! Beanstalk's calls. Those that need an environment ask about one that was seen, or about a name that
//! nobody has: that it is not found is an answer, too.

use super::super::clients::RegionClients;
use super::{Finding, NOBODY, ProbeContext, about, refused};

pub(super) async fn environments(clients: &RegionClients) -> Finding {
    match clients
        .beanstalk
        .describe_environments()
        .max_records(1)
        .send()
        .await
    {
        // An empty page may be followed by a full one.
        Ok(answer) => match answer.environments {
            Some(list) if list.is_empty() && answer.next_token.is_none() => {
                Finding::empty("environments")
            }
            list => {
                let first = list.as_deref().and_then(<[_]>::first);
                let known = ProbeContext {
                    application: first.and_then(|one| one.application_name.clone()),
                    environment: first.and_then(|one| one.environment_name.clone()),
                    arn: first.and_then(|one| one.environment_arn.clone()),
                    ..ProbeContext::default()
                };
                Finding {
                    known,
                    ..Finding::listing("environments", list.as_deref())
                }
            }
        },
        Err(error) => refused(clients, &error),
    }
}

pub(super) async fn applications(clients: &RegionClients) -> Finding {
    match clients.beanstalk.describe_applications().send().await {
        Ok(answer) => match answer.applications {
            Some(list) if list.is_empty() => Finding::empty("applications"),
            list => Finding::listing("applications", list.as_deref()),
        },
        Err(error) => refused(clients, &error),
    }
}

pub(super) async fn resources(clients: &RegionClients, known: &ProbeContext) -> Finding {
    let name = known.environment.as_deref().unwrap_or(NOBODY);
    about(
        clients,
        clients
            .beanstalk
            .describe_environment_resources()
            .environment_name(name)
            .send()
            .await,
    )
}

pub(super) async fn settings(clients: &RegionClients, known: &ProbeContext) -> Finding {
    let application = known.application.as_deref().unwrap_or(NOBODY);
    let name = known.environment.as_deref().unwrap_or(NOBODY);
    about(
        clients,
        clients
            .beanstalk
            .describe_configuration_settings()
            .application_name(application)
            .environment_name(name)
            .send()
            .await,
    )
}

pub(super) async fn tags(clients: &RegionClients, known: &ProbeContext) -> Finding {
    let nobody = || {
        format!(
            "arn:aws:elasticbeanstalk:{}:000000000000:environment/{NOBODY}/{NOBODY}",
            clients.region
        )
    };
    about(
        clients,
        clients
            .beanstalk
            .list_tags_for_resource()
            .resource_arn(known.arn.clone().unwrap_or_else(nobody))
            .send()
            .await,
    )
}

pub(super) async fn branches(clients: &RegionClients) -> Finding {
    about(
        clients,
        clients
            .beanstalk
            .list_platform_branches()
            .max_records(1)
            .send()
            .await,
    )
}
