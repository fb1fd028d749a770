//! The least-privilege policy, written from the list of calls.

use serde::Serialize;

use super::calls::{ASSUME_ROLE, Call, Service};

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Policy<'a> {
    version: &'static str,
    statement: Vec<Statement<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Statement<'a> {
    sid: String,
    effect: &'static str,
    action: Vec<&'static str>,
    resource: Vec<&'a str>,
}

/// An IAM policy document (JSON, indented, one statement for each service) that allows exactly the calls
/// in [`Call::ALL`].
///
/// The resource is `*`: CloudWatch and EC2 know no narrower one for these actions, and a narrower one for
/// Beanstalk hides environments silently, because it answers a caller who may not see an environment as if
/// there were none.
///
/// `roles` are ARNs to assume: a statement for them is added, for the policy of whoever assumes them.
///
/// # Errors
/// None in practice: the document is made of names and lists.
pub fn iam_policy(roles: &[String]) -> serde_json::Result<String> {
    let mut statement: Vec<Statement<'_>> = Service::ALL
        .into_iter()
        .map(|service| {
            let mut action: Vec<_> = Call::ALL
                .iter()
                .filter(|call| call.service() == service)
                .map(|call| call.action())
                .collect();
            action.sort_unstable();
            // Two services share the name of a call, and with it the permission.
            action.dedup();
            Statement {
                sid: format!("Eb2eksReads{}", service.name()),
                effect: "Allow",
                action,
                resource: vec!["*"],
            }
        })
        .collect();
    if !roles.is_empty() {
        let resource = roles.iter().map(String::as_str).collect();
        statement.push(Statement {
            sid: "Eb2eksAssumesRoles".to_owned(),
            effect: "Allow",
            action: vec![ASSUME_ROLE],
            resource,
        });
    }
    serde_json::to_string_pretty(&Policy {
        version: "2012-10-17",
        statement,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_policy_allows_the_list_and_nothing_else() {
        let policy: serde_json::Value =
            serde_json::from_str(&iam_policy(&[]).expect("it serialises")).expect("it is JSON");
        let statements = policy["Statement"].as_array().expect("statements");
        let mut allowed = BTreeSet::new();
        for statement in statements {
            assert_eq!(statement["Effect"], "Allow");
            assert!(
                statement["Sid"]
                    .as_str()
                    .expect("an id")
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric())
            );
            for action in statement["Action"].as_array().expect("actions") {
                let action = action.as_str().expect("a name");
                assert!(!action.contains('*'), "{action} is a wildcard");
                assert!(allowed.insert(action.to_owned()), "{action} twice");
            }
        }
        let listed: BTreeSet<String> = Call::ALL
            .iter()
            .map(|call| call.action().to_owned())
            .collect();
        assert_eq!(allowed, listed);
    }
}
