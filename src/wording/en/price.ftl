# The texts of src/price, in this folder's language.

## Bills

bill-today = today
bill-after = after
bill-right-sized = right-sized
bill-one-cluster = one cluster
bill-cluster-mode = cluster mode
bill-windows-stays = Windows stays
bill-auto-mode = Auto Mode
bill-ecs-fargate = ECS on Fargate
bill-ecs-ec2 = ECS on EC2
bill-eks-node = EKS, survives a node
bill-eks-zone = EKS, survives a zone
bill-eks-cluster = EKS, survives a cluster
bill-eks-all = EKS, survives a zone and a cluster
bill-eks-graviton = EKS on Graviton
unit-vcpu-hour = vCPU-hour
unit-gigabyte-hour = GB-hour
item-fargate-vcpu = vCPUs of tasks on Fargate
item-fargate-memory = memory of tasks on Fargate
item-fargate-licence = Windows licence of tasks on Fargate
basis-tasks =
    { $tasks ->
        [one] { $tasks } task, as many as one cluster would run pods, and { $above } hours of more by the history
       *[other] { $tasks } tasks, as many as one cluster would run pods, and { $above } hours of more by the history
    }
bill-move = the move
bill-terms = { $bill }, terms
bill-commitments = { $bill }, commitments

## What lines pay for

category-machines = Instances and nodes
category-volumes = Volumes
category-load-balancers = Load balancers
category-addresses = Public IPv4 addresses
category-nat = NAT traffic
category-control-planes = Control planes
category-host-agents = Agents billed per host
category-monitoring = Metrics and logs
category-extra = Named in the policy
category-terms = Terms and commitments

## Units

unit-instance-hour = instance-hour
unit-instance-hour-fee = instance-hour fee
unit-scaled-hour = scaled-hour
unit-hour = hour
unit-address-hour = address-hour
unit-lcu-hour = LCU-hour
unit-gigabyte = GB
unit-gigabyte-month = GB-month
unit-iops-month = IOPS-month
unit-throughput-month = MiBps-month
unit-metric-month = metric-month
unit-host-month = host-month
unit-month = month
unit-person-day = person-day
unit-time = time

## Whom lines are about

subject-company = the company
subject-fleet = the fleet
subject-shared = shared: { $name }
subject-preparation = preparation
subject-wave = wave { $number }
subject-once = once

## Items of lines

item-instance = { $type } { $system }
item-spot-instance = { $type } { $system } spot
item-instance-addresses = public IPv4 address of instances
item-stays = stays on Beanstalk: { $item }
item-control-plane = EKS control plane
item-node = { $type } { $system } node
item-node-above = { $type } { $system } node above desiredCapacity
item-auto-mode = EKS Auto Mode fee of { $type } node
item-node-volume = { $kind } volume of { $system } nodes
item-root-volume = { $kind } root volume
item-extra-volume = { $kind } extra volume
item-volume-iops = { $kind } provisioned IOPS
item-volume-throughput = { $kind } provisioned throughput
item-balancer = { $kind } load balancer
item-balancer-capacity = { $kind } load balancer capacity
item-balancer-addresses = public IPv4 address of { $kind } load balancer
item-classic-balancer-data = classic load balancer data
item-shared-balancer = { $kind } load balancer ({ $of })
item-shared-balancer-capacity = { $kind } load balancer capacity ({ $of })
item-shared-balancer-addresses = public IPv4 address of { $kind } load balancer ({ $of })
item-nat-data = data through NAT gateways
item-detailed-monitoring = detailed monitoring
item-health-metrics = custom metrics of enhanced health
item-agent-metrics = custom metrics of the agent
item-node-metrics = custom metrics of nodes
item-logs-written = logs to CloudWatch
item-logs-kept = logs kept in CloudWatch
item-host-agent = agent { $name }
item-people = people
item-people-of-wave =
    { $environments ->
        [one] people for 1 environment
       *[other] people for { $environments } environments
    }
item-on-spot = { $type } on the spot market
item-term = { $type }, { $term } term
item-term-of-tasks = tasks on Fargate, { $term } term
item-bound = { $type } bound
item-covered = { $type } covered
item-bound-unused = { $type } bound and not used

term-none = no
term-one-year = one-year
term-one-year-convertible = one-year convertible
term-three-years = three-year
term-three-years-all-upfront = three-year all-upfront

## How quantities were found

usage-as-today = as many as run today, for 730 hours: no history tells how many ran
usage-counted =
    { $samples ->
        [one] mean of 1 count of the group over { $days } days, scaled to 730 hours
       *[other] mean of { $samples } counts of the group over { $days } days, scaled to 730 hours
    }
usage-lives = the lives of its instances, past ones included, over { $days } days, scaled to 730 hours
basis-as-stated = as the policy states it
basis-whole-month = 730 hours
basis-spot-share = { $share } % of the hours, { $why }; { $basis }
spot-as-running = as of today's instances
spot-as-set = as its settings ask for
basis-each-instance = one for each instance; { $basis }
basis-each-node = one for each node at desiredCapacity
basis-desired-capacity = desiredCapacity, for 730 hours
basis-scaled-above = hours in which the history would have scaled the group above it, scaled to 730 hours
basis-volume-each-node = { $gib } GiB for each node at desiredCapacity
basis-volumes-as-seen =
    { $running ->
        [one] the volumes of today's instance, for as many as ran; { $basis }
       *[other] the volumes of today's { $running } instances, for as many as ran; { $basis }
    }
basis-volumes-as-set = by its setting BlockDeviceMappings; { $basis }
basis-shared-balancers =
    { $apps ->
        [one] 1 app
       *[other] { $apps } apps: at most { $each } share one (load_balancers.apps_per_load_balancer), and those only that want the same of it
    }
basis-each-zone = one for each of its zones, at least: it takes more as it grows
basis-classic-data = estimate: { $rate } requests a second, prices.kilobytes_per_request each
basis-capacity-by-new-connections = estimate: { $rate } requests a second; new connections decide, with prices.connections_per_request and kilobytes_per_request
basis-capacity-by-active-connections = estimate: { $rate } requests a second; active connections decide, with prices.connections_per_request and kilobytes_per_request
basis-capacity-by-bytes = estimate: { $rate } requests a second; bytes decide, with prices.connections_per_request and kilobytes_per_request
basis-capacity-by-rules = estimate: { $rate } requests a second; rules decide, with prices.connections_per_request and kilobytes_per_request
basis-nat =
    { $environments ->
        [one] estimate: prices.nat_gb_per_environment_month for 1 environment that has public addresses today
       *[other] estimate: prices.nat_gb_per_environment_month for { $environments } environments that have public addresses today
    }
basis-all-instances-to-cloudwatch = for each instance of today, whether it streams its logs or not: platform.monitoring sends those of all pods to CloudWatch
basis-streaming-instances-to-datadog = for each instance that streams its logs today; platform.monitoring sends them to Datadog, whose price for logs nobody stated: CloudWatch's stands for it
basis-logs-written = estimate: prices.log_gb_per_instance_month; { $basis }
basis-logs-kept = estimate: 0.15 of what is written, for the days for which its log group keeps it; { $basis }
basis-detailed-monitoring = { $metrics } metrics an instance; { $basis }
basis-health-metrics =
    { $instance ->
        [one] enhanced health reports 1 metric an instance and { $environment } of the environment; { $basis }
       *[other] enhanced health reports { $instance } metrics an instance and { $environment } of the environment; { $basis }
    }
basis-agent-metrics = at least { $metrics } of the CloudWatch agent, which were seen; { $basis }
basis-agent-metrics-as-today = as many as today's agents send: neither prices.node_metrics nor prices.host_agents says what they cost after
basis-node-metrics = prices.node_metrics for each node at desiredCapacity
basis-preparation-days = estimate: migration.preparation_days
basis-wave-days = estimate: days of small, ordinary and large environments in [migration]
basis-interruptible = what tolerates an interruption (prices.terms); on a cluster whole nodes, in a dedicated node group
basis-term = { $percent } % off for prices.terms.coverage { $coverage } of its hours, each bound at { $commits }
basis-term-unknown = discount not known; of { $coverage } of the hours
basis-term-unpriced = { $percent } % off for prices.terms.coverage { $coverage } of its hours, each bound at unknown
basis-commitment = { $count } x { $type }, bound until { $until } (prices.commitments)

## Where prices are from

source-policy = policy: { $key }
source-remarked = { $source }; { $remark }
source-share-for-spot = estimate: prices.spot_price_share of it
source-term-of-tasks = what a Compute Savings Plan takes off Fargate is not in the price book
source-agents-of-tasks = the agent is billed by the host, and what its vendor takes for a task is not stated
source-share-for-auto-mode = fee of Auto Mode: prices.auto_mode_fee_share of it
source-size-assumed = size assumed: the platform's default of { $gib } GiB
source-volume-type-assumed = type assumed: prices.default_root_volume_type
source-with-licence = { $source }; licence: { $licence }
source-windows-licence = Windows less Linux price, AWS price list of 2026-05-12
source-windows-licence-by-rule = $0.046 for each vCPU
source-term = AWS price list of 2026-05-12: terms of { $family } in { $region }
source-term-derived = AWS price list of 2026-05-12: terms of { $family } in { $region }, derived from the all-upfront price
source-no-discount = no price for { $key } in the book: nobody knows what the term takes off { $family }; prices.terms.discounts.{ $family } would say
source-term-beside-list = { $source } beside the on-demand price
source-commitment-less-list = policy: prices.commitments, less the list price
source-unknown = no price for { $key } in the book of { $day }; add it under [prices] overrides in the policy

book-instance-two = AWS price list of 2026-05-12 (instances.vantage.sh), the same in a second extraction
book-instance-one = AWS price list of 2026-05-12 (instances.vantage.sh)
book-instance-karpenter = AWS price list of 2026-07-20 (Karpenter)
book-list-two = AWS price list as of { $month }, two sources
book-list-one = AWS price list as of { $month }, one source
book-list-old = old or undated copy of AWS's prices ({ $month })
book-list-derived = derived: 1.15 times the price of Linux, the ratio of us-east-1
book-ipv4-notice = $3.65 a month for every public IPv4 address in all regions since 2024-02-01 (aws-ipv4-cost-viewer; cost estimate of 2026-09-25 for Tokyo)
book-extended-support-blog = AWS blog on EKS extended support pricing

## Ranges

driver-sizing = Resource requests, low to high
driver-growth = Growth of a year, by the trends seen
driver-prices = Outdated or third-party prices
driver-traffic = Connections and bytes of requests
driver-logs = Logs to CloudWatch
driver-nat = Traffic through NAT gateways
driver-spot = Price of spot instances
driver-auto-mode = Fee of EKS Auto Mode
driver-effort = People's days
driver-parallel = How long both systems run

## Beside the real bill

reconciled-not-in-bill = the bill has nothing of it: it is untagged there, or did not run
reconciled-not-in-estimate = the estimate has nothing of it
reconciled-hours = the estimate has { $estimate } hours, the bill { $bill }
reconciled-by-usage = usage is an estimate here and a fact there
charge-without-line = no line stands for it
charge-of-environments = { $what }, of environments
charge-of-nobody = { $what }, of no environment that was seen
charge-tax = Tax
charge-purchase = Purchase
charge-credit = Credit
charge-adjustment = Adjustment

## What no line stands for

missing-balancer-data = data processed by its load balancer
missing-balancer-capacity = capacity units of its load balancer
missing-balancer-requests-why = no history of requests; collect it, or take the real bill (--bill)
missing-database = coupled database
missing-database-why = a database that Beanstalk made with the environment; it stays, and its cost with it, if it is not deleted with it
missing-queues = queues
missing-queues-why = billed by the request; the same today and after
missing-internet-transfer = data transfer to the internet
missing-internet-transfer-why = the history has no bytes, and the same traffic costs the same after
missing-zone-transfer = data transfer between zones
missing-zone-transfer-why = between an application or classic load balancer and its targets it is free, today and after; what apps say to each other, to databases and to caches has no history, and pods stand in any zone: on clusters it can become more ($0.01 a GB each way in most regions)
missing-audit-logs = audit logs of the control planes
missing-audit-logs-why = audit and authenticator go to CloudWatch (eksctl/), by the gigabyte; how many follows from what is asked of the API server
missing-log-bucket = bucket of all log lines
missing-log-bucket-why = platform.log_bucket keeps every line until a lifecycle rule of yours ends it; S3 has no price in the book
missing-nat-gateways = NAT gateways that stand today
missing-nat-gateways-why = the snapshot does not show them; --bill does
missing-backups = backups
missing-backups-why = snapshots, images and deployment bundles; small, and the same kind after
missing-other-services = databases, caches, DNS, CDN
missing-other-services-why = not Beanstalk's; name what changes under prices.extra
missing-support = support and taxes
missing-support-why = a share of everything, and a row of its own in the currency of the policy
missing-datadog = Datadog on the nodes
missing-datadog-why = platform.monitoring sends metrics and logs there; name its price for a host under prices.host_agents
