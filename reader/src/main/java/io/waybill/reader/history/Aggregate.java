package io.waybill.reader.history;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;

import io.waybill.proto.account.v1.AccountView;
import io.waybill.proto.contact.v1.ContactView;
import io.waybill.proto.order.v1.OrderView;
import io.waybill.proto.reader.v1.GetAtResponse;
import io.waybill.proto.restaurant.v1.RestaurantView;
import io.waybill.proto.shopping.v1.ShoppingListView;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;

import java.util.Arrays;
import java.util.Locale;

/** The kinds of aggregates, as requests name them. */
enum Aggregate {
    CONTACT("contact"),
    ORDER("order"),
    ACCOUNT("account"),
    RESTAURANT("restaurant"),
    SHOPPING("shopping list");

    private final String words;

    Aggregate(String words) {
        this.words = words;
    }

    /**
     * The kind of a name.
     *
     * @throws WaybillException BAD_USER_INPUT when there is none
     */
    static Aggregate named(String name) {
        return Arrays.stream(values())
                .filter(kind -> kind.label().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                WaybillException.badInput(
                                        "aggregate",
                                        "aggregate must be one of contact, order, account,"
                                                + " restaurant and shopping"));
    }

    /** Its name in requests, and in the names of streams. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What it is called in sentences. */
    String words() {
        return words;
    }

    /** An aggregate as its view shows it. */
    GetAtResponse response(ByteString view) {
        GetAtResponse.Builder response = GetAtResponse.newBuilder();
        try {
            return switch (this) {
                case CONTACT -> response.setContact(ContactView.parseFrom(view)).build();
                case ORDER -> response.setOrder(OrderView.parseFrom(view)).build();
                case ACCOUNT -> response.setAccount(AccountView.parseFrom(view)).build();
                case RESTAURANT -> response.setRestaurant(RestaurantView.parseFrom(view)).build();
                case SHOPPING -> response.setShoppingList(ShoppingListView.parseFrom(view)).build();
            };
        } catch (InvalidProtocolBufferException e) {
            throw new WaybillException(
                            ErrorCode.INTERNAL, "a view of %s cannot be read".formatted(words))
                    .causedBy(e);
        }
    }
}
