//! The integration tests, one binary so that they are linked once.

#[cfg(feature = "aws")]
mod doctor;
