//! Everything that answers in XML.

use std::collections::BTreeMap;

use eb2eks::snapshot::{Environment, Instance};

use super::estate::{Estate, balancer_dimension, target_dimension};
use super::{Asked, beanstalk};

const ACCOUNT: &str = "111122223333";
const REGION: &str = "ap-northeast-1";

/// A request's form.
struct Form(BTreeMap<String, String>);

impl Form {
    fn of(asked: &Asked) -> Self {
        let text = String::from_utf8_lossy(&asked.body).into_owned();
        Self(
            text.split('&')
                .filter_map(|pair| pair.split_once('='))
                .map(|(name, value)| (name.to_owned(), decoded(value)))
                .collect(),
        )
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// Values of `Filter.N.Value.M` whatever N and M are.
    fn all(&self, part: &str) -> Vec<&str> {
        self.0
            .iter()
            .filter(|(name, _)| name.contains(part))
            .map(|(_, value)| value.as_str())
            .collect()
    }
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => {
                let code =
                    [rest.next(), rest.next()].map(|digit| char::from(digit.expect("two digits")));
                bytes.push(
                    u8::from_str_radix(&code.iter().collect::<String>(), 16).expect("two digits"),
                );
            }
            other => bytes.push(other),
        }
    }
    String::from_utf8(bytes).expect("text")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

fn tag(name: &str, value: &str) -> String {
    format!("<{name}>{}</{name}>", escaped(value))
}

fn optional(name: &str, value: Option<&str>) -> String {
    value.map_or_else(String::new, |value| tag(name, value))
}

fn list<T>(name: &str, item: &str, items: &[T], of: impl Fn(&T) -> String) -> String {
    let items: String = items
        .iter()
        .map(|one| format!("<{item}>{}</{item}>", of(one)))
        .collect();
    format!("<{name}>{items}</{name}>")
}

pub(super) fn answer(estate: &Estate, asked: &Asked) -> String {
    let form = Form::of(asked);
    let (service, operation) = asked.action.split_once(':').expect("an action");
    let operation = operation.trim_end_matches(" (classic)");
    let result = match asked.action.as_str() {
        "elasticbeanstalk:DescribeEnvironments" => environments(estate, &form),
        "elasticbeanstalk:DescribeApplications" => applications(estate),
        "elasticbeanstalk:DescribeEnvironmentResources" => resources(estate, &form),
        "elasticbeanstalk:DescribeConfigurationSettings" => settings(estate, &form),
        "elasticbeanstalk:ListTagsForResource" => tags(estate, &form),
        "elasticbeanstalk:ListPlatformBranches" => branches(),
        "autoscaling:DescribeAutoScalingGroups" => groups(estate, &form),
        "autoscaling:DescribeScalingActivities" => activities(estate, &form),
        "elasticloadbalancing:DescribeLoadBalancers" => balancers(estate, &form),
        "elasticloadbalancing:DescribeListeners" => "<Listeners><member><Port>443</Port><Protocol>HTTPS</Protocol><Certificates><member><CertificateArn>arn:aws:acm:ap-northeast-1:111122223333:certificate/c</CertificateArn></member></Certificates></member></Listeners>".to_owned(),
        "elasticloadbalancing:DescribeTargetGroups" => target_groups(estate, &form),
        "elasticloadbalancing:DescribeLoadBalancers (classic)" => "<LoadBalancerDescriptions/>".to_owned(),
        "sts:GetCallerIdentity" => tag("Account", account_of(&asked.key)),
        "sts:AssumeRole" => assumed(&form),
        "ec2:DescribeInstances" => instances(estate, &form),
        "ec2:DescribeInstanceTypes" => instance_types(&form),
        "ec2:DescribeVolumes" => volumes(estate, &form),
        "ec2:DescribeVpcs" => list("vpcSet", "item", &estate.inventory.vpcs, |vpc| tag("vpcId", &vpc.id) + &optional("cidrBlock", vpc.cidr.as_deref())),
        "ec2:DescribeSubnets" => subnets(estate),
        "ec2:DescribeRouteTables" => routes(estate),
        "ec2:DescribeSecurityGroups" => "<securityGroupInfo><item><groupId>sg-0a1b2c3d4e5f60718</groupId><groupName>web</groupName></item></securityGroupInfo>".to_owned(),
        other => panic!("{other} is not a call that this account expects"),
    };
    if service == "ec2" {
        return format!(
            "<{operation}Response xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"><requestId>r</requestId>{result}</{operation}Response>"
        );
    }
    beanstalk(operation, &result)
}

/// A role's key names its account, so that later requests can be told apart.
fn assumed(form: &Form) -> String {
    let account = form
        .get("RoleArn")
        .and_then(|arn| arn.split(':').nth(4))
        .expect("a role's ARN")
        .to_owned();
    let parts = [
        tag("AccessKeyId", &format!("ASIA{account}")),
        tag("SecretAccessKey", "secret"),
        tag("SessionToken", "token"),
        // Long after the fleet's own time, and after any test.
        tag("Expiration", "2099-01-01T00:00:00Z"),
    ];
    format!("<Credentials>{}</Credentials>", parts.concat())
}

fn account_of(key: &str) -> &str {
    key.strip_prefix("ASIA").unwrap_or(ACCOUNT)
}

fn next(name: &str, token: Option<String>) -> String {
    token.map_or_else(String::new, |token| tag(name, &token))
}

fn named<'a>(estate: &'a Estate, form: &Form) -> &'a Environment {
    let by = |one: &&Environment| {
        form.get("EnvironmentId")
            .map_or(form.get("EnvironmentName") == Some(&one.name), |id| {
                id == one.id
            })
    };
    estate
        .environments
        .iter()
        .find(by)
        .expect("a known environment")
}

fn arn(one: &Environment) -> String {
    format!(
        "arn:aws:elasticbeanstalk:{REGION}:{ACCOUNT}:environment/{}/{}",
        one.application, one.name
    )
}

fn environments(estate: &Estate, form: &Form) -> String {
    let shown: Vec<&Environment> = estate
        .environments
        .iter()
        .filter(|one| estate.is_shown(one))
        .collect();
    let (page, token) = estate.page(&shown, form.get("NextToken"));
    let environment = |one: &&Environment| {
        [
            tag("EnvironmentName", &one.name),
            tag("EnvironmentId", &one.id),
            tag("ApplicationName", &one.application),
            tag("SolutionStackName", &one.platform),
            tag("EnvironmentArn", &arn(one)),
            tag("Status", &one.status),
            tag("Health", &one.health),
            // The model says NoData, the service writes a space.
            tag("HealthStatus", "No Data"),
            optional("CNAME", one.cname.as_deref()),
            optional("VersionLabel", one.version_label.as_deref()),
            tag("Description", &estate.setup.canaries.0.join(" ")),
            format!(
                "<Tier>{}<Type>Standard</Type><Version> </Version></Tier>",
                tag("Name", &one.tier)
            ),
        ]
        .concat()
    };
    list("Environments", "member", page, environment) + &next("NextToken", token)
}

fn applications(estate: &Estate) -> String {
    let mut names: Vec<&str> = estate
        .environments
        .iter()
        .map(|one| one.application.as_str())
        .collect();
    names.dedup();
    let canaries = estate.setup.canaries.0.join(" ");
    list("Applications", "member", &names, |name| {
        tag("ApplicationName", name) + &tag("Description", &canaries)
    })
}

/// A classic load balancer by name, any other by its whole ARN.
fn balancer_name(kind: &str, name: &str) -> String {
    if kind == "classic" {
        name.to_owned()
    } else {
        balancer_arn(name)
    }
}

fn balancer_arn(name: &str) -> String {
    format!(
        "arn:aws:elasticloadbalancing:{REGION}:{ACCOUNT}:loadbalancer/{}",
        balancer_dimension(name)
    )
}

fn target_arn(one: &Environment) -> String {
    format!(
        "arn:aws:elasticloadbalancing:{REGION}:{ACCOUNT}:{}",
        target_dimension(&one.id)
    )
}

fn resources(estate: &Estate, form: &Form) -> String {
    let one = named(estate, form);
    let groups: Vec<&str> = one
        .auto_scaling_group
        .iter()
        .map(|group| group.name.as_str())
        .collect();
    let running: Vec<&str> = one
        .running_instances()
        .map(|instance| instance.id.as_str())
        .collect();
    let queue = |name: &String| {
        tag("Name", "WorkerQueue")
            + &tag(
                "URL",
                &format!("https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/{name}"),
            )
    };
    let parts = [
        list("AutoScalingGroups", "member", &groups, |name| {
            tag("Name", name)
        }),
        list("Instances", "member", &running, |id| tag("Id", id)),
        list("LoadBalancers", "member", &one.load_balancers, |balancer| {
            tag("Name", &balancer_name(&balancer.kind, &balancer.name))
        }),
        if one.queues.is_empty() {
            String::new()
        } else {
            list("Queues", "member", &one.queues, queue)
        },
    ];
    format!(
        "<EnvironmentResources>{}{}</EnvironmentResources>",
        tag("EnvironmentName", &one.name),
        parts.concat()
    )
}

fn settings(estate: &Estate, form: &Form) -> String {
    let one = named(estate, form);
    let options: String = one
        .option_settings
        .iter()
        .map(|option| {
            // Secrets are there in clear text; the generator has dropped them.
            let value = if option.redacted {
                Some("in clear text")
            } else {
                option.value.as_deref()
            };
            let parts = [
                optional("ResourceName", option.resource.as_deref()),
                tag("Namespace", &option.namespace),
                tag("OptionName", &option.name),
                optional("Value", value),
            ];
            format!("<member>{}</member>", parts.concat())
        })
        .collect();
    let planted: String = estate
        .setup
        .canaries
        .0
        .iter()
        .flat_map(|canary| planted(canary))
        .collect();
    let set = |status: &str, options: &str| {
        format!(
            "<member>{}{}<OptionSettings>{options}</OptionSettings></member>",
            tag("EnvironmentName", &one.name),
            tag("DeploymentStatus", status)
        )
    };
    let changed = "<member><Namespace>aws:autoscaling:asg</Namespace><OptionName>MaxSize</OptionName><Value>99</Value></member>";
    let draft = if estate.setup.drafts {
        set("failed", &format!("{options}{changed}"))
    } else {
        String::new()
    };
    format!(
        "<ConfigurationSettings>{draft}{}</ConfigurationSettings>",
        set("deployed", &(options + &planted))
    )
}

/// A secret in every place where somebody has been seen to put one.
fn planted(canary: &str) -> Vec<String> {
    let option = |namespace: &str, name: &str, value: String| {
        format!(
            "<member>{}{}{}</member>",
            tag("Namespace", namespace),
            tag("OptionName", name),
            tag("Value", &value)
        )
    };
    vec![
        option(
            "aws:elasticbeanstalk:application:environment",
            "PLANTED",
            canary.to_owned(),
        ),
        option(
            "aws:cloudformation:template:parameter",
            "EnvironmentVariables",
            format!("PLANTED={canary},B=1"),
        ),
        option(
            "aws:cloudformation:template:parameter",
            "AppSource",
            format!("https://example.com/app.zip?sig={canary}"),
        ),
        option("aws:rds:dbinstance", "DBPassword", canary.to_owned()),
        option(
            "aws:elasticbeanstalk:sns:topics",
            "Notification Endpoint",
            canary.to_owned(),
        ),
        option(
            "aws:elasticbeanstalk:container:tomcat:jvmoptions",
            "JVM Options",
            format!("-Xmx512m -Dsecret={canary}"),
        ),
        option(
            "aws:elasticbeanstalk:container:nodejs",
            "NodeCommand",
            format!("node app.js --key {canary}"),
        ),
        option(
            "aws:elasticbeanstalk:application",
            "Application Healthcheck URL",
            format!("https://user:{canary}@example.com/health"),
        ),
        option(
            "aws:elasticbeanstalk:customoption",
            "Anything",
            canary.to_owned(),
        ),
        option("aws:somebodys:own", "Option", canary.to_owned()),
    ]
}

fn tags(estate: &Estate, form: &Form) -> String {
    let one = estate
        .environments
        .iter()
        .find(|one| Some(arn(one).as_str()) == form.get("ResourceArn"))
        .expect("a known environment");
    let mut tags: Vec<(String, String)> = one.tags.clone().into_iter().collect();
    tags.extend(
        estate
            .setup
            .canaries
            .0
            .iter()
            .enumerate()
            .map(|(number, canary)| (format!("ApiToken{number}"), canary.clone())),
    );
    list("ResourceTags", "member", &tags, |(key, value)| {
        tag("Key", key) + &tag("Value", value)
    })
}

fn branches() -> String {
    let branch = tag(
        "BranchName",
        "Python 3.11 running on 64bit Amazon Linux 2023",
    ) + &tag("LifecycleState", "supported");
    format!("<PlatformBranchSummaryList><member>{branch}</member></PlatformBranchSummaryList>")
}

fn groups(estate: &Estate, form: &Form) -> String {
    let (page, token) = estate.page(&estate.environments, form.get("NextToken"));
    let group = |one: &Environment| {
        let Some(group) = &one.auto_scaling_group else {
            return String::new();
        };
        let running: Vec<&Instance> = one.running_instances().collect();
        let tags = [
            ("elasticbeanstalk:environment-name", &one.name),
            ("elasticbeanstalk:environment-id", &one.id),
        ];
        [
            tag("AutoScalingGroupName", &group.name),
            tag("MinSize", &group.min.to_string()),
            tag("MaxSize", &group.max.to_string()),
            tag("DesiredCapacity", &group.desired.to_string()),
            list("Tags", "member", &tags, |(key, value)| {
                tag("Key", key) + &tag("Value", value)
            }),
            list("TargetGroupARNs", "member", &one.load_balancers, |_| {
                escaped(&target_arn(one))
            }),
            list("Instances", "member", &running, |instance| {
                tag("InstanceId", &instance.id)
                    + &tag("InstanceType", &instance.instance_type)
                    + &optional("AvailabilityZone", instance.zone.as_deref())
            }),
        ]
        .concat()
    };
    list("AutoScalingGroups", "member", page, group) + &next("NextToken", token)
}

fn activities(estate: &Estate, form: &Form) -> String {
    let of = |one: &&Environment| {
        one.auto_scaling_group
            .as_ref()
            .is_some_and(|group| form.get("AutoScalingGroupName") == Some(&group.name))
    };
    let one = estate.environments.iter().find(of).expect("a known group");
    let mut all: Vec<String> = Vec::new();
    for instance in one
        .instances
        .iter()
        .filter(|instance| instance.terminated_at.is_some())
    {
        let activity = |what: &str, time: Option<jiff::Timestamp>| {
            let time = time.expect("a time").to_string();
            [
                tag("Description", &format!("{what}: {}", instance.id)),
                tag("StatusCode", "Successful"),
                tag("StartTime", &time),
                tag("EndTime", &time),
            ]
            .concat()
        };
        all.push(activity(
            "Launching a new EC2 instance",
            instance.launched_at,
        ));
        all.push(activity("Terminating EC2 instance", instance.terminated_at));
    }
    let (page, token) = estate.page(&all, form.get("NextToken"));
    list("Activities", "member", page, String::clone) + &next("NextToken", token)
}

/// Each of its own name once, whoever shares it.
fn all_balancers(estate: &Estate) -> Vec<(&str, Vec<&Environment>)> {
    let mut all: BTreeMap<&str, Vec<&Environment>> = BTreeMap::new();
    for one in &estate.environments {
        one.load_balancers
            .iter()
            .for_each(|balancer| all.entry(&balancer.name).or_default().push(one));
    }
    all.into_iter().collect()
}

fn balancers(estate: &Estate, form: &Form) -> String {
    let all = all_balancers(estate);
    let (page, token) = estate.page(&all, form.get("Marker"));
    let balancer = |(name, _): &(&str, Vec<&Environment>)| {
        [
            tag("LoadBalancerArn", &balancer_arn(name)),
            tag("LoadBalancerName", name),
            tag("Type", "application"),
            tag("Scheme", "internet-facing"),
        ]
        .concat()
    };
    list("LoadBalancers", "member", page, balancer) + &next("NextMarker", token)
}

fn target_groups(estate: &Estate, form: &Form) -> String {
    let all: Vec<(&str, &Environment)> = all_balancers(estate)
        .into_iter()
        .flat_map(|(name, sharers)| sharers.into_iter().map(move |one| (name, one)))
        .collect();
    let (page, token) = estate.page(&all, form.get("Marker"));
    let group = |(name, one): &(&str, &Environment)| {
        tag("TargetGroupArn", &target_arn(one))
            + &format!(
                "<LoadBalancerArns><member>{}</member></LoadBalancerArns>",
                balancer_arn(name)
            )
    };
    list("TargetGroups", "member", page, group) + &next("NextMarker", token)
}

fn instances(estate: &Estate, form: &Form) -> String {
    let all: Vec<(&Environment, &Instance)> = estate
        .environments
        .iter()
        .flat_map(|one| one.running_instances().map(move |instance| (one, instance)))
        .collect();
    let (page, token) = estate.page(&all, form.get("NextToken"));
    let instance = |(one, instance): &(&Environment, &Instance)| {
        let tags = [
            ("elasticbeanstalk:environment-name", &one.name),
            ("elasticbeanstalk:environment-id", &one.id),
        ];
        let windows = if instance.platform.as_deref() == Some("windows") {
            tag("platform", "windows")
        } else {
            String::new()
        };
        let parts = [
            tag("instanceId", &instance.id),
            tag("instanceType", &instance.instance_type),
            format!("<placement>{}</placement>", optional("availabilityZone", instance.zone.as_deref())),
            windows,
            optional("launchTime", instance.launched_at.map(|time| time.to_string()).as_deref()),
            "<instanceState><code>16</code><name>running</name></instanceState><monitoring><state>disabled</state></monitoring>".to_owned(),
            "<rootDeviceName>/dev/xvda</rootDeviceName>".to_owned(),
            list("tagSet", "item", &tags, |(key, value)| tag("key", key) + &tag("value", value)),
        ];
        format!(
            "<instancesSet><item>{}</item></instancesSet>",
            parts.concat()
        )
    };
    list("reservationSet", "item", page, instance) + &next("nextToken", token)
}

fn instance_types(form: &Form) -> String {
    let names = form.all("InstanceType.");
    let shape = |name: &&str| {
        [
            tag("instanceType", name),
            "<vCpuInfo><defaultVCpus>2</defaultVCpus></vCpuInfo><memoryInfo><sizeInMiB>4096</sizeInMiB></memoryInfo>".to_owned(),
            "<processorInfo><supportedArchitectures><item>x86_64</item></supportedArchitectures></processorInfo>".to_owned(),
            "<networkInfo><maximumNetworkInterfaces>3</maximumNetworkInterfaces><ipv4AddressesPerInterface>6</ipv4AddressesPerInterface></networkInfo>".to_owned(),
        ]
        .concat()
    };
    list("instanceTypeSet", "item", &names, shape)
}

fn volumes(estate: &Estate, form: &Form) -> String {
    let asked = form.all(".Value.");
    let of: Vec<(&str, u32)> = estate
        .environments
        .iter()
        .flat_map(|one| {
            one.running_instances()
                .map(move |instance| (instance.id.as_str(), one.root_volume_gib.unwrap_or(8)))
        })
        .filter(|(id, _)| asked.contains(id))
        .collect();
    let (page, token) = estate.page(&of, form.get("NextToken"));
    let volume = |(id, gib): &(&str, u32)| {
        let attachment = tag("instanceId", id) + &tag("device", "/dev/xvda");
        [
            tag("volumeId", &format!("vol-{id}")),
            tag("size", &gib.to_string()),
            tag("volumeType", "gp3"),
            format!("<attachmentSet><item>{attachment}</item></attachmentSet>"),
        ]
        .concat()
    };
    list("volumeSet", "item", page, volume) + &next("nextToken", token)
}

fn subnets(estate: &Estate) -> String {
    list("subnetSet", "item", &estate.inventory.subnets, |subnet| {
        [
            tag("subnetId", &subnet.id),
            tag("vpcId", &subnet.vpc),
            tag("availabilityZone", &subnet.zone),
            optional("cidrBlock", subnet.cidr.as_deref()),
            optional(
                "availableIpAddressCount",
                subnet
                    .available_ips
                    .map(|count| count.to_string())
                    .as_deref(),
            ),
        ]
        .concat()
    })
}

/// A table for each kind of subnet: one leads to the internet, one to a NAT gateway.
fn routes(estate: &Estate) -> String {
    let table = |public: bool| {
        let route = if public {
            tag("gatewayId", "igw-1")
        } else {
            tag("natGatewayId", "nat-1")
        };
        let own: Vec<&str> = estate
            .inventory
            .subnets
            .iter()
            .filter(|subnet| subnet.public == public)
            .map(|subnet| subnet.id.as_str())
            .collect();
        format!(
            "<routeSet><item>{route}</item></routeSet>{}",
            list("associationSet", "item", &own, |id| tag("subnetId", id))
        )
    };
    list("routeTableSet", "item", &[true, false], |public| {
        table(*public)
    })
}
