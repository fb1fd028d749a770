//! The price list of one region, as AWS writes it: documents in a document, texts for numbers, and beside each
//! product others that look like it.

use serde_json::{Value, json};

/// The answer to a GetProducts: what fits its filters, the balancers' in two pages.
pub(crate) fn answer(body: &[u8]) -> Vec<u8> {
    let asked: Value = serde_json::from_slice(body).expect("the request is JSON");
    assert_eq!(asked["FormatVersion"], "aws_v1");
    let filter = |field: &str| {
        let all = asked["Filters"].as_array().expect("filters");
        all.iter()
            .find(|filter| filter["Field"] == field)
            .map(|filter| filter["Value"].as_str().expect("a text").to_owned())
    };
    assert_eq!(filter("regionCode").as_deref(), Some("ap-northeast-1"));
    let family = filter("productFamily").unwrap_or_default();
    let products = match asked["ServiceCode"].as_str().expect("a service") {
        "AmazonEC2" if family == "NAT Gateway" => vec![product(
            "NG1",
            "APN1-NatGateway-Bytes",
            &family,
            &[("GB", "0", "0.0620000000")],
        )],
        "AmazonEC2" => match (filter("instanceType"), filter("volumeApiName")) {
            (Some(instance_type), _) => vec![machine(
                &instance_type,
                &filter("operatingSystem").expect("a system"),
            )],
            (None, Some(kind)) => disks(&kind),
            _ => panic!("everything of EC2 was asked for"),
        },
        "AWSELB" => return paged(&asked, &family),
        "AmazonVPC" => vec![
            product(
                "IP1",
                "APN1-PublicIPv4:InUseAddress",
                "",
                &[("Hrs", "0", "0.0050000000")],
            ),
            product(
                "IP2",
                "APN1-PublicIPv4:IdleAddress",
                "",
                &[("Hrs", "0", "0.0050000000")],
            ),
            product(
                "IP3",
                "APN1-PublicIPv4:ContiguousBlock",
                "",
                &[("Hrs", "0", "0.0080000000")],
            ),
        ],
        "AmazonCloudWatch" => match family.as_str() {
            "Metric" => {
                let steps = [
                    ("Metrics", "0", "0.3000000000"),
                    ("Metrics", "10000", "0.1000000000"),
                ];
                vec![product(
                    "CW1",
                    "APN1-CW:MetricMonitorUsage",
                    &family,
                    &steps,
                )]
            }
            "Data Payload" => vec![
                product(
                    "CW2",
                    "APN1-DataProcessing-Bytes",
                    &family,
                    &[("GB", "0", "0.7600000000")],
                ),
                product(
                    "CW3",
                    "APN1-DataProcessingIA-Bytes",
                    &family,
                    &[("GB", "0", "0.3800000000")],
                ),
            ],
            _ => vec![product(
                "CW4",
                "APN1-TimedStorage-ByteHrs",
                &family,
                &[("GB-Mo", "0", "0.0330000000")],
            )],
        },
        "AmazonEKS" => match filter("usagetype")
            .expect("a usage type")
            .strip_prefix("EKS-Auto:")
        {
            Some(usage) => vec![product(
                "EK3",
                &format!("APN1-EKS-Auto:{usage}"),
                "Compute",
                &[("Hours", "0", "0.0513600000")],
            )],
            None => vec![
                product(
                    "EK1",
                    "APN1-AmazonEKS-Hours:perCluster",
                    "Compute",
                    &[("Hours", "0", "0.1000000000")],
                ),
                product(
                    "EK2",
                    "APN1-AmazonEKS-Hours:extendedSupport",
                    "Compute",
                    &[("Hours", "0", "0.5000000000")],
                ),
            ],
        },
        other => panic!("{other} is no service that a plan needs prices of"),
    };
    listed(&products, None)
}

/// One page.
pub(crate) fn listed(products: &[Value], next: Option<&str>) -> Vec<u8> {
    let documents: Vec<String> = products.iter().map(ToString::to_string).collect();
    json!({"FormatVersion": "aws_v1", "PriceList": documents, "NextToken": next})
        .to_string()
        .into_bytes()
}

fn paged(asked: &Value, family: &str) -> Vec<u8> {
    match asked.get("NextToken").and_then(Value::as_str) {
        None => {
            let decoys = [
                "TS-LoadBalancerUsage",
                "Outposts-LoadBalancerUsage",
                "ReservedLCUUsage",
            ]
            .map(|usage| {
                product(
                    "LB0",
                    &format!("APN1-{usage}"),
                    family,
                    &[("Hrs", "0", "9.0000000000")],
                )
            });
            listed(&decoys, Some("page two"))
        }
        Some(token) => {
            assert_eq!(token, "page two");
            listed(
                &[
                    product(
                        "LB1",
                        "APN1-LoadBalancerUsage",
                        family,
                        &[("Hrs", "0", "0.0243000000")],
                    ),
                    product(
                        "LB2",
                        "APN1-LCUUsage",
                        family,
                        &[("LCU-Hrs", "0", "0.0080000000")],
                    ),
                    product(
                        "LB3",
                        "APN1-DataProcessing-Bytes",
                        family,
                        &[("GB", "0", "0.0080000000")],
                    ),
                ],
                None,
            )
        }
    }
}

/// 0.428 for a c5.2xlarge, and for every other type; of Windows 0.796; a year of it for 0.3077.
fn machine(instance_type: &str, system: &str) -> Value {
    let usd = if system == "Windows" {
        "0.7960000000"
    } else {
        "0.4280000000"
    };
    let mut machine = product(
        "EC1",
        &format!("APN1-BoxUsage:{instance_type}"),
        "Compute Instance",
        &[("Hrs", "0", usd)],
    );
    machine["product"]["attributes"]["instanceType"] = json!(instance_type);
    machine["product"]["attributes"]["operatingSystem"] = json!(system);
    let year = |class: &str, paid: &str, usd: &str| {
        json!({"effectiveDate": "2025-01-01T00:00:00Z", "offerTermCode": "X",
            "termAttributes": {"LeaseContractLength": "1yr", "OfferingClass": class, "PurchaseOption": paid},
            "priceDimensions": {"X.Y": {"unit": "Hrs", "description": "d", "appliesTo": [], "pricePerUnit": {"USD": usd}}}})
    };
    machine["terms"]["Reserved"] = json!({"a": year("standard", "No Upfront", "0.3077000000"), "b": year("convertible", "No Upfront", "0.3539000000")});
    machine
}

fn disks(kind: &str) -> Vec<Value> {
    let ending = match kind {
        "io1" => ".piops".to_owned(),
        "standard" => String::new(),
        _ => format!(".{kind}"),
    };
    let usage = |what: &str| format!("APN1-EBS:{what}{ending}");
    vec![
        product(
            "EB1",
            &usage("VolumeUsage"),
            "Storage",
            &[("GB-Mo", "0", "0.0960000000")],
        ),
        product(
            "EB2",
            &usage("VolumeP-IOPS"),
            "System Operation",
            &[("IOPS-Mo", "0", "0.0060000000")],
        ),
        product(
            "EB3",
            &usage("VolumeP-Throughput"),
            "Provisioned Throughput",
            &[("GiBps-mo", "0", "49.1520000000")],
        ),
    ]
}

/// `steps`: unit, first quantity, price.
pub(crate) fn product(sku: &str, usage: &str, family: &str, steps: &[(&str, &str, &str)]) -> Value {
    let dimensions: serde_json::Map<String, Value> = steps
        .iter()
        .enumerate()
        .map(|(number, (unit, begin, usd))| {
            let step = json!({"unit": unit, "beginRange": begin, "endRange": "Inf", "description": "d", "appliesTo": [],
                "rateCode": "r", "pricePerUnit": {"USD": usd}});
            (format!("{sku}.{number}"), step)
        })
        .collect();
    json!({
        "product": {"sku": sku, "productFamily": family, "attributes": {"usagetype": usage, "regionCode": "ap-northeast-1", "servicename": "s"}},
        "serviceCode": "s", "version": "20260825000000", "publicationDate": "2026-08-25T01:02:03Z",
        "terms": {"OnDemand": {"O": {"sku": sku, "effectiveDate": "2026-08-01T00:00:00Z", "offerTermCode": "JRTCKXETXF",
            "termAttributes": {}, "priceDimensions": dimensions}}},
    })
}
