# The texts of src/price, in this folder's language.

## Bills

bill-today = 現状
bill-after = 移行後
bill-right-sized = 現行環境の適正サイズ化
bill-one-cluster = 1クラスター
bill-cluster-mode = Cluster Mode方式
bill-windows-stays = Windowsは現状のまま
bill-auto-mode = Auto Mode方式
bill-ecs-fargate = FargateのECS
bill-ecs-ec2 = EC2のECS
bill-eks-node = EKS（ノード障害に対応）
bill-eks-zone = EKS（ゾーン障害に対応）
bill-eks-cluster = EKS（クラスター障害に対応）
bill-eks-all = EKS（ゾーンとクラスターの障害に対応）
bill-eks-graviton = Graviton上のEKS
unit-vcpu-hour = vCPU時間
unit-gigabyte-hour = GB時間
item-fargate-vcpu = FargateタスクのvCPU
item-fargate-memory = Fargateタスクのメモリ
item-fargate-licence = FargateタスクのWindowsライセンス
basis-tasks = { $tasks }タスク（1クラスターで動かすPod数と同じ）と、履歴による追加の{ $above }時間
bill-move = 移行作業
bill-terms = { $bill }（契約割引）
bill-commitments = { $bill }（既存の購入契約）

## What lines pay for

category-machines = インスタンスとノード
category-volumes = ボリューム
category-load-balancers = ロードバランサー
category-addresses = パブリックIPv4アドレス
category-nat = NAT通信
category-control-planes = コントロールプレーン
category-host-agents = ホスト課金のエージェント
category-monitoring = メトリクスとログ
category-extra = ポリシーで指定した費用
category-terms = 契約割引と既存の購入契約

## Units

unit-instance-hour = インスタンス時間
unit-instance-hour-fee = インスタンス時間（料金）
unit-scaled-hour = スケール時間
unit-hour = 時間
unit-address-hour = アドレス時間
unit-lcu-hour = LCU時間
unit-gigabyte = GB
unit-gigabyte-month = GB・月
unit-iops-month = IOPS・月
unit-throughput-month = MiBps・月
unit-metric-month = メトリクス・月
unit-host-month = ホスト・月
unit-month = か月
unit-person-day = 人日
unit-time = 回

## Whom lines are about

subject-company = 全社
subject-fleet = 全環境
subject-shared = 共有：{ $name }
subject-preparation = 準備
subject-wave = 第{ $number }ウェーブ
subject-once = 一時費用

## Items of lines

item-instance =
    { $system ->
        [windows] { $type } Windows
       *[linux] { $type } Linux
    }
item-spot-instance =
    { $system ->
        [windows] { $type } Windows スポット
       *[linux] { $type } Linux スポット
    }
item-instance-addresses = インスタンスのパブリックIPv4アドレス
item-stays = Beanstalkに残留：{ $item }
item-control-plane = EKSコントロールプレーン
item-node =
    { $system ->
        [windows] { $type } Windowsノード
       *[linux] { $type } Linuxノード
    }
item-node-above =
    { $system ->
        [windows] desiredCapacityを超える{ $type } Windowsノード
       *[linux] desiredCapacityを超える{ $type } Linuxノード
    }
item-auto-mode = { $type }ノードのEKS Auto Mode料金
item-node-volume =
    { $system ->
        [windows] Windowsノードの{ $kind }ボリューム
       *[linux] Linuxノードの{ $kind }ボリューム
    }
item-root-volume = { $kind }ルートボリューム
item-extra-volume = { $kind }追加ボリューム
item-volume-iops = { $kind }プロビジョンドIOPS
item-volume-throughput = { $kind }プロビジョンドスループット
item-balancer =
    { $kind ->
        [network] Network Load Balancer
        [classic] Classic Load Balancer
        [application] Application Load Balancer
       *[other] { $kind }ロードバランサー
    }
item-balancer-capacity =
    { $kind ->
        [network] Network Load Balancerのキャパシティユニット
        [classic] Classic Load Balancerのキャパシティユニット
        [application] Application Load Balancerのキャパシティユニット
       *[other] { $kind }ロードバランサーのキャパシティユニット
    }
item-balancer-addresses =
    { $kind ->
        [network] Network Load BalancerのパブリックIPv4アドレス
        [classic] Classic Load BalancerのパブリックIPv4アドレス
        [application] Application Load BalancerのパブリックIPv4アドレス
       *[other] { $kind }ロードバランサーのパブリックIPv4アドレス
    }
item-classic-balancer-data = Classic Load Balancerの処理データ
item-shared-balancer =
    { $kind ->
        [network] Network Load Balancer（{ $of }）
       *[application] Application Load Balancer（{ $of }）
    }
item-shared-balancer-capacity =
    { $kind ->
        [network] Network Load Balancerのキャパシティユニット（{ $of }）
       *[application] Application Load Balancerのキャパシティユニット（{ $of }）
    }
item-shared-balancer-addresses =
    { $kind ->
        [network] Network Load BalancerのパブリックIPv4アドレス（{ $of }）
       *[application] Application Load BalancerのパブリックIPv4アドレス（{ $of }）
    }
item-nat-data = NATゲートウェイ経由の通信
item-detailed-monitoring = 詳細モニタリング
item-health-metrics = 拡張ヘルスのカスタムメトリクス
item-agent-metrics = エージェントのカスタムメトリクス
item-node-metrics = ノードのカスタムメトリクス
item-logs-written = CloudWatchへのログ出力
item-logs-kept = CloudWatchでのログ保管
item-host-agent = エージェント{ $name }
item-people = 人件費
item-people-of-wave = { $environments }環境の人件費
item-on-spot = { $type }のスポット利用
item-term = { $type }、{ $term }契約
item-term-of-tasks = Fargateのタスク、{ $term }契約
item-bound = { $type }の購入済み分
item-covered = { $type }の契約適用分
item-bound-unused = { $type }の購入済み未使用分

term-none = なし
term-one-year = 1年
term-one-year-convertible = 1年コンバーティブル
term-three-years = 3年
term-three-years-all-upfront = 3年全額前払い

## How quantities were found

usage-as-today = 現在の稼働台数を730時間分（過去の台数を示す履歴なし）
usage-counted = グループの台数{ $samples }サンプルの{ $days }日間の平均を730時間に換算
usage-lives = 終了済みを含むインスタンスの稼働期間（{ $days }日間）を730時間に換算
basis-as-stated = ポリシーの指定値
basis-whole-month = 730時間
basis-spot-share = 稼働時間の{ $share }%（{ $why }）。{ $basis }
spot-as-running = 現在のインスタンスの比率
spot-as-set = 設定上の比率
basis-each-instance = インスタンスごとに1つ。{ $basis }
basis-each-node = desiredCapacityの各ノードに1つ
basis-desired-capacity = desiredCapacityを730時間分
basis-scaled-above = 履歴上の負荷でdesiredCapacityを超えてスケールしたはずの時間を730時間に換算
basis-volume-each-node = desiredCapacityの各ノードに{ $gib } GiB
basis-volumes-as-seen = 現在の{ $running }インスタンスのボリュームを実際の稼働台数に換算。{ $basis }
basis-volumes-as-set = 設定BlockDeviceMappingsによる。{ $basis }
basis-shared-balancers = { $apps }アプリ：1つを共有するのは最大{ $each }（load_balancers.apps_per_load_balancer）で、要件が同じアプリのみ
basis-each-zone = AZごとに少なくとも1つ（規模の拡大に伴い増加）
basis-classic-data = 概算：毎秒{ $rate }リクエスト、1リクエストあたりprices.kilobytes_per_request
basis-capacity-by-new-connections = 概算：毎秒{ $rate }リクエスト。新規接続数で決定（prices.connections_per_requestとkilobytes_per_requestを使用）
basis-capacity-by-active-connections = 概算：毎秒{ $rate }リクエスト。アクティブ接続数で決定（prices.connections_per_requestとkilobytes_per_requestを使用）
basis-capacity-by-bytes = 概算：毎秒{ $rate }リクエスト。処理バイト数で決定（prices.connections_per_requestとkilobytes_per_requestを使用）
basis-capacity-by-rules = 概算：毎秒{ $rate }リクエスト。ルール評価数で決定（prices.connections_per_requestとkilobytes_per_requestを使用）
basis-nat = 概算：現在パブリックアドレスを持つ{ $environments }環境にprices.nat_gb_per_environment_monthを適用
basis-all-instances-to-cloudwatch = 現在のインスタンスごと（ストリーミングの有無を問わない）。platform.monitoringがすべてのポッドのログをCloudWatchへ送信するため
basis-streaming-instances-to-datadog = 現在ログをストリーミングしているインスタンスごと。platform.monitoringではDatadogへ送信するが、そのログ料金の指定がないためCloudWatchの料金で代用
basis-logs-written = 概算：prices.log_gb_per_instance_month。{ $basis }
basis-logs-kept = 概算：出力量の0.15倍をロググループの保持日数だけ保管。{ $basis }
basis-detailed-monitoring = インスタンスごとに{ $metrics }メトリクス。{ $basis }
basis-health-metrics = 拡張ヘルスの報告：インスタンスごとに{ $instance }メトリクス、環境として{ $environment }メトリクス。{ $basis }
basis-agent-metrics = 観測されたCloudWatchエージェントのメトリクス（少なくとも{ $metrics }個）。{ $basis }
basis-agent-metrics-as-today = 現在のエージェントの送信数。移行後の費用はprices.node_metricsにもprices.host_agentsにも指定なし
basis-node-metrics = desiredCapacityの各ノードにprices.node_metrics
basis-preparation-days = 概算：migration.preparation_days
basis-wave-days = 概算：[migration]に定めた小、標準、大規模な環境の日数
basis-interruptible = 中断を許容するもの（prices.terms）。クラスターでは専用ノードグループのノード単位
basis-term = 稼働時間のうちprices.terms.coverage { $coverage }の分が{ $percent }%引き、1時間あたりの契約単価は{ $commits }
basis-term-unknown = 割引率不明。時間の{ $coverage }が対象
basis-term-unpriced = 稼働時間のうちprices.terms.coverage { $coverage }の分が{ $percent }%引き、1時間あたりの契約単価は不明
basis-commitment = { $type } × { $count }、{ $until }まで契約（prices.commitments）

## Where prices are from

source-policy = ポリシー：{ $key }
source-remarked = { $source }。{ $remark }
source-share-for-spot = 概算：その単価にprices.spot_price_shareを適用
source-term-of-tasks = FargateへのCompute Savings Plansの割引率は価格表にない
source-agents-of-tasks = エージェントはホスト単位の課金で、タスク単位の料金は不明
source-share-for-auto-mode = Auto Mode料金：その単価にprices.auto_mode_fee_shareを適用
source-size-assumed = サイズは想定値：プラットフォームの既定値{ $gib } GiB
source-volume-type-assumed = 種類は想定値：prices.default_root_volume_type
source-with-licence = { $source }。ライセンス：{ $licence }
source-windows-licence = WindowsとLinuxの価格差、AWS料金表（2026年5月12日）
source-windows-licence-by-rule = vCPUあたり$0.046
source-term = AWS料金表（2026年5月12日）：{ $region }の{ $family }の契約割引
source-term-derived = AWS料金表（2026年5月12日）：{ $region }の{ $family }の契約割引、全額前払いの価格から算出
source-no-discount = { $key }の価格が価格表にない：{ $family }の契約割引が不明。prices.terms.discounts.{ $family }で指定
source-term-beside-list = オンデマンド価格に対する{ $source }
source-commitment-less-list = ポリシー：prices.commitmentsと定価の差
source-unknown = { $day }の価格表に{ $key }の価格なし。ポリシーの[prices] overridesに追加してください

book-instance-two = AWS料金表（2026年5月12日、instances.vantage.sh）、別の抽出と一致
book-instance-one = AWS料金表（2026年5月12日、instances.vantage.sh）
book-instance-karpenter = AWS料金表（2026年7月20日、Karpenter）
book-list-two = AWS料金表（{ $month }時点、2つの出典）
book-list-one = AWS料金表（{ $month }時点、1つの出典）
book-list-old = AWS料金の古い、または日付のない写し（{ $month }）
book-list-derived = 推定：Linux料金の1.15倍（us-east-1での比率）
book-ipv4-notice = 2024年2月1日以降、全リージョンのパブリックIPv4アドレスは月$3.65（aws-ipv4-cost-viewer、東京は2026年9月25日の費用見積もり）
book-extended-support-blog = EKS延長サポート料金に関するAWSブログ

## Ranges

driver-sizing = リソース要求量（requests）の幅
driver-growth = 1年間の増加（観測した傾向による）
driver-prices = 時点の古い価格・二次情報の価格
driver-traffic = リクエストの接続数とバイト数
driver-logs = CloudWatchへのログ
driver-nat = NATゲートウェイ経由の通信
driver-spot = スポットインスタンスの価格
driver-auto-mode = EKS Auto Mode料金
driver-effort = 作業工数
driver-parallel = 両システムの並行稼働期間

## Beside the real bill

reconciled-not-in-bill = 請求に該当なし：タグがないか、稼働していない
reconciled-not-in-estimate = 見積もりに該当なし
reconciled-hours = 見積もりは{ $estimate }時間、請求は{ $bill }時間
reconciled-by-usage = 使用量は見積もりでは推定値、請求では実績値
charge-without-line = 対応する明細なし
charge-of-environments = { $what }（Elastic Beanstalk環境の分）
charge-of-nobody = { $what }（把握した環境以外の分）
charge-tax = 税
charge-purchase = 購入
charge-credit = クレジット
charge-adjustment = 調整

## What no line stands for

missing-balancer-data = ロードバランサーの処理データ
missing-balancer-capacity = ロードバランサーのキャパシティユニット
missing-balancer-requests-why = リクエスト数の履歴なし。収集するか、実際の請求（--bill）を使用してください
missing-database = 環境に結合されたデータベース
missing-database-why = Beanstalkが環境とともに作成したデータベース。環境と一緒に削除しない限り、データベースも費用も残る
missing-queues = キュー
missing-queues-why = リクエスト単位の課金。現状と移行後で同じ
missing-internet-transfer = インターネットへのデータ転送
missing-internet-transfer-why = 履歴にバイト数がなく、同じ通信量なら移行後の費用も同じ
missing-zone-transfer = AZ間のデータ転送
missing-zone-transfer-why = Application Load BalancerまたはClassic Load Balancerとターゲットの間は、現状も移行後も無料。アプリ間、データベース、キャッシュとの通信には履歴がなく、Podの配置AZは固定されないため、クラスターでは増える可能性あり（多くのリージョンで片方向1 GBあたり$0.01）
missing-audit-logs = コントロールプレーンの監査ログ
missing-audit-logs-why = auditとauthenticatorはCloudWatchへ出力（eksctl/）、GB単位の課金。量はAPIサーバーへの要求次第
missing-log-bucket = 全ログを保管するバケット
missing-log-bucket-why = platform.log_bucketは、独自のライフサイクルルールで削除しない限り全行を保管。S3の価格は価格表になし
missing-nat-gateways = 現在のNATゲートウェイ
missing-nat-gateways-why = スナップショットには含まれない（--billには含まれる）
missing-backups = バックアップ
missing-backups-why = スナップショット、イメージ、デプロイバンドル。少額で、移行後も同種
missing-other-services = データベース、キャッシュ、DNS、CDN
missing-other-services-why = Beanstalkの費用ではない。変わるものはprices.extraに指定してください
missing-support = サポートと税
missing-support-why = 全体に対する割合で決まり、ポリシーの通貨による表では別の行に記載
missing-datadog = ノード上のDatadog
missing-datadog-why = platform.monitoringがメトリクスとログをDatadogへ送信。ホスト単価をprices.host_agentsに指定してください
