package io.waybill.reader.shopping;

import io.waybill.catalogue.Ids;
import io.waybill.proto.reader.v1.ListShoppingListsRequest;
import io.waybill.proto.shopping.v1.ShoppingListStatus;
import io.waybill.reader.view.Listing;
import io.waybill.wire.failure.WaybillException;

/** Which list of shopping lists a request means; each is by creation. */
final class ShoppingLists {

    private ShoppingLists() {}

    /**
     * The list with the filters asked for.
     *
     * @throws WaybillException BAD_USER_INPUT when a filter makes no sense
     */
    static Listing of(ListShoppingListsRequest request) {
        return filtered(request).inDirection(request.getDirection());
    }

    private static Listing filtered(ListShoppingListsRequest request) {
        if (request.getStatus() == ShoppingListStatus.UNRECOGNIZED) {
            throw WaybillException.badInput("status", "status must be one of a shopping list");
        }
        String restaurant = Ids.uuid(request.getRestaurantId()).orElse(request.getRestaurantId());
        int status = request.getStatusValue();
        if (restaurant.isEmpty()) {
            return status == 0 ? Listing.of("created") : Listing.of("status").where(status);
        }
        return status == 0
                ? Listing.of("restaurant").where(restaurant)
                : Listing.of("restaurant-status").where(restaurant).where(status);
    }
}
