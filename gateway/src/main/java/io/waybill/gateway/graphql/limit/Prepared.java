package io.waybill.gateway.graphql.limit;

import graphql.GraphQLError;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.language.Document;
import graphql.language.OperationDefinition;

import io.waybill.gateway.graphql.limit.DocumentMeasure.RootField;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A document that was looked at: good to execute, or refused. Immutable. */
public sealed interface Prepared {

    /** What the engine takes. */
    PreparsedDocumentEntry entry();

    /**
     * Refused as it stands.
     *
     * @param errors why, at least one, in the one form that clients know
     */
    record Refused(List<GraphQLError> errors, PreparsedDocumentEntry entry) implements Prepared {

        Refused(List<GraphQLError> errors) {
            this(List.copyOf(errors), new PreparsedDocumentEntry(errors));
        }
    }

    /** Valid, and within all limits that do not depend on variables. */
    final class Valid implements Prepared {

        private final Document document;
        private final PreparsedDocumentEntry entry;
        private final List<RootField> rootFields;
        private final Set<String> selected;
        private final boolean waits;

        Valid(Document document, List<RootField> rootFields, Set<String> selected) {
            this.document = document;
            this.entry = new PreparsedDocumentEntry(document);
            this.rootFields = List.copyOf(rootFields);
            this.selected = Set.copyOf(selected);
            this.waits = rootFields.stream().anyMatch(RootField::waits);
        }

        @Override
        public PreparsedDocumentEntry entry() {
            return entry;
        }

        /** The document itself. */
        public Document document() {
            return document;
        }

        /** Whether it may wait for a command's outcome. */
        public boolean waits() {
            return waits;
        }

        /** Whether it may be a subscription. */
        public boolean lasts() {
            return operations(null)
                    .anyMatch(operation -> operation == OperationDefinition.Operation.SUBSCRIPTION);
        }

        /**
         * Whether it is a mutation.
         *
         * @param name of the operation; null when there is one only
         */
        public boolean mutates(@Nullable String name) {
            return operations(name)
                    .anyMatch(operation -> operation == OperationDefinition.Operation.MUTATION);
        }

        private Stream<OperationDefinition.Operation> operations(@Nullable String name) {
            return document.getDefinitionsOfType(OperationDefinition.class).stream()
                    .filter(operation -> name == null || name.equals(operation.getName()))
                    .map(OperationDefinition::getOperation);
        }

        /** Whether it selects one of these fields, wherever. */
        public boolean asksFor(Set<String> names) {
            return !Collections.disjoint(names, selected);
        }

        /** How many values it asks for at most with these variables: rows times fields. */
        public long values(Map<String, ?> variables) {
            long values = 0;
            for (RootField field : rootFields) {
                values += (long) field.rows().count(variables) * field.fields();
            }
            return values;
        }
    }
}
