# The texts of src/render, in this folder's language.

## Tables

table-cut = ほかに{ $count }行が`{ $file }`にあります。

## Columns of many tables

today-column = 現在:
after-column = 移行後:
saving-column = 削減額:
total = 合計
bill-column = 費用明細
subject-column = 対象
quantity-column = 数量:
quantity-of = { $quantity } { $unit }

## Money

money-title = 費用
money-caption = 現在と移行後の月額（米ドル）
money-column = 月額（米ドル）
money-basis = 1か月730時間のオンデマンド定価、税抜です。すべての明細と上限・下限は`bills.csv`にあります。

## What is not included

not-included-title = この数字に含まれないもの
not-included-discounts = 割引は「契約適用後」の列にのみ含まれます。2つの費用明細は定価です（`prices.overrides`または`--prices`で指定したものを除く）。
not-included-load = 履歴に現れなかった負荷。トラフィックを受ける前に、すべてのアプリを負荷試験してください。
not-included-backtest = この要求量が不足する頻度：`eb2eks backtest SNAPSHOT`で、値の算出に使っていない週に対して検証できます。
not-included-prices = 本日時点の価格：`bills.csv`の各行に出典と日付があります。
not-included-unknown = 不明な環境がクラスターで必要とする量：これらは現在の場所に残ります。
not-billed = { $item }：{ $why }。
not-billed-of-one = `{ $subject }`の{ $item }：{ $why }。
not-billed-of-many = `{ $subject }`ほか{ $more }件の{ $item }：{ $why }。
unpriced-caption = 価格のない明細
unpriced-item-column = 価格のない項目
unpriced-source-column = 価格の入手方法

## Words of many places

name = `{$name}`
unknown = 不明
excluded = 対象外
never = 期間内に回収せず
sum = 合計
all-unpriced = 不明（価格なし{ $unpriced }件）
some-unpriced = { $amount }＋価格なし{ $unpriced }件
and-more = ほか{ $count }件

## The head

report-title = Elastic BeanstalkからEKSへの移行計画
report-coverage = { $coverage }前提：{ $basis }。
about-the-data = **データについて**（スナップショットの記載）：「{ $note }」
scopes-incomplete = **不完全**：アカウントとリージョンの組{ $all }件のうち{ $count }件を完全に読み取れませんでした。読み取れなかった分は合計に含まれません。
scopes-caption = 完全に読み取れなかったアカウントとリージョン
gap = 「{ $what }：{ $why }」
gaps-and-more = { $gaps }／ほか{ $more }件はplan.jsonに記載

## The answer

range-and-move = 費用の幅：現在{ $today_low }～{ $today_high }、本計画{ $after_low }～{ $after_high }。{ $scenarios }{ $unpriced }移行の一時費用は{ $once }（人件費を含む）で、{ $break_even }。
range-of-scenarios = 月間の削減額は、最悪の場合{ $cautious }、最良の場合{ $optimistic }です。
range-of-priced = 価格のない明細は、これらの金額に含まれていません。
range-pays-back = { $month }か月目に回収できます
range-never-pays-back = { $months }か月以内には回収できません
coverage = 確認した環境は{ $seen }件です（移行対象{ $planned }件、対象外{ $excluded }件、不明{ $unknown }件）。{ $gone }
coverage-terminated = ほかに、終了済みの環境が{ $count }件あります。
basis = { $day }のスナップショット、{ $start }～{ $end }の履歴（{ $days }日間）、{ $price_book }作成の価格表

## What else one could do

alternatives-title = 代替案
alternatives-intro = 同じサイジング、同じリスクでの月額（米ドル）です。代替案ごとの費用明細と、その契約割引の明細が`bills.csv`にあります。削減額は現在の費用との差、契約適用後の削減額は同じ契約を適用した現在の費用との差です。
alternatives-caption = 代替案の月額（米ドル）
alternative-column = 代替案
a-month-column = 月額:
saves-column = 削減額:
with-terms-column = 契約適用後の月額:
saves-with-terms-column = 契約適用後の削減額:
machines-column = 平均稼働台数
likely-column = 見込み
alternative-once-column = 一時費用
payback-column = 回収月
survives-column = 対応する障害
likely-range = { $low }～{ $high }
recommended-as-asked = 推奨：指定どおりの計画（月{ $monthly }）。同じ障害に対応し、より安価なものは見つかりませんでした。
recommended-as-asked-replayed = 推奨：指定どおりの計画（月{ $monthly }）。同じ障害に対応し、より安価なものが{ $failed }件ありますが、再生ではアプリへの影響がより大きくなりました。
recommended = 推奨（ポリシーが求める障害に対応する中で最安）：{ $title }、月{ $monthly }（見込み{ $low }～{ $high }）。指定どおりの計画との違い：{ $settings }。ファイルを作成するには、この計画を作成したコマンドに--choose recommendedを加えてください。
not-offered = この環境群では不可能：{ $title }（{ $reason }）。
levers-title = 計画の個々の変更による削減額
lever-column = 変更
settings-column = 設定
cost-of-eks = EKS自体の費用は、1クラスター同士の比較で、EC2のECSより月{ $amount }多くなります。
cost-of-eks-less = EKS自体の費用は、1クラスター同士の比較で、EC2のECSより月{ $amount }少なくなります。
cost-of-further-clusters = 2つ目以降のクラスターの費用は月{ $amount }です。
needs-column = 必要なもの
searched = クラスター数、ワーカー、Windowsタイプ、最少レプリカ数の組み合わせ{ $candidates }件を比較し、{ $packed }件を配置してシミュレーションしました。
alternative-remarks = **{ $title }**：{ $remarks }。

## The move

move-title = 移行
move-summary = { $environments }件の環境を{ $waves }回の移行ウェーブで移します。ステージングが先、大規模な環境と注意点のある環境が最後で、{ $day }日目にすべての移行が完了します。人件費と一時費用の合計は{ $once }、それまでの両システムの費用は、現状を続ける場合より合計{ $double_running }{ $way ->
        [less] 少なく
       *[more] 多く
    }なります。{ $break_even }
move-pays-back = { $month }か月目に回収できます。
move-never-pays-back = ポリシーの対象期間{ $months }か月以内には回収**できません**。
move-legend = 差引は、現状を続ける場合の費用からほかのすべての列を引いた額です。作業日数と移行のペースはポリシーの`[migration]`で指定します。
move-caption = 月ごとの移行費用（米ドル）
month-column = 月:
staying-column = 現状を続ける場合:
beanstalk-column = Beanstalk:
clusters-column = クラスター:
commitments-column = 購入契約:
once-column = 一時費用:
net-column = 差引:
sum-column = 累計:

## What would change the answer

answer-changes-title = 結論を左右する要因
answer-changes-intro = 各行は価格を計算し直し、Podが変わる場合は配置もやり直した結果です。削減額は月額、「累計」は対象期間の終わりまでに移行で得られる額です。
scenarios-caption = すべてが悲観・標準・楽観の場合
scenario-column = すべてが次の場合
net-at-horizon-column = 対象期間の累計:
pays-back-column = 回収
pays-back-in = { $month }か月目
drivers-caption = 要因を1つずつ下限・上限にした場合
changes-column = 要因（単独で変化）
saving-at-cheap-end-column = 削減額（下限ケース）:
saving-at-dear-end-column = 削減額（上限ケース）:
net-at-cheap-end-column = 累計（下限ケース）:
net-at-dear-end-column = 累計（上限ケース）:

## Another currency

currency-title = { $code }での金額
currency-intro = ポリシーに指定された{ $day }のレート、1ドル = { $rate }で換算しています。各行を一度だけ丸め、合計は各行の和です。
currency-caption = { $code }での合計
currency-column = 月額（{ $code }）
consumption-tax = 消費税

## The real bill

real-bill-title = 実際の請求との比較
real-bill-intro = { $start }から{ $end }までの請求{ $rows }行を730時間の月に換算した結果、見積もりは{ $estimate }、請求は{ $bill }、差額は{ $difference }です。差額{ $all }件のうち大きい方から{ $shown }件を示します。すべての差額は`plan.json`にあります。
real-bill-caption = 見積もりと請求（差額の大きい順）
for-column = 費目
estimate-column = 見積もり:
real-bill-column = 請求:
difference-column = 差額:
by-hours-column = 時間による差:
by-price-column = 価格による差:
by-discount-column = 割引による差:
why-column = 理由
in-no-row-intro = 請求にあり、どの行にも含まれないもの：
in-no-row = { $what }：{ $amount }

## Clusters

clusters-title = クラスター
clusters-none = 移行対象の環境がないため、計画するノードグループはありません。
clusters-legend = 「必要数」は、レプリカの分散を問わず、障害に備えた余裕なしで全体を収容できる最小のノード数です。括弧内は、この大きさのPodをどう配置しても下回れない数です。最大は、もう一方のクラスターの障害とロールアウトを賄う数で、同時のノード障害は含みません。「アプリ用」は、デーモンを除いたノードの容量です。
cluster-about = `{ $cluster }`：Kubernetes { $version }、`{ $region }`、{ $network }
cluster-network = `{ $vpc }`とプライベートサブネット{ $subnets }個
cluster-without-network = スナップショットに適合するネットワークなし
node-groups-caption = ノードグループごとのノード数
cluster-column = クラスター
group-column = グループ
type-column = タイプ
needed-normally-column = 必要数（通常時）:
needed-at-most-column = 必要数（最大時）:
min-column = 最小:
desired-column = 希望:
max-column = 最大:
allocatable-column = ノードの割り当て可能量
for-apps-column = アプリ用
nodes-needed = { $nodes }（下限{ $bound }）
room-of-a-node = { $cpu }、{ $gibibytes } GiB
reasons-summary = ノード数の根拠
reasons-caption = ノード数の算出過程
number-column = 項目
value-column = 値
because-column = 理由
obeys-column = ポリシー

## What the scheduler makes of it

scheduler-title = スケジューラーのシミュレーション
scheduler-intro = kube-schedulerはPodを詰め込まずに分散し、同等のノードのうちどれに置くかは偶然で決まります。ノード数は、Podの作成順序をシミュレーションし、アプリの移行につれてcluster-autoscalerが必要な分を追加する場合に、試行の50 / 95 / 99%で足りる数です。「一斉配置」は全ノードを先に用意する場合に必要な数、「待機なし」はさらに、想定する障害の後に本番のPodがすぐ配置できる場合に必要な数です。分散したPodは、大きなPodの空きを残しません。
scheduler-caption = 作成順序のシミュレーションによるノード数
nodes-column = ノード数:
all-at-once-column = 一斉配置:
without-waiting-column = 障害後も待機なし:
largest-pod-column = 最大のPod（ノード比）:
orders-column = 試行回数:
largest-pod = { $share }（{ $workload }）
situations-intro = 希望ノード数から始め、不足分をcluster-autoscalerが追加する場合（障害が起きたノードは補充されるまで数えません）：
situations-caption = 希望ノード数での状況
when-column = 状況
holds-column = ノードを待たない試行:
nodes-at-the-end-column = 最終的なノード数:
orders-that-hold = { $orders }回中{ $holds }回
when-normal = 通常時
when-rolling-out = アプリのロールアウト
when-node-lost = 任意の1ノードの障害
when-zone-lost = 任意の1つのAZの障害
when-cluster-lost = もう一方のクラスターの障害とアプリのロールアウト
remedies-intro = ノード数を減らせる変更（それぞれ単独で{ $percentile }の値をシミュレーション）：
remedies-caption = ノード数を減らせる変更
remedy-column = 変更
fewer-column = 減るノード数:
fewer-at-once-column = 減るノード数（一斉配置）:
workloads-column = ワークロード数:
fewer-nodes = { $saved }（{ $without }から{ $with }へ）
no-fewer-nodes = 削減なし（{ $without }から{ $with }へ）
remedy-biggest-first = 大きいアプリから順にデプロイ
remedy-own-group = 大きなPodを専用ノードグループに配置
remedy-smaller-pods = Podをノードの4分の1以下に制限
remedy-descheduler = 最も空いたノードをドレイン

## What the history would have done to it

replay-title = このクラスターで履歴を再生した結果
replay-intro = 記録された負荷を、計画したクラスター上で1分ごとに再生しました。オートスケーラー、ロールアウト、kubelet、カーネルは、公開されている規則のとおりに動きます。対象は、計画に使った日と、より厳しい検証として、終わりの{ $days }日前に作った計画に使っていなかった日です。「CPU不足」は、ノードの不足や稼働中のPodがないために、アプリがあるクラスターで必要なCPUの95%未満しか得られなかった1分です。
replay-intro-seen = 記録された負荷を、計画したクラスター上で1分ごとに再生しました。オートスケーラー、ロールアウト、kubelet、カーネルは、公開されている規則のとおりに動きます。対象は、計画に使った日です。履歴が短いため、未知の日での検証はできません。「CPU不足」は、ノードの不足や稼働中のPodがないために、アプリがあるクラスターで必要なCPUの95%未満しか得られなかった1分です。
replay-promise = { $kind }{ $days }日間：退避{ $evictions }回、強制終了{ $kills }回、CPU不足{ $starved }アプリ分（{ $weeks }Pod週）。時間の99%で、ノードの使用率はCPU { $cpu }以下、メモリ { $memory }以下でした。{ $kept }
replay-promise-seen = 計画に使った
replay-promise-unseen = 計画にとって未知の
replay-kept = ポリシーの許容範囲内です。
replay-not-kept = ポリシーの許容を超えています。
replay-fewest = { $planned }ノードのうち、{ $enough }ノードでも同じ再生に合格します。最も忙しい1時間の実使用量は{ $use }ノード分です。{ $because }
replay-binds-use = これより減らせない理由は、実使用量だけです。
replay-binds-cpu = あと1つ減らすと、PodのCPU要求量を置く場所がなくなります。
replay-binds-memory = あと1つ減らすと、Podのメモリ要求量を置く場所がなくなります。
replay-binds-evictions = あと1つ減らすと、退避されるPodが増えます。
replay-binds-kills = あと1つ減らすと、強制終了されるコンテナーが増えます。
replay-binds-starved = あと1つ減らすと、CPU不足が増えます。
replay-caption = 履歴を再生した結果
replay-what-column = 対象
replay-seen = 計画に使った日
replay-unseen = 計画に使っていない日
replay-year = それ以前の1年（1時間ごと、CPUのみ、{ $apps }アプリ）
replay-days-column = 日数:
replay-app-minutes-column = アプリ分:
replay-starved-column = CPU不足:
replay-over-column = CPU要求量超過:
replay-pending-column = ノード待ちのPod分:
replay-evictions-column = 退避:
replay-kills-column = 強制終了:
replay-repeats-column = 同じ障害の反復:
replay-use-caption = ノードの使用率（割り当て可能量に対する割合）
replay-cpu-column = CPU（平均 / 99% / 最大）:
replay-memory-column = メモリ（平均 / 99% / 最大）:
replay-hours-column = ノード時間:
replay-memory-ends = メモリのうち負荷に従う量は、{ $known }個のアプリで分かっています。{ $unknown }個のアプリでは分からないため、両極端を再生し、悪い方（{ $told }）を示します。履歴が許す最小限だけ負荷に従う場合、退避と強制終了は{ $carried }回です。最大限負荷に従い、オートスケーラーが残したPodが分割前のインスタンス1台分を持つ場合は{ $follows }回です。
replay-told-carried = 前者
replay-told-follows = 後者
replay-losses-intro = 履歴の最も厳しい時点で、ノード、AZ、もう一方のクラスターをそれぞれ単独で停止させました。数値は、障害がなくても起きたことを除いたものです：
replay-losses-caption = 最も厳しい時点での障害
replay-cases-column = 件数:
replay-cases-outage-column = CPU不足のアプリがある件数:
replay-cases-waiting-column = Podがノードを待つ件数:
replay-longest-column = 最長の待ち時間（分）:
replay-node-lost = 1ノードの障害
replay-zone-lost = 1つのAZの障害
replay-cluster-lost = もう一方のクラスターの障害
replay-apps-caption = 1つのアプリの許容を超えて影響を受けたアプリ
replay-worst-column = 最悪の時点
replay-figure-cpu = { $group }のCPU使用率（ノード数{ $from }〜{ $to }）
replay-figure-memory = { $group }のメモリ使用率（ノード数{ $from }〜{ $to }）
replay-figure-says = 平均{ $mean }、ノード分の99%で{ $p99 }以下。各日の平均から最も高い1時間までを示します。
replay-figure-mean = 平均
replay-figure-all = 全量
replay-moment-starved = { $at }、{ $cluster }：CPU { $of }mのうち{ $amount }mが不足
replay-moment-lost = { $at }、{ $cluster }：{ $of }mのうち{ $amount }mの間、処理するPodなし
replay-moment-evicted = { $at }、{ $cluster }：使用{ $amount } MiB、メモリ要求量{ $of } MiBで退避
replay-moment-killed = { $at }、{ $cluster }：使用{ $amount } MiB、上限{ $of } MiBで強制終了
replay-moment-pending = { $at }、{ $cluster }：{ $of }個のうち{ $amount }個のPodがノード待ち

## Other node types

node-types-title = 他のノードタイプ
node-types-intro = 同じアプリを、同じリソース要求量、リスク、障害の想定で、別のワーカーノードに載せた場合です。月額は移行後の費用明細の合計です。「最大時」は1つのクラスターだけで処理する場合です。
node-types-summary = 全{ $count }件の選択肢
node-types-caption = 他のノードタイプでの費用（安い順）
workers-column = ワーカーノード
nodes-at-most-column = 最大時:
less-than-the-plan-column = 本計画からの削減額:
cpu-requested-column = CPU要求率:
memory-requested-column = メモリ要求率:
remark-column = 備考
no-price = 価格なし
node-type-is-the-plan = **本計画**
node-type-needs-images = Graviton用のイメージが必要
node-type-for-more-memory = 1コアあたり{ $gibibytes } GiB以上のPodは`{ $type }`

## Addresses

addresses-title = サブネットのアドレス
addresses-summary = サブネット{ $subnets }個
addresses-intro = 全クラスターのノードが各サブネットから使うアドレス数（通常時、全クラスターが最大の時）を、VPC CNIの設定ごとに示します。設定は、インターフェイス単位（既定）、個別（`WARM_IP_TARGET=5`、`MINIMUM_IP_TARGET=20`）、プレフィックス委任の3通りです。現在稼働中のものは、その間もアドレスを保持します。選択した設定（eksctl/に出力し、「枯渇」の計算に使用）：{ $mode }（nodes.addresses）。
addresses-by-interfaces = インターフェイス単位（既定）
addresses-singly = 個別
addresses-by-prefixes = プレフィックス委任
addresses-caption = ノードとPodが使うアドレス数
addresses-taken = { $at_desired }、{ $at_max }
addresses-lacking = { $at_desired }、{ $at_max }（**空き不足**）
subnet-column = サブネット
zone-column = AZ
free-addresses-column = 空き:
reserved-addresses-column = 確保分:
by-interfaces-column = インターフェイス単位:
singly-column = 個別:
by-prefixes-column = プレフィックス委任:
runs-out-column = 何台目で枯渇するか:

## What needs a human

findings-title = 対応が必要な項目
findings-none = 指摘事項はありません。この計画に判断待ちの項目はありません。
findings-cut = ほか{ $count }種類の指摘事項が`plan.json`にあります。
finding = **{ $severity }** `{ $code }`：`{ $subject }`：{ $message }。{ $hint }
finding-of-many = **{ $severity }** `{ $code }`（{ $count }件）：{ $subjects }{ $rest }。{ $message }。{ $hint }
finding-others = ほか{ $count }件
finding-example = 例：{ $message }
finding-hint = **対応**：{ $hint }。

## Settings, blockers and waves

settings-title = 設定、阻害要因、移行ウェーブ
settings-intro = { $environments }件の環境のオプション設定は{ $settings }件で、{ $verdicts }。`eb2eks explain APP --options`で確認できます。
settings-known = すべて判定済みです
settings-unknown = うち{ $count }件は不明です
settings-caption = 判定ごとのオプション設定数
verdict-column = 判定
set-column = 設定あり:
redacted-column = 設定あり（値は破棄）:
default-column = Beanstalkの既定値:
unset-column = 値なし:
all-column = 合計:
phases-caption = 移行のフェーズ
phase-column = フェーズ:
waves-column = 移行ウェーブ
environments-column = 環境数:
which-column = 対象
blockers-none = 設定からは、先に解決すべき事項は見つかりませんでした。
blockers-summary = 一部のアプリの移行前に解決すべき事項
blockers-caption = 先に解決すべき事項
blocker-column = 先に解決すべき事項
owner-column = 担当
effort-column = 1件の所要

## Applications

applications-title = アプリケーション
applications-that-move = 移行対象の環境{ $count }件
applications-legend = CPUとメモリは1レプリカあたりのリソース要求量です。レプリカは各クラスターの通常時の数で、括弧内はそのクラスターだけで処理する時の数です。根拠は、履歴の日数、A（十分に実測）からD（想定値）までの評価、この規則では不足したはずの週数、サンプル数（実際/期待）です。`eb2eks explain NAME`ですべての算出過程を確認できます。{ $firmer }
applications-firmer = 評価を上げる手段（括弧内は対象のアプリ数）：{ $improvements }。
applications-improvement = { $improvement }（{ $apps }）
applications-caption = 1レプリカあたりのリソース要求量とその根拠
environment-column = 環境
kubernetes-name-column = EKS上の名前
cpu-column = CPU:
memory-column = メモリ:
replicas-column = レプリカ
evidence-column = 根拠
careful-column = 注意点
replicas-on-cluster = { $cluster }：{ $normal }（{ $failover }）
evidence = { $days }日、{ $cpu }、{ $memory }
evidence-of-cpu = CPU：{ $grade }{ $weeks } { $present }/{ $expected }
evidence-of-memory = メモリ：{ $grade }{ $weeks } { $present }/{ $expected }
evidence-of-assumed-memory = メモリ：{ $grade }、**想定値**
evidence-of-weeks = （{ $weeks }週中{ $violated }週）
stays-title = Elastic Beanstalkに残る環境
stays-caption = 移行しない環境
application-column = アプリケーション
account-column = アカウント
outcome-column = 結果

## Inputs

inputs-title = 入力
inputs-made = `{ $format }`（作成：{ $tool }）。前提：{ $basis }。収集：{ $collector }、{ $moment }。同じファイルと同じポリシーからは同じレポートが得られます。
inputs-caption = スナップショットのファイル
file-column = ファイル
bytes-column = バイト数:
sha256-column = SHA-256
region-column = リージョン
status-column = 状態
gaps-column = 欠けているもの
