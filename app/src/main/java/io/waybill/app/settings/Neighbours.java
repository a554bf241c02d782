package io.waybill.app.settings;

import java.net.URI;

/** Where the roles are that do not run in this instance. */
public record Neighbours(URI broker, HostPort database, HostPort reader) {}
