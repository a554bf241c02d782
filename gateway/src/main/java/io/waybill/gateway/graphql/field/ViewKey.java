package io.waybill.gateway.graphql.field;

import io.waybill.gateway.reading.Freshness;
import io.waybill.gateway.reading.ViewKind;

/** A single read within a request: equal ones are one. */
record ViewKey(ViewKind kind, String id, Freshness freshness) {

    /** As it stands. */
    static ViewKey of(ViewKind kind, String id) {
        return new ViewKey(kind, id, new Freshness.AsItStands());
    }
}
