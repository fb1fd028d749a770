//! The option settings of a made-up environment, in the shape in which DescribeConfigurationSettings
//! answers for a current platform: about fifty of the hundred and twenty, environment variables redacted.

use crate::catalog::InstanceTypes;
use crate::snapshot::{Environment, OptionSetting};
use crate::units::Bytes;

use super::case::{Case, Front, Peculiarity, Platform, Stage};
use super::network::{ACCOUNT, PRIVATE, PUBLIC, REGION, VPC};

const GROUP: &str = "AWSEBAutoScalingGroup";
const TEMPLATE: &str = "AWSEBEC2LaunchTemplate";
const ALARM_LOW: &str = "AWSEBCloudwatchAlarmLow";
const ALARM_HIGH: &str = "AWSEBCloudwatchAlarmHigh";
const LOAD_BALANCER: &str = "AWSEBV2LoadBalancer";

/// Settings in the making.
#[derive(Debug, Default)]
struct Settings(Vec<OptionSetting>);

impl Settings {
    fn set(&mut self, namespace: &str, name: &str, value: impl Into<String>) {
        self.push(namespace, name, None, Some(value.into()));
    }

    fn set_on(&mut self, resource: &str, namespace: &str, name: &str, value: impl Into<String>) {
        self.push(namespace, name, Some(resource), Some(value.into()));
    }

    fn unset(&mut self, namespace: &str, name: &str) {
        self.push(namespace, name, None, None);
    }

    /// A value was there, and was dropped when it was parsed.
    fn redact(&mut self, namespace: &str, name: &str) {
        self.0.push(OptionSetting {
            redacted: true,
            ..setting(namespace, name, None, None)
        });
    }

    fn push(&mut self, namespace: &str, name: &str, resource: Option<&str>, value: Option<String>) {
        self.0.push(setting(namespace, name, resource, value));
    }
}

fn setting(
    namespace: &str,
    name: &str,
    resource: Option<&str>,
    value: Option<String>,
) -> OptionSetting {
    OptionSetting {
        namespace: namespace.to_owned(),
        name: name.to_owned(),
        resource: resource.map(str::to_owned),
        value,
        redacted: false,
    }
}

/// In the order of AWS: by namespace and name.
pub(super) fn of(case: &Case, environment: &Environment) -> Vec<OptionSetting> {
    let mut settings = Settings::default();
    instances(&mut settings, case, environment);
    scaling(&mut settings, case);
    network(&mut settings, case);
    deployment(&mut settings, case);
    operation(&mut settings, case);
    variables(&mut settings, case);
    platform(&mut settings, case);
    match case.front {
        Front::Queue => worker(&mut settings, environment),
        Front::Public | Front::Internal | Front::Shared => {
            load_balancer(&mut settings, case, environment)
        }
    }
    settings.0.sort_by(|one, other| {
        (&one.namespace, &one.name, &one.resource).cmp(&(
            &other.namespace,
            &other.name,
            &other.resource,
        ))
    });
    settings.0
}

fn instances(settings: &mut Settings, case: &Case, environment: &Environment) {
    const ASG: &str = "aws:autoscaling:asg";
    const LAUNCH: &str = "aws:autoscaling:launchconfiguration";
    const SPOT: &str = "aws:ec2:instances";
    let (min, max) = environment
        .auto_scaling_group
        .as_ref()
        .map_or((0, 0), |group| (group.min, group.max));
    settings.set_on(GROUP, ASG, "Cooldown", "360");
    settings.set_on(GROUP, ASG, "MaxSize", max.to_string());
    settings.set_on(GROUP, ASG, "MinSize", min.to_string());
    settings.set(LAUNCH, "DisableIMDSv1", "true");
    settings.set_on(
        TEMPLATE,
        LAUNCH,
        "IamInstanceProfile",
        format!("{}-instance-profile", case.application),
    );
    settings.set(LAUNCH, "InstanceType", &case.instance_type);
    settings.set_on(TEMPLATE, LAUNCH, "MonitoringInterval", "5 minute");
    settings.set_on(
        TEMPLATE,
        LAUNCH,
        "RootVolumeSize",
        environment.root_volume_gib.unwrap_or(0).to_string(),
    );
    settings.set_on(TEMPLATE, LAUNCH, "RootVolumeType", "gp3");
    settings.set_on(
        TEMPLATE,
        LAUNCH,
        "SecurityGroups",
        "sg-00000000000000001,sg-00000000000000003",
    );
    settings.set(SPOT, "EnableSpot", "false");
    settings.set(SPOT, "InstanceTypes", &case.instance_type);
    settings.set(SPOT, "SupportedArchitectures", "x86_64");
}

fn scaling(settings: &mut Settings, case: &Case) {
    const TRIGGER: &str = "aws:autoscaling:trigger";
    // The defaults are on network traffic and were never tuned where the group cannot scale anyway.
    let (measure, statistic, unit, upper, lower) = match case.peculiarity {
        Peculiarity::Scaled => ("CPUUtilization", "Average", "Percent", "60", "15"),
        _ => ("NetworkOut", "Average", "Bytes", "6000000", "2000000"),
    };
    settings.set_on(
        "AWSEBAutoScalingScaleDownPolicy",
        TRIGGER,
        "LowerBreachScaleIncrement",
        "-1",
    );
    settings.set_on(ALARM_LOW, TRIGGER, "LowerThreshold", lower);
    settings.set_on(ALARM_LOW, TRIGGER, "MeasureName", measure);
    settings.set_on(ALARM_LOW, TRIGGER, "Statistic", statistic);
    settings.set_on(ALARM_LOW, TRIGGER, "Unit", unit);
    settings.set_on(
        "AWSEBAutoScalingScaleUpPolicy",
        TRIGGER,
        "UpperBreachScaleIncrement",
        "1",
    );
    settings.set_on(ALARM_HIGH, TRIGGER, "UpperThreshold", upper);
}

fn network(settings: &mut Settings, case: &Case) {
    const NETWORK: &str = "aws:ec2:vpc";
    settings.set_on(TEMPLATE, NETWORK, "AssociatePublicIpAddress", "false");
    settings.set_on(GROUP, NETWORK, "Subnets", PRIVATE.join(","));
    settings.set_on("AWSEBSecurityGroup", NETWORK, "VPCId", VPC);
    let (scheme, subnets) = match case.front {
        Front::Queue => return,
        Front::Internal => ("internal", PRIVATE),
        Front::Public | Front::Shared => ("public", PUBLIC),
    };
    settings.set(NETWORK, "ELBScheme", scheme);
    settings.set(NETWORK, "ELBSubnets", subnets.join(","));
}

fn deployment(settings: &mut Settings, case: &Case) {
    const COMMAND: &str = "aws:elasticbeanstalk:command";
    const ROLLING: &str = "aws:autoscaling:updatepolicy:rollingupdate";
    let (policy, batch) = match case.stage {
        Stage::Production => ("RollingWithAdditionalBatch", "50"),
        Stage::Staging => ("AllAtOnce", "100"),
    };
    settings.set(COMMAND, "BatchSize", batch);
    settings.set(COMMAND, "BatchSizeType", "Percentage");
    settings.set(COMMAND, "DeploymentPolicy", policy);
    settings.set(COMMAND, "Timeout", "600");
    settings.set_on(GROUP, ROLLING, "RollingUpdateEnabled", "true");
}

fn operation(settings: &mut Settings, case: &Case) {
    const LOGS: &str = "aws:elasticbeanstalk:cloudwatch:logs";
    const MANAGED: &str = "aws:elasticbeanstalk:managedactions";
    let is_production = case.stage == Stage::Production;
    settings.set(
        LOGS,
        "RetentionInDays",
        if is_production { "30" } else { "7" },
    );
    settings.set(LOGS, "StreamLogs", is_production.to_string());
    settings.set(
        "aws:elasticbeanstalk:environment",
        "EnvironmentType",
        "LoadBalanced",
    );
    settings.set(
        "aws:elasticbeanstalk:environment",
        "ServiceRole",
        "aws-elasticbeanstalk-service-role",
    );
    settings.set(
        "aws:elasticbeanstalk:healthreporting:system",
        "SystemType",
        "enhanced",
    );
    settings.set(MANAGED, "ManagedActionsEnabled", "false");
    settings.unset(MANAGED, "PreferredStartTime");
    settings.set("aws:elasticbeanstalk:xray", "XRayEnabled", "false");
    settings.set("aws:rds:dbinstance", "HasCoupledDatabase", "false");
}

/// Names only. Beanstalk repeats all of them as one text in the template's parameter.
fn variables(settings: &mut Settings, case: &Case) {
    const VARIABLES: &str = "aws:elasticbeanstalk:application:environment";
    let of_platform: &[&str] = match case.platform {
        Platform::Docker | Platform::Go => &["LOG_LEVEL"],
        Platform::Python => &["DJANGO_SETTINGS_MODULE", "DJANGO_SECRET_KEY"],
        Platform::Nodejs => &["NODE_ENV", "SESSION_SECRET"],
        Platform::Tomcat => &["JDBC_CONNECTION_STRING"],
        Platform::Php => &["COMPOSER_HOME"],
        Platform::Iis => &["ASPNETCORE_ENVIRONMENT"],
    };
    for name in ["DATABASE_HOST", "DATABASE_PASSWORD", "CACHE_ENDPOINT"]
        .iter()
        .chain(of_platform)
    {
        settings.redact(VARIABLES, name);
    }
    settings.redact(
        "aws:cloudformation:template:parameter",
        "EnvironmentVariables",
    );
}

fn platform(settings: &mut Settings, case: &Case) {
    const PROXY: &str = "aws:elasticbeanstalk:environment:proxy";
    match case.platform {
        Platform::Python => {
            const CONTAINER: &str = "aws:elasticbeanstalk:container:python";
            settings.set(CONTAINER, "NumProcesses", "2");
            settings.set(CONTAINER, "NumThreads", "15");
            settings.set(CONTAINER, "WSGIPath", "application");
        }
        Platform::Tomcat => {
            const CONTAINER: &str = "aws:elasticbeanstalk:container:tomcat:jvmoptions";
            let heap = heap_mebibytes(&case.instance_type);
            settings.set(CONTAINER, "Xms", format!("{}m", heap / 2));
            settings.set(CONTAINER, "Xmx", format!("{heap}m"));
        }
        Platform::Php => {
            const CONTAINER: &str = "aws:elasticbeanstalk:container:php:phpini";
            settings.set(CONTAINER, "document_root", "/public");
            settings.set(CONTAINER, "max_execution_time", "60");
            settings.set(CONTAINER, "memory_limit", "256M");
        }
        Platform::Iis => {
            const CONTAINER: &str = "aws:elasticbeanstalk:container:dotnet:apppool";
            settings.set(CONTAINER, "Enable 32-bit Applications", "False");
            settings.set(CONTAINER, "Target Runtime", "4.0");
        }
        Platform::Docker | Platform::Go | Platform::Nodejs => {}
    }
    if !case.platform.is_windows() {
        settings.set(PROXY, "ProxyServer", "nginx");
    }
}

/// Three quarters of the machine, as people set it who run one application on each instance.
fn heap_mebibytes(instance_type: &str) -> u64 {
    let memory = InstanceTypes::embedded()
        .get(instance_type)
        .map_or(Bytes::from_gibibytes(4), |known| known.memory);
    memory.0 / Bytes::from_mebibytes(1).0 * 3 / 4
}

fn worker(settings: &mut Settings, environment: &Environment) {
    const DAEMON: &str = "aws:elasticbeanstalk:sqsd";
    let queue = environment.queues.first().map_or("", String::as_str);
    settings.set(DAEMON, "HttpConnections", "50");
    settings.set(DAEMON, "HttpPath", "/");
    settings.set(DAEMON, "InactivityTimeout", "299");
    settings.set(DAEMON, "MaxRetries", "10");
    settings.set(DAEMON, "MimeType", "application/json");
    settings.set(DAEMON, "VisibilityTimeout", "300");
    settings.set(
        DAEMON,
        "WorkerQueueURL",
        format!("https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/{queue}"),
    );
}

fn load_balancer(settings: &mut Settings, case: &Case, environment: &Environment) {
    const PROCESS: &str = "aws:elasticbeanstalk:environment:process:default";
    const ENVIRONMENT: &str = "aws:elasticbeanstalk:environment";
    const BALANCER: &str = "aws:elbv2:loadbalancer";
    settings.set(
        "aws:elasticbeanstalk:application",
        "Application Healthcheck URL",
        "",
    );
    settings.set(ENVIRONMENT, "LoadBalancerType", "application");
    settings.set(PROCESS, "DeregistrationDelay", "20");
    settings.set(PROCESS, "HealthCheckPath", "/health");
    settings.set(PROCESS, "Port", "80");
    settings.set(PROCESS, "Protocol", "HTTP");
    settings.set(PROCESS, "StickinessEnabled", "false");
    if case.front == Front::Shared {
        let name = environment
            .load_balancers
            .first()
            .map_or("", |balancer| balancer.name.as_str());
        settings.set(ENVIRONMENT, "LoadBalancerIsShared", "true");
        let arn = format!(
            "arn:aws:elasticloadbalancing:{REGION}:{ACCOUNT}:loadbalancer/app/{name}/0123456789abcdef"
        );
        settings.set(BALANCER, "SharedLoadBalancer", arn);
        return;
    }
    const HTTPS: &str = "aws:elbv2:listener:443";
    settings.set(ENVIRONMENT, "LoadBalancerIsShared", "false");
    settings.set_on(LOAD_BALANCER, BALANCER, "IdleTimeout", "60");
    settings.set_on(
        LOAD_BALANCER,
        BALANCER,
        "SecurityGroups",
        "sg-00000000000000002",
    );
    settings.set(HTTPS, "ListenerEnabled", "true");
    settings.set(HTTPS, "Protocol", "HTTPS");
    let certificate = "certificate/00000000-0000-0000-0000-000000000001";
    settings.set(
        HTTPS,
        "SSLCertificateArns",
        format!("arn:aws:acm:{REGION}:{ACCOUNT}:{certificate}"),
    );
}
