// @kubernetes/client-node, unmodified, against a running server; js_client.sh starts both. Prints 'ok NAME', 'not ok NAME'. Asks for a
// restart of the server by a line 'RESTART' and goes on when a line comes in. JS_MODULES: the node_modules that has the client.
import https from 'node:https';
import readline from 'node:readline';
import { PassThrough, Writable } from 'node:stream';

const k8s = await import(`${process.env.JS_MODULES}/@kubernetes/client-node/dist/index.js`);
const kc = new k8s.KubeConfig();
kc.loadFromFile(process.env.KUBECONFIG);
const core = kc.makeApiClient(k8s.CoreV1Api);
const apps = kc.makeApiClient(k8s.AppsV1Api);
const custom = kc.makeApiClient(k8s.CustomObjectsApi);
const crds = kc.makeApiClient(k8s.ApiextensionsV1Api);
const objects = k8s.KubernetesObjectApi.makeApiClient(kc);
const ns = 'js';
const input = readline.createInterface({ input: process.stdin })[Symbol.asyncIterator]();
let failed = 0;

class Failure extends Error {}
const is = (got, want) => {
    if (JSON.stringify(got) !== JSON.stringify(want)) throw new Failure(`got ${JSON.stringify(got)}, wanted ${JSON.stringify(want)}`);
};
const matches = (got, want) => {
    if (!want.test(got)) throw new Failure(`got ${got}, wanted ${want}`);
};
async function test(name, fn, seconds = 20) {
    let timer;
    const limit = new Promise((_, no) => (timer = setTimeout(() => no(new Failure(`no end after ${seconds} s`)), seconds * 1000)));
    try {
        await Promise.race([fn(), limit]);
        console.log(`ok ${name}`);
    } catch (e) {
        failed++;
        console.log(`not ok ${name}`);
        console.log(String(e.stack ?? e).replace(/^/gm, '    ').slice(0, 2000));
    }
    clearTimeout(timer);
}
// The call must fail with this HTTP code; returns the Status.
async function refused(code, fn) {
    try {
        await fn();
    } catch (e) {
        if (e instanceof Failure) throw e;
        is(e.code, code);
        return typeof e.body === 'string' ? JSON.parse(e.body) : e.body;
    }
    throw new Failure(`it succeeded, wanted ${code}`);
}
class Sink extends Writable {
    text = '';
    waiting = [];
    _write(chunk, _, done) {
        this.text += chunk;
        this.waiting = this.waiting.filter(([re, yes]) => !(re.test(this.text) && (yes(this.text), true)));
        done();
    }
    has(re) {
        return re.test(this.text) ? Promise.resolve(this.text) : new Promise((yes) => this.waiting.push([re, yes]));
    }
}
function raw(path, headers = {}, { method = 'GET', body: send } = {}) {
    return new Promise(async (yes, no) => {
        const opts = { method, headers };
        await kc.applyToHTTPSOptions(opts);
        https
            .request(kc.getCurrentCluster().server + path, opts, (res) => {
                let body = '';
                res.on('data', (d) => (body += d));
                res.on('end', () => yes({ code: res.statusCode, type: res.headers['content-type'], body: JSON.parse(body) }));
            })
            .on('error', no)
            .end(send && JSON.stringify(send));
    });
}
const cm = (name, data, labels) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: ns, labels }, data });
const patchAs = (type) => k8s.setHeaderOptions('Content-Type', type);
// Resolves when the watch has told of what `enough` wants to see.
function watchUntil(path, query, enough) {
    const seen = [];
    return new Promise(async (yes, no) => {
        const stop = await new k8s.Watch(kc).watch(
            path,
            query,
            (phase, obj) => {
                seen.push([phase, obj]);
                if (enough(seen)) {
                    yes(seen);
                    stop?.abort();
                }
            },
            (err) => (err && err.name !== 'AbortError' ? no(err) : yes(seen)),
        );
    });
}

// --- objects ---
await test('readyz', async () => is(await new k8s.Health(kc).readyz({}), true));
await test('version', async () => matches((await kc.makeApiClient(k8s.VersionApi).getCode()).minor, /^36$/));
await test('create namespace', () => core.createNamespace({ body: { metadata: { name: ns } } }));
await test('create', async () => {
    const o = await core.createNamespacedConfigMap({ namespace: ns, body: cm('a', { x: '1' }) });
    matches(o.metadata.uid, /^[0-9a-f-]{36}$/);
    is(o.metadata.creationTimestamp instanceof Date, true);
});
await test('create again', async () => is((await refused(409, () => core.createNamespacedConfigMap({ namespace: ns, body: cm('a', {}) }))).reason, 'AlreadyExists'));
await test('not found', async () => is((await refused(404, () => core.readNamespacedConfigMap({ namespace: ns, name: 'none' }))).message, 'configmaps "none" not found'));
await test('replace and conflict', async () => {
    const o = await core.readNamespacedConfigMap({ namespace: ns, name: 'a' });
    await core.replaceNamespacedConfigMap({ namespace: ns, name: 'a', body: { ...o, data: { x: '2' } } });
    is((await refused(409, () => core.replaceNamespacedConfigMap({ namespace: ns, name: 'a', body: { ...o, data: { x: '3' } } }))).reason, 'Conflict');
});
await test('JSON patch', async () => is((await core.patchNamespacedConfigMap({ namespace: ns, name: 'a', body: [{ op: 'add', path: '/data/y', value: '1' }] }, patchAs(k8s.PatchStrategy.JsonPatch))).data, { x: '2', y: '1' }));
await test('merge patch', async () => is((await core.patchNamespacedConfigMap({ namespace: ns, name: 'a', body: { data: { x: null } } }, patchAs(k8s.PatchStrategy.MergePatch))).data, { y: '1' }));
await test('strategic merge patch', async () => {
    const template = { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'x' }] } };
    await apps.createNamespacedDeployment({ namespace: ns, body: { metadata: { name: 'd' }, spec: { replicas: 0, selector: { matchLabels: { a: 'b' } }, template } } });
    const d = await apps.patchNamespacedDeployment(
        { namespace: ns, name: 'd', body: { spec: { template: { spec: { containers: [{ name: 'c', env: [{ name: 'E', value: '1' }] }, { name: 'd', image: 'y' }] } } } } },
        patchAs(k8s.PatchStrategy.StrategicMergePatch),
    );
    is(d.spec.template.spec.containers.map((c) => [c.name, c.image, c.env?.length ?? 0]).sort(), [['c', 'x', 1], ['d', 'y', 0]]);
});
await test('scale', async () => {
    const s = await apps.readNamespacedDeploymentScale({ namespace: ns, name: 'd' });
    is([s.kind, s.spec.replicas ?? 0], ['Scale', 0]);
    s.spec.replicas = 1;
    delete s.metadata.resourceVersion; // the controller is at work on it
    is((await apps.replaceNamespacedDeploymentScale({ namespace: ns, name: 'd', body: s })).spec.replicas, 1);
});
await test('server-side apply', async () => {
    const apply = (data, manager, force) => objects.patch(cm('applied', data), undefined, undefined, manager, force, k8s.PatchStrategy.ServerSideApply);
    await apply({ a: '1', b: '1' }, 'one', false);
    const s = await refused(409, () => apply({ a: '2' }, 'two', false));
    is(s.details.causes, [{ reason: 'FieldManagerConflict', message: 'conflict with "one"', field: '.data.a' }]);
    is((await apply({ a: '2' }, 'two', true)).data, { a: '2', b: '1' });
    is((await apply({ b: '2' }, 'one', false)).data, { a: '2', b: '2' });
});
await test('server-side apply of a field nobody has', async () => {
    const r = await raw(`/api/v1/namespaces/${ns}/configmaps/applied?fieldManager=one`, { 'Content-Type': 'application/apply-patch+yaml' }, { method: 'PATCH', body: { ...cm('applied', {}), nosuch: 1 } });
    is([r.code, r.body.message], [500, 'failed to create typed patch object (js/applied; /v1, Kind=ConfigMap): .nosuch: field not declared in schema']);
});
await test('strict validation', async () => {
    const spec = { containers: [{ name: 'c', image: 'x', nosuch: 1 }] };
    const opts = { method: 'POST', path: `/api/v1/namespaces/${ns}/pods?fieldValidation=Strict&dryRun=All`, body: { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'strict' }, spec } };
    const r = await raw(opts.path, { 'Content-Type': 'application/json' }, opts);
    is([r.code, r.body.message], [400, 'Pod in version "v1" cannot be handled as a Pod: strict decoding error: unknown field "spec.containers[0].nosuch"']);
});
await test('list in pages', async () => {
    for (let i = 0; i < 5; i++) await core.createNamespacedConfigMap({ namespace: ns, body: cm(`l${i}`, {}, { l: 'x' }) });
    const names = [];
    let _continue;
    do {
        const l = await core.listNamespacedConfigMap({ namespace: ns, labelSelector: 'l=x', limit: 2, _continue });
        names.push(...l.items.map((o) => o.metadata.name));
        _continue = l.metadata._continue;
    } while (_continue);
    is(names, ['l0', 'l1', 'l2', 'l3', 'l4']);
});
await test('generic list, read, delete', async () => {
    is((await objects.list('v1', 'ConfigMap', ns, undefined, undefined, undefined, undefined, 'l=x')).items.length, 5);
    is((await objects.read({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'l0', namespace: ns } })).metadata.name, 'l0');
    is((await objects.delete({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'l0', namespace: ns } })).status, 'Success');
});
await test('delete collection', async () => {
    await core.deleteCollectionNamespacedConfigMap({ namespace: ns, labelSelector: 'l=x' });
    is((await core.listNamespacedConfigMap({ namespace: ns, labelSelector: 'l=x' })).items, []);
});
await test('Table', async () => {
    const t = (await raw(`/api/v1/namespaces/${ns}/configmaps?fieldSelector=metadata.name=a`, { Accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' })).body;
    is([t.kind, t.apiVersion, t.columnDefinitions.map((c) => c.name), t.rows[0].cells.slice(0, 2), t.rows[0].object.kind], ['Table', 'meta.k8s.io/v1', ['Name', 'Data', 'Age'], ['a', 1], 'PartialObjectMetadata']);
});
await test('metadata only', async () => {
    const t = (await raw(`/api/v1/namespaces/${ns}/configmaps`, { Accept: 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io' })).body;
    is([t.kind, t.items.some((i) => 'data' in i), t.items.some((i) => i.metadata.name === 'a')], ['PartialObjectMetadataList', false, true]);
});
await test('a service account and its rights', async () => {
    await core.createNamespacedServiceAccount({ namespace: ns, body: { metadata: { name: 'u' } } });
    const t = await core.createNamespacedServiceAccountToken({ name: 'u', namespace: ns, body: { spec: { audiences: [], expirationSeconds: 600 } } });
    const other = new k8s.KubeConfig();
    other.loadFromOptions({ clusters: [kc.getCurrentCluster()], users: [{ name: 'u', token: t.status.token }], contexts: [{ name: 'c', cluster: kc.getCurrentCluster().name, user: 'u' }], currentContext: 'c' });
    const s = await refused(403, () => other.makeApiClient(k8s.CoreV1Api).listNamespacedPod({ namespace: ns }));
    is(s.message, 'pods is forbidden: User "system:serviceaccount:js:u" cannot list resource "pods" in API group "" in the namespace "js"');
});
await test('metrics are not there', () => refused(404, () => new k8s.Metrics(kc).getNodeMetrics()));

// --- watch ---
const path = `/api/v1/namespaces/${ns}/configmaps`;
await test('watch', async () => {
    const { metadata } = await core.listNamespacedConfigMap({ namespace: ns });
    const events = watchUntil(path, { resourceVersion: metadata.resourceVersion, allowWatchBookmarks: true }, (s) => s.some(([p]) => p === 'DELETED'));
    await core.createNamespacedConfigMap({ namespace: ns, body: cm('w', { n: '1' }) });
    await core.patchNamespacedConfigMap({ namespace: ns, name: 'w', body: { data: { n: '2' } } }, patchAs(k8s.PatchStrategy.MergePatch));
    await core.deleteNamespacedConfigMap({ namespace: ns, name: 'w' });
    is((await events).filter(([p]) => p !== 'BOOKMARK').map(([p, o]) => [p, o.metadata.name, o.data.n]), [['ADDED', 'w', '1'], ['MODIFIED', 'w', '2'], ['DELETED', 'w', '2']]);
});
await test('watch from a revision that is still kept', async () => {
    const { metadata } = await core.listNamespacedConfigMap({ namespace: ns });
    await core.patchNamespacedConfigMap({ namespace: ns, name: 'a', body: { data: { z: '1' } } }, patchAs(k8s.PatchStrategy.MergePatch));
    is((await watchUntil(path, { resourceVersion: metadata.resourceVersion }, (s) => s.length === 1)).map(([p, o]) => [p, o.metadata.name]), [['MODIFIED', 'a']]);
});
await test('initial events', async () => {
    const s = await watchUntil(path, { sendInitialEvents: true, allowWatchBookmarks: true, resourceVersionMatch: 'NotOlderThan' }, (x) => x.some(([p]) => p === 'BOOKMARK'));
    is(s.at(-1)[1].metadata.annotations, { 'k8s.io/initial-events-end': 'true' });
    is(s.some(([p, o]) => p === 'ADDED' && o.metadata.name === 'a'), true);
});

// --- informer, over a crash of the server ---
const informer = k8s.makeInformer(kc, path, () => core.listNamespacedConfigMap({ namespace: ns }));
const told = { add: [], update: [], delete: [], error: 0 };
for (const verb of ['add', 'update', 'delete']) informer.on(verb, (o) => told[verb].push(o.metadata.name));
informer.on('error', () => {
    told.error++;
    setTimeout(() => informer.start().catch(() => informer_again()), 200);
});
const informer_again = () => setTimeout(() => informer.start().catch(informer_again), 200);
const until = async (what) => {
    while (!what()) await new Promise((yes) => setTimeout(yes, 20));
};
await test('informer', async () => {
    await informer.start();
    await until(() => informer.get('a', ns));
    await core.createNamespacedConfigMap({ namespace: ns, body: cm('i1', {}) });
    await until(() => told.add.includes('i1'));
    await core.patchNamespacedConfigMap({ namespace: ns, name: 'i1', body: { data: { n: '2' } } }, patchAs(k8s.PatchStrategy.MergePatch));
    await until(() => told.update.includes('i1') && informer.get('i1', ns).data?.n === '2');
    await core.deleteNamespacedConfigMap({ namespace: ns, name: 'i1' });
    await until(() => told.delete.includes('i1') && !informer.get('i1', ns));
});
const before = (await core.listNamespacedConfigMap({ namespace: ns })).metadata.resourceVersion;
await core.createNamespacedConfigMap({ namespace: ns, body: cm('gone', {}) });
await test('the informer is there again after a crash of the server', async () => {
    await until(() => informer.get('gone', ns));
    console.log('RESTART');
    await input.next();
    await core.createNamespacedConfigMap({ namespace: ns, body: cm('i2', { n: '1' }) });
    await core.deleteNamespacedConfigMap({ namespace: ns, name: 'gone' });
    await until(() => informer.get('i2', ns) && !informer.get('gone', ns));
    is(told.error > 0, true);
    const list = (await core.listNamespacedConfigMap({ namespace: ns })).items.map((o) => [o.metadata.name, o.metadata.resourceVersion]).sort();
    is(informer.list(ns).map((o) => [o.metadata.name, o.metadata.resourceVersion]).sort(), list);
}, 40);
await test('a revision from before the crash is kept or Gone, never skipped over', async () => {
    const s = await watchUntil(path, { resourceVersion: before, timeoutSeconds: 2 }, (x) => x.some(([p, o]) => p === 'ERROR' || o.metadata?.name === 'i2'));
    if (s[0][0] === 'ERROR') is([s[0][1].code, s[0][1].reason], [410, 'Expired']);
    else is(s.some(([p, o]) => p === 'ADDED' && o.metadata.name === 'gone'), true);
});
// Revisions are set aside in blocks; those that a crash left over are never given to anything.
const after = (await core.readNamespacedConfigMap({ namespace: ns, name: 'i2' })).metadata.resourceVersion;
const gap = String(Math.floor((Number(before) + Number(after)) / 2));
await test('a revision that the crash left over is Gone', async () => {
    const [[phase, s]] = await watchUntil(path, { resourceVersion: gap, timeoutSeconds: 2 }, (x) => x.length > 0);
    is([phase, s.code, s.reason], ['ERROR', 410, 'Expired']);
});
await test('the informer starts over after 410', async () => {
    await informer.stop();
    informer.resourceVersion = gap;
    const errors = told.error;
    await informer.start();
    await core.createNamespacedConfigMap({ namespace: ns, body: cm('i3', {}) });
    await until(() => informer.get('i3', ns));
    is(told.error, errors);
});
await informer.stop();

// --- custom resources ---
const group = 'js.example.com';
await test('definition of a custom resource', async () => {
    const schema = { openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object', properties: { n: { type: 'integer', minimum: 1, _default: 7 } } }, status: { type: 'object', properties: { m: { type: 'string' } } } } } };
    const established = watchUntil('/apis/apiextensions.k8s.io/v1/customresourcedefinitions', { fieldSelector: `metadata.name=toys.${group}` }, (s) => s.at(-1)[1].status?.conditions?.some((c) => c.type === 'Established' && c.status === 'True'));
    await crds.createCustomResourceDefinition({ body: { metadata: { name: `toys.${group}` }, spec: { group, scope: 'Namespaced', names: { plural: 'toys', singular: 'toy', kind: 'Toy' }, versions: [{ name: 'v1', served: true, storage: true, schema, subresources: { status: {} } }] } } });
    await established;
});
const toys = { group, version: 'v1', namespace: ns, plural: 'toys' };
await test('custom objects', async () => {
    const o = await custom.createNamespacedCustomObject({ ...toys, body: { apiVersion: `${group}/v1`, kind: 'Toy', metadata: { name: 't' }, spec: {} } });
    is([o.spec, o.metadata.generation], [{ n: 7 }, 1]);
    is((await custom.listNamespacedCustomObject(toys)).items.length, 1);
    const s = await refused(422, () => custom.patchNamespacedCustomObject({ ...toys, name: 't', body: { spec: { n: 0 } } }, patchAs(k8s.PatchStrategy.MergePatch)));
    matches(s.message, /spec\.n: Invalid value: 0: spec\.n in body should be greater than or equal to 1/);
    is((await custom.patchNamespacedCustomObjectStatus({ ...toys, name: 't', body: { status: { m: 'fine' } } }, patchAs(k8s.PatchStrategy.MergePatch))).status, { m: 'fine' });
    is((await objects.patch({ apiVersion: `${group}/v1`, kind: 'Toy', metadata: { name: 't', namespace: ns }, spec: { n: 9 } }, undefined, undefined, 'js', true, k8s.PatchStrategy.ServerSideApply)).spec, { n: 9 });
    is((await custom.getNamespacedCustomObject({ ...toys, name: 't' })).metadata.generation, 2);
    await refused(415, () => custom.patchNamespacedCustomObject({ ...toys, name: 't', body: {} }, patchAs(k8s.PatchStrategy.StrategicMergePatch)));
    await custom.deleteNamespacedCustomObject({ ...toys, name: 't' });
    await crds.deleteCustomResourceDefinition({ name: `toys.${group}` });
});

// --- a pod ---
const container = (name, command, more) => ({ name, image: 'localhost:5000/toolbox:1.0', imagePullPolicy: 'Never', command: ['sh', '-c', command], ...more });
await test('a pod runs', async () => {
    const body = { metadata: { name: 'p' }, spec: { terminationGracePeriodSeconds: 0, containers: [container('c', 'echo begin; for i in 1 2 3; do sleep 0.2; echo line $i; done; sleep 100000'), { ...container('web'), image: 'localhost:5000/hostnames:1.0', command: undefined }, container('echo', 'cat', { stdin: true })] } };
    for (;;) {
        try {
            await core.createNamespacedPod({ namespace: ns, body });
            break;
        } catch (e) {
            if (e.code !== 403) throw e; // its service account is on its way
            await new Promise((yes) => setTimeout(yes, 50));
        }
    }
    await watchUntil(`/api/v1/namespaces/${ns}/pods`, { fieldSelector: 'metadata.name=p' }, (s) => s.at(-1)[1].status.conditions?.some((c) => c.type === 'Ready' && c.status === 'True'));
}, 40);
const exec = (command, { stdin = null, tty = false, out = new Sink(), err = new Sink() } = {}) =>
    new Promise((yes, no) => new k8s.Exec(kc).exec(ns, 'p', 'c', command, out, tty ? null : err, stdin, tty, (status) => yes({ out: out.text, err: err.text, status })).catch(no));
await test('exec: output, errors, status', async () => {
    const r = await exec(['sh', '-c', 'echo out; echo err >&2; exit 3']);
    is([r.out, r.err, r.status.status, r.status.reason, r.status.details.causes], ['out\n', 'err\n', 'Failure', 'NonZeroExitCode', [{ reason: 'ExitCode', message: '3' }]]);
    is((await exec(['true'])).status.status, 'Success');
});
await test('exec: input', async () => {
    const stdin = new PassThrough();
    const r = exec(['head', '-c', '12'], { stdin });
    stdin.write('hello ');
    stdin.write('world\n');
    is((await r).out, 'hello world\n');
});
await test('exec: a megabyte', async () => {
    const r = await exec(['sh', '-c', 'head -c 1000000 /dev/zero | tr "\\0" x']);
    is(r.out.length, 1000000);
});
await test('exec: a terminal and its size', async () => {
    const out = new Sink(), stdin = new PassThrough();
    out.columns = 90;
    out.rows = 30;
    const r = exec(['sh', '-c', 'stty -echo; trap "stty size" WINCH; sleep 0.5; stty size; echo ready; read x; stty size; echo bye'], { out, stdin, tty: true });
    await out.has(/30 90\r\nready/);
    out.columns = 100;
    out.emit('resize');
    await out.has(/30 100/);
    stdin.write('\n');
    matches((await r).out, /30 100\r\nbye\r\n$/); // no echo: the kernel may put it behind what the reader says
});
await test('exec: no such command', async () => is((await exec(['no-such-command'])).status.status, 'Failure'));
await test('attach', async () => {
    const out = new Sink(), stdin = new PassThrough();
    const ws = await new k8s.Attach(kc).attach(ns, 'p', 'echo', out, null, stdin, false);
    stdin.write('to and fro\n');
    await out.has(/to and fro\n/);
    ws.close();
});
await test('logs', async () => is(await core.readNamespacedPodLog({ namespace: ns, name: 'p', container: 'c', limitBytes: 6 }), 'begin\n'));
await test('logs --follow', async () => {
    const out = new Sink();
    const stop = await new k8s.Log(kc).log(ns, 'p', 'c', out, { follow: true });
    await out.has(/^begin\nline 1\nline 2\nline 3\n/);
    await exec(['sh', '-c', 'echo later >/proc/1/fd/1']);
    await out.has(/later\n/);
    stop.abort();
});
await test('port-forward', async () => {
    const out = new Sink(), err = new Sink(), request = new PassThrough();
    const ws = await new k8s.PortForward(kc).portForward(ns, 'p', [9376], out, err, request);
    request.write('GET / HTTP/1.0\r\n\r\n');
    matches(await out.has(/\r\n\r\np\n?/), /^HTTP\/1\.[01] 200/);
    ws.close();
});
await test('eviction', async () => {
    await core.createNamespacedPodEviction({ namespace: ns, name: 'p', body: { metadata: { name: 'p', namespace: ns } } });
    const seen = await watchUntil(`/api/v1/namespaces/${ns}/pods`, { fieldSelector: 'metadata.name=p', timeoutSeconds: 10 }, (s) => s.at(-1)[0] === 'DELETED');
    is(seen.length === 0 || seen.at(-1)[0] === 'DELETED', true);
});
await test('delete namespace', async () => {
    const gone = watchUntil('/api/v1/namespaces', { fieldSelector: `metadata.name=${ns}` }, (s) => s.at(-1)[0] === 'DELETED');
    await core.deleteNamespace({ name: ns });
    await gone;
}, 30);
process.exit(failed ? 1 : 0);
