//! Tests of the panels without a display. A member of its own, so that the tests of the lab build without egui.
