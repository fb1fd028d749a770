# The texts of src/render, in this folder's language.

## Tables

table-cut = { $count ->
    [one] 1 more row is
   *[other] { $count } more rows are
 } in `{ $file }`.

## Columns of many tables

today-column = Today:
after-column = After:
saving-column = Saving:
total = Total
bill-column = Bill
subject-column = Subject
quantity-column = Quantity:
quantity-of = { $quantity } { $unit }
the-fleet = the fleet

## Money

money-title = Money
money-caption = US dollars a month, today and after
money-column = US dollars a month
money-basis = On-demand list prices for a month of 730 hours, without taxes. Every line is in `bills.csv`, with its low and its high.

## What is not included

not-included-title = What is not in these numbers
not-included-discounts = Discounts are in the columns with terms only: the two bills are list prices, but for those that `prices.overrides` or `--prices` sets.
not-included-load = Load that the history did not see. Load-test every app before it takes traffic.
not-included-backtest = How often such requests would have been too small: `eb2eks backtest SNAPSHOT` tries them on weeks that they were not made from.
not-included-prices = Prices of today: each line of `bills.csv` names its source and date.
not-included-unknown = What the unknown environments would need on the clusters: they stay where they are.
not-billed = { $item }: { $why }.
not-billed-of-one = { $item } of `{ $subject }`: { $why }.
not-billed-of-many = { $item } of `{ $subject }` and { $more } more: { $why }.
unpriced-caption = Lines without a price
unpriced-item-column = Item without a price
unpriced-source-column = How to price it
