package io.waybill.gateway.subscription;

import io.waybill.gateway.graphql.execution.GraphQlExecution;
import io.waybill.gateway.graphql.execution.MalformedRequestException;
import io.waybill.gateway.graphql.failure.ClientError;
import io.waybill.gateway.graphql.field.Asker;
import io.waybill.gateway.web.Tokens;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;
import io.waybill.wire.identity.Principal;

import org.jspecify.annotations.Nullable;
import org.springframework.web.socket.CloseStatus;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One client's connection: from its greeting through its operations to its end. The container calls
 * with one message at a time; results come from any thread.
 */
final class Connection {

    private static final int MOST_UNANSWERED = 2;

    private final GraphQlExecution execution;
    private final Tokens tokens;
    private final SocketLimits limits;
    private final Outgoing outgoing;
    private final Principal fromHandshake;
    private final Map<String, Operation> operations = new ConcurrentHashMap<>();
    private final StringBuilder parts = new StringBuilder();
    private volatile @Nullable Asker asker;
    private volatile boolean closed;

    /** How many tests there were since the client gave a sign of life. */
    private final AtomicInteger unanswered = new AtomicInteger();

    Connection(
            GraphQlExecution execution,
            Tokens tokens,
            SocketLimits limits,
            Outgoing outgoing,
            Principal fromHandshake) {
        this.execution = execution;
        this.tokens = tokens;
        this.limits = limits;
        this.outgoing = outgoing;
        this.fromHandshake = fromHandshake;
    }

    /** Takes a part of a message of the client. */
    void received(String part, boolean last) {
        alive();
        if (closed) {
            return;
        }
        if (parts.length() + part.length() > limits.messageCharacters()) {
            parts.setLength(0);
            close(Closing.TOO_LONG);
        } else if (last && parts.isEmpty()) {
            received(part);
        } else {
            parts.append(part);
            if (last) {
                String whole = parts.toString();
                parts.setLength(0);
                received(whole);
            }
        }
    }

    private void received(String text) {
        try {
            switch (SocketMessage.read(text)) {
                case SocketMessage.Incoming.Init init -> init(init.authorization());
                case SocketMessage.Incoming.Subscribe subscribe -> subscribe(subscribe);
                case SocketMessage.Incoming.Complete complete -> complete(complete.id());
                case SocketMessage.Incoming.Ping ping -> outgoing.send(SocketMessage.PONG);
                case SocketMessage.Incoming.Pong pong -> {}
            }
        } catch (MalformedRequestException e) {
            close(Closing.malformed(e.sentence()));
        }
    }

    /** Takes a sign of life. */
    void alive() {
        unanswered.set(0);
    }

    /**
     * Asks for a sign of life; closes when there was none since the last two times. One alone may
     * have been missed by this side: after a pause of the process the answer lies there, unread,
     * when the next test is due.
     */
    void test() {
        if (unanswered.getAndIncrement() < MOST_UNANSWERED) {
            outgoing.ping();
        } else {
            close(Closing.SILENT);
        }
    }

    /** Whether the client owes a sign of life. */
    boolean owesAnswer() {
        return unanswered.get() > 0;
    }

    /** Closes when the client has not said who it is. */
    void initTimedOut() {
        if (asker == null) {
            close(Closing.INIT_TIMEOUT);
        }
    }

    /** Closes for a reason; what runs is stopped. The future completes when the client was told. */
    CompletableFuture<Void> closing(CloseStatus reason) {
        ended();
        return outgoing.close(reason);
    }

    private void close(CloseStatus reason) {
        var _ = closing(reason);
    }

    /** The connection is gone; what runs is stopped. */
    void ended() {
        closed = true;
        operations
                .values()
                .removeIf(
                        operation -> {
                            operation.stop();
                            return true;
                        });
    }

    private void init(@Nullable String authorization) {
        if (asker != null) {
            close(Closing.TOO_MANY_INITS);
            return;
        }
        Optional<Principal> principal =
                authorization == null
                        ? Optional.of(fromHandshake)
                                .filter(known -> !known.equals(Principal.ANONYMOUS))
                                .or(tokens::anonymous)
                        : tokens.authorized(authorization);
        if (principal.isEmpty()) {
            close(Closing.UNAUTHORIZED);
            return;
        }
        asker = new Asker(principal.get(), null);
        outgoing.send(SocketMessage.ACK);
    }

    private void subscribe(SocketMessage.Incoming.Subscribe message) {
        Asker known = asker;
        if (known == null) {
            close(Closing.UNAUTHORIZED);
            return;
        }
        if (operations.containsKey(message.id())) {
            close(Closing.duplicate(message.id()));
            return;
        }
        if (operations.size() >= limits.operations()) {
            outgoing.send(SocketMessage.error(message.id(), List.of(tooMany())));
            return;
        }
        Operation operation =
                new Operation(message.id(), outgoing, over -> operations.remove(over.id(), over));
        operations.put(message.id(), operation);
        CompletableFuture<?> _ =
                execution
                        .execute(message.request(), known)
                        .thenAccept(operation::executed)
                        .whenComplete(
                                (nothing, failure) -> {
                                    if (failure != null) {
                                        operation.onError(failure);
                                    }
                                });
        if (closed) {
            ended();
        }
    }

    private void complete(String id) {
        if (asker == null) {
            close(Closing.UNAUTHORIZED);
            return;
        }
        Operation operation = operations.remove(id);
        if (operation != null) {
            operation.stop();
        }
    }

    private ClientError tooMany() {
        return ClientError.of(
                new WaybillException(
                        ErrorCode.RESOURCE_EXHAUSTED,
                        "a connection may have at most %d operations running; complete one first"
                                .formatted(limits.operations())));
    }
}
