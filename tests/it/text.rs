//! Every sentence: there in both languages, with the same figures, used, and drawable with the bundled fonts.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::time::Duration;

use fluent_bundle::FluentResource;
use threadlab::demos::REGISTRY;
use threadlab::lab::demo::param::{ParamError, ParamKind, ParamSpec};
use threadlab::lab::demo::value::Value;
use threadlab::lab::demo::verdict::Holds;
use threadlab::lab::demo::{Demo, KeyFigure, Sentence, set_param};
use threadlab::lab::run::Outcome;
use threadlab::lab::run::cancel::Cancelled;
use threadlab::lab::run::error::{ProcessEnd, ProgramFault};
use threadlab::lab::run::error::{RunError, SpawnKind, SystemRequest};
use threadlab::lab::trace::event::State;
use threadlab::lab::trace::event::TrackName;
use threadlab::lab::trace::record::{HostKind, HostMeasures, Record};
use threadlab::text::Language;

use crate::headless::{Watched, lab};
use crate::source::{root, sources};

fn text_of(language: Language) -> String {
    let path = root()
        .join("assets/text")
        .join(language.tag())
        .join("threadlab.ftl");
    std::fs::read_to_string(path).expect("a file of text")
}

/// The figures that each text asks for, by key.
fn figures_by_key(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let mut figures: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut key = String::new();
    for line in text_of(language)
        .lines()
        .filter(|line| !line.starts_with('#'))
    {
        if line.starts_with(|first: char| first.is_ascii_alphabetic()) {
            key = line.split(' ').next().unwrap_or_default().to_owned();
            let is_new = figures.insert(key.clone(), BTreeSet::new()).is_none();
            assert!(is_new, "{} has {key} twice", language.tag());
        }
        for asked in line.split('$').skip(1) {
            let end = asked.find(|letter: char| !letter.is_alphanumeric() && letter != '_');
            let name = &asked[..end.unwrap_or(asked.len())];
            figures
                .get_mut(&key)
                .expect("below its key")
                .insert(name.to_owned());
        }
    }
    figures
}

#[test]
fn the_files_are_fluent_without_errors() {
    for language in Language::ALL {
        let parsed = FluentResource::try_new(text_of(language));
        assert!(
            parsed.is_ok(),
            "{}: {:?}",
            language.tag(),
            parsed.err().map(|(_, errors)| errors)
        );
    }
}

#[test]
fn both_languages_have_the_same_texts_with_the_same_figures() {
    let [english, chinese] = Language::ALL.map(figures_by_key);
    assert!(english.len() > 100, "only {} texts", english.len());
    let missing = |from: &BTreeMap<_, _>, to: &BTreeMap<String, _>| -> Vec<String> {
        to.keys()
            .filter(|key| !from.contains_key(*key))
            .cloned()
            .collect()
    };
    assert_eq!(missing(&chinese, &english), [""; 0], "not in Chinese");
    assert_eq!(missing(&english, &chinese), [""; 0], "not in English");
    for (key, figures) in &english {
        assert_eq!(&chinese[key], figures, "{key}");
    }
}

/// A text that follows a semicolon goes on in the same sentence. The waits of a run that is stuck are joined by one.
#[test]
fn nothing_begins_with_a_capital_after_a_semicolon() {
    let capital = |said: &str| said.starts_with(|first: char| first.is_ascii_uppercase());
    let names = ["Ping", "Pong", "PageDown", "PageUp", "Esc"];
    let begins = |said: &str| capital(said) && !names.iter().any(|name| said.starts_with(name));
    for line in text_of(Language::English).lines() {
        let (key, said) = line.split_once(" = ").unwrap_or(("", line));
        let is_joined = ["wait", "gone"]
            .iter()
            .any(|part| key.starts_with(&format!("ping_pong-stage-{part}")));
        assert!(!is_joined || !begins(said), "{line}");
        assert!(!said.split("; ").skip(1).any(begins), "{line}");
    }
}

/// The text keys in the program's source: whole ones, and those that are put together.
struct Said {
    words: HashSet<String>,
    /// Strings with gaps, as `format!` has them, split at the gaps.
    patterns: Vec<Vec<String>>,
}

impl Said {
    fn by_the_program() -> Self {
        let strings: Vec<String> = sources()
            .into_iter()
            .flat_map(|source| source.strings)
            .collect();
        let pieces = |text: &String| -> Vec<String> {
            let pieces = text.split('{').enumerate();
            let after_gap = |(at, piece): (usize, &str)| match piece.split_once('}') {
                Some((_, after)) if at > 0 => after.to_owned(),
                _ => piece.to_owned(),
            };
            pieces.map(after_gap).collect()
        };
        let has_gap =
            |text: &&String| text.contains('{') && text.contains('-') && !text.contains(' ');
        let patterns = strings.iter().filter(has_gap).map(pieces).collect();
        Self {
            words: strings.into_iter().collect(),
            patterns,
        }
    }

    /// Whether `key` is said, or can be put together from what is.
    fn has(&self, key: &str) -> bool {
        let is_word = self.words.contains(key) || self.words.contains(&key.replace('-', " "));
        let has_ending = || {
            // Endings that are pushed onto a key: `-both`.
            let dash = key.rfind('-').filter(|&dash| dash > 0);
            dash.is_some_and(|dash| self.words.contains(&key[dash..]) && self.has(&key[..dash]))
        };
        is_word || has_ending() || self.patterns.iter().any(|pattern| self.fills(pattern, key))
    }

    /// Whether words that are said, put into the gaps of `pattern`, make `key`.
    fn fills(&self, pattern: &[String], key: &str) -> bool {
        let [first, rest @ ..] = pattern else {
            return false;
        };
        let Some(after) = key.strip_prefix(first.as_str()) else {
            return false;
        };
        let [next, ..] = rest else {
            return after.is_empty();
        };
        (1..=after.len()).any(|end| {
            after.len() - end + first.len() < key.len()
                && after.is_char_boundary(end)
                && after[end..].starts_with(next.as_str())
                && (rest.len() > 1 || after[end..] == **next)
                && self.fills(rest, &after[end..])
                && after[..end] != *key
                && self.has(&after[..end])
        })
    }
}

#[test]
fn no_text_is_without_use() {
    let said = Said::by_the_program();
    let unused: Vec<String> = figures_by_key(Language::English)
        .into_keys()
        .filter(|key| !said.has(key))
        .collect();
    assert_eq!(unused, [""; 0]);
}

#[test]
fn no_key_in_the_source_is_without_text() {
    let keys = figures_by_key(Language::English);
    let ids = REGISTRY.iter().map(|entry| entry.spec.id);
    let kinds: Vec<&str> = keys
        .keys()
        .filter_map(|key| key.split('-').next())
        .chain(ids)
        .collect();
    for source in sources() {
        for text in source.strings {
            let is_key = text.split_once('-').is_some_and(|(kind, rest)| {
                let is_name = rest
                    .chars()
                    .all(|letter| letter.is_ascii_alphanumeric() || "-_".contains(letter));
                kinds.contains(&kind) && is_name && !rest.is_empty()
            });
            // A key that is put together may stand there by its beginning.
            let begins = || keys.keys().any(|key| key.starts_with(&format!("{text}-")));
            assert!(
                !is_key || keys.contains_key(&text) || begins(),
                "{}: {text}",
                source.path
            );
        }
    }
}

#[test]
fn every_vote_has_talking_points_and_no_other_has() {
    let votes = REGISTRY.iter().flat_map(|entry| {
        let votes = (entry.demo)().votes();
        votes.into_iter().map(|vote| (entry.spec.id, vote))
    });
    let mut said = BTreeSet::new();
    for (demo, vote) in votes {
        for language in Language::ALL {
            let points = language.talking_points(demo, &vote);
            let points = points.unwrap_or_else(|| panic!("{} lacks {vote:?}", language.tag()));
            said.extend([points.point, points.wrong]);
        }
    }
    for language in Language::ALL {
        for key in figures_by_key(language).into_keys() {
            let is_demos = REGISTRY.iter().any(|entry| key.starts_with(entry.spec.id));
            let is_point = is_demos && (key.ends_with("-point") || key.ends_with("-wrong"));
            let is_said = || said.contains(language.text(&key).as_ref());
            assert!(!is_point || is_said(), "{}: {key}", language.tag());
        }
    }
}

fn expect_text(key: &str) {
    for language in Language::ALL {
        assert!(language.has(key), "{} lacks {key}", language.tag());
    }
}

fn expect_said(what: &str, said: &str) {
    assert!(
        !said.is_empty() && !said.contains("{$") && !said.contains("{ $"),
        "{what}: {said}"
    );
    // A time brings its unit; the sentence must not name it again.
    let units = ["s", "ms", "µs", "ns", "秒", "毫秒", "微秒", "纳秒"];
    let words: Vec<&str> = said
        .split([' ', '\u{a0}', '\u{202f}'])
        .map(|word| word.trim_end_matches(|mark: char| mark.is_ascii_punctuation()))
        .collect();
    let is_unit = |word: &str| units.contains(&word);
    assert!(
        !words
            .windows(2)
            .any(|pair| is_unit(pair[0]) && is_unit(pair[1]))
            && !said.contains("秒秒"),
        "{what} has a unit twice: {said}"
    );
}

fn expect_sentence(sentence: &Sentence) {
    expect_text(&sentence.key);
    for language in Language::ALL {
        expect_said(&sentence.key, &language.say(sentence));
    }
}

/// All parameters with the least that each may be, and what belongs to its texts.
fn least(demo: &mut dyn Demo) -> Vec<(ParamSpec, String, &'static [&'static str])> {
    let params = demo.param_list().into_iter();
    let least = params.map(|param| {
        let (least, options): (String, &[&str]) = match param.kind {
            ParamKind::Whole(range, _) | ParamKind::Sweep { range, .. } => {
                (range.start().to_string(), &[])
            }
            ParamKind::Signed(range, _) => (range.start().to_string(), &[]),
            ParamKind::Seconds(range, _) => (range.start().to_string(), &[]),
            ParamKind::Choice(options, value) => ((*value).to_owned(), options),
            ParamKind::Toggle(_) => (false.to_string(), &[]),
            ParamKind::Text { .. } => (String::new(), &[]),
        };
        (param.spec, least, options)
    });
    least.collect()
}

/// The demo with the least of everything.
fn small(make: fn() -> Box<dyn Demo>) -> Box<dyn Demo> {
    let mut demo = make();
    for (spec, value, _) in least(demo.as_mut()) {
        set_param(demo.as_mut(), spec.name, &value).expect("the least is allowed");
    }
    demo
}

#[test]
fn all_that_demos_name_has_a_text() {
    for entry in REGISTRY {
        let mut demo = (entry.demo)();
        let id = demo.id();
        expect_text(&format!("{id}-title"));
        expect_text(&format!("{id}-lesson"));
        for variant in demo.variants() {
            expect_text(&format!("{id}-{}", variant.id));
        }
        for measure in demo.spec().measures {
            expect_text(&format!("{id}-measure-{}", measure.name));
        }
        for step in demo.spec().steps {
            expect_text(&format!("{id}-step-{}", step.name()));
        }
        for (spec, _, options) in least(demo.as_mut()) {
            let key = format!("{id}-param-{}", spec.name);
            expect_text(&key);
            expect_text(&format!("{key}-help"));
            options
                .iter()
                .for_each(|option| expect_text(&format!("{key}-{option}")));
            if !spec.unit.is_empty() {
                expect_text(&format!("unit-{}", spec.unit));
            }
        }
    }
    for state in [
        State::Running,
        State::Waiting,
        State::Holding,
        State::Sleeping,
        State::Lost,
    ] {
        expect_text(&format!("state-{}", state.name()));
    }
}

#[test]
fn questions_have_texts_and_at_most_one_right_answer() {
    for make in REGISTRY.iter().map(|entry| entry.demo) {
        for question in [make(), small(make)]
            .iter()
            .flat_map(|demo| demo.questions())
        {
            expect_sentence(&question.text);
            let key = &question.text.key;
            assert!(
                (2..=4).contains(&question.choices.len()),
                "{key}: {} choices",
                question.choices.len()
            );
            let mut answers = BTreeSet::new();
            for choice in &question.choices {
                expect_sentence(&choice.text);
                assert!(
                    answers.insert(Language::English.say(&choice.text)),
                    "{key}: the same answer twice"
                );
            }
            let ends = question
                .choices
                .iter()
                .filter_map(|choice| match &choice.holds {
                    Holds::Within(range) => Some([range.start, range.end]),
                    Holds::Rest | Holds::Never => None,
                });
            for figure in ends.flatten().filter(|end| end.is_finite()) {
                let right = question
                    .choices
                    .iter()
                    .filter(|choice| choice.holds.contains(figure))
                    .count();
                assert!(right <= 1, "{key}: {figure} makes {right} answers right");
            }
        }
    }
}

/// Measures of a host that froze, or did not.
fn host(clicks_waiting: u64) -> HostMeasures {
    HostMeasures {
        kind: HostKind::Window,
        frames: 10,
        longest_frame_gap: Duration::from_millis(5 + clicks_waiting * 1000),
        clicks_waiting,
        about: None,
    }
}

#[test]
fn whatever_a_run_measured_can_be_said() {
    for make in REGISTRY.iter().map(|entry| entry.demo) {
        let demo = small(make);
        let mut records: Vec<Record> = Vec::new();
        for variant in demo.variants() {
            assert_eq!(demo.check(variant.id), Ok(()));
            let mut watched = Watched::start(&lab(), demo.as_ref(), variant.id);
            let outcome = watched.finish();
            assert!(
                matches!(outcome, Outcome::Done(_)),
                "{}: {outcome:?}",
                variant.id
            );
            let info = watched.run.info.clone();
            let record = Record::close(
                demo.as_ref(),
                info,
                &watched.log,
                outcome,
                host(2),
                0,
                &records,
            );
            say_variations(demo.as_ref(), &record, &records);
            records.push(record);
        }
    }
}

/// Says what happened in `record`, and in runs like it that count otherwise.
fn say_variations(demo: &dyn Demo, record: &Record, earlier: &[Record]) {
    let earlier: Vec<&Record> = earlier.iter().collect();
    let count = record.summary().measures.len();
    for made_up in (0..count).map(Some).chain([None]) {
        for figure in [0, 1, 7] {
            let mut record = record.clone();
            if let (Some(at), Outcome::Done(summary)) = (made_up, &mut record.outcome)
                && let Value::Count(count) = &mut summary.measures[at].1
            {
                *count = figure;
            }
            for earlier in [&[], &earlier[..]] {
                let sentences = demo.result(&record, earlier);
                assert!(
                    !sentences.is_empty(),
                    "{} says nothing",
                    record.info.variant
                );
                // Made up to have lost something, a run has no two deposits to name.
                let is_real = made_up.is_none();
                if let Some(KeyFigure { figure, words }) = demo.key_figure(&record) {
                    expect_sentence(&figure);
                    expect_sentence(&words);
                }
                for sentence in &sentences {
                    expect_text(&sentence.key);
                    if is_real {
                        expect_sentence(sentence);
                    }
                }
            }
        }
    }
}

#[test]
fn every_error_is_said_in_both_languages() {
    let reason = || "no room".to_owned();
    let spawns = SpawnKind::ALL.map(|what| RunError::Spawn {
        what,
        reason: reason(),
    });
    let requests = SystemRequest::ALL.map(|what| RunError::System {
        what,
        reason: reason(),
    });
    let ends = [
        ProcessEnd::Exited { code: 3 },
        ProcessEnd::Signal {
            number: 9,
            name: "SIGKILL".to_owned(),
        },
        ProcessEnd::ClosedPipe,
        ProcessEnd::Other(reason()),
    ]
    .map(|how| RunError::WorkerDied { pid: 7, how });
    let faults = [
        ProgramFault::NotStarted(reason()),
        ProgramFault::Silent(Duration::from_secs(10)),
        ProgramFault::Ended(ProcessEnd::ClosedPipe),
        ProgramFault::Endless,
        ProgramFault::Nonsense(reason()),
        ProgramFault::WrongMoment(reason()),
        ProgramFault::WrongFigures(reason()),
    ]
    .map(|fault| RunError::Program {
        program: "python3".to_owned(),
        pid: (fault != ProgramFault::NotStarted(reason())).then_some(7),
        last_words: (fault == ProgramFault::Endless).then(reason),
        fault,
    });
    let others = [
        RunError::Cancelled(Cancelled),
        RunError::Killed {
            process: TrackName::nth("worker", 2),
            pid: 7,
        },
        RunError::WorkerFailed {
            pid: 7,
            message: reason(),
        },
        RunError::Worker {
            pid: 7,
            error: Box::new(requests[0].clone()),
        },
        RunError::Memory {
            bytes: 1 << 40,
            reason: reason(),
        },
        RunError::SharedMemory { reason: reason() },
        RunError::Stuck {
            waits: vec![Sentence::new("error-cancelled")],
            losses: ends.to_vec(),
        },
        RunError::WrongTotal {
            found: 1,
            expected: u128::MAX,
        },
    ];
    let errors: Vec<_> = [
        spawns.to_vec(),
        requests.to_vec(),
        ends.to_vec(),
        faults.to_vec(),
        others.to_vec(),
    ]
    .concat();
    let params = [
        ParamError::MoreThan {
            name: "failing",
            value: 2,
            limit_name: "threads",
            limit: 1,
        },
        ParamError::LongerThan {
            name: "failing",
            seconds: 2.5,
            limit_name: "threads",
            limit: 1.0,
        },
        ParamError::TooMuchMemory {
            name: "threads",
            needed: 1 << 40,
            free: 1,
        },
    ];
    let said = Language::ALL.map(|language| {
        let errors = errors.iter().map(|error| language.run_error(error));
        errors
            .chain(
                params
                    .iter()
                    .map(|error| language.param_error("bank_lock", error)),
            )
            .collect::<Vec<_>>()
    });
    for (english, chinese) in said[0].iter().zip(&said[1]) {
        expect_said("an error", english);
        expect_said("an error", chinese);
        assert_ne!(english, chinese);
    }
}

#[test]
fn every_character_has_a_glyph_in_every_weight() {
    const WEIGHTS: [[&str; 2]; 2] = [
        ["NotoSansSC-Regular.otf", "NotoSymbols-Regular.ttf"],
        ["NotoSansSC-Bold.otf", "NotoSymbols-Bold.ttf"],
    ];
    let mut shown: BTreeSet<char> = Language::ALL
        .iter()
        .flat_map(|language| text_of(*language).chars().collect::<Vec<_>>())
        .collect();
    // The characters of figures and of the window's own signs.
    shown.extend(
        Language::English
            .figure(&Value::Count(-1_234_567))
            .chars()
            .chain(Language::English.figure(&Value::Bytes(3 << 30)).chars()),
    );
    let drawn = sources()
        .into_iter()
        .filter(|source| matches!(source.floor(), "app" | "widgets" | "demos"));
    shown.extend(drawn.flat_map(|source| source.strings.concat().chars().collect::<Vec<_>>()));
    shown.retain(|letter| !letter.is_control());
    for files in WEIGHTS {
        let fonts = files
            .map(|file| std::fs::read(root().join("assets/fonts").join(file)).expect("a font"));
        let faces = fonts
            .each_ref()
            .map(|font| ttf_parser::Face::parse(font, 0).expect("a font"));
        let is_missing = |letter: &&char| {
            faces
                .iter()
                .all(|face| face.glyph_index(**letter).is_none())
        };
        let missing: String = shown.iter().filter(is_missing).collect();
        assert_eq!(missing, "", "no glyph in {files:?}");
    }
}
