# The texts of src/size, in this folder's language.

## Words

resources = { $cpu } CPU, { $memory } memory
stage-production = production
stage-staging = staging
scaler-cpu = HorizontalPodAutoscaler on CPU
scaler-queue = KEDA on the length of the queue; CPU bounds it

## Numbers that have reasons

number-cpu-request = CPU request
number-cpu-limit = CPU limit
number-memory-request = memory request
number-memory-limit = memory limit
number-replicas = replicas
number-autoscaling = autoscaling
number-node-group = node group
number-desired-capacity = desired capacity
number-min-size = min size
number-max-size = max size

## What is known after a step

value-samples = { $present } of { $expected } samples
value-cpu-use = mean { $mean }, p99 { $p99 }, peak { $peak }
value-no-limit = none
value-demand = quiet { $quiet }, usual { $usual }, busy { $busy }
value-percent = { $percent } %
value-most-pods = max { $max }
value-pods-between = { $min } to { $max }

## Rules

rule-cpu-seen =
    { $instances ->
        [one] CPU of 1 instance from { $sources }; gaps are left out, not counted as idle
       *[other] CPU of { $instances } instances from { $sources }; gaps are left out, not counted as idle
    }
rule-cpu-use =     { $replicas ->
        [one] what all instances used (utilisation x vCPU x speed of their types), carried by 1 replica
       *[other] what all instances used (utilisation x vCPU x speed of their types), carried by { $replicas } replicas, or by fewer while fewer instances ran
    }
rule-cpu-share = of a pod, of { $pods } that carry it in normal times; what a failure asks of those left, they take from their nodes and the autoscaler
rule-fit-days =     { $days ->
        [one] enough in all but half an hour of the last day
       *[other] enough in all but half an hour a day of the last { $days } days
    }
rule-fit-days-of-a-level =     { $days ->
        [one] enough in all but half an hour of the last day; the { $before } before it were on another level
       *[other] enough in all but half an hour a day of the last { $days } days; the { $before } before those were on another level
    }
rule-risk = x { $factor }: that was enough in { $kept } % of the weeks after, for apps like it ({ $alike }; weeks known: { $own }, { $prior } of the shipped prior); { $bound }
weeks-of-this-fleet =
    { $weeks ->
        [0] none of this fleet
       *[other] { $weeks } of this fleet
    }
peak-at-most = peak at most { $most } x its { $usual }
peak-between = peak { $least } to { $most } x its { $usual }
peak-over = peak over { $least } x its { $usual }
peak-any = any peak
usual-memory = lowest daily peak
bound-saturated-cpu = not cut off at what the instance has, since it was saturated, but at four times as much
bound-cpu = at most what the instance has
bound-memory = never under the highest sample, at most what the instance has
rule-load-test = by pod, as a load test found it; memory only if that is more
rule-floor-and-step = at least { $floor }, rounded up to the next { $step }
rule-no-cpu-limit = no limit: CPU that nobody else wants may be used
rule-cpu-limit = { $factor } x the request
rule-memory-seen = memory from { $sources }; about { $host } of it may be the operating system and agents of the instance, which is not deducted
rule-memory-peak = highest sample of any instance ({ $percent } % of its memory)
rule-memory-usual = what it usually holds: all but the highest thousandth of the samples of the last { $days } days
rule-memory-creep = at least { $growth } x that: room for memory that creeps; what is from there to the limit, the pods of a node share. The cheapest level that kept the rate: in { $weeks } pod-weeks of this fleet a node ran short on { $short } days through apps that had given no sign before, in the mean of eight layouts (and { $prior } pod-weeks of the shipped prior)
rule-memory-level = at least { $growth } x that, and no more than { $excess } % of a node under the limit: what is between, the pods of a node share. The cheapest level that kept the rate: in { $weeks } pod-weeks of this fleet a node ran short on { $short } days through apps that had given no sign before, in the mean of eight layouts (and { $prior } pod-weeks of the shipped prior)
rule-memory-named = level { $level } of memory requests, as the policy has it: at least { $growth } x that, and no more than { $excess } % of a node under the limit
rule-memory-by-itself = all that its limit allows: it emptied nodes by itself in weeks that are known, or its memory only grows
rule-memory-limit-of-a-node = at most what an empty node holds
rule-memory-never-reported = memory was never reported
rule-memory-assumed = ASSUMED, not measured: { $share } % of the { $memory } that the instance has
rule-memory-demanded = never under the { $demanded } that its option settings demand, as far as the instance had it: { $setting }
runtime-java-heap = Xmx { $value } and { $more } % beside the heap
runtime-python-processes =
    { $processes ->
        [one] 1 Python process of { $each }
       *[other] { $processes } Python processes of { $each }
    }
rule-memory-limit-of-nothing = the request: what was never measured has no margin to state
rule-memory-limit = never under the request, rounded up to the next { $step }
rule-instances-today = instances that usually ran: in all but a twentieth of the days that requests are made from, no more; at most { $most }, at least { $least } ran
rule-least-replicas = never under { $least } for { $stage }
rule-demand = all instances together, at the 5th, 50th and 99th percentile; { $scaler }
rule-autoscaling-target = 1 / { $rise }, by which demand rose between two samples: new pods start before the request is passed
rule-most-pods = a bound that is not paid for until it is used: above the pods that the busiest time recorded took, above the instances that Beanstalk allowed; { $year }
peak-of-the-year = the year's busiest hour was { $times } times that of the days seen
peak-of-no-year = no year was collected: the peak of the days seen stands for it
rule-least-pods = min: the quiet hours at that target, never under what the stage keeps, nor under the pods that hold the memory of a split app
rule-split = too large for the { $room } of a node: each of today's instances becomes { $pods } pods, of at most { $share } % of a node each; what assumes that its memory divides as its work does

## Why there is no sizing

unsized-instance-type = its instance type "{ $name }" is not in the catalogue, so its cores and memory are unknown
unsized-no-cpu = its CPU was never reported (0 of { $expected } samples)
unsized-no-true-cpu = its CPU was never reported (0 of { $expected } samples; { $rejected } came that cannot be true)
unsized-too-large = a replica needs { $needs }, more than { $pods } pods of at most { $room } each
unsized-no-instances = it runs no instance today
unsized-instances-missing = it ran no instance when the snapshot was collected, though its group wants { $wanted }

## What would make a number firmer

improvement-measure = the CloudWatch agent on every instance, and two weeks
improvement-each-instance = samples of each instance instead of the group's average
improvement-every-instance = samples of the instances that were silent
improvement-load-test = a load test: the machine cut it off, so history cannot show the rest
improvement-finer-samples = samples of five minutes, which CloudWatch keeps for 63 days
improvement-longer-history = more days: twice as many as requests are made from
improvement-recent-samples = samples of the last days: find out why the metric stopped
improvement-explain = a word of its owner: its values say something else than their unit, or that they will not stay
improvement-fewer-gaps = fewer gaps: at least nine of ten samples

## Flags

flag-thin-history = thin history
flag-thin-history-hint = collect again when there is more history, or load-test before moving
flag-many-gaps = many gaps
flag-many-gaps-hint = find out why the metric was not reported; the gaps may hide the peaks
flag-silent-instances = silent instances
flag-silent-instances-hint = install the CloudWatch agent on every instance: the peak may be on one that said nothing
flag-often-over-request = often over request
flag-often-over-request-hint = its history often needed more: load-test, or lower sizing.cpu_risk
flag-cpu-saturated = CPU saturated
flag-cpu-saturated-hint = load-test: the request is a lower bound of the demand
flag-credits-exhausted = credits exhausted
flag-credits-exhausted-hint = load-test: in standard mode (the default of T2) the CPU was throttled to its baseline; in unlimited mode (T3) it was surcharged
flag-memory-assumed = memory assumed
flag-memory-assumed-hint = install the CloudWatch agent and collect again: the request is all that the instance has, not what the app needs
flag-memory-at-ceiling = memory at ceiling
flag-memory-at-ceiling-hint = find out whether the app would take more; load-test with a larger limit
flag-group-average-only = group average only
flag-group-average-only-hint = collect CPU by instance; one busy instance disappears in an average
flag-level-shift = level shift
flag-level-shift-hint = ask its team what changed, and whether it lasts; collect again before moving
flag-quiet-of-late = quiet of late
flag-quiet-of-late-hint = ask its team whether that load comes back; if it does, collect while it runs, or load-test and calibrate before it moves
flag-growing = growing
flag-growing-hint = plan again shortly before it moves; the request holds for the week after, not for next year
flag-years-peak = year's peak
flag-years-peak-hint = its autoscaler may go as far; make sure that its backends and maxSize do too
flag-bursts = bursts
flag-bursts-hint = watch its latency in the load test: while pods share a node, bursts wait for each other
flag-fraction-readings = fraction, not per cent
flag-fraction-readings-hint = say whether it is per cent: if it really never used a hundredth of its machine, correct the values and plan again; else give per cent
flag-zero-readings = always zero
flag-zero-readings-hint = repair the metric and collect again: a machine that runs is never at 0 % for weeks
flag-unknown-instances = unknown instances
flag-unknown-instances-hint = collect inventory and history together: samples of instances that the inventory does not have were left out
flag-stale = stale
flag-stale-hint = find out why nothing came of late, and collect again: what it does now is not known
flag-busier-before = busier before
flag-busier-before-hint = ask its team whether that load comes back; if it does, load-test and calibrate before it moves
flag-at-baseline = at its baseline
flag-at-baseline-hint = collect CPUCreditBalance, or load-test: without credits it was throttled, and wanted more
flag-uneven = uneven load
flag-uneven-hint = find out what one instance does that the others do not: its pod goes over its request
flag-memory-grows = memory grows
flag-memory-grows-hint = find the leak, or restart it in time: its request is its limit, and it will reach that too
flag-memory-saw = memory saw
flag-memory-saw-hint = find out what resets it: if that is a deployment, it will take all of its limit when nobody deploys
flag-system-share = system's share
flag-system-share-hint = measure the process itself (procstat of the CloudWatch agent), or load-test: a pod does not carry the instance's system
flag-limit-at-node = limit at node
flag-limit-at-node-hint = a node group with larger nodes for it ([[nodes.groups]]), if it may need what its instance had
flag-invalid-samples = invalid samples
flag-invalid-samples-hint = check the metric's source and unit
flag-partial-series = partial series
flag-partial-series-hint = collect again; see the snapshot's gaps
flag-split = split
flag-split-hint = check that the app works as more, smaller pods (memory rarely divides evenly), or take larger nodes
flag-other-architecture = other architecture
flag-other-architecture-hint = build the image for the nodes' architecture, or choose Graviton nodes
