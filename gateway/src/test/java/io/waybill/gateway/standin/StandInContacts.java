package io.waybill.gateway.standin;

import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;

import io.grpc.MethodDescriptor;
import io.waybill.gateway.graphql.port.ViewReads;
import io.waybill.gateway.reading.Freshness;
import io.waybill.proto.command.v1.DeadLetterView;
import io.waybill.proto.contact.v1.ContactView;
import io.waybill.proto.reader.v1.BatchGetContactsRequest;
import io.waybill.proto.reader.v1.BatchGetContactsResponse;
import io.waybill.proto.reader.v1.ContactEdge;
import io.waybill.proto.reader.v1.DeadLetterEdge;
import io.waybill.proto.reader.v1.GetDeadLetterRequest;
import io.waybill.proto.reader.v1.GetDeadLetterResponse;
import io.waybill.proto.reader.v1.ListContactsRequest;
import io.waybill.proto.reader.v1.ListContactsResponse;
import io.waybill.proto.reader.v1.ListDeadLettersRequest;
import io.waybill.proto.reader.v1.ListDeadLettersResponse;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;
import io.waybill.wire.identity.Principal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Contacts in memory, in the order they were put. Answers on another thread, as the reader's
 * channel does.
 */
public final class StandInContacts implements ViewReads {

    /** A call that was made. */
    public record Call(String what, Principal principal, Freshness freshness) {}

    private final Map<Long, ContactView> rows = new TreeMap<>();
    private final List<DeadLetterView> letters = new ArrayList<>();
    private final Map<String, Message> others = new ConcurrentHashMap<>();
    private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
    private volatile boolean recording = true;
    private final ExecutorService answering = Executors.newVirtualThreadPerTaskExecutor();
    private volatile Supplier<CompletableFuture<Void>> mood =
            () -> CompletableFuture.completedFuture(null);

    public synchronized ContactView put(String id, String name) {
        long position = rows.size() + 1L;
        Timestamp time = Timestamp.newBuilder().setSeconds(1_700_000_000 + position).build();
        ContactView view =
                ContactView.newBuilder()
                        .setId(id)
                        .setName(name)
                        .setCreated(time)
                        .setLastUpdated(time)
                        .setVersion(1)
                        .setCreatedPosition(position)
                        .build();
        rows.put(position, view);
        return view;
    }

    public synchronized void replace(ContactView view) {
        rows.put(view.getCreatedPosition(), view);
    }

    public synchronized void clear() {
        rows.clear();
        letters.clear();
        others.clear();
        calls.clear();
        mood = () -> CompletableFuture.completedFuture(null);
    }

    /** What every answer waits for, and fails with, from now on. */
    public void answersAfter(Supplier<CompletableFuture<Void>> mood) {
        this.mood = mood;
    }

    public List<Call> calls() {
        return List.copyOf(calls);
    }

    /** Records no calls any more: for long runs. */
    public void forgetCalls() {
        recording = false;
    }

    private void record(String what, Principal principal, Freshness freshness) {
        if (recording) {
            calls.add(new Call(what, principal, freshness));
        }
    }

    /** What another method answers from now on, whatever it is asked. */
    public void answers(MethodDescriptor<?, ?> method, Message answer) {
        others.put(method.getBareMethodName(), answer);
    }

    /** Answers what is asked of contacts; of everything else there is only what was given. */
    @Override
    @SuppressWarnings("unchecked") // the answer is of the class that the method gives
    public <Q extends Message, A extends Message> CompletableFuture<A> ask(
            Principal principal, MethodDescriptor<Q, A> method, Q request, Freshness freshness) {
        return switch (request) {
            case BatchGetContactsRequest byIds -> {
                record("byIds " + byIds.getIdsList(), principal, freshness);
                yield (CompletableFuture<A>)
                        mood.get()
                                .thenApplyAsync(
                                        ready ->
                                                BatchGetContactsResponse.newBuilder()
                                                        .addAllContacts(named(byIds.getIdsList()))
                                                        .build(),
                                        answering);
            }
            case ListContactsRequest list -> {
                int first = list.hasPage() ? list.getPage().getFirst() : list.getFirst();
                String after = list.getPage().getAfter();
                record("page " + first + " " + after, principal, freshness);
                yield (CompletableFuture<A>)
                        mood.get().thenApplyAsync(ready -> page(first, after), answering);
            }
            case GetDeadLetterRequest letter -> {
                record("dead letter " + letter.getCommandId(), principal, freshness);
                yield (CompletableFuture<A>)
                        mood.get()
                                .thenApplyAsync(
                                        ready -> letter(principal, letter.getCommandId()),
                                        answering);
            }
            case ListDeadLettersRequest list -> {
                record("dead letters " + list, principal, freshness);
                yield (CompletableFuture<A>)
                        mood.get().thenApplyAsync(ready -> letters(principal), answering);
            }
            default -> {
                record(method.getBareMethodName() + " " + request, principal, freshness);
                A none =
                        ((MethodDescriptor.PrototypeMarshaller<A>) method.getResponseMarshaller())
                                .getMessagePrototype();
                A answer = (A) others.getOrDefault(method.getBareMethodName(), none);
                yield mood.get().thenApplyAsync(ready -> answer, answering);
            }
        };
    }

    /** Those of its own, or of sagas. */
    private synchronized GetDeadLetterResponse letter(Principal principal, String commandId) {
        return letters.stream()
                .filter(letter -> letter.getCommandId().equals(commandId))
                .filter(
                        letter ->
                                letter.getPrincipal().equals(principal.name())
                                        || letter.getPrincipal().equals("saga"))
                .findFirst()
                .map(letter -> GetDeadLetterResponse.newBuilder().setDeadLetter(letter).build())
                .orElseThrow(
                        () ->
                                new WaybillException(
                                        ErrorCode.NOT_FOUND,
                                        "dead letter with command id %s not found"
                                                .formatted(commandId)));
    }

    private synchronized ListDeadLettersResponse letters(Principal principal) {
        ListDeadLettersResponse.Builder page = ListDeadLettersResponse.newBuilder();
        letters.stream()
                .filter(letter -> letter.getPrincipal().equals(principal.name()))
                .forEach(letter -> page.addEdges(DeadLetterEdge.newBuilder().setNode(letter)));
        return page.build();
    }

    /** Keeps a dead letter, in place of the one of its command. */
    public synchronized void put(DeadLetterView letter) {
        letters.removeIf(other -> other.getCommandId().equals(letter.getCommandId()));
        letters.add(letter);
    }

    private synchronized List<ContactView> named(List<String> ids) {
        return rows.values().stream().filter(row -> ids.contains(row.getId())).toList();
    }

    private synchronized ListContactsResponse page(int first, String after) {
        long position = after.isEmpty() ? 0 : position(after);
        List<ContactView> found =
                rows.values().stream()
                        .filter(row -> row.getCreatedPosition() > position)
                        .limit(first + 1L)
                        .toList();
        ListContactsResponse.Builder page =
                ListContactsResponse.newBuilder()
                        .setHasNextPage(found.size() > first)
                        .setHasPreviousPage(position > 0);
        found.stream()
                .limit(first)
                .forEach(
                        row ->
                                page.addEdges(
                                        ContactEdge.newBuilder()
                                                .setCursor("c" + row.getCreatedPosition())
                                                .setNode(row)));
        return page.build();
    }

    private static long position(String cursor) {
        if (!cursor.matches("c[0-9]{1,9}")) {
            throw WaybillException.badInput(
                    "after", "after must be a cursor that this very list returned");
        }
        return Long.parseLong(cursor.substring(1));
    }
}
