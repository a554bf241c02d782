package io.waybill.wire.mqtt;

import java.util.Set;

/** The topics that Waybill reserves, and those of its own traffic. */
public final class Topics {

    /** First levels under which clients may not choose a response topic. */
    public static final Set<String> RESERVED_ROOTS =
            Set.of(
                    "CONTACT",
                    "PAYMENT",
                    "RESTAURANT",
                    "SHOPPING",
                    "ORDER",
                    "SAGA",
                    "EVENT",
                    "DEADLETTER",
                    "GATEWAY");

    /**
     * Where a writer says to all gateways that its session is new: what was queued for it is lost.
     */
    public static final String SESSION_LOST = "GATEWAY/ALL/SESSION_LOST";

    private Topics() {}

    /** Where the writer answers a gateway. */
    public static String answers(String gatewayId) {
        return "GATEWAY/" + gatewayId + "/ANSWERS";
    }

    /** Whether a topic or filter lies under a reserved root, {@code $} included. */
    public static boolean reserved(String topic) {
        int slash = topic.indexOf('/');
        String root = slash < 0 ? topic : topic.substring(0, slash);
        return root.startsWith("$") || RESERVED_ROOTS.contains(root);
    }
}
