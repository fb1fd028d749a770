//! Samples that cannot be true: they become gaps, are counted, and the plan says so.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use eb2eks::snapshot::{EnvironmentKey, Metric};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, FloatType, Int32Type, Int64Type};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;
use serde_json::json;

use super::{noted, planned};
use crate::fleet::Fleet;
use crate::program::Desk;

#[test]
fn percentages_over_100_below_0_and_infinite() {
    let fleet = Fleet::of(2);
    fleet.edit_history(|_, series| {
        if series.metric == Metric::CpuPercent {
            series.samples[10..14].copy_from_slice(&[150.0, -1.0, f32::INFINITY, 100.5]);
        }
    });
    let desk = Desk::new();
    desk.plan(fleet.path(), &[]).assert_planned(0);
    let plan = desk.plan_json();
    assert_eq!(
        noted(&plan, "invalid-samples"),
        ["search-prod", "search-stg"]
    );
    let environment = planned(&plan, "search-prod");
    let instances: u64 = environment["instances_today"]
        .as_object()
        .expect("types")
        .values()
        .filter_map(serde_json::Value::as_u64)
        .sum();
    let evidence = &environment["outcome"]["sizing"]["evidence"]["cpu"];
    assert_eq!(
        evidence["rejected_samples"],
        json!(3 * instances),
        "100.5 is rounding, the others cannot be"
    );
    assert!(evidence["present_samples"].as_u64() < evidence["expected_samples"].as_u64());
}

/// This project writes a gap as null; others write a NaN. Both are gaps.
#[test]
fn a_nan_is_a_gap() {
    let fleet = Fleet::of(1);
    let inventory: serde_json::Value =
        serde_json::from_slice(&fleet.bytes("inventory.json")).expect("JSON");
    let environment = &inventory["environments"][0];
    let text = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
    let key = EnvironmentKey {
        account: text(&environment["account"]),
        region: text(&environment["region"]),
        id: text(&environment["id"]),
    };
    write_with_nans(
        &fleet.file("metrics.parquet"),
        &key,
        &text(&environment["instances"][0]["id"]),
    );
    let desk = Desk::new();
    desk.plan(fleet.path(), &[]).assert_planned(0);
    let plan = desk.plan_json();
    let cpu = &planned(&plan, "search-prod")["outcome"]["sizing"]["evidence"]["cpu"];
    assert_eq!(
        (&cpu["present_samples"], &cpu["rejected_samples"]),
        (&json!(288), &json!(0)),
        "every other sample of two days"
    );
    assert_eq!(
        cpu["mean"].as_u64(),
        cpu["peak"].as_u64(),
        "nothing but 25 % was seen"
    );
}

/// Two days at five minutes of 25 % and NaN by turns, for one instance, as another writer might write them.
fn write_with_nans(path: &Path, key: &EnvironmentKey, instance: &str) {
    let texts = [
        "account",
        "region",
        "environment_id",
        "subject",
        "metric",
        "statistic",
        "source",
        "status",
    ];
    let texts_schema: String = texts
        .iter()
        .map(|name| format!("required binary {name} (STRING); "))
        .collect();
    let schema = format!(
        "message m {{ {texts_schema} required int32 period_seconds; required int64 start (TIMESTAMP(MILLIS,true)); \
         required group values (LIST) {{ repeated group list {{ required float element; }} }} }}"
    );
    let schema = Arc::new(parse_message_type(&schema).expect("a schema"));
    let file = File::create(path).expect("it can be written");
    let mut file = SerializedFileWriter::new(file, schema, Arc::default()).expect("a writer");
    let mut group = file.next_row_group().expect("a row group");
    for text in [
        &key.account,
        &key.region,
        &key.id,
        instance,
        "cpu_percent",
        "average",
        "test",
        "complete",
    ] {
        column::<ByteArrayType>(&mut group, &[ByteArray::from(text)], None);
    }
    column::<Int32Type>(&mut group, &[300], None);
    let start: jiff::Timestamp = "2026-11-13T00:00:00Z".parse().expect("a time");
    column::<Int64Type>(&mut group, &[start.as_millisecond()], None);
    let values: Vec<f32> = (0..576)
        .map(|slot| if slot % 2 == 0 { 25.0 } else { f32::NAN })
        .collect();
    let repetitions: Vec<i16> = (0..576).map(|slot| i16::from(slot > 0)).collect();
    column::<FloatType>(&mut group, &values, Some((&[1; 576], &repetitions)));
    group.close().expect("it can be written");
    file.close().expect("it can be written");
}

/// The next column: its values, and for a list its definition and repetition levels.
fn column<T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, File>,
    values: &[T::T],
    levels: Option<(&[i16], &[i16])>,
) {
    let mut column = group.next_column().expect("a column").expect("another one");
    let (definitions, repetitions) = levels.unzip();
    column
        .typed::<T>()
        .write_batch(values, definitions, repetitions)
        .expect("it can be written");
    column.close().expect("it can be written");
}

/// The notes of which one must speak of little evidence.
fn assert_thin(fleet: &Fleet, names: &[&str]) {
    let desk = Desk::new();
    desk.plan(fleet.path(), &[]);
    let plan = desk.plan_json();
    let told = [noted(&plan, "thin-history"), noted(&plan, "many-gaps")].concat();
    for name in names {
        assert!(told.contains(name), "{name} in {told:?}: {}", plan["notes"]);
    }
}

#[test]
fn a_single_sample_of_each_instance_is_told_as_thin() {
    let fleet = Fleet::lasting(2, 14);
    fleet.edit_history(|_, series| {
        let last = series.samples.len().saturating_sub(1);
        series.samples[..last].fill(f32::NAN);
    });
    assert_thin(&fleet, &["search-prod", "search-stg"]);
}

#[test]
fn thirteen_hours_of_fourteen_days_are_told_as_thin() {
    for from_the_end in [true, false] {
        let fleet = Fleet::lasting(2, 14);
        fleet.edit_history(|_, series| {
            let kept = 13 * 3_600 / series.period_seconds as usize;
            let length = series.samples.len();
            if from_the_end {
                series.samples[..length.saturating_sub(kept)].fill(f32::NAN);
            } else {
                series.samples[kept.min(length)..].fill(f32::NAN);
            }
        });
        assert_thin(&fleet, &["search-prod", "search-stg"]);
    }
}

#[test]
fn requests_that_nobody_has_cost_nothing() {
    let fleet = Fleet::of(2);
    let requests = Metric::from_name("requests");
    let bills = |fleet: &Fleet| {
        let desk = Desk::new();
        desk.plan(fleet.path(), &[]);
        desk.plan_json()["bills"].clone()
    };
    fleet.edit_history(|_, series| {
        if series.metric == requests {
            series.samples[0] = f32::NAN;
        }
    });
    let without = bills(&fleet);
    fleet.edit_history(|_, series| {
        if series.metric == requests {
            series.samples[0] = 3e38;
        }
    });
    assert_eq!(bills(&fleet), without);
}
