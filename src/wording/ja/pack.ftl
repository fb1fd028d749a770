# The texts of src/pack, in this folder's language.

## Lower bounds

lower-bound-nothing = 配置対象なし
lower-bound-memory-volume = メモリの総量
lower-bound-cpu-volume = CPUの総量
lower-bound-pods = Pod数
lower-bound-large-by-memory = メモリの大きなPod
lower-bound-large-by-cpu = CPUの大きなPod
lower-bound-large-by-both = メモリとCPUを合わせて大きなPod
lower-bound-conflicts = 2つで1ノードに収まらないPod
lower-bound-fillings-by-memory = メモリのみで見た、ノードの最良の詰め方に対する価格
lower-bound-fillings-by-cpu = CPUのみで見た、ノードの最良の詰め方に対する価格
lower-bound-fillings = ノードの最良の詰め方に対する価格

## Heuristics

heuristic-by-item = { $order }の大きい順に配置（{ $choice }）
heuristic-by-node = ノードごとの内積法
choice-first = 最初に収まるノード
choice-fullest = 最も詰まったノード
choice-emptiest = 最も空いたノード
order-largest-share = 最大占有率
order-sum-of-shares = 占有率の和
order-product-of-shares = 占有率の積
order-memory = メモリ
order-cpu = CPU

## What is known after a step

value-pods = Pod { $pods }個
value-room-of-a-node = { $instance_type }あたり{ $room }、Pod { $pods }個

## Rules

rule-pods-in-normal-times = 通常時のトラフィック配分でのアプリとアドオン
rule-room-of-a-node = 予約分とデーモンを除いた空ノードの容量
rule-lower-bound = これより少ないノード数での配置は不可能（根拠：{ $rule }）
rule-fewest-nodes = レプリカの分散を問わず全体を収容できる最小ノード数。{ $gap }
fewest-certified = 証明済み：これより少ない配置は存在しない
fewest-but-for = 理論上の最小との差は最大{ $nodes }
rule-survives-node-or-zone = 任意の1ノードまたは1つのAZに障害が起きても、本番のPodがすべて残りに収まる数
rule-survives-node = 任意の1ノードに障害が起きても、本番のPodがすべて残りに収まる数
rule-survives-zone = 任意の1つのAZに障害が起きても、本番のPodがすべて残りに収まる数
rule-no-headroom = クラスター内の障害に備えた余裕なし
rule-nodes-grown = kube-scheduler（詰め込まず分散させる）が保留にしたPodのためにcluster-autoscalerが用意するノード数。{ $orders }回の試行の50 / 95 / 99%
rule-desired-capacity = 上記の{ $percentile }%の値。余裕を含む配置のノード数を下回らない
rule-min-size = 希望ノード数と同じ：オートスケーラーは余裕の意図を知らず、削除してしまうため
rule-pods-at-most = このクラスターで全トラフィックを処理し、最大級のアプリのロールアウトによる増加分を含む
rule-nodes-of-rollouts = アプリのロールアウト時に、希望ノード数からcluster-autoscalerが増やすノード数。{ $orders }回の試行の50 / 95 / 99%
rule-nodes-of-a-lost-cluster = このクラスターが全トラフィックを受け、アプリがロールアウトする時に、希望ノード数からcluster-autoscalerが増やすノード数。{ $orders }回の試行の50 / 95 / 99%
rule-max-size = { $percentile }%での最大値。配置のノード数と希望ノード数を下回らず、同時のノード障害は含まない

## Why a group cannot be packed

group-fits-no-node = 「{ $workload }」の必要量（{ $requests }）が、空の{ $instance_type }の容量（{ $room }）を超過
group-in-one-zone = ノードグループ「{ $group }」の全ノードが、障害に耐えるべきAZ { $zone }に集中（topology.survive）
group-too-many-nodes = ノードグループ「{ $group }」の必要ノード数（{ $at_least }以上）が上限{ $max_nodes }を超過

## Why a type cannot be a node

node-type-unknown = インスタンスタイプ「{ $name }」（{ $key }）がカタログにない
node-full = { $name }（{ $key }）では、デーモンと予約分を除くとアプリ用に{ $available }、Pod { $pods }個しか残らない
node-windows-on-arm = { $name }（windows_nodes.instance_type）はGravitonタイプで、Windowsは動作しない
node-earns-credits = { $key }の"{ $name }"は、CPUクレジットを使い切るとvCPUの一部の性能しか出ない
