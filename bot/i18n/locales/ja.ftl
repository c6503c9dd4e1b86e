# すべての画面のメッセージ（日本語）。用語：bot/i18n/glossary/ja.toml。

## Digests and lists
digest-title = ニュース
digest-title-of = ニュース：{ $filter }
digest-quiet = 静かな一日です。このまとめに載せる新しい記事はありません。
chart-title = 国別の報道数
digest-corrected = 情報源により取り下げまたは変更されました。
digest-withheld = 編集者により非公開になりました。
digest-withheld-title = 非公開
digest-omitted = ほか記事 { $count } 件
digest-other-languages = ほかの言語の記事 { $count } 件
alert-title = 速報
digest-alert = { $at } に投稿済み
digest-week = { $first }～{ $last }
digest-developed = { $first } から { $last } まで：報道 { $count } 件
digest-update = 続報
digest-sources = 報道 { $count } 件
digest-footer = Gazette · { $marker }
mail-unsubscribe = メールの受信をやめる
mail-unsubscribe-by-mail = 受信をやめるには、件名を「{ $subject }」として { $address } にメールを送ってください。
mail-unsubscribe-question = このメールの受信をやめますか？
mail-unsubscribed = 受信をやめました。今後メールは届きません。
mail-unsubscribe-invalid = このリンクは当サービスのメールのものではありません。
catchup-title = { $at } 以降の新着
trending-title = 急上昇
trending-title-of = 急上昇：{ $filter }
trending-nothing = いま急上昇している話題はありません。
trending-rise = 報道 { $count } 件（以前は { $before } 件）
story-truncated = 情報源では記事がここで途切れています。
story-brief = 情報源にあるのはこの見出しだけです。
story-about = 国
story-topics = テーマ
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
news-nothing = 一致する記事はありません。期間を延ばすか、条件を減らしてください。ニュースに出ているものは /{ command-countries } と /{ command-topics } で確認できます。
news-none = まだ記事がありません。
search-nothing = この言葉に合う記事は見つかりません。別の言葉にするか、言葉を減らしてください。
news-empty = まだ記事がありません。
search-title = { $total ->
    [0] 「{ $words }」に関する記事はありません
   *[other] 「{ $words }」に関する記事 { $total } 件
}
search-title-many = 「{ $words }」の検索結果（上位 { $total } 件）
answers-nothing = それについての情報は見つかりませんでした。別の言葉で質問するか、/{ command-news } でニュースを確認してください。
menu-full = 記事の全文を読む…
menu-country = 国別のニュース…
menu-topic = テーマ別のニュース…
button-next = 次へ
button-previous = 戻る
button-more = ほか { $count } 件
button-more-from = { $country }のニュースをもっと見る
button-event = すべての報道
button-more-of = { $source }の記事をもっと見る
button-full = 記事の全文
button-original = 情報源
button-web = ウェブで読む
button-why = 表示された理由
button-mute = 自分には非表示：{ $what }
button-more-like = こういう記事を増やす
button-less-like = こういう記事を減らす
button-taste-reset = リセット
button-undo = 元に戻す
button-stop = このまとめをやめる
button-preview = プレビュー
button-pause = 一時停止
button-resume = 再開
button-unsubscribe = 購読解除
button-delete = 削除
button-keep = 残す
button-stop-all = 停止する
button-forget = 自分のデータを削除

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
since-day-before-yesterday = 一昨日
days-daily = 毎日
days-weekdays = 月曜日から金曜日
days-weekend = 土曜日と日曜日
days-range = { $first }〜{ $last }

## /why
why-title = 表示された理由：{ $headline }
why-event = 報道が { $count } 件あります。
why-rank = 最新ニュースの { $rank } 位：{ $reasons }。
why-reason-sources = 情報源 { $value } 件が報道
why-reason-position = { $value ->
    [1] 情報源の最初の記事
   *[other] 情報源の { $value } 番目の記事
}
why-against = 順位を下げた要素：{ $reasons }。
why-factor-dead = { $value ->
    [0] 死者
   *[other] 死者 { $value } 人
}
why-factor-injured = { $value ->
    [0] 負傷者
   *[other] 負傷者 { $value } 人
}
why-factor-missing = { $value ->
    [0] 行方不明者・避難者
   *[other] 行方不明・避難 { $value } 人
}
why-factor-arrested = { $value ->
    [0] 逮捕者
   *[other] 逮捕者 { $value } 人
}
why-factor-magnitude = 規模 { $value }
why-factor-money = 金額 { $amount }
why-factor-attack = 攻撃
why-factor-war = 戦争・軍
why-factor-disaster = 自然災害
why-factor-accident = 事故
why-factor-emergency = 緊急事態
why-factor-epidemic = 感染症の流行
why-factor-death = 死去
why-factor-leader = 国家元首・首脳
why-factor-former = 元職
why-factor-minister = 閣僚・高官
why-factor-government = 議会・政府
why-factor-world-body = 国際機関
why-factor-top-court = 最高裁
why-factor-election = 選挙・投票
why-factor-power-change = 権力の交代
why-factor-law = 法律・禁止
why-factor-treaty = 条約・交渉・制裁
why-factor-protest = 抗議活動
why-factor-crime = 刑事事件
why-factor-economy = 経済
why-factor-first = 初めて・記録
why-factor-wide = 全国・世界規模
why-factor-interview = インタビュー
why-factor-culture = 文化・芸能
why-factor-study = 研究
why-factor-sport = スポーツ
why-factor-opinion = 論説
why-factor-service = ヒント・リスト
why-factor-history = 回顧
why-factor-local = 地域の話
why-factor-animal = 動物
why-factor-obituary = 訃報
why-factor-celebrity = 有名人
why-factor-product = 製品
why-factor-lifestyle = レジャー
why-factor-curious = 珍しい話
why-factor-question = 疑問形の見出し
why-factor-prominent = 権力者が関与
why-factor-told = 映画・研究・回顧の中の出来事
why-factor-countries = 複数の国
why-factor-topic = テーマ：{ $topic }
why-newest = 最新の報道：{ $at }
why-country = { $country }：記事の { $salience }（根拠：{ $evidence }）
why-country-implied = { $country }：記事の { $salience }（直接の言及なし）
why-topic = { $topic }：信頼度 { $score }
why-sentences = 各文の出どころ
why-sentence = { $path }、{ $story } 番目の記事の第 { $position } 文

## /about, /countries, /topics
about-title = Gazette
about-text = このサーバーの新聞です。大量のリンクの代わりにまとめを投稿します。すべての文は情報源からそのまま引用しています。
about-counts = 記事：{ $stories } · 文書：{ $documents } · 国：{ $countries } · テーマ：{ $topics }
about-latest = 最新の記事：{ $at }
about-version = バージョン { $version }
countries-title = ニュースに出ている国
countries-gaps = 過去 7 日間ニュースのない地域：{ $regions }
topics-title = ニュースに出ているテーマ
count-line = { $name }：{ $count }
count-more = ほか { $count } 件

## /help
help-title = コマンド
help-reading = ニュース
help-personal = あなた専用
help-managing = サーバー管理者向け
help-note = 返信はあなただけに表示されます。オプションを入力し始めると候補が表示されます。/{ command-help } { option-command }:{ command-news } で各コマンドの説明を表示します。
help-command-title = { $command } の使い方
help-options = オプション
help-required = { $about }（必須）
help-values = { $about }：{ $values }

## The console
console-hello = コマンドを入力してください（例：/{ command-news } { option-country }:JP）。/{ command-help } で一覧、数字でボタン、/next で次のページ、Tab で補完、/language en で言語の変更、/quit で終了です。

## Subscriptions
subscribed = 購読 { $id } を作成しました
subscription-number = 購読 { $id }
subscription-changed = 購読 { $id } を変更しました
paused = 購読 { $id } を一時停止しました
resumed = 購読 { $id } を再開しました
unsubscribe-question = 購読 { $id } を削除しますか？まとめは投稿されなくなります。
unsubscribed = 購読 { $id } を削除しました。まとめはもう投稿されません。明日までは元に戻せます。
subscription-kept = 購読 { $id } はそのままです
subscription-restored = 購読 { $id } を元に戻しました
subscription-same = 購読 { $id } が、このチャンネルに同じ内容を投稿しています。
subscription-paused = 一時停止中：{ $reason }
subscription-paused-by-manager = 管理者が一時停止しました
subscription-sender = 投稿者名：{ $name }（「{ $permission }」の権限が必要）
subscription-avatar = このアバターで投稿
subscription-role = { $role } にメンション
subscription-silent = 通知せずに投稿
subscription-talk-digest = まとめごとに会話用のスレッドを作成
subscription-talk-story = 記事ごとに会話用のスレッドを作成
subscription-weekly = 毎週：直近 7 日間の出来事を重要な順に
subscription-next = 次のまとめ：{ $at }
subscription-languages = 記事：{ $stories } · 見出し：{ $headings }
subscription-engine = 要約エンジン：{ $engine }
subscription-late = 遅れた場合：{ $policy }
subscription-late-hours = 遅れた場合：{ $policy }（{ $hours } 時間以内）
subscription-quiet = 新しい記事がない場合：{ $policy }
subscription-size = 1 記事につき { $sentences } 文、最大 { $limit } 記事
alert-sources = 1 時間以内に { $count } つの情報源が報じた出来事を速報
alert-quiet = 静かな時間帯 { $from }～{ $to }
alert-limit = 1 日 { $count } 件まで
alert-none = 速報なし
subscriptions-title = このサーバーの購読
subscriptions-none = まだ購読がありません。/{ command-subscribe } で作成できます。
preview-nothing = 購読 { $id } がいま投稿するものはありません。新しい記事がないためです。
times-daily = 毎日 { $times }（{ $timezone }）
times-on-days = { $days } { $times }（{ $timezone }）
history-title = 購読 { $id } の最近のまとめ
history-nothing = まとめの時刻はまだ来ていません。
history-open = 開く
delivery-planned = 投稿待ち
delivery-composed = 作成済み、未投稿
delivery-sending = 投稿中
delivery-sent = 投稿済み
delivery-failed = 失敗
delivery-expired = 遅すぎたため投稿せず
delivery-skipped = 投稿なし
reason-quiet = 新しい記事がありませんでした
reason-late = 遅すぎました
reason-late-skipped = 遅れました。この購読は遅れたまとめをスキップします
reason-late-merged = 遅れました。次のまとめに含めます
reason-quiet-hours = 静かな時間帯に起きました。次のまとめに含めます
reason-alert-limit = その日の速報の上限に達しました。次のまとめに含めます
reason-already-told = このチャンネルには投稿済みです
reason-not-breaking = 報じる情報源が足りなくなったか、速報がオフです
reason-paused = 購読が一時停止中でした
reason-unsubscribed = 購読が削除されていました
reason-channel-gone = チャンネルが削除されたか、ボットがサーバーから外されました
reason-permission-missing = そのチャンネルでの権限が足りません
reason-permission-needed = そのチャンネルで「{ $permission }」の権限が必要です
reason-refused = Discord がメッセージを拒否しました
reason-unsure = 届いたかどうか確認できないため、もう一度は投稿しません
reason-gave-up = 投稿に何度も失敗しました

## Personal digests and mutes
followed = フォローしました：
following-title = フォロー中
following-none = まだ何もフォローしていません。/{ command-follow } で、まとめをダイレクトメッセージで受け取れます。
unfollow-question = まとめ { $count } 件をすべて停止しますか？
unfollowed = { $count ->
    [0] 何もフォローしていません。
   *[other] 停止しました。今後、この { $count } 件のまとめは届きません。
}
muted-title = 非表示にしているもの
muted = あなたには非表示にしました：{ $what }。まとめ、/{ command-catchup }、/{ command-trending } には表示されません。/{ command-news } と /{ command-search } には表示されます。
muted-for = あなたには { $days } 日間非表示にしました：{ $what }。
unmuted = { $count } 件の非表示を解除しました。
taste-title = 自分のまとめ
taste-more = { $topic }を増やすよう設定しています。
taste-less = { $topic }を減らすよう設定しています。
taste-even = { $topic }は通常の扱いに戻りました。
taste-note = 自分のまとめで記事の順番が上下するだけで、消える記事はありません。/{ command-following } で確認とリセットができます。
taste-reset = リセットしました。自分のまとめは通常の順番に戻ります。
languages-chosen = 今後は次の言語の記事を選びます：{ $languages }
languages-shown = 次の言語の記事を選んでいます：{ $languages }。/{ command-languages } { option-stories }: で変更できます。
forget-question = あなたについて保存している情報（まとめ、非表示の設定、言語、/{ command-catchup } を最後に使った日時）をすべて削除しますか？元に戻せません。
forgotten = あなたについて保存していたデータをすべて削除しました（まとめ、非表示の設定、最後に /{ command-catchup } を使った時刻）。

## Commands: names and descriptions
command-news = ニュース
command-news-about = 国やテーマについての最新の記事を表示します
command-digest = まとめ
command-digest-about = いまチャンネルに投稿されるまとめを表示します
command-now = いま
command-now-about = いまチャンネルに投稿されるまとめを表示します
command-trending = 急上昇
command-trending-about = 報道する情報源が増えている話題を表示します
command-catchup = 見逃し
command-catchup-about = 前回このコマンドを使ってからの新着を表示します
command-search = 検索
command-search-about = 言葉や意味で記事を探します
command-ask = 質問
command-ask-about = ニュースの文で質問に答えます
command-story = 記事
command-story-about = 記事の全文を表示します
command-why = なぜ
command-why-about = 記事が表示された理由と、各文の出どころを説明します
command-countries = 国一覧
command-countries-about = ニュースに出ている国の一覧を表示します
command-topics = テーマ一覧
command-topics-about = ニュースに出ているテーマの一覧を表示します
command-sources = 情報源
command-sources-about = この新聞が読み込むものと最終取得を表示します
command-list = 一覧
command-list-about = この新聞が読み込むものと最終取得を表示します
command-add = 追加
command-add-about = このサーバー用にフィード、またはサイトのフィードを追加します
command-remove = 削除
command-remove-about = このサーバーの情報源の読み込みをやめます
command-drop = 投稿
command-drop-about = ファイルかリンクをこのサーバーの新聞に追加します
command-about = 概要
command-about-about = このボットの説明と記事の数を表示します
command-help = ヘルプ
command-help-about = コマンドの一覧、または一つの説明を表示します
command-follow = フォロー
command-follow-about = 自分専用のまとめをダイレクトメッセージで受け取ります
command-following = フォロー中
command-following-about = フォロー中のものと非表示にしているものを表示します
command-unfollow = フォロー解除
command-unfollow-about = 自分専用のまとめを一つ、またはすべて停止します
command-mute = 非表示
command-mute-about = テーマや国を自分のまとめから外します
command-unmute = 再表示
command-unmute-about = 非表示にしたものを再び表示します
command-languages = 記事の言語
command-languages-about = あなた向けに選ぶ記事の言語を設定します
command-forget = データ削除
command-forget-about = あなたについて保存したデータをすべて削除します
command-subscribe = 購読
command-subscribe-about = 決まった時刻にチャンネルへまとめを投稿します
command-subscriptions = 購読一覧
command-subscriptions-about = このサーバーの購読の一覧を表示します
command-edit = 編集
command-edit-about = 購読を変更します
command-copy = コピー
command-copy-about = 同じまとめを別のチャンネルにも投稿します
command-pause = 一時停止
command-pause-about = 購読を一時停止します
command-resume = 再開
command-resume-about = 一時停止した購読を再開します
command-unsubscribe = 購読解除
command-unsubscribe-about = 購読を削除します
command-preview = プレビュー
command-preview-about = 購読がいま投稿する内容を表示します
command-history = 履歴
command-history-about = 購読の最近のまとめとその結果を表示します

## Options: names and descriptions
option-country = 国
option-country-about = 国を一つ、またはコンマで区切って複数
option-topic = テーマ
option-topic-about = テーマを一つ、またはコンマで区切って複数
option-url = url
option-url-about = フィードかサイトのアドレス
option-source = 情報源
option-source-about = 情報源の番号か名前
option-file = ファイル
option-file-about = テキストファイル、ページ、文書
option-link = リンク
option-link-about = ページのアドレス
option-since = いつから
option-since-about = さかのぼる期間：12時間、昨日、先週または日付
option-filter = 条件
option-filter-about = そのほかの条件。例：lang:ja -topic:sport "公海"
option-unmute-filter-about = 再び表示するもの。省略するとすべて
option-page = ページ
option-page-about = ページ番号
option-words = 言葉
option-words-about = 言葉、または "引用符で囲んだ語句"
option-question = 質問
option-question-about = 質問（言語は問いません）
option-id = 番号
option-id-about = 購読の番号
option-story-id-about = 記事の ID。例：s12
option-why-id-about = 記事または出来事の ID。例：e34
option-unfollow-id-about = まとめの番号。省略するとすべて
option-command = コマンド
option-command-about = 説明するコマンド
option-time = 時刻
option-time-about = 時刻。複数も可：08:00,18:30
option-timezone = タイムゾーン
option-timezone-about = タイムゾーン：都市名、または現地の時刻を入力
option-channel = チャンネル
option-channel-about = 投稿するチャンネル。省略するとこのチャンネル
option-days = 日
option-days-about = 曜日：月曜から金曜、または土、日
option-mute-days-about = 日数。省略すると無期限
option-language = 言語
option-language-about = 見出しとボタンの言語（記事は元の言語のまま）
option-stories = 記事の言語
option-stories-about = 記事の言語（例：日本語, 英語）。すべての言語なら「すべて」
stories-all = すべての言語
option-sentences = 文数
option-sentences-about = 1 記事あたりの文の数、1〜10
option-limit = 上限
option-limit-about = 記事の最大数、1〜25
option-look = 見た目
option-look-about = まとめの見た目
option-late = 遅れたとき
option-late-about = 予定どおり投稿できなかったまとめの扱い
option-quiet = 静かな日
option-quiet-about = 新しい記事がないときの扱い
option-name = 名前
option-name-about = 投稿者名。- でボットの名前に戻す
option-avatar = アイコン
option-avatar-about = 投稿に使うアバターのリンク。- でボットのアバターに戻す
option-posts = 投稿の分け方
option-posts-about = まとめ全体で一つの投稿にするか、記事ごとに投稿するか
option-alerts = 速報
option-alerts-about = この数の情報源が報じた出来事をすぐに投稿：3、または 3 22:00-07:00 5
option-role = ロール
option-role-about = メンションするロール。なしにするには @everyone
option-notify = 通知
option-notify-about = 通常どおり通知するか、通知せずに投稿するか
option-talk = 会話
option-talk-about = 投稿の下に作る会話用のスレッド
option-every = 周期
option-every-about = まとめの範囲：前回からの新しい記事、または 1 週間

## Choices
choice-look-components = カード
choice-look-chart = グラフ付きカード
choice-look-embeds = 埋め込み
choice-look-plain = テキストのみ
choice-posts-digest = まとめ全体で一つの投稿
choice-posts-event = 記事ごとに一つの投稿
choice-notify-normal = 通常どおり通知
choice-notify-silent = 通知せずに投稿
choice-talk-none = スレッドなし
choice-talk-digest = まとめに一つ
choice-talk-story = 記事ごとに一つ
choice-every-day = 前回のまとめからの新しい記事
choice-every-week = 1 週間の出来事を週に 1 回
choice-late-post = 遅れて投稿する
choice-late-merge = 次のまとめに含める
choice-late-skip = スキップする
choice-quiet-say = 一行で知らせる
choice-quiet-skip = 何も投稿しない
choice-quiet-widen = 未投稿の古い記事で補う

## 情報源
sources-title = この新聞の情報源
sources-none = 読み込んでいるフィードはまだありません。
source-new = 未取得
source-last = 最終取得：{ $at }
source-failing = 現在読み込めません
source-paused = 一時停止中
source-own = このサーバーのみ
source-daily = 1日あたり記事 { $count } 件
source-added = 情報源 { $id } として追加しました：{ $title }
source-entries = { $count ->
    [0] 現在、項目がありません。
   *[other] 項目は { $count } 件です。内容が見えるのはこのサーバーだけです。
}
source-odd-empty = 現在、項目がありません。
source-odd-titles = { $total } 件中 { $count } 件は見出しだけです。
source-odd-dates = { $total } 件中 { $count } 件に日付がありません。
source-odd-old = 最新の項目は { $days } 日前のものです。
source-odd-shared = 同じ ID の項目があります。
source-odd-left-out = { $note }
source-odd-slow = 応答に { $seconds } 秒かかりました。
source-removed = 情報源を削除しました：{ $title }。記事は残ります。
dropped = { $count ->
    [0] すでに新聞に載っています。
   *[other] 記事を { $count } 件読み込みました。見えるのはこのサーバーだけです。
}
drop-refused = 読み込めませんでした：{ $name } { $reason }

## ウェブ版
web-skip = ニュースへ移動
web-nav = セクション
web-today = 今日
web-archive = アーカイブ
web-countries = 国
web-topics = テーマ
web-languages = 言語
web-sources = 情報源
web-search = 検索
web-language = このページの言語
web-footer = 文はすべて、そばに記した情報源の原文のままです。
web-coverage = { $languages }言語、{ $sources }つの情報源から{ $reports }件の報道
web-briefs = 短信
web-all-news = すべての記事
web-all-reports = この出来事の全報道
web-newer = 新しい記事
web-older = 以前の記事
web-timeline = 報道の経過
web-first-report = 最初の報道
web-added = 新情報：
web-added-nothing = これまでの報道にない内容はありません
web-read-original = { $source }で読む
web-week = { $year }年第{ $week }週
web-nothing = 一致する記事はありません。
web-search-label = 語句または条件
web-search-button = 検索
web-search-hint = 例：フェリー country:jp -topic:sport since:1w
web-not-found = ページが見つかりません
web-not-found-text = このアドレスには何もありません。
web-gone = 掲載を終了しました
web-gone-text = これは紙面から取り下げられました。
web-invalid = 処理できません
web-invalid-text = このアドレスは読み取れません。
web-broken = 問題が発生しました
web-broken-text = しばらくしてからもう一度お試しください。
web-login = ログイン
web-login-label = この新聞のパスワード
web-login-button = ログイン
web-login-wrong = パスワードが違います。
web-login-wait = 試行回数が多すぎます。1分待ってからもう一度お試しください。

## Errors
error = 問題が発生しました。詳細はログの { $reference } にあります。
error-settings = 設定が正しくありません。
error-seed-rejected = { $path }：{ $reason }
error-source-address = { $address } はアドレスではありません。https:// か http:// で始めてください。
error-source-known = 「{ $title }」はすでに読み込んでいます。
error-source-ambiguous = 同じ名前の情報源がいくつかあります。番号で選んでください：{ $ids }
error-source-unreadable = { $address } { $reason }
error-sources-off = 情報源を追加できるのは、このボットの運営者だけです。
error-drop-empty = ファイルかリンクを追加してください。
error-store = データベースが応答していません。1 分後にもう一度お試しください。
error-store-unavailable = データベースが応答していません。1 分後にもう一度お試しください。
error-store-outdated = データベースを更新しています。数分後にもう一度お試しください。
error-filter = この条件の { $at } 文字目を読み取れません。{ $problem }
error-unknown-name = 「{ $name }」という{ $what }は見つかりません。{ $hint ->
    [none] {""}
   *[other] { $hint } のことですか？
}
error-not-found = { $what } { $id } は見つかりません。
error-not-allowed = これには「{ $permission }」の権限が必要です。
error-input = { $problem }
error-delivery = いまはまとめを投稿できません。
error-channel-gone = そのチャンネルが削除されたか、ボットがサーバーから外されました。
error-permission-missing = <#{ $channel }> に投稿できません。そこで「{ $permission }」の権限を付与してください。
error-discord-unavailable = Discord が応答していません。1 分後にもう一度お試しください。
error-token = Discord がトークンを拒否しました。
carried-out = 処理は完了しています。確認を送る前に再起動しました。現在の設定は /{ command-subscriptions } と /{ command-following } で確認できます。
error-command-changed = このコマンドは変更されました。1 分後にもう一度お試しください。
error-id = 「{ $given }」は ID ではありません。記事は s12、出来事は e34 のように入力してください。
error-words-missing = 検索する言葉を入力してください。
error-words-nothing = 「{ $given }」には検索できる言葉がありません。言葉、または「引用符で囲んだ語句」を入力してください。
error-question-empty = ニュースについて質問してください。
error-limit-range = まとめに載せられる記事は 1 件から 25 件です。
error-languages-most = 言語は { $most } 個まで、または「すべて」を選んでください。
error-sentences-range = 要約は 1 文から 10 文までです。
error-late-range = まとめの遅れは 48 時間までです。
error-alerts = 「{ $given }」は速報の設定ではありません。3、3 quiet 22:00-07:00 max 5、または off と入力してください。
error-alert-sources = 速報に必要な情報源の数は { $least } から { $most } までです。
error-alerts-a-day = 速報は 1 日に 1 件から { $most } 件までです。
error-talk-story = 記事ごとのスレッドには記事ごとの投稿が必要です。posts:event も選んでください。
error-weekly = 毎週のまとめは曜日と時刻を一つずつ選んでください（例：days:mon time:08:00）。
error-sender-name = 名前は 80 文字以内で、@、「discord」、「clyde」は使えません。
error-sender-avatar = アバターには https:// または http:// で始まるリンクを指定してください。
error-channel-id = チャンネル ID ではありません。Discord でチャンネルを右クリックし、「チャンネルIDをコピー」を選んでください。
error-channel-missing = 投稿するチャンネルを指定してください：{ option-channel }:
error-time-missing = 投稿する時刻を指定してください：{ option-time }:08:00。二つなら { option-time }:08:00,18:30 です。
error-timezone-missing = タイムゾーンを指定してください。{ option-timezone }: のあとに都市名を入力すると見つかります。
error-timezone-several = 「{ $given }」には複数のタイムゾーンがあります。{ $zones }から選んでください。
error-time-of-day = 「{ $given }」は時刻ではありません。{ example-times }
error-times-count = 購読には 1 個から 24 個の時刻が必要です（例：08:00,18:30）。
error-day = 「{ $given }」は曜日ではありません。{ example-days }
error-period = 「{ $given }」は期間でも日付でもありません。{ example-period }
error-typed-partly = 「{ $understood }」は認識できましたが、「{ $rest }」がわかりません。{ $example }
error-typed-ambiguous = 「{ $given }」は{ $readings }のどちらにも取れます。{ $example }
example-days = 例：月曜から金曜、土、日。
example-times = 例：午前8時30分。二つなら 8:00、18:30。
example-period = 例：12時間、昨日、先週、2026/11/01。
error-too-long = 長すぎます。
error-nothing-to-change = 変更する内容を指定してください（例：/{ command-edit } { option-id }:1 { option-time }:08:00）。
error-follow-most = すでに { $most } 件のまとめをフォローしています。先に /{ command-unfollow } で一つ停止してください。
error-server-most = このサーバーの購読は上限の { $most } 件に達しています。先に /{ command-unsubscribe } で一つ削除してください。
error-channel-most = このチャンネルの購読は上限の { $most } 件に達しています。別のチャンネルを選ぶか、/{ command-unsubscribe } で一つ削除してください。
error-undo-expired = もう元に戻せません。
error-mute-everything = 非表示にするテーマ、国、条件のどれかを指定してください。
error-mute-long = 非表示の設定は { $most } 文字までです。
error-nothing-muted = 非表示にしているものはありません。
error-button-old = このボタンは期限切れです。もう一度コマンドを使ってください。
error-members-only = これは Discord サーバーのメンバーだけが使えます。
error-no-button = ボタン { $number } はありません。
error-which-choice = メニューの行を選んでください：{ $example } から { $last }。
error-no-page = これ以上ページはありません。
error-quote = 引用符が足りません。
error-no-command = コマンドを入力してください（例：/{ command-news }）。/{ command-help } で一覧を表示します。
error-option-unknown = { $command } では「{ $given }」を使えません。使えるオプションは { $options } です
error-option-missing = { $command } には { $option } が必要です
error-number = 「{ $given }」は数字ではありません。{ $option } のあとに数字を入力してください。
error-number-subscription = 「{ $given }」は購読の番号ではありません。{ $option }3 のように入力してください。番号は /{ command-subscriptions } で確認できます。
error-option-empty = { $option } のあとに値を入力してください。
permission-manage-guild = サーバー管理
permission-view-channel = チャンネルを見る
permission-send-messages = メッセージを送信
permission-send-messages-in-threads = スレッドでメッセージを送信
permission-create-public-threads = 公開スレッドの作成
permission-mention-everyone = @everyone、@here、全てのロールにメンション
permission-embed-links = 埋め込みリンク
permission-attach-files = ファイルを添付
permission-read-message-history = メッセージ履歴を読む
permission-manage-messages = メッセージの管理
permission-manage-webhooks = ウェブフックの管理
filter-wrong-long = 条件は { $most } 文字までです。
filter-wrong-deep = かっこと not の入れ子は { $most } 段までです。
filter-wrong-many-words = 条件に使える言葉と語句は { $most } 個までです。
filter-wrong-many-values = 条件に使える値は { $most } 個までです。
filter-wrong-long-phrase = 語句は { $most } 語までです。
filter-wrong-bracket-closes = この閉じかっこに対応する開きかっこがありません。
filter-wrong-bracket-open = このかっこが閉じていません。
filter-wrong-bracket-before = このかっこの前に何もありません。
filter-wrong-end = 最後に何かが足りません。
filter-wrong-before = 「{ $given }」の前に何かが足りません。
filter-wrong-no-word = 「{ $given }」には検索できる言葉がありません。
filter-wrong-key = 「{ $given }:」というキーはありません。「{ $hint }」のことですか？コロンを含む文字列は引用符で囲んでください。
filter-wrong-event = 「{ $given }」は e34 のような出来事の ID ではありません。
filter-wrong-pattern = 「{ $key_name }」には文字か数字が必要で、アスタリスクは { $most } 個までです。
filter-wrong-value = 「{ $given }:」のあとに値を入力してください。
what-country = 国
what-topic = テーマ
what-time-zone = タイムゾーン
what-engine = 要約方式
what-command = コマンド
what-option = オプション
what-look = 見た目
what-late-policy = 遅れたまとめの扱い
what-quiet-policy = 静かな日の扱い
what-late = 遅れたまとめの扱い
what-posts = 投稿の分け方
what-way-of-posting = 投稿の分け方
what-notification = 通知の設定
what-kind-of-thread = スレッドの種類
what-rhythm = 周期
what-notify = 通知の設定
what-talk = スレッドの種類
what-every = 周期
what-quiet = 静かな日の扱い
what-language = 言語
what-region = 地域
what-story = 記事
what-event = 出来事
what-subscription = 購読
what-source = 情報源
what-mute = 非表示の設定
