# The texts of src/translate, in this folder's language.

## Verdicts

verdict-translated = 変換
verdict-infrastructure = インフラで対応
verdict-replaced = 代替
verdict-dropped = 廃止
verdict-manual = 手作業
verdict-unknown = 不明

## Words

platform-other = その他
owner-app-team = アプリチーム
owner-platform-team = プラットフォームチーム
owner-database-team = データベースチーム
owner-network-team = ネットワークチーム
effort-hours = 数時間
effort-days = 数日
effort-weeks = 数週間

## What only a human can do

blocker-database-kept = 環境に属するデータベースがあり、環境を削除しても保持される（DBDeletionPolicy Retain）
blocker-database-snapshot = 環境に属するデータベースがあり、環境を削除するとスナップショットしか残らない（DBDeletionPolicy Snapshot）
blocker-database-deleted = 環境に属するデータベースがあり、環境を削除すると【データベースも削除される】（DBDeletionPolicy Delete）
blocker-database-remedy = DBDeletionPolicyをRetainに、続いてHasCoupledDatabaseをfalseに設定し、RDS_*をシークレットに保存して、ノードのセキュリティグループを許可してください
blocker-queue = キューはBeanstalkが作成したもので、中のメッセージごと環境とともに削除される
blocker-queue-remedy = 同じリドライブポリシーの専用キューを作成し、送信元とWorkerQueueURLを新しいキューに向け、古いキューが空になるのを待ってください
blocker-image = マシンイメージ{ $image }が、同じプラットフォームの他の環境と異なる
blocker-image-remedy = イメージの追加内容を調べ、Dockerfileに移してください
blocker-extensions-of-a-bucket = 拡張をバケットから読み込んでいる（ExternalExtensionsS3Bucket）
blocker-custom-options = .ebextensionsのみが読むカスタムオプションが{ $options }個設定されている
blocker-extensions-remedy = すべての.ebextensionsファイルを確認してください：パッケージとファイルはDockerfileへ、leader_onlyのコマンドはJobへ、リソースはTerraformへ移します
blocker-fixed-address = 固定アドレスを持つ単一インスタンス（EnvironmentType SingleInstance）
blocker-fixed-address-remedy = このアドレスを使っている相手を調べてください：呼び出し元にはロードバランサーの名前を、アドレスを許可している相手にはNATゲートウェイのアドレスを伝えます
blocker-outbound-address = 現在のインスタンスは自身のパブリックアドレスから、PodはNATゲートウェイのアドレスから外部に接続する
blocker-outbound-address-remedy = 接続元アドレスを許可している相手に連絡してください
blocker-sticky-sessions = クライアントが特定のインスタンスに固定される（スティッキーセッション）。Podは入れ替わり、2つのクラスターは互いのCookieを共有しない
blocker-sticky-sessions-remedy = セッションを全Pod共有のストアに保存し、その後スティッキーセッションを無効にしてください
blocker-windows = Windows上で稼働
blocker-windows-remedy = ノードのWindowsバージョンに合わせたWindowsコンテナイメージをビルドし、必要なレジストリ、サービス、COMオブジェクトを調べてください
blocker-directory = インスタンスがActive Directoryドメインに参加している
blocker-directory-remedy = WindowsノードにgMSAとGMSACredentialSpecを設定し、その名前をPodに指定してください
blocker-schedules = スケジュールされたアクションが{ $actions }個あり、増やす動作と元に戻す動作の1組ではない
blocker-schedules-remedy = ScaledObjectのcronトリガーを手作業で記述してください
blocker-network-balancer = Network Load Balancer（ポート{ $ports }）：アドレスが変わる
blocker-network-balancer-remedy = このアドレスを使っている相手を調べ、いる場合は新しいロードバランサーにElastic IPを割り当ててください
blocker-volumes = ルートボリューム以外のボリュームが{ $volumes }個（BlockDeviceMappings）
blocker-volumes-remedy = ボリュームの内容を調べてください：一時データはemptyDirへ、永続データはデータベース、S3、EFSのいずれかへ移します

## Values of manifests, and what they are made from

value-a-connection = TCP接続
from-no-listener = リスナーの設定なし：Beanstalkの既定値
from-http-connections = HttpConnections：1つのPodが同時に処理するメッセージ数
from-process-port = プロセスのPort
from-behind-the-proxy = { $platform }アプリがBeanstalkのプロキシ（Podにはない）の背後で待ち受けるポート（ポート{ $port }はプロキシのもの）
from-todays-health-check = 現在のヘルスチェック
from-nothing-set = 設定なし：Beanstalkの既定値
from-rolling = DeploymentPolicy Rolling（{ $batch }ずつ、同時に最大で半数）
from-all-at-once = DeploymentPolicy AllAtOnceは全停止するが、停止は不要：ノード計画に合わせて{ $planned }を追加
from-deployment-policy = DeploymentPolicy { $policy }で{ $wanted }を追加。ノード計画上の上限は{ $planned }（rollout.max_surge）
deployment-policy-other = （その他の種類）
from-timeouts = デプロイのTimeoutにBeanstalkの{ $seconds }秒を加えた値、ローリングアップデートのTimeout、Podの終了時間に1分を加えた値のうち最も長いもの
from-cooldown = Auto ScalingグループのCooldown（最大1時間）
from-inactivity-timeout = InactivityTimeout { $seconds }秒（メッセージ処理の最長時間）に{ $grace }秒を加えた値
from-deregistration-delay = 登録解除の遅延{ $delay }秒に、コントローラーがPodの登録を解除するまでの{ $controller }秒を加えた値
from-pre-stop = preStopの{ $seconds }秒に、アプリが自ら終了するための{ $grace }秒を加えた値

## Options

option-platform-image = プラットフォームのイメージ：同じプラットフォームの他の環境も使用

## What takes the place of an option: see options.csv

option-target-config-map-or-secret = ConfigMapまたはExternalSecret
option-target-ingress-or-none = Ingress、またはなし
option-target-ingress-or-service = Ingress、またはLoadBalancerタイプのService
option-target-java-options-and-floor = JAVA_TOOL_OPTIONS、メモリリクエストの下限
option-target-open-telemetry = OpenTelemetryコレクター
option-target-volume-claim-or-empty-dir = PersistentVolumeClaimまたはemptyDir
option-target-service = LoadBalancerタイプのService
option-target-service-account = ServiceAccountとEKS Pod Identityの関連付け
option-target-windows-image = Windowsイメージ
option-target-alerts = 監視のアラート
option-target-ingress-back-end = Ingressのバックエンド
option-target-base-image = ベースイメージ
option-target-autoscaler-behavior = HorizontalPodAutoscalerのbehavior
option-target-pipeline-check = デリバリーパイプラインの検査
option-target-image-command = イメージのコマンド
option-target-cron-trigger = KEDA ScaledObjectのcronトリガー
option-target-database-outside = クラスター外のデータベース
option-target-cluster-events = クラスターのイベントとメトリクス
option-target-log-retention = fluent-bitとロググループの保持期間
option-target-logs-to-bucket = fluent-bitによるS3への転送
option-target-gmsa = WindowsノードのgMSA
option-target-image = イメージ
option-target-container-image = コンテナのイメージ
option-target-launch-template = ノードの起動テンプレート
option-target-policy-listener = ポリシーの対象リスナー
option-target-autoscaler-metric = HorizontalPodAutoscalerのメトリクス
option-target-metrics-agent = メトリクスエージェント
option-target-nginx-or-cdn = イメージ内のnginxまたはCDN
option-target-node-upgrades = ノードグループのアップグレード
option-target-node-upgrades-and-images = ノードグループのアップグレード、イメージの再ビルド
option-target-ingress-order = Ingressのルールの順序
option-target-php-ini = イメージのphp.ini
option-target-private-nodes = NAT配下のプライベートノード
option-target-probes-and-agent = プローブとメトリクスエージェント
option-target-policy-process = ポリシーの対象プロセス
option-target-readiness-and-health = readinessProbeとロードバランサーのヘルスチェック
option-target-redrive-policy = キューのリドライブポリシー
option-target-replicas = replicasとminReplicas
option-target-requests = リクエストとリミット
option-target-requests-and-node-type = リクエストとリミット、ノードタイプ
option-target-restart = kubeletによる再起動
option-target-queue-retention = キューの保持期間
option-target-rolling-update = rollingUpdate.maxSurgeまたはmaxUnavailable
option-target-ingress-rules = Ingressのルール
option-target-node-security-groups = ノードのセキュリティグループ
option-target-node-and-pod-security-groups = ノードのセキュリティグループ、SecurityGroupPolicy
option-target-elb-policies = aws:elb:policiesを参照
option-target-spot-nodes = スポットのノードグループ
option-target-sidecar = sqsdサイドカー
option-target-sidecar-and-trigger = sqsdサイドカー、KEDAのaws-sqs-queueトリガー
option-target-sidecar-and-queue-length = sqsdサイドカー、KEDAのqueueLength
option-target-sidecar-and-grace = sqsdサイドカー、terminationGracePeriodSeconds
option-target-autoscaler-target = HorizontalPodAutoscalerの目標値
option-target-wsgi-threads = WSGIサーバーのスレッド数
option-target-zone-spread = AZにまたがるtopologySpreadConstraints、クラスターのサブネット
option-target-update-config = ノードグループのupdateConfig
option-target-node-volume = ノードのボリューム
option-target-node-volume-and-storage = ノードのボリューム、ephemeral-storage
option-target-cluster-vpc = クラスターのvpc.id
option-target-cluster-subnets = クラスターのvpc.subnets.private
option-target-cdn-weight = CDNにおける2番目のクラスターの重み
option-target-wsgi-workers = WSGIサーバーのワーカー数、メモリリクエストの下限

## What to know of an option: see options.csv

option-note-all-at-once = AllAtOnceではデプロイのたびに停止時間が生じるが、ローリングアップデートでは生じない
option-note-command-timeout = Beanstalkが240秒を加算
option-note-beanstalks-role = Beanstalk自身のロール
option-note-service-role = Beanstalk自身のロール。アプリに代わって動作するものはない
option-note-perm-size = Java 8以降にはPermanent領域がない
option-note-windows-domain = WindowsのPodはgMSA（グループ管理サービスアカウント）でドメインに参加
option-note-iam-certificate = IAMの証明書はACMの証明書に移行すること
option-note-proxy-protocol = Network Load BalancerはProxy Protocol v2を使うため、アプリ側の対応も必要
option-note-template-parameter = プラットフォームが自身のテンプレート用に生成するパラメーター
option-note-readiness-counts = Podが有効になるのはreadinessProbeの成功後
option-note-key-name = Podにはkubectl exec、ノードにはSession Managerで接続
option-note-beanstalks-queue = Beanstalkが作成したキューは環境とともに削除される
option-note-ignore-health = readinessを無視するローリングアップデートは利用者を切断するため、kubectl rolloutを使用
option-note-single-instance = 単一インスタンスは固定アドレスを持ち、ロードバランサーを持たない
option-note-own-volume = インスタンスごとの専用ボリューム：Podより長く残すべきデータを決めること
option-note-cross-zone = Application Load Balancerは常にAZをまたいで負荷分散する
option-note-back-end-keys = Application Load Balancerはバックエンドを検証しない
option-note-queue-attribute = キューの属性：キュー側でそのまま維持
option-note-canary = クラスター単位のカナリア：パイプラインはまず1つのクラスターにデプロイする
option-note-target-runtime = これに合わせてベースイメージを選択
option-note-static-files = イメージにコピー
option-note-health-metrics = Beanstalkのヘルスエージェントのカスタムメトリクス
option-note-admitted-groups = これらのグループを許可しているデータベースとキャッシュは、ノードも許可する必要がある：ポリシーのnodes.security_groups
option-note-coupled-database = 先に分離すること：DBDeletionPolicyで保持またはスナップショットを選び、その後HasCoupledDatabase = false
option-note-deprecated = 非推奨
option-note-deprecated-target = 非推奨（後継はApplication Healthcheck URL）
option-note-imds = eksctlはIMDSv2を必須にし、PodはPod Identityから認証情報を取得する
option-note-external-extensions = ソースバンドル外の拡張：移行前に内容を確認
option-note-type-family = インスタンスタイプから決まる
option-note-sizing-input = サイジングの入力
option-note-min-size = サイジングの入力：レプリカ数はAuto Scalingグループの希望数に従う
option-note-max-size = サイジングの入力。クラスターの収容数は需要から決まる
option-note-instance-replacement = インスタンスの入れ替えはノード側の管理事項
option-note-tags = ラベルとノードグループのタグで代替
option-note-rebalancing = マネージドノードグループがスポット容量を自動で再調整
option-note-no-liveness = livenessProbeには変換しない：誤ったlivenessProbeは正常なPodを停止させる
option-note-maintenance-window = ローリングアップデートにメンテナンスウィンドウは不要
option-note-drained = ノードは1台ずつドレインされる
option-note-health-agent = Beanstalkのヘルスエージェントの設定
option-note-instance-launch = インスタンス起動時の設定
option-note-environment-launch = 環境作成時の設定
option-note-old-option = 旧プラットフォームのオプション
option-note-root-volume = ルートボリュームはアプリごとではなくノードごとに1つ
option-note-one-target = 2つのしきい値を1つの目標値で代替。目標値は需要の増加の速さから決まる
option-note-old-platform = 旧プラットフォームのオプション：効果を確認し、Dockerfileに反映
option-note-hooks = プラットフォームの一部であり、Podでは動作しない
option-note-percent-of-request = CPUリクエストに対する百分率
option-note-no-sshd = Podにsshdはない
option-note-custom-option = .ebextensionsのみが読む値：そちらを確認
option-note-repeated-variables = aws:elasticbeanstalk:application:environmentの内容を1つのテキストにまとめたもの
option-note-monitoring-interval = 履歴の粒度を示す値。Podのメトリクスの方が細かい
option-note-measure = CPUでスケール。現在の指標がCPU以外なら、目標値を負荷試験で確認
option-note-app-pool = Dockerfileで設定：appcmd set apppool
option-note-scale-up = 不足するPod数はオートスケーラーが計算する
option-note-scale-down = 余分なPod数はオートスケーラーが計算する
option-note-autoscaler-period = オートスケーラーは15秒ごとに確認する
option-note-autoscaler-average = オートスケーラーはPodの平均値を使う
option-note-controllers-group = コントローラーが独自のグループを管理する
option-note-tracing = インスタンスのデーモンはクラスターのコレクターに置き換わる
option-note-database-subnets = データベースはクラスター外に残る
option-note-shared-balancer = Ingressグループは、現在の共有ロードバランサーとは別の独立したロードバランサー
option-note-kubelet-codes = kubeletが成功とみなすのは200～399のみ
option-note-no-proxy = ロードバランサーはプロキシを介さずにアプリと通信する
option-note-longer-timeout = この値とデプロイのタイムアウトのうち長い方
option-note-patches = 今後はイメージの所有者がパッチを適用する
option-note-spot = 計画はオンデマンドノードで試算。スポットグループは今後の選択肢
option-note-external-secrets = external-secretsのロールに読み取り権限が必要
option-note-instance-profile = プロファイルのロールがpods.eks.amazonaws.comを信頼する必要がある
option-note-source-bundle = ソースバンドルはコンテナイメージになる
option-note-cluster-mode = この環境はすでにEKS上で稼働中
option-note-undocumented = 文書化されていない、Beanstalkが書き込む値
option-note-variables = スナップショットに残った値はコピーし、秘密情報はAWS Secrets Managerに保存
option-note-custom-image = カスタムマシンイメージの内容はDockerfileに移す。プラットフォームのイメージなら対応不要
option-note-instance-port = プロセスが別のポートを指定していない場合
option-note-notifications = 現在の通知先には、今後は監視から通知する
option-note-public-addresses = 現在のパブリックアドレスを許可している相手には、NATゲートウェイのアドレスの許可が必要
option-note-by-beanstalk = Beanstalkが書き込む値
