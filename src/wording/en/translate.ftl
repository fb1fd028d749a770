# The texts of src/translate, in this folder's language.

## Verdicts

verdict-translated = translated
verdict-infrastructure = infrastructure
verdict-replaced = replaced
verdict-dropped = dropped
verdict-manual = manual
verdict-unknown = unknown

## Words

platform-other = other
owner-app-team = app team
owner-platform-team = platform team
owner-database-team = database team
owner-network-team = network team
effort-hours = hours
effort-days = days
effort-weeks = weeks

## What only a human can do

blocker-database-kept = a database belongs to the environment; it would be kept (DBDeletionPolicy Retain)
blocker-database-snapshot = a database belongs to the environment; deleting the environment would leave a snapshot only (DBDeletionPolicy Snapshot)
blocker-database-deleted = a database belongs to the environment, and deleting the environment DELETES THE DATABASE (DBDeletionPolicy Delete)
blocker-database-remedy = set DBDeletionPolicy to Retain, then HasCoupledDatabase to false; put RDS_* into a secret; admit the nodes' security group
blocker-queue = its queue was made by Beanstalk and is deleted with the environment, with every message in it
blocker-queue-remedy = make a queue of its own with the same redrive policy, point senders and WorkerQueueURL at it, let the old one run empty
blocker-own-platform = its platform { $platform } is one of the account's own: what it installs is known to nobody else
blocker-own-platform-remedy = find its builder's scripts (platform.yaml) and put what they install into the Dockerfile
blocker-image = its machine image { $image } is not the one that other environments of its platform have
blocker-image-remedy = find out what the image brings and put it into the Dockerfile
blocker-extensions-of-a-bucket = it takes extensions from a bucket (ExternalExtensionsS3Bucket)
blocker-custom-options =
    { $options ->
        [one] 1 custom option is set, which only .ebextensions read
       *[other] { $options } custom options are set, which only .ebextensions read
    }
blocker-extensions-remedy = read every .ebextensions file: packages and files go into the Dockerfile, leader_only commands into a Job, resources into Terraform
blocker-fixed-address = a single instance with a fixed address (EnvironmentType SingleInstance)
blocker-fixed-address-remedy = find out who knows the address: for callers a name behind the load balancer, for those who admit it the addresses of the NAT gateways
blocker-outbound-address = its instances call out from public addresses of their own, pods from those of the NAT gateways
blocker-outbound-address-remedy = tell whoever admits callers by address
blocker-sticky-sessions = clients stay with their instance (sticky sessions); pods come and go, and two clusters know nothing of each other's cookies
blocker-sticky-sessions-remedy = keep sessions in a store that all pods share, then switch stickiness off
blocker-windows = it runs on Windows
blocker-windows-remedy = build a Windows container image for the nodes' Windows version; find out about the registry, services and COM objects that it needs
blocker-directory = its instances join an Active Directory domain
blocker-directory-remedy = set up gMSA on the Windows nodes and a GMSACredentialSpec, and give the pod its name
blocker-schedules =
    { $actions ->
        [one] 1 scheduled action, which is not one that raises and one that lowers again
       *[other] { $actions } scheduled actions, which are not one that raises and one that lowers again
    }
blocker-schedules-remedy = write the cron triggers of its ScaledObject by hand
blocker-network-balancer = a network load balancer on { $ports }: its addresses change
blocker-network-balancer-remedy = find out who knows its addresses; give the new one Elastic IPs if somebody does
blocker-database-perhaps = it has the settings of a database, and nothing says whether the database belongs to it (no HasCoupledDatabase)
blocker-database-perhaps-deleted = it has the settings of a database, and nothing says whether the database belongs to it (no HasCoupledDatabase): if it does, deleting the environment DELETES THE DATABASE (DBDeletionPolicy Delete)
blocker-database-perhaps-remedy = look in the console whether a database belongs to the environment before anything is deleted; if one does, set DBDeletionPolicy to Retain and decouple it
blocker-layer-4 = its classic load balancer passes bytes on at { $ports } (TCP or SSL): an Ingress cannot, so that it gets a network load balancer of its own, with other addresses
blocker-ports-left-out = its load balancer passes bytes on at { $ports } (TCP or SSL) beside ports that speak HTTP: an Ingress has no such ports, they are left out
blocker-ports-left-out-remedy = find out who uses them; give them a Service with a network load balancer if somebody does
blocker-proxy-protocol = its load balancer tells it at { $ports } by the proxy protocol who calls: an application load balancer does so by X-Forwarded-For, a network load balancer by version 2 of the protocol
blocker-proxy-protocol-remedy = take the proxy protocol out of the app, or set service.beta.kubernetes.io/aws-load-balancer-proxy-protocol and let the app read version 2
blocker-rules-left-out = of its listener rules these cannot be kept and are left out: { $rules }
blocker-rules-left-out-remedy = an Ingress knows a star in a host as its first label only: write the rule as conditions of the AWS Load Balancer Controller, or name the hosts
blocker-rules-unused = rules that no listener names, or that are named and not set: { $rules }; nothing comes by them today, they are left out
blocker-rules-unused-remedy = delete them, or name them at the listener that they are for
blocker-tls-to-the-app = its load balancer speaks TLS to it, at { $ports } of the container: Beanstalk's proxy ended it on the instance, a container has no such proxy
blocker-tls-to-the-app-remedy = let the app speak TLS there, with a certificate under /tls (cert-manager makes one; the load balancer does not check whose it is), or decide that HTTP inside the VPC is enough and set the process's protocol to HTTP
blocker-tls-policy = the TLS policy { $policy } is one of classic load balancers; the controller's default takes its place
blocker-tls-policy-remedy = choose a policy of application load balancers that its oldest client can speak
blocker-accelerator = its instances have more than a CPU: { $type } has { $has }; the planned nodes have not
blocker-accelerator-remedy = find out whether the app uses it; if it does, it needs a node group of that type with the vendor's device plugin, which the plan does not make
blocker-at-most-one = never more than one instance of it runs (MaxSize 1), while on the clusters several pods may run at once: may it run twice?
blocker-at-most-one-remedy = ask the team: cron jobs, locks, local files and in-memory state may rely on it; if it may not, keep one pod with the strategy Recreate on one cluster
blocker-to-zero = scheduled actions take it to no instance at all: { $actions }; the plan keeps its pods running
blocker-to-zero-remedy = if it must not run then, scale it to 0 by a schedule of its own (KEDA cron with minReplicaCount 0 and no CPU trigger); if it was to save money, leave it
blocker-runtime-left-out = settings of its runtime that the plan does not take over, since they may hold a secret or name a file of the instance: { $options }
blocker-runtime-left-out-remedy = put what is still needed into the image or its variables
blocker-several-containers = several containers run on each of its instances (Dockerrun.aws.json version 2), the manifests have one
blocker-several-containers-remedy = read Dockerrun.aws.json: each container becomes one of the pod, with a share of its requests
blocker-foreign-queue = its queue is in account { $account }
blocker-foreign-queue-remedy = the queue's policy has to admit the pods' role, and that of KEDA, which reads its length
blocker-windows-of = it runs on Windows Server { $own }; the nodes run { $nodes }, and a container runs on nodes of its own version alone
blocker-volumes =
    { $volumes ->
        [one] 1 volume beside the root volume (BlockDeviceMappings)
       *[other] { $volumes } volumes beside the root volume (BlockDeviceMappings)
    }
blocker-volumes-remedy = find out what is on them: scratch goes to an emptyDir, what must last to a database, S3 or EFS

## Values of manifests, and what they are made from

value-a-connection = a connection
from-no-listener = no listener was set: Beanstalk's default
from-http-connections = HttpConnections: so many messages a pod works on at once
from-process-port = Port of the process
from-behind-the-proxy = where { $platform } apps listen behind Beanstalk's proxy, which a pod does not have (port { $port } is the proxy's)
from-todays-health-check = the health check of today
from-nothing-set = nothing was set: Beanstalk's default
from-rolling-bounded = { $from }, bounded for { $pods } pods
from-rolling = DeploymentPolicy Rolling in batches of { $batch }, at most half at once
from-all-at-once = DeploymentPolicy AllAtOnce stops all; no gap is needed: { $planned } more, as the nodes are planned for
from-deployment-policy = DeploymentPolicy { $policy } with { $wanted } more; the nodes are planned for { $planned } (rollout.max_surge)
deployment-policy-other = of another kind
from-timeouts = Timeout of the deployment and Beanstalk's { $seconds } seconds, or a longer one of the rolling update, or the time that a pod takes to end and a minute
from-cooldown = Cooldown of the auto scaling group, at most an hour
from-inactivity-timeout = InactivityTimeout { $seconds } s, the longest that a message may take, and { $grace } s
from-deregistration-delay = deregistration delay { $delay } s, and { $controller } s until the controller has deregistered the pod
from-pre-stop = preStop { $seconds } s and { $grace } s for the app to end by itself

## Options

option-platform-image = the image of the platform: other environments of the same platform have it, too

## What takes the place of an option: see options.csv

option-target-config-map-or-secret = ConfigMap or ExternalSecret
option-target-ingress-or-service = Ingress, or Service of type LoadBalancer
option-target-java-options-and-floor = JAVA_TOOL_OPTIONS; floor of the memory request
option-target-open-telemetry = OpenTelemetry collector
option-target-volume-claim-or-empty-dir = PersistentVolumeClaim or emptyDir
option-target-service = Service of type LoadBalancer
option-target-service-account = ServiceAccount and EKS Pod Identity association
option-target-windows-image = Windows image
option-target-alerts = alerts of the monitoring
option-target-ingress-back-end = back end of the Ingress
option-target-base-image = base image
option-target-autoscaler-behavior = behavior of the HorizontalPodAutoscaler
option-target-pipeline-check = check of the delivery pipeline
option-target-image-command = command of the image
option-target-cron-trigger = cron trigger of a KEDA ScaledObject
option-target-database-outside = database outside the cluster
option-target-cluster-events = events and metrics of the cluster
option-target-log-retention = fluent-bit and the retention of its log group
option-target-logs-to-bucket = fluent-bit to S3
option-target-gmsa = gMSA of the Windows nodes
option-target-image = image
option-target-container-image = image of the container
option-target-launch-template = launch template of the nodes
option-target-policy-listener = listener that a policy is for
option-target-autoscaler-metric = metric of the HorizontalPodAutoscaler
option-target-metrics-agent = metrics agent
option-target-nginx-or-cdn = nginx of the image or CDN
option-target-node-upgrades = node group upgrades
option-target-node-upgrades-and-images = node group upgrades; rebuilt images
option-target-ingress-order = order of the rules of the Ingress
option-target-php-ini = php.ini of the image
option-target-private-nodes = private nodes behind NAT
option-target-probes-and-agent = probes and metrics agent
option-target-readiness-and-health = readinessProbe and health check of the load balancer
option-target-redrive-policy = redrive policy of the queue
option-target-replicas = replicas and minReplicas
option-target-requests = requests and limits
option-target-requests-and-node-type = requests and limits; node type
option-target-restart = restart by the kubelet
option-target-queue-visibility = visibility timeout of the queue
option-target-queue-retention = retention of the queue
option-target-rolling-update = rollingUpdate.maxSurge or maxUnavailable
option-target-ingress-rules = rules of the Ingress
option-target-node-security-groups = security groups of the nodes
option-target-node-and-pod-security-groups = security groups of the nodes; SecurityGroupPolicy
option-target-elb-policies = see aws:elb:policies
option-target-spot-nodes = spot node group
option-target-sidecar = sqsd sidecar
option-target-sidecar-and-trigger = sqsd sidecar; aws-sqs-queue trigger of KEDA
option-target-sidecar-and-queue-length = sqsd sidecar; queueLength of KEDA
option-target-sidecar-and-grace = sqsd sidecar; terminationGracePeriodSeconds
option-target-autoscaler-target = target of the HorizontalPodAutoscaler
option-target-wsgi-threads = threads of the WSGI server
option-target-zone-spread = topologySpreadConstraints over zones; subnets of the cluster
option-target-update-config = updateConfig of the node group
option-target-node-volume = volume of the nodes
option-target-node-volume-and-storage = volume of the nodes; ephemeral-storage
option-target-cluster-vpc = vpc.id of the cluster
option-target-cluster-subnets = vpc.subnets.private of the cluster
option-target-cdn-weight = weight of the second cluster in the CDN
option-target-wsgi-workers = workers of the WSGI server; floor of the memory request

## What to know of an option: see options.csv

option-note-all-at-once = AllAtOnce has a gap in every deployment; a rolling update has none
option-note-command-timeout = Beanstalk adds 240 seconds
option-note-beanstalks-role = Beanstalk's own role
option-note-service-role = Beanstalk's own role; nothing acts for the app
option-note-perm-size = Java 8 and later have no permanent generation
option-note-windows-domain = Windows pods join a domain by a group managed service account
option-note-iam-certificate = a certificate of IAM should become one of ACM
option-note-proxy-protocol = a network load balancer speaks proxy protocol v2: the app must, too
option-note-template-parameter = a parameter that the platform derives for its own template
option-note-readiness-counts = a pod counts when its readiness probe says so
option-note-key-name = a pod is entered by kubectl exec, a node by Session Manager
option-note-beanstalks-queue = a queue that Beanstalk made is deleted with the environment
option-note-ignore-health = a rolling update that ignores readiness would cut off users; use kubectl rollout
option-note-cluster-zones = pods are spread over the zones of the cluster's subnets
option-note-architecture = the nodes' type decides; where today's is another the sizing says so
option-note-scheduled-start = one that recurs holds from the move on; one that happens once and has happened is left out
option-note-scheduled-max = the autoscaler's maximum holds at all times
option-note-one-cookie = lb_cookie is the only type that Beanstalk sets
option-note-own-pod = the daemon calls its own pod, which answers or is not there
option-note-failed-message = a message that failed is seen again after the queue's visibility timeout
option-note-deprecated-listener = deprecated: the listeners say it, and where nothing else is set they are answered beside it
option-note-all-ports = the policy holds for all ports of the app
option-note-unnamed-policy = counts in aws:elb:policies alone, without the name of a policy
option-note-own-protocols = protocols and ciphers one by one: an application load balancer knows policies by name only, choose one
option-note-single-instance = a single instance has a fixed address and no load balancer
option-note-own-volume = a volume of its own per instance: decide what must outlive a pod
option-note-cross-zone = an application load balancer always balances over zones
option-note-back-end-keys = an application load balancer does not verify back ends
option-note-queue-attribute = an attribute of the queue: keep it there
option-note-canary = canary by cluster: the pipeline deploys to one cluster first
option-note-target-runtime = choose the base image by it
option-note-static-files = copied into the image
option-note-health-metrics = custom metrics of Beanstalk's health agent
option-note-admitted-groups = databases and caches that admit these groups must admit the nodes too: nodes.security_groups of the policy
option-note-coupled-database = decouple it first: keep or snapshot by DBDeletionPolicy, then HasCoupledDatabase = false
option-note-deprecated-target = deprecated by Application Healthcheck URL
option-note-imds = eksctl requires IMDSv2; pods take credentials from Pod Identity
option-note-external-extensions = extensions outside the source bundle: read them before moving
option-note-type-family = follows from the instance type
option-note-sizing-input = input of the sizing
option-note-min-size = input of the sizing: replicas follow what the group wants
option-note-max-size = input of the sizing; what the clusters hold comes from the demand
option-note-instance-replacement = instance replacement is a matter of the nodes
option-note-tags = labels and node group tags take its place
option-note-rebalancing = managed node groups rebalance spot capacity by themselves
option-note-no-liveness = no livenessProbe is made of it: one that is wrong kills healthy pods
option-note-maintenance-window = no maintenance window is needed for rolling updates
option-note-drained = nodes are drained one by one
option-note-health-agent = of Beanstalk's health agent
option-note-instance-launch = of the launch of instances
option-note-environment-launch = of the launch of the environment
option-note-old-option = old platform option
option-note-root-volume = one root volume per node, not per app
option-note-one-target = one target takes the place of two thresholds; it comes from how fast demand rises
option-note-old-platform = option of an old platform: see what it did and put it into the Dockerfile
option-note-hooks = part of the platform; nothing of it runs in a pod
option-note-percent-of-request = per cent of the CPU request
option-note-no-sshd = pods have no sshd
option-note-custom-option = read by .ebextensions only: see there
option-note-repeated-variables = repeats aws:elasticbeanstalk:application:environment in one text
option-note-monitoring-interval = says how fine the history is; metrics of pods are finer
option-note-measure = scaled by CPU; where today's measure is another one, load-test the target
option-note-app-pool = set in the Dockerfile: appcmd set apppool
option-note-scale-up = the autoscaler computes how many pods are missing
option-note-scale-down = the autoscaler computes how many pods are too many
option-note-autoscaler-period = the autoscaler looks every 15 seconds
option-note-autoscaler-average = the autoscaler takes the average of the pods
option-note-controllers-group = the controller keeps a group of its own
option-note-tracing = the daemon of the instance becomes a collector of the cluster
option-note-database-subnets = the database stays outside the cluster
option-note-shared-balancer = the ingress group is a load balancer of its own beside the shared one of today
option-note-kubelet-codes = the kubelet takes 200 to 399 only
option-note-no-proxy = the load balancer speaks to the app without a proxy in between
option-note-longer-timeout = the longer of this and the deployment's time-out
option-note-patches = the owner of the image patches it from now on
option-note-spot = the plan prices on-demand nodes; a spot group is a choice for later
option-note-external-secrets = the role of external-secrets must be allowed to read it
option-note-instance-profile = the role of the profile must trust pods.eks.amazonaws.com
option-note-source-bundle = the source bundle becomes a container image
option-note-cluster-mode = this environment runs on EKS already
option-note-undocumented = undocumented, written by Beanstalk
option-note-variables = values are copied where the snapshot kept them; secrets go to AWS Secrets Manager
option-note-custom-image = what a custom machine image brings belongs into the Dockerfile; platform images need nothing
option-note-instance-port = where no process says another port
option-note-notifications = who is told today must be told by the monitoring
option-note-public-addresses = whoever admits today's public addresses must admit those of the NAT gateways
option-note-by-beanstalk = written by Beanstalk
