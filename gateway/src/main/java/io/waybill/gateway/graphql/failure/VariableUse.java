package io.waybill.gateway.graphql.failure;

import graphql.language.Argument;
import graphql.language.Document;
import graphql.language.Node;
import graphql.language.VariableReference;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Where a variable is used. */
final class VariableUse {

    private VariableUse() {}

    /** The first argument that takes its value from a variable. */
    static Optional<String> argument(Document document, String variable) {
        Deque<Node<?>> open = new ArrayDeque<>();
        open.add(document);
        while (!open.isEmpty()) {
            Node<?> node = open.poll();
            if (node instanceof Argument argument
                    && argument.getValue() instanceof VariableReference reference
                    && reference.getName().equals(variable)) {
                return Optional.of(argument.getName());
            }
            for (Node<?> child : node.getChildren()) {
                open.add(child);
            }
        }
        return Optional.empty();
    }
}
