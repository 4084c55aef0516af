//! The hidden command `notes OPTIONS`: this process shows the teacher's window of a presentation. The options are one
//! JSON object, because the window that presents writes them, and hardly ever a person.

use std::ffi::OsString;
use std::process::ExitCode;

use super::complain;
use super::exit;

/// Shows the window until it is closed or standard input is. `args` are those after the word `notes`.
pub fn show(args: impl Iterator<Item = OsString>) -> ExitCode {
    super::survive_the_limit_on_files();
    #[cfg(feature = "window")]
    if let Some(options) = with_window::parse(args) {
        return match super::window::explaining(|| crate::app::open_notes(options)) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                complain(error);
                exit::FAILURE.into()
            }
        };
    }
    #[cfg(not(feature = "window"))]
    drop(args);
    complain("`notes` is for this program itself: notes OPTIONS");
    exit::USAGE.into()
}

#[cfg(feature = "window")]
mod with_window {
    use std::ffi::OsString;

    use crate::app::NotesOptions;

    pub(super) fn parse(mut args: impl Iterator<Item = OsString>) -> Option<NotesOptions> {
        let options = args.next()?.into_string().ok()?;
        let is_last = args.next().is_none();
        serde_json::from_str(&options).ok().filter(|_| is_last)
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn the_command_line_is_understood_or_refused() {
            let parse = |args: &[&str]| parse(args.iter().map(OsString::from));
            let right = r#"{"language":"zh-CN","dark":false,"since":5000,"place":{"left_top":[-1280,0],"size":[800,500],"scale":1.5,"screen":1,"over":false}}"#;
            let options = parse(&[right]).unwrap();
            assert_eq!(options.place.unwrap().left_top, [-1280, 0]);
            assert_eq!(serde_json::to_string(&options).unwrap(), right);
            for wrong in [&[][..], &["{}"], &["a"], &[right, "more"]] {
                assert_eq!(parse(wrong), None, "{wrong:?}");
            }
        }
    }
}
