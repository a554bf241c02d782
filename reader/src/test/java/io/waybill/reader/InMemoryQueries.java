package io.waybill.reader;

import com.google.protobuf.ByteString;

import io.grpc.BindableService;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.command.v1.CommandView;
import io.waybill.proto.contact.v1.ContactView;
import io.waybill.proto.eventstore.v1.StoreInfo;
import io.waybill.proto.query.v1.CommandQueriesGrpc;
import io.waybill.proto.query.v1.Freshness;
import io.waybill.proto.query.v1.GetCommandRequest;
import io.waybill.proto.query.v1.GetCommandResponse;
import io.waybill.proto.query.v1.GetStoreRequest;
import io.waybill.proto.query.v1.GetStoreResponse;
import io.waybill.proto.query.v1.GetViewsRequest;
import io.waybill.proto.query.v1.GetViewsResponse;
import io.waybill.proto.query.v1.ListViewsRequest;
import io.waybill.proto.query.v1.ListViewsResponse;
import io.waybill.proto.query.v1.StoreQueriesGrpc;
import io.waybill.proto.query.v1.ViewQueriesGrpc;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The database's query services over collections in memory, as far as their contract goes.
 * Thread-safe.
 */
final class InMemoryQueries {

    static final StoreInfo STORE =
            StoreInfo.newBuilder()
                    .setStoreId("store")
                    .setPartitions(1)
                    .setIncarnation("first")
                    .build();

    private record Waiting(BooleanSupplier over, CompletableFuture<Void> future) {}

    private final List<ContactView> contacts = new ArrayList<>();
    private final Map<CommandIdentity, CommandView> commands = new HashMap<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private boolean behind;

    List<BindableService> services() {
        return List.of(new Contacts(), new Commands(), new Store());
    }

    synchronized void add(ContactView contact) {
        contacts.add(contact);
    }

    synchronized void remove(String id) {
        contacts.removeIf(contact -> contact.getId().equals(id));
    }

    synchronized void record(CommandView command) {
        commands.put(identity(command.getPrincipal(), command.getCommandId()), command);
        wake();
    }

    /** Whether the read models lag behind the log. */
    synchronized void behind(boolean lags) {
        behind = lags;
        wake();
    }

    /** How many queries wait. */
    synchronized int waiting() {
        return waiting.size();
    }

    private void wake() {
        for (Waiting one : List.copyOf(waiting)) {
            if (one.over().getAsBoolean()) {
                waiting.remove(one);
                one.future().complete(null);
            }
        }
    }

    private synchronized CompletableFuture<Void> until(BooleanSupplier over, int maxMillis) {
        if (over.getAsBoolean()) {
            return CompletableFuture.completedFuture(null);
        }
        Waiting one = new Waiting(over, new CompletableFuture<>());
        waiting.add(one);
        return one.future().orTimeout(maxMillis, TimeUnit.MILLISECONDS);
    }

    private CompletableFuture<Void> fresh(Freshness freshness) {
        return switch (freshness.getAtLeastCase()) {
            case AFTER_COMMAND ->
                    until(
                            () -> commands.containsKey(freshness.getAfterCommand()),
                            freshness.getMaxWaitMillis());
            case LOG_END -> until(() -> !behind, freshness.getMaxWaitMillis());
            case POSITION, ATLEAST_NOT_SET -> CompletableFuture.completedFuture(null);
        };
    }

    private static <A> void answer(
            StreamObserver<A> call,
            CompletableFuture<Void> when,
            java.util.function.Supplier<A> what) {
        var _ =
                when.whenComplete(
                        (nothing, late) -> {
                            if (late != null) {
                                call.onError(Status.DEADLINE_EXCEEDED.asRuntimeException());
                            } else {
                                call.onNext(what.get());
                                call.onCompleted();
                            }
                        });
    }

    static CommandIdentity identity(String principal, String commandId) {
        return CommandIdentity.newBuilder().setPrincipal(principal).setCommandId(commandId).build();
    }

    /** Contacts, by creation alone. */
    private final class Contacts extends ViewQueriesGrpc.ViewQueriesImplBase {
        @Override
        public void getViews(GetViewsRequest request, StreamObserver<GetViewsResponse> call) {
            answer(call, fresh(request.getFreshness()), () -> found(request));
        }

        private GetViewsResponse found(GetViewsRequest request) {
            synchronized (InMemoryQueries.this) {
                return GetViewsResponse.newBuilder()
                        .addAllViews(
                                request.getIdsList().stream()
                                        .flatMap(
                                                id ->
                                                        contacts.stream()
                                                                .filter(c -> c.getId().equals(id)))
                                        .map(ContactView::toByteString)
                                        .toList())
                        .build();
            }
        }

        @Override
        public void listViews(ListViewsRequest request, StreamObserver<ListViewsResponse> call) {
            answer(call, fresh(request.getFreshness()), () -> listed(request));
        }

        private ListViewsResponse listed(ListViewsRequest request) {
            synchronized (InMemoryQueries.this) {
                List<ContactView> ordered = request.getBackwards() ? contacts.reversed() : contacts;
                List<ContactView> beyond =
                        ordered.stream().filter(contact -> isBeyond(contact, request)).toList();
                ListViewsResponse.Builder page =
                        ListViewsResponse.newBuilder()
                                .setMore(beyond.size() > request.getLimit())
                                .setBehind(beyond.size() < ordered.size());
                beyond.stream()
                        .limit(request.getLimit())
                        .forEach(
                                contact ->
                                        page.addRowsBuilder()
                                                .setKey(place(contact))
                                                .setView(contact.toByteString()));
                return page.build();
            }
        }

        private static boolean isBeyond(ContactView contact, ListViewsRequest request) {
            int order =
                    ByteString.unsignedLexicographicalComparator()
                            .compare(place(contact), request.getBeyond());
            return request.getBeyond().isEmpty()
                    || (request.getBackwards() ? order < 0 : order > 0);
        }

        private static ByteString place(ContactView contact) {
            return ByteString.copyFrom(
                    ByteBuffer.allocate(Long.BYTES).putLong(contact.getCreatedPosition()).flip());
        }
    }

    private final class Commands extends CommandQueriesGrpc.CommandQueriesImplBase {
        @Override
        public void getCommand(GetCommandRequest request, StreamObserver<GetCommandResponse> call) {
            var _ =
                    fresh(request.getFreshness())
                            .whenComplete(
                                    (nothing, late) -> {
                                        if (late != null) {
                                            call.onError(
                                                    Status.DEADLINE_EXCEEDED.asRuntimeException());
                                        } else {
                                            whenThere(request, call);
                                        }
                                    });
        }

        private void whenThere(GetCommandRequest request, StreamObserver<GetCommandResponse> call) {
            CompletableFuture<Void> there =
                    request.getMaxWaitMillis() == 0
                            ? CompletableFuture.completedFuture(null)
                            : until(
                                    () -> commands.containsKey(request.getCommand()),
                                    request.getMaxWaitMillis());
            answer(call, there.exceptionally(late -> null), () -> found(request));
        }

        private GetCommandResponse found(GetCommandRequest request) {
            synchronized (InMemoryQueries.this) {
                GetCommandResponse.Builder response = GetCommandResponse.newBuilder();
                if (commands.containsKey(request.getCommand())) {
                    response.setCommand(Objects.requireNonNull(commands.get(request.getCommand())));
                }
                return response.build();
            }
        }
    }

    private static final class Store extends StoreQueriesGrpc.StoreQueriesImplBase {
        @Override
        public void getStore(GetStoreRequest request, StreamObserver<GetStoreResponse> call) {
            call.onNext(GetStoreResponse.newBuilder().setStore(STORE).build());
            call.onCompleted();
        }
    }
}
