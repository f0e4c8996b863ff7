{{- define "shop.labels" -}}
{app.kubernetes.io/name: shop, app.kubernetes.io/instance: {{ .Release.Name }}}
{{- end }}
