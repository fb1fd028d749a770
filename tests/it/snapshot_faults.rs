//! Damaged, foreign and odd snapshots: an error that names the file, or a documented reading of it;
//! never a panic.

#![expect(
    clippy::disallowed_methods,
    reason = "the tests damage files on purpose"
)]

use std::fs;
use std::path::Path;
use std::sync::Arc;

use eb2eks::sample::{self, Recipe};
use eb2eks::snapshot::{
    EnvironmentKey, Metric, Series, SeriesStatus, Snapshot, SnapshotError, Subject, write_metrics,
};
use serde_json::Value;
use tempfile::TempDir;

/// A small sound snapshot, without the checksums that would tell every change at once.
fn sound() -> TempDir {
    let folder = sealed();
    edit(folder.path(), "manifest.json", |manifest| {
        manifest
            .as_object_mut()
            .expect("an object")
            .remove("checksums");
    });
    folder
}

/// As it is written.
fn sealed() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    sample::write_snapshot(
        &Recipe {
            environments: 2,
            days: 1,
            ..Recipe::default()
        },
        folder.path(),
    )
    .expect("it can be written");
    folder
}

/// Reads everything that a plan would read.
fn read(folder: &Path) -> Result<Vec<(EnvironmentKey, Vec<Series>)>, SnapshotError> {
    let snapshot = Snapshot::read(folder)?;
    let history = snapshot.history.summarise(|_, series| series, &|_| ())?;
    Ok(history.into_iter().collect())
}

fn message(folder: &Path) -> String {
    read(folder)
        .map(|_| ())
        .expect_err("it must be refused")
        .to_string()
}

fn edit(folder: &Path, name: &str, change: impl FnOnce(&mut Value)) {
    let path = folder.join(name);
    let mut value =
        serde_json::from_slice(&fs::read(&path).expect("it is there")).expect("it is JSON");
    change(&mut value);
    fs::write(&path, serde_json::to_vec(&value).expect("it is JSON")).expect("it can be written");
}

#[test]
fn each_missing_file_is_named() {
    for name in ["manifest.json", "inventory.json", "metrics.parquet"] {
        let folder = sound();
        fs::remove_file(folder.path().join(name)).expect("it was there");
        let message = message(folder.path());
        assert!(
            message.contains(name) && message.contains("hint:"),
            "{message}"
        );
    }
    assert!(message(Path::new("/nowhere/at/all")).contains("manifest.json"));
}

#[test]
fn truncated_json_is_refused_wherever_it_ends() {
    for name in ["manifest.json", "inventory.json"] {
        let folder = sound();
        let path = folder.path().join(name);
        let whole = fs::read(&path).expect("it is there");
        for share in [0, 1, 10, 50, 90, 99] {
            fs::write(&path, &whole[..whole.len() * share / 100]).expect("it can be written");
            let message = message(folder.path());
            assert!(
                message.contains(name) && message.contains("line"),
                "{message}"
            );
        }
    }
}

#[test]
fn a_truncated_history_is_refused_wherever_it_ends() {
    let folder = sound();
    let path = folder.path().join("metrics.parquet");
    let whole = fs::read(&path).expect("it is there");
    let near_the_end = whole.len().saturating_sub(64)..whole.len();
    for length in (0..whole.len())
        .step_by(97)
        .chain(0..16)
        .chain(near_the_end)
    {
        fs::write(&path, &whole[..length]).expect("it can be written");
        let error = read(folder.path()).expect_err("it must be refused");
        assert!(
            matches!(error, SnapshotError::History { .. }),
            "{length} bytes: {error}"
        );
    }
}

#[test]
fn a_history_with_a_hole_is_refused() {
    let folder = sound();
    let path = folder.path().join("metrics.parquet");
    let whole = fs::read(&path).expect("it is there");
    for hole in [4..600, 1000..1001, whole.len() / 2..whole.len() / 2 + 512] {
        let mut bytes = whole.clone();
        bytes.drain(hole.clone());
        fs::write(&path, &bytes).expect("it can be written");
        assert!(
            matches!(read(folder.path()), Err(SnapshotError::History { .. })),
            "{hole:?}"
        );
    }
}

#[test]
fn a_flipped_byte_never_panics() {
    let folder = sound();
    let path = folder.path().join("metrics.parquet");
    let whole = fs::read(&path).expect("it is there");
    for position in (0..whole.len())
        .step_by(31)
        .chain(whole.len().saturating_sub(300)..whole.len())
    {
        for flip in [0xff, 0x01, 0x80] {
            let mut bytes = whole.clone();
            bytes[position] ^= flip;
            fs::write(&path, &bytes).expect("it can be written");
            // Without checksums some flips go unnoticed; what counts is that none of them is a crash.
            match read(folder.path()) {
                Ok(_) | Err(SnapshotError::History { .. }) => {}
                Err(other) => panic!("byte {position}: {other}"),
            }
        }
    }
}

#[test]
fn another_format_is_named_before_anything_else_is_looked_at() {
    let folder = sound();
    fs::write(
        folder.path().join("manifest.json"),
        r#"{"format": "eb2eks-snapshot/2", "all": "else differs"}"#,
    )
    .expect("written");
    let message = message(folder.path());
    assert!(
        message.contains("\"eb2eks-snapshot/2\"") && message.contains("\"eb2eks-snapshot/1\""),
        "{message}"
    );
}

#[test]
fn an_empty_window_is_refused() {
    let folder = sound();
    edit(folder.path(), "manifest.json", |manifest| {
        manifest["window"]["start"] = manifest["window"]["end"].clone()
    });
    assert!(message(folder.path()).contains("window"));
}

#[test]
fn nothing_but_terminated_environments_is_an_empty_fleet() {
    let folder = sound();
    edit(folder.path(), "inventory.json", |inventory| {
        for environment in inventory["environments"].as_array_mut().expect("a list") {
            environment["status"] = "Terminated".into();
        }
    });
    assert!(matches!(read(folder.path()), Err(SnapshotError::Empty)));
    edit(folder.path(), "inventory.json", |inventory| {
        inventory["environments"] = Value::Array(Vec::new())
    });
    assert!(matches!(read(folder.path()), Err(SnapshotError::Empty)));
}

#[test]
fn an_environment_twice_is_refused_by_id_and_by_name_but_not_if_one_is_gone() {
    let again = |change: fn(&mut Value)| {
        let folder = sound();
        edit(folder.path(), "inventory.json", |inventory| {
            let environments = inventory["environments"].as_array_mut().expect("a list");
            let mut copy = environments[0].clone();
            change(&mut copy);
            environments.push(copy);
        });
        folder
    };
    for folder in [
        again(|_| ()),
        again(|copy| copy["id"] = "e-another000".into()),
        again(|copy| copy["name"] = "another-prod".into()),
    ] {
        let message = message(folder.path());
        assert!(
            message.contains("search-prod") || message.contains("another-prod"),
            "{message}"
        );
        assert!(message.contains("2 times"), "{message}");
    }
    let gone = again(|copy| {
        copy["id"] = "e-another000".into();
        copy["status"] = "Terminated".into();
    });
    assert!(
        read(gone.path()).is_ok(),
        "a rebuilt environment keeps its name"
    );
    let elsewhere = again(|copy| copy["region"] = "us-east-1".into());
    assert!(
        read(elsewhere.path()).is_ok(),
        "names are unique within a region"
    );
}

#[test]
fn fields_of_a_later_version_are_ignored_and_optional_ones_may_be_absent() {
    let folder = sound();
    edit(folder.path(), "manifest.json", |manifest| {
        manifest["invented_later"] = 1.into()
    });
    edit(folder.path(), "inventory.json", |inventory| {
        inventory.as_object_mut().expect("an object").remove("vpcs");
        inventory["environments"][0]["invented_later"] = "x".into();
        for name in [
            "health",
            "cname",
            "tags",
            "auto_scaling_group",
            "load_balancers",
            "queues",
            "root_volume_gib",
            "option_settings",
        ] {
            inventory["environments"][0]
                .as_object_mut()
                .expect("an object")
                .remove(name);
        }
    });
    assert_eq!(
        read(folder.path()).map(|history| history.len()).ok(),
        Some(2)
    );
}

/// The key of an environment that is in the history only.
fn stranger() -> EnvironmentKey {
    EnvironmentKey {
        account: "111122223333".to_owned(),
        region: "ap-northeast-1".to_owned(),
        id: "e-stranger00".to_owned(),
    }
}

fn series(subject: &str, samples: &[f32]) -> Series {
    Series {
        subject: Subject::from_text(subject),
        metric: Metric::CpuPercent,
        statistic: "average".to_owned(),
        period_seconds: 300,
        start: "2026-11-14T00:00:00Z".parse().expect("a time"),
        source: "test".to_owned(),
        status: SeriesStatus("complete".to_owned()),
        samples: samples.to_vec(),
        rejected: 0,
    }
}

fn with_history(rows: Vec<(EnvironmentKey, Series)>) -> TempDir {
    let folder = sound();
    write_metrics(&folder.path().join("metrics.parquet"), rows).expect("it can be written");
    folder
}

#[test]
fn samples_that_cannot_be_true_are_gaps_and_counted() {
    let odd = [50.0, -1.0, 101.5, f32::INFINITY, f32::NAN, 100.4, -0.0];
    let history =
        read(with_history(vec![(stranger(), series("i-1", &odd))]).path()).expect("it can be read");
    let read = &history[0].1[0];
    assert_eq!(read.rejected, 3);
    let present: Vec<(usize, f32)> = read.present().collect();
    assert_eq!(present, [(0, 50.0), (5, 100.0), (6, 0.0)]);
    assert!(present[2].1.is_sign_positive());
}

#[test]
fn empty_and_wholly_absent_series_come_back_as_they_are() {
    let rows = vec![
        (stranger(), series("i-1", &[])),
        (stranger(), series("i-2", &[f32::NAN; 3])),
        (stranger(), series("i-3", &[1.0])),
    ];
    let history = read(with_history(rows).path()).expect("it can be read");
    let lengths: Vec<(usize, usize)> = history[0]
        .1
        .iter()
        .map(|series| (series.samples.len(), series.present().count()))
        .collect();
    assert_eq!(lengths, [(0, 0), (3, 0), (1, 1)]);
}

#[test]
fn a_history_without_rows_is_a_fleet_without_history() {
    assert_eq!(
        read(with_history(Vec::new()).path())
            .map(|history| history.len())
            .ok(),
        Some(0)
    );
}

#[test]
fn a_series_that_stands_twice_is_refused_but_two_sources_are_two_series() {
    let twice = with_history(vec![
        (stranger(), series("i-1", &[1.0])),
        (stranger(), series("i-1", &[2.0])),
    ]);
    let message = message(twice.path());
    assert!(
        message.contains("cpu_percent of i-1") && message.contains("twice"),
        "{message}"
    );
    let other = Series {
        source: "another agent".to_owned(),
        ..series("i-1", &[2.0])
    };
    assert!(
        read(
            with_history(vec![
                (stranger(), series("i-1", &[1.0])),
                (stranger(), other)
            ])
            .path()
        )
        .is_ok()
    );
}

#[test]
fn an_environment_may_straddle_row_groups() {
    let rows: Vec<_> = (0..150)
        .map(|number| {
            (
                stranger(),
                series(&format!("i-{number:03}"), &[1.0, f32::NAN]),
            )
        })
        .collect();
    let history = read(with_history(rows).path()).expect("it can be read");
    assert_eq!((history.len(), history[0].1.len()), (1, 150));
}

#[test]
fn a_period_of_nothing_is_refused() {
    let odd = Series {
        period_seconds: 0,
        ..series("i-1", &[1.0])
    };
    assert!(message(with_history(vec![(stranger(), odd)]).path()).contains("period of 0 seconds"));
}

/// A Parquet file without rows, of a shape that this format does not have.
fn with_shape(shape: &str) -> TempDir {
    let folder = sound();
    let schema = Arc::new(parquet::schema::parser::parse_message_type(shape).expect("a schema"));
    let file = fs::File::create(folder.path().join("metrics.parquet")).expect("it can be written");
    let writer = parquet::file::writer::SerializedFileWriter::new(file, schema, Arc::default())
        .expect("a writer");
    writer.close().expect("it can be written");
    folder
}

#[test]
fn a_column_that_is_missing_or_of_another_type_is_named() {
    let without = message(with_shape("message m { required binary account (STRING); }").path());
    assert!(
        without.contains("metrics.parquet") && without.contains("column \"start\" is missing"),
        "{without}"
    );
    let plain = message(with_shape("message m { required int64 start; }").path());
    assert!(
        plain.contains("column \"start\" is no timestamp"),
        "{plain}"
    );
    let scalar = message(
        with_shape(
            "message m { required int64 start (TIMESTAMP(MICROS,true)); required float values; }",
        )
        .path(),
    );
    assert!(scalar.contains("column \"values\" is no list"), "{scalar}");
    let wide = "message m { required int64 start (TIMESTAMP(NANOS,true)); \
                required group values (LIST) { repeated group list { optional double element; } } }";
    assert!(message(with_shape(wide).path()).contains("column \"values\" is DOUBLE, not FLOAT"));
}

/// A single bit, in each file: noise in memory, on a disk, on a wire.
#[test]
fn no_flipped_bit_makes_another_snapshot() {
    let folder = sealed();
    let whole = ["manifest.json", "inventory.json", "metrics.parquet"].map(|name| {
        (
            name,
            fs::read(folder.path().join(name)).expect("it is there"),
        )
    });
    let sound = Snapshot::read(folder.path()).expect("it is sound");
    for (name, bytes) in &whole {
        for flip in 0..120 {
            let (position, bit) = (flip * bytes.len() / 120, flip % 8);
            let mut changed = bytes.clone();
            changed[position] ^= 1 << bit;
            fs::write(folder.path().join(name), &changed).expect("it can be written");
            // A blank in a manifest may become another one, and the name of the field with the sums may suffer.
            if let Ok(read) = Snapshot::read(folder.path()) {
                assert!(
                    *name == "manifest.json"
                        && (&read.manifest, &read.inventory) == (&sound.manifest, &sound.inventory),
                    "bit {bit} of byte {position} of {name}"
                );
            }
        }
        fs::write(folder.path().join(name), bytes).expect("it can be written");
    }
    assert!(Snapshot::read(folder.path()).is_ok());
}

#[test]
fn an_edited_file_is_named_and_read_once_the_checksums_are_gone() {
    let folder = sealed();
    edit(folder.path(), "inventory.json", |inventory| {
        inventory["environments"][0]["health"] = "Grey".into();
    });
    let said = message(folder.path());
    assert!(
        said.contains("inventory.json") && said.contains("\"checksums\"") && said.contains("hint:"),
        "{said}"
    );
    edit(folder.path(), "manifest.json", |manifest| {
        manifest
            .as_object_mut()
            .expect("an object")
            .remove("checksums");
    });
    assert!(read(folder.path()).is_ok());
}

/// Zeros compress to nothing: such a file is small, and its samples would fill any machine.
#[test]
fn a_series_longer_than_the_window_is_refused_before_its_samples_are_made() {
    let long = Series {
        samples: vec![0.0; 3_000_000],
        ..series("i-1", &[])
    };
    let folder = with_history(vec![(stranger(), long)]);
    let path = folder.path().join("metrics.parquet");
    assert!(fs::metadata(&path).expect("a file").len() < 100_000);
    let said = message(folder.path());
    assert!(
        said.contains("metrics.parquet") && said.contains("more values than the"),
        "{said}"
    );
    // Beside honest ones, whose time it may not borrow.
    let rows = (0..60).map(|number| (stranger(), series(&format!("i-{number}"), &[1.0])));
    let little = Series {
        samples: vec![0.0; 700],
        ..series("i-x", &[])
    };
    let folder = with_history(rows.chain([(stranger(), little)]).collect());
    let said = message(folder.path());
    assert!(
        said.contains("cpu_percent of i-x has 700 samples of 300 s"),
        "{said}"
    );
}

#[test]
fn a_day_that_cannot_be_today_is_refused() {
    for day in [
        "0001-01-01T00:00:00Z",
        "2010-12-31T23:59:59Z",
        "2100-01-01T00:00:00Z",
        "9999-01-01T00:00:00Z",
    ] {
        let folder = sound();
        edit(folder.path(), "manifest.json", |manifest| {
            manifest["collected_at"] = day.into();
        });
        let said = message(folder.path());
        assert!(said.contains(day) && said.contains("hint:"), "{said}");
    }
}
