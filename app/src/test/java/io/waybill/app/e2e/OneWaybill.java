package io.waybill.app.e2e;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests that can live side by side one running Waybill, with a short delay; it is started for
 * the first and closed after the last.
 */
public final class OneWaybill implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == RunningWaybill.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .computeIfAbsent(
                        OneWaybill.class,
                        key -> RunningWaybill.start(Folders.fresh("shared"), "--delay=300ms"),
                        RunningWaybill.class);
    }
}
