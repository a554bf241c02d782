package io.waybill.reader.contact;

import io.waybill.proto.reader.v1.ContactOrder;
import io.waybill.proto.reader.v1.ListContactsRequest;
import io.waybill.reader.view.Listing;
import io.waybill.wire.failure.WaybillException;

import java.util.Set;

/** Which list of contacts a request means. */
public final class ContactLists {

    private ContactLists() {}

    /** All contacts, in the order in which they were added. */
    public static Listing oldestFirst() {
        return Listing.of("created");
    }

    /**
     * The list with the filter and in the order asked for.
     *
     * @throws WaybillException BAD_USER_INPUT when there is no such list
     */
    static Listing of(ListContactsRequest request) {
        return filtered(request).inDirection(request.getDirection());
    }

    private static Listing filtered(ListContactsRequest request) {
        return switch (request.getFilterCase()) {
            case FILTER_NOT_SET ->
                    switch (request.getOrder()) {
                        case CONTACT_ORDER_UNSPECIFIED, CONTACT_ORDER_CREATED -> oldestFirst();
                        case CONTACT_ORDER_NAME -> Listing.of("name");
                        case CONTACT_ORDER_UPDATED -> Listing.of("updated");
                        case UNRECOGNIZED -> throw unsupported();
                    };
            case NAME_PREFIX -> {
                check(request, ContactOrder.CONTACT_ORDER_NAME);
                yield Listing.of("name").beginning(request.getNamePrefix());
            }
            case EMAIL -> {
                check(request, ContactOrder.CONTACT_ORDER_CREATED);
                yield Listing.of("email").where(request.getEmail());
            }
            case UPDATED_SINCE -> {
                check(request, ContactOrder.CONTACT_ORDER_UPDATED);
                yield Listing.of("updated").from("updated_since", request.getUpdatedSince());
            }
        };
    }

    private static void check(ListContactsRequest request, ContactOrder only) {
        if (!Set.of(ContactOrder.CONTACT_ORDER_UNSPECIFIED, only).contains(request.getOrder())) {
            throw unsupported();
        }
    }

    private static WaybillException unsupported() {
        return WaybillException.badInput(
                "order",
                "order must fit the filter: contacts with a name_prefix are listed by name, those"
                        + " with an email by creation, those updated_since by update, and all of"
                        + " them by any of the three");
    }
}
