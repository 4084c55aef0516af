//! The spotlight: a large disc around the pointer stays bright, all else is darkened.

use egui::epaint::{Mesh, Vertex, WHITE_UV};
use egui::{Color32, Context, LayerId, Order, Pos2, Rect, Shape, vec2};

/// Radius of the bright disc, as a share of the window's height.
const RADIUS: f32 = 0.24;
/// Width of its soft edge, as a share of its radius.
const SOFT: f32 = 0.25;
/// How dark all else is, of 255.
const DARKNESS: u8 = 165;
/// Corners of the disc's outline.
const CORNERS: u32 = 64;

/// Darkens the window but for a disc around the pointer. It is one mesh over all, which costs the renderer one pass.
pub fn paint(ctx: &Context) {
    let area = ctx.content_rect();
    let center = ctx.pointer_hover_pos().unwrap_or(area.center());
    let layer = LayerId::new(Order::Debug, egui::Id::unique("spotlight"));
    let shape = Shape::mesh(mesh(area, center, area.height() * RADIUS));
    ctx.layer_painter(layer).add(shape);
}

/// A ring from the disc's edge to beyond the window's corners, clear inside.
fn mesh(area: Rect, center: Pos2, radius: f32) -> Mesh {
    let dark = Color32::from_black_alpha(DARKNESS);
    let outer = radius * (1.0 + SOFT);
    let beyond = area.size().length() * 1.1 + outer;
    let rings = [
        (radius, Color32::TRANSPARENT),
        (outer, dark),
        (beyond, dark),
    ];
    let mut mesh = Mesh::default();
    for corner in 0..CORNERS {
        let angle = corner as f32 / CORNERS as f32 * std::f32::consts::TAU;
        let direction = vec2(angle.cos(), angle.sin());
        for (distance, color) in rings {
            mesh.vertices.push(Vertex {
                pos: center + direction * distance,
                uv: WHITE_UV,
                color,
            });
        }
    }
    let per_corner = rings.len() as u32;
    for corner in 0..CORNERS {
        let (here, next) = (corner * per_corner, (corner + 1) % CORNERS * per_corner);
        for ring in 0..per_corner - 1 {
            mesh.add_triangle(here + ring, here + ring + 1, next + ring);
            mesh.add_triangle(next + ring, here + ring + 1, next + ring + 1);
        }
    }
    mesh
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_disc_is_clear_and_the_corners_are_covered() {
        let area = Rect::from_min_size(Pos2::ZERO, vec2(480.0, 270.0));
        // With the pointer in a corner, the opposite corner is still within the ring.
        let mesh = mesh(area, area.min, 60.0);
        let distance = |vertex: &Vertex| vertex.pos.distance(area.min);
        for vertex in &mesh.vertices {
            let is_clear = vertex.color == Color32::TRANSPARENT;
            assert_eq!(is_clear, distance(vertex) < 61.0);
        }
        let far = area.max.distance(area.min);
        // The outline is a polygon, so its sides are nearer to the centre than its corners.
        let side = (std::f32::consts::PI / CORNERS as f32).cos();
        assert!(
            mesh.vertices
                .iter()
                .any(|vertex| distance(vertex) * side > far)
        );
    }
}
