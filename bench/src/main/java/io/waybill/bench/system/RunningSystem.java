package io.waybill.bench.system;

import java.net.URI;
import java.util.Optional;

/** A system that runs already, and is not ours to stop. */
public record RunningSystem(URI http, URI mqtt, Optional<ProcessHandle> process)
        implements MeasuredSystem {}
