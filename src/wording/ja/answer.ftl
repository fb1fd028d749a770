# 各レポートの結論と、折りたたまれた節の1行要約。

## Verdict

verdict-as-asked = 費用面の結論：指定どおりの構成での移行を推奨します。
verdict-otherwise = 費用面の結論：移行を推奨します。ただし指定どおりではなく、推奨構成で行います。
verdict-not = 費用面の結論：移行は推奨しません。
verdict-nothing = 結論なし：現状維持と比較されていません。
answer-recommended-saves = 推奨構成（{ $title }）の費用は月額約**{ $monthly }**で、現在の**{ $today }**に対して月額{ $saving }の純減です。一時費用{ $once }は{ $back }。
answer-recommended-costs = ポリシーが求める障害に対応する最安の計画（{ $title }）でも、費用は月額約**{ $monthly }**で、現在の**{ $today }**より月額{ $more }高く、ほかに一時費用{ $once }がかかります。
answer-asked-saves = 指定どおりの計画の費用は月額約**{ $monthly }**で、現在の**{ $today }**に対して月額{ $saving }の純減です。同じ障害に対応し、より安価な計画はありません。一時費用{ $once }は{ $back }。
answer-asked-costs = 指定どおりの計画の費用は月額約**{ $monthly }**で、現在の**{ $today }**より月額{ $more }高く、ほかに一時費用{ $once }がかかります。同じ障害に対応し、より安価な計画はありません。
answer-as-asked-saves = 指定どおりの場合は月額{ $monthly }で、{ $saving }の純減です。一時費用は{ $back }。
answer-as-asked-costs = 指定どおりの場合は月額{ $monthly }で、現在より{ $more }高くなります。
answer-elsewhere = 費用だけで見れば、より効果の大きい方法があります：{ $title }（月額{ $saving }の削減、一時費用{ $once }は{ $back }。対応する障害：{ $survives }）。
answer-unpriced-lines = 費用明細「{ $bill }」の{ $count }件
unpriced-at-most = ＊価格のない明細：{ $lines }。同種の明細の最高価格を上限とすると、影響は月額で最大{ $most }です。
unpriced-unbounded = ＊価格のない明細：{ $lines }。同種の明細に価格がないため、上限を示せません。
answer-currency = この2ページの金額は{ $code }建てです（1米ドル＝{ $rate }、{ $day }のレート）。費用明細とその表は米ドル建てです。
in-both = { $amount }（{ $dollars }）
payback-in = { $month }か月目に回収できます
payback-never = { $months }か月以内に回収できません

## The three columns

columns-caption = 推奨構成・指定どおり・現状の比較
recommended-column = 推奨構成
as-asked-column = 指定どおり
as-it-is-column = 現状維持
cheapest-column = EKSの最安構成
named-cheapest = EKSの最安：{ $name }
next-cheapest = **次の手順：**EKSの最安構成とそのファイルは{ "`eb2eks plan SNAPSHOT --choose recommended --out DIR`" }で確認できます。
answer-cheapest-saves = ポリシーが求める障害に対応する最安の計画（{ $title }）の費用は月額約**{ $monthly }**で、現在の**{ $today }**に対して月額{ $saving }の純減ですが、一時費用{ $once }は{ $back }。
recommended-as-asked-column = 推奨：指定どおり
compared-column = 比較項目
row-what = 構成
row-monthly = 月額費用
row-likely = 見込みの幅（10件中9件）
row-saving = 月額の純減額
row-once = 一時費用
row-payback = 回収
row-cumulative = { $months }か月累計
row-survives = 対応する障害
row-replay = 記録済み負荷の再生結果
row-machines = 平均稼働台数
payback-month = { $month }か月目
payback-not-within = { $months }か月以内に回収できず
survives-nothing = 確実なものはなし
replayed = { $verdict }：退避{ $evictions }件、強制終了{ $kills }件、CPU不足{ $starved }分（延べ{ $days }アプリ日）
replayed-both = { $seen }。計画に使っていない{ $days }日間では、{ $unseen }
replayed-is-the-record = 記録そのもの
replayed-not = 再生していません
promise-kept = 基準内
promise-no-worse = 基準を超過（指定どおりより悪くはない）
promise-broken = 基準を超過

## Where it does not pay

change-of = { $what }{ $change }
why-best-costs = **理由：**EKSの最安構成でも現在より月額{ $more }高くなります（{ $changes }）。
why-not-paid-back = **理由：**月額{ $saving }の純減では、一時費用{ $once }を{ $months }か月以内に回収できません（不足額{ $short }）。
why-asked-costs = **指定どおりの場合**はさらに月額{ $more }高くなります（{ $changes }）。
levers-short-caption = 効果の大きい変更：指定どおりの計画を1点だけ変えた場合（月額）
lever-saves-column = 削減額:
lever-leaves-column = 現在との差:
next-recommended = **次の手順：**推奨構成のファイルは{ "`eb2eks plan SNAPSHOT --choose recommended --out DIR`" }で作成します。
next-as-asked = **次の手順：**このレポートと同じフォルダーにこの計画のファイルがあります。{ "`README.md`" }から始めてください。
next-lever = **次の手順：**最も効果の大きい変更を加えた計画は、次のコマンドで確認できます：{ "" }

## Three decisions

decide-as-asked = **経営層：**指定どおりの計画（月額{ $monthly }）で進めるか。
decide-recommended = **経営層：**指定どおりの計画（月額{ $asked }）に代えて、推奨構成（月額{ $monthly }）で進めるか。
decide-not = **経営層：**Elastic Beanstalkを継続するか。移行すると{ $months }か月累計で{ $loss }の負担増となり、費用以外の理由がなければ移行する根拠がありません。
decide-budget = **予算責任者：**一時費用{ $once }を承認するか。{ $month }か月目に回収し、{ $months }か月累計の効果は{ $cumulative }です。
decide-elsewhere = **予算責任者：**代わりに次を実施するか：{ $title }（月額{ $saving }の削減、一時費用{ $once }、{ $month }か月目に回収）。
decide-hold = **予算責任者：**上記の変更で採算が合うまで、移行に必要な{ $once }を保留するか。
decide-owner-platform = **基盤チーム：**{ "" }
decisions-further-title = その他の決定事項

## The page

first-risks-title = 移行の妨げになりうる点
link-alternatives = すべての代替案（費用明細と備考）
link-move = 月ごとの推移
link-money = 費目別の費用
link-risks = 全{ $count }種類のリスク
part-money = 費用
part-clusters = クラスター
part-apps = アプリ
part-basis = 根拠
print-all-hint = すべて印刷：このリンクを開いてから印刷
tool-print = すべて印刷
tool-open = すべて開く
dots-title = 最安：{ $title }
dots-says = 各案の月額費用（安い順）。線は見込みの幅（10件中9件）、破線は現在の費用です。
named-recommended = 推奨：{ $name }
curve-end = { $sum } { $name }
tornado-says-front = { $months }か月累計の結果。各要因を単独で幅の端から端まで動かし、価格を計算し直しています。
apps-here = { $count }アプリ（それぞれ要求量の行を開くと詳細が表示されます）
app-summary = { $stage }、CPU { $cpu }、メモリ { $memory }、根拠{ $grade }

## Findings of sections

finding-money = 現在は月額{ $today }、指定どおりでは{ $after }（{ $difference }）。
finding-money-less = { $amount }の減少
finding-money-more = { $amount }の増加
finding-idle = vCPU時間の{ $cpu }、GiB時間の{ $memory }で使用率は20%未満です。
finding-idle-cpu = vCPU時間の{ $cpu }で使用率は20%未満です。メモリは未計測です。
finding-idle-memory = GiB時間の{ $memory }で使用率は20%未満です。CPUは未計測です。
finding-alternatives = { $count }案、月額{ $low }～{ $high }。
finding-move = { $environments }環境を{ $waves }回に分けて移行し、{ $day }日目にすべての移行が完了します。
finding-currency = 現在は月額{ $today }、指定どおりでは{ $after }。
finding-real-bill = 見積もりは月額{ $estimate }、請求は{ $bill }。
finding-node-types = 最安は{ $workers }で月額{ $monthly }（指定どおりでは{ $own }）。
finding-node-types-own = 計画のインスタンスタイプが最安です。
finding-node-types-unpriced = 計画のインスタンスタイプに比較できる価格がありません。
finding-findings = 対応が必要な指摘は{ $warnings }種類、助言は{ $advice }種類です。
finding-packing = { $nodes }ノード。PodはCPUの{ $cpu }、メモリの{ $memory }を要求します。
finding-clusters = { $clusters }クラスター、通常時{ $nodes }ノード、最大{ $most }ノード。
finding-savings = { $all }環境のうち{ $cheaper }環境の費用が、指定どおりの計画で下がります。
finding-not-included = 費用明細に含まれないもの{ $count }件。
finding-addresses = サブネットには全ノードと全Podの空きがあります。
finding-addresses-short = { $all }サブネットのうち{ $short }サブネットで空きアドレスが不足します。
finding-method = 計測値から要求量、ノード、費用を求める手順。
finding-glossary = { $count }語。
finding-applications = 移行する{ $count }環境の要求量と、その確かさ。
finding-stays = { $count }環境が残ります。
finding-decisions = 冒頭の3つのほかに{ $count }件。
finding-inputs = { $basis }
assumptions-changed-caption = 変更されたポリシーのキー

## Node counts

node-counts = 課金されるのは{ $billed }ノード（desired capacity）です。スケジューラーのシミュレーションでは、半数の試行で{ $half }ノード、95%の試行で{ $most }ノード以内に収まり、再生では平均{ $mean }ノード、最大{ $highest }ノードでした（一時的な増加はオートスケールとロールアウトによるものです）。
node-counts-without-replay = 課金されるのは{ $billed }ノード（desired capacity）です。スケジューラーのシミュレーションでは、半数の試行で{ $half }ノード、95%の試行で{ $most }ノード以内に収まります。

## Packing

packing-pods = 各ノードに載るPod
packing-node = { $node }：CPU { $cpu }、メモリ { $memory }／{ $pods }
packing-fill-cpu = 先に埋まるのはCPUです（要求量はCPUの{ $cpu }、メモリの{ $memory }）。点に触れるとPodの一覧が表示されます。
packing-fill-memory = 先に埋まるのはメモリです（要求量はメモリの{ $memory }、CPUの{ $cpu }）。点に触れるとPodの一覧が表示されます。
packing-axis-cpu = CPU要求量（アプリが使える量に対する割合）
packing-axis-memory = メモリ要求量

## The workbook's first sheet

sheet-answer = 結論
likely-low-usd-column = 見込みの下限（米ドル）
likely-high-usd-column = 見込みの上限（米ドル）
saving-usd-column = 月額の純減額（米ドル）
once-usd-column = 一時費用（米ドル）
cumulative-usd-column = 期間末の累計（米ドル）
unpriced-lines-column = 価格のない明細
cumulative-caption = 各案の月ごとの累計効果（米ドル）
