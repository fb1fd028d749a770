# The texts of src/check, in this folder's language.

## Words

note-defect-hint = this is a defect of eb2eks: please report it with plan.json
amount-unknown = unknown
amount-in-billionths = { $nanos } billionths
amount-too-much = too much to state
hours-in-millionths = { $millionths } millionths
class-planned = planned
class-excluded = excluded
class-unknown = unknown
class-seen = seen
end-total = total
end-low = low
end-high = high
excess-cpu = { $taken }m CPU of { $room }m
excess-memory = { $taken } of { $room } bytes of memory
excess-pods = { $taken } of { $room } pods
loss-of-node = node { $node }
loss-of-zone = zone { $zone }
month-never = never
place-of-node = node { $node } of { $cluster } (placement "{ $placement }")
resource-cpu = CPU
resource-memory = memory

## Subjects

subject-plan = plan
subject-coverage = coverage
subject-saving = saving
subject-alternatives = alternatives
subject-apps = savings by app
subject-move = the move
subject-month = month { $month }
subject-tornado = tornado
subject-reconciliation = reconciliation
subject-node-types = node types
subject-verdict = { $verdict }

## Accounting

note-plan-format = format is "{ $found }", this version reads "{ $known }"
note-plan-format-hint = make the plan again with this version of eb2eks
note-coverage = coverage says { $stated } { $class }, the plan lists { $listed }
note-coverage-sum = { $seen } seen, but planned + excluded + unknown = { $sum }
note-environment-twice =
    { $times ->
        [one] environment { $environment } of account { $account } in { $region } is listed 1 time
       *[other] environment { $environment } of account { $account } in { $region } is listed { $times } times
    }
note-reason-missing = environment { $environment } stays without a reason
note-exclusion-ignored = environment { $environment } is planned, though [scope] of the policy excludes it

## Names

note-name-invalid-app = kubernetes name "{ $name }" is not a DNS label (1 to 63 of a-z, 0-9 and -, a letter first)
note-name-invalid-cluster = cluster name "{ $name }" is not 1 to 100 letters, digits and hyphens
note-name-invalid-addon = add-on name "{ $name }" is not a DNS label (1 to 63 of a-z, 0-9 and -)
note-name-invalid-addon-hint = rename the add-on under [[addons]] in the policy
note-name-invalid-group = node group name "{ $name }" is not a DNS label
note-name-twice-app = kubernetes name "{ $name }" belongs to two environments
note-name-twice-workload = two workloads of cluster { $cluster } are called "{ $name }"
note-name-twice-group = two node groups of cluster { $cluster } are called "{ $name }"
note-name-twice-node = placement "{ $placement }" of cluster { $cluster } has two nodes called "{ $name }"
note-clusters-differ = clusters { $planned } are planned, the policy names { $chosen }

## Workloads

note-app-clusters = { $stage } app is on clusters [{ $planned }], the policy puts it on [{ $due }]
note-workload-missing = app "{ $app }" is sized for cluster { $cluster } and no workload there
note-workload-differs = app "{ $app }" on cluster { $cluster } is packed with { $what } { $packed }, sized with { $sized }
differs-requests = requests
differs-stage = stage
differs-replicas = replicas
differs-replicas-at-most = replicas at most
differs-surge = surge
failover-and-surge = { $replicas } (failover and surge)
note-workload-unowned = app "{ $app }" on cluster { $cluster } belongs to no environment that is planned there
note-addon-missing = add-on "{ $addon }" is not on cluster { $cluster }
note-addon-differs =
    { $replicas ->
        [one] add-on "{ $addon }" is packed as 1 replica of { $requests } (at most { $most }), the policy wants { $wanted } of { $cpu } CPU, { $memory } memory
       *[other] add-on "{ $addon }" is packed as { $replicas } replicas of { $requests } (at most { $most }), the policy wants { $wanted } of { $cpu } CPU, { $memory } memory
    }
note-addon-unowned = add-on "{ $addon }" on cluster { $cluster } is not in the policy

## Requests

note-cpu-under-floor = CPU request { $request } is under the floor of { $floor }
note-memory-under-floor = memory request { $request } is under the floor of { $floor }
note-cpu-limit-under-request = CPU limit { $limit } is under the request of { $request }
note-memory-limit-under-request = memory limit { $limit } is under the request of { $request }
note-memory-origin =
    { $samples ->
        [one] memory is { $origin } on 1 sample, { $peak } and { $mark } as assumed
       *[other] memory is { $origin } on { $samples } samples, { $peak } and { $mark } as assumed
    }
memory-is-measured = measured
memory-is-assumed = assumed
memory-with-peak = with a peak
memory-without-peak = without a peak
memory-is-marked = marked
memory-is-unmarked = not marked
note-limit-under-peak = { $pods } x the memory limit { $limit } is under the { $peak } that one instance used
note-evidence-memory-peak = memory peak { $peak } is over the { $has } of the instance
note-request-over-instance = memory request { $request } is more than an instance of { $has } has
note-request-over-instance-hint = eb2eks explain shows how the request came about
note-evidence-together = all apps together peak at { $together }, more than the { $sum } of their own peaks
note-evidence-cpu-peak = CPU mean { $mean } or p99 { $p99 } is over the peak of { $peak }
note-evidence-days =
    { $over ->
        [one] 1 day over the request of { $observed } observed
       *[other] { $over } days over the request of { $observed } observed
    }
note-evidence-weeks =
    { $weeks ->
        [one] { $resource } would have been too small in { $violated } of 1 week
       *[other] { $resource } would have been too small in { $violated } of { $weeks } weeks
    }
note-evidence-range = a range ends below its beginning
note-autoscaling-bounds =
    { $max ->
        [one] the autoscaler goes from { $min } to 1 pod at { $percent } %
       *[other] the autoscaler goes from { $min } to { $max } pods at { $percent } %
    }
note-days-not-a-number = evidence of { $days } days
note-share-not-a-number = share of days over the request is at most { $share }, not from 0 to 1

## Replicas

note-replicas-at-full-load =
    { $replicas ->
        [one] 1 replica at full load, { $stage } needs { $least }
       *[other] { $replicas } replicas at full load, { $stage } needs { $least }
    }
note-replicas-none = no replica on cluster { $cluster } in normal times
note-replicas-alone =
    { $replicas ->
        [one] 1 replica on cluster { $cluster } when it serves alone, the full load takes { $full_load }
       *[other] { $replicas } replicas on cluster { $cluster } when it serves alone, the full load takes { $full_load }
    }
note-replicas-together =
    { $replicas ->
        [one] 1 replica on all clusters together, the full load takes { $full_load }
       *[other] { $replicas } replicas on all clusters together, the full load takes { $full_load }
    }
note-instances-differ =
    { $sized ->
        [one] sized for 1 instance, { $running } run today
       *[other] sized for { $sized } instances, { $running } run today
    }
note-instances-differ-hint = eb2eks explain shows what the replicas were counted from
note-split-allowed =
    { $pods ->
        [one] an instance becomes 1 pod, allowed are 1 to { $most }
       *[other] an instance becomes { $pods } pods, allowed are 1 to { $most }
    }
note-split-mark =
    { $pods ->
        [one] an instance becomes 1 pod, and the mark "split" says otherwise
       *[other] an instance becomes { $pods } pods, and the mark "split" says otherwise
    }

## Nodes

note-node-allocatable-cpu = { $machine } CPU less { $reserved } reserved is not { $allocatable } allocatable
note-node-allocatable-memory = { $machine } memory less { $unseen } unseen, { $reserved } reserved, { $eviction } eviction is not { $allocatable } allocatable
note-node-available = allocatable { $allocatable } and { $pods } pods less daemons { $daemons } and { $daemon_pods } pods is not available { $available } and { $available_pods } pods
note-node-daemons =
    { $stated ->
        [one] 1 daemon with { $requests } is stated, the policy has { $due } with { $cpu }m CPU, { $memory } bytes memory for { $system } nodes
       *[other] { $stated } daemons with { $requests } are stated, the policy has { $due } with { $cpu }m CPU, { $memory } bytes memory for { $system } nodes
    }
note-node-type = nodes of group "{ $group }" are { $type }, the policy chooses { $chosen }
note-node-max-pods =
    { $pods ->
        [one] 1 pod per node, the policy caps them at { $most }
       *[other] { $pods } pods per node, the policy caps them at { $most }
    }
note-node-storage =
    { $pods ->
        [one] 1 pod may write { $storage }, more than a volume of { $gib } GiB has
       *[other] { $pods } pods may write { $storage } each, more than a volume of { $gib } GiB has
    }
note-node-unseen = { $unseen } of { $machine } memory never seen, the policy's share is { $share }
note-node-reserved-cpu = { $reserved } CPU reserved of { $machine }, nodeadm reserves { $due }
note-node-reserved-memory =
    { $pods ->
        [one] { $reserved } memory reserved, 1 pod on { $system } takes at least { $least }
       *[other] { $reserved } memory reserved, { $pods } pods on { $system } take at least { $least }
    }
note-node-eviction = eviction below { $stated } of free memory, kubelet evicts below { $due }

## Node groups and placements

note-group-order = min { $min }, desired { $desired }, max { $max } are not in this order of size
note-group-over-guard = max { $max } nodes, the policy allows { $allowed }
note-group-nodes =
    { $nodes ->
        [one] { $key } is { $size }, placement "{ $placement }" shows 1 node
       *[other] { $key } is { $size }, placement "{ $placement }" shows { $nodes } nodes
    }
note-zone-unknown = node { $node } is counted in zone { $zone }, where cluster { $cluster } has no subnet
note-zones-uneven =
    { $fewest ->
        [one] placement "{ $placement }" counts 1 node in one zone and { $most } in another
       *[other] placement "{ $placement }" counts { $fewest } nodes in one zone and { $most } in another
    }
note-zones-uneven-hint = an Auto Scaling group balances its zones: expect another placement
note-realistic-bound =
    { $nodes ->
        [one] the scheduler is said to place everything on 1 node; its pods take { $excess } that so many offer
       *[other] the scheduler is said to place everything on { $nodes } nodes; its pods take { $excess } that so many offer
    }
note-realistic-most = more nodes are said to be needed than there are pods, or than the policy's { $allowed }
note-realistic-largest = a pod of { $workload } is said to take { $stated } % of a node; it takes { $due } %
note-realistic-order = numbers of nodes fall where the share of orders, or what is survived, rises
note-realistic-holds = { $holds } of { $orders } orders are said to hold
note-realistic-desired = desired { $desired }, the autoscaler goes up to { $wanted } at { $percentile } %
note-realistic-max = max { $max }, the autoscaler goes up to { $wanted } at { $percentile } %
note-pods-unknown = { $place } holds "{ $workload }", which is no workload of the cluster
note-pods-none = { $place } lists "{ $workload }" with no replica
note-pods-wrong-system = { $place } runs { $runs }, "{ $workload }" needs { $needed }
note-pods-wrong-group = { $place } belongs to group "{ $group }", "{ $workload }" to group "{ $needed }"
note-node-overfull = { $place } holds { $excess } available
note-replicas-unplaced =
    { $found ->
        [one] placement "{ $placement }" of { $cluster } holds 1 replica of "{ $workload }", the workload has { $due }
       *[other] placement "{ $placement }" of { $cluster } holds { $found } replicas of "{ $workload }", the workload has { $due }
    }
note-spread-uneven =
    { $replicas ->
        [one] { $place } holds { $here } of 1 replica of "{ $workload }", an even share is { $even }
       *[other] { $place } holds { $here } of { $replicas } replicas of "{ $workload }", an even share is { $even }
    }
note-spread-uneven-hint = expect the scheduler's topology spread to place them otherwise, or look for what keeps them together
note-spread-one-node = all { $replicas } replicas of "{ $workload }" are on { $place }
note-spread-one-zone = all { $replicas } replicas of "{ $workload }" are in zone { $zone } of { $cluster } (placement "{ $placement }")
note-failure-not-survived = without { $loss } of { $cluster }, production and add-ons take { $excess } that the other nodes offer
note-failure-unconfirmed = could not confirm that the production pods and add-ons of { $loss } of { $cluster } fit on the other nodes
note-failure-unconfirmed-hint = staging may have to give way to them, or the group needs one node more: look at the placement before relying on it

## Bounds and certificates

note-bound-order =
    { $shown ->
        [one] packing "{ $packing }" is bounded by { $bound } from below, needs { $needed } and shows 1 node
       *[other] packing "{ $packing }" is bounded by { $bound } from below, needs { $needed } and shows { $shown } nodes
    }
note-bound-broken =
    { $nodes ->
        [one] packing "{ $packing }" claims to need 1 node; its pods take { $excess } that so many offer
       *[other] packing "{ $packing }" claims to need { $nodes } nodes; its pods take { $excess } that so many offer
    }
note-certificate-refused = the certificate of packing "{ $packing }" proves nothing: { $why }
note-certificate-numbers =
    { $nodes ->
        [one] packing "{ $packing }" needs 1 node and is bounded by { $bound }; its certificate proves { $bins } and { $proven }
       *[other] packing "{ $packing }" needs { $nodes } nodes and is bounded by { $bound }; its certificate proves { $bins } and { $proven }
    }
note-certificate-other = the certificate of packing "{ $packing }" is about other pods or nodes
refused-format = its format is "{ $found }", not "{ $known }"
refused-length =
    { $resources ->
        [one] { $what } of { $numbers } numbers where a bin has 1 resource
       *[other] { $what } of { $numbers } numbers where a bin has { $resources } resources
    }
refused-too-large = { $what } is larger than 2^60
refused-no-such-item =
    { $items ->
        [one] a bin holds item { $position }; there is 1 item, counted from 0
       *[other] a bin holds item { $position }; there are { $items } items, counted from 0
    }
refused-overfull = a bin holds { $load } of resource { $resource } and offers { $capacity }
refused-demand = item { $position } is packed { $packed } times, its demand is { $demand }
refused-bound =
    { $bins ->
        [one] it claims a bound of 1 bin; prices that add up to { $sum } over { $best_pattern } prove { $proven }
       *[other] it claims a bound of { $bins } bins; prices that add up to { $sum } over { $best_pattern } prove { $proven }
    }
refused-dearer = a bin can hold items of { $found } in prices, more than the claimed { $best_pattern }
refused-unsettled = whether a bin can hold more than { $best_pattern } in prices was not settled in { $steps } steps
certificate-weights = weights
certificate-capacity = a capacity
certificate-item = item { $position }
certificate-price = the price of item { $position }
certificate-size = a size of item { $position }

## Bills

note-bill-twice = two bills are called "{ $bill }"
note-bill-missing =
    { $bills ->
        [one] 1 bill called "{ $name }"
       *[other] { $bills } bills called "{ $name }"
    }
note-bill-currency = currency is "{ $currency }", AWS lists its prices in USD
note-line-amount = bill "{ $bill }": { $quantity } of { $item } is { $due } at { $price } a { $unit }, not { $stated }
note-line-range = bill "{ $bill }": { $item } lies at { $amount }, not between { $low } and { $high }
note-line-unexplained = bill "{ $bill }": { $item } does not say how its quantity was found, or where its price is from
note-bill-total = { $end } of "{ $bill }" is { $stated }, its lines sum to { $sum }
note-bill-unpriced =
    { $lines ->
        [one] 1 line without a price in "{ $bill }", { $stated } stated
       *[other] { $lines } lines without a price in "{ $bill }", { $stated } stated
    }
note-saving-side = the saving compares { $stated } { $side }, the bill's total is { $total }
note-saving = { $today } less { $after } is { $due }, not { $stated }
note-saving-bound = the saving is called { $stated }, the lines without a price make it { $due }
note-environment-unbilled =
    { $instances ->
        [one] 1 instance of environment { $environment } in no line of the bill "today"
       *[other] { $instances } instances of environment { $environment } in no line of the bill "today"
    }
note-environment-stays-unbilled =
    { $instances ->
        [one] 1 instance of environment { $environment } stays, in no line of the bill "after"
       *[other] { $instances } instances of environment { $environment } stay, in no line of the bill "after"
    }
note-node-hours = bill "after" charges { $charged } hours of { $type } { $system } to { $cluster }, its nodes run { $due }

## Beside the bills

note-sum = { $what } is { $stated }, its parts come to { $due }
sum-of-apps = the bill "{ $bill }"
sum-total = the total
sum-total-with-terms = the total with terms
sum-saving = the saving
sum-saving-with-terms = the saving with terms
sum-net = the net
sum-of-months = the sum
sum-once = what comes once
sum-swing = the swing
sum-difference = the difference
sum-difference-explained = the difference explained
sum-estimate = the estimate
sum-bill = the bill
sum-sold-by-aws = what AWS sells of today's bill
note-app-saving-rows = it has { $count } rows of the bills shared out, not one
note-alternatives-missing = the plan compares itself with nothing
note-alternative-missing = "{ $bill }" is none of them
note-alternative-bill = no bill is called "{ $bill }" or "{ $terms }"
note-alternative-likely = its likely range is { $low } to { $high }, its total { $monthly }
note-recommended-twice = { $count } of them are recommended
note-recommended-fails = it is recommended and does not survive the loss of a { $failure }
note-terms-over-hours = "{ $terms }" takes something off { $takes } hours of { $type }, the bill has { $has }
note-wave =
    { $waves ->
        [one] moves in 1 wave
       *[other] moves in { $waves } waves
    }
note-wave-of-nobody = moves in a wave, and is not planned to move
note-wave-order = does not follow the one before it, or ends before it starts
note-wave-turn = moves in wave { $wave }, which is none of its phase { $phase }
note-wave-people = waves take { $waves } millionths of a person's day, the bill has { $billed }
note-curve-place = stands at place { $place }
note-curve-stay = staying costs { $stay }, which is not today's bill
note-break-even = payback is stated as { $stated }, the curve says { $due }
note-scenario-missing = is missing
note-tornado-order = its rows do not stand by what they move
note-currency-rate = { $bill } is not its dollars at { $rate }
note-node-types-plans =
    { $rows ->
        [one] 1 row claims to be the plan
       *[other] { $rows } rows claim to be the plan
    }
note-node-types-plan = its row has { $nodes } and { $max_nodes } nodes, the plan { $desired } and { $max }, or another total
note-node-types-plan-infeasible = the plan itself is said to be infeasible
note-node-types-saving = its saving is not the plan's total less its own
note-node-types-order = the rows are not in the order of their prices

## Settings

note-option-unknown =
    { $options ->
        [one] setting number { $number } is none of 1 option
       *[other] setting number { $number } is none of { $options } options
    }
note-option-coverage =
    { $stated ->
        [one] 1 setting is stated, { $found } are there
       *[other] { $stated } settings are stated, { $found } are there
    }
note-autoscaler-bounds =
    { $most ->
        [one] the autoscaler on { $cluster } keeps { $least } to 1 pod, but { $packed } are packed
       *[other] the autoscaler on { $cluster } keeps { $least } to { $most } pods, but { $packed } are packed
    }
note-manifest-clusters = its manifests are for other clusters than its pods
note-entrance-group = its load balancer is none of those that apps share
note-entrance-reach = is { $app }, and its load balancer is { $balancer }
note-process-missing = its load balancer leads to the process { $process }, which is not there: nothing would be written for it
note-port-twice = port { $port } of its load balancer stands twice
note-balancers-billed = the bill has { $billed } { $kind } load balancers that are { $scheme }, the manifests create { $created }
note-host-twice = another app has the same name in DNS
note-dns-replicas = nothing says how many replicas of CoreDNS { $cluster } has
note-grace-cut-off = a pod may take { $needed } s to end, and { $cluster } is planned to wait { $waits } s
note-grace-unknown = nothing says how long { $cluster } waits for its pods to end
note-log-days = nothing says for how many days CloudWatch keeps the logs of pods
note-namespace-bounds = nothing says how much may run in namespace { $namespace } of { $cluster }
note-pod-requests = its containers ask for { $containers }, the pod that was packed for { $pod }
note-replay-kept = The replay says of its promise that it was kept: { $kept }, but its numbers and the policy say the opposite.
note-replay-sum = The replay says { $what } { $sum }, but its parts add up to { $parts }.
