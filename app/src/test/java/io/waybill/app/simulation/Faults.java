package io.waybill.app.simulation;

import java.util.random.RandomGenerator;

/**
 * How unreliable a run is. Chances are per message, per call or per second.
 *
 * @param lossyQueue a message that the queue took is lost all the same
 * @param repeatingQueue a message is delivered twice
 * @param cutLinks per second: a connection is lost
 * @param brokerCrashes per second: the queue dies and comes back
 * @param forgetfulBroker a crash of the queue forgets its sessions
 * @param writerCrashes per second: the writer dies and comes back
 * @param gatewayCrashes per second: a gateway dies and comes back
 * @param failingLog a call to the log fails, half of the time after it was done
 * @param failingDisk a sync of a gateway's disk fails
 * @param clockSteps per second: the writer's time of day is set, back or forward
 */
record Faults(
        double lossyQueue,
        double repeatingQueue,
        double cutLinks,
        double brokerCrashes,
        double forgetfulBroker,
        double writerCrashes,
        double gatewayCrashes,
        double failingLog,
        double failingDisk,
        double clockSteps) {

    static final Faults NONE = new Faults(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** A mix drawn by chance: each kind of fault is left out in a third of the runs. */
    static Faults drawn(RandomGenerator random) {
        return new Faults(
                drawn(random, 0.05),
                drawn(random, 0.1),
                drawn(random, 0.3),
                drawn(random, 0.1),
                drawn(random, 0.5),
                drawn(random, 0.2),
                drawn(random, 0.2),
                drawn(random, 0.1),
                drawn(random, 0.02),
                drawn(random, 0.2));
    }

    private static double drawn(RandomGenerator random, double most) {
        return random.nextInt(3) == 0 ? 0 : random.nextDouble(most);
    }
}
