//! Which series are asked for of an environment.

use super::discover::{self, ListedMetrics, METRIC_SEARCHES};
use super::series_request::{CloudWatchMetric, SeriesRequest, Span, Statistic};
use crate::snapshot::{Metric, Subject};

/// How far back, at each resolution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::collect) struct Spans {
    /// Absent where the policy asks for none.
    pub(in crate::collect) minutes: Option<Span>,
    pub(in crate::collect) five_minutes: Span,
    pub(in crate::collect) hours: Option<Span>,
}

/// What of an environment CloudWatch may know.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::collect) struct MeasuredEnvironment {
    pub(in crate::collect) name: String,
    pub(in crate::collect) groups: Vec<String>,
    pub(in crate::collect) instances: Vec<MeasuredInstance>,
    pub(in crate::collect) balancers: Vec<MeasuredBalancer>,
    pub(in crate::collect) queues: Vec<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::collect) struct MeasuredInstance {
    pub(in crate::collect) id: String,
    pub(in crate::collect) instance_type: String,
    /// When it was launched, in seconds since 1970.
    pub(in crate::collect) launched: Option<i64>,
    pub(in crate::collect) terminated: Option<i64>,
    pub(in crate::collect) detailed_monitoring: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::collect) enum MeasuredBalancer {
    /// `app/name/id`, and its target groups (`targetgroup/name/id`) if it serves others, too.
    Application {
        balancer: String,
        target_groups: Vec<String>,
    },
    /// A classic load balancer, by its name.
    Classic(String),
}

/// All series of one environment; `listed` in the order of [`METRIC_SEARCHES`].
pub(in crate::collect) fn of(
    place: usize,
    measured: &MeasuredEnvironment,
    listed: &[ListedMetrics],
    spans: Spans,
) -> Vec<SeriesRequest> {
    let mut list = List {
        environment: place,
        spans,
        wanted: Vec::new(),
    };
    for group in &measured.groups {
        list.group(group, listed);
    }
    let rolled_up = rolled_up(measured, listed);
    for instance in &measured.instances {
        list.instance(instance, listed, &rolled_up);
    }
    for balancer in &measured.balancers {
        list.balancer(balancer);
    }
    list.enhanced_health(&measured.name, listed);
    for queue in &measured.queues {
        list.queue(queue);
    }
    list.wanted
}

struct List {
    environment: usize,
    spans: Spans,
    wanted: Vec<SeriesRequest>,
}

impl List {
    fn add(
        &mut self,
        subject: &Subject,
        metric: &Metric,
        statistic: Statistic,
        span: Span,
        source: &CloudWatchMetric,
    ) {
        self.wanted.push(SeriesRequest {
            environment: self.environment,
            subject: subject.clone(),
            metric: metric.clone(),
            statistic,
            span,
            source: source.clone(),
        });
    }

    /// At 5 minutes, and at an hour as far back as CloudWatch goes.
    fn add_for_the_year(
        &mut self,
        metric: &Metric,
        statistic: Statistic,
        source: &CloudWatchMetric,
    ) {
        self.add(
            &Subject::Environment,
            metric,
            statistic,
            self.spans.five_minutes,
            source,
        );
        if let Some(hours) = self.spans.hours {
            self.add(&Subject::Environment, metric, statistic, hours, source);
        }
    }

    /// The group survives its instances, and its sample count says how many there were.
    fn group(&mut self, group: &str, listed: &[ListedMetrics]) {
        let cpu = CloudWatchMetric::new(
            "AWS/EC2",
            "CPUUtilization",
            &[("AutoScalingGroupName", group)],
        );
        self.add_for_the_year(&Metric::CpuPercent, Statistic::Average, &cpu);
        self.add_for_the_year(&Metric::CpuPercent, Statistic::Maximum, &cpu);
        self.add_for_the_year(
            &Metric::Other("cpu_samples".to_owned()),
            Statistic::SampleCount,
            &cpu,
        );
        for source in memory(listed, |sources| discover::of_group(sources, group)) {
            self.add_for_the_year(&Metric::MemoryPercent, Statistic::Average, source);
            self.add_for_the_year(&Metric::MemoryPercent, Statistic::Maximum, source);
        }
    }

    fn instance(
        &mut self,
        instance: &MeasuredInstance,
        listed: &[ListedMetrics],
        rolled_up: &[&CloudWatchMetric],
    ) {
        let subject = Subject::Instance(instance.id.clone());
        let life = |span: Span| span.within(instance.launched, instance.terminated);
        let five_minutes = life(self.spans.five_minutes);
        if five_minutes.slots() == 0 {
            return;
        }
        let of =
            |name: &str| CloudWatchMetric::new("AWS/EC2", name, &[("InstanceId", &instance.id)]);
        let cpu = of("CPUUtilization");
        self.add(
            &subject,
            &Metric::CpuPercent,
            Statistic::Average,
            five_minutes,
            &cpu,
        );
        self.add(
            &subject,
            &Metric::CpuPercent,
            Statistic::Maximum,
            five_minutes,
            &cpu,
        );
        if let Some(minutes) = self.spans.minutes.filter(|_| instance.detailed_monitoring) {
            self.add(
                &subject,
                &Metric::CpuPercent,
                Statistic::Average,
                life(minutes),
                &cpu,
            );
        }
        if is_burstable(&instance.instance_type) {
            self.add(
                &subject,
                &Metric::CpuCreditBalance,
                Statistic::Average,
                five_minutes,
                &of("CPUCreditBalance"),
            );
        }
        let mut own: Vec<CloudWatchMetric> = memory(listed, |sources| {
            discover::of_instance(sources, &instance.id)
        })
        .into_iter()
        .cloned()
        .collect();
        // What has been silent for two weeks is not listed, and an instance that is gone is.
        if own.is_empty() && instance.terminated.is_some() {
            own.extend(rolled_up.iter().map(|source| {
                CloudWatchMetric::new(
                    &source.namespace,
                    &source.name,
                    &[("InstanceId", &instance.id)],
                )
            }));
        }
        for source in &own {
            self.add(
                &subject,
                &Metric::MemoryPercent,
                Statistic::Average,
                five_minutes,
                source,
            );
            self.add(
                &subject,
                &Metric::MemoryPercent,
                Statistic::Maximum,
                five_minutes,
                source,
            );
        }
    }

    /// A balancer that serves several environments counts each one's requests by target group.
    fn balancer(&mut self, balancer: &MeasuredBalancer) {
        match balancer {
            MeasuredBalancer::Application {
                balancer,
                target_groups,
            } if target_groups.is_empty() => {
                self.requests(
                    "AWS/ApplicationELB",
                    "TargetResponseTime",
                    &[("LoadBalancer", balancer)],
                );
            }
            MeasuredBalancer::Application {
                balancer,
                target_groups,
            } => {
                for target_group in target_groups {
                    self.requests(
                        "AWS/ApplicationELB",
                        "TargetResponseTime",
                        &[("LoadBalancer", balancer), ("TargetGroup", target_group)],
                    );
                }
            }
            MeasuredBalancer::Classic(name) => {
                self.requests("AWS/ELB", "Latency", &[("LoadBalancerName", name)])
            }
        }
    }

    fn requests(&mut self, namespace: &str, latency: &str, dimensions: &[(&str, &str)]) {
        let requests = CloudWatchMetric::new(namespace, "RequestCount", dimensions);
        self.add_for_the_year(
            &Metric::Other("requests".to_owned()),
            Statistic::Sum,
            &requests,
        );
        let latency = CloudWatchMetric::new(namespace, latency, dimensions);
        self.add_latency(Statistic::P95, &latency);
    }

    fn add_latency(&mut self, statistic: Statistic, source: &CloudWatchMetric) {
        let metric = Metric::Other("latency_p95_seconds".to_owned());
        self.add(
            &Subject::Environment,
            &metric,
            statistic,
            self.spans.five_minutes,
            source,
        );
    }

    fn enhanced_health(&mut self, name: &str, listed: &[ListedMetrics]) {
        for source in found(listed, "ApplicationRequestsTotal")
            .map(|sources| discover::of_environment(sources, name))
            .unwrap_or_default()
        {
            self.add_for_the_year(
                &Metric::Other("requests".to_owned()),
                Statistic::Sum,
                source,
            );
        }
        for source in found(listed, "ApplicationLatencyP95")
            .map(|sources| discover::of_environment(sources, name))
            .unwrap_or_default()
        {
            // Already a percentile of each 10 seconds: its average is the closest that is left.
            self.add_latency(Statistic::Average, source);
        }
    }

    fn queue(&mut self, queue: &str) {
        let of = |name: &str| CloudWatchMetric::new("AWS/SQS", name, &[("QueueName", queue)]);
        let five_minutes = self.spans.five_minutes;
        let other = |name: &str| Metric::Other(name.to_owned());
        self.add_for_the_year(
            &other("queue_messages_visible"),
            Statistic::Maximum,
            &of("ApproximateNumberOfMessagesVisible"),
        );
        self.add(
            &Subject::Environment,
            &other("queue_oldest_seconds"),
            Statistic::Maximum,
            five_minutes,
            &of("ApproximateAgeOfOldestMessage"),
        );
        self.add(
            &Subject::Environment,
            &other("queue_messages_received"),
            Statistic::Sum,
            five_minutes,
            &of("NumberOfMessagesReceived"),
        );
    }
}

/// The agents of the environment that report an instance's memory by its id alone: of a sibling that is
/// gone, nothing else needs to be known to ask for the same.
fn rolled_up<'a>(
    measured: &MeasuredEnvironment,
    listed: &'a [ListedMetrics],
) -> Vec<&'a CloudWatchMetric> {
    let mut found: Vec<&CloudWatchMetric> = Vec::new();
    for instance in &measured.instances {
        for source in memory(listed, |sources| {
            discover::of_instance(sources, &instance.id)
        }) {
            let is_new = !found
                .iter()
                .any(|other| (&other.namespace, &other.name) == (&source.namespace, &source.name));
            if source.dimensions.len() == 1 && is_new {
                found.push(source);
            }
        }
    }
    found
}

/// The first three that are sought.
fn memory<'a>(
    listed: &'a [ListedMetrics],
    of: impl Fn(&'a [CloudWatchMetric]) -> Vec<&'a CloudWatchMetric>,
) -> Vec<&'a CloudWatchMetric> {
    listed
        .iter()
        .zip(METRIC_SEARCHES)
        .filter(|(_, sought)| sought.namespace != Some("AWS/ElasticBeanstalk"))
        .flat_map(|(listed, _)| of(&listed.0))
        .collect()
}

fn found<'a>(listed: &'a [ListedMetrics], name: &str) -> Option<&'a [CloudWatchMetric]> {
    listed
        .iter()
        .zip(METRIC_SEARCHES)
        .find(|(_, sought)| sought.name == name)
        .map(|(listed, _)| listed.0.as_slice())
}

/// The families that earn credits: t1 to t4g.
pub(in crate::collect) fn is_burstable(instance_type: &str) -> bool {
    instance_type.starts_with('t')
        && instance_type[1..].starts_with(|digit: char| digit.is_ascii_digit())
}
