//! Today's bill beside what AWS charged.

use super::{billed, environment, today, usages, usd};
use crate::price::{BillExport, Category, Reconciliation, reconcile};
use crate::snapshot::Environment;
use crate::wording::text;

const HEADER: &str = "ChargePeriodStart,ChargePeriodEnd,EffectiveCost,ListCost,ChargeCategory,BillingCurrency,ServiceName,ResourceId,Tags,x_UsageType,PricingQuantity,SubAccountId\n";

/// A month of 730 hours is 30 days and 10 hours.
const MONTH: &str = "2026-10-01T00:00:00Z,2026-10-31T10:00:00Z";

fn reconciled(rows: &[&str]) -> Reconciliation {
    let text = format!(
        "{HEADER}{}",
        rows.iter()
            .map(|row| format!("{MONTH},{row}\n"))
            .collect::<String>()
    );
    let export = BillExport::read("focus.csv", &text).expect("an export");
    let environments: [Environment; 1] = [environment("shop", &[("m5.large", 2)])];
    let usages = usages(&environments);
    reconcile(
        &today(&environments),
        &billed(&environments, &usages),
        &export,
    )
}

#[test]
fn the_difference_is_explained_by_hours_prices_and_discounts() {
    // Estimate: 1,460 h = 181.04. Charged: 1,000 h at a list price of 0.12 = 120.00, after discounts 90.00.
    let whole = reconciled(&[
        "90.00,120.00,Usage,USD,Amazon Elastic Compute Cloud,arn:aws:ec2:ap-northeast-1:111122223333:instance/i-shop-m5.large-0,,APN1-BoxUsage:m5.large,1000,111122223333",
        "12.00,12.00,Tax,USD,Amazon Elastic Compute Cloud,,,,,111122223333",
        "5.00,5.00,Usage,USD,Amazon Simple Storage Service,bucket,,APN1-TimedStorage-ByteHrs,5,111122223333",
    ]);
    let row = whole
        .rows
        .iter()
        .find(|row| row.category == Category::Machines)
        .expect("machines");
    assert_eq!(
        [row.estimate, row.bill, row.difference],
        ["181.04", "90.00", "91.04"].map(usd)
    );
    // 460 of 1,460 hours more: 57.04; 30.00 of discounts; 4.00 because the list price is another.
    assert_eq!(
        [row.by_quantity, row.by_discount, row.by_price],
        ["57.04", "30.00", "4.00"].map(usd)
    );
    assert_eq!(row.why, "the estimate has 1460 hours, the bill 1000");
    let volumes = whole
        .rows
        .iter()
        .find(|row| row.category == Category::Volumes)
        .expect("volumes");
    assert_eq!((volumes.bill, volumes.by_price), (usd("0.00"), usd("3.84")));
    assert_eq!(
        (whole.estimate, whole.bill, whole.difference),
        (usd("184.88"), usd("90.00"), usd("94.88"))
    );
    let [(what, charged)] = &whole.not_attributed[..] else {
        panic!("{:?}", whole.not_attributed)
    };
    assert_eq!(
        (what.to_string().as_str(), *charged),
        (
            "no line stands for it, of no environment that was seen",
            usd("5.00")
        )
    );
    assert_eq!(whole.other, [(text!("charge-tax"), usd("12.00"))]);
}

#[test]
fn beanstalks_tag_names_the_environment_and_the_account_tells_two_of_a_name_apart() {
    let tags = "\"{\"\"aws:elasticbeanstalk:environment-name\"\":\"\"shop\"\"}\"";
    let row = |account: &str| {
        format!(
            "3.84,3.84,Usage,USD,Amazon Elastic Compute Cloud,vol-1,{tags},APN1-EBS:VolumeUsage.gp3,40,{account}"
        )
    };
    let bill = |account: &str| {
        let whole = reconciled(&[&row(account)]);
        whole
            .rows
            .iter()
            .find(|row| row.category == Category::Volumes)
            .expect("volumes")
            .bill
    };
    assert_eq!(bill("111122223333"), usd("3.84"));
    assert_eq!(
        bill("999999999999"),
        usd("0.00"),
        "another account's environment of that name"
    );
}

#[test]
fn a_week_is_scaled_to_a_month() {
    let text = format!(
        "{HEADER}2026-10-01T00:00:00Z,2026-10-08T00:00:00Z,16.80,16.80,Usage,USD,Amazon Elastic Compute Cloud,i-shop-m5.large-0,,APN1-BoxUsage:m5.large,168,111122223333\n"
    );
    let export = BillExport::read("focus.csv", &text).expect("an export");
    let environments = [environment("shop", &[("m5.large", 2)])];
    let usages = usages(&environments);
    let whole = reconcile(
        &today(&environments),
        &billed(&environments, &usages),
        &export,
    );
    assert_eq!(whole.rows[0].bill, usd("73.00"));
}
