//! CPU and memory as Kubernetes counts them.

use std::borrow::Cow;
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul};
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize};

/// Why a text is not a Kubernetes quantity that this tool accepts.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParseQuantityError {
    /// Not `250m`, `2` or `1.5`.
    #[error(
        "\"{0}\" is not a CPU quantity; allowed are millicores (250m) and cores (2, 1.5), up to 10000 cores"
    )]
    Cpu(String),
    /// Not `384Mi`, `2Gi` or a plain number of bytes.
    #[error(
        "\"{0}\" is not a memory quantity; allowed are bytes (1048576), Ki, Mi and Gi (384Mi), up to 32768Gi"
    )]
    Memory(String),
}

/// Thousandths of a CPU: what EKS calls a vCPU (one hyperthread, or one core on Graviton) is 1000.
///
/// In JSON a plain integer, in a policy the Kubernetes spelling.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Millicores(pub u64);

impl Millicores {
    /// The most that can be asked for: more than any machine has, and far from where sums overflow.
    const MOST: Self = Self(10_000_000);

    /// The smallest whole number of millicores that is not below `cores`.
    /// Negative and non-finite inputs are zero: the callers have dropped them as gaps before.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "float-to-int casts saturate; the sign was checked"
    )]
    pub fn from_cores_rounded_up(cores: f64) -> Self {
        // Samples are single-precision: 30 % of 2 vCPUs is 0.60000002 cores, which is 600m and not 601m.
        const NOISE_MILLICORES: f64 = 0.01;
        if cores.is_finite() && cores > 0.0 {
            Self((cores * 1000.0 - NOISE_MILLICORES).ceil() as u64)
        } else {
            Self(0)
        }
    }

    /// As cores, for people and for arithmetic with measured utilisation.
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        reason = "2^53 millicores are more than any fleet has"
    )]
    pub fn cores(self) -> f64 {
        self.0 as f64 / 1000.0
    }
}

impl fmt::Display for Millicores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}m", self.0)
    }
}

impl FromStr for Millicores {
    type Err = ParseQuantityError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || ParseQuantityError::Cpu(text.to_owned());
        let cpu = if let Some(millis) = text.strip_suffix('m') {
            millis.parse().map(Self).ok()
        } else {
            text.parse()
                .ok()
                .filter(|cores: &f64| cores.is_finite() && *cores >= 0.0)
                .map(Self::from_cores_rounded_up)
        };
        cpu.filter(|cpu| *cpu <= Self::MOST).ok_or_else(wrong)
    }
}

/// Bytes of memory or disk. Shown in `Mi` where that is exact, else in bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Bytes(pub u64);

impl Bytes {
    const KIBI: u64 = 1 << 10;
    const MEBI: u64 = 1 << 20;
    const GIBI: u64 = 1 << 30;
    /// The most that can be asked for: more than any machine has, and far from where sums overflow.
    const MOST: Self = Self(Self::GIBI << 15);

    /// `mebibytes` x 2^20.
    #[must_use]
    pub const fn from_mebibytes(mebibytes: u64) -> Self {
        Self(mebibytes * Self::MEBI)
    }

    /// For people: rounded down, as what a node offers is rarely round.
    #[must_use]
    pub const fn in_whole_mebibytes(self) -> Self {
        Self(self.0 - self.0 % Self::MEBI)
    }

    /// `gibibytes` x 2^30.
    #[must_use]
    pub const fn from_gibibytes(gibibytes: u64) -> Self {
        Self(gibibytes * Self::GIBI)
    }

    /// The smallest whole number of bytes that is not below `bytes`; negative and non-finite inputs are zero.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "float-to-int casts saturate; the sign was checked"
    )]
    pub fn from_f64_rounded_up(bytes: f64) -> Self {
        if bytes.is_finite() && bytes > 0.0 {
            Self(bytes.ceil() as u64)
        } else {
            Self(0)
        }
    }

    /// For arithmetic with measured utilisation.
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        reason = "2^53 bytes are 8 PiB, more than any fleet has"
    )]
    pub fn as_f64(self) -> f64 {
        self.0 as f64
    }

    /// As GiB, for people.
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        reason = "2^53 bytes are 8 PiB, more than any fleet has"
    )]
    pub fn gibibytes(self) -> f64 {
        self.0 as f64 / Self::GIBI as f64
    }
}

impl fmt::Display for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_multiple_of(Self::MEBI) {
            write!(f, "{}Mi", self.0 / Self::MEBI)
        } else {
            write!(f, "{}", self.0)
        }
    }
}

impl FromStr for Bytes {
    type Err = ParseQuantityError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (digits, unit) = [("Ki", Self::KIBI), ("Mi", Self::MEBI), ("Gi", Self::GIBI)]
            .into_iter()
            .find_map(|(suffix, unit)| text.strip_suffix(suffix).map(|digits| (digits, unit)))
            .unwrap_or((text, 1));
        digits
            .parse::<u64>()
            .ok()
            .and_then(|count| count.checked_mul(unit))
            .map(Self)
            .filter(|bytes| *bytes <= Self::MOST)
            .ok_or_else(|| ParseQuantityError::Memory(text.to_owned()))
    }
}

/// Reads a quantity from its Kubernetes spelling (policies) or from the plain integer that plan.json holds.
macro_rules! deserialize_quantity {
    ($type:ident, $expected:literal) => {
        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Visitor;
                impl serde::de::Visitor<'_> for Visitor {
                    type Value = $type;
                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str($expected)
                    }
                    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<$type, E> {
                        text.parse().map_err(E::custom)
                    }
                    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<$type, E> {
                        Ok($type(value))
                    }
                }
                deserializer.deserialize_any(Visitor)
            }
        }
    };
}
deserialize_quantity!(Millicores, "a CPU quantity such as \"250m\"");
deserialize_quantity!(Bytes, "a memory quantity such as \"384Mi\"");

/// What is written: a plain integer, though a policy may spell it as Kubernetes does.
macro_rules! quantity_schema {
    ($type:ident, $description:literal) => {
        impl JsonSchema for $type {
            fn schema_name() -> Cow<'static, str> {
                stringify!($type).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "description": $description, "type": "integer", "minimum": 0 })
            }
        }
    };
}
quantity_schema!(Millicores, "Thousandths of a CPU.");
quantity_schema!(Bytes, "Bytes of memory or disk.");

/// What both quantities can do.
macro_rules! quantity {
    ($($type:ident),*) => {$(
        impl $type {
            /// This much less, or nothing.
            #[must_use]
            pub const fn saturating_sub(self, other: Self) -> Self {
                Self(self.0.saturating_sub(other.0))
            }

            /// The next multiple of `step`; a step of zero changes nothing.
            #[must_use]
            pub const fn rounded_up_to(self, step: Self) -> Self {
                if step.0 == 0 { self } else { Self(self.0.div_ceil(step.0) * step.0) }
            }
        }
        impl Add for $type {
            type Output = Self;
            fn add(self, other: Self) -> Self {
                Self(self.0 + other.0)
            }
        }
        impl AddAssign for $type {
            fn add_assign(&mut self, other: Self) {
                self.0 += other.0;
            }
        }
        impl Mul<u32> for $type {
            type Output = Self;
            fn mul(self, count: u32) -> Self {
                Self(self.0 * u64::from(count))
            }
        }
        impl Sum for $type {
            fn sum<I: Iterator<Item = Self>>(parts: I) -> Self {
                parts.fold(Self::default(), |sum, part| sum + part)
            }
        }
    )*};
}
quantity!(Millicores, Bytes);

/// What a pod asks for, or what a node offers: the two resources the scheduler packs by.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
pub struct Resources {
    /// CPU in thousandths of a vCPU.
    #[serde(rename = "cpu_millicores")]
    pub cpu: Millicores,
    /// In bytes, so that no unit is lost on the way through JSON.
    #[serde(rename = "memory_bytes")]
    pub memory: Bytes,
}

impl Resources {
    /// Whether this much fits into `room`, in both dimensions.
    #[must_use]
    pub fn fits(self, room: Self) -> bool {
        self.cpu <= room.cpu && self.memory <= room.memory
    }

    /// CPU and memory as shares of `whole`, in millionths: integers, so that they can be compared and
    /// sorted by. IEEE division gives every machine the same ones.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "float-to-int casts saturate; quantities are not negative"
    )]
    pub fn millionths_of(self, whole: Self) -> (u64, u64) {
        let cpu = self.cpu.cores() / whole.cpu.cores().max(0.001);
        let memory = self.memory.as_f64() / whole.memory.as_f64().max(1.0);
        ((cpu * 1e6) as u64, (memory * 1e6) as u64)
    }

    /// The larger of the two shares of `whole`, in millionths.
    #[must_use]
    pub fn dominant_millionths_of(self, whole: Self) -> u64 {
        let (cpu, memory) = self.millionths_of(whole);
        cpu.max(memory)
    }

    /// That share of each, rounded down.
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share of a node's resources, which are few and not negative"
    )]
    pub fn share(self, share: f64) -> Self {
        let of = |whole: u64| (whole as f64 * share).floor() as u64;
        Self {
            cpu: Millicores(of(self.cpu.0)),
            memory: Bytes(of(self.memory.0)),
        }
    }

    /// What is left of `self` after `other`; a dimension that is exhausted is zero.
    #[must_use]
    pub const fn saturating_sub(self, other: Self) -> Self {
        Self {
            cpu: self.cpu.saturating_sub(other.cpu),
            memory: self.memory.saturating_sub(other.memory),
        }
    }
}

impl Add for Resources {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self {
            cpu: self.cpu + other.cpu,
            memory: self.memory + other.memory,
        }
    }
}

impl AddAssign for Resources {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Mul<u32> for Resources {
    type Output = Self;
    fn mul(self, count: u32) -> Self {
        Self {
            cpu: self.cpu * count,
            memory: self.memory * count,
        }
    }
}

impl Sum for Resources {
    fn sum<I: Iterator<Item = Self>>(parts: I) -> Self {
        parts.fold(Self::default(), |sum, part| sum + part)
    }
}

impl fmt::Display for Resources {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} CPU, {} memory",
            self.cpu,
            self.memory.in_whole_mebibytes()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cores_round_up_but_not_past_binary_noise() {
        assert_eq!(
            Millicores::from_cores_rounded_up(0.1 + 0.2),
            Millicores(300)
        );
        assert_eq!(
            Millicores::from_cores_rounded_up(f64::from(0.6_f32)),
            Millicores(600)
        );
        assert_eq!(Millicores::from_cores_rounded_up(0.3001), Millicores(301));
        assert_eq!(Millicores::from_cores_rounded_up(-1.0), Millicores(0));
        assert_eq!(Millicores::from_cores_rounded_up(f64::NAN), Millicores(0));
    }

    #[test]
    fn quantities_are_spelled_as_kubernetes_spells_them() {
        assert_eq!("250m".parse(), Ok(Millicores(250)));
        assert_eq!("1.5".parse(), Ok(Millicores(1500)));
        assert_eq!(
            "384Mi".parse::<Bytes>().map(|b| b.to_string()),
            Ok("384Mi".to_owned())
        );
        assert_eq!("1Gi".parse(), Ok(Bytes(1 << 30)));
        assert!("384MB".parse::<Bytes>().is_err());
        assert!("-1".parse::<Millicores>().is_err());
        assert!(
            "99999999999Gi".parse::<Bytes>().is_err(),
            "an overflow is an error, not a small number"
        );
    }

    #[test]
    fn fitting_needs_both_dimensions() {
        let room = Resources {
            cpu: Millicores(100),
            memory: Bytes(100),
        };
        assert!(room.fits(room));
        assert!(
            !Resources {
                cpu: Millicores(101),
                ..room
            }
            .fits(room)
        );
        assert!(
            !Resources {
                memory: Bytes(101),
                ..room
            }
            .fits(room)
        );
    }
}
