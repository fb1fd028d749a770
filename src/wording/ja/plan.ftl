# The texts of src/plan, in this folder's language.

## Turns

turn-pilot = ステージング、事前作業は最大数時間、最小規模の部類
turn-staging = ステージング、事前作業は最大数時間
turn-small-production = 本番、事前作業は最大数時間、小規模
turn-large-production = 本番、事前作業は最大数時間だが大規模：小規模な環境が成功した後に移行
turn-blocked = { $what }（{ $owner }：{ $effort }）
turn-blocked-by-more = { $what }、ほか{ $others }件（{ $owner }：{ $effort }）
turn-after-staging = ステージング環境{ $staging }の後に移行
turn-new-app = 新規アプリ。自身の数値が得られるまで{ $like }の数値を使用

## Waves

wave-pilot = パイロット：小規模なステージング環境数件での習熟
wave-staging = 事前作業が最大数時間のステージング
wave-smaller-production = 事前作業が最大数時間の本番、小規模な半分
wave-larger-production = 事前作業が最大数時間の本番、大規模な半分
wave-days = 事前の解決に数日かかるもの
wave-weeks = Windowsと、数週間かかるもの

## What becomes of environments

outcome-nothing-read = 読み取れた情報なし
outcome-cluster-tier = BeanstalkのCluster tierにより、すでにEKSで稼働中
outcome-excluded = ポリシーにより対象外：{ $key }に{ $pattern }の指定あり
outcome-elsewhere = アカウント{ $account }の{ $region }に所在（クラスターは{ $home_account }の{ $home_region }）。別途計画してください
outcome-too-large = { $why }。{ $remedy }で収容可能
outcome-remedy-split-or-larger = { $setting }または{ $type }のノードグループ

## Node groups and node types

rule-node-group-names = グループ「{ $group }」に指定あり
rule-node-group-too-large = どう分割してもPodが{ $type }に収まらない
rule-node-group-split = インスタンス1台分に対して{ $type }が小さすぎる
rule-node-group-share = Podが{ $type }に占める割合が{ $share }以上
rule-node-group-memory = Podのリソース要求量が1コアあたり{ $gib } GiB以上
node-type-too-small = 移行するアプリのうち{ $apps }個がノードに収まらない

## Load balancers of clusters

ingress-production = 本番 { $scheme }
ingress-staging = ステージング { $scheme }
shared-production = 本番 { $scheme } { $number }
shared-staging = ステージング { $scheme } { $number }

## Alternatives

alternative-today = 現状のまま
alternative-right-sized = Beanstalkのまま適正サイズ化
alternative-plan = 指定どおりのEKS：{ $type }の{ $clusters }クラスター
alternative-one-cluster = EKS（1クラスター構成）
alternative-cluster-mode = BeanstalkのCluster Mode
remark-today = 現在稼働中のBeanstalk。作業なし
remark-plan = 本計画
remark-one-cluster-saves = コントロールプレーンが半減し、本番の最小Pod数の確保も1クラスター分のみ
remark-one-cluster-fails = クラスターのアップグレードや障害の影響が全体に及び、その間は代替なし
remark-cluster-mode-stays = Beanstalkが管理するEKS。ワーカーとWindowsは対象外のため、{ $staying }環境は現状のまま
remark-cluster-mode-nodes = ノードは有料のEKS Auto Mode、サブネットの組ごとに1クラスター、環境ごとにロードバランサー（見つかった中で最安の{ $type }の価格で計算）
remark-cluster-mode-settings = 現在のオプション設定は引き継がれず、従来の名前空間はすべて拒否される
remark-right-sized-changes = { $changed }環境のインスタンスタイプを変更し、インスタンス数は現状のまま、Application Load Balancerは共有
remark-right-sized-stays = クラスターの習熟と運用は不要。デプロイの遅さと個別の運用は現状のまま
remark-right-sized-kept = { $kept }環境は現在のインスタンスを維持：必要量を満たすより安価なタイプがない
alternative-windows-stays = 指定どおりのEKS、WindowsはBeanstalkのまま
alternative-auto-mode = EKS Auto Modeを利用
alternative-ecs-fargate = FargateのAmazon ECS
alternative-ecs-ec2 = EC2のAmazon ECS
failure-node = ノード
failure-zone = アベイラビリティーゾーン
failure-cluster = クラスター
alternative-found = EKS（探索による構成：{ $types }、{ $clusters }クラスター、{ $survives }の障害に対応）
remark-windows-stays = Windowsの{ $staying }環境はBeanstalkのまま
remark-auto-mode = ノードは有料のEKS Auto Mode。見つかった中で最安の{ $type }の価格で計算
remark-ecs-fargate = 運用するマシンなし。タスクは要求以上のメモリを使えないため、Podの上限を要求
remark-ecs-ec2 = 見つかった中で最安の{ $type }のインスタンスにノードと同様に配置。アドオンなし
remark-ecs = 1リージョン、2つ目のクラスターなし。別のマニフェストとツールが必要。工数はEKSと同じ
remark-found = 見つかった中で最安。同じアプリ、増加、契約条件で、計画と同様に配置しシミュレーション
remark-least-together = 小さなアプリは各クラスターで2つではなく1つのPod。ノード障害時はクラスター同士で補う
remark-graviton = すべてのイメージをarm64向けにもビルドする必要がある
no-offer-fargate-too-large = Fargateのタスクサイズに収まらない環境が{ $apps }件（{ $first }など）
no-offer-no-windows = 移行対象にWindowsの環境がない
no-offer-one-cluster = 計画はすでに1クラスター
no-offer-one-cluster-of-many = topology.clustersが1クラスターのため、障害時に代わるクラスターがない
no-offer-no-workers = 比較したノードタイプに、すべてを収容でき価格が判明しているものがない
no-offer-nothing-packed = 価格が判明している候補はどれも配置できない
no-offer-as-asked = この条件では指定どおりの計画が最安
lever-workers = ワーカーを{ $type }に
lever-one-cluster = 1クラスター
lever-least-replicas = 最少レプリカ数を全クラスター合計で数える
lever-windows-type = Windowsを{ $type }に
lever-windows-stays = WindowsはBeanstalkのまま
needed-container-images = コンテナイメージ
needed-windows-images = Windowsコンテナ
needed-arm64-images = arm64向けイメージ
needed-kubernetes = Kubernetesを運用できる人
needed-ecs = ECSを運用できる人
remark-and-remark = { $one }。{ $other }
machines = { $named }
machines-and-others = { $named }、ほか{ $types }タイプ{ $rest }台
machines-of-type = { $type } { $count }台
usage-right-sized = 計画のリソース要求量の算出根拠を満たす最安タイプを{ $count }台

outlook-cautious = 悲観
outlook-expected = 標準
outlook-optimistic = 楽観

## Whom notes are about

severity-fatal = 致命的
severity-warning = 警告
severity-advice = 助言
subject-every-app = 全アプリ
subject-bill = 費用「{ $bill }」

## Notes on environments

note-excluded-hint = 現状と移行後の両方の費用に計上されます
note-unknown-hint = 現状と移行後の両方の費用に計上されます。不足している情報を収集し、再度計画してください
note-thin-history = 履歴{ $days }日分
note-many-gaps = 報告はCPU { $cpu_expected }サンプル中{ $cpu }サンプル、メモリ{ $memory_expected }サンプル中{ $memory }サンプル
note-silent-instances = 一部のインスタンスでメモリの報告なし（全体で{ $expected }サンプル中{ $present }サンプル）
note-often-over-request = 過去{ $weeks }週のうち{ $violated }週、{ $days }日のうち{ $over }日でCPUが要求量を超過する計算。ピークは{ $peak }
note-cpu-saturated = CPUが飽和。ピークは{ $peak }
note-cpu-saturated-at = CPUが{ $peak }で飽和。需要は最大{ $wanted }だった可能性あり
note-credits-exhausted = CPUクレジットが枯渇。CPUのピークは{ $peak }
note-memory-assumed = メモリの報告なし（{ $expected }サンプル中0サンプル）。{ $assumed }と想定
note-memory-at-ceiling = メモリのピークはインスタンスの{ $has } GiB中{ $peak } GiB
note-group-average-only = グループの平均のみ判明
note-level-shift = CPUが現在の水準になったのは直近{ $days }日間のみ。その前の{ $before }日間は別の水準
note-quiet-of-late = 直近{ $fit }日間のCPUは、全期間の平均（1インスタンスあたり{ $mean }）の4分の3に一度も達していない（要求量の超過は{ $days }日中{ $over }日）
note-growing = 需要が月{ $percent }%増加
note-years-peak = 年間で最も忙しい1時間の負荷は、観測期間の最も忙しい1時間の{ $times }倍
note-bursts = 5分間の中でのCPUの最大値が、その5分間の平均の{ $times }倍に到達
note-fraction-readings = 使用率が一度も1を超えないため、百分率ではなく割合とみなして100倍
note-zero-readings = CPUの{ $samples }サンプルがすべて0
note-unknown-instances = インベントリにないインスタンスのサンプルあり
note-stale = 履歴の最後の数日間に報告なし
note-busier-before = 以前のCPUははるかに高負荷（全期間のp99は{ $p99 }、Podのリソース要求量は{ $request }）
note-at-baseline = バースト可能インスタンスがベースラインで稼働し、クレジットの報告なし。ピークの{ $peak }は上限だった可能性あり
note-uneven = 最も忙しいインスタンスは平均の{ $times }倍。各Podのリソース要求量は均等分の{ $request }
note-memory-grows = メモリは毎月{ $percent }%増え続けているため、メモリ要求量はリミットと同じ{ $limit }
note-memory-saw = メモリは数日かけて{ $usual }まで増え、一気に減る
note-system-share = 通常保持する{ $usual }の多くは小さなインスタンスのOSの可能性あり。アプリだけなら{ $low }で足りる可能性あり
note-limit-at-node = リミットの{ $limit }は空のノードに収まる上限（インスタンスの容量は{ $has }）
note-invalid-samples = あり得ない値の{ $samples }サンプルを除外
note-partial-series = 一部の時系列は収集が不完全
note-split = 各インスタンスを{ $pods }個のPodに分割
note-other-architecture = 現在のインスタンスのアーキテクチャがノードと異なる

## Notes on the snapshot and the scope

note-nothing-moves = クラスターへ移行する環境なし（把握した環境は{ $seen }件）
note-nothing-moves-hint = 各環境の指摘を確認し、ポリシーのtopology.account、topology.region、scopeを見直してください
note-incomplete-snapshot = このアカウントとリージョンの収集状態は「{ $status }」
note-incomplete-snapshot-hint = 収集できなかったものはこの計画に含まれません。不足している権限を付与し、再度収集してください
note-unwell = Beanstalkはヘルスを{ $health }と報告しています。履歴は、障害中または使われていないアプリのものかもしれません
note-unwell-hint = 数値を信頼する前に原因を確認してください。Suspendedの環境は監視されていません
note-image-unknown = { $image }がプラットフォームのマシンイメージかどうか判断できません。同じアカウントとリージョンに、このプラットフォームの環境がほかにありません
note-image-unknown-hint = イメージを確認してください（aws ec2 describe-images）。独自イメージの内容はDockerfileに移します
note-collection-gap = 収集の欠け：「{ $what }：{ $why }」
note-collection-gap-hint = この情報なしで計画しています。該当する環境の指摘を確認してください
note-orphan-history = 履歴はあるが、インベントリに存在しない
note-orphan-history-hint = 履歴は使用していません。スナップショットの収集中に終了されていないか確認してください
note-spot-today = スポットインスタンスが有効。比率は現状または設定値、価格は概算
note-spot-today-hint = 実際の請求（--bill）と比較するか、価格（REGION/ec2-spot/TYPE）を指定してください
note-settings-disagree = { $about }について設定と観測値が一致しない：設定は{ $set }、観測は{ $seen }。計画では{ $taken }とする
note-settings-disagree-hint = どちらが正しいかを確認し、移行前にもう一方を合わせてください
conflict-reach = ロードバランサーの到達範囲
conflict-balancer-kind = ロードバランサーの種類
conflict-protocol = ポート{ $port }のプロトコル
conflict-public-addresses = インスタンスのパブリックアドレス
conflict-listener = ポート{ $port }で待ち受けるロードバランサーの有無
conflict-most-instances = グループの最大インスタンス数
conflict-root-volume = ルートボリュームのGiB数
conflict-detailed-monitoring = 詳細モニタリング
conflict-spot = スポットインスタンス
note-balancer-subnets = ロードバランサーのサブネットは引き継がない（{ $subnets }）：{ $why }
note-balancer-subnets-hint = 配置してよいサブネットにkubernetes.io/role/elbまたはinternal-elbのタグを付けるか、クラスターのVPCの2つのAZを指定してください
balancer-subnets-unknown = { $subnet }がスナップショットにない
balancer-subnets-elsewhere = { $subnet }は{ $vpc }にあり、クラスターのVPCではない
balancer-subnets-one-zone = Application Load Balancerには2つのAZが必要だが、{ $zones }のみ
note-idle-timeout = { $apps }のアイドル接続は{ $wanted }秒ではなく{ $taken }秒維持される
note-admits-more = { $taken }が許可する相手が{ $apps }にも届く。これまでは{ $wanted }が許可する相手のみだった
note-wish-given-up = { $wish }は全アプリで{ $taken }になる。{ $apps }は{ $wanted }だった
note-wish-given-up-hint = load_balancers.give_upから"{ $wish }"を外すと、要件ごとに別のロードバランサーになります
note-balancer-quota = { $what }が{ $has }必要だが、AWSでは1つのロードバランサーにつき{ $most }まで
note-balancer-quota-hint = AWSに引き上げを申請するか、アプリ側で減らしてください
note-schedules-over = 終了したスケジュールされたアクションは含めない：{ $actions }
note-schedules-over-hint = 削除するか、まだ必要な場合はEndTimeを更新してください
note-subnet-unused = nodes.subnetsに指定されているが、クラスターでは未使用
note-subnet-not-seen = nodes.subnetsに指定されているが、スナップショットに存在しない
note-subnet-unused-hint = AZごとに1つ、クラスターのアカウントとリージョンにある同一VPCのサブネットを指定してください
note-exclusion-unused = { $key }に指定されているが、該当するものなし
note-exclusion-unused-hint = 綴りを確認してください。*は任意の文字列を表します
note-calibrated-nobody = ポリシーに負荷試験の結果があるが、該当する環境なし
note-calibrated-nobody-hint = requests.csvの表記に合わせてください

## Notes on every app

note-coincident-peak = 全アプリ合計の使用量は1時間あたり最大{ $together }コア。各アプリの最も忙しい1時間の合計は{ $sum }コア（{ $more }%多い）
note-coincident-peak-hint = リソース要求量はアプリごとに各自のリスクで算出しています。ピークが重ならない分は急増時の余裕になります
note-load-test = リソース要求量とレプリカ数は履歴のみから算出
note-load-test-hint = 移行前に実際の通信で負荷試験を実施してください。最初の移行事例では机上計算だけでは不十分でした
note-graceful-stop = Podはデプロイやノード入れ替えのたびにSIGTERMで停止
note-graceful-stop-hint = 各アプリがSIGTERMの受信後に処理中のリクエストを完了することを確認してください
note-dns = Podの既定値ndots: 5では、1回のDNSクエリが最大5回に増加
note-dns-hint = apps/のマニフェストではndots: 1を設定しています。クラスター内の名前は完全な形（NAME.NAMESPACE.svc.cluster.local）で記述してください

## Notes on clusters

note-minimum-on-every-cluster = 本番のPodが{ $clusters }クラスターで{ $running }個稼働（負荷の処理に必要なのは{ $carrying }個）
note-minimum-on-every-cluster-hint = 各クラスターは単独でノード障害に耐えられるよう、全アプリを最低{ $least }個維持します。クラスターを減らせばPodも減ります
note-cheaper-node-type = 同じ環境群を{ $type }で構成するとLinuxノード{ $nodes }台、本計画より月{ $saving }安価
note-cheaper-node-type-hint = ポリシーの{ $how }で選択してください。レポートに全タイプの比較があります
note-cheaper-node-type-hint-images = ポリシーの{ $how }で選択してください。イメージはGraviton向けにビルドする必要があります。レポートに全タイプの比較があります
choice-of-instance-type = nodes.instance_type
choice-of-group-by-memory = min_gib_per_core = { $gib }の[[nodes.groups]]
note-memory-limits-over-nodes = 全Podが同時にメモリリミットに達すると、ノードが提供する{ $offered } GiBに対し{ $limits } GiBが必要
note-memory-limits-over-nodes-hint = Podはリソース要求量に基づいて配置され、全Podが同時にピークに達することはありません。sizing.short_of_memory = 0とすれば確実ですが、ノードは増えます
note-no-network = 環境が所在するVPCの2つのAZにまたがるプライベートサブネットがスナップショットにない
note-no-network-named = nodes.subnetsのサブネットが、スナップショットの1つのVPCの2つのAZに存在しない
note-no-network-hint = nodes.subnetsにサブネットを指定するか、eksctlで新しいVPCを作成して接続してください
note-old-kubernetes = Kubernetes { $version }はスナップショットの日付で標準サポート終了済み
note-old-kubernetes-hint = より新しいkubernetes.versionを選択してください。延長サポートの料金は6倍です
note-memory-bound-nodes = メモリの{ $memory }%が要求済みだが、CPUは{ $cpu }%
note-memory-bound-nodes-hint = { $type }ノードはメモリで埋まっています。vCPUあたりのメモリが多いタイプの費用を確認してください
note-windows = ライセンス付きのWindowsノード{ $nodes }台
note-windows-hint = { $image }向けにイメージをビルドし、Active Directory、ドライブ、レジストリ設定を確認してください

## Notes on the scheduler

note-scheduler-spreads = 先に用意したノードへ一斉に配置すると、{ $percentile }%の順序でPodに必要なノードは{ $nodes }台（計画は{ $planned }台、詰めて配置すれば{ $packed }台）
note-scheduler-spreads-hint = kube-schedulerはPodを分散させるため、大きなPodの空きがどのノードにも残りません。大きなPodから順にアプリを移行しながらグループを拡張してください
note-node-loss-waits = ノード障害後、{ $orders }回の試行中{ $waiting }回で、本番のPodが新しいノードを待機
note-node-loss-waits-promised = ノード障害後、{ $orders }回の試行中{ $waiting }回で、本番のPodが新しいノードを待機（詰め直せば残りのノードに収容可能）
note-zone-loss-waits = AZ障害後、{ $orders }回の試行中{ $waiting }回で、本番のPodが新しいノードを待機
note-zone-loss-waits-promised = AZ障害後、{ $orders }回の試行中{ $waiting }回で、本番のPodが新しいノードを待機（詰め直せば残りのノードに収容可能）
note-loss-waits-hint = Podはオートスケーラーを数分待ちます。topology.surviveに"{ $loss }"を指定すると空きが確保されます
note-loss-waits-hint-nodes = Podを小さくするか、大きなPodを専用グループに分けると空きができます。Pod構成を変えない場合は{ $nodes }台のノードが必要です
note-big-apps-first = 大きなアプリから順にデプロイすると{ $fewer }
note-big-apps-first-hint = 大きなPodから順に1つずつ適用するか、他より高いPriorityClassを設定してください。大きなPodの空きが見つかり、残りを小さなPodが埋めます
note-big-apps-apart = 大きなPodを専用ノードグループに分けると{ $fewer }。{ $big }
note-big-apps-apart-hint = [[nodes.groups]]で分けてください
note-smaller-pods = 全Podをノードの{ $percent }%以下にすると{ $fewer }。{ $big }
note-smaller-pods-hint = レプリカを小さくして数を増やすか（sizing.max_node_share、sizing.split_node_share）、より大きなノードタイプを選択してください
note-drain-emptiest = Podを他へ移せる間、最も空いたノードからドレインすると{ $fewer }
note-drain-emptiest-hint = 各ウェーブの後にdeschedulerで実行し、空いたノードをオートスケーラーが削除できるようminSizeを下げてください
nodes-fewer = { $percentile }%の順序で{ $nodes }台中{ $saved }台削減
nodes-fewer-at-once = 一斉配置時に{ $nodes }台中{ $saved }台削減
apps-of-big-pods = ノードの{ $percent }%を超えるPodを持つアプリは{ $apps }個
apps-of-big-pods-with-largest = ノードの{ $percent }%を超えるPodを持つアプリは{ $apps }個（最大は{ $of }の{ $takes }%）

## Notes on addresses

note-addresses-unknown = 空きアドレス数は不明。ノードが使うアドレスは最大{ $most }個
note-addresses-unknown-hint = クラスターを作成する前にVPCコンソールで確認してください
note-subnet-too-small = { $zone }の空きアドレスは{ $free }個、うち{ $reserved }個はコントロールプレーンとロードバランサー用。{ $taken }
note-subnet-runs-out = { $zone }の空きアドレスは{ $free }個、うち{ $reserved }個はコントロールプレーンとロードバランサー用。{ $taken }。{ $nodes }台中{ $node }台目のノードで枯渇
note-subnet-too-small-hint = nodes.addressesのほかの設定でも不足します。nodes.subnetsにより大きなサブネットを指定するか、ノードを大きくして台数を減らしてください
note-subnet-too-small-hint-setting = nodes.addresses = { $enough }なら足ります。または、nodes.subnetsにより大きなサブネットを指定してください
subnet-taken-in-normal-times = ノードが使うアドレスは通常時に{ $addresses }個
subnet-taken-at-most = 全クラスターが最大規模のときにノードが使うアドレスは{ $addresses }個
subnet-setting = "{ $name }"（使用数{ $most }）
subnet-setting-of-blocks = "{ $name }"（16個単位の空きブロックが残っている場合、使用数{ $most }）
subnet-setting-or = { $one }または{ $other }

## Notes on money

note-no-price = { $lines }件の明細に価格なし。合計{ $total }は下限値
note-no-saving = 本計画は現状より月{ $more }高い
note-no-saving-at-least = 本計画は現状より少なくとも月{ $more }高い
note-no-saving-at-most = 本計画は現状より最大で月{ $more }高い
note-no-saving-hint = 追加されるノード、コントロールプレーン、ロードバランサーを確認し、1クラスターや別のノードタイプを試してください
lever-saves = { $title }{ $saving }
group-is-filled = { $group }：{ $nodes }ノード、月{ $cost }、制約は{ $rule }。Podの要求はCPUの{ $cpu }%、メモリの{ $memory }%
note-why-no-saving = 計画の費用の内訳：{ $groups }。個々の変更による月の削減額：{ $levers }
note-why-no-saving-no-lever = 計画の費用の内訳：{ $groups }。試した変更のうち削減になるものはない
note-why-no-saving-hint = eb2eks planを--choose recommendedで実行してください：{ $title }、月{ $monthly }
note-why-no-saving-nothing-better = 同じ障害に対応し、より安価なものは見つかりませんでした。対応する障害が少ないものはeconomics.alternativesにあります
note-cheaper-alternative = 「{ $title }」は定価で月{ $total }、本計画は{ $after }
note-commitment-unused = 移行後に稼働しないインスタンスの契約が月{ $unused }残る
note-commitment-unused-hint = 契約が終わるまでは削減になりません（移行の収支曲線に算入済み）。該当ファミリーを最後に移行するか、リザーブドインスタンスを売却してください
note-price-unused = prices.overridesに設定されているが、どの費用明細でも未使用
note-price-unused-hint = ほかのスナップショット用でなければ、リージョンと綴りを確認してください

# What makes a plan incomplete.
unknown-environments = 不明な環境が{ $count }件あります
unknown-prices = 価格のない明細が{ $count }行あります
unknown-scopes = 完全に読み取れなかったアカウント・リージョンが{ $count }件あります

## Notes on the replay

subject-replay = 履歴の再生
note-replay-outage = 計画に使った{ $days }日間の再生で、許容範囲を超えました。退避{ $evictions }回、強制終了{ $kills }回（{ $weeks }Pod週、許容は1Pod週あたり{ $rate }回）、CPU不足{ $starved }アプリ分（全{ $minutes }アプリ分、許容は{ $share }%）。
note-replay-outage-unseen = 終わりの{ $days }日前に作った計画は、未知の日の再生で許容範囲を超えました。退避{ $evictions }回、強制終了{ $kills }回（{ $weeks }Pod週、許容は1Pod週あたり{ $rate }回）、CPU不足{ $starved }アプリ分（全{ $minutes }アプリ分、許容は{ $share }%）。
note-replay-outage-hint = メモリ要求量をより安全にするか（--set sizing.memory_level=5、ノードは増えます）、「このクラスターで履歴を再生した結果」の節に挙がったアプリを調整してください
note-replay-app = 再生では、CPU不足が{ $starved }分、退避が{ $evictions }回、強制終了が{ $kills }回で、1つのアプリの許容を超えました。
note-replay-app-hint = メモリが原因なら、メモリ要求量または上限を上げてください（どのノードにも載らない場合は、大きいノードタイプ）。許容する場合は、アプリ名を挙げて判断してください
note-replay-loss = 履歴の最も厳しい時点でのノード、AZ、クラスターの障害{ $cases }件のうち{ $outage }件で、アプリにCPU不足が生じ、合計{ $starved }アプリ分でした。
note-replay-loss-hint = 再生の障害の表を確認してください。余裕はtopology.surviveで決まり、ノードとPodの起動時間も影響します
note-replay-off = このクラスターでは履歴を再生していないため、実際に起きることは分かりません。
note-replay-off-hint = replay.enabled = trueを設定してください
note-replay-short = 履歴が短いため、計画に使っていない日での検証はできません。
note-replay-short-hint = より長い履歴を収集するか、replay.holdout_daysを短くしてください

## Notes on the platform

note-nobody-administers = クラスターを管理できるのは作成者のみ（platform.admin_rolesが空）
note-nobody-administers-hint = 運用担当者のロールを指定してください。存在しないロールはEKSに拒否されます
note-nothing-deploys = デプロイできるのは管理者とプラットフォームのCIのみ（platform.delivery_roleが空）
note-nothing-deploys-hint = SpinnakerまたはArgo CDが使うロールを指定してください
note-endpoint-open = コントロールプレーンのエンドポイントはインターネット全体に公開（認証情報は必要）
note-endpoint-open-hint = kubernetes.public_access_cidrsに範囲を指定するか、kubernetes.endpointを"private"にしてください
note-upgrade-during-move = Kubernetes { $version }の標準サポートは{ $ends }に終了し、最後のウェーブ（{ $done }）より前にEKSがクラスターを自動でアップグレードする
note-dearer-during-move = Kubernetes { $version }の標準サポートは{ $ends }に終了し、最後のウェーブ（{ $done }）より前からコントロールプレーンの料金が6倍になる
note-upgrade-during-move-hint = 新しいkubernetes.versionを選ぶか、アップグレードを独立したウェーブとして計画してください。どちらになるかはkubernetes.supportで決まります
note-role-unknown = { $apps }個のアプリのインスタンスプロファイルのロールが不明（ファイルにはFILL-INと記載）
note-role-unknown-hint = ロール名はプロファイル名と同じとは限りません。bootstrap/role-trusts.sh show（aws iam get-instance-profile）で確認し、ポリシーのplatform.profile_rolesに記入して再度計画してください
note-alarms-and-firewalls = 環境のアラームとWAFの関連付けは収集対象外（どのファイルにも引き継がれない）
note-alarms-and-firewalls-hint = handover/APP.mdに一覧表示のコマンドがあります。Web ACLはポリシーのplatform.web_aclsに記入し、いずれもアプリのクライアントを移す前に引き継いでください
load-test-of-a-queue = キューからのみ呼び出される：1日分のメッセージの複製を渡し、最も古いメッセージの経過時間を確認してください
load-test-of-nobody = 呼び出せる入口がない
load-test-of-bytes = ロードバランサーとHTTPで通信しておらず、スクリプトはHTTPのみ対応：そのプロトコルのクライアントを使用してください
note-rules-interleaved = { $apps }に同じホストのルールがあり、現在の優先順位が入り組んでいる（クラスターではアプリごとにまとめて評価される）
note-rules-interleaved-hint = 順序（alb.ingress.kubernetes.io/group.order）を確認してください。ホストの残りすべてを受けるアプリを最後にする必要があります
note-host-on-several = { $apps }は現在1つのロードバランサーで{ $host }のルールを持つが、クラスターでは別々のロードバランサーになる（名前は1つにしか向けられない）
note-host-on-several-hint = 分かれる原因をload_balancers.give_upに加えるか、それぞれ別の名前にしてください
