package main

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

// definitionsList says which modules have the definitions of the custom resources, one a line: module@version, and a
// pattern of files in it.
//
//go:embed definitions.txt
var definitionsList string

// definitions gives the CustomResourceDefinitions of the projects, from their modules, whose sums Go checks.
func definitions() ([]*unstructured.Unstructured, error) {
	var objects []*unstructured.Unstructured
	for _, line := range strings.Split(definitionsList, "\n") {
		fields := strings.Fields(line)
		if len(fields) != 2 || strings.HasPrefix(line, "#") {
			continue
		}
		folder, err := moduleFolder(fields[0])
		if err != nil {
			return nil, err
		}
		found, err := readObjects(filepath.Join(folder, fields[1]))
		if err != nil {
			return nil, err
		}
		if len(found) == 0 {
			return nil, fmt.Errorf("%s has no %s", fields[0], fields[1])
		}
		for _, object := range found {
			if object.GetKind() == "CustomResourceDefinition" {
				objects = append(objects, object)
			}
		}
	}
	return objects, nil
}

func moduleFolder(module string) (string, error) {
	command := exec.Command("go", "mod", "download", "-json", module)
	command.Dir = os.TempDir()
	var stdout, stderr bytes.Buffer
	command.Stdout, command.Stderr = &stdout, &stderr
	if err := command.Run(); err != nil {
		return "", fmt.Errorf("go mod download %s: %w: %s%s", module, err, stdout.String(), stderr.String())
	}
	var downloaded struct{ Dir string }
	if err := json.Unmarshal(stdout.Bytes(), &downloaded); err != nil {
		return "", err
	}
	return downloaded.Dir, nil
}

// define gives the server the definitions, and waits until it serves them.
func define(ctx context.Context, applier *Applier, definitions []*unstructured.Unstructured) error {
	resource := schema.GroupVersionResource{Group: "apiextensions.k8s.io", Version: "v1", Resource: "customresourcedefinitions"}
	client := applier.client.Resource(resource)
	for _, definition := range definitions {
		definition = definition.DeepCopy()
		// A webhook that converts older versions is not there, and none is asked for.
		unstructured.RemoveNestedField(definition.Object, "spec", "conversion")
		unstructured.RemoveNestedField(definition.Object, "status")
		if _, err := client.Create(ctx, definition, metav1.CreateOptions{}); err != nil {
			return fmt.Errorf("definition of %s: %w", definition.GetName(), err)
		}
	}
	for start := time.Now(); ; time.Sleep(100 * time.Millisecond) {
		list, err := client.List(ctx, metav1.ListOptions{})
		if err != nil {
			return err
		}
		established := 0
		for _, item := range list.Items {
			conditions, _, _ := unstructured.NestedSlice(item.Object, "status", "conditions")
			for _, condition := range conditions {
				if condition, is := condition.(map[string]any); is && condition["type"] == "Established" && condition["status"] == "True" {
					established++
				}
			}
		}
		if established == len(definitions) {
			applier.mapper.Reset()
			return nil
		}
		if time.Since(start) > time.Minute {
			return fmt.Errorf("%d of %d definitions are established after a minute", established, len(definitions))
		}
	}
}
