package io.waybill.writer.account;

import java.util.Map;

/** The account of a customer, in one of its phases. */
public sealed interface Account {

    /** Nothing was paid in yet. */
    record Absent() implements Account {}

    /**
     * It is there, for ever: it also outlives its customer.
     *
     * @param authorizations the open ones, by payment id
     */
    record Open(String customerId, Totals totals, Map<String, Authorization> authorizations)
            implements Account {

        /**
         * How many authorizations a customer may have open at a time, so that an account stays
         * small. Only one that comes back, because what it paid for was undone, may go beyond.
         */
        static final int MOST_AUTHORIZATIONS = 1_000;

        public Open {
            authorizations = Map.copyOf(authorizations);
        }
    }
}
