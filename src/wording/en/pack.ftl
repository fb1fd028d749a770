# The texts of src/pack, in this folder's language.

## Lower bounds

lower-bound-nothing = nothing to place
lower-bound-memory-volume = memory volume
lower-bound-cpu-volume = CPU volume
lower-bound-pods = pods
lower-bound-large-by-memory = large pods by memory
lower-bound-large-by-cpu = large pods by CPU
lower-bound-large-by-both = large pods by memory and CPU together
lower-bound-conflicts = pods of which no two fit one node
lower-bound-fillings-by-memory = prices of the best fillings of a node by memory alone
lower-bound-fillings-by-cpu = prices of the best fillings of a node by CPU alone
lower-bound-fillings = prices of the best fillings of a node

## Heuristics

heuristic-by-item = { $choice } by decreasing { $order }
heuristic-by-node = dot product, node by node
choice-first = first fit
choice-fullest = best fit
choice-emptiest = emptiest node
order-largest-share = largest share
order-sum-of-shares = sum of shares
order-product-of-shares = product of shares
order-memory = memory
order-cpu = CPU

## What is known after a step

value-pods =
    { $pods ->
        [one] 1 pod
       *[other] { $pods } pods
    }
value-room-of-a-node =
    { $pods ->
        [one] { $room } and 1 pod on a { $instance_type }
       *[other] { $room } and { $pods } pods on a { $instance_type }
    }

## Rules

rule-pods-in-normal-times = apps at their normal share of the traffic, and add-ons
rule-room-of-a-node = what an empty node offers after reservations and daemons
rule-lower-bound = no packing needs fewer ({ $rule })
rule-fewest-nodes = fewest nodes that hold all of them, however replicas are spread; { $gap }
fewest-certified = certified: no packing has fewer
fewest-but-for = at most { $nodes } more than the fewest possible
rule-survives-node-or-zone = so many that after the loss of any one node or zone every production pod fits on the rest
rule-survives-node = so many that after the loss of any one node every production pod fits on the rest
rule-survives-zone = so many that after the loss of any one zone every production pod fits on the rest
rule-no-headroom = no headroom for failures within the cluster
rule-nodes-grown = nodes that cluster-autoscaler makes for what kube-scheduler, which spreads and does not pack, leaves pending, at 50 / 95 / 99 % of { $orders } simulated orders
rule-desired-capacity = the latter at { $percentile } %, and not under what was packed with its headroom
rule-min-size = as desired: the autoscaler does not know of the headroom and would remove it
rule-pods-at-most = all of the traffic on this cluster, and the surge of the largest apps rolling out
rule-nodes-of-rollouts = nodes that cluster-autoscaler goes up to from the desired capacity, when apps roll out, at 50 / 95 / 99 % of { $orders } simulated orders
rule-nodes-of-a-lost-cluster = nodes that cluster-autoscaler goes up to from the desired capacity, when this cluster has all of the traffic and apps roll out, at 50 / 95 / 99 % of { $orders } simulated orders
rule-max-size = the largest at { $percentile } %, not under what was packed or the desired capacity, with no node lost at the same time

## Why a group cannot be packed

group-fits-no-node = "{ $workload }" needs { $requests }, but an empty { $instance_type } offers { $room }
group-in-one-zone = node group "{ $group }" has all of its nodes in zone { $zone }, whose loss it must survive (topology.survive)
group-too-many-nodes =
    { $max_nodes ->
        [one] node group "{ $group }" needs more than 1 node (at least { $at_least })
       *[other] node group "{ $group }" needs more than { $max_nodes } nodes (at least { $at_least })
    }

## Why a type cannot be a node

node-type-unknown = instance type "{ $name }" ({ $key }) is not in the catalogue
node-full =
    { $pods ->
        [one] on a { $name } ({ $key }) daemons and reservations leave { $available } and 1 pod for apps
       *[other] on a { $name } ({ $key }) daemons and reservations leave { $available } and { $pods } pods for apps
    }
node-windows-on-arm = { $name } (windows_nodes.instance_type) is a Graviton type, which Windows does not run on
node-earns-credits = { $key } "{ $name }" works at a fraction of its vCPUs once its CPU credits are spent
