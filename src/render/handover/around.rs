//! What stands around an environment today and is in no file: alarms, WAF, health checks that change.

use crate::plan::EntranceKind;
use crate::render::apps::App;
use crate::render::report::markdown::{code, command, typed};

pub(super) fn steps(app: &App<'_>, lines: &mut Vec<String>) {
    let environment = app.environment;
    let region = typed(&environment.region, "REGION");
    lines.push(format!(
        "- [ ] Alarms are not collected: {} lists those on its group of instances; each becomes one on the Deployment or the load balancer before clients move",
        command(&format!(
            "aws cloudwatch describe-alarms --region {region} --query \"MetricAlarms[?Dimensions[?contains(Value, '{}') || contains(Value, 'awseb-{}')]].AlarmName\"",
            typed(&environment.name, "ENVIRONMENT"),
            typed(&environment.id, "ID")
        ))
    ));
    let Some(entrance) = &app.intents().entrance else {
        return;
    };
    if entrance.kind == EntranceKind::Application {
        let today = command(&format!(
            "aws wafv2 get-web-acl-for-resource --region {region} --resource-arn ARN"
        ));
        let reach = entrance.scheme.word();
        lines.push(match app.plan.inputs.policy.platform.web_acls.get(reach) {
            Some(acl) => format!(
                "- [ ] Its new load balancers have the web ACL {} of WAF: is it what its load balancer of today has? {today}",
                code(acl)
            ),
            None => format!(
                "- [ ] Associations of WAF are not collected: {today} for its load balancer of today. If there is one, put it into the policy, `platform.web_acls.{reach}`, and plan again: all {reach} load balancers of the clusters get it"
            ),
        });
        let is_connection = app
            .intents()
            .main()
            .is_some_and(|process| process.health.path.is_none() || process.tcp);
        if is_connection {
            lines.push("- [ ] Today a connection is enough for its load balancer. An application load balancer can only ask over HTTP: it asks for `/` and takes any answer from 200 to 499 for well. Better: a path that says how the app is".to_owned());
        }
    }
}
