package io.waybill.app.e2e;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;

import io.grpc.CallOptions;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;

import tools.jackson.databind.JsonNode;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A gRPC client that knows nothing but how to ask a server to describe itself; speaks JSON. */
final class Reflected implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 20;

    private final ManagedChannel channel;

    Reflected(int port) {
        channel =
                Grpc.newChannelBuilder("localhost:" + port, InsecureChannelCredentials.create())
                        .build();
    }

    /** The names of the services that the server offers. */
    List<String> services() {
        return ask(ServerReflectionRequest.newBuilder().setListServices("*").build())
                .getListServicesResponse()
                .getServiceList()
                .stream()
                .map(service -> service.getName())
                .toList();
    }

    /** Calls a unary method with a request in JSON. */
    JsonNode call(String service, String method, String request) {
        return GraphQl.JSON.readTree(answer(service, method, request));
    }

    /** The answer of a unary method as JSON for people; the request is JSON, too. */
    String answer(String service, String method, String request) {
        try {
            MethodDescriptor described = describe(service).findMethodByName(method);
            DynamicMessage.Builder message = DynamicMessage.newBuilder(described.getInputType());
            JsonFormat.parser().merge(request, message);
            DynamicMessage answer =
                    ClientCalls.blockingUnaryCall(
                            channel,
                            callable(service, described),
                            CallOptions.DEFAULT.withDeadlineAfter(
                                    PATIENCE_SECONDS, TimeUnit.SECONDS),
                            message.build());
            return JsonFormat.printer().preservingProtoFieldNames().print(answer);
        } catch (InvalidProtocolBufferException | DescriptorValidationException e) {
            throw new AssertionError(e);
        }
    }

    /** The fields of a message, each as it stands in its definition. */
    List<String> fields(String message) {
        try {
            return build(containing(message), new HashMap<>())
                    .findMessageTypeByName(message.substring(message.lastIndexOf('.') + 1))
                    .getFields()
                    .stream()
                    .map(
                            field ->
                                    "%s %s = %d;"
                                            .formatted(
                                                    type(field),
                                                    field.getName(),
                                                    field.getNumber()))
                    .toList();
        } catch (InvalidProtocolBufferException | DescriptorValidationException e) {
            throw new AssertionError(e);
        }
    }

    private static String type(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case ENUM -> "." + field.getEnumType().getFullName();
            case MESSAGE -> "." + field.getMessageType().getFullName();
            default -> field.getType().toString().toLowerCase(Locale.ROOT);
        };
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    private static io.grpc.MethodDescriptor<DynamicMessage, DynamicMessage> callable(
            String service, MethodDescriptor method) {
        return io.grpc.MethodDescriptor.<DynamicMessage, DynamicMessage>newBuilder()
                .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(
                        io.grpc.MethodDescriptor.generateFullMethodName(service, method.getName()))
                .setRequestMarshaller(
                        ProtoUtils.marshaller(
                                DynamicMessage.getDefaultInstance(method.getInputType())))
                .setResponseMarshaller(
                        ProtoUtils.marshaller(
                                DynamicMessage.getDefaultInstance(method.getOutputType())))
                .build();
    }

    private ServiceDescriptor describe(String service)
            throws InvalidProtocolBufferException, DescriptorValidationException {
        return build(containing(service), new HashMap<>())
                .findServiceByName(service.substring(service.lastIndexOf('.') + 1));
    }

    private FileDescriptorProto containing(String symbol) throws InvalidProtocolBufferException {
        return file(ServerReflectionRequest.newBuilder().setFileContainingSymbol(symbol).build());
    }

    private FileDescriptor build(FileDescriptorProto file, Map<String, FileDescriptor> known)
            throws InvalidProtocolBufferException, DescriptorValidationException {
        FileDescriptor already = known.get(file.getName());
        if (already != null) {
            return already;
        }
        FileDescriptor[] imports = new FileDescriptor[file.getDependencyCount()];
        for (int i = 0; i < imports.length; i++) {
            imports[i] =
                    build(
                            file(
                                    ServerReflectionRequest.newBuilder()
                                            .setFileByFilename(file.getDependency(i))
                                            .build()),
                            known);
        }
        FileDescriptor built = FileDescriptor.buildFrom(file, imports);
        known.put(file.getName(), built);
        return built;
    }

    private FileDescriptorProto file(ServerReflectionRequest request)
            throws InvalidProtocolBufferException {
        return FileDescriptorProto.parseFrom(
                ask(request).getFileDescriptorResponse().getFileDescriptorProto(0));
    }

    private ServerReflectionResponse ask(ServerReflectionRequest request) {
        CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
        StreamObserver<ServerReflectionRequest> requests =
                ServerReflectionGrpc.newStub(channel)
                        .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
                        .serverReflectionInfo(
                                new StreamObserver<>() {
                                    @Override
                                    public void onNext(ServerReflectionResponse response) {
                                        answer.complete(response);
                                    }

                                    @Override
                                    public void onError(Throwable failure) {
                                        answer.completeExceptionally(failure);
                                    }

                                    @Override
                                    public void onCompleted() {
                                        answer.completeExceptionally(
                                                new AssertionError("no answer"));
                                    }
                                });
        requests.onNext(request);
        ServerReflectionResponse response = answer.join();
        requests.onCompleted();
        return response;
    }
}
