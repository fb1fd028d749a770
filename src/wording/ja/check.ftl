# The texts of src/check, in this folder's language.

## Words

note-defect-hint = eb2eksの不具合です。plan.jsonを添えて報告してください
amount-unknown = 不明
amount-in-billionths = 10億分の{ $nanos }
amount-too-much = 表示できない大きさ
hours-in-millionths = 100万分の{ $millionths }
class-planned = 移行対象
class-excluded = 対象外
class-unknown = 不明
class-seen = 把握
end-total = 合計
end-low = 下限
end-high = 上限
excess-cpu = CPU { $taken }m（上限{ $room }m）
excess-memory = メモリ{ $taken }バイト（上限{ $room }バイト）
excess-pods = Pod { $taken }個（上限{ $room }個）
loss-of-node = ノード{ $node }
loss-of-zone = AZ { $zone }の全ノード
month-never = 期間内になし
place-of-node = { $cluster }のノード{ $node }（配置「{ $placement }」）
resource-cpu = CPU
resource-memory = メモリ

## Subjects

subject-plan = 計画
subject-coverage = 対象の集計
subject-saving = 削減額
subject-alternatives = 代替案
subject-apps = アプリ別の削減額
subject-move = 移行作業
subject-month = { $month }か月目
subject-tornado = 感度分析
subject-reconciliation = 請求との照合
subject-node-types = ノードタイプ
subject-verdict =
    { $verdict ->
        [translated] 変換
        [infrastructure] インフラで対応
        [replaced] 代替
        [dropped] 廃止
        [manual] 手作業
       *[unknown] 不明
    }

## Accounting

note-plan-format = 形式は「{ $found }」だが、このバージョンが読めるのは「{ $known }」
note-plan-format-hint = このバージョンのeb2eksで計画を作り直してください
note-coverage = 集計では{ $class }が{ $stated }件だが、計画の一覧では{ $listed }件
note-coverage-sum = 把握は{ $seen }件だが、移行対象 + 対象外 + 不明 = { $sum }件
note-environment-twice = アカウント{ $account }の{ $region }にある環境{ $environment }の記載が{ $times }回
note-reason-missing = 環境{ $environment }が理由なしで残留
note-exclusion-ignored = ポリシーの[scope]で除外した環境{ $environment }が移行対象

## Names

note-name-invalid-app = Kubernetes名「{ $name }」がDNSラベル（a-z、0-9、-の1～63文字、先頭は英字）ではない
note-name-invalid-cluster = クラスター名「{ $name }」が英数字とハイフンの1～100文字ではない
note-name-invalid-addon = アドオン名「{ $name }」がDNSラベル（a-z、0-9、-の1～63文字）ではない
note-name-invalid-addon-hint = ポリシーの[[addons]]でアドオン名を変更してください
note-name-invalid-group = ノードグループ名「{ $name }」がDNSラベルではない
note-name-twice-app = Kubernetes名「{ $name }」が2つの環境で重複
note-name-twice-workload = クラスター{ $cluster }に「{ $name }」というワークロードが2つ存在
note-name-twice-group = クラスター{ $cluster }に「{ $name }」というノードグループが2つ存在
note-name-twice-node = クラスター{ $cluster }の配置「{ $placement }」に「{ $name }」というノードが2つ存在
note-clusters-differ = 計画のクラスターは{ $planned }、ポリシーの指定は{ $chosen }

## Workloads

note-app-clusters =
    { $stage ->
        [staging] ステージングのアプリの配置先クラスターは[{ $planned }]、ポリシーの指定は[{ $due }]
       *[production] 本番のアプリの配置先クラスターは[{ $planned }]、ポリシーの指定は[{ $due }]
    }
note-workload-missing = アプリ「{ $app }」はクラスター{ $cluster }向けに算出済みだが、そこにワークロードなし
note-workload-differs = クラスター{ $cluster }のアプリ「{ $app }」の{ $what }が、配置では{ $packed }、算出値では{ $sized }
differs-requests = リソース要求量
differs-stage = ステージ
differs-replicas = レプリカ数
differs-replicas-at-most = 最大レプリカ数
differs-surge = サージ
failover-and-surge = { $replicas }（フェイルオーバーとサージ）
note-workload-unowned = クラスター{ $cluster }のアプリ「{ $app }」に対応する計画対象の環境なし
note-addon-missing = アドオン「{ $addon }」がクラスター{ $cluster }にない
note-addon-differs = アドオン「{ $addon }」の配置は{ $requests }のレプリカ{ $replicas }個（最大{ $most }個）、ポリシーの指定はCPU { $cpu }、メモリ{ $memory }の{ $wanted }個
note-addon-unowned = クラスター{ $cluster }のアドオン「{ $addon }」がポリシーにない

## Requests

note-cpu-under-floor = CPU要求量{ $request }が下限{ $floor }未満
note-memory-under-floor = メモリ要求量{ $request }が下限{ $floor }未満
note-cpu-limit-under-request = CPUリミット{ $limit }がCPU要求量{ $request }未満
note-memory-limit-under-request = メモリリミット{ $limit }がメモリ要求量{ $request }未満
note-memory-origin = メモリは{ $origin }（{ $samples }サンプル、{ $peak }、想定値の印は{ $mark }）
memory-is-measured = 実測値
memory-is-assumed = 想定値
memory-with-peak = ピークあり
memory-without-peak = ピークなし
memory-is-marked = あり
memory-is-unmarked = なし
note-limit-under-peak = メモリリミット{ $limit } × { $pods }が、1インスタンスの使用量{ $peak }未満
note-evidence-memory-peak = メモリのピーク{ $peak }がインスタンスの{ $has }を超過
note-request-over-instance = メモリ要求量{ $request }がインスタンスの{ $has }を超過
note-request-over-instance-hint = リソース要求量の算出過程はeb2eks explainで確認できます
note-evidence-together = 全アプリ合計のピーク{ $together }が、各ピークの合計{ $sum }を超過
note-evidence-cpu-peak = CPUの平均{ $mean }またはp99 { $p99 }がピーク{ $peak }を超過
note-evidence-days = 要求量の超過が{ $over }日だが、観測は{ $observed }日
note-evidence-weeks = { $resource }の不足が{ $weeks }週中{ $violated }週
note-evidence-range = 範囲の終わりが始まりより小さい
note-autoscaling-bounds = オートスケーラーの範囲が{ $percent }%で{ $min }～{ $max } Pod
note-days-not-a-number = 根拠とした履歴が{ $days }日
note-share-not-a-number = 要求量を超過した日の割合の上限が{ $share }（0～1の範囲外）

## Replicas

note-replicas-at-full-load =
    { $stage ->
        [staging] 全負荷時のレプリカは{ $replicas }個、ステージングには{ $least }個必要
       *[production] 全負荷時のレプリカは{ $replicas }個、本番には{ $least }個必要
    }
note-replicas-none = 通常時のクラスター{ $cluster }にレプリカなし
note-replicas-alone = 単独稼働時のクラスター{ $cluster }のレプリカは{ $replicas }個、全負荷には{ $full_load }個必要
note-replicas-together = 全クラスター合計のレプリカは{ $replicas }個、全負荷には{ $full_load }個必要
note-instances-differ = 算出は{ $sized }インスタンス分、現在の稼働は{ $running }インスタンス
note-instances-differ-hint = レプリカ数の算出根拠はeb2eks explainで確認できます
note-split-allowed = 1インスタンスが{ $pods }個のPodになるが、許容範囲は1～{ $most }個
note-split-mark = 1インスタンスが{ $pods }個のPodになるが、分割の印（split）と矛盾

## Nodes

note-node-allocatable-cpu = CPU { $machine }から予約分{ $reserved }を引いた値が割り当て可能量{ $allocatable }と不一致
note-node-allocatable-memory = メモリ{ $machine }から不可視分{ $unseen }、予約分{ $reserved }、退避分{ $eviction }を引いた値が割り当て可能量{ $allocatable }と不一致
note-node-available = 割り当て可能量（{ $allocatable }、{ $pods } Pod）からデーモン分（{ $daemons }、{ $daemon_pods } Pod）を引いた値が利用可能量（{ $available }、{ $available_pods } Pod）と不一致
note-node-daemons =
    { $system ->
        [windows] 記載のデーモンは{ $stated }個（{ $requests }）、Windowsノードに対するポリシーの指定は{ $due }個（CPU { $cpu }m、メモリ{ $memory }バイト）
       *[linux] 記載のデーモンは{ $stated }個（{ $requests }）、Linuxノードに対するポリシーの指定は{ $due }個（CPU { $cpu }m、メモリ{ $memory }バイト）
    }
note-node-type = グループ「{ $group }」のノードは{ $type }、ポリシーの指定は{ $chosen }
note-node-max-pods = ノードあたり{ $pods } Pod、ポリシーの上限は{ $most } Pod
note-node-storage = { $pods }個のPodが各{ $storage }を書き込むと、{ $gib } GiBのボリュームを超過
note-node-unseen = メモリ{ $machine }のうち不可視分は{ $unseen }、ポリシーの割合は{ $share }
note-node-reserved-cpu = CPU { $machine }のうち予約分は{ $reserved }、nodeadmの予約は{ $due }
note-node-reserved-memory =
    { $system ->
        [windows] メモリの予約分は{ $reserved }、Windows上の{ $pods } Podには少なくとも{ $least }必要
       *[linux] メモリの予約分は{ $reserved }、Linux上の{ $pods } Podには少なくとも{ $least }必要
    }
note-node-eviction = 退避のしきい値は空きメモリ{ $stated }、kubeletでは{ $due }

## Node groups and placements

note-group-order = min { $min }、desired { $desired }、max { $max }の大小関係が不正
note-group-over-guard = maxが{ $max }ノード、ポリシーの上限は{ $allowed }ノード
note-group-nodes = { $key }は{ $size }、配置「{ $placement }」は{ $nodes }ノード
note-zone-unknown = ノード{ $node }のAZ { $zone }に、クラスター{ $cluster }のサブネットなし
note-zones-uneven = 配置「{ $placement }」のノード数が、あるAZでは{ $fewest }、別のAZでは{ $most }
note-zones-uneven-hint = Auto ScalingグループはAZを均等化するため、実際の配置は異なる可能性があります
note-realistic-bound = スケジューラーは{ $nodes }ノードに全Podを配置するとされるが、Podの必要量は{ $excess }
note-realistic-most = 必要とされるノード数が、Pod数またはポリシーの上限{ $allowed }を超過
note-realistic-largest = { $workload }のPodはノードの{ $stated }%とされるが、実際は{ $due }%
note-realistic-order = 順序の割合または耐障害性が上がるのに、ノード数が減少
note-realistic-holds = { $orders }回の試行中{ $holds }回で収容できるとの記載
note-realistic-desired = desiredは{ $desired }、オートスケーラーは{ $percentile }%で{ $wanted }まで増加
note-realistic-max = maxは{ $max }、オートスケーラーは{ $percentile }%で{ $wanted }まで増加
note-pods-unknown = { $place }の「{ $workload }」がクラスターのワークロードにない
note-pods-none = { $place }の「{ $workload }」にレプリカなし
note-pods-wrong-system = { $place }は{ $runs }、「{ $workload }」に必要なのは{ $needed }
note-pods-wrong-group = { $place }はグループ「{ $group }」、「{ $workload }」はグループ「{ $needed }」
note-node-overfull = { $place }の配置量は{ $excess }
note-replicas-unplaced = { $cluster }の配置「{ $placement }」にある「{ $workload }」のレプリカは{ $found }個、ワークロードでは{ $due }個
note-spread-uneven = { $place }に「{ $workload }」のレプリカ{ $replicas }個中{ $here }個が集中（均等なら{ $even }個）
note-spread-uneven-hint = スケジューラーのtopology spreadにより実際の配置は異なる可能性があります。そうでなければ集中の原因を確認してください
note-spread-one-node = 「{ $workload }」のレプリカ{ $replicas }個すべてが{ $place }に集中
note-spread-one-zone = 「{ $workload }」のレプリカ{ $replicas }個すべてが{ $cluster }のAZ { $zone }に集中（配置「{ $placement }」）
note-failure-not-survived = { $cluster }の{ $loss }に障害が起きると、本番とアドオンの必要量は残りのノードに対し{ $excess }
note-failure-unconfirmed = { $cluster }の{ $loss }にある本番のPodとアドオンが、残りのノードに収まることを確認できない
note-failure-unconfirmed-hint = ステージングが譲るか、グループにノードがもう1台必要な可能性があります。この計画に依拠する前に配置を確認してください

## Bounds and certificates

note-bound-order = パッキング「{ $packing }」の下限は{ $bound }、必要数は{ $needed }、記載は{ $shown }ノード
note-bound-broken = パッキング「{ $packing }」の必要数は{ $nodes }ノードとされるが、Podの必要量は{ $excess }
note-certificate-refused = パッキング「{ $packing }」の証明書は何も証明していない：{ $why }
note-certificate-numbers = パッキング「{ $packing }」の必要数は{ $nodes }ノード、下限は{ $bound }だが、証明書の証明は{ $bins }と{ $proven }
note-certificate-other = パッキング「{ $packing }」の証明書の対象が別のPodまたはノード
refused-format = 形式が「{ $known }」ではなく「{ $found }」
refused-length = { $what }の数値が{ $numbers }個、ビンのリソースは{ $resources }個
refused-too-large = { $what }が2^60を超過
refused-no-such-item = ビンにアイテム{ $position }があるが、アイテムは{ $items }個（0から数える）
refused-overfull = ビンのリソース{ $resource }の配置量{ $load }が、容量{ $capacity }を超過
refused-demand = アイテム{ $position }の配置は{ $packed }回、必要数は{ $demand }回
refused-bound = 下限は{ $bins }ビンとされるが、価格の合計{ $sum }を{ $best_pattern }で割って証明されるのは{ $proven }
refused-dearer = 1つのビンに価格{ $found }分のアイテムが入り、主張する{ $best_pattern }を超過
refused-unsettled = 1つのビンに価格{ $best_pattern }を超えるアイテムが入るか、{ $steps }ステップでは未確定
certificate-weights = 重み
certificate-capacity = 容量
certificate-item = アイテム{ $position }
certificate-price = アイテム{ $position }の価格
certificate-size = アイテム{ $position }のサイズ

## Bills

note-bill-twice = 「{ $bill }」という費用が2つ存在
note-bill-missing = 「{ $name }」という費用が{ $bills }個
note-bill-currency = 通貨が「{ $currency }」（AWSの定価はUSD）
note-line-amount = 費用「{ $bill }」：{ $item }の{ $quantity }{ $unit }は単価{ $price }で{ $due }だが、記載は{ $stated }
note-line-range = 費用「{ $bill }」：{ $item }の{ $amount }が{ $low }～{ $high }の範囲外
note-line-unexplained = 費用「{ $bill }」：{ $item }に数量の根拠または価格の出典なし
note-bill-total = 「{ $bill }」の{ $end }は{ $stated }、明細の合計は{ $sum }
note-bill-unpriced = 「{ $bill }」で価格のない明細は{ $lines }件、記載は{ $stated }件
note-saving-side = 削減額の計算に使われた「{ $side }」は{ $stated }、費用の合計は{ $total }
note-saving = { $today }から{ $after }を引くと{ $due }だが、記載は{ $stated }
note-saving-bound =
    削減額の区分は{ $stated ->
        [Exact] 確定値
        [AtLeast] 下限値
        [AtMost] 上限値
       *[Unknown] 不明
    }と記載されているが、価格のない明細からは{ $due ->
        [Exact] 確定値
        [AtLeast] 下限値
        [AtMost] 上限値
       *[Unknown] 不明
    }
note-environment-unbilled = 環境{ $environment }の{ $instances }インスタンスが費用「現状」のどの明細にもない
note-environment-stays-unbilled = 残留する環境{ $environment }の{ $instances }インスタンスが費用「移行後」のどの明細にもない
note-node-hours =
    { $system ->
        [windows] 費用「移行後」で{ $cluster }に計上された{ $type } Windowsは{ $charged }時間、ノードの稼働は{ $due }時間
       *[linux] 費用「移行後」で{ $cluster }に計上された{ $type } Linuxは{ $charged }時間、ノードの稼働は{ $due }時間
    }

## Beside the bills

note-sum = { $what }は{ $stated }、内訳の合計は{ $due }
sum-of-apps = 費用明細「{ $bill }」
sum-total = 合計
sum-total-with-terms = 契約割引を含む合計
sum-saving = 削減額
sum-saving-with-terms = 契約割引を含む削減額
sum-net = 純額
sum-of-months = 累計
sum-once = 一時費用
sum-swing = 振れ幅
sum-difference = 差額
sum-difference-explained = 差額の内訳
sum-estimate = 見積もり
sum-bill = 請求
sum-sold-by-aws = 現状の費用のうちAWSが請求する分
note-app-saving-rows = 配分された費用の行が1行ではなく{ $count }行ある
note-alternatives-missing = 計画の比較対象なし
note-alternative-missing = 「{ $bill }」が含まれていない
note-alternative-bill = 「{ $bill }」または「{ $terms }」という費用なし
note-alternative-likely = 見込みは{ $low }～{ $high }、合計は{ $monthly }
note-recommended-twice = { $count }件が推奨
note-recommended-fails = 推奨だが{ $failure }の障害に対応していない
note-terms-over-hours = 「{ $terms }」の割引対象は{ $type }の{ $takes }時間、費用では{ $has }時間
note-wave = 移行するウェーブが{ $waves }個
note-wave-of-nobody = ウェーブに含まれるが、移行対象ではない
note-wave-order = 前のウェーブに続いていないか、開始前に終了
note-wave-turn = 移行ウェーブ{ $wave }はフェーズ{ $phase }に属さない
note-wave-people = ウェーブの工数は100万分の{ $waves }人日、費用では{ $billed }
note-curve-place = { $place }番目に位置
note-curve-stay = 残留時の費用{ $stay }が現状の費用と不一致
note-break-even = 回収は{ $stated }と記載されているが、収支曲線では{ $due }
note-scenario-missing = 存在しない
note-tornado-order = 行が振れ幅の順に並んでいない
note-currency-rate = 「{ $bill }」がドル額をレート{ $rate }で換算した値と不一致
note-node-types-plans = 本計画とされる行が{ $rows }行
note-node-types-plan = 行のノード数は{ $nodes }と{ $max_nodes }、計画では{ $desired }と{ $max }、または合計が異なる
note-node-types-plan-infeasible = 本計画自体が実現不可能とされている
note-node-types-saving = 削減額が、本計画の合計からその合計を引いた値と不一致
note-node-types-order = 行が価格順に並んでいない

## Settings

note-option-unknown = 設定番号{ $number }が{ $options }個のオプションにない
note-option-coverage = 設定の記載は{ $stated }件、実際は{ $found }件
note-autoscaler-bounds = { $cluster }のオートスケーラーの範囲は{ $least }～{ $most } Pod、配置は{ $packed } Pod
note-manifest-clusters = マニフェストの対象クラスターがPodのクラスターと異なる
note-entrance-group = ロードバランサーが、アプリが共有するもののいずれでもない
note-entrance-reach = アプリは{ $app }、ロードバランサーは{ $balancer }
note-process-missing = ロードバランサーの送り先プロセス{ $process }が存在しない（ファイルが作成されない）
note-port-twice = ロードバランサーのポート{ $port }が重複
note-balancers-billed = 費用では{ $scheme }の{ $kind }ロードバランサーが{ $billed }台、マニフェストでは{ $created }台
note-host-twice = 同じDNS名のアプリがほかに存在
note-dns-replicas = { $cluster }のCoreDNSのレプリカ数の指定がない
note-grace-cut-off = Podの終了に最長{ $needed }秒かかるのに対し、{ $cluster }の待機時間は{ $waits }秒
note-grace-unknown = { $cluster }がPodの終了を待つ時間の指定がない
note-log-days = CloudWatchがPodのログを保持する日数の指定がない
note-namespace-bounds = { $cluster }の名前空間{ $namespace }の上限の指定がない
note-pod-requests = コンテナのリソース要求量は{ $containers }、配置されたPodは{ $pod }
note-replay-kept = 再生が許容範囲内かどうかは{ $kept }とありますが、数値とポリシーは逆を示しています。
note-replay-sum = 履歴の再生の{ $what }は{ $sum }ですが、内訳の合計は{ $parts }です。
