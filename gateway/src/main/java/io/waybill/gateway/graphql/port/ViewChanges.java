package io.waybill.gateway.graphql.port;

import com.google.protobuf.Message;

import io.waybill.gateway.reading.ViewKind;
import io.waybill.wire.failure.WaybillException;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Tells of changes of what can be read, as they happen. Safe for use by many threads. */
public interface ViewChanges {

    /**
     * Watches one thing, which is told as it stands at first and after each change, and after
     * changes may have been missed; or all of a kind.
     */
    Watching watch(ViewKind kind, Optional<String> id, Watcher watcher);

    /** Where what follows a change is to be done: threads that may be held for a while. */
    Executor threads();

    /** Hears of changes, one call at a time. Must not block; hands work on to the threads. */
    interface Watcher {

        /** A thing as it stands after it changed; never an older state than one told before. */
        void changed(String id, Optional<Message> view);

        /** Changes may have been missed. What is watched by its id is read again by itself. */
        void missed();

        /** It cannot be watched any longer; the last call. */
        void failed(WaybillException reason);
    }

    /** One watching, until it is closed. */
    interface Watching extends AutoCloseable {

        /** Has things told as they stand, as if they had changed. */
        void tell(List<String> ids);

        @Override
        void close();
    }
}
