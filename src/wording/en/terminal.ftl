# What the terminal prints: plan, replay, explain, compare.

## plan

terminal-basis = Based on: { $basis }.
terminal-note = About the data: { $note }
terminal-incomplete = INCOMPLETE: { $incomplete } of { $all } accounts and regions were not read in full.
terminal-needed = Needed
terminal-simulated = Simulated
terminal-no-nodes = No node group is planned, because no environment is.
terminal-not-replayed = The history was not run over these clusters (replay.enabled).
terminal-replay = Replay
terminal-replay-seen = seen
terminal-replay-unseen = unseen
terminal-replay-year = the year before
terminal-replay-own = own history
terminal-replay-this = this history
terminal-over = Over
terminal-evicted = Evicted
terminal-killed = Killed
terminal-cpu-share = CPU %
terminal-memory-share = Memory %
terminal-promise = { $unseen ->
    [yes] On { $days } days that it had not seen
   *[no] On { $days } days that it was made from
 }: { $evictions } evictions, { $kills } kills and { $starved } starved app-minutes in { $weeks } pod-weeks, which is { $kept ->
    [yes] within the promise of the policy
   *[no] more than the policy allows
 }.
terminal-fewest-nodes = Of { $planned } nodes { $enough } would have passed the same replay; what was in use at most would fill { $in_use }.
terminal-losses = Lost at the worst moments: { $losses }.
terminal-loss-node = a node, apps starved in { $starved } of { $cases } cases
terminal-loss-zone = a zone, apps starved in { $starved } of { $cases } cases
terminal-loss-cluster = the other cluster, apps starved in { $starved } of { $cases } cases
terminal-no-loss = No loss was replayed.
terminal-app = App
terminal-nobody-hurt = No app was hurt.
terminal-total = Total
terminal-alternatives = Alternatives
terminal-payback = Payback, months
terminal-to-make = To make its files:
terminal-to-try = The change that saves most, as a plan:
terminal-nothing-to-do = Action required: none.
terminal-to-do = Action required:
terminal-more-advice = And { $advice ->
    [one] one piece of advice
   *[other] { $advice } pieces of advice
 }: see report.md.
terminal-more = And { $findings ->
    [one] one more kind of finding
   *[other] { $findings } more kinds of findings
 } and { $advice } of advice: see report.md.
terminal-and-more = { $names } and { $count } more
terminal-why = Why any number is what it is:
terminal-wrote = wrote { $files ->
    [one] 1 file
   *[other] { $files } files
 } to { $place }; read report.html first
terminal-nothing-written = nothing was written; the reports and all files: { $command }
terminal-incomplete-plan = the plan is incomplete (exit code 3): { $unknown }

## explain

explain-none-running = none running
explain-application = Application
explain-environment = Environment
explain-environment-is = { $id }, { $tier } tier, { $stage }
explain-account = Account
explain-platform = Platform
explain-instances = Instances today
explain-moves = It moves, as { $name }, onto node group { $group }.
explain-stays = It stays on Elastic Beanstalk: { $reason }.
explain-stays-unknown = It stays on Elastic Beanstalk, since too little is known: { $reason }.
explain-requests = Each replica asks for
explain-no-limit = none
explain-evidence = Evidence
explain-history = History
explain-history-days = { $days } days; requests are made from the last { $fit }
explain-cpu = CPU
explain-memory = Memory
explain-samples = { $present } of { $expected } samples{ $rejected ->
    [0] { "" }
   *[other] , { $rejected } of them rejected as impossible
 }
explain-samples-from = { $samples }, from { $sources }
explain-cpu-of-instance = CPU of an instance
explain-cpu-of-replica = CPU of a replica
explain-cpu-levels = mean { $mean }, p99 { $p99 }, peak { $peak }
explain-cpu-of-app = CPU of the app
explain-rhythm = quiet { $quiet }, usual { $usual }, busy { $busy } in all; rises by x { $rise } between samples
explain-trend = { $change } a month
explain-year-peak = the year's peak is x { $peak } of what was seen
explain-over = Over its request
explain-over-days = on { $over } of { $observed } observed days; at most { $most } of days, if days are alike (95 % confidence)
explain-own-weeks = Own weeks
explain-no-own-week = no week of its own could be judged
explain-own-weeks-judged = this rule would have been too small in { $violated } of { $weeks } weeks of a replica
explain-cpu-request = CPU request
explain-memory-request = Memory request
explain-grade = grade { $grade }, range { $low } to { $high }
explain-better-with = better with { $with }
explain-measured = measured
explain-assumed = ASSUMED: bounded by the instance type, not a measurement
explain-memory-peak = Memory peak
explain-memory-peak-is = { $peak }; the instance has { $has }
explain-never-reported = never reported
explain-careful = Careful
explain-agent = To measure its memory
explain-agent-linux = As .ebextensions/cwagent.config of the application:
explain-agent-windows = Install the CloudWatch agent with the counter "Memory", "% Committed Bytes In Use" and the dimension InstanceId.
explain-agent-after = Then collect again after two weeks. The instance profile needs the managed policy CloudWatchAgentServerPolicy.
explain-steps = How each number came about (in brackets: the policy key that it obeys)
explain-replicas = Replicas
explain-replicas-today = { $instances ->
    [one] 1 instance today
   *[other] { $instances } instances today
 }{ $pods ->
    [1] { "" }
   *[other] , each becoming { $pods } pods
 }; full load: { $replicas ->
    [one] 1 replica
   *[other] { $replicas } replicas
 }.
explain-replicas-on = { $normal } normally, { $failover } when it serves alone, { $surge } more during a rollout
explain-placement = Where the plan places it (a proof that it fits)
explain-normally = normally
explain-at-most = at most
explain-scheduler = What the scheduler makes of its node group
explain-scheduled = { $nodes } nodes at 50 / 95 / 99 % of { $orders } simulated orders, { $planned } are planned
explain-largest-pod = its pod is the largest there, { $percent } % of a node
explain-cost-today = Cost today, a month
explain-no-line = No line of today's bill names it.
explain-unknown = unknown
explain-unknown-price = unknown price
explain-at-price = at { $price }
explain-namesakes = These are the lines of all { $count } environments of that name.
explain-replayed = Replayed:
explain-days-seen = days seen
explain-days-unseen = days not seen
explain-replayed-app = starved { $starved } of { $minutes } minutes, over its CPU request { $over }, waited { $waiting } pod-minutes, evicted { $evictions }, killed { $kills }; { $fewest } to { $most } pods on a cluster
explain-highest = Most was asked of one of its pods at { $moment }: { $percent } % of its CPU request.
explain-worst-day = Its worst day in the replay, on { $cluster } from { $moment }:
explain-hour = Hour
explain-asked = Asked
explain-pods = Pods
explain-busiest-pod = Busiest pod
explain-largest = Largest pod
explain-missing = Missing
explain-worst-day-legend = Pods: the fewest that served / the most that there were. Missing: millicore-minutes that were asked for and not delivered.
explain-options-of = Option settings of { $name }
explain-options-count = { $all ->
    [one] 1 setting
   *[other] { $all } settings
 }: { $set } set, { $redacted } set with a value that was dropped when it was collected, { $default } at Beanstalk's default, { $unset } without a value. { $unknown ->
    [0] None is unknown.
   *[other] { $unknown } unknown.
 }
explain-option = Option
explain-option-today = Today
explain-becomes = Becomes
explain-state-redacted = set, value dropped: { $names }
explain-state-default = default: { $names }
explain-state-unset = not set: { $names }
explain-in-manifests = In the manifests
explain-field = Field
explain-value = Value
explain-from = From
explain-nothing-to-settle = To settle first: nothing that the settings show.
explain-to-settle = To settle first
explain-what = What
explain-why-and-what-to-do = Why, and what to do
explain-who = Who
explain-when = When it moves
explain-turn = wave { $wave }, phase { $phase }

## compare

compare-other-snapshots = Warning: these plans are of different snapshots; their bills differ by what was seen, too.
compare-savings = Saving a month: { $savings }.
compare-choice = Choice
compare-number = Number
compare-bill = Bill "{ $bill }", US dollars a month
compare-same-lines = { $count ->
    [one] 1 line that is the same
   *[other] { $count } lines that are the same
 }
compare-unknown = unknown ({ $quantity })
