package io.waybill.gateway.graphql.field;

import io.waybill.gateway.follow.CommandStatus;
import io.waybill.gateway.follow.Follower;
import io.waybill.gateway.graphql.port.CommandOutcomes;
import io.waybill.wire.failure.WaybillException;
import io.waybill.wire.identity.Principal;

import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;

/**
 * A command being followed, as a stream. A command has at most two statuses, so both are kept until
 * asked for.
 */
record CommandUpdates(CommandOutcomes outcomes, Principal principal, String commandId)
        implements Publisher<CommandStatus> {

    @Override
    public void subscribe(Subscriber<? super CommandStatus> subscriber) {
        LatestStream<CommandStatus> stream = new LatestStream<>(subscriber, Runnable::run);
        subscriber.onSubscribe(stream);
        stream.fedBy(outcomes.follow(principal, commandId, new Told(stream))::close);
    }

    private record Told(LatestStream<CommandStatus> stream) implements Follower {

        @Override
        public void status(CommandStatus status) {
            String kind =
                    switch (status) {
                        case CommandStatus.Pending _ -> "pending";
                        case CommandStatus.Decided _ -> "decided";
                    };
            boolean _ = stream.put(kind, status); // two always have room
        }

        @Override
        public void completed() {
            stream.end(null);
        }

        @Override
        public void failed(WaybillException reason) {
            stream.end(reason);
        }
    }
}
