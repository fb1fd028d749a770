//! DescribeInstanceTypes: the machines behind the names.

use aws_sdk_ec2::types::InstanceType;

use super::super::call_error::{CallError, CallResult};
use super::super::clients::RegionClients;
use super::pages;
use crate::snapshot::MachineType;

/// Names that a call takes.
const TYPES_OF_CALL: usize = 100;

/// Said where a type is not offered here, or no more.
const UNKNOWN: [&str; 1] = ["InvalidInstanceType"];

/// `names` that the region knows.
pub(in crate::collect) async fn read(
    clients: &RegionClients,
    names: &[String],
) -> CallResult<Vec<MachineType>> {
    let mut all = Vec::new();
    for chunk in names.chunks(TYPES_OF_CALL) {
        match ask(clients, chunk).await {
            Ok(types) => all.extend(types),
            // One name that is not known here fails the whole call: then one by one.
            Err(refused) if refused.is_called(&UNKNOWN) => {
                for name in chunk {
                    match ask(clients, std::slice::from_ref(name)).await {
                        Ok(types) => all.extend(types),
                        Err(refused) if refused.is_called(&UNKNOWN) => {}
                        Err(refused) => return Err(refused),
                    }
                }
            }
            Err(refused) => return Err(refused),
        }
    }
    all.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(all)
}

async fn ask(clients: &RegionClients, names: &[String]) -> CallResult<Vec<MachineType>> {
    let names: Vec<InstanceType> = names
        .iter()
        .map(|name| InstanceType::from(name.as_str()))
        .collect();
    let names = &names;
    pages::all("DescribeInstanceTypes", |token| async move {
        let answer = clients
            .ec2
            .describe_instance_types()
            .set_instance_types(Some(names.clone()))
            .set_next_token(token)
            .send()
            .await;
        let answer = answer.map_err(|error| CallError::of(&error, &clients.region))?;
        let types = pages::listed("DescribeInstanceTypes", answer.instance_types)?;
        Ok((
            types.iter().filter_map(machine).collect(),
            answer.next_token,
        ))
    })
    .await
}

fn machine(found: &aws_sdk_ec2::types::InstanceTypeInfo) -> Option<MachineType> {
    let network = found.network_info();
    let count = |number: Option<i32>| number.and_then(|number| u32::try_from(number).ok());
    Some(MachineType {
        name: found.instance_type()?.as_str().to_owned(),
        vcpus: count(found.v_cpu_info()?.default_v_cpus())?,
        memory_mib: u64::try_from(found.memory_info()?.size_in_mib()?).ok()?,
        architectures: found.processor_info().map_or_else(Vec::new, |processor| {
            processor
                .supported_architectures()
                .iter()
                .map(|kind| kind.as_str().to_owned())
                .collect()
        }),
        network_interfaces: count(network.and_then(|network| network.maximum_network_interfaces())),
        ipv4_per_interface: count(
            network.and_then(|network| network.ipv4_addresses_per_interface()),
        ),
    })
}
