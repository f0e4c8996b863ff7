package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	admissionv1 "k8s.io/api/admissionregistration/v1"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/rest"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/envtest"
	"sigs.k8s.io/controller-runtime/pkg/webhook"
)

type sizer struct{}

func (sizer) Default(_ context.Context, b *Box) error {
	b.Spec.Size = int64(len(b.Spec.Text))
	return nil
}

// inEnvtest is the test suite of an operator with USE_EXISTING_CLUSTER=true.
func inEnvtest(ctx context.Context, cfg *rest.Config) (err error) {
	ctx, cancel := context.WithTimeout(ctx, 60*time.Second)
	defer cancel()
	hook := &admissionv1.MutatingWebhookConfiguration{
		ObjectMeta: metav1.ObjectMeta{Name: "boxes.test.minik"},
		Webhooks: []admissionv1.MutatingWebhook{{
			Name: "size.boxes.test.minik", AdmissionReviewVersions: []string{"v1"}, SideEffects: ptr(admissionv1.SideEffectClassNone), FailurePolicy: ptr(admissionv1.Fail),
			ClientConfig: admissionv1.WebhookClientConfig{Service: &admissionv1.ServiceReference{Namespace: "default", Name: "operator", Path: ptr("/mutate-test-minik-v1-box")}},
			Rules: []admissionv1.RuleWithOperations{{Operations: []admissionv1.OperationType{admissionv1.Create, admissionv1.Update},
				Rule: admissionv1.Rule{APIGroups: []string{boxGV.Group}, APIVersions: []string{boxGV.Version}, Resources: []string{"boxes"}}}},
		}},
	}
	env := &envtest.Environment{
		Config: cfg, UseExistingCluster: ptr(true),
		CRDInstallOptions:     envtest.CRDInstallOptions{CRDs: []*apiextensionsv1.CustomResourceDefinition{boxDefinition()}, CleanUpAfterUse: true},
		WebhookInstallOptions: envtest.WebhookInstallOptions{MutatingWebhooks: []*admissionv1.MutatingWebhookConfiguration{hook}},
	}
	envCfg, err := env.Start()
	if err != nil {
		return fmt.Errorf("envtest: %w", err)
	}
	stopped := false
	defer func() {
		if !stopped {
			err = errors.Join(err, env.Stop())
		}
	}()
	w := env.WebhookInstallOptions
	mgr, err := newManager(envCfg, ctrl.Options{WebhookServer: webhook.NewServer(webhook.Options{Host: w.LocalServingHost, Port: w.LocalServingPort, CertDir: w.LocalServingCertDir})})
	if err != nil {
		return err
	}
	if err := ctrl.NewWebhookManagedBy(mgr, &Box{}).WithDefaulter(sizer{}).Complete(); err != nil {
		return err
	}
	mgrCtx, stopMgr := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- mgr.Start(mgrCtx) }()
	if !mgr.GetCache().WaitForCacheSync(ctx) {
		stopMgr()
		return errors.New("the cache is not in step")
	}
	s := mgr.GetScheme()
	c, err := client.NewWithWatch(envCfg, client.Options{Scheme: s})
	if err != nil {
		stopMgr()
		return err
	}
	box := &Box{ObjectMeta: metav1.ObjectMeta{Namespace: "default", Name: "tested"}, Spec: BoxSpec{Text: "twelve chars"}}
	// The webhook answers once its server listens.
	for err = c.Create(ctx, box); apierrors.IsInternalError(err); err = c.Create(ctx, box) {
		select {
		case <-ctx.Done():
			stopMgr()
			return errors.Join(err, <-ended)
		case <-time.After(50 * time.Millisecond):
		}
	}
	if err == nil && box.Spec.Size != 12 {
		err = fmt.Errorf("the webhook did not fill in the size: %d", box.Spec.Size)
	}
	if err == nil {
		err = until(ctx, c, "", func(b *Box) bool {
			return b.Status.Text == "twelve chars" && b.Status.ObservedGeneration == b.Generation
		})
	}
	if err == nil {
		err = c.Get(ctx, client.ObjectKeyFromObject(box), box)
	}
	if err == nil {
		err = c.Delete(ctx, box)
	}
	if err == nil { // its finalizer is the operator's: it goes when that has done its part
		err = until(ctx, c, box.ResourceVersion, nil)
	}
	stopMgr()
	if err = errors.Join(err, <-ended); err != nil {
		return err
	}
	stopped = true
	if err := env.Stop(); err != nil {
		return fmt.Errorf("envtest: %w", err)
	}
	for err = nil; err == nil; { // its end takes a moment: a finalizer waits for the boxes to go
		err = c.Get(ctx, client.ObjectKey{Name: "boxes." + boxGV.Group}, &apiextensionsv1.CustomResourceDefinition{})
		time.Sleep(50 * time.Millisecond)
	}
	if !apierrors.IsNotFound(err) {
		return fmt.Errorf("the definition is left behind: %w", err)
	}
	fmt.Println("TESTED")
	return nil
}

// until follows boxes by a watch, from a revision or from what is there, until one is as wanted; without want until one is deleted.
func until(ctx context.Context, c client.WithWatch, from string, want func(*Box) bool) error {
	w, err := c.Watch(ctx, &BoxList{}, client.InNamespace("default"), &client.ListOptions{Namespace: "default", Raw: &metav1.ListOptions{ResourceVersion: from}})
	if err != nil {
		return err
	}
	defer w.Stop()
	for e := range w.ResultChan() {
		b, ok := e.Object.(*Box)
		if !ok {
			return apierrors.FromObject(e.Object)
		}
		if (want == nil && e.Type == "DELETED") || (want != nil && want(b)) {
			return nil
		}
	}
	return errors.Join(errors.New("the watch ended"), ctx.Err())
}
