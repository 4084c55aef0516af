# 窗口里的每一句话。每个演示的键以它的 id 开头。

app-name = Threadlab
app-language = 语言
app-theme = 主题
app-theme-light = 浅色
app-theme-dark = 深色
app-theme-system = 跟随系统
app-run = 运行
app-run-time = 运行 · ≈ { $seconds }
app-run-all = 全部运行
app-repeat = 重复 10 次
app-repeat-help = 每种做法各 10 次，轮流运行
app-stop = 停止
app-progress = { $done } / { $all }
app-clear-undo = 撤销清空
app-clear-undo-help = 把清空的记录和猜测找回来
app-clear = 清空记录
app-clear-help = 清除图中的运行记录和猜测
app-settings = 设置
app-status-line = 状态栏
app-status-line-help = 在窗口底部显示：有几个核在忙，有多少线程和进程
app-zoom = 缩放
app-zoom-in = 放大
app-zoom-out = 缩小
app-demos = 演示
app-variants = 做法
app-controls = 控制
app-answers = 选项
app-tabs = 图表
app-stage = 画面
app-compare = 对比
app-run-all-help = 每种做法用同样的参数各运行一次
app-repeat-face = 重复 ×10
app-values = 参数
app-values-lesson = 课文里的参数，点开可以改
app-values-other = 和课文不同的参数，点开可以改
app-class-all = 所有演示用课堂参数
app-class-all-help = 把所有演示的参数调到适合上课；会先花一点时间测本机算得多快
app-hands-for = 选 { $answer } 的人数
app-more = 更多
app-timeline = 时间线
app-timeline-replay = 时间线：竖线表示慢放到了哪里
app-timeline-live = 时间线：画面暂停了，运行还在继续
app-timeline-incident = 时间线：不按比例，每一步一样宽
app-graph = 结果对比
app-graph-rings = { $count ->
   *[other] 每个圈是一次运行（共 { $count } 次），横条是中位数
}
app-graph-empty = 运行后在这里画出结果。
app-other-runs = { $count ->
   *[other] { $count } 次运行参数不同，未画出
}
app-right = 这次运行的结果
app-code = 代码
app-code-help = 在旁边显示这种做法的代码（Ctrl+D）
app-code-close = 关闭代码
code-python = Python
code-rust = Rust
code-python-about = 步骤相同的 Python 版，仅供对照
code-rust-about = 真正运行的代码，摘自源文件
code-mark-help = 在时间线和代码里标出这一步
code-here = { $count ->
    [0] 现在没有线程在这一行
   *[other] 现在有 { $count } 个线程在这一行
}
app-right-of = { $runs } 次中 { $right } 次
app-your-guess = 猜的答案
app-guess-first = 先猜后运行
app-guess-first-help = 选好答案才能运行
app-guess-why = 先选一个答案：你觉得会怎样？
app-run-guess = { $run } · 先猜一猜
app-undecided = 光看这次运行，还判断不了。
app-undecided-between = 结果落在答案的边界上，这次还判断不了。
app-undecided-none = 结果和哪个答案都对不上，这次还判断不了。
app-undecided-disturbed = 这次干扰太大，不算数。
cores-quota = 本程序最多只能用 { $limit } 个核：它所在的容器或控制组设了配额。
app-question-nothing = 这一种不提问：它是其他做法的对照。
app-question-of = 下一问（{ $number }/{ $count }）
app-question-none = 下一问（共 { $count } 问）
app-question-of-short = { $number }/{ $count } →
app-question-next = 下一问
app-question-next-help = 换到课文的下一问：选好做法，填好参数
app-hands = 举手
app-hands-help = 记下每个答案有多少人举手
app-vote-again = 再投一次
app-vote-again-help = 意见不一致时，讨论后再举一次手
app-hand-more = { $answer } 加一人
app-hand-less = { $answer } 减一人
app-result = 结果:
app-result-none = 还没有运行。
app-result-running = 正在运行……
app-result-replayed = 回放结束后显示结果。
app-run-values = 这次运行的参数：{ $values }
app-result-cancelled = 运行 { $seconds }后停止。
app-result-cancelled-points = 运行 { $seconds }后停止，已经测得的 { $points } 个点保留。
app-result-failed = 失败：{ $error }
app-result-failed-partial = 失败：{ $error }。{ $there }
app-result-panicked = 任务 panic：{ $error }
app-cores-changed = 运行中改过核数（最后是 { $cores } 个），不和别的运行比较。
app-cores-unlimited = 核数：本系统不让程序选择。
app-number-refused = { $name }：“{ $text }”看不出是哪个数，仍为 { $value }
app-result-refused = 没有开始：{ $error }
app-busy-elsewhere = “{ $demo }”正在运行
app-slow-replay = 慢放 ×{ $factor }
app-slow-replay-setting = 慢放
app-slow-replay-help = 运行不到 2 秒时，按记录下来的事件慢放一遍
app-replay-again = 再放一遍
app-replay = 重放
app-paused = 暂停在 { $at }
app-paused-live = 画面暂停在 { $at }，运行还在继续
app-incident = 逐步重放
app-incident-replay = 重放，不按比例
app-incident-leave = 退出
app-incident-count = { $count } / { $beats }
app-reset = 恢复课文值
app-reset-help = 把这个演示的参数恢复成课文里的值
app-class = 课堂参数
app-class-measuring = 正在测量……
app-class-help = 把这个演示的参数调到适合上课；会先花一点时间测本机算得多快
app-class-wait = 等运行结束再按，否则测不准
app-events-dropped = { $count ->
   *[other] 有 { $count } 个事件没有记录
}
app-tour = Threadlab · 自动演示 { $number } / { $count }：{ $demo } · 按 Esc 结束
app-status-frame = 界面延迟 { $millis } 毫秒
app-status-at-rest = 界面空闲
app-status-battery = 正在用电池供电，测得的数值可能偏低
app-status-cores = { $cores } 个核，用了 { $busy } 个
app-status-quota = 配额只允许用 { $limit } 个核
app-status-alive = { $threads ->
   *[other] { $threads } 个线程
} · { $processes ->
   *[other] { $processes } 个进程
}

dialog-about = 关于
dialog-notice = 提示
dialog-ok = 确定
dialog-download-complete = 下载完成!
dialog-about-program = Threadlab { $version }
dialog-about-what = 真实的线程、进程、锁和时钟，现场演示。
dialog-about-lesson = 配合课文《进程和线程》，作者：骆昊。

error-cancelled = 被停止
error-spawn = 系统无法启动{ $what }：{ $reason }
error-what-thread = 线程
error-what-worker-process = 工作进程
error-worker-died = 工作进程 { $pid } 没做完就结束了（{ $how }）
error-killed = 你强行结束了{ $process }（PID { $pid }）
error-worker-failed = 工作进程 { $pid } 报告：{ $message }
error-memory = 申请 { $size } 内存失败：{ $reason }
error-shared-memory = 这里不允许用共享内存（{ $reason }）：请在容器或沙箱的规则里放行，或者选不用共享内存的做法
error-stuck = 谁也无法继续：{ $waits }
error-end-exited = 退出码 { $code }
error-end-signal = 信号 { $number }，{ $name }
error-end-closed-pipe = 它关闭了自己的输入或输出
error-program = { $program }：{ $fault }
error-program-pid = { $program }（PID { $pid }）：{ $fault }
error-last-words = { $error }：{ $words }
error-fault-silent = 它有 { $time } 没有任何输出
error-fault-ended = 它没做完就结束了（{ $how }）
error-fault-endless = 它一直不结束
error-fault-nonsense = 它输出了这里没有意义的内容：{ $said }
error-fault-wrong-moment = 它在不该输出的时候输出了：{ $said }
error-fault-wrong-figures = 它给出的数字不合理：{ $said }
error-system = 系统拒绝了{ $what }：{ $reason }
error-what-an-event-loop = 事件循环
error-what-a-connection = 一个连接
error-what-a-pipe = 一个管道
error-what-so-many-open-files = 这么多打开的文件
error-what-fewer-cores = 限制核数
error-wrong-total = 总和是 { $found }，应为 { $expected }
error-more-than = { $name }（{ $value }）不能大于{ $limit_name }（{ $limit }）
error-wrong-letter = { $name } { $text }：第 { $at } 个字母，{ $why }
error-demands = { $name } { $text } 要求{ $other }为 { $allowed }，现在是 { $value }
error-beyond-limit = { $name }为 { $value } 时需要 { $needed } 个{ $what }，但本系统只允许 { $allowed } 个；最多可设为 { $largest }
error-too-much-memory = 需要 { $needed } 内存，但只剩 { $free }；请减小“{ $name }”
limit-open-files = 打开的文件
limit-threads = 线程

state-running = 运行
state-waiting = 等待（锁、队列、join）
state-holding = 持有锁，或正在发送
state-sleeping = 睡眠，或等 I/O
state-lost = 丢失、失败或卡住

track-run = 主控
track-thread = 线程
track-gated = 线程 { $letter }
track-worker = 工作进程
track-server = 服务器
track-client = 客户端
track-task = 任务
track-Ping = Ping
track-Pong = Pong
track-taker = 取词进程
track-python = Python
track-twin_a = A 界面线程
track-twin_b = B 界面线程
track-twin_b_worker = B 工作线程
track-window = 本窗口

unit-seconds = 秒
unit-millis = 毫秒
about-thousands = 约 { $figure } 万
about-millions = 约 { $figure } 亿
unit-nanos = 纳秒
unit-micros = 微秒
unit-yuan = 元
measure-wall_seconds = 用时
measure-speedup = 加速比
phase-prepare = 准备
phase-spawn = 启动
phase-download = 下载
phase-hand_over = 交接
phase-compute = 计算
phase-collect = 汇总
phase-print = 打印
phase-put = 放入
phase-take = 取出
phase-alone = 单独
phase-together = 一起
phase-others = 其他 Python
phase-wait = 等待

## 时间线
timeline-state-running = 运行
timeline-state-waiting = 等待
timeline-state-holding = 持有
timeline-state-sleeping = 睡眠
timeline-state-lost = 丢失
timeline-clicks = { $count } 次点击有响应
timeline-clicks-waited = { $count } 次点击一直等到最后
timeline-lanes = { $count ->
   *[other] { $count } 行
}
timeline-lanes-thread = { $count ->
   *[other] { $count } 个线程
}
timeline-lanes-worker = { $count ->
   *[other] { $count } 个工作进程
}
timeline-lanes-client = { $count ->
   *[other] { $count } 个客户端
}
timeline-lanes-task = { $count ->
   *[other] { $count } 个任务
}
timeline-pid = pid { $id }
timeline-thread-id = 线程号 { $id }
timeline-span = { $step }（{ $state }）
timeline-span-over = { $begin } – { $end }，共 { $duration }
timeline-span-open = 从 { $begin } 开始
timeline-span-share = 其中 { $percent }% 的时间占着核
timeline-clock = 它的时钟误差 ± { $error }
timeline-clock-others = 其他进程的时钟误差 ± { $error }
timeline-words = 时间线：{ $lanes }，{ $end }
timeline-words-at = 时间线：{ $lanes }，{ $now }，共 { $end }
timeline-words-share = { $state }占 { $percent }%
timeline-playhead = 显示的时刻
timeline-playhead-at = { $now }，共 { $end }
timeline-back = 后退一步
timeline-play = 播放
timeline-pause = 暂停
timeline-back-to-live = 回到当前
timeline-forward = 前进一步
timeline-all = 显示全部

kill-one = 强行结束……
kill-one-help = 真的强行结束这次运行中的一个进程，其余进程尽量继续运行
kill-process = 强行结束{ $process }
kill-ended = 它已经结束了。
kill-thread = 线程不能单独强行结束。它和同一进程的其他线程共用内存和锁：也许正拿着锁，也许数据只写了一半，所以操作系统没有提供安全的办法。只能结束整个进程，或者让线程自己退出。
timeline-cores = { $cores } 个核

## 用时图
graph-column = { $measure }（{ $unit }）
graph-median = { $count ->
    [1] 1 次运行：{ $median }
   *[other] { $count } 次运行：中位数 { $median }
}
graph-spread = 一半在 { $lower }–{ $upper } 之间，全部在 { $min }–{ $max } 之间
graph-curve-rings = { $count ->
    [1] 每个点是一次测量
   *[other] 共 { $count } 次运行的测量点，连线是中位数
}
graph-axes = { $x }与{ $y }

## Presenting
app-present = 投影
present-thinking = 先自己想一想。   PageDown：举手
present-hands = 选 { $letter } 的请举手。   PageDown：下一个答案
present-hands-last = 选 { $letter } 的请举手。   PageDown：继续
present-count = 选 { $letter } 的请举手   ↑ ↓：计数   PageDown：下一个
present-count-last = 选 { $letter } 的请举手   ↑ ↓：计数   PageDown：继续
present-decided = 大家猜 { $letter }。   PageDown：继续
present-neighbour = 跟同桌讨论一下。
present-neighbour-next = PageDown：再投一次
present-ready = PageDown：{ $button }
present-download = PageDown：点“关于”
present-stuck = 太久了。   PageDown：结束它
present-over = PageDown：看答案
present-again = 再来一次
present-number-again = F5：再来一次   PageUp：返回   PageDown：看图
present-number-why = PageDown：为什么？
present-number-stage = PageDown：看图
present-stage = PageDown：代码   ↑ ↓：单步   P：播放
present-stage-autopsy = PageDown：怎么丢的   ↑ ↓：单步   P：播放
present-code = PageDown：下一个问题
present-code-last = PageDown：结束
present-end-more = PageDown：更多
present-back = 上一步
present-on = 下一步
present-leave = 离开
present-plan-next = PageDown：从 { $number } 开始   数字键：另选
present-running = 正在运行，结束后自动往下走。
present-comparing = 先运行用来对照的那一种。
present-not-run = 还没有运行。
present-guess-right = 猜对了：{ $answer }
present-guess-wrong = 大家猜 { $guess }；实际结果：{ $answer }
present-guess-open = 大家猜 { $guess }，还没有答案。
present-right = 实际结果：{ $answer }
present-vote-first = 第一次
present-vote-again = 讨论后
present-hands-share = { $all } 人中 { $hands } 人
present-hands-once = 选 { $answer }：{ $hands }
present-hands-twice = 选 { $answer }：先是 { $first }，讨论后 { $hands }
present-undecided = 这次干扰太大，不算数，再运行一次。
present-why = 为什么？跟同桌讨论一下。
present-end = 这节课就到这里。
present-end-hint = 这节课就到这里。   按两次 Esc：离开
present-leaving = 再按一次 Esc 离开
present-plan = 这节课：{ $demos } 个演示，约 { $minutes } 分钟
present-earlier = 提前：{ $demo }
present-later = 推后：{ $demo }
present-blank = 已黑屏，按任意键恢复。
figure-seconds = { $seconds }
figure-times = ×{ $times }
figure-count = { $count }

## 1 responsive_ui
responsive_ui-title = 下载按钮
responsive_ui-key-frozen = 窗口卡住；其间{ $clicks ->
    [0] 没有点击
   *[other] { $clicks } 次点击一直在排队
}
responsive_ui-key-went-on = 画面最长只停了这么久
responsive_ui-lesson = 课文第 7、8 节 · 消息循环
responsive_ui-values = { $seconds }
responsive_ui-ui_thread = 在界面线程里
responsive_ui-worker_thread = 在工作线程里
responsive_ui-param-seconds = 秒数
responsive_ui-param-seconds-help = 下载需要的时间
responsive_ui-measure-longest_frame_gap_seconds = 画面最长停顿
responsive_ui-measure-frames = 画面刷新次数
responsive_ui-measure-clicks_waiting = 排队的点击
responsive_ui-step-download = 下载
responsive_ui-q1 = 下载要 { $seconds }，由界面线程来做。第 { $at } 秒点“关于”，会怎样？
responsive_ui-q2 = 换成工作线程来做：下载要 { $seconds }，第 { $at } 秒点“关于”，会怎样？
responsive_ui-q-at-once = 马上弹出
responsive_ui-q-after = 下载完才弹出
responsive_ui-q-lost = 点击丢失
responsive_ui-q-crash = 程序崩溃
responsive_ui-download = 下载
responsive_ui-about = 关于
responsive_ui-stage-caption = 窗口每刷新一次，指针走一格；每点一下，掉下一个圈。
responsive_ui-stage-freezing = 画面停在这里
responsive_ui-stage-warning = 任务做完之前，窗口不刷新。系统若提示“无响应”，请选“等待”。
responsive_ui-stage-warning-wayland = 任务做完之前，窗口不刷新。鼠标不要移到窗口上：系统可能会强行结束它。
responsive_ui-stage-last-picture = 上次刷新在 { $millis } 毫秒前
responsive_ui-stage-try = 先点下载，再点关于
responsive_ui-stage-at-rest = 空闲时窗口不刷新。
responsive_ui-stage-answered = { $clicks ->
    [0] 随便点：马上有响应
   *[other] 任务进行中，已响应 { $clicks } 次点击
}
responsive_ui-stage-no-picture = 窗口卡住 { $gap }
responsive_ui-stage-longest = 画面最长停了 { $gap }
responsive_ui-stage-waited = { $clicks ->
    [0] 消息队列里没有点击
   *[other] { $clicks } 次点击在消息队列里排队
}
responsive_ui-stage-answered-all = 任务进行中，{ $clicks } 次点击都有响应
responsive_ui-stage-went-on = 窗口一直在刷新，一直有响应。
responsive_ui-stage-between = 有人会觉得卡，有人不会。
responsive_ui-step-draw = 刷新画面
responsive_ui-side-by-side = 并排对比
responsive_ui-side-by-side-help = 打开两个小窗口，各是一个进程：一个由界面线程做任务，一个由工作线程做。再按一次，两个都结束。
responsive_ui-click-both = 两边都点
responsive_ui-click-both-help = 在两个窗口里同时点一次“关于”，各走各的消息队列
responsive_ui-twin-a = 窗口 A：任务在界面线程里
responsive_ui-twin-b = 窗口 B：任务在工作线程里
responsive_ui-twin-about = 关于：点了 { $clicks } 次
responsive_ui-twin-downloading = 正在下载……
responsive_ui-twins-caption = 两个小窗口，两个进程。窗口每刷新一次，指针走一格；每点一下，掉下一个圈。
responsive_ui-twin-stage-opening = 窗口正在打开
responsive_ui-twin-stage-closed = { $seconds } 秒后被关闭
responsive_ui-twin-stage-killed = { $seconds } 秒后被强行结束
responsive_ui-twin-stage-failed = { $seconds } 秒后出错
responsive_ui-twin-stage-no-click = 还没有点击
responsive_ui-twin-stage-waiting = { $clicks ->
   *[other] { $clicks } 次点击在消息队列里排队
}
responsive_ui-twin-stage-unanswered = { $clicks ->
   *[other] { $clicks } 次点击一直没有响应
}
responsive_ui-twin-stage-answered = { $clicks ->
   *[other] 响应了 { $clicks } 次点击，最慢 { $slowest } 毫秒
}
responsive_ui-twin-stage-answered-late = { $clicks ->
   *[other] 响应了 { $clicks } 次点击，最慢的等了 { $slowest } 秒
}
responsive_ui-twin-closed = 窗口 { $twin } 在 { $seconds } 秒后被关闭。
responsive_ui-twin-killed = 窗口 { $twin } 在 { $seconds } 秒后被强行结束（进程 { $pid }，信号 { $number }，{ $name }）：窗口无响应时，系统可能会这样做。
responsive_ui-twin-crashed = 窗口 { $twin } 在 { $seconds } 秒后崩溃（进程 { $pid }，信号 { $number }，{ $name }）。
responsive_ui-twin-failed = 窗口 { $twin } 在 { $seconds } 秒后出错，没能继续（进程 { $pid }）。
responsive_ui-twin-result = 窗口 { $twin } 的画面最长停了 { $gap } 秒{ $clicks ->
    [0] 。
   *[other] ，响应了 { $clicks } 次点击。
}
responsive_ui-twin-result-answered = 窗口 { $twin } 的画面最长停了 { $gap } 秒，响应了 { $clicks ->
   *[other] { $clicks } 次点击，最慢 { $slowest } 毫秒。
}
responsive_ui-twin-result-waited = 窗口 { $twin } 卡住 { $gap } 秒，{ $clicks ->
   *[other] { $clicks } 次点击一直在排队，最慢的等了 { $slowest } 秒才有响应。
}
responsive_ui-result-ui_thread-froze = 主线程被阻塞，窗口卡住 { $gap }，其间{ $clicks ->
    [0] 没有点击
   *[other] { $clicks } 次点击一直在排队
}。
responsive_ui-result-ui_thread-froze-both = 主线程被阻塞，窗口卡住 { $gap }，其间{ $clicks ->
    [0] 没有点击
   *[other] { $clicks } 次点击一直在排队
}；交给工作线程后，画面最长只停了 { $other }。
responsive_ui-result-ui_thread-went-on = 主线程被阻塞，画面停了 { $gap }：时间太短，感觉不到卡。
responsive_ui-result-ui_thread-between = 主线程被阻塞，画面停了 { $gap }：有人会觉得卡，有人不会。
responsive_ui-result-worker_thread-went-on = 交给工作线程后，画面最长只停了 { $gap }：窗口一直在刷新，一直有响应。
responsive_ui-result-worker_thread-went-on-both = 交给工作线程后，画面最长只停了 { $gap }；在界面线程里是 { $other }。
responsive_ui-result-worker_thread-froze = 画面停了 { $gap }，但挡住窗口的不是任务：任务在工作线程里。这台电脑当时在忙别的。
responsive_ui-result-worker_thread-between = 交给工作线程后，画面最长停了 { $gap }：这台电脑画得慢，或者当时在忙别的。
responsive_ui-result-about = 点击后 { $took }，“关于”就弹出来了。
responsive_ui-result-about-after = 点了“关于”，下载结束后才有响应。
responsive_ui-undecided-nobody = 没有人点“关于”，这一问还没有答案。

## 2 downloads
downloads-title = 两个下载
downloads-key = { $files ->
    [one] 下完一个文件
   *[other] 下完 { $files } 个文件；各文件时间相加是 { $added }
}
downloads-key-in-turn = { $files ->
    [one] 下完一个文件
   *[other] 依次下完 { $files } 个文件
}
downloads-lesson = 课文第 3、5 节 · 多进程、多线程
downloads-values = { $files } 个文件 · { $min_seconds } – { $max_seconds }
downloads-one_after_another = 依次下载
downloads-process_each = 多进程
downloads-thread_each = 多线程
downloads-task_struct = 线程类
downloads-async_tasks = 协程
downloads-param-files = 文件数
downloads-param-files-help = 一共下载几个文件
downloads-param-min_seconds = 最短
downloads-param-min_seconds-help = 每个文件至少要这么久；具体时间随机抽取，抽好后每次运行都用它
downloads-param-max_seconds = 最长
downloads-param-max_seconds-help = 每个文件最多要这么久；具体时间随机抽取，抽好后每次运行都用它
downloads-new-draw = 换一组时间
downloads-new-draw-help = 给这些文件重新抽取时间；不换的话每次运行的时间都一样，便于比较
downloads-measure-total_seconds = 总用时
downloads-measure-sum_of_files_seconds = 各文件相加
downloads-measure-longest_file_seconds = 最慢的文件
downloads-step-drawn = 抽到的时间
downloads-step-spawn = 启动
downloads-step-file = 文件
downloads-step-download = 下载
downloads-step-join = 等全部结束（join）
downloads-step-loop = 事件循环
downloads-q-one_after_another = { $files } 个文件各需 { $each } 秒，一个接一个下载，共要多久？
downloads-q-process_each = { $files } 个文件各需 { $each } 秒，{ $files } 个进程同时下载，共要多久？
downloads-q-thread_each = { $files } 个文件各需 { $each } 秒，{ $files } 个线程同时下载，共要多久？
downloads-q-task_struct = { $files } 个文件各需 { $each } 秒，用自定义的线程类，{ $files } 个线程同时下载，共要多久？
downloads-q-async_tasks = { $files } 个文件各需 { $each } 秒，一个线程里 { $files } 个协程同时下载，共要多久？
downloads-q-added = 各文件时间相加
downloads-q-mean = { $files ->
    [2] 相加后的一半
   *[other] 相加后 ÷ { $files }
}
downloads-q-longest = { $files ->
    [2] 较慢的那个
   *[other] 最慢的那个
}
downloads-q-shortest = { $files ->
    [2] 较快的那个
   *[other] 最快的那个
}
downloads-q-alike = 一个文件的时间
downloads-file = { $number ->
    [1] 课程表.pdf
    [2] 鸟叫声.mp3
    [3] 足球赛.mp4
    [4] 种子.csv
   *[other] 照片{ $number }.jpg
}
downloads-stage-before = 还没开始
downloads-stage-passed = 从点击开始
downloads-stage-total = 全部下载完
downloads-stage-stopped = 到停止为止
downloads-stage-ended = 到结束为止
downloads-stage-seconds = { $seconds } 秒
downloads-stage-ready = { $files } 个文件，各需 { $each } 秒
downloads-stage-sum = 相加 { $seconds }
downloads-stage-longest = 最慢 { $seconds }
downloads-stage-sleep = 这里用睡眠（sleep）模拟网络
downloads-stage-ghost-in-turn = 虚线没有运行，是算出来的：依次下载要 { $seconds }
downloads-stage-ghost-at-once = 虚线没有运行，是算出来的：同时下载要 { $seconds }
downloads-stage-ghost = 灰色：{ $variant }，{ $seconds }
downloads-stage-pid = PID { $pid }
downloads-stage-process = 一个进程
downloads-stage-who-one_after_another = 粗框是进程，方块是它唯一的线程
downloads-stage-who-process_each = 粗框是进程，每个文件一个
downloads-stage-who-thread_each = 粗框是一个进程，方块是线程，每个文件一个
downloads-stage-who-task_struct = 粗框是一个进程，方块是线程，每个任务对象一个
downloads-stage-who-async_tasks = 粗框是一个进程，方块是它唯一的线程，纸条是协程
downloads-stage-there = { $files } 个文件，已下载完 { $there } 个
downloads-partial = { $came ->
    [0] 其余的文件也都没有下载完。
   *[other] 其余 { $came } 个文件照样下载完了：每个进程的内存都是自己的。
}
downloads-result-one = 只有一个文件，用了 { $total }，没有别的事可以同时做。
downloads-result-sequential = 依次下载用了 { $total }，约等于各文件相加（{ $added }），而最慢的文件只要 { $longest }。
downloads-result-longest = 这些文件依次下载要 { $added }，同时下载用了 { $total }，约等于最慢的文件（{ $longest }）。
downloads-result-started = 这些文件依次下载要 { $added }，同时下载用了 { $total }，比最慢的文件（{ $longest }）多 { $more }：启动也要时间。
downloads-result-nothing-saved = 这些文件依次下载要 { $added }，同时下载用了 { $total }，差不多一样久：文件太小（最慢 { $longest }），省下的时间都花在启动上了。
downloads-result-undecided = 下完全部文件用了 { $total }；各文件的时间相加是 { $added }，最慢的文件用了 { $longest }。
downloads-undecided-alike = 最慢的文件几乎占了全部时间，这次还判断不了。
downloads-result-process_each = 每个文件由一个进程下载，各有各的进程号。
downloads-result-thread_each = 所有线程都在同一个进程里。
downloads-result-task_struct = 还是那些线程，只是写法不同：每个对象带着自己的文件，自己运行。
downloads-result-async_tasks = 一个线程就够了：一个协程在等，它就去运行别的协程。

## 3 ping_pong
ping_pong-title = Ping 与 Pong
ping_pong-key-words = 打印出的词数；计数器到 { $words } 就停
ping_pong-key-queue = 留在队列里；取出了 { $taken } 个
ping_pong-lesson = 课文第 4 节 · 进程间通信
ping_pong-values = { $variant ->
    [queue] 各放 { $puts_each } 个 · 取 { $takes } 个
   *[other] { $words } 个词 · { $gap_millis }
}
ping_pong-private_counters = 全局变量
ping_pong-shared_counter = 共享内存
ping_pong-queue = 队列
ping_pong-param-words = 词数
ping_pong-param-words-help = 计数到这里，进程就不再打印
ping_pong-param-gap_millis = 间隔
ping_pong-param-gap_millis-help = 每打印一个词后睡眠多久
ping_pong-param-puts_each = 各放几个
ping_pong-param-puts_each-help = 每个进程往队列里放几个词
ping_pong-param-takes = 取几次
ping_pong-param-takes-help = 从队列里取几次
ping_pong-param-capacity = 容量
ping_pong-param-capacity-help = 队列最多容纳几个词；0 表示不限
ping_pong-param-put_pause_max_millis = 停顿
ping_pong-param-put_pause_max_millis-help = 每放一个词后随机停顿，最长这么久
ping_pong-param-take_starts = 何时取
ping_pong-param-take_starts-help = 两个进程都结束后由本进程取，或者由第三个进程马上开始取
ping_pong-param-take_starts-after_puts = 都结束后
ping_pong-param-take_starts-at_once = 马上
ping_pong-param-put_timeout_millis = 放入超时
ping_pong-param-put_timeout_millis-below-zero = 一直等
ping_pong-param-put_timeout_millis-help = 队列满时最多等多久；0 表示不等，-1 表示一直等
ping_pong-param-take_timeout_millis = 取出超时
ping_pong-param-take_timeout_millis-below-zero = 一直等
ping_pong-param-take_timeout_millis-help = 队列空时最多等多久；0 表示不等，-1 表示一直等
ping_pong-measure-pings = Ping
ping_pong-measure-pongs = Pong
ping_pong-measure-words_total = 词的总数
ping_pong-measure-left_in_queue = 队列里剩下
ping_pong-measure-puts_refused = 放入被拒（已满）
ping_pong-measure-takes_refused = 取出被拒（已空）
ping_pong-measure-put_blocked_seconds = 放入时阻塞
ping_pong-step-spawn = 启动
ping_pong-step-lost = 不在了
ping_pong-step-join = 等两个进程结束
ping_pong-step-join-short = 等它们结束
ping_pong-step-print = 打印
ping_pong-step-pause = 停顿
ping_pong-step-ping = Ping
ping_pong-step-pong = Pong
ping_pong-step-put = 放入
ping_pong-step-room = 等队列有空位
ping_pong-step-full = 被拒：队列已满
ping_pong-step-take = 取出
ping_pong-step-word = 等一个词
ping_pong-step-empty = 被拒：队列是空的
ping_pong-step-empty-short = 队列空
ping_pong-step-ended = 已结束
ping_pong-step-stuck = 谁也无法继续
ping_pong-q-private_counters = 两个进程都打印到全局变量 counter 等于 { $words } 为止，一共打印几个词？
ping_pong-q-shared_counter = 现在 counter 放在两个进程共享的内存里，到 { $words } 为止，一共打印几个词？
ping_pong-q-left = 两个进程各往队列里放 { $puts } 个词，都结束后再取 { $takes } 次，队列里还剩几个？
ping_pong-q-left-bounded = 队列只能容纳 { $capacity } 个词。两个进程各放 { $puts } 个，都结束后再取 { $takes } 次，队列里还剩几个？
ping_pong-q-left-at_once = 两个进程各往队列里放 { $puts } 个词，同时有进程取 { $takes } 次，队列里还剩几个？
ping_pong-q-left-bounded-at_once = 队列只能容纳 { $capacity } 个词。两个进程各放 { $puts } 个，同时有进程取 { $takes } 次，队列里还剩几个？
ping_pong-q-number = { $number } 个
ping_pong-q-varies = 每次不同
ping_pong-q-never = 永远结束不了
ping_pong-q-another = 别的数
ping_pong-stage-printed = 打印的词数
ping_pong-stage-in-queue = 队列里的词数
ping_pong-stage-limit = 计数到 { $words } 为止
ping_pong-stage-exact = 正好 { $words } 个
ping_pong-stage-surplus = 多了 { $surplus } 个
ping_pong-stage-in = 放入：{ $put }
ping_pong-stage-out = 取出：{ $taken }
ping_pong-stage-full = 已满被拒：{ $refused }
ping_pong-stage-empty = 已空被拒：{ $empty }
ping_pong-stage-caption-private = 粗框是进程，纸条是它打印的词。
ping_pong-stage-caption-shared = 粗框是进程，中间的计数器两个进程都看得到。
ping_pong-stage-caption-queue = 先进先出：词从左边进，从右边出。
ping_pong-stage-pid = PID { $pid }
ping_pong-stage-counter = counter
ping_pong-stage-counter-is = counter { $count }
ping_pong-stage-counter-shared = counter（共享）
ping_pong-stage-process-printed = 打印了 { $count } 个
ping_pong-stage-due = 前 { $words } 个
ping_pong-stage-taker = 取词的进程
ping_pong-stage-taker-here = 本进程
ping_pong-stage-taken-of = 已取 { $taken } 个（要取 { $takes } 次）
ping_pong-stage-room = 队列，容量 { $capacity }
ping_pong-stage-no-limit = 队列，不限容量
ping_pong-stage-no-limit-short = 队列，不限量
ping_pong-stage-taken = 取出：{ $count }
ping_pong-stage-refused = 被拒（Full）：{ $count }
ping_pong-stage-stuck = 谁也无法继续
ping_pong-stage-waits-room = { $who } 在等队列有空位
ping_pong-stage-wait-room = Ping 和 Pong 都在等队列有空位
ping_pong-stage-waits-both = 取词的进程在等两个进程都结束
ping_pong-stage-waits-nobody = 取词的进程已经结束，再也不会有空位
ping_pong-stage-waits-word = 取词的进程在等一个词，可是 Ping 和 Pong 都结束了
ping_pong-stage-gone = { $who } 已经不在了
ping_pong-stage-gone-taker = 取词的进程已经不在了
ping_pong-partial = 另一个进程照样运行：一共打印了 Ping { $pings } 个、Pong { $pongs } 个。
ping_pong-partial-queue = 其余的进程照样运行：放入 { $put } 个词，取出 { $total } 个，剩 { $left_in_queue } 个。
ping_pong-result-private = 一共打印 { $total } 个词（Ping { $pings }、Pong { $pongs }）：两个进程内存独立，各数各的。
ping_pong-result-shared = 一共打印 { $total } 个词（Ping { $pings }、Pong { $pongs }）：计数在共享内存里，检查和加一合成一步，别人插不进来。
ping_pong-result-shared-one = 一共打印 { $total } 个词（Ping { $pings }、Pong { $pongs }）：两个进程共用一个计数器，其中一个来晚了，一个词也没轮到。
ping_pong-result-queue = 放入 { $put } 个词，取出 { $total } 个（Ping { $pings }、Pong { $pongs }），队列里剩 { $left_in_queue } 个。
ping_pong-result-blocked = 队列满时，放入一共阻塞了 { $put_blocked_seconds }。
ping_pong-result-full = { $puts_refused ->
   *[other] 有 { $puts_refused } 个词因队列满被拒绝（Full）。
}
ping_pong-result-empty = { $takes_refused ->
   *[other] 有 { $takes_refused } 次因队列空没取到（Empty）。
}


## 4 bank_lock
bank_lock-title = 银行存款
bank_lock-key-balance = 应有 { $total } 元
bank_lock-key-locked = 加锁后的用时；应有 { $total } 元，实有 { $balance } 元
bank_lock-lesson = 课文第 5 节 · 多线程、锁
bank_lock-values = { $threads } 个线程 · { $amount } 元 · { $gap_millis }
bank_lock-no_lock = 不加锁
bank_lock-mutex = 加锁
bank_lock-short_lock = 只锁读写
bank_lock-atomic = 原子加
bank_lock-async_tasks = 协程
bank_lock-param-threads = 线程
bank_lock-param-threads-help = 每个线程（或协程）存一笔
bank_lock-param-amount = 金额
bank_lock-param-amount-help = 每个线程存入的钱，单位元
bank_lock-param-gap_millis = 受理时间
bank_lock-param-gap_millis-help = 银行受理一笔存款的时间，单位毫秒
bank_lock-param-failing = 出错
bank_lock-param-failing-help = 中途 panic 的存款笔数
bank_lock-param-await_inside = 读写间 await
bank_lock-param-await_inside-help = 协程在读和写之间等，而不是读之前等
bank_lock-param-schedule = 顺序
bank_lock-param-schedule-help = 谁什么时候走一步：一个字母一步，例如 ABABAB（不加锁的步骤是读、受理、写；加锁的是加锁、读、写、解锁；原子的是受理、加）。线程数由字母决定，受理不花时间。填 all 就把 2 个或 3 个线程的所有顺序都运行一遍。空着：线程自由运行。
bank_lock-code-no-thread = { $letter } 不是线程：只有 A 和 B，或者 A、B 和 C
bank_lock-code-finished = { $thread } 已经没有步骤了
bank_lock-code-waits = { $thread } 要等锁，锁在 { $holder } 手里
bank_lock-code-ends = 顺序到这里就完了，但 { $thread } 还差一步“{ $step ->
    [read] 读余额
    [wait] 受理
    [write] 写余额
    [lock] 加锁
    [unlock] 解锁
   *[add] 加
}”
bank_lock-measure-orders = 顺序总数
bank_lock-measure-orders_exact = 余额正确的顺序
bank_lock-measure-code = 其中一种顺序
bank_lock-measure-balance = 余额
bank_lock-measure-deposits_lost = 丢失的存款
bank_lock-measure-deposits_failed = 失败的存款
bank_lock-measure-longest_wait_seconds = 等锁最久
bank_lock-step-read = 读余额
bank_lock-step-saw = 看到
bank_lock-step-wait = 受理
bank_lock-step-write = 写余额
bank_lock-step-overwrote = 覆盖
bank_lock-step-lock = 等锁
bank_lock-step-unlock = 解锁
bank_lock-step-gate = 在闸门前
bank_lock-step-letter = 走了一步
bank_lock-step-orders = 所有顺序
bank_lock-step-add = 加
bank_lock-step-panic = panic
bank_lock-q1 = { $failing ->
    [0] { $threads } 个线程各存 { $amount } 元，不加锁，余额是多少？
   *[other] { $threads } 个线程各存 { $amount } 元，不加锁，其中 { $failing } 个中途 panic，余额是多少？
}
bank_lock-q1-code = { $threads } 个线程各存 { $amount } 元，不加锁，顺序是 { $code }，余额是多少？
bank_lock-q1-exact = { $yuan } 元
bank_lock-q1-range = { $from }–{ $to } 元
bank_lock-q1-less = 不到 { $yuan } 元
bank_lock-q2 = 加锁以后，要多久？
bank_lock-q2-seconds = { $seconds }
bank_lock-q2-another = 别的时间
bank_lock-q3 = { $failing ->
    [0] 只有一个线程，{ $threads } 个协程各存 { $amount } 元，不加锁，余额是多少？
   *[other] 只有一个线程，{ $threads } 个协程各存 { $amount } 元，不加锁，其中 { $failing } 个中途 panic，余额是多少？
}
bank_lock-q3-await = { $failing ->
    [0] 只有一个线程，{ $threads } 个协程各存 { $amount } 元，读和写之间有 await，余额是多少？
   *[other] 只有一个线程，{ $threads } 个协程各存 { $amount } 元，读和写之间有 await，其中 { $failing } 个中途 panic，余额是多少？
}
bank_lock-button-step = 单步
bank_lock-button-step-help = 你来当调度器：真的线程都停在闸门前，按 A、B 或 C，那个线程就走一步
bank_lock-button-threads = { $threads } 个线程
bank_lock-button-thread = 线程 { $thread }
bank_lock-button-undo = 退一步
bank_lock-button-undo-help = 去掉最后一个字母，用新的线程重走一遍（退格键）
bank_lock-button-all = 所有顺序
bank_lock-button-all-help = 把走得通的顺序全部运行一遍，数一数各得到多少余额
bank_lock-button-copy = 复制
bank_lock-button-copy-help = 复制这个顺序，可以填到“顺序”一栏里
bank_lock-stage-first = 谁先走？
bank_lock-stage-thread-next = { $thread }：{ $step }
bank_lock-stage-thread-waits = { $thread } 在等锁
bank_lock-stage-thread-done = { $thread }：存完
bank_lock-stage-over = { $over } 覆盖了 { $under } 存的钱
bank_lock-stage-take-lock = 加锁
bank_lock-stage-over-it = 覆盖了 { $under }
bank_lock-stage-is-lost = 被覆盖
bank_lock-stage-before = 加之前
bank_lock-stage-after = 加之后
bank_lock-orders-run = { $run }
bank_lock-orders-running = 种已运行，共 { $orders } 种顺序
bank_lock-orders-exact = { $orders } 种中 { $exact } 种
bank_lock-orders-right = 顺序的余额正确
bank_lock-orders-real = 每一种都真的运行过，用的都是这 { $threads } 个线程
bank_lock-orders-row = { $balance } 元：{ $orders } 种顺序，例如 { $code }
bank_lock-orders-title-balance = 余额
bank_lock-orders-title-orders = 有几种顺序
bank_lock-orders-title-code = 其中一种
bank_lock-q4 = 不加锁，{ $threads } 个线程轮流走，共有 { $orders } 种顺序，其中几种一笔也不丢？
bank_lock-orders-tree = 顺序树
bank_lock-orders-hint = 点一片叶子，再按 ← → 一步步走
bank_lock-orders-count = { $balance } 元：{ $orders } 种
bank_lock-q4-all = { $orders } 种全都不丢
bank_lock-q4-some = { $from }–{ $to } 种
bank_lock-q4-few = 不到 { $orders } 种
bank_lock-q5 = { $threads } 个线程各存 { $amount } 元，轮流走，一次一步（{ $code }），余额是多少？
bank_lock-q6 = { $threads } 个线程各存 { $amount } 元，{ $variant ->
    [mutex] 加锁
   *[other] 一步加完
}，顺序由你定，余额是多少？
bank_lock-undecided-turns = 这次没有轮流走，这一问还没有答案。
bank_lock-stage-account = 账户余额
bank_lock-stage-balance = ¥{ $balance }
bank_lock-stage-ready = { $threads } 个线程，各存 { $amount } 元
bank_lock-stage-ready-tasks = 1 个线程，{ $threads } 个协程，各存 { $amount } 元
bank_lock-stage-made = { $threads } 笔存款，已存 { $made } 笔
bank_lock-stage-right = 成功的存款一笔没丢
bank_lock-stage-missing = 应有 ¥{ $expected }，少了 { $missing } 元
bank_lock-stage-right-short = 一笔没丢
bank_lock-stage-missing-short = 少了 { $missing } 元
bank_lock-stage-made-lost = { $threads } 笔存款，已存 { $made } 笔，{ $lost } 笔被覆盖
bank_lock-stage-made-short = 已存 { $made } 笔，{ $lost } 笔被覆盖
bank_lock-stage-kept = 存进去了：{ $count }
bank_lock-stage-lost = 被别的线程覆盖：{ $count }
bank_lock-stage-lost-by-task = 被别的协程覆盖：{ $count }
bank_lock-stage-failed = 失败：{ $count }
bank_lock-stage-pending = 还没存：{ $count }
bank_lock-stage-kept-short = 存进：{ $count }
bank_lock-stage-lost-short = 被覆盖：{ $count }
bank_lock-stage-pending-short = 还没存：{ $count }
bank_lock-stage-caption = 每个小方块是一个线程，里面是它读到的余额
bank_lock-stage-caption-slips = 每张纸条是一个协程，上面是它读到的余额
bank_lock-stage-caption-plain = 每个小方块是一个线程
bank_lock-stage-caption-slips-plain = 每张纸条是一个协程
bank_lock-stage-queue = 等锁
bank_lock-stage-wait = 受理 { $millis } 毫秒
bank_lock-stage-lock = 锁
bank_lock-stage-at-once = 读和写
bank_lock-stage-inside = 拿到锁
bank_lock-stage-done = 存完
bank_lock-stage-holder = 线程 { $thread }
bank_lock-stage-holder-read = 读到 ¥{ $read }
bank_lock-stage-free = 锁空闲
bank_lock-incident-wrote-over = 把它覆盖了
bank_lock-incident-wrote-over-other = 把 { $other } 号写的覆盖了
bank_lock-incident-gone = 丢了 { $amount } 元
bank_lock-incident-others = 其余 { $count } 个没有画出来
bank_lock-incident-opening = { $kind ->
    [task] 协程 { $first } 和协程 { $second } 各存 { $amount } 元
   *[other] 线程 { $first } 和线程 { $second } 各存 { $amount } 元
}
bank_lock-incident-read = { $kind ->
    [task] 协程 { $number } 读到 { $yuan } 元
   *[other] 线程 { $number } 读到 { $yuan } 元
}
bank_lock-incident-wait = { $kind ->
    [task] 协程 { $number } 等待 { $millis } 毫秒，手里记着 { $yuan } 元
   *[other] 线程 { $number } 等待 { $millis } 毫秒，手里记着 { $yuan } 元
}
bank_lock-incident-write = { $kind ->
    [task] 协程 { $number } 写回 { $yuan } 元
   *[other] 线程 { $number } 写回 { $yuan } 元
}
bank_lock-incident-over = { $kind ->
    [task] 协程 { $number } 也写回 { $yuan } 元，把它覆盖，丢了 { $amount } 元
   *[other] 线程 { $number } 也写回 { $yuan } 元，把它覆盖，丢了 { $amount } 元
}
bank_lock-incident-over-another = { $kind ->
    [task] 协程 { $number } 写回 { $yuan } 元，把协程 { $other } 写的覆盖，协程 { $first } 存的 { $amount } 元丢了
   *[other] 线程 { $number } 写回 { $yuan } 元，把线程 { $other } 写的覆盖，线程 { $first } 存的 { $amount } 元丢了
}
bank_lock-result-lost = { $succeeded } 笔存款都成功了，余额却是 { $balance } 元，{ $deposits_lost } 笔被覆盖：线程 { $first_thread } 和线程 { $second_thread } 都读到 { $both_read } 元，都写回 { $both_wrote } 元。
bank_lock-result-lucky = 这次一笔没丢：{ $succeeded } 笔存款，余额 { $balance } 元。没有两笔在读和写之间撞上：这是运气好，不是安全。多重复几次，或者把受理时间调长。
bank_lock-result-mutex = 一笔不少：余额 { $balance } 元，用时 { $seconds }。临界资源每次只有一个线程能访问，从读到写都占着锁；等锁最久的等了 { $longest_wait_seconds }。
bank_lock-result-short_lock = 一笔不少：余额 { $balance } 元，用时 { $seconds }。受理时大家同时等，只在读写余额的那一瞬间持有锁。
bank_lock-result-atomic = 一笔不少：余额 { $balance } 元，用时 { $seconds }。加法是不可分割的一步，别的线程插不进来。
bank_lock-result-async_tasks = 一笔不少：余额 { $balance } 元，用时 { $seconds }，没有用锁。只有一个线程，遇到 await 才切换协程，而读和写之间没有 await。
bank_lock-result-async_tasks-lost = { $succeeded } 笔存款都成功了，余额却是 { $balance } 元，{ $deposits_lost } 笔被覆盖：协程 { $first_thread } 和协程 { $second_thread } 都读到 { $both_read } 元，都写回 { $both_wrote } 元。只有一个线程也不行：读和写之间一 await，它就去运行别的协程了。
bank_lock-result-alone = 一笔不少：余额 { $balance } 元。只有一笔存款，没有谁会覆盖它；多来几个线程试试。
bank_lock-result-none = 余额是 0 元：所有存款都中途 panic，一笔也没存成。
bank_lock-result-code-lost = 按 { $code } 的顺序，{ $succeeded } 笔存款都成功了，余额却是 { $balance } 元。
bank_lock-result-code-lucky = 按 { $code } 的顺序一笔没丢：余额 { $balance } 元。没有谁在别人的读和写之间去读；换个顺序就会丢。
bank_lock-result-code-exact = 按 { $code } 的顺序一笔没丢：余额 { $balance } 元。在这里，凡是走得通的顺序都不会丢。
bank_lock-result-overwrote-1 = { $over_1 } 读到的是 { $over_1_read } 元，于是写回 { $over_1_wrote } 元，把 { $under_1 } 写的 { $under_1_wrote } 元覆盖了。
bank_lock-result-overwrote-2 = { $over_2 } 读到的是 { $over_2_read } 元，于是写回 { $over_2_wrote } 元，把 { $under_2 } 写的 { $under_2_wrote } 元覆盖了。
bank_lock-result-orders = { $threads } 个线程的 { $orders } 种顺序全部运行了一遍：{ $orders_exact } 种余额正确。最坏的只剩 { $worst } 元，有 { $worst_orders } 种，例如 { $code }。
bank_lock-result-orders-exact = { $threads } 个线程所有走得通的顺序（{ $orders } 种）全部运行了一遍：余额都正确。
bank_lock-result-failed = { $deposits_failed ->
   *[other] 有 { $deposits_failed } 笔存款中途 panic，其余照常。
}
bank_lock-result-failed-locked = { $deposits_failed ->
   *[other] 有 { $deposits_failed } 笔存款持有锁时 panic：锁自动释放，下一个线程照样能拿到，余额仍然正确。
}

## 5 global_lock
global_lock-title = 忙碌的线程
global_lock-key = 总工作量是单线程的几倍（{ $threads } 个线程、{ $cores } 个核）
global_lock-lesson = 课文第 5 节 · Python 的多线程
global_lock-values = { $threads } 个线程 · { $seconds } · { $cores } 个核
global_lock-free_threads = 没有全局锁
global_lock-global_lock = 全局锁（模型）
global_lock-cpython = Python
global_lock-param-threads = 线程
global_lock-param-threads-help = 同时循环的线程数
global_lock-param-seconds = 秒数
global_lock-param-seconds-help = 先由一个线程单独循环这么久，再由全部线程一起循环这么久
global_lock-param-switch_millis = 切换
global_lock-param-switch_millis-help = 等锁的线程等多少毫秒后要求交出锁
global_lock-param-cores = 核数
global_lock-param-cores-help = 这次运行可以用几个核；运行中也可以改
global_lock-measure-speedup = 加速比
global_lock-measure-cores_busy = 用了几个核
global_lock-step-alone = 单独
global_lock-step-together = 一起
global_lock-step-others = 其他 Python
global_lock-step-count = 循环
global_lock-step-wait = 等锁
global_lock-step-cores = 核数
global_lock-step-loops = 循环次数
global_lock-step-version = 版本
global_lock-step-gil = 全局锁
global_lock-q-free_threads = 1 个线程 { $seconds }循环 W 次。{ $threads } 个线程、{ $cores } 个核，{ $seconds }共多少次？
global_lock-q-global_lock = 现在所有线程共用一把锁，线程要先拿到锁才能运行。{ $threads } 个线程、{ $cores } 个核，{ $seconds }共多少次？
global_lock-q-cpython = 1 个 Python 线程 { $seconds }循环 W 次。{ $threads } 个线程、{ $cores } 个核，{ $seconds }共多少次？
global_lock-q-times = 更多，最多 { $by } × W
global_lock-q-same = 大约 W
global_lock-q-less = 比 W 少
global_lock-stage-together = { $threads } 个线程一起，和单线程比
global_lock-stage-disturbed = 受到别的程序干扰
global_lock-stage-alone = 一个线程单独循环的工作量
global_lock-stage-threads = { $threads } 个线程，{ $cores } 个核
global_lock-stage-model = 模型：用一把真实的锁模仿 Python 的锁。
global_lock-stage-hands = 每 { $millis } 毫秒换一个线程；方块每 { $shown } 毫秒长一次。
global_lock-stage-gil = 所有线程共用一把锁：GIL。
global_lock-stage-unseen = 锁换手太快，看不出在谁手里。
global_lock-stage-no-gil = 这个 Python 没有 GIL。
global_lock-stage-none = 这里没有运行过 Python。
global_lock-stage-shade = 颜色浅：和别的线程轮流用一个核。
global_lock-stage-line = 1 个线程
global_lock-stage-note-gil = 有 GIL
global_lock-stage-note-no-gil = 没有 GIL
global_lock-result = { $threads } 个线程的总工作量是单线程的 { $speedup } 倍：{ $cores } 个核用上了约 { $busy } 个。
global_lock-result-idle = { $threads } 个线程的总工作量是单线程的 { $speedup } 倍：{ $cores } 个核只用上约 { $busy } 个。
global_lock-result-uncounted = { $threads } 个线程的总工作量是单线程的 { $speedup } 倍（可用 { $cores } 个核）。
global_lock-result-free = 有空闲的核，线程就能运行。
global_lock-result-model = 只有拿到锁的线程才能运行，其他线程都在等，核再多也没用。（这是 Threadlab 里的模型：一把真实的锁，每 { $millis } 毫秒换一个线程。）
global_lock-result-gil = 这是 Python { $version }，有 GIL：只有拿到全局解释器锁的线程才能运行。
global_lock-result-no-gil = 这是 Python { $version }，没有 GIL：各个线程可以同时运行。
global_lock-result-others = 没有锁拦着它们，也没有别的程序抢核：真正的核可能没有看上去那么多。
global_lock-result-disturbed = 不过别的程序也在忙：单独的线程只有 { $alone_percent }% 的时间用上了核，这次的数字说明不了什么。关掉它们，再运行一次。
global_lock-result-crowded = 不过别的程序占了一部分核，这次的数字说明不了什么。关掉别的程序，再运行一次。
global_lock-result-one-thread = 只有一个线程，只能和自己比。
global_lock-result-one-core = 只有一个核可用，有没有锁，线程都只能轮流运行。
global_lock-result-no-python = 本机没有找到 python3（PATH 的各个目录里都没有），所以无法测量。其他做法不需要它。
global_lock-result-other-gil = Python { $python }（有 GIL）：{ $speedup } 倍。
global_lock-result-other-no-gil = Python { $python }（没有 GIL）：{ $speedup } 倍。
global_lock-result-broken = 这里无法运行：{ $broken }。


## 6 switching_cost
switching_cost-title = 五科作业
switching_cost-key-share-slice_micros = 的核时间花在切换上（时间片 { $at } 微秒）
switching_cost-key-share-tasks = 的核时间花在切换上（{ $at } 个任务）
switching_cost-key-noise = 的核时间花在切换上，少得量不出来
switching_cost-key-slice_micros = { $work } 秒的计算，每 { $at } 微秒切换一次；其中 { $percent }% 花在切换上
switching_cost-key-slice_micros-untold = { $work } 秒的计算，每 { $at } 微秒切换一次
switching_cost-key-tasks = { $work } 秒的计算，分给 { $at } 个任务
switching_cost-figure = { $percent }%
switching_cost-lesson = 课文第 6 节 · 任务切换
switching_cost-values = { $tasks } 个任务 · 共算 { $work_millis }
switching_cost-threads = 线程
switching_cost-processes = 进程
switching_cost-async_tasks = 协程
switching_cost-param-tasks = 任务数
switching_cost-param-tasks-help = 多少个任务分担计算，都在一个核上；每个数测一次
switching_cost-param-slice_micros = 时间片
switching_cost-param-slice_micros-help = 5 个任务轮流用一个核：每次算多久就必须让出
switching_cost-param-work_millis = 计算量
switching_cost-param-work_millis-help = 一个任务单独算完需要的时间
switching_cost-measure-switches_voluntary = 主动切换
switching_cost-measure-switches_involuntary = 被动切换
switching_cost-measure-nanos_per_switch = 每次切换的纳秒数
switching_cost-measure-share_switching = 切换所占比例
switching_cost-measure-creating_seconds = 创建
switching_cost-measure-hand_overs = 交接次数
switching_cost-measure-core_share = 用上核的比例
switching_cost-step-prepare = 测量核的速度
switching_cost-step-compute = 计算
switching_cost-step-start = 等待开始
switching_cost-step-share = 分担计算
switching_cost-step-turns = 轮流计算
switching_cost-step-tasks_point = 任务数
switching_cost-step-slice_point = 时间片（微秒）
switching_cost-step-switch = 切换（纳秒）
switching_cost-step-slice = 时间片（纳秒）
switching_cost-q-share = 一个核上 { $seconds } 秒的计算，分给 { $tasks } 个线程，共几秒？
switching_cost-q-turns-threads = 一个核上 { $seconds } 秒的计算，5 个线程轮流做，每 { $micros } 微秒切换一次，共几秒？
switching_cost-q-turns-processes = 一个核上 { $seconds } 秒的计算，5 个进程轮流做，每 { $micros } 微秒切换一次，共几秒？
switching_cost-q-turns-async_tasks = 一个核上 { $seconds } 秒的计算，5 个协程轮流做，每 { $micros } 微秒切换一次，共几秒？
switching_cost-q-about = 约 { $seconds } 秒
switching_cost-q-another = 别的时间
switching_cost-stage-subjects = 语 数 英 物 化
switching_cost-stage-ready = 5 科作业，一个核
switching_cost-stage-work = 一个核上 { $seconds }的计算
switching_cost-stage-turns = 每 { $slice }换一次
switching_cost-stage-of-it = 其中 { $percent }% 花在切换上
switching_cost-stage-strip = 整条 { $length }：每做 { $slice }，先切换 { $switch }
switching_cost-stage-strip-short = 每做 { $slice }，先切换 { $switch }
switching_cost-stage-computing = 计算
switching_cost-stage-switches = 切换
switching_cost-stage-hatched = 创建任务
switching_cost-stage-measuring = 正在测量核的速度……
switching_cost-stage-untold = 本系统不提供这项数据
switching_cost-stage-names = 语文 · 数学 · 英语 · 物理 · 化学
switching_cost-stage-row = { $tasks } 个任务
switching_cost-stage-seconds = { $seconds } 秒
switching_cost-result-one = 1 个任务用了 { $alone_seconds }。
switching_cost-result-threads = { $most_tasks } 个线程用了 { $most_tasks_seconds }，其中创建线程占 { $most_tasks_creating }；1 个线程用了 { $alone_seconds }。
switching_cost-result-processes = { $most_tasks } 个进程用了 { $most_tasks_seconds }，其中创建进程占 { $most_tasks_creating }；1 个进程用了 { $alone_seconds }。
switching_cost-result-async_tasks = 一个线程上的 { $most_tasks } 个协程用了 { $most_tasks_seconds }，1 个用了 { $alone_seconds }。
switching_cost-result-slices = 每 { $micros } 微秒切换一次时，用了 { $seconds }。
switching_cost-result-cost-slice_micros = 时间片 { $costliest_at } 微秒时，切换{ $times }次，每次约 { $each }，占核时间的 { $percent }%。
switching_cost-result-cost-tasks = { $costliest_at } 个任务切换{ $times }次，每次约 { $each }，占核时间的 { $percent }%。
switching_cost-result-cheap = 切换用的时间不到核时间的 { $percent }%，太少，量不出来；可以选更短的时间片或更大的计算量。
switching_cost-result-untold = 本系统不提供任务占用核的时间，所以算不出一次切换要多久。
switching_cost-result-lesson = 任务多，花不了多少时间；切换太频繁，才花时间。
switching_cost-result-own = 操作系统只看到一个线程，只数到 { $counted } 次切换：协程是自己让出核的。
switching_cost-result-left-out = { $left_out_from } 个及以上的任务没有测：这里最多启动 { $room } 个。
switching_cost-result-too-long = { $too_long_from } 微秒及以上的时间片没有测：计算量太小，不够 5 个任务每个轮到两次。
switching_cost-result-disturbed = 不过别的程序也在忙，只留下核的 { $percent }% 的时间，秒数说明不了什么。关掉它们，再运行一次。
switching_cost-result-no-turns = 本系统上的进程不能共用管道，所以没有测轮流计算。
switching_cost-result-anywhere = 本系统不让程序选择核，任务在哪个核上都可能运行。
limit-processes = 进程


## 7 cpu_or_io
cpu_or_io-title = 计算与等待
cpu_or_io-key = 速度是单线程的几倍（{ $workers } 个线程、{ $cores } 个核）
cpu_or_io-lesson = 课文第 6 节 · 计算与 I/O
cpu_or_io-values = { $workers } 个线程 · { $tasks } 个任务
cpu_or_io-cpu_bound = 计算密集型
cpu_or_io-io_bound = I/O 密集型
cpu_or_io-param-workers = 线程数
cpu_or_io-param-workers-help = 由多少个线程分担任务，每个数各测一次
cpu_or_io-param-tasks = 任务数
cpu_or_io-param-tasks-help = 队列里的任务，谁有空谁取下一个
cpu_or_io-param-task_millis = 任务时长
cpu_or_io-param-task_millis-help = 一个任务独占一个核时计算多久，或者等待多久，单位毫秒
cpu_or_io-param-cores = 核数
cpu_or_io-param-cores-help = 这次运行可以用几个核；运行中也可以改
cpu_or_io-measure-speedup = 加速比
cpu_or_io-measure-physical_cores = 物理核
cpu_or_io-measure-logical_cores = 逻辑核
cpu_or_io-step-prepare = 测量核的速度
cpu_or_io-step-spawn = 启动线程
cpu_or_io-step-round = 等全部任务
cpu_or_io-step-cores = 核数
cpu_or_io-step-task = 任务
cpu_or_io-step-compute = 计算
cpu_or_io-step-wait = 等待
cpu_or_io-q-cpu_bound = { $cores } 个核、{ $workers } 个线程，每个任务都在计算：速度是单线程的几倍？
cpu_or_io-q-io_bound = { $cores } 个核、{ $workers } 个线程，每个任务都在等待：速度是单线程的几倍？
cpu_or_io-q-times = 更快，最多 { $times } 倍
cpu_or_io-q-same = 差不多快
cpu_or_io-q-not-faster = 不会更快
cpu_or_io-q-slower = 更慢
cpu_or_io-stage-times = ×{ $times }
cpu_or_io-stage-unknown = × ?
cpu_or_io-stage-with = { $workers } 个线程
cpu_or_io-stage-tasks = { $tasks } 个任务，每个 { $millis } 毫秒
cpu_or_io-stage-progress = { $workers } 个线程：完成 { $done }/{ $tasks }
cpu_or_io-stage-preparing = 正在准备……
cpu_or_io-stage-not-run = 还没有运行
cpu_or_io-stage-cores = { $cores } 个核
cpu_or_io-stage-disturbed = 受到别的程序干扰
cpu_or_io-stage-done = 完成
cpu_or_io-stage-pending = 还没做
cpu_or_io-stage-alone = 单线程的用时
cpu_or_io-stage-alone-short = 单线程用时
cpu_or_io-result-both = { $cores } 个核、{ $workers } 个线程：计算密集型的速度是单线程的 { $cpu } 倍，I/O 密集型是 { $io } 倍。
cpu_or_io-result-cpu_bound = { $cores } 个核、{ $workers } 个线程：计算密集型的速度是单线程的 { $cpu } 倍。
cpu_or_io-result-io_bound = { $cores } 个核、{ $workers } 个线程：I/O 密集型的速度是单线程的 { $io } 倍。
cpu_or_io-result-alone = 只测了 1 个线程，没有可比的。请多选几个线程数。
cpu_or_io-result-nothing = 什么也没测到。
cpu_or_io-result-cores = 计算离不开核：线程比核多，就只能轮流用核。
cpu_or_io-result-one-core = 只有一个核，计算的线程只能轮流用它。
cpu_or_io-result-busy = 没有别的程序抢核，线程多了却没有更快：真正的核可能没有看上去那么多，或者任务太短。
cpu_or_io-result-beyond = { $workers } 个线程不可能快这么多：是用来比较的那个单线程被耽误了。
cpu_or_io-result-disturbed = 不过别的程序也在忙，这些线程只用上了可用核时间的 { $percent }%，数字说明不了什么。关掉它们，再运行一次。
cpu_or_io-result-wait = 等待不占用核：所有线程可以同时等。

## 8 event_loop
event_loop-title = 许多连接
event_loop-key-size = { $size }
event_loop-key-time = 收齐 { $replies } 个回复
event_loop-key-memory = 内存，{ $threads } 个线程用的
event_loop-lesson = 课文第 7 节 · 异步 I/O
event_loop-values = { $connections } 个连接 · { $reply_millis }
event_loop-one_at_a_time = 一个接一个
event_loop-thread_each = 每个连接一个线程
event_loop-one_thread_async = 单线程 + 协程
event_loop-process_per_core_async = 多进程 + 协程
event_loop-param-connections = 连接数
event_loop-param-connections-help = 每个连接发出一个请求，等一个回复
event_loop-param-reply_millis = 回复要等
event_loop-param-reply_millis-help = 服务器过多久给出回复，单位毫秒
event_loop-param-handle_millis = 处理
event_loop-param-handle_millis-help = 收到回复后计算多久，单位毫秒；这段时间线程不能做别的事
event_loop-measure-total_seconds = 收齐用时
event_loop-measure-replies = 回复
event_loop-measure-peak_threads = 线程
event_loop-measure-peak_bytes = 内存
event_loop-step-spawn = 启动
event_loop-step-wait = 等待
event_loop-step-serve = 服务
event_loop-step-loop = 事件循环
event_loop-step-handle = 处理回复
event_loop-step-processes = 等待的进程
event_loop-step-asked = 已请求
event_loop-step-arrived = 回复到达
event_loop-step-handled = 已处理
event_loop-step-threads = 线程
event_loop-step-bytes = 内存
event_loop-q-one_at_a_time = { $replies } 个回复各需 { $seconds } 秒，一个接一个地请求，几秒收齐？
event_loop-q-one_at_a_time-busy = { $replies } 个回复各需 { $seconds } 秒，收到后各处理 { $millis } 毫秒，一个接一个地请求，几秒收齐？
event_loop-q-one_thread_async = { $replies } 个回复各需 { $seconds } 秒，只有 1 个线程，几秒收齐？
event_loop-q-one_thread_async-busy = { $replies } 个回复各需 { $seconds } 秒，收到后各处理 { $millis } 毫秒，只有 1 个线程，几秒收齐？
event_loop-q-process_per_core_async = { $replies } 个回复各需 { $seconds } 秒，{ $processes } 个进程各有一个事件循环，几秒收齐？
event_loop-q-process_per_core_async-busy = { $replies } 个回复各需 { $seconds } 秒，收到后各处理 { $millis } 毫秒，{ $processes } 个进程各有一个事件循环，几秒收齐？
event_loop-q-thread_each = { $threads } 个线程都在等回复，整个进程要占多少内存？
event_loop-q-seconds = 大约 { $seconds } 秒
event_loop-q-another = 别的时间，或者做不到
event_loop-undecided-disturbed = 处理回复时，别的程序占了核：这次不算数，再运行一次。
event_loop-undecided-unmeasured = 没有测到内存，这次还判断不了。
event_loop-q-less = 不到 { $size }
event_loop-q-between = { $size } 到 { $most }
event_loop-q-more = 超过 { $size }
event_loop-stage-ready = { $connections } 个连接，每个回复要等 { $millis } 毫秒
event_loop-stage-starting = 正在启动……
event_loop-stage-seconds = { $seconds } 秒
event_loop-stage-clock = 从第一个请求开始
event_loop-stage-handled = { $connections } 个回复，已处理 { $handled } 个
event_loop-stage-footprint = { $threads } 个线程 · { $size }
event_loop-stage-listener = 另有 { $count } 个线程只管“停止”按钮
event_loop-stage-caption = 每个圈是一个连接
event_loop-stage-caption-boxes = 每个框是一个进程，每个圈是一个连接
event_loop-stage-caption-field = 每个方块是 { $connections } 个连接
event_loop-stage-caption-field-boxes = 每个框是一个进程，每个方块是 { $connections } 个连接
event_loop-stage-asked = 已请求
event_loop-stage-arrived = 在队列里
event_loop-stage-handling = 正在处理
event_loop-stage-done = 已处理
event_loop-stage-process = 进程
event_loop-stage-pid = PID { $pid }
event_loop-stage-queue = { $queued ->
    [0] 队列：空
   *[other] 队列：{ $queued }
}
event_loop-stage-loop = 循环
event_loop-stage-bead = 里面是在等它的线程
event_loop-partial = 其余的进程照样收到了 { $replies } 个回复。
event_loop-result-one_at_a_time = 收齐 { $replies } 个回复用了 { $total_seconds }：线程等一个回复的时候，什么也做不了。
event_loop-result-thread_each = 每个连接一个线程，加上启动它们的那个：{ $peak_threads } 个线程、{ $peak_bytes } 内存，用 { $total_seconds }收齐 { $replies } 个回复。
event_loop-result-one_thread_async = 事件驱动：{ $peak_threads } 个线程用 { $total_seconds }收齐 { $replies } 个回复，占内存 { $peak_bytes }。
event_loop-result-process_per_core_async = { $processes } 个进程各有一个事件循环，共 { $peak_threads } 个线程、{ $peak_bytes } 内存（每个进程都算上程序本身），用 { $total_seconds }收齐 { $replies } 个回复。
event_loop-result-alone = 一个回复用了 { $total_seconds }：没有别的回复要等。
event_loop-result-unmeasured = { $total_seconds }收齐 { $replies } 个回复。本系统不提供线程数和内存。
event_loop-result-than-thread_each = 每个连接一个线程：{ $total_seconds }，{ $peak_threads } 个线程，{ $peak_bytes }。
event_loop-result-than-one_thread_async = 单线程事件循环用了 { $total_seconds }，内存 { $peak_bytes }。
event_loop-result-alone-busy = 处理它又在核上用了 { $handle } 毫秒。
event_loop-result-one_at_a_time-busy = 每个回复又处理了 { $handle } 毫秒。
event_loop-result-thread_each-busy = 每个线程处理自己的回复，大家轮流用核。
event_loop-result-one_thread_async-busy = 处理一个回复，循环就被占用 { $handle } 毫秒，这时到的回复只能排队：事件循环里，处理一个消息必须很快。
event_loop-result-process_per_core_async-busy = 处理一个回复，一个循环就被占用 { $handle } 毫秒，其他进程照常工作。


## 9 sum
sum-title = 从 1 加到 1 亿
sum-undecided-alone = 还缺对照：请先用同样的参数运行“一个线程单独算”。
sum-key = 从点击到出结果
sum-key-same = 从点击到出结果，用时和单独算差不多
sum-key-faster = 从点击到出结果，用时是单独算的 1/{ $speedup }
sum-key-slower = 从点击到出结果，用时是单独算的 { $times } 倍
sum-lesson = 课文第 8 节 · 分而治之
sum-values = { $variant ->
    [alone] { $numbers } 个数
    [threads] { $numbers } 个数 · { $workers } 个线程
   *[processes] { $numbers } 个数 · { $workers } 个进程
}
sum-alone = 一个线程单独算
sum-threads = 多线程
sum-processes = 多进程
sum-param-numbers = 数字个数
sum-param-numbers-help = 从 1 一直加到这个数
sum-param-workers = 线程或进程
sum-param-workers-help = 分担计算的线程数或进程数
sum-param-pool = 任务池
sum-param-pool-help = 队列里分几段，谁先做完谁取下一段；0 表示各做一段
sum-param-numbers_from = 数字来源
sum-param-numbers_from-help = 边算边生成，还是从内存里的列表读取；用共享内存或管道时，各种做法都从内存读取
sum-param-numbers_from-generated = 边算边生成
sum-param-numbers_from-list = 列表
sum-param-hand_over = 交接方式
sum-param-hand_over-help = 进程怎样拿到数字：只告诉首尾，放进共享内存，或者全部经管道发送
sum-param-hand_over-range = 只给首尾
sum-param-hand_over-shared_memory = 共享内存
sum-param-hand_over-pipe = 管道
sum-param-one_aborts = 一个中止
sum-param-one_aborts-help = 第 1 个线程或进程算到一半就调用 abort；这时所有线程都在一个子进程里，可以看出它们共用什么
sum-param-cores = 核数
sum-param-cores-help = 这次运行可以用几个核；运行中也可以改
sum-measure-total = 总和
sum-measure-speedup = 加速比
sum-measure-tutorial_stopwatch_seconds = 课文的计时
sum-measure-partial_total = 部分和
sum-measure-parts_missing = 缺几段
sum-step-prepare = 生成数字
sum-step-spawn = 启动
sum-step-hand_over = 交接
sum-step-compute = 计算
sum-step-collect = 汇总
sum-step-cores = 核数
sum-step-arrived = 收到一段的和
sum-step-add = 加
sum-step-part = 段
sum-step-sum_high = 和的高位
sum-step-sum_low = 和的低位
sum-q-range = { $workers } 个进程、{ $cores } 个核，只告诉它们从几加到几：从点击到出结果，用时是单独算的几分之几？
sum-q-shared_memory = { $workers } 个进程、{ $cores } 个核，数字放在共享内存里：从点击到出结果，用时和用列表单独算相比怎样？
sum-q-pipe = { $workers } 个进程、{ $cores } 个核，数字全部经管道发送：从点击到出结果，用时和用列表单独算相比怎样？
sum-q-divided = 最短到 1/{ $by }
sum-q-same = 差不多
sum-q-longer = 更久
sum-stage-ours = 从点击开始
sum-stage-lesson = 课文的计时
sum-stage-seconds = { $seconds } 秒
sum-stage-missed = 课文漏算 { $seconds }
sum-stage-missed-short = 漏算
sum-stage-ready = 1 + 2 + … + { $numbers } = ?
sum-stage-parts = { $parts } 段中已加完 { $added } 段
sum-stage-pid = PID { $pid }
sum-stage-thread = 线程 { $thread }
sum-stage-process = 一个进程
sum-stage-team-threads = 一个进程里的 { $workers } 个线程
sum-stage-team-processes = { $workers } 个进程
sum-stage-during-prepare = 正在生成数字
sum-stage-during-spawn = 正在启动……
sum-stage-during-hand_over = 正在交接……
sum-stage-during-compute = 目前的和
sum-stage-during-collect = 正在汇总……
sum-stage-so-far = 目前的和
sum-stage-partial = 缺 { $missing } 段，不是答案
sum-stage-right = 总和，与 n(n+1)/2 一致
sum-result-alone = 一个线程把 { $numbers } 个数加完用了 { $seconds }，总和是 { $total }。
sum-result-threads = { $workers } 个线程从点击到出结果用了 { $seconds }，其中启动和交接数据占 { $handing }；总和是 { $total }。
sum-result-processes = { $workers } 个进程从点击到出结果用了 { $seconds }，其中启动和交接数据占 { $handing }；课文的计时只有 { $tutorial_stopwatch_seconds }。
sum-result-prepare = 其中在内存里生成数字用了 { $prepare }。
sum-result-faster = 速度是单独算的 { $speedup } 倍。
sum-result-same = 用时和单独算差不多。
sum-result-disturbed = 不过别的程序也在忙，相加时只用上了可用核时间的 { $percent }%，用时说明不了什么。关掉它们，再运行一次。
sum-result-undecided = 速度是单独算的 { $speedup } 倍，和“差不多”太接近，还不能下结论。
sum-result-slower-one = 还是单独算更快：这次的用时是单独算的 { $times } 倍。只有一个线程或进程，没有谁来分担。
sum-result-slower-threads = 还是单独算更快：这次的用时是单独算的 { $times } 倍。
sum-result-slower-processes = 还是单独算更快：这次的用时是单独算的 { $times } 倍。计算分摊了，准备工作花的时间却更多。
sum-partial-missing = 它那一段（{ $missing_from } … { $missing_to }）没有了。
sum-partial-several-missing = 有 { $parts_missing } 段没有了，第一段是 { $missing_from } … { $missing_to }。
sum-partial-there = 其余 { $parts_there } 段加起来是 { $partial_total }，这不是答案。
sum-partial-nothing = 其余各段也都没有算完。
sum-partial-aborted = 它调用了 abort，只结束了它自己的进程。
sum-partial-threads-aborted = 线程 1 调用了 abort：整个进程结束，里面的 { $workers } 个线程全都没有了；已经算出的和都在这个进程的内存里，也没有了。
sum-partial-threads = 所有线程都在这一个进程里：已经算出的和都在它的内存里，也没有了。

## 教师窗口
notes-title = 教师窗口
notes-plan = 课程安排
notes-question = 提问
notes-hands-up = 举手
notes-hands-up-again = 再次举手
notes-ready = 准备运行
notes-running = 运行中
notes-over = 运行结束
notes-number = 揭晓答案
notes-stage = 看图
notes-autopsy = 怎么丢的
notes-code = 代码
notes-point = 指给大家看：
notes-wrong = 常见误解：
notes-hands = 举手
notes-hands-again = 再次
notes-since = 已上课 { $time }
notes-lost = 教师窗口没有了，按 N 重新打开。
responsive_ui-q1-point = 窗口不刷新，指针就停住了。下载一结束，管子里的圈一个接一个得到处理。
responsive_ui-q1-wrong = “窗口卡住时，点击就丢了。”没有丢：点击在消息队列里排队，等界面线程空下来再处理。
responsive_ui-q2-point = 指针一直在走；下载还没完，每次点击都马上有反应。
responsive_ui-q2-wrong = “用了工作线程，下载就快了。”下载时间一点没变，只是界面线程空出来处理消息了。
downloads-one_after_another-point = 条形首尾相接，总时间就是各段之和。把它写在黑板上，后面两次要跟它比。
downloads-one_after_another-wrong = “这段时间电脑一直在忙。”其实几乎都在等：下载基本不占核。
downloads-q-process_each-point = 所有条形同时开始，每条在自己的框里，框上有各自的 PID；最长的那条什么时候结束，总时间就到什么时候。
downloads-q-process_each-wrong = “两个一起下载，时间就是总和的一半。”每个文件并没有变短，总时间由最长的决定。
downloads-q-async_tasks-point = 一个框、一个方块，每个文件一张纸条：只有一个线程，条形却并排在一起。
downloads-q-async_tasks-wrong = “要同时进行，就得有多个线程。”等待不需要：一个协程在等，线程就去执行另一个。
ping_pong-q-private_counters-point = 两个框，两个计数器，各数各的。标线之后的词都是多打印的。
ping_pong-q-private_counters-wrong = “全局变量只有一个。”每个进程有自己的内存，也就各有一份。
ping_pong-q-shared_counter-point = 计数器在两个框中间，两边都看得见。谁打印了几个，每次运行可能不同。
ping_pong-q-shared_counter-wrong = “有了共享内存就行。”还不够：检查和加一必须一步完成，否则两个进程可能拿到同一个数。
ping_pong-q-left-point = 词从左边进、右边出；没人取走的就留着，哪怕两个进程都已结束。
ping_pong-q-left-wrong = “计数器各有一个，队列也各有一个。”队列是在启动进程之前创建的，两个进程拿到的是同一个。
bank_lock-q1-point = 看中间一栏：许多方块同时在等，读到的都是同一个余额。每枚打叉的硬币，都是一笔被覆盖掉的存款。
bank_lock-q1-wrong = “最多丢几笔吧。”在第一个写回之前读过余额的，写回的都是同一个数，而且不会报错。
bank_lock-q2-point = 一把钥匙，里面只有一个线程，外面排着队：存款一笔一笔地来。
bank_lock-q2-wrong = “加锁几乎不花时间。”拿锁本身确实不花；可是在锁里面做的事，要一个线程一个线程地累加。
global_lock-q-cpython-point = 所有线程合起来的高度，跟旁边单线程的那条线比；再看用上了几个核。
global_lock-q-cpython-wrong = “线程多，干的活就多。”有 GIL 时，只有拿到锁的线程能执行 Python 代码，核再多也没用。
global_lock-q-free_threads-point = 同一张图，没有锁：各个线程的方块一起往上长，直到核用完。
global_lock-q-free_threads-wrong = “几个线程就是几倍。”线程比核多，多出来的只能轮流。
switching_cost-q-share-point = 任务最多的那一行，跟只有一个任务的那一行比；斜线部分是创建它们的时间。
switching_cost-q-share-wrong = “这么多线程，肯定慢得多。”费时间的是切换，而系统并不经常切换。
switching_cost-q-turns-threads-point = 运行时看：一个真实的时间片和一次真实的切换，按比例画。时间片越短，切换占的比例越大。
switching_cost-q-turns-threads-wrong = “切换不花时间。”是很短；但时间片跟切换一样短时，一半时间都花在切换上。
cpu_or_io-q-cpu_bound-point = 按 G 看曲线：升到核数那条线就平了，再加线程也只是轮流。
cpu_or_io-q-cpu_bound-wrong = “几个线程就快几倍。”计算的任务时时刻刻要占一个核。
cpu_or_io-q-io_bound-point = 方块一批一批地填满，因为所有线程在同时等。按 G 看曲线：越过核数还在往上走。
cpu_or_io-q-io_bound-wrong = “这里也受核数限制。”等待的任务不占核。
event_loop-q-one_thread_async-point = 每个连接一个圈，线程只有一个：请求一下子全发出去，回复稍微排一会儿队。
event_loop-q-one_thread_async-wrong = “一个线程一次只能等一个回复。”它同时等所有的，哪个到了，系统会告诉它。
event_loop-q-thread_each-point = 看结果里的线程数和内存，跟前面单线程的比一比。
event_loop-q-thread_each-wrong = “等待的线程什么也不占。”它不占核，但有自己的栈。
sum-alone-point = 单线程的用时：写在黑板上，后面的都跟它比。
sum-alone-wrong = “用公式更快。”没错，结果就是用公式核对的；这里的加法代表没有公式可用的工作。
sum-q-range-point = 两个计时：我们的从点击开始，课文的开始得晚。斜线部分就是它漏掉的。
sum-q-range-wrong = “几个进程就快几倍。”真正同时在加的只有那几个核，启动进程也要时间。
sum-q-pipe-point = 还是看斜线部分：多少时间过去了，还没开始加。
sum-q-pipe-wrong = “大家分着做就更快。”把一个数递过去比加一次还费时间，就快不了。
