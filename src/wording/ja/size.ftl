# The texts of src/size, in this folder's language.

## Words

resources = CPU { $cpu }、メモリ { $memory }
stage-production = 本番
stage-staging = ステージング
scaler-cpu = CPU使用率によるHorizontalPodAutoscaler
scaler-queue = キューの長さによるKEDA（CPUで上限を設定）

## Numbers that have reasons

number-cpu-request = CPU要求量
number-cpu-limit = CPUリミット
number-memory-request = メモリ要求量
number-memory-limit = メモリリミット
number-replicas = レプリカ数
number-autoscaling = オートスケーリング
number-node-group = ノードグループ
number-desired-capacity = 希望ノード数
number-min-size = 最小ノード数
number-max-size = 最大ノード数

## What is known after a step

value-samples = { $expected }サンプル中{ $present }サンプル
value-cpu-use = 平均 { $mean }、p99 { $p99 }、ピーク { $peak }
value-no-limit = なし
value-demand = 閑散時 { $quiet }、通常時 { $usual }、繁忙時 { $busy }
value-percent = { $percent }%
value-most-pods = 最大{ $max }
value-pods-between = { $min }～{ $max }

## Rules

rule-cpu-seen = { $sources }から取得した{ $instances }インスタンスのCPU。欠測は除外し、アイドルとはみなさない
rule-cpu-use = 全インスタンスの使用量（使用率 × vCPU × インスタンスタイプの速度）を{ $replicas }レプリカで分担。稼働インスタンスが少ない間は、より少ないレプリカで分担
rule-cpu-share = 平常時に分担する{ $pods }個のうちの1個分。障害時に残ったPodにかかる分は、ノードの空きとオートスケーラーで賄う
rule-fit-days = 直近{ $days }日間のうち、1日あたり30分を除いて足りた値
rule-fit-days-of-a-level = 直近{ $days }日間のうち、1日あたり30分を除いて足りた値（それ以前の{ $before }日間は別の水準のため除外）
rule-risk = ×{ $factor }：類似アプリでは、その後の週のうち{ $kept }%でこの値で足りた（{ $alike }。根拠：{ $own }、同梱の事前データ{ $prior }週）。{ $bound }
weeks-of-this-fleet =
    { $weeks ->
        [0] この環境群のデータなし
       *[other] この環境群{ $weeks }週
    }
peak-at-most = ピークが{ $usual }の{ $most }倍以下
peak-between = ピークが{ $usual }の{ $least }～{ $most }倍
peak-over = ピークが{ $usual }の{ $least }倍超
peak-any = ピークの大きさを問わない
usual-memory = 日次ピークの最小値
bound-saturated-cpu = CPUが飽和していたため、上限はインスタンスの容量ではなくその4倍
bound-cpu = 上限はインスタンスの容量
bound-memory = 下限は最大サンプル、上限はインスタンスの容量
rule-load-test = 負荷試験で得たPodあたりの値（メモリは現在の値を上回る場合のみ採用）
rule-floor-and-step = { $floor }以上、{ $step }単位で切り上げ
rule-no-cpu-limit = リミットなし：他に使われていないCPUを利用可能
rule-cpu-limit = CPU要求量の{ $factor }倍
rule-memory-seen = { $sources }から取得したメモリ。うち約{ $host }はインスタンスのOSとエージェントの使用分と見られるが、差し引かない
rule-memory-peak = 全インスタンス中の最大サンプル（そのメモリの{ $percent }%）
rule-memory-usual = 通常保持する量：直近{ $days }日間のサンプルのうち上位1000分の1を除いた最大値
rule-memory-creep = その{ $growth }倍以上。徐々に増えるメモリのための余裕で、そこからリミットまではノード上のPod同士で共有する。許容率を守った最も安い水準：この環境群の{ $weeks } Pod週で、それまで兆候のなかったアプリによるノードのメモリ不足は{ $short }日（8通りの配置の平均。同梱の事前データ{ $prior } Pod週も加味）
rule-memory-level = その{ $growth }倍以上、かつリミットとの差はノードの{ $excess }%以下。その間はノード上のPod同士で共有する。許容率を守った最も安い水準：この環境群の{ $weeks } Pod週で、それまで兆候のなかったアプリによるノードのメモリ不足は{ $short }日（8通りの配置の平均。同梱の事前データ{ $prior } Pod週も加味）
rule-memory-named = ポリシーで指定したメモリ要求量の水準{ $level }：その{ $growth }倍以上、かつリミットとの差はノードの{ $excess }%以下
rule-memory-by-itself = リミットと同じ：既知の週に単独でノードのメモリを使い切った、またはメモリが増え続けている
rule-memory-limit-of-a-node = 上限は空のノードに収まる量
rule-memory-never-reported = メモリの報告なし
rule-memory-assumed = 実測ではなく想定値：インスタンスのメモリ{ $memory }の{ $share }%
rule-memory-demanded = オプション設定が要求する{ $demanded }を下回らない（インスタンスの容量の範囲内）：{ $setting }
runtime-java-heap = Xmx { $value }とヒープ外{ $more }%
runtime-python-processes = Pythonプロセス{ $processes }個、各{ $each }
rule-memory-limit-of-nothing = メモリ要求量と同じ値：実測値がないため余裕を示せない
rule-memory-limit = メモリ要求量以上、{ $step }単位で切り上げ
rule-instances-today = 通常稼働していたインスタンス数（リソース要求量の算出に使う日数の95%でこれ以下。最大{ $most }、最小{ $least }）
rule-least-replicas = { $stage }では{ $least }レプリカ以上
rule-demand = 全インスタンス合計の5、50、99パーセンタイル。{ $scaler }
rule-autoscaling-target = 1 / { $rise }（サンプル間の需要の増加率）：CPU要求量を超える前に新しいPodが起動
rule-most-pods = 使われるまで費用のかからない上限：記録上最も忙しい時に必要だったPod数も、Beanstalkが許していたインスタンス数も上回る。{ $year }
peak-of-the-year = 年間で最も忙しい1時間は、観測期間の最も忙しい1時間の{ $times }倍
peak-of-no-year = 年間データは未収集のため、観測期間のピークで代用
rule-least-pods = 最小：閑散時にこの目標値で必要な数。ステージごとの最小数と、分割したアプリのメモリを保持するPod数を下回らない
rule-split = ノードの空き（{ $room }）に収まらないため、現在の1インスタンスを{ $pods }個のPodに分割（各Podはノードの{ $share }%以下）。メモリが処理量と同様に分かれることを前提とする

## Why there is no sizing

unsized-instance-type = インスタンスタイプ「{ $name }」がカタログになく、コア数とメモリが不明
unsized-no-cpu = CPUの報告なし（{ $expected }サンプル中0サンプル）
unsized-no-true-cpu = CPUの報告なし（{ $expected }サンプル中0サンプル。ほかに、あり得ない値が{ $rejected }サンプル）
unsized-too-large = 1レプリカの必要量（{ $needs }）が、各{ $room }以下のPod { $pods }個でも足りない
unsized-no-instances = 現在稼働中のインスタンスなし
unsized-instances-missing = スナップショット収集時に稼働中のインスタンスなし（Auto Scalingグループの希望数は{ $wanted }）

## What would make a number firmer

improvement-measure = 全インスタンスへのCloudWatchエージェント導入と2週間の計測
improvement-each-instance = グループ平均ではなくインスタンスごとのサンプル
improvement-every-instance = 報告のなかったインスタンスのサンプル
improvement-load-test = 負荷試験（マシンの上限に達しており、履歴からはそれ以上が分からない）
improvement-finer-samples = 5分間隔のサンプル（CloudWatchの保持期間は63日）
improvement-longer-history = より長い履歴（リソース要求量の算出に使う日数の2倍）
improvement-recent-samples = 直近のサンプル（メトリクスが止まった原因の確認）
improvement-explain = 担当者への確認（値が単位と合わない、または今後も続くとは限らない）
improvement-fewer-gaps = 欠測の削減（90%以上のサンプル）

## Flags

flag-thin-history = 履歴不足
flag-thin-history-hint = 履歴がたまってから再度収集するか、移行前に負荷試験を実施してください
flag-many-gaps = 欠測が多い
flag-many-gaps-hint = メトリクスが報告されなかった原因を調べてください。欠測にピークが隠れている可能性があります
flag-silent-instances = 報告のないインスタンスあり
flag-silent-instances-hint = 全インスタンスにCloudWatchエージェントを導入してください。報告のないインスタンスにピークがある可能性があります
flag-often-over-request = 要求量の超過が多い
flag-often-over-request-hint = 自身の履歴ではこれをたびたび超えています。負荷試験を実施するか、sizing.cpu_riskを下げてください
flag-cpu-saturated = CPU飽和
flag-cpu-saturated-hint = 負荷試験を実施してください。CPU要求量は需要の下限値です
flag-credits-exhausted = CPUクレジット枯渇
flag-credits-exhausted-hint = 負荷試験を実施してください。standardモード（T2の既定）ではCPUがベースラインまで制限され、unlimitedモード（T3）では追加料金が発生していました
flag-memory-assumed = メモリは想定値
flag-memory-assumed-hint = CloudWatchエージェントを導入して再度収集してください。メモリ要求量はアプリの必要量ではなく、インスタンスの全容量です
flag-memory-at-ceiling = メモリ上限到達
flag-memory-at-ceiling-hint = アプリがさらにメモリを使うか調べ、リミットを大きくして負荷試験を実施してください
flag-group-average-only = グループ平均のみ
flag-group-average-only-hint = CPUをインスタンスごとに収集してください。平均では1台だけ忙しいインスタンスが見えません
flag-level-shift = 水準の変化
flag-level-shift-hint = 変化の原因と今後も続くかを担当チームに確認し、移行前に再度収集してください
flag-quiet-of-late = 最近は低負荷
flag-quiet-of-late-hint = その負荷が戻るかを担当チームに確認してください。戻る場合は、稼働中に収集するか、移行前に負荷試験で補正してください
flag-growing = 増加傾向
flag-growing-hint = 移行の直前に再度計画してください。リソース要求量は翌週に対するもので、来年まで保証するものではありません
flag-years-peak = 年間ピーク
flag-years-peak-hint = オートスケーラーは年間ピークまで拡張する可能性があります。バックエンドとmaxSizeも対応できることを確認してください
flag-bursts = 瞬間的な負荷
flag-bursts-hint = 負荷試験でレイテンシーを確認してください。ノードを共有するPod同士では、瞬間的な負荷が互いに待たされます
flag-fraction-readings = 百分率でない値
flag-fraction-readings-hint = 百分率かどうかを確認してください。本当に1%も使っていない場合は値を直して再計画し、そうでなければ百分率で渡してください
flag-zero-readings = 常にゼロ
flag-zero-readings-hint = メトリクスを直して再収集してください。稼働中のマシンが何週間も0%になることはありません
flag-unknown-instances = 不明なインスタンス
flag-unknown-instances-hint = インベントリと履歴を同時に収集してください。インベントリにないインスタンスのサンプルは除外しました
flag-stale = 古いデータ
flag-stale-hint = 直近の報告がない原因を確認し、再収集してください。現在の動きは不明です
flag-busier-before = 以前はより高負荷
flag-busier-before-hint = その負荷が再び来るかを担当チームに確認してください。来る場合は、移行前に負荷試験と補正を行ってください
flag-at-baseline = ベースライン張り付き
flag-at-baseline-hint = CPUCreditBalanceを収集するか、負荷試験を実施してください。クレジットがなければ抑制されており、実際の需要はより大きい可能性があります
flag-uneven = 負荷の偏り
flag-uneven-hint = 1台だけが行っている処理を確認してください。そのPodはCPU要求量を超えます
flag-memory-grows = メモリ増加
flag-memory-grows-hint = リークを見つけるか、適時に再起動してください。メモリ要求量はリミットと同じですが、それにも達します
flag-memory-saw = のこぎり状のメモリ
flag-memory-saw-hint = 何がリセットしているかを確認してください。デプロイが原因なら、デプロイがない間にリミットまで使い切ります
flag-system-share = OSの占める割合
flag-system-share-hint = プロセス自体を計測する（CloudWatchエージェントのprocstat）か、負荷試験を実施してください。PodはインスタンスのOSを含みません
flag-limit-at-node = リミットがノードの上限
flag-limit-at-node-hint = インスタンスと同じだけ必要になり得る場合は、より大きいノードのグループ（[[nodes.groups]]）を用意してください
flag-invalid-samples = 不正なサンプル
flag-invalid-samples-hint = メトリクスの取得元と単位を確認してください
flag-partial-series = 時系列が不完全
flag-partial-series-hint = 再度収集し、スナップショットの欠落（gaps）を確認してください
flag-split = Podの分割
flag-split-hint = アプリがより小さな複数のPodで動作することを確認する（メモリは均等に分かれないことが多い）か、より大きなノードを選んでください
flag-other-architecture = アーキテクチャが異なる
flag-other-architecture-hint = ノードのアーキテクチャ向けにイメージをビルドするか、Gravitonノードを選んでください
