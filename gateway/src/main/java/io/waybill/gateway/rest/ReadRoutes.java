package io.waybill.gateway.rest;

import com.google.protobuf.Message;

import io.waybill.catalogue.Ids;
import io.waybill.gateway.follow.CommandStatus;
import io.waybill.gateway.reading.Freshness;
import io.waybill.gateway.reading.ViewKind;
import io.waybill.proto.command.v1.OutcomeKind;
import io.waybill.proto.order.v1.OrderView;
import io.waybill.wire.failure.WaybillException;
import io.waybill.wire.identity.Principal;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one thing at a time. */
final class ReadRoutes {

    private static final Freshness LOG_END = new Freshness.LogEnd();

    private final RestPorts ports;
    private final Waiting waiting;

    ReadRoutes(RestPorts ports, Waiting waiting) {
        this.ports = ports;
        this.waiting = waiting;
    }

    /** Reads the thing that the one variable of the path names. */
    Answer one(ViewKind kind, Asked asked) {
        String id = id(kind, asked);
        return find(asked.principal(), kind, id, Query.freshness(asked.query()))
                .map(ReadRoutes::answer)
                .orElseThrow(() -> RefusedRequest.notFoundYet(kind.aggregate(), id));
    }

    /**
     * Reads an order. One that was accepted here is shown from that moment on: while the reader has
     * none, as its command says; and when that is decided just then, it is in the log. Of one that
     * came to nothing because its command did, its own principal is told why.
     */
    Answer order(Asked asked) {
        String id = id(ViewKind.ORDER, asked);
        return known(asked, id)
                .or(() -> find(asked.principal(), ViewKind.ORDER, id, LOG_END))
                .map(ReadRoutes::answer)
                .orElseThrow(() -> absent(asked.principal(), id));
    }

    /** A command that came to nothing is known by the id of what it was to make, too. */
    private RefusedRequest absent(Principal principal, String id) {
        return waiting.on(ports.outcomes().status(principal, id))
                .filter(command -> command.topic().equals(PendingOrder.TOPIC))
                .filter(command -> command.aggregateId().equals(id))
                .filter(CommandStatus.Decided.class::isInstance)
                .map(CommandStatus.Decided.class::cast)
                .filter(ReadRoutes::cameToNothing)
                .map(decided -> RefusedRequest.gone(ViewKind.ORDER.aggregate(), decided))
                .orElseGet(() -> RefusedRequest.notFoundYet(ViewKind.ORDER.aggregate(), id));
    }

    /** One that was applied just now has made what was not readable a moment ago. */
    private static boolean cameToNothing(CommandStatus.Decided decided) {
        return decided.outcome().getKind() != OutcomeKind.OUTCOME_KIND_APPLIED;
    }

    private Optional<Message> known(Asked asked, String id) {
        Freshness freshness = Query.freshness(asked.query());
        try {
            Optional<Message> found = find(asked.principal(), ViewKind.ORDER, id, freshness);
            return found.isPresent() ? found : pending(id).map(Message.class::cast);
        } catch (WaybillException unread) {
            boolean any = freshness instanceof Freshness.AsItStands;
            return Optional.of(pending(id).filter(order -> any).orElseThrow(() -> unread));
        }
    }

    private Optional<OrderView> pending(String id) {
        return ports.undecided()
                .firstFor(ViewKind.ORDER.aggregate() + "/" + id)
                .flatMap(held -> PendingOrder.of(id, held));
    }

    /** Reads what became of a command. */
    Answer command(Asked asked) {
        String given = only(asked.path());
        String id = Ids.uuid(given).orElseThrow(() -> RefusedRequest.notFound("command", given));
        CommandStatus status =
                waiting.on(ports.outcomes().status(asked.principal(), id))
                        .orElseThrow(() -> RefusedRequest.notFoundYet("command", id));
        return Answer.of(json -> CommandJson.write(json, status));
    }

    private Optional<Message> find(
            Principal principal, ViewKind kind, String id, Freshness freshness) {
        List<Message> found =
                waiting.on(ports.views().byIds(principal, kind, List.of(id), freshness));
        return found.stream().findFirst();
    }

    private static Answer answer(Message view) {
        return Answer.of(json -> ViewJson.properties(json, view));
    }

    private static String id(ViewKind kind, Asked asked) {
        String given = only(asked.path());
        return Ids.uuid(given).orElseThrow(() -> RefusedRequest.notFound(kind.aggregate(), given));
    }

    private static String only(Map<String, String> path) {
        return path.values().iterator().next();
    }
}
