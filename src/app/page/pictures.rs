//! The pictures of the page: the stage, and below it the timeline beside the timing graph.

use egui::accesskit::Role;
use egui::{
    Align, Button, Label, Layout, Margin, Rect, RichText, Ui, UiBuilder, Vec2, WidgetInfo, pos2,
    vec2,
};

use super::corner::{HEIGHT, LEAVE, Moment};
use super::room::{Lower, Room, Sizes, TABS, beside};
use super::run_values::say_other_values;
use crate::app::action::Action;
use crate::app::part::Part;
use crate::app::session::Running;
use crate::app::session::scene;
use crate::app::view::View;
use crate::lab::demo::value::Value;
use crate::lab::trace::event::TrackName;
use crate::text::Language;
use crate::widgets::controls::{TabStop, name_group};
use crate::widgets::look::palette::Palette;
use crate::widgets::look::text_fit::fitted;
use crate::widgets::look::theme::{bold_font, card, font};
use crate::widgets::playhead::IncidentReplay;
use crate::widgets::stage::Buttons;
use crate::widgets::timeline::{Marks, Timeline, TimelineAction, timeline_ui};
use crate::widgets::timings::bars::{Live, Runs};
use crate::widgets::timings::timing_plot_ui;

/// Height of an incident's caption.
const CAPTION: f32 = 34.0;

impl View<'_> {
    /// Draws the pictures into `room`.
    pub(super) fn pictures_ui(&mut self, ui: &mut Ui, room: &Room, sizes: &Sizes) {
        let width = ui.available_width();
        let stage = vec2(width, room.stage);
        match (room.place, self.part) {
            (Lower::Folded, Part::Timeline) => {
                sized_card(ui, stage, sizes.card, |ui| self.timeline_card_ui(ui));
            }
            (Lower::Folded, Part::Graph) => {
                sized_card(ui, stage, sizes.card, |ui| self.graph_card_ui(ui));
            }
            _ => sized_card(ui, stage, sizes.card, |ui| self.stage_card_ui(ui)),
        }
        match room.place {
            Lower::None => {}
            Lower::Folded => {
                // The tabs lie close to the card that they choose.
                ui.spacing_mut().item_spacing.y = 0.0;
                self.tabs_ui(ui, &[Part::Stage, Part::Timeline, Part::Graph]);
            }
            Lower::Beside => {
                ui.horizontal_top(|ui| {
                    ui.spacing_mut().item_spacing.x = sizes.gap;
                    let [left, right] = beside(width, room.lower, sizes.gap);
                    sized_card(ui, left, sizes.card, |ui| self.timeline_card_ui(ui));
                    sized_card(ui, right, sizes.card, |ui| self.graph_card_ui(ui));
                });
            }
            Lower::Tabs => {
                let tabs = ui.scope(|ui| {
                    ui.spacing_mut().item_spacing.y = 0.0;
                    self.tabs_ui(ui, &[Part::Timeline, Part::Graph]);
                });
                let size = vec2(width, room.lower - tabs.response.rect.height());
                match self.part {
                    Part::Graph => sized_card(ui, size, sizes.card, |ui| self.graph_card_ui(ui)),
                    _ => sized_card(ui, size, sizes.card, |ui| self.timeline_card_ui(ui)),
                }
            }
        }
    }

    /// Shows a tab for each of `parts`.
    fn tabs_ui(&mut self, ui: &mut Ui, parts: &[Part]) {
        let language = self.language;
        ui.spacing_mut().interact_size.y = TABS;
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            ui.spacing_mut().button_padding.y = 1.0;
            let shown = parts.iter().position(|part| *part == self.part);
            let mut stop = TabStop::begin(ui, "tabs", shown);
            for (index, part) in parts.iter().enumerate() {
                let is_shown = index == shown.unwrap_or(0);
                let title = language.text(match part {
                    Part::Stage => "app-stage",
                    Part::Timeline => "app-timeline",
                    Part::Graph => "app-graph",
                });
                let palette = Palette::of(ui);
                let (font, color) = match is_shown {
                    true => (bold_font(14.0), palette.text),
                    false => (font(14.0), palette.weak),
                };
                let face = RichText::new(title.as_ref()).font(font).color(color);
                let button = Button::new(face)
                    .fill(if is_shown {
                        palette.card
                    } else {
                        palette.background
                    })
                    .min_size(vec2(80.0, TABS - 2.0))
                    .sense(stop.sense());
                let tab = ui.add(button);
                tab.widget_info(|| WidgetInfo::selected(Role::Tab, true, is_shown, &*title));
                stop.push(&tab);
                if tab.clicked() {
                    self.actions.push(Action::Show(*part));
                }
            }
            stop.end(ui);
            name_group(ui, Role::TabList, &language.text("app-tabs"));
        });
    }

    /// Draws the stage with its controls.
    fn stage_card_ui(&mut self, ui: &mut Ui) {
        let can_run = self.may_start_from_stage();
        // A run that the stage has started itself has values of its own.
        let is_of_stage = self.demos.chosen().asks_about_shown();
        let kept_back = self.kept_back();
        let mut corner = self.corner_size();
        let area = ui.max_rect();
        // In a narrow card the corner's controls get a line of their own.
        let is_line = corner.x > area.width() * 0.5;
        if is_line {
            ui.add_space(HEIGHT);
            corner = Vec2::ZERO;
        }
        let unguessed = self.unguessed();
        let (demos, session) = (&mut *self.demos, self.session);
        let (scene, stage) = scene::of(demos.chosen_mut(), session, &kept_back, self.now);
        let mut view = scene.run_view(self.language, self.heartbeat, false);
        view.unguessed = unguessed;
        let shown = view.shown;
        if let Some(incident) = shown.and_then(|shown| shown.incident) {
            let right = LEAVE + if is_line { 0.0 } else { corner.x };
            caption_ui(ui, &incident, right, self.language);
            ui.add_space(CAPTION);
            corner = Vec2::ZERO;
        }
        let values = shown
            .filter(|_| !is_of_stage)
            .and_then(|shown| say_other_values(scene.demo, &shown, self.language));
        let wish = ui
            .scope(|ui| {
                ui.set_max_width(area.width() - corner.x);
                // A row is at least as high as a control, which a picture without controls has no use for.
                ui.spacing_mut().interact_size.y = 0.0;
                ui.horizontal_wrapped(|ui| {
                    ui.spacing_mut().interact_size.y = HEIGHT;
                    let wish = stage.controls_ui(ui, &view, can_run);
                    if let Some(values) = values {
                        let text = RichText::new(values).font(font(14.0));
                        let text = text.color(Palette::of(ui).weak);
                        ui.add(Label::new(text).extend());
                    }
                    wish
                })
            })
            .inner;
        if wish.response.rect.height() > HEIGHT / 2.0 {
            // The corner is beside the stage's own controls.
            corner = Vec2::ZERO;
        }
        view.corner = corner;
        stage.stage_ui(ui, &view);
        let moment = shown
            .filter(|_| !scene.shows_twins())
            .map(|shown| Moment::of(&shown, self.language));
        self.actions.extend(wish.inner.map(Action::Stage));
        let corner = self.corner_size().x.min(area.width());
        let corner = Rect::from_min_max(
            pos2(area.right() - corner, area.top()),
            pos2(area.right(), area.top() + HEIGHT),
        );
        self.corner_ui(ui, corner, moment);
    }

    /// Draws the timeline.
    fn timeline_card_ui(&mut self, ui: &mut Ui) {
        let expected = self.expected_of_running();
        let kept_back = self.kept_back();
        let demo = self.demos.chosen_mut();
        let (scene, stage) = scene::of(demo, self.session, &kept_back, self.now);
        let is_download = stage.buttons() == Buttons::Download;
        let marks = scene.frames().filter(|_| is_download).map(|at| Marks {
            name: TrackName::only("window"),
            at,
            clicks: scene.clicks(),
        });
        let shown = scene.snapshot();
        let living = scene.running.map(Running::living);
        let timeline = Timeline {
            shown: shown.as_ref(),
            language: self.language,
            expected,
            marks,
            marked: self.marked,
            living: living.as_deref(),
        };
        let wishes = timeline_ui(ui, &timeline);
        let asked = wishes.into_iter().map(|wish| match wish {
            TimelineAction::Seek(seek) => Action::Seek(seek),
            TimelineAction::Mark(marked) => Action::Mark(marked),
            TimelineAction::Leave => Action::LeaveIncident,
            TimelineAction::Kill(pid) => Action::Kill(pid),
        });
        self.actions.extend(asked);
    }

    /// Draws the timing graph.
    fn graph_card_ui(&mut self, ui: &mut Ui) {
        let kept_back = self.kept_back();
        let demo = self.demos.chosen_mut();
        let (scene, _) = scene::of(demo, self.session, &kept_back, self.now);
        let id = scene.demo.id();
        let comparable = self.session.comparable(id, &scene.demo.params());
        let others = self.session.count(id) - comparable.len();
        let told: Vec<_> = comparable
            .into_iter()
            .filter(|record| kept_back.allows(record))
            .collect();
        let shown = scene.snapshot().filter(|shown| {
            scene.running.is_some() && kept_back.allows_variant(shown.info.variant)
        });
        let runs = Runs {
            comparable: &told,
            live: shown.and_then(|shown| Live::of(&shown, scene.demo)),
            others,
        };
        timing_plot_ui(ui, scene.demo, &runs, self.language);
    }
}

/// Draws the caption of the event that an incident's replay shows into the upper edge of what is left in `ui`, but for
/// `right` points at its end.
fn caption_ui(ui: &mut Ui, incident: &IncidentReplay<'_>, right: f32, language: Language) {
    let palette = Palette::of(ui);
    let area = ui.available_rect_before_wrap();
    let place = Rect::from_min_max(
        area.min,
        pos2(area.right() - right - 8.0, area.top() + CAPTION),
    );
    let mut ui = ui.new_child(UiBuilder::new().max_rect(place));
    ui.spacing_mut().item_spacing.x = 10.0;
    ui.horizontal_centered(|ui| {
        let (count, sentence) = match incident.key_event() {
            Some((count, key_event)) => (count, language.say(&key_event.sentence)),
            None => (0, language.say(&incident.incident.opening)),
        };
        let figures = [
            ("count", Value::from(count as u64)),
            (
                "beats",
                Value::from(incident.incident.key_events.len() as u64),
            ),
        ];
        let count = RichText::new(language.with("app-incident-count", &figures));
        ui.label(count.font(font(15.0)).color(palette.weak));
        let (room, size) = (ui.available_width(), bold_font(20.0));
        let sentence = fitted(ui.painter(), sentence, size, palette.text, room);
        ui.label(sentence);
    });
}

/// Draws a card of exactly this size, edges included.
pub(super) fn sized_card<R>(
    ui: &mut Ui,
    size: Vec2,
    margin: Margin,
    contents: impl FnOnce(&mut Ui) -> R,
) -> R {
    let (rect, _) = ui.allocate_exact_size(size, egui::Sense::hover());
    let frame = card(ui).inner_margin(margin);
    let inside = rect - frame.total_margin();
    ui.painter().add(frame.paint(inside));
    let mut ui = ui.new_child(
        UiBuilder::new()
            .max_rect(inside)
            .layout(Layout::top_down(Align::Min)),
    );
    ui.shrink_clip_rect(rect);
    contents(&mut ui)
}
