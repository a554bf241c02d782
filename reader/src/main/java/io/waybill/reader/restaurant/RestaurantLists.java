package io.waybill.reader.restaurant;

import io.waybill.proto.reader.v1.ListRestaurantsRequest;
import io.waybill.reader.view.Listing;
import io.waybill.wire.failure.WaybillException;

/** Which list of restaurants a request means. */
final class RestaurantLists {

    private RestaurantLists() {}

    /**
     * The list with the filter and in the order asked for.
     *
     * @throws WaybillException BAD_USER_INPUT when there is no such list
     */
    static Listing of(ListRestaurantsRequest request) {
        return filtered(request).inDirection(request.getDirection());
    }

    private static Listing filtered(ListRestaurantsRequest request) {
        boolean all = request.getNamePrefix().isEmpty();
        return switch (request.getOrder()) {
            case RESTAURANT_ORDER_UNSPECIFIED -> all ? byCreation() : byName(request);
            case RESTAURANT_ORDER_NAME -> byName(request);
            case RESTAURANT_ORDER_CREATED -> {
                if (!all) {
                    throw unsupported();
                }
                yield byCreation();
            }
            case UNRECOGNIZED -> throw unsupported();
        };
    }

    private static Listing byCreation() {
        return Listing.of("created");
    }

    private static Listing byName(ListRestaurantsRequest request) {
        return Listing.of("name").beginning(request.getNamePrefix());
    }

    private static WaybillException unsupported() {
        return WaybillException.badInput(
                "order",
                "order must fit the filter: restaurants with a name_prefix are listed by name, all"
                        + " of them by name or by creation");
    }
}
