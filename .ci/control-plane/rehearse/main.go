// Command rehearse puts plans on a real control plane of their Kubernetes version and says what it made of them:
//
//	rehearse -servers BINARY [-table FILE -kept FILE] PLAN_FOLDER…
//
// Everything that a plan has for a cluster is applied in the order of the walk, strictly; nodes without machines stand
// for the node groups; kube-scheduler places every pod. What the server refuses or warns of, a pod that stays pending
// where the plan has room for it, and a number of nodes outside what was simulated are failures.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"github.com/go-logr/logr"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/klog/v2"
)

func main() {
	servers := flag.String("servers", "", "the binary of etcd, kube-apiserver, kube-controller-manager and kube-scheduler")
	kept := flag.String("table", "", "a Markdown file whose table between its marks is written anew")
	only := flag.Bool("apply-only", false, "apply everything and place nothing")
	flag.Parse()
	// What clients say when their server is stopped is no finding.
	klog.SetLogger(logr.Discard())
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	rows, failures, err := rehearse(ctx, *servers, flag.Args(), *only)
	if err == nil && *kept != "" {
		err = keepTable(*kept, rows)
	}
	for _, failure := range failures {
		fmt.Fprintln(os.Stderr, "rehearse:", failure)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "rehearse:", err)
	}
	if err != nil || len(failures) > 0 {
		os.Exit(1)
	}
}

func rehearse(ctx context.Context, servers string, folders []string, only bool) (rows []Row, failures []string, err error) {
	crds, err := definitions()
	if err != nil {
		return nil, nil, err
	}
	for _, folder := range folders {
		plan, err := readPlan(folder)
		if err != nil {
			return rows, failures, err
		}
		for _, cluster := range plan.Clusters {
			found, wrong, err := rehearseCluster(ctx, servers, crds, plan, cluster, only)
			rows, failures = append(rows, found...), append(failures, wrong...)
			if err != nil {
				return rows, failures, fmt.Errorf("%s, %s: %w", filepath.Base(folder), cluster.Name, err)
			}
		}
	}
	return rows, failures, nil
}

func rehearseCluster(ctx context.Context, servers string, crds []*unstructured.Unstructured, plan *Plan, cluster Cluster, only bool) ([]Row, []string, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	watch := newStopwatch()
	plane, err := startControlPlane(ctx, servers)
	if err != nil {
		return nil, nil, err
	}
	defer plane.Stop()
	r, err := newRehearsal(ctx, plan, cluster, plane)
	if err != nil {
		return nil, nil, err
	}
	if err := define(ctx, r.applier, crds); err != nil {
		return nil, nil, err
	}
	if err := r.applier.seesMistakes(ctx); err != nil {
		return nil, nil, err
	}
	watch.lap("start")
	rows, err := r.run(ctx, watch, only)
	name := filepath.Base(plan.Folder) + ", " + cluster.Name
	fmt.Printf("%s: the server took %d objects and refused or warned of %d; %s\n", name, r.applier.Taken, len(r.applier.Refused), watch)
	failures := r.applier.Refused
	for _, row := range rows {
		fmt.Println(row)
		failures = append(failures, row.failures()...)
	}
	for at := range failures {
		failures[at] = name + ": " + failures[at]
	}
	return rows, failures, err
}

// run does everything that there is to be seen of one cluster.
func (r *Rehearsal) run(ctx context.Context, watch *Stopwatch, only bool) ([]Row, error) {
	if err := r.takePlatform(ctx); err != nil {
		return nil, err
	}
	if !only {
		// Add-ons are there before any app.
		if err := r.grow(ctx); err != nil {
			return nil, err
		}
	}
	for _, wave := range r.plan.Waves {
		if err := r.takeWave(ctx, wave); err != nil {
			return nil, err
		}
		if !only {
			if err := r.grow(ctx); err != nil {
				return nil, fmt.Errorf("wave %d: %w", wave.Number, err)
			}
		}
	}
	watch.lap("waves")
	if only {
		return nil, nil
	}
	rows := r.rows()
	set := func(of func(row *Row, group string)) {
		for at := range rows {
			of(&rows[at], rows[at].Group.Name)
		}
	}
	grown := r.counts()
	set(func(row *Row, group string) { row.Grown = grown[group]; row.Pods = r.podsIn(group) })
	if err := r.reset(ctx); err != nil {
		return rows, err
	}
	for _, wave := range r.plan.Waves {
		for _, app := range wave.Apps {
			if _, is := r.deployments[app.Name]; is {
				if err := r.scale(ctx, app.Name, r.workload(app.Name).Replicas); err != nil {
					return rows, err
				}
			}
		}
		if _, err := r.machines.settle(ctx); err != nil {
			return rows, fmt.Errorf("wave %d on the desired capacity: %w", wave.Number, err)
		}
	}
	pending, err := r.machines.settle(ctx)
	if err != nil {
		return rows, err
	}
	for _, pod := range pending {
		set(func(row *Row, group string) {
			if r.groupOf(pod) == group {
				row.Pending++
			}
		})
	}
	if err := r.grow(ctx); err != nil {
		return rows, err
	}
	full := r.counts()
	set(func(row *Row, group string) { row.Full = full[group] })
	watch.lap("desired")
	losses, err := r.loseNodes(ctx)
	if err != nil {
		return rows, err
	}
	set(func(row *Row, group string) { row.Loss = losses[group] })
	watch.lap("losses")
	rolling, err := r.rollOut(ctx)
	if err != nil {
		return rows, fmt.Errorf("rolling out: %w", err)
	}
	set(func(row *Row, group string) { row.Rolling = rolling[group] })
	watch.lap("rollouts")
	alone, err := r.standAlone(ctx)
	if err != nil {
		return rows, fmt.Errorf("the other cluster lost: %w", err)
	}
	preempted := r.preemptions(ctx)
	set(func(row *Row, group string) { row.Alone, row.Preempted = alone[group], preempted })
	watch.lap("alone")
	set(func(row *Row, _ string) { row.Seconds = watch.total() })
	return rows, nil
}

func (r *Rehearsal) podsIn(group string) int {
	count := 0
	for _, pod := range r.machines.allPods() {
		if node, err := r.machines.nodes.Get(pod.Spec.NodeName); err == nil && node.Labels[groupLabel] == group {
			count++
		}
	}
	return count
}

// Stopwatch tells how long each part took.
type Stopwatch struct {
	start, last time.Time
	laps        string
}

func newStopwatch() *Stopwatch { return &Stopwatch{start: time.Now(), last: time.Now()} }

func (s *Stopwatch) lap(name string) {
	now := time.Now()
	s.laps += fmt.Sprintf("%s %.0f s, ", name, now.Sub(s.last).Seconds())
	s.last = now
}

func (s *Stopwatch) total() int { return int(time.Since(s.start).Seconds()) }

func (s *Stopwatch) String() string { return fmt.Sprintf("%stogether %d s", s.laps, s.total()) }
