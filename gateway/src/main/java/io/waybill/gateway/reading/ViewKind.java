package io.waybill.gateway.reading;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;

import io.grpc.MethodDescriptor;
import io.waybill.proto.account.v1.AccountView;
import io.waybill.proto.contact.v1.ContactView;
import io.waybill.proto.order.v1.OrderView;
import io.waybill.proto.reader.v1.AccountReaderGrpc;
import io.waybill.proto.reader.v1.BatchGetAccountsRequest;
import io.waybill.proto.reader.v1.BatchGetContactsRequest;
import io.waybill.proto.reader.v1.BatchGetOrdersRequest;
import io.waybill.proto.reader.v1.BatchGetRestaurantsRequest;
import io.waybill.proto.reader.v1.BatchGetShoppingListsRequest;
import io.waybill.proto.reader.v1.ContactReaderGrpc;
import io.waybill.proto.reader.v1.OrderReaderGrpc;
import io.waybill.proto.reader.v1.RestaurantReaderGrpc;
import io.waybill.proto.reader.v1.ShoppingReaderGrpc;
import io.waybill.proto.restaurant.v1.RestaurantView;
import io.waybill.proto.shopping.v1.ShoppingListView;

import java.util.List;

/**
 * What can be read by its id, many at a time. The names are those of the catalogue's aggregates.
 */
public enum ViewKind {
    CONTACT(
            ContactReaderGrpc.getBatchGetContactsMethod(),
            BatchGetContactsRequest.getDefaultInstance(),
            ContactView.getDefaultInstance()),
    ORDER(
            OrderReaderGrpc.getBatchGetOrdersMethod(),
            BatchGetOrdersRequest.getDefaultInstance(),
            OrderView.getDefaultInstance()),
    ACCOUNT(
            AccountReaderGrpc.getBatchGetAccountsMethod(),
            BatchGetAccountsRequest.getDefaultInstance(),
            AccountView.getDefaultInstance()),
    RESTAURANT(
            RestaurantReaderGrpc.getBatchGetRestaurantsMethod(),
            BatchGetRestaurantsRequest.getDefaultInstance(),
            RestaurantView.getDefaultInstance()),
    SHOPPING(
            ShoppingReaderGrpc.getBatchGetShoppingListsMethod(),
            BatchGetShoppingListsRequest.getDefaultInstance(),
            ShoppingListView.getDefaultInstance());

    /**
     * In each of the requests, the ids; in each of the responses, the views; in each view, its id.
     */
    private static final int FIRST_FIELD = 1;

    @SuppressWarnings(
            "ImmutableEnumChecker") // nobody can change it, though its type does not say so
    private final MethodDescriptor<? extends Message, ? extends Message> method;

    private final Message request;
    private final FieldDescriptor id;

    <Q extends Message, A extends Message> ViewKind(
            MethodDescriptor<Q, A> method, Q request, Message view) {
        this.method = method;
        this.request = request;
        this.id = view.getDescriptorForType().findFieldByNumber(FIRST_FIELD);
    }

    /** The name of its aggregate: {@code order}. */
    public String aggregate() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Which call reads it. */
    @SuppressWarnings("unchecked") // a request is of the class that its method takes
    public MethodDescriptor<Message, Message> method() {
        return (MethodDescriptor<Message, Message>) method;
    }

    /** The request for some, without its freshness. */
    public Message request(List<String> ids) {
        FieldDescriptor field = request.getDescriptorForType().findFieldByNumber(FIRST_FIELD);
        return request.newBuilderForType().setField(field, ids).build();
    }

    /** The views that a response holds. */
    @SuppressWarnings("unchecked") // each response's first field is a list of messages
    public static List<Message> views(Message response) {
        FieldDescriptor field = response.getDescriptorForType().findFieldByNumber(FIRST_FIELD);
        return (List<Message>) response.getField(field);
    }

    /** What its views are. */
    public Descriptor view() {
        return id.getContainingType();
    }

    /** The id of a view. */
    public String id(Message view) {
        return (String) view.getField(id);
    }
}
