# The texts of src/policy: what each key of the policy is; defaults.toml argues for its value.

## scope

policy-scope-exclude-environments = 移行しない環境：名前（*は任意の文字列）
policy-scope-exclude-applications = 環境を移行しないアプリケーション：名前（*は任意の文字列）

## stages

policy-stages-tag = 環境がステージングかどうかを示すタグ
policy-stages-staging-tag-values = ステージングを意味するタグの値（大文字と小文字は区別しない）
policy-stages-staging-names = タグのない環境のうち、ステージングとみなす名前（*は任意の文字列）

## topology

policy-topology-clusters = クラスター。本番はすべてのクラスターで稼働
policy-topology-staging-cluster = ステージングが稼働するクラスター
policy-topology-account = クラスターのアカウント（空：環境が最も多いアカウント）
policy-topology-region = クラスターのリージョン（空：環境が最も多いリージョン）
policy-topology-survive = クラスターが単独で耐えるべき障害："node"は任意の1ノード、"zone"は任意の1つのAZ、"cluster"はもう一方のクラスターの障害

## kubernetes

policy-kubernetes-version = Kubernetesのバージョン（延長サポートはクラスターあたりの費用が6倍）
policy-kubernetes-support = 標準サポート終了時の扱い：standard（EKSが更新）またはextended（料金は6倍）
policy-kubernetes-endpoint = コントロールプレーンへの接続元：publicまたはprivate（VPC内のみ）
policy-kubernetes-public-access-cidrs = パブリックエンドポイントに接続できる範囲（空：制限なし）
policy-kubernetes-addon-versions = EKSアドオンの名前ごとのバージョン（指定がなければEKSの既定）

## nodes

policy-nodes-instance-type = ワーカーのインスタンスタイプ
policy-nodes-volume-gib = ノードのボリュームサイズ（GiB）
policy-nodes-volume-type = ノードのボリュームタイプ
policy-nodes-pod-storage = 各Podがログと一時ファイル用に要求する一時ストレージ
policy-nodes-unseen-memory-share = マシンのメモリのうち、OSから見えない割合
policy-nodes-max-pods = ノードあたりの最大Pod数（マネージドノードグループの上限は30 vCPU未満で110）
policy-nodes-subnets = 使用するサブネット（AZごとに1つ。空：環境のVPCのプライベートサブネットのうち空きアドレスが最多のもの）
policy-nodes-addresses = VPC CNIがアドレスを事前に確保する方法：インターフェイス単位（interfaces）、1つずつ（singly）、16個単位（prefixes）
policy-nodes-security-groups = クラスター自身のもの以外に付けるセキュリティグループ（グループで許可するデータベースとキャッシュ用）
policy-nodes-compare-families = 同じ環境群を比較するインスタンスファミリー
policy-nodes-compare-sizes = 同じ環境群を比較するインスタンスサイズ
policy-nodes-ssh-key-name = ノードへのSSH用のEC2キーペア（空：SSHなし）
policy-nodes-role-label = ワーカーの全ノードに付けるラベル
policy-nodes-groups = 追加のLinuxノードグループ（指定したアプリ、大きなアプリ、メモリを多く使うアプリ用）

## windows_nodes

policy-windows-nodes-instance-type = Windowsノードのインスタンスタイプ
policy-windows-nodes-volume-gib = Windowsノードのボリュームサイズ（GiB）
policy-windows-nodes-ami-family = Windowsノードのイメージファミリー
policy-windows-nodes-system-memory = 各ノードでWindowsとそのサービスが使うメモリ

## sizing

policy-sizing-cpu-risk = CPU要求量が翌週の1%を超える時間で不足する確率の上限
policy-sizing-memory-limit-risk = メモリリミットが翌週のいずれかのサンプルで不足する確率の上限
policy-sizing-short-of-memory = ノードのメモリ不足を許容する日数（1 Pod・1週あたり）
policy-sizing-memory-level = メモリ要求量の水準。1（ノード最少）から8（要求量＝リミット）、0は環境群の履歴から選択
policy-sizing-memory-request-days = Podが通常保持する量を読み取る日数
policy-sizing-autoscaling-headroom = オートスケーラーの上限（記録上最も忙しい時のPod数に対する倍率）
policy-sizing-min-replicas-on = 本番の最小レプリカ数をクラスターごとに数えるか、全クラスター合計で数えるか
policy-sizing-fit-days = リソース要求量の算出に使う履歴末尾の日数
policy-sizing-judge-days = その後に続く、規則の検証に使う日数
policy-sizing-host-cpu = インスタンスのOS、プロキシ、エージェントが使うCPU（差し引かず、表示する範囲の下限に反映）
policy-sizing-host-memory = インスタンスのOS、プロキシ、エージェントが使うメモリ（差し引かず、表示する範囲の下限に反映）
policy-sizing-jvm-overhead = Javaヒープ以外（スレッド、クラス、バッファー）のメモリ（ヒープに対する割合）
policy-sizing-python-process-memory = Pythonワーカープロセスの最小メモリ
policy-sizing-autoscaling-target-least = オートスケーラーの目標値の下限（CPU要求量に対する割合）
policy-sizing-autoscaling-target-most = オートスケーラーの目標値の上限（CPU要求量に対する割合）
policy-sizing-cpu-floor = CPU要求量の最小値
policy-sizing-memory-floor = メモリ要求量の最小値
policy-sizing-cpu-step = CPU要求量の切り上げ単位
policy-sizing-memory-step = メモリ要求量の切り上げ単位
policy-sizing-cpu-limit = CPUリミット：なし（none）、またはCPU要求量に対する倍率
policy-sizing-assumed-memory-share = メモリの報告がない場合に要求する、インスタンスのメモリの割合
policy-sizing-production-min-replicas = 本番アプリの最小レプリカ数
policy-sizing-staging-min-replicas = ステージングアプリの最小レプリカ数
policy-sizing-min-history-days = 履歴不足と表示する日数の境界
policy-sizing-min-coverage = 欠測が多いと表示する、期待サンプル数に対する割合の境界
policy-sizing-saturation-percent = CPUが不足していたとみなすサンプルの使用率（%）
policy-sizing-saturation-share = CPU飽和と表示する、飽和サンプルの割合の境界
policy-sizing-memory-ceiling-percent = メモリ上限到達と表示する、マシンのメモリに対するピークの割合（%）
policy-sizing-over-request-share = 要求量の超過が多いと表示する、アプリ自身の週のうち、この規則では不足した週の割合の境界
policy-sizing-max-node-share = レプリカを分割する境界となる、空ノードに対する割合
policy-sizing-split-node-share = 分割後の各Podがノードに占める割合の上限
policy-sizing-max-split = 1レプリカの最大分割数

## calibrated

policy-calibrated = 環境名ごとの負荷試験の結果（履歴からの値より優先）

## cpu_speed

policy-cpu-speed = 各インスタンスファミリーの1 vCPUあたりの処理能力（c5世代を1とする）

## collect

policy-collect-one-minute-days = 1分間隔で取得する履歴の日数
policy-collect-five-minute-days = 5分間隔で取得する履歴の日数
policy-collect-hourly-days = 1時間間隔で取得する履歴の日数（グループのみ）
policy-collect-beanstalk-per-second = Elastic Beanstalkの毎秒呼び出し回数（アカウントとリージョンごと）
policy-collect-metric-data-per-second = GetMetricDataの毎秒呼び出し回数
policy-collect-data-points-per-second = GetMetricDataの毎秒データポイント数
policy-collect-list-metrics-per-second = ListMetricsの毎秒呼び出し回数
policy-collect-other-per-second = EC2、Auto Scaling、ロードバランシング、STSそれぞれの毎秒呼び出し回数
policy-collect-attempts = 呼び出しを断念するまでの試行回数（初回を含む）
policy-collect-pause-seconds = 2回目の試行までの秒数（ジッター付きで倍増し、最大20倍）

## rollout

policy-rollout-max-surge = ロールアウト中にアプリが追加するPodの割合
policy-rollout-concurrent-apps = 1クラスターで同時にロールアウトするアプリ数

## packing

policy-packing-max-nodes-per-group = グループあたりの最大ノード数（安全策）
policy-packing-percentile = 希望ノード数と最大ノード数で足りるべき、シミュレーションした順序の割合（%）：50、95、99のいずれか
policy-packing-simulated-orders = ノード数ごとにシミュレーションするデプロイ順序の数
policy-packing-search-steps = より少ないノード数を探索するステップ数（1ステップ約1マイクロ秒、グループとサイズごと）

## replay

policy-replay-enabled = 計画したクラスター上で履歴を再生するかどうか
policy-replay-holdout-days = 計画をもう一度作る時点（履歴の終わりから何日前か）。残りの日は、その計画にとって未知のデータとして再生します
policy-replay-pod-start-minutes = Podの作成からリクエストを処理できるまでの分数
policy-replay-node-start-minutes = オートスケーラーの判断から、ノードがPodを受け入れるまでの分数
policy-replay-rollout-days = 各アプリをロールアウトする間隔の日数（0は行わない）
policy-replay-daemon-use = デーモンとアドオンの使用量（リソース要求量に対する割合）
policy-replay-failure-slots = 障害を再生する時点の数
policy-replay-failure-minutes = 各障害を追跡する分数
policy-replay-failure-detection-minutes = ノードの障害から、Podが作り直されるまでの分数
policy-replay-memory-follows-load = 履歴から分からない場合に、アプリのメモリのうち負荷に従い得る割合
policy-replay-evictions-per-pod-week = 再生で許容する退避と強制終了の回数（1Pod週あたり）
policy-replay-starved-share = 再生で許容するCPU不足の割合（アプリ分に対して）

## daemons

policy-daemons = 全ノードで1つずつ動作するPodとそのリソース要求量

## addons

policy-addons = 各クラスター自身に必要なワークロードとそのレプリカ数、リソース要求量

## load_balancers

policy-load-balancers-apps-per-load-balancer = 同じクラスター、ステージ、スキームで1つのロードバランサーを共有するアプリ数
policy-load-balancers-give-up = ロードバランサーを共有するためにアプリが譲ってよい項目

## platform

policy-platform-domain = クラスター上のアプリ名に使うRoute 53のゾーン：NAME.CLUSTER.DOMAIN
policy-platform-registry = イメージのレジストリ（空：クラスターのアカウントとリージョンのECR）
policy-platform-log-bucket = 全ログを保存するバケット（空：CLUSTER-logs-ACCOUNT）
policy-platform-queue-daemon-image = ワーカーのキューのメッセージをアプリに渡すデーモンのイメージ（空：後で記入）
policy-platform-node-autoscaler = ノードを増減する仕組み：cluster-autoscalerまたはkarpenter
policy-platform-monitoring = メトリクスと検索用ログの送り先：datadogまたはcloudwatch
policy-platform-dns = CoreDNSのレプリカ追加以外のDNS高速化：none（なし）またはautopath
policy-platform-ci = プラットフォームのリポジトリを検査、適用する仕組み：circleciまたはgithub-actions
policy-platform-delivery = イメージをクラスターに配布する仕組み：spinnakerまたはargo-cd
policy-platform-admin-roles = クラスターを管理するロールのARN（空：クラスターの作成者のみ）
policy-platform-ci-role = プラットフォームのCIのロールのARN（空：bootstrap/が作成するplatform-ci）
policy-platform-delivery-role = SpinnakerまたはArgo CDがデプロイに使うロールのARN（空：CIと管理者のみデプロイ可能）
policy-platform-team-roles = アプリチームのロールと、担当するアプリケーション
policy-platform-apps-repository = Argo CD用に、apps/を置くgitリポジトリ（空：後で記入）
policy-platform-certificates = 各クラスターのアプリ名に使うACM証明書のARN
policy-platform-profile-roles = インスタンスプロファイル名ごとのロールのARN
policy-platform-web-acls = ロードバランサーの到達範囲ごとのWeb ACLのARN
policy-platform-namespaces = 本番とステージングの名前空間を分けるか：by-stageまたはby-application
policy-platform-quota-factor = 名前空間の上限（アプリの最大要求量に対する倍数）
policy-platform-network-policy = Podが受け入れる通信：own-namespace（ロードバランサーと監視を含む）またはnone（すべて）

## prices

policy-prices-overrides = 価格表より優先する価格（米ドル、1時間または1GB月あたり）
policy-prices-default-root-volume-type = 指定のないインスタンスのルートボリュームタイプ
policy-prices-host-agents = ホスト単位で課金されるエージェント（月額、米ドル）
policy-prices-extra = インベントリに現れない月額費用（現在と移行後、米ドル）
policy-prices-connections-per-request = 1リクエストあたりのロードバランサーへの新規接続数
policy-prices-connection-seconds = ロードバランサーへの接続が維持される秒数
policy-prices-kilobytes-per-request = リクエストと応答を合わせたサイズ（KB）
policy-prices-log-gb-per-instance-month = 1インスタンスがCloudWatchに送る月間ログ量（GB）
policy-prices-nat-gb-per-environment-month = パブリックアドレスを持つ環境が、ロードバランサー以外で送受信する月間通信量（GB）
policy-prices-spot-price-share = スポットインスタンスの価格（オンデマンド価格に対する割合）
policy-prices-auto-mode-fee-share = EKS Auto Modeの料金（オンデマンド価格に対する割合）
policy-prices-node-metrics = 各ノードのエージェントのCloudWatchカスタムメトリクス数（他に送る場合は0）
policy-prices-commitments = 稼働の有無にかかわらず、期日まで料金が発生するインスタンス
policy-prices-terms-term = オンデマンド以外の契約：1年または3年のリザーブドインスタンスかSavings Plans
policy-prices-terms-coverage = 常時稼働する時間のうち、契約でまかなう割合
policy-prices-terms-discounts = インスタンスファミリーごとの割引率（割合）
policy-prices-terms-spot-staging = ステージングをスポットノードで稼働させるか
policy-prices-terms-spot-workers = キューのワーカーをスポットノードで稼働させるか

## migration

policy-migration-apps-per-wave = 1ウェーブの最大環境数
policy-migration-weeks-per-wave = 1ウェーブの週数
policy-migration-parallel-weeks = 新旧両システムの並行稼働週数
policy-migration-preparation-weeks = 最初のウェーブまでの準備週数（クラスターの費用はすでに発生）
policy-migration-preparation-days = 準備の工数（人日）
policy-migration-days-per-small-app = Docker、ステートレス、十分に計測済みの環境1つあたりの工数（人日）
policy-migration-days-per-app = その他の環境1つあたりの工数（人日）
policy-migration-days-per-large-app = Windowsの環境、または人の対応が必要な環境1つあたりの工数（人日）
policy-migration-usd-per-day = 1人日の費用（米ドル）
policy-migration-horizon-months = 費用推移の対象月数
policy-migration-one-off = 一度だけ発生する費用（米ドル）

## currency

policy-currency-code = 合計を表示する通貨
policy-currency-per-usd = 1米ドルあたりのその通貨の額
policy-currency-rate-date = 為替レートの日付
policy-currency-consumption-tax = その通貨の合計に加える消費税率（割合）

## The three numbers of what is assumed

estimate-low = { $of }：下限ケース
estimate-expected = { $of }：標準（費用計算に使う値）
estimate-high = { $of }：上限ケース
