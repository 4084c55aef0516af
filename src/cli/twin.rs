//! The hidden command `twin a|b --seconds S --lang L --theme T --size W,H [--at X,Y] [--origin N]`: this
//! process shows one of two small windows that another one watches.

use std::ffi::OsString;
use std::process::ExitCode;

use super::complain;
use super::exit;

/// Shows the window until it is closed or standard input is. `args` are those after the word `twin`.
///
/// They are written by the window that watches, and hardly ever by people: as with
/// [`worker`](super::worker) they are read by hand.
pub fn show(args: impl Iterator<Item = OsString>) -> ExitCode {
    super::survive_the_limit_on_files();
    #[cfg(feature = "window")]
    if let Some(options) = with_window::parse(args) {
        return match with_window::open(options) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                complain(error);
                exit::FAILURE.into()
            }
        };
    }
    #[cfg(not(feature = "window"))]
    drop(args);
    complain(
        "`twin` is for this program itself: twin a|b --seconds S --lang L --theme T --size W,H [--at X,Y] [--origin N]",
    );
    exit::USAGE.into()
}

#[cfg(feature = "window")]
mod with_window {
    use std::ffi::OsString;

    use crate::app::TwinOptions;
    use crate::app::open_twin;
    use crate::cli::window::{NoWindow, explaining};
    use crate::demos;
    use crate::demos::responsive_ui::twins::{Side, TWINS_OF};
    use crate::text::Language;
    use crate::widgets::look::theme::ThemePreference;

    pub(super) fn open(options: TwinOptions) -> Result<(), NoWindow> {
        let Some(entry) = demos::find(TWINS_OF) else {
            return Ok(());
        };
        explaining(|| open_twin(options, (entry.demo)()))
    }

    pub(super) fn parse(args: impl Iterator<Item = OsString>) -> Option<TwinOptions> {
        let mut args = args.map(|arg| arg.into_string().ok());
        let side = args.next()??;
        let side = Side::BOTH.into_iter().find(|known| known.name() == side)?;
        let (mut seconds, mut language, mut theme, mut size, mut at, mut origin) =
            (None, None, None, None, None, None);
        while let Some(option) = args.next() {
            let value = args.next()??;
            match option?.as_str() {
                "--seconds" => seconds = Some(value.parse().ok()?),
                "--lang" => {
                    let known = Language::ALL.into_iter().find(|known| known.tag() == value);
                    language = Some(known?);
                }
                "--theme" => {
                    theme = Some(match value.as_str() {
                        "light" => ThemePreference::Light,
                        "dark" => ThemePreference::Dark,
                        _ => return None,
                    });
                }
                "--size" => size = Some(pair(&value)?),
                "--at" => at = Some(pair(&value)?),
                "--origin" => origin = Some(value.parse().ok()?),
                _ => return None,
            }
        }
        Some(TwinOptions {
            side,
            seconds: seconds?,
            language: language?,
            theme: theme?,
            size: size?,
            at,
            origin,
        })
    }

    fn pair(text: &str) -> Option<[f32; 2]> {
        let (one, other) = text.split_once(',')?;
        Some([one.parse().ok()?, other.parse().ok()?])
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn the_command_line_is_understood_or_refused() {
            let parse = |line: &str| parse(line.split(' ').map(OsString::from));
            let right = "a --seconds 2.5 --lang zh-CN --theme dark --size 380,300";
            let twin = parse(right).unwrap();
            assert_eq!((twin.side, twin.seconds), (Side::A, 2.5));
            assert_eq!((twin.size, twin.at), ([380.0, 300.0], None));
            let placed = parse(&format!("{right} --at 20,-3.5")).unwrap();
            assert_eq!(placed.at, Some([20.0, -3.5]));
            let told = parse(&format!("{right} --origin 8")).unwrap();
            assert_eq!((twin.origin, told.origin), (None, Some(8)));
            for wrong in [
                "",
                "c --seconds 1",
                "a --seconds 1",
                &right.replace("zh-CN", "tlh"),
                &right.replace("dark", "system"),
                &right.replace("380,300", "380"),
                &format!("{right} --at"),
            ] {
                assert!(parse(wrong).is_none(), "{wrong}");
            }
        }
    }
}
