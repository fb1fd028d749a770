# report.htmlだけにある文言と、report.mdと共通の新しい章の文言。

## The page

skip = 本文へ移動
footer = { $tool }で作成。このページは外部から何も読み込まず、何も送信しません。
contents = 目次
tool-theme = ダーク
tool-resource = 図の表示
tool-both = CPUとメモリ
tool-filter = 行の絞り込み
tool-search = アプリの検索
tool-sort = この列で並べ替え
tool-found = @2件中@1件
cpu = CPU
memory = メモリ
cores = コア
gibibytes = GiB
complete = 完全

## The first two pages

answer-title = 結論
directional = 履歴と定価による概算です。誤差の範囲は幅で示しています。トラフィックを移す前に負荷試験を実施してください。
card-trust = { $seen }環境のうち{ $planned }環境が移行対象、{ $unknown }環境が不明です。{ $firm }アプリのリソース要求量は十分に計測されていますが（評価A・B）、{ $thin }アプリは根拠が薄い値です（評価C・D）。
waterfall-title = 差額の内訳
waterfall-says = 費目ごとの純増減（月額、定価）。塗りつぶしは現在の費用、枠線は計画、斜線は増加分です。
waterfall-small = その他の増減
category-in-part = { $what }（一部）
curve-says = 各案の開始以降の累計効果（一時費用を差し引いた額）です。点は一時費用を回収する月を示します。指定どおりの場合、{ $first }か月目から{ $last }か月目までは両方の環境が稼働し、その間の費用は現状維持より{ $double }{ $way ->
    [less] 少なくなります
   *[other] 多くなります
 }。
curve-nothing-moves = 移行する環境がないため、支出も回収もありません。
curve-both-run = 並行稼働
curve-axis = 開始からの月数
curve-break-even = 推奨構成は{ $month }か月目に回収
curve-never = 最良の計画でも{ $months }か月以内に回収できません
tornado-title = 指定どおりの計画の結果を左右する要因
tornado-says = 最も影響が大きいのは「{ $driver }」で、ほかが標準の場合、{ $months }か月間の累計は{ $low }から{ $high }の間で変わります。各行は改めて価格計算した結果です。
tornado-empty = 結論を動かす不確かな要因はありません。
tornado-expected = 標準{ $net }

## Idle capacity

idle-title = 現在の使用率
idle-basis = 本番環境の全インスタンスを、その大きさで重み付けしています（対象期間のvCPU時間とGiB時間を、その時点の使用率で分類）。未計測のメモリは別枠とし、遊休とは数えません。
idle-empty = 履歴のある本番インスタンスがないため、使用率は分かりません。
idle-cpu-unit = vCPU時間
idle-memory-unit = GiB時間
idle-says = 計測された{ $unit }の{ $share }で、使用率は20%未満でした。未計測は{ $unknown }です。
idle-unknown = 本番環境の{ $resource }は一度も報告されていないため、遊休か満杯かは分かりません。
idle-unknown-label = 不明
idle-axis = { $resource }の使用率（%）と{ $unit }に占める割合
idle-finding = 現在の{ $resource }使用率
idle-used-column = 使用率
idle-vcpu-column = vCPU時間:
idle-gib-column = GiB時間:
idle-caption = 使用率別の本番マシン時間
idle-from-to = { $from }～{ $to }%
idle-not-reported = 未計測
share-column = 割合:

## Risks and decisions

risk-owner-column = 担当
risk-effort-column = 所要
risk-remedy-column = 対応
risk-others = ほか{ $count }件
no-sample = 欠測
risks-title = リスクと阻害要因
risks-says = リスクは{ $count }種類です。移行前に解決が必要なもの（時間のかかる順）、次に確認が必要なものの順に並べています。
risks-empty = 移行を妨げるものはありません（阻害要因・警告なし）。
risks-caption = 起こりうる問題と担当
risk-column = リスク
concerns-column = 対象
effort-unknown = 未見積もり
decisions-title = 3つの決定事項
decide-subnets = ノードのアドレスをどう確保するか：{ $count }サブネットで、遅くともクラスターが最大規模のときに、空きアドレスがノードの使用数に足りません。対処は「対応が必要な項目」に記載しています。
decide-unknown = 情報が不足している{ $count }環境を誰が調べるか。
decide-memory = メモリが想定値の{ $count }アプリに、誰がCloudWatchエージェントを導入するか。それまではインスタンスの全メモリを要求します。
decide-load-tests = 根拠の薄い{ $count }アプリを、トラフィックを流す前に誰が負荷試験するか（`loadtest/`）。
decide-blockers = 阻害要因のある{ $count }環境を誰が解決するか。
decide-pilot = 次の{ $count }環境をパイロットとして先に移行してよいか：

## Savings by app

savings-title = アプリ別の削減額
savings-caption = 2つの費用明細を環境ごとに配分
savings-rule = 明細に環境名のある費用はその環境のものです。現在の残りの費用は各環境自身の費用の比で、ノード・コントロールプレーン・アドオンの費用は、アプリのPodがノードに要求するCPUまたはメモリの大きいほうの比で配分します。これは計測ではなく配分の規則であり、アプリを1つ除いてもノードがその分だけ減るわけではありません。各行の合計は2つの費用明細に一致します。
savings-empty = 環境が見つからなかったため、配分するものがありません。
savings-finding = 削減額が最大なのは{ $name }
savings-finding-dearer = 増加額が最大なのは{ $name }
savings-says = { $cheaper }環境は安くなるか変わらず、{ $dearer }環境は高くなります（月額、米ドル）。斜線は根拠が薄いもの、または高くなるものです。
savings-says-of-most = { $cheaper }環境は安くなるか変わらず、{ $dearer }環境は高くなります（月額、米ドル）。図は増減の大きい{ $shown }環境で、ほかの{ $others }環境の合計は{ $saving }です。斜線は根拠が薄いもの、または高くなるものです。
savings-unpriced = 価格のない明細は、現在と移行後のどちらからも除いています。
grade-column = 根拠の評価

## The packing map

packing-title = Podの配置図
packing-says = 図はPodの使用量ではなくリソース要求量です。両者の差が負荷の山を吸収します。点はシステムとデーモンの確保分、破線はアドオン、残りは空きです。実際のスケジューラーの配置はこの図とは異なりますが、収まることはこの配置が証明しています。ノード・AZ・クラスターに障害が起きた場合の結果は「スケジューラーのシミュレーション」の章にあります。
packing-empty = ノードグループの計画がないため、配置するものがありません。
packing-group = { $group }：{ $type } × { $nodes }台
packing-group-says = { $group }では、ノードがアプリに提供するCPUの{ $cpu }、メモリの{ $memory }が通常時に要求されます。残りが余裕です。
packing-zone = { $zone }（{ $count }台）
packing-kept = システムとデーモンの確保分
packing-free = 空き{ $cpu }、{ $memory }
packing-caption = 通常時のノードと、アプリ用の提供量に対するリソース要求量
node-column = ノード
pods-column = Pod数:
cpu-asked-column = CPU要求量:
memory-asked-column = メモリ要求量:
on-it-column = 載るPod
amount-and-share = { $amount }（{ $share }）

## Apps

apps-title = アプリごとの詳細
apps-elsewhere = { $count }アプリの詳細は`report-apps/`の各ページにあります（1ページにまとめると開くのに時間がかかるため）。
apps-back = レポートに戻る
apps-empty = 移行するアプリがないため、詳細はありません。
app-lead = { $application }、{ $stage }。EKS上の名前は`{ $name }`、移行ウェーブ{ $wave }。履歴{ $days }日、根拠の評価はCPU { $cpu }、メモリ { $memory }。
app-no-history = この計画には履歴が残っていません。
app-memory-assumed = メモリは一度も報告されていません。{ $memory }はインスタンスの搭載量に基づく想定値であり、計測値ではありません。
app-numbers-caption = 各Podの要求
resource-column = リソース
request-column = リソース要求量
limit-column = リミット
range-column = 1週間に必要となりうる範囲（50%の週～98%の週）
peak-column = 最大の実測値（Podあたり）
own-weeks-column = この規則では不足した週（自身の履歴）
no-limit = リミットなし
never-reported = 未計測
no-own-weeks = 検証できる週が不足
own-weeks = { $weeks }週中{ $violated }週
replicas = レプリカ
replicas-on = { $cluster }：{ $normal }（単独時{ $failover }）
usage-cpu-title = PodのCPU：最大{ $peak }、要求量{ $request }
usage-memory-title = Podのメモリ：最大{ $peak }、要求量{ $request }
usage-says = { $hours }時間ごとの最小と最大（Podあたり、{ $unit }）。{ $stretches }区間中{ $above }区間で要求量を超えました。欠測は空白です。
request-label = 要求量
limit-label = リミット
instance-today-label = 現インスタンス
week-title = 通常の1週間
week-says = 最も忙しいのは{ $day }曜{ $hour }で、全インスタンス合計の平均は{ $cores }コアです。線は全期間の最大です。時刻は{ $zone }です。
app-usage-caption = Podの使用量（最小と最大）
from-column = 開始日
cpu-ends-column = CPU（コア）:
memory-ends-column = メモリ（GiB）:
app-week-caption = 1週間（全インスタンス合計、コア）
day-column = 曜日
mean-column = 平均:
highest-column = 最大:
busiest-hour-column = 最も忙しい時刻
app-reasons-caption = 各数値の根拠
app-findings = 注意点
app-no-finding = 特に注意すべき点はありません。
finding-and-hint = { $finding }。{ $hint }
app-blockers = 移行前に解決すること
app-no-blocker = 移行前に解決すべきことはありません。
app-blocker = { $what }：{ $remedy }（{ $owner }、{ $effort }）
app-options-caption = 設定済みオプションの扱い
option-column = オプション
setting-column = 値
target-column = 移行先
monday = 月
tuesday = 火
wednesday = 水
thursday = 木
friday = 金
saturday = 土
sunday = 日

## Coverage

coverage-title = 調査の範囲
coverage-complete = 完全：{ $scopes }件のアカウントとリージョンをすべて読み取り、{ $seen }環境はすべて移行対象か、理由があって対象外です。
coverage-complete-but = 下表の欠落を除いて完全：{ $scopes }件のアカウントとリージョンを読み取り、{ $seen }環境はすべて移行対象か、理由があって対象外です。
coverage-incomplete = 不完全：{ $scopes }件中{ $incomplete }件のアカウントとリージョンを完全には読み取れず、{ $unknown }環境が不明です。
coverage-caption = アカウントとリージョン
grades-caption = リソース要求量の確かさ
cpu-apps-column = CPUのアプリ数:
memory-apps-column = メモリのアプリ数:
meaning-column = 意味
grade-a = 規則の算出期間より長く各インスタンスで計測。欠測が少なく、頭打ちなし
grade-b = 検証済みの規則に対して十分に計測
grade-c = 計測が薄い、平均のみ、低負荷の期間、新しい水準になって数日、またはマシンの上限で頭打ち。頼る前に負荷試験が必要
grade-d = 計測ではなく想定値

## Method

method-title = 数値の算出方法
method-sizing = CPU要求量：直近の期間に最も忙しいレプリカが必要とした量に、似たアプリでその後の週のうち所定の割合で足りた係数を掛けます。係数は、評価に使わない週から求めます。
method-memory = メモリ要求量とリミット：過去最大のサンプルに同様の係数を掛けます。報告のないものはインスタンスの搭載量を上限とし、想定値と明記します。
method-replicas = レプリカ：現在のインスタンス数と同じ。各クラスターで環境の種別の下限を下回らず、1つのクラスターだけで全体を担える数まで増やせます。
method-packing = ノード：最小台数の証明付きで詰め込み、kube-schedulerとcluster-autoscalerの規則で多数の順序を模擬し、ポリシーのパーセンタイルで足りる台数を採用します。
method-prices = 費用：AWSの定価。各行に出典と日付があります。ポリシーに書いた契約割引は別の列に示します。
method-ranges = 範囲：各入力を両端に置き、価格と配置を計算し直します。「悲観」と「楽観」は、すべての入力を同時に悪い端、良い端に置きます。
method-move = 移行：ウェーブ、人日、並行稼働はポリシーの選択です。曲線の各月はセント単位で合計が一致します。
method-limits = 履歴にないものは不明のままです。来なかった負荷、コンテナの起動と停止、計測されなかったメモリ。これらは負荷試験で確かめます。
method-more = 計算式と例、出典はプロジェクトの`docs/METHOD.md`にあります。各アプリの数値の全手順はアプリごとの詳細と`eb2eks explain NAME`にあります。

## Glossary

glossary-title = 用語集
glossary-caption = このレポートの用語
term-column = 用語
term-request = リソース要求量（requests）
term-request-means = Podがノードに確保する量。スケジューラーは使用量ではなくリソース要求量を合計します
term-limit = リミット
term-limit-means = Podが超えてはならない量。メモリのリミットを超えると強制終了されます
term-replica = レプリカ
term-replica-means = アプリの同じ複製の1つ
term-pod = Pod
term-pod-means = Kubernetes上で動くアプリの1つの実体。ノードを共有するコンテナの組
term-node = ノード
term-node-means = クラスターの1台のマシン。ここではEC2インスタンス
term-node-group = ノードグループ
term-node-group-means = 一緒に増減する同種のノード
term-cluster = クラスター
term-cluster-means = 1つのコントロールプレーンの下のノード群。コントロールプレーンはAWSが時間課金で運用します
term-zone = AZ
term-zone-means = アベイラビリティーゾーン。同時に障害が起こりうるデータセンターの単位
term-addon = アドオン
term-addon-means = クラスター自身に必要なソフトウェア（DNS、メトリクス、負荷分散）
term-millicore = ミリコア（m）
term-millicore-means = vCPUの1000分の1。250mは4分の1
term-percentile = パーセンタイル
term-percentile-means = サンプルのその割合が超えない値
term-grade = 根拠の評価
term-grade-means = A（十分に計測）からD（想定値）まで
term-list-price = 定価
term-list-price-means = オンデマンド価格。割引・契約・税を含みません
term-terms = 契約割引
term-terms-means = ポリシーに書かれた割引、Savings Plans、リザーブドインスタンス、スポット
term-double-running = 並行稼働
term-double-running-means = Beanstalkとクラスターの両方に費用がかかる期間
term-break-even = 回収（投資回収）
term-break-even-means = 移行による累計の削減額が、移行にかかった費用を上回る最初の月
term-blocker = 阻害要因
term-blocker-means = 環境の移行前に人が解決すべきこと
term-wave = 移行ウェーブ
term-wave-means = 一緒に移行する環境の組
term-headroom = 余裕
term-headroom-means = ノードが提供し、どのPodも要求していない量。負荷の山、更新、ノードの障害に備えるもの
term-snapshot = スナップショット
term-snapshot-means = 収集したファイル（環境、設定、使用量の履歴）。ポリシーと並ぶ、本計画の唯一の入力
term-policy = ポリシー
term-policy-means = リソース要求量のリスクなど、計画が従う選択。すべて「前提条件」の章に記載
term-price-book = 価格表
term-price-book-means = プログラムに同梱された定価。それぞれに出典と日付がある
term-surge = サージ
term-surge-means = 更新中に旧バージョンと並んで動く新バージョンのPod
term-daemon = デーモン
term-daemon-means = ログ収集など、各ノードで1つずつ動くプログラム
term-scheduler = kube-scheduler、cluster-autoscaler
term-scheduler-means = 各Podのノードを選ぶものと、ノードを増減するもの
term-cluster-mode = Cluster Mode（クラスターモード）
term-cluster-mode-means = 複数の環境を共有ノードで動かす、Elastic Beanstalk自身の方式
term-graviton = Graviton
term-graviton-means = AWSの別アーキテクチャ（arm64）のプロセッサー。イメージをそれ向けにビルドする必要がある
term-phase = フェーズ
term-phase-means = パイロットやステージングなど、目的の同じ移行ウェーブのまとまり

## The workbook

workbook-title = Elastic BeanstalkからEKSへの移行
sheet-summary = 概要
sheet-apps = アプリ
sheet-nodes = ノード
sheet-bill-lines = 費用明細
sheet-assumptions = 前提条件
sheet-gaps = 不明点
category-column = 区分
item-column = 項目
unit-column = 単位
unit-price-column = 単価（米ドル）
a-month-usd-column = 月額（米ドル）
low-usd-column = 下限（米ドル）
high-usd-column = 上限（米ドル）
basis-column = 数量の根拠
source-column = 価格の出典
on-eks-column = EKS上の名前
stage-column = 種別
instances-today-column = 現在のインスタンス数
cpu-request-column = CPU要求量（m）
cpu-limit-column = CPUリミット（m）
memory-request-column = メモリ要求量（MiB）
memory-limit-column = メモリリミット（MiB）
cpu-grade-column = CPUの評価
memory-grade-column = メモリの評価
outcome-planned = 移行対象
outcome-excluded-because = 対象外：{ $reason }
outcome-unknown-because = 不明：{ $reason }
fewest-column = 全体が収まる最少台数
cpu-offered-column = ノードのアプリ用CPU（m）
memory-offered-column = ノードのアプリ用メモリ（MiB）
pods-offered-column = ノードのアプリ用Pod数
cpu-asked-share-column = CPU要求率
memory-asked-share-column = メモリ要求率
gap-kind-column = 種類
gap-what-column = 内容
gap-why-column = 理由
gap-not-read = 未読取
gap-excluded = 対象外
gap-unknown = 不明
gap-no-price = 価格なし
gap-not-billed = 明細なし

## Assumptions

assumptions-title = 前提条件
assumptions-says = 適用されたすべての選択です。{ $all }件中{ $changed }件がeb2eksの既定値と異なります。全項目は`eb2eks policy`で説明付きで表示できます。
assumptions-caption = ポリシー
key-column = キー
choice-column = 値
origin-column = 由来
origin-default = 既定値
origin-changed = 独自の設定
