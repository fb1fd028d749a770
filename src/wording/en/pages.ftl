# Texts that report.html adds to the sections of report.md, and sections of both that were new with it.

## The page

skip = Skip to the report
footer = Made by { $tool }. This page loads nothing and sends nothing.
contents = Contents
tool-theme = Dark
tool-resource = Figures of
tool-both = CPU and memory
tool-filter = Filter rows
tool-search = Find an app
tool-sort = Sort by this column
tool-found = @1 of @2
cpu = CPU
memory = Memory
cores = cores
gibibytes = GiB
complete = complete

## The first two pages

answer-title = The answer
directional = A directional estimate from history and list prices: the ranges say how far it may be off, and load tests come before traffic.
card-trust = { $planned } of { $seen } environments are planned, { $unknown } are unknown. The requests of { $firm } apps are well measured (grades A and B), those of { $thin } rest on thin evidence (C and D).
waterfall-title = Where the difference comes from
waterfall-says = Net changes by what is paid for, a month at list prices; solid is paid today, outlined is planned, hatched is added.
waterfall-small = Smaller changes
category-in-part = { $what }, in part
curve-says = What each alternative has brought in since the start, its one-off cost taken off; a dot marks the month in which that is recovered. As asked, both systems run from month { $first } to month { $last }; up to then they cost { $double } { $way } than staying.
curve-nothing-moves = Nothing moves, so nothing is spent and nothing comes back.
curve-both-run = both run
curve-axis = Months from the start
curve-break-even = The recommended plan is paid back in month { $month }
curve-never = No payback of the best plan within { $months } months
tornado-title = What would change the result of the plan as asked
tornado-says = { $driver } has the largest effect: the cumulative result of { $months } months lies between { $low } and { $high }, all else as expected. Each row was priced again.
tornado-empty = Nothing that is a range moves the answer.
tornado-expected = expected { $net }

## Idle capacity

idle-title = Current utilisation
idle-basis = Every production instance counts by what it has: vCPU-hours and GiB-hours of the window, by how much of them was used at the time. Memory that nobody reported stands apart; it is not counted as idle.
idle-empty = No production instance with a history, so nothing can be said about idle capacity.
idle-cpu-unit = vCPU-hours
idle-memory-unit = GiB-hours
idle-says = In { $share } of the measured { $unit }, utilisation was below 20 %. Not measured: { $unknown }.
idle-unknown = Nothing was reported of the { $resource } of production, so it may be idle or full.
idle-unknown-label = unknown
idle-axis = { $resource }: per cent used; share of { $unit }
idle-finding = { $resource } in use today
idle-used-column = Used
idle-vcpu-column = vCPU-hours:
idle-gib-column = GiB-hours:
idle-caption = Machine-hours of production by utilisation
idle-from-to = { $from } to { $to } %
idle-not-reported = not measured
share-column = Share:

## Risks and decisions

risk-owner-column = Owner
risk-effort-column = Takes
risk-remedy-column = What to do
risk-others = { " " }and { $count } more
no-sample = no sample
risks-title = Risks and blockers
risks-says = { $count ->
    [one] One kind of risk
   *[other] { $count } kinds of risk
 }: first what has to be settled before an app moves, what takes longest first, then what somebody has to look at.
risks-empty = Nothing holds anything up: no blocker and no warning.
risks-caption = What may go wrong, and who acts
risk-column = Risk
concerns-column = Concerns
effort-unknown = not estimated
decisions-title = Three decisions
decide-subnets =
    { $count ->
        [one] How the nodes get enough addresses: 1 subnet has fewer free ones than they take when the clusters are at their largest, or before; the finding says what would do.
       *[other] How the nodes get enough addresses: { $count } subnets have fewer free ones than they take when the clusters are at their largest, or before; the findings say what would do.
    }
decide-unknown = { $count ->
    [one] Who finds out about the environment
   *[other] Who finds out about the { $count } environments
 } of which too little is known.
decide-memory = { $count ->
    [one] Who installs the CloudWatch agent for the app
   *[other] Who installs the CloudWatch agent for the { $count } apps
 } whose memory is assumed: until then all that the instance has is asked for.
decide-load-tests = { $count ->
    [one] Who load-tests the app
   *[other] Who load-tests the { $count } apps
 } with thin evidence (`loadtest/`) before they take traffic.
decide-blockers = { $count ->
    [one] Who settles the blockers of the environment
   *[other] Who settles the blockers of the { $count } environments
 } that have some.
decide-pilot = { $count ->
    [one] Whether the pilot may go first:{ " " }
   *[other] Whether the { $count } pilots may go first:{ " " }
 }

## Savings by app

savings-title = Savings by app
savings-caption = Both bills, shared out among the environments
savings-rule = Lines tagged with an environment are charged to it. The rest of today is shared in proportion to those charges; nodes, control planes and add-ons are shared by what an app's pods request of a node, CPU or memory, whichever is more. That is a rule, not a measurement: take one app away and the nodes do not shrink by its share. The rows add up to both bills.
savings-empty = No environment was seen, so there is nothing to share out.
savings-finding = Largest saving: { $name }
savings-finding-dearer = Largest increase: { $name }
savings-says = { $cheaper } environments cost less or the same, { $dearer } cost more; US dollars a month. Hatched: thin evidence, or a higher cost.
savings-says-of-most = { $cheaper } environments cost less or the same, { $dearer } cost more; US dollars a month. Shown are the { $shown } that change most; the other { $others } come to { $saving } together. Hatched: thin evidence, or a higher cost.
savings-unpriced = Lines without a price are left out here on both sides.
grade-column = Evidence

## The packing map

packing-title = Where every pod would run
packing-says = What pods request, not what they use: room between both is what bursts live on. Dotted is what the system and the daemons keep; dashed are add-ons; the rest of a bar is free. The scheduler will place pods otherwise than this packing, which proves that they fit; what happens when a node, a zone or a cluster is lost stands under "What the scheduler makes of it".
packing-empty = No node group is planned, so there is nothing to place.
packing-group = { $group }: { $nodes ->
    [one] 1 node
   *[other] { $nodes } nodes
 } of { $type }
packing-group-says = In { $group }, { $cpu } of the CPU and { $memory } of the memory that nodes offer to apps is requested in normal times; the rest is headroom.
packing-zone = { $zone } ({ $count ->
    [one] 1 node
   *[other] { $count } nodes
 })
packing-kept = kept by system and daemons
packing-free = free { $cpu }, { $memory }
packing-caption = Nodes in normal times, with what is requested of what they offer to apps
node-column = Node
pods-column = Pods:
cpu-asked-column = CPU requested:
memory-asked-column = Memory requested:
on-it-column = Pods of
amount-and-share = { $amount } ({ $share })

## Apps

apps-title = App by app
apps-elsewhere = { $count } apps have a page each in `report-apps/`: on one page they would take too long to open.
apps-back = Back to the report
apps-empty = No app moves, so there is no page of one.
app-lead = { $application }, { $stage }; on EKS `{ $name }`, wave { $wave }. { $days } days of history; evidence: CPU { $cpu }, memory { $memory }.
app-no-history = No history was kept of it in this plan.
app-memory-assumed = Memory was never reported: { $memory } is assumed from what the instance has, not measured.
app-numbers-caption = What each pod asks for
resource-column = Resource
request-column = Request
limit-column = Limit
range-column = What a week may need (50 % to 98 % of weeks)
peak-column = Highest seen, by pod
own-weeks-column = Own weeks in which the rule was too small
no-limit = no limit
never-reported = never reported
no-own-weeks = too few weeks to try
own-weeks = { $violated } of { $weeks }
replicas = Replicas
replicas-on = { $cluster }: { $normal } (alone { $failover })
usage-cpu-title = CPU of a pod: peak { $peak }, request { $request }
usage-memory-title = Memory of a pod: peak { $peak }, request { $request }
usage-says = Lowest and highest of each { $hours } hours, in { $unit } of a pod; above the request in { $above } of { $stretches } stretches. Gaps are gaps.
request-label = request
limit-label = limit
instance-today-label = instance today
week-title = A usual week
week-says = Busiest on { $day } at { $hour }, with { $cores } cores of all instances together on average; the line is the highest of all weeks. Clock: { $zone }.
app-usage-caption = Use of a pod, lowest and highest
from-column = From
cpu-ends-column = CPU, cores:
memory-ends-column = Memory, GiB:
app-week-caption = The week, in cores of all instances together
day-column = Day
mean-column = Mean:
highest-column = Highest:
busiest-hour-column = Busiest hour
app-reasons-caption = Why each number is what it is
app-findings = What to be careful about
app-no-finding = Nothing in particular to be careful about.
finding-and-hint = { $finding }: { $hint }
app-blockers = To settle before it moves
app-no-blocker = Nothing has to be settled before it moves.
app-blocker = { $what }: { $remedy } ({ $owner }, { $effort })
app-options-caption = What became of the settings that somebody made
option-column = Option
setting-column = Value
target-column = Becomes
monday = Mon
tuesday = Tue
wednesday = Wed
thursday = Thu
friday = Fri
saturday = Sat
sunday = Sun

## Coverage

coverage-title = What was looked at
coverage-complete =
    { $scopes ->
        [one] Complete: the one account and region was read in full, and all { $seen } environments are planned or excluded for a reason.
       *[other] Complete: all { $scopes } accounts and regions were read in full, and all { $seen } environments are planned or excluded for a reason.
    }
coverage-complete-but =
    { $scopes ->
        [one] Complete but for the gaps below: the one account and region was read, and all { $seen } environments are planned or excluded for a reason.
       *[other] Complete but for the gaps below: all { $scopes } accounts and regions were read, and all { $seen } environments are planned or excluded for a reason.
    }
coverage-incomplete = Incomplete: { $incomplete } of { $scopes } accounts and regions were not read in full, and { $unknown } environments are unknown.
coverage-caption = Accounts and regions
grades-caption = How well the requests are known
cpu-apps-column = Apps by CPU:
memory-apps-column = Apps by memory:
meaning-column = Meaning
grade-a = measured on each instance for longer than the rule is fitted on, with few gaps, not cut off
grade-b = measured well enough for the rule as it was tried
grade-c = measured thinly, as an average, in a quiet time, for a few days on a new level, or cut off by the machine: load-test before relying on it
grade-d = assumed, not measured

## Method

method-title = How the numbers were made
method-sizing = CPU requests: what the busiest replica needed in the last days, times a factor that was enough in so many of the weeks that followed, for apps like it; learnt on weeks that it is not judged by.
method-memory = Memory requests and limits: the highest sample ever, times such a factor; what was never reported is bounded by the instance and marked as assumed.
method-replicas = Replicas: as many as instances today, never under the least of its stage on each cluster; so many more that one cluster can carry everything.
method-packing = Nodes: packed with a proof of how few there could be, then simulated with kube-scheduler's and cluster-autoscaler's rules in many orders; the plan takes what does at the policy's percentile.
method-prices = Money: list prices of AWS, each line with its source and date; terms that the policy names stand in columns of their own.
method-ranges = Ranges: each input at both of its ends, everything priced and packed again; "cautious" and "optimistic" take all ends at once.
method-move = The move: waves, people's days and both systems running are choices of the policy; each month of the curve adds up to the cent.
method-limits = What no history shows stays unknown: load that never came, starts and stops of containers, memory that nobody measured. That is what load tests are for.
method-more = Formulas with worked examples and sources stand in the project's `docs/METHOD.md`; every step of an app's numbers stands on its page and in `eb2eks explain NAME`.

## Glossary

glossary-title = Glossary
glossary-caption = Words of this report
term-column = Term
term-request = Request
term-request-means = what a pod reserves on its node; the scheduler adds up requests, not use
term-limit = Limit
term-limit-means = what a pod may not exceed; over its memory limit it is killed
term-replica = Replica
term-replica-means = one of several equal copies of an app
term-pod = Pod
term-pod-means = a running copy of an app on Kubernetes: its containers, which share a node
term-node = Node
term-node-means = a machine of a cluster, here an EC2 instance
term-node-group = Node group
term-node-group-means = nodes of one kind that grow and shrink together
term-cluster = Cluster
term-cluster-means = nodes under one control plane, which AWS runs for an hourly fee
term-zone = Zone
term-zone-means = an availability zone: data centres that fail together
term-addon = Add-on
term-addon-means = software that a cluster needs for itself: DNS, metrics, load balancing
term-millicore = Millicore (m)
term-millicore-means = a thousandth of a vCPU; 250m is a quarter of one
term-percentile = Percentile
term-percentile-means = the value that so many per cent of the samples do not exceed
term-grade = Evidence grade
term-grade-means = from A, well measured, to D, assumed
term-list-price = List price
term-list-price-means = on-demand, without discounts, commitments and taxes
term-terms = Terms
term-terms-means = discounts, Savings Plans, reserved instances and spot, as far as the policy names them
term-double-running = Double running
term-double-running-means = the time in which Beanstalk and clusters are both paid for
term-break-even = Payback
term-break-even-means = the month from which on the move has brought in more than it cost
term-blocker = Blocker
term-blocker-means = something that somebody has to settle before an environment moves
term-wave = Wave
term-wave-means = environments that move together
term-headroom = Headroom
term-headroom-means = what nodes offer and nobody requests: room for bursts, for updates and for the loss of a node
term-snapshot = Snapshot
term-snapshot-means = the files that were collected: environments, settings, use over time; the only input of this plan besides the policy
term-policy = Policy
term-policy-means = the choices that the plan obeys, such as the risk of a request; all of them stand under Assumptions
term-price-book = Price book
term-price-book-means = the list prices that the program ships, each with its source and date
term-surge = Surge
term-surge-means = pods of the new version that run beside those of the old during an update
term-daemon = Daemon
term-daemon-means = a program that runs once on every node, such as one that collects logs
term-scheduler = kube-scheduler, cluster-autoscaler
term-scheduler-means = what chooses a node for each pod, and what adds and removes nodes
term-cluster-mode = Cluster Mode
term-cluster-mode-means = Elastic Beanstalk's own way to run several environments on shared nodes
term-graviton = Graviton
term-graviton-means = processors of AWS of another architecture (arm64): images must be built for it
term-phase = Phase
term-phase-means = waves of one purpose, such as pilots or staging

## The workbook

workbook-title = From Elastic Beanstalk to EKS
sheet-summary = Summary
sheet-apps = Apps
sheet-nodes = Nodes
sheet-bill-lines = Bill lines
sheet-assumptions = Assumptions
sheet-gaps = Gaps
category-column = Category
item-column = Item
unit-column = Unit
unit-price-column = Unit price, USD
a-month-usd-column = A month, USD
low-usd-column = Low, USD
high-usd-column = High, USD
basis-column = Basis of the quantity
source-column = Source of the price
on-eks-column = On EKS
stage-column = Stage
instances-today-column = Instances today
cpu-request-column = CPU request, m
cpu-limit-column = CPU limit, m
memory-request-column = Memory request, MiB
memory-limit-column = Memory limit, MiB
cpu-grade-column = CPU evidence
memory-grade-column = Memory evidence
outcome-planned = planned
outcome-excluded-because = excluded: { $reason }
outcome-unknown-because = unknown: { $reason }
fewest-column = Fewest that hold everything
cpu-offered-column = CPU for apps on a node, m
memory-offered-column = Memory for apps on a node, MiB
pods-offered-column = Pods for apps on a node
cpu-asked-share-column = CPU requested
memory-asked-share-column = Memory requested
gap-kind-column = Kind
gap-what-column = What
gap-why-column = Why
gap-not-read = not read
gap-excluded = excluded
gap-unknown = unknown
gap-no-price = without a price
gap-not-billed = in no bill

## Assumptions

assumptions-title = Assumptions
assumptions-says = Every choice that was in force: { $changed } of { $all } differ from what eb2eks ships with. `eb2eks policy` prints them all with comments.
assumptions-caption = The policy
key-column = Key
choice-column = Choice
origin-column = From
origin-default = default
origin-changed = your policy
