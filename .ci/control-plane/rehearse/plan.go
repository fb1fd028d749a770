package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Plan is what of plan.json, and of the files beside it, a rehearsal is held to.
type Plan struct {
	Folder   string
	Clusters []Cluster `json:"clusters"`
	Waves    []Wave    `json:"-"`
}

// Cluster is one of the plan's.
type Cluster struct {
	Name              string     `json:"name"`
	KubernetesVersion string     `json:"kubernetes_version"`
	Workloads         []Workload `json:"workloads"`
	Groups            []Group    `json:"node_groups"`
}

// Workload is an app or an add-on; of an app the name of its Deployment.
type Workload struct {
	Name           string `json:"name"`
	Kind           string `json:"kind"`
	Stage          string `json:"stage"`
	Replicas       int32  `json:"replicas"`
	ReplicasAtMost int32  `json:"replicas_at_most"`
	Surge          int32  `json:"surge"`
}

// Group is a node group with what the plan says of it.
type Group struct {
	Name      string `json:"name"`
	Desired   int    `json:"desired_capacity"`
	Max       int    `json:"max_size"`
	Realistic struct {
		Grown      Distribution `json:"grown"`
		Situations []Situation  `json:"situations"`
	} `json:"realistic"`
}

// Distribution is a simulated number of nodes.
type Distribution struct {
	P5, P50, P95, Orders int
}

// Situation is what the simulation says of an event at the desired capacity.
type Situation struct {
	Event string       `json:"event"`
	Holds int          `json:"holds"`
	Nodes Distribution `json:"nodes"`
}

func (g Group) situation(event string) *Situation {
	for at := range g.Realistic.Situations {
		if g.Realistic.Situations[at].Event == event {
			return &g.Realistic.Situations[at]
		}
	}
	return nil
}

// Wave is what moves together.
type Wave struct {
	Number int
	Apps   []App
}

// App is a row of apps/names.csv.
type App struct {
	Name, Namespace, Folder string
	Clusters                []string
}

// readPlan reads the output folder of `eb2eks plan`.
func readPlan(folder string) (*Plan, error) {
	plan := &Plan{Folder: folder}
	bytes, err := os.ReadFile(filepath.Join(folder, "plan.json"))
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(bytes, plan); err != nil {
		return nil, fmt.Errorf("%s/plan.json: %w", folder, err)
	}
	file, err := os.Open(filepath.Join(folder, "apps/names.csv"))
	if err != nil {
		return nil, err
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s/apps/names.csv: %w", folder, err)
	}
	column := map[string]int{}
	for at, name := range rows[0] {
		column[name] = at
	}
	byNumber := map[int]*Wave{}
	most := 0
	for _, row := range rows[1:] {
		number, err := strconv.Atoi(row[column["wave"]])
		if err != nil {
			return nil, fmt.Errorf("%s/apps/names.csv: %w", folder, err)
		}
		if byNumber[number] == nil {
			byNumber[number] = &Wave{Number: number}
		}
		most = max(most, number)
		byNumber[number].Apps = append(byNumber[number].Apps, App{
			Name: row[column["kubernetes_name"]], Namespace: row[column["namespace"]], Folder: row[column["folder"]],
			Clusters: strings.Fields(row[column["clusters"]]),
		})
	}
	for number := range most + 1 {
		if wave := byNumber[number]; wave != nil {
			plan.Waves = append(plan.Waves, *wave)
		}
	}
	return plan, nil
}
