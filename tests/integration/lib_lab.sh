# What the fault tests have in common, in namespaces and on machines: an image with echo_tool in it, and pods and Services of it. Sourced after lib.sh.
lab_ports='[{"name":"t","port":80,"targetPort":9376},{"name":"lines","port":81,"targetPort":9377},{"name":"u","protocol":"UDP","port":80,"targetPort":9376}]'

# lab_image WORK OUT: the image localhost:5000/lab:1.0 as an archive in OUT: busybox, and an echo_tool that needs no library.
lab_image() (
	work=$1 out=$2
	mkdir -p "$work/lab/bin" "$work/lab/tmp" || exit 1
	${CC:-gcc} -static -O2 -w -o "$work/lab/bin/echo_tool" "$MINIK_TOP/tests/integration/echo_tool.c" -lpthread || exit 1
	cp "$(command -v busybox)" "$work/lab/bin/busybox" || exit 1
	for f in sh httpd wget sleep ping dd md5sum cat nslookup; do ln -s busybox "$work/lab/bin/$f"; done
	. "$MINIK_TOP/examples/walkthrough/images/image.sh"
	image localhost:5000/lab:1.0 "$work/lab" '{"Env":["PATH=/bin"],"Cmd":["/bin/sh"],"WorkingDir":"/"}'
)
# lab_pod NAME NODE [LABELS] [POD-SPEC]: JSON of a pod that serves its name on port 9376 and lines on 9377.
lab_pod() {
	cat <<-J
	{"apiVersion":"v1","kind":"Pod","metadata":{"name":"$1","labels":{${3:-\"app\":\"lab\"}}},"spec":{"nodeName":"$2","terminationGracePeriodSeconds":1,${4:-}"containers":[{"name":"c",
	"image":"localhost:5000/lab:1.0","imagePullPolicy":"IfNotPresent","command":["echo_tool","server","$1","9376"],"readinessProbe":{"tcpSocket":{"port":9376},"periodSeconds":1,"timeoutSeconds":5}}]}}
	J
}
# lab_service NAME SELECTOR [SPEC]: JSON of a Service over such pods.
lab_service() {
	echo "{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"metadata\":{\"name\":\"$1\"},\"spec\":{${3:-}\"selector\":{$2},\"ports\":$lab_ports}}"
}
