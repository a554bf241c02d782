package io.waybill.writer.domain;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Map;

/** How many values a state is made of. */
public final class StateSize {

    private StateSize() {}

    /** All that can be reached from a state, without what is inside the platform's own values. */
    public static long of(Object state) {
        return switch (state) {
            case Map<?, ?> map -> 1 + of(map.keySet()) + of(map.values());
            case Collection<?> collection -> 1 + collection.stream().mapToLong(StateSize::of).sum();
            case Object own when own.getClass().getName().startsWith("io.waybill.") ->
                    1 + ofFields(own);
            case Object _ -> 1;
        };
    }

    private static long ofFields(Object own) {
        long size = 0;
        for (Field field : own.getClass().getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers())) {
                field.setAccessible(true);
                try {
                    size += of(field.get(own));
                } catch (IllegalAccessException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
        return size;
    }
}
