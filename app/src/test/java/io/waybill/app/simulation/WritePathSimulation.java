package io.waybill.app.simulation;

import com.google.protobuf.Message;

import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.contact.v1.AddContact;
import io.waybill.proto.contact.v1.DeleteContact;
import io.waybill.proto.contact.v1.UpdateContact;
import io.waybill.proto.outbox.v1.OutboxEntry;
import io.waybill.wire.time.VirtualEventLoop;
import io.waybill.wire.time.VirtualTime;
import io.waybill.writer.PipelineSettings;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/**
 * One run of the write path: two gateways, a writer and a log, some seconds of commands under
 * faults, then peace until everything has its outcome. The same seed gives the same run.
 */
final class WritePathSimulation implements Seeds.Simulation {

    private static final Duration UNREST = Duration.ofSeconds(20);
    private static final Duration PEACE_AT_MOST = Duration.ofHours(2);

    private record Submitted(SimulatedGateway gateway, OutboxEntry entry) {}

    private final VirtualTime time;
    private final RandomGenerator random;
    private final SimulatedBroker broker;
    private final SimulatedLog log;
    private final SimulatedWriter writer;
    private final List<SimulatedGateway> gateways = new ArrayList<>();
    private final Faults faults;
    private final Ledger ledger = new Ledger();
    private final VirtualEventLoop world;
    private final List<Submitted> sent = new ArrayList<>();
    private final List<String> contacts = new ArrayList<>();

    WritePathSimulation(long seed) {
        time = new VirtualTime(seed, Instant.parse("2026-01-01T00:00:00Z"));
        random = time.random();
        faults = Faults.drawn(random);
        Duration delay = random.nextBoolean() ? Duration.ZERO : Duration.ofSeconds(3);
        broker = new SimulatedBroker(time);
        log = new SimulatedLog(time);
        writer = new SimulatedWriter(time, broker, log, PipelineSettings.withDelay(delay));
        for (String id : List.of("gateway-a", "gateway-b")) {
            gateways.add(new SimulatedGateway(id, time, broker, log, delay, ledger));
        }
        world = time.loop("world");
    }

    /** Runs it to its end, and checks what must hold. Answers how many commands were accepted. */
    @Override
    public long run() {
        suffer(faults);
        world.execute(this::unrest);
        world.execute(this::submitSome);
        time.run(UNREST);
        suffer(Faults.NONE);
        boolean drained =
                time.runUntil(
                        () -> gateways.stream().allMatch(SimulatedGateway::drained), PEACE_AT_MOST);
        if (!drained) {
            throw new AssertionError(
                    "not all commands got an outcome: "
                            + gateways.stream().map(SimulatedGateway::state).toList());
        }
        ledger.check(log.commits());
        return ledger.acceptedCommands();
    }

    @Override
    public String toString() {
        return faults.toString();
    }

    private void suffer(Faults now) {
        broker.suffer(now);
        log.suffer(now);
        gateways.forEach(gateway -> gateway.suffer(now));
    }

    private boolean over() {
        return time.nanoTime() >= UNREST.toNanos();
    }

    private void unrest() {
        if (over()) {
            return;
        }
        if (chance(faults.brokerCrashes())) {
            broker.crash();
        }
        if (chance(faults.writerCrashes())) {
            writer.crash();
        }
        for (SimulatedGateway gateway : gateways) {
            if (chance(faults.gatewayCrashes())) {
                gateway.crash();
            }
            if (chance(faults.cutLinks())) {
                broker.cut(gateway.clientId());
            }
        }
        if (chance(faults.cutLinks())) {
            broker.cut(SimulatedWriter.CLIENT_ID);
        }
        world.schedule(Duration.ofSeconds(1), this::unrest);
    }

    private void submitSome() {
        if (over()) {
            return;
        }
        SimulatedGateway gateway = gateways.get(random.nextInt(gateways.size()));
        int many = 1 + random.nextInt(3);
        for (int i = 0; i < many; i++) {
            if (!sent.isEmpty() && random.nextInt(20) == 0) {
                submitAgain(sent.get(random.nextInt(sent.size())));
            } else {
                Submitted submitted = new Submitted(gateway, newEntry());
                sent.add(submitted);
                submit(submitted);
            }
        }
        world.schedule(Duration.ofMillis(1 + random.nextInt(600)), this::submitSome);
    }

    /** A client that repeats itself to a gateway that cannot look at what is recorded. */
    private void submitAgain(Submitted before) {
        submit(new Submitted(before.gateway(), before.entry().toBuilder().setUnseen(true).build()));
    }

    private void submit(Submitted submitted) {
        CommandIdentity command = submitted.entry().getCommand();
        ledger.submitted(submitted.gateway().clientId(), submitted.entry());
        CompletableFuture<Void> answer = submitted.gateway().submit(submitted.entry());
        var _ =
                answer.whenComplete(
                        (nothing, failure) -> {
                            if (failure == null) {
                                ledger.accepted(command);
                            } else {
                                ledger.inDoubt(command);
                            }
                        });
        world.schedule(
                Duration.ofSeconds(10),
                () -> {
                    if (!answer.isDone()) {
                        ledger.inDoubt(command);
                    }
                });
    }

    private OutboxEntry newEntry() {
        Message message = message();
        OutboxEntry entry = SimulatedClient.entry(time, message);
        if (message instanceof AddContact) {
            contacts.add(SimulatedClient.aggregateId(entry));
        }
        return entry;
    }

    private Message message() {
        String name = "name " + random.nextInt(1_000_000);
        int kind = contacts.isEmpty() ? 0 : random.nextInt(10);
        if (kind == 0) {
            return AddContact.newBuilder().setName(name).build();
        }
        String id = contacts.get(random.nextInt(contacts.size()));
        return kind == 1
                ? DeleteContact.newBuilder().setId(id).build()
                : UpdateContact.newBuilder().setId(id).setName(name).build();
    }

    private boolean chance(double probability) {
        return random.nextDouble() < probability;
    }
}
