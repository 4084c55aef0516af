//! The menu on a lane while its run goes on: it kills a process, or says why a thread can't be killed.

use std::collections::HashSet;

use egui::accesskit::Role;
use egui::{Button, CursorIcon, Popup, Rect, Response, ScrollArea, Sense, Stroke, Ui, WidgetInfo};

use super::Layout;
use crate::lab::demo::value::Value;
use crate::lab::trace::event::TrackKind;
use crate::lab::trace::log::TrackLog;
use crate::text::Language;
use crate::widgets::look::palette::Palette;
use crate::widgets::stage::Snapshot;
use crate::widgets::timeline::words::{block_name, name, name_and_pid};

/// Width of a menu's text, in points.
const WIDTH: f32 = 300.0;
/// Greatest height of a list of processes, in points; a longer list is scrolled.
const LIST: f32 = 340.0;

/// Puts buttons that open the lane's menu over the painted names of lanes, which begin at `left`. Returns the one of
/// the `living` processes that was chosen to be killed.
pub fn lane_menus_ui(
    ui: &mut Ui,
    layout: &Layout<'_>,
    left: f32,
    shown: &Snapshot<'_>,
    living: &[u32],
    language: Language,
) -> Option<u32> {
    let all = shown.log.tracks();
    let mut chosen = None;
    let open_id = ui.scope_id().with("open_lane_menu");
    let before: Option<Open> = ui.data_mut(|data| data.remove_temp(open_id));
    for block in &layout.blocks {
        let first = layout.row(block, 0);
        let bottom = first.top() + block.height();
        let place = Rect::from_min_max(egui::pos2(left, first.top()), first.left_bottom())
            .with_max_y(bottom);
        // The id is the track's, not the lane's: new lanes come in between, and the focus must stay with its track.
        // An open menu stays as it was, though its lane may share a row with others by now.
        let of_block = || Open {
            first: block.tracks.first().copied().unwrap_or_default(),
            tracks: block.tracks.clone(),
        };
        let open = before
            .clone()
            .filter(|open| block.tracks.contains(&open.first));
        let menu_of = open.unwrap_or_else(of_block);
        let id = ui.scope_id().with(("lane", menu_of.first));
        let button = ui
            .interact(place, id, Sense::click())
            .on_hover_cursor(CursorIcon::PointingHand);
        let title = block_name(block, all, language, false);
        button.widget_info(|| WidgetInfo::labeled(Role::Button, true, &title));
        if button.hovered() {
            let stroke = Stroke::new(1.5, Palette::of(ui).text);
            let inside = egui::StrokeKind::Inside;
            ui.painter().rect_stroke(place, 3.0, stroke, inside);
        }
        let tracks = || menu_of.tracks.iter().filter_map(|&track| all.get(track));
        let killed = menu(&button, |ui| {
            if let &[only] = &menu_of.tracks[..] {
                text_ui(ui, &name_and_pid(&all[only].info, language));
            }
            let killed = processes_ui(ui, tracks(), living, language);
            if tracks().any(|track| track.info.kind == TrackKind::Thread) {
                text_ui(ui, &language.text("kill-thread"));
            } else if !tracks().any(|track| living.contains(&track.info.pid)) {
                text_ui(ui, &language.text("kill-ended"));
            }
            killed
        });
        chosen = chosen.or(killed);
        if Popup::is_id_open(ui.ctx(), Popup::default_response_id(&button)) {
            ui.data_mut(|data| data.insert_temp(open_id, menu_of));
        }
    }
    chosen
}

/// The menu that is open: its lane's tracks at the time when it was opened.
#[derive(Clone, Default)]
struct Open {
    first: usize,
    tracks: Vec<usize>,
}

/// A menu below a button that offers all living processes of a run. Returns the one that was chosen to be killed.
pub fn kill_menu(
    button: &Response,
    tracks: &[TrackLog],
    living: &[u32],
    language: Language,
) -> Option<u32> {
    menu(button, |ui| {
        processes_ui(ui, tracks.iter(), living, language)
    })
}

fn menu(button: &Response, content: impl FnOnce(&mut Ui) -> Option<u32>) -> Option<u32> {
    let shown = Popup::menu(button).show(|ui| {
        ui.set_width(WIDTH);
        let killed = content(ui);
        if killed.is_some() {
            ui.close();
        }
        killed
    });
    shown?.inner
}

/// Shows text laid out as elsewhere: a menu's own layout would stretch its lines.
fn text_ui(ui: &mut Ui, text: &str) {
    ui.vertical(|ui| ui.label(text));
}

/// Shows a button for each living process.
fn processes_ui<'log>(
    ui: &mut Ui,
    tracks: impl Iterator<Item = &'log TrackLog>,
    living: &[u32],
    language: Language,
) -> Option<u32> {
    let living: HashSet<u32> = living.iter().copied().collect();
    let processes: Vec<&TrackLog> = tracks
        .filter(|track| track.info.kind == TrackKind::Process && living.contains(&track.info.pid))
        .collect();
    if processes.is_empty() {
        return None;
    }
    let height = ui.spacing().interact_size.y;
    let mut killed = None;
    ScrollArea::vertical()
        .max_height(LIST)
        .show_rows(ui, height, processes.len(), |ui, rows| {
            for track in &processes[rows] {
                let process = Value::Word(name(&track.info.name, language));
                let face = language.with("kill-process", &[("process", process)]);
                let pid = name_and_pid(&track.info, language);
                if ui.add(Button::new(face)).on_hover_text(pid).clicked() {
                    killed = Some(track.info.pid);
                }
            }
        });
    killed
}
