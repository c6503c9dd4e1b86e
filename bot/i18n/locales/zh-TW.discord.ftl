# 只有 Discord 會顯示的文字（繁體中文）：右鍵選單、/訂閱 表單、通知。

menu-summarize = 摘要這則訊息
menu-why = 為什麼在這裡？

## The /subscribe form
setup-title = 這個伺服器的摘要
setup-intro = 選擇什麼內容、發到哪裡、什麼時候發。之後都可以用 /編輯 調整。
setup-channel = 哪個頻道？
setup-topics = 主題：全部
setup-countries = 國家：全部
setup-times = 時間
setup-days = 日子
setup-timezone = 時區
setup-language = 語言
setup-length = 長度
setup-length-choice = 每則 { $sentences } 句，最多 { $limit } 則
setup-look = 樣式
setup-look-components = 卡片與按鈕
setup-look-chart = 卡片與各國圖表
setup-look-embeds = 嵌入
setup-look-plain = 純文字
setup-count = 目前 { $count } 則
setup-more = 其他時間、時區、條件…
setup-preview = 預覽
setup-confirm = 訂閱
setup-cancel = 取消
setup-cancelled = 沒有訂閱任何東西。
setup-too-old = 這份表單已經過期；/訂閱 會開啟新的。
setup-ready = 我可以在那裡發文。
setup-missing = 我在那裡缺少：{ $permissions }。請在「編輯頻道」>「權限」給我，或選擇其他頻道。
setup-plain-text = 我在那裡缺少「嵌入連結」，所以摘要會以純文字發出。
setup-no-chart = 我在那裡缺少「{ $permissions }」，所以摘要不會附圖表。
setup-not-there = 我看不到那個頻道。請在「編輯頻道」>「權限」給我「檢視頻道」，或選擇其他頻道。
setup-first = 第一份摘要：{ $when }（{ $timezone }）
setup-form-title = 時間、時區、條件
setup-form-times = 時間，例如 08:00, 18:30
setup-form-zone = 時區，例如 Asia/Taipei
setup-form-filter = 條件，例如 country:jp and not topic:sport
setup-filter = 條件：{ $filter }
setup-sender = 名稱、圖片、錯過的摘要…
setup-sender-title = 名稱、圖片、錯過的摘要
setup-sender-name = 發布時的名稱；留空用機器人的
setup-sender-avatar = 圖片網址；留空用機器人的
setup-sender-posts = 貼文方式
setup-sender-late = 錯過摘要時
setup-sender-quiet = 沒有新消息時
setup-posted-as = 以 { $name } 的名義發布。
setup-own-name = 我在那裡缺少「{ $permissions }」，所以摘要會以我自己的名稱和圖片發出。
setup-preview-title = 現在會發出的內容
setup-preview-nothing = 現在什麼都不會發出：還沒有相關報導。

## Context menus
summarize-title = 重點
summarize-whole = 本來就很短，全文如下：
summarize-nothing = 這裡沒有可以縮短的文字：我讀訊息、其中的嵌入和附加的 .txt 檔案。
summarize-left-out = 未讀：{ $names }
summarize-story = 第 { $number } 則，共 { $count } 則
why-not-mine = 那不是我的摘要，也不是我的回答。
why-choose = 哪一則？

## Notices of paused and resumed subscriptions, for the member who created them
notice-paused = { $channel } 的第 { $id } 號摘要暫停了：{ $reason }。
notice-paused-channel-gone = 我已暫停訂閱 { $id }：{ reason-channel-gone }。
notice-resumes-itself = 問題解決後會自動恢復。
notice-channel-gone = 請用 /{ command-edit } 選擇其他頻道，或用 /{ command-unsubscribe } 刪除訂閱。
notice-resumed = { $channel } 的第 { $id } 號摘要恢復了。
