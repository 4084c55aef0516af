//! `list`, `--help`, `--version`.

use serde_json::{Value, json};
use threadlab::demos::REGISTRY;
use threadlab::text::Language;

use super::succeeds;

#[test]
fn json_holds_everything_that_can_be_run_and_set() {
    let listed: Vec<Value> = serde_json::from_str(&succeeds("list --json")).unwrap();
    assert_eq!(listed.len(), REGISTRY.len());
    for (listed, entry) in listed.iter().zip(REGISTRY) {
        let demo = (entry.demo)();
        let names = |field: &str, name: &str| -> Vec<String> {
            let items = listed[field].as_array().unwrap();
            items
                .iter()
                .map(|item| item[name].as_str().unwrap().to_owned())
                .collect()
        };
        assert_eq!(listed["number"], entry.number);
        assert_eq!(listed["id"], demo.id());
        assert_eq!(
            listed["title"],
            *Language::English.text(&format!("{}-title", demo.id()))
        );
        let variants: Vec<_> = demo.variants().iter().map(|variant| variant.id).collect();
        assert_eq!(names("variants", "id"), variants);
        let params = demo.params();
        let params: Vec<_> = params.0.iter().map(|(name, _)| *name).collect();
        assert_eq!(names("parameters", "name"), params);
        let measures: Vec<_> = demo
            .spec()
            .measures
            .iter()
            .map(|measure| measure.name)
            .collect();
        assert_eq!(names("measures", "name"), measures);
        for title in ["variants", "parameters", "measures"]
            .map(|field| names(field, "title"))
            .concat()
        {
            assert!(
                !title.contains(demo.id()),
                "{title} is a key without a text"
            );
        }
    }
}

#[test]
fn parameters_tell_title_default_range_and_unit() {
    let listed: Vec<Value> = serde_json::from_str(&succeeds("list --json")).unwrap();
    let parameters = |id: &str| {
        let demo = listed.iter().find(|demo| demo["id"] == id).unwrap();
        demo["parameters"].as_array().unwrap().clone()
    };
    assert_eq!(
        parameters("bank_lock")[2],
        json!({
            "name": "gap_millis", "title": "Processing time",
            "help": "How long the bank is busy with a deposit, in milliseconds",
            "default": 10, "kind": "whole", "min": 0, "max": 10_000, "unit": "millis",
        })
    );
    assert_eq!(
        parameters("responsive_ui")[0],
        json!({
            "name": "seconds", "title": "Seconds", "help": "How long the download takes",
            "default": 10.0, "kind": "seconds", "min": 0.1, "max": 600.0, "unit": "seconds",
        })
    );
    assert_eq!(parameters("bank_lock")[0]["unit"], "count");
    let schedule = &parameters("bank_lock")[5];
    assert_eq!(schedule["name"], "schedule");
    assert_eq!(schedule["kind"], "text");
    assert_eq!(schedule["default"], "");
    assert_eq!(schedule["only"], json!(["no_lock", "mutex", "atomic"]));
}

#[test]
fn text_names_what_can_be_typed() {
    let text = succeeds("list");
    for entry in REGISTRY {
        let demo = (entry.demo)();
        assert!(text.contains(&format!("({})", demo.id())), "{text}");
        let params = demo.params();
        let params = params
            .0
            .iter()
            .map(|(name, value)| format!("{name}={value}"));
        let variants = demo
            .variants()
            .into_iter()
            .map(|variant| variant.id.to_owned());
        for word in params.chain(variants) {
            assert!(
                text.split_whitespace().any(|other| other == word),
                "{word}: {text}"
            );
        }
    }
    assert!(text.contains("Processing time: 0 to 10000 ms."), "{text}");
}

#[test]
fn help_and_version_are_results() {
    assert_eq!(
        succeeds("--version"),
        format!("threadlab {}\n", env!("CARGO_PKG_VERSION"))
    );
    let help = succeeds("--help");
    for word in [
        "list",
        "run",
        "--demo",
        "--variant",
        "--set",
        "--lang",
        "--theme",
        "--zoom",
    ] {
        assert!(help.contains(word), "{word}: {help}");
    }
    assert!(!help.contains("worker"), "{help}");
    let help = succeeds("run --help");
    for word in [
        "--variant",
        "--set",
        "--repeat",
        "--seed",
        "--json",
        "--csv",
        "130",
    ] {
        assert!(help.contains(word), "{word}: {help}");
    }
    assert!(!help.contains("--hold"), "{help}");
}
