# Discord だけが見せる言葉（日本語）：コンテキストメニュー、/購読 のフォーム、お知らせ。

menu-summarize = メッセージを要約
menu-why = なぜここに？

## The /subscribe form
setup-title = このサーバーのまとめ
setup-intro = 何を、どこに、いつ届けるかを選んでください。あとで /編集 で直せます。
setup-channel = どのチャンネル？
setup-topics = テーマ：すべて
setup-countries = 国：すべて
setup-times = 時刻
setup-days = 曜日
setup-timezone = タイムゾーン
setup-language = 言語
setup-length = 長さ
setup-length-choice = 記事ごとに{ $sentences }文、{ $limit }記事まで
setup-look = 見た目
setup-look-components = カードとボタン
setup-look-chart = カードと国別のグラフ
setup-look-embeds = 埋め込み
setup-look-plain = テキストのみ
setup-count = 現在{ $count }件
setup-more = ほかの時刻・タイムゾーン・条件…
setup-preview = プレビュー
setup-confirm = 購読する
setup-cancel = やめる
setup-cancelled = 何も頼みませんでした。
setup-too-old = このフォームは古くなりました。/購読 で新しく開けます。
setup-ready = そこに投稿できます。
setup-missing = そこでは次の権限がありません：{ $permissions }。「チャンネルの編集」>「権限」で与えるか、別のチャンネルを選んでください。
setup-plain-text = 「埋め込みリンク」の権限がないので、テキストだけで届きます。
setup-no-chart = そこでは「{ $permissions }」の権限がないので、グラフなしで届きます。
setup-not-there = そのチャンネルが見えません。「チャンネルの編集」>「権限」で「チャンネルを見る」を与えるか、別のチャンネルを選んでください。
setup-first = 最初の配信：{ $when }（{ $timezone }）
setup-form-title = 時刻・タイムゾーン・条件
setup-form-times = 時刻。例：08:00, 18:30
setup-form-zone = タイムゾーン。例：Asia/Tokyo
setup-form-filter = 条件。例：country:jp and not topic:sport
setup-filter = 条件：{ $filter }
setup-sender = 名前・画像・届け損ねたとき…
setup-sender-title = 名前・画像・届け損ねたとき
setup-sender-name = 投稿者の名前（空欄ならボットの名前）
setup-sender-avatar = 画像のアドレス（空欄ならボットの画像）
setup-sender-posts = 投稿の分け方
setup-sender-late = まとめを届け損ねたとき
setup-sender-quiet = 新しい記事がないとき
setup-posted-as = 投稿者名：{ $name }
setup-own-name = そこでは「{ $permissions }」の権限がないので、ボットの名前と画像で届きます。
setup-preview-title = 今届くはずのもの
setup-preview-nothing = 今は何も届きません。まだ記事がありません。

## Context menus
summarize-title = 要約
summarize-whole = もともと短いので、全文です：
summarize-nothing = 要約できる文がありません。メッセージ、埋め込み、添付の .txt を読みます。
summarize-left-out = 読まなかったもの：{ $names }
summarize-story = 記事 { $number } / { $count }
why-not-mine = それは私のまとめでも答えでもありません。
why-choose = どの記事？

## Notices of paused and resumed subscriptions, for the member who created them
notice-paused = { $channel } のまとめ { $id } 番は休んでいます：{ $reason }。
notice-paused-channel-gone = 購読 { $id } を一時停止しました：{ reason-channel-gone }。
notice-resumes-itself = 解決すると自動で再開します。
notice-channel-gone = /{ command-edit } で別のチャンネルを選ぶか、/{ command-unsubscribe } で購読を削除してください。
notice-resumed = { $channel } のまとめ { $id } 番を再開しました。
