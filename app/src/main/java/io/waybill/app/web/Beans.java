package io.waybill.app.web;

import io.waybill.wire.role.RunningRole;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Objects that are built outside of Spring and handed to it; Spring does not close them. */
final class Beans implements ApplicationContextInitializer<GenericApplicationContext> {

    private final Map<String, Object> beans = new LinkedHashMap<>();

    Beans(Collection<RunningRole> roles) {
        roles.forEach(role -> with(role.role().label() + "Role", role));
    }

    /** One more. */
    Beans with(String name, Object bean) {
        beans.put(name, bean);
        return this;
    }

    @Override
    public void initialize(GenericApplicationContext context) {
        beans.forEach(context.getBeanFactory()::registerSingleton);
    }
}
