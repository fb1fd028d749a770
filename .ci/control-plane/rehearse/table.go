package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Row is what was planned, simulated and seen of one node group.
type Row struct {
	Fleet, Cluster, Version string
	Group                   Group
	// Pods on the group's nodes when all apps have moved, daemons with them.
	Pods int
	// Grown is the number of nodes when all apps have moved, wave by wave, and the autoscaler began with none.
	Grown int
	// Pending counts the pods that find no room if the desired capacity is there before the first wave, Full the nodes
	// when the autoscaler has helped them.
	Pending, Full  int
	Loss           Loss
	Rolling, Alone int
	Preempted      int
	Seconds        int
}

func (r *Rehearsal) rows() []Row {
	var rows []Row
	for _, group := range r.cluster.Groups {
		rows = append(rows, Row{
			Fleet: filepath.Base(r.plan.Folder), Cluster: r.cluster.Name, Version: r.cluster.KubernetesVersion, Group: group,
		})
	}
	return rows
}

func (d Distribution) String() string { return fmt.Sprintf("%d / %d / %d", d.P5, d.P50, d.P95) }

// slack is how far above the simulated 95 % one attempt may lie: of twenty, one does by definition.
func slack(nodes int) int { return max(1, nodes/50) }

// failures says what of it a plan should not have promised. Fewer nodes than were simulated break no promise; the
// table shows them.
func (r Row) failures() []string {
	var failures []string
	of := func(what string, real int, simulated Distribution) {
		if real > simulated.P95+slack(simulated.P95) {
			failures = append(failures, fmt.Sprintf("%s: %s: %d nodes, simulated %s", r.Group.Name, what, real, simulated))
		}
	}
	of("grown", r.Grown, r.Group.Realistic.Grown)
	reals := []struct {
		event string
		nodes int
	}{{"normal", r.Full}, {"rolling_out", r.Rolling}, {"cluster_lost", r.Alone}}
	for _, real := range reals {
		if situation := r.Group.situation(real.event); situation != nil {
			of(real.event, real.nodes, situation.Nodes)
		}
		if real.nodes > r.Group.Max {
			failures = append(failures, fmt.Sprintf("%s: %s: %d nodes, at most %d", r.Group.Name, real.event, real.nodes, r.Group.Max))
		}
	}
	if lost := r.Group.situation("node_lost"); lost != nil && lost.Holds == lost.Nodes.Orders && r.Loss.Waited > 0 {
		failures = append(failures, fmt.Sprintf("%s: production waits after %d of %d lost nodes, and was planned never to", r.Group.Name, r.Loss.Waited, r.Loss.Nodes))
	}
	return failures
}

func (r Row) String() string {
	return fmt.Sprintf("| %s | %s | %s | %s |", r.Fleet, r.Cluster, r.Group.Name, strings.Join(r.cells(), " | "))
}

func (r Row) cells() []string {
	simulated := func(event string) string {
		if situation := r.Group.situation(event); situation != nil {
			return situation.Nodes.String()
		}
		return "-"
	}
	return []string{
		fmt.Sprint(r.Pods), fmt.Sprint(r.Group.Desired), r.Group.Realistic.Grown.String(), fmt.Sprint(r.Grown),
		fmt.Sprint(r.Pending), simulated("normal"), fmt.Sprint(r.Full),
		fmt.Sprintf("%d of %d", r.Loss.Waited, r.Loss.Nodes), fmt.Sprint(r.Group.Max), simulated("rolling_out"), fmt.Sprint(r.Rolling),
		simulated("cluster_lost"), fmt.Sprint(r.Alone), fmt.Sprint(r.Preempted), fmt.Sprint(r.Seconds),
	}
}

const (
	tableBegins = "<!-- rehearsal: begins -->\n"
	tableEnds   = "<!-- rehearsal: ends -->"
)

// keepTable writes the table between its marks.
func keepTable(path string, rows []Row) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	before, rest, begins := strings.Cut(string(text), tableBegins)
	_, after, ends := strings.Cut(rest, tableEnds)
	if !begins || !ends {
		return fmt.Errorf("%s has no marks of the table", path)
	}
	var table strings.Builder
	if len(rows) > 0 {
		fmt.Fprintf(&table, "Seen on %s with Kubernetes %s:\n\n", time.Now().UTC().Format(time.DateOnly), rows[0].Version)
	}
	head := []string{"fleet", "cluster", "group", "pods", "desired", "grown, simulated", "grown, real", "pending at desired", "nodes then, simulated", "real",
		"losses after which production waited", "most", "rolling out, simulated", "real", "other cluster lost, simulated", "real", "preempted", "seconds"}
	fmt.Fprintf(&table, "| %s |\n|%s\n", strings.Join(head, " | "), strings.Repeat(" --- |", len(head)))
	for _, row := range rows {
		fmt.Fprintln(&table, row)
	}
	return os.WriteFile(path, []byte(before+tableBegins+table.String()+tableEnds+after), 0o644)
}
