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
the-fleet = 全体

## Money

money-title = 費用
money-caption = 現在と移行後の月額（米ドル）
money-column = 月額（米ドル）
money-basis = 1か月730時間のオンデマンド定価、税抜です。すべての明細と上限・下限は`bills.csv`にあります。

## What is not included

not-included-title = この数字に含まれないもの
not-included-discounts = 割引は「契約適用後」の列にのみ含まれます。2つの費用明細は定価です（`prices.overrides`または`--prices`で指定したものを除く）。
not-included-load = 履歴に現れなかった負荷。トラフィックを受ける前に、すべてのアプリを負荷試験してください。
not-included-backtest = このリクエスト値が不足する頻度：`eb2eks backtest SNAPSHOT`で、値の算出に使っていない週に対して検証できます。
not-included-prices = 本日時点の価格：`bills.csv`の各行に出典と日付があります。
not-included-unknown = 不明な環境がクラスターで必要とする量：これらは現在の場所に残ります。
not-billed = { $item }：{ $why }。
not-billed-of-one = `{ $subject }`の{ $item }：{ $why }。
not-billed-of-many = `{ $subject }`ほか{ $more }件の{ $item }：{ $why }。
unpriced-caption = 価格のない明細
unpriced-item-column = 価格のない項目
unpriced-source-column = 価格の入手方法
