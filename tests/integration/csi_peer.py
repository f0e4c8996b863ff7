#!/usr/bin/python3
"""gRPC's own implementation as the other end of CSI: csi_peer.py client|server SOCKET DESCRIPTORS [PID]. DESCRIPTORS is a file of protoc --descriptor_set_out."""
import os, signal, sys, threading, time
del sys.path[0]  # this folder has a grpc_health.py of its own
import grpc
from concurrent import futures
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

mode, path, descriptors = sys.argv[1], sys.argv[2], sys.argv[3]
pid = int(sys.argv[4]) if mode == 'client' else 0
files = descriptor_pb2.FileDescriptorSet.FromString(open(descriptors, 'rb').read())
pool = descriptor_pool.DescriptorPool()
for f in files.file:
    pool.Add(f)
factory = message_factory.MessageFactory(pool)


def message(name):
    return factory.GetPrototype(pool.FindMessageTypeByName('csi.v1.' + name))


def method(name):
    service, m = name.split('/')
    d = pool.FindServiceByName('csi.v1.' + service).methods_by_name[m]
    return '/csi.v1.' + name, factory.GetPrototype(d.input_type), factory.GetPrototype(d.output_type)


def client():
    failed = 0

    def result(name, good, what=''):
        nonlocal failed
        print(('ok ' if good else 'not ok ') + name, '' if good else repr(what), flush=True)
        failed += not good

    def stub(channel, name):
        full, request, response = method(name)
        call = channel.unary_unary(full, request_serializer=request.SerializeToString, response_deserializer=response.FromString)
        return call, request

    def code(name, channel, /, **kw):
        call, request = stub(channel, name)
        options = {k: kw.pop(k) for k in ('timeout', 'compression', 'metadata') if k in kw}
        try:
            call(request(**kw), timeout=options.pop('timeout', 10), **options)
            return 'OK', ''
        except grpc.RpcError as e:
            return e.code().name, e.details()

    # Pings as often as may be: the server must answer them.
    channel = grpc.insecure_channel('unix:' + path, options=[('grpc.keepalive_time_ms', 50), ('grpc.keepalive_timeout_ms', 2000),
                                                             ('grpc.keepalive_permit_without_calls', 1), ('grpc.http2.max_pings_without_data', 0)])
    call, request = stub(channel, 'Identity/GetPluginInfo')
    answer, c = call.with_call(request(), timeout=10)
    result('an answer', answer.name == 'csi.test.minik' and c.code() == grpc.StatusCode.OK, answer)
    result('a request with maps, oneofs and wrappers', code('Controller/CreateVolume', channel, name='py', parameters={'tier': 'a'}, volume_capabilities=[
        dict(mount=dict(fs_type='ext4'), access_mode=dict(mode=1))])[0] == 'OK')
    result('an error with its text', code('Controller/CreateVolume', channel) == ('INVALID_ARGUMENT', 'name is missing'), code('Controller/CreateVolume', channel))
    got = code('GroupController/DeleteVolumeGroupSnapshot', channel)
    result('a method that is not there', got[0] == 'UNIMPLEMENTED' and 'DeleteVolumeGroupSnapshot' in got[1], got)
    got = code('Identity/Probe', channel, compression=grpc.Compression.Gzip, metadata=())
    # An empty message is not compressed; one that is, is refused.
    big = 'x' * 100000
    got = code('Controller/CreateVolume', channel, name=big, compression=grpc.Compression.Gzip)
    result('a compressed request is refused', got[0] == 'UNIMPLEMENTED', got)
    got = code('Controller/ControllerGetVolume', channel, volume_id='v' * 3000000)
    result('3 MB', got[0] == 'NOT_FOUND' and got[1].startswith('there is no volume vvv'), got[0])
    got = code('Controller/ControllerGetVolume', channel, volume_id='v' * 5000000)
    result('more than the server takes', got[0] == 'RESOURCE_EXHAUSTED', got)
    got = code('Identity/Probe', channel, metadata=[('x-binary-bin', b'\x00\xff'), ('x-text', 'y' * 1000)])
    result('metadata', got[0] == 'OK', got)
    got = code('Identity/Probe', channel, metadata=[('x-%d' % i, 'y' * 500) for i in range(100)])
    result('too much metadata', got[0] == 'RESOURCE_EXHAUSTED', got)
    call, request = stub(channel, 'Identity/Probe')
    many = [call.future(request(), timeout=20) for _ in range(300)]
    result('300 calls at once', sum(1 for f in many if f.code() == grpc.StatusCode.OK and f.result().ready.value) == 300)
    time.sleep(0.3)  # several pings
    result('the connection is alive after pings', code('Identity/Probe', channel)[0] == 'OK')
    # The driver stands still: deadlines and cancelled calls are ours alone; then it goes on, as if nothing had been.
    os.kill(pid, signal.SIGSTOP)
    result('a deadline', code('Identity/Probe', channel, timeout=0.2)[0] == 'DEADLINE_EXCEEDED')
    f = call.future(request(), timeout=20)
    f.cancel()
    result('a call that is cancelled', f.cancelled())
    os.kill(pid, signal.SIGCONT)
    result('and it goes on', code('Identity/Probe', channel)[0] == 'OK')
    channels = [grpc.insecure_channel('unix:' + path, options=[('grpc.use_local_subchannel_pool', 1)]) for _ in range(20)]
    result('20 connections', all(code('Identity/Probe', c)[0] == 'OK' for c in channels))
    return 1 if failed else 0


def server():
    def info(request, context):
        return message('GetPluginInfoResponse')(name='python', vendor_version='1', manifest={'a': 'b', 'ü': 'ö'})

    def delete(request, context):
        context.abort(grpc.StatusCode.FAILED_PRECONDITION, 'ünïcödé 100%')

    def broken(request, context):
        raise ValueError('broken')

    def echo(request, context):
        r = message('ControllerGetVolumeResponse')()
        r.volume.volume_id = request.volume_id
        return r

    def large(request, context):
        r = message('ListVolumesResponse')()
        r.next_token = 'x' * 5000000
        return r

    def left(request, context):
        context.abort(grpc.StatusCode.INVALID_ARGUMENT, '%d ms left' % (context.time_remaining() * 1000))

    def slow(request, context):
        gone = threading.Event()
        context.add_callback(gone.set)
        gone.wait(60)
        print('cancelled', flush=True)
        return message('CreateSnapshotResponse')()

    def agent(request, context):
        context.abort(grpc.StatusCode.INVALID_ARGUMENT, dict(context.invocation_metadata()).get('user-agent', 'nobody'))

    def probe(request, context):
        time.sleep(0.005)
        return message('ProbeResponse')()

    methods = {'Identity/GetPluginInfo': info, 'Identity/Probe': probe, 'Controller/DeleteVolume': delete, 'Controller/GetCapacity': broken,
               'Controller/ControllerGetVolume': echo, 'Controller/ListVolumes': large, 'Controller/ValidateVolumeCapabilities': left,
               'Controller/CreateSnapshot': slow, 'Controller/ListSnapshots': agent}
    s = grpc.server(futures.ThreadPoolExecutor(8), options=[('grpc.max_concurrent_streams', 4), ('grpc.max_send_message_length', -1)])
    for name, fn in methods.items():
        full, request, response = method(name)
        service, m = name.split('/')
        s.add_generic_rpc_handlers((grpc.method_handlers_generic_handler('csi.v1.' + service, {m: grpc.unary_unary_rpc_method_handler(
            fn, request_deserializer=request.FromString, response_serializer=response.SerializeToString)}),))
    assert s.add_insecure_port('unix:' + path)
    s.start()
    print('ready', flush=True)
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    while not stop.wait(1):
        pass
    s.stop(1).wait()
    return 0


sys.exit(client() if mode == 'client' else server())
