# Discord だけに表示されるメッセージ（日本語）：コンテキストメニュー、/購読 のフォーム、お知らせ。

menu-summarize = メッセージを要約
menu-why = 表示された理由
menu-add = 新聞に追加

## The /subscribe form
setup-title = まとめの設定
setup-intro = 何を、どこに、いつ投稿するかを選んでください。あとから /{ command-edit } で変更できます。
setup-channel = チャンネルを選択
setup-topics = すべてのテーマ
setup-countries = すべての国
setup-times = 時刻
setup-days = 曜日
setup-timezone = タイムゾーン
setup-language = 見出しとボタンの言語
setup-length = 長さ
setup-length-choice = 1 記事につき { $sentences } 文、最大 { $limit } 記事
setup-look = 見た目
setup-look-components = ボタン付きカード
setup-look-chart = 国別グラフ付きカード
setup-look-embeds = 埋め込み
setup-look-plain = テキストのみ
setup-count = 現在の記事 { $count } 件
setup-more = ほかの時刻・タイムゾーン・条件…
setup-preview = プレビュー
setup-confirm = 購読する
setup-cancel = キャンセル
setup-cancelled = キャンセルしました。購読は作成されませんでした。
setup-too-old = このフォームは期限切れです。/{ command-subscribe } で新しいフォームを開けます。
setup-ready = ここに投稿できます。
setup-missing = ここに投稿できません。次の権限が必要です：{ $permissions }。「チャンネルの編集」>「権限」で付与するか、別のチャンネルを選んでください。
setup-plain-text = ここでは「{ permission-embed-links }」の権限がないため、まとめはテキストのみで投稿されます。
setup-no-chart = ここでは「{ $permissions }」の権限がないため、まとめはグラフなしで投稿されます。
setup-not-there = そのチャンネルが見えません。「チャンネルの編集」>「権限」で「{ permission-view-channel }」を付与するか、別のチャンネルを選んでください。
setup-first = 最初のまとめ：{ $when }（{ $timezone }）
setup-form-title = 時刻・タイムゾーン・条件
setup-form-times = 時刻。例：08:00, 18:30
setup-form-zone = タイムゾーン。例：Asia/Tokyo
setup-form-filter = 条件。例：country:jp and not topic:sport
setup-filter = 条件：{ $filter }
setup-sender = 名前・アバター・遅れたまとめ…
setup-sender-title = 名前・アバター・遅れたまとめ
setup-sender-name = 投稿者名（空欄ならボットの名前）
setup-sender-avatar = アバターのリンク（空欄ならボットのもの）
setup-sender-posts = 投稿の分け方
setup-sender-late = まとめを予定どおり投稿できなかったとき
setup-sender-quiet = 新しい記事がないとき
setup-posted-as = 投稿者名：{ $name }
setup-own-name = ここでは「{ $permissions }」の権限がないため、まとめはボットの名前とアバターで投稿されます。
setup-preview-title = いま投稿される内容
setup-preview-nothing = いま投稿されるものはありません。まだ記事がありません。

## Context menus
summarize-title = 要約
summarize-whole = もともと短いメッセージです。全文：
summarize-nothing = 要約できる文章がありません。メッセージ、その埋め込み、添付の .txt と .md ファイルを読み取ります。
summarize-too-long = このメッセージの要約には時間がかかりすぎます。短い文章で試してください。
summarize-left-out = 読み取らなかったもの：{ $names }
summarize-story = 記事 { $number } / { $count }
why-not-mine = このボットの投稿ではないか、記事が含まれていません。
why-choose = 記事を選んでください

## Notices of paused and resumed subscriptions, for the member who created them
notice-paused = { $channel } の購読 { $id } を一時停止しました：{ $reason }。
notice-paused-channel-gone = 購読 { $id } を一時停止しました：{ reason-channel-gone }。
notice-resumes-itself = 解決すると自動で再開します。
notice-channel-gone = /{ command-edit } で別のチャンネルを選ぶか、/{ command-unsubscribe } で購読を削除してください。
notice-resumed = { $channel } の購読 { $id } を再開しました。
