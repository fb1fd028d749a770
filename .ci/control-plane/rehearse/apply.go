package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/discovery"
	"k8s.io/client-go/discovery/cached/memory"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/restmapper"
)

// Applier hands objects to the server as `kubectl apply --server-side --validate=strict` does, one after the other.
type Applier struct {
	client   dynamic.Interface
	mapper   *restmapper.DeferredDiscoveryRESTMapper
	warnings []string
	// Taken counts the objects that the server took.
	Taken int
	// Refused has what it refused or warned of, with the object that it was about.
	Refused []string
}

func newApplier(config *rest.Config) (*Applier, error) {
	applier := &Applier{}
	config = rest.CopyConfig(config)
	config.WarningHandler = applier
	var err error
	if applier.client, err = dynamic.NewForConfig(config); err != nil {
		return nil, err
	}
	discovered, err := discovery.NewDiscoveryClientForConfig(config)
	if err != nil {
		return nil, err
	}
	applier.mapper = restmapper.NewDeferredDiscoveryRESTMapper(memory.NewMemCacheClient(discovered))
	return applier, nil
}

// HandleWarningHeader is called for each warning of an answer.
func (a *Applier) HandleWarningHeader(code int, _ string, text string) {
	if code == 299 && text != "" {
		a.warnings = append(a.warnings, text)
	}
}

// Apply gives what the server made of the object, or nil if it refused it.
func (a *Applier) Apply(ctx context.Context, place string, object *unstructured.Unstructured) *unstructured.Unstructured {
	a.warnings = nil
	taken, err := a.apply(ctx, object)
	what := fmt.Sprintf("%s: %s %s", place, object.GetKind(), object.GetName())
	for _, warning := range a.warnings {
		a.Refused = append(a.Refused, what+": warning: "+warning)
	}
	if err != nil {
		a.Refused = append(a.Refused, what+": "+strings.ReplaceAll(err.Error(), "\n", " "))
		return nil
	}
	a.Taken++
	return taken
}

func (a *Applier) apply(ctx context.Context, object *unstructured.Unstructured) (*unstructured.Unstructured, error) {
	kind := object.GroupVersionKind()
	mapping, err := a.mapper.RESTMapping(kind.GroupKind(), kind.Version)
	if err != nil {
		return nil, err
	}
	body, err := json.Marshal(object)
	if err != nil {
		return nil, err
	}
	var resource dynamic.ResourceInterface = a.client.Resource(mapping.Resource)
	if mapping.Scope.Name() == meta.RESTScopeNameNamespace {
		namespace := object.GetNamespace()
		if namespace == "" {
			namespace = metav1.NamespaceDefault
		}
		resource = a.client.Resource(mapping.Resource).Namespace(namespace)
	}
	force := true
	return resource.Patch(ctx, object.GetName(), types.ApplyPatchType, body, metav1.PatchOptions{
		FieldManager: "rehearsal", Force: &force, FieldValidation: metav1.FieldValidationStrict,
	})
}

// seesMistakes makes sure that what is wrong with an object is told: a field that is unknown, one that is deprecated.
func (a *Applier) seesMistakes(ctx context.Context) error {
	service := func(spec map[string]any) *unstructured.Unstructured {
		return &unstructured.Unstructured{Object: map[string]any{
			"apiVersion": "v1", "kind": "Service", "spec": spec,
			"metadata": map[string]any{"name": "mistake", "namespace": metav1.NamespaceDefault},
		}}
	}
	port := []any{map[string]any{"port": int64(80)}}
	for _, wrong := range []map[string]any{
		{"ports": port, "portz": port}, {"ports": port, "externalIPs": []any{"192.0.02.1"}},
	} {
		before := len(a.Refused)
		a.Apply(ctx, "a mistake", service(wrong))
		if len(a.Refused) == before {
			return fmt.Errorf("the server was expected to see what is wrong with %v", wrong)
		}
	}
	a.Taken, a.Refused = 0, nil
	return a.client.Resource(corev1.SchemeGroupVersion.WithResource("services")).Namespace(metav1.NamespaceDefault).
		Delete(ctx, "mistake", metav1.DeleteOptions{})
}
