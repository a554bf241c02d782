package io.waybill.database.feed;

import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.feed.v1.Narrowing;

import java.util.Set;
import java.util.function.Predicate;

/**
 * What the sagas of some orders are to hear of: the commits that they asked for, refusals and
 * undoings too, and all of shopping lists, where a person's doing is news.
 *
 * @param orderPartitions where these orders are
 */
record SagaCommits(Set<Integer> orderPartitions) implements Predicate<Commit> {

    private static final String SHOPPING_LISTS = "shopping/";

    static SagaCommits of(Narrowing narrowing) {
        return new SagaCommits(Set.copyOf(narrowing.getOrderPartitionsList()));
    }

    @Override
    public boolean test(Commit commit) {
        return commit.getStream().startsWith(SHOPPING_LISTS)
                || (commit.getMetadata().hasSaga()
                        && orderPartitions.contains(
                                commit.getMetadata().getSaga().getOrderPartition()));
    }
}
