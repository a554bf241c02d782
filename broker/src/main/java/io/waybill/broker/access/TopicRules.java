package io.waybill.broker.access;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableSet;

import com.hivemq.extension.sdk.api.packets.publish.AckReasonCode;

import io.waybill.catalogue.CommandCatalogue;
import io.waybill.catalogue.CommandType;
import io.waybill.proto.catalogue.v1.Sender;
import io.waybill.wire.mqtt.Topics;

import java.util.Optional;
import java.util.Set;

/** Who may publish where, subscribe to what, and be given what. Pure. */
final class TopicRules {

    /** The longest topic. Whoever publishes to a longer one, as an answer too, is disconnected. */
    static final int TOPIC_CHARACTERS = 1_024;

    private static final String EVENTS = "EVENT";
    private static final String SEQUENCE = "SEQUENCE";
    private static final String GATEWAYS = "GATEWAY";
    private static final String SHARED = "$share/";

    /** What a publication is. */
    sealed interface Publication {

        /** A command, on its topic. */
        record OfCommand(CommandType type) implements Publication {}

        /** A message that means nothing to Waybill, or one of a role's own. */
        record Free() implements Publication {}

        /** Not allowed. */
        record Refused(AckReasonCode code, String sentence) implements Publication {}
    }

    private final CommandCatalogue catalogue;
    private final Set<String> aggregates;
    private final String clientTopics;

    TopicRules(CommandCatalogue catalogue) {
        this.catalogue = catalogue;
        this.aggregates =
                catalogue.types().stream()
                        .map(type -> level(type.topic(), 0))
                        .collect(toUnmodifiableSet());
        this.clientTopics =
                catalogue.types().stream()
                        .filter(type -> type.sender() == Sender.SENDER_CLIENT)
                        .map(CommandType::topic)
                        .collect(joining(", "));
    }

    /** What publishing to a topic is, for the owner of a session. */
    Publication publication(SessionOwner owner, String topic, Optional<String> responseTopic) {
        return switch (owner) {
            case SessionOwner.Client client -> ofClient(topic, responseTopic);
            case SessionOwner.Gateway gateway -> ofGateway(topic);
            case SessionOwner.Writer writer -> ofWriter(topic);
        };
    }

    private Publication ofClient(String topic, Optional<String> responseTopic) {
        Optional<CommandType> command = clientCommand(topic);
        if (command.isEmpty() && Topics.reserved(topic)) {
            return refused(
                    "'%s' is reserved; clients may publish %s, and under no reserved root"
                            .formatted(shown(topic), clientTopics));
        }
        Optional<String> reserved = responseTopic.filter(Topics::reserved);
        if (reserved.isPresent()) {
            return refused(responseTopicSentence(reserved.get()));
        }
        if (command.isPresent()
                && responseTopic.filter(given -> given.length() > TOPIC_CHARACTERS).isPresent()) {
            return refused(
                    "the response topic has %d characters; a topic may have at most %d"
                            .formatted(responseTopic.get().length(), TOPIC_CHARACTERS));
        }
        return command.<Publication>map(Publication.OfCommand::new)
                .orElseGet(Publication.Free::new);
    }

    private Publication ofGateway(String topic) {
        return clientCommand(topic)
                .<Publication>map(Publication.OfCommand::new)
                .orElseGet(() -> notAuthorized("a gateway publishes commands of clients alone"));
    }

    private Publication ofWriter(String topic) {
        String root = level(topic, 0);
        return !Topics.reserved(topic) || root.equals(GATEWAYS) || root.equals(EVENTS)
                ? new Publication.Free()
                : notAuthorized("a writer publishes answers and events alone");
    }

    /** Why a will cannot be taken, if it cannot: wills go where nothing is reserved. */
    Optional<String> willRefusal(String topic, Optional<String> responseTopic) {
        if (Topics.reserved(topic)) {
            return Optional.of("a will may not go to the reserved topic '" + shown(topic) + "'");
        }
        return responseTopic.filter(Topics::reserved).map(TopicRules::responseTopicSentence);
    }

    /** Why a subscription cannot be taken, if it cannot. */
    Optional<String> subscriptionRefusal(SessionOwner owner, String filter) {
        return switch (owner) {
            case SessionOwner.Writer writer ->
                    catalogue.onTopic(filter).isPresent()
                                    || (filter.endsWith("/#")
                                            && aggregates.contains(level(filter, 0)))
                            ? Optional.empty()
                            : Optional.of("a writer subscribes to commands alone");
            case SessionOwner.Gateway gateway ->
                    isOf(gateway, filter) || level(filter, 0).equals(EVENTS)
                            ? Optional.empty()
                            : Optional.of(
                                    "a gateway subscribes to its own answers and to events alone");
            case SessionOwner.Client client -> clientSubscriptionRefusal(filter);
        };
    }

    private Optional<String> clientSubscriptionRefusal(String filter) {
        if (filter.startsWith(SHARED)) {
            int group = filter.indexOf('/', SHARED.length());
            String shared = group < 0 ? "#" : filter.substring(group + 1);
            return startsWithWildcard(shared) || Topics.reserved(shared)
                    ? Optional.of(
                            "'%s' could share what is reserved; subscribe without $share"
                                    .formatted(shown(filter)))
                    : Optional.empty();
        }
        return startsWithWildcard(filter) || !Topics.reserved(filter) || isEventOfAggregate(filter)
                ? Optional.empty()
                : Optional.of(
                        "'%s' is reserved; clients may subscribe to EVENT/<AGGREGATE>/#, and under"
                                        .formatted(shown(filter))
                                + " no reserved root");
    }

    /** Whether what a writer publishes on a topic may be retained: the latest sequence alone. */
    boolean mayBeRetained(String topic) {
        return level(topic, 0).equals(EVENTS) && level(topic, 2).equals(SEQUENCE);
    }

    /**
     * Whether a client is given a message on a topic. Asked on the way out, whatever filter
     * matched.
     *
     * @param outcomeOf the principal whose outcome the message carries, when it says so
     */
    boolean delivers(SessionOwner.Client client, String topic, Optional<String> outcomeOf) {
        return (!Topics.reserved(topic) || isEventOfAggregate(topic))
                && outcomeOf.map(client.principal().name()::equals).orElse(true);
    }

    private Optional<CommandType> clientCommand(String topic) {
        return catalogue.onTopic(topic).filter(type -> type.sender() == Sender.SENDER_CLIENT);
    }

    private boolean isEventOfAggregate(String topic) {
        return level(topic, 0).equals(EVENTS) && aggregates.contains(level(topic, 1));
    }

    private static boolean isOf(SessionOwner.Gateway gateway, String filter) {
        String second = level(filter, 1);
        return level(filter, 0).equals(GATEWAYS)
                && (second.equals(gateway.id()) || second.equals("ALL"));
    }

    private static Publication refused(String sentence) {
        return new Publication.Refused(AckReasonCode.TOPIC_NAME_INVALID, sentence);
    }

    private static Publication notAuthorized(String sentence) {
        return new Publication.Refused(AckReasonCode.NOT_AUTHORIZED, sentence);
    }

    private static String responseTopicSentence(String topic) {
        return "the response topic '%s' is reserved; choose one under no reserved root"
                .formatted(shown(topic));
    }

    private static boolean startsWithWildcard(String filter) {
        String root = level(filter, 0);
        return root.equals("#") || root.equals("+");
    }

    /** One level of a topic; empty when there is none. */
    private static String level(String topic, int index) {
        String[] levels = topic.split("/", index + 2);
        return levels.length > index ? levels[index] : "";
    }

    private static String shown(String topic) {
        return topic.length() <= 100 ? topic : topic.substring(0, 100) + "...";
    }
}
