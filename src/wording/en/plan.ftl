# The texts of src/plan, in this folder's language.

## Turns

turn-pilot = staging, under a day of preparation, among the smallest
turn-staging = staging, under a day of preparation
turn-small-production = production, under a day of preparation, small
turn-large-production = production, under a day of preparation, but large: it goes when the smaller ones have gone well
turn-blocked = { $what }: { $effort } of the { $owner }
turn-blocked-by-more = { $what }, and { $others } more: { $effort } of the { $owner }
turn-after-staging = after its staging environment { $staging }
turn-new-app = new, with the numbers of { $like } until it has its own

## Waves

wave-pilot = pilot: a few small staging environments, to learn on
wave-staging = staging, under a day of preparation
wave-smaller-production = production, under a day of preparation, the smaller half
wave-larger-production = production, under a day of preparation, the larger half
wave-days = what takes days to settle first
wave-weeks = Windows, and what takes weeks

## What becomes of environments

outcome-nothing-read = nothing was read of it
outcome-cluster-tier = runs on EKS already, in Beanstalk's Cluster tier
outcome-excluded = by policy: { $key } names { $pattern }
outcome-elsewhere = lives in account { $account } in { $region }, the clusters in { $home_account } in { $home_region }; plan it for itself
outcome-too-large = { $why }; it would fit with { $remedy }
outcome-remedy-split-or-larger = { $setting } or a node group of { $type }

## Node groups and node types

rule-node-group-names = group "{ $group }" names it
rule-node-group-too-large = no split makes its pods fit a { $type }
rule-node-group-split = a { $type } is too small for one of its instances
rule-node-group-share = a pod takes at least { $share } of a { $type }
rule-node-group-memory = a pod requests at least { $gib } GiB for each core
node-type-too-small =
    { $apps ->
        [one] 1 of the apps that move would fit none of its nodes
       *[other] { $apps } of the apps that move would fit none of its nodes
    }

## Load balancers of clusters

ingress-production = production { $scheme }
ingress-staging = staging { $scheme }
shared-production = production { $scheme } { $number }
shared-staging = staging { $scheme } { $number }

## Alternatives

alternative-today = as it is
alternative-right-sized = Beanstalk, right-sized in place
alternative-plan =
    { $clusters ->
        [one] EKS as asked: one cluster of { $type }
       *[other] EKS as asked: { $clusters } clusters of { $type }
    }
alternative-one-cluster = EKS, one cluster instead of several
alternative-cluster-mode = Beanstalk Cluster Mode
remark-today = Beanstalk as it runs today; nothing to do
remark-plan = the plan
remark-one-cluster-saves = half the control planes, and production keeps its least number of pods once
remark-one-cluster-fails = an upgrade or a fault of the cluster hits everything: nothing else serves meanwhile
remark-cluster-mode-stays =
    { $staying ->
        [one] Beanstalk's own managed EKS: no workers and no Windows, so 1 of the environments stays as it is
       *[other] Beanstalk's own managed EKS: no workers and no Windows, so { $staying } of the environments stay as they are
    }
remark-cluster-mode-nodes = nodes by EKS Auto Mode for its fee, priced as { $type }, the cheapest that was found; one cluster for each set of subnets; a load balancer for each environment
remark-cluster-mode-settings = no option setting of today is taken over: each classic namespace is refused
remark-right-sized-changes =
    { $changed ->
        [one] 1 environment changes its type, as many instances as today, application load balancers are shared
       *[other] { $changed } environments change their type, as many instances as today, application load balancers are shared
    }
remark-right-sized-stays = no cluster to learn and to run; deployments stay as slow and as separate as they are
remark-right-sized-kept =
    { $kept ->
        [one] 1 environment keeps its instances: nothing that holds what it needs costs less
       *[other] { $kept } environments keep their instances: nothing that holds what they need costs less
    }
alternative-windows-stays = EKS as asked, Windows left on Beanstalk
alternative-auto-mode = EKS Auto Mode
alternative-ecs-fargate = Amazon ECS on Fargate
alternative-ecs-ec2 = Amazon ECS on EC2
failure-node = node
failure-zone = zone
failure-cluster = cluster
alternative-found =
    { $clusters ->
        [one] EKS found, survives { $survives }: { $clusters } cluster of { $types }
       *[other] EKS found, survives { $survives }: { $clusters } clusters of { $types }
    }
remark-windows-stays =
    { $staying ->
        [one] { $staying } Windows environment stays on Beanstalk as it is
       *[other] { $staying } Windows environments stay on Beanstalk as they are
    }
remark-auto-mode = nodes by EKS Auto Mode for its fee, priced as { $type }, the cheapest that was found
remark-ecs-fargate = no machines to run; each task has no more memory than it asks for, so it asks for the pod's limit
remark-ecs-ec2 = instances of { $type }, the cheapest that was found, packed as nodes are; no add-ons
remark-ecs = one region, no second cluster; other manifests, other tools, the same people's days as for EKS
remark-found = the cheapest that was found, packed and simulated like the plan, on the same apps, growth and terms
remark-least-together = small apps run one pod on each cluster instead of two: the clusters cover for each other when a node is lost
remark-graviton = every image must be built for arm64 as well
no-offer-fargate-too-large =
    { $apps ->
        [one] { $first } fits no size of task that Fargate has
       *[other] { $apps } environments fit no size of task that Fargate has, { $first } among them
    }
no-offer-no-windows = nothing that moves runs Windows
no-offer-one-cluster = the plan has one cluster already
no-offer-one-cluster-of-many = topology.clusters names one cluster, so that no other is there when it is lost
no-offer-no-workers = none of the compared node types holds everything at a known price
no-offer-nothing-packed = none of the candidates could be packed at a known price
no-offer-as-asked = the plan as asked is the cheapest that was found for this
lever-workers = workers of { $type }
lever-one-cluster = one cluster
lever-least-replicas = least replicas on all clusters together
lever-windows-type = Windows on { $type }
lever-windows-stays = Windows left on Beanstalk
needed-container-images = container images
needed-windows-images = Windows containers
needed-arm64-images = images for arm64
needed-kubernetes = people who run Kubernetes
needed-ecs = people who run ECS
remark-and-remark = { $one }; { $other }
machines = { $named }
machines-and-others =
    { $types ->
        [one] { $named }, { $rest } of 1 other type
       *[other] { $named }, { $rest } of { $types } other types
    }
machines-of-type = { $count } { $type }
usage-right-sized = { $count } of the cheapest type that holds what the plan's requests are made from

outlook-cautious = cautious
outlook-expected = expected
outlook-optimistic = optimistic

## Whom notes are about

severity-fatal = fatal
severity-warning = warning
severity-advice = advice
subject-every-app = every app
subject-bill = bill { $bill }

## Notes on environments

note-excluded-hint = its cost stays in the bill on both sides
note-unknown-hint = its cost stays in the bill on both sides; collect what is missing and plan again
note-thin-history = { $days } days of history
note-many-gaps = { $cpu } of { $cpu_expected } CPU samples and { $memory } of { $memory_expected } memory samples were reported
note-silent-instances = memory of some instances was never reported ({ $present } of { $expected } samples in all)
note-often-over-request = its CPU would have been over the request in { $violated } of { $weeks } of its own weeks, and on { $over } of { $days } days; it peaked at { $peak }
note-cpu-saturated = the CPU was saturated; it peaked at { $peak }
note-cpu-saturated-at = the CPU was saturated at { $peak }; it may have wanted up to { $wanted }
note-credits-exhausted = CPU credits ran out; the CPU peaked at { $peak }
note-memory-assumed = memory was never reported (0 of { $expected } samples); { $assumed } is assumed
note-memory-at-ceiling = memory peaked at { $peak } of the { $has } GiB that the instance has
note-group-average-only = only the average of the group is known
note-level-shift =
    { $days ->
        [one] its CPU has been on this level for 1 day only; the { $before } before it were on another
       *[other] its CPU has been on this level for { $days } days only; the { $before } before them were on another
    }
note-quiet-of-late =
    { $over ->
        [one] in its last { $fit } days the CPU never reached three quarters of its average over all days, { $mean } of an instance; over the request on 1 of { $days } days
       *[other] in its last { $fit } days the CPU never reached three quarters of its average over all days, { $mean } of an instance; over the request on { $over } of { $days } days
    }
note-growing = its demand grows by { $percent } % a month
note-years-peak = its year's busiest hour was { $times } times that of the days seen
note-bursts = within five minutes its CPU reaches { $times } times their average
note-fraction-readings = its utilisation never passes 1: it was taken for a fraction of 1, and multiplied by 100
note-zero-readings = all { $samples } samples of its CPU are 0
note-unknown-instances = samples came of instances that the inventory does not have
note-stale = nothing was reported in the last days of the history
note-busier-before = its CPU once was far busier: a p99 of { $p99 } over all days, where a pod requests { $request }
note-at-baseline = its burstable instance worked at its baseline, and no credits were reported: the peak of { $peak } may be a ceiling
note-uneven = its busiest instance does { $times } times the average; each pod requests { $request }, its share
note-memory-grows = its memory only grows, by { $percent } % a month: its request is its limit of { $limit }
note-memory-saw = its memory climbs for days, to { $usual }, and falls at once
note-system-share = of the { $usual } that it usually holds, much may be the system of its small instance: an app alone may need no more than { $low }
note-limit-at-node = its limit of { $limit } is what an empty node holds; its instance had { $has }
note-invalid-samples =
    { $samples ->
        [one] 1 sample could not be true and was left out
       *[other] { $samples } samples could not be true and were left out
    }
note-partial-series = some series were collected in part
note-split = each instance becomes { $pods } pods
note-other-architecture = today's instances have another architecture than the nodes

## Notes on the snapshot and the scope

note-nothing-moves =
    { $seen ->
        [one] no environment moves to the clusters; 1 was seen
       *[other] no environment moves to the clusters; { $seen } were seen
    }
note-nothing-moves-hint = see the notes of the environments; check topology.account, topology.region and scope in the policy
note-incomplete-snapshot = this account and region was collected with status "{ $status }"
note-incomplete-snapshot-hint = what was not collected is not in this plan; collect again with the missing permissions
note-unwell = Beanstalk reports its health as { $health }: its history may be that of an app that fails, or that nobody uses
note-unwell-hint = find out why before its numbers are trusted; a suspended environment is not looked at at all
note-image-unknown = nobody can tell whether { $image } is its platform's machine image: no other environment of its account and region has this platform
note-image-unknown-hint = look the image up (aws ec2 describe-images); what an image of your own brings belongs into the Dockerfile
note-collection-gap = { $what }: { $why }
note-collection-gap-hint = the plan goes on without it; see what the note of the environment says
note-orphan-history = has history but is not in the inventory
note-orphan-history-hint = its history was not used; was it terminated while the snapshot was collected?
note-spot-today = spot instances are enabled: their share is as today or as set, and their price an estimate
note-spot-today-hint = compare with the real bill (--bill), or state the prices (REGION/ec2-spot/TYPE)
note-settings-disagree = the settings and what was seen disagree about { $about }: set { $set }, seen { $seen }; the plan goes by { $taken }
note-settings-disagree-hint = find out which is meant, and make the other agree with it before the move
conflict-reach = who reaches the load balancer
conflict-balancer-kind = the kind of the load balancer
conflict-protocol = what port { $port } speaks
conflict-public-addresses = public addresses of the instances
conflict-listener = whether there is a load balancer that listens on port { $port }
conflict-most-instances = the most instances of its group
conflict-root-volume = GiB of the root volume
conflict-detailed-monitoring = detailed monitoring
conflict-spot = instances of the spot market
note-balancer-subnets = the subnets of its load balancer are not taken over ({ $subnets }): { $why }
note-balancer-subnets-hint = tag the subnets that it may stand in with kubernetes.io/role/elb or internal-elb, or name two zones of the clusters' VPC
balancer-subnets-unknown = { $subnet } is not in the snapshot
balancer-subnets-elsewhere = { $subnet } is in { $vpc }, which is not the clusters' VPC
balancer-subnets-one-zone = an application load balancer needs two zones, these are { $zones }
note-idle-timeout = idle connections stay open for { $taken } s, instead of { $wanted } s, for { $apps }
note-admits-more = whoever { $taken } admit reaches { $apps }, which admitted only those of { $wanted } so far
note-wish-given-up = { $wish } is { $taken } for all of its apps; { $apps } had { $wanted }
note-wish-given-up-hint = take "{ $wish }" out of load_balancers.give_up and each wish gets a load balancer of its own
note-balancer-quota = it needs { $has } { $what }, and AWS gives one load balancer { $most }
note-balancer-quota-hint = ask AWS for more, or let the app do with fewer
note-schedules-over = scheduled actions that happen no more are left out: { $actions }
note-schedules-over-hint = delete them, or give them a new EndTime if they are still wanted
note-subnet-unused = nodes.subnets names it, but the clusters do not use it
note-subnet-not-seen = nodes.subnets names it, but the snapshot has no such subnet
note-subnet-unused-hint = name one subnet for each zone, all of one VPC in the account and region of the clusters
note-exclusion-unused = { $key } names it, but nothing that was seen fits
note-exclusion-unused-hint = check the spelling; * stands for any run of letters
note-calibrated-nobody = the policy has the result of its load test, but there is no such environment
note-calibrated-nobody-hint = spell it as requests.csv does

## Notes on every app

note-coincident-peak = all apps together never used more than { $together } cores in an hour; their own busiest hours sum to { $sum } ({ $more } % more)
note-coincident-peak-hint = requests are per app and keep each app's own risk; what does not coincide is room for bursts
note-load-test = requests and replicas come from history alone
note-load-test-hint = load-test with real traffic before moving: in the first such migration desk calculation alone was not enough
note-graceful-stop = pods are stopped with SIGTERM, at every rollout and node change
note-graceful-stop-hint = make sure that each app finishes its requests on SIGTERM
note-dns = ndots: 5, the default of pods, makes up to five DNS queries of one
note-dns-hint = the manifests in apps/ set ndots: 1; write names of the cluster out in full (NAME.NAMESPACE.svc.cluster.local)

## Notes on clusters

note-minimum-on-every-cluster =
    { $running ->
        [one] 1 production pod runs on { $clusters } clusters, though { $carrying } would carry the load
       *[other] { $running } production pods run on { $clusters } clusters, though { $carrying } would carry the load
    }
note-minimum-on-every-cluster-hint = each cluster keeps at least { $least } of every app, so that it survives a node by itself; fewer clusters need fewer pods
note-cheaper-node-type =
    { $nodes ->
        [one] the same fleet on { $type } takes 1 Linux node and costs { $saving } a month less than the plan
       *[other] the same fleet on { $type } takes { $nodes } Linux nodes and costs { $saving } a month less than the plan
    }
note-cheaper-node-type-hint = choose it by { $how } in the policy; the report compares them all
note-cheaper-node-type-hint-images = choose it by { $how } in the policy; its images must be built for Graviton; the report compares them all
choice-of-instance-type = nodes.instance_type
choice-of-group-by-memory = [[nodes.groups]] with min_gib_per_core = { $gib }
note-memory-limits-over-nodes = pods at their memory limits all at once would take { $limits } GiB of the { $offered } GiB that its nodes offer
note-memory-limits-over-nodes-hint = pods are packed by requests and do not all peak at once; sizing.short_of_memory = 0 leaves no doubt, and takes more nodes
note-no-network = the snapshot names no private subnets in two zones of the VPC that the environments live in
note-no-network-named = the subnets that nodes.subnets names are not in two zones of one VPC of the snapshot
note-no-network-hint = name the subnets under nodes.subnets, or let eksctl make a new VPC and connect it
note-old-kubernetes = Kubernetes { $version } is out of standard support on the day of the snapshot
note-old-kubernetes-hint = choose a later kubernetes.version: extended support costs six times as much
note-memory-bound-nodes = { $memory } % of the memory is requested but { $cpu } % of the CPU
note-memory-bound-nodes-hint = memory is what fills the { $type } nodes: see what types with more memory a vCPU would cost
note-windows =
    { $nodes ->
        [one] 1 Windows node, with a licence
       *[other] { $nodes } Windows nodes, each with a licence
    }
note-windows-hint = build images for { $image }, and check Active Directory, drives and registry settings

## Notes on the scheduler

note-scheduler-spreads =
    { $nodes ->
        [one] deployed all at once onto nodes that are there first, the pods take 1 node at { $percentile } %; { $planned } are planned, packed they fit on { $packed }
       *[other] deployed all at once onto nodes that are there first, the pods take { $nodes } nodes at { $percentile } %; { $planned } are planned, packed they fit on { $packed }
    }
note-scheduler-spreads-hint = kube-scheduler spreads, so that no node keeps room for a large pod: let the group grow with the apps that move, large pods first
note-node-loss-waits = after the loss of a node production pods wait for new nodes in { $waiting } of { $orders } simulated orders
note-node-loss-waits-promised = after the loss of a node production pods wait for new nodes in { $waiting } of { $orders } simulated orders, though packed anew the others could hold them
note-zone-loss-waits = after the loss of a zone production pods wait for new nodes in { $waiting } of { $orders } simulated orders
note-zone-loss-waits-promised = after the loss of a zone production pods wait for new nodes in { $waiting } of { $orders } simulated orders, though packed anew the others could hold them
note-loss-waits-hint = pods wait some minutes for the autoscaler; "{ $loss }" in topology.survive keeps room for them
note-loss-waits-hint-nodes =
    { $nodes ->
        [one] smaller pods or a dedicated node group for big ones leave room; without changes, 1 node is needed
       *[other] smaller pods or a dedicated node group for big ones leave room; without changes, { $nodes } nodes are needed
    }
note-big-apps-first = { $fewer } if the biggest apps are deployed first
note-big-apps-first-hint = apply them one after the other, largest pods first, or give them a PriorityClass above the others: they then find room, and small pods fill what is left
note-big-apps-apart = { $fewer } if big pods have a dedicated node group; { $big }
note-big-apps-apart-hint = set them apart with [[nodes.groups]]
note-smaller-pods = { $fewer } if no pod takes more than { $percent } % of a node; { $big }
note-smaller-pods-hint = run more and smaller replicas (sizing.max_node_share, sizing.split_node_share), or choose a larger node type
note-drain-emptiest = { $fewer } once the emptiest nodes are drained while their pods fit elsewhere
note-drain-emptiest-hint = let the descheduler do that after each wave, and lower minSize so that the autoscaler may remove what is empty
nodes-fewer = { $saved } of { $nodes } nodes fewer at { $percentile } %
nodes-fewer-at-once = { $saved } of { $nodes } nodes fewer when all is deployed at once
apps-of-big-pods =
    { $apps ->
        [one] 1 app has pods of more than { $percent } % of a node
       *[other] { $apps } apps have pods of more than { $percent } % of a node
    }
apps-of-big-pods-with-largest =
    { $apps ->
        [one] 1 app has pods of more than { $percent } % of a node (the largest, of { $of }, { $takes } %)
       *[other] { $apps } apps have pods of more than { $percent } % of a node (the largest, of { $of }, { $takes } %)
    }

## Notes on addresses

note-addresses-unknown = nobody knows how many of its addresses are free; its nodes take up to { $most }
note-addresses-unknown-hint = look at it in the VPC console before creating the clusters
note-subnet-too-small =
    { $free ->
        [one] 1 address is free in { $zone }, { $reserved } of them for control planes and load balancers; { $taken }
       *[other] { $free } addresses are free in { $zone }, { $reserved } of them for control planes and load balancers; { $taken }
    }
note-subnet-runs-out =
    { $free ->
        [one] 1 address is free in { $zone }, { $reserved } of them for control planes and load balancers; { $taken }; they run out at node { $node } of { $nodes }
       *[other] { $free } addresses are free in { $zone }, { $reserved } of them for control planes and load balancers; { $taken }; they run out at node { $node } of { $nodes }
    }
note-subnet-too-small-hint = no other setting of nodes.addresses is enough: name a larger subnet under nodes.subnets, or fewer, larger nodes
note-subnet-too-small-hint-setting = nodes.addresses = { $enough } is enough, or name a larger subnet under nodes.subnets
subnet-taken-in-normal-times = its nodes take { $addresses } in normal times
subnet-taken-at-most = its nodes take { $addresses } when all clusters are at their largest
subnet-setting = "{ $name }", which takes { $most },
subnet-setting-of-blocks = "{ $name }" (if whole blocks of 16 are left), which takes { $most },
subnet-setting-or = { $one } or { $other }

## Notes on money

note-no-price =
    { $lines ->
        [one] 1 line has no price; the total of { $total } is a lower bound
       *[other] { $lines } lines have no price; the total of { $total } is a lower bound
    }
note-no-saving = the plan costs { $more } a month more than today
note-no-saving-at-least = the plan costs at least { $more } a month more than today
note-no-saving-at-most = the plan costs at most { $more } a month more than today
note-no-saving-hint = see which nodes, control planes and load balancers are added; try one cluster or another node type
lever-saves = { $title } { $saving }
group-is-filled = { $group }: { $nodes } nodes at { $cost } a month, bound by { $rule }; pods request { $cpu } % of their CPU and { $memory } % of their memory
note-why-no-saving = what the plan pays for: { $groups }. Single changes would save a month: { $levers }
note-why-no-saving-no-lever = what the plan pays for: { $groups }. No single change that was tried saves anything
note-why-no-saving-hint = run eb2eks plan with --choose recommended: { $title }, { $monthly } a month
note-why-no-saving-nothing-better = nothing cheaper was found that survives as much: see economics.alternatives for what survives less
note-cheaper-alternative = { $title } costs { $total } a month at list prices, the plan { $after }
note-commitment-unused = { $unused } a month is bound for instances that would not run after the move
note-commitment-unused-hint = it is no saving before the commitment ends: the curve of the move counts with it; move that family last, or sell the reservation
note-price-unused = prices.overrides sets it, but no line of any bill uses it
note-price-unused-hint = check region and spelling, unless it is for other snapshots

# What makes a plan incomplete.
unknown-environments = { $count ->
    [one] one environment is unknown
   *[other] { $count } environments are unknown
}
unknown-prices = { $count ->
    [one] one line of a bill has no price
   *[other] { $count } lines of the bills have no price
}
unknown-scopes = { $count ->
    [one] one account and region was not read in full
   *[other] { $count } accounts and regions were not read in full
}

## Notes on the replay

subject-replay = replay
note-replay-outage = The plan did not keep its promise on the { $days } days that it was made from: { $evictions } evictions and { $kills } kills in { $weeks } pod-weeks ({ $rate } of a pod-week are allowed), and { $starved } of { $minutes } app-minutes starved ({ $share } % are).
note-replay-outage-unseen = A plan made { $days } days before the end did not keep its promise on the days that it had not seen: { $evictions } evictions and { $kills } kills in { $weeks } pod-weeks ({ $rate } of a pod-week are allowed), and { $starved } of { $minutes } app-minutes starved ({ $share } % are).
note-replay-outage-hint = take a safer request for memory (--set sizing.memory_level=5 costs nodes), or calibrate the apps that the section "What the history would have done to these clusters" names
note-replay-app = In the replay it was starved for { $starved } minutes, evicted { $evictions } times and killed { $kills } times: more than one app of a fleet may be.
note-replay-app-hint = raise its requests or limit where memory kills it (a larger node type holds what no node does), or accept it by name
note-replay-loss = At the worst moments of the history, { $outage } of { $cases } losses of a node, zone or cluster would have starved an app, for { $starved } app-minutes in all.
note-replay-loss-hint = read the losses of the replay; headroom is topology.survive, and how long nodes and pods take to start counts
note-replay-off = The history was not run over these clusters: what would have happened on them is not known.
note-replay-off-hint = set replay.enabled = true
note-replay-short = The history is too short for a plan that is tried on days that it had not seen.
note-replay-short-hint = collect more days, or lower replay.holdout_days

## Notes on the platform

note-nobody-administers = only whoever creates the clusters administers them: platform.admin_roles is empty
note-nobody-administers-hint = name the roles of those who are on call; EKS refuses roles that do not exist
note-nothing-deploys = nothing but administrators and the platform's CI can deploy: platform.delivery_role is empty
note-nothing-deploys-hint = name the role that Spinnaker or Argo CD comes with
note-endpoint-open = the control planes answer to the whole internet, with credentials
note-endpoint-open-hint = name ranges in kubernetes.public_access_cidrs, or set kubernetes.endpoint to "private"
note-upgrade-during-move = standard support of Kubernetes { $version } ends on { $ends }, before the last wave on { $done }: EKS then upgrades the clusters by itself
note-dearer-during-move = standard support of Kubernetes { $version } ends on { $ends }, before the last wave on { $done }: a control plane costs six times as much from then on
note-upgrade-during-move-hint = choose a newer kubernetes.version, or plan the upgrade as a wave of its own; kubernetes.support says which of the two happens
note-role-unknown =
    { $apps ->
        [one] the role behind the instance profile of 1 app is not known, and its file says FILL-IN
       *[other] the roles behind the instance profiles of { $apps } apps are not known, and their files say FILL-IN
    }
note-role-unknown-hint = a role need not be called like its profile: bootstrap/role-trusts.sh show asks AWS for each (aws iam get-instance-profile); put them into platform.profile_roles of the policy and plan again
note-alarms-and-firewalls = alarms on environments and associations of WAF are not collected: no file carries them over
note-alarms-and-firewalls-hint = handover/APP.md has the commands that list them; web ACLs go into platform.web_acls of the policy; carry each over before its app's clients move
load-test-of-a-queue = it is called by its queue alone: hand it a copy of a day's messages and watch the age of the oldest
load-test-of-nobody = nothing is in front of it that could be called
load-test-of-bytes = it speaks no HTTP to its load balancer, and the script speaks nothing else: use a client of its protocol
note-rules-interleaved = { $apps } have rules for the same hosts, and their priorities of today lie between each other's: on the clusters all rules of one are tried before those of the next
note-rules-interleaved-hint = look at the order (alb.ingress.kubernetes.io/group.order): the app that takes everything else of a host has to be the last
note-host-on-several = { $apps } have rules for { $host } on one load balancer today, and are on different ones on the clusters: the name can lead to one of them only
note-host-on-several-hint = give up in load_balancers.give_up what keeps them apart, or give each a name of its own
