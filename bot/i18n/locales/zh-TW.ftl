# 所有介面的訊息，繁體中文（台灣）。用語：bot/i18n/glossary/zh-TW.toml。

## Digests and lists
digest-title = 新聞
digest-title-of = 新聞：{ $filter }
digest-quiet = 平靜的一天：這份摘要沒有新的新聞。
chart-title = 各國報導數
digest-corrected = 已由來源撤回或更改。
digest-withheld = 已由編輯撤下。
digest-withheld-title = 已撤下
digest-omitted = 還有 { $count } 則新聞
digest-other-languages = 還有 { $count } 則其他語言的新聞
alert-title = 快訊
digest-alert = 已於 { $at } 發布
digest-week = { $first } – { $last }
digest-developed = { $first } 至 { $last }：{ $count } 篇報導
digest-update = 更新
digest-sources = { $count } 篇報導
digest-footer = Gazette · { $marker }
mail-unsubscribe = 取消訂閱
mail-unsubscribe-by-mail = 若要取消訂閱，請寄信到 { $address }，主旨為「{ $subject }」。
mail-unsubscribe-question = 要停止接收這些郵件嗎？
mail-unsubscribed = 已取消訂閱，之後不會再收到郵件。
mail-unsubscribe-invalid = 這個連結不屬於我們寄出的郵件。
catchup-title = { $at } 之後的新聞
trending-title = 熱門
trending-title-of = 熱門：{ $filter }
trending-nothing = 目前沒有熱門事件。
trending-rise = { $count } 篇報導，先前 { $before } 篇
story-truncated = 來源的新聞在此中斷。
story-brief = 來源只提供這則標題。
story-about = 國家
story-topics = 主題
story-source = { $path }，第 { $position } 則新聞
news-title = { $total ->
    [0] 沒有新聞
   *[other] { $total } 則新聞
}
news-title-of = { $total ->
    [0] 沒有新聞：{ $filter }
   *[other] { $total } 則新聞：{ $filter }
}
news-page = 第 { $page } 頁，共 { $pages } 頁
news-nothing = 沒有符合的新聞。請拉長期間或減少條件。/{ command-countries } 和 /{ command-topics } 會顯示新聞中有哪些。
news-none = 目前還沒有新聞。
search-nothing = 沒有新聞符合這些字詞。請換個字詞，或減少字詞。
news-empty = 目前還沒有新聞。
search-title = { $total ->
    [0] 沒有與「{ $words }」相關的新聞
   *[other] 與「{ $words }」相關的新聞 { $total } 則
}
search-title-many = 「{ $words }」最相關的 { $total } 則結果
answers-nothing = 找不到相關的內容。請換個說法再問，或用 /{ command-news } 看看有哪些新聞。
menu-full = 閱讀新聞全文…
menu-country = 某個國家的新聞…
menu-topic = 某個主題的新聞…
button-next = 下一頁
button-previous = 上一頁
button-more = 還有 { $count } 則
button-more-from = 更多{ $country }新聞
button-event = 所有報導
button-more-of = 更多{ $source }的新聞
button-full = 新聞全文
button-original = 來源
button-web = 在網頁上閱讀
button-why = 為什麼會出現在這裡？
button-mute = 為我隱藏：{ $what }
button-more-like = 多看這類新聞
button-less-like = 少看這類新聞
button-taste-reset = 重設
button-undo = 復原
button-stop = 停止這份摘要
button-preview = 預覽
button-pause = 暫停
button-resume = 恢復
button-unsubscribe = 取消訂閱
button-delete = 刪除
button-keep = 保留
button-stop-all = 全部停止
button-forget = 刪除我的資料

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
since-day-before-yesterday = 前天
days-daily = 每天
days-weekdays = 星期一至星期五
days-weekend = 星期六和星期日
days-range = { $first }至{ $last }

## /why
why-title = 原因：{ $headline }
why-event = 有 { $count } 篇報導。
why-rank = 最新新聞第 { $rank } 名：{ $reasons }。
why-reason-sources = { $value } 個來源報導
why-reason-position = { $value ->
    [1] 來源中的第一則新聞
   *[other] 來源中的第 { $value } 則新聞
}
why-against = 排名較低的因素：{ $reasons }。
why-factor-dead = { $value ->
    [0] 有人死亡
   *[other] { $value } 人死亡
}
why-factor-injured = { $value ->
    [0] 有人受傷
   *[other] { $value } 人受傷
}
why-factor-missing = { $value ->
    [0] 有人失蹤或流離失所
   *[other] { $value } 人失蹤或流離失所
}
why-factor-arrested = { $value ->
    [0] 有人被捕
   *[other] { $value } 人被捕
}
why-factor-magnitude = 強度 { $value }
why-factor-money = 金額 { $amount }
why-factor-attack = 攻擊
why-factor-war = 戰爭或軍隊
why-factor-disaster = 自然災害
why-factor-accident = 事故
why-factor-emergency = 緊急狀況
why-factor-epidemic = 疫情
why-factor-death = 死亡
why-factor-leader = 國家元首或政府首腦
why-factor-former = 前任官員
why-factor-minister = 部長或高官
why-factor-government = 國會或政府
why-factor-world-body = 國際組織
why-factor-top-court = 最高法院
why-factor-election = 選舉或投票
why-factor-power-change = 政權更迭
why-factor-law = 法律或禁令
why-factor-treaty = 條約、談判或制裁
why-factor-protest = 抗議
why-factor-crime = 刑事案件
why-factor-economy = 經濟
why-factor-first = 首次或紀錄
why-factor-wide = 全國或全球性
why-factor-interview = 專訪
why-factor-culture = 藝文或娛樂
why-factor-study = 研究
why-factor-sport = 體育報導
why-factor-opinion = 評論
why-factor-service = 秘訣或清單
why-factor-history = 回顧
why-factor-local = 地方新聞
why-factor-animal = 動物趣聞
why-factor-obituary = 訃聞
why-factor-celebrity = 名人
why-factor-product = 產品
why-factor-lifestyle = 休閒
why-factor-curious = 趣聞
why-factor-question = 以問句為標題
why-factor-prominent = 涉及掌權者
why-factor-told = 電影、研究或回顧中的事件
why-factor-countries = 多個國家
why-factor-topic = 主題：{ $topic }
why-newest = 最新報導：{ $at }
why-country = { $country }：占新聞的 { $salience }，依據 { $evidence }
why-country-implied = { $country }：占新聞的 { $salience }，沒有直接提及
why-topic = { $topic }：信心 { $score }
why-sentences = 每個句子的出處
why-sentence = { $path } 第 { $story } 則新聞的第 { $position } 句

## /about, /countries, /topics
about-title = Gazette
about-text = 這個伺服器的報紙。它發布摘要，而不是大量連結；每一句都逐字引用來源。
about-counts = 新聞：{ $stories } · 文件：{ $documents } · 國家：{ $countries } · 主題：{ $topics }
about-latest = 最新新聞：{ $at }
about-version = 版本 { $version }
countries-title = 新聞中的國家
countries-gaps = 最近七天沒有新聞的地區：{ $regions }
topics-title = 新聞中的主題
count-line = { $name }：{ $count }
count-more = 還有 { $count } 項

## /help
help-title = 指令
help-reading = 新聞
help-personal = 只屬於你
help-managing = 給伺服器管理員
help-note = 只有你看得到回覆。開始輸入選項就會出現建議。/{ command-help } { option-command }:{ command-news } 會說明一個指令。
help-command-title = { $command } 的用法
help-options = 選項
help-required = { $about }（必填）
help-values = { $about }：{ $values }

## The console
console-hello = 請輸入指令，例如 /{ command-news } { option-country }:JP。/{ command-help } 會列出全部。輸入數字按按鈕，/next 顯示下一頁，Tab 補全，/language en 切換語言，/quit 離開。

## Subscriptions
subscribed = 已建立訂閱 { $id }
subscription-number = 訂閱 { $id }
subscription-changed = 已更新訂閱 { $id }
paused = 已暫停訂閱 { $id }
resumed = 已恢復訂閱 { $id }
unsubscribe-question = 要刪除訂閱 { $id } 嗎？刪除後不會再發布摘要。
unsubscribed = 已刪除訂閱 { $id }，不會再發布摘要。明天之前都可以復原。
subscription-kept = 保留訂閱 { $id }
subscription-restored = 已復原訂閱 { $id }
subscription-same = 訂閱 { $id } 已在此頻道發布相同的內容。
subscription-paused = 已暫停：{ $reason }
subscription-paused-by-manager = 已由管理員暫停
subscription-sender = 以「{ $name }」發布（需要「{ $permission }」權限）
subscription-avatar = 以這個頭像發布
subscription-role = 提及 { $role }
subscription-silent = 發布時不通知
subscription-talk-digest = 在每份摘要下開啟討論串
subscription-talk-story = 在每則新聞下開啟討論串
subscription-weekly = 每週：過去七天的事件，依重要性排列
subscription-next = 下一份摘要：{ $at }
subscription-languages = 新聞：{ $stories } · 標題：{ $headings }
subscription-engine = 摘要引擎：{ $engine }
subscription-late = 錯過時：{ $policy }
subscription-late-hours = 錯過時：{ $policy }（最多晚 { $hours } 小時）
subscription-quiet = 沒有新消息時：{ $policy }
subscription-size = 每則新聞 { $sentences } 句，最多 { $limit } 則
alert-sources = 一小時內有 { $count } 個來源報導同一事件時發布快訊
alert-quiet = 免打擾 { $from }–{ $to }
alert-limit = 每天最多 { $count } 則
alert-none = 沒有快訊
subscriptions-title = 這個伺服器的訂閱
subscriptions-none = 目前沒有訂閱。用 /{ command-subscribe } 建立一個。
preview-nothing = 訂閱 { $id } 現在不會發布任何內容：沒有新的新聞。
times-daily = 每天 { $times }（{ $timezone }）
times-on-days = { $days } { $times }（{ $timezone }）
history-title = 訂閱 { $id } 最近的摘要
history-nothing = 還沒有輪到任何摘要。
history-open = 開啟
delivery-planned = 等待發布
delivery-composed = 已寫好，尚未發布
delivery-sending = 正在發布
delivery-sent = 已發布
delivery-failed = 失敗
delivery-expired = 太晚，無法發布
delivery-skipped = 未發布
reason-quiet = 沒有新的新聞
reason-late = 太晚了
reason-late-skipped = 已延遲，而這個訂閱會略過延遲的摘要
reason-late-merged = 已延遲；下一份摘要會包含它
reason-quiet-hours = 發生在免打擾時段；下一份摘要會包含它
reason-alert-limit = 已達當天快訊上限；下一份摘要會包含它
reason-already-told = 這個頻道已經有了
reason-not-breaking = 報導它的來源已不足，或快訊已停用
reason-paused = 訂閱已暫停
reason-unsubscribed = 訂閱已刪除
reason-channel-gone = 頻道已刪除，或我已不在伺服器
reason-permission-missing = 我在那個頻道缺少權限
reason-permission-needed = 我在那個頻道需要「{ $permission }」權限
reason-refused = Discord 拒絕了訊息
reason-unsure = 無法確認訊息是否送達，所以不會再次發布
reason-gave-up = 發布失敗太多次

## Personal digests and mutes
followed = 你現在追蹤：
following-title = 你追蹤的內容
following-none = 你還沒有追蹤任何內容。用 /{ command-follow } 可以透過私人訊息收到摘要。
unfollow-question = 要停止全部 { $count } 份摘要嗎？
unfollowed = { $count ->
    [0] 你沒有追蹤任何內容。
   *[other] 已停止。你不會再收到這 { $count } 份摘要。
}
muted-title = 你隱藏的內容
muted = 已為你隱藏：{ $what }。摘要、/{ command-catchup } 和 /{ command-trending } 不再顯示它。/{ command-news } 和 /{ command-search } 仍會顯示。
muted-for = 已為你隱藏 { $days } 天：{ $what }。
unmuted = 已取消 { $count } 項隱藏。
taste-title = 你自己的摘要
taste-more = 你希望多看{ $topic }。
taste-less = 你希望少看{ $topic }。
taste-even = { $topic }恢復一般排序。
taste-note = 這類新聞會在你自己的摘要中上移或下移，但不會消失。/{ command-following } 可查看並重設。
taste-reset = 已重設。你自己的摘要恢復一般排序。
languages-chosen = 從現在起，我會為你挑選這些語言的新聞：{ $languages }。
languages-shown = 目前為你挑選這些語言的新聞：{ $languages }。使用 /{ command-languages } { option-stories }: 可以變更。
forget-question = 要刪除我儲存的所有關於你的資料嗎？包括你的摘要、隱藏的內容、語言，以及上次使用 /{ command-catchup } 的時間。此操作無法復原。
forgotten = 我已刪除關於你的所有資料：你的摘要、隱藏設定，以及你上次使用 /{ command-catchup } 的時間。

## Commands: names and descriptions
command-news = 新聞
command-news-about = 顯示某個國家或主題的最新新聞
command-digest = 摘要
command-digest-about = 顯示頻道現在會收到的摘要
command-now = 現在
command-now-about = 顯示頻道現在會收到的摘要
command-trending = 熱門
command-trending-about = 顯示越來越多來源報導的內容
command-catchup = 補看
command-catchup-about = 顯示你上次使用這個指令之後的新聞
command-search = 搜尋
command-search-about = 依字詞和意思尋找新聞
command-ask = 提問
command-ask-about = 用新聞中的句子回答問題
command-story = 全文
command-story-about = 閱讀一則新聞的全文
command-why = 為什麼
command-why-about = 說明新聞為什麼出現，以及每個句子的出處
command-countries = 國家
command-countries-about = 列出新聞中的國家
command-topics = 主題
command-topics-about = 列出新聞中的主題
command-sources = 來源
command-sources-about = 列出這份報紙讀取的內容和最近一次的時間
command-list = 清單
command-list-about = 列出這份報紙讀取的內容和最近一次的時間
command-add = 新增
command-add-about = 為這個伺服器新增訂閱源，或某個網站的訂閱源
command-remove = 移除
command-remove-about = 不再讀取這個伺服器的某個來源
command-drop = 投入
command-drop-about = 把檔案或連結加入這個伺服器的報紙
command-about = 關於
command-about-about = 介紹這個機器人，以及它有多少新聞
command-help = 說明
command-help-about = 列出指令，或說明其中一個
command-follow = 追蹤
command-follow-about = 透過私人訊息收到自己的摘要
command-following = 追蹤清單
command-following-about = 列出你追蹤和隱藏的內容
command-unfollow = 取消追蹤
command-unfollow-about = 停止自己的一份摘要，或全部
command-mute = 隱藏
command-mute-about = 讓某個主題或國家不出現在你的摘要中
command-unmute = 恢復顯示
command-unmute-about = 重新顯示你隱藏的內容
command-languages = 新聞語言
command-languages-about = 設定為你挑選的新聞的語言
command-forget = 忘記我
command-forget-about = 刪除我儲存的所有關於你的資料
command-subscribe = 訂閱
command-subscribe-about = 在固定時間於頻道發布摘要
command-subscriptions = 訂閱清單
command-subscriptions-about = 列出這個伺服器的訂閱
command-edit = 編輯
command-edit-about = 變更訂閱
command-copy = 複製
command-copy-about = 在另一個頻道也發布相同的摘要
command-pause = 暫停
command-pause-about = 暫停訂閱
command-resume = 恢復
command-resume-about = 恢復暫停的訂閱
command-unsubscribe = 取消訂閱
command-unsubscribe-about = 刪除訂閱
command-preview = 預覽
command-preview-about = 顯示訂閱現在會發布的內容
command-history = 紀錄
command-history-about = 顯示訂閱最近的摘要及其結果

## Options: names and descriptions
option-country = 國家
option-country-about = 一個國家，或以逗號分隔多個
option-topic = 主題
option-topic-about = 一個主題，或以逗號分隔多個
option-url = url
option-url-about = 訂閱源或網站的網址
option-source = 來源
option-source-about = 來源的編號或標題
option-file = 檔案
option-file-about = 文字檔、網頁或文件
option-link = 連結
option-link-about = 網頁的網址
option-since = 起始
option-since-about = 往回多久：12 小時、昨天、上週或日期
option-filter = 條件
option-filter-about = 更多條件，例如：lang:zh -topic:sport "公海"
option-unmute-filter-about = 要恢復顯示的內容；留空則為全部
option-page = 頁
option-page-about = 頁碼
option-words = 字詞
option-words-about = 字詞或 "引號中的片語"
option-question = 問題
option-question-about = 您的問題，任何語言皆可
option-id = 編號
option-id-about = 訂閱的編號
option-story-id-about = 新聞的 ID，例如 s12
option-why-id-about = 新聞或事件的 ID，例如 e34
option-unfollow-id-about = 摘要的編號；留空則為全部
option-command = 指令
option-command-about = 要說明的指令
option-time = 時間
option-time-about = 時間，可以有多個：08:00,18:30
option-timezone = 時區
option-timezone-about = 時區：輸入城市，或當地現在的時間
option-channel = 頻道
option-channel-about = 發布的頻道；留空則為這個頻道
option-days = 日
option-days-about = 星期幾：週一到週五，或週六、週日
option-mute-days-about = 天數；留空則為永久
option-language = 語言
option-language-about = 標題和按鈕的語言（新聞保留原文）
option-stories = 新聞語言
option-stories-about = 新聞的語言，例如中文、英文；或「全部」
stories-all = 所有語言
option-sentences = 句數
option-sentences-about = 每則新聞的句數，1 至 10
option-limit = 上限
option-limit-about = 新聞最多幾則，1 至 25
option-look = 外觀
option-look-about = 摘要的外觀
option-late = 延遲
option-late-about = 錯過的摘要如何處理
option-quiet = 平靜
option-quiet-about = 沒有新的新聞時如何處理
option-name = 名稱
option-name-about = 發布時的名稱；- 表示用我自己的
option-avatar = 頭像
option-avatar-about = 發布時的頭像連結；- 表示用我自己的
option-posts = 貼文方式
option-posts-about = 整份摘要一則貼文，或每則新聞一則貼文
option-alerts = 快訊
option-alerts-about = 有這麼多來源報導的事件立即發布：3，或 3 22:00-07:00 5
option-role = 身分組
option-role-about = 要提及的身分組；選 @everyone 表示不提及
option-notify = 通知
option-notify-about = 照常通知，或發布時不通知
option-talk = 討論
option-talk-about = 在我發布的內容下開啟討論串
option-every = 週期
option-every-about = 摘要的範圍：上一份之後的新聞，或一週

## Choices
choice-look-components = 卡片
choice-look-chart = 附圖表的卡片
choice-look-embeds = 嵌入內容
choice-look-plain = 純文字
choice-posts-digest = 整份摘要一則貼文
choice-posts-event = 每則新聞一則貼文
choice-notify-normal = 照常通知
choice-notify-silent = 發布時不通知
choice-talk-none = 不開討論串
choice-talk-digest = 摘要下一個
choice-talk-story = 每則新聞下一個
choice-every-day = 上一份摘要之後的新聞
choice-every-week = 一週的事件，每週一次
choice-late-post = 延後發布
choice-late-merge = 併入下一份摘要
choice-late-skip = 略過
choice-quiet-say = 用一行說明
choice-quiet-skip = 不發布
choice-quiet-widen = 用尚未發布的較舊新聞補足

## 來源
sources-title = 這份報紙的來源
sources-none = 目前還沒有讀取任何訂閱源。
source-new = 尚未讀取
source-last = 最近一次：{ $at }
source-failing = 目前無法讀取
source-paused = 已暫停
source-own = 僅限這個伺服器
source-daily = 每天 { $count } 則新聞
source-added = 已新增為來源 { $id }：{ $title }
source-entries = { $count ->
    [0] 目前沒有項目。
   *[other] 有 { $count } 個項目。只有這個伺服器看得到它帶來的內容。
}
source-odd-empty = 目前沒有項目。
source-odd-titles = { $total } 個項目中有 { $count } 個只有標題。
source-odd-dates = { $total } 個項目中有 { $count } 個沒有日期。
source-odd-old = 最新的項目是 { $days } 天前的。
source-odd-shared = 有些項目共用同一個 ID。
source-odd-left-out = { $note }
source-odd-slow = 花了 { $seconds } 秒才回應。
source-removed = 已移除來源：{ $title }。它的新聞會保留。
dropped = { $count ->
    [0] 這份報紙已經有了。
   *[other] 已讀取 { $count } 則新聞。只有這個伺服器看得到。
}
drop-refused = 沒有讀取：{ $name } { $reason }

## 網頁版
web-skip = 跳至新聞
web-nav = 版面
web-today = 今日
web-archive = 舊聞
web-countries = 國家
web-topics = 主題
web-languages = 語言
web-sources = 來源
web-search = 搜尋
web-language = 本頁語言
web-footer = 每一句都逐字出自旁邊標示的來源。
web-coverage = { $languages } 種語言、{ $sources } 個來源、{ $reports } 則報導
web-briefs = 簡訊
web-all-news = 所有新聞
web-all-reports = 此事件的所有報導
web-newer = 較新
web-older = 較舊
web-timeline = 報導經過
web-first-report = 首則報導
web-added = 新增：
web-added-nothing = 沒有先前報導未提及的內容
web-read-original = 到 { $source } 閱讀
web-week = { $year } 年第 { $week } 週
web-nothing = 沒有符合的新聞。
web-search-label = 字詞或條件
web-search-button = 搜尋
web-search-hint = 例如：渡輪 country:jp -topic:sport since:1w
web-not-found = 找不到網頁
web-not-found-text = 這個網址沒有內容。
web-gone = 已經不在了
web-gone-text = 這則內容已從報紙撤下。
web-invalid = 無法處理
web-invalid-text = 無法讀取這個網址。
web-broken = 發生錯誤
web-broken-text = 請稍後再試一次。
web-login = 登入
web-login-label = 這份報紙的密碼
web-login-button = 登入
web-login-wrong = 密碼不正確。
web-login-wait = 嘗試次數過多。請等一分鐘再試。

## Errors
error = 出了問題。詳細內容在紀錄中，編號 { $reference }。
error-settings = 設定無效。
error-seed-rejected = { $path }：{ $reason }
error-source-address = { $address } 不是網址。網址必須以 https:// 或 http:// 開頭。
error-source-known = 「{ $title }」已經在讀取中。
error-source-ambiguous = 有好幾個同名的來源。請用編號選擇：{ $ids }
error-source-unreadable = { $address } { $reason }
error-sources-off = 只有這個機器人的營運者可以新增來源。
error-drop-empty = 請加上檔案或連結。
error-store = 資料庫沒有回應，請一分鐘後再試。
error-store-unavailable = 資料庫沒有回應，請一分鐘後再試。
error-store-outdated = 資料庫正在更新，請幾分鐘後再試。
error-filter = 看不懂這個條件的第 { $at } 個字元。{ $problem }
error-unknown-name = 找不到名為「{ $name }」的{ $what }。{ $hint ->
    [none] {""}
   *[other] 你是指 { $hint } 嗎？
}
error-not-found = 找不到{ $what } { $id }。
error-not-allowed = 這需要「{ $permission }」權限。
error-input = { $problem }
error-delivery = 我目前無法發布摘要。
error-channel-gone = 那個頻道已刪除，或我已不在它的伺服器。
error-permission-missing = 我無法在 <#{ $channel }> 發布：我在那裡需要「{ $permission }」權限。
error-discord-unavailable = Discord 沒有回應，請一分鐘後再試。
error-token = Discord 拒絕了權杖。
carried-out = 已完成。我在回覆之前重新啟動了。可用 /{ command-subscriptions } 和 /{ command-following } 查看目前的設定。
error-command-changed = 這個指令已變更，請一分鐘後再試。
error-id = 「{ $given }」不是 ID。新聞請輸入 s12，事件請輸入 e34。
error-words-missing = 請輸入要搜尋的字詞。
error-words-nothing = 「{ $given }」裡沒有可以搜尋的字詞。請輸入字詞，或「加上引號的詞句」。
error-question-empty = 請詢問新聞中的事。
error-limit-range = 一份摘要可以有 1 到 25 則新聞。
error-languages-most = 最多選擇 { $most } 種語言，或選擇全部。
error-sentences-range = 重點可以有 1 到 10 句。
error-late-range = 摘要最多可以延遲 48 小時。
error-alerts = 「{ $given }」不是快訊設定。請輸入 3、3 quiet 22:00-07:00 max 5 或 off。
error-alert-sources = 快訊需要 { $least } 到 { $most } 個來源。
error-alerts-a-day = 每天可有 1 到 { $most } 則快訊。
error-talk-story = 每則新聞一個討論串需要每則新聞一則貼文：請同時選擇 posts:event。
error-weekly = 每週摘要只在一天的一個時間發布，例如 days:mon time:08:00。
error-sender-name = 名稱最多 80 個字元，不能包含 @、「discord」或「clyde」。
error-sender-avatar = 頭像必須是以 https:// 或 http:// 開頭的連結。
error-channel-id = 那不是頻道 ID。請在 Discord 對頻道按右鍵，選擇「複製頻道 ID」。
error-channel-missing = 要在哪個頻道發布？請加上 { option-channel }:
error-time-missing = 要在什麼時間發布？請加上 { option-time }:08:00，兩個時間則是 { option-time }:08:00,18:30。
error-timezone-missing = 哪個時區？請加上 { option-timezone }: 並輸入城市。
error-timezone-several = 「{ $given }」有多個時區。請選擇其中一個：{ $zones }。
error-time-of-day = 「{ $given }」不是時刻。{ example-times }
error-times-count = 訂閱需要 1 到 24 個時間，例如 08:00,18:30。
error-day = 「{ $given }」不是星期幾。{ example-days }
error-period = 「{ $given }」不是期間，也不是日期。{ example-period }
error-typed-partly = 我看懂了「{ $understood }」，但看不懂「{ $rest }」。{ $example }
error-typed-ambiguous = 「{ $given }」可能是{ $readings }。{ $example }
example-days = 例如：週一到週五，或週六、週日。
example-times = 例如：早上 8:30；兩個時刻請輸入 8:00、18:30。
example-period = 例如：12 小時、昨天、上週，或 2026/11/01。
error-too-long = 太長了。
error-nothing-to-change = 要變更什麼？例如 /{ command-edit } { option-id }:1 { option-time }:08:00
error-follow-most = 你已經追蹤 { $most } 份摘要。請先用 /{ command-unfollow } 停止一份。
error-server-most = 這個伺服器已有 { $most } 個訂閱，達到上限。請先用 /{ command-unsubscribe } 刪除一個。
error-channel-most = 這個頻道已有 { $most } 個訂閱，達到上限。請選擇其他頻道，或用 /{ command-unsubscribe } 刪除一個。
error-undo-expired = 已經無法復原。
error-mute-everything = 要隱藏什麼？請加上主題、國家或條件。
error-mute-long = 隱藏設定最多 { $most } 個字元。
error-nothing-muted = 你沒有隱藏任何內容。
error-button-old = 這個按鈕已過期，請重新使用指令。
error-members-only = 這只能由 Discord 伺服器的成員使用。
error-no-button = 沒有按鈕 { $number }。
error-which-choice = 請選擇選單中的一行：{ $example } 到 { $last }。
error-no-page = 沒有其他頁了。
error-quote = 少了一個引號。
error-no-command = 請輸入指令，例如 /{ command-news }。/{ command-help } 會列出全部。
error-option-unknown = { $command } 看不懂「{ $given }」。它的選項是 { $options }
error-option-missing = { $command } 需要 { $option }
error-number = 「{ $given }」不是數字。請在 { $option } 後面輸入數字。
error-number-subscription = 「{ $given }」不是訂閱的編號。請輸入例如 { $option }3。用 /{ command-subscriptions } 查看編號。
error-option-empty = 請在 { $option } 後面加上值。
permission-manage-guild = 管理伺服器
permission-view-channel = 檢視頻道
permission-send-messages = 傳送訊息
permission-send-messages-in-threads = 在討論串中傳送訊息
permission-create-public-threads = 建立公開討論串
permission-mention-everyone = 提及 @everyone、@here 和所有身分組
permission-embed-links = 嵌入連結
permission-attach-files = 附加檔案
permission-read-message-history = 讀取訊息歷史
permission-manage-messages = 管理訊息
permission-manage-webhooks = 管理 Webhook
filter-wrong-long = 條件最多 { $most } 個字元。
filter-wrong-deep = 括號和 not 最多 { $most } 層。
filter-wrong-many-words = 條件最多 { $most } 個字詞和片語。
filter-wrong-many-values = 條件最多 { $most } 個值。
filter-wrong-long-phrase = 片語最多 { $most } 個字詞。
filter-wrong-bracket-closes = 這個右括號沒有對應的左括號。
filter-wrong-bracket-open = 這個括號未閉合。
filter-wrong-bracket-before = 這個括號前面沒有內容。
filter-wrong-end = 最後少了內容。
filter-wrong-before = 「{ $given }」前面少了內容。
filter-wrong-no-word = 「{ $given }」沒有可以搜尋的字詞。
filter-wrong-key = 沒有「{ $given }:」這個鍵。你是指「{ $hint }」嗎？含冒號的文字請加上引號。
filter-wrong-event = 「{ $given }」不是像 e34 這樣的事件 ID。
filter-wrong-pattern = 「{ $key_name }」需要字母或數字，且最多 { $most } 個星號。
filter-wrong-value = 請在「{ $given }:」後面加上值。
what-country = 國家
what-topic = 主題
what-time-zone = 時區
what-engine = 整理方式
what-command = 指令
what-option = 選項
what-look = 外觀
what-late-policy = 延遲摘要處理方式
what-quiet-policy = 平靜日處理方式
what-late = 延遲摘要處理方式
what-posts = 貼文方式
what-way-of-posting = 貼文方式
what-notification = 通知設定
what-kind-of-thread = 討論串類型
what-rhythm = 週期
what-notify = 通知設定
what-talk = 討論串類型
what-every = 週期
what-quiet = 平靜日處理方式
what-language = 語言
what-region = 地區
what-story = 新聞
what-event = 事件
what-subscription = 訂閱
what-source = 來源
what-mute = 隱藏設定
