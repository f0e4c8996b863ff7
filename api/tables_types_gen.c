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
	"{\"strategy\":\"None\"}\0"
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
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 526, 28161, 2202, 2, 0, 0, 217, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 527, 28243, 2204, 5, 0, 0, 217, 0, 28325},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 528, 28374, 2209, 6, 0, 0, 217, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 529, 28465, 2215, 4, 0, 0, 217, 0, 28551},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 530, 28604, 2219, 6, 0, 0, 217, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 531, 28722, 2225, 6, 0, 0, 217, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 532, 28808, 2231, 4, 0, 0, 219, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 533, 28896, 2235, 9, 0, 0, 219, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 534, 28985, 2244, 3, 0, 0, 219, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 535, 29073, 2247, 0, 0, 0, 219, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 536, 29162, 2247, 2, 0, 0, 219, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 537, 29246, 2249, 1, 0, 0, 219, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 538, 29328, 2250, 2, 0, 0, 219, 0, 0},
	{API_ANY, 0, 0, API_LIST_ATOMIC, 539, 29407, 2252, 0, 0, 0, 219, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 540, 29469, 2252, 44, 0, 0, 219, 0, 0},
	{API_ANY, 0, 0, API_LIST_ATOMIC, 541, 29542, 2296, 0, 0, 0, 219, 0, 0},
	{API_ANY, 0, 0, API_LIST_ATOMIC, 542, 29622, 2296, 0, 0, 0, 219, 0, 0},
	{API_ANY, 0, 0, API_LIST_ATOMIC, 543, 29701, 2296, 0, 0, 0, 219, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 544, 29787, 2296, 1, 0, 0, 219, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 545, 29860, 2297, 4, 0, 0, 219, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 546, 29934, 2301, 6, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 547, 30006, 2307, 3, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 548, 30083, 2310, 2, 0, 0, 220, 0, 0},
	{API_QUANTITY, 0, 0, API_LIST_ATOMIC, 549, 30158, 2312, 0, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 550, 30204, 2312, 6, 0, 0, 220, 0, 30250},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 551, 30263, 2318, 3, 0, 0, 220, 0, 30313},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 552, 30330, 2321, 10, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 553, 30379, 2331, 4, 0, 0, 220, 0, 30432},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 554, 30452, 2335, 4, 0, 0, 220, 0, 30501},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 555, 30517, 2339, 6, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 556, 30564, 2345, 8, 0, 0, 220, 0, 1425},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 557, 30615, 2353, 3, 0, 0, 220, 0, 0},
	{API_ANY, 0, 0, API_LIST_ATOMIC, 558, 30677, 2356, 0, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 559, 30723, 2356, 2, 0, 0, 220, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 560, 30785, 2358, 2, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 561, 30836, 2360, 3, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 562, 30898, 2363, 5, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 563, 30944, 2368, 7, 0, 0, 220, 0, 0},
	{API_MICROTIME, 0, 0, API_LIST_ATOMIC, 564, 31000, 2375, 0, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 565, 31047, 2375, 15, 0, 0, 220, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 566, 31095, 2390, 6, 0, 0, 220, 0, 0},
	{API_ANY, 0, 0, API_LIST_ATOMIC, 567, 31147, 2396, 0, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 568, 31190, 2396, 2, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 569, 31241, 2398, 2, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 570, 31304, 2400, 1, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 571, 31351, 2401, 8, 0, 0, 220, 0, 31395},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 572, 31406, 2409, 3, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 573, 31455, 2412, 6, 0, 0, 220, 0, 0},
	{API_TIME, 0, 0, API_LIST_ATOMIC, 574, 31506, 2418, 0, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 575, 31548, 2418, 2, 0, 0, 220, 0, 1425},
	{API_ANY, 0, 0, API_LIST_ATOMIC, 576, 31596, 2420, 0, 0, 0, 220, 0, 0},
	{API_INT_OR_STRING, 0, 0, API_LIST_ATOMIC, 577, 31641, 2420, 0, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 578, 31689, 2420, 13, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 579, 31726, 2433, 5, 0, 0, 220, 1, 31788},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 580, 31825, 2438, 5, 0, 0, 221, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 581, 31896, 2443, 4, 0, 0, 221, 0, 31962},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 582, 32003, 2447, 7, 0, 0, 221, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 583, 32069, 2454, 1, 0, 0, 221, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 584, 32137, 2455, 3, 0, 0, 221, 1, 0},
	{API_STRING, 0, 0, API_LIST_ATOMIC, 585, 0, 0, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 586, 0, 17, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 587, 0, 8, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 588, 0, 7, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 589, 0, 5, 0, 32385, 19315, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 590, 0, 16, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 591, 0, 34, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 592, 0, 585, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 593, 0, 20, 0, 0, 0, 0, 0, 0},
	{API_INT32, 0, 0, API_LIST_ATOMIC, 594, 0, 0, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 595, 0, 13, 0, 32385, 19315, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 596, 0, 14, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 597, 0, 3, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 598, 0, 24, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_SET, 599, 0, 585, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 600, 0, 23, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 601, 0, 2, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 602, 0, 33, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 603, 0, 34, 0, 32385, 19315, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_MAP, 604, 0, 555, 0, 32840, 0, 0, 0, 0},
	{API_INT64, 0, 0, API_LIST_ATOMIC, 605, 0, 0, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 606, 0, 30, 0, 32385, 19315, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 607, 0, 31, 0, 0, 0, 0, 0, 0},
	{API_BYTES, 0, 0, API_LIST_ATOMIC, 608, 0, 0, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 609, 0, 36, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 610, 0, 38, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 611, 0, 39, 0, 32840, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 612, 0, 44, 0, 0, 0, 0, 0, 0},
	{API_BOOL, 0, 0, API_LIST_ATOMIC, 613, 0, 0, 0, 0, 0, 0, 0, 0},
	{API_OBJECT, 0, 2, API_LIST_ATOMIC, 614, 3769, 215, 2, 0, 0, 31, 2, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 615, 0, 45, 0, 32840, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 616, 0, 50, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 617, 0, 51, 0, 32840, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 618, 0, 58, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 619, 0, 268, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 620, 0, 59, 0, 32840, 3450, 0, 0, 0},
	{API_MAP, 0, 0, API_LIST_ATOMIC, 621, 0, 592, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 622, 0, 557, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 623, 0, 561, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 624, 0, 80, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 625, 0, 82, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 626, 0, 92, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 627, 0, 104, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 628, 0, 106, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 629, 0, 113, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 630, 0, 108, 0, 32840, 3450, 0, 0, 0},
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
	{API_ARRAY, 0, 0, API_LIST_MAP, 641, 0, 141, 0, 32840, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 642, 0, 145, 0, 0, 0, 0, 0, 0},
	{API_MAP, 0, 0, API_LIST_ATOMIC, 643, 0, 585, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 644, 0, 165, 0, 32840, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 645, 0, 166, 0, 0, 0, 0, 0, 0},
	{API_MAP, 0, 0, API_LIST_ATOMIC, 646, 0, 608, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 647, 0, 168, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 648, 0, 227, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 649, 0, 199, 0, 32385, 19315, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 650, 0, 198, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 651, 0, 178, 0, 35967, 35991, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 652, 0, 179, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 653, 0, 180, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 654, 0, 360, 0, 36153, 35464, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 655, 0, 361, 0, 36178, 36189, 0, 0, 0},
	{API_MAP, 0, 0, API_LIST_ATOMIC, 656, 0, 549, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 657, 0, 323, 0, 32385, 19315, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 658, 0, 362, 0, 36178, 36189, 0, 0, 0},
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
	{API_ARRAY, 0, 1, API_LIST_MAP, 672, 0, 242, 0, 32840, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 673, 0, 304, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 674, 0, 246, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 675, 0, 260, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 676, 0, 259, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_SET, 677, 0, 585, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 678, 0, 352, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 679, 0, 247, 0, 32840, 3450, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 680, 0, 250, 0, 32840, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 681, 0, 177, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 682, 0, 256, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 683, 0, 151, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 684, 0, 269, 0, 32840, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 685, 0, 267, 0, 0, 0, 0, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 686, 14532, 1088, 7, 0, 0, 123, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 687, 0, 368, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 688, 0, 281, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 689, 0, 286, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 690, 0, 176, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 691, 0, 279, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 692, 0, 350, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 693, 0, 175, 0, 32385, 19315, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 694, 0, 201, 0, 32385, 19315, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 695, 0, 220, 0, 39433, 13160, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 696, 0, 237, 0, 32385, 19315, 0, 0, 0},
	{API_MAP, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 697, 0, 585, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 698, 0, 291, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 3, API_LIST_MAP, 699, 0, 292, 0, 32385, 19315, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 700, 0, 294, 0, 32385, 19315, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 701, 0, 353, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 702, 0, 356, 0, 39814, 38883, 0, 0, 0},
	{API_ARRAY, 0, 3, API_LIST_MAP, 703, 0, 359, 0, 32385, 19315, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 704, 0, 284, 0, 32840, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 705, 0, 186, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_ATOMIC, 706, 0, 221, 0, 0, 13160, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 707, 0, 249, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 708, 0, 288, 0, 39433, 13160, 0, 0, 0},
	{API_ARRAY, 0, 3, API_LIST_MAP, 709, 0, 293, 0, 32385, 19315, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 710, 0, 299, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 711, 0, 364, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 712, 0, 310, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 713, 0, 311, 0, 32840, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 714, 0, 318, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_MAP, 715, 0, 315, 0, 32385, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_MAP, 716, 0, 317, 0, 40347, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 717, 0, 328, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 718, 0, 330, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 719, 0, 237, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 720, 0, 266, 0, 32385, 19315, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 721, 0, 339, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 722, 0, 338, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 723, 0, 343, 0, 40974, 1639, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 724, 0, 555, 0, 32840, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 725, 0, 354, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 726, 0, 376, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 727, 0, 377, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 728, 0, 370, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 729, 0, 373, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 730, 0, 374, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 731, 0, 378, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 732, 0, 383, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 733, 0, 392, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 734, 0, 384, 0, 32840, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 735, 0, 391, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 736, 0, 400, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 737, 0, 402, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 738, 0, 393, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 739, 0, 394, 0, 32840, 3450, 0, 0, 0},
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
	{API_OBJECT, TYPE_ATOMIC, 4, API_LIST_ATOMIC, 756, 30785, 2358, 2, 0, 0, 220, 0, 0},
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
	{API_ARRAY, 0, 0, API_LIST_MAP, 784, 0, 459, 0, 43388, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 785, 0, 491, 0, 43428, 33645, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 786, 0, 495, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 787, 0, 499, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 788, 0, 467, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 789, 0, 466, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 790, 0, 502, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 791, 0, 504, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 792, 0, 515, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 793, 0, 507, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 794, 0, 508, 0, 32385, 19315, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 795, 0, 511, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 796, 0, 355, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 797, 0, 513, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 798, 0, 516, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 799, 0, 521, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 800, 0, 527, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 801, 0, 533, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_MAP, 802, 0, 528, 0, 32840, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 803, 0, 525, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 804, 0, 544, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 805, 0, 540, 0, 0, 0, 0, 0, 0},
	{API_MAP, 0, 0, API_LIST_ATOMIC, 806, 0, 540, 0, 0, 0, 0, 0, 0},
	{API_MAP, 0, 0, API_LIST_ATOMIC, 807, 0, 543, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 808, 0, 539, 0, 0, 0, 0, 0, 0},
	{API_NUMBER, 0, 0, API_LIST_ATOMIC, 809, 0, 0, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 810, 0, 546, 0, 44899, 44905, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 811, 0, 569, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 812, 0, 559, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 813, 0, 550, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 814, 0, 552, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 815, 0, 563, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 816, 0, 566, 0, 43428, 33645, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 817, 0, 572, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 818, 0, 579, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 819, 0, 580, 0, 32840, 3450, 0, 0, 0},
};

const struct api_field api_fields[] = {
	{32205, 585, 0, 4, {1}},
	{32216, 585, 0, 3, {1}},
	{32220, 585, 0, 3, {2}},
	{32236, 585, 0, 3, {2}},
	{32245, 585, 0, 3, {3}},
	{32205, 585, 0, 4, {1}},
	{32205, 585, 0, 3, {2}},
	{19315, 585, 0, 3, {1}},
	{32253, 586, 0, 4, {4}},
	{270, 585, 32274, 0, {7}},
	{282, 560, 0, 0, {1}},
	{300, 560, 0, 0, {2}},
	{32293, 586, 0, 4, {3}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 12, 0, 2, {2}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 10, 0, 2, {2}},
	{14482, 585, 0, 0, {0}},
	{32307, 587, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{32313, 6, 0, 0, {3}},
	{32328, 19, 0, 0, {2}},
	{32337, 585, 0, 4, {1}},
	{14482, 585, 0, 0, {0}},
	{32307, 588, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{950, 585, 32348, 0, {5}},
	{32369, 589, 0, 4, {6}},
	{32391, 6, 0, 0, {2}},
	{32408, 590, 0, 4, {4}},
	{32418, 18, 0, 0, {1}},
	{1049, 585, 32428, 4, {7}},
	{32454, 591, 0, 4, {3}},
	{32464, 592, 0, 17, {8}},
	{32488, 35, 0, 3, {2}},
	{950, 585, 32348, 0, {4}},
	{32369, 589, 0, 4, {12}},
	{270, 585, 32274, 0, {9}},
	{19315, 585, 0, 3, {1}},
	{282, 560, 0, 0, {5}},
	{300, 560, 0, 0, {11}},
	{1049, 585, 32428, 0, {10}},
	{32501, 593, 0, 4, {3}},
	{32507, 585, 32519, 17, {6}},
	{1028, 594, 0, 0, {7}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{32538, 595, 0, 4, {2}},
	{14482, 585, 0, 0, {0}},
	{32307, 596, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{32547, 1, 0, 0, {3}},
	{32566, 4, 0, 0, {4}},
	{32576, 585, 32586, 3, {2}},
	{32599, 592, 0, 4, {2, 2, 1}},
	{32609, 592, 0, 4, {2, 2, 2}},
	{32621, 592, 32632, 4, {2, 1}},
	{32651, 592, 0, 4, {1}},
	{10804, 592, 0, 4, {2, 2, 3}},
	{1427, 585, 32665, 0, {2, 2, 4}},
	{14482, 585, 0, 4, {1}},
	{9685, 585, 0, 4, {2}},
	{19315, 585, 0, 4, {1}},
	{32678, 585, 0, 4, {2}},
	{32688, 585, 32712, 0, {4}},
	{32743, 560, 0, 0, {3}},
	{32599, 592, 0, 4, {2, 1}},
	{32609, 592, 0, 4, {2, 2}},
	{32621, 592, 32632, 4, {1}},
	{10804, 592, 0, 4, {2, 3}},
	{1427, 585, 32665, 0, {2, 4}},
	{19315, 585, 0, 3, {2}},
	{32678, 585, 0, 3, {1}},
	{12484, 585, 0, 0, {3}},
	{1639, 594, 0, 0, {4}},
	{32752, 597, 0, 4, {1}},
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
	{32307, 598, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{32313, 6, 0, 0, {3}},
	{32328, 19, 0, 0, {2}},
	{32337, 585, 0, 5, {1}},
	{32771, 599, 32789, 5, {4}},
	{14482, 585, 0, 0, {0}},
	{32307, 600, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{32811, 601, 0, 4, {5}},
	{950, 585, 32348, 0, {4}},
	{32369, 589, 0, 4, {6}},
	{32391, 6, 0, 0, {2}},
	{32418, 18, 0, 0, {1}},
	{32828, 602, 0, 4, {3}},
	{32454, 603, 0, 4, {7}},
	{19190, 604, 0, 4, {3}},
	{32846, 605, 0, 4, {1}},
	{32865, 22, 0, 0, {2}},
	{32464, 592, 0, 17, {8}},
	{32488, 35, 0, 3, {2}},
	{950, 585, 32348, 0, {4}},
	{32369, 589, 0, 4, {11}},
	{270, 585, 32274, 0, {9}},
	{19315, 585, 0, 3, {1}},
	{282, 560, 0, 0, {5}},
	{300, 560, 0, 0, {10}},
	{32501, 593, 0, 4, {3}},
	{32507, 585, 32519, 17, {6}},
	{1028, 594, 0, 0, {7}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{32538, 606, 0, 4, {2}},
	{14482, 585, 0, 0, {0}},
	{32307, 607, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{32205, 585, 0, 3, {1}},
	{32878, 585, 0, 4, {2}},
	{32886, 585, 0, 4, {4}},
	{32904, 585, 0, 0, {3}},
	{32205, 585, 0, 3, {2}},
	{19315, 585, 0, 3, {1}},
	{32911, 608, 0, 4, {2}},
	{12313, 21, 0, 0, {1}},
	{32920, 585, 0, 0, {3}},
	{14482, 585, 0, 0, {0}},
	{32924, 576, 0, 0, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{32929, 605, 0, 3, {3}},
	{14482, 585, 0, 0, {0}},
	{32307, 609, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 41, 0, 2, {2}},
	{3185, 42, 0, 2, {3}},
	{32938, 574, 0, 16, {3}},
	{32878, 585, 0, 4, {5}},
	{32904, 585, 0, 4, {4}},
	{3185, 585, 32957, 3, {2}},
	{3450, 585, 32976, 3, {1}},
	{14482, 585, 0, 0, {0}},
	{32307, 610, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{33002, 594, 0, 4, {4}},
	{3347, 594, 0, 0, {6}},
	{32743, 560, 0, 17, {1}},
	{33018, 301, 0, 3, {2}},
	{3332, 43, 0, 2, {3}},
	{33027, 594, 0, 0, {9}},
	{19190, 611, 0, 4, {10}},
	{33042, 594, 0, 3, {1}},
	{33065, 594, 0, 3, {3}},
	{33088, 594, 0, 4, {7}},
	{33104, 594, 0, 3, {2}},
	{33123, 594, 0, 3, {4}},
	{33135, 594, 0, 4, {8}},
	{32846, 605, 0, 4, {5}},
	{33153, 594, 0, 4, {6}},
	{3455, 55, 0, 0, {2}},
	{3450, 585, 33176, 4, {1}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 47, 0, 2, {2}},
	{3185, 48, 0, 2, {3}},
	{32938, 574, 0, 16, {7}},
	{33207, 574, 0, 16, {6}},
	{32878, 585, 0, 4, {5}},
	{32904, 585, 0, 4, {4}},
	{3185, 585, 32957, 3, {2}},
	{3450, 585, 33222, 3, {1}},
	{14482, 585, 0, 0, {0}},
	{32307, 612, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{33002, 594, 0, 4, {5}},
	{33249, 613, 0, 4, {7}},
	{3675, 594, 0, 0, {9}},
	{3657, 594, 0, 0, {1}},
	{3347, 594, 0, 0, {6}},
	{32743, 560, 0, 17, {2}},
	{3666, 614, 0, 2, {4}},
	{33018, 301, 0, 3, {3}},
	{33256, 594, 0, 4, {4}},
	{33027, 594, 0, 0, {8}},
	{19190, 615, 0, 4, {6}},
	{32846, 605, 0, 4, {1}},
	{33274, 594, 0, 4, {7}},
	{3657, 594, 0, 4, {2}},
	{33288, 594, 0, 0, {9}},
	{33308, 594, 0, 4, {5}},
	{33328, 594, 0, 4, {3}},
	{3455, 56, 0, 0, {2}},
	{3450, 585, 33344, 4, {1}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 53, 0, 2, {2}},
	{3185, 54, 0, 2, {3}},
	{32938, 574, 0, 16, {3}},
	{32878, 585, 0, 4, {5}},
	{32904, 585, 0, 4, {4}},
	{3185, 585, 32957, 3, {2}},
	{3450, 585, 33370, 3, {1}},
	{14482, 585, 0, 0, {0}},
	{32307, 616, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{33002, 594, 0, 4, {4}},
	{3657, 594, 0, 0, {1}},
	{32743, 560, 0, 17, {2}},
	{33018, 301, 0, 2, {3}},
	{33256, 594, 0, 4, {5}},
	{19190, 617, 0, 4, {6}},
	{33397, 594, 0, 4, {2}},
	{32846, 605, 0, 4, {3}},
	{33274, 594, 0, 4, {4}},
	{3657, 594, 0, 3, {1}},
	{33288, 594, 0, 0, {7}},
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
	{32938, 574, 0, 16, {3}},
	{32878, 585, 0, 4, {5}},
	{32904, 585, 0, 4, {4}},
	{3185, 585, 32957, 3, {2}},
	{3450, 585, 33418, 3, {1}},
	{14482, 585, 0, 0, {0}},
	{32307, 618, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{33446, 594, 0, 2, {1}},
	{4445, 585, 33452, 4, {1}},
	{4457, 585, 33452, 4, {2}},
	{33002, 594, 0, 4, {9}},
	{33496, 61, 0, 0, {11}},
	{4568, 62, 0, 0, {10}},
	{4548, 585, 33505, 4, {6}},
	{3657, 594, 0, 0, {1}},
	{3347, 594, 0, 0, {8}},
	{32743, 560, 0, 17, {2}},
	{33532, 585, 0, 2, {5}},
	{33018, 301, 0, 3, {3}},
	{3332, 65, 0, 2, {7}},
	{33544, 619, 0, 4, {4}},
	{33256, 594, 0, 2, {11}},
	{33027, 594, 0, 0, {9}},
	{19190, 620, 0, 4, {10}},
	{33565, 594, 0, 4, {4}},
	{33581, 585, 0, 4, {6}},
	{32846, 605, 0, 4, {1}},
	{33274, 594, 0, 4, {3}},
	{3657, 594, 0, 3, {2}},
	{33597, 585, 0, 4, {7}},
	{33328, 594, 0, 4, {5}},
	{3455, 57, 0, 0, {2}},
	{3450, 585, 33612, 4, {1}},
	{14482, 585, 0, 4, {2}},
	{9685, 585, 0, 4, {1}},
	{19315, 585, 0, 4, {3}},
	{33645, 585, 33649, 4, {4}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3185, 68, 0, 2, {2}},
	{33659, 75, 0, 2, {1}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 70, 0, 2, {2}},
	{3185, 71, 0, 2, {3}},
	{33668, 592, 0, 16, {1}},
	{33678, 66, 0, 16, {3}},
	{4995, 605, 0, 16, {4}},
	{33693, 574, 0, 16, {2}},
	{33713, 585, 0, 2, {1}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 73, 0, 3, {2}},
	{3185, 74, 0, 2, {3}},
	{33668, 592, 0, 4, {2}},
	{33713, 585, 0, 5, {1}},
	{33668, 592, 0, 4, {4}},
	{33719, 613, 0, 4, {1}},
	{33733, 585, 0, 4, {3}},
	{16518, 75, 0, 2, {2}},
	{33739, 621, 33745, 4, {4}},
	{33770, 592, 0, 4, {3}},
	{33645, 585, 0, 4, {2}},
	{33777, 585, 0, 4, {1}},
	{33786, 585, 0, 4, {1}},
	{33798, 622, 0, 4, {2}},
	{33786, 585, 0, 4, {1}},
	{33798, 623, 0, 4, {2}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 88, 0, 3, {2}},
	{3185, 89, 0, 2, {3}},
	{12484, 585, 0, 4, {1}},
	{33811, 585, 0, 4, {2}},
	{33816, 592, 0, 4, {2}},
	{33832, 592, 0, 17, {1}},
	{33838, 76, 0, 0, {8}},
	{33852, 585, 0, 4, {3}},
	{33858, 77, 0, 0, {9}},
	{19315, 585, 0, 4, {7}},
	{32678, 585, 0, 4, {1}},
	{33872, 585, 0, 4, {5}},
	{33881, 585, 0, 4, {6}},
	{33811, 585, 0, 4, {2}},
	{33893, 585, 0, 4, {4}},
	{32599, 592, 0, 4, {2}},
	{32651, 592, 0, 4, {4}},
	{10804, 592, 0, 4, {3}},
	{33832, 592, 0, 17, {1}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 84, 0, 3, {2}},
	{3185, 89, 0, 2, {3}},
	{33901, 79, 0, 0, {2}},
	{33923, 81, 0, 0, {1}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 86, 0, 3, {2}},
	{3185, 90, 0, 2, {3}},
	{32678, 585, 0, 4, {1}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 88, 0, 3, {2}},
	{3185, 89, 0, 2, {3}},
	{33739, 621, 33745, 4, {5}},
	{33770, 592, 0, 4, {4}},
	{33901, 79, 0, 0, {2}},
	{33923, 81, 0, 0, {1}},
	{33645, 585, 0, 4, {6}},
	{16518, 585, 0, 4, {3}},
	{33942, 613, 0, 3, {1}},
	{33950, 613, 0, 4, {4}},
	{33957, 585, 0, 4, {3}},
	{32904, 585, 0, 4, {2}},
	{33957, 585, 0, 4, {4}},
	{33973, 613, 0, 3, {3}},
	{33984, 624, 0, 17, {2}},
	{32293, 625, 0, 17, {1}},
	{14482, 585, 0, 4, {3}},
	{9685, 585, 0, 3, {1}},
	{19315, 585, 0, 3, {2}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 94, 0, 3, {2}},
	{3185, 95, 0, 2, {3}},
	{14482, 585, 0, 0, {0}},
	{32307, 626, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{34001, 594, 0, 3, {3}},
	{6545, 594, 0, 0, {2}},
	{34013, 91, 0, 3, {1}},
	{34028, 594, 0, 0, {4}},
	{34059, 594, 0, 0, {5}},
	{33565, 594, 0, 3, {3}},
	{34091, 594, 0, 3, {4}},
	{34107, 574, 0, 0, {2}},
	{32846, 605, 0, 0, {1}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 97, 0, 2, {2}},
	{3185, 98, 0, 2, {3}},
	{3657, 594, 0, 2, {1}},
	{3657, 594, 0, 3, {1}},
	{32743, 585, 0, 4, {2}},
	{34121, 585, 0, 3, {3}},
	{19315, 585, 34131, 3, {1}},
	{34147, 115, 0, 3, {2}},
	{34121, 585, 0, 3, {3}},
	{34154, 116, 0, 3, {2}},
	{19315, 585, 34131, 3, {1}},
	{14482, 585, 0, 4, {3}},
	{9685, 585, 0, 3, {1}},
	{19315, 585, 0, 3, {2}},
	{34162, 112, 0, 3, {1}},
	{34147, 115, 0, 3, {2}},
	{34154, 116, 0, 3, {2}},
	{34162, 112, 0, 3, {1}},
	{16350, 594, 0, 3, {3}},
	{3450, 585, 34169, 3, {1}},
	{34193, 594, 0, 3, {2}},
	{34199, 627, 0, 0, {2}},
	{34208, 585, 34221, 0, {1}},
	{34244, 594, 0, 0, {3}},
	{34271, 549, 0, 0, {4}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 110, 0, 3, {2}},
	{3185, 111, 0, 2, {3}},
	{7258, 105, 0, 0, {2}},
	{7250, 105, 0, 0, {1}},
	{32938, 574, 0, 16, {3}},
	{32878, 585, 0, 4, {5}},
	{32904, 585, 0, 4, {4}},
	{3185, 585, 32957, 3, {2}},
	{3450, 585, 34281, 3, {1}},
	{14482, 585, 0, 0, {0}},
	{32307, 628, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{34321, 107, 0, 0, {5}},
	{34001, 594, 0, 3, {3}},
	{7586, 629, 0, 4, {4}},
	{6545, 594, 0, 0, {2}},
	{34013, 101, 0, 3, {1}},
	{19190, 630, 0, 4, {6}},
	{34330, 631, 0, 16, {5}},
	{33565, 594, 0, 4, {3}},
	{34091, 594, 0, 3, {4}},
	{34107, 574, 0, 0, {2}},
	{32846, 605, 0, 0, {1}},
	{19315, 585, 0, 3, {1}},
	{32743, 560, 0, 0, {2}},
	{34345, 99, 0, 0, {7}},
	{34363, 102, 0, 0, {5}},
	{34372, 117, 0, 0, {2}},
	{34379, 119, 0, 0, {3}},
	{33872, 121, 0, 0, {4}},
	{3450, 585, 34384, 3, {1}},
	{34345, 100, 0, 0, {7}},
	{34363, 103, 0, 0, {5}},
	{34372, 118, 0, 0, {2}},
	{34379, 120, 0, 0, {3}},
	{33872, 122, 0, 0, {4}},
	{3450, 585, 34384, 3, {1}},
	{34404, 594, 0, 0, {4}},
	{34423, 549, 0, 0, {3}},
	{3450, 585, 34436, 3, {1}},
	{34193, 549, 0, 0, {2}},
	{34404, 594, 0, 0, {3}},
	{34423, 549, 0, 0, {2}},
	{34193, 549, 0, 0, {1}},
	{34456, 101, 0, 3, {1}},
	{34162, 112, 0, 3, {3}},
	{34147, 115, 0, 3, {2}},
	{34154, 116, 0, 3, {2}},
	{34456, 101, 0, 3, {3}},
	{34162, 112, 0, 3, {1}},
	{34162, 112, 0, 3, {1}},
	{34147, 115, 0, 3, {2}},
	{34154, 116, 0, 3, {2}},
	{34162, 112, 0, 3, {1}},
	{19315, 585, 34131, 3, {1}},
	{34147, 115, 0, 3, {2}},
	{34154, 116, 0, 3, {2}},
	{19315, 585, 34131, 3, {1}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 125, 0, 3, {2}},
	{3185, 126, 0, 2, {3}},
	{14482, 585, 0, 0, {0}},
	{32307, 632, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{8280, 585, 34472, 4, {3}},
	{8333, 594, 0, 0, {7}},
	{34493, 132, 0, 3, {5}},
	{34505, 585, 0, 3, {1}},
	{34514, 605, 0, 0, {2}},
	{8306, 594, 0, 0, {6}},
	{8298, 613, 0, 0, {4}},
	{34538, 585, 0, 0, {8}},
	{34547, 633, 0, 4, {1}},
	{34554, 574, 0, 0, {4}},
	{34571, 574, 0, 0, {5}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 130, 0, 2, {2}},
	{3185, 131, 0, 2, {3}},
	{34590, 574, 0, 16, {3}},
	{32938, 574, 0, 16, {4}},
	{32878, 585, 0, 4, {6}},
	{32904, 585, 0, 4, {5}},
	{3185, 585, 32957, 3, {2}},
	{3450, 585, 34604, 3, {1}},
	{14482, 585, 0, 0, {0}},
	{32307, 634, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{34624, 605, 0, 0, {3}},
	{34646, 594, 0, 0, {7}},
	{34659, 594, 0, 0, {12}},
	{34680, 585, 34695, 0, {9}},
	{34713, 594, 0, 0, {2}},
	{34725, 585, 0, 0, {15}},
	{34735, 613, 0, 0, {5}},
	{34750, 594, 0, 0, {13}},
	{34767, 594, 0, 0, {1}},
	{34779, 133, 0, 0, {11}},
	{34796, 585, 34817, 0, {14}},
	{32743, 560, 0, 0, {4}},
	{34841, 137, 0, 0, {16}},
	{8298, 613, 0, 0, {10}},
	{33018, 301, 0, 3, {6}},
	{34855, 594, 0, 0, {8}},
	{34547, 594, 0, 4, {4}},
	{34879, 585, 0, 4, {7}},
	{34896, 574, 0, 0, {3}},
	{19190, 635, 0, 4, {1}},
	{34911, 594, 0, 4, {6}},
	{34918, 585, 0, 0, {10}},
	{34932, 594, 0, 0, {9}},
	{34938, 574, 0, 0, {2}},
	{34948, 594, 0, 4, {5}},
	{34958, 594, 0, 0, {11}},
	{34970, 139, 0, 0, {8}},
	{16193, 565, 0, 2, {1}},
	{3085, 130, 0, 2, {2}},
	{32501, 636, 0, 17, {1}},
	{34994, 585, 0, 0, {1}},
	{25451, 585, 35008, 3, {2}},
	{35047, 637, 0, 17, {3}},
	{3185, 585, 32957, 2, {2}},
	{3450, 585, 35054, 3, {1}},
	{35074, 585, 35081, 3, {1}},
	{35107, 134, 0, 0, {2}},
	{35119, 638, 0, 4, {3}},
	{32501, 639, 0, 17, {1}},
	{35135, 594, 0, 0, {2}},
	{35150, 585, 0, 0, {1}},
	{34911, 599, 35167, 4, {2}},
	{34948, 599, 35167, 4, {1}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 143, 0, 3, {2}},
	{3185, 144, 0, 2, {3}},
	{32938, 574, 0, 16, {5}},
	{33207, 574, 0, 16, {4}},
	{32878, 585, 0, 4, {3}},
	{32904, 585, 0, 4, {2}},
	{3185, 585, 32957, 3, {6}},
	{3450, 585, 35179, 3, {1}},
	{14482, 585, 0, 0, {0}},
	{32307, 640, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{4995, 594, 0, 0, {8}},
	{33739, 621, 33745, 4, {6}},
	{33770, 592, 0, 4, {4}},
	{35203, 608, 0, 17, {1}},
	{35211, 585, 0, 3, {7}},
	{33645, 585, 0, 4, {3}},
	{35222, 592, 35229, 4, {5}},
	{33777, 585, 0, 4, {2}},
	{35243, 608, 0, 4, {2}},
	{19190, 641, 0, 4, {1}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 147, 0, 2, {2}},
	{14482, 585, 0, 0, {0}},
	{32307, 642, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{35255, 564, 0, 0, {3}},
	{35267, 585, 0, 0, {1}},
	{35282, 594, 0, 0, {2}},
	{35303, 594, 0, 0, {5}},
	{35320, 585, 0, 8, {7}},
	{35336, 564, 0, 0, {4}},
	{3666, 585, 35346, 8, {6}},
	{9695, 585, 0, 4, {2}},
	{4150, 594, 0, 4, {3}},
	{9702, 613, 0, 4, {4}},
	{35374, 585, 0, 3, {1}},
	{35383, 248, 0, 0, {1}},
	{35396, 280, 0, 0, {2}},
	{35408, 282, 0, 0, {3}},
	{35424, 585, 0, 0, {2}},
	{3450, 585, 35441, 3, {1}},
	{35464, 585, 0, 3, {2}},
	{19315, 585, 35475, 3, {1}},
	{9666, 585, 35495, 0, {3}},
	{35523, 585, 0, 3, {1}},
	{35532, 585, 0, 3, {2}},
	{9695, 585, 0, 0, {4}},
	{9685, 585, 35540, 0, {6}},
	{9702, 613, 0, 0, {5}},
	{9702, 613, 0, 4, {3}},
	{35561, 585, 0, 3, {1}},
	{35572, 585, 0, 16, {4}},
	{35588, 585, 0, 3, {2}},
	{9702, 613, 0, 4, {3}},
	{35561, 585, 0, 3, {1}},
	{35588, 585, 0, 3, {2}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{34147, 266, 0, 3, {2}},
	{35598, 335, 0, 0, {9}},
	{35624, 335, 0, 0, {6}},
	{35651, 585, 0, 3, {1}},
	{9695, 585, 0, 4, {4}},
	{35658, 335, 0, 0, {10}},
	{35678, 335, 0, 0, {8}},
	{35699, 335, 0, 0, {7}},
	{9702, 613, 0, 4, {3}},
	{35718, 643, 0, 4, {5}},
	{35735, 585, 0, 3, {2}},
	{35651, 585, 0, 3, {1}},
	{9695, 585, 0, 0, {3}},
	{35678, 237, 0, 0, {5}},
	{9702, 613, 0, 0, {2}},
	{35718, 643, 0, 4, {4}},
	{35748, 592, 35752, 4, {1}},
	{35768, 592, 35752, 4, {2}},
	{35773, 592, 0, 17, {1}},
	{12484, 585, 0, 4, {2}},
	{9702, 613, 0, 4, {6}},
	{35782, 585, 0, 4, {4}},
	{35793, 335, 0, 0, {5}},
	{16518, 585, 0, 4, {3}},
	{35773, 592, 0, 17, {1}},
	{12484, 585, 0, 4, {2}},
	{9702, 613, 0, 4, {6}},
	{35782, 585, 0, 4, {4}},
	{35793, 237, 0, 0, {5}},
	{16518, 585, 0, 4, {3}},
	{9695, 585, 0, 4, {2}},
	{9702, 613, 0, 4, {3}},
	{35793, 335, 0, 0, {4}},
	{35374, 585, 0, 3, {1}},
	{9695, 585, 0, 4, {2}},
	{9702, 613, 0, 4, {3}},
	{35793, 237, 0, 0, {4}},
	{35374, 585, 0, 3, {1}},
	{1028, 594, 0, 0, {1}},
	{33858, 560, 0, 0, {3}},
	{19315, 585, 0, 0, {1}},
	{35803, 613, 0, 0, {5}},
	{12484, 585, 0, 3, {4}},
	{35211, 585, 0, 0, {2}},
	{33733, 585, 0, 4, {4}},
	{32878, 585, 0, 4, {3}},
	{3185, 585, 32957, 3, {2}},
	{3450, 585, 35812, 3, {1}},
	{14482, 585, 0, 0, {0}},
	{19190, 644, 0, 4, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{14482, 585, 0, 0, {0}},
	{32307, 645, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{14482, 585, 0, 0, {0}},
	{35838, 646, 0, 4, {3}},
	{32924, 643, 0, 4, {2}},
	{35849, 613, 0, 0, {4}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{19315, 585, 0, 4, {1, 1}},
	{35803, 613, 0, 0, {2}},
	{32216, 585, 0, 3, {2}},
	{19315, 585, 0, 4, {1, 1}},
	{35803, 613, 0, 0, {3}},
	{14482, 585, 0, 0, {0}},
	{32307, 647, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{35859, 585, 0, 3, {5}},
	{19315, 585, 0, 3, {2}},
	{32678, 585, 0, 3, {1}},
	{35876, 585, 0, 4, {4}},
	{33645, 585, 33649, 4, {3}},
	{32307, 648, 0, 4, {2}},
	{19315, 585, 0, 4, {1, 1}},
	{35803, 613, 0, 0, {4}},
	{10661, 594, 0, 0, {3}},
	{32307, 648, 0, 4, {2}},
	{19315, 585, 0, 4, {1, 1}},
	{35803, 613, 0, 0, {4}},
	{35892, 592, 0, 4, {4}},
	{35897, 592, 0, 4, {3}},
	{35905, 649, 0, 4, {7}},
	{35909, 650, 0, 4, {19}},
	{35917, 585, 0, 4, {2}},
	{10714, 585, 35923, 4, {14}},
	{35937, 228, 0, 0, {12}},
	{35947, 305, 0, 0, {10}},
	{19315, 585, 0, 3, {1}},
	{35961, 651, 0, 4, {6}},
	{36005, 305, 0, 0, {11}},
	{36020, 652, 0, 4, {23}},
	{10804, 322, 0, 2, {8}},
	{15920, 585, 36033, 0, {24}},
	{36059, 653, 0, 4, {25}},
	{15957, 337, 0, 0, {15}},
	{36078, 305, 0, 0, {22}},
	{36091, 613, 0, 4, {16}},
	{36097, 613, 0, 4, {17}},
	{10751, 585, 0, 4, {13}},
	{10779, 585, 36107, 4, {20}},
	{36135, 613, 0, 4, {18}},
	{36139, 654, 0, 4, {21}},
	{36165, 655, 0, 4, {9}},
	{36199, 585, 0, 4, {5}},
	{34994, 585, 0, 3, {1}},
	{36210, 585, 0, 3, {3}},
	{36222, 585, 0, 3, {2}},
	{36235, 592, 0, 16, {1}},
	{36241, 605, 0, 4, {2}},
	{35991, 594, 0, 3, {3}},
	{36251, 585, 0, 4, {5}},
	{36258, 594, 0, 4, {2}},
	{19315, 585, 0, 4, {1}},
	{10933, 585, 36267, 4, {4}},
	{36222, 585, 34131, 3, {1}},
	{15920, 585, 36279, 3, {2}},
	{35074, 585, 36310, 5, {1}},
	{36340, 181, 0, 0, {2}},
	{25451, 585, 36350, 5, {1}},
	{35047, 637, 0, 4, {2}},
	{36393, 183, 0, 0, {2}},
	{36401, 184, 0, 0, {3}},
	{36412, 185, 0, 0, {1}},
	{36420, 574, 0, 16, {1}},
	{36430, 585, 0, 4, {7}},
	{36442, 594, 0, 3, {1}},
	{36451, 574, 0, 16, {6}},
	{32878, 585, 0, 4, {4}},
	{32904, 585, 0, 4, {3}},
	{36462, 594, 0, 4, {2}},
	{36420, 574, 0, 16, {5}},
	{32878, 585, 0, 4, {2}},
	{32904, 585, 0, 4, {1}},
	{36469, 656, 36488, 4, {10}},
	{36504, 657, 0, 4, {14}},
	{36430, 585, 0, 4, {8}},
	{35917, 585, 0, 3, {6}},
	{36529, 585, 0, 3, {7}},
	{36537, 182, 0, 2, {3}},
	{19315, 585, 0, 3, {1}},
	{34932, 613, 0, 3, {4}},
	{10804, 322, 0, 0, {11}},
	{36547, 594, 0, 3, {5}},
	{36560, 613, 0, 0, {9}},
	{36568, 182, 0, 2, {2}},
	{36574, 585, 36585, 0, {15}},
	{16518, 187, 0, 0, {13}},
	{36165, 658, 0, 4, {12}},
	{36595, 234, 0, 0, {1}},
	{11335, 594, 0, 3, {1}},
	{32307, 659, 0, 4, {1}},
	{32236, 265, 0, 0, {2}},
	{36601, 594, 0, 0, {4}},
	{12484, 585, 0, 3, {1}},
	{36606, 316, 0, 0, {3}},
	{10661, 594, 0, 0, {2}},
	{32307, 659, 0, 4, {1}},
	{36623, 585, 36630, 4, {1}},
	{36647, 549, 0, 0, {2}},
	{36657, 585, 0, 4, {3}},
	{13160, 585, 0, 3, {1}},
	{36666, 585, 0, 0, {4}},
	{36675, 266, 0, 0, {2}},
	{36685, 585, 0, 0, {4}},
	{19315, 585, 0, 4, {1}},
	{1639, 594, 0, 3, {2}},
	{10933, 585, 36267, 4, {3}},
	{36697, 660, 0, 4, {1}},
	{36707, 660, 0, 4, {2}},
	{35961, 661, 0, 4, {3}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{36725, 662, 0, 4, {2}},
	{14482, 585, 0, 0, {0}},
	{32307, 663, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{36733, 169, 0, 0, {2}},
	{36746, 585, 0, 4, {1}},
	{35793, 331, 0, 0, {3}},
	{19315, 585, 0, 3, {1}},
	{34193, 585, 0, 4, {2}},
	{36753, 200, 0, 0, {3}},
	{36763, 170, 0, 0, {3}},
	{32236, 265, 0, 0, {1}},
	{36779, 209, 0, 0, {5}},
	{36606, 316, 0, 0, {2}},
	{36790, 332, 0, 0, {4}},
	{35892, 592, 0, 4, {1, 4}},
	{35897, 592, 0, 4, {1, 3}},
	{35905, 649, 0, 4, {1, 7}},
	{35909, 650, 0, 4, {1, 19}},
	{35917, 585, 0, 4, {1, 2}},
	{10714, 585, 35923, 4, {1, 14}},
	{35937, 228, 0, 0, {1, 12}},
	{35947, 305, 0, 0, {1, 10}},
	{19315, 585, 0, 3, {1, 1}},
	{35961, 651, 0, 4, {1, 6}},
	{36005, 305, 0, 0, {1, 11}},
	{36020, 652, 0, 4, {1, 23}},
	{10804, 322, 0, 2, {1, 8}},
	{15920, 585, 36033, 0, {1, 24}},
	{36059, 653, 0, 4, {1, 25}},
	{15957, 337, 0, 0, {1, 15}},
	{36078, 305, 0, 0, {1, 22}},
	{36091, 613, 0, 4, {1, 16}},
	{36097, 613, 0, 4, {1, 17}},
	{36803, 585, 0, 4, {2}},
	{10751, 585, 0, 4, {1, 13}},
	{10779, 585, 36107, 4, {1, 20}},
	{36135, 613, 0, 4, {1, 18}},
	{36139, 654, 0, 4, {1, 21}},
	{36165, 655, 0, 4, {1, 9}},
	{36199, 585, 0, 4, {1, 5}},
	{36823, 273, 0, 0, {1}},
	{35074, 585, 0, 4, {12}},
	{14482, 585, 0, 0, {0}},
	{25364, 594, 0, 4, {8}},
	{36843, 564, 0, 16, {10}},
	{36853, 574, 0, 16, {6}},
	{36868, 266, 0, 3, {2}},
	{9685, 585, 0, 0, {0}},
	{36883, 574, 0, 16, {7}},
	{32878, 585, 0, 4, {4}},
	{16193, 565, 0, 3, {1}},
	{32904, 585, 0, 4, {3}},
	{36897, 266, 0, 0, {13}},
	{36905, 585, 0, 2, {14}},
	{36924, 585, 0, 2, {15}},
	{36942, 205, 0, 0, {11}},
	{36949, 206, 0, 2, {5}},
	{3450, 585, 0, 4, {9}},
	{14482, 585, 0, 0, {0}},
	{32307, 664, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{25364, 594, 0, 4, {1}},
	{36956, 564, 0, 16, {2}},
	{36973, 585, 0, 4, {1}},
	{36983, 585, 0, 4, {2}},
	{35897, 592, 0, 4, {1}},
	{9695, 585, 0, 4, {3}},
	{36988, 594, 0, 0, {2}},
	{9702, 613, 0, 4, {4}},
	{36992, 592, 0, 4, {1}},
	{37003, 592, 0, 4, {5}},
	{32216, 585, 0, 3, {3}},
	{35803, 613, 0, 0, {4}},
	{12484, 585, 0, 3, {2}},
	{37009, 585, 0, 3, {1}},
	{35651, 585, 0, 3, {1}},
	{9695, 585, 0, 4, {2}},
	{37020, 643, 0, 4, {5}},
	{9702, 613, 0, 4, {4}},
	{35793, 335, 0, 0, {3}},
	{35651, 585, 0, 3, {1}},
	{9695, 585, 0, 4, {2}},
	{37020, 643, 0, 4, {5}},
	{9702, 613, 0, 4, {4}},
	{35793, 237, 0, 0, {3}},
	{37028, 585, 0, 4, {1}},
	{37040, 585, 0, 4, {2}},
	{9695, 585, 0, 4, {2}},
	{4150, 594, 0, 4, {3}},
	{37052, 585, 0, 3, {1}},
	{9702, 613, 0, 4, {4}},
	{1639, 594, 0, 3, {1}},
	{12313, 585, 0, 16, {2}},
	{37059, 585, 0, 4, {3}},
	{37069, 585, 0, 3, {1}},
	{32929, 585, 0, 4, {2}},
	{37080, 585, 0, 3, {1}},
	{37090, 585, 0, 0, {4}},
	{12484, 585, 0, 3, {2}},
	{9702, 613, 0, 4, {3}},
	{37080, 585, 0, 3, {1}},
	{12484, 585, 0, 3, {2}},
	{9702, 613, 0, 4, {3}},
	{36983, 585, 0, 4, {3}},
	{37109, 665, 0, 4, {5}},
	{12484, 585, 0, 4, {1}},
	{1639, 577, 0, 1, {2}},
	{12494, 585, 37121, 4, {4}},
	{19315, 585, 0, 3, {1}},
	{34193, 585, 0, 3, {2}},
	{37134, 592, 0, 4, {2}},
	{13160, 585, 0, 3, {1}},
	{13160, 585, 0, 3, {1}},
	{12484, 585, 0, 3, {1}},
	{3450, 585, 37144, 0, {2}},
	{37160, 613, 0, 4, {8}},
	{37178, 613, 0, 4, {11}},
	{9695, 585, 0, 4, {5}},
	{37194, 585, 0, 0, {12}},
	{37208, 585, 0, 3, {2}},
	{12667, 585, 0, 4, {4}},
	{36988, 594, 0, 3, {3}},
	{37212, 592, 0, 4, {7}},
	{9702, 613, 0, 4, {6}},
	{35793, 335, 0, 0, {10}},
	{37220, 585, 0, 3, {1}},
	{37160, 613, 0, 4, {8}},
	{37178, 613, 0, 4, {11}},
	{9695, 585, 0, 4, {5}},
	{37194, 585, 0, 0, {12}},
	{37208, 585, 0, 3, {2}},
	{12667, 585, 0, 4, {4}},
	{36988, 594, 0, 3, {3}},
	{37212, 592, 0, 4, {7}},
	{9702, 613, 0, 4, {6}},
	{35793, 237, 0, 0, {10}},
	{37220, 585, 0, 3, {1}},
	{12766, 585, 35923, 4, {2}},
	{37233, 585, 0, 4, {1}},
	{37243, 585, 0, 5, {1}},
	{32216, 585, 0, 3, {1}},
	{36601, 594, 0, 0, {3}},
	{12484, 585, 0, 3, {2}},
	{37252, 229, 0, 0, {1}},
	{37262, 229, 0, 0, {2}},
	{36574, 585, 36585, 8, {3}},
	{37270, 207, 0, 0, {1}},
	{37275, 218, 0, 0, {2}},
	{37283, 347, 0, 0, {4}},
	{37289, 351, 0, 0, {3}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 233, 0, 2, {2}},
	{12659, 656, 36488, 4, {4}},
	{37299, 656, 36488, 4, {5}},
	{37314, 656, 36488, 4, {2}},
	{37318, 656, 36488, 4, {6}},
	{37339, 656, 36488, 4, {3}},
	{3450, 585, 37343, 3, {1}},
	{14482, 585, 0, 0, {0}},
	{32307, 666, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{37356, 667, 0, 17, {1}},
	{37363, 605, 0, 3, {2}},
	{37367, 668, 0, 4, {3}},
	{33645, 605, 0, 3, {1}},
	{36657, 585, 0, 4, {2}},
	{13160, 585, 0, 4, {1}},
	{13153, 585, 37386, 0, {3}},
	{35961, 669, 0, 4, {4}},
	{37408, 670, 0, 4, {1}},
	{19315, 585, 0, 4, {1}},
	{9695, 585, 0, 0, {2}},
	{12484, 585, 0, 3, {1}},
	{3185, 585, 37416, 3, {2}},
	{37459, 585, 0, 4, {1}},
	{12484, 585, 0, 3, {2}},
	{9702, 613, 0, 4, {3}},
	{37491, 585, 0, 3, {1}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 244, 0, 2, {2}},
	{3185, 245, 0, 2, {3}},
	{32938, 574, 0, 16, {4}},
	{32878, 585, 0, 4, {6}},
	{32904, 585, 0, 4, {5}},
	{3185, 585, 32957, 3, {2}},
	{3450, 585, 37498, 3, {1}},
	{14482, 585, 0, 0, {0}},
	{32307, 671, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{37524, 592, 37535, 4, {1}},
	{19190, 672, 0, 4, {2}},
	{13562, 585, 37554, 4, {1}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 261, 0, 2, {2}},
	{3185, 262, 0, 2, {3}},
	{37572, 585, 0, 3, {2}},
	{3450, 585, 37580, 3, {1}},
	{37599, 673, 0, 4, {2}},
	{37647, 258, 0, 0, {1}},
	{37694, 599, 0, 4, {2}},
	{37705, 585, 0, 3, {1}},
	{10804, 656, 37723, 17, {3}},
	{37761, 574, 0, 16, {3}},
	{32938, 574, 0, 16, {4}},
	{32878, 585, 0, 4, {6}},
	{32904, 585, 0, 4, {5}},
	{3185, 585, 32957, 3, {2}},
	{3450, 585, 37779, 3, {1}},
	{37800, 172, 0, 0, {2}},
	{34547, 251, 0, 0, {2}},
	{37810, 251, 0, 0, {1}},
	{33733, 585, 0, 4, {4}},
	{37819, 251, 0, 0, {3}},
	{13858, 188, 0, 2, {1}},
	{37833, 613, 0, 0, {1}},
	{14482, 585, 0, 0, {0}},
	{32307, 674, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{37858, 257, 0, 0, {2}},
	{19315, 585, 0, 2, {1}},
	{37867, 613, 0, 0, {1}},
	{37891, 613, 0, 0, {2}},
	{37906, 675, 0, 17, {1}},
	{32216, 585, 0, 3, {1}},
	{25451, 585, 37924, 3, {2}},
	{35047, 592, 0, 4, {3}},
	{37948, 676, 0, 4, {1}},
	{37965, 676, 0, 4, {2}},
	{37977, 251, 0, 8, {6}},
	{37990, 585, 0, 4, {2}},
	{38001, 585, 0, 4, {1}},
	{38009, 677, 0, 4, {7}},
	{38018, 585, 0, 4, {3}},
	{38029, 678, 0, 4, {5}},
	{38036, 613, 0, 4, {4}},
	{36697, 679, 0, 4, {5}},
	{14209, 656, 36488, 4, {2}},
	{38050, 656, 36488, 4, {1}},
	{19190, 680, 0, 4, {4}},
	{38059, 252, 0, 8, {11}},
	{14221, 253, 0, 2, {6}},
	{38066, 592, 0, 4, {14}},
	{37858, 254, 0, 0, {13}},
	{38083, 681, 0, 4, {8}},
	{14237, 264, 0, 2, {7}},
	{13562, 585, 38090, 4, {3}},
	{38103, 682, 0, 4, {12}},
	{38119, 683, 0, 4, {10}},
	{38135, 592, 38148, 4, {9}},
	{38050, 605, 0, 0, {1}},
	{14432, 585, 0, 3, {10}},
	{14331, 585, 0, 3, {3}},
	{14360, 585, 0, 3, {6}},
	{14338, 585, 0, 3, {4}},
	{14399, 585, 0, 3, {8}},
	{14384, 585, 0, 3, {7}},
	{14310, 585, 0, 3, {1}},
	{14416, 585, 0, 3, {9}},
	{14352, 585, 0, 3, {5}},
	{38170, 263, 0, 0, {11}},
	{14320, 585, 0, 3, {2}},
	{14482, 585, 0, 4, {1}},
	{38175, 585, 0, 3, {2}},
	{14482, 585, 0, 4, {5}},
	{38175, 585, 0, 4, {7}},
	{9685, 585, 0, 4, {1}},
	{19315, 585, 0, 4, {3}},
	{32678, 585, 0, 4, {2}},
	{35876, 585, 0, 4, {6}},
	{33645, 585, 33649, 4, {4}},
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
	{34590, 574, 0, 16, {3}},
	{32938, 574, 0, 16, {4}},
	{32878, 585, 0, 4, {6}},
	{32904, 585, 0, 4, {5}},
	{3185, 585, 32957, 3, {2}},
	{3450, 585, 38185, 3, {1}},
	{14482, 585, 0, 0, {0}},
	{32307, 619, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{38223, 592, 38235, 4, {1}},
	{38267, 357, 0, 0, {7}},
	{38278, 358, 0, 0, {8}},
	{10804, 365, 0, 2, {2}},
	{32743, 560, 0, 0, {4}},
	{38292, 585, 0, 0, {5}},
	{38309, 585, 0, 0, {9}},
	{14827, 585, 38335, 0, {6}},
	{37009, 585, 0, 4, {3}},
	{38223, 592, 38235, 4, {2}},
	{38359, 643, 38385, 4, {7}},
	{36469, 656, 36488, 4, {5}},
	{38050, 656, 36488, 4, {3}},
	{19190, 684, 0, 4, {4}},
	{38428, 585, 0, 0, {8}},
	{38461, 239, 0, 0, {9}},
	{13562, 585, 38480, 4, {1}},
	{16193, 565, 0, 2, {1}},
	{3085, 271, 0, 3, {2}},
	{38510, 585, 0, 3, {1}},
	{9702, 613, 0, 4, {2}},
	{14482, 585, 0, 0, {0}},
	{32307, 685, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{38223, 592, 38235, 4, {3}},
	{38520, 148, 0, 0, {2, 2}},
	{38541, 152, 0, 0, {2, 16}},
	{38551, 153, 0, 0, {2, 13}},
	{38050, 656, 36488, 4, {1}},
	{38561, 159, 0, 0, {2, 9}},
	{38568, 161, 0, 0, {2, 8}},
	{38575, 686, 0, 0, {4}},
	{38584, 156, 0, 0, {2, 22}},
	{38588, 208, 0, 0, {2, 10}},
	{38591, 210, 0, 0, {2, 12}},
	{38602, 212, 0, 0, {2, 11}},
	{38610, 213, 0, 0, {2, 1}},
	{38628, 216, 0, 0, {2, 4}},
	{38638, 222, 0, 0, {2, 3}},
	{38647, 223, 0, 0, {2, 7}},
	{38653, 238, 0, 0, {2, 20}},
	{38659, 592, 0, 4, {7}},
	{38672, 240, 0, 0, {2, 5}},
	{35383, 363, 0, 0, {9}},
	{15105, 585, 38676, 4, {5}},
	{38709, 278, 0, 0, {2, 17}},
	{38730, 303, 0, 0, {2, 18}},
	{38745, 307, 0, 0, {2, 15}},
	{16503, 308, 0, 0, {2, 6}},
	{38753, 325, 0, 0, {2, 19}},
	{38292, 585, 0, 4, {6}},
	{38761, 348, 0, 0, {2, 21}},
	{38309, 585, 0, 0, {10}},
	{14827, 585, 38335, 0, {8}},
	{38771, 367, 0, 0, {2, 14}},
	{38785, 574, 0, 0, {4}},
	{32878, 585, 0, 4, {2}},
	{13562, 585, 38809, 4, {1}},
	{32904, 585, 0, 4, {3}},
	{9695, 585, 0, 4, {2}},
	{38834, 585, 0, 3, {1}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 297, 0, 2, {2}},
	{3185, 298, 0, 2, {3}},
	{37599, 687, 0, 4, {2}},
	{37647, 688, 0, 4, {1}},
	{33858, 560, 0, 0, {1}},
	{38839, 592, 0, 4, {5}},
	{38854, 592, 0, 4, {6}},
	{282, 560, 0, 0, {4}},
	{38872, 592, 0, 4, {2}},
	{38883, 585, 0, 3, {3}},
	{37599, 687, 0, 4, {2}},
	{37647, 688, 0, 4, {1}},
	{38895, 585, 0, 4, {6}},
	{38916, 585, 0, 4, {4}},
	{38937, 585, 0, 4, {5}},
	{38945, 585, 0, 5, {2}},
	{38953, 594, 0, 0, {3}},
	{35211, 585, 0, 5, {1}},
	{38974, 643, 0, 4, {7}},
	{34590, 574, 0, 16, {3}},
	{32938, 574, 0, 16, {4}},
	{32878, 585, 0, 4, {6}},
	{32846, 605, 0, 4, {7}},
	{32904, 585, 0, 4, {5}},
	{3185, 585, 32957, 3, {2}},
	{3450, 585, 35054, 3, {1}},
	{38990, 592, 0, 4, {1}},
	{37020, 689, 0, 4, {3}},
	{39002, 592, 0, 4, {2}},
	{19315, 585, 0, 4, {1}},
	{34193, 585, 0, 0, {2}},
	{39011, 690, 0, 17, {1}},
	{37705, 585, 0, 3, {2}},
	{13160, 585, 0, 3, {1}},
	{14482, 585, 0, 0, {0}},
	{32307, 691, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{19315, 585, 39027, 3, {1}},
	{39037, 585, 35054, 3, {1}},
	{19315, 585, 0, 3, {1}},
	{37705, 585, 0, 0, {3}},
	{39051, 585, 0, 0, {4}},
	{19315, 585, 0, 3, {1}},
	{37705, 585, 0, 0, {2}},
	{19315, 585, 0, 3, {1}},
	{39077, 585, 0, 0, {1}},
	{39090, 150, 0, 0, {11}},
	{39106, 605, 0, 0, {5}},
	{39114, 585, 39134, 0, {9}},
	{39160, 605, 0, 0, {6}},
	{39171, 613, 0, 0, {3}},
	{39184, 605, 0, 0, {2}},
	{39194, 585, 39214, 0, {13}},
	{39240, 324, 0, 0, {1}},
	{39255, 329, 0, 0, {10}},
	{37367, 668, 0, 4, {4}},
	{37833, 585, 39270, 0, {12}},
	{39298, 692, 0, 4, {7}},
	{39306, 369, 0, 0, {8}},
	{34624, 605, 0, 0, {5}},
	{39321, 149, 0, 0, {18}},
	{39330, 613, 0, 0, {21}},
	{37694, 693, 0, 17, {2}},
	{39359, 285, 0, 0, {26}},
	{15947, 585, 39369, 4, {6}},
	{39382, 613, 0, 0, {30}},
	{39401, 694, 0, 4, {34}},
	{39421, 695, 0, 4, {23}},
	{39437, 613, 0, 4, {13}},
	{39445, 613, 0, 4, {11}},
	{39457, 613, 0, 4, {12}},
	{39465, 613, 0, 0, {37}},
	{36657, 585, 0, 4, {16}},
	{39475, 585, 0, 0, {41}},
	{39492, 696, 0, 4, {15}},
	{39509, 693, 0, 4, {20}},
	{36666, 585, 0, 4, {10}},
	{39524, 697, 0, 4, {7}},
	{39537, 290, 0, 0, {36}},
	{39540, 656, 36488, 4, {32}},
	{26447, 585, 39549, 0, {31}},
	{39569, 594, 0, 0, {25}},
	{39578, 585, 0, 4, {24}},
	{39596, 698, 0, 4, {28}},
	{39611, 699, 0, 4, {39}},
	{10804, 322, 0, 0, {40}},
	{15920, 585, 39626, 4, {3}},
	{39643, 585, 0, 0, {29}},
	{16021, 585, 0, 4, {19}},
	{39660, 700, 0, 4, {38}},
	{39676, 295, 0, 8, {43}},
	{15957, 296, 0, 0, {14}},
	{39692, 585, 0, 4, {9}},
	{39707, 585, 0, 4, {8}},
	{39726, 613, 0, 0, {35}},
	{39744, 613, 0, 0, {27}},
	{39766, 585, 0, 4, {17}},
	{15973, 605, 0, 0, {4}},
	{39776, 701, 0, 4, {22}},
	{39788, 702, 0, 4, {33}},
	{39845, 703, 0, 4, {1}},
	{36469, 656, 36488, 4, {19}},
	{19190, 704, 0, 4, {2}},
	{39853, 705, 0, 4, {8}},
	{39871, 705, 0, 4, {13}},
	{39898, 287, 0, 0, {18}},
	{36251, 585, 0, 4, {5}},
	{39926, 706, 0, 4, {16}},
	{39934, 705, 0, 4, {10}},
	{32878, 585, 0, 4, {3}},
	{39956, 707, 0, 12, {21}},
	{39993, 585, 0, 4, {11}},
	{32846, 605, 0, 4, {17}},
	{13562, 585, 40011, 4, {1}},
	{40023, 585, 0, 4, {6}},
	{40029, 708, 0, 4, {12}},
	{40036, 585, 40045, 4, {9}},
	{32904, 585, 0, 4, {4}},
	{40060, 585, 40067, 4, {14}},
	{40086, 709, 0, 4, {15}},
	{10804, 322, 0, 0, {20}},
	{34938, 574, 0, 0, {7}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{33018, 301, 0, 2, {2}},
	{14482, 585, 0, 0, {0}},
	{32307, 710, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{16193, 565, 0, 2, {1}},
	{3085, 297, 0, 2, {2}},
	{33733, 585, 0, 0, {3}},
	{1639, 594, 0, 3, {1}},
	{10933, 585, 36267, 3, {2}},
	{9695, 585, 0, 4, {2}},
	{9702, 613, 0, 4, {3}},
	{35374, 585, 0, 3, {1}},
	{40108, 260, 0, 3, {2}},
	{40119, 594, 0, 3, {1}},
	{37270, 207, 0, 0, {1, 1}},
	{16381, 594, 0, 4, {6}},
	{40126, 214, 0, 0, {1, 4}},
	{37275, 218, 0, 0, {1, 2}},
	{40131, 594, 0, 4, {2}},
	{16350, 594, 0, 4, {4}},
	{16364, 594, 0, 4, {5}},
	{37289, 351, 0, 0, {1, 3}},
	{15973, 605, 0, 0, {7}},
	{1028, 594, 0, 4, {3}},
	{10661, 594, 0, 0, {2}},
	{40151, 711, 0, 16, {1}},
	{33852, 585, 0, 4, {5}},
	{9702, 613, 0, 4, {3}},
	{40159, 585, 0, 3, {1}},
	{40168, 585, 0, 4, {6}},
	{16518, 585, 0, 4, {4}},
	{40175, 585, 0, 3, {2}},
	{9695, 585, 0, 4, {3}},
	{35917, 585, 0, 3, {2}},
	{16541, 585, 0, 4, {6}},
	{35773, 592, 0, 17, {1}},
	{16507, 585, 0, 4, {4}},
	{9702, 613, 0, 4, {8}},
	{35793, 335, 0, 0, {7}},
	{16518, 585, 0, 4, {5}},
	{9695, 585, 0, 4, {3}},
	{35917, 585, 0, 3, {2}},
	{16541, 585, 0, 4, {6}},
	{35773, 592, 0, 17, {1}},
	{16507, 585, 0, 4, {4}},
	{9702, 613, 0, 4, {8}},
	{35793, 237, 0, 0, {7}},
	{16518, 585, 0, 4, {5}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 313, 0, 2, {2}},
	{3185, 314, 0, 2, {3}},
	{32938, 574, 0, 16, {3}},
	{32878, 585, 0, 4, {5}},
	{32904, 585, 0, 4, {4}},
	{3185, 585, 32957, 3, {2}},
	{3450, 585, 40182, 3, {1}},
	{14482, 585, 0, 0, {0}},
	{32307, 712, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{33002, 594, 0, 4, {4}},
	{3657, 594, 0, 0, {1}},
	{32743, 697, 0, 4, {2}},
	{33018, 301, 0, 0, {3}},
	{33256, 594, 0, 4, {5}},
	{19190, 713, 0, 4, {6}},
	{33397, 594, 0, 4, {2}},
	{32846, 605, 0, 4, {3}},
	{33274, 594, 0, 4, {4}},
	{3657, 594, 0, 3, {1}},
	{19315, 585, 0, 3, {1}},
	{35203, 585, 0, 4, {2}},
	{34994, 585, 0, 4, {1}},
	{16948, 549, 0, 0, {3}},
	{33872, 585, 0, 3, {2}},
	{40220, 585, 40227, 4, {2}},
	{32878, 585, 0, 0, {6}},
	{40251, 585, 40262, 3, {1}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 320, 0, 2, {2}},
	{3185, 321, 0, 2, {3}},
	{14482, 585, 0, 0, {0}},
	{32307, 714, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{40276, 656, 36488, 4, {1}},
	{40281, 327, 0, 0, {3}},
	{40295, 592, 40302, 4, {2}},
	{40276, 656, 36488, 4, {1}},
	{40326, 656, 36488, 4, {2}},
	{40331, 715, 0, 4, {3}},
	{37356, 656, 36488, 4, {1}},
	{40338, 656, 36488, 4, {2}},
	{19315, 585, 34131, 3, {1}},
	{10804, 716, 0, 4, {2}},
	{40359, 585, 0, 4, {4}},
	{40365, 585, 0, 4, {2}},
	{3450, 585, 0, 4, {3}},
	{16518, 585, 0, 4, {1}},
	{9695, 585, 0, 4, {9}},
	{40370, 585, 0, 3, {1}},
	{40378, 585, 0, 4, {5}},
	{9702, 613, 0, 4, {10}},
	{35793, 335, 0, 17, {3}},
	{40395, 613, 0, 4, {4}},
	{17341, 585, 0, 4, {7}},
	{40406, 585, 0, 4, {6}},
	{40418, 585, 0, 3, {2}},
	{37009, 585, 0, 4, {8}},
	{9695, 585, 0, 4, {9}},
	{40370, 585, 0, 3, {1}},
	{40378, 585, 0, 4, {5}},
	{9702, 613, 0, 4, {10}},
	{35793, 237, 0, 17, {3}},
	{40395, 613, 0, 4, {4}},
	{17341, 585, 0, 4, {7}},
	{40406, 585, 0, 4, {6}},
	{40418, 585, 0, 3, {2}},
	{37009, 585, 0, 4, {8}},
	{37948, 717, 0, 4, {1}},
	{25451, 585, 40425, 3, {2}},
	{40450, 585, 40460, 3, {1}},
	{35047, 592, 0, 4, {3}},
	{35424, 585, 0, 0, {2}},
	{3450, 585, 40482, 3, {1}},
	{14482, 585, 0, 0, {0}},
	{32924, 646, 0, 4, {2}},
	{35849, 613, 0, 0, {5}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{40504, 643, 0, 4, {4}},
	{3450, 585, 40515, 4, {3}},
	{19315, 585, 0, 4, {1, 1}},
	{35803, 613, 0, 0, {2}},
	{32216, 585, 0, 3, {2}},
	{19315, 585, 0, 4, {1, 1}},
	{35803, 613, 0, 0, {3}},
	{14482, 585, 0, 0, {0}},
	{32307, 718, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{32307, 648, 0, 4, {2}},
	{19315, 585, 0, 4, {1, 1}},
	{35803, 613, 0, 0, {4}},
	{19315, 585, 0, 4, {1}},
	{32678, 585, 0, 4, {2}},
	{10661, 594, 0, 0, {3}},
	{32307, 648, 0, 4, {2}},
	{35803, 613, 0, 0, {4}},
	{35561, 585, 0, 4, {1}},
	{40529, 613, 0, 0, {7}},
	{39090, 150, 0, 0, {12}},
	{40554, 158, 0, 0, {1}},
	{40567, 613, 0, 0, {2}},
	{40578, 585, 40588, 0, {9}},
	{40605, 613, 0, 0, {6}},
	{39160, 605, 0, 0, {8}},
	{39171, 613, 0, 0, {5}},
	{39184, 605, 0, 0, {4}},
	{39240, 324, 0, 0, {3}},
	{39255, 329, 0, 0, {11}},
	{39306, 369, 0, 0, {10}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 344, 0, 2, {2}},
	{3185, 345, 0, 2, {3}},
	{14482, 585, 0, 0, {0}},
	{39330, 613, 0, 0, {4}},
	{39492, 719, 0, 4, {3}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{40628, 720, 0, 4, {2}},
	{14482, 585, 0, 0, {0}},
	{32307, 721, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{40636, 585, 0, 4, {1}},
	{4995, 605, 0, 0, {2}},
	{12484, 585, 0, 3, {3}},
	{14482, 585, 0, 0, {0}},
	{32307, 722, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{36685, 585, 0, 0, {6}},
	{19315, 585, 0, 4, {1}},
	{40645, 594, 0, 4, {5}},
	{1639, 594, 0, 3, {3}},
	{10933, 585, 36267, 4, {2}},
	{18119, 577, 0, 0, {4}},
	{40654, 613, 0, 0, {20}},
	{40684, 585, 0, 4, {3}},
	{40694, 592, 0, 4, {18}},
	{40705, 592, 0, 4, {5}},
	{40717, 585, 0, 4, {10}},
	{40730, 585, 40752, 4, {11}},
	{40784, 594, 0, 4, {12}},
	{40804, 585, 40826, 0, {22}},
	{40858, 592, 40869, 4, {19}},
	{40883, 585, 40898, 0, {17}},
	{40916, 585, 0, 0, {21}},
	{40934, 585, 0, 4, {8}},
	{40949, 592, 0, 4, {9}},
	{35961, 723, 0, 4, {1}},
	{40989, 613, 0, 4, {13}},
	{32743, 697, 0, 4, {2}},
	{18166, 585, 41014, 4, {7}},
	{41033, 346, 0, 0, {14}},
	{41055, 585, 0, 0, {23}},
	{3450, 585, 41075, 4, {4}},
	{19190, 724, 0, 4, {2}},
	{18223, 236, 0, 2, {1}},
	{41090, 163, 0, 0, {1}},
	{41099, 605, 0, 3, {1}},
	{9695, 585, 0, 4, {3}},
	{9702, 613, 0, 4, {4}},
	{35793, 266, 0, 0, {5}},
	{37009, 585, 0, 4, {1}},
	{41107, 585, 0, 4, {2}},
	{9695, 585, 0, 4, {3}},
	{9702, 613, 0, 4, {4}},
	{35793, 237, 0, 0, {5}},
	{37009, 585, 0, 4, {1}},
	{41107, 585, 0, 4, {2}},
	{19315, 585, 0, 3, {1}},
	{34193, 585, 0, 3, {2}},
	{36983, 585, 0, 4, {2}},
	{1639, 577, 0, 1, {1}},
	{41123, 585, 41130, 3, {3}},
	{32216, 585, 0, 3, {1}},
	{41145, 574, 0, 0, {4}},
	{34193, 585, 0, 4, {2}},
	{41123, 585, 41130, 4, {4}},
	{32216, 585, 0, 4, {1}},
	{25451, 585, 41155, 4, {2}},
	{41177, 605, 0, 0, {5}},
	{34193, 585, 0, 4, {3}},
	{32216, 585, 0, 3, {1}},
	{35047, 592, 0, 17, {2}},
	{41195, 725, 0, 4, {1}},
	{33858, 560, 0, 0, {4}},
	{38839, 592, 0, 4, {8}},
	{41217, 594, 0, 3, {1}},
	{41225, 594, 0, 0, {5}},
	{41236, 585, 41255, 0, {6}},
	{41278, 585, 41255, 0, {7}},
	{38883, 585, 0, 3, {2}},
	{41295, 585, 41313, 3, {3}},
	{24202, 585, 0, 16, {1}},
	{9685, 585, 0, 3, {2}},
	{19315, 585, 0, 3, {3}},
	{24202, 585, 0, 16, {1}},
	{9685, 585, 0, 3, {2}},
	{19315, 585, 0, 3, {3}},
	{32678, 585, 0, 0, {4}},
	{38520, 148, 0, 0, {2, 4}},
	{38541, 152, 0, 0, {2, 22}},
	{38551, 154, 0, 0, {2, 18}},
	{38561, 160, 0, 0, {2, 14}},
	{38568, 162, 0, 0, {2, 13}},
	{37800, 174, 0, 0, {2, 19}},
	{38584, 157, 0, 0, {2, 28}},
	{41346, 191, 0, 0, {2, 16}},
	{41358, 192, 0, 0, {2, 2}},
	{41367, 202, 0, 0, {2, 29}},
	{38588, 208, 0, 0, {2, 17}},
	{38591, 211, 0, 0, {2, 12}},
	{38602, 212, 0, 0, {2, 15}},
	{38610, 213, 0, 0, {2, 3}},
	{41377, 215, 0, 0, {2, 5}},
	{38628, 217, 0, 0, {2, 9}},
	{38638, 222, 0, 0, {2, 1}},
	{35917, 225, 0, 0, {2, 30}},
	{38647, 224, 0, 0, {2, 8}},
	{19315, 585, 0, 3, {1}},
	{38672, 240, 0, 0, {2, 7}},
	{41385, 274, 0, 0, {2, 10}},
	{38709, 278, 0, 0, {2, 23}},
	{38730, 303, 0, 0, {2, 24}},
	{41407, 306, 0, 0, {2, 26}},
	{38745, 307, 0, 0, {2, 21}},
	{16503, 309, 0, 0, {2, 11}},
	{38753, 326, 0, 0, {2, 25}},
	{41417, 336, 0, 0, {2, 6}},
	{38761, 349, 0, 0, {2, 27}},
	{38771, 367, 0, 0, {2, 20}},
	{35464, 585, 0, 3, {2}},
	{19315, 585, 0, 3, {1}},
	{36189, 585, 0, 3, {3}},
	{41424, 585, 41441, 0, {5}},
	{19315, 585, 0, 3, {1}},
	{9702, 613, 0, 4, {2}},
	{41465, 585, 41483, 0, {7}},
	{41508, 585, 0, 4, {4}},
	{41516, 585, 0, 4, {6}},
	{36189, 585, 0, 3, {2}},
	{19315, 585, 0, 3, {1}},
	{9702, 613, 0, 4, {3}},
	{41465, 585, 41483, 0, {4}},
	{41528, 366, 0, 8, {5}},
	{41541, 258, 0, 0, {1}},
	{41550, 164, 0, 8, {5}},
	{37800, 173, 0, 0, {3}},
	{41346, 189, 0, 0, {2}},
	{41569, 283, 0, 8, {6}},
	{41417, 334, 0, 0, {1}},
	{41584, 341, 0, 0, {4}},
	{37356, 656, 36488, 4, {1}},
	{40338, 656, 36488, 4, {2}},
	{35917, 226, 0, 0, {1}},
	{9695, 585, 0, 4, {2}},
	{41604, 585, 0, 4, {4}},
	{41620, 585, 0, 4, {3}},
	{41638, 585, 0, 3, {1}},
	{41649, 281, 0, 3, {2}},
	{40119, 594, 0, 3, {1}},
	{41665, 585, 0, 0, {2}},
	{41684, 585, 0, 0, {1}},
	{41707, 613, 0, 0, {4}},
	{41719, 585, 0, 0, {3}},
	{36697, 599, 0, 17, {1}},
	{19190, 371, 0, 2, {2}},
	{41733, 643, 0, 12, {5}},
	{41752, 372, 0, 0, {8}},
	{36657, 585, 0, 0, {3}},
	{36666, 585, 0, 0, {6}},
	{36675, 266, 0, 0, {4}},
	{41758, 585, 0, 0, {7}},
	{34932, 613, 0, 0, {1}},
	{41763, 613, 0, 0, {2}},
	{34958, 613, 0, 0, {3}},
	{41771, 726, 0, 4, {2}},
	{41780, 727, 0, 4, {1}},
	{36685, 585, 0, 0, {4}},
	{19315, 585, 0, 0, {1}},
	{1639, 594, 0, 0, {3}},
	{10933, 585, 36267, 0, {2}},
	{41789, 585, 41801, 3, {4}},
	{14482, 585, 0, 0, {0}},
	{37080, 728, 0, 16, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{35961, 729, 0, 16, {3}},
	{14482, 585, 0, 0, {0}},
	{32307, 730, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{19315, 585, 0, 3, {1}},
	{19315, 585, 0, 3, {1}},
	{35074, 585, 0, 4, {6}},
	{14482, 585, 0, 0, {0}},
	{41816, 594, 0, 4, {15}},
	{41832, 574, 0, 16, {13}},
	{41857, 574, 0, 16, {14}},
	{41881, 206, 0, 2, {12}},
	{36843, 564, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{41898, 585, 0, 4, {10}},
	{32904, 585, 0, 4, {7}},
	{41903, 266, 0, 2, {8}},
	{36897, 266, 0, 0, {9}},
	{41913, 585, 0, 4, {4}},
	{36924, 585, 0, 4, {5}},
	{36942, 380, 0, 0, {3}},
	{3450, 585, 0, 4, {11}},
	{14482, 585, 0, 0, {0}},
	{32307, 731, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{25364, 594, 0, 3, {1}},
	{36956, 564, 0, 17, {2}},
	{19739, 594, 0, 0, {2}},
	{19714, 594, 0, 0, {1}},
	{3450, 585, 41933, 3, {1}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 386, 0, 2, {2}},
	{3185, 387, 0, 2, {3}},
	{32938, 574, 0, 16, {3}},
	{32878, 585, 0, 4, {5}},
	{32904, 585, 0, 4, {4}},
	{3185, 585, 32957, 4, {2}},
	{3450, 585, 41964, 4, {1}},
	{14482, 585, 0, 0, {0}},
	{32307, 732, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{41991, 382, 0, 0, {3}},
	{20078, 594, 0, 2, {2}},
	{42011, 396, 0, 3, {1}},
	{32501, 733, 0, 4, {4}},
	{19190, 734, 0, 4, {1}},
	{19315, 585, 0, 3, {1}},
	{42038, 399, 0, 0, {2}},
	{3450, 585, 42046, 3, {1}},
	{42067, 594, 0, 0, {4}},
	{19739, 594, 0, 0, {3}},
	{42089, 389, 0, 2, {2}},
	{19714, 594, 0, 16, {1}},
	{33816, 599, 0, 17, {6}},
	{33832, 599, 0, 17, {1}},
	{33984, 735, 0, 4, {3}},
	{32293, 736, 0, 4, {2}},
	{42103, 737, 0, 17, {1}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 397, 0, 2, {2}},
	{3185, 398, 0, 2, {3}},
	{32938, 574, 0, 16, {3}},
	{32878, 585, 0, 4, {5}},
	{32904, 585, 0, 4, {4}},
	{3185, 585, 32957, 4, {2}},
	{3450, 585, 42112, 4, {1}},
	{14482, 585, 0, 0, {0}},
	{32307, 738, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{19315, 585, 0, 3, {1}},
	{20774, 381, 0, 0, {3}},
	{42155, 390, 0, 0, {2}},
	{3450, 585, 42163, 3, {1}},
	{19190, 739, 0, 4, {1}},
	{20911, 594, 0, 2, {2}},
	{20920, 594, 0, 2, {3}},
	{20904, 594, 0, 2, {1}},
	{32599, 599, 0, 17, {2}},
	{42190, 613, 0, 4, {4}},
	{38872, 599, 0, 16, {5}},
	{10804, 599, 0, 17, {3}},
	{33832, 599, 0, 17, {1}},
	{19315, 585, 0, 3, {2}},
	{32678, 585, 0, 3, {1}},
	{33852, 388, 0, 0, {3}},
	{9685, 585, 42203, 3, {1}},
	{39692, 401, 0, 0, {4}},
	{16518, 403, 0, 0, {2}},
	{19315, 585, 0, 3, {1}},
	{42218, 411, 0, 3, {2}},
	{12484, 585, 0, 4, {1}},
	{42226, 585, 42235, 17, {3}},
	{42247, 740, 0, 17, {1}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 408, 0, 3, {2}},
	{14482, 585, 0, 0, {0}},
	{32307, 741, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{42253, 432, 0, 1, {1}},
	{42263, 585, 0, 3, {1}},
	{42268, 592, 0, 4, {2}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 422, 0, 2, {2}},
	{3185, 423, 0, 2, {3}},
	{33872, 357, 0, 0, {3}},
	{12313, 421, 0, 0, {4}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 415, 0, 2, {2}},
	{14482, 585, 0, 0, {0}},
	{32307, 742, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{24202, 585, 0, 0, {1}},
	{9685, 585, 0, 3, {2}},
	{19315, 585, 0, 3, {3}},
	{32678, 585, 0, 0, {5}},
	{1427, 585, 0, 16, {4}},
	{42275, 585, 0, 4, {1}},
	{42286, 414, 0, 0, {2}},
	{14482, 585, 0, 0, {0}},
	{32307, 743, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{36657, 585, 0, 4, {2}},
	{13160, 585, 0, 4, {1}},
	{35961, 744, 0, 4, {4}},
	{37408, 745, 0, 4, {1}},
	{33733, 585, 0, 0, {3}},
	{1639, 594, 0, 3, {1}},
	{10933, 585, 36267, 3, {2}},
	{36983, 585, 0, 4, {1}},
	{42297, 405, 0, 0, {2, 1}},
	{19315, 585, 0, 3, {1}},
	{1639, 433, 0, 2, {2}},
	{42302, 411, 0, 0, {1}},
	{42317, 585, 0, 0, {4}},
	{32501, 746, 0, 4, {3}},
	{42334, 747, 0, 4, {2}},
	{18223, 418, 0, 2, {1}},
	{42338, 592, 0, 4, {1}},
	{35561, 585, 0, 4, {2}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 431, 0, 2, {2}},
	{35961, 748, 0, 4, {1}},
	{42344, 749, 0, 4, {2}},
	{42347, 749, 0, 4, {2}},
	{35961, 748, 0, 4, {1}},
	{14482, 585, 0, 0, {0}},
	{32307, 750, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{42352, 409, 0, 0, {3}},
	{282, 560, 0, 0, {2}},
	{22562, 560, 0, 0, {1}},
	{42360, 594, 0, 0, {3}},
	{1639, 577, 0, 0, {2}},
	{10933, 585, 36267, 0, {1}},
	{42368, 751, 0, 4, {3}},
	{37408, 752, 0, 4, {2}},
	{22562, 560, 0, 2, {1}},
	{22574, 592, 42375, 4, {4}},
	{33852, 585, 0, 4, {1}},
	{19315, 585, 0, 5, {4}},
	{32678, 585, 0, 4, {3}},
	{33872, 585, 0, 5, {2}},
	{19315, 585, 0, 4, {1}},
	{42391, 594, 0, 4, {2}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 436, 0, 2, {2}},
	{3185, 437, 0, 2, {3}},
	{14482, 585, 0, 0, {0}},
	{32307, 753, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{42398, 592, 0, 4, {1}},
	{19190, 724, 0, 4, {1}},
	{42404, 656, 36488, 4, {1}},
	{14482, 585, 0, 0, {0}},
	{42413, 585, 0, 3, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{39540, 438, 0, 0, {3}},
	{42421, 441, 0, 0, {4}},
	{14482, 585, 0, 0, {0}},
	{32307, 754, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{39524, 697, 0, 4, {1}},
	{39776, 701, 0, 4, {2}},
	{14482, 585, 0, 0, {0}},
	{42432, 556, 0, 0, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 445, 0, 2, {2}},
	{3185, 446, 0, 2, {3}},
	{14482, 585, 0, 0, {0}},
	{32307, 755, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{4037, 577, 0, 0, {3}},
	{42446, 577, 0, 0, {1}},
	{32743, 756, 0, 0, {2}},
	{42459, 585, 42486, 0, {4}},
	{19190, 724, 0, 4, {7}},
	{42520, 594, 0, 2, {4}},
	{42535, 594, 0, 2, {5}},
	{42550, 757, 42564, 4, {2}},
	{42583, 594, 0, 2, {3}},
	{42602, 594, 0, 2, {6}},
	{32846, 605, 0, 4, {1}},
	{42615, 758, 0, 4, {1}},
	{42636, 447, 0, 0, {3}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{32501, 759, 0, 16, {2}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{42652, 457, 0, 3, {3}},
	{42103, 760, 0, 4, {2}},
	{14482, 585, 0, 0, {0}},
	{32307, 761, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{14482, 585, 0, 0, {0}},
	{32307, 762, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{32599, 592, 0, 4, {2}},
	{33816, 592, 0, 4, {5}},
	{32651, 592, 0, 4, {4}},
	{10804, 592, 0, 4, {3}},
	{33832, 592, 0, 17, {1}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{32501, 759, 0, 16, {2}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{42652, 457, 0, 3, {3}},
	{42103, 760, 0, 4, {2}},
	{14482, 585, 0, 0, {0}},
	{32307, 763, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{14482, 585, 0, 0, {0}},
	{32307, 764, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{24202, 585, 0, 2, {1}},
	{9685, 585, 0, 3, {2}},
	{19315, 585, 0, 3, {3}},
	{24202, 585, 0, 4, {2}},
	{9685, 585, 0, 3, {1}},
	{19315, 585, 0, 3, {3}},
	{32678, 585, 0, 4, {4}},
	{19190, 604, 0, 16, {4}},
	{32924, 576, 0, 0, {5}},
	{42660, 585, 0, 3, {3}},
	{35651, 585, 0, 3, {1}},
	{42667, 487, 0, 0, {6}},
	{16507, 585, 0, 3, {2}},
	{42679, 585, 0, 0, {7}},
	{42687, 574, 0, 0, {5}},
	{42707, 469, 0, 2, {1}},
	{39524, 258, 0, 0, {3}},
	{32205, 585, 0, 3, {1}},
	{12659, 549, 0, 16, {1}},
	{42715, 463, 0, 0, {4}},
	{42726, 765, 0, 4, {3}},
	{37314, 549, 0, 0, {2}},
	{37339, 549, 0, 1, {1}},
	{42738, 549, 0, 0, {3}},
	{40338, 656, 42743, 4, {1}},
	{34193, 549, 0, 1, {1}},
	{42782, 766, 0, 5, {2}},
	{19315, 585, 0, 3, {1}},
	{42791, 613, 0, 0, {7}},
	{42800, 613, 0, 0, {12}},
	{42825, 767, 0, 4, {2}},
	{42836, 592, 0, 4, {10}},
	{42854, 592, 0, 4, {11}},
	{42879, 613, 0, 0, {9}},
	{38050, 768, 0, 4, {3}},
	{42891, 769, 0, 4, {4}},
	{19315, 585, 0, 3, {1}},
	{42908, 770, 0, 4, {13}},
	{36666, 585, 0, 0, {5}},
	{39524, 258, 0, 0, {6}},
	{38029, 771, 0, 4, {8}},
	{42940, 489, 0, 0, {3, 1}},
	{40338, 592, 0, 4, {2}},
	{36949, 585, 42947, 3, {1}},
	{38059, 772, 0, 4, {2}},
	{42973, 773, 0, 4, {1}},
	{42981, 613, 0, 0, {3}},
	{42986, 774, 0, 4, {7}},
	{42992, 605, 0, 0, {2}},
	{42996, 668, 0, 4, {6}},
	{43001, 585, 0, 0, {4}},
	{43008, 592, 0, 4, {8}},
	{33893, 585, 0, 0, {5}},
	{43016, 592, 0, 4, {9}},
	{43025, 462, 0, 0, {2}},
	{34193, 549, 0, 1, {1}},
	{38059, 775, 0, 4, {3}},
	{43039, 776, 0, 4, {2}},
	{40338, 777, 0, 16, {1}},
	{42940, 489, 0, 0, {2, 1}},
	{40338, 592, 0, 4, {1}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 477, 0, 3, {2}},
	{42940, 489, 0, 0, {1, 1}},
	{14482, 585, 0, 0, {0}},
	{32307, 778, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{38059, 779, 0, 4, {2}},
	{43051, 585, 0, 0, {4}},
	{43072, 780, 0, 4, {1}},
	{43082, 585, 43100, 0, {3}},
	{43122, 585, 43100, 0, {2}},
	{40338, 592, 0, 4, {1}},
	{43137, 585, 0, 3, {1}},
	{42782, 766, 0, 5, {2}},
	{43148, 486, 0, 0, {2}},
	{43156, 781, 0, 4, {3}},
	{19315, 585, 0, 3, {1}},
	{43171, 613, 0, 0, {5}},
	{42836, 592, 0, 4, {7}},
	{42854, 592, 0, 4, {8}},
	{43183, 656, 42743, 4, {10}},
	{42660, 585, 0, 3, {4}},
	{35651, 585, 0, 3, {2}},
	{16507, 585, 0, 3, {3}},
	{35203, 585, 0, 3, {1}},
	{42679, 585, 33649, 0, {9}},
	{39776, 782, 0, 4, {6}},
	{43200, 461, 0, 0, {1}},
	{25349, 585, 43204, 4, {4}},
	{38050, 464, 0, 0, {7}},
	{25364, 605, 0, 4, {5}},
	{43228, 585, 0, 3, {2}},
	{19315, 585, 0, 3, {1}},
	{43072, 780, 0, 4, {3}},
	{39776, 782, 0, 4, {6}},
	{41123, 585, 43244, 3, {3}},
	{32216, 585, 0, 3, {1}},
	{41145, 574, 0, 0, {4}},
	{34193, 585, 0, 4, {2}},
	{41123, 585, 43244, 4, {4}},
	{32216, 585, 0, 4, {1}},
	{25451, 585, 43265, 4, {2}},
	{41177, 605, 0, 0, {5}},
	{34193, 585, 0, 4, {3}},
	{43171, 613, 0, 0, {5}},
	{25349, 585, 43204, 4, {3}},
	{38050, 464, 0, 0, {7}},
	{25364, 605, 0, 4, {4}},
	{43228, 585, 0, 3, {1}},
	{43072, 780, 0, 4, {2}},
	{39776, 782, 0, 4, {6}},
	{43293, 585, 0, 4, {3}},
	{43309, 585, 0, 4, {1}},
	{43323, 592, 0, 4, {2}},
	{43327, 549, 0, 0, {2}},
	{43348, 585, 43360, 0, {1}},
	{35651, 585, 0, 3, {1}},
	{42286, 576, 0, 1, {2}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 493, 0, 3, {2}},
	{3185, 494, 0, 2, {3}},
	{24202, 585, 0, 4, {1}},
	{19315, 585, 0, 3, {4}},
	{33872, 585, 0, 3, {3}},
	{33645, 585, 33649, 3, {5}},
	{14482, 585, 0, 0, {0}},
	{32307, 783, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{42707, 472, 0, 2, {1}},
	{43377, 460, 0, 0, {1}},
	{42707, 784, 0, 4, {4}},
	{43416, 785, 0, 4, {2}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 497, 0, 3, {2}},
	{14482, 585, 0, 0, {0}},
	{32307, 786, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{16193, 565, 0, 2, {1}},
	{3085, 493, 0, 3, {2}},
	{43433, 605, 0, 3, {2}},
	{19315, 585, 0, 3, {1}},
	{43444, 605, 0, 3, {3}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 501, 0, 3, {2}},
	{14482, 585, 0, 0, {0}},
	{32307, 787, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{42791, 613, 0, 0, {5}},
	{42707, 788, 0, 4, {6}},
	{35651, 585, 0, 3, {1}},
	{36666, 585, 0, 0, {3}},
	{39524, 258, 0, 0, {4}},
	{43463, 613, 0, 0, {7}},
	{16507, 498, 0, 3, {2}},
	{43486, 789, 0, 4, {8}},
	{14482, 585, 0, 0, {0}},
	{43501, 585, 0, 4, {4}},
	{43513, 613, 0, 4, {3}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{26447, 585, 39549, 0, {5}},
	{34193, 594, 0, 2, {2}},
	{14482, 585, 0, 0, {0}},
	{32307, 790, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 506, 0, 3, {2}},
	{14482, 585, 0, 0, {0}},
	{32307, 791, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{26748, 613, 0, 0, {1}},
	{26818, 585, 43527, 0, {5}},
	{43544, 605, 0, 0, {9}},
	{26763, 613, 0, 0, {2}},
	{43579, 613, 0, 8, {11}},
	{26868, 613, 0, 0, {7}},
	{26886, 613, 0, 0, {8}},
	{43609, 613, 0, 0, {10}},
	{26778, 613, 0, 0, {4}},
	{43638, 792, 0, 4, {6}},
	{26847, 599, 43652, 4, {3}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 510, 0, 3, {2}},
	{14209, 524, 0, 0, {4}},
	{19315, 585, 0, 3, {1}},
	{43677, 585, 0, 3, {2}},
	{43684, 592, 0, 16, {3}},
	{14482, 585, 0, 0, {0}},
	{32307, 793, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{43697, 794, 0, 17, {1}},
	{14482, 585, 0, 0, {0}},
	{38050, 549, 0, 0, {4}},
	{9685, 585, 0, 0, {0}},
	{43705, 549, 0, 0, {5}},
	{16193, 565, 0, 2, {1}},
	{43723, 560, 0, 0, {2}},
	{38292, 585, 0, 3, {3}},
	{14482, 585, 0, 0, {0}},
	{32307, 795, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{43736, 613, 0, 0, {6}},
	{43757, 796, 0, 4, {8}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{38659, 592, 0, 4, {5}},
	{42286, 643, 0, 4, {3}},
	{43775, 585, 0, 3, {2}},
	{27296, 585, 38676, 0, {4}},
	{27320, 585, 43787, 0, {7}},
	{14482, 585, 0, 0, {0}},
	{32307, 797, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{40636, 585, 0, 3, {1}},
	{4995, 605, 0, 0, {2}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 519, 0, 3, {2}},
	{3185, 520, 0, 2, {3}},
	{14482, 585, 0, 0, {0}},
	{32307, 798, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{43808, 276, 0, 0, {2}},
	{43825, 585, 0, 0, {1}},
	{43846, 585, 0, 3, {1}},
	{36666, 585, 0, 3, {3}},
	{36949, 518, 0, 3, {2}},
	{43855, 523, 0, 0, {3}},
	{43867, 613, 0, 3, {1}},
	{43876, 643, 0, 4, {2}},
	{43895, 523, 0, 0, {4}},
	{14482, 585, 0, 0, {0}},
	{43907, 585, 0, 3, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{42286, 643, 0, 4, {3}},
	{14482, 585, 0, 0, {0}},
	{32307, 799, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{43918, 594, 0, 0, {3}},
	{32878, 585, 0, 4, {2}},
	{43928, 574, 0, 16, {1}},
	{25364, 594, 0, 0, {1}},
	{43501, 585, 0, 4, {4}},
	{43933, 585, 0, 4, {3}},
	{43940, 585, 0, 3, {6}},
	{19315, 585, 0, 3, {1}},
	{39569, 594, 0, 4, {5}},
	{3450, 585, 0, 3, {2}},
	{3666, 585, 43949, 3, {1}},
	{43975, 548, 0, 0, {2}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 531, 0, 3, {2}},
	{3185, 532, 0, 2, {3}},
	{32938, 574, 0, 16, {3}},
	{32878, 585, 0, 4, {5}},
	{32846, 605, 0, 4, {6}},
	{32904, 585, 0, 4, {4}},
	{3185, 585, 32957, 3, {2}},
	{3450, 585, 43983, 3, {1}},
	{14482, 585, 0, 0, {0}},
	{32307, 800, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{44024, 592, 0, 4, {6}},
	{9685, 585, 0, 3, {4}},
	{44035, 585, 0, 4, {5}},
	{44044, 585, 0, 3, {1}},
	{44051, 592, 0, 4, {3}},
	{44062, 585, 0, 4, {2}},
	{28711, 526, 0, 0, {9}},
	{33852, 585, 0, 3, {1}},
	{36235, 530, 0, 3, {3}},
	{44071, 613, 0, 4, {10}},
	{1427, 585, 44093, 3, {4}},
	{43016, 801, 0, 17, {7}},
	{44110, 530, 0, 2, {2}},
	{19190, 802, 0, 16, {1}},
	{32846, 605, 0, 4, {4}},
	{44124, 592, 0, 16, {3}},
	{44139, 803, 0, 4, {6}},
	{44164, 613, 0, 4, {7}},
	{44175, 585, 0, 0, {8}},
	{19315, 585, 0, 3, {1}},
	{44194, 537, 0, 0, {4}},
	{44201, 804, 0, 4, {9}},
	{44218, 613, 0, 3, {2}},
	{44225, 613, 0, 3, {3}},
	{44233, 536, 0, 0, {5}},
	{44246, 585, 0, 0, {3}},
	{44264, 585, 0, 3, {1}},
	{44281, 585, 0, 3, {2}},
	{44300, 534, 0, 0, {2}},
	{3185, 535, 0, 0, {1}},
	{44306, 540, 0, 0, {1}},
	{43501, 585, 0, 4, {1}},
	{32920, 585, 0, 4, {2}},
	{44322, 585, 0, 0, {3}},
	{44327, 585, 44335, 4, {2}},
	{44352, 542, 0, 0, {33}},
	{44368, 542, 0, 0, {30}},
	{44389, 805, 0, 4, {25}},
	{44395, 805, 0, 4, {27}},
	{12659, 539, 0, 0, {8}},
	{44401, 806, 44413, 4, {34}},
	{44438, 807, 44451, 4, {32}},
	{43501, 585, 0, 4, {4}},
	{44477, 808, 0, 4, {20}},
	{44482, 539, 0, 0, {36}},
	{44490, 613, 0, 4, {10}},
	{44507, 613, 0, 4, {12}},
	{44524, 538, 0, 0, {35}},
	{43933, 585, 0, 4, {6}},
	{44537, 585, 0, 4, {1}},
	{32307, 541, 0, 0, {24}},
	{44540, 605, 0, 0, {16}},
	{44549, 605, 0, 0, {13}},
	{44559, 605, 0, 0, {21}},
	{44573, 809, 0, 0, {9}},
	{44581, 605, 0, 0, {17}},
	{44590, 605, 0, 0, {14}},
	{44600, 605, 0, 0, {22}},
	{44614, 809, 0, 0, {11}},
	{44622, 809, 0, 0, {19}},
	{44633, 540, 0, 0, {28}},
	{44637, 613, 0, 4, {37}},
	{44646, 805, 0, 4, {26}},
	{44652, 585, 0, 4, {15}},
	{44660, 806, 0, 4, {31}},
	{44678, 806, 0, 4, {29}},
	{41541, 592, 0, 4, {23}},
	{44689, 585, 0, 4, {7}},
	{3450, 585, 0, 4, {5}},
	{44695, 613, 0, 4, {18}},
	{44707, 613, 0, 4, {39}},
	{44738, 613, 0, 4, {40}},
	{44765, 592, 0, 4, {41}},
	{44792, 585, 0, 0, {42}},
	{44815, 585, 0, 0, {43}},
	{44837, 613, 0, 0, {38}},
	{44874, 810, 44910, 4, {44}},
	{43940, 585, 0, 3, {1}},
	{19315, 585, 0, 3, {2}},
	{32678, 585, 0, 3, {1}},
	{12484, 585, 0, 0, {3}},
	{1639, 594, 0, 0, {4}},
	{38175, 585, 0, 4, {5}},
	{32878, 585, 0, 4, {2}},
	{32886, 585, 0, 4, {3}},
	{44929, 613, 0, 0, {6}},
	{32904, 585, 44945, 0, {4}},
	{44905, 585, 0, 3, {1}},
	{32911, 608, 0, 4, {2}},
	{12313, 545, 0, 0, {1}},
	{32920, 585, 0, 0, {3}},
	{32488, 547, 0, 0, {2}},
	{44970, 592, 0, 17, {3}},
	{14482, 585, 0, 4, {0}},
	{9685, 585, 0, 4, {0}},
	{19315, 585, 0, 3, {1}},
	{44995, 559, 0, 2, {3}},
	{45012, 811, 0, 4, {4}},
	{43016, 812, 0, 17, {2}},
	{14482, 585, 0, 4, {0}},
	{33770, 813, 0, 17, {1}},
	{9685, 585, 0, 4, {0}},
	{44024, 592, 0, 4, {7}},
	{33852, 585, 0, 4, {8}},
	{9685, 585, 0, 3, {3}},
	{19315, 585, 0, 3, {1}},
	{45039, 613, 0, 3, {2}},
	{44051, 592, 0, 4, {5}},
	{45050, 585, 0, 3, {6}},
	{45063, 585, 0, 4, {10}},
	{33832, 592, 45082, 1, {4}},
	{33893, 585, 0, 4, {9}},
	{14482, 585, 0, 4, {0}},
	{45091, 585, 0, 3, {1}},
	{9685, 585, 0, 4, {0}},
	{10804, 814, 0, 17, {2}},
	{14482, 585, 0, 4, {0}},
	{9685, 585, 0, 4, {0}},
	{45012, 811, 0, 17, {2}},
	{43016, 592, 0, 17, {1}},
	{32938, 574, 0, 17, {4}},
	{32878, 585, 0, 3, {6}},
	{32846, 605, 0, 4, {3}},
	{32904, 585, 0, 3, {5}},
	{3185, 585, 32957, 3, {2}},
	{3450, 585, 0, 3, {1}},
	{14482, 585, 0, 4, {0}},
	{45104, 592, 0, 4, {5}},
	{45111, 605, 0, 0, {1}},
	{45130, 613, 0, 0, {6}},
	{9685, 585, 0, 4, {0}},
	{45179, 613, 0, 0, {3}},
	{45196, 568, 0, 0, {2}},
	{45210, 585, 45228, 0, {4}},
	{32216, 585, 0, 3, {1}},
	{25451, 585, 45251, 3, {2}},
	{35047, 592, 0, 4, {3}},
	{45091, 585, 0, 3, {1}},
	{33893, 585, 0, 3, {2}},
	{37948, 623, 0, 4, {2}},
	{45276, 643, 0, 4, {1}},
	{32216, 585, 0, 3, {1}},
	{25451, 585, 45288, 3, {2}},
	{35047, 592, 0, 4, {3}},
	{45313, 585, 0, 4, {3}},
	{45322, 605, 0, 0, {4}},
	{35876, 585, 0, 4, {2}},
	{45341, 585, 0, 4, {1}},
	{45350, 570, 0, 0, {5}},
	{14482, 585, 0, 4, {3}},
	{45360, 585, 0, 4, {6}},
	{45371, 558, 0, 0, {7}},
	{45380, 585, 0, 4, {1}},
	{45388, 585, 45398, 4, {2}},
	{33881, 585, 0, 4, {8}},
	{43928, 574, 0, 0, {4}},
	{45428, 643, 0, 4, {12}},
	{45440, 574, 0, 0, {8}},
	{45458, 605, 0, 0, {10}},
	{45485, 574, 0, 0, {9}},
	{37524, 677, 0, 4, {14}},
	{45503, 585, 0, 4, {2}},
	{43433, 605, 0, 4, {7}},
	{45516, 643, 0, 4, {11}},
	{45523, 815, 0, 0, {17}},
	{19315, 585, 0, 4, {1}},
	{32678, 585, 0, 4, {3}},
	{45537, 816, 0, 4, {13}},
	{35876, 585, 0, 4, {6}},
	{45341, 585, 0, 4, {4}},
	{33645, 585, 33649, 4, {5}},
	{14482, 585, 0, 3, {5}},
	{45553, 613, 0, 0, {7}},
	{42275, 613, 0, 0, {6}},
	{9685, 585, 0, 3, {1}},
	{19315, 585, 0, 3, {3}},
	{33645, 585, 33649, 3, {4}},
	{35876, 585, 0, 0, {2}},
	{33645, 585, 33649, 0, {1}},
	{45572, 585, 0, 3, {1}},
	{45583, 585, 0, 3, {2}},
	{32743, 585, 0, 3, {1}},
	{14482, 585, 0, 4, {0}},
	{45597, 594, 0, 4, {6}},
	{45602, 573, 0, 0, {5}},
	{9685, 585, 0, 4, {0}},
	{32878, 585, 0, 4, {3}},
	{16193, 562, 0, 2, {1}},
	{32904, 585, 45610, 4, {4}},
	{3185, 585, 0, 4, {2}},
	{45626, 585, 0, 4, {3}},
	{32878, 585, 0, 4, {2}},
	{32904, 585, 45632, 4, {1}},
	{45645, 817, 0, 4, {4}},
	{33852, 585, 0, 4, {2}},
	{9685, 585, 0, 4, {3}},
	{19315, 585, 0, 4, {1}},
	{45652, 594, 0, 4, {5}},
	{33645, 585, 33649, 4, {6}},
	{34372, 576, 0, 1, {2}},
	{3450, 585, 0, 3, {1}},
	{45670, 585, 0, 1, {0}},
	{45680, 585, 0, 1, {0}},
	{45689, 585, 0, 0, {0}},
	{45704, 585, 0, 0, {0}},
	{45719, 585, 0, 1, {0}},
	{45729, 585, 0, 1, {0}},
	{45742, 585, 0, 1, {0}},
	{45753, 585, 0, 1, {0}},
	{45763, 585, 0, 1, {0}},
	{45769, 585, 0, 0, {0}},
	{45791, 585, 0, 0, {0}},
	{45813, 585, 0, 1, {0}},
	{45819, 585, 0, 1, {0}},
	{14482, 585, 0, 0, {0}},
	{9685, 585, 0, 0, {0}},
	{16193, 565, 0, 2, {1}},
	{3085, 582, 0, 2, {2}},
	{3185, 583, 0, 2, {3}},
	{32938, 574, 0, 16, {3}},
	{32878, 585, 0, 4, {5}},
	{32904, 585, 0, 4, {4}},
	{3185, 585, 32957, 3, {2}},
	{3450, 585, 45828, 3, {1}},
	{14482, 585, 0, 0, {0}},
	{32307, 818, 0, 17, {2}},
	{9685, 585, 0, 0, {0}},
	{16193, 562, 0, 2, {1}},
	{32911, 608, 0, 4, {5}},
	{33852, 585, 0, 4, {2}},
	{45855, 594, 0, 3, {7}},
	{45876, 613, 0, 4, {4}},
	{12313, 584, 0, 0, {1}},
	{33893, 585, 0, 4, {3}},
	{45898, 594, 0, 3, {8}},
	{19190, 819, 0, 4, {1}},
	{19315, 585, 0, 4, {2}},
	{32678, 585, 0, 4, {1}},
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
	{28711, 28691, 0, 0, 0, RULE_JSON, RULE_ALWAYS, 0},
	{0, 0, 0, 0, DEFAULT_CRD_NAMES, RULE_CODE, RULE_ALWAYS, 0},
	{1639, 0, 0, 0, 443, RULE_INT, RULE_ALWAYS, 0},
	{3185, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS, 0},
	{1639, 0, 0, 0, 443, RULE_INT, RULE_ALWAYS, 0},
};

const struct api_mark api_marks[] = {
	{6, 45914, 45942},
	{12, 45965, 45995},
	{12, 46013, 46048},
	{13, 45914, 45942},
	{13, 45965, 45995},
	{13, 46013, 46048},
	{13, 46069, 46097},
	{16, 46138, 46164},
	{17, 46199, 46232},
	{17, 46275, 46297},
	{20, 46199, 46232},
	{20, 46275, 46297},
	{26, 46326, 46366},
	{28, 45965, 45995},
	{30, 45914, 45942},
	{30, 45965, 45995},
	{30, 46069, 46097},
	{43, 46390, 46411},
	{49, 46390, 46440},
	{63, 46469, 46505},
	{65, 46390, 46411},
	{125, 46533, 46567},
	{130, 46596, 46627},
	{130, 46652, 46689},
	{134, 46722, 46747},
	{136, 46762, 46785},
	{143, 46826, 46855},
	{150, 46390, 47203},
	{150, 47247, 47267},
	{152, 47361, 47392},
	{152, 47404, 47432},
	{152, 47464, 47490},
	{152, 47497, 47521},
	{152, 47530, 47551},
	{152, 47584, 47612},
	{169, 47618, 47642},
	{170, 47618, 47642},
	{173, 47618, 47642},
	{174, 47618, 47642},
	{175, 47645, 47677},
	{175, 47711, 47752},
	{178, 47785, 47813},
	{178, 47819, 47844},
	{186, 47865, 47892},
	{194, 47819, 47844},
	{201, 47645, 47677},
	{201, 47711, 47752},
	{209, 48637, 47612},
	{214, 48665, 47642},
	{218, 48692, 48715},
	{222, 46390, 48732},
	{223, 48827, 48861},
	{224, 48827, 48861},
	{225, 48871, 47677},
	{228, 47865, 47892},
	{237, 47618, 47642},
	{239, 48898, 48921},
	{245, 48959, 48981},
	{256, 47618, 47642},
	{259, 46722, 49006},
	{262, 48959, 49055},
	{271, 49090, 49124},
	{271, 49192, 49219},
	{272, 48959, 49501},
	{272, 49090, 49124},
	{272, 49242, 49305},
	{272, 49431, 49490},
	{276, 49090, 49124},
	{276, 49192, 49219},
	{276, 49528, 49490},
	{276, 49570, 49616},
	{277, 48959, 49646},
	{295, 47247, 49698},
	{296, 49761, 49797},
	{296, 49825, 49866},
	{297, 49885, 49911},
	{297, 49971, 50004},
	{297, 50037, 50067},
	{298, 48959, 50098},
	{298, 50151, 50176},
	{302, 47819, 47844},
	{308, 50216, 50243},
	{308, 50263, 50287},
	{308, 50293, 50317},
	{309, 50216, 50243},
	{309, 50263, 50287},
	{309, 50293, 50317},
	{313, 50325, 16946},
	{313, 50360, 50388},
	{320, 50390, 50419},
	{325, 47464, 50549},
	{325, 50555, 50586},
	{326, 47464, 50549},
	{326, 50555, 50586},
	{328, 46722, 50604},
	{328, 50643, 50419},
	{329, 46390, 47203},
	{329, 47247, 47267},
	{331, 47618, 47642},
	{332, 47618, 47642},
	{334, 47618, 47642},
	{337, 50669, 50695},
	{343, 47785, 47813},
	{343, 47819, 47844},
	{344, 46390, 51002},
	{344, 50718, 50756},
	{344, 50776, 50756},
	{344, 50814, 50847},
	{344, 50866, 50897},
	{344, 50950, 50982},
	{352, 51057, 51080},
	{353, 46722, 51126},
	{353, 51057, 51080},
	{356, 51155, 51190},
	{356, 51209, 51190},
	{356, 51242, 51276},
	{361, 51311, 51344},
	{373, 47819, 47844},
	{374, 51387, 51415},
	{389, 47247, 51438},
	{397, 47247, 51514},
	{402, 47247, 51608},
	{404, 51728, 51753},
	{419, 47819, 47844},
	{430, 47819, 47844},
	{431, 51797, 51831},
	{445, 51852, 51900},
	{445, 51910, 51953},
	{468, 51987, 52010},
	{483, 52036, 52067},
	{484, 51057, 52088},
	{485, 46722, 52158},
	{485, 51057, 52088},
	{485, 52122, 52150},
	{486, 52036, 52067},
	{502, 49971, 50004},
	{513, 52177, 49616},
	{513, 52207, 52241},
	{546, 52278, 52301},
	{578, 52388, 47642},
	{578, 52417, 47642},
	{578, 52445, 47642},
	{578, 52474, 47642},
	{578, 52506, 47642},
	{578, 52536, 47642},
	{578, 52565, 47642},
	{578, 52590, 47642},
	{578, 52615, 47642},
	{582, 52643, 52686},
};
