package io.waybill.gateway.graphql.field;

import com.google.protobuf.Message;

import graphql.schema.DataFetchingEnvironment;

import io.waybill.gateway.graphql.port.ViewReads;
import io.waybill.gateway.reading.Freshness;
import io.waybill.gateway.reading.ViewKind;
import io.waybill.wire.identity.Principal;

import org.dataloader.BatchLoader;
import org.dataloader.DataLoader;
import org.dataloader.DataLoaderFactory;
import org.dataloader.DataLoaderOptions;
import org.dataloader.DataLoaderRegistry;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Brings what one request reads singly, at its top or nested in rows: equal reads once, all reads
 * of the same kind and freshness in one call to the reader, up to a thousand. One for each request.
 */
final class ViewBatches implements BatchLoader<ViewKey, @Nullable Message> {

    private static final String NAME = "views";
    private static final int MOST_AT_ONCE = 1_000;

    private record Question(ViewKind kind, Freshness freshness) {}

    private final ViewReads views;
    private final Principal principal;

    private ViewBatches(ViewReads views, Principal principal) {
        this.views = views;
        this.principal = principal;
    }

    /** What a request needs to read singly. */
    static DataLoaderRegistry registry(ViewReads views, Principal principal, boolean lasting) {
        DataLoaderOptions options =
                DataLoaderOptions.newOptions().setCachingEnabled(!lasting).build();
        return DataLoaderRegistry.newRegistry()
                .register(
                        NAME,
                        DataLoaderFactory.newDataLoader(new ViewBatches(views, principal), options))
                .build();
    }

    /** Reads one thing, soon; null when there is none. */
    static CompletableFuture<@Nullable Message> load(
            DataFetchingEnvironment environment, ViewKey key) {
        DataLoader<ViewKey, Message> loader = environment.getDataLoader(NAME);
        if (loader == null) {
            throw new IllegalStateException("a single read without its loader");
        }
        return loader.load(key).<@Nullable Message>thenApply(found -> found);
    }

    @Override
    public CompletionStage<List<@Nullable Message>> load(List<ViewKey> keys) {
        Map<Question, List<String>> questions = new LinkedHashMap<>();
        for (ViewKey key : new LinkedHashSet<>(keys)) {
            questions
                    .computeIfAbsent(
                            new Question(key.kind(), key.freshness()), q -> new ArrayList<>())
                    .add(key.id());
        }
        Map<ViewKey, Message> found = new HashMap<>();
        List<CompletableFuture<?>> answers = new ArrayList<>();
        questions.forEach(
                (question, ids) -> {
                    for (int from = 0; from < ids.size(); from += MOST_AT_ONCE) {
                        int to = Math.min(ids.size(), from + MOST_AT_ONCE);
                        answers.add(ask(question, ids.subList(from, to), found));
                    }
                });
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenApply(
                        all -> {
                            synchronized (found) {
                                return keys.stream().map(found::get).toList();
                            }
                        });
    }

    private CompletableFuture<?> ask(
            Question question, List<String> ids, Map<ViewKey, Message> found) {
        ViewKind kind = question.kind();
        return views.byIds(principal, kind, ids, question.freshness())
                .thenAccept(
                        rows -> {
                            synchronized (found) {
                                for (Message row : rows) {
                                    found.put(
                                            new ViewKey(kind, kind.id(row), question.freshness()),
                                            row);
                                }
                            }
                        });
    }
}
