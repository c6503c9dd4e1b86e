# Gazette 自身の言葉、日本語。

## Digests and lists
digest-title = ニュース
digest-title-of = ニュース：{ $filter }
digest-quiet = 静かな一日です。この号に載せる新しい記事はありません。
chart-title = 国別の記事数
digest-corrected = 配信元により取り下げまたは変更されました。
digest-omitted = ほか { $count } 件
digest-update = 続報
digest-sources = 報道 { $count } 件
digest-footer = Gazette 第 { $marker } 号
catchup-title = { $at } 以降
trending-title = いま伸びている話題
trending-title-of = いま伸びている話題：{ $filter }
trending-nothing = いま伸びている話題はありません。以前より報道が増えた出来事がないためです。
trending-rise = 報道 { $count } 件（以前は { $before } 件）
story-truncated = 出典はここで途切れています。
story-about = 国
story-topics = 分野
story-source = { $path }、{ $position } 番目の記事
news-title = { $total ->
    [0] 記事はありません
   *[other] 記事 { $total } 件
}
news-title-of = { $total ->
    [0] 記事はありません：{ $filter }
   *[other] 記事 { $total } 件：{ $filter }
}
news-page = { $page } / { $pages } ページ
news-nothing = 一致する記事はありません。条件を減らすか期間を延ばしてください。/{ command-countries } と /{ command-topics } で、あるものを確認できます。
news-empty = まだ記事がありません。
search-title = { $total ->
    [0] 「{ $words }」は見つかりませんでした
   *[other] 「{ $words }」を含む記事 { $total } 件
}
search-title-many = 「{ $words }」の上位 { $total } 件
menu-full = 記事の全文を読む…
menu-country = 国のニュース…
menu-topic = 分野のニュース…
button-next = 次へ
button-previous = 戻る
button-more = ほか { $count } 件
button-more-from = { $country }のニュースをもっと
button-full = 全文
button-original = 出典
button-why = なぜここにあるのですか？
button-mute = 自分には表示しない：{ $what }
button-undo = 元に戻す
button-stop = この配信をやめる
button-preview = プレビュー
button-pause = 休止
button-resume = 再開
button-unsubscribe = 購読をやめる

## Filters in words
filter-everything = すべて
filter-not = { $what }以外
filter-words = 「{ $words }」
filter-since = { $when }以降
filter-until = { $when }まで
filter-newer = 過去 { $span }
filter-older = { $span }より前
filter-several = { $some }、ほか { $count } 件
since-today = 今日
since-yesterday = 昨日
days-daily = 毎日
days-weekdays = 月曜日から金曜日
days-weekend = 土曜日と日曜日
days-range = { $first }〜{ $last }

## /why
why-title = 理由：{ $headline }
why-event = 報道 { $count } 件が伝えています。
why-rank = 最新ニュースの { $rank } 位：{ $reasons }。
why-reason-sources = { $value } 媒体が報道
why-reason-position = 媒体での掲載順 { $value } 番目
why-reason-length = { $value } 文字
why-newest = 最新の報道：
why-country = { $country }：記事の { $salience }、根拠は { $evidence }
why-country-implied = { $country }：記事の { $salience }（直接の言及なし）
why-topic = { $topic }：確かさ { $score }
why-sentences = それぞれの文の出どころ
why-sentence = { $path } の { $story } 番目の記事、第 { $position } 文

## /about, /countries, /topics
about-title = Gazette
about-text = このコミュニティの新聞です。洪水のような投稿の代わりに選んだ記事をまとめて届け、どの文も出典そのままの文です。
about-counts = 記事：{ $stories } · 文書：{ $documents } · 国：{ $countries } · 分野：{ $topics }
about-latest = 最新の記事の到着
about-version = バージョン { $version }
countries-title = ニュースに出ている国
countries-gaps = この7日間ニュースのない地域：{ $regions }
topics-title = ニュースに出ている分野
count-line = { $name }：{ $count }
count-more = ほか { $count } 件

## /help
help-title = 使えるコマンド
help-reading = ニュース
help-personal = あなただけのもの
help-managing = このサーバーの管理者向け
help-note = 返事はあなたにだけ見えます。オプションを入力し始めると候補が出ます。/{ command-help } { option-command }:{ command-news } でコマンドの説明を表示します。

## The console
console-hello = /{ command-news } { option-country }:JP のようにコマンドを入力してください。/{ command-help } で一覧、数字でボタン、/next で次のページ、Tab で補完、/language en で言語の変更、/quit で終了です。

## Subscriptions
subscribed = 購読 { $id } を作成しました
subscription-number = { $id } 番
subscription-changed = { $id } 番を変更しました
paused = { $id } 番を休止しました
resumed = { $id } 番を再開しました
unsubscribed = { $id } 番を終了しました。もう配信されません。
subscription-paused = 休止中：{ $reason }
subscription-paused-by-manager = 管理者が一時停止しました
subscription-sender = 投稿者名：{ $name }（権限「{ $permission }」が必要です）
subscription-avatar = この画像で投稿
subscription-next = 次の配信
subscription-size = 1 記事につき { $sentences } 文、最大 { $limit } 記事
subscriptions-title = このサーバーの購読
subscriptions-none = まだありません。/{ command-subscribe } で作成できます。
preview-nothing = いま { $id } 番の時刻になっても、何も投稿されません。新しい記事がないためです。
times-daily = 毎日 { $times }（{ $timezone }）
times-on-days = { $days } { $times }（{ $timezone }）
history-title = { $id } 番の最近の配信
history-nothing = まだ配信の時刻が来ていません。
history-open = 開く
delivery-planned = 順番を待っています
delivery-composed = 作成済み、未送信
delivery-sending = 送信中
delivery-sent = 送信済み
delivery-failed = 失敗
delivery-expired = 遅すぎたため送信せず
delivery-skipped = 送信なし
reason-quiet = 新しい記事がありませんでした
reason-late = 遅すぎました
reason-late-skipped = 遅れたため。遅れた配信は省く設定です
reason-late-merged = 遅れたため。次の配信で伝えます
reason-paused = 休止中
reason-unsubscribed = 購読が終了していました
reason-channel-gone = チャンネルがないか、サーバーから外されています
reason-permission-missing = チャンネルでの権限が足りません
reason-permission-needed = そのチャンネルで「{ $permission }」の権限が必要です
reason-refused = Discord がメッセージを受け付けませんでした
reason-unsure = 届いたかどうか確かめられないため、再送しません
reason-gave-up = 何度試しても送れませんでした

## Personal digests and mutes
followed = フォローしました
following-title = フォロー中
following-none = まだありません。/{ command-follow } でダイレクトメッセージの配信を頼めます。
unfollowed = { $count ->
    [0] 何もフォローしていません。
   *[other] { $count } 件の配信を終了しました。
}
muted-title = 表示しないもの
muted = 表示しません：{ $what }。配信、/{ command-catchup }、/{ command-trending } から省きますが、/{ command-news } と /{ command-search } では見つかります。
muted-for = { $days } 日間表示しません：{ $what }。
unmuted = { $count } 件を再び表示します。
forgotten = あなたについて保存していたものをすべて削除しました（配信、表示しない設定、最後に読んだ時刻）。

## Commands: names and descriptions
command-news = ニュース
command-news-about = 国や分野についての最新の記事
command-digest = まとめ
command-digest-about = いまチャンネルに届くはずのまとめ
command-now = いま
command-now-about = いまチャンネルに届くはずのまとめ
command-trending = 急上昇
command-trending-about = 報道する媒体が増えている話題
command-catchup = 追いつく
command-catchup-about = 前回これを尋ねてから届いたもの
command-search = 検索
command-search-about = 言葉を含む記事を探す
command-story = 記事
command-story-about = 記事の全文
command-why = なぜ
command-why-about = 記事が載った理由と、それぞれの文の出どころ
command-countries = 国一覧
command-countries-about = ニュースに出ている国
command-topics = 分野一覧
command-topics-about = ニュースに出ている分野
command-about = について
command-about-about = このボットの説明と、持っている記事の量
command-help = ヘルプ
command-help-about = 使えるコマンド
command-follow = フォロー
command-follow-about = 自分だけのまとめをダイレクトメッセージで受け取る
command-following = フォロー中
command-following-about = フォロー中のものと表示しないもの
command-unfollow = フォロー解除
command-unfollow-about = 自分の配信を一つ、またはすべてやめる
command-mute = 非表示
command-mute-about = 分野や国をまとめに表示しない
command-unmute = 再表示
command-unmute-about = 表示しないものを再び表示する
command-forget = 忘れる
command-forget-about = あなたについて保存したものをすべて削除する
command-subscribe = 購読
command-subscribe-about = 決まった時刻にチャンネルへまとめを届ける
command-subscriptions = 購読一覧
command-subscriptions-about = このサーバーに届くまとめ
command-edit = 編集
command-edit-about = 購読を変更する
command-pause = 休止
command-pause-about = 購読を休止する
command-resume = 再開
command-resume-about = 休止した購読を再開する
command-unsubscribe = 購読解除
command-unsubscribe-about = 購読を終了する
command-preview = プレビュー
command-preview-about = 購読がいま投稿する内容
command-history = 履歴
command-history-about = 購読の最近の配信とその結果

## Options: names and descriptions
option-country = 国
option-country-about = 国を一つ、またはコンマで区切って複数
option-topic = 分野
option-topic-about = 分野を一つ、またはコンマで区切って複数
option-since = いつから
option-since-about = さかのぼる期間：12h、2d、1w、today または日付
option-filter = 条件
option-filter-about = そのほかの条件。例：lang:ja -topic:sport "公海"
option-unmute-filter-about = 再び表示するもの。省略するとすべて
option-page = ページ
option-page-about = ページの番号
option-words = 言葉
option-words-about = 言葉、または "語句"
option-id = 番号
option-id-about = 購読の番号
option-story-id-about = 記事の番号。例：s12
option-why-id-about = 記事または出来事の番号。例：e34
option-unfollow-id-about = どの配信か。省略するとすべて
option-command = コマンド
option-command-about = 説明するコマンド
option-time = 時刻
option-time-about = 時刻。コンマで区切って複数：08:00,18:30
option-timezone = タイムゾーン
option-timezone-about = タイムゾーン。都市名か、そこのいまの時刻を入力
option-channel = チャンネル
option-channel-about = 届け先。省略するとここ
option-days = 曜日
option-days-about = 曜日：mon-fri または sat,sun
option-mute-days-about = 何日間か。省略するとずっと
option-language = 言語
option-language-about = まとめ自身の言葉の言語
option-sentences = 文数
option-sentences-about = 1 記事あたりの文の数、1〜10
option-limit = 上限
option-limit-about = 記事の最大数、1〜25
option-look = 見た目
option-look-about = まとめの描き方
option-late = 遅れたとき
option-late-about = 届け損ねたまとめの扱い
option-quiet = 静かな日
option-quiet-about = 新しい記事がないときの扱い
option-name = 名前
option-name-about = 投稿者として表示する名前。- でボットの名前に戻す
option-avatar = アイコン
option-avatar-about = 投稿者として表示する画像のアドレス。- でボットの画像に戻す
option-posts = 投稿の分け方
option-posts-about = まとめて一つの投稿にするか、記事ごとに投稿するか

## Choices
choice-look-components = カード
choice-look-chart = カードとグラフ
choice-look-embeds = 埋め込み
choice-look-plain = テキストのみ
choice-posts-digest = まとめて一つの投稿
choice-posts-event = 記事ごとに一つの投稿
choice-late-post = 遅れて投稿する
choice-late-merge = 次のまとめで伝える
choice-late-skip = 省く
choice-quiet-say = 一行で知らせる
choice-quiet-skip = 何も投稿しない
choice-quiet-widen = まだ伝えていない古い記事を伝える

## Errors
error = 問題が起きました。{ $reference } として記録しました。
error-settings = 設定が使えません。
error-seed-rejected = { $path }：{ $reason }
error-store = いまデータベースが応答できません。1 分後にもう一度お試しください。
error-store-unavailable = いまデータベースが応答できません。1 分後にもう一度お試しください。
error-store-outdated = データベースを更新しています。数分後にもう一度お試しください。
error-filter = この条件は読み取れません：{ $problem }（{ $at } 文字目）。
error-unknown-name = 知らない{ $what }です：{ $name }。{ $hint ->
    [none] {""}
   *[other] { $hint } のことですか？
}
error-not-found = { $what } { $id } は見つかりません。
error-not-allowed = これには「{ $permission }」の権限が必要です。
error-input = { $problem }
error-delivery = いまはまとめを送れません。
error-channel-gone = そのチャンネルはもうないか、私がそのサーバーにいません。
error-permission-missing = そこには投稿できません。<#{ $channel }> で「{ $permission }」の権限をください。
error-discord-unavailable = いま Discord が応答しません。1 分後にもう一度お試しください。
error-token = Discord がトークンを拒否しました。
error-command-changed = このコマンドは変わりました。1 分後にもう一度入力してください
error-id = { $given } は番号ではありません。記事は s12、出来事は e34 のように書いてください。
error-words-missing = 探す言葉を入力してください。
error-limit-range = まとめの記事は 1 件から 25 件です。
error-sentences-range = 要約は 1 文から 10 文です。
error-late-range = まとめの遅れは最大 48 時間です。
error-sender-name = 名前は 80 文字以内で、@ と「discord」「clyde」は使えません。
error-sender-avatar = 画像は https:// または http:// で始まるアドレスです。
error-channel-id = チャンネルの ID ではありません。Discord の「チャンネルIDをコピー」で取得してください。
error-channel-missing = どのチャンネルか指定してください。
error-time-missing = 時刻を指定してください：08:00、二つなら 08:00,18:30。
error-timezone-missing = タイムゾーンを指定してください。都市名を入力すると見つかります。
error-time-of-day = { $given } は時刻ではありません。08:00、二つなら 08:00,18:30 と書いてください。
error-times-count = 購読には 08:00,18:30 のように 1 個から 24 個の時刻が必要です。
error-day = { $given } は曜日ではありません。mon-fri、sat,sun、daily のように書いてください。
error-period = { $given } は時期ではありません。12h、2d、1w、today、yesterday、または 2026-11-01 のような日付を書いてください。
error-too-long = 長すぎます。
error-nothing-to-change = 変更する内容を指定してください。
error-follow-most = すでに { $most } 件フォローしています。先に /{ command-unfollow } で一つやめてください。
error-mute-everything = 表示しないものを指定してください：分野、国、または条件。
error-mute-long = 表示しない条件は最大 { $most } 文字です。
error-nothing-muted = 表示しない設定はありません。
error-button-old = このボタンは古くなっています。もう一度お尋ねください。
error-members-only = これは Discord のメンバー向けです。ダイレクトメッセージで届きます。
error-no-button = ボタン { $number } はありません。
error-which-choice = メニューのどの行か指定してください：{ $example } から { $last }。
error-no-page = これ以上ページはありません。
error-quote = 引用符が足りません。
error-no-command = /{ command-news } のようにコマンドを入力してください。/{ command-help } で一覧を表示します。
error-option-unknown = { $command } は { $given } を理解できません。オプションは { $options } です
error-option-missing = { $command } には { $option } が必要です
error-number = { $option } は数でなければなりません（{ $given } ではなく）。
error-number-subscription = { $option } には購読の番号を { $option }3 のように指定してください（{ $given } ではなく）。番号は /{ command-subscriptions } で確認できます。
error-option-empty = { $option } のあとに何もありません。
permission-manage-guild = サーバー管理
permission-view-channel = チャンネルを見る
permission-send-messages = メッセージを送信
permission-send-messages-in-threads = スレッドでメッセージを送信
permission-create-public-threads = 公開スレッドの作成
permission-embed-links = 埋め込みリンク
permission-attach-files = ファイルを添付
permission-read-message-history = メッセージ履歴を読む
permission-manage-messages = メッセージの管理
permission-manage-webhooks = ウェブフックの管理
filter-wrong-long = 条件は最大 { $most } 文字です
filter-wrong-deep = かっこと not は最大 { $most } 段です
filter-wrong-many-words = 条件の言葉と語句は最大 { $most } 個です
filter-wrong-many-values = 条件の値は最大 { $most } 個です
filter-wrong-long-phrase = 語句は最大 { $most } 語です
filter-wrong-bracket-closes = この閉じかっこに対応するものがありません
filter-wrong-bracket-open = このかっこが閉じていません
filter-wrong-bracket-before = このかっこの前に何もありません
filter-wrong-end = 最後に何かが足りません
filter-wrong-before = { $given } の前に何かが必要です
filter-wrong-no-word = { $given } には検索できる言葉がありません
filter-wrong-key = { $given }: というキーはありません。{ $hint } のことですか？コロンを含む文字列は引用符で囲んでください
filter-wrong-time = { $given } は時期ではありません。12h、2d、1w、today、yesterday、または 2026-11-01 のような日付を書いてください
filter-wrong-event = { $given } は e34 のような出来事の番号ではありません
filter-wrong-pattern = { $key_name } には文字か数字が必要で、星は最大 { $most } 個です
filter-wrong-name = 知らない{ $what }です：{ $given }{ $hint ->
    [none] {""}
   *[other] 。{ $hint } のことですか？
}
filter-wrong-value = { $given }: の後に値がありません
filter-wrong-quote-open = この引用符が閉じていません
filter-wrong-quote-closes = この引用符に対応するものがありません
what-country = 国
what-topic = 分野
what-time-zone = タイムゾーン
what-engine = 方式
what-command = コマンド
what-option = オプション
what-look = 見た目
what-late-policy = 遅れたときの扱い
what-quiet-policy = 静かな日の扱い
what-late = 遅れたときの扱い
what-posts = 投稿の分け方
what-way-of-posting = 投稿の分け方
what-quiet = 静かな日の扱い
what-language = 言語
what-region = 地域
what-story = 記事
what-event = 出来事
what-subscription = 購読
what-mute = 非表示の設定
