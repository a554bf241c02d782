package io.waybill.gateway.graphql.limit;

import graphql.language.Argument;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.NullValue;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.Value;
import graphql.language.VariableDefinition;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Measures a document in time linear in its text: each fragment once, however often it is spread.
 * The document need not be valid; fragments that spread themselves count as nothing, validation
 * refuses them.
 */
final class DocumentMeasure {

    /**
     * A field at the top of an operation.
     *
     * @param name the field's name
     * @param rows how many rows it asks for
     * @param fields how many fields of each row
     * @param waits whether it waits for a command's outcome
     */
    record RootField(String name, Rows rows, int fields, boolean waits) {}

    private static final String WAIT_ARGUMENT = "afterCommand";

    private final Map<String, FragmentDefinition> fragments = new HashMap<>();
    private final Map<String, Size> measured = new HashMap<>();
    private final Map<String, Value<?>> defaults = new HashMap<>();
    private final List<OperationDefinition> operations = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private Size size = Size.NOTHING;

    private DocumentMeasure() {}

    static DocumentMeasure of(Document document) {
        DocumentMeasure measure = new DocumentMeasure();
        for (FragmentDefinition fragment :
                document.getDefinitionsOfType(FragmentDefinition.class)) {
            measure.fragments.put(fragment.getName(), fragment);
        }
        for (OperationDefinition operation :
                document.getDefinitionsOfType(OperationDefinition.class)) {
            measure.add(operation);
        }
        return measure;
    }

    /** The whole document's size. */
    Size size() {
        return size;
    }

    /** The names of all fields that it selects, wherever they stand. */
    Set<String> names() {
        return names;
    }

    /** The fields at the top of its operations. To be asked only when the document is valid. */
    List<RootField> rootFields() {
        List<RootField> found = new ArrayList<>();
        for (OperationDefinition operation : operations) {
            collect(operation.getSelectionSet(), found);
        }
        return found;
    }

    private void add(OperationDefinition operation) {
        int directives = operation.getDirectives().size();
        for (VariableDefinition variable : operation.getVariableDefinitions()) {
            directives += variable.getDirectives().size();
            if (variable.getDefaultValue() != null) {
                defaults.put(variable.getName(), variable.getDefaultValue());
            }
        }
        size = size.and(measure(operation.getSelectionSet()).withDirectives(directives));
        operations.add(operation);
    }

    private Size measure(@Nullable SelectionSet selections) {
        Size sum = Size.NOTHING;
        if (selections != null) {
            for (Selection<?> selection : selections.getSelections()) {
                sum = sum.and(measure(selection));
            }
        }
        return sum;
    }

    private Size measure(Selection<?> selection) {
        return switch (selection) {
            case Field field -> {
                names.add(field.getName());
                yield measure(field.getSelectionSet())
                        .within(field.getAlias() != null, field.getDirectives().size());
            }
            case InlineFragment inline ->
                    measure(inline.getSelectionSet()).withDirectives(inline.getDirectives().size());
            case FragmentSpread spread ->
                    fragment(spread.getName()).withDirectives(spread.getDirectives().size());
            default -> Size.NOTHING;
        };
    }

    private Size fragment(String name) {
        Size known = measured.get(name);
        if (known != null) {
            return known;
        }
        FragmentDefinition fragment = fragments.get(name);
        if (fragment == null) {
            return Size.NOTHING;
        }
        measured.put(name, Size.NOTHING);
        Size size =
                measure(fragment.getSelectionSet()).withDirectives(fragment.getDirectives().size());
        measured.put(name, size);
        return size;
    }

    private void collect(SelectionSet selections, List<RootField> found) {
        for (Selection<?> selection : selections.getSelections()) {
            switch (selection) {
                case Field field -> found.add(rootField(field));
                case InlineFragment inline -> collect(inline.getSelectionSet(), found);
                case FragmentSpread spread -> {
                    FragmentDefinition fragment = fragments.get(spread.getName());
                    if (fragment != null) {
                        collect(fragment.getSelectionSet(), found);
                    }
                }
                default -> {}
            }
        }
    }

    private RootField rootField(Field field) {
        return new RootField(
                field.getName(),
                Rows.of(field, defaults),
                measure(field.getSelectionSet()).fields(),
                waits(field));
    }

    private static boolean waits(Field field) {
        for (Argument argument : field.getArguments()) {
            if (argument.getName().equals(WAIT_ARGUMENT)) {
                return !(argument.getValue() instanceof NullValue);
            }
        }
        return false;
    }
}
