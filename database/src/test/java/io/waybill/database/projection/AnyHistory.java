package io.waybill.database.projection;

import static io.waybill.database.order.OrderEvents.money;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;

import io.waybill.database.Commits;
import io.waybill.database.engine.Proposals;
import io.waybill.proto.account.v1.Deposited;
import io.waybill.proto.account.v1.PaymentAuthorized;
import io.waybill.proto.account.v1.PaymentDebited;
import io.waybill.proto.account.v1.PaymentReleased;
import io.waybill.proto.account.v1.Withdrawn;
import io.waybill.proto.command.v1.Metadata;
import io.waybill.proto.command.v1.Outcome;
import io.waybill.proto.command.v1.OutcomeKind;
import io.waybill.proto.common.v1.Item;
import io.waybill.proto.contact.v1.ContactAdded;
import io.waybill.proto.contact.v1.ContactDeleted;
import io.waybill.proto.contact.v1.ContactDisabled;
import io.waybill.proto.contact.v1.ContactUpdated;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.DeadLetter;
import io.waybill.proto.restaurant.v1.ItemSet;
import io.waybill.proto.restaurant.v1.ItemsReleased;
import io.waybill.proto.restaurant.v1.ItemsReserved;
import io.waybill.proto.restaurant.v1.RestaurantOpened;
import io.waybill.proto.restaurant.v1.RestaurantRegistered;
import io.waybill.proto.restaurant.v1.RestaurantUpdated;
import io.waybill.proto.shopping.v1.ShoppingListAssigned;
import io.waybill.proto.shopping.v1.ShoppingListCompleted;
import io.waybill.proto.shopping.v1.ShoppingListCreated;
import io.waybill.proto.shopping.v1.ShoppingListInitiated;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A history of many aggregates of every kind, by chance but always the same for a seed. */
public final class AnyHistory {

    private static final int OF_A_KIND = 12;
    private static final int ORDERS = 120;

    private final Random random;
    private final Commits log = new Commits();
    private final Map<String, Integer> lengths = new HashMap<>();
    private final Map<String, AnyOrder> orders = new HashMap<>();

    public AnyHistory(long seed) {
        this.random = new Random(seed);
    }

    /** The next so many commits. */
    public List<Commit> next(int commits) {
        List<Commit> history = new ArrayList<>();
        while (history.size() < commits) {
            history.add(next());
        }
        return history;
    }

    private Commit next() {
        return switch (random.nextInt(16)) {
            case 0 -> refused();
            case 1 -> deadLettered();
            case 2, 3 -> contact();
            case 4, 5 -> account();
            case 6, 7 -> restaurant();
            case 8 -> shopping();
            default -> order();
        };
    }

    private String any(String kind) {
        return kind + "/" + kind.charAt(0) + random.nextInt(OF_A_KIND);
    }

    /** How many commits the stream had before this one. */
    private int grow(String stream) {
        return lengths.merge(stream, 1, Integer::sum) - 1;
    }

    private Commit refused() {
        return log.next(any("contact"))
                .setOutcome(Outcome.newBuilder().setKind(OutcomeKind.OUTCOME_KIND_REJECTED))
                .setMetadata(Metadata.newBuilder().setCause(earlier()))
                .build();
    }

    /** A command that may have been dead-lettered. */
    private String earlier() {
        long position = random.nextLong(log.position() + 1);
        return Proposals.command("command " + position).getCommandId();
    }

    private Commit deadLettered() {
        return log.next(any("order"))
                .setOutcome(Outcome.newBuilder().setKind(OutcomeKind.OUTCOME_KIND_DEAD_LETTERED))
                .setDeadLetter(DeadLetter.newBuilder().setReason("reason " + random.nextInt(9)))
                .build();
    }

    private Commit contact() {
        String stream = any("contact");
        String id = stream.substring(stream.indexOf('/') + 1);
        String name = "Name " + random.nextInt(5);
        Message event =
                grow(stream) == 0
                        ? ContactAdded.newBuilder()
                                .setId(id)
                                .setName(name)
                                .setEmail(random.nextBoolean() ? name + "@example.org" : "")
                                .setAt(log.now())
                                .build()
                        : switch (random.nextInt(40)) {
                            case 0 -> ContactDisabled.newBuilder().setAt(log.now()).build();
                            case 1 -> ContactDeleted.newBuilder().setId(id).build();
                            default ->
                                    ContactUpdated.newBuilder()
                                            .setName(name)
                                            .setEmail(random.nextBoolean() ? "" : name)
                                            .setAt(log.now())
                                            .build();
                        };
        return log.of(stream, event);
    }

    private Commit account() {
        String stream = any("account");
        var amount = money("EUR", 1 + random.nextInt(100));
        int length = grow(stream);
        String payment = "p" + (length - 1);
        return switch (length % 4) {
            case 0 -> log.of(stream, Deposited.newBuilder().setAmount(money("EUR", 500)).build());
            case 1 ->
                    log.of(
                            stream,
                            Withdrawn.newBuilder().setAmount(amount).setAt(log.now()).build(),
                            PaymentAuthorized.newBuilder()
                                    .setPaymentId("p" + length)
                                    .setAmount(money("EUR", 50))
                                    .setAt(log.now())
                                    .build());
            case 2 ->
                    log.of(
                            stream,
                            random.nextBoolean()
                                    ? PaymentReleased.newBuilder()
                                            .setPaymentId(payment)
                                            .setAmount(money("EUR", 50))
                                            .build()
                                    : PaymentDebited.newBuilder()
                                            .setPaymentId(payment)
                                            .setAmount(money("EUR", 50))
                                            .build());
            default -> log.of(stream, PaymentDebited.newBuilder().setAmount(amount).build());
        };
    }

    private Commit restaurant() {
        String stream = any("restaurant");
        if (grow(stream) == 0) {
            return log.of(
                    stream,
                    RestaurantRegistered.newBuilder()
                            .setId(stream.substring(stream.indexOf('/') + 1))
                            .setName("Restaurant " + random.nextInt(4))
                            .setAt(log.now())
                            .build(),
                    set("a"),
                    set("b"));
        }
        List<Item> some = List.of(Item.newBuilder().setCode("a").setQuantity(1).build());
        return log.of(
                stream,
                switch (random.nextInt(5)) {
                    case 0 -> RestaurantUpdated.newBuilder().setName("Other").build();
                    case 1 -> RestaurantOpened.newBuilder().setAt(log.now()).build();
                    case 2 -> set("c" + random.nextInt(3));
                    case 3 -> ItemsReserved.newBuilder().addAllItems(some).build();
                    default -> ItemsReleased.newBuilder().addAllItems(some).build();
                });
    }

    private ItemSet set(String code) {
        return ItemSet.newBuilder().setCode(code).setOnHand(random.nextInt(50)).build();
    }

    private Commit shopping() {
        String stream = any("shopping");
        return log.of(
                stream,
                switch (Math.min(grow(stream), 3)) {
                    case 0 ->
                            ShoppingListCreated.newBuilder()
                                    .setOrderId(stream.substring(stream.indexOf('/') + 1))
                                    .setRestaurantId("r" + random.nextInt(3))
                                    .setAt(log.now())
                                    .build();
                    case 1 -> ShoppingListInitiated.newBuilder().setAt(log.now()).build();
                    case 2 -> ShoppingListAssigned.newBuilder().setAssignee("Luigi").build();
                    default -> ShoppingListCompleted.newBuilder().setAt(log.now()).build();
                });
    }

    private Commit order() {
        String id = "o" + random.nextInt(ORDERS);
        return orders.computeIfAbsent(id, AnyOrder::new).next(log, random);
    }

    /** All keys that rows may have. */
    List<ByteString> keys() {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < ORDERS; i++) {
            keys.add("o" + i);
        }
        for (int i = 0; i < OF_A_KIND; i++) {
            for (String kind : List.of("c", "a", "r", "s")) {
                keys.add(kind + i);
            }
            for (int version = 1; version < 200; version++) {
                keys.add("a" + i + "/" + version);
            }
        }
        for (long i = 1; i <= log.position(); i++) {
            keys.add("anonymous/" + Proposals.command("command " + i).getCommandId());
        }
        return keys.stream().map(ByteString::copyFromUtf8).toList();
    }
}
