//! The parts of the page that share a place where points lack.

/// A part of the page that shares its place with others where points lack.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Part {
    /// The demo's picture.
    #[default]
    Stage,
    /// The timeline.
    Timeline,
    /// The timing graph.
    Graph,
}
