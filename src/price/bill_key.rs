//! Which bill is meant: a type and no name, so that nobody looks one up by a text.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::wording::{Text, text};

/// The kinds of things that one could do, each with its name in plan.json and its title.
macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $name:literal, $title:expr;)*) => {
        /// What one could do; one of each kind is compared.
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
        )]
        #[serde(rename_all = "snake_case")]
        pub enum AlternativeKind {
            $($(#[$doc])* #[serde(rename = $name)] $kind,)*
        }

        impl AlternativeKind {
            /// Every kind, in the order in which they are told.
            pub const ALL: &[Self] = &[$(Self::$kind),*];

            /// Its name in plan.json: `ecs_fargate`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$kind => $name,)* }
            }

            /// A few words for a table.
            #[must_use]
            pub fn title(self) -> Text {
                match self { $(Self::$kind => $title,)* }
            }
        }
    };
}

kinds! {
    /// Everything stays as it is.
    AsIs = "as_is", text!("bill-today");
    /// Beanstalk on the cheapest instances that hold what each app needs.
    RightSized = "right_sized", text!("bill-right-sized");
    /// The plan: the clusters, nodes and balancers of the policy.
    AsAsked = "as_asked", text!("bill-after");
    /// The plan on its first cluster alone.
    OneCluster = "one_cluster", text!("bill-one-cluster");
    /// Beanstalk's own Cluster Mode.
    ClusterMode = "cluster_mode", text!("bill-cluster-mode");
    /// The plan, with Windows left on Beanstalk.
    WindowsStays = "windows_stays", text!("bill-windows-stays");
    /// The plan in EKS Auto Mode.
    AutoMode = "auto_mode", text!("bill-auto-mode");
    /// Amazon ECS on Fargate.
    EcsFargate = "ecs_fargate", text!("bill-ecs-fargate");
    /// Amazon ECS on instances.
    EcsEc2 = "ecs_ec2", text!("bill-ecs-ec2");
    /// The cheapest plan found that survives the loss of a node.
    EksNode = "eks_node", text!("bill-eks-node");
    /// That of a node and of a zone.
    EksZone = "eks_zone", text!("bill-eks-zone");
    /// That of a node and of a cluster.
    EksCluster = "eks_cluster", text!("bill-eks-cluster");
    /// That of each of the three.
    EksAll = "eks_all", text!("bill-eks-all");
    /// The cheapest plan found that survives what the policy asks for, with images for Graviton.
    EksGraviton = "eks_graviton", text!("bill-eks-graviton");
}

/// Which bill of a plan: `today`, `after`, or one of an alternative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum BillKey {
    /// Of something that one could do, at list prices. That of [`AlternativeKind::AsIs`] is `today`, that of
    /// [`AlternativeKind::AsAsked`] is `after`.
    Of(AlternativeKind),
    /// What terms and spot take off that bill.
    TermsOf(AlternativeKind),
    /// What commitments change of that bill.
    CommitmentsOf(AlternativeKind),
    /// What the move costs once.
    Move,
}

/// A text that names no bill.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" names no bill; bills are called today, after, right_sized and so on")]
pub struct BillKeyError(String);

impl BillKey {
    /// What is paid today.
    pub const TODAY: Self = Self::Of(AlternativeKind::AsIs);
    /// What the plan costs.
    pub const AFTER: Self = Self::Of(AlternativeKind::AsAsked);

    /// What readers call it.
    #[must_use]
    pub fn title(self) -> Text {
        match self {
            Self::Of(kind) => kind.title(),
            Self::TermsOf(kind) => text!("bill-terms", bill = Self::Of(kind).title()),
            Self::CommitmentsOf(kind) => text!("bill-commitments", bill = Self::Of(kind).title()),
            Self::Move => text!("bill-move"),
        }
    }
}

/// As plan.json and bills.csv have it: `today`, `after`, `right_sized`, `after, terms`, `the move`.
impl fmt::Display for BillKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            &Self::TODAY => f.pad("today"),
            &Self::AFTER => f.pad("after"),
            Self::Of(kind) => f.pad(kind.name()),
            Self::TermsOf(kind) => f.pad(&format!("{}, terms", Self::Of(*kind))),
            Self::CommitmentsOf(kind) => f.pad(&format!("{}, commitments", Self::Of(*kind))),
            Self::Move => f.pad("the move"),
        }
    }
}

impl FromStr for BillKey {
    type Err = BillKeyError;

    fn from_str(text: &str) -> Result<Self, BillKeyError> {
        let of_kinds = AlternativeKind::ALL.iter().flat_map(|&kind| {
            [
                Self::Of(kind),
                Self::TermsOf(kind),
                Self::CommitmentsOf(kind),
            ]
        });
        of_kinds
            .chain([Self::Move])
            .find(|key| key.to_string() == text)
            .ok_or_else(|| BillKeyError(text.to_owned()))
    }
}

impl Serialize for BillKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for BillKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

impl JsonSchema for BillKey {
    fn schema_name() -> Cow<'static, str> {
        "BillKey".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "description": "today, after, or the kind of an alternative; \", terms\" and \", commitments\" behind it name what those change" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_read_as_it_is_written() {
        for &kind in AlternativeKind::ALL {
            for key in [
                BillKey::Of(kind),
                BillKey::TermsOf(kind),
                BillKey::CommitmentsOf(kind),
            ] {
                assert_eq!(key.to_string().parse(), Ok(key));
            }
        }
        assert_eq!("the move".parse(), Ok(BillKey::Move));
        assert!("tomorrow".parse::<BillKey>().is_err());
        assert_eq!(BillKey::TODAY.to_string(), "today");
        assert_eq!(
            BillKey::TermsOf(AlternativeKind::AsAsked).to_string(),
            "after, terms"
        );
    }
}
