package io.waybill.reader;

import io.waybill.proto.query.v1.GetStoreRequest;
import io.waybill.proto.query.v1.StoreQueriesGrpc;
import io.waybill.reader.query.Database;
import io.waybill.reader.query.ReadTerms;
import io.waybill.wire.failure.WaybillException;
import io.waybill.wire.role.RunningRole.Health;
import io.waybill.wire.time.EventLoop;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * Knows whether the database answers: asks it in the background, a second after each answer, so
 * that no call has to. Its state changes on the loop alone; {@link #health()} may be read by any
 * thread.
 */
final class DatabaseProbe {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseProbe.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final ReadTerms TERMS = ReadTerms.within(Duration.ofSeconds(2));

    private final Database database;
    private final EventLoop loop;
    private final Consumer<Boolean> serving;
    private volatile Health health = new Health(false, "has not heard from the database yet");

    /**
     * @param serving is told of the first answer and of every change, on the loop
     */
    DatabaseProbe(Database database, EventLoop loop, Consumer<Boolean> serving) {
        this.database = database;
        this.loop = loop;
        this.serving = serving;
    }

    void start() {
        loop.execute(() -> serving.accept(false));
        loop.execute(this::ask);
    }

    Health health() {
        return health;
    }

    private void ask() {
        var _ =
                database.ask(
                                StoreQueriesGrpc.getGetStoreMethod(),
                                GetStoreRequest.getDefaultInstance(),
                                TERMS)
                        .whenComplete(
                                (answer, failure) ->
                                        loop.execute(() -> heard(health(answer, failure))));
    }

    private static Health health(@Nullable Object answer, @Nullable Throwable failure) {
        if (answer != null) {
            return new Health(true, "the database answers");
        }
        return failure instanceof WaybillException known
                ? new Health(false, known.sentence())
                : new Health(false, "the database does not answer");
    }

    private void heard(Health now) {
        if (now.up() != health.up()) {
            LOG.info(now.up() ? "reads are answered" : "reads are not answered: {}", now.detail());
            serving.accept(now.up());
        }
        health = now;
        loop.schedule(PAUSE, this::ask);
    }
}
