package main

import (
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

var boxGV = schema.GroupVersion{Group: "test.minik", Version: "v1"}

// Box is what the operator looks after: a ConfigMap of its name that holds its text.
type Box struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata,omitempty"`
	Spec              BoxSpec   `json:"spec"`
	Status            BoxStatus `json:"status,omitempty"`
}

type BoxSpec struct {
	Text string `json:"text"`
	Size int64  `json:"size,omitempty"` // filled in by the operator's webhook, where it has one
}

type BoxStatus struct {
	ObservedGeneration int64              `json:"observedGeneration,omitempty"`
	Text               string             `json:"text,omitempty"`
	Conditions         []metav1.Condition `json:"conditions,omitempty"`
}

type BoxList struct {
	metav1.TypeMeta `json:",inline"`
	metav1.ListMeta `json:"metadata,omitempty"`
	Items           []Box `json:"items"`
}

func (b *Box) DeepCopyObject() runtime.Object {
	c := *b
	b.ObjectMeta.DeepCopyInto(&c.ObjectMeta)
	c.Status.Conditions = nil
	for i := range b.Status.Conditions {
		c.Status.Conditions = append(c.Status.Conditions, *b.Status.Conditions[i].DeepCopy())
	}
	return &c
}

func (l *BoxList) DeepCopyObject() runtime.Object {
	c := *l
	l.ListMeta.DeepCopyInto(&c.ListMeta)
	c.Items = nil
	for i := range l.Items {
		c.Items = append(c.Items, *l.Items[i].DeepCopyObject().(*Box))
	}
	return &c
}

func addTypes(s *runtime.Scheme) error {
	s.AddKnownTypes(boxGV, &Box{}, &BoxList{})
	metav1.AddToGroupVersion(s, boxGV)
	return nil
}

func boxDefinition() *apiextensionsv1.CustomResourceDefinition {
	str := apiextensionsv1.JSONSchemaProps{Type: "string"}
	num := apiextensionsv1.JSONSchemaProps{Type: "integer", Format: "int64"}
	condition := apiextensionsv1.JSONSchemaProps{Type: "object", Required: []string{"type", "status", "lastTransitionTime", "reason", "message"},
		Properties: map[string]apiextensionsv1.JSONSchemaProps{"type": str, "status": str, "reason": str, "message": str, "observedGeneration": num,
			"lastTransitionTime": {Type: "string", Format: "date-time"}}}
	return &apiextensionsv1.CustomResourceDefinition{
		ObjectMeta: metav1.ObjectMeta{Name: "boxes." + boxGV.Group},
		Spec: apiextensionsv1.CustomResourceDefinitionSpec{
			Group: boxGV.Group,
			Scope: apiextensionsv1.NamespaceScoped,
			Names: apiextensionsv1.CustomResourceDefinitionNames{Plural: "boxes", Singular: "box", Kind: "Box", ListKind: "BoxList"},
			Versions: []apiextensionsv1.CustomResourceDefinitionVersion{{
				Name: boxGV.Version, Served: true, Storage: true,
				Subresources: &apiextensionsv1.CustomResourceSubresources{Status: &apiextensionsv1.CustomResourceSubresourceStatus{}},
				Schema: &apiextensionsv1.CustomResourceValidation{OpenAPIV3Schema: &apiextensionsv1.JSONSchemaProps{Type: "object", Required: []string{"spec"},
					Properties: map[string]apiextensionsv1.JSONSchemaProps{
						"spec": {Type: "object", Required: []string{"text"}, Properties: map[string]apiextensionsv1.JSONSchemaProps{"text": str, "size": num}},
						"status": {Type: "object", Properties: map[string]apiextensionsv1.JSONSchemaProps{"observedGeneration": num, "text": str,
							"conditions": {Type: "array", XListType: ptr("map"), XListMapKeys: []string{"type"}, Items: &apiextensionsv1.JSONSchemaPropsOrArray{Schema: &condition}}}},
					}}},
			}},
		},
	}
}

func ptr[T any](v T) *T { return &v }
