/* Made by gen/gen.py from facts/types.txt, facts/defaults.txt and facts/marks.txt. Do not edit. */
#include "api/tables_gen.h"

const char api_type_strings[] =
	"\0"
	"io.k8s.api.admissionregistration.v1.ApplyConfiguration\0"
	"io.k8s.api.admissionregistration.v1.AuditAnnotation\0"
	"io.k8s.api.admissionregistration.v1.ExpressionWarning\0"
	"io.k8s.api.admissionregistration.v1.JSONPatch\0"
	"io.k8s.api.admissionregistration.v1.MatchCondition\0"
	"Equivalent\0"
	"matchPolicy\0"
	"namespaceSelector\0"
	"objectSelector\0"
	"io.k8s.api.admissionregistration.v1.MatchResources\0"
	"io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicy\0"
	"admissionregistration.k8s.io/v1/MutatingAdmissionPolicy\0"
	"io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicyBinding\0"
	"admissionregistration.k8s.io/v1/MutatingAdmissionPolicyBinding\0"
	"io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicyBindingList\0"
	"admissionregistration.k8s.io/v1/MutatingAdmissionPolicyBindingList\0"
	"io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicyBindingSpec\0"
	"io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicyList\0"
	"admissionregistration.k8s.io/v1/MutatingAdmissionPolicyList\0"
	"Fail\0"
	"failurePolicy\0"
	"io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicySpec\0"
	"timeoutSeconds\0"
	"Never\0"
	"reinvocationPolicy\0"
	"io.k8s.api.admissionregistration.v1.MutatingWebhook\0"
	"io.k8s.api.admissionregistration.v1.MutatingWebhookConfiguration\0"
	"admissionregistration.k8s.io/v1/MutatingWebhookConfiguration\0"
	"io.k8s.api.admissionregistration.v1.MutatingWebhookConfigurationList\0"
	"admissionregistration.k8s.io/v1/MutatingWebhookConfigurationList\0"
	"io.k8s.api.admissionregistration.v1.Mutation\0"
	"*\0"
	"scope\0"
	"io.k8s.api.admissionregistration.v1.NamedRuleWithOperations\0"
	"io.k8s.api.admissionregistration.v1.ParamKind\0"
	"io.k8s.api.admissionregistration.v1.ParamRef\0"
	"io.k8s.api.admissionregistration.v1.RuleWithOperations\0"
	"port\0"
	"io.k8s.api.admissionregistration.v1.ServiceReference\0"
	"io.k8s.api.admissionregistration.v1.TypeChecking\0"
	"io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicy\0"
	"admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy\0"
	"io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicyBinding\0"
	"admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyBinding\0"
	"io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicyBindingList\0"
	"admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyBindingList\0"
	"io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicyBindingSpec\0"
	"io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicyList\0"
	"admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyList\0"
	"io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicySpec\0"
	"io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicyStatus\0"
	"io.k8s.api.admissionregistration.v1.ValidatingWebhook\0"
	"io.k8s.api.admissionregistration.v1.ValidatingWebhookConfiguration\0"
	"admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration\0"
	"io.k8s.api.admissionregistration.v1.ValidatingWebhookConfigurationList\0"
	"admissionregistration.k8s.io/v1/ValidatingWebhookConfigurationList\0"
	"io.k8s.api.admissionregistration.v1.Validation\0"
	"io.k8s.api.admissionregistration.v1.Variable\0"
	"io.k8s.api.admissionregistration.v1.WebhookClientConfig\0"
	"io.k8s.api.apps.v1.ControllerRevision\0"
	"apps/v1/ControllerRevision\0"
	"io.k8s.api.apps.v1.ControllerRevisionList\0"
	"apps/v1/ControllerRevisionList\0"
	"spec\0"
	"{\"currentNumberScheduled\":0,\"numberMisscheduled\":0,\"desiredNumberScheduled\":0,\"numberReady\":0}\0"
	"status\0"
	"io.k8s.api.apps.v1.DaemonSet\0"
	"apps/v1/DaemonSet\0"
	"io.k8s.api.apps.v1.DaemonSetCondition\0"
	"io.k8s.api.apps.v1.DaemonSetList\0"
	"apps/v1/DaemonSetList\0"
	"updateStrategy\0"
	"revisionHistoryLimit\0"
	"io.k8s.api.apps.v1.DaemonSetSpec\0"
	"io.k8s.api.apps.v1.DaemonSetStatus\0"
	"RollingUpdate\0"
	"type\0"
	"rollingUpdate\0"
	"io.k8s.api.apps.v1.DaemonSetUpdateStrategy\0"
	"io.k8s.api.apps.v1.Deployment\0"
	"apps/v1/Deployment\0"
	"io.k8s.api.apps.v1.DeploymentCondition\0"
	"io.k8s.api.apps.v1.DeploymentList\0"
	"apps/v1/DeploymentList\0"
	"replicas\0"
	"strategy\0"
	"progressDeadlineSeconds\0"
	"io.k8s.api.apps.v1.DeploymentSpec\0"
	"io.k8s.api.apps.v1.DeploymentStatus\0"
	"io.k8s.api.apps.v1.DeploymentStrategy\0"
	"{\"replicas\":0}\0"
	"io.k8s.api.apps.v1.ReplicaSet\0"
	"apps/v1/ReplicaSet\0"
	"io.k8s.api.apps.v1.ReplicaSetCondition\0"
	"io.k8s.api.apps.v1.ReplicaSetList\0"
	"apps/v1/ReplicaSetList\0"
	"io.k8s.api.apps.v1.ReplicaSetSpec\0"
	"io.k8s.api.apps.v1.ReplicaSetStatus\0"
	"maxUnavailable\0"
	"maxSurge\0"
	"io.k8s.api.apps.v1.RollingUpdateDaemonSet\0"
	"25%\0"
	"io.k8s.api.apps.v1.RollingUpdateDeployment\0"
	"partition\0"
	"io.k8s.api.apps.v1.RollingUpdateStatefulSetStrategy\0"
	"{\"replicas\":0,\"availableReplicas\":0}\0"
	"io.k8s.api.apps.v1.StatefulSet\0"
	"apps/v1/StatefulSet\0"
	"io.k8s.api.apps.v1.StatefulSetCondition\0"
	"io.k8s.api.apps.v1.StatefulSetList\0"
	"apps/v1/StatefulSetList\0"
	"io.k8s.api.apps.v1.StatefulSetOrdinals\0"
	"Retain\0"
	"whenDeleted\0"
	"whenScaled\0"
	"io.k8s.api.apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy\0"
	"OrderedReady\0"
	"podManagementPolicy\0"
	"persistentVolumeClaimRetentionPolicy\0"
	"io.k8s.api.apps.v1.StatefulSetSpec\0"
	"io.k8s.api.apps.v1.StatefulSetStatus\0"
	"io.k8s.api.apps.v1.StatefulSetUpdateStrategy\0"
	"io.k8s.api.authentication.v1.BoundObjectReference\0"
	"io.k8s.api.authentication.v1.SelfSubjectReview\0"
	"authentication.k8s.io/v1/SelfSubjectReview\0"
	"io.k8s.api.authentication.v1.SelfSubjectReviewStatus\0"
	"io.k8s.api.authentication.v1.TokenRequest\0"
	"authentication.k8s.io/v1/TokenRequest\0"
	"expirationSeconds\0"
	"io.k8s.api.authentication.v1.TokenRequestSpec\0"
	"io.k8s.api.authentication.v1.TokenRequestStatus\0"
	"io.k8s.api.authentication.v1.TokenReview\0"
	"authentication.k8s.io/v1/TokenReview\0"
	"io.k8s.api.authentication.v1.TokenReviewSpec\0"
	"io.k8s.api.authentication.v1.TokenReviewStatus\0"
	"io.k8s.api.authentication.v1.UserInfo\0"
	"io.k8s.api.authorization.v1.FieldSelectorAttributes\0"
	"io.k8s.api.authorization.v1.LabelSelectorAttributes\0"
	"io.k8s.api.authorization.v1.LocalSubjectAccessReview\0"
	"authorization.k8s.io/v1/LocalSubjectAccessReview\0"
	"io.k8s.api.authorization.v1.NonResourceAttributes\0"
	"io.k8s.api.authorization.v1.NonResourceRule\0"
	"io.k8s.api.authorization.v1.ResourceAttributes\0"
	"io.k8s.api.authorization.v1.ResourceRule\0"
	"io.k8s.api.authorization.v1.SelfSubjectAccessReview\0"
	"authorization.k8s.io/v1/SelfSubjectAccessReview\0"
	"io.k8s.api.authorization.v1.SelfSubjectAccessReviewSpec\0"
	"io.k8s.api.authorization.v1.SelfSubjectRulesReview\0"
	"authorization.k8s.io/v1/SelfSubjectRulesReview\0"
	"io.k8s.api.authorization.v1.SelfSubjectRulesReviewSpec\0"
	"io.k8s.api.authorization.v1.SubjectAccessReview\0"
	"authorization.k8s.io/v1/SubjectAccessReview\0"
	"io.k8s.api.authorization.v1.SubjectAccessReviewSpec\0"
	"io.k8s.api.authorization.v1.SubjectAccessReviewStatus\0"
	"io.k8s.api.authorization.v1.SubjectRulesReviewStatus\0"
	"io.k8s.api.autoscaling.v1.CrossVersionObjectReference\0"
	"{\"currentReplicas\":0,\"desiredReplicas\":0}\0"
	"io.k8s.api.autoscaling.v1.HorizontalPodAutoscaler\0"
	"autoscaling/v1/HorizontalPodAutoscaler\0"
	"io.k8s.api.autoscaling.v1.HorizontalPodAutoscalerList\0"
	"autoscaling/v1/HorizontalPodAutoscalerList\0"
	"minReplicas\0"
	"io.k8s.api.autoscaling.v1.HorizontalPodAutoscalerSpec\0"
	"io.k8s.api.autoscaling.v1.HorizontalPodAutoscalerStatus\0"
	"io.k8s.api.autoscaling.v1.Scale\0"
	"autoscaling/v1/Scale\0"
	"io.k8s.api.autoscaling.v1.ScaleSpec\0"
	"io.k8s.api.autoscaling.v1.ScaleStatus\0"
	"io.k8s.api.autoscaling.v2.ContainerResourceMetricSource\0"
	"io.k8s.api.autoscaling.v2.ContainerResourceMetricStatus\0"
	"io.k8s.api.autoscaling.v2.CrossVersionObjectReference\0"
	"io.k8s.api.autoscaling.v2.ExternalMetricSource\0"
	"io.k8s.api.autoscaling.v2.ExternalMetricStatus\0"
	"io.k8s.api.autoscaling.v2.HPAScalingPolicy\0"
	"io.k8s.api.autoscaling.v2.HPAScalingRules\0"
	"{\"desiredReplicas\":0}\0"
	"io.k8s.api.autoscaling.v2.HorizontalPodAutoscaler\0"
	"autoscaling/v2/HorizontalPodAutoscaler\0"
	"scaleUp\0"
	"scaleDown\0"
	"io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerBehavior\0"
	"io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerCondition\0"
	"io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerList\0"
	"autoscaling/v2/HorizontalPodAutoscalerList\0"
	"[{\"type\":\"Resource\",\"resource\":{\"name\":\"cpu\",\"target\":{\"type\":\"Utilization\",\"averageUtilization\":80}}}]\0"
	"metrics\0"
	"io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerSpec\0"
	"io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerStatus\0"
	"io.k8s.api.autoscaling.v2.MetricIdentifier\0"
	"io.k8s.api.autoscaling.v2.MetricSpec\0"
	"io.k8s.api.autoscaling.v2.MetricStatus\0"
	"io.k8s.api.autoscaling.v2.MetricTarget\0"
	"io.k8s.api.autoscaling.v2.MetricValueStatus\0"
	"io.k8s.api.autoscaling.v2.ObjectMetricSource\0"
	"io.k8s.api.autoscaling.v2.ObjectMetricStatus\0"
	"io.k8s.api.autoscaling.v2.PodsMetricSource\0"
	"io.k8s.api.autoscaling.v2.PodsMetricStatus\0"
	"io.k8s.api.autoscaling.v2.ResourceMetricSource\0"
	"io.k8s.api.autoscaling.v2.ResourceMetricStatus\0"
	"io.k8s.api.batch.v1.CronJob\0"
	"batch/v1/CronJob\0"
	"io.k8s.api.batch.v1.CronJobList\0"
	"batch/v1/CronJobList\0"
	"Allow\0"
	"concurrencyPolicy\0"
	"suspend\0"
	"successfulJobsHistoryLimit\0"
	"failedJobsHistoryLimit\0"
	"io.k8s.api.batch.v1.CronJobSpec\0"
	"io.k8s.api.batch.v1.CronJobStatus\0"
	"io.k8s.api.batch.v1.Job\0"
	"batch/v1/Job\0"
	"io.k8s.api.batch.v1.JobCondition\0"
	"io.k8s.api.batch.v1.JobList\0"
	"batch/v1/JobList\0"
	"io.k8s.api.batch.v1.JobSpec\0"
	"io.k8s.api.batch.v1.JobStatus\0"
	"io.k8s.api.batch.v1.JobTemplateSpec\0"
	"io.k8s.api.batch.v1.PodFailurePolicy\0"
	"io.k8s.api.batch.v1.PodFailurePolicyOnExitCodesRequirement\0"
	"True\0"
	"io.k8s.api.batch.v1.PodFailurePolicyOnPodConditionsPattern\0"
	"io.k8s.api.batch.v1.PodFailurePolicyRule\0"
	"io.k8s.api.batch.v1.SuccessPolicy\0"
	"io.k8s.api.batch.v1.SuccessPolicyRule\0"
	"io.k8s.api.batch.v1.UncountedTerminatedPods\0"
	"io.k8s.api.certificates.v1.CertificateSigningRequest\0"
	"certificates.k8s.io/v1/CertificateSigningRequest\0"
	"io.k8s.api.certificates.v1.CertificateSigningRequestCondition\0"
	"io.k8s.api.certificates.v1.CertificateSigningRequestList\0"
	"certificates.k8s.io/v1/CertificateSigningRequestList\0"
	"io.k8s.api.certificates.v1.CertificateSigningRequestSpec\0"
	"io.k8s.api.certificates.v1.CertificateSigningRequestStatus\0"
	"io.k8s.api.coordination.v1.Lease\0"
	"coordination.k8s.io/v1/Lease\0"
	"io.k8s.api.coordination.v1.LeaseList\0"
	"coordination.k8s.io/v1/LeaseList\0"
	"io.k8s.api.coordination.v1.LeaseSpec\0"
	"io.k8s.api.core.v1.AWSElasticBlockStoreVolumeSource\0"
	"io.k8s.api.core.v1.Affinity\0"
	"io.k8s.api.core.v1.AppArmorProfile\0"
	"io.k8s.api.core.v1.AttachedVolume\0"
	"ReadWrite\0"
	"cachingMode\0"
	"Shared\0"
	"kind\0"
	"ext4\0"
	"fsType\0"
	"readOnly\0"
	"io.k8s.api.core.v1.AzureDiskVolumeSource\0"
	"io.k8s.api.core.v1.AzureFilePersistentVolumeSource\0"
	"io.k8s.api.core.v1.AzureFileVolumeSource\0"
	"io.k8s.api.core.v1.Binding\0"
	"/v1/Binding\0"
	"io.k8s.api.core.v1.CSIPersistentVolumeSource\0"
	"io.k8s.api.core.v1.CSIVolumeSource\0"
	"io.k8s.api.core.v1.Capabilities\0"
	"io.k8s.api.core.v1.CephFSPersistentVolumeSource\0"
	"io.k8s.api.core.v1.CephFSVolumeSource\0"
	"io.k8s.api.core.v1.CinderPersistentVolumeSource\0"
	"io.k8s.api.core.v1.CinderVolumeSource\0"
	"io.k8s.api.core.v1.ClientIPConfig\0"
	"io.k8s.api.core.v1.ClusterTrustBundleProjection\0"
	"io.k8s.api.core.v1.ComponentCondition\0"
	"io.k8s.api.core.v1.ComponentStatus\0"
	"/v1/ComponentStatus\0"
	"io.k8s.api.core.v1.ComponentStatusList\0"
	"/v1/ComponentStatusList\0"
	"io.k8s.api.core.v1.ConfigMap\0"
	"/v1/ConfigMap\0"
	"io.k8s.api.core.v1.ConfigMapEnvSource\0"
	"io.k8s.api.core.v1.ConfigMapKeySelector\0"
	"io.k8s.api.core.v1.ConfigMapList\0"
	"/v1/ConfigMapList\0"
	"io.k8s.api.core.v1.ConfigMapNodeConfigSource\0"
	"io.k8s.api.core.v1.ConfigMapProjection\0"
	"defaultMode\0"
	"io.k8s.api.core.v1.ConfigMapVolumeSource\0"
	"imagePullPolicy\0"
	"/dev/termination-log\0"
	"terminationMessagePath\0"
	"File\0"
	"terminationMessagePolicy\0"
	"resources\0"
	"io.k8s.api.core.v1.Container\0"
	"io.k8s.api.core.v1.ContainerExtendedResourceRequest\0"
	"io.k8s.api.core.v1.ContainerImage\0"
	"TCP\0"
	"protocol\0"
	"io.k8s.api.core.v1.ContainerPort\0"
	"io.k8s.api.core.v1.ContainerResizePolicy\0"
	"io.k8s.api.core.v1.ContainerRestartRule\0"
	"io.k8s.api.core.v1.ContainerRestartRuleOnExitCodes\0"
	"io.k8s.api.core.v1.ContainerState\0"
	"io.k8s.api.core.v1.ContainerStateRunning\0"
	"io.k8s.api.core.v1.ContainerStateTerminated\0"
	"io.k8s.api.core.v1.ContainerStateWaiting\0"
	"io.k8s.api.core.v1.ContainerStatus\0"
	"io.k8s.api.core.v1.ContainerUser\0"
	"Port\0"
	"io.k8s.api.core.v1.DaemonEndpoint\0"
	"io.k8s.api.core.v1.DownwardAPIProjection\0"
	"io.k8s.api.core.v1.DownwardAPIVolumeFile\0"
	"io.k8s.api.core.v1.DownwardAPIVolumeSource\0"
	"io.k8s.api.core.v1.EmptyDirVolumeSource\0"
	"io.k8s.api.core.v1.EndpointAddress\0"
	"io.k8s.api.core.v1.EndpointPort\0"
	"io.k8s.api.core.v1.EndpointSubset\0"
	"io.k8s.api.core.v1.Endpoints\0"
	"/v1/Endpoints\0"
	"io.k8s.api.core.v1.EndpointsList\0"
	"/v1/EndpointsList\0"
	"io.k8s.api.core.v1.EnvFromSource\0"
	"io.k8s.api.core.v1.EnvVar\0"
	"io.k8s.api.core.v1.EnvVarSource\0"
	"io.k8s.api.core.v1.EphemeralContainer\0"
	"io.k8s.api.core.v1.EphemeralVolumeSource\0"
	"io.k8s.api.core.v1.Event\0"
	"/v1/Event\0"
	"io.k8s.api.core.v1.EventList\0"
	"/v1/EventList\0"
	"io.k8s.api.core.v1.EventSeries\0"
	"io.k8s.api.core.v1.EventSource\0"
	"io.k8s.api.core.v1.ExecAction\0"
	"io.k8s.api.core.v1.FCVolumeSource\0"
	"io.k8s.api.core.v1.FileKeySelector\0"
	"io.k8s.api.core.v1.FlexPersistentVolumeSource\0"
	"io.k8s.api.core.v1.FlexVolumeSource\0"
	"io.k8s.api.core.v1.FlockerVolumeSource\0"
	"io.k8s.api.core.v1.GCEPersistentDiskVolumeSource\0"
	"service\0"
	"io.k8s.api.core.v1.GRPCAction\0"
	"io.k8s.api.core.v1.GitRepoVolumeSource\0"
	"io.k8s.api.core.v1.GlusterfsPersistentVolumeSource\0"
	"io.k8s.api.core.v1.GlusterfsVolumeSource\0"
	"/\0"
	"path\0"
	"HTTP\0"
	"scheme\0"
	"io.k8s.api.core.v1.HTTPGetAction\0"
	"io.k8s.api.core.v1.HTTPHeader\0"
	"io.k8s.api.core.v1.HostAlias\0"
	"io.k8s.api.core.v1.HostIP\0"
	"io.k8s.api.core.v1.HostPathVolumeSource\0"
	"default\0"
	"iscsiInterface\0"
	"io.k8s.api.core.v1.ISCSIPersistentVolumeSource\0"
	"io.k8s.api.core.v1.ISCSIVolumeSource\0"
	"pullPolicy\0"
	"io.k8s.api.core.v1.ImageVolumeSource\0"
	"io.k8s.api.core.v1.ImageVolumeStatus\0"
	"io.k8s.api.core.v1.KeyToPath\0"
	"io.k8s.api.core.v1.Lifecycle\0"
	"io.k8s.api.core.v1.LifecycleHandler\0"
	"io.k8s.api.core.v1.LimitRange\0"
	"/v1/LimitRange\0"
	"io.k8s.api.core.v1.LimitRangeItem\0"
	"io.k8s.api.core.v1.LimitRangeList\0"
	"/v1/LimitRangeList\0"
	"io.k8s.api.core.v1.LimitRangeSpec\0"
	"io.k8s.api.core.v1.LinuxContainerUser\0"
	"VIP\0"
	"ipMode\0"
	"ip\0"
	"io.k8s.api.core.v1.LoadBalancerIngress\0"
	"io.k8s.api.core.v1.LoadBalancerStatus\0"
	"io.k8s.api.core.v1.LocalObjectReference\0"
	"io.k8s.api.core.v1.LocalVolumeSource\0"
	"io.k8s.api.core.v1.ModifyVolumeStatus\0"
	"io.k8s.api.core.v1.NFSVolumeSource\0"
	"io.k8s.api.core.v1.Namespace\0"
	"/v1/Namespace\0"
	"io.k8s.api.core.v1.NamespaceCondition\0"
	"io.k8s.api.core.v1.NamespaceList\0"
	"/v1/NamespaceList\0"
	"io.k8s.api.core.v1.NamespaceSpec\0"
	"Active\0"
	"phase\0"
	"io.k8s.api.core.v1.NamespaceStatus\0"
	"io.k8s.api.core.v1.Node\0"
	"/v1/Node\0"
	"io.k8s.api.core.v1.NodeAddress\0"
	"io.k8s.api.core.v1.NodeAffinity\0"
	"io.k8s.api.core.v1.NodeAllocatableResourceClaimStatus\0"
	"io.k8s.api.core.v1.NodeCondition\0"
	"io.k8s.api.core.v1.NodeConfigSource\0"
	"io.k8s.api.core.v1.NodeConfigStatus\0"
	"kubeletEndpoint\0"
	"io.k8s.api.core.v1.NodeDaemonEndpoints\0"
	"io.k8s.api.core.v1.NodeFeatures\0"
	"io.k8s.api.core.v1.NodeList\0"
	"/v1/NodeList\0"
	"io.k8s.api.core.v1.NodeRuntimeHandler\0"
	"io.k8s.api.core.v1.NodeRuntimeHandlerFeatures\0"
	"io.k8s.api.core.v1.NodeSelector\0"
	"io.k8s.api.core.v1.NodeSelectorRequirement\0"
	"io.k8s.api.core.v1.NodeSelectorTerm\0"
	"io.k8s.api.core.v1.NodeSpec\0"
	"allocatable\0"
	"daemonEndpoints\0"
	"nodeInfo\0"
	"io.k8s.api.core.v1.NodeStatus\0"
	"io.k8s.api.core.v1.NodeSwapStatus\0"
	"machineID\0"
	"systemUUID\0"
	"bootID\0"
	"kernelVersion\0"
	"osImage\0"
	"containerRuntimeVersion\0"
	"kubeletVersion\0"
	"kubeProxyVersion\0"
	"operatingSystem\0"
	"architecture\0"
	"io.k8s.api.core.v1.NodeSystemInfo\0"
	"v1\0"
	"apiVersion\0"
	"io.k8s.api.core.v1.ObjectFieldSelector\0"
	"io.k8s.api.core.v1.ObjectReference\0"
	"io.k8s.api.core.v1.PersistentVolume\0"
	"/v1/PersistentVolume\0"
	"io.k8s.api.core.v1.PersistentVolumeClaim\0"
	"/v1/PersistentVolumeClaim\0"
	"io.k8s.api.core.v1.PersistentVolumeClaimCondition\0"
	"io.k8s.api.core.v1.PersistentVolumeClaimList\0"
	"/v1/PersistentVolumeClaimList\0"
	"Filesystem\0"
	"volumeMode\0"
	"io.k8s.api.core.v1.PersistentVolumeClaimSpec\0"
	"Pending\0"
	"io.k8s.api.core.v1.PersistentVolumeClaimStatus\0"
	"io.k8s.api.core.v1.PersistentVolumeClaimTemplate\0"
	"io.k8s.api.core.v1.PersistentVolumeClaimVolumeSource\0"
	"io.k8s.api.core.v1.PersistentVolumeList\0"
	"/v1/PersistentVolumeList\0"
	"persistentVolumeReclaimPolicy\0"
	"io.k8s.api.core.v1.PersistentVolumeSpec\0"
	"io.k8s.api.core.v1.PersistentVolumeStatus\0"
	"io.k8s.api.core.v1.PhotonPersistentDiskVolumeSource\0"
	"io.k8s.api.core.v1.Pod\0"
	"/v1/Pod\0"
	"io.k8s.api.core.v1.PodAffinity\0"
	"io.k8s.api.core.v1.PodAffinityTerm\0"
	"io.k8s.api.core.v1.PodAntiAffinity\0"
	"io.k8s.api.core.v1.PodCertificateProjection\0"
	"io.k8s.api.core.v1.PodCondition\0"
	"io.k8s.api.core.v1.PodDNSConfig\0"
	"io.k8s.api.core.v1.PodDNSConfigOption\0"
	"io.k8s.api.core.v1.PodExtendedResourceClaimStatus\0"
	"io.k8s.api.core.v1.PodIP\0"
	"io.k8s.api.core.v1.PodList\0"
	"/v1/PodList\0"
	"io.k8s.api.core.v1.PodOS\0"
	"io.k8s.api.core.v1.PodReadinessGate\0"
	"io.k8s.api.core.v1.PodResourceClaim\0"
	"io.k8s.api.core.v1.PodResourceClaimStatus\0"
	"io.k8s.api.core.v1.PodSchedulingGate\0"
	"io.k8s.api.core.v1.PodSchedulingGroup\0"
	"io.k8s.api.core.v1.PodSecurityContext\0"
	"Always\0"
	"restartPolicy\0"
	"ClusterFirst\0"
	"dnsPolicy\0"
	"securityContext\0"
	"terminationGracePeriodSeconds\0"
	"default-scheduler\0"
	"schedulerName\0"
	"io.k8s.api.core.v1.PodSpec\0"
	"io.k8s.api.core.v1.PodStatus\0"
	"io.k8s.api.core.v1.PodTemplate\0"
	"/v1/PodTemplate\0"
	"io.k8s.api.core.v1.PodTemplateList\0"
	"/v1/PodTemplateList\0"
	"metadata\0"
	"io.k8s.api.core.v1.PodTemplateSpec\0"
	"io.k8s.api.core.v1.PortStatus\0"
	"io.k8s.api.core.v1.PortworxVolumeSource\0"
	"io.k8s.api.core.v1.PreferredSchedulingTerm\0"
	"periodSeconds\0"
	"successThreshold\0"
	"failureThreshold\0"
	"io.k8s.api.core.v1.Probe\0"
	"io.k8s.api.core.v1.ProjectedVolumeSource\0"
	"io.k8s.api.core.v1.QuobyteVolumeSource\0"
	"rbd\0"
	"pool\0"
	"admin\0"
	"user\0"
	"/etc/ceph/keyring\0"
	"keyring\0"
	"io.k8s.api.core.v1.RBDPersistentVolumeSource\0"
	"io.k8s.api.core.v1.RBDVolumeSource\0"
	"io.k8s.api.core.v1.ReplicationController\0"
	"/v1/ReplicationController\0"
	"io.k8s.api.core.v1.ReplicationControllerCondition\0"
	"io.k8s.api.core.v1.ReplicationControllerList\0"
	"/v1/ReplicationControllerList\0"
	"io.k8s.api.core.v1.ReplicationControllerSpec\0"
	"io.k8s.api.core.v1.ReplicationControllerStatus\0"
	"io.k8s.api.core.v1.ResourceClaim\0"
	"0\0"
	"divisor\0"
	"io.k8s.api.core.v1.ResourceFieldSelector\0"
	"io.k8s.api.core.v1.ResourceHealth\0"
	"io.k8s.api.core.v1.ResourceQuota\0"
	"/v1/ResourceQuota\0"
	"io.k8s.api.core.v1.ResourceQuotaList\0"
	"/v1/ResourceQuotaList\0"
	"io.k8s.api.core.v1.ResourceQuotaSpec\0"
	"io.k8s.api.core.v1.ResourceQuotaStatus\0"
	"io.k8s.api.core.v1.ResourceRequirements\0"
	"io.k8s.api.core.v1.ResourceStatus\0"
	"io.k8s.api.core.v1.SELinuxOptions\0"
	"ThinProvisioned\0"
	"storageMode\0"
	"xfs\0"
	"io.k8s.api.core.v1.ScaleIOPersistentVolumeSource\0"
	"io.k8s.api.core.v1.ScaleIOVolumeSource\0"
	"io.k8s.api.core.v1.ScopeSelector\0"
	"io.k8s.api.core.v1.ScopedResourceSelectorRequirement\0"
	"io.k8s.api.core.v1.SeccompProfile\0"
	"Opaque\0"
	"io.k8s.api.core.v1.Secret\0"
	"/v1/Secret\0"
	"io.k8s.api.core.v1.SecretEnvSource\0"
	"io.k8s.api.core.v1.SecretKeySelector\0"
	"io.k8s.api.core.v1.SecretList\0"
	"/v1/SecretList\0"
	"io.k8s.api.core.v1.SecretProjection\0"
	"io.k8s.api.core.v1.SecretReference\0"
	"io.k8s.api.core.v1.SecretVolumeSource\0"
	"io.k8s.api.core.v1.SecurityContext\0"
	"io.k8s.api.core.v1.Service\0"
	"/v1/Service\0"
	"io.k8s.api.core.v1.ServiceAccount\0"
	"/v1/ServiceAccount\0"
	"io.k8s.api.core.v1.ServiceAccountList\0"
	"/v1/ServiceAccountList\0"
	"io.k8s.api.core.v1.ServiceAccountTokenProjection\0"
	"io.k8s.api.core.v1.ServiceList\0"
	"/v1/ServiceList\0"
	"targetPort\0"
	"io.k8s.api.core.v1.ServicePort\0"
	"None\0"
	"sessionAffinity\0"
	"ClusterIP\0"
	"io.k8s.api.core.v1.ServiceSpec\0"
	"loadBalancer\0"
	"io.k8s.api.core.v1.ServiceStatus\0"
	"io.k8s.api.core.v1.SessionAffinityConfig\0"
	"io.k8s.api.core.v1.SleepAction\0"
	"io.k8s.api.core.v1.StorageOSPersistentVolumeSource\0"
	"io.k8s.api.core.v1.StorageOSVolumeSource\0"
	"io.k8s.api.core.v1.Sysctl\0"
	"io.k8s.api.core.v1.TCPSocketAction\0"
	"io.k8s.api.core.v1.Taint\0"
	"io.k8s.api.core.v1.Toleration\0"
	"io.k8s.api.core.v1.TopologySelectorLabelRequirement\0"
	"io.k8s.api.core.v1.TopologySelectorTerm\0"
	"io.k8s.api.core.v1.TopologySpreadConstraint\0"
	"io.k8s.api.core.v1.TypedLocalObjectReference\0"
	"io.k8s.api.core.v1.TypedObjectReference\0"
	"io.k8s.api.core.v1.Volume\0"
	"io.k8s.api.core.v1.VolumeDevice\0"
	"io.k8s.api.core.v1.VolumeMount\0"
	"io.k8s.api.core.v1.VolumeMountStatus\0"
	"io.k8s.api.core.v1.VolumeNodeAffinity\0"
	"io.k8s.api.core.v1.VolumeProjection\0"
	"io.k8s.api.core.v1.VolumeResourceRequirements\0"
	"io.k8s.api.core.v1.VolumeStatus\0"
	"io.k8s.api.core.v1.VsphereVirtualDiskVolumeSource\0"
	"io.k8s.api.core.v1.WeightedPodAffinityTerm\0"
	"io.k8s.api.core.v1.WindowsSecurityContextOptions\0"
	"conditions\0"
	"io.k8s.api.discovery.v1.Endpoint\0"
	"io.k8s.api.discovery.v1.EndpointConditions\0"
	"io.k8s.api.discovery.v1.EndpointHints\0"
	"name\0"
	"io.k8s.api.discovery.v1.EndpointPort\0"
	"io.k8s.api.discovery.v1.EndpointSlice\0"
	"discovery.k8s.io/v1/EndpointSlice\0"
	"io.k8s.api.discovery.v1.EndpointSliceList\0"
	"discovery.k8s.io/v1/EndpointSliceList\0"
	"io.k8s.api.discovery.v1.ForNode\0"
	"io.k8s.api.discovery.v1.ForZone\0"
	"io.k8s.api.events.v1.Event\0"
	"events.k8s.io/v1/Event\0"
	"io.k8s.api.events.v1.EventList\0"
	"events.k8s.io/v1/EventList\0"
	"io.k8s.api.events.v1.EventSeries\0"
	"nominalConcurrencyShares\0"
	"lendablePercent\0"
	"io.k8s.api.flowcontrol.v1.ExemptPriorityLevelConfiguration\0"
	"io.k8s.api.flowcontrol.v1.FlowDistinguisherMethod\0"
	"io.k8s.api.flowcontrol.v1.FlowSchema\0"
	"flowcontrol.apiserver.k8s.io/v1/FlowSchema\0"
	"io.k8s.api.flowcontrol.v1.FlowSchemaCondition\0"
	"io.k8s.api.flowcontrol.v1.FlowSchemaList\0"
	"flowcontrol.apiserver.k8s.io/v1/FlowSchemaList\0"
	"matchingPrecedence\0"
	"io.k8s.api.flowcontrol.v1.FlowSchemaSpec\0"
	"io.k8s.api.flowcontrol.v1.FlowSchemaStatus\0"
	"io.k8s.api.flowcontrol.v1.GroupSubject\0"
	"io.k8s.api.flowcontrol.v1.LimitResponse\0"
	"io.k8s.api.flowcontrol.v1.LimitedPriorityLevelConfiguration\0"
	"io.k8s.api.flowcontrol.v1.NonResourcePolicyRule\0"
	"io.k8s.api.flowcontrol.v1.PolicyRulesWithSubjects\0"
	"io.k8s.api.flowcontrol.v1.PriorityLevelConfiguration\0"
	"flowcontrol.apiserver.k8s.io/v1/PriorityLevelConfiguration\0"
	"io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationCondition\0"
	"io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationList\0"
	"flowcontrol.apiserver.k8s.io/v1/PriorityLevelConfigurationList\0"
	"io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationReference\0"
	"exempt\0"
	"Exempt\0"
	"io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationSpec\0"
	"io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationStatus\0"
	"queues\0"
	"handSize\0"
	"queueLengthLimit\0"
	"io.k8s.api.flowcontrol.v1.QueuingConfiguration\0"
	"io.k8s.api.flowcontrol.v1.ResourcePolicyRule\0"
	"io.k8s.api.flowcontrol.v1.ServiceAccountSubject\0"
	"io.k8s.api.flowcontrol.v1.Subject\0"
	"io.k8s.api.flowcontrol.v1.UserSubject\0"
	"io.k8s.api.networking.v1.HTTPIngressPath\0"
	"io.k8s.api.networking.v1.HTTPIngressRuleValue\0"
	"io.k8s.api.networking.v1.IPAddress\0"
	"networking.k8s.io/v1/IPAddress\0"
	"io.k8s.api.networking.v1.IPAddressList\0"
	"networking.k8s.io/v1/IPAddressList\0"
	"io.k8s.api.networking.v1.IPAddressSpec\0"
	"io.k8s.api.networking.v1.IPBlock\0"
	"io.k8s.api.networking.v1.Ingress\0"
	"networking.k8s.io/v1/Ingress\0"
	"io.k8s.api.networking.v1.IngressBackend\0"
	"io.k8s.api.networking.v1.IngressClass\0"
	"networking.k8s.io/v1/IngressClass\0"
	"io.k8s.api.networking.v1.IngressClassList\0"
	"networking.k8s.io/v1/IngressClassList\0"
	"Cluster\0"
	"io.k8s.api.networking.v1.IngressClassParametersReference\0"
	"io.k8s.api.networking.v1.IngressClassSpec\0"
	"io.k8s.api.networking.v1.IngressList\0"
	"networking.k8s.io/v1/IngressList\0"
	"io.k8s.api.networking.v1.IngressLoadBalancerIngress\0"
	"io.k8s.api.networking.v1.IngressLoadBalancerStatus\0"
	"io.k8s.api.networking.v1.IngressPortStatus\0"
	"io.k8s.api.networking.v1.IngressRule\0"
	"io.k8s.api.networking.v1.IngressServiceBackend\0"
	"io.k8s.api.networking.v1.IngressSpec\0"
	"io.k8s.api.networking.v1.IngressStatus\0"
	"io.k8s.api.networking.v1.IngressTLS\0"
	"io.k8s.api.networking.v1.NetworkPolicy\0"
	"networking.k8s.io/v1/NetworkPolicy\0"
	"io.k8s.api.networking.v1.NetworkPolicyEgressRule\0"
	"io.k8s.api.networking.v1.NetworkPolicyIngressRule\0"
	"io.k8s.api.networking.v1.NetworkPolicyList\0"
	"networking.k8s.io/v1/NetworkPolicyList\0"
	"io.k8s.api.networking.v1.NetworkPolicyPeer\0"
	"io.k8s.api.networking.v1.NetworkPolicyPort\0"
	"podSelector\0"
	"policyTypes\0"
	"io.k8s.api.networking.v1.NetworkPolicySpec\0"
	"io.k8s.api.networking.v1.ParentReference\0"
	"io.k8s.api.networking.v1.ServiceBackendPort\0"
	"io.k8s.api.networking.v1.ServiceCIDR\0"
	"networking.k8s.io/v1/ServiceCIDR\0"
	"io.k8s.api.networking.v1.ServiceCIDRList\0"
	"networking.k8s.io/v1/ServiceCIDRList\0"
	"io.k8s.api.networking.v1.ServiceCIDRSpec\0"
	"io.k8s.api.networking.v1.ServiceCIDRStatus\0"
	"io.k8s.api.node.v1.Overhead\0"
	"io.k8s.api.node.v1.RuntimeClass\0"
	"node.k8s.io/v1/RuntimeClass\0"
	"io.k8s.api.node.v1.RuntimeClassList\0"
	"node.k8s.io/v1/RuntimeClassList\0"
	"io.k8s.api.node.v1.Scheduling\0"
	"io.k8s.api.policy.v1.Eviction\0"
	"policy/v1/Eviction\0"
	"{\"disruptionsAllowed\":0,\"currentHealthy\":0,\"desiredHealthy\":0,\"expectedPods\":0}\0"
	"io.k8s.api.policy.v1.PodDisruptionBudget\0"
	"policy/v1/PodDisruptionBudget\0"
	"io.k8s.api.policy.v1.PodDisruptionBudgetList\0"
	"policy/v1/PodDisruptionBudgetList\0"
	"io.k8s.api.policy.v1.PodDisruptionBudgetSpec\0"
	"io.k8s.api.policy.v1.PodDisruptionBudgetStatus\0"
	"io.k8s.api.rbac.v1.AggregationRule\0"
	"io.k8s.api.rbac.v1.ClusterRole\0"
	"rbac.authorization.k8s.io/v1/ClusterRole\0"
	"io.k8s.api.rbac.v1.ClusterRoleBinding\0"
	"rbac.authorization.k8s.io/v1/ClusterRoleBinding\0"
	"io.k8s.api.rbac.v1.ClusterRoleBindingList\0"
	"rbac.authorization.k8s.io/v1/ClusterRoleBindingList\0"
	"io.k8s.api.rbac.v1.ClusterRoleList\0"
	"rbac.authorization.k8s.io/v1/ClusterRoleList\0"
	"io.k8s.api.rbac.v1.PolicyRule\0"
	"io.k8s.api.rbac.v1.Role\0"
	"rbac.authorization.k8s.io/v1/Role\0"
	"io.k8s.api.rbac.v1.RoleBinding\0"
	"rbac.authorization.k8s.io/v1/RoleBinding\0"
	"io.k8s.api.rbac.v1.RoleBindingList\0"
	"rbac.authorization.k8s.io/v1/RoleBindingList\0"
	"io.k8s.api.rbac.v1.RoleList\0"
	"rbac.authorization.k8s.io/v1/RoleList\0"
	"rbac.authorization.k8s.io\0"
	"apiGroup\0"
	"io.k8s.api.rbac.v1.RoleRef\0"
	"User\0"
	"Group\0"
	"io.k8s.api.rbac.v1.Subject\0"
	"io.k8s.api.resource.v1.AllocatedDeviceStatus\0"
	"io.k8s.api.resource.v1.AllocationResult\0"
	"io.k8s.api.resource.v1.CELDeviceSelector\0"
	"io.k8s.api.resource.v1.CapacityRequestPolicy\0"
	"io.k8s.api.resource.v1.CapacityRequestPolicyRange\0"
	"io.k8s.api.resource.v1.CapacityRequirements\0"
	"io.k8s.api.resource.v1.Counter\0"
	"io.k8s.api.resource.v1.CounterSet\0"
	"io.k8s.api.resource.v1.Device\0"
	"io.k8s.api.resource.v1.DeviceAllocationConfiguration\0"
	"io.k8s.api.resource.v1.DeviceAllocationResult\0"
	"io.k8s.api.resource.v1.DeviceAttribute\0"
	"io.k8s.api.resource.v1.DeviceCapacity\0"
	"io.k8s.api.resource.v1.DeviceClaim\0"
	"io.k8s.api.resource.v1.DeviceClaimConfiguration\0"
	"io.k8s.api.resource.v1.DeviceClass\0"
	"resource.k8s.io/v1/DeviceClass\0"
	"io.k8s.api.resource.v1.DeviceClassConfiguration\0"
	"io.k8s.api.resource.v1.DeviceClassList\0"
	"resource.k8s.io/v1/DeviceClassList\0"
	"io.k8s.api.resource.v1.DeviceClassSpec\0"
	"io.k8s.api.resource.v1.DeviceConstraint\0"
	"io.k8s.api.resource.v1.DeviceCounterConsumption\0"
	"io.k8s.api.resource.v1.DeviceRequest\0"
	"io.k8s.api.resource.v1.DeviceRequestAllocationResult\0"
	"io.k8s.api.resource.v1.DeviceSelector\0"
	"ExactCount\0"
	"allocationMode\0"
	"count\0"
	"io.k8s.api.resource.v1.DeviceSubRequest\0"
	"io.k8s.api.resource.v1.DeviceTaint\0"
	"Equal\0"
	"operator\0"
	"io.k8s.api.resource.v1.DeviceToleration\0"
	"io.k8s.api.resource.v1.ExactDeviceRequest\0"
	"io.k8s.api.resource.v1.NetworkDeviceData\0"
	"io.k8s.api.resource.v1.NodeAllocatableResourceMapping\0"
	"io.k8s.api.resource.v1.OpaqueDeviceConfiguration\0"
	"io.k8s.api.resource.v1.ResourceClaim\0"
	"resource.k8s.io/v1/ResourceClaim\0"
	"io.k8s.api.resource.v1.ResourceClaimConsumerReference\0"
	"io.k8s.api.resource.v1.ResourceClaimList\0"
	"resource.k8s.io/v1/ResourceClaimList\0"
	"io.k8s.api.resource.v1.ResourceClaimSpec\0"
	"io.k8s.api.resource.v1.ResourceClaimStatus\0"
	"io.k8s.api.resource.v1.ResourceClaimTemplate\0"
	"resource.k8s.io/v1/ResourceClaimTemplate\0"
	"io.k8s.api.resource.v1.ResourceClaimTemplateList\0"
	"resource.k8s.io/v1/ResourceClaimTemplateList\0"
	"io.k8s.api.resource.v1.ResourceClaimTemplateSpec\0"
	"io.k8s.api.resource.v1.ResourcePool\0"
	"io.k8s.api.resource.v1.ResourceSlice\0"
	"resource.k8s.io/v1/ResourceSlice\0"
	"io.k8s.api.resource.v1.ResourceSliceList\0"
	"resource.k8s.io/v1/ResourceSliceList\0"
	"io.k8s.api.resource.v1.ResourceSliceSpec\0"
	"PreemptLowerPriority\0"
	"preemptionPolicy\0"
	"io.k8s.api.scheduling.v1.PriorityClass\0"
	"scheduling.k8s.io/v1/PriorityClass\0"
	"io.k8s.api.scheduling.v1.PriorityClassList\0"
	"scheduling.k8s.io/v1/PriorityClassList\0"
	"io.k8s.api.storage.v1.CSIDriver\0"
	"storage.k8s.io/v1/CSIDriver\0"
	"io.k8s.api.storage.v1.CSIDriverList\0"
	"storage.k8s.io/v1/CSIDriverList\0"
	"attachRequired\0"
	"podInfoOnMount\0"
	"storageCapacity\0"
	"ReadWriteOnceWithFSType\0"
	"fsGroupPolicy\0"
	"[\"Persistent\"]\0"
	"volumeLifecycleModes\0"
	"requiresRepublish\0"
	"seLinuxMount\0"
	"io.k8s.api.storage.v1.CSIDriverSpec\0"
	"io.k8s.api.storage.v1.CSINode\0"
	"storage.k8s.io/v1/CSINode\0"
	"io.k8s.api.storage.v1.CSINodeDriver\0"
	"io.k8s.api.storage.v1.CSINodeList\0"
	"storage.k8s.io/v1/CSINodeList\0"
	"io.k8s.api.storage.v1.CSINodeSpec\0"
	"io.k8s.api.storage.v1.CSIStorageCapacity\0"
	"storage.k8s.io/v1/CSIStorageCapacity\0"
	"io.k8s.api.storage.v1.CSIStorageCapacityList\0"
	"storage.k8s.io/v1/CSIStorageCapacityList\0"
	"Delete\0"
	"reclaimPolicy\0"
	"Immediate\0"
	"volumeBindingMode\0"
	"io.k8s.api.storage.v1.StorageClass\0"
	"storage.k8s.io/v1/StorageClass\0"
	"io.k8s.api.storage.v1.StorageClassList\0"
	"storage.k8s.io/v1/StorageClassList\0"
	"io.k8s.api.storage.v1.TokenRequest\0"
	"{\"attached\":false}\0"
	"io.k8s.api.storage.v1.VolumeAttachment\0"
	"storage.k8s.io/v1/VolumeAttachment\0"
	"io.k8s.api.storage.v1.VolumeAttachmentList\0"
	"storage.k8s.io/v1/VolumeAttachmentList\0"
	"io.k8s.api.storage.v1.VolumeAttachmentSource\0"
	"io.k8s.api.storage.v1.VolumeAttachmentSpec\0"
	"io.k8s.api.storage.v1.VolumeAttachmentStatus\0"
	"io.k8s.api.storage.v1.VolumeAttributesClass\0"
	"storage.k8s.io/v1/VolumeAttributesClass\0"
	"io.k8s.api.storage.v1.VolumeAttributesClassList\0"
	"storage.k8s.io/v1/VolumeAttributesClassList\0"
	"io.k8s.api.storage.v1.VolumeError\0"
	"io.k8s.api.storage.v1.VolumeNodeResources\0"
	"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceColumnDefinition\0"
	"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceConversion\0"
	"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinition\0"
	"apiextensions.k8s.io/v1/CustomResourceDefinition\0"
	"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionCondition\0"
	"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionList\0"
	"apiextensions.k8s.io/v1/CustomResourceDefinitionList\0"
	"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionNames\0"
	"conversion\0"
	"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionSpec\0"
	"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionStatus\0"
	"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionVersion\0"
	"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresourceScale\0"
	"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresourceStatus\0"
	"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresources\0"
	"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceValidation\0"
	"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ExternalDocumentation\0"
	"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON\0"
	"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps\0"
	"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrArray\0"
	"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrBool\0"
	"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrStringArray\0"
	"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.SelectableField\0"
	"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ServiceReference\0"
	"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ValidationRule\0"
	"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.WebhookClientConfig\0"
	"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.WebhookConversion\0"
	"io.k8s.apimachinery.pkg.api.resource.Quantity\0"
	"io.k8s.apimachinery.pkg.apis.meta.v1.APIGroup\0"
	"/v1/APIGroup\0"
	"io.k8s.apimachinery.pkg.apis.meta.v1.APIGroupList\0"
	"/v1/APIGroupList\0"
	"io.k8s.apimachinery.pkg.apis.meta.v1.APIResource\0"
	"io.k8s.apimachinery.pkg.apis.meta.v1.APIResourceList\0"
	"/v1/APIResourceList\0"
	"io.k8s.apimachinery.pkg.apis.meta.v1.APIVersions\0"
	"/v1/APIVersions\0"
	"io.k8s.apimachinery.pkg.apis.meta.v1.Condition\0"
	"io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions\0"
	"io.k8s.apimachinery.pkg.apis.meta.v1.FieldSelectorRequirement\0"
	"io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1\0"
	"io.k8s.apimachinery.pkg.apis.meta.v1.GroupVersionForDiscovery\0"
	"io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector\0"
	"io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelectorRequirement\0"
	"io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta\0"
	"io.k8s.apimachinery.pkg.apis.meta.v1.ManagedFieldsEntry\0"
	"io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime\0"
	"io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta\0"
	"io.k8s.apimachinery.pkg.apis.meta.v1.OwnerReference\0"
	"io.k8s.apimachinery.pkg.apis.meta.v1.Patch\0"
	"io.k8s.apimachinery.pkg.apis.meta.v1.Preconditions\0"
	"io.k8s.apimachinery.pkg.apis.meta.v1.ServerAddressByClientCIDR\0"
	"io.k8s.apimachinery.pkg.apis.meta.v1.ShardInfo\0"
	"io.k8s.apimachinery.pkg.apis.meta.v1.Status\0"
	"/v1/Status\0"
	"io.k8s.apimachinery.pkg.apis.meta.v1.StatusCause\0"
	"io.k8s.apimachinery.pkg.apis.meta.v1.StatusDetails\0"
	"io.k8s.apimachinery.pkg.apis.meta.v1.Time\0"
	"io.k8s.apimachinery.pkg.apis.meta.v1.WatchEvent\0"
	"io.k8s.apimachinery.pkg.runtime.RawExtension\0"
	"io.k8s.apimachinery.pkg.util.intstr.IntOrString\0"
	"io.k8s.apimachinery.pkg.version.Info\0"
	"io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIService\0"
	"apiregistration.k8s.io/v1/APIService\0"
	"io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceCondition\0"
	"io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceList\0"
	"apiregistration.k8s.io/v1/APIServiceList\0"
	"io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceSpec\0"
	"io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceStatus\0"
	"io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.ServiceReference\0"
	"expression\0"
	"key\0"
	"valueExpression\0"
	"fieldRef\0"
	"warning\0"
	"excludeResourceRules\0"
	"v1.MatchPolicyType\0"
	"resourceRules\0"
	"items\0"
	"matchResources\0"
	"paramRef\0"
	"policyName\0"
	"v1.FailurePolicyType\0"
	"matchConditions\0"
	"name\0"
	"\0"
	"matchConstraints\0"
	"mutations\0"
	"paramKind\0"
	"v1.ReinvocationPolicyType\0"
	"variables\0"
	"admissionReviewVersions\0"
	"clientConfig\0"
	"rules\0"
	"sideEffects\0"
	"v1.SideEffectClass\0"
	"webhooks\0"
	"applyConfiguration\0"
	"jsonPatch\0"
	"patchType\0"
	"v1.PatchType\0"
	"apiGroups\0"
	"apiVersions\0"
	"operations\0"
	"[]v1.OperationType\0"
	"resourceNames\0"
	"v1.ScopeType\0"
	"namespace\0"
	"parameterNotFoundAction\0"
	"v1.ParameterNotFoundActionType\0"
	"selector\0"
	"expressionWarnings\0"
	"validationActions\0"
	"[]v1.ValidationAction\0"
	"auditAnnotations\0"
	"validations\0"
	"type\0"
	"\0"
	"observedGeneration\0"
	"typeChecking\0"
	"message\0"
	"messageExpression\0"
	"reason\0"
	"caBundle\0"
	"url\0"
	"data\0"
	"revision\0"
	"lastTransitionTime\0"
	"v1.ConditionStatus\0"
	"v1.DaemonSetConditionType\0"
	"minReadySeconds\0"
	"template\0"
	"collisionCount\0"
	"currentNumberScheduled\0"
	"desiredNumberScheduled\0"
	"numberAvailable\0"
	"numberMisscheduled\0"
	"numberReady\0"
	"numberUnavailable\0"
	"updatedNumberScheduled\0"
	"v1.DaemonSetUpdateStrategyType\0"
	"lastUpdateTime\0"
	"v1.DeploymentConditionType\0"
	"paused\0"
	"availableReplicas\0"
	"readyReplicas\0"
	"terminatingReplicas\0"
	"unavailableReplicas\0"
	"updatedReplicas\0"
	"v1.DeploymentStrategyType\0"
	"v1.ReplicaSetConditionType\0"
	"fullyLabeledReplicas\0"
	"v1.StatefulSetConditionType\0"
	"start\0"
	"v1.PersistentVolumeClaimRetentionPolicyType\0"
	"ordinals\0"
	"v1.PodManagementPolicyType\0"
	"serviceName\0"
	"volumeClaimTemplates\0"
	"currentReplicas\0"
	"currentRevision\0"
	"updateRevision\0"
	"v1.StatefulSetUpdateStrategyType\0"
	"uid\0"
	"types.UID\0"
	"userInfo\0"
	"audiences\0"
	"boundObjectRef\0"
	"expirationTimestamp\0"
	"token\0"
	"authenticated\0"
	"error\0"
	"extra\0"
	"map[string]v1.ExtraValue\0"
	"groups\0"
	"username\0"
	"rawSelector\0"
	"requirements\0"
	"verb\0"
	"nonResourceURLs\0"
	"verbs\0"
	"fieldSelector\0"
	"group\0"
	"labelSelector\0"
	"resource\0"
	"subresource\0"
	"version\0"
	"nonResourceAttributes\0"
	"resourceAttributes\0"
	"allowed\0"
	"denied\0"
	"evaluationError\0"
	"incomplete\0"
	"nonResourceRules\0"
	"maxReplicas\0"
	"scaleTargetRef\0"
	"targetCPUUtilizationPercentage\0"
	"currentCPUUtilizationPercentage\0"
	"desiredReplicas\0"
	"lastScaleTime\0"
	"container\0"
	"v1.ResourceName\0"
	"target\0"
	"current\0"
	"metric\0"
	"v2.HPAScalingPolicyType\0"
	"value\0"
	"policies\0"
	"selectPolicy\0"
	"v2.ScalingPolicySelect\0"
	"stabilizationWindowSeconds\0"
	"tolerance\0"
	"v2.HorizontalPodAutoscalerConditionType\0"
	"behavior\0"
	"currentMetrics\0"
	"containerResource\0"
	"external\0"
	"object\0"
	"pods\0"
	"v2.MetricSourceType\0"
	"averageUtilization\0"
	"averageValue\0"
	"v2.MetricTargetType\0"
	"describedObject\0"
	"v1.ConcurrencyPolicy\0"
	"jobTemplate\0"
	"schedule\0"
	"startingDeadlineSeconds\0"
	"timeZone\0"
	"active\0"
	"lastScheduleTime\0"
	"lastSuccessfulTime\0"
	"lastProbeTime\0"
	"v1.JobConditionType\0"
	"activeDeadlineSeconds\0"
	"backoffLimit\0"
	"backoffLimitPerIndex\0"
	"completionMode\0"
	"v1.CompletionMode\0"
	"completions\0"
	"managedBy\0"
	"manualSelector\0"
	"maxFailedIndexes\0"
	"parallelism\0"
	"podFailurePolicy\0"
	"podReplacementPolicy\0"
	"v1.PodReplacementPolicy\0"
	"successPolicy\0"
	"ttlSecondsAfterFinished\0"
	"completedIndexes\0"
	"completionTime\0"
	"failed\0"
	"failedIndexes\0"
	"ready\0"
	"startTime\0"
	"succeeded\0"
	"terminating\0"
	"uncountedTerminatedPods\0"
	"containerName\0"
	"v1.PodFailurePolicyOnExitCodesOperator\0"
	"values\0"
	"v1.PodConditionType\0"
	"action\0"
	"v1.PodFailurePolicyAction\0"
	"onExitCodes\0"
	"onPodConditions\0"
	"succeededCount\0"
	"succeededIndexes\0"
	"[]types.UID\0"
	"v1.RequestConditionType\0"
	"request\0"
	"signerName\0"
	"usages\0"
	"[]v1.KeyUsage\0"
	"certificate\0"
	"acquireTime\0"
	"holderIdentity\0"
	"leaseDurationSeconds\0"
	"leaseTransitions\0"
	"preferredHolder\0"
	"renewTime\0"
	"v1.CoordinatedLeaseStrategy\0"
	"volumeID\0"
	"nodeAffinity\0"
	"podAffinity\0"
	"podAntiAffinity\0"
	"localhostProfile\0"
	"v1.AppArmorProfileType\0"
	"devicePath\0"
	"v1.UniqueVolumeName\0"
	"v1.AzureDataDiskCachingMode\0"
	"diskName\0"
	"diskURI\0"
	"v1.AzureDataDiskKind\0"
	"secretName\0"
	"secretNamespace\0"
	"shareName\0"
	"controllerExpandSecretRef\0"
	"controllerPublishSecretRef\0"
	"driver\0"
	"nodeExpandSecretRef\0"
	"nodePublishSecretRef\0"
	"nodeStageSecretRef\0"
	"volumeAttributes\0"
	"volumeHandle\0"
	"add\0"
	"[]v1.Capability\0"
	"drop\0"
	"monitors\0"
	"secretFile\0"
	"secretRef\0"
	"optional\0"
	"v1.ComponentConditionType\0"
	"binaryData\0"
	"immutable\0"
	"kubeletConfigKey\0"
	"resourceVersion\0"
	"args\0"
	"command\0"
	"env\0"
	"envFrom\0"
	"image\0"
	"v1.PullPolicy\0"
	"lifecycle\0"
	"livenessProbe\0"
	"ports\0"
	"containerPort\0"
	"protocol\0"
	"\0"
	"containerPort\0"
	"readinessProbe\0"
	"resizePolicy\0"
	"v1.ContainerRestartPolicy\0"
	"restartPolicyRules\0"
	"startupProbe\0"
	"stdin\0"
	"stdinOnce\0"
	"v1.TerminationMessagePolicy\0"
	"tty\0"
	"volumeDevices\0"
	"devicePath\0"
	"\0"
	"volumeMounts\0"
	"mountPath\0"
	"\0"
	"mountPath\0"
	"workingDir\0"
	"requestName\0"
	"resourceName\0"
	"names\0"
	"sizeBytes\0"
	"hostIP\0"
	"hostPort\0"
	"v1.Protocol\0"
	"v1.ResourceResizeRestartPolicy\0"
	"v1.ContainerRestartRuleAction\0"
	"exitCodes\0"
	"v1.ContainerRestartRuleOnExitCodesOperator\0"
	"running\0"
	"terminated\0"
	"waiting\0"
	"startedAt\0"
	"containerID\0"
	"exitCode\0"
	"finishedAt\0"
	"signal\0"
	"allocatedResources\0"
	"v1.ResourceList\0"
	"allocatedResourcesStatus\0"
	"imageID\0"
	"lastState\0"
	"restartCount\0"
	"started\0"
	"state\0"
	"stopSignal\0"
	"v1.Signal\0"
	"linux\0"
	"mode\0"
	"resourceFieldRef\0"
	"medium\0"
	"v1.StorageMedium\0"
	"sizeLimit\0"
	"hostname\0"
	"nodeName\0"
	"targetRef\0"
	"appProtocol\0"
	"addresses\0"
	"notReadyAddresses\0"
	"subsets\0"
	"configMapRef\0"
	"prefix\0"
	"valueFrom\0"
	"configMapKeyRef\0"
	"fileKeyRef\0"
	"secretKeyRef\0"
	"targetContainerName\0"
	"volumeClaimTemplate\0"
	"eventTime\0"
	"firstTimestamp\0"
	"involvedObject\0"
	"lastTimestamp\0"
	"related\0"
	"reportingComponent\0"
	"reportingInstance\0"
	"series\0"
	"source\0"
	"lastObservedTime\0"
	"component\0"
	"host\0"
	"lun\0"
	"targetWWNs\0"
	"wwids\0"
	"volumeName\0"
	"options\0"
	"datasetName\0"
	"datasetUUID\0"
	"pdName\0"
	"directory\0"
	"repository\0"
	"endpoints\0"
	"endpointsNamespace\0"
	"httpHeaders\0"
	"v1.URIScheme\0"
	"hostnames\0"
	"v1.HostPathType\0"
	"chapAuthDiscovery\0"
	"chapAuthSession\0"
	"initiatorName\0"
	"iqn\0"
	"portals\0"
	"targetPortal\0"
	"reference\0"
	"imageRef\0"
	"postStart\0"
	"preStop\0"
	"exec\0"
	"httpGet\0"
	"sleep\0"
	"tcpSocket\0"
	"defaultRequest\0"
	"max\0"
	"maxLimitRequestRatio\0"
	"min\0"
	"v1.LimitType\0"
	"limits\0"
	"gid\0"
	"supplementalGroups\0"
	"v1.LoadBalancerIPMode\0"
	"ingress\0"
	"v1.PersistentVolumeClaimModifyVolumeStatus\0"
	"targetVolumeAttributesClassName\0"
	"server\0"
	"v1.NamespaceConditionType\0"
	"finalizers\0"
	"[]v1.FinalizerName\0"
	"v1.NamespacePhase\0"
	"address\0"
	"v1.NodeAddressType\0"
	"preferredDuringSchedulingIgnoredDuringExecution\0"
	"requiredDuringSchedulingIgnoredDuringExecution\0"
	"containers\0"
	"resourceClaimName\0"
	"map[v1.ResourceName]resource.Quantity\0"
	"lastHeartbeatTime\0"
	"v1.NodeConditionType\0"
	"configMap\0"
	"assigned\0"
	"lastKnownGood\0"
	"supplementalGroupsPolicy\0"
	"features\0"
	"recursiveReadOnlyMounts\0"
	"userNamespaces\0"
	"nodeSelectorTerms\0"
	"v1.NodeSelectorOperator\0"
	"matchExpressions\0"
	"matchFields\0"
	"configSource\0"
	"externalID\0"
	"podCIDR\0"
	"podCIDRs\0"
	"providerID\0"
	"taints\0"
	"unschedulable\0"
	"capacity\0"
	"config\0"
	"declaredFeatures\0"
	"images\0"
	"v1.NodePhase\0"
	"runtimeHandlers\0"
	"volumesAttached\0"
	"volumesInUse\0"
	"[]v1.UniqueVolumeName\0"
	"swap\0"
	"fieldPath\0"
	"v1.PersistentVolumeClaimConditionType\0"
	"accessModes\0"
	"[]v1.PersistentVolumeAccessMode\0"
	"dataSource\0"
	"dataSourceRef\0"
	"storageClassName\0"
	"volumeAttributesClassName\0"
	"v1.PersistentVolumeMode\0"
	"allocatedResourceStatuses\0"
	"map[v1.ResourceName]v1.ClaimResourceStatus\0"
	"currentVolumeAttributesClassName\0"
	"modifyVolumeStatus\0"
	"v1.PersistentVolumeClaimPhase\0"
	"claimName\0"
	"awsElasticBlockStore\0"
	"azureDisk\0"
	"azureFile\0"
	"cephfs\0"
	"cinder\0"
	"claimRef\0"
	"csi\0"
	"fc\0"
	"flexVolume\0"
	"flocker\0"
	"gcePersistentDisk\0"
	"glusterfs\0"
	"hostPath\0"
	"iscsi\0"
	"local\0"
	"mountOptions\0"
	"nfs\0"
	"v1.PersistentVolumeReclaimPolicy\0"
	"photonPersistentDisk\0"
	"portworxVolume\0"
	"quobyte\0"
	"scaleIO\0"
	"storageos\0"
	"vsphereVolume\0"
	"lastPhaseTransitionTime\0"
	"v1.PersistentVolumePhase\0"
	"pdID\0"
	"matchLabelKeys\0"
	"mismatchLabelKeys\0"
	"namespaces\0"
	"topologyKey\0"
	"certificateChainPath\0"
	"credentialBundlePath\0"
	"keyPath\0"
	"keyType\0"
	"maxExpirationSeconds\0"
	"userAnnotations\0"
	"nameservers\0"
	"searches\0"
	"requestMappings\0"
	"v1.OSName\0"
	"conditionType\0"
	"resourceClaimTemplateName\0"
	"podGroupName\0"
	"appArmorProfile\0"
	"fsGroup\0"
	"fsGroupChangePolicy\0"
	"v1.PodFSGroupChangePolicy\0"
	"runAsGroup\0"
	"runAsNonRoot\0"
	"runAsUser\0"
	"seLinuxChangePolicy\0"
	"v1.PodSELinuxChangePolicy\0"
	"seLinuxOptions\0"
	"seccompProfile\0"
	"v1.SupplementalGroupsPolicy\0"
	"sysctls\0"
	"windowsOptions\0"
	"affinity\0"
	"automountServiceAccountToken\0"
	"dnsConfig\0"
	"v1.DNSPolicy\0"
	"enableServiceLinks\0"
	"ephemeralContainers\0"
	"hostAliases\0"
	"ip\0"
	"\0"
	"hostIPC\0"
	"hostNetwork\0"
	"hostPID\0"
	"hostUsers\0"
	"hostnameOverride\0"
	"imagePullSecrets\0"
	"initContainers\0"
	"nodeSelector\0"
	"os\0"
	"overhead\0"
	"v1.PreemptionPolicy\0"
	"priority\0"
	"priorityClassName\0"
	"readinessGates\0"
	"resourceClaims\0"
	"v1.RestartPolicy\0"
	"runtimeClassName\0"
	"schedulingGates\0"
	"schedulingGroup\0"
	"serviceAccount\0"
	"serviceAccountName\0"
	"setHostnameAsFQDN\0"
	"shareProcessNamespace\0"
	"subdomain\0"
	"tolerations\0"
	"topologySpreadConstraints\0"
	"topologyKey\0"
	"whenUnsatisfiable\0"
	"\0"
	"volumes\0"
	"containerStatuses\0"
	"ephemeralContainerStatuses\0"
	"extendedResourceClaimStatus\0"
	"hostIPs\0"
	"initContainerStatuses\0"
	"nodeAllocatableResourceClaimStatuses\0"
	"nominatedNodeName\0"
	"v1.PodPhase\0"
	"podIP\0"
	"podIPs\0"
	"qosClass\0"
	"v1.PodQOSClass\0"
	"resize\0"
	"v1.PodResizeStatus\0"
	"resourceClaimStatuses\0"
	"preference\0"
	"weight\0"
	"grpc\0"
	"initialDelaySeconds\0"
	"sources\0"
	"registry\0"
	"tenant\0"
	"volume\0"
	"v1.ReplicationControllerConditionType\0"
	"health\0"
	"v1.ResourceHealthStatus\0"
	"resourceID\0"
	"v1.ResourceID\0"
	"hard\0"
	"scopeSelector\0"
	"scopes\0"
	"[]v1.ResourceQuotaScope\0"
	"used\0"
	"claims\0"
	"requests\0"
	"resourceID\0"
	"\0"
	"level\0"
	"role\0"
	"gateway\0"
	"protectionDomain\0"
	"sslEnabled\0"
	"storagePool\0"
	"system\0"
	"v1.ScopeSelectorOperator\0"
	"scopeName\0"
	"v1.ResourceQuotaScope\0"
	"v1.SeccompProfileType\0"
	"stringData\0"
	"v1.SecretType\0"
	"allowPrivilegeEscalation\0"
	"capabilities\0"
	"privileged\0"
	"procMount\0"
	"v1.ProcMountType\0"
	"readOnlyRootFilesystem\0"
	"secrets\0"
	"audience\0"
	"nodePort\0"
	"allocateLoadBalancerNodePorts\0"
	"clusterIP\0"
	"clusterIPs\0"
	"externalIPs\0"
	"externalName\0"
	"externalTrafficPolicy\0"
	"v1.ServiceExternalTrafficPolicy\0"
	"healthCheckNodePort\0"
	"internalTrafficPolicy\0"
	"v1.ServiceInternalTrafficPolicy\0"
	"ipFamilies\0"
	"[]v1.IPFamily\0"
	"ipFamilyPolicy\0"
	"v1.IPFamilyPolicy\0"
	"loadBalancerClass\0"
	"loadBalancerIP\0"
	"loadBalancerSourceRanges\0"
	"port\0"
	"protocol\0"
	"\0"
	"publishNotReadyAddresses\0"
	"v1.ServiceAffinity\0"
	"sessionAffinityConfig\0"
	"trafficDistribution\0"
	"v1.ServiceType\0"
	"clientIP\0"
	"seconds\0"
	"volumeNamespace\0"
	"effect\0"
	"v1.TaintEffect\0"
	"timeAdded\0"
	"v1.TolerationOperator\0"
	"tolerationSeconds\0"
	"matchLabelExpressions\0"
	"maxSkew\0"
	"minDomains\0"
	"nodeAffinityPolicy\0"
	"v1.NodeInclusionPolicy\0"
	"nodeTaintsPolicy\0"
	"whenUnsatisfiable\0"
	"v1.UnsatisfiableConstraintAction\0"
	"downwardAPI\0"
	"emptyDir\0"
	"ephemeral\0"
	"gitRepo\0"
	"persistentVolumeClaim\0"
	"projected\0"
	"secret\0"
	"mountPropagation\0"
	"v1.MountPropagationMode\0"
	"recursiveReadOnly\0"
	"v1.RecursiveReadOnlyMode\0"
	"subPath\0"
	"subPathExpr\0"
	"volumeStatus\0"
	"required\0"
	"clusterTrustBundle\0"
	"podCertificate\0"
	"serviceAccountToken\0"
	"storagePolicyID\0"
	"storagePolicyName\0"
	"volumePath\0"
	"podAffinityTerm\0"
	"gmsaCredentialSpec\0"
	"gmsaCredentialSpecName\0"
	"hostProcess\0"
	"runAsUserName\0"
	"deprecatedTopology\0"
	"hints\0"
	"zone\0"
	"serving\0"
	"forNodes\0"
	"forZones\0"
	"addressType\0"
	"v1.AddressType\0"
	"deprecatedCount\0"
	"deprecatedFirstTimestamp\0"
	"deprecatedLastTimestamp\0"
	"deprecatedSource\0"
	"note\0"
	"regarding\0"
	"reportingController\0"
	"v1.FlowDistinguisherMethodType\0"
	"v1.FlowSchemaConditionType\0"
	"distinguisherMethod\0"
	"priorityLevelConfiguration\0"
	"queuing\0"
	"v1.LimitResponseType\0"
	"borrowingLimitPercent\0"
	"limitResponse\0"
	"subjects\0"
	"v1.PriorityLevelConfigurationConditionType\0"
	"limited\0"
	"v1.PriorityLevelEnablement\0"
	"clusterScope\0"
	"v1.SubjectKind\0"
	"backend\0"
	"pathType\0"
	"v1.PathType\0"
	"paths\0"
	"parentRef\0"
	"cidr\0"
	"except\0"
	"controller\0"
	"parameters\0"
	"http\0"
	"defaultBackend\0"
	"ingressClassName\0"
	"tls\0"
	"hosts\0"
	"to\0"
	"from\0"
	"ipBlock\0"
	"endPort\0"
	"egress\0"
	"[]v1.PolicyType\0"
	"number\0"
	"cidrs\0"
	"podFixed\0"
	"handler\0"
	"scheduling\0"
	"deleteOptions\0"
	"minAvailable\0"
	"unhealthyPodEvictionPolicy\0"
	"v1.UnhealthyPodEvictionPolicyType\0"
	"currentHealthy\0"
	"desiredHealthy\0"
	"disruptedPods\0"
	"map[string]v1.Time\0"
	"disruptionsAllowed\0"
	"expectedPods\0"
	"clusterRoleSelectors\0"
	"aggregationRule\0"
	"roleRef\0"
	"device\0"
	"networkData\0"
	"shareID\0"
	"allocationTimestamp\0"
	"devices\0"
	"validRange\0"
	"validValues\0"
	"step\0"
	"map[v1.QualifiedName]resource.Quantity\0"
	"counters\0"
	"allNodes\0"
	"allowMultipleAllocations\0"
	"attributes\0"
	"bindingConditions\0"
	"bindingFailureConditions\0"
	"bindsToNode\0"
	"consumesCounters\0"
	"nodeAllocatableResourceMappings\0"
	"opaque\0"
	"v1.AllocationConfigSource\0"
	"results\0"
	"bool\0"
	"bools\0"
	"int\0"
	"ints\0"
	"string\0"
	"strings\0"
	"versions\0"
	"requestPolicy\0"
	"constraints\0"
	"extendedResourceName\0"
	"selectors\0"
	"distinctAttribute\0"
	"v1.FullyQualifiedName\0"
	"matchAttribute\0"
	"counterSet\0"
	"exactly\0"
	"firstAvailable\0"
	"adminAccess\0"
	"consumedCapacity\0"
	"cel\0"
	"v1.DeviceAllocationMode\0"
	"deviceClassName\0"
	"v1.DeviceTaintEffect\0"
	"v1.DeviceTolerationOperator\0"
	"hardwareAddress\0"
	"interfaceName\0"
	"ips\0"
	"allocationMultiplier\0"
	"capacityKey\0"
	"v1.QualifiedName\0"
	"allocation\0"
	"driver\0"
	"device\0"
	"pool\0"
	"shareID\0"
	"\0"
	"reservedFor\0"
	"uid\0"
	"\0"
	"generation\0"
	"resourceSliceCount\0"
	"perDeviceNodeSelection\0"
	"sharedCounters\0"
	"description\0"
	"globalDefault\0"
	"v1.FSGroupPolicy\0"
	"nodeAllocatableUpdatePeriodSeconds\0"
	"preventPodSchedulingIfMissing\0"
	"serviceAccountTokenInSecrets\0"
	"tokenRequests\0"
	"[]v1.VolumeLifecycleMode\0"
	"nodeID\0"
	"topologyKeys\0"
	"drivers\0"
	"maximumVolumeSize\0"
	"nodeTopology\0"
	"allowVolumeExpansion\0"
	"allowedTopologies\0"
	"provisioner\0"
	"v1.VolumeBindingMode\0"
	"inlineVolumeSpec\0"
	"persistentVolumeName\0"
	"attacher\0"
	"attachError\0"
	"attached\0"
	"attachmentMetadata\0"
	"detachError\0"
	"driverName\0"
	"errorCode\0"
	"time\0"
	"format\0"
	"jsonPath\0"
	"v1.ConversionStrategyType\0"
	"webhook\0"
	"v1.CustomResourceDefinitionConditionType\0"
	"categories\0"
	"listKind\0"
	"plural\0"
	"shortNames\0"
	"singular\0"
	"preserveUnknownFields\0"
	"v1.ResourceScope\0"
	"acceptedNames\0"
	"storedVersions\0"
	"additionalPrinterColumns\0"
	"deprecated\0"
	"deprecationWarning\0"
	"schema\0"
	"selectableFields\0"
	"served\0"
	"storage\0"
	"subresources\0"
	"labelSelectorPath\0"
	"specReplicasPath\0"
	"statusReplicasPath\0"
	"scale\0"
	"openAPIV3Schema\0"
	"$ref\0"
	"$schema\0"
	"v1.JSONSchemaURL\0"
	"additionalItems\0"
	"additionalProperties\0"
	"allOf\0"
	"anyOf\0"
	"definitions\0"
	"v1.JSONSchemaDefinitions\0"
	"dependencies\0"
	"v1.JSONSchemaDependencies\0"
	"enum\0"
	"example\0"
	"exclusiveMaximum\0"
	"exclusiveMinimum\0"
	"externalDocs\0"
	"id\0"
	"maxItems\0"
	"maxLength\0"
	"maxProperties\0"
	"maximum\0"
	"minItems\0"
	"minLength\0"
	"minProperties\0"
	"minimum\0"
	"multipleOf\0"
	"not\0"
	"nullable\0"
	"oneOf\0"
	"pattern\0"
	"patternProperties\0"
	"properties\0"
	"title\0"
	"uniqueItems\0"
	"x-kubernetes-embedded-resource\0"
	"x-kubernetes-int-or-string\0"
	"x-kubernetes-list-map-keys\0"
	"x-kubernetes-list-type\0"
	"x-kubernetes-map-type\0"
	"x-kubernetes-preserve-unknown-fields\0"
	"x-kubernetes-validations\0"
	"rule\0"
	"\0"
	"rule\0"
	"v1.ValidationRules\0"
	"optionalOldSelf\0"
	"v1.FieldValueErrorReason\0"
	"conversionReviewVersions\0"
	"preferredVersion\0"
	"serverAddressByClientCIDRs\0"
	"namespaced\0"
	"singularName\0"
	"storageVersionHash\0"
	"v1.Verbs\0"
	"groupVersion\0"
	"dryRun\0"
	"gracePeriodSeconds\0"
	"ignoreStoreReadErrorWithClusterBreakingPotential\0"
	"orphanDependents\0"
	"preconditions\0"
	"propagationPolicy\0"
	"v1.DeletionPropagation\0"
	"v1.FieldSelectorOperator\0"
	"matchLabels\0"
	"v1.LabelSelectorOperator\0"
	"continue\0"
	"remainingItemCount\0"
	"selfLink\0"
	"shardInfo\0"
	"fieldsType\0"
	"fieldsV1\0"
	"manager\0"
	"operation\0"
	"v1.ManagedFieldsOperationType\0"
	"annotations\0"
	"creationTimestamp\0"
	"deletionGracePeriodSeconds\0"
	"deletionTimestamp\0"
	"generateName\0"
	"labels\0"
	"managedFields\0"
	"ownerReferences\0"
	"blockOwnerDeletion\0"
	"clientCIDR\0"
	"serverAddress\0"
	"code\0"
	"details\0"
	"v1.StatusReason\0"
	"field\0"
	"v1.CauseType\0"
	"causes\0"
	"retryAfterSeconds\0"
	"buildDate\0"
	"compiler\0"
	"emulationMajor\0"
	"emulationMinor\0"
	"gitCommit\0"
	"gitTreeState\0"
	"gitVersion\0"
	"goVersion\0"
	"major\0"
	"minCompatibilityMajor\0"
	"minCompatibilityMinor\0"
	"minor\0"
	"platform\0"
	"v1.APIServiceConditionType\0"
	"groupPriorityMinimum\0"
	"insecureSkipTLSVerify\0"
	"versionPriority\0"
	"properties/matchPolicy/enum\0"
	"[\"Equivalent\",\"Exact\"]\0"
	"properties/failurePolicy/enum\0"
	"[\"Fail\",\"Ignore\"]\0"
	"properties/reinvocationPolicy/enum\0"
	"[\"IfNeeded\",\"Never\"]\0"
	"properties/sideEffects/enum\0"
	"[\"None\",\"NoneOnDryRun\",\"Some\",\"Unknown\"]\0"
	"properties/patchType/enum\0"
	"[\"ApplyConfiguration\",\"JSONPatch\"]\0"
	"properties/operations/items/enum\0"
	"[\"*\",\"CONNECT\",\"CREATE\",\"DELETE\",\"UPDATE\"]\0"
	"properties/scope/enum\0"
	"[\"*\",\"Cluster\",\"Namespaced\"]\0"
	"properties/validationActions/items/enum\0"
	"[\"Audit\",\"Deny\",\"Warn\"]\0"
	"properties/type/enum\0"
	"[\"OnDelete\",\"RollingUpdate\"]\0"
	"[\"Recreate\",\"RollingUpdate\"]\0"
	"properties/podManagementPolicy/enum\0"
	"[\"OrderedReady\",\"Parallel\"]\0"
	"properties/concurrencyPolicy/enum\0"
	"[\"Allow\",\"Forbid\",\"Replace\"]\0"
	"properties/completionMode/enum\0"
	"[\"Indexed\",\"NonIndexed\"]\0"
	"properties/podReplacementPolicy/enum\0"
	"[\"Failed\",\"TerminatingOrFailed\"]\0"
	"properties/operator/enum\0"
	"[\"In\",\"NotIn\"]\0"
	"properties/action/enum\0"
	"[\"Count\",\"FailIndex\",\"FailJob\",\"Ignore\"]\0"
	"properties/usages/items/enum\0"
	"[\"any\",\"cert sign\",\"client auth\",\"code signing\",\"content commitment\",\"crl sign\",\"data encipherment\",\"decipher only\",\"digital signature\",\"email protection\",\"encipher only\",\"ipsec end system\",\"ipsec tunnel\",\"ipsec user\",\"key agreement\",\"key encipherment\",\"microsoft sgc\",\"netscape sgc\",\"ocsp signing\",\"s/mime\",\"server auth\",\"signing\",\"timestamping\"]\0"
	"[\"Localhost\",\"RuntimeDefault\",\"Unconfined\"]\0"
	"x-kubernetes-unions\0"
	"[{\"discriminator\":\"type\",\"fields-to-discriminateBy\":{\"localhostProfile\":\"LocalhostProfile\"}}]\0"
	"properties/cachingMode/default\0"
	"\"ReadWrite\"\0"
	"properties/cachingMode/enum\0"
	"[\"None\",\"ReadOnly\",\"ReadWrite\"]\0"
	"properties/fsType/default\0"
	"\"ext4\"\0"
	"properties/kind/default\0"
	"\"Shared\"\0"
	"properties/kind/enum\0"
	"[\"Dedicated\",\"Managed\",\"Shared\"]\0"
	"properties/readOnly/default\0"
	"false\0"
	"properties/name/default\0"
	"\"\"\0"
	"properties/imagePullPolicy/enum\0"
	"[\"Always\",\"IfNotPresent\",\"Never\"]\0"
	"properties/terminationMessagePolicy/enum\0"
	"[\"FallbackToLogsOnError\",\"File\"]\0"
	"properties/protocol/default\0"
	"\"TCP\"\0"
	"properties/protocol/enum\0"
	"[\"SCTP\",\"TCP\",\"UDP\"]\0"
	"properties/stopSignal/enum\0"
	"[\"SIGABRT\",\"SIGALRM\",\"SIGBUS\",\"SIGCHLD\",\"SIGCLD\",\"SIGCONT\",\"SIGFPE\",\"SIGHUP\",\"SIGILL\",\"SIGINT\",\"SIGIO\",\"SIGIOT\",\"SIGKILL\",\"SIGPIPE\",\"SIGPOLL\",\"SIGPROF\",\"SIGPWR\",\"SIGQUIT\",\"SIGRTMAX\",\"SIGRTMAX-1\",\"SIGRTMAX-10\",\"SIGRTMAX-11\",\"SIGRTMAX-12\",\"SIGRTMAX-13\",\"SIGRTMAX-14\",\"SIGRTMAX-2\",\"SIGRTMAX-3\",\"SIGRTMAX-4\",\"SIGRTMAX-5\",\"SIGRTMAX-6\",\"SIGRTMAX-7\",\"SIGRTMAX-8\",\"SIGRTMAX-9\",\"SIGRTMIN\",\"SIGRTMIN+1\",\"SIGRTMIN+10\",\"SIGRTMIN+11\",\"SIGRTMIN+12\",\"SIGRTMIN+13\",\"SIGRTMIN+14\",\"SIGRTMIN+15\",\"SIGRTMIN+2\",\"SIGRTMIN+3\",\"SIGRTMIN+4\",\"SIGRTMIN+5\",\"SIGRTMIN+6\",\"SIGRTMIN+7\",\"SIGRTMIN+8\",\"SIGRTMIN+9\",\"SIGSEGV\",\"SIGSTKFLT\",\"SIGSTOP\",\"SIGSYS\",\"SIGTERM\",\"SIGTRAP\",\"SIGTSTP\",\"SIGTTIN\",\"SIGTTOU\",\"SIGURG\",\"SIGUSR1\",\"SIGUSR2\",\"SIGVTALRM\",\"SIGWINCH\",\"SIGXCPU\",\"SIGXFSZ\"]\0"
	"properties/optional/default\0"
	"properties/service/default\0"
	"properties/scheme/enum\0"
	"[\"HTTP\",\"HTTPS\"]\0"
	"[\"\",\"BlockDevice\",\"CharDevice\",\"Directory\",\"DirectoryOrCreate\",\"File\",\"FileOrCreate\",\"Socket\"]\0"
	"properties/iscsiInterface/default\0"
	"\"default\"\0"
	"properties/pullPolicy/enum\0"
	"properties/status/enum\0"
	"[\"InProgress\",\"Infeasible\",\"Pending\"]\0"
	"properties/phase/enum\0"
	"[\"Active\",\"Terminating\"]\0"
	"[\"DoesNotExist\",\"Exists\",\"Gt\",\"In\",\"Lt\",\"NotIn\"]\0"
	"[\"Pending\",\"Running\",\"Terminated\"]\0"
	"properties/accessModes/items/enum\0"
	"[\"ReadOnlyMany\",\"ReadWriteMany\",\"ReadWriteOnce\",\"ReadWriteOncePod\"]\0"
	"properties/volumeMode/enum\0"
	"[\"Block\",\"Filesystem\"]\0"
	"properties/allocatedResourceStatuses/additionalProperties/enum\0"
	"[\"ControllerResizeInProgress\",\"ControllerResizeInfeasible\",\"NodeResizeInProgress\",\"NodeResizeInfeasible\",\"NodeResizePending\"]\0"
	"properties/allocatedResourceStatuses/x-kubernetes-map-type\0"
	"\"granular\"\0"
	"[\"Bound\",\"Lost\",\"Pending\"]\0"
	"properties/claimRef/x-kubernetes-map-type\0"
	"properties/persistentVolumeReclaimPolicy/enum\0"
	"[\"Delete\",\"Recycle\",\"Retain\"]\0"
	"[\"Available\",\"Bound\",\"Failed\",\"Pending\",\"Released\"]\0"
	"[{\"fields-to-discriminateBy\":{\"podGroupName\":\"PodGroupName\"}}]\0"
	"properties/fsGroupChangePolicy/enum\0"
	"[\"Always\",\"OnRootMismatch\"]\0"
	"properties/supplementalGroupsPolicy/enum\0"
	"[\"Merge\",\"Strict\"]\0"
	"properties/dnsPolicy/enum\0"
	"[\"ClusterFirst\",\"ClusterFirstWithHostNet\",\"Default\",\"None\"]\0"
	"properties/preemptionPolicy/enum\0"
	"[\"Never\",\"PreemptLowerPriority\"]\0"
	"properties/restartPolicy/enum\0"
	"[\"Always\",\"Never\",\"OnFailure\"]\0"
	"[\"Failed\",\"Pending\",\"Running\",\"Succeeded\",\"Unknown\"]\0"
	"properties/qosClass/enum\0"
	"[\"BestEffort\",\"Burstable\",\"Guaranteed\"]\0"
	"properties/keyring/default\0"
	"\"/etc/ceph/keyring\"\0"
	"properties/pool/default\0"
	"\"rbd\"\0"
	"properties/user/default\0"
	"\"admin\"\0"
	"properties/minReadySeconds/default\0"
	"properties/replicas/default\0"
	"1\0"
	"properties/scopes/items/enum\0"
	"[\"BestEffort\",\"CrossNamespacePodAffinity\",\"NotBestEffort\",\"NotTerminating\",\"PriorityClass\",\"Terminating\",\"VolumeAttributesClass\"]\0"
	"\"xfs\"\0"
	"properties/storageMode/default\0"
	"\"ThinProvisioned\"\0"
	"[\"DoesNotExist\",\"Exists\",\"In\",\"NotIn\"]\0"
	"properties/scopeName/enum\0"
	"properties/procMount/enum\0"
	"[\"Default\",\"Unmasked\"]\0"
	"properties/externalTrafficPolicy/enum\0"
	"[\"Cluster\",\"Local\"]\0"
	"properties/internalTrafficPolicy/enum\0"
	"properties/ipFamilies/items/enum\0"
	"[\"\",\"IPv4\",\"IPv6\"]\0"
	"properties/ipFamilyPolicy/enum\0"
	"[\"PreferDualStack\",\"RequireDualStack\",\"SingleStack\"]\0"
	"properties/sessionAffinity/enum\0"
	"[\"ClientIP\",\"None\"]\0"
	"[\"ClusterIP\",\"ExternalName\",\"LoadBalancer\",\"NodePort\"]\0"
	"properties/effect/enum\0"
	"[\"NoExecute\",\"NoSchedule\",\"PreferNoSchedule\"]\0"
	"[\"Equal\",\"Exists\",\"Gt\",\"Lt\"]\0"
	"properties/nodeAffinityPolicy/enum\0"
	"[\"Honor\",\"Ignore\"]\0"
	"properties/nodeTaintsPolicy/enum\0"
	"properties/whenUnsatisfiable/enum\0"
	"[\"DoNotSchedule\",\"ScheduleAnyway\"]\0"
	"properties/mountPropagation/enum\0"
	"[\"Bidirectional\",\"HostToContainer\",\"None\"]\0"
	"properties/addressType/enum\0"
	"[\"FQDN\",\"IPv4\",\"IPv6\"]\0"
	"[{\"discriminator\":\"type\",\"fields-to-discriminateBy\":{\"queuing\":\"Queuing\"}}]\0"
	"[{\"discriminator\":\"type\",\"fields-to-discriminateBy\":{\"exempt\":\"Exempt\",\"limited\":\"Limited\"}}]\0"
	"[{\"discriminator\":\"kind\",\"fields-to-discriminateBy\":{\"group\":\"Group\",\"serviceAccount\":\"ServiceAccount\",\"user\":\"User\"}}]\0"
	"properties/pathType/enum\0"
	"[\"Exact\",\"ImplementationSpecific\",\"Prefix\"]\0"
	"properties/policyTypes/items/enum\0"
	"[\"Egress\",\"Ingress\"]\0"
	"properties/selector/x-kubernetes-patch-strategy\0"
	"\"replace\"\0"
	"properties/unhealthyPodEvictionPolicy/enum\0"
	"[\"AlwaysAllow\",\"IfHealthyBudget\"]\0"
	"properties/source/enum\0"
	"[\"FromClaim\",\"FromClass\"]\0"
	"properties/allocationMode/enum\0"
	"[\"All\",\"ExactCount\"]\0"
	"[\"NoExecute\",\"NoSchedule\",\"None\"]\0"
	"properties/operator/default\0"
	"\"Equal\"\0"
	"[\"Equal\",\"Exists\"]\0"
	"properties/reclaimPolicy/enum\0"
	"properties/volumeBindingMode/enum\0"
	"[\"Immediate\",\"WaitForFirstConsumer\"]\0"
	"properties/reason/enum\0"
	"[\"FieldValueDuplicate\",\"FieldValueForbidden\",\"FieldValueInvalid\",\"FieldValueRequired\"]\0"
	"properties/buildDate/default\0"
	"properties/compiler/default\0"
	"properties/gitCommit/default\0"
	"properties/gitTreeState/default\0"
	"properties/gitVersion/default\0"
	"properties/goVersion/default\0"
	"properties/major/default\0"
	"properties/minor/default\0"
	"properties/platform/default\0"
	"properties/caBundle/x-kubernetes-list-type\0"
	"\"atomic\"\0"
	;

const struct api_type api_types[] = {
	{API_ANY, 0, 0, API_LIST_ATOMIC, 0, 0, 0, 0, 0, 0, 0, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 1, 1, 0, 1, 0, 0, 0, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 2, 56, 1, 2, 0, 0, 0, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 3, 108, 3, 2, 0, 0, 0, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 4, 162, 5, 1, 0, 0, 0, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 5, 208, 6, 2, 0, 0, 0, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 6, 315, 8, 5, 0, 0, 0, 3, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 7, 366, 13, 4, 0, 0, 3, 0, 426},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 8, 482, 17, 4, 0, 0, 3, 0, 549},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 9, 612, 21, 4, 0, 0, 3, 0, 683},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 10, 750, 25, 3, 0, 0, 3, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 11, 821, 28, 4, 0, 0, 3, 0, 885},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 12, 964, 32, 7, 0, 0, 3, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 13, 1068, 39, 12, 0, 0, 4, 6, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 14, 1120, 51, 4, 0, 0, 10, 0, 1185},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 15, 1246, 55, 4, 0, 0, 10, 0, 1315},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 16, 1380, 59, 3, 0, 0, 10, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 17, 1433, 62, 6, 0, 0, 10, 1, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 18, 1493, 68, 2, 0, 0, 11, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 19, 1539, 70, 4, 0, 0, 11, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 20, 1584, 74, 5, 0, 0, 11, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 21, 1644, 79, 4, 0, 0, 12, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 22, 1697, 83, 1, 0, 0, 13, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 23, 1746, 84, 5, 0, 0, 13, 0, 1808},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 24, 1866, 89, 4, 0, 0, 13, 0, 1935},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 25, 2000, 93, 4, 0, 0, 13, 0, 2073},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 26, 2142, 97, 4, 0, 0, 13, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 27, 2215, 101, 4, 0, 0, 13, 0, 2281},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 28, 2343, 105, 7, 0, 0, 13, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 29, 2409, 112, 3, 0, 0, 14, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 30, 2477, 115, 11, 0, 0, 14, 5, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 31, 2531, 126, 4, 0, 0, 19, 0, 2598},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 32, 2661, 130, 4, 0, 0, 19, 0, 2732},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 33, 2799, 134, 4, 0, 0, 19, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 34, 2846, 138, 2, 0, 0, 19, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 35, 2891, 140, 3, 0, 0, 19, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 36, 2947, 143, 5, 0, 0, 19, 0, 2985},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 37, 3012, 148, 4, 0, 0, 19, 0, 3054},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 38, 3192, 152, 5, 0, 0, 19, 2, 3221},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 39, 3239, 157, 5, 0, 0, 21, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 40, 3277, 162, 4, 0, 0, 21, 0, 3310},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 41, 3368, 166, 5, 0, 0, 21, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 42, 3401, 171, 10, 0, 0, 23, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 43, 3469, 181, 2, 0, 0, 23, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 44, 3512, 183, 5, 0, 0, 25, 2, 3542},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 45, 3561, 188, 6, 0, 0, 27, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 46, 3600, 194, 4, 0, 0, 27, 0, 3634},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 47, 3699, 198, 8, 0, 0, 27, 4, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 48, 3733, 206, 9, 0, 0, 31, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 49, 3769, 215, 2, 0, 0, 31, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 50, 3822, 217, 5, 0, 0, 33, 2, 3852},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 51, 3871, 222, 5, 0, 0, 35, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 52, 3910, 227, 4, 0, 0, 35, 0, 3944},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 53, 3967, 231, 4, 0, 0, 35, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 54, 4001, 235, 7, 0, 0, 36, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 55, 4061, 242, 2, 0, 0, 36, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 56, 4107, 244, 2, 0, 0, 38, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 57, 4160, 246, 2, 0, 0, 40, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 58, 4249, 248, 5, 0, 0, 41, 2, 4280},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 59, 4300, 253, 5, 0, 0, 43, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 60, 4340, 258, 4, 0, 0, 43, 0, 4375},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 61, 4399, 262, 1, 0, 0, 43, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 62, 4468, 263, 2, 0, 0, 43, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 63, 4605, 265, 11, 0, 0, 45, 6, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 64, 4640, 276, 10, 0, 0, 51, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 65, 4677, 286, 2, 0, 0, 51, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 66, 4722, 288, 4, 0, 0, 53, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 67, 4772, 292, 4, 0, 0, 53, 0, 4819},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 68, 4862, 296, 1, 0, 0, 53, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 69, 4915, 297, 5, 0, 0, 53, 1, 4957},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 70, 5013, 302, 3, 0, 0, 54, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 71, 5059, 305, 2, 0, 0, 55, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 72, 5107, 307, 5, 0, 0, 55, 0, 5148},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 73, 5185, 312, 2, 0, 0, 55, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 74, 5230, 314, 4, 0, 0, 55, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 75, 5277, 318, 4, 0, 0, 55, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 76, 5315, 322, 2, 0, 0, 55, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 77, 5367, 324, 2, 0, 0, 55, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 78, 5419, 326, 5, 0, 0, 55, 0, 5472},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 79, 5521, 331, 2, 0, 0, 55, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 80, 5571, 333, 2, 0, 0, 55, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 81, 5615, 335, 9, 0, 0, 55, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 82, 5662, 344, 4, 0, 0, 55, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 83, 5703, 348, 5, 0, 0, 55, 0, 5755},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 84, 5803, 353, 2, 0, 0, 55, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 85, 5859, 355, 5, 0, 0, 55, 0, 5910},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 86, 5957, 360, 1, 0, 0, 55, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 87, 6012, 361, 5, 0, 0, 55, 0, 6060},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 88, 6104, 366, 6, 0, 0, 55, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 89, 6156, 372, 4, 0, 0, 55, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 90, 6210, 376, 4, 0, 0, 55, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 91, 6263, 380, 3, 0, 0, 55, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 92, 6359, 383, 5, 0, 0, 55, 2, 6409},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 93, 6448, 388, 4, 0, 0, 57, 0, 6502},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 94, 6557, 392, 4, 0, 0, 57, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 95, 6611, 396, 5, 0, 0, 58, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 96, 6667, 401, 5, 0, 0, 58, 0, 6699},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 97, 6720, 406, 1, 0, 0, 58, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 98, 6756, 407, 2, 0, 0, 58, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 99, 6794, 409, 3, 0, 0, 58, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 100, 6850, 412, 3, 0, 0, 58, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 101, 6906, 415, 3, 0, 0, 58, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 102, 6960, 418, 2, 0, 0, 58, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 103, 7007, 420, 2, 0, 0, 58, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 104, 7054, 422, 3, 0, 0, 58, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 105, 7097, 425, 4, 0, 0, 58, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 106, 7161, 429, 5, 0, 0, 58, 2, 7211},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 107, 7268, 434, 2, 0, 0, 60, 3, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 108, 7326, 436, 5, 0, 0, 63, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 109, 7385, 441, 4, 0, 0, 63, 0, 7439},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 110, 7594, 445, 5, 0, 0, 63, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 111, 7648, 450, 6, 0, 0, 65, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 112, 7704, 456, 2, 0, 0, 65, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 113, 7747, 458, 6, 0, 0, 65, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 114, 7784, 464, 6, 0, 0, 65, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 115, 7823, 470, 4, 0, 0, 65, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 116, 7862, 474, 3, 0, 0, 65, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 117, 7906, 477, 3, 0, 0, 65, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 118, 7951, 480, 3, 0, 0, 65, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 119, 7996, 483, 2, 0, 0, 65, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 120, 8039, 485, 2, 0, 0, 65, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 121, 8082, 487, 2, 0, 0, 65, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 122, 8129, 489, 2, 0, 0, 65, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 123, 8176, 491, 5, 0, 0, 65, 2, 8204},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 124, 8221, 496, 4, 0, 0, 67, 0, 8253},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 125, 8356, 500, 8, 0, 0, 67, 4, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 126, 8388, 508, 3, 0, 0, 71, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 127, 8422, 511, 5, 0, 0, 71, 3, 8446},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 128, 8459, 516, 6, 0, 0, 74, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 129, 8492, 522, 4, 0, 0, 74, 0, 8520},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 130, 8537, 526, 16, 0, 0, 74, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 131, 8565, 542, 11, 0, 0, 74, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 132, 8595, 553, 2, 0, 0, 74, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 133, 8631, 555, 1, 0, 0, 74, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 134, 8668, 556, 3, 0, 0, 74, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 135, 8732, 559, 2, 0, 0, 74, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 136, 8791, 561, 3, 0, 0, 75, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 137, 8832, 564, 1, 0, 0, 75, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 138, 8866, 565, 2, 0, 0, 75, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 139, 8904, 567, 2, 0, 0, 75, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 140, 8948, 569, 5, 0, 0, 75, 0, 9001},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 141, 9050, 574, 6, 0, 0, 75, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 142, 9112, 580, 4, 0, 0, 75, 0, 9169},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 143, 9222, 584, 8, 0, 0, 75, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 144, 9279, 592, 2, 0, 0, 75, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 145, 9338, 594, 4, 0, 0, 75, 0, 9371},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 146, 9400, 598, 4, 0, 0, 75, 0, 9437},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 147, 9470, 602, 7, 0, 0, 75, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 148, 9507, 609, 4, 0, 0, 75, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 149, 9559, 613, 3, 0, 0, 75, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 150, 9587, 616, 2, 0, 0, 75, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 151, 9622, 618, 2, 0, 0, 75, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 152, 9711, 620, 6, 0, 0, 75, 4, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 153, 9752, 626, 4, 0, 0, 79, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 154, 9803, 630, 3, 0, 0, 79, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 155, 9844, 633, 4, 0, 0, 79, 0, 9871},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 156, 9883, 637, 10, 0, 0, 79, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 157, 9928, 647, 5, 0, 0, 79, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 158, 9963, 652, 2, 0, 0, 79, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 159, 9995, 654, 6, 0, 0, 79, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 160, 10043, 660, 6, 0, 0, 79, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 161, 10081, 666, 4, 0, 0, 79, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 162, 10129, 670, 4, 0, 0, 79, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 163, 10167, 674, 1, 0, 0, 79, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 164, 10201, 675, 5, 0, 0, 80, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 165, 10249, 680, 4, 0, 0, 80, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 166, 10287, 684, 4, 0, 0, 80, 0, 10322},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 167, 10342, 688, 4, 0, 0, 80, 0, 10381},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 168, 10405, 692, 6, 0, 0, 80, 0, 10434},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 169, 10448, 698, 2, 0, 0, 80, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 170, 10486, 700, 3, 0, 0, 80, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 171, 10526, 703, 4, 0, 0, 80, 0, 10559},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 172, 10577, 707, 5, 0, 0, 80, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 173, 10622, 712, 3, 0, 0, 80, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 174, 10673, 715, 4, 0, 0, 80, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 175, 10814, 719, 25, 0, 0, 81, 4, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 176, 10843, 744, 3, 0, 0, 85, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 177, 10895, 747, 2, 0, 0, 85, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 178, 10942, 749, 5, 0, 0, 85, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 179, 10975, 754, 2, 0, 0, 86, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 180, 11016, 756, 2, 0, 0, 86, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 181, 11056, 758, 2, 0, 0, 86, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 182, 11107, 760, 3, 0, 0, 86, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 183, 11141, 763, 1, 0, 0, 86, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 184, 11182, 764, 7, 0, 0, 86, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 185, 11226, 771, 2, 0, 0, 86, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 186, 11267, 773, 15, 0, 0, 86, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 187, 11302, 788, 1, 0, 0, 86, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 188, 11340, 789, 1, 0, 0, 86, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 189, 11374, 790, 1, 0, 0, 87, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 190, 11415, 791, 4, 0, 0, 87, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 191, 11456, 795, 2, 0, 0, 87, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 192, 11499, 797, 2, 0, 0, 88, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 193, 11539, 799, 4, 0, 0, 88, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 194, 11574, 803, 4, 0, 0, 88, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 195, 11606, 807, 3, 0, 0, 89, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 196, 11640, 810, 4, 0, 0, 89, 0, 11669},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 197, 11683, 814, 4, 0, 0, 89, 0, 11716},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 198, 11734, 818, 3, 0, 0, 89, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 199, 11767, 821, 3, 0, 0, 89, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 200, 11793, 824, 5, 0, 0, 89, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 201, 11825, 829, 26, 0, 0, 89, 4, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 202, 11863, 855, 1, 0, 0, 93, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 203, 11904, 856, 17, 0, 0, 93, 0, 11929},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 204, 11939, 873, 4, 0, 0, 93, 0, 11968},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 205, 11982, 877, 2, 0, 0, 93, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 206, 12013, 879, 2, 0, 0, 93, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 207, 12044, 881, 1, 0, 0, 93, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 208, 12074, 882, 5, 0, 0, 93, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 209, 12108, 887, 4, 0, 0, 93, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 210, 12143, 891, 5, 0, 0, 93, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 211, 12189, 896, 5, 0, 0, 93, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 212, 12225, 901, 2, 0, 0, 93, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 213, 12264, 903, 4, 0, 0, 93, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 214, 12321, 907, 2, 0, 0, 93, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 215, 12351, 909, 3, 0, 0, 94, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 216, 12390, 912, 4, 0, 0, 94, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 217, 12441, 916, 3, 0, 0, 94, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 218, 12501, 919, 5, 0, 0, 94, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 219, 12534, 924, 2, 0, 0, 96, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 220, 12564, 926, 2, 0, 0, 96, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 221, 12593, 928, 1, 0, 0, 96, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 222, 12619, 929, 2, 0, 0, 96, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 223, 12682, 931, 11, 0, 0, 97, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 224, 12729, 942, 11, 0, 0, 98, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 225, 12777, 953, 2, 0, 0, 99, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 226, 12814, 955, 1, 0, 0, 100, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 227, 12851, 956, 3, 0, 0, 100, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 228, 12880, 959, 3, 0, 0, 100, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 229, 12909, 962, 4, 0, 0, 100, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 230, 12945, 966, 4, 0, 0, 100, 0, 12975},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 231, 12990, 970, 6, 0, 0, 100, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 232, 13024, 976, 4, 0, 0, 101, 0, 13058},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 233, 13077, 980, 1, 0, 0, 101, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 234, 13111, 981, 3, 0, 0, 101, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 235, 13163, 984, 4, 0, 0, 101, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 236, 13202, 988, 1, 0, 0, 102, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 237, 13240, 989, 1, 0, 0, 102, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 238, 13280, 990, 2, 0, 0, 102, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 239, 13317, 992, 2, 0, 0, 102, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 240, 13355, 994, 3, 0, 0, 102, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 241, 13390, 997, 5, 0, 0, 102, 3, 13419},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 242, 13433, 1002, 5, 0, 0, 105, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 243, 13471, 1007, 4, 0, 0, 105, 0, 13504},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 244, 13522, 1011, 1, 0, 0, 105, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 245, 13568, 1012, 2, 0, 0, 105, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 246, 13603, 1014, 5, 0, 0, 106, 2, 13627},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 247, 13636, 1019, 2, 0, 0, 108, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 248, 13667, 1021, 2, 0, 0, 108, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 249, 13699, 1023, 3, 0, 0, 108, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 250, 13753, 1026, 6, 0, 0, 108, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 251, 13786, 1032, 1, 0, 0, 108, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 252, 13822, 1033, 4, 0, 0, 108, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 253, 13874, 1037, 1, 0, 0, 108, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 254, 13913, 1038, 1, 0, 0, 109, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 255, 13945, 1039, 4, 0, 0, 109, 0, 13973},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 256, 13986, 1043, 2, 0, 0, 109, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 257, 14024, 1045, 2, 0, 0, 109, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 258, 14070, 1047, 1, 0, 0, 109, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 259, 14102, 1048, 3, 0, 0, 109, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 260, 14145, 1051, 2, 0, 0, 109, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 261, 14181, 1053, 7, 0, 0, 109, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 262, 14246, 1060, 14, 0, 0, 109, 3, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 263, 14276, 1074, 1, 0, 0, 112, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 264, 14445, 1075, 11, 0, 0, 112, 10, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 265, 14493, 1086, 2, 0, 0, 122, 1, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 266, 14532, 1088, 7, 0, 0, 123, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 267, 14567, 1095, 5, 0, 0, 123, 1, 14603},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 268, 14624, 1100, 5, 0, 0, 124, 2, 14665},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 269, 14691, 1105, 6, 0, 0, 126, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 270, 14741, 1111, 4, 0, 0, 126, 0, 14786},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 271, 14838, 1115, 9, 0, 0, 126, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 272, 14891, 1124, 8, 0, 0, 128, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 273, 14938, 1132, 2, 0, 0, 129, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 274, 14987, 1134, 2, 0, 0, 129, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 275, 15040, 1136, 4, 0, 0, 129, 0, 15080},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 276, 15135, 1140, 31, 0, 0, 129, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 277, 15175, 1171, 4, 0, 0, 131, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 278, 15217, 1175, 2, 0, 0, 132, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 279, 15269, 1177, 5, 0, 0, 132, 2, 15292},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 280, 15300, 1182, 2, 0, 0, 134, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 281, 15331, 1184, 6, 0, 0, 134, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 282, 15366, 1190, 2, 0, 0, 134, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 283, 15401, 1192, 7, 0, 0, 134, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 284, 15445, 1199, 7, 0, 0, 134, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 285, 15477, 1206, 3, 0, 0, 134, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 286, 15509, 1209, 2, 0, 0, 134, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 287, 15547, 1211, 2, 0, 0, 134, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 288, 15597, 1213, 1, 0, 0, 134, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 289, 15622, 1214, 4, 0, 0, 134, 0, 15649},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 290, 15661, 1218, 1, 0, 0, 134, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 291, 15686, 1219, 1, 0, 0, 134, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 292, 15722, 1220, 3, 0, 0, 134, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 293, 15758, 1223, 2, 0, 0, 134, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 294, 15800, 1225, 1, 0, 0, 134, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 295, 15837, 1226, 1, 0, 0, 134, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 296, 15875, 1227, 13, 0, 0, 134, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 297, 16035, 1240, 42, 0, 0, 134, 6, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 298, 16062, 1282, 21, 0, 0, 140, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 299, 16091, 1303, 4, 0, 0, 140, 0, 16122},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 300, 16138, 1307, 4, 0, 0, 140, 0, 16173},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 301, 16202, 1311, 2, 0, 0, 140, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 302, 16237, 1313, 3, 0, 0, 142, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 303, 16267, 1316, 3, 0, 0, 142, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 304, 16307, 1319, 2, 0, 0, 142, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 305, 16398, 1321, 10, 0, 0, 142, 4, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 306, 16423, 1331, 2, 0, 0, 146, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 307, 16464, 1333, 6, 0, 0, 147, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 308, 16549, 1339, 8, 0, 0, 147, 3, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 309, 16594, 1347, 8, 0, 0, 150, 3, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 310, 16629, 1355, 5, 0, 0, 153, 3, 16670},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 311, 16696, 1360, 5, 0, 0, 156, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 312, 16746, 1365, 4, 0, 0, 156, 0, 16791},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 313, 16821, 1369, 4, 0, 0, 156, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 314, 16866, 1373, 6, 0, 0, 157, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 315, 16913, 1379, 2, 0, 0, 157, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 316, 16956, 1381, 3, 0, 0, 157, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 317, 16997, 1384, 3, 0, 0, 158, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 318, 17031, 1387, 5, 0, 0, 158, 2, 17064},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 319, 17082, 1392, 4, 0, 0, 160, 0, 17119},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 320, 17141, 1396, 3, 0, 0, 160, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 321, 17178, 1399, 2, 0, 0, 160, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 322, 17217, 1401, 3, 0, 0, 160, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 323, 17257, 1404, 2, 0, 0, 160, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 324, 17291, 1406, 4, 0, 0, 160, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 325, 17357, 1410, 10, 0, 0, 160, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 326, 17406, 1420, 10, 0, 0, 162, 2, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 327, 17445, 1430, 1, 0, 0, 164, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 328, 17478, 1431, 3, 0, 0, 164, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 329, 17531, 1434, 2, 0, 0, 164, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 330, 17572, 1436, 7, 0, 0, 164, 1, 17598},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 331, 17609, 1443, 2, 0, 0, 165, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 332, 17644, 1445, 3, 0, 0, 165, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 333, 17681, 1448, 4, 0, 0, 165, 0, 17711},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 334, 17726, 1452, 3, 0, 0, 165, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 335, 17762, 1455, 2, 0, 0, 165, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 336, 17797, 1457, 4, 0, 0, 165, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 337, 17835, 1461, 12, 0, 0, 166, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 338, 17870, 1473, 5, 0, 0, 166, 2, 17897},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 339, 17909, 1478, 6, 0, 0, 168, 0, 17943},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 340, 17962, 1484, 4, 0, 0, 168, 0, 18000},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 341, 18023, 1488, 3, 0, 0, 168, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 342, 18072, 1491, 4, 0, 0, 169, 0, 18103},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 343, 18130, 1495, 6, 0, 0, 169, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 344, 18192, 1501, 20, 0, 0, 171, 3, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 345, 18236, 1521, 2, 0, 0, 174, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 346, 18269, 1523, 1, 0, 0, 175, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 347, 18310, 1524, 1, 0, 0, 175, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 348, 18341, 1525, 5, 0, 0, 175, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 349, 18392, 1530, 5, 0, 0, 175, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 350, 18433, 1535, 2, 0, 0, 175, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 351, 18459, 1537, 2, 0, 0, 175, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 352, 18494, 1539, 4, 0, 0, 175, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 353, 18519, 1543, 5, 0, 0, 175, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 354, 18549, 1548, 2, 0, 0, 175, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 355, 18601, 1550, 1, 0, 0, 175, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 356, 18641, 1551, 8, 0, 0, 175, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 357, 18685, 1559, 3, 0, 0, 175, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 358, 18730, 1562, 4, 0, 0, 175, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 359, 18770, 1566, 31, 0, 0, 175, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 360, 18796, 1597, 2, 0, 0, 176, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 361, 18828, 1599, 7, 0, 0, 176, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 362, 18859, 1606, 5, 0, 0, 176, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 363, 18896, 1611, 1, 0, 0, 176, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 364, 18934, 1612, 6, 0, 0, 176, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 365, 18970, 1618, 2, 0, 0, 176, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 366, 19016, 1620, 1, 0, 0, 176, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 367, 19048, 1621, 4, 0, 0, 176, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 368, 19098, 1625, 2, 0, 0, 176, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 369, 19141, 1627, 4, 0, 0, 176, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 370, 19201, 1631, 8, 0, 0, 176, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 371, 19234, 1639, 3, 0, 0, 177, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 372, 19277, 1642, 2, 0, 0, 177, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 373, 19320, 1644, 4, 0, 0, 177, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 374, 19357, 1648, 6, 0, 0, 179, 0, 19395},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 375, 19429, 1654, 4, 0, 0, 179, 0, 19471},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 376, 19509, 1658, 1, 0, 0, 179, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 377, 19541, 1659, 1, 0, 0, 179, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 378, 19573, 1660, 17, 0, 0, 179, 0, 19600},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 379, 19623, 1677, 4, 0, 0, 179, 0, 19654},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 380, 19681, 1681, 2, 0, 0, 179, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 381, 19755, 1683, 2, 0, 0, 179, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 382, 19814, 1685, 1, 0, 0, 181, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 383, 19864, 1686, 5, 0, 0, 181, 1, 19901},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 384, 19944, 1691, 5, 0, 0, 182, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 385, 19990, 1696, 4, 0, 0, 182, 0, 20031},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 386, 20097, 1700, 4, 0, 0, 182, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 387, 20138, 1704, 1, 0, 0, 183, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 388, 20181, 1705, 1, 0, 0, 183, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 389, 20220, 1706, 2, 0, 0, 183, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 390, 20260, 1708, 4, 0, 0, 183, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 391, 20320, 1712, 2, 0, 0, 185, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 392, 20368, 1714, 3, 0, 0, 185, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 393, 20418, 1717, 5, 0, 0, 185, 1, 20471},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 394, 20530, 1722, 5, 0, 0, 186, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 395, 20592, 1727, 4, 0, 0, 186, 0, 20649},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 396, 20712, 1731, 1, 0, 0, 186, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 397, 20788, 1732, 3, 0, 0, 186, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 398, 20845, 1735, 1, 0, 0, 187, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 399, 20937, 1736, 3, 0, 0, 187, 3, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 400, 20984, 1739, 5, 0, 0, 190, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 401, 21029, 1744, 2, 0, 0, 190, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 402, 21077, 1746, 4, 0, 0, 190, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 403, 21111, 1750, 1, 0, 0, 190, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 404, 21149, 1751, 3, 0, 0, 190, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 405, 21190, 1754, 1, 0, 0, 190, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 406, 21236, 1755, 4, 0, 0, 190, 0, 21271},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 407, 21302, 1759, 4, 0, 0, 190, 0, 21341},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 408, 21376, 1763, 1, 0, 0, 190, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 409, 21415, 1764, 2, 0, 0, 190, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 410, 21448, 1766, 5, 0, 0, 190, 1, 21481},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 411, 21510, 1771, 2, 0, 0, 191, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 412, 21550, 1773, 4, 0, 0, 191, 0, 21588},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 413, 21622, 1777, 4, 0, 0, 191, 0, 21664},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 414, 21710, 1781, 5, 0, 0, 191, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 415, 21767, 1786, 2, 0, 0, 192, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 416, 21809, 1788, 4, 0, 0, 192, 0, 21846},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 417, 21879, 1792, 3, 0, 0, 192, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 418, 21931, 1795, 1, 0, 0, 192, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 419, 21982, 1796, 3, 0, 0, 192, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 420, 22025, 1799, 2, 0, 0, 192, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 421, 22062, 1801, 2, 0, 0, 192, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 422, 22109, 1803, 4, 0, 0, 192, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 423, 22146, 1807, 1, 0, 0, 192, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 424, 22185, 1808, 2, 0, 0, 193, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 425, 22221, 1810, 4, 0, 0, 193, 0, 22260},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 426, 22295, 1814, 2, 0, 0, 193, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 427, 22344, 1816, 2, 0, 0, 193, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 428, 22394, 1818, 4, 0, 0, 193, 0, 22437},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 429, 22476, 1822, 3, 0, 0, 193, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 430, 22519, 1825, 3, 0, 0, 193, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 431, 22586, 1828, 4, 0, 0, 194, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 432, 22629, 1832, 4, 0, 0, 196, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 433, 22670, 1836, 2, 0, 0, 196, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 434, 22714, 1838, 5, 0, 0, 196, 0, 22751},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 435, 22784, 1843, 4, 0, 0, 196, 0, 22825},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 436, 22862, 1847, 1, 0, 0, 196, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 437, 22903, 1848, 1, 0, 0, 196, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 438, 22946, 1849, 1, 0, 0, 196, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 439, 22974, 1850, 6, 0, 0, 196, 0, 23006},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 440, 23034, 1856, 4, 0, 0, 196, 0, 23070},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 441, 23102, 1860, 2, 0, 0, 196, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 442, 23132, 1862, 4, 0, 0, 196, 0, 23162},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 443, 23261, 1866, 5, 0, 0, 196, 1, 23302},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 444, 23332, 1871, 4, 0, 0, 197, 0, 23377},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 445, 23411, 1875, 4, 0, 0, 197, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 446, 23456, 1879, 7, 0, 0, 197, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 447, 23503, 1886, 1, 0, 0, 197, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 448, 23538, 1887, 5, 0, 0, 197, 0, 23569},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 449, 23610, 1892, 5, 0, 0, 197, 0, 23648},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 450, 23696, 1897, 4, 0, 0, 197, 0, 23738},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 451, 23790, 1901, 4, 0, 0, 197, 0, 23825},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 452, 23870, 1905, 5, 0, 0, 197, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 453, 23900, 1910, 4, 0, 0, 197, 0, 23924},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 454, 23958, 1914, 5, 0, 0, 197, 0, 23989},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 455, 24030, 1919, 4, 0, 0, 197, 0, 24065},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 456, 24110, 1923, 4, 0, 0, 197, 0, 24138},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 457, 24211, 1927, 3, 0, 0, 197, 1, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 458, 24249, 1930, 4, 0, 0, 198, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 459, 24276, 1934, 7, 0, 0, 200, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 460, 24321, 1941, 3, 0, 0, 200, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 461, 24361, 1944, 1, 0, 0, 200, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 462, 24402, 1945, 3, 0, 0, 200, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 463, 24447, 1948, 3, 0, 0, 200, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 464, 24497, 1951, 1, 0, 0, 200, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 465, 24541, 1952, 1, 0, 0, 200, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 466, 24572, 1953, 2, 0, 0, 200, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 467, 24606, 1955, 13, 0, 0, 200, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 468, 24636, 1968, 3, 0, 0, 200, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 469, 24689, 1971, 2, 0, 0, 200, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 470, 24735, 1973, 8, 0, 0, 200, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 471, 24774, 1981, 2, 0, 0, 200, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 472, 24812, 1983, 3, 0, 0, 200, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 473, 24847, 1986, 2, 0, 0, 200, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 474, 24895, 1988, 4, 0, 0, 200, 0, 24930},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 475, 24961, 1992, 1, 0, 0, 200, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 476, 25009, 1993, 4, 0, 0, 200, 0, 25048},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 477, 25083, 1997, 3, 0, 0, 200, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 478, 25122, 2000, 3, 0, 0, 200, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 479, 25162, 2003, 2, 0, 0, 200, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 480, 25210, 2005, 3, 0, 0, 200, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 481, 25247, 2008, 10, 0, 0, 200, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 482, 25300, 2018, 1, 0, 0, 200, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 483, 25370, 2019, 7, 0, 0, 200, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 484, 25410, 2026, 4, 0, 0, 202, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 485, 25460, 2030, 5, 0, 0, 202, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 486, 25500, 2035, 7, 0, 0, 203, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 487, 25542, 2042, 3, 0, 0, 205, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 488, 25583, 2045, 2, 0, 0, 205, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 489, 25637, 2047, 2, 0, 0, 205, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 490, 25686, 2049, 5, 0, 0, 205, 1, 25723},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 491, 25756, 2054, 4, 0, 0, 206, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 492, 25810, 2058, 4, 0, 0, 206, 0, 25851},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 493, 25888, 2062, 1, 0, 0, 206, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 494, 25929, 2063, 3, 0, 0, 206, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 495, 25972, 2066, 4, 0, 0, 206, 0, 26017},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 496, 26058, 2070, 4, 0, 0, 206, 0, 26107},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 497, 26152, 2074, 2, 0, 0, 206, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 498, 26201, 2076, 3, 0, 0, 206, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 499, 26237, 2079, 4, 0, 0, 206, 0, 26274},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 500, 26307, 2083, 4, 0, 0, 206, 0, 26348},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 501, 26385, 2087, 8, 0, 0, 206, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 502, 26464, 2095, 7, 0, 0, 206, 1, 26503},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 503, 26538, 2102, 4, 0, 0, 207, 0, 26581},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 504, 26620, 2106, 4, 0, 0, 207, 0, 26652},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 505, 26680, 2110, 4, 0, 0, 207, 0, 26716},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 506, 26899, 2114, 11, 0, 0, 207, 7, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 507, 26935, 2125, 4, 0, 0, 214, 0, 26965},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 508, 26991, 2129, 4, 0, 0, 214, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 509, 27027, 2133, 4, 0, 0, 214, 0, 27061},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 510, 27091, 2137, 1, 0, 0, 214, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 511, 27125, 2138, 7, 0, 0, 214, 0, 27166},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 512, 27203, 2145, 4, 0, 0, 214, 0, 27248},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 513, 27338, 2149, 10, 0, 0, 214, 2, 27373},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 514, 27404, 2159, 4, 0, 0, 216, 0, 27443},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 515, 27478, 2163, 2, 0, 0, 216, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 516, 27532, 2165, 5, 0, 0, 216, 1, 27571},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 517, 27606, 2170, 4, 0, 0, 217, 0, 27649},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 518, 27688, 2174, 2, 0, 0, 217, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 519, 27733, 2176, 3, 0, 0, 217, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 520, 27776, 2179, 4, 0, 0, 217, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 521, 27821, 2183, 5, 0, 0, 217, 0, 27865},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 522, 27905, 2188, 4, 0, 0, 217, 0, 27953},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 523, 27997, 2192, 3, 0, 0, 217, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 524, 28031, 2195, 1, 0, 0, 217, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 525, 28073, 2196, 6, 0, 0, 217, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 526, 28161, 2202, 2, 0, 0, 217, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 527, 28243, 2204, 5, 0, 0, 218, 0, 28325},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 528, 28374, 2209, 6, 0, 0, 218, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 529, 28465, 2215, 4, 0, 0, 218, 0, 28551},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 530, 28604, 2219, 6, 0, 0, 218, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 531, 28702, 2225, 6, 0, 0, 218, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 532, 28788, 2231, 4, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 533, 28876, 2235, 9, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 534, 28965, 2244, 3, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 535, 29053, 2247, 0, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 536, 29142, 2247, 2, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 537, 29226, 2249, 1, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 538, 29308, 2250, 2, 0, 0, 220, 0, 0},
	{API_ANY, 0, 0, API_LIST_ATOMIC, 539, 29387, 2252, 0, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 540, 29449, 2252, 44, 0, 0, 220, 0, 0},
	{API_ANY, 0, 0, API_LIST_ATOMIC, 541, 29522, 2296, 0, 0, 0, 220, 0, 0},
	{API_ANY, 0, 0, API_LIST_ATOMIC, 542, 29602, 2296, 0, 0, 0, 220, 0, 0},
	{API_ANY, 0, 0, API_LIST_ATOMIC, 543, 29681, 2296, 0, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 544, 29767, 2296, 1, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 545, 29840, 2297, 4, 0, 0, 220, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 546, 29914, 2301, 6, 0, 0, 221, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 547, 29986, 2307, 3, 0, 0, 221, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 548, 30063, 2310, 2, 0, 0, 221, 0, 0},
	{API_QUANTITY, 0, 0, API_LIST_ATOMIC, 549, 30138, 2312, 0, 0, 0, 221, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 550, 30184, 2312, 6, 0, 0, 221, 0, 30230},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 551, 30243, 2318, 3, 0, 0, 221, 0, 30293},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 552, 30310, 2321, 10, 0, 0, 221, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 553, 30359, 2331, 4, 0, 0, 221, 0, 30412},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 554, 30432, 2335, 4, 0, 0, 221, 0, 30481},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 555, 30497, 2339, 6, 0, 0, 221, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 556, 30544, 2345, 8, 0, 0, 221, 0, 1425},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 557, 30595, 2353, 3, 0, 0, 221, 0, 0},
	{API_ANY, 0, 0, API_LIST_ATOMIC, 558, 30657, 2356, 0, 0, 0, 221, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 559, 30703, 2356, 2, 0, 0, 221, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 560, 30765, 2358, 2, 0, 0, 221, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 561, 30816, 2360, 3, 0, 0, 221, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 562, 30878, 2363, 5, 0, 0, 221, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 563, 30924, 2368, 7, 0, 0, 221, 0, 0},
	{API_MICROTIME, 0, 0, API_LIST_ATOMIC, 564, 30980, 2375, 0, 0, 0, 221, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 565, 31027, 2375, 15, 0, 0, 221, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 566, 31075, 2390, 6, 0, 0, 221, 0, 0},
	{API_ANY, 0, 0, API_LIST_ATOMIC, 567, 31127, 2396, 0, 0, 0, 221, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 568, 31170, 2396, 2, 0, 0, 221, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 569, 31221, 2398, 2, 0, 0, 221, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 570, 31284, 2400, 1, 0, 0, 221, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 571, 31331, 2401, 8, 0, 0, 221, 0, 31375},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 572, 31386, 2409, 3, 0, 0, 221, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 573, 31435, 2412, 6, 0, 0, 221, 0, 0},
	{API_TIME, 0, 0, API_LIST_ATOMIC, 574, 31486, 2418, 0, 0, 0, 221, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 575, 31528, 2418, 2, 0, 0, 221, 0, 1425},
	{API_ANY, 0, 0, API_LIST_ATOMIC, 576, 31576, 2420, 0, 0, 0, 221, 0, 0},
	{API_INT_OR_STRING, 0, 0, API_LIST_ATOMIC, 577, 31621, 2420, 0, 0, 0, 221, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 578, 31669, 2420, 13, 0, 0, 221, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 579, 31706, 2433, 5, 0, 0, 221, 1, 31768},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 580, 31805, 2438, 5, 0, 0, 222, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 581, 31876, 2443, 4, 0, 0, 222, 0, 31942},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 582, 31983, 2447, 7, 0, 0, 222, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 583, 32049, 2454, 1, 0, 0, 222, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 584, 32117, 2455, 3, 0, 0, 222, 1, 0},
	{API_STRING, 0, 0, API_LIST_ATOMIC, 585, 0, 0, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 586, 0, 17, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 587, 0, 8, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 588, 0, 7, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 589, 0, 5, 0, 32365, 19315, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 590, 0, 16, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 591, 0, 34, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 592, 0, 585, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 593, 0, 20, 0, 0, 0, 0, 0, 0},
	{API_INT32, 0, 0, API_LIST_ATOMIC, 594, 0, 0, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 595, 0, 13, 0, 32365, 19315, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 596, 0, 14, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 597, 0, 3, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 598, 0, 24, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_SET, 599, 0, 585, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 600, 0, 23, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 601, 0, 2, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 602, 0, 33, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 603, 0, 34, 0, 32365, 19315, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_MAP, 604, 0, 555, 0, 32820, 0, 0, 0, 0},
	{API_INT64, 0, 0, API_LIST_ATOMIC, 605, 0, 0, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 606, 0, 30, 0, 32365, 19315, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 607, 0, 31, 0, 0, 0, 0, 0, 0},
	{API_BYTES, 0, 0, API_LIST_ATOMIC, 608, 0, 0, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 609, 0, 36, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 610, 0, 38, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 611, 0, 39, 0, 32820, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 612, 0, 44, 0, 0, 0, 0, 0, 0},
	{API_BOOL, 0, 0, API_LIST_ATOMIC, 613, 0, 0, 0, 0, 0, 0, 0, 0},
	{API_OBJECT, 0, 2, API_LIST_ATOMIC, 614, 3769, 215, 2, 0, 0, 31, 2, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 615, 0, 45, 0, 32820, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 616, 0, 50, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 617, 0, 51, 0, 32820, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 618, 0, 58, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 619, 0, 268, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 620, 0, 59, 0, 32820, 3450, 0, 0, 0},
	{API_MAP, 0, 0, API_LIST_ATOMIC, 621, 0, 592, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 622, 0, 557, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 623, 0, 561, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 624, 0, 80, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 625, 0, 82, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 626, 0, 92, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 627, 0, 104, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 628, 0, 106, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 629, 0, 113, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 630, 0, 108, 0, 32820, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 631, 0, 114, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 632, 0, 123, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 633, 0, 266, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 634, 0, 127, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_ATOMIC, 635, 0, 128, 0, 0, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 636, 0, 136, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_SET, 637, 0, 594, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 638, 0, 135, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 639, 0, 138, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 640, 0, 140, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_MAP, 641, 0, 141, 0, 32820, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 642, 0, 145, 0, 0, 0, 0, 0, 0},
	{API_MAP, 0, 0, API_LIST_ATOMIC, 643, 0, 585, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 644, 0, 165, 0, 32820, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 645, 0, 166, 0, 0, 0, 0, 0, 0},
	{API_MAP, 0, 0, API_LIST_ATOMIC, 646, 0, 608, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 647, 0, 168, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 648, 0, 227, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 649, 0, 199, 0, 32365, 19315, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 650, 0, 198, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 651, 0, 178, 0, 35947, 35971, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 652, 0, 179, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 653, 0, 180, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 654, 0, 360, 0, 36133, 35444, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 655, 0, 361, 0, 36158, 36169, 0, 0, 0},
	{API_MAP, 0, 0, API_LIST_ATOMIC, 656, 0, 549, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 657, 0, 323, 0, 32365, 19315, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 658, 0, 362, 0, 36158, 36169, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 659, 0, 190, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 660, 0, 193, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 661, 0, 194, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 662, 0, 195, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 663, 0, 196, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 664, 0, 203, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 665, 0, 219, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 666, 0, 230, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 667, 0, 231, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 668, 0, 605, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 669, 0, 302, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 670, 0, 235, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 671, 0, 241, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 672, 0, 242, 0, 32820, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 673, 0, 304, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 674, 0, 246, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 675, 0, 260, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 676, 0, 259, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_SET, 677, 0, 585, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 678, 0, 352, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 679, 0, 247, 0, 32820, 3450, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 680, 0, 250, 0, 32820, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 681, 0, 177, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 682, 0, 256, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 683, 0, 151, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 684, 0, 269, 0, 32820, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 685, 0, 267, 0, 0, 0, 0, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 686, 14532, 1088, 7, 0, 0, 123, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 687, 0, 368, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 688, 0, 281, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 689, 0, 286, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 690, 0, 176, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 691, 0, 279, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 692, 0, 350, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 693, 0, 175, 0, 32365, 19315, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 694, 0, 201, 0, 32365, 19315, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 695, 0, 220, 0, 39413, 13160, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 696, 0, 237, 0, 32365, 19315, 0, 0, 0},
	{API_MAP, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 697, 0, 585, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 698, 0, 291, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 3, API_LIST_MAP, 699, 0, 292, 0, 32365, 19315, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 700, 0, 294, 0, 32365, 19315, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 701, 0, 353, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 702, 0, 356, 0, 39794, 38863, 0, 0, 0},
	{API_ARRAY, 0, 3, API_LIST_MAP, 703, 0, 359, 0, 32365, 19315, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 704, 0, 284, 0, 32820, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 705, 0, 186, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_ATOMIC, 706, 0, 221, 0, 0, 13160, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 707, 0, 249, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 708, 0, 288, 0, 39413, 13160, 0, 0, 0},
	{API_ARRAY, 0, 3, API_LIST_MAP, 709, 0, 293, 0, 32365, 19315, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 710, 0, 299, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 711, 0, 364, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 712, 0, 310, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 713, 0, 311, 0, 32820, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 714, 0, 318, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_MAP, 715, 0, 315, 0, 32365, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_MAP, 716, 0, 317, 0, 40327, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 717, 0, 328, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 718, 0, 330, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 719, 0, 237, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 720, 0, 266, 0, 32365, 19315, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 721, 0, 339, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 722, 0, 338, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 723, 0, 343, 0, 40954, 1639, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 724, 0, 555, 0, 32820, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 725, 0, 354, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 726, 0, 376, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 727, 0, 377, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 728, 0, 370, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 729, 0, 373, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 730, 0, 374, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 731, 0, 378, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 732, 0, 383, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 733, 0, 392, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 734, 0, 384, 0, 32820, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 735, 0, 391, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 736, 0, 400, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 737, 0, 402, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 738, 0, 393, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 739, 0, 394, 0, 32820, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 740, 0, 404, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 741, 0, 406, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 742, 0, 412, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 743, 0, 410, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 744, 0, 419, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 745, 0, 417, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 746, 0, 420, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 747, 0, 424, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 748, 0, 430, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 749, 0, 429, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 750, 0, 425, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 751, 0, 426, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 752, 0, 427, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 753, 0, 434, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 754, 0, 439, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 755, 0, 443, 0, 0, 0, 0, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 4, API_LIST_ATOMIC, 756, 30765, 2358, 2, 0, 0, 221, 0, 0},
	{API_MAP, 0, 0, API_LIST_ATOMIC, 757, 0, 574, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 758, 0, 560, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 759, 0, 452, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 760, 0, 458, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 761, 0, 449, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 762, 0, 448, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 763, 0, 454, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 764, 0, 453, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 765, 0, 549, 0, 0, 0, 0, 0, 0},
	{API_MAP, 0, 0, API_LIST_ATOMIC, 766, 0, 465, 0, 0, 0, 0, 0, 0},
	{API_MAP, 0, 0, API_LIST_ATOMIC, 767, 0, 470, 0, 0, 0, 0, 0, 0},
	{API_MAP, 0, 0, API_LIST_ATOMIC, 768, 0, 471, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 769, 0, 479, 0, 0, 0, 0, 0, 0},
	{API_MAP, 0, 0, API_LIST_ATOMIC, 770, 0, 488, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 771, 0, 484, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 772, 0, 468, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 773, 0, 481, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 774, 0, 613, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 775, 0, 473, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 776, 0, 478, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 777, 0, 480, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 778, 0, 474, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 779, 0, 475, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 780, 0, 482, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 781, 0, 483, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 782, 0, 485, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 783, 0, 490, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_MAP, 784, 0, 459, 0, 43368, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 785, 0, 491, 0, 43408, 33625, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 786, 0, 495, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 787, 0, 499, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 788, 0, 467, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 789, 0, 466, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 790, 0, 502, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 791, 0, 504, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 792, 0, 515, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 793, 0, 507, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 794, 0, 508, 0, 32365, 19315, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 795, 0, 511, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 796, 0, 355, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 797, 0, 513, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 798, 0, 516, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 799, 0, 521, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 800, 0, 527, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 801, 0, 533, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_MAP, 802, 0, 528, 0, 32820, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 803, 0, 525, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 804, 0, 544, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 805, 0, 540, 0, 0, 0, 0, 0, 0},
	{API_MAP, 0, 0, API_LIST_ATOMIC, 806, 0, 540, 0, 0, 0, 0, 0, 0},
	{API_MAP, 0, 0, API_LIST_ATOMIC, 807, 0, 543, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 808, 0, 539, 0, 0, 0, 0, 0, 0},
	{API_NUMBER, 0, 0, API_LIST_ATOMIC, 809, 0, 0, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 810, 0, 546, 0, 44879, 44885, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 811, 0, 569, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 812, 0, 559, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 813, 0, 550, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 814, 0, 552, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 815, 0, 563, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 816, 0, 566, 0, 43408, 33625, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 817, 0, 572, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 818, 0, 579, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 819, 0, 580, 0, 32820, 3450, 0, 0, 0},
};

const struct api_field api_fields[] = {
	{32185, 585, 0, 4, {1}},
	{32196, 585, 0, 3, {1}},
	{32200, 585, 0, 3, {2}},
	{32216, 585, 0, 3, {2}},
	{32225, 585, 0, 3, {3}},
	{32185, 585, 0, 4, {1}},
	{32185, 585, 0, 3, {2}},
	{19315, 585, 0, 3, {1}},
	{32233, 586, 0, 4, {4}},
	{270, 585, 32254, 0, {7}},
	{282, 560, 0, 0, {1}},
	{300, 560, 0, 0, {2}},
	{32273, 586, 0, 4, {3}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 12, 0, 2, {2}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 10, 0, 2, {2}},
	{14482, 585, 0, 0, {0}},
	{32287, 587, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{32293, 6, 0, 0, {3}},
	{32308, 19, 0, 0, {2}},
	{32317, 585, 0, 4, {1}},
	{14482, 585, 0, 0, {0}},
	{32287, 588, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{950, 585, 32328, 0, {5}},
	{32349, 589, 0, 4, {6}},
	{32371, 6, 0, 0, {2}},
	{32388, 590, 0, 4, {4}},
	{32398, 18, 0, 0, {1}},
	{1049, 585, 32408, 4, {7}},
	{32434, 591, 0, 4, {3}},
	{32444, 592, 0, 17, {8}},
	{32468, 35, 0, 3, {2}},
	{950, 585, 32328, 0, {4}},
	{32349, 589, 0, 4, {12}},
	{270, 585, 32254, 0, {9}},
	{19315, 585, 0, 3, {1}},
	{282, 560, 0, 0, {5}},
	{300, 560, 0, 0, {11}},
	{1049, 585, 32408, 0, {10}},
	{32481, 593, 0, 4, {3}},
	{32487, 585, 32499, 17, {6}},
	{1028, 594, 0, 0, {7}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{32518, 595, 0, 4, {2}},
	{14482, 585, 0, 0, {0}},
	{32287, 596, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{32527, 1, 0, 0, {3}},
	{32546, 4, 0, 0, {4}},
	{32556, 585, 32566, 3, {2}},
	{32579, 592, 0, 4, {2, 2, 1}},
	{32589, 592, 0, 4, {2, 2, 2}},
	{32601, 592, 32612, 4, {2, 1}},
	{32631, 592, 0, 4, {1}},
	{10804, 592, 0, 4, {2, 2, 3}},
	{1427, 585, 32645, 0, {2, 2, 4}},
	{14482, 585, 0, 4, {1}},
	{9685, 585, 0, 4, {2}},
	{19315, 585, 0, 4, {1}},
	{32658, 585, 0, 4, {2}},
	{32668, 585, 32692, 0, {4}},
	{32723, 560, 0, 0, {3}},
	{32579, 592, 0, 4, {2, 1}},
	{32589, 592, 0, 4, {2, 2}},
	{32601, 592, 32612, 4, {1}},
	{10804, 592, 0, 4, {2, 3}},
	{1427, 585, 32645, 0, {2, 4}},
	{19315, 585, 0, 3, {2}},
	{32658, 585, 0, 3, {1}},
	{12484, 585, 0, 0, {3}},
	{1639, 594, 0, 0, {4}},
	{32732, 597, 0, 4, {1}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 28, 0, 2, {2}},
	{3185, 29, 0, 2, {3}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 26, 0, 3, {2}},
	{14482, 585, 0, 0, {0}},
	{32287, 598, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{32293, 6, 0, 0, {3}},
	{32308, 19, 0, 0, {2}},
	{32317, 585, 0, 5, {1}},
	{32751, 599, 32769, 5, {4}},
	{14482, 585, 0, 0, {0}},
	{32287, 600, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{32791, 601, 0, 4, {5}},
	{950, 585, 32328, 0, {4}},
	{32349, 589, 0, 4, {6}},
	{32371, 6, 0, 0, {2}},
	{32398, 18, 0, 0, {1}},
	{32808, 602, 0, 4, {3}},
	{32434, 603, 0, 4, {7}},
	{19190, 604, 0, 4, {3}},
	{32826, 605, 0, 4, {1}},
	{32845, 22, 0, 0, {2}},
	{32444, 592, 0, 17, {8}},
	{32468, 35, 0, 3, {2}},
	{950, 585, 32328, 0, {4}},
	{32349, 589, 0, 4, {11}},
	{270, 585, 32254, 0, {9}},
	{19315, 585, 0, 3, {1}},
	{282, 560, 0, 0, {5}},
	{300, 560, 0, 0, {10}},
	{32481, 593, 0, 4, {3}},
	{32487, 585, 32499, 17, {6}},
	{1028, 594, 0, 0, {7}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{32518, 606, 0, 4, {2}},
	{14482, 585, 0, 0, {0}},
	{32287, 607, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{32185, 585, 0, 3, {1}},
	{32858, 585, 0, 4, {2}},
	{32866, 585, 0, 4, {4}},
	{32884, 585, 0, 0, {3}},
	{32185, 585, 0, 3, {2}},
	{19315, 585, 0, 3, {1}},
	{32891, 608, 0, 4, {2}},
	{12313, 21, 0, 0, {1}},
	{32900, 585, 0, 0, {3}},
	{14482, 585, 0, 0, {0}},
	{32904, 576, 0, 0, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{32909, 605, 0, 3, {3}},
	{14482, 585, 0, 0, {0}},
	{32287, 609, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 41, 0, 2, {2}},
	{3185, 42, 0, 2, {3}},
	{32918, 574, 0, 16, {3}},
	{32858, 585, 0, 4, {5}},
	{32884, 585, 0, 4, {4}},
	{3185, 585, 32937, 3, {2}},
	{3450, 585, 32956, 3, {1}},
	{14482, 585, 0, 0, {0}},
	{32287, 610, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{32982, 594, 0, 4, {4}},
	{3347, 594, 0, 0, {6}},
	{32723, 560, 0, 17, {1}},
	{32998, 301, 0, 3, {2}},
	{3332, 43, 0, 2, {3}},
	{33007, 594, 0, 0, {9}},
	{19190, 611, 0, 4, {10}},
	{33022, 594, 0, 3, {1}},
	{33045, 594, 0, 3, {3}},
	{33068, 594, 0, 4, {7}},
	{33084, 594, 0, 3, {2}},
	{33103, 594, 0, 3, {4}},
	{33115, 594, 0, 4, {8}},
	{32826, 605, 0, 4, {5}},
	{33133, 594, 0, 4, {6}},
	{3455, 55, 0, 0, {2}},
	{3450, 585, 33156, 4, {1}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 47, 0, 2, {2}},
	{3185, 48, 0, 2, {3}},
	{32918, 574, 0, 16, {7}},
	{33187, 574, 0, 16, {6}},
	{32858, 585, 0, 4, {5}},
	{32884, 585, 0, 4, {4}},
	{3185, 585, 32937, 3, {2}},
	{3450, 585, 33202, 3, {1}},
	{14482, 585, 0, 0, {0}},
	{32287, 612, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{32982, 594, 0, 4, {5}},
	{33229, 613, 0, 4, {7}},
	{3675, 594, 0, 0, {9}},
	{3657, 594, 0, 0, {1}},
	{3347, 594, 0, 0, {6}},
	{32723, 560, 0, 17, {2}},
	{3666, 614, 0, 2, {4}},
	{32998, 301, 0, 3, {3}},
	{33236, 594, 0, 4, {4}},
	{33007, 594, 0, 0, {8}},
	{19190, 615, 0, 4, {6}},
	{32826, 605, 0, 4, {1}},
	{33254, 594, 0, 4, {7}},
	{3657, 594, 0, 4, {2}},
	{33268, 594, 0, 0, {9}},
	{33288, 594, 0, 4, {5}},
	{33308, 594, 0, 4, {3}},
	{3455, 56, 0, 0, {2}},
	{3450, 585, 33324, 4, {1}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 53, 0, 2, {2}},
	{3185, 54, 0, 2, {3}},
	{32918, 574, 0, 16, {3}},
	{32858, 585, 0, 4, {5}},
	{32884, 585, 0, 4, {4}},
	{3185, 585, 32937, 3, {2}},
	{3450, 585, 33350, 3, {1}},
	{14482, 585, 0, 0, {0}},
	{32287, 616, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{32982, 594, 0, 4, {4}},
	{3657, 594, 0, 0, {1}},
	{32723, 560, 0, 17, {2}},
	{32998, 301, 0, 2, {3}},
	{33236, 594, 0, 4, {5}},
	{19190, 617, 0, 4, {6}},
	{33377, 594, 0, 4, {2}},
	{32826, 605, 0, 4, {3}},
	{33254, 594, 0, 4, {4}},
	{3657, 594, 0, 3, {1}},
	{33268, 594, 0, 0, {7}},
	{4052, 577, 0, 0, {2}},
	{4037, 577, 0, 0, {1}},
	{4052, 577, 0, 0, {2}},
	{4037, 577, 0, 0, {1}},
	{4037, 577, 0, 8, {2}},
	{4150, 594, 0, 0, {1}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 63, 0, 2, {2}},
	{3185, 64, 0, 2, {3}},
	{32918, 574, 0, 16, {3}},
	{32858, 585, 0, 4, {5}},
	{32884, 585, 0, 4, {4}},
	{3185, 585, 32937, 3, {2}},
	{3450, 585, 33398, 3, {1}},
	{14482, 585, 0, 0, {0}},
	{32287, 618, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{33426, 594, 0, 2, {1}},
	{4445, 585, 33432, 4, {1}},
	{4457, 585, 33432, 4, {2}},
	{32982, 594, 0, 4, {9}},
	{33476, 61, 0, 0, {11}},
	{4568, 62, 0, 0, {10}},
	{4548, 585, 33485, 4, {6}},
	{3657, 594, 0, 0, {1}},
	{3347, 594, 0, 0, {8}},
	{32723, 560, 0, 17, {2}},
	{33512, 585, 0, 2, {5}},
	{32998, 301, 0, 3, {3}},
	{3332, 65, 0, 2, {7}},
	{33524, 619, 0, 4, {4}},
	{33236, 594, 0, 2, {11}},
	{33007, 594, 0, 0, {9}},
	{19190, 620, 0, 4, {10}},
	{33545, 594, 0, 4, {4}},
	{33561, 585, 0, 4, {6}},
	{32826, 605, 0, 4, {1}},
	{33254, 594, 0, 4, {3}},
	{3657, 594, 0, 3, {2}},
	{33577, 585, 0, 4, {7}},
	{33308, 594, 0, 4, {5}},
	{3455, 57, 0, 0, {2}},
	{3450, 585, 33592, 4, {1}},
	{14482, 585, 0, 4, {2}},
	{9685, 585, 0, 4, {1}},
	{19315, 585, 0, 4, {3}},
	{33625, 585, 33629, 4, {4}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3185, 68, 0, 2, {2}},
	{33639, 75, 0, 2, {1}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 70, 0, 2, {2}},
	{3185, 71, 0, 2, {3}},
	{33648, 592, 0, 16, {1}},
	{33658, 66, 0, 16, {3}},
	{4995, 605, 0, 16, {4}},
	{33673, 574, 0, 16, {2}},
	{33693, 585, 0, 2, {1}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 73, 0, 3, {2}},
	{3185, 74, 0, 2, {3}},
	{33648, 592, 0, 4, {2}},
	{33693, 585, 0, 5, {1}},
	{33648, 592, 0, 4, {4}},
	{33699, 613, 0, 4, {1}},
	{33713, 585, 0, 4, {3}},
	{16518, 75, 0, 2, {2}},
	{33719, 621, 33725, 4, {4}},
	{33750, 592, 0, 4, {3}},
	{33625, 585, 0, 4, {2}},
	{33757, 585, 0, 4, {1}},
	{33766, 585, 0, 4, {1}},
	{33778, 622, 0, 4, {2}},
	{33766, 585, 0, 4, {1}},
	{33778, 623, 0, 4, {2}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 88, 0, 3, {2}},
	{3185, 89, 0, 2, {3}},
	{12484, 585, 0, 4, {1}},
	{33791, 585, 0, 4, {2}},
	{33796, 592, 0, 4, {2}},
	{33812, 592, 0, 17, {1}},
	{33818, 76, 0, 0, {8}},
	{33832, 585, 0, 4, {3}},
	{33838, 77, 0, 0, {9}},
	{19315, 585, 0, 4, {7}},
	{32658, 585, 0, 4, {1}},
	{33852, 585, 0, 4, {5}},
	{33861, 585, 0, 4, {6}},
	{33791, 585, 0, 4, {2}},
	{33873, 585, 0, 4, {4}},
	{32579, 592, 0, 4, {2}},
	{32631, 592, 0, 4, {4}},
	{10804, 592, 0, 4, {3}},
	{33812, 592, 0, 17, {1}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 84, 0, 3, {2}},
	{3185, 89, 0, 2, {3}},
	{33881, 79, 0, 0, {2}},
	{33903, 81, 0, 0, {1}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 86, 0, 3, {2}},
	{3185, 90, 0, 2, {3}},
	{32658, 585, 0, 4, {1}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 88, 0, 3, {2}},
	{3185, 89, 0, 2, {3}},
	{33719, 621, 33725, 4, {5}},
	{33750, 592, 0, 4, {4}},
	{33881, 79, 0, 0, {2}},
	{33903, 81, 0, 0, {1}},
	{33625, 585, 0, 4, {6}},
	{16518, 585, 0, 4, {3}},
	{33922, 613, 0, 3, {1}},
	{33930, 613, 0, 4, {4}},
	{33937, 585, 0, 4, {3}},
	{32884, 585, 0, 4, {2}},
	{33937, 585, 0, 4, {4}},
	{33953, 613, 0, 3, {3}},
	{33964, 624, 0, 17, {2}},
	{32273, 625, 0, 17, {1}},
	{14482, 585, 0, 4, {3}},
	{9685, 585, 0, 3, {1}},
	{19315, 585, 0, 3, {2}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 94, 0, 3, {2}},
	{3185, 95, 0, 2, {3}},
	{14482, 585, 0, 0, {0}},
	{32287, 626, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{33981, 594, 0, 3, {3}},
	{6545, 594, 0, 0, {2}},
	{33993, 91, 0, 3, {1}},
	{34008, 594, 0, 0, {4}},
	{34039, 594, 0, 0, {5}},
	{33545, 594, 0, 3, {3}},
	{34071, 594, 0, 3, {4}},
	{34087, 574, 0, 0, {2}},
	{32826, 605, 0, 0, {1}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 97, 0, 2, {2}},
	{3185, 98, 0, 2, {3}},
	{3657, 594, 0, 2, {1}},
	{3657, 594, 0, 3, {1}},
	{32723, 585, 0, 4, {2}},
	{34101, 585, 0, 3, {3}},
	{19315, 585, 34111, 3, {1}},
	{34127, 115, 0, 3, {2}},
	{34101, 585, 0, 3, {3}},
	{34134, 116, 0, 3, {2}},
	{19315, 585, 34111, 3, {1}},
	{14482, 585, 0, 4, {3}},
	{9685, 585, 0, 3, {1}},
	{19315, 585, 0, 3, {2}},
	{34142, 112, 0, 3, {1}},
	{34127, 115, 0, 3, {2}},
	{34134, 116, 0, 3, {2}},
	{34142, 112, 0, 3, {1}},
	{16350, 594, 0, 3, {3}},
	{3450, 585, 34149, 3, {1}},
	{34173, 594, 0, 3, {2}},
	{34179, 627, 0, 0, {2}},
	{34188, 585, 34201, 0, {1}},
	{34224, 594, 0, 0, {3}},
	{34251, 549, 0, 0, {4}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 110, 0, 3, {2}},
	{3185, 111, 0, 2, {3}},
	{7258, 105, 0, 0, {2}},
	{7250, 105, 0, 0, {1}},
	{32918, 574, 0, 16, {3}},
	{32858, 585, 0, 4, {5}},
	{32884, 585, 0, 4, {4}},
	{3185, 585, 32937, 3, {2}},
	{3450, 585, 34261, 3, {1}},
	{14482, 585, 0, 0, {0}},
	{32287, 628, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{34301, 107, 0, 0, {5}},
	{33981, 594, 0, 3, {3}},
	{7586, 629, 0, 4, {4}},
	{6545, 594, 0, 0, {2}},
	{33993, 101, 0, 3, {1}},
	{19190, 630, 0, 4, {6}},
	{34310, 631, 0, 16, {5}},
	{33545, 594, 0, 4, {3}},
	{34071, 594, 0, 3, {4}},
	{34087, 574, 0, 0, {2}},
	{32826, 605, 0, 0, {1}},
	{19315, 585, 0, 3, {1}},
	{32723, 560, 0, 0, {2}},
	{34325, 99, 0, 0, {7}},
	{34343, 102, 0, 0, {5}},
	{34352, 117, 0, 0, {2}},
	{34359, 119, 0, 0, {3}},
	{33852, 121, 0, 0, {4}},
	{3450, 585, 34364, 3, {1}},
	{34325, 100, 0, 0, {7}},
	{34343, 103, 0, 0, {5}},
	{34352, 118, 0, 0, {2}},
	{34359, 120, 0, 0, {3}},
	{33852, 122, 0, 0, {4}},
	{3450, 585, 34364, 3, {1}},
	{34384, 594, 0, 0, {4}},
	{34403, 549, 0, 0, {3}},
	{3450, 585, 34416, 3, {1}},
	{34173, 549, 0, 0, {2}},
	{34384, 594, 0, 0, {3}},
	{34403, 549, 0, 0, {2}},
	{34173, 549, 0, 0, {1}},
	{34436, 101, 0, 3, {1}},
	{34142, 112, 0, 3, {3}},
	{34127, 115, 0, 3, {2}},
	{34134, 116, 0, 3, {2}},
	{34436, 101, 0, 3, {3}},
	{34142, 112, 0, 3, {1}},
	{34142, 112, 0, 3, {1}},
	{34127, 115, 0, 3, {2}},
	{34134, 116, 0, 3, {2}},
	{34142, 112, 0, 3, {1}},
	{19315, 585, 34111, 3, {1}},
	{34127, 115, 0, 3, {2}},
	{34134, 116, 0, 3, {2}},
	{19315, 585, 34111, 3, {1}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 125, 0, 3, {2}},
	{3185, 126, 0, 2, {3}},
	{14482, 585, 0, 0, {0}},
	{32287, 632, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{8280, 585, 34452, 4, {3}},
	{8333, 594, 0, 0, {7}},
	{34473, 132, 0, 3, {5}},
	{34485, 585, 0, 3, {1}},
	{34494, 605, 0, 0, {2}},
	{8306, 594, 0, 0, {6}},
	{8298, 613, 0, 0, {4}},
	{34518, 585, 0, 0, {8}},
	{34527, 633, 0, 4, {1}},
	{34534, 574, 0, 0, {4}},
	{34551, 574, 0, 0, {5}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 130, 0, 2, {2}},
	{3185, 131, 0, 2, {3}},
	{34570, 574, 0, 16, {3}},
	{32918, 574, 0, 16, {4}},
	{32858, 585, 0, 4, {6}},
	{32884, 585, 0, 4, {5}},
	{3185, 585, 32937, 3, {2}},
	{3450, 585, 34584, 3, {1}},
	{14482, 585, 0, 0, {0}},
	{32287, 634, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{34604, 605, 0, 0, {3}},
	{34626, 594, 0, 0, {7}},
	{34639, 594, 0, 0, {12}},
	{34660, 585, 34675, 0, {9}},
	{34693, 594, 0, 0, {2}},
	{34705, 585, 0, 0, {15}},
	{34715, 613, 0, 0, {5}},
	{34730, 594, 0, 0, {13}},
	{34747, 594, 0, 0, {1}},
	{34759, 133, 0, 0, {11}},
	{34776, 585, 34797, 0, {14}},
	{32723, 560, 0, 0, {4}},
	{34821, 137, 0, 0, {16}},
	{8298, 613, 0, 0, {10}},
	{32998, 301, 0, 3, {6}},
	{34835, 594, 0, 0, {8}},
	{34527, 594, 0, 4, {4}},
	{34859, 585, 0, 4, {7}},
	{34876, 574, 0, 0, {3}},
	{19190, 635, 0, 4, {1}},
	{34891, 594, 0, 4, {6}},
	{34898, 585, 0, 0, {10}},
	{34912, 594, 0, 0, {9}},
	{34918, 574, 0, 0, {2}},
	{34928, 594, 0, 4, {5}},
	{34938, 594, 0, 0, {11}},
	{34950, 139, 0, 0, {8}},
	{16193, 565, 0, 2, {1}},
	{3085, 130, 0, 2, {2}},
	{32481, 636, 0, 17, {1}},
	{34974, 585, 0, 0, {1}},
	{25451, 585, 34988, 3, {2}},
	{35027, 637, 0, 17, {3}},
	{3185, 585, 32937, 2, {2}},
	{3450, 585, 35034, 3, {1}},
	{35054, 585, 35061, 3, {1}},
	{35087, 134, 0, 0, {2}},
	{35099, 638, 0, 4, {3}},
	{32481, 639, 0, 17, {1}},
	{35115, 594, 0, 0, {2}},
	{35130, 585, 0, 0, {1}},
	{34891, 599, 35147, 4, {2}},
	{34928, 599, 35147, 4, {1}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 143, 0, 3, {2}},
	{3185, 144, 0, 2, {3}},
	{32918, 574, 0, 16, {5}},
	{33187, 574, 0, 16, {4}},
	{32858, 585, 0, 4, {3}},
	{32884, 585, 0, 4, {2}},
	{3185, 585, 32937, 3, {6}},
	{3450, 585, 35159, 3, {1}},
	{14482, 585, 0, 0, {0}},
	{32287, 640, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{4995, 594, 0, 0, {8}},
	{33719, 621, 33725, 4, {6}},
	{33750, 592, 0, 4, {4}},
	{35183, 608, 0, 17, {1}},
	{35191, 585, 0, 3, {7}},
	{33625, 585, 0, 4, {3}},
	{35202, 592, 35209, 4, {5}},
	{33757, 585, 0, 4, {2}},
	{35223, 608, 0, 4, {2}},
	{19190, 641, 0, 4, {1}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 147, 0, 2, {2}},
	{14482, 585, 0, 0, {0}},
	{32287, 642, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{35235, 564, 0, 0, {3}},
	{35247, 585, 0, 0, {1}},
	{35262, 594, 0, 0, {2}},
	{35283, 594, 0, 0, {5}},
	{35300, 585, 0, 8, {7}},
	{35316, 564, 0, 0, {4}},
	{3666, 585, 35326, 8, {6}},
	{9695, 585, 0, 4, {2}},
	{4150, 594, 0, 4, {3}},
	{9702, 613, 0, 4, {4}},
	{35354, 585, 0, 3, {1}},
	{35363, 248, 0, 0, {1}},
	{35376, 280, 0, 0, {2}},
	{35388, 282, 0, 0, {3}},
	{35404, 585, 0, 0, {2}},
	{3450, 585, 35421, 3, {1}},
	{35444, 585, 0, 3, {2}},
	{19315, 585, 35455, 3, {1}},
	{9666, 585, 35475, 0, {3}},
	{35503, 585, 0, 3, {1}},
	{35512, 585, 0, 3, {2}},
	{9695, 585, 0, 0, {4}},
	{9685, 585, 35520, 0, {6}},
	{9702, 613, 0, 0, {5}},
	{9702, 613, 0, 4, {3}},
	{35541, 585, 0, 3, {1}},
	{35552, 585, 0, 16, {4}},
	{35568, 585, 0, 3, {2}},
	{9702, 613, 0, 4, {3}},
	{35541, 585, 0, 3, {1}},
	{35568, 585, 0, 3, {2}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{34127, 266, 0, 3, {2}},
	{35578, 335, 0, 0, {9}},
	{35604, 335, 0, 0, {6}},
	{35631, 585, 0, 3, {1}},
	{9695, 585, 0, 4, {4}},
	{35638, 335, 0, 0, {10}},
	{35658, 335, 0, 0, {8}},
	{35679, 335, 0, 0, {7}},
	{9702, 613, 0, 4, {3}},
	{35698, 643, 0, 4, {5}},
	{35715, 585, 0, 3, {2}},
	{35631, 585, 0, 3, {1}},
	{9695, 585, 0, 0, {3}},
	{35658, 237, 0, 0, {5}},
	{9702, 613, 0, 0, {2}},
	{35698, 643, 0, 4, {4}},
	{35728, 592, 35732, 4, {1}},
	{35748, 592, 35732, 4, {2}},
	{35753, 592, 0, 17, {1}},
	{12484, 585, 0, 4, {2}},
	{9702, 613, 0, 4, {6}},
	{35762, 585, 0, 4, {4}},
	{35773, 335, 0, 0, {5}},
	{16518, 585, 0, 4, {3}},
	{35753, 592, 0, 17, {1}},
	{12484, 585, 0, 4, {2}},
	{9702, 613, 0, 4, {6}},
	{35762, 585, 0, 4, {4}},
	{35773, 237, 0, 0, {5}},
	{16518, 585, 0, 4, {3}},
	{9695, 585, 0, 4, {2}},
	{9702, 613, 0, 4, {3}},
	{35773, 335, 0, 0, {4}},
	{35354, 585, 0, 3, {1}},
	{9695, 585, 0, 4, {2}},
	{9702, 613, 0, 4, {3}},
	{35773, 237, 0, 0, {4}},
	{35354, 585, 0, 3, {1}},
	{1028, 594, 0, 0, {1}},
	{33838, 560, 0, 0, {3}},
	{19315, 585, 0, 0, {1}},
	{35783, 613, 0, 0, {5}},
	{12484, 585, 0, 3, {4}},
	{35191, 585, 0, 0, {2}},
	{33713, 585, 0, 4, {4}},
	{32858, 585, 0, 4, {3}},
	{3185, 585, 32937, 3, {2}},
	{3450, 585, 35792, 3, {1}},
	{14482, 585, 0, 0, {0}},
	{19190, 644, 0, 4, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{14482, 585, 0, 0, {0}},
	{32287, 645, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{14482, 585, 0, 0, {0}},
	{35818, 646, 0, 4, {3}},
	{32904, 643, 0, 4, {2}},
	{35829, 613, 0, 0, {4}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{19315, 585, 0, 4, {1, 1}},
	{35783, 613, 0, 0, {2}},
	{32196, 585, 0, 3, {2}},
	{19315, 585, 0, 4, {1, 1}},
	{35783, 613, 0, 0, {3}},
	{14482, 585, 0, 0, {0}},
	{32287, 647, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{35839, 585, 0, 3, {5}},
	{19315, 585, 0, 3, {2}},
	{32658, 585, 0, 3, {1}},
	{35856, 585, 0, 4, {4}},
	{33625, 585, 33629, 4, {3}},
	{32287, 648, 0, 4, {2}},
	{19315, 585, 0, 4, {1, 1}},
	{35783, 613, 0, 0, {4}},
	{10661, 594, 0, 0, {3}},
	{32287, 648, 0, 4, {2}},
	{19315, 585, 0, 4, {1, 1}},
	{35783, 613, 0, 0, {4}},
	{35872, 592, 0, 4, {4}},
	{35877, 592, 0, 4, {3}},
	{35885, 649, 0, 4, {7}},
	{35889, 650, 0, 4, {19}},
	{35897, 585, 0, 4, {2}},
	{10714, 585, 35903, 4, {14}},
	{35917, 228, 0, 0, {12}},
	{35927, 305, 0, 0, {10}},
	{19315, 585, 0, 3, {1}},
	{35941, 651, 0, 4, {6}},
	{35985, 305, 0, 0, {11}},
	{36000, 652, 0, 4, {23}},
	{10804, 322, 0, 2, {8}},
	{15920, 585, 36013, 0, {24}},
	{36039, 653, 0, 4, {25}},
	{15957, 337, 0, 0, {15}},
	{36058, 305, 0, 0, {22}},
	{36071, 613, 0, 4, {16}},
	{36077, 613, 0, 4, {17}},
	{10751, 585, 0, 4, {13}},
	{10779, 585, 36087, 4, {20}},
	{36115, 613, 0, 4, {18}},
	{36119, 654, 0, 4, {21}},
	{36145, 655, 0, 4, {9}},
	{36179, 585, 0, 4, {5}},
	{34974, 585, 0, 3, {1}},
	{36190, 585, 0, 3, {3}},
	{36202, 585, 0, 3, {2}},
	{36215, 592, 0, 16, {1}},
	{36221, 605, 0, 4, {2}},
	{35971, 594, 0, 3, {3}},
	{36231, 585, 0, 4, {5}},
	{36238, 594, 0, 4, {2}},
	{19315, 585, 0, 4, {1}},
	{10933, 585, 36247, 4, {4}},
	{36202, 585, 34111, 3, {1}},
	{15920, 585, 36259, 3, {2}},
	{35054, 585, 36290, 5, {1}},
	{36320, 181, 0, 0, {2}},
	{25451, 585, 36330, 5, {1}},
	{35027, 637, 0, 4, {2}},
	{36373, 183, 0, 0, {2}},
	{36381, 184, 0, 0, {3}},
	{36392, 185, 0, 0, {1}},
	{36400, 574, 0, 16, {1}},
	{36410, 585, 0, 4, {7}},
	{36422, 594, 0, 3, {1}},
	{36431, 574, 0, 16, {6}},
	{32858, 585, 0, 4, {4}},
	{32884, 585, 0, 4, {3}},
	{36442, 594, 0, 4, {2}},
	{36400, 574, 0, 16, {5}},
	{32858, 585, 0, 4, {2}},
	{32884, 585, 0, 4, {1}},
	{36449, 656, 36468, 4, {10}},
	{36484, 657, 0, 4, {14}},
	{36410, 585, 0, 4, {8}},
	{35897, 585, 0, 3, {6}},
	{36509, 585, 0, 3, {7}},
	{36517, 182, 0, 2, {3}},
	{19315, 585, 0, 3, {1}},
	{34912, 613, 0, 3, {4}},
	{10804, 322, 0, 0, {11}},
	{36527, 594, 0, 3, {5}},
	{36540, 613, 0, 0, {9}},
	{36548, 182, 0, 2, {2}},
	{36554, 585, 36565, 0, {15}},
	{16518, 187, 0, 0, {13}},
	{36145, 658, 0, 4, {12}},
	{36575, 234, 0, 0, {1}},
	{11335, 594, 0, 3, {1}},
	{32287, 659, 0, 4, {1}},
	{32216, 265, 0, 0, {2}},
	{36581, 594, 0, 0, {4}},
	{12484, 585, 0, 3, {1}},
	{36586, 316, 0, 0, {3}},
	{10661, 594, 0, 0, {2}},
	{32287, 659, 0, 4, {1}},
	{36603, 585, 36610, 4, {1}},
	{36627, 549, 0, 0, {2}},
	{36637, 585, 0, 4, {3}},
	{13160, 585, 0, 3, {1}},
	{36646, 585, 0, 0, {4}},
	{36655, 266, 0, 0, {2}},
	{36665, 585, 0, 0, {4}},
	{19315, 585, 0, 4, {1}},
	{1639, 594, 0, 3, {2}},
	{10933, 585, 36247, 4, {3}},
	{36677, 660, 0, 4, {1}},
	{36687, 660, 0, 4, {2}},
	{35941, 661, 0, 4, {3}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{36705, 662, 0, 4, {2}},
	{14482, 585, 0, 0, {0}},
	{32287, 663, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{36713, 169, 0, 0, {2}},
	{36726, 585, 0, 4, {1}},
	{35773, 331, 0, 0, {3}},
	{19315, 585, 0, 3, {1}},
	{34173, 585, 0, 4, {2}},
	{36733, 200, 0, 0, {3}},
	{36743, 170, 0, 0, {3}},
	{32216, 265, 0, 0, {1}},
	{36759, 209, 0, 0, {5}},
	{36586, 316, 0, 0, {2}},
	{36770, 332, 0, 0, {4}},
	{35872, 592, 0, 4, {1, 4}},
	{35877, 592, 0, 4, {1, 3}},
	{35885, 649, 0, 4, {1, 7}},
	{35889, 650, 0, 4, {1, 19}},
	{35897, 585, 0, 4, {1, 2}},
	{10714, 585, 35903, 4, {1, 14}},
	{35917, 228, 0, 0, {1, 12}},
	{35927, 305, 0, 0, {1, 10}},
	{19315, 585, 0, 3, {1, 1}},
	{35941, 651, 0, 4, {1, 6}},
	{35985, 305, 0, 0, {1, 11}},
	{36000, 652, 0, 4, {1, 23}},
	{10804, 322, 0, 2, {1, 8}},
	{15920, 585, 36013, 0, {1, 24}},
	{36039, 653, 0, 4, {1, 25}},
	{15957, 337, 0, 0, {1, 15}},
	{36058, 305, 0, 0, {1, 22}},
	{36071, 613, 0, 4, {1, 16}},
	{36077, 613, 0, 4, {1, 17}},
	{36783, 585, 0, 4, {2}},
	{10751, 585, 0, 4, {1, 13}},
	{10779, 585, 36087, 4, {1, 20}},
	{36115, 613, 0, 4, {1, 18}},
	{36119, 654, 0, 4, {1, 21}},
	{36145, 655, 0, 4, {1, 9}},
	{36179, 585, 0, 4, {1, 5}},
	{36803, 273, 0, 0, {1}},
	{35054, 585, 0, 4, {12}},
	{14482, 585, 0, 0, {0}},
	{25364, 594, 0, 4, {8}},
	{36823, 564, 0, 16, {10}},
	{36833, 574, 0, 16, {6}},
	{36848, 266, 0, 3, {2}},
	{9685, 585, 0, 0, {0}},
	{36863, 574, 0, 16, {7}},
	{32858, 585, 0, 4, {4}},
	{16193, 565, 0, 3, {1}},
	{32884, 585, 0, 4, {3}},
	{36877, 266, 0, 0, {13}},
	{36885, 585, 0, 2, {14}},
	{36904, 585, 0, 2, {15}},
	{36922, 205, 0, 0, {11}},
	{36929, 206, 0, 2, {5}},
	{3450, 585, 0, 4, {9}},
	{14482, 585, 0, 0, {0}},
	{32287, 664, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{25364, 594, 0, 4, {1}},
	{36936, 564, 0, 16, {2}},
	{36953, 585, 0, 4, {1}},
	{36963, 585, 0, 4, {2}},
	{35877, 592, 0, 4, {1}},
	{9695, 585, 0, 4, {3}},
	{36968, 594, 0, 0, {2}},
	{9702, 613, 0, 4, {4}},
	{36972, 592, 0, 4, {1}},
	{36983, 592, 0, 4, {5}},
	{32196, 585, 0, 3, {3}},
	{35783, 613, 0, 0, {4}},
	{12484, 585, 0, 3, {2}},
	{36989, 585, 0, 3, {1}},
	{35631, 585, 0, 3, {1}},
	{9695, 585, 0, 4, {2}},
	{37000, 643, 0, 4, {5}},
	{9702, 613, 0, 4, {4}},
	{35773, 335, 0, 0, {3}},
	{35631, 585, 0, 3, {1}},
	{9695, 585, 0, 4, {2}},
	{37000, 643, 0, 4, {5}},
	{9702, 613, 0, 4, {4}},
	{35773, 237, 0, 0, {3}},
	{37008, 585, 0, 4, {1}},
	{37020, 585, 0, 4, {2}},
	{9695, 585, 0, 4, {2}},
	{4150, 594, 0, 4, {3}},
	{37032, 585, 0, 3, {1}},
	{9702, 613, 0, 4, {4}},
	{1639, 594, 0, 3, {1}},
	{12313, 585, 0, 16, {2}},
	{37039, 585, 0, 4, {3}},
	{37049, 585, 0, 3, {1}},
	{32909, 585, 0, 4, {2}},
	{37060, 585, 0, 3, {1}},
	{37070, 585, 0, 0, {4}},
	{12484, 585, 0, 3, {2}},
	{9702, 613, 0, 4, {3}},
	{37060, 585, 0, 3, {1}},
	{12484, 585, 0, 3, {2}},
	{9702, 613, 0, 4, {3}},
	{36963, 585, 0, 4, {3}},
	{37089, 665, 0, 4, {5}},
	{12484, 585, 0, 4, {1}},
	{1639, 577, 0, 1, {2}},
	{12494, 585, 37101, 4, {4}},
	{19315, 585, 0, 3, {1}},
	{34173, 585, 0, 3, {2}},
	{37114, 592, 0, 4, {2}},
	{13160, 585, 0, 3, {1}},
	{13160, 585, 0, 3, {1}},
	{12484, 585, 0, 3, {1}},
	{3450, 585, 37124, 0, {2}},
	{37140, 613, 0, 4, {8}},
	{37158, 613, 0, 4, {11}},
	{9695, 585, 0, 4, {5}},
	{37174, 585, 0, 0, {12}},
	{37188, 585, 0, 3, {2}},
	{12667, 585, 0, 4, {4}},
	{36968, 594, 0, 3, {3}},
	{37192, 592, 0, 4, {7}},
	{9702, 613, 0, 4, {6}},
	{35773, 335, 0, 0, {10}},
	{37200, 585, 0, 3, {1}},
	{37140, 613, 0, 4, {8}},
	{37158, 613, 0, 4, {11}},
	{9695, 585, 0, 4, {5}},
	{37174, 585, 0, 0, {12}},
	{37188, 585, 0, 3, {2}},
	{12667, 585, 0, 4, {4}},
	{36968, 594, 0, 3, {3}},
	{37192, 592, 0, 4, {7}},
	{9702, 613, 0, 4, {6}},
	{35773, 237, 0, 0, {10}},
	{37200, 585, 0, 3, {1}},
	{12766, 585, 35903, 4, {2}},
	{37213, 585, 0, 4, {1}},
	{37223, 585, 0, 5, {1}},
	{32196, 585, 0, 3, {1}},
	{36581, 594, 0, 0, {3}},
	{12484, 585, 0, 3, {2}},
	{37232, 229, 0, 0, {1}},
	{37242, 229, 0, 0, {2}},
	{36554, 585, 36565, 8, {3}},
	{37250, 207, 0, 0, {1}},
	{37255, 218, 0, 0, {2}},
	{37263, 347, 0, 0, {4}},
	{37269, 351, 0, 0, {3}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 233, 0, 2, {2}},
	{12659, 656, 36468, 4, {4}},
	{37279, 656, 36468, 4, {5}},
	{37294, 656, 36468, 4, {2}},
	{37298, 656, 36468, 4, {6}},
	{37319, 656, 36468, 4, {3}},
	{3450, 585, 37323, 3, {1}},
	{14482, 585, 0, 0, {0}},
	{32287, 666, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{37336, 667, 0, 17, {1}},
	{37343, 605, 0, 3, {2}},
	{37347, 668, 0, 4, {3}},
	{33625, 605, 0, 3, {1}},
	{36637, 585, 0, 4, {2}},
	{13160, 585, 0, 4, {1}},
	{13153, 585, 37366, 0, {3}},
	{35941, 669, 0, 4, {4}},
	{37388, 670, 0, 4, {1}},
	{19315, 585, 0, 4, {1}},
	{9695, 585, 0, 0, {2}},
	{12484, 585, 0, 3, {1}},
	{3185, 585, 37396, 3, {2}},
	{37439, 585, 0, 4, {1}},
	{12484, 585, 0, 3, {2}},
	{9702, 613, 0, 4, {3}},
	{37471, 585, 0, 3, {1}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 244, 0, 2, {2}},
	{3185, 245, 0, 2, {3}},
	{32918, 574, 0, 16, {4}},
	{32858, 585, 0, 4, {6}},
	{32884, 585, 0, 4, {5}},
	{3185, 585, 32937, 3, {2}},
	{3450, 585, 37478, 3, {1}},
	{14482, 585, 0, 0, {0}},
	{32287, 671, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{37504, 592, 37515, 4, {1}},
	{19190, 672, 0, 4, {2}},
	{13562, 585, 37534, 4, {1}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 261, 0, 2, {2}},
	{3185, 262, 0, 2, {3}},
	{37552, 585, 0, 3, {2}},
	{3450, 585, 37560, 3, {1}},
	{37579, 673, 0, 4, {2}},
	{37627, 258, 0, 0, {1}},
	{37674, 599, 0, 4, {2}},
	{37685, 585, 0, 3, {1}},
	{10804, 656, 37703, 17, {3}},
	{37741, 574, 0, 16, {3}},
	{32918, 574, 0, 16, {4}},
	{32858, 585, 0, 4, {6}},
	{32884, 585, 0, 4, {5}},
	{3185, 585, 32937, 3, {2}},
	{3450, 585, 37759, 3, {1}},
	{37780, 172, 0, 0, {2}},
	{34527, 251, 0, 0, {2}},
	{37790, 251, 0, 0, {1}},
	{33713, 585, 0, 4, {4}},
	{37799, 251, 0, 0, {3}},
	{13858, 188, 0, 2, {1}},
	{37813, 613, 0, 0, {1}},
	{14482, 585, 0, 0, {0}},
	{32287, 674, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{37838, 257, 0, 0, {2}},
	{19315, 585, 0, 2, {1}},
	{37847, 613, 0, 0, {1}},
	{37871, 613, 0, 0, {2}},
	{37886, 675, 0, 17, {1}},
	{32196, 585, 0, 3, {1}},
	{25451, 585, 37904, 3, {2}},
	{35027, 592, 0, 4, {3}},
	{37928, 676, 0, 4, {1}},
	{37945, 676, 0, 4, {2}},
	{37957, 251, 0, 8, {6}},
	{37970, 585, 0, 4, {2}},
	{37981, 585, 0, 4, {1}},
	{37989, 677, 0, 4, {7}},
	{37998, 585, 0, 4, {3}},
	{38009, 678, 0, 4, {5}},
	{38016, 613, 0, 4, {4}},
	{36677, 679, 0, 4, {5}},
	{14209, 656, 36468, 4, {2}},
	{38030, 656, 36468, 4, {1}},
	{19190, 680, 0, 4, {4}},
	{38039, 252, 0, 8, {11}},
	{14221, 253, 0, 2, {6}},
	{38046, 592, 0, 4, {14}},
	{37838, 254, 0, 0, {13}},
	{38063, 681, 0, 4, {8}},
	{14237, 264, 0, 2, {7}},
	{13562, 585, 38070, 4, {3}},
	{38083, 682, 0, 4, {12}},
	{38099, 683, 0, 4, {10}},
	{38115, 592, 38128, 4, {9}},
	{38030, 605, 0, 0, {1}},
	{14432, 585, 0, 3, {10}},
	{14331, 585, 0, 3, {3}},
	{14360, 585, 0, 3, {6}},
	{14338, 585, 0, 3, {4}},
	{14399, 585, 0, 3, {8}},
	{14384, 585, 0, 3, {7}},
	{14310, 585, 0, 3, {1}},
	{14416, 585, 0, 3, {9}},
	{14352, 585, 0, 3, {5}},
	{38150, 263, 0, 0, {11}},
	{14320, 585, 0, 3, {2}},
	{14482, 585, 0, 4, {1}},
	{38155, 585, 0, 3, {2}},
	{14482, 585, 0, 4, {5}},
	{38155, 585, 0, 4, {7}},
	{9685, 585, 0, 4, {1}},
	{19315, 585, 0, 4, {3}},
	{32658, 585, 0, 4, {2}},
	{35856, 585, 0, 4, {6}},
	{33625, 585, 33629, 4, {4}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 276, 0, 2, {2}},
	{3185, 277, 0, 2, {3}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 271, 0, 2, {2}},
	{3185, 272, 0, 2, {3}},
	{34570, 574, 0, 16, {3}},
	{32918, 574, 0, 16, {4}},
	{32858, 585, 0, 4, {6}},
	{32884, 585, 0, 4, {5}},
	{3185, 585, 32937, 3, {2}},
	{3450, 585, 38165, 3, {1}},
	{14482, 585, 0, 0, {0}},
	{32287, 619, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{38203, 592, 38215, 4, {1}},
	{38247, 357, 0, 0, {7}},
	{38258, 358, 0, 0, {8}},
	{10804, 365, 0, 2, {2}},
	{32723, 560, 0, 0, {4}},
	{38272, 585, 0, 0, {5}},
	{38289, 585, 0, 0, {9}},
	{14827, 585, 38315, 0, {6}},
	{36989, 585, 0, 4, {3}},
	{38203, 592, 38215, 4, {2}},
	{38339, 643, 38365, 4, {7}},
	{36449, 656, 36468, 4, {5}},
	{38030, 656, 36468, 4, {3}},
	{19190, 684, 0, 4, {4}},
	{38408, 585, 0, 0, {8}},
	{38441, 239, 0, 0, {9}},
	{13562, 585, 38460, 4, {1}},
	{16193, 565, 0, 2, {1}},
	{3085, 271, 0, 3, {2}},
	{38490, 585, 0, 3, {1}},
	{9702, 613, 0, 4, {2}},
	{14482, 585, 0, 0, {0}},
	{32287, 685, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{38203, 592, 38215, 4, {3}},
	{38500, 148, 0, 0, {2, 2}},
	{38521, 152, 0, 0, {2, 16}},
	{38531, 153, 0, 0, {2, 13}},
	{38030, 656, 36468, 4, {1}},
	{38541, 159, 0, 0, {2, 9}},
	{38548, 161, 0, 0, {2, 8}},
	{38555, 686, 0, 0, {4}},
	{38564, 156, 0, 0, {2, 22}},
	{38568, 208, 0, 0, {2, 10}},
	{38571, 210, 0, 0, {2, 12}},
	{38582, 212, 0, 0, {2, 11}},
	{38590, 213, 0, 0, {2, 1}},
	{38608, 216, 0, 0, {2, 4}},
	{38618, 222, 0, 0, {2, 3}},
	{38627, 223, 0, 0, {2, 7}},
	{38633, 238, 0, 0, {2, 20}},
	{38639, 592, 0, 4, {7}},
	{38652, 240, 0, 0, {2, 5}},
	{35363, 363, 0, 0, {9}},
	{15105, 585, 38656, 4, {5}},
	{38689, 278, 0, 0, {2, 17}},
	{38710, 303, 0, 0, {2, 18}},
	{38725, 307, 0, 0, {2, 15}},
	{16503, 308, 0, 0, {2, 6}},
	{38733, 325, 0, 0, {2, 19}},
	{38272, 585, 0, 4, {6}},
	{38741, 348, 0, 0, {2, 21}},
	{38289, 585, 0, 0, {10}},
	{14827, 585, 38315, 0, {8}},
	{38751, 367, 0, 0, {2, 14}},
	{38765, 574, 0, 0, {4}},
	{32858, 585, 0, 4, {2}},
	{13562, 585, 38789, 4, {1}},
	{32884, 585, 0, 4, {3}},
	{9695, 585, 0, 4, {2}},
	{38814, 585, 0, 3, {1}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 297, 0, 2, {2}},
	{3185, 298, 0, 2, {3}},
	{37579, 687, 0, 4, {2}},
	{37627, 688, 0, 4, {1}},
	{33838, 560, 0, 0, {1}},
	{38819, 592, 0, 4, {5}},
	{38834, 592, 0, 4, {6}},
	{282, 560, 0, 0, {4}},
	{38852, 592, 0, 4, {2}},
	{38863, 585, 0, 3, {3}},
	{37579, 687, 0, 4, {2}},
	{37627, 688, 0, 4, {1}},
	{38875, 585, 0, 4, {6}},
	{38896, 585, 0, 4, {4}},
	{38917, 585, 0, 4, {5}},
	{38925, 585, 0, 5, {2}},
	{38933, 594, 0, 0, {3}},
	{35191, 585, 0, 5, {1}},
	{38954, 643, 0, 4, {7}},
	{34570, 574, 0, 16, {3}},
	{32918, 574, 0, 16, {4}},
	{32858, 585, 0, 4, {6}},
	{32826, 605, 0, 4, {7}},
	{32884, 585, 0, 4, {5}},
	{3185, 585, 32937, 3, {2}},
	{3450, 585, 35034, 3, {1}},
	{38970, 592, 0, 4, {1}},
	{37000, 689, 0, 4, {3}},
	{38982, 592, 0, 4, {2}},
	{19315, 585, 0, 4, {1}},
	{34173, 585, 0, 0, {2}},
	{38991, 690, 0, 17, {1}},
	{37685, 585, 0, 3, {2}},
	{13160, 585, 0, 3, {1}},
	{14482, 585, 0, 0, {0}},
	{32287, 691, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{19315, 585, 39007, 3, {1}},
	{39017, 585, 35034, 3, {1}},
	{19315, 585, 0, 3, {1}},
	{37685, 585, 0, 0, {3}},
	{39031, 585, 0, 0, {4}},
	{19315, 585, 0, 3, {1}},
	{37685, 585, 0, 0, {2}},
	{19315, 585, 0, 3, {1}},
	{39057, 585, 0, 0, {1}},
	{39070, 150, 0, 0, {11}},
	{39086, 605, 0, 0, {5}},
	{39094, 585, 39114, 0, {9}},
	{39140, 605, 0, 0, {6}},
	{39151, 613, 0, 0, {3}},
	{39164, 605, 0, 0, {2}},
	{39174, 585, 39194, 0, {13}},
	{39220, 324, 0, 0, {1}},
	{39235, 329, 0, 0, {10}},
	{37347, 668, 0, 4, {4}},
	{37813, 585, 39250, 0, {12}},
	{39278, 692, 0, 4, {7}},
	{39286, 369, 0, 0, {8}},
	{34604, 605, 0, 0, {5}},
	{39301, 149, 0, 0, {18}},
	{39310, 613, 0, 0, {21}},
	{37674, 693, 0, 17, {2}},
	{39339, 285, 0, 0, {26}},
	{15947, 585, 39349, 4, {6}},
	{39362, 613, 0, 0, {30}},
	{39381, 694, 0, 4, {34}},
	{39401, 695, 0, 4, {23}},
	{39417, 613, 0, 4, {13}},
	{39425, 613, 0, 4, {11}},
	{39437, 613, 0, 4, {12}},
	{39445, 613, 0, 0, {37}},
	{36637, 585, 0, 4, {16}},
	{39455, 585, 0, 0, {41}},
	{39472, 696, 0, 4, {15}},
	{39489, 693, 0, 4, {20}},
	{36646, 585, 0, 4, {10}},
	{39504, 697, 0, 4, {7}},
	{39517, 290, 0, 0, {36}},
	{39520, 656, 36468, 4, {32}},
	{26447, 585, 39529, 0, {31}},
	{39549, 594, 0, 0, {25}},
	{39558, 585, 0, 4, {24}},
	{39576, 698, 0, 4, {28}},
	{39591, 699, 0, 4, {39}},
	{10804, 322, 0, 0, {40}},
	{15920, 585, 39606, 4, {3}},
	{39623, 585, 0, 0, {29}},
	{16021, 585, 0, 4, {19}},
	{39640, 700, 0, 4, {38}},
	{39656, 295, 0, 8, {43}},
	{15957, 296, 0, 0, {14}},
	{39672, 585, 0, 4, {9}},
	{39687, 585, 0, 4, {8}},
	{39706, 613, 0, 0, {35}},
	{39724, 613, 0, 0, {27}},
	{39746, 585, 0, 4, {17}},
	{15973, 605, 0, 0, {4}},
	{39756, 701, 0, 4, {22}},
	{39768, 702, 0, 4, {33}},
	{39825, 703, 0, 4, {1}},
	{36449, 656, 36468, 4, {19}},
	{19190, 704, 0, 4, {2}},
	{39833, 705, 0, 4, {8}},
	{39851, 705, 0, 4, {13}},
	{39878, 287, 0, 0, {18}},
	{36231, 585, 0, 4, {5}},
	{39906, 706, 0, 4, {16}},
	{39914, 705, 0, 4, {10}},
	{32858, 585, 0, 4, {3}},
	{39936, 707, 0, 12, {21}},
	{39973, 585, 0, 4, {11}},
	{32826, 605, 0, 4, {17}},
	{13562, 585, 39991, 4, {1}},
	{40003, 585, 0, 4, {6}},
	{40009, 708, 0, 4, {12}},
	{40016, 585, 40025, 4, {9}},
	{32884, 585, 0, 4, {4}},
	{40040, 585, 40047, 4, {14}},
	{40066, 709, 0, 4, {15}},
	{10804, 322, 0, 0, {20}},
	{34918, 574, 0, 0, {7}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{32998, 301, 0, 2, {2}},
	{14482, 585, 0, 0, {0}},
	{32287, 710, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{16193, 565, 0, 2, {1}},
	{3085, 297, 0, 2, {2}},
	{33713, 585, 0, 0, {3}},
	{1639, 594, 0, 3, {1}},
	{10933, 585, 36247, 3, {2}},
	{9695, 585, 0, 4, {2}},
	{9702, 613, 0, 4, {3}},
	{35354, 585, 0, 3, {1}},
	{40088, 260, 0, 3, {2}},
	{40099, 594, 0, 3, {1}},
	{37250, 207, 0, 0, {1, 1}},
	{16381, 594, 0, 4, {6}},
	{40106, 214, 0, 0, {1, 4}},
	{37255, 218, 0, 0, {1, 2}},
	{40111, 594, 0, 4, {2}},
	{16350, 594, 0, 4, {4}},
	{16364, 594, 0, 4, {5}},
	{37269, 351, 0, 0, {1, 3}},
	{15973, 605, 0, 0, {7}},
	{1028, 594, 0, 4, {3}},
	{10661, 594, 0, 0, {2}},
	{40131, 711, 0, 16, {1}},
	{33832, 585, 0, 4, {5}},
	{9702, 613, 0, 4, {3}},
	{40139, 585, 0, 3, {1}},
	{40148, 585, 0, 4, {6}},
	{16518, 585, 0, 4, {4}},
	{40155, 585, 0, 3, {2}},
	{9695, 585, 0, 4, {3}},
	{35897, 585, 0, 3, {2}},
	{16541, 585, 0, 4, {6}},
	{35753, 592, 0, 17, {1}},
	{16507, 585, 0, 4, {4}},
	{9702, 613, 0, 4, {8}},
	{35773, 335, 0, 0, {7}},
	{16518, 585, 0, 4, {5}},
	{9695, 585, 0, 4, {3}},
	{35897, 585, 0, 3, {2}},
	{16541, 585, 0, 4, {6}},
	{35753, 592, 0, 17, {1}},
	{16507, 585, 0, 4, {4}},
	{9702, 613, 0, 4, {8}},
	{35773, 237, 0, 0, {7}},
	{16518, 585, 0, 4, {5}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 313, 0, 2, {2}},
	{3185, 314, 0, 2, {3}},
	{32918, 574, 0, 16, {3}},
	{32858, 585, 0, 4, {5}},
	{32884, 585, 0, 4, {4}},
	{3185, 585, 32937, 3, {2}},
	{3450, 585, 40162, 3, {1}},
	{14482, 585, 0, 0, {0}},
	{32287, 712, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{32982, 594, 0, 4, {4}},
	{3657, 594, 0, 0, {1}},
	{32723, 697, 0, 4, {2}},
	{32998, 301, 0, 0, {3}},
	{33236, 594, 0, 4, {5}},
	{19190, 713, 0, 4, {6}},
	{33377, 594, 0, 4, {2}},
	{32826, 605, 0, 4, {3}},
	{33254, 594, 0, 4, {4}},
	{3657, 594, 0, 3, {1}},
	{19315, 585, 0, 3, {1}},
	{35183, 585, 0, 4, {2}},
	{34974, 585, 0, 4, {1}},
	{16948, 549, 0, 0, {3}},
	{33852, 585, 0, 3, {2}},
	{40200, 585, 40207, 4, {2}},
	{32858, 585, 0, 0, {6}},
	{40231, 585, 40242, 3, {1}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 320, 0, 2, {2}},
	{3185, 321, 0, 2, {3}},
	{14482, 585, 0, 0, {0}},
	{32287, 714, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{40256, 656, 36468, 4, {1}},
	{40261, 327, 0, 0, {3}},
	{40275, 592, 40282, 4, {2}},
	{40256, 656, 36468, 4, {1}},
	{40306, 656, 36468, 4, {2}},
	{40311, 715, 0, 4, {3}},
	{37336, 656, 36468, 4, {1}},
	{40318, 656, 36468, 4, {2}},
	{19315, 585, 34111, 3, {1}},
	{10804, 716, 0, 4, {2}},
	{40339, 585, 0, 4, {4}},
	{40345, 585, 0, 4, {2}},
	{3450, 585, 0, 4, {3}},
	{16518, 585, 0, 4, {1}},
	{9695, 585, 0, 4, {9}},
	{40350, 585, 0, 3, {1}},
	{40358, 585, 0, 4, {5}},
	{9702, 613, 0, 4, {10}},
	{35773, 335, 0, 17, {3}},
	{40375, 613, 0, 4, {4}},
	{17341, 585, 0, 4, {7}},
	{40386, 585, 0, 4, {6}},
	{40398, 585, 0, 3, {2}},
	{36989, 585, 0, 4, {8}},
	{9695, 585, 0, 4, {9}},
	{40350, 585, 0, 3, {1}},
	{40358, 585, 0, 4, {5}},
	{9702, 613, 0, 4, {10}},
	{35773, 237, 0, 17, {3}},
	{40375, 613, 0, 4, {4}},
	{17341, 585, 0, 4, {7}},
	{40386, 585, 0, 4, {6}},
	{40398, 585, 0, 3, {2}},
	{36989, 585, 0, 4, {8}},
	{37928, 717, 0, 4, {1}},
	{25451, 585, 40405, 3, {2}},
	{40430, 585, 40440, 3, {1}},
	{35027, 592, 0, 4, {3}},
	{35404, 585, 0, 0, {2}},
	{3450, 585, 40462, 3, {1}},
	{14482, 585, 0, 0, {0}},
	{32904, 646, 0, 4, {2}},
	{35829, 613, 0, 0, {5}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{40484, 643, 0, 4, {4}},
	{3450, 585, 40495, 4, {3}},
	{19315, 585, 0, 4, {1, 1}},
	{35783, 613, 0, 0, {2}},
	{32196, 585, 0, 3, {2}},
	{19315, 585, 0, 4, {1, 1}},
	{35783, 613, 0, 0, {3}},
	{14482, 585, 0, 0, {0}},
	{32287, 718, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{32287, 648, 0, 4, {2}},
	{19315, 585, 0, 4, {1, 1}},
	{35783, 613, 0, 0, {4}},
	{19315, 585, 0, 4, {1}},
	{32658, 585, 0, 4, {2}},
	{10661, 594, 0, 0, {3}},
	{32287, 648, 0, 4, {2}},
	{35783, 613, 0, 0, {4}},
	{35541, 585, 0, 4, {1}},
	{40509, 613, 0, 0, {7}},
	{39070, 150, 0, 0, {12}},
	{40534, 158, 0, 0, {1}},
	{40547, 613, 0, 0, {2}},
	{40558, 585, 40568, 0, {9}},
	{40585, 613, 0, 0, {6}},
	{39140, 605, 0, 0, {8}},
	{39151, 613, 0, 0, {5}},
	{39164, 605, 0, 0, {4}},
	{39220, 324, 0, 0, {3}},
	{39235, 329, 0, 0, {11}},
	{39286, 369, 0, 0, {10}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 344, 0, 2, {2}},
	{3185, 345, 0, 2, {3}},
	{14482, 585, 0, 0, {0}},
	{39310, 613, 0, 0, {4}},
	{39472, 719, 0, 4, {3}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{40608, 720, 0, 4, {2}},
	{14482, 585, 0, 0, {0}},
	{32287, 721, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{40616, 585, 0, 4, {1}},
	{4995, 605, 0, 0, {2}},
	{12484, 585, 0, 3, {3}},
	{14482, 585, 0, 0, {0}},
	{32287, 722, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{36665, 585, 0, 0, {6}},
	{19315, 585, 0, 4, {1}},
	{40625, 594, 0, 4, {5}},
	{1639, 594, 0, 3, {3}},
	{10933, 585, 36247, 4, {2}},
	{18119, 577, 0, 0, {4}},
	{40634, 613, 0, 0, {20}},
	{40664, 585, 0, 4, {3}},
	{40674, 592, 0, 4, {18}},
	{40685, 592, 0, 4, {5}},
	{40697, 585, 0, 4, {10}},
	{40710, 585, 40732, 4, {11}},
	{40764, 594, 0, 4, {12}},
	{40784, 585, 40806, 0, {22}},
	{40838, 592, 40849, 4, {19}},
	{40863, 585, 40878, 0, {17}},
	{40896, 585, 0, 0, {21}},
	{40914, 585, 0, 4, {8}},
	{40929, 592, 0, 4, {9}},
	{35941, 723, 0, 4, {1}},
	{40969, 613, 0, 4, {13}},
	{32723, 697, 0, 4, {2}},
	{18166, 585, 40994, 4, {7}},
	{41013, 346, 0, 0, {14}},
	{41035, 585, 0, 0, {23}},
	{3450, 585, 41055, 4, {4}},
	{19190, 724, 0, 4, {2}},
	{18223, 236, 0, 2, {1}},
	{41070, 163, 0, 0, {1}},
	{41079, 605, 0, 3, {1}},
	{9695, 585, 0, 4, {3}},
	{9702, 613, 0, 4, {4}},
	{35773, 266, 0, 0, {5}},
	{36989, 585, 0, 4, {1}},
	{41087, 585, 0, 4, {2}},
	{9695, 585, 0, 4, {3}},
	{9702, 613, 0, 4, {4}},
	{35773, 237, 0, 0, {5}},
	{36989, 585, 0, 4, {1}},
	{41087, 585, 0, 4, {2}},
	{19315, 585, 0, 3, {1}},
	{34173, 585, 0, 3, {2}},
	{36963, 585, 0, 4, {2}},
	{1639, 577, 0, 1, {1}},
	{41103, 585, 41110, 3, {3}},
	{32196, 585, 0, 3, {1}},
	{41125, 574, 0, 0, {4}},
	{34173, 585, 0, 4, {2}},
	{41103, 585, 41110, 4, {4}},
	{32196, 585, 0, 4, {1}},
	{25451, 585, 41135, 4, {2}},
	{41157, 605, 0, 0, {5}},
	{34173, 585, 0, 4, {3}},
	{32196, 585, 0, 3, {1}},
	{35027, 592, 0, 17, {2}},
	{41175, 725, 0, 4, {1}},
	{33838, 560, 0, 0, {4}},
	{38819, 592, 0, 4, {8}},
	{41197, 594, 0, 3, {1}},
	{41205, 594, 0, 0, {5}},
	{41216, 585, 41235, 0, {6}},
	{41258, 585, 41235, 0, {7}},
	{38863, 585, 0, 3, {2}},
	{41275, 585, 41293, 3, {3}},
	{24202, 585, 0, 16, {1}},
	{9685, 585, 0, 3, {2}},
	{19315, 585, 0, 3, {3}},
	{24202, 585, 0, 16, {1}},
	{9685, 585, 0, 3, {2}},
	{19315, 585, 0, 3, {3}},
	{32658, 585, 0, 0, {4}},
	{38500, 148, 0, 0, {2, 4}},
	{38521, 152, 0, 0, {2, 22}},
	{38531, 154, 0, 0, {2, 18}},
	{38541, 160, 0, 0, {2, 14}},
	{38548, 162, 0, 0, {2, 13}},
	{37780, 174, 0, 0, {2, 19}},
	{38564, 157, 0, 0, {2, 28}},
	{41326, 191, 0, 0, {2, 16}},
	{41338, 192, 0, 0, {2, 2}},
	{41347, 202, 0, 0, {2, 29}},
	{38568, 208, 0, 0, {2, 17}},
	{38571, 211, 0, 0, {2, 12}},
	{38582, 212, 0, 0, {2, 15}},
	{38590, 213, 0, 0, {2, 3}},
	{41357, 215, 0, 0, {2, 5}},
	{38608, 217, 0, 0, {2, 9}},
	{38618, 222, 0, 0, {2, 1}},
	{35897, 225, 0, 0, {2, 30}},
	{38627, 224, 0, 0, {2, 8}},
	{19315, 585, 0, 3, {1}},
	{38652, 240, 0, 0, {2, 7}},
	{41365, 274, 0, 0, {2, 10}},
	{38689, 278, 0, 0, {2, 23}},
	{38710, 303, 0, 0, {2, 24}},
	{41387, 306, 0, 0, {2, 26}},
	{38725, 307, 0, 0, {2, 21}},
	{16503, 309, 0, 0, {2, 11}},
	{38733, 326, 0, 0, {2, 25}},
	{41397, 336, 0, 0, {2, 6}},
	{38741, 349, 0, 0, {2, 27}},
	{38751, 367, 0, 0, {2, 20}},
	{35444, 585, 0, 3, {2}},
	{19315, 585, 0, 3, {1}},
	{36169, 585, 0, 3, {3}},
	{41404, 585, 41421, 0, {5}},
	{19315, 585, 0, 3, {1}},
	{9702, 613, 0, 4, {2}},
	{41445, 585, 41463, 0, {7}},
	{41488, 585, 0, 4, {4}},
	{41496, 585, 0, 4, {6}},
	{36169, 585, 0, 3, {2}},
	{19315, 585, 0, 3, {1}},
	{9702, 613, 0, 4, {3}},
	{41445, 585, 41463, 0, {4}},
	{41508, 366, 0, 8, {5}},
	{41521, 258, 0, 0, {1}},
	{41530, 164, 0, 8, {5}},
	{37780, 173, 0, 0, {3}},
	{41326, 189, 0, 0, {2}},
	{41549, 283, 0, 8, {6}},
	{41397, 334, 0, 0, {1}},
	{41564, 341, 0, 0, {4}},
	{37336, 656, 36468, 4, {1}},
	{40318, 656, 36468, 4, {2}},
	{35897, 226, 0, 0, {1}},
	{9695, 585, 0, 4, {2}},
	{41584, 585, 0, 4, {4}},
	{41600, 585, 0, 4, {3}},
	{41618, 585, 0, 3, {1}},
	{41629, 281, 0, 3, {2}},
	{40099, 594, 0, 3, {1}},
	{41645, 585, 0, 0, {2}},
	{41664, 585, 0, 0, {1}},
	{41687, 613, 0, 0, {4}},
	{41699, 585, 0, 0, {3}},
	{36677, 599, 0, 17, {1}},
	{19190, 371, 0, 2, {2}},
	{41713, 643, 0, 12, {5}},
	{41732, 372, 0, 0, {8}},
	{36637, 585, 0, 0, {3}},
	{36646, 585, 0, 0, {6}},
	{36655, 266, 0, 0, {4}},
	{41738, 585, 0, 0, {7}},
	{34912, 613, 0, 0, {1}},
	{41743, 613, 0, 0, {2}},
	{34938, 613, 0, 0, {3}},
	{41751, 726, 0, 4, {2}},
	{41760, 727, 0, 4, {1}},
	{36665, 585, 0, 0, {4}},
	{19315, 585, 0, 0, {1}},
	{1639, 594, 0, 0, {3}},
	{10933, 585, 36247, 0, {2}},
	{41769, 585, 41781, 3, {4}},
	{14482, 585, 0, 0, {0}},
	{37060, 728, 0, 16, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{35941, 729, 0, 16, {3}},
	{14482, 585, 0, 0, {0}},
	{32287, 730, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{19315, 585, 0, 3, {1}},
	{19315, 585, 0, 3, {1}},
	{35054, 585, 0, 4, {6}},
	{14482, 585, 0, 0, {0}},
	{41796, 594, 0, 4, {15}},
	{41812, 574, 0, 16, {13}},
	{41837, 574, 0, 16, {14}},
	{41861, 206, 0, 2, {12}},
	{36823, 564, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{41878, 585, 0, 4, {10}},
	{32884, 585, 0, 4, {7}},
	{41883, 266, 0, 2, {8}},
	{36877, 266, 0, 0, {9}},
	{41893, 585, 0, 4, {4}},
	{36904, 585, 0, 4, {5}},
	{36922, 380, 0, 0, {3}},
	{3450, 585, 0, 4, {11}},
	{14482, 585, 0, 0, {0}},
	{32287, 731, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{25364, 594, 0, 3, {1}},
	{36936, 564, 0, 17, {2}},
	{19739, 594, 0, 0, {2}},
	{19714, 594, 0, 0, {1}},
	{3450, 585, 41913, 3, {1}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 386, 0, 2, {2}},
	{3185, 387, 0, 2, {3}},
	{32918, 574, 0, 16, {3}},
	{32858, 585, 0, 4, {5}},
	{32884, 585, 0, 4, {4}},
	{3185, 585, 32937, 4, {2}},
	{3450, 585, 41944, 4, {1}},
	{14482, 585, 0, 0, {0}},
	{32287, 732, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{41971, 382, 0, 0, {3}},
	{20078, 594, 0, 2, {2}},
	{41991, 396, 0, 3, {1}},
	{32481, 733, 0, 4, {4}},
	{19190, 734, 0, 4, {1}},
	{19315, 585, 0, 3, {1}},
	{42018, 399, 0, 0, {2}},
	{3450, 585, 42026, 3, {1}},
	{42047, 594, 0, 0, {4}},
	{19739, 594, 0, 0, {3}},
	{42069, 389, 0, 2, {2}},
	{19714, 594, 0, 16, {1}},
	{33796, 599, 0, 17, {6}},
	{33812, 599, 0, 17, {1}},
	{33964, 735, 0, 4, {3}},
	{32273, 736, 0, 4, {2}},
	{42083, 737, 0, 17, {1}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 397, 0, 2, {2}},
	{3185, 398, 0, 2, {3}},
	{32918, 574, 0, 16, {3}},
	{32858, 585, 0, 4, {5}},
	{32884, 585, 0, 4, {4}},
	{3185, 585, 32937, 4, {2}},
	{3450, 585, 42092, 4, {1}},
	{14482, 585, 0, 0, {0}},
	{32287, 738, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{19315, 585, 0, 3, {1}},
	{20774, 381, 0, 0, {3}},
	{42135, 390, 0, 0, {2}},
	{3450, 585, 42143, 3, {1}},
	{19190, 739, 0, 4, {1}},
	{20911, 594, 0, 2, {2}},
	{20920, 594, 0, 2, {3}},
	{20904, 594, 0, 2, {1}},
	{32579, 599, 0, 17, {2}},
	{42170, 613, 0, 4, {4}},
	{38852, 599, 0, 16, {5}},
	{10804, 599, 0, 17, {3}},
	{33812, 599, 0, 17, {1}},
	{19315, 585, 0, 3, {2}},
	{32658, 585, 0, 3, {1}},
	{33832, 388, 0, 0, {3}},
	{9685, 585, 42183, 3, {1}},
	{39672, 401, 0, 0, {4}},
	{16518, 403, 0, 0, {2}},
	{19315, 585, 0, 3, {1}},
	{42198, 411, 0, 3, {2}},
	{12484, 585, 0, 4, {1}},
	{42206, 585, 42215, 17, {3}},
	{42227, 740, 0, 17, {1}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 408, 0, 3, {2}},
	{14482, 585, 0, 0, {0}},
	{32287, 741, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{42233, 432, 0, 1, {1}},
	{42243, 585, 0, 3, {1}},
	{42248, 592, 0, 4, {2}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 422, 0, 2, {2}},
	{3185, 423, 0, 2, {3}},
	{33852, 357, 0, 0, {3}},
	{12313, 421, 0, 0, {4}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 415, 0, 2, {2}},
	{14482, 585, 0, 0, {0}},
	{32287, 742, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{24202, 585, 0, 0, {1}},
	{9685, 585, 0, 3, {2}},
	{19315, 585, 0, 3, {3}},
	{32658, 585, 0, 0, {5}},
	{1427, 585, 0, 16, {4}},
	{42255, 585, 0, 4, {1}},
	{42266, 414, 0, 0, {2}},
	{14482, 585, 0, 0, {0}},
	{32287, 743, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{36637, 585, 0, 4, {2}},
	{13160, 585, 0, 4, {1}},
	{35941, 744, 0, 4, {4}},
	{37388, 745, 0, 4, {1}},
	{33713, 585, 0, 0, {3}},
	{1639, 594, 0, 3, {1}},
	{10933, 585, 36247, 3, {2}},
	{36963, 585, 0, 4, {1}},
	{42277, 405, 0, 0, {2, 1}},
	{19315, 585, 0, 3, {1}},
	{1639, 433, 0, 2, {2}},
	{42282, 411, 0, 0, {1}},
	{42297, 585, 0, 0, {4}},
	{32481, 746, 0, 4, {3}},
	{42314, 747, 0, 4, {2}},
	{18223, 418, 0, 2, {1}},
	{42318, 592, 0, 4, {1}},
	{35541, 585, 0, 4, {2}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 431, 0, 2, {2}},
	{35941, 748, 0, 4, {1}},
	{42324, 749, 0, 4, {2}},
	{42327, 749, 0, 4, {2}},
	{35941, 748, 0, 4, {1}},
	{14482, 585, 0, 0, {0}},
	{32287, 750, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{42332, 409, 0, 0, {3}},
	{282, 560, 0, 0, {2}},
	{22562, 560, 0, 0, {1}},
	{42340, 594, 0, 0, {3}},
	{1639, 577, 0, 0, {2}},
	{10933, 585, 36247, 0, {1}},
	{42348, 751, 0, 4, {3}},
	{37388, 752, 0, 4, {2}},
	{22562, 560, 0, 2, {1}},
	{22574, 592, 42355, 4, {4}},
	{33832, 585, 0, 4, {1}},
	{19315, 585, 0, 5, {4}},
	{32658, 585, 0, 4, {3}},
	{33852, 585, 0, 5, {2}},
	{19315, 585, 0, 4, {1}},
	{42371, 594, 0, 4, {2}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 436, 0, 2, {2}},
	{3185, 437, 0, 2, {3}},
	{14482, 585, 0, 0, {0}},
	{32287, 753, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{42378, 592, 0, 4, {1}},
	{19190, 724, 0, 4, {1}},
	{42384, 656, 36468, 4, {1}},
	{14482, 585, 0, 0, {0}},
	{42393, 585, 0, 3, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{39520, 438, 0, 0, {3}},
	{42401, 441, 0, 0, {4}},
	{14482, 585, 0, 0, {0}},
	{32287, 754, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{39504, 697, 0, 4, {1}},
	{39756, 701, 0, 4, {2}},
	{14482, 585, 0, 0, {0}},
	{42412, 556, 0, 0, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 445, 0, 2, {2}},
	{3185, 446, 0, 2, {3}},
	{14482, 585, 0, 0, {0}},
	{32287, 755, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{4037, 577, 0, 0, {3}},
	{42426, 577, 0, 0, {1}},
	{32723, 756, 0, 0, {2}},
	{42439, 585, 42466, 0, {4}},
	{19190, 724, 0, 4, {7}},
	{42500, 594, 0, 2, {4}},
	{42515, 594, 0, 2, {5}},
	{42530, 757, 42544, 4, {2}},
	{42563, 594, 0, 2, {3}},
	{42582, 594, 0, 2, {6}},
	{32826, 605, 0, 4, {1}},
	{42595, 758, 0, 4, {1}},
	{42616, 447, 0, 0, {3}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{32481, 759, 0, 16, {2}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{42632, 457, 0, 3, {3}},
	{42083, 760, 0, 4, {2}},
	{14482, 585, 0, 0, {0}},
	{32287, 761, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{14482, 585, 0, 0, {0}},
	{32287, 762, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{32579, 592, 0, 4, {2}},
	{33796, 592, 0, 4, {5}},
	{32631, 592, 0, 4, {4}},
	{10804, 592, 0, 4, {3}},
	{33812, 592, 0, 17, {1}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{32481, 759, 0, 16, {2}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{42632, 457, 0, 3, {3}},
	{42083, 760, 0, 4, {2}},
	{14482, 585, 0, 0, {0}},
	{32287, 763, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{14482, 585, 0, 0, {0}},
	{32287, 764, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{24202, 585, 0, 2, {1}},
	{9685, 585, 0, 3, {2}},
	{19315, 585, 0, 3, {3}},
	{24202, 585, 0, 4, {2}},
	{9685, 585, 0, 3, {1}},
	{19315, 585, 0, 3, {3}},
	{32658, 585, 0, 4, {4}},
	{19190, 604, 0, 16, {4}},
	{32904, 576, 0, 0, {5}},
	{42640, 585, 0, 3, {3}},
	{35631, 585, 0, 3, {1}},
	{42647, 487, 0, 0, {6}},
	{16507, 585, 0, 3, {2}},
	{42659, 585, 0, 0, {7}},
	{42667, 574, 0, 0, {5}},
	{42687, 469, 0, 2, {1}},
	{39504, 258, 0, 0, {3}},
	{32185, 585, 0, 3, {1}},
	{12659, 549, 0, 16, {1}},
	{42695, 463, 0, 0, {4}},
	{42706, 765, 0, 4, {3}},
	{37294, 549, 0, 0, {2}},
	{37319, 549, 0, 1, {1}},
	{42718, 549, 0, 0, {3}},
	{40318, 656, 42723, 4, {1}},
	{34173, 549, 0, 1, {1}},
	{42762, 766, 0, 5, {2}},
	{19315, 585, 0, 3, {1}},
	{42771, 613, 0, 0, {7}},
	{42780, 613, 0, 0, {12}},
	{42805, 767, 0, 4, {2}},
	{42816, 592, 0, 4, {10}},
	{42834, 592, 0, 4, {11}},
	{42859, 613, 0, 0, {9}},
	{38030, 768, 0, 4, {3}},
	{42871, 769, 0, 4, {4}},
	{19315, 585, 0, 3, {1}},
	{42888, 770, 0, 4, {13}},
	{36646, 585, 0, 0, {5}},
	{39504, 258, 0, 0, {6}},
	{38009, 771, 0, 4, {8}},
	{42920, 489, 0, 0, {3, 1}},
	{40318, 592, 0, 4, {2}},
	{36929, 585, 42927, 3, {1}},
	{38039, 772, 0, 4, {2}},
	{42953, 773, 0, 4, {1}},
	{42961, 613, 0, 0, {3}},
	{42966, 774, 0, 4, {7}},
	{42972, 605, 0, 0, {2}},
	{42976, 668, 0, 4, {6}},
	{42981, 585, 0, 0, {4}},
	{42988, 592, 0, 4, {8}},
	{33873, 585, 0, 0, {5}},
	{42996, 592, 0, 4, {9}},
	{43005, 462, 0, 0, {2}},
	{34173, 549, 0, 1, {1}},
	{38039, 775, 0, 4, {3}},
	{43019, 776, 0, 4, {2}},
	{40318, 777, 0, 16, {1}},
	{42920, 489, 0, 0, {2, 1}},
	{40318, 592, 0, 4, {1}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 477, 0, 3, {2}},
	{42920, 489, 0, 0, {1, 1}},
	{14482, 585, 0, 0, {0}},
	{32287, 778, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{38039, 779, 0, 4, {2}},
	{43031, 585, 0, 0, {4}},
	{43052, 780, 0, 4, {1}},
	{43062, 585, 43080, 0, {3}},
	{43102, 585, 43080, 0, {2}},
	{40318, 592, 0, 4, {1}},
	{43117, 585, 0, 3, {1}},
	{42762, 766, 0, 5, {2}},
	{43128, 486, 0, 0, {2}},
	{43136, 781, 0, 4, {3}},
	{19315, 585, 0, 3, {1}},
	{43151, 613, 0, 0, {5}},
	{42816, 592, 0, 4, {7}},
	{42834, 592, 0, 4, {8}},
	{43163, 656, 42723, 4, {10}},
	{42640, 585, 0, 3, {4}},
	{35631, 585, 0, 3, {2}},
	{16507, 585, 0, 3, {3}},
	{35183, 585, 0, 3, {1}},
	{42659, 585, 33629, 0, {9}},
	{39756, 782, 0, 4, {6}},
	{43180, 461, 0, 0, {1}},
	{25349, 585, 43184, 4, {4}},
	{38030, 464, 0, 0, {7}},
	{25364, 605, 0, 4, {5}},
	{43208, 585, 0, 3, {2}},
	{19315, 585, 0, 3, {1}},
	{43052, 780, 0, 4, {3}},
	{39756, 782, 0, 4, {6}},
	{41103, 585, 43224, 3, {3}},
	{32196, 585, 0, 3, {1}},
	{41125, 574, 0, 0, {4}},
	{34173, 585, 0, 4, {2}},
	{41103, 585, 43224, 4, {4}},
	{32196, 585, 0, 4, {1}},
	{25451, 585, 43245, 4, {2}},
	{41157, 605, 0, 0, {5}},
	{34173, 585, 0, 4, {3}},
	{43151, 613, 0, 0, {5}},
	{25349, 585, 43184, 4, {3}},
	{38030, 464, 0, 0, {7}},
	{25364, 605, 0, 4, {4}},
	{43208, 585, 0, 3, {1}},
	{43052, 780, 0, 4, {2}},
	{39756, 782, 0, 4, {6}},
	{43273, 585, 0, 4, {3}},
	{43289, 585, 0, 4, {1}},
	{43303, 592, 0, 4, {2}},
	{43307, 549, 0, 0, {2}},
	{43328, 585, 43340, 0, {1}},
	{35631, 585, 0, 3, {1}},
	{42266, 576, 0, 1, {2}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 493, 0, 3, {2}},
	{3185, 494, 0, 2, {3}},
	{24202, 585, 0, 4, {1}},
	{19315, 585, 0, 3, {4}},
	{33852, 585, 0, 3, {3}},
	{33625, 585, 33629, 3, {5}},
	{14482, 585, 0, 0, {0}},
	{32287, 783, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{42687, 472, 0, 2, {1}},
	{43357, 460, 0, 0, {1}},
	{42687, 784, 0, 4, {4}},
	{43396, 785, 0, 4, {2}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 497, 0, 3, {2}},
	{14482, 585, 0, 0, {0}},
	{32287, 786, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{16193, 565, 0, 2, {1}},
	{3085, 493, 0, 3, {2}},
	{43413, 605, 0, 3, {2}},
	{19315, 585, 0, 3, {1}},
	{43424, 605, 0, 3, {3}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 501, 0, 3, {2}},
	{14482, 585, 0, 0, {0}},
	{32287, 787, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{42771, 613, 0, 0, {5}},
	{42687, 788, 0, 4, {6}},
	{35631, 585, 0, 3, {1}},
	{36646, 585, 0, 0, {3}},
	{39504, 258, 0, 0, {4}},
	{43443, 613, 0, 0, {7}},
	{16507, 498, 0, 3, {2}},
	{43466, 789, 0, 4, {8}},
	{14482, 585, 0, 0, {0}},
	{43481, 585, 0, 4, {4}},
	{43493, 613, 0, 4, {3}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{26447, 585, 0, 0, {5}},
	{34173, 594, 0, 2, {2}},
	{14482, 585, 0, 0, {0}},
	{32287, 790, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 506, 0, 3, {2}},
	{14482, 585, 0, 0, {0}},
	{32287, 791, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{26748, 613, 0, 0, {1}},
	{26818, 585, 43507, 0, {5}},
	{43524, 605, 0, 0, {9}},
	{26763, 613, 0, 0, {2}},
	{43559, 613, 0, 8, {11}},
	{26868, 613, 0, 0, {7}},
	{26886, 613, 0, 0, {8}},
	{43589, 613, 0, 0, {10}},
	{26778, 613, 0, 0, {4}},
	{43618, 792, 0, 4, {6}},
	{26847, 599, 43632, 4, {3}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 510, 0, 3, {2}},
	{14209, 524, 0, 0, {4}},
	{19315, 585, 0, 3, {1}},
	{43657, 585, 0, 3, {2}},
	{43664, 592, 0, 16, {3}},
	{14482, 585, 0, 0, {0}},
	{32287, 793, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{43677, 794, 0, 17, {1}},
	{14482, 585, 0, 0, {0}},
	{38030, 549, 0, 0, {4}},
	{9685, 585, 0, 0, {0}},
	{43685, 549, 0, 0, {5}},
	{16193, 565, 0, 2, {1}},
	{43703, 560, 0, 0, {2}},
	{38272, 585, 0, 3, {3}},
	{14482, 585, 0, 0, {0}},
	{32287, 795, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{43716, 613, 0, 0, {6}},
	{43737, 796, 0, 4, {8}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{38639, 592, 0, 4, {5}},
	{42266, 643, 0, 4, {3}},
	{43755, 585, 0, 3, {2}},
	{27296, 585, 38656, 0, {4}},
	{27320, 585, 43767, 0, {7}},
	{14482, 585, 0, 0, {0}},
	{32287, 797, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{40616, 585, 0, 3, {1}},
	{4995, 605, 0, 0, {2}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 519, 0, 3, {2}},
	{3185, 520, 0, 2, {3}},
	{14482, 585, 0, 0, {0}},
	{32287, 798, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{43788, 276, 0, 0, {2}},
	{43805, 585, 0, 0, {1}},
	{43826, 585, 0, 3, {1}},
	{36646, 585, 0, 3, {3}},
	{36929, 518, 0, 3, {2}},
	{43835, 523, 0, 0, {3}},
	{43847, 613, 0, 3, {1}},
	{43856, 643, 0, 4, {2}},
	{43875, 523, 0, 0, {4}},
	{14482, 585, 0, 0, {0}},
	{43887, 585, 0, 3, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{42266, 643, 0, 4, {3}},
	{14482, 585, 0, 0, {0}},
	{32287, 799, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{43898, 594, 0, 0, {3}},
	{32858, 585, 0, 4, {2}},
	{43908, 574, 0, 16, {1}},
	{25364, 594, 0, 0, {1}},
	{43481, 585, 0, 4, {4}},
	{43913, 585, 0, 4, {3}},
	{43920, 585, 0, 3, {6}},
	{19315, 585, 0, 3, {1}},
	{39549, 594, 0, 4, {5}},
	{3450, 585, 0, 3, {2}},
	{3666, 585, 43929, 3, {1}},
	{43955, 548, 0, 0, {2}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 531, 0, 3, {2}},
	{3185, 532, 0, 2, {3}},
	{32918, 574, 0, 16, {3}},
	{32858, 585, 0, 4, {5}},
	{32826, 605, 0, 4, {6}},
	{32884, 585, 0, 4, {4}},
	{3185, 585, 32937, 3, {2}},
	{3450, 585, 43963, 3, {1}},
	{14482, 585, 0, 0, {0}},
	{32287, 800, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{44004, 592, 0, 4, {6}},
	{9685, 585, 0, 3, {4}},
	{44015, 585, 0, 4, {5}},
	{44024, 585, 0, 3, {1}},
	{44031, 592, 0, 4, {3}},
	{44042, 585, 0, 4, {2}},
	{28691, 526, 0, 0, {9}},
	{33832, 585, 0, 3, {1}},
	{36215, 530, 0, 3, {3}},
	{44051, 613, 0, 4, {10}},
	{1427, 585, 44073, 3, {4}},
	{42996, 801, 0, 17, {7}},
	{44090, 530, 0, 2, {2}},
	{19190, 802, 0, 16, {1}},
	{32826, 605, 0, 4, {4}},
	{44104, 592, 0, 16, {3}},
	{44119, 803, 0, 4, {6}},
	{44144, 613, 0, 4, {7}},
	{44155, 585, 0, 0, {8}},
	{19315, 585, 0, 3, {1}},
	{44174, 537, 0, 0, {4}},
	{44181, 804, 0, 4, {9}},
	{44198, 613, 0, 3, {2}},
	{44205, 613, 0, 3, {3}},
	{44213, 536, 0, 0, {5}},
	{44226, 585, 0, 0, {3}},
	{44244, 585, 0, 3, {1}},
	{44261, 585, 0, 3, {2}},
	{44280, 534, 0, 0, {2}},
	{3185, 535, 0, 0, {1}},
	{44286, 540, 0, 0, {1}},
	{43481, 585, 0, 4, {1}},
	{32900, 585, 0, 4, {2}},
	{44302, 585, 0, 0, {3}},
	{44307, 585, 44315, 4, {2}},
	{44332, 542, 0, 0, {33}},
	{44348, 542, 0, 0, {30}},
	{44369, 805, 0, 4, {25}},
	{44375, 805, 0, 4, {27}},
	{12659, 539, 0, 0, {8}},
	{44381, 806, 44393, 4, {34}},
	{44418, 807, 44431, 4, {32}},
	{43481, 585, 0, 4, {4}},
	{44457, 808, 0, 4, {20}},
	{44462, 539, 0, 0, {36}},
	{44470, 613, 0, 4, {10}},
	{44487, 613, 0, 4, {12}},
	{44504, 538, 0, 0, {35}},
	{43913, 585, 0, 4, {6}},
	{44517, 585, 0, 4, {1}},
	{32287, 541, 0, 0, {24}},
	{44520, 605, 0, 0, {16}},
	{44529, 605, 0, 0, {13}},
	{44539, 605, 0, 0, {21}},
	{44553, 809, 0, 0, {9}},
	{44561, 605, 0, 0, {17}},
	{44570, 605, 0, 0, {14}},
	{44580, 605, 0, 0, {22}},
	{44594, 809, 0, 0, {11}},
	{44602, 809, 0, 0, {19}},
	{44613, 540, 0, 0, {28}},
	{44617, 613, 0, 4, {37}},
	{44626, 805, 0, 4, {26}},
	{44632, 585, 0, 4, {15}},
	{44640, 806, 0, 4, {31}},
	{44658, 806, 0, 4, {29}},
	{41521, 592, 0, 4, {23}},
	{44669, 585, 0, 4, {7}},
	{3450, 585, 0, 4, {5}},
	{44675, 613, 0, 4, {18}},
	{44687, 613, 0, 4, {39}},
	{44718, 613, 0, 4, {40}},
	{44745, 592, 0, 4, {41}},
	{44772, 585, 0, 0, {42}},
	{44795, 585, 0, 0, {43}},
	{44817, 613, 0, 0, {38}},
	{44854, 810, 44890, 4, {44}},
	{43920, 585, 0, 3, {1}},
	{19315, 585, 0, 3, {2}},
	{32658, 585, 0, 3, {1}},
	{12484, 585, 0, 0, {3}},
	{1639, 594, 0, 0, {4}},
	{38155, 585, 0, 4, {5}},
	{32858, 585, 0, 4, {2}},
	{32866, 585, 0, 4, {3}},
	{44909, 613, 0, 0, {6}},
	{32884, 585, 44925, 0, {4}},
	{44885, 585, 0, 3, {1}},
	{32891, 608, 0, 4, {2}},
	{12313, 545, 0, 0, {1}},
	{32900, 585, 0, 0, {3}},
	{32468, 547, 0, 0, {2}},
	{44950, 592, 0, 17, {3}},
	{14482, 585, 0, 4, {0}},
	{9685, 585, 0, 4, {0}},
	{19315, 585, 0, 3, {1}},
	{44975, 559, 0, 2, {3}},
	{44992, 811, 0, 4, {4}},
	{42996, 812, 0, 17, {2}},
	{14482, 585, 0, 4, {0}},
	{33750, 813, 0, 17, {1}},
	{9685, 585, 0, 4, {0}},
	{44004, 592, 0, 4, {7}},
	{33832, 585, 0, 4, {8}},
	{9685, 585, 0, 3, {3}},
	{19315, 585, 0, 3, {1}},
	{45019, 613, 0, 3, {2}},
	{44031, 592, 0, 4, {5}},
	{45030, 585, 0, 3, {6}},
	{45043, 585, 0, 4, {10}},
	{33812, 592, 45062, 1, {4}},
	{33873, 585, 0, 4, {9}},
	{14482, 585, 0, 4, {0}},
	{45071, 585, 0, 3, {1}},
	{9685, 585, 0, 4, {0}},
	{10804, 814, 0, 17, {2}},
	{14482, 585, 0, 4, {0}},
	{9685, 585, 0, 4, {0}},
	{44992, 811, 0, 17, {2}},
	{42996, 592, 0, 17, {1}},
	{32918, 574, 0, 17, {4}},
	{32858, 585, 0, 3, {6}},
	{32826, 605, 0, 4, {3}},
	{32884, 585, 0, 3, {5}},
	{3185, 585, 32937, 3, {2}},
	{3450, 585, 0, 3, {1}},
	{14482, 585, 0, 4, {0}},
	{45084, 592, 0, 4, {5}},
	{45091, 605, 0, 0, {1}},
	{45110, 613, 0, 0, {6}},
	{9685, 585, 0, 4, {0}},
	{45159, 613, 0, 0, {3}},
	{45176, 568, 0, 0, {2}},
	{45190, 585, 45208, 0, {4}},
	{32196, 585, 0, 3, {1}},
	{25451, 585, 45231, 3, {2}},
	{35027, 592, 0, 4, {3}},
	{45071, 585, 0, 3, {1}},
	{33873, 585, 0, 3, {2}},
	{37928, 623, 0, 4, {2}},
	{45256, 643, 0, 4, {1}},
	{32196, 585, 0, 3, {1}},
	{25451, 585, 45268, 3, {2}},
	{35027, 592, 0, 4, {3}},
	{45293, 585, 0, 4, {3}},
	{45302, 605, 0, 0, {4}},
	{35856, 585, 0, 4, {2}},
	{45321, 585, 0, 4, {1}},
	{45330, 570, 0, 0, {5}},
	{14482, 585, 0, 4, {3}},
	{45340, 585, 0, 4, {6}},
	{45351, 558, 0, 0, {7}},
	{45360, 585, 0, 4, {1}},
	{45368, 585, 45378, 4, {2}},
	{33861, 585, 0, 4, {8}},
	{43908, 574, 0, 0, {4}},
	{45408, 643, 0, 4, {12}},
	{45420, 574, 0, 0, {8}},
	{45438, 605, 0, 0, {10}},
	{45465, 574, 0, 0, {9}},
	{37504, 677, 0, 4, {14}},
	{45483, 585, 0, 4, {2}},
	{43413, 605, 0, 4, {7}},
	{45496, 643, 0, 4, {11}},
	{45503, 815, 0, 0, {17}},
	{19315, 585, 0, 4, {1}},
	{32658, 585, 0, 4, {3}},
	{45517, 816, 0, 4, {13}},
	{35856, 585, 0, 4, {6}},
	{45321, 585, 0, 4, {4}},
	{33625, 585, 33629, 4, {5}},
	{14482, 585, 0, 3, {5}},
	{45533, 613, 0, 0, {7}},
	{42255, 613, 0, 0, {6}},
	{9685, 585, 0, 3, {1}},
	{19315, 585, 0, 3, {3}},
	{33625, 585, 33629, 3, {4}},
	{35856, 585, 0, 0, {2}},
	{33625, 585, 33629, 0, {1}},
	{45552, 585, 0, 3, {1}},
	{45563, 585, 0, 3, {2}},
	{32723, 585, 0, 3, {1}},
	{14482, 585, 0, 4, {0}},
	{45577, 594, 0, 4, {6}},
	{45582, 573, 0, 0, {5}},
	{9685, 585, 0, 4, {0}},
	{32858, 585, 0, 4, {3}},
	{16193, 562, 0, 2, {1}},
	{32884, 585, 45590, 4, {4}},
	{3185, 585, 0, 4, {2}},
	{45606, 585, 0, 4, {3}},
	{32858, 585, 0, 4, {2}},
	{32884, 585, 45612, 4, {1}},
	{45625, 817, 0, 4, {4}},
	{33832, 585, 0, 4, {2}},
	{9685, 585, 0, 4, {3}},
	{19315, 585, 0, 4, {1}},
	{45632, 594, 0, 4, {5}},
	{33625, 585, 33629, 4, {6}},
	{34352, 576, 0, 1, {2}},
	{3450, 585, 0, 3, {1}},
	{45650, 585, 0, 1, {0}},
	{45660, 585, 0, 1, {0}},
	{45669, 585, 0, 0, {0}},
	{45684, 585, 0, 0, {0}},
	{45699, 585, 0, 1, {0}},
	{45709, 585, 0, 1, {0}},
	{45722, 585, 0, 1, {0}},
	{45733, 585, 0, 1, {0}},
	{45743, 585, 0, 1, {0}},
	{45749, 585, 0, 0, {0}},
	{45771, 585, 0, 0, {0}},
	{45793, 585, 0, 1, {0}},
	{45799, 585, 0, 1, {0}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 582, 0, 2, {2}},
	{3185, 583, 0, 2, {3}},
	{32918, 574, 0, 16, {3}},
	{32858, 585, 0, 4, {5}},
	{32884, 585, 0, 4, {4}},
	{3185, 585, 32937, 3, {2}},
	{3450, 585, 45808, 3, {1}},
	{14482, 585, 0, 0, {0}},
	{32287, 818, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{32891, 608, 0, 4, {5}},
	{33832, 585, 0, 4, {2}},
	{45835, 594, 0, 3, {7}},
	{45856, 613, 0, 4, {4}},
	{12313, 584, 0, 0, {1}},
	{33873, 585, 0, 4, {3}},
	{45878, 594, 0, 3, {8}},
	{19190, 819, 0, 4, {1}},
	{19315, 585, 0, 4, {2}},
	{32658, 585, 0, 4, {1}},
	{1639, 594, 0, 0, {3}},
};

const struct api_default_rule api_default_rules[] = {
	{270, 259, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{282, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{300, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{950, 945, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{950, 945, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{270, 259, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{282, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{300, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{1028, 0, 0, 0, 10, RULE_INT, RULE_ALWAYS, 0},
	{1049, 1043, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{1427, 1425, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{1427, 1425, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{1639, 0, 0, 0, 443, RULE_INT, RULE_ALWAYS, 0},
	{950, 945, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{950, 945, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{270, 259, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{282, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{300, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{1028, 0, 0, 0, 10, RULE_INT, RULE_ALWAYS, 0},
	{3085, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{3185, 3090, 0, 0, 0, RULE_JSON, RULE_ALWAYS, 0},
	{3332, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{3347, 0, 0, 0, 10, RULE_INT, RULE_ALWAYS, 0},
	{3450, 3436, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{3455, 0, 3450, 3436, 0, RULE_OBJECT, RULE_IF, 0},
	{3085, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{3185, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{3657, 0, 0, 0, 1, RULE_INT, RULE_ALWAYS, 0},
	{3666, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{3347, 0, 0, 0, 10, RULE_INT, RULE_ALWAYS, 0},
	{3675, 0, 0, 0, 600, RULE_INT, RULE_ALWAYS, 0},
	{3450, 3436, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{3455, 0, 3450, 3436, 0, RULE_OBJECT, RULE_IF, 0},
	{3085, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{3185, 3807, 0, 0, 0, RULE_JSON, RULE_ALWAYS, 0},
	{3657, 0, 0, 0, 1, RULE_INT, RULE_ALWAYS, 0},
	{4037, 0, 0, 0, 1, RULE_INT, RULE_ALWAYS, 0},
	{4052, 0, 0, 0, 0, RULE_INT, RULE_ALWAYS, 0},
	{4037, 4103, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{4052, 4103, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{4150, 0, 0, 0, 0, RULE_INT, RULE_ALWAYS, 0},
	{3085, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{3185, 4212, 0, 0, 0, RULE_JSON, RULE_ALWAYS, 0},
	{4445, 4438, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{4457, 4438, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{3657, 0, 0, 0, 1, RULE_INT, RULE_ALWAYS, 0},
	{4548, 4535, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{3332, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{3347, 0, 0, 0, 10, RULE_INT, RULE_ALWAYS, 0},
	{4568, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{0, 0, 0, 0, DEFAULT_VOLUME_CLAIM_TEMPLATES, RULE_CODE, RULE_ALWAYS, 0},
	{3455, 0, 3450, 0, 0, RULE_OBJECT, RULE_UNLESS, 0},
	{3450, 3436, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{3085, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{4995, 0, 0, 0, 3600, RULE_INT, RULE_ALWAYS, 0},
	{3085, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{3185, 6317, 0, 0, 0, RULE_JSON, RULE_ALWAYS, 0},
	{6545, 0, 0, 0, 1, RULE_INT, RULE_ALWAYS, 0},
	{3085, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{3185, 7139, 0, 0, 0, RULE_JSON, RULE_ALWAYS, 0},
	{7250, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{7258, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{0, 0, 0, 0, DEFAULT_HPA_BEHAVIOR, RULE_CODE, RULE_ALWAYS, 0},
	{6545, 0, 0, 0, 1, RULE_INT, RULE_ALWAYS, 0},
	{7586, 7482, 0, 0, 0, RULE_JSON, RULE_ALWAYS, 0},
	{3085, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{3185, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{8280, 8274, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{8298, 0, 0, 0, 0, RULE_BOOL, RULE_ALWAYS, 0},
	{8306, 0, 0, 0, 3, RULE_INT, RULE_ALWAYS, 0},
	{8333, 0, 0, 0, 1, RULE_INT, RULE_ALWAYS, 0},
	{3085, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{0, 0, 0, 0, DEFAULT_JOB, RULE_CODE, RULE_ALWAYS, 0},
	{3185, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{3185, 8727, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 1},
	{9666, 9656, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{9685, 9678, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{9695, 9690, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{9702, 0, 0, 0, 0, RULE_BOOL, RULE_ALWAYS, 0},
	{1028, 0, 0, 0, 10800, RULE_INT, RULE_ALWAYS, 0},
	{10661, 0, 0, 0, 420, RULE_INT, RULE_ALWAYS, 0},
	{10714, 0, 0, 0, DEFAULT_IMAGE_PULL_POLICY, RULE_CODE, RULE_ALWAYS, 0},
	{10751, 10730, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{10779, 10774, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{10804, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{10933, 10929, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{11335, 0, 0, 0, 0, RULE_INT, RULE_ALWAYS, 0},
	{10661, 0, 0, 0, 420, RULE_INT, RULE_ALWAYS, 0},
	{10933, 10929, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{10714, 0, 0, 0, DEFAULT_IMAGE_PULL_POLICY, RULE_CODE, RULE_ALWAYS, 0},
	{10751, 10730, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{10779, 10774, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{10804, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{12313, 0, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{12484, 12482, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{12494, 12489, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{3450, 0, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{12667, 12659, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{12667, 12659, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{12766, 0, 0, 0, DEFAULT_IMAGE_VOLUME_PULL_POLICY, RULE_CODE, RULE_ALWAYS, 0},
	{0, 0, 0, 0, DEFAULT_LIMIT_RANGE_ITEM, RULE_CODE, RULE_ALWAYS, 0},
	{13153, 13149, 13160, 0, 0, RULE_STRING, RULE_IF, 0},
	{0, 0, 0, 0, DEFAULT_NAMESPACE, RULE_CODE, RULE_ALWAYS, 0},
	{3085, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{3185, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{13562, 13555, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{3085, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{3185, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{13858, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{14209, 0, 0, 0, DEFAULT_NODE_ALLOCATABLE, RULE_CODE, RULE_ALWAYS, 0},
	{14221, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{14237, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{14310, 0, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{14320, 0, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{14331, 0, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{14338, 0, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{14352, 0, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{14360, 0, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{14384, 0, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{14399, 0, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{14416, 0, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{14432, 0, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{14482, 14479, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{3185, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{3085, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{3185, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{14827, 14816, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{10804, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{13562, 14883, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{15105, 4438, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{14827, 14816, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{13562, 14883, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{0, 0, 0, 0, DEFAULT_POD, RULE_CODE, RULE_ALWAYS, 0},
	{3185, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{15920, 15913, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{15947, 15934, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{15957, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{15973, 0, 0, 0, 30, RULE_INT, RULE_ALWAYS, 0},
	{16021, 16003, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{0, 0, 0, 0, DEFAULT_POD_SPEC, RULE_CODE, RULE_ALWAYS, 0},
	{16193, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{3085, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{1028, 0, 0, 0, 1, RULE_INT, RULE_ALWAYS, 1},
	{16350, 0, 0, 0, 10, RULE_INT, RULE_ALWAYS, 1},
	{16364, 0, 0, 0, 1, RULE_INT, RULE_ALWAYS, 1},
	{16381, 0, 0, 0, 3, RULE_INT, RULE_ALWAYS, 1},
	{10661, 0, 0, 0, 420, RULE_INT, RULE_ALWAYS, 0},
	{16507, 16503, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{16518, 16512, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{16541, 16523, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{16507, 16503, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{16518, 16512, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{16541, 16523, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{3085, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{0, 0, 0, 0, DEFAULT_REPLICATION_CONTROLLER, RULE_CODE, RULE_ALWAYS, 0},
	{3185, 3807, 0, 0, 0, RULE_JSON, RULE_ALWAYS, 0},
	{3657, 0, 0, 0, 1, RULE_INT, RULE_ALWAYS, 0},
	{16948, 16946, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{3085, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{3185, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{17341, 17325, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{9695, 17353, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{17341, 17325, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{9695, 17353, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{3450, 17565, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{10661, 0, 0, 0, 420, RULE_INT, RULE_ALWAYS, 0},
	{3085, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{3185, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{4995, 0, 0, 0, 3600, RULE_INT, RULE_ALWAYS, 0},
	{10933, 10929, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{18119, 0, 0, 0, DEFAULT_TARGET_PORT, RULE_CODE, RULE_ALWAYS, 1},
	{18166, 18161, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{3450, 18182, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{0, 0, 0, 0, DEFAULT_SERVICE_SPEC, RULE_CODE, RULE_ALWAYS, 0},
	{18223, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{0, 0, 0, 0, DEFAULT_VOLUME, RULE_CODE, RULE_ALWAYS, 0},
	{19190, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{19315, 0, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{10933, 10929, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{19714, 0, 0, 0, 0, RULE_INT, RULE_ALWAYS, 0},
	{19739, 0, 0, 0, 0, RULE_INT, RULE_ALWAYS, 0},
	{3185, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{20078, 0, 0, 0, 1000, RULE_INT, RULE_ALWAYS, 1},
	{19714, 0, 0, 0, 30, RULE_INT, RULE_ALWAYS, 0},
	{19739, 0, 0, 0, 0, RULE_INT, RULE_ALWAYS, 0},
	{3185, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{20774, 0, 3450, 20781, 0, RULE_OBJECT, RULE_IF, 0},
	{20904, 0, 0, 0, 64, RULE_INT, RULE_ALWAYS, 1},
	{20911, 0, 0, 0, 8, RULE_INT, RULE_ALWAYS, 1},
	{20920, 0, 0, 0, 50, RULE_INT, RULE_ALWAYS, 1},
	{3185, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{1427, 21702, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{18223, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{10933, 10929, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{22562, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{22574, 0, 0, 0, DEFAULT_POLICY_TYPES, RULE_CODE, RULE_ALWAYS, 0},
	{3185, 23181, 0, 0, 0, RULE_JSON, RULE_ALWAYS, 0},
	{24202, 24176, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 1},
	{24202, 24176, 9685, 24238, 0, RULE_STRING, RULE_IF, 0},
	{24202, 24176, 9685, 24243, 0, RULE_STRING, RULE_IF, 0},
	{25349, 25338, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{25364, 0, 25349, 25338, 1, RULE_INT, RULE_IF, 1},
	{25451, 25445, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{25349, 25338, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{25364, 0, 25349, 25338, 1, RULE_INT, RULE_IF, 1},
	{3185, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{26447, 26426, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{26748, 0, 0, 0, 1, RULE_BOOL, RULE_ALWAYS, 0},
	{26763, 0, 0, 0, 0, RULE_BOOL, RULE_ALWAYS, 0},
	{26778, 0, 0, 0, 0, RULE_BOOL, RULE_ALWAYS, 0},
	{26818, 26794, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{26847, 26832, 0, 0, 0, RULE_JSON, RULE_ALWAYS, 0},
	{26868, 0, 0, 0, 0, RULE_BOOL, RULE_ALWAYS, 0},
	{26886, 0, 0, 0, 0, RULE_BOOL, RULE_ALWAYS, 0},
	{27296, 27289, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{27320, 27310, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{3185, 27513, 0, 0, 0, RULE_JSON, RULE_ALWAYS, 0},
	{3666, 18161, 0, 0, 0, RULE_STRING, RULE_ALWAYS, 0},
	{28691, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{0, 0, 0, 0, DEFAULT_CRD_NAMES, RULE_CODE, RULE_ALWAYS, 0},
	{1639, 0, 0, 0, 443, RULE_INT, RULE_ALWAYS, 0},
	{3185, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{1639, 0, 0, 0, 443, RULE_INT, RULE_ALWAYS, 0},
};

const struct api_mark api_marks[] = {
	{6, 45894, 45922},
	{12, 45945, 45975},
	{12, 45993, 46028},
	{13, 45894, 45922},
	{13, 45945, 45975},
	{13, 45993, 46028},
	{13, 46049, 46077},
	{16, 46118, 46144},
	{17, 46179, 46212},
	{17, 46255, 46277},
	{20, 46179, 46212},
	{20, 46255, 46277},
	{26, 46306, 46346},
	{28, 45945, 45975},
	{30, 45894, 45922},
	{30, 45945, 45975},
	{30, 46049, 46077},
	{43, 46370, 46391},
	{49, 46370, 46420},
	{63, 46449, 46485},
	{65, 46370, 46391},
	{125, 46513, 46547},
	{130, 46576, 46607},
	{130, 46632, 46669},
	{134, 46702, 46727},
	{136, 46742, 46765},
	{143, 46806, 46835},
	{150, 46370, 47183},
	{150, 47227, 47247},
	{152, 47341, 47372},
	{152, 47384, 47412},
	{152, 47444, 47470},
	{152, 47477, 47501},
	{152, 47510, 47531},
	{152, 47564, 47592},
	{169, 47598, 47622},
	{170, 47598, 47622},
	{173, 47598, 47622},
	{174, 47598, 47622},
	{175, 47625, 47657},
	{175, 47691, 47732},
	{178, 47765, 47793},
	{178, 47799, 47824},
	{186, 47845, 47872},
	{194, 47799, 47824},
	{201, 47625, 47657},
	{201, 47691, 47732},
	{209, 48617, 47592},
	{214, 48645, 47622},
	{218, 48672, 48695},
	{222, 46370, 48712},
	{223, 48807, 48841},
	{224, 48807, 48841},
	{225, 48851, 47657},
	{228, 47845, 47872},
	{237, 47598, 47622},
	{239, 48878, 48901},
	{245, 48939, 48961},
	{256, 47598, 47622},
	{259, 46702, 48986},
	{262, 48939, 49035},
	{271, 49070, 49104},
	{271, 49172, 49199},
	{272, 48939, 49481},
	{272, 49070, 49104},
	{272, 49222, 49285},
	{272, 49411, 49470},
	{276, 49070, 49104},
	{276, 49172, 49199},
	{276, 49508, 49470},
	{276, 49550, 49596},
	{277, 48939, 49626},
	{295, 47227, 49678},
	{296, 49741, 49777},
	{296, 49805, 49846},
	{297, 49865, 49891},
	{297, 49951, 49984},
	{297, 50017, 50047},
	{298, 48939, 50078},
	{298, 50131, 50156},
	{302, 47799, 47824},
	{308, 50196, 50223},
	{308, 50243, 50267},
	{308, 50273, 50297},
	{309, 50196, 50223},
	{309, 50243, 50267},
	{309, 50273, 50297},
	{313, 50305, 16946},
	{313, 50340, 50368},
	{320, 50370, 50399},
	{325, 47444, 50529},
	{325, 50535, 50566},
	{326, 47444, 50529},
	{326, 50535, 50566},
	{328, 46702, 50584},
	{328, 50623, 50399},
	{329, 46370, 47183},
	{329, 47227, 47247},
	{331, 47598, 47622},
	{332, 47598, 47622},
	{334, 47598, 47622},
	{337, 50649, 50675},
	{343, 47765, 47793},
	{343, 47799, 47824},
	{344, 46370, 50982},
	{344, 50698, 50736},
	{344, 50756, 50736},
	{344, 50794, 50827},
	{344, 50846, 50877},
	{344, 50930, 50962},
	{352, 51037, 51060},
	{353, 46702, 51106},
	{353, 51037, 51060},
	{356, 51135, 51170},
	{356, 51189, 51170},
	{356, 51222, 51256},
	{361, 51291, 51324},
	{373, 47799, 47824},
	{374, 51367, 51395},
	{389, 47227, 51418},
	{397, 47227, 51494},
	{402, 47227, 51588},
	{404, 51708, 51733},
	{419, 47799, 47824},
	{430, 47799, 47824},
	{431, 51777, 51811},
	{445, 51832, 51880},
	{445, 51890, 51933},
	{468, 51967, 51990},
	{483, 52016, 52047},
	{484, 51037, 52068},
	{485, 46702, 52138},
	{485, 51037, 52068},
	{485, 52102, 52130},
	{486, 52016, 52047},
	{502, 49951, 49984},
	{513, 52157, 49596},
	{513, 52187, 52221},
	{546, 52258, 52281},
	{578, 52368, 47622},
	{578, 52397, 47622},
	{578, 52425, 47622},
	{578, 52454, 47622},
	{578, 52486, 47622},
	{578, 52516, 47622},
	{578, 52545, 47622},
	{578, 52570, 47622},
	{578, 52595, 47622},
	{582, 52623, 52666},
};
