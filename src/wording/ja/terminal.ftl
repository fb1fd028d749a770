# ターミナルへの出力：plan、replay、explain、compare

## plan

terminal-basis = 前提：{ $basis }。
terminal-note = データについて：{ $note }
terminal-incomplete = 不完全：{ $all }件中{ $incomplete }件のアカウントとリージョンを完全には読み取れませんでした。
terminal-needed = 必要台数
terminal-simulated = シミュレーション
terminal-no-nodes = 移行対象の環境がないため、ノードグループはありません。
terminal-not-replayed = このクラスターでの履歴の再生は行っていません（replay.enabled）。
terminal-replay = 履歴の再生
terminal-replay-seen = 計画に使った期間
terminal-replay-unseen = 計画に使っていない期間
terminal-replay-year = その前の1年
terminal-replay-own = 計画時の履歴
terminal-replay-this = この履歴
terminal-over = 要求超過
terminal-evicted = 退避
terminal-killed = 強制終了
terminal-cpu-share = CPU（%）
terminal-memory-share = メモリ（%）
terminal-promise = { $unseen ->
    [yes] 計画に使っていない{ $days }日間
   *[no] 計画に使った{ $days }日間
 }の再生結果：退避{ $evictions }回、強制終了{ $kills }回、CPU不足{ $starved }アプリ分（{ $weeks } Pod週あたり）。{ $kept ->
    [yes] ポリシーの許容範囲内です。
   *[no] ポリシーの許容範囲を超えています。
 }
terminal-fewest-nodes = 同じ再生は、{ $planned }台のうち{ $enough }台でも合格します。実際の最大使用量は{ $in_use }台分です。
terminal-losses = 最も厳しい時点での障害：{ $losses }。
terminal-loss-node = ノード障害では{ $cases }件中{ $starved }件でアプリのCPUが不足
terminal-loss-zone = AZ障害では{ $cases }件中{ $starved }件でアプリのCPUが不足
terminal-loss-cluster = もう一方のクラスターの障害では{ $cases }件中{ $starved }件でアプリのCPUが不足
terminal-no-loss = 障害の再生は行っていません。
terminal-app = アプリ
terminal-nobody-hurt = 影響を受けたアプリはありません。
terminal-total = 合計
terminal-alternatives = 選択肢
terminal-payback = 回収（か月）
terminal-to-make = ファイルの作成：
terminal-to-try = 最も効果の大きい変更を加えた計画：
terminal-nothing-to-do = 対応が必要な項目はありません。
terminal-to-do = 対応が必要な項目：
terminal-more-advice = このほか助言が{ $advice }件あります（report.mdを参照）。
terminal-more = このほか対応項目が{ $findings }種類、助言が{ $advice }種類あります（report.mdを参照）。
terminal-and-more = { $names }、ほか{ $count }件
terminal-why = 各数値の根拠：
terminal-wrote = { $place }に{ $files }ファイルを書き込みました。最初にreport.htmlをご覧ください
terminal-nothing-written = ファイルは書き込んでいません。レポートとすべてのファイルを作成するには：{ $command }
terminal-incomplete-plan = 計画は不完全です（終了コード3）：{ $unknown }

## explain

explain-none-running = 稼働なし
explain-application = アプリケーション
explain-environment = 環境
explain-environment-is = { $id }、{ $tier }、{ $stage }
explain-account = アカウント
explain-platform = プラットフォーム
explain-instances = 現在のインスタンス
explain-moves = { $name }として、ノードグループ{ $group }へ移行します。
explain-stays = Elastic Beanstalkに残ります：{ $reason }。
explain-stays-unknown = 情報が不足しているため、Elastic Beanstalkに残ります：{ $reason }。
explain-requests = 1レプリカのリソース要求量とリミット
explain-no-limit = なし
explain-evidence = 根拠
explain-history = 履歴
explain-history-days = { $days }日間。要求量は直近{ $fit }日間から算出
explain-cpu = CPU
explain-memory = メモリ
explain-samples = { $expected }サンプル中{ $present }サンプル{ $rejected ->
    [0] { "" }
   *[other] （うち{ $rejected }サンプルは異常値として除外）
 }
explain-samples-from = { $samples }、取得元：{ $sources }
explain-cpu-of-instance = 1インスタンスのCPU
explain-cpu-of-replica = 1レプリカのCPU
explain-cpu-levels = 平均{ $mean }、p99 { $p99 }、最大{ $peak }
explain-cpu-of-app = アプリ全体のCPU
explain-rhythm = 閑散時{ $quiet }、通常時{ $usual }、繁忙時{ $busy }。サンプル間の増加は{ $rise }倍
explain-trend = 月{ $change }
explain-year-peak = 年間の最大は観測値の{ $peak }倍
explain-over = 要求量の超過
explain-over-days = 観測した{ $observed }日のうち{ $over }日。どの日も同様と仮定すると多くても{ $most }の日（信頼度95%）
explain-own-weeks = 自アプリの週
explain-no-own-week = 判定できる週がありません
explain-own-weeks-judged = この算出方法では、レプリカの{ $weeks }週のうち{ $violated }週で不足
explain-cpu-request = CPU要求量
explain-memory-request = メモリ要求量
explain-grade = 評価{ $grade }、範囲{ $low }～{ $high }
explain-better-with = 精度を上げるには：{ $with }
explain-measured = 計測値
explain-assumed = 仮定：計測値ではなく、インスタンスタイプからの上限
explain-memory-peak = メモリの最大
explain-memory-peak-is = { $peak }（インスタンスの搭載量は{ $has }）
explain-never-reported = 未計測
explain-careful = 注意点
explain-agent = メモリを計測するには
explain-agent-linux = アプリケーションの.ebextensions/cwagent.configとして：
explain-agent-windows = CloudWatchエージェントをインストールし、カウンター「Memory」の「% Committed Bytes In Use」をディメンションInstanceIdで収集してください。
explain-agent-after = 2週間後に再度collectを実行してください。インスタンスプロファイルには管理ポリシーCloudWatchAgentServerPolicyが必要です。
explain-steps = 各数値の算出過程（角括弧内は従うポリシーのキー）
explain-replicas = レプリカ数
explain-replicas-today = 現在{ $instances }インスタンス{ $pods ->
    [1] { "" }
   *[other] （それぞれ{ $pods } Podになります）
 }。全負荷時：{ $replicas }レプリカ。
explain-replicas-on = 通常{ $normal }、このクラスターだけで稼働するとき{ $failover }、ロールアウト中は追加で{ $surge }
explain-placement = 本計画での配置（収まることの確認）
explain-normally = 通常時
explain-at-most = 最大時
explain-scheduler = ノードグループのスケジューリング結果
explain-scheduled = { $orders }回の試行の50 / 95 / 99%で{ $nodes }台、計画では{ $planned }台
explain-largest-pod = このアプリのPodがグループ内で最大（ノードの{ $percent }%）
explain-cost-today = 現在の費用（月額）
explain-no-line = 現在の費用に、この環境の明細はありません。
explain-unknown = 不明
explain-unknown-price = 単価不明
explain-at-price = 単価{ $price }
explain-namesakes = 同じ名前の{ $count }環境すべての明細です。
explain-replayed = 履歴の再生：
explain-days-seen = 計画に使った期間
explain-days-unseen = 計画に使っていない期間
explain-replayed-app = { $minutes }分のうちCPU不足{ $starved }分、CPU要求量の超過{ $over }分、待機{ $waiting } Pod分、退避{ $evictions }回、強制終了{ $kills }回。1クラスターのPod数は{ $fewest }～{ $most }
explain-highest = 1 Podへの負荷は{ $moment }に最大となり、CPU要求量の{ $percent }%でした。
explain-worst-day = 再生で最も厳しかった日（{ $cluster }、{ $moment }から）：
explain-hour = 時
explain-asked = 必要CPU
explain-pods = Pod数
explain-busiest-pod = 最繁忙のPod
explain-largest = 最大のPod
explain-missing = 不足
explain-worst-day-legend = Pod数：稼働していた最少数／存在した最大数。不足：必要だったが割り当てられなかった量（ミリコア分）。
explain-options-of = { $name }のオプション設定
explain-options-count = 設定は{ $all }件です：設定済み{ $set }件、収集時に値を破棄した設定{ $redacted }件、Beanstalkの既定値{ $default }件、値なし{ $unset }件。{ $unknown ->
    [0] 不明なものはありません。
   *[other] 不明は{ $unknown }件です。
 }
explain-option = オプション
explain-option-today = 現在
explain-becomes = 移行後
explain-state-redacted = 設定済み（値は破棄）：{ $names }
explain-state-default = 既定値：{ $names }
explain-state-unset = 未設定：{ $names }
explain-in-manifests = マニフェストへの反映
explain-field = フィールド
explain-value = 値
explain-from = 根拠
explain-nothing-to-settle = 事前に解決すべき項目：設定からは見つかりませんでした。
explain-to-settle = 事前に解決すべき項目
explain-what = 項目
explain-why-and-what-to-do = 理由と対応
explain-who = 担当
explain-when = 移行の順番
explain-turn = 第{ $wave }ウェーブ、フェーズ{ $phase }

## compare

compare-other-snapshots = 注意：スナップショットが異なる計画です。費用の差には、観測内容の違いも含まれます。
compare-savings = 月間の削減額：{ $savings }。
compare-choice = 選択
compare-number = 数値
compare-bill = 費用「{ $bill }」（米ドル、月額）
compare-same-lines = 同じ明細{ $count }件
compare-unknown = 不明（{ $quantity }）
