package io.waybill.gateway.reading;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCalls;
import io.waybill.proto.command.v1.CommandView;
import io.waybill.proto.contact.v1.ContactView;
import io.waybill.proto.eventstore.v1.StoreInfo;
import io.waybill.proto.reader.v1.CommandReaderGrpc;
import io.waybill.proto.reader.v1.ContactReaderGrpc;
import io.waybill.proto.reader.v1.GetCommandRequest;
import io.waybill.proto.reader.v1.GetCommandResponse;
import io.waybill.proto.reader.v1.GetContactRequest;
import io.waybill.proto.reader.v1.GetContactResponse;
import io.waybill.proto.reader.v1.GetStoreRequest;
import io.waybill.proto.reader.v1.GetStoreResponse;
import io.waybill.proto.reader.v1.StoreReaderGrpc;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;
import io.waybill.wire.grpc.Failures;
import io.waybill.wire.grpc.OnBehalfOf;
import io.waybill.wire.identity.Principal;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Asks the reader. Every future fails with a {@link WaybillException}; a reader or database that is
 * down or does not answer is {@code UNAVAILABLE} within five seconds beyond what the question
 * itself asks to wait. Cancelling a future cancels the call. Safe for use by many threads; futures
 * complete on the channel's threads: do not block on them.
 */
public final class ReaderClient {

    /** What a call may take beyond what it asks to wait. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private static final Executor DIRECT = Runnable::run;

    private final Channel channel;
    private final Duration delay;
    private final Duration patience;

    /**
     * Asks through a channel.
     *
     * @param delay the writer's simulated delay: a query after a command may wait that much longer
     */
    public ReaderClient(Channel channel, Duration delay) {
        this(channel, delay, PATIENCE);
    }

    private ReaderClient(Channel channel, Duration delay, Duration patience) {
        this.channel = channel;
        this.delay = delay;
        this.patience = patience;
    }

    /**
     * The same reader for someone in a hurry: no question takes longer beyond what it asks to wait.
     */
    public ReaderClient within(Duration shorter) {
        return new ReaderClient(channel, delay, shorter);
    }

    /** The contact, if there is one. */
    public CompletableFuture<Optional<ContactView>> contact(
            Principal principal, String id, Freshness freshness) {
        GetContactRequest request =
                GetContactRequest.newBuilder()
                        .setId(id)
                        .setReadAfter(freshness.toReadAfter())
                        .build();
        return found(
                call(
                        ContactReaderGrpc.getGetContactMethod(),
                        request,
                        principal,
                        freshness.wait(delay)),
                GetContactResponse::getContact);
    }

    /**
     * The principal's command with its outcome, if it has one.
     *
     * @param wait how long to wait for an outcome, up to 30 s
     * @param logEnd whether to look no earlier than the end of the log as it is now
     */
    public CompletableFuture<Optional<CommandView>> command(
            Principal principal, String commandId, Duration wait, boolean logEnd) {
        GetCommandRequest request =
                GetCommandRequest.newBuilder()
                        .setCommandId(commandId)
                        .setMaxWaitMillis((int) wait.toMillis())
                        .setLogEnd(logEnd)
                        .build();
        return found(
                call(CommandReaderGrpc.getGetCommandMethod(), request, principal, wait),
                GetCommandResponse::getCommand);
    }

    /**
     * Asks one of the reader's methods.
     *
     * @param request without its {@code read_after}, which the freshness becomes
     */
    public <Q extends Message, A extends Message> CompletableFuture<A> ask(
            Principal principal, MethodDescriptor<Q, A> method, Q request, Freshness freshness) {
        return call(method, fresh(request, freshness), principal, freshness.wait(delay));
    }

    @SuppressWarnings("unchecked") // a message's builder builds the same kind of message
    private static <Q extends Message> Q fresh(Q request, Freshness freshness) {
        if (freshness instanceof Freshness.AsItStands) {
            return request;
        }
        FieldDescriptor field = request.getDescriptorForType().findFieldByName("read_after");
        return (Q) request.toBuilder().setField(field, freshness.toReadAfter()).build();
    }

    /** Which store is read. */
    public CompletableFuture<StoreInfo> store() {
        return call(
                        StoreReaderGrpc.getGetStoreMethod(),
                        GetStoreRequest.getDefaultInstance(),
                        Principal.ANONYMOUS,
                        Duration.ZERO)
                .thenApply(GetStoreResponse::getStore);
    }

    private static <A, T> CompletableFuture<Optional<T>> found(
            CompletableFuture<A> answer, Function<A, T> content) {
        Pending<Optional<T>> found = new Pending<>(() -> answer.cancel(true));
        var _ =
                answer.whenComplete(
                        (value, failure) -> {
                            if (failure == null) {
                                found.complete(Optional.of(content.apply(value)));
                            } else if (failure instanceof WaybillException e
                                    && e.code() == ErrorCode.NOT_FOUND) {
                                found.complete(Optional.empty());
                            } else {
                                found.completeExceptionally(failure);
                            }
                        });
        return found;
    }

    private <Q, A> CompletableFuture<A> call(
            MethodDescriptor<Q, A> method, Q request, Principal principal, Duration wait) {
        CallOptions options =
                CallOptions.DEFAULT
                        .withDeadlineAfter(patience.plus(wait).toMillis(), TimeUnit.MILLISECONDS)
                        .withCallCredentials(OnBehalfOf.of(principal));
        ListenableFuture<A> running =
                ClientCalls.futureUnaryCall(channel.newCall(method, options), request);
        Pending<A> answer = new Pending<>(() -> running.cancel(true));
        running.addListener(() -> settle(running, answer), DIRECT);
        return answer;
    }

    private static <A> void settle(ListenableFuture<A> done, CompletableFuture<A> answer) {
        try {
            answer.complete(done.get());
        } catch (ExecutionException e) {
            answer.completeExceptionally(failure(e.getCause() == null ? e : e.getCause()));
        } catch (InterruptedException | RuntimeException e) {
            answer.completeExceptionally(failure(e));
        }
    }

    /**
     * Our own deadline is longer than any answer takes: a reader that let it pass is as good as
     * down.
     */
    private static WaybillException failure(Throwable thrown) {
        WaybillException failure = Failures.fromStatus(thrown, "the reader");
        return failure.code() == ErrorCode.TIMEOUT
                ? new WaybillException(
                                ErrorCode.UNAVAILABLE,
                                "the reader did not answer in time; try again")
                        .causedBy(thrown)
                : failure;
    }

    /** A future whose cancelling reaches the call behind it. */
    private static final class Pending<T> extends CompletableFuture<T> {

        private final Runnable cancel;

        Pending(Runnable cancel) {
            this.cancel = cancel;
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            boolean cancelled = super.cancel(mayInterruptIfRunning);
            if (cancelled) {
                cancel.run();
            }
            return cancelled;
        }
    }
}
