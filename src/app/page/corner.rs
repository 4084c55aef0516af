//! The controls on the stage: each has a place of its own in its right top corner, so that none appears under the
//! pointer where another was.

use egui::{Align, Align2, Button, Layout, Rect, RichText, Ui, UiBuilder, Vec2, pos2, vec2};

use crate::app::action::Action;
use crate::app::session::playhead::slow_down;
use crate::app::view::View;
use crate::lab::demo::value::Value;
use crate::text::{Language, factor};
use crate::widgets::controls::own_ids;
use crate::widgets::controls::params_ui::param_ui;
use crate::widgets::look::palette::Palette;
use crate::widgets::look::text_fit::fitted;
use crate::widgets::look::theme::{bold_font, font};
use crate::widgets::stage::{Buttons, Snapshot};
use crate::widgets::timeline::axis::say_time;
use crate::widgets::timeline::lane_menu::kill_menu;

/// Height of the corner.
pub const HEIGHT: f32 = 30.0;
/// Width of the label that says how the shown moment came about; `Play again` has the same place.
const LABEL: f32 = 205.0;
/// Widths of the other places.
const CORES: f32 = 140.0;
const KILL: f32 = 130.0;
const SIDE_BY_SIDE: f32 = 150.0;
const TWINS: f32 = 300.0;
/// Width of the place of the button that leaves an incident's replay; it is left of all others.
pub const LEAVE: f32 = 90.0;

/// The replays that the shown run offers.
#[derive(Clone, Copy, Default)]
pub struct Offers {
    /// Whether all of the run can be played again, slowly.
    pub again: bool,
    /// Whether the run has an incident that can be replayed event by event.
    pub incident: bool,
}

/// How the shown moment came about.
pub struct Moment {
    /// In words, if it is not simply the run's end or the clock's.
    words: Option<String>,
    /// Whether it is one of an incident that is replayed.
    in_incident: bool,
}

impl Moment {
    /// How the moment of `shown` came about.
    pub fn of(shown: &Snapshot<'_>, language: Language) -> Self {
        let in_incident = shown.incident.is_some();
        let words = if in_incident {
            Some(language.text("app-incident-replay").into_owned())
        } else if let Some(slowed) = shown.slowed {
            let figures = [("factor", Value::Word(factor(slowed)))];
            Some(match slowed > 1.0 {
                true => language.with("app-slow-replay", &figures),
                false => language.text("app-replay").into_owned(),
            })
        } else {
            let key = match shown.log.finished() {
                Some(_) => "app-paused",
                None => "app-paused-live",
            };
            let at = Value::Word(say_time(shown.now, language));
            shown.held.then(|| language.with(key, &[("at", at)]))
        };
        Self { words, in_incident }
    }
}

impl View<'_> {
    /// The size of the corner, which depends on the demo alone: the picture beside it must not jump.
    pub(super) fn corner_size(&self) -> Vec2 {
        let demo = self.demos.chosen();
        if demo.buttons() == Buttons::Download {
            let open = self.session.twins().are_open();
            return vec2(if open { TWINS } else { SIDE_BY_SIDE }, HEIGHT);
        }
        let cores = demo.params().value("cores").map_or(0.0, |_| CORES);
        let kill = if demo.has_processes() { KILL } else { 0.0 };
        vec2(LABEL + cores + kill, HEIGHT)
    }

    /// The replays that the shown run offers.
    pub(super) fn offers(&self) -> Offers {
        let demo = self.demos.chosen();
        let finished = self.session.latest(demo).filter(|_| !self.awaits_guess());
        let finished = finished.filter(|_| self.session.running_of(demo.id()).is_none());
        let Some(finished) = finished.filter(|_| demo.buttons() == Buttons::Run) else {
            return Offers::default();
        };
        Offers {
            again: slow_down(finished.log.end()).is_some(),
            // It would tell the outcome.
            incident: !self.is_unseen()
                && demo
                    .demo()
                    .incident(&finished.record, &finished.log)
                    .is_some(),
        }
    }

    /// Draws the controls into the corner `area`.
    pub(super) fn corner_ui(&mut self, ui: &mut Ui, area: Rect, moment: Option<Moment>) {
        ui.spacing_mut().button_padding = vec2(8.0, 3.0);
        ui.spacing_mut().interact_size.y = 26.0;
        let demo = self.demos.chosen();
        if demo.buttons() == Buttons::Download {
            let mut ui = slot(ui, area, 0.0, TWINS);
            self.twins_buttons_ui(&mut ui);
            return;
        }
        let running = self.session.running_of(demo.id()).is_some();
        if demo.has_processes() {
            let cores = demo.params().value("cores").map_or(0.0, |_| CORES);
            let mut ui = slot(ui, area, LABEL + cores, KILL);
            self.kill_ui(&mut ui);
        }
        let demo = self.demos.chosen_mut();
        if running && demo.params().value("cores").is_some() {
            let mut ui = slot(ui, area, LABEL, CORES);
            ui.with_layout(Layout::left_to_right(Align::Min), |ui| {
                param_ui(ui, demo.demo_mut(), "cores", self.language);
            });
        }
        let Some(moment) = moment else { return };
        if let Some(text) = moment.words {
            let (color, size) = (Palette::of(ui).text, bold_font(14.0));
            let text = fitted(ui.painter(), text, size, color, LABEL);
            let right = pos2(area.right(), area.top() + 13.0);
            let place = Align2::RIGHT_CENTER.anchor_size(right, text.size());
            ui.put(place, egui::Label::new(text));
            if moment.in_incident {
                let mut ui = slot(ui, area, area.width(), LEAVE);
                let text = RichText::new(self.language.text("app-incident-leave"));
                if ui.button(text.font(font(14.0))).clicked() {
                    self.actions.push(Action::LeaveIncident);
                }
            }
            return;
        }
        let offers = self.offers();
        let mut ui = slot(ui, area, 0.0, LABEL);
        let mut press = |key: &str, action: Action, offered: bool| {
            if !offered {
                return;
            }
            let text = RichText::new(self.language.text(key)).font(font(14.0));
            if own_ids(&mut ui, key, |ui| ui.button(text)).clicked() {
                self.actions.push(action);
            }
        };
        press("app-replay-again", Action::ReplayAgain, offers.again);
        press("app-incident", Action::ReplayIncident, offers.incident);
    }

    /// Shows the menu that kills one of the run's processes, as the menu of its lane does, as long as some of them
    /// live.
    fn kill_ui(&mut self, ui: &mut Ui) {
        let running = self.session.running_of(self.demos.chosen().id());
        let Some((running, living)) = running
            .map(|running| (running, running.living()))
            .filter(|(_, living)| !living.is_empty())
        else {
            return;
        };
        let face = RichText::new(self.language.text("kill-one")).font(font(14.0));
        let button = ui
            .add(Button::new(face))
            .on_hover_text(self.language.text("kill-one-help").as_ref());
        let killed = kill_menu(&button, running.log.tracks(), &living, self.language);
        self.actions.extend(killed.map(Action::Kill));
    }
}

/// The place in the corner that ends `right` points before its end.
fn slot(ui: &mut Ui, area: Rect, right: f32, width: f32) -> Ui {
    let end = area.right() - right;
    let place = Rect::from_min_max(pos2(end - width, area.top()), pos2(end, area.bottom()));
    let builder = UiBuilder::new()
        .id_salt(("corner", right as i32))
        .max_rect(place)
        .layout(Layout::right_to_left(Align::Min));
    ui.new_child(builder)
}
