//! What stands around an environment today and is in no file: alarms, WAF, health checks that change.

use crate::plan::EntranceKind;
use crate::render::apps::App;
use crate::render::report::markdown::code;

pub(super) fn steps(app: &App<'_>, lines: &mut Vec<String>) {
    let environment = app.environment;
    let name = &environment.name;
    let is_plain = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    // A name that a shell could take for something else is left to whoever types the command.
    let shown = if is_plain {
        name.as_str()
    } else {
        "ENVIRONMENT"
    };
    lines.push(format!(
        "- [ ] Alarms are not collected: {} lists those on its group of instances; each becomes one on the Deployment or the load balancer before clients move",
        code(&format!(
            "aws cloudwatch describe-alarms --region {} --query \"MetricAlarms[?Dimensions[?contains(Value, '{shown}') || contains(Value, 'awseb-{}')]].AlarmName\"",
            environment.region, environment.id
        ))
    ));
    let Some(entrance) = &app.intents().entrance else {
        return;
    };
    if entrance.kind == EntranceKind::Application {
        lines.push(format!(
            "- [ ] Associations of WAF are not collected: {} for its load balancer of today. If there is one, the annotation `alb.ingress.kubernetes.io/wafv2-acl-arn` in each `CLUSTER/ingress.yaml`, the same for all apps of that load balancer",
            code(&format!(
                "aws wafv2 get-web-acl-for-resource --region {} --resource-arn ARN",
                environment.region
            ))
        ));
        let is_connection = app
            .intents()
            .main()
            .is_some_and(|process| process.health.path.is_none() || process.tcp);
        if is_connection {
            lines.push("- [ ] Today a connection is enough for its load balancer. An application load balancer can only ask over HTTP: it asks for `/` and takes any answer from 200 to 499 for well. Better: a path that says how the app is".to_owned());
        }
    }
}
