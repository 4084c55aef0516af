//! The power supply: on battery, or set to save power, a machine computes more slowly and not always equally fast.

use std::fs;
use std::path::{Path, PathBuf};

/// Where this machine's power comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Supply {
    /// The mains.
    Mains,
    /// A battery that is being emptied.
    Battery {
        /// The charge, in percent; `None` if the system does not say.
        percent: Option<u8>,
    },
}

/// Where the power comes from; `None` if the system does not say, as one without a battery.
pub fn supply() -> Option<Supply> {
    cfg!(target_os = "linux")
        .then(|| supply_in(Path::new("/sys/class/power_supply")))
        .flatten()
}

/// Whether the cores are set to save power rather than to be fast; `None` if the system does not say.
pub fn saves_power() -> Option<bool> {
    cfg!(target_os = "linux")
        .then(|| saves_power_in(Path::new("/sys/devices/system/cpu")))
        .flatten()
}

/// See the kernel's documentation, `sysfs-class-power`.
fn supply_in(folder: &Path) -> Option<Supply> {
    let (mut mains, mut unplugged, mut rests, mut battery) = (false, false, false, None);
    for device in folders(folder) {
        let says = |file: &str, what: &str| word(&device.join(file)).is_some_and(|it| it == what);
        // The battery of a mouse is none of the machine's.
        if says("scope", "Device") {
            continue;
        }
        mains |= says("type", "Mains") && says("online", "1");
        unplugged |= says("type", "Mains") && says("online", "0");
        if says("type", "Battery") {
            if says("status", "Discharging") {
                let percent = word(&device.join("capacity")).and_then(|it| it.parse().ok());
                battery = Some(Supply::Battery { percent });
            } else {
                rests = true;
            }
        }
    }
    // Of two batteries one may rest while the other is emptied. One that does not say what it does tells
    // nothing where the cable is out.
    let on_mains = mains || rests && !unplugged;
    let on_battery = rests && unplugged && !mains;
    battery
        .or(on_battery.then_some(Supply::Battery { percent: None }))
        .or(on_mains.then_some(Supply::Mains))
}

/// See the kernel's documentation, "CPU Performance Scaling".
fn saves_power_in(folder: &Path) -> Option<bool> {
    let cores: Vec<_> = folders(folder)
        .into_iter()
        .map(|core| core.join("cpufreq"))
        .filter(|core| core.is_dir())
        .collect();
    let saves = |core: &PathBuf| {
        let read = |file: &str| word(&core.join(file)).unwrap_or_default();
        // With these drivers `powersave` is the usual governor, and the preference decides.
        let decides = ["intel_pstate", "amd-pstate-epp"].contains(&read("scaling_driver").as_str());
        if decides {
            read("energy_performance_preference") == "power"
        } else {
            read("scaling_governor") == "powersave"
        }
    };
    (!cores.is_empty()).then(|| cores.iter().any(saves))
}

fn folders(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.is_dir())
        .collect()
}

fn word(file: &Path) -> Option<String> {
    Some(fs::read_to_string(file).ok()?.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder as the kernel shows it, `(file, what it says)`, gone with the test.
    struct Shown(PathBuf);

    impl Shown {
        fn new(name: &str, files: &[(&str, &str)]) -> Self {
            let name = format!("threadlab-power-{}-{name}", std::process::id());
            let folder = std::env::temp_dir().join(name);
            fs::create_dir_all(&folder).unwrap();
            for (file, says) in files {
                let path = folder.join(file);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, format!("{says}\n")).unwrap();
            }
            Self(folder)
        }
    }

    impl Drop for Shown {
        fn drop(&mut self) {
            fs::remove_dir_all(&self.0).ok();
        }
    }

    type Files = &'static [(&'static str, &'static str)];

    const MAINS: (&str, &str) = ("AC/type", "Mains");
    const GOVERNOR: (&str, &str) = ("cpu0/cpufreq/scaling_governor", "powersave");
    const BATTERY: (&str, &str) = ("BAT0/type", "Battery");

    #[test]
    fn a_battery_counts_while_it_is_emptied() {
        let cases: [(&str, Files, Option<Supply>); 5] = [
            ("nothing", &[], None),
            (
                "unplugged",
                &[
                    MAINS,
                    ("AC/online", "0"),
                    BATTERY,
                    ("BAT0/status", "Discharging"),
                    ("BAT0/capacity", "81"),
                ],
                Some(Supply::Battery { percent: Some(81) }),
            ),
            (
                "charging",
                &[
                    MAINS,
                    ("AC/online", "1"),
                    BATTERY,
                    ("BAT0/status", "Charging"),
                ],
                Some(Supply::Mains),
            ),
            (
                "one_of_two",
                &[
                    BATTERY,
                    ("BAT0/status", "Unknown"),
                    ("BAT1/type", "Battery"),
                    ("BAT1/status", "Discharging"),
                ],
                Some(Supply::Battery { percent: None }),
            ),
            (
                "mouse",
                &[
                    BATTERY,
                    ("BAT0/scope", "Device"),
                    ("BAT0/status", "Discharging"),
                ],
                None,
            ),
        ];
        for (name, files, expected) in cases {
            let shown = Shown::new(name, files);
            assert_eq!(supply_in(&shown.0), expected, "{name}");
        }
        assert_eq!(supply_in(Path::new("/nonexistent")), None);
    }

    #[test]
    fn powersave_means_it_unless_the_driver_is_told_otherwise() {
        let cases: [(&str, Files, Option<bool>); 4] = [
            ("no_cpufreq", &[("cpu0/online", "1")], None),
            ("slow", &[GOVERNOR], Some(true)),
            (
                "usual",
                &[
                    GOVERNOR,
                    ("cpu0/cpufreq/scaling_driver", "intel_pstate"),
                    (
                        "cpu0/cpufreq/energy_performance_preference",
                        "balance_performance",
                    ),
                ],
                Some(false),
            ),
            (
                "told",
                &[
                    GOVERNOR,
                    ("cpu0/cpufreq/scaling_driver", "amd-pstate-epp"),
                    ("cpu0/cpufreq/energy_performance_preference", "power"),
                ],
                Some(true),
            ),
        ];
        for (name, files, expected) in cases {
            let shown = Shown::new(name, files);
            assert_eq!(saves_power_in(&shown.0), expected, "{name}");
        }
    }
}
