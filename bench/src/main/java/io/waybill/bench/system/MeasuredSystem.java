package io.waybill.bench.system;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** A system whose doors are known. */
public sealed interface MeasuredSystem permits StartedSystem, RunningSystem {

    /** Where its GraphQL and REST doors are. */
    URI http();

    /** Where its broker is. */
    URI mqtt() throws IOException;

    /** Its JVM, where that is known. */
    Optional<ProcessHandle> process();
}
