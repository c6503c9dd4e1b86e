# 只有 Discord 會顯示的訊息（繁體中文）：右鍵選單、/訂閱 表單、通知。

menu-summarize = 為這則訊息整理重點
menu-why = 為什麼會出現在這裡？
menu-add = 加入報紙

## The /subscribe form
setup-title-where = 設定摘要（1/2）：內容與頻道
setup-title-when = 設定摘要（2/2）：時間與外觀
setup-intro = 選擇我要發布什麼、在哪裡、什麼時候。之後都可以用 /{ command-edit } 變更。
setup-label-channel = 頻道
setup-label-topics = 主題
setup-label-countries = 國家
setup-label-stories = 新聞的語言
setup-label-timezone = 時區
setup-zone-unset = 尚未選擇。建議：{ $zone }
setup-channel = 選擇頻道
setup-topics = 所有主題
setup-countries = 所有國家
setup-times = 時間
setup-days = 星期
setup-timezone = 選擇時區
setup-language = 標題和按鈕的語言
setup-length = 長度
setup-length-choice = 每則新聞 { $sentences } 句，最多 { $limit } 則
setup-look = 外觀
setup-look-front = 頭版
setup-look-cards = 附按鈕的卡片
setup-look-chart = 附各國圖表的卡片
setup-look-embeds = 嵌入內容
setup-look-plain = 純文字
setup-count = 目前 { $count } 則新聞
setup-next = 下一步
setup-back = 上一步
setup-find-country = 尋找國家…
setup-typed-filter = 條件…
setup-test = 立即發布測試
setup-test-title = 測試摘要
setup-test-note = { $member } 正在試用這份摘要。測試不列入紀錄，其中的新聞仍可能出現在第一份正式摘要中。
setup-test-posted = 我已發布測試摘要。
setup-test-forum = 我無法在論壇發布測試。預覽會顯示相同的內容。
setup-more = 其他時間、時區…
setup-preview = 預覽
setup-confirm = 訂閱
setup-cancel = 取消
setup-cancelled = 已取消，沒有建立訂閱。
setup-too-old = 這份表單已過期。/{ command-subscribe } 會開啟新的表單。
setup-ready = 我可以在那裡發布。
setup-missing = 我無法在那裡發布：我需要 { $permissions }。請在「編輯頻道」>「權限」允許，或選擇其他頻道。
setup-plain-text = 我在那裡沒有「{ permission-embed-links }」權限，所以會以純文字發布摘要。
setup-no-chart = 我在那裡沒有「{ $permissions }」權限，所以發布的摘要不會有圖表。
setup-no-threads = 我在那裡沒有「{ permission-create-public-threads }」權限，所以不會開啟討論串。
setup-no-mention = 我在那裡沒有「{ permission-mention-everyone }」權限，所以提及該身分組不會通知任何人。
setup-not-there = 我看不到那個頻道。請在「編輯頻道」>「權限」允許「{ permission-view-channel }」，或選擇其他頻道。
setup-no-zone = 請選擇時區，我就能告訴你第一份摘要何時發布。
setup-no-channel = 請返回上一步選擇頻道。
setup-first = 第一份摘要：{ $when }（{ $timezone }）
setup-form-title-filter = 條件
setup-form-title-found = 尋找國家
setup-form-title-clock = 時間與時區
setup-form-country = 國家，例如迦納、南韓
setup-form-times = 時間，例如 08:00, 18:30
setup-form-zone = 時區（城市，例如台北）
setup-form-filter = 條件，例如 country:jp and not topic:sport
setup-filter = 條件：{ $filter }
setup-sender = 名稱、頭像、錯過的摘要…
setup-sender-title = 名稱、頭像、錯過的摘要
setup-sender-name = 發布時的名稱（留空用我自己的）
setup-sender-avatar = 頭像連結（留空用我自己的）
setup-sender-posts = 貼文方式
setup-sender-late = 錯過摘要時
setup-sender-quiet = 沒有新的新聞時
setup-posted-as = 以「{ $name }」發布
setup-own-name = 我在那裡沒有「{ $permissions }」權限，所以會以我自己的名稱和頭像發布摘要。
setup-preview-title = 我現在會發布的內容
setup-preview-nothing = 我現在不會發布任何內容：還沒有新聞。

## Context menus
summarize-title = 重點
summarize-whole = 這則訊息本來就很短，全文如下：
summarize-nothing = 這裡沒有可以整理的文字。我會讀取訊息、其中的嵌入內容和附加的 .txt、.md 檔案。
summarize-too-long = 整理這則訊息花費的時間太長，請改用較短的文字。
summarize-left-out = 未讀取：{ $names }
summarize-story = 第 { $number } 則新聞，共 { $count } 則
why-not-mine = 那不是我的訊息，或其中沒有新聞。
why-choose = 哪一則新聞？

## 邀請機器人的伺服器
welcome-title = 謝謝你的邀請
welcome-text = 我為這個伺服器製作報紙：在你選擇的時間，把摘要送到頻道。
welcome-subscribe = 請到要接收摘要的頻道輸入 /{ command-subscribe }。這需要「{ permission-manage-guild }」權限。
welcome-help = 所有人都能用 /{ command-news } 查看新聞。/{ command-help } 會列出所有指令。

## Notices of paused and resumed subscriptions, for the member who created them
notice-paused = 我已暫停 { $channel } 的訂閱 { $id }：{ $reason }。
notice-paused-channel-gone = 我已暫停訂閱 { $id }：{ reason-channel-gone }。
notice-resumes-itself = 問題解決後會自動恢復。
notice-channel-gone = 請用 /{ command-edit } 選擇其他頻道，或用 /{ command-unsubscribe } 刪除訂閱。
notice-resumed = 我已恢復 { $channel } 的訂閱 { $id }。
