/* Made by gen/gen.py from facts/types.txt and facts/defaults.txt. Do not edit. */
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
	"{\"token\":\"\",\"expirationTimestamp\":null}\0"
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
	"{\"desiredReplicas\":0,\"currentMetrics\":null}\0"
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
	"io.k8s.apimachinery.pkg.apis.meta.v1.GroupResource\0"
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
	"resourceRules\0"
	"items\0"
	"matchResources\0"
	"paramRef\0"
	"policyName\0"
	"matchConditions\0"
	"name\0"
	"\0"
	"matchConstraints\0"
	"mutations\0"
	"paramKind\0"
	"variables\0"
	"admissionReviewVersions\0"
	"clientConfig\0"
	"rules\0"
	"sideEffects\0"
	"webhooks\0"
	"applyConfiguration\0"
	"jsonPatch\0"
	"patchType\0"
	"apiGroups\0"
	"apiVersions\0"
	"operations\0"
	"resourceNames\0"
	"namespace\0"
	"parameterNotFoundAction\0"
	"selector\0"
	"expressionWarnings\0"
	"validationActions\0"
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
	"lastUpdateTime\0"
	"paused\0"
	"availableReplicas\0"
	"readyReplicas\0"
	"terminatingReplicas\0"
	"unavailableReplicas\0"
	"updatedReplicas\0"
	"fullyLabeledReplicas\0"
	"start\0"
	"ordinals\0"
	"serviceName\0"
	"volumeClaimTemplates\0"
	"currentReplicas\0"
	"currentRevision\0"
	"updateRevision\0"
	"uid\0"
	"userInfo\0"
	"audiences\0"
	"boundObjectRef\0"
	"expirationTimestamp\0"
	"token\0"
	"authenticated\0"
	"error\0"
	"extra\0"
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
	"target\0"
	"current\0"
	"metric\0"
	"value\0"
	"policies\0"
	"selectPolicy\0"
	"stabilizationWindowSeconds\0"
	"tolerance\0"
	"behavior\0"
	"currentMetrics\0"
	"containerResource\0"
	"external\0"
	"object\0"
	"pods\0"
	"averageUtilization\0"
	"averageValue\0"
	"describedObject\0"
	"jobTemplate\0"
	"schedule\0"
	"startingDeadlineSeconds\0"
	"timeZone\0"
	"active\0"
	"lastScheduleTime\0"
	"lastSuccessfulTime\0"
	"lastProbeTime\0"
	"activeDeadlineSeconds\0"
	"backoffLimit\0"
	"backoffLimitPerIndex\0"
	"completionMode\0"
	"completions\0"
	"managedBy\0"
	"manualSelector\0"
	"maxFailedIndexes\0"
	"parallelism\0"
	"podFailurePolicy\0"
	"podReplacementPolicy\0"
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
	"values\0"
	"action\0"
	"onExitCodes\0"
	"onPodConditions\0"
	"succeededCount\0"
	"succeededIndexes\0"
	"request\0"
	"signerName\0"
	"usages\0"
	"certificate\0"
	"acquireTime\0"
	"holderIdentity\0"
	"leaseDurationSeconds\0"
	"leaseTransitions\0"
	"preferredHolder\0"
	"renewTime\0"
	"volumeID\0"
	"nodeAffinity\0"
	"podAffinity\0"
	"podAntiAffinity\0"
	"localhostProfile\0"
	"devicePath\0"
	"diskName\0"
	"diskURI\0"
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
	"drop\0"
	"monitors\0"
	"secretFile\0"
	"secretRef\0"
	"optional\0"
	"binaryData\0"
	"immutable\0"
	"kubeletConfigKey\0"
	"resourceVersion\0"
	"args\0"
	"command\0"
	"env\0"
	"envFrom\0"
	"image\0"
	"lifecycle\0"
	"livenessProbe\0"
	"ports\0"
	"containerPort\0"
	"protocol\0"
	"\0"
	"containerPort\0"
	"readinessProbe\0"
	"resizePolicy\0"
	"restartPolicyRules\0"
	"startupProbe\0"
	"stdin\0"
	"stdinOnce\0"
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
	"exitCodes\0"
	"running\0"
	"terminated\0"
	"waiting\0"
	"startedAt\0"
	"containerID\0"
	"exitCode\0"
	"finishedAt\0"
	"signal\0"
	"allocatedResources\0"
	"allocatedResourcesStatus\0"
	"imageID\0"
	"lastState\0"
	"restartCount\0"
	"started\0"
	"state\0"
	"stopSignal\0"
	"linux\0"
	"mode\0"
	"resourceFieldRef\0"
	"medium\0"
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
	"hostnames\0"
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
	"limits\0"
	"gid\0"
	"supplementalGroups\0"
	"ingress\0"
	"targetVolumeAttributesClassName\0"
	"server\0"
	"finalizers\0"
	"address\0"
	"preferredDuringSchedulingIgnoredDuringExecution\0"
	"requiredDuringSchedulingIgnoredDuringExecution\0"
	"containers\0"
	"resourceClaimName\0"
	"lastHeartbeatTime\0"
	"configMap\0"
	"assigned\0"
	"lastKnownGood\0"
	"supplementalGroupsPolicy\0"
	"features\0"
	"recursiveReadOnlyMounts\0"
	"userNamespaces\0"
	"nodeSelectorTerms\0"
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
	"runtimeHandlers\0"
	"volumesAttached\0"
	"volumesInUse\0"
	"swap\0"
	"fieldPath\0"
	"accessModes\0"
	"dataSource\0"
	"dataSourceRef\0"
	"storageClassName\0"
	"volumeAttributesClassName\0"
	"allocatedResourceStatuses\0"
	"currentVolumeAttributesClassName\0"
	"modifyVolumeStatus\0"
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
	"photonPersistentDisk\0"
	"portworxVolume\0"
	"quobyte\0"
	"scaleIO\0"
	"storageos\0"
	"vsphereVolume\0"
	"lastPhaseTransitionTime\0"
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
	"conditionType\0"
	"resourceClaimTemplateName\0"
	"podGroupName\0"
	"appArmorProfile\0"
	"fsGroup\0"
	"fsGroupChangePolicy\0"
	"runAsGroup\0"
	"runAsNonRoot\0"
	"runAsUser\0"
	"seLinuxChangePolicy\0"
	"seLinuxOptions\0"
	"seccompProfile\0"
	"sysctls\0"
	"windowsOptions\0"
	"affinity\0"
	"automountServiceAccountToken\0"
	"dnsConfig\0"
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
	"priority\0"
	"priorityClassName\0"
	"readinessGates\0"
	"resourceClaims\0"
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
	"podIP\0"
	"podIPs\0"
	"qosClass\0"
	"resize\0"
	"resourceClaimStatuses\0"
	"preference\0"
	"weight\0"
	"grpc\0"
	"initialDelaySeconds\0"
	"sources\0"
	"registry\0"
	"tenant\0"
	"volume\0"
	"divisor\0"
	"health\0"
	"resourceID\0"
	"hard\0"
	"scopeSelector\0"
	"scopes\0"
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
	"scopeName\0"
	"stringData\0"
	"allowPrivilegeEscalation\0"
	"capabilities\0"
	"privileged\0"
	"procMount\0"
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
	"healthCheckNodePort\0"
	"internalTrafficPolicy\0"
	"ipFamilies\0"
	"ipFamilyPolicy\0"
	"loadBalancerClass\0"
	"loadBalancerIP\0"
	"loadBalancerSourceRanges\0"
	"port\0"
	"protocol\0"
	"\0"
	"publishNotReadyAddresses\0"
	"sessionAffinityConfig\0"
	"trafficDistribution\0"
	"clientIP\0"
	"seconds\0"
	"volumeNamespace\0"
	"effect\0"
	"timeAdded\0"
	"tolerationSeconds\0"
	"matchLabelExpressions\0"
	"maxSkew\0"
	"minDomains\0"
	"nodeAffinityPolicy\0"
	"nodeTaintsPolicy\0"
	"whenUnsatisfiable\0"
	"downwardAPI\0"
	"emptyDir\0"
	"ephemeral\0"
	"gitRepo\0"
	"persistentVolumeClaim\0"
	"projected\0"
	"secret\0"
	"mountPropagation\0"
	"recursiveReadOnly\0"
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
	"deprecatedCount\0"
	"deprecatedFirstTimestamp\0"
	"deprecatedLastTimestamp\0"
	"deprecatedSource\0"
	"note\0"
	"regarding\0"
	"reportingController\0"
	"distinguisherMethod\0"
	"priorityLevelConfiguration\0"
	"queuing\0"
	"borrowingLimitPercent\0"
	"limitResponse\0"
	"subjects\0"
	"limited\0"
	"clusterScope\0"
	"backend\0"
	"pathType\0"
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
	"number\0"
	"cidrs\0"
	"podFixed\0"
	"handler\0"
	"scheduling\0"
	"deleteOptions\0"
	"minAvailable\0"
	"unhealthyPodEvictionPolicy\0"
	"currentHealthy\0"
	"desiredHealthy\0"
	"disruptedPods\0"
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
	"matchAttribute\0"
	"counterSet\0"
	"exactly\0"
	"firstAvailable\0"
	"adminAccess\0"
	"consumedCapacity\0"
	"cel\0"
	"deviceClassName\0"
	"hardwareAddress\0"
	"interfaceName\0"
	"ips\0"
	"allocationMultiplier\0"
	"capacityKey\0"
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
	"nodeAllocatableUpdatePeriodSeconds\0"
	"preventPodSchedulingIfMissing\0"
	"serviceAccountTokenInSecrets\0"
	"tokenRequests\0"
	"nodeID\0"
	"topologyKeys\0"
	"drivers\0"
	"maximumVolumeSize\0"
	"nodeTopology\0"
	"allowVolumeExpansion\0"
	"allowedTopologies\0"
	"provisioner\0"
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
	"webhook\0"
	"categories\0"
	"listKind\0"
	"plural\0"
	"shortNames\0"
	"singular\0"
	"preserveUnknownFields\0"
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
	"additionalItems\0"
	"additionalProperties\0"
	"allOf\0"
	"anyOf\0"
	"definitions\0"
	"dependencies\0"
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
	"optionalOldSelf\0"
	"conversionReviewVersions\0"
	"preferredVersion\0"
	"serverAddressByClientCIDRs\0"
	"namespaced\0"
	"singularName\0"
	"storageVersionHash\0"
	"groupVersion\0"
	"dryRun\0"
	"gracePeriodSeconds\0"
	"ignoreStoreReadErrorWithClusterBreakingPotential\0"
	"orphanDependents\0"
	"preconditions\0"
	"propagationPolicy\0"
	"matchLabels\0"
	"continue\0"
	"remainingItemCount\0"
	"selfLink\0"
	"shardInfo\0"
	"fieldsType\0"
	"fieldsV1\0"
	"manager\0"
	"operation\0"
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
	"field\0"
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
	"groupPriorityMinimum\0"
	"insecureSkipTLSVerify\0"
	"versionPriority\0"
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
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 69, 4955, 297, 5, 0, 0, 53, 2, 4997},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 70, 5053, 302, 3, 0, 0, 55, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 71, 5099, 305, 2, 0, 0, 56, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 72, 5147, 307, 5, 0, 0, 56, 0, 5188},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 73, 5225, 312, 2, 0, 0, 56, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 74, 5270, 314, 4, 0, 0, 56, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 75, 5317, 318, 4, 0, 0, 56, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 76, 5355, 322, 2, 0, 0, 56, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 77, 5407, 324, 2, 0, 0, 56, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 78, 5459, 326, 5, 0, 0, 56, 0, 5512},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 79, 5561, 331, 2, 0, 0, 56, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 80, 5611, 333, 2, 0, 0, 56, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 81, 5655, 335, 9, 0, 0, 56, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 82, 5702, 344, 4, 0, 0, 56, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 83, 5743, 348, 5, 0, 0, 56, 0, 5795},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 84, 5843, 353, 2, 0, 0, 56, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 85, 5899, 355, 5, 0, 0, 56, 0, 5950},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 86, 5997, 360, 1, 0, 0, 56, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 87, 6052, 361, 5, 0, 0, 56, 0, 6100},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 88, 6144, 366, 6, 0, 0, 56, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 89, 6196, 372, 4, 0, 0, 56, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 90, 6250, 376, 4, 0, 0, 56, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 91, 6303, 380, 3, 0, 0, 56, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 92, 6399, 383, 5, 0, 0, 56, 2, 6449},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 93, 6488, 388, 4, 0, 0, 58, 0, 6542},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 94, 6597, 392, 4, 0, 0, 58, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 95, 6651, 396, 5, 0, 0, 59, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 96, 6707, 401, 5, 0, 0, 59, 0, 6739},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 97, 6760, 406, 1, 0, 0, 59, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 98, 6796, 407, 2, 0, 0, 59, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 99, 6834, 409, 3, 0, 0, 59, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 100, 6890, 412, 3, 0, 0, 59, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 101, 6946, 415, 3, 0, 0, 59, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 102, 7000, 418, 2, 0, 0, 59, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 103, 7047, 420, 2, 0, 0, 59, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 104, 7094, 422, 3, 0, 0, 59, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 105, 7137, 425, 4, 0, 0, 59, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 106, 7223, 429, 5, 0, 0, 59, 2, 7273},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 107, 7330, 434, 2, 0, 0, 61, 3, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 108, 7388, 436, 5, 0, 0, 64, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 109, 7447, 441, 4, 0, 0, 64, 0, 7501},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 110, 7656, 445, 5, 0, 0, 64, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 111, 7710, 450, 6, 0, 0, 66, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 112, 7766, 456, 2, 0, 0, 66, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 113, 7809, 458, 6, 0, 0, 66, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 114, 7846, 464, 6, 0, 0, 66, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 115, 7885, 470, 4, 0, 0, 66, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 116, 7924, 474, 3, 0, 0, 66, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 117, 7968, 477, 3, 0, 0, 66, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 118, 8013, 480, 3, 0, 0, 66, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 119, 8058, 483, 2, 0, 0, 66, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 120, 8101, 485, 2, 0, 0, 66, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 121, 8144, 487, 2, 0, 0, 66, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 122, 8191, 489, 2, 0, 0, 66, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 123, 8238, 491, 5, 0, 0, 66, 2, 8266},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 124, 8283, 496, 4, 0, 0, 68, 0, 8315},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 125, 8418, 500, 8, 0, 0, 68, 4, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 126, 8450, 508, 3, 0, 0, 72, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 127, 8484, 511, 5, 0, 0, 72, 3, 8508},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 128, 8521, 516, 6, 0, 0, 75, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 129, 8554, 522, 4, 0, 0, 75, 0, 8582},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 130, 8599, 526, 16, 0, 0, 75, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 131, 8627, 542, 11, 0, 0, 75, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 132, 8657, 553, 2, 0, 0, 75, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 133, 8693, 555, 1, 0, 0, 75, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 134, 8730, 556, 3, 0, 0, 75, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 135, 8794, 559, 2, 0, 0, 75, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 136, 8853, 561, 3, 0, 0, 76, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 137, 8894, 564, 1, 0, 0, 76, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 138, 8928, 565, 2, 0, 0, 76, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 139, 8966, 567, 2, 0, 0, 76, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 140, 9010, 569, 5, 0, 0, 76, 0, 9063},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 141, 9112, 574, 6, 0, 0, 76, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 142, 9174, 580, 4, 0, 0, 76, 0, 9231},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 143, 9284, 584, 8, 0, 0, 76, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 144, 9341, 592, 2, 0, 0, 76, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 145, 9400, 594, 4, 0, 0, 76, 0, 9433},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 146, 9462, 598, 4, 0, 0, 76, 0, 9499},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 147, 9532, 602, 7, 0, 0, 76, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 148, 9569, 609, 4, 0, 0, 76, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 149, 9621, 613, 3, 0, 0, 76, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 150, 9649, 616, 2, 0, 0, 76, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 151, 9684, 618, 2, 0, 0, 76, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 152, 9773, 620, 6, 0, 0, 76, 4, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 153, 9814, 626, 4, 0, 0, 80, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 154, 9865, 630, 3, 0, 0, 80, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 155, 9906, 633, 4, 0, 0, 80, 0, 9933},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 156, 9945, 637, 10, 0, 0, 80, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 157, 9990, 647, 5, 0, 0, 80, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 158, 10025, 652, 2, 0, 0, 80, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 159, 10057, 654, 6, 0, 0, 80, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 160, 10105, 660, 6, 0, 0, 80, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 161, 10143, 666, 4, 0, 0, 80, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 162, 10191, 670, 4, 0, 0, 80, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 163, 10229, 674, 1, 0, 0, 80, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 164, 10263, 675, 5, 0, 0, 81, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 165, 10311, 680, 4, 0, 0, 81, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 166, 10349, 684, 4, 0, 0, 81, 0, 10384},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 167, 10404, 688, 4, 0, 0, 81, 0, 10443},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 168, 10467, 692, 6, 0, 0, 81, 0, 10496},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 169, 10510, 698, 2, 0, 0, 81, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 170, 10548, 700, 3, 0, 0, 81, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 171, 10588, 703, 4, 0, 0, 81, 0, 10621},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 172, 10639, 707, 5, 0, 0, 81, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 173, 10684, 712, 3, 0, 0, 81, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 174, 10735, 715, 4, 0, 0, 81, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 175, 10876, 719, 25, 0, 0, 82, 4, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 176, 10905, 744, 3, 0, 0, 86, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 177, 10957, 747, 2, 0, 0, 86, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 178, 11004, 749, 5, 0, 0, 86, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 179, 11037, 754, 2, 0, 0, 87, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 180, 11078, 756, 2, 0, 0, 87, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 181, 11118, 758, 2, 0, 0, 87, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 182, 11169, 760, 3, 0, 0, 87, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 183, 11203, 763, 1, 0, 0, 87, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 184, 11244, 764, 7, 0, 0, 87, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 185, 11288, 771, 2, 0, 0, 87, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 186, 11329, 773, 15, 0, 0, 87, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 187, 11364, 788, 1, 0, 0, 87, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 188, 11402, 789, 1, 0, 0, 87, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 189, 11436, 790, 1, 0, 0, 88, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 190, 11477, 791, 4, 0, 0, 88, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 191, 11518, 795, 2, 0, 0, 88, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 192, 11561, 797, 2, 0, 0, 89, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 193, 11601, 799, 4, 0, 0, 89, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 194, 11636, 803, 4, 0, 0, 89, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 195, 11668, 807, 3, 0, 0, 90, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 196, 11702, 810, 4, 0, 0, 90, 0, 11731},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 197, 11745, 814, 4, 0, 0, 90, 0, 11778},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 198, 11796, 818, 3, 0, 0, 90, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 199, 11829, 821, 3, 0, 0, 90, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 200, 11855, 824, 5, 0, 0, 90, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 201, 11887, 829, 26, 0, 0, 90, 4, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 202, 11925, 855, 1, 0, 0, 94, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 203, 11966, 856, 17, 0, 0, 94, 0, 11991},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 204, 12001, 873, 4, 0, 0, 94, 0, 12030},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 205, 12044, 877, 2, 0, 0, 94, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 206, 12075, 879, 2, 0, 0, 94, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 207, 12106, 881, 1, 0, 0, 94, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 208, 12136, 882, 5, 0, 0, 94, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 209, 12170, 887, 4, 0, 0, 94, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 210, 12205, 891, 5, 0, 0, 94, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 211, 12251, 896, 5, 0, 0, 94, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 212, 12287, 901, 2, 0, 0, 94, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 213, 12326, 903, 4, 0, 0, 94, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 214, 12383, 907, 2, 0, 0, 94, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 215, 12413, 909, 3, 0, 0, 95, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 216, 12452, 912, 4, 0, 0, 95, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 217, 12503, 916, 3, 0, 0, 95, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 218, 12563, 919, 5, 0, 0, 95, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 219, 12596, 924, 2, 0, 0, 97, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 220, 12626, 926, 2, 0, 0, 97, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 221, 12655, 928, 1, 0, 0, 97, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 222, 12681, 929, 2, 0, 0, 97, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 223, 12744, 931, 11, 0, 0, 98, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 224, 12791, 942, 11, 0, 0, 99, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 225, 12839, 953, 2, 0, 0, 100, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 226, 12876, 955, 1, 0, 0, 101, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 227, 12913, 956, 3, 0, 0, 101, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 228, 12942, 959, 3, 0, 0, 101, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 229, 12971, 962, 4, 0, 0, 101, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 230, 13007, 966, 4, 0, 0, 101, 0, 13037},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 231, 13052, 970, 6, 0, 0, 101, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 232, 13086, 976, 4, 0, 0, 102, 0, 13120},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 233, 13139, 980, 1, 0, 0, 102, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 234, 13173, 981, 3, 0, 0, 102, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 235, 13225, 984, 4, 0, 0, 102, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 236, 13264, 988, 1, 0, 0, 103, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 237, 13302, 989, 1, 0, 0, 103, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 238, 13342, 990, 2, 0, 0, 103, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 239, 13379, 992, 2, 0, 0, 103, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 240, 13417, 994, 3, 0, 0, 103, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 241, 13452, 997, 5, 0, 0, 103, 3, 13481},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 242, 13495, 1002, 5, 0, 0, 106, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 243, 13533, 1007, 4, 0, 0, 106, 0, 13566},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 244, 13584, 1011, 1, 0, 0, 106, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 245, 13630, 1012, 2, 0, 0, 106, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 246, 13665, 1014, 5, 0, 0, 107, 2, 13689},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 247, 13698, 1019, 2, 0, 0, 109, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 248, 13729, 1021, 2, 0, 0, 109, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 249, 13761, 1023, 3, 0, 0, 109, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 250, 13815, 1026, 6, 0, 0, 109, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 251, 13848, 1032, 1, 0, 0, 109, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 252, 13884, 1033, 4, 0, 0, 109, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 253, 13936, 1037, 1, 0, 0, 109, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 254, 13975, 1038, 1, 0, 0, 110, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 255, 14007, 1039, 4, 0, 0, 110, 0, 14035},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 256, 14048, 1043, 2, 0, 0, 110, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 257, 14086, 1045, 2, 0, 0, 110, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 258, 14132, 1047, 1, 0, 0, 110, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 259, 14164, 1048, 3, 0, 0, 110, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 260, 14207, 1051, 2, 0, 0, 110, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 261, 14243, 1053, 7, 0, 0, 110, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 262, 14308, 1060, 14, 0, 0, 110, 3, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 263, 14338, 1074, 1, 0, 0, 113, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 264, 14507, 1075, 11, 0, 0, 113, 10, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 265, 14555, 1086, 2, 0, 0, 123, 1, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 266, 14594, 1088, 7, 0, 0, 124, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 267, 14629, 1095, 5, 0, 0, 124, 1, 14665},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 268, 14686, 1100, 5, 0, 0, 125, 2, 14727},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 269, 14753, 1105, 6, 0, 0, 127, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 270, 14803, 1111, 4, 0, 0, 127, 0, 14848},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 271, 14900, 1115, 9, 0, 0, 127, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 272, 14953, 1124, 8, 0, 0, 129, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 273, 15000, 1132, 2, 0, 0, 130, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 274, 15049, 1134, 2, 0, 0, 130, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 275, 15102, 1136, 4, 0, 0, 130, 0, 15142},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 276, 15197, 1140, 31, 0, 0, 130, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 277, 15237, 1171, 4, 0, 0, 132, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 278, 15279, 1175, 2, 0, 0, 133, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 279, 15331, 1177, 5, 0, 0, 133, 2, 15354},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 280, 15362, 1182, 2, 0, 0, 135, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 281, 15393, 1184, 6, 0, 0, 135, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 282, 15428, 1190, 2, 0, 0, 135, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 283, 15463, 1192, 7, 0, 0, 135, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 284, 15507, 1199, 7, 0, 0, 135, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 285, 15539, 1206, 3, 0, 0, 135, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 286, 15571, 1209, 2, 0, 0, 135, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 287, 15609, 1211, 2, 0, 0, 135, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 288, 15659, 1213, 1, 0, 0, 135, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 289, 15684, 1214, 4, 0, 0, 135, 0, 15711},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 290, 15723, 1218, 1, 0, 0, 135, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 291, 15748, 1219, 1, 0, 0, 135, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 292, 15784, 1220, 3, 0, 0, 135, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 293, 15820, 1223, 2, 0, 0, 135, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 294, 15862, 1225, 1, 0, 0, 135, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 295, 15899, 1226, 1, 0, 0, 135, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 296, 15937, 1227, 13, 0, 0, 135, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 297, 16097, 1240, 42, 0, 0, 135, 6, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 298, 16124, 1282, 21, 0, 0, 141, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 299, 16153, 1303, 4, 0, 0, 141, 0, 16184},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 300, 16200, 1307, 4, 0, 0, 141, 0, 16235},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 301, 16264, 1311, 2, 0, 0, 141, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 302, 16299, 1313, 3, 0, 0, 143, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 303, 16329, 1316, 3, 0, 0, 143, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 304, 16369, 1319, 2, 0, 0, 143, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 305, 16460, 1321, 10, 0, 0, 143, 4, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 306, 16485, 1331, 2, 0, 0, 147, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 307, 16526, 1333, 6, 0, 0, 148, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 308, 16611, 1339, 8, 0, 0, 148, 3, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 309, 16656, 1347, 8, 0, 0, 151, 3, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 310, 16691, 1355, 5, 0, 0, 154, 3, 16732},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 311, 16758, 1360, 5, 0, 0, 157, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 312, 16808, 1365, 4, 0, 0, 157, 0, 16853},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 313, 16883, 1369, 4, 0, 0, 157, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 314, 16928, 1373, 6, 0, 0, 158, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 315, 16975, 1379, 2, 0, 0, 158, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 316, 17008, 1381, 3, 0, 0, 158, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 317, 17049, 1384, 3, 0, 0, 158, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 318, 17083, 1387, 5, 0, 0, 158, 2, 17116},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 319, 17134, 1392, 4, 0, 0, 160, 0, 17171},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 320, 17193, 1396, 3, 0, 0, 160, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 321, 17230, 1399, 2, 0, 0, 160, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 322, 17269, 1401, 3, 0, 0, 160, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 323, 17309, 1404, 2, 0, 0, 160, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 324, 17343, 1406, 4, 0, 0, 160, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 325, 17409, 1410, 10, 0, 0, 160, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 326, 17458, 1420, 10, 0, 0, 162, 2, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 327, 17497, 1430, 1, 0, 0, 164, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 328, 17530, 1431, 3, 0, 0, 164, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 329, 17583, 1434, 2, 0, 0, 164, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 330, 17624, 1436, 7, 0, 0, 164, 1, 17650},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 331, 17661, 1443, 2, 0, 0, 165, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 332, 17696, 1445, 3, 0, 0, 165, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 333, 17733, 1448, 4, 0, 0, 165, 0, 17763},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 334, 17778, 1452, 3, 0, 0, 165, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 335, 17814, 1455, 2, 0, 0, 165, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 336, 17849, 1457, 4, 0, 0, 165, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 337, 17887, 1461, 12, 0, 0, 166, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 338, 17922, 1473, 5, 0, 0, 166, 2, 17949},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 339, 17961, 1478, 6, 0, 0, 168, 0, 17995},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 340, 18014, 1484, 4, 0, 0, 168, 0, 18052},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 341, 18075, 1488, 3, 0, 0, 168, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 342, 18124, 1491, 4, 0, 0, 169, 0, 18155},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 343, 18182, 1495, 6, 0, 0, 169, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 344, 18244, 1501, 20, 0, 0, 171, 3, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 345, 18288, 1521, 2, 0, 0, 174, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 346, 18321, 1523, 1, 0, 0, 175, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 347, 18362, 1524, 1, 0, 0, 175, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 348, 18393, 1525, 5, 0, 0, 175, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 349, 18444, 1530, 5, 0, 0, 175, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 350, 18485, 1535, 2, 0, 0, 175, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 351, 18511, 1537, 2, 0, 0, 175, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 352, 18546, 1539, 4, 0, 0, 175, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 353, 18571, 1543, 5, 0, 0, 175, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 354, 18601, 1548, 2, 0, 0, 175, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 355, 18653, 1550, 1, 0, 0, 175, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 356, 18693, 1551, 8, 0, 0, 175, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 357, 18737, 1559, 3, 0, 0, 175, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 358, 18782, 1562, 4, 0, 0, 175, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 359, 18822, 1566, 31, 0, 0, 175, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 360, 18848, 1597, 2, 0, 0, 176, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 361, 18880, 1599, 7, 0, 0, 176, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 362, 18911, 1606, 5, 0, 0, 176, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 363, 18948, 1611, 1, 0, 0, 176, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 364, 18986, 1612, 6, 0, 0, 176, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 365, 19022, 1618, 2, 0, 0, 176, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 366, 19068, 1620, 1, 0, 0, 176, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 367, 19100, 1621, 4, 0, 0, 176, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 368, 19150, 1625, 2, 0, 0, 176, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 369, 19193, 1627, 4, 0, 0, 176, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 370, 19253, 1631, 8, 0, 0, 176, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 371, 19286, 1639, 3, 0, 0, 177, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 372, 19329, 1642, 2, 0, 0, 177, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 373, 19372, 1644, 4, 0, 0, 177, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 374, 19409, 1648, 6, 0, 0, 179, 0, 19447},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 375, 19481, 1654, 4, 0, 0, 179, 0, 19523},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 376, 19561, 1658, 1, 0, 0, 179, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 377, 19593, 1659, 1, 0, 0, 179, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 378, 19625, 1660, 17, 0, 0, 179, 0, 19652},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 379, 19675, 1677, 4, 0, 0, 179, 0, 19706},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 380, 19733, 1681, 2, 0, 0, 179, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 381, 19807, 1683, 2, 0, 0, 179, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 382, 19866, 1685, 1, 0, 0, 181, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 383, 19916, 1686, 5, 0, 0, 181, 1, 19953},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 384, 19996, 1691, 5, 0, 0, 182, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 385, 20042, 1696, 4, 0, 0, 182, 0, 20083},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 386, 20149, 1700, 4, 0, 0, 182, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 387, 20190, 1704, 1, 0, 0, 183, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 388, 20233, 1705, 1, 0, 0, 183, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 389, 20272, 1706, 2, 0, 0, 183, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 390, 20312, 1708, 4, 0, 0, 183, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 391, 20372, 1712, 2, 0, 0, 185, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 392, 20420, 1714, 3, 0, 0, 185, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 393, 20470, 1717, 5, 0, 0, 185, 1, 20523},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 394, 20582, 1722, 5, 0, 0, 186, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 395, 20644, 1727, 4, 0, 0, 186, 0, 20701},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 396, 20764, 1731, 1, 0, 0, 186, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 397, 20840, 1732, 3, 0, 0, 186, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 398, 20897, 1735, 1, 0, 0, 187, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 399, 20989, 1736, 3, 0, 0, 187, 3, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 400, 21036, 1739, 5, 0, 0, 190, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 401, 21081, 1744, 2, 0, 0, 190, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 402, 21129, 1746, 4, 0, 0, 190, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 403, 21163, 1750, 1, 0, 0, 190, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 404, 21201, 1751, 3, 0, 0, 190, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 405, 21242, 1754, 1, 0, 0, 190, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 406, 21288, 1755, 4, 0, 0, 190, 0, 21323},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 407, 21354, 1759, 4, 0, 0, 190, 0, 21393},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 408, 21428, 1763, 1, 0, 0, 190, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 409, 21467, 1764, 2, 0, 0, 190, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 410, 21500, 1766, 5, 0, 0, 190, 1, 21533},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 411, 21562, 1771, 2, 0, 0, 191, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 412, 21602, 1773, 4, 0, 0, 191, 0, 21640},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 413, 21674, 1777, 4, 0, 0, 191, 0, 21716},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 414, 21762, 1781, 5, 0, 0, 191, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 415, 21819, 1786, 2, 0, 0, 192, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 416, 21861, 1788, 4, 0, 0, 192, 0, 21898},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 417, 21931, 1792, 3, 0, 0, 192, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 418, 21983, 1795, 1, 0, 0, 192, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 419, 22034, 1796, 3, 0, 0, 192, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 420, 22077, 1799, 2, 0, 0, 192, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 421, 22114, 1801, 2, 0, 0, 192, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 422, 22161, 1803, 4, 0, 0, 192, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 423, 22198, 1807, 1, 0, 0, 192, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 424, 22237, 1808, 2, 0, 0, 193, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 425, 22273, 1810, 4, 0, 0, 193, 0, 22312},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 426, 22347, 1814, 2, 0, 0, 193, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 427, 22396, 1816, 2, 0, 0, 193, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 428, 22446, 1818, 4, 0, 0, 193, 0, 22489},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 429, 22528, 1822, 3, 0, 0, 193, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 430, 22571, 1825, 3, 0, 0, 193, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 431, 22638, 1828, 4, 0, 0, 194, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 432, 22681, 1832, 4, 0, 0, 196, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 433, 22722, 1836, 2, 0, 0, 196, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 434, 22766, 1838, 5, 0, 0, 196, 0, 22803},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 435, 22836, 1843, 4, 0, 0, 196, 0, 22877},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 436, 22914, 1847, 1, 0, 0, 196, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 437, 22955, 1848, 1, 0, 0, 196, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 438, 22998, 1849, 1, 0, 0, 196, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 439, 23026, 1850, 6, 0, 0, 196, 0, 23058},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 440, 23086, 1856, 4, 0, 0, 196, 0, 23122},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 441, 23154, 1860, 2, 0, 0, 196, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 442, 23184, 1862, 4, 0, 0, 196, 0, 23214},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 443, 23313, 1866, 5, 0, 0, 196, 1, 23354},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 444, 23384, 1871, 4, 0, 0, 197, 0, 23429},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 445, 23463, 1875, 4, 0, 0, 197, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 446, 23508, 1879, 7, 0, 0, 197, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 447, 23555, 1886, 1, 0, 0, 197, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 448, 23590, 1887, 5, 0, 0, 197, 0, 23621},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 449, 23662, 1892, 5, 0, 0, 197, 0, 23700},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 450, 23748, 1897, 4, 0, 0, 197, 0, 23790},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 451, 23842, 1901, 4, 0, 0, 197, 0, 23877},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 452, 23922, 1905, 5, 0, 0, 197, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 453, 23952, 1910, 4, 0, 0, 197, 0, 23976},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 454, 24010, 1914, 5, 0, 0, 197, 0, 24041},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 455, 24082, 1919, 4, 0, 0, 197, 0, 24117},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 456, 24162, 1923, 4, 0, 0, 197, 0, 24190},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 457, 24263, 1927, 3, 0, 0, 197, 1, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 458, 24301, 1930, 4, 0, 0, 198, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 459, 24328, 1934, 7, 0, 0, 200, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 460, 24373, 1941, 3, 0, 0, 200, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 461, 24413, 1944, 1, 0, 0, 200, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 462, 24454, 1945, 3, 0, 0, 200, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 463, 24499, 1948, 3, 0, 0, 200, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 464, 24549, 1951, 1, 0, 0, 200, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 465, 24593, 1952, 1, 0, 0, 200, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 466, 24624, 1953, 2, 0, 0, 200, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 467, 24658, 1955, 13, 0, 0, 200, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 468, 24688, 1968, 3, 0, 0, 200, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 469, 24741, 1971, 2, 0, 0, 200, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 470, 24787, 1973, 8, 0, 0, 200, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 471, 24826, 1981, 2, 0, 0, 200, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 472, 24864, 1983, 3, 0, 0, 200, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 473, 24899, 1986, 2, 0, 0, 200, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 474, 24947, 1988, 4, 0, 0, 200, 0, 24982},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 475, 25013, 1992, 1, 0, 0, 200, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 476, 25061, 1993, 4, 0, 0, 200, 0, 25100},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 477, 25135, 1997, 3, 0, 0, 200, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 478, 25174, 2000, 3, 0, 0, 200, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 479, 25214, 2003, 2, 0, 0, 200, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 480, 25262, 2005, 3, 0, 0, 200, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 481, 25299, 2008, 10, 0, 0, 200, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 482, 25352, 2018, 1, 0, 0, 200, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 483, 25422, 2019, 7, 0, 0, 200, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 484, 25462, 2026, 4, 0, 0, 202, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 485, 25512, 2030, 5, 0, 0, 202, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 486, 25552, 2035, 7, 0, 0, 203, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 487, 25594, 2042, 3, 0, 0, 205, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 488, 25635, 2045, 2, 0, 0, 205, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 489, 25689, 2047, 2, 0, 0, 205, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 490, 25738, 2049, 5, 0, 0, 205, 1, 25775},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 491, 25808, 2054, 4, 0, 0, 206, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 492, 25862, 2058, 4, 0, 0, 206, 0, 25903},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 493, 25940, 2062, 1, 0, 0, 206, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 494, 25981, 2063, 3, 0, 0, 206, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 495, 26024, 2066, 4, 0, 0, 206, 0, 26069},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 496, 26110, 2070, 4, 0, 0, 206, 0, 26159},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 497, 26204, 2074, 2, 0, 0, 206, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 498, 26253, 2076, 3, 0, 0, 206, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 499, 26289, 2079, 4, 0, 0, 206, 0, 26326},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 500, 26359, 2083, 4, 0, 0, 206, 0, 26400},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 501, 26437, 2087, 8, 0, 0, 206, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 502, 26516, 2095, 7, 0, 0, 206, 1, 26555},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 503, 26590, 2102, 4, 0, 0, 207, 0, 26633},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 504, 26672, 2106, 4, 0, 0, 207, 0, 26704},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 505, 26732, 2110, 4, 0, 0, 207, 0, 26768},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 506, 26951, 2114, 11, 0, 0, 207, 7, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 507, 26987, 2125, 4, 0, 0, 214, 0, 27017},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 508, 27043, 2129, 4, 0, 0, 214, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 509, 27079, 2133, 4, 0, 0, 214, 0, 27113},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 510, 27143, 2137, 1, 0, 0, 214, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 511, 27177, 2138, 7, 0, 0, 214, 0, 27218},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 512, 27255, 2145, 4, 0, 0, 214, 0, 27300},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 513, 27390, 2149, 10, 0, 0, 214, 2, 27425},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 514, 27456, 2159, 4, 0, 0, 216, 0, 27495},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 515, 27530, 2163, 2, 0, 0, 216, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 516, 27584, 2165, 5, 0, 0, 216, 1, 27623},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 517, 27658, 2170, 4, 0, 0, 217, 0, 27701},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 518, 27740, 2174, 2, 0, 0, 217, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 519, 27785, 2176, 3, 0, 0, 217, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 520, 27828, 2179, 4, 0, 0, 217, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 521, 27873, 2183, 5, 0, 0, 217, 0, 27917},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 522, 27957, 2188, 4, 0, 0, 217, 0, 28005},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 523, 28049, 2192, 3, 0, 0, 217, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 524, 28083, 2195, 1, 0, 0, 217, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 525, 28125, 2196, 6, 0, 0, 217, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 526, 28213, 2202, 2, 0, 0, 217, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 527, 28295, 2204, 5, 0, 0, 218, 0, 28377},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 528, 28426, 2209, 6, 0, 0, 218, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 529, 28517, 2215, 4, 0, 0, 218, 0, 28603},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 530, 28656, 2219, 6, 0, 0, 218, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 531, 28754, 2225, 6, 0, 0, 218, 2, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 532, 28840, 2231, 4, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 533, 28928, 2235, 9, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 534, 29017, 2244, 3, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 535, 29105, 2247, 0, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 536, 29194, 2247, 2, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 537, 29278, 2249, 1, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 538, 29360, 2250, 2, 0, 0, 220, 0, 0},
	{API_ANY, 0, 0, API_LIST_ATOMIC, 539, 29439, 2252, 0, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 540, 29501, 2252, 44, 0, 0, 220, 0, 0},
	{API_ANY, 0, 0, API_LIST_ATOMIC, 541, 29574, 2296, 0, 0, 0, 220, 0, 0},
	{API_ANY, 0, 0, API_LIST_ATOMIC, 542, 29654, 2296, 0, 0, 0, 220, 0, 0},
	{API_ANY, 0, 0, API_LIST_ATOMIC, 543, 29733, 2296, 0, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 544, 29819, 2296, 1, 0, 0, 220, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 545, 29892, 2297, 4, 0, 0, 220, 1, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 546, 29966, 2301, 6, 0, 0, 221, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 547, 30038, 2307, 3, 0, 0, 221, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 548, 30115, 2310, 2, 0, 0, 221, 0, 0},
	{API_QUANTITY, 0, 0, API_LIST_ATOMIC, 549, 30190, 2312, 0, 0, 0, 221, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 550, 30236, 2312, 6, 0, 0, 221, 0, 30282},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 551, 30295, 2318, 3, 0, 0, 221, 0, 30345},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 552, 30362, 2321, 10, 0, 0, 221, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 553, 30411, 2331, 4, 0, 0, 221, 0, 30464},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 554, 30484, 2335, 4, 0, 0, 221, 0, 30533},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 555, 30549, 2339, 6, 0, 0, 221, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 556, 30596, 2345, 8, 0, 0, 221, 0, 1425},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 557, 30647, 2353, 3, 0, 0, 221, 0, 0},
	{API_ANY, 0, 0, API_LIST_ATOMIC, 558, 30709, 2356, 0, 0, 0, 221, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 559, 30755, 2356, 2, 0, 0, 221, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 560, 30806, 2358, 2, 0, 0, 221, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 561, 30868, 2360, 2, 0, 0, 221, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 562, 30919, 2362, 3, 0, 0, 221, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 563, 30981, 2365, 5, 0, 0, 221, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 564, 31027, 2370, 7, 0, 0, 221, 0, 0},
	{API_MICROTIME, 0, 0, API_LIST_ATOMIC, 565, 31083, 2377, 0, 0, 0, 221, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 566, 31130, 2377, 15, 0, 0, 221, 0, 0},
	{API_OBJECT, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 567, 31178, 2392, 6, 0, 0, 221, 0, 0},
	{API_ANY, 0, 0, API_LIST_ATOMIC, 568, 31230, 2398, 0, 0, 0, 221, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 569, 31273, 2398, 2, 0, 0, 221, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 570, 31324, 2400, 2, 0, 0, 221, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 571, 31387, 2402, 1, 0, 0, 221, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 572, 31434, 2403, 8, 0, 0, 221, 0, 31478},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 573, 31489, 2411, 3, 0, 0, 221, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 574, 31538, 2414, 6, 0, 0, 221, 0, 0},
	{API_TIME, 0, 0, API_LIST_ATOMIC, 575, 31589, 2420, 0, 0, 0, 221, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 576, 31631, 2420, 2, 0, 0, 221, 0, 1425},
	{API_ANY, 0, 0, API_LIST_ATOMIC, 577, 31679, 2422, 0, 0, 0, 221, 0, 0},
	{API_INT_OR_STRING, 0, 0, API_LIST_ATOMIC, 578, 31724, 2422, 0, 0, 0, 221, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 579, 31772, 2422, 13, 0, 0, 221, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 580, 31809, 2435, 5, 0, 0, 221, 1, 31871},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 581, 31908, 2440, 5, 0, 0, 222, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 582, 31979, 2445, 4, 0, 0, 222, 0, 32045},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 583, 32086, 2449, 7, 0, 0, 222, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 584, 32152, 2456, 1, 0, 0, 222, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 585, 32220, 2457, 3, 0, 0, 222, 1, 0},
	{API_STRING, 0, 0, API_LIST_ATOMIC, 586, 0, 0, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 587, 0, 17, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 588, 0, 8, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 589, 0, 7, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 590, 0, 5, 0, 32428, 19367, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 591, 0, 16, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 592, 0, 34, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 593, 0, 586, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 594, 0, 20, 0, 0, 0, 0, 0, 0},
	{API_INT32, 0, 0, API_LIST_ATOMIC, 595, 0, 0, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 596, 0, 13, 0, 32428, 19367, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 597, 0, 14, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 598, 0, 3, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 599, 0, 24, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_SET, 600, 0, 586, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 601, 0, 23, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 602, 0, 2, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 603, 0, 33, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 604, 0, 34, 0, 32428, 19367, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_MAP, 605, 0, 555, 0, 32740, 0, 0, 0, 0},
	{API_INT64, 0, 0, API_LIST_ATOMIC, 606, 0, 0, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 607, 0, 30, 0, 32428, 19367, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 608, 0, 31, 0, 0, 0, 0, 0, 0},
	{API_BYTES, 0, 0, API_LIST_ATOMIC, 609, 0, 0, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 610, 0, 36, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 611, 0, 38, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 612, 0, 39, 0, 32740, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 613, 0, 44, 0, 0, 0, 0, 0, 0},
	{API_BOOL, 0, 0, API_LIST_ATOMIC, 614, 0, 0, 0, 0, 0, 0, 0, 0},
	{API_OBJECT, 0, 2, API_LIST_ATOMIC, 615, 3769, 215, 2, 0, 0, 31, 2, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 616, 0, 45, 0, 32740, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 617, 0, 50, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 618, 0, 51, 0, 32740, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 619, 0, 58, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 620, 0, 268, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 621, 0, 59, 0, 32740, 3450, 0, 0, 0},
	{API_MAP, 0, 0, API_LIST_ATOMIC, 622, 0, 593, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 623, 0, 557, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 624, 0, 562, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 625, 0, 80, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 626, 0, 82, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 627, 0, 92, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 628, 0, 104, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 629, 0, 106, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 630, 0, 113, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 631, 0, 108, 0, 32740, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 632, 0, 114, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 633, 0, 123, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 634, 0, 266, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 635, 0, 127, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_ATOMIC, 636, 0, 128, 0, 0, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 637, 0, 136, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_SET, 638, 0, 595, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 639, 0, 135, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 640, 0, 138, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 641, 0, 140, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_MAP, 642, 0, 141, 0, 32740, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 643, 0, 145, 0, 0, 0, 0, 0, 0},
	{API_MAP, 0, 0, API_LIST_ATOMIC, 644, 0, 586, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 645, 0, 165, 0, 32740, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 646, 0, 166, 0, 0, 0, 0, 0, 0},
	{API_MAP, 0, 0, API_LIST_ATOMIC, 647, 0, 609, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 648, 0, 168, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 649, 0, 227, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 650, 0, 199, 0, 32428, 19367, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 651, 0, 198, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 652, 0, 178, 0, 35007, 35031, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 653, 0, 179, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 654, 0, 180, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 655, 0, 360, 0, 35139, 34629, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 656, 0, 361, 0, 35164, 35175, 0, 0, 0},
	{API_MAP, 0, 0, API_LIST_ATOMIC, 657, 0, 549, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 658, 0, 323, 0, 32428, 19367, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 659, 0, 362, 0, 35164, 35175, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 660, 0, 190, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 661, 0, 193, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 662, 0, 194, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 663, 0, 195, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 664, 0, 196, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 665, 0, 203, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 666, 0, 219, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 667, 0, 230, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 668, 0, 231, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 669, 0, 606, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 670, 0, 302, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 671, 0, 235, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 672, 0, 241, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 673, 0, 242, 0, 32740, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 674, 0, 304, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 675, 0, 246, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 676, 0, 260, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 677, 0, 259, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_SET, 678, 0, 586, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 679, 0, 352, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 680, 0, 247, 0, 32740, 3450, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 681, 0, 250, 0, 32740, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 682, 0, 177, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 683, 0, 256, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 684, 0, 151, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 685, 0, 269, 0, 32740, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 686, 0, 267, 0, 0, 0, 0, 0, 0},
	{API_OBJECT, 0, 0, API_LIST_ATOMIC, 687, 14594, 1088, 7, 0, 0, 124, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 688, 0, 368, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 689, 0, 281, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 690, 0, 286, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 691, 0, 176, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 692, 0, 279, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 693, 0, 350, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 694, 0, 175, 0, 32428, 19367, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 695, 0, 201, 0, 32428, 19367, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 696, 0, 220, 0, 37625, 13222, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 697, 0, 237, 0, 32428, 19367, 0, 0, 0},
	{API_MAP, TYPE_ATOMIC, 0, API_LIST_ATOMIC, 698, 0, 586, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 699, 0, 291, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 3, API_LIST_MAP, 700, 0, 292, 0, 32428, 19367, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 701, 0, 294, 0, 32428, 19367, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 702, 0, 353, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 703, 0, 356, 0, 37969, 37178, 0, 0, 0},
	{API_ARRAY, 0, 3, API_LIST_MAP, 704, 0, 359, 0, 32428, 19367, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 705, 0, 284, 0, 32740, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 706, 0, 186, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_ATOMIC, 707, 0, 221, 0, 0, 13222, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 708, 0, 249, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 709, 0, 288, 0, 37625, 13222, 0, 0, 0},
	{API_ARRAY, 0, 3, API_LIST_MAP, 710, 0, 293, 0, 32428, 19367, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 711, 0, 299, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 712, 0, 364, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 713, 0, 310, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 714, 0, 311, 0, 32740, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 715, 0, 318, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_MAP, 716, 0, 315, 0, 32428, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_MAP, 717, 0, 317, 0, 38364, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 718, 0, 328, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 719, 0, 330, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 720, 0, 237, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 721, 0, 266, 0, 32428, 19367, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 722, 0, 339, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 723, 0, 338, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 724, 0, 343, 0, 38795, 1639, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 725, 0, 555, 0, 32740, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 726, 0, 354, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 727, 0, 376, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 728, 0, 377, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 729, 0, 370, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 730, 0, 373, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 731, 0, 374, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 732, 0, 378, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 733, 0, 383, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 734, 0, 392, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 735, 0, 384, 0, 32740, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 736, 0, 391, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 737, 0, 400, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 738, 0, 402, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 739, 0, 393, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 740, 0, 394, 0, 32740, 3450, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 741, 0, 404, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 742, 0, 406, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 743, 0, 412, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 744, 0, 410, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 745, 0, 419, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 746, 0, 417, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 747, 0, 420, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 748, 0, 424, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 749, 0, 430, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 750, 0, 429, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 751, 0, 425, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 752, 0, 426, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 753, 0, 427, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 754, 0, 434, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 755, 0, 439, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 756, 0, 443, 0, 0, 0, 0, 0, 0},
	{API_MAP, 0, 0, API_LIST_ATOMIC, 757, 0, 575, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 758, 0, 561, 0, 0, 0, 0, 0, 0},
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
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 774, 0, 614, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 775, 0, 473, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 776, 0, 478, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 777, 0, 480, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 778, 0, 474, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 779, 0, 475, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 780, 0, 482, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 781, 0, 483, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 782, 0, 485, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 783, 0, 490, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_MAP, 784, 0, 459, 0, 40596, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 785, 0, 491, 0, 40636, 33257, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 786, 0, 495, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 787, 0, 499, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 788, 0, 467, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 789, 0, 466, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 790, 0, 502, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 791, 0, 504, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 792, 0, 515, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 793, 0, 507, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 794, 0, 508, 0, 32428, 19367, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 795, 0, 511, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 796, 0, 355, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 797, 0, 513, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 798, 0, 516, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 799, 0, 521, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 800, 0, 527, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 801, 0, 533, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_MAP, 802, 0, 528, 0, 32740, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 803, 0, 525, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 804, 0, 544, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 805, 0, 540, 0, 0, 0, 0, 0, 0},
	{API_MAP, 0, 0, API_LIST_ATOMIC, 806, 0, 540, 0, 0, 0, 0, 0, 0},
	{API_MAP, 0, 0, API_LIST_ATOMIC, 807, 0, 543, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 808, 0, 539, 0, 0, 0, 0, 0, 0},
	{API_NUMBER, 0, 0, API_LIST_ATOMIC, 809, 0, 0, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 810, 0, 546, 0, 41892, 41898, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 811, 0, 570, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 812, 0, 560, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 813, 0, 550, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 814, 0, 552, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 815, 0, 564, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 816, 0, 567, 0, 40636, 33257, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 817, 0, 573, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 0, API_LIST_ATOMIC, 818, 0, 580, 0, 0, 0, 0, 0, 0},
	{API_ARRAY, 0, 1, API_LIST_MAP, 819, 0, 581, 0, 32740, 3450, 0, 0, 0},
};

const struct api_field api_fields[] = {
	{32288, 586, 0, {1}},
	{32299, 586, 1, {1}},
	{32303, 586, 1, {2}},
	{32319, 586, 1, {2}},
	{32328, 586, 1, {3}},
	{32288, 586, 0, {1}},
	{32288, 586, 1, {2}},
	{19367, 586, 1, {1}},
	{32336, 587, 0, {4}},
	{270, 586, 0, {7}},
	{282, 561, 0, {1}},
	{300, 561, 0, {2}},
	{32357, 587, 0, {3}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{3085, 12, 0, {2}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{3085, 10, 0, {2}},
	{14544, 586, 0, {0}},
	{32371, 588, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{32377, 6, 0, {3}},
	{32392, 19, 0, {2}},
	{32401, 586, 0, {1}},
	{14544, 586, 0, {0}},
	{32371, 589, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{950, 586, 0, {5}},
	{32412, 590, 0, {6}},
	{32434, 6, 0, {2}},
	{32451, 591, 0, {4}},
	{32461, 18, 0, {1}},
	{1049, 586, 0, {7}},
	{32471, 592, 0, {3}},
	{32481, 593, 1, {8}},
	{32505, 35, 1, {2}},
	{950, 586, 0, {4}},
	{32412, 590, 0, {12}},
	{270, 586, 0, {9}},
	{19367, 586, 1, {1}},
	{282, 561, 0, {5}},
	{300, 561, 0, {11}},
	{1049, 586, 0, {10}},
	{32518, 594, 0, {3}},
	{32524, 586, 1, {6}},
	{1028, 595, 0, {7}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{32536, 596, 0, {2}},
	{14544, 586, 0, {0}},
	{32371, 597, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{32545, 1, 0, {3}},
	{32564, 4, 0, {4}},
	{32574, 586, 1, {2}},
	{32584, 593, 0, {2, 2, 1}},
	{32594, 593, 0, {2, 2, 2}},
	{32606, 593, 0, {2, 1}},
	{32617, 593, 0, {1}},
	{10866, 593, 0, {2, 2, 3}},
	{1427, 586, 0, {2, 2, 4}},
	{14544, 586, 0, {1}},
	{9747, 586, 0, {2}},
	{19367, 586, 0, {1}},
	{32631, 586, 0, {2}},
	{32641, 586, 0, {4}},
	{32665, 561, 0, {3}},
	{32584, 593, 0, {2, 1}},
	{32594, 593, 0, {2, 2}},
	{32606, 593, 0, {1}},
	{10866, 593, 0, {2, 3}},
	{1427, 586, 0, {2, 4}},
	{19367, 586, 1, {2}},
	{32631, 586, 1, {1}},
	{12546, 586, 0, {3}},
	{1639, 595, 0, {4}},
	{32674, 598, 0, {1}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{3085, 28, 0, {2}},
	{3185, 29, 0, {3}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{3085, 26, 1, {2}},
	{14544, 586, 0, {0}},
	{32371, 599, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{32377, 6, 0, {3}},
	{32392, 19, 0, {2}},
	{32401, 586, 1, {1}},
	{32693, 600, 1, {4}},
	{14544, 586, 0, {0}},
	{32371, 601, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{32711, 602, 0, {5}},
	{950, 586, 0, {4}},
	{32412, 590, 0, {6}},
	{32434, 6, 0, {2}},
	{32461, 18, 0, {1}},
	{32728, 603, 0, {3}},
	{32471, 604, 0, {7}},
	{19242, 605, 0, {3}},
	{32746, 606, 0, {1}},
	{32765, 22, 0, {2}},
	{32481, 593, 1, {8}},
	{32505, 35, 1, {2}},
	{950, 586, 0, {4}},
	{32412, 590, 0, {11}},
	{270, 586, 0, {9}},
	{19367, 586, 1, {1}},
	{282, 561, 0, {5}},
	{300, 561, 0, {10}},
	{32518, 594, 0, {3}},
	{32524, 586, 1, {6}},
	{1028, 595, 0, {7}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{32536, 607, 0, {2}},
	{14544, 586, 0, {0}},
	{32371, 608, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{32288, 586, 1, {1}},
	{32778, 586, 0, {2}},
	{32786, 586, 0, {4}},
	{32804, 586, 0, {3}},
	{32288, 586, 1, {2}},
	{19367, 586, 1, {1}},
	{32811, 609, 0, {2}},
	{12375, 21, 0, {1}},
	{32820, 586, 0, {3}},
	{14544, 586, 0, {0}},
	{32824, 577, 0, {2}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{32829, 606, 1, {3}},
	{14544, 586, 0, {0}},
	{32371, 610, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{3085, 41, 0, {2}},
	{3185, 42, 0, {3}},
	{32838, 575, 0, {3}},
	{32778, 586, 0, {5}},
	{32804, 586, 0, {4}},
	{3185, 586, 1, {2}},
	{3450, 586, 1, {1}},
	{14544, 586, 0, {0}},
	{32371, 611, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{32857, 595, 0, {4}},
	{3347, 595, 0, {6}},
	{32665, 561, 1, {1}},
	{32873, 301, 1, {2}},
	{3332, 43, 0, {3}},
	{32882, 595, 0, {9}},
	{19242, 612, 0, {10}},
	{32897, 595, 1, {1}},
	{32920, 595, 1, {3}},
	{32943, 595, 0, {7}},
	{32959, 595, 1, {2}},
	{32978, 595, 1, {4}},
	{32990, 595, 0, {8}},
	{32746, 606, 0, {5}},
	{33008, 595, 0, {6}},
	{3455, 55, 0, {2}},
	{3450, 586, 0, {1}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{3085, 47, 0, {2}},
	{3185, 48, 0, {3}},
	{32838, 575, 0, {7}},
	{33031, 575, 0, {6}},
	{32778, 586, 0, {5}},
	{32804, 586, 0, {4}},
	{3185, 586, 1, {2}},
	{3450, 586, 1, {1}},
	{14544, 586, 0, {0}},
	{32371, 613, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{32857, 595, 0, {5}},
	{33046, 614, 0, {7}},
	{3675, 595, 0, {9}},
	{3657, 595, 0, {1}},
	{3347, 595, 0, {6}},
	{32665, 561, 1, {2}},
	{3666, 615, 0, {4}},
	{32873, 301, 1, {3}},
	{33053, 595, 0, {4}},
	{32882, 595, 0, {8}},
	{19242, 616, 0, {6}},
	{32746, 606, 0, {1}},
	{33071, 595, 0, {7}},
	{3657, 595, 0, {2}},
	{33085, 595, 0, {9}},
	{33105, 595, 0, {5}},
	{33125, 595, 0, {3}},
	{3455, 56, 0, {2}},
	{3450, 586, 0, {1}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{3085, 53, 0, {2}},
	{3185, 54, 0, {3}},
	{32838, 575, 0, {3}},
	{32778, 586, 0, {5}},
	{32804, 586, 0, {4}},
	{3185, 586, 1, {2}},
	{3450, 586, 1, {1}},
	{14544, 586, 0, {0}},
	{32371, 617, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{32857, 595, 0, {4}},
	{3657, 595, 0, {1}},
	{32665, 561, 1, {2}},
	{32873, 301, 0, {3}},
	{33053, 595, 0, {5}},
	{19242, 618, 0, {6}},
	{33141, 595, 0, {2}},
	{32746, 606, 0, {3}},
	{33071, 595, 0, {4}},
	{3657, 595, 1, {1}},
	{33085, 595, 0, {7}},
	{4052, 578, 0, {2}},
	{4037, 578, 0, {1}},
	{4052, 578, 0, {2}},
	{4037, 578, 0, {1}},
	{4037, 578, 0, {2}},
	{4150, 595, 0, {1}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{3085, 63, 0, {2}},
	{3185, 64, 0, {3}},
	{32838, 575, 0, {3}},
	{32778, 586, 0, {5}},
	{32804, 586, 0, {4}},
	{3185, 586, 1, {2}},
	{3450, 586, 1, {1}},
	{14544, 586, 0, {0}},
	{32371, 619, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{33162, 595, 0, {1}},
	{4445, 586, 0, {1}},
	{4457, 586, 0, {2}},
	{32857, 595, 0, {9}},
	{33168, 61, 0, {11}},
	{4568, 62, 0, {10}},
	{4548, 586, 0, {6}},
	{3657, 595, 0, {1}},
	{3347, 595, 0, {8}},
	{32665, 561, 1, {2}},
	{33177, 586, 0, {5}},
	{32873, 301, 1, {3}},
	{3332, 65, 0, {7}},
	{33189, 620, 0, {4}},
	{33053, 595, 0, {11}},
	{32882, 595, 0, {9}},
	{19242, 621, 0, {10}},
	{33210, 595, 0, {4}},
	{33226, 586, 0, {6}},
	{32746, 606, 0, {1}},
	{33071, 595, 0, {3}},
	{3657, 595, 1, {2}},
	{33242, 586, 0, {7}},
	{33125, 595, 0, {5}},
	{3455, 57, 0, {2}},
	{3450, 586, 0, {1}},
	{14544, 586, 0, {2}},
	{9747, 586, 0, {1}},
	{19367, 586, 0, {3}},
	{33257, 586, 0, {4}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{3185, 68, 0, {2}},
	{33261, 75, 0, {1}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{3085, 70, 0, {2}},
	{3185, 71, 0, {3}},
	{33270, 593, 0, {1}},
	{33280, 66, 0, {3}},
	{5035, 606, 0, {4}},
	{33295, 575, 0, {2}},
	{33315, 586, 0, {1}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{3085, 73, 1, {2}},
	{3185, 74, 0, {3}},
	{33270, 593, 0, {2}},
	{33315, 586, 1, {1}},
	{33270, 593, 0, {4}},
	{33321, 614, 0, {1}},
	{33335, 586, 0, {3}},
	{16580, 75, 0, {2}},
	{33341, 622, 0, {4}},
	{33347, 593, 0, {3}},
	{33257, 586, 0, {2}},
	{33354, 586, 0, {1}},
	{33363, 586, 0, {1}},
	{33375, 623, 0, {2}},
	{33363, 586, 0, {1}},
	{33375, 624, 0, {2}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{3085, 88, 1, {2}},
	{3185, 89, 0, {3}},
	{12546, 586, 0, {1}},
	{33388, 586, 0, {2}},
	{33393, 593, 0, {2}},
	{33409, 593, 1, {1}},
	{33415, 76, 0, {8}},
	{33429, 586, 0, {3}},
	{33435, 77, 0, {9}},
	{19367, 586, 0, {7}},
	{32631, 586, 0, {1}},
	{33449, 586, 0, {5}},
	{33458, 586, 0, {6}},
	{33388, 586, 0, {2}},
	{33470, 586, 0, {4}},
	{32584, 593, 0, {2}},
	{32617, 593, 0, {4}},
	{10866, 593, 0, {3}},
	{33409, 593, 1, {1}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{3085, 84, 1, {2}},
	{3185, 89, 0, {3}},
	{33478, 79, 0, {2}},
	{33500, 81, 0, {1}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{3085, 86, 1, {2}},
	{3185, 90, 0, {3}},
	{32631, 586, 0, {1}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{3085, 88, 1, {2}},
	{3185, 89, 0, {3}},
	{33341, 622, 0, {5}},
	{33347, 593, 0, {4}},
	{33478, 79, 0, {2}},
	{33500, 81, 0, {1}},
	{33257, 586, 0, {6}},
	{16580, 586, 0, {3}},
	{33519, 614, 1, {1}},
	{33527, 614, 0, {4}},
	{33534, 586, 0, {3}},
	{32804, 586, 0, {2}},
	{33534, 586, 0, {4}},
	{33550, 614, 1, {3}},
	{33561, 625, 1, {2}},
	{32357, 626, 1, {1}},
	{14544, 586, 0, {3}},
	{9747, 586, 1, {1}},
	{19367, 586, 1, {2}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{3085, 94, 1, {2}},
	{3185, 95, 0, {3}},
	{14544, 586, 0, {0}},
	{32371, 627, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{33578, 595, 1, {3}},
	{6585, 595, 0, {2}},
	{33590, 91, 1, {1}},
	{33605, 595, 0, {4}},
	{33636, 595, 0, {5}},
	{33210, 595, 1, {3}},
	{33668, 595, 1, {4}},
	{33684, 575, 0, {2}},
	{32746, 606, 0, {1}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{3085, 97, 0, {2}},
	{3185, 98, 0, {3}},
	{3657, 595, 0, {1}},
	{3657, 595, 1, {1}},
	{32665, 586, 0, {2}},
	{33698, 586, 1, {3}},
	{19367, 586, 1, {1}},
	{33708, 115, 1, {2}},
	{33698, 586, 1, {3}},
	{33715, 116, 1, {2}},
	{19367, 586, 1, {1}},
	{14544, 586, 0, {3}},
	{9747, 586, 1, {1}},
	{19367, 586, 1, {2}},
	{33723, 112, 1, {1}},
	{33708, 115, 1, {2}},
	{33715, 116, 1, {2}},
	{33723, 112, 1, {1}},
	{16412, 595, 1, {3}},
	{3450, 586, 1, {1}},
	{33730, 595, 1, {2}},
	{33736, 628, 0, {2}},
	{33745, 586, 0, {1}},
	{33758, 595, 0, {3}},
	{33785, 549, 0, {4}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{3085, 110, 1, {2}},
	{3185, 111, 0, {3}},
	{7320, 105, 0, {2}},
	{7312, 105, 0, {1}},
	{32838, 575, 0, {3}},
	{32778, 586, 0, {5}},
	{32804, 586, 0, {4}},
	{3185, 586, 1, {2}},
	{3450, 586, 1, {1}},
	{14544, 586, 0, {0}},
	{32371, 629, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{33795, 107, 0, {5}},
	{33578, 595, 1, {3}},
	{7648, 630, 0, {4}},
	{6585, 595, 0, {2}},
	{33590, 101, 1, {1}},
	{19242, 631, 0, {6}},
	{33804, 632, 0, {5}},
	{33210, 595, 0, {3}},
	{33668, 595, 1, {4}},
	{33684, 575, 0, {2}},
	{32746, 606, 0, {1}},
	{19367, 586, 1, {1}},
	{32665, 561, 0, {2}},
	{33819, 99, 0, {7}},
	{33837, 102, 0, {5}},
	{33846, 117, 0, {2}},
	{33853, 119, 0, {3}},
	{33449, 121, 0, {4}},
	{3450, 586, 1, {1}},
	{33819, 100, 0, {7}},
	{33837, 103, 0, {5}},
	{33846, 118, 0, {2}},
	{33853, 120, 0, {3}},
	{33449, 122, 0, {4}},
	{3450, 586, 1, {1}},
	{33858, 595, 0, {4}},
	{33877, 549, 0, {3}},
	{3450, 586, 1, {1}},
	{33730, 549, 0, {2}},
	{33858, 595, 0, {3}},
	{33877, 549, 0, {2}},
	{33730, 549, 0, {1}},
	{33890, 101, 1, {1}},
	{33723, 112, 1, {3}},
	{33708, 115, 1, {2}},
	{33715, 116, 1, {2}},
	{33890, 101, 1, {3}},
	{33723, 112, 1, {1}},
	{33723, 112, 1, {1}},
	{33708, 115, 1, {2}},
	{33715, 116, 1, {2}},
	{33723, 112, 1, {1}},
	{19367, 586, 1, {1}},
	{33708, 115, 1, {2}},
	{33715, 116, 1, {2}},
	{19367, 586, 1, {1}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{3085, 125, 1, {2}},
	{3185, 126, 0, {3}},
	{14544, 586, 0, {0}},
	{32371, 633, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{8342, 586, 0, {3}},
	{8395, 595, 0, {7}},
	{33906, 132, 1, {5}},
	{33918, 586, 1, {1}},
	{33927, 606, 0, {2}},
	{8368, 595, 0, {6}},
	{8360, 614, 0, {4}},
	{33951, 586, 0, {8}},
	{33960, 634, 0, {1}},
	{33967, 575, 0, {4}},
	{33984, 575, 0, {5}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{3085, 130, 0, {2}},
	{3185, 131, 0, {3}},
	{34003, 575, 0, {3}},
	{32838, 575, 0, {4}},
	{32778, 586, 0, {6}},
	{32804, 586, 0, {5}},
	{3185, 586, 1, {2}},
	{3450, 586, 1, {1}},
	{14544, 586, 0, {0}},
	{32371, 635, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{34017, 606, 0, {3}},
	{34039, 595, 0, {7}},
	{34052, 595, 0, {12}},
	{34073, 586, 0, {9}},
	{34088, 595, 0, {2}},
	{34100, 586, 0, {15}},
	{34110, 614, 0, {5}},
	{34125, 595, 0, {13}},
	{34142, 595, 0, {1}},
	{34154, 133, 0, {11}},
	{34171, 586, 0, {14}},
	{32665, 561, 0, {4}},
	{34192, 137, 0, {16}},
	{8360, 614, 0, {10}},
	{32873, 301, 1, {6}},
	{34206, 595, 0, {8}},
	{33960, 595, 0, {4}},
	{34230, 586, 0, {7}},
	{34247, 575, 0, {3}},
	{19242, 636, 0, {1}},
	{34262, 595, 0, {6}},
	{34269, 586, 0, {10}},
	{34283, 595, 0, {9}},
	{34289, 575, 0, {2}},
	{34299, 595, 0, {5}},
	{34309, 595, 0, {11}},
	{34321, 139, 0, {8}},
	{16255, 566, 0, {1}},
	{3085, 130, 0, {2}},
	{32518, 637, 1, {1}},
	{34345, 586, 0, {1}},
	{25503, 586, 1, {2}},
	{34359, 638, 1, {3}},
	{3185, 586, 0, {2}},
	{3450, 586, 1, {1}},
	{34366, 586, 1, {1}},
	{34373, 134, 0, {2}},
	{34385, 639, 0, {3}},
	{32518, 640, 1, {1}},
	{34401, 595, 0, {2}},
	{34416, 586, 0, {1}},
	{34262, 600, 0, {2}},
	{34299, 600, 0, {1}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{3085, 143, 1, {2}},
	{3185, 144, 0, {3}},
	{32838, 575, 0, {5}},
	{33031, 575, 0, {4}},
	{32778, 586, 0, {3}},
	{32804, 586, 0, {2}},
	{3185, 586, 1, {6}},
	{3450, 586, 1, {1}},
	{14544, 586, 0, {0}},
	{32371, 641, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{5035, 595, 0, {8}},
	{33341, 622, 0, {6}},
	{33347, 593, 0, {4}},
	{34433, 609, 1, {1}},
	{34441, 586, 1, {7}},
	{33257, 586, 0, {3}},
	{34452, 593, 0, {5}},
	{33354, 586, 0, {2}},
	{34459, 609, 0, {2}},
	{19242, 642, 0, {1}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{3085, 147, 0, {2}},
	{14544, 586, 0, {0}},
	{32371, 643, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{34471, 565, 0, {3}},
	{34483, 586, 0, {1}},
	{34498, 595, 0, {2}},
	{34519, 595, 0, {5}},
	{34536, 586, 0, {7}},
	{34552, 565, 0, {4}},
	{3666, 586, 0, {6}},
	{9757, 586, 0, {2}},
	{4150, 595, 0, {3}},
	{9764, 614, 0, {4}},
	{34562, 586, 1, {1}},
	{34571, 248, 0, {1}},
	{34584, 280, 0, {2}},
	{34596, 282, 0, {3}},
	{34612, 586, 0, {2}},
	{3450, 586, 1, {1}},
	{34629, 586, 1, {2}},
	{19367, 586, 1, {1}},
	{9728, 586, 0, {3}},
	{34640, 586, 1, {1}},
	{34649, 586, 1, {2}},
	{9757, 586, 0, {4}},
	{9747, 586, 0, {6}},
	{9764, 614, 0, {5}},
	{9764, 614, 0, {3}},
	{34657, 586, 1, {1}},
	{34668, 586, 0, {4}},
	{34684, 586, 1, {2}},
	{9764, 614, 0, {3}},
	{34657, 586, 1, {1}},
	{34684, 586, 1, {2}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{33708, 266, 1, {2}},
	{34694, 335, 0, {9}},
	{34720, 335, 0, {6}},
	{34747, 586, 1, {1}},
	{9757, 586, 0, {4}},
	{34754, 335, 0, {10}},
	{34774, 335, 0, {8}},
	{34795, 335, 0, {7}},
	{9764, 614, 0, {3}},
	{34814, 644, 0, {5}},
	{34831, 586, 1, {2}},
	{34747, 586, 1, {1}},
	{9757, 586, 0, {3}},
	{34774, 237, 0, {5}},
	{9764, 614, 0, {2}},
	{34814, 644, 0, {4}},
	{34844, 593, 0, {1}},
	{34848, 593, 0, {2}},
	{34853, 593, 1, {1}},
	{12546, 586, 0, {2}},
	{9764, 614, 0, {6}},
	{34862, 586, 0, {4}},
	{34873, 335, 0, {5}},
	{16580, 586, 0, {3}},
	{34853, 593, 1, {1}},
	{12546, 586, 0, {2}},
	{9764, 614, 0, {6}},
	{34862, 586, 0, {4}},
	{34873, 237, 0, {5}},
	{16580, 586, 0, {3}},
	{9757, 586, 0, {2}},
	{9764, 614, 0, {3}},
	{34873, 335, 0, {4}},
	{34562, 586, 1, {1}},
	{9757, 586, 0, {2}},
	{9764, 614, 0, {3}},
	{34873, 237, 0, {4}},
	{34562, 586, 1, {1}},
	{1028, 595, 0, {1}},
	{33435, 561, 0, {3}},
	{19367, 586, 0, {1}},
	{34883, 614, 0, {5}},
	{12546, 586, 1, {4}},
	{34441, 586, 0, {2}},
	{33335, 586, 0, {4}},
	{32778, 586, 0, {3}},
	{3185, 586, 1, {2}},
	{3450, 586, 1, {1}},
	{14544, 586, 0, {0}},
	{19242, 645, 0, {2}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{14544, 586, 0, {0}},
	{32371, 646, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{14544, 586, 0, {0}},
	{34892, 647, 0, {3}},
	{32824, 644, 0, {2}},
	{34903, 614, 0, {4}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{19367, 586, 0, {1, 1}},
	{34883, 614, 0, {2}},
	{32299, 586, 1, {2}},
	{19367, 586, 0, {1, 1}},
	{34883, 614, 0, {3}},
	{14544, 586, 0, {0}},
	{32371, 648, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{34913, 586, 1, {5}},
	{19367, 586, 1, {2}},
	{32631, 586, 1, {1}},
	{34930, 586, 0, {4}},
	{33257, 586, 0, {3}},
	{32371, 649, 0, {2}},
	{19367, 586, 0, {1, 1}},
	{34883, 614, 0, {4}},
	{10723, 595, 0, {3}},
	{32371, 649, 0, {2}},
	{19367, 586, 0, {1, 1}},
	{34883, 614, 0, {4}},
	{34946, 593, 0, {4}},
	{34951, 593, 0, {3}},
	{34959, 650, 0, {7}},
	{34963, 651, 0, {19}},
	{34971, 586, 0, {2}},
	{10776, 586, 0, {14}},
	{34977, 228, 0, {12}},
	{34987, 305, 0, {10}},
	{19367, 586, 1, {1}},
	{35001, 652, 0, {6}},
	{35045, 305, 0, {11}},
	{35060, 653, 0, {23}},
	{10866, 322, 0, {8}},
	{15982, 586, 0, {24}},
	{35073, 654, 0, {25}},
	{16019, 337, 0, {15}},
	{35092, 305, 0, {22}},
	{35105, 614, 0, {16}},
	{35111, 614, 0, {17}},
	{10813, 586, 0, {13}},
	{10841, 586, 0, {20}},
	{35121, 614, 0, {18}},
	{35125, 655, 0, {21}},
	{35151, 656, 0, {9}},
	{35185, 586, 0, {5}},
	{34345, 586, 1, {1}},
	{35196, 586, 1, {3}},
	{35208, 586, 1, {2}},
	{35221, 593, 0, {1}},
	{35227, 606, 0, {2}},
	{35031, 595, 1, {3}},
	{35237, 586, 0, {5}},
	{35244, 595, 0, {2}},
	{19367, 586, 0, {1}},
	{10995, 586, 0, {4}},
	{35208, 586, 1, {1}},
	{15982, 586, 1, {2}},
	{34366, 586, 1, {1}},
	{35253, 181, 0, {2}},
	{25503, 586, 1, {1}},
	{34359, 638, 0, {2}},
	{35263, 183, 0, {2}},
	{35271, 184, 0, {3}},
	{35282, 185, 0, {1}},
	{35290, 575, 0, {1}},
	{35300, 586, 0, {7}},
	{35312, 595, 1, {1}},
	{35321, 575, 0, {6}},
	{32778, 586, 0, {4}},
	{32804, 586, 0, {3}},
	{35332, 595, 0, {2}},
	{35290, 575, 0, {5}},
	{32778, 586, 0, {2}},
	{32804, 586, 0, {1}},
	{35339, 657, 0, {10}},
	{35358, 658, 0, {14}},
	{35300, 586, 0, {8}},
	{34971, 586, 1, {6}},
	{35383, 586, 1, {7}},
	{35391, 182, 0, {3}},
	{19367, 586, 1, {1}},
	{34283, 614, 1, {4}},
	{10866, 322, 0, {11}},
	{35401, 595, 1, {5}},
	{35414, 614, 0, {9}},
	{35422, 182, 0, {2}},
	{35428, 586, 0, {15}},
	{16580, 187, 0, {13}},
	{35151, 659, 0, {12}},
	{35439, 234, 0, {1}},
	{11397, 595, 1, {1}},
	{32371, 660, 0, {1}},
	{32319, 265, 0, {2}},
	{35445, 595, 0, {4}},
	{12546, 586, 1, {1}},
	{35450, 316, 0, {3}},
	{10723, 595, 0, {2}},
	{32371, 660, 0, {1}},
	{35467, 586, 0, {1}},
	{35474, 549, 0, {2}},
	{35484, 586, 0, {3}},
	{13222, 586, 1, {1}},
	{35493, 586, 0, {4}},
	{35502, 266, 0, {2}},
	{35512, 586, 0, {4}},
	{19367, 586, 0, {1}},
	{1639, 595, 1, {2}},
	{10995, 586, 0, {3}},
	{35524, 661, 0, {1}},
	{35534, 661, 0, {2}},
	{35001, 662, 0, {3}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{35552, 663, 0, {2}},
	{14544, 586, 0, {0}},
	{32371, 664, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{35560, 169, 0, {2}},
	{35573, 586, 0, {1}},
	{34873, 331, 0, {3}},
	{19367, 586, 1, {1}},
	{33730, 586, 0, {2}},
	{35580, 200, 0, {3}},
	{35590, 170, 0, {3}},
	{32319, 265, 0, {1}},
	{35606, 209, 0, {5}},
	{35450, 316, 0, {2}},
	{35617, 332, 0, {4}},
	{34946, 593, 0, {1, 4}},
	{34951, 593, 0, {1, 3}},
	{34959, 650, 0, {1, 7}},
	{34963, 651, 0, {1, 19}},
	{34971, 586, 0, {1, 2}},
	{10776, 586, 0, {1, 14}},
	{34977, 228, 0, {1, 12}},
	{34987, 305, 0, {1, 10}},
	{19367, 586, 1, {1, 1}},
	{35001, 652, 0, {1, 6}},
	{35045, 305, 0, {1, 11}},
	{35060, 653, 0, {1, 23}},
	{10866, 322, 0, {1, 8}},
	{15982, 586, 0, {1, 24}},
	{35073, 654, 0, {1, 25}},
	{16019, 337, 0, {1, 15}},
	{35092, 305, 0, {1, 22}},
	{35105, 614, 0, {1, 16}},
	{35111, 614, 0, {1, 17}},
	{35630, 586, 0, {2}},
	{10813, 586, 0, {1, 13}},
	{10841, 586, 0, {1, 20}},
	{35121, 614, 0, {1, 18}},
	{35125, 655, 0, {1, 21}},
	{35151, 656, 0, {1, 9}},
	{35185, 586, 0, {1, 5}},
	{35650, 273, 0, {1}},
	{34366, 586, 0, {12}},
	{14544, 586, 0, {0}},
	{25416, 595, 0, {8}},
	{35670, 565, 0, {10}},
	{35680, 575, 0, {6}},
	{35695, 266, 1, {2}},
	{9747, 586, 0, {0}},
	{35710, 575, 0, {7}},
	{32778, 586, 0, {4}},
	{16255, 566, 1, {1}},
	{32804, 586, 0, {3}},
	{35724, 266, 0, {13}},
	{35732, 586, 0, {14}},
	{35751, 586, 0, {15}},
	{35769, 205, 0, {11}},
	{35776, 206, 0, {5}},
	{3450, 586, 0, {9}},
	{14544, 586, 0, {0}},
	{32371, 665, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{25416, 595, 0, {1}},
	{35783, 565, 0, {2}},
	{35800, 586, 0, {1}},
	{35810, 586, 0, {2}},
	{34951, 593, 0, {1}},
	{9757, 586, 0, {3}},
	{35815, 595, 0, {2}},
	{9764, 614, 0, {4}},
	{35819, 593, 0, {1}},
	{35830, 593, 0, {5}},
	{32299, 586, 1, {3}},
	{34883, 614, 0, {4}},
	{12546, 586, 1, {2}},
	{35836, 586, 1, {1}},
	{34747, 586, 1, {1}},
	{9757, 586, 0, {2}},
	{35847, 644, 0, {5}},
	{9764, 614, 0, {4}},
	{34873, 335, 0, {3}},
	{34747, 586, 1, {1}},
	{9757, 586, 0, {2}},
	{35847, 644, 0, {5}},
	{9764, 614, 0, {4}},
	{34873, 237, 0, {3}},
	{35855, 586, 0, {1}},
	{35867, 586, 0, {2}},
	{9757, 586, 0, {2}},
	{4150, 595, 0, {3}},
	{35879, 586, 1, {1}},
	{9764, 614, 0, {4}},
	{1639, 595, 1, {1}},
	{12375, 586, 0, {2}},
	{35886, 586, 0, {3}},
	{35896, 586, 1, {1}},
	{32829, 586, 0, {2}},
	{35907, 586, 1, {1}},
	{35917, 586, 0, {4}},
	{12546, 586, 1, {2}},
	{9764, 614, 0, {3}},
	{35907, 586, 1, {1}},
	{12546, 586, 1, {2}},
	{9764, 614, 0, {3}},
	{35810, 586, 0, {3}},
	{35936, 666, 0, {5}},
	{12546, 586, 0, {1}},
	{1639, 578, 1, {2}},
	{12556, 586, 0, {4}},
	{19367, 586, 1, {1}},
	{33730, 586, 1, {2}},
	{35948, 593, 0, {2}},
	{13222, 586, 1, {1}},
	{13222, 586, 1, {1}},
	{12546, 586, 1, {1}},
	{3450, 586, 0, {2}},
	{35958, 614, 0, {8}},
	{35976, 614, 0, {11}},
	{9757, 586, 0, {5}},
	{35992, 586, 0, {12}},
	{36006, 586, 1, {2}},
	{12729, 586, 0, {4}},
	{35815, 595, 1, {3}},
	{36010, 593, 0, {7}},
	{9764, 614, 0, {6}},
	{34873, 335, 0, {10}},
	{36018, 586, 1, {1}},
	{35958, 614, 0, {8}},
	{35976, 614, 0, {11}},
	{9757, 586, 0, {5}},
	{35992, 586, 0, {12}},
	{36006, 586, 1, {2}},
	{12729, 586, 0, {4}},
	{35815, 595, 1, {3}},
	{36010, 593, 0, {7}},
	{9764, 614, 0, {6}},
	{34873, 237, 0, {10}},
	{36018, 586, 1, {1}},
	{12828, 586, 0, {2}},
	{36031, 586, 0, {1}},
	{36041, 586, 1, {1}},
	{32299, 586, 1, {1}},
	{35445, 595, 0, {3}},
	{12546, 586, 1, {2}},
	{36050, 229, 0, {1}},
	{36060, 229, 0, {2}},
	{35428, 586, 0, {3}},
	{36068, 207, 0, {1}},
	{36073, 218, 0, {2}},
	{36081, 347, 0, {4}},
	{36087, 351, 0, {3}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{3085, 233, 0, {2}},
	{12721, 657, 0, {4}},
	{36097, 657, 0, {5}},
	{36112, 657, 0, {2}},
	{36116, 657, 0, {6}},
	{36137, 657, 0, {3}},
	{3450, 586, 1, {1}},
	{14544, 586, 0, {0}},
	{32371, 667, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{36141, 668, 1, {1}},
	{36148, 606, 1, {2}},
	{36152, 669, 0, {3}},
	{33257, 606, 1, {1}},
	{35484, 586, 0, {2}},
	{13222, 586, 0, {1}},
	{13215, 586, 0, {3}},
	{35001, 670, 0, {4}},
	{36171, 671, 0, {1}},
	{19367, 586, 0, {1}},
	{9757, 586, 0, {2}},
	{12546, 586, 1, {1}},
	{3185, 586, 1, {2}},
	{36179, 586, 0, {1}},
	{12546, 586, 1, {2}},
	{9764, 614, 0, {3}},
	{36211, 586, 1, {1}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{3085, 244, 0, {2}},
	{3185, 245, 0, {3}},
	{32838, 575, 0, {4}},
	{32778, 586, 0, {6}},
	{32804, 586, 0, {5}},
	{3185, 586, 1, {2}},
	{3450, 586, 1, {1}},
	{14544, 586, 0, {0}},
	{32371, 672, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{36218, 593, 0, {1}},
	{19242, 673, 0, {2}},
	{13624, 586, 0, {1}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{3085, 261, 0, {2}},
	{3185, 262, 0, {3}},
	{36229, 586, 1, {2}},
	{3450, 586, 1, {1}},
	{36237, 674, 0, {2}},
	{36285, 258, 0, {1}},
	{36332, 600, 0, {2}},
	{36343, 586, 1, {1}},
	{10866, 657, 1, {3}},
	{36361, 575, 0, {3}},
	{32838, 575, 0, {4}},
	{32778, 586, 0, {6}},
	{32804, 586, 0, {5}},
	{3185, 586, 1, {2}},
	{3450, 586, 1, {1}},
	{36379, 172, 0, {2}},
	{33960, 251, 0, {2}},
	{36389, 251, 0, {1}},
	{33335, 586, 0, {4}},
	{36398, 251, 0, {3}},
	{13920, 188, 0, {1}},
	{36412, 614, 0, {1}},
	{14544, 586, 0, {0}},
	{32371, 675, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{36437, 257, 0, {2}},
	{19367, 586, 0, {1}},
	{36446, 614, 0, {1}},
	{36470, 614, 0, {2}},
	{36485, 676, 1, {1}},
	{32299, 586, 1, {1}},
	{25503, 586, 1, {2}},
	{34359, 593, 0, {3}},
	{36503, 677, 0, {1}},
	{36520, 677, 0, {2}},
	{36532, 251, 0, {6}},
	{36545, 586, 0, {2}},
	{36556, 586, 0, {1}},
	{36564, 678, 0, {7}},
	{36573, 586, 0, {3}},
	{36584, 679, 0, {5}},
	{36591, 614, 0, {4}},
	{35524, 680, 0, {5}},
	{14271, 657, 0, {2}},
	{36605, 657, 0, {1}},
	{19242, 681, 0, {4}},
	{36614, 252, 0, {11}},
	{14283, 253, 0, {6}},
	{36621, 593, 0, {14}},
	{36437, 254, 0, {13}},
	{36638, 682, 0, {8}},
	{14299, 264, 0, {7}},
	{13624, 586, 0, {3}},
	{36645, 683, 0, {12}},
	{36661, 684, 0, {10}},
	{36677, 593, 0, {9}},
	{36605, 606, 0, {1}},
	{14494, 586, 1, {10}},
	{14393, 586, 1, {3}},
	{14422, 586, 1, {6}},
	{14400, 586, 1, {4}},
	{14461, 586, 1, {8}},
	{14446, 586, 1, {7}},
	{14372, 586, 1, {1}},
	{14478, 586, 1, {9}},
	{14414, 586, 1, {5}},
	{36690, 263, 0, {11}},
	{14382, 586, 1, {2}},
	{14544, 586, 0, {1}},
	{36695, 586, 1, {2}},
	{14544, 586, 0, {5}},
	{36695, 586, 0, {7}},
	{9747, 586, 0, {1}},
	{19367, 586, 0, {3}},
	{32631, 586, 0, {2}},
	{34930, 586, 0, {6}},
	{33257, 586, 0, {4}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{3085, 276, 0, {2}},
	{3185, 277, 0, {3}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{3085, 271, 0, {2}},
	{3185, 272, 0, {3}},
	{34003, 575, 0, {3}},
	{32838, 575, 0, {4}},
	{32778, 586, 0, {6}},
	{32804, 586, 0, {5}},
	{3185, 586, 1, {2}},
	{3450, 586, 1, {1}},
	{14544, 586, 0, {0}},
	{32371, 620, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{36705, 593, 0, {1}},
	{36717, 357, 0, {7}},
	{36728, 358, 0, {8}},
	{10866, 365, 0, {2}},
	{32665, 561, 0, {4}},
	{36742, 586, 0, {5}},
	{36759, 586, 0, {9}},
	{14889, 586, 0, {6}},
	{35836, 586, 0, {3}},
	{36705, 593, 0, {2}},
	{36785, 644, 0, {7}},
	{35339, 657, 0, {5}},
	{36605, 657, 0, {3}},
	{19242, 685, 0, {4}},
	{36811, 586, 0, {8}},
	{36844, 239, 0, {9}},
	{13624, 586, 0, {1}},
	{16255, 566, 0, {1}},
	{3085, 271, 1, {2}},
	{36863, 586, 1, {1}},
	{9764, 614, 0, {2}},
	{14544, 586, 0, {0}},
	{32371, 686, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{36705, 593, 0, {3}},
	{36873, 148, 0, {2, 2}},
	{36894, 152, 0, {2, 16}},
	{36904, 153, 0, {2, 13}},
	{36605, 657, 0, {1}},
	{36914, 159, 0, {2, 9}},
	{36921, 161, 0, {2, 8}},
	{36928, 687, 0, {4}},
	{36937, 156, 0, {2, 22}},
	{36941, 208, 0, {2, 10}},
	{36944, 210, 0, {2, 12}},
	{36955, 212, 0, {2, 11}},
	{36963, 213, 0, {2, 1}},
	{36981, 216, 0, {2, 4}},
	{36991, 222, 0, {2, 3}},
	{37000, 223, 0, {2, 7}},
	{37006, 238, 0, {2, 20}},
	{37012, 593, 0, {7}},
	{37025, 240, 0, {2, 5}},
	{34571, 363, 0, {9}},
	{15167, 586, 0, {5}},
	{37029, 278, 0, {2, 17}},
	{37050, 303, 0, {2, 18}},
	{37065, 307, 0, {2, 15}},
	{16565, 308, 0, {2, 6}},
	{37073, 325, 0, {2, 19}},
	{36742, 586, 0, {6}},
	{37081, 348, 0, {2, 21}},
	{36759, 586, 0, {10}},
	{14889, 586, 0, {8}},
	{37091, 367, 0, {2, 14}},
	{37105, 575, 0, {4}},
	{32778, 586, 0, {2}},
	{13624, 586, 0, {1}},
	{32804, 586, 0, {3}},
	{9757, 586, 0, {2}},
	{37129, 586, 1, {1}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{3085, 297, 0, {2}},
	{3185, 298, 0, {3}},
	{36237, 688, 0, {2}},
	{36285, 689, 0, {1}},
	{33435, 561, 0, {1}},
	{37134, 593, 0, {5}},
	{37149, 593, 0, {6}},
	{282, 561, 0, {4}},
	{37167, 593, 0, {2}},
	{37178, 586, 1, {3}},
	{36237, 688, 0, {2}},
	{36285, 689, 0, {1}},
	{37190, 586, 0, {6}},
	{37211, 586, 0, {4}},
	{37232, 586, 0, {5}},
	{37240, 586, 1, {2}},
	{37248, 595, 0, {3}},
	{34441, 586, 1, {1}},
	{37269, 644, 0, {7}},
	{34003, 575, 0, {3}},
	{32838, 575, 0, {4}},
	{32778, 586, 0, {6}},
	{32746, 606, 0, {7}},
	{32804, 586, 0, {5}},
	{3185, 586, 1, {2}},
	{3450, 586, 1, {1}},
	{37285, 593, 0, {1}},
	{35847, 690, 0, {3}},
	{37297, 593, 0, {2}},
	{19367, 586, 0, {1}},
	{33730, 586, 0, {2}},
	{37306, 691, 1, {1}},
	{36343, 586, 1, {2}},
	{13222, 586, 1, {1}},
	{14544, 586, 0, {0}},
	{32371, 692, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{19367, 586, 1, {1}},
	{37322, 586, 1, {1}},
	{19367, 586, 1, {1}},
	{36343, 586, 0, {3}},
	{37336, 586, 0, {4}},
	{19367, 586, 1, {1}},
	{36343, 586, 0, {2}},
	{19367, 586, 1, {1}},
	{37362, 586, 0, {1}},
	{37375, 150, 0, {11}},
	{37391, 606, 0, {5}},
	{37399, 586, 0, {9}},
	{37419, 606, 0, {6}},
	{37430, 614, 0, {3}},
	{37443, 606, 0, {2}},
	{37453, 586, 0, {13}},
	{37473, 324, 0, {1}},
	{37488, 329, 0, {10}},
	{36152, 669, 0, {4}},
	{36412, 586, 0, {12}},
	{37503, 693, 0, {7}},
	{37511, 369, 0, {8}},
	{34017, 606, 0, {5}},
	{37526, 149, 0, {18}},
	{37535, 614, 0, {21}},
	{36332, 694, 1, {2}},
	{37564, 285, 0, {26}},
	{16009, 586, 0, {6}},
	{37574, 614, 0, {30}},
	{37593, 695, 0, {34}},
	{37613, 696, 0, {23}},
	{37629, 614, 0, {13}},
	{37637, 614, 0, {11}},
	{37649, 614, 0, {12}},
	{37657, 614, 0, {37}},
	{35484, 586, 0, {16}},
	{37667, 586, 0, {41}},
	{37684, 697, 0, {15}},
	{37701, 694, 0, {20}},
	{35493, 586, 0, {10}},
	{37716, 698, 0, {7}},
	{37729, 290, 0, {36}},
	{37732, 657, 0, {32}},
	{26499, 586, 0, {31}},
	{37741, 595, 0, {25}},
	{37750, 586, 0, {24}},
	{37768, 699, 0, {28}},
	{37783, 700, 0, {39}},
	{10866, 322, 0, {40}},
	{15982, 586, 0, {3}},
	{37798, 586, 0, {29}},
	{16083, 586, 0, {19}},
	{37815, 701, 0, {38}},
	{37831, 295, 0, {43}},
	{16019, 296, 0, {14}},
	{37847, 586, 0, {9}},
	{37862, 586, 0, {8}},
	{37881, 614, 0, {35}},
	{37899, 614, 0, {27}},
	{37921, 586, 0, {17}},
	{16035, 606, 0, {4}},
	{37931, 702, 0, {22}},
	{37943, 703, 0, {33}},
	{38000, 704, 0, {1}},
	{35339, 657, 0, {19}},
	{19242, 705, 0, {2}},
	{38008, 706, 0, {8}},
	{38026, 706, 0, {13}},
	{38053, 287, 0, {18}},
	{35237, 586, 0, {5}},
	{38081, 707, 0, {16}},
	{38089, 706, 0, {10}},
	{32778, 586, 0, {3}},
	{38111, 708, 0, {21}},
	{38148, 586, 0, {11}},
	{32746, 606, 0, {17}},
	{13624, 586, 0, {1}},
	{38166, 586, 0, {6}},
	{38172, 709, 0, {12}},
	{38179, 586, 0, {9}},
	{32804, 586, 0, {4}},
	{38188, 586, 0, {14}},
	{38195, 710, 0, {15}},
	{10866, 322, 0, {20}},
	{34289, 575, 0, {7}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{32873, 301, 0, {2}},
	{14544, 586, 0, {0}},
	{32371, 711, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{16255, 566, 0, {1}},
	{3085, 297, 0, {2}},
	{33335, 586, 0, {3}},
	{1639, 595, 1, {1}},
	{10995, 586, 1, {2}},
	{9757, 586, 0, {2}},
	{9764, 614, 0, {3}},
	{34562, 586, 1, {1}},
	{38217, 260, 1, {2}},
	{38228, 595, 1, {1}},
	{36068, 207, 0, {1, 1}},
	{16443, 595, 0, {6}},
	{38235, 214, 0, {1, 4}},
	{36073, 218, 0, {1, 2}},
	{38240, 595, 0, {2}},
	{16412, 595, 0, {4}},
	{16426, 595, 0, {5}},
	{36087, 351, 0, {1, 3}},
	{16035, 606, 0, {7}},
	{1028, 595, 0, {3}},
	{10723, 595, 0, {2}},
	{38260, 712, 0, {1}},
	{33429, 586, 0, {5}},
	{9764, 614, 0, {3}},
	{38268, 586, 1, {1}},
	{38277, 586, 0, {6}},
	{16580, 586, 0, {4}},
	{38284, 586, 1, {2}},
	{9757, 586, 0, {3}},
	{34971, 586, 1, {2}},
	{16603, 586, 0, {6}},
	{34853, 593, 1, {1}},
	{16569, 586, 0, {4}},
	{9764, 614, 0, {8}},
	{34873, 335, 0, {7}},
	{16580, 586, 0, {5}},
	{9757, 586, 0, {3}},
	{34971, 586, 1, {2}},
	{16603, 586, 0, {6}},
	{34853, 593, 1, {1}},
	{16569, 586, 0, {4}},
	{9764, 614, 0, {8}},
	{34873, 237, 0, {7}},
	{16580, 586, 0, {5}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{3085, 313, 0, {2}},
	{3185, 314, 0, {3}},
	{32838, 575, 0, {3}},
	{32778, 586, 0, {5}},
	{32804, 586, 0, {4}},
	{3185, 586, 1, {2}},
	{3450, 586, 1, {1}},
	{14544, 586, 0, {0}},
	{32371, 713, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{32857, 595, 0, {4}},
	{3657, 595, 0, {1}},
	{32665, 698, 0, {2}},
	{32873, 301, 0, {3}},
	{33053, 595, 0, {5}},
	{19242, 714, 0, {6}},
	{33141, 595, 0, {2}},
	{32746, 606, 0, {3}},
	{33071, 595, 0, {4}},
	{3657, 595, 1, {1}},
	{19367, 586, 1, {1}},
	{34433, 586, 0, {2}},
	{34345, 586, 0, {1}},
	{38291, 549, 0, {3}},
	{33449, 586, 1, {2}},
	{38299, 586, 0, {2}},
	{32778, 586, 0, {6}},
	{38306, 586, 1, {1}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{3085, 320, 0, {2}},
	{3185, 321, 0, {3}},
	{14544, 586, 0, {0}},
	{32371, 715, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{38317, 657, 0, {1}},
	{38322, 327, 0, {3}},
	{38336, 593, 0, {2}},
	{38317, 657, 0, {1}},
	{38343, 657, 0, {2}},
	{38348, 716, 0, {3}},
	{36141, 657, 0, {1}},
	{38355, 657, 0, {2}},
	{19367, 586, 1, {1}},
	{10866, 717, 0, {2}},
	{38376, 586, 0, {4}},
	{38382, 586, 0, {2}},
	{3450, 586, 0, {3}},
	{16580, 586, 0, {1}},
	{9757, 586, 0, {9}},
	{38387, 586, 1, {1}},
	{38395, 586, 0, {5}},
	{9764, 614, 0, {10}},
	{34873, 335, 1, {3}},
	{38412, 614, 0, {4}},
	{17393, 586, 0, {7}},
	{38423, 586, 0, {6}},
	{38435, 586, 1, {2}},
	{35836, 586, 0, {8}},
	{9757, 586, 0, {9}},
	{38387, 586, 1, {1}},
	{38395, 586, 0, {5}},
	{9764, 614, 0, {10}},
	{34873, 237, 1, {3}},
	{38412, 614, 0, {4}},
	{17393, 586, 0, {7}},
	{38423, 586, 0, {6}},
	{38435, 586, 1, {2}},
	{35836, 586, 0, {8}},
	{36503, 718, 0, {1}},
	{25503, 586, 1, {2}},
	{38442, 586, 1, {1}},
	{34359, 593, 0, {3}},
	{34612, 586, 0, {2}},
	{3450, 586, 1, {1}},
	{14544, 586, 0, {0}},
	{32824, 647, 0, {2}},
	{34903, 614, 0, {5}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{38452, 644, 0, {4}},
	{3450, 586, 0, {3}},
	{19367, 586, 0, {1, 1}},
	{34883, 614, 0, {2}},
	{32299, 586, 1, {2}},
	{19367, 586, 0, {1, 1}},
	{34883, 614, 0, {3}},
	{14544, 586, 0, {0}},
	{32371, 719, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{32371, 649, 0, {2}},
	{19367, 586, 0, {1, 1}},
	{34883, 614, 0, {4}},
	{19367, 586, 0, {1}},
	{32631, 586, 0, {2}},
	{10723, 595, 0, {3}},
	{32371, 649, 0, {2}},
	{34883, 614, 0, {4}},
	{34657, 586, 0, {1}},
	{38463, 614, 0, {7}},
	{37375, 150, 0, {12}},
	{38488, 158, 0, {1}},
	{38501, 614, 0, {2}},
	{38512, 586, 0, {9}},
	{38522, 614, 0, {6}},
	{37419, 606, 0, {8}},
	{37430, 614, 0, {5}},
	{37443, 606, 0, {4}},
	{37473, 324, 0, {3}},
	{37488, 329, 0, {11}},
	{37511, 369, 0, {10}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{3085, 344, 0, {2}},
	{3185, 345, 0, {3}},
	{14544, 586, 0, {0}},
	{37535, 614, 0, {4}},
	{37684, 720, 0, {3}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{38545, 721, 0, {2}},
	{14544, 586, 0, {0}},
	{32371, 722, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{38553, 586, 0, {1}},
	{5035, 606, 0, {2}},
	{12546, 586, 1, {3}},
	{14544, 586, 0, {0}},
	{32371, 723, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{35512, 586, 0, {6}},
	{19367, 586, 0, {1}},
	{38562, 595, 0, {5}},
	{1639, 595, 1, {3}},
	{10995, 586, 0, {2}},
	{18171, 578, 0, {4}},
	{38571, 614, 0, {20}},
	{38601, 586, 0, {3}},
	{38611, 593, 0, {18}},
	{38622, 593, 0, {5}},
	{38634, 586, 0, {10}},
	{38647, 586, 0, {11}},
	{38669, 595, 0, {12}},
	{38689, 586, 0, {22}},
	{38711, 593, 0, {19}},
	{38722, 586, 0, {17}},
	{38737, 586, 0, {21}},
	{38755, 586, 0, {8}},
	{38770, 593, 0, {9}},
	{35001, 724, 0, {1}},
	{38810, 614, 0, {13}},
	{32665, 698, 0, {2}},
	{18218, 586, 0, {7}},
	{38835, 346, 0, {14}},
	{38857, 586, 0, {23}},
	{3450, 586, 0, {4}},
	{19242, 725, 0, {2}},
	{18275, 236, 0, {1}},
	{38877, 163, 0, {1}},
	{38886, 606, 1, {1}},
	{9757, 586, 0, {3}},
	{9764, 614, 0, {4}},
	{34873, 266, 0, {5}},
	{35836, 586, 0, {1}},
	{38894, 586, 0, {2}},
	{9757, 586, 0, {3}},
	{9764, 614, 0, {4}},
	{34873, 237, 0, {5}},
	{35836, 586, 0, {1}},
	{38894, 586, 0, {2}},
	{19367, 586, 1, {1}},
	{33730, 586, 1, {2}},
	{35810, 586, 0, {2}},
	{1639, 578, 1, {1}},
	{38910, 586, 1, {3}},
	{32299, 586, 1, {1}},
	{38917, 575, 0, {4}},
	{33730, 586, 0, {2}},
	{38910, 586, 0, {4}},
	{32299, 586, 0, {1}},
	{25503, 586, 0, {2}},
	{38927, 606, 0, {5}},
	{33730, 586, 0, {3}},
	{32299, 586, 1, {1}},
	{34359, 593, 1, {2}},
	{38945, 726, 0, {1}},
	{33435, 561, 0, {4}},
	{37134, 593, 0, {8}},
	{38967, 595, 1, {1}},
	{38975, 595, 0, {5}},
	{38986, 586, 0, {6}},
	{39005, 586, 0, {7}},
	{37178, 586, 1, {2}},
	{39022, 586, 1, {3}},
	{24254, 586, 0, {1}},
	{9747, 586, 1, {2}},
	{19367, 586, 1, {3}},
	{24254, 586, 0, {1}},
	{9747, 586, 1, {2}},
	{19367, 586, 1, {3}},
	{32631, 586, 0, {4}},
	{36873, 148, 0, {2, 4}},
	{36894, 152, 0, {2, 22}},
	{36904, 154, 0, {2, 18}},
	{36914, 160, 0, {2, 14}},
	{36921, 162, 0, {2, 13}},
	{36379, 174, 0, {2, 19}},
	{36937, 157, 0, {2, 28}},
	{39040, 191, 0, {2, 16}},
	{39052, 192, 0, {2, 2}},
	{39061, 202, 0, {2, 29}},
	{36941, 208, 0, {2, 17}},
	{36944, 211, 0, {2, 12}},
	{36955, 212, 0, {2, 15}},
	{36963, 213, 0, {2, 3}},
	{39071, 215, 0, {2, 5}},
	{36981, 217, 0, {2, 9}},
	{36991, 222, 0, {2, 1}},
	{34971, 225, 0, {2, 30}},
	{37000, 224, 0, {2, 8}},
	{19367, 586, 1, {1}},
	{37025, 240, 0, {2, 7}},
	{39079, 274, 0, {2, 10}},
	{37029, 278, 0, {2, 23}},
	{37050, 303, 0, {2, 24}},
	{39101, 306, 0, {2, 26}},
	{37065, 307, 0, {2, 21}},
	{16565, 309, 0, {2, 11}},
	{37073, 326, 0, {2, 25}},
	{39111, 336, 0, {2, 6}},
	{37081, 349, 0, {2, 27}},
	{37091, 367, 0, {2, 20}},
	{34629, 586, 1, {2}},
	{19367, 586, 1, {1}},
	{35175, 586, 1, {3}},
	{39118, 586, 0, {5}},
	{19367, 586, 1, {1}},
	{9764, 614, 0, {2}},
	{39135, 586, 0, {7}},
	{39153, 586, 0, {4}},
	{39161, 586, 0, {6}},
	{35175, 586, 1, {2}},
	{19367, 586, 1, {1}},
	{9764, 614, 0, {3}},
	{39135, 586, 0, {4}},
	{39173, 366, 0, {5}},
	{39186, 258, 0, {1}},
	{39195, 164, 0, {5}},
	{36379, 173, 0, {3}},
	{39040, 189, 0, {2}},
	{39214, 283, 0, {6}},
	{39111, 334, 0, {1}},
	{39229, 341, 0, {4}},
	{36141, 657, 0, {1}},
	{38355, 657, 0, {2}},
	{34971, 226, 0, {1}},
	{9757, 586, 0, {2}},
	{39249, 586, 0, {4}},
	{39265, 586, 0, {3}},
	{39283, 586, 1, {1}},
	{39294, 281, 1, {2}},
	{38228, 595, 1, {1}},
	{39310, 586, 0, {2}},
	{39329, 586, 0, {1}},
	{39352, 614, 0, {4}},
	{39364, 586, 0, {3}},
	{35524, 600, 1, {1}},
	{19242, 371, 0, {2}},
	{39378, 644, 0, {5}},
	{39397, 372, 0, {8}},
	{35484, 586, 0, {3}},
	{35493, 586, 0, {6}},
	{35502, 266, 0, {4}},
	{39403, 586, 0, {7}},
	{34283, 614, 0, {1}},
	{39408, 614, 0, {2}},
	{34309, 614, 0, {3}},
	{39416, 727, 0, {2}},
	{39425, 728, 0, {1}},
	{35512, 586, 0, {4}},
	{19367, 586, 0, {1}},
	{1639, 595, 0, {3}},
	{10995, 586, 0, {2}},
	{39434, 586, 1, {4}},
	{14544, 586, 0, {0}},
	{35907, 729, 0, {2}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{35001, 730, 0, {3}},
	{14544, 586, 0, {0}},
	{32371, 731, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{19367, 586, 1, {1}},
	{19367, 586, 1, {1}},
	{34366, 586, 0, {6}},
	{14544, 586, 0, {0}},
	{39446, 595, 0, {15}},
	{39462, 575, 0, {13}},
	{39487, 575, 0, {14}},
	{39511, 206, 0, {12}},
	{35670, 565, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{39528, 586, 0, {10}},
	{32804, 586, 0, {7}},
	{39533, 266, 0, {8}},
	{35724, 266, 0, {9}},
	{39543, 586, 0, {4}},
	{35751, 586, 0, {5}},
	{35769, 380, 0, {3}},
	{3450, 586, 0, {11}},
	{14544, 586, 0, {0}},
	{32371, 732, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{25416, 595, 1, {1}},
	{35783, 565, 1, {2}},
	{19791, 595, 0, {2}},
	{19766, 595, 0, {1}},
	{3450, 586, 1, {1}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{3085, 386, 0, {2}},
	{3185, 387, 0, {3}},
	{32838, 575, 0, {3}},
	{32778, 586, 0, {5}},
	{32804, 586, 0, {4}},
	{3185, 586, 0, {2}},
	{3450, 586, 0, {1}},
	{14544, 586, 0, {0}},
	{32371, 733, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{39563, 382, 0, {3}},
	{20130, 595, 0, {2}},
	{39583, 396, 1, {1}},
	{32518, 734, 0, {4}},
	{19242, 735, 0, {1}},
	{19367, 586, 1, {1}},
	{39610, 399, 0, {2}},
	{3450, 586, 1, {1}},
	{39618, 595, 0, {4}},
	{19791, 595, 0, {3}},
	{39640, 389, 0, {2}},
	{19766, 595, 0, {1}},
	{33393, 600, 1, {6}},
	{33409, 600, 1, {1}},
	{33561, 736, 0, {3}},
	{32357, 737, 0, {2}},
	{39654, 738, 1, {1}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{3085, 397, 0, {2}},
	{3185, 398, 0, {3}},
	{32838, 575, 0, {3}},
	{32778, 586, 0, {5}},
	{32804, 586, 0, {4}},
	{3185, 586, 0, {2}},
	{3450, 586, 0, {1}},
	{14544, 586, 0, {0}},
	{32371, 739, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{19367, 586, 1, {1}},
	{20826, 381, 0, {3}},
	{39663, 390, 0, {2}},
	{3450, 586, 1, {1}},
	{19242, 740, 0, {1}},
	{20963, 595, 0, {2}},
	{20972, 595, 0, {3}},
	{20956, 595, 0, {1}},
	{32584, 600, 1, {2}},
	{39671, 614, 0, {4}},
	{37167, 600, 0, {5}},
	{10866, 600, 1, {3}},
	{33409, 600, 1, {1}},
	{19367, 586, 1, {2}},
	{32631, 586, 1, {1}},
	{33429, 388, 0, {3}},
	{9747, 586, 1, {1}},
	{37847, 401, 0, {4}},
	{16580, 403, 0, {2}},
	{19367, 586, 1, {1}},
	{39684, 411, 1, {2}},
	{12546, 586, 0, {1}},
	{39692, 586, 1, {3}},
	{39701, 741, 1, {1}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{3085, 408, 1, {2}},
	{14544, 586, 0, {0}},
	{32371, 742, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{39707, 432, 1, {1}},
	{39717, 586, 1, {1}},
	{39722, 593, 0, {2}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{3085, 422, 0, {2}},
	{3185, 423, 0, {3}},
	{33449, 357, 0, {3}},
	{12375, 421, 0, {4}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{3085, 415, 0, {2}},
	{14544, 586, 0, {0}},
	{32371, 743, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{24254, 586, 0, {1}},
	{9747, 586, 1, {2}},
	{19367, 586, 1, {3}},
	{32631, 586, 0, {5}},
	{1427, 586, 0, {4}},
	{39729, 586, 0, {1}},
	{39740, 414, 0, {2}},
	{14544, 586, 0, {0}},
	{32371, 744, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{35484, 586, 0, {2}},
	{13222, 586, 0, {1}},
	{35001, 745, 0, {4}},
	{36171, 746, 0, {1}},
	{33335, 586, 0, {3}},
	{1639, 595, 1, {1}},
	{10995, 586, 1, {2}},
	{35810, 586, 0, {1}},
	{39751, 405, 0, {2, 1}},
	{19367, 586, 1, {1}},
	{1639, 433, 0, {2}},
	{39756, 411, 0, {1}},
	{39771, 586, 0, {4}},
	{32518, 747, 0, {3}},
	{39788, 748, 0, {2}},
	{18275, 418, 0, {1}},
	{39792, 593, 0, {1}},
	{34657, 586, 0, {2}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{3085, 431, 0, {2}},
	{35001, 749, 0, {1}},
	{39798, 750, 0, {2}},
	{39801, 750, 0, {2}},
	{35001, 749, 0, {1}},
	{14544, 586, 0, {0}},
	{32371, 751, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{39806, 409, 0, {3}},
	{282, 561, 0, {2}},
	{22614, 561, 0, {1}},
	{39814, 595, 0, {3}},
	{1639, 578, 0, {2}},
	{10995, 586, 0, {1}},
	{39822, 752, 0, {3}},
	{36171, 753, 0, {2}},
	{22614, 561, 0, {1}},
	{22626, 593, 0, {4}},
	{33429, 586, 0, {1}},
	{19367, 586, 1, {4}},
	{32631, 586, 0, {3}},
	{33449, 586, 1, {2}},
	{19367, 586, 0, {1}},
	{39829, 595, 0, {2}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{3085, 436, 0, {2}},
	{3185, 437, 0, {3}},
	{14544, 586, 0, {0}},
	{32371, 754, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{39836, 593, 0, {1}},
	{19242, 725, 0, {1}},
	{39842, 657, 0, {1}},
	{14544, 586, 0, {0}},
	{39851, 586, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{37732, 438, 0, {3}},
	{39859, 441, 0, {4}},
	{14544, 586, 0, {0}},
	{32371, 755, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{37716, 698, 0, {1}},
	{37931, 702, 0, {2}},
	{14544, 586, 0, {0}},
	{39870, 556, 0, {2}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{3085, 445, 0, {2}},
	{3185, 446, 0, {3}},
	{14544, 586, 0, {0}},
	{32371, 756, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{4037, 578, 0, {3}},
	{39884, 578, 0, {1}},
	{32665, 561, 0, {2}},
	{39897, 586, 0, {4}},
	{19242, 725, 0, {7}},
	{39924, 595, 0, {4}},
	{39939, 595, 0, {5}},
	{39954, 757, 0, {2}},
	{39968, 595, 0, {3}},
	{39987, 595, 0, {6}},
	{32746, 606, 0, {1}},
	{40000, 758, 0, {1}},
	{40021, 447, 0, {3}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{32518, 759, 0, {2}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{40037, 457, 1, {3}},
	{39654, 760, 0, {2}},
	{14544, 586, 0, {0}},
	{32371, 761, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{14544, 586, 0, {0}},
	{32371, 762, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{32584, 593, 0, {2}},
	{33393, 593, 0, {5}},
	{32617, 593, 0, {4}},
	{10866, 593, 0, {3}},
	{33409, 593, 1, {1}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{32518, 759, 0, {2}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{40037, 457, 1, {3}},
	{39654, 760, 0, {2}},
	{14544, 586, 0, {0}},
	{32371, 763, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{14544, 586, 0, {0}},
	{32371, 764, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{24254, 586, 0, {1}},
	{9747, 586, 1, {2}},
	{19367, 586, 1, {3}},
	{24254, 586, 0, {2}},
	{9747, 586, 1, {1}},
	{19367, 586, 1, {3}},
	{32631, 586, 0, {4}},
	{19242, 605, 0, {4}},
	{32824, 577, 0, {5}},
	{40045, 586, 1, {3}},
	{34747, 586, 1, {1}},
	{40052, 487, 0, {6}},
	{16569, 586, 1, {2}},
	{40064, 586, 0, {7}},
	{40072, 575, 0, {5}},
	{40092, 469, 0, {1}},
	{37716, 258, 0, {3}},
	{32288, 586, 1, {1}},
	{12721, 549, 0, {1}},
	{40100, 463, 0, {4}},
	{40111, 765, 0, {3}},
	{36112, 549, 0, {2}},
	{36137, 549, 1, {1}},
	{40123, 549, 0, {3}},
	{38355, 657, 0, {1}},
	{33730, 549, 1, {1}},
	{40128, 766, 1, {2}},
	{19367, 586, 1, {1}},
	{40137, 614, 0, {7}},
	{40146, 614, 0, {12}},
	{40171, 767, 0, {2}},
	{40182, 593, 0, {10}},
	{40200, 593, 0, {11}},
	{40225, 614, 0, {9}},
	{36605, 768, 0, {3}},
	{40237, 769, 0, {4}},
	{19367, 586, 1, {1}},
	{40254, 770, 0, {13}},
	{35493, 586, 0, {5}},
	{37716, 258, 0, {6}},
	{36584, 771, 0, {8}},
	{40286, 489, 0, {3, 1}},
	{38355, 593, 0, {2}},
	{35776, 586, 1, {1}},
	{36614, 772, 0, {2}},
	{40293, 773, 0, {1}},
	{40301, 614, 0, {3}},
	{40306, 774, 0, {7}},
	{40312, 606, 0, {2}},
	{40316, 669, 0, {6}},
	{40321, 586, 0, {4}},
	{40328, 593, 0, {8}},
	{33470, 586, 0, {5}},
	{40336, 593, 0, {9}},
	{40345, 462, 0, {2}},
	{33730, 549, 1, {1}},
	{36614, 775, 0, {3}},
	{40359, 776, 0, {2}},
	{38355, 777, 0, {1}},
	{40286, 489, 0, {2, 1}},
	{38355, 593, 0, {1}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{3085, 477, 1, {2}},
	{40286, 489, 0, {1, 1}},
	{14544, 586, 0, {0}},
	{32371, 778, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{36614, 779, 0, {2}},
	{40371, 586, 0, {4}},
	{40392, 780, 0, {1}},
	{40402, 586, 0, {3}},
	{40420, 586, 0, {2}},
	{38355, 593, 0, {1}},
	{40435, 586, 1, {1}},
	{40128, 766, 1, {2}},
	{40446, 486, 0, {2}},
	{40454, 781, 0, {3}},
	{19367, 586, 1, {1}},
	{40469, 614, 0, {5}},
	{40182, 593, 0, {7}},
	{40200, 593, 0, {8}},
	{40481, 657, 0, {10}},
	{40045, 586, 1, {4}},
	{34747, 586, 1, {2}},
	{16569, 586, 1, {3}},
	{34433, 586, 1, {1}},
	{40064, 586, 0, {9}},
	{37931, 782, 0, {6}},
	{40498, 461, 0, {1}},
	{25401, 586, 0, {4}},
	{36605, 464, 0, {7}},
	{25416, 606, 0, {5}},
	{40502, 586, 1, {2}},
	{19367, 586, 1, {1}},
	{40392, 780, 0, {3}},
	{37931, 782, 0, {6}},
	{38910, 586, 1, {3}},
	{32299, 586, 1, {1}},
	{38917, 575, 0, {4}},
	{33730, 586, 0, {2}},
	{38910, 586, 0, {4}},
	{32299, 586, 0, {1}},
	{25503, 586, 0, {2}},
	{38927, 606, 0, {5}},
	{33730, 586, 0, {3}},
	{40469, 614, 0, {5}},
	{25401, 586, 0, {3}},
	{36605, 464, 0, {7}},
	{25416, 606, 0, {4}},
	{40502, 586, 1, {1}},
	{40392, 780, 0, {2}},
	{37931, 782, 0, {6}},
	{40518, 586, 0, {3}},
	{40534, 586, 0, {1}},
	{40548, 593, 0, {2}},
	{40552, 549, 0, {2}},
	{40573, 586, 0, {1}},
	{34747, 586, 1, {1}},
	{39740, 577, 1, {2}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{3085, 493, 1, {2}},
	{3185, 494, 0, {3}},
	{24254, 586, 0, {1}},
	{19367, 586, 1, {4}},
	{33449, 586, 1, {3}},
	{33257, 586, 1, {5}},
	{14544, 586, 0, {0}},
	{32371, 783, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{40092, 472, 0, {1}},
	{40585, 460, 0, {1}},
	{40092, 784, 0, {4}},
	{40624, 785, 0, {2}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{3085, 497, 1, {2}},
	{14544, 586, 0, {0}},
	{32371, 786, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{16255, 566, 0, {1}},
	{3085, 493, 1, {2}},
	{40641, 606, 1, {2}},
	{19367, 586, 1, {1}},
	{40652, 606, 1, {3}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{3085, 501, 1, {2}},
	{14544, 586, 0, {0}},
	{32371, 787, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{40137, 614, 0, {5}},
	{40092, 788, 0, {6}},
	{34747, 586, 1, {1}},
	{35493, 586, 0, {3}},
	{37716, 258, 0, {4}},
	{40671, 614, 0, {7}},
	{16569, 498, 1, {2}},
	{40694, 789, 0, {8}},
	{14544, 586, 0, {0}},
	{40709, 586, 0, {4}},
	{40721, 614, 0, {3}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{26499, 586, 0, {5}},
	{33730, 595, 0, {2}},
	{14544, 586, 0, {0}},
	{32371, 790, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{3085, 506, 1, {2}},
	{14544, 586, 0, {0}},
	{32371, 791, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{26800, 614, 0, {1}},
	{26870, 586, 0, {5}},
	{40735, 606, 0, {9}},
	{26815, 614, 0, {2}},
	{40770, 614, 0, {11}},
	{26920, 614, 0, {7}},
	{26938, 614, 0, {8}},
	{40800, 614, 0, {10}},
	{26830, 614, 0, {4}},
	{40829, 792, 0, {6}},
	{26899, 600, 0, {3}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{3085, 510, 1, {2}},
	{14271, 524, 0, {4}},
	{19367, 586, 1, {1}},
	{40843, 586, 1, {2}},
	{40850, 593, 0, {3}},
	{14544, 586, 0, {0}},
	{32371, 793, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{40863, 794, 1, {1}},
	{14544, 586, 0, {0}},
	{36605, 549, 0, {4}},
	{9747, 586, 0, {0}},
	{40871, 549, 0, {5}},
	{16255, 566, 0, {1}},
	{40889, 561, 0, {2}},
	{36742, 586, 1, {3}},
	{14544, 586, 0, {0}},
	{32371, 795, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{40902, 614, 0, {6}},
	{40923, 796, 0, {8}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{37012, 593, 0, {5}},
	{39740, 644, 0, {3}},
	{40941, 586, 1, {2}},
	{27348, 586, 0, {4}},
	{27372, 586, 0, {7}},
	{14544, 586, 0, {0}},
	{32371, 797, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{38553, 586, 1, {1}},
	{5035, 606, 0, {2}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{3085, 519, 1, {2}},
	{3185, 520, 0, {3}},
	{14544, 586, 0, {0}},
	{32371, 798, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{40953, 276, 0, {2}},
	{40970, 586, 0, {1}},
	{40991, 586, 1, {1}},
	{35493, 586, 1, {3}},
	{35776, 518, 1, {2}},
	{41000, 523, 0, {3}},
	{41012, 614, 1, {1}},
	{41021, 644, 0, {2}},
	{41040, 523, 0, {4}},
	{14544, 586, 0, {0}},
	{41052, 586, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{39740, 644, 0, {3}},
	{14544, 586, 0, {0}},
	{32371, 799, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{41063, 595, 0, {3}},
	{32778, 586, 0, {2}},
	{41073, 575, 0, {1}},
	{25416, 595, 0, {1}},
	{40709, 586, 0, {4}},
	{41078, 586, 0, {3}},
	{41085, 586, 1, {6}},
	{19367, 586, 1, {1}},
	{37741, 595, 0, {5}},
	{3450, 586, 1, {2}},
	{3666, 586, 1, {1}},
	{41094, 548, 0, {2}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{3085, 531, 1, {2}},
	{3185, 532, 0, {3}},
	{32838, 575, 0, {3}},
	{32778, 586, 0, {5}},
	{32746, 606, 0, {6}},
	{32804, 586, 0, {4}},
	{3185, 586, 1, {2}},
	{3450, 586, 1, {1}},
	{14544, 586, 0, {0}},
	{32371, 800, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{41102, 593, 0, {6}},
	{9747, 586, 1, {4}},
	{41113, 586, 0, {5}},
	{41122, 586, 1, {1}},
	{41129, 593, 0, {3}},
	{41140, 586, 0, {2}},
	{28743, 526, 0, {9}},
	{33429, 586, 1, {1}},
	{35221, 530, 1, {3}},
	{41149, 614, 0, {10}},
	{1427, 586, 1, {4}},
	{40336, 801, 1, {7}},
	{41171, 530, 0, {2}},
	{19242, 802, 0, {1}},
	{32746, 606, 0, {4}},
	{41185, 593, 0, {3}},
	{41200, 803, 0, {6}},
	{41225, 614, 0, {7}},
	{41236, 586, 0, {8}},
	{19367, 586, 1, {1}},
	{41255, 537, 0, {4}},
	{41262, 804, 0, {9}},
	{41279, 614, 1, {2}},
	{41286, 614, 1, {3}},
	{41294, 536, 0, {5}},
	{41307, 586, 0, {3}},
	{41325, 586, 1, {1}},
	{41342, 586, 1, {2}},
	{41361, 534, 0, {2}},
	{3185, 535, 0, {1}},
	{41367, 540, 0, {1}},
	{40709, 586, 0, {1}},
	{32820, 586, 0, {2}},
	{41383, 586, 0, {3}},
	{41388, 586, 0, {2}},
	{41396, 542, 0, {33}},
	{41412, 542, 0, {30}},
	{41433, 805, 0, {25}},
	{41439, 805, 0, {27}},
	{12721, 539, 0, {8}},
	{41445, 806, 0, {34}},
	{41457, 807, 0, {32}},
	{40709, 586, 0, {4}},
	{41470, 808, 0, {20}},
	{41475, 539, 0, {36}},
	{41483, 614, 0, {10}},
	{41500, 614, 0, {12}},
	{41517, 538, 0, {35}},
	{41078, 586, 0, {6}},
	{41530, 586, 0, {1}},
	{32371, 541, 0, {24}},
	{41533, 606, 0, {16}},
	{41542, 606, 0, {13}},
	{41552, 606, 0, {21}},
	{41566, 809, 0, {9}},
	{41574, 606, 0, {17}},
	{41583, 606, 0, {14}},
	{41593, 606, 0, {22}},
	{41607, 809, 0, {11}},
	{41615, 809, 0, {19}},
	{41626, 540, 0, {28}},
	{41630, 614, 0, {37}},
	{41639, 805, 0, {26}},
	{41645, 586, 0, {15}},
	{41653, 806, 0, {31}},
	{41671, 806, 0, {29}},
	{39186, 593, 0, {23}},
	{41682, 586, 0, {7}},
	{3450, 586, 0, {5}},
	{41688, 614, 0, {18}},
	{41700, 614, 0, {39}},
	{41731, 614, 0, {40}},
	{41758, 593, 0, {41}},
	{41785, 586, 0, {42}},
	{41808, 586, 0, {43}},
	{41830, 614, 0, {38}},
	{41867, 810, 0, {44}},
	{41085, 586, 1, {1}},
	{19367, 586, 1, {2}},
	{32631, 586, 1, {1}},
	{12546, 586, 0, {3}},
	{1639, 595, 0, {4}},
	{36695, 586, 0, {5}},
	{32778, 586, 0, {2}},
	{32786, 586, 0, {3}},
	{41903, 614, 0, {6}},
	{32804, 586, 0, {4}},
	{41898, 586, 1, {1}},
	{32811, 609, 0, {2}},
	{12375, 545, 0, {1}},
	{32820, 586, 0, {3}},
	{32505, 547, 0, {2}},
	{41919, 593, 1, {3}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{19367, 586, 1, {1}},
	{41944, 560, 0, {3}},
	{41961, 811, 0, {4}},
	{40336, 812, 1, {2}},
	{14544, 586, 0, {0}},
	{33347, 813, 1, {1}},
	{9747, 586, 0, {0}},
	{41102, 593, 0, {7}},
	{33429, 586, 0, {8}},
	{9747, 586, 1, {3}},
	{19367, 586, 1, {1}},
	{41988, 614, 1, {2}},
	{41129, 593, 0, {5}},
	{41999, 586, 1, {6}},
	{42012, 586, 0, {10}},
	{33409, 593, 1, {4}},
	{33470, 586, 0, {9}},
	{14544, 586, 0, {0}},
	{42031, 586, 1, {1}},
	{9747, 586, 0, {0}},
	{10866, 814, 1, {2}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{41961, 811, 1, {2}},
	{40336, 593, 1, {1}},
	{32838, 575, 1, {4}},
	{32778, 586, 1, {6}},
	{32746, 606, 0, {3}},
	{32804, 586, 1, {5}},
	{3185, 586, 1, {2}},
	{3450, 586, 1, {1}},
	{14544, 586, 0, {0}},
	{42044, 593, 0, {5}},
	{42051, 606, 0, {1}},
	{42070, 614, 0, {6}},
	{9747, 586, 0, {0}},
	{42119, 614, 0, {3}},
	{42136, 569, 0, {2}},
	{42150, 586, 0, {4}},
	{32299, 586, 1, {1}},
	{25503, 586, 1, {2}},
	{34359, 593, 0, {3}},
	{33429, 586, 1, {1}},
	{33449, 586, 1, {2}},
	{42031, 586, 1, {1}},
	{33470, 586, 1, {2}},
	{36503, 624, 0, {2}},
	{42168, 644, 0, {1}},
	{32299, 586, 1, {1}},
	{25503, 586, 1, {2}},
	{34359, 593, 0, {3}},
	{42180, 586, 0, {3}},
	{42189, 606, 0, {4}},
	{34930, 586, 0, {2}},
	{42208, 586, 0, {1}},
	{42217, 571, 0, {5}},
	{14544, 586, 0, {3}},
	{42227, 586, 0, {6}},
	{42238, 558, 0, {7}},
	{42247, 586, 0, {1}},
	{42255, 586, 0, {2}},
	{33458, 586, 0, {8}},
	{41073, 575, 0, {4}},
	{42265, 644, 0, {12}},
	{42277, 575, 0, {8}},
	{42295, 606, 0, {10}},
	{42322, 575, 0, {9}},
	{36218, 678, 0, {14}},
	{42340, 586, 0, {2}},
	{40641, 606, 0, {7}},
	{42353, 644, 0, {11}},
	{42360, 815, 0, {17}},
	{19367, 586, 0, {1}},
	{32631, 586, 0, {3}},
	{42374, 816, 0, {13}},
	{34930, 586, 0, {6}},
	{42208, 586, 0, {4}},
	{33257, 586, 0, {5}},
	{14544, 586, 1, {5}},
	{42390, 614, 0, {7}},
	{39729, 614, 0, {6}},
	{9747, 586, 1, {1}},
	{19367, 586, 1, {3}},
	{33257, 586, 1, {4}},
	{34930, 586, 0, {2}},
	{33257, 586, 0, {1}},
	{42409, 586, 1, {1}},
	{42420, 586, 1, {2}},
	{32665, 586, 1, {1}},
	{14544, 586, 0, {0}},
	{42434, 595, 0, {6}},
	{42439, 574, 0, {5}},
	{9747, 586, 0, {0}},
	{32778, 586, 0, {3}},
	{16255, 563, 0, {1}},
	{32804, 586, 0, {4}},
	{3185, 586, 0, {2}},
	{42447, 586, 0, {3}},
	{32778, 586, 0, {2}},
	{32804, 586, 0, {1}},
	{42453, 817, 0, {4}},
	{33429, 586, 0, {2}},
	{9747, 586, 0, {3}},
	{19367, 586, 0, {1}},
	{42460, 595, 0, {5}},
	{33257, 586, 0, {6}},
	{33846, 577, 1, {2}},
	{3450, 586, 1, {1}},
	{42478, 586, 1, {0}},
	{42488, 586, 1, {0}},
	{42497, 586, 0, {0}},
	{42512, 586, 0, {0}},
	{42527, 586, 1, {0}},
	{42537, 586, 1, {0}},
	{42550, 586, 1, {0}},
	{42561, 586, 1, {0}},
	{42571, 586, 1, {0}},
	{42577, 586, 0, {0}},
	{42599, 586, 0, {0}},
	{42621, 586, 1, {0}},
	{42627, 586, 1, {0}},
	{14544, 586, 0, {0}},
	{9747, 586, 0, {0}},
	{16255, 566, 0, {1}},
	{3085, 583, 0, {2}},
	{3185, 584, 0, {3}},
	{32838, 575, 0, {3}},
	{32778, 586, 0, {5}},
	{32804, 586, 0, {4}},
	{3185, 586, 1, {2}},
	{3450, 586, 1, {1}},
	{14544, 586, 0, {0}},
	{32371, 818, 1, {2}},
	{9747, 586, 0, {0}},
	{16255, 563, 0, {1}},
	{32811, 609, 0, {5}},
	{33429, 586, 0, {2}},
	{42636, 595, 1, {7}},
	{42657, 614, 0, {4}},
	{12375, 585, 0, {1}},
	{33470, 586, 0, {3}},
	{42679, 595, 1, {8}},
	{19242, 819, 0, {1}},
	{19367, 586, 0, {2}},
	{32631, 586, 0, {1}},
	{1639, 595, 0, {3}},
};

const struct api_default_rule api_default_rules[] = {
	{270, 259, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{282, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS},
	{300, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS},
	{950, 945, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{950, 945, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{270, 259, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{282, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS},
	{300, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS},
	{1028, 0, 0, 0, 10, RULE_INT, RULE_ALWAYS},
	{1049, 1043, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{1427, 1425, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{1427, 1425, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{1639, 0, 0, 0, 443, RULE_INT, RULE_ALWAYS},
	{950, 945, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{950, 945, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{270, 259, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{282, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS},
	{300, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS},
	{1028, 0, 0, 0, 10, RULE_INT, RULE_ALWAYS},
	{3085, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS},
	{3185, 3090, 0, 0, 0, RULE_JSON, RULE_ALWAYS},
	{3332, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS},
	{3347, 0, 0, 0, 10, RULE_INT, RULE_ALWAYS},
	{3450, 3436, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{3455, 0, 3450, 3436, 0, RULE_OBJECT, RULE_IF},
	{3085, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS},
	{3185, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS},
	{3657, 0, 0, 0, 1, RULE_INT, RULE_ALWAYS},
	{3666, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS},
	{3347, 0, 0, 0, 10, RULE_INT, RULE_ALWAYS},
	{3675, 0, 0, 0, 600, RULE_INT, RULE_ALWAYS},
	{3450, 3436, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{3455, 0, 3450, 3436, 0, RULE_OBJECT, RULE_IF},
	{3085, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS},
	{3185, 3807, 0, 0, 0, RULE_JSON, RULE_ALWAYS},
	{3657, 0, 0, 0, 1, RULE_INT, RULE_ALWAYS},
	{4037, 0, 0, 0, 1, RULE_INT, RULE_ALWAYS},
	{4052, 0, 0, 0, 0, RULE_INT, RULE_ALWAYS},
	{4037, 4103, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{4052, 4103, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{4150, 0, 0, 0, 0, RULE_INT, RULE_ALWAYS},
	{3085, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS},
	{3185, 4212, 0, 0, 0, RULE_JSON, RULE_ALWAYS},
	{4445, 4438, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{4457, 4438, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{3657, 0, 0, 0, 1, RULE_INT, RULE_ALWAYS},
	{4548, 4535, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{3332, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS},
	{3347, 0, 0, 0, 10, RULE_INT, RULE_ALWAYS},
	{4568, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS},
	{0, 0, 0, 0, DEFAULT_VOLUME_CLAIM_TEMPLATES, RULE_CODE, RULE_ALWAYS},
	{3450, 3436, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{3455, 0, 3450, 3436, 0, RULE_OBJECT, RULE_IF},
	{3085, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS},
	{3185, 4915, 0, 0, 0, RULE_JSON, RULE_ALWAYS},
	{5035, 0, 0, 0, 3600, RULE_INT, RULE_ALWAYS},
	{3085, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS},
	{3185, 6357, 0, 0, 0, RULE_JSON, RULE_ALWAYS},
	{6585, 0, 0, 0, 1, RULE_INT, RULE_ALWAYS},
	{3085, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS},
	{3185, 7179, 0, 0, 0, RULE_JSON, RULE_ALWAYS},
	{7312, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS},
	{7320, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS},
	{0, 0, 0, 0, DEFAULT_HPA_BEHAVIOR, RULE_CODE, RULE_ALWAYS},
	{6585, 0, 0, 0, 1, RULE_INT, RULE_ALWAYS},
	{7648, 7544, 0, 0, 0, RULE_JSON, RULE_ALWAYS},
	{3085, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS},
	{3185, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS},
	{8342, 8336, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{8360, 0, 0, 0, 0, RULE_BOOL, RULE_ALWAYS},
	{8368, 0, 0, 0, 3, RULE_INT, RULE_ALWAYS},
	{8395, 0, 0, 0, 1, RULE_INT, RULE_ALWAYS},
	{3085, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS},
	{0, 0, 0, 0, DEFAULT_JOB, RULE_CODE, RULE_ALWAYS},
	{3185, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS},
	{3185, 8789, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{9728, 9718, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{9747, 9740, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{9757, 9752, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{9764, 0, 0, 0, 0, RULE_BOOL, RULE_ALWAYS},
	{1028, 0, 0, 0, 10800, RULE_INT, RULE_ALWAYS},
	{10723, 0, 0, 0, 420, RULE_INT, RULE_ALWAYS},
	{10776, 0, 0, 0, DEFAULT_IMAGE_PULL_POLICY, RULE_CODE, RULE_ALWAYS},
	{10813, 10792, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{10841, 10836, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{10866, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS},
	{10995, 10991, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{11397, 0, 0, 0, 0, RULE_INT, RULE_ALWAYS},
	{10723, 0, 0, 0, 420, RULE_INT, RULE_ALWAYS},
	{10995, 10991, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{10776, 0, 0, 0, DEFAULT_IMAGE_PULL_POLICY, RULE_CODE, RULE_ALWAYS},
	{10813, 10792, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{10841, 10836, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{10866, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS},
	{12375, 0, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{12546, 12544, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{12556, 12551, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{3450, 0, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{12729, 12721, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{12729, 12721, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{12828, 0, 0, 0, DEFAULT_IMAGE_VOLUME_PULL_POLICY, RULE_CODE, RULE_ALWAYS},
	{0, 0, 0, 0, DEFAULT_LIMIT_RANGE_ITEM, RULE_CODE, RULE_ALWAYS},
	{13215, 13211, 13222, 0, 0, RULE_STRING, RULE_IF},
	{0, 0, 0, 0, DEFAULT_NAMESPACE, RULE_CODE, RULE_ALWAYS},
	{3085, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS},
	{3185, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS},
	{13624, 13617, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{3085, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS},
	{3185, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS},
	{13920, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS},
	{14271, 0, 0, 0, DEFAULT_NODE_ALLOCATABLE, RULE_CODE, RULE_ALWAYS},
	{14283, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS},
	{14299, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS},
	{14372, 0, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{14382, 0, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{14393, 0, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{14400, 0, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{14414, 0, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{14422, 0, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{14446, 0, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{14461, 0, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{14478, 0, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{14494, 0, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{14544, 14541, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{3185, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS},
	{3085, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS},
	{3185, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS},
	{14889, 14878, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{10866, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS},
	{13624, 14945, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{15167, 4438, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{14889, 14878, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{13624, 14945, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{0, 0, 0, 0, DEFAULT_POD, RULE_CODE, RULE_ALWAYS},
	{3185, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS},
	{15982, 15975, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{16009, 15996, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{16019, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS},
	{16035, 0, 0, 0, 30, RULE_INT, RULE_ALWAYS},
	{16083, 16065, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{0, 0, 0, 0, DEFAULT_POD_SPEC, RULE_CODE, RULE_ALWAYS},
	{16255, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS},
	{3085, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS},
	{1028, 0, 0, 0, 1, RULE_INT, RULE_ALWAYS},
	{16412, 0, 0, 0, 10, RULE_INT, RULE_ALWAYS},
	{16426, 0, 0, 0, 1, RULE_INT, RULE_ALWAYS},
	{16443, 0, 0, 0, 3, RULE_INT, RULE_ALWAYS},
	{10723, 0, 0, 0, 420, RULE_INT, RULE_ALWAYS},
	{16569, 16565, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{16580, 16574, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{16603, 16585, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{16569, 16565, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{16580, 16574, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{16603, 16585, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{3085, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS},
	{0, 0, 0, 0, DEFAULT_REPLICATION_CONTROLLER, RULE_CODE, RULE_ALWAYS},
	{3185, 3807, 0, 0, 0, RULE_JSON, RULE_ALWAYS},
	{3657, 0, 0, 0, 1, RULE_INT, RULE_ALWAYS},
	{3085, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS},
	{3185, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS},
	{17393, 17377, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{9757, 17405, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{17393, 17377, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{9757, 17405, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{3450, 17617, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{10723, 0, 0, 0, 420, RULE_INT, RULE_ALWAYS},
	{3085, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS},
	{3185, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS},
	{5035, 0, 0, 0, 3600, RULE_INT, RULE_ALWAYS},
	{10995, 10991, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{18171, 0, 0, 0, DEFAULT_TARGET_PORT, RULE_CODE, RULE_ALWAYS},
	{18218, 18213, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{3450, 18234, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{0, 0, 0, 0, DEFAULT_SERVICE_SPEC, RULE_CODE, RULE_ALWAYS},
	{18275, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS},
	{0, 0, 0, 0, DEFAULT_VOLUME, RULE_CODE, RULE_ALWAYS},
	{19242, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS},
	{19367, 0, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{10995, 10991, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{19766, 0, 0, 0, 0, RULE_INT, RULE_ALWAYS},
	{19791, 0, 0, 0, 0, RULE_INT, RULE_ALWAYS},
	{3185, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS},
	{20130, 0, 0, 0, 1000, RULE_INT, RULE_ALWAYS},
	{19766, 0, 0, 0, 30, RULE_INT, RULE_ALWAYS},
	{19791, 0, 0, 0, 0, RULE_INT, RULE_ALWAYS},
	{3185, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS},
	{20826, 0, 3450, 20833, 0, RULE_OBJECT, RULE_IF},
	{20956, 0, 0, 0, 64, RULE_INT, RULE_ALWAYS},
	{20963, 0, 0, 0, 8, RULE_INT, RULE_ALWAYS},
	{20972, 0, 0, 0, 50, RULE_INT, RULE_ALWAYS},
	{3185, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS},
	{1427, 21754, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{18275, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS},
	{10995, 10991, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{22614, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS},
	{22626, 0, 0, 0, DEFAULT_POLICY_TYPES, RULE_CODE, RULE_ALWAYS},
	{3185, 23233, 0, 0, 0, RULE_JSON, RULE_ALWAYS},
	{24254, 24228, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{24254, 24228, 9747, 24290, 0, RULE_STRING, RULE_IF},
	{24254, 24228, 9747, 24295, 0, RULE_STRING, RULE_IF},
	{25401, 25390, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{25416, 0, 25401, 25390, 1, RULE_INT, RULE_IF},
	{25503, 25497, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{25401, 25390, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{25416, 0, 25401, 25390, 1, RULE_INT, RULE_IF},
	{3185, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS},
	{26499, 26478, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{26800, 0, 0, 0, 1, RULE_BOOL, RULE_ALWAYS},
	{26815, 0, 0, 0, 0, RULE_BOOL, RULE_ALWAYS},
	{26830, 0, 0, 0, 0, RULE_BOOL, RULE_ALWAYS},
	{26870, 26846, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{26899, 26884, 0, 0, 0, RULE_JSON, RULE_ALWAYS},
	{26920, 0, 0, 0, 0, RULE_BOOL, RULE_ALWAYS},
	{26938, 0, 0, 0, 0, RULE_BOOL, RULE_ALWAYS},
	{27348, 27341, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{27372, 27362, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{3185, 27565, 0, 0, 0, RULE_JSON, RULE_ALWAYS},
	{3666, 18213, 0, 0, 0, RULE_STRING, RULE_ALWAYS},
	{28743, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS},
	{0, 0, 0, 0, DEFAULT_CRD_NAMES, RULE_CODE, RULE_ALWAYS},
	{1639, 0, 0, 0, 443, RULE_INT, RULE_ALWAYS},
	{3185, 0, 0, 0, 0, RULE_OBJECT, RULE_ALWAYS},
	{1639, 0, 0, 0, 443, RULE_INT, RULE_ALWAYS},
};
