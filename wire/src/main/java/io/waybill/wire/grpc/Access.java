package io.waybill.wire.grpc;

import io.grpc.MethodDescriptor;
import io.waybill.wire.identity.Role;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who may call which method. What is not listed is denied. Immutable. */
public final class Access {

    private sealed interface Rule {
        record Anyone() implements Rule {}

        record Only(Set<Role> roles) implements Rule {}
    }

    private final Map<String, Rule> rules;

    private Access(Map<String, Rule> rules) {
        this.rules = Map.copyOf(rules);
    }

    /** Begins a table. */
    public static Builder builder() {
        return new Builder();
    }

    /** Whether a caller may call a method, given by its full name. */
    public boolean allows(String fullMethodName, Caller caller) {
        return switch (rules.get(fullMethodName)) {
            case null -> false;
            case Rule.Anyone anyone -> true;
            case Rule.Only only -> caller.role().filter(only.roles()::contains).isPresent();
        };
    }

    /** The roles that may call a method; empty when anyone may, or when it is not listed. */
    public Optional<Set<Role>> roles(String fullMethodName) {
        return rules.get(fullMethodName) instanceof Rule.Only(Set<Role> roles)
                ? Optional.of(roles)
                : Optional.empty();
    }

    /** Collects the rules. */
    public static final class Builder {

        private final Map<String, Rule> rules = new HashMap<>();

        private Builder() {}

        /** Methods for some roles only. */
        public Builder only(Set<Role> roles, MethodDescriptor<?, ?>... methods) {
            for (MethodDescriptor<?, ?> method : methods) {
                rules.put(method.getFullMethodName(), new Rule.Only(Set.copyOf(roles)));
            }
            return this;
        }

        /** Methods for anyone. */
        public Builder anyone(MethodDescriptor<?, ?>... methods) {
            for (MethodDescriptor<?, ?> method : methods) {
                rules.put(method.getFullMethodName(), new Rule.Anyone());
            }
            return this;
        }

        /** The table. */
        public Access build() {
            return new Access(rules);
        }
    }
}
