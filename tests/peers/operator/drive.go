package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"time"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/dynamic/dynamicinformer"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/cache"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

const boxes = 20

// What one informer of client-go saw of each object: revisions must rise, and the last word on it must be the server's.
type seen struct {
	sync.Mutex
	last   map[string]uint64
	events int
	wrong  []string
}

func (s *seen) handle(obj any, deleted bool) {
	if d, ok := obj.(cache.DeletedFinalStateUnknown); ok {
		obj = d.Obj
	}
	m, err := meta.Accessor(obj)
	if err != nil {
		return
	}
	rv, err := strconv.ParseUint(m.GetResourceVersion(), 10, 64)
	s.Lock()
	defer s.Unlock()
	s.events++
	key := string(m.GetUID())
	if err != nil || (rv < s.last[key] && !deleted) {
		s.wrong = append(s.wrong, fmt.Sprintf("%s %s after %d", m.GetName(), m.GetResourceVersion(), s.last[key]))
	}
	s.last[key] = rv
}

func (s *seen) watch(i cache.SharedIndexInformer) error {
	s.last = map[string]uint64{}
	_, err := i.AddEventHandler(cache.ResourceEventHandlerFuncs{AddFunc: func(o any) { s.handle(o, false) }, UpdateFunc: func(_, o any) { s.handle(o, false) },
		DeleteFunc: func(o any) { s.handle(o, true) }})
	return err
}

// insist repeats what the server did not answer, as it does not while it is away; its refusals are final.
func insist(ctx context.Context, f func() error) error {
	for {
		err := f()
		var status apierrors.APIStatus
		if err == nil || (errors.As(err, &status) && !apierrors.IsTimeout(err) && !apierrors.IsServiceUnavailable(err) && !apierrors.IsTooManyRequests(err)) {
			return err
		}
		select {
		case <-ctx.Done():
			return errors.Join(ctx.Err(), err)
		case <-time.After(50 * time.Millisecond):
		}
	}
}

func drive(ctx context.Context, cfg *rest.Config, long time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, long+60*time.Second)
	defer cancel()
	scheme, err := newScheme()
	if err != nil {
		return err
	}
	c, err := client.New(cfg, client.Options{Scheme: scheme})
	if err != nil {
		return err
	}
	kube, err := kubernetes.NewForConfig(cfg)
	if err != nil {
		return err
	}
	dyn, err := dynamic.NewForConfig(cfg)
	if err != nil {
		return err
	}
	typed := informers.NewSharedInformerFactoryWithOptions(kube, 0, informers.WithNamespace("default"))
	untyped := dynamicinformer.NewFilteredDynamicSharedInformerFactory(dyn, 0, "default", nil)
	maps, crs := typed.Core().V1().ConfigMaps().Informer(), untyped.ForResource(boxGV.WithResource("boxes")).Informer()
	var seenMaps, seenBoxes seen
	if err := errors.Join(seenMaps.watch(maps), seenBoxes.watch(crs)); err != nil {
		return err
	}
	typed.Start(ctx.Done())
	untyped.Start(ctx.Done())
	if !cache.WaitForCacheSync(ctx.Done(), maps.HasSynced, crs.HasSynced) {
		return errors.New("the informers are not in step")
	}

	name := func(i int) string { return fmt.Sprintf("box-%02d", i) }
	newBox := func(i int, text string) *Box {
		return &Box{ObjectMeta: metav1.ObjectMeta{Namespace: "default", Name: name(i)}, Spec: BoxSpec{Text: text}}
	}
	for i := range boxes {
		err := insist(ctx, func() error { return c.Create(ctx, newBox(i, "0")) })
		if err != nil && !apierrors.IsAlreadyExists(err) {
			return err
		}
	}
	set := func(i int, text string) error {
		return insist(ctx, func() error {
			return c.Patch(ctx, newBox(i, ""), client.RawPatch("application/merge-patch+json", []byte(`{"spec":{"text":"`+text+`"}}`)))
		})
	}
	writes := 0
	for end := time.Now().Add(long); time.Now().Before(end); writes++ {
		if err := set(writes%boxes, strconv.Itoa(writes)); err != nil {
			return err
		}
		if writes%7 == 0 { // what the operator owns is taken away: it must come back
			err := insist(ctx, func() error {
				return c.Delete(ctx, &corev1.ConfigMap{ObjectMeta: metav1.ObjectMeta{Namespace: "default", Name: name(writes % boxes)}})
			})
			if client.IgnoreNotFound(err) != nil {
				return err
			}
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(10 * time.Millisecond):
		}
	}
	for i := range boxes {
		if i%2 == 1 {
			err = insist(ctx, func() error { return client.IgnoreNotFound(c.Delete(ctx, newBox(i, ""))) })
		} else {
			err = set(i, "end")
		}
		if err != nil {
			return err
		}
	}

	// Everything comes to rest: what the informers hold is what the server has, and the operator has done its work on each box.
	var why string
	for {
		if why, err = settled(ctx, c, maps, crs); err != nil || why == "" {
			break
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("no rest: %s", why)
		case <-time.After(100 * time.Millisecond):
		}
	}
	if err != nil {
		return err
	}
	for _, s := range []*seen{&seenMaps, &seenBoxes} {
		s.Lock()
		if len(s.wrong) != 0 {
			err = errors.Join(err, fmt.Errorf("revisions out of order: %v", s.wrong))
		}
		s.Unlock()
	}
	fmt.Printf("DRIVEN %d writes, %d + %d events\n", writes, seenBoxes.events, seenMaps.events)
	return err
}

// settled tells what is not yet as it must be.
func settled(ctx context.Context, c client.Client, maps, crs cache.SharedIndexInformer) (string, error) {
	var all BoxList
	var cms corev1.ConfigMapList
	if err := errors.Join(c.List(ctx, &all, client.InNamespace("default")), c.List(ctx, &cms, client.InNamespace("default"))); err != nil {
		return "", err
	}
	if len(all.Items) != boxes/2 {
		return fmt.Sprintf("%d boxes", len(all.Items)), nil
	}
	texts, gone := map[string]string{}, 0
	for i := range cms.Items {
		m := &cms.Items[i]
		texts[m.Name] = m.Data["text"]
		if len(m.Name) > 5 && m.Name[:5] == "gone-" {
			gone++
		}
		o, ok, _ := maps.GetStore().GetByKey(m.Namespace + "/" + m.Name)
		if !ok || o.(*corev1.ConfigMap).ResourceVersion != m.ResourceVersion {
			return "informer of ConfigMaps: " + m.Name, nil
		}
	}
	if n := len(maps.GetStore().ListKeys()); n != len(cms.Items) {
		return fmt.Sprintf("informer holds %d ConfigMaps of %d", n, len(cms.Items)), nil
	}
	for i := range all.Items {
		b := &all.Items[i]
		if b.Spec.Text != "end" || b.Status.Text != "end" || b.Status.ObservedGeneration != b.Generation || texts[b.Name] != "end" {
			return fmt.Sprintf("%s: %s, status %s, its map %s", b.Name, b.Spec.Text, b.Status.Text, texts[b.Name]), nil
		}
		o, ok, _ := crs.GetStore().GetByKey(b.Namespace + "/" + b.Name)
		if !ok || o.(*unstructured.Unstructured).GetResourceVersion() != b.ResourceVersion {
			return "informer of boxes: " + b.Name, nil
		}
	}
	if n := len(crs.GetStore().ListKeys()); n != len(all.Items) {
		return fmt.Sprintf("informer holds %d boxes of %d", n, len(all.Items)), nil
	}
	if gone != boxes/2 {
		return fmt.Sprintf("%d boxes in the ledger", gone), nil
	}
	for i := 1; i < boxes; i += 2 { // the garbage collector has taken the maps of the boxes that went
		if _, ok := texts[fmt.Sprintf("box-%02d", i)]; ok {
			return fmt.Sprintf("box-%02d is gone, its map is there", i), nil
		}
	}
	return "", nil
}
