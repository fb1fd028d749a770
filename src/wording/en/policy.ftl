# The texts of src/policy: what each key of the policy is; defaults.toml argues for its value.

## scope

policy-scope-exclude-environments = environments that stay where they are: names, * for any run of letters
policy-scope-exclude-applications = applications whose environments stay where they are: names, * for any run of letters

## stages

policy-stages-tag = tag that says whether an environment is staging
policy-stages-staging-tag-values = values of the tag that mean staging; letters compare without case
policy-stages-staging-names = names of staging environments among those without the tag, * for any run of letters

## topology

policy-topology-clusters = clusters; production runs on each of them
policy-topology-staging-cluster = the cluster that staging runs on
policy-topology-account = account of the clusters; empty: where most of the environments are
policy-topology-region = region of the clusters; empty: where most of the environments are
policy-topology-survive = what a cluster must survive, each failure for itself: any one node, any one zone, the other cluster

## kubernetes

policy-kubernetes-version = Kubernetes version; extended support costs six times as much per cluster
policy-kubernetes-support = what happens when the version leaves standard support: standard (EKS upgrades) or extended (six times the price)
policy-kubernetes-endpoint = from where the control planes are reached: public or private (from inside the VPC alone)
policy-kubernetes-public-access-cidrs = ranges that reach the public endpoint; empty: everywhere
policy-kubernetes-addon-versions = versions of EKS add-ons by name; one that is not named has EKS's default

## nodes

policy-nodes-instance-type = instance type of the workers
policy-nodes-volume-gib = volume of a node, in GiB
policy-nodes-volume-type = volume type of a node
policy-nodes-pod-storage = ephemeral storage that each pod requests for logs and temporary files
policy-nodes-unseen-memory-share = share of a machine's memory that the operating system never sees
policy-nodes-max-pods = most pods on a node; managed node groups cap them at 110 below 30 vCPUs
policy-nodes-subnets = subnets to use, one for each zone; empty: the private ones of the environments' VPC with most free addresses
policy-nodes-addresses = how the VPC CNI takes addresses in advance: whole interfaces, singly, or prefixes of 16
policy-nodes-security-groups = security groups beside the cluster's own, for databases and caches that admit by group
policy-nodes-compare-families = instance families that the same fleet is compared on
policy-nodes-compare-sizes = instance sizes that the same fleet is compared on
policy-nodes-ssh-key-name = EC2 key pair for ssh to the nodes; empty: no ssh
policy-nodes-role-label = label on every node of the workers
policy-nodes-groups = further groups of Linux nodes, for apps that are named, are big or need much memory

## windows_nodes

policy-windows-nodes-instance-type = instance type of the Windows nodes
policy-windows-nodes-volume-gib = volume of a Windows node, in GiB
policy-windows-nodes-ami-family = image family of the Windows nodes
policy-windows-nodes-system-memory = memory that Windows and its services keep on each node

## sizing

policy-sizing-cpu-risk = highest probability that the CPU request is too small for more than 1 % of the following week
policy-sizing-memory-limit-risk = highest probability that the memory limit is too small for any sample of the following week
policy-sizing-short-of-memory = Days on which a node may run short of memory, for each pod and week
policy-sizing-memory-level = Level of memory requests from 1 (fewest nodes) to 8 (requests are limits); 0: chosen by the fleet's weeks
policy-sizing-memory-request-days = Days that what a pod usually holds is read off
policy-sizing-autoscaling-headroom = Times the pods of the busiest time recorded that the autoscaler may go to
policy-sizing-min-replicas-on = Whether production's least replicas stand on each cluster or on all together
policy-sizing-fit-days = days at the end of the history that requests are made from
policy-sizing-judge-days = days after such a span that the rule was tried on
policy-sizing-host-cpu = CPU that an instance's operating system, proxy and agents use; not deducted, the lower end of the stated range
policy-sizing-host-memory = memory that an instance's operating system, proxy and agents use; not deducted, the lower end of the stated range
policy-sizing-jvm-overhead = memory beside a Java heap for threads, classes and buffers, as a share of the heap
policy-sizing-python-process-memory = least memory of a Python worker process
policy-sizing-autoscaling-target-least = least share of the request that the autoscaler aims at
policy-sizing-autoscaling-target-most = highest share of the request that the autoscaler aims at
policy-sizing-cpu-floor = smallest CPU request
policy-sizing-memory-floor = smallest memory request
policy-sizing-cpu-step = CPU requests are rounded up to a multiple of this
policy-sizing-memory-step = memory requests are rounded up to a multiple of this
policy-sizing-cpu-limit = CPU limit: none, or a factor on the request
policy-sizing-assumed-memory-share = share of the instance's memory that is requested where memory was never reported
policy-sizing-production-min-replicas = fewest replicas of a production app
policy-sizing-staging-min-replicas = fewest replicas of a staging app
policy-sizing-min-history-days = days of history under which numbers are marked as thin
policy-sizing-min-coverage = share of the expected samples under which gaps are named
policy-sizing-saturation-percent = per cent of CPU from which a sample means that more was wanted than there was
policy-sizing-saturation-share = share of saturated samples from which CPU is marked as saturated
policy-sizing-memory-ceiling-percent = per cent of the machine's memory from which a peak is marked
policy-sizing-over-request-share = share of an app's own weeks in which the rule was too small, from which that is marked
policy-sizing-max-node-share = share of an empty node over which a replica is split
policy-sizing-split-node-share = highest share of a node for each piece of what is split
policy-sizing-max-split = most pieces that a replica is split into

## calibrated

policy-calibrated = what load tests found, by name of the environment; it wins over what history says

## cpu_speed

policy-cpu-speed = work that a vCPU of each instance family does, beside one of the c5 generation

## collect

policy-collect-one-minute-days = days of history that are asked for at 1 minute
policy-collect-five-minute-days = days of history that are asked for at 5 minutes
policy-collect-hourly-days = days of history that are asked for at 1 hour, of the groups only
policy-collect-beanstalk-per-second = calls of Elastic Beanstalk in a second, in each account and region
policy-collect-metric-data-per-second = calls of GetMetricData in a second
policy-collect-data-points-per-second = data points of GetMetricData in a second
policy-collect-list-metrics-per-second = calls of ListMetrics in a second
policy-collect-other-per-second = calls of EC2, Auto Scaling, load balancing and the token service in a second, each
policy-collect-attempts = attempts of a call, the first included, before it is given up
policy-collect-pause-seconds = seconds before the second attempt; they double, with jitter, up to twenty times this

## rollout

policy-rollout-max-surge = extra pods of an app while it rolls out, as a share of its pods
policy-rollout-concurrent-apps = apps that roll out at the same time on a cluster

## packing

policy-packing-max-nodes-per-group = most nodes of a group, as a guard
policy-packing-percentile = per cent of the simulated orders that desired and max size do for: 50, 95 or 99
policy-packing-simulated-orders = orders of deploying that are simulated at each number of nodes
policy-packing-search-steps = steps of about a microsecond in which fewer nodes are looked for, for each group and size

## replay

policy-replay-enabled = whether the history is run over the planned clusters
policy-replay-holdout-days = days before the end as of which the plan is made a second time and run over what it had not seen
policy-replay-pod-start-minutes = minutes from a pod’s creation until it serves
policy-replay-node-start-minutes = minutes from the autoscaler’s decision until a node takes pods
policy-replay-rollout-days = every app rolls out once in so many days; 0: never
policy-replay-daemon-use = what daemons and add-ons use of what they request
policy-replay-failure-slots = moments at which losses are replayed
policy-replay-failure-minutes = minutes for which each loss is followed
policy-replay-failure-detection-minutes = minutes from the loss of a node until its pods are made anew
policy-replay-memory-follows-load = how much of an app's memory may follow its load where the history does not tell, as a share
policy-replay-evictions-per-pod-week = evictions and kills that the replay may show, in a week of a pod
policy-replay-starved-share = share of app-minutes that the replay may show starved of CPU

## daemons

policy-daemons = pods that run once on every node, with what they request

## addons

policy-addons = workloads that every cluster needs for itself, with replicas and requests

## load_balancers

policy-load-balancers-apps-per-load-balancer = apps of the same cluster, stage and scheme that share a load balancer
policy-load-balancers-give-up = what apps may give up to share a load balancer

## platform

policy-platform-domain = zone of Route 53 for the apps' names on the clusters: NAME.CLUSTER.DOMAIN
policy-platform-registry = registry of the images; empty: ECR in the account and region of the clusters
policy-platform-log-bucket = bucket that keeps every log line; empty: CLUSTER-logs-ACCOUNT
policy-platform-queue-daemon-image = image of the daemon that hands a worker's queue messages to the app; empty: to be filled in
policy-platform-node-autoscaler = what adds and removes nodes: cluster-autoscaler or karpenter
policy-platform-monitoring = where metrics and searchable logs go: datadog or cloudwatch
policy-platform-dns = what makes DNS faster beside more CoreDNS replicas: none or autopath
policy-platform-ci = what checks and applies the platform's repository: circleci or github-actions
policy-platform-delivery = what brings an image onto the clusters: spinnaker or argo-cd
policy-platform-admin-roles = ARNs of roles that administer the clusters; empty: only who creates a cluster
policy-platform-ci-role = ARN of the role of the platform's CI; empty: platform-ci, which bootstrap/ creates
policy-platform-delivery-role = ARN of the role that Spinnaker or Argo CD deploys with; empty: nothing but CI and administrators can deploy
policy-platform-team-roles = roles of app teams, each with the applications that it looks after
policy-platform-apps-repository = git repository that apps/ becomes, for Argo CD; empty: to be filled in
policy-platform-certificates = ARN of the certificate of ACM for the apps' names on each cluster
policy-platform-profile-roles = ARN of the role of an instance profile, by the profile's name
policy-platform-web-acls = ARN of the web ACL of the application load balancers, by whom they reach
policy-platform-namespaces = whether production and staging of an application have namespaces of their own: by-stage or by-application
policy-platform-quota-factor = how many times of its apps' largest requests a namespace may ask for
policy-platform-network-policy = whom pods admit: own-namespace (with balancers and monitoring) or none (everybody)

## prices

policy-prices-overrides = prices that win over the price book, in US dollars for an hour or a GB-month
policy-prices-default-root-volume-type = volume type of instances that name none
policy-prices-host-agents = agents that are billed per host, in US dollars a month
policy-prices-extra = monthly costs that no inventory shows, today and after, in US dollars
policy-prices-connections-per-request = new connections to a load balancer for each request
policy-prices-connection-seconds = seconds that a connection to a load balancer stays open
policy-prices-kilobytes-per-request = kilobytes of a request and its answer together
policy-prices-log-gb-per-instance-month = GB of logs that an instance streams to CloudWatch in a month
policy-prices-nat-gb-per-environment-month = GB in a month that an environment with public addresses sends and receives beyond its load balancer
policy-prices-spot-price-share = price of a spot instance, as a share of the on-demand price
policy-prices-auto-mode-fee-share = fee of EKS Auto Mode, as a share of the on-demand price
policy-prices-node-metrics = custom CloudWatch metrics of each node's agents; 0 if they report elsewhere
policy-prices-commitments = instances that are paid for until a date, whether they run or not
policy-prices-terms-term = what is bound for longer beside on-demand: reservation or Savings Plan of one or three years
policy-prices-terms-coverage = share of the steady hours that is bound
policy-prices-terms-discounts = discounts by instance family, as shares
policy-prices-terms-spot-staging = whether staging may run on spot nodes
policy-prices-terms-spot-workers = whether queue workers may run on spot nodes

## migration

policy-migration-apps-per-wave = most environments in a wave
policy-migration-weeks-per-wave = weeks that a wave takes
policy-migration-parallel-weeks = weeks that both systems run
policy-migration-preparation-weeks = weeks before the first wave, in which the clusters cost already
policy-migration-preparation-days = person-days of preparation
policy-migration-days-per-small-app = person-days for an environment that is Docker, stateless and well measured
policy-migration-days-per-app = person-days for any other environment
policy-migration-days-per-large-app = person-days for an environment on Windows or with a finding that requires action
policy-migration-usd-per-day = cost of a person-day, in US dollars
policy-migration-horizon-months = months that the curve of costs covers
policy-migration-one-off = costs that come once, in US dollars

## currency

policy-currency-code = currency that the totals are shown in
policy-currency-per-usd = units of that currency for a US dollar
policy-currency-rate-date = date of that rate
policy-currency-consumption-tax = consumption tax that is added to the totals in that currency, as a share

## The three numbers of what is assumed

estimate-low = { $of }: low case
estimate-expected = { $of }: what the bill counts with
estimate-high = { $of }: high case
