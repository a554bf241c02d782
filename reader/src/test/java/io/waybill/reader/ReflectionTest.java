package io.waybill.reader;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.DynamicMessage;

import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.waybill.proto.contact.v1.ContactView;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A client that knows nothing of Waybill but where it listens. */
class ReflectionTest {

    @RegisterExtension final RunningReader reader = new RunningReader();

    @Test
    void a_client_learns_the_services_and_calls_one() throws Exception {
        ContactView ada = reader.added("Ada");
        Channel channel = reader.anyone();

        assertThat(
                        ask(channel, ServerReflectionRequest.newBuilder().setListServices("*"))
                                .getListServicesResponse()
                                .getServiceList())
                .extracting(ServiceResponse::getName)
                .contains(
                        "waybill.reader.v1.ContactReader",
                        "waybill.reader.v1.CommandReader",
                        "protocol.ContactReader",
                        "grpc.health.v1.Health",
                        "grpc.reflection.v1.ServerReflection",
                        "grpc.reflection.v1alpha.ServerReflection");

        DynamicMessage answer =
                call(channel, "waybill.reader.v1.ContactReader", "GetContact", ada.getId());

        assertThat(string((DynamicMessage) field(answer, "contact"), "name")).isEqualTo("Ada");
    }

    @Test
    void an_older_clients_service_is_described_too() throws Exception {
        ContactView ada = reader.added("Ada");

        DynamicMessage answer =
                call(reader.anyone(), "protocol.ContactReader", "GetContact", ada.getId());

        assertThat(string((DynamicMessage) field(answer, "response"), "Message")).isEqualTo("OK");
        assertThat(string((DynamicMessage) field(answer, "contact"), "name")).isEqualTo("Ada");
    }

    private static ServerReflectionResponse ask(
            Channel channel, ServerReflectionRequest.Builder question) throws Exception {
        CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
        StreamObserver<ServerReflectionRequest> questions =
                ServerReflectionGrpc.newStub(channel)
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
                                    public void onCompleted() {}
                                });
        questions.onNext(question.build());
        questions.onCompleted();
        return answer.get(10, TimeUnit.SECONDS);
    }

    private static ServiceDescriptor describe(Channel channel, String service) throws Exception {
        Map<String, FileDescriptorProto> files = new HashMap<>();
        for (ByteString file :
                ask(channel, ServerReflectionRequest.newBuilder().setFileContainingSymbol(service))
                        .getFileDescriptorResponse()
                        .getFileDescriptorProtoList()) {
            FileDescriptorProto proto = FileDescriptorProto.parseFrom(file);
            files.put(proto.getName(), proto);
        }
        String simpleName = service.substring(service.lastIndexOf('.') + 1);
        String packageName = service.substring(0, service.lastIndexOf('.'));
        FileDescriptorProto its =
                files.values().stream()
                        .filter(file -> file.getPackage().equals(packageName))
                        .filter(
                                file ->
                                        file.getServiceList().stream()
                                                .anyMatch(s -> s.getName().equals(simpleName)))
                        .findFirst()
                        .orElseThrow();
        return linked(its, files).findServiceByName(simpleName);
    }

    private static FileDescriptor linked(
            FileDescriptorProto file, Map<String, FileDescriptorProto> files) throws Exception {
        FileDescriptor[] dependencies = new FileDescriptor[file.getDependencyCount()];
        for (int i = 0; i < dependencies.length; i++) {
            dependencies[i] =
                    linked(Objects.requireNonNull(files.get(file.getDependency(i))), files);
        }
        return FileDescriptor.buildFrom(file, dependencies);
    }

    private static DynamicMessage call(
            Channel channel, String service, String method, String contactId) throws Exception {
        var described = describe(channel, service).findMethodByName(method);
        Descriptor input = described.getInputType();
        DynamicMessage request =
                DynamicMessage.newBuilder(input)
                        .setField(input.findFieldByName("id"), contactId)
                        .build();
        return ClientCalls.blockingUnaryCall(
                channel,
                MethodDescriptor.<DynamicMessage, DynamicMessage>newBuilder()
                        .setType(MethodDescriptor.MethodType.UNARY)
                        .setFullMethodName(MethodDescriptor.generateFullMethodName(service, method))
                        .setRequestMarshaller(
                                ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(input)))
                        .setResponseMarshaller(
                                ProtoUtils.marshaller(
                                        DynamicMessage.getDefaultInstance(
                                                described.getOutputType())))
                        .build(),
                RunningReader.patient(),
                request);
    }

    private static Object field(DynamicMessage message, String name) {
        return message.getField(message.getDescriptorForType().findFieldByName(name));
    }

    private static String string(DynamicMessage message, String name) {
        return (String) field(message, name);
    }
}
