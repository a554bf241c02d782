package io.waybill.app.e2e;

import io.waybill.wire.identity.Role;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The five roles as five processes that share a data folder. */
final class FiveProcesses implements AutoCloseable {

    private final Map<Role, RunningWaybill> processes = new EnumMap<>(Role.class);

    FiveProcesses(Path folder, String delay) {
        int mqtt = RunningWaybill.freePort();
        int database = RunningWaybill.freePort();
        int reader = RunningWaybill.freePort();
        String data = "--data=" + folder.resolve("data");
        String broker = "--broker=mqtt://localhost:" + mqtt;
        String databaseAt = "--database=localhost:" + database;
        String readerAt = "--reader=localhost:" + reader;
        String management = "--management-port=0";
        String wait = "--delay=" + delay;
        prepare(
                folder,
                Role.BROKER,
                data,
                management,
                "--mqtt-port=" + mqtt,
                "--mqtt-websocket-port=0");
        prepare(folder, Role.DATABASE, data, management, "--database-port=" + database);
        prepare(folder, Role.READER, data, management, wait, databaseAt, "--reader-port=" + reader);
        prepare(folder, Role.WRITER, data, management, wait, broker, databaseAt);
        prepare(folder, Role.GATEWAY, data, wait, broker, readerAt, "--http-port=0");
    }

    /** Starts them one after the other without waiting, then waits for all. */
    void start(List<Role> order) {
        order.forEach(role -> of(role).launch());
        order.forEach(role -> of(role).awaitReady());
    }

    RunningWaybill of(Role role) {
        return processes.get(role);
    }

    GraphQl graphQl() {
        return of(Role.GATEWAY).graphQl();
    }

    String output() {
        StringBuilder all = new StringBuilder();
        processes.values().forEach(process -> all.append(process.output()));
        return all.toString();
    }

    @Override
    public void close() {
        processes.values().forEach(RunningWaybill::close);
    }

    private void prepare(Path folder, Role role, String... options) {
        String[] all = new String[options.length + 1];
        all[0] = "--roles=" + role.label();
        System.arraycopy(options, 0, all, 1, options.length);
        processes.put(role, RunningWaybill.prepared(role.label(), folder, all));
    }
}
