package io.waybill.app.instance;

import io.waybill.app.ready.Readiness;
import io.waybill.app.ready.ReadyFile;
import io.waybill.app.ready.ReadyMessage;
import io.waybill.app.roles.House;
import io.waybill.app.settings.Refusal;
import io.waybill.app.settings.UpSettings;

import java.util.Optional;

/** One run of {@code waybill up}, from its settings to its end. */
public final class Instance {

    private Instance() {}

    /**
     * Runs until the process is told to stop; then the process ends with 0. Blocks.
     *
     * @return the exit code, when it ends otherwise
     * @throws Refusal when something that is needed cannot be had
     */
    public static int run(UpSettings settings) {
        long begun = System.nanoTime();
        Optional<ReadyFile> readyFile = settings.readyFile().map(ReadyFile::new);
        readyFile.ifPresent(ReadyFile::remove);
        House house = new House(settings);
        Stopping stopping =
                Stopping.whenTold(
                        () -> {
                            readyFile.ifPresent(ReadyFile::remove);
                            house.close();
                        });
        try {
            house.start();
            if (Readiness.await(house::health, stopping::begun)) {
                System.out.println(ReadyMessage.of(settings, house.ports(), begun));
                System.out.flush();
                readyFile.ifPresent(file -> file.write(settings.roles(), house.ports()));
            }
            stopping.await();
            return 0;
        } catch (RuntimeException e) {
            stopping.forget();
            house.close();
            throw e;
        }
    }
}
