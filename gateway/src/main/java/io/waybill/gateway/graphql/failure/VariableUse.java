package io.waybill.gateway.graphql.failure;

import graphql.language.Argument;
import graphql.language.AstPrinter;
import graphql.language.Document;
import graphql.language.Node;
import graphql.language.NonNullType;
import graphql.language.OperationDefinition;
import graphql.language.Type;
import graphql.language.VariableDefinition;
import graphql.language.VariableReference;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** What a document says of a variable. */
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

    /** The type that a variable was declared with, without the mark of what must be there. */
    static Optional<String> type(Document document, String variable) {
        return document.getDefinitionsOfType(OperationDefinition.class).stream()
                .flatMap(operation -> operation.getVariableDefinitions().stream())
                .filter(definition -> definition.getName().equals(variable))
                .findFirst()
                .map(VariableUse::type);
    }

    private static String type(VariableDefinition definition) {
        Type<?> type = definition.getType();
        return AstPrinter.printAstCompact(
                type instanceof NonNullType needed ? needed.getType() : type);
    }
}
