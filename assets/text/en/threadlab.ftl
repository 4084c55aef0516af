# Every sentence of the window. A demo's keys begin with its id.

app-name = Threadlab
app-language = Language
app-theme = Theme
app-theme-light = Light
app-theme-dark = Dark
app-theme-system = System
app-run = Run
app-run-time = Run · ≈ { $seconds }
app-run-all = Run all
app-repeat = Repeat
app-repeat-help = Each variant ten times, taking turns
app-stop = Stop
app-progress = { $done } of { $all }
app-clear-undo = Undo clear
app-clear-undo-help = Brings the cleared runs and guesses back
app-clear = Clear runs
app-clear-help = Forgets the runs in the graph, and the guesses
app-settings = Settings
app-status-line = Status line
app-status-line-help = At the foot of the window: cores busy, threads and processes alive
app-zoom = Zoom
app-zoom-in = Larger
app-zoom-out = Smaller
app-demos = Demos
app-variants = Variant
app-controls = Controls
app-answers = Answers
app-tabs = Pictures
app-stage = Stage
app-compare = Compare
app-run-all-help = Each variant once, with the same values
app-repeat-face = Repeat ×10
app-values = Values
app-values-lesson = The lesson’s values; a click changes them
app-values-other = Other values than the lesson’s; a click changes them
app-class-all = Class values for all demos
app-class-all-help = Sets every demo to values that suit a class; first measures for a moment how fast this machine adds
app-hands-for = hands for { $answer }
app-more = More
app-timeline = Timeline
app-timeline-replay = Timeline: the line shows how far the slow replay is
app-timeline-live = Timeline: the picture stands still, the run goes on
app-timeline-incident = Timeline: not to scale, all steps equally wide
app-graph = Timings
app-graph-rings = { $count ->
    [one] each ring is one run, the bar the median
   *[other] each ring is one of { $count } runs, the bar the median
}
app-graph-empty = Runs will be drawn here.
app-other-runs = { $count ->
    [one] 1 run with other values, not drawn
   *[other] { $count } runs with other values, not drawn
}
app-code = Code
app-code-help = The code of this variant beside the page (Ctrl+D)
app-code-close = Close the code
code-python = Python
code-rust = Rust
code-python-about = The same steps in Python, to compare; it did not run
code-rust-about = What runs, cut out of its source
code-mark-help = Marks this step in timeline and code
code-here = { $count ->
    [0] nobody is here now
    [1] 1 is here now
   *[other] { $count } are here now
}
app-right = this run says so
app-right-of = { $right } of { $runs }
app-your-guess = your guess
app-guess-first = Guess first
app-guess-first-help = Run waits until an answer is chosen
app-guess-why = First choose an answer: what do you expect?
app-run-guess = { $run } · guess first
app-undecided = This run does not decide the question.
app-undecided-between = The result lies at the edge of an answer: this run does not decide the question.
app-undecided-none = The result is none of the answers: this run does not decide the question.
app-undecided-disturbed = This run was too disturbed to count.
cores-quota = { $limit ->
    [one] 1 core is
   *[other] { $limit } cores are
} all that this program may use: its container or control group has a quota.
app-question-nothing = Nothing is asked here: the other variants are compared with this one.
app-question-of = Question { $number } of { $count } →
app-question-none = { $count } questions →
app-question-of-short = { $number }/{ $count } →
app-question-next = Next question
app-question-next-help = Sets up the next question of the lesson: variant and values
app-hands = Hands
app-hands-help = Counts the hands that go up for each answer
app-vote-again = Second vote
app-vote-again-help = A class that disagrees talks and votes again
app-hand-more = one more hand for { $answer }
app-hand-less = one hand less for { $answer }
app-result = Result:
app-result-none = not run yet.
app-result-running = running …
app-result-replayed = The result appears when the replay is over.
app-run-values = values of this run: { $values }
app-result-cancelled = stopped after { $seconds }.
app-result-cancelled-points = stopped after { $seconds }; { $points ->
    [one] the 1 point measured until then is kept.
   *[other] the { $points } points measured until then are kept.
}
app-result-failed = failed: { $error }
app-result-failed-partial = failed: { $error }. { $there }
app-result-panicked = the task panicked: { $error }
app-cores-changed = The number of cores was changed while it ran, at last to { $cores }; it is compared with no other run.
app-cores-unlimited = Cores: this system lets no program choose them.
app-number-refused = { $name }: “{ $text }” is not clearly a number that fits here, so it stays at { $value }
app-result-refused = not started: { $error }
app-busy-elsewhere = “{ $demo }” is running
app-slow-replay = slow replay ×{ $factor }
app-slow-replay-setting = Slow replay
app-slow-replay-help = Plays runs shorter than 2 s again, slowed down, from their recorded events
app-replay-again = Play again
app-replay = replay
app-paused = paused at { $at }
app-paused-live = paused at { $at }; the run goes on
app-incident = Replay slowly
app-incident-replay = replay, not to scale
app-incident-leave = Leave
app-incident-count = { $count } of { $beats }
app-reset = Lesson values
app-reset-help = Back to the lesson’s values of this demo
app-class = Class values
app-class-measuring = measuring …
app-class-help = Sets this demo to values that suit a class; first measures for a moment how fast this machine adds
app-class-wait = Press it when nothing runs: a run would disturb what it measures
app-events-dropped = { $count ->
    [one] 1 event not recorded
   *[other] { $count } events not recorded
}
app-tour = Threadlab · tour, { $number } of { $count }: { $demo } · Esc ends it
app-status-frame = screen delay { $millis } ms
app-status-at-rest = screen at rest
app-status-battery = on battery: figures may be lower
app-status-cores = { $busy } of { $cores } cores busy
app-status-quota = a quota allows { $limit } of them
app-status-alive = { $threads ->
    [one] 1 thread
   *[other] { $threads } threads
} · { $processes ->
    [one] 1 process
   *[other] { $processes } processes
}

dialog-about = About
dialog-notice = Notice
dialog-ok = OK
dialog-download-complete = Download complete!
dialog-about-program = Threadlab { $version }
dialog-about-what = Real threads, processes, locks and clocks, live.
dialog-about-lesson = Follows the lesson “进程和线程” (processes and threads) by 骆昊 (Luo Hao).

error-cancelled = it was stopped
error-spawn = the system could not start a { $what }: { $reason }
error-what-thread = thread
error-what-worker-process = worker process
error-worker-died = worker process { $pid } ended before its work was done ({ $how })
error-killed = you killed { $process } (PID { $pid })
error-worker-failed = worker process { $pid } reported: { $message }
error-memory = no memory for { $size }: { $reason }
error-shared-memory = shared memory is refused here ({ $reason }): allow it in the rules of the container or sandbox, or choose a variant that shares none
error-stuck = nobody can go on: { $waits }
error-end-exited = exit status { $code }
error-end-signal = signal { $number }, { $name }
error-end-closed-pipe = it closed its input or output
error-program = { $program }: { $fault }
error-program-pid = { $program } (PID { $pid }): { $fault }
error-last-words = { $error }: { $words }
error-fault-silent = it said nothing for { $time }
error-fault-ended = it ended before its work was done ({ $how })
error-fault-endless = it does not come to an end
error-fault-nonsense = it printed something that makes no sense here: { $said }
error-fault-wrong-moment = it said this at the wrong moment: { $said }
error-fault-wrong-figures = its figures make no sense: { $said }
error-system = the system refused { $what }: { $reason }
error-what-an-event-loop = an event loop
error-what-a-connection = a connection
error-what-a-pipe = a pipe
error-what-so-many-open-files = so many open files
error-what-fewer-cores = fewer cores
error-wrong-total = the total is { $found }, but it must be { $expected }
error-more-than = { $name } ({ $value }) must not be more than { $limit_name } ({ $limit })
error-wrong-letter = { $name } { $text }: at letter { $at }, { $why }
error-demands = { $name } { $text } needs { $other } to be { $allowed }, not { $value }
error-beyond-limit = { $name } { $value } needs { $needed } { $what }, but this system allows { $allowed }; the largest that works is { $largest }
error-too-much-memory = this needs { $needed } of memory, but only { $free } are free; choose a smaller value for { $name }
limit-open-files = open files
limit-threads = threads

state-running = running
state-waiting = waiting (lock, queue, join)
state-holding = holding a lock or sending
state-sleeping = sleeping or doing I/O
state-lost = lost, failed or frozen

track-run = run
track-thread = thread
track-gated = thread { $letter }
track-worker = worker
track-server = server
track-client = client
track-task = task
track-Ping = Ping
track-Pong = Pong
track-taker = taker
track-python = Python
track-twin_a = A UI thread
track-twin_b = B UI thread
track-twin_b_worker = B worker
track-window = this window

unit-seconds = s
unit-millis = ms
about-thousands = about { $figure }
about-millions = about { $figure } million
unit-nanos = ns
unit-micros = µs
unit-yuan = ¥
measure-wall_seconds = time
measure-speedup = speed-up
phase-prepare = prepare
phase-spawn = start
phase-download = download
phase-hand_over = hand over
phase-compute = compute
phase-collect = collect
phase-print = print
phase-put = put
phase-take = take
phase-alone = one alone
phase-together = together
phase-others = other Pythons
phase-wait = wait

## The timeline
timeline-state-running = running
timeline-state-waiting = waiting
timeline-state-holding = holding
timeline-state-sleeping = sleeping
timeline-state-lost = lost
timeline-clicks = { $count ->
    [one] 1 click answered
   *[other] { $count } clicks answered
}
timeline-clicks-waited = { $count ->
    [one] 1 click waited until the end
   *[other] { $count } clicks waited until the end
}
timeline-lanes = { $count ->
    [one] 1 lane
   *[other] { $count } lanes
}
timeline-lanes-thread = { $count ->
    [one] 1 thread
   *[other] { $count } threads
}
timeline-lanes-worker = { $count ->
    [one] 1 worker
   *[other] { $count } workers
}
timeline-lanes-client = { $count ->
    [one] 1 client
   *[other] { $count } clients
}
timeline-lanes-task = { $count ->
    [one] 1 task
   *[other] { $count } tasks
}
timeline-pid = pid { $id }
timeline-thread-id = thread id { $id }
timeline-span = { $step } ({ $state })
timeline-span-over = { $begin } – { $end }, { $duration } long
timeline-span-open = since { $begin }
timeline-span-share = on a core for { $percent } % of that time
timeline-clock = its clock: ± { $error }
timeline-clock-others = other processes’ clocks ± { $error }
timeline-words = Timeline: { $lanes }, { $end }
timeline-words-at = Timeline: { $lanes }, { $now } of { $end }
timeline-words-share = { $state } { $percent } % of the time
timeline-playhead = Moment shown
timeline-playhead-at = at { $now } of { $end }
timeline-back = Step back
timeline-play = Play
timeline-pause = Pause
timeline-back-to-live = Back to the running clock
timeline-forward = Step forward
timeline-all = Show all

kill-one = Kill one
kill-one-help = Ends one of this run’s processes, for real; the others go on as far as they can
kill-process = Kill { $process }
kill-ended = It has ended already.
kill-thread = A thread can’t be killed. It shares memory and locks with the other threads of its process: it may hold a lock, or have data half written, so systems offer no safe way. End its process, or ask the thread to stop.
timeline-cores = { $cores ->
    [one] 1 core
   *[other] { $cores } cores
}

## The timing graph
graph-column = { $measure } ({ $unit })
graph-median = { $count ->
    [one] 1 run: { $median }
   *[other] { $count } runs: median { $median }
}
graph-spread = half of them { $lower }–{ $upper }, all { $min }–{ $max }
graph-curve-rings = { $count ->
    [one] each point is one measurement, the line joins them
   *[other] points of { $count } runs, the line joins the medians
}
graph-axes = { $y } by { $x }

## Presenting
app-present = Present
present-thinking = Think for yourself first.   PageDown: hands up
present-hands = Hands up for { $letter }.   PageDown: next answer
present-hands-last = Hands up for { $letter }.   PageDown: go on
present-count = Hands for { $letter }   ↑ ↓: count   PageDown: next
present-count-last = Hands for { $letter }   ↑ ↓: count   PageDown: go on
present-decided = Your guess: { $letter }.   PageDown: go on
present-neighbour = Ask your neighbour.
present-neighbour-next = PageDown: vote again
present-ready = PageDown: { $button }
present-download = PageDown: click About
present-stuck = This takes too long.   PageDown: end it
present-over = PageDown: the answer
present-again = Again
present-number-again = F5: again   PageUp: back   PageDown: picture
present-number-why = PageDown: why?
present-number-stage = PageDown: picture
present-stage = PageDown: code   ↑ ↓: steps   P: play
present-stage-autopsy = PageDown: the cause   ↑ ↓: steps   P: play
present-code = PageDown: next question
present-code-last = PageDown: the end
present-end-more = PageDown: more
present-back = Previous step
present-on = Next step
present-leave = Leave
present-plan-next = PageDown: begin with { $number }   Digits: another
present-running = It is running. Its end leads on by itself.
present-comparing = First comes what it is compared with.
present-not-run = Not run yet.
present-guess-right = Your guess was right: { $answer }
present-guess-wrong = Your guess: { $guess }. Right: { $answer }
present-guess-open = Your guess: { $guess }. No answer yet.
present-right = Right: { $answer }
present-vote-first = first vote
present-vote-again = after talking
present-hands-share = { $hands } of { $all }
present-hands-once = Hands for { $answer }: { $hands }
present-hands-twice = Hands for { $answer }: { $first }, after talking { $hands }
present-undecided = This run was too disturbed to count; run again.
present-why = Why? Ask your neighbour.
present-end = That was the lesson.
present-end-hint = That was the lesson.   Esc twice: leave
present-leaving = Esc again to leave
present-plan = The lesson: { $demos ->
    [one] 1 demo
   *[other] { $demos } demos
}, about { $minutes } minutes
present-earlier = Earlier: { $demo }
present-later = Later: { $demo }
present-blank = The screen is dark. Any key brings it back.
figure-seconds = { $seconds }
figure-times = ×{ $times }
figure-count = { $count }

## 1 responsive_ui
responsive_ui-title = The Download button
responsive_ui-key-frozen = without a picture; { $clicks ->
    [0] no clicks meanwhile
    [one] 1 click waited
   *[other] { $clicks } clicks waited
}
responsive_ui-key-went-on = the longest time without a picture
responsive_ui-lesson = Lesson, sections 7 and 8 · event loop
responsive_ui-values = { $seconds }
responsive_ui-ui_thread = On the UI thread
responsive_ui-worker_thread = On a worker thread
responsive_ui-param-seconds = Seconds
responsive_ui-param-seconds-help = How long the download takes
responsive_ui-measure-longest_frame_gap_seconds = longest picture gap
responsive_ui-measure-frames = frames drawn
responsive_ui-measure-clicks_waiting = clicks that waited
responsive_ui-step-download = download
responsive_ui-q1 = Download takes { $seconds } and runs on the UI thread. At second { $at } I click About. What happens?
responsive_ui-q2 = Now on a worker thread: Download takes { $seconds }, and at second { $at } I click About. What happens?
responsive_ui-q-at-once = it opens at once
responsive_ui-q-after = it opens after the download
responsive_ui-q-lost = the click is lost
responsive_ui-q-crash = the program crashes
responsive_ui-download = Download
responsive_ui-about = About
responsive_ui-stage-caption = The clock’s hand moves only when this window draws; each click drops a ring.
responsive_ui-stage-freezing = The last picture
responsive_ui-stage-warning = It draws nothing until the task is done. If the desktop says “not responding”, choose “Wait”.
responsive_ui-stage-warning-wayland = It draws nothing until the task is done. Don’t move the mouse over it: the desktop may end the program.
responsive_ui-stage-last-picture = last picture { $millis } ms ago
responsive_ui-stage-try = Press Download, then click About.
responsive_ui-stage-at-rest = At rest this window draws only when something happens.
responsive_ui-stage-answered = { $clicks ->
    [0] click anything: it answers
    [one] 1 click answered while the task runs
   *[other] { $clicks } clicks answered while the task runs
}
responsive_ui-stage-no-picture = no picture for { $gap }
responsive_ui-stage-longest = longest gap { $gap }
responsive_ui-stage-waited = { $clicks ->
    [0] no click waited in the message queue
    [one] 1 click waited in the message queue
   *[other] { $clicks } clicks waited in the message queue
}
responsive_ui-stage-answered-all = { $clicks ->
    [one] 1 click answered while the task ran
   *[other] { $clicks } clicks answered while the task ran
}
responsive_ui-stage-went-on = The window went on drawing and answering.
responsive_ui-stage-between = Some feel that as a freeze, others do not.
responsive_ui-step-draw = drawing a picture
responsive_ui-side-by-side = Side by side
responsive_ui-side-by-side-help = Two small windows, each a process: one with the task on its UI thread, one with it on a worker thread. Press again to end both.
responsive_ui-click-both = Click both
responsive_ui-click-both-help = The same click on About in both windows, each through its own message queue
responsive_ui-twin-a = Twin A: task on its UI thread
responsive_ui-twin-b = Twin B: task on a worker thread
responsive_ui-twin-about = About: clicked { $clicks } ×
responsive_ui-twin-downloading = Downloading …
responsive_ui-twins-caption = Two small windows, two processes. A clock’s hand moves only when its window draws; each click drops a ring.
responsive_ui-twin-stage-opening = its window is opening
responsive_ui-twin-stage-closed = closed after { $seconds } s
responsive_ui-twin-stage-killed = killed after { $seconds } s
responsive_ui-twin-stage-failed = failed after { $seconds } s
responsive_ui-twin-stage-no-click = no click yet
responsive_ui-twin-stage-waiting = { $clicks ->
    [one] 1 click waits in the message queue
   *[other] { $clicks } clicks wait in the message queue
}
responsive_ui-twin-stage-unanswered = { $clicks ->
    [one] 1 click was never answered
   *[other] { $clicks } clicks were never answered
}
responsive_ui-twin-stage-answered = { $clicks ->
    [one] 1 click answered in { $slowest } ms
   *[other] { $clicks } clicks answered, the slowest in { $slowest } ms
}
responsive_ui-twin-stage-answered-late = { $clicks ->
    [one] 1 click answered after { $slowest } s
   *[other] { $clicks } clicks answered, the slowest after { $slowest } s
}
responsive_ui-twin-closed = Twin { $twin } was closed after { $seconds } s.
responsive_ui-twin-killed = Twin { $twin } was ended from outside after { $seconds } s (process { $pid }, signal { $number }, { $name }): the desktop does that to a window that does not answer.
responsive_ui-twin-crashed = Twin { $twin } crashed after { $seconds } s (process { $pid }, signal { $number }, { $name }).
responsive_ui-twin-failed = Twin { $twin } could not go on after { $seconds } s (process { $pid }).
responsive_ui-twin-result = Twin { $twin }’s longest time without a picture was { $gap } s{ $clicks ->
    [0] .
    [one] , and it answered 1 click.
   *[other] , and it answered { $clicks } clicks.
}
responsive_ui-twin-result-answered = Twin { $twin }’s longest time without a picture was { $gap } s, and it answered { $clicks ->
    [one] 1 click in { $slowest } ms.
   *[other] { $clicks } clicks, the slowest in { $slowest } ms.
}
responsive_ui-twin-result-waited = Twin { $twin } drew nothing for { $gap } s, and { $clicks ->
    [one] 1 click waited { $slowest } s.
   *[other] { $clicks } clicks were answered, the slowest after { $slowest } s.
}
responsive_ui-result-ui_thread-froze = the main thread drew nothing for { $gap }, { $clicks ->
    [0] and nobody clicked.
    [one] and 1 click waited.
   *[other] and { $clicks } clicks waited.
}
responsive_ui-result-ui_thread-froze-both = the main thread drew nothing for { $gap }, { $clicks ->
    [0] and nobody clicked
    [one] and 1 click waited
   *[other] and { $clicks } clicks waited
}; with a worker thread the longest gap was { $other }.
responsive_ui-result-ui_thread-went-on = the main thread drew nothing for { $gap }: too short to be felt as a freeze.
responsive_ui-result-ui_thread-between = the main thread drew nothing for { $gap }: some feel that as a freeze, others do not.
responsive_ui-result-worker_thread-went-on = with a worker thread the longest gap between two pictures was { $gap }: the window went on drawing and answering.
responsive_ui-result-worker_thread-went-on-both = with a worker thread the longest gap between two pictures was { $gap }; on the UI thread it was { $other }.
responsive_ui-result-worker_thread-froze = there was no picture for { $gap }, and it was not the task that held the window up: that had a worker thread. This machine was busy with something else.
responsive_ui-result-worker_thread-between = with a worker thread the longest gap between two pictures was { $gap }: drawing is slow here, or this machine was busy with something else.
responsive_ui-result-about = About opened { $took } after the click.
responsive_ui-result-about-after = The click on About was answered only when the download was over.
responsive_ui-undecided-nobody = Nobody clicked About meanwhile, so the question is still open.

## 2 downloads
downloads-title = Two downloads
downloads-key = { $files ->
    [one] for one file
   *[other] for { $files } files, which add up to { $added }
}
downloads-key-in-turn = { $files ->
    [one] for one file
   *[other] for { $files } files, one after another
}
downloads-lesson = Lesson, sections 3 and 5 · processes, threads
downloads-values = { $files ->
    [one] 1 file
   *[other] { $files } files
} · { $min_seconds } – { $max_seconds }
downloads-one_after_another = One after another
downloads-process_each = Processes
downloads-thread_each = Threads
downloads-task_struct = Task objects
downloads-async_tasks = Coroutines
downloads-param-files = Files
downloads-param-files-help = How many files are downloaded
downloads-param-min_seconds = Shortest
downloads-param-min_seconds-help = A file takes at least this long; each file’s time is drawn at random, once for all runs
downloads-param-max_seconds = Longest
downloads-param-max_seconds-help = A file takes at most this long; each file’s time is drawn at random, once for all runs
downloads-new-draw = New times
downloads-new-draw-help = Draws other times for these files; until then every run has the same, so that they can be compared
downloads-measure-total_seconds = total time
downloads-measure-sum_of_files_seconds = all files added up
downloads-measure-longest_file_seconds = the longest file
downloads-step-drawn = time drawn
downloads-step-spawn = start
downloads-step-file = file
downloads-step-download = download
downloads-step-join = wait for all (join)
downloads-step-loop = event loop
downloads-q-one_after_another = { $files } files take { $each } s each, one after another. How long for all of them?
downloads-q-process_each = { $files } files take { $each } s each, { $files } processes download at the same time. How long for all of them?
downloads-q-thread_each = { $files } files take { $each } s each, { $files } threads download at the same time. How long for all of them?
downloads-q-task_struct = { $files } files take { $each } s each, { $files } task objects, each with a thread of its own. How long for all of them?
downloads-q-async_tasks = { $files } files take { $each } s each, one thread with { $files } coroutines. How long for all of them?
downloads-q-added = all times added up
downloads-q-mean = { $files ->
    [2] half of that
   *[other] that ÷ { $files }
}
downloads-q-longest = { $files ->
    [2] the longer one
   *[other] the longest one
}
downloads-q-shortest = { $files ->
    [2] the shorter one
   *[other] the shortest one
}
downloads-q-alike = as long as one file
downloads-file = { $number ->
    [1] timetable.pdf
    [2] birdsong.mp3
    [3] football.mp4
    [4] seeds.csv
   *[other] photo{ $number }.jpg
}
downloads-stage-before = still to start
downloads-stage-passed = since the click
downloads-stage-total = for all files
downloads-stage-stopped = until it was stopped
downloads-stage-ended = until it ended
downloads-stage-seconds = { $seconds } s
downloads-stage-ready = { $files ->
    [one] 1 file of { $each } s
   *[other] { $files } files of { $each } s each
}
downloads-stage-sum = added up { $seconds }
downloads-stage-longest = longest { $seconds }
downloads-stage-sleep = sleep stands in for the network
downloads-stage-ghost-in-turn = dashed, not run: one after another would take { $seconds }
downloads-stage-ghost-at-once = dashed, not run: all at once would take { $seconds }
downloads-stage-ghost = grey: { $variant }, { $seconds }
downloads-stage-pid = PID { $pid }
downloads-stage-process = a process
downloads-stage-who-one_after_another = Box: a process. Square: its only thread
downloads-stage-who-process_each = Box: a process, one for each file
downloads-stage-who-thread_each = Box: one process. Square: a thread for each file
downloads-stage-who-task_struct = Box: one process. Square: a thread for each task object
downloads-stage-who-async_tasks = Box: one process. Square: its only thread. Slip: a coroutine
downloads-stage-there = { $there } of { $files } files downloaded
downloads-partial = { $came ->
    [0] No other file was downloaded.
    [one] The other file was downloaded all the same: its process has a memory of its own.
   *[other] The other { $came } files were downloaded all the same: each of their processes has a memory of its own.
}
downloads-result-one = a single file took { $total }: there was nothing to do at the same time.
downloads-result-sequential = one after another took { $total }: the files’ times added up ({ $added }); the longest file alone took { $longest }.
downloads-result-longest = one after another these files would take { $added }; at the same time they took { $total }, about the longest file ({ $longest }).
downloads-result-started = one after another these files would take { $added }; at the same time they took { $total }. That is { $more } more than the longest file ({ $longest }): starting takes time, too.
downloads-result-nothing-saved = one after another these files would take { $added }; at the same time they took { $total }, about as long: with files this short (at most { $longest }) starting takes as long as is saved.
downloads-result-undecided = all files took { $total }; their times add up to { $added }, the longest took { $longest }.
downloads-undecided-alike = The longest file takes about as long as all of them added up: this run does not decide the question.
downloads-result-process_each = Each file had a process with a PID of its own.
downloads-result-thread_each = Each file had a thread of its own, all in one process.
downloads-result-task_struct = They are the same threads; only the code differs: an object owns its file and runs itself.
downloads-result-async_tasks = One thread is enough: while a coroutine waits, it goes on with another.

## 3 ping_pong
ping_pong-title = Ping and Pong
ping_pong-key-words = words printed; the counter stops at { $words }
ping_pong-key-queue = left in the queue; { $taken } were taken out
ping_pong-lesson = Lesson, section 4 · processes talk
ping_pong-values = { $variant ->
    [queue] { $puts_each } put each · { $takes } taken
   *[other] { $words } words · { $gap_millis }
}
ping_pong-private_counters = A global variable
ping_pong-shared_counter = Shared memory
ping_pong-queue = A queue
ping_pong-param-words = Words
ping_pong-param-words-help = A process stops printing when the counter has reached this
ping_pong-param-gap_millis = Gap
ping_pong-param-gap_millis-help = How long a process sleeps after each word
ping_pong-param-puts_each = Puts each
ping_pong-param-puts_each-help = Words that each process puts into the queue
ping_pong-param-takes = Takes
ping_pong-param-takes-help = How many times a word is taken out
ping_pong-param-capacity = Room for
ping_pong-param-capacity-help = Words that the queue holds; 0: any number
ping_pong-param-put_pause_max_millis = Pause
ping_pong-param-put_pause_max_millis-help = After each word a process sleeps for a random time up to this
ping_pong-param-take_starts = Taking
ping_pong-param-take_starts-help = In this process when both have ended, or at once in a third process
ping_pong-param-take_starts-after_puts = after both
ping_pong-param-take_starts-at_once = at once
ping_pong-param-put_timeout_millis = Put waits
ping_pong-param-put_timeout_millis-below-zero = for ever
ping_pong-param-put_timeout_millis-help = How long it waits for room in a full queue; 0: not at all, -1: for ever
ping_pong-param-take_timeout_millis = Take waits
ping_pong-param-take_timeout_millis-below-zero = for ever
ping_pong-param-take_timeout_millis-help = How long it waits for a word in an empty queue; 0: not at all, -1: for ever
ping_pong-measure-pings = Ping
ping_pong-measure-pongs = Pong
ping_pong-measure-words_total = words that came out
ping_pong-measure-left_in_queue = left in the queue
ping_pong-measure-puts_refused = puts refused (full)
ping_pong-measure-takes_refused = takes refused (empty)
ping_pong-measure-put_blocked_seconds = blocked in put
ping_pong-step-spawn = start
ping_pong-step-lost = gone
ping_pong-step-join = wait until both have ended
ping_pong-step-join-short = wait for both
ping_pong-step-print = print
ping_pong-step-pause = pause
ping_pong-step-ping = Ping
ping_pong-step-pong = Pong
ping_pong-step-put = put
ping_pong-step-room = wait for room
ping_pong-step-full = refused: full
ping_pong-step-take = take
ping_pong-step-word = wait for a word
ping_pong-step-empty = refused: empty
ping_pong-step-empty-short = empty
ping_pong-step-ended = ended
ping_pong-step-stuck = nobody can go on
ping_pong-q-private_counters = Two processes print until the global “counter” is { $words }. How many words do they print together?
ping_pong-q-shared_counter = Now the counter is in memory that both share: how many words until it is { $words }?
ping_pong-q-left = Each process puts { $puts ->
    [one] 1 word
   *[other] { $puts } words
} into a queue; when both have ended, { $takes ->
    [one] 1 is
   *[other] { $takes } are
} taken out. How many stay?
ping_pong-q-left-bounded = The queue holds { $capacity }. Each process puts { $puts ->
    [one] 1 word
   *[other] { $puts } words
} in; when both have ended, { $takes ->
    [one] 1 is
   *[other] { $takes } are
} taken out. How many stay?
ping_pong-q-left-at_once = Each process puts { $puts ->
    [one] 1 word
   *[other] { $puts } words
} into a queue; at the same time { $takes ->
    [one] 1 is
   *[other] { $takes } are
} taken out. How many stay?
ping_pong-q-left-bounded-at_once = The queue holds { $capacity }. Each process puts { $puts ->
    [one] 1 word
   *[other] { $puts } words
} in; at the same time { $takes ->
    [one] 1 is
   *[other] { $takes } are
} taken out. How many stay?
ping_pong-q-number = { $number }
ping_pong-q-varies = it varies
ping_pong-q-never = it never ends
ping_pong-q-another = another number
ping_pong-stage-printed = Words printed
ping_pong-stage-in-queue = Words in the queue
ping_pong-stage-limit = the counter ends at { $words }
ping_pong-stage-exact = exactly { $words }
ping_pong-stage-surplus = { $surplus } too many
ping_pong-stage-in = in: { $put }
ping_pong-stage-out = out: { $taken }
ping_pong-stage-full = refused, full: { $refused }
ping_pong-stage-empty = refused, empty: { $empty }
ping_pong-stage-caption-private = A thick box is a process; a slip is a word that it printed.
ping_pong-stage-caption-shared = A thick box is a process; both see the counter between them.
ping_pong-stage-caption-queue = First in, first out: words enter at the left and leave at the right.
ping_pong-stage-pid = PID { $pid }
ping_pong-stage-counter = counter
ping_pong-stage-counter-is = counter { $count }
ping_pong-stage-counter-shared = counter (shared)
ping_pong-stage-process-printed = printed: { $count }
ping_pong-stage-due = the first { $words }
ping_pong-stage-taker = Taker
ping_pong-stage-taker-here = This process
ping_pong-stage-taken-of = took { $taken } of { $takes }
ping_pong-stage-room = Queue, room for { $capacity }
ping_pong-stage-no-limit = Queue without a limit
ping_pong-stage-no-limit-short = Queue, no limit
ping_pong-stage-taken = taken: { $count }
ping_pong-stage-refused = refused (Full): { $count }
ping_pong-stage-stuck = Nobody can go on
ping_pong-stage-waits-room = { $who } waits for room in the queue
ping_pong-stage-wait-room = Ping and Pong wait for room in the queue
ping_pong-stage-waits-both = the taker waits until both have ended
ping_pong-stage-waits-nobody = the taker has ended: nobody makes room
ping_pong-stage-waits-word = the taker waits for a word, but Ping and Pong have ended
ping_pong-stage-gone = { $who } is gone
ping_pong-stage-gone-taker = the taker is gone
ping_pong-partial = The other process went on without it: { $pings } Ping and { $pongs } Pong were printed in all.
ping_pong-partial-queue = The others went on without it: { $put } words came into the queue, { $total } were taken, { $left_in_queue } are left.
ping_pong-result-private = { $total } words ({ $pings } Ping, { $pongs } Pong): each process counted in its own memory.
ping_pong-result-shared = { $total } words between the two ({ $pings } Ping, { $pongs } Pong): the counter is in shared memory, and to check it and to add one is a single step.
ping_pong-result-shared-one = { $total ->
    [one] 1 word
   *[other] { $total } words
} ({ $pings } Ping, { $pongs } Pong): both share the counter, and one of them was too late to print at all.
ping_pong-result-queue = { $put ->
    [one] 1 word
   *[other] { $put } words
} in, { $total } out ({ $pings } Ping, { $pongs } Pong), { $left_in_queue } left in the queue.
ping_pong-result-blocked = The full queue blocked Ping and Pong for { $put_blocked_seconds }, all waits added up.
ping_pong-result-full = { $puts_refused ->
    [one] 1 word was refused: Full.
   *[other] { $puts_refused } words were refused: Full.
}
ping_pong-result-empty = { $takes_refused ->
    [one] 1 take found nothing: Empty.
   *[other] { $takes_refused } takes found nothing: Empty.
}


## 4 bank_lock
bank_lock-title = Bank deposits
bank_lock-key-balance = of ¥{ $total }
bank_lock-key-locked = with the lock; ¥{ $balance } of ¥{ $total } are there
bank_lock-lesson = Lesson, section 5 · threads, locks
bank_lock-values = { $threads ->
    [one] 1 thread
   *[other] { $threads } threads
} · ¥{ $amount } · { $gap_millis }
bank_lock-no_lock = No lock
bank_lock-mutex = Lock
bank_lock-short_lock = Short lock
bank_lock-atomic = Atomic
bank_lock-async_tasks = Coroutines
bank_lock-param-threads = Threads
bank_lock-param-threads-help = Each thread, or coroutine, makes one deposit
bank_lock-param-amount = Amount
bank_lock-param-amount-help = What each thread deposits, in yuan
bank_lock-param-gap_millis = Processing time
bank_lock-param-gap_millis-help = How long the bank is busy with a deposit, in milliseconds
bank_lock-param-failing = Failing
bank_lock-param-failing-help = Deposits that panic half-way
bank_lock-param-await_inside = Await inside
bank_lock-param-await_inside-help = Coroutines wait between reading and writing, rather than before reading
bank_lock-param-schedule = Schedule
bank_lock-param-schedule-help = Who does a step when: a letter per step, such as ABABAB (each thread: read, wait, write; with the lock: lock, read, write, unlock; atomic: wait, add). The letters give the number of threads, the wait takes no time. “all” runs every order of 2 or 3 threads. Empty: threads run freely.
bank_lock-code-no-thread = { $letter } is no thread: there are A and B, or A, B and C
bank_lock-code-finished = { $thread } has no step left
bank_lock-code-waits = { $thread } waits for the lock, which { $holder } holds
bank_lock-code-ends = the code ends, but { $thread } still has to { $step ->
    [read] read
    [wait] wait
    [write] write
    [lock] lock
    [unlock] unlock
   *[add] add
}
bank_lock-measure-orders = orders
bank_lock-measure-orders_exact = orders with the right balance
bank_lock-measure-code = one such order
bank_lock-measure-balance = balance
bank_lock-measure-deposits_lost = deposits lost
bank_lock-measure-deposits_failed = deposits failed
bank_lock-measure-longest_wait_seconds = longest wait for the lock
bank_lock-step-read = read
bank_lock-step-saw = saw
bank_lock-step-wait = wait
bank_lock-step-write = write
bank_lock-step-overwrote = overwrote
bank_lock-step-lock = wait for the lock
bank_lock-step-unlock = unlock
bank_lock-step-gate = at its gate
bank_lock-step-letter = one step done
bank_lock-step-orders = all orders
bank_lock-step-add = add
bank_lock-step-panic = panic
bank_lock-q1 = { $failing ->
    [0] { $threads } threads deposit ¥{ $amount } each, without a lock. What is the balance?
   *[other] { $threads } threads deposit ¥{ $amount } each, without a lock; { $failing } of them panic half-way. What is the balance?
}
bank_lock-q1-code = { $threads } threads deposit ¥{ $amount } each, without a lock, in the order { $code }. What is the balance?
bank_lock-q1-exact = ¥{ $yuan }
bank_lock-q1-range = ¥{ $from }–{ $to }
bank_lock-q1-less = less than ¥{ $yuan }
bank_lock-q2 = And with the lock: how long does it take?
bank_lock-q2-seconds = { $seconds }
bank_lock-q2-another = another time
bank_lock-q3 = { $failing ->
    [0] One thread, { $threads } coroutines deposit ¥{ $amount } each, without a lock. What is the balance?
   *[other] One thread, { $threads } coroutines deposit ¥{ $amount } each, without a lock; { $failing } of them panic half-way. What is the balance?
}
bank_lock-q3-await = { $failing ->
    [0] One thread, { $threads } coroutines deposit ¥{ $amount } each, with an await between reading and writing. What is the balance?
   *[other] One thread, { $threads } coroutines deposit ¥{ $amount } each, with an await between reading and writing; { $failing } of them panic half-way. What is the balance?
}
bank_lock-button-step = Step
bank_lock-button-step-help = You are the scheduler: real threads stand at gates, and each press of A, B or C lets one do one step
bank_lock-button-threads = { $threads } threads
bank_lock-button-thread = Thread { $thread }
bank_lock-button-undo = Undo
bank_lock-button-undo-help = The same again without the last letter, with new threads (Backspace)
bank_lock-button-all = All orders
bank_lock-button-all-help = Runs every possible order, and counts the balances
bank_lock-button-copy = Copy
bank_lock-button-copy-help = Copies the code, which can be put into the field “Schedule”
bank_lock-stage-first = Who goes first?
bank_lock-stage-thread-next = { $thread }: { $step }
bank_lock-stage-thread-waits = { $thread } waits for the lock
bank_lock-stage-thread-done = { $thread }: done
bank_lock-stage-over = { $over } wrote over { $under }
bank_lock-stage-over-it = wrote over { $under }
bank_lock-stage-is-lost = overwritten
bank_lock-stage-before = before
bank_lock-stage-after = after
bank_lock-stage-take-lock = lock
bank_lock-orders-run = { $run }
bank_lock-orders-running = of { $orders } orders run
bank_lock-orders-exact = { $exact } of { $orders }
bank_lock-orders-right = orders end with the right balance
bank_lock-orders-real = each was really run, by the same { $threads } threads
bank_lock-orders-row = { $balance } yuan: { $orders ->
    [one] 1 order
   *[other] { $orders } orders
}, { $code } for one
bank_lock-orders-title-balance = balance
bank_lock-orders-title-orders = how many orders
bank_lock-orders-title-code = one of them
bank_lock-orders-tree = Tree of orders
bank_lock-orders-hint = click a leaf, then ← and → walk its branch
bank_lock-orders-count = ¥{ $balance }: { $orders ->
    [one] 1 order
   *[other] { $orders } orders
}
bank_lock-q4 = { $threads } threads without a lock can take turns in { $orders } orders. In how many is nothing lost?
bank_lock-q4-all = all { $orders }
bank_lock-q4-some = { $from }–{ $to }
bank_lock-q4-few = less than { $orders }
bank_lock-q5 = { $threads } threads deposit ¥{ $amount } each and take turns, one step at a time ({ $code }). What is the balance?
bank_lock-q6 = { $threads } threads deposit ¥{ $amount } each, { $variant ->
    [mutex] with a lock
   *[other] in one atomic step
}, in an order of your choice. What is the balance?
bank_lock-undecided-turns = The threads did not take turns, so the question is still open.
bank_lock-stage-account = Account balance
bank_lock-stage-balance = ¥{ $balance }
bank_lock-stage-ready = { $threads ->
    [one] 1 thread deposits ¥{ $amount }
   *[other] { $threads } threads deposit ¥{ $amount } each
}
bank_lock-stage-ready-tasks = { $threads ->
    [one] 1 thread, 1 coroutine: it deposits ¥{ $amount }
   *[other] 1 thread, { $threads } coroutines: ¥{ $amount } each
}
bank_lock-stage-made = { $made } of { $threads } deposits made
bank_lock-stage-right = every deposit that succeeded is there
bank_lock-stage-made-lost = { $made } of { $threads } deposits made, { $lost } overwritten
bank_lock-stage-made-short = { $made } made, { $lost } overwritten
bank_lock-stage-missing = should be ¥{ $expected }, ¥{ $missing } missing
bank_lock-stage-right-short = nothing is missing
bank_lock-stage-missing-short = ¥{ $missing } missing
bank_lock-stage-kept = in the balance: { $count }
bank_lock-stage-lost = overwritten: { $count }
bank_lock-stage-lost-by-task = overwritten: { $count }
bank_lock-stage-failed = failed: { $count }
bank_lock-stage-pending = still to come: { $count }
bank_lock-stage-kept-short = kept: { $count }
bank_lock-stage-lost-short = overwritten: { $count }
bank_lock-stage-pending-short = to come: { $count }
bank_lock-stage-caption = A square is a thread; in it the balance that it read
bank_lock-stage-caption-slips = A slip is a coroutine; on it the balance that it read
bank_lock-stage-caption-plain = A square is a thread
bank_lock-stage-caption-slips-plain = A slip is a coroutine
bank_lock-stage-queue = waiting
bank_lock-stage-wait = wait { $millis } ms
bank_lock-stage-lock = lock
bank_lock-stage-at-once = read and write
bank_lock-stage-inside = inside the lock
bank_lock-stage-done = done
bank_lock-stage-holder = thread { $thread }
bank_lock-stage-holder-read = read ¥{ $read }
bank_lock-stage-free = free
bank_lock-incident-wrote-over = wrote over it
bank_lock-incident-wrote-over-other = wrote over what { $other } wrote
bank_lock-incident-gone = ¥{ $amount } is lost
bank_lock-incident-others = the other { $count } are left out here
bank_lock-incident-opening = { $kind ->
    [task] coroutines { $first } and { $second } deposit ¥{ $amount } each
   *[other] threads { $first } and { $second } deposit ¥{ $amount } each
}
bank_lock-incident-read = { $kind ->
    [task] coroutine { $number } reads ¥{ $yuan }
   *[other] thread { $number } reads ¥{ $yuan }
}
bank_lock-incident-wait = { $kind ->
    [task] coroutine { $number } waits { $millis } ms, remembering ¥{ $yuan }
   *[other] thread { $number } waits { $millis } ms, remembering ¥{ $yuan }
}
bank_lock-incident-write = { $kind ->
    [task] coroutine { $number } writes ¥{ $yuan }
   *[other] thread { $number } writes ¥{ $yuan }
}
bank_lock-incident-over = { $kind ->
    [task] coroutine { $number } writes ¥{ $yuan } over it: ¥{ $amount } is lost
   *[other] thread { $number } writes ¥{ $yuan } over it: ¥{ $amount } is lost
}
bank_lock-incident-over-another = { $kind ->
    [task] coroutine { $number } writes ¥{ $yuan } over what { $other } wrote: the ¥{ $amount } of { $first } is lost
   *[other] thread { $number } writes ¥{ $yuan } over what { $other } wrote: the ¥{ $amount } of { $first } is lost
}
bank_lock-result-lost = { $succeeded } deposits succeeded, yet the balance is ¥{ $balance }: { $deposits_lost ->
    [one] 1 was
   *[other] { $deposits_lost } were
} overwritten (threads { $first_thread } and { $second_thread } both read ¥{ $both_read }, both wrote ¥{ $both_wrote }).
bank_lock-result-lucky = nothing was lost this time: ¥{ $balance } after { $succeeded } deposits. No two met between reading and writing; that is luck, not safety. Repeat, or make the processing time longer.
bank_lock-result-mutex = nothing was lost: ¥{ $balance }, in { $seconds }. One thread at a time has the lock, from reading to writing; the longest wait for it was { $longest_wait_seconds }.
bank_lock-result-short_lock = nothing was lost: ¥{ $balance }, in { $seconds }. The threads wait side by side, and hold the lock only to read and write.
bank_lock-result-atomic = nothing was lost: ¥{ $balance }, in { $seconds }. Adding is one step that no other thread can come between.
bank_lock-result-async_tasks = nothing was lost: ¥{ $balance }, in { $seconds }, without a lock. There is one thread, and it changes coroutines only at an await: between reading and writing there is none.
bank_lock-result-async_tasks-lost = { $succeeded } deposits succeeded, yet the balance is ¥{ $balance }: { $deposits_lost ->
    [one] 1 was
   *[other] { $deposits_lost } were
} overwritten (coroutines { $first_thread } and { $second_thread } both read ¥{ $both_read }, both wrote ¥{ $both_wrote }). One thread is not enough: at the await between reading and writing it runs the others.
bank_lock-result-alone = nothing was lost: ¥{ $balance }. There was one deposit, and no other that could have overwritten it; try more.
bank_lock-result-none = the balance is ¥0: no deposit came to its end, all of them panicked half-way.
bank_lock-result-code-lost = { $code } leaves ¥{ $balance }, though { $succeeded } deposits succeeded.
bank_lock-result-code-lucky = { $code } loses nothing: ¥{ $balance }. Nobody read between another thread’s reading and writing; other orders lose.
bank_lock-result-code-exact = { $code } loses nothing: ¥{ $balance }. No possible order loses anything here.
bank_lock-result-overwrote-1 = { $over_1 } had read ¥{ $over_1_read }, so it wrote ¥{ $over_1_wrote } over the ¥{ $under_1_wrote } of { $under_1 }.
bank_lock-result-overwrote-2 = { $over_2 } had read ¥{ $over_2_read }, so it wrote ¥{ $over_2_wrote } over the ¥{ $under_2_wrote } of { $under_2 }.
bank_lock-result-orders = all { $orders } orders of { $threads } threads were run: { $orders_exact } end with the right balance. The worst leaves ¥{ $worst }: { $worst_orders ->
    [one] 1 order does
   *[other] { $worst_orders } orders do
}, { $code } for one.
bank_lock-result-orders-exact = all { $orders } possible orders of { $threads } threads were run: all of them end with the right balance.
bank_lock-result-failed = { $deposits_failed ->
    [one] 1 deposit panicked half-way; the others went on.
   *[other] { $deposits_failed } deposits panicked half-way; the others went on.
}
bank_lock-result-failed-locked = { $deposits_failed ->
    [one] 1 deposit panicked half-way while holding the lock: that released it for the next, and the balance is right.
   *[other] { $deposits_failed } deposits panicked half-way while holding the lock: that released it for the next, and the balance is right.
}

## 5 global_lock
global_lock-title = Busy threads
global_lock-key = the work of one thread, done by { $threads ->
    [one] 1 thread
   *[other] { $threads } threads
} on { $cores ->
    [one] 1 core
   *[other] { $cores } cores
}
global_lock-lesson = Lesson, section 5 · threads in Python
global_lock-values = { $threads ->
    [one] 1 thread
   *[other] { $threads } threads
} · { $seconds } · { $cores ->
    [one] 1 core
   *[other] { $cores } cores
}
global_lock-free_threads = Free threads
global_lock-global_lock = One lock (model)
global_lock-cpython = Python
global_lock-param-threads = Threads
global_lock-param-threads-help = How many threads count at the same time
global_lock-param-seconds = Seconds
global_lock-param-seconds-help = How long one thread counts alone, and then all together
global_lock-param-switch_millis = Switch
global_lock-param-switch_millis-help = After how many milliseconds a waiting thread asks for the lock
global_lock-param-cores = Cores
global_lock-param-cores-help = How many cores the run may use; can be changed while it goes on
global_lock-measure-speedup = speed-up
global_lock-measure-cores_busy = cores busy
global_lock-step-alone = one alone
global_lock-step-together = together
global_lock-step-others = other Pythons
global_lock-step-count = count
global_lock-step-wait = wait for the lock
global_lock-step-cores = cores
global_lock-step-loops = loops
global_lock-step-version = version
global_lock-step-gil = global lock
global_lock-q-free_threads = One thread does W loops in { $seconds }. { $threads ->
    [one] 1 thread
   *[other] { $threads } threads
}, { $cores ->
    [one] 1 core
   *[other] { $cores } cores
}: how many loops in { $seconds }?
global_lock-q-global_lock = Now all threads share one lock, and a thread needs it to run. { $threads ->
    [one] 1 thread
   *[other] { $threads } threads
}, { $cores ->
    [one] 1 core
   *[other] { $cores } cores
}: how many loops in { $seconds }?
global_lock-q-cpython = One Python thread does W loops in { $seconds }. { $threads ->
    [one] 1 thread
   *[other] { $threads } threads
}, { $cores ->
    [one] 1 core
   *[other] { $cores } cores
}: how many loops in { $seconds }?
global_lock-q-times = more, up to { $by } × W
global_lock-q-same = about W
global_lock-q-less = less than W
global_lock-stage-together = { $threads ->
    [one] 1 thread
   *[other] { $threads } threads together
}, against one alone
global_lock-stage-disturbed = disturbed by other programs
global_lock-stage-alone = what one thread does alone
global_lock-stage-threads = { $threads ->
    [one] 1 thread
   *[other] { $threads } threads
} on { $cores ->
    [one] 1 core
   *[other] { $cores } cores
}
global_lock-stage-model = A model of Python’s lock: one real lock.
global_lock-stage-hands = It changes hands every { $millis } ms; blocks grow every { $shown } ms.
global_lock-stage-gil = One lock, the GIL, for all its threads.
global_lock-stage-unseen = Who has it changes too fast to be seen.
global_lock-stage-no-gil = This Python has no GIL.
global_lock-stage-none = No Python ran here.
global_lock-stage-shade = Pale: had to share a core.
global_lock-stage-line = 1 thread alone
global_lock-stage-note-gil = with a GIL
global_lock-stage-note-no-gil = without a GIL
global_lock-result = { $threads ->
    [one] 1 thread
   *[other] { $threads } threads
} did { $speedup } times the work of one, with about { $busy } of { $cores ->
    [one] 1 core
   *[other] { $cores } cores
} in use.
global_lock-result-idle = { $threads ->
    [one] 1 thread
   *[other] { $threads } threads
} did { $speedup } times the work of one, with only about { $busy } of { $cores ->
    [one] 1 core
   *[other] { $cores } cores
} in use.
global_lock-result-uncounted = { $threads ->
    [one] 1 thread
   *[other] { $threads } threads
} did { $speedup } times the work of one, on { $cores ->
    [one] 1 core
   *[other] { $cores } cores
}.
global_lock-result-free = Each thread runs whenever a core is free for it.
global_lock-result-model = Only the thread that holds the lock runs, and all others wait, however many cores there are. (A model in Threadlab: one real lock that changes hands every { $millis } ms.)
global_lock-result-gil = This is Python { $version }, which has a GIL: only the thread that holds the global interpreter lock runs.
global_lock-result-no-gil = This is Python { $version }, built without a GIL: its threads run side by side.
global_lock-result-others = No lock keeps them from running side by side, and nothing took the cores from them: there may be fewer than it seems.
global_lock-result-disturbed = Other programs left the thread alone a core for only { $alone_percent } % of its time, so these figures say little. Close them and run again.
global_lock-result-crowded = But together the threads did not get all their core time, so these figures say little. Close other programs and run again.
global_lock-result-one-thread = One thread can only be compared with itself.
global_lock-result-one-core = There was one core, so threads take turns, with or without a lock.
global_lock-result-no-python = no python3 was found on this machine (in no folder of PATH), so there is nothing to measure. The other variants do not need one.
global_lock-result-other-gil = Python { $python }, with a GIL: { $speedup } times.
global_lock-result-other-no-gil = Python { $python }, without a GIL: { $speedup } times.
global_lock-result-broken = These do not work here: { $broken }.


## 6 switching_cost
switching_cost-title = Homework
switching_cost-key-share-slice_micros = of the core’s time is switching, with slices of { $at } µs
switching_cost-key-share-tasks = of the core’s time is switching, with { $at } tasks
switching_cost-key-noise = of the core’s time is switching, too little to be told
switching_cost-key-slice_micros = for { $work } s of computing, with a switch every { $at } µs; { $percent } % of it switching
switching_cost-key-slice_micros-untold = for { $work } s of computing, with a switch every { $at } µs
switching_cost-key-tasks = for { $work } s of computing, shared by { $at } tasks
switching_cost-figure = { $percent } %
switching_cost-lesson = Lesson, section 6 · switching
switching_cost-values = { $tasks } tasks · { $work_millis } of work
switching_cost-threads = Threads
switching_cost-processes = Processes
switching_cost-async_tasks = Coroutines
switching_cost-param-tasks = Tasks
switching_cost-param-tasks-help = How many tasks share the work, all on one core; one point of the run for each number
switching_cost-param-slice_micros = Slice
switching_cost-param-slice_micros-help = Five tasks take turns on one core: how long each computes before it must hand it over
switching_cost-param-work_millis = Work
switching_cost-param-work_millis-help = How long one task alone computes
switching_cost-measure-switches_voluntary = switches: gave the core away
switching_cost-measure-switches_involuntary = switches: the core was taken away
switching_cost-measure-nanos_per_switch = nanoseconds per switch
switching_cost-measure-share_switching = share of switching
switching_cost-measure-creating_seconds = creating
switching_cost-measure-hand_overs = hand-overs
switching_cost-measure-core_share = share of the core
switching_cost-step-prepare = measure the core
switching_cost-step-compute = compute
switching_cost-step-start = wait for the start
switching_cost-step-share = share the work
switching_cost-step-turns = take turns
switching_cost-step-tasks_point = tasks
switching_cost-step-slice_point = slice in µs
switching_cost-step-switch = switch in ns
switching_cost-step-slice = slice in ns
switching_cost-q-share = { $seconds } s of computing on one core, shared by { $tasks } threads: how long in all?
switching_cost-q-turns-threads = { $seconds } s of computing on one core; five threads take turns and switch every { $micros } µs: how long in all?
switching_cost-q-turns-processes = { $seconds } s of computing on one core; five processes take turns and switch every { $micros } µs: how long in all?
switching_cost-q-turns-async_tasks = { $seconds } s of computing on one core; five coroutines take turns and switch every { $micros } µs: how long in all?
switching_cost-q-about = about { $seconds } s
switching_cost-q-another = another time
switching_cost-stage-subjects = C M E P H
switching_cost-stage-ready = Five subjects, one core
switching_cost-stage-work = { $seconds } of computing on one core
switching_cost-stage-turns = switch every { $slice }
switching_cost-stage-of-it = { $percent } % of it switching
switching_cost-stage-strip = { $length } of the run: slices of { $slice }, a switch of { $switch } before each
switching_cost-stage-strip-short = slices of { $slice }, a switch of { $switch } before each
switching_cost-stage-computing = computing
switching_cost-stage-switches = switching
switching_cost-stage-hatched = creating the tasks
switching_cost-stage-measuring = measuring the core …
switching_cost-stage-untold = this system does not report it
switching_cost-stage-names = Chinese · maths · English · physics · chemistry
switching_cost-stage-row = { $tasks ->
    [one] 1 task
   *[other] { $tasks } tasks
}
switching_cost-stage-seconds = { $seconds } s
switching_cost-result-one = one task took { $alone_seconds }.
switching_cost-result-threads = { $most_tasks } threads took { $most_tasks_seconds }, { $most_tasks_creating } of it to create them; one took { $alone_seconds }.
switching_cost-result-processes = { $most_tasks } processes took { $most_tasks_seconds }, { $most_tasks_creating } of it to create them; one took { $alone_seconds }.
switching_cost-result-async_tasks = { $most_tasks } coroutines on one thread took { $most_tasks_seconds }; one took { $alone_seconds }.
switching_cost-result-slices = With a switch every { $micros } µs the work took { $seconds }.
switching_cost-result-cost-slice_micros = With slices of { $costliest_at } µs, { $times } switches of ≈ { $each } each took { $percent } % of the core’s time.
switching_cost-result-cost-tasks = With { $costliest_at } tasks, { $times } switches of ≈ { $each } each took { $percent } % of the core’s time.
switching_cost-result-cheap = Switching cost too little to measure, less than { $percent } % of the core’s time; choose shorter slices or more work.
switching_cost-result-untold = This system does not report how long a task had the core, so what a switch costs is not known.
switching_cost-result-lesson = Many tasks cost little; short slices cost a lot.
switching_cost-result-own = The operating system saw one thread and counted { $counted ->
    [one] 1 switch
   *[other] { $counted } switches
}: coroutines hand over the core themselves.
switching_cost-result-left-out = { $left_out_from } tasks or more were left out: at most { $room } are started here.
switching_cost-result-too-long = Slices of { $too_long_from } µs or more were left out: there is too little work for each of the five tasks to have two.
switching_cost-result-disturbed = But other programs left only { $percent } % of the core’s time, so the seconds say little. Close them and run again.
switching_cost-result-no-turns = Here processes have no pipe in common, so they did not take turns.
switching_cost-result-anywhere = This system lets no program choose its core, so the tasks ran on any.
limit-processes = processes


## 7 cpu_or_io
cpu_or_io-title = Computing or waiting
cpu_or_io-key = as fast as one thread, with { $workers ->
    [one] 1 thread
   *[other] { $workers } threads
} on { $cores ->
    [one] 1 core
   *[other] { $cores } cores
}
cpu_or_io-lesson = Lesson, section 6 · computing or I/O
cpu_or_io-values = { $workers } threads · { $tasks } tasks
cpu_or_io-cpu_bound = Computing (CPU-bound)
cpu_or_io-io_bound = Waiting (I/O-bound)
cpu_or_io-param-workers = Threads
cpu_or_io-param-workers-help = How many threads share the tasks; each number is measured in turn
cpu_or_io-param-tasks = Tasks
cpu_or_io-param-tasks-help = Tasks in the queue; a thread that is free takes the next
cpu_or_io-param-task_millis = Task
cpu_or_io-param-task_millis-help = How long one task computes on a core of its own, or waits, in milliseconds
cpu_or_io-param-cores = Cores
cpu_or_io-param-cores-help = How many cores the run may use; can be changed while it goes on
cpu_or_io-measure-speedup = speed-up
cpu_or_io-measure-physical_cores = physical cores
cpu_or_io-measure-logical_cores = logical cores
cpu_or_io-step-prepare = measure the core
cpu_or_io-step-spawn = start the threads
cpu_or_io-step-round = wait for all tasks
cpu_or_io-step-cores = cores
cpu_or_io-step-task = task
cpu_or_io-step-compute = compute
cpu_or_io-step-wait = wait
cpu_or_io-q-cpu_bound = { $workers ->
    [one] 1 thread
   *[other] { $workers } threads
} on { $cores ->
    [one] 1 core
   *[other] { $cores } cores
}, and every task computes. How many times as fast as with one thread?
cpu_or_io-q-io_bound = { $workers ->
    [one] 1 thread
   *[other] { $workers } threads
} on { $cores ->
    [one] 1 core
   *[other] { $cores } cores
}, and every task only waits. How many times as fast as with one thread?
cpu_or_io-q-times = faster, up to { $times }×
cpu_or_io-q-same = about as fast
cpu_or_io-q-not-faster = no faster
cpu_or_io-q-slower = slower
cpu_or_io-stage-times = ×{ $times }
cpu_or_io-stage-unknown = × ?
cpu_or_io-stage-with = { $workers ->
    [one] 1 thread
   *[other] { $workers } threads
}
cpu_or_io-stage-tasks = { $tasks ->
    [one] 1 task
   *[other] { $tasks } tasks
} of { $millis } ms
cpu_or_io-stage-progress = { $workers ->
    [one] 1 thread
   *[other] { $workers } threads
}: { $done } of { $tasks } done
cpu_or_io-stage-preparing = getting ready …
cpu_or_io-stage-not-run = not run yet
cpu_or_io-stage-cores = { $cores ->
    [one] 1 core
   *[other] { $cores } cores
}
cpu_or_io-stage-disturbed = disturbed by others
cpu_or_io-stage-done = done
cpu_or_io-stage-pending = to come
cpu_or_io-stage-alone = with one thread
cpu_or_io-stage-alone-short = one thread
cpu_or_io-result-both = { $workers } threads on { $cores ->
    [one] 1 core
   *[other] { $cores } cores
}: computing { $cpu } times, waiting { $io } times as fast as one thread.
cpu_or_io-result-cpu_bound = { $workers } computing threads on { $cores ->
    [one] 1 core
   *[other] { $cores } cores
}: { $cpu } times as fast as one.
cpu_or_io-result-io_bound = { $workers } waiting threads on { $cores ->
    [one] 1 core
   *[other] { $cores } cores
}: { $io } times as fast as one.
cpu_or_io-result-alone = only one thread was measured: choose more of them to compare.
cpu_or_io-result-nothing = nothing was measured.
cpu_or_io-result-cores = A task that computes needs a core: more threads than cores take turns.
cpu_or_io-result-one-core = On a single core, threads that compute can only take turns.
cpu_or_io-result-busy = More threads did not help, though nothing took the cores from them: there may be fewer than it seems, or the tasks are too short.
cpu_or_io-result-beyond = { $workers } threads can’t be that much faster: the one thread that they are compared with was held up.
cpu_or_io-result-disturbed = Other programs left the threads only { $percent } % of their core time, so these figures say little. Close them and run again.
cpu_or_io-result-wait = A task that waits needs no core: all threads wait side by side.

## 8 event_loop
event_loop-title = Many connections
event_loop-key-size = { $size }
event_loop-key-time = until the last of { $replies ->
    [one] 1 reply
   *[other] { $replies } replies
}
event_loop-key-memory = of memory for { $threads ->
    [one] 1 thread
   *[other] { $threads } threads
}
event_loop-lesson = Lesson, section 7 · asynchronous I/O
event_loop-values = { $connections ->
    [one] 1 connection
   *[other] { $connections } connections
} · { $reply_millis }
event_loop-one_at_a_time = One after another
event_loop-thread_each = A thread each
event_loop-one_thread_async = One thread, async
event_loop-process_per_core_async = Process per core
event_loop-param-connections = Connections
event_loop-param-connections-help = On each of them one request goes out and one reply is waited for
event_loop-param-reply_millis = Reply after
event_loop-param-reply_millis-help = How long the server takes for each reply, in milliseconds
event_loop-param-handle_millis = Handling
event_loop-param-handle_millis-help = How long each reply is computed with once it is there; a thread can do nothing else meanwhile
event_loop-measure-total_seconds = until the last reply
event_loop-measure-replies = replies
event_loop-measure-peak_threads = threads
event_loop-measure-peak_bytes = memory
event_loop-step-spawn = start
event_loop-step-wait = wait
event_loop-step-serve = serve
event_loop-step-loop = event loop
event_loop-step-handle = handle a reply
event_loop-step-processes = processes that wait
event_loop-step-asked = asked
event_loop-step-arrived = reply arrived
event_loop-step-handled = reply handled
event_loop-step-threads = threads
event_loop-step-bytes = memory
event_loop-q-one_at_a_time = { $replies } replies, each after { $seconds } s, asked for one after another. How long until all have arrived?
event_loop-q-one_at_a_time-busy = { $replies } replies, each after { $seconds } s and handled in { $millis } ms, asked for one after another. How long until all are handled?
event_loop-q-one_thread_async = { $replies } replies, each after { $seconds } s, and only one thread. How long until all have arrived?
event_loop-q-one_thread_async-busy = { $replies } replies, each after { $seconds } s and handled in { $millis } ms, and only one thread. How long until all are handled?
event_loop-q-process_per_core_async = { $replies } replies, each after { $seconds } s, and { $processes ->
    [one] 1 process with an event loop
   *[other] { $processes } processes with an event loop each
}. How long until all have arrived?
event_loop-q-process_per_core_async-busy = { $replies } replies, each after { $seconds } s and handled in { $millis } ms, and { $processes ->
    [one] 1 process with an event loop
   *[other] { $processes } processes with an event loop each
}. How long until all are handled?
event_loop-q-thread_each = { $threads ->
    [one] 1 thread that waits: how much memory does its process take?
   *[other] { $threads } threads that wait: how much memory does their process take?
}
event_loop-q-seconds = about { $seconds } s
event_loop-q-another = another time, or never
event_loop-undecided-disturbed = Other programs took cores while replies were handled: too disturbed to count; run again.
event_loop-undecided-unmeasured = Without a measured memory this run does not decide the question.
event_loop-q-less = less than { $size }
event_loop-q-between = { $size } to { $most }
event_loop-q-more = more than { $size }
event_loop-stage-ready = { $connections ->
    [one] 1 connection, its reply after { $millis } ms
   *[other] { $connections } connections, each reply after { $millis } ms
}
event_loop-stage-starting = starting …
event_loop-stage-seconds = { $seconds } s
event_loop-stage-clock = since the first request
event_loop-stage-handled = { $handled } of { $connections } replies handled
event_loop-stage-footprint = { $threads ->
    [one] 1 thread
   *[other] { $threads } threads
} · { $size }
event_loop-stage-listener = { $count ->
    [one] and 1 thread that only waits for Stop
   *[other] and { $count } threads that only wait for Stop
}
event_loop-stage-caption = Each ring is a connection
event_loop-stage-caption-boxes = Each box is a process, each ring a connection
event_loop-stage-caption-field = Each square is { $connections } connections
event_loop-stage-caption-field-boxes = Each box is a process, each square { $connections } connections
event_loop-stage-asked = asked
event_loop-stage-arrived = in the queue
event_loop-stage-handling = being handled
event_loop-stage-done = handled
event_loop-stage-process = process
event_loop-stage-pid = PID { $pid }
event_loop-stage-queue = { $queued ->
    [0] queue: empty
   *[other] queue: { $queued }
}
event_loop-stage-loop = loop
event_loop-stage-bead = in it the thread that waits
event_loop-partial = The other processes collected { $replies ->
    [one] 1 reply
   *[other] { $replies } replies
} all the same.
event_loop-result-one_at_a_time = { $replies ->
    [one] 1 reply
   *[other] { $replies } replies
} took { $total_seconds }: while it waits for one, the thread can do nothing else.
event_loop-result-thread_each = a thread for each connection, and one that starts them: { $peak_threads } threads and { $peak_bytes } of memory collected { $replies ->
    [one] 1 reply
   *[other] { $replies } replies
} in { $total_seconds }.
event_loop-result-one_thread_async = { $peak_threads ->
    [one] 1 thread
   *[other] { $peak_threads } threads
} collected { $replies ->
    [one] 1 reply
   *[other] { $replies } replies
} in { $total_seconds }, with { $peak_bytes } of memory.
event_loop-result-process_per_core_async = { $processes ->
    [one] 1 process with an event loop,
   *[other] { $processes } processes with an event loop each, together
} { $peak_threads ->
    [one] 1 thread
   *[other] { $peak_threads } threads
} and { $peak_bytes } of memory (the program itself counted in each), collected { $replies ->
    [one] 1 reply
   *[other] { $replies } replies
} in { $total_seconds }.
event_loop-result-alone = 1 reply took { $total_seconds }: there was no other to wait for.
event_loop-result-unmeasured = { $replies ->
    [one] 1 reply
   *[other] { $replies } replies
} in { $total_seconds }. This system does not report threads and memory.
event_loop-result-than-thread_each = A thread for each connection took { $total_seconds }, { $peak_threads } threads and { $peak_bytes }.
event_loop-result-than-one_thread_async = One thread with an event loop took { $total_seconds } and { $peak_bytes }.
event_loop-result-alone-busy = Handling it took { $handle } ms on a core.
event_loop-result-one_at_a_time-busy = Handling added { $handle } ms to each.
event_loop-result-thread_each-busy = Each thread handles its own reply; they share the cores.
event_loop-result-one_thread_async-busy = Handling a reply kept the loop busy for { $handle } ms, and whatever came meanwhile had to wait: in an event loop a handler must be quick.
event_loop-result-process_per_core_async-busy = Handling a reply kept a loop busy for { $handle } ms; the other processes went on.


## 9 sum
sum-title = Adding to 100 000 000
sum-undecided-alone = Nothing to compare with yet: run “One thread alone” with these values first.
sum-key = from click to answer
sum-key-same = from click to answer: about as fast as alone
sum-key-faster = from click to answer: { $speedup } times as fast as alone
sum-key-slower = from click to answer: { $times } times as long as alone
sum-lesson = Lesson, section 8 · divide and conquer
sum-values = { $variant ->
    [alone] { $numbers } numbers
    [threads] { $numbers } numbers · { $workers } threads
   *[processes] { $numbers } numbers · { $workers } processes
}
sum-alone = One thread alone
sum-threads = Threads
sum-processes = Processes
sum-param-numbers = Numbers
sum-param-numbers-help = Adds 1 + 2 + … up to this number
sum-param-workers = Workers
sum-param-workers-help = Threads or processes that share the numbers
sum-param-pool = Pool
sum-param-pool-help = Parts in a queue, from which a worker that is done takes the next; 0: one part each
sum-param-numbers_from = Numbers from
sum-param-numbers_from-help = Whether each number is made as it is added, or read from a list in memory; with shared memory or a pipe all variants add from memory
sum-param-numbers_from-generated = generated
sum-param-numbers_from-list = a list
sum-param-hand_over = Hand over
sum-param-hand_over-help = How a process gets its numbers: only first and last, through shared memory, or all through a pipe
sum-param-hand_over-range = first and last
sum-param-hand_over-shared_memory = shared memory
sum-param-hand_over-pipe = pipe
sum-param-one_aborts = One aborts
sum-param-one_aborts-help = Worker 1 calls abort half-way through its part; threads are in a child process then, and it shows what they share with each other
sum-param-cores = Cores
sum-param-cores-help = How many cores the run may use; can be changed while it goes on
sum-measure-total = total
sum-measure-speedup = speed-up
sum-measure-tutorial_stopwatch_seconds = the lesson’s stopwatch
sum-measure-partial_total = partial total
sum-measure-parts_missing = parts missing
sum-step-prepare = make the numbers
sum-step-spawn = start
sum-step-hand_over = hand over
sum-step-compute = compute
sum-step-collect = merge
sum-step-cores = cores
sum-step-arrived = sum arrived
sum-step-add = add
sum-step-part = part
sum-step-sum_high = sum, upper half
sum-step-sum_low = sum, lower half
sum-q-range = { $workers ->
    [one] 1 process
   *[other] { $workers } processes
} on { $cores ->
    [one] 1 core
   *[other] { $cores } cores
}, told only where to start and stop: time from click to answer, compared with one thread?
sum-q-shared_memory = { $workers ->
    [one] 1 process
   *[other] { $workers } processes
} on { $cores ->
    [one] 1 core
   *[other] { $cores } cores
}, the numbers in shared memory: time from click to answer, compared with one thread with a list?
sum-q-pipe = { $workers ->
    [one] 1 process
   *[other] { $workers } processes
} on { $cores ->
    [one] 1 core
   *[other] { $cores } cores
}, the numbers sent through pipes: time from click to answer, compared with one thread with a list?
sum-q-divided = shorter, down to 1/{ $by }
sum-q-same = about the same
sum-q-longer = longer
sum-stage-ours = from the click
sum-stage-lesson = the lesson’s stopwatch
sum-stage-seconds = { $seconds } s
sum-stage-missed = missed: { $seconds }
sum-stage-missed-short = missed
sum-stage-ready = 1 + 2 + … + { $numbers } = ?
sum-stage-parts = { $added } of { $parts } parts added
sum-stage-pid = PID { $pid }
sum-stage-thread = thread { $thread }
sum-stage-process = one process
sum-stage-team-threads = { $workers } threads in one process
sum-stage-team-processes = { $workers } processes
sum-stage-during-prepare = making the numbers
sum-stage-during-spawn = starting …
sum-stage-during-hand_over = handing over …
sum-stage-during-compute = sum so far
sum-stage-during-collect = merging …
sum-stage-so-far = sum so far
sum-stage-partial = { $missing ->
    [one] 1 part is missing: not the answer
   *[other] { $missing } parts are missing: not the answer
}
sum-stage-right = total, right by n(n+1)/2
sum-result-alone = one thread added { $numbers } numbers in { $seconds }; the total is { $total }.
sum-result-threads = { $workers ->
    [one] 1 thread
   *[other] { $workers } threads
} took { $seconds } from click to answer, { $handing } of it starting and handing over; the total is { $total }.
sum-result-processes = { $workers ->
    [one] 1 process
   *[other] { $workers } processes
} took { $seconds } from click to answer, { $handing } of it starting and handing over; the lesson’s stopwatch shows { $tutorial_stopwatch_seconds }.
sum-result-prepare = Making the numbers in memory took { $prepare } of it.
sum-result-faster = That is { $speedup } times as fast as one thread alone.
sum-result-same = That is about as fast as one thread alone.
sum-result-disturbed = Other programs left the adding only { $percent } % of its core time, so these times say little. Close them and run again.
sum-result-undecided = That is { $speedup } times as fast as one thread alone: too near to “about as fast” to say more.
sum-result-slower-one = One thread alone is faster: this took { $times } times as long. One worker has nobody to share the adding with.
sum-result-slower-threads = One thread alone is faster: this took { $times } times as long.
sum-result-slower-processes = One thread alone is faster: this took { $times } times as long. The adding was shared, but getting ready for it cost more than that saved.
sum-partial-missing = Its part, { $missing_from } … { $missing_to }, is missing.
sum-partial-several-missing = { $parts_missing } parts are missing; the first of them is { $missing_from } … { $missing_to }.
sum-partial-there = { $parts_there ->
    [one] The other part adds up to { $partial_total }, and that is not the answer.
   *[other] The other { $parts_there } parts add up to { $partial_total }, and that is not the answer.
}
sum-partial-nothing = No other part came.
sum-partial-aborted = It called abort, and that ended its own process alone.
sum-partial-threads-aborted = Thread 1 called abort: that ended the process, and with it { $workers ->
    [one] its only thread. What it had added was in the process’s memory, and is gone.
   *[other] all { $workers } threads. What they had added was in the process’s memory, and is gone.
}
sum-partial-threads = All threads were in this one process: what they had added was in its memory, and is gone.

## The teacher's window
notes-title = Teacher’s window
notes-plan = The plan
notes-question = The question
notes-hands-up = Hands up
notes-hands-up-again = Hands up again
notes-ready = Ready to run
notes-running = The run
notes-over = The run is over
notes-number = The answer
notes-stage = The picture
notes-autopsy = How it came about
notes-code = The code
notes-point = Point at:
notes-wrong = Most get wrong:
notes-hands = hands
notes-hands-again = again
notes-since = { $time } since the beginning
notes-lost = The teacher’s window is gone. N opens it again.
responsive_ui-q1-point = The clock’s hand stands still, because this window draws nothing. When the download ends, the rings in the tube are answered one after another.
responsive_ui-q1-wrong = “A click on a frozen window is lost.” It waits in the message queue until the UI thread has time again.
responsive_ui-q2-point = The hand goes on, and each click is answered while the download still runs.
responsive_ui-q2-wrong = “The worker makes the download faster.” It takes as long as before; only the UI thread is free for messages.
downloads-one_after_another-point = The bars follow one another, and the total is their sum. Write it down: the next two votes are compared with it.
downloads-one_after_another-wrong = “The computer works all that time.” It waits for nearly all of it; a download needs hardly any core.
downloads-q-process_each-point = All bars begin at the same moment, each in a box with its own PID; the total ends where the longest ends.
downloads-q-process_each-wrong = “Two at once take half of the sum.” No file comes sooner, so the longest decides.
downloads-q-async_tasks-point = One box, one square, a slip for each file: the bars lie side by side, though there is a single thread.
downloads-q-async_tasks-wrong = “Doing things at the same time needs several threads.” Waiting does not: while one coroutine waits, the thread goes on with another.
ping_pong-q-private_counters-point = Two boxes, two counters: each counts only its own words. The words beyond the mark are too many.
ping_pong-q-private_counters-wrong = “A global variable is one variable.” Each process has its own copy, in a memory of its own.
ping_pong-q-shared_counter-point = The counter stands between the boxes, and both see it. Who printed how many may differ from run to run.
ping_pong-q-shared_counter-wrong = “Shared memory alone is enough.” To check and to add one must be a single step, or both may take the same number.
ping_pong-q-left-point = Words enter at the left and leave at the right; what nobody takes stays, though both processes have ended.
ping_pong-q-left-wrong = “Each process has its own queue, as it had its own counter.” The queue is made before them and handed to both.
bank_lock-q1-point = In the middle column many squares wait at once: they have all read the same balance. Each crossed coin is a deposit that another overwrote.
bank_lock-q1-wrong = “Perhaps a few are lost.” All who read before the first has written write the same balance, and no error says so.
bank_lock-q2-point = One key, one thread inside, and a queue before it: the deposits come one after another.
bank_lock-q2-wrong = “A lock costs nearly nothing.” Taking it is cheap; but what is done inside it adds up, thread by thread.
global_lock-q-cpython-point = The tower of all threads beside the line of one alone, and how many cores were in use.
global_lock-q-cpython-wrong = “More threads, more work done.” With a GIL only the thread that holds it runs Python code, however many cores there are.
global_lock-q-free_threads-point = The same picture without the lock: the blocks grow side by side until the cores are used up.
global_lock-q-free_threads-wrong = “Ten threads do ten times the work.” Threads beyond the cores take turns.
switching_cost-q-share-point = The row with many tasks beside the row with one; the hatched part is creating them.
switching_cost-q-share-wrong = “So many threads must be much slower.” What costs is the switch, and the system switches only now and then.
switching_cost-q-turns-threads-point = While it runs: one real slice and one real switch, to scale. The shorter the slice, the larger the switch’s share.
switching_cost-q-turns-threads-wrong = “A switch takes no time.” It takes little; but if a slice is as short as a switch, half of the time is switching.
cpu_or_io-q-cpu_bound-point = G shows the curve: it rises up to the line of the cores and then lies flat, for more threads only take turns.
cpu_or_io-q-cpu_bound-wrong = “Ten threads are ten times as fast.” A task that computes needs a core all the time.
cpu_or_io-q-io_bound-point = The squares fill in groups, because all threads wait side by side. G shows the curve: it goes on beyond the cores.
cpu_or_io-q-io_bound-wrong = “The cores are the limit here too.” A task that waits needs no core.
event_loop-q-one_thread_async-point = A ring for each connection and one thread: all are asked at once, and the replies queue for a moment.
event_loop-q-one_thread_async-wrong = “One thread can wait for one reply only.” It waits for all at once, and the system tells it which has come.
event_loop-q-thread_each-point = The result says how many threads and how much memory it took, beside those of the single thread before.
event_loop-q-thread_each-wrong = “A thread that waits costs nothing.” It needs no core, but it has a stack of its own.
sum-alone-point = The time of one thread alone: write it down, all others are compared with it.
sum-alone-wrong = “A formula would be faster.” True, and it checks the total; here adding stands for work that has no formula.
sum-q-range-point = The two clocks: ours starts at the click, the lesson’s later. The hatched part is what it misses.
sum-q-range-wrong = “Eight processes are eight times as fast.” Only as many add at the same time as there are cores, and starting takes time, too.
sum-q-pipe-point = The hatched part again: how much of the time passes before any adding.
sum-q-pipe-wrong = “Shared work is faster.” Not where handing a number over costs more than adding it.
