package io.waybill.gateway.outbox;

import com.google.protobuf.ByteString;

import io.waybill.catalogue.Ids;
import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.outbox.v1.OutboxEntry;
import io.waybill.wire.time.ThreadEventLoop;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/** A program that accepts commands into an outbox and says so, until it is killed. */
final class KilledGateway {

    private static final int AT_A_TIME = 16;

    private KilledGateway() {}

    /** Takes the outbox's folder; prints the id of each accepted command on a line of its own. */
    public static void main(String[] arguments) throws InterruptedException {
        ThreadEventLoop loop = new ThreadEventLoop("outbox");
        Outbox outbox =
                new Outbox(
                        OutboxSettings.usual(Duration.ZERO),
                        loop,
                        new RocksOutboxStore(Path.of(arguments[0]), 0),
                        (entry, sending, predecessor) -> new CompletableFuture<>(),
                        CompletableFuture::new,
                        RandomGenerator.getDefault());
        outbox.start().join();
        for (int i = 0; i < AT_A_TIME; i++) {
            submitNext(outbox, System.out);
        }
        Thread.currentThread().join();
    }

    private static void submitNext(Outbox outbox, PrintStream out) {
        String id = Ids.newId(System.currentTimeMillis());
        var _ =
                outbox.submit(
                                OutboxEntry.newBuilder()
                                        .setCommand(
                                                CommandIdentity.newBuilder()
                                                        .setPrincipal("anonymous")
                                                        .setCommandId(id))
                                        .setStream("contact/" + id)
                                        .setPayload(ByteString.copyFromUtf8("x".repeat(200)))
                                        .build())
                        .thenRun(
                                () -> {
                                    out.println(id);
                                    submitNext(outbox, out);
                                });
    }
}
