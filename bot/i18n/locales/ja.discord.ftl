# Discord だけに表示されるメッセージ（日本語）：コンテキストメニュー、/購読 のフォーム、お知らせ。

menu-summarize = メッセージを要約
menu-why = 表示された理由
menu-add = 新聞に追加

## The /subscribe form
setup-title-where = まとめの設定（1/2）：内容と投稿先
setup-title-when = まとめの設定（2/2）：時刻と見た目
setup-intro = 何を、どこに、いつ投稿するかを選んでください。あとから /{ command-edit } で変更できます。
setup-label-channel = チャンネル
setup-label-topics = テーマ
setup-label-countries = 国
setup-label-stories = 記事の言語
setup-label-timezone = タイムゾーン
setup-zone-unset = 未設定です。候補：{ $zone }
setup-channel = チャンネルを選択
setup-topics = すべてのテーマ
setup-countries = すべての国
setup-times = 時刻
setup-days = 曜日
setup-timezone = タイムゾーンを選択
setup-language = 見出しとボタンの言語
setup-length = 長さ
setup-length-choice = 1 記事につき { $sentences } 文、最大 { $limit } 記事
setup-look = 見た目
setup-look-front = 一面
setup-look-cards = ボタン付きカード
setup-look-chart = 国別グラフ付きカード
setup-look-embeds = 埋め込み
setup-look-plain = テキストのみ
setup-count = 現在の記事 { $count } 件
setup-next = 次へ
setup-back = 戻る
setup-find-country = 国を探す…
setup-typed-filter = 条件…
setup-test = テスト投稿
setup-test-title = テスト投稿のまとめ
setup-test-note = { $member } さんによるお試しの投稿です。記録には残らないため、同じ記事が最初のまとめに載ることがあります。
setup-test-posted = テストを投稿しました。
setup-test-forum = フォーラムにはテスト投稿できません。プレビューで同じ内容を確認できます。
setup-more = ほかの時刻・タイムゾーン…
setup-preview = プレビュー
setup-confirm = 購読する
setup-cancel = キャンセル
setup-cancelled = キャンセルしました。購読は作成されませんでした。
setup-too-old = このフォームは期限切れです。/{ command-subscribe } で新しいフォームを開けます。
setup-ready = ここに投稿できます。
setup-missing = ここに投稿できません。次の権限が必要です：{ $permissions }。「チャンネルの編集」>「権限」で付与するか、別のチャンネルを選んでください。
setup-plain-text = ここでは「{ permission-embed-links }」の権限がないため、まとめはテキストのみで投稿されます。
setup-no-chart = ここでは「{ $permissions }」の権限がないため、まとめはグラフなしで投稿されます。
setup-no-threads = ここでは「{ permission-create-public-threads }」の権限がないため、スレッドは作成されません。
setup-no-mention = ここでは「{ permission-mention-everyone }」の権限がないため、ロールにメンションしても誰にも通知されません。
setup-not-there = そのチャンネルが見えません。「チャンネルの編集」>「権限」で「{ permission-view-channel }」を付与するか、別のチャンネルを選んでください。
setup-no-zone = タイムゾーンを選ぶと、最初のまとめの時刻が表示されます。
setup-no-channel = 前の画面に戻って、チャンネルを選んでください。
setup-first = 最初のまとめ：{ $when }（{ $timezone }）
setup-form-title-filter = 条件
setup-form-title-found = 国を探す
setup-form-title-clock = 時刻とタイムゾーン
setup-form-country = 国名。例：ガーナ、韓国
setup-form-times = 時刻。例：08:00, 18:30
setup-form-zone = タイムゾーン（都市名、例：東京）
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

## ボットを招待したサーバー
welcome-title = 招待ありがとうございます
welcome-text = このサーバーの新聞を作ります。選んだ時刻に、チャンネルへまとめを届けます。
welcome-subscribe = まとめを届けたいチャンネルで /{ command-subscribe } と入力してください。これには「{ permission-manage-guild }」の権限が必要です。
welcome-help = /{ command-news } で誰でもニュースを確認できます。/{ command-help } ですべてのコマンドを表示します。

## Notices of paused and resumed subscriptions, for the member who created them
notice-paused = { $channel } の購読 { $id } を一時停止しました：{ $reason }。
notice-paused-channel-gone = 購読 { $id } を一時停止しました：{ reason-channel-gone }。
notice-resumes-itself = 解決すると自動で再開します。
notice-channel-gone = /{ command-edit } で別のチャンネルを選ぶか、/{ command-unsubscribe } で購読を削除してください。
notice-resumed = { $channel } の購読 { $id } を再開しました。
