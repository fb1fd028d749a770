use eb2eks::*;
fn main() {
    let t = std::time::Instant::now();
    let s = snapshot::Snapshot::read(std::path::Path::new(&std::env::args().nth(1).unwrap())).unwrap();
    let p = policy::defaults().unwrap();
    let plan = plan::build(&s, &p, &|_| {}).unwrap();
    eprintln!("{:?}", t.elapsed());
    println!("{:?} {:?}", plan.coverage, plan.saving);
    for c in &plan.clusters {
        for g in &c.node_groups {
            println!(
                "{} {} bound {} need {} desired {} ({}) max bound {} need {} max {} ({})",
                c.name,
                g.name,
                g.normal.lower_bound.nodes,
                g.normal.nodes_needed,
                g.desired_capacity,
                g.normal.method,
                g.at_most.lower_bound.nodes,
                g.at_most.nodes_needed,
                g.max_size,
                g.at_most.method
            );
        }
    }
    for e in plan.environments.iter() {
        match &e.outcome {
            plan::Outcome::Planned { kubernetes_name, sizing } => println!(
                "{} {} {:?} {} x{} {:?} days {} over {}/{} <= {}",
                kubernetes_name,
                e.stage,
                e.instances_today,
                sizing.requests,
                sizing.replicas.full_load,
                sizing.flags,
                sizing.evidence.days,
                sizing.evidence.cpu.days_over_request,
                sizing.evidence.cpu.days_observed,
                sizing.evidence.cpu.days_over_request_at_most
            ),
            o => println!("{} {:?}", e.name, o),
        }
    }
    let mut by = std::collections::BTreeMap::new();
    for b in &plan.bills {
        for l in &b.lines {
            let e = by.entry((b.name.clone(), l.item.clone())).or_insert((0, units::Money::ZERO));
            e.0 += 1;
            e.1 += l.amount.unwrap_or_default();
        }
        println!("{} {}", b.name, b.total)
    }
    for (k, v) in by {
        println!("{:?} {} {}", k, v.0, v.1);
    }
}
