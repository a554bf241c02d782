package io.waybill.gateway.graphql.field;

import com.google.protobuf.Message;

import io.waybill.gateway.graphql.port.ViewChanges;
import io.waybill.gateway.reading.ViewKind;
import io.waybill.wire.failure.WaybillException;

import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;

import java.util.Optional;

/**
 * Each contact after each change. All contacts are too many to begin with; so when changes may have
 * been missed that is said instead, for the subscriber to read again what it shows.
 */
record ContactChanges(ViewChanges changes) implements Publisher<ContactChange> {

    @Override
    public void subscribe(Subscriber<? super ContactChange> subscriber) {
        LatestStream<ContactChange> stream = new LatestStream<>(subscriber, changes.threads());
        subscriber.onSubscribe(stream);
        stream.fedBy(changes.watch(ViewKind.CONTACT, Optional.empty(), new Watcher(stream))::close);
    }

    private record Watcher(LatestStream<ContactChange> stream) implements ViewChanges.Watcher {

        @Override
        public void changed(String id, Optional<Message> view) {
            tell(id, new ContactChange(Optional.of(id), view));
        }

        @Override
        public void missed() {
            tell("", ContactChange.MISSED);
        }

        private void tell(String key, ContactChange change) {
            if (!stream.put(key, change)) {
                stream.putInstead("", ContactChange.MISSED);
            }
        }

        @Override
        public void failed(WaybillException reason) {
            stream.end(reason);
        }
    }
}
