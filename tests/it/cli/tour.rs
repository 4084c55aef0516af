//! Errors in a tour's options are reported before it begins. The tour itself is tried in the real window.

#[cfg(feature = "window")]
use super::{command, ended};

use super::threadlab;

#[test]
fn an_unknown_demo_is_named_and_those_that_there_are() {
    let ended = threadlab("tour --demo sum --demo bank");
    assert_eq!(ended.code, Some(2), "{ended:?}");
    for word in ["`bank`", "bank_lock", "responsive_ui"] {
        assert!(ended.stderr.contains(word), "{ended:?}");
    }
}

#[test]
fn a_time_that_no_demo_may_take_is_named() {
    for seconds in ["0", "601", "soon"] {
        let ended = threadlab(&format!("tour --seconds {seconds}"));
        assert_eq!(ended.code, Some(2), "{ended:?}");
        assert!(ended.stderr.contains("0.5 to 600"), "{ended:?}");
    }
}

#[cfg(all(feature = "window", target_os = "linux"))]
#[test]
fn there_is_no_display() {
    let ended = threadlab("tour");
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert_eq!(ended.stderr.lines().count(), 1, "{ended:?}");
    assert!(ended.stderr.contains("no display"), "{ended:?}");
}

#[cfg(not(feature = "window"))]
#[test]
fn this_build_has_no_window() {
    let ended = threadlab("tour");
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(ended.stderr.contains("no window"), "{ended:?}");
}

#[cfg(feature = "window")]
#[test]
fn a_folder_that_cannot_be_written_to_is_named_before_anything_begins() {
    let file = format!("{}/no_folder", env!("CARGO_TARGET_TMPDIR"));
    std::fs::write(&file, "").expect("a file");
    let mut tour = command("tour --out");
    tour.arg(&file);
    let ended = ended(tour);
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert_eq!(ended.stdout, "");
    assert_eq!(ended.stderr.lines().count(), 1, "{ended:?}");
    let words = ["pictures cannot be written", file.as_str()];
    assert!(
        words.iter().all(|word| ended.stderr.contains(word)),
        "{ended:?}"
    );
}
