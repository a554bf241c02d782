package io.waybill.writer.memory;

import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.wire.time.EventLoop;
import io.waybill.writer.store.CommitFeed.Following;
import io.waybill.writer.store.CommitFeed.Listener;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** Those who follow a log in memory, each in pages of ten at most, a millisecond after it asks. */
public final class MemoryFollowers {

    private final EventLoop loop;
    private final List<Commit> commits;
    private final Predicate<Commit> wanted;
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();

    private Predicate<Commit> unheard = commit -> false;
    private int pages;

    /**
     * @param commits the log, which others write
     * @param wanted what is told of it
     */
    public MemoryFollowers(EventLoop loop, List<Commit> commits, Predicate<Commit> wanted) {
        this.loop = loop;
        this.commits = commits;
        this.wanted = wanted;
    }

    public Following follow(long afterPosition, Listener listener) {
        Subscription subscription = new Subscription(listener, (int) afterPosition);
        subscriptions.add(subscription);
        return subscription;
    }

    /** The log has grown. */
    public void look() {
        subscriptions.forEach(Subscription::send);
    }

    /** How many pages were told. */
    public int pages() {
        return pages;
    }

    /** Tells nothing from the first such commit on. */
    void unheard(Predicate<Commit> from) {
        unheard = from;
        look();
    }

    /** Breaks off all. */
    public void breakOff() {
        List<Subscription> all = List.copyOf(subscriptions);
        subscriptions.clear();
        all.forEach(each -> each.listener.ended(new IOException("broken off")));
    }

    private final class Subscription implements Following {

        private final Listener listener;
        private int position;
        private int asked;

        Subscription(Listener listener, int position) {
            this.listener = listener;
            this.position = position;
        }

        @Override
        public void next() {
            loop.schedule(
                    Duration.ofMillis(1),
                    () -> {
                        asked++;
                        send();
                    });
        }

        @Override
        public void cancel() {
            subscriptions.remove(this);
        }

        void send() {
            if (asked == 0 || position >= commits.size() || !subscriptions.contains(this)) {
                return;
            }
            int end = position;
            while (end < Math.min(commits.size(), position + 10)
                    && !unheard.test(commits.get(end))) {
                end++;
            }
            if (end == position) {
                return;
            }
            asked--;
            pages++;
            List<Commit> page = commits.subList(position, end).stream().filter(wanted).toList();
            position = end;
            listener.page(page, end);
        }
    }
}
