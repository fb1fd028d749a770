# The texts of src/plan, in this folder's language.

## Turns

turn-pilot = ステージング、事前作業は最大数時間、最小規模の部類
turn-staging = ステージング、事前作業は最大数時間
turn-small-production = 本番、事前作業は最大数時間、小規模
turn-large-production = 本番、事前作業は最大数時間だが大規模：小規模な環境が成功した後に移行
turn-blocked = { $what }（{ $owner }：{ $effort }）
turn-blocked-by-more = { $what }、ほか{ $others }件（{ $owner }：{ $effort }）
turn-after-staging = ステージング環境{ $staging }の後に移行
turn-new-app = 新規アプリ。自身の数値が得られるまで{ $like }の数値を使用
