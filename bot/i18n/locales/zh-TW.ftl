# Gazette 自己的用語，繁體中文（台灣）。

## Digests and lists
digest-title = 新聞
digest-title-of = 新聞：{ $filter }
digest-quiet = 平靜的一天：這一期沒有新消息。
chart-title = 各國新聞數
digest-corrected = 已由來源撤回或更改。
digest-omitted = 還有 { $count } 則
digest-update = 後續
digest-sources = { $count } 篇報導
digest-footer = Gazette 第 { $marker } 期
catchup-title = { $at } 以來
trending-title = 正在升溫
trending-title-of = 正在升溫：{ $filter }
trending-nothing = 目前沒有升溫的事件：沒有任何事件的報導比先前多。
trending-rise = { $count } 篇報導，先前 { $before } 篇
story-truncated = 來源在此中斷。
story-about = 國家
story-topics = 主題
story-source = { $path }，第 { $position } 則
news-title = { $total ->
    [0] 沒有新聞
   *[other] { $total } 則新聞
}
news-title-of = { $total ->
    [0] 沒有新聞：{ $filter }
   *[other] { $total } 則新聞：{ $filter }
}
news-page = 第 { $page } 頁，共 { $pages } 頁
news-nothing = 沒有符合的新聞。請減少條件或拉長期間；/{ command-countries } 和 /{ command-topics } 會列出現有的內容。
news-empty = 目前還沒有新聞。
search-title = { $total ->
    [0] 找不到「{ $words }」
   *[other] { $total } 則新聞含有「{ $words }」
}
search-title-many = 「{ $words }」最相關的 { $total } 則新聞
menu-full = 閱讀全文…
menu-country = 某個國家的新聞…
menu-topic = 某個主題的新聞…
button-next = 下一頁
button-previous = 上一頁
button-more = 還有 { $count } 則
button-more-from = 更多{ $country }新聞
button-full = 全文
button-original = 來源
button-why = 為什麼會出現在這裡？
button-mute = 不再讓我看到：{ $what }
button-undo = 復原
button-stop = 停止這份摘要
button-preview = 預覽
button-pause = 暫停
button-resume = 繼續
button-unsubscribe = 取消訂閱

## Filters in words
filter-everything = 全部
filter-not = 非{ $what }
filter-words = 「{ $words }」
filter-since = 自{ $when }起
filter-until = 至{ $when }止
filter-newer = 最近{ $span }
filter-older = { $span }以前
filter-several = { $some }及其他 { $count } 項
since-today = 今天
since-yesterday = 昨天
days-daily = 每天
days-weekdays = 星期一至星期五
days-weekend = 星期六和星期日
days-range = { $first }至{ $last }

## /why
why-title = 原因：{ $headline }
why-event = 有 { $count } 篇報導提到。
why-rank = 最新新聞第 { $rank } 名：{ $reasons }。
why-reason-sources = { $value } 個來源報導
why-reason-position = 來源中的第 { $value } 則
why-reason-length = { $value } 個字元
why-newest = 最新報導：
why-country = { $country }：占報導的 { $salience }，依據 { $evidence }
why-country-implied = { $country }：占新聞的 { $salience }，沒有直接提及
why-topic = { $topic }：把握 { $score }
why-sentences = 每個句子的出處
why-sentence = { $path } 第 { $story } 則的第 { $position } 句

## /about, /countries, /topics
about-title = Gazette
about-text = 這個社群的報紙。它貼出精選摘要而不是洪水般的訊息，而且每一句都是來源的原文。
about-counts = 新聞：{ $stories } · 文件：{ $documents } · 國家：{ $countries } · 主題：{ $topics }
about-latest = 最新一則送達於
about-version = 版本 { $version }
countries-title = 新聞中的國家
countries-gaps = 七天內沒有新聞的地區：{ $regions }
topics-title = 新聞中的主題
count-line = { $name }：{ $count }
count-more = 還有 { $count } 項

## /help
help-title = 你可以問什麼
help-reading = 新聞
help-personal = 只屬於你
help-managing = 給這個伺服器的管理者
help-note = 回覆只有你看得到。開始輸入選項就會看到有哪些；/{ command-help } { option-command }:{ command-news } 會說明一個指令。

## The console
console-hello = 輸入指令，例如 /{ command-news } { option-country }:JP；/{ command-help } 會列出全部。數字按下按鈕，/next 翻頁，Tab 補全，/language en 換語言，/quit 結束。

## Subscriptions
subscribed = 已建立訂閱 { $id }
subscription-number = { $id } 號
subscription-changed = { $id } 號已變更
paused = { $id } 號已暫停
resumed = { $id } 號已繼續
unsubscribed = { $id } 號已結束，不會再送出摘要。
subscription-paused = 已暫停：{ $reason }
subscription-paused-by-manager = 已由管理員暫停
subscription-sender = 以 { $name } 的名義發布（我需要「{ $permission }」權限）
subscription-avatar = 以此圖片發布
subscription-next = 下一份摘要
subscription-size = 每則 { $sentences } 句，最多 { $limit } 則
subscriptions-title = 這個伺服器的訂閱
subscriptions-none = 目前沒有。用 /{ command-subscribe } 建立一個。
preview-nothing = 如果 { $id } 號現在到期，不會貼出任何內容：沒有新消息。
times-daily = 每天 { $times }（{ $timezone }）
times-on-days = { $days } { $times }（{ $timezone }）
history-title = { $id } 號最近的摘要
history-nothing = 還沒有到期過。
history-open = 開啟
delivery-planned = 等候中
delivery-composed = 已寫好，尚未送出
delivery-sending = 正在送出
delivery-sent = 已送出
delivery-failed = 失敗
delivery-expired = 太晚，未送出
delivery-skipped = 沒有送出
reason-quiet = 沒有新消息
reason-late = 太晚了
reason-late-skipped = 已延遲，而延遲的摘要會略過
reason-late-merged = 已延遲；由下一份補述
reason-paused = 已暫停
reason-unsubscribed = 訂閱已結束
reason-channel-gone = 頻道已不存在，或我已不在伺服器
reason-permission-missing = 我在頻道缺少權限
reason-permission-needed = 我在那個頻道需要「{ $permission }」權限
reason-refused = Discord 沒有接受訊息
reason-unsure = 無法確認是否送達，因此不再重送
reason-gave-up = 嘗試太多次都失敗

## Personal digests and mutes
followed = 已追蹤
following-title = 你追蹤的內容
following-none = 目前沒有。用 /{ command-follow } 以私人訊息接收摘要。
unfollowed = { $count ->
    [0] 你沒有追蹤任何內容。
   *[other] 已停止：{ $count } 份摘要不再送出。
}
muted-title = 你隱藏的內容
muted = 已為你隱藏：{ $what }。摘要、/{ command-catchup } 和 /{ command-trending } 會略過它；/{ command-news } 和 /{ command-search } 仍找得到。
muted-for = 已為你隱藏 { $days } 天：{ $what }。
unmuted = 已恢復顯示 { $count } 項。
forgotten = 關於你的資料已全部刪除：你的摘要、隱藏設定，以及上次補看的時間。

## Commands: names and descriptions
command-news = 新聞
command-news-about = 某個國家或主題的最新新聞
command-digest = 摘要
command-digest-about = 頻道現在會收到的摘要
command-now = 現在
command-now-about = 頻道現在會收到的摘要
command-trending = 升溫
command-trending-about = 越來越多媒體報導的事件
command-catchup = 補看
command-catchup-about = 你上次詢問之後的新聞
command-search = 搜尋
command-search-about = 含有某些字詞的新聞
command-story = 全文
command-story-about = 一則新聞的全文
command-why = 為什麼
command-why-about = 新聞出現的原因，以及每個句子的出處
command-countries = 國家
command-countries-about = 新聞中的國家
command-topics = 主題
command-topics-about = 新聞中的主題
command-about = 關於
command-about-about = 這個機器人是什麼、收錄了多少
command-help = 說明
command-help-about = 你可以問什麼
command-follow = 追蹤
command-follow-about = 以私人訊息接收自己的摘要
command-following = 追蹤清單
command-following-about = 你追蹤和隱藏的內容
command-unfollow = 取消追蹤
command-unfollow-about = 停止自己的一份摘要，或全部
command-mute = 隱藏
command-mute-about = 不在摘要中看到某個主題或國家
command-unmute = 恢復顯示
command-unmute-about = 重新看到你隱藏的內容
command-forget = 忘記我
command-forget-about = 刪除關於你的所有資料
command-subscribe = 訂閱
command-subscribe-about = 讓頻道在固定時間收到摘要
command-subscriptions = 訂閱清單
command-subscriptions-about = 這個伺服器收到的摘要
command-edit = 編輯
command-edit-about = 變更訂閱
command-pause = 暫停
command-pause-about = 暫停訂閱
command-resume = 繼續
command-resume-about = 讓暫停的訂閱繼續
command-unsubscribe = 取消訂閱
command-unsubscribe-about = 結束訂閱
command-preview = 預覽
command-preview-about = 訂閱現在會貼出的內容
command-history = 紀錄
command-history-about = 訂閱最近的摘要及其結果

## Options: names and descriptions
option-country = 國家
option-country-about = 一個國家，或以逗號分隔多個
option-topic = 主題
option-topic-about = 一個主題，或以逗號分隔多個
option-since = 起始
option-since-about = 往回多久：12h、2d、1w、today 或日期
option-filter = 條件
option-filter-about = 其他條件，例如：lang:zh -topic:sport "公海"
option-unmute-filter-about = 要恢復顯示的內容；省略則為全部
option-page = 頁
option-page-about = 第幾頁
option-words = 字詞
option-words-about = 字詞或 "片語"
option-id = 編號
option-id-about = 訂閱的編號
option-story-id-about = 新聞編號，例如 s12
option-why-id-about = 新聞或事件編號，例如 e34
option-unfollow-id-about = 哪一份摘要；省略則為全部
option-command = 指令
option-command-about = 要說明的指令
option-time = 時間
option-time-about = 時刻，或以逗號分隔多個：08:00,18:30
option-timezone = 時區
option-timezone-about = 時區：輸入城市，或那裡現在的時間
option-channel = 頻道
option-channel-about = 摘要送到哪裡；省略則為這裡
option-days = 日子
option-days-about = 星期幾：mon-fri 或 sat,sun
option-mute-days-about = 幾天；省略則為永久
option-language = 語言
option-language-about = 摘要自身用語的語言
option-sentences = 句數
option-sentences-about = 每則句數，1 至 10
option-limit = 上限
option-limit-about = 最多幾則，1 至 25
option-look = 外觀
option-look-about = 摘要的呈現方式
option-late = 延遲
option-late-about = 錯過的摘要如何處理
option-quiet = 平靜
option-quiet-about = 沒有新消息時如何處理
option-name = 名稱
option-name-about = 發布時顯示的名稱；- 表示用機器人的名稱
option-avatar = 頭像
option-avatar-about = 發布時顯示的圖片網址；- 表示用機器人的圖片
option-posts = 貼文方式
option-posts-about = 全部一則貼文，或每則新聞一則貼文

## Choices
choice-look-components = 卡片
choice-look-chart = 卡片與圖表
choice-look-embeds = 嵌入內容
choice-look-plain = 純文字
choice-posts-digest = 全部一則貼文
choice-posts-event = 每則新聞一則貼文
choice-late-post = 延後貼出
choice-late-merge = 併入下一份
choice-late-skip = 略過
choice-quiet-say = 用一行說明
choice-quiet-skip = 不貼出
choice-quiet-widen = 補上還沒說過的較舊新聞

## Errors
error = 這裡出了問題，已記錄在 { $reference }。
error-settings = 設定無法使用。
error-seed-rejected = { $path }：{ $reason }
error-store = 資料庫目前無法回應，請一分鐘後再試。
error-store-unavailable = 資料庫目前無法回應，請一分鐘後再試。
error-store-outdated = 資料庫正在更新，請幾分鐘後再試。
error-filter = 看不懂這個條件：{ $problem }（第 { $at } 個字元）。
error-unknown-name = 沒有這個{ $what }：{ $name }。{ $hint ->
    [none] {""}
   *[other] 你是指 { $hint } 嗎？
}
error-not-found = 找不到{ $what } { $id }。
error-not-allowed = 這需要「{ $permission }」權限。
error-input = { $problem }
error-delivery = 摘要目前無法送出。
error-channel-gone = 那個頻道已不存在，或我已不在它的伺服器。
error-permission-missing = 我不能在那裡貼文：請在 <#{ $channel }> 給我「{ $permission }」權限。
error-discord-unavailable = Discord 目前沒有回應，請一分鐘後再試。
error-token = Discord 拒絕了權杖。
error-command-changed = 這個指令已變更，請一分鐘後重新輸入
error-id = { $given } 不是編號；新聞請寫 s12，事件請寫 e34。
error-words-missing = 請說明要搜尋什麼。
error-limit-range = 一份摘要有 1 到 25 則新聞。
error-sentences-range = 一則摘要有 1 到 10 句。
error-late-range = 摘要最多延遲 48 小時。
error-sender-name = 名稱最多 80 個字元，不能有 @，也不能包含「discord」或「clyde」。
error-sender-avatar = 圖片是以 https:// 或 http:// 開頭的網址。
error-channel-id = 那不是頻道 ID；請在 Discord 用「複製頻道 ID」取得。
error-channel-missing = 請指定頻道。
error-time-missing = 請指定時間：08:00，兩個則寫 08:00,18:30。
error-timezone-missing = 請指定時區；輸入城市即可找到。
error-time-of-day = { $given } 不是時刻；請寫 08:00，兩個則寫 08:00,18:30。
error-times-count = 訂閱需要 1 到 24 個時刻，例如 08:00,18:30。
error-day = { $given } 不是星期幾；請寫 mon-fri、sat,sun 或 daily。
error-period = { $given } 不是時間；請寫 12h、2d、1w、today、yesterday 或像 2026-11-01 的日期。
error-too-long = 太長了。
error-nothing-to-change = 請說明要變更什麼。
error-follow-most = 你已經追蹤 { $most } 項；請先用 /{ command-unfollow } 停止一項。
error-mute-everything = 請說明要隱藏什麼：主題、國家或條件。
error-mute-long = 隱藏條件最多 { $most } 個字元。
error-nothing-muted = 你沒有隱藏任何內容。
error-button-old = 這個按鈕太舊了，請重新詢問。
error-members-only = 這是給 Discord 成員的：會以私人訊息送達。
error-no-button = 沒有 { $number } 號按鈕可按。
error-which-choice = 請指定選單的哪一行：{ $example } 到 { $last }。
error-no-page = 沒有其他頁了。
error-quote = 少了一個引號。
error-no-command = 請輸入指令，例如 /{ command-news }；/{ command-help } 會列出全部。
error-option-unknown = { $command } 看不懂 { $given }；它的選項是 { $options }
error-option-missing = { $command } 需要 { $option }
error-number = { $option } 必須是數字，而不是 { $given }。
error-number-subscription = { $option } 需要訂閱的編號，例如 { $option }3，而不是 { $given }。用 /{ command-subscriptions } 查看編號。
error-option-empty = { $option } 後面沒有內容。
permission-manage-guild = 管理伺服器
permission-view-channel = 檢視頻道
permission-send-messages = 傳送訊息
permission-send-messages-in-threads = 在討論串中傳送訊息
permission-create-public-threads = 建立公開討論串
permission-embed-links = 嵌入連結
permission-attach-files = 附加檔案
permission-read-message-history = 讀取訊息歷史
permission-manage-messages = 管理訊息
permission-manage-webhooks = 管理 Webhook
filter-wrong-long = 條件最多 { $most } 個字元
filter-wrong-deep = 括號和 not 最多 { $most } 層
filter-wrong-many-words = 條件最多 { $most } 個字詞和片語
filter-wrong-many-values = 條件最多 { $most } 個值
filter-wrong-long-phrase = 片語最多 { $most } 個字詞
filter-wrong-bracket-closes = 這個右括號沒有對應的左括號
filter-wrong-bracket-open = 這個括號沒有關閉
filter-wrong-bracket-before = 這個括號前面沒有內容
filter-wrong-end = 最後少了東西
filter-wrong-before = { $given } 前面需要內容
filter-wrong-no-word = { $given } 沒有可搜尋的字詞
filter-wrong-key = 沒有 { $given }: 這個鍵——你是指 { $hint } 嗎？含冒號的文字需要引號
filter-wrong-time = { $given } 不是時間；請寫 12h、2d、1w、today、yesterday 或像 2026-11-01 的日期
filter-wrong-event = { $given } 不是像 e34 的事件編號
filter-wrong-pattern = { $key_name } 需要字母或數字，且最多 { $most } 個星號
filter-wrong-name = 沒有這個{ $what }：{ $given }{ $hint ->
    [none] {""}
   *[other] ；你是指 { $hint } 嗎？
}
filter-wrong-value = { $given }: 後面少了值
filter-wrong-quote-open = 這個引號沒有關閉
filter-wrong-quote-closes = 這個引號沒有對應的開頭
what-country = 國家
what-topic = 主題
what-time-zone = 時區
what-engine = 方法
what-command = 指令
what-option = 選項
what-look = 外觀
what-late-policy = 延遲處理方式
what-quiet-policy = 平靜日處理方式
what-late = 延遲處理方式
what-posts = 貼文方式
what-way-of-posting = 貼文方式
what-quiet = 平靜日處理方式
what-language = 語言
what-region = 地區
what-story = 新聞
what-event = 事件
what-subscription = 訂閱
what-mute = 隱藏設定
