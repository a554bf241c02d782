package io.waybill.app.cli;

import picocli.CommandLine.IVersionProvider;

import java.util.Optional;

/**
 * What {@code --version} prints: the version that the jar was built with, and the Java that runs
 * it.
 */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version =
                Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                        .orElse("(not packaged)");
        return new String[] {
            "waybill " + version + ", Java " + Runtime.version(),
        };
    }
}
