package io.waybill.gateway.submission;

import io.waybill.catalogue.Violation;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;

/** How a rule of the catalogue that a command breaks is told, at every door. */
public final class BrokenRule {

    private BrokenRule() {}

    /** The code that clients see. */
    public static ErrorCode code(Violation violation) {
        return ErrorCode.valueOf(violation.code().name());
    }

    /** The failure of a command that breaks this rule before all others. */
    public static WaybillException failure(Violation violation) {
        return new WaybillException(code(violation), violation.sentence()).at(violation.field());
    }
}
