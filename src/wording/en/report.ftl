# The texts of src/render, in this folder's language.

## Tables

table-cut = { $count ->
    [one] 1 more row is
   *[other] { $count } more rows are
 } in `{ $file }`.

## Columns of many tables

today-column = Today:
after-column = After:
saving-column = Saving:
total = Total
bill-column = Bill
subject-column = Subject
quantity-column = Quantity:
quantity-of = { $quantity } { $unit }

## Money

money-title = Money
money-caption = US dollars a month, today and after
money-column = US dollars a month
money-basis = On-demand list prices for a month of 730 hours, without taxes. Every line is in `bills.csv`, with its low and its high.

## What is not included

not-included-title = What is not in these numbers
not-included-discounts = Discounts are in the columns with terms only: the two bills are list prices, but for those that `prices.overrides` or `--prices` sets.
not-included-load = Load that the history did not see. Load-test every app before it takes traffic.
not-included-backtest = How often such requests would have been too small: `eb2eks backtest SNAPSHOT` tries them on weeks that they were not made from.
not-included-prices = Prices of today: each line of `bills.csv` names its source and date.
not-included-unknown = What the unknown environments would need on the clusters: they stay where they are.
not-billed = { $item }: { $why }.
not-billed-of-one = { $item } of `{ $subject }`: { $why }.
not-billed-of-many = { $item } of `{ $subject }` and { $more } more: { $why }.
unpriced-caption = Lines without a price
unpriced-item-column = Item without a price
unpriced-source-column = How to price it

## Words of many places

name = `{$name}`
unknown = unknown
excluded = excluded
never = never
sum = Sum
all-unpriced = unknown ({ $unpriced } unpriced)
some-unpriced = { $amount } + { $unpriced } unpriced
and-more = and { $count } more

## The head

report-title = From Elastic Beanstalk to EKS
report-coverage = { $coverage } Based on: { $basis }.
about-the-data = **About the data:** { $note }
scopes-incomplete = **Incomplete:** { $count } of { $all } accounts and regions were not read in full; the totals miss what was not seen.
scopes-caption = Accounts and regions that were not read in full
gap = { $what }: { $why }
gaps-and-more = { $gaps }; { $more } more in plan.json

## The answer

range-and-move = Range: today { $today_low } to { $today_high }, plan { $after_low } to { $after_high }.{ $scenarios }{ $unpriced } The one-off cost of { $once } (people included) { $break_even }.
range-of-scenarios = { " " }The monthly saving is { $cautious } in the worst case and { $optimistic } in the best.
range-of-priced = { " " }Lines without a price are in none of these.
range-pays-back = is recovered in month { $month }
range-never-pays-back = is not recovered within { $months ->
    [one] 1 month
   *[other] { $months } months
 }
coverage = { $seen ->
    [one] 1 environment
   *[other] { $seen } environments
 } seen: { $planned } planned, { $excluded } excluded, { $unknown } unknown.{ $gone }
coverage-terminated = { " " }Not among them: { $count } terminated before.
basis = snapshot of { $day }, history from { $start } to { $end } ({ $days ->
    [one] 1 day
   *[other] { $days } days
 }), price book put together on { $price_book }

## What else one could do

alternatives-title = Alternatives
alternatives-intro = On the same sizing and the same risk, in US dollars a month; each is a bill in `bills.csv`, and its terms another. A saving is against today as it is, with terms against today with the same terms.
alternatives-caption = Alternatives, in US dollars a month
alternative-column = Alternative
a-month-column = A month:
saves-column = Saves:
with-terms-column = With terms:
saves-with-terms-column = Saves with terms:
machines-column = Runs on average
likely-column = Likely
alternative-once-column = Once
payback-column = Paid back in month
survives-column = Survives
likely-range = { $low } to { $high }
recommended-as-asked = Recommended: the plan as asked, at { $monthly } a month; nothing cheaper was found that survives as much.
recommended-as-asked-replayed =
    { $failed ->
        [one] Recommended: the plan as asked, at { $monthly } a month. One that survives as much costs less, and hurt apps more in its replay.
       *[other] Recommended: the plan as asked, at { $monthly } a month. { $failed } that survive as much cost less, and hurt apps more in their replays.
    }
recommended = Recommended, as the cheapest found that survives what the policy asks: { $title }, { $monthly } a month (likely { $low } to { $high }). It differs from the plan as asked by { $settings }. To make its files, add --choose recommended to the command that made this plan.
not-offered = Not possible for this fleet: { $title }: { $reason }.
levers-title = What single changes to the plan would save
lever-column = Change
settings-column = Settings
cost-of-eks = EKS itself costs { $amount } a month more than ECS on instances would, on one cluster each.
cost-of-eks-less = EKS itself costs { $amount } a month less than ECS on instances would, on one cluster each.
cost-of-further-clusters = The plan's further clusters cost { $amount } a month.
needs-column = Needs
searched = { $candidates } combinations of clusters, workers, Windows types and least replicas were weighed, { $packed } of them packed and simulated.
alternative-remarks = **{ $title }**: { $remarks }.

## The move

move-title = The move
move-summary = { $environments ->
    [one] 1 environment
   *[other] { $environments } environments
 } in { $waves ->
    [one] 1 wave
   *[other] { $waves } waves
 }, staging first, large and flagged ones last; the move is complete on day { $day }. People and one-off costs come to { $once }; until then both systems together cost { $double_running } { $way } than staying would. { $break_even }
move-pays-back = The move is paid back in month { $month }.
move-never-pays-back = The move is **not** paid back within the { $months } months that the policy looks ahead.
move-legend = Net is staying less all the others. Days of people and the pace are choices: `[migration]` in the policy.
move-caption = The move month by month, in US dollars
month-column = Month:
staying-column = Staying:
beanstalk-column = Beanstalk:
clusters-column = Clusters:
commitments-column = Commitments:
once-column = Once:
net-column = Net:
sum-column = Sum:

## What would change the answer

answer-changes-title = What would change the answer
answer-changes-intro = Each row was priced again, and where pods change, packed again. Savings are of a month, "cumulative" is what the move has brought in by the end of the period.
scenarios-caption = If everything is cautious, expected or optimistic
scenario-column = If everything is
net-at-horizon-column = Cumulative:
pays-back-column = Payback
pays-back-in = in month { $month }
drivers-caption = Each driver alone, from its low to its high case
changes-column = Driver, varied alone
saving-at-cheap-end-column = Saving, low case:
saving-at-dear-end-column = Saving, high case:
net-at-cheap-end-column = Cumulative, low case:
net-at-dear-end-column = Cumulative, high case:

## Another currency

currency-title = In { $code }
currency-intro = At { $rate } for a dollar, the rate of { $day } that the policy states. Each row is rounded once, the sum is a sum of rows.
currency-caption = The totals in { $code }
currency-column = { $code } a month
consumption-tax = Consumption tax

## The real bill

real-bill-title = Beside the real bill
real-bill-intro = { $rows } rows from { $start } to { $end }, scaled to a month of 730 hours: the estimate is { $estimate }, the bill { $bill }, the difference { $difference }. The { $shown } largest of { $all } differences; all are in `plan.json`.
real-bill-caption = Estimate and bill, the largest differences first
for-column = For
estimate-column = Estimate:
real-bill-column = Bill:
difference-column = Difference:
by-hours-column = By hours:
by-price-column = By price:
by-discount-column = By discount:
why-column = Why
in-no-row-intro = In the bill and in no row:
in-no-row = { $what }: { $amount }

## Clusters

clusters-title = Clusters
clusters-none = No node group is planned, because no environment is.
clusters-legend = "Needed" is the fewest nodes that hold everything, however replicas are spread and without headroom for failures; in brackets, what no packing of pods of these sizes can go below. Max carries the loss of the other cluster and the rollouts, not a lost node at the same time. "For apps" is what the daemons leave of a node.
cluster-about = `{ $cluster }`: Kubernetes { $version }, `{ $region }`, { $network }
cluster-network = `{ $vpc }` and { $subnets ->
    [one] 1 private subnet
   *[other] { $subnets } private subnets
 }
cluster-without-network = no network in the snapshot fits
node-groups-caption = Nodes of each group
cluster-column = Cluster
group-column = Group
type-column = Type
needed-normally-column = Needed in normal times:
needed-at-most-column = Needed at peak:
min-column = min:
desired-column = desired:
max-column = max:
allocatable-column = Allocatable on a node
for-apps-column = For apps
nodes-needed = { $nodes } (at least { $bound })
room-of-a-node = { $cpu }, { $gibibytes } GiB
reasons-summary = Why these sizes
reasons-caption = How the sizes came about, step by step
number-column = Number
value-column = Value
because-column = Because
obeys-column = Policy

## What the scheduler makes of it

scheduler-title = What the scheduler makes of it
scheduler-intro = kube-scheduler does not pack: it spreads, and which of equal nodes a pod gets is chance. Numbers of nodes are those that do in 50 / 95 / 99 % of the simulated orders in which pods may be created, with cluster-autoscaler adding what each needs as the apps move. "All at once" is what it takes if all nodes are there first, and "no pod may wait" if in addition production pods find room at once after what is to be survived: spread pods leave no room for large ones.
scheduler-caption = Nodes over many orders of creation
nodes-column = Nodes:
all-at-once-column = If all at once:
without-waiting-column = If no pod may wait after a loss:
largest-pod-column = Largest pod, of a node:
orders-column = Orders:
largest-pod = { $share } ({ $workload })
situations-intro = On the desired nodes, with cluster-autoscaler adding what is missing (lost nodes are not counted until they are replaced):
situations-caption = What happens on the desired nodes
when-column = When
holds-column = Nothing waits for a node in:
nodes-at-the-end-column = Nodes at the end:
orders-that-hold = { $holds } of { $orders } orders
when-normal = normal times
when-rolling-out = apps roll out
when-node-lost = any one node lost
when-zone-lost = any one zone lost
when-cluster-lost = the other cluster lost, apps roll out
remedies-intro = What would take fewer nodes, each simulated for itself at { $percentile }:
remedies-caption = What would take fewer nodes
remedy-column = If
fewer-column = Nodes fewer:
fewer-at-once-column = Fewer if all at once:
workloads-column = Workloads:
fewer-nodes = { $saved } ({ $with } instead of { $without })
no-fewer-nodes = none ({ $with } instead of { $without })
remedy-biggest-first = biggest apps deployed first
remedy-own-group = big pods in a dedicated node group
remedy-smaller-pods = no pod over a quarter of a node
remedy-descheduler = emptiest nodes drained

## What the history would have done to it

replay-title = What the history would have done to these clusters
replay-intro = The recorded load was run over the planned clusters minute by minute, with autoscalers, rollouts, kubelet and kernel by their documented rules: on the days that the plan was made from, and as a harder test a plan made { $days } days before the end on the days that it had not seen. "Starved" is a minute in which an app got less than 95 % of the CPU that it was asked for on a cluster, because a node was short or no pod was there.
replay-intro-seen = The recorded load was run over the planned clusters minute by minute, with autoscalers, rollouts, kubelet and kernel by their documented rules, on the days that the plan was made from; the history is too short for a plan that is tried on days that it had not seen. "Starved" is a minute in which an app got less than 95 % of the CPU that it was asked for on a cluster, because a node was short or no pod was there.
replay-promise = On { $days } days { $kind }: { $evictions } evictions, { $kills } kills and { $starved } starved app-minutes in { $weeks } pod-weeks. In 99 % of the time nodes used no more than { $cpu } of their CPU and { $memory } of their memory. { $kept }
replay-promise-seen = that the plan was made from
replay-promise-unseen = that the plan had not seen
replay-kept = That is within the promise of the policy.
replay-not-kept = That is more than the policy allows.
replay-fewest = Of { $planned } nodes, { $enough } would have passed the same replay; what was in use in the busiest hour would fill { $use }. { $because }
replay-binds-use = Nothing but what is in use stands in the way of fewer.
replay-binds-cpu = With one less, pods would have no place for the CPU that they request.
replay-binds-memory = With one less, pods would have no place for the memory that they request.
replay-binds-evictions = With one less, more pods would be evicted.
replay-binds-kills = With one less, more containers would be killed.
replay-binds-starved = With one less, more CPU would be missing.
replay-caption = The plan, run over the history
replay-what-column = Run over
replay-seen = days that the plan was made from
replay-unseen = days that it had not seen
replay-year = the year before, by the hour, CPU alone ({ $apps } apps)
replay-days-column = Days:
replay-app-minutes-column = App-minutes:
replay-starved-column = Starved:
replay-over-column = Over the CPU request:
replay-pending-column = Pod-minutes waiting for a node:
replay-evictions-column = Evictions:
replay-kills-column = Kills:
replay-repeats-column = The same again:
replay-use-caption = How full the nodes would have been, of what is allocatable
replay-cpu-column = CPU, mean / 99 % / highest:
replay-memory-column = Memory, mean / 99 % / highest:
replay-hours-column = Node-hours:
replay-memory-ends = How much memory follows the load is known of { $known } apps; of { $unknown } it is not, so both ends were run and the worse is told ({ $told }). If as little follows it as the history allows: { $carried } evictions and kills; if as much, and the pods that an autoscaler leaves of a divided instance hold all of its memory: { $follows }.
replay-told-carried = the former
replay-told-follows = the latter
replay-losses-intro = At the worst moments of the history a node, a zone and the other cluster were lost, each by itself, beside what would have happened anyway:
replay-losses-caption = Losses at the worst moments
replay-cases-column = Cases:
replay-cases-outage-column = With an app starved:
replay-cases-waiting-column = With pods waiting for a node:
replay-longest-column = Longest wait, minutes:
replay-node-lost = a node lost
replay-zone-lost = a zone lost
replay-cluster-lost = the other cluster lost
replay-apps-caption = Apps that were hurt more often than one app may be
replay-worst-column = Worst moment
replay-figure-cpu = CPU in use on { $group }, of what its nodes have ({ $from } to { $to } nodes)
replay-figure-memory = Memory in use on { $group }, of what its nodes have ({ $from } to { $to } nodes)
replay-figure-says = { $mean } on average, at most { $p99 } in 99 % of the node-minutes. From the mean of each day to its highest hour.
replay-figure-mean = mean
replay-figure-all = all
replay-moment-starved = { $at }, { $cluster }: { $amount }m of { $of }m CPU missing
replay-moment-lost = { $at }, { $cluster }: { $amount }m of { $of }m came while no pod was there
replay-moment-evicted = { $at }, { $cluster }: evicted with { $amount } MiB in use, { $of } MiB requested
replay-moment-killed = { $at }, { $cluster }: killed with { $amount } MiB in use, limit { $of } MiB
replay-moment-pending = { $at }, { $cluster }: { $amount } of { $of } pods waited for a node

## Other node types

node-types-title = Other node types
node-types-intro = The same apps with the same requests, risks and failures to survive, on other workers. A month is the whole bill after the move. Peak: one cluster carries all traffic.
node-types-summary = All { $count } choices
node-types-caption = The fleet on other node types, cheapest first
workers-column = Workers
nodes-at-most-column = Peak:
less-than-the-plan-column = Less than the plan:
cpu-requested-column = CPU requested:
memory-requested-column = Memory requested:
remark-column = Remark
no-price = no price
node-type-is-the-plan = **the plan**
node-type-needs-images = images for Graviton
node-type-for-more-memory = `{ $type }` for pods of at least { $gibibytes } GiB a core

## Addresses

addresses-title = Addresses of the subnets
addresses-summary = { $subnets ->
    [one] 1 subnet
   *[other] { $subnets } subnets
 }
addresses-intro = What the nodes of all clusters take of each subnet in normal times, and with all clusters at their largest, by how the VPC CNI is set: whole interfaces (its default), singly (`WARM_IP_TARGET=5`, `MINIMUM_IP_TARGET=20`), or prefix delegation. What runs today keeps its addresses meanwhile. Chosen, written into eksctl/ and counted under "Runs out": { $mode } (nodes.addresses).
addresses-by-interfaces = by interfaces, its default
addresses-singly = singly
addresses-by-prefixes = by prefixes
addresses-caption = Addresses that nodes and pods take
addresses-taken = { $at_desired }, { $at_max }
addresses-lacking = { $at_desired }, { $at_max } **(too few free)**
subnet-column = Subnet
zone-column = Zone
free-addresses-column = Free:
reserved-addresses-column = Kept back:
by-interfaces-column = By interfaces:
singly-column = Singly:
by-prefixes-column = By prefixes:
runs-out-column = Runs out at node:

## What needs a human

findings-title = Action required
findings-none = No finding: nothing in this plan waits for a decision.
findings-cut = { $count ->
    [one] 1 more kind of findings is
   *[other] { $count } more kinds of findings are
 } in `plan.json`.
finding = **{ $severity }** `{ $code }`: `{ $subject }`: { $message }.{ $hint }
finding-of-many = **{ $severity }** `{ $code }`, { $count } times: { $subjects }{ $rest }; { $message }.{ $hint }
finding-others = { " " }and { $count } more
finding-example = for example { $message }
finding-hint = { " " }**To do:** { $hint }

## Settings, blockers and waves

settings-title = Settings, blockers and waves
settings-intro = { $settings ->
    [one] 1 option setting
   *[other] { $settings } option settings
 } of { $environments } environments; { $verdicts }. `eb2eks explain APP --options` shows them.
settings-known = each has a verdict
settings-unknown = { $count } unknown
settings-caption = Option settings by verdict
verdict-column = Verdict
set-column = Set:
redacted-column = Set, value dropped:
default-column = Beanstalk's default:
unset-column = No value:
all-column = All:
phases-caption = Phases of the move
phase-column = Phase:
waves-column = In waves
environments-column = Environments:
which-column = Which
blockers-none = The settings show nothing that has to be settled first.
blockers-summary = What has to be settled before some apps move
blockers-caption = What has to be settled first
blocker-column = To settle first
owner-column = Who
effort-column = Each takes

## Applications

applications-title = Applications
applications-that-move = { $count ->
    [one] 1 environment that moves
   *[other] { $count } environments that move
 }
applications-legend = CPU and memory are requests of each replica. Replicas: on each cluster in normal times, in brackets when it serves alone. Evidence: days of history; grade from A (well measured) to D (assumed); in how many of its own weeks this rule would have been too small; samples that were present of those expected. `eb2eks explain NAME` shows every step.{ $firmer }
applications-firmer = { " " }Better grades would come with, in brackets for how many: { $improvements }.
applications-improvement = { $improvement } ({ $apps })
applications-caption = What each replica asks for, and how well that is known
environment-column = Environment
kubernetes-name-column = On EKS
cpu-column = CPU:
memory-column = Memory:
replicas-column = Replicas
evidence-column = Evidence
careful-column = Careful
replicas-on-cluster = { $cluster }: { $normal } ({ $failover })
evidence = { $days } d; { $cpu }; { $memory }
evidence-of-cpu = CPU { $grade }{ $weeks } { $present }/{ $expected }
evidence-of-memory = memory { $grade }{ $weeks } { $present }/{ $expected }
evidence-of-assumed-memory = memory { $grade } **assumed**
evidence-of-weeks = { " " }({ $violated } of { $weeks } weeks)
stays-title = What stays on Elastic Beanstalk
stays-caption = Environments that do not move
application-column = Application
account-column = Account
outcome-column = Outcome

## Inputs

inputs-title = Inputs
inputs-made = `{ $format }`, made by { $tool } from a { $basis }; collected by { $collector } at { $moment }. The same files and the same policy give the same report.
inputs-caption = Files of the snapshot
file-column = File
bytes-column = Bytes:
sha256-column = SHA-256
region-column = Region
status-column = Status
gaps-column = What is missing
