//! What instance types have beside a CPU: GPUs and other accelerators, which no node has unless it is chosen.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// By family, each row with its source: `karpenter` is the labels `instance-gpu-name` and
/// `instance-accelerator-name` of aws/karpenter-provider-aws, `website/content/en/docs/reference/instance-types.md`
/// (2026-08-21), which its authors make of what EC2 answers; `ec2-api` is `InstanceRequirements.AcceleratorNames` of
/// the EC2 API reference, which still names what has been retired; `family-guide` is what AWS
/// wrote of that family alone (of F2 the AWS EC2 FPGA Development Kit user guide).
const TABLE: &str = include_str!("accelerators.csv");

/// What an instance of this type has beside its CPU: `NVIDIA T4 GPUs` for `g4dn.xlarge`. A family of the letters
/// of accelerated computing that the table does not know yet is told as such.
#[must_use]
pub fn accelerator_of(instance_type: &str) -> Option<&'static str> {
    static BY_FAMILY: LazyLock<BTreeMap<&str, &str>> = LazyLock::new(|| {
        TABLE
            .lines()
            .skip(1)
            .filter_map(|line| {
                let (family, rest) = line.split_once(',')?;
                Some((family, rest.rsplit_once(',')?.0))
            })
            .collect()
    });
    let family = instance_type.split('.').next().unwrap_or_default();
    let stem = family.split(|c: char| c.is_ascii_digit()).next();
    BY_FAMILY.get(family).copied().or_else(|| {
        matches!(
            stem,
            Some("g" | "gr" | "p" | "inf" | "trn" | "dl" | "f" | "vt")
        )
        .then_some("an accelerator")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::InstanceTypes;

    #[test]
    fn a_gpu_is_known_by_the_family_and_a_new_family_by_its_letters() {
        assert_eq!(accelerator_of("g4dn.xlarge"), Some("NVIDIA T4 GPUs"));
        assert_eq!(accelerator_of("p6-b200.48xlarge"), Some("NVIDIA B200 GPUs"));
        assert_eq!(accelerator_of("inf2.xlarge"), Some("AWS Inferentia2 chips"));
        for new in ["g9.xlarge", "p7e.48xlarge", "trn3.2xlarge", "gr9.large"] {
            assert_eq!(accelerator_of(new), Some("an accelerator"), "{new}");
        }
        for plain in [
            "t3.medium",
            "m6gd.large",
            "c6gn.large",
            "x2gd.large",
            "im4gn.large",
            "i4g.large",
            "hpc7g.4xlarge",
            "is4gen.large",
            "mac1.metal",
            "",
            "x9z.large",
        ] {
            assert_eq!(accelerator_of(plain), None, "{plain}");
        }
    }

    #[test]
    fn every_row_has_its_source() {
        for line in TABLE.lines().skip(1) {
            let source = line.rsplit_once(',').expect("three columns").1;
            assert!(
                ["karpenter", "ec2-api", "family-guide"].contains(&source),
                "{line}"
            );
        }
    }

    /// A row that no type of the other table has is a name that was misspelled, or a family that is gone.
    #[test]
    fn families_are_spelled_as_the_instance_types_are() {
        let gone = ["dl1", "f1", "g2", "g3", "g3s", "p2", "p3"];
        for line in TABLE.lines().skip(1) {
            let family = line.split(',').next().unwrap_or_default();
            let is_known = [
                "xlarge", "2xlarge", "4xlarge", "8xlarge", "24xlarge", "48xlarge", "32xlarge",
                "large", "3xlarge", "6xlarge", "16xlarge",
            ]
            .iter()
            .any(|size| {
                InstanceTypes::embedded()
                    .get(&format!("{family}.{size}"))
                    .is_some()
            });
            assert!(is_known || gone.contains(&family), "{family}");
        }
    }
}
