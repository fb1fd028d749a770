# The answer of every report, and the one-line findings that its sections are folded behind.

## Verdict

verdict-as-asked = For cost alone: do it, as asked.
verdict-otherwise = For cost alone: do it, but not as asked.
verdict-not = For cost alone: do not do it.
verdict-nothing = No answer: nothing was compared with staying as it is.
answer-recommended-saves = The recommended plan ({ $title }) costs about **{ $monthly }** a month instead of today's **{ $today }**, a net saving of { $saving }. Its one-off cost of { $once } { $back }.
answer-recommended-costs = Even the cheapest plan found that survives what the policy asks for ({ $title }) costs about **{ $monthly }** a month, { $more } more than today's **{ $today }**, and { $once } once.
answer-asked-saves = The plan as asked costs about **{ $monthly }** a month instead of today's **{ $today }**, a net saving of { $saving }; nothing cheaper was found that survives as much. Its one-off cost of { $once } { $back }.
answer-asked-costs = The plan as asked costs about **{ $monthly }** a month, { $more } more than today's **{ $today }**, and { $once } once; nothing cheaper was found that survives as much.
answer-as-asked-saves = As asked, it would be { $monthly } a month, a net saving of { $saving }; the one-off cost { $back }.
answer-as-asked-costs = As asked, it would be { $monthly } a month, { $more } more than today.
answer-elsewhere = By money alone, another way brings more: { $title } saves { $saving } a month, and its one-off cost of { $once } { $back }. It survives: { $survives }.
answer-unpriced-lines = { $count ->
    [one] 1 line
   *[other] { $count } lines
 } of the bill "{ $bill }"
unpriced-at-most = * { $lines } without a price. If each costs no more than the dearest line of its kind, that adds at most { $most } a month.
unpriced-unbounded = * { $lines } without a price; no line of their kind has one, so nothing bounds them.
answer-currency = Amounts of these pages are in { $code } at { $rate } for a US dollar (rate of { $day }); bills and their tables are in US dollars.
in-both = { $amount } ({ $dollars })
payback-in = is recovered in month { $month }
payback-never = is not recovered within { $months } months

## The three columns

columns-caption = Recommended, as asked and as it is
recommended-column = Recommended
as-asked-column = As asked
as-it-is-column = As it is
cheapest-column = Cheapest on EKS
named-cheapest = Cheapest on EKS: { $name }
next-cheapest = **Next:** to see the cheapest plan on EKS with its files, type { "`eb2eks plan SNAPSHOT --choose recommended --out DIR`" }.
answer-cheapest-saves = The cheapest plan found that survives what the policy asks for ({ $title }) costs about **{ $monthly }** a month instead of today's **{ $today }**, a net saving of { $saving }; but its one-off cost of { $once } { $back }.
recommended-as-asked-column = Recommended: as asked
compared-column = Compared
row-what = Plan
row-monthly = Cost a month
row-likely = Likely range (9 of 10 cases)
row-saving = Net saving a month
row-once = One-off cost
row-payback = Payback
row-cumulative = Cumulative, { $months } months
row-survives = Survives the loss of
row-replay = Replay of the recorded load
row-machines = Machines on average
payback-month = month { $month }
payback-not-within = not within { $months } months
survives-nothing = nothing for certain
replayed = { $verdict }: { $evictions } evictions, { $kills } kills, { $starved } starved minutes in { $days } app-days
replayed-both = { $seen }. On { $days } days that it had not seen: { $unseen }
replayed-is-the-record = this is what was recorded
replayed-not = not replayed
promise-kept = Promise kept
promise-no-worse = Promise not kept, but no worse than as asked
promise-broken = Promise not kept

## Where it does not pay

change-of = { $what } { $change }
why-best-costs = **Why:** the cheapest plan on EKS costs { $more } a month more than today: { $changes }.
why-not-paid-back = **Why:** it saves { $saving } a month, which does not recover { $once } within { $months } months: { $short } are missing.
why-asked-costs = **As asked** costs another { $more } a month: { $changes }.
levers-short-caption = What would help most: single changes to the plan as asked, a month
lever-saves-column = Saves:
lever-leaves-column = Then against today:
next-recommended = **Next:** to make the files of the recommended plan, type { "`eb2eks plan SNAPSHOT --choose recommended --out DIR`" }.
next-as-asked = **Next:** the files beside this report are those of this plan; begin with { "`README.md`" }.
next-lever = **Next:** to see the plan with the change that saves most, type{ " " }

## Three decisions

decide-as-asked = **Management:** go ahead with the plan as asked, at { $monthly } a month?
decide-recommended = **Management:** make the recommended plan instead of the one that was asked for, { $monthly } a month instead of { $asked }?
decide-not = **Management:** stay on Elastic Beanstalk? Moving costs { $loss } more than staying over { $months } months; only reasons other than money speak for it.
decide-budget = **Budget owner:** release { $once } once? It is recovered in month { $month }; after { $months } months the move has brought in { $cumulative }.
decide-elsewhere = **Budget owner:** do this instead: { $title }? It saves { $saving } a month for { $once } once, recovered in month { $month }.
decide-hold = **Budget owner:** hold the { $once } that the move would take, until one of the changes above makes it pay?
decide-owner-platform = **Platform team:**{ " " }
decisions-further-title = Further decisions

## The page

first-risks-title = What may hold it up
link-alternatives = All alternatives with their bills and remarks
link-move = The move month by month
link-money = Both bills by what is paid for
link-risks = All { $count } kinds of risk
part-money = Money
part-clusters = Clusters
part-apps = Apps
part-basis = What it rests on
print-all-hint = Print everything: follow this link, then print
tool-print = Print everything
tool-open = Open all
dots-title = Cheapest: { $title }
dots-says = Cost a month of every alternative, cheapest first; the line is the likely range (9 of 10 cases), dashed is today.
named-recommended = Recommended: { $name }
curve-end = { $sum } { $name }
tornado-says-front = Cumulative result after { $months } months, each driver alone from one end of its range to the other, priced again.
apps-here = { $count ->
    [one] 1 app, folded behind what it asks for
   *[other] { $count } apps, each folded behind what it asks for
 }
app-summary = { $stage }, { $cpu } CPU, { $memory } memory, evidence { $grade }

## Findings of sections

finding-money = { $today } a month today, { $after } as asked: { $difference }.
finding-money-less = { $amount } less
finding-money-more = { $amount } more
finding-idle = Less than a fifth is in use in { $cpu } of the vCPU-hours and { $memory } of the GiB-hours.
finding-idle-cpu = Less than a fifth is in use in { $cpu } of the vCPU-hours; memory was never reported.
finding-idle-memory = Less than a fifth is in use in { $memory } of the GiB-hours; CPU was never reported.
finding-alternatives = { $count } alternatives, from { $low } to { $high } a month.
finding-move = { $environments ->
    [one] 1 environment
   *[other] { $environments } environments
 } in { $waves ->
    [one] 1 wave
   *[other] { $waves } waves
 }; the last has left Beanstalk on day { $day }.
finding-currency = { $today } a month today, { $after } as asked.
finding-real-bill = The estimate is { $estimate } a month, the bill { $bill }.
finding-node-types = Cheapest: { $workers } at { $monthly } a month, instead of { $own } as asked.
finding-node-types-own = The planned type is the cheapest.
finding-node-types-unpriced = The planned type has no price to compare with.
finding-findings = { $warnings ->
    [one] 1 kind of finding needs
   *[other] { $warnings } kinds of findings need
 } a human, { $advice } are advice.
finding-packing = { $nodes } nodes; pods request { $cpu } of their CPU and { $memory } of their memory.
finding-clusters = { $clusters ->
    [one] 1 cluster
   *[other] { $clusters } clusters
 } with { $nodes } nodes in normal times and { $most } at most.
finding-savings = { $cheaper } of { $all } environments cost less as asked.
finding-not-included = { $count } things that no line of the bills covers.
finding-addresses = The subnets have room for all nodes and pods.
finding-addresses-short = { $short } of { $all } subnets have too few free addresses.
finding-method = From samples to requests, nodes and money.
finding-glossary = { $count } terms.
finding-applications = { $count ->
    [one] 1 environment moves
   *[other] { $count } environments move
 }: what each asks for, and how well that is known.
finding-stays = { $count ->
    [one] 1 environment stays
   *[other] { $count } environments stay
 }.
finding-decisions = { $count ->
    [one] 1 more, beside the three in front.
   *[other] { $count } more, beside the three in front.
 }
finding-inputs = From a { $basis }.
assumptions-changed-caption = Keys of the policy that were changed

## Node counts

node-counts = { $billed } nodes are billed (desired capacity). The simulated scheduler ends with { $half } in half of the orders and { $most } in 95 % of them; the replay ran { $mean } on average and { $highest } at most, with what autoscalers and rollouts add for a while.
node-counts-without-replay = { $billed } nodes are billed (desired capacity). The simulated scheduler ends with { $half } in half of the orders and { $most } in 95 % of them.

## Packing

packing-pods = Which pods are on which node
packing-node = { $node }: CPU { $cpu }, memory { $memory }; { $pods }
packing-fill-cpu = CPU fills them: { $cpu } of the CPU and { $memory } of the memory is requested. Point at a node for its pods.
packing-fill-memory = Memory fills them: { $memory } of the memory and { $cpu } of the CPU is requested. Point at a node for its pods.
packing-axis-cpu = CPU requested, of what apps can have
packing-axis-memory = memory requested

## The workbook's first sheet

sheet-answer = Answer
likely-low-usd-column = Likely, low, US dollars
likely-high-usd-column = Likely, high, US dollars
saving-usd-column = Net saving, US dollars a month
once-usd-column = One-off cost, US dollars
cumulative-usd-column = Cumulative at the horizon, US dollars
unpriced-lines-column = Lines without a price
cumulative-caption = What each alternative has brought in by the end of each month, US dollars
